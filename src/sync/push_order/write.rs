//! The batch that writes contact, deal and rows, and what came of it.

use super::people::{nobody, People};
use super::{key_method, Phase, Push, DEAL};
use crate::contract::task::{Act, CallError, Entry, Reply, Step};
use crate::domain::name::joined;
use crate::domain::query::Query;
use crate::domain::search::has;
use crate::domain::text::lower;
use crate::error::{Code, Problem};
use crate::mapping::contact::Owner;
use crate::mapping::deal::{Field, COMPANY, CONTACT, ROWS};
use crate::sync::answers::CURRENCY;
use crate::sync::portal::{again, hiccup, refused, unanswered, words};
use crate::sync::step::{answer, dead, entry, id, params, rest, result};
use crate::sync::Context;

impl Push {
    /// The batch that writes: people, deal, rows. What is there is filled up, never overwritten.
    pub(super) fn write(&mut self, people: People) -> Step {
        let People {
            mut calls, bind, ..
        } = people;
        if self.deal.is_none() {
            let query = self.whole(params(&[("entityTypeId", DEAL)]), &bind);
            calls.push(rest("deal", "crm.item.add", &query));
        }
        self.put_rows(&mut calls);
        // After the rows: writing them sets the amount of a deal whose amount is not set by hand.
        if let Some(deal) = &self.deal {
            let mut query = params(&[("entityTypeId", DEAL), ("id", deal)]);
            let bare = query.build();
            for field in &self.follows {
                let told = field.name == "comments" && !self.remarks.is_empty();
                if told || self.differs(&field.name) {
                    self.put(field, &mut query);
                }
            }
            query.append(&bind);
            if query.build() != bare {
                let call = rest("update", "crm.item.update", &query);
                self.demand(call, &mut calls);
            }
        }
        calls.extend(self.move_call());
        if calls.is_empty() {
            // Only the contact differed, and it turned out to be the one already bound.
            return self.finish(false, None);
        }
        let intent = self.deal.is_some().then(|| self.doubt());
        // What has been put into calls need not be carried any further.
        self.once.clear();
        let mut step = self.ask(Phase::Write, calls);
        step.learn = intent;
        step
    }

    /// All fields of a new deal.
    pub(super) fn whole(&self, mut query: Query, bind: &Query) -> Query {
        for field in self.once.iter().chain(&self.follows) {
            if !field.value.is_empty() || field.name == "comments" {
                self.put(field, &mut query);
            }
        }
        query.append(bind);
        query
    }

    fn put(&self, field: &Field, query: &mut Query) {
        if field.name == "comments" && !self.remarks.is_empty() {
            query.field(&field.name, &joined(&[&field.value, &self.remarks], "\n"));
        } else {
            field.put(query);
        }
    }

    pub(super) fn wrote(&mut self, reply: &Reply, context: &Context) -> Step {
        let error = |key: &str| answer(reply, key).and_then(|answer| answer.error.as_ref());
        let company_error = error("company").or_else(|| error("requisite"));
        let creating = self.deal.is_none();
        if creating {
            if let Some(error) = error("deal") {
                return self.refused(error, company_error, context);
            }
            let item = result(reply, "deal", &["item"]);
            let Some((item, deal)) = item.and_then(|item| Some((item, id(item, "id")?))) else {
                return Step::of(unanswered("crm.item.add", self.tried(), context));
            };
            self.deal = Some(deal);
            self.created = true;
            self.born(item);
            self.remember_follows();
        } else if let Some(step) = ["update", "rows", "move"]
            .into_iter()
            .find_map(|key| self.is_gone(error(key)?, context))
        {
            return step;
        } else if result(reply, "update", &["item"]).is_some() {
            self.remember_follows();
        }
        self.rows_set(reply);
        let lost = self.phase == Phase::AtOnce && !self.still_there(reply);
        let contact_error = error("contact");
        // An update that is out and was refused, or that the portal did not come to, has bound nobody.
        let out = self.asked.first();
        if !lost && out.is_none_or(|key| result(reply, key, &[]).is_some()) {
            self.bound(reply, contact_error.is_none());
        }
        let (moved, stuck) = self.arrived(reply, context);
        self.close();
        // The portal's own trouble says nothing about people: the next attempt makes and binds them.
        let passing = contact_error
            .or(company_error)
            .and_then(|error| hiccup(error, "crm.item.add", self.tried(), context));
        if passing.is_some() && company_error.is_some() {
            self.memo.sent.put(COMPANY, String::new());
        }
        let learn = self.learn();
        let only_moved = moved.is_some() && reply.answers.len() == 1;
        let mut said = creating.then(|| self.journal("info", Code::DealCreated, context));
        let mut unfilled = None;
        let trouble = ["update", "rows"]
            .into_iter()
            .find_map(|key| Some((key_method(key), error(key)?)));
        // Rows that did not arrive are no longer at hand: only a new attempt can send them.
        let step = if lost && !self.differs(ROWS) {
            self.find(context)
        } else if let Some(act) = passing {
            Step::of(act)
        } else if stuck.is_none() && (contact_error.is_some() || company_error.is_some()) {
            self.mend(contact_error, company_error, context)
        } else if let Some((method, error)) = trouble {
            Step::of(self.troubled(error, method, context))
        } else if let Some(act) = stuck {
            Step::of(act)
        } else if !self.rows.is_empty() {
            self.add_rows()
        } else if self.changed().next().is_some() {
            // Cut short: what is missing is sent by the next attempt, to the deal we now know.
            Step::of(unanswered("batch", self.tried(), context))
        } else {
            unfilled =
                error("fill").map(|error| self.warn(Code::ContactUnfilled, &words(error), context));
            if !creating && !self.adopted && !only_moved {
                said = Some(self.journal("info", Code::DealUpdated, context));
            }
            self.finish(creating, None)
        };
        step.learning(learn)
            .noting(said)
            .noting(moved)
            .noting(unfilled)
    }

