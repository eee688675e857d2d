//! The core of Orderbridge: every decision about orders, deals, errors and retries.
//!
//! Pure: no clock, no randomness, no floats, no input or output, no panic. The same bytes in give
//! the same bytes out, in Rust, in WebAssembly, in the browser and compiled to PHP. A host only
//! carries: it reads the order, posts what a step says, and hands the answer back untouched.
//!
//! - [`contract`]: the shapes that cross the border, nothing else
//! - [`domain`]: values that cannot be wrong once they exist: money, phones, e-mails, time
//! - [`mapping`]: an order seen as a deal: contact, rows, responsible, fields; a stage as a status
//! - [`sync`]: the tasks, each a state machine of steps that a host carries out
//! - [`abi`]: the doors: raw WebAssembly exports, and JavaScript
//! - [`error`]: the closed list of codes, with what to do about each

// What wraps around in silence must not be there: the build leaves the checks out, 2 KB of them.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

pub mod abi;
pub mod contract;
pub mod domain;
pub mod error;
pub mod mapping;
pub mod sync;
