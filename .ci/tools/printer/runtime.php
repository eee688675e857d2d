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
private function get8(int $at): int {
    return $this->m[$at >> 2] >> (($at & 3) << 3) & 255;
}
private function get16(int $at): int {
    $m = &$this->m;
    $bit = ($at & 3) << 3;
    return $bit < 24 ? $m[$at >> 2] >> $bit & 65535 : $m[$at >> 2] >> 24 | ($m[($at >> 2) + 1] & 255) << 8;
}
private function get32(int $at): int {
    $m = &$this->m;
    $bit = ($at & 3) << 3;
    if (!$bit) {
        return $m[$at >> 2];
    }
    return ($m[$at >> 2] >> $bit | $m[($at >> 2) + 1] << 32 - $bit) & 0xffffffff;
}
private function get64(int $at): int {
    $m = &$this->m;
    $bit = ($at & 3) << 3;
    $i = $at >> 2;
    if (!$bit) {
        return $m[$i] | $m[$i + 1] << 32;
    }
    return $m[$i] >> $bit | $m[$i + 1] << 32 - $bit | $m[$i + 2] << 64 - $bit;
}
private function set8(int $at, int $value): void {
    $m = &$this->m;
    $bit = ($at & 3) << 3;
    $m[$at >> 2] = $m[$at >> 2] & ~(255 << $bit) | $value << $bit;
}
private function set16(int $at, int $value): void {
    if (($at & 3) === 3) {
        $this->set8($at, $value & 255);
        $this->set8($at + 1, $value >> 8);
        return;
    }
    $m = &$this->m;
    $bit = ($at & 3) << 3;
    $m[$at >> 2] = $m[$at >> 2] & ~(65535 << $bit) | $value << $bit;
}
private function set32(int $at, int $value): void {
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
private function set64(int $at, int $value): void {
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
private function copy(int $to, int $from, int $size): void {
    $this->check($to, $size);
    $this->check($from, $size);
    $m = &$this->m;
    if ($to > $from && $to < $from + $size) {
        for ($i = $size; $i > 0;) {
            if ($i > 3 && !($to + $i & 3)) {
                $i -= 4;
                $m[$to + $i >> 2] = $this->get32($from + $i);
            } else {
                $i--;
                $this->set8($to + $i, $this->get8($from + $i));
            }
        }
        return;
    }
    while ($size > 0 && $to & 3) {
        $this->set8($to++, $this->get8($from++));
        $size--;
    }
    $i = $to >> 2;
    $j = $from >> 2;
    $stop = $i + ($size >> 2);
    $bit = ($from & 3) << 3;
    if (!$bit) {
        while ($i < $stop) {
            $m[$i++] = $m[$j++];
        }
    } elseif ($i < $stop) {
        $up = 32 - $bit;
        $word = $m[$j] >> $bit;
        while ($i < $stop) {
            $next = $m[++$j];
            $m[$i++] = $word | $next << $up & 0xffffffff;
            $word = $next >> $bit;
        }
    }
    $done = $size & ~3;
    for ($i = $done; $i < $size; $i++) {
        $this->set8($to + $i, $this->get8($from + $i));
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
