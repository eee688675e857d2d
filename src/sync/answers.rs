//! What each answer of the portal means: one table, from which `php-bridge/ANSWERS.md` is made.
//!
//! Decided by the error's code, never by the HTTP status of a readable answer: the documentation and the
//! portals disagree about statuses. Bitrix24: REST documentation, "Error codes", "Limits", and the errors
//! of each method that we call.

use crate::domain::search::has;
use crate::error::Code;

/// What we do about an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// The same again by the schedule, which ends after three days. It counts as an attempt.
    Again,
    /// The same, and meanwhile the whole portal is left alone for half a minute.
    AgainQuietly,
    /// The whole portal is left alone for so many seconds, or longer if it says so. No attempt is spent.
    Hold(u32),
    /// This order waits for so many seconds, or as long as the portal says. No attempt is spent.
    Later(u32),
    /// The whole portal is left alone until a person has mended something; looked at again by itself.
    Stop,
    /// This order waits for a person.
    Dead,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// The portal's code in upper case, or the transport's word; several are parted by `|`, `*` is any
    /// code of the portal, and nothing is the empty one.
    pub code: &'static str,
    /// What the text must have in it besides, one of those parted by `|`, in lower case; nothing: any text.
    /// `http413` is the HTTP status of the whole answer.
    pub text: &'static str,
    /// What we do.
    pub then: Then,
    /// What the person reads.
    pub says: Code,
}

impl Answer {
    /// Whether a code in upper case and a text in lower case are this.
    #[must_use]
    pub fn fits(&self, code: &str, text: &str) -> bool {
        (self.code == "*" || self.code.split('|').any(|one| one == code))
            && (self.text.is_empty() || self.text.split('|').any(|part| has(text, part)))
    }
}

const fn row(code: &'static str, text: &'static str, then: Then, says: Code) -> Answer {
    Answer {
        code,
        text,
        then,
        says,
    }
}

/// When nothing came back that could be read. The last row is for every other word.
pub static TRANSPORT: &[Answer] = &[
    row("tls", "", Then::Stop, Code::PortalTls),
    row("timeout", "", Then::AgainQuietly, Code::PortalTimeout),
    row("too_large", "", Then::Again, Code::PortalTooLarge),
    row("http", "http413", Then::Again, Code::PortalTooLarge),
    row("http", "http429", Then::Hold(60), Code::PortalLimit),
    row(
        "http",
        "http408|http504",
        Then::AgainQuietly,
        Code::PortalTimeout,
    ),
    row(
        "http",
        "http30|http401|http403|http404|http405",
        Then::Stop,
        Code::PortalAddressWrong,
    ),
    row("http", "", Then::Hold(30), Code::PortalAnswerUnreadable),
    row(
        "dns|refused|connect|reset",
        "",
        Then::Hold(30),
        Code::PortalUnreachable,
    ),
];

/// The deal, or the rows' owner, that was asked for is not there: told by the tasks, which know which.
pub static MISSING: &[Answer] = &[
    row("NOT_FOUND|OWNER_NOT_FOUND", "", Then::Dead, Code::DealGone),
    row(
        "|0",
        "not found|элемент не найден",
        Then::Dead,
        Code::DealGone,
    ),
];

/// The order's currency, told by the push, which knows it.
pub const CURRENCY: Answer = row(
    "*",
    "валюта|currencyid|currency",
    Then::Dead,
    Code::CurrencyUnknown,
);

