//! Order → deal: one deal for one order, whatever happens between the steps.
//!
//! New: search the deal by our mark, the contact by phone and e-mail; none: create contact, deal
//! and rows in one batch; one: adopt it; several: stop. After a lost answer the next attempt starts
//! at the search again, so a create is never repeated blind.
//! Known: send the parts whose fingerprint is not the one last sent; none: send nothing.

mod find;
mod gone;
mod life;
mod people;
mod rows;
mod write;

pub(in crate::sync) use self::gone::{detached, look_again, searching};
use self::rows::packed;
use super::portal::{failed, Try};
use super::step::{call, done, entry, unexpected};
use super::{Context, State};
use crate::contract::pairs::Pairs;
use crate::contract::task::{Call, Entry, Learn, Memo, Reply, Step, Task};
use crate::contract::write::{wire, wire_words, writes};
use crate::error::{Code, Problem};
use crate::mapping::contact::{Contact, Owner};
use crate::mapping::deal::{plan, Field, CONTACT, ROWS};

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
    /// The rows still to be sent, see [`packed`].
    rows: String,
    currency: String,
    /// Fingerprints of what the order asks for now.
    wanted: Pairs<String>,
    /// What is remembered of the order.
    memo: Memo,
    attempt: u32,
    turn: u32,
    adopted: bool,
    created: bool,
    /// How many rows have been put into calls.
    placed: u32,
    /// The deal that the portal has no more, while another one with our mark is looked for.
    gone: Option<String>,
    /// What the deal's timeline has to hear.
    news: Option<String>,
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
    created,
    placed,
    gone,
    news
});

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    /// The searches are out.
    #[default]
    Find,
    /// Contact, deal and rows are out.
    Write,
    /// The portal did not take the contact; a barer one is out.
    Mend,
    /// More rows are out.
    Rows,
    /// The deal and the newest comment of its timeline are asked for.
    Read,
    /// The last words are out.
    Tell,
}

wire_words!(Phase {
    "find" => Find, "write" => Write, "mend" => Mend, "rows" => Rows, "read" => Read, "tell" => Tell
});

/// What a finished push says.
struct Pushed<'a> {
    outcome: &'static str,
    deal_id: &'a str,
}

writes!(Pushed<'_> { outcome, deal_id });

/// Plans the deal and asks the first question, if there is one.
pub(super) fn start(task: Task, context: &Context) -> Result<Step, Problem> {
    let link = task.link.unwrap_or_default();
    let mut push = Push {
        order: link.order_id,
        deal: link.deal_id,
        memo: link.memo.unwrap_or_default(),
        attempt: task.attempt.max(1),
        turn: task.turn,
        ..Push::default()
    };
    let mut notes = Vec::new();
    if let Some(order) = task.order {
        if context.settings.funnel.id.is_empty() {
            return Err(Problem::new(Code::FunnelMissing).at("/settings/funnel/id"));
        }
        let plan = plan(&order, &context.settings, task.turn, "/data/task/order")?;
        push.wanted = plan.fingerprints();
        if push.differs(ROWS) {
            push.rows = packed(&plan.rows.rows);
        }
        let currency = plan.rows.currency;
        if let Some(sum) = currency.amount(&order.refunded).filter(|sum| *sum != 0) {
            let sum = [&currency.text(sum), " ", &currency.code].concat();
            push.wanted.put(life::REFUNDED, sum);
        }
        if push.memo.user.is_none() && !plan.responsible.user.is_empty() {
            push.memo.user = Some(plan.responsible.user);
        }
        push.order = order.id;
        push.contact = plan.contact;
        push.follows = plan.follows;
        push.once = plan.once;
        push.currency = currency.code;
        notes = plan.notes;
    } else if push.order.is_empty() {
        return Err(Problem::new(Code::OrderMissing).at("/data/task/order"));
    }
    if let Some(step) = push.diverted(link.stage.as_deref(), context) {
        return Ok(step);
    }
    let mut journal: Vec<Entry> = Vec::new();
    if push.deal.is_none() {
        let note = |note| entry("warning", note, &push.order, None, context);
        journal.extend(notes.iter().map(note));
    }
    let mut step = match &push.deal {
        Some(_) if push.changed().next().is_none() => push.ended("unchanged"),
        _ => push.go(context),
    };
    step.journal = journal;
    Ok(step)
}

/// Goes on with what the portal said.
pub(super) fn resume(
    mut push: Box<Push>,
    reply: &Reply,
    context: &Context,
) -> Result<Step, Problem> {
    if let Some(failure) = &reply.failure {
        return Ok(Step::of(failed(failure, push.tried(), context)));
    }
    if reply.answers.is_empty() {
        return Err(unexpected("answers"));
    }
    Ok(match push.phase {
        Phase::Find => push.found(reply, context),
        Phase::Write => push.wrote(reply, context),
        Phase::Mend => push.mended(reply, context),
        phase => match push.hindered(reply, context) {
            Some(step) => step,
            None if phase == Phase::Rows => push.added(context),
            None if phase == Phase::Read => push.deal_read(reply, context),
            None => push.told(context),
        },
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

    /// Looks for what has to be known first, or writes at once.
    fn go(&mut self, context: &Context) -> Step {
        if self.deal.is_none() || self.differs(CONTACT) {
            self.find(context)
        } else {
            self.write(&Owner::Known(String::new()), &[])
        }
    }

    /// Asks, and carries everything over to the answer.
    fn ask(&mut self, phase: Phase, calls: Vec<Call>) -> Step {
        self.phase = phase;
        call(&State::PushOrder(Box::new(core::mem::take(self))), calls)
    }

    fn ended(&self, outcome: &'static str) -> Step {
        done(&Pushed {
            outcome,
            deal_id: self.deal.as_deref().unwrap_or(""),
        })
    }

    fn learn(&self) -> Learn {
        Learn {
            order_id: self.order.clone(),
            deal_id: self.deal.clone(),
            memo: Some(self.memo.clone()),
            ..Learn::default()
        }
    }

    fn finish(&mut self, created: bool, said: Option<Entry>) -> Step {
        let outcome = match (created, self.adopted) {
            (true, _) => "created",
            (false, true) => "adopted",
            (false, false) => "updated",
        };
        self.memo.sent = core::mem::take(&mut self.wanted);
        self.ended(outcome).learning(self.learn()).noting(said)
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
        "news" => "crm.timeline.comment.add",
        "update" | "bind" => "crm.item.update",
        "contact" => "crm.item.add",
        "now" => "crm.item.get",
        _ if key.starts_with("row") => "crm.item.productrow.add",
        _ => "crm.item.list",
    }
}
