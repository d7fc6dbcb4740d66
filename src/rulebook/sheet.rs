//! A TOML file read key by key, so that all of its faults are told at once and each has its place.

use serde::de::{DeserializeOwned, IntoDeserializer as _};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Words;
use crate::text::{Span, nearest};

/// What is wrong with a TOML file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The key, value or entry.
    pub span: Span,
    /// What is wrong with it.
    pub message: Words,
    /// The way out, where the message does not show it.
    pub help: Option<Words>,
}

impl Fault {
    /// A fault at a place.
    #[must_use]
    pub fn new(span: Span, message: Words) -> Self {
        Self { span, message, help: None }
    }

    /// A name that is none of the known ones.
    #[must_use]
    pub fn unknown<'a>(
        span: Span,
        (zh, en): (&str, &str),
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let message = match nearest(name, known.iter().copied()) {
            Some(hint) => Words::new(
                format!("没有{zh}“{name}”；是不是 {hint}？"),
                format!("no {en} {name:?}; did you mean {hint}?"),
            ),
            None => Words::new(format!("没有{zh}“{name}”"), format!("no {en} {name:?}")),
        };
        let help =
            Words::new(format!("可用的有：{}", known.join("、")), format!("The known ones: {}", known.join(", ")));
        Self { span, message, help: Some(help) }
    }

    /// A fault that the parser found in `text`.
    pub(super) fn of(error: &toml::de::Error, text: &str) -> Self {
        let whole = Span::new(0, text.len());
        Self::of_value(error, whole, translated(error.message()))
    }

    fn of_value(error: &toml::de::Error, value: Span, message: Words) -> Self {
        Self::new(error.span().map_or(value, |r| Span::new(r.start, r.end)), message)
    }
}

