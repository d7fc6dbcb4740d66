//! Terms that were right some years ago.

use crate::diagnostic::Diagnostic;
use crate::rules::{Check, Context, declare_rule};

declare_rule! {
    /// 用语已过时或写错（法制/法治等）
    TERM_OUTDATED = "term-outdated", Error,
    zh: "用语已过时或写错（法制/法治等）",
    en: "an outdated or mistaken term (法制 for 法治 and others)",
}

pub(super) static CHECK: Check = Check { rules: &[&TERM_OUTDATED], run };

fn run(_cx: &Context<'_>, _out: &mut Vec<Diagnostic>) {}
