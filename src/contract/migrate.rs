//! Settings of former schemas, brought up to the newest before they are read. An update of the module
//! must not stop a shop until somebody opens its page.

use crate::contract::json::Json;
use crate::contract::pairs::Pairs;
use crate::contract::read::{At, Read};
use crate::contract::settings::{Settings, SCHEMA};
use crate::error::{Code, Problem};

/// Reads a settings document of any schema that this core knows.
///
/// # Errors
/// The schema is unknown, or something in the document does not fit.
pub fn read(mut document: Json, at: &At<'_>) -> Result<Settings, Problem> {
    let known = SCHEMA.to_string();
    let schema = match document.get("schema") {
        Some(Json::Number(number)) => number.clone(),
        // Absent means "as they are now"; anything else is refused where it is read.
        _ => known.clone(),
    };
    match schema.as_str() {
        "1" => first(&mut document),
        number if number == known => {}
        number => {
            return Err(Problem::new(Code::SchemaUnknown)
                .at(at.key("schema").pointer())
                .with("value", number)
                .with("known", known))
        }
    }
    Settings::read(document, at)
}

/// 1 → 2: the categories of a rule became a part of its condition.
fn first(document: &mut Json) {
    let Json::Map(members) = document else { return };
    members.put("schema", Json::Number("2".to_owned()));
    let rules = members
        .get_mut("responsible")
        .and_then(|part| part.get_mut("rules"));
    let Some(Json::List(rules)) = rules else {
        return;
    };
    for rule in rules {
        let Json::Map(rule) = rule else { continue };
        if let Some(categories) = rule.take("categories") {
            let mut when = Pairs::default();
            when.put("categories", categories);
            rule.put("when", Json::Map(when));
        }
    }
}
