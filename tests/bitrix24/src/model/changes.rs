//! What a write says, and the call it belongs to.

use std::collections::BTreeMap;

use super::fields::{Entity, F};
use super::record::Val;
use super::webhooks::Event;

/// One HTTP call: who, when, and the events it caused.
#[derive(Debug)]
pub struct Hit {
    /// The user the webhook acts for.
    pub user: i64,
    /// The portal's time.
    pub now: i64,
    /// Events so far, each once.
    pub events: Vec<Event>,
}

impl Hit {
    /// A call of a user.
    pub fn new(user: i64, now: i64) -> Self {
        Self { user, now, events: Vec::new() }
    }

    /// Notes a change; the same change twice in a call is told once.
    pub fn changed(&mut self, entity: Entity, what: &'static str, id: i64) {
        let event = Event::Change(entity.name(), what, id);
        if !self.events.contains(&event) {
            self.events.push(event);
        }
    }
}

/// The family of methods a write comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `crm.deal.*` and the like.
    Classic,
    /// `crm.item.*`, and a person at the screen.
    Universal,
}

/// What happens to one phone or e-mail.
#[derive(Clone, Debug)]
pub struct MultiChange {
    /// An existing one.
    pub id: Option<i64>,
    /// PHONE, EMAIL, …
    pub kind: Box<str>,
    /// WORK, …
    pub value_type: Option<Box<str>>,
    /// New value; empty deletes.
    pub value: Option<Box<str>>,
}

/// What a write says.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Fields.
    pub fields: Vec<(F, Val)>,
    /// User fields.
    pub uf: BTreeMap<Box<str>, Val>,
    /// Phones and the like.
    pub multi: Vec<MultiChange>,
    /// All bound contacts.
    pub contacts: Option<Vec<i64>>,
    /// All observers.
    pub observers: Option<Vec<i64>>,
}

impl Changes {
    /// The value a write gives a field.
    pub fn value(&self, field: F) -> Option<&Val> {
        self.fields.iter().find(|(f, _)| *f == field).map(|(_, v)| v)
    }

    /// Takes a field out of a write.
    pub fn take(&mut self, field: F) -> Option<Val> {
        let at = self.fields.iter().position(|(f, _)| *f == field)?;
        Some(self.fields.remove(at).1)
    }
}
