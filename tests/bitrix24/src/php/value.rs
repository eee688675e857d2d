//! A PHP value and its casts.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_decimal::Decimal;

/// Above this many entries an array keeps an index beside its list.
const INDEX_FROM: usize = 16;

/// A key of a PHP array: decimal integers are integers, everything else is text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// `$a[5]` and `$a["5"]`.
    Int(i64),
    /// `$a["x"]`.
    Str(Cow<'static, str>),
}

impl Key {
    /// The key PHP would make of this text.
    pub fn of(text: &str) -> Self {
        match canonical_int(text) {
            Some(n) => Self::Int(n),
            None => Self::Str(Cow::Owned(text.to_owned())),
        }
    }

    /// The key as text.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Int(n) => Cow::Owned(n.to_string()),
            Self::Str(s) => Cow::Borrowed(s),
        }
    }
}

fn canonical_int(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty()
        && digits.len() < 19
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'))
        && text != "-0";
    if plain {
        text.parse().ok()
    } else {
        None
    }
}

/// An ordered PHP array.
#[derive(Clone, Debug, Default)]
pub struct Arr {
    items: Vec<(Key, Php)>,
    index: Option<HashMap<Key, usize>>,
    next: i64,
}

impl PartialEq for Arr {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl Arr {
    /// An empty array.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    fn position(&self, key: &Key) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(key).copied(),
            None => self.items.iter().position(|(k, _)| k == key),
        }
    }

    /// The value under a key.
    pub fn get_key(&self, key: &Key) -> Option<&Php> {
        self.position(key).map(|at| &self.items[at].1)
    }

    /// The value under a text key.
    pub fn get(&self, key: &str) -> Option<&Php> {
        if self.index.is_none() {
            return self.items.iter().find(|(k, _)| k.text() == key).map(|(_, v)| v);
        }
        self.get_key(&Key::of(key))
    }

    /// Sets a value, keeping the place of a key that is already there.
    pub fn set(&mut self, key: Key, value: Php) {
        *self.entry(key) = value;
    }

    /// The slot of a key, made when absent.
    pub fn entry(&mut self, key: Key) -> &mut Php {
        let at = if let Some(at) = self.position(&key) {
            at
        } else {
            if let Key::Int(n) = key {
                self.next = self.next.max(n.saturating_add(1));
            }
            if let Some(index) = &mut self.index {
                index.insert(key.clone(), self.items.len());
            }
            self.items.push((key, Php::Null));
            if self.index.is_none() && self.items.len() > INDEX_FROM {
                let index = self.items.iter().enumerate().map(|(i, (k, _))| (k.clone(), i));
                self.index = Some(index.collect());
            }
            self.items.len() - 1
        };
        &mut self.items[at].1
    }

    /// `$a[] = value`.
    pub fn push(&mut self, value: Php) {
        let key = Key::Int(self.next);
        self.set(key, value);
    }

    /// Appends a key known to be new; for building answers.
    pub fn put(&mut self, key: &'static str, value: impl Into<Php>) {
        self.set(Key::Str(Cow::Borrowed(key)), value.into());
    }

    /// Sets a value under a text key.
    pub fn put_text(&mut self, key: &str, value: impl Into<Php>) {
        self.set(Key::of(key), value.into());
    }

    /// Drops a key.
    pub fn remove(&mut self, key: &str) -> Option<Php> {
        let at = self.position(&Key::of(key))?;
        self.index = None;
        Some(self.items.remove(at).1)
    }

    /// The entries in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Php)> {
        self.items.iter().map(|(k, v)| (k, v))
    }

    /// The values in order.
    pub fn values(&self) -> impl Iterator<Item = &Php> {
        self.items.iter().map(|(_, v)| v)
    }

    /// Whether the keys are 0, 1, 2 … in order.
    pub fn is_list(&self) -> bool {
        self.items.iter().enumerate().all(|(i, (k, _))| *k == Key::Int(i as i64))
    }
}

/// A PHP value.
#[derive(Clone, Debug, PartialEq)]
pub enum Php {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction, kept as its text.
    Num(String),
    /// A string.
    Str(String),
    /// An array.
    Arr(Arr),
    /// An object without properties: prints `{}` where an array would print `[]`.
    EmptyObject,
}

