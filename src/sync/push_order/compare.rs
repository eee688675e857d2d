//! Compare: whether the order's deal is what the order asks for. The portal is only read.
//!
//! One short command an order, so fifty orders share a request, and what is wrong with one of them is
//! told of that one alone. Rows are compared by what they come to: the portal itself sums them up into
//! the amount (Bitrix24: REST documentation, "Product rows"), and fifty lists of rows would not pass the
//! border in one answer. Of the owner's own fields it is compared whether anything is there: their words
//! are the portal's, and the managers'.
//!
//! With the consent to `repair`, what a push can mend is made to look unsent, and the push is asked for.
//! Doubled and foreign deals are left to a person.

use super::find::{get, marked, ours};
use super::gone::detached;
use super::life::{NOTED, STAGE, SUM};
use super::people::ids;
use super::{Phase, Push, DEAL};
use crate::contract::json::Json;
use crate::contract::task::{Job, Learn, Reply, Step};
use crate::contract::write::writes;
use crate::domain::decimal::Decimal;
use crate::domain::text::is_among;
use crate::mapping::deal::ROWS;
use crate::mapping::status::{asks, Asks};
use crate::sync::portal::{is_missing, refused, unanswered};
use crate::sync::step::{answer, done, field, rest};
use crate::sync::Context;

/// Name the search by our mark and the reading of the deal that the order is linked to.
const MARKED: &str = "deal";
const LINKED: &str = "now";

/// How an order and its deal stand to each other.
struct Compared {
    outcome: &'static str,
    /// The deals that are meant.
    deals: Vec<String>,
    /// What of the deal differs.
    fields: Vec<String>,
}

writes!(Compared {
    outcome,
    deals,
    fields
});

impl Push {
    /// Asks for the order's deals.
    pub(super) fn compare(&mut self, phase: Phase, context: &Context) -> Step {
        // What a closed deal was only told of, and an order that does without: on purpose.
        if detached(&self.memo) || self.memo.sent.get(NOTED).is_some() {
            return self.ended("equal");
        }
        // Nobody knows how the portal keeps a comment, and managers write there too. Bitrix24: what PHP
        // takes for empty is stored as nothing.
        self.follows.retain(|field| {
            !field.value.is_empty()
                && field.many.is_none()
                && field.name != "comments"
                && !is_among(&field.value, "0 N")
        });
        let mut query = marked(DEAL, &self.order, context);
        let always = [
            "id",
            "stageId",
            "stageSemanticId",
            "originatorId",
            "originId",
        ];
        let follows = self.follows.iter().map(|field| field.name.as_str());
        for name in always.into_iter().chain(follows) {
            query.set("select[]", name);
        }
        self.ask(phase, vec![rest(MARKED, "crm.item.list", &query)])
    }

    #[inline(never)]
    pub(super) fn compared(&mut self, reply: &Reply, context: &Context) -> Step {
        let linked = answer(reply, LINKED);
        let Some(last) = linked.or_else(|| answer(reply, MARKED)) else {
            return Step::of(unanswered("crm.item.list", self.tried(), context));
        };
        let error = last.error.as_ref();
        if let Some(error) = error.filter(|error| !is_missing(error)) {
            return Step::of(refused(error, "crm.item.list", self.tried(), context));
        }
        let ours = ours(reply, MARKED, &self.order, context);
        let mut deals = ids(&ours, "id");
        let mut fields = Vec::new();
        let outcome = match (deals.as_slice(), self.deal.as_ref()) {
            ([one], Some(deal)) if one == deal => {
                fields = ours
                    .first()
                    .map_or(fields, |deal| self.differing(deal, context));
                if fields.is_empty() {
                    "equal"
                } else {
                    "different"
                }
            }
            ([_], _) => "unlinked",
            ([], Some(deal)) if linked.is_none() => {
                let call = get(LINKED, DEAL, deal);
                return self.ask(self.phase, vec![call]);
            }
            ([], Some(deal)) => {
                deals.push(deal.clone());
                if error.is_some() {
                    "missing"
                } else {
                    "foreign"
                }
            }
            ([], None) => "missing",
            _ => "doubled",
        };
        let learn = self.repair(outcome, &fields);
        let step = done(&Compared {
            outcome,
            deals,
            fields,
        });
        let job = |wants| Job {
            order_id: self.order.clone(),
            wants,
        };
        match learn {
            Some(learn) => step.learning(learn).asking(vec![job("push"), job("pull")]),
            None => step,
        }
    }

    /// What of a deal differs. The stage does when one side has moved since both agreed, and the other
    /// has not heard of it.
    fn differing(&self, deal: &Json, context: &Context) -> Vec<String> {
        let mut names = Vec::new();
        for mine in &self.follows {
            let found = field(deal, &mine.name);
            let equal = found == mine.value || {
                let number = Decimal::parse(&found);
                number.is_some() && number == Decimal::parse(&mine.value)
            };
            let ours = is_among(&mine.name, "title currencyId opportunity");
            if found.is_empty() || ours && !equal {
                names.push(mine.name.clone());
            }
        }
        let stage = field(deal, "stageId");
        let settings = context.settings;
        let differs = match asks(
            settings,
            &stage,
            &field(deal, "stageSemanticId"),
            &self.status,
        ) {
            Asks::Same => false,
            Asks::Other(_)
                if settings.directions.statuses_to_shop && self.seen.as_ref() != Some(&stage) =>
            {
                true
            }
            _ => self.looks(settings),
        };
        if differs {
            names.push(STAGE.to_owned());
        }
        names
    }

