//! Values to the same places under a mask, as `copyto` and `putmask` want them.

use std::mem::MaybeUninit;

use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt};
use sharray_base::TypeNum;
use sharray_base::dtype::cast_rules::can_cast;
use sharray_base::dtype::{Casting, Kind};
use sharray_kernels::cast::Direct;
use sharray_kernels::copy::blend;

use super::{Array, Masked, apart, beside, flag, is_simple, plain, step};
use crate::coerce;

/// Elements that are cast at a time.
const CHUNK: usize = 256;

/// Widest element that is cast.
const WIDEST: usize = 16;

/// Where values come from, and the cast before they are written.
struct Source {
    data: *const u8,
    step: isize,
    cast: Option<Direct>,
}

/// Sets the elements of `array` under `mask` to those of `value` at the same places, or to one value, if that is simple:
/// few plain elements of one shape, apart from each other, and a cast that changes no value. Whatever is not is declined
/// before anything is written.
pub fn blend(array: &Array<'_>, mask: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> Option<()> {
    let size = array.dtype().itemsize();
    let writable = array.flags() & (flag::WRITEABLE | flag::WARN_ON_WRITE) == flag::WRITEABLE;
    if !is_simple(array) || !writable || size > WIDEST || !blend::has_size(size) {
        return None;
    }
    let mask = plain(mask.as_ptr(), TypeNum::Bool)?;
    let pair = beside(array, mask)?;
    // SAFETY: a live array.
    if !apart(array, unsafe { &*mask }) {
        return None;
    }
    let mut room = [0u64; 4];
    let source = match Array::from_object(value) {
        Some(other) => from_array(array, &other)?,
        None => {
            let kind = array.dtype().kind();
            let suits = value.is_exact_instance_of::<PyFloat>()
                && matches!(kind, Kind::Float | Kind::Complex)
                || value.is_exact_instance_of::<PyInt>() && kind != Kind::Bool;
            let data: *mut u8 = room.as_mut_ptr().cast();
            if !suits || !coerce::store_number(value, array.dtype(), data) {
                return None;
            }
            Source { data, step: 0, cast: None }
        }
    };
    // SAFETY: each side has an element for each of the mask; what is read is apart from what is written.
    unsafe { run(&pair, array.data(), &source, size) };
    Some(())
}

/// The elements of another array, if there is one for each place, or one for all, that need no check when they are cast.
fn from_array(array: &Array<'_>, other: &Array<'_>) -> Option<Source> {
    if !is_simple(other) || !apart(array, other.fields()) {
        return None;
    }
    let (own, wanted) = (other.dtype(), array.dtype());
    let step = match other.ndim() {
        0 => 0,
        _ if other.shape() == array.shape() => {
            step(other.shape(), other.strides(), other.flags(), own.itemsize() as isize)?
        }
        _ => return None,
    };
    let cast = match own.num() == wanted.num() {
        true => None,
        false if can_cast(own, wanted, Casting::Safe) => Some(Direct::new(own.num(), wanted.num())?),
        false => return None,
    };
    Some(Source { data: other.data(), step, cast })
}

/// # Safety
/// Target and source have an element for each of the mask, of a size that is blended; they and the mask are apart.
unsafe fn run(pair: &Masked, data: *mut u8, source: &Source, size: usize) {
    let steps = [pair.step, source.step, pair.mask_step];
    let Some(cast) = &source.cast else {
        let at = [data, source.data.cast_mut(), pair.mask.cast_mut()];
        // SAFETY: by the contract.
        return unsafe { blend::blend(at, steps, pair.count, size) };
    };
    let mut buffer = [const { MaybeUninit::<u8>::uninit() }; CHUNK * WIDEST];
    let buffer: *mut u8 = buffer.as_mut_ptr().cast();
    for start in (0..pair.count).step_by(CHUNK) {
        let count = CHUNK.min(pair.count - start);
        let at = |data: *mut u8, step: isize| data.wrapping_offset(start as isize * step);
        let target = at(data, steps[0]);
        let mask = at(pair.mask.cast_mut(), steps[2]);
        // SAFETY: by the contract, for a part of the elements; the buffer has room for it.
        unsafe {
            cast.run(at(source.data.cast_mut(), steps[1]), steps[1], buffer, count);
            blend::blend([target, buffer, mask], [steps[0], size as isize, steps[2]], count, size);
        }
    }
}
