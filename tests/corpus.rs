//! The corpora of the fuzz targets, played again on a stable compiler: what was once found stays found.
//! `make fuzz` adds to them.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests read files and fail loudly"
)]

#[path = "fuzz/checks.rs"]
mod checks;

fn play(name: &str, check: fn(&[u8])) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut played = 0;
    for file in std::fs::read_dir(folder.join(name)).unwrap() {
        check(&std::fs::read(file.unwrap().path()).unwrap());
        played += 1;
    }
    assert!(played > 0, "the corpus of {name} is empty");
}

#[test]
fn border() {
    play("border", checks::border);
}

#[test]
fn settings() {
    play("settings", checks::settings);
}

#[test]
fn templates() {
    play("templates", checks::templates);
}

#[test]
fn events() {
    play("events", checks::events);
}
