//! 顿号 between titles or between quotations.

use super::Scene;
use crate::diagnostic::{Diagnostic, Words};
use crate::rules::declare_rule;
use crate::text::{Class, Span};

declare_rule! {
    /// 标有书名号、引号的并列成分之间通常不用顿号：《甲办法》《乙办法》。标准说的是“通常”，写了也不算错，所以默认不运行；运行时每份文件只
    /// 提示一次，注明处数。
    ///
    /// ```hit
    /// 落实《档案法》、《保密法》要求。
    /// ```
    ///
    /// 并列成分之间插有括注的（《甲办法》（试行）、《乙办法》），顿号是对的，不报。
    ///
    /// ```miss
    /// 落实《档案法》《保密法》要求，修订《移交办法》（试行）、《保管办法》。
    /// ```
    ///
    /// 依据：《标点符号用法》（GB/T 15834—2011）4.5.3.5。
    ///
    /// `data`：`found` 首处，`count` 处数。
    ///
    /// 、 between adjacent titles or quotations, told once a paper.
    MARK_DUNHAO = "mark-dunhao", Info off,
    zh: "书名号、引号之间用了顿号",
    en: "a 顿号 between titles or quotations",
}

pub(super) fn find(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let points = scene.parts.iter().flat_map(|part| part.events.of(Class::POINT));
    let commas = points.filter(|e| e.c == '、' && e.at >= scene.span.start);
    let mut places = commas.filter_map(|e| {
        let (at, end) = (e.at, e.end());
        let (head, tail) = (&scene.prose[scene.span.start..at], &scene.prose[end..scene.span.end]);
        let between =
            (head.ends_with('》') && tail.starts_with('《')) || (head.ends_with('”') && tail.starts_with('“'));
        between.then(|| Span::new(at - '》'.len_utf8(), end + '《'.len_utf8()))
    });
    let Some(first) = places.next() else { return };
    let count = 1 + places.count();
    let found = first.of(scene.prose);
    let words = Words::new(
        format!("书名号、引号之间通常不用顿号（全文共{count}处）"),
        format!("no 、 is usual between titles or quotations: {found} ({count} in this paper)"),
    );
    out.push(
        Diagnostic::at(&MARK_DUNHAO, first, words)
            .source("《标点符号用法》（GB/T 15834—2011）4.5.3.5")
            .data("found", found)
            .data("count", count),
    );
}
