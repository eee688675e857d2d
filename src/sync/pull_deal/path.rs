//! The stages that a deal has come to since we last looked.

use super::Pull;
use crate::contract::json::Json;
use crate::contract::settings::Settings;
use crate::contract::task::{Call, Reply};
use crate::sync::moves::{moved, ours};
use crate::sync::step::{field, list, params, rest, result};
use crate::sync::Context;

/// A stage that the deal has come to: its id, its semantics as the portal writes it, and its row of
/// the stage history when it was read there. Without names, see `push_order::rows::slim`.
pub(super) type Passed = Vec<String>;

/// Whether the stages that a deal passed count as well.
pub(in crate::sync) const fn every_stage(settings: &Settings) -> bool {
    settings.statuses.every_stage && settings.directions.statuses_to_shop
}

impl Pull {
    /// The deal's newest moves, newest first: of a deal that moved more often than a page between two
    /// looks the oldest do not count. Bitrix24: REST documentation, `crm.stagehistory.list`.
    pub(super) fn history(&self) -> Call {
        let mut query = params(&[
            ("entityTypeId", "2"),
            ("order[ID]", "DESC"),
            ("filter[OWNER_ID]", &self.deal),
            ("select[]", "*"),
            ("start", "-1"),
        ]);
        if let Some(row) = &self.memo.history {
            query.set("filter[>ID]", row);
        }
        rest("history", "crm.stagehistory.list", &query)
    }

    /// Which stages the deal has come to since we last looked: the present one, and with `every_stage`
    /// those before it. What led up to our own last move has been answered by that move. Whether there
    /// is something to remember of it.
    pub(super) fn find_path(&mut self, deal: &Json, reply: &Reply, context: &Context) -> bool {
        let stage = field(deal, "stageId");
        let mut rows = vec![vec![
            stage.clone(),
            field(deal, "stageSemanticId"),
            String::new(),
        ]];
        for row in list(result(reply, "history", &["items"])) {
            if field(row, "OWNER_ID") == self.deal {
                let field = |name: &str| field(row, name);
                rows.push(vec![
                    field("STAGE_ID"),
                    field("STAGE_SEMANTIC_ID"),
                    field("ID"),
                ]);
            }
        }
        let is = |row: &Passed, stage: &Option<String>| row.first() == stage.as_ref();
        let read = || rows.iter().skip(1);
        let news = read().next().is_some();
        self.newest = read().next().and_then(|row| row.get(2)).cloned();
        let own = self.memo.stage.clone();
        let sent = read().rposition(|row| is(row, &own));
        let known = match sent {
            // Looked into for the first time: the past is past.
            None if self.memo.history.is_none() => {
                read().position(|row| is(row, &self.seen)).or(Some(0))
            }
            sent => sent,
        };
        rows.truncate(known.map_or(rows.len(), |at| at.saturating_add(1)));
        let before = if sent.is_some() || ours(deal, &self.memo, context.settings) {
            own
        } else if moved(deal, self.seen.as_deref(), &self.memo, context.settings) {
            self.seen.clone()
        } else {
            Some(stage.clone())
        };
        if sent.is_some() || self.seen.as_ref() != Some(&stage) {
            self.memo.stage = None;
        }
        for row in rows {
            let last = self.path.last();
            if last.is_none_or(|last| last.first() != row.first()) {
                self.path.push(row);
            }
        }
        if self.path.last().is_some_and(|last| is(last, &before)) {
            self.path.pop();
        }
        news
    }
}
