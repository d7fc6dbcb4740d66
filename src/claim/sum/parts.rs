//! What the words say of the parts of a total: whether they are all of one list, or may overlap, or are something else.

use super::{Parts, REST, firm};
use crate::claim::exact::{Interval, whole};
use crate::claim::quantity::{Quantity, Unit};
use crate::claim::verdict::{Fit, fit};
use crate::claim::{SETTLED, Scene, past_among};
use crate::text::{WordList, words};

/// Words of parts that may overlap with others.
const OVERLAPPING: WordList = WordList::new(&[
    "以上",
    "以下",
    "女",
    "党员",
    "学历",
    "岁",
    "本科",
    "研究生",
    "博士",
    "硕士",
    "大专",
    "重点",
    "少数民族",
    "高级",
    "首次",
    "涉及",
    "新增",
    "同比",
    "重大",
    "夜间",
    "联合",
    "骨干",
    "优秀",
    "先进",
    "典型",
    "残疾",
    "贫困",
    "特困",
    "农民工",
    "青年",
    "党纪",
    "政务处分",
    "通过",
    "含",
    "退休",
    "兼职",
    "持证",
    "连续",
    "规模以上",
    "跑动",
    "跑一次",
    "一次办",
    "马上办",
    "就近办",
    "即办",
    "网办",
    "网上办",
    "全程网",
    "可办",
    "涉企",
    "涉农",
    "小微",
    "听证",
    "罚款",
    "没收",
    "警告",
    "亿元",
    "万元",
]);

/// Whether the words say that the parts overlap (可多选, 触犯多个罪名), or give them to two totals (不捕126人、不诉212人，
/// 其中…), or make one part a step of another (开庭2028件，负责人出庭2012件; 860个问题已整改855个).
pub(super) fn shared(scene: &Scene<'_>, total: usize, of: &[usize]) -> bool {
    let list = scene.sentence.quantities;
    let first = &list[of[0]];
    let after = &scene.text[first.span.start..scene.sentence.span.end];
    // （无同时报备两级的文件） says that they do not.
    let at_once = after.match_indices("同时").any(|(at, _)| !after[..at].ends_with(['无', '有', '不', '未']));
    let overlap = words![
        "多选",
        "多个罪名",
        "多罪",
        "多项罪",
        "有交叉",
        "在交叉",
        "有重复",
        "重复量",
        "扣除重复",
        "在重复",
        "并处",
        "有重叠",
        "兼有",
        "兼属",
        "兼具",
        "兼营",
        "兼办",
        "同属",
        "两个以上",
        "两项以上",
        "两类以上",
        "两种以上",
        "不止一",
    ]
    .is_in(after);
    let two_totals = scene.text[..list[total].lead.start].ends_with('、')
        && total.checked_sub(1).is_some_and(|i| list[i].unit == list[total].unit)
        && words!["其中", "分别"].is_in(&scene.text[list[total].span.end..first.span.start]);
    // 企业代表47名、律师39名、委员31名，其余为群众代表: a rest without a figure of its own.
    let unnumbered = of.last().is_some_and(|&i| REST.is_in(&scene.text[list[i].span.end..scene.sentence.span.end]));
    let step = |i: usize| {
        let lead = scene.lead(&list[i]);
        SETTLED.is_in(lead) || lead.contains("负责人")
    };
    overlap || at_once || unnumbered || two_totals || of[1..].iter().any(|&i| step(i)) && !of.iter().all(|&i| step(i))
}

/// Whether the last part is what the total leaves of an earlier count: 安排2800万元，动支1926万元，其中…1043万元和265万元，剩余874万元.
pub(super) fn left_of_more(scene: &Scene<'_>, total: usize, of: &[usize]) -> bool {
    let list = scene.sentence.quantities;
    let (t, Some(last)) = (&list[total], of.last().map(|&i| &list[i])) else { return false };
    REST.is_in(scene.lead(last))
        && list[..total].iter().any(|more| {
            let left = more.means.sub(&t.means).filter(|_| more.unit == t.unit && !more.masked);
            left.is_some_and(|left| fit(&left, last) == Fit::Fits)
        })
}

