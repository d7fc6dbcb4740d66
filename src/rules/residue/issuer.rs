//! The signature of another place's office, which stayed when its paper was taken for a model.

use super::{Found, Kind};
use crate::outline::Paper;
use crate::text::{Span, WordList, is_blank, is_gap, is_han, words};

/// Finds a signature that is the title's but for its place: 清河县人民政府办公室关于…的通知, 东平县人民政府办公室.
pub(super) fn find(text: &str, paper: &Paper, out: &mut Vec<Found>) {
    const PASSED_ON: WordList = words!["转发", "批转", "联合"];
    let Some(title) = paper.title else { return };
    let Some((issuer, subject)) = title.of(text).split_once("关于") else { return };
    let issuer = issuer.trim_matches(is_gap);
    let named = Span::new(title.start, title.start + issuer.len());
    let Some((place, office)) = office(issuer).filter(|_| !PASSED_ON.is_in(subject)) else { return };
    let Some(signed) = paper.signed(text) else { return };
    let Some(signature) = signature(text, paper, signed.span) else { return };
    if let Some((other, same)) = self::office(signature.of(text))
        && same == office
        && is_another(place, other)
    {
        out.push(Found::new(signature, Kind::Issuer).beside(named));
    }
}

/// A body of a place, as the place and the office: 青溪县 and 人民政府办公室.
fn office(body: &str) -> Option<(&str, &str)> {
    const OFFICES: WordList = words![
        "人民政府",
        "委",
        "局",
        "办公室",
        "人民代表大会",
        "人大",
        "政协",
        "管委会",
        "管理委员会",
        "司法",
        "财政",
        "教育",
        "应急",
        "市场",
        "农业",
        "卫生",
        "民政",
        "水利",
        "住房",
        "自然",
        "交通",
        "发展",
        "人力",
        "审计",
        "统计",
        "文化",
        "医疗",
        "退役",
        "科技",
        "商务",
        "公安",
    ];
    let level = |c: char| matches!(c, '县' | '市' | '区' | '州' | '旗' | '镇' | '乡');
    let ends = ["政府", "办公室", "委员会", "局", "委"].iter().any(|w| body.ends_with(w));
    let at = body.match_indices(level).map(|(at, c)| at + c.len()).find(|&at| OFFICES.begins(&body[at..]).is_some())?;
    let (place, office) = body.split_at(at);
    let named = place.chars().nth(2).is_some() && body.chars().all(is_han);
    (named && ends).then_some((place, office))
}

/// Whether two places of one level are not the same: neither 河北省清河县 and 清河县 nor 中共清河县.
fn is_another(one: &str, other: &str) -> bool {
    one.chars().next_back() == other.chars().next_back() && !one.ends_with(other) && !other.ends_with(one)
}

/// The words before the date of the signature, on its line or on the one above; none where several have signed.
fn signature(text: &str, paper: &Paper, date: Span) -> Option<Span> {
    const SIGNERS: [&str; 6] = ["政府", "办公室", "委员会", "局", "委", "院"];
    let mut rest = paper.body.start..date.start;
    let mut lines = std::iter::from_fn(|| {
        let head = text[rest.clone()].trim_end_matches(|c: char| is_blank(c) || matches!(c, '\n' | '\r'));
        let start = head.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let words = head[start..].trim_start_matches(is_blank);
        let span = Span::new(rest.start + head.len() - words.len(), rest.start + head.len());
        rest.end = rest.start + start;
        (!words.is_empty()).then_some(span)
    });
    let last = lines.next()?;
    let joint = lines.next().is_some_and(|above| SIGNERS.iter().any(|w| above.of(text).ends_with(w)));
    (!joint).then_some(last)
}
