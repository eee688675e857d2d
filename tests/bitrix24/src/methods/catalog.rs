//! The catalogue: catalog.*, the old crm.product.* and crm.vat.*.

use crate::model::changes::{Family, Hit};
use crate::model::data::Loose;
use crate::model::portal::Portal;
use crate::php::{list, obj, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

use super::loose::{get, page, print_universal, take};

/// The methods that need the scope `catalog`.
pub static METHODS: &[(&str, Body)] = &[
    ("catalog.catalog.list", catalogs),
    ("catalog.product.list", products),
    ("catalog.product.get", product),
    ("catalog.product.add", product_add),
    ("catalog.product.update", product_update),
    ("catalog.product.delete", product_delete),
    ("catalog.price.add", price_add),
    ("catalog.price.list", prices),
    ("catalog.section.list", sections),
    ("catalog.section.add", section_add),
    ("catalog.vat.list", vats),
];

/// The old ones, which need `crm`.
pub static CRM_METHODS: &[(&str, Body)] = &[
    ("crm.vat.list", old_vats),
    ("crm.product.add", old_add),
    ("crm.product.get", old_get),
    ("crm.product.list", old_list),
    ("crm.product.update", old_update),
    ("crm.product.delete", old_delete),
];

/// The information block of the products.
const IBLOCK: i64 = 14;
const PRODUCT: &str = "product";

fn no_iblock() -> RestError {
    RestError::numeric(200_040_300_000, "Инфоблок не найден")
}

fn catalogs(_: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    let mut row = Arr::new();
    row.put("iblockId", IBLOCK);
    row.put("iblockTypeId", "CRM_PRODUCT_CATALOG");
    row.put("id", IBLOCK);
    row.put("lid", "s1");
    row.put("name", "Товарный каталог CRM");
    row.put("productIblockId", Php::Null);
    row.put("skuPropertyId", Php::Null);
    row.put("subscription", "N");
    row.put("vatId", 1);
    Ok(Answer::whole(obj([("catalogs", list([row]))]), 1))
}

fn products(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let named = |part: &str, name: &str| match params.exact(part) {
        Some(Php::Arr(a)) if part == "select" => a.values().any(|v| v.text() == name || v.text() == "*"),
        Some(Php::Arr(a)) => a.iter().any(|(k, _)| k.text().trim_start_matches(['=', '@']) == name),
        _ => false,
    };
    if !named("select", "id") || !named("select", "iblockId") {
        return Err(RestError::numeric(0, "Required select fields: id, iblockId"));
    }
    if !named("filter", "iblockId") {
        return Err(RestError::numeric(0, "Required filter fields: iblockId"));
    }
    let select: Vec<String> = params
        .exact("select")
        .map(|s| s.each().into_iter().map(|v| v.text().into_owned()).collect())
        .unwrap_or_default();
    let (rows, total, next) = page(portal, hit, PRODUCT, params, Family::Universal)?;
    let rows = rows.into_iter().map(|(id, thing)| {
        let full = print_universal(id, thing);
        let mut row = Arr::new();
        for (key, value) in full.iter() {
            if select.iter().any(|s| s == "*" || *s == key.text()) {
                row.set(key.clone(), value.clone());
            }
        }
        row
    });
    Ok(Answer { result: obj([("products", list(rows))]), total: Some(total), next })
}

fn find(portal: &Portal, params: &Params) -> Result<i64, RestError> {
    let id = params.need_int("id")?;
    get(portal, PRODUCT, id).map(|_| id).ok_or_else(|| RestError::numeric(0, "product does not exist."))
}

fn element(portal: &Portal, key: &'static str, id: i64) -> Reply {
    let thing = portal.loose.get(id).ok_or_else(RestError::no_element)?;
    Ok(obj([(key, print_universal(id, thing).into())]).into())
}

fn product(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = find(portal, params)?;
    element(portal, PRODUCT, id)
}

fn new_product(hit: &Hit) -> Loose {
    let mut thing =
        Loose { kind: PRODUCT.to_owned(), created: hit.now, changed: hit.now, ..Loose::default() };
    for (name, value) in [
        ("iblockId", IBLOCK.to_string()),
        ("name", String::new()),
        ("active", "Y".to_owned()),
        ("type", "1".to_owned()),
        ("xmlId", String::new()),
        ("vatId", "1".to_owned()),
        ("vatIncluded", "N".to_owned()),
        ("price", String::new()),
        ("currency", "RUB".to_owned()),
        ("measure", "5".to_owned()),
    ] {
        thing.set(name, value);
    }
    thing
}

fn product_add(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let fields = params.need_arr("fields")?;
    if fields.get("iblockId").map_or(0, Php::int) != IBLOCK {
        return Err(no_iblock());
    }
    if fields.get("name").is_none_or(|n| n.text().trim().is_empty()) {
        return Err(RestError::numeric(0, "Required fields: name"));
    }
    let mut thing = new_product(hit);
    take(&mut thing, fields, portal);
    let id = portal.loose.add(|_| thing);
    element(portal, "element", id)
}

fn product_update(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let id = find(portal, params)?;
    let fields = params.need_arr("fields")?;
    if let Some(mut thing) = portal.loose.get(id).cloned() {
        take(&mut thing, fields, portal);
        thing.changed = hit.now;
        portal.loose.put(id, thing);
    }
    element(portal, "element", id)
}

fn product_delete(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = find(portal, params)?;
    portal.loose.remove(id);
    Ok(Php::Bool(true).into())
}

fn price_add(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let fields = params.need_arr("fields")?;
    let product = fields.get("productId").map_or(0, Php::int);
    if get(portal, PRODUCT, product).is_none() {
        return Err(RestError::numeric(0, "Validate price error. Product does not exist."));
    }
    let mut thing = Loose { kind: "price".to_owned(), ..Loose::default() };
    take(&mut thing, fields, portal);
    let id = portal.loose.add(|_| thing);
    if let (Some(owner), Some(price)) = (portal.loose.get_mut(product), fields.get("price")) {
        owner.set("price", price.text());
    }
    element(portal, "price", id)
}

fn named_list(portal: &Portal, hit: &Hit, params: &Params, kind: &str, key: &'static str) -> Reply {
    let (rows, total, next) = page(portal, hit, kind, params, Family::Universal)?;
    let rows = list(rows.into_iter().map(|(id, thing)| print_universal(id, thing)));
    Ok(Answer { result: obj([(key, rows)]), total: Some(total), next })
}

fn prices(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    named_list(portal, hit, params, "price", "prices")
}

fn sections(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    named_list(portal, hit, params, "section", "sections")
}

fn section_add(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let fields = params.need_arr("fields")?;
    if fields.get("iblockId").map_or(0, Php::int) != IBLOCK {
        return Err(no_iblock());
    }
    let mut thing = Loose { kind: "section".to_owned(), ..Loose::default() };
    take(&mut thing, fields, portal);
    let id = portal.loose.add(|_| thing);
    element(portal, "section", id)
}

fn rates(portal: &Portal) -> Vec<(i64, String, Option<i64>)> {
    let mut out = vec![(1, "Без НДС".to_owned(), None)];
    for (at, rate) in portal.switches.vat_rates.iter().enumerate() {
        out.push((at as i64 + 2, format!("НДС {rate}%"), Some(i64::from(*rate))));
    }
    out
}

fn vats(portal: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    let rows = rates(portal);
    let total = rows.len();
    let rows = rows.into_iter().map(|(id, name, rate)| {
        obj([
            ("active", "Y".into()),
            ("id", id.into()),
            ("name", name.into()),
            ("rate", rate.into()),
            ("sort", (id * 100).into()),
        ])
    });
    Ok(Answer::whole(obj([("vats", list(rows))]), total))
}

fn old_vats(portal: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    let rows = rates(portal);
    let total = rows.len();
    let rows = rows.into_iter().map(|(id, name, rate)| {
        obj([
            ("ID", id.to_string().into()),
            ("ACTIVE", "Y".into()),
            ("C_SORT", (id * 100).to_string().into()),
            ("NAME", name.into()),
            ("RATE", rate.map(|r| format!("{r}.00")).into()),
        ])
    });
    Ok(Answer::whole(list(rows), total))
}

/// Old names beside new ones.
const OLD_NAMES: &[(&str, &str)] = &[
    ("NAME", "name"),
    ("ACTIVE", "active"),
    ("PRICE", "price"),
    ("CURRENCY_ID", "currency"),
    ("XML_ID", "xmlId"),
    ("VAT_ID", "vatId"),
    ("VAT_INCLUDED", "vatIncluded"),
    ("MEASURE", "measure"),
    ("SECTION_ID", "iblockSectionId"),
    ("DESCRIPTION", "detailText"),
    ("SORT", "sort"),
];

fn old_print(id: i64, thing: &Loose) -> Arr {
    let mut out = Arr::new();
    out.put("ID", id.to_string());
    out.put("CATALOG_ID", IBLOCK.to_string());
    for (old, new) in OLD_NAMES {
        let text = thing.text(new);
        out.put(old, (!text.is_empty()).then_some(text));
    }
    out
}

fn old_fields(params: &Params) -> Result<Arr, RestError> {
    let Some(Php::Arr(fields)) = params.loose("fields") else {
        return Err(RestError::plain("Parameter 'fields' must be array"));
    };
    let mut out = Arr::new();
    for (old, new) in OLD_NAMES {
        if let Some(value) = fields.get(old) {
            out.put(new, value.clone());
        }
    }
    Ok(out)
}

fn old_add(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let fields = old_fields(params)?;
    if fields.get("name").is_none_or(|n| n.text().trim().is_empty()) {
        return Err(RestError::core("Не указано название товара.<br>"));
    }
    let mut thing = new_product(hit);
    take(&mut thing, &fields, portal);
    let id = portal.loose.add(|_| thing);
    Ok(Php::Int(id).into())
}

fn old_find(portal: &Portal, params: &Params) -> Result<i64, RestError> {
    let id = params.loose_id().ok_or_else(RestError::bad_id)?;
    get(portal, PRODUCT, id).map(|_| id).ok_or_else(RestError::not_found)
}

fn old_get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = old_find(portal, params)?;
    let thing = portal.loose.get(id).ok_or_else(RestError::not_found)?;
    Ok(Php::Arr(old_print(id, thing)).into())
}

fn old_list(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let mut translated = Params(params.0.clone());
    let mut filter = Arr::new();
    for (key, value) in params.loose_arr("filter")?.iter() {
        let key = key.text();
        let (_, _, name) = crate::model::filter::split_key(&key);
        let new = OLD_NAMES.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| new);
        filter.put_text(&format!("{}{new}", &key[..key.len() - name.len()]), value.clone());
    }
    translated.0.put("filter", filter);
    let (rows, total, next) = page(portal, hit, PRODUCT, &translated, Family::Classic)?;
    let rows = list(rows.into_iter().map(|(id, thing)| old_print(id, thing)));
    Ok(Answer { result: rows, total: Some(total), next })
}

fn old_update(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let id = old_find(portal, params)?;
    let fields = old_fields(params)?;
    if let Some(mut thing) = portal.loose.get(id).cloned() {
        take(&mut thing, &fields, portal);
        thing.changed = hit.now;
        portal.loose.put(id, thing);
    }
    Ok(Php::Bool(true).into())
}

fn old_delete(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let id = old_find(portal, params)?;
    portal.loose.remove(id);
    Ok(Php::Bool(true).into())
}
