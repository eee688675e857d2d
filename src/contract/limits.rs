//! What the border accepts, checked before anything is parsed.

/// Bytes of a request.
pub const MAX_REQUEST_BYTES: usize = 256 * 1024;
/// Bytes of an answer.
pub const MAX_ANSWER_BYTES: usize = 512 * 1024;
/// Lines of an order.
pub const MAX_LINES: usize = 1_000;
/// How deep a request may nest.
pub const MAX_DEPTH: u32 = 32;
/// Commands in one `batch`. Bitrix24: REST documentation, "batch".
pub const MAX_BATCH_COMMANDS: usize = 50;
/// Characters of a deal's title; the rest is cut.
pub const MAX_TITLE_CHARS: usize = 250;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_levels_outside_strings() {
        assert!(!deeper_than(br#"["[[[["]"#, 2));
        assert!(deeper_than(b"[[[", 2));
        assert!(!deeper_than(br#"["\"[[["]"#, 1));
    }
}
