//! What stands above the text of a paper: its title, its number, the date under the title.

use super::chrome::{self, Label};
use super::dates::{Written, first_date};
use super::marks::{opens_with_number, page_residue};
use crate::text::{Span, ends_sentence, half_width, is_blank, is_chinese_numeral, is_han};

/// The words that a title ends in.
const KINDS: [&str; 48] = [
    "报告",
    "总结",
    "计划",
    "要点",
    "方案",
    "通知",
    "意见",
    "决定",
    "决议",
    "办法",
    "规定",
    "细则",
    "清单",
    "函",
    "请示",
    "批复",
    "公告",
    "通告",
    "通报",
    "纪要",
    "规划",
    "纲要",
    "公报",
    "条例",
    "安排",
    "讲话",
    "汇报",
    "规则",
    "制度",
    "目录",
    "预案",
    "简报",
    "议案",
    "名单",
    "情况",
    "年报",
    "汇编",
    "台账",
    "措施",
    "指南",
    "工作法",
    "体会",
    "白皮书",
    "命令",
    "政府令",
    "嘉奖令",
    "指引",
    "标准",
];
/// The kinds after which running text may follow on the same line.
const GLUED_KINDS: [&str; 9] = ["报告", "总结", "计划", "要点", "方案", "清单", "意见", "通知", "汇报"];
/// How the text of a paper begins after a title glued to it.
const OPENERS: [&str; 22] = [
    "按照",
    "根据",
    "为",
    "今年",
    "近年",
    "一年来",
    "在",
    "各位",
    "现将",
    "自",
    "依据",
    "遵照",
    "本",
    "过去",
    "去年",
    "上半年",
    "以",
    "我",
    "全",
    "深入",
    "坚持",
    "认真",
];
/// How a sentence begins that is no title, whatever word stands in it.
const SENTENCE_STARTS: [&str; 13] =
    ["按照", "根据", "为", "在", "现将", "今年", "近年", "自", "依据", "对", "向", "通过", "以"];
/// The longest title, in characters.
const LONGEST: usize = 90;
/// How many lines may stand above the text.
const HEADER_LINES: usize = 60;
/// How many lines a letter to the addressees may have before the paper it encloses.
const LETTER_LINES: usize = 8;

/// What was found above the text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Header {
    pub(super) title: Option<Span>,
    pub(super) number: Option<Span>,
    pub(super) issued: Option<Written>,
    pub(super) published: Option<Written>,
    /// The first line of the text, or its first byte after a title glued to it.
    pub(super) body: usize,
    /// The index of the line that holds `body`.
    pub(super) line: usize,
}

/// What a line above the text may be.
enum Kind {
    Page,
    Number(Span),
    Date(Written),
    /// Words in brackets or after a dash under a title.
    Aside,
    Plain,
    Text,
}

/// Reads the header of a paper whose lines (without blanks around them) are `lines`; `marked` says which of them the
/// format marks as its title.
pub(super) fn read(text: &str, lines: &[Span], marked: impl Fn(Span) -> bool) -> Header {
    let mut header = Header::default();
    let mut plain: Vec<usize> = Vec::new();
    let mut under: Option<Written> = None;
    let mut stop = lines.len().min(HEADER_LINES);
    let mut titled = false;
    for (i, &line) in lines.iter().enumerate().take(HEADER_LINES) {
        match kind_of(text, line) {
            Kind::Page => {
                for (label, value, date) in chrome::labelled(line, text) {
                    match label {
                        Label::Issued => header.issued = header.issued.or(date),
                        Label::Published => header.published = header.published.or(date),
                        Label::Number => header.number = header.number.or_else(|| document_number(text, value)),
                    }
                }
            }
            Kind::Number(span) => header.number = header.number.or(Some(span)),
            Kind::Date(date) => under = under.or(Some(date)),
            Kind::Aside if !plain.is_empty() => {
                under = under.or_else(|| leading_date(line.of(text)).map(|d| d.shifted(line.start)));
            }
            Kind::Plain if !titled || continues(text, lines[i - 1], line) => {
                titled = marked(line) || ends_in_kind(line.of(text));
                plain.push(i);
            }
            // The page's title and then the paper's own.
            Kind::Plain if plain.iter().any(|&p| repeats(lines[p].of(text), line.of(text))) => plain.push(i),
            _ => {
                stop = i;
                break;
            }
        }
    }
    header.issued = header.issued.or(under);
    let chosen = choose(text, lines, &plain, &marked, stop);
    header.line = stop;
    header.body = lines.get(stop).map_or(lines.last().map_or(0, |l| l.end), |l| l.start);
    if let Some((first, last)) = chosen {
        header.title = Some(strip(text, lines[first].to(lines[last])));
    } else if let Some(&first) = plain.first() {
        // What is no title is text.
        header.line = first;
        header.body = lines[first].start;
    }
    if header.title.is_none() {
        if let Some((title, body)) = lines.get(stop).and_then(|&line| glued(text, line)) {
            header.title = Some(title);
            header.body = body;
            header.line = stop;
        } else {
            header.title = enclosed(text, lines, stop);
        }
    }
    header
}

