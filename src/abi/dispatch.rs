//! From the bytes of a request to the bytes of an answer.

use crate::contract::envelope::{Outcome, Request, VERSION};
use crate::contract::limits::{MAX_ANSWER_BYTES, MAX_DEPTH, MAX_REQUEST_BYTES};
use crate::contract::pointer;
use crate::contract::settings::{Settings, SCHEMA};
use crate::contract::task::{Reply, Step, Task};
use crate::error::{Code, Lang, Problem, Spoken, ALL};
use crate::mapping::{check, preview};
use crate::sync::{self, batch, inbound, Context};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

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
    if pointer::deeper_than(request, MAX_DEPTH) {
        return Err(Problem::new(Code::RequestTooDeep).with("limit", MAX_DEPTH.to_string()));
    }
    let text = core::str::from_utf8(request)
        .map_err(|error| Problem::new(Code::RequestUnreadable).with("detail", error.to_string()))?;
    let request: Request<'_> = read(text, "", Code::RequestUnreadable)?;
    *lang = request.lang;
    if request.v != VERSION {
        return Err(Problem::new(Code::VersionUnknown)
            .at("/v")
            .with("version", request.v.to_string()));
    }
    let data = Data {
        text: request.data.map_or("{}", RawValue::get),
    };
    match request.op.as_ref() {
        "core.describe" => Ok(ok(describe(*lang), Vec::new())),
        "settings.check" => Ok(ok(check::check(&data.read()?, *lang), Vec::new())),
        "order.preview" => {
            let context = context(&request)?;
            let (preview, notes) = preview::preview(&data.read::<preview::Input>()?.order, &context)?;
            Ok(ok(preview, spoken(&notes, *lang)))
        }
        "sync.start" => {
            let context = context(&request)?;
            let step = sync::start(data.read::<Start>()?.task, &context)?;
            Ok(ok::<Step>(step, Vec::new()))
        }
        "sync.resume" => {
            let context = context(&request)?;
            let input: Resume = data.read()?;
            let step = sync::resume(input.state, input.reply, &context)?;
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

#[derive(Deserialize)]
struct Start {
    task: Task,
}

#[derive(Deserialize)]
struct Resume {
    state: sync::State,
    #[serde(default)]
    reply: Reply,
}

struct Data<'a> {
    text: &'a str,
}

impl Data<'_> {
    fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        read(self.text, "/data", Code::RequestUnreadable)
    }
}

fn context(request: &Request<'_>) -> Result<Context, Problem> {
    let now = crate::domain::time::parse(&request.now).ok_or_else(|| {
        Problem::new(Code::TimeUnreadable)
            .at("/now")
            .with("value", request.now.as_ref())
    })?;
    let settings = request
        .settings
        .ok_or_else(|| Problem::new(Code::SettingsMissing).at("/settings"))?;
    let settings: Settings = read(settings.get(), "/settings", Code::SettingsUnreadable)?;
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

/// Reads `text`; an error names the place below `prefix`.
pub(crate) fn read<'a, T: Deserialize<'a>>(
    text: &'a str,
    prefix: &str,
    code: Code,
) -> Result<T, Problem> {
    serde_json::from_str(text).map_err(|error| {
        let before: usize = text
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        let offset = before.saturating_add(error.column().saturating_sub(1));
        let detail = error.to_string();
        // The line and the column mean nothing to a reader of the pointer.
        let detail = detail
            .rsplit_once(" at line ")
            .map_or(detail.as_str(), |(words, _)| words)
            .to_owned();
        Problem::new(code)
            .at([prefix, &pointer::at_offset(text, offset)].concat())
            .with("detail", detail)
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
