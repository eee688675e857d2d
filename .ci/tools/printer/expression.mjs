// Prints one wasm expression as a PHP expression.

import { MASK, I64_MIN, I64_MAX, P, at, extend, fits, infix, int, isTight, loose, number, signed, tight, truth, value } from './value.mjs';

const COMPARE = { lt: '<', le: '<=', gt: '>', ge: '>=' };
const SIZE = { 8: 1, 16: 2, 32: 4, 64: 8 };

/** Does evaluating this change anything, or depend on when it happens? */
export const calls = (node) =>
  Array.isArray(node) && (/^(call|call_indirect|memory\.grow)$/.test(node[0]) || node.some(calls));

/** `something + constant`, which binaryen also writes as a subtraction; null for anything else. */
export function plus([op, base, constant]) {
  if (!/^i32\.(add|sub)$/.test(op) || constant[0] !== 'i32.const') return null;
  return { base, constant: op === 'i32.add' ? BigInt(constant[1]) : -BigInt(constant[1]) };
}

const simple = (node) => /^(local\.get|[if]\d\d\.const)$/.test(node[0]);

export class Expressions {
  /** `scope` knows names and types: local(name), type(name), bounds(name), … */
  constructor(scope) {
    this.scope = scope;
    this.temporaries = 0;
  }

  temporary() {
    this.temporaries += 1;
    return `$T${this.temporaries}`;
  }

  /** Used twice in one expression: itself when that is cheap, else put into a temporary first. */
  twice(v) {
    if (v.known !== undefined || /^\$\w+$/.test(v.code)) return [v, v];
    const name = this.temporary();
    return [
      value(`(${name} = ${v.code})`, P.atom, v.low, v.high),
      value(name, P.atom, v.low, v.high),
    ];
  }

  print(node) {
    const [op] = node;
    const special = this[op.replace('.', '_')];
    if (special) return special.call(this, node);
    const [type, rest] = op.split('.');
    if (/^(load|store)/.test(rest)) return this.load(node, type, rest);
    const operands = node.slice(1).map((child) => this.print(child));
    const joined = this.logic(op, node, operands);
    if (joined) return joined;
    const printed = type === 'i32' ? this.i32(rest, operands) : type === 'i64' ? this.i64(rest, operands) : null;
    if (!printed) throw new Error(`no PHP for ${op}`);
    return printed;
  }

  /** `and` and `or` of comparisons: PHP may leave the second out, when nothing depends on it. */
  logic(op, node, [a, b]) {
    if (!/^i32\.(and|or)$/.test(op) || !a.truth || !b.truth || calls(node[2])) return null;
    const [sign, prec] = op === 'i32.and' ? ['&&', P.both] : ['||', P.either];
    return truth(`${at(a, prec)} ${sign} ${at(b, prec)}`, prec);
  }

  condition(node) {
    const v = this.print(node);
    return v.truth ? v : tight(v);
  }

  local_get([, name]) {
    const widest = this.scope.type(name) === 'i64' ? [I64_MIN, I64_MAX] : [0n, MASK];
    const [low, high] = this.scope.bounds(name) ?? widest;
    return value(this.scope.local(name), P.atom, low, high);
  }

  global_get([, name]) {
    return value(this.scope.global(name), P.atom, 0n, this.scope.stackSize);
  }

  i32_const([, n]) {
    return number(BigInt.asUintN(32, BigInt(n)));
  }

  i64_const([, n]) {
    return number(BigInt.asIntN(64, BigInt(n)));
  }

  call([, name, ...operands]) {
    return this.invoke(`$this->${this.scope.method(name)}`, this.scope.signature(name), operands);
  }

  call_indirect(node) {
    const [[, type], ...operands] = node.slice(1).filter(Array.isArray);
    const index = operands.pop();
    // PHP looks the method up before it evaluates the arguments, wasm after.
    if (operands.some(calls) && !simple(index)) throw new Error('call_indirect: order of evaluation');
    return this.invoke(`$this->{self::T[${tight(this.print(index)).code}]}`, this.scope.typeOf(type), operands);
  }

  invoke(callee, { params, result }, operands) {
    const printed = operands.map((operand, i) => {
      const v = this.print(operand);
      return (params[i] === 'i32' ? tight(v) : v).code;
    });
    const code = `${callee}(${printed.join(', ')})`;
    return result === 'i64' ? value(code, P.atom, I64_MIN, I64_MAX) : value(code, P.atom, 0n, MASK);
  }

