//! Integers in a range, orders and choices, bytes.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyInt};
use sharray_base::dtype::Kind;
use sharray_base::layout::{self, Order};
use sharray_base::{DType, TypeNum};
use sharray_core::walk::walk;
use sharray_random::Source;
use sharray_random::bounded::{Method, up_to};
use sharray_random::integers::{Range, Slots, fill_each, fill_within};
use sharray_random::{permute, table};

use super::bits::dense;
use super::sample::{self, width_of};
use super::stream::Stream;
use crate::coerce;
use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::layout::flag;
use crate::object::{dtype, scalar};

fn method(masked: bool) -> Method {
    if masked { Method::Mask } else { Method::Multiply }
}

/// Places at `data` as integers of `width` bits.
///
/// # Safety
/// There are `size` of them, aligned, that may be written and are used by nobody else.
unsafe fn slots<'a>(data: usize, size: usize, width: u32) -> Slots<'a> {
    // SAFETY: by the contract.
    unsafe {
        match width {
            64 => Slots::W64(std::slice::from_raw_parts_mut(data as *mut u64, size)),
            32 => Slots::W32(std::slice::from_raw_parts_mut(data as *mut u32, size)),
            16 => Slots::W16(std::slice::from_raw_parts_mut(data as *mut u16, size)),
            8 => Slots::W8(std::slice::from_raw_parts_mut(data as *mut u8, size)),
            _ => Slots::W1(std::slice::from_raw_parts_mut(data as *mut u8, size)),
        }
    }
}

/// Fills a dense integer array with values in `low..=low+most` (modulo 2⁶⁴); both are numbers, or dense uint64
/// arrays of the output's size.
#[pyfunction]
fn _random_integers(
    stream: &Bound<'_, Stream>,
    py: Python<'_>,
    out: &Bound<'_, PyAny>,
    low: &Bound<'_, PyAny>,
    most: &Bound<'_, PyAny>,
    masked: bool,
) -> PyResult<()> {
    let wrong = || PyTypeError::new_err("expected a dense, writable array of integers");
    let out = Array::from_object(out)
        .filter(|a| a.has(flag::C_CONTIGUOUS | flag::ALIGNED | flag::WRITEABLE))
        .filter(|a| a.dtype().is_native())
        .ok_or_else(wrong)?;
    let width = width_of(out.dtype().num()).ok_or_else(wrong)?;
    let (data, size) = (out.data() as usize, out.size());
    if Array::from_object(low).is_none() {
        let range = Range { low: low.extract()?, most: most.extract()?, method: method(masked) };
        return stream.get().with(py, size, move |stream| {
            // SAFETY: flags, dtype and size were checked above; the array lives to the end of this call.
            fill_within(&mut stream.bits, unsafe { slots(data, size, width) }, range);
        });
    }
    let [lows, mosts] = [words_of(low)?, words_of(most)?];
    if lows.len() != size || mosts.len() != size {
        return Err(PyValueError::new_err("the ranges don't have the output's size"));
    }
    let ranges: Vec<(u64, u64)> = lows.into_iter().zip(mosts).collect();
    stream.get().with(py, size, move |stream| {
        // SAFETY: as above.
        fill_each(&mut stream.bits, unsafe { slots(data, size, width) }, &ranges, method(masked));
    })
}

/// The elements of a dense uint64 array.
fn words_of(array: &Bound<'_, PyAny>) -> PyResult<Vec<u64>> {
    let array = dense(array, TypeNum::ULong)?;
    // SAFETY: dense, aligned and of this dtype, as `dense` has checked.
    Ok(unsafe { std::slice::from_raw_parts(array.data() as *const u64, array.size()) }.to_vec())
}

