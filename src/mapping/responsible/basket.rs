//! Which rule decides in a mixed basket.

use crate::contract::order::Order;
use crate::contract::settings::Basket;
use crate::domain::decimal::Decimal;

/// The rules that lines have, the deciding one first. `of_line` is the rule of each line, `sums` are
/// the lines' worth.
pub(super) fn ranked(
    order: &Order,
    sums: &[i64],
    of_line: &[Option<usize>],
    basket: Basket,
) -> Vec<usize> {
    // (rule, weight, first line): in the order of the lines.
    let mut weights: Vec<(usize, i64, usize)> = Vec::new();
    for (line, rule) in of_line.iter().enumerate() {
        let Some(rule) = rule else { continue };
        let weight = match basket {
            Basket::LargestSum => sums.get(line).copied().unwrap_or(0),
            Basket::MostUnits => order
                .lines
                .get(line)
                .and_then(|line| Decimal::parse(&line.quantity))
                .and_then(|quantity| quantity.at_scale(4))
                .unwrap_or(0),
            Basket::FirstLine | Basket::RuleOrder => 0,
        };
        match weights.iter_mut().find(|(known, _, _)| known == rule) {
            Some((_, sum, _)) => *sum = sum.saturating_add(weight),
            None => weights.push((*rule, weight, line)),
        }
    }
    // One number to sort by, the deciding rule first.
    let rank = |(rule, weight, line): (usize, i64, usize)| match basket {
        Basket::LargestSum | Basket::MostUnits => (weight.saturating_neg(), rule),
        Basket::FirstLine => (0, line),
        Basket::RuleOrder => (0, rule),
    };
    let mut ranked = Vec::with_capacity(weights.len());
    // A handful of rules: taking the smallest each time is all the sorting there is.
    while let Some(next) = (0..weights.len()).min_by_key(|at| weights.get(*at).copied().map(rank)) {
        ranked.push(weights.remove(next).0);
    }
    ranked
}
