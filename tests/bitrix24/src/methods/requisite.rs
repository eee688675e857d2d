//! Requisites and addresses: crm.requisite.*, crm.requisite.preset.*, crm.address.*.

use crate::model::changes::{Family, Hit};
use crate::model::data::Loose;
use crate::model::fields::Entity;
use crate::model::portal::Portal;
use crate::php::{list, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

use super::loose::{get, page, print_classic, take};

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[
    ("crm.requisite.add", add),
    ("crm.requisite.get", read),
    ("crm.requisite.list", all),
    ("crm.requisite.update", update),
    ("crm.requisite.delete", delete),
    ("crm.requisite.preset.list", presets),
    ("crm.address.add", address_add),
    ("crm.address.list", addresses),
    ("crm.address.update", address_update),
    ("crm.address.delete", address_delete),
];

const REQUISITE: &str = "requisite";
const ADDRESS: &str = "address";

fn fields_of(params: &Params) -> Result<Arr, RestError> {
    match params.loose("fields") {
        Some(Php::Arr(fields)) => Ok(fields.clone()),
        _ => Err(RestError::plain("Parameter 'fields' must be array")),
    }
}

fn positive(fields: &Arr, name: &str) -> Result<i64, RestError> {
    let id = fields.get(name).map_or(0, Php::int);
    if id > 0 {
        return Ok(id);
    }
    Err(RestError::plain(format!("{name} is not defined or invalid.")))
}

fn add(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let fields = fields_of(params)?;
    let entity_type = positive(&fields, "ENTITY_TYPE_ID")?;
    let entity_id = positive(&fields, "ENTITY_ID")?;
    positive(&fields, "PRESET_ID")?;
    let owner = Entity::of_type(entity_type).filter(|e| *e != Entity::Deal);
    if owner.is_none_or(|e| portal.shelf(e).get(entity_id).is_none()) {
        return Err(RestError::plain("Entity not found."));
    }
    let mut thing =
        Loose { kind: REQUISITE.to_owned(), created: hit.now, changed: hit.now, ..Loose::default() };
    for (name, value) in [("ACTIVE", "Y"), ("ADDRESS_ONLY", "N"), ("SORT", "500")] {
        thing.set(name, value);
    }
    take(&mut thing, &fields, portal);
    let id = portal.loose.add(|_| thing);
    Ok(Php::Int(id).into())
}

fn find(portal: &Portal, params: &Params) -> Result<i64, RestError> {
    let id = params.loose_id().ok_or_else(|| RestError::plain("ID is not defined or invalid."))?;
    let missing = || RestError::plain(format!("The Requisite with ID '{id}' is not found"));
    get(portal, REQUISITE, id).map(|_| id).ok_or_else(missing)
}

fn read(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = find(portal, params)?;
    let thing = get(portal, REQUISITE, id).ok_or_else(RestError::not_found)?;
    Ok(Php::Arr(print_classic(id, thing)).into())
}

fn all(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    listed(portal, hit, params, REQUISITE)
}

fn listed(portal: &Portal, hit: &Hit, params: &Params, kind: &str) -> Reply {
    let (rows, total, next) = page(portal, hit, kind, params, Family::Classic)?;
    let rows = rows.into_iter().map(|(id, thing)| {
        let mut row = print_classic(id, thing);
        if kind == ADDRESS {
            row.remove("ID");
        }
        row
    });
    Ok(Answer { result: list(rows), total: Some(total), next })
}

fn update(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let id = find(portal, params)?;
    let fields = fields_of(params)?;
    if let Some(mut thing) = portal.loose.get(id).cloned() {
        take(&mut thing, &fields, portal);
        thing.changed = hit.now;
        portal.loose.put(id, thing);
    }
    Ok(Php::Bool(true).into())
}

fn delete(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = find(portal, params)?;
    portal.loose.remove(id);
    Ok(Php::Bool(true).into())
}

fn presets(portal: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    let rows: Vec<Arr> = portal
        .loose
        .iter()
        .filter(|(_, l)| l.kind == "preset")
        .map(|(_, l)| {
            let mut row = Arr::new();
            row.put("ID", l.text("PRESET"));
            for name in ["ENTITY_TYPE_ID", "COUNTRY_ID", "NAME", "ACTIVE"] {
                row.put(name, l.text(name));
            }
            row.put("SORT", "500");
            row
        })
        .collect();
    let total = rows.len();
    Ok(Answer::whole(list(rows), total))
}

/// An address is known by its type, owner type and owner.
fn address_key(fields: &Arr) -> Result<[i64; 3], RestError> {
    Ok([positive(fields, "TYPE_ID")?, positive(fields, "ENTITY_TYPE_ID")?, positive(fields, "ENTITY_ID")?])
}

fn address_at(portal: &Portal, key: [i64; 3]) -> Option<i64> {
    let here = |l: &Loose| [l.int("TYPE_ID"), l.int("ENTITY_TYPE_ID"), l.int("ENTITY_ID")] == key;
    portal.loose.iter().find(|(_, l)| l.kind == ADDRESS && here(l)).map(|(id, _)| id)
}

fn address_add(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let fields = fields_of(params)?;
    let key = address_key(&fields)?;
    let owner = match key[1] {
        8 => get(portal, REQUISITE, key[2]).is_some(),
        other => Entity::of_type(other).is_some_and(|e| portal.shelf(e).get(key[2]).is_some()),
    };
    if !owner {
        return Err(RestError::plain("Entity not found."));
    }
    if address_at(portal, key).is_some() {
        return Err(RestError::plain("TypeAddress exists."));
    }
    let mut thing =
        Loose { kind: ADDRESS.to_owned(), created: hit.now, changed: hit.now, ..Loose::default() };
    take(&mut thing, &fields, portal);
    portal.loose.add(|_| thing);
    Ok(Php::Bool(true).into())
}

fn addresses(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    listed(portal, hit, params, ADDRESS)
}

fn address_find(portal: &Portal, params: &Params) -> Result<(i64, Arr), RestError> {
    let fields = fields_of(params)?;
    let missing = || RestError::plain("TypeAddress not found.");
    let id = address_at(portal, address_key(&fields)?).ok_or_else(missing)?;
    Ok((id, fields))
}

fn address_update(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let (id, fields) = address_find(portal, params)?;
    if let Some(mut thing) = portal.loose.get(id).cloned() {
        take(&mut thing, &fields, portal);
        thing.changed = hit.now;
        portal.loose.put(id, thing);
    }
    Ok(Php::Bool(true).into())
}

fn address_delete(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let (id, _) = address_find(portal, params)?;
    portal.loose.remove(id);
    Ok(Php::Bool(true).into())
}
