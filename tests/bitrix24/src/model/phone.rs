//! How the portal compares phones and e-mails (REST documentation, crm.duplicate.findbycomm).

/// A phone as the duplicate index keeps it; `None` when nothing is left.
pub fn normalize_phone(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let raw = match raw.strip_prefix('+') {
        Some(rest) if raw.chars().count() >= 10 && rest.starts_with('8') => format!("00{rest}"),
        _ => raw.to_owned(),
    };
    let mut kept: String = raw.chars().filter(|c| c.is_ascii_digit() || "#*,;".contains(*c)).collect();
    if kept.len() >= 10 && !["80", "81", "82"].iter().any(|p| kept.starts_with(p)) {
        if let Some(rest) = kept.strip_prefix("00").or_else(|| kept.strip_prefix("011")) {
            kept = rest.to_owned();
        } else if let Some(rest) = kept.strip_prefix('8') {
            kept = format!("7{rest}");
        } else if let Some(rest) = kept.strip_prefix('0') {
            kept = rest.to_owned();
        }
    }
    let number = kept.split([';', '#', ',']).next().unwrap_or_default();
    (!number.is_empty()).then(|| number.to_owned())
}

/// An e-mail as the duplicate index keeps it.
pub fn normalize_email(raw: &str) -> Option<String> {
    let email = raw.trim().to_lowercase();
    (!email.is_empty()).then_some(email)
}

/// Whether the portal takes this for an e-mail address.
pub fn is_email(raw: &str) -> bool {
    let Some((local, domain)) = raw.trim().rsplit_once('@') else {
        return false;
    };
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c);
    !local.is_empty()
        && local.len() <= 64
        && !local.contains(odd)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && domain.contains('.')
        && domain
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
        && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_russian_mobile_meet() {
        for same in [
            "8 (999) 123-45-67",
            "+7 999 123-45-67",
            "79991234567",
            "007 999 1234567",
            "+79991234567 доб. #12",
        ] {
            assert_eq!(normalize_phone(same).as_deref(), Some("79991234567"), "{same}");
        }
        assert_eq!(normalize_phone("9991234567").as_deref(), Some("9991234567"));
        assert_eq!(normalize_phone("+8 999 123 45 67").as_deref(), Some("89991234567"));
        assert_eq!(normalize_phone("8 (012) 345-67-89").as_deref(), Some("80123456789"));
        assert_eq!(normalize_phone("нет"), None);
    }

    #[test]
    fn emails() {
        for good in ["a@b.ru", " Ivan.P@mail.example.com ", "кириллица@почта.рф"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "a@b", "a b@c.ru", "a@b..ru", "@b.ru", "a@@b.ru", "a@-b.ru"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
