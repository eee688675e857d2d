//! `batch`: commands, references between them, and the shape of the answer.

use crate::php::{parse_query, Arr, Key, Php};

use super::call::Params;

/// Most commands of a batch.
pub const LIMIT: usize = 50;

/// A command of a batch.
#[derive(Clone, Debug)]
pub struct Command {
    /// Its key.
    pub key: Key,
    /// The method.
    pub method: String,
    /// Parameters, references unresolved.
    pub params: Arr,
}

/// What the commands answered so far.
#[derive(Debug, Default)]
pub struct Results {
    /// `result`.
    pub result: Arr,
    /// `result_error`.
    pub error: Arr,
    /// `result_total`.
    pub total: Arr,
    /// `result_next`.
    pub next: Arr,
}

/// Reads the commands of a batch.
pub fn commands(params: &Params) -> Vec<Command> {
    let Some(Php::Arr(cmd)) = params.loose("cmd") else {
        return Vec::new();
    };
    let read = |(key, value): (&Key, &Php)| {
        let text = value.text().into_owned();
        let (method, query) = text.split_once('?').unwrap_or((&text, ""));
        let method = method.trim().trim_matches('/');
        let method = method.strip_suffix(".json").unwrap_or(method);
        Command { key: key.clone(), method: method.to_owned(), params: parse_query(query.as_bytes()) }
    };
    cmd.iter().map(read).collect()
}

/// Whether the batch stops at the first error.
pub fn halts(params: &Params) -> bool {
    params.loose("halt").is_some_and(|h| !h.is_empty() && h.text() != "false")
}

impl Results {
    /// Replaces references in parameters.
    pub fn resolve(&self, params: &Arr) -> Arr {
        let mut out = Arr::new();
        for (key, value) in params.iter() {
            out.set(key.clone(), self.resolve_value(value));
        }
        out
    }

    fn resolve_value(&self, value: &Php) -> Php {
        match value {
            Php::Arr(inner) => Php::Arr(self.resolve(inner)),
            Php::Str(text) if text.contains('$') => self.resolve_text(text),
            other => other.clone(),
        }
    }

    fn resolve_text(&self, text: &str) -> Php {
        if let Some((end, value)) = self.reference(text) {
            if end == text.len() {
                return value.cloned().unwrap_or_else(|| Php::from(text));
            }
        }
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            match self.reference(rest) {
                Some((end, Some(value))) if !matches!(value, Php::Arr(_)) => {
                    out.push_str(&value.text());
                    rest = &rest[end..];
                }
                Some((end, _)) => {
                    out.push_str(&rest[..end]);
                    rest = &rest[end..];
                }
                None => {
                    out.push('$');
                    rest = &rest[1..];
                }
            }
        }
        out.push_str(rest);
        Php::Str(out)
    }

    /// The reference a text begins with: where it ends and what it means.
    fn reference(&self, text: &str) -> Option<(usize, Option<&Php>)> {
        let sources = [
            ("$result", &self.result),
            ("$error", &self.error),
            ("$total", &self.total),
            ("$next", &self.next),
        ];
        let (name, source) = sources.into_iter().find(|(name, _)| text.starts_with(name))?;
        let mut end = name.len();
        let mut value: Option<&Php> = None;
        let mut stuck = false;
        let mut depth = 0;
        while let Some(inner) = text[end..].strip_prefix('[') {
            let Some(close) = inner.find(']') else { break };
            let key = &inner[..close];
            end += close + 2;
            depth += 1;
            if stuck {
                continue;
            }
            let next = if depth == 1 { source.get(key) } else { value.and_then(|v| v.get(key)) };
            // A path that leads nowhere stops at the last level that was there.
            match next {
                Some(found) => value = Some(found),
                None => stuck = true,
            }
        }
        (depth > 0).then_some((end, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::php::{encode, obj};

    #[test]
    fn references() {
        let mut results = Results::default();
        results.result.put("deal", obj([("item", obj([("id", 7.into()), ("title", "x".into())]))]));
        results.result.put_text("0", 5);
        results.total.put("l", 120);
        let query = b"a=$result[deal][item][id]&b=n-$result[0]!&c=$result[none]&d=$result[deal]x&e=$total[l]\
            &f=$result[deal][item][id][deep]&g=$5&h[i]=$result[0]";
        let resolved = results.resolve(&parse_query(query));
        assert_eq!(
            encode(&Php::Arr(resolved)),
            r#"{"a":7,"b":"n-5!","c":"$result[none]","d":"$result[deal]x","e":120,"f":7,"g":"$5","h":{"i":5}}"#
        );
    }

    #[test]
    fn commands_keep_order_and_keys() {
        let mut cmd = Arr::new();
        cmd.put("z", "crm.deal.add?fields[TITLE]=%D0%B0");
        cmd.put("a", "profile");
        let mut params = Arr::new();
        params.put("cmd", cmd);
        let found = commands(&Params(params));
        assert_eq!(found.iter().map(|c| c.method.as_str()).collect::<Vec<_>>(), ["crm.deal.add", "profile"]);
    }
}
