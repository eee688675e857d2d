//! JSON text to a tree and strings back to JSON text. RFC 8259, strictly.
//!
//! Why not `serde_json`, which the tests use? Measured: reading through it
//! puts 60 KB of floating point and 40 KB of parser into a module that may have 256 KB in all, and
//! most of the instructions of a small order, each of which costs about 9 ns once compiled to PHP.
//! Here numbers stay text, a key may not stand twice in an object, and the place of an error is known.
//! `tests/json.rs` holds the two against each other.

use crate::contract::pairs::Pairs;

/// A JSON value. Numbers are kept as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub enum Json {
    /// `null`
    #[default]
    Null,
    /// `true`, `false`
    Bool(bool),
    /// Its digits.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, in its own order.
    Map(Pairs<Json>),
}

/// Why a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Byte at which reading stopped.
    pub offset: usize,
    /// What is wrong there.
    pub what: What,
}

/// Kinds of [`Unreadable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Not what JSON allows here.
    Syntax,
    /// Bytes that are not UTF-8.
    Encoding,
    /// A key twice in one object.
    Duplicate,
    /// More levels than allowed.
    Depth,
}

impl Json {
    /// Reads a text that nests at most `depth` levels.
    ///
    /// # Errors
    /// It is not JSON, or nests deeper.
    pub fn parse(text: &[u8], depth: u32) -> Result<Self, Unreadable> {
        let Ok(text) = core::str::from_utf8(text) else {
            return Err(Unreadable {
                offset: 0,
                what: What::Encoding,
            });
        };
        let mut reader = Reader { text, at: 0 };
        let value = reader.spaced(depth).and_then(|value| {
            reader.space();
            if reader.at == text.len() {
                Ok(value)
            } else {
                Err(What::Syntax)
            }
        });
        value.map_err(|what| Unreadable {
            offset: reader.at,
            what,
        })
    }

