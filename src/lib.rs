//! `gongwen_lint` checks Chinese official drafts (公文) before they are published.
//!
//! The house has floors, and imports only run down (`tests/floors.rs` holds this):
//! bytes –[`read`]→ a [`text::Document`] –[`outline`], [`claim`]→ facts –[`rules`]→ diagnostics
//! –[`engine`]→ a [`report::Report`] –[`render`]→ text.

// Floor 1
pub mod text; // where things are: spans, lines, columns, documents, Chinese integers

// Floor 2
pub mod claim; // the arithmetic of prose; knows no rule and no message
pub mod diagnostic; // what a finding is before anybody decides whether it counts
pub mod outline; // title, date, number, headings and numbered items of a document
pub mod read; // bytes to a document; a format is known only here

// Floor 3
pub mod report; // what was found, in which file, and what becomes of it
pub mod rulebook; // the data under `rules/`, typed

// Floor 4
pub mod render; // a report to bytes, one file a format
pub mod rules; // one file a rule

// Floor 5
pub mod config; // what the user wants checked, as a plan

// Floor 6
pub mod engine; // pure: a document and a plan to what was found in it

// Floor 7
pub mod cli; // the only room that knows argv, files, the terminal and the clock
