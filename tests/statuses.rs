//! Shop and portal in step, whatever comes when: a little portal and a little shop with the real core
//! between them, through its door.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail loudly"
)]

use orderbridge::abi::answer;
use proptest::prelude::*;
use serde_json::{json, Value};

const STAGES: [&str; 4] = ["C5:NEW", "C5:WORK", "C5:SHIP", "C5:NOBODY"];
const STATUSES: [&str; 4] = ["new", "work", "ship", "hold"];

/// What happens, to either side or between them.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// A manager moves the deal.
    Move(usize),
    /// The shop changes the order.
    Change(usize),
    /// A job is run; its answer may get lost on the way.
    Push {
        lost: bool,
    },
    Pull {
        lost: bool,
    },
    /// The base of the way back.
    Poll,
    /// The box's administrator installs the companion module, or takes it out.
    Module,
}

struct World {
    settings: Value,
    status: String,
    stage: String,
    moved_by: &'static str,
    moved_at: usize,
    /// Rows of the stage history: id and stage.
    history: Vec<(usize, String)>,
    /// What the companion module has noted since it was installed: number and stage.
    noted: Option<Vec<(usize, String)>>,
    /// Its numbers go on when it comes back.
    numbers: usize,
    link: Value,
    cursor: Value,
    now: i64,
    /// Statuses that were set and deals that were moved, by us.
    doings: Vec<String>,
    /// The portal moves a deal on by itself, the shop an order: from, to.
    robot: Option<(&'static str, &'static str)>,
    plugin: Option<(&'static str, &'static str)>,
    code: String,
}

impl World {
    fn new(settings: Value) -> Self {
        let mut world = Self {
            settings,
            status: "new".to_owned(),
            stage: String::new(),
            moved_by: "",
            moved_at: 0,
            history: Vec::new(),
            noted: None,
            numbers: 0,
            link: Value::Null,
            cursor: Value::Null,
            now: 1_795_428_000,
            doings: Vec::new(),
            robot: None,
            plugin: None,
            code: String::new(),
        };
        world.run("push_order", false);
        assert_eq!(world.link["deal_id"], "394");
        // The first poll asks only where the history ends.
        world.happens(Event::Poll);
        world
    }

    fn happens(&mut self, event: Event) {
        self.now += 1;
        match event {
            Event::Move(to) => self.moves(STAGES[to], "6"),
            Event::Change(to) => STATUSES[to].clone_into(&mut self.status),
            Event::Push { lost } => self.run("push_order", lost),
            Event::Pull { lost } => self.run("pull_deal", lost),
            Event::Module => {
                self.noted = if self.noted.is_some() {
                    None
                } else {
                    Some(Vec::new())
                }
            }
            Event::Poll => {
                for wants in self.polls() {
                    self.run(
                        if wants == "pull" {
                            "pull_deal"
                        } else {
                            "push_order"
                        },
                        false,
                    );
                }
            }
        }
    }

    /// The sweep sends what was missed and the poll looks, until nothing is left to do.
    fn settles(&mut self) {
        for _ in 0..10 {
            let before = (self.status.clone(), self.stage.clone(), self.link.clone());
            self.happens(Event::Push { lost: false });
            self.happens(Event::Poll);
            if before == (self.status.clone(), self.stage.clone(), self.link.clone()) {
                return;
            }
        }
        panic!("it does not come to rest: {:?}", self.doings);
    }

    fn moves(&mut self, stage: &str, by: &'static str) {
        if self.stage != stage {
            stage.clone_into(&mut self.stage);
            self.moved_by = by;
            self.moved_at += 1;
            self.history
                .push((self.history.len() + 1, self.stage.clone()));
            if let Some(noted) = &mut self.noted {
                self.numbers += 1;
                noted.push((self.numbers, self.stage.clone()));
            }
            if let Some((from, to)) = self.robot {
                if from == stage {
                    self.moves(to, "0");
                }
            }
        }
    }

    fn deal(&self) -> Value {
        json!({
            "id": 394, "stageId": self.stage, "stageSemanticId": "P", "categoryId": 5, "originatorId": "shop-1",
            "originId": "17", "movedBy": self.moved_by, "movedTime": self.moved_at.to_string(), "createdTime": "1",
        })
    }

