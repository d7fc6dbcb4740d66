//! The page of the rule on terms that were right some years ago, or never.

use crate::rules::declare_rule;

declare_rule! {
    /// # term-outdated：用语已过时或写错
    ///
    /// “法治”是治国方略，“法制”是法律制度，两词各有法定用处；写反了，或者沿用早已更改的提法，文件一发布就是硬伤。
    /// 本规则按词条检查“法制/法治”一族及近旁用语，每个词条都注明正确写法、起用日期和依据。
    ///
    /// ```hit
    /// 全县加快建设法制政府，各项工作取得新成效。
    /// ```
    ///
    /// ```hit
    /// 严格落实重大执法决定法治审核制度。
    /// ```
    ///
    /// **按文件自己的日期判断。** 成文日期在词条起用日期之前的文件不报：2010年的通知写“法制宣传教育”是对的。
    /// 文中找不到日期，就按正在起草看待（`--as-of` 可改）。
    ///
    /// **不报的情形：**
    ///
    /// - 法定用语：法制审核、法制机构、公安机关法制部门、人大法制委员会、法制工作委员会、法制统一；
    /// - 跨词：依法制定、学法制度、非法制售、普法制度化；
    /// - 历史：同一句里有更早的年份（“2013年开展法制宣传……”；“……以来”“……至今”不算），或有时任、当时、原、更名、不再保留等字样；
    /// - 书名号内的旧文件名，从来不曾用作文件名的词条（法制政府、习近平法制思想等）除外。
    ///
    /// ```miss
    /// 重大执法决定未经法制审核不得作出；维护国家法制统一。
    /// ```
    ///
    /// ```miss
    /// 完善会前学法制度，依法制定裁量基准，打击非法制售行为。
    /// ```
    ///
    /// ```miss
    /// 2013年，全县开展法制宣传教育36场，当时的法制宣传日也办了专场。
    /// ```
    ///
    /// 词条查证过、错处确定的报错误，其余报警告。只有一个正确写法且只差一字的错误可以放心自动改，其余修改须人工确认。
    ///
    /// `data`：`term` 词条，`right` 正确写法（数组），`since` 起用日期（词条没有则无此键），`paper_date` 据以判断的文件日期。
    ///
    /// **English.** Reports terms that were never right or went out of use before the date of the paper (法制 for 法治 and
    /// the reverse). History, titles of older documents and words that only arise across
    /// two words are left alone.
    TERM_OUTDATED = "term-outdated", Error,
    zh: "用语已过时或写错（法制/法治等）",
    en: "an outdated or mistaken term (法制 for 法治 and others)",
}
