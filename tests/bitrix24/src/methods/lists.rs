//! Lists of both families: filter, order, pages of fifty.

use crate::model::changes::{Family, Hit};
use crate::model::fields::{Entity, F};
use crate::model::filter::{parse, Cond, Node, Op, Operand, Refused, Sort, Strictness};
use crate::model::portal::Portal;
use crate::model::record::Record;
use crate::model::switches::UnknownFilter;
use crate::php::{Arr, Php};
use crate::rest::error::RestError;

use super::values::{field_operand, operand, sort_of, sort_of_uf};

/// Rows on a page.
pub const PAGE: usize = 50;

/// What a filter may look at.
#[derive(Clone, Debug)]
pub enum Target {
    /// A field.
    Field(F),
    /// A user field.
    Uf(Box<str>),
    /// A phone, e-mail and so on.
    Multi(&'static str),
    /// Bound contacts.
    Contacts,
    /// Observers.
    Observers,
}

/// A page of ids.
#[derive(Debug)]
pub struct Page {
    /// The ids on it.
    pub ids: Vec<i64>,
    /// `total`.
    pub total: i64,
    /// `next`.
    pub next: Option<i64>,
}

/// Where a page starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At an offset.
    At(usize),
    /// At the beginning, without counting.
    Uncounted,
}

impl Start {
    /// From the request's `start`.
    pub fn read(value: Option<&Php>, family: Family) -> Self {
        let start = value.map_or(0, Php::int);
        match usize::try_from(start) {
            Ok(at) if family == Family::Classic => Self::At(at / PAGE * PAGE),
            Ok(at) => Self::At(at),
            Err(_) if start == -1 => Self::Uncounted,
            Err(_) => Self::At(0),
        }
    }

    /// Cuts a page out of everything that fits.
    pub fn cut<T: Clone>(self, all: &[T]) -> (Vec<T>, i64, Option<i64>) {
        match self {
            Self::Uncounted => (all.iter().take(PAGE).cloned().collect(), 0, None),
            Self::At(at) => {
                let rows: Vec<T> = all.iter().skip(at).take(PAGE).cloned().collect();
                let end = at.saturating_add(rows.len());
                let next = (end < all.len() && !rows.is_empty()).then_some(end as i64);
                (rows, all.len() as i64, next)
            }
        }
    }
}

/// A list request about records.
pub struct Query<'a> {
    /// What is listed.
    pub entity: Entity,
    /// The family of the method.
    pub family: Family,
    /// `useOriginalUfNames`.
    pub original: bool,
    /// `filter`.
    pub filter: &'a Arr,
    /// `order`.
    pub order: &'a Arr,
    /// `start`.
    pub start: Start,
}

fn target(portal: &Portal, query: &Query, name: &str) -> Option<(Target, Sort)> {
    let entity = query.entity;
    let universal = query.family == Family::Universal;
    // Clients that treat all lists alike order and filter by `ID`, which the portal takes.
    let name = if universal && name == "ID" { "id" } else { name };
    let plain = if universal { entity.by_camel(name) } else { entity.by_upper(name) };
    if let Some((field, _)) = plain {
        return Some((Target::Field(field), sort_of(field)));
    }
    let multi = ["PHONE", "EMAIL", "WEB", "IM", "LINK"];
    if entity != Entity::Deal {
        if let Some(kind) =
            multi.into_iter().find(|k| *k == name || universal && k.eq_ignore_ascii_case(name))
        {
            return Some((Target::Multi(kind), Sort::Text));
        }
    }
    if universal && entity == Entity::Deal {
        match name {
            "contactIds" => return Some((Target::Contacts, Sort::Int)),
            "observers" => return Some((Target::Observers, Sort::Int)),
            _ => {}
        }
    }
    let uf = if universal {
        portal.uf_by_universal(entity, name, query.original)
    } else {
        portal.user_field(entity, name)
    };
    uf.map(|f| (Target::Uf(f.name.as_str().into()), sort_of_uf(f)))
}

fn read_target(record: &Record, target: &Target) -> Operand {
    let ids = |ids: &[i64]| Operand::Many(ids.iter().map(|id| Operand::Int(*id)).collect());
    match target {
        Target::Field(field) => field_operand(record, *field),
        Target::Uf(name) => record.uf.get(name).map_or(Operand::Blank, operand),
        Target::Multi(kind) => {
            let values = record.multi.iter().filter(|m| &*m.kind == *kind);
            Operand::Many(values.map(|m| Operand::text(&m.value)).collect())
        }
        Target::Contacts => ids(&record.contacts),
        Target::Observers => ids(&record.observers),
    }
}

/// What the indices say about the ids that can fit.
enum Hint {
    All,
    From(i64),
    Ids(Vec<i64>),
}

