//! Finding words in texts. `str::contains`, `find` and `replace` with a text to look for bring seven
//! kilobytes into the module: a search that is meant for long texts, and panics that print them.

/// Where `part` begins in `text`.
#[must_use]
pub fn find(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    // By its last byte, which in what we look for is the rarer one.
    let last = part.last()?;
    let mut from = part.len().saturating_sub(1);
    loop {
        let rest = text.get(from..)?;
        let at = rest.iter().position(|byte| byte == last)?;
        from = from.saturating_add(at).saturating_add(1);
        if text.get(..from)?.ends_with(part) {
            return from.checked_sub(part.len());
        }
    }
}

/// Whether `part` stands in `text`.
#[must_use]
pub fn has(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// The text with `to` for every `from`.
#[must_use]
pub fn replaced(text: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = find(rest, from).and_then(|at| {
        rest.get(..at)
            .zip(rest.get(at.saturating_add(from.len())..))
    }) {
        out.push_str(before);
        out.push_str(to);
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_and_replaces_like_the_standard_library() {
        for text in ["", "a", "aab", "ababab", "Заказ №1 №2", "№№", "aaa"] {
            for part in ["a", "ab", "aba", "№", "№2", "aaaa", "aa"] {
                assert_eq!(find(text, part), text.find(part), "{text} {part}");
                assert_eq!(has(text, part), text.contains(part), "{text} {part}");
                for to in ["", "a", "№"] {
                    assert_eq!(replaced(text, part, to), text.replace(part, to));
                }
            }
        }
        assert_eq!(find("a", ""), None);
    }
}
