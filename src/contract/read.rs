//! From JSON to our types, with the place of whatever does not fit.
//!
//! A derived `Deserialize` writes a parser per type: 290 KB of WebAssembly for the types of this
//! border, more than the whole module may have. One tree and a table of fields a type are a tenth of
//! that, and know their JSON Pointer.

use crate::contract::fields::Reading;
use crate::contract::json::Json;
use crate::contract::pairs::Pairs;
use crate::domain::decimal::whole;
use crate::domain::search::replaced;
use crate::domain::text::Digits;
use crate::error::{Code, Problem};
use core::mem::take;

/// A place in a document; written out only when there is something to complain of.
#[derive(Clone, Copy)]
pub struct At<'a> {
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
    code: Code,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root(&'a str),
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    /// The top of a document that stands at `pointer`; what does not fit is told as `code`.
    #[must_use]
    pub const fn root(pointer: &'a str, code: Code) -> Self {
        Self {
            parent: None,
            step: Step::Root(pointer),
            code,
        }
    }

    /// A member.
    #[must_use]
    pub const fn key(&'a self, key: &'a str) -> Self {
        At {
            parent: Some(self),
            step: Step::Key(key),
            code: self.code,
        }
    }

    const fn index(&'a self, index: usize) -> Self {
        At {
            parent: Some(self),
            step: Step::Index(index),
            code: self.code,
        }
    }

    /// JSON Pointer, RFC 6901.
    #[must_use]
    pub fn pointer(&self) -> String {
        let mut out = self.parent.map(At::pointer).unwrap_or_default();
        match self.step {
            Step::Root(pointer) => out.push_str(pointer),
            Step::Key(key) => {
                out.push('/');
                out.push_str(&replaced(&replaced(key, "~", "~0"), "/", "~1"));
            }
            Step::Index(index) => {
                out.push('/');
                out.push_str(&index.digits());
            }
        }
        out
    }

    /// What stands here is not `wanted`.
    #[must_use]
    pub fn wants(&self, wanted: &str) -> Problem {
        Problem::new(self.code)
            .at(self.pointer())
            .with("detail", ["expected ", wanted].concat())
    }
}

/// What can be read from JSON. Of the two methods one is enough; each is made of the other.
///
/// Reading fills a value that is there: what is returned would have to be moved to its place, and
/// moving every struct of the border was tens of kilobytes.
pub trait Read: Default {
    /// Reads.
    ///
    /// # Errors
    /// What was expected, and where.
    fn read(mut value: Json, at: &At<'_>) -> Result<Self, Problem> {
        let mut out = Self::default();
        out.fill(&mut value, at)?;
        Ok(out)
    }

    /// Reads into a value; what it takes it takes out of the tree.
    ///
    /// # Errors
    /// What was expected, and where.
    fn fill(&mut self, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        *self = Self::read(take(value), at)?;
        Ok(())
    }
}

impl Read for String {
    fn fill(&mut self, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        let Json::Text(text) = value else {
            return Err(at.wants("a string"));
        };
        *self = take(text);
        Ok(())
    }
}

impl Read for bool {
    fn fill(&mut self, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        let Json::Bool(yes) = value else {
            return Err(at.wants("true or false"));
        };
        *self = *yes;
        Ok(())
    }
}

impl Read for u32 {
    fn fill(&mut self, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        let number = match value {
            Json::Number(number) if !number.starts_with('-') => whole(number),
            _ => None,
        };
        *self = number
            .and_then(|number| Self::try_from(number).ok())
            .ok_or_else(|| at.wants("a whole number from 0 to 4294967295"))?;
        Ok(())
    }
}

impl Read for i64 {
    fn fill(&mut self, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        let number = match value {
            Json::Number(number) => whole(number),
            _ => None,
        };
        *self = number.ok_or_else(|| at.wants("a whole number"))?;
        Ok(())
    }
}

impl Read for Json {
    fn fill(&mut self, value: &mut Json, _: &At<'_>) -> Result<(), Problem> {
        *self = take(value);
        Ok(())
    }
}

