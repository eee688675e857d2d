//! JSON text to a tree and strings back to JSON text. RFC 8259, strictly.
//!
//! Why not `serde_json`, which the tests use? Measured: reading through it
//! puts 60 KB of floating point and 40 KB of parser into a module that may have 256 KB in all, and
//! most of the instructions of a small order, each of which costs about 9 ns once compiled to PHP.
//! Here numbers stay text, a key may not stand twice in an object, and the place of an error is known.
//! `tests/json.rs` holds the two against each other.
#![expect(
    unsafe_code,
    reason = "a text is cut where JSON's own signs stand, and need not be looked at for whole letters again"
)]

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
        let mut reader = Reader {
            text,
            at: 0,
            wrong: What::Syntax,
        };
        let mut value = Self::Null;
        let read = reader.value(depth, &mut value);
        if read.is_some() && reader.space() == 0 && reader.at == text.len() {
            return Ok(value);
        }
        Err(Unreadable {
            offset: reader.at,
            what: reader.wrong,
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

/// Reads into places that are there already: what is returned would have to be moved.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Why it stopped, once something was `None`.
    wrong: What,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> u8 {
        // No JSON token begins with NUL, so the end of the text can stand for it.
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    const fn step(&mut self) {
        self.at = self.at.wrapping_add(1);
    }

    /// The next byte that is no space.
    fn space(&mut self) -> u8 {
        loop {
            let byte = self.peek();
            if byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
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

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.take(byte).then_some(())
    }

    fn stop(&mut self, wrong: What) -> Option<()> {
        self.wrong = wrong;
        None
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or(&[])
    }

    fn word(&mut self, word: &str) -> Option<()> {
        if !self.rest().starts_with(word.as_bytes()) {
            return None;
        }
        self.at = self.at.wrapping_add(word.len());
        Some(())
    }

    fn value(&mut self, depth: u32, out: &mut Json) -> Option<()> {
        let byte = self.space();
        *out = match byte {
            b'"' => Json::Text(self.string()?),
            b'{' | b'[' => {
                let Some(depth) = depth.checked_sub(1) else {
                    return self.stop(What::Depth);
                };
                self.step();
                if byte == b'{' {
                    Json::Map(self.object(depth)?)
                } else {
                    Json::List(self.array(depth)?)
                }
            }
            b'-' | b'0'..=b'9' => Json::Number(self.number()?),
            _ => {
                let (word, value) = match byte {
                    b't' => ("true", Json::Bool(true)),
                    b'f' => ("false", Json::Bool(false)),
                    _ => ("null", Json::Null),
                };
                self.word(word)?;
                value
            }
        };
        Some(())
    }

    /// Past a value; whether another one follows.
    fn follows(&mut self, close: u8) -> Option<bool> {
        let byte = self.space();
        if byte != close && byte != b',' {
            return None;
        }
        self.step();
        Some(byte == b',')
    }

    fn array(&mut self, depth: u32) -> Option<Vec<Json>> {
        let mut rows = Vec::new();
        let mut more = self.space() != b']';
        if !more {
            self.step();
        }
        while more {
            rows.push(Json::Null);
            self.value(depth, rows.last_mut()?)?;
            more = self.follows(b']')?;
        }
        Some(rows)
    }

    fn object(&mut self, depth: u32) -> Option<Pairs<Json>> {
        let mut members = Pairs::roomy();
        let mut seen = 0u64;
        let mut more = self.space() != b'}';
        if !more {
            self.step();
        }
        while more {
            if self.space() != b'"' {
                return None;
            }
            let start = self.at;
            let key = self.string()?;
            // Of a few keys hardly two have the same mark, and need to be compared.
            let mark = mark(key.as_bytes());
            if seen & mark != 0 && members.get(&key).is_some() {
                self.at = start;
                self.wrong = What::Duplicate;
                return None;
            }
            seen |= mark;
            if self.space() != b':' {
                return None;
            }
            self.step();
            self.value(depth, members.push(key, Json::Null)?)?;
            more = self.follows(b'}')?;
        }
        Some(members)
    }

    fn number(&mut self) -> Option<String> {
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
        Some(self.since(start).to_owned())
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.step();
        }
        (self.at != start).then_some(())
    }

    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or("")
    }

    /// From its quotation mark on.
    fn string(&mut self) -> Option<String> {
        self.step();
        let mut out = String::new();
        loop {
            let (text, after) = self.rest().split_at_checked(plain(self.rest()))?;
            // SAFETY: the text is UTF-8 as a whole, and this part of it lies between ASCII, or ends with it.
            let text = unsafe { core::str::from_utf8_unchecked(text) };
            self.at = self.at.wrapping_add(text.len());
            let ends = after.first() == Some(&b'"');
            if !ends && after.first() != Some(&b'\\') {
                return None;
            }
            self.step();
            // Most texts have no escapes, and get just the room they need.
            if ends && out.is_empty() {
                return Some(text.to_owned());
            }
            out.push_str(text);
            if ends {
                return Some(out);
            }
            out.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Option<char> {
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
            _ => return None,
        };
        self.step();
        Some(plain)
    }

    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xd800..0xe000).contains(&first) {
            return char::from_u32(first);
        }
        // Two halves of a character beyond the first plane; a half alone is no character.
        self.expect(b'\\')?;
        self.expect(b'u')?;
        let second = self.hex()?;
        if first >= 0xdc00 || !(0xdc00..0xe000).contains(&second) {
            return None;
        }
        let high = first.saturating_sub(0xd800) << 10;
        let low = second.saturating_sub(0xdc00);
        char::from_u32(0x1_0000u32.saturating_add(high).saturating_add(low))
    }

    fn hex(&mut self) -> Option<u32> {
        let mut code = 0u32;
        for _ in 0..4 {
            let digit = char::from(self.peek()).to_digit(16)?;
            code = code.wrapping_shl(4) | digit;
            self.step();
        }
        Some(code)
    }
}

/// One bit of 64, by the length and both ends.
fn mark(key: &[u8]) -> u64 {
    let (Some(first), Some(last)) = (key.first(), key.last()) else {
        return 1;
    };
    let sum = u32::try_from(key.len()).unwrap_or(0).wrapping_mul(11);
    let sum = sum.wrapping_add(u32::from(*first).wrapping_mul(5));
    1u64.wrapping_shl(sum.wrapping_add(u32::from(*last)))
}

/// How many bytes there are before one that a JSON string has to escape. Texts are most of what
/// crosses the border, so four at once.
fn plain(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        let word = u32::from_le_bytes(*word);
        // A byte with its second bit turned is below 0x21 when it is a control or a quote; one turned
        // by a backslash is 0 when it is one. Below: subtracting borrows into the highest bit.
        let (quote, slash) = (word ^ 0x0202_0202, word ^ 0x5c5c_5c5c);
        let found =
            quote.wrapping_sub(0x2121_2121) & !quote | slash.wrapping_sub(0x0101_0101) & !slash;
        if found & 0x8080_8080 != 0 {
            break;
        }
        rest = after;
    }
    let end = rest
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
    bytes
        .len()
        .wrapping_sub(rest.len())
        .wrapping_add(end.unwrap_or(rest.len()))
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
