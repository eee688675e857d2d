//! Settings of former schemas, brought up to the newest before they are read. An update of the module
//! must not stop a shop until somebody opens its page.

use crate::contract::json::Json;
use crate::contract::pairs::Pairs;
use crate::contract::read::{At, Read};
use crate::contract::settings::{Settings, SCHEMA};
use crate::domain::text::Digits;
use crate::error::{Code, Problem};

/// Reads a settings document of any schema that this core knows.
///
/// # Errors
/// The schema is unknown, or something in the document does not fit.
pub fn read(mut document: Json, at: &At<'_>) -> Result<Settings, Problem> {
    let known = SCHEMA.digits();
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

/// 1 → 2. The categories of a rule became a part of its condition. The table of stages, which only said
/// where a deal begins, may now move it as well: an update begins nothing new by itself.
fn first(document: &mut Json) {
    let Json::Map(members) = document else { return };
    members.put("schema", Json::Number("2".to_owned()));
    let off = Json::Map(single("statuses_to_portal", Json::Bool(false)));
    members.put("directions", off);
    let rules = members
        .get_mut("responsible")
        .and_then(|part| part.get_mut("rules"));
    let Some(Json::List(rules)) = rules else {
        return;
    };
    for rule in rules {
        let Json::Map(rule) = rule else { continue };
        if rule.get("when").is_some() {
            // Not of this schema, whatever it says; what does not fit is told when it is read.
            continue;
        }
        if let Some(categories) = rule.take("categories") {
            rule.put("when", Json::Map(single("categories", categories)));
        }
    }
}

fn single(key: &str, value: Json) -> Pairs<Json> {
    let mut pairs = Pairs::default();
    pairs.put(key, value);
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::write::Raw;

    fn migrated(text: &str) -> String {
        let document = Json::parse(text.as_bytes(), 32).unwrap();
        let settings = read(document, &At::root("", Code::SettingsUnreadable)).unwrap();
        Raw::of(&settings).into()
    }

    #[test]
    fn what_is_migrated_stays_as_it_is() {
        for text in [
            "{}",
            r#"{"schema":1}"#,
            r#"{"schema":1,"responsible":{"rules":[{"categories":["1"],"users":["6"]},{"users":[]}]}}"#,
            r#"{"schema":2,"directions":{"statuses_to_portal":true}}"#,
        ] {
            let once = migrated(text);
            assert_eq!(migrated(&once), once, "{text}");
        }
        assert!(migrated(r#"{"schema":1}"#).contains(r#""statuses_to_portal":false"#));
        assert!(migrated("{}").contains(r#""statuses_to_portal":true"#));
    }
}
