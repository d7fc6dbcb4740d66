//! The ids of the report in words, for people. An id that this room does not know stands for itself.

use crate::diagnostic::{Diagnostic, Lang, Severity};
use crate::report::{FileError, Outcome};

/// A severity.
pub(super) fn severity(severity: Severity, lang: Lang) -> &'static str {
    match (lang, severity) {
        (Lang::Zh, Severity::Error) => "错误",
        (Lang::Zh, Severity::Warning) => "警告",
        (Lang::Zh, Severity::Info) => "提示",
        (Lang::En, _) => severity.as_str(),
    }
}

/// A reason: why a file was passed over, why a claim was not judged, why a finding does not count.
pub(super) fn reason(why: &str, lang: Lang) -> &str {
    let (zh, en) = match why {
        "extension" => ("其他格式", "other formats"),
        "excluded" => ("已排除", "excluded"),
        "hidden" => ("隐藏文件", "hidden"),
        "symlink" => ("符号链接", "symbolic links"),
        "unchanged" => ("未改动", "unchanged"),
        "special" => ("非普通文件", "not regular files"),
        "suppressed" => ("已放行", "allowed"),
        "baselined" => ("在基线中", "in the baseline"),
        "below-level" => ("低于要求的级别", "below the level asked for"),
        "no-base" => ("缺分母", "no base"),
        "no-part" => ("缺分子", "no part"),
        "masked" => ("数字未填", "masked"),
        "target" => ("目标值", "target"),
        "carried-over" => ("含结转", "carried over"),
        "no-before" => ("缺上期数", "no earlier value"),
        "open-parts" => ("分项未列全", "parts not exhaustive"),
        "ambiguous" => ("读法不止一种", "several readings"),
        _ => return why,
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The kind of a claim.
pub(super) fn kind(kind: &str, lang: Lang) -> &str {
    if lang == Lang::En {
        return kind;
    }
    match kind {
        "share" => "比率",
        "sum" => "合计",
        "growth" => "增幅",
        "change" => "增减",
        "average" => "平均",
        "bound" => "上限",
        "repeat" => "复述",
        "reach" => "可得",
        "count" => "项数",
        "table" => "表格",
        _ => kind,
    }
}

/// The verdict on a claim.
pub(super) fn verdict(verdict: &str, lang: Lang) -> &str {
    if lang == Lang::En {
        return verdict;
    }
    match verdict {
        "agree" => "相符",
        "near" => "近似",
        "conflict" => "矛盾",
        "unknown" => "未判",
        _ => verdict,
    }
}

/// Where the date of a paper comes from.
pub(super) fn date_source(source: &'static str, lang: Lang) -> &'static str {
    let (zh, en) = match source {
        "issued" => ("成文日期", "date of issue"),
        "published" => ("发布日期", "date of publication"),
        "number" => ("文号", "document number"),
        "title" => ("标题", "title"),
        "text" => ("正文", "text"),
        "as-of" => ("文中未写，按检查日期", "not in the paper, that of the check"),
        _ => return source,
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The name of a class of rules.
pub(super) fn class(class: &str, lang: Lang) -> &str {
    let (zh, en) = match class {
        "placeholder" => ("占位", "placeholders"),
        "term" => ("用语", "terms"),
        "claim" => ("数字关系", "figures"),
        "section" => ("必备部分", "required parts"),
        "number" => ("序号", "numbering"),
        "date" => ("日期", "dates"),
        "mark" => ("标点", "punctuation"),
        "residue" => ("残留", "residue"),
        "config" => ("配置", "configuration"),
        "glob" => ("通配式", "globs"),
        "directive" => ("放行注释", "directives"),
        "allow" => ("放行", "allowances"),
        _ => return class,
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Why a file could not be read, and the way out.
pub(super) fn fault(error: &FileError, lang: Lang) -> String {
    let gap = if lang == Lang::Zh { "。" } else { ". " };
    format!("{}{gap}{}", error.message.get(lang), error.advice.get(lang))
}

/// What a finding says and, on a line of its own, the way out.
pub(super) fn said(d: &Diagnostic, lang: Lang) -> String {
    let lead = if lang == Lang::Zh { "建议：" } else { "help: " };
    let help = d.help.as_ref().map(|h| format!("\n{lead}{}", h.get(lang)));
    d.message.get(lang).to_owned() + &help.unwrap_or_default()
}

/// Why a finding does not count: the reason that was given, else what is known of it.
pub(super) fn excuse(outcome: &Outcome, lang: Lang) -> &str {
    outcome.suppression().map_or_else(|| reason(outcome.as_str(), lang), |s| s.reason.as_str())
}
