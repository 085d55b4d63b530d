//! `_load_from_filelike`: tables of text, read by the engine from Python files and iterables of lines.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyIterator, PyString};
use sharray_base::{DType, Error, Result};
use sharray_io::text::{Hooks, Options, Source, read};
use sharray_kernels::object::hooks;

use crate::errors::{OrRaise, to_engine, to_python};
use crate::object::dtype;
use crate::outputs::Outputs;

/// Characters asked of a file at a time.
const CHUNK: usize = 1 << 17;

/// Where pieces of text come from.
enum Feed<'py> {
    /// A file's `read`.
    File(Bound<'py, PyAny>),
    /// An iterator of lines.
    Lines(Bound<'py, PyIterator>),
}

struct Input<'py> {
    py: Python<'py>,
    feed: Feed<'py>,
    encoding: Option<String>,
}

impl Input<'_> {
    fn piece(&mut self, text: &mut Vec<u8>) -> PyResult<bool> {
        self.py.check_signals()?;
        let (piece, is_file) = match &mut self.feed {
            Feed::File(read) => (Some(read.call1((CHUNK,))?), true),
            Feed::Lines(lines) => (lines.next().transpose()?, false),
        };
        let Some(piece) = piece else { return Ok(false) };
        let before = text.len();
        if let Ok(string) = piece.cast::<PyString>() {
            text.extend_from_slice(string.to_str()?.as_bytes());
        } else if let Ok(bytes) = piece.cast::<PyBytes>() {
            let encoding = self.encoding.as_deref().unwrap_or("latin1");
            let decoded = bytes.call_method1("decode", (encoding,))?;
            text.extend_from_slice(decoded.cast::<PyString>()?.to_str()?.as_bytes());
        } else {
            return Err(PyTypeError::new_err("non-string returned while reading data"));
        }
        // A file ends with an empty piece; an empty line is a line.
        Ok(!is_file || text.len() > before)
    }
}

impl Source for Input<'_> {
    fn next(&mut self, text: &mut Vec<u8>) -> Result<bool> {
        self.piece(text).map_err(|error| to_engine(self.py, error))
    }
    fn by_line(&self) -> bool {
        matches!(self.feed, Feed::Lines(_))
    }
}

/// What Python converts.
struct Conversions<'py> {
    py: Python<'py>,
    /// By column, in the order of `Options::converters`.
    columns: Vec<Bound<'py, PyAny>>,
    /// For all columns.
    all: Option<Bound<'py, PyAny>>,
    /// Converters are given bytes.
    bytes: bool,
    /// Object elements are bytes.
    bytes_objects: bool,
    /// Lines without data are worth a warning.
    tells_blank: bool,
}

impl<'py> Conversions<'py> {
    fn value(&self, field: &str, bytes: bool) -> PyResult<Bound<'py, PyAny>> {
        let text = PyString::new(self.py, field);
        if bytes { text.call_method1("encode", ("latin1",)) } else { Ok(text.into_any()) }
    }
    fn store(&self, value: PyResult<Bound<'py, PyAny>>, dtype: &DType, target: *mut u8) -> Result<()> {
        let value = value.map_err(|error| to_engine(self.py, error))?;
        // SAFETY: the reader hands over a writable element of `dtype`; the GIL is held.
        unsafe { (hooks()?.set)(value.as_ptr().cast(), dtype, target) }
    }
}

impl Hooks for Conversions<'_> {
    fn convert(&mut self, which: Option<usize>, field: &str, dtype: &DType, target: *mut u8) -> Result<()> {
        let function = which.map_or(self.all.as_ref(), |place| self.columns.get(place));
        let function = function.ok_or_else(|| Error::Runtime("a column without its converter".into()))?;
        let value = self.value(field, self.bytes).and_then(|field| function.call1((field,)));
        self.store(value, dtype, target)
    }
    fn object(&mut self, field: &str, dtype: &DType, target: *mut u8) -> Result<()> {
        self.store(self.value(field, self.bytes_objects), dtype, target)
    }
    fn blank(&mut self, line: usize, limit: usize) -> Result<()> {
        if !self.tells_blank {
            return Ok(());
        }
        let text = format!(
            "Input line {line} contained no data and will not be counted towards `max_rows={limit}`, which counts rows \
             and not lines (itertools.islice takes a number of lines). Told once per call."
        );
        let category = self.py.get_type::<pyo3::exceptions::PyUserWarning>();
        // Above are `_read` and `loadtxt`.
        std::ffi::CString::new(text)
            .map_err(PyErr::from)
            .and_then(|text| PyErr::warn(self.py, category.as_any(), &text, 3))
            .map_err(|error| to_engine(self.py, error))
    }
    fn failed(&mut self, message: String, cause: Error) -> Error {
        let error = PyValueError::new_err(message);
        if !matches!(&cause, Error::Value(text) if text.is_empty()) {
            error.set_cause(self.py, Some(to_python(self.py, cause)));
        }
        to_engine(self.py, error)
    }
}

