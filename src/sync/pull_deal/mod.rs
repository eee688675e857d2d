//! Deal → order. An event is only a hint: the deal is read now, so order, doubles and age of events
//! do not matter. Applied is only what the portal changed since we last looked; when the shop changed
//! the order as well, the settings say who is right.

mod path;
mod relink;

pub(super) use self::path::every_stage;
pub(super) use self::relink::hidden;

use self::path::Passed;
use super::moves::{lift, loops, stopped};
use super::portal::{failed, is_missing, refused, unanswered, Try};
use super::push_order::{detached, look_again};
use super::step::{answer, apply, call, done, entry, field, params, rest, result, unexpected};
use super::{Context, State};
use crate::contract::order::Order;
use crate::contract::pairs::Pairs;
use crate::contract::settings::{Settings, Side};
use crate::contract::task::{Act, Effect, Entry, Job, Learn, Memo, Reply, Step, Task};
use crate::contract::write::{wire, writes};
use crate::domain::search::replaced;
use crate::domain::template;
use crate::error::{Code, Problem};
use crate::mapping::status::{asks, funnel_of, stage_for, stage_name, Asks, Wanted};

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
    /// Comments that have fields in them, with those of the order filled in.
    comments: Pairs<String>,
    /// The stages still to be gone through, the present one first and the next one last.
    path: Vec<Passed>,
    /// The newest row of the stage history.
    newest: Option<String>,
    /// The status that the shop is being given for the next of `path`; empty before.
    applying: String,
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
    comments,
    path,
    newest,
    applying,
    relink
});

struct Pulled<'a> {
    outcome: &'a str,
    stage: &'a str,
}