/// Whether amounts, or lengths, are told right behind one another as what there was, what of it was used up, and what is
/// left: 预算640万元，已使用415万元，剩余225万元. Only the three of them, in as many clauses, are an account.
pub(super) fn spent(scene: &Scene<'_>, total: usize, done: usize, left: usize) -> bool {
    const USED: WordList = WordList::new(&[
        "支付", "使用", "支出", "拨付", "下达", "下拨", "发放", "兑付", "完工", "完成", "建成", "通车", "到位", "铺设",
        "贯通", "偿还", "收回", "归还", "回收", "执行", "分配", "付款",
    ]);
    let list = scene.sentence.quantities;
    let (t, d, l) = (&list[total], &list[done], &list[left]);
    let lead = scene.lead(d);
    let rest = scene.lead(l);
    let used = words!["已", "已经", "实际", "目前已", "现已", "累计已"].begins(lead).map(|word| &lead[word.len()..]);
    let used = used.and_then(|verb| USED.begins(verb).map(|word| verb[word.len()..].trim()));
    // 全长38公里，已建成24.5公里，剩余13公里: off by no more than what a printed place may hide.
    let sum = d.value + l.value;
    let place = t.ulp.max(d.ulp).max(l.ulp);
    let off = if sum > t.value { sum - t.value } else { t.value - sum } > place;
    let row = done == total + 1 && left == done + 1 && d.clause == t.clause + 1 && l.clause == d.clause + 1;
    let told = scene.sentence.span.of(scene.text);
    row && off
        && used.is_some_and(|of| of.chars().count() <= 2)
        && matches!(rest, "剩余" | "尚余" | "尚剩" | "还剩" | "剩余资金" | "剩余里程" | "余下" | "结余")
        && t.hedge.is_none()
        && d.hedge.is_none()
        && l.hedge.is_none()
        && !words![
            "结转",
            "调整",
            "追加",
            "收回",
            "含",
            "其中",
            "调减",
            "核减",
            "以上",
            "其余",
            "另",
            "其他",
            "质保",
            "保证金",
            "尾款",
            "审定",
            "上年",
            "上级",
            "配套"
        ]
        .is_in(told)
}

/// Whether the parts are of two columns, so that one item gives two of them: 其中保险费收入预算数318亿元，决算数308亿元.
pub(super) fn of_two_columns(scene: &Scene<'_>, of: &[usize]) -> bool {
    let lead = |i: usize| scene.lead(&scene.sentence.quantities[i]);
    let some = |words: WordList| of.iter().any(|&i| words.is_in(lead(i)));
    some(words!["预算数", "计划数", "目标数", "任务数"]) && some(words!["决算数", "执行数", "完成数", "实际"])
}

/// Whether the count before a list is one of the same kind as its parts rather than their total: 2026年整治190公里，2027年整治
/// 220公里，余下的273公里…; 选择甲的259人；选择乙、丙的分别为188人和167人. Where 其中 or the like opens the list, it is their total.
pub(super) fn sibling(scene: &Scene<'_>, total: usize, of: &[usize]) -> bool {
    let list = scene.sentence.quantities;
    let between = &scene.text[list[total].span.end..list[of[0]].span.start];
    if words!["其中", "包括", "包含", "即", "：", ":", "（", "("].is_in(between) {
        return false;
    }
    // The words of the part are those of its clause: what 分别 gives out is named before it.
    let clause = |i: usize| scene.clause(&list[i]).trim_start();
    let (own, part) = (clause(total), clause(of[0]));
    // 新建制度11项，修订制度8项，废止5项: what was made anew is none of what was there before.
    let made = MADE.begins(own).is_some() && MADE.begins(part).is_some();
    made || own.chars().zip(part.chars()).take_while(|(a, b)| a == b).count() > 1
}

/// Words of what becomes of rules and lists, each of others of them.
const MADE: WordList = WordList::new(&[
    "新建",
    "新制定",
    "新出台",
    "新增",
    "新设",
    "制定",
    "出台",
    "修订",
    "修改",
    "修编",
    "废止",
    "取消",
    "保留",
    "调整",
    "完善",
]);

/// Whether a count that belongs to several parts makes the difference: 学科类87家、文化类93家，兼营两类的7家 of 173; 高血压3.35万人、
/// 糖尿病1.38万人（两病都有的0.47万人） of 4.26万.
pub(super) fn deducted(scene: &Scene<'_>, total: usize, of: &[usize], sum: &Interval) -> bool {
    let list = scene.sentence.quantities;
    let t = &list[total];
    let same = |i: &usize| list[*i].unit == t.unit && list[*i].chinese == t.chinese && !list[*i].masked;
    (of[0] + 1..list.len()).filter(same).any(|i| {
        // A part was added once: taken away, it counts twice.
        let less = sum.sub(&list[i].means);
        let less = if of.contains(&i) { less.and_then(|less| less.sub(&list[i].means)) } else { less };
        less.is_some_and(|less| fit(&less, t) == Fit::Fits)
    })
}

