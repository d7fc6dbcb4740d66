//! Ten thousand true sentences of every kind of claim, rounded as people round, and the same sentences broken.

mod common;

use common::Dice;
use gongwen_lint::diagnostic::Severity;
use gongwen_lint::rulebook::Rulebook;

/// `a / b` in percent with `places` decimals, rounded half up, plus `off` units of the last place.
fn percent(a: u64, b: u64, places: u32, off: i64) -> String {
    let unit = 10u64.pow(places);
    let units = (a * 100 * unit * 2 + b) / (2 * b);
    let units = units.checked_add_signed(off).unwrap_or(0);
    if places == 0 {
        format!("{units}%")
    } else {
        format!("{}.{:0w$}%", units / unit, units % unit, w = places as usize)
    }
}

/// One sentence of a kind; `off` is 0 for a true one, else how far its stated figure is moved.
fn sentence(kind: usize, dice: &mut Dice, off: i64) -> String {
    let places = dice.roll(1, 2) as u32;
    let opening = dice.pick(&["", "今年以来，", "全年", "一年来，", "2024年，"]);
    let moved = |n: u64| n.checked_add_signed(off).unwrap_or(0);
    match kind {
        0 => {
            let (thing, part, name) = *dice.pick(&[
                &("承办督办事项", "已办结", "办结率"),
                &("抽检农产品", "合格", "合格率"),
                &("反馈问题", "完成整改", "整改率"),
                &("收到意见建议", "采纳", "采纳率"),
                &("评查案卷", "评为优秀的", "优秀率"),
            ]);
            let n = dice.roll(200, 6000);
            let m = dice.roll(n / 2, n - 1);
            format!("{opening}共{thing}{n}件，{part}{m}件，{name}{}。", percent(m, n, places, off))
        }
        1 => {
            let n = dice.roll(300, 9000);
            let m = dice.roll(n / 5, n / 2);
            let word = dice.pick(&["占", "占比", "占比达"]);
            format!("{opening}受理公证申请{n}件，其中涉企公证{m}件，{word}{}。", percent(m, n, places, off))
        }
        2 => {
            let parts = [dice.roll(20, 400), dice.roll(20, 400), dice.roll(20, 400)];
            let total = moved(parts.iter().sum());
            let [a, b, c] = parts;
            match dice.roll(0, 3) {
                0 => format!("{opening}共排查风险点{total}处，其中道路类{a}处、消防类{b}处、其他{c}处。"),
                1 => format!("{opening}三个大队分别查处违法行为{a}起、{b}起、{c}起，合计{total}起。"),
                2 => format!("{opening}建成服务站{total}个（市级{a}个、县级{b}个、镇级{c}个）。"),
                _ => format!("{opening}共设立调解室{total}个：镇级{a}个，村级{b}个，企业{c}个。"),
            }
        }
        3 => {
            let before = dice.roll(200, 4000);
            let after = before + dice.roll(before / 10, before);
            let rate = percent(after - before, before, places, off);
            match dice.roll(0, 2) {
                0 => format!("{opening}办理仲裁案件{after}件，去年同期为{before}件，同比增长{rate}。"),
                1 => format!("法律援助受理量由{before}件增加到{after}件，增长{rate}。"),
                _ => format!("{opening}受理咨询{after}人次，比上年增加{}人次，增长{rate}。", after - before),
            }
        }
        4 => {
            let before = dice.roll(100, 900);
            let after = dice.roll(before / 3, before - 10);
            format!("审批事项由{before}项精简为{after}项，精简{}。", percent(before - after, before, places, off))
        }
        5 => {
            let (p, q) = (dice.roll(700, 900), dice.roll(905, 999));
            let d = moved(q - p);
            format!(
                "群众满意率由{}.{}%提高到{}.{}%，提高{}.{}个百分点。",
                p / 10,
                p % 10,
                q / 10,
                q % 10,
                d / 10,
                d % 10
            )
        }
        6 => {
            let before = dice.roll(40, 900);
            let step = dice.roll(10, 300);
            let d = moved(step);
            let after = before + step;
            match dice.roll(0, 1) {
                0 => format!("专职网格员由{before}名增加到{after}名，增加{d}名。"),
                _ => format!("{opening}受理信访事项{after}件，较上年的{before}件多{d}件。"),
            }
        }
        7 => {
            let (count, each) = (dice.roll(12, 300), dice.roll(5, 60));
            let total = count * each + dice.roll(0, count / 3);
            format!("全县{count}个村共选聘法律明白人{total}名，平均每村{}名。", moved(each))
        }
        8 => {
            let n = dice.roll(30, 900);
            let m = if off == 0 { dice.roll(1, n) } else { n + off.unsigned_abs() };
            format!("{opening}抽查生产企业{n}家，其中不合格企业{m}家。")
        }
        9 => {
            let n = dice.roll(200, 4000);
            format!(
                "{opening}全区共办结行政裁决案件{n}件，均已归档。{opening}全区共办结行政裁决案件{}件，无一错案。",
                moved(n)
            )
        }
        10 => {
            let names = ["一", "二", "三", "四", "五", "六", "七"];
            let n = dice.roll(3, 6) as usize;
            let stated = names[if off == 0 { n - 1 } else { n }];
            let items: Vec<String> = names[..n].iter().map(|x| format!("{x}是压实第{x}环责任")).collect();
            format!("下一步重点做好{stated}个方面的工作：{}。", items.join("；"))
        }
        _ => {
            let rows: Vec<[u64; 2]> = (0..3).map(|_| [dice.roll(10, 300), dice.roll(10, 300)]).collect();
            let sum = |c: usize| rows.iter().map(|r| r[c]).sum::<u64>();
            let mut out = String::from("镇街 | 排查 | 化解\n");
            for (name, [a, b]) in ["东关镇", "西山镇", "南河乡"].iter().zip(&rows) {
                out.push_str(&format!("{name} | {a} | {b}\n"));
            }
            out + &format!("合计 | {} | {}", moved(sum(0)), sum(1))
        }
    }
}

