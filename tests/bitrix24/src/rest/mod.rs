//! The REST: who may call what, the envelope, batches and limits.

pub mod batch;
pub mod call;
pub mod envelope;
pub mod error;
pub mod limits;
