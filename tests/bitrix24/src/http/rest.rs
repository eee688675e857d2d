//! Serving a REST call: checks, the method or the batch, the journal, the events.

use std::net::IpAddr;
use std::sync::atomic::Ordering;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::Response;
use tokio::sync::oneshot;

use crate::methods::registry::{self, Method};
use crate::model::changes::Hit;
use crate::model::clock;
use crate::model::portal::Portal;
use crate::model::switches::{Fault, FaultKind, TimeBlock};
use crate::php::{Arr, Php};
use crate::rest::batch::{self, Command, Results};
use crate::rest::call::{Answer, Params, Reply};
use crate::rest::envelope::{self, Timing};
use crate::rest::error::RestError;

use super::body::{json, CutHere, Out};
use super::faults::wrong;
use super::journal::{id_in, Entry, Line};
use super::outgoing;
use super::request::Incoming;
use super::shared::{hit as hit_now, lock, Shared};

/// Where a call came from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// Its address.
    pub ip: IpAddr,
    /// Whether over https.
    pub secure: bool,
}

/// What became of a call before the web server sees it.
struct Done {
    status: u16,
    body: String,
    entry: Entry,
    hit: Hit,
}

fn method_error(status: u16, code: &'static str, text: &'static str) -> RestError {
    RestError::new(status, code, text)
}

/// Checks that come before any method.
fn admit(
    shared: &Shared,
    portal: &Portal,
    call: &Incoming,
    origin: Origin,
    now: i64,
) -> Result<(), RestError> {
    let switches = &portal.switches;
    if switches.portal_closed {
        return Err(method_error(500, "PORTAL_DELETED", "Portal was deleted"));
    }
    if switches.https_required && !origin.secure {
        return Err(method_error(400, "INVALID_REQUEST", "Https required."));
    }
    if switches.overload {
        return Err(method_error(503, "OVERLOAD_LIMIT", "REST API is blocked due to overload"));
    }
    if let Some(rate) = &switches.rate_limit {
        if !lock(&shared.limits).pass(rate, origin.ip, now) {
            return Err(method_error(503, "QUERY_LIMIT_EXCEEDED", "Too many requests"));
        }
    }
    if call.token.is_empty() {
        return Err(method_error(401, "NO_AUTH_FOUND", "Wrong authorization data"));
    }
    if switches.token_revoked || call.token != shared.token || call.user != shared.user.to_string() {
        let status = switches.invalid_credentials_status;
        return Err(method_error(status, "INVALID_CREDENTIALS", "Invalid request credentials"));
    }
    if !switches.owner_active {
        return Err(method_error(401, "authorization_error", "Unable to authorize user"));
    }
    Ok(())
}

/// Finds a method and checks that it may be called.
fn lookup(portal: &Portal, name: &str) -> Result<&'static Method, RestError> {
    let missing = || method_error(404, "ERROR_METHOD_NOT_FOUND", "Method not found!");
    let method = registry::find(name).filter(|m| !portal.switches.lacks(m.name)).ok_or_else(missing)?;
    if !portal.switches.grants(method.scope) {
        let text = "The request requires higher privileges than provided by the webhook token";
        return Err(method_error(portal.switches.insufficient_scope_status, "insufficient_scope", text));
    }
    Ok(method)
}

/// Runs one method with its limits and faults.
fn run(shared: &Shared, portal: &mut Portal, hit: &mut Hit, name: &str, params: &Params) -> (Reply, Timing) {
    let start = clock::micros();
    let mut timing = Timing { start, finish: start, operating: 0, reset_at: start / 1_000_000 + 600 };
    let method = match lookup(portal, name) {
        Ok(method) => method,
        Err(error) => return (Err(error), timing),
    };
    if let Some(limit) = portal.switches.operating_limit {
        if lock(&shared.limits).operating(method.name, start) > i64::from(limit) * 1_000_000 {
            let text = "Method is blocked due to operation time limit";
            return (Err(method_error(429, "OPERATION_TIME_LIMIT", text)), timing);
        }
    }
    let fault = portal.strike(&[method.name], true);
    let injected = fault.as_ref().map(|f| {
        let code = f.error.clone().unwrap_or_else(|| "INTERNAL_SERVER_ERROR".to_owned());
        let text = f.error_description.clone().unwrap_or_else(|| "Internal server error".to_owned());
        RestError::new(f.status.unwrap_or(500), code, text)
    });
    let reply = match injected {
        Some(error) if !fault.is_some_and(|f| f.commit) => Err(error),
        Some(error) => (method.body)(portal, hit, params).and(Err(error)),
        None => (method.body)(portal, hit, params),
    };
    timing.finish = clock::micros();
    if portal.switches.operating_limit.is_some() || portal.switches.time_block == TimeBlock::Full {
        let cost = (timing.finish - start).max(0)
            + portal.switches.operating_cost_ms.min(1_000_000_000) as i64 * 1000;
        (timing.operating, timing.reset_at) = lock(&shared.limits).spend(method.name, cost, start);
    }
    (reply, timing)
}