    /// The deal now has the people that the batch gave it.
    fn bound(&mut self, reply: &Reply, contact: bool) {
        let made = |key| result(reply, key, &["item"]).and_then(|item| id(item, "id"));
        if contact {
            self.memo.contact = made("contact")
                .or_else(|| self.contact_id.take())
                .or_else(|| self.memo.contact.take());
            self.remember(CONTACT);
        }
        self.memo.company = made("company")
            .or_else(|| self.company_id.take())
            .or_else(|| self.memo.company.take());
        self.remember(COMPANY);
    }

    /// The deal was refused. If the company was as well, it may be the company's fault: the next
    /// attempt goes without.
    fn refused(
        &mut self,
        error: &CallError,
        company: Option<&CallError>,
        context: &Context,
    ) -> Step {
        let Some(company) = company else {
            return Step::of(self.deal_refused(error, context));
        };
        self.memo.sent.put(COMPANY, String::new());
        let problem = Problem::new(Code::CompanyRefused).with("detail", words(company));
        Step::of(again(&problem, self.tried(), 0, context)).learning(self.learn())
    }

    /// A refusal that speaks of the contact is no end: he may have been merged or deleted since the
    /// search, and the next attempt searches again.
    fn troubled(&self, error: &CallError, method: &str, context: &Context) -> Act {
        if has(&error.text, "ontact") || has(&error.text, "онтакт") {
            let problem = Problem::new(Code::PortalError).with("detail", words(error));
            return again(&problem, self.tried(), 0, context);
        }
        refused(error, method, self.tried(), context)
    }

    fn warn(&self, code: Code, detail: &str, context: &Context) -> Entry {
        let problem = Problem::new(code).with("detail", detail);
        let deal = self.deal.as_deref();
        entry("warning", &problem, &self.order, deal, context)
    }

    pub(super) fn deal_refused(&self, error: &CallError, context: &Context) -> Act {
        if CURRENCY.fits("", &lower(&error.text)) {
            let problem =
                Problem::new(Code::CurrencyUnknown).with("currency", self.currency.clone());
            return dead(&problem, context);
        }
        self.troubled(error, "crm.item.add", context)
    }

    /// The contact once more without what the portal most often refuses, bound to the deal; and what
    /// it did not take of the people stands in the deal's comment.
    fn mend(
        &mut self,
        contact: Option<&CallError>,
        company: Option<&CallError>,
        context: &Context,
    ) -> Step {
        let mut notes = Vec::new();
        let mut calls = Vec::new();
        let deal = self.deal.clone().unwrap_or_default();
        let mut query = params(&[("entityTypeId", DEAL), ("id", &deal)]);
        if let Some(error) = contact {
            notes.push(self.warn(Code::ContactRefused, &words(error), context));
            let known = self.memo.company.clone().map_or_else(nobody, Owner::Known);
            self.contact_fields.clear();
            calls.extend(self.put_contact(None, None, (false, true), &known));
            query.refer("fields[contactIds][0]", "contact", &["item", "id"]);
            self.tell_contact(context);
        }
        if let Some(error) = company {
            notes.push(self.warn(Code::CompanyRefused, &words(error), context));
            self.tell_company(context);
        }
        for field in self.follows.iter().filter(|field| field.name == "comments") {
            self.put(field, &mut query);
        }
        calls.push(rest("bind", "crm.item.update", &query));
        let mut step = self.ask(Phase::Mend, calls);
        step.journal = notes;
        step
    }

    pub(super) fn mended(&mut self, reply: &Reply, context: &Context) -> Step {
        let passing = ["contact", "bind"].into_iter().find_map(|key| {
            let error = answer(reply, key)?.error.as_ref()?;
            hiccup(error, key_method(key), self.tried(), context)
        });
        if let Some(act) = passing {
            return Step::of(act);
        }
        // Whatever came of it: a contact that is refused twice must not be tried for ever.
        self.bound(reply, true);
        self.close();
        let learn = self.learn();
        if !self.rows.is_empty() {
            return self.add_rows().learning(learn);
        }
        if self.changed().next().is_some() {
            return Step::of(unanswered("batch", self.tried(), context)).learning(learn);
        }
        self.finish(false, None).learning(learn)
    }
}
