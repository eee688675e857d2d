//! When an order does not simply go on: it is deleted, restored, refunded, or changes after its deal
//! was closed.
//!
//! The deal is read then, and its timeline told before anything else is done, unless that is its
//! newest comment already: a lost answer must not say it twice.

use super::gone::{DETACHED, GONE};
use super::rows::key;
use super::{key_method, Phase, Push, DEAL, DOUBT};
use crate::contract::json::Json;
use crate::contract::settings::{Closed, Deleted, Settings};
use crate::contract::task::{Act, Entry, Reply, Step};
use crate::domain::fingerprint;
use crate::domain::money::Currency;
use crate::domain::text::joined;
use crate::domain::text::Digits;
use crate::error::{Code, Lang, Problem};
use crate::mapping::deal::{Field, CONTACT, ROWS};
use crate::mapping::status::stage_of_funnel;
use crate::sync::portal::{refused, unanswered};
use crate::sync::step::{entry, field, list, params, rest, result};
use crate::sync::Context;

/// Name, among what was sent, of where the order or its deal has come to.
pub(super) const LIFE: &str = "life";
/// The deal knows that the order was deleted.
const DELETED: &str = "deleted";
/// Name of the changes that a closed deal was only told of.
pub(super) const NOTED: &str = "noted";
/// Name the asking for the newest comment, and the next one.
const TOLD: &str = "told";
const NEWS: &str = "news";
/// Name of the field with the deal's sum.
pub(super) const SUM: &str = "opportunity";
/// Name of the field that moves a deal.
pub(super) const STAGE: &str = "stageId";
/// Name of the sum given back, as text.
pub(super) const REFUNDED: &str = "refunded";

/// Whether a stage ends a deal. Bitrix24: REST documentation, "Deal stages": the default ids.
fn is_closed(settings: &Settings, stage: &str) -> bool {
    let mut stages = settings.portal.stages.iter();
    if let Some(known) = stages.find(|known| known.id == stage) {
        return known.semantics == "success" || known.semantics == "failure";
    }
    let id = stage.split_once(':').map_or(stage, |(_, id)| id);
    ["WON", "LOSE", "APOLOGY"].contains(&id)
}

/// Where the deals of a funnel go that come to nothing.
fn lost_stage(settings: &Settings, funnel: &str) -> String {
    let known = settings
        .portal
        .stages
        .iter()
        .find(|stage| stage.semantics == "failure" && stage_of_funnel(&stage.id, funnel));
    match known {
        Some(stage) => stage.id.clone(),
        None if funnel == "0" => "LOSE".to_owned(),
        None => ["C", funnel, ":LOSE"].concat(),
    }
}

impl Push {
    fn life(&self) -> &str {
        self.memo.sent.get(LIFE).map_or("", String::as_str)
    }

    /// Whether the shop has the order no more: then there is nothing that follows it.
    pub(super) const fn deleted(&self) -> bool {
        self.follows.is_empty()
    }

    /// The first step, unless the order simply goes on.
    pub(super) fn diverted(&mut self, context: &Context) -> Option<Step> {
        let settings = &context.settings;
        let done = match self.life() {
            DETACHED => true,
            DELETED => self.deleted(),
            GONE => {
                self.gone = self.deal.take();
                return None;
            }
            _ => self.deleted() && settings.life.deleted == Deleted::Ignore,
        };
        let late = self.changed().next().is_some()
            && self
                .seen
                .as_ref()
                .is_some_and(|stage| is_closed(settings, stage));
        let told = late && self.memo.sent.get(NOTED) == Some(&self.digest());
        if done || told && settings.life.closed == Closed::Note {
            return Some(self.ended("unchanged"));
        }
        let read = late && !told || self.deleted() || !self.life().is_empty() || self.is_refunded();
        (read && self.deal.is_some()).then(|| self.read_deal())
    }

    /// Whether more has been given back than the deal knows of.
    fn is_refunded(&self) -> bool {
        self.wanted.get(REFUNDED).is_some() && self.differs(REFUNDED)
    }

    /// Asks how the deal is, and what its timeline was told last.
    pub(super) fn read_deal(&mut self) -> Step {
        let deal = self.deal.as_deref().unwrap_or("");
        let item = params(&[("entityTypeId", DEAL), ("id", deal)]);
        let told = params(&[
            ("filter[ENTITY_TYPE]", "deal"),
            ("filter[ENTITY_ID]", deal),
            ("order[ID]", "DESC"),
            ("select[]", "COMMENT"),
        ]);
        let calls = vec![
            rest(TOLD, "crm.timeline.comment.list", &told),
            rest("now", "crm.item.get", &item),
        ];
        self.ask(Phase::Read, calls)
    }