impl<T: Read> Read for Option<T> {
    fn fill(&mut self, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        *self = None;
        if *value == Json::Null {
            return Ok(());
        }
        self.insert(T::default()).fill(value, at)
    }
}

impl<T: Read> Read for Box<T> {
    fn fill(&mut self, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        (**self).fill(value, at)
    }
}

impl<T: Read> Read for Vec<T> {
    fn fill(&mut self, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        self.clear();
        rows(self, value, at)
    }
}

/// What takes one row after the other. Behind it one function walks the tree for all lists.
pub trait Rows {
    /// Takes a row.
    ///
    /// # Errors
    /// What was expected, and where.
    fn put(&mut self, index: usize, value: &mut Json, at: &At<'_>) -> Result<(), Problem>;
}

impl<T: Read> Rows for Vec<T> {
    fn put(&mut self, _: usize, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        self.push(T::default());
        self.last_mut().map_or(Ok(()), |last| last.fill(value, at))
    }
}

impl Rows for Reading {
    fn put(&mut self, index: usize, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        if matches!(value, Json::Null) {
            return Ok(());
        }
        self.fill(index, value, at)
    }
}

/// Reads a list, row by row.
///
/// # Errors
/// What was expected, and where.
pub fn rows(out: &mut dyn Rows, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
    let Json::List(rows) = value else {
        return Err(at.wants("a list"));
    };
    for (index, row) in rows.iter_mut().enumerate() {
        out.put(index, row, &at.index(index))?;
    }
    Ok(())
}

/// The members of an object. PHP writes an empty map as `[]`, and means an object.
///
/// # Errors
/// It is something else.
pub fn members<'a>(value: &'a mut Json, at: &At<'_>) -> Result<&'a mut Pairs<Json>, Problem> {
    if matches!(value, Json::List(rows) if rows.is_empty()) {
        *value = Json::Map(Pairs::default());
    }
    match value {
        Json::Map(members) => Ok(members),
        _ => Err(at.wants("an object")),
    }
}

/// Fills the fields whose members are there and not null. With `only`, a member that nobody asked
/// for is refused.
///
/// # Errors
/// What was expected, and where.
pub fn fill(out: &mut Reading, value: &mut Json, at: &At<'_>, only: bool) -> Result<(), Problem> {
    let keys = out.keys();
    let members = members(value, at)?;
    let mut from = 0;
    let mut known = 0usize;
    for (index, key) in keys.iter().enumerate() {
        if known == members.len() {
            return Ok(());
        }
        if let Some(value) = members.next_from(&mut from, key) {
            known = known.saturating_add(1);
            if !matches!(value, Json::Null) {
                out.fill(index, value, &at.key(key))?;
            }
        }
    }
    if only && known < members.len() {
        return Err(unknown(members, at, keys));
    }
    Ok(())
}

#[inline(never)]
fn unknown(members: &Pairs<Json>, at: &At<'_>, keys: &[&str]) -> Problem {
    let key = members
        .iter()
        .map(|(key, _)| key)
        .find(|key| !keys.contains(key));
    at.key(key.unwrap_or_default()).wants("no such key")
}

/// Reads a struct that has a default: members that are absent or null keep it.
/// `reads!(Order { id, number })`; with `only` before the name, unknown members are refused.
macro_rules! reads {
    (only $name:ty { $($field:ident),* $(,)? }) => {
        $crate::contract::read::reads!(@ $name { $($field),* } true);
    };
    ($name:ty { $($field:ident),* $(,)? }) => {
        $crate::contract::read::reads!(@ $name { $($field),* } false);
    };
    (@ $name:ty { $($field:ident),* } $only:literal) => {
        impl $crate::contract::read::Read for $name {
            fn fill(
                &mut self,
                value: &mut $crate::contract::json::Json,
                at: &$crate::contract::read::At<'_>,
            ) -> Result<(), $crate::error::Problem> {
                const TABLE: &$crate::contract::fields::Table<$crate::contract::fields::Fill> =
                    &$crate::contract::fields::Table {
                        keys: &[$(stringify!($field)),*],
                        places: &[$(core::mem::offset_of!($name, $field)),*],
                        ways: &[$($crate::contract::fields::filling(|of: &$name| &of.$field)),*],
                    };
                let mut fields = $crate::contract::fields::Reading::of(self, TABLE);
                $crate::contract::read::fill(&mut fields, value, at, $only)
            }
        }
    };
}
pub(crate) use reads;

/// Which of the words this is; one more than the last when it is none of them.
///
/// # Errors
/// It is none, and `only` these are allowed.
#[inline(never)]
pub fn word(value: &Json, at: &At<'_>, only: bool, words: &[&str]) -> Result<usize, Problem> {
    let found = match value {
        Json::Text(text) => words.iter().position(|word| word == text),
        _ => None,
    };
    match found {
        None if only => Err(at.wants(&["one of ", &words.join(" ")].concat())),
        _ => Ok(found.unwrap_or(words.len())),
    }
}

/// Reads an enum of words: `reads_words!(Pick { "round_robin" => RoundRobin, "first" => First })`;
/// `_ => Variant` at the end takes every other word.
macro_rules! reads_words {
    ($name:ident { $($word:literal => $variant:ident),* $(,)? }) => {
        $crate::contract::read::reads_words!(@ $name true { $($word => $variant),* });
    };
    ($name:ident { $($word:literal => $variant:ident),* , _ => $other:ident }) => {
        $crate::contract::read::reads_words!(@ $name false { $($word => $variant),* } $other);
    };
    (@ $name:ident $only:literal { $($word:literal => $variant:ident),* } $($other:ident)?) => {
        impl $crate::contract::read::Read for $name {
            fn fill(
                &mut self,
                value: &mut $crate::contract::json::Json,
                at: &$crate::contract::read::At<'_>,
            ) -> Result<(), $crate::error::Problem> {
                const VARIANTS: &[$name] = &[$($name::$variant,)* $($name::$other)?];
                let index =
                    $crate::contract::read::word(value, at, $only, const { &[$($word),*] })?;
                if let Some(variant) = VARIANTS.get(index) {
                    *self = *variant;
                }
                Ok(())
            }
        }
    };
}
pub(crate) use reads_words;

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq)]
    struct Inner {
        n: u32,
    }
    reads!(only Inner { n });

    #[derive(Debug, Default, PartialEq)]
    struct Outer {
        list: Vec<Inner>,
        name: String,
    }
    reads!(Outer { list, name });

    fn read(text: &str) -> Result<Outer, Problem> {
        let value = Json::parse(text.as_bytes(), 8).unwrap_or_default();
        Outer::read(value, &At::root("/data", Code::RequestUnreadable))
    }

    #[test]
    fn absent_null_and_unknown_members() {
        let expected = Outer {
            list: vec![Inner { n: 1 }],
            name: String::new(),
        };
        assert_eq!(
            read(r#"{"list":[{"n":1}],"name":null,"other":5}"#),
            Ok(expected)
        );
        assert_eq!(read("[]"), Ok(Outer::default()));
    }

    #[test]
    fn names_the_place() {
        for (text, pointer) in [
            (r#"{"list":[{"n":1},{"n":"1"}]}"#, "/data/list/1/n"),
            (r#"{"list":[{"a/b":1}]}"#, "/data/list/0/a~1b"),
            (r#"{"list":{"n":1}}"#, "/data/list"),
            (r#"{"name":5}"#, "/data/name"),
            ("5", "/data"),
            (r#"{"list":[{"n":-1}]}"#, "/data/list/0/n"),
            (r#"{"list":[{"n":1.5}]}"#, "/data/list/0/n"),
        ] {
            let place = read(text).err().and_then(|problem| problem.path.clone());
            assert_eq!(place.as_deref(), Some(pointer), "{text}");
        }
    }
}
