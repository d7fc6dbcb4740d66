//! The kinds of document in `rules/profiles/`: what each promises to recognise, and a table of titles and openings over
//! all of them.

mod common;

use std::fs;

use gongwen_lint::rulebook::{Profiles, Rulebook};

/// Every example that a kind carries is recognised as it says.
#[test]
fn examples_keep_their_promises() {
    let profiles = &Rulebook::embedded().profiles;
    let mut faults = Vec::new();
    for profile in profiles.iter() {
        let examples = &profile.examples;
        assert!(!examples.titles.is_empty(), "{}: a kind shows a title", profile.id);
        assert!(!examples.not_titles.is_empty(), "{}: a kind shows what it is not", profile.id);
        let titles = |list: &[String], is: bool| {
            list.iter().filter(|t| (kind(profiles, t, "") == Some(&profile.id)) != is).cloned().collect::<Vec<_>>()
        };
        let openings = |list: &[String], is: bool| {
            list.iter().filter(|t| (kind(profiles, "", t) == Some(&profile.id)) != is).cloned().collect::<Vec<_>>()
        };
        let wrong = [
            titles(&examples.titles, true),
            titles(&examples.not_titles, false),
            openings(&examples.openings, true),
            openings(&examples.not_openings, false),
        ];
        faults.extend(wrong.concat().into_iter().map(|t| format!("{}: {t}", profile.id)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn kind<'a>(profiles: &'a Profiles, title: &str, opening: &str) -> Option<&'a str> {
    profiles.classify(title, opening).map(|p| p.id.as_str())
}

/// Titles and the kind that each is; those that say too little stay undecided.
#[test]
fn titles() {
    let profiles = &Rulebook::embedded().profiles;
    let mut faults = Vec::new();
    for (title, id) in [
        ("南岭县人民政府2021年法治政府建设年度报告", Some("rule-of-law-annual-report")),
        ("南岭县人民政府关于 2021 年度法治政府建设情况的报告", Some("rule-of-law-annual-report")),
        ("南岭县教育局2022年依法行政工作报告（摘要）", Some("rule-of-law-annual-report")),
        ("南岭县2023年度推进法治建设情况报告", Some("rule-of-law-annual-report")),
        ("２０２３年度法治政府建设情况", Some("rule-of-law-annual-report")),
        ("南岭县2023年政府信息公开工作年度报告", Some("open-government-annual-report")),
        ("南岭县司法局2022年度政府信息公开年报", Some("open-government-annual-report")),
        ("南岭县政府工作报告（2024年）", Some("government-work-report")),
        ("2021年南岭县政府工作报告", Some("government-work-report")),
        ("2021年度法治政府建设工作计划", Some("plan")),
        ("南岭县法治政府建设实施方案（2021—2025年）", Some("plan")),
        ("2021年法治政府建设工作要点", Some("plan")),
        ("南岭县“十四五”水利发展规划", Some("plan")),
        ("2024年重点工作任务分工", Some("plan")),
        ("2021年法治政府建设工作总结", Some("work-summary")),
        ("南岭县粮食局2023年工作汇报", Some("work-summary")),
        ("局2021年法治政府建设自查情况的报告", Some("self-inspection")),
        ("关于巡察反馈问题整改情况的报告", Some("self-inspection")),
        ("推进法治建设第一责任人职责清单", Some("list")),
        ("南岭县行政许可事项目录（2023年版）", Some("list")),
        ("关于印发《2021年法治政府建设工作要点》的通知", Some("notice")),
        ("关于报送2021年度法治政府建设情况报告的通知", Some("notice")),
        ("关于转发《关于做好防汛工作的意见》的通知", Some("notice")),
        ("南岭县人民政府关于王强等同志任免的通知", Some("notice")),
        ("关于2023年第三季度政务公开检查情况的通报", Some("circular")),
        ("南岭县人民政府关于表彰先进集体的通报", Some("circular")),
        ("南岭县住房保障中心公租房配租公告", Some("announcement")),
        ("关于启用新印章的公告", Some("announcement")),
        ("南岭县公安局关于春节期间交通管制的通告", Some("public-notice")),
        ("关于划定禁燃区的通告", Some("public-notice")),
        ("中共南岭县委十四届五次全会公报", Some("communique")),
        ("南岭县人民政府第31次常务会议纪要", Some("minutes")),
        ("关于研究供热保障工作的专题会议纪要", Some("minutes")),
        ("南岭县人民政府关于申请抗旱资金的请示", Some("request")),
        ("关于增设派出所的请示（送审稿）", Some("request")),
        ("关于商请提供人口数据的函", Some("letter")),
        ("南岭县财政局关于资产划转意见的复函", Some("letter")),
        ("南岭县人民政府关于同意设立中心小学的批复", Some("reply")),
        ("关于城东片区控制性详细规划的批复", Some("reply")),
        ("南岭县人民政府关于提请审议国土空间总体规划的议案", Some("proposal")),
        ("关于提请审议决算草案的议案", Some("proposal")),
        ("南岭县第十八届人民代表大会第四次会议关于财政预算的决议", Some("resolution")),
        ("南岭县人民代表大会常务委员会关于开展法治宣传教育的决议", Some("resolution")),
        ("南岭县人民政府关于修改部分规范性文件的决定", Some("decision")),
        ("中共南岭县委关于授予赵敏优秀党员称号的决定", Some("decision")),
        ("南岭市人民政府令", Some("command")),
        ("南岭市人民政府令第52号", Some("command")),
        ("南岭县森林防火戒严命令", Some("command")),
        ("南岭县人民政府关于加快粮食产业发展的实施意见", Some("opinion")),
        ("关于推进基层治理现代化的意见（试行）", Some("opinion")),
        ("南岭县农村供水管理办法", Some("normative")),
        ("南岭县政府投资项目管理规定（暂行）", Some("normative")),
        ("南岭县养犬管理实施细则", Some("normative")),
        ("南岭县人民政府关于2023年环境保护目标完成情况的报告", Some("report")),
        ("关于2023年预算执行情况和2024年预算草案的报告", Some("report")),
        ("2021年法治政府建设督察情况的报告", Some("report")),
        // Not an official kind, or too little to tell.
        ("法治政府建设", None),
        ("2021年国民经济和社会发展统计公报", None),
        ("营商环境调研报告", None),
        ("青石桥安全检测报告", None),
        ("在全县法治工作会议上的讲话", None),
        ("行政处罚决定书", None),
        ("关于征求意见情况的说明", None),
        ("防汛工作简报（第8期）", None),
        ("参加培训的体会", None),
        ("慰问函", None),
        ("学习手册", None),
        ("规划审查意见", None),
        ("", None),
    ] {
        if kind(profiles, title, "") != id {
            faults.push(format!("{title}: {:?}, not {id:?}", kind(profiles, title, "")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Without a title the opening decides, and only where it says what the paper is.
#[test]
fn openings() {
    let profiles = &Rulebook::embedded().profiles;
    let mut faults = Vec::new();
    for (opening, id) in [
        ("现将2021年度法治政府建设情况报告如下：", Some("rule-of-law-annual-report")),
        ("现将《2021年度法治政府建设工作计划》印发给你们。", Some("notice")),
        ("各位代表：现在，我代表县人民政府作政府工作报告，请予审议。", Some("government-work-report")),
        ("本机关编制并公布2022年政府信息公开工作年度报告。", Some("open-government-annual-report")),
        ("为做好防汛工作，制定本方案。", Some("plan")),
        ("为明确职责，制定本清单。", Some("list")),
        ("按照要求，我局开展了自查，现报告如下。", Some("self-inspection")),
        ("第一条　为规范供水管理，制定本办法。", Some("normative")),
        ("来文收悉。经研究，现函复如下：", Some("letter")),
        ("你县请示收悉。现批复如下：", Some("reply")),
        ("现就有关事项通告如下：", Some("public-notice")),
        ("现将有关事项公告如下:", Some("announcement")),
        ("现将会议议定事项纪要如下：", Some("minutes")),
        ("现将防汛准备情况报告如下：", Some("report")),
        ("现就经费问题请示如下：", Some("request")),
        ("2021年，我县依法行政，法治政府建设稳步推进。", None),
        ("一、基本情况", None),
        ("全县辖14个乡镇，人口36万人。", None),
        ("同志们：今天我们召开会议，部署春耕工作。", None),
        ("", None),
    ] {
        if kind(profiles, "", opening) != id {
            faults.push(format!("{opening}: {:?}, not {id:?}", kind(profiles, "", opening)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A paper of every kind (`fixtures/profiles/<id>.txt`): whole it is silent, without one of its parts that part, and
/// nothing else, is missing.
///
/// Each line names the part that it belongs to, before the bar; a line of `-part` stands where the part is taken away.
#[test]
fn papers_of_every_kind() {
    let book = Rulebook::embedded();
    let rules = &["section-missing", "section-forbidden"];
    let mut faults = Vec::new();
    for profile in book.profiles.iter() {
        let path = common::fixtures().join("profiles").join(format!("{}.txt", profile.id));
        let paper = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let lines: Vec<(&str, &str)> = paper.lines().map(|l| l.split_once('|').expect("part|line")).collect();
        let said = |without: Option<&str>| {
            let kept = lines.iter().filter(|(part, _)| match part.strip_prefix('-') {
                Some(instead) => Some(instead) == without,
                None => Some(*part) != without,
            });
            let text: String = kept.map(|(_, line)| format!("{line}\n")).collect();
            let report = common::report(&profile.id, text.as_bytes(), rules, &book);
            let checked = report.files[0].outcome.as_ref().expect("it is readable");
            let kind = checked.papers[0].profile.as_ref();
            let known = if kind == Some(&profile.id) { None } else { Some(format!("taken for {kind:?}")) };
            let parts = report.open().map(|f| f.diagnostic.data["part"].as_str().expect("a string").to_owned());
            known.into_iter().chain(parts).collect::<Vec<_>>()
        };
        let whole = said(None);
        if !whole.is_empty() {
            faults.push(format!("{}: the whole paper lacks {whole:?}", profile.id));
        }
        for part in profile.parts.iter().filter(|p| p.applies_to(2023)) {
            if !lines.iter().any(|(label, _)| *label == part.id) {
                faults.push(format!("{}: the paper shows no {}", profile.id, part.id));
            } else if said(Some(&part.id)) != [part.id.as_str()] {
                faults.push(format!("{}: without {}: {:?}", profile.id, part.id, said(Some(&part.id))));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
