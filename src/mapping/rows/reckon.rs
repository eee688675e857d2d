//! What remains of each part when discounts, taxes and refunds are spread over all of them, and how
//! that is rounded so that nothing is lost.

use super::read::{Amounts, Item, Source, PARTS, WHOLE};
use crate::contract::order::Charge;
use crate::domain::decimal::mul_div;
use crate::domain::money::{raise, spread};

/// The items with their amounts in smallest units, and what the deal is worth.
pub(super) fn reckon(amounts: Amounts<'_>, reduce: bool) -> (Vec<Item<'_>>, i64) {
    let tolerance = amounts.tolerance;
    let mut items = amounts.items;
    if amounts.net {
        change(&mut items, amounts.discount);
        tax(&mut items, &amounts.taxes);
        change(&mut items, amounts.rest);
    } else {
        change(&mut items, amounts.discount.saturating_add(amounts.rest));
    }
    let off = amounts.total.saturating_mul(PARTS).abs_diff(sum(&items));
    let mut total = amounts.total;
    if reduce && amounts.refunded > 0 {
        total = total.saturating_sub(amounts.refunded).max(0);
        give_back(&mut items, amounts.refunded, total, tolerance);
    }
    let target = if off > tolerance.unsigned_abs() {
        // By hand: the rows stay what the order says.
        sum(&items).saturating_add(PARTS / 2) / PARTS
    } else {
        total.max(0)
    };
    round_to(&mut items, target);
    items.retain(|item| match item.source {
        Source::Line(_) => item.quantity > 0,
        _ => item.amount > 0,
    });
    (items, total)
}

pub(super) fn sum(items: &[Item<'_>]) -> i64 {
    items
        .iter()
        .fold(0, |sum, item| sum.saturating_add(item.amount))
}

fn add(items: &mut [Item<'_>], parts: &[i64]) {
    for (item, part) in items.iter_mut().zip(parts) {
        item.amount = item.amount.saturating_add(*part);
    }
}

/// Changes the goods in proportion; what they cannot bear lowers the delivery.
fn change(items: &mut [Item<'_>], by: i64) {
    if by == 0 {
        return;
    }
    let weights: Vec<i64> = items
        .iter()
        .map(|item| if item.is_line() { item.amount } else { 0 })
        .collect();
    let goods = weights.iter().copied().fold(0, i64::saturating_add);
    let of_goods = by.max(goods.saturating_neg());
    add(items, &spread(of_goods, &weights));
    let mut left = by.saturating_sub(of_goods);
    for item in items.iter_mut().filter(|item| !item.is_line()) {
        let part = left.max(item.amount.saturating_neg());
        item.amount = item.amount.saturating_add(part);
        left = left.saturating_sub(part);
    }
}

/// Net prices become gross: by the taxes that the shop has reckoned, else by the rates.
fn tax<'a>(items: &mut Vec<Item<'a>>, taxes: &[(&'a Charge, Option<i64>, i64)]) {
    let due: Vec<i64> = items
        .iter()
        .map(|item| mul_div(item.amount, item.vat.unwrap_or(0), WHOLE).unwrap_or(0))
        .collect();
    if taxes.is_empty() {
        add(items, &due);
        return;
    }
    let net: Vec<i64> = items.iter().map(|item| item.amount).collect();
    let is_some = |weights: &[i64]| weights.iter().any(|weight| *weight > 0);
    let usual = if is_some(&due) { &due } else { &net };
    for (_, rate, amount) in taxes {
        let named: Vec<i64> = items
            .iter()
            .zip(&due)
            .map(|(item, due)| if item.vat == *rate { *due } else { 0 })
            .collect();
        let weights = if is_some(&named) { &named } else { usual };
        if is_some(weights) {
            add(items, &spread(*amount, weights));
        }
    }
    if !is_some(&net) {
        // Tax on nothing that we see: it is a row of its own.
        let rows = taxes.iter();
        items.extend(
            rows.map(|(charge, rate, amount)| Item::one(Source::Charge(charge), *rate, *amount)),
        );
    }
}

/// Takes off what was given back: from the lines that came back their share of the final price, from
/// the others the rest, as a discount is.
fn give_back(items: &mut Vec<Item<'_>>, refunded: i64, total: i64, tolerance: i64) {
    if total == 0 {
        // All of it: an empty deal says nothing, so the goods stay to be seen, at no price.
        for item in items {
            item.amount = 0;
        }
        return;
    }
    let mut left = refunded.saturating_mul(PARTS);
    for item in items.iter_mut() {
        let (part, whole) = item.share;
        let back = mul_div(item.amount, part, whole).unwrap_or(0);
        item.amount = item.amount.saturating_sub(back);
        left = left.saturating_sub(back);
        if item.returned < item.quantity || item.amount == 0 {
            item.quantity = item.quantity.saturating_sub(item.returned);
        }
    }
    let by_rounding = i64::try_from(items.len())
        .unwrap_or(i64::MAX)
        .saturating_mul(PARTS)
        .max(tolerance);
    if left > 0 {
        change(items, left.saturating_neg());
    } else if left.saturating_neg() > by_rounding || sum(items) == 0 {
        items.push(Item::one(Source::Kept, None, left.saturating_neg()));
    }
}

/// Rounds to smallest units that add up to `target`: every amount down, and what is missing then to
/// the largest remainders. That is what each line's own rounding gives, where the shop has rounded
/// line by line.
fn round_to(items: &mut [Item<'_>], target: i64) {
    let remainders: Vec<i64> = items
        .iter()
        .map(|item| {
            if item.amount > 0 {
                item.amount % PARTS
            } else {
                -1
            }
        })
        .collect();
    for item in items.iter_mut() {
        item.amount /= PARTS;
    }
    let mut rounded: Vec<i64> = items.iter().map(|item| item.amount).collect();
    let missing = target.saturating_sub(sum(items));
    let can_take = remainders.iter().filter(|one| **one >= 0).count();
    if usize::try_from(missing).is_ok_and(|missing| missing <= can_take) {
        raise(&mut rounded, &remainders, missing);
        for (item, amount) in items.iter_mut().zip(rounded) {
            item.amount = amount;
        }
    } else if can_take > 0 {
        add(items, &spread(missing, &rounded));
    }
}
