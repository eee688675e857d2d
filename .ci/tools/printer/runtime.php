/** @var list<int> the memory, one unsigned word of 32 bits an element */
private array $m;
public function __construct() {
    $parts = [];
    $words = 0;
    foreach (self::DATA as [$zeros, $bytes]) {
        $parts[] = \array_fill(0, $zeros, 0);
        $parts[] = \unpack('V*', $bytes);
        $words += $zeros + (\strlen($bytes) >> 2);
    }
    $this->m = \array_merge(...$parts, ...[\array_fill(0, (self::PAGES << 14) - $words, 0)]);
}
/** Puts bytes where core_alloc said. */
public function write(int $at, string $bytes): void {
    $m = &$this->m;
    $size = \strlen($bytes);
    $this->check($at, $size);
    $lead = \min(-$at & 3, $size);
    for ($i = 0; $i < $lead; $i++) {
        $this->set8($at + $i, \ord($bytes[$i]));
    }
    $words = $size - $lead >> 2;
    $index = $at + $lead >> 2;
    if ($words > 0) {
        foreach (\unpack("V$words", $bytes, $lead) as $word) {
            $m[$index++] = $word;
        }
    }
    for ($i = $lead + ($words << 2); $i < $size; $i++) {
        $this->set8($at + $i, \ord($bytes[$i]));
    }
}
/** The bytes of an answer. */
public function read(int $at, int $size): string {
    $this->check($at, $size);
    $first = $at >> 2;
    $words = \array_slice($this->m, $first, ($at + $size + 3 >> 2) - $first);
    $bytes = '';
    foreach (\array_chunk($words, 4096) as $chunk) {
        $bytes .= \pack('V*', ...$chunk);
    }
    return \substr($bytes, $at & 3, $size);
}
private function trap(): never {
    throw new \RuntimeException('unreachable');
}
private function check(int $at, int $size): void {
    if ($at < 0 || $size < 0 || $at + $size > \count($this->m) << 2) {
        throw new \RuntimeException('out of bounds memory access');
    }
}
private function grow(int $pages): int {
    $old = \count($this->m) >> 14;
    if ($old + $pages > 1024) {
        return 0xffffffff;
    }
    // In place: a copy of the whole would need room for both.
    $m = &$this->m;
    for ($i = $pages << 14; $i > 0; $i--) {
        $m[] = 0;
    }
    return $old;
}
// What follows is called most: no types, which PHP would look at each time.
private function get8($at) {
    return $this->m[$at >> 2] >> (($at & 3) << 3) & 255;
}
private function get16($at) {
    $m = &$this->m;
    $bit = ($at & 3) << 3;
    return $bit < 24 ? $m[$at >> 2] >> $bit & 65535 : $m[$at >> 2] >> 24 | ($m[($at >> 2) + 1] & 255) << 8;
}
private function get64($at) {
    $m = &$this->m;
    $bit = ($at & 3) << 3;
    $i = $at >> 2;
    if (!$bit) {
        return $m[$i] | $m[$i + 1] << 32;
    }
    return $m[$i] >> $bit | $m[$i + 1] << 32 - $bit | $m[$i + 2] << 64 - $bit;
}
private function set8($at, $value) {
    $m = &$this->m;
    $bit = ($at & 3) << 3;
    $m[$at >> 2] = $m[$at >> 2] & ~(255 << $bit) | $value << $bit;
}
private function set16($at, $value) {
    if (($at & 3) === 3) {
        $this->set8($at, $value & 255);
        $this->set8($at + 1, $value >> 8);
        return;
    }
    $m = &$this->m;
    $bit = ($at & 3) << 3;
    $m[$at >> 2] = $m[$at >> 2] & ~(65535 << $bit) | $value << $bit;
}
private function set32($at, $value) {
    $m = &$this->m;
    $bit = ($at & 3) << 3;
    $i = $at >> 2;
    if (!$bit) {
        $m[$i] = $value;
        return;
    }
    $low = (1 << $bit) - 1;
    $m[$i] = $m[$i] & $low | $value << $bit & 0xffffffff;
    $m[$i + 1] = $m[$i + 1] & ~$low | $value >> 32 - $bit;
}
private function set64($at, $value) {
    $this->set32($at, $value & 0xffffffff);
    $this->set32($at + 4, $value >> 32 & 0xffffffff);
}
private function fill(int $at, int $byte, int $size): void {
    $this->check($at, $size);
    $m = &$this->m;
    $end = $at + $size;
    $byte &= 255;
    while ($at < $end && $at & 3) {
        $this->set8($at++, $byte);
    }
    $word = $byte * 0x01010101;
    for ($i = $at >> 2, $stop = $end >> 2; $i < $stop; $i++) {
        $m[$i] = $word;
    }
    for ($at = \max($at, $end & ~3); $at < $end; $at++) {
        $this->set8($at, $byte);
    }
}
/** Word by word of where they go; those at both ends are mixed with what stays there. */
private function copy($to, $from, $size) {
    $m = &$this->m;
    $room = (\count($m) << 2) - $size;
    if ($to > $room || $from > $room) {
        throw new \RuntimeException('out of bounds memory access');
    }
    if ($to > $from && $to < $from + $size) {
        $this->copyUp($to, $from, $size);
        return;
    }
    $i = $to >> 2;
    $j = $from >> 2;
    if (($lead = $to & 3) && $size) {
        // The bytes up to the next whole word, or all of them.
        $bits = 4 - $lead < $size ? 32 - ($lead << 3) : $size << 3;
        $bit = ($from & 3) << 3;
        $word = $m[$j] >> $bit;
        if ($bit + $bits > 32) {
            $word |= $m[$j + 1] << 32 - $bit;
        }
        $lead <<= 3;
        $ones = (1 << $bits) - 1;
        $m[$i] = $m[$i] & ~($ones << $lead) | ($word & $ones) << $lead;
        $size -= $bits >> 3;
        if (!$size) {
            return;
        }
        $i++;
        $from += $bits >> 3;
        $j = $from >> 2;
    }
    $stop = $i + ($size >> 2);
    $size = ($size & 3) << 3;
    if (!($bit = ($from & 3) << 3)) {
        while ($i < $stop) {
            $m[$i++] = $m[$j++];
        }
        if ($size) {
            $ones = (1 << $size) - 1;
            $m[$i] = $m[$i] & ~$ones | $m[$j] & $ones;
        }
        return;
    }
    if ($i < $stop) {
        $up = 32 - $bit;
        $word = $m[$j] >> $bit;
        do {
            $next = $m[++$j];
            $m[$i++] = $word | $next << $up & 0xffffffff;
            $word = $next >> $bit;
        } while ($i < $stop);
    } elseif ($size) {
        $word = $m[$j] >> $bit;
    }
    if ($size) {
        if ($bit + $size > 32) {
            $word |= $m[$j + 1] << 32 - $bit;
        }
        $ones = (1 << $size) - 1;
        $m[$i] = $m[$i] & ~$ones | $word & $ones;
    }
}
/** From the end to the beginning, where they overlap. */
private function copyUp(int $to, int $from, int $size): void {
    $m = &$this->m;
    while ($size > 0) {
        if ($size > 3 && !($to + $size & 3)) {
            $size -= 4;
            $at = $from + $size;
            $bit = ($at & 3) << 3;
            $word = $m[$at >> 2];
            $m[$to + $size >> 2] = $bit ? ($word >> $bit | $m[($at >> 2) + 1] << 32 - $bit) & 0xffffffff : $word;
        } else {
            $size--;
            $this->set8($to + $size, $this->get8($from + $size));
        }
    }
}
private function pick(int $yes, int $no, int $condition): int {
    return $condition ? $yes : $no;
}
private function product32(int $a, int $b): int {
    return $a * ($b & 65535) + (($a * ($b >> 16) & 65535) << 16) & 0xffffffff;
}
private function quotient32(int $a, int $b): int {
    if ($b === -1 && $a === -2147483648) {
        throw new \ArithmeticError('integer overflow');
    }
    return \intdiv($a, $b);
}
private function add64(int $a, int $b): int {
    $low = ($a & 0xffffffff) + ($b & 0xffffffff);
    return ($a >> 32) + ($b >> 32) + ($low >> 32) << 32 | $low & 0xffffffff;
}
private function sub64(int $a, int $b): int {
    $low = ($a & 0xffffffff) - ($b & 0xffffffff);
    return ($a >> 32) - ($b >> 32) + ($low >> 32) << 32 | $low & 0xffffffff;
}
private function mul64(int $a, int $b): int {
    $a0 = $a & 0xffffffff;
    $b0 = $b & 0xffffffff;
    // 32 by 32 bits may leave 63 bits, so the lower product is made of two.
    $low = $a0 * ($b0 & 65535);
    $middle = $a0 * ($b0 >> 16);
    $sum = ($low & 0xffffffff) + (($middle & 65535) << 16);
    $high = ($low >> 32) + ($middle >> 16) + ($sum >> 32)
        + $this->product32($a >> 32 & 0xffffffff, $b0) + $this->product32($a0, $b >> 32 & 0xffffffff);
    return $high << 32 | $sum & 0xffffffff;
}
private function unsignedShift(int $a, int $count): int {
    $count &= 63;
    return $count ? $a >> $count & ~(-1 << 64 - $count) : $a;
}
private function rotateLeft(int $a, int $count): int {
    $count &= 63;
    return $count ? $a << $count | $this->unsignedShift($a, 64 - $count) : $a;
}
private function unsignedQuotient(int $a, int $b): int {
    if ($b < 0) {
        return ($a ^ \PHP_INT_MIN) >= ($b ^ \PHP_INT_MIN) ? 1 : 0;
    }
    if ($a >= 0) {
        return \intdiv($a, $b);
    }
    $half = \intdiv($a >> 1 & \PHP_INT_MAX, $b) << 1;
    $rest = $this->sub64($a, $this->mul64($half, $b));
    return $rest < 0 || $rest >= $b ? $half + 1 : $half;
}
private function unsignedRemainder(int $a, int $b): int {
    return $a >= 0 && $b > 0 ? $a % $b : $this->sub64($a, $this->mul64($this->unsignedQuotient($a, $b), $b));
}
private function clz(int $a, int $bits): int {
    return $a ? $bits - \strlen(\decbin($a)) : $bits;
}
private function ctz(int $a, int $bits): int {
    return $a ? \strspn(\strrev(\decbin($a)), '0') : $bits;
}
private function popcnt(int $a, int $bits): int {
    return \substr_count(\decbin($a), '1');
}
