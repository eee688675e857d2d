//! Small words for building steps and for reading answers.

use super::{Context, State};
use crate::contract::json::Json;
use crate::contract::task::{Act, Answer, Call, Entry, Job, Learn, Reply, Step};
use crate::contract::write::{Raw, Write};
use crate::domain::query::Query;
use crate::error::{Code, Problem};

impl Step {
    /// A step that only does.
    pub(super) const fn of(act: Act) -> Self {
        Self {
            learn: None,
            journal: Vec::new(),
            act,
        }
    }

    /// Stores this first.
    #[inline(never)]
    pub(super) fn learning(mut self, learn: Learn) -> Self {
        self.learn = Some(learn);
        self
    }

    /// Writes this into the journal first.
    #[inline(never)]
    pub(super) fn noting(mut self, entry: Option<Entry>) -> Self {
        self.journal.extend(entry);
        self
    }

    /// Enqueues these when it is done.
    #[inline(never)]
    pub(super) fn asking(mut self, wanted: Vec<Job>) -> Self {
        if let Act::Done { jobs, .. } = &mut self.act {
            *jobs = wanted;
        }
        self
    }
}

/// Ask the portal.
pub(super) fn call(state: &State, calls: Vec<Call>) -> Step {
    Step::of(Act::Call {
        state: Raw::of(state),
        calls,
        locks: Vec::new(),
    })
}

/// Do something in the shop.
pub(super) fn apply(state: &State, effects: Vec<crate::contract::task::Effect>) -> Step {
    Step::of(Act::Apply {
        state: Raw::of(state),
        effects,
    })
}

/// Look links up.
pub(super) fn look(state: &State, deals: Vec<String>) -> Step {
    Step::of(Act::Look {
        state: Raw::of(state),
        deals,
        buyers: Vec::new(),
    })
}

/// Finished, with a result.
pub(super) fn done(result: &dyn Write) -> Step {
    Step::of(Act::Done {
        result: Raw::of(result),
        jobs: Vec::new(),
        cursor: None,
    })
}

/// A person has to decide.
pub(super) fn dead(problem: &Problem, context: &Context) -> Act {
    Act::Dead {
        reason: problem.spoken(context.lang),
    }
}

/// One REST call.
pub(super) fn rest(key: &str, method: &str, query: &Query) -> Call {
    Call {
        key: key.to_owned(),
        method: method.to_owned(),
        query: query.build(),
    }
}

/// A query from fixed pairs.
pub(super) fn params(pairs: &[(&str, &str)]) -> Query {
    let mut query = Query::default();
    for (key, value) in pairs {
        query.set(key, value);
    }
    query
}

/// A journal line about an order.
pub(super) fn entry(
    level: &'static str,
    problem: &Problem,
    order: &str,
    deal: Option<&str>,
    context: &Context,
) -> Entry {
    let what = problem.spoken(context.lang);
    Entry {
        order_id: (!order.is_empty()).then(|| order.to_owned()),
        deal_id: deal.map(str::to_owned),
        level,
        code: what.code,
        message: what.message,
        hint: what.hint,
    }
}

/// A reply that does not belong to the step before it.
pub(super) fn unexpected(detail: &str) -> Problem {
    Problem::new(Code::ReplyUnexpected)
        .at("/data/reply")
        .with("detail", detail)
}

/// The answer to a call; a call that is neither answered nor refused counts as an error on the
/// portal's side: the batch was cut short.
pub(super) fn answer<'a>(reply: &'a Reply, key: &str) -> Option<&'a Answer> {
    reply.answers.get(key)
}

/// The result at a path of keys.
pub(super) fn result<'a>(reply: &'a Reply, key: &str, path: &[&str]) -> Option<&'a Json> {
    let mut value = answer(reply, key)?.result.as_ref()?;
    for part in path {
        value = value.get(part)?;
    }
    Some(value)
}

/// The rows of a list. PHP writes an empty map as `[]`, and a list with gaps as a map.
pub(crate) fn list(value: Option<&Json>) -> Vec<&Json> {
    match value {
        Some(Json::List(rows)) => rows.iter().collect(),
        Some(Json::Map(rows)) => rows.iter().map(|(_, row)| row).collect(),
        _ => Vec::new(),
    }
}

/// A string or a number as text; `null`, missing and empty are all empty.
pub(crate) fn text(value: Option<&Json>) -> String {
    match value {
        Some(Json::Text(text)) => text.clone(),
        Some(Json::Number(digits)) => digits.clone(),
        Some(Json::Bool(true)) => "Y".to_owned(),
        _ => String::new(),
    }
}

/// A field of a row as text.
pub(crate) fn field(row: &Json, name: &str) -> String {
    text(row.get(name))
}

/// An id as text; Bitrix24 prints "none" as null, 0 or "0".
pub(super) fn id(row: &Json, name: &str) -> Option<String> {
    let id = field(row, name);
    (!id.is_empty() && id != "0").then_some(id)
}
