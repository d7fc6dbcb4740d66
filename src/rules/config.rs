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

declare_rule! {
    /// # directive-invalid：文稿里的放行注释有误
    ///
    /// 文稿里以 `<!-- lint-` 开头的注释没有写对：没有这种写法，没有写规则或者写了没有的规则，没有写理由，`lint-disable` 到文末也没有
    /// `lint-enable`，`lint-enable` 前面没有 `lint-disable`。写错的注释不起作用，它想放行的问题照报。
    ///
    /// ```text
    /// <!-- lint-disable-next-line claim-share: 百分比引自上级通报，口径不同 -->
    /// <!-- lint-disable term-outdated, term-law: 以下引用历史文件 -->
    /// ……
    /// <!-- lint-enable -->
    /// <!-- lint-disable-file residue: 本文专讲网页模板 -->
    /// ```
    ///
    /// 规则或者类别可以写几个，用逗号隔开；冒号以后是理由，不能省。
    ///
    /// `data`：`directive` 注释的第一个词。
    ///
    /// **English.** A comment of the draft that begins with `<!-- lint-` and cannot be understood: no such word, no
    /// rule, an unknown rule, no reason, an `lint-disable` that is never ended, an `lint-enable` that ends nothing. It
    /// allows nothing.
    DIRECTIVE_INVALID = "directive-invalid", Warning,
    zh: "文稿里的放行注释没有写对",
    en: "a comment that is to allow findings is not sound",
}

declare_rule! {
    /// # allow-unused：放行了并不存在的问题
    ///
    /// `lint.toml` 的一条 `[[allow]]`，或者文稿里的一条放行注释，没有放行任何问题：问题已经改好，或者条件写得对不上。
    /// 留着它，以后真出了这样的问题就看不见了。过了 `until` 的 `[[allow]]` 不再起作用，也在这里报。
    ///
    /// `[[allow]]` 只有检查了 `lint.toml` 所在的整个目录、它说的规则也都用上了才报；注释随文稿报。
    ///
    /// ```toml
    /// [[allow]]
    /// rule = "term-outdated"
    /// text = "法制委员会"            # 文稿里已经没有这个词
    /// reason = "机构的正式名称"
    /// ```
    ///
    /// `data`：`rule` 规则或者类别。
    ///
    /// **English.** An `[[allow]]` of `lint.toml` or a comment of a draft that allows nothing: what it was written for
    /// is gone, or its conditions fit nothing; or its last day is over.
    ALLOW_UNUSED = "allow-unused", Warning,
    zh: "放行了并不存在的问题，或者放行已经过期",
    en: "an allowance that allows nothing, or whose time is over",
}

/// The rules of this file.
pub(super) static RULES: &[&RuleMeta] = &[&CONFIG_INVALID, &GLOB_UNMATCHED, &DIRECTIVE_INVALID, &ALLOW_UNUSED];
