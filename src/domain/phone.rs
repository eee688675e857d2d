//! Telephone numbers, as a buyer types them.

/// A number in its international form where that can be told, else its digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Reads what a buyer typed. At least seven digits, at most fifteen (ITU-T E.164).
    ///
    /// Eleven digits that begin with 8 or 7, and ten that begin with 9, are Russian: `+7…`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // An extension («доб. 12») is not part of the number that two records share.
        let text = text.split([';', ',', '#']).next().unwrap_or("");
        let plus = text.trim_start().starts_with('+');
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if !(7..=15).contains(&digits.len()) {
            return None;
        }
        let national = match (digits.len(), plus) {
            (11, _) => digits
                .strip_prefix('8')
                .or_else(|| digits.strip_prefix('7')),
            (10, false) if digits.starts_with('9') => Some(digits.as_str()),
            _ => None,
        };
        Some(Self(match national {
            Some(national) => ["+7", national].concat(),
            None if plus => ["+", &digits].concat(),
            None => digits,
        }))
    }

    /// As we write it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Every way it may stand in the portal: its index does not take ten digits and eleven for the
    /// same number. Bitrix24: REST documentation, `crm.duplicate.findbycomm`.
    #[must_use]
    pub fn spellings(&self) -> Vec<String> {
        match self.0.strip_prefix("+7") {
            Some(national) if national.len() == 10 => vec![
                self.0.clone(),
                ["8", national].concat(),
                national.to_owned(),
            ],
            _ => vec![self.0.clone()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_buyers_type() {
        for (typed, known) in [
            ("8 (999) 123-45-67", Some("+79991234567")),
            ("+7 999 123 45 67", Some("+79991234567")),
            ("9991234567", Some("+79991234567")),
            ("79991234567", Some("+79991234567")),
            ("+49 30 901820", Some("+4930901820")),
            ("8 (999) 123-45-67, доб. 12", Some("+79991234567")),
            ("1234567", Some("1234567")),
            ("12345", None),
            ("", None),
            ("позвоните мне", None),
            ("1234567890123456", None),
        ] {
            assert_eq!(
                Phone::parse(typed).as_ref().map(Phone::text),
                known,
                "{typed}"
            );
        }
    }

    #[test]
    fn looks_for_every_spelling() {
        let phone = Phone::parse("89991234567");
        assert_eq!(
            phone.map(|phone| phone.spellings()),
            Some(vec![
                "+79991234567".to_owned(),
                "89991234567".to_owned(),
                "9991234567".to_owned()
            ])
        );
    }
}
