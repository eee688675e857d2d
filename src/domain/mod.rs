//! Values that cannot be wrong once they exist.

pub mod decimal;
pub mod email;
pub mod fingerprint;
pub mod money;
pub mod name;
pub mod phone;
pub mod query;
pub mod search;
pub mod template;
pub mod text;
pub mod time;
