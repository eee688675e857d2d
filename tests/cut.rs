//! A push that is cut off at any of its calls, to the portal's side or to ours, and whatever happens to
//! the order then: in the end the deal is what it would be if nothing had been cut.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests fail loudly"
)]

use orderbridge::abi::answer;
use proptest::prelude::*;
use serde_json::{json, Map, Value};
use std::collections::BTreeMap;

/// What people do to the order in the shop.
#[derive(Clone, Copy, Debug)]
enum Event {
    Comment(usize),
    Goods(usize),
    Buyer(usize),
    Firm(usize),
    Status(usize),
    Delete,
    Restore,
}

/// How a request ends early.
#[derive(Clone, Copy, Debug)]
enum How {
    /// The worker is killed.
    Killed,
    /// Nothing comes back.
    Timeout,
    /// The portal stops, and says what it has done so far.
    Short,
}

/// After how many calls of which request.
#[derive(Clone, Copy, Debug)]
struct Cut {
    request: usize,
    calls: usize,
    how: How,
}

fn story() -> impl Strategy<Value = Vec<(Event, Option<Cut>)>> {
    let event = prop_oneof![
        3 => (0usize..3).prop_map(Event::Comment),
        3 => prop::sample::select(vec![0usize, 1, 1, 2, 2, 2, 80]).prop_map(Event::Goods),
        2 => (0usize..3).prop_map(Event::Buyer),
        2 => (0usize..2).prop_map(Event::Firm),
        2 => (0usize..3).prop_map(Event::Status),
        1 => Just(Event::Delete),
        1 => Just(Event::Restore),
    ];
    let how = prop::sample::select(vec![How::Killed, How::Timeout, How::Short]);
    let cut = (0usize..3, 0usize..6, how).prop_map(|(request, calls, how)| Cut {
        request,
        calls,
        how,
    });
    prop::collection::vec((event, prop::option::weighted(0.7, cut)), 1..7)
}

/// A shop with one order, its host, and a portal with its deal.
#[derive(Clone, Default)]
struct World {
    comment: usize,
    goods: usize,
    buyer: usize,
    firm: usize,
    status: usize,
    deleted: bool,
    link: Value,
    deal: BTreeMap<String, String>,
    rows: Vec<String>,
    timeline: Vec<String>,
    deals: u32,
}

const PHONES: [&str; 3] = ["+79991234567", "+79990000001", "+79990000002"];
const INNS: [&str; 2] = ["7707083893", "7736050003"];
const STATUSES: [(&str, &str); 3] = [
    ("new", "C5:NEW"),
    ("processing", "C5:PREPARATION"),
    ("shipped", "C5:EXECUTING"),
];

impl World {
    fn happens(&mut self, event: Event) {
        match event {
            Event::Comment(comment) => self.comment = comment,
            Event::Goods(goods) => self.goods = goods,
            Event::Buyer(buyer) => self.buyer = buyer,
            Event::Firm(firm) => self.firm = firm,
            Event::Status(status) => self.status = status,
            Event::Delete => self.deleted = true,
            Event::Restore => self.deleted = false,
        }
    }

    fn order(&self) -> Value {
        if self.deleted {
            return Value::Null;
        }
        let lines: Vec<Value> = (0..self.goods)
            .map(|n| json!({"name": format!("Чай {n}"), "quantity": "1", "total": "5.00"}))
            .collect();
        let comment = ["", "Позвоните", "Не звоните"][self.comment];
        json!({
            "id": "17", "status": STATUSES[self.status].0, "currency": "RUB",
            "total": format!("{}.00", 5 * self.goods), "lines": lines,
            "comment": comment,
            "buyer": {"full_name": "Иван", "phone": PHONES[self.buyer],
                "company": {"name": "ООО", "inn": INNS[self.firm]}},
        })
    }

    fn ask(op: &str, data: &Value) -> Value {
        let to_stage: Vec<Value> = STATUSES
            .iter()
            .map(|(status, stage)| json!({"status": status, "stage": stage}))
            .collect();
        let request = json!({
            "v": 1, "op": op, "now": "2026-11-23T10:00:00Z", "data": data,
            "settings": {"shop": {"id": "shop-1"}, "funnel": {"id": "5"}, "life": {"deleted": "lose"},
                "statuses": {"to_stage": to_stage}, "portal": {"owner": "1"}},
        });
        let answer: Value =
            serde_json::from_slice(&answer(request.to_string().as_bytes())).unwrap();
        assert_eq!(answer["outcome"], "ok", "{answer}");
        answer["data"].clone()
    }

