//! Assignment: copies between views of any layout, byte order and dtype, with broadcasting and overlap handled.
//!
//! The floating-point flags that a cast raises (NaN to integer, overflow to float16) are left in
//! [`sharray_base::fp_status`]: who reports them clears the flags before and reads them after.

mod masked;
mod plain;
mod temporary;

pub use sharray_base::dtype::Casting;
use sharray_base::dtype::cast_rules::check_cast;
use sharray_base::error::shape_text;
use sharray_base::layout::Dims;
use sharray_base::layout::overlap::{Extent, Overlap};
use sharray_base::threads::GRAIN;
use sharray_base::{DType, Error, Result, View, ViewMut};
use sharray_kernels::cast::Transfer;

pub use masked::{copy_where, true_runs};
pub use temporary::Temporary;

use crate::iterate::scratch::Elements;
use crate::iterate::{Freedom, Nest, Source, keep_order_strides};

/// Work spent on finding out whether two operands really overlap where their bounds do.
pub const OVERLAP_WORK: u64 = 1;

/// Assigns `src`, broadcast to `dst`'s shape and cast to its dtype. Overlapping memory behaves as if `src` had been
/// copied first.
///
/// # Errors
/// `Value` when the shapes don't fit, `Cast` when `casting` forbids the cast, and what the cast itself reports.
pub fn copy(dst: ViewMut<'_>, src: View<'_>, casting: Casting) -> Result<()> {
    check_cast(src.dtype(), dst.dtype(), casting)?;
    let shape = stripped(src.shape(), dst.ndim());
    let strides = &src.strides()[src.ndim() - shape.len()..];
    check_broadcast(src.shape(), shape, dst.shape())?;
    if dst.is_empty() {
        return Ok(());
    }
    // SAFETY: leading axes of extent 1 left out.
    let src = unsafe { src.with_layout(src.data(), shape, strides) };
    let transfer = match casting {
        Casting::SameValue => Transfer::keeping_values(src.dtype(), dst.dtype())?,
        _ => Transfer::new(src.dtype(), dst.dtype(), false)?,
    };
    if plain::copy_dense(&dst, &src, &transfer)? || plain::copy_few(&dst, &src, &transfer)? {
        return Ok(());
    }
    if dst.ndim() > 1 && src.ndim() > 0 && !distinct(&dst) {
        // Which of several writes to a byte is the last must not depend on how the source lies.
        let strides = keep_order_strides(dst.shape(), &[source(&dst)], src.dtype().itemsize());
        let temporary = Temporary::empty(src.dtype(), dst.shape(), strides)?;
        copy(temporary.view_mut(), src, Casting::Unsafe)?;
        return run(&dst, &temporary.view(), &transfer);
    }
    if needs_temporary(&dst, &src) {
        let temporary = Temporary::of(src)?;
        return run(&dst, &temporary.view(), &transfer);
    }
    run(&dst, &src, &transfer)
}

/// Sets every element of `dst` to the one element of `dtype` at `element`, cast unsafely.
///
/// # Safety
/// `element` points to a readable element of `dtype`.
///
/// # Errors
/// What the cast reports.
pub unsafe fn fill(dst: ViewMut<'_>, element: *const u8, dtype: &DType) -> Result<()> {
    if dst.is_empty() {
        return Ok(());
    }
    let one = Elements::new(dst.dtype(), 1)?;
    let value = one.data();
    // SAFETY: one element on both sides; `element` by the caller, `value` is ours.
    unsafe { Transfer::new(dtype, dst.dtype(), false)?.run(element, 0, value, 0, 1)? };
    let again = dst.dtype().has_gaps().then(|| Transfer::new(dst.dtype(), dst.dtype(), false)).transpose()?;
    let mut nest = Nest::new(dst.shape(), &[source(&dst)], Freedom::Any)?;
    // Narrow columns are filled one by one, not row by row.
    if let [columns, rows, ..] = *nest.axes.extents()
        && columns < NARROW
        && rows > columns
    {
        nest.axes.to_front(1);
    }
    let value = Value(value);
    nest.spread(
        dst.len() >= 2 * GRAIN && !dst.dtype().holds_objects() && distinct(&dst),
        || Ok(()),
        |(), at, n, steps| {
            // SAFETY: the nest visits elements of `dst` (V3), apart from the value.
            unsafe {
                match &again {
                    Some(fields) => fields.run(value.at(), 0, at[0], steps[0], n as usize),
                    None => sharray_kernels::copy::fill(at[0], steps[0], n as usize, value.at(), dst.dtype()),
                }
            }
        },
    )
}

