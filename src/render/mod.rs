//! A [`Report`](crate::report::Report) to bytes, one file a format. Nothing here decides anything.

mod concise;
mod json;
mod place;
mod printable;
mod summary;

pub use concise::concise;
pub use json::{SCHEMA, json};
pub use printable::printable;
pub use summary::summary;
