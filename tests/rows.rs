//! Money is conserved: whatever a shop sells, in whatever prices, taxes, discounts, currency and
//! refunds, the portal's own sum of the rows is the shop's total.
//!
//! The orders are consistent by construction: the shop here reckons as `OpenCart` does (four decimals,
//! net, rounded once at the end) or as `WooCommerce` does (each line rounded to the currency), in whole
//! numbers of its own and without a line of the core's.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::struct_excessive_bools,
    reason = "tests fail loudly; a generated shop has many switches"
)]

use orderbridge::abi::answer;
use proptest::prelude::*;
use serde_json::{json, Value};

/// Ten-thousandths of a major unit: what the shop stores.
type Money = i128;

const ONE: Money = 10_000;
/// Decimals of a rate.
const RATE: u32 = 8;

/// `a` ÷ `b`, half away from zero.
fn divided(a: i128, b: i128) -> i128 {
    (a.abs() * 2 + b) / (b * 2) * a.signum()
}

fn text(units: i128, scale: u32) -> String {
    let one = 10i128.pow(scale);
    let sign = if units < 0 { "-" } else { "" };
    let (whole, part) = (units.abs() / one, units.abs() % one);
    match scale {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{part:0width$}", width = scale as usize),
    }
}

fn units(text: &str, scale: u32) -> i128 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let width = scale as usize;
    assert!(fraction.len() <= width, "{text}");
    format!("{whole}{fraction:0<width$}").parse().unwrap()
}

fn put(value: &mut Value, name: &str, text: String) {
    let members = value.as_object_mut().unwrap();
    members.insert(name.to_owned(), text.into());
}

#[derive(Clone, Debug)]
struct Bought {
    price: Money,
    /// Ten-thousandths.
    quantity: i128,
    /// Per cent; none: without VAT.
    vat: Option<i128>,
    /// Off the line: per cent, or a part of it in per cent told as a sum.
    discount: Option<(bool, i128)>,
    /// Whether the order tells the line's total, or price and discount.
    told: bool,
    /// How many came back, per cent, and whether a sum is told.
    returned: Option<(i128, bool)>,
}

#[derive(Clone, Debug)]
struct Shop {
    currency: &'static str,
    decimals: u32,
    /// Rounds each line to the currency.
    coarse: bool,
    net: bool,
    /// How taxes are told: by rate, all in one, not at all.
    taxes: u8,
    /// Hundred-millionths.
    rate: Option<i128>,
    lines: Vec<Bought>,
    /// Off the goods, per cent each: kind, how it is told.
    lowering: Vec<(&'static str, i128, bool)>,
    shipping: Option<(Money, Option<i128>)>,
    fee: Option<Money>,
    /// Of what would be to pay, per cent.
    voucher: Option<i128>,
    rounds_total: bool,
    /// Of what was paid, per cent.
    refunded: Option<i128>,
    /// The shop's mistake.
    mistake: bool,
}

/// What the shop tells, and what it makes of it itself.
struct Told {
    order: Value,
    /// In smallest units of the order's currency.
    total: i128,
    refunded: i128,
}

impl Shop {
    fn places(&self) -> u32 {
        if self.coarse {
            self.decimals
        } else {
            4
        }
    }

    /// Rounds `value` ÷ `by` to what the shop stores.
    fn stored(&self, value: i128, by: i128) -> Money {
        let step = 10i128.pow(4 - self.places());
        divided(value, by * step) * step
    }

    fn line_total(&self, line: &Bought) -> Money {
        let whole = self.stored(line.price * line.quantity, ONE);
        match line.discount {
            None => whole,
            Some((_, percent)) => whole - self.stored(whole * percent, 100),
        }
    }

    fn converted(&self, money: Money) -> i128 {
        let rate = self.rate.unwrap_or(10i128.pow(RATE));
        divided(money * rate, 10i128.pow(4 + RATE - self.decimals))
    }

