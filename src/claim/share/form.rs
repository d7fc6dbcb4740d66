//! How the words before a percentage make it a share.

use crate::claim::Scene;
use crate::claim::lexicon::RateName;
use crate::claim::quantity::{Quantity, Unit};
use crate::text::{Span, WordList, is_blank, is_han, trim_blank_end, words};

/// How the words before a percentage make it a share.
pub(super) enum Form<'a> {
    /// `…结案率达95.2%`: a rate with a name.
    Named { name: &'a str, span: Span, known: Option<&'a RateName> },
    /// `占比35%`, `执法类问题占全部问题的38%`: the count before it, or the one that the subject names, of a base
    /// that may be named.
    Of { subject: &'a str, base: &'a str },
    /// `为任务2.5万亩的96%`: of the count right before it.
    OfPrevious,
}

/// What may stand between a rate's name and its figure.
const LINKS: WordList = WordList::new(&[
    "达到了",
    "达到",
    "达",
    "均为",
    "分别为",
    "均达",
    "为",
    "是",
    "均",
    "都",
    "约为",
    "约",
    "将近",
    "接近",
    "近",
    "不超过",
    "超过",
    "超出",
    "超",
    "逾",
    "突破",
    "仅为",
    "仅",
    "高达",
    "不低于",
    "不少于",
    "不足",
    "不到",
    "低于",
    "高于",
    "保持在",
    "稳定在",
    "维持在",
    "控制在",
    "提高到",
    "提升到",
    "提升至",
    "提高至",
    "上升到",
    "上升至",
    "增长到",
    "下降到",
    "下降至",
    "降至",
    "降到",
    "升至",
    "到",
    "至",
    "在",
    "有",
    "也",
    "已",
    "的",
    "了",
    "：",
    ":",
]);

/// Words after which a figure is a growth or a fall, not a share.
const MOVES: WordList = WordList::new(&[
    "增长",
    "提高",
    "提升",
    "上升",
    "下降",
    "减少",
    "压减",
    "压缩",
    "增加",
    "降低",
    "缩短",
    "上涨",
    "回落",
    "下跌",
    "下滑",
    "增幅",
    "降幅",
    "涨幅",
    "升幅",
    "跌幅",
    "增速",
    "增收",
    "减",
    "增",
    "降",
    "压降",
    "精简",
    "扩大",
    "收窄",
    "幅度",
    "攀升",
    "增至",
    "负增长",
    "翻",
    "快",
    "慢",
]);

pub(super) fn form<'a>(scene: &'a Scene<'_>, at: usize) -> Option<Form<'a>> {
    let q = &scene.sentence.quantities[at];
    let raw = q.lead.of(scene.text);
    let mut head = trim_blank_end(raw);
    // Most heads are a name already.
    while !head.ends_with('率')
        && let Some(rest) = LINKS.cut_end(head)
    {
        head = trim_blank_end(rest);
    }
    if let Some(start) = share_verb(head) {
        let base = head[start + '占'.len_utf8()..].trim();
        let base =
            base.strip_prefix('比').map_or(base, |b| if b.starts_with('例') { &b['例'.len_utf8()..] } else { b });
        let base = base.trim_start_matches(['到', '了']).trim();
        let base = without(without(base, "比重"), "比例").trim_end_matches('的').trim();
        return Some(Form::Of { subject: subject(&head[..start]), base });
    }
    if of_previous(scene, at, head) {
        return Some(Form::OfPrevious);
    }
    let (rate, ratio) = (head.strip_suffix('率'), words!["比例", "比率"].cut_end(head));
    if [Some(head), rate, ratio].into_iter().flatten().any(|h| MOVES.ends(h).is_some()) {
        return None;
    }
    let named = || words!["度", "比重", "比例", "占比", "面"].ends(head).is_some();
    if (rate.is_some() || named())
        && words![
            "力度", "进度", "年度", "季度", "角度", "幅度", "速度", "程度", "温度", "湿度", "浓度", "方面", "全面",
            "利率", "汇率", "费率", "税率",
        ]
        .ends(head)
        .is_none()
    {
        let start = head
            .char_indices()
            .rev()
            .take_while(|(_, c)| is_han(*c) || matches!(c, '“' | '”'))
            .last()
            .map_or(head.len(), |(i, _)| i);
        let name = &head[start..];
        // 报备率、审查率均为100%: several rates share one figure, and none of them is taken of the counts at hand.
        let listed = scene.text[..q.lead.start].strip_suffix('、').is_some_and(|t| t.ends_with(['率', '度']));
        if listed {
            return Some(Form::Named { name: "", span: q.lead, known: None });
        }
        let base = q.lead.start + (head.as_ptr() as usize - raw.as_ptr() as usize) + start;
        return Some(Form::Named { name, span: Span::new(base, base + name.len()), known: scene.lexicon.rate(name) });
    }
    // 为…任务8.8万亩的95.2%, 完成…的…
    let previous = at.checked_sub(1).map(|p| &scene.sentence.quantities[p])?;
    let close = matches!(scene.lead(q), "的") && matches!(previous.unit, Unit::Counter(_));
    close.then_some(Form::OfPrevious)
}

