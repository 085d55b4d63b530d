//! What a reader is told: control characters, columns, limits; and where text and Python conversions come from.

use sharray_base::{DType, Error, Result};

/// How a table is laid out.
#[derive(Debug, Clone)]
pub struct Options {
    /// Between fields; `None`: any run of white space.
    pub delimiter: Option<char>,
    /// Starts a comment that ends with the line.
    pub comment: Option<char>,
    /// Encloses fields that may hold delimiters and line ends; doubled, it stands for itself.
    pub quote: Option<char>,
    /// Ends the imaginary part of a complex number.
    pub imaginary_unit: char,
    /// Columns to read, in order; negative ones count from the end of each row.
    pub columns: Option<Vec<isize>>,
    /// Lines to skip first.
    pub skip_lines: usize,
    /// Rows to read at most.
    pub max_rows: Option<usize>,
    /// Columns (as in the file) that [`Hooks::convert`] converts; their place in this list is its `which`.
    pub converters: Vec<isize>,
    /// True when [`Hooks::convert`] converts all the other columns as well, with `which` `None`.
    pub convert_all: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            delimiter: None,
            comment: Some('#'),
            quote: None,
            imaginary_unit: 'j',
            columns: None,
            skip_lines: 0,
            max_rows: None,
            converters: Vec::new(),
            convert_all: false,
        }
    }
}

impl Options {
    /// Refuses control characters that clash.
    ///
    /// # Errors
    /// `Type` for a line end, or one character in two roles.
    pub fn check(&self) -> Result<()> {
        let roles = [("delimiter", self.delimiter), ("comment", self.comment), ("quote", self.quote)];
        for (role, character) in roles {
            if matches!(character, Some('\r' | '\n')) {
                return Err(Error::Type(format!(
                    "text reading control character `{role}` cannot be a line end"
                )));
            }
        }
        let white = |c: Option<char>| c.is_some_and(char::is_whitespace);
        if self.delimiter.is_none() && (white(self.comment) || white(self.quote)) {
            return Err(Error::Type(
                "white space separates fields: it can't be comment or quote as well".into(),
            ));
        }
        for (position, (_, character)) in roles.iter().enumerate() {
            if character.is_some() && roles[..position].iter().any(|(_, other)| other == character) {
                return Err(Error::Type(
                    "The values for control characters 'delimiter', 'quote', and 'comment' are incompatible"
                        .into(),
                ));
            }
        }
        Ok(())
    }
}

/// Where text comes from.
pub trait Source {
    /// Appends the next piece of UTF-8 text; false at the end.
    ///
    /// # Errors
    /// What reading or decoding reports.
    fn next(&mut self, text: &mut Vec<u8>) -> Result<bool>;

    /// True when each piece is one whole line, with or without its line end.
    fn by_line(&self) -> bool {
        false
    }
}

/// A piece of text in memory.
impl Source for &str {
    fn next(&mut self, text: &mut Vec<u8>) -> Result<bool> {
        text.extend_from_slice(self.as_bytes());
        Ok(!std::mem::take(self).is_empty())
    }
}

/// Conversions that need more than this crate knows.
pub trait Hooks {
    /// Writes a field as an element of `dtype`, by a converter of [`Options::converters`].
    ///
    /// # Errors
    /// What the converter reports.
    fn convert(&mut self, which: Option<usize>, field: &str, dtype: &DType, target: *mut u8) -> Result<()>;

    /// Writes a field as an element of a dtype with objects.
    ///
    /// # Errors
    /// What making the object reports.
    fn object(&mut self, field: &str, dtype: &DType, target: *mut u8) -> Result<()>;

    /// Told of the first line without data, by its number from 1, where at most `limit` rows are wanted: it is none.
    ///
    /// # Errors
    /// Whatever ends the reading.
    fn blank(&mut self, line: usize, limit: usize) -> Result<()> {
        let _ = (line, limit);
        Ok(())
    }

    /// The error to report for a conversion that failed with `cause`; `message` names the field and its place.
    fn failed(&mut self, message: String, cause: Error) -> Error {
        let _ = cause;
        Error::Value(message)
    }
}

/// No converters, no objects.
pub struct NoHooks;

impl Hooks for NoHooks {
    fn convert(&mut self, _: Option<usize>, _: &str, dtype: &DType, _: *mut u8) -> Result<()> {
        Err(Error::NotImplemented(format!("a converter to {dtype}")))
    }
    fn object(&mut self, _: &str, dtype: &DType, _: *mut u8) -> Result<()> {
        Err(Error::NotImplemented(format!("text to {dtype}")))
    }
}
