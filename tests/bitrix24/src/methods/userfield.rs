//! User fields: crm.deal.userfield.* and its twins for contacts and companies.

use std::collections::BTreeMap;

use crate::model::changes::Hit;
use crate::model::data::{Choice, UserField};
use crate::model::fields::Entity;
use crate::model::filter::{parse, Operand, Sort, Strictness};
use crate::model::portal::Portal;
use crate::php::{decode, encode, list, obj, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[
    ("crm.deal.userfield.add", |p, _, q| add(p, q, Entity::Deal)),
    ("crm.deal.userfield.list", |p, h, q| all(p, h, q, Entity::Deal)),
    ("crm.deal.userfield.get", |p, _, q| get(p, q, Entity::Deal)),
    ("crm.deal.userfield.update", |p, _, q| update(p, q, Entity::Deal)),
    ("crm.deal.userfield.delete", |p, _, q| delete(p, q, Entity::Deal)),
    ("crm.contact.userfield.add", |p, _, q| add(p, q, Entity::Contact)),
    ("crm.contact.userfield.list", |p, h, q| all(p, h, q, Entity::Contact)),
    ("crm.contact.userfield.get", |p, _, q| get(p, q, Entity::Contact)),
    ("crm.contact.userfield.update", |p, _, q| update(p, q, Entity::Contact)),
    ("crm.contact.userfield.delete", |p, _, q| delete(p, q, Entity::Contact)),
    ("crm.company.userfield.add", |p, _, q| add(p, q, Entity::Company)),
    ("crm.company.userfield.list", |p, h, q| all(p, h, q, Entity::Company)),
    ("crm.company.userfield.get", |p, _, q| get(p, q, Entity::Company)),
    ("crm.company.userfield.update", |p, _, q| update(p, q, Entity::Company)),
    ("crm.company.userfield.delete", |p, _, q| delete(p, q, Entity::Company)),
    ("crm.userfield.types", types),
];

const LABELS: &[&str] =
    &["EDIT_FORM_LABEL", "LIST_COLUMN_LABEL", "LIST_FILTER_LABEL", "ERROR_MESSAGE", "HELP_MESSAGE"];
const LANGUAGES: &[&str] = &["ru", "en"];
const TYPES: &[(&str, &str)] = &[
    ("string", "Строка"),
    ("integer", "Целое число"),
    ("double", "Число"),
    ("boolean", "Да/Нет"),
    ("enumeration", "Список"),
    ("date", "Дата"),
    ("datetime", "Дата/Время"),
    ("money", "Деньги"),
    ("url", "Ссылка"),
    ("address", "Адрес Google карты"),
    ("file", "Файл"),
    ("employee", "Привязка к сотруднику"),
    ("crm_status", "Привязка к справочникам CRM"),
    ("iblock_section", "Привязка к разделам инф. блоков"),
    ("iblock_element", "Привязка к элементам инф. блоков"),
    ("crm", "Привязка к элементам CRM"),
];

fn check_admin(portal: &Portal) -> Result<(), RestError> {
    if portal.switches.owner_admin {
        return Ok(());
    }
    Err(RestError::new(403, "", "Access denied"))
}

fn full_name(raw: &str) -> Result<String, RestError> {
    let upper = raw.trim().to_uppercase();
    let bare = upper.strip_prefix("UF_CRM_").or_else(|| upper.strip_prefix("UF_")).unwrap_or(&upper);
    let name = format!("UF_CRM_{bare}");
    if name.len() > 50 {
        return Err(RestError::core("Имя поля слишком длинное (больше 50-ти символов)."));
    }
    if bare.is_empty() || !bare.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_') {
        return Err(RestError::core(
            "Имя поля содержит недопустимые символы. Допустимыми являются: A-Z, 0-9 и _.",
        ));
    }
    Ok(name)
}

