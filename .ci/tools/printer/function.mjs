// Prints one wasm function, flattened by binaryen, as one PHP method. Blocks and loops become
// labels, branches become goto: PHP compiles both to plain jumps.

import { Expressions, calls } from './expression.mjs';
import { MASK, P, at, infix, int, number, tight, value } from './value.mjs';

const LETTERS = 'abcdefghijklnopqrstuvwxyz'; // no m: that is the memory

function shortName(n) {
  const letter = LETTERS[n % LETTERS.length];
  return n < LETTERS.length ? `$${letter}` : `$${letter}${Math.floor(n / LETTERS.length)}`;
}

/**
 * Twice: the first time to learn in which bounds every local stays, if anything may be in those it
 * is computed from; the second time to use that.
 */
export function printFunction(node, module) {
  const first = new FunctionPrinter(node, module);
  first.print();
  return new FunctionPrinter(node, module, first.learnt()).print();
}

class FunctionPrinter {
  constructor(node, module, bounds = new Map()) {
    this.module = module;
    this.bounds = bounds;
    this.seen = new Map();
    this.name = node[1];
    this.locals = new Map();
    this.params = [];
    this.result = null;
    this.body = [];
    for (const part of node.slice(2)) {
      if (part[0] === 'param') this.declare(part, true);
      else if (part[0] === 'local') this.declare(part, false);
      else if (part[0] === 'result') [, this.result] = part;
      else if (part[0] !== 'type' && part[0] !== 'export') this.body.push(part);
    }
    this.labels = new Map();
    this.targets = new Set();
    this.lines = [];
    this.expressions = new Expressions({
      ...module,
      local: (name) => this.locals.get(name).php,
      type: (name) => this.locals.get(name).type,
      bounds: (name) => this.bounds.get(name),
    });
  }

  declare([, name, type], isParam) {
    this.locals.set(name, { type, php: shortName(this.locals.size) });
    if (isParam) this.params.push(name);
  }

  print() {
    this.statements(this.body);
    const head = [];
    const zero = this.readBeforeSet().map((name) => this.locals.get(name).php);
    if (zero.length > 0) head.push(`${zero.join(' = ')} = 0;`);
    // A label that nobody jumps to is left out.
    const lines = this.lines.filter((line) => typeof line === 'string' || this.targets.has(line.label));
    const text = lines.map((line) => (typeof line === 'string' ? line : `${line.label}:`));
    if (text.some((line) => line.includes('$m['))) head.unshift('$m = &$this->m;');
    const params = this.params.map((name) => this.locals.get(name).php).join(', ');
    return `function ${this.module.method(this.name)}(${params}) {\n${[...head, ...text].join('\n')}\n}`;
  }

  statements(nodes) {
    for (const node of nodes) this.statement(node);
  }

  statement(node) {
    this.expressions.temporaries = 0;
    const print = this[node[0].replace('.', '_')];
    if (print) print.call(this, node);
    else if (/^i\d\d\.store/.test(node[0])) this.store(node);
    else throw new Error(`no PHP statement for ${node[0]} in ${this.name}`);
  }

  say(line) {
    this.lines.push(line);
  }

  value(node) {
    return this.expressions.print(node);
  }

  /** The value as PHP keeps it in a variable: i32 tight, i64 as it is. */
  kept(node) {
    const v = this.value(node);
    return this.expressions.isWide(node) ? int(v) : tight(v);
  }

  label(name) {
    if (!this.labels.has(name)) this.labels.set(name, `L${this.labels.size}`);
    return this.labels.get(name);
  }

  goto(name) {
    this.targets.add(this.label(name));
    return `goto ${this.label(name)};`;
  }

  nop() {}

  block([, ...rest]) {
    const name = typeof rest[0] === 'string' ? rest.shift() : null;
    if (rest[0]?.[0] === 'result') throw new Error(`a block with a value in ${this.name}`);
    this.statements(rest);
    if (name) this.lines.push({ label: this.label(name) });
  }

  loop([, ...rest]) {
    const name = typeof rest[0] === 'string' ? rest.shift() : null;
    if (rest[0]?.[0] === 'result') throw new Error(`a loop with a value in ${this.name}`);
    if (name) this.lines.push({ label: this.label(name) });
    this.statements(rest);
  }

  if([, condition, [, ...then], otherwise]) {
    if (condition[0] === 'result') throw new Error(`an if with a value in ${this.name}`);
    this.say(`if (${this.expressions.condition(condition).code}) {`);
    this.statements(then);
    if (otherwise) {
      this.say('} else {');
      this.statements(otherwise.slice(1));
    }
    this.say('}');
  }

