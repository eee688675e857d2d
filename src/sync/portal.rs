//! What an answer of the portal means: again later, stop the portal, or a person has to decide.
//! Decided by the error's code, never by the HTTP status: the documentation and the portals
//! disagree about statuses. Bitrix24: REST documentation, "Error codes", "Limits".

use super::step::dead;
use super::Context;
use crate::contract::task::{Act, CallError, Failure};
use crate::domain::fingerprint;
use crate::domain::search::{has, replaced};
use crate::error::{Code, Lang, Problem};

/// Waiting times between attempts, seconds: 75 h 35 m 35 s in all.
const SCHEDULE: [u32; 10] = [
    5, 30, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
];

/// How long the portal is left alone when it does not answer.
const HOLD_SILENT: u32 = 30;
/// How long before a portal that a person has to mend is looked at again.
const HOLD_STOPPED: u32 = 300;

/// Which attempt of which job this is.
#[derive(Clone, Copy)]
pub(super) struct Try {
    pub(super) attempt: u32,
    pub(super) turn: u32,
}

/// Nothing readable came back for the whole request.
pub(super) fn failed(failure: &Failure, attempt: Try, context: &Context) -> Act {
    match failure.kind.as_str() {
        "portal" => refused_whole(failure, attempt, context),
        "tls" => stop(
            &Problem::new(Code::PortalTls).with("detail", failure.text.clone()),
            context,
        ),
        "timeout" => again(
            &Problem::new(Code::PortalTimeout),
            attempt,
            HOLD_SILENT,
            context,
        ),
        "too_large" => again(
            &Problem::new(Code::PortalAnswerUnreadable).with("status", failure.status.to_string()),
            attempt,
            0,
            context,
        ),
        "http" => hold(
            &Problem::new(Code::PortalAnswerUnreadable).with("status", failure.status.to_string()),
            failure.after.max(HOLD_SILENT),
            attempt,
            context,
        ),
        _ => hold(
            &Problem::new(Code::PortalUnreachable)
                .with("detail", silence(&failure.kind, context.lang)),
            HOLD_SILENT,
            attempt,
            context,
        ),
    }
}

/// Why nobody answered, in words. The kinds are those of [`Failure`].
fn silence(kind: &str, lang: Lang) -> &str {
    match (kind, lang) {
        ("dns", Lang::Ru) => "адрес портала не найден",
        ("dns", Lang::En) => "the portal's name cannot be found",
        ("refused" | "connect", Lang::Ru) => "соединиться не удалось",
        ("refused" | "connect", Lang::En) => "it could not be connected to",
        ("reset", Lang::Ru) => "соединение оборвано",
        ("reset", Lang::En) => "the connection was cut",
        _ => kind,
    }
}

/// What to do about a refusal that passes by itself; `None`: it speaks of what was sent, or of rights.
pub(super) fn hiccup(
    error: &CallError,
    command: &str,
    attempt: Try,
    context: &Context,
) -> Option<Act> {
    known(&failure(error), command, attempt, context)
        .filter(|act| !matches!(act, Act::Wait { stop: true, .. }))
}

fn failure(error: &CallError) -> Failure {
    Failure {
        kind: "portal".to_owned(),
        code: error.code.clone(),
        text: error.text.clone(),
        ..Failure::default()
    }
}

/// One call was refused.
pub(super) fn refused(error: &CallError, command: &str, attempt: Try, context: &Context) -> Act {
    known(&failure(error), command, attempt, context).unwrap_or_else(|| {
        dead(
            &Problem::new(Code::PortalRefused)
                .with("command", command)
                .with("detail", words(error)),
            context,
        )
    })
}

/// A call that was neither answered nor refused.
pub(super) fn unanswered(command: &str, attempt: Try, context: &Context) -> Act {
    again(
        &Problem::new(Code::PortalError).with("detail", command),
        attempt,
        0,
        context,
    )
}

fn refused_whole(failure: &Failure, attempt: Try, context: &Context) -> Act {
    if let Some(act) = known(failure, "batch", attempt, context) {
        return act;
    }
    let detail = words(&CallError {
        code: failure.code.clone(),
        text: failure.text.clone(),
    });
    if failure.status >= 500 {
        return again(
            &Problem::new(Code::PortalError).with("detail", detail),
            attempt,
            0,
            context,
        );
    }
    dead(
        &Problem::new(Code::PortalRefused)
            .with("command", "batch")
            .with("detail", detail),
        context,
    )
}

