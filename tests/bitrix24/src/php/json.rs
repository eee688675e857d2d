//! `json_decode` and `json_encode` as the portal uses them.

use std::fmt::Write;

use super::value::{Arr, Key, Php};

/// PHP's default nesting limit.
const DEPTH: usize = 512;

/// Decodes JSON; `None` when it is malformed, as PHP's `null`.
pub fn decode(bytes: &[u8]) -> Option<Php> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut parser = Parser { text, at: 0 };
    parser.space();
    let value = parser.value(0)?;
    parser.space();
    (parser.at == text.len()).then_some(value)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn word(&mut self, word: &str, value: Php) -> Option<Php> {
        self.text[self.at..].starts_with(word).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self, depth: usize) -> Option<Php> {
        if depth > DEPTH {
            return None;
        }
        match self.peek()? {
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'"' => self.string().map(Php::Str),
            b't' => self.word("true", Php::Bool(true)),
            b'f' => self.word("false", Php::Bool(false)),
            b'n' => self.word("null", Php::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Php> {
        self.eat(b'{')?;
        let mut out = Arr::new();
        self.space();
        if self.eat(b'}').is_some() {
            return Some(Php::Arr(out));
        }
        loop {
            self.space();
            let key = self.string()?;
            self.space();
            self.eat(b':')?;
            self.space();
            let value = self.value(depth + 1)?;
            out.set(Key::of(&key), value);
            self.space();
            if self.eat(b'}').is_some() {
                return Some(Php::Arr(out));
            }
            self.eat(b',')?;
        }
    }

    fn array(&mut self, depth: usize) -> Option<Php> {
        self.eat(b'[')?;
        let mut out = Arr::new();
        self.space();
        if self.eat(b']').is_some() {
            return Some(Php::Arr(out));
        }
        loop {
            self.space();
            let value = self.value(depth + 1)?;
            out.push(value);
            self.space();
            if self.eat(b']').is_some() {
                return Some(Php::Arr(out));
            }
            self.eat(b',')?;
        }
    }

    fn number(&mut self) -> Option<Php> {
        let start = self.at;
        let _ = self.eat(b'-');
        let first = self.peek()?;
        let whole = self.digits();
        if whole == 0 || (first == b'0' && whole > 1) {
            return None;
        }
        let mut fraction = false;
        if self.eat(b'.').is_some() {
            fraction = true;
            if self.digits() == 0 {
                return None;
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            fraction = true;
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return None;
            }
        }
        let text = &self.text[start..self.at];
        match text.parse() {
            Ok(n) if !fraction => Some(Php::Int(n)),
            _ => Some(Php::Num(plain_number(text))),
        }
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn string(&mut self) -> Option<String> {
        self.eat(b'"')?;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let stop = rest.bytes().position(|b| b == b'"' || b == b'\\' || b < 0x20)?;
            out.push_str(&rest[..stop]);
            self.at += stop;
            if self.eat(b'"').is_some() {
                return Some(out);
            }
            self.eat(b'\\')?;
            let escape = self.peek()?;
            self.at += 1;
            match escape {
                b'"' => out.push('"'),
                b'\\' => out.push('\\'),
                b'/' => out.push('/'),
                b'b' => out.push('\u{8}'),
                b'f' => out.push('\u{c}'),
                b'n' => out.push('\n'),
                b'r' => out.push('\r'),
                b't' => out.push('\t'),
                b'u' => out.push(self.unicode()?),
                _ => return None,
            }
        }
    }

    fn unicode(&mut self) -> Option<char> {
        let high = self.hex4()?;
        if (0xD800..0xDC00).contains(&high) {
            self.eat(b'\\')?;
            self.eat(b'u')?;
            let low = self.hex4()?;
            if !(0xDC00..0xE000).contains(&low) {
                return None;
            }
            return char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
        }
        char::from_u32(high)
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}

/// Numbers in scientific form are written out, so that later casts see digits.
fn plain_number(text: &str) -> String {
    if text.contains(['e', 'E']) {
        if let Ok(n) = rust_decimal::Decimal::from_scientific(text) {
            return n.normalize().to_string();
        }
    }
    text.to_owned()
}

/// Encodes as the portal's PHP does: slashes and `<>&'"` escaped, text left in UTF-8.
pub fn encode(value: &Php) -> String {
    let mut out = String::with_capacity(256);
    encode_into(&mut out, value);
    out
}

/// The same into an existing buffer.
pub fn encode_into(out: &mut String, value: &Php) {
    match value {
        Php::Null => out.push_str("null"),
        Php::Bool(true) => out.push_str("true"),
        Php::Bool(false) => out.push_str("false"),
        Php::Int(n) => out.push_str(&n.to_string()),
        Php::Num(s) => out.push_str(s),
        Php::Str(s) => quote(out, s),
        Php::EmptyObject => out.push_str("{}"),
        Php::Arr(a) if a.is_list() => {
            out.push('[');
            for (i, v) in a.values().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                encode_into(out, v);
            }
            out.push(']');
        }
        Php::Arr(a) => {
            out.push('{');
            for (i, (k, v)) in a.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                quote(out, &k.text());
                out.push(':');
                encode_into(out, v);
            }
            out.push('}');
        }
    }
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    let mut clean = 0;
    for (at, c) in text.char_indices() {
        let escape = match c {
            '"' => "\\u0022",
            '\\' => "\\\\",
            '/' => "\\/",
            '&' => "\\u0026",
            '<' => "\\u003C",
            '>' => "\\u003E",
            '\'' => "\\u0027",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            '\u{2028}' => "\\u2028",
            '\u{2029}' => "\\u2029",
            c if (c as u32) < 0x20 => {
                out.push_str(&text[clean..at]);
                let _ = write!(out, "\\u{:04x}", c as u32);
                clean = at + 1;
                continue;
            }
            _ => continue,
        };
        out.push_str(&text[clean..at]);
        out.push_str(escape);
        clean = at + c.len_utf8();
    }
    out.push_str(&text[clean..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_and_encodes() {
        let value = decode(br#"{"b":[1,2.50,"x\u00e9\ud83d\ude00"],"a":{},"5":null,"t":true}"#);
        let text = encode(&value.unwrap());
        assert_eq!(text, "{\"b\":[1,2.50,\"xé😀\"],\"a\":[],\"5\":null,\"t\":true}");
    }

    #[test]
    fn malformed_is_none() {
        for bad in ["", "{", "[1,]", "{\"a\":}", "01", "1 2", "\"\\x\"", "\"\\ud800\"", "nul"] {
            assert!(decode(bad.as_bytes()).is_none(), "{bad}");
        }
        assert!(decode("[".repeat(100_000).as_bytes()).is_none());
        assert!(decode(&[b'"', 0xff, b'"']).is_none());
    }

    #[test]
    fn escapes_like_the_portal() {
        assert_eq!(encode(&Php::from("a/b \"&\u{1}")), "\"a\\/b \\u0022\\u0026\\u0001\"");
    }
}
