//! The buyer as a contact of the portal: made, filled up, never overwritten.

use super::{Push, CONTACT_TYPE};
use crate::contract::task::Call;
use crate::domain::query::Query;
use crate::sync::step::{params, rest};

impl Push {
    /// What the buyer's contact does not have yet: it was found by the one and not by the other.
    pub(super) fn missing(
        &self,
        id: &String,
        by_phone: &[String],
        by_email: &[String],
    ) -> Vec<Communication> {
        let contact = &self.contact;
        [
            (
                &contact.phone,
                by_phone,
                Communication::phone(&contact.phone),
            ),
            (
                &contact.email,
                by_email,
                Communication::email(&contact.email),
            ),
        ]
        .into_iter()
        .filter(|(value, found, _)| !value.is_empty() && !found.contains(id))
        .map(|(_, _, communication)| communication)
        .collect()
    }

    pub(super) fn add_contact(&self, key: &str, with_email: bool) -> Call {
        let contact = &self.contact;
        let shop = self
            .follows
            .iter()
            .find(|field| field.name == "originatorId")
            .map_or("", |field| field.value.as_str());
        let mut query = params(&[("entityTypeId", CONTACT_TYPE)]);
        for (name, value) in [
            ("fields[name]", contact.name.as_str()),
            ("fields[lastName]", &contact.last_name),
            ("fields[secondName]", &contact.second_name),
            (
                "fields[assignedById]",
                self.memo.user.as_deref().unwrap_or(""),
            ),
            ("fields[originatorId]", shop),
            ("fields[originId]", &contact.origin),
            ("fields[opened]", "Y"),
        ] {
            if !value.is_empty() {
                query.set(name, value);
            }
        }
        let mut communications = Vec::new();
        if !contact.phone.is_empty() {
            communications.push(Communication::phone(&contact.phone));
        }
        if with_email && !contact.email.is_empty() {
            communications.push(Communication::email(&contact.email));
        }
        Communication::put(&communications, &mut query);
        rest(key, "crm.item.add", &query)
    }

    pub(super) fn comment_about(&self, contacts: &[String], own: &str) -> String {
        let buyer = [
            self.contact.last_name.as_str(),
            &self.contact.name,
            &self.contact.second_name,
            &self.contact.phone,
            &self.contact.email,
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
        let about = format!(
            "Покупатель: {buyer}\nПодходят несколько контактов: {}. Выберите нужный.",
            contacts.join(", ")
        );
        if own.is_empty() {
            about
        } else {
            [own, "\n", &about].concat()
        }
    }
}

/// A phone or an e-mail of a contact. Bitrix24: REST documentation, "Multiple fields": an entry with
/// a key of our own is added to those that are there.
pub(super) struct Communication {
    kind: &'static str,
    of: &'static str,
    value: String,
}

impl Communication {
    pub(super) fn phone(value: &str) -> Self {
        Self {
            kind: "PHONE",
            of: "MOBILE",
            value: value.to_owned(),
        }
    }

    pub(super) fn email(value: &str) -> Self {
        Self {
            kind: "EMAIL",
            of: "WORK",
            value: value.to_owned(),
        }
    }

    pub(super) fn put(all: &[Self], query: &mut Query) {
        for (index, one) in all.iter().enumerate() {
            let at = format!("fields[fm][n{index}]");
            query
                .set(&[&at, "[typeId]"].concat(), one.kind)
                .set(&[&at, "[valueType]"].concat(), one.of)
                .set(&[&at, "[value]"].concat(), &one.value);
        }
    }
}
