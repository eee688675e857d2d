//! Moving a deal: which stages are allowed, what follows from a stage, robots on entering one.

use super::changes::{Changes, Family, Hit};
use super::clock;
use super::fields::{Entity, F};
use super::history::Move;
use super::portal::Portal;
use super::record::{Record, Val};
use super::switches::WritePath;
use super::webhooks::Event;
use crate::rest::error::RestError;

/// A value the portal does not take, as each family says it.
pub(super) fn not_valid(family: Family, name: &str) -> RestError {
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
    pub(super) fn validates(&self, family: Family) -> bool {
        family == Family::Universal
            || self.switches.strict_stages
            || self.switches.write_path == WritePath::Operation
    }

    /// Derives semantics, `CLOSED`, `MOVED_*` and dates from the stage.
    pub(super) fn finish_stage(&self, entity: Entity, record: &mut Record, hit: &Hit, old: Option<&Record>) {
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
    pub(super) fn entered(&mut self, hit: &mut Hit, deal: i64, stage: &str) {
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

    pub(super) fn plan_move(
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

    pub(super) fn check_required(&self, record: &Record, stage: &str) -> Result<(), RestError> {
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
}