/// Integers from `low` up to `high` (0 up to `low` without one) of a dtype: a scalar, or an array of shape `size` or that
/// of the bounds together. None, and nothing drawn, where this needs more thought or is an error: unless the dtype is a
/// native one of integers or bool, and the bounds are Python integers or arrays of int64 that make ranges of the dtype.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "the arguments of the methods it is the quick way of")]
fn _random_between<'py>(
    stream: &Bound<'_, Stream>,
    py: Python<'py>,
    low: &Bound<'py, PyAny>,
    high: &Bound<'py, PyAny>,
    size: &Bound<'py, PyAny>,
    dtype: &Bound<'py, PyAny>,
    closed: bool,
    masked: bool,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(num) = integer_type(dtype, size)? else { return Ok(None) };
    let zero = PyInt::new(py, 0).into_any();
    let (low, high) = if high.is_none() { (&zero, low) } else { (low, high) };
    if let (Some(low), Some(high)) = (small_int(low), small_int(high)) {
        let Some((low, most)) = range(low, high, closed, limits(num)) else { return Ok(None) };
        return draw_one_range(stream, py, Range { low, most, method: method(masked) }, num, size).map(Some);
    }
    let (Some(lows), Some(highs)) = (bounds(low)?, bounds(high)?) else { return Ok(None) };
    draw_ranges(stream, [&lows, &highs], num, size, closed, method(masked))
}

/// The native integer type, or bool, that `dtype=` names. None for another, and for Python's own types where a single
/// number is wanted: that is to be one of Python's.
fn integer_type(dtype: &Bound<'_, PyAny>, size: &Bound<'_, PyAny>) -> PyResult<Option<TypeNum>> {
    let py = dtype.py();
    if size.is_none() && (dtype.is(py.get_type::<PyInt>()) || dtype.is(py.get_type::<PyBool>())) {
        return Ok(None);
    }
    let dtype = dtype::coerce(dtype)?;
    let dtype = dtype::value(&dtype);
    Ok((dtype.is_native() && width_of(dtype.num()).is_some()).then_some(dtype.num()))
}

/// The least and the largest value, as far as 64 signed bits have them.
fn limits(num: TypeNum) -> [i64; 2] {
    let spare = 64 - width_of(num).unwrap_or(64);
    match num.kind() {
        Kind::Int => [i64::MIN >> spare, i64::MAX >> spare],
        _ => [0, (u64::MAX >> spare).try_into().unwrap_or(i64::MAX)],
    }
}

/// Lowest value and extent of a range, unless it is empty or goes beyond the limits.
fn range(low: i64, high: i64, closed: bool, [least, largest]: [i64; 2]) -> Option<(u64, u64)> {
    let last = high.checked_sub(i64::from(!closed))?;
    let fits = least <= low && low <= last && last <= largest;
    fits.then(|| (low as u64, last.wrapping_sub(low) as u64))
}

fn draw_one_range<'py>(
    stream: &Bound<'_, Stream>,
    py: Python<'py>,
    range: Range,
    num: TypeNum,
    size: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let width = width_of(num).unwrap_or(64);
    let Some(shape) = sample::size(Some(size))? else {
        let mut number = 0u64;
        let place = (&raw mut number) as usize;
        stream.get().with(py, 1, |stream| {
            // SAFETY: one number of at most 64 bits, aligned for them.
            fill_within(&mut stream.bits, unsafe { slots(place, 1, width) }, range);
        })?;
        return scalar::from_number(py, num, (&raw const number).cast());
    };
    let out = Array::new(py, &DType::of(num), &shape, Order::C)?;
    let (data, count) = (out.data() as usize, out.size());
    stream.get().with(py, count, move |stream| {
        // SAFETY: a fresh dense array of integers of this width, which nobody else has.
        fill_within(&mut stream.bits, unsafe { slots(data, count, width) }, range);
    })?;
    Ok(out.into_object())
}

/// A Python integer (not of a subclass) that fits 64 bits.
fn small_int(object: &Bound<'_, PyAny>) -> Option<i64> {
    if !object.is_exact_instance_of::<PyInt>() {
        return None;
    }
    object.extract().ok()
}

/// Bounds as an array, if they are one of int64 or a small integer.
fn bounds<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    if small_int(object).is_some() {
        return coerce::asarray(object).map(Some);
    }
    let array =
        Array::from_object(object).filter(|a| a.dtype().num() == TypeNum::Long && a.dtype().is_native());
    Ok(array.filter(|a| a.has(flag::ALIGNED)))
}

