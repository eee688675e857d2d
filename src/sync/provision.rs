//! Sets the funnel up: the funnel itself, its stages with their Russian names, the hidden field
//! with the order id. Finds before it creates, and changes nothing that exists without consent.

use super::portal::{failed, refused, unanswered, Try};
use super::snapshot::{stages, stages_call, Stage};
use super::step::{call, done, field, id, list, params, rest, result};
use super::{Context, State};
use crate::contract::json::Json;
use crate::contract::settings::{self, FromStage, Settings, ToStage};
use crate::contract::task::{Call, Reply, Roles, Step, Task};
use crate::contract::write::{again, wire, wire_words, writes};
use crate::domain::search::replaced;
use crate::domain::text::Digits;
use crate::domain::text::{numbered, same};
use crate::error::{Code, Problem};
use crate::mapping::status::stage_of_funnel;

/// A set-up between two steps.
#[derive(Default)]
pub struct Provision {
    phase: Phase,
    /// What the owner allowed: `create` new things, `change` existing ones.
    consent: Vec<String>,
    roles: Roles,
    funnel: Option<String>,
    /// We made the funnel ourselves, so nothing in it is anybody else's.
    ours: bool,
    field_exists: bool,
}

wire!(Provision {
    phase,
    consent,
    roles,
    funnel,
    ours,
    field_exists
});

#[derive(Clone, Copy, Default)]
enum Phase {
    #[default]
    Look,
    AddFunnel,
    Stages,
    Write,
    Verify,
}

wire_words!(Phase {
    "look" => Look, "add_funnel" => AddFunnel, "stages" => Stages, "write" => Write, "verify" => Verify
});

/// A stage that the funnel must have: its name, and the stage of a fresh funnel it can be made of.
/// Bitrix24: REST documentation, "Deal stages", the default set.
struct Part {
    name: &'static str,
    fresh: &'static str,
    fresh_names: &'static [&'static str],
    own: &'static str,
    semantics: &'static str,
}

const PARTS: [Part; 6] = [
    Part {
        name: "Новый заказ",
        fresh: "NEW",
        fresh_names: &["Новая", "New", "Новый"],
        own: "OB_NEW",
        semantics: "process",
    },
    Part {
        name: "Взять в работу",
        fresh: "PREPARATION",
        fresh_names: &["Подготовка документов", "Create papers"],
        own: "OB_WORK",
        semantics: "process",
    },
    Part {
        name: "Получить оплату",
        fresh: "PREPAYMENT_INVOICE",
        fresh_names: &[
            "Cчет на предоплату",
            "Счет на предоплату",
            "Счёт на предоплату",
            "Invoice",
        ],
        own: "OB_PAYMENT",
        semantics: "process",
    },
    Part {
        name: "Отправка товара",
        fresh: "EXECUTING",
        fresh_names: &["В работе", "In progress"],
        own: "OB_SHIPPING",
        semantics: "process",
    },
    Part {
        name: "Заказ выполнен",
        fresh: "WON",
        fresh_names: &["Сделка успешна", "Deal won"],
        own: "",
        semantics: "success",
    },
    Part {
        name: "Отменён",
        fresh: "LOSE",
        fresh_names: &["Сделка провалена", "Deal lost"],
        own: "OB_LOST",
        semantics: "failure",
    },
];

struct Outcome {
    /// Whether nothing is left to do.
    complete: bool,
    plan: Vec<Item>,
    settings: Option<Settings>,
}

writes!(Outcome {
    complete,
    plan,
    settings
});

struct Item {
    /// Touches something that is there already.
    existing: bool,
    code: &'static str,
    message: String,
}

writes!(Item {
    existing,
    code,
    message
});

enum Change {
    Rename {
        row: String,
        from: String,
        to: &'static str,
    },
    Create {
        to: &'static str,
        own: &'static str,
        sort: u32,
        semantics: &'static str,
    },
}

/// Looks for what is there.
pub(super) fn start(task: Task, context: &Context) -> Step {
    let provision = Provision {
        phase: Phase::Look,
        consent: task.consent,
        roles: task.roles,
        funnel: None,
        ours: false,
        field_exists: false,
    };
    let calls = vec![
        rest(
            "funnels",
            "crm.category.list",
            &params(&[("entityTypeId", "2")]),
        ),
        rest(
            "field",
            "crm.deal.userfield.list",
            &params(&[("filter[FIELD_NAME]", &context.settings.deal.order_field)]),
        ),
    ];
    call(&State::Provision(Box::new(provision)), calls)
}

