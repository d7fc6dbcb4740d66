//! Whether words are of the past: a sentence that speaks of a time before the change or of a body by its former name, a
//! paper in articles that came into force before it.

use jiff::civil::Date;

use crate::text::{Span, is_blank, is_han, is_within, sentence};

/// The day from which a paper in articles says that it is in force (`本办法自2009年10月1日起施行`): it was written before.
pub(super) fn in_force_since(text: &str) -> Option<Date> {
    text.rmatch_indices("起施行").chain(text.rmatch_indices("起实施")).find_map(|(at, _)| {
        let around = sentence(text, Span::new(at, at), &['；', ';']);
        let head = Span::new(around.start, at);
        // 第六十条　本法自……起施行
        let opening = head
            .of(text)
            .trim_start_matches(|c| is_blank(c) || is_han(c) && "第零一二三四五六七八九十百条款".contains(c));
        let day = dates(text, head).last().filter(|_| opening.starts_with('本'))?;
        Date::new(day.year, day.month.unwrap_or(12), 1).ok()
    })
}

/// Whether the words around the hit speak of a time before `since`: a year in its part of the sentence (or in the parts
/// before, where its own names no time), or 原 before it.
pub(super) fn is_history(text: &str, hit: Span, since: Date, titles: &[Span]) -> bool {
    let around = sentence(text, hit, &['；', ';']);
    let past = |part: Span| {
        dates(text, part)
            .filter(|d| !is_within(titles, d.span) && !lasts(&text[d.span.end..part.end]))
            .any(|d| (d.year, d.month.unwrap_or(12)) < (since.year(), since.month()))
    };
    let names_a_time =
        |part: Span| ["年", "目前", "现在", "当前", "如今"].iter().any(|word| part.of(text).contains(word));
    follows_former(&text[around.start..hit.start])
        || past(around)
        || (!names_a_time(around) && past(Span::new(sentence(text, hit, &[]).start, around.start)))
}

/// Whether the sentence of a paper of `date` speaks of a time before `since` without naming the year: of the year before
/// (去年), or of months of its own year before the change (今年1至4月, 一季度).
pub(super) fn is_recent_past(text: &str, hit: Span, since: Date, date: Date) -> bool {
    let around = sentence(text, hit, &[]).of(text);
    let last_year = ["去年", "上年", "上一年"].iter().any(|w| around.contains(w));
    if last_year && since.year() + 1 >= date.year() {
        return true;
    }
    let months = around.match_indices('月').filter_map(|(at, _)| {
        let head = around[..at].trim_end_matches(['份', '底', '初', '末']).trim_end_matches(is_blank);
        let digits = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        head[head.len() - digits..].parse::<i8>().ok()
    });
    let parts = PARTS.iter().filter(|(part, _)| around.contains(part)).map(|&(_, month)| month);
    // A month is past when its last days are.
    let past = |month: i8| month > 0 && (month, 28) < (since.month(), since.day());
    since.year() == date.year() && months.chain(parts).any(past)
}

/// Parts of a year, and their last month.
const PARTS: [(&str, i8); 4] = [("一季度", 3), ("二季度", 6), ("三季度", 9), ("上半年", 6)];

/// Whether the text ends with 原 and perhaps the name of a place (原甲县, 原国家), or with a list that begins with it
/// (原市编办、…).
fn follows_former(head: &str) -> bool {
    let clause = head.rfind(['，', ',', '：', ':', '（', '(', '。']).map_or(head, |at| &head[at..]);
    let ends_a_word = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '平' | '高' | '草' | '中' | '太' | '还' | '复' | '病' | '起' | '屋'))
    };
    clause.ends_with('原')
        || clause.match_indices('原').any(|(at, _)| {
            let (before, name) = (clause[..at].chars().next_back(), &clause[at + '原'.len_utf8()..]);
            !name.starts_with([
                '则', '因', '有', '来', '本', '始', '告', '先', '料', '材', '油', '籍', '址', '地', '貌', '状', '审',
            ]) && !ends_a_word(before)
                && (name.contains('、') || is_short(name))
        })
}

/// Whether it can be the name of a place and no more.
fn is_short(name: &str) -> bool {
    name.chars().nth(9).is_none() && name.chars().all(is_han) && !name.contains(['的', '由', '经', '向', '与', '和'])
}

/// Whether a stretch of time that has just been named reaches to the present (以来, 至今).
fn lasts(tail: &str) -> bool {
    let tail = tail.trim_start_matches(is_blank);
    let near = tail.char_indices().nth(6).map_or(tail, |(at, _)| &tail[..at]);
    near.contains("以来") || near.contains("至今")
}

/// A year in prose, with its month where one follows.
struct YearMonth {
    year: i16,
    month: Option<i8>,
    span: Span,
}

