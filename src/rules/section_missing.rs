//! Required parts that are not there.

use crate::diagnostic::Diagnostic;
use crate::rules::{Check, Context, declare_rule};

declare_rule! {
    /// 缺少规定应有的部分
    SECTION_MISSING = "section-missing", Warning,
    zh: "缺少规定应有的部分",
    en: "a part that the rules require is missing",
}

pub(super) static CHECK: Check = Check { rules: &[&SECTION_MISSING], run };

fn run(_cx: &Context<'_>, _out: &mut Vec<Diagnostic>) {}
