//! Placeholders that nobody filled in: letters, signs, empty places and prompts where a number, a name or a text belongs.

mod blank;
mod mask;

use crate::diagnostic::{Diagnostic, RuleMeta, Words};
use crate::outline::DateSource;
use crate::rulebook::{Mentions, Pairs, Placeholders, Sighting, Sign, Sought};
use crate::rules::{Check, Context, declare_rule};
use crate::text::{Span, is_blank, is_digit, leads_han, sentence, trim_blank_start};

declare_rule! {
    /// # placeholder-mask：占位的 x、X 或星号没有换成实数或名称
    ///
    /// 起草时用 xx、X、1XX2、202X、**代替一时没有的数字和名称，发布前忘了换掉，是最难看的差错。本规则逐个报出。
    ///
    /// ```hit
    /// 全年办理案件 xx 件，到202X年办结率达到XX.X%。
    /// ```
    ///
    /// ```hit
    /// XX县财政局拨付资金**万元，惠及*区、*县群众。
    /// ```
    ///
    /// **不报的情形：** 本来就是词或型号的（X光、XML、x86、GX-100、SOx）；状态码、号段、染色体里的 x；网址、邮箱、文件名；尺寸和乘法（3x5米）；车牌；
    /// “X+1”之类的概念；遮住的证件号、电话、姓名（138****6621、张**）；案例中的隐名；讲怎样填写、怎样命名文件的句子，
    /// 引号里被提到的写法（统一写作“XX县”）；题名为样式、模板、示范文本的附件。
    ///
    /// ```miss
    /// 新购X光机2台，用于XML数据交换的x86服务器3台，展板尺寸3x5米；带*号的为必填项。
    /// ```
    ///
    /// 没有自动修改：数字只有起草人知道。
    ///
    /// `data`：`shape`（digits 遮住部分数位、letters 全是字母、asterisks 星号），`token` 占位符原文。
    ///
    /// **English.** Reports x, X and asterisks that still stand for a number or a name.
    PLACEHOLDER_MASK = "placeholder-mask", Error,
    zh: "x、X 或星号代替的数字和名称尚未填写",
    en: "x, X or asterisks still stand for a number or a name",
}

declare_rule! {
    /// # placeholder-blank：留空、括注或待定的内容没有填写
    ///
    /// 报出起草时留下、发布前必须填好的地方：××、○○、□□、某某、下划线、空括号、缺月缺日的日期、缺号的文号、写给起草人的提示、
    /// 起草人、审稿人互相提醒的括注、模板变量、TODO，以及一栏里只写“待定”“待补充”。
    ///
    /// ```hit
    /// 经县政府第××次常务会议审议通过，自2024年4月　　日起施行。
    /// ```
    ///
    /// ```hit
    /// 全县培育法律明白人（）名，【待补充：各乡镇数据】。
    /// ```
    ///
    /// ```hit
    /// 新增参保2140人（此处数据待县医保局核实），征缴率98.2%（待核实）。
    /// ```
    ///
    /// **不报的情形：** 勾选框（□是 □否）；○作零的年份（二○二三年）；乘号；“某些”“某种”；案例和通报中的隐名（张某某、某公司）；
    /// 讲怎样填表的句子；题名为登记表、承诺书、合同、示范文本等的附件，其中留空是应该的；待定并说明另行通知的；待核实的线索和问题，
    /// 以及括注里对读文件的人说的话（请各单位核实）。
    ///
    /// ```miss
    /// 当事人张某某、李某达成调解协议。请逐项填写（□是 □否），打“×”的栏目不填。收到线索46条（待核实）。
    /// ```
    ///
    /// 没有自动修改：内容只有起草人知道。
    ///
    /// `data`：`shape`（crosses ××、circles ○○、boxes □□、figures ●● 之类、queries ？？、hidden-name 某某、underscores 下划线、bracket 空括号、date 日期缺位、
    /// number 缺号、prompt 提示语、note 数字未核定的括注、variable 模板变量、todo 待办标记、pending 待定、annex 附件无名称），`token` 原文。
    ///
    /// **English.** Reports blanks, prompts and to-dos that are still to be filled in.
    PLACEHOLDER_BLANK = "placeholder-blank", Error,
    zh: "留空、括注或待定的内容尚未填写",
    en: "a blank, a bracketed prompt or a to-do is still to be filled in",
}

