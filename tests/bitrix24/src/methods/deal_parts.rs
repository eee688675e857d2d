//! Parts of a deal, classic: crm.deal.productrows.*, crm.deal.contact.*; the old crm.dealcategory.*.

use crate::model::changes::{Changes, Family, Hit};
use crate::model::fields::{Entity, F};
use crate::model::portal::Portal;
use crate::model::record::Val;
use crate::php::{list, obj, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

use super::productrow::{account_price, read_row, replace};

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[
    ("crm.deal.productrows.get", rows_get),
    ("crm.deal.productrows.set", rows_set),
    ("crm.deal.contact.items.get", contacts_get),
    ("crm.deal.contact.items.set", contacts_set),
    ("crm.deal.contact.items.delete", contacts_clear),
    ("crm.deal.contact.add", contact_add),
    ("crm.deal.contact.delete", contact_delete),
    ("crm.contact.company.items.get", companies_get),
    ("crm.contact.company.items.set", companies_set),
    ("crm.contact.company.items.delete", companies_clear),
    ("crm.dealcategory.list", categories),
    ("crm.dealcategory.get", category_get),
    ("crm.dealcategory.default.get", category_default),
    ("crm.dealcategory.status", category_status),
    ("crm.dealcategory.stage.list", category_stages),
];

fn deal_of(portal: &Portal, params: &Params, text: &'static str) -> Result<i64, RestError> {
    let id = params.loose_id().ok_or_else(|| RestError::plain(text))?;
    let deal = portal.deal(id).ok_or_else(RestError::not_found)?;
    if !portal.visible(Entity::Deal, deal) {
        return Err(RestError::access());
    }
    Ok(id)
}

const ROWS_ID: &str = "The parameter id is invalid or not defined.";
const OWNER_ID: &str = "The parameter ownerEntityID is invalid or not defined.";

fn rows_get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let deal = deal_of(portal, params, ROWS_ID)?;
    let rows = portal.rows_for("D", deal).into_iter().map(|(id, row)| {
        let mut out = Arr::new();
        out.put("ID", id.to_string());
        out.put("OWNER_ID", row.owner_id.to_string());
        out.put("OWNER_TYPE", row.owner_type.as_str());
        out.put("PRODUCT_ID", row.product_id);
        out.put("PRODUCT_NAME", row.name.as_str());
        out.put("ORIGINAL_PRODUCT_NAME", portal.product_name(row.product_id));
        out.put("PRODUCT_DESCRIPTION", Php::Null);
        out.put("PRICE", Php::number(row.price));
        out.put("PRICE_EXCLUSIVE", Php::number(row.exclusive));
        out.put("PRICE_NETTO", Php::number(row.netto));
        out.put("PRICE_BRUTTO", Php::number(row.brutto));
        out.put("PRICE_ACCOUNT", format!("{:.2}", account_price(portal, row)));
        out.put("QUANTITY", Php::number(row.quantity));
        out.put("DISCOUNT_TYPE_ID", row.discount_type);
        out.put("DISCOUNT_RATE", Php::number(row.discount_rate));
        out.put("DISCOUNT_SUM", Php::number(row.discount_sum));
        out.put("TAX_RATE", row.tax_rate.map(Php::number));
        out.put("TAX_INCLUDED", if row.tax_included { "Y" } else { "N" });
        out.put("CUSTOMIZED", "Y");
        out.put("MEASURE_CODE", row.measure_code);
        out.put("MEASURE_NAME", row.measure_name.as_str());
        out.put("SORT", row.sort);
        out.put("XML_ID", row.xml_id.as_str());
        out.put("TYPE", row.kind);
        out
    });
    Ok(list(rows).into())
}

/// Replaces all rows: what is not an array, is missing or misspelled empties the deal.
fn rows_set(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let deal = deal_of(portal, params, ROWS_ID)?;
    let nothing = Arr::new();
    let input = params.loose("rows").and_then(Php::as_arr).unwrap_or(&nothing);
    let mut rows = Vec::new();
    for row in input.values() {
        let Php::Arr(row) = row else { continue };
        let known = row.get("ID").map_or(0, Php::int);
        let row = read_row(portal, Family::Classic, Entity::Deal, deal, row).map_err(RestError::core)?;
        rows.push((known, row));
    }
    let new = !rows.is_empty();
    let had = replace(portal, Entity::Deal, deal, rows);
    if had || new {
        portal.rows_saved(hit, Entity::Deal, deal);
    }
    Ok(Php::Bool(true).into())
}

fn contacts_get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let deal = deal_of(portal, params, OWNER_ID)?;
    let contacts = portal.deal(deal).map(|d| d.contacts.clone()).unwrap_or_default();
    let items = contacts.into_iter().enumerate().map(|(at, id)| {
        obj([
            ("CONTACT_ID", id.into()),
            ("SORT", ((at as i64 + 1) * 10).into()),
            ("ROLE_ID", 0.into()),
            ("IS_PRIMARY", if at == 0 { "Y" } else { "N" }.into()),
        ])
    });
    Ok(list(items).into())
}

