//! E-mail addresses. A bad one makes Bitrix24 refuse the whole contact, so it never gets that far.

use crate::domain::search::has;
use crate::domain::text::lower;

/// An address that Bitrix24 accepts, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads what a buyer typed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let local_fits = (1..=64).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !has(local, "..")
            && local.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte)
            });
        let label_fits = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii())
        };
        let domain_fits =
            domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label_fits);
        (local_fits && domain_fits).then(|| Self(lower(text)))
    }

    /// As we write it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_addresses_and_refuses_the_rest() {
        for good in ["a@b.ru", " Ivan.Petrov+shop@Example.COM ", "x@пример.рф"] {
            assert!(Email::parse(good).is_some(), "{good}");
        }
        for bad in [
            "", "@", "a@b", "a b@c.ru", "a@b..ru", ".a@b.ru", "a@-b.ru", "нет", "a@b.ru,",
        ] {
            assert_eq!(Email::parse(bad), None, "{bad}");
        }
        assert_eq!(
            Email::parse("A@B.ru").as_ref().map(Email::text),
            Some("a@b.ru")
        );
    }
}
