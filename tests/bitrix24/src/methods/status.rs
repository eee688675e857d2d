//! Dictionaries and stages: crm.status.*; currencies.

use crate::model::changes::Hit;
use crate::model::data::Status;
use crate::model::filter::{parse, Operand, Sort, Strictness};
use crate::model::portal::Portal;
use crate::php::{list, obj, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[
    ("crm.status.list", all),
    ("crm.status.get", get),
    ("crm.status.add", add),
    ("crm.status.update", update),
    ("crm.status.delete", delete),
    ("crm.status.entity.types", entity_types),
    ("crm.status.entity.items", entity_items),
    ("crm.status.fields", fields),
    ("crm.currency.list", currencies),
    ("crm.currency.get", currency_get),
    ("crm.currency.base.get", currency_base),
];

fn is_stage(status: &Status) -> bool {
    status.entity_id.starts_with("DEAL_STAGE")
}

fn print(id: i64, status: &Status) -> Arr {
    let mut out = Arr::new();
    out.put("ID", id.to_string());
    out.put("ENTITY_ID", status.entity_id.as_str());
    out.put("STATUS_ID", status.status_id.as_str());
    out.put("NAME", status.name.as_str());
    out.put("NAME_INIT", status.name_init.as_str());
    out.put("SORT", status.sort.to_string());
    out.put("SYSTEM", if status.system { "Y" } else { "N" });
    out.put("CATEGORY_ID", status.category.map(|c| c.to_string()));
    let color = (!status.color.is_empty()).then_some(status.color.as_str());
    out.put("COLOR", color);
    out.put("SEMANTICS", (!status.semantics.is_empty()).then_some(status.semantics.as_str()));
    if is_stage(status) {
        let kind = match status.semantics.as_str() {
            "S" => "success",
            "F" if status.system => "failure",
            "F" => "apology",
            _ => "process",
        };
        out.put("EXTRA", obj([("SEMANTICS", kind.into()), ("COLOR", status.color.as_str().into())]));
    }
    out
}

fn resolve(name: &str) -> Option<(String, Sort)> {
    let sort = match name {
        "ID" | "SORT" | "CATEGORY_ID" => Sort::Int,
        "SYSTEM" => Sort::Flag,
        "ENTITY_ID" | "STATUS_ID" | "NAME" | "NAME_INIT" | "COLOR" | "SEMANTICS" => Sort::Text,
        _ => return None,
    };
    Some((name.to_owned(), sort))
}

fn read(id: i64, status: &Status, field: &str) -> Operand {
    match field {
        "ID" => Operand::Int(id),
        "SORT" => Operand::Int(status.sort),
        "CATEGORY_ID" => status.category.map_or(Operand::Blank, Operand::Int),
        "SYSTEM" => Operand::Int(i64::from(status.system)),
        "ENTITY_ID" => Operand::text(&status.entity_id),
        "STATUS_ID" => Operand::text(&status.status_id),
        "NAME" => Operand::text(&status.name),
        "NAME_INIT" => Operand::text(&status.name_init),
        "COLOR" => Operand::text(&status.color),
        "SEMANTICS" => Operand::text(&status.semantics),
        _ => Operand::Blank,
    }
}

fn all(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let filter = params.loose_arr("filter")?;
    let order = params.loose_arr("order")?;
    let node = parse(&filter, Strictness::Lenient, hit.now, &resolve).map_err(|_| RestError::plain(""))?;
    let visible = |s: &Status| s.category.is_none_or(|c| portal.funnel_visible(c));
    let mut found: Vec<(i64, &Status)> = portal
        .statuses
        .iter()
        .filter(|(id, s)| visible(s) && node.fits(&|f: &String| read(*id, s, f)))
        .collect();
    found.sort_by_key(|(id, s)| (s.sort, *id));
    for (key, direction) in order.iter().collect::<Vec<_>>().into_iter().rev() {
        let field = key.text().to_uppercase();
        let down = direction.text().eq_ignore_ascii_case("desc");
        found.sort_by(|a, b| {
            let ordering = read(a.0, a.1, &field).order(&read(b.0, b.1, &field));
            if down {
                ordering.reverse()
            } else {
                ordering
            }
        });
    }
    let total = found.len();
    Ok(Answer::whole(list(found.into_iter().map(|(id, s)| print(id, s))), total))
}

fn find(portal: &Portal, params: &Params) -> Result<(i64, Status), RestError> {
    let id = params.loose_id().ok_or_else(RestError::bad_id)?;
    portal.statuses.get(id).map(|s| (id, s.clone())).ok_or_else(RestError::not_found)
}

fn get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let (id, status) = find(portal, params)?;
    Ok(Php::Arr(print(id, &status)).into())
}

fn check_admin(portal: &Portal) -> Result<(), RestError> {
    if portal.switches.owner_admin {
        Ok(())
    } else {
        Err(RestError::plain("Access denied."))
    }
}

