//! The catalogue of the rules, as Markdown: a table by class, then each page.

use std::fmt::Write as _;

use crate::diagnostic::{Lang, RuleMeta};
use crate::render::names;
use crate::render::page::{example, markdown};

/// Renders the catalogue; the rules come in its order.
#[must_use]
pub fn catalogue(rules: impl IntoIterator<Item = &'static RuleMeta>) -> String {
    let rules: Vec<&RuleMeta> = rules.into_iter().collect();
    let mut classes: Vec<&str> = Vec::new();
    for rule in &rules {
        if !classes.contains(&rule.class()) {
            classes.push(rule.class());
        }
    }
    let mut out = String::from(
        "# 规则目录\n\n\
         <!-- 本页由规则自己的说明生成，请勿手改：SNAPSHOTS=overwrite cargo test --test docs -->\n\n\
         `lint explain <规则>` 显示同样的说明。级别是默认级别，个别情形会更低；\
         默认不运行的规则用 `--select` 点名运行。\n\n\
         The catalogue of the rules, generated from the rules themselves; \
         `lint explain <rule> --lang en` shows a page in the terminal.\n",
    );
    for class in &classes {
        let _ = write!(
            out,
            "\n## {}（{}，`{class}`）\n\n| 规则 | 级别 | 内容 | What it finds |\n|---|---|---|---|\n",
            names::class(class, Lang::Zh),
            names::class(class, Lang::En)
        );
        for rule in rules.iter().filter(|r| r.class() == *class) {
            let _ = writeln!(
                out,
                "| [`{0}`](#{0}) | {1} {2}{3} | {4} | {5} |",
                rule.id,
                names::severity(rule.severity, Lang::Zh),
                rule.severity,
                if rule.by_default { "" } else { "，默认不运行" },
                cell(rule.zh),
                cell(rule.en)
            );
        }
    }
    out.push_str("\n## 各条说明\n");
    for class in &classes {
        for rule in rules.iter().filter(|r| r.class() == *class) {
            let _ = write!(out, "\n### {}\n\n", rule.id);
            write_page(&markdown(rule), &mut out);
        }
    }
    out
}

/// A text as it may stand in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Copies a page: its headings below that of the rule, its examples under what they show.
fn write_page(page: &str, out: &mut String) {
    let mut fenced = false;
    for line in page.trim().lines() {
        if let Some(tag) = line.strip_prefix("```") {
            if let (false, Some(says)) = (fenced, example(tag, Lang::Zh)) {
                let _ = write!(out, "{says}\n\n```text\n");
            } else {
                let _ = writeln!(out, "{line}");
            }
            fenced = !fenced;
        } else if !fenced && line.starts_with('#') {
            let _ = writeln!(out, "###{line}");
        } else {
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    static MASK: RuleMeta = RuleMeta {
        id: "placeholder-mask",
        severity: Severity::Error,
        by_default: true,
        zh: "x|X 尚未填写",
        en: "x|X is not filled in",
        page: " 说明。\n\n # 例\n\n ```hit\n # 共xx件。\n ```\n",
    };
    static TITLE: RuleMeta = RuleMeta {
        id: "term-title",
        severity: Severity::Warning,
        by_default: true,
        zh: "名",
        en: "n",
        page: " 名。\n",
    };

    /// Rules stand under their class, tables survive a bar, headings of a page stay below its own, examples are untouched.
    #[test]
    fn a_catalogue() {
        let text = catalogue([&MASK, &TITLE]);
        for part in [
            "## 占位（placeholders，`placeholder`）\n",
            "| [`placeholder-mask`](#placeholder-mask) | 错误 error | x\\|X 尚未填写 | x\\|X is not filled in |\n",
            "| [`term-title`](#term-title) | 警告 warning | 名 | n |\n",
            "### placeholder-mask\n\n说明。\n\n#### 例\n\n会报：\n\n```text\n# 共xx件。\n```\n\n### term-title\n\n名。\n",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }
}
