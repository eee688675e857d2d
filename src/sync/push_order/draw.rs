//! Who gets a new deal: whose turn it is, and what the journal says of it.

use super::{Phase, Push};
use crate::contract::order::Order;
use crate::contract::task::{Act, Reply, Step};
use crate::contract::write::Raw;
use crate::error::{Code, Lang, Problem};
use crate::mapping::responsible::{name, Responsible};
use crate::sync::step::{entry, unexpected};
use crate::sync::{Context, State};

impl Push {
    /// What is to be known of the choice until the deal is there.
    pub(super) fn decide(&mut self, chosen: &Responsible, order: &Order, context: &Context) {
        self.why = chosen.reason(order, context.settings, context.lang);
        if chosen.user.is_empty() && !chosen.one_of.is_empty() {
            self.one_of.clone_from(&chosen.one_of);
            self.round = chosen.round(context.settings);
        }
    }

    pub(super) fn draw(&mut self) -> Step {
        self.phase = Phase::Draw;
        let (round, order_id) = (core::mem::take(&mut self.round), self.order.clone());
        let state = State::PushOrder(Box::new(core::mem::take(self)));
        Step::of(Act::Draw {
            state: Raw::of(&state),
            round,
            order_id,
        })
    }

    /// The number says who. It is stored before anything is made: the next attempt asks nobody again.
    pub(super) fn drawn(&mut self, reply: &Reply, context: &Context) -> Result<Step, Problem> {
        let number = reply.drawn.ok_or_else(|| unexpected("drawn"))? as usize;
        let turn = number.checked_rem(self.one_of.len()).unwrap_or(0);
        if let Some(user) = core::mem::take(&mut self.one_of).into_iter().nth(turn) {
            self.assign(user);
        }
        let learn = self.learn();
        Ok(self.look_buyer(context).learning(learn))
    }

    /// What came of writing; a new deal's journal says who got it, and why.
    pub(super) fn made(&mut self, reply: &Reply, context: &Context) -> Step {
        let order = self.order.clone();
        let user = self.memo.user.clone().unwrap_or_default();
        let why = core::mem::take(&mut self.why);
        let creating = self.deal.is_none();
        let mut step = self.wrote(reply, context);
        let deal = step.learn.as_ref().and_then(|learn| learn.deal_id.as_ref());
        if creating && deal.is_some() {
            let user = match (name(context.settings, &user), context.lang) {
                ("", Lang::Ru) => "владелец вебхука",
                ("", Lang::En) => "the webhook's owner",
                (name, _) => name,
            };
            let problem = Problem::new(Code::ResponsibleChosen)
                .with("user", user)
                .with("why", why);
            let said = entry("info", &problem, &order, deal.map(String::as_str), context);
            step.journal.push(said);
        }
        step
    }
}