    fn ask(&self, op: &str, data: &Value) -> Value {
        let now = "2026-11-23T10:00:00Z";
        // The core wants RFC 3339; minutes and seconds are all that passes here.
        let passed = self.now - 1_795_428_000;
        let now = now.replace("00:00Z", &format!("{:02}:{:02}Z", passed / 60, passed % 60));
        let request =
            json!({"v": 1, "op": op, "now": now, "settings": self.settings, "data": data});
        let answer: Value =
            serde_json::from_slice(&answer(request.to_string().as_bytes())).unwrap();
        assert_eq!(answer["outcome"], "ok", "{answer}");
        answer["data"].clone()
    }

    fn polls(&mut self) -> Vec<String> {
        let task = json!({"kind": "poll", "cursor": self.cursor});
        let mut step = self.ask("sync.start", &json!({"task": task}));
        while step["step"] != "done" {
            let reply = if step["step"] == "look" {
                json!({"links": [self.link]})
            } else {
                self.replies(&step)
            };
            step = self.ask(
                "sync.resume",
                &json!({"state": step["state"], "reply": reply}),
            );
        }
        self.cursor = step["cursor"].clone();
        let jobs = step["jobs"].as_array().cloned().unwrap_or_default();
        jobs.iter()
            .map(|job| job["wants"].as_str().unwrap().to_owned())
            .collect()
    }

    fn run(&mut self, kind: &str, lost: bool) {
        let order = json!({"id": "17", "status": self.status, "currency": "RUB", "total": "1", "buyer": {"full_name": "Иван"}});
        let task = json!({"kind": kind, "order": order, "link": self.link, "attempt": 1, "turn": 1, "code": self.code});
        let mut step = self.ask("sync.start", &json!({"task": task}));
        loop {
            self.learns(&step["learn"]);
            let reply = match step["step"].as_str().unwrap() {
                "call" => {
                    let replies = self.replies(&step);
                    if lost {
                        json!({"failure": {"kind": "timeout"}})
                    } else {
                        replies
                    }
                }
                "apply" => {
                    self.applies(&step["effects"]);
                    json!({"applied": [{"ok": true}]})
                }
                "done" => {
                    self.code.clear();
                    for job in step["jobs"].as_array().cloned().unwrap_or_default() {
                        let pull = job["wants"] == "pull";
                        self.run(if pull { "pull_deal" } else { "push_order" }, false);
                    }
                    return;
                }
                "wait" => {
                    step["reason"]["code"]
                        .as_str()
                        .unwrap()
                        .clone_into(&mut self.code);
                    return;
                }
                _ => panic!("{step}"),
            };
            step = self.ask(
                "sync.resume",
                &json!({"state": step["state"], "reply": reply}),
            );
        }
    }

    fn learns(&mut self, learn: &Value) {
        for (key, value) in learn.as_object().into_iter().flatten() {
            self.link[key] = value.clone();
        }
    }

    fn applies(&mut self, effects: &Value) {
        for effect in effects.as_array().unwrap() {
            let status = effect["status"].as_str().unwrap();
            if self.status != status {
                status.clone_into(&mut self.status);
                self.doings.push(format!("status {status}"));
                if let Some((_, to)) = self.plugin.filter(|(from, _)| *from == status) {
                    to.clone_into(&mut self.status);
                }
            }
        }
    }

    fn changes(&self, call: &Value) -> Value {
        let Some(noted) = &self.noted else {
            return if call["method"] == "method.get" {
                json!({"result": {"isExisting": false, "isAvailable": false}})
            } else {
                json!({"error": {"code": "ERROR_METHOD_NOT_FOUND", "description": ""}})
            };
        };
        if call["method"] == "method.get" {
            return json!({"result": {"isExisting": true, "isAvailable": true}});
        }
        let after: usize = part(call["query"].as_str().unwrap(), "after")
            .unwrap()
            .parse()
            .unwrap();
        // Pages of one: there is always more than a page.
        let row = noted.iter().find(|(id, _)| *id > after);
        let next = row.map_or(after, |(id, _)| *id);
        let items: Vec<Value> = row.iter().map(|(id, stage)| {
            json!({"ID": id, "OWNER_ID": 394, "TYPE": "update", "STAGE_ID": stage})
        }).collect();
        json!({"result": {"items": items, "next": next, "last": self.numbers, "more": next < self.numbers && row.is_some()}})
    }

