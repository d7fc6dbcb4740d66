//! What is wrong with the configuration: said by the room that reads it, explained here like any other rule.

use crate::diagnostic::RuleMeta;
use crate::rules::declare_rule;

declare_rule! {
    /// # config-invalid：配置有误
    ///
    /// `lint.toml`，或者其中 `rules` 列出的词条文件，有写错的地方：TOML 语法、没有的键、没有的规则或文种、不是日期的日期、
    /// 找不到的文件、没有 `hits` 和 `misses` 的词条。一个文件里的错处一次报全，各指到所在的位置。
    ///
    /// 写对的部分照常起作用，文稿照常检查，但退出码总是 2，`--fail-on never` 也不例外：
    /// 配置没有读懂，检查结果就不能作数。这条规则不能用 `ignore` 关掉。
    ///
    /// ```toml
    /// selct = ["claim"]              # 没有这个键，是不是 select
    /// ignore = ["claim-shares"]      # 没有这条规则，是不是 claim-share
    /// as-of = "2024-02-30"           # 不是日期
    /// ```
    ///
    /// `data`：无。
    ///
    /// **English.** A fault in `lint.toml` or in a file of rules that it names: syntax, unknown keys, unknown rules or
    /// profiles, dates that are none, files that are not there, entries without examples. All faults of a file are told
    /// at once. What is sound in it counts, the drafts are checked, and the run ends with 2 whatever else was asked.
    CONFIG_INVALID = "config-invalid", Error,
    zh: "lint.toml 或词条文件有误（退出码总是 2）",
    en: "a fault in lint.toml or in a file of rules (always exit code 2)",
}

declare_rule! {
    /// # glob-unmatched：通配式没有匹配到文件
    ///
    /// `lint.toml` 的 `include`、`exclude` 或某个 `[[section]]` 的 `files` 里有一个通配式，整个目录走遍也没有匹配到任何文件：
    /// 多半是目录改了名，或者写错了字，于是以为排除了、放宽了的，其实没有。
    ///
    /// 只有检查了 `lint.toml` 所在的整个目录才报；只检查其中几个文件时不报。
    ///
    /// ```toml
    /// exclude = ["归挡/"]            # 目录名其实是“归档”
    /// ```
    ///
    /// `data`：`glob` 通配式。
    ///
    /// **English.** A glob of `lint.toml` that matched no file although the whole directory of `lint.toml` was walked:
    /// most likely a folder was renamed, and what was meant to be excluded is not.
    GLOB_UNMATCHED = "glob-unmatched", Warning,
    zh: "lint.toml 的通配式没有匹配到文件",
    en: "a glob of lint.toml matches no file",
}

/// The rules of this file.
pub(super) static RULES: &[&RuleMeta] = &[&CONFIG_INVALID, &GLOB_UNMATCHED];
