use super::*;

/// One answer for each row of the tables, with the row's own code in the module.
const SEEN: &[(&str, u32, &str, &str, Then, Code)] = &[
    ("tls", 0, "", "", Then::Stop, Code::PortalTls),
    (
        "timeout",
        0,
        "",
        "",
        Then::AgainQuietly,
        Code::PortalTimeout,
    ),
    ("too_large", 0, "", "", Then::Again, Code::PortalTooLarge),
    ("http", 413, "", "", Then::Again, Code::PortalTooLarge),
    ("http", 429, "", "", Then::Hold(60), Code::PortalLimit),
    ("http", 504, "", "", Then::AgainQuietly, Code::PortalTimeout),
    ("http", 302, "", "", Then::Stop, Code::PortalAddressWrong),
    (
        "http",
        502,
        "",
        "",
        Then::Hold(30),
        Code::PortalAnswerUnreadable,
    ),
    (
        "http",
        200,
        "",
        "",
        Then::Hold(30),
        Code::PortalAnswerUnreadable,
    ),
    ("dns", 0, "", "", Then::Hold(30), Code::PortalUnreachable),
    (
        "new word",
        0,
        "",
        "",
        Then::Hold(30),
        Code::PortalUnreachable,
    ),
    (
        "portal",
        503,
        "QUERY_LIMIT_EXCEEDED",
        "Too many requests",
        Then::Hold(1),
        Code::PortalLimit,
    ),
    (
        "portal",
        429,
        "OPERATION_TIME_LIMIT",
        "",
        Then::Later(60),
        Code::PortalOperatingLimit,
    ),
    (
        "portal",
        503,
        "OVERLOAD_LIMIT",
        "",
        Then::Hold(600),
        Code::PortalOverload,
    ),
    (
        "portal",
        500,
        "PORTAL_DELETED",
        "",
        Then::Hold(600),
        Code::PortalClosed,
    ),
    (
        "portal",
        500,
        "ERROR_UNEXPECTED_ANSWER",
        "",
        Then::Again,
        Code::PortalError,
    ),
    (
        "portal",
        500,
        "ERROR_CORE",
        "SQL query error!",
        Then::Again,
        Code::PortalError,
    ),
    (
        "portal",
        400,
        "",
        "Failed to get list. General error.",
        Then::Again,
        Code::PortalError,
    ),
    (
        "portal",
        400,
        "",
        "Исчерпан выделенный дисковый ресурс",
        Then::Stop,
        Code::PortalDiskFull,
    ),
    (
        "portal",
        401,
        "expired_token",
        "",
        Then::Stop,
        Code::WebhookInvalid,
    ),
    (
        "portal",
        401,
        "METHOD_CONFIRM_WAITING",
        "",
        Then::Stop,
        Code::MethodUnconfirmed,
    ),
    (
        "portal",
        401,
        "authorization_error",
        "",
        Then::Stop,
        Code::WebhookOwnerInactive,
    ),
    (
        "portal",
        403,
        "insufficient_scope",
        "",
        Then::Stop,
        Code::ScopeMissing,
    ),
    (
        "portal",
        403,
        "ACCESS_DENIED",
        "REST API is available only on commercial plans",
        Then::Stop,
        Code::PlanRefused,
    ),
    (
        "portal",
        402,
        "PAYMENT_REQUIRED",
        "",
        Then::Stop,
        Code::PlanRefused,
    ),
    (
        "portal",
        400,
        "INVALID_REQUEST",
        "Https required.",
        Then::Stop,
        Code::HttpsRequired,
    ),
    (
        "portal",
        400,
        "ACCESS_DENIED",
        "Недостаточно прав на смену стадии",
        Then::Dead,
        Code::RightsMissing,
    ),
    (
        "portal",
        403,
        "allowed_only_intranet_user",
        "",
        Then::Stop,
        Code::RightsMissing,
    ),
    (
        "portal",
        400,
        "",
        "Access denied.",
        Then::Stop,
        Code::RightsMissing,
    ),
    (
        "portal",
        404,
        "ERROR_METHOD_NOT_FOUND",
        "Method not found!",
        Then::Stop,
        Code::PortalTooOld,
    ),
    (
        "portal",
        400,
        "NOT_FOUND",
        "Смарт-процесс не найден",
        Then::Stop,
        Code::PortalTooOld,
    ),
    (
        "portal",
        400,
        "CRM_FIELD_ERROR_VALUE_NOT_VALID",
        "",
        Then::Dead,
        Code::FieldRefused,
    ),
    (
        "portal",
        400,
        "CRM_FIELD_ERROR_REQUIRED",
        "",
        Then::Dead,
        Code::FieldRequired,
    ),
    (
        "portal",
        400,
        "0",
        "Неверное значение поля «Тип»",
        Then::Dead,
        Code::FieldRefused,
    ),
    (
        "portal",
        400,
        "",
        "Не заполнено обязательное поле \"Название\"",
        Then::Dead,
        Code::FieldRequired,
    ),
    (
        "portal",
        400,
        "0",
        "Field 'NAME' is required",
        Then::Dead,
        Code::FieldRequired,
    ),
    (
        "portal",
        400,
        "100",
        "Could not find value for parameter {fields}",
        Then::Dead,
        Code::RequestRefused,
    ),
    (
        "portal",
        400,
        "INVALID_ARG_VALUE",
        "Invalid filter",
        Then::Dead,
        Code::RequestRefused,
    ),
    (
        "portal",
        400,
        "",
        "Parameter 'fields' must be array",
        Then::Dead,
        Code::RequestRefused,
    ),
    ("portal", 429, "NEW", "", Then::Hold(60), Code::PortalLimit),
    ("portal", 507, "NEW", "", Then::Again, Code::PortalError),
    (
        "portal",
        400,
        "ERROR_CORE",
        "Что-то",
        Then::Dead,
        Code::PortalRefused,
    ),
    (
        "portal",
        400,
        "200040300010",
        "",
        Then::Dead,
        Code::PortalRefused,
    ),
];