fn hint(portal: &Portal, entity: Entity, filter: &Node<Target>) -> Hint {
    let shelf = portal.shelf(entity);
    let mut from = i64::MIN;
    let mut found: Option<Vec<i64>> = None;
    let mut since = None;
    for Cond { field, op, not, values } in filter.required() {
        if *not {
            continue;
        }
        match (field, op, &values[..]) {
            (Target::Field(F::Id), Op::In, ids) => {
                let ids = ids.iter().filter_map(|v| if let Operand::Int(n) = v { Some(*n) } else { None });
                found = Some(ids.collect());
            }
            (Target::Field(F::OriginId), Op::In, texts) if found.is_none() => {
                found = origins(portal, entity, texts);
            }
            (Target::Multi(kind @ ("PHONE" | "EMAIL")), Op::In, [Operand::Text(text)]) if found.is_none() => {
                found = Some(shelf.with_comm(kind, text).to_vec());
            }
            (Target::Field(F::DateModify), Op::Gt | Op::Ge, [Operand::Int(at)]) => since = Some(*at),
            (Target::Field(F::Id), Op::Gt | Op::Ge, [Operand::Int(id)]) => from = from.max(*id),
            _ => {}
        }
    }
    let found = found.or_else(|| since.map(|at| shelf.modified_since(at)));
    match found {
        Some(mut ids) => {
            ids.retain(|id| *id >= from);
            Hint::Ids(ids)
        }
        None if from > i64::MIN => Hint::From(from),
        None => Hint::All,
    }
}

fn origins(portal: &Portal, entity: Entity, texts: &[Operand]) -> Option<Vec<i64>> {
    let mut found = Vec::new();
    for text in texts {
        let Operand::Text(text) = text else { return None };
        found.extend_from_slice(portal.shelf(entity).with_origin(text));
    }
    Some(found)
}

fn refuse(refused: Refused, family: Family) -> RestError {
    match (refused, family) {
        (Refused::Unknown(field), Family::Universal) => {
            RestError::invalid(format!("Invalid filter: field '{field}' is not allowed in filter"))
        }
        (Refused::EmptyList(field), Family::Universal) => {
            RestError::invalid(format!("Invalid filter: field '{field}' has an empty list of values"))
        }
        (Refused::Unknown(field) | Refused::EmptyList(field), Family::Classic) => {
            RestError::plain(format!("Invalid filter: field '{field}' is not allowed in filter"))
        }
    }
}

impl Portal {
    /// Ids that fit, in order, and the page of them asked for.
    pub fn select(&self, hit: &Hit, query: &Query) -> Result<Page, RestError> {
        let strict =
            query.family == Family::Universal || self.switches.unknown_filter_classic == UnknownFilter::Error;
        let strictness = if strict { Strictness::Strict } else { Strictness::Lenient };
        let filter = parse(query.filter, strictness, hit.now, &|name: &str| target(self, query, name))
            .map_err(|refused| refuse(refused, query.family))?;
        let order = self.read_order(query)?;
        let by_id = order.is_empty() || matches!(order[..], [(Target::Field(F::Id), false), ..]);
        let limit = if query.start == Start::Uncounted && by_id { PAGE } else { usize::MAX };
        let mut ids = self.fitting(query.entity, &filter, limit);
        if !by_id {
            let key = |id: i64| -> Vec<Operand> {
                let record = self.shelf(query.entity).get(id);
                order.iter().map(|(t, _)| record.map_or(Operand::Blank, |r| read_target(r, t))).collect()
            };
            let mut keyed: Vec<(Vec<Operand>, i64)> = ids.iter().map(|id| (key(*id), *id)).collect();
            keyed.sort_by(|(a, i), (b, j)| {
                let mut ordering = std::cmp::Ordering::Equal;
                for ((x, y), (_, down)) in a.iter().zip(b).zip(&order) {
                    let one = if *down { y.order(x) } else { x.order(y) };
                    ordering = ordering.then(one);
                }
                ordering.then(i.cmp(j))
            });
            ids = keyed.into_iter().map(|(_, id)| id).collect();
        }
        let (ids, total, next) = query.start.cut(&ids);
        Ok(Page { ids, total, next })
    }

    fn read_order(&self, query: &Query) -> Result<Vec<(Target, bool)>, RestError> {
        let mut order = Vec::new();
        for (key, direction) in query.order.iter() {
            let name = key.text();
            match target(self, query, &name) {
                Some((field, _)) => {
                    let down = direction.text().to_ascii_lowercase().starts_with("desc");
                    order.push((field, down));
                }
                None if query.family == Family::Universal => {
                    return Err(RestError::invalid(format!(
                        "Invalid order: field '{name}' is not allowed in order"
                    )));
                }
                None => {}
            }
        }
        Ok(order)
    }

    fn fitting(&self, entity: Entity, filter: &Node<Target>, limit: usize) -> Vec<i64> {
        let table = self.shelf(entity).table();
        let fits = |record: &Record| {
            self.visible(entity, record) && filter.fits(&|target| read_target(record, target))
        };
        match hint(self, entity, filter) {
            Hint::All => table.iter().filter(|(_, r)| fits(r)).map(|(id, _)| id).take(limit).collect(),
            Hint::From(id) => table.from(id).filter(|(_, r)| fits(r)).map(|(id, _)| id).take(limit).collect(),
            Hint::Ids(mut ids) => {
                ids.sort_unstable();
                ids.dedup();
                let known = ids.into_iter().filter(|id| table.get(*id).is_some_and(fits));
                known.take(limit).collect()
            }
        }
    }
}
