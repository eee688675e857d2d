//! The stage history and its habit of forgetting (REST documentation, crm.stagehistory.list).

use super::data::Step;
use super::portal::Portal;
use super::switches::HistoryMode;

/// What happened to a deal's stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The deal was created.
    Created,
    /// It moved within its funnel.
    Stage,
    /// It moved to another funnel.
    Funnel,
}

impl Portal {
    /// Notes the stage a deal is in now.
    pub fn note_step(&mut self, deal: i64, how: Move, category: i64, stage: &str, at: i64) {
        let semantic = self.semantic(category, stage);
        let last = self.steps_of.get(&deal).and_then(|ids| ids.last()).and_then(|id| self.steps.get(*id));
        if last.is_some_and(|l| l.stage == stage && l.category == category) {
            return;
        }
        let was_final = last.is_some_and(|l| l.semantic != 'P');
        if how == Move::Funnel && self.switches.history_mode == HistoryMode::Old {
            self.forget_steps(deal, |_| true);
        } else if was_final {
            self.forget_steps(deal, |step| step.kind == 3);
        }
        let modern = self.switches.history_mode == HistoryMode::Modern;
        let kind = match (how, semantic) {
            (Move::Funnel, _) if modern => 5,
            (_, 'S' | 'F') => 3,
            (Move::Created, _) => 1,
            _ => 2,
        };
        let step = Step { kind, owner_id: deal, at, category, semantic, stage: stage.to_owned() };
        let id = self.steps.add(|_| step);
        self.steps_of.entry(deal).or_default().push(id);
        if self.switches.history_mode == HistoryMode::Deleted {
            self.forget_steps(deal, |_| true);
        }
    }

    /// Drops history rows of a deal.
    pub fn forget_steps(&mut self, deal: i64, drop: impl Fn(&Step) -> bool) {
        let Some(ids) = self.steps_of.remove(&deal) else { return };
        let (gone, kept): (Vec<i64>, Vec<i64>) =
            ids.into_iter().partition(|id| self.steps.get(*id).is_some_and(&drop));
        for id in gone {
            self.steps.remove(id);
        }
        if !kept.is_empty() {
            self.steps_of.insert(deal, kept);
        }
    }

    /// `P`, `S` or `F`; a stage nobody knows is in progress.
    pub fn semantic(&self, category: i64, stage: &str) -> char {
        let known = self.stage(category, stage);
        known.and_then(|s| s.semantics.chars().next()).filter(|c| "SF".contains(*c)).unwrap_or('P')
    }
}
