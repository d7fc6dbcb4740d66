//! `lint fix`, `--fix`, `--diff`: what the findings propose, written into the drafts or shown.

use std::collections::BTreeMap;

use crate::diagnostic::{Lang, Safety, Words};
use crate::engine::fix::{self, Held, Hindrance, Offer};
use crate::read::{self, Encoding};
use crate::render::{self, DiffOptions, printable};
use crate::report::{Checked, FileError};
use crate::text::Document;

use super::args::{CheckArgs, FixArgs};
use super::input::Input;
use super::output::Sink;
use super::usage::Fault;
use super::{fault, output, screen};

/// What is wanted of the fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fixing {
    what: What,
    /// Up to which safety.
    level: Safety,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// They are written into the files.
    Write,
    /// They are shown as a diff.
    Diff,
    /// They are counted.
    Count,
}

/// What became of the fixes of one file.
#[derive(Debug, Default)]
pub(super) struct FileFix {
    path: String,
    /// How many were applied, by rule id.
    applied: BTreeMap<&'static str, usize>,
    /// How many there still are.
    left: Offer,
    /// Where one could not be applied, and why: lines to be said.
    held: Vec<Words>,
    /// Why the file was not fixed.
    refused: Option<FileError>,
    /// What goes to standard output in the place of the report.
    stdout: Option<Vec<u8>>,
    /// The text before and after.
    texts: Option<(String, String)>,
}

/// What became of the fixes of a run.
pub(super) struct Fixes<'a> {
    fixing: Option<Fixing>,
    /// Where a diff goes, and how it is drawn.
    sink: Sink<'a>,
    options: DiffOptions,
    /// How many were applied, by rule id.
    applied: BTreeMap<&'static str, usize>,
    /// In how many files.
    files: usize,
    left: Offer,
    /// Lines to be said.
    held: Vec<Words>,
    /// The files that were not fixed.
    refused: Vec<(String, FileError)>,
}

impl Fixing {
    /// What the arguments ask for; `None` where they do not speak of fixes. A diff writes nothing, whatever stands
    /// beside it, and `--unsafe-fixes` alone changes nothing.
    pub(super) fn asked(args: FixArgs) -> Option<Self> {
        let what = match args {
            FixArgs { diff: true, .. } => What::Diff,
            FixArgs { fix: true, .. } => What::Write,
            FixArgs { unsafe_fixes: true, .. } => What::Count,
            _ => return None,
        };
        Some(Self { what, level: if args.unsafe_fixes { Safety::Review } else { Safety::Safe } })
    }

    /// Whether a diff takes the place of the report.
    pub(super) fn shows_diff(self) -> bool {
        self.what == What::Diff
    }

    /// Whether files are written.
    pub(super) fn writes(self) -> bool {
        self.what == What::Write
    }

    /// Checks a file, fixes it, and says what is in it then.
    pub(super) fn file(
        self,
        input: &Input,
        encoding: Option<Encoding>,
        check: impl Fn(Document) -> Checked,
    ) -> (Result<Checked, FileError>, FileFix) {
        let mut told = FileFix { path: input.shown.clone(), ..FileFix::default() };
        let bytes = match input.bytes() {
            Ok(bytes) => bytes,
            Err(error) => return (Err(error), told),
        };
        // Where standard input is to come out fixed, it comes out in any case.
        if input.is_stdin() && self.writes() {
            told.stdout = Some(bytes.clone());
        }
        let read = |bytes: &[u8]| read::read(&input.shown, bytes, encoding).map_err(fault::of_read);
        let first = match read(&bytes) {
            Ok(document) => check(document),
            Err(error) => return (Err(error), told),
        };
        if self.what == What::Count {
            told.left = fix::offer(&bytes, &first);
            return (Ok(first), told);
        }
        let fixed = match fix::fix(&bytes, &first, self.level, encoding, check) {
            Ok(fixed) => fixed,
            Err(fault) => {
                told.refused = Some(fault::of_fix(&fault));
                return (Ok(first), told);
            }
        };
        let (new, last) = match &fixed.after {
            Some((new, checked)) => (new.as_slice(), checked),
            None => (bytes.as_slice(), &first),
        };
        told.held = fixed.held.iter().map(|h| hindrance(&input.shown, &last.document, h)).collect();
        told.left = fix::offer(new, last);
        if fixed.after.is_some() && self.writes() {
            match input.file() {
                Some(path) => {
                    if let Err(refusal) = output::exchange(path, &bytes, new) {
                        let refused = Some(fault::of_refusal(&refusal));
                        let left = fix::offer(&bytes, &first);
                        return (Ok(first), FileFix { refused, left, held: Vec::new(), ..told });
                    }
                }
                None => told.stdout = Some(new.to_vec()),
            }
        }
        told.applied = fixed.applied;
        let Some((_, last)) = fixed.after else { return (Ok(first), told) };
        if self.what == What::Diff {
            told.texts = Some((first.document.text, last.document.text.clone()));
        }
        (Ok(last), told)
    }
}

