//! An order as a deal: the plan that the preview shows and the push sends. One function for both,
//! so what you see is what is sent.

use crate::contract::limits::MAX_TITLE_CHARS;
use crate::contract::order::Order;
use crate::contract::pairs::Pairs;
use crate::contract::settings::Settings;
use crate::contract::write::row;
use crate::domain::query::Query;
use crate::domain::text::Digits;
use crate::domain::{fingerprint, template};
use crate::error::{Code, Lang, Problem};
use crate::mapping::company::{company, unread as unread_company, Company};
use crate::mapping::contact::{contact, unread_name, Contact};
use crate::mapping::fields::mapped;
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
    /// Whether it takes several values; they stand in lines.
    pub many: Option<bool>,
}

row!(Field { name, value, many });

impl Field {
    /// Puts it into the parameters of a call. Bitrix24: a field of several values wants a list, also
    /// to be emptied; one empty value empties it.
    pub fn put(&self, query: &mut Query) {
        if self.many.is_none() {
            query.field(&self.name, &self.value);
            return;
        }
        for (index, value) in self.value.split('\n').enumerate() {
            query.field(&[&self.name, "][", &index.digits()].concat(), value);
        }
    }
}

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
    /// Mapped fields of the contact, for where it is empty.
    pub contact_fields: Vec<Field>,
    /// Mapped fields of the company, for where it is empty.
    pub company_fields: Vec<Field>,
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
    let [mapped, mapped_once, contact_fields, mut company_fields] =
        mapped(order, settings, &mut notes);
    let mut follows = follows(order, settings, &rows, (&contact, company.as_ref()));
    follows.extend(mapped);
    let mut once = once(order, settings, &responsible);
    if company.is_none() {
        company_fields.clear();
    }
    // What the owner maps himself (source, UTM) is not ours to set.
    once.retain(|field| {
        let mut own = mapped_once.iter().chain(&follows);
        !own.any(|mapped| mapped.name == field.name)
    });
    once.extend(mapped_once);
    Ok(Plan {
        contact,
        company,
        follows,
        once,
        contact_fields,
        company_fields,
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
    let title: String = template::fill(&settings.deal.title, order, &[])
        .chars()
        .map(|letter| if letter < ' ' { ' ' } else { letter })
        .take(MAX_TITLE_CHARS)
        .collect();
    // The portal does not take a deal without a title.
    let title = match title.trim() {
        "" => order.id.clone(),
        title => title.to_owned(),
    };
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
        many: None,
    }
}

/// Words before a line of the comment, in Russian and in English.
type Label = [&'static str; 2];

/// The comment of a shop that has no template of its own: fields and what stands before them.
static COMMENT: [(&str, Label); 7] = [
    (
        "order.comment",
        ["Комментарий покупателя: ", "Buyer's comment: "],
    ),
    ("delivery.text", ["Доставка: ", "Delivery: "]),
    ("delivery.recipient", ["Получатель: ", "Recipient: "]),
    ("payment.name", ["Оплата: ", "Payment: "]),
    ("coupons", ["Купон: ", "Coupon: "]),
    ("extra|lines", ["", ""]),
    ("order.url", ["Заказ в магазине: ", "Order in the shop: "]),
];

// Plain text: newer portals read BB-code here, older ones HTML. The words are in the shop's language
// whoever looks at the page, or the same order would have two fingerprints.
fn comment(
    order: &Order,
    settings: &Settings,
    (contact, company): (&Contact, Option<&Company>),
    rows: &Rows,
) -> String {
    let mut comment = String::new();
    let mut add = |[russian, english]: &Label, value: &str| {
        let label = match settings.shop.language {
            Lang::Ru => russian,
            Lang::En => english,
        };
        if !value.is_empty() {
            let start = if comment.is_empty() { "" } else { "\n" };
            comment = [&comment, start, label, value].concat();
        }
    };
    if rows.refunded != 0 {
        let amount = rows.currency.text(rows.refunded);
        let amount = [&amount, " ", &rows.currency.code].concat();
        add(&["Возвращено покупателю: ", "Refunded: "], &amount);
    }
    if settings.deal.comment.is_empty() {
        for (field, label) in &COMMENT {
            add(label, &template::field(field, order));
        }
    } else {
        let own = template::fill_lines(&settings.deal.comment, order);
        add(&["", ""], &own);
    }
    // What could not be read is not lost, whatever the template says.
    let unread = |typed: &'_ str, read: &str| {
        if read.is_empty() {
            typed.trim().to_owned()
        } else {
            String::new()
        }
    };
    let (phone, email) = (&order.buyer.phone, &order.buyer.email);
    for (label, value) in [
        (
            ["Телефон как указан: ", "Phone as typed: "],
            unread(phone, &contact.phone),
        ),
        (
            ["E-mail как указан: ", "E-mail as typed: "],
            unread(email, &contact.email),
        ),
        (
            ["Имя полностью: ", "Whole name: "],
            unread_name(order, settings, contact),
        ),
        (
            ["Компания как указана: ", "Company as typed: "],
            unread_company(order, company),
        ),
    ] {
        add(&label, &value);
    }
    comment
}

impl Plan {
    /// A fingerprint of each part that follows the order.
    #[must_use]
    pub fn fingerprints(&self) -> Pairs<String> {
        let mut parts = Pairs::default();
        for field in &self.follows {
            // An empty field is as good as one that was never sent.
            let print = if field.value.is_empty() {
                String::new()
            } else {
                fingerprint::of(&field.value)
            };
            parts.put(&field.name, print);
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
