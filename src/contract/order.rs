//! The canonical order: what every shop's adapter turns its own order into.

use crate::contract::pairs::Pairs;
use crate::contract::read::{reads, reads_words};

/// An order as the shop keeps it. What the buyer pays is `total`; `prices` and `rate` say how the
/// other amounts lead there.
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
    /// The storefront, when one shop has several.
    pub store: String,
    /// ISO 4217: what the buyer pays in, and the deal's currency.
    pub currency: String,
    /// How many units of `currency` one unit of the shop's base currency is, a decimal string. When it
    /// is there, every amount of the order is in the base currency.
    pub rate: String,
    /// Whether the prices of lines and charges have the tax in them.
    pub prices: Prices,
    /// What the buyer pays, tax included, a decimal string; rounded to the currency when it is finer.
    pub total: String,
    /// How much of that has been given back since, a decimal string.
    pub refunded: String,
    /// Where the order opens in the shop's admin.
    pub url: String,
    /// Who ordered.
    pub buyer: Buyer,
    /// What was ordered.
    pub lines: Vec<Line>,
    /// Shipping, fees, discounts on the whole order; taxes, when the prices are net.
    pub charges: Vec<Charge>,
    /// The buyer's own words.
    pub comment: String,
    /// How it is paid.
    pub payment: Way,
    /// How and where it is delivered.
    pub delivery: Delivery,
    /// Advertising marks of the visit.
    pub utm: Utm,
    /// Codes of the coupons used.
    pub coupons: Vec<String>,
    /// Everything else a template may want, by name: client ids of counters, fields of the checkout.
    pub extra: Pairs<String>,
}

/// Whether prices have the tax in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum Prices {
    /// Tax included.
    #[default]
    Gross,
    /// Without tax: it comes in charges of the kind `tax`, or is reckoned from `vat_rate`.
    Net,
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
    /// The shop's customer group.
    pub group: String,
    /// The company that orders, when it is one.
    pub company: Option<Company>,
}

/// A company that orders.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(default)
)]
pub struct Company {
    /// «ООО Ромашка».
    pub name: String,
    /// ИНН, 10 or 12 digits.
    pub inn: String,
    /// КПП.
    pub kpp: String,
    /// ОГРН.
    pub ogrn: String,
    /// Legal address in one line.
    pub address: String,
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
    /// Given back since: how many.
    pub refunded_quantity: String,
    /// Given back since: how much, in the same kind of price as `total`.
    pub refunded_total: String,
    /// The line's own discount in per cent of `price`; used when `total` is empty.
    pub discount_percent: String,
    /// The line's own discount as a sum for the whole line; used when `total` is empty.
    pub discount: String,
    /// VAT in per cent; none means without VAT.
    pub vat_rate: Option<String>,
    /// The maker.
    pub brand: String,
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
    /// Per cent of the goods, negative when it lowers the total; used when `amount` is empty.
    pub percent: String,
    /// VAT in per cent; none means without VAT. A tax that names it falls on what has the same rate, one
    /// that does not on all that is taxed.
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
    /// Reward points.
    Reward,
    /// A gift voucher, or credit with the shop, that pays a part, of the tax too.
    Voucher,
    /// Tax on net prices; gross ones have it in them already.
    Tax,
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
    /// Country, as the shop writes it.
    pub country: String,
    /// Region.
    pub region: String,
    /// City.
    pub city: String,
    /// Postal code.
    pub postcode: String,
    /// Who receives it, when that is not the buyer.
    pub recipient: String,
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
    store,
    currency,
    rate,
    prices,
    total,
    refunded,
    url,
    buyer,
    lines,
    charges,
    comment,
    payment,
    delivery,
    utm,
    coupons,
    extra
});
reads!(Buyer {
    id,
    last_name,
    first_name,
    second_name,
    full_name,
    phone,
    email,
    group,
    company
});
reads!(Company {
    name,
    inn,
    kpp,
    ogrn,
    address
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
    refunded_quantity,
    refunded_total,
    discount_percent,
    discount,
    vat_rate,
    brand,
    categories
});
reads!(Choice { name, value });
reads!(Charge {
    kind,
    name,
    amount,
    percent,
    vat_rate
});
reads!(Way { code, name });
reads!(Delivery {
    code,
    name,
    address,
    country,
    region,
    city,
    postcode,
    recipient
});
reads!(Utm {
    source,
    medium,
    campaign,
    content,
    term
});
reads_words!(Prices { "gross" => Gross, "net" => Net });
reads_words!(ChargeKind {
    "shipping" => Shipping, "fee" => Fee, "discount" => Discount, "coupon" => Coupon,
    "reward" => Reward, "voucher" => Voucher, "tax" => Tax, "rounding" => Rounding, _ => Other
});
