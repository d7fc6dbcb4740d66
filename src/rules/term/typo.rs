//! The page of the rule on misspellings that their neighbours prove.

use crate::rules::declare_rule;

declare_rule! {
    /// # term-typo：错别字和数字用法
    ///
    /// 只收上下文能证明是错的写法：词本身不成词的（按装、贯切、如火如茶），或者与前后文配不上的
    /// （截止目前、登陆系统、度过难关）；以及数字用法上的硬伤（约……左右、减少……倍、年份中的字母O、简写年份）。
    ///
    /// ```hit
    /// 截止目前，全镇已按装路灯120盏。
    /// ```
    ///
    /// ```hit
    /// 参加培训的约300人左右，投诉量减少了2倍。
    /// ```
    ///
    /// **不报的情形：** 形同而义不同的（报名截止时间、台风登陆、安全部份额、预约三天左右）；书名号内同样检查，
    /// 因为这些写法在文件名里也是错的。“帐”字按GF 1001—2001应作“账”，但2015年以前的法律仍用“帐”，故设起用日期。
    ///
    /// ```miss
    /// 报名截止日期为5月31日，台风登陆前完成安装。
    /// ```
    ///
    /// ```miss
    /// 制约发展的因素左右着进度，节约3成左右。
    /// ```
    ///
    /// ```miss
    /// 请登录系统填报，截至目前已有三百余家单位完成。
    /// ```
    ///
    /// 只有一个正确写法且只差一字、查证过的错字可以放心自动改，其余须人工确认；推荐性规范和习惯用法只作提示。
    ///
    /// `data`：`term` 词条，`right` 正确写法（数组，可空），`since` 起用日期（词条没有则无此键），`paper_date` 文件日期。
    ///
    /// **English.** Reports misspellings that the text around them proves, and slips in the writing of numbers.
    TERM_TYPO = "term-typo", Error,
    zh: "错别字或数字用法有误",
    en: "a misspelling or a slip in writing a number",
}
