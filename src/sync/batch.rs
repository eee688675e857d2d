//! Several tasks in one HTTP request. Bitrix24: REST documentation, "batch": at most 50 commands,
//! run one after another, each failing alone; always HTTP 200 once the batch itself is accepted.
//!
//! `halt` stays 0: with several orders in one batch, one that fails must not stop its neighbours.
//! So every task is written to bear that its later calls run although an earlier one failed.

use super::step::text;
use crate::contract::limits::MAX_BATCH_COMMANDS;
use crate::contract::task::{Call, Failure};
use crate::domain::query::LOCAL;
use crate::contract::read::reads;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Bytes of commands in one request. Answers are about as long as what was sent, and both have to
/// pass the border.
const MAX_COMMAND_BYTES: usize = 80_000;

/// `data` of `batch.pack`.
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pack {
    /// The tasks that are at a `call` step.
    tasks: Vec<Calling>,
}

reads!(Pack { tasks });

/// A task at a `call` step.
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Calling {
    /// The host's own name for the task.
    id: String,
    /// `calls` of the step.
    calls: Vec<Call>,
}

reads!(Calling { id, calls });

/// What to post.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Packed {
    requests: Vec<HttpRequest>,
}

/// One HTTP request: POST `body` as JSON to the webhook's URL followed by `method` and `.json`.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct HttpRequest {
    method: &'static str,
    body: String,
    /// Whose calls are in it, in order; give it to `batch.unpack` as it is.
    tasks: Vec<String>,
}

#[derive(Serialize)]
struct Body<'a> {
    halt: u8,
    cmd: &'a BTreeMap<String, String>,
}

/// Packs calls into as few requests as will do.
#[must_use]
pub fn pack(input: &Pack) -> Packed {
    let mut requests = Vec::new();
    let mut tasks = Vec::new();
    let mut commands = BTreeMap::new();
    let mut bytes = 0usize;
    for task in &input.tasks {
        let size: usize = task
            .calls
            .iter()
            .map(|call| call.query.len().saturating_add(call.method.len()))
            .sum();
        let full = commands.len().saturating_add(task.calls.len()) > MAX_BATCH_COMMANDS
            || bytes.saturating_add(size) > MAX_COMMAND_BYTES;
        if full && !tasks.is_empty() {
            requests.push(request(&commands, core::mem::take(&mut tasks)));
            commands.clear();
            bytes = 0;
        }
        let prefix = prefix(tasks.len());
        for call in &task.calls {
            let query = call.query.replace(
                &["$result[", &LOCAL.to_string()].concat(),
                &["$result[", &prefix].concat(),
            );
            commands.insert(
                [&prefix, call.key.as_str()].concat(),
                [&call.method, "?", &query].concat(),
            );
        }
        bytes = bytes.saturating_add(size);
        tasks.push(task.id.clone());
    }
    if !tasks.is_empty() {
        requests.push(request(&commands, tasks));
    }
    Packed { requests }
}

fn request(commands: &BTreeMap<String, String>, tasks: Vec<String>) -> HttpRequest {
    let body = Body {
        halt: 0,
        cmd: commands,
    };
    HttpRequest {
        method: "batch",
        // INVARIANT: a map of strings always encodes.
        body: serde_json::to_string(&body).unwrap_or_default(),
        tasks,
    }
}

// Two digits, so that the commands of a map run in the order of the tasks.
fn prefix(task: usize) -> String {
    format!("t{task:02}_")
}

/// `data` of `batch.unpack`.
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unpack {
    /// `tasks` of the request.
    tasks: Vec<String>,
    /// What came back.
    answer: HttpAnswer,
}

reads!(Unpack { tasks, answer });

/// What came back, untouched; or why nothing did.
#[derive(Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, serde::Serialize),
    schemars(default)
)]
struct HttpAnswer {
    status: u32,
    /// Names in lower case.
    headers: BTreeMap<String, String>,
    body: String,
    /// `connect`, `dns`, `timeout`, `tls`, `reset`, `refused` or `too_large`.
    failure: Option<String>,
    /// In the transport's words, without the webhook's URL.
    message: String,
}

