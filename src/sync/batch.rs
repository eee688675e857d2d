//! Several tasks in one HTTP request. Bitrix24: REST documentation, "batch": at most 50 commands,
//! run one after another, each failing alone; always HTTP 200 once the batch itself is accepted.
//!
//! `halt` stays 0: with several orders in one batch, one that fails must not stop its neighbours.
//! So every task is written to bear that its later calls run although an earlier one failed.

use super::step::text;
use crate::contract::limits::MAX_BATCH_COMMANDS;
use crate::contract::task::{Call, CallError, Failure};
use crate::domain::query::LOCAL;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::Value;
use std::collections::BTreeMap;

/// Bytes of commands in one request. Answers are about as long as what was sent, and both have to
/// pass the border.
const MAX_COMMAND_BYTES: usize = 80_000;

/// `data` of `batch.pack`.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pack {
    /// The tasks that are at a `call` step.
    tasks: Vec<Calling>,
}

/// A task at a `call` step.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Calling {
    /// The host's own name for the task.
    id: String,
    /// `calls` of the step.
    calls: Vec<Call>,
}

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
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unpack {
    /// `tasks` of the request.
    tasks: Vec<String>,
    /// What came back.
    answer: HttpAnswer,
}

/// What came back, untouched; or why nothing did.
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
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

/// Replies for `sync.resume`, by task.
#[derive(Serialize)]
pub struct Unpacked {
    replies: BTreeMap<String, TaskReply>,
}

#[derive(Clone, Default, Serialize)]
struct TaskReply {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    answers: BTreeMap<String, TaskAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failure>,
}

#[derive(Clone, Default, Serialize)]
struct TaskAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<CallError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Cuts the answer of a request into the replies of its tasks.
#[must_use]
pub fn unpack(input: &Unpack, now: Option<i64>) -> Unpacked {
    let replies = match read(&input.answer, now) {
        Ok(batch) => share(&input.tasks, &batch),
        Err(failure) => input
            .tasks
            .iter()
            .map(|task| {
                let reply = TaskReply {
                    failure: Some(failure.clone()),
                    ..TaskReply::default()
                };
                (task.clone(), reply)
            })
            .collect(),
    };
    Unpacked { replies }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, default)]
    result: Option<&'a RawValue>,
    #[serde(default)]
    error: Option<Value>,
    #[serde(default)]
    error_description: Option<Value>,
    #[serde(default)]
    time: Option<Value>,
}

#[derive(Default, Deserialize)]
struct Batch<'a> {
    #[serde(borrow, default)]
    result: Option<&'a RawValue>,
    #[serde(borrow, default)]
    result_error: Option<&'a RawValue>,
    #[serde(borrow, default)]
    result_next: Option<&'a RawValue>,
}

fn read(answer: &HttpAnswer, now: Option<i64>) -> Result<Batch<'_>, Failure> {
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
    // Only an object can be an envelope; a list would otherwise be read field by field.
    let body = answer.body.trim_start_matches('\u{feff}').trim_start();
    if !body.starts_with('{') {
        return Err(unreadable());
    }
    let envelope: Envelope<'_> = serde_json::from_str(body).map_err(|_| unreadable())?;
    if let Some(code) = &envelope.error {
        let reset = envelope
            .time
            .as_ref()
            .and_then(|time| text(time.get("operating_reset_at")).parse::<i64>().ok())
            .zip(now)
            .and_then(|(at, now)| u32::try_from(at.saturating_sub(now)).ok())
            .unwrap_or(0);
        return Err(Failure {
            kind: "portal".to_owned(),
            status: answer.status,
            code: text(Some(code)),
            text: text(envelope.error_description.as_ref()),
            after: after.max(reset),
        });
    }
    envelope
        .result
        .map(RawValue::get)
        .filter(|result| result.starts_with('{'))
        .and_then(|result| serde_json::from_str(result).ok())
        .ok_or_else(unreadable)
}

fn share(tasks: &[String], batch: &Batch<'_>) -> BTreeMap<String, TaskReply> {
    let mut replies: BTreeMap<String, TaskReply> = tasks
        .iter()
        .map(|task| (task.clone(), TaskReply::default()))
        .collect();
    let mut put = |key: &str, set: &mut dyn FnMut(&mut TaskAnswer)| {
        // `t07_deal` is call `deal` of the task at place 7.
        let Some((place, call)) = key.strip_prefix('t').and_then(|rest| rest.split_once('_')) else {
            return;
        };
        let Some(task) = place.parse::<usize>().ok().and_then(|place| tasks.get(place)) else {
            return;
        };
        if let Some(reply) = replies.get_mut(task) {
            set(reply.answers.entry(call.to_owned()).or_default());
        }
    };
    for (key, value) in &entries(batch.result) {
        put(key, &mut |answer| answer.result = Some((*value).to_owned()));
    }
    for (key, value) in &entries(batch.result_error) {
        let value: Value = serde_json::from_str(value.get()).unwrap_or(Value::Null);
        put(key, &mut |answer| {
            answer.error = Some(CallError {
                code: text(value.get("error")),
                text: text(value.get("error_description")),
            });
        });
    }
    for (key, value) in &entries(batch.result_next) {
        let next = value.get().trim_matches('"').to_owned();
        put(key, &mut |answer| answer.next = Some(next.clone()));
    }
    replies
}

// PHP writes an empty map as `[]`.
fn entries<'a>(raw: Option<&'a RawValue>) -> BTreeMap<String, &'a RawValue> {
    raw.map(RawValue::get)
        .filter(|text| text.starts_with('{'))
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default()
}
