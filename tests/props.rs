//! Properties that hold for every text, not only for those that somebody thought of.

mod common;

use gongwen_lint::claim::{Exact, numeral, print};
use gongwen_lint::diagnostic::Severity;
use gongwen_lint::rulebook::Rulebook;
use proptest::prelude::*;
use std::sync::LazyLock;

static BOOK: LazyLock<Rulebook> = LazyLock::new(Rulebook::embedded);

/// Pieces of which drafts, and everything that looks like one, are made.
fn pieces() -> impl Strategy<Value = String> {
    let words = [
        "全年",
        "共",
        "受理",
        "办结",
        "其中",
        "分别",
        "占",
        "占比",
        "办结率",
        "合格率",
        "同比增长",
        "由",
        "增加到",
        "减少",
        "上年",
        "结转",
        "百分之",
        "分之",
        "点",
        "件",
        "人次",
        "个",
        "万",
        "亿",
        "元",
        "%",
        "％",
        "‰",
        "余",
        "约",
        "近",
        "以上",
        "左右",
        "第",
        "条",
        "位",
        "，",
        "、",
        "；",
        "。",
        "：",
        "（",
        "）",
        "(",
        ")",
        "《",
        "》",
        "“",
        "”",
        "一",
        "二",
        "十",
        "百",
        "千",
        "零",
        "两",
        "三成",
        "过半",
        "0",
        "1",
        "12",
        "345",
        "99.5",
        "1,234",
        "１２",
        "X",
        "xx",
        "××",
        "□",
        "____",
        "法制",
        "法治",
        "年",
        "月",
        "日",
        "2024",
        "\n",
        "\r",
        "\u{3000}",
        " ",
        "一、",
        "（一）",
        "1.",
        "一是",
        "二是",
        "*",
        "→",
        "𠮷",
        "e\u{301}",
        "\u{200b}",
        "|",
        "-",
        "—",
        "~",
        "10000000000000000",
        "0.0000001",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..60).prop_map(|list| list.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// A printed number is read back as the same number, to the last byte.
    #[test]
    fn printing_and_reading_are_inverse(digits in 0i64..1_000_000_000, decimals in 0u32..4, scale in prop::sample::select(vec![1i128, 10_000, 100_000_000])) {
        let value = Exact::new(i128::from(digits) * scale, 10i128.pow(decimals));
        let text = print(value, decimals, scale);
        let read = numeral(&text).expect("a numeral");
        prop_assert_eq!(read.value, value);
        prop_assert_eq!(read.len, text.len());
        prop_assert_eq!(read.decimals, decimals);
    }

    /// No text makes the checker panic, and every span lies on character boundaries within the text.
    #[test]
    fn no_text_panics(text in pieces()) {
        let report = common::report("draft.txt", text.as_bytes(), &[], &BOOK);
        for (_, checked) in report.checked() {
            for finding in &checked.findings {
                let labels = finding.diagnostic.labels.iter().map(|l| l.span);
                for span in finding.diagnostic.place.span().into_iter().chain(labels) {
                    prop_assert!(checked.document.text.get(span.range()).is_some());
                }
            }
        }
    }

    /// Nor does any other string, if it is text at all.
    #[test]
    fn no_string_panics(text in any::<String>()) {
        if gongwen_lint::read::read("draft.txt", text.as_bytes(), None).is_ok() {
            common::report("draft.txt", text.as_bytes(), &[], &BOOK);
        }
    }

    /// A rate that is rounded from its counts is never reported; one that is off by more than a unit always is.
    #[test]
    fn rates_are_told_apart((base, part) in (30u64..5000).prop_flat_map(|base| (Just(base), 1..base)), off in 2u64..20) {
        let tenths = (part * 2000 + base) / (2 * base);
        let sentence = |t: u64| format!("全年共承办督办事项{base}件，已办结{part}件，办结率{}.{}%。\n", t / 10, t % 10);
        let right = common::report("draft.txt", sentence(tenths).as_bytes(), &["claim-share"], &BOOK);
        // 2088 of 2089 printed as 100.0% is told as a note.
        let wrong = right.open().filter(|f| f.diagnostic.severity > Severity::Info).count();
        prop_assert_eq!(wrong, 0, "{}", sentence(tenths));
        prop_assume!(tenths + off <= 1000);
        let wrong = common::report("draft.txt", sentence(tenths + off).as_bytes(), &["claim-share"], &BOOK);
        prop_assert_eq!(wrong.open().count(), 1, "{}", sentence(tenths + off));
    }

    /// A total is reported exactly when its closed list of parts does not add up to it.
    #[test]
    fn totals_are_told_apart(a in 5u64..400, b in 5u64..400, c in 5u64..400, off in 1u64..5) {
        let sentence = |total: u64| format!("共发现问题{total}个，其中制度类{a}个、执法类{b}个、其他{c}个。\n");
        let right = common::report("draft.txt", sentence(a + b + c).as_bytes(), &["claim-sum"], &BOOK);
        prop_assert_eq!(right.open().count(), 0);
        let wrong = common::report("draft.txt", sentence(a + b + c + off).as_bytes(), &["claim-sum"], &BOOK);
        prop_assert_eq!(wrong.open().count(), 1);
    }
}
