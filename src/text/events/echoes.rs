//! Where Han characters are written twice, and where there is nothing to see.

use super::{Class, Events};
use crate::text::leads_han;

/// Tells where a Han character is written twice in a row, and where four come again within a few characters: what every
/// longer run that is written twice in a row contains. A table remembers where a character was last seen, or another one
/// of its row; only where it says that it was just now, the text itself is compared.
pub(super) struct Echoes<'t> {
    text: &'t [u8],
    /// How much of it the table tells something of.
    told: usize,
    /// How many Han characters up to here may all have come within the reach before.
    again: usize,
    /// From where on a character of the row is fresh, as far as the row tells: one that stands before comes again. In a
    /// row with a character that is an event none ever is.
    fresh: [u32; ROWS],
}

/// The bytes of a Han character.
const WIDTH: usize = 3;
/// How many bytes before a character it may have come.
const REACH: usize = Events::REPEAT.1 * WIDTH;
/// The rows of the table: a character stands in that of the lowest bits of its code.
const ROWS: usize = 1 << 11;
/// The row has an event.
const ALWAYS: u32 = 1 << 31;
/// Behind this place the table tells nothing, and the text itself is compared everywhere.
const LAST: usize = (ALWAYS - 1) as usize - REACH - WIDTH;

/// The table before anything was seen.
static UNSEEN: [u32; ROWS] = {
    let mut fresh = [0; _];
    let mut code = 0x4000;
    // What `leads_han` lets pass.
    while code < 0xa000 {
        if let Some(c) = char::from_u32(code)
            && Class::of(c).is(Class::EVENT)
        {
            fresh[code as usize % ROWS] = ALWAYS;
        }
        code += 1;
    }
    fresh
};

/// Whether a character that begins with these bytes is one of those among the Han that are none.
#[inline]
fn is_hexagram(head: [u8; 2]) -> bool {
    head == [0xe4, 0xb7]
}

/// The row of a character with these last bytes.
#[inline]
fn row(b: u8, c: u8) -> usize {
    (usize::from(b) << 6 | usize::from(c & 0x3f)) % ROWS
}

impl<'t> Echoes<'t> {
    #[inline]
    pub(super) fn new(text: &'t str) -> Self {
        let text = text.as_bytes();
        Self { text, told: text.len().min(LAST), again: 0, fresh: UNSEEN }
    }

    /// Takes the next characters that are no events and can be neither a twin nor an echo, and tells where they end. Most
    /// of a text is such characters, one behind the other.
    #[inline]
    pub(super) fn pass(&mut self, mut at: usize) -> usize {
        let Some(mut rest) = self.text.get(at..self.told) else { return at };
        let mut again = self.again;
        while let Some((&[a, b, c], further)) = rest.split_first_chunk()
            && leads_han(a)
        {
            let (fresh, next) = (&mut self.fresh[row(b, c)], fresh_behind(at));
            if at as u32 >= *fresh {
                again = 0;
            } else if *fresh >= ALWAYS
                || *fresh == next.wrapping_sub(WIDTH as u32)
                || again + 1 >= Events::REPEAT.0
                || is_hexagram([a, b])
            {
                break;
            } else {
                again += 1;
            }
            *fresh = next;
            at = at.wrapping_add(WIDTH);
            rest = further;
        }
        self.again = again;
        at
    }

    /// Takes another character than Han.
    #[inline]
    pub(super) fn part(&mut self) {
        self.again = 0;
    }

    /// Takes the next Han character, and tells whether it is a twin, or the last of four that came before.
    #[inline]
    pub(super) fn push(&mut self, at: usize) -> Class {
        let mut may_be_twin = true;
        if at < LAST {
            let (fresh, next) = (&mut self.fresh[row(self.text[at + 1], self.text[at + 2])], fresh_behind(at));
            let known = *fresh & !ALWAYS;
            *fresh = *fresh & ALWAYS | next;
            if at as u32 >= known {
                self.again = 0;
                return Class::NONE;
            }
            may_be_twin = known == next.wrapping_sub(WIDTH as u32);
        }
        self.again += 1;
        if !may_be_twin && self.again < Events::REPEAT.0 { Class::NONE } else { self.compare(at) }
    }

    /// Like [`Self::push`], for a character that may be a twin or an echo.
    #[cold]
    #[inline(never)]
    fn compare(&self, at: usize) -> Class {
        let (before, from) = self.text.split_at(at);
        let twin = before.ends_with(&from[..WIDTH]);
        let echo = self.again >= Events::REPEAT.0 && self.is_repeated(at + WIDTH);
        Class::NONE.with(Class::TWIN, twin).with(Class::ECHO, echo)
    }

    /// Whether the four characters up to `end` came before.
    fn is_repeated(&self, end: usize) -> bool {
        let start = end - Events::REPEAT.0 * WIDTH;
        let four = &self.text[start..end];
        (Events::REPEAT.0..=Events::REPEAT.1)
            .filter_map(|len| start.checked_sub(len * WIDTH))
            .any(|from| self.text[from..].starts_with(four))
    }
}

/// From where on a character is fresh that stands at `at`.
#[inline]
const fn fresh_behind(at: usize) -> u32 {
    (at as u32).wrapping_add(REACH as u32 + 1)
}
