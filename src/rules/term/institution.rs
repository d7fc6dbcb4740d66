//! The page of the rule on bodies that have another name now, or are no more.

use crate::rules::declare_rule;

declare_rule! {
    /// # term-institution：机构已更名或撤销
    ///
    /// 2008年、2013年、2018年、2023年四轮机构改革之后，许多部门换了名称。照抄旧稿最容易把旧机构当成现有机构来写：
    /// 国土资源局、工商局、银监会。本规则按词条检查，每个词条都注明现名、更名日期和依据。
    ///
    /// ```hit
    /// 今年以来，会同县国土资源局开展联合执法12次。
    /// ```
    ///
    /// ```hit
    /// 各银行机构要严格执行银监会有关规定。
    /// ```
    ///
    /// **按文件自己的日期判断。** 更名之前的文件用旧名是对的；文中找不到日期，就按正在起草看待（`--as-of` 可改）。
    ///
    /// **不报的情形：**
    ///
    /// - 历史：机构名前有原、原国家，或在“原”字领起的并列之中；同一句里有更早的年份，或有时任、更名、不再保留、机构改革前等字样；
    /// - 书名号内的文件名；按令号、公告号引用的旧规章（国家工商行政管理总局令第86号）；
    /// - 同形异义：环境保护部门、农业部分、文化部落、建设部署。
    ///
    /// ```miss
    /// 原县国土资源局移交的档案已全部数字化，由县自然资源局保管。
    /// ```
    ///
    /// ```miss
    /// 根据《环境保护部关于加强信息公开的通知》和国家工商行政管理总局令第86号办理。
    /// ```
    ///
    /// ```miss
    /// 环境保护部门要会同农业部门落实建设部署。
    /// ```
    ///
    /// 地方机构的名称各地不尽相同，现名供核对，一律不自动改；职能拆分、牌子保留或写法两可的只作提示。
    ///
    /// `data`：`term` 词条，`right` 现名（数组，可空），`since` 更名日期，`paper_date` 据以判断的文件日期。
    ///
    /// **English.** Reports bodies under a name that they had lost before the date of the paper. History, titles, and old
    /// orders cited by number are left alone.
    TERM_INSTITUTION = "term-institution", Warning,
    zh: "机构已更名或撤销",
    en: "a body under a former name",
}