impl Php {
    /// A member of an array.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Arr(a) => a.get(key),
            _ => None,
        }
    }

    /// The array, when this is one.
    pub fn as_arr(&self) -> Option<&Arr> {
        match self {
            Self::Arr(a) => Some(a),
            _ => None,
        }
    }

    /// The string cast.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Null | Self::Bool(false) => Cow::Borrowed(""),
            Self::Bool(true) => Cow::Borrowed("1"),
            Self::Int(n) => Cow::Owned(n.to_string()),
            Self::Num(s) | Self::Str(s) => Cow::Borrowed(s),
            Self::Arr(_) | Self::EmptyObject => Cow::Borrowed("Array"),
        }
    }

    /// `intval`: the leading whole number, else 0.
    pub fn int(&self) -> i64 {
        match self {
            Self::Null | Self::EmptyObject => 0,
            Self::Bool(b) => i64::from(*b),
            Self::Int(n) => *n,
            Self::Num(s) | Self::Str(s) => leading_int(s),
            Self::Arr(a) => i64::from(!a.is_empty()),
        }
    }

    /// The number as a decimal; `None` when the text is not a number.
    pub fn decimal(&self) -> Option<Decimal> {
        match self {
            Self::Int(n) => Some(Decimal::from(*n)),
            Self::Bool(b) => Some(Decimal::from(i64::from(*b))),
            Self::Num(s) | Self::Str(s) => {
                let clean: String = s.trim().replace(',', ".").replace([' ', '\u{a0}'], "");
                clean.parse().or_else(|_| Decimal::from_scientific(&clean)).ok()
            }
            Self::Null | Self::Arr(_) | Self::EmptyObject => None,
        }
    }

    /// PHP's `empty()`.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null | Self::Bool(false) | Self::Int(0) => true,
            Self::Bool(true) | Self::Int(_) | Self::EmptyObject => false,
            Self::Num(s) => s.parse::<f64>().is_ok_and(|n| n == 0.0),
            Self::Str(s) => s.is_empty() || s == "0",
            Self::Arr(a) => a.is_empty(),
        }
    }

    /// A decimal printed as PHP prints a float: no trailing zeros.
    pub fn number(value: Decimal) -> Self {
        let value = value.normalize();
        if value.scale() == 0 {
            if let Ok(n) = i64::try_from(value) {
                return Self::Int(n);
            }
        }
        Self::Num(value.to_string())
    }

    /// The values of an array, or the value itself alone.
    pub fn each(&self) -> Vec<&Self> {
        match self {
            Self::Arr(a) => a.values().collect(),
            other => vec![other],
        }
    }
}

fn leading_int(text: &str) -> i64 {
    let text = text.trim_start();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(digits.len());
    if end == 0 {
        return 0;
    }
    digits[..end].parse::<i64>().map_or(if sign < 0 { i64::MIN } else { i64::MAX }, |n| sign * n)
}

impl From<bool> for Php {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Php {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<i32> for Php {
    fn from(value: i32) -> Self {
        Self::Int(value.into())
    }
}

impl From<usize> for Php {
    fn from(value: usize) -> Self {
        Self::Int(value as i64)
    }
}

impl From<&str> for Php {
    fn from(value: &str) -> Self {
        Self::Str(value.to_owned())
    }
}

impl From<String> for Php {
    fn from(value: String) -> Self {
        Self::Str(value)
    }
}

impl From<Arr> for Php {
    fn from(value: Arr) -> Self {
        Self::Arr(value)
    }
}

impl<T: Into<Php>> From<Option<T>> for Php {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// An array with the given keys.
pub fn arr<const N: usize>(entries: [(&'static str, Php); N]) -> Arr {
    let mut out = Arr::new();
    for (key, value) in entries {
        out.put(key, value);
    }
    out
}

/// The same as a value.
pub fn obj<const N: usize>(entries: [(&'static str, Php); N]) -> Php {
    Php::Arr(arr(entries))
}

/// A list of values.
pub fn list(values: impl IntoIterator<Item = impl Into<Php>>) -> Php {
    let mut out = Arr::new();
    for value in values {
        out.push(value.into());
    }
    Php::Arr(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_cast_like_php() {
        assert_eq!(Key::of("15"), Key::Int(15));
        assert_eq!(Key::of("-3"), Key::Int(-3));
        assert_eq!(Key::of("05").text(), "05");
        assert_eq!(Key::of("n0").text(), "n0");
    }

    #[test]
    fn casts_follow_php() {
        assert_eq!(Php::from("12abc").int(), 12);
        assert_eq!(Php::from("abc").int(), 0);
        assert!(Php::from("0").is_empty());
        assert!(!Php::from("0.0").is_empty());
        assert_eq!(Php::from(" 1 000,50").decimal(), Some(Decimal::new(100_050, 2)));
        assert_eq!(Php::number(Decimal::new(10_000, 2)), Php::Int(100));
    }

    #[test]
    fn long_arrays_keep_order_and_find_keys() {
        let mut a = Arr::new();
        for n in 0..100 {
            a.put_text(&format!("k{n}"), n);
        }
        a.put_text("k5", 500);
        assert_eq!(a.get("k5"), Some(&Php::Int(500)));
        assert_eq!(a.len(), 100);
        assert!(!a.is_list());
    }
}