    pub(super) fn deal_read(&mut self, reply: &Reply, context: &Context) -> Step {
        let Some(deal) = result(reply, "now", &["item"]) else {
            return Step::of(unanswered("crm.item.get", self.tried(), context));
        };
        if self.deleted() && field(deal, "originId") != self.order {
            return self.ended("unchanged");
        }
        let closed = ["S", "F"].contains(&field(deal, "stageSemanticId").as_str());
        let ours = self.memo.stage.as_ref() == Some(&field(deal, "stageId"));
        let back = closed && (self.life() == DOUBT || self.life() == DELETED && ours);
        let late = closed && !back && self.changed().any(|part| part != REFUNDED);
        let journal = self.hear(deal, late, reply, context);
        let lose = context.settings.life.deleted == Deleted::Lose;
        let funnel = field(deal, "categoryId");
        // Of a deal that is there, nothing is set once but the stage to which it has to be moved.
        self.once
            .retain(|field| back && field.name == STAGE && stage_of_funnel(&field.value, &funnel));
        if self.deleted() && lose && !closed {
            self.once.push(Field {
                name: STAGE.to_owned(),
                value: lost_stage(context.settings, &funnel),
                many: None,
            });
        }
        let mut step = self.tell(late, context);
        step.journal.extend(journal);
        step
    }

    /// What the timeline has to hear, unless it is its newest comment; the journal gets the same.
    fn hear(&mut self, deal: &Json, late: bool, reply: &Reply, context: &Context) -> Vec<Entry> {
        let lang = context.settings.shop.language;
        let news = [
            (self.deleted(), Code::OrderDeleted),
            (
                !self.deleted() && !self.life().is_empty(),
                Code::OrderRestored,
            ),
            (self.is_refunded(), Code::OrderRefunded),
            (late, Code::OrderLate),
        ];
        let mut text = String::new();
        let mut journal = Vec::new();
        for (_, code) in news.into_iter().filter(|(heard, _)| *heard) {
            let mut problem = Problem::new(code);
            if code == Code::OrderRefunded {
                let sum = self.wanted.get(REFUNDED).cloned().unwrap_or_default();
                problem = problem.with("sum", sum);
            } else if code == Code::OrderLate {
                problem = problem.with("what", self.what(deal, lang));
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&problem.spoken(lang).message);
            let deal = self.deal.as_deref();
            journal.push(entry("info", &problem, &self.order, deal, context));
        }
        let told = list(result(reply, TOLD, &[]));
        let known = told
            .first()
            .is_some_and(|told| field(told, "COMMENT") == text);
        self.news = Some(text).filter(|text| !known && !text.is_empty());
        journal
    }

    /// What has changed, in words: from which sum to which, goods, buyer, anything else.
    fn what(&self, deal: &Json, lang: Lang) -> String {
        let mut what = Vec::new();
        if self.differs(SUM) {
            what.push(self.sums(deal));
        }
        let others = self
            .changed()
            .any(|part| ![SUM, ROWS, CONTACT, REFUNDED].contains(&part));
        for (tell, ru, en) in [
            (self.differs(ROWS), "товары", "goods"),
            (self.differs(CONTACT), "покупатель", "buyer"),
            (others, "данные заказа", "details"),
        ] {
            if tell {
                what.push(if lang == Lang::Ru { ru } else { en }.to_owned());
            }
        }
        joined(&what, ", ")
    }

    fn sums(&self, deal: &Json) -> String {
        let code = field(deal, "currencyId");
        let before = field(deal, "opportunity");
        let before = Currency::parse(&code)
            .and_then(|currency| Some(currency.text(currency.amount(&before)?)))
            .unwrap_or(before);
        let now = self
            .follows
            .iter()
            .find(|field| field.name == SUM)
            .map_or("", |field| &field.value);
        [&before, " ", &code, " → ", now, " ", &self.currency].concat()
    }

    /// A fingerprint of everything that the order asks for, in whatever order it stands.
    fn digest(&self) -> String {
        let prints = self.wanted.iter().map(|(_, print)| print);
        let sum = prints.fold(0u32, |sum, print| {
            sum.wrapping_add(fingerprint::pick(print, u32::MAX))
        });
        sum.digits()
    }

