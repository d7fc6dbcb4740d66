//! The sentences in `rules/placeholders/` against the two placeholder rules.

mod common;

use gongwen_lint::rulebook::Rulebook;

const RULES: &[&str] = &["placeholder-mask", "placeholder-blank"];

/// Each hit is reported by its rule and only by it, each miss by neither.
#[test]
fn sentences_keep_their_promises() {
    let book = Rulebook::embedded();
    let mut faults = Vec::new();
    for example in &book.placeholders.examples {
        let (expected, sentence) = (example.rule, &example.sentence);
        let report = common::report("sentence", sentence.as_bytes(), RULES, &book);
        let said: Vec<&str> = report.open().map(|f| f.diagnostic.rule.id).collect();
        if said.is_empty() != expected.is_none() || said.iter().any(|id| Some(*id) != expected) {
            faults.push(format!("{expected:?}: {sentence} (said {said:?})"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The token that is reported is the placeholder as written, with the percent sign that belongs to it.
#[test]
fn tokens_are_exact() {
    let book = Rulebook::embedded();
    for (text, tokens) in [
        ("发布1X1X条，目录同步率XX.XX%，覆盖度达到X0％。", vec!["1X1X", "XX.XX%", "X0％"]),
        ("2021―202X年，减到 XX 个、1XXX2 条。", vec!["202X", "XX", "1XXX2"]),
        ("自X月X日起，由**万元增至**万元。", vec!["X", "X", "**", "**"]),
        ("电话0XXX-XXXXXXX", vec!["0XXX", "XXXXXXX"]),
        ("２０２Ｘ年共ＸＸ户", vec!["２０２Ｘ", "ＸＸ"]),
        ("总长XXkm、9X.5%", vec!["XX", "9X.5%"]),
        ("2024年　月　日印发", vec!["　月　"]),
        ("青政发〔2024〕 号", vec!["〔2024〕 号"]),
        ("经＿＿年＿＿月＿＿日研究", vec!["＿＿", "＿＿", "＿＿"]),
        ("{{单位}}和${name}", vec!["{{单位}}", "${name}"]),
    ] {
        let report = common::report("sentence", text.as_bytes(), RULES, &book);
        let found: Vec<&str> = report.open().filter_map(|f| f.diagnostic.data.get("token")?.as_str()).collect();
        assert_eq!(found, tokens, "{text}");
    }
}

/// Annexes that are forms or models are to be filled in by others: their blanks are meant, those of the draft are not.
#[test]
fn annexes_to_be_filled_in() {
    let book = Rulebook::embedded();
    let count = |text: &str| common::report("draft", text.as_bytes(), RULES, &book).open().count();
    let draft = "关于报送材料的通知\n各单位：\n请于____前报送。\n";
    assert_eq!(count(draft), 1);
    assert_eq!(count(&format!("{draft}附件1\n执法证件申领登记表\n姓名：____　　　年　月　日\n")), 1);
    assert_eq!(count(&format!("{draft}附件2：\n年度报告（样式）\nXX县20XX年度报告\n××局\n")), 1);
    assert_eq!(count(&format!("{draft}附件1\n登记表\n姓名：____\n附件2\n任务分工\n由XX局办理。\n")), 2);
}

/// Nothing that can be written makes the scan stop or grow with the square of a paragraph.
#[test]
fn long_and_odd_paragraphs() {
    let book = Rulebook::embedded();
    for unit in [
        "xX.",
        "**",
        "×",
        "○",
        "□ ",
        "__ ",
        "某",
        "（",
        "【 】",
        "{{",
        "${",
        "待定：",
        "TODO",
        "年 ",
        "月　",
        "第 ",
        "*a*",
        "〔2024",
        "9",
        "x—",
    ] {
        let text = unit.repeat(1_000);
        let _ = common::report("odd", text.as_bytes(), &["placeholder-mask"], &book);
    }
}
