//! Creating, changing and deleting records: the rules both families of methods share.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::clock;
use super::fields::{Entity, F};
use super::history::Move;
use super::phone::is_email;
use super::portal::Portal;
use super::pricing;
use super::record::{Multi, Record, Val};
use super::switches::WritePath;
use super::webhooks::Event;
use crate::rest::error::RestError;

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

    fn take(&mut self, field: F) -> Option<Val> {
        let at = self.fields.iter().position(|(f, _)| *f == field)?;
        Some(self.fields.remove(at).1)
    }
}

fn not_valid(family: Family, name: &str) -> RestError {
    match family {
        Family::Classic => RestError::plain(format!("Неверное значение поля «{name}»")),
        Family::Universal => RestError::new(
            400,
            "CRM_FIELD_ERROR_VALUE_NOT_VALID",
            format!("Неверное значение поля \"{name}\""),
        ),
    }
}

impl Portal {
    fn validates(&self, family: Family) -> bool {
        family == Family::Universal
            || self.switches.strict_stages
            || self.switches.write_path == WritePath::Operation
    }

    fn check_common(&self, family: Family, changes: &Changes) -> Result<(), RestError> {
        if let Some(Val::Str(code)) = changes.value(F::CurrencyId) {
            if !code.is_empty() && !self.currencies.iter().any(|c| *c.code == **code) {
                return Err(not_valid(family, "Валюта"));
            }
        }
        for multi in changes.multi.iter().filter(|m| &*m.kind == "EMAIL") {
            let value = multi.value.as_deref().unwrap_or_default();
            if !value.trim().is_empty() && !is_email(value) {
                let label = match multi.value_type.as_deref() {
                    Some("HOME") => "Частный e-mail",
                    Some("MAILING") => "E-mail для рассылок",
                    Some("OTHER") => "Другой e-mail",
                    _ => "Рабочий e-mail",
                };
                return Err(RestError::core(format!("Поле {label} содержит некорректный адрес")));
            }
        }
        Ok(())
    }

    /// Creates a record and answers its id.
    pub fn create(
        &mut self,
        hit: &mut Hit,
        entity: Entity,
        family: Family,
        mut changes: Changes,
    ) -> Result<i64, RestError> {
        self.check_common(family, &changes)?;
        let id = self.shelf(entity).table().next_id();
        let mut record = Record::default();
        record.set(F::Id, Val::Int(id));
        match entity {
            Entity::Deal => self.prepare_deal(hit, family, &mut changes, &mut record)?,
            Entity::Contact => {
                let named = |f| changes.value(f).is_some_and(|v| !v.is_blank());
                if !named(F::Name) && !named(F::LastName) {
                    return Err(required(family, "Имя"));
                }
                for f in [F::Photo, F::LeadId, F::FaceId] {
                    record.set(f, Val::Null);
                }
                record.set(F::Export, Val::Bool(false));
                record.set(F::ContactType, Val::text("CLIENT"));
            }
            Entity::Company => {
                record.set(F::IsMyCompany, Val::Bool(false));
                record.set(F::CompanyType, Val::text("CUSTOMER"));
                record.set(F::CurrencyId, Val::text(self.base_currency()));
                if changes.value(F::Title).is_none_or(Val::is_blank) {
                    changes.fields.push((F::Title, Val::text(&format!("Компания #{id}"))));
                }
            }
        }
        for field in [F::AssignedById, F::CreatedById, F::ModifyById, F::LastActivityBy] {
            record.set(field, Val::Int(hit.user));
        }
        for field in [F::DateCreate, F::DateModify, F::LastActivityTime] {
            record.set(field, Val::Time(hit.now));
        }
        record.set(F::Opened, Val::Bool(true));
        self.apply(&mut record, entity, changes);
        self.finish_stage(entity, &mut record, hit, None);
        let (category, stage) = (record.int(F::CategoryId), record.text(F::StageId).to_owned());
        self.shelf_mut(entity).put(record);
        hit.changed(entity, "ADD", id);
        if entity == Entity::Deal {
            self.note_step(id, Move::Created, category, &stage, hit.now);
            self.entered(hit, id, &stage);
        }
        Ok(id)
    }