fn kind_of(text: &str, line: Span) -> Kind {
    let words = line.of(text);
    if let Some(date) = date_line(words) {
        return Kind::Date(date.shifted(line.start));
    }
    if chrome::is_header(words) {
        return Kind::Page;
    }
    if words.len() < 90
        && let Some(span) = document_number(text, line).filter(|s| s.len() * 3 > line.len() * 2)
    {
        return Kind::Number(span);
    }
    let opens = words.chars().next().map(half_width);
    if words.len() < 300 && opens == Some('(') && words.chars().next_back().map(half_width) == Some(')') {
        return Kind::Aside;
    }
    if words.len() < 300 && words.starts_with("——") {
        return Kind::Aside;
    }
    let ends = words.chars().next_back();
    let sentence = words.chars().count() > LONGEST
        || words.contains(['。', '；', ';', '，'])
        || ends.is_some_and(|c| ends_sentence(c) || matches!(half_width(c), ':' | ','))
        || words.starts_with("附件")
        || opens_with_number(&words[..floor(words, 60)]);
    if sentence { Kind::Text } else { Kind::Plain }
}

/// The greatest character boundary of `text` that is at most `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A line that is nothing but a date, or an issuer and a date: 县财政局　2024年3月5日, 县政府办公室编印　2024年3月5日印发.
pub(super) fn date_line(words: &str) -> Option<Written> {
    may_be_date(words).then(|| whole_date(words)).flatten()
}

/// Whether a line is short enough to be nothing but a date, and ends like one: nearly none is.
pub(super) fn may_be_date(words: &str) -> bool {
    words.len() <= ALONE && ends_like_date(words)
}

/// The date that a line is nothing but, whatever it ends with.
fn whole_date(words: &str) -> Option<Written> {
    let date = alone(words).filter(|(date, _)| date.is_full())?;
    let clock = |c: char| edges(c) || half_width(c).is_ascii_digit() || matches!(half_width(c), ':');
    let tail = date.1.trim_start_matches(clock);
    (tail.is_empty() || ["印发", "印", "发", "供稿"].contains(&tail.trim_end_matches(edges))).then_some(date.0)
}

/// Whether words end as those do that are nothing but a date: with the day, with the time of day, or with the note of
/// their printing. Nearly no line does.
fn ends_like_date(words: &str) -> bool {
    // Most lines end with a full stop or in a word, which nothing need be trimmed from.
    let Some(last) = words.chars().rev().find(|&c| !edges(c)) else { return false };
    matches!(half_width(last), '日' | '号' | '印' | '发' | '稿' | ':' | '0'..='9') || is_chinese_numeral(last)
}

/// A line that is nothing but a month, or an issuer and a month: the day was left open.
pub(super) fn month_line(words: &str) -> Option<Written> {
    let date = alone(words).filter(|(date, _)| date.has_month() && !date.is_full())?;
    let tail = date.1.trim_matches(edges);
    (tail.is_empty() || ["日", "上旬", "中旬", "下旬", "初", "底"].contains(&tail)).then_some(date.0)
}

/// The most bytes of a line that is nothing but a date and who issued the paper.
const ALONE: usize = 120;

