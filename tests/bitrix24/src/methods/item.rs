//! Reading with the universal methods: crm.item.fields, get, list, delete.

use crate::model::changes::{Family, Hit};
use crate::model::fields::{Access, Entity, Kind, F};
use crate::model::portal::Portal;
use crate::model::record::Record;
use crate::php::{list, obj, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

use super::item_write::{add, batch_import, import, update};
use super::lists::{Query, Start};
use super::values::{flag, universal, write_uf};

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[
    ("crm.item.fields", fields),
    ("crm.item.get", get),
    ("crm.item.list", all),
    ("crm.item.add", add),
    ("crm.item.update", update),
    ("crm.item.delete", delete),
    ("crm.item.import", import),
    ("crm.item.batchImport", batch_import),
];

/// Fields a portal prints although they are switched off.
const DISABLED: &[&str] =
    &["dateCreateShort", "dateModifyShort", "eventDate", "eventId", "isWork", "hasProducts"];

/// The entity a call is about.
pub fn entity_of(params: &Params) -> Result<Entity, RestError> {
    let id = params.need_int("entityTypeId")?;
    Entity::of_type(id).ok_or_else(|| RestError::new(400, "NOT_FOUND", "Смарт-процесс не найден"))
}

/// Whether user fields go by their original names in this call.
pub fn original_names(portal: &Portal, params: &Params) -> bool {
    portal.switches.original_uf_names && params.exact("useOriginalUfNames").is_some_and(flag)
}

/// Prints a record.
pub fn print(portal: &Portal, entity: Entity, record: &Record, original: bool, select: &Select) -> Arr {
    let mut out = Arr::new();
    for (field, _) in entity.fields() {
        let name = field.meta().camel;
        if select.wants(name) {
            out.put(name, universal(record, *field));
        }
    }
    for (_, field) in portal.fields_of(entity) {
        let camel = portal.uf_camel(entity, &field.name);
        let name = if original { &field.name } else { &camel };
        if select.wants(name) || select.wants(&field.name) || select.wants_all_uf() {
            out.put_text(name, write_uf(field, record.uf.get(field.name.as_str()), Family::Universal));
        }
    }
    if entity == Entity::Deal {
        if select.all {
            for name in DISABLED {
                out.put(name, Php::Null);
            }
        }
        if select.wants("observers") {
            out.put("observers", list(record.observers.iter().copied()));
        }
        if select.wants("contactIds") {
            out.put("contactIds", list(record.contacts.iter().copied()));
        }
    } else if select.all || select.names.iter().any(|n| n == "fm") {
        print_multi(record, &mut out);
    }
    if select.wants("entityTypeId") {
        out.put("entityTypeId", entity.type_id());
    }
    out
}

fn print_multi(record: &Record, out: &mut Arr) {
    let fm = record.multi.iter().map(|m| {
        obj([
            ("id", m.id.into()),
            ("valueType", (&*m.value_type).into()),
            ("value", (&*m.value).into()),
            ("typeId", (&*m.kind).into()),
        ])
    });
    out.put("fm", list(fm));
    for (kind, name, work, mobile) in
        [("PHONE", "phone", "phoneWork", "phoneMobile"), ("EMAIL", "email", "emailWork", "emailHome")]
    {
        let of_kind = || record.multi.iter().filter(move |m| &*m.kind == kind);
        if let Some(first) = of_kind().next() {
            out.put(name, &*first.value);
        }
        for (label, value_type) in [(work, "WORK"), (mobile, if kind == "PHONE" { "MOBILE" } else { "HOME" })]
        {
            if let Some(found) = of_kind().find(|m| &*m.value_type == value_type) {
                out.put(label, &*found.value);
            }
        }
    }
}

/// Which fields an answer carries.
#[derive(Debug, Default)]
pub struct Select {
    all: bool,
    names: Vec<String>,
}

impl Select {
    /// Everything.
    pub fn everything() -> Self {
        Self { all: true, names: Vec::new() }
    }

    fn read(value: Option<&Php>) -> Self {
        let mut select = Self::default();
        for name in value.map(Php::each).unwrap_or_default() {
            let name = name.text();
            if name == "*" {
                select.all = true;
            } else if !name.is_empty() {
                select.names.push(name.into_owned());
            }
        }
        select.all |= select.names.is_empty();
        select
    }

    fn wants_all_uf(&self) -> bool {
        self.names.iter().any(|n| n == "uf*" || n == "UF_*")
    }

    fn wants(&self, name: &str) -> bool {
        self.all || name == "id" || self.names.iter().any(|n| n == name)
    }
}

/// A record the caller may see.
pub fn find(portal: &Portal, entity: Entity, params: &Params) -> Result<i64, RestError> {
    let id = params.need_int("id")?;
    let record = portal.shelf(entity).get(id).ok_or_else(RestError::no_element)?;
    if !portal.visible(entity, record) {
        return Err(RestError::denied());
    }
    Ok(id)
}

/// The answer with one item.
pub fn answer(portal: &Portal, entity: Entity, id: i64, original: bool) -> Reply {
    let record = portal.shelf(entity).get(id).ok_or_else(RestError::no_element)?;
    Ok(obj([("item", print(portal, entity, record, original, &Select::everything()).into())]).into())
}

/// Universal methods are for employees only.
pub fn check_intranet(portal: &Portal) -> Result<(), RestError> {
    if portal.switches.owner_intranet {
        return Ok(());
    }
    let text = "Действие разрешено только интранет-пользователям";
    Err(RestError::new(403, "allowed_only_intranet_user", text))
}

fn get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    check_intranet(portal)?;
    let entity = entity_of(params)?;
    let id = find(portal, entity, params)?;
    answer(portal, entity, id, original_names(portal, params))
}