/// A range for each element, from bounds that are stretched to the result.
fn draw_ranges<'py>(
    stream: &Bound<'_, Stream>,
    given: [&Array<'py>; 2],
    num: TypeNum,
    size: &Bound<'py, PyAny>,
    closed: bool,
    method: Method,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = size.py();
    let Ok(common) = layout::broadcast_shapes(&given.map(|a| a.shape())) else { return Ok(None) };
    let shape = sample::size(Some(size))?.unwrap_or(common);
    let stretched = given.map(|a| layout::broadcast_strides(a.shape(), a.strides(), &shape));
    let [Some(low_steps), Some(high_steps)] = stretched else { return Ok(None) };
    let out = Array::new(py, &DType::of(num), &shape, Order::C)?;
    let mut ranges = Vec::new();
    if out.size() == 0 || ranges.try_reserve_exact(out.size()).is_err() {
        return Ok(None);
    }
    let limits = limits(num);
    let operands = [(given[0].data(), &low_steps[..]), (given[1].data(), &high_steps[..])];
    walk(&shape, &operands, &mut |pointers, steps, length| {
        ranges.extend((0..length as isize).map_while(|i| {
            let at = |k: usize| pointers[k].wrapping_offset(i * steps[k]).cast::<i64>();
            // SAFETY: aligned elements of both arrays, by strides that stretch them to this shape.
            let (low, high) = unsafe { (at(0).read(), at(1).read()) };
            range(low, high, closed, limits)
        }));
        Ok(())
    })
    .or_raise(py)?;
    if ranges.len() < out.size() {
        return Ok(None);
    }
    let (data, count, width) = (out.data() as usize, out.size(), width_of(num).unwrap_or(64));
    stream.get().with(py, count, move |stream| {
        // SAFETY: a fresh dense array of integers of this width, which nobody else has.
        fill_each(&mut stream.bits, unsafe { slots(data, count, width) }, &ranges, method);
    })?;
    Ok(Some(out.into_object()))
}

/// Shuffles a one-dimensional array in place if its elements are numbers or times side by side; false if it is another.
#[pyfunction]
fn _random_shuffle(
    stream: &Bound<'_, Stream>,
    py: Python<'_>,
    array: &Bound<'_, PyAny>,
    masked: bool,
) -> PyResult<bool> {
    let Some(array) = Array::from_object(array)
        .filter(|a| a.ndim() == 1 && a.has(flag::C_CONTIGUOUS | flag::ALIGNED | flag::WRITEABLE))
        .filter(|a| {
            matches!(a.dtype().num(), TypeNum::Datetime | TypeNum::Timedelta) || a.dtype().num().is_number()
        })
    else {
        return Ok(false);
    };
    let (data, size, itemsize) = (array.data() as usize, array.size(), array.dtype().itemsize());
    stream.get().with(py, size, move |stream| {
        // SAFETY: aligned elements side by side, as checked above, that any bytes may be moved into; the array is the
        // caller's, who is held by this call.
        unsafe {
            match itemsize {
                1 => shuffle_words::<u8>(stream, data, size, masked),
                2 => shuffle_words::<u16>(stream, data, size, masked),
                4 => shuffle_words::<u32>(stream, data, size, masked),
                8 => shuffle_words::<u64>(stream, data, size, masked),
                _ => return false,
            }
        }
        true
    })
}

/// # Safety
/// At `data` lie `size` aligned values of `T` that may be written.
unsafe fn shuffle_words<T>(stream: &mut table::Stream, data: usize, size: usize, masked: bool) {
    // SAFETY: by the contract.
    let words = unsafe { std::slice::from_raw_parts_mut(data as *mut T, size) };
    permute::shuffle(&mut stream.bits, words, 1, method(masked));
}

