//! The short ways of small arrays of plain numbers (design D4): copies and casts without a plan, arrays of flat lists
//! without a tree. Each declines (`None`, `false`) what is not that simple before anything has happened; the general ways
//! give the same.

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::dtype::parse::POINTER_INT as WORD;
use sharray_base::layout::overlap::{Extent, Overlap};
use sharray_base::{DType, TypeNum, fp_status};
use sharray_kernels::cast::Direct;
use sharray_kernels::copy::swap::copy_swapped;

use crate::fp_report;
use crate::gate::DETACH_BYTES;
use crate::object::array::Array;
use crate::object::layout::{INLINE_AXES, flag};
use crate::object::{dtype, scalar};

/// Number of elements, if they lie in one run on both sides, in the same order; and the two steps.
fn one_run(target: &Array<'_>, source: &Array<'_>) -> Option<(usize, isize, isize)> {
    let (shape, other) = (target.shape(), source.shape());
    if shape.len() > INLINE_AXES || shape.len() != other.len() && !other.is_empty() {
        return None;
    }
    let count = shape.iter().product::<isize>() as usize;
    let size = target.dtype().itemsize() as isize;
    let dense = |array: &Array<'_>, bit| array.flags() & bit != 0;
    let step = match (target.strides(), source.strides()) {
        (_, []) => 0,
        ([_], [step]) => *step,
        _ if dense(target, flag::C_CONTIGUOUS) && dense(source, flag::C_CONTIGUOUS) => {
            source.dtype().itemsize() as isize
        }
        _ if dense(target, flag::F_CONTIGUOUS) && dense(source, flag::F_CONTIGUOUS) => {
            source.dtype().itemsize() as isize
        }
        _ => return None,
    };
    let target_step = match target.strides() {
        [step] => *step,
        _ if dense(target, flag::C_CONTIGUOUS) || dense(target, flag::F_CONTIGUOUS) => size,
        _ => return None,
    };
    let same = other.is_empty() || (0..shape.len()).all(|axis| shape[axis] == other[axis]);
    same.then_some((count, target_step, step))
}

/// The addresses that a run takes.
fn extent(data: *mut u8, step: isize, count: usize, size: usize) -> (isize, isize) {
    let last = data as isize + step * (count as isize - 1).max(0);
    ((data as isize).min(last), (data as isize).max(last) + size as isize)
}

/// Copies `source`, cast to `target`'s dtype and stretched if it has no axes, where that is one run of a loop. Returns
/// whether it did.
///
/// # Errors
/// Floating-point trouble, as the user wants it reported.
pub(super) fn copy(target: &Array<'_>, source: &Array<'_>) -> PyResult<bool> {
    let (to, from) = (target.dtype(), source.dtype());
    let swaps = to.num() == from.num() && swapped(to, from);
    if !(to.is_plain_number() && from.is_plain_number() || swaps || same_texts(to, from)) {
        return Ok(false);
    }
    let Some((count, target_step, step)) = one_run(target, source) else {
        return Ok(!swaps && to.num() == from.num() && by_rows(target, source));
    };
    let sizes = (to.itemsize(), from.itemsize());
    if count * sizes.0.max(sizes.1) >= DETACH_BYTES {
        return Ok(false);
    }
    let (low, high) = extent(target.data(), target_step, count, sizes.0);
    let (start, end) = extent(source.data(), step, count, sizes.1);
    if start < high && low < end || count == 0 {
        // That imaginary parts have no place is told even if there are none.
        return Ok(count == 0
            && (from.kind() != sharray_base::Kind::Complex || to.kind() == sharray_base::Kind::Complex));
    }
    let dense = target_step == sizes.0 as isize;
    if to.num() == from.num() && dense && (step == target_step || count == 1) {
        let bytes = count * sizes.0;
        let unit = if to.kind() == sharray_base::Kind::Complex { sizes.0 / 2 } else { sizes.0 };
        // SAFETY: both are so many bytes in one run, apart from each other.
        unsafe {
            if swaps {
                copy_swapped(source.data(), target_step, target.data(), target_step, sizes.0, unit, count);
            } else {
                ptr::copy_nonoverlapping(source.data(), target.data(), bytes);
            }
        }
        return Ok(true);
    }
    if to.num() == from.num() && !swaps {
        // SAFETY: `count` elements of one size at these steps, apart from each other.
        unsafe { copy_strided(source.data(), step, target.data(), target_step, count, sizes.0) };
        return Ok(true);
    }
    let Some(cast) = Direct::new(from.num(), to.num()).filter(|_| dense && !swaps) else { return Ok(false) };
    fp_status::clear();
    // SAFETY: `count` elements of either type at these steps, apart from each other.
    unsafe { cast.run(source.data(), step, target.data(), count) };
    fp_report::report_cast(target.py(), fp_status::read())?;
    Ok(true)
}

