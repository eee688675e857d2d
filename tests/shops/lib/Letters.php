<?php

declare(strict_types=1);

namespace Shops;

/** The folder that the shop's mail goes to: a letter a file (`*.eml`), as a mail catcher leaves them. */
final class Letters
{
    public function __construct(private readonly string $folder)
    {
    }

    /** @return int how many letters went to somebody */
    public function to(string $address): int
    {
        $count = 0;
        foreach (glob("$this->folder/*.eml") ?: [] as $file) {
            $head = explode("\n\n", str_replace("\r", '', (string) file_get_contents($file)), 2)[0];
            $count += preg_match('/^To:[^\n]*(\n[ \t][^\n]*)*' . preg_quote($address, '/') . '/mi', $head);
        }

        return $count;
    }
}
