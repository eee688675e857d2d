//! The admin API under `/_/` and the board page: what a test or a person does to the portal.

mod board;
mod hooks;
mod state;
mod ui;

use std::sync::atomic::Ordering;
use std::sync::Arc;

use bytes::Bytes;
use hyper::{Method, Response};

use crate::http::body::{json, respond, Out};
use crate::http::shared::{lock, Shared};
use crate::model::switches::Switches;
use crate::php::{decode, encode, obj, parse_query, Arr, Php};

/// What an admin request answers.
type Answer = Result<Php, (u16, String)>;

/// Serves everything that is not REST.
pub async fn serve(
    shared: &Arc<Shared>,
    method: &Method,
    path: &str,
    query: &str,
    body: &Bytes,
) -> Response<Out> {
    let read = matches!(*method, Method::GET | Method::HEAD);
    if read {
        if let Some((kind, page)) = board::asset(path) {
            return respond(200, kind, Out::whole(page));
        }
    }
    let Some(what) = path.strip_prefix("/_/") else {
        let page = "<!DOCTYPE html><title>404</title><h1>404 Not Found</h1>";
        return respond(404, "text/html; charset=utf-8", Out::whole(page));
    };
    let query = parse_query(query.as_bytes());
    if what == "wait" {
        return json(200, board::wait(shared, &query).await);
    }
    match handle(shared, method, what.trim_end_matches('/'), &query, body) {
        Ok(answer) => json(200, encode(&answer)),
        Err((status, text)) => json(status, encode(&obj([("error", text.into())]))),
    }
}

fn number(query: &Arr, name: &str, default: u64) -> u64 {
    query.get(name).map_or(default, |v| u64::try_from(v.int()).unwrap_or(default))
}

fn handle(shared: &Arc<Shared>, method: &Method, what: &str, query: &Arr, body: &Bytes) -> Answer {
    let input = || match decode(body) {
        Some(value @ Php::Arr(_)) => Ok(value),
        _ => Err((400, "the body must be a JSON object".to_owned())),
    };
    match (method.as_str(), what) {
        ("GET", "journal") => {
            let (after, limit) = (number(query, "after", 0), number(query, "limit", u64::MAX));
            let mut journal =
                lock(&shared.journal).print(after, usize::try_from(limit).unwrap_or(usize::MAX));
            if let Php::Arr(journal) = &mut journal {
                journal.put("open", i64::try_from(shared.open.load(Ordering::SeqCst)).unwrap_or(i64::MAX));
            }
            Ok(journal)
        }
        ("DELETE", "journal") => {
            lock(&shared.journal).clear();
            Ok(Php::Bool(true))
        }
        ("GET", "switches") => Ok(switches(shared)),
        ("POST", "switches") => patch(shared, |old| old.patched(body)),
        ("PUT", "switches") => patch(shared, |_| Switches::default().patched(body)),
        ("DELETE", "switches") => patch(shared, |_| Ok(Switches::default())),
        ("GET", "state") => Ok(state::state(shared, query)),
        ("GET", "board") => Ok(board::data(shared)),
        ("GET", "deal") => board::details(shared, query),
        ("POST", "seed") => state::seed(shared, &input()?),
        ("POST", "reset") => state::reset(shared),
        ("POST", ui) if ui.starts_with("ui/") => ui::act(shared, &ui[3..], &input()?),
        (_, "webhooks" | "robots" | "deliveries" | "deliveries/flush") => {
            hooks::handle(shared, method, what, query, body)
        }
        (_, "journal" | "switches" | "state" | "board" | "deal" | "seed" | "reset") => {
            Err((405, "method not allowed".to_owned()))
        }
        _ => Err((404, format!("nothing at /_/{what}"))),
    }
}

fn switches(shared: &Shared) -> Php {
    let text = shared.with(|p| serde_json::to_string(&p.switches).unwrap_or_default());
    decode(text.as_bytes()).unwrap_or(Php::Null)
}

fn patch(shared: &Shared, change: impl FnOnce(&Switches) -> Result<Switches, serde_json::Error>) -> Answer {
    shared.with(|portal| {
        let new = change(&portal.switches).map_err(|e| (400, e.to_string()))?;
        if new.chance_seed != portal.switches.chance_seed {
            portal.chance = new.chance_seed;
        }
        portal.turn(new);
        portal.meta_dirty = true;
        portal.version += 1;
        Ok::<(), (u16, String)>(())
    })?;
    Ok(switches(shared))
}
