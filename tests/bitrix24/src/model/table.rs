//! A table with ids that are never reused, which remembers what changed since the last save.

use std::collections::{BTreeMap, BTreeSet};

use serde::{de::DeserializeOwned, Serialize};

/// Rows by id.
#[derive(Debug)]
pub struct Table<T> {
    rows: BTreeMap<i64, T>,
    next: i64,
    dirty: Option<BTreeSet<i64>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), next: 1, dirty: None }
    }
}

impl<T> Table<T> {
    /// The id the next row will get.
    pub fn next_id(&self) -> i64 {
        self.next
    }

    /// Makes the next id at least this one.
    pub fn reserve(&mut self, next: i64) {
        self.next = self.next.max(next);
    }

    fn touch(&mut self, id: i64) {
        if let Some(dirty) = &mut self.dirty {
            dirty.insert(id);
        }
    }

    /// Stores a row under its id.
    pub fn put(&mut self, id: i64, row: T) {
        self.reserve(id + 1);
        self.touch(id);
        self.rows.insert(id, row);
    }

    /// Stores a row under a new id.
    pub fn add(&mut self, make: impl FnOnce(i64) -> T) -> i64 {
        let id = self.next;
        self.put(id, make(id));
        id
    }

    /// A row.
    pub fn get(&self, id: i64) -> Option<&T> {
        self.rows.get(&id)
    }

    /// A row to change; it counts as changed.
    pub fn get_mut(&mut self, id: i64) -> Option<&mut T> {
        if self.rows.contains_key(&id) {
            self.touch(id);
        }
        self.rows.get_mut(&id)
    }

    /// Takes a row out.
    pub fn remove(&mut self, id: i64) -> Option<T> {
        self.touch(id);
        self.rows.remove(&id)
    }

    /// Takes every row out and gives its ids anew, as a database does with a table that is made again.
    pub fn clear(&mut self) {
        for id in self.rows.keys().copied().collect::<Vec<_>>() {
            self.touch(id);
        }
        self.rows.clear();
        self.next = 1;
    }

    /// All rows by id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (i64, &T)> {
        self.rows.iter().map(|(id, row)| (*id, row))
    }

    /// Rows with an id from this one on.
    pub fn from(&self, id: i64) -> impl DoubleEndedIterator<Item = (i64, &T)> {
        self.rows.range(id..).map(|(id, row)| (*id, row))
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
}

impl<T: Serialize + DeserializeOwned> Table<T> {
    /// Starts to remember changes; the name is that of the other two, for the sake of one form.
    pub fn watch(&mut self, _name: &str) {
        self.dirty = Some(BTreeSet::new());
    }

    /// Lines of the state file for what changed: name, id and JSON (`null` for a row that is gone).
    pub fn drain(&mut self, name: &str, out: &mut Vec<String>) {
        let Some(dirty) = &mut self.dirty else { return };
        for id in std::mem::take(dirty) {
            if let Ok(json) = serde_json::to_string(&self.rows.get(&id)) {
                out.push(format!("{name}\t{id}\t{json}"));
            }
        }
    }

    /// Lines for everything, the next id included.
    pub fn dump(&self, name: &str, out: &mut Vec<String>) {
        // First a row that is gone: it carries the last id given out.
        out.push(format!("{name}\t{}\tnull", self.next - 1));
        for (id, row) in &self.rows {
            if let Ok(json) = serde_json::to_string(row) {
                out.push(format!("{name}\t{id}\t{json}"));
            }
        }
    }

    /// Takes back one line.
    pub fn restore(&mut self, id: i64, json: &str) -> Result<(), serde_json::Error> {
        self.reserve(id + 1);
        match serde_json::from_str::<Option<T>>(json)? {
            Some(row) => self.rows.insert(id, row),
            None => self.rows.remove(&id),
        };
        Ok(())
    }
}
