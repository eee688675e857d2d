//! What the portal has: funnels with stages, users, currencies, the fields of deals, contacts
//! and companies. For the admin page.

use super::portal::{failed, refused, Try};
use super::step::{answer, call, done, field, id, list, params, rest, result, text};
use super::{Context, State};
use crate::contract::json::Json;
use crate::contract::pairs::Pairs;
use crate::contract::settings::{FieldItem, Of, PortalField};
use crate::contract::task::{Call, Reply, Step};
use crate::contract::write::{wire, writes};
use crate::domain::decimal::whole;
use crate::domain::text::Digits;
use crate::domain::text::{joined, numbered};

/// Funnels that are read; no portal needs more here.
const MAX_FUNNELS: usize = 45;
/// Funnels whose stages are asked for at once: their answers have to pass the border.
const FUNNELS_AT_ONCE: usize = 10;
/// What has fields, with its `entityTypeId`. Bitrix24: REST documentation, "CRM object types".
const ENTITIES: [(Of, &str); 3] = [(Of::Deal, "2"), (Of::Contact, "3"), (Of::Company, "4")];

/// A snapshot in the making. The fields come first and each entity's alone: three hundred user fields
/// are a quarter of a megabyte, which is all that passes the border.
#[derive(Default)]
pub struct Snapshot {
    funnels: Vec<Funnel>,
    users: Vec<User>,
    currencies: Vec<Currency>,
    fields: Vec<PortalField>,
    /// Which field takes its values from which dictionary.
    dictionaries: Pairs<String>,
    /// Offset of the next page of users.
    more_users: Option<String>,
    /// How many entities' fields were asked for.
    entities: u32,
    /// Whether the lists were asked for.
    listed: bool,
    /// How many funnels' stages were asked for.
    staged: u32,
}

