//! Tasks, the steps they answer, and what a host keeps for them.

use crate::contract::order::Order;
use crate::contract::read::reads;
use crate::domain::fingerprint::Prints;
use crate::error::Spoken;
use serde::ser::SerializeMap;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::Value;

/// A piece of work. Which parts must be there depends on `kind`.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Task {
    /// `push_order`, `pull_deal`, `poll`, `preflight`, `snapshot`, `provision`.
    pub kind: String,
    /// `push_order`: the whole order as it is now. `pull_deal`: at least its id and status.
    pub order: Option<Order>,
    /// What is known of the order's deal.
    pub link: Option<Link>,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// Any number that stays the same for this job: picks in turn, spreads retries.
    pub turn: u32,
    /// `poll`: where the last one ended; none the first time.
    pub cursor: Option<Cursor>,
    /// `provision`: what the owner allowed: `create` new things, `change` existing ones.
    pub consent: Vec<String>,
    /// `provision`: the shop's status for each part of the funnel, to fill an empty status table.
    pub roles: Roles,
}

/// The shop's statuses by the part they play.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Roles {
    /// A new order.
    pub new: String,
    /// «Взять в работу».
    pub work: String,
    /// «Получить оплату».
    pub payment: String,
    /// «Отправка товара».
    pub shipping: String,
    /// «Заказ выполнен».
    pub won: String,
    /// «Отменён».
    pub lost: String,
}

/// Order ↔ deal, as the host stores it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    /// The shop's order.
    pub order_id: String,
    /// The deal, once known.
    pub deal_id: Option<String>,
    /// The stage last seen in the portal.
    pub stage: Option<String>,
    /// Ours; the host keeps it as it is.
    pub memo: Option<Memo>,
}

/// What the core wants to remember of an order. Opaque to the host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Memo {
    /// Fingerprint of each part last sent.
    #[serde(skip_serializing_if = "Prints::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, String>"))]
    pub sent: Prints,
    /// The deal's contact, when we bound one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The responsible we chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The status we last set in the shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// Where a poll ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cursor {
    /// The newest row of the stage history that was read.
    pub history: String,
    /// The newest change time of our deals that was read, in the portal's own words.
    pub updated: String,
}

/// What a host has to do next. Whatever `learn` and `journal` hold is stored before anything else:
/// that is the recovery point.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// What to write into the link table first.
    pub learn: Option<Learn>,
    /// What to write into the journal first.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub journal: Vec<Entry>,
    /// The doing.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub act: Act,
}

// By hand, because `flatten` would build every step as a tree first.
impl Serialize for Step {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("step", self.act.name())?;
        if let Some(learn) = &self.learn {
            map.serialize_entry("learn", learn)?;
        }
        if !self.journal.is_empty() {
            map.serialize_entry("journal", &self.journal)?;
        }
        match &self.act {
            Act::Call { state, calls } => {
                map.serialize_entry("state", state)?;
                map.serialize_entry("calls", calls)?;
            }
            Act::Apply { state, effects } => {
                map.serialize_entry("state", state)?;
                map.serialize_entry("effects", effects)?;
            }
            Act::Look { state, deals } => {
                map.serialize_entry("state", state)?;
                map.serialize_entry("deals", deals)?;
            }
            Act::Wait {
                seconds,
                counts,
                hold,
                stop,
                reason,
            } => {
                map.serialize_entry("seconds", seconds)?;
                map.serialize_entry("counts", counts)?;
                map.serialize_entry("hold", hold)?;
                map.serialize_entry("stop", stop)?;
                map.serialize_entry("reason", reason)?;
            }
            Act::Done {
                result,
                jobs,
                cursor,
            } => {
                map.serialize_entry("result", result)?;
                if !jobs.is_empty() {
                    map.serialize_entry("jobs", jobs)?;
                }
                if let Some(cursor) = cursor {
                    map.serialize_entry("cursor", cursor)?;
                }
            }
            Act::Dead { reason } => map.serialize_entry("reason", reason)?,
        }
        map.end()
    }
}

impl Act {
    const fn name(&self) -> &'static str {
        match self {
            Self::Call { .. } => "call",
            Self::Apply { .. } => "apply",
            Self::Look { .. } => "look",
            Self::Wait { .. } => "wait",
            Self::Done { .. } => "done",
            Self::Dead { .. } => "dead",
        }
    }
}

