//! What has moved in the portal since the last poll: the base of the way back. Webhooks only make
//! it faster.
//!
//! Two nets, both with an overlap: the stage history by id (Bitrix24: REST documentation,
//! `crm.stagehistory.list`: ids only grow, but a row may be committed after one with a larger id),
//! and our deals by change time, in the portal's own clock.

use super::portal::{failed, refused, unanswered, Try};
use super::step::{
    answer, call, done, field, id, list, look, params, rest, result, text, unexpected,
};
use super::{Context, State};
use crate::contract::task::{Act, Call, Cursor, Job, Reply, Step, Task};
use crate::contract::write::{wire, writes};
use crate::domain::time;
use crate::error::Problem;

const PAGE: usize = 50;
/// Rows of history that are read again.
const OVERLAP_ROWS: u64 = 50;
/// Seconds of changes that are read again.
const OVERLAP_SECONDS: i64 = 120;
/// Pages of one poll; the rest waits for the next, whose cursor stands where this one ended.
const MAX_PAGES: u32 = 10;

/// A poll between two steps.
#[derive(Default)]
pub struct Poll {
    /// Where the next poll begins.
    cursor: Cursor,
    /// Read history after this id; none when all is read.
    history: Option<String>,
    /// Read changed deals after this id; none when all are read.
    deals: Option<String>,
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
    history,
    deals,
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
}

wire!(Seen { deal, stage, order });

struct Polled {
    moved: usize,
    more: bool,
}

writes!(Polled { moved, more });

/// Asks what is new; the first time, only where to begin.
pub(super) fn start(task: Task, context: &Context) -> Result<Step, Problem> {
    let cursor = task.cursor.unwrap_or_default();
    let first = cursor.history.is_empty() || cursor.updated.is_empty();
    let overlap = cursor
        .history
        .parse::<u64>()
        .unwrap_or(0)
        .saturating_sub(OVERLAP_ROWS);
    let since = time::parse(&cursor.updated)
        .map(|at| time::text(at.saturating_sub(OVERLAP_SECONDS)))
        .unwrap_or_default();
    let poll = Poll {
        history: (!first).then(|| overlap.to_string()),
        deals: (!first).then(|| "0".to_owned()),
        since,
        cursor,
        pages: 0,
        seen: Vec::new(),
        looking: false,
        turn: task.turn,
    };
    let calls = if first {
        first_calls()
    } else {
        poll.calls(context)
    };
    Ok(call(&State::Poll(poll), calls))
}

fn first_calls() -> Vec<Call> {
    vec![
        rest(
            "newest",
            "crm.stagehistory.list",
            &params(&[
                ("entityTypeId", "2"),
                ("order[ID]", "DESC"),
                ("select[]", "ID"),
            ]),
        ),
        rest("time", "server.time", &params(&[])),
    ]
}

