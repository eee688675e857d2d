//! Order → deal: one deal for one order, whatever happens between the steps.
//!
//! New: search the deal by our mark, the contact by phone and e-mail; none: create contact, deal
//! and rows in one batch; one: adopt it; several: stop. After a lost answer the next attempt starts
//! at the search again, so a create is never repeated blind.
//! Known: send the parts whose fingerprint is not the one last sent; none: send nothing.

use super::portal::{failed, is_missing, refused, unanswered, words, Try};
use super::step::{
    self, answer, call, dead, done, entry, field, id, list, params, rest, result, unexpected,
};
use super::{Context, State};
use crate::contract::pairs::Pairs;
use crate::contract::task::{Act, Call, CallError, Entry, Learn, Memo, Reply, Step, Task};
use crate::contract::write::{wire, wire_words, writes};
use crate::domain::fingerprint;
use crate::domain::phone::Phone;
use crate::domain::query::Query;
use crate::error::{Code, Problem};
use crate::mapping::contact::{owner, Contact, Owner};
use crate::mapping::deal::{plan, Field, CONTACT, ROWS};
use crate::mapping::rows::Row;

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
    adopted
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
}

wire_words!(Phase { "find" => Find, "write" => Write, "mend" => Mend });

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
    let mut step = match &push.deal {
        Some(deal) if push.changed().next().is_none() => done(&Pushed {
            outcome: "unchanged",
            deal_id: deal,
        }),
        Some(_) if !push.differs(CONTACT) => push.write(&Owner::Known(String::new()), &[]),
        _ => push.find(context),
    };
    step.journal = journal;
    Ok(step)
}