/// The first date of a short line with nothing but an issuer before it, and what stands behind it.
fn alone(words: &str) -> Option<(Written, &str)> {
    if words.len() > ALONE {
        return None;
    }
    let date = first_date(words)?;
    let head = words[..date.span.start].trim_matches(edges);
    let supplied = head.starts_with("供稿");
    let head = head.trim_end_matches(['，', ',', '：', ':']).trim_end_matches(edges);
    let head = ["供稿", "编印", "主办", "印发", "编"].iter().find_map(|w| head.strip_suffix(w)).unwrap_or(head);
    let issuer = [
        "政府",
        "办公室",
        "委员会",
        "局",
        "厅",
        "部",
        "办",
        "院",
        "会",
        "中心",
        "委",
        "处",
        "所",
        "队",
        "站",
        "公司",
        "室",
        "科",
    ];
    let is_issuer =
        || !head.contains(['，', ',', '。', '：', ':', '、', '至', '于']) && issuer.iter().any(|w| head.ends_with(w));
    (head.is_empty() || supplied || is_issuer()).then_some((date, &words[date.span.end..]))
}

/// What may stand around the words of a signature.
fn edges(c: char) -> bool {
    is_blank(c) || matches!(half_width(c), '(' | ')' | '[' | ']')
}

/// The date that the words begin with, after a bracket.
fn leading_date(words: &str) -> Option<Written> {
    let date = first_date(words)?;
    let head = words[..date.span.start].trim_matches(|c| is_blank(c) || matches!(half_width(c), '(' | '—'));
    head.is_empty().then_some(date)
}

/// 发文字号 (南政办发〔2021〕14号) within a span, in any brackets.
pub(super) fn document_number(text: &str, line: Span) -> Option<Span> {
    let words = line.of(text);
    let (open, bracket) =
        words.char_indices().find(|(_, c)| matches!(half_width(*c), '〔' | '[' | '(' | '【' | '［'))?;
    let rest = words[open + bracket.len_utf8()..].trim_start_matches(is_blank);
    let (year, _) = super::dates::years(&rest[..floor(rest, 24)]).next().filter(|(_, s)| s.start == 0)?;
    let _ = year;
    let close = rest.find(|c| matches!(half_width(c), '〕' | ']' | ')' | '】'))?;
    if close > 24 {
        return None;
    }
    let tail =
        rest[close..].trim_start_matches(|c| is_blank(c) || matches!(half_width(c), '〕' | ']' | ')' | '】' | '第'));
    let digits = tail.trim_start_matches(|c| half_width(c).is_ascii_digit());
    if digits.len() == tail.len() {
        return None;
    }
    let end = digits.trim_start_matches(is_blank).strip_prefix('号')?;
    let head = &words[..open];
    let name = head.trim_end_matches(is_blank);
    let run: usize = name.chars().rev().take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    if run == 0 {
        return None;
    }
    Some(Span::new(line.start + name.len() - run, line.start + words.len() - end.len()))
}

/// Whether a line that names a kind of paper ends so, brackets after it aside.
fn ends_in_kind(words: &str) -> bool {
    let mut words = words.trim_end_matches(is_blank);
    if words.chars().next_back().map(half_width) == Some(')') {
        words = words.rfind(['（', '(']).map_or(words, |i| words[..i].trim_end_matches(is_blank));
    }
    words.chars().count() >= 4 && KINDS.iter().any(|k| words.ends_with(k))
}

/// Whether `line`, right below a title, is still the title: a title broken before its last words.
fn continues(text: &str, above: Span, line: Span) -> bool {
    let gap = &text[above.end..line.start];
    gap.matches(['\n', '\r']).count() <= 2
        && above.of(text).ends_with(['的', '、', '及', '和', '暨'])
        && ends_in_kind(line.of(text))
}

/// Whether one of two lines is a part of the other.
fn repeats(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a)
}

/// The lines of the title among the plain lines above the text.
fn choose(
    text: &str,
    lines: &[Span],
    plain: &[usize],
    marked: &impl Fn(Span) -> bool,
    stop: usize,
) -> Option<(usize, usize)> {
    if let Some(&i) = plain.iter().find(|&&i| marked(lines[i])) {
        return Some((i, i));
    }
    let length = |i: &usize| lines[*i].len();
    if let Some(&last) = plain.iter().filter(|&&i| ends_in_kind(lines[i].of(text))).max_by_key(|i| (length(i), **i)) {
        return Some((first_line(text, lines, plain, last), last));
    }
    // A title without a kind stands alone right above the text.
    let &last = plain.last()?;
    let chars = lines[last].of(text).chars().count();
    let alone = plain.len() == 1 && stop < lines.len() && (5..=40).contains(&chars);
    alone.then_some((last, last))
}

