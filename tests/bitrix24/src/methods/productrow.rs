//! Product rows, universal: crm.item.productrow.*.

use rust_decimal::Decimal;

use crate::model::changes::{Family, Hit};
use crate::model::data::Row;
use crate::model::fields::Entity;
use crate::model::filter::{parse, Operand, Refused, Sort, Strictness};
use crate::model::portal::Portal;
use crate::model::pricing::{amount, settle, Said};
use crate::php::{list, obj, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

use super::lists::Start;

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[
    ("crm.item.productrow.add", add),
    ("crm.item.productrow.update", update),
    ("crm.item.productrow.get", get),
    ("crm.item.productrow.list", all),
    ("crm.item.productrow.set", set),
    ("crm.item.productrow.delete", delete),
    ("crm.item.productrow.fields", fields),
];

/// Fields of a row: universal name, classic name.
pub const NAMES: &[(&str, &str)] = &[
    ("id", "ID"),
    ("ownerId", "OWNER_ID"),
    ("ownerType", "OWNER_TYPE"),
    ("productId", "PRODUCT_ID"),
    ("productName", "PRODUCT_NAME"),
    ("price", "PRICE"),
    ("priceAccount", "PRICE_ACCOUNT"),
    ("priceExclusive", "PRICE_EXCLUSIVE"),
    ("priceNetto", "PRICE_NETTO"),
    ("priceBrutto", "PRICE_BRUTTO"),
    ("quantity", "QUANTITY"),
    ("discountTypeId", "DISCOUNT_TYPE_ID"),
    ("discountRate", "DISCOUNT_RATE"),
    ("discountSum", "DISCOUNT_SUM"),
    ("taxRate", "TAX_RATE"),
    ("taxIncluded", "TAX_INCLUDED"),
    ("customized", "CUSTOMIZED"),
    ("measureCode", "MEASURE_CODE"),
    ("measureName", "MEASURE_NAME"),
    ("sort", "SORT"),
    ("xmlId", "XML_ID"),
    ("type", "TYPE"),
];

/// The name of a row's field in a family.
fn name_in(family: Family, universal: &'static str) -> &'static str {
    if family == Family::Universal {
        return universal;
    }
    NAMES.iter().find(|(u, _)| *u == universal).map_or(universal, |(_, classic)| classic)
}

/// Reads a row of a request; the error is the portal's text.
pub fn read_row(
    portal: &Portal,
    family: Family,
    entity: Entity,
    owner_id: i64,
    input: &Arr,
) -> Result<Row, &'static str> {
    let value = |name: &'static str| match input.get(name_in(family, name)) {
        Some(Php::Null) | None => None,
        Some(Php::Str(s)) if s.is_empty() => None,
        Some(value) => Some(value),
    };
    let decimal = |name| value(name).and_then(Php::decimal);
    let text = |name| value(name).map(|v| v.text().into_owned()).unwrap_or_default();
    let said = Said {
        price: decimal("price"),
        exclusive: decimal("priceExclusive"),
        netto: decimal("priceNetto"),
        brutto: decimal("priceBrutto"),
        quantity: decimal("quantity"),
        discount_type: value("discountTypeId").map(Php::int),
        discount_rate: decimal("discountRate"),
        discount_sum: decimal("discountSum"),
        tax_rate: decimal("taxRate"),
    };
    let money = settle(&said)?;
    let product_id = value("productId").map_or(0, Php::int).max(0);
    let mut name = portal.storable(&text("productName")).to_owned();
    let (mut measure_code, mut measure_name) =
        (value("measureCode").map_or(0, Php::int), text("measureName"));
    if product_id > 0 {
        if name.is_empty() {
            name = portal.product_name(product_id).unwrap_or_default();
        }
        if measure_code == 0 {
            measure_code = 796;
        }
    }
    if measure_code == 796 && measure_name.is_empty() {
        "шт".clone_into(&mut measure_name);
    }
    Ok(Row {
        owner_id,
        owner_type: entity.letter().to_owned(),
        product_id,
        name,
        price: money.price,
        exclusive: money.exclusive,
        netto: money.netto,
        brutto: money.brutto,
        quantity: money.quantity,
        discount_type: money.discount_type,
        discount_rate: money.discount_rate,
        discount_sum: money.discount_sum,
        tax_rate: money.tax_rate,
        tax_included: value("taxIncluded").is_some_and(|v| v.text() == "Y"),
        measure_code,
        measure_name,
        sort: value("sort").map_or(0, Php::int),
        xml_id: text("xmlId"),
        kind: value("type").map_or(1, Php::int),
    })
}

