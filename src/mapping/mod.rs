//! An order seen as a deal, and a stage seen as a status. Pure rules, no portal, no steps.

pub mod check;
pub mod company;
pub mod contact;
pub mod deal;
mod decisions;
pub mod explain;
pub mod fields;
pub mod funnel;
pub mod preview;
pub mod responsible;
pub mod rows;
pub mod status;
mod value;
pub mod when;