wire!(Snapshot {
    funnels,
    users,
    currencies,
    fields,
    dictionaries,
    more_users,
    entities,
    listed,
    staged
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

struct Inventory<'a> {
    funnels: &'a [Funnel],
    users: &'a [User],
    currencies: &'a [Currency],
    fields: &'a [PortalField],
}

writes!(Inventory<'_> { funnels, users, currencies, fields });

/// Asks for the fields of deals.
pub(super) fn start() -> Step {
    ask(Snapshot::default())
}

fn users(start: &str) -> Call {
    rest(
        "users",
        "user.get",
        &params(&[("SORT", "ID"), ("ORDER", "asc"), ("start", start)]),
    )
}

/// The stages of a funnel.
pub(super) fn stages_call(key: &str, funnel: &str) -> Call {
    let name = if funnel == "0" {
        "DEAL_STAGE".to_owned()
    } else {
        ["DEAL_STAGE_", funnel].concat()
    };
    dictionary_call(key, &name)
}

/// The rows of a dictionary. Bitrix24: REST documentation, "CRM dictionaries", `ENTITY_ID`.
fn dictionary_call(key: &str, name: &str) -> Call {
    rest(
        key,
        "crm.status.list",
        &params(&[("order[SORT]", "ASC"), ("filter[ENTITY_ID]", name)]),
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

/// The next thing that is not known yet; the end when everything is.
fn ask(mut snapshot: Snapshot) -> Step {
    let mut calls = Vec::new();
    if let Some((_, entity)) = ENTITIES.get(snapshot.entities as usize) {
        let query = params(&[("entityTypeId", entity)]);
        calls.push(rest("fields", "crm.item.fields", &query));
        snapshot.entities = snapshot.entities.saturating_add(1);
    } else if snapshot.listed {
        let funnels = snapshot.funnels.iter().enumerate();
        for (index, funnel) in funnels.skip(snapshot.staged as usize).take(FUNNELS_AT_ONCE) {
            calls.push(stages_call(&numbered("stages", index, ""), &funnel.id));
            snapshot.staged = snapshot.staged.saturating_add(1);
        }
        if let Some(start) = snapshot.more_users.take() {
            calls.push(users(&start));
        }
    } else {
        snapshot.listed = true;
        let funnels = params(&[("entityTypeId", "2")]);
        calls.push(rest("funnels", "crm.category.list", &funnels));
        calls.push(rest("currencies", "crm.currency.list", &params(&[])));
        calls.push(users("0"));
        let mut asked: Vec<&str> = Vec::new();
        for (_, name) in snapshot.dictionaries.iter() {
            if !asked.contains(&name.as_str()) {
                asked.push(name);
                calls.push(dictionary_call(name, name));
            }
        }
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

/// Goes on until every list is read.
pub(super) fn resume(mut snapshot: Snapshot, reply: &Reply, context: &Context) -> Step {
    let tried = Try {
        attempt: 1,
        turn: 0,
    };
    if let Some(failure) = &reply.failure {
        // More fields than pass the border: the page does without them.
        if failure.kind == "too_large" && !snapshot.listed {
            return ask(snapshot);
        }
        return Step::of(failed(failure, tried, context));
    }
    for (key, method) in [
        ("funnels", "crm.category.list"),
        ("currencies", "crm.currency.list"),
        ("fields", "crm.item.fields"),
    ] {
        // A portal that hides contacts or companies still has deals.
        let needed = key != "fields" || snapshot.entities == 1;
        let error = answer(reply, key).and_then(|answer| answer.error.as_ref());
        if let Some(error) = error.filter(|_| needed) {
            return Step::of(refused(error, method, tried, context));
        }
    }
    snapshot.read_lists(reply);
    snapshot.read_fields(reply);
    // A webhook without the scope `user` still gives a snapshot, without people.
    snapshot.read_users(reply);
    for (index, funnel) in snapshot.funnels.iter_mut().enumerate() {
        let key = numbered("stages", index, "");
        if answer(reply, &key).is_some() {
            funnel.stages = stages(reply, &key);
        }
    }
    ask(snapshot)
}

fn item(row: &Json, id: &str, value: &str) -> FieldItem {
    FieldItem {
        id: field(row, id),
        value: field(row, value),
    }
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
    }

    fn read_fields(&mut self, reply: &Reply) {
        let entity = (self.entities as usize).saturating_sub(1);
        if let (Some(Json::Map(fields)), Some((of, _))) =
            (result(reply, "fields", &["fields"]), ENTITIES.get(entity))
        {
            for (name, about) in fields.iter() {
                self.read_field(*of, name, about);
            }
        }
        for (index, field) in self.fields.iter_mut().enumerate() {
            if let Some(name) = self.dictionaries.get(&index.digits()) {
                let rows = list(result(reply, name, &[])).into_iter();
                let items = rows.map(|row| item(row, "STATUS_ID", "NAME"));
                field.items.extend(items);
            }
        }
    }

    /// Bitrix24: REST documentation, `crm.item.fields`; a dictionary is named beside the type, that of
    /// a user field in its settings.
    fn read_field(&mut self, of: Of, name: &str, about: &Json) {
        let settings = about.get("settings").and_then(|of| of.get("ENTITY_TYPE"));
        let dictionary = text(about.get("statusType").or(settings));
        if !dictionary.is_empty() && !dictionary.starts_with("DEAL_STAGE") {
            let place = self.fields.len().digits();
            self.dictionaries.push(place, dictionary);
        }
        let items = list(about.get("items")).into_iter();
        self.fields.push(PortalField {
            of,
            name: name.to_owned(),
            upper_name: field(about, "upperName"),
            title: field(about, "title"),
            kind: field(about, "type"),
            multiple: about.get("isMultiple").is_some_and(Json::is_true),
            read_only: about.get("isReadOnly").is_some_and(Json::is_true),
            items: items.map(|row| item(row, "ID", "VALUE")).collect(),
        });
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
