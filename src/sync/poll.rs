//! What has moved in the portal since the last poll: the base of the way back. Webhooks only make
//! it faster.
//!
//! Two nets, both with an overlap: the stage history by id (Bitrix24: REST documentation,
//! `crm.stagehistory.list`: ids only grow, but a row may be committed after one with a larger id),
//! and our deals by change time, in the portal's own clock.
//!
//! A box with our companion module has a third, see `changes`.

mod changes;

use self::changes::noted;
use super::portal::{failed, refused, unanswered, Try};
use super::pull_deal::{every_stage, hidden};
use super::step::{answer, call, done, field, id, list, look, params, rest, result, unexpected};
use super::{Context, State};
use crate::contract::json::Json;
use crate::contract::settings::Settings;
use crate::contract::task::{Act, Call, Cursor, Job, Link, Reply, Step, Task};
use crate::contract::write::{wire, writes};
use crate::domain::decimal::whole;
use crate::domain::text::Digits;
use crate::domain::time;
use crate::error::Problem;

/// Before any deal.
const EVER: &str = "1970-01-01T00:00:00+00:00";
/// Rows of a page. Bitrix24: REST documentation, "Lists".
const PAGE: usize = 50;
/// Rows of history that are read again.
const OVERLAP_ROWS: i64 = 50;
/// Seconds of changes that are read again.
const OVERLAP_SECONDS: i64 = 120;
/// Pages of one poll; the rest waits for the next, whose cursor stands where this one ended.
const MAX_PAGES: u32 = 10;

/// A poll between two steps.
#[derive(Default)]
pub struct Poll {
    /// Where the next poll begins.
    cursor: Cursor,
    /// There was no cursor: of the history only its end is asked.
    first: bool,
    /// Read history after this id; none when all is read.
    history: Option<String>,
    /// Read changed deals after this id; none when all are read.
    deals: Option<String>,
    /// The companion module is still to be asked.
    changes: bool,
    /// Changed since.
    since: String,
    pages: u32,
    /// What was seen: deal, its newest stage, its order when the deal itself was read.
    seen: Vec<Seen>,
    looking: bool,
    turn: u32,
}

wire!(Poll {
    cursor,
    first,
    history,
    deals,
    changes,
    since,
    pages,
    seen,
    looking,
    turn
});

#[derive(Default)]
struct Seen {
    deal: String,
    stage: String,
    order: Option<String>,
    /// The order in its hidden field, when that was read.
    hidden: Option<String>,
    /// Its newest row of the history.
    row: String,
}

wire!(Seen {
    deal,
    stage,
    order,
    hidden,
    row
});

impl Seen {
    /// Whether the deal names another order than the one it is linked to.
    fn other_than(&self, link: &Link) -> bool {
        let mut named = [&self.order, &self.hidden].into_iter().flatten();
        named.any(|order| *order != link.order_id)
    }
}

struct Polled {
    moved: usize,
    more: bool,
}

writes!(Polled { moved, more });

/// Asks what is new; the first time, of the history only where it ends.
pub(super) fn start(task: Task, context: &Context) -> Step {
    let mut cursor = task.cursor.unwrap_or_default();
    if time::parse(&cursor.updated).is_none() {
        // Only our own deals are asked for, so "since ever" is little in a new installation, and
        // in one that lost its cursor it is what has to be looked at.
        EVER.clone_into(&mut cursor.updated);
    }
    let after = whole(&cursor.history)
        .unwrap_or(0)
        .saturating_sub(OVERLAP_ROWS)
        .max(0);
    let since = time::parse(&cursor.updated)
        .map(|at| time::text(at.saturating_sub(OVERLAP_SECONDS).max(0)))
        .unwrap_or_default();
    let page = if cursor.page.is_empty() {
        "0".to_owned()
    } else {
        cursor.page.clone()
    };
    let poll = Poll {
        first: cursor.history.is_empty(),
        history: Some(after.digits()),
        deals: Some(page),
        changes: true,
        since,
        cursor,
        turn: task.turn,
        ..Poll::default()
    };
    let calls = poll.calls(context);
    call(&State::Poll(poll), calls)
}