/// A row's price in the reporting currency.
pub fn account_price(portal: &Portal, row: &Row) -> Decimal {
    let record = Entity::ALL.into_iter().find(|e| e.letter() == row.owner_type);
    let record = record.and_then(|e| portal.shelf(e).get(row.owner_id));
    let code = record.map_or("", |r| r.text(crate::model::fields::F::CurrencyId));
    let rate = portal.currencies.iter().find(|c| c.code == code).map_or(Decimal::ONE, |c| c.rate);
    amount(row.price, rate)
}

fn print(portal: &Portal, id: i64, row: &Row) -> Arr {
    let mut out = Arr::new();
    out.put("id", id);
    out.put("ownerId", row.owner_id);
    out.put("ownerType", row.owner_type.as_str());
    out.put("productId", row.product_id);
    out.put("productName", row.name.as_str());
    out.put("price", Php::number(row.price));
    out.put("priceAccount", Php::number(account_price(portal, row)));
    out.put("priceExclusive", Php::number(row.exclusive));
    out.put("priceNetto", Php::number(row.netto));
    out.put("priceBrutto", Php::number(row.brutto));
    out.put("quantity", Php::number(row.quantity));
    out.put("discountTypeId", row.discount_type);
    out.put("discountRate", Php::number(row.discount_rate));
    out.put("discountSum", Php::number(row.discount_sum));
    out.put("taxRate", row.tax_rate.map(Php::number));
    out.put("taxIncluded", if row.tax_included { "Y" } else { "N" });
    out.put("customized", "Y");
    out.put("measureCode", row.measure_code);
    out.put("measureName", row.measure_name.as_str());
    out.put("sort", row.sort);
    out.put("xmlId", row.xml_id.as_str());
    out.put("type", row.kind);
    out
}

/// All rows of a record as the universal family prints them.
pub fn printed(portal: &Portal, entity: Entity, owner_id: i64) -> Php {
    let rows = portal.rows_for(entity.letter(), owner_id);
    list(rows.into_iter().map(|(id, row)| print(portal, id, row)))
}

fn operand(id: i64, row: &Row, field: &str) -> Operand {
    match field {
        "id" => Operand::Int(id),
        "ownerId" => Operand::Int(row.owner_id),
        "ownerType" => Operand::text(&row.owner_type),
        "productId" => Operand::Int(row.product_id),
        "productName" => Operand::text(&row.name),
        "price" => Operand::Dec(row.price),
        "quantity" => Operand::Dec(row.quantity),
        "sort" => Operand::Int(row.sort),
        "xmlId" => Operand::text(&row.xml_id),
        "type" => Operand::Int(row.kind),
        "taxRate" => row.tax_rate.map_or(Operand::Blank, Operand::Dec),
        _ => Operand::Blank,
    }
}

fn resolve(name: &str) -> Option<(&'static str, Sort)> {
    let (name, _) = NAMES.iter().find(|(universal, _)| *universal == name)?;
    let sort = match *name {
        "id" | "ownerId" | "productId" | "sort" | "type" | "measureCode" | "discountTypeId" => Sort::Int,
        "ownerType" | "productName" | "xmlId" | "measureName" | "customized" | "taxIncluded" => Sort::Text,
        _ => Sort::Number,
    };
    Some((name, sort))
}

