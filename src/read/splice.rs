//! Edits of a document's text as edits of the bytes that it was read from: all else stays as it was, byte for byte.

use encoding_rs::{DecoderResult, GB18030, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::encoding::{Encoding, mark_of};
use crate::text::Span;

/// The bytes that a document was read from, in their encoding.
#[derive(Debug)]
pub struct Original<'b> {
    bytes: &'b [u8],
    encoding: &'static encoding_rs::Encoding,
    /// How many bytes its byte-order mark has.
    mark: usize,
    /// Whether the text may hold characters of four bytes in GB18030.
    four: bool,
}

impl<'b> Original<'b> {
    /// The `bytes` of a document whose encoding has this label ([`Document::encoding`](crate::text::Document)).
    #[must_use]
    pub fn new(bytes: &'b [u8], label: &str) -> Self {
        let encoding = Encoding::from_label(label).map_or(UTF_8, Encoding::get);
        let mark = mark_of(bytes, encoding);
        // A text without such characters may be meant for programs that know GB 2312 or GBK and nothing more.
        let four = encoding != GB18030 || holds_four(&bytes[mark..]);
        Self { bytes, encoding, mark, four }
    }

    /// Whether `text` can be written in the encoding of the file, so that whoever reads the file can read it too.
    #[must_use]
    pub fn can_hold(&self, text: &str) -> bool {
        self.encoded(text).is_some()
    }

    /// The bytes of the document's `text` after `edits`, which are in text order and do not overlap. The byte-order
    /// mark, the line ends and everything else outside of the edits are those of the original.
    ///
    /// `None` where a replacement cannot be written in the encoding, or an edit begins or ends within what is one code
    /// of it.
    #[must_use]
    pub fn edited<'e>(&self, text: &str, edits: impl IntoIterator<Item = (Span, &'e str)>) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(self.bytes.len());
        let mut walk = Walk::new(self, text);
        let mut kept = 0;
        for (span, new) in edits {
            out.extend_from_slice(self.bytes.get(kept..walk.to(span.start)?)?);
            kept = walk.to(span.end)?;
            out.extend(self.encoded(new)?);
        }
        out.extend_from_slice(&self.bytes[kept..]);
        Some(out)
    }

    fn encoded(&self, text: &str) -> Option<Vec<u8>> {
        if self.encoding == UTF_8 {
            return Some(text.as_bytes().to_vec());
        }
        if self.encoding == UTF_16LE {
            return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        }
        if self.encoding == UTF_16BE {
            return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        }
        // Its codes depend on the shifts before them.
        if self.encoding == ISO_2022_JP {
            return None;
        }
        let (bytes, _, lossy) = self.encoding.encode(text);
        (!lossy && (self.four || !holds_four(&bytes))).then(|| bytes.into_owned())
    }
}

/// The bytes of the code of GB18030 that `rest` begins with.
fn gb_width(rest: &[u8]) -> usize {
    match rest {
        // 0x80 is the euro sign of GBK.
        [0..=0x80, ..] => 1,
        [_, 0x30..=0x39, ..] => 4,
        _ => 2,
    }
}

fn holds_four(mut rest: &[u8]) -> bool {
    while !rest.is_empty() {
        let width = gb_width(rest);
        if width == 4 {
            return true;
        }
        rest = rest.get(width..).unwrap_or_default();
    }
    false
}

/// A walk over a text and its bytes in lockstep.
struct Walk<'a> {
    text: &'a str,
    original: &'a Original<'a>,
    /// Where it stands in the text.
    at: usize,
    /// Where it stands in the bytes.
    byte: usize,
    /// For the encodings whose widths are not known here.
    decoder: encoding_rs::Decoder,
}

impl<'a> Walk<'a> {
    fn new(original: &'a Original<'a>, text: &'a str) -> Self {
        let decoder = original.encoding.new_decoder_without_bom_handling();
        Self { text, original, at: 0, byte: original.mark, decoder }
    }

