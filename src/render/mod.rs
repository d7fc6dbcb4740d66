//! A [`Report`](crate::report::Report) to bytes, one file a format. Nothing here decides anything.

mod catalogue;
mod cells;
mod concise;
mod json;
mod names;
mod page;
mod place;
mod printable;
mod summary;
mod terminal;
mod window;

pub use catalogue::catalogue;
pub use concise::concise;
pub use json::{SCHEMA, json};
pub use page::explain;
pub use printable::printable;
pub use summary::summary;
pub use terminal::{TerminalOptions, full};
