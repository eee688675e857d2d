//! The buyer's company in the portal: found by its ИНН or by our mark, made with its requisites, filled
//! up, never overwritten.

use super::find::ours;
use super::people::{eldest, fill, ids, is, nobody, point, say, People};
use super::{Push, COMPANY_TYPE};
use crate::contract::json::Json;
use crate::contract::task::Reply;
use crate::domain::query::Query;
use crate::error::Code;
use crate::mapping::company::Company;
use crate::mapping::contact::Owner;
use crate::mapping::deal::COMPANY;
use crate::sync::step::{field, list, params, rest, result};
use crate::sync::Context;

impl Push {
    /// The company to look for. One that the portal refused together with the deal is let go: the
    /// deal is worth more.
    pub(super) fn wants_company(&self) -> Option<&Company> {
        let sent = self.memo.sent.get(COMPANY).map_or("-", String::as_str);
        let wanted = !sent.is_empty() && (self.deal.is_none() || self.differs(COMPANY));
        self.company.as_ref().filter(|_| wanted)
    }

    /// Whose company it is, and what has to be written of it.
    pub(super) fn settle_company(
        &mut self,
        reply: &Reply,
        people: &mut People,
        context: &Context,
    ) -> Owner {
        // An adopted deal keeps the company it has: a manager may have chosen it.
        let kept = self.adopted && self.memo.company.is_some();
        let Some(company) = self.wants_company().filter(|_| !kept).cloned() else {
            if self.company.is_some() && self.memo.company.is_none() {
                // Let go: refused with the deal before.
                self.tell_company(context);
            }
            let known = self.memo.company.clone().filter(|_| self.company.is_some());
            return known.map_or_else(nobody, Owner::Known);
        };
        let mut rows = list(result(reply, "requisite", &[]));
        rows.retain(|row| {
            field(row, "RQ_INN") == company.inn && field(row, "ENTITY_TYPE_ID") == COMPANY_TYPE
        });
        // Branches have the ИНН of the whole and a КПП of their own.
        let branch = |row: &&Json| field(row, "RQ_KPP") == company.kpp;
        if rows.iter().any(branch) {
            rows.retain(branch);
        }
        let mut owner = Owner::among(ids(&rows, "ENTITY_ID"));
        if owner == Owner::New {
            let marked = ours(reply, "company", &company.origin, context);
            owner = eldest(&marked);
        }
        if matches!(owner, Owner::Ambiguous(_)) {
            self.tell_company(context);
        }
        let owner = self.settle(owner, Code::CompanyAmbiguous, people, context);
        if let Owner::Ambiguous(_) = owner {
            self.memo.company = None;
        }
        if owner == Owner::New {
            let mut query = params(&[
                ("entityTypeId", COMPANY_TYPE),
                ("fields[title]", &company.name),
            ]);
            self.mark(&company.origin, &mut query);
            fill(&self.company_fields, None, &mut query);
            people.calls.push(rest("company", "crm.item.add", &query));
        }
        if let Owner::Known(known) = &owner {
            let mut seen = ours(reply, "company", &company.origin, context);
            seen.extend(result(reply, "by_inn", &["item"]));
            let mut query = params(&[("entityTypeId", COMPANY_TYPE), ("id", known)]);
            let bare = query.build();
            if let Some(row) = seen.into_iter().find(|row| is(&owner, &field(row, "id"))) {
                fill(&self.company_fields, Some(row), &mut query);
            }
            if query.build() != bare {
                let call = rest("company_fill", "crm.item.update", &query);
                people.calls.push(call);
            }
        }
        let row = rows
            .into_iter()
            .find(|row| is(&owner, &field(row, "ENTITY_ID")));
        requisites(&company, &owner, row, people, context);
        self.company_id = point("fields[companyId]", &owner, "company", &mut people.bind);
        owner
    }

    pub(super) fn tell_company(&mut self, context: &Context) {
        let line = self.company.as_ref().map(Company::line);
        self.remark(
            say(context, "Компания: ", "Company: "),
            &line.unwrap_or_default(),
        );
    }
}

/// Requisites and the legal address: made where there are none, filled up where they are.
fn requisites(
    company: &Company,
    owner: &Owner,
    row: Option<&Json>,
    people: &mut People,
    context: &Context,
) {
    if company.inn.is_empty() || matches!(owner, Owner::Ambiguous(_)) {
        return;
    }
    let mut query = Query::default();
    let known = row.map(|row| field(row, "ID"));
    if let Some(known) = &known {
        query.set("id", known);
    } else {
        query
            .field("ENTITY_TYPE_ID", COMPANY_TYPE)
            .field("NAME", &company.name)
            .field("RQ_COMPANY_NAME", &company.name)
            .field("ACTIVE", "Y");
        point("fields[ENTITY_ID]", owner, "company", &mut query);
        let preset = &context.settings.people.preset;
        if preset.is_empty() {
            let first = params(&[("order[ID]", "ASC"), ("select[]", "ID")]);
            people
                .calls
                .push(rest("presets", "crm.requisite.preset.list", &first));
            query.refer("fields[PRESET_ID]", "presets", &["0", "ID"]);
        } else {
            query.set("fields[PRESET_ID]", preset);
        }
    }
    // ОГРНИП has fifteen digits, ОГРН thirteen.
    let ogrn = if company.ogrn.len() == 15 {
        "RQ_OGRNIP"
    } else {
        "RQ_OGRN"
    };
    let mut lacks = false;
    for (name, value) in [
        ("RQ_INN", &company.inn),
        ("RQ_KPP", &company.kpp),
        (ogrn, &company.ogrn),
    ] {
        if !value.is_empty() && row.is_none_or(|row| field(row, name).is_empty()) {
            query.field(name, value);
            lacks = true;
        }
    }
    let method = if known.is_some() {
        "crm.requisite.update"
    } else {
        "crm.requisite.add"
    };
    if lacks {
        people.calls.push(rest("requisite", method, &query));
    }
    if company.address.is_empty() {
        return;
    }
    // 6 is the legal address of a requisite (8); one that is there already is left as it is.
    let mut query = params(&[
        ("fields[TYPE_ID]", "6"),
        ("fields[ENTITY_TYPE_ID]", "8"),
        ("fields[ADDRESS_1]", &company.address),
    ]);
    match &known {
        Some(known) => query.set("fields[ENTITY_ID]", known),
        None => query.refer("fields[ENTITY_ID]", "requisite", &[]),
    };
    people
        .calls
        .push(rest("address", "crm.address.add", &query));
}