    /// Goes on to this offset of the text, and says where it is among the bytes.
    fn to(&mut self, offset: usize) -> Option<usize> {
        let stretch = self.text.get(self.at..offset)?;
        let encoding = self.original.encoding;
        if encoding == UTF_8 {
            self.byte += stretch.len();
        } else if encoding == UTF_16LE || encoding == UTF_16BE {
            self.byte += stretch.chars().map(|c| 2 * c.len_utf16()).sum::<usize>();
        } else if encoding == GB18030 {
            for _ in stretch.chars() {
                self.byte += gb_width(self.original.bytes.get(self.byte..)?);
            }
        } else {
            self.decode_to(offset)?;
        }
        self.at = offset;
        Some(self.byte)
    }

    /// Byte by byte, since only the decoder knows what makes a character.
    fn decode_to(&mut self, offset: usize) -> Option<()> {
        let mut at = self.at;
        while at < offset {
            let byte = self.original.bytes.get(self.byte..=self.byte)?;
            let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(byte, &mut [0; 16], false);
            if result != DecoderResult::InputEmpty {
                return None;
            }
            self.byte += 1;
            at += written;
        }
        // One code of Big5 may be two characters.
        (at == offset).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    /// What becomes of the bytes when each `old` in their text becomes `new`.
    fn replaced(bytes: &[u8], label: &str, old: &str, new: &str) -> Option<Vec<u8>> {
        let text = read("a.txt", bytes, Encoding::from_label(label)).expect("readable").text;
        let spans: Vec<Span> = text.match_indices(old).map(|(at, _)| Span::new(at, at + old.len())).collect();
        Original::new(bytes, label).edited(&text, spans.into_iter().map(|span| (span, new)))
    }

    /// Marks, line ends and wide characters around the edits stay, and bytes that encode in several ways stay as they
    /// were written (0x80 and 0xa2e3 are both the euro sign).
    #[test]
    fn all_else_stays() {
        let utf8 = "\u{feff}𠮷法制\r\n€法制\r".as_bytes();
        assert_eq!(replaced(utf8, "utf-8", "法制", "法治").as_deref(), Some("\u{feff}𠮷法治\r\n€法治\r".as_bytes()));
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
        let bytes = utf16("\u{feff}𠮷法制\r\n€法制\r");
        assert_eq!(replaced(&bytes, "utf-16be", "法制", "𠮷").as_deref(), Some(&*utf16("\u{feff}𠮷𠮷\r\n€𠮷\r")));
        let gb = |text: &str| GB18030.encode(text).0.into_owned();
        let bytes = [b"\x84\x31\x95\x33\x80\xa2\xe3", &*gb("€𠮷法制\r\n法制")].concat();
        let expected = [b"\x84\x31\x95\x33\x80\xa2\xe3", &*gb("€𠮷治\r\n治")].concat();
        assert_eq!(replaced(&bytes, "gb18030", "法制", "治"), Some(expected));
    }

    /// Other encodings are walked by their decoders; a place within a code is none.
    #[test]
    fn other_encodings() {
        for label in ["big5", "euc-kr", "shift_jis", "euc-jp"] {
            let encoding = Encoding::from_label(label).expect("a label").get();
            let bytes = |text: &str| encoding.encode(text).0.into_owned();
            let (old, new) = (bytes("法制a法制\r\n法"), bytes("法a法\r\n法"));
            assert_eq!(replaced(&old, label, "法制", "法"), Some(new), "{label}");
        }
        // 0x8862 is Ê with a macron behind it.
        let text = read("a.txt", b"\x88\x62a", Encoding::from_label("big5")).expect("readable").text;
        assert_eq!(text, "\u{ca}\u{304}a");
        let cut = Span::new(2, text.len());
        assert_eq!(Original::new(b"\x88\x62a", "big5").edited(&text, [(cut, "")]), None);
    }

    /// What the encoding has not cannot be written, nor what the readers of a GBK file may not know.
    #[test]
    fn unwritable() {
        let holds = |text: &str, label: &str, new: &str| {
            let bytes = Encoding::from_label(label).expect("a label").get().encode(text).0.into_owned();
            Original::new(&bytes, label).can_hold(new)
        };
        assert!(holds("法制", "gb18030", "法治·“”"));
        assert!(!holds("法制", "gb18030", "𠮷"));
        assert!(holds("法制𠮷", "gb18030", "𠀀"));
        assert!(!holds("法制", "big5", "𝄞"));
        assert!(!holds("法制", "iso-2022-jp", "法"));
        assert!(holds("法制", "utf-8", "𠮷"));
    }
}
