//! The page of the rule on laws and institutions of law that are no longer in force.

use crate::rules::declare_rule;

declare_rule! {
    /// # term-law：引用的法律法规已废止
    ///
    /// 把已经废止的法律当作现行依据，文件的依据就站不住。本规则按词条检查书名号里的法律、行政法规名称（全称和简称），
    /// 以及已经取消的法律制度（劳动教养、社会抚养费等），每个词条都注明取代它的法律、日期和依据条文。
    ///
    /// ```hit
    /// 依照《合同法》第六十条的规定，督促三家企业履行合同。
    /// ```
    ///
    /// ```hit
    /// 严格执行《中华人民共和国信访条例》，按期办结来信。
    /// ```
    ///
    /// **按文件自己的日期判断。** 废止之前的文件引用它是对的；文中找不到日期，就按正在起草看待（`--as-of` 可改）。
    ///
    /// **不报的情形：**
    ///
    /// - 讲废止、修改、替代本身的句子（同时废止、当时有效、施行前）；
    /// - 同一句里有更早的年份（2018年签订的合同适用《合同法》）；
    /// - 名称是另一个文件名的一部分（《关于适用〈担保法〉若干问题的解释》）。
    ///
    /// ```miss
    /// 《民法典》施行后，《合同法》《物权法》同时废止。
    /// ```
    ///
    /// ```miss
    /// 2018年签订的租赁合同，按照《合同法》处理。
    /// ```
    ///
    /// ```miss
    /// 组织学习《劳动合同法》和《民法典》合同编。
    /// ```
    ///
    /// `data`：`term` 词条，`right` 现行依据（数组，可空），`since` 废止日期，`paper_date` 据以判断的文件日期。
    ///
    /// **English.** Reports repealed laws and abolished legal institutions that a paper cites as in force. History, repeals
    /// told as such and names within other titles are left alone.
    TERM_LAW = "term-law", Warning,
    zh: "引用的法律法规已废止",
    en: "a repealed law cited as in force",
}