/// Whether a count behind the parts is what they leave of the total: 分三档：优秀12人、良好25人、一般8人，另有1人不定等次 of 46.
pub(super) fn made_up(scene: &Scene<'_>, total: usize, of: &[usize], sum: &Interval) -> bool {
    let list = scene.sentence.quantities;
    let t = &list[total];
    let behind = of.last().map_or(&[][..], |&last| &list[last + 1..]);
    let mut same = behind.iter().filter(|q| q.unit == t.unit && q.chinese == t.chinese && !q.masked);
    same.any(|q| sum.add(&q.means).is_some_and(|with| fit(&with, t) == Fit::Fits))
}

/// Words of what one person or household may be given several times over: 康复服务900人，就业服务820人.
const GIVEN: WordList = WordList::new(&["服务", "培训", "救助", "帮扶", "补贴", "补助", "指导", "慰问"]);

/// Whether the words of some part leave room for overlap with another.
pub(super) fn overlapping(scene: &Scene<'_>, of: &[usize]) -> bool {
    let list = scene.sentence.quantities;
    let served =
        |unit: Unit| ["人", "户", "家"].iter().any(|w| scene.lexicon.class(w).map(Unit::Counter) == Some(unit));
    of.iter().any(|&i| {
        let q = &list[i];
        let words = [scene.lead(q), scene.tail(q)];
        words.iter().any(|w| OVERLAPPING.is_in(w)) || GIVEN.ends(words[0]).is_some() && served(q.unit)
    })
}

/// Words that open another matter than the list that they follow.
pub(super) const NEW_MATTER: WordList = WordList::new(&[
    "已", "共", "全年", "累计", "收集", "提出", "挽回", "培训", "覆盖", "当年", "目前", "截至", "处理", "仍", "开展",
    "召开", "举办", "组织", "办理", "制定", "出台", "印发", "发放", "新增", "另", "办结", "答复", "审结", "结案",
]);

/// Words that open a clause of its own about the things counted, or that tell of them how they were dealt with: that
/// cuts across their kinds (其中民事案件38件，当庭宣判案件24件).
pub(super) const OUTCOMES: WordList = WordList::new(&[
    "为", "向", "对", "进", "采纳", "授权", "成交", "出口", "治愈", "转院", "出院", "整改", "完成", "化解", "销号",
    "回复", "落实", "通过", "合格", "达标", "开工", "竣工", "投产", "清理", "接听", "接待", "养护", "维修", "巡查",
    "外销", "销售", "登记", "注册", "使用", "实施", "建成", "改造", "新建", "改建", "扩建", "修复", "提升", "当庭",
    "当场", "上门", "线上", "线下", "网上", "远程", "巡回", "免费", "公开", "集中",
]);

/// Bodies and places: what is counted of one is not counted of another.
const BODIES: WordList = WordList::new(&[
    "部门",
    "机构",
    "单位",
    "企业",
    "机关",
    "组织",
    "学校",
    "医院",
    "公司",
    "中心",
    "协会",
    "合作社",
    "乡镇",
    "街道",
    "社区",
    "园区",
]);

/// Whether the parts read as one list: short words before each figure, none that opens another matter, and each behind
/// a 、, or, where other marks divide them, of the form of another.
pub(super) fn parallel(scene: &Scene<'_>, total: usize, parts: &Parts) -> bool {
    let list = scene.sentence.quantities;
    let of = &parts.of;
    // A change of the mark between the parts opens another dimension: 民事1200件、行政260件，涉企480件.
    let mark = |i: usize| scene.text[..list[i].lead.start].chars().next_back().map(crate::text::half_width);
    let uniform = of.len() < 3 || of[2..].iter().all(|&i| mark(i) == mark(of[1]));
    // 其中：城镇86户；农村42户。 Behind a colon all that follows is the list; else a semicolon ends it.
    let listed = parts.sorted || scene.text[list[total].span.end..list[of[0]].span.start].contains(['：', ':']);
    let like_another =
        |i: usize| of.iter().any(|&j| j != i && alike(scene, scene.lead(&list[j]), scene.lead(&list[i])));
    uniform
        && of.windows(2).all(|w| {
            let (before, lead) = (scene.lead(&list[w[0]]), scene.lead(&list[w[1]]));
            let within = nested(scene, before, lead);
            let joined = match mark(w[1]) {
                Some('、') => !within,
                Some(';') => listed,
                _ => listed || !within && !dealt_with(scene, before, lead) && like_another(w[1]),
            };
            lead.chars().count() <= 14 && NEW_MATTER.begins(lead).is_none() && joined
        })
}

