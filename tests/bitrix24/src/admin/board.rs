//! The board: the page, its data, and the news that something changed.

use std::sync::Arc;
use std::time::Duration;

use crate::http::shared::Shared;
use crate::methods::productrow;
use crate::model::clock;
use crate::model::data::User;
use crate::model::fields::{Entity, F};
use crate::model::portal::Portal;
use crate::model::record::Record;
use crate::php::{encode, list, obj, Arr, Php};

use super::{hooks, state, Answer};

/// Longest wait for news.
const PATIENCE: Duration = Duration::from_secs(25);
/// Cards shown in a column; the sums count all.
const CARDS: usize = 100;
/// Deliveries shown.
const DELIVERIES: usize = 30;

/// A file of the page.
pub fn asset(path: &str) -> Option<(&'static str, &'static str)> {
    match path {
        "/" | "/index.html" => Some(("text/html; charset=utf-8", include_str!("../board/index.html"))),
        "/board.css" => Some(("text/css; charset=utf-8", include_str!("../board/board.css"))),
        "/board.js" => Some(("text/javascript; charset=utf-8", include_str!("../board/board.js"))),
        _ => None,
    }
}

/// `GET /_/wait?version=N`: answers as soon as the portal's version is another one.
pub async fn wait(shared: &Arc<Shared>, query: &Arr) -> String {
    let known = super::number(query, "version", 0);
    let mut changed = shared.changed.subscribe();
    let news = changed.wait_for(|version| *version != known);
    let version = match tokio::time::timeout(PATIENCE, news).await {
        Ok(Ok(version)) => *version,
        _ => known,
    };
    encode(&obj([("version", (version as i64).into())]))
}

fn person(portal: &Portal, id: i64) -> String {
    let name = |u: &User| format!("{} {}", u.name, u.last_name);
    portal.users.get(id).map_or_else(|| format!("#{id}"), name)
}

fn buyer(portal: &Portal, deal: &Record) -> String {
    let contact = deal.contacts.first().and_then(|id| portal.shelf(Entity::Contact).get(*id));
    contact.map_or(String::new(), |c| {
        let parts = [c.text(F::LastName), c.text(F::Name), c.text(F::SecondName)];
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
    })
}

fn card(portal: &Portal, deal: &Record) -> Arr {
    let mut out = Arr::new();
    out.put("id", deal.id());
    out.put("title", deal.text(F::Title));
    out.put("order", deal.text(F::OriginId));
    out.put("buyer", buyer(portal, deal));
    out.put("responsible", person(portal, deal.int(F::AssignedById)));
    out.put("amount", format!("{:.2}", deal.money(F::Opportunity)));
    out.put("currency", deal.text(F::CurrencyId));
    out.put("at", clock::iso(deal.int(F::DateModify)));
    out
}

/// `GET /_/board`.
pub fn data(shared: &Shared) -> Php {
    shared.with(|portal| {
        let mut categories: Vec<_> = portal.categories.iter().collect();
        categories.sort_by_key(|(id, c)| (c.sort, *id));
        let funnels = categories.into_iter().map(|(id, category)| {
            let deals: Vec<&Record> = portal
                .shelf(Entity::Deal)
                .table()
                .iter()
                .rev()
                .map(|(_, d)| d)
                .filter(|d| d.int(F::CategoryId) == id)
                .collect();
            let stages = portal.stages(id).into_iter().map(|(_, stage)| {
                let here: Vec<&&Record> =
                    deals.iter().filter(|d| d.text(F::StageId) == stage.status_id).collect();
                let sum = here.iter().map(|d| d.money(F::Opportunity)).sum::<rust_decimal::Decimal>();
                let mut out = Arr::new();
                out.put("id", stage.status_id.as_str());
                out.put("name", stage.name.as_str());
                out.put("color", stage.color.as_str());
                out.put("semantics", stage.semantics.as_str());
                out.put("count", here.len());
                out.put("sum", format!("{sum:.2}"));
                out.put("cards", list(here.iter().take(CARDS).map(|d| card(portal, d))));
                out
            });
            obj([
                ("id", id.into()),
                ("name", category.name.as_str().into()),
                ("count", deals.len().into()),
                ("stages", list(stages)),
            ])
        });
        let funnels = list(funnels);
        let deliveries = list(portal.post.log.iter().rev().take(DELIVERIES).map(hooks::print));
        obj([
            ("version", (portal.version as i64).into()),
            ("webhook", format!("/rest/{}/{}/", shared.user, shared.token).into()),
            ("funnels", funnels),
            ("deliveries", deliveries),
            ("webhooks", portal.post.webhooks.len().into()),
        ])
    })
}

/// `GET /_/deal?id=5`: everything about a deal.
pub fn details(shared: &Shared, query: &Arr) -> Answer {
    let id = query.get("id").map_or(0, Php::int);
    shared.with(|portal| {
        let deal = portal.deal(id).ok_or((404, format!("no deal {id}")))?;
        let timeline = state::timeline(portal);
        let mut out = card(portal, deal);
        out.put("stage", deal.text(F::StageId));
        out.put("comments", deal.text(F::Comments));
        out.put("rows", productrow::printed(portal, Entity::Deal, id));
        let contacts = deal.contacts.iter().filter_map(|c| portal.shelf(Entity::Contact).get(*c));
        out.put("contacts", list(contacts.map(|c| state::full(portal, Entity::Contact, c, &timeline))));
        let steps = portal.steps_of.get(&id).map_or(&[][..], Vec::as_slice);
        let steps = steps.iter().filter_map(|s| portal.steps.get(*s)).map(|step| {
            let known = portal.stage(step.category, &step.stage);
            obj([
                ("at", clock::iso(step.at).into()),
                ("kind", step.kind.into()),
                ("stage", known.map_or(step.stage.as_str(), |s| s.name.as_str()).into()),
                ("color", known.map_or("", |s| s.color.as_str()).into()),
            ])
        });
        out.put("history", list(steps));
        out.put("fields", state::full(portal, Entity::Deal, deal, &timeline));
        Ok(Php::Arr(out))
    })
}
