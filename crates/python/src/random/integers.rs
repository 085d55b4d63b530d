//! Integers in a range, orders and choices, bytes.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use sharray_base::layout::Order;
use sharray_base::{DType, TypeNum};
use sharray_random::Source;
use sharray_random::bounded::{Method, Pieces, up_to, up_to_u32};
use sharray_random::bulk::{Bulk, Range, Slots};
use sharray_random::permute;

use super::bits::dense;
use super::sample::width_of;
use super::stream::Stream;
use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::layout::flag;

fn method(masked: bool) -> Method {
    if masked { Method::Mask } else { Method::Multiply }
}

/// Where ranges come from: one for all elements, or one each.
#[derive(Clone, Copy)]
enum Ranges {
    One { low: u64, most: u64 },
    Each { lows: usize, mosts: usize },
}

impl Ranges {
    /// Lowest value and extent of element `i`.
    ///
    /// # Safety
    /// For `Each`: both addresses are of dense arrays of more than `i` words that live.
    unsafe fn at(self, i: usize) -> (u64, u64) {
        match self {
            Ranges::One { low, most } => (low, most),
            // SAFETY: by the contract.
            Ranges::Each { lows, mosts } => unsafe {
                ((lows as *const u64).add(i).read(), (mosts as *const u64).add(i).read())
            },
        }
    }
}

/// # Safety
/// As for [`fill`].
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

/// Fills `size` elements of `width` bits at `data`.
///
/// # Safety
/// `data` is that of a dense, writable, aligned array of as many elements of that width; `ranges` as `Ranges::at` says.
unsafe fn fill<S: Source>(
    bits: &mut S,
    (data, size): (usize, usize),
    width: u32,
    ranges: Ranges,
    method: Method,
) {
    if let Ranges::One { low, most } = ranges {
        let range = Range { low, most, method };
        // SAFETY: by the contract.
        return bits.many(Bulk::Within(unsafe { slots(data, size, width) }, range));
    }
    let mut pieces = Pieces::default();
    for i in 0..size {
        // SAFETY: by the contract.
        unsafe {
            let (low, most) = ranges.at(i);
            match width {
                64 => (data as *mut u64).add(i).write(low.wrapping_add(up_to(bits, most, method))),
                32 => {
                    let value = up_to_u32(bits, most as u32, method);
                    (data as *mut u32).add(i).write((low as u32).wrapping_add(value));
                }
                16 => {
                    let value = pieces.up_to(bits, 16, most as u32, method);
                    (data as *mut u16).add(i).write((low as u16).wrapping_add(value as u16));
                }
                8 => {
                    let value = pieces.up_to(bits, 8, most as u32, method);
                    (data as *mut u8).add(i).write((low as u8).wrapping_add(value as u8));
                }
                _ => {
                    let value = pieces.up_to(bits, 1, most as u32, method);
                    (data as *mut u8).add(i).write(low as u8 | value as u8);
                }
            }
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
    let arrays;
    let ranges = if Array::from_object(low).is_some() {
        arrays = [dense(low, TypeNum::ULong)?, dense(most, TypeNum::ULong)?];
        if arrays.iter().any(|a| a.size() != out.size()) {
            return Err(PyValueError::new_err("the ranges don't have the output's size"));
        }
        Ranges::Each { lows: arrays[0].data() as usize, mosts: arrays[1].data() as usize }
    } else {
        Ranges::One { low: low.extract()?, most: most.extract()? }
    };
    let target = (out.data() as usize, out.size());
    stream.get().with(py, out.size(), move |stream| {
        // SAFETY: flags, dtype and sizes were checked above; the arrays live to the end of this call.
        unsafe { fill(&mut stream.bits, target, width, ranges, method(masked)) }
    })
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
        stream.bits.many(Bulk::Order(order, method(masked)));
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
            for chunk in bytes.chunks_mut(4) {
                let word = stream.bits.next_u32().to_le_bytes();
                chunk.copy_from_slice(&word[..chunk.len()]);
            }
        })
    })
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_random_integers, module)?)?;
    module.add_function(wrap_pyfunction!(_random_up_to, module)?)?;
    module.add_function(wrap_pyfunction!(_random_order, module)?)?;
    module.add_function(wrap_pyfunction!(_random_partners, module)?)?;
    module.add_function(wrap_pyfunction!(_random_shuffle_rows, module)?)?;
    module.add_function(wrap_pyfunction!(_random_choose, module)?)?;
    module.add_function(wrap_pyfunction!(_random_bytes, module)?)?;
    Ok(())
}
