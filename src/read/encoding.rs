//! Bytes to text: which encoding a file is in, and which files are no text at all.

use encoding_rs::{DecoderResult, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadFault;

/// A text encoding that a user may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// The encoding with this name; any label of the WHATWG Encoding Standard, in any case.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).map(Self)
    }

    /// The label used in the report. GBK and GB2312 are read as GB18030, of which they are a part.
    #[must_use]
    pub fn label(self) -> &'static str {
        if self.0 == GB18030 || self.0 == GBK { "GB18030" } else { self.0.name() }
    }

    /// The codec.
    pub(super) fn get(self) -> &'static encoding_rs::Encoding {
        self.0
    }
}

/// The byte-order marks. Two zero bytes after the second would be UTF-32, whose text then shows NULs.
const MARKS: &[(&[u8], &encoding_rs::Encoding)] =
    &[(b"\xef\xbb\xbf", UTF_8), (b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE), (b"\x84\x31\x95\x33", GB18030)];

/// How many of the bytes are the byte-order mark that [`decode`] takes away.
pub(super) fn mark_of(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> usize {
    MARKS.iter().find(|(mark, e)| *e == encoding && bytes.starts_with(mark)).map_or(0, |(mark, _)| mark.len())
}

/// The text without its byte-order mark, and the label of its encoding.
pub(super) fn decode(bytes: &[u8], named: Option<Encoding>) -> Result<(String, &'static str), ReadFault> {
    // Nearly every file is UTF-8, and is asked only once.
    let utf8 = simdutf8::basic::from_utf8(bytes).ok();
    let encoding = match named {
        Some(named) => under_name(bytes, named),
        None => detect(bytes, utf8.is_some())?,
    };
    let mut text = match utf8.filter(|_| encoding.0 == UTF_8) {
        Some(text) => text.to_owned(),
        None => strictly(bytes, encoding)?,
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if is_noise(&text) {
        return Err(ReadFault::Binary);
    }
    Ok((text, encoding.label()))
}

/// "UTF-16" alone means little endian, unless a mark says otherwise.
fn under_name(bytes: &[u8], named: Encoding) -> Encoding {
    if named.0 == UTF_16LE && bytes.starts_with(b"\xfe\xff") { Encoding(UTF_16BE) } else { named }
}

/// A mark, else valid UTF-8 (`utf8`), else clear UTF-16, else GB18030 if that makes Chinese text.
fn detect(bytes: &[u8], utf8: bool) -> Result<Encoding, ReadFault> {
    if let Some((_, encoding)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Ok(Encoding(encoding));
    }
    let has_nul = memchr::memchr(0, bytes).is_some();
    if utf8 && !has_nul {
        return Ok(Encoding(UTF_8));
    }
    if let Some(utf16) = clear_utf16(bytes) {
        return Ok(Encoding(utf16));
    }
    if has_nul {
        return Err(ReadFault::Binary);
    }
    if is_damaged_utf8(bytes) {
        return Ok(Encoding(UTF_8));
    }
    if is_plausible_gb(bytes) { Ok(Encoding(GB18030)) } else { Err(ReadFault::Unknown) }
}

/// How many bytes are looked at to tell UTF-16.
const SAMPLE: usize = 16 * 1024;

/// UTF-16 without a mark, if nearly every unit is one that Chinese text is made of, and some are ones (ASCII, the
/// full stop and comma) whose bytes occur in no GBK text.
fn clear_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if bytes.len() % 2 == 1 {
        return None;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let clear = |unit_of: fn([u8; 2]) -> u16| {
        let (mut all, mut usual, mut proof) = (0usize, 0usize, 0usize);
        for pair in sample.chunks_exact(2) {
            let unit = unit_of([pair[0], pair[1]]);
            all += 1;
            let ascii = matches!(unit, 0x09 | 0x0a | 0x0c | 0x0d | 0x20..=0x7e);
            let mark = matches!(unit, 0x3000..=0x3002 | 0xff0c | 0xff1a | 0xff1b);
            proof += usize::from(ascii || mark);
            usual += usize::from(
                ascii
                    || mark
                    || matches!(unit, 0xa0..=0xff | 0x2010..=0x203b | 0x3003..=0x303f | 0x4e00..=0x9fff | 0xff01..=0xff5e),
            );
        }
        proof > 0 && usual * 10 >= all * 9
    };
    match (clear(u16::from_le_bytes), clear(u16::from_be_bytes)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes that are not valid UTF-8 were meant to be: more Han sequences than faults. GBK text hardly ever shows
/// such a sequence, and reading damaged UTF-8 as GBK would make a draft of nonsense, in which nothing is found.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut han, mut faults) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        han += chunk.valid().bytes().filter(|b| (0xe3..=0xef).contains(b)).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    han > faults
}

/// Whether the double bytes are mostly those of GB2312, as in all simplified Chinese. Big5, Shift JIS and EUC-KR also
/// decode as GB18030, but to rare characters.
fn is_plausible_gb(bytes: &[u8]) -> bool {
    let (mut all, mut rare) = (0usize, 0usize);
    let mut i = 0;
    while let Some(&lead) = bytes.get(i) {
        if lead < 0x80 {
            i += 1;
            continue;
        }
        all += 1;
        match bytes.get(i + 1) {
            Some(0x30..=0x39) => {
                rare += 1;
                i += 4;
            }
            Some(0xa1..=0xfe) if matches!(lead, 0xa1..=0xa9 | 0xb0..=0xf7) => i += 2,
            _ => {
                rare += 1;
                i += 2;
            }
        }
    }
    rare <= 2 || rare * 4 <= all
}

/// The whole text, or the place of the first byte that is none.
fn strictly(bytes: &[u8], encoding: Encoding) -> Result<String, ReadFault> {
    let mut decoder = encoding.0.new_decoder_without_bom_handling();
    // Without a known bound the decoder is given room for the widest case, three bytes for each.
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(room.unwrap_or_else(|| bytes.len().saturating_mul(3).saturating_add(16)));
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => Ok(text),
        DecoderResult::OutputFull | DecoderResult::Malformed(..) => {
            let bad = match result {
                DecoderResult::Malformed(length, after) => usize::from(length) + usize::from(after),
                _ => 0,
            };
            let line = crate::text::LineIndex::new(&text).count();
            Err(ReadFault::Undecodable { encoding: encoding.label(), line, offset: read.saturating_sub(bad) })
        }
    }
}

/// Whether decoded text is none: a NUL, or more than one control or replacement character in fifty.
fn is_noise(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut has_nul, mut controls) = (false, 0);
    // Counts of a byte suffice for so many, and many of them fit into a register.
    for part in bytes.chunks(usize::from(u8::MAX)) {
        has_nul |= part.iter().fold(false, |any, &b| any | (b == 0));
        controls += usize::from(part.iter().fold(0u8, |count, &b| count.wrapping_add(u8::from(is_control(b)))));
    }
    if has_nul {
        return true;
    }
    let lost = memchr::memmem::find_iter(bytes, "\u{fffd}").count();
    let noise = controls + lost;
    noise > 0 && noise * 50 > text.chars().count() + 50
}

/// Whether the byte is a control character; tabs, line ends, page breaks and the line breaks of word processors
/// (U+000B) are text.
const fn is_control(byte: u8) -> bool {
    byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(bytes: &[u8]) -> Result<&'static str, ReadFault> {
        decode(bytes, None).map(|(_, label)| label)
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    /// Without a mark UTF-16 is taken only where it is clear; letters in GBK that pair up to Han are not.
    #[test]
    fn utf16_without_a_mark() {
        let text = "青溪县2023年共办理案件52件，办结48件。\n";
        assert_eq!(label(&utf16(text, u16::to_le_bytes)), Ok("UTF-16LE"));
        assert_eq!(label(&utf16(text, u16::to_be_bytes)), Ok("UTF-16BE"));
        assert_eq!(label(&utf16("plain ascii\r\n", u16::to_le_bytes)), Ok("UTF-16LE"));
        let (mixed, _, _) = GB18030.encode("thequickbrownfoxjumpsoverthelazydog政务");
        assert_eq!(label(&mixed), Ok("GB18030"));
    }

    /// A UTF-8 file with a torn character is a fault with its place, never GBK nonsense.
    #[test]
    fn torn_utf8() {
        let whole = "第一行\n青溪县人民政府".as_bytes();
        let torn = &whole[..whole.len() - 1];
        let fault = ReadFault::Undecodable { encoding: "UTF-8", line: 2, offset: whole.len() - 3 };
        assert_eq!(label(torn), Err(fault));
        let mut middle = whole.to_vec();
        middle[13] = b'?';
        assert!(matches!(label(&middle), Err(ReadFault::Undecodable { encoding: "UTF-8", line: 2, offset: 13 | 14 })));
    }

    /// Other East Asian encodings decode as GB18030, but not to Chinese prose.
    #[test]
    fn other_encodings_are_not_taken_for_gbk() {
        for (name, text) in [
            ("big5", "本縣全年辦理行政覆議案件五十二件，其中維持四十八件，撤銷四件。"),
            ("shift_jis", "本県では昨年度の行政手続について次のとおり報告いたします。"),
        ] {
            let encoding = Encoding::from_label(name).expect("a known label");
            let (bytes, _, lossy) = encoding.0.encode(text);
            assert!(!lossy);
            assert!(label(&bytes).is_err(), "{name}: {:?}", label(&bytes));
            assert_eq!(decode(&bytes, Some(encoding)), Ok((text.to_owned(), encoding.label())));
        }
    }

    /// Binary data is no text, and neither is text of control characters; single stray ones are forgiven.
    #[test]
    fn no_text() {
        assert_eq!(label(b"\x7fELF\x02\x01\x01\0\0\0\0"), Err(ReadFault::Binary));
        assert_eq!(label(b"ab\x01\x02\x03\x04cd"), Err(ReadFault::Binary));
        assert_eq!(label(b"draft\x1a"), Ok("UTF-8"));
        assert_eq!(label(b""), Ok("UTF-8"));
    }
}