fn single(shared: &Shared, call: &Incoming, origin: Origin, entry: Entry) -> Done {
    shared.with(|portal| {
        let mut hit = hit_now(portal, shared.user);
        let mut entry = entry;
        let admitted = admit(shared, portal, call, origin, entry.at);
        let params = Params(call.params.clone());
        let (reply, timing) = match admitted {
            Ok(()) => run(shared, portal, &mut hit, &call.method, &params),
            Err(error) => (Err(error), Timing { start: 0, finish: 0, operating: 0, reset_at: 0 }),
        };
        let (status, body) = match reply {
            Ok(answer) => {
                entry.id = id_in(&answer.result);
                (200, envelope::success(&answer, &timing, &portal.switches))
            }
            Err(error) => {
                entry.error = Some(error.code_text());
                (error.status, envelope::failure(&error, &portal.switches))
            }
        };
        entry.params = params.0;
        Done { status, body, entry, hit }
    })
}

/// The parts of a batch's answer.
#[derive(Default)]
struct BatchRun {
    results: Results,
    times: Arr,
    halted: bool,
}

impl BatchRun {
    fn step(
        &mut self,
        shared: &Shared,
        portal: &mut Portal,
        hit: &mut Hit,
        command: &Command,
        too_many: bool,
    ) -> Line {
        let params = Params(self.results.resolve(&command.params));
        let (reply, timing) = if too_many {
            let error = method_error(400, "ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded");
            (Err(error), None)
        } else if command.method.eq_ignore_ascii_case("batch") {
            let text = "Method is not allowed for batch usage";
            (Err(method_error(405, "ERROR_BATCH_METHOD_NOT_ALLOWED", text)), None)
        } else {
            let (reply, timing) = run(shared, portal, hit, &command.method, &params);
            (reply, Some(timing))
        };
        let mut line = Line {
            key: command.key.text().into_owned(),
            method: command.method.clone(),
            params: params.0,
            ran: true,
            error: None,
            id: None,
        };
        match reply {
            Ok(Answer { result, total, next }) => {
                line.id = id_in(&result);
                self.results.result.set(command.key.clone(), result);
                if let Some(total) = total {
                    self.results.total.set(command.key.clone(), Php::Int(total));
                }
                if let Some(next) = next {
                    self.results.next.set(command.key.clone(), Php::Int(next));
                }
                if let (Some(timing), true) = (timing, portal.switches.time_block != TimeBlock::None) {
                    let mut text = String::new();
                    envelope::time_block(&mut text, &timing, &portal.switches);
                    self.times.set(command.key.clone(), Php::Num(text));
                }
            }
            Err(error) => {
                line.error = Some(error.code_text());
                let mut out = Arr::new();
                out.put("error", envelope::code(&error, &portal.switches));
                out.put("error_description", error.text.into_owned());
                self.results.error.set(command.key.clone(), Php::Arr(out));
            }
        }
        line
    }

    fn answer(self) -> Answer {
        let mut out = Arr::new();
        out.put("result", self.results.result);
        out.put("result_error", self.results.error);
        out.put("result_total", self.results.total);
        out.put("result_next", self.results.next);
        out.put("result_time", self.times);
        Php::Arr(out).into()
    }
}

