//! What may stand on the command line. The comments here are the help that a drafter reads.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use crate::config::FailOn;
use crate::diagnostic::{Lang, Severity};
use crate::text::ColumnUnit;

const TEMPLATE: &str = "{about}\n\n用法: {usage}\n\n{all-args}{after-help}";

const AFTER: &str = "\
输出格式:
  给人看    full（带原文）、concise（每个问题一行）、html（带批注的网页，可离线看、可打印）
  给程序    json、json-lines、sarif、rdjson（reviewdog）
  给平台    github、gitlab、junit

目录中读取 .txt、.md、.markdown，遵守 .gitignore 和 .ignore。
每个文件用离它最近的上级 lint.toml，命令行的选项优先；详见 docs/configuration.zh-CN.md。
与命令同名的路径写成 ./rules，或 lint check rules。

退出码:
  0  没有达到 --fail-on 级别的问题
  1  有达到 --fail-on 级别的问题
  2  用法、配置、输入或输出有误，包括读不出文字的文件";

const BASELINE_AFTER: &str = "\
写入 --baseline 指定的文件；没有指定的，写入 lint.toml 的 baseline 所指的文件，再没有就是当前目录的 lint-baseline.json。
基线认的是规则、文字和前后句，不认行号：插入段落、改编号、重新断行都不影响；同样的问题多出一处，就是新的。
没有检查到的文件，原来记下的照旧；已经删除的文件，记下的一并清去。

退出码:
  0  已写出
  2  用法、配置、输入或输出有误；基线文件没有改动";

const FIX_AFTER: &str = "\
只用有把握的改法；数字从不自动改动。加 --unsafe-fixes 也用须核对的改法，加 --diff 只看不改。
文件保持原来的编码、换行和 BOM；改的同时被别的程序改动的文件不写。
路径是“-”时，改好的文字在标准输出，报告在标准错误。

退出码:
  0  余下的没有达到 --fail-on 级别；加 --diff 时没有要改的
  1  余下的有达到 --fail-on 级别的；加 --diff 时有要改的
  2  用法、配置、输入或输出有误，包括有文件没能写入";

const TEST_AFTER: &str = "\
怎样写词条见 docs/writing-rules.zh-CN.md。

退出码:
  0  例句全部相符
  1  有例句不符，或有词条永远报不出来
  2  词条文件或 lint.toml 有误，读不出来也算";

/// 发布前检查公文稿：数字是否自洽、占位是否填好、名称是否过时、应有的部分是否齐全
#[derive(Debug, Parser)]
#[command(
    name = "lint",
    version,
    help_template = TEMPLATE,
    override_usage = "lint [选项] [路径]...\n      lint <命令> --help",
    subcommand_help_heading = "命令",
    args_conflicts_with_subcommands = true,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true,
    after_help = AFTER
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) check: CheckArgs,
    #[command(flatten)]
    pub(super) fixing: FixArgs,
    #[command(flatten)]
    help: HelpArg,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = "选项")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 检查文稿（不写命令时就是它）
    #[command(
        help_template = TEMPLATE,
        override_usage = "lint check [选项] [路径]...",
        disable_help_flag = true,
        after_help = AFTER
    )]
    Check(Box<CheckCommand>),
    /// 检查并改正文稿，同 lint check --fix
    #[command(
        help_template = TEMPLATE,
        override_usage = "lint fix [选项] [路径]...",
        disable_help_flag = true,
        after_help = FIX_AFTER
    )]
    Fix(Box<CheckCommand>),
    /// 显示一条规则的说明
    #[command(help_template = TEMPLATE, override_usage = "lint explain [选项] <规则>", disable_help_flag = true)]
    Explain(ExplainArgs),
    /// 列出全部规则
    #[command(help_template = TEMPLATE, override_usage = "lint rules [选项]", disable_help_flag = true)]
    Rules(RulesArgs),
    /// 用词条自带的例句检验词条，自己的和内置的一起
    #[command(help_template = TEMPLATE, override_usage = "lint test [选项] [词条文件]...", disable_help_flag = true)]
    #[command(after_help = TEST_AFTER)]
    Test(TestArgs),
    /// 把现有的问题记入基线文件，以后只报新的
    #[command(help_template = TEMPLATE, override_usage = "lint baseline [选项] [路径]...", disable_help_flag = true)]
    #[command(after_help = BASELINE_AFTER)]
    Baseline(Box<BaselineArgs>),
    /// 在当前目录写一个带注释的 lint.toml
    #[command(help_template = TEMPLATE, override_usage = "lint init", disable_help_flag = true)]
    Init(InitArgs),
    /// 输出 JSON 报告或 lint.toml 的 JSON Schema
    #[command(help_template = TEMPLATE, override_usage = "lint schema [report|config]", disable_help_flag = true)]
    Schema(SchemaArgs),
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
struct HelpArg {
    /// 显示帮助
    #[arg(short = 'h', long, action = ArgAction::Help)]
    help: Option<bool>,
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckCommand {
    #[command(flatten)]
    pub(super) check: CheckArgs,
    #[command(flatten)]
    pub(super) fixing: FixArgs,
    #[command(flatten)]
    help: HelpArg,
}

/// What a run reads, and by which rules; what becomes of the findings is the business of each command.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(super) struct SourceArgs {
    /// 文件或目录；“-”是标准输入；不写时检查当前目录
    #[arg(value_name = "路径", help_heading = "参数")]
    pub(super) paths: Vec<PathBuf>,