fn all(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    check_intranet(portal)?;
    let entity = entity_of(params)?;
    let nothing = Arr::new();
    let part = |name: &str| -> Result<&Arr, RestError> {
        match params.exact(name) {
            None | Some(Php::Null) => Ok(&nothing),
            Some(Php::Arr(a)) => Ok(a),
            Some(Php::Str(s)) if s.is_empty() => Ok(&nothing),
            Some(_) => Err(RestError::numeric(100, "Expected iterable value for multiple field")),
        }
    };
    let original = original_names(portal, params);
    let query = Query {
        entity,
        family: Family::Universal,
        original,
        filter: part("filter")?,
        order: part("order")?,
        start: Start::read(params.exact("start"), Family::Universal),
    };
    let page = portal.select(hit, &query)?;
    let select = Select::read(params.exact("select"));
    let shelf = portal.shelf(entity);
    let rows = page.ids.iter().filter_map(|id| shelf.get(*id));
    let items = list(rows.map(|r| print(portal, entity, r, original, &select)));
    Ok(Answer { result: obj([("items", items)]), total: Some(page.total), next: page.next })
}

fn delete(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    check_intranet(portal)?;
    let entity = entity_of(params)?;
    let id = find(portal, entity, params)?;
    portal.delete(hit, entity, id);
    Ok(list(Vec::<Php>::new()).into())
}

/// The name of a kind in `*.fields`.
pub fn kind_name(field: F) -> &'static str {
    match field {
        F::CompanyId => return "crm_company",
        F::ContactId => return "crm_contact",
        F::LeadId => return "crm_lead",
        F::QuoteId => return "crm_quote",
        F::CategoryId => return "crm_category",
        F::CurrencyId => return "crm_currency",
        F::Photo | F::Logo => return "file",
        _ => {}
    }
    match field.meta().kind {
        Kind::Int => "integer",
        Kind::Text => "string",
        Kind::LongText => "text",
        Kind::Money => "double",
        Kind::Flag => "boolean",
        Kind::Date => "date",
        Kind::Moment => "datetime",
        Kind::Status(_) => "crm_status",
        Kind::User => "user",
    }
}

fn describe(kind: &str, access: Access, multiple: bool, dynamic: bool, title: &str) -> Arr {
    let mut out = Arr::new();
    out.put("type", kind);
    out.put("isRequired", false);
    out.put("isReadOnly", access == Access::Read);
    // A funnel can be changed with the universal methods.
    out.put("isImmutable", false);
    out.put("isMultiple", multiple);
    out.put("isDynamic", dynamic);
    out.put("title", title);
    out
}

fn fields(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let entity = entity_of(params)?;
    let original = original_names(portal, params);
    let mut out = Arr::new();
    for (field, access) in entity.fields() {
        let meta = field.meta();
        let mut entry = describe(kind_name(*field), *access, false, false, meta.upper);
        if let Kind::Status(dictionary) = meta.kind {
            entry.put("statusType", dictionary);
        }
        entry.put("upperName", meta.upper);
        out.put(meta.camel, entry);
    }
    if entity == Entity::Deal {
        for (name, upper, kind) in
            [("contactIds", "CONTACT_IDS", "crm_contact"), ("observers", "OBSERVERS", "user")]
        {
            let mut entry = describe(kind, Access::Write, true, false, upper);
            entry.put("upperName", upper);
            out.put(name, entry);
        }
    } else {
        let mut entry = describe("crm_multifield", Access::Write, true, false, "FM");
        entry.put("upperName", "FM");
        out.put("fm", entry);
    }
    for (_, field) in portal.fields_of(entity) {
        let title = field.labels.get("EDIT_FORM_LABEL").and_then(|l| l.get("ru")).filter(|l| !l.is_empty());
        let title = title.unwrap_or(&field.name);
        let mut entry = describe(&field.kind, Access::Write, field.multiple, true, title);
        entry.put("isRequired", field.mandatory);
        if field.kind == "enumeration" {
            let items = field
                .choices
                .iter()
                .map(|c| obj([("ID", c.id.to_string().into()), ("VALUE", c.value.as_str().into())]));
            entry.put("items", list(items));
        }
        let settings = crate::php::decode(field.settings.as_bytes()).unwrap_or(Php::Null);
        entry.put("settings", settings);
        entry.put("upperName", field.name.as_str());
        let camel = portal.uf_camel(entity, &field.name);
        out.put_text(if original { &field.name } else { &camel }, entry);
    }
    Ok(obj([("fields", out.into())]).into())
}