reads!(HttpAnswer { status, headers, body, failure, message });

/// Replies for `sync.resume`, by task.
#[derive(Serialize)]
pub struct Unpacked {
    replies: Map<String, Value>,
}

/// Cuts the answer of a request into the replies of its tasks.
#[must_use]
pub fn unpack(input: &Unpack, now: Option<i64>) -> Unpacked {
    let mut replies: Map<String, Value> = Map::new();
    match read(&input.answer, now) {
        Ok(batch) => {
            for (task, answers) in input.tasks.iter().zip(share(input.tasks.len(), batch)) {
                replies.insert(task.clone(), with("answers", Value::Object(answers)));
            }
        }
        Err(failure) => {
            let failure = serde_json::to_value(&failure).unwrap_or_default();
            for task in &input.tasks {
                replies.insert(task.clone(), with("failure", failure.clone()));
            }
        }
    }
    Unpacked { replies }
}

fn with(key: &str, value: Value) -> Value {
    let mut members = Map::new();
    members.insert(key.to_owned(), value);
    Value::Object(members)
}

/// The parts of a batch's result, by prefixed key.
#[derive(Default)]
struct Batch {
    result: Map<String, Value>,
    result_error: Map<String, Value>,
    result_next: Map<String, Value>,
}

fn read(answer: &HttpAnswer, now: Option<i64>) -> Result<Batch, Failure> {
    if let Some(kind) = &answer.failure {
        return Err(Failure {
            kind: kind.clone(),
            text: answer.message.clone(),
            ..Failure::default()
        });
    }
    let after = answer
        .headers
        .get("retry-after")
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(0);
    let unreadable = || Failure {
        kind: "http".to_owned(),
        status: answer.status,
        after,
        ..Failure::default()
    };
    let body = answer.body.trim_start_matches('\u{feff}');
    let Ok(Value::Object(mut envelope)) = serde_json::from_str(body) else {
        return Err(unreadable());
    };
    if let Some(code) = envelope.get("error") {
        let reset = envelope
            .get("time")
            .and_then(|time| text(time.get("operating_reset_at")).parse::<i64>().ok())
            .zip(now)
            .and_then(|(at, now)| u32::try_from(at.saturating_sub(now)).ok())
            .unwrap_or(0);
        return Err(Failure {
            kind: "portal".to_owned(),
            status: answer.status,
            code: text(Some(code)),
            text: text(envelope.get("error_description")),
            after: after.max(reset),
        });
    }
    let Some(Value::Object(mut batch)) = envelope.remove("result") else {
        return Err(unreadable());
    };
    // PHP writes an empty map as `[]`.
    let mut part = |name: &str| match batch.remove(name) {
        Some(Value::Object(entries)) => entries,
        _ => Map::new(),
    };
    Ok(Batch {
        result: part("result"),
        result_error: part("result_error"),
        result_next: part("result_next"),
    })
}

/// The answers of each task, by the calls' own keys.
fn share(tasks: usize, batch: Batch) -> Vec<Map<String, Value>> {
    let mut shares = vec![Map::new(); tasks];
    for (part, entries) in [
        ("result", batch.result),
        ("error", batch.result_error),
        ("next", batch.result_next),
    ] {
        for (key, value) in entries {
            // `t07_deal` is call `deal` of the task at place 7.
            let place = key.strip_prefix('t').and_then(|rest| rest.split_once('_'));
            let Some((share, call)) = place
                .and_then(|(place, call)| Some((shares.get_mut(place.parse::<usize>().ok()?)?, call)))
            else {
                continue;
            };
            let value = match part {
                "error" => call_error(&value),
                "next" => Value::String(text(Some(&value))),
                _ => value,
            };
            let answer = share
                .entry(call)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(answer) = answer {
                answer.insert(part.to_owned(), value);
            }
        }
    }
    shares
}

fn call_error(error: &Value) -> Value {
    let mut members = Map::new();
    members.insert("code".to_owned(), Value::String(text(error.get("error"))));
    members.insert("text".to_owned(), Value::String(text(error.get("error_description"))));
    Value::Object(members)
}
