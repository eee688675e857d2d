//! The canonical order: what every shop's adapter turns its own order into.

use crate::contract::read::{reads, reads_words};

/// An order as the buyer sees it: final prices, tax included, in the order's currency.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct Order {
    /// The shop's id of the order; the key of everything.
    pub id: String,
    /// The number people see; the id when empty.
    pub number: String,
    /// When it was placed, RFC 3339.
    pub created_at: String,
    /// Id of the shop's status.
    pub status: String,
    /// ISO 4217.
    pub currency: String,
    /// What the buyer pays, a decimal string.
    pub total: String,
    /// Where the order opens in the shop's admin.
    pub url: String,
    /// Who ordered.
    pub buyer: Buyer,
    /// What was ordered.
    pub lines: Vec<Line>,
    /// Shipping, fees, discounts on the whole order.
    pub charges: Vec<Charge>,
    /// The buyer's own words.
    pub comment: String,
    /// How it is paid.
    pub payment: Way,
    /// How and where it is delivered.
    pub delivery: Delivery,
    /// Advertising marks of the visit.
    pub utm: Utm,
}

/// The buyer. Either the parts of the name or `full_name`.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct Buyer {
    /// The shop's customer id; none for a guest.
    pub id: Option<String>,
    /// Фамилия.
    pub last_name: String,
    /// Имя.
    pub first_name: String,
    /// Отчество.
    pub second_name: String,
    /// The whole name, when the shop asks for it in one field.
    pub full_name: String,
    /// As the buyer typed it.
    pub phone: String,
    /// As the buyer typed it.
    pub email: String,
}

/// One line of goods.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct Line {
    /// The shop's product id.
    pub product_id: String,
    /// Article number, «артикул».
    pub sku: String,
    /// Name as in the order.
    pub name: String,
    /// Chosen options.
    pub options: Vec<Choice>,
    /// Decimal string, at most four decimals.
    pub quantity: String,
    /// Unit of measure as the shop writes it; pieces when empty.
    pub unit: String,
    /// Price of one, decimal string.
    pub price: String,
    /// Price of the line after its own discounts, decimal string; `price` × `quantity` when empty.
    pub total: String,
    /// VAT in per cent; none means without VAT.
    pub vat_rate: Option<String>,
    /// Every category path of the product, from the root to the leaf, as category ids.
    pub categories: Vec<Vec<String>>,
}

/// A chosen option of a line.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct Choice {
    /// «Цвет».
    pub name: String,
    /// «Красный».
    pub value: String,
}

/// Something besides the goods that changes the total.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct Charge {
    /// What it is.
    pub kind: ChargeKind,
    /// As the buyer saw it.
    pub name: String,
    /// Decimal string, negative when it lowers the total.
    pub amount: String,
    /// VAT in per cent; none means without VAT.
    pub vat_rate: Option<String>,
}

/// Kinds of [`Charge`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum ChargeKind {
    /// Delivery.
    Shipping,
    /// A fee, of the payment for example.
    Fee,
    /// A discount on the order.
    Discount,
    /// A coupon.
    Coupon,
    /// The shop's rounding.
    Rounding,
    /// Anything else, and kinds that we do not know.
    #[default]
    Other,
}

/// A method with a code and a name.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct Way {
    /// The shop's code.
    pub code: String,
    /// As the buyer saw it.
    pub name: String,
}

/// Delivery: the method and where to.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct Delivery {
    /// The shop's code.
    pub code: String,
    /// As the buyer saw it.
    pub name: String,
    /// The address in one line.
    pub address: String,
}

/// Advertising marks.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct Utm {
    /// `utm_source`.
    pub source: String,
    /// `utm_medium`.
    pub medium: String,
    /// `utm_campaign`.
    pub campaign: String,
    /// `utm_content`.
    pub content: String,
    /// `utm_term`.
    pub term: String,
}

reads!(Order {
    id,
    number,
    created_at,
    status,
    currency,
    total,
    url,
    buyer,
    lines,
    charges,
    comment,
    payment,
    delivery,
    utm
});
reads!(Buyer {
    id,
    last_name,
    first_name,
    second_name,
    full_name,
    phone,
    email
});
reads!(Line {
    product_id,
    sku,
    name,
    options,
    quantity,
    unit,
    price,
    total,
    vat_rate,
    categories
});
reads!(Choice { name, value });
reads!(Charge {
    kind,
    name,
    amount,
    vat_rate
});
reads!(Way { code, name });
reads!(Delivery {
    code,
    name,
    address
});
reads!(Utm {
    source,
    medium,
    campaign,
    content,
    term
});
reads_words!(ChargeKind {
    "shipping" => Shipping, "fee" => Fee, "discount" => Discount, "coupon" => Coupon,
    "rounding" => Rounding, _ => Other
});
