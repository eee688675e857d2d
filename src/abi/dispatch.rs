//! From the bytes of a request to the bytes of an answer.

use crate::contract::envelope::{answered, rejected, Request, VERSION};
use crate::contract::json::{Json, What};
use crate::contract::limits::{MAX_ANSWER_BYTES, MAX_DEPTH, MAX_REQUEST_BYTES};
use crate::contract::migrate;
use crate::contract::pairs::Pairs;
use crate::contract::read::{reads, At, Read};
use crate::contract::settings::{Settings, SCHEMA};
use crate::contract::task::{Reply, Task};
use crate::contract::write::writes;
use crate::domain::template;
use crate::domain::text::numbered;
use crate::domain::text::Digits;
use crate::error::{Code, Lang, Problem, Spoken, ALL};
use crate::mapping::{check, explain, preview};
use crate::sync::{self, batch, inbound, Context};

/// Every operation there is.
pub const OPERATIONS: &[&str] = &[
    "core.describe",
    "settings.check",
    "order.preview",
    "order.explain",
    "sync.start",
    "sync.resume",
    "batch.pack",
    "batch.unpack",
    "inbound.read",
];

/// Settings that an instance was handed once, by the host's name for them.
pub type Kept = Option<Box<(String, Settings)>>;

/// Answers a request. Never fails: what cannot be done is said in the answer.
#[must_use]
pub fn answer(request: &[u8]) -> Vec<u8> {
    answer_keeping(request, &mut None)
}

/// The same by an instance that keeps the first settings that come with a name.
#[must_use]
pub fn answer_keeping(request: &[u8], kept: &mut Kept) -> Vec<u8> {
    let mut lang = Lang::default();
    let bytes =
        respond(request, &mut lang, kept).unwrap_or_else(|problem| rejected(&problem.spoken(lang)));
    if bytes.len() > MAX_ANSWER_BYTES {
        let problem = Problem::new(Code::AnswerTooLong).with("limit", MAX_ANSWER_BYTES.digits());
        return rejected(&problem.spoken(lang));
    }
    bytes
}

fn respond(request: &[u8], lang: &mut Lang, kept: &mut Kept) -> Result<Vec<u8>, Problem> {
    if request.len() > MAX_REQUEST_BYTES {
        return Err(Problem::new(Code::RequestTooLong).with("limit", MAX_REQUEST_BYTES.digits()));
    }
    let value = Json::parse(request, MAX_DEPTH).map_err(|error| match error.what {
        What::Depth => Problem::new(Code::RequestTooDeep).with("limit", MAX_DEPTH.digits()),
        What::Syntax => unreadable("not JSON", error.offset),
        What::Encoding => unreadable("not UTF-8", error.offset),
        What::Duplicate => unreadable("a key twice", error.offset),
    })?;
    let mut request = Request::read(value, &At::root("", Code::RequestUnreadable))?;
    *lang = request.lang;
    if request.v != VERSION {
        return Err(Problem::new(Code::VersionUnknown)
            .at("/v")
            .with("version", request.v.digits()));
    }
    let mut data = Data(
        request
            .data
            .take()
            .unwrap_or_else(|| Json::Map(Pairs::default())),
    );
    let op = core::mem::take(&mut request.op);
    let mut own = None;
    match op.as_str() {
        "core.describe" => Ok(answered(&describe(*lang), &[])),
        "settings.check" => Ok(answered(&check::check(&data.read()?, *lang), &[])),
        "order.preview" => {
            let context = context(&mut request, kept, &mut own)?;
            data.keep_storable(&context);
            let (preview, notes) =
                preview::preview(&data.read::<preview::Input>()?.order, &context)?;
            Ok(answered(&preview, &spoken(&notes, *lang)))
        }
        "order.explain" => {
            let context = context(&mut request, kept, &mut own)?;
            Ok(answered(&explain::explain(&data.read()?, &context), &[]))
        }
        "sync.start" => {
            let context = context(&mut request, kept, &mut own)?;
            data.keep_storable(&context);
            let step = sync::start(data.read::<Start>()?.task, &context)?;
            Ok(answered(&step, &[]))
        }
        "sync.resume" => {
            let context = context(&mut request, kept, &mut own)?;
            let input: Resume = data.read()?;
            let state = input.state.ok_or_else(|| {
                Problem::new(Code::RequestUnreadable)
                    .at("/data/state")
                    .with("detail", "expected the state of a task")
            })?;
            let step = sync::resume(state, input.reply, &context)?;
            Ok(answered(&step, &[]))
        }
        "batch.pack" => Ok(answered(&batch::pack(&data.read()?), &[])),
        "batch.unpack" => {
            let now = crate::domain::time::parse(&request.now);
            Ok(answered(&batch::unpack(data.read()?, now), &[]))
        }
        "inbound.read" => Ok(answered(&inbound::read(&data.read()?), &[])),
        unknown => Err(Problem::new(Code::OperationUnknown)
            .at("/op")
            .with("op", unknown)),
    }
}

