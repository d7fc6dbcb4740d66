//! One document cited under two names.

use crate::diagnostic::Diagnostic;
use crate::rules::{Check, Context, declare_rule};

declare_rule! {
    /// 同一文件在文中有两个名称
    TERM_TITLE = "term-title", Error,
    zh: "同一文件在文中有两个名称",
    en: "one document is cited under two names",
}

pub(super) static CHECK: Check = Check { rules: &[&TERM_TITLE], run };

fn run(_cx: &Context<'_>, _out: &mut Vec<Diagnostic>) {}