    fn replies(&mut self, step: &Value) -> Value {
        let mut answers = serde_json::Map::new();
        for call in step["calls"].as_array().unwrap() {
            let query = call["query"].as_str().unwrap();
            if call["key"] == "changes" {
                answers.insert("changes".to_owned(), self.changes(call));
                continue;
            }
            let result = match call["key"].as_str().unwrap() {
                "deal" if call["method"] == "crm.item.add" => {
                    let stage = sent(query).unwrap_or_else(|| "C5:NEW".to_owned());
                    self.moves(&stage, "1");
                    json!({"item": self.deal()})
                }
                "deal" if call["method"] == "crm.item.list" => json!({"items": []}),
                "deal" | "now" => json!({"item": self.deal()}),
                "move" => {
                    let stage = sent(query).unwrap();
                    if stage != self.stage {
                        self.doings.push(format!("stage {stage}"));
                    }
                    self.moves(&stage, "1");
                    json!({"item": self.deal()})
                }
                "history" => {
                    let after = part(query, "filter[%3EID]").map_or(0, |id| id.parse().unwrap());
                    let mut rows: Vec<Value> = self.history.iter().filter(|(id, _)| *id > after).map(|(id, stage)| {
                        json!({"ID": id, "OWNER_ID": 394, "STAGE_ID": stage, "STAGE_SEMANTIC_ID": "P"})
                    }).collect();
                    if query.contains("DESC") {
                        rows.reverse();
                    }
                    json!({"items": rows})
                }
                "deals" => json!({"items": [self.deal()]}),
                "contact" => json!({"item": {"id": 84}}),
                "mark" => json!({"items": []}),
                other => panic!("{other}"),
            };
            answers.insert(
                call["key"].as_str().unwrap().to_owned(),
                json!({"result": result}),
            );
        }
        json!({ "answers": answers })
    }
}

fn part(query: &str, name: &str) -> Option<String> {
    let mut parts = query.split('&').filter_map(|part| part.split_once('='));
    parts
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.replace("%3A", ":"))
}

fn sent(query: &str) -> Option<String> {
    part(query, "fields[stageId]")
}

/// Tables by place: the status for each stage, the stage for each status; 9 is none.
fn settings(from: &[usize], to: &[usize], more: &Value) -> Value {
    let pairs = |table: &[usize],
                 keys: [&str; 4],
                 values: [&str; 4],
                 key: &str,
                 value: &str|
     -> Vec<Value> {
        table
            .iter()
            .zip(keys)
            .filter(|(at, _)| **at < 4)
            .map(|(at, one)| json!({key: one, value: values[*at]}))
            .collect()
    };
    let mut statuses = json!({
        "from_stage": pairs(from, STAGES, STATUSES, "stage", "status"),
        "to_stage": pairs(to, STATUSES, STAGES, "status", "stage"),
    });
    for (key, value) in more.as_object().unwrap() {
        statuses[key] = value.clone();
    }
    json!({
        "shop": {"id": "shop-1"}, "funnel": {"id": "5"}, "statuses": statuses,
        "portal": {"owner": "1", "stages": [{"id": "C5:NEW", "name": "Новый"}]},
    })
}

const STRAIGHT: ([usize; 4], [usize; 4]) = ([0, 1, 2, 9], [0, 1, 2, 9]);

fn side() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["portal", "shop"])
}