    /// What makes the order's next push find unsent what differs, or know of no deal.
    fn repair(&mut self, outcome: &str, fields: &[String]) -> Option<Learn> {
        if self.phase != Phase::Repair || is_among(outcome, "equal doubled foreign") {
            return None;
        }
        for name in fields {
            self.memo.sent.put(name, String::new());
            if name == SUM {
                // Whoever has changed the amount has also set it by hand.
                for part in [ROWS, "isManualOpportunity"] {
                    self.memo.sent.put(part, String::new());
                }
            }
        }
        let forget = fields.is_empty();
        Some(Learn {
            order_id: self.order.clone(),
            memo: (!forget).then(|| self.memo.clone()),
            forget: forget.then_some(true),
            ..Learn::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::settings::Settings;
    use crate::error::Lang;
    use crate::mapping::deal::Field;

    fn differing(push: &Push, deal: &str, settings: &Settings) -> Vec<String> {
        let context = Context {
            now: 0,
            offset: 0,
            lang: Lang::En,
            settings,
        };
        push.differing(&Json::parse(deal.as_bytes(), 9).unwrap(), &context)
    }

    #[test]
    fn a_value_is_compared_by_what_it_means() {
        let settings = Settings::default();
        for (name, value, deal, differs) in [
            ("title", "Order 17", r#"{"title":"Order 17"}"#, false),
            ("title", "Order 17", r#"{"title":"Order 17!"}"#, true),
            ("title", "Order 17", "{}", true),
            ("opportunity", "100.00", r#"{"opportunity":100}"#, false),
            (
                "opportunity",
                "100.50",
                r#"{"opportunity":"100.5000"}"#,
                false,
            ),
            ("opportunity", "100.50", r#"{"opportunity":100.51}"#, true),
            ("opportunity", "100.50", r#"{"opportunity":null}"#, true),
            ("currencyId", "RUB", r#"{"currencyId":"USD"}"#, true),
            (
                "ufCrm_1",
                "2026-11-23",
                r#"{"ufCrm_1":"2026-11-24T03:00:00+03:00"}"#,
                false,
            ),
            ("ufCrm_1", "2026-11-23", r#"{"ufCrm_1":""}"#, true),
            ("ufCrm_1", "Y", r#"{"ufCrm_1":true}"#, false),
        ] {
            let push = Push {
                follows: vec![Field {
                    name: name.to_owned(),
                    value: value.to_owned(),
                    many: None,
                }],
                ..Push::default()
            };
            let names = differing(&push, deal, &settings);
            let expected: &[&str] = if differs { &[name] } else { &[] };
            assert_eq!(names, expected, "{name} {value} {deal}");
        }
    }

    #[test]
    fn the_stage_differs_when_one_side_has_not_heard_of_the_other() {
        let mut settings = Settings::default();
        settings.funnel.id = "5".to_owned();
        settings.statuses.won.status = "done".to_owned();
        for (status, agreed, seen, stage, both, one_way) in [
            // Both have seen what there is, or the stage says what the order has.
            ("new", "new", "C5:WON", "C5:WON", false, false),
            ("done", "new", "C5:NEW", "C5:WON", false, false),
            ("new", "new", "C5:NEW", "C5:NEW", false, false),
            // The portal has moved; the shop has.
            ("new", "new", "C5:NEW", "C5:WON", true, false),
            ("paid", "new", "C5:NEW", "C5:NEW", true, true),
            // The portal has moved to what means nothing.
            ("new", "new", "C5:NEW", "C5:X", false, false),
        ] {
            let mut push = Push {
                status: status.to_owned(),
                deal: Some("1".to_owned()),
                seen: Some(seen.to_owned()),
                follows: vec![Field::default()],
                ..Push::default()
            };
            push.memo.status = Some(agreed.to_owned());
            let semantics = if stage == "C5:WON" { "S" } else { "P" };
            let deal = format!(r#"{{"":"x","stageId":"{stage}","stageSemanticId":"{semantics}"}}"#);
            settings.directions.statuses_to_portal = true;
            for (to_shop, differs) in [(true, both), (false, one_way)] {
                settings.directions.statuses_to_shop = to_shop;
                let names = differing(&push, &deal, &settings);
                let expected: &[&str] = if differs { &[STAGE] } else { &[] };
                assert_eq!(names, expected, "{status} {stage} to shop: {to_shop}");
            }
            settings.directions.statuses_to_shop = false;
            settings.directions.statuses_to_portal = false;
            assert_eq!(differing(&push, &deal, &settings), [""; 0], "no direction");
        }
    }
}
