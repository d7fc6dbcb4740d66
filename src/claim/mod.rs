//! The arithmetic of prose: which figures a text binds together, and whether they agree.

/// The figures of a document, judged.
#[derive(Debug, Default)]
pub struct Claims {}
