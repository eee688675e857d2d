//! Errors as the portal words them (REST documentation, system errors).

use std::borrow::Cow;

/// The `error` of an answer: text, sometimes empty, sometimes a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Code {
    /// Text.
    Text(Cow<'static, str>),
    /// A number.
    Num(i64),
}

/// An answer that is an error.
#[derive(Clone, Debug, PartialEq)]
pub struct RestError {
    /// HTTP status outside a batch.
    pub status: u16,
    /// `error`.
    pub code: Code,
    /// `error_description`.
    pub text: Cow<'static, str>,
}

impl RestError {
    /// An error with a text code.
    pub fn new(status: u16, code: impl Into<Cow<'static, str>>, text: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code: Code::Text(code.into()), text: text.into() }
    }

    /// 400 with an empty code, the habit of the classic methods.
    pub fn plain(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "", text)
    }

    /// 400 `ERROR_CORE`.
    pub fn core(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "ERROR_CORE", text)
    }

    /// 400 with a numeric code, the habit of the controllers.
    pub fn numeric(code: i64, text: impl Into<Cow<'static, str>>) -> Self {
        Self { status: 400, code: Code::Num(code), text: text.into() }
    }

    /// 100: a controller's argument is missing.
    pub fn missing(name: &str) -> Self {
        Self::numeric(100, format!("Could not find value for parameter {{{name}}}"))
    }

    /// A controller's value cannot be used.
    pub fn invalid(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "INVALID_ARG_VALUE", text)
    }

    /// A universal element that is not there.
    pub fn no_element() -> Self {
        Self::new(400, "NOT_FOUND", "Элемент не найден")
    }

    /// A universal denial.
    pub fn denied() -> Self {
        Self::new(400, "ACCESS_DENIED", "Доступ запрещен")
    }

    /// A classic denial.
    pub fn access() -> Self {
        Self::plain("Access denied")
    }

    /// A classic element that is not there.
    pub fn not_found() -> Self {
        Self::plain("Not found")
    }

    /// A classic id that is none.
    pub fn bad_id() -> Self {
        Self::plain("ID is not defined or invalid")
    }

    /// The code as text.
    pub fn code_text(&self) -> String {
        match &self.code {
            Code::Text(text) => text.clone().into_owned(),
            Code::Num(n) => n.to_string(),
        }
    }
}
