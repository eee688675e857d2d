//! The order's status on its way to the deal's stage: a status that the shop changed moves the deal.
//!
//! The deal is read first, for only there it shows in which funnel it is, and whether the portal moved
//! it too. The move goes last in the batch and alone, so that robots of the stage find the deal whole
//! and a refused move holds nothing else up.

use super::{Push, DEAL};
use crate::contract::json::Json;
use crate::contract::order::Order;
use crate::contract::settings::{Settings, Side};
use crate::contract::task::{Act, Call, Entry, Job, Reply, Step};
use crate::error::{Code, Problem};
use crate::mapping::funnel::funnel;
use crate::mapping::status::{asks, funnel_of, stage_for, stage_name, stage_of_funnel, Asks};
use crate::sync::moves::{loops, moved, stopped};
use crate::sync::portal::{refused, unanswered, words};
use crate::sync::step::{answer, dead, entry, field, params, rest, result};
use crate::sync::Context;

/// Names the reading of the deal, and its move.
const LOOK: &str = "now";
const MOVE: &str = "move";

/// A new deal starts in the stage for its status, else in the first of its funnel; empty when nobody
/// knows which that is.
pub(super) fn start(order: &Order, settings: &Settings) -> String {
    let funnel = funnel(order, settings);
    let stages = &settings.portal.stages;
    stage_for(settings, &order.status, funnel)
        .or_else(|| {
            let first = stages.iter().find(|one| stage_of_funnel(&one.id, funnel));
            first.map(|stage| stage.id.as_str())
        })
        .unwrap_or_default()
        .to_owned()
}

impl Push {
    /// Whether a known deal has to be read: the two sides do not agree on its order's status.
    pub(super) fn looks(&self, settings: &Settings) -> bool {
        settings.directions.statuses_to_portal
            && self.deal.is_some()
            && !self.deleted()
            && self.memo.status.as_ref() != Some(&self.status)
    }

    /// Reads a known deal.
    pub(super) fn look(&self, settings: &Settings) -> Option<Call> {
        let deal = self.deal.as_ref().filter(|_| self.looks(settings))?;
        let query = params(&[("entityTypeId", DEAL), ("id", deal)]);
        Some(rest(LOOK, "crm.item.get", &query))
    }

    /// A known deal has been read, if it had to be: the course is set by it. A step ends the push.
    pub(super) fn looked(
        &mut self,
        reply: &Reply,
        said: &mut Vec<Entry>,
        context: &Context,
    ) -> Option<Step> {
        if !self.looks(context.settings) {
            return None;
        }
        if let Some(deal) = result(reply, LOOK, &["item"]) {
            return self.steer(deal, said, context);
        }
        let Some(error) = answer(reply, LOOK).and_then(|answer| answer.error.as_ref()) else {
            let act = unanswered("crm.item.get", self.tried(), context);
            return Some(Step::of(act));
        };
        let gone = self.is_gone(error, context);
        gone.or_else(|| {
            let act = refused(error, "crm.item.get", self.tried(), context);
            Some(Step::of(act))
        })
    }

    /// Sets the course by the deal as it is now. Whoever comes first, push or pull, the end is the
    /// same: what the portal has to say first is left to the pull.
    pub(super) fn steer(
        &mut self,
        deal: &Json,
        said: &mut Vec<Entry>,
        context: &Context,
    ) -> Option<Step> {
        let settings = &context.settings;
        self.stage.clear();
        let status = self.status.clone();
        if !settings.directions.statuses_to_portal {
            self.memo.status.get_or_insert(status);
            return None;
        }
        let stage = field(deal, "stageId");
        let target = stage_for(settings, &status, funnel_of(&stage));
        let asks = if settings.directions.statuses_to_shop {
            asks(settings, &stage, &field(deal, "stageSemanticId"), &status)
        } else {
            Asks::Nothing
        };
        let both = matches!(asks, Asks::Other(_))
            && moved(deal, self.seen.as_deref(), &self.memo, settings);
        if both && (settings.statuses.conflict == Side::Portal || target.is_none()) {
            self.pull = true;
            return None;
        }
        if asks == Asks::Same || target == Some(&stage) {
            self.seen = Some(stage);
            self.memo.status = Some(status);
            return None;
        }
        let Some(target) = target else {
            self.memo.status = Some(status);
            said.push(self.say("warning", Code::StatusUnmapped, &stage, context));
            return None;
        };
        if let Some(seconds) = loops(&mut self.memo, context.now) {
            return Some(stopped(seconds, self.learn(), context));
        }
        target.clone_into(&mut self.stage);
        self.memo.stage = Some(target.to_owned());
        if both {
            said.push(self.say("warning", Code::BothMoved, &stage, context));
        }
        None
    }

    /// The move, the last of its batch.
    pub(super) fn move_call(&self) -> Option<Call> {
        let deal = self.deal.as_ref().filter(|_| !self.stage.is_empty())?;
        let query = params(&[
            ("entityTypeId", DEAL),
            ("id", deal),
            ("fields[stageId]", &self.stage),
        ]);
        Some(rest(MOVE, "crm.item.update", &query))
    }

    /// The deal has been made. Bitrix24: robots run after the save, and may have moved it already.
    pub(super) fn born(&mut self, item: &Json) {
        let stage = field(item, "stageId");
        let mut seen = core::mem::take(&mut self.stage);
        if seen.is_empty() {
            seen.clone_from(&stage);
        }
        self.arrive(seen, &stage);
    }

    fn arrive(&mut self, stage: String, now: &str) {
        self.pull = stage != now;
        self.memo.stage = Some(stage.clone());
        self.seen = Some(stage);
        self.memo.status = Some(self.status.clone());
    }

    /// What came of the move: a line for the journal, and an act when it holds the push up.
    pub(super) fn arrived(
        &mut self,
        reply: &Reply,
        context: &Context,
    ) -> (Option<Entry>, Option<Act>) {
        let stage = core::mem::take(&mut self.stage);
        if stage.is_empty() {
            return (None, None);
        }
        if let Some(item) = result(reply, MOVE, &["item"]) {
            let note = self.say("info", Code::DealMoved, &stage, context);
            self.arrive(stage, &field(item, "stageId"));
            return (Some(note), None);
        }
        let Some(error) = answer(reply, MOVE).and_then(|answer| answer.error.as_ref()) else {
            return (
                None,
                Some(unanswered("crm.item.update", self.tried(), context)),
            );
        };
        self.memo.stage = None;
        let mut act = refused(error, "crm.item.update", self.tried(), context);
        if !matches!(act, Act::Wait { stop: false, .. }) {
            // Fields that the stage requires, a right to that stage: no other order is touched by it.
            let problem = Problem::new(Code::StageRefused)
                .with("deal", self.deal.clone().unwrap_or_default())
                .with("stage", stage_name(context.settings, &stage))
                .with("detail", words(error));
            act = dead(&problem, context);
        }
        (None, Some(act))
    }

    /// What a finished push enqueues.
    pub(super) fn job(&self) -> Option<Job> {
        self.pull.then(|| Job {
            order_id: self.order.clone(),
            wants: "pull",
        })
    }

    fn say(&self, level: &'static str, code: Code, stage: &str, context: &Context) -> Entry {
        let deal = self.deal.clone().unwrap_or_default();
        let problem = Problem::new(code)
            .with("deal", deal.clone())
            .with("status", self.status.clone())
            .with("kept", self.status.clone())
            .with("stage", stage_name(context.settings, stage));
        entry(level, &problem, &self.order, Some(&deal), context)
    }
}