  select([, yes, no, condition]) {
    const [a, b] = [this.print(yes), this.print(no)].map(int);
    const [x, y] = this.isWide(yes) ? [a, b] : [tight(a), tight(b)];
    const [low, high] = [x.low < y.low ? x.low : y.low, x.high > y.high ? x.high : y.high];
    // A ternary evaluates the condition first and one arm only; wasm all three, in their order.
    if (calls(yes) || calls(no) || (calls(condition) && !(simple(yes) && simple(no)))) {
      return value(`$this->pick(${x.code}, ${y.code}, ${int(this.condition(condition)).code})`, P.atom, low, high);
    }
    return value(`${at(this.condition(condition), 3)} ? ${at(x, 3)} : ${at(y, 3)}`, P.ternary, low, high);
  }

  isWide(node) {
    const [op] = node;
    if (op === 'local.get') return this.scope.type(node[1]) === 'i64';
    if (op === 'call') return this.scope.signature(node[1]).result === 'i64';
    if (op === 'select') return this.isWide(node[1]);
    return /^i64\.(?!eq|ne|lt|le|gt|ge)/.test(op);
  }

  memory_size() {
    return value('(\\count($this->m) >> 14)', P.atom, 0n, 65536n);
  }

  memory_grow([, delta]) {
    return value(`$this->grow(${tight(this.print(delta)).code})`, P.atom, 0n, MASK);
  }

  i32_wrap_i64([, operand]) {
    return int(this.print(operand));
  }

  i64_extend_i32_u([, operand]) {
    return tight(this.print(operand));
  }

  i64_extend_i32_s([, operand]) {
    return signed(this.print(operand));
  }

  i32(op, operands) {
    const [a, b] = operands;
    const k = b?.known;
    switch (op) {
      case 'add': case 'sub': return this.sum(op, a, b);
      case 'mul': return this.product(a, b);
      case 'and': return this.mask(a, b);
      case 'or': return this.bits('|', P.or, tight(a), tight(b));
      case 'xor': return this.bits('^', P.xor, tight(a), tight(b));
      case 'shl': return this.left(a, b);
      case 'shr_u': {
        const x = tight(a);
        if (k === undefined) return infix(x, '>>', this.count(b, 31n), P.shift, 0n, x.high);
        return infix(x, '>>', number(k & 31n), P.shift, x.low >> (k & 31n), x.high >> (k & 31n));
      }
      case 'shr_s': {
        const x = signed(a);
        return infix(x, '>>', this.count(b, 31n), P.shift, x.low, x.high < 0n ? -1n : x.high);
      }
      case 'rotl': case 'rotr': return this.rotate(op, a, b);
      case 'eqz': return this.not(a.truth ? a : tight(a));
      case 'eq': return infixTruth(tight(a), '==', tight(b), P.equal);
      case 'ne': return infixTruth(tight(a), '!=', tight(b), P.equal);
      case 'extend8_s': return extend(this.mask(a, number(255n)), 8n);
      case 'extend16_s': return extend(this.mask(a, number(65535n)), 16n);
      case 'div_u': return value(`\\intdiv(${tight(a).code}, ${tight(b).code})`, P.atom, 0n, tight(a).high);
      case 'rem_u': return infix(tight(a), '%', tight(b), P.mul, 0n, tight(b).high);
      case 'div_s': return value(`$this->quotient32(${signed(a).code}, ${signed(b).code})`, P.atom, -(1n << 31n), (1n << 31n) - 1n);
      case 'rem_s': return infix(signed(a), '%', signed(b), P.mul, -(1n << 31n), (1n << 31n) - 1n);
      case 'clz': case 'ctz': case 'popcnt': return value(`$this->${op}(${tight(a).code}, 32)`, P.atom, 0n, 32n);
      default: return this.compare(op, a, b, 32);
    }
  }