/// One sentence of a rarer kind: rates that few counts reach, tenths, multiples, two measures, chains, brackets, ‰.
fn rarer(kind: usize, dice: &mut Dice, off: i64) -> String {
    let moved = |n: u64| n.checked_add_signed(off).unwrap_or(0);
    let opening = dice.pick(&["", "今年以来，", "上半年，", "2023年，"]);
    match kind {
        0 => {
            let n = dice.roll(7, 40);
            let k = dice.roll(n / 2, n - 1);
            let (things, name) = *dice.pick(&[&("件案件", "结案率"), &("批次产品", "合格率"), &("项任务", "完成率")]);
            format!("{opening}{n}{things}{name}为{}。", percent(k, n, 1, off))
        }
        1 => {
            let n = dice.roll(300, 5000);
            let tenths = dice.roll(5, 8);
            let names = ["五", "六", "七", "八"];
            let said = names[tenths as usize - 5];
            let floor = n * tenths / 10;
            let m = if off == 0 { floor + dice.roll(1, n / 20) } else { floor - n / 10 };
            format!("{opening}登记经营主体{n}户，其中个体工商户{m}户，占比超过{said}成。")
        }
        2 => {
            let before = dice.roll(20, 400);
            let after = before * dice.roll(2, 5) + dice.roll(1, before - 1);
            let tenths = (after * 20 + before) / (2 * before);
            let tenths = moved(tenths);
            format!("接诉量由{before}件增加到{after}件，是上年的{}.{}倍。", tenths / 10, tenths % 10)
        }
        3 => {
            let units = dice.roll(101, 999);
            match dice.roll(0, 1) {
                0 => {
                    format!("{opening}到位资金{}.{:02}亿元（即{}万元）。", units / 100, units % 100, moved(units) * 100)
                }
                _ => format!("{opening}流转土地{}亩，折合{}公顷。", units * 15, moved(units)),
            }
        }
        4 => {
            let (over, fresh) = (dice.roll(5, 90), dice.roll(100, 900));
            let on = dice.roll(1, 60);
            format!("上年结转案件{over}件，本年新收{fresh}件，办结{}件，结转下年{}件。", over + fresh - on, moved(on))
        }
        5 => {
            let parts = [dice.roll(50, 300), dice.roll(50, 300), dice.roll(50, 300)];
            let all: u64 = parts.iter().sum();
            let [a, b, c] = parts.map(|p| percent(p, all, 1, 0));
            let b = if off == 0 { b } else { percent(parts[1], all, 1, off * 10) };
            format!(
                "{opening}参评窗口{all}个，评为优秀{}个、良好{}个、合格{}个，分别占{a}、{b}、{c}。",
                parts[0], parts[1], parts[2]
            )
        }
        6 => {
            let before = dice.roll(200, 900);
            let after = before + dice.roll(20, before);
            let rate = percent(after - before, before, 1, off);
            format!("{opening}办理公证{after}件（上年同期{before}件），同比增长{rate}。")
        }
        7 => {
            let n = dice.roll(2000, 9000);
            let m = dice.roll(10, 60);
            let hundredths = (m * 100_000 * 2 + n) / (2 * n);
            let hundredths = moved(hundredths);
            format!("{opening}复核档案{n}卷，发现差错{m}卷，差错率{}.{:02}‰。", hundredths / 100, hundredths % 100)
        }
        8 => {
            let parts = [dice.roll(11, 90), dice.roll(11, 90), dice.roll(11, 90), dice.roll(11, 90)];
            let [a, b, c, d] = parts;
            let (north, south) = (a + b, c + d);
            format!(
                "{opening}建成驿站{}个：北片{north}个（新建{a}个、改建{b}个），南片{south}个（新建{c}个、改建{d}个）。",
                moved(north + south)
            )
        }
        _ => {
            let before = [dice.roll(100, 400), dice.roll(100, 400), dice.roll(100, 400)];
            let grown = before.map(|b| b + dice.roll(10, 90));
            let mut out = String::from("事项 | 2024年 | 2023年 | 同比增长\n");
            for (i, name) in ["公证", "仲裁", "调解"].iter().enumerate() {
                let rate = percent(grown[i] - before[i], before[i], 1, if i == 1 { off } else { 0 });
                out.push_str(&format!("{name} | {} | {} | {rate}\n", grown[i], before[i]));
            }
            out
        }
    }
}

