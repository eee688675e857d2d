//! Which methods there are, and which scope each needs.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::rest::call::Body;

use super::{
    activity, catalog, category, classic, companion, deal_parts, details, duplicate, item, productrow,
    requisite, stagehistory, status, system, timeline, user, userfield, userfieldconfig,
};

/// A method.
#[derive(Debug)]
pub struct Method {
    /// Its name as documented.
    pub name: &'static str,
    /// The scope it needs; empty needs none.
    pub scope: &'static str,
    /// What it does.
    pub body: Body,
}

/// A family's methods.
pub type Family = &'static [(&'static str, Body)];

/// Families with their scopes.
static FAMILIES: &[(&str, Family)] = &[
    ("", system::METHODS),
    ("user", user::METHODS),
    ("crm", category::METHODS),
    ("crm", status::METHODS),
    ("crm", item::METHODS),
    ("crm", productrow::METHODS),
    ("crm", duplicate::METHODS),
    ("crm", userfield::METHODS),
    ("userfieldconfig", userfieldconfig::METHODS),
    ("crm", stagehistory::METHODS),
    ("crm", companion::METHODS),
    ("crm", timeline::METHODS),
    ("crm", details::METHODS),
    ("crm", classic::METHODS),
    ("crm", deal_parts::METHODS),
    ("crm", requisite::METHODS),
    ("crm", activity::METHODS),
    ("im", activity::IM_METHODS),
    ("pay_system", activity::PAY_METHODS),
    ("catalog", catalog::METHODS),
    ("crm", catalog::CRM_METHODS),
];

/// Every method in the order of the families.
pub fn all() -> impl Iterator<Item = Method> {
    let flat = FAMILIES.iter().flat_map(|(scope, methods)| methods.iter().map(move |m| (*scope, m)));
    flat.map(|(scope, (name, body))| Method { name, scope, body: *body })
}

/// A method by its name, in any letter case.
pub fn find(name: &str) -> Option<&'static Method> {
    static INDEX: OnceLock<HashMap<String, Method>> = OnceLock::new();
    let index = INDEX.get_or_init(|| all().map(|m| (m.name.to_lowercase(), m)).collect());
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        return index.get(&name.to_ascii_lowercase());
    }
    index.get(name)
}
