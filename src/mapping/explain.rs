//! Why an order is not in Bitrix24, or why it has the status it has: from what a host knows of it, without
//! asking the portal.

use crate::contract::json::Json;
use crate::contract::read::reads;
use crate::contract::settings::Settings;
use crate::contract::task::Link;
use crate::contract::write::writes;
use crate::domain::text::Digits;
use crate::error::{Code, Lang, Problem};
use crate::mapping::status::{asks, funnel_of, stage_for, stage_name, Asks};
use crate::sync::step::{field, list};
use crate::sync::Context;

/// `data` of `order.explain`. Moments are seconds since 1970; one that is absent never was.
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Input {
    /// The order as the shop gives it; none when it is not there, or not placed yet.
    pub order: Option<Json>,
    /// The shop's status of the order, also when it is not placed; none when there is no such order.
    pub status: Option<String>,
    /// What is known of its deal.
    pub link: Option<Link>,
    /// Its job: `state` (`ready`, `leased` or `dead`), `attempts`, `not_before`, `code`, `message`, `hint`.
    pub job: Option<Json>,
    /// The portal is being left alone: `since`, `code`, `message`, `hint`.
    pub hold: Option<Json>,
    /// When what was last seen: `worker` (cron or daemon), `poll`, `event`; and when the next `sweep` is due.
    pub seen: Option<Json>,
    /// Whether a portal is connected.
    pub connected: Option<bool>,
    /// The newest journal lines of the order, newest first: `at`, `code`, `message`, `hint`.
    pub journal: Option<Json>,
    /// The shop's statuses, `id` and `name`.
    pub statuses: Option<Json>,
}

reads!(Input {
    order,
    status,
    link,
    job,
    hold,
    seen,
    connected,
    journal,
    statuses
});

/// The answer.
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Explanation {
    /// The code of the first sentence.
    verdict: String,
    /// The most important first.
    sentences: Vec<Sentence>,
}

writes!(Explanation { verdict, sentences });

/// A sentence: ours, or one that the host kept of us.
#[derive(Default)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
struct Sentence {
    code: String,
    message: String,
    hint: String,
    /// When it was said, for lines of the journal.
    at: Option<String>,
}

writes!(Sentence {
    code,
    message,
    hint,
    at
});

/// Nobody has run a worker for so many seconds: its schedule is missing.
const SILENT: i64 = 600;
/// So many lines of the journal are told.
const LINES: usize = 3;

struct Told<'a> {
    context: &'a Context<'a>,
    sentences: Vec<Sentence>,
}

/// Explains.
#[must_use]
pub fn explain(input: &Input, context: &Context) -> Explanation {
    let mut told = Told {
        context,
        sentences: Vec::new(),
    };
    let dead = |job: &&Json| field(job, "state") == "dead";
    if let Some(job) = input.job.as_ref().filter(dead) {
        told.echo(job, None);
    }
    let free = told.order(input);
    told.hold(input);
    told.job(input, free);
    if let Some((link, deal)) = linked(input) {
        let stage = link.stage.as_deref().unwrap_or("?");
        let name = stage_name(context.settings, stage);
        told.say(Code::Linked, &[("deal", deal), ("stage", name)]);
        told.status(input, stage, deal);
    }
    for line in list(input.journal.as_ref()).into_iter().take(LINES) {
        told.echo(line, Some(field(line, "at")));
    }
    let first = told.sentences.first();
    Explanation {
        verdict: first.map(|one| one.code.clone()).unwrap_or_default(),
        sentences: told.sentences,
    }
}

fn linked(input: &Input) -> Option<(&Link, &str)> {
    let link = input.link.as_ref()?;
    Some((link, link.deal_id.as_deref()?))
}

fn moment(row: Option<&Json>, name: &str) -> Option<i64> {
    field(row?, name).parse().ok()
}

