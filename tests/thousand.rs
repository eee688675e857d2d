//! An order of a thousand lines, from its plan to the last of its rows: every question to the core and
//! every answer passes the border, though the portal echoes each row and writes each letter as
//! `\u0447`. A step cut anywhere is made up for by the next attempt.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail loudly"
)]

use orderbridge::abi::answer;
use orderbridge::contract::limits::{MAX_ANSWER_BYTES, MAX_BATCH_COMMANDS, MAX_REQUEST_BYTES};
use serde_json::{json, Map, Value};
use std::fmt::Write as _;

const LINES: usize = 1_000;

/// Names of 40 to 60 letters, an option, an article number, VAT.
fn order(quantity: usize) -> Value {
    const WHAT: [&str; 4] = [
        "Чайник заварочный",
        "Блюдо сервировочное",
        "Кружка фарфоровая",
        "Пиала керамическая",
    ];
    const HOW: [&str; 3] = ["с ситечком и крышкой", "ручной росписи", "с золотой каймой"];
    const WHERE: [&str; 3] = ["«Утро», 1,2 л", "«Сад», 28 см", "«Иней», 0,3 л"];
    let lines: Vec<Value> = (0..LINES)
        .map(|n| {
            json!({
                "sku": format!("TP-{n:04}"),
                "name": format!("{} {} {}", WHAT[n % 4], HOW[n % 3], WHERE[n / 4 % 3]),
                "options": [{"name": "Цвет", "value": "Белый"}],
                "quantity": quantity.to_string(), "total": "1000.00", "vat_rate": "20",
            })
        })
        .collect();
    for line in &lines {
        let letters = line["name"].as_str().unwrap().chars().count();
        assert!((40..=60).contains(&letters), "{line}");
    }
    json!({
        "id": "17", "number": "2026-17", "status": "new", "currency": "RUB", "total": "1000234.50",
        "buyer": {"full_name": "Петров Иван Сергеевич", "phone": "+79991234567", "email": "ivan@example.ru"},
        "charges": [{"kind": "shipping", "name": "Курьер", "amount": "234.50"}],
        "lines": lines,
    })
}

/// Asks the core and sees to the border.
fn ask(op: &str, data: &Value) -> Value {
    let request = json!({
        "v": 1, "op": op, "now": "2026-11-23T10:00:00Z", "data": data,
        "settings": {"shop": {"id": "shop-1"}, "funnel": {"id": "5"}, "responsible": {"fallback": "1"}},
    })
    .to_string();
    assert!(
        request.len() <= MAX_REQUEST_BYTES,
        "{op}: {} bytes in",
        request.len()
    );
    let bytes = answer(request.as_bytes());
    assert!(
        bytes.len() <= MAX_ANSWER_BYTES,
        "{op}: {} bytes out",
        bytes.len()
    );
    let answer: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(answer["outcome"], "ok", "{op}: {answer}");
    answer["data"].clone()
}

/// A portal with one deal, if it has been made.
#[derive(Default)]
struct Portal {
    deal: bool,
    rows: Vec<Map<String, Value>>,
    requests: usize,
    /// The request that is cut, and after how many commands.
    cut: Option<(usize, usize)>,
}

fn decoded(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let hex = [bytes.next().unwrap(), bytes.next().unwrap()];
            out.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).unwrap()
}

impl Portal {
    /// A row as the portal prints it. Bitrix24: REST documentation, "Product rows".
    fn echo(row: &Map<String, Value>) -> Value {
        let mut row = row.clone();
        row.remove("ownerType");
        for (name, value) in [
            ("id", json!(1_017_647)),
            ("ownerId", json!(394_394)),
            ("ownerType", json!("D")),
            ("productId", json!(0)),
            ("priceAccount", json!(80_000)),
            ("priceExclusive", json!(66_666.67)),
            ("priceNetto", json!(83_333.34)),
            ("priceBrutto", json!(100_000.01)),
            ("discountTypeId", json!(2)),
            ("discountRate", json!(0)),
            ("discountSum", json!(0)),
            ("customized", json!("Y")),
            ("type", json!(4)),
            ("storeId", json!(19)),
        ] {
            row.insert(name.to_owned(), value);
        }
        Value::Object(row)
    }