pub(super) static CHECK: Check = Check { rules: &[&PLACEHOLDER_MASK, &PLACEHOLDER_BLANK], run };

fn run(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut annex = Annex::default();
    let mut paper = 0;
    let mut sightings = cx.sightings.iter().peekable();
    for (index, block) in cx.document.blocks.iter().enumerate() {
        let text = block.span.of(cx.document.prose());
        let now = cx.outline.paper_at(block.span.start);
        let signs = sightings.next_if(|sighting| sighting.span == block.span).map_or(&[][..], Sighting::signs);
        let purpose = annex.purpose(text, index == 0 || now != paper, &cx.book.placeholders);
        paper = now;
        if purpose == Purpose::Model {
            continue;
        }
        if begins_label(trim_blank_start(text)) && is_annex_without_name(cx, index, now) {
            out.push(Shape::Annex.found(text.trim_matches(is_blank), block.span));
        }
        if signs.is_empty() {
            continue;
        }
        let mut scan = Scan {
            text,
            book: &cx.book.placeholders,
            mentions: &cx.book.mentions,
            base: block.span.start,
            is_form: purpose == Purpose::Form,
            judged: None,
            emphasis: None,
            out,
        };
        scan.run(signs);
    }
}

/// Whether the middle of a number is hidden in the words (4303××××××××1011), or a name by 某.
fn hides(words: &str, pairs: &Pairs) -> bool {
    let digit = |c: Option<char>| c.is_some_and(is_digit);
    words.contains('某')
        || ["×××", "***"].iter().filter(|mask| pairs.hold(&Pairs::of(mask))).any(|mask| {
            words.match_indices(mask).any(|(at, m)| {
                digit(words[..at].trim_end_matches(['×', '*']).chars().next_back())
                    && digit(words[at + m.len()..].trim_start_matches(['×', '*']).chars().next())
            })
        })
}

/// Whether a line begins as 附件 and 附表 do.
#[inline]
fn begins_label(line: &str) -> bool {
    line.as_bytes().get(.."附".len()) == Some("附".as_bytes())
}

/// Whether the block is a line `附件：` with nothing behind it, above the signature and the date of its paper. Below the
/// date the names of the annexes may have been links, which are lost.
fn is_annex_without_name(cx: &Context<'_>, index: usize, paper: usize) -> bool {
    let block =
        |i: usize| cx.document.blocks.get(i).map(|b| (b.span, b.span.of(cx.document.prose()).trim_matches(is_blank)));
    let is_label = block(index).is_some_and(|(_, line)| {
        let rest = line.strip_prefix("附件").and_then(|r| r.strip_suffix(['：', ':']));
        rest.is_some_and(|r| r.chars().all(is_digit))
    });
    let is_name =
        |line: &str| line.chars().nth(Annex::TITLE_CHARS).is_none() && !line.contains(['：', ':', '。', '，', '.']);
    let issued = cx.outline.papers.get(paper).and_then(|p| p.date).filter(|d| d.source == DateSource::Issued);
    is_label
        && block(index + 1).is_some_and(|(_, line)| is_name(line))
        && block(index + 2).is_some_and(|(span, _)| issued.is_some_and(|date| span.contains(date.span)))
}

/// What a part of the draft is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Purpose {
    /// To be read.
    #[default]
    Text,
    /// To be filled in by somebody else: its blanks are meant.
    Form,
    /// To be copied: all its placeholders are meant.
    Model,
}