fn default_settings(kind: &str) -> Arr {
    let mut out = Arr::new();
    match kind {
        "string" => {
            for (name, value) in [("SIZE", 20), ("ROWS", 1)] {
                out.put(name, value);
            }
            out.put("REGEXP", "");
            out.put("MIN_LENGTH", 0);
            out.put("MAX_LENGTH", 0);
            out.put("DEFAULT_VALUE", "");
        }
        "integer" => {
            out.put("SIZE", 20);
            out.put("MIN_VALUE", 0);
            out.put("MAX_VALUE", 0);
            out.put("DEFAULT_VALUE", Php::Null);
        }
        "double" => {
            out.put("PRECISION", 2);
            out.put("SIZE", 20);
            out.put("MIN_VALUE", 0);
            out.put("MAX_VALUE", 0);
            out.put("DEFAULT_VALUE", Php::Null);
        }
        "boolean" => {
            out.put("DEFAULT_VALUE", 0);
            out.put("DISPLAY", "CHECKBOX");
            out.put("LABEL", list(["", ""]));
            out.put("LABEL_CHECKBOX", "");
        }
        "date" | "datetime" => {
            out.put("DEFAULT_VALUE", obj([("TYPE", "NONE".into()), ("VALUE", "".into())]));
        }
        "enumeration" => {
            out.put("DISPLAY", "LIST");
            out.put("LIST_HEIGHT", 1);
            out.put("CAPTION_NO_VALUE", "");
            out.put("SHOW_NO_VALUE", "Y");
        }
        _ => {}
    }
    out
}

pub(super) fn add(portal: &mut Portal, params: &Params, entity: Entity) -> Reply {
    check_admin(portal)?;
    let fields = params.loose_arr("fields")?;
    let text = |name: &str| fields.get(name).map(|v| v.text().into_owned()).unwrap_or_default();
    if text("FIELD_NAME").is_empty() {
        return Err(RestError::plain("The 'FIELD_NAME' field is not found."));
    }
    let kind = text("USER_TYPE_ID").to_lowercase();
    if kind.is_empty() {
        return Err(RestError::plain("The 'USER_TYPE_ID' field is not found."));
    }
    let name = full_name(&text("FIELD_NAME"))?;
    if !TYPES.iter().any(|(known, _)| *known == kind) {
        return Err(RestError::core("Указан неверный пользовательский тип."));
    }
    if portal.user_field(entity, &name).is_some() {
        let text = format!("Поле {name} для объекта CRM_{} уже существует.", entity.name());
        return Err(RestError::core(text));
    }
    let mut field = UserField {
        entity: entity.name().to_owned(),
        settings: encode(&Php::Arr(default_settings(&kind))),
        name,
        kind,
        xml_id: None,
        sort: 100,
        multiple: fields.get("MULTIPLE").is_some_and(|v| v.text() == "Y"),
        mandatory: false,
        show_filter: 'N',
        show_in_list: false,
        edit_in_list: true,
        searchable: false,
        labels: BTreeMap::new(),
        choices: Vec::new(),
    };
    write(portal, &mut field, &fields);
    portal.version += 1;
    let id = portal.user_fields.add(|_| field);
    Ok(Php::Int(id).into())
}

fn write(portal: &mut Portal, field: &mut UserField, fields: &Arr) {
    for (key, value) in fields.iter() {
        let text = value.text();
        let yes = text == "Y" || *value == Php::Bool(true);
        match &*key.text() {
            "XML_ID" => field.xml_id = (!text.is_empty()).then(|| text.into_owned()),
            "SORT" => field.sort = value.int(),
            "MANDATORY" => field.mandatory = yes,
            "SHOW_FILTER" => {
                field.show_filter = match text.chars().next() {
                    Some('Y') => 'E',
                    Some(c @ ('I' | 'E' | 'S')) => c,
                    _ => 'N',
                }
            }
            "SHOW_IN_LIST" => field.show_in_list = yes,
            "EDIT_IN_LIST" => field.edit_in_list = yes,
            "IS_SEARCHABLE" => field.searchable = yes,
            "SETTINGS" => {
                let mut settings = decode(field.settings.as_bytes()).unwrap_or(Php::Arr(Arr::new()));
                if let (Php::Arr(old), Php::Arr(new)) = (&mut settings, value) {
                    for (key, value) in new.iter() {
                        old.set(key.clone(), value.clone());
                    }
                }
                field.settings = encode(&settings);
            }
            "LIST" if field.kind == "enumeration" => write_choices(portal, field, value),
            _ => {}
        }
    }
    let common = fields.get("LABEL").map(|l| l.text().into_owned());
    for kind in LABELS {
        let said = fields.get(kind);
        if said.is_none() && (common.is_none() || kind.ends_with("MESSAGE")) {
            continue;
        }
        let labels = field.labels.entry((*kind).to_owned()).or_default();
        for language in LANGUAGES {
            let text = match said {
                Some(Php::Arr(map)) => {
                    map.get(language).map(|t| t.text().into_owned()).or_else(|| common.clone())
                }
                Some(text) => Some(text.text().into_owned()),
                None => common.clone(),
            };
            if let Some(text) = text {
                labels.insert((*language).to_owned(), text);
            }
        }
    }
}

