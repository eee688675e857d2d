//! A stage seen as an order's status, and a status seen as a stage. Two separate tables; a row of
//! either counts in the funnel of its stage.

use crate::contract::settings::{Settings, Statuses};
use crate::mapping::funnel::is_ours;

/// The status that a stage asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The shop's status.
    pub status: &'a str,
    /// Whether the shop tells the buyer.
    pub notify: bool,
    /// Template of the history row's comment.
    pub comment: &'a str,
}

/// What a stage asks of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks<'a> {
    /// Nothing: the stage is not mapped, and the order stays as it is.
    Nothing,
    /// The status that the order has.
    Same,
    /// A status that the portal must not take the order to.
    Guarded,
    /// Another one.
    Other(Wanted<'a>),
}

/// What a stage asks of an order that has the status `status`. `semantics` is `S` for a won stage, `F`
/// for a lost one. Bitrix24: REST documentation, "Deal stages", `STAGE_SEMANTIC_ID`.
#[must_use]
pub fn asks<'a>(settings: &'a Settings, stage: &str, semantics: &str, status: &str) -> Asks<'a> {
    match wanted(settings, stage, semantics) {
        None => Asks::Nothing,
        Some(wanted) if wanted.status == status => Asks::Same,
        Some(wanted) if guards(&settings.statuses, status, wanted.status) => Asks::Guarded,
        Some(wanted) => Asks::Other(wanted),
    }
}

/// The stage's row in the table; else, for a closed deal, what won or lost means in a funnel that is
/// ours or has rows.
fn wanted<'a>(settings: &'a Settings, stage: &str, semantics: &str) -> Option<Wanted<'a>> {
    let tables = &settings.statuses;
    let funnel = funnel_of(stage);
    let mut known = is_ours(settings, funnel);
    for row in &tables.from_stage {
        if row.stage == stage && !row.status.is_empty() {
            return Some(Wanted {
                status: &row.status,
                notify: row.notify,
                comment: &row.comment,
            });
        }
        known = known || funnel_of(&row.stage) == funnel;
    }
    let target = match semantics {
        "S" => &tables.won,
        "F" => &tables.lost,
        _ => return None,
    };
    (known && !target.status.is_empty()).then_some(Wanted {
        status: &target.status,
        notify: target.notify,
        comment: &target.comment,
    })
}

/// An order that has a guarded status only goes on, along the list.
fn guards(statuses: &Statuses, from: &str, to: &str) -> bool {
    let place = |status: &str| statuses.guarded.iter().position(|one| one == status);
    !statuses.reopen && place(from).is_some_and(|from| place(to).is_none_or(|to| to < from))
}

/// The stage of a funnel for a status: where a new deal starts, and where a known one goes. `None`
/// leaves a new deal in the funnel's first, and a known one where it is.
#[must_use]
pub fn stage_for<'a>(settings: &'a Settings, status: &str, funnel: &str) -> Option<&'a str> {
    settings
        .statuses
        .to_stage
        .iter()
        .find(|row| row.status == status && stage_of_funnel(&row.stage, funnel))
        .map(|row| row.stage.as_str())
}

/// What people call a stage; its id when the snapshot does not know it.
#[must_use]
pub fn stage_name<'a>(settings: &'a Settings, stage: &'a str) -> &'a str {
    settings
        .portal
        .stages
        .iter()
        .find(|known| known.id == stage && !known.name.is_empty())
        .map_or(stage, |known| &known.name)
}

/// The funnel that a stage belongs to. Bitrix24: stages of funnel 5 are `C5:…`, those of the common
/// funnel 0 have no prefix.
#[must_use]
pub fn funnel_of(stage: &str) -> &str {
    stage.split_once(':').map_or("0", |(prefix, _)| {
        prefix.strip_prefix('C').unwrap_or(prefix)
    })
}