/// Follows the annexes of a draft, whose titles say what they are for.
#[derive(Default)]
struct Annex {
    purpose: Purpose,
    /// How many further blocks may hold the title of the annex that has begun.
    title_within: u8,
}

impl Annex {
    /// Longer blocks are no titles.
    const TITLE_CHARS: usize = 40;

    /// The purpose of the next block; `first` at the beginning of a paper.
    fn purpose(&mut self, text: &str, first: bool, book: &Placeholders) -> Purpose {
        let edge = |c: char| is_blank(c) || matches!(c, '#' | '*');
        let bare = text.as_bytes().first().is_some_and(|&b| leads_han(b));
        let line = if bare { text } else { text.trim_start_matches(edge) };
        let is_labelled = begins_label(line) && ["附件", "附表"].iter().any(|label| line.starts_with(label));
        // Nearly all blocks begin nothing and follow nothing that has just begun.
        if !first && !is_labelled && self.title_within == 0 {
            return self.purpose;
        }
        let line = line.trim_end_matches(edge);
        let is_short = line.chars().nth(Self::TITLE_CHARS).is_none();
        if first || (is_short && is_labelled) {
            self.purpose = Purpose::Text;
            self.title_within = 3;
        }
        if is_short && self.title_within > 0 {
            self.title_within -= 1;
            if book.blanks.is_model(line) {
                self.purpose = Purpose::Model;
            } else if book.blanks.is_form(line) {
                self.purpose = Purpose::Form;
            }
        } else {
            self.title_within = 0;
        }
        self.purpose
    }
}

/// What kind of placeholder it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Digits,
    Letters,
    Asterisks,
    Crosses,
    Circles,
    Boxes,
    Figures,
    Queries,
    HiddenName,
    Underscores,
    Bracket,
    Date,
    Number,
    Prompt,
    Note,
    Variable,
    Todo,
    Pending,
    Annex,
}

impl Shape {
    fn as_str(self) -> &'static str {
        match self {
            Self::Digits => "digits",
            Self::Letters => "letters",
            Self::Asterisks => "asterisks",
            Self::Crosses => "crosses",
            Self::Circles => "circles",
            Self::Boxes => "boxes",
            Self::Figures => "figures",
            Self::Queries => "queries",
            Self::HiddenName => "hidden-name",
            Self::Underscores => "underscores",
            Self::Bracket => "bracket",
            Self::Date => "date",
            Self::Number => "number",
            Self::Prompt => "prompt",
            Self::Note => "note",
            Self::Variable => "variable",
            Self::Todo => "todo",
            Self::Pending => "pending",
            Self::Annex => "annex",
        }
    }

    fn rule(self) -> &'static RuleMeta {
        match self {
            Self::Digits | Self::Letters | Self::Asterisks => &PLACEHOLDER_MASK,
            _ => &PLACEHOLDER_BLANK,
        }
    }

    /// Whether a form is full of these by design.
    fn belongs_in_forms(self) -> bool {
        matches!(
            self,
            Self::Crosses | Self::Circles | Self::Boxes | Self::Underscores | Self::Bracket | Self::Date | Self::Number
        )
    }

    /// The finding about a token.
    fn found(self, token: &str, place: Span) -> Diagnostic {
        Diagnostic::at(self.rule(), place, self.words(token))
            .help(self.help())
            .data("shape", self.as_str())
            .data("token", token)
    }

    fn help(self) -> Words {
        match self {
            Self::Date => Words::new("写明日期", "write the date"),
            Self::Note => {
                Words::new("核实这个数，删去括号里的话", "settle the figure, and delete the remark in the brackets")
            }
            Self::Annex => Words::new("写明附件的名称；没有附件的，删去这一行", "name the annex, or delete the line"),
            _ => Words::new(
                "填写实际内容；不便公开的，改用不含占位符的表述",
                "fill it in, or word the sentence without it",
            ),
        }
    }

    fn words(self, token: &str) -> Words {
        match self {
            Self::Digits => {
                Words::new(format!("“{token}”遮住的数位尚未填写"), format!("“{token}” still hides digits of a number"))
            }
            Self::Letters
            | Self::Asterisks
            | Self::Crosses
            | Self::Circles
            | Self::Boxes
            | Self::Figures
            | Self::Queries
            | Self::HiddenName => Words::new(
                format!("“{token}”代替的数字或名称尚未填写"),
                format!("“{token}” still stands for a number or a name"),
            ),
            Self::Underscores => Words::new("下划线处尚未填写", "the underscores are still to be filled in"),
            Self::Bracket => {
                Words::new(format!("“{token}”内尚未填写"), format!("the brackets “{token}” are still empty"))
            }
            Self::Date => Words::new("日期缺位，尚未填写", "a part of the date is still missing"),
            Self::Number => Words::new(format!("“{token}”缺号，尚未填写"), format!("“{token}” still lacks its number")),
            Self::Prompt => Words::new(
                format!("写给起草人的提示“{token}”尚未换成正文"),
                format!("the prompt “{token}” still stands where text belongs"),
            ),
            Self::Note => Words::new(
                format!("这个数后面注着“{token}”，尚未核定"),
                format!("the figure before “{token}” is still to be settled"),
            ),
            Self::Variable => Words::new(
                format!("模板变量“{token}”尚未替换"),
                format!("the template variable “{token}” is still to be replaced"),
            ),
            Self::Annex => {
                Words::new(format!("“{token}”之后没有写附件的名称"), format!("no annex is named behind “{token}”"))
            }
            Self::Todo => Words::new(format!("待办标记“{token}”尚未处理"), format!("“{token}” is still to be done")),
            Self::Pending => {
                Words::new(format!("此栏只写了“{token}”，尚未填写"), format!("this field only says “{token}”"))
            }
        }
    }
}

