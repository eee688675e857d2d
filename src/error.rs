//! The closed list of codes: everything the core refuses, warns about or reports.
//!
//! Hosts decide on the code, never on the text. The texts live in `error/texts.rs`, in Russian
//! and in English, each with what to do about it.

mod letters;
mod texts;

use crate::contract::write::{wire_words, writes};
use crate::domain::search::replaced;

pub use texts::{Code, ALL};

/// The language of texts for people. Codes and data are the same in every language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub enum Lang {
    /// Russian, which most of our readers read first.
    #[default]
    Ru,
    /// English.
    En,
}

wire_words!(Lang { "ru" => Ru, "en" => En });

/// A code with the particulars of this case, before it is put into words. One pointer, so that a
/// `Result` of anything is hardly wider than the thing: a third of the module was copying it about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem(Box<Case>);

/// What a [`Problem`] points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What it is.
    pub code: Code,
    /// JSON Pointer to the place in the request, when there is one.
    pub path: Option<String>,
    args: Vec<(&'static str, String)>,
}

impl core::ops::Deref for Problem {
    type Target = Case;

    fn deref(&self) -> &Case {
        &self.0
    }
}

impl Problem {
    /// A problem that needs no particulars.
    #[must_use]
    #[inline(never)]
    pub fn new(code: Code) -> Self {
        Self(Box::new(Case {
            code,
            path: None,
            args: Vec::new(),
        }))
    }

    /// Names the place.
    #[must_use]
    pub fn at(self, path: impl Into<String>) -> Self {
        self.standing(path.into())
    }

    #[inline(never)]
    fn standing(mut self, path: String) -> Self {
        self.0.path = Some(path);
        self
    }

    /// Fills `{name}` in the texts.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        self.filling(name, value.into())
    }

    #[inline(never)]
    fn filling(mut self, name: &'static str, value: String) -> Self {
        self.0.args.push((name, value));
        self
    }

    /// In words, for people who read `lang`.
    #[must_use]
    pub fn spoken(&self, lang: Lang) -> Spoken {
        let (message, hint) = self.code.texts(lang);
        Spoken {
            code: self.code.as_str(),
            path: self.path.clone(),
            message: self.filled(message),
            hint: self.filled(hint),
        }
    }

    fn filled(&self, mut out: String) -> String {
        for (name, value) in &self.args {
            out = replaced(&out, &["{", name, "}"].concat(), value);
        }
        out
    }
}

/// A problem in words, as it crosses the border.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Spoken {
    /// Stable, `snake_case`; see `core.describe` for the whole list.
    pub code: &'static str,
    /// JSON Pointer into the request.
    pub path: Option<String>,
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: String,
}

writes!(Spoken {
    code,
    path,
    message,
    hint
});