/// Most elements that are copied row by row here.
const ROWS: isize = 64;

/// Copies a few elements of the same number type that lie in another order, one by one. Returns whether it did.
fn by_rows(target: &Array<'_>, source: &Array<'_>) -> bool {
    let shape = target.shape();
    let count = shape.iter().product::<isize>();
    if shape.len() > INLINE_AXES || shape != source.shape() || !(1..=ROWS).contains(&count) {
        return false;
    }
    let size = target.dtype().itemsize();
    let bounds = |array: &Array<'_>| {
        let (low, high) = sharray_base::layout::byte_bounds(array.shape(), array.strides(), size);
        (array.data() as isize + low, array.data() as isize + high)
    };
    let ((low, high), (start, end)) = (bounds(target), bounds(source));
    let dense = target.flags() & (flag::C_CONTIGUOUS | flag::F_CONTIGUOUS) != 0;
    // Of several writes to a byte the last must be that of the general way.
    let distinct = || Extent::from(target.view()).internal_overlap(Some(1)) == Overlap::No;
    if low < end && start < high || !dense && !distinct() {
        return false;
    }
    let (steps, from) = (target.strides(), source.strides());
    let mut index = [0isize; INLINE_AXES];
    let (mut to, mut at) = (target.data(), source.data().cast_const());
    loop {
        // SAFETY: the element at `index` on both sides, which are apart.
        unsafe { copy_strided(at, 0, to, 0, 1, size) };
        let mut axis = shape.len();
        loop {
            if axis == 0 {
                return true;
            }
            axis -= 1;
            index[axis] += 1;
            if index[axis] < shape[axis] {
                (to, at) = (to.wrapping_offset(steps[axis]), at.wrapping_offset(from[axis]));
                break;
            }
            let back = 1 - shape[axis];
            (to, at) = (to.wrapping_offset(back * steps[axis]), at.wrapping_offset(back * from[axis]));
            index[axis] = 0;
        }
    }
}

/// Copies elements one by one.
///
/// # Safety
/// `count` elements of `size` bytes at either place, at these steps, apart from each other.
unsafe fn copy_strided(from: *const u8, step: isize, to: *mut u8, to_step: isize, count: usize, size: usize) {
    for index in 0..count as isize {
        // SAFETY: element `index` on both sides.
        unsafe {
            let (from, to) = (from.offset(index * step), to.offset(index * to_step));
            match size {
                8 => ptr::copy_nonoverlapping(from, to, 8),
                4 => ptr::copy_nonoverlapping(from, to, 4),
                size => ptr::copy_nonoverlapping(from, to, size),
            }
        }
    }
}

/// True for texts of one width, both as this machine writes them.
fn same_texts(a: &DType, b: &DType) -> bool {
    let text = matches!(a.num(), TypeNum::String | TypeNum::Unicode) && a.itemsize() > 0;
    text && a.num() == b.num() && a.itemsize() == b.itemsize() && a.is_native() && b.is_native()
}

