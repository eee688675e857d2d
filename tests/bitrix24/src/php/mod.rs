//! PHP's way of seeing data: ordered arrays, loose casts, `parse_str`, `json_encode`.
//!
//! The portal is written in PHP and its oddities leak through the REST; they are easier to repeat
//! with PHP's own notions than with those of JSON.

mod json;
mod multipart;
mod query;
mod value;

pub use json::{decode, encode, encode_into};
pub use multipart::parse_multipart;
pub use query::{parse_query, percent_encode};
pub use value::{list, obj, Arr, Key, Php};
