//! What a web page puts around a paper: breadcrumbs, labels, buttons, footers.

use super::dates::{Written, first_date};
use crate::text::{Span, half_width, is_blank, is_han};

/// What a labelled date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// 成文日期 and the like.
    Issued,
    /// 发布时间 and the like.
    Published,
    /// 发文字号 and the like.
    Number,
}

const ISSUED: [&str; 8] =
    ["成文日期", "成文时间", "发文日期", "发文时间", "印发日期", "印发时间", "签发日期", "制发日期"];
const PUBLISHED: [&str; 12] = [
    "发布时间",
    "发布日期",
    "公开日期",
    "公开时间",
    "公布日期",
    "公布时间",
    "生成日期",
    "更新时间",
    "更新日期",
    "上传时间",
    "录入时间",
    "发稿时间",
];
/// These date a page only where they open its line: in running text they are words like any other.
const PUBLISHED_AT_START: [&str; 2] = ["日期", "时间"];
const NUMBER: [&str; 4] = ["发文字号", "文号", "文件编号", "发文文号"];

/// Labels that open a line above a paper.
const LABELS: [&str; 49] = [
    "索引号",
    "索取号",
    "主题分类",
    "发布机构",
    "发文机关",
    "发文机构",
    "发文单位",
    "公开责任部门",
    "制定机关",
    "来源",
    "信息来源",
    "文章来源",
    "稿源",
    "作者",
    "编辑",
    "责任编辑",
    "责编",
    "审核",
    "审稿",
    "校对",
    "供稿",
    "撰稿",
    "浏览次数",
    "浏览量",
    "阅读次数",
    "阅读量",
    "阅读",
    "点击数",
    "点击率",
    "点击量",
    "访问量",
    "字号",
    "字体",
    "字体大小",
    "有效性",
    "效力状态",
    "主题词",
    "关键词",
    "公开方式",
    "公开类别",
    "公开范围",
    "公开形式",
    "体裁分类",
    "组配分类",
    "服务对象分类",
    "信息分类",
    "所属分类",
    "分享到",
    "视力保护色",
];

/// Words that are all there is on a line of buttons.
const BUTTONS: [&str; 45] = [
    "全屏",
    "加大",
    "还原",
    "减小",
    "默认",
    "搜索",
    "分享",
    "打印",
    "关闭",
    "收藏",
    "返回",
    "返回顶部",
    "首页",
    "网站首页",
    "登录",
    "注册",
    "选择语言",
    "语言",
    "简体",
    "繁体",
    "简体中文",
    "繁体中文",
    "English",
    "无障碍",
    "无障碍浏览",
    "无障碍阅读",
    "长者模式",
    "长者版",
    "适老版",
    "关怀版",
    "手机版",
    "移动版",
    "大",
    "中",
    "小",
    "大中小",
    "下载",
    "我要打印",
    "打印本页",
    "关闭窗口",
    "朗读",
    "语音播报",
    "微信",
    "微博",
    "智能问答",
];

/// What stands only below a paper: from such a line on, everything short is the page's.
const FOOTERS: [&str; 25] = [
    "扫一扫",
    "手机版",
    "版权所有",
    "主办单位",
    "主办：",
    "主办:",
    "承办单位",
    "技术支持",
    "网站标识码",
    "网站地图",
    "联系我们",
    "关于我们",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "相关链接",
    "相关附件",
    "相关阅读",
    "相关新闻",
    "相关文章",
    "打印本页",
    "关闭窗口",
    "分享到",
    "返回顶部",
];

/// The longest label, in characters.
const LABEL: usize = 8;
/// The length above which a line is no longer furniture of a page, in bytes.
const SHORT: usize = 90;

/// The line without the bullets and brackets that a page's labels stand in.
fn bare(line: &str) -> &str {
    line.trim_start_matches(|c: char| {
        is_blank(c) || matches!(c, '-' | '•' | '·' | '●' | '■' | '*' | '|' | '[' | '【' | '〖')
    })
}

/// Whether the words of a line up to its first colon are one of these, blanks aside.
fn is_label(line: &str, lists: &[&[&str]]) -> bool {
    let said = || line.chars().filter(|&c| !is_blank(c) && c != ']' && c != '】');
    let Some(len) = said().take(LABEL + 1).position(|c| matches!(c, '：' | ':')) else { return false };
    lists.iter().copied().flatten().any(|label| label.chars().eq(said().take(len)))
}

/// Whether the line is a page's and not the paper's, above the paper.
pub(super) fn is_header(line: &str) -> bool {
    let bare = bare(line);
    if bare.is_empty() || !bare.chars().any(|c| is_han(c) || c.is_ascii_alphabetic()) {
        // A line of digits and marks may be a date.
        return first_date(bare).is_none();
    }
    is_breadcrumb(bare) || is_buttons(bare) || is_labelled(bare) || is_caption(bare)
}

/// The date of today that a page shows, and the caption of a picture.
fn is_caption(bare: &str) -> bool {
    let sentence = || bare.contains(['。', '，', ',', '；', '：']);
    let weekday = || bare.contains("星期") && !sentence() && first_date(bare).is_some();
    let photo = || bare.trim_end_matches([')', '）']).ends_with('摄') && bare.contains(['图', '记', '者', ' ']);
    bare.len() < 2 * SHORT && (bare.starts_with("今天是") || weekday() || photo())
}

