//! Order → deal: one deal for one order, whatever happens between the steps.
//!
//! New: search the deal by our mark, the contact by phone and e-mail, the company by its ИНН; none:
//! create them, deal and rows in one batch; one: adopt it; several: stop. After a lost answer the next
//! attempt starts at the search again, so a create is never repeated blind. For a buyer whom the link
//! table knows, search and creation share one batch.
//! Known: send the parts whose fingerprint is not the one last sent; none: send nothing.

mod company;
mod draw;
mod find;
mod known;
mod people;
mod rows;
mod stage;
mod write;

use self::people::People;
use self::rows::slim;
use super::moves::lift;
use super::portal::{failed, Try};
use super::step::{call, done, entry, unexpected};
use super::{Context, State};
use crate::contract::pairs::Pairs;
use crate::contract::task::{Act, Call, Entry, Learn, Memo, Reply, Step, Task};
use crate::contract::write::{wire, wire_words, writes};
use crate::error::{Code, Problem};
use crate::mapping::company::Company;
use crate::mapping::contact::Contact;
use crate::mapping::deal::{plan, Field, CONTACT};
use crate::mapping::funnel::funnel;

/// `entityTypeId` of deals, contacts and companies. Bitrix24: REST documentation, "CRM object types".
const DEAL: &str = "2";
const CONTACT_TYPE: &str = "3";
const COMPANY_TYPE: &str = "4";

/// A push between two steps.
#[derive(Default)]
pub struct Push {
    phase: Phase,
    order: String,
    deal: Option<String>,
    contact: Contact,
    company: Option<Company>,
    /// The contact and the company that the calls which are out bind to the deal.
    contact_id: Option<String>,
    company_id: Option<String>,
    /// Searches that have to be answered.
    asked: Vec<String>,
    /// What the deal's comment tells besides.
    remarks: String,
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
    company,
    contact_id,
    company_id,
    asked,
    remarks,
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
    /// The link table is asked for the buyer.
    Buyer,
    /// The deal of a known buyer is out, the search for one before it.
    AtOnce,
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
    "draw" => Draw, "buyer" => Buyer, "at_once" => AtOnce, "find" => Find, "look" => Look,
    "write" => Write, "mend" => Mend
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
        company: plan.company,
        contact_id: None,
        company_id: None,
        asked: Vec::new(),
        remarks: String::new(),
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
    let journal: Vec<Entry> = if push.deal.is_none() {
        push.decide(&plan.responsible, &order, context);
        plan.notes
            .iter()
            .map(|note| entry("warning", note, &push.order, None, context))
            .collect()
    } else {
        Vec::new()
    };
    let mut step = push.begin(context);
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
    if push.phase == Phase::Draw {
        return push.drawn(reply, context);
    }
    if push.phase == Phase::Buyer {
        let links = reply.links.as_ref().ok_or_else(|| unexpected("links"))?;
        return Ok(push.recognised(links, context));
    }
    if reply.answers.is_empty() {
        return Err(unexpected("answers"));
    }
    Ok(match push.phase {
        Phase::Draw | Phase::Find => push.found(reply, context),
        Phase::Buyer | Phase::AtOnce => push.at_once(reply, context),
        Phase::Look => {
            let mut said = Vec::new();
            let end = push.looked(reply, &mut said, context);
            let mut step = end.unwrap_or_else(|| push.write(People::default()));
            step.journal.append(&mut said);
            step
        }
        Phase::Write => push.made(reply, context),
        Phase::Mend => push.mended(reply, context),
    })
}

impl Push {
    /// The first step that the plan asks for.
    fn begin(&mut self, context: &Context) -> Step {
        let looks = self.looks(context.settings);
        match &self.deal {
            Some(_) if !looks && self.changed().next().is_none() => self.ended("unchanged"),
            Some(_) if !self.wants_contact() && self.wants_company().is_none() => {
                if looks {
                    let calls = self.look(context.settings).into_iter().collect();
                    return self.ask(Phase::Look, calls);
                }
                self.write(People::default())
            }
            // Who has a manager of his own takes nobody's turn: that shows in the search.
            None if !self.one_of.is_empty() && !context.settings.people.keep_manager => self.draw(),
            _ => self.look_buyer(context),
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

    fn finish(&mut self, created: bool, said: Option<Entry>) -> Step {
        let outcome = match (created, self.adopted) {
            (true, _) => "created",
            (false, true) => "adopted",
            (false, false) => "updated",
        };
        self.memo.sent.clone_from(&self.wanted);
        let mut step = self.ended(outcome).learning(self.learn()).noting(said);
        if let Act::Done { jobs, .. } = &mut step.act {
            jobs.extend(self.job());
        }
        step
    }

    /// What is known by now, and the buyer once his contact is.
    fn learn(&self) -> Learn {
        let bound = self.memo.contact.is_some() && !self.differs(CONTACT);
        Learn {
            order_id: self.order.clone(),
            deal_id: self.deal.clone(),
            stage: self.seen.clone(),
            memo: Some(self.memo.clone()),
            buyer: self.buyer().filter(|_| bound),
            ..Learn::default()
        }
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
        "update" => "crm.item.update",
        "bound" => "crm.item.get",
        "requisite" => "crm.requisite.list",
        _ => "crm.item.list",
    }
}
