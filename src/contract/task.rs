//! Tasks, the steps they answer, and what a host keeps for them.

use crate::contract::json::Json;
use crate::contract::order::Order;
use crate::contract::pairs::Pairs;
use crate::contract::read::reads;
use crate::contract::write::{object, wire, writes, Object, Raw, Write};
use crate::error::Spoken;

/// A piece of work. Which parts must be there depends on `kind`.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Task {
    /// `push_order`, `pull_deal`, `poll`, `preflight`, `snapshot`, `provision`, `compare`.
    pub kind: String,
    /// `push_order`, `compare`: the whole order as it is now. `pull_deal`: at least its id and status.
    pub order: Option<Order>,
    /// What is known of the order's deal.
    pub link: Option<Link>,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// Why this job waited the last time: the code that the host keeps of it. Empty for a new job, and
    /// when a person said «send again».
    pub code: String,
    /// Any number that stays the same for this job: spreads retries.
    pub turn: u32,
    /// `poll`: where the last one ended; none the first time.
    pub cursor: Option<Cursor>,
    /// `provision`: what the owner allowed: `create` new things, `change` existing ones. `compare`:
    /// `repair`, which lets the order's next push send again what differs.
    pub consent: Vec<String>,
    /// `provision`: the shop's status for each part of the funnel, to fill an empty status table.
    pub roles: Roles,
}

/// The shop's statuses by the part they play.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Memo {
    /// Fingerprint of each part last sent.
    pub sent: Pairs<String>,
    /// The deal's contact, when we bound one.
    pub contact: Option<String>,
    /// The responsible we chose.
    pub user: Option<String>,
    /// The status that both sides last agreed on.
    pub status: Option<String>,
    /// The deal's company, when we bound one.
    pub company: Option<String>,
    /// The stage we last sent the deal to.
    pub stage: Option<String>,
    /// A deal may have been made already: search before making one.
    pub tried: bool,
    /// When we last moved the deal or the order by ourselves, seconds since 1970: the second breaker.
    pub moves: Vec<i64>,
    /// The newest row of the deal's stage history that was gone through, with `every_stage`.
    pub history: Option<String>,
}

/// Where a poll ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Cursor {
    /// The newest row of the stage history that was read.
    pub history: String,
    /// Our deals that changed before this moment were read, in the portal's own words.
    pub updated: String,
    /// When the last poll stopped in the middle of our changed deals: the deal it came to.
    pub page: String,
    /// And the newest change it had seen by then.
    pub newest: String,
    /// The newest change that the companion module has told; empty where there is none.
    pub changes: String,
}

/// What a host has to do next. Whatever `learn` and `journal` hold is stored before anything else:
/// that is the recovery point.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
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

impl Write for Step {
    fn write(&self, out: &mut Vec<u8>) {
        let mut step = Object::open(out);
        step.put("step", &self.act.name());
        step.put("learn", &self.learn);
        step.some("journal", &self.journal);
        match &self.act {
            Act::Call {
                state,
                calls,
                locks,
            } => {
                step.put("state", state);
                step.put("calls", calls);
                step.some("locks", locks);
            }
            Act::Apply { state, effects } => {
                step.put("state", state);
                step.put("effects", effects);
            }
            Act::Look {
                state,
                deals,
                buyers,
            } => {
                step.put("state", state);
                step.put("deals", deals);
                step.some("buyers", buyers);
            }
            Act::Draw {
                state,
                round,
                order_id,
            } => {
                step.put("state", state);
                step.put("round", round);
                step.put("order_id", order_id);
            }
            Act::Wait {
                seconds,
                counts,
                hold,
                stop,
                reason,
            } => {
                step.put("seconds", seconds);
                step.put("counts", counts);
                step.put("hold", hold);
                step.put("stop", stop);
                step.put("reason", reason);
            }
            Act::Done {
                result,
                jobs,
                cursor,
            } => {
                step.put("result", result);
                step.some("jobs", jobs);
                step.put("cursor", cursor);
            }
            Act::Dead { reason } => step.put("reason", reason),
        }
        step.close();
    }
}