    fn tell(&self) -> Told {
        let amount = |money: Money| text(money, 4);
        let totals: Vec<Money> = self
            .lines
            .iter()
            .map(|line| self.line_total(line))
            .collect();
        let goods: Money = totals.iter().sum();
        let mut charges = Vec::new();
        let mut total = goods;
        for (kind, percent, as_sum) in &self.lowering {
            let off = self.stored(goods * percent, 100);
            total -= off;
            charges.push(if *as_sum {
                json!({"kind": kind, "name": "x", "amount": amount(-off)})
            } else {
                json!({"kind": kind, "name": "x", "percent": format!("-{percent}")})
            });
        }
        let left = (total, goods.max(1));
        let mut taxed: Vec<(Option<i128>, Money)> = self
            .lines
            .iter()
            .zip(&totals)
            .map(|(line, sum)| (line.vat, sum * left.0 / left.1))
            .collect();
        for (kind, extra) in [
            ("shipping", self.shipping),
            ("fee", self.fee.map(|fee| (fee, None))),
        ] {
            if let Some((sum, vat)) = extra {
                let sum = self.stored(sum, 1);
                total += sum;
                taxed.push((vat, sum));
                charges.push(json!({"kind": kind, "name": "", "amount": amount(sum), "vat_rate": vat.map(|vat| vat.to_string())}));
            }
        }
        if self.net {
            total += self.tax(&taxed, &mut charges);
        }
        if let Some(percent) = self.voucher {
            let paid = self.stored(total * percent, 100);
            total -= paid;
            charges.push(json!({"kind": "voucher", "name": "", "amount": amount(-paid)}));
        }
        if self.rounds_total {
            let whole = total / ONE * ONE;
            charges.push(json!({"kind": "rounding", "name": "", "amount": amount(whole - total)}));
            total = whole;
        }
        if self.mistake {
            total += 300 * ONE;
        }
        let refunded = self.stored(total * self.refunded.unwrap_or(0), 100);
        let lines: Vec<Value> = self
            .lines
            .iter()
            .zip(&totals)
            .map(|(line, sum)| line.tell(*sum))
            .collect();
        let mut order = json!({
            "id": "17", "status": "new", "currency": self.currency, "total": amount(total),
            "prices": if self.net { "net" } else { "gross" }, "lines": lines, "charges": charges,
        });
        if let Some(rate) = self.rate {
            put(&mut order, "rate", text(rate, RATE));
        }
        if self.refunded.is_some() {
            put(&mut order, "refunded", amount(refunded));
        }
        Told {
            order,
            total: self.converted(total),
            refunded: self.converted(refunded),
        }
    }

