//! The doors of the core. Behind all of them stands one function: [`answer`].

mod dispatch;
#[cfg(feature = "js")]
pub mod js;
pub mod raw;

pub use dispatch::{answer, OPERATIONS};

/// Version of the raw border; a host refuses any other.
pub const ABI_VERSION: i32 = 1;

/// Reads a settings document; errors point into it.
pub(crate) fn read_settings(
    text: &str,
) -> Result<crate::contract::settings::Settings, crate::error::Problem> {
    dispatch::read(text, "", crate::error::Code::SettingsUnreadable)
}