async fn run_batch(shared: &Arc<Shared>, call: &Incoming, origin: Origin, mut entry: Entry) -> Done {
    let start = clock::micros();
    let (admitted, mut hit) =
        shared.with(|portal| (admit(shared, portal, call, origin, start), hit_now(portal, shared.user)));
    if let Err(error) = admitted {
        entry.error = Some(error.code_text());
        let body = shared.with(|portal| envelope::failure(&error, &portal.switches));
        return Done { status: error.status, body, entry, hit };
    }
    let params = Params(call.params.clone());
    let commands = batch::commands(&params);
    let halt = batch::halts(&params);
    let mut state = BatchRun::default();
    let mut at = 0;
    while at < commands.len() {
        // Commands run under one lock unless events have to go out between them.
        let pause = shared.with(|portal| {
            let pause = portal.switches.event_transport.before_rows_ms;
            while at < commands.len() {
                let line = if state.halted {
                    let Command { key, method, params } = &commands[at];
                    let key = key.text().into_owned();
                    Line {
                        key,
                        method: method.clone(),
                        params: params.clone(),
                        ran: false,
                        error: None,
                        id: None,
                    }
                } else {
                    state.step(shared, portal, &mut hit, &commands[at], at >= batch::LIMIT)
                };
                state.halted |= halt && line.error.is_some();
                entry.commands.push(line);
                at += 1;
                if pause > 0 && !hit.events.is_empty() {
                    let events = std::mem::take(&mut hit.events);
                    return Some((pause, portal.post_events(&events)));
                }
            }
            None
        });
        if let Some((pause, deliveries)) = pause {
            outgoing::send(shared, deliveries);
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
    }
    let finish = clock::micros();
    let timing = Timing { start, finish, operating: 0, reset_at: start / 1_000_000 + 600 };
    let body = shared.with(|portal| envelope::success(&state.answer(), &timing, &portal.switches));
    entry.params = params.0;
    entry.params.remove("cmd");
    Done { status: 200, body, entry, hit }
}

fn describe(fault: &Fault) -> String {
    let kind = serde_json::to_string(&fault.kind).unwrap_or_default();
    let effect = if fault.commit { "after commit" } else { "without effect" };
    format!("{} {effect}", kind.trim_matches('"'))
}

/// Serves a call.
pub async fn serve(
    shared: Arc<Shared>,
    call: Incoming,
    origin: Origin,
    mut entry: Entry,
) -> Result<Response<Out>, CutHere> {
    shared.open.fetch_add(1, Ordering::SeqCst);
    let is_batch = call.method.eq_ignore_ascii_case("batch");
    entry.method = if is_batch { "batch".to_owned() } else { call.method.clone() };
    let names: Vec<String> = if is_batch {
        batch::commands(&Params(call.params.clone())).into_iter().map(|c| c.method).collect()
    } else {
        Vec::new()
    };
    let (latency, fault, limit) = shared.with(|portal| {
        let mut methods = vec![entry.method.as_str()];
        methods.extend(names.iter().map(String::as_str));
        let fault = portal.strike(&methods, false);
        (portal.switches.latency_ms, fault, portal.switches.journal_limit)
    });
    if latency > 0 {
        tokio::time::sleep(Duration::from_millis(latency)).await;
    }
    entry.fault = fault.as_ref().map(describe);
    let effect = fault.as_ref().is_none_or(|f| {
        f.commit || matches!(f.kind, FaultKind::TruncatedJson | FaultKind::TruncatedBody | FaultKind::Empty)
    });
    let mut done = if !effect {
        entry.params.clone_from(&call.params);
        let hit = Hit::new(shared.user, 0);
        Done { status: 0, body: "{}".to_owned(), entry, hit }
    } else if is_batch {
        run_batch(&shared, &call, origin, entry).await
    } else {
        single(&shared, &call, origin, entry)
    };
    shared.open.fetch_sub(1, Ordering::SeqCst);
    let deliveries = shared.with(|portal| portal.post_events(&done.hit.events));
    let body = Bytes::from(std::mem::take(&mut done.body));
    let answer = match &fault {
        None => Some(json(done.status, body)),
        Some(fault) if fault.kind == FaultKind::Hang => {
            let answer = fault.commit.then(|| json(done.status, body));
            note(&shared, done.entry, answer.as_ref(), limit);
            outgoing::send(&shared, deliveries);
            tokio::time::sleep(Duration::from_secs(fault.seconds.unwrap_or(61))).await;
            return answer.ok_or(CutHere);
        }
        Some(fault) => wrong(fault, &body),
    };
    note(&shared, done.entry, answer.as_ref(), limit);
    match answer {
        Some(answer) if !deliveries.is_empty() => {
            // Events leave after the answer.
            let (tell, told) = oneshot::channel();
            tokio::spawn(async move {
                let _ = told.await;
                outgoing::send(&shared, deliveries);
            });
            Ok(answer.map(|body| body.then(tell)))
        }
        Some(answer) => Ok(answer),
        None => {
            outgoing::send(&shared, deliveries);
            Err(CutHere)
        }
    }
}

fn note(shared: &Shared, mut entry: Entry, answer: Option<&Response<Out>>, limit: usize) {
    entry.status = answer.map_or(0, |a| a.status().as_u16());
    lock(&shared.journal).add(entry, limit);
}