/// A walk along the signs of a paragraph: code decides at each whether a placeholder begins there.
struct Scan<'a> {
    text: &'a str,
    book: &'a Placeholders,
    mentions: &'a Mentions,
    /// Where the paragraph begins in the document.
    base: usize,
    is_form: bool,
    /// What is known of the sentence that was asked about last.
    judged: Option<Sentence<'a>>,
    /// The runs of asterisks that are markup, once somebody asks.
    emphasis: Option<Vec<usize>>,
    out: &'a mut Vec<Diagnostic>,
}

/// A sentence with placeholders, and the answers of its words so far.
struct Sentence<'a> {
    span: Span,
    words: &'a str,
    pairs: Pairs,
    answers: [Option<bool>; Question::COUNT],
}

/// What the words of a sentence are asked about its placeholders.
#[derive(Clone, Copy)]
enum Question {
    /// Does it tell how to fill in or to name something?
    Describes,
    /// Does it speak of signs as such?
    Names,
    /// Does it tell of a case?
    Case,
    /// Does it speak of sizes?
    Sizes,
    /// Does it hide a number or a name on purpose?
    Hides,
    /// Has an x a meaning of its own in it?
    Notates,
    /// Do its asterisks hide a password?
    Secret,
    /// Is it of a quiz, whose brackets are empty on purpose?
    Quiz,
    /// Is 待定 its message?
    Decided,
    /// Does it count what is still to be looked into?
    Checking,
}

impl Question {
    const COUNT: usize = Self::Checking as usize + 1;
}

impl<'a> Scan<'a> {
    fn run(&mut self, signs: &[(Sign, usize)]) {
        let mut next = 0;
        for &(sign, at) in signs {
            // Within a placeholder nothing else begins.
            if at < next {
                continue;
            }
            next = match sign {
                Sign::Letter => self.letters(at),
                Sign::Asterisk => self.asterisks(at),
                Sign::Cross => self.crosses(at),
                Sign::Circle => self.circles(at),
                Sign::Box => self.boxes(at),
                Sign::Figure => self.figures(at),
                Sign::Query => self.queries(at),
                Sign::Underscore => self.underscores(at),
                Sign::Hidden => self.hidden_names(at),
                Sign::Bracket => self.bracket(at),
                Sign::Pending => self.pending(at),
                Sign::Prompt => self.bare_prompt(at),
                Sign::Todo => self.todo(at),
                Sign::Year => self.date(at),
                Sign::Month => self.day(at),
                Sign::Ordinal => self.ordinal(at),
            };
        }
    }

