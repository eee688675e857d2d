//! The JavaScript door, for the browser and Node: the same dispatcher behind typed objects.
//!
//! An object goes in as its JSON text and comes out as a plain object that `JSON.stringify` turns
//! into the very bytes that [`call_json`] gives.

use js_sys::JSON;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::Value;
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
    let answer: Value = serde_json::from_slice(&super::answer(request.as_bytes()))
        .map_err(|error| JsValue::from_str(&error.to_string()))?;
    Plain(&answer)
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(JsValue::from)
}

/// A JSON value whose numbers are numbers to any serializer: with `arbitrary_precision` they are
/// text, which only `serde_json` itself knows how to read back.
struct Plain<'a>(&'a Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(yes) => serializer.serialize_bool(*yes),
            // The core only says whole numbers that JavaScript can hold; ids and money are text.
            Value::Number(number) => serializer.serialize_i64(
                number
                    .as_i64()
                    .ok_or_else(|| serde::ser::Error::custom("not a whole number"))?,
            ),
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(rows) => {
                let mut list = serializer.serialize_seq(Some(rows.len()))?;
                for row in rows {
                    list.serialize_element(&Plain(row))?;
                }
                list.end()
            }
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, &Plain(value))?;
                }
                map.end()
            }
        }
    }
}
