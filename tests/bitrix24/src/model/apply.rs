//! Writing the fields of a record, phones and bindings included.

use super::changes::{Changes, MultiChange};
use super::fields::{Entity, F};
use super::portal::Portal;
use super::record::{Multi, Record, Val};

impl Portal {
    /// Writes the changes into a record, without any rule about stages.
    pub(super) fn apply(&mut self, record: &mut Record, entity: Entity, changes: Changes) {
        let contact_said = changes.value(F::ContactId).cloned();
        for (field, value) in changes.fields {
            match (field, &value) {
                (F::AssignedById, Val::Int(n)) if *n <= 0 => {}
                (F::AssignedById, Val::Null) | (F::ContactId, _) if entity == Entity::Deal => {}
                (F::Title, v) if v.is_blank() && !record.text(F::Title).is_empty() => {}
                (F::CurrencyId, v) if v.is_blank() => {}
                _ => record.set(field, value),
            }
        }
        for (name, value) in changes.uf {
            if value.is_blank() {
                record.uf.remove(&name);
            } else {
                record.uf.insert(name, value);
            }
        }
        if let Some(observers) = changes.observers {
            record.observers = observers;
        }
        if let Some(contacts) = changes.contacts {
            record.contacts = contacts;
        } else if let Some(Val::Int(contact)) = contact_said {
            if entity == Entity::Deal && !record.contacts.contains(&contact) {
                record.contacts = if contact > 0 { vec![contact] } else { Vec::new() };
            }
        } else if contact_said.is_some() && entity == Entity::Deal {
            record.contacts.clear();
        }
        if entity == Entity::Deal {
            record.contacts.dedup();
            let main = record.contacts.first().map_or(Val::Null, |c| Val::Int(*c));
            record.set(F::ContactId, main);
        }
        for change in changes.multi {
            self.apply_multi(record, change);
        }
        if entity != Entity::Deal {
            let has = |kind: &str| Val::Bool(record.multi.iter().any(|m| &*m.kind == kind));
            let (phone, email, messenger) = (has("PHONE"), has("EMAIL"), has("IM"));
            record.set(F::HasPhone, phone);
            record.set(F::HasEmail, email);
            record.set(F::HasImol, messenger);
        }
    }

    pub(super) fn apply_multi(&mut self, record: &mut Record, change: MultiChange) {
        let value = change.value.as_deref().map(str::trim);
        if let Some(id) = change.id {
            let Some(at) = record.multi.iter().position(|m| m.id == id) else { return };
            match value {
                Some("") => {
                    record.multi.remove(at);
                }
                Some(value) => record.multi[at].value = value.into(),
                None => {}
            }
            if let (Some(value_type), Some(multi)) = (change.value_type, record.multi.get_mut(at)) {
                if multi.id == id {
                    multi.value_type = value_type;
                }
            }
        } else if let Some(value) = value.filter(|v| !v.is_empty()) {
            let id = self.next_multi.max(1);
            self.next_multi = id + 1;
            self.meta_dirty = true;
            let value_type = change.value_type.unwrap_or_else(|| "WORK".into());
            record.multi.push(Multi { id, kind: change.kind, value_type, value: value.into() });
        }
    }
}
