//! Rows of plain numbers, read in one pass without cutting them into fields first.
//!
//! Most tables are nothing else. Whatever is not exactly that (quotes, comments, empty fields, other numbers of columns,
//! text that doesn't convert, a row whose end is not there yet) is declined, and the usual way reads the row again: so
//! nothing is decided here but what the usual way would decide the same.

use super::convert::Converter;
use super::options::Options;
use super::tokenize::LINE_END;

/// What stands between numbers.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// `None`: any run of white space.
    delimiter: Option<u8>,
    /// Rows declined since the last one that was read.
    pub misses: usize,
}

impl Layout {
    /// `None` when rows of such a table can't be read here.
    pub fn new(options: &Options) -> Option<Layout> {
        let delimiter = match options.delimiter {
            None => None,
            Some(character) => Some(u8::try_from(character).ok().filter(u8::is_ascii)?),
        };
        // A sign, digit or point that means something else.
        let free = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric() || "+-. \t".contains(c));
        let number = |c: Option<u8>| c.is_some_and(|c| c.is_ascii_alphanumeric() || b"+-.".contains(&c));
        let usable =
            options.columns.is_none() && free(options.comment) && free(options.quote) && !number(delimiter);
        usable.then_some(Layout { delimiter, misses: 0 })
    }

    /// Reads the row at the start of `text` into the elements at `target`: how many bytes it took, its line end included.
    ///
    /// # Safety
    /// At each cell's offset from `target` is a writable element of its converter's dtype.
    pub unsafe fn row<'c>(
        &self,
        text: &[u8],
        cells: impl ExactSizeIterator<Item = (&'c Converter, usize)>,
        target: *mut u8,
    ) -> Option<usize> {
        let last = cells.len().checked_sub(1)?;
        let mut at = 0;
        for (place, (converter, offset)) in cells.enumerate() {
            at = self.skip(text, at);
            // SAFETY: by this function's contract.
            at += unsafe { converter.number(text.get(at..)?, target.wrapping_add(offset)) }?;
            let end = at;
            at = self.skip(text, at);
            if place == last {
                return line_end(text, at);
            }
            match self.delimiter {
                Some(delimiter) if *text.get(at)? == delimiter => at += 1,
                None if at > end => {}
                _ => return None,
            }
        }
        None
    }

    /// Where the blanks at `at` end.
    #[inline(always)]
    fn skip(&self, text: &[u8], mut at: usize) -> usize {
        while let Some(&byte) = text.get(at)
            && (byte == b' ' || byte == b'\t')
            && self.delimiter != Some(byte)
        {
            at += 1;
        }
        at
    }
}

/// Where the line that ends at `at` is over.
#[inline(always)]
fn line_end(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at..)? {
        [b'\n' | LINE_END, ..] => Some(at + 1),
        [b'\r', b'\n', ..] => Some(at + 2),
        _ => None,
    }
}
