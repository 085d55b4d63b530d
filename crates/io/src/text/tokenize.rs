//! Text to fields, a row at a time.
//!
//! The text read so far and not used stands in one buffer, so that a row is always contiguous: an unfinished row at its
//! end moves to the front before more is appended. Bytes are classed by a table; bytes of multi-byte characters are
//! looked at further only where a control character or white space may be one.

use std::cell::Cell;

use sharray_base::{Error, Result};

use super::options::{Options, Source};

/// Where a field's text lies.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// In the buffer.
    Plain(usize, usize),
    /// In the scratch text (it had quotes).
    Unquoted(usize, usize),
}

/// A buffer that outlives its tokenizer has at most so many bytes.
const SPARE_BYTES: usize = 4 << 20;

thread_local! {
    /// The last tokenizer's buffer, empty: fresh memory for each table would cost as many page faults as the text has pages.
    static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// What a byte may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Plain,
    Delimiter,
    Newline,
    Comment,
    Quote,
    /// May start a multi-byte control character or white space.
    Wide,
}

/// The end of a line that came without one from an iterable: no byte of UTF-8. It separates rows, but within quotes it is
/// no part of the field.
pub(super) const LINE_END: u8 = 0xff;

fn ends_line(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r' | LINE_END)
}

/// Cuts text into rows of fields.
pub struct Tokenizer<'s> {
    source: &'s mut dyn Source,
    by_line: bool,
    /// What reading ahead ended with: told when that text is wanted.
    failed: Option<Error>,
    text: Vec<u8>,
    /// Start of what is not used yet.
    start: usize,
    /// Nothing more comes.
    ended: bool,
    classes: [Class; 256],
    white: bool,
    wide: [(Option<char>, Class); 3],
    quote: Option<char>,
    fields: Vec<Place>,
    scratch: Vec<u8>,
    /// Lines that rows were looked for in, or that were skipped.
    lines: usize,
    first_blank: Option<usize>,
}

/// The control characters, and what each is.
fn roles(options: &Options) -> [(Option<char>, Class); 3] {
    [(options.delimiter, Class::Delimiter), (options.comment, Class::Comment), (options.quote, Class::Quote)]
}

/// The class of each byte.
pub(super) fn classes(options: &Options) -> [Class; 256] {
    let mut classes = [Class::Plain; 256];
    if options.delimiter.is_none() {
        // Python's white space; line ends are set below.
        for byte in [b' ', b'\t', 0x0b, 0x0c, 0x1c, 0x1d, 0x1e, 0x1f] {
            classes[byte as usize] = Class::Delimiter;
        }
        classes[0x80..].fill(Class::Wide);
    }
    for (character, class) in roles(options) {
        match character {
            Some(c) if c.is_ascii() => classes[c as usize] = class,
            Some(_) => classes[0x80..].fill(Class::Wide),
            None => {}
        }
    }
    for byte in [b'\n', b'\r', LINE_END] {
        classes[byte as usize] = Class::Newline;
    }
    classes
}

/// How an attempt at a row ended.
enum Row {
    /// It takes the buffer up to here.
    Done(usize),
    /// More text is needed.
    Unfinished,
}

impl Drop for Tokenizer<'_> {
    fn drop(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        if text.capacity() <= SPARE_BYTES {
            text.clear();
            // A thread that ends keeps nothing.
            let _ = SPARE.try_with(|spare| spare.set(text));
        }
    }
}

