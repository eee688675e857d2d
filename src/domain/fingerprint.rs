//! Fingerprints: a short digest of what was last sent, to see that nothing has changed.
//!
//! Not for secrets. XXH32 twice with different seeds: compiled to PHP, 32-bit multiplications are
//! an order of magnitude cheaper than the 64-bit ones of most digests, and 64 bits are plenty to
//! tell one order's edits apart.

use std::fmt::Write as _;
use crate::contract::read::{object, At, Read};
use crate::error::Problem;
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use twox_hash::XxHash32;

/// Sixteen hex digits for a text.
#[must_use]
pub fn of(text: &str) -> String {
    let mut out = String::with_capacity(16);
    for seed in [0x4f42_5247, 0x3241_5343] {
        // Writing to a String cannot fail.
        let _ = write!(out, "{:08x}", XxHash32::oneshot(seed, text.as_bytes()));
    }
    out
}

/// A number below `bound` for a text; 0 when `bound` is 0.
#[must_use]
pub fn pick(text: &str, bound: u32) -> u32 {
    XxHash32::oneshot(0, text.as_bytes())
        .checked_rem(bound)
        .unwrap_or(0)
}

/// A fingerprint for each part of something, in the order the parts were put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prints(Vec<(String, String)>);

impl Prints {
    /// The fingerprint of a part.
    #[must_use]
    pub fn get(&self, part: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == part)
            .map(|(_, print)| print.as_str())
    }

    /// Puts the fingerprint of a part.
    pub fn put(&mut self, part: &str, print: String) {
        match self.0.iter_mut().find(|(name, _)| name == part) {
            Some((_, known)) => *known = print,
            None => self.0.push((part.to_owned(), print)),
        }
    }

    /// The parts.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Prints {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, print)| (name, print)))
    }
}

impl Read for Prints {
    fn read(value: Value, at: &At<'_>) -> Result<Self, Problem> {
        let mut out = Self::default();
        for (part, print) in object(value, at)? {
            let print = String::read(print, &at.key(&part))?;
            out.0.push((part, print));
        }
        Ok(out)
    }
}
