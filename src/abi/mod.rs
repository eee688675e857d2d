//! The doors of the core. Behind all of them stands one function: [`answer`].

mod dispatch;
#[cfg(feature = "js")]
pub mod js;
#[cfg(all(target_arch = "wasm32", not(feature = "js")))]
pub mod raw;

pub use dispatch::{answer, answer_keeping, Kept, OPERATIONS};

/// Version of the raw border; a host refuses any other.
pub const ABI_VERSION: i32 = 1;
