//! Writing with the universal methods: crm.item.add, update, import.

use crate::model::changes::{Changes, Family, Hit, MultiChange};
use crate::model::fields::{Access, Entity};
use crate::model::portal::Portal;
use crate::php::{obj, Arr, Key, Php};
use crate::rest::call::{Params, Reply};
use crate::rest::error::{Code, RestError};

use super::item::{answer, check_intranet, entity_of, find, original_names};
use super::values::{read, read_uf};

/// Most items of one import.
const IMPORT_LIMIT: usize = 20;

fn ids(value: &Php) -> Vec<i64> {
    let mut out: Vec<i64> = Vec::new();
    for id in value.each().into_iter().map(Php::int).filter(|id| *id > 0) {
        if !out.contains(&id) {
            out.push(id);
        }
    }
    out
}

fn read_multi(value: &Php, changes: &mut Changes) {
    let Php::Arr(entries) = value else { return };
    for (key, entry) in entries.iter() {
        let text = |name: &str| entry.get(name).map(|v| Box::from(&*v.text()));
        let id = match key {
            Key::Int(n) if *n > 0 || entry.get("id").is_some() => Some(*n),
            _ => None,
        };
        let id = entry.get("id").map(Php::int).filter(|n| *n > 0).or(id.filter(|n| *n > 0));
        changes.multi.push(MultiChange {
            id,
            kind: text("typeId").unwrap_or_else(|| "PHONE".into()),
            value_type: text("valueType"),
            value: text("value"),
        });
    }
}

/// Reads `fields` of a universal request.
pub fn read_changes(
    portal: &Portal,
    hit: &Hit,
    entity: Entity,
    fields: &Arr,
    original: bool,
) -> Result<Changes, RestError> {
    let mut changes = Changes::default();
    for (key, value) in fields.iter() {
        let name = key.text();
        match (&*name, entity) {
            ("contactIds", Entity::Deal) => {
                changes.contacts = Some(ids(value));
                continue;
            }
            ("observers", Entity::Deal) => {
                changes.observers = Some(ids(value));
                continue;
            }
            ("fm", Entity::Contact | Entity::Company) => {
                read_multi(value, &mut changes);
                continue;
            }
            _ => {}
        }
        if let Some((field, access)) = entity.by_camel(&name) {
            if access != Access::Read {
                if let Some(value) = read(portal, Family::Universal, field, value, hit.now)? {
                    changes.fields.push((field, value));
                }
            }
        } else if let Some(field) = portal.uf_by_universal(entity, &name, original) {
            changes.uf.insert(field.name.as_str().into(), read_uf(portal, field, value, hit.now));
        }
    }
    Ok(changes)
}

/// crm.item.add
pub fn add(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    check_intranet(portal)?;
    let entity = entity_of(params)?;
    let fields = params.need_arr("fields")?;
    let original = original_names(portal, params);
    let changes = read_changes(portal, hit, entity, fields, original)?;
    let id = portal.create(hit, entity, Family::Universal, changes)?;
    answer(portal, entity, id, original)
}

/// crm.item.update
pub fn update(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    check_intranet(portal)?;
    let entity = entity_of(params)?;
    let id = find(portal, entity, params)?;
    let fields = params.need_arr("fields")?;
    let original = original_names(portal, params);
    let changes = read_changes(portal, hit, entity, fields, original)?;
    portal.update(hit, entity, Family::Universal, id, changes)?;
    answer(portal, entity, id, original)
}

fn import_one(portal: &mut Portal, hit: &mut Hit, entity: Entity, fields: &Arr) -> Result<Php, RestError> {
    let changes = read_changes(portal, hit, entity, fields, false)?;
    let id = portal.create(hit, entity, Family::Universal, changes)?;
    Ok(obj([("item", obj([("id", id.into())]))]))
}

/// crm.item.import: no robots run.
pub fn import(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let entity = entity_of(params)?;
    let fields = params.need_arr("fields")?;
    without_robots(portal, |portal| import_one(portal, hit, entity, fields)).map(Into::into)
}

/// crm.item.batchImport: up to twenty at once.
pub fn batch_import(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let entity = entity_of(params)?;
    let data = params.need_arr("data")?;
    if data.len() > IMPORT_LIMIT {
        return Err(RestError::new(400, "MAX_IMPORT_BATCH_SIZE_EXCEEDED", "Max import batch size exceeded"));
    }
    let mut items = Arr::new();
    for (key, fields) in data.iter() {
        let nothing = Arr::new();
        let fields = fields.as_arr().unwrap_or(&nothing);
        let item = match without_robots(portal, |portal| import_one(portal, hit, entity, fields)) {
            Ok(item) => item,
            Err(error) => {
                let code = match error.code {
                    Code::Text(text) => Php::from(text.into_owned()),
                    Code::Num(n) => Php::Int(n),
                };
                obj([("error", code), ("error_description", error.text.into_owned().into())])
            }
        };
        items.set(key.clone(), item);
    }
    Ok(obj([("items", items.into())]).into())
}

fn without_robots<T>(portal: &mut Portal, work: impl FnOnce(&mut Portal) -> T) -> T {
    let robots = std::mem::take(&mut portal.post.robots);
    let moves = std::mem::take(&mut portal.switches.auto_move);
    let out = work(portal);
    portal.post.robots = robots;
    portal.switches.auto_move = moves;
    out
}
