//! What must hold for any bytes, whoever made them: the fuzzer, or the corpus that `tests/corpus.rs`
//! plays again on a stable compiler.

use orderbridge::abi::answer;
use serde_json::{json, Value};

/// The order that settings and templates are tried on.
const ORDER: &str = r#"{"id":"17","number":"2026-17","created_at":"2026-11-23T12:58:00+03:00","status":"new",
"currency":"RUB","total":"1234.50","store":"2","url":"https://shop.example/admin/17",
"buyer":{"id":"5","last_name":"Петров","first_name":"Иван","phone":"8 (999) 123-45-67","email":"i@example.ru","group":"опт","company":{"name":"ООО Ромашка","inn":"7707083893","kpp":"770701001"}},
"lines":[{"product_id":"7","sku":"TP-1","name":"Чайник","quantity":"2","price":"500.00","total":"1000.00","vat_rate":"20","brand":"Гжель","categories":[["1","12"]]}],
"charges":[{"kind":"shipping","name":"Курьер","amount":"234.50"}],"comment":"Звоните","payment":{"code":"cash","name":"Наличные"},
"delivery":{"code":"courier","name":"Курьер","address":"Москва","city":"Москва"},"coupons":["TEN"],"extra":{"ym":"1"}}"#;

/// The answer, which is JSON, says how it went, and is the same each time.
fn asked(request: &[u8]) -> Value {
    let bytes = answer(request);
    assert_eq!(
        bytes,
        answer(request),
        "the same bytes in give the same bytes out"
    );
    let given: Value = serde_json::from_slice(&bytes).expect("an answer is JSON");
    assert_eq!(given["v"], 1);
    match given["outcome"].as_str() {
        Some("ok") => assert!(given.get("data").is_some(), "{given}"),
        Some("rejected") => {
            let error = &given["error"];
            assert_ne!(error["code"].as_str().unwrap_or(""), "", "{given}");
            assert_ne!(error["message"].as_str().unwrap_or(""), "", "{given}");
        }
        _ => panic!("neither ok nor rejected: {given}"),
    }
    given
}

/// Any bytes are answered.
pub(crate) fn border(bytes: &[u8]) {
    asked(bytes);
}

fn check(settings: &str) -> Value {
    let head = r#"{"v":1,"op":"settings.check","now":"2026-11-23T10:00:00Z","data":{"settings":"#;
    asked([head, settings, "}}"].concat().as_bytes())
}

fn preview(settings: &str) -> Value {
    let head = r#"{"v":1,"op":"order.preview","now":"2026-11-23T10:00:00Z","settings":"#;
    asked(
        [head, settings, r#","data":{"order":"#, ORDER, "}}"]
            .concat()
            .as_bytes(),
    )
}

/// Any document is judged; one that is filled up is judged the same again, and one without errors
/// gives every order its preview.
pub(crate) fn settings(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else {
        return;
    };
    // Whatever closes the document early would be another request, not another document.
    if serde_json::from_str::<Value>(text).is_err() {
        asked(bytes);
        return;
    }
    let first = check(text);
    let filled = &first["data"]["settings"];
    if !filled.is_object() {
        return;
    }
    let filled = filled.to_string();
    let again = check(&filled);
    assert_eq!(first["data"]["ok"], again["data"]["ok"], "{filled}");
    assert_eq!(
        first["data"]["settings"], again["data"]["settings"],
        "{filled}"
    );
    let given = preview(&filled);
    if first["data"]["ok"] == true {
        assert_eq!(given["outcome"], "ok", "{given}");
    }
}

/// Any text is a template or is refused with its place; filled, it changes nothing else.
pub(crate) fn templates(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else {
        return;
    };
    let settings = json!({
        "shop": {"id": "shop-1"}, "funnel": {"id": "5"}, "deal": {"title": text, "comment": text},
        "fields": [{"field": "ufCrmX", "template": text}, {"of": "contact", "field": "ufCrmY", "template": text}],
        "portal": {"fields": [{"name": "ufCrmX", "kind": "datetime", "multiple": true}]},
    })
    .to_string();
    let report = check(&settings);
    assert!(report["data"]["settings"].is_object(), "{report}");
    let plain = preview(r#"{"shop":{"id":"shop-1"},"funnel":{"id":"5"}}"#);
    let given = preview(&settings);
    assert_eq!(given["outcome"], "ok", "{given}");
    for part in ["contact", "rows", "total", "responsible"] {
        assert_eq!(plain["data"][part], given["data"][part]);
    }
}

/// Whatever is posted to us is a hint with a deal's id, or none; whatever the portal answers is cut
/// into replies, one for each task.
pub(crate) fn events(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else {
        return;
    };
    let mut form = serde_json::Map::new();
    for pair in text.split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        form.insert(key.to_owned(), value.into());
    }
    for part in ["form", "query"] {
        let event = json!({"v": 1, "op": "inbound.read", "data": {part: form}}).to_string();
        for hint in asked(event.as_bytes())["data"]["hints"].as_array().unwrap() {
            let id = hint["deal_id"].as_str().unwrap();
            assert!((1..=18).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
    let body = json!({
        "v": 1, "op": "batch.unpack", "now": "2026-11-23T10:00:00Z",
        "data": {"tasks": ["a", "b"], "answer": {"status": 200, "headers": {}, "body": text}},
    });
    let replies = asked(body.to_string().as_bytes());
    assert_eq!(
        replies["data"]["replies"].as_object().unwrap().len(),
        2,
        "{replies}"
    );
}
