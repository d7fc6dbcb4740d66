//! Bytes to documents: every encoding and line end of one draft reads the same, and nothing else reads at all.

mod common;

use encoding_rs::GB18030;
use gongwen_lint::diagnostic::Lang;
use gongwen_lint::read::{Container, Encoding, ReadFault, read};
use gongwen_lint::render;
use gongwen_lint::rulebook::Rulebook;
use gongwen_lint::text::{BlockKind, Document};
use proptest::prelude::*;

/// A draft with what encodings trip over: full-width blanks and digits, quotes, a rare character, no final line end.
const DRAFT: &str = concat!(
    "青溪县人民政府２０２３年法治政府建设年度报告\n\n",
    "　　2023年，我县共办理行政复议案件52件，办结48件，办结率“92.31％”。\n",
    "　　一是强化培训。xx镇组织培训3次；三是加强督查，由王喆同志负责。\n",
    "事项\t件数\n复议\t52\n\n",
    "　　下一步，继续推进法制政府建设",
);

/// The draft in every encoding that is recognised without help, with its label.
fn encoded(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |bytes_of: fn(u16) -> [u8; 2]| {
        ['\u{feff}'].into_iter().chain(text.chars()).collect::<String>().encode_utf16().flat_map(bytes_of).collect()
    };
    let (gb, _, lossy) = GB18030.encode(text);
    assert!(!lossy);
    vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("UTF-16LE", utf16(u16::to_le_bytes)),
        ("UTF-16BE", utf16(u16::to_be_bytes)),
        ("GB18030", [b"\x84\x31\x95\x33", &*gb].concat()),
        ("GB18030", gb.into_owned()),
    ]
}

fn document(name: &str, bytes: &[u8]) -> Document {
    read(name, bytes, None).unwrap_or_else(|fault| panic!("{name}: {fault:?}"))
}

/// The blocks by kind, line, columns and words: what stays the same whatever the bytes are.
fn shape(document: &Document) -> Vec<(BlockKind, usize, usize, usize, String)> {
    document
        .blocks
        .iter()
        .map(|b| {
            let at = document.position(b.span.start);
            (b.kind, at.line, at.column, at.utf16, b.span.of(document.prose()).to_owned())
        })
        .collect()
}

/// The same draft gives the same text, blocks, places and findings in every encoding, and the report says which.
#[test]
fn encodings() {
    let book = Rulebook::embedded();
    let lines = |bytes: &[u8]| {
        let report = common::report("draft.txt", bytes, &[], &book);
        common::concise(&report, Lang::Zh)
    };
    let (known, found) = (document("draft.txt", DRAFT.as_bytes()), lines(DRAFT.as_bytes()));
    for (label, bytes) in encoded(DRAFT) {
        let read = document("draft.txt", &bytes);
        assert_eq!(read.encoding, label);
        assert_eq!(read.text, DRAFT, "{label}");
        assert_eq!(shape(&read), shape(&known), "{label}");
        assert_eq!(lines(&bytes), found, "{label}");
    }
}

/// CRLF and CR change neither the blocks nor the findings, and stay in the text as they are.
#[test]
fn line_ends() {
    let book = Rulebook::embedded();
    let markdown = format!("# 报告\n\n{DRAFT}\n\n- 复议\n- 诉讼\n\n|事项|件数|\n|---|---|\n|复议|52|\n");
    for (name, text) in [("draft.txt", DRAFT), ("draft.md", &markdown)] {
        let lines = |text: &str| {
            let report = common::report(name, text.as_bytes(), &[], &book);
            common::concise(&report, Lang::Zh)
        };
        let known = document(name, text.as_bytes());
        for end in ["\r\n", "\r"] {
            let other = text.replace('\n', end);
            let read = document(name, other.as_bytes());
            assert_eq!(read.text, other);
            let unified: Vec<_> =
                shape(&read).into_iter().map(|(k, l, c, u, s)| (k, l, c, u, s.replace(end, "\n"))).collect();
            assert_eq!(unified, shape(&known), "{name} {end:?}");
            assert_eq!(lines(&other), lines(text), "{name} {end:?}");
        }
    }
}

/// An empty file, blank lines and a line of full-width blanks hold no block; a line without an end holds one.
#[test]
fn blank_and_unfinished() {
    for (text, blocks) in [("", 0), ("\n\n", 0), ("　　\n \t\n", 0), ("一行", 1), ("\u{feff}", 0)] {
        assert_eq!(document("a.txt", text.as_bytes()).blocks.len(), blocks, "{text:?}");
    }
}