    fn prepare_deal(
        &self,
        hit: &Hit,
        family: Family,
        changes: &mut Changes,
        record: &mut Record,
    ) -> Result<(), RestError> {
        let category = match changes.take(F::CategoryId) {
            Some(Val::Int(c)) if self.categories.get(c).is_some() => c,
            Some(Val::Int(_)) if family == Family::Universal => return Err(not_valid(family, "Воронка")),
            Some(Val::Int(_)) => 0,
            _ => self.default_category(),
        };
        if !self.funnel_visible(category) {
            let denied = if family == Family::Classic { RestError::access() } else { RestError::denied() };
            return Err(denied);
        }
        record.set(F::CategoryId, Val::Int(category));
        let first = self.stages(category).first().map_or(String::new(), |(_, s)| s.status_id.clone());
        match changes.value(F::StageId) {
            Some(Val::Str(stage)) if !stage.is_empty() => {
                if self.validates(family) && self.stage(category, stage).is_none() {
                    return Err(not_valid(family, "Стадия сделки"));
                }
            }
            _ => {
                changes.take(F::StageId);
                record.set(F::StageId, Val::text(&first));
            }
        }
        let first_of = |name: &str| {
            let found = self.dictionary(name).first().map(|(_, s)| s.status_id.clone());
            found.map_or(Val::Null, |s| Val::text(&s))
        };
        record.set(F::TypeId, first_of("DEAL_TYPE"));
        record.set(F::SourceId, first_of("SOURCE"));
        record.set(F::CurrencyId, Val::text(self.base_currency()));
        record.set(F::Opportunity, Val::Dec(Decimal::ZERO));
        record.set(F::TaxValue, Val::Dec(Decimal::ZERO));
        let flags = [F::IsManualOpportunity, F::IsRecurring, F::IsReturnCustomer, F::IsRepeatedApproach];
        for flag in flags {
            record.set(flag, Val::Bool(false));
        }
        record.set(F::Begindate, Val::Time(clock::day_start(hit.now)));
        record.set(F::Closedate, Val::Time(clock::day_start(hit.now + 7 * clock::DAY)));
        record.set(F::MovedById, Val::Int(hit.user));
        record.set(F::MovedTime, Val::Time(hit.now));
        if changes.value(F::Title).is_none_or(Val::is_blank) {
            changes.take(F::Title);
            record.set(F::Title, Val::text(&format!("Сделка #{}", record.id())));
        }
        Ok(())
    }