  i64(op, operands) {
    const [a, b] = operands.map(int);
    const k = b?.known;
    switch (op) {
      case 'add': case 'sub': case 'mul': return this.checked(op, a, b);
      case 'and': return this.bits('&', P.and, a, b);
      case 'or': return this.bits('|', P.or, a, b);
      case 'xor': return this.bits('^', P.xor, a, b);
      case 'shl': {
        const count = this.count(b, 63n);
        if (count.known !== undefined && fits(a.low << count.known, a.high << count.known)) {
          return infix(a, '<<', count, P.shift, a.low << count.known, a.high << count.known);
        }
        return infix(a, '<<', count, P.shift, I64_MIN, I64_MAX);
      }
      case 'shr_s': return infix(a, '>>', this.count(b, 63n), P.shift, a.low < 0n ? a.low : 0n, a.high < 0n ? -1n : a.high);
      case 'shr_u': {
        if (a.low >= 0n) return infix(a, '>>', this.count(b, 63n), P.shift, 0n, k === undefined ? a.high : a.high >> (k & 63n));
        if (k === undefined) return value(`$this->unsignedShift(${a.code}, ${b.code})`, P.atom, I64_MIN, I64_MAX);
        if ((k & 63n) === 0n) return a;
        const high = (1n << (64n - (k & 63n))) - 1n;
        return infix(infix(a, '>>', number(k & 63n), P.shift), '&', number(high), P.and, 0n, high);
      }
      case 'rotl': return value(`$this->rotateLeft(${a.code}, ${b.code})`, P.atom, I64_MIN, I64_MAX);
      case 'rotr': return value(`$this->rotateLeft(${a.code}, 64 - (${at(b, P.and)} & 63))`, P.atom, I64_MIN, I64_MAX);
      case 'eqz': return this.not(a);
      case 'eq': return infixTruth(a, '==', b, P.equal);
      case 'ne': return infixTruth(a, '!=', b, P.equal);
      case 'extend8_s': return extend(this.bits('&', P.and, a, number(255n)), 8n);
      case 'extend16_s': return extend(this.bits('&', P.and, a, number(65535n)), 16n);
      case 'extend32_s': return extend(this.bits('&', P.and, a, number(MASK)), 32n);
      case 'div_u':
        if (a.low >= 0n && b.low >= 0n) return value(`\\intdiv(${a.code}, ${b.code})`, P.atom, 0n, a.high);
        return value(`$this->unsignedQuotient(${a.code}, ${b.code})`, P.atom, I64_MIN, I64_MAX);
      case 'rem_u':
        if (a.low >= 0n && b.low >= 0n) return infix(a, '%', b, P.mul, 0n, b.high);
        return value(`$this->unsignedRemainder(${a.code}, ${b.code})`, P.atom, I64_MIN, I64_MAX);
      case 'div_s': return value(`\\intdiv(${a.code}, ${b.code})`, P.atom, I64_MIN, I64_MAX);
      case 'rem_s': return infix(a, '%', b, P.mul, I64_MIN, I64_MAX);
      case 'clz': case 'ctz': case 'popcnt': return value(`$this->${op}(${a.code}, 64)`, P.atom, 0n, 64n);
      default: return this.compare(op, a, b, 64);
    }
  }

  sum(op, left, right) {
    const [a, b] = [loose(left), loose(right)];
    const minus = op === 'sub';
    if (b.known !== undefined && b.known < 0n) {
      return infix(a, minus ? '+' : '-', number(-b.known), P.add,
        minus ? a.low - b.known : a.low + b.known, minus ? a.high - b.known : a.high + b.known);
    }
    return minus
      ? infix(a, '-', b, P.add, a.low - b.high, a.high - b.low)
      : infix(a, '+', b, P.add, a.low + b.low, a.high + b.high);
  }

  product(left, right) {
    const [a, b] = left.known === undefined ? [tight(left), loose(right)] : [tight(right), loose(left)];
    const ends = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
    const low = ends.reduce((x, y) => (x < y ? x : y));
    const high = ends.reduce((x, y) => (x > y ? x : y));
    if (fits(low, high)) return infix(a, '*', b, P.mul, low, high);
    return value(`$this->product32(${a.code}, ${tight(b).code})`, P.atom, 0n, MASK);
  }

  mask(left, right) {
    const [a, b] = right.known === undefined ? [left, right] : [right, left];
    // A tight operand cuts off whatever the other one has above 32 bits.
    if (a.known !== undefined) return this.bits('&', P.and, int(b), tight(a));
    const [x, y] = [int(a), int(b)];
    return isTight(x) || isTight(y) ? this.bits('&', P.and, x, y) : this.bits('&', P.and, tight(x), y);
  }