/// True for a number's dtype in native and in the other byte order.
fn swapped(a: &DType, b: &DType) -> bool {
    let swapped =
        |x: &DType, y: &DType| x.is_plain_number() && x.num().row().itemsize > 1 && x.swapped() == *y;
    a.num().row().itemsize <= 16 && a.num() != TypeNum::LongDouble && (swapped(a, b) || swapped(b, a))
}

/// An uninitialised array of the shape of `array` in C order, if that is how `array` lies, and small.
pub(super) fn like<'py>(array: &Array<'py>, descr: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    let dtype = dtype::value(descr);
    let plain = dtype.is_bare_number() || same_texts(dtype, dtype);
    if !plain || array.ndim() > INLINE_AXES || array.ndim() != 1 && array.flags() & flag::C_CONTIGUOUS == 0 {
        return Ok(None);
    }
    Array::dense(array.py(), descr.as_ptr().cast(), array.shape(), array.size()).map(Some)
}

/// What a Python number is on its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leaf {
    Bool,
    Int,
    Float,
}

#[inline(always)]
fn leaf(object: *mut ffi::PyObject) -> Option<Leaf> {
    // SAFETY: a live object; the classes are immortal.
    let class = unsafe { ffi::Py_TYPE(object) };
    if ptr::eq(class, &raw mut ffi::PyFloat_Type) {
        Some(Leaf::Float)
    } else if ptr::eq(class, &raw mut ffi::PyLong_Type) {
        Some(Leaf::Int)
    } else if ptr::eq(class, &raw mut ffi::PyBool_Type) {
        Some(Leaf::Bool)
    } else {
        None
    }
}

/// Writes a Python number as an element of `num`; false where it does not fit.
#[inline(always)]
fn write(object: *mut ffi::PyObject, leaf: Leaf, num: TypeNum, place: *mut u8) -> bool {
    // SAFETY: a live object of the class that `leaf` tells; an aligned element of `num` at `place`.
    unsafe {
        match (num, leaf) {
            (TypeNum::Double, Leaf::Float) => place.cast::<f64>().write(ffi::PyFloat_AS_DOUBLE(object)),
            (TypeNum::Double | WORD, Leaf::Int) => {
                let mut overflow = 0;
                let value = ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow);
                if num == TypeNum::Double {
                    place.cast::<f64>().write(value as f64);
                } else {
                    place.cast::<i64>().write(value);
                }
                return overflow == 0;
            }
            (TypeNum::Bool, Leaf::Bool) => place.write(ptr::eq(object, ffi::Py_True()) as u8),
            _ => return false,
        }
    }
    true
}

/// The type that numbers of two kinds become together; bools mix with nothing here.
fn joined(a: Leaf, b: Leaf) -> Option<Leaf> {
    match (a, b) {
        (a, b) if a == b => Some(a),
        (Leaf::Int, Leaf::Float) | (Leaf::Float, Leaf::Int) => Some(Leaf::Float),
        _ => None,
    }
}

/// The items of a list or tuple, which stay while no Python code runs.
fn items<'a>(object: *mut ffi::PyObject) -> Option<&'a [*mut ffi::PyObject]> {
    // SAFETY: a live object; nothing that reads the items runs Python code.
    unsafe {
        let class = ffi::Py_TYPE(object);
        if ptr::eq(class, &raw mut ffi::PyList_Type) {
            let count = ffi::PyList_GET_SIZE(object) as usize;
            let items = (*object.cast::<ffi::PyListObject>()).ob_item;
            return Some(if count == 0 { &[] } else { std::slice::from_raw_parts(items, count) });
        }
        if ptr::eq(class, &raw mut ffi::PyTuple_Type) {
            let items = (&raw const (*object.cast::<ffi::PyTupleObject>()).ob_item).cast();
            return Some(std::slice::from_raw_parts(items, ffi::PyTuple_GET_SIZE(object) as usize));
        }
        None
    }
}