    fn item(&self) -> Value {
        let mut item = json!(self.deal);
        let stage = self.deal.get("stageId").map_or("", String::as_str);
        item["stageSemanticId"] = json!(if stage == "C5:LOSE" { "F" } else { "P" });
        item
    }

    fn called(&mut self, call: &Value) -> Value {
        let query: Vec<(String, String)> = call["query"]
            .as_str()
            .unwrap()
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (percent(key), percent(value)))
            .collect();
        let at = |key: &str| {
            let found = query.iter().find(|(name, _)| name == key);
            found.map_or("", |(_, value)| value.as_str())
        };
        let contact = |id: usize| {
            json!({"item": {"id": id.to_string(), "name": "Иван", "companyId": "77",
                "fm": [{"value": PHONES[id - 84]}]}})
        };
        let result = match (call["method"].as_str().unwrap(), at("entityTypeId")) {
            ("crm.duplicate.findbycomm", _) => {
                let phone = at("values[]");
                json!({"CONTACT": [84 + PHONES.iter().position(|known| *known == phone).unwrap()]})
            }
            ("crm.requisite.list", _) => {
                let inn = at("filter[RQ_INN]");
                let firm = 12 + INNS.iter().position(|known| *known == inn).unwrap();
                json!([{"ID": "31", "ENTITY_TYPE_ID": "4", "ENTITY_ID": firm.to_string(), "RQ_INN": inn}])
            }
            // It refers to what was found before it, and is not needed here.
            ("crm.item.get", "3") if at("id").contains('$') => contact(84 + self.buyer),
            ("crm.item.get", "3") => contact(at("id").parse().unwrap()),
            ("crm.item.list", "2") if self.deals > 0 => json!({"items": [self.item()]}),
            ("crm.item.list", _) => json!({"items": []}),
            ("crm.item.get", "2") => json!({"item": self.item()}),
            ("crm.timeline.comment.list", _) => {
                let newest = self.timeline.last().map(|text| json!({"COMMENT": text}));
                json!(newest.iter().collect::<Vec<_>>())
            }
            ("crm.timeline.comment.add", _) => {
                self.timeline.push(at("fields[COMMENT]").to_owned());
                json!(1)
            }
            ("crm.item.add", "2") => {
                self.deals += 1;
                self.write(&query);
                self.deal.insert("id".to_owned(), "394".to_owned());
                json!({"item": self.item()})
            }
            ("crm.item.update", "2") => {
                self.write(&query);
                if !at("fields[stageId]").is_empty() {
                    self.deal.insert("movedBy".to_owned(), "1".to_owned());
                }
                json!({"item": self.item()})
            }
            ("crm.item.productrow.set", _) => {
                self.rows = rows(&query, "productRows[");
                json!({})
            }
            ("crm.item.productrow.add", _) => {
                self.rows.extend(rows(&query, "fields"));
                json!({})
            }
            other => panic!("the portal does not know {other:?}"),
        };
        json!({ "result": result })
    }

    fn write(&mut self, query: &[(String, String)]) {
        for (name, value) in query {
            let name = name.trim_end_matches("[0]");
            if let Some(field) = name.strip_prefix("fields[") {
                let field = field.trim_end_matches(']').to_owned();
                self.deal.insert(field, value.clone());
            }
        }
    }

    /// One attempt. Whether it came to its end.
    fn push(&mut self, cut: Option<Cut>) -> bool {
        let task = json!({"kind": "push_order", "order": self.order(), "link": self.link, "attempt": 1, "turn": 1});
        let mut step = Self::ask("sync.start", &json!({ "task": task }));
        for request in 0..9 {
            if let Some(learn) = step["learn"].as_object() {
                for (key, value) in learn {
                    self.link[key] = value.clone();
                }
            }
            let reply = match step["step"].as_str().unwrap() {
                "call" => {
                    let cut = cut.filter(|cut| cut.request == request);
                    let calls = step["calls"].as_array().unwrap();
                    let done = cut.map_or(calls.len(), |cut| cut.calls.min(calls.len()));
                    let answers: Map<String, Value> = calls[..done]
                        .iter()
                        .map(|call| (call["key"].as_str().unwrap().to_owned(), self.called(call)))
                        .collect();
                    match cut.map(|cut| cut.how) {
                        Some(How::Killed) => return false,
                        Some(How::Timeout) => json!({"failure": {"kind": "timeout"}}),
                        // Nothing at all is no answer.
                        Some(How::Short) if done == 0 => json!({"failure": {"kind": "reset"}}),
                        _ => json!({ "answers": answers }),
                    }
                }
                "look" => json!({"links": []}),
                step => return step == "done",
            };
            step = Self::ask(
                "sync.resume",
                &json!({"state": step["state"], "reply": reply}),
            );
        }
        panic!("the push does not come to an end");
    }
}

