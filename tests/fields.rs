//! Templates and mapped fields: what must hold for any text, and a portal with many fields.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail loudly"
)]

use orderbridge::abi::{answer, answer_keeping};
use orderbridge::contract::order::{Line, Order};
use orderbridge::domain::template::{fill, problem, FIELDS, FILTERS};
use proptest::prelude::*;
use serde_json::{json, Value};

fn order() -> Order {
    let mut order = Order {
        id: "17".to_owned(),
        created_at: "2026-11-23T12:58:00+03:00".to_owned(),
        comment: " Звоните\nдо доставки {order.id} 😀".to_owned(),
        coupons: vec!["ЧАЙ10".to_owned(), "TEA".to_owned()],
        lines: vec![Line::default(); 3],
        ..Order::default()
    };
    order.extra.put("ключ", "значение".to_owned());
    order
}

/// Pieces that templates are made of, whole and broken.
fn template() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(FIELDS).prop_map(|name| ["{", name, "}"].concat()),
        (
            prop::sample::select(FIELDS),
            prop::sample::select(FILTERS),
            "[а-яa-z0-9:|.]{0,6}"
        )
            .prop_map(|(name, filter, of)| ["{", name, "|", filter, &of, "}"].concat()),
        prop::sample::select(&["{", "}", "{{", "}}", "|", "\n", "{extra.ключ|cut:3}"][..])
            .prop_map(str::to_owned),
        "[а-я {}|:]{0,6}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn a_template_has_a_fault_or_fills_and_never_both(template in template()) {
        let order = order();
        let filled = fill(&template, &order, &[]);
        prop_assert_eq!(&filled, &fill(&template, &order, &[]));
        if problem(&template, &[]).is_some() {
            prop_assert_eq!(&filled, &template);
        } else if !template.contains(['{', '}']) {
            prop_assert_eq!(&filled, &template);
        }
    }

    #[test]
    fn what_settings_check_takes_fills_every_kind_of_field(template in template(), kind in prop::sample::select(KINDS), many: bool) {
        let settings = json!({
            "shop": {"id": "shop-1"}, "funnel": {"id": "5"}, "deal": {"title": template, "comment": template},
            "fields": [{"field": "ufCrmX", "template": template}],
            "portal": {"fields": [{"name": "ufCrmX", "kind": kind, "multiple": many, "items": [{"id": "5", "value": "чай10"}]}]},
        });
        let report = ask("settings.check", &settings, &json!({"settings": settings}));
        let faults: Vec<&str> = report["data"]["problems"].as_array().unwrap().iter()
            .filter(|found| found["code"].as_str().unwrap().starts_with("template_"))
            .map(|found| found["path"].as_str().unwrap())
            .collect();
        // One template in three places: a fault is told in each of them or in none.
        if faults.is_empty() {
            prop_assert!(problem(&template, &[]).is_none());
        } else {
            let places: &[&str] = if template.is_empty() { &[] } else { &["/deal/title", "/deal/comment", "/fields/0/template"] };
            prop_assert_eq!(faults, places);
        }
        let shown = ask("order.preview", &settings, &json!({"order": {"id": "17", "status": "new", "currency": "RUB", "total": "1", "coupons": ["ЧАЙ10", "x"], "lines": [{"quantity": "1", "total": "1"}]}}));
        prop_assert_eq!(&shown["outcome"], "ok");
        // The field is there, or a note says why not.
        let deal = shown["data"]["deal"].as_array().unwrap();
        let noted = shown["notes"].as_array().is_some_and(|notes| notes.iter().any(|note| note["code"] == "field_value_unfit"));
        prop_assert!(noted || deal.iter().any(|field| field["name"] == "ufCrmX"));
    }
}

/// Also when the settings were handed over once and only their name comes along.
#[test]
fn kept_settings_keep_out_what_the_portal_cannot_store() {
    let mut kept = None;
    let mut previewed = |settings: &str| -> Value {
        let request = format!(
            r#"{{"v":1,"op":"order.preview","now":"2026-11-23T10:00:00Z","settings_id":"a"{settings},"data":{{"order":{{"id":"17","status":"new","currency":"RUB","total":"1","comment":"Жду 😀!","lines":[{{"name":"Чай 🍵","quantity":"1","total":"1"}}]}}}}}}"#
        );
        serde_json::from_slice(&answer_keeping(request.as_bytes(), &mut kept)).unwrap()
    };
    let first = previewed(
        r#","settings":{"shop":{"id":"shop-1"},"funnel":{"id":"5"},"deal":{"plain_text":true,"title":"🛒{order.id}"}}"#,
    );
    let again = previewed("");
    assert_eq!(first, again);
    assert_eq!(first["data"]["rows"][0]["name"], "Чай");
    let title = &first["data"]["deal"][0];
    assert_eq!(title["value"], "17", "{title}");
    assert!(!first.to_string().contains(['😀', '🍵', '🛒']));
}

