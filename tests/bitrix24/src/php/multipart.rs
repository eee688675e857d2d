//! `multipart/form-data`, text parts only.

use super::query::insert;
use super::value::{Arr, Php};

/// Parses a multipart body; file parts are skipped.
pub fn parse_multipart(body: &[u8], content_type: &str) -> Arr {
    let mut out = Arr::new();
    let Some(boundary) = boundary(content_type) else {
        return out;
    };
    let marker = format!("--{boundary}");
    for part in split(body, marker.as_bytes()).into_iter().skip(1) {
        let Some(part) = part.strip_prefix(b"\r\n") else {
            continue;
        };
        let Some(head_end) = find(part, b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&part[..head_end]).into_owned();
        let value = &part[head_end + 4..];
        let value = value.strip_suffix(b"\r\n").unwrap_or(value);
        if attribute(&head, "filename").is_some() {
            continue;
        }
        if let Some(name) = attribute(&head, "name") {
            let text = String::from_utf8_lossy(value).into_owned();
            insert(&mut out, &name, Php::Str(text));
        }
    }
    out
}

fn boundary(content_type: &str) -> Option<String> {
    let at = content_type.find("boundary=")? + "boundary=".len();
    let raw = content_type[at..].split(';').next()?.trim().trim_matches('"');
    (!raw.is_empty()).then(|| raw.to_owned())
}

fn attribute(head: &str, name: &str) -> Option<String> {
    let marker = format!(" {name}=\"");
    let at = head.find(&marker)? + marker.len();
    head[at..].find('"').map(|end| head[at..at + end].to_owned())
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

fn split<'a>(mut body: &'a [u8], marker: &[u8]) -> Vec<&'a [u8]> {
    let mut out = Vec::new();
    while let Some(at) = find(body, marker) {
        out.push(&body[..at]);
        body = &body[at + marker.len()..];
    }
    out.push(body);
    out
}

#[cfg(test)]
mod tests {
    use super::super::encode;
    use super::*;

    #[test]
    fn reads_text_parts() {
        let body = "--B\r\nContent-Disposition: form-data; name=\"fields[TITLE]\"\r\n\r\nЗаказ\r\n\
            --B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\nskip\r\n--B--\r\n";
        let parsed = parse_multipart(body.as_bytes(), "multipart/form-data; boundary=B");
        assert_eq!(encode(&Php::Arr(parsed)), "{\"fields\":{\"TITLE\":\"Заказ\"}}");
        assert!(parse_multipart(b"x", "multipart/form-data").is_empty());
    }
}