impl<'a> Fixes<'a> {
    /// Before the first file.
    pub(super) fn new(args: &'a CheckArgs, fixing: Option<Fixing>) -> Self {
        let seen = args.output_file.is_none() && screen::is_seen();
        let color = seen && screen::options(args.color, false).color;
        Self {
            fixing,
            sink: Sink::new(args.output_file.as_deref(), false),
            options: DiffOptions { seen, color },
            applied: BTreeMap::new(),
            files: 0,
            left: Offer::default(),
            held: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// Adds a file, and writes its diff or, of standard input, its fixed text.
    pub(super) fn add(&mut self, file: FileFix) -> Result<(), Fault> {
        self.files += usize::from(!file.applied.is_empty());
        for (rule, n) in file.applied {
            *self.applied.entry(rule).or_default() += n;
        }
        self.left.safe += file.left.safe;
        self.left.review += file.left.review;
        self.held.extend(file.held);
        if let Some((old, new)) = file.texts {
            self.sink.write(&render::diff(&file.path, &old, &new, self.options))?;
        }
        self.refused.extend(file.refused.map(|error| (file.path, error)));
        file.stdout.map_or(Ok(()), |bytes| output::stdout(&bytes))
    }

    /// Says what became of the fixes, beside the report: what went wrong in any case, the counts unless it is to be
    /// quiet. Gives back whether a file could not be fixed and, of a diff, whether it shows anything.
    pub(super) fn end(self, lang: Lang, quiet: bool) -> Result<(bool, Option<bool>), Fault> {
        let Some(fixing) = self.fixing else { return Ok((false, None)) };
        self.held.iter().for_each(|words| output::stderr(&printable(words.get(lang))));
        for (path, error) in &self.refused {
            complain(path, error, lang);
        }
        if !quiet {
            output::stderr(self.counts(fixing).get(lang));
        }
        let changes = fixing.shows_diff().then_some(self.files > 0);
        if fixing.shows_diff() {
            self.sink.close()?;
        }
        Ok((!self.refused.is_empty(), changes))
    }

    fn counts(&self, fixing: Fixing) -> Words {
        let Self { applied, files, left: Offer { safe, review }, .. } = self;
        let all: usize = applied.values().sum();
        let rules: Vec<String> = applied.iter().map(|(rule, n)| format!("{rule} {n}")).collect();
        let (zh, en) = (rules.join("，"), rules.join(", "));
        let mut words = match (fixing.what, all) {
            (What::Count, _) => Words::new(
                format!("可直接改正{safe}处（--fix），须核对后改正{review}处（--fix --unsafe-fixes）；没有改动文件"),
                format!(
                    "fixable: {safe} safely (--fix), {review} after a look (--fix --unsafe-fixes); nothing was changed"
                ),
            ),
            (_, 0) if !self.refused.is_empty() => Words::new("没有改正任何文件", "nothing was fixed"),
            (_, 0) => Words::new("没有可以直接改正的问题", "nothing to fix"),
            (What::Write, _) => Words::new(
                format!("改正{all}处，{files}个文件（{zh}）"),
                format!("fixed: {all} in files: {files} ({en})"),
            ),
            (What::Diff, _) => Words::new(
                format!("将改正{all}处，{files}个文件（{zh}）；没有改动文件"),
                format!("would fix: {all} in files: {files} ({en}); nothing was changed"),
            ),
        };
        if fixing.what != What::Count && fixing.level == Safety::Safe && *review > 0 {
            words.zh.push_str(&format!("；另有{review}处须核对后改正（--unsafe-fixes）"));
            words.en.push_str(&format!("; {review} more after a look (--unsafe-fixes)"));
        }
        words.zh.push('。');
        words.en.push('.');
        words
    }
}

fn complain(path: &str, error: &FileError, lang: Lang) {
    let (message, advice) = (error.message.get(lang), error.advice.get(lang));
    let told = match lang {
        Lang::Zh => format!("{path}：{message}。{advice}"),
        Lang::En => format!("{path}: {message}. {advice}"),
    };
    output::complain(&Fault(Words::new(told.clone(), told)), lang);
}

/// `path:line:column: [rule] why`
fn hindrance(path: &str, document: &Document, held: &Held) -> Words {
    let at = document.position(held.span.start);
    let (line, column, rule) = (at.line, at.column, held.rule);
    // What GB18030 lacks is nothing; a file of two-byte codes alone is kept to GBK.
    let encoding = if document.encoding == "GB18030" { "GBK" } else { document.encoding };
    let (zh, en) = match &held.why {
        Hindrance::Encoding(text) => (
            format!("没有改正：“{text}”不能用文件的编码（{encoding}）写出；请另存为 UTF-8 再改"),
            format!(
                "not fixed: “{text}” cannot be written in the file's encoding ({encoding}); save it as UTF-8 first"
            ),
        ),
        Hindrance::Markup => (
            String::from("没有改正：要改的文字中间有格式标记；请自行改"),
            String::from("not fixed: there is markup within the words; change them by hand"),
        ),
    };
    let head = format!("{path}:{line}:{column}: [{rule}] ");
    Words::new(format!("{head}{zh}"), format!("{head}{en}"))
}
