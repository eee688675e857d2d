//! The buyer as a contact, and whose contact he is.

use crate::contract::order::Order;
use crate::contract::settings::{Ambiguous, Settings};
use crate::contract::write::wire;
use crate::domain::email::Email;
use crate::domain::name::{joined, tidy, Name};
use crate::domain::phone::Phone;
use crate::error::{Code, Lang, Problem};

/// The buyer, ready to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Contact {
    /// Имя.
    pub name: String,
    /// Фамилия.
    pub last_name: String,
    /// Отчество.
    pub second_name: String,
    /// In its international form; empty when there is none that can be read.
    pub phone: String,
    /// Empty when there is none that can be read.
    pub email: String,
    /// Our own mark on the contact (`ORIGIN_ID`).
    pub origin: String,
}

wire!(Contact {
    name,
    last_name,
    second_name,
    phone,
    email,
    origin
});

/// Characters of each part of a name. Bitrix24 keeps them in 50.
const MOST: usize = 50;

/// The contact of an order and what a person should know about it.
#[must_use]
pub fn contact(order: &Order, settings: &Settings) -> (Contact, Vec<Problem>) {
    let buyer = &order.buyer;
    let mut notes = Vec::new();
    let phone = Phone::parse(&buyer.phone);
    if phone.is_none() && !buyer.phone.trim().is_empty() {
        notes.push(Problem::new(Code::PhoneInvalid));
    }
    let email = Email::parse(&buyer.email);
    if email.is_none() && !buyer.email.trim().is_empty() {
        notes.push(Problem::new(Code::EmailInvalid));
    }
    if phone.is_none() && email.is_none() {
        notes.push(Problem::new(Code::BuyerUnreachable));
    }
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let phone = text(phone.as_ref().map(Phone::text));
    let email = text(email.as_ref().map(Email::text));
    let plain = settings.deal.plain_text;
    let name = Name::of(buyer, settings.people.name_order, plain);
    let fit = |part: &str| fitting(part, MOST, plain);
    let (mut first, last, second) = (fit(&name.first), fit(&name.last), fit(&name.second));
    if [&first, &last, &second].into_iter().all(String::is_empty) {
        // Bitrix24 wants a name; the phone or the mail is what a manager would write himself.
        first = [&phone, &email]
            .into_iter()
            .find(|value| !value.is_empty())
            .map_or_else(
                || {
                    let words = match settings.shop.language {
                        Lang::Ru => "Покупатель, заказ ",
                        Lang::En => "Buyer of order ",
                    };
                    [words, &order.id].concat()
                },
                |value| fit(value),
            );
    }
    let origin = match &buyer.id {
        Some(id) if !id.is_empty() => ["buyer:", id].concat(),
        _ => ["order:", &order.id].concat(),
    };
    let contact = Contact {
        name: first,
        last_name: last,
        second_name: second,
        phone,
        email,
        origin,
    };
    (contact, notes)
}

/// A text as the portal can keep it: tidy, not longer than `most` characters, and without those that
/// an old database cannot store when it has to be `plain`.
#[must_use]
pub(crate) fn fitting(text: &str, most: usize, plain: bool) -> String {
    let mut out = tidy(text, plain);
    if let Some((end, _)) = out.char_indices().nth(most) {
        out.truncate(end);
    }
    out
}

/// The whole name when the contact holds less than all of it, for the comment.
#[must_use]
pub fn unread_name(order: &Order, settings: &Settings, contact: &Contact) -> String {
    let parts = [&contact.name, &contact.last_name, &contact.second_name];
    if parts.iter().all(|part| part.len() < MOST) {
        return String::new();
    }
    let (order_of, plain) = (settings.people.name_order, settings.deal.plain_text);
    let whole = Name::of(&order.buyer, order_of, plain).full();
    if whole.len() > parts.iter().map(|part| part.len().saturating_add(1)).sum() {
        whole
    } else {
        String::new()
    }
}

impl Contact {
    /// All of him in one line.
    #[must_use]
    pub fn line(&self) -> String {
        joined(
            &[
                &self.last_name,
                &self.name,
                &self.second_name,
                &self.phone,
                &self.email,
            ],
            " ",
        )
    }
}

/// Whose record it is, from what the portal found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Nobody's yet: create one.
    New,
    /// This one.
    Known(String),
    /// Several could be meant; nobody is guessed.
    Ambiguous(Vec<String>),
}

impl Owner {
    /// Of these, none of them named twice.
    #[must_use]
    pub fn among(mut ids: Vec<String>) -> Self {
        match ids.len() {
            0 => Self::New,
            1 => ids.pop().map_or(Self::New, Self::Known),
            _ => Self::Ambiguous(ids),
        }
    }

    /// Which one of several the settings choose.
    #[must_use]
    pub fn chosen(&self, how: Ambiguous) -> Option<&String> {
        let Self::Ambiguous(ids) = self else {
            return None;
        };
        let mut chosen = ids.first().filter(|_| how != Ambiguous::None)?;
        for id in ids {
            // Ids are whole numbers: the longer is the larger.
            let newer = (id.len(), id) > (chosen.len(), chosen);
            if newer == (how == Ambiguous::Newest) {
                chosen = id;
            }
        }
        Some(chosen)
    }
}

/// Decides between the contacts that share the phone and those that share the e-mail.
#[must_use]
pub fn owner(by_phone: &[String], by_email: &[String]) -> Owner {
    let mut both = by_phone.to_vec();
    both.retain(|id| by_email.contains(id));
    if both.is_empty() {
        both.extend_from_slice(by_phone);
        both.extend_from_slice(by_email);
    }
    Owner::among(both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_guesses_between_people() {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        for (phone, email, expected) in [
            (&[][..], &[][..], Owner::New),
            (&["1"], &[], Owner::Known("1".into())),
            (&[], &["1"], Owner::Known("1".into())),
            (&["1"], &["1"], Owner::Known("1".into())),
            (&["1", "2"], &["2"], Owner::Known("2".into())),
            (&["1"], &["2"], Owner::Ambiguous(ids(&["1", "2"]))),
            (&["1", "2"], &[], Owner::Ambiguous(ids(&["1", "2"]))),
            (&["1", "2"], &["1", "2"], Owner::Ambiguous(ids(&["1", "2"]))),
            (
                &["1", "2", "3"],
                &["4", "2", "1"],
                Owner::Ambiguous(ids(&["1", "2"])),
            ),
        ] {
            assert_eq!(owner(&ids(phone), &ids(email)), expected);
        }
    }

    #[test]
    fn chooses_by_age_when_told() {
        let several = Owner::Ambiguous(["84", "9", "101"].map(str::to_owned).to_vec());
        for (how, chosen) in [
            (Ambiguous::None, None),
            (Ambiguous::Oldest, Some("9")),
            (Ambiguous::Newest, Some("101")),
        ] {
            assert_eq!(several.chosen(how).map(String::as_str), chosen);
        }
        assert_eq!(Owner::New.chosen(Ambiguous::Oldest), None);
    }

    #[test]
    fn keeps_what_the_portal_can() {
        for (typed, plain, kept) in [
            (" Анна  Мария ", false, "Анна Мария"),
            ("Иван 🚀", false, "Иван 🚀"),
            ("🚀 Иван 🚀 Ко", true, "Иван Ко"),
            ("🚀", true, ""),
        ] {
            assert_eq!(fitting(typed, MOST, plain), kept);
        }
        assert_eq!(fitting(&"щ".repeat(60), MOST, false), "щ".repeat(50));
    }
}
