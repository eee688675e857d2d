//! Our JSON against `serde_json`: the same trees, the same refusals, and back to the same text.
#![cfg(not(target_arch = "wasm32"))]

use orderbridge::contract::json::Json;
use orderbridge::contract::write::Write;
use proptest::prelude::*;

fn ours(text: &[u8]) -> Option<Json> {
    Json::parse(text, 64).ok()
}

fn same(ours: &Json, theirs: &serde_json::Value) -> bool {
    match (ours, theirs) {
        (Json::Null, serde_json::Value::Null) => true,
        (Json::Bool(a), serde_json::Value::Bool(b)) => a == b,
        // arbitrary_precision keeps their number's digits, but writes the exponent its own way.
        (Json::Number(a), serde_json::Value::Number(b)) => {
            a.to_lowercase().replace("e+", "e") == b.to_string().to_lowercase().replace("e+", "e")
        }
        (Json::Text(a), serde_json::Value::String(b)) => a == b,
        (Json::List(a), serde_json::Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Json::Map(a), serde_json::Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        _ => false,
    }
}

fn text(value: &Json) -> Vec<u8> {
    let mut out = Vec::new();
    value.write(&mut out);
    out
}

#[test]
fn table() {
    for good in [
        "null",
        " [ ] ",
        "{}",
        "-0",
        "0.50",
        "1e5",
        "-1.5E-3",
        r#""\u00e9\ud83d\ude00\/\b\f""#,
        r#"{"a":[1,{"b":null}],"":true}"#,
        "\"я\u{7f}\"",
        "[[[[]]]]",
    ] {
        let theirs: serde_json::Value = serde_json::from_str(good).expect(good);
        let read = ours(good.as_bytes()).expect(good);
        assert!(same(&read, &theirs), "{good}");
        assert_eq!(ours(&text(&read)).as_ref(), Some(&read), "{good}");
    }
    for bad in [
        "",
        " ",
        "nul",
        "01",
        "+1",
        ".5",
        "5.",
        "1e",
        "--1",
        "[1,]",
        "[,1]",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}",
        "\"\\x\"",
        "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"",
        "\"\n\"",
        "\"",
        "[1] x",
        "\u{feff}1",
        "\"\\u12\"",
        "NaN",
        "'a'",
    ] {
        assert!(
            serde_json::from_str::<serde_json::Value>(bad).is_err(),
            "{bad}"
        );
        assert_eq!(ours(bad.as_bytes()), None, "{bad}");
    }
    assert_eq!(ours(br#"{"a":1,"a":2}"#), None, "a key twice");
    assert_eq!(ours(b"\"\xff\""), None);
    assert!(Json::parse(b"[[]]", 1).is_err() && Json::parse(b"[[]]", 2).is_ok());
}

fn tree() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn the_same_tree_and_back(theirs in tree()) {
        let written = serde_json::to_vec(&theirs).unwrap_or_default();
        let read = ours(&written);
        prop_assert!(read.as_ref().is_some_and(|read| same(read, &theirs)));
        let again = text(&read.unwrap_or_default());
        prop_assert_eq!(serde_json::from_slice::<serde_json::Value>(&again).ok(), Some(theirs));
    }

    #[test]
    fn junk_never_panics_and_is_refused_alike(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let theirs = serde_json::from_slice::<serde_json::Value>(&bytes);
        prop_assert_eq!(ours(&bytes).is_some(), theirs.is_ok());
    }

    #[test]
    fn broken_json_is_refused_alike(theirs in tree(), at in any::<prop::sample::Index>(), byte in prop::sample::select(b"{}[]\",:\\u0a1. ".to_vec())) {
        let mut text = serde_json::to_vec(&theirs).unwrap_or_default();
        let place = at.index(text.len());
        if let Some(there) = text.get_mut(place) { *there = byte; }
        let other = serde_json::from_slice::<serde_json::Value>(&text);
        // A key twice is the one thing that they let pass.
        if let Ok(other) = other {
            prop_assert!(ours(&text).is_none_or(|read| same(&read, &other)));
        } else {
            prop_assert_eq!(ours(&text), None);
        }
    }
}
