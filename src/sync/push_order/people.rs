//! The buyer and his company in the portal: found, made, filled up, never overwritten.

use super::find::ours;
use super::{Push, CONTACT_TYPE, DOUBT};
use crate::contract::json::Json;
use crate::contract::task::{Call, Entry, Reply};
use crate::domain::email::Email;
use crate::domain::phone::Phone;
use crate::domain::query::Query;
use crate::domain::text::{joined, same};
use crate::error::{Code, Lang, Problem};
use crate::mapping::contact::{owner, Contact, Owner};
use crate::mapping::deal::{Field, CONTACT};
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
            owner = eldest(&seen);
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
            Owner::New => {
                let call = self.put_contact(None, None, (false, false), company);
                people.calls.extend(call);
            }
            Owner::Known(id) => {
                let row = seen.into_iter().find(|row| field(row, "id") == *id);
                let has = (by_phone.contains(id), by_email.contains(id));
                people
                    .calls
                    .extend(self.put_contact(Some(id), row, has, company));
                people.notes.extend(self.keep_manager(reply, id, context));
            }
            // With whom the deal stays is not for us to say.
            Owner::Ambiguous(_) => self.memo.contact = None,
        }
        let bound = self.memo.contact.as_deref().unwrap_or_default();
        let doubted = self
            .memo
            .sent
            .get(CONTACT)
            .is_some_and(|sent| sent == DOUBT);
        if self.deal.is_none() || doubted || !is(&owner, bound) {
            let bind = &mut people.bind;
            self.contact_id = point("fields[contactIds][0]", &owner, "contact", bind);
        }
    }

    /// Of several the one that the settings choose, if they do; and the deal's comment tells of it.
    pub(super) fn settle(
        &mut self,
        owner: Owner,
        code: Code,
        people: &mut People,
        context: &Context,
    ) -> Owner {
        let Owner::Ambiguous(found) = &owner else {
            return owner;
        };
        let found = joined(found, ", ");
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
    pub(super) fn remark(&mut self, label: &str, text: &str) {
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

    /// Our mark, and who is responsible.
    pub(super) fn mark(&self, origin: &str, query: &mut Query) {
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

    /// The contact, made; or one that is `known`, filled up with what he does not have yet. His `row`
    /// is there when he was the first that was found; `has` says whether he has the phone and the
    /// e-mail by what the search found, or is to go without.
    pub(super) fn put_contact(
        &self,
        known: Option<&str>,
        row: Option<&Json>,
        has: (bool, bool),
        company: &Owner,
    ) -> Option<Call> {
        let contact = &self.contact;
        let mut query = params(&[("entityTypeId", CONTACT_TYPE)]);
        let (key, method) = if let Some(known) = known {
            query.set("id", known);
            ("fill", "crm.item.update")
        } else {
            self.mark(&contact.origin, &mut query);
            ("contact", "crm.item.add")
        };
        let bare = query.build();
        // Somebody else of the same family may have the phone: his name is not filled up.
        if known.is_none() || row.is_some_and(|row| agrees(contact, row)) {
            for (name, value) in parts(contact) {
                if !value.is_empty() && row.is_none_or(|row| field(row, name).is_empty()) {
                    query.field(name, value);
                }
            }
            fill(&self.contact_fields, row, &mut query);
        }
        if known.is_none() || row.is_some_and(|row| id(row, "companyId").is_none()) {
            point("fields[companyId]", company, "company", &mut query);
        }
        let seen = row.map_or((false, false), |row| reachable(contact, row));
        // Bitrix24: REST documentation, "Multiple fields": an entry with a key of our own is added to
        // those that are there.
        for (at, kind, of, value, has) in [
            ("fm][n0", "PHONE", "MOBILE", &contact.phone, has.0 || seen.0),
            ("fm][n1", "EMAIL", "WORK", &contact.email, has.1 || seen.1),
        ] {
            if !has && !value.is_empty() {
                for (name, value) in [("typeId", kind), ("valueType", of), ("value", value)] {
                    query.field(&[at, "][", name].concat(), value);
                }
            }
        }
        (query.build() != bare).then(|| rest(key, method, &query))
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
            many: None,
        });
        self.memo.user = Some(user);
        self.one_of.clear();
    }
}

/// The words of the shop's language, in which deals are written whoever looks.
pub(super) fn say(context: &Context, ru: &'static str, en: &'static str) -> &'static str {
    match context.settings.shop.language {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// The mapped fields; of a `row` that is there only those that it has and that are empty.
pub(super) fn fill(fields: &[Field], row: Option<&Json>, query: &mut Query) {
    for field in fields {
        let empty = row.is_none_or(|row| match row.get(&field.name) {
            Some(Json::Null) => true,
            Some(Json::Text(text)) => text.is_empty(),
            Some(Json::List(values)) => values.is_empty(),
            _ => false,
        });
        if empty {
            field.put(query);
        }
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

/// The first of those with our mark.
pub(super) fn eldest(marked: &[&Json]) -> Owner {
    let first = marked.first().and_then(|row| id(row, "id"));
    first.map_or(Owner::New, Owner::Known)
}

pub(super) const fn nobody() -> Owner {
    Owner::Ambiguous(Vec::new())
}

pub(super) fn is(owner: &Owner, id: &str) -> bool {
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
