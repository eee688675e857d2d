//! The buyer as a contact, and whose contact he is.

use crate::contract::order::Order;
use crate::contract::write::wire;
use crate::domain::email::Email;
use crate::domain::name::Name;
use crate::domain::phone::Phone;
use crate::error::{Code, Problem};

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

/// The contact of an order and what a person should know about it.
#[must_use]
pub fn contact(order: &Order) -> (Contact, Vec<Problem>) {
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
    let mut name = Name::of(buyer);
    if name == Name::default() {
        // Bitrix24 wants a name; the phone or the mail is what a manager would write himself.
        name.first = [
            phone.as_ref().map(Phone::text),
            email.as_ref().map(Email::text),
        ]
        .into_iter()
        .flatten()
        .next()
        .map_or_else(|| ["Покупатель, заказ ", &order.id].concat(), str::to_owned);
    }
    let origin = match &buyer.id {
        Some(id) if !id.is_empty() => ["buyer:", id].concat(),
        _ => ["order:", &order.id].concat(),
    };
    let contact = Contact {
        name: name.first,
        last_name: name.last,
        second_name: name.second,
        phone: phone
            .map(|phone| phone.text().to_owned())
            .unwrap_or_default(),
        email: email
            .map(|email| email.text().to_owned())
            .unwrap_or_default(),
        origin,
    };
    (contact, notes)
}

/// Whose contact the buyer is, from what the portal found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Nobody's yet: create one.
    New,
    /// This one.
    Known(String),
    /// Several people could be meant; nobody is guessed.
    Ambiguous(Vec<String>),
}

/// Decides between the contacts that share the phone and those that share the e-mail.
#[must_use]
pub fn owner(by_phone: &[String], by_email: &[String]) -> Owner {
    let both: Vec<&String> = by_phone.iter().filter(|id| by_email.contains(id)).collect();
    if let [one] = both.as_slice() {
        return Owner::Known((*one).clone());
    }
    let mut all: Vec<String> = by_phone.to_vec();
    for id in by_email {
        if !all.contains(id) {
            all.push(id.clone());
        }
    }
    match all.as_slice() {
        [] => Owner::New,
        [one] => Owner::Known(one.clone()),
        _ => Owner::Ambiguous(all),
    }
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
        ] {
            assert_eq!(owner(&ids(phone), &ids(email)), expected);
        }
    }
}