/// Whether a stage id belongs to a funnel.
#[must_use]
pub fn stage_of_funnel(stage: &str, funnel: &str) -> bool {
    !stage.is_empty() && !stage.ends_with(':') && funnel_of(stage) == funnel
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::settings::{FromStage, ToStage};

    fn settings() -> Settings {
        let mut settings = Settings::default();
        settings.funnel.id = "5".to_owned();
        let tables = &mut settings.statuses;
        tables.from_stage = [
            ("C5:WORK", "work"),
            ("C5:NONE", ""),
            ("C9:DONE", "ready"),
            ("EXEC", "common"),
        ]
        .map(|(stage, status)| FromStage {
            stage: stage.to_owned(),
            status: status.to_owned(),
            ..FromStage::default()
        })
        .into();
        tables.to_stage = [
            ("work", "C9:W"),
            ("work", "C5:WORK"),
            ("new", "NEW"),
            ("none", ""),
        ]
        .map(|(status, stage)| ToStage {
            status: status.to_owned(),
            stage: stage.to_owned(),
        })
        .into();
        tables.won.status = "done".to_owned();
        tables.lost.status = "cancelled".to_owned();
        tables.guarded = ["paid", "done"].map(str::to_owned).into();
        settings
    }

    #[test]
    fn a_row_counts_in_the_funnel_of_its_stage() {
        let settings = settings();
        for (stage, semantics, status) in [
            ("C5:WORK", "", Some("work")),
            // A row comes before what won means, an empty one does not.
            ("C9:DONE", "S", Some("ready")),
            ("C5:NONE", "F", Some("cancelled")),
            ("C5:NONE", "", None),
            ("C5:WON", "S", Some("done")),
            // A funnel that has rows is known, another is nobody's business.
            ("C9:LOSE", "F", Some("cancelled")),
            ("WON", "S", Some("done")),
            ("C11:WON", "S", None),
            ("WORK", "", None),
        ] {
            let found = wanted(&settings, stage, semantics).map(|wanted| wanted.status);
            assert_eq!(found, status, "{stage}");
        }
        for (status, funnel, stage) in [
            ("work", "5", Some("C5:WORK")),
            ("work", "9", Some("C9:W")),
            ("work", "0", None),
            ("new", "0", Some("NEW")),
            ("new", "5", None),
            ("none", "0", None),
        ] {
            assert_eq!(
                stage_for(&settings, status, funnel),
                stage,
                "{status} {funnel}"
            );
        }
    }

    #[test]
    fn a_guarded_status_only_goes_on() {
        let mut statuses = settings().statuses;
        for (from, to, guarded) in [
            ("new", "paid", false),
            ("paid", "done", false),
            ("paid", "paid", false),
            ("done", "paid", true),
            ("paid", "new", true),
        ] {
            assert_eq!(guards(&statuses, from, to), guarded, "{from} {to}");
        }
        statuses.reopen = true;
        assert!(!guards(&statuses, "done", "new"));
    }

    #[test]
    fn a_stage_asks_only_for_what_it_may_change() {
        let settings = settings();
        for (stage, status, expected) in [
            ("C5:WORK", "work", Asks::Same),
            ("C5:WORK", "paid", Asks::Guarded),
            ("C5:OTHER", "new", Asks::Nothing),
        ] {
            assert_eq!(
                asks(&settings, stage, "P", status),
                expected,
                "{stage} {status}"
            );
        }
        assert!(
            matches!(asks(&settings, "C5:WORK", "P", "new"), Asks::Other(wanted) if wanted.status == "work")
        );
    }

    #[test]
    fn names_funnels_and_stages() {
        for (stage, funnel, belongs) in [
            ("C5:NEW", "5", true),
            ("C5:NEW", "55", false),
            ("C5:", "5", false),
            ("NEW", "0", true),
            ("", "0", false),
        ] {
            assert_eq!(stage_of_funnel(stage, funnel), belongs, "{stage}");
        }
        assert_eq!(stage_name(&settings(), "C5:NEW"), "C5:NEW");
    }
}
