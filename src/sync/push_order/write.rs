//! The batch that writes contact, deal and rows, and what came of it.

use super::people::Communication;
use super::rows::rows_query;
use super::{key_method, Phase, Push, CONTACT_TYPE, DEAL};
use crate::contract::task::{Act, Call, CallError, Learn, Reply, Step};
use crate::domain::query::Query;
use crate::error::{Code, Problem};
use crate::mapping::contact::Owner;
use crate::mapping::deal::{CONTACT, ROWS};
use crate::sync::portal::{hiccup, is_missing, refused, unanswered, words};
use crate::sync::step::{answer, call, dead, entry, id, params, rest, result};
use crate::sync::{Context, State};

impl Push {
    /// The batch that writes: contact if there is none, deal, rows. A contact that is there is filled
    /// up, never overwritten.
    pub(super) fn write(mut self, owner: &Owner, missing: &[Communication]) -> Step {
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
        calls.extend(self.move_call());
        if calls.is_empty() {
            // Only the contact differed, and it turned out to be the one already bound.
            return self.finish(false, None);
        }
        let intent = self.intent();
        // What has been put into calls need not be carried any further.
        let push = Self {
            phase: Phase::Write,
            rows: Vec::new(),
            once: Vec::new(),
            ..self
        };
        let mut step = call(&State::PushOrder(Box::new(push)), calls);
        step.learn = intent;
        step
    }

    pub(super) fn wrote(mut self, reply: &Reply, context: &Context) -> Step {
        let error = |key: &str| answer(reply, key).and_then(|answer| answer.error.as_ref());
        let creating = self.deal.is_none();
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
            self.born(item);
            self.remember_follows();
        } else if error("update")
            .or_else(|| error("rows"))
            .or_else(|| error("move"))
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
        let (moved, stuck) = self.arrived(reply, context);
        let created = creating.then(|| self.journal("info", Code::DealCreated, context));
        let learn = Learn {
            order_id: self.order.clone(),
            deal_id: self.deal.clone(),
            stage: self.seen.clone(),
            memo: Some(self.memo.clone()),
            ..Learn::default()
        };
        if let Some(error) = contact_error.filter(|_| stuck.is_none()) {
            // The next attempt makes the contact and binds it to the deal we now know.
            if let Some(act) = hiccup(&error, "crm.item.add", self.tried(), context) {
                return Step::of(act).learning(learn).noting(created).noting(moved);
            }
            return self
                .mend(&error, context)
                .learning(learn)
                .noting(created)
                .noting(moved);
        }
        let trouble = ["update", "rows"].into_iter().find_map(|key| {
            error(key).map(|error| refused(error, key_method(key), self.tried(), context))
        });
        if let Some(act) = trouble.or(stuck) {
            return Step::of(act).learning(learn).noting(created).noting(moved);
        }
        if self.changed().next().is_some() {
            // Cut short: what is missing is sent by the next attempt, to the deal we now know.
            return Step::of(unanswered("batch", self.tried(), context))
                .learning(learn)
                .noting(created)
                .noting(moved);
        }
        let only_moved = moved.is_some() && reply.answers.len() == 1;
        let said = created.or_else(|| {
            (!self.adopted && !only_moved).then(|| self.journal("info", Code::DealUpdated, context))
        });
        self.finish(creating, said)
            .learning(learn)
            .noting(moved)
            .noting(unfilled)
    }

    pub(super) fn deal_refused(&self, error: &CallError, context: &Context) -> Act {
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
    pub(super) fn mend(self, error: &CallError, context: &Context) -> Step {
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

    pub(super) fn mended(mut self, reply: &Reply, context: &Context) -> Step {
        let passing = ["contact", "bind"].into_iter().find_map(|key| {
            let error = answer(reply, key)?.error.as_ref()?;
            hiccup(error, key_method(key), self.tried(), context)
        });
        if let Some(act) = passing {
            return Step::of(act);
        }
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
            ..Learn::default()
        };
        if self.changed().next().is_some() {
            return Step::of(unanswered("batch", self.tried(), context)).learning(learn);
        }
        self.finish(false, None).learning(learn)
    }
}

fn is_gone(error: &CallError) -> bool {
    is_missing(error) || error.code == "OWNER_NOT_FOUND"
}

fn joined(first: &Query, second: &Query) -> String {
    match (first.build(), second.build()) {
        (first, second) if second.is_empty() => first,
        (first, second) => [first, "&".to_owned(), second].concat(),
    }
}