/// A control character as it was given: one character, none (`None`), or nothing said.
#[derive(Clone, Copy)]
enum Mark {
    Usual,
    Given(Option<char>),
}

impl Mark {
    fn or(self, usual: char) -> Option<char> {
        match self {
            Mark::Usual => Some(usual),
            Mark::Given(mark) => mark,
        }
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for Mark {
    type Error = PyErr;
    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<Mark> {
        if value.is_none() {
            return Ok(Mark::Given(None));
        }
        let text = value.extract::<String>().ok();
        let mut characters = text.iter().flat_map(|text| text.chars());
        match (characters.next(), characters.next()) {
            (Some(one), None) => Ok(Mark::Given(Some(one))),
            _ => Err(PyTypeError::new_err(format!(
                "Text reading control character must be a single unicode character or None; but got: {}",
                value.repr()?
            ))),
        }
    }
}

/// Converters by column, and the one for all columns.
type Converters<'py> = (Vec<(isize, Bound<'py, PyAny>)>, Option<Bound<'py, PyAny>>);

fn converters<'py>(given: Option<&Bound<'py, PyAny>>) -> PyResult<Converters<'py>> {
    let Some(given) = given.filter(|c| !c.is_none()) else { return Ok((Vec::new(), None)) };
    let Ok(columns) = given.cast::<PyDict>() else {
        if given.is_callable() {
            return Ok((Vec::new(), Some(given.clone())));
        }
        return Err(PyTypeError::new_err(
            "converters must be a dictionary mapping columns to functions or a single callable.",
        ));
    };
    let mut result = Vec::new();
    for (column, function) in columns.iter() {
        let column = column.extract::<isize>().map_err(|_| {
            PyTypeError::new_err("keys of the converters dictionary must be integers; got something else")
        })?;
        if !function.is_callable() {
            return Err(PyTypeError::new_err("values of the converters dictionary must be callable"));
        }
        result.push((column, function));
    }
    Ok((result, None))
}

/// The lines of an iterable.
fn lines<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, pyo3::types::PyIterator>> {
    object.try_iter().map_err(|cause| {
        let error = PyTypeError::new_err("error reading from object, expected an iterable of lines");
        error.set_cause(object.py(), Some(cause));
        error
    })
}

/// Reads a table of text from a file (`filelike`) or an iterable of lines into an array of shape (rows, columns), or
/// (rows,) for a structured dtype.
#[pyfunction]
#[pyo3(signature = (file, *, delimiter=Mark::Usual, comment=Mark::Usual, quote=Mark::Usual, imaginary_unit=Mark::Usual,
                    usecols=None, skiplines=0,
                    max_rows=-1, converters=None, dtype=None, encoding=None, filelike=true, byte_converters=false,
                    c_byte_converters=false, tell_blank=true))]
#[expect(clippy::too_many_arguments, reason = "NumPy's signature")]
fn _load_from_filelike<'py>(
    file: &Bound<'py, PyAny>,
    delimiter: Mark,
    comment: Mark,
    quote: Mark,
    imaginary_unit: Mark,
    usecols: Option<Vec<isize>>,
    skiplines: usize,
    max_rows: isize,
    converters: Option<&Bound<'py, PyAny>>,
    dtype: Option<&Bound<'py, PyAny>>,
    encoding: Option<&Bound<'py, PyAny>>,
    filelike: bool,
    byte_converters: bool,
    c_byte_converters: bool,
    tell_blank: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = file.py();
    let descr = match dtype {
        Some(dtype) if dtype::is_dtype(dtype) => dtype.clone(),
        _ => return Err(PyTypeError::new_err("internal error: dtype must be given, and be a dtype")),
    };
    let encoding: Option<String> = match encoding.filter(|e| !e.is_none()) {
        Some(encoding) => {
            Some(encoding.extract().map_err(|_| PyTypeError::new_err("encoding must be a unicode string"))?)
        }
        None => None,
    };
    let (columns, all) = self::converters(converters)?;
    let options = Options {
        delimiter: delimiter.or(','),
        comment: comment.or('#'),
        quote: quote.or('"'),
        imaginary_unit: imaginary_unit.or('j').unwrap_or('j'),
        columns: usecols,
        skip_lines: skiplines,
        max_rows: usize::try_from(max_rows).ok(),
        converters: columns.iter().map(|(column, _)| *column).collect(),
        convert_all: all.is_some(),
    };
    let feed = if filelike { Feed::File(file.getattr("read")?) } else { Feed::Lines(lines(file)?) };
    let mut input = Input { py, feed, encoding };
    let mut conversions = Conversions {
        py,
        columns: columns.into_iter().map(|(_, function)| function).collect(),
        all,
        bytes: byte_converters,
        bytes_objects: c_byte_converters,
        tells_blank: tell_blank,
    };
    let value = dtype::value(&descr).clone();
    let mut outputs = Outputs::new(py, Some(descr));
    read(&mut input, &value, &options, &mut conversions, &mut outputs).or_raise(py)?;
    Ok(outputs.take(0)?.into_object())
}

/// Adds this file's function.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_load_from_filelike, module)?)
}
