//! The whole portal: tables, indices, and the way a record gets into them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::companion::Change;
use super::data::{Category, Comment, Currency, Loose, Row, Status, Step, User, UserField};
use super::fields::{Entity, F};
use super::phone::{normalize_email, normalize_phone};
use super::record::Record;
use super::switches::Switches;
use super::table::Table;
use super::webhooks::Post;

/// Records of one kind with their indices.
#[derive(Debug, Default)]
pub struct Shelf {
    table: Table<Record>,
    origin: HashMap<Box<str>, Vec<i64>>,
    modified: BTreeSet<(i64, i64)>,
    comm: HashMap<String, Vec<i64>>,
}

impl Shelf {
    /// The table itself, to read.
    pub fn table(&self) -> &Table<Record> {
        &self.table
    }

    /// The table itself, for the state file.
    pub fn table_mut(&mut self) -> &mut Table<Record> {
        &mut self.table
    }

    /// A record.
    pub fn get(&self, id: i64) -> Option<&Record> {
        self.table.get(id)
    }

    /// Ids of records with this `ORIGIN_ID`, ascending.
    pub fn with_origin(&self, origin: &str) -> &[i64] {
        self.origin.get(&*origin.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// Ids of records changed at or after a moment, unsorted.
    pub fn modified_since(&self, at: i64) -> Vec<i64> {
        self.modified.range((at, 0)..).map(|(_, id)| *id).collect()
    }

    /// Ids of records with a phone or e-mail, ascending.
    pub fn with_comm(&self, kind: &str, value: &str) -> &[i64] {
        comm_key(kind, value).and_then(|key| self.comm.get(&key)).map_or(&[], Vec::as_slice)
    }

    fn index(&mut self, record: &Record, add: bool) {
        let id = record.id();
        let origin = record.text(F::OriginId);
        if !origin.is_empty() {
            note(self.origin.entry(origin.to_lowercase().into()).or_default(), id, add);
        }
        let key = (record.int(F::DateModify), id);
        if add {
            self.modified.insert(key);
        } else {
            self.modified.remove(&key);
        }
        for multi in &record.multi {
            if let Some(key) = comm_key(&multi.kind, &multi.value) {
                note(self.comm.entry(key).or_default(), id, add);
            }
        }
    }

    /// Stores a record.
    pub fn put(&mut self, mut record: Record) {
        if let Some(old) = self.table.remove(record.id()) {
            self.index(&old, false);
        }
        record.shrink();
        self.index(&record, true);
        self.table.put(record.id(), record);
    }

    /// Takes a record out.
    pub fn remove(&mut self, id: i64) -> Option<Record> {
        let old = self.table.remove(id)?;
        self.index(&old, false);
        Some(old)
    }

    /// Builds the indices anew after a restart.
    pub fn reindex(&mut self) {
        let all: Vec<Record> = self.table.iter().map(|(_, r)| r.clone()).collect();
        for record in &all {
            self.index(record, true);
        }
    }
}

fn note(ids: &mut Vec<i64>, id: i64, add: bool) {
    match (ids.binary_search(&id), add) {
        (Err(at), true) => ids.insert(at, id),
        (Ok(at), false) => {
            ids.remove(at);
        }
        _ => {}
    }
}

fn comm_key(kind: &str, value: &str) -> Option<String> {
    match kind {
        "PHONE" => normalize_phone(value).map(|p| format!("P{p}")),
        "EMAIL" => normalize_email(value).map(|e| format!("E{e}")),
        _ => None,
    }
}

/// The portal.
#[derive(Debug, Default)]
pub struct Portal {
    /// What is switched how.
    pub switches: Switches,
    /// Deals, contacts, companies.
    pub shelves: [Shelf; 3],
    /// Employees.
    pub users: Table<User>,
    /// Funnels.
    pub categories: Table<Category>,
    /// Dictionaries.
    pub statuses: Table<Status>,
    /// Currencies.
    pub currencies: Vec<Currency>,
    /// Product rows.
    pub rows: Table<Row>,
    /// Row ids by owner.
    pub rows_of: HashMap<(String, i64), Vec<i64>>,
    /// Stage history.
    pub steps: Table<Step>,
    /// What the companion module has noted.
    pub changes: Table<Change>,
    /// History ids by deal.
    pub steps_of: HashMap<i64, Vec<i64>>,
    /// Timeline comments.
    pub comments: Table<Comment>,
    /// User fields.
    pub user_fields: Table<UserField>,
    /// Requisites, addresses, products, to-dos, notifications.
    pub loose: Table<Loose>,
    /// Deleted deals.
    pub bin: Table<Record>,
    /// Card layouts as JSON text.
    pub layouts: BTreeMap<String, String>,
    /// Outgoing webhooks and robots.
    pub post: Post,
    /// Next id of a phone or e-mail.
    pub next_multi: i64,
    /// Next id of a choice of a user field.
    pub next_choice: i64,
    /// Grows with every change; the board asks for it.
    pub version: u64,
    /// Whether webhooks, switches or layouts changed since the last save.
    pub meta_dirty: bool,
    /// Name of the portal in events.
    pub domain: String,
    /// State of the generator of chance.
    pub chance: u64,
}

impl Portal {
    /// Records of one kind.
    pub fn shelf(&self, entity: Entity) -> &Shelf {
        &self.shelves[entity as usize]
    }

    /// Records of one kind, to change.
    pub fn shelf_mut(&mut self, entity: Entity) -> &mut Shelf {
        self.version += 1;
        &mut self.shelves[entity as usize]
    }

    /// A deal.
    pub fn deal(&self, id: i64) -> Option<&Record> {
        self.shelf(Entity::Deal).get(id)
    }

    /// Whether the owner of the webhook may see a record.
    pub fn visible(&self, entity: Entity, record: &Record) -> bool {
        entity != Entity::Deal || self.funnel_visible(record.int(F::CategoryId))
    }

    /// Whether the owner of the webhook may see a funnel.
    pub fn funnel_visible(&self, category: i64) -> bool {
        !self.switches.denied_funnels.contains(&category)
    }

    /// The base currency.
    pub fn base_currency(&self) -> &str {
        self.currencies.iter().find(|c| c.base).map_or("RUB", |c| c.code.as_str())
    }

    /// The dictionary with the stages of a funnel.
    pub fn stage_dictionary(category: i64) -> String {
        if category == 0 {
            "DEAL_STAGE".to_owned()
        } else {
            format!("DEAL_STAGE_{category}")
        }
    }

    /// Stages of a funnel in order.
    pub fn stages(&self, category: i64) -> Vec<(i64, &Status)> {
        let dictionary = Self::stage_dictionary(category);
        self.dictionary(&dictionary)
    }

    /// A dictionary in order.
    pub fn dictionary(&self, entity_id: &str) -> Vec<(i64, &Status)> {
        let mut found: Vec<_> = self.statuses.iter().filter(|(_, s)| s.entity_id == entity_id).collect();
        found.sort_by_key(|(id, s)| (s.sort, *id));
        found
    }

    /// A stage of a funnel.
    pub fn stage(&self, category: i64, stage: &str) -> Option<&Status> {
        let dictionary = Self::stage_dictionary(category);
        self.statuses.iter().map(|(_, s)| s).find(|s| s.entity_id == dictionary && s.status_id == stage)
    }

    /// The funnel new deals go to.
    pub fn default_category(&self) -> i64 {
        self.categories.iter().find(|(_, c)| c.is_default).map_or(0, |(id, _)| id)
    }

    /// Rows of an owner in printing order.
    pub fn rows_for(&self, owner_type: &str, owner_id: i64) -> Vec<(i64, &Row)> {
        let key = (owner_type.to_owned(), owner_id);
        let ids = self.rows_of.get(&key).map_or(&[][..], Vec::as_slice);
        let mut rows: Vec<_> = ids.iter().filter_map(|id| Some((*id, self.rows.get(*id)?))).collect();
        rows.sort_by_key(|(id, r)| (r.sort, *id));
        rows
    }

    /// Adds a row.
    pub fn add_row(&mut self, row: Row) -> i64 {
        let key = (row.owner_type.clone(), row.owner_id);
        let id = self.rows.add(|_| row);
        self.rows_of.entry(key).or_default().push(id);
        id
    }

    /// Removes a row.
    pub fn remove_row(&mut self, id: i64) -> Option<Row> {
        let row = self.rows.remove(id)?;
        let key = (row.owner_type.clone(), row.owner_id);
        if let Some(ids) = self.rows_of.get_mut(&key) {
            ids.retain(|other| *other != id);
            if ids.is_empty() {
                self.rows_of.remove(&key);
            }
        }
        Some(row)
    }

    /// The name of a catalogue product.
    pub fn product_name(&self, id: i64) -> Option<String> {
        let product = self.loose.get(id).filter(|l| l.kind == "product")?;
        Some(product.text("name").to_owned())
    }

    /// User fields of an entity.
    pub fn fields_of(&self, entity: Entity) -> impl Iterator<Item = (i64, &UserField)> {
        self.user_fields.iter().filter(move |(_, f)| f.entity == entity.name())
    }

    /// A user field by its full name.
    pub fn user_field(&self, entity: Entity, name: &str) -> Option<&UserField> {
        self.fields_of(entity).map(|(_, f)| f).find(|f| f.name == name)
    }

    /// The next number below `limit` of a fixed sequence.
    pub fn chance(&mut self, limit: u64) -> u64 {
        self.chance = self.chance.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.chance;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit.max(1)
    }

    /// Text as the database keeps it.
    pub fn storable<'a>(&self, text: &'a str) -> &'a str {
        if self.switches.emoji == super::switches::Emoji::Utf8mb3 {
            let end = text.char_indices().find(|(_, c)| c.len_utf8() == 4).map_or(text.len(), |(at, _)| at);
            return &text[..end];
        }
        text
    }

    /// Rebuilds everything that is derived, after a restart.
    pub fn reindex(&mut self) {
        for shelf in &mut self.shelves {
            shelf.reindex();
        }
        self.rows_of.clear();
        for (id, row) in self.rows.iter() {
            self.rows_of.entry((row.owner_type.clone(), row.owner_id)).or_default().push(id);
        }
        self.steps_of.clear();
        for (id, step) in self.steps.iter() {
            self.steps_of.entry(step.owner_id).or_default().push(id);
        }
        self.next_multi = self.next_multi.max(1);
        self.next_choice = self.next_choice.max(1);
    }
}
