//! Malformed requests of any kind: the portal answers every one of them and stays alive.

mod support;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;
use support::{Portal, TOKEN};

/// A sequence that looks random and is always the same.
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const NAMES: &[&str] = &[
    "id",
    "ID",
    "fields",
    "FIELDS",
    "filter",
    "order",
    "select",
    "start",
    "rows",
    "entityTypeId",
    "ownerId",
    "ownerType",
    "productRows",
    "cmd",
    "halt",
    "type",
    "values",
    "params",
    "data",
    "scope",
    "extras",
    "items",
];
const INNER: &[&str] = &[
    "TITLE",
    "title",
    "STAGE_ID",
    "stageId",
    "CATEGORY_ID",
    "categoryId",
    "OPPORTUNITY",
    "opportunity",
    "PRICE",
    "price",
    "QUANTITY",
    "DISCOUNT_TYPE_ID",
    "DISCOUNT_RATE",
    "taxRate",
    ">=DATE_MODIFY",
    "!@ID",
    "><id",
    "%TITLE",
    "PHONE",
    "fm",
    "contactIds",
    "UF_CRM_X",
    "LOGIC",
    "0",
    "BEGINDATE",
    "closedate",
    "FIELD_NAME",
    "USER_TYPE_ID",
    "SETTINGS",
    "LIST",
    "entityIds",
    "ENTITY_ID",
    "ENTITY_TYPE",
    "COMMENT",
    "ownerId",
    "=ownerType",
    "iblockId",
];
const SCALARS: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "2",
    "3",
    "4",
    "D",
    "NEW",
    "C5:WON",
    "Y",
    "true",
    "1e400",
    "-9223372036854775808",
    "99999999999999999999999",
    "NaN",
    "0.00000000000000000001",
    "2026-02-30T99:99:99+99:99",
    "٣",
    "я😀\u{0}\u{fffd}",
    "%",
    "$result[a][b]",
    "$result",
    "$",
    "string",
    "enumeration",
    "PHONE",
    "<b>'\"&\\/",
    "+7 (999)",
    "100|RUB",
    "[",
    "1.5.2",
];

fn json_value(random: &mut Sequence, depth: usize) -> String {
    match random.below(if depth > 3 { 6 } else { 9 }) {
        0 => "null".to_owned(),
        1 => "true".to_owned(),
        2 => random.pick(&["0", "1", "-5", "1.25", "1e30", "123456789012345678901234567890"]).to_owned(),
        3..=5 => serde_json::to_string(random.pick(SCALARS)).unwrap(),
        6 => {
            let inner: Vec<String> = (0..random.below(4)).map(|_| json_value(random, depth + 1)).collect();
            format!("[{}]", inner.join(","))
        }
        _ => json_object(random, INNER, depth + 1),
    }
}

fn json_object(random: &mut Sequence, names: &[&str], depth: usize) -> String {
    let mut entries = Vec::new();
    for _ in 0..random.below(5) {
        let name = serde_json::to_string(random.pick(names)).unwrap();
        let value = json_value(random, depth);
        entries.push(format!("{name}:{value}"));
    }
    format!("{{{}}}", entries.join(","))
}

fn form(random: &mut Sequence) -> String {
    let mut parts = Vec::new();
    for _ in 0..random.below(8) {
        let mut key = random.pick(NAMES).to_owned();
        for _ in 0..random.below(4) {
            key += random.pick(&["[", "]", "[]", "[0]", "%5B%5D", "%", "%zz", "%00", "[a][b"]);
            key += random.pick(INNER);
            key += random.pick(&["", "]", "%5D"]);
        }
        parts.push(format!("{key}{}{}", random.pick(&["=", "", "=="]), random.pick(SCALARS)));
    }
    parts.join(random.pick(&["&", "&&", ";"]))
}

/// Parameters that lead past the first checks: what is needed is right, what is inside is not.
fn plausible(random: &mut Sequence) -> String {
    let id = 1 + random.below(60);
    let entity = 2 + random.below(3);
    let mut parts = vec![
        format!("\"id\":{id},\"ownerId\":{id},\"ownerTypeId\":2,\"entityTypeId\":{entity}"),
        "\"ownerType\":\"D\",\"type\":\"PHONE\",\"scope\":\"C\",\"deadline\":\"2026-01-01\"".to_owned(),
    ];
    for name in ["fields", "filter", "order"] {
        parts.push(format!("\"{name}\":{}", json_object(random, INNER, 1)));
    }
    for name in ["rows", "productRows", "data", "items"] {
        let rows: Vec<String> = (0..random.below(3)).map(|_| json_object(random, INNER, 1)).collect();
        parts.push(format!("\"{name}\":[{}]", rows.join(",")));
    }
    parts.push(format!("\"values\":{},\"params\":{}", json_value(random, 2), json_object(random, INNER, 1)));
    format!("{{{}}}", parts.join(","))
}

