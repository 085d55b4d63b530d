//! ASCII between texts of variable width and texts of fixed width: bytes that are narrowed, widened or just copied. What
//! holds anything else is declined, and goes the general way.

use sharray_base::{DType, TypeNum};

use crate::string::store::trimmed;

/// Bytes of a code unit of text of fixed width in native order; `None` for other dtypes.
pub(super) fn unit(dtype: &DType) -> Option<usize> {
    match dtype.num() {
        TypeNum::String => Some(1),
        TypeNum::Unicode if dtype.is_native() => Some(4),
        _ => None,
    }
}

/// Writes a text as an element of `width` bytes, cut off or followed by nulls; false, and nothing done, unless it is ASCII.
///
/// # Safety
/// `width` bytes at `to` are writable, and apart from the text.
#[inline]
pub(super) unsafe fn write(text: &[u8], to: *mut u8, width: usize, unit: usize) -> bool {
    if !text.is_ascii() {
        return false;
    }
    let count = text.len().min(width / unit);
    // SAFETY: by this function's contract; the units are within the width.
    unsafe {
        if unit == 1 {
            std::ptr::copy_nonoverlapping(text.as_ptr(), to, count);
        } else {
            let units = to.cast::<[u8; 4]>();
            for (place, byte) in text[..count].iter().enumerate() {
                units.add(place).write(u32::from(*byte).to_ne_bytes());
            }
        }
        to.add(count * unit).write_bytes(0, width - count * unit);
    }
    true
}

/// The text of an element of as many units as the buffer has, without the nulls behind it; `None` unless it is ASCII.
///
/// # Safety
/// So many units are readable at `from`.
#[inline]
pub(super) unsafe fn read(from: *const u8, unit: usize, buffer: &mut [u8]) -> Option<&[u8]> {
    // SAFETY: by this function's contract.
    let seen = unsafe {
        if unit == 1 {
            std::ptr::copy_nonoverlapping(from, buffer.as_mut_ptr(), buffer.len());
            buffer.iter().fold(0, |seen, byte| seen | u32::from(*byte))
        } else {
            let units = from.cast::<[u8; 4]>();
            buffer.iter_mut().enumerate().fold(0, |seen, (place, byte)| {
                let code = u32::from_ne_bytes(units.add(place).read());
                *byte = code as u8;
                seen | code
            })
        }
    };
    (seen < 0x80).then(|| trimmed(buffer))
}
