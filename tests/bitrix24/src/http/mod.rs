//! The web server: addresses, bodies, faults, and the requests the portal itself sends.

pub mod body;
pub mod faults;
pub mod journal;
pub mod outgoing;
pub mod request;
pub mod rest;
pub mod server;
pub mod shared;
pub mod statefile;