    fn tax(&self, taxed: &[(Option<i128>, Money)], charges: &mut Vec<Value>) -> Money {
        let mut all = 0;
        for rate in [10, 20] {
            let of_rate = taxed.iter().filter(|(vat, _)| *vat == Some(rate));
            let sum = if self.coarse {
                of_rate.map(|(_, net)| self.stored(net * rate, 100)).sum()
            } else {
                self.stored(of_rate.map(|(_, net)| net).sum::<Money>() * rate, 100)
            };
            if self.taxes == 0 {
                charges.push(json!({"kind": "tax", "name": "VAT", "amount": text(sum, 4), "vat_rate": text(rate, 4)}));
            }
            all += sum;
        }
        if self.taxes == 1 {
            charges.push(json!({"kind": "tax", "name": "VAT", "amount": text(all, 4)}));
        }
        all
    }
}

impl Bought {
    fn tell(&self, total: Money) -> Value {
        let mut line = json!({
            "name": "Товар", "sku": "S-1", "quantity": text(self.quantity, 4), "price": text(self.price, 4),
            "vat_rate": self.vat.map(|vat| vat.to_string()),
        });
        match self.discount {
            _ if self.told => put(&mut line, "total", text(total, 4)),
            Some((true, percent)) => put(&mut line, "discount_percent", percent.to_string()),
            Some((false, _)) => {
                let whole = divided(self.price * self.quantity, ONE);
                put(&mut line, "discount", text(whole - total, 4));
            }
            None => {}
        }
        if let Some((percent, sum)) = self.returned {
            put(
                &mut line,
                "refunded_quantity",
                text(self.quantity * percent / 100, 4),
            );
            if sum {
                put(&mut line, "refunded_total", text(total * percent / 100, 4));
            }
        }
        line
    }
}

fn vat() -> impl Strategy<Value = Option<i128>> {
    prop::sample::select(vec![None, Some(0), Some(10), Some(20)])
}

prop_compose! {
    fn bought()(
        price in prop_oneof![1 => Just(0), 5 => 1i128..50_000_000],
        quantity in prop_oneof![3 => (1i128..40).prop_map(|pieces| pieces * ONE), 1 => 1i128..300_000],
        vat in vat(),
        discount in prop::option::weighted(0.3, (any::<bool>(), 0i128..=100)),
        told in prop::bool::weighted(0.7),
        returned in prop::option::weighted(0.4, (prop_oneof![Just(100i128), 0i128..=100], any::<bool>())),
    ) -> Bought {
        Bought { price, quantity, vat, discount, told, returned }
    }
}

prop_compose! {
    fn shop()(
        (currency, decimals) in prop::sample::select(vec![("RUB", 2), ("EUR", 2), ("JPY", 0), ("KWD", 3)]),
        (coarse, net, rounds_total) in any::<(bool, bool, bool)>(),
        taxes in 0u8..3,
        rate in prop::option::weighted(0.4, prop_oneof![1i128..200_000_000, 1i128..3_000_000_000_000]),
        lines in prop::collection::vec(bought(), 1..10),
        lowering in prop::collection::vec((prop::sample::select(vec!["discount", "coupon", "reward"]), 0i128..33, any::<bool>()), 0..4),
        shipping in prop::option::of((0i128..5_000_000, vat())),
        fee in prop::option::weighted(0.3, 0i128..1_000_000),
        voucher in prop::option::weighted(0.3, 0i128..=100),
        refunded in prop::option::weighted(0.4, prop_oneof![Just(100i128), 0i128..=100]),
        mistake in prop::bool::weighted(0.1),
    ) -> Shop {
        let mut shop = Shop { currency, decimals, coarse, net, taxes, rate, lines, lowering, shipping, fee, voucher, rounds_total, refunded, mistake };
        if shop.coarse {
            // Such a shop has no finer prices.
            let step = 10i128.pow(4 - decimals);
            for line in &mut shop.lines {
                line.price -= line.price % step;
            }
        }
        if shop.coarse && rate.is_some() {
            // Its base currency has cents.
            shop.decimals = 2;
            shop.currency = "RUB";
        }
        shop
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_portal_s_sum_is_the_shop_s_total(shop in shop(), note in prop::bool::weighted(0.2)) {
        let told = shop.tell();
        let refund = if note { "note" } else { "reduce" };
        let request = json!({
            "v": 1, "op": "order.preview", "now": "2026-11-23T10:00:00Z",
            "settings": {"shop": {"id": "shop-1"}, "life": {"refund": refund}}, "data": {"order": told.order},
        });
        let answer: Value = serde_json::from_slice(&answer(request.to_string().as_bytes())).unwrap();
        prop_assert_eq!(&answer["outcome"], "ok", "{}\n{}", answer, told.order);
        let data = &answer["data"];
        let total = if note { told.total } else { (told.total - told.refunded).max(0) };

        let mut sum = 0;
        for row in data["rows"].as_array().unwrap() {
            let [price, quantity] = ["price", "quantity"].map(|name| row[name].as_str().unwrap());
            let (price, quantity) = (units(price, shop.decimals), units(quantity, 4));
            prop_assert!(price >= 0 && quantity > 0, "{}", row);
            sum += divided(price * quantity, ONE);
            for name in ["name", "measure_code", "measure"] {
                prop_assert_ne!(&row[name], "");
            }
            if row["sku"] == "S-1" {
                let rate = row["vat_rate"].as_str().map(|rate| rate.parse::<i128>().unwrap());
                prop_assert!(shop.lines.iter().any(|line| line.vat == rate), "{}", row);
            }
        }
        let field = |name: &str| {
            let fields = data["deal"].as_array().unwrap();
            fields.iter().find(|field| field["name"] == name).map(|field| field["value"].as_str().unwrap().to_owned()).unwrap()
        };
        prop_assert_eq!(units(&field("opportunity"), shop.decimals), total);
        prop_assert_eq!(units(data["rows_sum"].as_str().unwrap(), shop.decimals), sum);
        let by_hand = field("isManualOpportunity") == "Y";
        prop_assert_eq!(by_hand, sum != total);
        let noted = answer["notes"].as_array().is_some_and(|notes| notes.iter().any(|note| note["code"] == "amount_by_hand"));
        prop_assert_eq!(by_hand, noted);
        prop_assert_eq!(field("comments").contains("Возвращено"), told.refunded > 0);
        if !shop.mistake {
            prop_assert!(!by_hand, "{} of {}: {}\n{}", sum, total, data["rows"], told.order);
        } else if total > 0 && shop.rate.is_none_or(|rate| rate > 10_000_000) {
            prop_assert!(by_hand, "{}\n{}", data["rows"], told.order);
        }
    }
}
