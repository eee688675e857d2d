//! What the border accepts, checked before anything is parsed.

/// Bytes of a request.
pub const MAX_REQUEST_BYTES: usize = 256 * 1024;
/// Bytes of an answer.
pub const MAX_ANSWER_BYTES: usize = 512 * 1024;
/// Lines of an order.
pub const MAX_LINES: usize = 1_000;
/// How deep a request may nest.
pub const MAX_DEPTH: u32 = 32;
/// Commands in one `batch`. Bitrix24: REST documentation, "batch".
pub const MAX_BATCH_COMMANDS: usize = 50;
/// Characters of a deal's title; the rest is cut.
pub const MAX_TITLE_CHARS: usize = 250;
