//! Order → deal: one deal for one order, whatever happens between the steps.
//!
//! New: search the deal by our mark, the contact by phone and e-mail; none: create contact, deal
//! and rows in one batch; one: adopt it; several: stop. After a lost answer the next attempt starts
//! at the search again, so a create is never repeated blind.
//! Known: send the parts whose fingerprint is not the one last sent; none: send nothing.

mod draw;
mod find;
mod people;
mod rows;
mod stage;
mod write;

use self::rows::slim;
use super::moves::lift;
use super::portal::{failed, Try};
use super::step::{call, done, entry, unexpected};
use super::{Context, State};
use crate::contract::pairs::Pairs;
use crate::contract::task::{Act, Entry, Learn, Memo, Reply, Step, Task};
use crate::contract::write::{wire, wire_words, writes};
use crate::error::{Code, Problem};
use crate::mapping::contact::{Contact, Owner};
use crate::mapping::deal::{plan, Field, CONTACT};
use crate::mapping::funnel::funnel;

/// `entityTypeId` of deals and contacts. Bitrix24: REST documentation, "CRM object types".
const DEAL: &str = "2";
const CONTACT_TYPE: &str = "3";

/// A push between two steps.
#[derive(Default)]
pub struct Push {
    phase: Phase,
    order: String,
    deal: Option<String>,
    contact: Contact,
    follows: Vec<Field>,
    once: Vec<Field>,
    /// The rows still to be sent, see [`slim`].
    rows: Vec<Vec<String>>,
    currency: String,
    /// Fingerprints of what the order asks for now.
    wanted: Pairs<String>,
    /// What is remembered of the order.
    memo: Memo,
    attempt: u32,
    turn: u32,
    adopted: bool,
    /// Users who take turns, while it is not known whose it is.
    one_of: Vec<String>,
    /// The round of theirs.
    round: String,
    /// Why the responsible is who he is, for the journal of a new deal.
    why: String,
    /// The order's status now.
    status: String,
    /// The stage last seen.
    seen: Option<String>,
    /// The stage that the deal is sent to, or made in; empty when that is left to the portal.
    stage: String,
    /// The deal has to be looked at once more.
    pull: bool,
}

wire!(Push {
    phase,
    order,
    deal,
    contact,
    follows,
    once,
    rows,
    currency,
    wanted,
    memo,
    attempt,
    turn,
    adopted,
    one_of,
    round,
    why,
    status,
    seen,
    stage,
    pull
});

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    /// A turn is being drawn.
    Draw,
    /// The searches are out.
    #[default]
    Find,
    /// A known deal is being read, and nothing searched for.
    Look,
    /// Contact, deal and rows are out.
    Write,
    /// The portal did not take the contact; a barer one is out.
    Mend,
}

wire_words!(Phase {
    "draw" => Draw, "find" => Find, "look" => Look, "write" => Write, "mend" => Mend
});

/// What a finished push says.
struct Pushed<'a> {
    outcome: &'static str,
    deal_id: &'a str,
}