/// The first line of a title that ends on line `last`: the beginning of the title and an issuer stand right above it.
fn first_line(text: &str, lines: &[Span], plain: &[usize], last: usize) -> usize {
    let mut first = last;
    while let Some(above) = first.checked_sub(1).filter(|i| plain.contains(i)) {
        let words = lines[above].of(text);
        let near = text[lines[above].end..lines[first].start].matches('\n').count() <= 1;
        let begun = words.contains("关于") && !words.ends_with("文件");
        let issuer = lines[first].of(text).starts_with("关于")
            && ["政府", "委员会", "局", "厅", "办公室", "部", "委"].iter().any(|w| words.ends_with(w));
        if !near || !(begun || issuer) || ends_in_kind(words) {
            break;
        }
        first = above;
    }
    first
}

/// A title without the page number before it.
fn strip(text: &str, span: Span) -> Span {
    Span::new(span.start + page_residue(span.of(text)), span.end)
}

/// A title that the text follows on the same line, and where the text begins.
fn glued(text: &str, line: Span) -> Option<(Span, usize)> {
    let words = line.of(text);
    let start = page_residue(words);
    let head = &words[start..floor(words, start + 3 * LONGEST).max(start)];
    if SENTENCE_STARTS.iter().any(|w| head.starts_with(w)) || head.starts_with(|c| half_width(c).is_ascii_digit()) {
        return None;
    }
    let mut inside = 0usize; // 《》
    for (i, c) in head.char_indices() {
        match c {
            '《' | '“' => inside += 1,
            '》' | '”' => inside = inside.saturating_sub(1),
            '，' | '。' | '：' | '；' | '！' | '？' | ',' | ':' | ';' => return None,
            _ => {}
        }
        let end = i + c.len_utf8();
        if inside > 0 || !GLUED_KINDS.iter().any(|k| head[..end].ends_with(k)) || head[..end].chars().count() < 8 {
            continue;
        }
        let after = &words[start + end..];
        let rest = after.trim_start_matches(is_blank);
        let begins = super::dates::years(&rest[..floor(rest, 12)]).next().is_some_and(|(_, s)| s.start == 0)
            || OPENERS.iter().any(|w| rest.starts_with(w));
        if begins {
            let at = line.start + start;
            return Some((Span::new(at, at + end), line.end - rest.len()));
        }
    }
    None
}

