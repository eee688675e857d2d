//! The searches: the deal by our mark, the buyer by phone and e-mail, his company by its ИНН, and
//! what they found.

use super::people::{ids, People};
use super::{key_method, Phase, Push, COMPANY_TYPE, CONTACT_TYPE, DEAL};
use crate::contract::json::Json;
use crate::contract::task::{Act, Call, Reply, Step};
use crate::domain::fingerprint;
use crate::domain::phone::Phone;
use crate::domain::query::Query;
use crate::domain::text::joined;
use crate::error::{Code, Problem};
use crate::sync::portal::{is_missing, refused, unanswered};
use crate::sync::step::{answer, dead, entry, field, id, list, params, rest, result};
use crate::sync::Context;

impl Push {
    pub(super) fn find(&mut self, context: &Context) -> Step {
        self.asked.clear();
        let mut calls = Vec::new();
        if self.deal.is_none() {
            let call = by_mark("deal", DEAL, &self.order, context);
            self.demand(call, &mut calls);
        }
        if self.wants_contact() && !self.deleted() {
            self.ask_buyer(&mut calls, context);
        }
        if let Some(company) = self.wants_company().cloned() {
            if !company.inn.is_empty() {
                let query = params(&[
                    ("filter[ENTITY_TYPE_ID]", COMPANY_TYPE),
                    ("filter[RQ_INN]", &company.inn),
                    ("order[ID]", "ASC"),
                ]);
                self.demand(rest("requisite", "crm.requisite.list", &query), &mut calls);
                if !self.company_fields.is_empty() {
                    // What of it is empty.
                    let mut query = params(&[("entityTypeId", COMPANY_TYPE)]);
                    query.refer("id", "requisite", &["0", "ENTITY_ID"]);
                    calls.push(rest("by_inn", "crm.item.get", &query));
                }
            }
            let call = by_mark("company", COMPANY_TYPE, &company.origin, context);
            self.demand(call, &mut calls);
        }
        let mut locks = Vec::new();
        let contact = &self.contact;
        let company = self.company.as_ref().map(|company| &company.origin);
        for name in [&contact.phone, &contact.email, &contact.origin]
            .into_iter()
            .chain(company)
        {
            if !name.is_empty() {
                locks.push(fingerprint::of(name));
            }
        }
        calls.extend(self.look(context.settings));
        let mut step = self.ask(Phase::Find, calls);
        if let Act::Call { locks: held, .. } = &mut step.act {
            *held = locks;
        }
        step
    }

    /// Asks what has to be answered. Of a search: without that nothing may be made, for what it would
    /// have found would be made twice.
    pub(super) fn demand(&mut self, call: Call, calls: &mut Vec<Call>) {
        self.asked.push(call.key.clone());
        calls.push(call);
    }

    fn ask_buyer(&mut self, calls: &mut Vec<Call>, context: &Context) {
        let phone = Phone::parse(&self.contact.phone).map(|phone| phone.spellings());
        let email = self.contact.email.clone();
        for (keys, values) in [
            (
                ["phone", "PHONE", "by_phone", "open_phone"],
                phone.unwrap_or_default(),
            ),
            (["email", "EMAIL", "by_email", "open_email"], vec![email]),
        ] {
            if values.iter().any(|value| !value.is_empty()) {
                self.communication(keys, &values, calls, context);
            }
        }
        // A registered buyer may come with a new phone and a new address.
        if self.asked.len() == usize::from(self.deal.is_none())
            || self.contact.origin.starts_with('b')
        {
            let call = by_mark("mark", CONTACT_TYPE, &self.contact.origin, context);
            self.demand(call, calls);
        }
        if let (Some(_), Some(contact)) = (&self.deal, self.memo.contact.clone()) {
            self.demand(get("bound", CONTACT_TYPE, &contact), calls);
        }
    }

