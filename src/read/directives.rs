//! The comments that allow findings: `<!-- lint-… rule, rule: reason -->`, in any format.

use memchr::memmem;

use crate::text::{Directive, Span, Verb, half_width, is_blank};

/// The directives of a text that stand where there may be comments, in text order.
pub(super) fn find(text: &str, may_be: impl Fn(Span) -> bool) -> Vec<Directive> {
    let mut out: Vec<Directive> = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), b"<!--") {
        // A comment cannot begin within another.
        if out.last().is_none_or(|last| last.span.end <= at) {
            out.extend(directive(text, at).filter(|d| may_be(d.span)));
        }
    }
    out
}

/// The text with the directives blanked byte for byte; none where there are none.
pub(super) fn blanked(text: &str, directives: &[Directive]) -> Option<String> {
    let first = directives.first()?;
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first.span.start]);
    for (i, directive) in directives.iter().enumerate() {
        out.extend(std::iter::repeat_n(' ', directive.span.len()));
        let next = directives.get(i + 1).map_or(text.len(), |d| d.span.start);
        out.push_str(&text[directive.span.end..next]);
    }
    Some(out)
}

/// The directive whose comment begins at `at`; it stands on one line. Other comments are text.
fn directive(text: &str, at: usize) -> Option<Directive> {
    let line = &text[at..at + text[at..].find(['\n', '\r']).unwrap_or(text.len() - at)];
    // The end is looked for behind the whole beginning: `<!-->` is no comment that holds less than nothing.
    let (inner, _) = line["<!--".len()..].split_once("-->")?;
    let span = Span::new(at, at + "<!--".len() + inner.len() + "-->".len());
    let inner = trimmed(text, Span::new(at + "<!--".len(), span.end - "-->".len()));
    let said = inner.of(text);
    let stop = |c: char| is_blank(c) || half_width(c) == ':';
    let word = Span::new(inner.start, inner.start + said.find(stop).unwrap_or(said.len()));
    if !word.of(text).starts_with("lint-") {
        return None;
    }
    let rest = Span::new(word.end, inner.end);
    let colon = rest.of(text).char_indices().find(|&(_, c)| half_width(c) == ':');
    let (names, reason) = match colon {
        None => (rest, None),
        Some((i, c)) => {
            let reason = trimmed(text, Span::new(rest.start + i + c.len_utf8(), rest.end));
            (Span::new(rest.start, rest.start + i), (!reason.is_empty()).then_some(reason))
        }
    };
    let verb = Verb::ALL.into_iter().find(|v| v.as_str() == word.of(text));
    Some(Directive { span, word, verb, rules: words(text, names), reason })
}

/// The words of a list, between blanks and commas.
fn words(text: &str, list: Span) -> Vec<Span> {
    let between = |c: char| is_blank(c) || matches!(half_width(c), ',' | '、');
    let mut out = Vec::new();
    let mut open = None;
    for (i, c) in list.of(text).char_indices().chain([(list.len(), ',')]) {
        match (between(c), open) {
            (false, None) => open = Some(list.start + i),
            (true, Some(start)) => {
                out.push(Span::new(start, list.start + i));
                open = None;
            }
            _ => {}
        }
    }
    out
}

/// A span without the blanks at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let all = span.of(text);
    let start = span.start + all.len() - all.trim_start_matches(is_blank).len();
    Span::new(start, (span.start + all.trim_end_matches(is_blank).len()).max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a directive says, word by word.
    #[test]
    fn parts() {
        let said = |text: &str| {
            let of = |s: &Span| s.of(text).to_owned();
            let list = find(text, |_| true);
            list.iter()
                .map(|d| (d.verb, d.rules.iter().map(of).collect::<Vec<_>>(), d.reason.as_ref().map(of)))
                .collect::<Vec<_>>()
        };
        let rules = |list: &[&str]| list.iter().map(|r| (*r).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            said("甲<!-- lint-disable-next-line claim-share: 原文如此：引自上级 -->乙\n<!--lint-enable-->"),
            [
                (Some(Verb::DisableNextLine), rules(&["claim-share"]), Some("原文如此：引自上级".to_owned())),
                (Some(Verb::Enable), rules(&[]), None)
            ]
        );
        assert_eq!(
            said("<!-- lint-disable claim-share，term 、mark-pair：引文　-->"),
            [(Some(Verb::Disable), rules(&["claim-share", "term", "mark-pair"]), Some("引文".to_owned()))]
        );
        assert_eq!(said("<!-- lint-disable-file residue: -->"), [(Some(Verb::DisableFile), rules(&["residue"]), None)]);
        let within = "<!-- lint-enable <!-- lint-enable term -->";
        assert_eq!(said(within), [(Some(Verb::Enable), rules(&["<!--", "lint-enable", "term"]), None)]);
        assert_eq!(said("<!-- lint-disabel x: y -->"), [(None, rules(&["x"]), Some("y".to_owned()))]);
        for text in [
            "<!-- 说明 -->",
            "<!-- lint-disable term: 没有\n完 -->",
            "lint-disable term: 甲",
            "<!-- linter -->",
            "<!-->",
            "<!--->甲-->",
        ] {
            assert_eq!(find(text, |_| true), [], "{text}");
        }
    }

    /// The comments are blank, everything else stands where it stood.
    #[test]
    fn blanks() {
        let text = "甲<!-- lint-enable -->乙<!-- 丙 -->\r\n<!-- lint-disable-file term: 引 -->丁";
        let blank = blanked(text, &find(text, |_| true)).expect("there are some");
        assert_eq!(blank.len(), text.len());
        assert_eq!(blank.split_whitespace().collect::<Vec<_>>(), ["甲", "乙<!--", "丙", "-->", "丁"]);
        assert_eq!(blank.find('丁'), text.find('丁'));
        assert_eq!(blanked("甲", &[]), None);
    }
}