impl<'s> Tokenizer<'s> {
    /// A tokenizer at the start of `source`.
    pub fn new(source: &'s mut dyn Source, options: &Options) -> Tokenizer<'s> {
        let by_line = source.by_line();
        Tokenizer {
            source,
            by_line,
            failed: None,
            text: SPARE.try_with(Cell::take).unwrap_or_default(),
            start: 0,
            ended: false,
            classes: classes(options),
            white: options.delimiter.is_none(),
            wide: roles(options),
            quote: options.quote,
            fields: Vec::new(),
            scratch: Vec::new(),
            lines: 0,
            first_blank: None,
        }
    }

    /// Passes over physical lines.
    ///
    /// # Errors
    /// The source's.
    pub fn skip_lines(&mut self, count: usize) -> Result<()> {
        self.lines += count;
        let mut left = count;
        let mut from = self.start;
        while left > 0 {
            match self.text[from..].iter().position(|&b| ends_line(b)) {
                Some(at) => {
                    let at = from + at;
                    let pair = self.text[at] == b'\r';
                    if pair && at + 1 == self.text.len() && !self.ended {
                        from = at - self.start;
                        self.more()?;
                        continue;
                    }
                    let skip = if pair && self.text.get(at + 1) == Some(&b'\n') { 2 } else { 1 };
                    self.start = at + skip;
                    left -= 1;
                }
                None if self.ended => {
                    self.start = self.text.len();
                    return Ok(());
                }
                None => self.more()?,
            }
            from = self.start;
        }
        Ok(())
    }

    /// Reads the next row that has fields; false at the end of the text.
    ///
    /// # Errors
    /// The source's; `Value` for a line end within a line.
    pub fn next_row(&mut self) -> Result<bool> {
        loop {
            if self.start == self.text.len() && !self.ended {
                self.more()?;
            }
            if self.start == self.text.len() {
                if self.ended {
                    return Ok(false);
                }
                continue;
            }
            match self.row() {
                Row::Unfinished => self.more()?,
                Row::Done(end) => {
                    if self.by_line && end < self.text.len() {
                        return Err(Error::Value(
                            "Found an unquoted embedded newline within a single line of input.  This is currently not \
                             supported."
                                .into(),
                        ));
                    }
                    self.start = end;
                    let empty = match self.fields[..] {
                        [] => true,
                        [Place::Plain(a, b)] => a == b,
                        _ => false,
                    };
                    self.lines += 1;
                    if !empty {
                        return Ok(true);
                    }
                    self.first_blank.get_or_insert(self.lines);
                }
            }
        }
    }

    /// The text read so far and not used; a row of it may be unfinished.
    pub fn rest(&self) -> &[u8] {
        &self.text[self.start..]
    }
    /// True when the source gives lines one by one.
    pub fn by_line(&self) -> bool {
        self.by_line
    }
    /// Passes over a row, of `used` bytes with its line end, that was read from [`Tokenizer::rest`].
    pub fn pass_row(&mut self, used: usize) {
        self.start += used;
        self.lines += 1;
    }

    /// The first line without data that was passed over, counted from 1; `None` before there was one. A line end within
    /// quotes counts for none.
    pub fn first_blank(&self) -> Option<usize> {
        self.first_blank
    }
    /// Number of fields of the row.
    pub fn len(&self) -> usize {
        self.fields.len()
    }
    /// True when the row has no field.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
    /// A field's text.
    pub fn field(&self, index: usize) -> &[u8] {
        match self.fields[index] {
            Place::Plain(from, to) => &self.text[from..to],
            Place::Unquoted(from, to) => &self.scratch[from..to],
        }
    }

    /// Reads the text to its end, but not much more than `most` bytes; not if it comes line by line.
    pub fn read_ahead(&mut self, most: usize) {
        while !self.by_line && !self.ended && self.failed.is_none() && self.text.len() < most {
            self.failed = self.more().err();
        }
    }
    /// How many lines are left, the last of them perhaps without its end; `None` if not all text is there. Carriage
    /// returns alone are not counted.
    pub fn lines_left(&self) -> Option<usize> {
        if self.by_line || !self.ended {
            return None;
        }
        // As many at once as a byte can count.
        let count = |piece: &[u8]| piece.iter().map(|&byte| u8::from(byte == b'\n')).sum::<u8>();
        let ends = self.rest().chunks(255).map(|piece| usize::from(count(piece))).sum::<usize>();
        Some(ends + usize::from(self.rest().last().is_some_and(|&byte| byte != b'\n')))
    }

    /// Moves what is left to the front and appends the next piece.
    fn more(&mut self) -> Result<()> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.text.drain(..self.start);
        self.start = 0;
        let before = self.text.len();
        match self.source.next(&mut self.text) {
            Ok(more) => self.ended = !more,
            Err(error) => {
                // What it left there is no text.
                self.text.truncate(before);
                return Err(error);
            }
        }
        // A line that came without its line end, or is nothing, must not run into the next.
        if self.by_line && !self.ended && !matches!(self.text[before..].last(), Some(b'\n' | b'\r')) {
            self.text.push(LINE_END);
        }
        Ok(())
    }

    /// The class of the character at `at`, and its length.
    #[inline(always)]
    fn class(&self, at: usize) -> (Class, usize) {
        let class = self.classes[self.text[at] as usize];
        if class == Class::Wide { self.wide_class(at) } else { (class, 1) }
    }

