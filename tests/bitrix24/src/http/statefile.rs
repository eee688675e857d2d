//! The state file: lines of changed rows, appended before a call is answered.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::model::fields::Entity;
use crate::model::portal::Portal;
use crate::model::switches::Switches;
use crate::model::webhooks::{Robot, Webhook};

/// First line of a state file.
const HEADER: &str = "orderbridge-portal-state\t1\tnull";

/// What is not a table.
#[derive(Serialize, Deserialize)]
struct Meta {
    switches: Switches,
    layouts: std::collections::BTreeMap<String, String>,
    webhooks: Vec<Webhook>,
    robots: Vec<Robot>,
    next_id: i64,
    next_multi: i64,
    next_choice: i64,
}

/// An open state file.
#[derive(Debug)]
pub struct StateFile {
    file: File,
}

macro_rules! tables {
    ($portal:expr, $do:ident $(, $arg:expr)*) => {{
        $portal.shelf_mut(Entity::Deal).table_mut().$do("deal" $(, $arg)*);
        $portal.shelf_mut(Entity::Contact).table_mut().$do("contact" $(, $arg)*);
        $portal.shelf_mut(Entity::Company).table_mut().$do("company" $(, $arg)*);
        $portal.users.$do("user" $(, $arg)*);
        $portal.categories.$do("category" $(, $arg)*);
        $portal.statuses.$do("status" $(, $arg)*);
        $portal.rows.$do("row" $(, $arg)*);
        $portal.steps.$do("step" $(, $arg)*);
        $portal.changes.$do("change" $(, $arg)*);
        $portal.comments.$do("comment" $(, $arg)*);
        $portal.user_fields.$do("field" $(, $arg)*);
        $portal.loose.$do("loose" $(, $arg)*);
        $portal.bin.$do("bin" $(, $arg)*);
    }};
}

fn restore(portal: &mut Portal, name: &str, id: i64, json: &str) -> Result<(), String> {
    let done = match name {
        "deal" => portal.shelf_mut(Entity::Deal).table_mut().restore(id, json),
        "contact" => portal.shelf_mut(Entity::Contact).table_mut().restore(id, json),
        "company" => portal.shelf_mut(Entity::Company).table_mut().restore(id, json),
        "user" => portal.users.restore(id, json),
        "category" => portal.categories.restore(id, json),
        "status" => portal.statuses.restore(id, json),
        "row" => portal.rows.restore(id, json),
        "step" => portal.steps.restore(id, json),
        "change" => portal.changes.restore(id, json),
        "comment" => portal.comments.restore(id, json),
        "field" => portal.user_fields.restore(id, json),
        "loose" => portal.loose.restore(id, json),
        "bin" => portal.bin.restore(id, json),
        "meta" => serde_json::from_str(json).map(|meta: Meta| {
            portal.switches = meta.switches;
            portal.layouts = meta.layouts;
            portal.post.webhooks = meta.webhooks;
            portal.post.robots = meta.robots;
            portal.post.next_id = meta.next_id;
            portal.next_multi = meta.next_multi;
            portal.next_choice = meta.next_choice;
        }),
        other => return Err(format!("unknown line {other}")),
    };
    done.map_err(|e| e.to_string())
}

fn meta_line(portal: &Portal) -> Option<String> {
    let meta = Meta {
        switches: portal.switches.clone(),
        layouts: portal.layouts.clone(),
        webhooks: portal.post.webhooks.clone(),
        robots: portal.post.robots.clone(),
        next_id: portal.post.next_id,
        next_multi: portal.next_multi,
        next_choice: portal.next_choice,
    };
    serde_json::to_string(&meta).ok().map(|json| format!("meta\t0\t{json}"))
}

impl StateFile {
    /// Opens a state file: an existing one replaces the seeded portal's contents.
    pub fn open(path: &Path, portal: &mut Portal) -> Result<Self, String> {
        let fail = |what: &str, e: std::io::Error| format!("{what} {}: {e}", path.display());
        if path.exists() {
            let text = std::fs::read_to_string(path).map_err(|e| fail("cannot read", e))?;
            *portal = Portal { currencies: std::mem::take(&mut portal.currencies), ..Portal::default() };
            // What follows the last line feed was cut off by a kill.
            let whole = text.rfind('\n').map_or("", |end| &text[..end]);
            for (at, line) in whole.split('\n').enumerate() {
                if at == 0 && line != HEADER {
                    return Err(format!("{} is not a state file of this version", path.display()));
                }
                let parts: Vec<&str> = line.splitn(3, '\t').collect();
                if let ([name, id, json], true) = (&parts[..], at > 0) {
                    let id = id.parse().map_err(|_| format!("line {} has no id", at + 1))?;
                    restore(portal, name, id, json).map_err(|e| format!("line {}: {e}", at + 1))?;
                }
            }
            portal.reindex();
        }
        tables!(portal, watch);
        let fresh = path.with_extension("new");
        let mut lines = vec![HEADER.to_owned()];
        tables!(portal, dump, &mut lines);
        lines.extend(meta_line(portal));
        std::fs::write(&fresh, lines.join("\n") + "\n").map_err(|e| fail("cannot write", e))?;
        std::fs::rename(&fresh, path).map_err(|e| fail("cannot write", e))?;
        let file = OpenOptions::new().append(true).open(path).map_err(|e| fail("cannot write", e))?;
        portal.meta_dirty = false;
        Ok(Self { file })
    }

    /// Appends what changed.
    pub fn save(&mut self, portal: &mut Portal) {
        let version = portal.version;
        let mut lines = Vec::new();
        tables!(portal, drain, &mut lines);
        portal.version = version;
        if std::mem::take(&mut portal.meta_dirty) {
            lines.extend(meta_line(portal));
        }
        if lines.is_empty() {
            return;
        }
        let text = lines.join("\n") + "\n";
        if let Err(error) = self.file.write_all(text.as_bytes()) {
            eprintln!("state file: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::changes::{Changes, Family, Hit};
    use crate::model::fields::F;
    use crate::model::record::Val;
    use crate::model::seed::Seed;

    #[test]
    fn survives_a_restart() {
        let path = std::env::temp_dir().join(format!("portal-state-{}", std::process::id()));
        let mut portal = Portal::seeded(Seed::Shop);
        let mut state = StateFile::open(&path, &mut portal).unwrap();
        let mut hit = Hit::new(1, 1_767_250_800);
        let make = |title: &str, origin: &str| Changes {
            fields: vec![(F::Title, Val::text(title)), (F::OriginId, Val::text(origin))],
            ..Changes::default()
        };
        let first = portal.create(&mut hit, Entity::Deal, Family::Classic, make("a", "17")).unwrap();
        let second = portal.create(&mut hit, Entity::Deal, Family::Classic, make("b", "18")).unwrap();
        portal.switches.recycle_bin = false;
        portal.meta_dirty = true;
        portal.delete(&mut hit, Entity::Deal, second);
        state.save(&mut portal);
        for _ in 0..2 {
            let mut again = Portal::seeded(Seed::Shop);
            StateFile::open(&path, &mut again).unwrap();
            assert_eq!(again.deal(first), portal.deal(first));
            assert_eq!(again.shelf(Entity::Deal).with_origin("17"), [first]);
            assert_eq!(again.shelf(Entity::Deal).table().next_id(), second + 1);
            assert!(!again.switches.recycle_bin);
            assert_eq!(again.stages(5).len(), 8);
        }
        std::fs::remove_file(&path).unwrap();
    }
}