/// One value in `0..=most`, from 32-bit words where that is enough.
#[pyfunction]
fn _random_up_to(stream: &Bound<'_, Stream>, py: Python<'_>, most: u64, masked: bool) -> PyResult<u64> {
    stream.get().with(py, 1, |stream| up_to(&mut stream.bits, most, method(masked)))
}
/// The numbers `0..length` shuffled, as an intp array.
#[pyfunction]
fn _random_order<'py>(
    stream: &Bound<'_, Stream>,
    py: Python<'py>,
    length: usize,
    masked: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let out = Array::new(py, &DType::of(TypeNum::Long), &[length as isize], Order::C)?;
    let data = out.data() as usize;
    stream.get().with(py, length, move |stream| {
        // SAFETY: a fresh dense array of `length` integers, which nobody else has.
        let order = unsafe { std::slice::from_raw_parts_mut(data as *mut i64, length) };
        (0..).zip(&mut *order).for_each(|(i, slot)| *slot = i);
        permute::shuffle(&mut stream.bits, order, 1, method(masked));
    })?;
    Ok(out.into_object())
}
/// The partners of the places `length-1, …, 1` in a shuffle.
#[pyfunction]
fn _random_partners(
    stream: &Bound<'_, Stream>,
    py: Python<'_>,
    length: usize,
    masked: bool,
) -> PyResult<Vec<usize>> {
    stream.get().with(py, length, |stream| {
        let mut partners = Vec::with_capacity(length.saturating_sub(1));
        permute::shuffle_with(&mut stream.bits, length, 1, method(masked), |_, j| partners.push(j));
        partners
    })
}
/// Shuffles rows of a dense array of intp with `length` columns, each by itself.
#[pyfunction]
fn _random_shuffle_rows(
    stream: &Bound<'_, Stream>,
    py: Python<'_>,
    out: &Bound<'_, PyAny>,
    length: usize,
) -> PyResult<()> {
    let out = dense(out, TypeNum::Long)?;
    let (data, size) = (out.data() as usize, out.size());
    stream.get().with(py, size, move |stream| {
        // SAFETY: `dense` has checked it; the array is the caller's own and is used by nobody else meanwhile.
        let all = unsafe { std::slice::from_raw_parts_mut(data as *mut i64, size) };
        for row in all.chunks_exact_mut(length.max(1)) {
            permute::shuffle(&mut stream.bits, row, 1, Method::Mask);
        }
    })
}
/// `count` different numbers below `population`.
#[pyfunction]
fn _random_choose<'py>(
    stream: &Bound<'_, Stream>,
    py: Python<'py>,
    population: u64,
    count: usize,
    in_random_order: bool,
) -> PyResult<Bound<'py, PyAny>> {
    if count as u64 > population {
        return Err(PyValueError::new_err(format!("{count} different values of {population}")));
    }
    let out = Array::new(py, &DType::of(TypeNum::Long), &[count as isize], Order::C)?;
    let data = out.data() as usize;
    stream
        .get()
        .with(py, count, move |stream| {
            // SAFETY: a fresh dense array of `count` integers, which nobody else has.
            let chosen = unsafe { std::slice::from_raw_parts_mut(data as *mut i64, count) };
            permute::choose(&mut stream.bits, population, chosen, in_random_order)
        })?
        .or_raise(py)?;
    Ok(out.into_object())
}
/// Random bytes, from 32-bit words.
#[pyfunction]
fn _random_bytes<'py>(
    stream: &Bound<'_, Stream>,
    py: Python<'py>,
    length: usize,
) -> PyResult<Bound<'py, PyBytes>> {
    PyBytes::new_with(py, length, |bytes| {
        let size = bytes.len();
        stream.get().with(py, size, |stream| {
            if size == 0 {
                // The reference draws a word even then.
                stream.bits.next_u32();
            }
            let all = Range { low: 0, most: u8::MAX.into(), method: Method::Multiply };
            fill_within(&mut stream.bits, Slots::W8(bytes), all);
        })
    })
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_random_integers, module)?)?;
    module.add_function(wrap_pyfunction!(_random_between, module)?)?;
    module.add_function(wrap_pyfunction!(_random_shuffle, module)?)?;
    module.add_function(wrap_pyfunction!(_random_up_to, module)?)?;
    module.add_function(wrap_pyfunction!(_random_order, module)?)?;
    module.add_function(wrap_pyfunction!(_random_partners, module)?)?;
    module.add_function(wrap_pyfunction!(_random_shuffle_rows, module)?)?;
    module.add_function(wrap_pyfunction!(_random_choose, module)?)?;
    module.add_function(wrap_pyfunction!(_random_bytes, module)?)?;
    Ok(())
}
