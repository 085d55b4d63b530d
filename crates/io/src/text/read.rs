//! The reader: rows of fields into rows of elements.

use sharray_base::dtype::name::quoted;
use sharray_base::interrupt::Meter;
use sharray_base::layout::{c_strides, checked_len};
use sharray_base::memory::Memory;
use sharray_base::{DType, Dims, Error, Result};
use sharray_core::Provider;
use sharray_kernels::copy::release_elements;

use super::convert::Converter;
use super::options::{Hooks, Options, Source};
use super::quick::Layout;
use super::tokenize::Tokenizer;

/// What a field costs, in elements of cheap work.
const FIELD: usize = 64;

/// Rows in a row that were not plain numbers, after which trying costs more than it gains.
const MISSES: usize = 8;

/// Bytes of a chunk of rows.
const CHUNK: usize = 1 << 20;

/// Reads a table: output 0, of shape (rows, columns), or (rows,) for a structured `dtype` or one with a subarray, whose
/// parts take a field each.
///
/// # Errors
/// `Value` for a field that can't be converted or a row with another number of fields, with row and column (rows count
/// from 0 in the first case, from 1 in the second, as NumPy counts them); `Type` for control characters that clash or
/// columns that don't fit the dtype; the source's.
pub fn read(
    source: &mut dyn Source,
    dtype: &DType,
    options: &Options,
    hooks: &mut dyn Hooks,
    provider: &mut dyn Provider,
) -> Result<()> {
    options.check()?;
    let mut parts = Vec::new();
    flatten(dtype, 0, &mut parts);
    let single = dtype.as_structure().is_none() && dtype.as_subarray().is_none();
    check_columns(options, single, parts.len())?;
    let mut tokens = Tokenizer::new(source, options);
    tokens.skip_lines(options.skip_lines)?;
    let mut table = Table {
        dtype,
        options,
        hooks,
        parts,
        single,
        columns: Vec::new(),
        rows: None,
        count: 0,
        layout: None,
    };
    let limit = options.max_rows.unwrap_or(usize::MAX);
    let mut meter = Meter::default();
    let mut told = options.max_rows.is_none();
    while table.count < limit {
        if let Some(used) = table.quick(&tokens)? {
            tokens.pass_row(used);
            meter.add(table.columns.len().saturating_mul(FIELD))?;
            continue;
        }
        let found = tokens.next_row()?;
        if let Some(line) = tokens.first_blank().filter(|_| !told) {
            told = true;
            table.hooks.blank(line, limit)?;
        }
        if !found {
            break;
        }
        table.row(&tokens)?;
        meter.add(tokens.len().saturating_mul(FIELD))?;
    }
    table.finish(provider)
}

/// The parts of an element that take a field each, and their offsets.
fn flatten(dtype: &DType, offset: usize, parts: &mut Vec<(DType, usize)>) {
    if let Some(structure) = dtype.as_structure() {
        structure.fields.iter().for_each(|field| flatten(&field.dtype, offset + field.offset, parts));
    } else if let Some(subarray) = dtype.as_subarray() {
        let size = subarray.base.itemsize();
        let count = subarray.shape.iter().product::<isize>() as usize;
        (0..count).for_each(|i| flatten(&subarray.base, offset + i * size, parts));
    } else {
        parts.push((dtype.clone(), offset));
    }
}

fn check_columns(options: &Options, single: bool, parts: usize) -> Result<()> {
    match &options.columns {
        Some(columns) if !single && columns.len() != parts => Err(Error::Type(format!(
            "If a structured dtype is used, the number of columns in `usecols` must match the effective number of \
             fields. But {} usecols were given and the number of fields is {parts}.",
            columns.len()
        ))),
        _ => Ok(()),
    }
}

/// What is done with one field of a row.
struct Column {
    converter: Converter,
    offset: usize,
    /// Converted by the hooks: by which converter.
    hook: Option<Option<usize>>,
}

struct Table<'a> {
    dtype: &'a DType,
    options: &'a Options,
    hooks: &'a mut dyn Hooks,
    parts: Vec<(DType, usize)>,
    single: bool,
    /// Known from the first row on.
    columns: Vec<Column>,
    rows: Option<Rows>,
    count: usize,
    /// Set while rows are worth trying as plain numbers.
    layout: Option<Layout>,
}