/// Whether a dictionary exists, and the prefix of its codes.
fn dictionary_prefix(portal: &Portal, entity_id: &str) -> Option<(String, Option<i64>)> {
    let known = match entity_id.strip_prefix("DEAL_STAGE_") {
        Some(n) => {
            let id: i64 = n.parse().ok()?;
            portal.categories.get(id)?;
            return Some((format!("C{id}:"), Some(id)));
        }
        None => portal.statuses.iter().any(|(_, s)| s.entity_id == entity_id),
    };
    (known || entity_id == "DEAL_STAGE").then_some((String::new(), None))
}

/// In-progress stages come before success, success before failure.
fn check_order(portal: &Portal, id: Option<i64>, status: &Status) -> Result<(), RestError> {
    let rank = |s: &Status| match s.semantics.as_str() {
        "S" => 1,
        "F" => 2,
        _ => 0,
    };
    if !is_stage(status) {
        return Ok(());
    }
    for (other_id, other) in portal.dictionary(&status.entity_id) {
        if Some(other_id) == id {
            continue;
        }
        let later = (status.sort, id.unwrap_or(i64::MAX)) > (other.sort, other_id);
        if later && rank(status) < rank(other) {
            let text = if rank(other) == 1 {
                "Нельзя создать промежуточную стадию после успешной"
            } else {
                "Нельзя создать стадию после провальной"
            };
            return Err(RestError::plain(text));
        }
        if !later && rank(status) > rank(other) {
            return Err(RestError::plain("Нельзя создать финальную стадию перед промежуточной"));
        }
        if rank(status) == 1 && rank(other) == 1 {
            return Err(RestError::plain("Успешная стадия может быть только одна"));
        }
    }
    Ok(())
}

fn add(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    check_admin(portal)?;
    let fields = params.loose_arr("fields")?;
    let text = |name: &str| fields.get(name).map(|v| v.text().into_owned()).unwrap_or_default();
    let (entity_id, code, name) = (text("ENTITY_ID"), text("STATUS_ID"), text("NAME"));
    if entity_id.is_empty() {
        return Err(RestError::plain("The field ENTITY_ID is required."));
    }
    let Some((prefix, category)) = dictionary_prefix(portal, &entity_id) else {
        return Err(RestError::plain("Specified entity type is not supported."));
    };
    if code.is_empty() {
        return Err(RestError::plain("The field STATUS_ID is required."));
    }
    if name.trim().is_empty() {
        return Err(RestError::plain("Не заполнено обязательное поле \"Заголовок\""));
    }
    let code = code.strip_prefix(&prefix).unwrap_or(&code);
    if code.len() > 22 || !code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
        return Err(RestError::plain("Недопустимый идентификатор статуса."));
    }
    let status_id = format!("{prefix}{code}");
    if portal.statuses.iter().any(|(_, s)| s.entity_id == entity_id && s.status_id == status_id) {
        return Err(RestError::core("Указанный идентификатор статуса, уже существует."));
    }
    let color = text("COLOR");
    let status = Status {
        sort: fields.get("SORT").map_or(10, Php::int),
        color: if color.is_empty() && entity_id.starts_with("DEAL_STAGE") {
            "#ACE9FB".to_owned()
        } else {
            color
        },
        semantics: text("SEMANTICS").replace('P', ""),
        entity_id,
        status_id,
        name,
        name_init: String::new(),
        system: false,
        category,
    };
    check_order(portal, None, &status)?;
    portal.version += 1;
    let id = portal.statuses.add(|_| status);
    Ok(Php::Int(id).into())
}

fn update(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    check_admin(portal)?;
    let (id, mut status) = find(portal, params)?;
    let fields = params.loose_arr("fields")?;
    for (key, value) in fields.iter() {
        let text = value.text();
        match &*key.text() {
            "NAME" if text.trim().is_empty() => {
                return Err(RestError::plain("Не заполнено обязательное поле \"Заголовок\""));
            }
            "NAME" => status.name = text.into_owned(),
            "SORT" => status.sort = value.int(),
            "COLOR" => status.color = text.into_owned(),
            "SEMANTICS" if !status.system => status.semantics = text.replace('P', ""),
            _ => {}
        }
    }
    check_order(portal, Some(id), &status)?;
    portal.version += 1;
    portal.statuses.put(id, status);
    Ok(Php::Bool(true).into())
}

fn delete(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    check_admin(portal)?;
    let (id, status) = find(portal, params)?;
    let forced = params.loose_arr("params")?.get("FORCED").is_some_and(|f| f.text() == "Y");
    if status.system && !forced {
        return Err(RestError::plain("CRM System Status can not be deleted"));
    }
    portal.version += 1;
    portal.statuses.remove(id);
    Ok(Php::Bool(true).into())
}

