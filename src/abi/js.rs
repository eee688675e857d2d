//! The JavaScript door, for the browser and Node: the same dispatcher behind typed objects.
//!
//! An object goes in as its JSON text and comes out as a plain object that `JSON.stringify` turns
//! into the very bytes that [`call_json`] gives.

use crate::contract::json::Json;
use crate::contract::limits::MAX_DEPTH;
use js_sys::JSON;
use serde::{Serialize, Serializer};
use wasm_bindgen::prelude::{wasm_bindgen, JsValue};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"import type { Answer, Request } from "./types.js";"#;

/// Answers a request, JSON text to JSON text.
#[must_use]
#[wasm_bindgen(js_name = callJson)]
pub fn call_json(request: &str) -> String {
    String::from_utf8_lossy(&super::answer(request.as_bytes())).into_owned()
}

/// Answers a request, object to object. Never throws for what the request says: what is wrong
/// with it is in the answer.
///
/// # Errors
/// When the answer cannot be made into objects, which no answer of the core is.
#[wasm_bindgen(unchecked_return_type = "Answer")]
pub fn call(
    #[wasm_bindgen(unchecked_param_type = "Request")] request: &JsValue,
) -> Result<JsValue, JsValue> {
    // What JSON cannot say (undefined, a circle) is an empty request, which the core refuses.
    let request = JSON::stringify(request)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default();
    // An answer may wrap what a request held, so it may be a little deeper.
    let answer = Json::parse(
        &super::answer(request.as_bytes()),
        MAX_DEPTH.saturating_mul(2),
    )
    .map_err(|unreadable| JsValue::from_str(&format!("{unreadable:?}")))?;
    Plain(&answer)
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(JsValue::from)
}

/// A tree of ours, in its own order, for any serializer.
struct Plain<'a>(&'a Json);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Json::Null => serializer.serialize_unit(),
            Json::Bool(yes) => serializer.serialize_bool(*yes),
            // As `JSON.parse` reads it: our own numbers are small and whole, the portal's may be
            // anything. Who needs their very digits asks `callJson`.
            Json::Number(digits) => match digits.parse::<i32>() {
                Ok(number) => serializer.serialize_i32(number),
                Err(_) => serializer.serialize_f64(js_sys::Number::parse_float(digits)),
            },
            Json::Text(text) => serializer.serialize_str(text),
            Json::List(rows) => serializer.collect_seq(rows.iter().map(Plain)),
            Json::Map(members) => {
                serializer.collect_map(members.iter().map(|(key, value)| (key, Plain(value))))
            }
        }
    }
}
