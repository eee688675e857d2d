//! A deal that the portal has no more. It may have been merged into another, or restored under another
//! id: whoever finds it gone lets the next push look for our mark first.

use super::life::LIFE;
use super::{Push, Pushed};
use crate::contract::settings::Gone;
use crate::contract::task::{CallError, Entry, Job, Learn, Memo, Step};
use crate::error::{Code, Problem};
use crate::sync::portal::is_missing;
use crate::sync::step::{dead, done, entry};
use crate::sync::Context;

/// The deal is gone: look for one with our mark before anything else.
pub(super) const GONE: &str = "gone";
/// The deal is gone, and the order does without.
pub(super) const DETACHED: &str = "detached";

/// The task ends; the order's next push looks for a deal with our mark before it does anything else.
pub(in crate::sync) fn look_again(order: &str, deal: &str, memo: &Memo) -> Step {
    let wanted = Job {
        order_id: order.to_owned(),
        wants: "push",
    };
    done(&Pushed {
        outcome: GONE,
        deal_id: deal,
    })
    .learning(searching(order, memo))
    .asking(vec![wanted])
}

/// What an order remembers that knows of no deal.
pub(in crate::sync) fn searching(order: &str, memo: &Memo) -> Learn {
    let mut memo = Memo {
        tried: true,
        user: memo.user.clone(),
        status: memo.status.clone(),
        ..Memo::default()
    };
    memo.sent.put(LIFE, GONE.to_owned());
    Learn {
        order_id: order.to_owned(),
        memo: Some(memo),
        ..Learn::default()
    }
}

/// Whether the order does without a deal.
pub(in crate::sync) fn detached(memo: &Memo) -> bool {
    memo.sent.get(LIFE).is_some_and(|life| life == DETACHED)
}

impl Push {
    /// No deal has our mark: what becomes of an order whose deal is gone.
    pub(super) fn bereft(&mut self, context: &Context) -> Result<Option<Entry>, Box<Step>> {
        if self.deleted() {
            return Err(self.ended("nothing").into());
        }
        let Some(deal) = self.gone.take() else {
            return Ok(None);
        };
        let life = context.settings.life.gone;
        let code = match life {
            Gone::Ask => Code::DealGone,
            Gone::Recreate => Code::DealRecreated,
            Gone::Detach => Code::DealDetached,
        };
        let problem = Problem::new(code).with("deal", deal.clone());
        if life == Gone::Ask {
            return Err(Step::of(dead(&problem, context)).into());
        }
        let note = Some(entry(
            "warning",
            &problem,
            &self.order,
            Some(&deal),
            context,
        ));
        if life == Gone::Recreate {
            return Ok(note);
        }
        self.memo.sent.put(LIFE, DETACHED.to_owned());
        Err(self
            .ended(DETACHED)
            .learning(self.learn())
            .noting(note)
            .into())
    }

    /// What follows when the portal has the deal no more: it may have been merged, or restored under
    /// another id.
    pub(super) fn is_gone(&self, error: &CallError, context: &Context) -> Option<Step> {
        if !is_missing(error) {
            return None;
        }
        let deal = self.deal.as_deref().unwrap_or("");
        if self.adopted {
            let problem = Problem::new(Code::DealGone).with("deal", deal);
            return Some(Step::of(dead(&problem, context)));
        }
        Some(look_again(&self.order, deal, &self.memo))
    }
}