  br([, label]) {
    this.say(this.goto(label));
  }

  br_if([, label, condition]) {
    this.say(`if (${this.expressions.condition(condition).code}) ${this.goto(label)}`);
  }

  br_table([, ...rest]) {
    const index = rest.pop();
    const other = rest.pop();
    const cases = new Map();
    rest.forEach((label, i) => {
      if (label === other) return;
      if (!cases.has(label)) cases.set(label, []);
      cases.get(label).push(i);
    });
    this.say(`switch (${tight(this.value(index)).code}) {`);
    for (const [label, numbers] of cases) {
      this.say(`${numbers.map((n) => `case ${n}:`).join(' ')} ${this.goto(label)}`);
    }
    this.say(`default: ${this.goto(other)}`);
    this.say('}');
  }

  return([, operand]) {
    this.say(operand ? `return ${this.kept(operand).code};` : 'return;');
  }

  unreachable() {
    this.say('$this->trap();');
  }

  drop([, operand]) {
    if (calls(operand)) this.say(`${this.value(operand).code};`);
  }

  call(node) {
    this.say(`${this.value(node).code};`);
  }

  call_indirect(node) {
    this.call(node);
  }

  local_set([, name, operand]) {
    const target = this.locals.get(name).php;
    const room = this.stackRoom(operand);
    // The stack lies below the data and grows towards zero: below it, it is used up.
    if (room) {
      this.say(`if ((${target} = ${room}) < 0) $this->trap();`);
      this.see(name, 0n, this.module.stackSize);
    } else {
      const v = this.kept(operand);
      this.say(`${target} = ${v.code};`);
      this.see(name, v.low, v.high);
    }
  }

  see(name, low, high) {
    const so = this.seen.get(name);
    this.seen.set(name, so ? [low < so[0] ? low : so[0], high > so[1] ? high : so[1]] : [low, high]);
  }

  /** The bounds of each local that is no parameter; one that may still be zero has zero in them. */
  learnt() {
    this.readBeforeSet().forEach((name) => this.see(name, 0n, 0n));
    this.params.forEach((name) => this.seen.delete(name));
    return this.seen;
  }

  /** `stack pointer - constant`, as a function takes its frame. */
  stackRoom([op, left, right]) {
    const { stackPointer } = this.module;
    if (left?.[0] !== 'global.get' || left[1] !== stackPointer || right?.[0] !== 'i32.const') return null;
    const bytes = op === 'i32.sub' ? BigInt(right[1]) : op === 'i32.add' ? -BigInt(right[1]) : 0n;
    return bytes > 0n ? `${this.module.global(stackPointer)} - ${bytes}` : null;
  }

  global_set([, name, operand]) {
    if (this.stackRoom(operand)) throw new Error(`${this.name} takes its frame in an unknown way`);
    this.say(`${this.module.global(name)} = ${this.kept(operand).code};`);
  }

  memory_copy([, ...operands]) {
    this.say(`$this->copy(${operands.slice(-3).map((o) => tight(this.value(o)).code).join(', ')});`);
  }

  memory_fill([, ...operands]) {
    this.say(`$this->fill(${operands.slice(-3).map((o) => tight(this.value(o)).code).join(', ')});`);
  }

  store(node) {
    const ex = this.expressions;
    const { address, size, align, rest: [operand] } = ex.place(node);
    if (size === 8) return this.store64(address, align, operand);
    // Only the lowest bits are kept, so nothing is masked twice.
    if (size === 4) {
      const v = tight(this.value(operand)).code;
      return this.say(align >= 4 ? `${ex.word(address)} = ${v};` : `$this->set32(${address.code}, ${v});`);
    }
    const cut = number((1n << BigInt(size * 8)) - 1n);
    const v = ex.bits('&', P.and, int(this.value(operand)), cut);
    if (size === 2 && align < 2) return this.say(`$this->set16(${address.code}, ${v.code});`);
    return this.storePart(address, size, v, calls(operand));
  }

