//! `pkg/schema`: the JSON Schema of what crosses the border, from the Rust types.
//! `RECORD=1` writes it (`make build` does); `SCHEMA_DIR` names another folder.
#![cfg(all(feature = "schema", not(target_arch = "wasm32")))]
#![expect(clippy::disallowed_methods, reason = "tests read files")]

use orderbridge::contract::{order::Order, settings::Settings, task};
use orderbridge::error::Spoken;
use orderbridge::mapping::{check::Report, explain::Explanation, preview::Preview};
use schemars::{schema_for, Schema};
use std::path::{Path, PathBuf};

fn schemas() -> [(&'static str, Schema); 8] {
    [
        ("order", schema_for!(Order)),
        ("settings", schema_for!(Settings)),
        ("settings-report", schema_for!(Report)),
        ("preview", schema_for!(Preview)),
        ("explanation", schema_for!(Explanation)),
        ("task", schema_for!(task::Task)),
        ("step", schema_for!(task::Step)),
        ("problem", schema_for!(Spoken)),
    ]
}

#[test]
fn the_schemas_are_those_of_the_types() {
    let folder = std::env::var("SCHEMA_DIR").map_or_else(
        |_| Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg/schema"),
        PathBuf::from,
    );
    for (name, schema) in schemas() {
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        let file = folder.join(format!("{name}.json"));
        if std::env::var("RECORD").is_ok() {
            std::fs::write(&file, &text).unwrap();
        }
        let stored = std::fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(stored, text, "{name}: run make build");
    }
}
