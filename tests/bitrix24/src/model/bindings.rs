//! Deals and the contacts and companies bound to them.

use super::data::Loose;
use super::fields::{Entity, F};
use super::portal::Portal;
use super::record::{Record, Val};

impl Portal {
    /// Takes a deleted contact or company off its deals; nobody is told.
    pub(super) fn unbind(&mut self, entity: Entity, id: i64) {
        self.rebind(entity, id, None);
    }

    /// Puts one contact or company in the place of another, or of none.
    pub fn rebind(&mut self, entity: Entity, old: i64, new: Option<i64>) {
        let bound = |d: &Record| match entity {
            Entity::Contact => d.contacts.contains(&old),
            Entity::Company => d.int(F::CompanyId) == old,
            Entity::Deal => false,
        };
        let table = self.shelf(Entity::Deal).table();
        let deals: Vec<Record> = table.iter().map(|(_, d)| d).filter(|d| bound(d)).cloned().collect();
        for mut deal in deals {
            if entity == Entity::Contact {
                let mut contacts = Vec::new();
                for id in deal.contacts.iter().filter_map(|id| if *id == old { new } else { Some(*id) }) {
                    if !contacts.contains(&id) {
                        contacts.push(id);
                    }
                }
                deal.set(F::ContactId, contacts.first().map_or(Val::Null, |c| Val::Int(*c)));
                deal.contacts = contacts;
            } else {
                deal.set(F::CompanyId, new.map_or(Val::Null, Val::Int));
            }
            self.shelf_mut(Entity::Deal).put(deal);
        }
    }

    /// Gives the requisites of one company or contact to another, or deletes them with it.
    pub fn pass_requisites(&mut self, entity: Entity, old: i64, new: Option<i64>) {
        let kind = entity.type_id();
        let of =
            |l: &Loose| l.kind == "requisite" && l.int("ENTITY_TYPE_ID") == kind && l.int("ENTITY_ID") == old;
        let found: Vec<(i64, Loose)> =
            self.loose.iter().filter(|(_, l)| of(l)).map(|(id, l)| (id, l.clone())).collect();
        for (id, mut requisite) in found {
            match new {
                Some(new) => {
                    requisite.set("ENTITY_ID", new.to_string());
                    self.loose.put(id, requisite);
                }
                None => {
                    self.loose.remove(id);
                }
            }
        }
    }
}
