//! Several tasks in one HTTP request. Bitrix24: REST documentation, "batch": at most 50 commands,
//! run one after another, each failing alone; always HTTP 200 once the batch itself is accepted.
//!
//! `halt` stays 0: with several orders in one batch, one that fails must not stop its neighbours.
//! So every task is written to bear that its later calls run although an earlier one failed.

use super::step::text;
use crate::contract::json::Json;
use crate::contract::limits::{MAX_BATCH_COMMANDS, MAX_DEPTH};
use crate::contract::pairs::Pairs;
use crate::contract::read::reads;
use crate::contract::task::{Answer, Call, CallError, Failure};
use crate::contract::write::{writes, Raw};
use crate::domain::decimal::whole;
use crate::domain::query::LOCAL;
use crate::domain::search::replaced;
use crate::domain::text::numbered;

/// Bytes of commands in one request. The answer may have to pass the border as a text within a text, 256
/// KiB: a product row of 90 letters takes 800 bytes there and 1,300 back (every letter as `\\u0447`,
/// every quotation mark as `\"`), a short one 250 and 600. So answers may be three times as long as
/// what was sent.
const MAX_COMMAND_BYTES: usize = 80_000;

/// `data` of `batch.pack`.
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Pack {
    /// The tasks that are at a `call` step.
    tasks: Vec<Calling>,
}

reads!(Pack { tasks });

/// A task at a `call` step.
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
struct Calling {
    /// The host's own name for the task.
    id: String,
    /// `calls` of the step.
    calls: Vec<Call>,
}

reads!(Calling { id, calls });

/// What to post.
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Packed {
    requests: Vec<HttpRequest>,
}

writes!(Packed { requests });

/// One HTTP request: POST `body` as JSON to the webhook's URL followed by `method` and `.json`.
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
struct HttpRequest {
    method: &'static str,
    body: String,
    /// Whose calls are in it, in order; give it to `batch.unpack` as it is.
    tasks: Vec<String>,
}

writes!(HttpRequest {
    method,
    body,
    tasks
});

struct Body<'a> {
    halt: u32,
    cmd: &'a Pairs<String>,
}

