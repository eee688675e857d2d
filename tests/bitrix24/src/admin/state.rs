//! The portal's contents as JSON, for the oracles of tests; seeding and resetting.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::http::shared::{hit as hit_now, Shared};
use crate::methods::productrow;
use crate::methods::values::{classic, write_uf};
use crate::model::changes::{Changes, Family};
use crate::model::clock;
use crate::model::fields::{Entity, F};
use crate::model::portal::Portal;
use crate::model::record::{Record, Val};
use crate::php::{list, obj, Arr, Php};

use super::Answer;

/// A record in classic names, with everything that belongs to it.
pub fn full(portal: &Portal, entity: Entity, record: &Record, timeline: &Timeline) -> Arr {
    let mut out = Arr::new();
    for (field, _) in entity.fields() {
        out.put(field.meta().upper, classic(record, *field));
    }
    for (_, field) in portal.fields_of(entity) {
        let value = write_uf(field, record.uf.get(field.name.as_str()), Family::Classic);
        out.put_text(&field.name, value);
    }
    if entity == Entity::Deal {
        out.put("CONTACT_IDS", list(record.contacts.iter().copied()));
        out.put("ROWS", productrow::printed(portal, entity, record.id()));
        let ids = portal.steps_of.get(&record.id()).map_or(&[][..], Vec::as_slice);
        let steps = ids.iter().filter_map(|id| Some((*id, portal.steps.get(*id)?))).map(|(id, step)| {
            obj([
                ("ID", id.into()),
                ("TYPE_ID", step.kind.into()),
                ("STAGE_ID", step.stage.as_str().into()),
                ("CREATED_TIME", clock::iso(step.at).into()),
            ])
        });
        out.put("HISTORY", list(steps));
        out.put("TIMELINE", list(timeline.get(&record.id()).cloned().unwrap_or_default()));
    } else {
        let multi = record.multi.iter().map(|m| {
            obj([
                ("ID", m.id.to_string().into()),
                ("TYPE_ID", (&*m.kind).into()),
                ("VALUE_TYPE", (&*m.value_type).into()),
                ("VALUE", (&*m.value).into()),
            ])
        });
        out.put("FM", list(multi));
    }
    out
}

/// Texts of the timeline by deal.
pub type Timeline = HashMap<i64, Vec<Php>>;

/// Reads the timeline once for all deals.
pub fn timeline(portal: &Portal) -> Timeline {
    let mut out = Timeline::new();
    for (_, comment) in portal.comments.iter().filter(|(_, c)| c.entity_type == "deal") {
        out.entry(comment.entity_id).or_default().push(comment.text.as_str().into());
    }
    out
}

/// `GET /_/state`: all of it, or `?only=deals,contacts`.
pub fn state(shared: &Shared, query: &Arr) -> Php {
    let only = query.get("only").map(|o| o.text().into_owned());
    let wants = |name: &str| only.as_ref().is_none_or(|o| o.split(',').any(|n| n == name));
    shared.with(|portal| {
        let mut out = Arr::new();
        let timeline = timeline(portal);
        for (name, entity) in
            [("deals", Entity::Deal), ("contacts", Entity::Contact), ("companies", Entity::Company)]
        {
            if wants(name) {
                let rows =
                    portal.shelf(entity).table().iter().map(|(_, r)| full(portal, entity, r, &timeline));
                out.put(name, list(rows));
            }
        }
        if wants("bin") {
            out.put("bin", list(portal.bin.iter().map(|(id, _)| id)));
        }
        if wants("user_fields") {
            let fields = portal.user_fields.iter().map(|(id, f)| {
                obj([
                    ("ID", id.into()),
                    ("ENTITY", f.entity.as_str().into()),
                    ("FIELD_NAME", f.name.as_str().into()),
                    ("USER_TYPE_ID", f.kind.as_str().into()),
                ])
            });
            out.put("user_fields", list(fields));
        }
        if wants("categories") {
            let categories = portal.categories.iter().map(|(id, c)| {
                let stages = portal.stages(id).into_iter().map(|(_, s)| {
                    obj([
                        ("STATUS_ID", s.status_id.as_str().into()),
                        ("NAME", s.name.as_str().into()),
                        ("SEMANTICS", s.semantics.as_str().into()),
                    ])
                });
                obj([("ID", id.into()), ("NAME", c.name.as_str().into()), ("STAGES", list(stages))])
            });
            out.put("categories", list(categories));
        }
        if wants("layouts") {
            let mut layouts = Arr::new();
            for (key, json) in &portal.layouts {
                layouts.put_text(key, crate::php::decode(json.as_bytes()).unwrap_or(Php::Null));
            }
            out.put("layouts", layouts);
        }
        out.put("time", clock::iso(hit_now(portal, shared.user).now));
        Php::Arr(out)
    })
}

/// `POST /_/seed {"deals":1000}`: many deals at once, without events.
pub fn seed(shared: &Arc<Shared>, input: &Php) -> Answer {
    let count = input.get("deals").map_or(0, Php::int);
    if !(0..=1_000_000).contains(&count) {
        return Err((400, "deals must be between 0 and 1000000".to_owned()));
    }
    shared.with(|portal| {
        let mut hit = hit_now(portal, shared.user);
        let category = if portal.categories.get(5).is_some() { 5 } else { 0 };
        for n in 0..count {
            let phone = format!("+7999{n:07}");
            let contact = crate::model::changes::MultiChange {
                id: None,
                kind: "PHONE".into(),
                value_type: Some("MOBILE".into()),
                value: Some(phone.as_str().into()),
            };
            let person = Changes {
                fields: vec![
                    (F::Name, Val::text("Иван")),
                    (F::LastName, Val::text(&format!("Покупатель {n}"))),
                ],
                multi: vec![contact],
                ..Changes::default()
            };
            let person = portal.create(&mut hit, Entity::Contact, Family::Universal, person);
            let person = person.map_err(|e| (500, e.text.into_owned()))?;
            let deal = Changes {
                fields: vec![
                    (F::CategoryId, Val::Int(category)),
                    (F::Title, Val::text(&format!("Заказ № {n}"))),
                    (F::Opportunity, Val::Dec(Decimal::new(100_000 + n, 2))),
                    (F::OriginatorId, Val::text("seed")),
                    (F::OriginId, Val::text(&n.to_string())),
                ],
                contacts: Some(vec![person]),
                ..Changes::default()
            };
            let made = portal.create(&mut hit, Entity::Deal, Family::Universal, deal);
            made.map_err(|e| (500, e.text.into_owned()))?;
            hit.events.clear();
        }
        Ok(obj([("deals", portal.shelf(Entity::Deal).table().len().into())]))
    })
}

/// `POST /_/reset`: deals, contacts and companies are gone, funnels and fields stay.
pub fn reset(shared: &Shared) -> Answer {
    shared.with(|portal| {
        for entity in Entity::ALL {
            let ids: Vec<i64> = portal.shelf(entity).table().iter().map(|(id, _)| id).collect();
            for id in ids {
                portal.drop_rows(entity, id);
                portal.forget_steps(id, |_| true);
                portal.shelf_mut(entity).remove(id);
            }
        }
        let bin: Vec<i64> = portal.bin.iter().map(|(id, _)| id).collect();
        for id in bin {
            portal.bin.remove(id);
        }
        portal.post.log.clear();
    });
    Ok(Php::Bool(true))
}