/// What numbers are together.
fn kind_of(items: &[*mut ffi::PyObject]) -> Option<Leaf> {
    let mut kind = items.first().and_then(|item| leaf(*item))?;
    for item in &items[1..] {
        kind = joined(kind, leaf(*item)?)?;
    }
    Some(kind)
}

/// The rows of a list of lists of one length.
fn rows(items: &[*mut ffi::PyObject]) -> Option<usize> {
    let width = self::items(*items.first()?)?.len();
    let fits = |row: &*mut ffi::PyObject| self::items(*row).is_some_and(|row| row.len() == width);
    (width > 0 && items.iter().all(fits)).then_some(width)
}

/// Writes a Python number as an element of a type that is not its own, where that loses nothing which had to be
/// reported; false elsewhere.
fn write_as(object: *mut ffi::PyObject, kind: Leaf, num: TypeNum, place: *mut u8) -> bool {
    if write(object, kind, num, place) {
        return true;
    }
    let mut overflow = 0;
    // SAFETY: a live object of the class that `kind` tells; an aligned element of `num` at `place`.
    unsafe {
        match (num, kind) {
            (TypeNum::Float, Leaf::Float) => {
                let value = ffi::PyFloat_AS_DOUBLE(object);
                let single = value as f32;
                place.cast::<f32>().write(single);
                single.is_normal() || value == 0.0
            }
            (TypeNum::Float, Leaf::Int) => {
                let value = ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow);
                place.cast::<f32>().write(value as f32);
                overflow == 0 && value.unsigned_abs() < 1 << 53
            }
            (TypeNum::Int, Leaf::Int) => {
                let value = ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow);
                place.cast::<i32>().write(value as i32);
                overflow == 0 && i32::try_from(value).is_ok()
            }
            (TypeNum::UByte, Leaf::Int) => {
                let value = ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow);
                place.write(value as u8);
                overflow == 0 && u8::try_from(value).is_ok()
            }
            _ => false,
        }
    }
}

/// A fresh array of a Python number, of a flat list or tuple of them, or of a list of such lists of one length; of
/// dtype `descr`, one of the singletons of numbers, if it is given.
///
/// # Errors
/// `MemoryError`.
pub(super) fn of_numbers<'py>(
    object: &Bound<'py, PyAny>,
    descr: Option<&Bound<'py, PyAny>>,
) -> PyResult<Option<Array<'py>>> {
    let py = object.py();
    let own = [object.as_ptr()];
    let listed = items(own[0]);
    let top = listed.unwrap_or(&own);
    let width = if listed.is_some() { rows(top) } else { None };
    let kind = match width {
        None => kind_of(top),
        Some(_) => top.iter().map(|row| kind_of(items(*row)?)).reduce(|a, b| joined(a?, b?)).flatten(),
    };
    let Some(kind) = kind else { return Ok(None) };
    let num = match (kind, descr) {
        (_, Some(descr)) => {
            let num = dtype::value(descr).num();
            if !num.is_number() || !ptr::eq(descr.as_ptr(), dtype::singleton(num).cast()) {
                return Ok(None);
            }
            num
        }
        (Leaf::Bool, None) => TypeNum::Bool,
        (Leaf::Int, None) => WORD,
        (Leaf::Float, None) => TypeNum::Double,
    };
    let extents = [top.len() as isize, width.unwrap_or(0) as isize];
    let shape = &extents[..listed.is_some() as usize + width.is_some() as usize];
    let count = top.len() * width.unwrap_or(1);
    let result = Array::dense(py, dtype::singleton(num), shape, count)?;
    let (mut place, size) = (result.data(), num.row().itemsize);
    let mut put = |item: *mut ffi::PyObject| {
        let written = leaf(item).is_some_and(|kind| write_as(item, kind, num, place));
        place = place.wrapping_add(size);
        written
    };
    let written = match width {
        None => top.iter().all(|item| put(*item)),
        Some(_) => top.iter().all(|row| items(*row).is_some_and(|row| row.iter().all(|item| put(*item)))),
    };
    Ok(written.then_some(result))
}