  bits(op, prec, left, right) {
    const [a, b] = [int(left), int(right)];
    if (op === '&') {
      if (a.known !== undefined && b.known !== undefined) return number(a.known & b.known);
      if (keeps(b, a)) return a;
      if (keeps(a, b)) return b;
      if (a.low >= 0n && b.low >= 0n) return infix(a, op, b, prec, 0n, a.high < b.high ? a.high : b.high);
      if (a.low >= 0n) return infix(a, op, b, prec, 0n, a.high);
      if (b.low >= 0n) return infix(a, op, b, prec, 0n, b.high);
    } else if (a.low >= 0n && b.low >= 0n) {
      const wider = a.high > b.high ? a.high : b.high;
      return infix(a, op, b, prec, 0n, (1n << BigInt(wider.toString(2).length)) - 1n);
    }
    return infix(a, op, b, prec, I64_MIN, I64_MAX);
  }

  left(a, b) {
    const count = this.count(b, 31n);
    const x = loose(a);
    if (count.known !== undefined && fits(x.low << count.known, x.high << count.known)) {
      return infix(x, '<<', count, P.shift, x.low << count.known, x.high << count.known);
    }
    // What leaves the 64 bits at the top is lost in PHP too; the lower 32 stay right.
    return infix(x, '<<', count, P.shift, I64_MIN, I64_MAX);
  }

  count(v, most) {
    if (v.known !== undefined) return number(v.known & most);
    const n = int(v);
    if (n.low >= 0n && n.high <= most) return n;
    return infix(n, '&', number(most), P.and, 0n, most);
  }

  rotate(op, a, b) {
    const [first, again] = this.twice(tight(a));
    // 64 bits leave room on both sides: even a count of 0, the other way 32, needs no care.
    const [count, countAgain] = this.twice(this.count(b, 31n));
    const rest = infix(number(32n), '-', countAgain, P.add);
    const [one, other] = op === 'rotl' ? ['<<', '>>'] : ['>>', '<<'];
    return tight(infix(infix(first, one, count, P.shift), '|', infix(again, other, rest, P.shift), P.or, I64_MIN, I64_MAX));
  }

  not(v) {
    return truth(`!${at(v, P.unary)}`, P.unary);
  }

  compare(op, left, right, bits) {
    const [, name, sign] = /^(lt|le|gt|ge)_([su])$/.exec(op) ?? [];
    if (!name) return null;
    const flip = bits === 32 ? 1n << 31n : I64_MIN;
    let [a, b] = bits === 32 ? [tight(left), tight(right)] : [left, right];
    const straight = bits === 32
      ? sign === 'u' || (a.high < flip && b.high < flip)
      : sign === 's' || (a.low >= 0n && b.low >= 0n);
    if (!straight) {
      // Flipping the highest bit turns the order of signed numbers into that of unsigned ones.
      [a, b] = [a, b].map((v) => (v.known === undefined ? infix(v, '^', number(flip), P.xor) : number(v.known ^ flip)));
    }
    return infixTruth(a, COMPARE[name], b, P.compare);
  }

