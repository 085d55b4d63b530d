//! Tables of text: read into arrays, and written.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use sharray_base::{DType, Error, Kind, Result, TypeNum};
use sharray_core::assign::Casting;
use sharray_io::text::print::{Numbers, Row};
use sharray_io::text::{self, NoHooks, Options, Source};

use crate::Array;
use crate::access::bytes_of;
use crate::dtypes::ToDType;
use crate::files::failed;
use crate::outputs::one;

/// Bytes of text taken from a file at a time, up to the end of their last line.
const PIECE: usize = 1 << 18;

/// How [`Array::save_table`] writes.
///
/// ```
/// use sharray::prelude::*;
/// let format = TableFormat { format: "%.1f", delimiter: ", ", header: "height, weight", ..TableFormat::default() };
/// let people = Array::from([[1.81, 80.5], [1.62, 55.0]]);
/// assert_eq!(people.format_table(&format)?, "# height, weight\n1.8, 80.5\n1.6, 55.0\n");
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableFormat<'a> {
    /// A format of C's `printf` for every number (`%.3f`, `%8d`, `%g`), or one with as many as a row has columns, whose
    /// text then stands between them.
    pub format: &'a str,
    /// What separates the columns.
    pub delimiter: &'a str,
    /// What ends a row.
    pub newline: &'a str,
    /// Text before the table, or empty.
    pub header: &'a str,
    /// Text behind it, or empty.
    pub footer: &'a str,
    /// What each line of header and footer begins with.
    pub comments: &'a str,
}

impl Default for TableFormat<'_> {
    /// As NumPy's `savetxt`: all digits, columns separated by a blank.
    fn default() -> Self {
        TableFormat { format: "%.18e", delimiter: " ", newline: "\n", header: "", footer: "", comments: "# " }
    }
}