fn hint() -> impl Strategy<Value = Event> {
    prop_oneof![
        any::<bool>().prop_map(|lost| Event::Push { lost }),
        any::<bool>().prop_map(|lost| Event::Pull { lost }),
        Just(Event::Poll),
        Just(Event::Module),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0usize..4).prop_map(Event::Move),
        (0usize..4).prop_map(Event::Change),
        hint()
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 150, failure_persistence: None, ..ProptestConfig::default()
    })]

    /// Both sides were changed, or one of them. Whatever hints come in whatever order, how often they
    /// come and how many answers get lost: the end is what the settings say.
    #[test]
    fn any_order_of_hints_ends_in_the_same_state(stage in 0usize..4, status in 0usize..4, right in side(), hints in prop::collection::vec(hint(), 0..6)) {
        let mut world = World::new(settings(&STRAIGHT.0, &STRAIGHT.1, &json!({"conflict": right})));
        world.happens(Event::Move(stage));
        world.happens(Event::Change(status));
        for hint in hints {
            world.happens(hint);
        }
        world.settles();
        let asks = STRAIGHT.0[stage];
        let portal = stage != 0 && asks < 4 && (status == 0 || right == "portal");
        let expected = if portal {
            (STATUSES[asks], STAGES[stage])
        } else {
            let target = STRAIGHT.1[status];
            // A status that nobody moved does not take the deal back.
            (STATUSES[status], if status == 0 || target > 3 { STAGES[stage] } else { STAGES[target] })
        };
        prop_assert_eq!((world.status.as_str(), world.stage.as_str()), expected, "{:?}", world.doings);
    }

    /// Each stage that was passed is applied, once and in its order, however often it is looked for.
    #[test]
    fn every_stage_that_was_passed_is_applied_once(path in prop::collection::vec(0usize..3, 1..6), hints in prop::collection::vec(hint(), 0..4)) {
        let mut world = World::new(settings(&STRAIGHT.0, &STRAIGHT.1, &json!({"every_stage": true})));
        let mut passed = Vec::new();
        let mut at = 0;
        for stage in path {
            world.happens(Event::Move(stage));
            if stage != at {
                passed.push(format!("status {}", STATUSES[stage]));
            }
            at = stage;
        }
        world.happens(Event::Poll);
        prop_assert_eq!(&world.doings, &passed);
        for hint in hints {
            world.happens(hint);
        }
        world.settles();
        prop_assert_eq!(&world.doings, &passed);
    }

    /// Tables of any kind, also such that answer each other with something else: once nobody touches
    /// either side, a few moves at most and all is quiet.
    #[test]
    fn no_tables_make_the_two_sides_answer_for_ever(from in prop::collection::vec(0usize..5, 4), to in prop::collection::vec(0usize..5, 4), right in side(), every in any::<bool>(), events in prop::collection::vec(event(), 0..12)) {
        let mut world = World::new(settings(&from, &to, &json!({"conflict": right, "every_stage": every})));
        for event in events {
            world.happens(event);
        }
        world.doings.clear();
        world.settles();
        // With every stage, those that were passed unseen come in between.
        prop_assert!(every || world.doings.len() <= 2, "{:?}", world.doings);
        let quiet = world.doings.len();
        world.settles();
        prop_assert_eq!(world.doings.len(), quiet, "{:?}", world.doings);
        prop_assert_eq!(&world.link["stage"], &world.stage);
    }

    /// A guarded order is not taken down, whatever the portal does.
    #[test]
    fn a_guarded_status_never_goes_down(events in prop::collection::vec(event(), 1..12)) {
        let mut world = World::new(settings(&STRAIGHT.0, &STRAIGHT.1, &json!({"guarded": ["work", "ship"]})));
        let place = |status: &str| ["work", "ship"].iter().position(|one| *one == status).map_or(0, |at| at + 1);
        for event in events {
            let before = place(&world.status);
            world.happens(event);
            if !matches!(event, Event::Change(_)) {
                prop_assert!(place(&world.status) >= before, "{:?}", world.doings);
            }
        }
    }
}

/// A robot that moves the deal on and a module that sets the order back: neither value nor owner tells
/// that from a manager's work. The counter does, and lets go by itself or when a person says so.
#[test]
fn robots_on_both_sides_are_stopped() {
    let tables = settings(&[0, 1, 2, 9], &[0, 1, 2, 9], &json!({}));
    let mut world = World::new(tables);
    world.robot = Some(("C5:WORK", "C5:SHIP"));
    world.plugin = Some(("ship", "work"));
    world.happens(Event::Change(1));
    for _ in 0..100 {
        world.happens(Event::Push { lost: false });
        world.happens(Event::Poll);
    }
    assert_eq!(world.code, "loop_stopped");
    assert_eq!(world.doings.len(), 10, "{:?}", world.doings);
    world.now += 600;
    world.happens(Event::Push { lost: false });
    world.happens(Event::Poll);
    assert!(world.doings.len() > 10, "it goes on by itself");
    for _ in 0..20 {
        world.happens(Event::Push { lost: false });
        world.happens(Event::Poll);
    }
    assert_eq!(world.code, "loop_stopped");
    let stopped = world.doings.len();
    world.code.clear();
    world.happens(Event::Push { lost: false });
    world.happens(Event::Poll);
    assert!(world.doings.len() > stopped, "a person said «send again»");
}
