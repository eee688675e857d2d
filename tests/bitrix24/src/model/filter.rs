//! Filters with prefixed keys: `>=DATE_MODIFY`, `@ID`, `%TITLE`, nested `LOGIC`.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::clock;
use crate::php::{Arr, Key, Php};

/// How the values of a field compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Whole numbers.
    Int,
    /// Decimals.
    Number,
    /// Text, letter case ignored as the database does.
    Text,
    /// Moments.
    Moment,
    /// Yes or no.
    Flag,
}

/// A value on either side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// Nothing, or an empty text.
    Blank,
    /// A whole number or a moment.
    Int(i64),
    /// A decimal.
    Dec(Decimal),
    /// Lower-case text.
    Text(String),
    /// Several values of one field.
    Many(Vec<Operand>),
}

impl Operand {
    /// Text as the database compares it.
    pub fn text(text: &str) -> Self {
        if text.is_empty() {
            Self::Blank
        } else {
            Self::Text(text.to_lowercase())
        }
    }

    /// A value of a request, seen as the field's kind.
    pub fn read(value: &Php, sort: Sort, now: i64) -> Self {
        let text = value.text();
        if text.is_empty() && *value != Php::Bool(false) {
            return Self::Blank;
        }
        match sort {
            Sort::Int => value.decimal().map_or_else(|| Self::text(&text), Self::whole),
            Sort::Number => value.decimal().map_or(Self::Blank, Self::Dec),
            Sort::Text => Self::text(&text),
            Sort::Moment => clock::parse(&text, now).map_or(Self::Blank, Self::Int),
            Sort::Flag => Self::Int(i64::from(matches!(&*text, "Y" | "y" | "1" | "true"))),
        }
    }

    fn whole(number: Decimal) -> Self {
        match i64::try_from(number) {
            Ok(n) if number.fract().is_zero() => Self::Int(n),
            _ => Self::Dec(number),
        }
    }

    /// Order of two values of one kind.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Blank, Self::Blank) => Ordering::Equal,
            (Self::Blank, _) => Ordering::Less,
            (_, Self::Blank) => Ordering::Greater,
            (Self::Int(a), Self::Int(b)) => a.cmp(b),
            (Self::Dec(a), Self::Dec(b)) => a.cmp(b),
            (Self::Int(a), Self::Dec(b)) => Decimal::from(*a).cmp(b),
            (Self::Dec(a), Self::Int(b)) => a.cmp(&Decimal::from(*b)),
            (Self::Many(a), b) => a.first().map_or(Ordering::Less, |a| a.order(b)),
            (a, Self::Many(b)) => b.first().map_or(Ordering::Greater, |b| a.order(b)),
            (a, b) => a.shown().cmp(&b.shown()),
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Text(t) => t.clone(),
            Self::Int(n) => n.to_string(),
            Self::Dec(d) => d.normalize().to_string(),
            Self::Blank | Self::Many(_) => String::new(),
        }
    }
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Equal to one of the values.
    In,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
    /// Contains.
    Contains,
    /// Fits a LIKE pattern.
    Like,
    /// Between two values.
    Between,
}

/// Prefixes, longest first; the flag says "not".
const PREFIXES: &[(&str, Op, bool)] = &[
    ("!><", Op::Between, true),
    ("!=%", Op::Like, true),
    ("!%=", Op::Like, true),
    ("!%", Op::Contains, true),
    ("!@", Op::In, true),
    ("!=", Op::In, true),
    ("><", Op::Between, false),
    (">=", Op::Ge, false),
    ("<=", Op::Le, false),
    ("=%", Op::Like, false),
    ("%=", Op::Like, false),
    ("?", Op::Contains, false),
    ("%", Op::Contains, false),
    ("@", Op::In, false),
    ("!", Op::In, true),
    (">", Op::Gt, false),
    ("<", Op::Lt, false),
    ("=", Op::In, false),
];

/// Splits `>=DATE_MODIFY`.
pub fn split_key(key: &str) -> (Op, bool, &str) {
    for (prefix, op, not) in PREFIXES {
        if let Some(name) = key.strip_prefix(prefix) {
            return (*op, *not, name);
        }
    }
    (Op::In, false, key)
}

/// One condition.
#[derive(Clone, Debug)]
pub struct Cond<T> {
    /// The field.
    pub field: T,
    /// The comparison.
    pub op: Op,
    /// Turned round.
    pub not: bool,
    /// The values.
    pub values: Vec<Operand>,
}

/// A filter.
#[derive(Clone, Debug)]
pub enum Node<T> {
    /// A condition.
    Cond(Cond<T>),
    /// All of them.
    All(Vec<Node<T>>),
    /// Any of them.
    Any(Vec<Node<T>>),
}

/// How strict a family of lists is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// Unknown keys and empty lists are ignored.
    Lenient,
    /// They are errors; the error is the offending key.
    Strict,
}

/// Why a filter was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The field is not known.
    Unknown(String),
    /// The list of values is empty.
    EmptyList(String),
}