fn entity_types(portal: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    let mut out = Vec::new();
    for (id, category) in portal.categories.iter() {
        let name = if id == 0 {
            "Стадии сделки".to_owned()
        } else {
            format!("Стадии сделки ({})", category.name)
        };
        let prefix = if id == 0 { String::new() } else { format!("C{id}:") };
        let stages = portal.stages(id);
        let final_sort = stages.iter().find(|(_, s)| s.semantics == "S").map_or(0, |(_, s)| s.sort);
        let first = stages.first().map_or(String::new(), |(_, s)| s.status_id.clone());
        let mut entry = Arr::new();
        entry.put("ID", Portal::stage_dictionary(id));
        entry.put("NAME", name);
        entry.put("PARENT_ID", "DEAL_STAGE");
        entry.put(
            "SEMANTIC_INFO",
            obj([
                ("START_FIELD", first.into()),
                ("FINAL_SUCCESS_FIELD", format!("{prefix}WON").into()),
                ("FINAL_UNSUCCESS_FIELD", format!("{prefix}LOSE").into()),
                ("FINAL_SORT", final_sort.into()),
            ]),
        );
        entry.put("PREFIX", format!("C{id}"));
        entry.put("FIELD_ATTRIBUTE_SCOPE", if id == 0 { String::new() } else { format!("category_{id}") });
        entry.put("ENTITY_TYPE_ID", 2);
        entry.put("CATEGORY_ID", id);
        entry.put("IS_ENABLED", true);
        out.push(entry);
    }
    for (code, name) in [
        ("DEAL_TYPE", "Тип сделки"),
        ("SOURCE", "Источники"),
        ("CONTACT_TYPE", "Тип контакта"),
        ("HONORIFIC", "Обращения"),
        ("COMPANY_TYPE", "Тип компании"),
        ("INDUSTRY", "Сфера деятельности"),
    ] {
        let mut entry = Arr::new();
        entry.put("ID", code);
        entry.put("NAME", name);
        entry.put("SEMANTIC_INFO", Arr::new());
        out.push(entry);
    }
    Ok(list(out).into())
}

fn entity_items(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let wanted = params.loose("entityId").map(|e| e.text().into_owned()).unwrap_or_default();
    let items = portal.dictionary(&wanted).into_iter().map(|(_, s)| {
        let mut entry = Arr::new();
        entry.put("NAME", s.name.as_str());
        entry.put("SORT", s.sort);
        entry.put("STATUS_ID", s.status_id.as_str());
        entry
    });
    Ok(list(items).into())
}

fn fields(_: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    let mut out = Arr::new();
    for (name, kind, read_only, required) in [
        ("ID", "integer", true, false),
        ("ENTITY_ID", "string", false, true),
        ("STATUS_ID", "string", false, true),
        ("SORT", "integer", false, false),
        ("NAME", "string", false, true),
        ("NAME_INIT", "string", true, false),
        ("SYSTEM", "char", true, false),
        ("COLOR", "string", false, false),
        ("SEMANTICS", "string", false, false),
        ("CATEGORY_ID", "integer", true, false),
        ("EXTRA", "crm_status_extra", false, false),
    ] {
        out.put(
            name,
            obj([
                ("type", kind.into()),
                ("isRequired", required.into()),
                ("isReadOnly", read_only.into()),
                ("isImmutable", (name == "ENTITY_ID" || name == "STATUS_ID").into()),
                ("isMultiple", false.into()),
                ("isDynamic", false.into()),
                ("title", name.into()),
            ]),
        );
    }
    Ok(Php::Arr(out).into())
}

fn print_currency(portal: &Portal, at: usize) -> Arr {
    let mut out = Arr::new();
    let Some(currency) = portal.currencies.get(at) else { return out };
    out.put("CURRENCY", currency.code.as_str());
    out.put("AMOUNT_CNT", "1");
    out.put("AMOUNT", format!("{:.4}", currency.rate));
    out.put("SORT", ((at as i64 + 1) * 100).to_string());
    out.put("BASE", if currency.base { "Y" } else { "N" });
    out.put("FULL_NAME", currency.name.as_str());
    out.put("LID", "ru");
    out.put("FORMAT_STRING", currency.format.as_str());
    out.put("DEC_POINT", ".");
    out.put("THOUSANDS_SEP", "&nbsp;");
    out.put("DECIMALS", "2");
    out.put("DATE_UPDATE", "2024-01-10T03:00:00+03:00");
    out
}

fn currencies(portal: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    let all = list((0..portal.currencies.len()).map(|at| print_currency(portal, at)));
    Ok(Answer::whole(all, 0))
}

fn currency_get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let code = params.loose("id").map(|c| c.text().into_owned()).unwrap_or_default();
    let at = portal.currencies.iter().position(|c| c.code == code).ok_or_else(RestError::not_found)?;
    Ok(Php::Arr(print_currency(portal, at)).into())
}

fn currency_base(portal: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    Ok(Php::from(portal.base_currency()).into())
}
