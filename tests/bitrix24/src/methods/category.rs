//! Funnels: crm.category.*.

use crate::model::changes::Hit;
use crate::model::data::Category;
use crate::model::fields::{Entity, F};
use crate::model::portal::Portal;
use crate::php::{list, obj, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

use super::values::flag;

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[
    ("crm.category.list", all),
    ("crm.category.get", get),
    ("crm.category.add", add),
    ("crm.category.update", update),
    ("crm.category.delete", delete),
    ("crm.category.fields", fields),
];

fn check_type(params: &Params) -> Result<(), RestError> {
    match params.need_int("entityTypeId")? {
        2 => Ok(()),
        1 | 3 | 4 | 7 => {
            Err(RestError::new(400, "ENTITY_TYPE_NOT_SUPPORTED", "Entity type is not supported"))
        }
        _ => Err(RestError::new(400, "NOT_FOUND", "Смарт-процесс не найден")),
    }
}

fn check_admin(portal: &Portal) -> Result<(), RestError> {
    if portal.switches.owner_admin {
        Ok(())
    } else {
        Err(RestError::denied())
    }
}

fn print(id: i64, category: &Category) -> Arr {
    let mut out = Arr::new();
    out.put("id", id);
    out.put("name", category.name.as_str());
    out.put("sort", category.sort);
    out.put("entityTypeId", 2);
    out.put("isDefault", if category.is_default { "Y" } else { "N" });
    if id != 0 {
        out.put("originId", category.origin_id.as_str());
        out.put("originatorId", category.originator_id.as_str());
    }
    out
}

fn all(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    check_type(params)?;
    let mut found: Vec<_> = portal.categories.iter().filter(|(id, _)| portal.funnel_visible(*id)).collect();
    found.sort_by_key(|(id, c)| (c.sort, *id));
    let total = found.len();
    let categories = list(found.into_iter().map(|(id, c)| print(id, c)));
    Ok(Answer::whole(obj([("categories", categories)]), total))
}

fn find(portal: &Portal, params: &Params) -> Result<i64, RestError> {
    check_type(params)?;
    let id = params.need_int("id")?;
    if portal.categories.get(id).is_none() {
        return Err(RestError::no_element());
    }
    if !portal.funnel_visible(id) {
        return Err(RestError::denied());
    }
    Ok(id)
}

fn answer(portal: &Portal, id: i64) -> Reply {
    let category = portal.categories.get(id).ok_or_else(RestError::no_element)?;
    Ok(obj([("category", print(id, category).into())]).into())
}

fn get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = find(portal, params)?;
    answer(portal, id)
}

fn write(category: &mut Category, fields: &Arr) -> Result<(), RestError> {
    if let Some(name) = fields.get("name") {
        if name.text().trim().is_empty() {
            return Err(RestError::numeric(0, "Field 'NAME' is required"));
        }
        category.name = name.text().into_owned();
    }
    if let Some(sort) = fields.get("sort") {
        category.sort = sort.int();
    }
    if let Some(origin) = fields.get("originId") {
        category.origin_id = origin.text().into_owned();
    }
    if let Some(originator) = fields.get("originatorId") {
        category.originator_id = originator.text().into_owned();
    }
    Ok(())
}

fn make_default(portal: &mut Portal, id: i64) {
    let ids: Vec<i64> = portal.categories.iter().map(|(id, _)| id).collect();
    for other in ids {
        if let Some(category) = portal.categories.get_mut(other) {
            category.is_default = other == id;
        }
    }
}

fn add(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    check_type(params)?;
    check_admin(portal)?;
    let fields = params.need_arr("fields")?;
    let mut category = Category {
        name: String::new(),
        sort: 500,
        is_default: false,
        origin_id: String::new(),
        originator_id: String::new(),
    };
    write(&mut category, fields)?;
    if category.name.is_empty() {
        return Err(RestError::numeric(0, "Field 'NAME' is required"));
    }
    let id = portal.categories.add(|_| category);
    portal.add_stages(id);
    portal.version += 1;
    if fields.get("isDefault").is_some_and(flag) {
        make_default(portal, id);
    }
    answer(portal, id)
}

fn update(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = find(portal, params)?;
    check_admin(portal)?;
    let fields = params.need_arr("fields")?.clone();
    let mut category = portal.categories.get(id).cloned().ok_or_else(RestError::no_element)?;
    write(&mut category, &fields)?;
    portal.categories.put(id, category);
    portal.version += 1;
    if fields.get("isDefault").is_some_and(flag) {
        make_default(portal, id);
    }
    answer(portal, id)
}

fn delete(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = find(portal, params)?;
    check_admin(portal)?;
    if portal.categories.get(id).is_some_and(|c| c.is_default) || id == 0 {
        return Err(RestError::new(400, "REMOVING_DISABLED", "Нельзя удалить воронку по умолчанию"));
    }
    let used = portal.shelf(Entity::Deal).table().iter().any(|(_, d)| d.int(F::CategoryId) == id);
    if used {
        return Err(RestError::new(400, "REMOVING_DISABLED", "В воронке есть элементы"));
    }
    let stages: Vec<i64> = portal.stages(id).iter().map(|(id, _)| *id).collect();
    for stage in stages {
        portal.statuses.remove(stage);
    }
    portal.categories.remove(id);
    portal.version += 1;
    Ok(Php::Null.into())
}

fn fields(_: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    check_type(params)?;
    let mut out = Arr::new();
    for (name, kind, read_only) in [
        ("id", "integer", true),
        ("name", "string", false),
        ("sort", "integer", false),
        ("entityTypeId", "integer", true),
        ("isDefault", "boolean", false),
        ("originId", "string", false),
        ("originatorId", "string", false),
    ] {
        out.put(
            name,
            obj([
                ("type", kind.into()),
                ("isRequired", (name == "name").into()),
                ("isReadOnly", read_only.into()),
                ("isImmutable", false.into()),
                ("isMultiple", false.into()),
                ("isDynamic", false.into()),
                ("title", name.into()),
            ]),
        );
    }
    Ok(obj([("fields", out.into())]).into())
}
