//! Functions that pick elements by number or by mask: take, put, where, nonzero, repeat, …

use sharray_base::layout::Order;
use sharray_base::{Error, Result, View, ViewMut};

use crate::Provider;

/// What happens to an index out of bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It is an error; negative indices count from the end.
    Raise,
    /// It wraps around.
    Wrap,
    /// It is clipped to the axis; negative indices become 0.
    Clip,
}

/// Copies the slices of `source` at `indices` (`intp`) of `axis` into `out`, of the source's dtype and the shape that
/// [`take`] describes. `source` and `out` don't overlap.
///
/// # Errors
/// `Index` out of bounds in `Raise` mode or for an empty axis, `Axis`.
pub fn take_into(
    source: View<'_>,
    indices: View<'_>,
    axis: isize,
    mode: Mode,
    out: ViewMut<'_>,
) -> Result<()> {
    let _ = (source, indices, axis, mode, out);
    Err(Error::NotImplemented("index::take_into".into()))
}

/// Slices of `source` at `indices` (`intp`) of `axis`: the axis is replaced by the indices' axes. Output 0 in C order.
/// For `axis=None` hand over a flattened source.
///
/// # Errors
/// As [`take_into`].
pub fn take(
    source: View<'_>,
    indices: View<'_>,
    axis: isize,
    mode: Mode,
    provider: &mut dyn Provider,
) -> Result<()> {
    let _ = (source, indices, axis, mode, provider);
    Err(Error::NotImplemented("index::take".into()))
}

/// `target.flat[indices] = values`, the values repeated as often as needed; `values` has the target's dtype.
///
/// # Errors
/// `Index` out of bounds in `Raise` mode (checked before anything is written).
pub fn put(target: ViewMut<'_>, indices: View<'_>, values: View<'_>, mode: Mode) -> Result<()> {
    let _ = (target, indices, values, mode);
    Err(Error::NotImplemented("index::put".into()))
}

/// `target.flat[n] = values.flat[n % len]` where `mask.flat[n]`; all of the target's shape but `values`, which has its
/// dtype.
///
/// # Errors
/// `Value` when the sizes of mask and target differ.
pub fn putmask(target: ViewMut<'_>, mask: View<'_>, values: View<'_>) -> Result<()> {
    let _ = (target, mask, values);
    Err(Error::NotImplemented("index::putmask".into()))
}

/// The elements of `target` under `mask` become `values`' elements in turn, repeated.
///
/// # Errors
/// `Value` when the sizes differ, or there are no values to insert.
pub fn place(target: ViewMut<'_>, mask: View<'_>, values: View<'_>) -> Result<()> {
    let _ = (target, mask, values);
    Err(Error::NotImplemented("index::place".into()))
}

/// Slices of `axis` where the 1-D bool `condition` is true.
///
/// # Errors
/// `Axis`; `Value` when the condition is not 1-D; `Index` when a true entry lies beyond the axis.
pub fn compress(
    condition: View<'_>,
    source: View<'_>,
    axis: isize,
    provider: &mut dyn Provider,
) -> Result<()> {
    let _ = (condition, source, axis, provider);
    Err(Error::NotImplemented("index::compress".into()))
}

/// `choices[index[i]][i]`, all broadcast together; the choices share one dtype, `index` is `intp`.
///
/// # Errors
/// `Broadcast`; `Value` for an index that names no choice in `Raise` mode.
pub fn choose(index: View<'_>, choices: &[View<'_>], mode: Mode, provider: &mut dyn Provider) -> Result<()> {
    let _ = (index, choices, mode, provider);
    Err(Error::NotImplemented("index::choose".into()))
}

/// `x` where `condition` (bool) else `y`, broadcast together; `x` and `y` share the result's dtype.
///
/// # Errors
/// `Broadcast`.
pub fn select(condition: View<'_>, x: View<'_>, y: View<'_>, provider: &mut dyn Provider) -> Result<()> {
    let _ = (condition, x, y, provider);
    Err(Error::NotImplemented("index::select".into()))
}

/// Indices of the elements that are not zero: output `i` is 1-D `intp`, the indices along axis `i`. Returns how many.
///
/// # Errors
/// Those of an object's truth.
pub fn nonzero(source: View<'_>, provider: &mut dyn Provider) -> Result<usize> {
    let _ = (source, provider);
    Err(Error::NotImplemented("index::nonzero".into()))
}

/// How many elements are not zero, empty or false.
///
/// # Errors
/// Those of an object's truth.
pub fn count_nonzero(source: View<'_>) -> Result<usize> {
    let _ = (source,);
    Err(Error::NotImplemented("index::count_nonzero".into()))
}

/// Flat indices from one `intp` array per axis, broadcast together, for an array of shape `dims`.
///
/// # Errors
/// `Value` for a wrong number of arrays, an index out of bounds in `Raise` mode or dims whose product overflows.
pub fn ravel_multi_index(
    indices: &[View<'_>],
    dims: &[isize],
    modes: &[Mode],
    order: Order,
    provider: &mut dyn Provider,
) -> Result<()> {
    let _ = (indices, dims, modes, order, provider);
    Err(Error::NotImplemented("index::ravel_multi_index".into()))
}

/// Flat `intp` indices split: output `i` holds the index along axis `i`.
///
/// # Errors
/// `Value` out of bounds, or dims whose product overflows.
pub fn unravel_index(
    indices: View<'_>,
    dims: &[isize],
    order: Order,
    provider: &mut dyn Provider,
) -> Result<()> {
    let _ = (indices, dims, order, provider);
    Err(Error::NotImplemented("index::unravel_index".into()))
}

/// Each slice of `axis` repeated; `counts` (`intp`) has one element or one per slice.
///
/// # Errors
/// `Axis`; `Value` for a negative count or a wrong number of them.
pub fn repeat(source: View<'_>, counts: View<'_>, axis: isize, provider: &mut dyn Provider) -> Result<()> {
    let _ = (source, counts, axis, provider);
    Err(Error::NotImplemented("index::repeat".into()))
}
