//! How much work an answer costs and how big the module is. Compiled to PHP an instruction costs
//! about 9 ns, so this is the budget of a shop's order. `budgets.json` names the cases that are held;
//! `RECORD=1` writes what they cost now.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests read files and fail loudly"
)]

mod support;

use orderbridge::abi::OPERATIONS;
use std::collections::BTreeMap;
use support::{here, vectors};
use wasmi::{CompilationMode, Config, Engine, Linker, Module, Store};

/// Bytes that `core.wasm` may have.
const MODULE_BYTES: u64 = 256 * 1024;
/// More than any order may cost.
const ENOUGH: u64 = 1 << 40;

/// Fuel of the vectors that `held` names, each in a new instance.
fn spent(held: &BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    let mut config = Config::default();
    // Eager, or the first call would pay for its translation.
    config
        .consume_fuel(true)
        .compilation_mode(CompilationMode::Eager);
    let engine = Engine::new(&config);
    let module = Module::new(&engine, std::fs::read(here("pkg/core.wasm")).unwrap()).unwrap();
    let mut found = BTreeMap::new();
    for vector in vectors() {
        if vector.answer.is_none() || !held.contains_key(&vector.name) {
            continue;
        }
        let mut store = Store::new(&engine, ());
        store.set_fuel(ENOUGH).unwrap();
        let instance = Linker::new(&engine)
            .instantiate_and_start(&mut store, &module)
            .unwrap();
        let memory = instance.get_memory(&store, "memory").unwrap();
        let alloc = instance
            .get_typed_func::<i32, i32>(&store, "core_alloc")
            .unwrap();
        let call = instance
            .get_typed_func::<(i32, i32), i32>(&store, "core_call")
            .unwrap();
        let len = i32::try_from(vector.request.len()).unwrap();
        let at = alloc.call(&mut store, len).unwrap();
        memory
            .write(&mut store, usize::try_from(at).unwrap(), &vector.request)
            .unwrap();
        let status = call.call(&mut store, (at, len)).unwrap();
        assert_eq!(status, 0, "{}", vector.name);
        found.insert(vector.name, ENOUGH - store.get_fuel().unwrap());
    }
    found
}

/// Within two per cent, both ways: what became cheaper is recorded, so that it cannot creep back.
#[test]
fn no_answer_costs_more_or_less_than_it_did() {
    let file = here("tests/budgets.json");
    let held: BTreeMap<String, u64> =
        serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    for op in OPERATIONS {
        let cases = format!("{op}/");
        assert!(
            held.keys().any(|name| name.starts_with(&cases)),
            "no budget of {op}"
        );
    }
    let now = spent(&held);
    if std::env::var("RECORD").is_ok() {
        let text = serde_json::to_string_pretty(&now).unwrap();
        std::fs::write(&file, format!("{text}\n")).unwrap();
        return;
    }
    let wrong: Vec<String> = held
        .iter()
        .filter_map(|(name, before)| match now.get(name) {
            None => Some(format!("{name}: no such vector")),
            Some(fuel) if fuel.abs_diff(*before) * 50 > *before => {
                Some(format!("{name}: {before} before, {fuel} now"))
            }
            Some(_) => None,
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{}\nRECORD=1 cargo test --test budgets records what is meant",
        wrong.join("\n")
    );
}

#[test]
fn the_module_stays_small() {
    let bytes = std::fs::metadata(here("pkg/core.wasm")).unwrap().len();
    assert!(bytes <= MODULE_BYTES, "core.wasm has {bytes} bytes");
}