/// When the portal has said no. The first row that fits counts; the last ones are for what nobody knows.
pub static REFUSALS: &[Answer] = &[
    // Too much, or closed.
    row(
        "QUERY_LIMIT_EXCEEDED",
        "",
        Then::Hold(1),
        Code::PortalLimit,
    ),
    row(
        "OPERATION_TIME_LIMIT",
        "",
        Then::Later(60),
        Code::PortalOperatingLimit,
    ),
    row("OVERLOAD_LIMIT", "", Then::Hold(600), Code::PortalOverload),
    row("PORTAL_DELETED", "", Then::Hold(600), Code::PortalClosed),
    // The portal's own trouble.
    row(
        "INTERNAL_SERVER_ERROR|ERROR_UNEXPECTED_ANSWER|WRONG_ENCODING",
        "",
        Then::Again,
        Code::PortalError,
    ),
    row(
        "*",
        "sql query error|general error|deadlock",
        Then::Again,
        Code::PortalError,
    ),
    row(
        "*",
        "дисковый ресурс|disk quota",
        Then::Stop,
        Code::PortalDiskFull,
    ),
    // The webhook and its rights.
    row(
        "INVALID_CREDENTIALS|NO_AUTH_FOUND|EXPIRED_TOKEN|INVALID_TOKEN|WRONG_AUTH_TYPE",
        "",
        Then::Stop,
        Code::WebhookInvalid,
    ),
    row(
        "METHOD_CONFIRM_WAITING|METHOD_CONFIRM_DENIED",
        "",
        Then::Stop,
        Code::MethodUnconfirmed,
    ),
    row(
        "AUTHORIZATION_ERROR|USER_NOT_FOUND_OR_IS_NOT_ACTIVE|USER_ACCESS_ERROR",
        "",
        Then::Stop,
        Code::WebhookOwnerInactive,
    ),
    row("INSUFFICIENT_SCOPE", "", Then::Stop, Code::ScopeMissing),
    row("ACCESS_DENIED", "commercial", Then::Stop, Code::PlanRefused),
    row("PAYMENT_REQUIRED", "", Then::Stop, Code::PlanRefused),
    row("INVALID_REQUEST", "https", Then::Stop, Code::HttpsRequired),
    row(
        "*",
        "недостаточно прав на смену стадии",
        Then::Dead,
        Code::RightsMissing,
    ),
    row(
        "ACCESS_DENIED|ALLOWED_ONLY_INTRANET_USER",
        "",
        Then::Stop,
        Code::RightsMissing,
    ),
    row("", "access denied", Then::Stop, Code::RightsMissing),
    // The box is too old.
    row(
        "ERROR_METHOD_NOT_FOUND|ENTITY_TYPE_NOT_SUPPORTED",
        "",
        Then::Stop,
        Code::PortalTooOld,
    ),
    row(
        "NOT_FOUND",
        "процесс|smart process",
        Then::Stop,
        Code::PortalTooOld,
    ),
    // A field.
    row(
        "CRM_FIELD_ERROR_VALUE_NOT_VALID",
        "",
        Then::Dead,
        Code::FieldRefused,
    ),
    row(
        "CRM_FIELD_ERROR_REQUIRED",
        "",
        Then::Dead,
        Code::FieldRequired,
    ),
    row(
        "|0|ERROR_CORE",
        "неверное значение поля|содержит некорректн",
        Then::Dead,
        Code::FieldRefused,
    ),
    row(
        "|0|ERROR_CORE",
        "обязательн|field 'name' is required",
        Then::Dead,
        Code::FieldRequired,
    ),
    // We have asked wrongly.
    row(
        "100|INVALID_ARG_VALUE|ERROR_ARGUMENT|ERROR_BATCH_LENGTH_EXCEEDED|ERROR_BATCH_METHOD_NOT_ALLOWED\
         |ERROR_MANIFEST_IS_NOT_AVAILABLE|ADDING_DISABLED|WRONG_DATETIME_FORMAT",
        "",
        Then::Dead,
        Code::RequestRefused,
    ),
    row(
        "",
        "must be array|is not defined or invalid|is required",
        Then::Dead,
        Code::RequestRefused,
    ),
    // Nobody knows it: theirs is tried again, for a while; ours is for a person.
    row("*", "http429", Then::Hold(60), Code::PortalLimit),
    row("*", "http5", Then::Again, Code::PortalError),
    row("*", "", Then::Dead, Code::PortalRefused),
];
