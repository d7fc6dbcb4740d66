//! What may stand on the command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use crate::diagnostic::Lang;

/// Checks Chinese official drafts before they are published.
#[derive(Debug, Parser)]
#[command(name = "lint", version)]
pub(super) struct Args {
    /// Drafts and directories of drafts.
    pub(super) paths: Vec<PathBuf>,
    /// How to print what was found.
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub(super) output_format: Format,
    /// The language of messages.
    #[arg(long, value_enum, default_value_t = LangArg::Zh)]
    pub(super) lang: LangArg,
    /// When to colour.
    #[arg(long, value_enum, default_value_t = ColorArg::Auto)]
    pub(super) color: ColorArg,
    /// Read no lint.toml.
    #[arg(long)]
    pub(super) isolated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Full,
    Concise,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArg {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LangArg {
    Zh,
    En,
}

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Self {
        match arg {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}
