//! `gongwen_lint` checks Chinese official drafts (公文) before they are published.
//!
//! The house has floors, and imports only run down (`tests/floors.rs` holds this):
//! bytes –[`read`]→ a [`text::Document`] –[`outline`], [`claim`]→ facts –[`rules`]→ diagnostics
//! –[`engine`]→ a [`report::Report`] –[`render`]→ text.

pub mod claim; //      2  the arithmetic of prose; knows no rule and no message
pub mod cli;
pub mod config; //     5  what the user wants checked, as a plan
pub mod diagnostic; // 2  what a finding is before anybody decides whether it counts
pub mod engine; //     6  pure: a document and a plan to a file report
pub mod outline; //    2  title, date, number, headings and numbered items of a document
pub mod read; //       2  bytes to a document; a format is known only here
pub mod render; //     4  a report to bytes, one file a format
pub mod report; //     3  what was found, in which file, and what becomes of it
pub mod rulebook; //   3  the data under `rules/`, typed
pub mod rules; //      4  one file a rule
pub mod text; //       1  where things are: spans, lines, columns, documents, Chinese integers //        7  the only room that knows argv, files, the terminal and the clock