    fn command(&mut self, command: &str) -> Value {
        let (method, query) = command.split_once('?').unwrap();
        let fields: Vec<(String, String)> = query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(key, value)| (key.to_owned(), decoded(value)))
            .collect();
        assert!(fields.len() < 1_000, "PHP reads no more values than that");
        match method {
            "crm.item.list" if self.deal => {
                json!({"items": [{"id": 394, "originatorId": "shop-1", "originId": "17", "contactId": 84, "stageId": "C5:NEW"}]})
            }
            "crm.item.list" => json!({"items": []}),
            "crm.duplicate.findbycomm" => json!([]),
            "crm.item.productrow.set" => {
                self.rows.clear();
                for (key, value) in &fields {
                    let parts: Vec<&str> = key.split(['[', ']']).collect();
                    if let ["productRows", index, "", field, ""] = parts[..] {
                        let index: usize = index.parse().unwrap();
                        self.rows.resize_with(index + 1, Map::new);
                        self.rows[index].insert(field.to_owned(), json!(value));
                    }
                }
                let rows: Vec<Value> = self.rows.iter().map(Self::echo).collect();
                json!({"productRows": rows})
            }
            "crm.item.productrow.add" => {
                let name = |key: &str| {
                    key.trim_start_matches("fields[")
                        .trim_end_matches(']')
                        .to_owned()
                };
                let row: Map<String, Value> = fields
                    .iter()
                    .map(|(key, value)| (name(key), json!(value)))
                    .collect();
                assert_eq!(row["ownerId"], "394");
                let echo = Self::echo(&row);
                self.rows.push(row);
                json!({"productRow": echo})
            }
            _ => {
                self.deal = self.deal || fields[0] == ("entityTypeId".to_owned(), "2".to_owned());
                json!({"item": {"id": 394, "stageId": "C5:NEW", "comments": "ы".repeat(500)}})
            }
        }
    }

    /// What comes back for a batch: letters as PHP writes them, the time of every command.
    fn answer(&mut self, body: &str) -> String {
        let body: Value = serde_json::from_str(body).unwrap();
        let commands = body["cmd"].as_object().unwrap();
        assert!(commands.len() <= MAX_BATCH_COMMANDS);
        self.requests += 1;
        let most = match self.cut {
            Some((request, most)) if request == self.requests => most,
            _ => usize::MAX,
        };
        let (mut results, mut times) = (Map::new(), Map::new());
        for (key, command) in commands.iter().take(most) {
            results.insert(key.clone(), self.command(command.as_str().unwrap()));
            times.insert(key.clone(), json!({
                "start": 1_778_747_192.910_734_f64, "finish": 1_778_747_193.530_359_f64, "duration": 0.619_625_091_552_734_4_f64,
                "processing": 0.032_338_857_650_756_836_f64, "date_start": "2026-05-14T10:26:32+02:00",
                "date_finish": "2026-05-14T10:26:33+02:00", "operating_reset_at": 1_778_747_792, "operating": 3.307_624_101_638_794_f64,
            }));
        }
        let text = json!({"result": {"result": results, "result_error": [], "result_total": [], "result_next": [], "result_time": times}}).to_string();
        let mut out = String::new();
        for letter in text.chars() {
            if letter.is_ascii() {
                out.push(letter);
            } else {
                write!(out, "\\u{:04x}", u32::from(letter)).unwrap();
            }
        }
        out
    }
}

