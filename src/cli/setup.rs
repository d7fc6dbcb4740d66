//! What a run over drafts needs to know before it begins: rules, dates, configurations, files.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jiff::civil::Date;

use crate::config::Overrides;
use crate::diagnostic::Words;
use crate::read::Encoding;
use crate::rulebook::Rulebook;
use crate::rules::metas;
use crate::text::nearest;

use super::args::SourceArgs;
use super::configs::Configs;
use super::input::{Inputs, Scope};
use super::since::Since;
use super::usage::Fault;

/// What a run over drafts needs to know before it begins.
pub(super) struct Setup {
    pub(super) over: Overrides,
    pub(super) encoding: Option<Encoding>,
    pub(super) today: Date,
    pub(super) configs: Configs,
    pub(super) inputs: Inputs,
}

impl Setup {
    /// # Errors
    /// When the arguments name what there is not.
    pub(super) fn new(args: &SourceArgs) -> Result<Self, Fault> {
        let over = overrides(args)?;
        if std::env::current_dir().is_err() {
            return Err(Fault(Words::new(
                "当前目录已被删除或进不去；请先进入别的目录再运行",
                "the current directory was removed or cannot be entered; change to another one first",
            )));
        }
        let encoding = args.encoding.as_deref().map(encoding).transpose()?;
        let today = jiff::ZonedDateTime::now().date();
        let mut configs = Configs::new(args.config.as_deref(), args.isolated, Rulebook::prepared());
        let paths = paths(args)?;
        let scope = scope(args, &paths)?;
        let inputs = Inputs::gather(&paths, args.stdin_filename.as_deref(), scope, &mut configs);
        if let Some(id) = &over.profile {
            known_profile(id, configs.all().map(|c| c.book.as_ref()))?;
        }
        Ok(Self { over, encoding, today, configs, inputs })
    }
}

/// The paths to check: those named, else standard input if it was given a name, else the current directory.
fn paths(args: &SourceArgs) -> Result<Vec<PathBuf>, Fault> {
    let stdin = args.paths.iter().any(|p| p.as_os_str() == "-");
    match (&args.stdin_filename, args.paths.is_empty()) {
        (Some(_), true) => Ok(vec![PathBuf::from("-")]),
        (Some(_), false) if !stdin => Err(Fault(Words::new(
            "--stdin-filename 只用于标准输入：请把“-”列为路径",
            "--stdin-filename is for standard input: name `-` as a path",
        ))),
        (None, true) => Ok(vec![PathBuf::from(".")]),
        _ => Ok(args.paths.clone()),
    }
}

/// Which of the files that could be read are.
fn scope(args: &SourceArgs, paths: &[PathBuf]) -> Result<Scope, Fault> {
    if args.since.is_some() && paths.iter().any(|p| p.as_os_str() == "-") {
        return Err(Fault(Words::new(
            "--since 不能与标准输入同用：git 不知道它改动了没有",
            "--since cannot go with standard input: git does not know whether it changed",
        )));
    }
    let since = args.since.as_deref().map(|rev| Since::new(rev, paths)).transpose()?;
    Ok(Scope { since, exclude: excluded(&args.exclude)?, force_exclude: args.force_exclude })
}

/// What `--exclude` names, from the current directory on.
fn excluded(globs: &[String]) -> Result<Gitignore, Fault> {
    let mut builder = GitignoreBuilder::new(fs::canonicalize(".").unwrap_or_default());
    builder.allow_unclosed_class(false);
    let bad = |glob: &str, why: &ignore::Error| {
        Fault(Words::new(
            format!("--exclude “{glob}”不是通配式：{why}；写法同 .gitignore"),
            format!("--exclude {glob:?} is no glob: {why}; write it as in .gitignore"),
        ))
    };
    for glob in globs {
        builder.add_line(None, glob).map_err(|why| bad(glob, &why))?;
    }
    builder.build().map_err(|why| bad(&globs.join(" "), &why))
}

fn overrides(args: &SourceArgs) -> Result<Overrides, Fault> {
    for name in args.select.iter().chain(&args.ignore) {
        known_rule(name)?;
    }
    Ok(Overrides {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        profile: args.profile.clone(),
        as_of: args.as_of.as_deref().map(date).transpose()?,
        ..Overrides::default()
    })
}

fn date(text: &str) -> Result<Date, Fault> {
    Date::strptime("%Y-%m-%d", text).map_err(|_| {
        Fault(Words::new(
            format!("--as-of 不是日期：“{text}”；应写成 2024-03-05 的样子"),
            format!("--as-of is no date: {text:?}; write it like 2024-03-05"),
        ))
    })
}

fn encoding(label: &str) -> Result<Encoding, Fault> {
    Encoding::from_label(label).ok_or_else(|| {
        Fault(Words::new(
            format!("不认识的编码：“{label}”；常用的有 utf-8、gb18030、utf-16le、utf-16be"),
            format!("unknown encoding {label:?}; the usual ones are utf-8, gb18030, utf-16le, utf-16be"),
        ))
    })
}

/// `--select` and `--ignore` name rules or whole classes.
fn known_rule(name: &str) -> Result<(), Fault> {
    if metas().any(|r| r.id == name || r.class() == name) {
        return Ok(());
    }
    let hint = nearest(name, metas().flat_map(|r| [r.id, r.class()]));
    Err(Fault(Words::new(
        format!("没有规则“{name}”{}全部规则见 lint rules", zh_hint(hint)),
        format!("no rule {name:?}; {}all are listed by `lint rules`", en_hint(hint)),
    )))
}

fn known_profile<'b>(id: &str, books: impl Iterator<Item = &'b Rulebook>) -> Result<(), Fault> {
    let known: BTreeSet<&str> = books.flat_map(|b| b.profiles.iter().map(|p| p.id.as_str())).collect();
    if known.contains(id) {
        return Ok(());
    }
    let hint = nearest(id, known.iter().copied());
    let list: Vec<&str> = known.iter().copied().collect();
    Err(Fault(Words::new(
        format!("没有文种“{id}”{}可用：{}", zh_hint(hint), list.join("、")),
        format!("no profile {id:?}; {}known: {}", en_hint(hint), list.join(", ")),
    )))
}

/// A suggestion between two clauses.
pub(super) fn zh_hint(hint: Option<&str>) -> String {
    hint.map_or_else(|| String::from("；"), |h| format!("；是不是 {h}？"))
}

/// A suggestion between two clauses.
pub(super) fn en_hint(hint: Option<&str>) -> String {
    hint.map(|h| format!("did you mean {h}? ")).unwrap_or_default()
}