/// Runs shorter than this cost more to visit than to fill.
const NARROW: isize = 4;

/// Where a value lies that several threads read.
struct Value(*const u8);

// SAFETY: nobody writes the value meanwhile.
unsafe impl Sync for Value {}

impl Value {
    fn at(&self) -> *const u8 {
        self.0
    }
}

fn run(dst: &View<'_>, src: &View<'_>, transfer: &Transfer) -> Result<()> {
    let mut nest = Nest::new(dst.shape(), &[source(dst), source(src)], Freedom::Any)?;
    let apart = dst.len() < 2 * GRAIN || distinct(dst);
    if apart && transfer.is_plain_copy() && plain::copy_tiled(&mut nest, dst.dtype().itemsize())? {
        return Ok(());
    }
    if apart && transfer.is_plain_copy() && plain::copy_lines(&nest, dst.dtype().itemsize())? {
        return Ok(());
    }
    nest.spread(
        apart && !transfer.needs_gil(),
        || Ok(()),
        |(), at, n, steps| {
            // SAFETY: the nest visits elements of the two views (V3); overlap was excluded or is exact.
            unsafe { transfer.run(at[1], steps[1], at[0], steps[0], n as usize) }
        },
    )
}

/// A view as iteration takes it.
pub fn source<'a>(view: &View<'a>) -> Source<'a> {
    Source { data: view.data(), shape: view.shape(), strides: view.strides() }
}

/// True when writing `dst` could change elements of `src` before they are read. The same elements in the same order
/// may be worked on in place.
pub fn needs_temporary(dst: &View<'_>, src: &View<'_>) -> bool {
    if same_place(dst, src) {
        return false;
    }
    Extent::from(*dst).overlap(&Extent::from(*src), Some(OVERLAP_WORK)) != Overlap::No
}

/// True when both views name the same elements in the same order, none of them twice.
pub fn same_place(a: &View<'_>, b: &View<'_>) -> bool {
    a.data() == b.data()
        && a.shape() == b.shape()
        && a.dtype().itemsize() == b.dtype().itemsize()
        && a.shape().iter().zip(a.strides().iter().zip(b.strides())).all(|(n, (s, t))| *n <= 1 || s == t)
        && Extent::from(*a).internal_overlap(Some(OVERLAP_WORK)) == Overlap::No
}

/// True when no two elements of the view share a byte: only then may several threads write it, for else the last write
/// counts.
pub(crate) fn distinct(view: &View<'_>) -> bool {
    Extent::from(*view).internal_overlap(Some(OVERLAP_WORK)) == Overlap::No
}

/// `shape` without the leading axes of extent 1 that make it longer than `ndim`.
fn stripped(shape: &[isize], ndim: usize) -> &[isize] {
    let extra = shape.len().saturating_sub(ndim);
    let ones = shape.iter().take(extra).take_while(|n| **n == 1).count();
    &shape[ones..]
}

fn check_broadcast(full: &[isize], shape: &[isize], target: &[isize]) -> Result<()> {
    let fits = shape.len() <= target.len()
        && shape.iter().rev().zip(target.iter().rev()).all(|(have, want)| have == want || *have == 1);
    if fits {
        return Ok(());
    }
    Err(Error::Value(format!(
        "could not broadcast input array from shape {} into shape {}",
        shape_text(full),
        shape_text(target)
    )))
}

/// Strides of dense memory for a copy of `view`, in its own memory order.
pub fn dense_like(view: &View<'_>) -> Dims {
    keep_order_strides(view.shape(), &[source(view)], view.dtype().itemsize())
}
