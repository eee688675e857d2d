//! ФИО: the parts of a person's name.

use crate::contract::order::Buyer;
use crate::contract::settings::NameOrder;

/// A name in parts; together they hold every word the buyer gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Фамилия.
    pub last: String,
    /// Имя.
    pub first: String,
    /// Отчество.
    pub second: String,
}

impl Name {
    /// The shop's own parts where it has them. A name in one field, be it the first name's, is split
    /// by a stated rule: one word is the first name; otherwise `order` says whether the last name
    /// stands at the beginning or at the end, the first name leads what is left, and the rest is the
    /// second name. No word is lost. `plain` is that of [`tidy`].
    #[must_use]
    pub fn of(buyer: &Buyer, order: NameOrder, plain: bool) -> Self {
        let tidy = |text: &str| tidy(text, plain);
        let parts = Self {
            last: tidy(&buyer.last_name),
            first: tidy(&buyer.first_name),
            second: tidy(&buyer.second_name),
        };
        let whole = match (&*parts.last, &*parts.first, &*parts.second) {
            ("", "", "") => tidy(&buyer.full_name),
            ("", first, "") => first.to_owned(),
            _ => return parts,
        };
        let mut words: Vec<&str> = whole.split(' ').collect();
        if words.len() < 2 {
            words.insert(0, "");
        } else if order == NameOrder::FirstLast {
            words.rotate_right(1);
        }
        let (last, rest) = words.split_first().unwrap_or((&"", &[]));
        let (first, second) = rest.split_first().unwrap_or((&"", &[]));
        Self {
            last: (*last).to_owned(),
            first: (*first).to_owned(),
            second: joined(second, " "),
        }
    }

    /// In one line, last name first.
    #[must_use]
    pub fn full(&self) -> String {
        joined(&[&self.last, &self.first, &self.second], " ")
    }
}

/// One space between words and none around them; without characters that old databases cannot store
/// when the text has to be `plain`.
#[must_use]
pub fn tidy(text: &str, plain: bool) -> String {
    let mut out = String::new();
    let mut apart = false;
    for letter in text.chars() {
        if letter.is_whitespace() {
            apart = true;
        } else if !plain || letter <= '\u{ffff}' {
            if apart && !out.is_empty() {
                out.push(' ');
            }
            apart = false;
            out.push(letter);
        }
    }
    out
}

/// The parts that are not empty.
#[must_use]
pub fn joined(parts: &[&str], between: &str) -> String {
    let mut out = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push_str(between);
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loses_no_word() {
        use NameOrder::{FirstLast, LastFirst};
        for (full, order, last, first, second) in [
            ("Иван", LastFirst, "", "Иван", ""),
            ("Иван", FirstLast, "", "Иван", ""),
            ("Петров Иван", LastFirst, "Петров", "Иван", ""),
            ("Иван Петров", FirstLast, "Петров", "Иван", ""),
            (
                "Петров  Иван Сергеевич",
                LastFirst,
                "Петров",
                "Иван",
                "Сергеевич",
            ),
            (
                "Иван Сергеевич\u{a0}Петров",
                FirstLast,
                "Петров",
                "Иван",
                "Сергеевич",
            ),
            (
                "Алиев Вагиф Самед оглы",
                LastFirst,
                "Алиев",
                "Вагиф",
                "Самед оглы",
            ),
            (
                "Gabriel José de la Concordia",
                FirstLast,
                "Concordia",
                "Gabriel",
                "José de la",
            ),
            ("  ", LastFirst, "", "", ""),
            ("Ли", FirstLast, "", "Ли", ""),
        ] {
            let parts = Name {
                last: last.to_owned(),
                first: first.to_owned(),
                second: second.to_owned(),
            };
            let mut words: Vec<_> = full.split_whitespace().collect();
            words.sort_unstable();
            let kept = parts.full();
            let mut kept: Vec<_> = kept.split_whitespace().collect();
            kept.sort_unstable();
            assert_eq!(kept, words, "{full}");
            // In whichever field the shop keeps the whole name.
            for buyer in [
                Buyer {
                    full_name: full.to_owned(),
                    ..Buyer::default()
                },
                Buyer {
                    first_name: full.to_owned(),
                    ..Buyer::default()
                },
            ] {
                assert_eq!(Name::of(&buyer, order, false), parts, "{full}");
            }
        }
    }

    #[test]
    fn leaves_the_shops_own_parts_alone() {
        let buyer = Buyer {
            last_name: " де ла  Крус ".to_owned(),
            first_name: "Анна Мария".to_owned(),
            full_name: "не это".to_owned(),
            ..Buyer::default()
        };
        assert_eq!(
            Name::of(&buyer, NameOrder::FirstLast, false),
            Name {
                last: "де ла Крус".to_owned(),
                first: "Анна Мария".to_owned(),
                second: String::new()
            }
        );
    }
}
