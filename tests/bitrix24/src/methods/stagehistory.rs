//! The stage history: crm.stagehistory.list.

use crate::model::changes::{Family, Hit};
use crate::model::clock;
use crate::model::data::Step;
use crate::model::filter::{parse, Op, Operand, Refused, Sort, Strictness};
use crate::model::portal::Portal;
use crate::php::{list, obj, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

use super::item::check_intranet;
use super::lists::{Start, PAGE};

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[("crm.stagehistory.list", all)];

const FIELDS: &[(&str, Sort)] = &[
    ("ID", Sort::Int),
    ("TYPE_ID", Sort::Int),
    ("OWNER_ID", Sort::Int),
    ("CREATED_TIME", Sort::Moment),
    ("CATEGORY_ID", Sort::Int),
    ("STAGE_SEMANTIC_ID", Sort::Text),
    ("STAGE_ID", Sort::Text),
];

fn resolve(name: &str) -> Option<(&'static str, Sort)> {
    FIELDS.iter().find(|(field, _)| *field == name).copied()
}

fn operand(id: i64, step: &Step, field: &str) -> Operand {
    match field {
        "ID" => Operand::Int(id),
        "TYPE_ID" => Operand::Int(step.kind),
        "OWNER_ID" => Operand::Int(step.owner_id),
        "CREATED_TIME" => Operand::Int(step.at),
        "CATEGORY_ID" => Operand::Int(step.category),
        "STAGE_SEMANTIC_ID" => Operand::text(step.semantic.encode_utf8(&mut [0; 4])),
        "STAGE_ID" => Operand::text(&step.stage),
        _ => Operand::Blank,
    }
}

fn print(id: i64, step: &Step, select: &[String]) -> Arr {
    let wants =
        |name: &str| name == "ID" || select.is_empty() || select.iter().any(|s| s == name || s == "*");
    let mut out = Arr::new();
    let row = [
        ("ID", Php::Int(id)),
        ("TYPE_ID", step.kind.into()),
        ("OWNER_ID", step.owner_id.into()),
        ("CREATED_TIME", clock::iso(step.at).into()),
        ("CATEGORY_ID", step.category.into()),
        ("STAGE_SEMANTIC_ID", step.semantic.to_string().into()),
        ("STAGE_ID", step.stage.as_str().into()),
    ];
    for (name, value) in row {
        if wants(name) {
            out.put(name, value);
        }
    }
    out
}

fn all(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    check_intranet(portal)?;
    match params.need_int("entityTypeId")? {
        2 => {}
        id @ (3 | 4) => return Err(RestError::numeric(0, format!("{id} entity is not supported"))),
        _ => return Err(RestError::new(400, "ENTITY_TYPE_NOT_SUPPORTED", "Entity type is not supported")),
    }
    let nothing = Arr::new();
    let filter = params.exact("filter").and_then(Php::as_arr).unwrap_or(&nothing);
    let node = parse(filter, Strictness::Strict, hit.now, &resolve).map_err(|r| match r {
        Refused::Unknown(f) => {
            RestError::invalid(format!("Invalid filter: field '{f}' is not allowed in filter"))
        }
        Refused::EmptyList(f) => {
            RestError::invalid(format!("Invalid filter: field '{f}' has an empty list of values"))
        }
    })?;
    let mut order = Vec::new();
    for (key, direction) in params.exact("order").and_then(Php::as_arr).unwrap_or(&nothing).iter() {
        let name = key.text();
        let (field, _) = resolve(&name).ok_or_else(|| {
            RestError::invalid(format!("Invalid order: field '{name}' is not allowed in order"))
        })?;
        order.push((field, direction.text().eq_ignore_ascii_case("desc")));
    }
    let select: Vec<String> = params
        .exact("select")
        .map(|s| s.each().into_iter().map(|v| v.text().into_owned()).collect())
        .unwrap_or_default();
    let start = Start::read(params.exact("start"), Family::Universal);
    let visible = |step: &Step| portal.funnel_visible(step.category);
    let fits =
        |(id, step): &(i64, &Step)| visible(step) && node.fits(&|f: &&'static str| operand(*id, step, f));
    let by_id = order.is_empty() || matches!(order[..], [("ID", false), ..]);
    let limit = if by_id && start == Start::Uncounted { PAGE } else { usize::MAX };
    let mut from = 0;
    let mut owner = None;
    for cond in node.required().into_iter().filter(|c| !c.not) {
        match (cond.field, cond.op, &cond.values[..]) {
            ("ID", Op::Gt | Op::Ge, [Operand::Int(id)]) => from = from.max(*id),
            ("OWNER_ID", Op::In, [Operand::Int(id)]) => owner = Some(*id),
            _ => {}
        }
    }
    let mut found: Vec<(i64, &Step)> = match owner {
        Some(owner) => {
            let ids = portal.steps_of.get(&owner).map_or(&[][..], Vec::as_slice);
            ids.iter().filter_map(|id| Some((*id, portal.steps.get(*id)?))).filter(fits).take(limit).collect()
        }
        None => portal.steps.from(from).filter(fits).take(limit).collect(),
    };
    for (field, down) in order.iter().rev() {
        found.sort_by(|a, b| {
            let ordering = operand(a.0, a.1, field).order(&operand(b.0, b.1, field));
            if *down {
                ordering.reverse()
            } else {
                ordering
            }
        });
    }
    let (rows, total, next) = start.cut(&found);
    let items = list(rows.into_iter().map(|(id, step)| print(id, step, &select)));
    Ok(Answer { result: obj([("items", items)]), total: Some(total), next })
}
