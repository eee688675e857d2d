//! Order → deal: one deal for one order, whatever happens between the steps.
//!
//! New: search the deal by our mark, the contact by phone and e-mail, the company by its ИНН; none:
//! create them, deal and rows in one batch; one: adopt it; several: stop. After a lost answer the next
//! attempt starts at the search again, so a create is never repeated blind. For a buyer whom the link
//! table knows, search and creation share one batch.
//! Known: send the parts whose fingerprint is not the one last sent; none: send nothing.

mod company;
mod compare;
mod draw;
mod find;
mod gone;
mod known;
mod life;
mod people;
mod rows;
mod stage;
mod write;

pub(in crate::sync) use self::gone::{detached, look_again, searching};
use self::people::People;
use self::rows::packed;
use super::moves::lift;
use super::portal::{failed, spread, Try};
use super::step::{call, done, entry, unexpected};
use super::{Context, State};
use crate::contract::order::Order;
use crate::contract::pairs::Pairs;
use crate::contract::task::{Act, Call, Entry, Failure, Learn, Memo, Reply, Step, Task};
use crate::contract::write::{row, wire_words, writes};
use crate::error::{Code, Problem};
use crate::mapping::company::Company;
use crate::mapping::contact::Contact;
use crate::mapping::deal::{plan, Field, CONTACT, ROWS};
use crate::mapping::funnel::funnel;
use crate::mapping::responsible::Responsible;

/// `entityTypeId` of deals, contacts and companies. Bitrix24: REST documentation, "CRM object types".
const DEAL: &str = "2";
const CONTACT_TYPE: &str = "3";
const COMPANY_TYPE: &str = "4";

/// Around which a push waits at least when it has tried to make something and nothing came back. Bitrix24:
/// REST documentation, "Limits": a request may take a minute.
const STILL_AT_WORK: u32 = 75;

/// Stands for the fingerprint of a part, and for the agreed status, from before a call that changes it
/// until its answer: if that is lost, the part is sent again whatever the order says by then.
const DOUBT: &str = "?";

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
    /// Mapped fields, for where contact and company are empty.
    contact_fields: Vec<Field>,
    company_fields: Vec<Field>,
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

row!(Push {
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
    contact_fields,
    company_fields,
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
    news,
    one_of,
    round,
    why,
    status,
    seen,
    stage,
    pull
});

/// Those that make something come last.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd)]
enum Phase {
    /// A turn is being drawn.
    Draw,
    /// The link table is asked for the buyer.
    Buyer,
    /// The searches are out.
    #[default]
    Find,
    /// The order's deals are asked for, to be compared …
    Compare,
    /// … and mended.
    Repair,
    /// A known deal is being read, and nothing searched for.
    Look,
    /// The deal and the newest comment of its timeline are asked for.
    Read,
    /// Contact, deal and rows are out.
    Write,
    /// The deal of a known buyer is out, the search for one before it.
    AtOnce,
    /// The portal did not take the contact; a barer one is out.
    Mend,
    /// More rows are out.
    Rows,
    /// The last words are out.
    Tell,
}

wire_words!(Phase {
    "draw" => Draw, "buyer" => Buyer, "at_once" => AtOnce, "find" => Find,
    "compare" => Compare, "repair" => Repair, "look" => Look,
    "write" => Write, "mend" => Mend, "rows" => Rows, "read" => Read, "tell" => Tell
});

/// What a finished push says.
struct Pushed<'a> {
    outcome: &'static str,
    deal_id: &'a str,
}

writes!(Pushed<'_> { outcome, deal_id });

/// Plans the deal and asks the first question, if there is one.
pub(super) fn start(task: Task, context: &Context) -> Result<Step, Problem> {
    let settings = context.settings;
    let link = task.link.unwrap_or_default();
    let mut push = Push {
        order: link.order_id,
        deal: link.deal_id,
        seen: link.stage,
        memo: link.memo.unwrap_or_default(),
        attempt: task.attempt.max(1),
        turn: task.turn,
        ..Push::default()
    };
    if !settings.directions.orders {
        push.deal = None;
        return Ok(push.ended("off"));
    }
    let compares = task.kind == "compare";
    lift(&mut push.memo, &task.code);
    let mut planned = None;
    if let Some(order) = task.order {
        if funnel(&order, settings).is_empty() {
            return Err(Problem::new(Code::FunnelMissing).at("/settings/funnel/id"));
        }
        let plan = push.plan(&order, context)?;
        planned = Some((order, plan));
    } else if push.order.is_empty() {
        return Err(Problem::new(Code::OrderMissing).at("/data/task/order"));
    }
    if compares {
        let repairs = task.consent.iter().any(|consent| consent == "repair");
        let phase = if repairs {
            Phase::Repair
        } else {
            Phase::Compare
        };
        return Ok(push.compare(phase, context));
    }
    if let Some(step) = push.diverted(context) {
        return Ok(step);
    }
    let mut journal: Vec<Entry> = Vec::new();
    if let (None, Some((order, (responsible, notes)))) = (&push.deal, planned) {
        push.decide(&responsible, &order, context);
        push.stage = stage::start(&order, settings);
        let note = |note| entry("warning", note, &push.order, None, context);
        journal.extend(notes.iter().map(note));
    }
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
        return Ok(Step::of(push.failed(failure, context)));
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
        Phase::Compare | Phase::Repair => push.compared(reply, context),
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
        phase => match push.hindered(reply, context) {
            Some(step) => step,
            None if phase == Phase::Rows => push.added(context),
            None if phase == Phase::Read => push.deal_read(reply, context),
            None => push.told(context),
        },
    })
}