/// A table of a TOML file. Whoever reads it asks for its keys; what nobody asked for is unknown.
#[derive(Debug)]
pub struct Sheet<'t> {
    table: DeTable<'t>,
    span: Span,
    asked: Vec<&'static str>,
    faults: Vec<Fault>,
}

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<'t> Sheet<'t> {
    /// Reads a text.
    ///
    /// # Errors
    /// Its faults of syntax, all that were found.
    pub fn parse(text: &'t str) -> Result<Self, Vec<Fault>> {
        let whole = Span::new(0, text.len());
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            return Ok(Self::new(table.into_inner(), whole));
        }
        let help = Words::new(
            "TOML 的引号、等号、逗号、括号都用英文（半角）的，字符串要用引号括起来。",
            "In TOML, quotes, brackets, commas and equals signs are ASCII, and strings stand in quotes.",
        );
        Err(errors
            .iter()
            .map(|e| {
                let span = e.span().map_or(whole, |r| Span::new(r.start, r.end));
                let (zh, en) = (syntax(e.message()), e.message());
                let message = Words::new(format!("TOML 语法有误：{zh}"), format!("invalid TOML: {en}"));
                Fault { span: on_characters(span, text), message, help: Some(help.clone()) }
            })
            .collect())
    }

    fn new(table: DeTable<'t>, span: Span) -> Self {
        Self { table, span, asked: Vec::new(), faults: Vec::new() }
    }

    /// Where the table stands.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The keys that nobody has asked for yet.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.table.keys().map(|k| k.get_ref().as_ref())
    }

    /// Whether the key is there.
    pub fn has(&mut self, key: &'static str) -> bool {
        self.asked.push(key);
        self.table.contains_key(key)
    }

    /// Notes a fault that the reader found.
    pub fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    fn take(&mut self, key: &'static str) -> Option<Spanned<DeValue<'t>>> {
        self.has(key);
        self.table.remove(key)
    }

    fn read<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'t>>) -> Option<Placed<T>> {
        let span = Span::new(value.span().start, value.span().end);
        match T::deserialize(value.into_deserializer()) {
            Ok(value) => Some(Placed { value, span }),
            Err(error) => {
                self.faults.push(Fault::of_value(&error, span, translated(error.message())));
                None
            }
        }
    }

    /// The value of a key; `None` also where it is of the wrong form, which is then a fault.
    pub fn value<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<Placed<T>> {
        let value = self.take(key)?;
        self.read(value)
    }

    /// The members of a list, each read for itself.
    pub fn each<T: DeserializeOwned>(&mut self, key: &'static str) -> Vec<Placed<T>> {
        self.members(key).into_iter().filter_map(|v| self.read(v)).collect()
    }

    /// One string or a list of them.
    pub fn one_or_each(&mut self, key: &'static str) -> Vec<Placed<String>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let span = Span::new(value.span().start, value.span().end);
        match value.into_inner() {
            DeValue::Array(list) => list.into_iter().filter_map(|v| self.read(v)).collect(),
            one @ DeValue::String(_) => self.read(Spanned::new(span.range(), one)).into_iter().collect(),
            other => {
                let message = Words::new(
                    format!("`{key}` 应是字符串或列表，这里是{}", kind(other.type_str())),
                    format!("`{key}` is a string or a list, not {}", other.type_str()),
                );
                self.faults.push(Fault::new(span, message));
                Vec::new()
            }
        }
    }

    /// The tables of a list (`[[key]]`).
    pub fn sheets(&mut self, key: &'static str) -> Vec<Self> {
        self.members(key).into_iter().filter_map(|v| self.table_of(v)).collect()
    }

    /// The table under a key (`[key]`).
    pub fn sheet(&mut self, key: &'static str) -> Option<Self> {
        let value = self.take(key)?;
        self.table_of(value)
    }

    fn members(&mut self, key: &'static str) -> Vec<Spanned<DeValue<'t>>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let span = Span::new(value.span().start, value.span().end);
        match value.into_inner() {
            DeValue::Array(list) => list.into_iter().collect(),
            other => {
                let message = Words::new(
                    format!("`{key}` 应是列表，这里是{}", kind(other.type_str())),
                    format!("`{key}` is a list, not a {}", other.type_str()),
                );
                self.faults.push(Fault::new(span, message));
                Vec::new()
            }
        }
    }

    fn table_of(&mut self, value: Spanned<DeValue<'t>>) -> Option<Self> {
        let span = Span::new(value.span().start, value.span().end);
        match value.into_inner() {
            DeValue::Table(table) => Some(Self::new(table, span)),
            other => {
                let message = Words::new(
                    format!("应是表，这里是{}", kind(other.type_str())),
                    format!("a table belongs here, not a {}", other.type_str()),
                );
                self.faults.push(Fault::new(span, message));
                None
            }
        }
    }

    /// All keys that are left, with their values, whatever they are called.
    pub fn rest<T: DeserializeOwned>(&mut self) -> Vec<(Placed<String>, Placed<T>)> {
        let table = std::mem::take(&mut self.table);
        let mut out = Vec::new();
        for (key, value) in table {
            let span = Span::new(key.span().start, key.span().end);
            if let Some(value) = self.read(value) {
                out.push((Placed { value: key.into_inner().into_owned(), span }, value));
            }
        }
        out
    }

    /// The faults, those of keys that nobody asked for among them, in the order of the text.
    #[must_use]
    pub fn finish(mut self) -> Vec<Fault> {
        self.asked.sort_unstable();
        self.asked.dedup();
        for key in self.table.keys() {
            let span = Span::new(key.span().start, key.span().end);
            self.faults.push(Fault::unknown(span, ("键", "key"), key.get_ref(), self.asked.iter().copied()));
        }
        self.faults.sort_by_key(|f| (f.span.start, f.span.end));
        self.faults
    }
}

