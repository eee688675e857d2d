//! ФИО: the parts of a person's name.

use crate::contract::order::Buyer;

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
    /// The shop's own parts where it has them; else the one field, split by a stated rule: one word
    /// is the first name; of two the first is the last name, as Russians write; of more, the rest
    /// is the second name. No word is lost.
    #[must_use]
    pub fn of(buyer: &Buyer) -> Self {
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let parts = Self {
            last: tidy(&buyer.last_name),
            first: tidy(&buyer.first_name),
            second: tidy(&buyer.second_name),
        };
        if parts != Self::default() {
            return parts;
        }
        let mut words = buyer.full_name.split_whitespace();
        match (words.next(), words.next()) {
            (Some(first), None) => Self {
                first: first.to_owned(),
                ..Self::default()
            },
            (Some(last), Some(first)) => Self {
                last: last.to_owned(),
                first: first.to_owned(),
                second: words.collect::<Vec<_>>().join(" "),
            },
            (None, _) => Self::default(),
        }
    }

    /// In one line, last name first.
    #[must_use]
    pub fn full(&self) -> String {
        [&self.last, &self.first, &self.second]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loses_no_word() {
        for (full, last, first, second) in [
            ("Иван", "", "Иван", ""),
            ("Петров Иван", "Петров", "Иван", ""),
            ("Петров  Иван Сергеевич", "Петров", "Иван", "Сергеевич"),
            ("Алиев Вагиф Самед оглы", "Алиев", "Вагиф", "Самед оглы"),
            ("  ", "", "", ""),
        ] {
            let name = Name::of(&Buyer {
                full_name: full.to_owned(),
                ..Buyer::default()
            });
            assert_eq!(
                (
                    name.last.as_str(),
                    name.first.as_str(),
                    name.second.as_str()
                ),
                (last, first, second)
            );
            assert_eq!(
                name.full(),
                full.split_whitespace().collect::<Vec<_>>().join(" ")
            );
        }
    }
}