/// Rows as text, one each.
fn rows(query: &[(String, String)], under: &str) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    let mut last = None;
    for (name, value) in query {
        let Some((index, field)) = name
            .strip_prefix(under)
            .and_then(|rest| rest.split_once('['))
            .filter(|(_, field)| !field.starts_with("owner"))
        else {
            continue;
        };
        if last.replace(index) != Some(index) {
            rows.push(String::new());
        }
        rows.last_mut()
            .unwrap()
            .push_str(&[field, "=", value, ";"].concat());
    }
    rows
}

/// What a percent-encoded text says.
fn percent(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_push_cut_anywhere_ends_in_the_orders_state_whatever_is_changed_next(story in story()) {
        let mut calm = World { comment: 1, goods: 1, link: json!({}), ..World::default() };
        prop_assert!(calm.push(None));
        let mut rough = calm.clone();
        for (event, cut) in story {
            calm.happens(event);
            prop_assert!(calm.push(None), "{:?}", event);
            rough.happens(event);
            rough.push(cut);
        }
        prop_assert!(rough.push(None) || rough.push(None), "the last push has nothing to wait for");
        let stage = |world: &World| world.deal["stageId"].clone();
        prop_assert_eq!(stage(&calm), stage(&rough));
        // By whom is of no account: the one may have moved it back, where the other never moved it.
        calm.deal.remove("movedBy");
        rough.deal.remove("movedBy");
        if !calm.deleted {
            prop_assert_eq!(&calm.deal, &rough.deal);
            prop_assert_eq!(&calm.rows, &rough.rows);
        }
        prop_assert_eq!(rough.deals, 1);
    }
}

/// How long the first push of an order waits when `request` is not answered, and then the portal's turn.
fn waits(world: &World, request: usize, kind: &str, attempt: u32, turn: u32) -> (u64, u64) {
    let mut world = world.clone();
    let task = json!({"kind": "push_order", "order": world.order(), "link": world.link, "attempt": attempt, "turn": turn});
    let mut step = World::ask("sync.start", &json!({ "task": task }));
    for number in 0.. {
        let reply = match step["step"].as_str().unwrap() {
            "look" => json!({"links": []}),
            "wait" => break,
            _ if number >= request => json!({"failure": {"kind": kind}}),
            _ => {
                let calls = step["calls"].as_array().unwrap();
                let answers: Map<String, Value> = calls
                    .iter()
                    .map(|call| (call["key"].as_str().unwrap().to_owned(), world.called(call)))
                    .collect();
                json!({ "answers": answers })
            }
        };
        step = World::ask(
            "sync.resume",
            &json!({"state": step["state"], "reply": reply}),
        );
    }
    (
        step["seconds"].as_u64().unwrap(),
        step["hold"].as_u64().unwrap(),
    )
}

/// The portal may be at a request for a minute, and a search that comes sooner does not see what it makes.
#[test]
fn what_may_have_been_made_is_looked_for_after_a_minute_and_all_else_is_tried_as_ever() {
    let fresh = World {
        comment: 1,
        goods: 1,
        link: json!({}),
        ..World::default()
    };
    let mut known = fresh.clone();
    assert!(known.push(None));
    known.happens(Event::Comment(2));
    for turn in 0..60 {
        for attempt in [1, 2] {
            let making = waits(&fresh, 2, "timeout", attempt, turn).0;
            assert!((60..=90).contains(&making), "{making}");
        }
        let making = waits(&fresh, 2, "reset", 1, turn).0;
        assert!((60..=90).contains(&making), "{making}");
        assert!(waits(&fresh, 2, "timeout", 3, turn).0 >= 240);
        assert_eq!(
            waits(&fresh, 2, "refused", 1, turn).0,
            0,
            "nothing was sent"
        );
        for other in [
            waits(&fresh, 1, "timeout", 1, turn),
            waits(&known, 0, "timeout", 1, turn),
        ] {
            assert!((4..=6).contains(&other.0) && other.1 == 30, "{other:?}");
        }
    }
}
