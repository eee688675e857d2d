//! A map that keeps its order and is small enough to be searched from the front.

use crate::contract::json::Json;
use crate::contract::read::{members, At, Read};
use crate::contract::write::Write;
use crate::error::Problem;
use core::mem::take;

/// Text keys with values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairs<T>(Vec<(String, T)>);

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Pairs<T> {
    /// Empty, with room for the members of an order's line: the arena keeps every place that a list has
    /// outgrown, and a thousand lines outgrew half a megabyte.
    #[must_use]
    pub fn roomy() -> Self {
        Self(Vec::with_capacity(12))
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        self.0
            .iter_mut()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// Puts a value, in the place of a former one.
    pub fn put(&mut self, key: &str, value: T) {
        match self.get_mut(key) {
            Some(known) => *known = value,
            None => self.0.push((key.to_owned(), value)),
        }
    }

    /// Adds a value whose key is known to be new; where it lies, always.
    pub fn push(&mut self, key: String, value: T) -> Option<&mut T> {
        self.0.push((key, value));
        self.0.last_mut().map(|(_, value)| value)
    }

    /// The value of a key that most likely stands at `from`, where the last one asked for ended.
    pub(crate) fn next_from(&mut self, from: &mut usize, key: &str) -> Option<&mut T> {
        let is = |(name, _): &(String, T)| name == key;
        let at = if self.0.get(*from).is_some_and(is) {
            *from
        } else {
            self.0.iter().position(is)?
        };
        *from = at.saturating_add(1);
        self.0.get_mut(at).map(|(_, value)| value)
    }

    /// Takes a value out.
    pub fn take(&mut self, key: &str) -> Option<T> {
        let at = self.0.iter().position(|(name, _)| name == key)?;
        Some(self.0.remove(at).1)
    }

    /// The first key.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.0.first().map(|(name, _)| name.as_str())
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The values in order, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }
}

impl<T: Write> Write for Pairs<T> {
    fn write(&self, out: &mut Vec<u8>) {
        let mut before = b'{';
        for (key, value) in &self.0 {
            out.push(before);
            key.write(out);
            out.push(b':');
            value.write(out);
            before = b',';
        }
        if before == b'{' {
            out.push(b'{');
        }
        out.push(b'}');
    }

    fn absent(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Read> Read for Pairs<T> {
    fn fill(&mut self, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        self.0.clear();
        for (key, value) in &mut members(value, at)?.0 {
            self.0.push((take(key), T::default()));
            if let Some((key, last)) = self.0.last_mut() {
                last.fill(value, &at.key(key))?;
            }
        }
        Ok(())
    }
}

impl<T> IntoIterator for Pairs<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Pairs<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        std::collections::BTreeMap::<String, T>::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        std::collections::BTreeMap::<String, T>::json_schema(generator)
    }
}

#[cfg(feature = "schema")]
impl<T: serde::Serialize> serde::Serialize for Pairs<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
