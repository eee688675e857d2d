//! Which funnel («направление») an order's deal is made in. Where it goes afterwards, the portal says.

use crate::contract::order::Order;
use crate::contract::settings::Settings;
use crate::mapping::when::fits;

/// The category id for a new deal: the first rule that fits; else the funnel of all others, which may
/// be empty as long as it is not set up.
#[must_use]
pub fn funnel<'a>(order: &Order, settings: &'a Settings) -> &'a str {
    settings
        .funnels
        .iter()
        .find(|rule| !rule.id.is_empty() && fits(&rule.when, order))
        .map_or(&settings.funnel.id, |rule| &rule.id)
}

/// Whether orders are made into deals of this funnel.
#[must_use]
pub fn is_ours(settings: &Settings, funnel: &str) -> bool {
    settings.funnel.id == funnel || settings.funnels.iter().any(|rule| rule.id == funnel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::settings::FunnelRule;

    #[test]
    fn the_first_rule_that_fits_takes_the_deal() {
        let mut settings = Settings::default();
        settings.funnel.id = "5".to_owned();
        settings.funnels = [("", "opt"), ("7", "opt"), ("9", ""), ("11", "")]
            .map(|(id, store)| {
                let mut rule = FunnelRule {
                    id: id.to_owned(),
                    ..FunnelRule::default()
                };
                rule.when
                    .stores
                    .extend((!store.is_empty()).then(|| store.to_owned()));
                rule.when
                    .payments
                    .extend((id == "9").then(|| "credit".to_owned()));
                rule.when
                    .regions
                    .extend((id == "11").then(|| "Тверь".to_owned()));
                rule
            })
            .into();
        let order = |store: &str, payment: &str, city: &str| {
            let mut order = Order {
                store: store.to_owned(),
                ..Order::default()
            };
            payment.clone_into(&mut order.payment.code);
            city.clone_into(&mut order.delivery.city);
            order
        };
        for (store, payment, city, funnel_id) in [
            ("opt", "credit", "тверь", "7"),
            ("", "credit", "тверь", "9"),
            ("", "cash", "тверь", "11"),
            ("", "cash", "Москва", "5"),
        ] {
            assert_eq!(funnel(&order(store, payment, city), &settings), funnel_id);
        }
        assert!(is_ours(&settings, "11") && is_ours(&settings, "5") && !is_ours(&settings, "0"));
    }
}