/// The years (`2013年`, `二○一三年`) that stand in `part` of the text, full-width digits included.
fn dates(text: &str, part: Span) -> impl Iterator<Item = YearMonth> {
    let digit = |c: char| match c {
        '0'..='9' => Some(c as i16 - '0' as i16),
        '０'..='９' => Some(c as i16 - '０' as i16),
        '零' | '〇' | '○' => Some(0),
        _ => "一二三四五六七八九".chars().position(|d| d == c).map(|i| i as i16 + 1),
    };
    part.of(text).match_indices('年').filter_map(move |(at, mark)| {
        let mut year = 0;
        let mut scale = 1;
        let head = text[part.start..part.start + at].trim_end_matches(is_blank);
        let mut start = head.len();
        for (i, c) in head.char_indices().rev().take(4) {
            year += digit(c)? * scale;
            scale = scale.saturating_mul(10);
            start = i;
        }
        if scale != 10_000 || !(1900..2100).contains(&year) {
            return None;
        }
        let end = part.start + at + mark.len();
        let rest = text[end..part.end].trim_start_matches(is_blank);
        let (number, after) = rest.split_at(rest.find(|c| digit(c).is_none()).unwrap_or(rest.len()));
        let month = number.chars().try_fold(0i16, |n, c| n.checked_mul(10)?.checked_add(digit(c)?));
        let month = month.filter(|m| (1..=12).contains(m) && after.trim_start_matches(is_blank).starts_with('月'));
        let part_of_year = || PARTS.iter().find(|(p, _)| rest.trim_start_matches('第').starts_with(p)).map(|p| p.1);
        let month = month.map(|m| m as i8).or_else(part_of_year);
        Some(YearMonth { year, month, span: Span::new(part.start + start, end) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::book_titles;
    use jiff::civil::date;

    fn history(text: &str, word: &str, since: Date) -> bool {
        let at = text.find(word).expect("the word");
        is_history(text, Span::new(at, at + word.len()), since, &book_titles(text))
    }

    /// A year before the change in the same part of the sentence makes it history; later years, other sentences, document
    /// numbers, titles and stretches up to now do not.
    #[test]
    fn years_before_the_change() {
        let since = date(2014, 10, 23);
        for text in [
            "2013年开展法制宣传8场",
            "2014 年 3 月开展法制宣传",
            "二○一二年的法制宣传",
            "2001年至2013年，每年的法制宣传",
            "２０１２年的法制宣传",
            "2012年，普法办建章立制；各乡镇开展法制宣传",
        ] {
            assert!(history(text, "法制宣传", since), "{text}");
        }
        for text in [
            "2023年开展法制宣传8场",
            "2014年11月开展法制宣传",
            "2012年已经过去。开展法制宣传",
            "2012年已经过去；今年开展法制宣传",
            "按照某政发〔2012〕5号开展法制宣传",
            "按照《2012年工作要点》开展法制宣传",
            "2012年以来，开展法制宣传",
            "自2012年6月以来，开展法制宣传",
        ] {
            assert!(!history(text, "法制宣传", since), "{text}");
        }
    }

    /// The year before, and the months of the paper's own year before the change, are past without a year being named.
    #[test]
    fn past_without_a_year() {
        let past = |text: &str, since: Date, date: Date| {
            let at = text.find("扶贫办").expect("the word");
            is_recent_past(text, Span::new(at, at + "扶贫办".len()), since, date)
        };
        let (since, paper) = (date(2021, 5, 31), date(2021, 7, 15));
        for text in ["今年1至4月，县扶贫办拨付资金", "一季度，县扶贫办开展调研", "去年，县扶贫办开展调研"]
        {
            assert!(past(text, since, paper), "{text}");
        }
        for text in ["今年1至6月，县扶贫办拨付资金", "上半年，县扶贫办开展调研", "县扶贫办拨付资金"]
        {
            assert!(!past(text, since, paper), "{text}");
        }
        assert!(!past("去年，县扶贫办开展调研", since, date(2023, 7, 15)));
        let quarter = "2022年一季度，按照旧条例办理";
        let at = quarter.find("旧条例").expect("the word");
        let hit = Span::new(at, at + "旧条例".len());
        assert!(is_history(quarter, hit, date(2022, 5, 1), &[]));
    }

    /// The last article says since when a paper is in force; another paper's day in it is none of its own.
    #[test]
    fn coming_into_force() {
        let says = in_force_since;
        assert_eq!(says("第九条　县法制办负责解释。\n第十条　本办法自2009年10月1日起施行。"), Some(date(2009, 10, 1)));
        assert_eq!(says("本规定自二〇一二年三月一日起施行，旧规定同时废止。"), Some(date(2012, 3, 1)));
        assert_eq!(says("《信访工作条例》自2022年5月1日起施行，各单位组织学习。"), None);
        assert_eq!(says("本法自公布之日起施行。"), None);
    }

    /// 原 before a name, or before the list that it stands in, makes it history; 原则 and 平原 do not.
    #[test]
    fn former_bodies() {
        let since = date(2019, 3, 31);
        for text in ["原县法制办", "由原县编办、县法制办共同", "将原县编办、县法制办合署", "移交原青溪县法制办"]
        {
            assert!(history(text, "法制办", since), "{text}");
        }
        for text in [
            "按照公平、原则送县法制办",
            "平原、山区的县法制办",
            "原则上由司法所、县法制办办理",
            "平原县法制办",
            "原告向县法制办",
        ] {
            assert!(!history(text, "法制办", since), "{text}");
        }
    }
}