fn is_labelled(bare: &str) -> bool {
    is_label(bare, &[&LABELS, &ISSUED, &PUBLISHED, &PUBLISHED_AT_START, &NUMBER])
}

fn is_breadcrumb(bare: &str) -> bool {
    if bare.len() > 3 * SHORT || bare.contains('。') {
        return false;
    }
    let steps = bare.matches(['>', '＞', '»', '›']).count();
    let opens = ["当前位置", "您的位置", "您当前", "您现在", "您所在", "所在位置", "首页", "网站首页", "位置："];
    steps >= 2 || (opens.iter().any(|w| bare.starts_with(w)) && (steps > 0 || bare.contains("位置")))
}

fn is_buttons(bare: &str) -> bool {
    if bare.len() > SHORT {
        return false;
    }
    let mut words = bare
        .split(|c: char| is_blank(c) || matches!(c, '|' | '】' | '【' | '[' | ']' | '：' | ':' | '/' | '+' | '-' | 'A'))
        .filter(|w| !w.is_empty());
    words.all(|w| BUTTONS.contains(&w) || LABELS.contains(&w))
}

/// The dates and numbers that the labels of a line name.
pub(super) fn labelled(line: Span, text: &str) -> Vec<(Label, Span, Option<Written>)> {
    let words = line.of(text);
    let mut out = Vec::new();
    // Every label ends in one of these.
    if !words.contains(['期', '间', '号']) {
        return out;
    }
    let mut add = |label: Label, at: usize| {
        let value = &words[at..];
        let value = value.trim_start_matches(|c| is_blank(c) || matches!(c, '：' | ':' | ']' | '】'));
        let start = line.start + words.len() - value.len();
        // A value ends where the next cell begins.
        let value = value.find(['|', '\t', '[', '【']).map_or(value, |i| &value[..i]).trim_end_matches(is_blank);
        let date = match label {
            Label::Number => None,
            _ => first_date(value).map(|d| d.shifted(start)).filter(|d| d.span.start < start + 24),
        };
        out.push((label, Span::new(start, start + value.len()), date));
    };
    for (label, names) in
        [(Label::Issued, &ISSUED[..]), (Label::Published, &PUBLISHED[..]), (Label::Number, &NUMBER[..])]
    {
        for name in names {
            if let Some(at) = words.find(name).map(|i| i + name.len()) {
                add(label, at);
                break;
            }
        }
    }
    let bare = bare(words);
    if let Some(name) = PUBLISHED_AT_START.iter().find(|&&name| is_label(bare, &[&[name]]))
        && let Some(i) = words.find(name)
    {
        add(Label::Published, i + name.len());
    }
    out
}

/// How many of the lines belong to the paper: what follows is the page's footer.
pub(super) fn end_of_paper(lines: &[Span], text: &str) -> usize {
    let mut end = lines.len();
    for (i, line) in lines.iter().enumerate().rev() {
        let words = bare(line.of(text));
        if words.len() > SHORT || words.ends_with('。') {
            break;
        }
        if FOOTERS.iter().any(|w| words.starts_with(w)) || is_copyright(words) {
            end = i;
        }
    }
    while end > 0 {
        let words = lines[end - 1].of(text);
        let label =
            words.trim_end_matches(|c| is_blank(c) || matches!(half_width(c), ':')).trim_start_matches(is_blank);
        let empty_label = label.len() < words.len() && matches!(label, "附件" | "附件下载" | "相关附件" | "附 件");
        if !(empty_label || is_header(words)) {
            break;
        }
        end -= 1;
    }
    end
}

fn is_copyright(words: &str) -> bool {
    ["ICP备", "公网安备", "Copyright", "版权所有", "网站标识码"].iter().any(|w| words.contains(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Breadcrumbs, labels and buttons are a page's; titles and sentences are not.
    #[test]
    fn page_or_paper() {
        for line in [
            "搜索",
            "选择语言",
            "您当前所在位置: 首页 > 政务公开 > 年度报告",
            "首页＞信息公开＞年报",
            "- 发布时间:2020-08-02 00:00:00",
            "来源：南岭县政府办 发布时间：2020-12-13 阅读次数：-",
            "字号:",
            "【字体：大 中 小】",
            "有 效 性: 有效",
            "A+ A-",
            "| 打印 | 关闭 |",
        ] {
            assert!(is_header(line), "{line}");
        }
        for line in ["南岭县人民政府2020年工作报告", "2020年12月1日", "一、总体情况", "各位代表：", "时间紧、任务重"]
        {
            assert!(!is_header(line), "{line}");
        }
    }

    /// The footer begins at its topmost sure line and takes the short lines below with it.
    #[test]
    fn footers() {
        let text = "各项工作有序推进。\n南岭县人民政府\n2020年1月5日\n附件：\n扫一扫在手机打开\n岭好办\n手机版";
        let mut at = 0;
        let lines: Vec<Span> = text
            .split('\n')
            .map(|l| {
                let span = Span::new(at, at + l.len());
                at += l.len() + 1;
                span
            })
            .collect();
        assert_eq!(end_of_paper(&lines, text), 3);
    }
}
