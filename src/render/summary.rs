//! The run in one line, for people who read the short format.

use crate::diagnostic::{Lang, Severity};
use crate::render::names::reason;
use crate::report::Summary;

/// How many files were read, what was found in them, and what was not looked at.
#[must_use]
pub fn summary(run: &Summary, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let counts = [Severity::Error, Severity::Warning, Severity::Info].map(|s| run.count(s));
    let [errors, warnings, infos] = counts;
    let read = run.checked();
    let mut parts = vec![match (zh, counts) {
        (true, _) if read == 0 => String::from("没有检查任何文件"),
        (false, _) if read == 0 => String::from("no file was checked"),
        (true, [0, 0, 0]) => format!("检查{read}个文件，没有发现问题"),
        (true, _) => format!("检查{read}个文件：错误{errors}，警告{warnings}，提示{infos}"),
        (false, [0, 0, 0]) => format!("files checked: {read}; nothing found"),
        (false, _) => format!("files checked: {read}; errors: {errors}, warnings: {warnings}, infos: {infos}"),
    }];
    let failed = run.failed.len();
    if failed > 0 {
        parts.push(if zh { format!("无法读取{failed}个") } else { format!("failed: {failed}") });
    }
    if !run.skipped.is_empty() {
        let list: Vec<String> = run.skipped.iter().map(|(why, n)| format!("{} {n}", reason(why, lang))).collect();
        let list = list.join(if zh { "，" } else { ", " });
        parts.push(if zh { format!("略过：{list}") } else { format!("passed over: {list}") });
    }
    if !run.aside.is_empty() {
        let list: Vec<String> = run.aside.iter().map(|(why, n)| format!("{} {n}", reason(why, lang))).collect();
        let list = list.join(if zh { "，" } else { ", " });
        parts.push(if zh { format!("未列出：{list}") } else { format!("not shown: {list}") });
    }
    if run.gone > 0 {
        let gone = run.gone;
        parts.push(if zh {
            format!("基线中{gone}处已不再出现")
        } else {
            format!("gone from the baseline: {gone}")
        });
    }
    let claims = &run.claims;
    if claims.seen > 0 {
        let (seen, agree, near, conflict) = (claims.seen, claims.agree, claims.near, claims.conflict);
        let unknown: usize = claims.unknown.values().sum();
        parts.push(if zh {
            format!("数字关系{seen}处：相符{agree}，近似{near}，矛盾{conflict}，未能判断{unknown}")
        } else {
            format!("claims: {seen}: {agree} agree, {near} near, {conflict} conflict, {unknown} unknown")
        });
    }
    parts.join(if zh { "；" } else { "; " }) + if zh { "。" } else { "." }
}