/// The sentence as papers set it: in half-width marks, with full-width digits, or with blanks around its figures.
fn set(text: String, dice: &mut Dice) -> String {
    if text.contains('|') {
        return text;
    }
    let half = [('，', ','), ('：', ':'), ('；', ';'), ('（', '('), ('）', ')')];
    match dice.roll(0, 5) {
        0 => half.iter().fold(text, |t, (wide, narrow)| t.replace(*wide, &narrow.to_string())),
        1 => text.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32('０' as u32 + d)).unwrap_or(c)).collect(),
        2 => {
            let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | '%' | '‰');
            let word = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            let mut out = String::new();
            let mut last = ' ';
            for c in text.chars() {
                if figure(last) && word(c) && c != '年' || word(last) && figure(c) {
                    out.push(' ');
                }
                out.push(c);
                last = c;
            }
            out
        }
        _ => text,
    }
}

const KINDS: usize = 12;
const RARER: usize = 10;

/// A sentence of the `i`th kind in turn.
fn generated(i: usize, dice: &mut Dice, off: i64) -> String {
    let kind = i % (KINDS + RARER);
    let text = if kind < KINDS { sentence(kind, dice, off) } else { rarer(kind - KINDS, dice, off) };
    set(text, dice)
}

/// Whether anything is told as an error or a warning about the figures of a text.
fn told(text: &str, book: &Rulebook) -> bool {
    let report = common::report("draft.txt", text.as_bytes(), &["claim"], book);
    report.open().any(|f| f.diagnostic.severity > Severity::Info)
}

/// Not one of ten thousand true sentences is told as wrong.
#[test]
fn true_sentences_are_silent() {
    let book = Rulebook::embedded();
    let mut dice = Dice(20_240_305);
    let wrong: Vec<String> =
        (0..10_000).map(|i| generated(i, &mut dice, 0)).filter(|text| told(&format!("{text}\n"), &book)).collect();
    assert!(wrong.is_empty(), "{} false alarms:\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
}

/// Moved by more than a unit of the last place, at least 95 of a hundred are told.
#[test]
fn broken_sentences_are_told() {
    let book = Rulebook::embedded();
    let mut dice = Dice(20_241_231);
    let mut missed = Vec::new();
    for i in 0..4_000 {
        let off = 3 + dice.roll(0, 6) as i64;
        let text = generated(i, &mut dice, off);
        if !told(&format!("{text}\n"), &book) {
            missed.push(text);
        }
    }
    assert!(missed.len() <= 200, "{} of 4000 missed:\n{}", missed.len(), missed[..20].join("\n"));
}
