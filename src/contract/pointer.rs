//! From a byte offset in a JSON text to the JSON Pointer of what stands there.
//!
//! Only errors come here, so requests that are fine do not pay for knowing where they are.

/// The pointer to the value or key that the byte at `offset` belongs to, as far as it can be read.
#[must_use]
pub fn at_offset(text: &str, offset: usize) -> String {
    let mut scan = Scan::default();
    for (at, byte) in text.bytes().enumerate() {
        if at >= offset {
            break;
        }
        scan.step(byte);
    }
    scan.pointer()
}

/// Deeper than this many levels of arrays and objects?
#[must_use]
pub fn deeper_than(text: &[u8], limit: u32) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0u32, false, false);
    for byte in text {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                depth = depth.saturating_add(1);
                if depth > limit {
                    return true;
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

enum Level {
    Array(usize),
    Object { key: String, awaiting_key: bool },
}

#[derive(Default)]
struct Scan {
    levels: Vec<Level>,
    in_string: bool,
    escaped: bool,
    word: Vec<u8>,
}

impl Scan {
    fn step(&mut self, byte: u8) {
        if self.in_string {
            self.step_string(byte);
            return;
        }
        match byte {
            b'"' => {
                self.in_string = true;
                self.word.clear();
            }
            b'{' => self.levels.push(Level::Object {
                key: String::new(),
                awaiting_key: true,
            }),
            b'[' => self.levels.push(Level::Array(0)),
            b'}' | b']' => {
                self.levels.pop();
            }
            b',' => match self.levels.last_mut() {
                Some(Level::Array(index)) => *index = index.saturating_add(1),
                Some(Level::Object { awaiting_key, .. }) => *awaiting_key = true,
                None => {}
            },
            _ => {}
        }
    }

    fn step_string(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => {
                self.escaped = false;
                self.word.push(byte);
            }
            b'\\' => self.escaped = true,
            b'"' => {
                self.in_string = false;
                if let Some(Level::Object { key, awaiting_key }) = self.levels.last_mut() {
                    if *awaiting_key {
                        *key = String::from_utf8_lossy(&self.word).into_owned();
                        *awaiting_key = false;
                    }
                }
            }
            _ => self.word.push(byte),
        }
    }

    fn pointer(&self) -> String {
        let mut out = String::new();
        for level in &self.levels {
            match level {
                Level::Array(index) => {
                    out.push('/');
                    out.push_str(&index.to_string());
                }
                Level::Object { key, .. } if key.is_empty() => {}
                Level::Object { key, .. } => {
                    out.push('/');
                    out.push_str(&key.replace('~', "~0").replace('/', "~1"));
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_value_at_an_offset() {
        let text = r#"{"a":[1,{"b/c":"x,]"}],"d":2}"#;
        let at = |needle: &str| at_offset(text, text.find(needle).unwrap_or(0));
        assert_eq!(at("1,"), "/a/0");
        assert_eq!(at("\"x,"), "/a/1/b~1c");
        assert_eq!(at("2}"), "/d");
        assert_eq!(at_offset(text, 0), "");
    }

    #[test]
    fn counts_levels_outside_strings() {
        assert!(!deeper_than(br#"[["[[[["]]"#, 2));
        assert!(deeper_than(b"[[[", 2));
        assert!(!deeper_than(br#"["\"[[["]"#, 1));
    }
}
