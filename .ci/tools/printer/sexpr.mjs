// Reads the text form of WebAssembly into nested arrays: ['i32.add', ['local.get', '$0'], …].
// Strings become { bytes }, everything else stays text.

const SPACE = /\s/;
const ATOM_END = /[\s()]/;

export function parse(text) {
  let at = 0;

  function bytes() {
    const out = [];
    at += 1;
    while (text[at] !== '"') {
      if (text[at] !== '\\') {
        out.push(...Buffer.from(text[at]));
        at += 1;
        continue;
      }
      const escape = text[at + 1];
      const simple = { t: 9, n: 10, r: 13, '"': 34, "'": 39, '\\': 92 }[escape];
      out.push(simple ?? Number.parseInt(text.slice(at + 1, at + 3), 16));
      at += simple === undefined ? 3 : 2;
    }
    at += 1;
    return { bytes: out };
  }

  const root = [];
  const open = [root];
  while (at < text.length) {
    const char = text[at];
    const inside = open[open.length - 1];
    if (SPACE.test(char)) {
      at += 1;
    } else if (char === '(' && text[at + 1] === ';') {
      at = text.indexOf(';)', at) + 2;
    } else if (char === ';') {
      at = text.indexOf('\n', at);
    } else if (char === '(') {
      const list = [];
      inside.push(list);
      open.push(list);
      at += 1;
    } else if (char === ')') {
      open.pop();
      at += 1;
    } else if (char === '"') {
      inside.push(bytes());
    } else {
      const start = at;
      while (!ATOM_END.test(text[at])) at += 1;
      inside.push(text.slice(start, at));
    }
  }
  return root;
}
