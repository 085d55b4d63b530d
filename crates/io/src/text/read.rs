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

/// Rows read in one pass between two looks at whether the reading should go on.
const STRETCH: usize = 256;

/// Texts of up to so many bytes are read whole before they are cut into rows: the number of their lines then tells how
/// large the result is.
const WHOLE: usize = 1 << 24;

/// Results of more bytes are not made before their rows are read: too much would be lost if they were fewer.
const RESULT: usize = 1 << 28;

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
    if options.max_rows.is_none() {
        tokens.read_ahead(WHOLE);
    }
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
        let read = table.quick(&mut tokens, limit)?;
        if read > 0 {
            meter.add(read.saturating_mul(table.columns.len()).saturating_mul(FIELD))?;
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
        table.row(&tokens, provider)?;
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
    /// Reads rows in one pass as long as they are whole and of plain fields, but not very many: how many it read. What is
    /// left is for [`Table::row`], which knows every case and words the errors.
    fn quick(&mut self, tokens: &mut Tokenizer<'_>, limit: usize) -> Result<usize> {
        let (Some(layout), Some(rows)) = (&mut self.layout, &mut self.rows) else { return Ok(0) };
        let most = STRETCH.min(limit - self.count);
        let mut read = 0;
        while read < most {
            let text = tokens.rest();
            let (target, room) = rows.next()?;
            // SAFETY: the row has room for each column's element at its offset, and what is behind it is not read before
            // it was written.
            let used = unsafe { layout.row(text, target, room) };
            // A line of an iterable must hold one row: the usual way says so.
            let Some(used) = used.filter(|&used| !tokens.by_line() || used == text.len()) else {
                rows.give_back();
                layout.misses = if read == 0 { layout.misses + 1 } else { 1 };
                break;
            };
            tokens.pass_row(used);
            read += 1;
        }
        self.count += read;
        match layout.misses {
            // The last row of the stretch was read.
            _ if read == most => layout.misses = 0,
            misses if misses > MISSES => self.layout = None,
            _ => {}
        }
        Ok(read)
    }

    fn row(&mut self, tokens: &Tokenizer<'_>, provider: &mut dyn Provider) -> Result<()> {
        if self.rows.is_none() {
            self.begin(tokens.len())?;
            self.expect(tokens, provider)?;
        }
        if self.options.columns.is_none() && tokens.len() != self.columns.len() {
            return Err(self.changed(tokens.len()));
        }
        let Some(rows) = &mut self.rows else { return Ok(()) };
        let (target, _) = rows.next()?;
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
        if self.columns.iter().all(|column| column.hook.is_none()) {
            let cells = self.columns.iter().map(|column| (&column.converter, column.offset));
            self.layout = Layout::new(self.options, self.single, cells);
        }
        Ok(())
    }

    /// Asks for the result if all its rows can be counted: there is one to a line in most tables. If it turns out too
    /// large or too small, another one will be asked for.
    fn expect(&mut self, tokens: &Tokenizer<'_>, provider: &mut dyn Provider) -> Result<()> {
        let (Some(_), Some(rows), Some(lines)) = (&self.layout, &mut self.rows, tokens.lines_left()) else {
            return Ok(());
        };
        // The first row has been passed.
        let count = lines + 1;
        if rows.zeroed || rows.size == 0 || count.checked_mul(rows.size).is_none_or(|bytes| bytes > RESULT) {
            return Ok(());
        }
        let data = provide(self.dtype, &self.shape(count), provider)?;
        self.rows.iter_mut().for_each(|rows| rows.given = Some((data, count)));
        Ok(())
    }

    /// The shape of so many rows.
    fn shape(&self, rows: usize) -> Dims {
        let columns = match (&self.options.columns, self.columns.len()) {
            (Some(columns), _) => columns.len(),
            (None, 0) => 1,
            (None, n) => n,
        };
        match self.single {
            true => Dims::from_slice(&[rows as isize, columns as isize]),
            false => Dims::from_slice(&[rows as isize]),
        }
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

    fn finish(mut self, provider: &mut dyn Provider) -> Result<()> {
        if let Some(rows) = &mut self.rows
            && rows.given.is_some()
        {
            if rows.given.is_some_and(|(_, count)| count == self.count) {
                return Ok(());
            }
            rows.take_back()?;
        }
        let out = provide(self.dtype, &self.shape(self.count), provider)?;
        if let Some(rows) = self.rows {
            // SAFETY: the output has room for all rows.
            unsafe { rows.move_to(out) };
        }
        Ok(())
    }
}

/// Memory for a result.
fn provide(dtype: &DType, shape: &[isize], provider: &mut dyn Provider) -> Result<*mut u8> {
    checked_len(shape, dtype.itemsize())?;
    provider.provide(0, dtype, shape, &c_strides(shape, dtype.itemsize()))
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

/// Rows of a fixed number of bytes: in the result, as far as it is there before they are read, else in chunks.
struct Rows {
    size: usize,
    dtype: DType,
    /// The result's memory and how many rows it has room for. It holds no objects.
    given: Option<(*mut u8, usize)>,
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
        Rows { size, dtype: dtype.clone(), given: None, per_chunk, chunks: Vec::new(), count: 0, zeroed }
    }
    /// Room for one more row, and the bytes from there on to where that memory ends.
    #[inline]
    fn next(&mut self) -> Result<(*mut u8, usize)> {
        let mut place = self.count;
        if let Some((data, count)) = self.given {
            if place < count {
                self.count += 1;
                return Ok((data.wrapping_add(place * self.size), (count - place) * self.size));
            }
            place -= count;
        }
        if self.chunks.len() * self.per_chunk <= place {
            self.chunks.push(Memory::heap(self.per_chunk * self.size, self.zeroed)?);
        }
        self.count += 1;
        let place = place % self.per_chunk;
        let chunk = &self.chunks[self.chunks.len() - 1];
        Ok((chunk.data().wrapping_add(place * self.size), (self.per_chunk - place) * self.size))
    }
    /// The room given last is not used.
    fn give_back(&mut self) {
        self.count -= 1;
    }
    /// Moves all rows into one chunk: the memory that was given is not the result after all.
    fn take_back(&mut self) -> Result<()> {
        let Some((data, count)) = self.given.take() else { return Ok(()) };
        let whole = Memory::heap(self.count.max(1) * self.size, false)?;
        let there = self.count.min(count);
        // SAFETY: `there` rows were written to the memory given, and the new chunk has room for all rows.
        unsafe {
            std::ptr::copy_nonoverlapping(data, whole.data(), there * self.size);
            self.copy_chunks(self.count - there, whole.data().wrapping_add(there * self.size));
        }
        (self.chunks, self.per_chunk) = (vec![whole], self.count.max(1));
        Ok(())
    }
    /// Moves the rows, which are all in chunks, to `out`, references included.
    ///
    /// # Safety
    /// `out` has room for all rows.
    unsafe fn move_to(mut self, out: *mut u8) {
        debug_assert!(self.given.is_none());
        let count = std::mem::take(&mut self.count);
        // SAFETY: by this function's contract.
        unsafe { self.copy_chunks(count, out) };
    }
    /// Copies the first `count` rows of the chunks.
    ///
    /// # Safety
    /// They are in the chunks, and `out` has room for them.
    unsafe fn copy_chunks(&self, count: usize, out: *mut u8) {
        let mut left = count;
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