/// Goes on.
pub(super) fn resume(provision: Provision, reply: &Reply, context: &Context) -> Step {
    let tried = Try {
        attempt: 1,
        turn: 0,
    };
    if let Some(failure) = &reply.failure {
        return Step::of(failed(failure, tried, context));
    }
    for (key, one) in reply.answers.iter() {
        // The card's layout is a kindness: a portal that refuses it is set up all the same.
        if let Some(error) = one.error.as_ref().filter(|_| key != "layout") {
            return Step::of(refused(error, key, tried, context));
        }
    }
    match provision.phase {
        Phase::Look => provision.looked(reply, context),
        Phase::AddFunnel => {
            match result(reply, "funnel", &["category"]).and_then(|funnel| id(funnel, "id")) {
                Some(funnel) => provision.ask_stages(funnel, true),
                None => Step::of(unanswered("crm.category.add", tried, context)),
            }
        }
        Phase::Stages => provision.plan(reply, context),
        Phase::Write => provision.ask_verify(),
        Phase::Verify => provision.verified(reply, context),
    }
}

impl Provision {
    fn step(self, phase: Phase, calls: Vec<Call>) -> Step {
        call(&State::Provision(Box::new(Self { phase, ..self })), calls)
    }

    fn may(&self, what: &str) -> bool {
        self.consent.iter().any(|one| one == what)
    }

    fn looked(mut self, reply: &Reply, context: &Context) -> Step {
        let wanted = &context.settings.funnel;
        self.field_exists = !list(result(reply, "field", &[])).is_empty();
        let funnels = list(result(reply, "funnels", &["categories"]));
        let known = funnels
            .iter()
            .find(|row| !wanted.id.is_empty() && field(row, "id") == wanted.id)
            .or_else(|| {
                funnels
                    .iter()
                    .find(|row| same(&field(row, "name"), &wanted.name))
            })
            .map(|row| field(row, "id"));
        if let Some(funnel) = known {
            return self.ask_stages(funnel, false);
        }
        if self.may("create") {
            let query = params(&[
                ("entityTypeId", "2"),
                ("fields[name]", &wanted.name),
                ("fields[sort]", "500"),
            ]);
            return self.step(
                Phase::AddFunnel,
                vec![rest("funnel", "crm.category.add", &query)],
            );
        }
        let mut plan = vec![item(
            false,
            &Problem::new(Code::FunnelCreate).with("funnel", wanted.name.clone()),
            context,
        )];
        plan.extend(PARTS.iter().map(|part| {
            item(
                false,
                &Problem::new(Code::StageCreate).with("to", part.name),
                context,
            )
        }));
        self.plan_field(&mut plan, context);
        done(&Outcome {
            complete: false,
            plan,
            settings: None,
        })
    }

    fn ask_stages(mut self, funnel: String, ours: bool) -> Step {
        let calls = vec![stages_call("stages", &funnel)];
        self.funnel = Some(funnel);
        self.ours = ours;
        self.step(Phase::Stages, calls)
    }

    fn plan_field(&self, plan: &mut Vec<Item>, context: &Context) {
        if !self.field_exists {
            let problem = Problem::new(Code::OrderFieldCreate)
                .with("field", context.settings.deal.order_field.clone());
            plan.push(item(false, &problem, context));
        }
    }

    fn plan(self, reply: &Reply, context: &Context) -> Step {
        let changes = changes(&stages(reply, "stages"), self.ours);
        let mut plan = Vec::new();
        if !self.ours {
            let problem = Problem::new(Code::FunnelFound)
                .with("funnel", context.settings.funnel.name.clone());
            plan.push(item(true, &problem, context));
        }
        for change in &changes {
            plan.push(match change {
                Change::Rename { from, to, .. } => item(
                    !self.ours,
                    &Problem::new(Code::StageRename)
                        .with("from", from.clone())
                        .with("to", *to),
                    context,
                ),
                Change::Create { to, .. } => item(
                    false,
                    &Problem::new(Code::StageCreate).with("to", *to),
                    context,
                ),
            });
        }
        self.plan_field(&mut plan, context);
        let renames = changes
            .iter()
            .any(|change| matches!(change, Change::Rename { .. }));
        let creates = changes
            .iter()
            .any(|change| matches!(change, Change::Create { .. }))
            || !self.field_exists;
        let allowed =
            (!creates || self.may("create")) && (!renames || self.may("change") || self.ours);
        if !allowed {
            return done(&Outcome {
                complete: false,
                plan,
                settings: None,
            });
        }
        let calls = self.writes(&changes, context);
        if calls.is_empty() {
            return self.ask_verify();
        }
        self.step(Phase::Write, calls)
    }