#[test]
fn every_answer_has_its_row_and_every_row_an_answer() {
    let mut rows: Vec<&Answer> = TRANSPORT.iter().chain(REFUSALS).collect();
    for (kind, status, code, text, then, says) in SEEN {
        let failure = Failure {
            kind: (*kind).to_owned(),
            status: *status,
            code: (*code).to_owned(),
            text: (*text).to_owned(),
            after: 0,
        };
        let row = meaning(&failure).unwrap();
        assert_eq!(
            (row.then, row.says),
            (*then, *says),
            "{kind} {status} {code} {text}"
        );
        rows.retain(|other| !core::ptr::eq(*other, row));
    }
    assert!(rows.is_empty(), "no answer reaches {rows:?}");
}

#[test]
fn missing_is_told_from_unknown() {
    let error = |code: &str, text: &str| CallError {
        code: code.to_owned(),
        text: text.to_owned(),
    };
    for (code, text) in [
        ("NOT_FOUND", "Элемент не найден"),
        ("NOT_FOUND", ""),
        ("OWNER_NOT_FOUND", "Owner was not found"),
        ("", "Not found."),
    ] {
        assert!(is_missing(&error(code, text)), "{code} {text}");
    }
    for (code, text) in [
        ("NOT_FOUND", "Смарт-процесс не найден"),
        ("ERROR_METHOD_NOT_FOUND", "Method not found!"),
        ("ACCESS_DENIED", ""),
    ] {
        assert!(!is_missing(&error(code, text)), "{code} {text}");
    }
    assert_eq!(quoted("Неверное значение поля «Валюта»"), "Валюта");
    assert_eq!(quoted("Поле \"Название\" обязательно"), "Название");
    assert_eq!(quoted("что-то \" не так"), "что-то \" не так");
}
