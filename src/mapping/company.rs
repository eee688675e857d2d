//! The company that orders, and the check digits of its ИНН.

use crate::contract::order::Order;
use crate::contract::settings::Settings;
use crate::contract::write::wire;
use crate::domain::fingerprint;
use crate::domain::name::joined;
use crate::domain::text::lower;
use crate::error::{Code, Problem};
use crate::mapping::contact::{fitting, Contact};

/// The company, ready to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Company {
    /// «ООО Ромашка».
    pub name: String,
    /// ИНН; empty when there is none whose check digits are right.
    pub inn: String,
    /// КПП.
    pub kpp: String,
    /// ОГРН, or ОГРНИП of an entrepreneur.
    pub ogrn: String,
    /// Legal address in one line.
    pub address: String,
    /// Our own mark on the company (`ORIGIN_ID`).
    pub origin: String,
}

wire!(Company {
    name,
    inn,
    kpp,
    ogrn,
    address,
    origin
});

/// Characters of a title. Bitrix24 keeps titles in 255.
const MOST: usize = 255;

/// The company of an order, if it names one and the settings want it.
#[must_use]
pub fn company(
    order: &Order,
    settings: &Settings,
    contact: &Contact,
) -> (Option<Company>, Option<Problem>) {
    let typed = order.buyer.company.as_ref();
    let Some(typed) = typed.filter(|_| !settings.people.without_companies) else {
        return (None, None);
    };
    let mut inn: String = typed.inn.chars().filter(char::is_ascii_digit).collect();
    let wrong = !typed.inn.trim().is_empty() && !inn_fits(&inn);
    if wrong {
        inn.clear();
    }
    let note = wrong.then(|| Problem::new(Code::InnInvalid));
    let plain = settings.deal.plain_text;
    let mut name = fitting(&typed.name, MOST, plain);
    if name.is_empty() {
        if inn.is_empty() {
            return (None, note);
        }
        name = ["ИНН ", &inn].concat();
    }
    // Without an ИНН a company is its name and its buyer: namesakes are many.
    let origin = if inn.is_empty() {
        let buyer = [&contact.phone, &contact.email, &contact.origin];
        let buyer = buyer.into_iter().find(|value| !value.is_empty());
        let buyer = buyer.map_or("", String::as_str);
        let whole = [&*lower(&name), "\n", buyer].concat();
        ["company:", &fingerprint::of(&whole)].concat()
    } else {
        ["inn:", &inn].concat()
    };
    let company = Company {
        name,
        inn,
        kpp: fitting(&typed.kpp, MOST, plain),
        ogrn: fitting(&typed.ogrn, MOST, plain),
        address: fitting(&typed.address, MOST, plain),
        origin,
    };
    (Some(company), note)
}

/// The company as it was typed, when some of it goes nowhere else, for the comment.
#[must_use]
pub fn unread(order: &Order, company: Option<&Company>) -> String {
    let Some(typed) = &order.buyer.company else {
        return String::new();
    };
    if company.is_some_and(|company| company.inn.is_empty() == typed.inn.trim().is_empty()) {
        return String::new();
    }
    line([
        &typed.name,
        &typed.inn,
        &typed.kpp,
        &typed.ogrn,
        &typed.address,
    ])
}

impl Company {
    /// All of it in one line.
    #[must_use]
    pub fn line(&self) -> String {
        line([&self.name, &self.inn, &self.kpp, &self.ogrn, &self.address])
    }
}

fn line([name, inn, kpp, ogrn, address]: [&String; 5]) -> String {
    let with = |label: &str, value: &str| match value.trim() {
        "" => String::new(),
        value => [label, value].concat(),
    };
    joined(
        &[
            name.trim(),
            &with("ИНН ", inn),
            &with("КПП ", kpp),
            &with("ОГРН ", ogrn),
            address.trim(),
        ],
        ", ",
    )
}

/// Whether these are an ИНН: ten digits of a company, twelve of a person, the check digits right.
/// ФНС России, order of 26.06.2012 № ММВ-7-6/435@.
#[must_use]
pub fn inn_fits(digits: &str) -> bool {
    let digits: Vec<u32> = digits
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .collect();
    match digits.len() {
        // No region has the number 00.
        _ if digits.starts_with(&[0, 0]) => false,
        10 => checks(&digits, 9),
        12 => checks(&digits, 10) && checks(&digits, 11),
        _ => false,
    }
}

// A check digit weighs those before it with the last so many of these.
fn checks(digits: &[u32], at: usize) -> bool {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let weights = WEIGHTS.iter().skip(WEIGHTS.len().saturating_sub(at));
    let sum: u32 = digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit.saturating_mul(*weight))
        .sum();
    digits.get(at) == Some(&(sum % 11 % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_an_inn_by_its_check_digits() {
        for good in ["7707083893", "7717586110", "7736050003", "500100732259"] {
            assert!(inn_fits(good), "{good}");
            // Any one digit mistyped is found out.
            for at in 0..good.len() {
                let mut digits: Vec<u32> = good
                    .chars()
                    .filter_map(|digit| digit.to_digit(10))
                    .collect();
                if let Some(digit) = digits.get_mut(at) {
                    *digit = (*digit + 1) % 10;
                }
                let wrong: String = digits.iter().map(ToString::to_string).collect();
                assert!(!inn_fits(&wrong), "{wrong}");
            }
        }
        for bad in [
            "",
            "0000000000",
            "770708389",
            "77070838930",
            "7707083893000",
        ] {
            assert!(!inn_fits(bad), "{bad}");
        }
    }
}