/// Goes on with a page, or with the links of the deals that were seen.
pub(super) fn resume(poll: Poll, reply: Reply, context: &Context) -> Result<Step, Problem> {
    if let Some(failure) = &reply.failure {
        return Ok(Step::of(failed(failure, poll.tried(), context)));
    }
    if poll.looking {
        return poll.looked(reply, context);
    }
    for (key, method) in [
        ("history", "crm.stagehistory.list"),
        ("deals", "crm.item.list"),
    ] {
        if key == "history" && noted(&reply).is_some() {
            continue;
        }
        if let Some(error) = answer(&reply, key).and_then(|answer| answer.error.as_ref()) {
            return Ok(Step::of(refused(error, method, poll.tried(), context)));
        }
    }
    Ok(poll.page(&reply, context))
}

impl Poll {
    const fn tried(&self) -> Try {
        Try {
            attempt: 1,
            turn: self.turn,
        }
    }

    fn calls(&self, context: &Context) -> Vec<Call> {
        let mut calls = Vec::new();
        if let Some(after) = &self.history {
            let mut query = params(&[("entityTypeId", "2"), ("select[]", "*")]);
            if self.first {
                query.set("order[ID]", "DESC");
            } else {
                query
                    .set("order[ID]", "ASC")
                    .set("filter[>ID]", after)
                    .set("start", "-1");
            }
            calls.push(rest("history", "crm.stagehistory.list", &query));
        }
        if let Some(after) = &self.deals {
            let mut query = params(&[
                ("entityTypeId", "2"),
                ("order[id]", "ASC"),
                ("filter[>id]", after),
                ("filter[=originatorId]", &context.settings.shop.id),
                ("filter[>=updatedTime]", &self.since),
                ("start", "-1"),
            ]);
            for name in ["id", "stageId", "originatorId", "originId", "updatedTime"] {
                query.set("select[]", name);
            }
            let hidden = &context.settings.deal.order_field_item;
            if !hidden.is_empty() {
                query.set("select[]", hidden);
            }
            calls.push(rest("deals", "crm.item.list", &query));
        }
        if self.changes {
            calls.push(self.ask_changes());
        }
        calls
    }

    const fn more(&self) -> bool {
        self.history.is_some() || self.deals.is_some() || self.changes
    }

    fn page(mut self, reply: &Reply, context: &Context) -> Step {
        if self.history.is_some() {
            match result(reply, "history", &["items"]) {
                Some(rows) => self.read_history(&list(Some(rows))),
                None if noted(reply).is_some() => self.history = None,
                None => {
                    return Step::of(unanswered("crm.stagehistory.list", self.tried(), context));
                }
            }
        }
        if self.changes {
            self.read_changes(reply);
        }
        if self.deals.is_some() {
            let Some(rows) = result(reply, "deals", &["items"]) else {
                return Step::of(unanswered("crm.item.list", self.tried(), context));
            };
            self.read_deals(&list(Some(rows)), context.settings);
        }
        self.pages = self.pages.saturating_add(1);
        if self.more() && self.pages < MAX_PAGES {
            let calls = self.calls(context);
            return call(&State::Poll(self), calls);
        }
        if self.seen.is_empty() {
            return self.finished(Vec::new());
        }
        self.looking = true;
        let deals = self.seen.iter().map(|seen| seen.deal.clone()).collect();
        look(&State::Poll(self), deals)
    }