    fn writes(&self, changes: &[Change], context: &Context) -> Vec<Call> {
        let funnel = self.funnel.clone().unwrap_or_default();
        let mut calls = Vec::new();
        for (index, change) in changes.iter().enumerate() {
            let key = numbered("stage", index, "");
            calls.push(match change {
                Change::Rename { row, to, .. } => rest(
                    &key,
                    "crm.status.update",
                    &params(&[("id", row), ("fields[NAME]", to)]),
                ),
                Change::Create {
                    to,
                    own,
                    sort,
                    semantics,
                } => rest(
                    &key,
                    "crm.status.add",
                    &params(&[
                        ("fields[ENTITY_ID]", &["DEAL_STAGE_", &funnel].concat()),
                        ("fields[STATUS_ID]", own),
                        ("fields[NAME]", to),
                        ("fields[SORT]", &sort.digits()),
                        (
                            "fields[SEMANTICS]",
                            if *semantics == "failure" { "F" } else { "" },
                        ),
                    ]),
                ),
            });
        }
        if !self.field_exists {
            calls.push(order_field(&context.settings.deal.order_field));
        }
        if self.ours {
            calls.push(layout(&funnel));
        }
        calls
    }

    fn ask_verify(self) -> Step {
        let funnel = self.funnel.clone().unwrap_or_default();
        let calls = vec![
            stages_call("stages", &funnel),
            rest(
                "fields",
                "crm.item.fields",
                &params(&[("entityTypeId", "2")]),
            ),
        ];
        self.step(Phase::Verify, calls)
    }

    fn verified(self, reply: &Reply, context: &Context) -> Step {
        let stages = stages(reply, "stages");
        let mut settings = again(context.settings);
        settings.funnel.id = self.funnel.clone().unwrap_or_default();
        settings.deal.order_field_item = item_name(reply, &settings.deal.order_field);
        let kept = &mut settings.portal.stages;
        kept.retain(|stage| !stage_of_funnel(&stage.id, &settings.funnel.id));
        kept.extend(stages.iter().map(|stage| settings::Stage {
            id: stage.id.clone(),
            name: stage.name.clone(),
            semantics: stage.semantics.clone(),
        }));
        let found: Vec<Option<&Stage>> = PARTS.iter().map(|part| find(&stages, part)).collect();
        fill_statuses(&mut settings, &found, &self.roles);
        done(&Outcome {
            complete: found.iter().all(Option::is_some)
                && !settings.deal.order_field_item.is_empty(),
            plan: Vec::new(),
            settings: Some(settings),
        })
    }
}

fn item(existing: bool, problem: &Problem, context: &Context) -> Item {
    let spoken = problem.spoken(context.lang);
    Item {
        existing,
        code: spoken.code,
        message: spoken.message,
    }
}

/// The stage that plays a part: by its name; won and lost also by what they are.
fn find<'a>(stages: &'a [Stage], part: &Part) -> Option<&'a Stage> {
    stages
        .iter()
        .find(|stage| same(&stage.name, part.name) && stage.semantics == part.semantics)
        .or_else(|| {
            // There is exactly one won stage; of the lost ones, the portal's own.
            stages.iter().find(|stage| match part.semantics {
                "success" => stage.semantics == "success",
                "failure" => bare(&stage.id) == part.fresh,
                _ => false,
            })
        })
}

fn bare(stage: &str) -> &str {
    stage.split_once(':').map_or(stage, |(_, bare)| bare)
}

/// What has to change so that every part is there.
fn changes(stages: &[Stage], ours: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut sort = 0;
    for part in &PARTS {
        let named = stages
            .iter()
            .find(|stage| same(&stage.name, part.name) && stage.semantics == part.semantics);
        let fresh = stages.iter().find(|stage| {
            bare(&stage.id) == part.fresh
                && (ours || part.fresh_names.iter().any(|name| same(&stage.name, name)))
        });
        sort = match (named, fresh) {
            (Some(stage), _) => stage.sort,
            (None, Some(stage)) => {
                changes.push(Change::Rename {
                    row: stage.row.clone(),
                    from: stage.name.clone(),
                    to: part.name,
                });
                stage.sort
            }
            // Somebody named the won or the lost stage himself: it plays the part as it is.
            (None, None) if find(stages, part).is_some() => sort,
            (None, None) => {
                let sort = sort.saturating_add(5);
                changes.push(Change::Create {
                    to: part.name,
                    own: part.own,
                    sort,
                    semantics: part.semantics,
                });
                sort
            }
        };
    }
    changes
}