impl Table<'_> {
    /// Reads the next row in one pass if it is whole and of plain numbers: how many bytes it took. `None` leaves it to
    /// [`Table::row`], which knows every case and words the errors.
    fn quick(&mut self, tokens: &Tokenizer<'_>) -> Result<Option<usize>> {
        let (Some(layout), Some(rows)) = (&mut self.layout, &mut self.rows) else { return Ok(None) };
        let target = rows.next()?;
        let cells = self.columns.iter().map(|column| (&column.converter, column.offset));
        // SAFETY: the row has room for each column's element at its offset.
        let used = unsafe { layout.row(tokens.rest(), cells, target) };
        match used {
            // A line of an iterable must hold one row: the usual way says so.
            Some(used) if !tokens.by_line() || used == tokens.rest().len() => {
                layout.misses = 0;
                self.count += 1;
                Ok(Some(used))
            }
            _ => {
                rows.give_back();
                layout.misses += 1;
                if layout.misses > MISSES {
                    self.layout = None;
                }
                Ok(None)
            }
        }
    }

    fn row(&mut self, tokens: &Tokenizer<'_>) -> Result<()> {
        if self.rows.is_none() {
            self.begin(tokens.len())?;
        }
        if self.options.columns.is_none() && tokens.len() != self.columns.len() {
            return Err(self.changed(tokens.len()));
        }
        let Some(rows) = &mut self.rows else { return Ok(()) };
        let target = rows.next()?;
        for (place, column) in self.columns.iter().enumerate() {
            let index = match &self.options.columns {
                None => place,
                Some(columns) => column_index(columns[place], tokens.len(), self.count)?,
            };
            let field = tokens.field(index);
            // SAFETY: the row has room for each column's element at its offset.
            let done = unsafe {
                let target = target.add(column.offset);
                match column.hook {
                    None => column.converter.run(field, target),
                    Some(which) => by_hook(self.hooks, which, &column.converter, field, target),
                }
            };
            if let Err(cause) = done {
                let message = format!(
                    "could not convert string {} to {} at row {}, column {}.",
                    shown(field),
                    column.converter.dtype(),
                    self.count,
                    index + 1
                );
                return Err(self.hooks.failed(message, cause));
            }
        }
        self.count += 1;
        Ok(())
    }

    #[cold]
    fn changed(&self, found: usize) -> Error {
        let row = self.count + 1;
        let advice = "use `usecols` to select a subset and avoid this error";
        Error::Value(if self.single {
            format!(
                "the number of columns changed from {} to {found} at row {row}; {advice}",
                self.columns.len()
            )
        } else {
            format!(
                "the dtype passed requires {} columns but {found} were found at row {row}; {advice}",
                self.columns.len()
            )
        })
    }

    /// Sets the columns up, now that the first row's number of fields is known.
    fn begin(&mut self, fields: usize) -> Result<()> {
        let count = match &self.options.columns {
            Some(columns) => columns.len(),
            None if self.single => fields,
            None => self.parts.len(),
        };
        let hooks = self.converters(count, fields)?;
        let size = self.dtype.itemsize();
        for (place, hook) in hooks.into_iter().enumerate() {
            let (dtype, offset) =
                if self.single { (self.dtype, place * size) } else { part(&self.parts, place) };
            let converter = Converter::new(dtype, self.options.imaginary_unit);
            let hook = hook.or(converter.needs_hook().then_some(Some(usize::MAX)));
            self.columns.push(Column { converter, offset, hook });
        }
        let row = if self.single { count * size } else { size };
        let limit = self.options.max_rows.unwrap_or(usize::MAX);
        self.rows = Some(Rows::new(row, self.dtype, limit));
        let plain = self.columns.iter().all(|column| column.hook.is_none() && column.converter.is_quick());
        self.layout = Layout::new(self.options).filter(|_| plain);
        Ok(())
    }

    /// Which converter each column has.
    fn converters(&self, count: usize, fields: usize) -> Result<Vec<Option<Option<usize>>>> {
        let default = self.options.convert_all.then_some(None);
        let mut hooks = vec![default; count];
        let normal = |column: isize| if column < 0 { column + fields as isize } else { column };
        for (which, &column) in self.options.converters.iter().enumerate() {
            let place = match &self.options.columns {
                None => usize::try_from(normal(column)).ok().filter(|&place| place < count),
                Some(columns) => columns.iter().position(|&c| c == column),
            };
            let Some(place) = place else {
                return Err(Error::Value(match &self.options.columns {
                    None => format!(
                        "converter specified for column {column}, which is invalid for the number of fields {count}."
                    ),
                    Some(_) => format!("converter specified for column {column}, which is not in `usecols`"),
                }));
            };
            hooks[place] = Some(Some(which));
        }
        Ok(hooks)
    }

    fn finish(self, provider: &mut dyn Provider) -> Result<()> {
        let columns = match (&self.options.columns, self.columns.len()) {
            (Some(columns), _) => columns.len(),
            (None, 0) => 1,
            (None, n) => n,
        };
        let shape: Dims = match self.single {
            true => Dims::from_slice(&[self.count as isize, columns as isize]),
            false => Dims::from_slice(&[self.count as isize]),
        };
        checked_len(&shape, self.dtype.itemsize())?;
        let out = provider.provide(0, self.dtype, &shape, &c_strides(&shape, self.dtype.itemsize()))?;
        if let Some(rows) = self.rows {
            // SAFETY: the output has room for all rows.
            unsafe { rows.move_to(out) };
        }
        Ok(())
    }
}

