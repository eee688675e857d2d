//! What was decided about an order, and why so: for the preview. Names of funnels, stages and fields are
//! the portal's own; the rest is for who reads.

use crate::contract::order::Order;
use crate::contract::settings::Settings;
use crate::contract::write::writes;
use crate::domain::text::Digits;
use crate::error::Lang;
use crate::mapping::deal::Plan;
use crate::mapping::status::stage_name;
use crate::mapping::when::fits;
use crate::sync::Context;

/// A decision with its reason.
#[cfg_attr(feature = "schema", derive(serde::Serialize, schemars::JsonSchema))]
pub(super) struct Decision {
    /// `funnel`, `stage`, `contact`, `company`, `responsible`, `amount`, or the name of a field that is
    /// left out.
    what: String,
    /// In words.
    why: String,
}

writes!(Decision { what, why });

struct Decisions {
    lang: Lang,
    all: Vec<Decision>,
}

impl Decisions {
    fn add(&mut self, what: &str, ru: &[&str], en: &[&str]) {
        let why = match self.lang {
            Lang::Ru => ru,
            Lang::En => en,
        };
        self.all.push(Decision {
            what: what.to_owned(),
            why: why.concat(),
        });
    }
}

/// In the order in which they are made. `reason` is the responsible's.
pub(super) fn decisions(
    order: &Order,
    plan: &Plan,
    reason: &str,
    context: &Context,
) -> Vec<Decision> {
    let settings = context.settings;
    let mut said = Decisions {
        lang: context.lang,
        all: Vec::new(),
    };
    placed(order, plan, settings, &mut said);
    people(order, plan, settings, &mut said);
    said.add("responsible", &[reason], &[reason]);
    if plan.rows.by_hand() {
        said.add(
            "amount",
            &["Вручную: строки не складываются."],
            &["By hand: the rows do not add up."],
        );
    } else {
        said.add(
            "amount",
            &["Складывается из строк."],
            &["The rows add up to it."],
        );
    }
    for rule in settings
        .fields
        .iter()
        .filter(|rule| !fits(&rule.when, order))
    {
        said.add(
            &rule.field,
            &["Условие не выполнено."],
            &["Its condition does not hold."],
        );
    }
    said.all
}

/// Funnel and stage.
fn placed(order: &Order, plan: &Plan, settings: &Settings, said: &mut Decisions) {
    let mut rules = settings.funnels.iter().enumerate();
    let rule = rules.find(|(_, rule)| !rule.id.is_empty() && fits(&rule.when, order));
    if let Some((index, rule)) = rule {
        let number = index.saturating_add(1).digits();
        said.add(
            "funnel",
            &["«", &rule.name, "»: правило ", &number, "."],
            &["«", &rule.name, "»: rule ", &number, "."],
        );
    } else {
        let name = &settings.funnel.name;
        said.add(
            "funnel",
            &["«", name, "»: для всех остальных."],
            &["«", name, "»: for all others."],
        );
    }
    let status = &order.status;
    let stage = plan.once.iter().find(|field| field.name == "stageId");
    if let Some(stage) = stage.map(|field| stage_name(settings, &field.value)) {
        said.add(
            "stage",
            &["«", stage, "»: по статусу «", status, "»."],
            &["«", stage, "»: by status «", status, "»."],
        );
    } else {
        said.add(
            "stage",
            &["Первая в воронке: для статуса «", status, "» строки нет."],
            &["The funnel's first: status «", status, "» has no row."],
        );
    }
}

/// Contact and company.
fn people(order: &Order, plan: &Plan, settings: &Settings, said: &mut Decisions) {
    let contact = &plan.contact;
    let (ru, en) = match (contact.phone.is_empty(), contact.email.is_empty()) {
        (false, false) => ("телефону и e-mail", "phone and e-mail"),
        (false, true) => ("телефону", "phone"),
        (true, false) => ("e-mail", "e-mail"),
        (true, true) => ("этому заказу", "this order"),
    };
    said.add(
        "contact",
        &["Ищем по ", ru, "; не найдём — создадим."],
        &["Looked for by ", en, "; made when not found."],
    );
    let Some(company) = &order.buyer.company else {
        return;
    };
    let (ru, en) = if settings.people.without_companies {
        ("Не передаём: так настроено.", "Left out: so it is set.")
    } else if company.inn.is_empty() {
        ("Ищем по названию.", "Looked for by its name.")
    } else {
        ("Ищем по ИНН.", "Looked for by its INN.")
    };
    said.add("company", &[ru], &[en]);
}
