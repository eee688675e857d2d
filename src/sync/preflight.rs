//! Is the portal ready for us? Every point with what to do about it.

use super::portal::words;
use super::step::{answer, call, done, params, rest, result, text};
use super::{Context, State};
use crate::contract::json::Json;
use crate::contract::task::{Act, Reply, Step};
use crate::contract::write::{wire, writes};
use crate::domain::text::numbered;
use crate::domain::text::Digits;
use crate::domain::time;
use crate::error::{Code, Problem, Spoken};

/// The methods that we speak. Bitrix24: REST documentation, `method.get`.
const METHODS: &[&str] = &[
    "crm.item.add",
    "crm.item.update",
    "crm.item.get",
    "crm.item.list",
    "crm.item.productrow.set",
    "crm.category.list",
    "crm.stagehistory.list",
    "crm.duplicate.findbycomm",
];

/// Clocks may differ by this much, seconds.
const SKEW: i64 = 300;

/// A preflight that waits for its answers.
#[derive(Default)]
pub struct Preflight {
    /// Answers are out.
    asked: bool,
}

wire!(Preflight { asked });

struct Report {
    ok: bool,
    points: Vec<Point>,
    user_id: String,
    admin: bool,
    /// Portal minus shop, seconds.
    clock_skew: i64,
}

writes!(Report {
    ok,
    points,
    user_id,
    admin,
    clock_skew
});

struct Point {
    level: &'static str,
    code: &'static str,
    message: String,
    hint: String,
}

writes!(Point {
    level,
    code,
    message,
    hint
});

impl Point {
    fn new(level: &'static str, what: Spoken) -> Self {
        Self {
            level,
            code: what.code,
            message: what.message,
            hint: what.hint,
        }
    }
}

/// Asks for all of it in one batch.
pub(super) fn start() -> Step {
    let mut calls = vec![
        rest("profile", "profile", &params(&[])),
        rest("scope", "scope", &params(&[])),
        rest("time", "server.time", &params(&[])),
    ];
    for (index, method) in METHODS.iter().enumerate() {
        calls.push(rest(
            &numbered("method", index, ""),
            "method.get",
            &params(&[("name", method)]),
        ));
    }
    call(&State::Preflight(Preflight { asked: true }), calls)
}

/// Reads the answers. A preflight always ends: it is a person who asks, and he wants to know now.
pub(super) fn resume(_: Preflight, reply: &Reply, context: &Context) -> Step {
    let tried = super::portal::Try {
        attempt: 1,
        turn: 0,
    };
    let mut points = Vec::new();
    let mut point = |level, problem: &Problem| {
        points.push(Point::new(level, problem.spoken(context.lang)));
    };
    if let Some(failure) = &reply.failure {
        if let Act::Wait { reason, .. } | Act::Dead { reason } =
            super::portal::failed(failure, tried, context)
        {
            points.push(Point::new("error", reason));
        }
        return report(points, String::new(), false, 0);
    }
    let refused = answer(reply, "profile").and_then(|answer| answer.error.as_ref());
    if let Some(error) = refused {
        point(
            "error",
            &Problem::new(Code::PortalRefused)
                .with("command", "profile")
                .with("detail", words(error)),
        );
    } else {
        point("ok", &Problem::new(Code::PortalReady));
    }
    let admin = result(reply, "profile", &["ADMIN"]).is_some_and(Json::is_true);
    if refused.is_none() && !admin {
        point("warning", &Problem::new(Code::NotAdmin));
    }
    let scopes: Vec<String> = super::step::list(result(reply, "scope", &[]))
        .into_iter()
        .map(|scope| text(Some(scope)))
        .collect();
    let has = |scope: &str| scopes.iter().any(|one| one == scope);
    if !has("crm") {
        point(
            "error",
            &Problem::new(Code::ScopeMissing).with("scope", "crm"),
        );
    } else if !has("user") && !has("user_brief") && !has("user_basic") {
        point(
            "warning",
            &Problem::new(Code::ScopeMissing).with("scope", "user"),
        );
    } else {
        point("ok", &Problem::new(Code::ScopeReady));
    }
    let missing: Vec<&str> = METHODS
        .iter()
        .enumerate()
        .filter(|(index, _)| {
            let key = numbered("method", *index, "");
            !result(reply, &key, &["isExisting"]).is_some_and(Json::is_true)
        })
        .map(|(_, method)| *method)
        .collect();
    if missing.is_empty() {
        point("ok", &Problem::new(Code::MethodsReady));
    } else {
        point(
            "error",
            &Problem::new(Code::PortalTooOld).with("method", missing.join(", ")),
        );
    }
    let skew = result(reply, "time", &[])
        .and_then(|now| time::parse(&text(Some(now))))
        .map_or(0, |portal| portal.saturating_sub(context.now));
    if skew.abs() > SKEW {
        point(
            "warning",
            &Problem::new(Code::ClockSkewed).with("seconds", skew.digits()),
        );
    } else {
        point("ok", &Problem::new(Code::ClockReady));
    }
    let user = text(result(reply, "profile", &["ID"]));
    report(points, user, admin, skew)
}

fn report(points: Vec<Point>, user_id: String, admin: bool, clock_skew: i64) -> Step {
    done(&Report {
        ok: points.iter().all(|point| point.level != "error"),
        points,
        user_id,
        admin,
        clock_skew,
    })
}