  /** 64 bits: where PHP would go over to a float, the sum is made again by parts. */
  checked(op, a, b) {
    const sign = { add: '+', sub: '-', mul: '*' }[op];
    const prec = op === 'mul' ? P.mul : P.add;
    const ends = op === 'add' ? [a.low + b.low, a.high + b.high]
      : op === 'sub' ? [a.low - b.high, a.high - b.low]
        : [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
    const low = ends.reduce((x, y) => (x < y ? x : y));
    const high = ends.reduce((x, y) => (x > y ? x : y));
    if (fits(low, high)) return infix(a, sign, b, prec, low, high);
    const [first, firstAgain] = this.twice(a);
    const [second, secondAgain] = this.twice(b);
    const sum = this.temporary();
    return value(
      `(\\is_int(${sum} = ${infix(first, sign, second, prec).code}) ? ${sum} : $this->${op}64(${firstAgain.code}, ${secondAgain.code}))`,
      P.atom, I64_MIN, I64_MAX);
  }

  /** Address and declared alignment of a load or a store. */
  place(node) {
    let offset = 0n;
    let align = null;
    const operands = [];
    for (const part of node.slice(1)) {
      if (typeof part !== 'string') operands.push(part);
      else if (part.startsWith('offset=')) offset = BigInt(part.slice(7));
      else if (part.startsWith('align=')) align = Number(part.slice(6));
    }
    const [, bits] = /(?:load|store)(8|16|32)?/.exec(node[0]);
    const size = bits ? SIZE[bits] : node[0].startsWith('i64') ? 8 : 4;
    return { address: this.address(operands[0], offset), size, align: align ?? size, rest: operands.slice(1) };
  }

  address(node, offset) {
    const base = this.print(node);
    if (base.known !== undefined) {
      const whole = number(BigInt.asUintN(32, base.known) + offset);
      return { ...whole, rest: whole.known & 3n };
    }
    const n = int(base);
    const rest = this.rest(node, offset);
    // Below zero is out of bounds either way; only an overflow at the top must be cut off.
    const safe = n.high <= MASK && n.low > -(1n << 31n) ? n : tight(n);
    const sum = offset === 0n ? safe
      : infix(safe, '+', number(offset), P.add, safe.low + offset, safe.high + offset);
    return { ...sum, rest };
  }

  /** The two lowest bits of an address in this function's frame, which starts at a multiple of 16. */
  rest(node, offset) {
    if (node[0] === 'local.get' && this.scope.isFrame(node[1])) return offset & 3n;
    const sum = plus(node);
    return sum?.base[0] === 'local.get' ? this.rest(sum.base, offset + sum.constant) : undefined;
  }

  word(address, plus = 0n) {
    if (address.known !== undefined) return `$m[${(address.known >> 2n) + plus}]`;
    const index = infix(address, '>>', number(2n), P.shift);
    return plus === 0n ? `$m[${index.code}]` : `$m[(${index.code}) + ${plus}]`;
  }

  /** Four bytes from anywhere: one word, or where they lie across two, of both. */
  anywhere(address) {
    const [first, again] = this.twice(address);
    const [i, low] = [this.temporary(), this.temporary()];
    const index = infix(again, '>>', number(2n), P.shift).code;
    const both = `($m[${i} = ${index}] >> ${low} | $m[${i} + 1] << 32 - ${low}) & ${MASK}`;
    return value(`(${low} = ${this.shift(first, 3n).code}) ? ${both} : $m[${index}]`, P.ternary, 0n, MASK);
  }

  shift(address, mask) {
    const inner = infix(address, '&', number(mask), P.and);
    return infix(inner, '<<', number(3n), P.shift);
  }

  load(node, type, rest) {
    const { address, size, align } = this.place(node);
    const sign = rest.endsWith('_s');
    const bits = BigInt(size * 8);
    const unsigned = (v) => (sign ? extend(v, bits) : v);
    const { rest: low } = address;
    if (low !== undefined && Number(low) + size <= 4) {
      const cut = number((1n << bits) - 1n);
      const whole = value(this.word(address), P.atom, 0n, MASK);
      const part = low === 0n ? whole : infix(whole, '>>', number(low << 3n), P.shift, 0n, MASK >> (low << 3n));
      const v = this.bits('&', P.and, part, cut);
      return sign && (size < 4 || type === 'i64') ? extend(v, bits) : v;
    }
    if (size === 1 || (size === 2 && align >= 2)) {
      const [first, again] = this.twice(address);
      const cut = number((1n << bits) - 1n);
      const whole = value(this.word(first), P.atom, 0n, MASK);
      const shift = this.shift(again, size === 1 ? 3n : 2n);
      return unsigned(infix(infix(whole, '>>', shift, P.shift, 0n, MASK), '&', cut, P.and, 0n, cut.known));
    }
    if (size === 2) return unsigned(value(`$this->get16(${address.code})`, P.atom, 0n, 65535n));
    if (size === 4) {
      const v = align >= 4 ? value(this.word(address), P.atom, 0n, MASK) : this.anywhere(address);
      return type === 'i64' && sign ? extend(v, 32n) : v;
    }
    if (align < 4 && low !== 0n) return value(`$this->get64(${address.code})`, P.atom, I64_MIN, I64_MAX);
    const [first, again] = this.twice(address);
    return value(`${this.word(first)} | ${this.word(again, 1n)} << 32`, P.or, I64_MIN, I64_MAX);
  }
}

/** Whether `mask` is a row of ones that covers all that `v` can be. */
const keeps = (mask, v) =>
  mask.known !== undefined && v.low >= 0n && v.high <= mask.known && (mask.known & (mask.known + 1n)) === 0n;

function infixTruth(left, op, right, prec) {
  // Comparisons do not chain in PHP, so both sides bind tighter.
  return truth(`${at(int(left), prec + 1)} ${op} ${at(int(right), prec + 1)}`, prec);
}
