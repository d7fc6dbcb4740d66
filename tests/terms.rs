//! Every entry of `rules/terms/` against its own `hits` and `misses`, and the word boundaries of 法制.

mod common;

use gongwen_lint::report::Report;
use gongwen_lint::rulebook::Rulebook;
use gongwen_lint::rules::metas;

/// The entries that speak about a sentence, by their `wrong`.
fn speaking(report: &Report) -> Vec<String> {
    let terms = report.open().filter_map(|f| f.diagnostic.data.get("term"));
    terms.filter_map(|t| t.as_str()).map(str::to_owned).collect()
}

/// Each hit is reported by that very entry, each miss by no entry of its rule, in a paper of a day that the entry judges:
/// a year that a sentence speaks of must not become the paper's own date.
#[test]
fn entries_keep_their_promises() {
    let book = Rulebook::embedded();
    let mut faults = Vec::new();
    for term in book.terms.entries() {
        assert!(metas().any(|rule| rule.id == term.rule), "{}: no rule {}", term.wrong, term.rule);
        for (sentences, spoken) in [(&term.hits, true), (&term.misses, false)] {
            for sentence in sentences {
                let day = term.judged_day(jiff::civil::date(2025, 12, 1));
                let day = format!("{}年{}月{}日", day.year(), day.month(), day.day());
                let paper = format!("{sentence}\n某县司法局\n{day}\n");
                let report = common::report("sentence", paper.as_bytes(), &[&term.rule], &book);
                let said = speaking(&report);
                let right = if spoken { said.contains(&term.wrong) } else { said.is_empty() };
                if !right {
                    faults.push(format!(
                        "{}: {} {sentence} (spoke: {said:?})",
                        term.wrong,
                        if spoken { "hit" } else { "miss" }
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// 法制 across two words, and the places where the law itself says 法制, are no findings.
#[test]
fn word_boundaries_and_statutory_terms() {
    let book = Rulebook::embedded();
    let silent = "
        依法制定 依法制止 依法制作 依法制裁 非法制造 非法制售 非法制作 违法制造 本法制定 宪法制定 书法制作 方法制定
        办法制定 刑法制裁 学法制度 用法制度 述法制度 守法制度 普法制度化 执法制度 立法制度 司法制度 会前学法制度
        执法制式服装 复议法制定 处罚法制约 执法制度建设 立法制度保障 司法制度体系 学法制度化
        重大执法决定法制审核 法制审核人员 法制审核机构 公安机关法制部门 公安局法制大队 人大法制委员会
        人大常委会法制工作委员会 监察和法制委员会 社会和法制委员会 维护国家法制统一 部门法制机构 国务院法制机构
        人民政府法制机构 内设法制机构 法制和技术审核 法制员 中国法制出版社 基层法治审核 法治统一
    ";
    for words in silent.split_whitespace() {
        for text in [format!("{words}。"), format!("各单位要认真落实{words}的各项要求。"), format!("落实“{words}”工作")]
        {
            let report = common::report("sentence", text.as_bytes(), &["term-outdated"], &book);
            assert!(speaking(&report).is_empty(), "{text}: {:?}", speaking(&report));
        }
    }
}

/// A paragraph of nothing but hits is read in a time that grows with its length, not with its square.
#[test]
fn long_paragraphs_of_hits() {
    let book = Rulebook::embedded();
    let text = "《通知》法制政府，2013 年法 制宣传《".repeat(2_000);
    let sightings = book.literals().sight(&text);
    assert_eq!(sightings.iter().flat_map(|sighting| book.terms.find(sighting)).count(), 4_000);
}
