//! Rows of plain numbers and plain text, read in one pass without cutting them into fields first.
//!
//! Most tables are nothing else. Whatever is not exactly that (quotes, comments, other numbers of columns, text that
//! doesn't convert, a row whose end is not there yet) is declined, and the usual way reads the row again: so nothing is
//! decided here but what the usual way would decide the same.

use super::convert::Converter;
use super::integer;
use super::options::Options;
use super::scan::Candidates;
use super::tokenize::{self, Class, LINE_END};

/// What is done with a field.
enum Step {
    /// It is passed over.
    Skip,
    Number {
        converter: Converter,
        offset: usize,
    },
    Text {
        converter: Converter,
        offset: usize,
        /// Characters that the element has room for.
        width: usize,
    },
}

/// What all fields of a row become, where nothing lies between the elements.
enum All {
    /// `int64`, or another native integer of its size.
    Ints,
    /// The same for `int32`.
    ShortInts,
    /// Text in elements of this size.
    Texts(usize),
    /// Whatever the steps say.
    Mixed,
}

impl All {
    fn of(steps: &[Step]) -> All {
        let ints = |size: usize| {
            steps
                .iter()
                .all(|step| matches!(step, Step::Number { converter, .. } if converter.is_native_int(size)))
        };
        let texts = steps.iter().all(|step| matches!(step, Step::Text { .. }));
        match steps.first() {
            Some(Step::Text { converter, .. }) if texts => All::Texts(converter.dtype().itemsize()),
            _ if ints(8) => All::Ints,
            _ if ints(4) => All::ShortInts,
            _ => All::Mixed,
        }
    }
}

/// What rows look like, field by field.
pub struct Layout {
    /// `None`: any run of white space.
    delimiter: Option<u8>,
    classes: [Class; 256],
    /// Blanks around numbers.
    blank: [bool; 256],
    /// Bytes that may end a field.
    ends: Candidates,
    /// Bytes that may end a line, or hide its end.
    line_ends: Candidates,
    /// Up to the last field that is read.
    steps: Vec<Step>,
    all: All,
    /// Fields may follow that are not read.
    open: bool,
    /// Elements follow each other in memory as their fields do in the row.
    rising: bool,
    /// Rows declined since the last one that was read.
    pub misses: usize,
}

