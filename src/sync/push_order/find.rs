//! The searches: the deal by our mark, the buyer by phone and e-mail, and what they found.

use super::{key_method, Phase, Push, CONTACT_TYPE, DEAL};
use crate::contract::task::{Act, Learn, Reply, Step};
use crate::domain::fingerprint;
use crate::domain::phone::Phone;
use crate::error::{Code, Problem};
use crate::mapping::contact::{owner, Owner};
use crate::sync::portal::{refused, unanswered};
use crate::sync::step::{self, answer, call, dead, entry, field, id, list, params, rest, result};
use crate::sync::{Context, State};

impl Push {
    pub(super) fn find(self, context: &Context) -> Step {
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
        calls.extend(self.look(context.settings));
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

    pub(super) fn found(mut self, reply: &Reply, context: &Context) -> Step {
        for key in ["deal", "phone", "email", "mark"] {
            if let Some(error) = answer(reply, key).and_then(|answer| answer.error.as_ref()) {
                return Step::of(refused(error, key_method(key), self.tried(), context));
            }
        }
        let mut said = Vec::new();
        if let Some(step) = self.looked(reply, &mut said, context) {
            return step;
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
                    let deal = ours.first();
                    if let Some(step) = deal.and_then(|deal| self.steer(deal, &mut said, context)) {
                        return step;
                    }
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
            stage: self.seen.clone(),
            memo: Some(self.memo.clone()),
            ..Learn::default()
        });
        let missing = match &owner {
            Owner::Known(id) => self.missing(id, &contacts("phone"), &contacts("email")),
            _ => Vec::new(),
        };
        let mut step = self.write(&owner, &missing).noting(adopted).noting(note);
        step.journal.append(&mut said);
        // A step that is already the end has more to tell than the adoption.
        step.learn = step.learn.or(learn);
        step
    }
}
