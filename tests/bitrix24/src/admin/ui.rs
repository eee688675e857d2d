//! What a person at the screen does: move a card, edit, delete, restore.

use std::sync::Arc;

use crate::http::outgoing;
use crate::http::shared::{hit as hit_now, Shared};
use crate::methods::item_write::read_changes;
use crate::methods::productrow::{read_row, replace};
use crate::methods::values::flag;
use crate::model::changes::{Changes, Family, Hit};
use crate::model::data::User;
use crate::model::fields::{Entity, F};
use crate::model::portal::Portal;
use crate::model::record::Val;
use crate::php::{obj, Php};
use crate::rest::error::RestError;

use super::Answer;

/// The manager behind the screen.
const MANAGER: i64 = 6;

fn told(error: RestError) -> (u16, String) {
    (409, error.text.into_owned())
}

fn classic_or_universal(
    portal: &Portal,
    hit: &Hit,
    entity: Entity,
    fields: &Php,
) -> Result<Changes, RestError> {
    let empty = crate::php::Arr::new();
    let fields = fields.as_arr().unwrap_or(&empty);
    // Both spellings are welcome here: STAGE_ID and stageId, UF_CRM_X and ufCrmX.
    let mut translated = crate::php::Arr::new();
    for (key, value) in fields.iter() {
        let name = key.text();
        match entity.by_upper(&name) {
            Some((field, _)) => translated.put_text(field.meta().camel, value.clone()),
            None => translated.set(key.clone(), value.clone()),
        }
    }
    read_changes(portal, hit, entity, &translated, false)
}

fn act_on(portal: &mut Portal, hit: &mut Hit, action: &str, input: &Php) -> Answer {
    let kind = input.get("entity").map_or_else(|| "DEAL".to_owned(), |e| e.text().to_uppercase());
    let entity =
        Entity::ALL.into_iter().find(|e| e.name() == kind).ok_or((400, "unknown entity".to_owned()))?;
    let id = ["deal", "id"].iter().find_map(|k| input.get(k)).map_or(0, Php::int);
    let nothing = Php::Null;
    let fields = input.get("fields").unwrap_or(&nothing);
    if action == "create" {
        let changes = classic_or_universal(portal, hit, entity, fields).map_err(told)?;
        let id = portal.create(hit, entity, Family::Universal, changes).map_err(told)?;
        return Ok(obj([("id", id.into())]));
    }
    if action == "user" {
        return employee(portal, input);
    }
    if action == "restore" {
        let record = portal.bin.remove(id).ok_or((404, "not in the bin".to_owned()))?;
        let (category, stage) = (record.int(F::CategoryId), record.text(F::StageId).to_owned());
        portal.shelf_mut(Entity::Deal).put(record.clone());
        portal.note_step(id, crate::model::history::Move::Created, category, &stage, hit.now);
        hit.changed(Entity::Deal, "ADD", id);
        portal.note_change(hit, "add", id, None, Some(&record));
        return Ok(obj([("id", id.into())]));
    }
    if portal.shelf(entity).get(id).is_none() {
        return Err((404, format!("no {} {id}", entity.name().to_lowercase())));
    }
    match action {
        "move" => {
            let stage = input.get("stage").map(|s| s.text().into_owned()).unwrap_or_default();
            let funnel = portal
                .statuses
                .iter()
                .find(|(_, s)| s.entity_id.starts_with("DEAL_STAGE") && s.status_id == stage);
            let Some((_, status)) = funnel else {
                return Err((409, format!("no stage {stage}")));
            };
            let category = status.category.unwrap_or(0);
            let fields = vec![(F::CategoryId, Val::Int(category)), (F::StageId, Val::text(&stage))];
            let changes = Changes { fields, ..Changes::default() };
            portal.update(hit, entity, Family::Universal, id, changes).map_err(told)?;
        }
        "update" => {
            let changes = classic_or_universal(portal, hit, entity, fields).map_err(told)?;
            portal.update(hit, entity, Family::Universal, id, changes).map_err(told)?;
        }
        "rows" => {
            let mut rows = Vec::new();
            for row in input.get("rows").map(Php::each).unwrap_or_default() {
                let Php::Arr(row) = row else { continue };
                let row =
                    read_row(portal, Family::Universal, entity, id, row).map_err(|t| (409, t.to_owned()))?;
                rows.push((0, row));
            }
            replace(portal, entity, id, rows);
            portal.rows_saved(hit, entity, id);
        }
        "delete" => {
            portal.delete(hit, entity, id);
        }
        other => return Err((404, format!("no action {other}"))),
    }
    Ok(obj([("id", id.into())]))
}

/// Hires an employee, or changes one: dismisses, renames.
fn employee(portal: &mut Portal, input: &Php) -> Answer {
    let id = input.get("id").map(Php::int).filter(|id| *id > 0).unwrap_or_else(|| portal.users.next_id());
    let fresh = User {
        active: true,
        name: "Новый".to_owned(),
        last_name: format!("Сотрудник {id}"),
        email: format!("user{id}@portal.example"),
        position: "Менеджер".to_owned(),
    };
    let mut user = portal.users.get(id).cloned().unwrap_or(fresh);
    if let Some(active) = input.get("active") {
        user.active = flag(active);
    }
    for (name, slot) in
        [("name", &mut user.name), ("last_name", &mut user.last_name), ("email", &mut user.email)]
    {
        if let Some(value) = input.get(name) {
            *slot = value.text().into_owned();
        }
    }
    portal.users.put(id, user);
    portal.version += 1;
    Ok(obj([("id", id.into())]))
}

/// Does it, and lets its events out.
pub fn act(shared: &Arc<Shared>, action: &str, input: &Php) -> Answer {
    let user = input.get("user").map_or(MANAGER, Php::int);
    let (answer, deliveries) = shared.with(|portal| {
        let mut hit = hit_now(portal, user);
        let answer = act_on(portal, &mut hit, action, input);
        (answer, portal.post_events(&hit.events))
    });
    outgoing::send(shared, deliveries);
    answer
}
