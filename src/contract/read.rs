//! From JSON to our types, with the place of whatever does not fit.
//!
//! A derived `Deserialize` writes a parser per type: 290 KB of WebAssembly for the types of this
//! border, more than the whole module may have. One tree and a table of fields a type are a tenth of
//! that, and know their JSON Pointer.

use crate::contract::json::Json;
use crate::contract::pairs::Pairs;
use crate::error::{Code, Problem};

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
                out.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Step::Index(index) => {
                out.push('/');
                out.push_str(&index.to_string());
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

/// What can be read from JSON.
pub trait Read: Sized {
    /// Reads.
    ///
    /// # Errors
    /// What was expected, and where.
    fn read(value: Json, at: &At<'_>) -> Result<Self, Problem>;
}

impl Read for String {
    fn read(value: Json, at: &At<'_>) -> Result<Self, Problem> {
        match value {
            Json::Text(text) => Ok(text),
            _ => Err(at.wants("a string")),
        }
    }
}

impl Read for bool {
    fn read(value: Json, at: &At<'_>) -> Result<Self, Problem> {
        match value {
            Json::Bool(yes) => Ok(yes),
            _ => Err(at.wants("true or false")),
        }
    }
}

impl Read for u32 {
    fn read(value: Json, at: &At<'_>) -> Result<Self, Problem> {
        match value {
            Json::Number(number) => number.parse().ok(),
            _ => None,
        }
        .ok_or_else(|| at.wants("a whole number from 0 to 4294967295"))
    }
}

impl Read for i64 {
    fn read(value: Json, at: &At<'_>) -> Result<Self, Problem> {
        match value {
            Json::Number(number) => number.parse().ok(),
            _ => None,
        }
        .ok_or_else(|| at.wants("a whole number"))
    }
}

impl Read for Json {
    fn read(value: Json, _: &At<'_>) -> Result<Self, Problem> {
        Ok(value)
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Json, at: &At<'_>) -> Result<Self, Problem> {
        match value {
            Json::Null => Ok(None),
            value => T::read(value, at).map(Some),
        }
    }
}

impl<T: Read> Read for Box<T> {
    fn read(value: Json, at: &At<'_>) -> Result<Self, Problem> {
        T::read(value, at).map(Box::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Json, at: &At<'_>) -> Result<Self, Problem> {
        let mut out = Self::new();
        each(value, at, &mut |row, at| {
            out.push(T::read(row, at)?);
            Ok(())
        })?;
        Ok(out)
    }
}

fn each(
    value: Json,
    at: &At<'_>,
    take: &mut dyn FnMut(Json, &At<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let Json::List(rows) = value else {
        return Err(at.wants("a list"));
    };
    for (index, row) in rows.into_iter().enumerate() {
        take(row, &at.index(index))?;
    }
    Ok(())
}

/// The members of an object. PHP writes an empty map as `[]`, and means an object.
///
/// # Errors
/// It is something else.
pub fn object(value: Json, at: &At<'_>) -> Result<Pairs<Json>, Problem> {
    match value {
        Json::Map(members) => Ok(members),
        Json::List(rows) if rows.is_empty() => Ok(Pairs::default()),
        _ => Err(at.wants("an object")),
    }
}

/// A member that is there and is not null.
pub fn member(members: &mut Pairs<Json>, key: &str) -> Option<Json> {
    members.take(key).filter(|value| *value != Json::Null)
}

/// A field that takes what is read. A struct is a table of these, walked by one function: code per
/// field, not per struct, is what the module's size allows.
pub trait Slot {
    /// Reads into the field.
    ///
    /// # Errors
    /// What was expected, and where.
    fn fill(&mut self, value: Json, at: &At<'_>) -> Result<(), Problem>;
}

impl<T: Read> Slot for T {
    fn fill(&mut self, value: Json, at: &At<'_>) -> Result<(), Problem> {
        *self = T::read(value, at)?;
        Ok(())
    }
}

/// Fills the fields whose members are there and not null. With `only`, a member that nobody asked
/// for is refused.
///
/// # Errors
/// What was expected, and where.
pub fn fill(
    value: Json,
    at: &At<'_>,
    only: bool,
    fields: &mut [(&str, &mut dyn Slot)],
) -> Result<(), Problem> {
    let mut members = object(value, at)?;
    for (key, slot) in fields {
        if let Some(value) = member(&mut members, key) {
            slot.fill(value, &at.key(key))?;
        }
    }
    match members.first().filter(|_| only) {
        None => Ok(()),
        Some(key) => Err(at.key(key).wants("no such key")),
    }
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
            fn read(
                value: $crate::contract::json::Json,
                at: &$crate::contract::read::At<'_>,
            ) -> Result<Self, $crate::error::Problem> {
                let mut out = Self::default();
                $crate::contract::read::fill(
                    value,
                    at,
                    $only,
                    &mut [$((stringify!($field), &mut out.$field)),*],
                )?;
                Ok(out)
            }
        }
    };
}
pub(crate) use reads;

/// Reads an enum of words: `reads_words!(Pick { "round_robin" => RoundRobin, "first" => First })`;
/// `_ => Variant` at the end takes every other word.
macro_rules! reads_words {
    ($name:ident { $($word:literal => $variant:ident),* $(,)? }) => {
        $crate::contract::read::reads_words!(@ $name { $($word => $variant),* }
            at => Err(at.wants(concat!("one of", $(" ", $word),*))));
    };
    ($name:ident { $($word:literal => $variant:ident),* , _ => $other:ident }) => {
        $crate::contract::read::reads_words!(@ $name { $($word => $variant),* } _at => Ok(Self::$other));
    };
    (@ $name:ident { $($word:literal => $variant:ident),* } $at:ident => $otherwise:expr) => {
        impl $crate::contract::read::Read for $name {
            fn read(
                value: $crate::contract::json::Json,
                $at: &$crate::contract::read::At<'_>,
            ) -> Result<Self, $crate::error::Problem> {
                match value {
                    $($crate::contract::json::Json::Text(word) if word == $word => Ok(Self::$variant),)*
                    _ => $otherwise,
                }
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
