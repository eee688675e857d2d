//! The journal: every request in order, decoded, batch commands unfolded.

use std::collections::VecDeque;

use crate::php::{list, Arr, Php};

/// A command of a batch in the journal.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its key.
    pub key: String,
    /// The method.
    pub method: String,
    /// Parameters with references resolved; as sent when the command did not run.
    pub params: Arr,
    /// Whether it ran.
    pub ran: bool,
    /// `error` when it failed.
    pub error: Option<String>,
    /// The id it answered, when the answer is or has one.
    pub id: Option<i64>,
}

/// A request.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Its number, from 1.
    pub n: u64,
    /// Microseconds since the epoch.
    pub at: i64,
    /// GET or POST.
    pub verb: String,
    /// Address without the token.
    pub path: String,
    /// `Content-Type`.
    pub content_type: String,
    /// REST method.
    pub method: String,
    /// Parameters; without `cmd` for a batch.
    pub params: Arr,
    /// HTTP status; 0 when the connection was cut.
    pub status: u16,
    /// `error` of the answer.
    pub error: Option<String>,
    /// The id it answered.
    pub id: Option<i64>,
    /// What was made to go wrong.
    pub fault: Option<String>,
    /// Commands of a batch.
    pub commands: Vec<Line>,
}

/// The journal.
#[derive(Debug, Default)]
pub struct Journal {
    entries: VecDeque<Entry>,
    http: u64,
    commands: u64,
    last: u64,
    weight: usize,
}

impl Journal {
    /// Adds a request; the limit counts requests and commands alike.
    pub fn add(&mut self, mut entry: Entry, limit: usize) {
        self.last += 1;
        self.http += 1;
        self.commands += (entry.commands.len() as u64).max(u64::from(entry.method != "batch"));
        entry.n = self.last;
        self.weight += entry.weight();
        self.entries.push_back(entry);
        while self.weight > limit {
            let Some(oldest) = self.entries.pop_front() else { return };
            self.weight -= oldest.weight();
        }
    }

    /// Forgets everything and counts from zero; numbers go on.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.weight = 0;
        self.http = 0;
        self.commands = 0;
    }

    /// Prints what came after a number.
    pub fn print(&self, after: u64, limit: usize) -> Php {
        let mut out = Arr::new();
        out.put("http", self.http as i64);
        out.put("commands", self.commands as i64);
        out.put("last", self.last as i64);
        let entries = self.entries.iter().filter(|e| e.n > after).take(limit).map(Entry::print);
        out.put("entries", list(entries));
        Php::Arr(out)
    }
}

impl Entry {
    fn weight(&self) -> usize {
        1 + self.commands.len()
    }

    fn print(&self) -> Arr {
        let mut out = Arr::new();
        out.put("n", self.n as i64);
        out.put("at", Php::Num(format!("{}.{:06}", self.at / 1_000_000, self.at % 1_000_000)));
        out.put("http", self.verb.as_str());
        out.put("path", self.path.as_str());
        out.put("content_type", self.content_type.as_str());
        out.put("method", self.method.as_str());
        out.put("params", self.params.clone());
        out.put("status", i64::from(self.status));
        out.put("error", self.error.as_deref());
        out.put("id", self.id);
        out.put("fault", self.fault.as_deref());
        let commands = self.commands.iter().map(|line| {
            let mut out = Arr::new();
            out.put("key", line.key.as_str());
            out.put("method", line.method.as_str());
            out.put("params", line.params.clone());
            out.put("ran", line.ran);
            out.put("error", line.error.as_deref());
            out.put("id", line.id);
            out
        });
        out.put("commands", list(commands));
        out
    }
}

/// The id an answer is or has.
pub fn id_in(result: &Php) -> Option<i64> {
    match result {
        Php::Int(id) => Some(*id),
        Php::Arr(a) => ["item", "category", "productRow", "element"]
            .iter()
            .find_map(|key| a.get(key))
            .and_then(|inner| inner.get("id"))
            .or_else(|| a.get("id"))
            .or_else(|| a.get("ID"))
            .map(Php::int),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_entries_make_room_but_still_count() {
        let mut journal = Journal::default();
        for _ in 0..30 {
            journal.add(Entry { method: "profile".to_owned(), ..Entry::default() }, 10);
        }
        let printed = journal.print(0, usize::MAX);
        assert_eq!(printed.get("http"), Some(&Php::Int(30)));
        assert_eq!(printed.get("entries").and_then(Php::as_arr).map(Arr::len), Some(10));
        assert_eq!(journal.print(28, usize::MAX).get("entries").and_then(Php::as_arr).map(Arr::len), Some(2));
        journal.clear();
        assert_eq!(journal.print(0, 5).get("http"), Some(&Php::Int(0)));
    }
}
