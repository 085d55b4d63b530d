//! Texts and bytes of variable length, read from a column, and laid out as one.
//!
//! A column has offsets into one run of bytes, or views of 16 bytes: a length (4), then the bytes themselves (up to 12), or
//! the first four of them, the number of a buffer (4) and an offset in it (4).

use sharray_base::{Error, Result};
use sharray_kernels::string::packed;

use super::claim::Column;
use super::format::Format;

/// Bytes that a view holds itself.
const INLINE: usize = 12;

/// Calls `body` with each element that is there: its index and its bytes.
///
/// # Errors
/// `Value` for offsets that decrease or are negative, and for views that lead out of their buffers; what `body` gives.
///
/// # Safety
/// The column's memory is held, and its offsets lead into it.
pub unsafe fn each(column: &Column<'_>, mut body: impl FnMut(usize, &[u8]) -> Result<()>) -> Result<()> {
    let validity = column.validity();
    let there = |index: usize| validity.is_none_or(|bits| bits.get(index));
    if column.len == 0 {
        return Ok(());
    }
    match column.field.format {
        Format::View { .. } => {
            for index in (0..column.len).filter(|index| there(*index)) {
                // SAFETY: a view for each element, by the interface.
                body(index, unsafe { seen(column, index) }?)?;
            }
        }
        Format::Bytes { wide, .. } => {
            // SAFETY: by the contract.
            let span =
                |index| unsafe { if wide { pair::<i64>(column, index) } else { pair::<i32>(column, index) } };
            // All of them first, so that no wrong one is followed; null elements have offsets, too.
            (0..column.len).try_for_each(|index| span(index).map(drop))?;
            let (first, last) = (span(0)?.0, span(column.len - 1)?.1);
            if column.second.is_null() && last > first {
                return Err(Error::Value(format!(
                    "the ArrowArray of format '{}' has offsets up to {last}, and a null pointer where its bytes should be",
                    column.field.format
                )));
            }
            for index in (0..column.len).filter(|index| there(*index)) {
                let (start, end) = span(index)?;
                // SAFETY: offsets lead into the bytes, by the contract; where there are none, nothing is read.
                let bytes = unsafe {
                    if start == end {
                        &[]
                    } else {
                        std::slice::from_raw_parts(column.second.add(start), end - start)
                    }
                };
                body(index, bytes)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// Where an element's bytes begin and end.
unsafe fn pair<T: Into<i64> + Copy>(column: &Column<'_>, index: usize) -> Result<(usize, usize)> {
    // SAFETY: an offset for each element, and one behind, by the interface.
    let (start, end): (i64, i64) = unsafe {
        let at = column.first.cast::<T>().add(column.start + index);
        (at.read_unaligned().into(), at.add(1).read_unaligned().into())
    };
    match (usize::try_from(start), usize::try_from(end)) {
        (Ok(first), Ok(last)) if first <= last && isize::try_from(last).is_ok() => Ok((first, last)),
        _ => Err(Error::Value(format!(
            "the ArrowArray of format '{}' has offsets {start} and {end} around element {index}: offsets neither are \
             negative nor decrease",
            column.field.format
        ))),
    }
}

/// The bytes that a view shows.
unsafe fn seen<'a>(column: &'a Column<'_>, index: usize) -> Result<&'a [u8]> {
    // SAFETY: a view for each element, by the interface.
    let view = unsafe { std::slice::from_raw_parts(column.first.add((column.start + index) * 16), 16) };
    let number = |at: usize| i32::from_le_bytes([view[at], view[at + 1], view[at + 2], view[at + 3]]);
    let len = number(0);
    if let Ok(len) = usize::try_from(len)
        && len <= INLINE
    {
        return Ok(&view[4..4 + len]);
    }
    let (buffer, offset) = (number(8), number(12));
    let wrong = || {
        Error::Value(format!(
            "the ArrowArray of format '{}' has a view of {len} bytes at {offset} in buffer {buffer} as element {index}, \
             which is not within its {} buffers",
            column.field.format,
            column.views.len()
        ))
    };
    let [len, buffer, offset] = [len, buffer, offset].map(usize::try_from);
    let (len, offset) = (len.map_err(|_| wrong())?, offset.map_err(|_| wrong())?);
    let (bytes, size) = *buffer.ok().and_then(|buffer| column.views.get(buffer)).ok_or_else(wrong)?;
    if offset + len > size {
        return Err(wrong());
    }
    // SAFETY: within a buffer of the size that the producer told.
    Ok(unsafe { std::slice::from_raw_parts(bytes.add(offset), len) })
}

/// Bytes as text.
///
/// # Errors
/// `Value` for what is no UTF-8.
pub fn checked(index: usize, bytes: &[u8]) -> Result<&[u8]> {
    match std::str::from_utf8(bytes) {
        Ok(_) => Ok(bytes),
        Err(_) => Err(Error::Value(format!(
            "element {index} of the ArrowArray is no UTF-8: {}",
            bytes[..bytes.len().min(40)].escape_ascii()
        ))),
    }
}

/// How texts lie in an array's elements.
#[derive(Clone, Copy, Debug)]
pub enum Stored {
    /// Of variable width, [`packed`].
    Packed,
    /// So many bytes, null bytes at the end not counted.
    Fixed(usize),
}

impl Stored {
    /// An element's bytes; `None` for a missing one.
    ///
    /// # Safety
    /// Such an element lies at `at`, and is not written while the bytes are used.
    pub unsafe fn get<'a>(self, at: *const u8) -> Option<&'a [u8]> {
        // SAFETY: by the contract.
        unsafe {
            match self {
                Stored::Packed => packed::get(at),
                Stored::Fixed(size) => {
                    let bytes = std::slice::from_raw_parts(at, size);
                    let len = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
                    Some(&bytes[..len])
                }
            }
        }
    }
}
