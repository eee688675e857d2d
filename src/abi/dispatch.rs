//! From the bytes of a request to the bytes of an answer.

use crate::contract::envelope::{Outcome, Request, VERSION};
use crate::contract::limits::{deeper_than, MAX_ANSWER_BYTES, MAX_DEPTH, MAX_REQUEST_BYTES};
use crate::contract::settings::{Settings, SCHEMA};
use crate::contract::task::{Reply, Step, Task};
use crate::error::{Code, Lang, Problem, Spoken, ALL};
use crate::mapping::{check, preview};
use crate::sync::{self, batch, inbound, Context};
use crate::contract::read::{reads, At, Read};
use serde::Serialize;
use serde_json::Value;

/// Every operation there is.
pub const OPERATIONS: &[&str] = &[
    "core.describe",
    "settings.check",
    "order.preview",
    "sync.start",
    "sync.resume",
    "batch.pack",
    "batch.unpack",
    "inbound.read",
];

/// Answers a request. Never fails: what cannot be done is said in the answer.
#[must_use]
pub fn answer(request: &[u8]) -> Vec<u8> {
    let mut lang = Lang::default();
    let bytes = respond(request, &mut lang).unwrap_or_else(|problem| rejected(&problem, lang));
    if bytes.len() > MAX_ANSWER_BYTES {
        let problem =
            Problem::new(Code::AnswerTooLong).with("limit", MAX_ANSWER_BYTES.to_string());
        return rejected(&problem, lang);
    }
    bytes
}

fn respond(request: &[u8], lang: &mut Lang) -> Result<Vec<u8>, Problem> {
    if request.len() > MAX_REQUEST_BYTES {
        return Err(Problem::new(Code::RequestTooLong).with("limit", MAX_REQUEST_BYTES.to_string()));
    }
    if deeper_than(request, MAX_DEPTH) {
        return Err(Problem::new(Code::RequestTooDeep).with("limit", MAX_DEPTH.to_string()));
    }
    let value: Value = serde_json::from_slice(request)
        .map_err(|error| Problem::new(Code::RequestUnreadable).with("detail", error.to_string()))?;
    let mut request = Request::read(value, &At::root("", Code::RequestUnreadable))?;
    *lang = request.lang;
    if request.v != VERSION {
        return Err(Problem::new(Code::VersionUnknown)
            .at("/v")
            .with("version", request.v.to_string()));
    }
    let data = Data(request.data.take().unwrap_or_else(|| Value::Array(Vec::new())));
    let op = core::mem::take(&mut request.op);
    match op.as_str() {
        "core.describe" => Ok(ok(describe(*lang), Vec::new())),
        "settings.check" => Ok(ok(check::check(&data.read()?, *lang), Vec::new())),
        "order.preview" => {
            let context = context(&mut request)?;
            let (preview, notes) = preview::preview(&data.read::<preview::Input>()?.order, &context)?;
            Ok(ok(preview, spoken(&notes, *lang)))
        }
        "sync.start" => {
            let context = context(&mut request)?;
            let step = sync::start(data.read::<Start>()?.task, &context)?;
            Ok(ok::<Step>(step, Vec::new()))
        }
        "sync.resume" => {
            let context = context(&mut request)?;
            let input: Resume = data.read()?;
            let state = input.state.ok_or_else(|| {
                Problem::new(Code::RequestUnreadable)
                    .at("/data/state")
                    .with("detail", "expected the state of a task")
            })?;
            let step = sync::resume(state, input.reply, &context)?;
            Ok(ok::<Step>(step, Vec::new()))
        }
        "batch.pack" => Ok(ok(batch::pack(&data.read()?), Vec::new())),
        "batch.unpack" => {
            let now = crate::domain::time::parse(&request.now);
            Ok(ok(batch::unpack(&data.read()?, now), Vec::new()))
        }
        "inbound.read" => Ok(ok(inbound::read(&data.read()?), Vec::new())),
        unknown => Err(Problem::new(Code::OperationUnknown)
            .at("/op")
            .with("op", unknown)),
    }
}

#[derive(Default)]
struct Start {
    task: Task,
}

reads!(Start { task });

#[derive(Default)]
struct Resume {
    state: Option<sync::State>,
    reply: Reply,
}

reads!(Resume { state, reply });

struct Data(Value);

impl Data {
    fn read<T: Read>(self) -> Result<T, Problem> {
        T::read(self.0, &At::root("/data", Code::RequestUnreadable))
    }
}

fn context(request: &mut Request) -> Result<Context, Problem> {
    let now = crate::domain::time::parse(&request.now).ok_or_else(|| {
        Problem::new(Code::TimeUnreadable)
            .at("/now")
            .with("value", request.now.clone())
    })?;
    let settings = request
        .settings
        .take()
        .ok_or_else(|| Problem::new(Code::SettingsMissing).at("/settings"))?;
    let settings = Settings::read(settings, &At::root("/settings", Code::SettingsUnreadable))?;
    if settings.schema != SCHEMA {
        return Err(Problem::new(Code::SchemaUnknown)
            .at("/settings/schema")
            .with("value", settings.schema.to_string())
            .with("known", SCHEMA.to_string()));
    }
    Ok(Context {
        now,
        lang: request.lang,
        settings,
    })
}

fn ok<T: Serialize>(data: T, notes: Vec<Spoken>) -> Vec<u8> {
    encode(&Outcome::Ok {
        v: VERSION,
        data,
        notes,
    })
}

fn rejected(problem: &Problem, lang: Lang) -> Vec<u8> {
    encode(&Outcome::<()>::Rejected {
        v: VERSION,
        error: problem.spoken(lang),
    })
}

// INVARIANT: our answers have string keys and no floats, so encoding them cannot fail; if it ever
// did, the empty answer is no JSON and the host treats it as a fault.
fn encode<T: Serialize>(outcome: &T) -> Vec<u8> {
    serde_json::to_vec(outcome).unwrap_or_default()
}

pub(crate) fn spoken(problems: &[Problem], lang: Lang) -> Vec<Spoken> {
    problems.iter().map(|problem| problem.spoken(lang)).collect()
}

/// What this core is and can do.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Description {
    name: &'static str,
    version: &'static str,
    abi: i32,
    schema: u32,
    ops: &'static [&'static str],
    tasks: &'static [&'static str],
    fields: Vec<&'static str>,
    codes: Vec<Spoken>,
}

fn describe(lang: Lang) -> Description {
    Description {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        abi: super::ABI_VERSION,
        schema: SCHEMA,
        ops: OPERATIONS,
        tasks: sync::TASKS,
        fields: crate::domain::template::FIELDS
            .iter()
            .map(|(name, _)| *name)
            .collect(),
        codes: ALL
            .iter()
            .map(|code| Problem::new(*code).spoken(lang))
            .collect(),
    }
}