/// The title of the paper that a letter encloses, where the letter has lost its own: a date, then the title.
fn enclosed(text: &str, lines: &[Span], stop: usize) -> Option<Span> {
    let letter = lines.get(stop)?.of(text);
    if !letter.ends_with(['：', ':']) {
        return None;
    }
    let reach = &lines[stop..lines.len().min(stop + LETTER_LINES)];
    reach
        .windows(2)
        .find(|w| date_line(w[0].of(text)).is_some() && ends_in_kind(w[1].of(text)))
        .map(|w| strip(text, w[1]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn header(text: &str) -> Header {
        let mut at = 0;
        let mut lines = Vec::new();
        for line in text.split('\n') {
            if !line.trim().is_empty() {
                lines.push(Span::new(at, at + line.len()));
            }
            at += line.len() + 1;
        }
        read(text, &lines, |_| false)
    }

    fn title(text: &str) -> Option<&str> {
        header(text).title.map(|s| s.of(text))
    }

    /// A signature is a date or a month, with an issuer before it and the note of its printing behind it.
    #[test]
    fn signatures() {
        for line in [
            "2024年3月5日",
            "县财政局　2024年3月5日",
            "县政府办公室编印　2024年3月5日印发",
            "（2024年3月5日供稿）",
            "县水利局，2024年3月5日",
        ] {
            assert!(date_line(line).is_some() && month_line(line).is_none(), "{line}");
        }
        for line in ["2024年3月", "县财政局　二〇二四年三月", "2024年3月　日", "2024年3月中旬"] {
            assert!(month_line(line).is_some() && date_line(line).is_none(), "{line}");
        }
        for line in
            ["于2024年3月5日印发", "2024年3月5日召开会议", "项目、资金、2024年3月5日", "2024年3月以来", "2024年"]
        {
            assert!(date_line(line).is_none() && month_line(line).is_none(), "{line}");
        }
    }

    proptest! {
        /// No date is turned away by the end of its line.
        #[test]
        fn ends_of_dates(text in "县?局?[（ ]?(2024|二〇二四)[年-][13三]{1,2}[月-][05五十]{1,2}[日号]?[0-9:： 　印发供稿）]{0,5}") {
            prop_assert!(whole_date(&text).is_none() || ends_like_date(&text));
        }
    }

    /// Titles under a page's furniture, over two lines, and with an issuer line above.
    #[test]
    fn titles() {
        let page = "搜索\n首页>公开>年报\n\n南岭县2020年工作报告\n日期：2021-02-14\n字号:\n2020年，全县依法行政。";
        assert_eq!(title(page), Some("南岭县2020年工作报告"));
        assert_eq!(header(page).published.and_then(Written::date), Some(jiff::civil::date(2021, 2, 14)));
        assert_eq!(&page[header(page).body..], "2020年，全县依法行政。");
        assert_eq!(
            title("南岭县人民政府\n关于法治政府建设情况的报告\n县委：\n现报告如下。"),
            Some("南岭县人民政府\n关于法治政府建设情况的报告")
        );
        let notice = "南岭县人民政府办公室\n关于印发南岭县2020年度\n工作安排的通知\n各乡镇：\n现印发给你们。";
        assert_eq!(title(notice), Some("南岭县人民政府办公室\n关于印发南岭县2020年度\n工作安排的通知"));
        let speech = "下载\n【字号：\n加大\n】\n2020年南岭县政府工作报告\n——2020年1月2日在县人大会议上\n时间：2020-01-09\n各位代表：\n现在报告。";
        assert_eq!(title(speech), Some("2020年南岭县政府工作报告"));
        assert_eq!(header(speech).issued.and_then(Written::date), Some(jiff::civil::date(2020, 1, 2)));
        let twice = "今天是:2019年10月31日 星期三\n南岭区法治政府建设情况报告\n来源:司法局 更新时间:2021/03/29\n南岭区法治政府建设情况报告\n成效明显。";
        assert_eq!(&twice[header(twice).body..], "成效明显。");
        assert_eq!(title("法治工作要点\n2024年2月8日\n为做好工作，制定本要点。"), Some("法治工作要点"));
        assert_eq!(title("经验交流材料\n一、做法\n各地加强协作。"), Some("经验交流材料"));
    }

    /// A title that the text is glued to ends where the text begins.
    #[test]
    fn titles_glued_to_the_text() {
        let text = "mdash;1— 县 2020 年度依法行政工作报告2020 年，在市委领导下，工作有序。";
        assert_eq!(title(text), Some("县 2020 年度依法行政工作报告"));
        assert!(text[header(text).body..].starts_with("2020 年，"));
        assert_eq!(title("局依法行政自查情况的报告按照《通知》要求，现报告如下。"), Some("局依法行政自查情况的报告"));
    }

    /// A draft that begins with its text has no title.
    #[test]
    fn no_title() {
        for text in [
            "一、基本情况\n全县辖14个乡镇。",
            "2020年，我区坚持依法行政，落实工作报告制度。",
            "1.加强领导。成立专班。\n2.强化宣传。",
            "重点抓好三项工作：一是学习；二是培训。",
            "附件：1. 任务清单\n2. 名单",
            "全年办理案件23件",
            "",
        ] {
            assert_eq!(title(text), None, "{text}");
        }
    }

    /// A letter without a title of its own bears that of the paper it encloses.
    #[test]
    fn enclosed_title() {
        let text =
            "各乡镇人民政府：\n现将计划印发给你们，请执行。\n2020年8月1日\n2020年度工作计划\n为推进工作，制定本计划。";
        assert_eq!(title(text), Some("2020年度工作计划"));
    }

    /// Document numbers in every bracket that drafts use.
    #[test]
    fn numbers() {
        for (line, number) in [
            ("南政办发〔2023〕14号", "南政办发〔2023〕14号"),
            ("文号：南政办发[2023]14号", "南政办发[2023]14号"),
            ("南政办发（2023） 14 号", "南政办发（2023） 14 号"),
            ("南府字【2023】第7号", "南府字【2023】第7号"),
        ] {
            let found = document_number(line, Span::new(0, line.len()));
            assert_eq!(found.map(|s| s.of(line)), Some(number), "{line}");
        }
        for line in ["关于（2023年）的说明", "〔2023〕号", "2023年"] {
            assert_eq!(document_number(line, Span::new(0, line.len())), None, "{line}");
        }
    }
}