    fn read_history(&mut self, rows: &[&Json]) {
        if self.first {
            let newest = rows.first().map(|row| field(row, "ID"));
            self.cursor.history = newest.unwrap_or_else(|| "0".to_owned());
            self.history = None;
            return;
        }
        for row in rows {
            if let Some(deal) = id(row, "OWNER_ID") {
                self.see(Seen {
                    deal,
                    stage: field(row, "STAGE_ID"),
                    row: field(row, "ID"),
                    ..Seen::default()
                });
            }
        }
        let last = rows.last().map(|row| field(row, "ID"));
        if let Some(last) = &last {
            self.cursor.history = larger(&self.cursor.history, last);
        }
        self.history = last.filter(|_| rows.len() >= PAGE);
    }

    fn read_deals(&mut self, rows: &[&Json], settings: &Settings) {
        for row in rows {
            // A portal that does not know a filter answers with everything it has.
            if field(row, "originatorId") == settings.shop.id {
                if let Some(deal) = id(row, "id") {
                    self.see(Seen {
                        deal,
                        stage: field(row, "stageId"),
                        order: id(row, "originId"),
                        hidden: hidden(row, settings),
                        row: String::new(),
                    });
                }
            }
            self.cursor.newest = later(&self.cursor.newest, &field(row, "updatedTime"));
        }
        self.deals = rows
            .last()
            .and_then(|row| id(row, "id"))
            .filter(|_| rows.len() >= PAGE);
    }

    /// The newest word about a deal wins: history comes in order, and the deal itself last.
    fn see(&mut self, new: Seen) {
        match self.seen.iter_mut().find(|seen| seen.deal == new.deal) {
            Some(seen) => {
                seen.stage = new.stage;
                seen.order = new.order.or_else(|| seen.order.take());
                seen.hidden = new.hidden.or_else(|| seen.hidden.take());
                seen.row = larger(&seen.row, &new.row);
            }
            None => self.seen.push(new),
        }
    }

    fn looked(self, reply: Reply, context: &Context) -> Result<Step, Problem> {
        let every = every_stage(context.settings);
        let links = reply.links.ok_or_else(|| unexpected("links"))?;
        let mut jobs = Vec::new();
        for seen in &self.seen {
            let link = links
                .iter()
                .find(|link| link.deal_id.as_deref() == Some(&seen.deal));
            match (link, &seen.order) {
                // There and back again shows in the history alone.
                (Some(link), _)
                    if link.stage.as_deref() != Some(&seen.stage)
                        || seen.other_than(link)
                        || every && is_new(&seen.row, link) =>
                {
                    jobs.push(Job {
                        order_id: link.order_id.clone(),
                        wants: "pull",
                    });
                }
                // Our mark, but no link: the answer to its creation was lost. The push adopts it.
                (None, Some(order)) => jobs.push(Job {
                    order_id: order.clone(),
                    wants: "push",
                }),
                _ => {}
            }
        }
        Ok(self.finished(jobs))
    }

    fn finished(mut self, jobs: Vec<Job>) -> Step {
        let more = self.more();
        if let Some(page) = self.deals.take() {
            self.cursor.page = page;
        } else {
            self.cursor.page = String::new();
            let newest = core::mem::take(&mut self.cursor.newest);
            self.cursor.updated = later(&self.cursor.updated, &newest);
        }
        let mut step = done(&Polled {
            moved: jobs.len(),
            more,
        });
        if let Act::Done {
            jobs: out, cursor, ..
        } = &mut step.act
        {
            *out = jobs;
            *cursor = Some(self.cursor);
        }
        step
    }
}

/// Whether a row of the history came after those that the order's pull has gone through.
fn is_new(row: &str, link: &Link) -> bool {
    let memo = link.memo.as_ref();
    let through = memo.and_then(|memo| memo.history.as_deref()).unwrap_or("");
    larger(row, through) != larger("", through)
}

fn larger(a: &str, b: &str) -> String {
    let number = |text: &str| whole(text).unwrap_or(0).max(0);
    number(a).max(number(b)).digits()
}

fn later(a: &str, b: &str) -> String {
    // No time at all is earlier than any.
    if time::parse(b) > time::parse(a) {
        b.to_owned()
    } else {
        a.to_owned()
    }
}
