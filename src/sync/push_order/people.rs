//! The buyer and his company in the portal: found, made, filled up, never overwritten.

use super::find::ours;
use super::{Push, COMPANY_TYPE, CONTACT_TYPE};
use crate::contract::json::Json;
use crate::contract::task::{Call, Entry, Reply};
use crate::domain::email::Email;
use crate::domain::phone::Phone;
use crate::domain::query::Query;
use crate::domain::text::same;
use crate::error::{Code, Lang, Problem};
use crate::mapping::company::Company;
use crate::mapping::contact::{owner, Contact, Owner};
use crate::mapping::deal::{Field, COMPANY, CONTACT};
use crate::sync::step::{entry, field, id, list, params, rest, result, text};
use crate::sync::Context;

/// What is to be written about people, before and into the deal.
#[derive(Default)]
pub(super) struct People {
    /// They come before the deal.
    pub(super) calls: Vec<Call>,
    /// What the deal gets of them.
    pub(super) bind: Query,
    /// What a person should know.
    pub(super) notes: Vec<Entry>,
}

impl Push {
    pub(super) fn wants_contact(&self) -> bool {
        self.deal.is_none() || self.differs(CONTACT)
    }

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
            owner = Owner::among(ids(&marked, "id").into_iter().take(1).collect());
        }
        if matches!(owner, Owner::Ambiguous(_)) {
            self.tell_company(context);
        }
        let owner = self.settle(owner, Code::CompanyAmbiguous, people, context);
        if owner == Owner::New {
            let mut query = params(&[
                ("entityTypeId", COMPANY_TYPE),
                ("fields[title]", &company.name),
            ]);
            self.mark(&company.origin, &mut query);
            people.calls.push(rest("company", "crm.item.add", &query));
        }
        let row = rows
            .into_iter()
            .find(|row| is(&owner, &field(row, "ENTITY_ID")));
        requisites(&company, &owner, row, people, context);
        self.company_id = point("fields[companyId]", &owner, "company", &mut people.bind);
        owner
    }

    /// Whose contact the buyer is, and what has to be written of him.
    pub(super) fn settle_contact(
        &mut self,
        reply: &Reply,
        company: &Owner,
        people: &mut People,
        context: &Context,
    ) {
        // An adopted deal keeps the contact it has: a manager may have chosen it.
        if !self.wants_contact() || self.adopted && self.memo.contact.is_some() {
            return;
        }
        let contacts = |key: &str| -> Vec<String> {
            let found = list(result(reply, key, &["CONTACT"]));
            found.into_iter().map(|id| text(Some(id))).collect()
        };
        let (by_phone, by_email) = (contacts("phone"), contacts("email"));
        let mut seen = ours(reply, "mark", &self.contact.origin, context);
        let mut owner = owner(&by_phone, &by_email);
        if owner == Owner::New {
            owner = Owner::among(ids(&seen, "id").into_iter().take(1).collect());
        }
        let one = |key| result(reply, key, &["item"]);
        if let (Owner::New, Some(row)) = (&owner, one("bound")) {
            // He has mended his phone or his e-mail, and is still who he was.
            if agrees(&self.contact, row) {
                owner = Owner::Known(field(row, "id"));
            }
        }
        seen.extend(
            ["by_phone", "by_email", "bound"]
                .into_iter()
                .filter_map(one),
        );
        if matches!(owner, Owner::Ambiguous(_)) {
            self.tell_contact(context);
        }
        let owner = self.settle(owner, Code::ContactAmbiguous, people, context);
        match &owner {
            Owner::New => people.calls.push(self.add_contact(true, company)),
            Owner::Known(id) => {
                let row = seen.into_iter().find(|row| field(row, "id") == *id);
                let has = (by_phone.contains(id), by_email.contains(id));
                people.calls.extend(self.fill(id, row, has, company));
                people.notes.extend(self.keep_manager(reply, id, context));
            }
            Owner::Ambiguous(_) => {}
        }
        if self.deal.is_some()
            && self
                .memo
                .contact
                .as_ref()
                .is_some_and(|known| is(&owner, known))
        {
            return;
        }
        self.contact_id = point("fields[contactIds][0]", &owner, "contact", &mut people.bind);
    }

    /// Of several the one that the settings choose, if they do; and the deal's comment tells of it.
    fn settle(
        &mut self,
        owner: Owner,
        code: Code,
        people: &mut People,
        context: &Context,
    ) -> Owner {
        let Owner::Ambiguous(found) = &owner else {
            return owner;
        };
        let found = found.join(", ");
        let chosen = owner.chosen(context.settings.people.ambiguous).cloned();
        let told = match &chosen {
            Some(id) => [say(context, ". Выбран ", ". Chosen: "), id],
            None => [
                say(context, ". Выберите нужный", ". Choose the right one"),
                "",
            ],
        };
        let several = say(context, "Подходят несколько: ", "Several fit: ");
        self.remark(several, &[&found, &*told.concat(), "."].concat());
        let problem = match &chosen {
            Some(id) => Problem::new(Code::OneOfSeveral).with("chosen", id.clone()),
            None => Problem::new(code),
        };
        let deal = self.deal.as_deref();
        let problem = problem.with("found", found);
        people
            .notes
            .push(entry("warning", &problem, &self.order, deal, context));
        chosen.map_or(owner, Owner::Known)
    }

    /// A line under the deal's comment.
    fn remark(&mut self, label: &str, text: &str) {
        if !self.remarks.is_empty() {
            self.remarks.push('\n');
        }
        self.remarks.push_str(label);
        self.remarks.push_str(text);
    }

    pub(super) fn tell_contact(&mut self, context: &Context) {
        let line = self.contact.line();
        self.remark(say(context, "Покупатель: ", "Buyer: "), &line);
    }

    pub(super) fn tell_company(&mut self, context: &Context) {
        let line = self.company.as_ref().map(Company::line);
        self.remark(
            say(context, "Компания: ", "Company: "),
            &line.unwrap_or_default(),
        );
    }

    /// Our mark, and who is responsible.
    fn mark(&self, origin: &str, query: &mut Query) {
        let shop = self
            .follows
            .iter()
            .find(|field| field.name == "originatorId");
        for (name, value) in [
            (
                "fields[assignedById]",
                self.memo.user.as_deref().unwrap_or(""),
            ),
            (
                "fields[originatorId]",
                shop.map_or("", |field| &field.value),
            ),
            ("fields[originId]", origin),
            ("fields[opened]", "Y"),
        ] {
            if !value.is_empty() {
                query.set(name, value);
            }
        }
    }

    pub(super) fn add_contact(&self, with_email: bool, company: &Owner) -> Call {
        let contact = &self.contact;
        let mut query = params(&[("entityTypeId", CONTACT_TYPE)]);
        for (name, value) in parts(contact) {
            if !value.is_empty() {
                query.set(&["fields[", name, "]"].concat(), value);
            }
        }
        self.mark(&contact.origin, &mut query);
        point("fields[companyId]", company, "company", &mut query);
        communications(contact, (false, !with_email), &mut query);
        rest("contact", "crm.item.add", &query)
    }

    /// What the contact does not have yet. His `row` is there when he was the first that was found;
    /// `has` says whether the search found him by his phone and by his e-mail.
    fn fill(
        &self,
        id_of: &str,
        row: Option<&Json>,
        has: (bool, bool),
        company: &Owner,
    ) -> Option<Call> {
        let mut query = params(&[("entityTypeId", CONTACT_TYPE), ("id", id_of)]);
        let bare = query.build();
        let contact = &self.contact;
        let mut has = has;
        if let Some(row) = row {
            let (phone, email) = reachable(contact, row);
            has = (has.0 || phone, has.1 || email);
            for (name, value) in lacking(contact, row) {
                query.set(&["fields[", name, "]"].concat(), value);
            }
            if id(row, "companyId").is_none() {
                point("fields[companyId]", company, "company", &mut query);
            }
        }
        communications(contact, has, &mut query);
        (query.build() != bare).then(|| rest("fill", "crm.item.update", &query))
    }

    /// A known buyer stays with the manager of his last open deal, if the settings say so.
    fn keep_manager(&mut self, reply: &Reply, contact: &str, context: &Context) -> Option<Entry> {
        let people = &context.settings.portal.users;
        let mut open = list(result(reply, "open_phone", &["items"]));
        open.extend(list(result(reply, "open_email", &["items"])));
        // A reference that led nowhere may have let any deal through.
        let deal = open
            .into_iter()
            .find(|deal| field(deal, "contactId") == contact && field(deal, "closed") != "Y")?;
        let user = id(deal, "assignedById")?;
        if self.deal.is_some() || people.iter().any(|known| known.id == user && !known.active) {
            return None;
        }
        let problem = Problem::new(Code::ManagerKept)
            .with("user", user.clone())
            .with("deal", field(deal, "id"));
        self.assign(user);
        Some(entry("info", &problem, &self.order, None, context))
    }

    /// Makes a user responsible for the deal that is about to be made.
    pub(super) fn assign(&mut self, user: String) {
        self.once.retain(|field| field.name != "assignedById");
        self.once.push(Field {
            name: "assignedById".to_owned(),
            value: user.clone(),
        });
        self.memo.user = Some(user);
    }
}

