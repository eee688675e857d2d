//! Everything about the portal that can be turned, at start or at run time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::companion::Companion;

/// The leaky bucket: `x` requests at once, `y` a second leak out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Level at which requests are refused.
    pub x: u32,
    /// Requests a second that leak out.
    pub y: u32,
}

/// How events travel to their handlers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Transport {
    /// Wait before the first attempt.
    pub delay_ms: u64,
    /// Further copies of every event.
    pub duplicates: u32,
    /// Deliver the events of one call in reverse.
    pub reorder: bool,
    /// Percent of events that are lost.
    pub loss: u32,
    /// Deliver nothing at all, as an isolated box does.
    pub silent: bool,
    /// Send events in the middle of a batch and wait this long before its next command, so that a
    /// handler sees a deal whose rows are not saved yet.
    pub before_rows_ms: u64,
    /// Hold events back until this many are waiting, then send them at once.
    pub burst: usize,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The connection is cut without an answer.
    Cut,
    /// An HTML page of the web server with `status` (502).
    Html,
    /// A JSON error with `status`, `error`, `error_description`; inside a batch the command's own.
    Error,
    /// The answer comes after `seconds` (61).
    Hang,
    /// A whole answer whose JSON breaks off.
    TruncatedJson,
    /// The body breaks off in the middle and the connection with it.
    TruncatedBody,
    /// 200 with an empty body.
    Empty,
    /// 200 with a login page.
    LoginPage,
    /// A redirect to a login page.
    Redirect,
}

/// One thing that goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// For which method: `crm.deal.add`, `crm.item.*`, `batch`, or `*`. Also looks inside batches.
    #[serde(default = "any")]
    pub method: String,
    /// How often; without it always.
    #[serde(default)]
    pub times: Option<u32>,
    /// How many matching calls pass before it starts.
    #[serde(default)]
    pub skip: u32,
    /// Whether the call takes effect before it goes wrong.
    #[serde(default)]
    pub commit: bool,
    /// Chance in percent.
    #[serde(default = "always")]
    pub percent: u32,
    /// For `hang`.
    #[serde(default)]
    pub seconds: Option<u64>,
    /// For `html` and `error`.
    #[serde(default)]
    pub status: Option<u16>,
    /// For `error`.
    #[serde(default)]
    pub error: Option<String>,
    /// For `error`.
    #[serde(default)]
    pub error_description: Option<String>,
}

fn any() -> String {
    "*".to_owned()
}

fn always() -> u32 {
    100
}

/// A robot that moves a deal on as soon as it enters a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutoMove {
    /// The stage entered.
    pub on: String,
    /// Where the deal goes.
    pub to: String,
}

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant,)* }
    };
}

choice! {
    /// The `time` block of an answer.
    TimeBlock {
        /// With `operating`.
        #[default]
        Full,
        /// Without `operating` and `operating_reset_at`.
        NoOperating,
        /// No block at all.
        None,
    }
}
choice! {
    /// Which of the portal's two write paths serves the classic methods.
    WritePath {
        /// No validation of stages, every update saves.
        #[default]
        Legacy,
        /// Stages are validated, an update without changes saves nothing.
        Operation,
    }
}
choice! {
    /// What a classic list does with an unknown filter key.
    UnknownFilter {
        /// Ignores it.
        #[default]
        Ignore,
        /// Answers an error.
        Error,
    }
}
choice! {
    /// What a change of funnel does to the stage history.
    HistoryMode {
        /// Adds a row of TYPE 5.
        #[default]
        Modern,
        /// Deletes the deal's rows and writes one.
        Old,
        /// Nothing, for somebody deletes every row, those that are there as well.
        Deleted,
    }
}
choice! {
    /// What the database can store.
    Emoji {
        /// Everything.
        #[default]
        Utf8mb4,
        /// Text ends before the first four-byte character.
        Utf8mb3,
    }
}
choice! {
    /// What `app.info` says to a webhook.
    AppInfo {
        /// `ACCESS_DENIED`.
        #[default]
        Denied,
        /// Scope and licence.
        Scope,
    }
}