/// Goes on with a page, or with the links of the deals that were seen.
pub(super) fn resume(poll: Poll, reply: Reply, context: &Context) -> Result<Step, Problem> {
    if let Some(failure) = &reply.failure {
        return Ok(Step::of(failed(failure, poll.tried(), context)));
    }
    if poll.looking {
        return poll.looked(reply);
    }
    for (key, method) in [
        ("newest", "crm.stagehistory.list"),
        ("time", "server.time"),
        ("history", "crm.stagehistory.list"),
        ("deals", "crm.item.list"),
    ] {
        if let Some(error) = answer(&reply, key).and_then(|answer| answer.error.as_ref()) {
            return Ok(Step::of(refused(error, method, poll.tried(), context)));
        }
    }
    Ok(
        if poll.cursor.history.is_empty() || poll.cursor.updated.is_empty() {
            poll.begun(&reply, context)
        } else {
            poll.page(&reply, context)
        },
    )
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
            calls.push(rest(
                "history",
                "crm.stagehistory.list",
                &params(&[
                    ("entityTypeId", "2"),
                    ("order[ID]", "ASC"),
                    ("filter[>ID]", after),
                    ("select[]", "*"),
                    ("start", "-1"),
                ]),
            ));
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
            calls.push(rest("deals", "crm.item.list", &query));
        }
        calls
    }

    /// The first poll looks at nothing: there is no deal of ours from before it.
    fn begun(mut self, reply: &Reply, context: &Context) -> Step {
        let Some(now) = result(reply, "time", &[]) else {
            return Step::of(unanswered("server.time", self.tried(), context));
        };
        let rows = list(result(reply, "newest", &["items"]));
        self.cursor = Cursor {
            history: rows
                .first()
                .map_or_else(|| "0".to_owned(), |row| field(row, "ID")),
            updated: text(Some(now)),
        };
        self.finished(Vec::new(), false)
    }

    fn page(mut self, reply: &Reply, context: &Context) -> Step {
        if self.history.is_some() {
            let Some(rows) = result(reply, "history", &["items"]) else {
                return Step::of(unanswered("crm.stagehistory.list", self.tried(), context));
            };
            let rows = list(Some(rows));
            for row in &rows {
                if let Some(deal) = id(row, "OWNER_ID") {
                    self.see(deal, field(row, "STAGE_ID"), None);
                }
            }
            let last = rows.last().map(|row| field(row, "ID"));
            if let Some(last) = &last {
                self.cursor.history = larger(&self.cursor.history, last);
            }
            self.history = last.filter(|_| rows.len() >= PAGE);
        }
        if self.deals.is_some() {
            let Some(rows) = result(reply, "deals", &["items"]) else {
                return Step::of(unanswered("crm.item.list", self.tried(), context));
            };
            let rows = list(Some(rows));
            for row in &rows {
                let ours = field(row, "originatorId") == context.settings.shop.id;
                if let Some(deal) = id(row, "id").filter(|_| ours) {
                    self.see(deal, field(row, "stageId"), id(row, "originId"));
                }
                self.cursor.updated = later(&self.cursor.updated, &field(row, "updatedTime"));
            }
            self.deals = rows
                .last()
                .and_then(|row| id(row, "id"))
                .filter(|_| rows.len() >= PAGE);
        }
        self.pages = self.pages.saturating_add(1);
        if (self.history.is_some() || self.deals.is_some()) && self.pages < MAX_PAGES {
            let calls = self.calls(context);
            return call(&State::Poll(self), calls);
        }
        if self.seen.is_empty() {
            let more = self.history.is_some();
            return self.finished(Vec::new(), more);
        }
        self.looking = true;
        let deals = self.seen.iter().map(|seen| seen.deal.clone()).collect();
        look(&State::Poll(self), deals)
    }

    /// The newest word about a deal wins: history comes in order, and the deal itself last.
    fn see(&mut self, deal: String, stage: String, order: Option<String>) {
        match self.seen.iter_mut().find(|seen| seen.deal == deal) {
            Some(seen) => {
                seen.stage = stage;
                seen.order = order.or_else(|| seen.order.take());
            }
            None => self.seen.push(Seen { deal, stage, order }),
        }
    }

    fn looked(self, reply: Reply) -> Result<Step, Problem> {
        let links = reply.links.ok_or_else(|| unexpected("links"))?;
        let mut jobs = Vec::new();
        for seen in &self.seen {
            let link = links
                .iter()
                .find(|link| link.deal_id.as_deref() == Some(&seen.deal));
            match (link, &seen.order) {
                (Some(link), _) if link.stage.as_deref() != Some(&seen.stage) => jobs.push(Job {
                    order_id: link.order_id.clone(),
                    wants: "pull",
                }),
                // Our mark, but no link: the answer to its creation was lost. The push adopts it.
                (None, Some(order)) => jobs.push(Job {
                    order_id: order.clone(),
                    wants: "push",
                }),
                _ => {}
            }
        }
        let more = self.history.is_some();
        Ok(self.finished(jobs, more))
    }

    fn finished(self, jobs: Vec<Job>, more: bool) -> Step {
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

fn larger(a: &str, b: &str) -> String {
    let number = |text: &str| text.parse::<u64>().unwrap_or(0);
    number(a).max(number(b)).to_string()
}

fn later(a: &str, b: &str) -> String {
    match (time::parse(a), time::parse(b)) {
        (Some(first), Some(second)) if second > first => b.to_owned(),
        _ => a.to_owned(),
    }
}