writes!(Pushed<'_> { outcome, deal_id });

/// Plans the deal and asks the first question, if there is one.
pub(super) fn start(task: Task, context: &Context) -> Result<Step, Problem> {
    let order = task
        .order
        .ok_or_else(|| Problem::new(Code::OrderMissing).at("/data/task/order"))?;
    if !context.settings.directions.orders {
        return Ok(done(&Pushed {
            outcome: "off",
            deal_id: "",
        }));
    }
    if funnel(&order, context.settings).is_empty() {
        return Err(Problem::new(Code::FunnelMissing).at("/settings/funnel/id"));
    }
    let link = task.link.unwrap_or_default();
    let mut memo = link.memo.unwrap_or_default();
    let plan = plan(&order, context, memo.user.as_deref(), "/data/task/order")?;
    let chosen = &plan.responsible;
    if !chosen.user.is_empty() {
        memo.user = Some(chosen.user.clone());
    }
    lift(&mut memo, &task.code);
    let stage = match link.deal_id {
        None => stage::start(&order, context.settings),
        Some(_) => String::new(),
    };
    let mut push = Push {
        phase: Phase::Find,
        order: order.id.clone(),
        deal: link.deal_id,
        wanted: plan.fingerprints(),
        contact: plan.contact,
        follows: plan.follows,
        once: plan.once,
        currency: plan.rows.currency.code,
        rows: slim(plan.rows.rows),
        memo,
        attempt: task.attempt.max(1),
        turn: task.turn,
        adopted: false,
        status: order.status.clone(),
        seen: link.stage,
        stage,
        ..Push::default()
    };
    let looks = push.looks(context.settings);
    let journal: Vec<Entry> = if push.deal.is_none() {
        push.decide(&plan.responsible, &order, context);
        plan.notes
            .iter()
            .map(|note| entry("warning", note, &push.order, None, context))
            .collect()
    } else {
        Vec::new()
    };
    let mut step = match &push.deal {
        Some(deal) if !looks && push.changed().next().is_none() => done(&Pushed {
            outcome: "unchanged",
            deal_id: deal,
        }),
        Some(_) if looks && !push.differs(CONTACT) => {
            let calls = push.look(context.settings).into_iter().collect();
            let phase = Phase::Look;
            call(&State::PushOrder(Box::new(Push { phase, ..push })), calls)
        }
        Some(_) if !push.differs(CONTACT) => push.write(&Owner::Known(String::new()), &[]),
        None if !push.one_of.is_empty() => push.draw(),
        _ => push.find(context),
    };
    step.journal = journal;
    Ok(step)
}

/// Goes on with what the portal said.
pub(super) fn resume(mut push: Push, reply: &Reply, context: &Context) -> Result<Step, Problem> {
    if let Some(failure) = &reply.failure {
        return Ok(Step::of(failed(failure, push.tried(), context)));
    }
    if push.phase == Phase::Draw {
        return push.drawn(reply, context);
    }
    if reply.answers.is_empty() {
        return Err(unexpected("answers"));
    }
    Ok(match push.phase {
        Phase::Draw | Phase::Find => push.found(reply, context),
        Phase::Look => {
            let mut said = Vec::new();
            let end = push.looked(reply, &mut said, context);
            let mut step = end.unwrap_or_else(|| push.write(&Owner::Known(String::new()), &[]));
            step.journal.append(&mut said);
            step
        }
        Phase::Write => push.made(reply, context),
        Phase::Mend => push.mended(reply, context),
    })
}

impl Push {
    const fn tried(&self) -> Try {
        Try {
            attempt: self.attempt,
            turn: self.turn,
        }
    }

    fn differs(&self, part: &str) -> bool {
        self.memo.sent.get(part) != self.wanted.get(part)
    }

    /// The parts that are not what was last sent.
    fn changed(&self) -> impl Iterator<Item = &str> {
        self.wanted
            .iter()
            .map(|(part, _)| part)
            .filter(|part| self.differs(part))
    }

    fn finish(self, created: bool, said: Option<Entry>) -> Step {
        let outcome = match (created, self.adopted) {
            (true, _) => "created",
            (false, true) => "adopted",
            (false, false) => "updated",
        };
        let deal = self.deal.clone().unwrap_or_default();
        let mut memo = self.memo.clone();
        memo.sent.clone_from(&self.wanted);
        let mut step = done(&Pushed {
            outcome,
            deal_id: &deal,
        });
        if let Act::Done { jobs, .. } = &mut step.act {
            jobs.extend(self.job());
        }
        step.learning(Learn {
            order_id: self.order,
            deal_id: self.deal,
            stage: self.seen,
            memo: Some(memo),
            ..Learn::default()
        })
        .noting(said)
    }

    fn remember(&mut self, part: &str) {
        if let Some(print) = self.wanted.get(part) {
            self.memo.sent.put(part, print.clone());
        }
    }

    fn remember_follows(&mut self) {
        for index in 0..self.follows.len() {
            if let Some(name) = self.follows.get(index).map(|field| field.name.clone()) {
                self.remember(&name);
            }
        }
    }

    fn journal(&self, level: &'static str, code: Code, context: &Context) -> Entry {
        let deal = self.deal.clone().unwrap_or_default();
        let problem = Problem::new(code).with("deal", deal.clone());
        entry(level, &problem, &self.order, Some(&deal), context)
    }
}

fn key_method(key: &str) -> &'static str {
    match key {
        "phone" | "email" => "crm.duplicate.findbycomm",
        "rows" => "crm.item.productrow.set",
        "update" | "bind" => "crm.item.update",
        "contact" => "crm.item.add",
        _ => "crm.item.list",
    }
}
