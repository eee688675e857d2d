// Prints one wasm function, flattened by binaryen, as one PHP method. Blocks and loops become
// labels, branches become goto: PHP compiles both to plain jumps.

import { Expressions, calls, plus } from './expression.mjs';
import { MASK, P, at, infix, int, number, tight, value } from './value.mjs';

/** What LLVM aligns a stack frame to. */
const FRAME = 16n;
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
  constructor(node, module, { bounds = new Map(), frames = new Set() } = {}) {
    this.module = module;
    this.bounds = bounds;
    this.frames = frames;
    this.seen = new Map();
    this.taken = new Map();
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
      isFrame: (name) => this.frames.has(name),
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
    // What `vacuum` makes of an `if` whose both arms drop a value.
    const dropped = ([op, ...nodes]) => [op, ...nodes.slice(0, -1), ['drop', nodes.at(-1)]];
    if (operand[0] === 'if') this.if(['if', operand[2], dropped(operand[3]), dropped(operand[4])]);
    else if (calls(operand)) this.say(`${this.value(operand).code};`);
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
      this.taken.set(name, (this.taken.get(name) ?? true));
    } else {
      this.taken.set(name, false);
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
    const frames = [...this.taken].filter(([name, always]) => always && this.seen.has(name)).map(([name]) => name);
    return { bounds: this.seen, frames: new Set(frames) };
  }

  /** `stack pointer - constant`, as a function takes its frame. */
  stackRoom(node) {
    const { stackPointer } = this.module;
    const sum = plus(node);
    if (sum?.base[0] !== 'global.get' || sum.base[1] !== stackPointer || sum.constant >= 0n) return null;
    const bytes = -sum.constant;
    if (bytes % FRAME !== 0n) throw new Error(`a frame of ${bytes} bytes in ${this.name}`);
    return `${this.module.global(stackPointer)} - ${bytes}`;
  }

  global_set([, name, operand]) {
    // INVARIANT: the stack pointer is a multiple of FRAME. It is set to a frame's start, or behind it.
    const { base, constant } = plus(operand) ?? { base: operand, constant: 0n };
    if (base[0] !== 'local.get' || constant % FRAME !== 0n) throw new Error(`${this.name} sets the stack pointer in an unknown way`);
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
      return this.say(align >= 4 || address.rest === 0n ? `${ex.word(address)} = ${v};` : `$this->set32(${address.code}, ${v});`);
    }
    const cut = number((1n << BigInt(size * 8)) - 1n);
    const v = ex.bits('&', P.and, int(this.value(operand)), cut);
    const known = address.rest !== undefined && Number(address.rest) + size <= 4;
    if (size === 2 && align < 2 && !known) return this.say(`$this->set16(${address.code}, ${v.code});`);
    return this.storePart(address, size, v, calls(operand), known);
  }

  /** A byte or half a word inside a word; `late` when its value must be had before the word. */
  storePart(address, size, v, late, known) {
    const ex = this.expressions;
    const ones = size === 1 ? 255n : 65535n;
    let kept = v;
    const first = () => {
      if (!late) return;
      kept = value(ex.temporary(), P.atom, v.low, v.high);
      this.say(`${kept.code} = ${v.code};`);
    };
    if (known) {
      const shift = address.rest << 3n;
      const keep = number(MASK ^ (ones << shift));
      const i = address.known === undefined ? ex.temporary() : null;
      if (i) this.say(`${i} = ${infix(address, '>>', number(2n), P.shift).code};`);
      first();
      const word = i ? `$m[${i}]` : ex.word(address);
      const moved = part(kept, number(shift));
      return this.say(`${word} = ${word} & ${keep.code}${moved.known === 0n ? '' : ` | ${at(moved, P.xor)}`};`);
    }
    const simple = /^\$\w+$/.test(address.code) && !late;
    const a = simple ? address.code : ex.temporary();
    const [i, s] = [ex.temporary(), ex.temporary()];
    this.say(simple ? `${i} = ${a} >> 2;` : `${i} = (${a} = ${address.code}) >> 2;`);
    first();
    this.say(`${s} = (${a} & ${size === 1 ? 3 : 2}) << 3;`);
    const moved = kept.known === 0n ? '' : ` | ${part(kept, value(s, P.atom, 0n, 24n)).code}`;
    return this.say(`$m[${i}] = $m[${i}] & ~(${ones} << ${s})${moved};`);
  }

  store64(address, align, operand) {
    const ex = this.expressions;
    const v = int(this.value(operand));
    if (align < 4 && address.rest !== 0n) return this.say(`$this->set64(${address.code}, ${v.code});`);
    const i = ex.temporary();
    if (v.known !== undefined) {
      const [low, high] = [BigInt.asUintN(32, v.known), BigInt.asUintN(32, v.known >> 32n)];
      this.say(`$m[${i} = ${infix(address, '>>', number(2n), P.shift).code}] = ${low};`);
      return this.say(`$m[${i} + 1] = ${high};`);
    }
    if (operand[0] === 'i64.load') {
      const from = ex.place(operand);
      if (from.align >= 4 || from.address.rest === 0n) return this.copy64(address, from.address, i);
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
  if (v.known !== undefined && shift.known !== undefined) return number(v.known << shift.known);
  return shift.known === 0n ? v : value(`${at(v, P.shift)} << ${shift.code}`, P.shift, 0n, MASK);
}
