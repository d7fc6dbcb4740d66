//! The command line into [`Args`], and what is wrong with it into words.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser as _};

use crate::diagnostic::{Lang, Words};

use super::args::Args;

/// Why nothing was run: a fault of usage, or of the output.
#[derive(Debug)]
pub(super) struct Fault(pub(super) Words);

/// What the command line comes to.
pub(super) enum Parsed {
    /// Something to do.
    Run(Box<Args>),
    /// Help or the version, to be shown.
    Show(String),
    /// It cannot be understood; in this language.
    Fault(Fault, Lang),
}

/// Parses a command line that begins with the name of the program.
pub(super) fn parse(argv: Vec<OsString>) -> Parsed {
    // Where parsing fails, the language is still wanted.
    let in_english = argv.iter().any(|a| a == "--lang=en") || argv.windows(2).any(|w| w[0] == "--lang" && w[1] == "en");
    match Args::try_parse_from(command_first(argv)) {
        Ok(args) => Parsed::Run(Box::new(args)),
        Err(e) if matches!(e.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Parsed::Show(e.render().to_string())
        }
        Err(e) => {
            let words = Words::new(chinese(&e), english(&e));
            Parsed::Fault(Fault(words), if in_english { Lang::En } else { Lang::Zh })
        }
    }
}

/// Puts the name of a command before the flags: `lint --lang en rules` is `lint rules --lang en`. Only the first word
/// that is no flag can name a command; after a path, `rules` is a path too.
fn command_first(mut argv: Vec<OsString>) -> Vec<OsString> {
    let command = Args::command();
    let takes_value = |flag: &str| {
        command.get_arguments().filter(|a| a.get_action().takes_values() && !a.is_positional()).any(|a| {
            a.get_long().is_some_and(|long| flag.strip_prefix("--") == Some(long))
                || a.get_short().is_some_and(|short| flag.strip_prefix('-').is_some_and(|f| f.chars().eq([short])))
        })
    };
    let mut at = 1;
    while let Some(word) = argv.get(at).and_then(|w| w.to_str()) {
        if word == "--" {
            break;
        }
        if word.len() > 1 && word.starts_with('-') {
            at += if takes_value(word) { 2 } else { 1 };
            continue;
        }
        if command.find_subcommand(word).is_some() {
            argv[1..=at].rotate_right(1);
        }
        break;
    }
    argv
}

/// What is wrong, in clap's own words, without the usage that is written in Chinese.
fn english(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let told = text.lines().take_while(|l| !l.starts_with("Usage:") && !l.starts_with("For more information"));
    let told: Vec<&str> = told.map(str::trim).filter(|l| !l.is_empty()).collect();
    format!("{} (see lint --help)", told.join(" "))
}

/// What is wrong, in Chinese.
fn chinese(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(s)) => s.clone(),
        Some(ContextValue::Strings(list)) => list.join("、"),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let hint = |kind| match context(kind) {
        s if s.is_empty() => s,
        s => format!("；是不是 {s}？"),
    };
    let told = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有选项 {argument}{}", hint(ContextKind::SuggestedArg)),
        ErrorKind::InvalidValue => match context(ContextKind::InvalidValue) {
            value if value.is_empty() => format!("{argument} 缺少值"),
            value => {
                let valid = context(ContextKind::ValidValue);
                format!("{argument} 不能是“{value}”；可用：{valid}{}", hint(ContextKind::SuggestedValue))
            }
        },
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::TooManyValues => format!("{argument} 不带值"),
        ErrorKind::ArgumentConflict => format!("{argument} 不能与 {} 同用", context(ContextKind::PriorArg)),
        ErrorKind::InvalidUtf8 => String::from("参数不是有效的 UTF-8"),
        _ => String::from("命令行有误"),
    };
    format!("{told}（用法见 lint --help）")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(words: &str) -> String {
        let argv = words.split(' ').map(OsString::from).collect();
        let argv = command_first(argv);
        argv.iter().map(|w| w.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    /// A command may follow its flags; a value, a path and what follows a path are no command.
    #[test]
    fn commands_after_flags() {
        assert_eq!(first("lint --lang en rules"), "lint rules --lang en");
        assert_eq!(first("lint --lang=en -q explain x"), "lint explain --lang=en -q x");
        assert_eq!(first("lint -o rules draft.txt"), "lint -o rules draft.txt");
        assert_eq!(first("lint draft.txt rules"), "lint draft.txt rules");
        assert_eq!(first("lint - rules"), "lint - rules");
        assert_eq!(first("lint ./rules"), "lint ./rules");
        assert_eq!(first("lint -- rules"), "lint -- rules");
    }
}
