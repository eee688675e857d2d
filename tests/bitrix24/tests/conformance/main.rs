//! The portal's twenty points of conformance, each a test named after its point.

#[path = "../support/mod.rs"]
mod support;

mod companion;
mod deals;
mod events;
mod failures;
mod lists_and_batches;
mod people_and_fields;
mod transport;

use serde_json::Value;

/// A value that must be a string.
fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no string: {value}"))
}
