//! A fresh installation: one pasted address, one click, and orders go over and come back.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests read files and fail loudly"
)]

use orderbridge::abi::answer;
use serde_json::{json, Value};
use std::path::Path;

fn ask(op: &str, settings: &Value, data: &Value) -> Value {
    let request = json!({
        "v": 1, "op": op, "now": "2026-11-23T10:00:00Z", "settings": settings, "data": data,
    });
    let answer: Value = serde_json::from_slice(&answer(request.to_string().as_bytes())).unwrap();
    assert_eq!(answer["outcome"], "ok", "{op}: {answer}");
    answer["data"].clone()
}

/// What a host brought in a recorded case, if there is such a case.
fn recorded(case: &str, member: &str) -> Option<Value> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors")
        .join(case)
        .join("request.json");
    let request: Value = serde_json::from_slice(&std::fs::read(file).ok()?).unwrap();
    Some(request["data"][member].clone())
}

/// The steps of a task, each answered by the next recorded reply of the kind that it wants, if there is
/// one.
fn run(case: &str, settings: &Value) -> Vec<Value> {
    let task = recorded(&format!("sync.start/{case}"), "task").unwrap();
    let mut replies: Vec<Value> = (1..)
        .map_while(|step| recorded(&format!("sync.resume/{case}-{step}"), "reply"))
        .collect();
    let mut said = vec![ask("sync.start", settings, &json!({"task": task}))];
    loop {
        let last = said.last().unwrap();
        let wants = match last["step"].as_str().unwrap() {
            "call" => "answers",
            "apply" => "applied",
            // A fresh shop has no links and no rounds.
            "look" => "links",
            "draw" => "drawn",
            _ => return said,
        };
        let next = replies.iter().position(|reply| reply.get(wants).is_some());
        let reply = match next {
            Some(next) => replies.remove(next),
            None => json!({"links": [], "drawn": 0}),
        };
        let resume = json!({"state": last["state"], "reply": reply});
        said.push(ask("sync.resume", settings, &resume));
    }
}

/// The first thing named so in the steps.
fn first<'a>(steps: &'a [Value], list: &str, fits: &dyn Fn(&Value) -> bool) -> &'a Value {
    let all = steps.iter().filter_map(|step| step[list].as_array());
    all.flatten().find(|one| fits(one)).unwrap()
}

fn check(settings: &Value) -> (Value, Vec<String>) {
    let statuses: Vec<Value> = [
        "new",
        "processing",
        "awaiting",
        "shipped",
        "completed",
        "cancelled",
    ]
    .iter()
    .map(|id| json!({"id": id}))
    .collect();
    let report = ask(
        "settings.check",
        &Value::Null,
        &json!({"settings": settings, "statuses": statuses}),
    );
    let problems = report["problems"].as_array().unwrap();
    let told = problems
        .iter()
        .map(|problem| format!("{} {}", problem["level"], problem["code"]).replace('"', ""))
        .collect();
    (report["settings"].clone(), told)
}

#[test]
fn one_address_and_one_click_are_enough() {
    let (settings, told) = check(&json!({"shop": {"id": "shop-1"}}));
    assert_eq!(told.first().unwrap(), "error funnel_missing");
    assert_eq!(
        told.iter().filter(|told| told.starts_with("error")).count(),
        1
    );

    let done = run("provision-create", &settings);
    let done = done.last().unwrap();
    assert_eq!(done["result"]["complete"], true, "{done}");
    let (settings, told) = check(&done["result"]["settings"]);
    assert_eq!(
        told,
        ["warning fallback_missing"],
        "nothing else is left to do"
    );

    let pushed = run("push-new", &settings);
    let deal = first(&pushed, "calls", &|call| {
        call["key"] == "deal" && call["method"] == "crm.item.add"
    });
    let query = deal["query"].as_str().unwrap();
    for part in ["fields[categoryId]=5", "fields[stageId]=C5%3ANEW"] {
        assert!(query.contains(part), "{query}");
    }
    assert_eq!(pushed.last().unwrap()["result"]["outcome"], "created");

    let won = run("pull-won", &settings);
    let effect = first(&won, "effects", &|effect| effect["effect"] == "set_status");
    assert_eq!(effect["status"], "completed");
    assert_eq!(won.last().unwrap()["result"]["outcome"], "applied");
}
