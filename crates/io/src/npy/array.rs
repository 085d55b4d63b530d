//! Whole arrays in `.npy` form.

use std::io::{Read, Write};
use std::path::Path;

use sharray_base::layout::{c_strides, checked_len, f_strides};
use sharray_base::memory::Memory;
use sharray_base::{Dims, Error, Result, View};
use sharray_core::Provider;
use sharray_core::assign::Temporary;

use super::header::{Header, Version};
use crate::mapped::{self, Access};

/// Bytes read or written at a time.
const CHUNK: usize = 1 << 18;

fn io_error(e: std::io::Error) -> Error {
    Error::Io { message: e.to_string(), errno: e.raw_os_error().unwrap_or(0) }
}

fn no_objects(header: &Header) -> Result<()> {
    if header.dtype.holds_objects() {
        return Err(Error::Value("Object arrays cannot be loaded when allow_pickle=False".into()));
    }
    Ok(())
}

/// Strides of the elements as they stand in the file.
fn file_strides(header: &Header) -> Dims {
    let size = header.dtype.itemsize();
    if header.fortran { f_strides(&header.shape, size) } else { c_strides(&header.shape, size) }
}

/// Reads an array: output 0, in the file's order.
///
/// # Errors
/// `Value` for a malformed header, a file with too few elements, or objects; `Io`.
pub fn read(reader: &mut dyn Read, max_header: usize, provider: &mut dyn Provider) -> Result<Header> {
    let (header, _, _) = Header::read(reader, max_header)?;
    no_objects(&header)?;
    let size = header.dtype.itemsize();
    let bytes = checked_len(&header.shape, size)? * size;
    let out = provider.provide(0, &header.dtype, &header.shape, &file_strides(&header))?;
    let mut have = 0;
    while have < bytes {
        let room = CHUNK.min(bytes - have);
        // SAFETY: the output has `bytes` bytes; a reader only writes to the slice (`u8` has no invalid value, and the
        // bytes are set first).
        let chunk = unsafe {
            std::ptr::write_bytes(out.add(have), 0, room);
            std::slice::from_raw_parts_mut(out.add(have), room)
        };
        match reader.read(chunk) {
            Ok(0) => return Err(truncated(&header, have / size)),
            Ok(n) => have += n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(io_error(e)),
        }
    }
    Ok(header)
}

fn truncated(header: &Header, have: usize) -> Error {
    let shape = sharray_base::dtype::name::tuple_text(&header.shape);
    let wanted: isize = header.shape.iter().product();
    Error::Value(format!(
        "Failed to read all data for array. Expected {shape} = {wanted} elements, could only read {have} elements. (file \
         seems not fully written?)"
    ))
}

/// Writes an array: in Fortran order if it is contiguous in that order only, else in C order.
///
/// # Errors
/// `Value` for objects, or a dtype that a header can't describe; `Io`.
pub fn write(writer: &mut dyn Write, array: View<'_>, least: Version) -> Result<()> {
    let fortran = array.is_f_contiguous() && !array.is_c_contiguous();
    let header = Header { dtype: array.dtype().clone(), fortran, shape: Dims::from_slice(array.shape()) };
    no_objects(&header)?;
    writer.write_all(&header.bytes(least)?).map_err(io_error)?;
    let bytes = array.len() * array.dtype().itemsize();
    if fortran || array.is_c_contiguous() {
        // SAFETY: a dense view of `bytes` bytes.
        return writer
            .write_all(unsafe { std::slice::from_raw_parts(array.data(), bytes) })
            .map_err(io_error);
    }
    let strides = c_strides(array.shape(), array.dtype().itemsize());
    let copy = Temporary::empty(array.dtype(), array.shape(), strides)?;
    sharray_core::assign::copy(copy.view_mut(), array, sharray_core::assign::Casting::No)?;
    // SAFETY: the dense copy has `bytes` bytes.
    writer.write_all(unsafe { std::slice::from_raw_parts(copy.view().data(), bytes) }).map_err(io_error)
}

/// An array in a file, without reading it: its memory, header and strides.
///
/// # Errors
/// `Value` for a malformed header, a file shorter than its array, objects; `Io`.
pub fn map(path: &Path, access: Access, max_header: usize) -> Result<(Memory, Header, Dims)> {
    let mut file = std::fs::File::open(path).map_err(|e| Error::Io {
        message: format!("cannot open {}: {e}", path.display()),
        errno: e.raw_os_error().unwrap_or(0),
    })?;
    let (header, _, offset) = Header::read(&mut file, max_header)?;
    no_objects(&header)?;
    let bytes = checked_len(&header.shape, header.dtype.itemsize())? * header.dtype.itemsize();
    let there = file.metadata().map_err(io_error)?.len();
    if there < offset as u64 + bytes as u64 {
        let size = header.dtype.itemsize().max(1) as u64;
        return Err(truncated(&header, (there.saturating_sub(offset as u64) / size) as usize));
    }
    let strides = file_strides(&header);
    let memory =
        if bytes == 0 { Memory::heap(0, true)? } else { mapped::map(path, offset as u64, bytes, access)? };
    Ok((memory, header, strides))
}
