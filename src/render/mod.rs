//! A [`Report`](crate::report::Report) to bytes, one file a format. Nothing here decides anything.

mod concise;
mod json;
mod place;

pub use concise::concise;
pub use json::json;