/// One attempt, to its end.
fn attempt(portal: &mut Portal, order: &Value, link: &mut Value, attempt: usize) -> Value {
    let task =
        json!({"kind": "push_order", "order": order, "link": link, "attempt": attempt, "turn": 1});
    let mut step = ask("sync.start", &json!({"task": task}));
    loop {
        if let Some(learn) = step["learn"].as_object() {
            for (key, value) in learn {
                link[key] = value.clone();
            }
        }
        if step["step"] == "look" {
            let unknown = json!({"state": step["state"], "reply": {"links": []}});
            step = ask("sync.resume", &unknown);
            continue;
        }
        if step["step"] != "call" {
            return step;
        }
        let packed = ask(
            "batch.pack",
            &json!({"tasks": [{"id": "a", "calls": step["calls"]}]}),
        );
        let requests = packed["requests"].as_array().unwrap();
        assert_eq!(requests.len(), 1);
        let body = portal.answer(requests[0]["body"].as_str().unwrap());
        let came = json!({"tasks": ["a"], "answer": {"status": 200, "headers": {"content-type": "application/json"}, "body": body}});
        let replies = ask("batch.unpack", &came);
        step = ask(
            "sync.resume",
            &json!({"state": step["state"], "reply": replies["replies"]["a"]}),
        );
    }
}

fn holds_all_of(portal: &Portal, order: &Value) {
    let rows = &portal.rows;
    let mut sum = 0i64;
    for (index, row) in rows.iter().enumerate() {
        assert_eq!(row["sort"], ((index + 1) * 10).to_string());
        let price: i64 = row["price"]
            .as_str()
            .unwrap()
            .replace('.', "")
            .parse()
            .unwrap();
        sum += price * row["quantity"].as_str().unwrap().parse::<i64>().unwrap();
    }
    assert_eq!(sum, 100_023_450);
    let mut names: Vec<&str> = rows
        .iter()
        .map(|row| row["productName"].as_str().unwrap())
        .collect();
    names.dedup();
    assert_eq!(names.len(), LINES + 1);
    for (line, name) in order["lines"].as_array().unwrap().iter().zip(names) {
        let wanted = format!(
            "{} (Цвет: Белый) [{}]",
            line["name"].as_str().unwrap(),
            line["sku"].as_str().unwrap()
        );
        assert_eq!(name, wanted);
    }
}

#[test]
fn a_thousand_lines_pass_the_border_in_portions() {
    // A line that cannot be divided by three becomes two rows.
    for (quantity, rows) in [(2, LINES + 1), (3, 2 * LINES + 1)] {
        let order = order(quantity);
        let mut portal = Portal::default();
        let mut link = json!({"order_id": "17"});
        let end = attempt(&mut portal, &order, &mut link, 1);
        assert_eq!(end["result"]["outcome"], "created", "{end}");
        assert_eq!(portal.rows.len(), rows);
        holds_all_of(&portal, &order);
        let again = attempt(&mut portal, &order, &mut link, 1);
        assert_eq!(again["result"]["outcome"], "unchanged");
        assert!(
            portal.requests <= 3 + rows / 45,
            "{} requests",
            portal.requests
        );
    }
}

#[test]
fn whatever_request_is_cut_the_next_attempt_ends_with_all_rows_once() {
    let order = order(2);
    for cut in [(2, 2), (3, 1), (21, 1)] {
        let mut portal = Portal {
            cut: Some(cut),
            ..Portal::default()
        };
        let mut link = json!({"order_id": "17"});
        let end = attempt(&mut portal, &order, &mut link, 1);
        assert_eq!(end["step"], "wait", "{cut:?}: {end}");
        let end = attempt(&mut portal, &order, &mut link, 2);
        assert_eq!(end["result"]["outcome"], "updated", "{cut:?}: {end}");
        holds_all_of(&portal, &order);
    }
}

#[test]
fn an_order_that_does_not_fit_is_named_and_nothing_is_lost() {
    let mut order = order(2);
    for line in order["lines"].as_array_mut().unwrap() {
        line["brand"] = json!("Императорский фарфоровый завод");
    }
    let data = json!({"task": {"kind": "push_order", "order": order}});
    let request = json!({"v": 1, "op": "sync.start", "now": "2026-11-23T10:00:00Z", "settings": {}, "data": data});
    let answer: Value = serde_json::from_slice(&answer(request.to_string().as_bytes())).unwrap();
    assert_eq!(answer["error"]["code"], "request_too_long");
}