impl Array {
    /// Reads a table of text: an array of shape (rows, columns), or (rows,) for a structured dtype.
    ///
    /// # Errors
    /// `Value` with the row and column that can't be read, or a row with another number of columns.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let text = "# height, weight\n1.81, 80.5\n1.62, 55\n";
    /// let options = TableOptions { delimiter: Some(','), ..TableOptions::default() };
    /// let people = Array::parse_table(text, "f8", &options)?;
    /// assert_eq!(people.shape(), [2, 2]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn parse_table(table: &str, dtype: impl ToDType, options: &Options) -> Result<Array> {
        let (mut source, dtype) = (table, dtype.to_dtype()?);
        one(|out| text::read(&mut source, &dtype, options, &mut NoHooks, out))
    }
    /// Reads a file of UTF-8 text as [`Array::parse_table`] does: NumPy's `loadtxt`.
    ///
    /// # Errors
    /// `Io`; `Value` for bytes that are no text, else as [`Array::parse_table`], with the file's name.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # let path = std::env::temp_dir().join("sharray-doc-load-table.txt");
    /// std::fs::write(&path, "1 2\n3 4\n").unwrap();
    /// let options = TableOptions { columns: Some(vec![1]), ..TableOptions::default() };
    /// assert_eq!(Array::load_table(&path, "i8", &options)?.to_string(), "[[2]\n [4]]");
    /// # std::fs::write(&path, "1 2\n3 x\n").unwrap();
    /// let error = Array::load_table(&path, "i8", &options).unwrap_err().to_string();
    /// assert!(error.contains("'x'") && error.contains("row 1, column 2") && error.contains("load-table.txt"));
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), Error>(())
    /// ```
    pub fn load_table(path: impl AsRef<Path>, dtype: impl ToDType, options: &Options) -> Result<Array> {
        let (path, dtype) = (path.as_ref(), dtype.to_dtype()?);
        let file = File::open(path).map_err(failed("open", path))?;
        let mut source = Lines { path, file: BufReader::with_capacity(PIECE, file) };
        let read = one(|out| text::read(&mut source, &dtype, options, &mut NoHooks, out));
        read.map_err(|error| match error {
            Error::Value(text) => Error::Value(format!("{}: {text}", path.display())),
            other => other,
        })
    }
    /// The array as a table of text: NumPy's `savetxt` in memory. A row of the array is a row of the table; an array of one
    /// axis gives a column.
    ///
    /// # Errors
    /// `Value` for a format that is none for these numbers, and for more than two axes; `NotImplemented` for dtypes other
    /// than real numbers and text (`S`, `U`), which is written as it is; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let format = TableFormat { format: "%d", ..TableFormat::default() };
    /// assert_eq!(Array::arange(6)?.reshape(&[3, 2])?.format_table(&format)?, "0 1\n2 3\n4 5\n");
    /// assert_eq!(Array::from([0.1, -2.0]).format_table(&TableFormat::default())?,
    ///     "1.000000000000000056e-01\n-2.000000000000000000e+00\n");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn format_table(&self, format: &TableFormat<'_>) -> Result<String> {
        let mut out = Vec::new();
        self.print_table(format, &mut out)?;
        String::from_utf8(out).map_err(|_| Error::value("a format that is no text"))
    }
    /// Writes the array to a file as a table of text: NumPy's `savetxt`.
    ///
    /// # Errors
    /// `Io`; else as [`Array::format_table`], before the file is touched.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # let path = std::env::temp_dir().join("sharray-doc-save-table.txt");
    /// let a = Array::from([[0.1, 1e300], [f64::NAN, -0.0]]);
    /// a.save_table(&path, &TableFormat::default())?;
    /// let again = Array::load_table(&path, "f8", &TableOptions::default())?;
    /// assert_eq!(again.to_string(), a.to_string());
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), Error>(())
    /// ```
    pub fn save_table(&self, path: impl AsRef<Path>, format: &TableFormat<'_>) -> Result<()> {
        let (path, text) = (path.as_ref(), self.format_table(format)?);
        let mut file = File::create(path).map_err(failed("create", path))?;
        file.write_all(text.as_bytes()).map_err(failed("write", path))
    }
    fn print_table(&self, format: &TableFormat<'_>, out: &mut Vec<u8>) -> Result<()> {
        let columns = match self.shape() {
            [] | [_] => 1,
            [_, columns] => *columns as usize,
            shape => return Err(Error::Value(format!("a table has one or two axes, not {}", shape.len()))),
        };
        comment(format, format.header, out);
        if self.is_empty() {
            (0..self.shape()[0]).for_each(|_| out.extend_from_slice(format.newline.as_bytes()));
        } else if matches!(self.dtype().kind(), Kind::Bytes | Kind::Unicode) {
            for row in self.to_strings()?.chunks(columns) {
                out.extend_from_slice(row.join(format.delimiter).as_bytes());
                out.extend_from_slice(format.newline.as_bytes());
            }
        } else {
            self.print_numbers(format, columns, out)?;
        }
        comment(format, format.footer, out);
        Ok(())
    }
    fn print_numbers(&self, format: &TableFormat<'_>, columns: usize, out: &mut Vec<u8>) -> Result<()> {
        let wrong = || Error::Value(format!("the format {:?} for rows of {columns} numbers", format.format));
        let row = row_format(format, columns).ok_or_else(wrong)?;
        let wide = self.widened()?;
        let view = wide.view();
        // SAFETY: `widened` makes dense arrays.
        let bytes = unsafe { bytes_of(&view) };
        let numbers = match wide.dtype().kind() {
            Kind::Int => Numbers::Int(bytes),
            _ => Numbers::Float(bytes),
        };
        if row.print(numbers, format.newline, out) { Ok(()) } else { Err(wrong()) }
    }
    /// A dense array of the same numbers in 8 bytes each: integers or doubles.
    fn widened(&self) -> Result<Array> {
        let num = match self.dtype().kind() {
            Kind::Bool | Kind::Int => TypeNum::Long,
            Kind::UInt if self.dtype().itemsize() < 8 || self.less_equal(i64::MAX)?.all(())?.item()? => {
                TypeNum::Long
            }
            Kind::UInt | Kind::Float => TypeNum::Double,
            _ => return Err(Error::NotImplemented(format!("a table of {} as text", self.dtype()))),
        };
        if num == TypeNum::Double && self.dtype().kind() == Kind::UInt {
            return Err(Error::NotImplemented("a table of integers beyond int64 as text".into()));
        }
        self.astype_with(DType::of(num), Casting::SameKind)
            .or_else(|_| self.astype(DType::of(num)))?
            .to_contiguous()
    }
}

/// The format of a whole row; `None` if it is none for so many numbers.
fn row_format(format: &TableFormat<'_>, columns: usize) -> Option<Row> {
    let row = Row::parse(format.format)?;
    if row.numbers() == columns {
        return Some(row);
    }
    // One for every number. A delimiter's own signs of per cent are no formats.
    let between = format.delimiter.replace('%', "%%");
    (row.numbers() == 1).then(|| Row::parse(&vec![format.format; columns].join(&between)))?
}

/// Text in lines that are marked as no data.
fn comment(format: &TableFormat<'_>, text: &str, out: &mut Vec<u8>) {
    if text.is_empty() {
        return;
    }
    let marked = text.replace('\n', &format!("\n{}", format.comments));
    out.extend_from_slice(format!("{}{marked}{}", format.comments, format.newline).as_bytes());
}

/// A file's text, in pieces of whole lines.
struct Lines<'a> {
    path: &'a Path,
    file: BufReader<File>,
}

impl Source for Lines<'_> {
    fn next(&mut self, text: &mut Vec<u8>) -> Result<bool> {
        let from = text.len();
        let piece = self.file.fill_buf().map_err(failed("read", self.path))?;
        let taken = piece.len();
        text.extend_from_slice(piece);
        self.file.consume(taken);
        if taken > 0 && text.last() != Some(&b'\n') {
            self.file.read_until(b'\n', text).map_err(failed("read", self.path))?;
        }
        match std::str::from_utf8(&text[from..]) {
            Ok(_) => Ok(taken > 0),
            Err(_) => Err(Error::value("the file is not text in UTF-8")),
        }
    }
}
