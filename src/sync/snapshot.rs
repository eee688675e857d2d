//! What the portal has: funnels with stages, users, currencies, fields of a deal. For the admin page.

use super::portal::{failed, refused, Try};
use super::step::{answer, call, done, field, id, list, params, rest, result, text};
use super::{Context, State};
use crate::contract::json::Json;
use crate::contract::task::{Call, Reply, Step};
use crate::contract::write::{wire, writes};
use crate::domain::decimal::whole;
use crate::domain::text::{joined, numbered};

/// Funnels whose stages are read; more do not fit one batch, and no portal needs them here.
const MAX_FUNNELS: usize = 45;

/// A snapshot in the making.
#[derive(Default)]
pub struct Snapshot {
    funnels: Vec<Funnel>,
    users: Vec<User>,
    currencies: Vec<Currency>,
    fields: Vec<PortalField>,
    /// Offset of the next page of users.
    more_users: Option<String>,
    stages_asked: bool,
}

wire!(Snapshot {
    funnels,
    users,
    currencies,
    fields,
    more_users,
    stages_asked
});

/// A funnel («направление»).
#[derive(Default)]
struct Funnel {
    id: String,
    name: String,
    stages: Vec<Stage>,
}

wire!(Funnel { id, name, stages });

/// A stage, in the portal's order.
#[derive(Default)]
pub(super) struct Stage {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) color: String,
    /// `process`, `success` or `failure`.
    pub(super) semantics: String,
    /// The row's own id, for changing it.
    pub(super) row: String,
    pub(super) sort: u32,
}

wire!(Stage {
    id,
    name,
    color,
    semantics,
    row,
    sort
});

#[derive(Default)]
struct User {
    id: String,
    name: String,
    active: bool,
}

wire!(User { id, name, active });

#[derive(Default)]
struct Currency {
    code: String,
    base: bool,
}

wire!(Currency { code, base });

#[derive(Default)]
struct PortalField {
    name: String,
    title: String,
    kind: String,
}

wire!(PortalField { name, title, kind });

struct Inventory<'a> {
    funnels: &'a [Funnel],
    users: &'a [User],
    currencies: &'a [Currency],
    fields: &'a [PortalField],
}

writes!(Inventory<'_> { funnels, users, currencies, fields });

/// Asks for everything that needs nothing else.
pub(super) fn start() -> Step {
    let calls = vec![
        rest(
            "funnels",
            "crm.category.list",
            &params(&[("entityTypeId", "2")]),
        ),
        rest("currencies", "crm.currency.list", &params(&[])),
        rest(
            "fields",
            "crm.item.fields",
            &params(&[("entityTypeId", "2")]),
        ),
        users("0"),
    ];
    call(&State::Snapshot(Snapshot::default()), calls)
}

fn users(start: &str) -> Call {
    rest(
        "users",
        "user.get",
        &params(&[("SORT", "ID"), ("ORDER", "asc"), ("start", start)]),
    )
}

/// The stages of a funnel. Bitrix24: REST documentation, "CRM dictionaries", `ENTITY_ID`.
pub(super) fn stages_call(key: &str, funnel: &str) -> Call {
    let dictionary = if funnel == "0" {
        "DEAL_STAGE".to_owned()
    } else {
        ["DEAL_STAGE_", funnel].concat()
    };
    rest(
        key,
        "crm.status.list",
        &params(&[("order[SORT]", "ASC"), ("filter[ENTITY_ID]", &dictionary)]),
    )
}

/// Reads the rows of [`stages_call`].
pub(super) fn stages(reply: &Reply, key: &str) -> Vec<Stage> {
    list(result(reply, key, &[]))
        .into_iter()
        .map(|row| {
            let mark = field(row, "SEMANTICS");
            let extra = text(row.get("EXTRA").and_then(|extra| extra.get("SEMANTICS")));
            let semantics = match (mark.as_str(), extra.as_str()) {
                ("S", _) | (_, "success") => "success",
                ("F", _) | (_, "failure" | "apology") => "failure",
                _ => "process",
            };
            Stage {
                id: field(row, "STATUS_ID"),
                name: field(row, "NAME"),
                color: field(row, "COLOR"),
                semantics: semantics.to_owned(),
                row: field(row, "ID"),
                sort: whole(&field(row, "SORT")).map_or(0, |sort| u32::try_from(sort).unwrap_or(0)),
            }
        })
        .collect()
}

/// Goes on until every list is read.
pub(super) fn resume(mut snapshot: Snapshot, reply: &Reply, context: &Context) -> Step {
    let tried = Try {
        attempt: 1,
        turn: 0,
    };
    if let Some(failure) = &reply.failure {
        return Step::of(failed(failure, tried, context));
    }
    for (key, method) in [
        ("funnels", "crm.category.list"),
        ("currencies", "crm.currency.list"),
        ("fields", "crm.item.fields"),
    ] {
        if let Some(error) = answer(reply, key).and_then(|answer| answer.error.as_ref()) {
            return Step::of(refused(error, method, tried, context));
        }
    }
    snapshot.read_lists(reply);
    // A webhook without the scope `user` still gives a snapshot, without people.
    snapshot.read_users(reply);
    let mut calls = Vec::new();
    if snapshot.stages_asked {
        for (index, funnel) in snapshot.funnels.iter_mut().enumerate() {
            let key = numbered("stages", index, "");
            if answer(reply, &key).is_some() {
                funnel.stages = stages(reply, &key);
            }
        }
    } else {
        snapshot.stages_asked = true;
        for (index, funnel) in snapshot.funnels.iter().enumerate() {
            calls.push(stages_call(&numbered("stages", index, ""), &funnel.id));
        }
    }
    if let Some(start) = snapshot.more_users.take() {
        calls.push(users(&start));
    }
    if calls.is_empty() {
        return done(&Inventory {
            funnels: &snapshot.funnels,
            users: &snapshot.users,
            currencies: &snapshot.currencies,
            fields: &snapshot.fields,
        });
    }
    call(&State::Snapshot(snapshot), calls)
}

impl Snapshot {
    fn read_lists(&mut self, reply: &Reply) {
        for row in list(result(reply, "funnels", &["categories"]))
            .into_iter()
            .take(MAX_FUNNELS)
        {
            self.funnels.push(Funnel {
                id: field(row, "id"),
                name: field(row, "name"),
                stages: Vec::new(),
            });
        }
        for row in list(result(reply, "currencies", &[])) {
            self.currencies.push(Currency {
                code: field(row, "CURRENCY"),
                base: field(row, "BASE") == "Y",
            });
        }
        if let Some(Json::Map(fields)) = result(reply, "fields", &["fields"]) {
            for (name, about) in fields.iter() {
                if about.get("isReadOnly").is_some_and(Json::is_true) {
                    continue;
                }
                self.fields.push(PortalField {
                    name: name.to_owned(),
                    title: field(about, "title"),
                    kind: field(about, "type"),
                });
            }
        }
    }

    fn read_users(&mut self, reply: &Reply) {
        for row in list(result(reply, "users", &[])) {
            let Some(id) = id(row, "ID") else { continue };
            let name = joined(&[field(row, "NAME"), field(row, "LAST_NAME")], " ");
            self.users.push(User {
                id,
                name: name.trim().to_owned(),
                // Bitrix24: REST documentation, `user.get`: a JSON bool; older portals write "Y". Both
                // read as "Y" here.
                active: field(row, "ACTIVE") == "Y",
            });
        }
        self.more_users = answer(reply, "users").and_then(|answer| answer.next.clone());
    }
}
