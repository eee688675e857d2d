//! A buyer whose last order is linked: his contact is known, and one request is enough.
//!
//! That the order has no link does not mean that it has no deal. The answer to its creation may be
//! lost, the table may have been restored from a backup or emptied when the portal was connected anew,
//! and a copy of the shop may be at work. So the search is never left out: it stands in the same batch
//! before the creation, and the creation is written such that the portal refuses it when the search has
//! found anything ([`Query::unless`]). Nor is a portal that does not understand that made to double: it
//! refuses as well. Whatever else comes than a deal made for a contact who is still there leads to the
//! search of everything ([`Push::find`]), so nothing is decided here that is not decided there.

use super::find::{by_mark, get};
use super::people::{point, reachable};
use super::{Phase, Push, COMPANY_TYPE, CONTACT_TYPE};
use crate::contract::task::{Act, Link, Reply, Step};
use crate::domain::query::Query;
use crate::mapping::contact::Owner;
use crate::mapping::deal::{COMPANY, CONTACT};
use crate::sync::step::{look, rest, result};
use crate::sync::{Context, State};

impl Push {
    /// Who the buyer is: the same for two orders when all that is known of him and of his company is.
    pub(super) fn buyer(&self) -> Option<String> {
        let contact = &self.contact;
        if contact.phone.is_empty() && contact.email.is_empty() {
            return None;
        }
        let part = |name| self.wanted.get(name).map_or("", String::as_str);
        Some([part(CONTACT), part(COMPANY)].concat())
    }

    /// The responsible has to be known before the deal is made, and so have the open deals.
    pub(super) fn look_buyer(&mut self, context: &Context) -> Step {
        let buyer = self
            .buyer()
            .filter(|_| !context.settings.people.keep_manager);
        let (Some(buyer), None) = (buyer, &self.deal) else {
            return self.find(context);
        };
        self.phase = Phase::Buyer;
        let state = State::PushOrder(Box::new(core::mem::take(self)));
        let mut step = look(&state, Vec::new());
        if let Act::Look { buyers, .. } = &mut step.act {
            buyers.push(buyer);
        }
        step
    }

    pub(super) fn recognised(&mut self, links: &[Link], context: &Context) -> Step {
        let memo = links.first().and_then(|link| link.memo.as_ref());
        let contact = memo.and_then(|memo| memo.contact.clone());
        let company = memo.and_then(|memo| memo.company.clone());
        let company = company.filter(|_| self.company.is_some());
        let (Some(contact), true) = (contact, company.is_some() == self.company.is_some()) else {
            return self.find(context);
        };
        let mut calls = vec![
            by_mark("twin", super::DEAL, &self.order, context),
            get("bound", CONTACT_TYPE, &contact),
        ];
        let mut bind = Query::default();
        self.contact_id = point(
            "fields[contactIds][0]",
            &Owner::Known(contact),
            "",
            &mut bind,
        );
        if let Some(company) = company {
            calls.push(get("company_bound", COMPANY_TYPE, &company));
            self.company_id = point("fields[companyId]", &Owner::Known(company), "", &mut bind);
        }
        let mut query = Query::default();
        query.unless("entityTypeId", "twin", super::DEAL);
        calls.push(rest("deal", "crm.item.add", &self.whole(query, &bind)));
        // They may be needed once more.
        let rows = self.rows.clone();
        self.put_rows(&mut calls);
        let fit = self.rows.is_empty();
        self.rows = rows;
        self.placed = 0;
        if !fit {
            return self.find(context);
        }
        self.ask(Phase::AtOnce, calls)
    }

    pub(super) fn at_once(&mut self, reply: &Reply, context: &Context) -> Step {
        if result(reply, "deal", &["item", "id"]).is_some() {
            self.rows.clear();
            return self.made(reply, context);
        }
        self.contact_id = None;
        self.company_id = None;
        self.find(context)
    }

    /// Whether contact and company are still there, and he still is who he was.
    pub(super) fn still_there(&self, reply: &Reply) -> bool {
        let row = |key| result(reply, key, &["item"]);
        let (phone, email) =
            row("bound").map_or((false, false), |row| reachable(&self.contact, row));
        (phone || self.contact.phone.is_empty())
            && (email || self.contact.email.is_empty())
            && (self.company.is_none() || row("company_bound").is_some())
    }
}
