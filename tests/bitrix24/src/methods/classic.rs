//! The classic family: crm.deal.*, crm.contact.*, crm.company.* — upper-case names, strings out.

use crate::model::changes::{Changes, Family, Hit, MultiChange};
use crate::model::fields::{Access, Entity, Kind, F};
use crate::model::portal::Portal;
use crate::model::record::Record;
use crate::php::{list, obj, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

use super::item::kind_name;
use super::lists::{Query, Start};
use super::values::{classic, read, read_uf, write_uf};

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[
    ("crm.deal.fields", |p, _, _| Ok(fields(p, Entity::Deal))),
    ("crm.deal.add", |p, h, q| add(p, h, q, Entity::Deal)),
    ("crm.deal.get", |p, _, q| get(p, q, Entity::Deal)),
    ("crm.deal.list", |p, h, q| all(p, h, q, Entity::Deal)),
    ("crm.deal.update", |p, h, q| update(p, h, q, Entity::Deal)),
    ("crm.deal.delete", |p, h, q| delete(p, h, q, Entity::Deal)),
    ("crm.contact.fields", |p, _, _| Ok(fields(p, Entity::Contact))),
    ("crm.contact.add", |p, h, q| add(p, h, q, Entity::Contact)),
    ("crm.contact.get", |p, _, q| get(p, q, Entity::Contact)),
    ("crm.contact.list", |p, h, q| all(p, h, q, Entity::Contact)),
    ("crm.contact.update", |p, h, q| update(p, h, q, Entity::Contact)),
    ("crm.contact.delete", |p, h, q| delete(p, h, q, Entity::Contact)),
    ("crm.company.fields", |p, _, _| Ok(fields(p, Entity::Company))),
    ("crm.company.add", |p, h, q| add(p, h, q, Entity::Company)),
    ("crm.company.get", |p, _, q| get(p, q, Entity::Company)),
    ("crm.company.list", |p, h, q| all(p, h, q, Entity::Company)),
    ("crm.company.update", |p, h, q| update(p, h, q, Entity::Company)),
    ("crm.company.delete", |p, h, q| delete(p, h, q, Entity::Company)),
];

/// Kinds of phones and the like.
const MULTI: &[&str] = &["PHONE", "EMAIL", "WEB", "IM", "LINK"];

fn bad_id(entity: Entity) -> RestError {
    match entity {
        Entity::Deal => RestError::bad_id(),
        _ => RestError::plain("ID is not defined or invalid."),
    }
}

fn array<'a>(params: &'a Params, name: &'static str) -> Result<&'a Arr, RestError> {
    match params.loose(name) {
        Some(Php::Arr(a)) => Ok(a),
        _ => Err(RestError::plain(format!("Parameter '{name}' must be array"))),
    }
}

/// `params`, which may be absent but not be something else.
fn check_options(params: &Params) -> Result<(), RestError> {
    params.loose_arr("params").map(|_| ())
}

/// A record's id the caller may use.
fn find(portal: &Portal, params: &Params, entity: Entity) -> Result<i64, RestError> {
    let id = params.loose_id().ok_or_else(|| bad_id(entity))?;
    let record = portal.shelf(entity).get(id).ok_or_else(RestError::not_found)?;
    if !portal.visible(entity, record) {
        return Err(RestError::access());
    }
    Ok(id)
}

fn read_multi(kind: &str, value: &Php, changes: &mut Changes) {
    let Php::Arr(entries) = value else { return };
    for entry in entries.values() {
        let text = |name: &str| entry.get(name).map(|v| Box::from(&*v.text()));
        let deleted = entry.get("DELETE").is_some_and(|d| d.text() == "Y");
        changes.multi.push(MultiChange {
            id: entry.get("ID").map(Php::int).filter(|id| *id > 0),
            kind: kind.into(),
            value_type: text("VALUE_TYPE"),
            value: if deleted { Some("".into()) } else { text("VALUE") },
        });
    }
}

fn read_changes(
    portal: &Portal,
    hit: &Hit,
    entity: Entity,
    fields: &Arr,
    creating: bool,
) -> Result<Changes, RestError> {
    let mut changes = Changes::default();
    for (key, value) in fields.iter() {
        let name = key.text();
        if let Some((field, access)) = entity.by_upper(&name) {
            if access == Access::Write || access == Access::Immutable && creating {
                if let Some(value) = read(portal, Family::Classic, field, value, hit.now)? {
                    changes.fields.push((field, value));
                }
            }
        } else if entity == Entity::Deal && name == "CONTACT_IDS" {
            let mut ids: Vec<i64> = Vec::new();
            for id in value.each().into_iter().map(Php::int).filter(|id| *id > 0) {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            changes.contacts = Some(ids);
        } else if entity != Entity::Deal && MULTI.contains(&&*name) {
            read_multi(&name, value, &mut changes);
        } else if let Some(field) = portal.user_field(entity, &name) {
            changes.uf.insert(field.name.as_str().into(), read_uf(portal, field, value, hit.now));
        }
    }
    Ok(changes)
}

fn add(portal: &mut Portal, hit: &mut Hit, params: &Params, entity: Entity) -> Reply {
    let fields = array(params, "fields")?;
    check_options(params)?;
    let changes = read_changes(portal, hit, entity, fields, true)?;
    let id = portal.create(hit, entity, Family::Classic, changes)?;
    Ok(Php::Int(id).into())
}

fn update(portal: &mut Portal, hit: &mut Hit, params: &Params, entity: Entity) -> Reply {
    if params.loose_id().is_none() {
        return Err(bad_id(entity));
    }
    let fields = array(params, "fields")?;
    check_options(params)?;
    let id = find(portal, params, entity)?;
    let changes = read_changes(portal, hit, entity, fields, false)?;
    portal.update(hit, entity, Family::Classic, id, changes)?;
    Ok(Php::Bool(true).into())
}

fn delete(portal: &mut Portal, hit: &mut Hit, params: &Params, entity: Entity) -> Reply {
    let id = find(portal, params, entity)?;
    portal.delete(hit, entity, id);
    Ok(Php::Bool(true).into())
}

fn put_multi(record: &Record, kind: &'static str, out: &mut Arr) {
    let of_kind = record.multi.iter().filter(|m| &*m.kind == kind);
    let entries: Vec<Php> = of_kind
        .map(|m| {
            obj([
                ("ID", m.id.to_string().into()),
                ("VALUE_TYPE", (&*m.value_type).into()),
                ("VALUE", (&*m.value).into()),
                ("TYPE_ID", kind.into()),
            ])
        })
        .collect();
    if !entries.is_empty() {
        out.put(kind, list(entries));
    }
}

fn get(portal: &mut Portal, params: &Params, entity: Entity) -> Reply {
    let id = find(portal, params, entity)?;
    let record = portal.shelf(entity).get(id).ok_or_else(RestError::not_found)?;
    let mut out = Arr::new();
    for (field, _) in entity.fields() {
        out.put(field.meta().upper, classic(record, *field));
    }
    for (_, field) in portal.fields_of(entity) {
        let value = write_uf(field, record.uf.get(field.name.as_str()), Family::Classic);
        out.put_text(&field.name, value);
    }
    if entity != Entity::Deal {
        for kind in MULTI {
            put_multi(record, kind, &mut out);
        }
    }
    Ok(Php::Arr(out).into())
}

/// Arrays of a list; the texts end with a dot here.
fn list_arr(params: &Params, name: &'static str) -> Result<Arr, RestError> {
    params.loose_arr(name).map_err(|e| RestError::plain(format!("{}.", e.text)))
}

fn all(portal: &mut Portal, hit: &mut Hit, params: &Params, entity: Entity) -> Reply {
    let filter = list_arr(params, "filter")?;
    let order = list_arr(params, "order")?;
    let start = Start::read(params.exact("start"), Family::Classic);
    let query =
        Query { entity, family: Family::Classic, original: true, filter: &filter, order: &order, start };
    let page = portal.select(hit, &query)?;
    let select: Vec<String> = params
        .loose("select")
        .map(|s| s.each().into_iter().map(|n| n.text().into_owned()).filter(|n| !n.is_empty()).collect())
        .unwrap_or_default();
    let named = |name: &str| select.iter().any(|s| s == name);
    let every = select.is_empty() || named("*");
    let every_uf = select.is_empty() || named("UF_*");
    let fields: Vec<F> = entity
        .fields()
        .iter()
        .map(|(f, _)| *f)
        .filter(|f| every || *f == F::Id || named(f.meta().upper))
        .collect();
    let uf: Vec<_> =
        portal.fields_of(entity).map(|(_, f)| f).filter(|f| every_uf || named(&f.name)).collect();
    let shelf = portal.shelf(entity);
    let rows = page.ids.iter().filter_map(|id| shelf.get(*id)).map(|record| {
        let mut row = Arr::new();
        for field in &fields {
            row.put(field.meta().upper, classic(record, *field));
        }
        for field in &uf {
            let value = write_uf(field, record.uf.get(field.name.as_str()), Family::Classic);
            row.put_text(&field.name, value);
        }
        for kind in MULTI.iter().filter(|kind| entity != Entity::Deal && named(kind)) {
            put_multi(record, kind, &mut row);
        }
        row
    });
    Ok(Answer { result: list(rows), total: Some(page.total), next: page.next })
}

fn describe(kind: &str, access: Access, required: bool, multiple: bool, dynamic: bool, title: &str) -> Arr {
    let mut out = Arr::new();
    out.put("type", kind);
    out.put("isRequired", required);
    out.put("isReadOnly", access == Access::Read);
    out.put("isImmutable", access == Access::Immutable);
    out.put("isMultiple", multiple);
    out.put("isDynamic", dynamic);
    out.put("title", title);
    out
}

fn fields(portal: &Portal, entity: Entity) -> Answer {
    let mut out = Arr::new();
    for (field, access) in entity.fields() {
        let meta = field.meta();
        let required = matches!(field, F::Name | F::SecondName | F::LastName);
        let kind = if meta.kind == Kind::Flag { "char" } else { kind_name(*field) };
        let mut entry = describe(kind, *access, required, false, false, meta.upper);
        if let Kind::Status(dictionary) = meta.kind {
            entry.put("statusType", dictionary);
        }
        if *field == F::ContactId {
            entry.put("isDeprecated", true);
        }
        out.put(meta.upper, entry);
    }
    if entity == Entity::Deal {
        out.put("CONTACT_IDS", describe("crm_contact", Access::Write, false, true, false, "CONTACT_IDS"));
    } else {
        for kind in MULTI {
            out.put(kind, describe("crm_multifield", Access::Write, false, true, false, kind));
        }
    }
    for (_, field) in portal.fields_of(entity) {
        let mut entry =
            describe(&field.kind, Access::Write, field.mandatory, field.multiple, true, &field.name);
        for (label, name) in [
            ("EDIT_FORM_LABEL", "formLabel"),
            ("LIST_COLUMN_LABEL", "listLabel"),
            ("LIST_FILTER_LABEL", "filterLabel"),
        ] {
            let text = field.labels.get(label).and_then(|l| l.get("ru")).filter(|t| !t.is_empty());
            entry.put(name, text.unwrap_or(&field.name).as_str());
        }
        if field.kind == "enumeration" {
            let items = field
                .choices
                .iter()
                .map(|c| obj([("ID", c.id.to_string().into()), ("VALUE", c.value.as_str().into())]));
            entry.put("items", list(items));
        }
        out.put_text(&field.name, entry);
    }
    Php::Arr(out).into()
}