/// All switches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Switches {
    /// Refuse plain HTTP.
    pub https_required: bool,
    /// The `time` block.
    pub time_block: TimeBlock,
    /// Requests per second and source address; off when absent.
    pub rate_limit: Option<Rate>,
    /// Seconds of work per method in ten minutes; off when absent.
    pub operating_limit: Option<u32>,
    /// What every call adds to `operating`, in milliseconds (the real work takes microseconds).
    pub operating_cost_ms: u64,
    /// HTTP status of `INVALID_CREDENTIALS`.
    pub invalid_credentials_status: u16,
    /// HTTP status of `insufficient_scope`.
    pub insufficient_scope_status: u16,
    /// `app.info`.
    pub app_info_for_webhook: AppInfo,
    /// Write path of the classic methods.
    pub write_path: WritePath,
    /// Whether classic methods refuse a stage of another funnel.
    pub strict_stages: bool,
    /// Unknown filter keys of classic lists.
    pub unknown_filter_classic: UnknownFilter,
    /// Stage history and funnel changes.
    pub history_mode: HistoryMode,
    /// Methods this box does not have; `crm.item.*` drops a family.
    pub missing_methods: Vec<String>,
    /// Delivery of events.
    pub event_transport: Transport,
    /// The companion module, and the shop that it tells; installed when it comes, uninstalled when it goes.
    pub companion: Option<Companion>,
    /// Character set of the database.
    pub emoji: Emoji,
    /// What goes wrong.
    pub faults: Vec<Fault>,
    /// Whether deleted deals can be restored.
    pub recycle_bin: bool,
    /// Added to every answer.
    pub latency_ms: u64,
    /// Scopes of the webhook.
    pub scopes: Vec<String>,
    /// Whether the owner of the webhook still works here.
    pub owner_active: bool,
    /// Whether the owner is an administrator.
    pub owner_admin: bool,
    /// Whether the owner belongs to the intranet.
    pub owner_intranet: bool,
    /// Whether the webhook was deleted.
    pub token_revoked: bool,
    /// Funnels the owner may not see.
    pub denied_funnels: Vec<i64>,
    /// The public part is closed (`PORTAL_DELETED`).
    pub portal_closed: bool,
    /// The administrator blocked the REST (`OVERLOAD_LIMIT`).
    pub overload: bool,
    /// Whether a final stage sets the closing date.
    pub sync_close_date: bool,
    /// Fields a deal must have to enter a stage.
    pub required_on_stage: BTreeMap<String, Vec<String>>,
    /// Robots that move deals.
    pub auto_move: Vec<AutoMove>,
    /// Whether `useOriginalUfNames` is known (CRM 25 and later).
    pub original_uf_names: bool,
    /// Whether codes such as 100 come as numbers.
    pub numeric_error_codes: bool,
    /// Seconds by which the portal's clock is wrong.
    pub clock_shift: i64,
    /// Seed of everything that happens by chance.
    pub chance_seed: u64,
    /// VAT rates; the first entry "without VAT" is always there.
    pub vat_rates: Vec<u32>,
    /// How many requests and commands the journal keeps.
    pub journal_limit: usize,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            https_required: false,
            time_block: TimeBlock::Full,
            rate_limit: None,
            operating_limit: None,
            operating_cost_ms: 0,
            invalid_credentials_status: 401,
            insufficient_scope_status: 403,
            app_info_for_webhook: AppInfo::Denied,
            write_path: WritePath::Legacy,
            strict_stages: false,
            unknown_filter_classic: UnknownFilter::Ignore,
            history_mode: HistoryMode::Modern,
            missing_methods: Vec::new(),
            event_transport: Transport::default(),
            companion: None,
            emoji: Emoji::Utf8mb4,
            faults: Vec::new(),
            recycle_bin: true,
            latency_ms: 0,
            scopes: ["crm", "catalog", "user", "im"].map(str::to_owned).to_vec(),
            owner_active: true,
            owner_admin: true,
            owner_intranet: true,
            token_revoked: false,
            denied_funnels: Vec::new(),
            portal_closed: false,
            overload: false,
            sync_close_date: true,
            required_on_stage: BTreeMap::new(),
            auto_move: Vec::new(),
            original_uf_names: true,
            numeric_error_codes: true,
            clock_shift: 0,
            chance_seed: 1,
            vat_rates: vec![0, 10, 20],
            journal_limit: 20_000,
        }
    }
}

impl Switches {
    /// These switches with those named in a JSON object changed.
    pub fn patched(&self, patch: &[u8]) -> Result<Self, serde_json::Error> {
        let mut whole = serde_json::to_value(self)?;
        let patch: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(patch)?;
        if let Some(map) = whole.as_object_mut() {
            for (key, value) in patch {
                let inner = map.get_mut(&key).filter(|old| old.is_object() && key == "event_transport");
                match (inner.and_then(|old| old.as_object_mut()), value) {
                    (Some(old), serde_json::Value::Object(new)) => old.extend(new),
                    (_, value) => {
                        map.insert(key, value);
                    }
                }
            }
        }
        serde_json::from_value(whole)
    }

    /// Whether the webhook has a scope; `user_brief` is the smaller half of `user`.
    pub fn grants(&self, scope: &str) -> bool {
        let has = |name: &str| self.scopes.iter().any(|s| s == name);
        scope.is_empty() || has(scope) || scope == "user" && has("user_brief")
    }

    /// Whether this box lacks a method.
    pub fn lacks(&self, method: &str) -> bool {
        // A module's own, and the only one of its namespace.
        let foreign = self.companion.is_none() && matches("orderbridge.*", method);
        foreign || self.missing_methods.iter().any(|pattern| matches(pattern, method))
    }
}

/// Whether a method name fits `*`, `crm.item.*` or a name; letter case does not count.
pub fn matches(pattern: &str, method: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => method.get(..prefix.len()).is_some_and(|m| m.eq_ignore_ascii_case(prefix)),
        None => method.eq_ignore_ascii_case(pattern),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patches_and_refuses_unknown_names() {
        let old = Switches::default();
        let new =
            old.patched(br#"{"latency_ms":5,"event_transport":{"loss":10},"rate_limit":{"x":50,"y":2}}"#);
        let new = new.unwrap();
        assert_eq!((new.latency_ms, new.event_transport.loss), (5, 10));
        assert_eq!(new.rate_limit, Some(Rate { x: 50, y: 2 }));
        assert!(old.patched(br#"{"latencyms":5}"#).is_err());
        assert!(old.patched(br#"{"faults":[{"kind":"none"}]}"#).is_err());
    }

    #[test]
    fn patterns() {
        assert!(matches("crm.item.*", "crm.item.add"));
        assert!(matches("*", "batch"));
        assert!(!matches("crm.item.*", "crm.deal.add"));
    }
}
