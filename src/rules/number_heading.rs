//! Heading numbers that skip, repeat or step back.

use crate::diagnostic::Diagnostic;
use crate::rules::{Check, Context, declare_rule};

declare_rule! {
    /// 标题序号跳号、重号或倒退
    NUMBER_HEADING = "number-heading", Error,
    zh: "标题序号跳号、重号或倒退",
    en: "heading numbers skip, repeat or step back",
}

pub(super) static CHECK: Check = Check { rules: &[&NUMBER_HEADING], run };

fn run(_cx: &Context<'_>, _out: &mut Vec<Diagnostic>) {}