const KINDS: &[&str] = &[
    "string",
    "url",
    "integer",
    "double",
    "boolean",
    "enumeration",
    "date",
    "datetime",
    "money",
    "employee",
    "crm_status",
    "address",
    "file",
];

fn ask(op: &str, settings: &Value, data: &Value) -> Value {
    let request = json!({"v": 1, "op": op, "now": "2026-11-23T10:00:00Z", "settings": settings, "data": data});
    let request = request.to_string();
    assert!(request.len() <= 256 * 1024, "{op}: {}", request.len());
    serde_json::from_slice(&answer(request.as_bytes())).unwrap()
}

/// What a portal says of its fields: every label in four places, lists with their items.
fn portal_fields(prefix: &str, count: usize) -> Value {
    let fields = (0..count).map(|index| {
        let title = format!("Дополнительное поле {index}");
        let mut about = json!({
            "type": "string", "isRequired": false, "isReadOnly": false, "isImmutable": false,
            "isMultiple": false, "isDynamic": true, "title": title, "listLabel": title,
            "formLabel": title, "filterLabel": title,
            "settings": {"SIZE": 20, "ROWS": 1, "REGEXP": "", "MIN_LENGTH": 0, "MAX_LENGTH": 0, "DEFAULT_VALUE": ""},
            "upperName": format!("UF_CRM_{}{index:010}", prefix),
        });
        if index % 10 == 0 {
            let items = (0..8).map(|item| json!({"ID": format!("{index}{item}"), "VALUE": format!("Вариант {item}")}));
            about["type"] = "enumeration".into();
            about["items"] = items.collect();
        }
        (format!("ufCrm_{prefix}{index:010}"), about)
    });
    Value::Object(fields.collect())
}

/// Three hundred user fields of deals and as many as is usual of the others pass the border at every
/// step, from the portal's own answer to the settings.
#[test]
fn a_portal_of_three_hundred_fields_has_its_snapshot() {
    let settings = json!({"shop": {"id": "shop-1"}, "funnel": {"id": "5"}});
    let mut step = ask(
        "sync.start",
        &settings,
        &json!({"task": {"kind": "snapshot"}}),
    );
    for (prefix, count) in [("1", 300), ("2", 120), ("3", 60)] {
        let call = &step["data"]["calls"][0];
        assert_eq!(call["method"], "crm.item.fields");
        let body = json!({
            "result": {"result": {"t00_fields": {"fields": portal_fields(prefix, count)}}, "result_error": []},
        });
        let unpacked = ask(
            "batch.unpack",
            &settings,
            &json!({"tasks": ["a"], "answer": {"status": 200, "headers": {}, "body": body.to_string()}}),
        );
        let reply = &unpacked["data"]["replies"]["a"];
        assert!(
            reply["answers"]["fields"]["result"].is_object(),
            "{prefix}: {:.300}",
            unpacked.to_string()
        );
        step = ask(
            "sync.resume",
            &settings,
            &json!({"state": step["data"]["state"], "reply": reply}),
        );
    }
    let lists = json!({"answers": {"funnels": {"result": {"categories": []}}, "currencies": {"result": []}, "users": {"result": []}}});
    step = ask(
        "sync.resume",
        &settings,
        &json!({"state": step["data"]["state"], "reply": lists}),
    );
    assert_eq!(step["data"]["step"], "done");
    let fields = step["data"]["result"]["fields"].as_array().unwrap();
    assert_eq!(fields.len(), 480);
    assert_eq!(fields[0]["items"].as_array().unwrap().len(), 8);
    // The page hands the whole of it to the check, and gets back what is used.
    let mapped = json!({"shop": {"id": "shop-1"}, "funnel": {"id": "5"}, "fields": [
        {"field": "ufCrm_10000000007", "template": "{order.id}"}, {"field": "ufCrm_10000000010", "template": "Вариант 3"},
    ]});
    let report = ask(
        "settings.check",
        &settings,
        &json!({"settings": mapped, "portal": {"fields": fields}}),
    );
    assert_eq!(report["data"]["ok"], true, "{report}");
    let kept = report["data"]["settings"]["portal"]["fields"]
        .as_array()
        .unwrap();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[1]["upper_name"], "UF_CRM_10000000010");
}
