//! Comparing what people typed, and putting texts together.

/// In lower case, for Latin and Cyrillic letters. The whole of Unicode would cost the module 10 KB of
/// tables to compare names that are Russian or English.
#[must_use]
pub fn lower(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'А'..='Я' => char::from_u32((letter as u32).saturating_add(32)).unwrap_or(letter),
            'Ѐ'..='Џ' => char::from_u32((letter as u32).saturating_add(80)).unwrap_or(letter),
            _ => letter.to_ascii_lowercase(),
        })
        .collect()
}

/// In upper case, likewise.
#[must_use]
pub fn upper(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'а'..='я' => char::from_u32((letter as u32).saturating_sub(32)).unwrap_or(letter),
            'ѐ'..='џ' => char::from_u32((letter as u32).saturating_sub(80)).unwrap_or(letter),
            _ => letter.to_ascii_uppercase(),
        })
        .collect()
}

/// The bytes from here to there; nothing when they are not there.
#[must_use]
#[inline(never)]
pub fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or("")
}

/// Whether a word is one of those between spaces.
#[must_use]
#[inline(never)]
pub fn is_among(word: &str, words: &str) -> bool {
    words.split(' ').any(|one| one == word)
}

/// Texts with something between them. `join` of strings would be written out once more beside that of
/// slices.
#[must_use]
#[inline(never)]
pub fn joined(texts: &[String], between: &str) -> String {
    let mut out = String::new();
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        out.push_str(text);
    }
    out
}

/// Numbers as people write them. `to_string` would bring the formatter into the module.
pub trait Digits {
    /// In decimal, with a sign when it is negative.
    fn digits(&self) -> String;
}

impl Digits for i64 {
    #[inline(never)]
    fn digits(&self) -> String {
        let mut out = Vec::new();
        let mut left = self.unsigned_abs();
        while left > 0 || out.is_empty() {
            out.push(b'0'.wrapping_add((left % 10) as u8));
            left /= 10;
        }
        if *self < 0 {
            out.push(b'-');
        }
        out.reverse();
        // INVARIANT: digits and a sign are UTF-8.
        String::from_utf8(out).unwrap_or_default()
    }
}

impl Digits for u32 {
    fn digits(&self) -> String {
        i64::from(*self).digits()
    }
}

impl Digits for usize {
    fn digits(&self) -> String {
        i64::try_from(*self).unwrap_or(i64::MAX).digits()
    }
}

impl Digits for u64 {
    fn digits(&self) -> String {
        i64::try_from(*self).unwrap_or(i64::MAX).digits()
    }
}

/// A number between two texts. `format!` would bring three kilobytes into the module.
#[must_use]
#[inline(never)]
pub fn numbered(before: &str, number: usize, after: &str) -> String {
    [before, &number.digits(), after].concat()
}

/// Whether two names are the same to a person: case and spaces around do not count.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    lower(a.trim()) == lower(b.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_russian_and_english() {
        assert_eq!(lower("Доставка ЁЖ Deal №1"), "доставка ёж deal №1");
        assert_eq!(upper("Доставка ёж Deal №1"), "ДОСТАВКА ЁЖ DEAL №1");
        assert!(same(" Отменён", "ОТМЕНЁН "));
        assert!(!same("Новый", "Новая"));
    }
}
