//! A deal that a person has given to another order, by its origin or by the hidden field.
//!
//! The order named is told of it in its history, which also shows that there is such an order; the
//! deal's two marks are made to agree; then the old link is forgotten and both orders are pushed:
//! the one finds the deal by its mark, the other gets a new one.

use super::Pull;
use crate::contract::json::Json;
use crate::contract::settings::Settings;
use crate::contract::task::{Effect, Job, Learn, Memo, Reply, Step};
use crate::error::{Code, Problem};
use crate::sync::portal::{failed, is_missing, refused, unanswered};
use crate::sync::push_order::{look_again, searching};
use crate::sync::step::{
    answer, apply, call, dead, done, entry, field, params, rest, result, unexpected,
};
use crate::sync::{Context, State};

/// The hidden field as the deal has it now, when it names an order.
pub(in crate::sync) fn hidden(deal: &Json, settings: &Settings) -> Option<String> {
    let name = settings.deal.order_field_item.as_str();
    Some(field(deal, name)).filter(|order| !name.is_empty() && !order.is_empty())
}

impl Pull {
    /// Whose order the deal is now, or `None` when that cannot be told: both marks were ours, so the
    /// one that is not is what a person has changed.
    pub(super) fn owner(&self, deal: &Json, settings: &Settings) -> Option<String> {
        let origin = field(deal, "originId");
        let hidden = hidden(deal, settings).unwrap_or_else(|| origin.clone());
        if field(deal, "originatorId") != settings.shop.id {
            return None;
        }
        if hidden == origin || hidden == self.order {
            return Some(origin).filter(|order| !order.is_empty());
        }
        (origin.is_empty() || origin == self.order).then_some(hidden)
    }

    fn moved(&self, to: &str) -> Problem {
        Problem::new(Code::DealRelinked)
            .with("deal", self.deal.clone())
            .with("from", self.order.clone())
            .with("to", to)
    }

    pub(super) fn foreign(&self, origin: String, context: &Context) -> Step {
        let problem = Problem::new(Code::DealForeign)
            .with("deal", self.deal.clone())
            .with("origin", origin);
        Step::of(dead(&problem, context))
    }

    pub(super) fn relink(mut self, to: String, context: &Context) -> Step {
        let text = self.moved(&to).spoken(context.settings.shop.language);
        let note = Effect::AddNote {
            order_id: to.clone(),
            text: text.message,
        };
        self.relink = Some(to);
        apply(&State::PullDeal(Box::new(self)), vec![note])
    }

    pub(super) fn relinking(
        self,
        to: String,
        reply: &Reply,
        context: &Context,
    ) -> Result<Step, Problem> {
        if let Some(failure) = &reply.failure {
            return Ok(Step::of(failed(failure, self.tried(), context)));
        }
        if let Some(applied) = &reply.applied {
            let told = applied.first().ok_or_else(|| unexpected("applied"))?;
            if !told.ok {
                return Ok(self.foreign(to, context));
            }
            return Ok(self.mark(&to, context));
        }
        if let Some(error) = answer(reply, "update").and_then(|answer| answer.error.as_ref()) {
            if is_missing(error) {
                return Ok(look_again(&self.order, &self.deal, &self.memo));
            }
            let act = refused(error, "crm.item.update", self.tried(), context);
            return Ok(Step::of(act));
        }
        if result(reply, "update", &[]).is_none() {
            let act = unanswered("crm.item.update", self.tried(), context);
            return Ok(Step::of(act));
        }
        let problem = self.moved(&to);
        let note = entry("warning", &problem, &self.order, Some(&self.deal), context);
        let jobs = [self.order.clone(), to].map(|order_id| Job {
            order_id,
            wants: "push",
        });
        Ok(done(&super::Pulled {
            outcome: "relinked",
            stage: "",
        })
        .learning(Learn {
            order_id: self.order,
            forget: Some(true),
            ..Learn::default()
        })
        .noting(Some(note))
        .asking(jobs.into()))
    }

    /// Both marks name the order; what is remembered of it is that its deal has to be looked for.
    fn mark(self, to: &str, context: &Context) -> Step {
        let mut query = params(&[
            ("entityTypeId", "2"),
            ("id", &self.deal),
            ("fields[originId]", to),
        ]);
        let hidden = &context.settings.deal.order_field_item;
        if !hidden.is_empty() {
            query.set(&["fields[", hidden, "]"].concat(), to);
        }
        let calls = vec![rest("update", "crm.item.update", &query)];
        call(&State::PullDeal(Box::new(self)), calls).learning(searching(to, &Memo::default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_from_what_was_sent_is_the_change() {
        let mut settings = Settings::default();
        settings.shop.id = "s".to_owned();
        settings.deal.order_field_item = "uf".to_owned();
        let pull = Pull {
            order: "17".to_owned(),
            ..Pull::default()
        };
        for (origin, hidden, owner) in [
            ("17", "17", Some("17")),
            ("17", "", Some("17")),
            ("18", "17", Some("18")),
            ("17", "18", Some("18")),
            ("18", "18", Some("18")),
            ("", "18", Some("18")),
            ("18", "", Some("18")),
            ("18", "19", None),
            ("", "17", None),
            ("", "", None),
        ] {
            let deal = format!(r#"{{"originatorId":"s","originId":"{origin}","uf":"{hidden}"}}"#);
            let deal = Json::parse(deal.as_bytes(), 9).unwrap();
            let found = pull.owner(&deal, &settings);
            assert_eq!(found.as_deref(), owner, "{origin} {hidden}");
        }
    }
}
