//! Timeline comments: crm.timeline.comment.*.

use crate::model::changes::{Family, Hit};
use crate::model::clock;
use crate::model::data::Comment;
use crate::model::fields::{Entity, F};
use crate::model::portal::Portal;
use crate::model::record::Val;
use crate::model::webhooks::Event;
use crate::php::{list, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

use super::lists::Start;

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[
    ("crm.timeline.comment.add", add),
    ("crm.timeline.comment.list", all),
    ("crm.timeline.comment.get", get),
    ("crm.timeline.comment.update", update),
    ("crm.timeline.comment.delete", delete),
];

fn print(id: i64, comment: &Comment) -> Arr {
    let mut out = Arr::new();
    out.put("ID", id.to_string());
    out.put("ENTITY_ID", comment.entity_id.to_string());
    out.put("ENTITY_TYPE", comment.entity_type.as_str());
    out.put("CREATED", clock::iso(comment.at));
    out.put("COMMENT", comment.text.as_str());
    out.put("AUTHOR_ID", comment.author.to_string());
    out
}

fn text_of(portal: &Portal, fields: &Arr) -> Result<String, RestError> {
    let text = fields.get("COMMENT").map(|c| c.text().into_owned()).unwrap_or_default();
    if text.trim().is_empty() {
        return Err(RestError::invalid("Empty comment message"));
    }
    Ok(portal.storable(&text).to_owned())
}

fn add(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let fields = params.need_arr("fields")?;
    let kind = fields.get("ENTITY_TYPE").map(|t| t.text().to_lowercase()).unwrap_or_default();
    let id = fields.get("ENTITY_ID").map_or(0, Php::int);
    let entity = Entity::ALL.into_iter().find(|e| e.name().eq_ignore_ascii_case(&kind));
    let owner = entity.and_then(|e| portal.shelf(e).get(id).map(|r| (e, r.clone())));
    let Some((entity, mut record)) = owner else {
        return Err(RestError::new(400, "OWNER_NOT_FOUND", "Owner was not found"));
    };
    if !portal.visible(entity, &record) {
        return Err(RestError::denied());
    }
    let text = text_of(portal, fields)?;
    let comment = Comment { entity_type: kind, entity_id: id, author: hit.user, at: hit.now, text };
    let comment_id = portal.comments.add(|_| comment);
    record.set(F::LastActivityTime, Val::Time(hit.now));
    record.set(F::LastActivityBy, Val::Int(hit.user));
    portal.shelf_mut(entity).put(record);
    hit.events.push(Event::Change("TIMELINECOMMENT", "ADD", comment_id));
    Ok(Php::Int(comment_id).into())
}

fn all(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let filter = params.need_arr("filter")?;
    let kind = filter.get("ENTITY_TYPE").map(|t| t.text().to_lowercase()).unwrap_or_default();
    let id = filter.get("ENTITY_ID").map_or(0, Php::int);
    if id <= 0 || kind.is_empty() {
        return Err(RestError::invalid("Invalid filter: ENTITY_ID and ENTITY_TYPE are required"));
    }
    let mut found: Vec<_> =
        portal.comments.iter().filter(|(_, c)| c.entity_id == id && c.entity_type == kind).collect();
    let down = params
        .exact("order")
        .and_then(|o| o.get("ID"))
        .is_some_and(|d| d.text().eq_ignore_ascii_case("desc"));
    if down {
        found.reverse();
    }
    let (rows, total, next) = Start::read(params.exact("start"), Family::Classic).cut(&found);
    let rows = list(rows.into_iter().map(|(id, c)| print(id, c)));
    Ok(Answer { result: rows, total: Some(total), next })
}

fn find(portal: &Portal, params: &Params) -> Result<i64, RestError> {
    let id = params.need_int("id")?;
    portal.comments.get(id).map(|_| id).ok_or_else(RestError::no_element)
}

fn get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = find(portal, params)?;
    let comment = portal.comments.get(id).ok_or_else(RestError::no_element)?;
    Ok(Php::Arr(print(id, comment)).into())
}

fn update(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = find(portal, params)?;
    let text = text_of(portal, params.need_arr("fields")?)?;
    if let Some(comment) = portal.comments.get_mut(id) {
        comment.text = text;
    }
    Ok(Php::Bool(true).into())
}

fn delete(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = find(portal, params)?;
    portal.comments.remove(id);
    Ok(Php::Bool(true).into())
}