    /// Who has the phone or the e-mail, the first of them whole, and his open deals.
    fn communication(
        &mut self,
        [key, kind, first, open]: [&'static str; 4],
        values: &[String],
        calls: &mut Vec<Call>,
        context: &Context,
    ) {
        let mut query = params(&[("type", kind), ("entity_type", "CONTACT")]);
        for value in values {
            query.set("values[]", value);
        }
        self.demand(rest(key, "crm.duplicate.findbycomm", &query), calls);
        let mut query = params(&[("entityTypeId", CONTACT_TYPE)]);
        query.refer("id", key, &["CONTACT", "0"]);
        calls.push(rest(first, "crm.item.get", &query));
        if context.settings.people.keep_manager && self.deal.is_none() {
            let mut query = params(&[
                ("entityTypeId", DEAL),
                ("filter[=closed]", "N"),
                ("order[id]", "DESC"),
                ("select[]", "id"),
                ("select[]", "contactId"),
                ("select[]", "assignedById"),
                ("select[]", "closed"),
            ]);
            query.refer("filter[=contactId]", key, &["CONTACT", "0"]);
            calls.push(rest(open, "crm.item.list", &query));
        }
    }

    pub(super) fn found(&mut self, reply: &Reply, context: &Context) -> Step {
        for key in core::mem::take(&mut self.asked) {
            let (method, tried) = (key_method(&key), self.tried());
            let Some(answer) = answer(reply, &key) else {
                return Step::of(unanswered(method, tried, context));
            };
            match &answer.error {
                // Merged into another, or deleted: the search finds who he is now.
                Some(error) if key == "bound" && is_missing(error) => self.memo.contact = None,
                Some(error) => return Step::of(refused(error, method, tried, context)),
                None => {}
            }
        }
        let mut said = Vec::new();
        let mut bereft = None;
        if let Some(step) = self.looked(reply, &mut said, context) {
            return step;
        }
        if self.deal.is_none() {
            let ours = ours(reply, "deal", &self.order, context);
            match ids(&ours, "id").as_slice() {
                [] => match self.bereft(context) {
                    Ok(note) => bereft = note,
                    Err(end) => return *end,
                },
                [one] => {
                    self.deal = Some(one.clone());
                    self.adopted = true;
                    let bound = |name| ours.first().and_then(|deal| id(deal, name));
                    self.memo.contact = bound("contactId");
                    self.memo.company = bound("companyId");
                    let deal = ours.first().filter(|_| !self.deleted());
                    if let Some(step) = deal.and_then(|deal| self.steer(deal, &mut said, context)) {
                        return step;
                    }
                }
                several => {
                    let problem = Problem::new(Code::DealConflict)
                        .with("order", self.order.clone())
                        .with("deals", joined(several, ", "));
                    return Step::of(dead(&problem, context));
                }
            }
        }
        if self.deleted() {
            let learn = self.learn();
            return self.read_deal().learning(learn);
        }
        let adopted = self.adopted.then(|| {
            let deal = self.deal.clone().unwrap_or_default();
            let problem = Problem::new(Code::DealAdopted).with("deal", deal.clone());
            entry("info", &problem, &self.order, Some(&deal), context)
        });
        let mut people = People::default();
        let company = self.settle_company(reply, &mut people, context);
        self.settle_contact(reply, &company, &mut people, context);
        if self.deal.is_none() && !self.one_of.is_empty() {
            // He has no manager of his own: it is somebody's turn, and the search is repeated after it.
            return self.draw();
        }
        said.append(&mut people.notes);
        let mut step = self.write(people).noting(bereft).noting(adopted);
        step.journal.append(&mut said);
        step
    }
}

/// The search by our mark.
pub(super) fn by_mark(key: &str, kind: &str, origin: &str, context: &Context) -> Call {
    let mut query = marked(kind, origin, context);
    query.set("select[]", "*").set("order[id]", "ASC");
    rest(key, "crm.item.list", &query)
}

/// What has our mark.
pub(super) fn marked(kind: &str, origin: &str, context: &Context) -> Query {
    params(&[
        ("entityTypeId", kind),
        ("filter[=originatorId]", &context.settings.shop.id),
        ("filter[=originId]", origin),
    ])
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
