//! Item ordinals (一是…二是…) that skip or repeat.

use crate::diagnostic::Diagnostic;
use crate::rules::{Check, Context, declare_rule};

declare_rule! {
    /// “一是…二是…”等分项序号跳号或重号
    NUMBER_ORDINAL = "number-ordinal", Error,
    zh: "“一是…二是…”等分项序号跳号或重号",
    en: "item ordinals (一是, 二是 …) skip or repeat",
}

pub(super) static CHECK: Check = Check { rules: &[&NUMBER_ORDINAL], run };

fn run(_cx: &Context<'_>, _out: &mut Vec<Diagnostic>) {}
