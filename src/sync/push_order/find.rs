//! The searches: the deal by our mark, the buyer by phone and e-mail, his company by its ИНН, and
//! what they found.

use super::people::{ids, People};
use super::{key_method, Phase, Push, COMPANY_TYPE, CONTACT_TYPE, DEAL};
use crate::contract::json::Json;
use crate::contract::task::{Act, Call, Reply, Step};
use crate::domain::fingerprint;
use crate::domain::phone::Phone;
use crate::error::{Code, Problem};
use crate::sync::portal::{is_missing, refused, unanswered};
use crate::sync::step::{answer, call, dead, entry, field, id, list, params, rest, result};
use crate::sync::{Context, State};

impl Push {
    /// The searches by their keys, and whether they are needed. Without the answer to one of them
    /// nothing may be made: what it would have found would be made twice.
    fn searches(&self) -> [(&'static str, bool); 7] {
        let contact = self.wants_contact();
        let company = self.wants_company();
        let phone = !self.contact.phone.is_empty();
        let email = !self.contact.email.is_empty();
        // A registered buyer may come with a new phone and a new address.
        let mark = !phone && !email || self.contact.origin.starts_with("buyer:");
        let inn = company.is_some_and(|company| !company.inn.is_empty());
        [
            ("deal", self.deal.is_none()),
            ("phone", contact && phone),
            ("email", contact && email),
            ("mark", contact && mark),
            ("bound", contact && self.is_bound()),
            ("requisite", inn),
            ("company", company.is_some()),
        ]
    }

    fn is_bound(&self) -> bool {
        self.deal.is_some() && self.memo.contact.is_some()
    }

    pub(super) fn find(mut self, context: &Context) -> Step {
        self.phase = Phase::Find;
        let mut calls = Vec::new();
        for (key, needed) in self.searches() {
            if needed {
                self.search(key, &mut calls, context);
            }
        }
        let company = self.company.as_ref().map(|company| &company.origin);
        let contact = &self.contact;
        let locks = [&contact.phone, &contact.email, &contact.origin]
            .into_iter()
            .chain(company)
            .filter(|value| !value.is_empty())
            .map(|value| fingerprint::of(value))
            .collect();
        let mut step = call(&State::PushOrder(Box::new(self)), calls);
        if let Act::Call { locks: held, .. } = &mut step.act {
            *held = locks;
        }
        step
    }

    fn search(&self, key: &'static str, calls: &mut Vec<Call>, context: &Context) {
        let origin = match (key, &self.company) {
            ("phone", _) => {
                let spellings = Phone::parse(&self.contact.phone).map(|phone| phone.spellings());
                let values = spellings.unwrap_or_default();
                return self.communication(
                    [key, "PHONE", "by_phone", "open_phone"],
                    &values,
                    calls,
                    context,
                );
            }
            ("email", _) => {
                let values = [self.contact.email.clone()];
                return self.communication(
                    [key, "EMAIL", "by_email", "open_email"],
                    &values,
                    calls,
                    context,
                );
            }
            ("bound", _) => {
                let contact = self.memo.contact.as_deref().unwrap_or_default();
                calls.push(get(key, CONTACT_TYPE, contact));
                return;
            }
            ("requisite", Some(company)) => {
                let mut query = params(&[
                    ("filter[ENTITY_TYPE_ID]", COMPANY_TYPE),
                    ("filter[RQ_INN]", &company.inn),
                    ("order[ID]", "ASC"),
                ]);
                for name in [
                    "ID",
                    "ENTITY_TYPE_ID",
                    "ENTITY_ID",
                    "RQ_INN",
                    "RQ_KPP",
                    "RQ_OGRN",
                    "RQ_OGRNIP",
                ] {
                    query.set("select[]", name);
                }
                calls.push(rest(key, "crm.requisite.list", &query));
                return;
            }
            ("mark", _) => &self.contact.origin,
            ("company", Some(company)) => &company.origin,
            _ => &self.order,
        };
        let kind = match key {
            "mark" => CONTACT_TYPE,
            "company" => COMPANY_TYPE,
            _ => DEAL,
        };
        calls.push(by_mark(key, kind, origin, context));
    }

    /// Who has the phone or the e-mail, the first of them whole, and his open deals.
    fn communication(
        &self,
        [key, kind, first, open]: [&'static str; 4],
        values: &[String],
        calls: &mut Vec<Call>,
        context: &Context,
    ) {
        let mut query = params(&[("type", kind), ("entity_type", "CONTACT")]);
        for value in values {
            query.set("values[]", value);
        }
        calls.push(rest(key, "crm.duplicate.findbycomm", &query));
        let mut query = params(&[("entityTypeId", CONTACT_TYPE)]);
        query.refer("id", key, &["CONTACT", "0"]);
        calls.push(rest(first, "crm.item.get", &query));
        if context.settings.people.keep_manager && self.deal.is_none() {
            let mut query = params(&[
                ("entityTypeId", DEAL),
                ("filter[=closed]", "N"),
                ("order[id]", "DESC"),
            ]);
            for name in ["id", "contactId", "assignedById", "closed"] {
                query.set("select[]", name);
            }
            query.refer("filter[=contactId]", key, &["CONTACT", "0"]);
            calls.push(rest(open, "crm.item.list", &query));
        }
    }

    pub(super) fn found(mut self, reply: &Reply, context: &Context) -> Step {
        for (key, needed) in self.searches() {
            if !needed {
                continue;
            }
            let Some(answer) = answer(reply, key) else {
                return Step::of(unanswered(key_method(key), self.tried(), context));
            };
            match &answer.error {
                // Merged into another, or deleted: the search finds who he is now.
                Some(error) if key == "bound" && is_missing(error) => self.memo.contact = None,
                Some(error) => {
                    return Step::of(refused(error, key_method(key), self.tried(), context));
                }
                None => {}
            }
        }
        if self.deal.is_none() {
            let ours = ours(reply, "deal", &self.order, context);
            match ids(&ours, "id").as_slice() {
                [] => {}
                [one] => {
                    self.deal = Some(one.clone());
                    self.adopted = true;
                    let bound = |name| ours.first().and_then(|deal| id(deal, name));
                    self.memo.contact = bound("contactId");
                    self.memo.company = bound("companyId");
                }
                several => {
                    let problem = Problem::new(Code::DealConflict)
                        .with("order", self.order.clone())
                        .with("deals", several.join(", "));
                    return Step::of(dead(&problem, context));
                }
            }
        }
        let adopted = self.adopted.then(|| {
            let deal = self.deal.clone().unwrap_or_default();
            let problem = Problem::new(Code::DealAdopted).with("deal", deal.clone());
            entry("info", &problem, &self.order, Some(&deal), context)
        });
        let learn = self.adopted.then(|| self.learn());
        let mut people = People::default();
        let company = self.settle_company(reply, &mut people, context);
        self.settle_contact(reply, &company, &mut people, context);
        let notes = core::mem::take(&mut people.notes);
        let mut step = self.write(people).noting(adopted);
        step.journal.extend(notes);
        // A step that is already the end has more to tell than the adoption.
        step.learn = step.learn.or(learn);
        step
    }
}

/// The search by our mark.
pub(super) fn by_mark(key: &str, kind: &str, origin: &str, context: &Context) -> Call {
    let query = params(&[
        ("entityTypeId", kind),
        ("filter[=originatorId]", &context.settings.shop.id),
        ("filter[=originId]", origin),
        ("select[]", "*"),
        ("order[id]", "ASC"),
    ]);
    rest(key, "crm.item.list", &query)
}

pub(super) fn get(key: &str, kind: &str, id: &str) -> Call {
    rest(
        key,
        "crm.item.get",
        &params(&[("entityTypeId", kind), ("id", id)]),
    )
}

/// What a search by our mark found. A portal that does not know a filter may answer with all it has.
pub(super) fn ours<'a>(
    reply: &'a Reply,
    key: &str,
    origin: &str,
    context: &Context,
) -> Vec<&'a Json> {
    let mut rows = list(result(reply, key, &["items"]));
    rows.retain(|row| {
        field(row, "originId") == origin && field(row, "originatorId") == context.settings.shop.id
    });
    rows
}
