//! What a finding is before anybody decides whether it counts: rule, place, words, evidence, cure.

use std::fmt;

use serde_json::{Map, Value};

use crate::text::Span;

/// How bad a finding is; the order is the order of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look, never a reason to stop.
    Info,
    /// Probably wrong, or wrong by convention.
    Warning,
    /// Proved wrong from the text.
    Error,
}

impl Severity {
    /// The name used in JSON and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// The same words in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// Words in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The words in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// What is fixed about a rule: its id, its weight, and the page that explains it.
#[derive(Debug)]
pub struct RuleMeta {
    /// Kebab-case `<class>-<what>`, never reused.
    pub id: &'static str,
    /// Its weight unless the finding says otherwise.
    pub severity: Severity,
    /// Whether it runs unless told otherwise; a rule that does not waits to be selected.
    pub by_default: bool,
    /// One line in Chinese.
    pub zh: &'static str,
    /// One line in English.
    pub en: &'static str,
    /// The page of `lint explain`, in Markdown; its `hit` and `miss` fences are run as tests.
    pub page: &'static str,
}

impl RuleMeta {
    /// The part of the id before its first hyphen, which groups rules (`claim`, `term`, …).
    #[must_use]
    pub fn class(&self) -> &'static str {
        self.id.split('-').next().unwrap_or(self.id)
    }

    /// The one-line summary in one language.
    #[must_use]
    pub fn summary(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// Where a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    Whole,
    /// A span of its text.
    At(Span),
}

impl Place {
    /// The span, where there is one.
    #[must_use]
    pub fn span(self) -> Option<Span> {
        match self {
            Self::Whole => None,
            Self::At(span) => Some(span),
        }
    }
}

/// A piece of evidence: a place and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What it is (总数, 分项 …).
    pub message: Words,
}

/// Whether a fix may be applied without a person looking at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// Exactly one right form exists and the context proves it. Never a number.
    Safe,
    /// A person must look.
    Review,
}

impl Safety {
    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Review => "review",
        }
    }
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// A proposed cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: Words,
    /// Whether it may be applied unseen.
    pub safety: Safety,
    /// The replacements, in text order, not overlapping.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// All its edits as one replacement in `text`, where there are any.
    #[must_use]
    pub fn joined(&self, text: &str) -> Option<(Span, String)> {
        let (first, last) = (self.edits.first()?, self.edits.last()?);
        let mut out = String::new();
        let mut from = first.span.start;
        for edit in &self.edits {
            out.push_str(&text[from..edit.span.start]);
            out.push_str(&edit.text);
            from = edit.span.end;
        }
        Some((first.span.to(last.span), out))
    }
}

/// A finding of a rule.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule that speaks.
    pub rule: &'static RuleMeta,
    /// How bad this one is.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// What is wrong, with the proof.
    pub message: Words,
    /// The evidence, in the order in which the message speaks of it.
    pub labels: Vec<Label>,
    /// The way out.
    pub help: Option<Words>,
    /// A proposed cure.
    pub fix: Option<Fix>,
    /// The rule's authority: a law, a standard, a document; empty where the text itself is the proof.
    pub source: String,
    /// The facts for machines; the rule's page names the keys.
    pub data: Map<String, Value>,
}

impl Diagnostic {
    /// A finding of `rule` at `span`, at the rule's own severity, without evidence yet.
    #[must_use]
    pub fn at(rule: &'static RuleMeta, span: Span, message: Words) -> Self {
        Self::new(rule, Place::At(span), message)
    }

    /// A finding about the whole file.
    #[must_use]
    pub fn whole(rule: &'static RuleMeta, message: Words) -> Self {
        Self::new(rule, Place::Whole, message)
    }

    fn new(rule: &'static RuleMeta, place: Place, message: Words) -> Self {
        Self {
            rule,
            severity: rule.severity,
            place,
            message,
            labels: Vec::new(),
            help: None,
            fix: None,
            source: String::new(),
            data: Map::new(),
        }
    }

    /// Sets the severity.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Adds a piece of evidence.
    #[must_use]
    pub fn label(mut self, span: Span, message: Words) -> Self {
        self.labels.push(Label { span, message });
        self
    }

    /// Sets the way out.
    #[must_use]
    pub fn help(mut self, help: Words) -> Self {
        self.help = Some(help);
        self
    }

    /// Sets the proposed cure.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Sets the authority.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }

    /// Adds a fact for machines.
    #[must_use]
    pub fn data(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.data.insert(key.to_owned(), value.into());
        self
    }
}