impl Layout {
    /// The layout of a table whose columns are converted into elements at these offsets; `None` when rows of such a table
    /// can't be read here. `dense`: a row is nothing but these elements, in this order.
    pub fn new<'c>(
        options: &Options,
        dense: bool,
        columns: impl ExactSizeIterator<Item = (&'c Converter, usize)>,
    ) -> Option<Layout> {
        let delimiter = ascii(options.delimiter)?;
        let others = [delimiter, ascii(options.comment)?, ascii(options.quote)?];
        // A sign, digit or point that means something else.
        let free = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric() || "+-. \t".contains(c));
        let number = |c: Option<u8>| c.is_some_and(|c| c.is_ascii_alphanumeric() || b"+-.".contains(&c));
        if !free(options.comment) || !free(options.quote) || number(delimiter) {
            return None;
        }
        let mut steps = Vec::new();
        let mut rising = dense;
        for (place, (converter, offset)) in columns.enumerate() {
            let column = match &options.columns {
                None => place,
                Some(columns) => {
                    usize::try_from(*columns.get(place)?).ok().filter(|&at| at < MOST_COLUMNS)?
                }
            };
            rising &= column >= steps.len();
            while steps.len() <= column {
                steps.push(Step::Skip);
            }
            match &mut steps[column] {
                step @ Step::Skip => *step = Step::new(converter, offset)?,
                // Twice the same column.
                _ => return None,
            }
        }
        // White space and line ends are below.
        let below = if delimiter.is_none() { b' ' + 1 } else { b'\r' + 1 };
        Some(Layout {
            delimiter,
            classes: tokenize::classes(options),
            blank: std::array::from_fn(|byte| {
                (byte == b' '.into() || byte == b'\t'.into()) && delimiter.map(usize::from) != Some(byte)
            }),
            ends: Candidates::new(below, others),
            line_ends: Candidates::new(b'\r' + 1, [None, None, others[2]]),
            all: if rising { All::of(&steps) } else { All::Mixed },
            steps,
            open: options.columns.is_some(),
            rising,
            misses: 0,
        })
    }

    /// Reads the row at the start of `text` into the elements behind `target`: how many bytes it took, its line end
    /// included.
    ///
    /// # Safety
    /// At each column's offset from `target` is a writable element of its converter's dtype, within a row of `room` bytes
    /// or more, all of them writable; those that are no element may take any value.
    #[inline]
    pub unsafe fn row(&self, text: &[u8], target: *mut u8, room: usize) -> Option<usize> {
        // SAFETY: by this function's contract; what all elements are was found out.
        unsafe {
            match &self.all {
                All::Ints => self.fields(
                    |_, at| place_int::<i64>(text, self.skip(text, at.0), target.wrapping_add(at.1 * 8)),
                    text,
                ),
                All::ShortInts => self.fields(
                    |_, at| place_int::<i32>(text, self.skip(text, at.0), target.wrapping_add(at.1 * 4)),
                    text,
                ),
                All::Texts(size) => self.fields(
                    |step, (at, place)| {
                        let Step::Text { converter, width, .. } = step else { return None };
                        let offset = place * size;
                        self.text(converter, *width, (text, at), target.wrapping_add(offset), room - offset)
                    },
                    text,
                ),
                All::Mixed => self.fields(|step, (at, _)| self.field(step, (text, at), target, room), text),
            }
        }
    }

    /// Goes over the fields of a row: `read` reads one that starts at a place of the text, and says where it ends.
    #[inline(always)]
    fn fields(
        &self,
        mut read: impl FnMut(&Step, (usize, usize)) -> Option<usize>,
        text: &[u8],
    ) -> Option<usize> {
        let last = self.steps.len().checked_sub(1)?;
        let white = self.delimiter.is_none();
        let mut at = if white { self.skip(text, 0) } else { 0 };
        for (place, step) in self.steps.iter().enumerate() {
            let end = read(step, (at, place))?;
            at = self.skip(text, end);
            if place == last && !self.open {
                return line_end(text, at);
            }
            match (self.delimiter, text.get(at)?) {
                (_, b'\n' | b'\r' | &LINE_END) if place == last => return line_end(text, at),
                (Some(delimiter), &byte) if byte == delimiter => at += 1,
                (None, _) if at > end => {}
                _ => return None,
            }
        }
        self.rest_of_line(text, at)
    }

    /// Does with the field at `at` what its step says: where it ends.
    ///
    /// # Safety
    /// As for [`Layout::row`].
    unsafe fn field(
        &self,
        step: &Step,
        (text, at): (&[u8], usize),
        target: *mut u8,
        room: usize,
    ) -> Option<usize> {
        match step {
            Step::Number { converter, offset } => {
                let at = self.skip(text, at);
                // SAFETY: by this function's contract.
                let used = unsafe { converter.number(text.get(at..)?, target.wrapping_add(*offset)) }?;
                Some(at + used)
            }
            Step::Text { converter, offset, width } => {
                let room = if self.rising { room - offset } else { converter.dtype().itemsize() };
                // SAFETY: by this function's contract: what lies behind the element, and is an element, is written later
                // if they rise.
                unsafe { self.text(converter, *width, (text, at), target.wrapping_add(*offset), room) }
            }
            Step::Skip => self.end(text, self.start(text, at)?),
        }
    }

    /// Reads the text at `at` into an element with `room` bytes from it on: where it ends.
    ///
    /// # Safety
    /// As for [`Converter::short_text`].
    #[inline(always)]
    unsafe fn text(
        &self,
        converter: &Converter,
        width: usize,
        (text, at): (&[u8], usize),
        target: *mut u8,
        room: usize,
    ) -> Option<usize> {
        let from = self.start(text, at)?;
        if let Some(block) = text.get(from..).and_then(|rest| rest.first_chunk()) {
            let count = self.ends.within(block).trailing_zeros() as usize;
            // What is no candidate is ASCII.
            if count < 16
                && self.ends_field(block[count])
                // SAFETY: handed on from the caller.
                && unsafe { converter.short_text(block, count.min(width), target, room) }
            {
                return Some(from + count);
            }
        }
        let end = self.end(text, from)?;
        // SAFETY: the room includes the element.
        unsafe { converter.run(&text[from..end], target) }.ok()?;
        Some(end)
    }

    /// Where a field of any text starts; `None` if it is quoted, or the line seems to be over.
    #[inline(always)]
    fn start(&self, text: &[u8], at: usize) -> Option<usize> {
        match self.classes[usize::from(*text.get(at)?)] {
            Class::Plain => Some(at),
            // An empty field, but not of a row that has no other.
            Class::Delimiter if self.delimiter.is_some() => Some(at),
            Class::Newline if self.delimiter.is_some() && at > 0 => Some(at),
            _ => None,
        }
    }

    /// Where the field that starts at `at` ends, whatever it holds.
    #[inline(always)]
    fn end(&self, text: &[u8], mut at: usize) -> Option<usize> {
        loop {
            at = self.ends.next(text, at)?;
            match self.classes[usize::from(text[at])] {
                Class::Delimiter | Class::Newline => return Some(at),
                // Within a field a quote is text.
                Class::Plain | Class::Quote => at += 1,
                Class::Comment | Class::Wide => return None,
            }
        }
    }

    #[inline(always)]
    fn ends_field(&self, byte: u8) -> bool {
        matches!(self.classes[usize::from(byte)], Class::Delimiter | Class::Newline)
    }

    /// Where the blanks at `at` end.
    #[inline(always)]
    fn skip(&self, text: &[u8], mut at: usize) -> usize {
        while let Some(&byte) = text.get(at)
            && self.blank[usize::from(byte)]
        {
            at += 1;
        }
        at
    }

    /// Where the line is over whose fields from `at` on are not read. Quotes may hold line ends.
    fn rest_of_line(&self, text: &[u8], mut at: usize) -> Option<usize> {
        loop {
            at = self.line_ends.next(text, at)?;
            match self.classes[usize::from(text[at])] {
                Class::Newline => return line_end(text, at),
                Class::Quote => return None,
                _ => at += 1,
            }
        }
    }
}

/// Tables of more columns, of which some are read, are left to the usual way.
const MOST_COLUMNS: usize = 1 << 16;

impl Step {
    fn new(converter: &Converter, offset: usize) -> Option<Step> {
        let converter = converter.clone();
        if converter.is_number() {
            return Some(Step::Number { converter, offset });
        }
        let width = converter.text_width()?;
        Some(Step::Text { converter, offset, width })
    }
}

/// Reads the integer at `at` into an element: where it ends.
///
/// # Safety
/// At `target` is a writable element, at any alignment.
#[inline(always)]
unsafe fn place_int<T: TryFrom<i64>>(text: &[u8], at: usize, target: *mut u8) -> Option<usize> {
    let parsed = integer::leading(text.get(at..)?)?;
    let value = T::try_from(parsed.signed()?).ok()?;
    // SAFETY: by this function's contract.
    unsafe { target.cast::<T>().write_unaligned(value) };
    Some(at + parsed.used)
}

/// A control character of one byte, or none; `None` for others.
fn ascii(character: Option<char>) -> Option<Option<u8>> {
    match character {
        None => Some(None),
        Some(character) => u8::try_from(character).ok().filter(u8::is_ascii).map(Some),
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