fn write_choices(portal: &mut Portal, field: &mut UserField, value: &Php) {
    for entry in value.each() {
        let text = |name: &str| entry.get(name).map(|v| v.text().into_owned());
        let id = entry.get("ID").map_or(0, Php::int);
        let known = field.choices.iter().position(|c| c.id == id);
        if text("DEL").as_deref() == Some("Y") {
            field.choices.retain(|c| c.id != id);
            continue;
        }
        let at = known.unwrap_or_else(|| {
            let id = portal.next_choice.max(1);
            portal.next_choice = id + 1;
            portal.meta_dirty = true;
            let sort = (field.choices.len() as i64 + 1) * 10;
            field.choices.push(Choice {
                id,
                value: String::new(),
                sort,
                default: false,
                xml_id: String::new(),
            });
            field.choices.len() - 1
        });
        let choice = &mut field.choices[at];
        if let Some(value) = text("VALUE") {
            choice.value = value;
        }
        if let Some(sort) = text("SORT") {
            choice.sort = sort.parse().unwrap_or(choice.sort);
        }
        if let Some(default) = text("DEF") {
            choice.default = default == "Y";
        }
        if let Some(xml_id) = text("XML_ID") {
            choice.xml_id = xml_id;
        }
    }
    field.choices.sort_by_key(|c| (c.sort, c.id));
}

fn print(id: i64, field: &UserField) -> Arr {
    let yes = |flag: bool| if flag { "Y" } else { "N" };
    let mut out = Arr::new();
    out.put("ID", id.to_string());
    out.put("ENTITY_ID", format!("CRM_{}", field.entity));
    out.put("FIELD_NAME", field.name.as_str());
    out.put("USER_TYPE_ID", field.kind.as_str());
    out.put("XML_ID", field.xml_id.as_deref());
    out.put("SORT", field.sort.to_string());
    out.put("MULTIPLE", yes(field.multiple));
    out.put("MANDATORY", yes(field.mandatory));
    out.put("SHOW_FILTER", field.show_filter.to_string());
    out.put("SHOW_IN_LIST", yes(field.show_in_list));
    out.put("EDIT_IN_LIST", yes(field.edit_in_list));
    out.put("IS_SEARCHABLE", yes(field.searchable));
    out.put("SETTINGS", decode(field.settings.as_bytes()).unwrap_or(Php::Arr(Arr::new())));
    if field.kind == "enumeration" {
        let choices = field.choices.iter().map(|c| {
            obj([
                ("ID", c.id.to_string().into()),
                ("SORT", c.sort.to_string().into()),
                ("VALUE", c.value.as_str().into()),
                ("DEF", yes(c.default).into()),
                ("XML_ID", c.xml_id.as_str().into()),
            ])
        });
        out.put("LIST", list(choices));
    }
    out
}

fn label(field: &UserField, kind: &str, language: &str) -> Php {
    let text = field.labels.get(kind).and_then(|l| l.get(language)).filter(|t| !t.is_empty());
    text.map(String::as_str).into()
}