writes!(Body<'_> { halt, cmd });

/// Packs calls into as few requests as will do.
#[must_use]
pub fn pack(input: &Pack) -> Packed {
    let mut requests = Vec::new();
    let mut tasks = Vec::new();
    let mut commands = Pairs::default();
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
            commands = Pairs::default();
            bytes = 0;
        }
        let prefix = prefix(tasks.len());
        for call in &task.calls {
            // What people typed cannot hold a bare bracket.
            let query = replaced(&call.query, LOCAL, &["[", &prefix].concat());
            commands.put(
                &[&prefix, call.key.as_str()].concat(),
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

fn request(commands: &Pairs<String>, tasks: Vec<String>) -> HttpRequest {
    let body = Body {
        halt: 0,
        cmd: commands,
    };
    HttpRequest {
        method: "batch",
        body: Raw::of(&body).into(),
        tasks,
    }
}

// Two digits, so that the commands of a map run in the order of the tasks.
fn prefix(task: usize) -> String {
    numbered(if task < 10 { "t0" } else { "t" }, task, "_")
}

/// `data` of `batch.unpack`.
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
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
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
struct HttpAnswer {
    status: u32,
    /// Names in lower case.
    headers: Pairs<String>,
    /// The text; or, when it is JSON, the object that it says, which need not be read twice then.
    body: Json,
    /// `connect`, `dns`, `timeout`, `tls`, `reset`, `refused` or `too_large`.
    failure: Option<String>,
    /// In the transport's words, without the webhook's URL.
    message: String,
}

reads!(HttpAnswer {
    status,
    headers,
    body,
    failure,
    message
});

/// Replies for `sync.resume`, by task.
pub struct Unpacked {
    replies: Pairs<TaskReply>,
}

writes!(Unpacked { replies });

#[derive(Default)]
struct TaskReply {
    answers: Pairs<Answer>,
    failure: Option<Failure>,
}

writes!(TaskReply { answers, failure });

/// Cuts the answer of a request into the replies of its tasks.
#[must_use]
pub fn unpack(mut input: Unpack, now: Option<i64>) -> Unpacked {
    let replies = match read(&mut input.answer, now) {
        Ok(batch) => share(input.tasks.len(), batch),
        Err(failure) => input
            .tasks
            .iter()
            .map(|_| TaskReply {
                failure: Some(failure.clone()),
                ..TaskReply::default()
            })
            .collect(),
    };
    let mut by_task = Pairs::default();
    for (task, reply) in input.tasks.iter().zip(replies) {
        by_task.put(task, reply);
    }
    Unpacked { replies: by_task }
}

/// The parts of a batch's result, by prefixed key.
#[derive(Default)]
struct Batch {
    result: Pairs<Json>,
    result_error: Pairs<Json>,
    result_next: Pairs<Json>,
}

fn read(answer: &mut HttpAnswer, now: Option<i64>) -> Result<Batch, Failure> {
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
        .and_then(|value| u32::try_from(whole(value.trim())?).ok())
        .unwrap_or(0);
    let status = answer.status;
    let unreadable = || Failure {
        kind: "http".to_owned(),
        status,
        after,
        ..Failure::default()
    };
    if let Json::Text(text) = &answer.body {
        let text = text.trim_start_matches('\u{feff}');
        answer.body = Json::parse(text.as_bytes(), MAX_DEPTH).unwrap_or_default();
    }
    let Json::Map(envelope) = &mut answer.body else {
        return Err(unreadable());
    };
    if let Some(code) = envelope.get("error") {
        let reset = envelope
            .get("time")
            .and_then(|time| whole(&text(time.get("operating_reset_at"))))
            .zip(now)
            .and_then(|(at, now)| u32::try_from(at.saturating_sub(now)).ok())
            .unwrap_or(0);
        return Err(Failure {
            kind: "portal".to_owned(),
            status,
            code: text(Some(code)),
            text: text(envelope.get("error_description")),
            after: after.max(reset),
        });
    }
    let Some(Json::Map(mut batch)) = envelope.take("result") else {
        return Err(unreadable());
    };
    // PHP writes an empty map as `[]`.
    let mut part = |name: &str| match batch.take(name) {
        Some(Json::Map(entries)) => entries,
        _ => Pairs::default(),
    };
    Ok(Batch {
        result: part("result"),
        result_error: part("result_error"),
        result_next: part("result_next"),
    })
}

/// The answers of each task, by the calls' own keys.
fn share(tasks: usize, batch: Batch) -> Vec<TaskReply> {
    let mut replies: Vec<TaskReply> = (0..tasks).map(|_| TaskReply::default()).collect();
    let mut put = |key: &str, answer: Answer| {
        // `t07_deal` is call `deal` of the task at place 7.
        let place = key.strip_prefix('t').and_then(|rest| rest.split_once('_'));
        let reply = place.and_then(|(place, call)| {
            let place = usize::try_from(whole(place)?).ok()?;
            Some((replies.get_mut(place)?, call))
        });
        if let Some((reply, call)) = reply {
            reply.answers.put(call, answer);
        }
    };
    for (key, result) in batch.result {
        let next = batch.result_next.get(&key).map(|next| text(Some(next)));
        let rows = ["productRows", "productRow"];
        let echo = rows.iter().any(|name| result.get(name).is_some());
        put(
            &key,
            Answer {
                // Rows that were written come back whole, and nobody reads them.
                result: Some(if echo {
                    Json::Map(Pairs::default())
                } else {
                    result
                }),
                error: None,
                next,
            },
        );
    }
    for (key, error) in batch.result_error.iter() {
        put(
            key,
            Answer {
                error: Some(CallError {
                    code: text(error.get("error")),
                    text: text(error.get("error_description")),
                }),
                ..Answer::default()
            },
        );
    }
    replies
}
