//! Telephone numbers, as a buyer types them.

/// A number in its international form where that can be told, else its digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Reads what a buyer typed, up to a second number or an extension. At least seven digits, at most
    /// fifteen (ITU-T E.164).
    ///
    /// Ten digits that begin with 9, and eleven that begin with 7 or with the long-distance 8, are
    /// Russian: `+7…`. After that 8 the portal's index keeps 0, 1 and 2 as they are, and so do we.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = String::new();
        let mut plus = false;
        for letter in text.chars() {
            if letter.is_ascii_digit() {
                digits.push(letter);
            } else if letter == '+' && digits.is_empty() {
                plus = true;
            } else if !digits.is_empty()
                && matches!(letter, 'a'..='z' | 'A'..='Z' | 'А'..='я' | ';' | ',' | '#' | '/' | '+')
            {
                break;
            }
        }
        if digits.starts_with("00") {
            plus = true;
            digits = digits.split_off(2);
        }
        if !(7..=15).contains(&digits.len()) {
            return None;
        }
        let national = match (digits.len(), plus) {
            (11, _) => digits.strip_prefix('7').or_else(|| {
                let after = digits.strip_prefix('8')?;
                let from = if plus { '9' } else { '3' };
                after.starts_with(|digit| digit >= from).then_some(after)
            }),
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
            ("8 999 123 45 67 доб. 12", Some("+79991234567")),
            ("тел. 8-999-123-45-67 Иван", Some("+79991234567")),
            ("+7 999 123-45-67 / +7 495 765-43-21", Some("+79991234567")),
            ("+79991234567+74957654321", Some("+79991234567")),
            ("+8 999 123-45-67", Some("+79991234567")),
            ("8 495 123-45-67", Some("+74951234567")),
            ("007 999 123-45-67", Some("+79991234567")),
            ("00 375 29 123-45-67", Some("+375291234567")),
            ("8 029 123-45-67", Some("80291234567")),
            ("+81 3 1234 5678", Some("+81312345678")),
            ("+86 139 1234 5678", Some("+8613912345678")),
            ("89991234567 89997654321", None),
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
