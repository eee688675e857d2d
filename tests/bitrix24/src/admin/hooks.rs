//! Outgoing webhooks, robots and deliveries on the admin API.

use std::sync::Arc;

use bytes::Bytes;
use hyper::Method;
use serde::Serialize;

use crate::http::outgoing;
use crate::http::shared::Shared;
use crate::model::clock;
use crate::model::webhooks::{Delivery, Robot, Webhook};
use crate::php::{decode, list, Arr, Php};

use super::Answer;

fn shown(value: &impl Serialize) -> Php {
    let text = serde_json::to_string(value).unwrap_or_default();
    decode(text.as_bytes()).unwrap_or(Php::Null)
}

fn bad(error: impl ToString) -> (u16, String) {
    (400, error.to_string())
}

/// A delivery as JSON.
pub fn print(delivery: &Delivery) -> Arr {
    let mut out = Arr::new();
    out.put("n", delivery.n as i64);
    out.put("at", clock::iso(delivery.at));
    out.put("url", delivery.url.as_str());
    out.put("event", delivery.event.as_str());
    out.put("id", delivery.id);
    out.put("body", delivery.body.as_str());
    out.put("state", delivery.state);
    out.put("status", i64::from(delivery.status));
    out.put("answer", delivery.answer.as_str());
    out
}

/// Serves `webhooks`, `robots`, `deliveries`.
pub fn handle(shared: &Arc<Shared>, method: &Method, what: &str, query: &Arr, body: &Bytes) -> Answer {
    match (method.as_str(), what) {
        ("GET", "webhooks") => Ok(shared.with(|p| shown(&p.post.webhooks))),
        ("GET", "robots") => Ok(shared.with(|p| shown(&p.post.robots))),
        ("GET", "deliveries") => {
            let after = super::number(query, "after", 0);
            Ok(shared.with(|p| list(p.post.log.iter().filter(|d| d.n > after).map(print))))
        }
        ("DELETE", "deliveries") => {
            shared.with(|p| p.post.log.clear());
            Ok(Php::Bool(true))
        }
        ("POST", "deliveries/flush") => {
            let held = shared.with(|p| std::mem::take(&mut p.post.held));
            let count = held.len();
            outgoing::send(shared, held);
            Ok(count.into())
        }
        ("POST", "webhooks") => {
            let mut hook: Webhook = serde_json::from_slice(body).map_err(bad)?;
            Ok(shared.with(|p| {
                let id = p.post.next_id.max(1);
                p.post.next_id = id + 1;
                hook.id = if hook.id > 0 { hook.id } else { id };
                if hook.application_token.is_empty() {
                    hook.application_token = format!("apptoken{:024}", hook.id);
                }
                p.post.webhooks.retain(|h| h.id != hook.id);
                p.post.webhooks.push(hook.clone());
                p.meta_dirty = true;
                p.version += 1;
                shown(&hook)
            }))
        }
        ("POST", "robots") => {
            let mut robot: Robot = serde_json::from_slice(body).map_err(bad)?;
            Ok(shared.with(|p| {
                let id = p.post.next_id.max(1);
                p.post.next_id = id + 1;
                robot.id = if robot.id > 0 { robot.id } else { id };
                p.post.robots.retain(|r| r.id != robot.id);
                p.post.robots.push(robot.clone());
                p.meta_dirty = true;
                p.version += 1;
                shown(&robot)
            }))
        }
        ("DELETE", "webhooks" | "robots") => {
            let id = query.get("id").map(Php::int);
            shared.with(|p| {
                if what == "webhooks" {
                    p.post.webhooks.retain(|h| id.is_some_and(|id| h.id != id));
                } else {
                    p.post.robots.retain(|r| id.is_some_and(|id| r.id != id));
                }
                p.meta_dirty = true;
                p.version += 1;
            });
            Ok(Php::Bool(true))
        }
        _ => Err((405, "method not allowed".to_owned())),
    }
}
