//! Creating, changing and deleting records: the rules both families of methods share.

use rust_decimal::Decimal;

use super::changes::{Changes, Family, Hit};
use super::clock;
use super::fields::{Entity, F};
use super::history::Move;
use super::moves::not_valid;
use super::phone::is_email;
use super::portal::Portal;
use super::record::{Record, Val};
use super::switches::WritePath;
use crate::rest::error::RestError;

impl Portal {
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
        self.shelf_mut(entity).put(record.clone());
        hit.changed(entity, "ADD", id);
        if entity == Entity::Deal {
            self.note_change(hit, "add", id, None, Some(&record));
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
        self.shelf_mut(entity).put(record.clone());
        // A change of funnel is told to applications only, never to outgoing webhooks.
        if how != Move::Funnel {
            hit.changed(entity, "UPDATE", id);
        }
        if entity == Entity::Deal {
            let kind = if how == Move::Funnel { "move" } else { "update" };
            self.note_change(hit, kind, id, Some(&old), Some(&record));
        }
        if entity == Entity::Deal && (staged || how == Move::Funnel) {
            self.note_step(id, how, category, &stage, hit.now);
            self.entered(hit, id, &stage);
        }
        Ok(())
    }

    /// Deletes a record.
    pub fn delete(&mut self, hit: &mut Hit, entity: Entity, id: i64) -> bool {
        let Some(record) = self.shelf_mut(entity).remove(id) else { return false };
        if entity == Entity::Deal {
            self.note_change(hit, "delete", id, Some(&record), None);
            self.forget_steps(id, |_| true);
            if self.switches.recycle_bin {
                self.bin.put(id, record);
            } else {
                self.drop_rows(entity, id);
            }
        }
        self.unbind(entity, id);
        self.pass_requisites(entity, id, None);
        hit.changed(entity, "DELETE", id);
        true
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