impl Told<'_> {
    fn say(&mut self, code: Code, args: &[(&'static str, &str)]) {
        let mut problem = Problem::new(code);
        for (name, value) in args {
            problem = problem.with(name, *value);
        }
        let spoken = problem.spoken(self.context.lang);
        self.sentences.push(Sentence {
            code: spoken.code.to_owned(),
            message: spoken.message,
            hint: spoken.hint,
            at: None,
        });
    }

    /// What the host has kept; once.
    fn echo(&mut self, row: &Json, at: Option<String>) {
        let message = field(row, "message");
        if message.is_empty() || self.sentences.iter().any(|said| said.message == message) {
            return;
        }
        self.sentences.push(Sentence {
            code: field(row, "code"),
            message,
            hint: field(row, "hint"),
            at,
        });
    }

    /// How long ago, or until.
    fn span(&self, moment: i64) -> String {
        let seconds = self.context.now.saturating_sub(moment).saturating_abs();
        let (value, ru, en) = match seconds {
            0..120 => (seconds, " с", " s"),
            120..7_200 => (seconds / 60, " мин", " min"),
            7_200..172_800 => (seconds / 3_600, " ч", " h"),
            _ => (seconds / 86_400, " дн", " days"),
        };
        [&value.digits(), self.either(ru, en)].concat()
    }

    const fn either(&self, ru: &'static str, en: &'static str) -> &'static str {
        match self.context.lang {
            Lang::Ru => ru,
            Lang::En => en,
        }
    }

    /// What keeps every such order from going; whether nothing does.
    fn order(&mut self, input: &Input) -> bool {
        let before = self.sentences.len();
        let settings = self.context.settings;
        let reasons = [
            (
                input.order.is_none() && input.status.is_none(),
                Code::OrderGone,
            ),
            (
                input.order.is_none() && input.status.is_some(),
                Code::OrderNotPlaced,
            ),
            (input.connected == Some(false), Code::NotConnected),
            (!settings.directions.orders, Code::OrdersOff),
            (settings.funnel.id.is_empty(), Code::FunnelMissing),
        ];
        for (holds, code) in reasons {
            if holds {
                self.say(code, &[]);
            }
        }
        self.sentences.len() == before
    }

    fn hold(&mut self, input: &Input) {
        let Some(hold) = &input.hold else { return };
        let since = moment(Some(hold), "since").unwrap_or(self.context.now);
        self.say(Code::PortalHeld, &[("ago", &self.span(since))]);
        self.echo(hold, None);
    }

    /// Where the order stands in the queue.
    fn job(&mut self, input: &Input, free: bool) {
        let now = self.context.now;
        let Some(job) = &input.job else {
            if linked(input).is_some() || !free {
                return;
            }
            if input.link.is_some() {
                self.say(Code::OrderDetached, &[]);
            } else {
                let sweep = moment(input.seen.as_ref(), "sweep").unwrap_or(now);
                self.say(Code::NeverQueued, &[("in", &self.span(sweep.max(now)))]);
            }
            return self.worker(input);
        };
        let due = moment(Some(job), "not_before").unwrap_or(now);
        match field(job, "state").as_str() {
            // Its reason has been told, first of all.
            "dead" => return,
            "leased" => self.say(Code::AtWork, &[]),
            _ if due > now => {
                let attempts = field(job, "attempts");
                let args = [("attempts", attempts.as_str()), ("in", &self.span(due))];
                self.say(Code::RetryWaits, &args);
            }
            _ => {
                self.say(Code::Queued, &[]);
                self.worker(input);
            }
        }
        self.echo(job, None);
    }

    fn worker(&mut self, input: &Input) {
        let seen = moment(input.seen.as_ref(), "worker");
        if seen.is_none_or(|seen| seen < self.context.now.saturating_sub(SILENT)) {
            let ago = seen.map_or_else(
                || self.either("никогда", "never").to_owned(),
                |seen| [&self.span(seen), self.either(" назад", " ago")].concat(),
            );
            self.say(Code::WorkerMissing, &[("ago", &ago)]);
        }
    }

    /// Why the order has the status it has.
    fn status(&mut self, input: &Input, stage: &str, deal: &str) {
        let settings = self.context.settings;
        let Some(status) = input.status.as_deref().filter(|_| stage != "?") else {
            return;
        };
        if !settings.directions.statuses_to_shop {
            self.say(Code::StatusesOff, &[]);
        }
        let statuses = input.statuses.as_ref();
        let name = super::check::name_of(statuses, status);
        let stage_of = stage_name(settings, stage);
        let mut args = vec![
            ("status", name.as_str()),
            ("stage", stage_of),
            ("deal", deal),
        ];
        // A row of the other table says as much, for the way here.
        let there = stage_for(settings, status, funnel_of(stage)) == Some(stage);
        let code = match asks(settings, stage, semantics(settings, stage), status) {
            Asks::Nothing if !there => Code::StageUnmapped,
            Asks::Nothing | Asks::Same => Code::StatusAgreed,
            Asks::Guarded => Code::StatusGuarded,
            // It may be what the job is about.
            Asks::Other(_) if input.job.is_some() => return,
            Asks::Other(wanted) => {
                let other = super::check::name_of(statuses, wanted.status);
                args.push(("other", &other));
                return self.say(Code::StatusDiffers, &args);
            }
        };
        self.say(code, &args);
    }
}

/// How the snapshot counts a stage, in the portal's letters.
pub(super) fn semantics(settings: &Settings, stage: &str) -> &'static str {
    let known = settings.portal.stages.iter().find(|one| one.id == stage);
    match known.map_or("", |one| one.semantics.as_str()) {
        "success" => "S",
        "failure" => "F",
        _ => "P",
    }
}