    /// 只用这些规则；规则或类别，以逗号分隔
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    pub(super) select: Vec<String>,

    /// 不用这些规则；规则或类别，以逗号分隔
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,

    /// 指定文种，不作猜测
    #[arg(long, value_name = "文种")]
    pub(super) profile: Option<String>,

    /// 文稿未写日期时以此日为准，如 2024-03-05；默认今天
    #[arg(long, value_name = "日期")]
    pub(super) as_of: Option<String>,

    /// 只检查 git 中某版本以来改动的文件，如 origin/main
    #[arg(long, value_name = "版本")]
    pub(super) since: Option<String>,

    /// 遍历目录时不读的，写法同 .gitignore，从当前目录算起
    #[arg(long, value_name = "通配式")]
    pub(super) exclude: Vec<String>,

    /// 排除的文件，点了名也略过
    #[arg(long)]
    pub(super) force_exclude: bool,

    /// 按此编码读取，如 utf-8、gb18030、utf-16；默认自动识别
    #[arg(long, value_name = "编码")]
    pub(super) encoding: Option<String>,

    /// 标准输入的文件名，用于显示和识别格式
    #[arg(long, value_name = "文件名")]
    pub(super) stdin_filename: Option<String>,

    /// 基线文件里记下的问题不算；基线用 lint baseline 写出
    #[arg(long, value_name = "文件")]
    pub(super) baseline: Option<PathBuf>,

    #[command(flatten)]
    pub(super) lang: LangChoice,

    /// 用这个配置文件，不逐级查找 lint.toml
    #[arg(long, value_name = "文件")]
    pub(super) config: Option<PathBuf>,

    /// 不读取任何配置文件
    #[arg(long, conflicts_with = "config")]
    pub(super) isolated: bool,

    /// 同时检查几份文件；默认按处理器核数，结果的次序总是一样
    #[arg(short = 'j', long, value_name = "数目")]
    pub(super) jobs: Option<NonZero<usize>>,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) source: SourceArgs,

    /// 输出格式：full（默认）、concise、json 等，见 lint --help 末尾
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Full)]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) output_format: Format,

    /// 结果写入文件，不写到标准输出
    #[arg(short = 'o', long, value_name = "文件")]
    pub(super) output_file: Option<PathBuf>,

    /// 达到哪一级就返回 1：error（默认）、warning、info、never
    #[arg(long, value_name = "级别", value_enum, hide_possible_values = true)]
    pub(super) fail_on: Option<FailOnArg>,

    /// 颜色：auto（默认）、always、never；只有 full 着色
    #[arg(long, value_name = "何时", value_enum, default_value_t = ColorArg::Auto)]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) color: ColorArg,

    /// 逐条列出核对过的数字关系，包括相符的和未能判断的
    #[arg(long)]
    pub(super) show_claims: bool,

    /// 不列问题，只统计每条规则报了几处
    #[arg(long)]
    pub(super) statistics: bool,

    /// 只输出问题，不作小结
    #[arg(short = 'q', long)]
    pub(super) quiet: bool,

    /// concise 的列号单位：char（默认）、byte（Vim）、utf16（VS Code）
    #[arg(long, value_name = "单位", value_enum, default_value_t = ColumnUnitArg::Char)]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) column_unit: ColumnUnitArg,
}