writes!(Pulled<'_> { outcome, stage });

/// Asks for the deal.
pub(super) fn start(task: Task, context: &Context) -> Result<Step, Problem> {
    let missing = |path: &str| unexpected(path).at(path);
    let link = task.link.ok_or_else(|| missing("/data/task/link"))?;
    let deal = link
        .deal_id
        .ok_or_else(|| missing("/data/task/link/deal_id"))?;
    let order = task
        .order
        .ok_or_else(|| Problem::new(Code::OrderMissing).at("/data/task/order"))?;
    let mut pull = Pull {
        order: link.order_id,
        comments: comments(&order, &deal, context.settings),
        deal,
        status: order.status,
        seen: link.stage,
        memo: link.memo.unwrap_or_default(),
        attempt: task.attempt.max(1),
        turn: task.turn,
        ..Pull::default()
    };
    if detached(&pull.memo) {
        return Ok(done(&Pulled {
            outcome: "unchanged",
            stage: "",
        }));
    }
    lift(&mut pull.memo, &task.code);
    let mut calls = Vec::new();
    if every_stage(context.settings) {
        // Before the deal: a move between the two is then in the deal, and next time in the history.
        calls.push(pull.history());
    } else {
        // Switched on again, it must not go through what was passed meanwhile.
        pull.memo.history = None;
    }
    calls.push(rest(
        "deal",
        "crm.item.get",
        &params(&[("entityTypeId", "2"), ("id", &pull.deal)]),
    ));
    Ok(call(&State::PullDeal(Box::new(pull)), calls))
}

/// Goes on with the deal, or with how the shop took the status.
pub(super) fn resume(pull: Pull, reply: &Reply, context: &Context) -> Result<Step, Problem> {
    if !pull.applying.is_empty() {
        return pull.applied(reply, context);
    }
    if let Some(to) = pull.relink.clone() {
        return pull.relinking(to, reply, context);
    }
    if let Some(failure) = &reply.failure {
        return Ok(Step::of(failed(failure, pull.tried(), context)));
    }
    Ok(pull.read(reply, context))
}

/// The order is here now and not when the stage is known, so every comment that is a template is
/// filled.
fn comments(order: &Order, deal: &str, settings: &Settings) -> Pairs<String> {
    let tables = &settings.statuses;
    let mut filled = Pairs::default();
    for comment in tables
        .from_stage
        .iter()
        .map(|row| &row.comment)
        .chain([&tables.won.comment, &tables.lost.comment])
    {
        if comment.contains('{') {
            // The stage is put in when it is known.
            let more = [("deal.id", deal), ("stage.name", "{stage.name}")];
            filled.put(comment, template::fill(comment, order, &more));
        }
    }
    filled
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
        match self.owner(deal, context.settings) {
            None => return self.foreign(field(deal, "originId"), context),
            Some(order) if order != self.order => return self.relink(order, context),
            Some(_) => {}
        }
        if every_stage(context.settings) {
            let about = answer(reply, "history");
            if let Some(error) = about.and_then(|answer| answer.error.as_ref()) {
                let act = refused(error, "crm.stagehistory.list", self.tried(), context);
                return Step::of(act);
            }
            if about.is_none() {
                let act = unanswered("crm.stagehistory.list", self.tried(), context);
                return Step::of(act);
            }
        }
        let stage = field(deal, "stageId");
        let news = self.find_path(deal, reply, context);
        if !context.settings.directions.statuses_to_shop && !self.path.is_empty() {
            return self.end("off", stage);
        }
        if !self.path.is_empty() {
            return self.compare(stage, &field(deal, "stageSemanticId"), context);
        }
        if self.seen.as_ref() == Some(&stage) && !news {
            return done(&Pulled {
                outcome: "unchanged",
                stage: &stage,
            });
        }
        if self.fits(&stage, context.settings) == Some(&stage) {
            self.memo.status = Some(self.status.clone());
        }
        self.end("unchanged", stage)
    }

    /// The portal has moved to `stage`; has the shop as well?
    fn compare(mut self, stage: String, semantics: &str, context: &Context) -> Step {
        let settings = &context.settings;
        let agreed = self.memo.status.as_ref();
        let both = agreed.is_some_and(|agreed| *agreed != self.status)
            && matches!(
                asks(settings, &stage, semantics, &self.status),
                Asks::Other(_)
            );
        if !both {
            return self.go_on("already", Vec::new(), context);
        }
        let shop = settings.statuses.conflict == Side::Shop;
        let kept = if shop {
            &self.status
        } else {
            stage_name(settings, &stage)
        };
        let note = self.note("warning", Code::BothMoved, &stage, kept, context);
        if !shop {
            return self.go_on("already", vec![note], context);
        }
        let push = settings.directions.statuses_to_portal && self.fits(&stage, settings).is_some();
        if !push {
            // Nothing will be sent, so this is settled.
            self.memo.status = Some(self.status.clone());
        }
        let order_id = self.order.clone();
        let mut step = self.end("kept", stage).noting(Some(note));
        if let Act::Done { jobs, .. } = &mut step.act {
            jobs.extend(push.then_some(Job {
                order_id,
                wants: "push",
            }));
        }
        step
    }

    /// The stage for the order's status in the funnel where the deal is.
    fn fits<'a>(&self, stage: &str, settings: &'a Settings) -> Option<&'a str> {
        stage_for(settings, &self.status, funnel_of(stage))
    }

    /// Goes through the stages until one of them asks something of the shop.
    fn go_on(mut self, outcome: &str, mut journal: Vec<Entry>, context: &Context) -> Step {
        let settings = &context.settings;
        let mut outcome = outcome;
        while let Some([stage, semantics, _]) = self.path.last().map(Vec::as_slice) {
            let code = match asks(settings, stage, semantics, &self.status) {
                Asks::Other(wanted) => return self.set(&wanted, journal, context),
                Asks::Same => {
                    self.memo.status = Some(self.status.clone());
                    self.pass();
                    continue;
                }
                Asks::Nothing => Code::StageUnmapped,
                Asks::Guarded => Code::StatusGuarded,
            };
            if outcome == "already" {
                outcome = code.as_str();
            }
            journal.push(self.note("warning", code, stage, "", context));
            self.pass();
        }
        let stage = self.seen.clone().unwrap_or_default();
        let mut step = self.end(outcome, stage);
        step.journal = journal;
        step
    }

    /// The next stage of the path is dealt with.
    fn pass(&mut self) {
        if let Some([stage, _, row]) = self.path.pop().as_deref() {
            self.seen = Some(stage.clone());
            if !row.is_empty() {
                self.memo.history = Some(row.clone());
            }
        }
    }

    fn set(mut self, wanted: &Wanted<'_>, journal: Vec<Entry>, context: &Context) -> Step {
        if let Some(seconds) = loops(&mut self.memo, context.now) {
            return stopped(seconds, self.learn(), context);
        }
        let stage = self
            .path
            .last()
            .and_then(|row| row.first())
            .map_or("", String::as_str);
        let comment = self
            .comments
            .get(wanted.comment)
            .map_or(wanted.comment, String::as_str);
        let name = stage_name(context.settings, stage);
        let comment = replaced(comment, "{stage.name}", name);
        let comment = replaced(&comment, "{deal.id}", &self.deal);
        let effects = vec![Effect::SetStatus {
            order_id: self.order.clone(),
            status: wanted.status.to_owned(),
            comment,
            notify: wanted.notify,
        }];
        wanted.status.clone_into(&mut self.applying);
        let learn = self.learn();
        let mut step = apply(&State::PullDeal(Box::new(self)), effects).learning(learn);
        step.journal = journal;
        step
    }

    fn applied(mut self, reply: &Reply, context: &Context) -> Result<Step, Problem> {
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
        self.status = core::mem::take(&mut self.applying);
        self.memo.status = Some(self.status.clone());
        self.pass();
        let stage = self.seen.as_deref().unwrap_or_default();
        let note = self.note("info", Code::StatusSet, stage, "", context);
        Ok(self.go_on("applied", vec![note], context))
    }

    fn note(
        &self,
        level: &'static str,
        code: Code,
        stage: &str,
        kept: &str,
        context: &Context,
    ) -> Entry {
        let problem = Problem::new(code)
            .with("status", self.status.clone())
            .with("stage", stage_name(context.settings, stage))
            .with("kept", kept);
        entry(level, &problem, &self.order, Some(&self.deal), context)
    }

    /// Nothing is left to do: what the deal has come to is what we have seen.
    fn end(mut self, outcome: &str, stage: String) -> Step {
        let result = Pulled {
            outcome,
            stage: &stage,
        };
        let step = done(&result);
        self.seen = Some(stage);
        self.memo.history = self.newest.take().or_else(|| self.memo.history.take());
        step.learning(self.learn())
    }

    fn learn(&self) -> Learn {
        Learn {
            order_id: self.order.clone(),
            deal_id: None,
            stage: self.seen.clone(),
            memo: Some(self.memo.clone()),
            ..Learn::default()
        }
    }
}
