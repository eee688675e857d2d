//! A stored deal, contact or company.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::fields::F;

/// A stored value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Val {
    /// No value.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Str(Box<str>),
    /// A decimal number.
    Dec(Decimal),
    /// Seconds since the epoch.
    Time(i64),
    /// Yes or no.
    Bool(bool),
    /// A multiple value.
    List(Vec<Val>),
}

impl Val {
    /// Text as a value.
    pub fn text(text: &str) -> Self {
        Self::Str(text.into())
    }

    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Str(s) => s.is_empty(),
            Self::List(l) => l.is_empty(),
            _ => false,
        }
    }
}

/// One phone, e-mail, site or messenger of a contact or company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Multi {
    /// Its own id.
    pub id: i64,
    /// PHONE, EMAIL, WEB, IM or LINK.
    pub kind: Box<str>,
    /// WORK, MOBILE, …
    pub value_type: Box<str>,
    /// As it was sent.
    pub value: Box<str>,
}

/// A deal, contact or company.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Fields that have a value, sorted.
    #[serde(with = "slots")]
    fields: Vec<(F, Val)>,
    /// User fields that have a value, by full name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub uf: BTreeMap<Box<str>, Val>,
    /// Phones and the like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub multi: Vec<Multi>,
    /// Bound contacts of a deal, the first being the main one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<i64>,
    /// Watching users of a deal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observers: Vec<i64>,
}

impl Record {
    /// A field's value.
    pub fn get(&self, field: F) -> &Val {
        match self.fields.binary_search_by_key(&field, |(f, _)| *f) {
            Ok(at) => &self.fields[at].1,
            Err(_) => &Val::Null,
        }
    }

    /// Sets a field.
    pub fn set(&mut self, field: F, value: Val) {
        match (self.fields.binary_search_by_key(&field, |(f, _)| *f), value) {
            (Ok(at), Val::Null) => {
                self.fields.remove(at);
            }
            (Ok(at), value) => self.fields[at].1 = value,
            (Err(_), Val::Null) => {}
            (Err(at), value) => self.fields.insert(at, (field, value)),
        }
    }

    /// Gives back what growing left over.
    pub fn shrink(&mut self) {
        self.fields.shrink_to_fit();
        self.multi.shrink_to_fit();
        self.contacts.shrink_to_fit();
    }

    /// A number, 0 when absent.
    pub fn int(&self, field: F) -> i64 {
        match self.get(field) {
            Val::Int(n) | Val::Time(n) => *n,
            Val::Bool(b) => i64::from(*b),
            _ => 0,
        }
    }

    /// A text, empty when absent.
    pub fn text(&self, field: F) -> &str {
        match self.get(field) {
            Val::Str(s) => s,
            _ => "",
        }
    }

    /// A flag.
    pub fn flag(&self, field: F) -> bool {
        matches!(self.get(field), Val::Bool(true))
    }

    /// A sum of money.
    pub fn money(&self, field: F) -> Decimal {
        match self.get(field) {
            Val::Dec(d) => *d,
            _ => Decimal::ZERO,
        }
    }

    /// Its id.
    pub fn id(&self) -> i64 {
        self.int(F::Id)
    }
}

/// Fields in the state file: pairs of the field's universal name and its value.
mod slots {
    use serde::{de::Error, Deserialize, Deserializer, Serializer};

    use super::{Val, F};
    use crate::model::fields::ALL;

    pub fn serialize<S: Serializer>(fields: &[(F, Val)], out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(fields.iter().map(|(f, v)| (format!("{f:?}"), v)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<(F, Val)>, D::Error> {
        let pairs: Vec<(String, Val)> = Deserialize::deserialize(input)?;
        let known = |name: &str| ALL.iter().find(|f| format!("{f:?}") == name).copied();
        let mut out = Vec::with_capacity(pairs.len());
        for (name, value) in pairs {
            out.push((known(&name).ok_or_else(|| D::Error::custom(format!("unknown field {name}")))?, value));
        }
        out.sort_by_key(|(f, _)| *f);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_the_state_file() {
        let mut record = Record::default();
        record.set(F::Title, Val::text("Заказ"));
        record.set(F::Id, Val::Int(5));
        record.set(F::Opportunity, Val::Dec(Decimal::new(1999, 2)));
        record.uf.insert("UF_CRM_X".into(), Val::List(vec![Val::Bool(true)]));
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
    }
}