  /** A byte or half a word inside a word. */
  storePart(address, size, v, late) {
    const ex = this.expressions;
    const ones = size === 1 ? 255n : 65535n;
    if (address.known !== undefined && !late) {
      const shift = (address.known & 3n) << 3n;
      const keep = number(MASK ^ (ones << shift));
      return this.say(`${ex.word(address)} = ${ex.word(address)} & ${keep.code} | ${part(v, number(shift)).code};`);
    }
    const [a, i, s] = [ex.temporary(), ex.temporary(), ex.temporary()];
    let kept = v;
    this.say(`${i} = (${a} = ${address.code}) >> 2;`);
    if (late) {
      kept = value(ex.temporary(), P.atom, v.low, v.high);
      this.say(`${kept.code} = ${v.code};`);
    }
    this.say(`${s} = (${a} & ${size === 1 ? 3 : 2}) << 3;`);
    return this.say(`$m[${i}] = $m[${i}] & ~(${ones} << ${s}) | ${part(kept, value(s, P.atom, 0n, 24n)).code};`);
  }

  store64(address, align, operand) {
    const ex = this.expressions;
    const v = int(this.value(operand));
    if (align < 4) return this.say(`$this->set64(${address.code}, ${v.code});`);
    const i = ex.temporary();
    if (v.known !== undefined) {
      const [low, high] = [BigInt.asUintN(32, v.known), BigInt.asUintN(32, v.known >> 32n)];
      this.say(`$m[${i} = ${infix(address, '>>', number(2n), P.shift).code}] = ${low};`);
      return this.say(`$m[${i} + 1] = ${high};`);
    }
    if (operand[0] === 'i64.load') {
      const from = ex.place(operand);
      if (from.align >= 4) return this.copy64(address, from.address, i);
    }
    const [w, again] = /^\$\w+$/.test(v.code) ? [v, v] : [value(ex.temporary(), P.atom, v.low, v.high), v];
    this.say(`${i} = ${infix(address, '>>', number(2n), P.shift).code};`);
    if (w !== again) this.say(`${w.code} = ${v.code};`);
    this.say(`$m[${i}] = ${tight(w).code};`);
    return this.say(`$m[${i} + 1] = ${infix(infix(w, '>>', number(32n), P.shift), '&', number(MASK), P.and).code};`);
  }

  /** Eight bytes from one place to another: two words, never put together. */
  copy64(to, from, i) {
    const [j, second] = [this.expressions.temporary(), this.expressions.temporary()];
    const index = (a) => infix(a, '>>', number(2n), P.shift).code;
    this.say(`${i} = ${index(to)};`);
    this.say(`${second} = $m[(${j} = ${index(from)}) + 1];`);
    this.say(`$m[${i}] = $m[${j}];`);
    this.say(`$m[${i} + 1] = ${second};`);
  }

  /** Locals that may be read while still zero, which PHP would call undefined. */
  readBeforeSet() {
    const found = new Set();
    const bit = new Map([...this.locals.keys()].map((name, i) => [name, 1n << BigInt(i)]));
    const all = (1n << BigInt(this.locals.size)) - 1n;
    const exits = new Map();
    const leave = (label, state) => exits.set(label, (exits.get(label) ?? all) & state);

    const reads = (node, state) => {
      if (!Array.isArray(node)) return;
      if (node[0] === 'local.get' && (state & bit.get(node[1])) === 0n) found.add(node[1]);
      node.forEach((child) => reads(child, state));
    };
    // `all` stands for "never gets here".
    const walk = (nodes, start) => nodes.reduce((state, node) => step(node, state), start);
    const step = (node, state) => {
      const [op, ...rest] = node;
      switch (op) {
        case 'block': case 'loop': {
          const label = typeof rest[0] === 'string' ? rest.shift() : null;
          const end = walk(rest, state);
          return op === 'block' && label ? end & (exits.get(label) ?? all) : end;
        }
        case 'if': {
          reads(rest[0], state);
          return walk(rest[1].slice(1), state) & walk(rest[2]?.slice(1) ?? [], state);
        }
        case 'br_table':
          reads(node, state);
          rest.slice(0, -1).forEach((label) => leave(label, state));
          return all;
        case 'br_if':
          reads(node, state);
          leave(rest[0], state);
          return state;
        case 'br':
          leave(rest[0], state);
          return all;
        case 'return': case 'unreachable':
          reads(node, state);
          return all;
        case 'local.set':
          reads(rest[1], state);
          return state | bit.get(rest[0]);
        default:
          reads(node, state);
          return state;
      }
    };
    walk(this.body, this.params.reduce((state, name) => state | bit.get(name), 0n));
    return [...found];
  }
}

function part(v, shift) {
  return shift.known === 0n ? v : value(`${at(v, P.shift)} << ${shift.code}`, P.shift, 0n, MASK);
}
