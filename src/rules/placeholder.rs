//! Placeholders that nobody filled in.

use crate::diagnostic::Diagnostic;
use crate::rules::{Check, Context, declare_rule};

declare_rule! {
    /// x、X 或星号代替的数字和名称尚未填写
    PLACEHOLDER_MASK = "placeholder-mask", Error,
    zh: "x、X 或星号代替的数字和名称尚未填写",
    en: "x, X or asterisks still stand for a number or a name",
}

declare_rule! {
    /// 留空、括注或待定的内容尚未填写
    PLACEHOLDER_BLANK = "placeholder-blank", Error,
    zh: "留空、括注或待定的内容尚未填写",
    en: "a blank, a bracketed prompt or a to-do is still to be filled in",
}

pub(super) static CHECK: Check = Check { rules: &[&PLACEHOLDER_MASK, &PLACEHOLDER_BLANK], run };

fn run(_cx: &Context<'_>, _out: &mut Vec<Diagnostic>) {}