/// A batch whose commands are forms of their own, with references here and there.
fn batch(random: &mut Sequence, methods: &[String]) -> String {
    let mut cmd = serde_json::Map::new();
    for _ in 0..random.below(60) {
        let key = random.pick(&["a", "b", "0", "7", "deal", "[x]"]).to_owned() + random.pick(SCALARS);
        let method = &methods[random.below(methods.len())];
        cmd.insert(key, format!("{method}?{}", form(random)).into());
    }
    json!({"halt": random.below(2), "cmd": cmd}).to_string()
}

/// A number from the environment, so that a longer run can be asked for.
fn asked(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

#[test]
fn every_method_survives_anything() {
    let portal = Portal::start();
    portal.call("crm.deal.userfield.add", &json!({"fields": {"FIELD_NAME": "X", "USER_TYPE_ID": "double"}}));
    portal.admin("seed", &json!({"deals": 60}));
    let methods = portal.call("methods", &json!({"full": true}));
    let methods: Vec<String> = methods
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m.as_str().unwrap().to_owned())
        .chain(["batch".to_owned()])
        .collect();
    assert!(methods.len() > 120, "{}", methods.len());
    let mut random = Sequence(asked("FUZZ_SEED", 2024));
    for round in 0..asked("FUZZ_ROUNDS", 40) {
        for method in &methods {
            let target = format!("/rest/1/{TOKEN}/{method}");
            let (kind, body) = match random.below(8) {
                0 => ("application/x-www-form-urlencoded", form(&mut random)),
                1 if method == "batch" => ("application/json", batch(&mut random, &methods)),
                1 => ("application/json", json_value(&mut random, 0)),
                2..=5 => ("application/json", plausible(&mut random)),
                _ => ("application/json", json_object(&mut random, NAMES, 0)),
            };
            let answer = portal.send("POST", &target, kind, &body);
            let answer = answer.unwrap_or_else(|| panic!("round {round}: {method} gave no answer to {body}"));
            let json = answer.json();
            let fits =
                if answer.status == 200 { json.get("result").is_some() } else { json.get("error").is_some() };
            assert!(fits, "{method} {body}: {} {}", answer.status, answer.body);
        }
    }
    assert_eq!(portal.call("profile", &json!({}))["ID"], "1");
}

#[test]
fn broken_bytes_are_refused() {
    let portal = Portal::start();
    let target = format!("/rest/1/{TOKEN}/crm.deal.add");
    let many = (0..30_000).map(|n| format!("k{n}=1")).collect::<Vec<_>>().join("&");
    for (kind, body) in [
        ("application/json", "[".repeat(100_000)),
        ("application/json", format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000))),
        ("application/x-www-form-urlencoded", format!("a{}=1", "[x]".repeat(20_000))),
        ("application/x-www-form-urlencoded", many),
        ("multipart/form-data; boundary=", "--\r\n\r\n--".to_owned()),
        (
            "multipart/form-data; boundary=B",
            "--B\r\nContent-Disposition: form-data; name=\"\r\n\r\n".to_owned(),
        ),
        ("text/xml", "<a/>".to_owned()),
    ] {
        let answer = portal.send("POST", &target, kind, &body).unwrap();
        assert_eq!(answer.status, 400, "{kind}");
        assert_eq!(answer.json()["error_description"], "Parameter 'fields' must be array");
    }
    let mut random = Sequence(7);
    for _ in 0..300 {
        let mut stream = TcpStream::connect(&portal.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let noise: Vec<u8> = (0..random.below(400)).map(|_| random.below(256) as u8).collect();
        let head = random.pick(&[
            "",
            "GET / HTTP/1.1\r\n",
            "POST /rest/1/x/batch HTTP/1.1\r\nContent-Length: 5\r\n\r\n",
        ]);
        // The portal may cut the connection before it has read everything.
        let _ = stream.write_all(head.as_bytes());
        let _ = stream.write_all(&noise);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let _ = stream.read_to_end(&mut Vec::new());
    }
    for path in [
        "/rest",
        "/rest/",
        "/rest/1",
        "/rest/1/tok123",
        "/rest/1/tok123/",
        "/rest/a/b/c/d",
        "/_/nonsense",
        "/%00",
    ] {
        let answer = portal.send("GET", path, "", "").unwrap();
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
    }
    for what in ["switches", "webhooks", "robots", "ui/move", "ui/create", "ui/rows", "seed"] {
        for body in ["", "{", "[]", "null", "{\"x\":1}", "{\"deal\":\"x\"}"] {
            let answer = portal.send("POST", &format!("/_/{what}"), "application/json", body).unwrap();
            assert!(answer.status < 500, "{what} {body}: {}", answer.body);
        }
    }
    assert_eq!(portal.call("profile", &json!({}))["ID"], "1");
}
