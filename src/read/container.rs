//! Files that are no text: recognised by their first bytes, else by their extension.

/// A kind of file that must be exported to text before it can be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// Word, WPS Writer, OpenDocument text, RTF.
    Writer,
    /// Excel, WPS Spreadsheets, OpenDocument spreadsheet.
    Sheet,
    /// PowerPoint, WPS Presentation, OpenDocument presentation.
    Slides,
    /// An office document whose kind neither its content nor its name tells.
    Office,
    /// PDF.
    Pdf,
    /// OFD, CEB and other layouts for official papers.
    Layout,
    /// A picture.
    Image,
    /// An archive.
    Archive,
}

/// How the formats begin.
const MAGIC: &[(&[u8], Container)] = &[
    (b"PK\x03\x04", Container::Archive),
    (b"PK\x05\x06", Container::Archive),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container::Office),
    (b"%PDF-", Container::Pdf),
    (b"{\\rtf", Container::Writer),
    (b"\x89PNG\r\n\x1a\n", Container::Image),
    (b"\xff\xd8\xff", Container::Image),
    (b"GIF87a", Container::Image),
    (b"GIF89a", Container::Image),
    (b"II*\0", Container::Image),
    (b"MM\0*", Container::Image),
    (b"Rar!\x1a\x07", Container::Archive),
    (b"7z\xbc\xaf\x27\x1c", Container::Archive),
    (b"\x1f\x8b", Container::Archive),
];

/// Names inside zip and compound files that tell what they hold. Compound files write them in UTF-16.
const PARTS: &[(&str, Container)] = &[
    ("word/document", Container::Writer),
    ("xl/workbook", Container::Sheet),
    ("ppt/presentation", Container::Slides),
    ("OFD.xml", Container::Layout),
    ("opendocument.text", Container::Writer),
    ("opendocument.spreadsheet", Container::Sheet),
    ("opendocument.presentation", Container::Slides),
    ("WordDocument", Container::Writer),
    ("Workbook", Container::Sheet),
    ("PowerPoint Document", Container::Slides),
];

/// The kind of file this is, where it is no text.
pub(super) fn detect(extension: &str, bytes: &[u8]) -> Option<Container> {
    let named = by_extension(extension);
    match MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        Some((_, outer @ (Container::Archive | Container::Office))) => {
            let inner = PARTS.iter().find(|(part, _)| {
                let wide: Vec<u8> = part.encode_utf16().flat_map(u16::to_le_bytes).collect();
                holds(bytes, part.as_bytes()) || holds(bytes, &wide)
            });
            Some(inner.map(|(_, kind)| *kind).or(named).unwrap_or(*outer))
        }
        Some((_, kind)) => Some(*kind),
        // The name promises a format that is not read yet: what stands in the file cannot be that draft.
        None => named,
    }
}

fn by_extension(extension: &str) -> Option<Container> {
    Some(match extension {
        "doc" | "docx" | "docm" | "dot" | "dotx" | "wps" | "wpt" | "odt" | "rtf" | "uof" | "uot" => Container::Writer,
        "xls" | "xlsx" | "xlsm" | "et" | "ett" | "ods" | "uos" => Container::Sheet,
        "ppt" | "pptx" | "pps" | "ppsx" | "dps" | "odp" | "uop" => Container::Slides,
        "pdf" => Container::Pdf,
        "ofd" | "ceb" | "cebx" | "gd" | "sep" => Container::Layout,
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "webp" | "heic" => Container::Image,
        "zip" | "rar" | "7z" | "gz" | "tar" => Container::Archive,
        _ => return None,
    })
}

/// Whether `needle`, which must not be empty, occurs in `bytes`.
fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(bytes, needle).is_some()
}
