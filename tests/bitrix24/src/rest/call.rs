//! One call of one method, and the parameters' two manners.

use crate::model::changes::Hit;
use crate::model::portal::Portal;
use crate::php::{Arr, Php};

use super::error::RestError;

/// An answer of a method.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `result`.
    pub result: Php,
    /// `total`.
    pub total: Option<i64>,
    /// `next`.
    pub next: Option<i64>,
}

impl From<Php> for Answer {
    fn from(result: Php) -> Self {
        Self { result, total: None, next: None }
    }
}

impl Answer {
    /// A list with everything in it.
    pub fn whole(result: Php, total: usize) -> Self {
        Self { result, total: Some(total as i64), next: None }
    }
}

/// What a method answers.
pub type Reply = Result<Answer, RestError>;

/// A method's body.
pub type Body = fn(&mut Portal, &mut Hit, &Params) -> Reply;

/// Parameters of a call.
#[derive(Clone, Debug, Default)]
pub struct Params(pub Arr);

impl Params {
    /// A parameter by its exact name, as controllers want it.
    pub fn exact(&self, name: &str) -> Option<&Php> {
        self.0.get(name)
    }

    /// The same, or error 100.
    pub fn need(&self, name: &str) -> Result<&Php, RestError> {
        match self.exact(name) {
            Some(Php::Null) | None => Err(RestError::missing(name)),
            Some(value) => Ok(value),
        }
    }

    /// The same, as an array.
    pub fn need_arr(&self, name: &str) -> Result<&Arr, RestError> {
        let value = self.need(name)?;
        value.as_arr().ok_or_else(|| RestError::missing(name))
    }

    /// The same, as a number.
    pub fn need_int(&self, name: &str) -> Result<i64, RestError> {
        let value = self.need(name)?;
        match value {
            Php::Arr(_) => Err(RestError::missing(name)),
            other if other.text().trim().is_empty() => Err(RestError::missing(name)),
            other => Ok(other.int()),
        }
    }

    /// A parameter under any of the spellings classic methods accept: `fields`, `FIELDS`, `Fields`,
    /// `arFields`.
    pub fn loose(&self, name: &str) -> Option<&Php> {
        let upper = name.to_uppercase();
        let (head, tail) = name.split_at(name.len().min(1));
        let title = format!("{}{tail}", head.to_uppercase());
        let ar = format!("ar{title}");
        let found = [name, &upper, &title, &ar].into_iter().find_map(|n| self.0.get(n));
        found
    }

    /// A classic array parameter: absent is empty, anything else but an array is an error.
    pub fn loose_arr(&self, name: &'static str) -> Result<Arr, RestError> {
        match self.loose(name) {
            None | Some(Php::Null) => Ok(Arr::new()),
            Some(Php::Arr(a)) => Ok(a.clone()),
            Some(Php::Str(s)) if s.is_empty() => Ok(Arr::new()),
            Some(_) => Err(RestError::plain(format!("Parameter '{name}' must be array"))),
        }
    }

    /// A classic id; `None` when it is not a positive number.
    pub fn loose_id(&self) -> Option<i64> {
        self.loose("id").map(Php::int).filter(|id| *id > 0)
    }
}