fn part(parts: &[(DType, usize)], place: usize) -> (&DType, usize) {
    (&parts[place].0, parts[place].1)
}

/// # Safety
/// `target` is a writable element of the converter's dtype.
unsafe fn by_hook(
    hooks: &mut dyn Hooks,
    which: Option<usize>,
    converter: &Converter,
    field: &[u8],
    target: *mut u8,
) -> Result<()> {
    let text = String::from_utf8_lossy(field);
    match which {
        Some(usize::MAX) => hooks.object(&text, converter.dtype(), target),
        which => hooks.convert(which, &text, converter.dtype(), target),
    }
}

fn column_index(column: isize, fields: usize, row: usize) -> Result<usize> {
    let wanted = if column < 0 { column + fields as isize } else { column };
    usize::try_from(wanted).ok().filter(|&index| index < fields).ok_or_else(|| {
        Error::Value(format!("invalid column index {column} at row {} with {fields} columns", row + 1))
    })
}

/// A field as Python writes strings, at most 100 characters of it.
fn shown(field: &[u8]) -> String {
    quoted(&String::from_utf8_lossy(field)).chars().take(100).collect()
}

/// Rows of a fixed number of bytes, in chunks.
struct Rows {
    size: usize,
    dtype: DType,
    per_chunk: usize,
    chunks: Vec<Memory>,
    count: usize,
    /// Rows start as zeros: gaps between the fields of a structure are 0, and object slots null.
    zeroed: bool,
}

impl Rows {
    fn new(size: usize, dtype: &DType, limit: usize) -> Rows {
        let per_chunk = (CHUNK / size.max(1)).clamp(1, limit.max(1));
        // Elements that fill their rows are all set. Memory that need not be zeros was often used before, and costs no
        // page faults.
        let zeroed = dtype.as_structure().is_some() || dtype.holds_objects();
        Rows { size, dtype: dtype.clone(), per_chunk, chunks: Vec::new(), count: 0, zeroed }
    }
    /// Room for one more row.
    fn next(&mut self) -> Result<*mut u8> {
        let place = self.count % self.per_chunk;
        if self.chunks.len() * self.per_chunk <= self.count {
            self.chunks.push(Memory::heap(self.per_chunk * self.size, self.zeroed)?);
        }
        self.count += 1;
        let chunk = &self.chunks[self.chunks.len() - 1];
        Ok(chunk.data().wrapping_add(place * self.size))
    }
    /// The room given last is not used.
    fn give_back(&mut self) {
        self.count -= 1;
    }
    /// Moves the rows to `out`, references included.
    ///
    /// # Safety
    /// `out` has room for all rows.
    unsafe fn move_to(mut self, out: *mut u8) {
        let mut left = std::mem::take(&mut self.count);
        for (position, chunk) in self.chunks.iter().enumerate() {
            let rows = left.min(self.per_chunk);
            let target = out.wrapping_add(position * self.per_chunk * self.size);
            // SAFETY: `rows` rows of the chunk, and room for them by this function's contract.
            unsafe { std::ptr::copy_nonoverlapping(chunk.data(), target, rows * self.size) };
            left -= rows;
        }
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        let itemsize = self.dtype.itemsize();
        if !self.dtype.holds_objects() || itemsize == 0 {
            return;
        }
        let mut left = self.count;
        for chunk in &self.chunks {
            let rows = left.min(self.per_chunk);
            // SAFETY: elements of the chunk; their object slots are null or hold references of ours.
            let _ = unsafe {
                release_elements(chunk.data(), itemsize as isize, rows * self.size / itemsize, &self.dtype)
            };
            left -= rows;
        }
    }
}
