//! The envelope of a request and of an answer.

use crate::error::{Lang, Spoken};
use crate::contract::read::reads;
use serde::Serialize;
use serde_json::Value;

/// Version of the envelope.
pub const VERSION: u32 = 1;

/// A request as it arrives. `settings` and `data` are read by the operation.
#[derive(Default)]
pub struct Request {
    /// [`VERSION`].
    pub v: u32,
    /// One of [`crate::abi::OPERATIONS`].
    pub op: String,
    /// The host's time, RFC 3339. The core has no clock of its own.
    pub now: String,
    /// Language of the texts for people.
    pub lang: Lang,
    /// The settings document, for operations that need it.
    pub settings: Option<Value>,
    /// What the operation works on.
    pub data: Option<Value>,
}

reads!(Request { v, op, now, lang, settings, data });

/// An answer as it leaves.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Outcome<T> {
    /// The operation did its work.
    Ok {
        /// Envelope version.
        v: u32,
        /// The operation's own answer.
        data: T,
        /// What a person should know although nothing failed.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        notes: Vec<Spoken>,
    },
    /// The request was refused; nothing was done.
    Rejected {
        /// Envelope version.
        v: u32,
        /// Why, and what to do.
        error: Spoken,
    },
}
