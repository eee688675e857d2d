//! Deal → order. An event is only a hint: the deal is read now, so order, doubles and age of events
//! do not matter. Applied is only what the portal changed since we last looked.

mod relink;

pub(super) use self::relink::hidden;

use super::portal::{failed, is_missing, refused, unanswered, Try};
use super::push_order::{detached, look_again};
use super::step::{answer, apply, call, done, entry, field, params, rest, result, unexpected};
use super::{Context, State};
use crate::contract::task::{Effect, Learn, Memo, Reply, Step, Task};
use crate::contract::write::{wire, writes};
use crate::error::{Code, Problem};
use crate::mapping::status::{wanted, Semantics};

/// A pull between two steps.
#[derive(Default)]
pub struct Pull {
    order: String,
    deal: String,
    /// The order's status now.
    status: String,
    /// The stage last seen.
    seen: Option<String>,
    memo: Memo,
    attempt: u32,
    turn: u32,
    /// The stage being applied, once it is.
    applying: Option<Applying>,
    /// The order that the deal is being given to.
    relink: Option<String>,
}

wire!(Pull {
    order,
    deal,
    status,
    seen,
    memo,
    attempt,
    turn,
    applying,
    relink
});

#[derive(Clone, Default)]
struct Applying {
    stage: String,
    status: String,
}

wire!(Applying { stage, status });

struct Pulled<'a> {
    outcome: &'static str,
    stage: &'a str,
}

writes!(Pulled<'_> { outcome, stage });

/// Asks for the deal.
pub(super) fn start(task: Task) -> Result<Step, Problem> {
    let missing = |path: &str| unexpected(path).at(path);
    let link = task.link.ok_or_else(|| missing("/data/task/link"))?;
    let deal = link
        .deal_id
        .ok_or_else(|| missing("/data/task/link/deal_id"))?;
    let order = task
        .order
        .ok_or_else(|| Problem::new(Code::OrderMissing).at("/data/task/order"))?;
    let calls = vec![rest(
        "deal",
        "crm.item.get",
        &params(&[("entityTypeId", "2"), ("id", &deal)]),
    )];
    let pull = Pull {
        order: link.order_id,
        deal,
        status: order.status,
        seen: link.stage,
        memo: link.memo.unwrap_or_default(),
        attempt: task.attempt.max(1),
        turn: task.turn,
        applying: None,
        relink: None,
    };
    if detached(&pull.memo) {
        return Ok(done(&Pulled {
            outcome: "unchanged",
            stage: "",
        }));
    }
    Ok(call(&State::PullDeal(pull), calls))
}

/// Goes on with the deal, or with how the shop took the status.
pub(super) fn resume(pull: Pull, reply: &Reply, context: &Context) -> Result<Step, Problem> {
    if let Some(applying) = pull.applying.clone() {
        return pull.applied(&applying, reply, context);
    }
    if let Some(to) = pull.relink.clone() {
        return pull.relinking(to, reply, context);
    }
    if let Some(failure) = &reply.failure {
        return Ok(Step::of(failed(failure, pull.tried(), context)));
    }
    Ok(pull.read(reply, context))
}

impl Pull {
    const fn tried(&self) -> Try {
        Try {
            attempt: self.attempt,
            turn: self.turn,
        }
    }

    fn read(mut self, reply: &Reply, context: &Context) -> Step {
        if let Some(error) = answer(reply, "deal").and_then(|answer| answer.error.as_ref()) {
            if is_missing(error) {
                return look_again(&self.order, &self.deal, &self.memo);
            }
            return Step::of(refused(error, "crm.item.get", self.tried(), context));
        }
        let Some(deal) = result(reply, "deal", &["item"]) else {
            return Step::of(unanswered("crm.item.get", self.tried(), context));
        };
        match self.owner(deal, &context.settings) {
            None => return self.foreign(field(deal, "originId"), context),
            Some(order) if order != self.order => return self.relink(order, context),
            Some(_) => {}
        }
        let stage = field(deal, "stageId");
        if self.seen.as_deref() == Some(&stage) {
            return done(&Pulled {
                outcome: "unchanged",
                stage: &stage,
            });
        }
        let semantics = Semantics::parse(&field(deal, "stageSemanticId"));
        let Some(wanted) = wanted(&context.settings, &stage, semantics) else {
            let problem = Problem::new(Code::StageUnmapped).with("stage", stage.clone());
            let note = entry("warning", &problem, &self.order, Some(&self.deal), context);
            return done(&Pulled {
                outcome: "unmapped",
                stage: &stage,
            })
            .learning(self.learn(stage.clone()))
            .noting(Some(note));
        };
        if wanted.status == self.status {
            self.memo.status = Some(wanted.status);
            return done(&Pulled {
                outcome: "already",
                stage: &stage,
            })
            .learning(self.learn(stage.clone()));
        }
        let effects = vec![Effect::SetStatus {
            order_id: self.order.clone(),
            status: wanted.status.clone(),
            comment: wanted.comment,
            notify: wanted.notify,
        }];
        self.applying = Some(Applying {
            stage,
            status: wanted.status,
        });
        apply(&State::PullDeal(self), effects)
    }

    fn applied(
        mut self,
        applying: &Applying,
        reply: &Reply,
        context: &Context,
    ) -> Result<Step, Problem> {
        let Some(outcome) = reply.applied.as_ref().and_then(|applied| applied.first()) else {
            return Err(unexpected("applied"));
        };
        if !outcome.ok {
            let problem = Problem::new(Code::ShopRefused).with("detail", outcome.error.clone());
            return Ok(Step::of(super::portal::again(
                &problem,
                self.tried(),
                0,
                context,
            )));
        }
        self.memo.status = Some(applying.status.clone());
        let problem = Problem::new(Code::StatusSet)
            .with("status", applying.status.clone())
            .with("stage", applying.stage.clone());
        let note = entry("info", &problem, &self.order, Some(&self.deal), context);
        Ok(done(&Pulled {
            outcome: "applied",
            stage: &applying.stage,
        })
        .learning(self.learn(applying.stage.clone()))
        .noting(Some(note)))
    }

    fn learn(&self, stage: String) -> Learn {
        Learn {
            order_id: self.order.clone(),
            deal_id: None,
            stage: Some(stage),
            memo: Some(self.memo.clone()),
            ..Learn::default()
        }
    }
}
