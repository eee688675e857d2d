//! From an HTTP request to a method and its parameters.

use bytes::Bytes;

use crate::php::{decode, parse_multipart, parse_query, Arr, Php};

/// A call as it came in.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// User id of the address.
    pub user: String,
    /// Token of the address.
    pub token: String,
    /// Method of the address.
    pub method: String,
    /// Parameters.
    pub params: Arr,
}

/// Takes `/rest/{user}/{token}/{method}[.json][/]` apart; doubled slashes do not matter.
pub fn route(path: &str) -> Option<(String, String, String)> {
    let mut parts = path.split('/').filter(|p| !p.is_empty());
    if parts.next()? != "rest" {
        return None;
    }
    let rest: Vec<&str> = parts.collect();
    let strip = |m: &str| m.strip_suffix(".json").unwrap_or(m).to_owned();
    match rest[..] {
        [method] => Some((String::new(), String::new(), strip(method))),
        [user, token] => Some((user.to_owned(), token.to_owned(), String::new())),
        [user, token, method] => Some((user.to_owned(), token.to_owned(), strip(method))),
        _ => None,
    }
}

/// Reads the parameters: query, then form, then (only without a form) JSON.
pub fn params(query: &str, content_type: &str, body: &Bytes) -> (Arr, bool) {
    let mut out = parse_query(query.as_bytes());
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let form = match kind.as_str() {
        "application/x-www-form-urlencoded" => parse_query(body),
        "multipart/form-data" => parse_multipart(body, content_type),
        _ => Arr::new(),
    };
    let mut broken = false;
    let overlay = if form.is_empty() && kind == "application/json" && !body.is_empty() {
        match decode(body) {
            Some(Php::Arr(json)) => json,
            other => {
                broken = other.is_none();
                Arr::new()
            }
        }
    } else {
        form
    };
    for (key, value) in overlay.iter() {
        out.set(key.clone(), value.clone());
    }
    (out, broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::php::encode;

    #[test]
    fn address_shapes() {
        for path in [
            "/rest/1/tok/crm.deal.list",
            "/rest/1/tok/crm.deal.list.json",
            "/rest/1/tok/crm.deal.list/",
            "/rest/1/tok//crm.deal.list/",
        ] {
            let expected = ("1".to_owned(), "tok".to_owned(), "crm.deal.list".to_owned());
            assert_eq!(route(path), Some(expected), "{path}");
        }
        assert_eq!(route("/other"), None);
    }

    #[test]
    fn json_only_without_a_form() {
        let read = |query, kind, body: &'static str| {
            let (params, broken) = params(query, kind, &Bytes::from_static(body.as_bytes()));
            (encode(&Php::Arr(params)), broken)
        };
        let json = "application/json; charset=utf-8";
        assert_eq!(read("a=1&b=2", json, "{\"a\":5}"), ("{\"a\":5,\"b\":\"2\"}".to_owned(), false));
        assert_eq!(read("", json, "{"), ("[]".to_owned(), true));
        assert_eq!(
            read("a=1", "application/x-www-form-urlencoded", "a=2"),
            ("{\"a\":\"2\"}".to_owned(), false)
        );
        assert_eq!(read("", "text/plain", "{\"a\":5}"), ("[]".to_owned(), false));
    }
}