/// 占耕地面积（5.2万亩）的65%, 占耕地面积5.2万亩的比重为65%: of the count right before the rate, in brackets or before 的比重.
fn of_previous(scene: &Scene<'_>, at: usize, head: &str) -> bool {
    let list = scene.sentence.quantities;
    let weighed = matches!(head, "的比重" | "的比例");
    if !weighed && scene.lead(&list[at]) != "的" {
        return false;
    }
    let Some(base) = at.checked_sub(1).map(|i| &list[i]).filter(|q| matches!(q.unit, Unit::Counter(_))) else {
        return false;
    };
    let from = at.checked_sub(2).map_or(scene.sentence.span.start, |i| list[i].span.end);
    let shared = |until: &str| share_verb(until.rsplit(['，', ',', '；', '。']).next().unwrap_or(until)).is_some();
    let until = &scene.text[from..base.span.start];
    match scene.text[base.said.end..list[at].lead.start].trim() {
        "" => weighed && base.depth == list[at].depth && shared(until),
        // Nothing but the count stands in the brackets.
        "）" | ")" => {
            let opened = until.trim_end().strip_suffix(['（', '(']);
            base.depth == list[at].depth.saturating_add(1) && opened.is_some_and(shared)
        }
        _ => false,
    }
}

/// The words before 占 that name what is counted, without those that name nothing.
fn subject(words: &str) -> &str {
    let mut words = words.trim_matches(is_blank);
    const EMPTY: WordList = WordList::new(&[
        "其中", "分别", "各", "约", "共", "合计", "均", "也", "已经", "已", "就", "仅", "总计", "总", "则", "只", "还",
    ]);
    while EMPTY.ends(words).or_else(|| EMPTY.begins(words)).is_some() {
        let cut = |w: &&str| words.strip_suffix(w).or_else(|| words.strip_prefix(w));
        words = EMPTY.list().iter().find_map(cut).unwrap_or_default().trim_matches(is_blank);
    }
    words
}

/// The words without any such word that they end with.
fn without<'a>(mut words: &'a str, end: &str) -> &'a str {
    while let Some(rest) = words.strip_suffix(end) {
        words = rest;
    }
    words
}

/// Words behind 占 that only begin like the second half of 占有, 占地, 占用, 占线 or 占道: 占有效问卷的86%, 占地方收入的三成.
const BASES: WordList = WordList::new(&[
    "有效", "有关", "有机", "有证", "有意", "地方", "地区", "地级", "地表", "地下", "用户", "用电", "用水", "用工",
    "用人", "线上", "线下", "线索", "道路",
]);

/// The byte of the 占 that makes a share; 占地, 占用 and 侵占 do not.
fn share_verb(head: &str) -> Option<usize> {
    let at = head.rfind('占')?;
    let base = &head[at + '占'.len_utf8()..];
    let after = base.chars().next().filter(|_| BASES.begins(base).is_none());
    let before = head[..at].chars().next_back();
    let verb = after.is_some_and(|c| matches!(c, '用' | '地' | '道' | '有' | '领' | '据' | '线'));
    let noun = before.is_some_and(|c| matches!(c, '侵' | '抢' | '强' | '挤' | '霸'));
    (!verb && !noun).then_some(at)
}

/// Words of plans and targets in the clause of a rate.
const TARGETS: WordList = WordList::new(&[
    "力争",
    "确保",
    "争取",
    "预计",
    "预期",
    "目标",
    "要求",
    "明年",
    "下一年",
    "规划",
    "拟",
    "计划到",
    "不得低于",
    "原则上",
    "应达到",
    "标准",
]);

pub(super) fn is_target(scene: &Scene<'_>, rate: &Quantity) -> bool {
    let clause = scene.clause(rate);
    TARGETS.is_in(clause) && !clause.contains("目标任务")
}