    /// Tells the timeline, moves the deal if it has to be, and remembers both.
    fn tell(&mut self, late: bool, context: &Context) -> Step {
        let stage = self.once.first().map(|stage| stage.value.clone());
        // Where we are about to send the deal is to be known before: that answer may be lost as well.
        self.memo.stage = stage.clone().or_else(|| self.memo.stage.take());
        let intent = stage.is_some().then(|| {
            self.memo.sent.put(LIFE, DOUBT.to_owned());
            self.learn()
        });
        self.memo.sent.take(LIFE);
        self.memo.sent.take(NOTED);
        if self.deleted() {
            self.memo.sent.put(LIFE, DELETED.to_owned());
        } else if late {
            self.memo.sent.put(NOTED, self.digest());
        }
        self.remember(REFUNDED);
        let deal = self.deal.as_deref().unwrap_or("");
        let mut calls = Vec::new();
        if let Some(text) = &self.news {
            let query = params(&[
                ("fields[ENTITY_TYPE]", "deal"),
                ("fields[ENTITY_ID]", deal),
                ("fields[COMMENT]", text),
            ]);
            calls.push(rest(NEWS, "crm.timeline.comment.add", &query));
        }
        if let Some(stage) = &stage {
            let query = params(&[
                ("entityTypeId", DEAL),
                ("id", deal),
                ("fields[stageId]", stage),
            ]);
            calls.push(rest("update", "crm.item.update", &query));
        }
        if calls.is_empty() {
            return self.told(context);
        }
        let mut step = self.ask(Phase::Tell, calls);
        step.learn = intent;
        step
    }

    /// The timeline has heard it: that is stored before anything else is done.
    pub(super) fn told(&mut self, context: &Context) -> Step {
        if let Some(stage) = self.once.first() {
            self.seen = Some(stage.value.clone());
        }
        let learn = self.learn();
        self.news = None;
        let noted = self.memo.sent.get(NOTED).is_some();
        let mut step = if self.deleted() {
            self.ended(DELETED)
        } else if noted && context.settings.life.closed == Closed::Note {
            self.ended(NOTED)
        } else if self.changed().next().is_none() && !self.looks(context.settings) {
            self.ended("updated")
        } else {
            self.go(context)
        };
        step.learn = step.learn.or(Some(learn));
        step
    }

    /// What follows when one of the calls was refused, or the batch was cut before its last.
    pub(super) fn hindered(&self, reply: &Reply, context: &Context) -> Option<Step> {
        for (key, answer) in reply.answers.iter() {
            let Some(error) = answer.error.as_ref().filter(|_| key != TOLD) else {
                continue;
            };
            if let Some(step) = self.is_gone(error, context) {
                return Some(step);
            }
            let act = refused(error, key_method(key), self.tried(), context);
            // Words that the timeline does not take stand in the journal, and hold nothing up.
            if key != NEWS || !matches!(act, Act::Dead { .. }) {
                return Some(Step::of(act));
            }
        }
        let last = match self.phase {
            Phase::Rows => key(self.placed.saturating_sub(1)),
            Phase::Read => "now".to_owned(),
            _ if self.once.is_empty() => NEWS.to_owned(),
            _ => "update".to_owned(),
        };
        let cut = reply.answers.get(&last).is_none();
        cut.then(|| Step::of(unanswered(key_method(&last), self.tried(), context)))
    }

    /// Everything is sent: what is remembered is what was wanted, and nothing besides.
    pub(super) fn close(&mut self) {
        self.remember(REFUNDED);
        if self.rows.is_empty() && self.changed().next().is_none() {
            self.memo.sent.clone_from(&self.wanted);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::settings::Stage;

    #[test]
    fn closed_and_lost_stages_are_known_by_the_portal_or_by_their_ids() {
        let stage = |id: &str, semantics: &str| Stage {
            id: id.to_owned(),
            semantics: semantics.to_owned(),
            ..Stage::default()
        };
        let mut settings = Settings::default();
        for (stage, closed) in [
            ("C5:WON", true),
            ("LOSE", true),
            ("C12:APOLOGY", true),
            ("C5:NEW", false),
            ("WONDER", false),
            ("", false),
        ] {
            assert_eq!(is_closed(&settings, stage), closed, "{stage}");
        }
        assert_eq!(lost_stage(&settings, "5"), "C5:LOSE");
        assert_eq!(lost_stage(&settings, "0"), "LOSE");
        settings.portal.stages = vec![
            stage("C5:UC_1", "success"),
            stage("C5:WON", "process"),
            stage("C6:UC_2", "failure"),
            stage("UC_3", "failure"),
        ];
        for (stage, closed) in [("C5:UC_1", true), ("C5:WON", false), ("C6:UC_2", true)] {
            assert_eq!(is_closed(&settings, stage), closed, "{stage}");
        }
        assert_eq!(lost_stage(&settings, "5"), "C5:LOSE");
        assert_eq!(lost_stage(&settings, "6"), "C6:UC_2");
        assert_eq!(lost_stage(&settings, "0"), "UC_3");
    }
}
