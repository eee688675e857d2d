//! The tasks, each a state machine without input or output. A host starts a task, does what the
//! step says, and resumes with what came of it, until the task is done, dead, or has to wait.

pub mod answers;
pub mod batch;
pub mod inbound;
mod moves;
mod poll;
mod portal;
mod preflight;
mod provision;
mod pull_deal;
mod push_order;
mod snapshot;
pub(crate) mod step;

use crate::contract::json::Json;
use crate::contract::read::{members, At, Read};
use crate::contract::settings::Settings;
use crate::contract::task::{Reply, Step, Task};
use crate::contract::write::{object as object_of, Write};
use crate::error::{Code, Lang, Problem};

/// Every task there is.
pub const TASKS: &[&str] = &[
    "push_order",
    "pull_deal",
    "poll",
    "preflight",
    "snapshot",
    "provision",
    "compare",
];

/// What every rule may look at.
pub struct Context<'a> {
    /// The host's time, seconds since 1970.
    pub now: i64,
    /// By how many seconds the shop's own clock is ahead of UTC.
    pub offset: i64,
    /// Language of texts for people.
    pub lang: Lang,
    /// The settings.
    pub settings: &'a Settings,
}

/// Where a task stands between two steps.
pub enum State {
    /// Order → deal.
    PushOrder(Box<push_order::Push>),
    /// Deal → order.
    PullDeal(Box<pull_deal::Pull>),
    /// What has moved in the portal.
    Poll(poll::Poll),
    /// Is the portal ready for us.
    Preflight(preflight::Preflight),
    /// What the portal has.
    Snapshot(snapshot::Snapshot),
    /// Set the funnel up.
    Provision(Box<provision::Provision>),
}

impl Write for State {
    fn write(&self, out: &mut Vec<u8>) {
        let (name, state): (&str, &dyn Write) = match self {
            Self::PushOrder(push) => ("push_order", push),
            Self::PullDeal(pull) => ("pull_deal", pull),
            Self::Poll(poll) => ("poll", poll),
            Self::Preflight(preflight) => ("preflight", preflight),
            Self::Snapshot(snapshot) => ("snapshot", snapshot),
            Self::Provision(provision) => ("provision", provision),
        };
        object_of(out, &[(name, state)]);
    }
}

impl Default for State {
    fn default() -> Self {
        Self::Preflight(preflight::Preflight::default())
    }
}

impl Read for State {
    fn fill(&mut self, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        let members = members(value, at)?;
        // A compare is a push that only looks.
        for (index, task) in TASKS.iter().enumerate().take(6) {
            let Some(value) = members.get_mut(task).filter(|part| **part != Json::Null) else {
                continue;
            };
            *self = match index {
                0 => Self::PushOrder(Box::default()),
                1 => Self::PullDeal(<_>::default()),
                2 => Self::Poll(poll::Poll::default()),
                3 => Self::Preflight(preflight::Preflight::default()),
                4 => Self::Snapshot(snapshot::Snapshot::default()),
                _ => Self::Provision(Box::default()),
            };
            let at = at.key(task);
            return match self {
                Self::PushOrder(push) => push.fill(value, &at),
                Self::PullDeal(pull) => pull.fill(value, &at),
                Self::Poll(poll) => poll.fill(value, &at),
                Self::Preflight(preflight) => preflight.fill(value, &at),
                Self::Snapshot(snapshot) => snapshot.fill(value, &at),
                Self::Provision(provision) => provision.fill(value, &at),
            };
        }
        Err(at.wants("the state of a task"))
    }
}

/// The first step of a task.
///
/// # Errors
/// What the task lacks, or what cannot be read of it.
pub fn start(task: Task, context: &Context) -> Result<Step, Problem> {
    match task.kind.as_str() {
        "push_order" | "compare" => push_order::start(task, context),
        "pull_deal" => pull_deal::start(task, context),
        "poll" => Ok(poll::start(task, context)),
        "preflight" => Ok(preflight::start()),
        "snapshot" => Ok(snapshot::start()),
        "provision" => Ok(provision::start(task, context)),
        unknown => Err(Problem::new(Code::TaskUnknown)
            .at("/data/task/kind")
            .with("kind", unknown)),
    }
}

/// The next step.
///
/// # Errors
/// The reply does not belong to the step before.
pub fn resume(state: State, reply: Reply, context: &Context) -> Result<Step, Problem> {
    match state {
        State::PushOrder(push) => push_order::resume(push, &reply, context),
        State::PullDeal(pull) => pull_deal::resume(*pull, &reply, context),
        State::Poll(poll) => poll::resume(poll, reply, context),
        State::Preflight(preflight) => Ok(preflight::resume(preflight, &reply, context)),
        State::Snapshot(snapshot) => Ok(snapshot::resume(snapshot, &reply, context)),
        State::Provision(provision) => Ok(provision::resume(*provision, &reply, context)),
    }
}
