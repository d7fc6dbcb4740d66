//! What is known of the screen that a report goes to.

use std::env;
use std::io::{self, IsTerminal as _};

use crate::render::TerminalOptions;

use super::args::ColorArg;

/// How to draw on standard output; `to_file` where the report goes elsewhere.
pub(super) fn options(color: ColorArg, to_file: bool) -> TerminalOptions {
    let seen = !to_file && is_seen();
    let width = if seen { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
    TerminalOptions { width: width.unwrap_or(80), color: colored(color, seen), ..TerminalOptions::default() }
}

/// Whether standard output is a terminal.
pub(super) fn is_seen() -> bool {
    io::stdout().is_terminal()
}

/// The choice of the command line, else the customs of the environment (no-color.org, CLICOLOR), else whether anybody
/// is looking.
fn colored(color: ColorArg, seen: bool) -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|v| !v.is_empty() && v != "0");
    let off = |name: &str| env::var_os(name).is_some_and(|v| v == "0");
    match color {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto if env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) => false,
        ColorArg::Auto if set("CLICOLOR_FORCE") => true,
        ColorArg::Auto => seen && !off("CLICOLOR") && env::var_os("TERM").is_none_or(|t| t != "dumb"),
    }
}
