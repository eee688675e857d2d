//! `parse_str`: query strings and form bodies with bracket keys.

use std::fmt::Write;

use super::value::{Arr, Key, Php};

/// PHP's `max_input_vars`, at the value the portal's installer asks for.
const MAX_VARS: usize = 10_000;
/// PHP's `max_input_nesting_level`.
const MAX_NESTING: usize = 64;

/// Parses `a=1&b[c][]=2` into an array.
pub fn parse_query(text: &[u8]) -> Arr {
    let mut out = Arr::new();
    for pair in text.split(|b| *b == b'&').filter(|p| !p.is_empty()).take(MAX_VARS) {
        let (key, value) = match pair.iter().position(|b| *b == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &pair[..0]),
        };
        insert(&mut out, &percent_decode(key), Php::Str(percent_decode(value)));
    }
    out
}

/// Puts one decoded `name[with][brackets]` into the array.
pub fn insert(out: &mut Arr, name: &str, value: Php) {
    let name = name.trim_start_matches(' ');
    let name = name.split('\0').next().unwrap_or_default();
    let (top, rest) = match name.find('[') {
        Some(0) | None => (name, ""),
        Some(at) => name.split_at(at),
    };
    if top.is_empty() {
        return;
    }
    let parts = brackets(rest);
    let top = match &parts {
        // An unclosed bracket becomes an underscore and the rest stays in the name.
        None => mangle(&name.replacen('[', "_", 1)),
        Some(_) => mangle(top),
    };
    let mut slot = out.entry(Key::of(&top));
    for part in parts.unwrap_or_default().into_iter().take(MAX_NESTING) {
        if !matches!(slot, Php::Arr(_)) {
            *slot = Php::Arr(Arr::new());
        }
        let Php::Arr(inner) = slot else { return };
        if part.is_empty() {
            inner.push(Php::Null);
            let last = inner.len() - 1;
            let Some(key) = inner.iter().nth(last).map(|(k, _)| k.clone()) else { return };
            slot = inner.entry(key);
        } else {
            slot = inner.entry(Key::of(&part));
        }
    }
    *slot = value;
}

/// Splits `[a][b][]`; `None` when the first bracket never closes.
fn brackets(mut rest: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    while let Some(inner) = rest.strip_prefix('[') {
        match inner.find(']') {
            Some(end) => {
                parts.push(inner[..end].to_owned());
                rest = &inner[end + 1..];
            }
            None if parts.is_empty() => return None,
            None => break,
        }
    }
    Some(parts)
}

fn mangle(name: &str) -> String {
    name.replace(['.', ' '], "_")
}

/// Decodes `%XX` and `+`; bytes that are not UTF-8 become U+FFFD.
pub fn percent_decode(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|h| std::str::from_utf8(h).ok());
        match (bytes[at], hex.and_then(|h| u8::from_str_radix(h, 16).ok())) {
            (b'%', Some(byte)) if !hex.unwrap_or_default().starts_with('+') => {
                out.push(byte);
                at += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        at += 1;
    }
    match String::from_utf8(out) {
        Ok(text) => text,
        Err(bad) => String::from_utf8_lossy(bad.as_bytes()).into_owned(),
    }
}

/// `urlencode`: everything but letters, digits and `-_.` is encoded, a space becomes `+`.
pub fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(byte as char),
            b' ' => out.push('+'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::encode;
    use super::*;

    fn parsed(text: &str) -> String {
        encode(&Php::Arr(parse_query(text.as_bytes())))
    }

    #[test]
    fn brackets_nest() {
        assert_eq!(
            parsed("fields%5BTITLE%5D=a+b&rows[0][PRICE]=1&rows[0][Q]=2&select[]=ID&select[]=T"),
            r#"{"fields":{"TITLE":"a b"},"rows":[{"PRICE":"1","Q":"2"}],"select":["ID","T"]}"#
        );
    }

    #[test]
    fn top_names_are_mangled() {
        assert_eq!(parsed("a.b=1&c d=2&e[x.y]=3"), r#"{"a_b":"1","c_d":"2","e":{"x.y":"3"}}"#);
    }

    #[test]
    fn odd_input_is_survived() {
        assert_eq!(parsed("=1&&a&b[=2&[x]=3&%zz=%"), r#"{"a":"","b_":"2","[x]":"3","%zz":"%"}"#);
        assert_eq!(percent_encode("data[ID] я.~"), "data%5BID%5D+%D1%8F.%7E");
    }
}
