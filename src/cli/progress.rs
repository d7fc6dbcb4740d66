//! How far a long run has come, for whoever watches a terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use crate::diagnostic::Lang;

/// A run that takes less than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is drawn anew.
const PERIOD: Duration = Duration::from_millis(100);

/// A line on standard error that is overwritten as files are done. There is none where standard error is no terminal.
pub(super) struct Progress {
    lang: Lang,
    total: usize,
    done: usize,
    /// When the line may be drawn next; never, where nobody watches.
    due: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// For a run over so many files.
    pub(super) fn new(total: usize, lang: Lang, quiet: bool) -> Self {
        let watched = !quiet && total > 1 && io::stderr().is_terminal();
        let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
        let due = (watched && !dumb).then(|| Instant::now() + PATIENCE);
        Self { lang, total, done: 0, due, shown: false }
    }

    /// Takes the line away, so that something else can be written.
    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            draw("\r\x1b[K");
        }
    }

    /// Counts a file, and draws the line when it is time.
    pub(super) fn step(&mut self) {
        self.done += 1;
        let now = Instant::now();
        if self.done == self.total || self.due.is_none_or(|due| now < due) {
            return;
        }
        self.due = Some(now + PERIOD);
        self.shown = true;
        let (done, total) = (self.done, self.total);
        draw(&match self.lang {
            Lang::Zh => format!("\r\x1b[K已检查 {done}/{total} 份文件……"),
            Lang::En => format!("\r\x1b[Kchecked {done} of {total} files …"),
        });
    }
}

/// Where the terminal is gone, there is nothing to draw on.
fn draw(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
