//! The envelope of a request and of an answer.

use crate::contract::json::Json;
use crate::contract::read::reads;
use crate::contract::write::{Object, Write};
use crate::error::{Lang, Spoken};

/// Version of the envelope.
pub const VERSION: u32 = 1;

/// A request as it arrives. `settings` and `data` are read by the operation.
#[derive(Default)]
pub struct Request {
    /// [`VERSION`].
    pub v: u32,
    /// One of [`crate::abi::OPERATIONS`].
    pub op: String,
    /// The host's time, RFC 3339, with the offset of the shop's own clock: people work by that one. The
    /// core has no clock of its own.
    pub now: String,
    /// Language of the texts for people.
    pub lang: Lang,
    /// The settings document, for operations that need it.
    pub settings: Option<Json>,
    /// The host's own name for these settings. An instance of the raw module that was given both may
    /// be asked by the name alone from then on; the answers are the same.
    pub settings_id: String,
    /// What the operation works on.
    pub data: Option<Json>,
}

reads!(Request {
    v,
    op,
    now,
    lang,
    settings,
    settings_id,
    data
});

/// Writes an answer: the operation did its work.
#[must_use]
pub fn answered(data: &dyn Write, notes: &[Spoken]) -> Vec<u8> {
    let notes = (!notes.is_empty()).then_some(notes);
    answer("ok", &[("data", &data), ("notes", &notes)])
}

/// Writes an answer: the request was refused, nothing was done.
#[must_use]
pub fn rejected(error: &Spoken) -> Vec<u8> {
    answer("rejected", &[("error", error)])
}

fn answer(outcome: &str, members: &[(&str, &dyn Write)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(4096);
    let mut object = Object::open(&mut out);
    object.put("v", &VERSION);
    object.put("outcome", &outcome);
    for (key, value) in members {
        object.put(key, *value);
    }
    object.close();
    out
}
