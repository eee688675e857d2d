// A printed PHP expression together with what is known of its value.
//
// INVARIANT: an i32 is kept in PHP as its unsigned value, 0 … 2^32-1 ("tight"). Inside an
// expression it may be any integer that is equal to it modulo 2^32 ("loose"), because PHP counts
// with 64 bits: sums of a few terms cannot overflow, and one mask at the end makes them right. An
// i64 is PHP's own signed integer; its bounds say when an addition cannot leave 64 bits, where PHP
// would turn it into a float.

export const MASK = 0xffffffffn;
export const I64_MIN = -(1n << 63n);
export const I64_MAX = (1n << 63n) - 1n;
const ROOM = 1n << 60n;

// How tightly PHP's operators bind.
export const P = {
  atom: 20, unary: 18, mul: 16, add: 14, shift: 12, compare: 10, equal: 9,
  and: 8, xor: 7, or: 6, both: 5, either: 4, ternary: 2, assign: 1,
};

export const value = (code, prec, low, high, more = {}) => ({ code, prec, low, high, ...more });

export function number(n) {
  if (n === I64_MIN) return value('\\PHP_INT_MIN', P.atom, n, n, { known: n });
  return value(String(n), n < 0n ? P.unary : P.atom, n, n, { known: n });
}

/** A comparison: true or false, an integer only where one is needed. */
export const truth = (code, prec) => value(code, prec, 0n, 1n, { truth: true });

export const at = (v, prec) => (v.prec >= prec ? v.code : `(${v.code})`);

/** Left-associative `left op right`. */
export const infix = (left, op, right, prec, low, high) =>
  value(`${at(left, prec)} ${op} ${at(right, prec + 1)}`, prec, low, high);

export const int = (v) =>
  v.truth ? value(`(int)${at(v, P.unary)}`, P.unary, 0n, 1n) : v;

export const isTight = (v) => v.low >= 0n && v.high <= MASK;

/** The one integer in 0 … 2^32-1 that is equal to `v` modulo 2^32. */
export function tight(v) {
  if (v.known !== undefined) return number(BigInt.asUintN(32, v.known));
  const n = int(v);
  return isTight(n) ? n : infix(n, '&', number(MASK), P.and, 0n, MASK);
}

/** Any integer equal to `v` modulo 2^32, with room left for a few more operations. */
export function loose(v) {
  if (v.known !== undefined) return number(BigInt.asIntN(32, v.known));
  const n = int(v);
  return n.low > -ROOM && n.high < ROOM ? n : tight(n);
}

/** The i32 as a signed number. */
export function signed(v) {
  if (v.known !== undefined) return number(BigInt.asIntN(32, v.known));
  const n = int(v);
  if (n.low >= -(1n << 31n) && n.high < 1n << 31n) return n;
  return extend(tight(n), 32n);
}

/** The lowest `bits` of an integer that has no others, as a signed number. */
export function extend(v, bits) {
  const sign = number(1n << (bits - 1n));
  return infix(infix(v, '^', sign, P.xor), '-', sign, P.add, -(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n);
}

export const fits = (low, high) => low >= I64_MIN && high <= I64_MAX;