    /// Reports the placeholder at a span of the paragraph.
    fn report(&mut self, span: Span, shape: Shape) {
        if self.is_form && shape.belongs_in_forms() {
            return;
        }
        if self.is_described(span) || self.mentions.covers_sign(self.text, span) {
            return;
        }
        self.out.push(shape.found(span.of(self.text), span.shifted(self.base)));
    }

    /// The character before a byte.
    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// The character before a byte, blanks aside.
    fn before_blanks(&self, at: usize) -> Option<char> {
        self.text[..at].chars().rev().find(|&c| !is_blank(c))
    }

    /// The character at a byte.
    fn at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// The end of the run of characters from a byte on.
    fn run_end(&self, at: usize, of: impl Fn(char) -> bool) -> usize {
        self.text[at..].find(|c| !of(c)).map_or(self.text.len(), |n| at + n)
    }

    fn skip_blanks(&self, at: usize) -> usize {
        self.text.len() - trim_blank_start(&self.text[at..]).len()
    }

    /// Whether the span stands between quotation marks.
    fn is_quoted(&self, span: Span) -> bool {
        self.before(span.start).is_some_and(|c| matches!(c, '“' | '"' | '‘' | '\'' | '「' | '『' | '＂'))
            && self.at(span.end).is_some_and(|c| matches!(c, '”' | '"' | '’' | '\'' | '」' | '』' | '＂'))
    }

    /// What the words of the sentence around the span say of its placeholders.
    fn says(&mut self, span: Span, question: Question) -> bool {
        let text = self.text;
        // A sentence that was cut for its length is asked once for each of its cuts.
        let known = self.judged.take().filter(|s| s.span.contains(span));
        let around = self.judged.insert(known.unwrap_or_else(|| {
            let span = sentence(text, span, &[]);
            let words = span.of(text);
            Sentence { span, words, pairs: Pairs::of(words), answers: [None; _] }
        }));
        let (masks, blanks) = (&self.book.masks, &self.book.blanks);
        let Sentence { words, pairs, .. } = *around;
        let has = |list: &Sought| list.is_in(words, &pairs);
        *around.answers[question as usize].get_or_insert_with(|| match question {
            Question::Describes => has(&masks.describing),
            Question::Names => has(&masks.naming),
            Question::Case => has(&blanks.cases),
            Question::Sizes => has(&masks.sizes),
            Question::Hides => hides(words, &pairs),
            Question::Notates => has(&masks.notations),
            Question::Secret => has(&masks.secrets),
            Question::Quiz => has(&blanks.quizzes),
            Question::Decided => has(&blanks.decided),
            Question::Checking => has(&blanks.checking),
        })
    }

    /// Whether the sentence speaks of the sign at the span instead of leaving something open with it.
    fn is_described(&mut self, span: Span) -> bool {
        self.says(span, Question::Describes) || self.is_quoted(span) && self.says(span, Question::Names)
    }

    /// Whether the span hides a name on purpose: a person's in a case, or a body's.
    fn is_hidden(&mut self, span: Span) -> bool {
        let rest = &self.text[span.end..];
        let blanks = &self.book.blanks;
        let surname = self.before(span.start).is_some_and(|c| blanks.is_surname(c, rest))
            || blanks.ends_in_surname(&self.text[..span.start]);
        let body = blanks.is_body(rest);
        // Beside a number that is hidden on purpose a name is as well.
        ((surname || body) && self.says(span, Question::Case)) || (surname && self.says(span, Question::Hides))
    }
}

fn is_blank_before(rest: &str) -> bool {
    rest.starts_with(is_blank)
}