/// Goes on with what the portal said.
pub(super) fn resume(push: Push, reply: &Reply, context: &Context) -> Result<Step, Problem> {
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

    fn find(self, context: &Context) -> Step {
        let mut calls = Vec::new();
        if self.deal.is_none() {
            calls.push(rest(
                "deal",
                "crm.item.list",
                &params(&[
                    ("entityTypeId", DEAL),
                    ("filter[=originatorId]", &context.settings.shop.id),
                    ("filter[=originId]", &self.order),
                    ("select[]", "*"),
                    ("order[id]", "ASC"),
                ]),
            ));
        }
        let communication = |key: &str, kind: &str, values: &[String]| {
            let mut query = params(&[("type", kind), ("entity_type", "CONTACT")]);
            for value in values {
                query.set("values[]", value);
            }
            rest(key, "crm.duplicate.findbycomm", &query)
        };
        if let Some(phone) = Phone::parse(&self.contact.phone) {
            calls.push(communication("phone", "PHONE", &phone.spellings()));
        }
        if !self.contact.email.is_empty() {
            let email = [self.contact.email.clone()];
            calls.push(communication("email", "EMAIL", &email));
        }
        if self.contact.phone.is_empty() && self.contact.email.is_empty() {
            calls.push(rest(
                "mark",
                "crm.item.list",
                &params(&[
                    ("entityTypeId", CONTACT_TYPE),
                    ("filter[=originatorId]", &context.settings.shop.id),
                    ("filter[=originId]", &self.contact.origin),
                    ("select[]", "id"),
                    ("order[id]", "ASC"),
                ]),
            ));
        }
        let locks = [&self.contact.phone, &self.contact.email]
            .into_iter()
            .filter(|value| !value.is_empty())
            .map(|value| fingerprint::of(value))
            .collect();
        let push = Self {
            phase: Phase::Find,
            ..self
        };
        let mut step = call(&State::PushOrder(Box::new(push)), calls);
        if let Act::Call { locks: held, .. } = &mut step.act {
            *held = locks;
        }
        step
    }

    fn found(mut self, reply: &Reply, context: &Context) -> Step {
        for key in ["deal", "phone", "email", "mark"] {
            if let Some(error) = answer(reply, key).and_then(|answer| answer.error.as_ref()) {
                return Step::of(refused(error, key_method(key), self.tried(), context));
            }
        }
        if self.deal.is_none() {
            if answer(reply, "deal").is_none() {
                return Step::of(unanswered("crm.item.list", self.tried(), context));
            }
            // A portal that does not know a filter may answer with everything it has.
            let ours: Vec<_> = list(result(reply, "deal", &["items"]))
                .into_iter()
                .filter(|deal| {
                    field(deal, "originId") == self.order
                        && field(deal, "originatorId") == context.settings.shop.id
                })
                .collect();
            let ids: Vec<String> = ours.iter().filter_map(|deal| id(deal, "id")).collect();
            match ids.as_slice() {
                [] => {}
                [one] => {
                    self.deal = Some(one.clone());
                    self.adopted = true;
                    self.memo.contact = ours.first().and_then(|deal| id(deal, "contactId"));
                }
                several => {
                    let problem = Problem::new(Code::DealConflict)
                        .with("order", self.order.clone())
                        .with("deals", several.join(", "));
                    return Step::of(dead(&problem, context));
                }
            }
        }
        let contacts = |key: &str| -> Vec<String> {
            list(result(reply, key, &["CONTACT"]))
                .into_iter()
                .map(|value| step::text(Some(value)))
                .collect()
        };
        let marked: Vec<String> = list(result(reply, "mark", &["items"]))
            .into_iter()
            .filter_map(|contact| id(contact, "id"))
            .take(1)
            .collect();
        let owner = if marked.is_empty() {
            owner(&contacts("phone"), &contacts("email"))
        } else {
            owner(&marked, &[])
        };
        let note = match &owner {
            Owner::Ambiguous(ids) => {
                let problem = Problem::new(Code::ContactAmbiguous).with("contacts", ids.join(", "));
                Some(entry(
                    "warning",
                    &problem,
                    &self.order,
                    self.deal.as_deref(),
                    context,
                ))
            }
            _ => None,
        };
        let adopted = self.adopted.then(|| {
            let deal = self.deal.clone().unwrap_or_default();
            let problem = Problem::new(Code::DealAdopted).with("deal", deal.clone());
            entry("info", &problem, &self.order, Some(&deal), context)
        });
        let learn = self.adopted.then(|| Learn {
            order_id: self.order.clone(),
            deal_id: self.deal.clone(),
            stage: None,
            memo: Some(self.memo.clone()),
        });
        let missing = match &owner {
            Owner::Known(id) => self.missing(id, &contacts("phone"), &contacts("email")),
            _ => Vec::new(),
        };
        let mut step = self.write(&owner, &missing).noting(adopted).noting(note);
        // A step that is already the end has more to tell than the adoption.
        step.learn = step.learn.or(learn);
        step
    }

    /// What the buyer's contact does not have yet: it was found by the one and not by the other.
    fn missing(&self, id: &String, by_phone: &[String], by_email: &[String]) -> Vec<Communication> {
        let contact = &self.contact;
        [
            (
                &contact.phone,
                by_phone,
                Communication::phone(&contact.phone),
            ),
            (
                &contact.email,
                by_email,
                Communication::email(&contact.email),
            ),
        ]
        .into_iter()
        .filter(|(value, found, _)| !value.is_empty() && !found.contains(id))
        .map(|(_, _, communication)| communication)
        .collect()
    }

    /// The batch that writes: contact if there is none, deal, rows. A contact that is there is filled
    /// up, never overwritten.
    fn write(mut self, owner: &Owner, missing: &[Communication]) -> Step {
        let mut calls = Vec::new();
        let with_contact = self.differs(CONTACT);
        // An adopted deal that has a contact keeps it: a manager may have chosen it.
        let bound = self.adopted && self.memo.contact.is_some();
        let mut bind = Query::default();
        if with_contact && !bound {
            match owner {
                Owner::New => {
                    calls.push(self.add_contact("contact", true));
                    bind.refer("fields[contactIds][0]", "contact", &["item", "id"]);
                }
                Owner::Known(contact) if !contact.is_empty() => {
                    if self.memo.contact.as_ref() != Some(contact) {
                        bind.set("fields[contactIds][0]", contact);
                    }
                    if !missing.is_empty() {
                        let mut query = params(&[("entityTypeId", CONTACT_TYPE), ("id", contact)]);
                        Communication::put(missing, &mut query);
                        calls.push(rest("fill", "crm.item.update", &query));
                    }
                    self.memo.contact = Some(contact.clone());
                }
                Owner::Known(_) | Owner::Ambiguous(_) => {}
            }
        }
        let deal = match &self.deal {
            None => {
                let mut query = params(&[("entityTypeId", DEAL)]);
                for field in self.once.iter().chain(&self.follows) {
                    let name = ["fields[", &field.name, "]"].concat();
                    match owner {
                        Owner::Ambiguous(ids) if field.name == "comments" => {
                            query.set(&name, &self.comment_about(ids, &field.value))
                        }
                        _ => query.set(&name, &field.value),
                    };
                }
                calls.push(Call {
                    key: "deal".to_owned(),
                    method: "crm.item.add".to_owned(),
                    query: joined(&query, &bind),
                });
                None
            }
            Some(deal) => Some(deal.clone()),
        };
        if self.rows.is_empty() {
            // Nothing to write: the portal refuses an empty list, and would be right to.
            self.remember(ROWS);
        } else if self.differs(ROWS) {
            let mut query = params(&[("ownerType", "D")]);
            match &deal {
                Some(deal) => query.set("ownerId", deal),
                None => query.refer("ownerId", "deal", &["item", "id"]),
            };
            calls.push(rest(
                "rows",
                "crm.item.productrow.set",
                rows_query(&mut query, &self.rows),
            ));
        }
        // After the rows: writing them sets the amount of a deal whose amount is not set by hand.
        if let Some(deal) = &deal {
            let mut query = params(&[("entityTypeId", DEAL), ("id", deal)]);
            let mut any = false;
            for field in self
                .follows
                .iter()
                .filter(|field| self.differs(&field.name))
            {
                query.set(&["fields[", &field.name, "]"].concat(), &field.value);
                any = true;
            }
            if any || bind.build() != "" {
                calls.push(Call {
                    key: "update".to_owned(),
                    method: "crm.item.update".to_owned(),
                    query: joined(&query, &bind),
                });
            }
        }
        if calls.is_empty() {
            // Only the contact differed, and it turned out to be the one already bound.
            return self.finish(false, None);
        }
        // What has been put into calls need not be carried any further.
        let push = Self {
            phase: Phase::Write,
            rows: Vec::new(),
            once: Vec::new(),
            ..self
        };
        call(&State::PushOrder(Box::new(push)), calls)
    }

    fn add_contact(&self, key: &str, with_email: bool) -> Call {
        let contact = &self.contact;
        let shop = self
            .follows
            .iter()
            .find(|field| field.name == "originatorId")
            .map_or("", |field| field.value.as_str());
        let mut query = params(&[("entityTypeId", CONTACT_TYPE)]);
        for (name, value) in [
            ("fields[name]", contact.name.as_str()),
            ("fields[lastName]", &contact.last_name),
            ("fields[secondName]", &contact.second_name),
            (
                "fields[assignedById]",
                self.memo.user.as_deref().unwrap_or(""),
            ),
            ("fields[originatorId]", shop),
            ("fields[originId]", &contact.origin),
            ("fields[opened]", "Y"),
        ] {
            if !value.is_empty() {
                query.set(name, value);
            }
        }
        let mut communications = Vec::new();
        if !contact.phone.is_empty() {
            communications.push(Communication::phone(&contact.phone));
        }
        if with_email && !contact.email.is_empty() {
            communications.push(Communication::email(&contact.email));
        }
        Communication::put(&communications, &mut query);
        rest(key, "crm.item.add", &query)
    }

    fn comment_about(&self, contacts: &[String], own: &str) -> String {
        let buyer = [
            self.contact.last_name.as_str(),
            &self.contact.name,
            &self.contact.second_name,
            &self.contact.phone,
            &self.contact.email,
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
        let about = format!(
            "Покупатель: {buyer}\nПодходят несколько контактов: {}. Выберите нужный.",
            contacts.join(", ")
        );
        if own.is_empty() {
            about
        } else {
            [own, "\n", &about].concat()
        }
    }

    fn wrote(mut self, reply: &Reply, context: &Context) -> Step {
        let error = |key: &str| answer(reply, key).and_then(|answer| answer.error.as_ref());
        let creating = self.deal.is_none();
        let mut stage = None;
        if creating {
            if let Some(error) = error("deal") {
                return Step::of(self.deal_refused(error, context));
            }
            let Some(item) = result(reply, "deal", &["item"]) else {
                return Step::of(unanswered("crm.item.add", self.tried(), context));
            };
            let Some(deal) = id(item, "id") else {
                return Step::of(unanswered("crm.item.add", self.tried(), context));
            };
            self.deal = Some(deal);
            stage = Some(field(item, "stageId"));
            self.remember_follows();
        } else if error("update")
            .or_else(|| error("rows"))
            .is_some_and(is_gone)
        {
            let problem =
                Problem::new(Code::DealGone).with("deal", self.deal.clone().unwrap_or_default());
            return Step::of(dead(&problem, context));
        } else if result(reply, "update", &["item"]).is_some() {
            self.remember_follows();
        }
        if result(reply, "rows", &[]).is_some() {
            self.remember(ROWS);
        }
        let unfilled = error("fill").map(|error| {
            let problem = Problem::new(Code::ContactUnfilled).with("detail", words(error));
            entry(
                "warning",
                &problem,
                &self.order,
                self.deal.as_deref(),
                context,
            )
        });
        let contact_error = error("contact").cloned();
        if contact_error.is_none() {
            if let Some(contact) =
                result(reply, "contact", &["item"]).and_then(|item| id(item, "id"))
            {
                self.memo.contact = Some(contact);
            }
            if error("update").is_none() {
                self.remember(CONTACT);
            }
        }
        let created = creating.then(|| self.journal("info", Code::DealCreated, context));
        let learn = Learn {
            order_id: self.order.clone(),
            deal_id: self.deal.clone(),
            stage,
            memo: Some(self.memo.clone()),
        };
        if let Some(error) = contact_error {
            return self.mend(&error, context).learning(learn).noting(created);
        }
        let trouble = ["update", "rows"].into_iter().find_map(|key| {
            error(key).map(|error| refused(error, key_method(key), self.tried(), context))
        });
        if let Some(act) = trouble {
            return Step::of(act).learning(learn).noting(created);
        }
        if self.changed().next().is_some() {
            // Cut short: what is missing is sent by the next attempt, to the deal we now know.
            return Step::of(unanswered("batch", self.tried(), context))
                .learning(learn)
                .noting(created);
        }
        let said = created
            .or_else(|| (!self.adopted).then(|| self.journal("info", Code::DealUpdated, context)));
        self.finish(creating, said).learning(learn).noting(unfilled)
    }

    fn deal_refused(&self, error: &CallError, context: &Context) -> Act {
        if error.text.contains("Валюта")
            || error.text.contains("currencyId")
            || error.text.contains("Currency")
        {
            let problem =
                Problem::new(Code::CurrencyUnknown).with("currency", self.currency.clone());
            return dead(&problem, context);
        }
        refused(error, "crm.item.add", self.tried(), context)
    }

    /// The contact once more without what the portal most often refuses, bound to the deal.
    fn mend(self, error: &CallError, context: &Context) -> Step {
        let problem = Problem::new(Code::ContactRefused).with("detail", words(error));
        let note = entry(
            "warning",
            &problem,
            &self.order,
            self.deal.as_deref(),
            context,
        );
        let deal = self.deal.clone().unwrap_or_default();
        let mut query = params(&[("entityTypeId", DEAL), ("id", &deal)]);
        query.refer("fields[contactIds][0]", "contact", &["item", "id"]);
        let calls = vec![
            self.add_contact("contact", false),
            rest("bind", "crm.item.update", &query),
        ];
        let push = Self {
            phase: Phase::Mend,
            ..self
        };
        call(&State::PushOrder(Box::new(push)), calls).noting(Some(note))
    }

    fn mended(mut self, reply: &Reply, context: &Context) -> Step {
        if let Some(contact) = result(reply, "contact", &["item"]).and_then(|item| id(item, "id")) {
            self.memo.contact = Some(contact);
        }
        // Whatever came of it: a contact that is refused twice must not be tried for ever.
        self.remember(CONTACT);
        let learn = Learn {
            order_id: self.order.clone(),
            deal_id: self.deal.clone(),
            stage: None,
            memo: Some(self.memo.clone()),
        };
        if self.changed().next().is_some() {
            return Step::of(unanswered("batch", self.tried(), context)).learning(learn);
        }
        self.finish(false, None).learning(learn)
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
            order_id: self.order,
            deal_id: self.deal,
            stage: None,
            memo: Some(memo),
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

/// A phone or an e-mail of a contact. Bitrix24: REST documentation, "Multiple fields": an entry with
/// a key of our own is added to those that are there.
struct Communication {
    kind: &'static str,
    of: &'static str,
    value: String,
}

impl Communication {
    fn phone(value: &str) -> Self {
        Self {
            kind: "PHONE",
            of: "MOBILE",
            value: value.to_owned(),
        }
    }

    fn email(value: &str) -> Self {
        Self {
            kind: "EMAIL",
            of: "WORK",
            value: value.to_owned(),
        }
    }

    fn put(all: &[Self], query: &mut Query) {
        for (index, one) in all.iter().enumerate() {
            let at = format!("fields[fm][n{index}]");
            query
                .set(&[&at, "[typeId]"].concat(), one.kind)
                .set(&[&at, "[valueType]"].concat(), one.of)
                .set(&[&at, "[value]"].concat(), &one.value);
        }
    }
}

fn is_gone(error: &CallError) -> bool {
    is_missing(error) || error.code == "OWNER_NOT_FOUND"
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

fn joined(first: &Query, second: &Query) -> String {
    match (first.build(), second.build()) {
        (first, second) if second.is_empty() => first,
        (first, second) => [first, "&".to_owned(), second].concat(),
    }
}

/// Rows go without ids: the whole list is replaced. Bitrix24: REST documentation, "Product rows".
fn rows_query<'a>(query: &'a mut Query, rows: &[Vec<String>]) -> &'a Query {
    for (index, row) in rows.iter().enumerate() {
        let [name, sku, price, quantity, vat, code, measure] = row.as_slice() else {
            continue;
        };
        let at = format!("productRows[{index}]");
        let mut set = |name: &str, value: &str| {
            query.set(&[&at, "[", name, "]"].concat(), value);
        };
        set("productName", name);
        set("price", price);
        set("quantity", quantity);
        if !vat.is_empty() {
            set("taxRate", vat);
            set("taxIncluded", "Y");
        }
        set("measureCode", code);
        set("measureName", measure);
        if !sku.is_empty() {
            set("xmlId", sku);
        }
        set(
            "sort",
            &index.saturating_add(1).saturating_mul(10).to_string(),
        );
    }
    query
}

/// Rows without the names of their fields: a state has to pass the border together with the answer to
/// its calls, and an order may have a thousand lines.
fn slim(rows: Vec<Row>) -> Vec<Vec<String>> {
    rows.into_iter()
        .map(|row| {
            vec![
                row.name,
                row.sku,
                row.price,
                row.quantity,
                row.vat_rate.unwrap_or_default(),
                row.measure_code,
                row.measure,
            ]
        })
        .collect()
}
