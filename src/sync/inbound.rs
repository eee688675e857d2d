//! What an inbound event means: only "look at deal N". Nothing else in it is believed.

use crate::contract::pairs::Pairs;
use crate::contract::read::reads;
use crate::contract::write::writes;

/// `data` of `inbound.read`.
#[derive(Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct Event {
    /// The query of the URL, flat.
    query: Pairs<String>,
    /// The form, flat: `data[FIELDS][ID]`.
    form: Pairs<String>,
}

reads!(Event { query, form });

/// What to look at.
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Hints {
    hints: Vec<Hint>,
}

writes!(Hints { hints });

/// A deal to look at.
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
struct Hint {
    deal_id: String,
}

writes!(Hint { deal_id });

/// Reads the forms that portals send.
///
/// Bitrix24: REST documentation, "Events" (`event`, `data[FIELDS][ID]`) and the robot "Outgoing
/// webhook" (`document_id[2]` = `DEAL_123`, or an `ID` that the administrator put in the URL).
#[must_use]
pub fn read(event: &Event) -> Hints {
    let form = |key: &str| event.form.get(key).map(String::as_str);
    let query = |key: &str| event.query.get(key).map(String::as_str);
    let of_event = form("event")
        .filter(|name| name.to_ascii_uppercase().starts_with("ONCRMDEAL"))
        .and_then(|_| form("data[FIELDS][ID]").or_else(|| form("data[FIELDS][id]")));
    let of_robot = query("ID")
        .or_else(|| query("id"))
        .or_else(|| form("document_id[2]").and_then(|document| document.strip_prefix("DEAL_")));
    let hints = of_event
        .or(of_robot)
        .filter(|id| (1..=18).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|id| Hint {
            deal_id: id.to_owned(),
        })
        .into_iter()
        .collect();
    Hints { hints }
}
