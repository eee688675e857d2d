//! The companion module's own method.

use crate::model::changes::Hit;
use crate::model::clock;
use crate::model::companion::{Change, BEGUN};
use crate::model::portal::Portal;
use crate::php::{list, obj, Arr, Php};
use crate::rest::call::{Body, Params, Reply};
use crate::rest::error::RestError;

use super::item::check_intranet;

/// Its name; only a box with the module has it.
pub const NAME: &str = "orderbridge.changes.list";

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[(NAME, changes)];

fn print(id: i64, change: &Change) -> Arr {
    let mut out = Arr::new();
    let row: [(&str, Php); 12] = [
        ("ID", id.into()),
        ("OWNER_ID", change.deal.into()),
        ("TYPE", change.kind.as_str().into()),
        ("CREATED_TIME", clock::iso(change.at).into()),
        ("OLD_CATEGORY_ID", change.old_category.as_str().into()),
        ("CATEGORY_ID", change.category.as_str().into()),
        ("OLD_STAGE_ID", change.old_stage.as_str().into()),
        ("STAGE_ID", change.stage.as_str().into()),
        ("STAGE_SEMANTIC_ID", change.semantic.as_str().into()),
        ("OPPORTUNITY", change.amount.as_str().into()),
        ("ASSIGNED_BY_ID", change.responsible.to_string().into()),
        ("AUTHOR_ID", change.author.into()),
    ];
    for (name, value) in row {
        out.put(name, value);
    }
    out
}

fn number(
    params: &Params,
    name: &str,
    default: i64,
    allowed: std::ops::RangeInclusive<i64>,
) -> Result<i64, RestError> {
    let Some(value) = params.loose(name).filter(|value| **value != Php::Null) else { return Ok(default) };
    let text = value.text();
    let digits = (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|n| digits && allowed.contains(n))
        .ok_or_else(|| RestError::new(400, "INVALID_ARG_VALUE", format!("Parameter '{name}' is wrong")))
}

fn changes(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    check_intranet(portal)?;
    let after = number(params, "after", 0, 0..=i64::MAX)?;
    let limit = number(params, "limit", 50, 1..=500)? as usize;
    let mut rows: Vec<(i64, &Change)> = portal.changes.from(after + 1).take(limit + 1).collect();
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().map_or(after, |(id, _)| *id);
    let shown = rows.into_iter().filter(|(_, c)| c.kind != BEGUN);
    let visible = shown.filter(|(_, c)| portal.funnel_visible(c.category.parse().unwrap_or(0)));
    Ok(obj([
        ("items", list(visible.map(|(id, change)| print(id, change)))),
        ("next", next.into()),
        ("last", portal.changes.iter().next_back().map_or(0, |(id, _)| id).into()),
        ("more", more.into()),
        ("complete", (after >= portal.forgotten()).into()),
    ])
    .into())
}
