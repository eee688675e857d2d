//! Order → deal: one deal for one order, whatever happens between the steps.
//!
//! New: search the deal by our mark, the contact by phone and e-mail, the company by its ИНН; none:
//! create them, deal and rows in one batch; one: adopt it; several: stop. After a lost answer the next
//! attempt starts at the search again, so a create is never repeated blind. For a buyer whom the link
//! table knows, search and creation share one batch.
//! Known: send the parts whose fingerprint is not the one last sent; none: send nothing.

mod company;
mod find;
mod known;
mod people;
mod rows;
mod write;

use self::people::People;
use self::rows::slim;
use super::portal::{failed, Try};
use super::step::{done, entry, unexpected};
use super::Context;
use crate::contract::pairs::Pairs;
use crate::contract::task::{Entry, Learn, Memo, Reply, Step, Task};
use crate::contract::write::{wire, wire_words, writes};
use crate::error::{Code, Problem};
use crate::mapping::company::Company;
use crate::mapping::contact::Contact;
use crate::mapping::deal::{plan, Field, CONTACT};

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
    adopted
});

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    /// The link table is asked for the buyer.
    Look,
    /// The deal of a known buyer is out, the search for one before it.
    AtOnce,
    /// The searches are out.
    #[default]
    Find,
    /// Contact, deal and rows are out.
    Write,
    /// The portal did not take the contact; a barer one is out.
    Mend,
}

wire_words!(Phase { "look" => Look, "at_once" => AtOnce, "find" => Find, "write" => Write, "mend" => Mend });

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
    if context.settings.funnel.id.is_empty() {
        return Err(Problem::new(Code::FunnelMissing).at("/settings/funnel/id"));
    }
    let plan = plan(&order, &context.settings, task.turn, "/data/task/order")?;
    let link = task.link.unwrap_or_default();
    let mut memo = link.memo.unwrap_or_default();
    if memo.user.is_none() && !plan.responsible.user.is_empty() {
        memo.user = Some(plan.responsible.user.clone());
    }
    let push = Push {
        phase: Phase::Find,
        order: order.id,
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
    };
    let journal: Vec<Entry> = if push.deal.is_none() {
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
pub(super) fn resume(push: Push, reply: &Reply, context: &Context) -> Result<Step, Problem> {
    if let Some(failure) = &reply.failure {
        return Ok(Step::of(failed(failure, push.tried(), context)));
    }
    if push.phase == Phase::Look {
        let links = reply.links.as_ref().ok_or_else(|| unexpected("links"))?;
        return Ok(push.looked(links, context));
    }
    if reply.answers.is_empty() {
        return Err(unexpected("answers"));
    }
    Ok(match push.phase {
        Phase::Look | Phase::AtOnce => push.at_once(reply, context),
        Phase::Find => push.found(reply, context),
        Phase::Write => push.wrote(reply, context),
        Phase::Mend => push.mended(reply, context),
    })
}

impl Push {
    /// The first step that the plan asks for.
    fn begin(self, context: &Context) -> Step {
        match &self.deal {
            Some(deal) if self.changed().next().is_none() => done(&Pushed {
                outcome: "unchanged",
                deal_id: deal,
            }),
            Some(_) if !self.wants_contact() && self.wants_company().is_none() => {
                self.write(People::default())
            }
            _ => self.look_buyer(context),
        }
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

    fn finish(self, created: bool, said: Option<Entry>) -> Step {
        let outcome = match (created, self.adopted) {
            (true, _) => "created",
            (false, true) => "adopted",
            (false, false) => "updated",
        };
        let deal = self.deal.clone().unwrap_or_default();
        let mut memo = self.memo.clone();
        memo.sent.clone_from(&self.wanted);
        done(&Pushed {
            outcome,
            deal_id: &deal,
        })
        .learning(Learn {
            memo: Some(memo),
            ..self.learn()
        })
        .noting(said)
    }

    /// What is known by now, and the buyer once his contact is.
    fn learn(&self) -> Learn {
        let bound = self.memo.contact.is_some() && !self.differs(CONTACT);
        Learn {
            order_id: self.order.clone(),
            deal_id: self.deal.clone(),
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