/// Reads a filter; `resolve` knows the fields.
pub fn parse<T>(
    filter: &Arr,
    strictness: Strictness,
    now: i64,
    resolve: &impl Fn(&str) -> Option<(T, Sort)>,
) -> Result<Node<T>, Refused> {
    let mut nodes = Vec::new();
    let mut any = false;
    for (key, value) in filter.iter() {
        let name = key.text();
        if name.eq_ignore_ascii_case("logic") {
            any = value.text().eq_ignore_ascii_case("or");
            continue;
        }
        if let (Key::Int(_), Php::Arr(inner)) = (key, value) {
            nodes.push(parse(inner, strictness, now, resolve)?);
            continue;
        }
        let (op, not, field) = split_key(&name);
        let Some((field, sort)) = resolve(field) else {
            if strictness == Strictness::Strict {
                return Err(Refused::Unknown(field.to_owned()));
            }
            continue;
        };
        let values: Vec<Operand> = value.each().into_iter().map(|v| Operand::read(v, sort, now)).collect();
        if values.is_empty() {
            if strictness == Strictness::Strict {
                return Err(Refused::EmptyList(name.into_owned()));
            }
            continue;
        }
        nodes.push(Node::Cond(Cond { field, op, not, values }));
    }
    Ok(if any { Node::Any(nodes) } else { Node::All(nodes) })
}

impl<T> Node<T> {
    /// Whether a record fits; `get` reads a field of it.
    pub fn fits(&self, get: &impl Fn(&T) -> Operand) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|n| n.fits(get)),
            Self::Any(nodes) => nodes.is_empty() || nodes.iter().any(|n| n.fits(get)),
            Self::Cond(cond) => cond.fits(&get(&cond.field)) != cond.not,
        }
    }

    /// Conditions that must all hold.
    pub fn required(&self) -> Vec<&Cond<T>> {
        match self {
            Self::All(nodes) => nodes.iter().flat_map(Self::required).collect(),
            Self::Cond(cond) => vec![cond],
            Self::Any(_) => Vec::new(),
        }
    }
}

impl<T> Cond<T> {
    fn fits(&self, value: &Operand) -> bool {
        if let Operand::Many(values) = value {
            return if values.is_empty() {
                self.fits_one(&Operand::Blank)
            } else {
                values.iter().any(|v| self.fits_one(v))
            };
        }
        self.fits_one(value)
    }

    fn fits_one(&self, value: &Operand) -> bool {
        let against = |wanted: Ordering| {
            let blank = *value == Operand::Blank;
            self.values.iter().any(|v| !blank && *v != Operand::Blank && value.order(v) == wanted)
        };
        match self.op {
            Op::In => self.values.iter().any(|v| value.order(v) == Ordering::Equal),
            Op::Gt => against(Ordering::Greater),
            Op::Ge => against(Ordering::Greater) || against(Ordering::Equal),
            Op::Lt => against(Ordering::Less),
            Op::Le => against(Ordering::Less) || against(Ordering::Equal),
            Op::Contains => self.values.iter().any(|v| value.shown().contains(&v.shown())),
            Op::Like => self.values.iter().any(|v| like(&value.shown(), &v.shown())),
            Op::Between => match &self.values[..] {
                [low, high, ..] => {
                    *value != Operand::Blank && value.order(low).is_ge() && value.order(high).is_le()
                }
                _ => false,
            },
        }
    }
}

/// SQL's LIKE with `%` and `_`.
fn like(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    let (mut t, mut p) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        if p < pattern.len() && pattern[p] == '%' {
            retry = Some((p + 1, t));
            p += 1;
        } else if p < pattern.len() && (pattern[p] == '_' || pattern[p] == text[t]) {
            t += 1;
            p += 1;
        } else if let Some((after, from)) = retry {
            retry = Some((after, from + 1));
            p = after;
            t = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '%')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::php::parse_query;

    fn fits(filter: &str, id: i64, title: &str) -> bool {
        let resolve = |name: &str| match name {
            "ID" => Some(("ID", Sort::Int)),
            "TITLE" => Some(("TITLE", Sort::Text)),
            _ => None,
        };
        let node = parse(&parse_query(filter.as_bytes()), Strictness::Lenient, 0, &resolve).unwrap();
        node.fits(&|field| if *field == "ID" { Operand::Int(id) } else { Operand::text(title) })
    }

    #[test]
    fn prefixes() {
        for yes in [
            "ID=5",
            ">ID=4",
            ">%3DID=5",
            "<ID=6",
            "!ID=6",
            "@ID[]=1&@ID[]=5",
            "!@ID[]=1",
            "><ID[]=4&><ID[]=6",
            "%25TITLE=каз",
            "%3D%25TITLE=зак%25",
            "TITLE=ЗАКАЗ 5",
            "UNKNOWN=1",
            "0[LOGIC]=OR&0[ID]=9&0[TITLE]=Заказ 5",
        ] {
            assert!(fits(yes, 5, "Заказ 5"), "{yes}");
        }
        for no in ["ID=6", "ID=5abc", ">ID=5", "!ID=5", "!@ID[]=5", "%3D%25TITLE=каз%25", "!%25TITLE=каз"]
        {
            assert!(!fits(no, 5, "Заказ 5"), "{no}");
        }
    }

    #[test]
    fn blanks() {
        assert!(fits("%3DTITLE=", 1, ""));
        assert!(fits("!TITLE=x", 1, ""));
        assert!(!fits("!TITLE=", 1, ""));
        assert!(!fits(">TITLE=a", 1, ""));
    }

    #[test]
    fn strict_lists_name_the_key() {
        let resolve = |_: &str| None::<((), Sort)>;
        let refused = parse(&parse_query(b">x=1"), Strictness::Strict, 0, &resolve).unwrap_err();
        assert_eq!(refused, Refused::Unknown("x".to_owned()));
    }
}
