//! Why a file could not be read, in words, with the way out.

use std::io;
use std::path::Path;

use crate::diagnostic::Words;
use crate::engine::fix::FixFault;
use crate::read::{Container, ReadFault};
use crate::report::FileError;

use super::usage::Fault;

/// A file that the system does not give.
pub(super) fn of_io(error: &io::Error) -> FileError {
    let (message, advice) = match error.kind() {
        io::ErrorKind::NotFound => (
            Words::new("没有这个文件或目录", "no such file or directory"),
            Words::new("请检查路径。", "Check the path."),
        ),
        io::ErrorKind::PermissionDenied => (
            Words::new("没有读取权限", "permission denied"),
            Words::new("请检查文件和目录的权限。", "Check the permissions of the file and its directories."),
        ),
        io::ErrorKind::IsADirectory => (
            Words::new("这是目录，不是文件", "it is a directory, not a file"),
            Words::new("请换一个文件，或给目录改名。", "Name a file, or rename the directory."),
        ),
        _ => (
            Words::new(format!("无法读取：{error}"), format!("cannot be read: {error}")),
            Words::new("请检查路径和权限。", "Check the path and its permissions."),
        ),
    };
    FileError { message, advice }
}

/// A file of more bytes than a draft has; to hold it would take the memory of the whole machine.
pub(super) fn of_size(limit: u64) -> FileError {
    let limit = limit >> 20;
    FileError {
        message: Words::new(
            format!("超过{limit}MB，不像是文稿，没有检查"),
            format!("larger than {limit} MB: no draft is, and it was not checked"),
        ),
        advice: Words::new(
            "请核对是不是拿错了文件；确是文稿的，请分成几份再检查。不必检查的，写进 lint.toml 的 exclude。",
            "Check that it is the right file; split a draft of that size. If it need not be checked, add it to `exclude` \
             in lint.toml.",
        ),
    }
}

/// A file that cannot be written.
pub(super) fn of_write(path: &Path, error: &io::Error) -> Fault {
    let path = path.display();
    let (zh, en) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => (
            "磁盘已满或超出限额，原有内容没有改动；请清出空间后再运行",
            "the disk or the quota is full and what was there is as it was; make room and run it again",
        ),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (
            "这里不能写，原有内容没有改动；请检查目录的权限，或换一个位置",
            "it may not be written there and what was there is as it was; check the permissions of the directory, or choose another",
        ),
        io::ErrorKind::NotFound => ("请先建好它所在的目录", "make its directory first"),
        io::ErrorKind::IsADirectory => ("那是目录；请写明文件名", "that is a directory; name a file"),
        _ => ("请检查路径，或换一个位置", "check the path, or choose another"),
    };
    Fault(Words::new(format!("无法写入 {path}：{error}；{zh}"), format!("cannot write {path}: {error}; {en}")))
}

/// A file at which the program itself failed.
pub(super) fn of_panic() -> FileError {
    FileError {
        message: Words::new("检查时程序出错，这份文件没有检查完", "the program failed while checking it"),
        advice: Words::new(
            "这是 lint 的缺陷：请连同上面的出错信息和 lint --version 反馈给开发者。",
            "This is a defect of lint: report it with the message above and `lint --version`.",
        ),
    }
}

/// Something that a walk could not enter or name.
pub(super) fn of_walk(error: &ignore::Error) -> FileError {
    if let Some(io) = error.io_error() {
        return of_io(io);
    }
    FileError {
        message: Words::new(format!("无法遍历：{error}"), format!("cannot be walked: {error}")),
        advice: Words::new("请检查目录。", "Check the directory."),
    }
}

/// Bytes that are no draft.
pub(super) fn of_read(fault: ReadFault) -> FileError {
    let (message, advice) = match fault {
        ReadFault::Container(container) => return of_container(container),
        ReadFault::Undecodable { encoding, line, offset } => (
            Words::new(
                format!("按 {encoding} 解码，在第{line}行（第{}字节）出错", offset + 1),
                format!("not valid {encoding}: line {line}, byte {}", offset + 1),
            ),
            Words::new(
                "文件可能已损坏或混用编码；请用编辑器打开核对，另存为 UTF-8 文本，或用 --encoding 指定编码。",
                "It may be damaged or mix encodings: check it in an editor and save it as UTF-8 text, or name the \
                 encoding with --encoding.",
            ),
        ),
        ReadFault::Unknown => (
            Words::new(
                "认不出编码：不是 UTF-8、UTF-16 或 GB18030 的中文文本",
                "no Chinese text in UTF-8, UTF-16 or GB18030",
            ),
            Words::new(
                "请另存为 UTF-8 文本，或用 --encoding 指定编码。",
                "Save it as UTF-8 text, or name the encoding with --encoding.",
            ),
        ),
        ReadFault::Binary => (
            Words::new("不是文本文件", "not a text file"),
            Words::new(
                "请把文稿另存为 UTF-8 文本再检查；文件若经加密软件保护，请先解密。",
                "Save the draft as UTF-8 text; if encryption software protects the file, decrypt it first.",
            ),
        ),
    };
    FileError { message, advice }
}