    #[cold]
    fn wide_class(&self, at: usize) -> (Class, usize) {
        let end = self.text.len().min(at + 4);
        let bytes = &self.text[at..end];
        let valid = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or(""),
        };
        let Some(character) = valid.chars().next() else { return (Class::Plain, 1) };
        let length = character.len_utf8();
        if let Some((_, class)) = self.wide.iter().find(|(c, _)| *c == Some(character)) {
            return (*class, length);
        }
        (if self.white && character.is_whitespace() { Class::Delimiter } else { Class::Plain }, length)
    }

    /// Tries to read a row from the start of what is left.
    fn row(&mut self) -> Row {
        self.fields.clear();
        self.scratch.clear();
        let mut at = self.start;
        loop {
            if self.white {
                at = self.skip_white(at);
            }
            if at == self.text.len() {
                if !self.ended {
                    return Row::Unfinished;
                }
                if !self.white {
                    self.fields.push(Place::Plain(at, at));
                }
                return Row::Done(at);
            }
            let (class, length) = self.class(at);
            let end = match class {
                Class::Quote => match self.quoted(at + length) {
                    Some(end) => end,
                    None => return Row::Unfinished,
                },
                _ => {
                    let end = self.plain_end(at);
                    if !(self.white && end == at) {
                        self.fields.push(Place::Plain(at, end));
                    }
                    end
                }
            };
            if end == self.text.len() {
                return if self.ended { Row::Done(end) } else { Row::Unfinished };
            }
            let (class, length) = self.class(end);
            match class {
                Class::Delimiter => at = end + length,
                Class::Newline => return self.line_end(end),
                // COMMENT: the rest of the line is passed over.
                _ => {
                    return match self.text[end..].iter().position(|&b| ends_line(b)) {
                        Some(offset) => self.line_end(end + offset),
                        None if self.ended => Row::Done(self.text.len()),
                        None => Row::Unfinished,
                    };
                }
            }
        }
    }

    fn line_end(&self, at: usize) -> Row {
        if self.text[at] == b'\r' {
            match self.text.get(at + 1) {
                Some(b'\n') => return Row::Done(at + 2),
                None if !self.ended && !self.by_line => return Row::Unfinished,
                _ => {}
            }
        }
        Row::Done(at + 1)
    }

    fn skip_white(&self, mut at: usize) -> usize {
        while at < self.text.len() {
            let (class, length) = self.class(at);
            if class != Class::Delimiter {
                break;
            }
            at += length;
        }
        at
    }

    /// Where an unquoted field that starts at `at` ends. Quotes within it are plain characters.
    fn plain_end(&self, mut at: usize) -> usize {
        while at < self.text.len() {
            let class = self.classes[self.text[at] as usize];
            if class == Class::Plain || class == Class::Quote {
                at += 1;
                continue;
            }
            let (class, length) = self.class(at);
            if class != Class::Plain && class != Class::Quote {
                break;
            }
            at += length;
        }
        at
    }

    /// Reads a quoted field whose text starts at `at` into the scratch; where it ends, or `None` when more text is needed.
    fn quoted(&mut self, mut at: usize) -> Option<usize> {
        let mut mark = [0; 4];
        let mark = self.quote?.encode_utf8(&mut mark).as_bytes();
        let from = self.scratch.len();
        loop {
            let Some(offset) = find(&self.text[at..], mark) else {
                if !self.ended {
                    return None;
                }
                // An open quote takes all the rest.
                self.scratch.extend(self.text[at..].iter().filter(|&&b| b != LINE_END));
                at = self.text.len();
                break;
            };
            let close = at + offset;
            self.scratch.extend(self.text[at..close].iter().filter(|&&b| b != LINE_END));
            at = close + mark.len();
            if self.text.len() < at + mark.len() && !self.ended {
                return None;
            }
            if !self.text[at..].starts_with(mark) {
                break;
            }
            self.scratch.extend_from_slice(mark);
            at += mark.len();
        }
        // What follows a closing quote belongs to the field as it is.
        let end = self.plain_end(at);
        self.scratch.extend_from_slice(&self.text[at..end]);
        self.fields.push(Place::Unquoted(from, self.scratch.len()));
        Some(end)
    }
}

fn find(text: &[u8], mark: &[u8]) -> Option<usize> {
    match mark {
        [one] => text.iter().position(|b| b == one),
        _ => text.windows(mark.len()).position(|w| w == mark),
    }
}