fn unreadable(what: &str, offset: usize) -> Problem {
    Problem::new(Code::RequestUnreadable)
        .with("detail", numbered(&[what, ", byte "].concat(), offset, ""))
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

struct Data(Json);

impl Data {
    /// Leaves out what the portal's database cannot store, before anything is read, so that whatever
    /// is planned, shown and sent is without it.
    fn keep_storable(&mut self, context: &Context<'_>) {
        if context.settings.deal.plain_text {
            self.0.keep_first_plane();
        }
    }

    fn read<T: Read>(self) -> Result<T, Problem> {
        T::read(self.0, &At::root("/data", Code::RequestUnreadable))
    }
}

/// What every rule may look at, with the settings of the request or those kept under its name.
fn context<'a>(
    request: &mut Request,
    kept: &'a mut Kept,
    own: &'a mut Option<Settings>,
) -> Result<Context<'a>, Problem> {
    let (now, offset) = crate::domain::time::read(&request.now).ok_or_else(|| {
        Problem::new(Code::TimeUnreadable)
            .at("/now")
            .with("value", request.now.clone())
    })?;
    let id = core::mem::take(&mut request.settings_id);
    let known = !id.is_empty() && kept.as_ref().is_some_and(|kept| kept.0 == id);
    let missing = || Problem::new(Code::SettingsMissing).at("/settings");
    if !known {
        let mut document = request.settings.take().ok_or_else(missing)?;
        let plain = document.get("deal").and_then(|deal| deal.get("plain_text"));
        if plain.is_some_and(Json::is_true) {
            document.keep_first_plane();
        }
        let at = At::root("/settings", Code::SettingsUnreadable);
        let settings = migrate::read(document, &at)?;
        if kept.is_none() && !id.is_empty() {
            *kept = Some(Box::new((id, settings)));
        } else {
            *own = Some(settings);
        }
    }
    let kept = kept.as_ref().map(|kept| &kept.1);
    let settings = own.as_ref().or(kept).ok_or_else(missing)?;
    Ok(Context {
        now,
        offset,
        lang: request.lang,
        settings,
    })
}

pub(crate) fn spoken(problems: &[Problem], lang: Lang) -> Vec<Spoken> {
    problems
        .iter()
        .map(|problem| problem.spoken(lang))
        .collect()
}

/// What this core is and can do.
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub(super) struct Description {
    name: &'static str,
    version: &'static str,
    abi: i64,
    schema: u32,
    ops: &'static [&'static str],
    tasks: &'static [&'static str],
    fields: &'static [&'static str],
    filters: &'static [&'static str],
    codes: Vec<Spoken>,
}

writes!(Description {
    name,
    version,
    abi,
    schema,
    ops,
    tasks,
    fields,
    filters,
    codes
});

fn describe(lang: Lang) -> Description {
    Description {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        abi: i64::from(super::ABI_VERSION),
        schema: SCHEMA,
        ops: OPERATIONS,
        tasks: sync::TASKS,
        fields: template::FIELDS,
        filters: template::FILTERS,
        codes: ALL
            .iter()
            .map(|code| Problem::new(*code).spoken(lang))
            .collect(),
    }
}