    /// Writes the changes into a record, without any rule about stages.
    fn apply(&mut self, record: &mut Record, entity: Entity, changes: Changes) {
        let contact_said = changes.value(F::ContactId).cloned();
        for (field, value) in changes.fields {
            match (field, &value) {
                (F::AssignedById, Val::Int(n)) if *n <= 0 => continue,
                (F::AssignedById, Val::Null) | (F::ContactId, _) if entity == Entity::Deal => continue,
                (F::Title, v) if v.is_blank() && !record.text(F::Title).is_empty() => continue,
                (F::CurrencyId, v) if v.is_blank() => continue,
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

    fn apply_multi(&mut self, record: &mut Record, change: MultiChange) {
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

    /// Derives semantics, `CLOSED`, `MOVED_*` and dates from the stage.
    fn finish_stage(&self, entity: Entity, record: &mut Record, hit: &Hit, old: Option<&Record>) {
        if entity != Entity::Deal {
            return;
        }
        let (category, stage) = (record.int(F::CategoryId), record.text(F::StageId).to_owned());
        let moved = old.is_none_or(|o| o.text(F::StageId) != stage || o.int(F::CategoryId) != category);
        let semantic = self.semantic(category, &stage);
        let is_first = self.stages(category).first().is_some_and(|(_, s)| s.status_id == stage);
        record.set(F::StageSemanticId, Val::text(semantic.encode_utf8(&mut [0; 4])));
        record.set(F::IsNew, Val::Bool(is_first));
        if !moved {
            let closed = old.map_or(Val::Bool(false), |o| o.get(F::Closed).clone());
            record.set(F::Closed, closed);
            return;
        }
        record.set(F::Closed, Val::Bool(semantic != 'P'));
        record.set(F::MovedById, Val::Int(hit.user));
        record.set(F::MovedTime, Val::Time(hit.now));
        if semantic != 'P' && self.switches.sync_close_date {
            record.set(F::Closedate, Val::Time(clock::day_start(hit.now)));
        }
    }

    /// Robots of a stage a deal has just entered.
    fn entered(&mut self, hit: &mut Hit, deal: i64, stage: &str) {
        for robot in self.post.robots.iter().filter(|r| r.stage == stage) {
            let url = robot.url.replace("{{ID}}", &deal.to_string()).replace("{{STAGE_ID}}", stage);
            hit.events.push(Event::Robot(url, deal));
        }
        let next =
            self.switches.auto_move.iter().find(|m| m.on == stage && m.to != m.on).map(|m| m.to.clone());
        if let (Some(to), true) = (next, hit.events.len() < 100) {
            let changes = Changes { fields: vec![(F::StageId, Val::text(&to))], ..Changes::default() };
            // A robot that cannot move the deal gives up without a word.
            let _ = self.update(hit, Entity::Deal, Family::Classic, deal, changes);
        }
    }

    /// Changes a record.
    pub fn update(
        &mut self,
        hit: &mut Hit,
        entity: Entity,
        family: Family,
        id: i64,
        mut changes: Changes,
    ) -> Result<(), RestError> {
        let Some(old) = self.shelf(entity).get(id).cloned() else {
            return Err(if family == Family::Classic {
                RestError::not_found()
            } else {
                RestError::no_element()
            });
        };
        self.check_common(family, &changes)?;
        let mut record = old.clone();
        let mut how = Move::Stage;
        if entity == Entity::Deal {
            how = self.plan_move(family, &mut changes, &mut record)?;
        }
        self.apply(&mut record, entity, changes);
        self.finish_stage(entity, &mut record, hit, Some(&old));
        let stage = record.text(F::StageId).to_owned();
        let staged = stage != old.text(F::StageId);
        if staged && how == Move::Stage && entity == Entity::Deal {
            self.check_required(&record, &stage)?;
        }
        let manual_off = old.flag(F::IsManualOpportunity) && !record.flag(F::IsManualOpportunity);
        if entity == Entity::Deal && manual_off && !self.rows_for("D", id).is_empty() {
            record.set(F::Opportunity, Val::Dec(self.rows_total(id).0));
        }
        let saves = family == Family::Classic && self.switches.write_path == WritePath::Legacy;
        if !saves && record == old {
            return Ok(());
        }
        record.set(F::DateModify, Val::Time(hit.now));
        record.set(F::ModifyById, Val::Int(hit.user));
        let category = record.int(F::CategoryId);
        self.shelf_mut(entity).put(record);
        // A change of funnel is told to applications only, never to outgoing webhooks.
        if how != Move::Funnel {
            hit.changed(entity, "UPDATE", id);
        }
        if entity == Entity::Deal && (staged || how == Move::Funnel) {
            self.note_step(id, how, category, &stage, hit.now);
            self.entered(hit, id, &stage);
        }
        Ok(())
    }

    fn plan_move(
        &self,
        family: Family,
        changes: &mut Changes,
        record: &mut Record,
    ) -> Result<Move, RestError> {
        let old = record.int(F::CategoryId);
        let mut category = old;
        if let Some(Val::Int(wanted)) = changes.take(F::CategoryId) {
            if family == Family::Universal && wanted != old {
                if self.categories.get(wanted).is_none() {
                    return Err(not_valid(family, "Воронка"));
                }
                category = wanted;
            }
        }
        if changes.value(F::StageId).is_some_and(Val::is_blank) {
            changes.take(F::StageId);
        }
        let said = match changes.value(F::StageId) {
            Some(Val::Str(stage)) => Some(stage.clone()),
            _ => None,
        };
        if category != old {
            record.set(F::CategoryId, Val::Int(category));
            let fits = said.is_some_and(|s| self.stage(category, &s).is_some());
            if !fits {
                changes.take(F::StageId);
                let first = self.stages(category).first().map_or(String::new(), |(_, s)| s.status_id.clone());
                record.set(F::StageId, Val::text(&first));
            }
            return Ok(Move::Funnel);
        }
        if let Some(stage) = said {
            let changed = record.text(F::StageId) != &*stage;
            if changed && self.validates(family) && self.stage(category, &stage).is_none() {
                return Err(not_valid(family, "Стадия сделки"));
            }
        }
        Ok(Move::Stage)
    }

    fn check_required(&self, record: &Record, stage: &str) -> Result<(), RestError> {
        if self.semantic(record.int(F::CategoryId), stage) == 'F' {
            return Ok(());
        }
        let names = self.switches.required_on_stage.get(stage).map_or(&[][..], Vec::as_slice);
        for name in names {
            let filled = match Entity::Deal.by_upper(name) {
                Some((field, _)) => !record.get(field).is_blank(),
                None => record.uf.contains_key(name.as_str()),
            };
            if !filled {
                return Err(RestError::new(
                    400,
                    "CRM_FIELD_ERROR_REQUIRED",
                    format!("Поле \"{name}\" обязательно для заполнения"),
                ));
            }
        }
        Ok(())
    }

    /// Deletes a record.
    pub fn delete(&mut self, hit: &mut Hit, entity: Entity, id: i64) -> bool {
        let Some(record) = self.shelf_mut(entity).remove(id) else { return false };
        if entity == Entity::Deal {
            self.forget_steps(id, |_| true);
            if self.switches.recycle_bin {
                self.bin.put(id, record);
            } else {
                self.drop_rows(entity, id);
            }
        }
        hit.changed(entity, "DELETE", id);
        true
    }

    /// Removes all rows of a record.
    pub fn drop_rows(&mut self, entity: Entity, id: i64) {
        let gone: Vec<i64> = self.rows_for(entity.letter(), id).iter().map(|(id, _)| *id).collect();
        for row in gone {
            self.remove_row(row);
        }
    }

    /// Sum and tax of a deal's rows.
    pub fn rows_total(&self, deal: i64) -> (Decimal, Decimal) {
        let mut total = Decimal::ZERO;
        let mut tax = Decimal::ZERO;
        for (_, row) in self.rows_for("D", deal) {
            let amount = pricing::amount(row.price, row.quantity);
            total = pricing::bounded(total + amount);
            tax = pricing::bounded(tax + pricing::tax_within(amount, row.tax_rate));
        }
        (total, tax)
    }

    /// After rows were saved: amount and tax of the deal, and its event.
    pub fn rows_saved(&mut self, hit: &mut Hit, entity: Entity, id: i64) {
        if entity != Entity::Deal {
            return;
        }
        let (total, tax) = self.rows_total(id);
        let Some(mut record) = self.deal(id).cloned() else { return };
        if !record.flag(F::IsManualOpportunity) {
            record.set(F::Opportunity, Val::Dec(total));
        }
        record.set(F::TaxValue, Val::Dec(tax));
        record.set(F::DateModify, Val::Time(hit.now));
        record.set(F::ModifyById, Val::Int(hit.user));
        self.shelf_mut(entity).put(record);
        hit.changed(entity, "UPDATE", id);
    }
}

fn required(family: Family, name: &str) -> RestError {
    match family {
        Family::Classic => RestError::plain(format!("Не заполнено обязательное поле \"{name}\"")),
        Family::Universal => RestError::new(
            400,
            "CRM_FIELD_ERROR_REQUIRED",
            format!("Поле \"{name}\" обязательно для заполнения"),
        ),
    }
}
