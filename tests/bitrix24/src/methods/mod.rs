//! The methods, one module a family.

pub mod activity;
pub mod catalog;
pub mod category;
pub mod classic;
pub mod companion;
pub mod deal_parts;
pub mod details;
pub mod duplicate;
pub mod item;
pub mod item_write;
pub mod lists;
pub mod loose;
pub mod productrow;
pub mod registry;
pub mod requisite;
pub mod stagehistory;
pub mod status;
pub mod system;
pub mod timeline;
pub mod uf_names;
pub mod user;
pub mod userfield;
pub mod userfieldconfig;
pub mod values;