/// A span that cuts no character.
fn on_characters(span: Span, text: &str) -> Span {
    let start = (0..=span.start.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let end = (span.end.max(start)..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
    Span::new(start, end)
}

/// What TOML calls a kind of value, in Chinese.
fn kind(name: &str) -> &str {
    match name {
        "string" => "字符串",
        "integer" => "整数",
        "float" => "小数",
        "boolean" => "true 或 false",
        "datetime" => "不加引号的日期",
        "array" => "列表",
        "table" => "表",
        _ => name,
    }
}

/// What is wrong with the syntax, in Chinese where it is one of the usual slips.
fn syntax(message: &str) -> &str {
    match message {
        m if m.starts_with("string values must be quoted") => "字符串没有用英文引号括起来",
        m if m.starts_with("invalid date") => "没有这样的日期",
        m if m.starts_with("invalid unquoted key") => "键名有别的字符，须用英文引号括起来",
        m if m.starts_with("duplicate key") => "同一个键写了两次",
        m if m.starts_with("unclosed") => "括号没有闭合",
        m => m,
    }
}

/// The parser's message in both languages.
fn translated(message: &str) -> Words {
    let quoted = |prefix: &str| message.strip_prefix(prefix).and_then(|rest| rest.split('`').next());
    if let Some(key) = quoted("missing field `") {
        return Words::new(format!("缺少 `{key}`"), format!("`{key}` is missing"));
    }
    if let Some(key) = quoted("unknown field `") {
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        return Fault::unknown(Span::new(0, 0), ("键", "key"), key, known).message;
    }
    if let Some((found, expected)) = message.strip_prefix("invalid type: ").and_then(|m| m.split_once(", expected ")) {
        let found_zh = ["string", "integer", "float", "boolean", "map", "sequence"]
            .into_iter()
            .find(|k| found.starts_with(k))
            .map_or(found, |k| match k {
                "map" => "表或不加引号的日期",
                "sequence" => "列表",
                _ => kind(k),
            });
        let expected_zh = match expected {
            "a string" => "带引号的字符串",
            "a sequence" => "列表",
            "a boolean" => " true 或 false",
            _ => "另一种值",
        };
        return Words::new(format!("应是{expected_zh}，这里是{found_zh}"), message);
    }
    if let Some(name) = quoted("unknown variant `") {
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        let zh = format!("没有“{name}”这个值；应是 {}", known.join(" 或 "));
        return Words::new(zh, format!("no value {name:?}: {}", known.join(" or ")));
    }
    if let Some(value) = message.strip_suffix(" is no date (YYYY-MM-DD)") {
        return Words::new(format!("{value} 不是日期；应写成 \"2024-03-05\" 的样子"), message);
    }
    if let Some(value) = message.strip_suffix(" is no severity (error, warning, info)") {
        return Words::new(format!("{value} 不是级别；应是 error、warning 或 info"), message);
    }
    Words::new(format!("内容有误：{message}"), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str, read: impl Fn(&mut Sheet<'_>)) -> Vec<(String, String)> {
        let faults = match Sheet::parse(text) {
            Ok(mut sheet) => {
                read(&mut sheet);
                sheet.finish()
            }
            Err(faults) => faults,
        };
        faults.into_iter().map(|f| (f.span.of(text).to_owned(), f.message.zh)).collect()
    }

    /// Several faults of one file are told together, each at its place.
    #[test]
    fn all_at_once() {
        let told = faults("select = [\"a\", 1]\nselct = []\n", |s| {
            let _ = s.each::<String>("select");
        });
        assert_eq!(
            told,
            [
                (String::from("1"), String::from("应是带引号的字符串，这里是整数")),
                (String::from("selct"), String::from("没有键“selct”；是不是 select？")),
            ]
        );
    }

    /// A fault of syntax beside Chinese text has a place that can be sliced.
    #[test]
    fn syntax() {
        for text in ["select = “a”", "a = 1\na = 2", "中文 = ", "[[", "x = \"\\q中\"", "\u{feff}#", "a = '''中"]
        {
            let _ = faults(text, |_| ());
        }
        let told = faults("select = “term”\n", |_| ());
        assert!(!told.is_empty() && told[0].1.starts_with("TOML 语法有误"), "{told:?}");
    }
}
