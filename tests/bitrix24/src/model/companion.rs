//! The companion module of a box (php-bridge/bitrix24): it notes what changed about a deal, and tells a shop so with a
//! signature (Standard Webhooks).

use ring::hmac;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::changes::Hit;
use super::clock;
use super::fields::{Entity, F};
use super::portal::Portal;
use super::record::{Record, Val};
use super::switches::{HistoryMode, Switches};
use super::webhooks::Event;

/// The field with the order's id, as the module makes it.
const ORDER_FIELD: &str = "UF_CRM_ORDERBRIDGE_ORDER";
/// The kind of the row that an installation begins with; no list shows it.
pub const BEGUN: &str = "begun";

/// The shop that the module tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Companion {
    /// Where it POSTs.
    pub url: String,
    /// `whsec_…`.
    pub secret: String,
    /// Seconds by which its clock is wrong.
    #[serde(default)]
    pub shift: i64,
    /// Whether its tables stay when it is uninstalled.
    #[serde(default)]
    pub keep: bool,
}

/// A change of a deal.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Change {
    /// The deal.
    pub deal: i64,
    /// `add`, `update`, `move`, `delete`; `begun`: no change, here the module was installed.
    pub kind: String,
    /// Stage before, empty for a new deal.
    pub old_stage: String,
    /// Stage after.
    pub stage: String,
    /// `P`, `S` or `F`.
    pub semantic: String,
    /// Funnel before, empty for a new deal.
    pub old_category: String,
    /// Funnel after.
    pub category: String,
    /// Amount after.
    pub amount: String,
    /// Responsible after.
    pub responsible: i64,
    /// Who did it.
    pub author: i64,
    /// When.
    pub at: i64,
    /// The order; empty when it is no shop's deal.
    pub order: String,
}

fn watched(record: &Record) -> (String, i64, String, i64) {
    let amount = format!("{:.2}", record.money(F::Opportunity));
    (record.text(F::StageId).to_owned(), record.int(F::CategoryId), amount, record.int(F::AssignedById))
}

fn order(record: &Record) -> String {
    let hidden = match record.uf.get(ORDER_FIELD) {
        Some(Val::Str(order)) => order.to_string(),
        _ => String::new(),
    };
    if hidden.is_empty() && !record.text(F::OriginatorId).is_empty() {
        return record.text(F::OriginId).to_owned();
    }
    hidden
}

impl Portal {
    /// Turns the switches, with what comes and goes by that.
    pub fn turn(&mut self, new: Switches) {
        let (was, is) = (self.switches.companion.as_ref(), new.companion.is_some());
        let installs = was.is_none() && is;
        let drops = was.is_some_and(|was| !was.keep) && !is;
        self.switches = new;
        if drops {
            self.changes.clear();
        }
        if installs {
            // What it knew is worth nothing: deals have changed while it was away.
            let row = Change { kind: BEGUN.to_owned(), at: clock::micros() / 1_000_000, ..Change::default() };
            let begun = self.changes.add(|_| row);
            let before: Vec<i64> = self.changes.iter().map(|(id, _)| id).filter(|id| *id < begun).collect();
            for id in before {
                self.changes.remove(id);
            }
        }
        if self.switches.history_mode == HistoryMode::Deleted {
            let deals: Vec<i64> = self.steps_of.keys().copied().collect();
            for deal in deals {
                self.forget_steps(deal, |_| true);
            }
        }
    }

    /// The newest change that the module has forgotten.
    pub fn forgotten(&self) -> i64 {
        self.changes.iter().next().filter(|(_, first)| first.kind == BEGUN).map_or(0, |(id, _)| id)
    }

    /// Notes a change, if it is one and the box has the module.
    pub fn note_change(
        &mut self,
        hit: &mut Hit,
        kind: &str,
        id: i64,
        old: Option<&Record>,
        new: Option<&Record>,
    ) {
        let Some(now) = new.or(old).filter(|_| self.switches.companion.is_some()) else { return };
        if new.is_some() && old.map(watched) == new.map(watched) {
            return;
        }
        let (stage, category, amount, responsible) = watched(now);
        let (old_stage, old_category) = old.map_or_else(Default::default, |old| {
            (old.text(F::StageId).to_owned(), old.int(F::CategoryId).to_string())
        });
        let change = Change {
            deal: id,
            kind: kind.to_owned(),
            semantic: self.semantic(category, &stage).to_string(),
            old_stage,
            stage,
            old_category,
            category: category.to_string(),
            amount,
            responsible,
            author: hit.user,
            at: hit.now,
            order: order(now),
        };
        let told = kind == "delete" || !change.order.is_empty();
        let change = self.changes.add(|_| change);
        if told {
            hit.events.push(Event::Companion(change));
        }
    }

    /// What the module tells of a change: URL, deal, body. The deal is read when it is told.
    pub fn told(&self, change: i64) -> Option<(String, i64, String)> {
        let companion = self.switches.companion.as_ref()?;
        let noted = self.changes.get(change)?;
        let deal = self.shelf(Entity::Deal).get(noted.deal);
        let (stage, category, amount, responsible) = deal.map(watched).unwrap_or_default();
        let body = json!({
            "type": "orderbridge.deal",
            "timestamp": clock::iso(noted.at),
            "event": if deal.is_some() { "ONCRMDEALUPDATE" } else { "ONCRMDEALDELETE" },
            "data": {
                "FIELDS": {"ID": noted.deal.to_string()},
                "ORDER_ID": noted.order,
                "OLD_STAGE_ID": noted.old_stage,
                "STAGE_ID": stage,
                "STAGE_SEMANTIC_ID": deal.map(|d| d.text(F::StageSemanticId)).unwrap_or_default(),
                "OLD_CATEGORY_ID": noted.old_category,
                "CATEGORY_ID": category.to_string(),
                "OPPORTUNITY": amount,
                "ASSIGNED_BY_ID": responsible.to_string(),
                "AUTHOR_ID": noted.author.to_string(),
                "CHANGE_ID": change.to_string(),
            },
        });
        Some((companion.url.clone(), noted.deal, body.to_string()))
    }
}

/// The headers of Standard Webhooks, each with its line's end.
pub fn signed(secret: &str, id: &str, at: i64, body: &str) -> String {
    let key = unbase64(secret.trim_start_matches("whsec_"));
    let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), format!("{id}.{at}.{body}").as_bytes());
    format!(
        "webhook-id: {id}\r\nwebhook-timestamp: {at}\r\nwebhook-signature: v1,{}\r\n",
        base64(mac.as_ref())
    )
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_usize, |word, byte| word << 8 | usize::from(*byte))
            << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = LETTERS[word >> (18 - 6 * at) & 63];
            out.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

fn unbase64(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut word, mut bits) = (0_usize, 0);
    for value in text.bytes().filter_map(|byte| LETTERS.iter().position(|letter| *letter == byte)) {
        word = word << 6 | value;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((word >> bits & 255) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vector() {
        let headers = signed(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
        );
        assert!(headers.ends_with("webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=\r\n"));
    }

    #[test]
    fn letters() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
            assert_eq!(unbase64(text), bytes.as_bytes());
        }
    }
}