impl Act {
    const fn name(&self) -> &'static str {
        match self {
            Self::Call { .. } => "call",
            Self::Apply { .. } => "apply",
            Self::Look { .. } => "look",
            Self::Draw { .. } => "draw",
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
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(tag = "step", rename_all = "snake_case")
)]
pub enum Act {
    /// Ask the portal: give `calls` to `batch.pack`, post, `batch.unpack`, resume.
    Call {
        /// Opaque.
        state: Raw,
        /// Opaque to the host.
        calls: Vec<Call>,
        /// Names that belong to this task until it ends: a task that names one of them waits with its
        /// calls for that. Two orders of one new buyer would otherwise both find no contact, and both
        /// make one.
        #[cfg_attr(feature = "schema", schemars(default))]
        locks: Vec<String>,
    },
    /// Do these in the shop, in order, and resume with how each went.
    Apply {
        /// Opaque.
        state: Raw,
        /// What to do.
        effects: Vec<Effect>,
    },
    /// Look these up in the link table and resume with the links there are.
    Look {
        /// Opaque.
        state: Raw,
        /// Deal ids.
        deals: Vec<String>,
        /// Buyers, as [`Learn::buyer`] named them: of each the link with a deal that was written last.
        #[cfg_attr(feature = "schema", schemars(default))]
        buyers: Vec<String>,
    },
    /// Draw the next number of a round and resume with it: 0, 1, 2, … The same order draws the same
    /// number again.
    Draw {
        /// Opaque.
        state: Raw,
        /// The round's name.
        round: String,
        /// For which order.
        order_id: String,
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
        result: Raw,
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Call {
    /// Names its answer.
    pub key: String,
    /// Bitrix24's method.
    pub method: String,
    /// Parameters, encoded as a query. `$result[~key]` refers to another call of the same step.
    pub query: String,
}

/// An order to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Job {
    /// Which.
    pub order_id: String,
    /// `push` or `pull`.
    pub wants: &'static str,
}

writes!(Job { order_id, wants });

/// What to write into the link table; keys that are absent stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Learn {
    /// The row.
    pub order_id: String,
    /// Bind this deal.
    pub deal_id: Option<String>,
    /// The stage seen.
    pub stage: Option<String>,
    /// Replaces the stored one whole.
    pub memo: Option<Memo>,
    /// Who the buyer is, as a fingerprint of his phone and e-mail.
    pub buyer: Option<String>,
    /// Take the row out altogether.
    pub forget: Option<bool>,
}

writes!(Learn {
    order_id,
    deal_id,
    stage,
    memo,
    buyer,
    forget
});

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Entry {
    /// Of which order.
    pub order_id: Option<String>,
    /// Of which deal.
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

writes!(Entry {
    order_id,
    deal_id,
    level,
    code,
    message,
    hint
});

/// Something to do in the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(tag = "effect", rename_all = "snake_case")
)]
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

impl Write for Effect {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::SetStatus {
                order_id,
                status,
                comment,
                notify,
            } => object(
                out,
                &[
                    ("effect", &"set_status"),
                    ("order_id", order_id),
                    ("status", status),
                    ("comment", comment),
                    ("notify", notify),
                ],
            ),
            Self::AddNote { order_id, text } => object(
                out,
                &[
                    ("effect", &"add_note"),
                    ("order_id", order_id),
                    ("text", text),
                ],
            ),
        }
    }
}

/// What a host hands to `sync.resume`. Which part must be there depends on the step before.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// After `call`: the answers by key, from `batch.unpack`.
    pub answers: Pairs<Answer>,
    /// After `call`: nothing came back for the whole of it.
    pub failure: Option<Failure>,
    /// After `apply`: how each effect went.
    pub applied: Option<Vec<Applied>>,
    /// After `look`: the links there are.
    pub links: Option<Vec<Link>>,
    /// After `draw`: the number.
    pub drawn: Option<u32>,
}

/// How an effect went.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Applied {
    /// Done.
    pub ok: bool,
    /// The shop's words when not.
    pub error: String,
}

/// The answer to one call.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// What it gave.
    pub result: Option<Json>,
    /// Or why it failed.
    pub error: Option<CallError>,
    /// Offset of the next page.
    pub next: Option<String>,
}

/// A failed call. Bitrix24: REST documentation, "Error codes".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallError {
    /// `error`; may be empty or a number's digits.
    pub code: String,
    /// `error_description`.
    pub text: String,
}

/// A request that brought nothing to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

reads!(Task {
    kind,
    order,
    link,
    attempt,
    code,
    turn,
    cursor,
    consent,
    roles
});
wire!(Roles {
    new,
    work,
    payment,
    shipping,
    won,
    lost
});
wire!(Link {
    order_id,
    deal_id,
    stage,
    memo
});
wire!(Memo {
    sent,
    contact,
    user,
    status,
    company,
    stage,
    tried,
    moves,
    history
});
wire!(Cursor {
    history,
    updated,
    page,
    newest,
    changes
});
wire!(Call { key, method, query });
reads!(Reply {
    answers,
    failure,
    applied,
    links,
    drawn
});
reads!(Applied { ok, error });
wire!(Answer {
    result,
    error,
    next
});
wire!(CallError { code, text });
wire!(Failure {
    kind,
    status,
    code,
    text,
    after
});