#[derive(Debug, Clone, Copy, clap::Args)]
#[command(next_help_heading = "选项")]
pub(super) struct FixArgs {
    /// 把有把握的改正写入文件，再报告余下的问题
    #[arg(long)]
    pub(super) fix: bool,

    /// 与 --fix、--diff 同用：须核对的改法也用上；单独用只报数，不改文件
    #[arg(long)]
    pub(super) unsafe_fixes: bool,

    /// 只显示 --fix 会作的改动，不写文件；有改动时返回 1
    #[arg(long)]
    pub(super) diff: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// 规则，如 claim-share
    #[arg(value_name = "规则", help_heading = "参数")]
    pub(super) rule: String,
    #[command(flatten)]
    pub(super) lang: LangChoice,
    #[command(flatten)]
    help: HelpArg,
}

#[derive(Debug, clap::Args)]
pub(super) struct RulesArgs {
    /// 输出格式：text（默认）、json
    #[arg(long, value_name = "格式", value_enum, default_value_t = ListFormat::Text, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) output_format: ListFormat,
    #[command(flatten)]
    pub(super) lang: LangChoice,
    #[command(flatten)]
    help: HelpArg,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(super) struct TestArgs {
    /// 词条文件；不写时用 lint.toml 的 rules 列出的
    #[arg(value_name = "词条文件", help_heading = "参数")]
    pub(super) files: Vec<PathBuf>,

    /// 内置词条的提示也列出来
    #[arg(long)]
    pub(super) all: bool,

    /// 用这个配置文件，不逐级查找 lint.toml
    #[arg(long, value_name = "文件")]
    pub(super) config: Option<PathBuf>,

    /// 只检验内置的词条
    #[arg(long, conflicts_with = "config")]
    pub(super) isolated: bool,

    #[command(flatten)]
    pub(super) lang: LangChoice,
    #[command(flatten)]
    help: HelpArg,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(super) struct BaselineArgs {
    #[command(flatten)]
    pub(super) source: SourceArgs,

    /// 只清去已经不再出现的，不记新的
    #[arg(long)]
    pub(super) prune: bool,

    #[command(flatten)]
    help: HelpArg,
}

#[derive(Debug, clap::Args)]
pub(super) struct InitArgs {
    #[command(flatten)]
    pub(super) lang: LangChoice,
    #[command(flatten)]
    help: HelpArg,
}

#[derive(Debug, clap::Args)]
pub(super) struct SchemaArgs {
    /// report：JSON 报告（默认）；config：lint.toml
    #[arg(value_name = "哪个", value_enum, default_value_t = SchemaOf::Report, help_heading = "参数")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) what: SchemaOf,
    #[command(flatten)]
    pub(super) lang: LangChoice,
    #[command(flatten)]
    help: HelpArg,
}

#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct LangChoice {
    /// 输出语言：zh（默认）、en
    #[arg(long, value_name = "语言", value_enum, default_value_t = LangArg::Zh, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    lang: LangArg,
}

impl LangChoice {
    /// The language of messages.
    pub(super) fn get(self) -> Lang {
        match self.lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LangArg {
    Zh,
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Full,
    Concise,
    Json,
    JsonLines,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Rdjson,
    Html,
}

impl Format {
    /// Whether it is for people.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Full | Self::Concise)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    Report,
    Config,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArg {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOnArg {
    Error,
    Warning,
    Info,
    Never,
}

impl From<FailOnArg> for FailOn {
    fn from(arg: FailOnArg) -> Self {
        match arg {
            FailOnArg::Error => Self::At(Severity::Error),
            FailOnArg::Warning => Self::At(Severity::Warning),
            FailOnArg::Info => Self::At(Severity::Info),
            FailOnArg::Never => Self::Never,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColumnUnitArg {
    Char,
    Byte,
    Utf16,
}

impl From<ColumnUnitArg> for ColumnUnit {
    fn from(arg: ColumnUnitArg) -> Self {
        match arg {
            ColumnUnitArg::Char => Self::Char,
            ColumnUnitArg::Byte => Self::Byte,
            ColumnUnitArg::Utf16 => Self::Utf16,
        }
    }
}
