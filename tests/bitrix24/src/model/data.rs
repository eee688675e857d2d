//! The smaller things a portal keeps.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An employee.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// Works here.
    pub active: bool,
    /// First name.
    pub name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail.
    pub email: String,
    /// Post.
    pub position: String,
}

/// A funnel.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// Order among the funnels.
    pub sort: i64,
    /// New deals go here unless told otherwise.
    pub is_default: bool,
    /// Code in a foreign system.
    pub origin_id: String,
    /// The foreign system.
    pub originator_id: String,
}

/// An entry of a dictionary, a stage among them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Status {
    /// The dictionary.
    pub entity_id: String,
    /// The entry's code, with the funnel's prefix.
    pub status_id: String,
    /// Shown name.
    pub name: String,
    /// Name at birth; empty for entries made by users.
    pub name_init: String,
    /// Order.
    pub sort: i64,
    /// Cannot be deleted.
    pub system: bool,
    /// `#RRGGBB`.
    pub color: String,
    /// `S`, `F` or empty.
    pub semantics: String,
    /// Funnel, for stages of other funnels than 0.
    pub category: Option<i64>,
}

/// A currency.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Currency {
    /// Code.
    pub code: String,
    /// Price of one unit in the base currency.
    pub rate: Decimal,
    /// Name.
    pub name: String,
    /// Is the base currency.
    pub base: bool,
    /// How amounts are written.
    pub format: String,
}

/// A product row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Owner's id.
    pub owner_id: i64,
    /// Owner's letter.
    pub owner_type: String,
    /// Product of the catalogue, 0 for a free row.
    pub product_id: i64,
    /// Name.
    pub name: String,
    /// Final unit price.
    pub price: Decimal,
    /// Without tax.
    pub exclusive: Decimal,
    /// List price without tax.
    pub netto: Decimal,
    /// List price with tax.
    pub brutto: Decimal,
    /// How many.
    pub quantity: Decimal,
    /// 1 absolute, 2 percent.
    pub discount_type: i64,
    /// Percent.
    pub discount_rate: Decimal,
    /// Per unit.
    pub discount_sum: Decimal,
    /// Percent.
    pub tax_rate: Option<Decimal>,
    /// How the price is edited.
    pub tax_included: bool,
    /// Unit code.
    pub measure_code: i64,
    /// Unit name.
    pub measure_name: String,
    /// Order.
    pub sort: i64,
    /// Foreign code.
    pub xml_id: String,
    /// 1 product, 4 offer, 7 service.
    pub kind: i64,
}

/// A line of the stage history.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Step {
    /// 1 created, 2 moved, 3 final, 5 funnel changed.
    pub kind: i64,
    /// The deal.
    pub owner_id: i64,
    /// When.
    pub at: i64,
    /// Funnel.
    pub category: i64,
    /// `P`, `S` or `F`.
    pub semantic: char,
    /// Stage.
    pub stage: String,
}

/// A comment of the timeline.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Comment {
    /// `deal`, `contact` or `company`.
    pub entity_type: String,
    /// Its id.
    pub entity_id: i64,
    /// Who wrote it.
    pub author: i64,
    /// When.
    pub at: i64,
    /// Text.
    pub text: String,
}

/// A choice of a user field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Its id.
    pub id: i64,
    /// Text.
    pub value: String,
    /// Order.
    pub sort: i64,
    /// Preset.
    pub default: bool,
    /// Foreign code.
    pub xml_id: String,
}

/// A user field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserField {
    /// Which entity it belongs to.
    pub entity: String,
    /// `UF_CRM_…`.
    pub name: String,
    /// Type.
    pub kind: String,
    /// Foreign code.
    pub xml_id: Option<String>,
    /// Order.
    pub sort: i64,
    /// Takes many values.
    pub multiple: bool,
    /// Required in the card.
    pub mandatory: bool,
    /// `N`, `I`, `E` or `S`.
    pub show_filter: char,
    /// Shown in the list.
    pub show_in_list: bool,
    /// A user may edit it.
    pub edit_in_list: bool,
    /// Found by the search.
    pub searchable: bool,
    /// Label by kind of label and language.
    pub labels: BTreeMap<String, BTreeMap<String, String>>,
    /// Settings as JSON text.
    pub settings: String,
    /// Choices.
    pub choices: Vec<Choice>,
}

/// A thing whose fields are only carried: requisites, addresses, products, to-dos.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Loose {
    /// What it is.
    pub kind: String,
    /// Fields in order.
    pub fields: Vec<(String, String)>,
    /// When it was made.
    pub created: i64,
    /// When it was last changed.
    pub changed: i64,
}

impl Loose {
    /// A field's text, empty when absent.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// A field as a whole number.
    pub fn int(&self, name: &str) -> i64 {
        self.text(name).parse().unwrap_or(0)
    }

    /// Sets a field.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.fields.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = value,
            None => self.fields.push((name.to_owned(), value)),
        }
    }
}
