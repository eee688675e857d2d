//! Duplicates: crm.duplicate.findbycomm, crm.entity.mergeBatch.

use crate::model::changes::Hit;
use crate::model::fields::{Entity, F};
use crate::model::portal::Portal;
use crate::model::record::Val;
use crate::php::{list, obj, Arr, Php};
use crate::rest::call::{Body, Params, Reply};
use crate::rest::error::RestError;

/// The methods of this family.
pub static METHODS: &[(&str, Body)] =
    &[("crm.duplicate.findbycomm", find_by_comm), ("crm.entity.mergeBatch", merge_batch)];

/// Most values of a request, and the hits after which later types are left out.
const LIMIT: usize = 20;

fn find_by_comm(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let kind = params.loose("type").map(|t| t.text().to_uppercase()).unwrap_or_default();
    if kind.is_empty() {
        let text = "Communication type is not defined";
        return Err(RestError::new(400, text, "Parameter 'type' is required."));
    }
    if kind != "PHONE" && kind != "EMAIL" {
        let text = "Communication type is not supported in current context";
        return Err(RestError::new(400, text, text));
    }
    let values: Vec<String> = params
        .loose("values")
        .map(|v| v.each().into_iter().map(|v| v.text().into_owned()).collect())
        .unwrap_or_default();
    if values.is_empty() {
        let text = "Communication values is not defined";
        return Err(RestError::new(400, text, text));
    }
    let wanted = params.loose("entity_type").map(|t| t.text().to_uppercase()).unwrap_or_default();
    let mut out = Arr::new();
    for entity in [Entity::Contact, Entity::Company] {
        if !wanted.is_empty() && wanted != entity.name() {
            continue;
        }
        let mut ids: Vec<i64> = Vec::new();
        for value in values.iter().take(LIMIT) {
            ids.extend_from_slice(portal.shelf(entity).with_comm(&kind, value));
        }
        ids.sort_unstable();
        ids.dedup();
        ids.truncate(LIMIT);
        if ids.is_empty() {
            continue;
        }
        let full = ids.len() >= LIMIT;
        out.put(entity.name(), list(ids));
        if full {
            break;
        }
    }
    Ok(Php::Arr(out).into())
}

fn merge_batch(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let inner = params.loose_arr("params")?;
    let entity = inner.get("entityTypeId").map(Php::int).and_then(Entity::of_type);
    let entity = entity.ok_or_else(|| RestError::core("Entity type is not specified or not supported"))?;
    let ids: Vec<i64> =
        inner.get("entityIds").map(|v| v.each().into_iter().map(Php::int).collect()).unwrap_or_default();
    let known: Vec<i64> = ids.iter().copied().filter(|id| portal.shelf(entity).get(*id).is_some()).collect();
    let answer = |status: &str, gone: &[i64]| {
        obj([("STATUS", status.into()), ("ENTITY_IDS", list(gone.iter().copied()))])
    };
    let [survivor, others @ ..] = &known[..] else {
        return Ok(answer("ERROR", &[]).into());
    };
    if known.len() < 2 || known.len() != ids.len() {
        return Ok(answer("ERROR", &[]).into());
    }
    for id in others {
        portal.merge(hit, entity, *survivor, *id);
    }
    Ok(answer("SUCCESS", others).into())
}

impl Portal {
    /// Pours one record into another and deletes it.
    fn merge(&mut self, hit: &mut Hit, entity: Entity, survivor: i64, other: i64) {
        let (Some(mut kept), Some(gone)) =
            (self.shelf(entity).get(survivor).cloned(), self.shelf(entity).get(other).cloned())
        else {
            return;
        };
        for (field, _) in entity.fields() {
            if kept.get(*field).is_blank() {
                kept.set(*field, gone.get(*field).clone());
            }
        }
        for multi in gone.multi {
            if !kept.multi.iter().any(|m| m.kind == multi.kind && m.value == multi.value) {
                kept.multi.push(multi);
            }
        }
        for (name, value) in gone.uf {
            kept.uf.entry(name).or_insert(value);
        }
        kept.set(F::DateModify, Val::Time(hit.now));
        kept.set(F::ModifyById, Val::Int(hit.user));
        self.shelf_mut(entity).put(kept);
        if entity != Entity::Deal {
            self.rebind(entity, other, Some(survivor));
            self.pass_requisites(entity, other, Some(survivor));
        }
        hit.changed(entity, "UPDATE", survivor);
        self.delete(hit, entity, other);
    }
}
