//! Which words may stand before a figure: one look at them answers for all lists that are asked of every figure.

use super::{CARRIED, PRIOR};
use crate::text::{WordList, leads_han, words};

/// A list of words that is looked for before every figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Words of an earlier period.
    Prior,
    /// Words of what an earlier period left over.
    Carried,
    /// 其中.
    Among,
    /// Words of an average.
    Mean,
    /// Words of a total.
    Total,
    /// 各.
    Each,
    /// Words of a value that is reached.
    Arrives,
    /// Words of a comparison.
    Compares,
    /// A year.
    Year,
    /// Words of what was sent out.
    Sent,
    /// Words of what was done.
    Done,
    /// Words of parts that are taken away rather than added.
    Signed,
    /// 每.
    Every,
    /// Words of what an area yields.
    Yield,
}

/// The words of each sign, in their order: of Han characters only.
static LISTS: [WordList; 14] = [
    PRIOR,
    CARRIED,
    words!["其中"],
    words!["均"],
    words!["共", "合计", "总计", "总数"],
    words!["各"],
    words!["到", "至", "为", "成"],
    words!["比", "较"],
    words!["年"],
    words!["发放", "发出", "发送"],
    words!["实际", "已经", "已"],
    // Parts that are taken away, that belong to another year's cases, a mean, or the excess over a plan.
    words![
        "占用",
        "减少",
        "注销",
        "死亡",
        "迁出",
        "退出",
        "核减",
        "新收",
        "旧存",
        "结转",
        "净",
        "均",
        "超计划",
        "超任务",
        "超额",
        "比计划",
        "较计划",
    ],
    words!["每"],
    words!["亩产", "单产", "亩均", "公顷产"],
];

impl Sign {
    /// The words of the list.
    #[inline]
    pub(super) fn words(self) -> &'static WordList {
        &LISTS[self as usize]
    }
}

/// The lists that have a word with a character at these places.
#[derive(Clone, Copy)]
struct Place {
    alone: u16,
    first: u16,
    second: u16,
}

/// The places of the Han characters with these lowest bits.
static PLACES: [Place; 256] = {
    let mut places = [Place { alone: 0, first: 0, second: 0 }; _];
    let mut i = 0;
    while i < LISTS.len() {
        let list = LISTS[i].list();
        let mut nth = 0;
        while nth < list.len() {
            match *list[nth].as_bytes() {
                [a, b, c] if leads_han(a) => places[low_bits(b, c)].alone |= 1 << i,
                [a, b, c, d, e, f, ..] if leads_han(a) && leads_han(d) => {
                    places[low_bits(b, c)].first |= 1 << i;
                    places[low_bits(e, f)].second |= 1 << i;
                }
                _ => panic!("the words are Han"),
            }
            nth += 1;
        }
        i += 1;
    }
    places
};

/// The lowest eight bits of a Han character with these last bytes.
const fn low_bits(b: u8, c: u8) -> usize {
    ((b & 0x03) as usize) << 6 | (c & 0x3f) as usize
}

/// The lists of which a word may stand before a figure: none is where its sign is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signs(u16);

impl Signs {
    /// Looks at the words before a figure.
    pub(super) fn of(words: &str) -> Self {
        let (mut signs, mut begun) = (0, 0);
        let mut rest = words.as_bytes();
        while let [a, further @ ..] = rest {
            rest = further;
            if leads_han(*a)
                && let [b, c, further @ ..] = rest
            {
                let place = PLACES[low_bits(*b, *c)];
                signs |= place.alone | begun & place.second;
                begun = place.first;
                rest = further;
            } else {
                begun = 0;
            }
        }
        Self(signs)
    }

    /// Whether a word of the list may stand there.
    #[inline]
    pub(super) const fn may(self, sign: Sign) -> bool {
        self.0 & 1 << sign as u16 != 0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Where a word stands its sign is, whatever stands around it.
        #[test]
        fn no_word_is_missed(words in "[上去前往年同期一月季半度初结转其中各均共合总计数到至为成比较发放出送已经实际净收每亩产单公顷0a，]{0,8}") {
            let signs = Signs::of(&words);
            for (i, list) in LISTS.iter().enumerate() {
                prop_assert!(signs.0 & 1 << i != 0 || !list.is_in(&words), "{:?} in {words}", list.list());
            }
        }
    }

    /// The lists are in the order of the signs.
    #[test]
    fn signs_have_their_lists() {
        let lists = [
            (Sign::Prior, "去年"),
            (Sign::Carried, "结转"),
            (Sign::Among, "其中"),
            (Sign::Mean, "人均"),
            (Sign::Total, "合计"),
            (Sign::Each, "各"),
            (Sign::Arrives, "增至"),
            (Sign::Compares, "较"),
            (Sign::Year, "年"),
            (Sign::Sent, "发出"),
            (Sign::Done, "实际"),
            (Sign::Signed, "减少"),
            (Sign::Every, "每亩"),
            (Sign::Yield, "平均亩产"),
        ];
        assert_eq!(lists.len(), LISTS.len());
        for (sign, words) in lists {
            assert!(sign.words().is_in(words) && Signs::of(words).may(sign), "{sign:?}");
        }
    }

    /// Most words bear no sign.
    #[test]
    fn most_words_bear_none() {
        assert_eq!(Signs::of("办结案件"), Signs(0));
    }
}
