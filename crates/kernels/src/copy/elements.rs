//! What holds an object reference must count it: releasing, retaining and filling elements, including the objects in
//! fields of structures and in subarrays.

use std::ffi::c_void;

use sharray_base::{DType, Result, TypeNum};

use super::copy_strided;
use crate::object::{Hooks, hooks};
use crate::string::packed;

/// Writes `element` to `n` targets of the same dtype; objects in it are retained once per target, what the targets
/// held before is released.
///
/// # Errors
/// `NotImplemented` for objects without hooks.
///
/// # Safety
/// `element` is one readable element of `dtype`, not among the targets; the `n` targets are writable. For a dtype with
/// objects the GIL is held and the targets hold valid or null references.
pub unsafe fn fill(dst: *mut u8, stride: isize, n: usize, element: *const u8, dtype: &DType) -> Result<()> {
    let objects = dtype.holds_objects();
    // SAFETY: handed on from the caller. The new references are taken before the old are given back, so that an object
    // in both survives.
    unsafe {
        if let Some(texts) = texts_of(dtype) {
            (0..texts).for_each(|k| packed::retain(element.add(k * packed::SIZE), n));
            release_elements(dst, stride, n, dtype)?;
        } else if objects {
            retain_repeatedly(element, n, dtype)?;
            release_elements(dst, stride, n, dtype)?;
        }
        copy_strided(element, 0, dst, stride, dtype.itemsize(), n);
    }
    Ok(())
}

/// How many texts of variable width an element is made of; `None` for other dtypes.
fn texts_of(dtype: &DType) -> Option<usize> {
    let base = dtype.as_subarray().map_or(dtype, |sub| &sub.base);
    (base.num() == TypeNum::VString).then(|| dtype.itemsize() / packed::SIZE)
}

/// # Safety
/// As for [`fill`].
unsafe fn retain_repeatedly(element: *const u8, n: usize, dtype: &DType) -> Result<()> {
    let hooks = hooks()?;
    for_each_slot(dtype, 0, &mut |offset| {
        // SAFETY: the slot lies within the element and holds a valid or null reference.
        unsafe {
            let object = slot(element, offset);
            if !object.is_null() {
                (0..n).for_each(|_| (hooks.retain)(object));
            }
        }
    });
    Ok(())
}

/// Gives back every object reference in `n` elements and nulls the slots. Nothing happens for dtypes without objects.
///
/// # Errors
/// `NotImplemented` for objects without hooks.
///
/// # Safety
/// The elements are writable; the GIL is held; slots hold valid or null references.
pub unsafe fn release_elements(ptr: *mut u8, stride: isize, n: usize, dtype: &DType) -> Result<()> {
    if let Some(texts) = texts_of(dtype) {
        let mut counts = packed::Counts::new();
        for i in 0..n as isize {
            for k in 0..texts {
                // SAFETY: the texts of element `i`, which is one of the caller's.
                unsafe {
                    let at = ptr.offset(i * stride).add(k * packed::SIZE);
                    counts.release(at);
                    at.write_bytes(0, packed::SIZE);
                }
            }
        }
        return Ok(());
    }
    // SAFETY: handed on; the slot is nulled before the reference goes, so that a finaliser that looks sees no stale one.
    unsafe {
        visit(ptr, stride, n, dtype, &|hooks, at| {
            let object = at.cast::<*mut c_void>().read_unaligned();
            at.cast::<*mut c_void>().write_unaligned(std::ptr::null_mut());
            if !object.is_null() {
                (hooks.release)(object);
            }
        })
    }
}

/// Takes one more reference to every object in `n` elements (after their bytes were copied).
///
/// # Errors
/// `NotImplemented` for objects without hooks.
///
/// # Safety
/// The elements are readable; the GIL is held; slots hold valid or null references.
pub unsafe fn retain_elements(ptr: *const u8, stride: isize, n: usize, dtype: &DType) -> Result<()> {
    if let Some(texts) = texts_of(dtype) {
        let mut counts = packed::Counts::new();
        for i in 0..n as isize {
            // SAFETY: the texts of element `i`, which is one of the caller's.
            (0..texts).for_each(|k| unsafe { counts.retain(ptr.offset(i * stride).add(k * packed::SIZE)) });
        }
        return Ok(());
    }
    // SAFETY: handed on from the caller; nothing is written.
    unsafe {
        visit(ptr.cast_mut(), stride, n, dtype, &|hooks, at| {
            let object = at.cast::<*mut c_void>().read_unaligned();
            if !object.is_null() {
                (hooks.retain)(object);
            }
        })
    }
}

/// Calls `act` with every object slot of `n` elements.
///
/// # Safety
/// The elements are valid for what `act` does.
unsafe fn visit(
    ptr: *mut u8,
    stride: isize,
    n: usize,
    dtype: &DType,
    act: &dyn Fn(&Hooks, *mut u8),
) -> Result<()> {
    if !dtype.holds_objects() || n == 0 {
        return Ok(());
    }
    let hooks = hooks()?;
    for i in 0..n as isize {
        // SAFETY: element `i` and the slot in it are part of the caller's run.
        for_each_slot(dtype, 0, &mut |offset| act(hooks, unsafe { ptr.offset(i * stride).add(offset) }));
    }
    Ok(())
}

/// Calls `act` with the byte offset of every object slot of an element.
pub fn for_each_slot(dtype: &DType, offset: usize, act: &mut dyn FnMut(usize)) {
    if let Some(structure) = dtype.as_structure() {
        for field in structure.fields.iter().filter(|f| f.dtype.holds_objects()) {
            for_each_slot(&field.dtype, offset + field.offset, act);
        }
    } else if let Some(subarray) = dtype.as_subarray() {
        let size = subarray.base.itemsize();
        if subarray.base.holds_objects() && size > 0 {
            (0..dtype.itemsize() / size).for_each(|i| for_each_slot(&subarray.base, offset + i * size, act));
        }
    } else if dtype.num() == TypeNum::Object {
        act(offset);
    }
}

/// # Safety
/// A readable object slot lies at `offset`.
unsafe fn slot(element: *const u8, offset: usize) -> *mut c_void {
    // SAFETY: by this function's contract.
    unsafe { element.add(offset).cast::<*mut c_void>().read_unaligned() }
}