fn resolve(name: &str) -> Option<(String, Sort)> {
    let sort = match name {
        "ID" | "SORT" => Sort::Int,
        "FIELD_NAME" | "USER_TYPE_ID" | "XML_ID" | "MULTIPLE" | "MANDATORY" | "SHOW_FILTER"
        | "SHOW_IN_LIST" | "EDIT_IN_LIST" | "IS_SEARCHABLE" | "ENTITY_ID" => Sort::Text,
        _ => return None,
    };
    Some((name.to_owned(), sort))
}

fn operand(row: &Arr, name: &str) -> Operand {
    let sort = resolve(name).map_or(Sort::Text, |(_, sort)| sort);
    row.get(name).map_or(Operand::Blank, |value| Operand::read(value, sort, 0))
}

pub(super) fn all(portal: &mut Portal, hit: &mut Hit, params: &Params, entity: Entity) -> Reply {
    let filter = params.loose_arr("filter")?;
    let order = params.loose_arr("order")?;
    let language = filter.get("LANG").map(|l| l.text().into_owned());
    let node = parse(&filter, Strictness::Lenient, hit.now, &resolve).map_err(|_| RestError::plain(""))?;
    let mut rows: Vec<Arr> = Vec::new();
    for (id, field) in portal.fields_of(entity) {
        let mut row = print(id, field);
        if node.fits(&|name: &String| operand(&row, name)) {
            for kind in language.iter().flat_map(|_| LABELS) {
                row.put(kind, label(field, kind, language.as_deref().unwrap_or_default()));
            }
            rows.push(row);
        }
    }
    for (key, direction) in order.iter().collect::<Vec<_>>().into_iter().rev() {
        let name = key.text();
        let down = direction.text().eq_ignore_ascii_case("desc");
        rows.sort_by(|a, b| {
            let ordering = operand(a, &name).order(&operand(b, &name));
            if down {
                ordering.reverse()
            } else {
                ordering
            }
        });
    }
    let total = rows.len();
    Ok(Answer::whole(list(rows), total))
}

fn find(portal: &Portal, params: &Params, entity: Entity) -> Result<(i64, UserField), RestError> {
    let id = params.loose_id().ok_or_else(RestError::bad_id)?;
    let field = portal.user_fields.get(id).filter(|f| f.entity == entity.name()).cloned();
    let missing =
        || RestError::new(400, "ERROR_NOT_FOUND", format!("The entity with ID '{id}' is not found"));
    field.map(|f| (id, f)).ok_or_else(missing)
}

pub(super) fn get(portal: &mut Portal, params: &Params, entity: Entity) -> Reply {
    let (id, field) = find(portal, params, entity)?;
    let mut row = print(id, &field);
    for kind in LABELS {
        let mut map = Arr::new();
        for language in LANGUAGES {
            map.put(language, label(&field, kind, language));
        }
        row.put(kind, map);
    }
    Ok(Php::Arr(row).into())
}

pub(super) fn update(portal: &mut Portal, params: &Params, entity: Entity) -> Reply {
    check_admin(portal)?;
    let (id, mut field) = find(portal, params, entity)?;
    let fields = params.loose_arr("fields")?;
    write(portal, &mut field, &fields);
    portal.version += 1;
    portal.user_fields.put(id, field);
    Ok(Php::Bool(true).into())
}

pub(super) fn delete(portal: &mut Portal, params: &Params, entity: Entity) -> Reply {
    check_admin(portal)?;
    let (id, field) = find(portal, params, entity)?;
    portal.user_fields.remove(id);
    let with: Vec<i64> = portal
        .shelf(entity)
        .table()
        .iter()
        .filter(|(_, r)| r.uf.contains_key(field.name.as_str()))
        .map(|(id, _)| id)
        .collect();
    for id in with {
        if let Some(mut record) = portal.shelf(entity).get(id).cloned() {
            record.uf.remove(field.name.as_str());
            portal.shelf_mut(entity).put(record);
        }
    }
    Ok(Php::Bool(true).into())
}

pub(super) fn types(_: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    let rows = TYPES.iter().map(|(id, title)| obj([("ID", (*id).into()), ("title", (*title).into())]));
    Ok(list(rows).into())
}
