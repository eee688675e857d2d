//! The contract, through the JavaScript door in Node.
#![cfg(all(target_arch = "wasm32", feature = "js"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

use js_sys::{Array, Uint8Array, JSON};
use orderbridge::abi::js::{call, call_json};
use wasm_bindgen::prelude::{wasm_bindgen, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(module = "node:fs")]
extern "C" {
    #[wasm_bindgen(js_name = readdirSync)]
    fn list(path: &str) -> Array;
    type Stats;
    #[wasm_bindgen(js_name = statSync)]
    fn stat(path: &str) -> Stats;
    #[wasm_bindgen(method, js_name = isDirectory)]
    fn is_folder(this: &Stats) -> bool;
    #[wasm_bindgen(js_name = existsSync)]
    fn exists(path: &str) -> bool;
    #[wasm_bindgen(js_name = readFileSync)]
    fn read(path: &str) -> Uint8Array;
}

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors");

/// Name, request, answer.
fn vectors() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for op in list(FOLDER) {
        let op = op.as_string().unwrap();
        if !stat(&format!("{FOLDER}/{op}")).is_folder() {
            continue;
        }
        for case in list(&format!("{FOLDER}/{op}")) {
            let name = format!("{op}/{}", case.as_string().unwrap());
            let folder = format!("{FOLDER}/{name}");
            if !stat(&folder).is_folder() {
                continue;
            }
            let request = format!("{folder}/request.json");
            // JavaScript's strings hold no broken UTF-8: such requests are for the other doors.
            let request = if exists(&request) {
                String::from_utf8(read(&request).to_vec()).ok()
            } else {
                Some(repeated(&format!("{folder}/request.parts.json")))
            };
            let answer =
                String::from_utf8(read(&format!("{folder}/answer.json")).to_vec()).unwrap();
            if let Some(request) = request {
                let request = request.strip_suffix('\n').unwrap_or(&request).to_owned();
                found.push((
                    name,
                    request,
                    answer.strip_suffix('\n').unwrap_or(&answer).to_owned(),
                ));
            }
        }
    }
    assert!(!found.is_empty(), "no vectors");
    found
}

fn repeated(path: &str) -> String {
    let parts: Vec<(String, usize)> = serde_json::from_slice(&read(path).to_vec()).unwrap();
    parts
        .iter()
        .map(|(text, times)| text.repeat(*times))
        .collect()
}

#[wasm_bindgen_test]
fn every_request_has_its_answer() {
    for (name, request, answer) in vectors() {
        assert_eq!(call_json(&request), answer, "{name}");
    }
}

/// As JavaScript would write it.
fn again(text: &str) -> String {
    JSON::parse(text)
        .and_then(|value| JSON::stringify(&value))
        .map(String::from)
        .unwrap_or_default()
}

/// Objects say the same as text, whatever text JSON can make of them.
#[wasm_bindgen_test]
fn objects_get_the_same_answer() {
    let mut tried = 0;
    for (name, request, answer) in vectors() {
        let Ok(object) = JSON::parse(&request) else {
            continue;
        };
        // What JSON.stringify writes differently (a key twice, 1.0) asks for something else.
        if again(&request) != request || again(&answer) != answer {
            continue;
        }
        let given = call(&object).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let text = JSON::stringify(&given).unwrap().as_string().unwrap();
        assert_eq!(text, answer, "{name}");
        tried += 1;
    }
    assert!(tried > 0, "no vector is written as JSON.stringify writes");
}

#[wasm_bindgen_test]
fn what_json_cannot_say_is_refused() {
    for strange in [
        JsValue::UNDEFINED,
        JsValue::NULL,
        JsValue::from_f64(1.5),
        JsValue::from_str("{}"),
    ] {
        let answer = JSON::stringify(&call(&strange).unwrap())
            .unwrap()
            .as_string()
            .unwrap();
        assert!(answer.contains(r#""outcome":"rejected""#), "{answer}");
    }
}
