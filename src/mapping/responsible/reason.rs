//! Why he: in words, for the preview and the journal.

use super::{name, Responsible};
use crate::contract::order::{Line, Order};
use crate::contract::settings::{Pick, Settings};
use crate::domain::text::joined;
use crate::domain::text::Digits;
use crate::error::Lang;
use crate::mapping::when::grounds;

/// The sentences and their parts, in Russian and in English. A table, and one function that looks
/// into it: texts at the places where they are said cost the module twice as much.
const TEXTS: [[&str; 2]; 25] = [
    // What grounds() names, by its places.
    ["категория", "category"],
    ["бренд", "brand"],
    ["витрина", "store"],
    ["регион", "region"],
    ["доставка", "delivery"],
    ["оплата", "payment"],
    ["группа", "group"],
    ["валюта", "currency"],
    ["сумма", "total"],
    // The measures of a mixed basket, in their order.
    ["наибольшая сумма", "the largest sum"],
    ["первая строка", "the first line"],
    ["больше единиц", "the most units"],
    ["первое из правил", "the first of the rules"],
    // Where those passed over stand, in the order of Stand.
    ["", ""],
    ["Не на работе", "Off work"],
    ["Отсутствуют", "Away"],
    ["Уволены", "Dismissed"],
    ["Правило", "Rule"],
    ["По очереди", "In turn"],
    ["Первый по списку", "The first of the list"],
    ["Сейчас никто не на работе", "Nobody is at work now"],
    ["Выбран при прошлой попытке", "Chosen at an earlier attempt"],
    ["По умолчанию", "The fallback"],
    ["По умолчанию никто не выбран", "No fallback is chosen"],
    [
        "Ни одно правило не подошло: по умолчанию",
        "No rule fits: the fallback",
    ],
];
const BASKET: usize = 9;
const PASSED: usize = 13;
const RULE: usize = 17;
const IN_TURN: usize = 18;
const FIRST: usize = 19;
const OFF: usize = 20;
const KEPT: usize = 21;
const FALLBACK: usize = 22;
const NOBODY: usize = 23;
const NO_RULE: usize = 24;

fn say(text: usize, lang: Lang) -> &'static str {
    let [ru, en] = TEXTS.get(text).copied().unwrap_or_default();
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// «По очереди: Мария, Олег.»
fn sentence(out: &mut String, head: &str, items: &[String]) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(head);
    if !items.is_empty() {
        out.push_str(": ");
        out.push_str(&joined(items, ", "));
    }
    out.push('.');
}

impl Responsible {
    /// Why he, in words: «Правило 2 «Чай»: категория 12, наибольшая сумма. По очереди: Мария, Олег.
    /// Уволены: Пётр.»
    #[must_use]
    pub fn reason(&self, order: &Order, settings: &Settings, lang: Lang) -> String {
        let of = &settings.responsible;
        let names = |users: &[String]| -> Vec<String> {
            users
                .iter()
                .map(|user| name(settings, user).to_owned())
                .collect()
        };
        let mut out = String::new();
        let mut also = None;
        let rule = self.rule.and_then(|index| of.rules.get(index));
        if let (Some(index), Some(rule)) = (self.rule, rule) {
            let place = index.saturating_add(1).digits();
            let mut head = [say(RULE, lang), " ", &place].concat();
            if !rule.name.is_empty() {
                head = [&head, " «", &rule.name, "»"].concat();
            }
            let none = Line::default();
            let line = order.lines.get(self.line).unwrap_or(&none);
            let mut why = Vec::new();
            grounds(&rule.when, order, line, &mut |place, ground| {
                why.push([say(place, lang), " ", ground].concat());
            });
            if self.mixed {
                why.push(say(BASKET.saturating_add(of.basket as usize), lang).to_owned());
            }
            sentence(&mut out, &head, &why);
            if !self.one_of.is_empty() {
                sentence(&mut out, say(IN_TURN, lang), &names(&self.one_of));
            } else if rule.pick == Pick::First && rule.users.len() > 1 {
                also = Some(FIRST);
            }
        } else if self.user.is_empty() {
            also = Some(NOBODY);
        } else if self.passed.iter().all(Vec::is_empty) {
            also = Some(NO_RULE);
        } else {
            also = Some(FALLBACK);
        }
        let off = self.off.then_some(OFF);
        let kept = self.kept.then_some(KEPT);
        for text in [also, off, kept].into_iter().flatten() {
            sentence(&mut out, say(text, lang), &[]);
        }
        for (stand, users) in self.passed.iter().enumerate() {
            if !users.is_empty() {
                sentence(
                    &mut out,
                    say(PASSED.saturating_add(stand), lang),
                    &names(users),
                );
            }
        }
        out
    }
}