    /// The member of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(members) => members.get(key),
            _ => None,
        }
    }

    /// The member of an object, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        match self {
            Self::Map(members) => members.get_mut(key),
            _ => None,
        }
    }

    /// Takes the characters beyond Unicode's first plane (emoji) out of every text.
    pub fn keep_first_plane(&mut self) {
        match self {
            Self::Text(text) => text.retain(|letter| letter <= '\u{ffff}'),
            Self::List(rows) => rows.iter_mut().for_each(Self::keep_first_plane),
            Self::Map(members) => members.values_mut().for_each(Self::keep_first_plane),
            _ => {}
        }
    }

    /// Whether this is `true`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        *self == Self::Bool(true)
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> u8 {
        // No JSON token begins with NUL, so the end of the text can stand for it.
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// The next byte that is no space.
    fn space(&mut self) -> u8 {
        loop {
            let byte = self.peek();
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return byte;
            }
            self.step();
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == byte;
        if there {
            self.step();
        }
        there
    }

    fn expect(&mut self, byte: u8) -> Result<(), What> {
        if self.take(byte) {
            Ok(())
        } else {
            Err(What::Syntax)
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, What> {
        if !self.rest().starts_with(word) {
            return Err(What::Syntax);
        }
        self.at = self.at.saturating_add(word.len());
        Ok(value)
    }

    fn spaced(&mut self, depth: u32) -> Result<Json, What> {
        match self.space() {
            b'"' => self.string().map(Json::Text),
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            _ => Err(What::Syntax),
        }
    }

    /// Into a list or an object; whether it has anything.
    fn opened(&mut self, close: u8) -> bool {
        self.step();
        self.space();
        !self.take(close)
    }

    /// Past a value; whether another one follows.
    fn follows(&mut self, close: u8) -> Result<bool, What> {
        let byte = self.space();
        if byte != close && byte != b',' {
            return Err(What::Syntax);
        }
        self.step();
        Ok(byte == b',')
    }

    fn array(&mut self, depth: u32) -> Result<Json, What> {
        let depth = depth.checked_sub(1).ok_or(What::Depth)?;
        let mut rows = Vec::new();
        let mut more = self.opened(b']');
        while more {
            rows.push(self.spaced(depth)?);
            more = self.follows(b']')?;
        }
        Ok(Json::List(rows))
    }

    fn object(&mut self, depth: u32) -> Result<Json, What> {
        let depth = depth.checked_sub(1).ok_or(What::Depth)?;
        let mut members = Pairs::roomy();
        let mut more = self.opened(b'}');
        while more {
            self.space();
            let start = self.at;
            let key = self.string()?;
            if members.get(&key).is_some() {
                self.at = start;
                return Err(What::Duplicate);
            }
            self.space();
            self.expect(b':')?;
            let value = self.spaced(depth)?;
            members.push(key, value);
            more = self.follows(b'}')?;
        }
        Ok(Json::Map(members))
    }

    fn number(&mut self) -> Result<Json, What> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits()?;
        }
        Ok(Json::Number(self.since(start).to_owned()))
    }

    fn digits(&mut self) -> Result<(), What> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.step();
        }
        if self.at == start {
            return Err(What::Syntax);
        }
        Ok(())
    }

    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or("")
    }

    fn string(&mut self) -> Result<String, What> {
        self.expect(b'"')?;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let text = rest.get(..plain(rest.as_bytes())).unwrap_or("");
            self.at = self.at.saturating_add(text.len());
            // Most texts have no escapes, and get just the room they need.
            if out.is_empty() {
                out = String::from(text);
            } else {
                out.push_str(text);
            }
            if self.take(b'"') {
                return Ok(out);
            }
            self.expect(b'\\')?;
            out.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, What> {
        let escape = self.peek();
        let plain = match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.step();
                return self.unicode();
            }
            _ => return Err(What::Syntax),
        };
        self.step();
        Ok(plain)
    }

    fn unicode(&mut self) -> Result<char, What> {
        let first = self.hex()?;
        if !(0xd800..0xe000).contains(&first) {
            return char::from_u32(first).ok_or(What::Syntax);
        }
        // Two halves of a character beyond the first plane; a half alone is no character.
        self.expect(b'\\')?;
        self.expect(b'u')?;
        let second = self.hex()?;
        if first >= 0xdc00 || !(0xdc00..0xe000).contains(&second) {
            return Err(What::Syntax);
        }
        let high = first.saturating_sub(0xd800) << 10;
        let low = second.saturating_sub(0xdc00);
        char::from_u32(0x1_0000u32.saturating_add(high).saturating_add(low)).ok_or(What::Syntax)
    }

    fn hex(&mut self) -> Result<u32, What> {
        let mut code = 0u32;
        for _ in 0..4 {
            let digit = char::from(self.peek()).to_digit(16).ok_or(What::Syntax)?;
            code = code.wrapping_shl(4) | digit;
            self.step();
        }
        Ok(code)
    }
}

/// How many bytes there are before one that a JSON string has to escape. Texts are most of what
/// crosses the border, so four at once.
fn plain(bytes: &[u8]) -> usize {
    let mut at = 0usize;
    while let Some([a, b, c, d]) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u32::from_le_bytes([*a, *b, *c, *d]);
        // A byte with its second bit turned is below 0x21 when it is a control or a quote; one turned
        // by a backslash is 0 when it is one. Below: subtracting borrows into the highest bit.
        let (quote, slash) = (word ^ 0x0202_0202, word ^ 0x5c5c_5c5c);
        let found =
            quote.wrapping_sub(0x2121_2121) & !quote | slash.wrapping_sub(0x0101_0101) & !slash;
        if found & 0x8080_8080 != 0 {
            break;
        }
        at = at.saturating_add(4);
    }
    let rest = bytes.get(at..).unwrap_or(&[]);
    let end = rest
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
    at.saturating_add(end.unwrap_or(rest.len()))
}

/// Appends a string with its quotes.
pub fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    while let Some((run, after)) = rest.split_at_checked(plain(rest)) {
        out.extend_from_slice(run);
        let Some((byte, after)) = after.split_first() else {
            break;
        };
        write_escape(*byte, out);
        rest = after;
    }
    out.push(b'"');
}

fn write_escape(byte: u8, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        0..=0x1f => b'u',
        _ => byte,
    };
    out.extend_from_slice(&[b'\\', short]);
    if short == b'u' {
        let digit = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or(b'0');
        out.extend_from_slice(&[b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
    }
}