/// Ids of `items`, the primary first, then by SORT.
fn bound(items: &Arr, name: &str) -> Vec<i64> {
    let mut found: Vec<(bool, i64, i64)> = items
        .values()
        .map(|item| {
            let primary = item.get("IS_PRIMARY").is_some_and(|p| p.text() == "Y");
            (!primary, item.get("SORT").map_or(0, Php::int), item.get(name).map_or(0, Php::int))
        })
        .filter(|(_, _, id)| *id > 0)
        .collect();
    found.sort_by_key(|(rank, sort, _)| (*rank, *sort));
    let mut ids = Vec::new();
    for (_, _, id) in found {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

fn bind(portal: &mut Portal, hit: &mut Hit, deal: i64, contacts: Vec<i64>) -> Reply {
    let changes = Changes { contacts: Some(contacts), ..Changes::default() };
    portal.update(hit, Entity::Deal, Family::Classic, deal, changes)?;
    Ok(Php::Bool(true).into())
}

fn contacts_set(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let deal = deal_of(portal, params, OWNER_ID)?;
    let Some(Php::Arr(items)) = params.loose("items") else {
        return Err(RestError::plain("The parameter items must be array."));
    };
    bind(portal, hit, deal, bound(items, "CONTACT_ID"))
}

fn contacts_clear(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let deal = deal_of(portal, params, OWNER_ID)?;
    bind(portal, hit, deal, Vec::new())
}

fn contact_in(params: &Params) -> Result<i64, RestError> {
    let fields = params.loose_arr("fields")?;
    let id = fields.get("CONTACT_ID").map_or(0, Php::int);
    if id <= 0 {
        return Err(RestError::plain("The parameter fields is invalid: CONTACT_ID is not defined."));
    }
    Ok(id)
}

fn contact_add(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let deal = deal_of(portal, params, OWNER_ID)?;
    let id = contact_in(params)?;
    let primary = params.loose_arr("fields")?.get("IS_PRIMARY").is_some_and(|p| p.text() == "Y");
    let mut contacts = portal.deal(deal).map(|d| d.contacts.clone()).unwrap_or_default();
    if contacts.contains(&id) {
        return Ok(Php::Bool(false).into());
    }
    contacts.insert(if primary { 0 } else { contacts.len() }, id);
    bind(portal, hit, deal, contacts)
}

fn contact_delete(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let deal = deal_of(portal, params, OWNER_ID)?;
    let id = contact_in(params)?;
    let mut contacts = portal.deal(deal).map(|d| d.contacts.clone()).unwrap_or_default();
    let had = contacts.contains(&id);
    contacts.retain(|c| *c != id);
    if had {
        return bind(portal, hit, deal, contacts);
    }
    Ok(Php::Bool(false).into())
}

fn contact_of(portal: &Portal, params: &Params) -> Result<i64, RestError> {
    let id = params.loose_id().ok_or_else(|| RestError::plain(OWNER_ID))?;
    portal.shelf(Entity::Contact).get(id).map(|_| id).ok_or_else(RestError::not_found)
}

fn companies_get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let contact = contact_of(portal, params)?;
    let company = portal.shelf(Entity::Contact).get(contact).map_or(0, |c| c.int(F::CompanyId));
    let items = (company > 0).then(|| {
        obj([
            ("COMPANY_ID", company.into()),
            ("SORT", 10.into()),
            ("ROLE_ID", 0.into()),
            ("IS_PRIMARY", "Y".into()),
        ])
    });
    Ok(list(items).into())
}

fn set_company(portal: &mut Portal, hit: &mut Hit, contact: i64, company: Option<i64>) -> Reply {
    let value = company.map_or(Val::Null, Val::Int);
    let changes = Changes { fields: vec![(F::CompanyId, value)], ..Changes::default() };
    portal.update(hit, Entity::Contact, Family::Classic, contact, changes)?;
    Ok(Php::Bool(true).into())
}

fn companies_set(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let contact = contact_of(portal, params)?;
    let Some(Php::Arr(items)) = params.loose("items") else {
        return Err(RestError::plain("The parameter items must be array."));
    };
    set_company(portal, hit, contact, bound(items, "COMPANY_ID").first().copied())
}

fn companies_clear(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let contact = contact_of(portal, params)?;
    set_company(portal, hit, contact, None)
}

/// The old list leaves the default funnel out.
fn categories(portal: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    let mut found: Vec<_> = portal.categories.iter().filter(|(id, _)| *id != 0).collect();
    found.sort_by_key(|(id, c)| (c.sort, *id));
    let total = found.len();
    let rows = found.into_iter().map(|(id, c)| {
        obj([
            ("ID", id.to_string().into()),
            ("CREATED_DATE", "2024-01-10T03:00:00+03:00".into()),
            ("NAME", c.name.as_str().into()),
            ("IS_LOCKED", "N".into()),
            ("SORT", c.sort.to_string().into()),
        ])
    });
    Ok(Answer::whole(list(rows), total))
}

fn category_get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = params.loose_id().ok_or_else(RestError::bad_id)?;
    let category = portal.categories.get(id).ok_or_else(RestError::not_found)?;
    Ok(obj([
        ("ID", id.to_string().into()),
        ("NAME", category.name.as_str().into()),
        ("IS_LOCKED", "N".into()),
        ("SORT", category.sort.to_string().into()),
    ])
    .into())
}

fn category_default(portal: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    let name = portal.categories.get(0).map_or("", |c| c.name.as_str());
    Ok(obj([("ID", 0.into()), ("NAME", name.into())]).into())
}

fn category_id(portal: &Portal, params: &Params) -> Result<i64, RestError> {
    let id = params.loose("id").map_or(0, Php::int);
    portal.categories.get(id).map(|_| id).ok_or_else(RestError::not_found)
}

fn category_status(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = category_id(portal, params)?;
    Ok(Php::from(Portal::stage_dictionary(id)).into())
}

fn category_stages(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = category_id(portal, params)?;
    let rows = portal.stages(id).into_iter().map(|(_, s)| {
        obj([
            ("NAME", s.name.as_str().into()),
            ("SORT", s.sort.into()),
            ("STATUS_ID", s.status_id.as_str().into()),
        ])
    });
    Ok(list(rows).into())
}
