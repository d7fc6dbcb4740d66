//! Counts of listed things: a number of things, and the list that names them all.
//!
//! The list must be the whole list: items that number themselves, a list that 即 or 分别为 or a colon opens and a full
//! stop closes, titles or quotations that stand right before their number, the levels of 四级. A list that 等 leaves
//! open proves only that there are not fewer things than it names. 和 may join two items or stand inside one, so a list
//! has a least and a greatest length, and a number conflicts with it only outside of both.

mod list;
mod ordinal;
mod stated;

use super::Claim;
use super::exact::{Interval, whole};
use super::verdict::{Verdict, Why, Working};
use crate::text::{Document, Span, Stretch};
use ordinal::Marker;

/// The things that a text names.
#[derive(Debug)]
struct Items {
    /// How many.
    listed: usize,
    /// Where they stand.
    spans: Vec<Span>,
}

/// The lists of a document, gathered block by block.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Items that number themselves; a list of them may run over many blocks.
    markers: Vec<Marker>,
    /// Lists that stand beside their number.
    beside: Vec<Claim>,
}

impl Lists {
    /// Reads the block of this number, with its `events`.
    pub(super) fn read(&mut self, text: &str, number: usize, block: Span, events: Stretch<'_>) {
        ordinal::markers(text, number, block, events, &mut self.markers);
        list::find(text, block, events, &mut self.beside);
    }

    /// The claims of all blocks.
    pub(super) fn find(self, document: &Document, out: &mut Vec<Claim>) {
        ordinal::find(document, &self.markers, out);
        out.extend(self.beside);
    }
}

fn working(items: &Items, said: Span, stated: usize) -> Working {
    let number = |n: usize| whole(i128::try_from(n).unwrap_or_default());
    let (listed, stated) = (number(items.listed), number(stated));
    Working::plain(listed, stated, Interval::point(listed), Interval::point(stated), said)
}

/// The number is the length of the list.
fn settle(items: &Items, said: Span, stated: usize) -> Verdict {
    Verdict::Agrees(working(items, said, stated))
}

/// The number is not the length of the list, unless there is a reason to doubt that the list is all there.
fn conflict_or(items: &Items, said: Span, stated: usize, doubt: Option<Why>) -> Verdict {
    doubt.map_or_else(|| Verdict::Conflicts(working(items, said, stated)), Verdict::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Block, BlockKind};

    /// What becomes of the one claim of a paragraph: whether it conflicts, and the length of its list.
    fn judged(text: &str) -> Option<(char, usize)> {
        let mut claims = Vec::new();
        let span = Span::new(0, text.len());
        let mut lists = Lists::default();
        let blocks = vec![Block { kind: BlockKind::Paragraph, span }];
        let document = Document::new(String::new(), text.to_owned(), "UTF-8", blocks, None);
        lists.read(text, 0, span, document.events().within(span));
        lists.find(&document, &mut claims);
        assert!(claims.len() <= 1, "{text}: {claims:?}");
        claims.first().map(|c| {
            let verdict = match c.verdict {
                Verdict::Agrees(_) => '=',
                Verdict::Conflicts(_) => '!',
                Verdict::Near(_) | Verdict::Unknown(_) => '?',
            };
            (verdict, c.roles.len() - 1)
        })
    }

    /// A list that is whole bears its number out or conflicts with it.
    #[test]
    fn whole_lists() {
        for (text, verdict, listed) in [
            ("分三个方面：一是查；二是改；三是管。", '=', 3),
            ("分四个方面：一是查；二是改；三是管。", '!', 3),
            ("分两个方面:一是查;二是改;三是管。", '!', 3),
            ("设四个片区（东部片区、西部片区）。", '?', 2),
            ("设三个片区(东部片区、西部片区)。", '!', 2),
            ("开展三项整治，即清河、护岸和禁捕。", '=', 3),
            ("开展四项整治，即清河、护岸和禁捕。", '!', 3),
            ("印发《甲办法》《乙办法》两个办法。", '=', 2),
            ("印发《甲办法》、《乙办法》三个办法。", '!', 2),
            ("健全县、乡、村三级网络。", '=', 3),
            ("健全县、乡、村四级网络。", '!', 3),
            ("“五不开会”，即不清的不开、不全的不开、不准的不开、不急的不开。", '!', 4),
        ] {
            assert_eq!(judged(text), Some((verdict, listed)), "{text}");
        }
    }

    /// 等, 和 within a name, a list that goes on, and lists of something else leave the number alone.
    #[test]
    fn doubtful_lists() {
        for text in [
            "涉及教育、民政等12个领域。",
            "开展“清河”“护岸”等三大行动。",
            "涉及三个单位，即县发展和改革局、县文化和旅游局、县教育局。",
            "针对五个问题，一是抓整改；二是抓巩固；三是抓长效。",
            "做法有四点：一是查；二是改；三是管。此外，还注重宣传。",
            "建成3个中心：城关镇2个、河口镇1个。",
            "全县3个乡镇（街道、社区）建成。",
            "水利、交通5个项目开工。",
        ] {
            assert!(judged(text).is_none_or(|(verdict, _)| verdict != '!'), "{text}: {:?}", judged(text));
        }
    }
}
