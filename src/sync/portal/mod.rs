//! How we answer to an answer of the portal: again later, stop the portal, or a person has to decide.
//! Which of these, the table in `answers` says.

use super::answers::{Answer, Then, MISSING, REFUSALS, TRANSPORT};
use super::step::dead;
use super::Context;
use crate::contract::task::{Act, CallError, Failure};
use crate::domain::fingerprint;
use crate::domain::search::{has, replaced};
use crate::domain::text::lower;
use crate::domain::text::Digits;
use crate::error::{Code, Lang, Problem};

/// Waiting times between attempts, seconds: 75 h 35 m 35 s in all.
const SCHEDULE: [u32; 10] = [
    5, 30, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
];

/// How long the portal is left alone when it does not answer in time.
const HOLD_SILENT: u32 = 30;
/// How long before a portal that a person has to mend is looked at again.
const HOLD_STOPPED: u32 = 300;
/// A method is blocked for ten minutes at most. Bitrix24: REST documentation, "Limits", `operating`.
const LONGEST: u32 = 660;

/// Which attempt of which job this is.
#[derive(Clone, Copy)]
pub(super) struct Try {
    pub(super) attempt: u32,
    pub(super) turn: u32,
}

/// Nothing came back for the whole request.
pub(super) fn failed(failure: &Failure, attempt: Try, context: &Context) -> Act {
    react(failure, "batch", attempt, context)
}

/// One call was refused.
pub(super) fn refused(error: &CallError, command: &str, attempt: Try, context: &Context) -> Act {
    let failure = Failure {
        kind: "portal".to_owned(),
        code: error.code.clone(),
        text: error.text.clone(),
        ..Failure::default()
    };
    react(&failure, command, attempt, context)
}

/// What to do about a refusal that passes by itself; `None`: it speaks of what was sent, or of rights.
pub(super) fn hiccup(
    error: &CallError,
    command: &str,
    attempt: Try,
    context: &Context,
) -> Option<Act> {
    Some(refused(error, command, attempt, context))
        .filter(|act| matches!(act, Act::Wait { stop: false, .. }))
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

/// The row of the table. Each table ends with one for everything else.
fn meaning(failure: &Failure) -> Option<&'static Answer> {
    let text = [&lower(&failure.text), " http", &failure.status.digits()].concat();
    if failure.kind == "portal" {
        let code = failure.code.to_ascii_uppercase();
        return REFUSALS.iter().find(|row| row.fits(&code, &text));
    }
    TRANSPORT
        .iter()
        .find(|row| row.fits(&failure.kind, &text))
        .or(TRANSPORT.last())
}

fn react(failure: &Failure, command: &str, attempt: Try, context: &Context) -> Act {
    let (then, says) = meaning(failure).map_or((Then::Dead, Code::PortalRefused), |row| {
        (row.then, row.says)
    });
    let after = failure.after;
    let seconds = match then {
        Then::Later(seconds) if after == 0 => seconds,
        Then::Later(_) => after.min(LONGEST),
        Then::Hold(least) => after.max(least),
        _ => 0,
    };
    let text = if failure.kind == "portal" {
        words(&CallError {
            code: failure.code.clone(),
            text: failure.text.clone(),
        })
    } else if says == Code::PortalUnreachable {
        silence(&failure.kind, context.lang).to_owned()
    } else {
        failure.text.clone()
    };
    let problem = Problem::new(says)
        .with("field", quoted(&text))
        .with("command", command)
        .with("method", command)
        .with("status", failure.status.digits())
        .with("seconds", seconds.digits())
        .with("scope", missing_scope(command))
        // Last: it is the portal's, and may have braces of its own in it.
        .with("detail", text);
    match then {
        Then::Again => again(&problem, attempt, 0, context),
        Then::AgainQuietly => again(&problem, attempt, HOLD_SILENT, context),
        // Never before it wishes. The job itself is due at once: when a person lifts the hold, nothing
        // keeps it.
        Then::Hold(_) => {
            let spread = if seconds < 10 {
                seconds
            } else {
                spread(seconds, attempt).max(after)
            };
            wait(&problem, 0, false, spread, false, context)
        }
        Then::Later(_) => wait(&problem, seconds, false, 0, false, context),
        Then::Stop => wait(&problem, 0, false, HOLD_STOPPED, true, context),
        Then::Dead => dead(&problem, context),
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

/// The name that a text puts between quotes, «Валюта»; the whole text when it has none.
fn quoted(text: &str) -> &str {
    [('«', '»'), ('"', '"'), ('\'', '\'')]
        .into_iter()
        .find_map(|(open, close)| text.split_once(open)?.1.split_once(close))
        .map_or(text, |(name, _)| name)
}

/// Whether the portal says that the thing asked for is not there; not, that it has no such kind of thing.
pub(super) fn is_missing(error: &CallError) -> bool {
    let text = lower(&error.text);
    !has(&text, "процесс") && MISSING.iter().any(|row| row.fits(&error.code, &text))
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
            .with("attempts", attempt.attempt.digits())
            .with("detail", cause),
        context,
    )
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
pub(super) fn spread(base: u32, attempt: Try) -> u32 {
    let (turn, number) = (attempt.turn.digits(), attempt.attempt.digits());
    let seed = [&turn, ":", &number].concat();
    let width = base.saturating_mul(2) / 5;
    base.saturating_sub(width / 2)
        .saturating_add(fingerprint::pick(&seed, width.saturating_add(1)))
        .max(1)
}

/// The portal's words, without markup and the last stop: they stand in a sentence of ours.
pub(super) fn words(error: &CallError) -> String {
    let text = replaced(&error.text, "<br>", " ");
    let text = text.trim().trim_end_matches(['.', '!']).to_owned();
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

#[cfg(test)]
mod tests;
