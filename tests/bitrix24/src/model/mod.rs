//! The portal's data and the rules that do not depend on the form of a request.

pub mod apply;
pub mod bindings;
pub mod changes;
pub mod clock;
pub mod companion;
pub mod data;
pub mod deals;
pub mod fields;
pub mod filter;
pub mod history;
pub mod moves;
pub mod phone;
pub mod portal;
pub mod pricing;
pub mod record;
pub mod row_sums;
pub mod seed;
pub mod switches;
pub mod table;
pub mod webhooks;
