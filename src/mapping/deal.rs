//! An order as a deal: the plan that the preview shows and the push sends. One function for both,
//! so what you see is what is sent.

use crate::contract::limits::MAX_TITLE_CHARS;
use crate::contract::order::Order;
use crate::contract::pairs::Pairs;
use crate::contract::settings::Settings;
use crate::contract::write::wire;
use crate::domain::fingerprint;
use crate::domain::template;
use crate::error::{Code, Problem};
use crate::mapping::company::{company, unread as unread_company, Company};
use crate::mapping::contact::{contact, unread_name, Contact};
use crate::mapping::funnel::funnel;
use crate::mapping::responsible::{responsible, Responsible};
use crate::mapping::rows::{rows, Row, Rows};
use crate::mapping::status::stage_for;
use crate::sync::Context;

/// A field of the deal. Names are those of `crm.item.*`; see the REST documentation, "CRM object
/// fields".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Field {
    /// `title`.
    pub name: String,
    /// Its value, as text.
    pub value: String,
}

wire!(Field { name, value });

/// All that an order becomes.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The buyer.
    pub contact: Contact,
    /// The company that orders, when it is one.
    pub company: Option<Company>,
    /// Fields that follow the order as long as it lives.
    pub follows: Vec<Field>,
    /// Fields that are set when the deal is made, and belong to the managers afterwards.
    pub once: Vec<Field>,
    /// The goods and what they come to.
    pub rows: Rows,
    /// Who gets it.
    pub responsible: Responsible,
    /// What a person should know.
    pub notes: Vec<Problem>,
}

/// Plans the deal of an order. `kept` is the responsible of an attempt before, `at` the order's place
/// in the request.
///
/// # Errors
/// What cannot be read of the order, with its place.
pub fn plan(
    order: &Order,
    context: &Context,
    kept: Option<&str>,
    at: &str,
) -> Result<Plan, Problem> {
    let settings = &context.settings;
    if order.id.is_empty() {
        return Err(Problem::new(Code::OrderIdMissing).at([at, "/id"].concat()));
    }
    if order.status.is_empty() {
        return Err(Problem::new(Code::OrderStatusMissing).at([at, "/status"].concat()));
    }
    let rows = rows(order, settings, at)?;
    let (contact, mut notes) = contact(order, settings);
    let (company, about) = company(order, settings, &contact);
    notes.extend(about);
    notes.extend(rows.note());
    let local = context.now.saturating_add(context.offset);
    let (mut responsible, about) = responsible(order, &rows.worth, settings, local);
    notes.extend(about);
    if let Some(user) = kept {
        responsible.keep(user, settings);
    }
    Ok(Plan {
        follows: follows(order, settings, &rows, (&contact, company.as_ref())),
        once: once(order, settings, &responsible),
        contact,
        company,
        rows,
        responsible,
        notes,
    })
}

fn follows(
    order: &Order,
    settings: &Settings,
    rows: &Rows,
    people: (&Contact, Option<&Company>),
) -> Vec<Field> {
    let title: String = template::fill(&settings.deal.title, order)
        .chars()
        .take(MAX_TITLE_CHARS)
        .collect();
    let mut fields = vec![
        field("title", title),
        field("currencyId", rows.currency.code.clone()),
        field("opportunity", rows.currency.text(rows.total)),
        field(
            "isManualOpportunity",
            if rows.by_hand() { "Y" } else { "N" },
        ),
        field("comments", comment(order, settings, people, rows)),
        field("originatorId", settings.shop.id.clone()),
        field("originId", order.id.clone()),
    ];
    if !settings.deal.order_field_item.is_empty() {
        fields.push(field(&settings.deal.order_field_item, order.id.clone()));
    }
    fields
}

fn once(order: &Order, settings: &Settings, responsible: &Responsible) -> Vec<Field> {
    let utm = &order.utm;
    let funnel = funnel(order, settings);
    [
        ("categoryId", funnel),
        (
            "stageId",
            stage_for(settings, &order.status, funnel).unwrap_or(""),
        ),
        ("assignedById", &responsible.user),
        ("sourceId", &settings.deal.source),
        ("utmSource", &utm.source),
        ("utmMedium", &utm.medium),
        ("utmCampaign", &utm.campaign),
        ("utmContent", &utm.content),
        ("utmTerm", &utm.term),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| field(name, value))
    .collect()
}

fn field(name: &str, value: impl Into<String>) -> Field {
    Field {
        name: name.to_owned(),
        value: value.into(),
    }
}

// Plain text: newer portals read BB-code here, older ones HTML. The words are Russian whoever
// looks at the page, or the same order would have two fingerprints.
fn comment(
    order: &Order,
    settings: &Settings,
    (contact, company): (&Contact, Option<&Company>),
    rows: &Rows,
) -> String {
    let delivery = [order.delivery.name.trim(), order.delivery.address.trim()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let unread = |typed: &str, read: &str| {
        if read.is_empty() {
            typed.trim().to_owned()
        } else {
            String::new()
        }
    };
    let refunded = match rows.refunded {
        0 => String::new(),
        minor => [&rows.currency.text(minor), " ", &rows.currency.code].concat(),
    };
    [
        ("Возвращено покупателю", refunded),
        ("Комментарий покупателя", order.comment.trim().to_owned()),
        ("Доставка", delivery),
        ("Оплата", order.payment.name.trim().to_owned()),
        (
            "Телефон как указан",
            unread(&order.buyer.phone, &contact.phone),
        ),
        (
            "E-mail как указан",
            unread(&order.buyer.email, &contact.email),
        ),
        ("Имя полностью", unread_name(order, settings, contact)),
        ("Компания как указана", unread_company(order, company)),
        ("Заказ в магазине", order.url.trim().to_owned()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(label, value)| [label, ": ", &value].concat())
    .collect::<Vec<_>>()
    .join("\n")
}

impl Plan {
    /// A fingerprint of each part that follows the order.
    #[must_use]
    pub fn fingerprints(&self) -> Pairs<String> {
        let mut parts = Pairs::default();
        for field in &self.follows {
            parts.put(&field.name, fingerprint::of(&field.value));
        }
        parts.put(CONTACT, fingerprint::of(&contact_text(&self.contact)));
        if let Some(company) = &self.company {
            parts.put(COMPANY, fingerprint::of(&company.line()));
        }
        parts.put(ROWS, fingerprint::of(&rows_text(&self.rows.rows)));
        parts
    }
}

/// Name of the contact's fingerprint.
pub const CONTACT: &str = "contact";
/// Name of the company's fingerprint.
pub const COMPANY: &str = "company";
/// Name of the rows' fingerprint.
pub const ROWS: &str = "rows";

const BETWEEN: &str = "\u{1f}";

fn contact_text(contact: &Contact) -> String {
    [
        contact.name.as_str(),
        &contact.last_name,
        &contact.second_name,
        &contact.phone,
        &contact.email,
    ]
    .join(BETWEEN)
}

fn rows_text(rows: &[Row]) -> String {
    rows.iter()
        .flat_map(|row| {
            [
                row.name.as_str(),
                &row.sku,
                &row.price,
                &row.quantity,
                row.vat_rate.as_deref().unwrap_or("-"),
                &row.measure_code,
                BETWEEN,
            ]
        })
        .collect::<Vec<_>>()
        .join(BETWEEN)
}
