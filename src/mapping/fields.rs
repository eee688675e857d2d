//! The fields of deal, contact and company that the owner maps himself: which row counts for an
//! order, and what its text is on the wire.
//!
//! Of the rows of one field the first that fits the order counts. A field of the deal that follows the
//! order and gets nothing is empty: not sent when the deal is made, sent empty when we had filled it
//! before, so that nothing stale stays. A text that does not fit the field's kind is left out with a
//! note; it never stops the order.

use crate::contract::order::Order;
use crate::contract::settings::{Mapping, Of, Portal, PortalField, Settings};
use crate::domain::template;
use crate::domain::text::is_among;
use crate::error::{Code, Problem};
use crate::mapping::deal::Field;
use crate::mapping::status::stage_of_funnel;
use crate::mapping::value::on_the_wire;
use crate::mapping::when;

/// What a comment of the status tables knows besides the order.
pub const STAGE_FIELDS: template::More<'_> = &[("deal.id", ""), ("stage.name", "")];

/// What the rows make of an order: fields of the deal that follow the order, those that are set when it
/// is made, fields of the contact and of the company, both for where they are empty.
pub type Mapped = [Vec<Field>; 4];

/// The mapped fields of an order; what does not fit its field goes to the notes.
#[must_use]
pub fn mapped(order: &Order, settings: &Settings, notes: &mut Vec<Problem>) -> Mapped {
    let mut out = Mapped::default();
    let mut done: Vec<&Mapping> = Vec::new();
    for first in &settings.fields {
        if is_owned(first, settings) || done.iter().any(|row| twins(first, row)) {
            continue;
        }
        done.push(first);
        let mut rows = settings.fields.iter();
        let row = rows.find(|row| twins(first, row) && when::fits(&row.when, order));
        let text = row.map_or_else(String::new, |row| template::fill(&row.template, order, &[]));
        let about = known(first, &settings.portal);
        let (field, fits) = field(first, &text, about, &order.currency, &settings.portal);
        if !fits {
            notes.push(unfit(first, about));
        }
        let list = match first.of {
            Of::Deal if !row.unwrap_or(first).once => 0,
            Of::Deal => 1,
            Of::Contact => 2,
            Of::Company => 3,
        };
        // Empty is worth sending only where it may take back what we have sent.
        let worth = !field.value.is_empty() || (list == 0 && fits);
        if let Some(list) = out.get_mut(list).filter(|_| worth) {
            list.push(field);
        }
    }
    out
}

/// Whether two rows fill the same field.
#[must_use]
pub fn twins(a: &Mapping, b: &Mapping) -> bool {
    a.of == b.of && a.field == b.field
}

/// What the portal says of a row's field.
#[must_use]
pub fn known<'a>(row: &Mapping, portal: &'a Portal) -> Option<&'a PortalField> {
    portal
        .fields
        .iter()
        .find(|field| field.of == row.of && field.name == row.field)
}

/// Whether a field has rules of its own here and cannot be mapped.
#[must_use]
pub fn is_owned(row: &Mapping, settings: &Settings) -> bool {
    let owned = match row.of {
        Of::Deal => {
            "id title stageId stageSemanticId closed categoryId currencyId opportunity \
             isManualOpportunity comments assignedById contactId contactIds companyId originatorId \
             originId"
        }
        Of::Contact => {
            "id name lastName secondName fm phone email companyId companyIds assignedById \
             originatorId originId"
        }
        Of::Company => "id title fm phone email contactIds assignedById originatorId originId",
    };
    row.field.is_empty()
        || row.field == settings.deal.order_field_item
        || is_among(&row.field, owned)
}

/// A note that a text does not fit its field. It names the field and never the text, which may be the
/// buyer's.
#[must_use]
pub fn unfit(row: &Mapping, about: Option<&PortalField>) -> Problem {
    let kind = about.map_or("", |about| about.kind.as_str());
    Problem::new(Code::FieldValueUnfit)
        .with("field", title(row, about))
        .with("kind", kind)
}

/// A field in the portal's words, or its name.
#[must_use]
pub fn title<'a>(row: &'a Mapping, about: Option<&'a PortalField>) -> &'a str {
    about
        .map(|about| about.title.as_str())
        .filter(|title| !title.is_empty())
        .unwrap_or(&row.field)
}

/// Fields of an order that are never numbers, by the last part of their names.
const TEXTS: &str =
    "created_at currency url last_name first_name second_name full_name name email \
                     address country region city recipient text names";