/// Why a file was not written anew; it is as it was.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It holds something else by now.
    Changed,
    /// It is marked as not to be written.
    ReadOnly,
    /// It is a pipe or a device.
    Special,
    /// The system refuses.
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A file whose fixes were not written; it is as it was.
pub(super) fn of_refusal(refusal: &Refusal) -> FileError {
    let (message, advice) = match refusal {
        Refusal::Changed => (
            Words::new(
                "没有改正：检查之后，别的程序改动了这个文件",
                "not fixed: another program has changed it since it was read",
            ),
            Words::new("文件保持它现在的样子；请再运行一次。", "It was left as it is now; run lint again."),
        ),
        Refusal::ReadOnly => (
            Words::new("没有改正：文件是只读的", "not fixed: the file is read-only"),
            Words::new("请先取消只读，再运行一次。", "Make it writable and run lint again."),
        ),
        Refusal::Special => (
            Words::new("没有改正：不是普通文件", "not fixed: not a regular file"),
            Words::new("请用“-”从标准输入检查，改好的文字在标准输出。", "Name it as `-` on standard input instead."),
        ),
        Refusal::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => (
            Words::new("没有改正：没有写入权限", "not fixed: permission denied"),
            Words::new(
                "请检查文件和所在目录的写入权限；--diff 只显示改动，不写文件。",
                "Check the permissions of the file and its directory; --diff shows the changes without writing.",
            ),
        ),
        Refusal::Io(error) => (
            Words::new(format!("没有改正：无法写入：{error}"), format!("not fixed: cannot be written: {error}")),
            Words::new(
                "原文件没有动；请检查磁盘空间和所在目录。",
                "The file is as it was; check the space on the disk and its directory.",
            ),
        ),
    };
    FileError { message, advice }
}

/// A draft whose fixes come to nothing.
pub(super) fn of_fix(fault: &FixFault) -> FileError {
    let (message, advice) = match fault {
        FixFault::Circle(rules) => (
            Words::new(
                format!("没有改正：这些规则的改法互相抵触，改不完：{}", rules.join("、")),
                format!("not fixed: there is no end to the fixes of {}", rules.join(", ")),
            ),
            Words::new(
                "文件没有动；请用 --ignore 去掉其中一条再运行，自己的词条请检查是否互为改法。",
                "The file is as it was; leave one of them out with --ignore, and see whether entries of your own \
                 replace each other.",
            ),
        ),
        FixFault::Unstable => (
            Words::new(
                "没有改正：改好的内容按这个编码读回来不是原样",
                "not fixed: the fixed text could not be read back in this encoding",
            ),
            Words::new(
                "文件没有动；请用 --encoding 指定编码，或另存为 UTF-8 再改。",
                "The file is as it was; name the encoding with --encoding, or save it as UTF-8 first.",
            ),
        ),
    };
    FileError { message, advice }
}

fn of_container(container: Container) -> FileError {
    let (message, advice) = match container {
        Container::Writer => (
            Words::new("Word、WPS 等文字文档还不能直接检查", "Word and WPS documents cannot be checked yet"),
            Words::new(
                "请在 Word 或 WPS 中另存为“纯文本（*.txt）”，编码选 UTF-8，再检查该文本。",
                "Save it from Word or WPS as plain text (*.txt) in UTF-8 and check that.",
            ),
        ),
        Container::Sheet => (
            Words::new("Excel、WPS 等表格还不能直接检查", "spreadsheets cannot be checked yet"),
            Words::new(
                "请把要检查的内容复制到文本文件，另存为 UTF-8 文本。",
                "Copy what is to be checked into a text file and save it as UTF-8 text.",
            ),
        ),
        Container::Slides => (
            Words::new("演示文稿不能直接检查", "presentations cannot be checked"),
            Words::new(
                "请把要检查的文字复制到文本文件，另存为 UTF-8 文本。",
                "Copy the words into a text file and save it as UTF-8 text.",
            ),
        ),
        Container::Office => (
            Words::new("Office 文档不能直接检查", "office documents cannot be checked"),
            Words::new("请用原来的软件另存为 UTF-8 文本。", "Save it as UTF-8 text from the program that wrote it."),
        ),
        Container::Pdf => (
            Words::new("PDF 还不能直接检查", "PDF files cannot be checked yet"),
            Words::new(
                "请用定稿前的文档另存为 UTF-8 文本；只有 PDF 时先导出文字（如 pdftotext），扫描件须先识别文字。",
                "Save the source document as UTF-8 text; if there is only the PDF, extract its text first \
                 (pdftotext, or OCR for a scan).",
            ),
        ),
        Container::Layout => (
            Words::new("OFD 等版式文件还不能直接检查", "OFD and similar layouts cannot be checked yet"),
            Words::new(
                "请用定稿前的文档另存为 UTF-8 文本，或在版式阅读器中复制文字。",
                "Save the source document as UTF-8 text, or copy the text from a viewer.",
            ),
        ),
        Container::Image => (
            Words::new("图片不能检查", "pictures cannot be checked"),
            Words::new("请先识别文字，另存为 UTF-8 文本。", "Recognise its text (OCR) and save that as UTF-8 text."),
        ),
        Container::Archive => (
            Words::new("压缩包不能检查", "archives cannot be checked"),
            Words::new("请先解压，再检查其中的文本。", "Unpack it and check the texts inside."),
        ),
    };
    FileError { message, advice }
}