/// The words of the shop's language, in which deals are written whoever looks.
fn say(context: &Context, ru: &'static str, en: &'static str) -> &'static str {
    match context.settings.shop.language {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// Ids of rows, each once.
pub(super) fn ids(rows: &[&Json], name: &str) -> Vec<String> {
    let mut out = Vec::new();
    for id in rows.iter().filter_map(|row| id(row, name)) {
        if !out.contains(&id) {
            out.push(id);
        }
    }
    out
}

pub(super) const fn nobody() -> Owner {
    Owner::Ambiguous(Vec::new())
}

fn is(owner: &Owner, id: &str) -> bool {
    matches!(owner, Owner::Known(known) if known == id)
}

/// Points at one that is known, or at one that the call `call` of the same batch makes.
pub(super) fn point(key: &str, owner: &Owner, call: &str, query: &mut Query) -> Option<String> {
    match owner {
        Owner::New => {
            query.refer(key, call, &["item", "id"]);
            None
        }
        Owner::Known(id) => {
            query.set(key, id);
            Some(id.clone())
        }
        Owner::Ambiguous(_) => None,
    }
}

fn parts(contact: &Contact) -> [(&'static str, &str); 3] {
    [
        ("name", &contact.name),
        ("lastName", &contact.last_name),
        ("secondName", &contact.second_name),
    ]
}

/// Whether the names of both say the same person: what both have is the same, and that is something.
fn agrees(contact: &Contact, row: &Json) -> bool {
    let both = parts(contact).map(|(name, value)| (field(row, name), value));
    let mut both = both
        .iter()
        .filter(|(theirs, ours)| !theirs.is_empty() && !ours.is_empty());
    both.clone().next().is_some() && both.all(|(theirs, ours)| same(theirs, ours))
}

/// The parts of the name that the portal's contact lacks. Somebody else of the same family may have
/// the phone: his name is not filled up with the buyer's.
fn lacking<'a>(contact: &'a Contact, row: &Json) -> Vec<(&'static str, &'a str)> {
    let mut lacking = parts(contact).to_vec();
    let agrees = agrees(contact, row);
    lacking.retain(|(name, value)| agrees && !value.is_empty() && field(row, name).is_empty());
    lacking
}

/// Whether the portal's contact has the buyer's phone and his e-mail, however they are written.
pub(super) fn reachable(contact: &Contact, row: &Json) -> (bool, bool) {
    let all: Vec<String> = list(row.get("fm"))
        .into_iter()
        .map(|one| field(one, "value"))
        .collect();
    let phone =
        |value: &String| Phone::parse(value).is_some_and(|phone| phone.text() == contact.phone);
    let email =
        |value: &String| Email::parse(value).is_some_and(|email| email.text() == contact.email);
    (all.iter().any(phone), all.iter().any(email))
}

/// The phone and the e-mail, unless he has them. Bitrix24: REST documentation, "Multiple fields": an
/// entry with a key of our own is added to those that are there.
fn communications(contact: &Contact, has: (bool, bool), query: &mut Query) {
    for (at, kind, of, value, has) in [
        ("fields[fm][n0]", "PHONE", "MOBILE", &contact.phone, has.0),
        ("fields[fm][n1]", "EMAIL", "WORK", &contact.email, has.1),
    ] {
        if !has && !value.is_empty() {
            for (name, value) in [("[typeId]", kind), ("[valueType]", of), ("[value]", value)] {
                query.set(&[at, name].concat(), value);
            }
        }
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
            .set("fields[ENTITY_TYPE_ID]", COMPANY_TYPE)
            .set("fields[NAME]", &company.name)
            .set("fields[RQ_COMPANY_NAME]", &company.name)
            .set("fields[ACTIVE]", "Y");
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
            query.set(&["fields[", name, "]"].concat(), value);
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
