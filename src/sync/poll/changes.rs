//! What the companion module of a box has noted (php-bridge/bitrix24), by its own numbers and without a
//! gap: nothing is missed where the stage history was deleted, and the portal's clock does not matter.
//!
//! Whether there is one is asked with each poll, in the same request; once there is, first where its
//! changes end, then what came after the last. The other two nets go on beside it: what came before the
//! end, while the module was away or in a funnel that it does not watch, is in them, and whenever it goes
//! their cursors stand where they have to. So what it does not answer stops nothing; and while it
//! answers, a history that is refused does not either.

use super::{Poll, Seen};
use crate::contract::json::Json;
use crate::contract::task::{Call, Reply};
use crate::domain::decimal::whole;
use crate::domain::text::Digits;
use crate::sync::step::{answer, field, id, list, params, rest, result};

/// The module's method.
const METHOD: &str = "orderbridge.changes.list";
/// After every change there will ever be.
const END: &str = "999999999999999";

/// The module's answer.
pub(super) fn noted(reply: &Reply) -> Option<&Json> {
    result(reply, "changes", &[]).filter(|found| found.get("next").is_some())
}

impl Poll {
    pub(super) fn ask_changes(&self) -> Call {
        let after = self.cursor.changes.as_str();
        let (method, name, value) = if after.is_empty() {
            ("method.get", "name", METHOD)
        } else {
            (METHOD, "after", after)
        };
        rest("changes", method, &params(&[(name, value)]))
    }

    pub(super) fn read_changes(&mut self, reply: &Reply) {
        self.changes = false;
        if let Some(found) = noted(reply) {
            for row in list(found.get("items")) {
                if let Some(deal) = id(row, "OWNER_ID") {
                    let mut stage = field(row, "STAGE_ID");
                    if field(row, "TYPE") == "delete" {
                        // In no stage: it is looked at.
                        stage.clear();
                    }
                    self.see(Seen {
                        deal,
                        stage,
                        ..Seen::default()
                    });
                }
            }
            // They end before our place when that was `END`, and when the module has begun anew.
            let number = |name| whole(&field(found, name));
            if let Some(at) = number("next").min(number("last")) {
                self.cursor.changes = at.digits();
                self.changes = found.get("more").is_some_and(Json::is_true);
            }
        } else if result(reply, "changes", &["isAvailable"]).is_some_and(Json::is_true) {
            END.clone_into(&mut self.cursor.changes);
            self.changes = true;
        } else if answer(reply, "changes")
            .and_then(|answer| answer.error.as_ref())
            .is_some_and(|error| error.code == "ERROR_METHOD_NOT_FOUND")
        {
            // It is gone. After any other error it is asked for the same again.
            self.cursor.changes.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::task::{Answer, CallError};

    fn after(place: &str, answer: Answer) -> (String, bool, Vec<(String, String)>) {
        let mut poll = Poll {
            changes: true,
            ..Poll::default()
        };
        place.clone_into(&mut poll.cursor.changes);
        let mut reply = Reply::default();
        reply.answers.put("changes", answer);
        poll.read_changes(&reply);
        let seen = poll.seen.into_iter().map(|seen| (seen.deal, seen.stage));
        (poll.cursor.changes, poll.changes, seen.collect())
    }

    fn said(text: &str) -> Answer {
        Answer {
            result: Json::parse(text.as_bytes(), 8).ok(),
            ..Answer::default()
        }
    }

    fn refused(code: &str) -> Answer {
        Answer {
            error: Some(CallError {
                code: code.to_owned(),
                ..CallError::default()
            }),
            ..Answer::default()
        }
    }

    #[test]
    fn where_to_go_on() {
        let gone = "ERROR_METHOD_NOT_FOUND";
        let table = [
            // Is it there? Then where does it end?
            (
                "",
                said(r#"{"isExisting":false,"isAvailable":false}"#),
                "",
                false,
            ),
            (
                "",
                said(r#"{"isExisting":true,"isAvailable":false}"#),
                "",
                false,
            ),
            (
                "",
                said(r#"{"isExisting":true,"isAvailable":true}"#),
                END,
                true,
            ),
            ("", refused(gone), "", false),
            ("", Answer::default(), "", false),
            (
                END,
                said(r#"{"items":[],"next":999999999999999,"last":100000,"more":false}"#),
                "100000",
                false,
            ),
            (
                END,
                said(r#"{"items":[],"next":999999999999999,"last":0,"more":false}"#),
                "0",
                false,
            ),
            (END, refused("INTERNAL_SERVER_ERROR"), END, false),
            (END, refused(gone), "", false),
            // A page, the last page, nothing new, begun anew.
            (
                "70",
                said(r#"{"items":[],"next":120,"last":130,"more":true}"#),
                "120",
                true,
            ),
            (
                "70",
                said(r#"{"items":[],"next":120,"last":120,"more":false}"#),
                "120",
                false,
            ),
            // One that is behind a hole is not told yet.
            (
                "70",
                said(r#"{"items":[],"next":70,"last":72,"more":false}"#),
                "70",
                false,
            ),
            (
                "70",
                said(r#"{"items":[],"next":"70","last":"1","more":false}"#),
                "1",
                false,
            ),
            // Half an answer, none, and what passes by itself: the same again the next time.
            (
                "70",
                said(r#"{"items":[],"next":120,"more":true}"#),
                "70",
                false,
            ),
            ("70", said("[]"), "70", false),
            ("70", Answer::default(), "70", false),
            ("70", refused("INTERNAL_SERVER_ERROR"), "70", false),
            ("70", refused("ACCESS_DENIED"), "70", false),
            ("70", refused(gone), "", false),
        ];
        for (index, (place, answer, next, more)) in table.into_iter().enumerate() {
            let found = after(place, answer);
            assert_eq!((found.0.as_str(), found.1), (next, more), "row {index}");
        }
    }

    #[test]
    fn the_last_word_about_a_deal() {
        let rows = r#"{"items":[{"OWNER_ID":1,"TYPE":"add","STAGE_ID":"NEW"},{"OWNER_ID":2,"TYPE":"update","STAGE_ID":"WON"},
            {"OWNER_ID":1,"TYPE":"update","STAGE_ID":"WON"},{"OWNER_ID":2,"TYPE":"delete","STAGE_ID":"WON"},{"OWNER_ID":0}],
            "next":5,"last":5,"more":false}"#;
        let seen = after("1", said(rows)).2;
        let word = |deal: &str, stage: &str| (deal.to_owned(), stage.to_owned());
        assert_eq!(seen, [word("1", "WON"), word("2", "")]);
    }
}