/// The doing of a [`Step`].
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(tag = "step", rename_all = "snake_case")
)]
pub enum Act {
    /// Ask the portal: give `calls` to `batch.pack`, post, `batch.unpack`, resume.
    Call {
        /// Opaque.
        #[cfg_attr(feature = "schema", schemars(with = "Value"))]
        state: Box<RawValue>,
        /// Opaque to the host.
        calls: Vec<Call>,
    },
    /// Do these in the shop, in order, and resume with how each went.
    Apply {
        /// Opaque.
        #[cfg_attr(feature = "schema", schemars(with = "Value"))]
        state: Box<RawValue>,
        /// What to do.
        effects: Vec<Effect>,
    },
    /// Look these deals up in the link table and resume with the links there are.
    Look {
        /// Opaque.
        #[cfg_attr(feature = "schema", schemars(with = "Value"))]
        state: Box<RawValue>,
        /// Deal ids.
        deals: Vec<String>,
    },
    /// Not now.
    Wait {
        /// Come back after this many seconds.
        seconds: u32,
        /// Whether it counts as an attempt.
        counts: bool,
        /// Seconds during which nobody may ask the portal anything; 0 when others may go on.
        hold: u32,
        /// A person has to mend something first; the hold is only a time to look again.
        stop: bool,
        /// Why.
        reason: Spoken,
    },
    /// Finished.
    Done {
        /// The task's own result.
        #[cfg_attr(feature = "schema", schemars(with = "Value"))]
        result: Box<RawValue>,
        /// Jobs to enqueue.
        #[cfg_attr(feature = "schema", schemars(default))]
        jobs: Vec<Job>,
        /// Where to poll from next time.
        cursor: Option<Cursor>,
    },
    /// A person has to decide.
    Dead {
        /// Why, and what to do.
        reason: Spoken,
    },
}

/// One REST call. Opaque to the host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Call {
    /// Names its answer.
    pub key: String,
    /// Bitrix24's method.
    pub method: String,
    /// Parameters, encoded as a query. `$result[~key]` refers to another call of the same step.
    pub query: String,
}

/// An order to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Job {
    /// Which.
    pub order_id: String,
    /// `push` or `pull`.
    pub wants: &'static str,
}

/// What to write into the link table; keys that are absent stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Learn {
    /// The row.
    pub order_id: String,
    /// Bind this deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deal_id: Option<String>,
    /// The stage seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Replaces the stored one whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memo: Option<Memo>,
}

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// Of which order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// Of which deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deal_id: Option<String>,
    /// `info`, `warning` or `error`.
    pub level: &'static str,
    /// See `core.describe`.
    pub code: &'static str,
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// Something to do in the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// Move the order.
    SetStatus {
        /// Which.
        order_id: String,
        /// To which status.
        status: String,
        /// Comment of the history row.
        comment: String,
        /// Whether the shop tells the buyer.
        notify: bool,
    },
    /// Add a line to the order's history.
    AddNote {
        /// Which.
        order_id: String,
        /// The line.
        text: String,
    },
}

/// What a host hands to `sync.resume`. Which part must be there depends on the step before.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// After `call`: the answers by key, from `batch.unpack`.
    pub answers: std::collections::BTreeMap<String, Answer>,
    /// After `call`: nothing came back for the whole of it.
    pub failure: Option<Failure>,
    /// After `apply`: how each effect went.
    pub applied: Option<Vec<Applied>>,
    /// After `look`: the links there are.
    pub links: Option<Vec<Link>>,
}

/// How an effect went.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Applied {
    /// Done.
    pub ok: bool,
    /// The shop's words when not.
    pub error: String,
}

/// The answer to one call.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Answer {
    /// What it gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Value>,
    /// Or why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<CallError>,
    /// Offset of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A failed call. Bitrix24: REST documentation, "Error codes".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CallError {
    /// `error`; may be empty or a number's digits.
    pub code: String,
    /// `error_description`.
    pub text: String,
}

/// A request that brought nothing to read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The transport's word (`connect`, `timeout`, …), or `http`, or `portal`.
    pub kind: String,
    /// HTTP status, 0 when there was none.
    pub status: u32,
    /// The portal's error code.
    pub code: String,
    /// In words.
    pub text: String,
    /// Seconds after which the portal wants to be asked again, when it said so.
    pub after: u32,
}

reads!(Task { kind, order, link, attempt, turn, cursor, consent, roles });
reads!(Roles { new, work, payment, shipping, won, lost });
reads!(Link { order_id, deal_id, stage, memo });
reads!(Memo { sent, contact, user, status });
reads!(Cursor { history, updated });
reads!(Call { key, method, query });
reads!(Reply { answers, failure, applied, links });
reads!(Applied { ok, error });
reads!(Answer { result, error, next });
reads!(CallError { code, text });
reads!(Failure { kind, status, code, text, after });