/// The hidden field. Bitrix24: REST documentation, `crm.deal.userfield.add`; there is no "hidden"
/// flag: it is not editable, not in lists, and kept out of the layout of a funnel that we made.
fn order_field(name: &str) -> Call {
    rest(
        "field",
        "crm.deal.userfield.add",
        &params(&[
            ("fields[FIELD_NAME]", name),
            ("fields[USER_TYPE_ID]", "string"),
            ("fields[XML_ID]", "ORDERBRIDGE_ORDER"),
            ("fields[MULTIPLE]", "N"),
            ("fields[MANDATORY]", "N"),
            ("fields[SHOW_FILTER]", "Y"),
            ("fields[SHOW_IN_LIST]", "N"),
            ("fields[EDIT_IN_LIST]", "N"),
            ("fields[EDIT_FORM_LABEL][ru]", "Номер заказа в магазине"),
            ("fields[EDIT_FORM_LABEL][en]", "Order id in the shop"),
            ("fields[LIST_COLUMN_LABEL][ru]", "Номер заказа в магазине"),
            ("fields[LIST_COLUMN_LABEL][en]", "Order id in the shop"),
            ("fields[LIST_FILTER_LABEL][ru]", "Номер заказа в магазине"),
            ("fields[LIST_FILTER_LABEL][en]", "Order id in the shop"),
        ]),
    )
}

/// The card of a funnel that we made, without the hidden field. Bitrix24: REST documentation,
/// "Card configuration".
fn layout(funnel: &str) -> Call {
    let mut query = params(&[("scope", "C"), ("extras[dealCategoryId]", funnel)]);
    for (index, (name, title, elements)) in [
        (
            "main",
            "О сделке",
            &[
                "TITLE",
                "OPPORTUNITY_WITH_CURRENCY",
                "STAGE_ID",
                "CLIENT",
                "ASSIGNED_BY_ID",
                "COMMENTS",
            ][..],
        ),
        ("products", "Товары", &["PRODUCT_ROW_SUMMARY"][..]),
    ]
    .into_iter()
    .enumerate()
    {
        query
            .set(&numbered("data[", index, "][name]"), name)
            .set(&numbered("data[", index, "][title]"), title)
            .set(&numbered("data[", index, "][type]"), "section");
        for (place, element) in elements.iter().enumerate() {
            query.set(
                &numbered(&numbered("data[", index, "][elements]["), place, "][name]"),
                element,
            );
        }
    }
    rest("layout", "crm.deal.details.configuration.set", &query)
}

/// The field's name in `crm.item.*`, as the portal says it. Bitrix24: REST documentation,
/// `crm.item.fields`, `upperName`.
fn item_name(reply: &Reply, upper: &str) -> String {
    let Some(Json::Map(fields)) = result(reply, "fields", &["fields"]) else {
        return String::new();
    };
    fields
        .iter()
        .find(|(name, about)| {
            field(about, "upperName") == upper
                || (about.get("upperName").is_none() && same(name, &replaced(upper, "_", "")))
        })
        .map(|(name, _)| name.to_owned())
        .unwrap_or_default()
}

/// Fills what is empty; what the owner chose stays.
fn fill_statuses(settings: &mut Settings, found: &[Option<&Stage>], roles: &Roles) {
    let statuses = [
        &roles.new,
        &roles.work,
        &roles.payment,
        &roles.shipping,
        &roles.won,
        &roles.lost,
    ];
    let tables = &mut settings.statuses;
    let pairs: Vec<(&Stage, &String)> = found
        .iter()
        .zip(statuses)
        .filter_map(|(stage, status)| Some(((*stage)?, status)))
        .filter(|(_, status)| !status.is_empty())
        .collect();
    if tables.from_stage.is_empty() {
        tables.from_stage = pairs
            .iter()
            .filter(|(stage, _)| stage.semantics == "process")
            .map(|(stage, status)| FromStage {
                stage: stage.id.clone(),
                status: (*status).clone(),
                ..FromStage::default()
            })
            .collect();
    }
    if tables.to_stage.is_empty() {
        tables.to_stage = pairs
            .iter()
            .map(|(stage, status)| ToStage {
                status: (*status).clone(),
                stage: stage.id.clone(),
            })
            .collect();
    }
    if tables.won.status.is_empty() {
        tables.won.status.clone_from(&roles.won);
    }
    if tables.lost.status.is_empty() {
        tables.lost.status.clone_from(&roles.lost);
    }
}
