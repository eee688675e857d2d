//! The shapes that cross the border. `data` may carry keys that we do not know (shops differ);
//! the settings may not (a typing error there must not pass in silence).

pub mod envelope;
pub mod fields;
pub mod json;
pub mod limits;
pub mod migrate;
pub mod order;
pub mod pairs;
pub mod read;
pub mod settings;
pub mod task;
pub mod write;