impl Push {
    /// What the order asks for now; answers who gets a new deal, and what a person should know.
    fn plan(
        &mut self,
        order: &Order,
        context: &Context,
    ) -> Result<(Responsible, Vec<Problem>), Problem> {
        let plan = plan(
            order,
            context,
            self.memo.user.as_deref(),
            "/data/task/order",
        )?;
        self.wanted = plan.fingerprints();
        if self.differs(ROWS) {
            self.rows = packed(&plan.rows.rows);
        }
        if plan.rows.refunded > 0 {
            let currency = &plan.rows.currency;
            let sum = [&currency.text(plan.rows.refunded), " ", &currency.code].concat();
            self.wanted.put(life::REFUNDED, sum);
        }
        if !plan.responsible.user.is_empty() {
            self.memo.user = Some(plan.responsible.user.clone());
        }
        self.order.clone_from(&order.id);
        self.status.clone_from(&order.status);
        self.contact = plan.contact;
        self.company = plan.company;
        self.follows = plan.follows;
        self.once = plan.once;
        self.contact_fields = plan.contact_fields;
        self.company_fields = plan.company_fields;
        self.currency = plan.rows.currency.code;
        Ok((plan.responsible, plan.notes))
    }

    /// The first step that the plan asks for.
    fn begin(&mut self, context: &Context) -> Step {
        let idle = self.changed().next().is_none() && !self.looks(context.settings);
        if self.deal.is_some() && idle {
            return self.ended("unchanged");
        }
        self.go(context)
    }

    /// Looks for what has to be known first, or writes at once.
    fn go(&mut self, context: &Context) -> Step {
        let settings = context.settings;
        match &self.deal {
            Some(_) if !self.wants_people() => {
                if self.looks(settings) {
                    let calls = self.look(settings).into_iter().collect();
                    return self.ask(Phase::Look, calls);
                }
                self.write(People::default())
            }
            // Who has a manager of his own takes nobody's turn: that shows in the search.
            None if !self.one_of.is_empty() && !settings.people.keep_manager => self.draw(),
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

    /// Nothing came back.
    fn failed(&self, failure: &Failure, context: &Context) -> Act {
        let mut act = failed(failure, self.tried(), context);
        let makes = match self.phase {
            Phase::Write => self.wants_people(),
            phase => phase >= Phase::AtOnce,
        };
        if let Act::Wait {
            seconds,
            counts,
            hold: 1..,
            ..
        } = &mut act
        {
            // No answer in time, and nothing else, counts and holds the others up as well.
            if makes && (*counts || failure.kind == "reset") {
                // The portal may still be at it, and the next search must see what it makes.
                *seconds = (*seconds).max(spread(STILL_AT_WORK, self.tried()));
            }
        }
        act
    }

    /// Whether people have to be looked for, and made if there are none.
    fn wants_people(&self) -> bool {
        self.wants_contact() || self.wants_company().is_some()
    }

    fn differs(&self, part: &str) -> bool {
        let sent = self.memo.sent.get(part).map_or("", String::as_str);
        // What was never sent and is empty does not differ: it may be somebody else's by now.
        sent != self.wanted.get(part).map_or("", String::as_str)
    }

    /// A known deal is about to be changed: what to remember before.
    fn doubt(&mut self) -> Learn {
        for (part, print) in self.wanted.iter() {
            let sent = &mut self.memo.sent;
            if sent.get(part).map_or("", String::as_str) != print {
                sent.put(part, DOUBT.to_owned());
            }
        }
        if !self.stage.is_empty() {
            self.memo.status = Some(DOUBT.to_owned());
        }
        self.learn()
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
        "news" => "crm.timeline.comment.add",
        "update" => "crm.item.update",
        "bound" | "now" => "crm.item.get",
        "requisite" => "crm.requisite.list",
        _ if key.starts_with("row") => "crm.item.productrow.add",
        _ => "crm.item.list",
    }
}