fn known(failure: &Failure, command: &str, attempt: Try, context: &Context) -> Option<Act> {
    let detail = || {
        words(&CallError {
            code: failure.code.clone(),
            text: failure.text.clone(),
        })
    };
    Some(match failure.code.to_ascii_uppercase().as_str() {
        "QUERY_LIMIT_EXCEEDED" => hold(
            &Problem::new(Code::PortalLimit),
            failure.after.max(1),
            attempt,
            context,
        ),
        "OPERATION_TIME_LIMIT" => {
            let seconds = if failure.after == 0 {
                60
            } else {
                failure.after.min(660)
            };
            wait(
                &Problem::new(Code::PortalOperatingLimit).with("seconds", seconds.to_string()),
                seconds,
                false,
                0,
                false,
                context,
            )
        }
        "OVERLOAD_LIMIT" => hold(&Problem::new(Code::PortalOverload), 600, attempt, context),
        "PORTAL_DELETED" => hold(&Problem::new(Code::PortalClosed), 600, attempt, context),
        "INTERNAL_SERVER_ERROR" | "ERROR_UNEXPECTED_ANSWER" | "WRONG_ENCODING" => again(
            &Problem::new(Code::PortalError).with("detail", detail()),
            attempt,
            0,
            context,
        ),
        "INVALID_CREDENTIALS"
        | "NO_AUTH_FOUND"
        | "EXPIRED_TOKEN"
        | "INVALID_TOKEN"
        | "WRONG_AUTH_TYPE"
        | "METHOD_CONFIRM_WAITING"
        | "METHOD_CONFIRM_DENIED" => stop(&Problem::new(Code::WebhookInvalid), context),
        "AUTHORIZATION_ERROR" | "USER_NOT_FOUND_OR_IS_NOT_ACTIVE" | "USER_ACCESS_ERROR" => {
            stop(&Problem::new(Code::WebhookOwnerInactive), context)
        }
        "INSUFFICIENT_SCOPE" => stop(
            &Problem::new(Code::ScopeMissing).with("scope", missing_scope(command)),
            context,
        ),
        "ACCESS_DENIED" if has(&failure.text, "commercial") => stop(
            &Problem::new(Code::PlanRefused).with("detail", detail()),
            context,
        ),
        "ACCESS_DENIED" | "ALLOWED_ONLY_INTRANET_USER" => stop(
            &Problem::new(Code::RightsMissing).with("detail", detail()),
            context,
        ),
        "PAYMENT_REQUIRED" => stop(
            &Problem::new(Code::PlanRefused).with("detail", detail()),
            context,
        ),
        "INVALID_REQUEST" if has(&failure.text.to_ascii_lowercase(), "https") => {
            stop(&Problem::new(Code::HttpsRequired), context)
        }
        "ERROR_METHOD_NOT_FOUND" => stop(
            &Problem::new(Code::PortalTooOld).with("method", command),
            context,
        ),
        "" if failure.text.starts_with("Access denied") => stop(
            &Problem::new(Code::RightsMissing).with("detail", detail()),
            context,
        ),
        _ => return None,
    })
}

/// Whether the portal says that the thing asked for is not there.
pub(super) fn is_missing(error: &CallError) -> bool {
    error.code == "NOT_FOUND"
        || error.text.starts_with("Not found")
        || error.text == "Элемент не найден"
}

/// The same again, later; an attempt too many, and a person has to look.
pub(super) fn again(problem: &Problem, attempt: Try, hold: u32, context: &Context) -> Act {
    let index = attempt.attempt.saturating_sub(1) as usize;
    if let Some(base) = SCHEDULE.get(index) {
        return wait(problem, spread(*base, attempt), true, hold, false, context);
    }
    let cause = problem.spoken(context.lang).message;
    dead(
        &Problem::new(Code::AttemptsExhausted)
            .with("attempts", attempt.attempt.to_string())
            .with("detail", cause),
        context,
    )
}

/// Nobody asks the portal anything for a while; no attempt is spent. The job itself is due at once:
/// when a person lifts the hold, nothing keeps it.
fn hold(problem: &Problem, seconds: u32, attempt: Try, context: &Context) -> Act {
    let seconds = if seconds < 10 {
        seconds
    } else {
        spread(seconds, attempt)
    };
    wait(problem, 0, false, seconds, false, context)
}

fn stop(problem: &Problem, context: &Context) -> Act {
    wait(problem, 0, false, HOLD_STOPPED, true, context)
}

pub(super) fn wait(
    problem: &Problem,
    seconds: u32,
    counts: bool,
    hold: u32,
    stop: bool,
    context: &Context,
) -> Act {
    Act::Wait {
        seconds,
        counts,
        hold,
        stop,
        reason: problem.spoken(context.lang),
    }
}

/// ±20 %, so that a thousand jobs do not come back in the same second.
fn spread(base: u32, attempt: Try) -> u32 {
    let seed = [
        attempt.turn.to_string(),
        ":".to_owned(),
        attempt.attempt.to_string(),
    ]
    .concat();
    let width = base.saturating_mul(2) / 5;
    base.saturating_sub(width / 2)
        .saturating_add(fingerprint::pick(&seed, width.saturating_add(1)))
        .max(1)
}

/// The portal's words, without markup.
pub(super) fn words(error: &CallError) -> String {
    let text = replaced(&error.text, "<br>", " ").trim().to_owned();
    match (text.is_empty(), error.code.is_empty()) {
        (false, _) => text,
        (true, false) => error.code.clone(),
        (true, true) => "?".to_owned(),
    }
}

fn missing_scope(command: &str) -> &'static str {
    if command.starts_with("user") {
        "user"
    } else {
        "crm"
    }
}
