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

#[cfg(test)]
mod tests {
    use super::super::abi::{ArrowArray, ArrowSchema};
    use super::super::{claim, field};
    use super::*;
    use std::ffi::{CString, c_void};

    unsafe extern "C" fn nothing<T>(_struct: *mut T) {}

    /// What a column of `format` with these buffers holds.
    fn read(format: &str, len: i64, offset: i64, buffers: &[*const c_void]) -> Result<Vec<Option<Vec<u8>>>> {
        let format = CString::new(format).unwrap();
        let schema = ArrowSchema {
            format: format.as_ptr(),
            release: Some(nothing::<ArrowSchema>),
            ..ArrowSchema::empty()
        };
        let mut buffers = buffers.to_vec();
        let array = ArrowArray {
            length: len,
            offset,
            null_count: -1,
            n_buffers: buffers.len() as i64,
            buffers: buffers.as_mut_ptr(),
            release: Some(nothing::<ArrowArray>),
            ..ArrowArray::empty()
        };
        // SAFETY: structs and buffers that live to the end of the call.
        unsafe {
            let field = field::read(&raw const schema)?;
            let column = claim::read(&field, &raw const array)?;
            let mut found = vec![None; column.len];
            each(&column, |index, bytes| {
                found[index] = Some(bytes.to_vec());
                Ok(())
            })?;
            Ok(found)
        }
    }

    fn at<T>(list: &[T]) -> *const c_void {
        list.as_ptr().cast()
    }

    fn words(list: &[Option<&str>]) -> Vec<Option<Vec<u8>>> {
        list.iter().map(|word| word.map(|word| word.as_bytes().to_vec())).collect()
    }

    const NONE: *const c_void = std::ptr::null();

    #[test]
    fn offsets_are_followed() {
        let (bytes, narrow, wide) = (b"abcdef", [0i32, 1, 1, 4, 6], [0i64, 1, 1, 4, 6]);
        let all = words(&[Some("a"), Some(""), Some("bcd"), Some("ef")]);
        assert_eq!(read("u", 4, 0, &[NONE, at(&narrow), at(bytes)]).unwrap(), all);
        assert_eq!(read("Z", 4, 0, &[NONE, at(&wide), at(bytes)]).unwrap(), all);
        assert_eq!(read("U", 2, 2, &[NONE, at(&wide), at(bytes)]).unwrap(), all[2..]);
        let there = [0b1101u8];
        let some = words(&[None, Some("bcd")]);
        assert_eq!(read("z", 2, 1, &[at(&there), at(&narrow), at(bytes)]).unwrap(), some);
    }

    #[test]
    fn views_are_followed() {
        let mut views = [[0u8; 16]; 2];
        views[0][0] = 5;
        views[0][4..9].copy_from_slice(b"short");
        views[1][0] = 13;
        views[1][12] = 2;
        let (far, sizes) = (b"..a longer one", [15i64, 14]);
        let buffers = [NONE, at(&views), at(far), at(&sizes[1..])];
        assert!(read("vu", 2, 0, &buffers).is_err(), "13 bytes at 2 of 14");
        views[1][12] = 1;
        let buffers = [NONE, at(&views), at(far), at(&sizes[1..])];
        assert_eq!(read("vu", 2, 0, &buffers).unwrap(), words(&[Some("short"), Some(".a longer one")]));
        assert_eq!(read("vu", 1, 1, &buffers).unwrap(), words(&[Some(".a longer one")]));
    }

    #[test]
    fn wrong_offsets_are_told() {
        for (offsets, words) in [
            ([0i32, 3, 2], "3 and 2 around element 1"),
            ([-1, 0, 0], "-1 and 0"),
            ([0, i32::MIN, 0], "element 0"),
        ] {
            let text = read("u", 2, 0, &[NONE, at(&offsets), at(b"abc")]).unwrap_err().to_string();
            assert!(text.contains(words), "{text}");
        }
        assert!(read("u", 2, 0, &[NONE, at(&[0i32, 1, 2]), NONE]).is_err());
        assert!(read("u", 2, 0, &[NONE, at(&[0i32, 0, 0]), NONE]).is_ok());
        assert!(read("u", 0, 0, &[NONE, NONE, NONE]).is_ok());
    }

    #[test]
    fn stored_texts() {
        // SAFETY: elements of that size.
        unsafe {
            assert_eq!(Stored::Fixed(4).get([b'a', b'b', 0, 0].as_ptr()), Some(&b"ab"[..]));
            assert_eq!(Stored::Fixed(4).get([0, b'b', 0, b'c'].as_ptr()), Some(&b"\0b\0c"[..]));
            assert_eq!(Stored::Fixed(0).get(b"".as_ptr()), Some(&b""[..]));
            assert_eq!(Stored::Packed.get([0u8; 16].as_ptr()), Some(&b""[..]));
        }
        assert!(checked(3, b"\xff").unwrap_err().to_string().contains("element 3"));
    }
}