/// The owner of rows: a letter and an id.
fn owner(portal: &Portal, letter: &str, id: i64) -> Result<Entity, RestError> {
    let entity = Entity::ALL.into_iter().find(|e| e.letter() == letter);
    let entity = entity.filter(|e| *e == Entity::Deal).ok_or_else(|| {
        RestError::new(400, "ENTITY_TYPE_NOT_SUPPORTED", format!("Entity type {letter} is not supported"))
    })?;
    let not_found = || RestError::new(400, "OWNER_NOT_FOUND", "Owner was not found");
    let record = portal.shelf(entity).get(id).ok_or_else(not_found)?;
    if !portal.visible(entity, record) {
        return Err(RestError::denied());
    }
    Ok(entity)
}

fn refused(text: &'static str) -> RestError {
    RestError::numeric(0, text)
}

fn find(portal: &Portal, params: &Params) -> Result<(i64, Row), RestError> {
    let id = params.need_int("id")?;
    let row = portal.rows.get(id).cloned().ok_or_else(RestError::no_element)?;
    owner(portal, &row.owner_type, row.owner_id)?;
    Ok((id, row))
}

fn answer(portal: &Portal, id: i64) -> Reply {
    let row = portal.rows.get(id).ok_or_else(RestError::no_element)?;
    Ok(obj([("productRow", print(portal, id, row).into())]).into())
}

fn add(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let fields = params.need_arr("fields")?;
    let letter = fields.get("ownerType").map(|t| t.text().into_owned()).unwrap_or_default();
    let owner_id = fields.get("ownerId").map_or(0, Php::int);
    let entity = owner(portal, &letter, owner_id)?;
    let row = read_row(portal, Family::Universal, entity, owner_id, fields).map_err(refused)?;
    let id = portal.add_row(row);
    portal.rows_saved(hit, entity, owner_id);
    answer(portal, id)
}

fn update(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let (id, old) = find(portal, params)?;
    let fields = params.need_arr("fields")?;
    let entity = owner(portal, &old.owner_type, old.owner_id)?;
    let row = read_row(portal, Family::Universal, entity, old.owner_id, &merged(portal, id, &old, fields));
    portal.rows.put(id, row.map_err(refused)?);
    portal.rows_saved(hit, entity, old.owner_id);
    answer(portal, id)
}

/// A stored row with changes laid over it; what follows from the money is left to be worked out anew.
fn merged(portal: &Portal, id: i64, old: &Row, fields: &Arr) -> Arr {
    let mut input = print(portal, id, old);
    let money = ["price", "taxRate", "discountTypeId", "discountRate", "discountSum"];
    if money.iter().any(|name| fields.get(name).is_some()) {
        for derived in ["priceExclusive", "priceNetto", "priceBrutto"] {
            input.remove(derived);
        }
        match fields.get("discountTypeId").map_or(old.discount_type, Php::int) {
            1 => input.remove("discountRate"),
            _ => input.remove("discountSum"),
        };
    }
    for (key, value) in fields.iter() {
        input.set(key.clone(), value.clone());
    }
    input
}

fn get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let (id, _) = find(portal, params)?;
    answer(portal, id)
}

fn delete(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let (id, row) = find(portal, params)?;
    let entity = owner(portal, &row.owner_type, row.owner_id)?;
    portal.remove_row(id);
    portal.rows_saved(hit, entity, row.owner_id);
    Ok(Php::Null.into())
}

