//! A stage seen as an order status, and the stage an order starts in. Two separate tables.

use crate::contract::settings::{Settings, Target};

/// How a stage counts. Bitrix24: REST documentation, "Deal stages", `STAGE_SEMANTIC_ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Semantics {
    /// In progress.
    Process,
    /// Won.
    Success,
    /// Lost.
    Failure,
}

impl Semantics {
    /// `S`, `F`; everything else is in progress.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "S" => Self::Success,
            "F" => Self::Failure,
            _ => Self::Process,
        }
    }
}

/// The status for a stage: its row in the table; else, for a closed deal, what won or lost means.
/// `None`: the stage is not mapped and the order stays as it is.
#[must_use]
pub fn wanted(settings: &Settings, stage: &str, semantics: Semantics) -> Option<Target> {
    let tables = &settings.statuses;
    let row = tables
        .from_stage
        .iter()
        .find(|row| row.stage == stage && !row.status.is_empty());
    if let Some(row) = row {
        return Some(Target {
            status: row.status.clone(),
            notify: row.notify,
            comment: row.comment.clone(),
        });
    }
    let target = match semantics {
        Semantics::Success => &tables.won,
        Semantics::Failure => &tables.lost,
        Semantics::Process => return None,
    };
    (!target.status.is_empty()).then(|| target.clone())
}

/// The stage a new deal starts in; `None` leaves the funnel's first.
#[must_use]
pub fn first_stage<'a>(settings: &'a Settings, status: &str) -> Option<&'a str> {
    settings
        .statuses
        .to_stage
        .iter()
        .find(|row| row.status == status && !row.stage.is_empty())
        .map(|row| row.stage.as_str())
}

/// Whether a stage id belongs to a funnel. Bitrix24: stages of funnel 5 are `C5:…`, those of the
/// common funnel 0 have no prefix.
#[must_use]
pub fn stage_of_funnel(stage: &str, funnel: &str) -> bool {
    match stage.split_once(':') {
        Some((prefix, rest)) => prefix.strip_prefix('C') == Some(funnel) && !rest.is_empty(),
        None => funnel == "0" && !stage.is_empty(),
    }
}