/// A named encoding is taken at its word: it reads what it can and fails where it cannot.
#[test]
fn named_encodings() {
    let named = |label: &str| Encoding::from_label(label);
    let (gb, _, _) = GB18030.encode(DRAFT);
    for label in ["gb18030", "GBK", "gb2312"] {
        let read = read("a.txt", &gb, named(label)).expect("readable");
        assert_eq!((read.text.as_str(), read.encoding), (DRAFT, "GB18030"));
    }
    let big_endian: Vec<u8> = format!("\u{feff}{DRAFT}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read("a.txt", &big_endian, named("utf-16")).expect("readable").text, DRAFT);
    let fault = read("a.txt", &gb, named("utf-8")).expect_err("no UTF-8");
    assert_eq!(fault, ReadFault::Undecodable { encoding: "UTF-8", line: 1, offset: 0 });
    assert_eq!(named("klingon"), None);
}

/// Damaged text is a fault with its place, in every encoding.
#[test]
fn damaged() {
    let mut utf16: Vec<u8> = "\u{feff}甲\n乙".encode_utf16().flat_map(u16::to_le_bytes).collect();
    utf16.extend([0x00, 0xd8]);
    let (gb, _, _) = GB18030.encode("青溪县\n人民政府");
    let gb = [&*gb, b"\xff\n"].concat();
    for (encoding, line, offset, bytes) in [("UTF-16LE", 2, 8, utf16), ("GB18030", 2, 15, gb)] {
        assert_eq!(read("a.txt", &bytes, None).err(), Some(ReadFault::Undecodable { encoding, line, offset }));
    }
}

/// Office documents, PDFs, pictures and archives are recognised by content whatever their name, and by name
/// whatever their content.
#[test]
fn containers() {
    let compound = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"[..], b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"].concat();
    for (name, bytes, kind) in [
        ("a.txt", &b"PK\x03\x04....word/document.xml"[..], Container::Writer),
        ("a.txt", b"PK\x03\x04....xl/workbook.xml", Container::Sheet),
        ("a.txt", b"PK\x03\x04....OFD.xml", Container::Layout),
        ("a.txt", b"PK\x03\x04....", Container::Archive),
        ("a.docx", b"PK\x03\x04....", Container::Writer),
        ("a.txt", &compound, Container::Writer),
        ("a.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container::Sheet),
        ("a", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container::Office),
        ("a.md", b"%PDF-1.7\n", Container::Pdf),
        ("a.txt", b"{\\rtf1\\ansi}", Container::Writer),
        ("a.txt", b"\x89PNG\r\n\x1a\n", Container::Image),
        ("a.wps", b"", Container::Writer),
        ("A.PDF", "正文".as_bytes(), Container::Pdf),
    ] {
        assert_eq!(read(name, bytes, None).err(), Some(ReadFault::Container(kind)), "{name} {bytes:?}");
    }
}

/// What every document keeps to: prose as long as the text, blocks in order, on its characters, without line ends.
fn sound(document: &Document) {
    assert_eq!(document.prose().len(), document.text.len());
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end && block.span.start < block.span.end, "{:?} after {end}", block.span);
        assert!(document.text.get(block.span.range()).is_some());
        assert!(document.prose().get(block.span.range()).is_some());
        assert!(!document.slice(block.span).ends_with(['\r', '\n']));
        assert!(!block.span.of(document.prose()).trim().is_empty());
        end = block.span.end;
    }
}

/// Pieces that Markdown puts together in surprising ways.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "报告",
        "52件",
        "**",
        "*",
        "_",
        "__",
        "~",
        "~~",
        "`",
        "```",
        "# ",
        "- ",
        "1. ",
        "3) ",
        "> ",
        "|",
        "|-|-|\n",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "    ",
        "\t",
        "　",
        "[",
        "](",
        ")",
        "![",
        "<!--",
        "-->",
        "<b>",
        "&mdash;",
        "&nLt;",
        "\\|",
        "\\",
        "[^1]",
        "[^1]: ",
        "---\n",
        "+++\n",
        "😀",
        "<http://a.cn>",
        "- [ ] ",
        "xx",
        "。",
        "：",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// No bytes panic, and what is read is sound.
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200), name in prop::sample::select(vec!["a.txt", "a.md"])) {
        if let Ok(document) = read(name, &bytes, None) {
            sound(&document);
        }
        for label in ["utf-8", "utf-16le", "gb18030", "big5", "iso-2022-jp"] {
            if let Ok(document) = read(name, &bytes, Encoding::from_label(label)) {
                sound(&document);
            }
        }
    }

    /// No text panics, in a plain file or a Markdown one, and the whole path to a report stands it.
    #[test]
    fn any_markdown(text in markdown()) {
        let book = Rulebook::embedded();
        for name in ["a.txt", "a.md"] {
            sound(&document(name, text.as_bytes()));
            let report = common::report(name, text.as_bytes(), &[], &book);
            prop_assert!(!render::whole(render::Json::new(Lang::Zh), &report).is_empty());
        }
    }

    /// Chinese text survives every encoding, with a mark and without.
    #[test]
    fn round_trip(tail in "[县政府办理案件占比全年，。、0-9a-z“”\n　]{0,80}") {
        let text = format!("青溪县：{tail}");
        let bare: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (label, bytes) in encoded(&text).into_iter().chain([("UTF-16LE", bare)]) {
            let read = document("a.txt", &bytes);
            prop_assert_eq!(&read.text, &text);
            prop_assert_eq!(read.encoding, label);
        }
    }
}