/// Whether a part tells how the things counted were dealt with, and not in the same words as the part before it
/// (线上4期、线下3期).
fn dealt_with(scene: &Scene<'_>, before: &str, lead: &str) -> bool {
    let before = before.trim_start_matches("其中");
    OUTCOMES.begins(lead).is_some()
        && before.chars().next() != lead.chars().next()
        && !scene.lexicon.partition(&[before, lead])
}

/// Whether the words before two counts have one form: outcomes of one partition, bodies, or a word that both begin or
/// end with (食品类, 药品类; 查处无照经营, 查处虚假宣传).
fn alike(scene: &Scene<'_>, a: &str, b: &str) -> bool {
    let a = a.trim_start_matches("其中");
    let last = |words: &str| words.chars().next_back();
    let start = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let bodies = [a, b].iter().all(|words| BODIES.ends(words).is_some());
    let paid = || matches!((payer(a), payer(b)), (Some(a), Some(b)) if a != b);
    scene.lexicon.partition(&[a, b]) || bodies || paid() || start > 1 || last(a).is_some() && last(a) == last(b)
}

/// Whose money it is, where the words say so of money: 中央补助, 省级配套, 市级自筹.
fn payer(words: &str) -> Option<&str> {
    const PAYERS: WordList = WordList::new(&[
        "中央",
        "国家",
        "省级",
        "省财政",
        "省",
        "市级",
        "市财政",
        "市",
        "县级",
        "县财政",
        "县",
        "区级",
        "区财政",
        "区",
        "镇级",
        "镇财政",
        "镇",
        "村级",
        "企业",
        "银行",
        "群众",
        "社会",
        "地方",
    ]);
    const MONEY: WordList = WordList::new(&[
        "补助",
        "配套",
        "自筹",
        "资金",
        "投资",
        "投入",
        "补贴",
        "拨款",
        "安排",
        "贷款",
        "补助资金",
        "配套资金",
        "自筹资金",
        "承担",
        "出资",
    ]);
    MONEY.ends(words)?;
    PAYERS.begins(words)
}

/// Whether one part lies in the other: 实现再就业860人，困难人员再就业120人.
fn nested(scene: &Scene<'_>, a: &str, b: &str) -> bool {
    const DONE: WordList = WordList::new(&["其中", "实现", "完成", "已", "共", "累计", "，", ","]);
    let (a, b) = (uncover(a, DONE), uncover(b, DONE));
    let apart = a.is_empty() || b.is_empty() || a == b || scene.lexicon.partition(&[a, b]);
    !apart && (a.ends_with(b) || b.ends_with(a))
}

/// What is left of the words without those that they begin with.
pub(super) fn uncover(mut words: &str, heads: WordList) -> &str {
    while let Some(head) = heads.begins(words) {
        words = words[head.len()..].trim();
    }
    words
}

/// Words that names of places, roads and bodies end with.
const NAMED: WordList = WordList::new(&[
    "线", "路", "街", "大道", "镇", "乡", "村", "社区", "街道", "县", "区", "市", "桥", "库", "渠", "河", "沟", "站",
    "园", "校", "院", "厂", "支部", "中心",
]);

/// 新建公路4条36.5公里，其中甲线8.2公里、乙线12.4公里、…: where there are as many names as things, none was left out.
pub(super) fn as_many(scene: &Scene<'_>, total: usize, of: &[usize]) -> bool {
    let list = scene.sentence.quantities;
    let t = &list[total];
    let things = |q: &&Quantity| {
        let text = &scene.text[q.span.range()];
        q.unit != t.unit && q.exact && text.ends_with(['条', '个', '座', '处', '家', '所', '支'])
    };
    // 新建公路5条、改建3条: of which of them, the words do not say.
    let mut counts = list[..total].iter().filter(|q| q.group == t.group).filter(things);
    let (Some(count), None) = (counts.next(), counts.next()) else { return false };
    let (Some(&first), Some(&last)) = (of.first(), of.last()) else { return false };
    let named = |&i: &usize| {
        let name = past_among(scene.lead(&list[i]));
        (2..=12).contains(&name.chars().count()) && NAMED.ends(name).is_some()
    };
    let one_list = of[1..].iter().all(|&i| scene.text[..list[i].lead.start].ends_with('、'));
    of.len() > 2
        && count.value == whole(of.len() as i128)
        && count.clause + 1 >= t.clause
        && t.clause + 1 >= list[first].clause
        && one_list
        && of.iter().all(named)
        && firm(list, total, of)
        && !scene.tail(&list[last]).starts_with('等')
}
