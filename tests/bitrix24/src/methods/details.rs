//! The layout of cards: crm.item.details.configuration.* and its classic twins.

use crate::model::changes::Hit;
use crate::model::fields::Entity;
use crate::model::portal::Portal;
use crate::php::{decode, encode, Php};
use crate::rest::call::{Body, Params, Reply};
use crate::rest::error::RestError;

use super::item::entity_of;

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[
    ("crm.item.details.configuration.get", |p, h, q| get(p, h, q, entity_of(q)?)),
    ("crm.item.details.configuration.set", |p, h, q| set(p, h, q, entity_of(q)?)),
    ("crm.item.details.configuration.reset", |p, h, q| reset(p, h, q, entity_of(q)?)),
    ("crm.item.details.configuration.forceCommonScopeForAll", |p, h, q| force(p, h, q, entity_of(q)?)),
    ("crm.deal.details.configuration.get", |p, h, q| get(p, h, q, Entity::Deal)),
    ("crm.deal.details.configuration.set", |p, h, q| set(p, h, q, Entity::Deal)),
    ("crm.deal.details.configuration.reset", |p, h, q| reset(p, h, q, Entity::Deal)),
    ("crm.deal.details.configuration.forceCommonScopeForAll", |p, h, q| force(p, h, q, Entity::Deal)),
    ("crm.contact.details.configuration.get", |p, h, q| get(p, h, q, Entity::Contact)),
    ("crm.contact.details.configuration.set", |p, h, q| set(p, h, q, Entity::Contact)),
    ("crm.contact.details.configuration.reset", |p, h, q| reset(p, h, q, Entity::Contact)),
];

/// Scope, category and user make a layout's key.
fn key(hit: &Hit, params: &Params, entity: Entity) -> String {
    let common = params.loose("scope").is_some_and(|s| s.text() == "C");
    let category = params.loose("extras").map_or(0, |extras| {
        ["dealCategoryId", "categoryId"].iter().find_map(|k| extras.get(k)).map_or(0, Php::int)
    });
    let user = if common {
        0
    } else {
        params.loose("userId").map(Php::int).filter(|id| *id > 0).unwrap_or(hit.user)
    };
    let scope = if common { "C" } else { "P" };
    format!("{}:{category}:{scope}:{user}", entity.name())
}

fn get(portal: &mut Portal, hit: &mut Hit, params: &Params, entity: Entity) -> Reply {
    let layout = portal.layouts.get(&key(hit, params, entity));
    Ok(layout.and_then(|l| decode(l.as_bytes())).unwrap_or(Php::Null).into())
}

fn writable(portal: &Portal, params: &Params) -> Result<(), RestError> {
    let common = params.loose("scope").is_some_and(|s| s.text() == "C");
    if common && !portal.switches.owner_admin {
        return Err(RestError::access());
    }
    Ok(())
}

fn check(data: &Php) -> Result<(), RestError> {
    let plain = |text: String| Err(RestError::plain(text));
    let Php::Arr(sections) = data else {
        return plain("Parameter 'data' must be array".to_owned());
    };
    if sections.is_empty() {
        return plain("There are no data to write".to_owned());
    }
    if !sections.is_list() {
        return plain("The data must be indexed array".to_owned());
    }
    for (i, section) in sections.values().enumerate() {
        let text = |name: &str| section.get(name).map(|v| v.text().into_owned()).unwrap_or_default();
        for name in ["name", "title"] {
            if text(name).is_empty() {
                return plain(format!("Section at index {i} does not have {name}"));
            }
        }
        let kind = text("type");
        if kind != "section" {
            return plain(format!("Section at index {i} have type {kind}. The expected type is 'section'"));
        }
        for (j, element) in section.get("elements").map(Php::each).unwrap_or_default().into_iter().enumerate()
        {
            if element.get("name").is_none_or(|n| n.text().is_empty()) {
                return plain(format!("Element at index {j} in section at index {i} does not have name"));
            }
        }
    }
    Ok(())
}

fn set(portal: &mut Portal, hit: &mut Hit, params: &Params, entity: Entity) -> Reply {
    writable(portal, params)?;
    let data = params.loose("data").cloned().unwrap_or(Php::Null);
    check(&data)?;
    portal.layouts.insert(key(hit, params, entity), encode(&data));
    portal.meta_dirty = true;
    Ok(Php::Bool(true).into())
}

fn reset(portal: &mut Portal, hit: &mut Hit, params: &Params, entity: Entity) -> Reply {
    writable(portal, params)?;
    portal.layouts.remove(&key(hit, params, entity));
    portal.meta_dirty = true;
    Ok(Php::Bool(true).into())
}

fn force(portal: &mut Portal, _: &mut Hit, _: &Params, entity: Entity) -> Reply {
    if !portal.switches.owner_admin {
        return Err(RestError::access());
    }
    let personal = format!("{}:", entity.name());
    portal.layouts.retain(|key, _| !(key.starts_with(&personal) && key.contains(":P:")));
    portal.meta_dirty = true;
    Ok(Php::Bool(true).into())
}
