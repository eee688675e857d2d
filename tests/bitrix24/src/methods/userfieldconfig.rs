//! The newer door to user fields: userfieldconfig.*, for the module `crm`.

use crate::model::changes::Hit;
use crate::model::fields::Entity;
use crate::model::filter::split_key;
use crate::model::portal::Portal;
use crate::php::{list, obj, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

use super::userfield;

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[
    ("userfieldconfig.add", add),
    ("userfieldconfig.get", get),
    ("userfieldconfig.list", all),
    ("userfieldconfig.update", update),
    ("userfieldconfig.delete", delete),
    ("userfieldconfig.getTypes", types),
];

/// Names here, names there.
const NAMES: &[(&str, &str)] = &[
    ("id", "ID"),
    ("entityId", "ENTITY_ID"),
    ("fieldName", "FIELD_NAME"),
    ("userTypeId", "USER_TYPE_ID"),
    ("xmlId", "XML_ID"),
    ("sort", "SORT"),
    ("multiple", "MULTIPLE"),
    ("mandatory", "MANDATORY"),
    ("showFilter", "SHOW_FILTER"),
    ("showInList", "SHOW_IN_LIST"),
    ("editInList", "EDIT_IN_LIST"),
    ("isSearchable", "IS_SEARCHABLE"),
    ("settings", "SETTINGS"),
    ("editFormLabel", "EDIT_FORM_LABEL"),
    ("listColumnLabel", "LIST_COLUMN_LABEL"),
    ("listFilterLabel", "LIST_FILTER_LABEL"),
    ("errorMessage", "ERROR_MESSAGE"),
    ("helpMessage", "HELP_MESSAGE"),
    ("enum", "LIST"),
    ("value", "VALUE"),
    ("def", "DEF"),
    ("del", "DEL"),
];

fn check_module(params: &Params) -> Result<(), RestError> {
    if params.need("moduleId")?.text() == "crm" {
        return Ok(());
    }
    Err(RestError::invalid("Invalid moduleId"))
}

/// Renames the keys of an array; choices are renamed, too.
fn renamed(input: &Arr, to_old: bool) -> Arr {
    let mut out = Arr::new();
    for (key, value) in input.iter() {
        let key = key.text();
        let (_, _, bare) = split_key(&key);
        let pair = NAMES.iter().find(|(new, old)| if to_old { *new == bare } else { *old == bare });
        let name = pair.map_or(bare, |(new, old)| if to_old { *old } else { *new });
        let value = match value {
            Php::Arr(choices) if matches!(name, "LIST" | "enum") => {
                list(choices.values().filter_map(Php::as_arr).map(|choice| renamed(choice, to_old)))
            }
            other => other.clone(),
        };
        out.put_text(&format!("{}{name}", &key[..key.len() - bare.len()]), value);
    }
    out
}

/// The same call in the old manner.
fn old_call(id: Option<i64>, fields: Option<Arr>) -> Params {
    let mut out = Arr::new();
    if let Some(id) = id {
        out.put("id", id);
    }
    if let Some(fields) = fields {
        out.put("fields", fields);
    }
    Params(out)
}

fn answer(portal: &mut Portal, id: i64) -> Reply {
    let entity = portal.user_fields.get(id).and_then(|f| Entity::of_name(&f.entity));
    let entity = entity.ok_or_else(RestError::no_element)?;
    let old = userfield::get(portal, &old_call(Some(id), None), entity)?;
    let mut field = old.result.as_arr().map(|row| renamed(row, false)).unwrap_or_default();
    field.put("languageId", obj([("ru", "ru".into()), ("en", "en".into())]));
    Ok(obj([("field", field.into())]).into())
}

fn add(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    check_module(params)?;
    let field = renamed(params.need_arr("field")?, true);
    let code = field.get("ENTITY_ID").map(|e| e.text().into_owned()).unwrap_or_default();
    let entity = code.strip_prefix("CRM_").and_then(Entity::of_name);
    let entity = entity.ok_or_else(|| RestError::invalid("Invalid entityId"))?;
    let made = userfield::add(portal, &old_call(None, Some(field)), entity)?;
    answer(portal, made.result.int())
}

fn known(portal: &Portal, params: &Params) -> Result<i64, RestError> {
    check_module(params)?;
    let id = params.need_int("id")?;
    portal.user_fields.get(id).map(|_| id).ok_or_else(RestError::no_element)
}

fn get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = known(portal, params)?;
    answer(portal, id)
}

fn update(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = known(portal, params)?;
    let field = renamed(params.need_arr("field")?, true);
    let entity = portal.user_fields.get(id).and_then(|f| Entity::of_name(&f.entity));
    let entity = entity.ok_or_else(RestError::no_element)?;
    userfield::update(portal, &old_call(Some(id), Some(field)), entity)?;
    answer(portal, id)
}

fn delete(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = known(portal, params)?;
    let entity = portal.user_fields.get(id).and_then(|f| Entity::of_name(&f.entity));
    let entity = entity.ok_or_else(RestError::no_element)?;
    userfield::delete(portal, &old_call(Some(id), None), entity)?;
    Ok(Php::Null.into())
}

fn all(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    check_module(params)?;
    let part =
        |name: &str| params.exact(name).and_then(Php::as_arr).map(|a| renamed(a, true)).unwrap_or_default();
    let mut filter = part("filter");
    if let Some(language) = params.exact("select").and_then(|s| s.get("language")) {
        filter.put("LANG", language.clone());
    }
    let mut old = Arr::new();
    old.put("filter", filter);
    old.put("order", part("order"));
    let mut rows = Vec::new();
    for entity in Entity::ALL {
        let found = userfield::all(portal, hit, &Params(old.clone()), entity)?;
        let found = found.result;
        rows.extend(found.each().into_iter().filter_map(Php::as_arr).map(|row| {
            let mut row = renamed(row, false);
            row.remove("enum");
            row
        }));
    }
    let total = rows.len();
    Ok(Answer::whole(obj([("fields", list(rows))]), total))
}

fn types(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    check_module(params)?;
    let old = userfield::types(portal, hit, params)?;
    let mut out = Arr::new();
    for row in old.result.each() {
        let text = |name: &str| row.get(name).map(|v| v.text().into_owned()).unwrap_or_default();
        let (id, title) = (text("ID"), text("title"));
        out.put_text(&id, obj([("userTypeId", id.as_str().into()), ("description", title.into())]));
    }
    Ok(obj([("types", out.into())]).into())
}
