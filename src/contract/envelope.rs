//! The envelope of a request and of an answer.

use crate::error::{Lang, Spoken};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Version of the envelope.
pub const VERSION: u32 = 1;

/// A request as it arrives. `settings` and `data` stay text until the operation reads them.
#[derive(Deserialize)]
pub struct Request<'a> {
    /// [`VERSION`].
    pub v: u32,
    /// One of [`crate::abi::OPERATIONS`].
    #[serde(borrow)]
    pub op: std::borrow::Cow<'a, str>,
    /// The host's time, RFC 3339. The core has no clock of its own.
    #[serde(default, borrow)]
    pub now: std::borrow::Cow<'a, str>,
    /// Language of the texts for people.
    #[serde(default)]
    pub lang: Lang,
    /// The settings document, for operations that need it.
    #[serde(default, borrow)]
    pub settings: Option<&'a RawValue>,
    /// What the operation works on.
    #[serde(default, borrow)]
    pub data: Option<&'a RawValue>,
}

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