/// Writes an exact Python number to an element of its own type. Returns whether it did.
pub fn store(value: &Bound<'_, PyAny>, dtype: &DType, place: *mut u8) -> bool {
    if !dtype.is_plain_number() || !(place as usize).is_multiple_of(align_of::<u64>()) {
        return false;
    }
    leaf(value.as_ptr()).is_some_and(|kind| write(value.as_ptr(), kind, dtype.num(), place))
}

/// An array without axes of a NumPy number.
///
/// # Errors
/// `MemoryError`.
pub(super) fn of_scalar<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    let Some(num) = scalar::exact_number_of(object).filter(|num| num.is_number()) else { return Ok(None) };
    let result = Array::dense(object.py(), dtype::singleton(num), &[], 1)?;
    let source = object.as_ptr().cast::<u8>().wrapping_add(scalar::layout::VALUE_OFFSET);
    // SAFETY: an instance of a number's class has its value there.
    unsafe { ptr::copy_nonoverlapping(source, result.data(), num.row().itemsize) };
    Ok(Some(result))
}

/// Sets the elements of a small dense array to the one at `value`. Returns whether it did.
pub(super) fn fill(target: &Array<'_>, value: *const u8) -> bool {
    let size = target.dtype().itemsize();
    let bytes = target.size() * size;
    if bytes > 1 << 10 || target.flags() & (flag::C_CONTIGUOUS | flag::F_CONTIGUOUS) == 0 {
        return false;
    }
    for place in (0..bytes).step_by(size.max(1)) {
        // SAFETY: an element of the dense array; `value` is one of its dtype.
        unsafe { copy_strided(value, 0, target.data().add(place), 0, 1, size) };
    }
    true
}

/// `where(mask, x, y)` of small plain arrays of one dtype and one shape.
///
/// # Errors
/// `MemoryError`.
pub fn select<'py>(
    mask: &Bound<'py, PyAny>,
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
) -> PyResult<Option<Array<'py>>> {
    let plain = |object: &Bound<'py, PyAny>| {
        Array::from_object(object).filter(|a| a.is_exact() && a.dtype().is_plain_number() && a.ndim() > 0)
    };
    let (Some(mask), Some(x), Some(y)) = (plain(mask), plain(x), plain(y)) else { return Ok(None) };
    let num = x.dtype().num();
    if mask.dtype().num() != TypeNum::Bool || y.dtype().num() != num || mask.ndim() > INLINE_AXES {
        return Ok(None);
    }
    let (count, size) = (mask.size(), num.row().itemsize);
    if x.shape() != mask.shape() || y.shape() != mask.shape() || count * size >= DETACH_BYTES / 16 {
        return Ok(None);
    }
    let step = |array: &Array<'py>| match array.strides() {
        [step] => Some(*step),
        _ if array.has(flag::C_CONTIGUOUS) => Some(array.dtype().itemsize() as isize),
        _ => None,
    };
    let (Some(chosen), Some(left), Some(right)) = (step(&mask), step(&x), step(&y)) else { return Ok(None) };
    let result = Array::dense(mask.py(), dtype::singleton(num), mask.shape(), count)?;
    for index in 0..count as isize {
        // SAFETY: element `index` of arrays of as many elements; the result is fresh.
        unsafe {
            let truth = mask.data().offset(index * chosen).read() != 0;
            let from = if truth { x.data().offset(index * left) } else { y.data().offset(index * right) };
            copy_strided(from, 0, result.data().offset(index * size as isize), 0, 1, size);
        }
    }
    Ok(Some(result))
}
