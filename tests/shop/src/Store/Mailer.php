<?php

declare(strict_types=1);

namespace Piala\Store;

use Piala\Config;

/** Letters to buyers and to the owner. This shop only puts them into a folder, where a mail server would pick them up. */
final class Mailer
{
    public function __construct(private readonly Config $config)
    {
    }

    public function statusChanged(Order $order, string $comment): void
    {
        if (filter_var($order->details->email, FILTER_VALIDATE_EMAIL, FILTER_FLAG_EMAIL_UNICODE) === false) {
            return;
        }
        $number = $order->number();
        $subject = "Заказ №$number: {$order->status->label()}";
        $text = "Здравствуйте!\n\n$subject.\n{$order->status->explanation()}\n"
            . ($comment === '' ? '' : "\n$comment\n")
            . "\nСмотреть заказ: {$this->config->url}/order/$number?key=$order->accessKey\n";
        $this->put("$number-$order->revision", $order->details->email, $subject, $text);
    }

    /** @param string $to where he wants it; '' for the shop's own address */
    public function toOwner(string $subject, string $text, string $to = ''): void
    {
        $this->put('owner-' . hrtime(true), $to === '' ? 'owner@piala.example' : $to, $subject, $text);
    }

    private function put(string $name, string $to, string $subject, string $text): void
    {
        $folder = "{$this->config->data}/mail";
        is_dir($folder) || mkdir($folder, 0o700, true);
        file_put_contents(
            "$folder/$name.eml",
            "To: $to\nSubject: =?UTF-8?B?" . base64_encode($subject) . "?=\nMIME-Version: 1.0\n"
                . "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n$text",
        );
    }
}