/// Whether a row can never give its field a value, whatever the order.
#[must_use]
pub fn is_hopeless(row: &Mapping, about: &PortalField, portal: &Portal) -> bool {
    let kind = about.kind.as_str();
    if let Some(name) = template::only_field(&row.template) {
        let (group, last) = name.split_once('.').unwrap_or((name, ""));
        let never = match kind {
            "integer" | "double" | "money" => is_among(last, TEXTS),
            "date" | "datetime" => last != "created_at",
            _ => false,
        };
        return kind == "file" || (never && group != "extra");
    }
    let constant = !row.template.contains('{');
    kind == "file" || (constant && !field(row, &row.template, Some(about), "RUB", portal).1)
}

/// A text as a field, and whether all of it fits the field's kind.
fn field(
    row: &Mapping,
    text: &str,
    about: Option<&PortalField>,
    currency: &str,
    portal: &Portal,
) -> (Field, bool) {
    let unknown = PortalField::default();
    let about = about.unwrap_or(&unknown);
    let between = if !about.multiple {
        '\0'
    } else if text.contains('\n') {
        '\n'
    } else {
        ','
    };
    let mut fits = true;
    let mut value = String::new();
    for one in text.split(between).map(str::trim) {
        if one.is_empty() {
            continue;
        }
        let Some(one) = on_the_wire(one, about, currency, portal) else {
            fits = false;
            continue;
        };
        if !value.is_empty() {
            value.push('\n');
        }
        value.push_str(&one);
    }
    let field = Field {
        name: row.field.clone(),
        value,
        many: about.multiple.then_some(true),
    };
    (field, fits)
}

/// Takes over what the portal has, as far as the settings use it: they pass the border with every
/// order.
pub fn adopt(settings: &mut Settings, portal: Option<Portal>) {
    let Settings {
        fields,
        funnel,
        funnels,
        portal: kept,
        ..
    } = settings;
    if let Some(mut portal) = portal {
        if portal.owner.is_empty() {
            portal.owner = core::mem::take(&mut kept.owner);
        }
        portal.stages.retain(|stage| {
            let mut ours = funnels.iter().map(|rule| &rule.id);
            stage_of_funnel(&stage.id, &funnel.id) || ours.any(|id| stage_of_funnel(&stage.id, id))
        });
        *kept = portal;
    }
    kept.fields.retain(|field| {
        fields
            .iter()
            .any(|row| row.of == field.of && row.field == field.name)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::value::tests::{of_kind, portal};

    #[test]
    fn nothing_fits_every_kind() {
        for kind in ["integer", "money", "boolean", "enumeration", "date", "file"] {
            let (field, fits) = field(
                &Mapping::default(),
                " \n",
                Some(&of_kind(kind)),
                "RUB",
                &portal(),
            );
            assert!(fits && field.value.is_empty());
        }
    }

    #[test]
    fn several_values_stand_in_lines_or_between_commas() {
        for (kind, text, sent, all) in [
            ("string", "Чай, Кофе,", "Чай\nКофе", true),
            ("string", "Чай, чёрный\nКофе\n", "Чай, чёрный\nКофе", true),
            ("enumeration", "Почта, Курьер", "33\n31", true),
            ("enumeration", "Почта, Самолёт", "33", false),
            ("integer", "нет", "", false),
        ] {
            let mut about = of_kind(kind);
            about.multiple = true;
            let (field, fits) = field(&Mapping::default(), text, Some(&about), "RUB", &portal());
            assert_eq!((field.value.as_str(), fits), (sent, all), "{kind} {text}");
            assert_eq!(field.many, Some(true));
        }
    }

    #[test]
    fn knows_what_can_never_fit() {
        for (kind, template, hopeless) in [
            ("integer", "{buyer.email}", true),
            ("integer", "{buyer.email|digits}", false),
            ("money", "{order.total}", false),
            ("double", "{extra.name}", false),
            ("double", "{delivery.name}", true),
            ("date", "{order.total}", true),
            ("date", "{order.created_at}", false),
            ("datetime", "{extra.delivery_date}", false),
            ("integer", "семь", true),
            ("integer", "7", false),
            ("enumeration", "Почта", false),
            ("enumeration", "Самолёт", true),
            ("enumeration", "{delivery.name}", false),
            ("file", "{order.url}", true),
            ("file", "№{order.url}", true),
            ("string", "{buyer.email}", false),
        ] {
            let row = Mapping {
                template: template.to_owned(),
                ..Mapping::default()
            };
            assert_eq!(
                is_hopeless(&row, &of_kind(kind), &portal()),
                hopeless,
                "{kind} {template}"
            );
        }
    }
}
