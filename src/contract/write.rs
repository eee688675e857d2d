//! From our types to JSON, member by member.
//!
//! One function walks a table of members; derived `Serialize` costs 80 KB of WebAssembly for the
//! types of this border, this a tenth.

use crate::contract::fields::Writing;
use crate::contract::json::{write_text, Json};
use crate::contract::limits::MAX_DEPTH;
use crate::contract::read::{At, Read};
use crate::domain::text::Digits;
use crate::error::Code;

/// What can be written as JSON.
pub trait Write {
    /// Appends the JSON text.
    fn write(&self, out: &mut Vec<u8>);

    /// Whether a member with this value is left out.
    fn absent(&self) -> bool {
        false
    }
}

impl Write for str {
    fn write(&self, out: &mut Vec<u8>) {
        write_text(self, out);
    }
}

impl Write for String {
    fn write(&self, out: &mut Vec<u8>) {
        self.as_str().write(out);
    }
}

impl Write for Json {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.extend_from_slice(b"null"),
            Self::Bool(yes) => yes.write(out),
            Self::Number(digits) => out.extend_from_slice(digits.as_bytes()),
            Self::Text(text) => text.write(out),
            Self::List(rows) => rows.write(out),
            Self::Map(members) => members.write(out),
        }
    }
}

impl Write for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl Write for i64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.digits().as_bytes());
    }
}

impl Write for u32 {
    fn write(&self, out: &mut Vec<u8>) {
        i64::from(*self).write(out);
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(out),
            None => out.extend_from_slice(b"null"),
        }
    }

    fn absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Write + ?Sized> Write for Box<T> {
    fn write(&self, out: &mut Vec<u8>) {
        (**self).write(out);
    }

    fn absent(&self) -> bool {
        (**self).absent()
    }
}

impl<T: Write + ?Sized> Write for &T {
    fn write(&self, out: &mut Vec<u8>) {
        (**self).write(out);
    }

    fn absent(&self) -> bool {
        (**self).absent()
    }
}

impl Write for usize {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.digits().as_bytes());
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.as_slice().write(out);
    }
}

impl<T: Write> Write for [T] {
    fn write(&self, out: &mut Vec<u8>) {
        rows(out, &self, self.len());
    }
}

/// What gives one row after the other. Behind it one function writes all lists.
pub trait Rows {
    /// Writes the row at this place.
    fn get(&self, index: usize, out: &mut Vec<u8>);
}

impl<T: Write> Rows for &[T] {
    fn get(&self, index: usize, out: &mut Vec<u8>) {
        if let Some(row) = <[T]>::get(self, index) {
            row.write(out);
        }
    }
}

impl Rows for Writing {
    fn get(&self, index: usize, out: &mut Vec<u8>) {
        let begun = out.len();
        self.put(index, out);
        if out.len() == begun {
            Json::Null.write(out);
        }
    }
}

/// Writes a list of so many rows.
pub fn rows(out: &mut Vec<u8>, list: &dyn Rows, len: usize) {
    let mut before = b'[';
    for index in 0..len {
        out.push(before);
        list.get(index, out);
        before = b',';
    }
    if before == b'[' {
        out.push(b'[');
    }
    out.push(b']');
}

/// Writes a struct as an object; fields that write nothing are left out. Keys are our own words and
/// need no escaping.
pub fn fields(out: &mut Vec<u8>, value: &Writing) {
    let mut object = Object::open(out);
    for (index, key) in value.keys().iter().enumerate() {
        let end = object.out.len();
        object.key(key);
        let begun = object.out.len();
        value.put(index, object.out);
        if object.out.len() == begun {
            object.out.truncate(end);
        }
    }
    object.close();
}

/// JSON text that is already written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw(Vec<u8>);

impl Raw {
    /// Writes a value now.
    pub fn of(value: &dyn Write) -> Self {
        // Room for most of them: what outgrows its place is copied.
        let mut out = Vec::with_capacity(2048);
        value.write(&mut out);
        Self(out)
    }
}

/// Another of the same, by way of what is written of it: code that copies each member of each struct is
/// two kilobytes of the module.
pub fn again<T: Read + Write>(of: &T) -> T {
    let document = Json::parse(&Raw::of(of).0, MAX_DEPTH).unwrap_or_default();
    // INVARIANT: what is written can be read.
    T::read(document, &At::root("", Code::SettingsUnreadable)).unwrap_or_default()
}

impl From<Raw> for String {
    fn from(raw: Raw) -> Self {
        // INVARIANT: what is written is UTF-8.
        Self::from_utf8(raw.0).unwrap_or_default()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Raw {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Opaque".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "description": "What only the core understands; give it back as it is." })
    }
}

#[cfg(feature = "schema")]
impl serde::Serialize for Raw {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl Write for Raw {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0);
    }
}

/// An object that is being written. Keys are our own words and need no escaping.
pub struct Object<'a> {
    out: &'a mut Vec<u8>,
    start: usize,
}

impl<'a> Object<'a> {
    /// Begins one.
    pub const fn open(out: &'a mut Vec<u8>) -> Self {
        Self {
            start: out.len(),
            out,
        }
    }

