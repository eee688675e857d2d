//! The contract, through Rust. `make vectors` writes requests and answers anew from
//! `tests/vectors/scenarios.mjs`: read the difference before you commit it.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests read files and fail loudly"
)]

mod support;

use orderbridge::abi::{answer, OPERATIONS};
use std::collections::BTreeSet;
use std::path::PathBuf;
use support::{here, vectors, Vector};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn folder(vector: &Vector) -> PathBuf {
    here("tests/vectors").join(&vector.name)
}

#[test]
fn every_request_has_its_answer() {
    let mut wrong = Vec::new();
    for vector in vectors() {
        let given = answer(&vector.request);
        if vector.answer.as_ref() == Some(&given) {
            continue;
        }
        wrong.push(format!(
            "{}\n  expected {}\n  given    {}",
            vector.name,
            vector
                .answer
                .as_deref()
                .map_or_else(|| "nothing yet".into(), text),
            text(&given)
        ));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_says_why() {
    for vector in vectors() {
        let why = std::fs::read_to_string(folder(&vector).join("why.md")).unwrap_or_default();
        assert!(!why.trim().is_empty(), "{} has no why.md", vector.name);
    }
}

#[test]
fn every_operation_has_cases_in_its_folder() {
    let cases: Vec<String> = vectors().into_iter().map(|vector| vector.name).collect();
    for op in OPERATIONS {
        let folder = format!("{op}/");
        assert!(
            cases.iter().any(|name| name.starts_with(&folder)),
            "no vector of {op}"
        );
    }
}

/// The codes that `core.describe` lists are the codes that the vectors produce: none without a
/// vector, none that is not listed.
#[test]
fn the_list_of_codes_is_closed() {
    let described = br#"{"v":1,"op":"core.describe","data":{}}"#;
    let described: serde_json::Value = serde_json::from_slice(&answer(described)).unwrap();
    let listed: BTreeSet<String> = described
        .pointer("/data/codes")
        .and_then(serde_json::Value::as_array)
        .unwrap()
        .iter()
        .map(|code| {
            code.get("code")
                .and_then(serde_json::Value::as_str)
                .unwrap()
                .to_owned()
        })
        .collect();
    let mut produced = BTreeSet::new();
    for vector in vectors() {
        // The list itself, and the codes that a request talks of, are no proof.
        if vector.name.starts_with("core.describe/") {
            continue;
        }
        if let Some(Ok(answer)) = vector.answer.map(|bytes| serde_json::from_slice(&bytes)) {
            collect(&answer, &mut produced);
        }
    }
    for answer in oversized() {
        collect(&answer, &mut produced);
    }
    let missing: Vec<_> = listed.difference(&produced).collect();
    let unlisted: Vec<_> = produced.difference(&listed).collect();
    assert!(
        missing.is_empty() && unlisted.is_empty(),
        "without a vector: {missing:?}; not in core.describe: {unlisted:?}"
    );
}

/// The two codes whose vectors would be a quarter of a megabyte each are made here instead.
fn oversized() -> Vec<serde_json::Value> {
    // Two rows a line, each with the line's long name: the answer outgrows the request.
    let line = serde_json::json!({"name": "x".repeat(210), "quantity": "3", "total": "1.00"});
    let order = serde_json::json!({
        "id": "1", "status": "new", "currency": "RUB", "total": "990.00", "lines": vec![line; 990],
    });
    let request = serde_json::json!({
        "v": 1, "op": "order.preview", "now": "2026-11-23T10:00:00Z",
        "settings": {"shop": {"id": "x".repeat(20)}}, "data": {"order": order},
    });
    let long_answer = request.to_string();
    assert!(long_answer.len() < 256 * 1024, "{}", long_answer.len());
    let long_request = " ".repeat(256 * 1024 + 1);
    [long_answer, long_request]
        .iter()
        .map(|request| serde_json::from_slice(&answer(request.as_bytes())).unwrap())
        .collect()
}

/// Codes stand beside a message; a `code` of the shop's (a delivery) does not.
fn collect(value: &serde_json::Value, codes: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(members) => {
            if let (Some(code), true) = (
                members.get("code").and_then(serde_json::Value::as_str),
                members.contains_key("message"),
            ) {
                codes.insert(code.to_owned());
            }
            members.values().for_each(|value| collect(value, codes));
        }
        serde_json::Value::Array(rows) => rows.iter().for_each(|row| collect(row, codes)),
        _ => {}
    }
}