fn all(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let filter = params.need_arr("filter")?;
    let named = |name: &str| {
        filter.get(&format!("={name}")).ok_or_else(|| {
            RestError::invalid(format!("Required filter parameter '={name}' is not specified"))
        })
    };
    let (letter, owner_id) = (named("ownerType")?.text().into_owned(), named("ownerId")?.int());
    owner(portal, &letter, owner_id)?;
    let node = parse(filter, Strictness::Strict, hit.now, &resolve).map_err(|r| match r {
        Refused::Unknown(f) | Refused::EmptyList(f) => {
            RestError::invalid(format!("Invalid filter: field '{f}' is not allowed in filter"))
        }
    })?;
    let mut rows = portal.rows_for(&letter, owner_id);
    rows.retain(|(id, row)| node.fits(&|f: &&'static str| operand(*id, row, f)));
    if let Some(Php::Arr(order)) = params.exact("order") {
        for (key, direction) in order.iter().collect::<Vec<_>>().into_iter().rev() {
            let field = key.text();
            let Some((field, _)) = resolve(&field) else {
                let text = format!("Invalid order: field '{field}' is not allowed in order");
                return Err(RestError::invalid(text));
            };
            let down = direction.text().eq_ignore_ascii_case("desc");
            rows.sort_by(|a, b| {
                let ordering = operand(a.0, a.1, field).order(&operand(b.0, b.1, field));
                if down {
                    ordering.reverse()
                } else {
                    ordering
                }
            });
        }
    }
    let (rows, total, next) = Start::read(params.exact("start"), Family::Universal).cut(&rows);
    let rows = list(rows.into_iter().map(|(id, row)| print(portal, id, row)));
    Ok(Answer { result: obj([("productRows", rows)]), total: Some(total), next })
}

fn set(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let letter = params.need("ownerType")?.text().into_owned();
    let owner_id = params.need_int("ownerId")?;
    let input = params.need_arr("productRows")?;
    let entity = owner(portal, &letter, owner_id)?;
    let mut rows = Vec::new();
    for row in input.values() {
        let Php::Arr(row) = row else {
            return Err(RestError::numeric(100, "Expected iterable value for multiple field"));
        };
        let known = row.get("id").map_or(0, Php::int);
        rows.push((known, read_row(portal, Family::Universal, entity, owner_id, row).map_err(refused)?));
    }
    let had = replace(portal, entity, owner_id, rows);
    if had || !input.is_empty() {
        portal.rows_saved(hit, entity, owner_id);
    }
    Ok(obj([("productRows", printed(portal, entity, owner_id))]).into())
}

/// Replaces an owner's rows. A known id updates its row, whoever owns it; a stale one vanishes.
/// Answers whether there were rows before.
pub fn replace(portal: &mut Portal, entity: Entity, owner_id: i64, rows: Vec<(i64, Row)>) -> bool {
    let old: Vec<i64> = portal.rows_for(entity.letter(), owner_id).iter().map(|(id, _)| *id).collect();
    for id in &old {
        if !rows.iter().any(|(known, _)| known == id) {
            portal.remove_row(*id);
        }
    }
    for (known, mut row) in rows {
        if known <= 0 {
            portal.add_row(row);
        } else if let Some(stored) = portal.rows.get(known) {
            row.owner_id = stored.owner_id;
            row.owner_type.clone_from(&stored.owner_type);
            row.xml_id.clone_from(&stored.xml_id);
            portal.rows.put(known, row);
        }
    }
    !old.is_empty()
}

fn fields(_: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    let mut out = Arr::new();
    for (name, upper) in NAMES {
        let kind = match resolve(name) {
            Some((_, Sort::Int)) => "integer",
            Some((_, Sort::Number)) => "double",
            _ => "string",
        };
        let read_only = matches!(*name, "id" | "priceAccount" | "customized");
        out.put(
            name,
            obj([
                ("type", kind.into()),
                ("isRequired", matches!(*name, "ownerId" | "ownerType").into()),
                ("isReadOnly", read_only.into()),
                ("isImmutable", matches!(*name, "ownerId" | "ownerType").into()),
                ("isMultiple", false.into()),
                ("isDynamic", false.into()),
                ("title", (*upper).into()),
            ]),
        );
    }
    Ok(obj([("fields", out.into())]).into())
}
