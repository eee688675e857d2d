//! Parameters of a REST call as a query string, the way PHP reads them.
//!
//! Bitrix24: REST documentation, "Data encoding" and "batch": commands of a `batch` are query
//! strings; `$result[key]` in a value refers to the result of another command.

use crate::domain::search::replaced;

/// Marks a reference to a call of the same step; `batch.pack` puts the task's own prefix there.
pub const LOCAL: &str = "[~";

/// Builds one query string.
#[derive(Clone, Debug, Default)]
pub struct Query {
    text: String,
}

impl Query {
    /// Adds `key=value`; the key is ours and goes as it is (`fields[title]`).
    pub fn set(&mut self, key: &str, value: &str) -> &mut Self {
        self.key(key);
        encode(&harmless(value), false, &mut self.text);
        self
    }

    /// Adds `fields[name]=value`.
    pub fn field(&mut self, name: &str, value: &str) -> &mut Self {
        self.set(&["fields[", name, "]"].concat(), value)
    }

    /// Adds a reference to an id in the result of the call `call` of the same step. The zero before it
    /// makes it a part of a text: those are put in only when they lead to a number. On its own, a
    /// reference to a call that was refused would become all results so far, which PHP takes for the
    /// id 1, a stranger's. Bitrix24: REST documentation, "batch".
    pub fn refer(&mut self, key: &str, call: &str, path: &[&str]) -> &mut Self {
        self.key(key);
        self.text.push_str("0$result");
        self.text.push_str(LOCAL);
        self.text.push_str(call);
        self.text.push(']');
        for part in path {
            self.text.push('[');
            self.text.push_str(part);
            self.text.push(']');
        }
        self
    }

    /// Adds `value`, a number below ten, unless the list that the call `call` of the same step asks for
    /// has rows. Bitrix24: REST documentation, "batch": a reference within a text becomes the number it
    /// refers to; `00002` is 2, but one row makes `10002` of it, and there is no such thing.
    pub fn unless(&mut self, key: &str, call: &str, value: &str) -> &mut Self {
        self.key(key);
        self.text.push_str("$total");
        self.text.push_str(LOCAL);
        self.text.push_str(call);
        self.text.push_str("]0000");
        self.text.push_str(value);
        self
    }

    /// Adds all of another query.
    pub fn append(&mut self, other: &Self) -> &mut Self {
        if !self.text.is_empty() && !other.text.is_empty() {
            self.text.push('&');
        }
        self.text.push_str(&other.text);
        self
    }

    /// Bytes so far.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing has been added.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The query string.
    #[must_use]
    pub fn build(&self) -> String {
        self.text.clone()
    }

    fn key(&mut self, key: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        encode(key, true, &mut self.text);
        self.text.push('=');
    }
}

// A buyer who types `$result[deal]` must not reach into the batch: the bracket is moved away from
// the word, which a person reads as the same.
fn harmless(value: &str) -> std::borrow::Cow<'_, str> {
    if !value.contains('$') {
        return value.into();
    }
    let mut out = value.to_owned();
    for word in ["$result", "$total", "$next", "$error"] {
        out = replaced(&out, &[word, "["].concat(), &[word, " ["].concat());
    }
    out.into()
}

fn encode(text: &str, brackets: bool, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let plain = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'_' | b'.' | b'~')
            || (brackets && matches!(byte, b'[' | b']'))
    };
    let mut encoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    loop {
        let run = rest.iter().take_while(|byte| plain(byte)).count();
        let Some((before, after)) = rest.split_at_checked(run) else {
            break;
        };
        encoded.extend_from_slice(before);
        let Some((byte, after)) = after.split_first() else {
            break;
        };
        encoded.push(b'%');
        for nibble in [byte >> 4, byte & 15] {
            encoded.push(*HEX.get(usize::from(nibble)).unwrap_or(&b'0'));
        }
        rest = after;
    }
    // INVARIANT: it is ASCII.
    out.push_str(core::str::from_utf8(&encoded).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_as_php_reads() {
        let mut query = Query::default();
        query
            .set("fields[>=title]", "Чай & кофе +1%")
            .refer("id", "deal", &["item", "id"]);
        assert_eq!(
            query.build(),
            "fields[%3E%3Dtitle]=%D0%A7%D0%B0%D0%B9%20%26%20%D0%BA%D0%BE%D1%84%D0%B5%20%2B1%25&id=0$result[~deal][item][id]"
        );
    }

    #[test]
    fn a_list_with_rows_forbids() {
        let mut query = Query::default();
        query.append(&Query::default());
        query.unless("entityTypeId", "twin", "2");
        let mut fields = Query::default();
        fields.field("title", "x");
        query.append(&fields).append(&Query::default());
        assert_eq!(
            query.build(),
            "entityTypeId=$total[~twin]00002&fields[title]=x"
        );
    }

    #[test]
    fn a_buyer_cannot_refer_into_the_batch() {
        let mut query = Query::default();
        query.set("a", "$result[deal] $error[x] $5");
        assert_eq!(
            query.build(),
            "a=%24result%20%5Bdeal%5D%20%24error%20%5Bx%5D%20%245"
        );
    }
}