    /// A member; nothing when it is absent.
    pub fn put(&mut self, key: &str, value: &dyn Write) {
        if !value.absent() {
            self.key(key);
            value.write(self.out);
        }
    }

    /// A list that has rows.
    pub fn some<T: Write>(&mut self, key: &str, list: &[T]) {
        if !list.is_empty() {
            self.put(key, &list);
        }
    }

    /// Ends it.
    pub fn close(self) {
        if self.out.len() == self.start {
            self.out.push(b'{');
        }
        self.out.push(b'}');
    }

    fn key(&mut self, key: &str) {
        let first = self.out.len() == self.start;
        self.out
            .extend_from_slice(if first { b"{\"" } else { b",\"" });
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
    }
}

/// Writes an object from a table of members; absent ones are left out.
pub fn object(out: &mut Vec<u8>, members: &[(&str, &dyn Write)]) {
    let mut object = Object::open(out);
    for (key, value) in members {
        object.put(key, *value);
    }
    object.close();
}

/// Writes a struct as an object of the fields named, in this order.
macro_rules! writes {
    ($name:ty { $($field:ident),* $(,)? }) => {
        impl $crate::contract::write::Write for $name {
            fn write(&self, out: &mut Vec<u8>) {
                let table = const {
                    &$crate::contract::fields::Table {
                        keys: &[$(stringify!($field)),*],
                        places: &[$(core::mem::offset_of!($name, $field)),*],
                        ways: &[$($crate::contract::fields::putting(|of: &$name| &of.$field)),*],
                    }
                };
                let fields = $crate::contract::fields::Writing::of(self, table);
                $crate::contract::write::fields(out, &fields);
            }
        }
    };
}
pub(crate) use writes;

/// Both ways: [`writes!`] and `reads!`.
macro_rules! wire {
    (only $name:ty { $($field:ident),* $(,)? }) => {
        $crate::contract::read::reads!(only $name { $($field),* });
        $crate::contract::write::writes!($name { $($field),* });
    };
    ($name:ty { $($field:ident),* $(,)? }) => {
        $crate::contract::read::reads!($name { $($field),* });
        $crate::contract::write::writes!($name { $($field),* });
    };
}
pub(crate) use wire;

/// Both ways as a list of the fields' values, for what only the core itself reads again: without the
/// keys it is half as long, and read in half the time.
macro_rules! row {
    ($name:ty { $($field:ident),* $(,)? }) => {
        impl $crate::contract::read::Read for $name {
            fn fill(
                &mut self,
                value: &mut $crate::contract::json::Json,
                at: &$crate::contract::read::At<'_>,
            ) -> Result<(), $crate::error::Problem> {
                const TABLE: &$crate::contract::fields::Table<$crate::contract::fields::Fill> =
                    &$crate::contract::fields::Table {
                        keys: &[],
                        places: &[$(core::mem::offset_of!($name, $field)),*],
                        ways: &[$($crate::contract::fields::filling(|of: &$name| &of.$field)),*],
                    };
                let mut fields = $crate::contract::fields::Reading::of(self, TABLE);
                $crate::contract::read::rows(&mut fields, value, at)
            }
        }
        impl $crate::contract::write::Write for $name {
            fn write(&self, out: &mut Vec<u8>) {
                let table = const {
                    &$crate::contract::fields::Table {
                        keys: &[],
                        places: &[$(core::mem::offset_of!($name, $field)),*],
                        ways: &[$($crate::contract::fields::putting(|of: &$name| &of.$field)),*],
                    }
                };
                let fields = $crate::contract::fields::Writing::of(self, table);
                $crate::contract::write::rows(out, &fields, table.places.len());
            }
        }
    };
}
pub(crate) use row;

/// An enum of words, both ways.
macro_rules! wire_words {
    ($name:ident { $($word:literal => $variant:ident),* $(,)? }) => {
        $crate::contract::read::reads_words!($name { $($word => $variant),* });
        impl $crate::contract::write::Write for $name {
            fn write(&self, out: &mut Vec<u8>) {
                let word = match self {
                    $(Self::$variant => $word,)*
                };
                $crate::contract::json::write_text(word, out);
            }
        }
    };
}
pub(crate) use wire_words;

#[cfg(test)]
mod tests {
    use super::*;

    struct Some2 {
        a: Option<String>,
        b: Vec<u32>,
        c: bool,
    }
    writes!(Some2 { a, b, c });

    #[test]
    fn leaves_out_what_is_absent() {
        let text = |value: &dyn Write| {
            let mut out = Vec::new();
            value.write(&mut out);
            String::from_utf8(out).unwrap_or_default()
        };
        let none = Some2 {
            a: None,
            b: vec![],
            c: true,
        };
        assert_eq!(text(&none), r#"{"b":[],"c":true}"#);
        let some = Some2 {
            a: Some("\"я\n".to_owned()),
            b: vec![1, 2],
            c: false,
        };
        assert_eq!(text(&some), r#"{"a":"\"я\n","b":[1,2],"c":false}"#);
    }
}
