//! Running reductions along an axis.

use sharray_base::error::shape_text;
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::interrupt::Meter;
use sharray_base::layout::overlap::{Extent, Overlap};
use sharray_base::layout::{Dims, normalize_axis};
use sharray_base::threads::{self, GRAIN};
use sharray_base::{DType, Error, Result, View, ViewMut};
use sharray_kernels::loop_abi::{IN_ORDER, LoopFlags};
use smallvec::SmallVec;

use super::execute::operands::is_direct;
use super::execute::strided::Caller;
use super::reduce::common;
use super::reduce::run::Fold;
use super::{Operand, Resolution, Ufunc};
use crate::Provider;
use crate::assign::{self, Casting, OVERLAP_WORK, Temporary, distinct, needs_temporary, source};
use crate::iterate::cut;
use crate::iterate::{Freedom, Nest, Source, chunks, keep_order_strides};

/// All partial results of a reduction along `axis`: the output has the input's shape.
///
/// # Errors
/// As [`super::reduce()`].
pub fn accumulate(
    ufunc: &Ufunc,
    input: Operand<'_>,
    axis: isize,
    dtype: Option<&DType>,
    out: Option<ViewMut<'_>>,
    provider: &mut dyn Provider,
) -> Result<FpStatus> {
    common::check_arity(ufunc, "accumulate")?;
    let axis = axis_of(&input.view, axis, "accumulate")?;
    let resolution = common::resolve(ufunc, "accumulate", &input, out.as_ref(), dtype)?;
    let shape = Dims::from_slice(input.view.shape());
    with_output(&resolution, &input.view, out, &shape, true, provider, |total| {
        scan_apart(&resolution, &input.view, total, axis)
    })
}

/// Reductions of the slices `indices[i]..indices[i + 1]` along `axis` (the single element `indices[i]` where that is
/// empty); the last slice ends with the axis.
///
/// # Errors
/// `Index` for an index outside the axis; else as [`super::reduce()`].
pub fn reduceat(
    ufunc: &Ufunc,
    input: Operand<'_>,
    indices: &[isize],
    axis: isize,
    dtype: Option<&DType>,
    out: Option<ViewMut<'_>>,
    provider: &mut dyn Provider,
) -> Result<FpStatus> {
    common::check_arity(ufunc, "reduceat")?;
    let view = input.view;
    let axis = axis_of(&view, axis, "reduceat")?;
    let extent = view.shape()[axis];
    if let Some(bad) = indices.iter().find(|i| **i < 0 || **i >= extent) {
        let name = ufunc.name();
        return Err(Error::Index(format!("index {bad} out-of-bounds in {name}.reduceat [0, {extent})")));
    }
    let resolution = common::resolve(ufunc, "reduceat", &input, out.as_ref(), dtype)?;
    let mut shape = Dims::from_slice(view.shape());
    shape[axis] = indices.len() as isize;
    with_output(&resolution, &view, out, &shape, false, provider, |total| {
        segments(&resolution, &view, total, axis, indices)
    })
}

fn axis_of(view: &View<'_>, axis: isize, method: &str) -> Result<usize> {
    if view.ndim() == 0 {
        return Err(Error::Type(format!("cannot {method} on a scalar")));
    }
    normalize_axis(axis, view.ndim())
}

/// Runs `work` on the output, or on a temporary of it where its memory can't be worked on directly: as when it is the
/// input's, unless `in_place` work is right.
fn with_output(
    resolution: &Resolution,
    input: &View<'_>,
    out: Option<ViewMut<'_>>,
    shape: &[isize],
    in_place: bool,
    provider: &mut dyn Provider,
    work: impl FnOnce(ViewMut<'_>) -> Result<()>,
) -> Result<FpStatus> {
    let (dtype, made) = (&resolution.dtypes[2], resolution.outer(2));
    let strides_of =
        |dtype: &DType| keep_order_strides(shape, &[Source { shape, ..source(input) }], dtype.itemsize());
    let (strides, made_strides) = (strides_of(dtype), strides_of(made));
    let result = match out {
        Some(out) if out.shape() != shape => {
            return Err(Error::Value(format!(
                "provided out is the wrong size for the accumulation/reduction: shape {} but expected {}",
                shape_text(out.shape()),
                shape_text(shape)
            )));
        }
        Some(out) => out,
        // SAFETY: the provider gives dense memory of this dtype, shape and strides.
        None => unsafe {
            let data = provider.provide(0, made, shape, &made_strides)?;
            ViewMut::new(View::new(data, made, shape, &made_strides))
        },
    };
    fp_status::clear();
    let lies_well = if in_place {
        !needs_temporary(&result, input) && apart(&result, input, dtype)
    } else {
        Extent::from(result.as_view()).overlap(&Extent::from(*input), Some(OVERLAP_WORK)) == Overlap::No
    };
    let scratch = if is_direct(&result, dtype) && lies_well && distinct(&result) {
        None
    } else {
        Some(Temporary::empty(dtype, shape, strides.clone())?)
    };
    let total = scratch.as_ref().map_or(result, |s| s.view_mut());
    work(total)?;
    if scratch.is_some() {
        assign::copy(result, total.as_view(), Casting::Unsafe)?;
    }
    Ok(resolution.status())
}

/// In place is fine only in one dtype.
fn apart(out: &View<'_>, input: &View<'_>, dtype: &DType) -> bool {
    out.data() != input.data() || is_direct(input, dtype)
}

/// The view without the part of `axis` before `start`.
fn from_index<'v>(view: &View<'v>, axis: usize, start: isize, shape: &'v [isize]) -> View<'v> {
    // SAFETY: `shape` is the view's with `start` fewer places on `axis`.
    unsafe {
        view.with_layout(view.data().wrapping_offset(start * view.strides()[axis]), shape, view.strides())
    }
}

/// [`scan`] by parts of another axis, for several threads; each lane is one thread's, in its own order.
fn scan_apart(resolution: &Resolution, input: &View<'_>, total: ViewMut<'_>, axis: usize) -> Result<()> {
    let shape = input.shape();
    let others = (0..shape.len()).filter(|other| *other != axis);
    let longest = others.max_by_key(|other| shape[*other]);
    let free = !resolution.flags.contains(LoopFlags::NEEDS_GIL)
        && cut::apart([input.dtype()].into_iter().chain(&resolution.dtypes));
    let Some(other) = longest.filter(|_| free && input.len() >= 2 * GRAIN && distinct(&total)) else {
        return scan(resolution, input, total, axis);
    };
    let extent = shape[other];
    let size = (GRAIN as isize * extent / input.len() as isize).max(NEIGHBOURS.min(extent / 2)).max(1);
    threads::run((extent as usize).div_ceil(size as usize), |part| {
        let from = part as isize * size;
        let mut shape = Dims::from_slice(shape);
        shape[other] = size.min(extent - from);
        let (input, target) =
            (from_index(input, other, from, &shape), from_index(&total, other, from, &shape));
        // SAFETY: a part of the output, written by this thread alone.
        scan(resolution, &input, unsafe { ViewMut::new(target) }, axis)
    })
}

/// Lanes side by side that a part has at least: fewer would share lines of the processor's cache.
const NEIGHBOURS: isize = 64;

/// `total[i] = op(total[i - 1], input[i])` along the axis, from `total[0] = input[0]`.
fn scan(resolution: &Resolution, input: &View<'_>, total: ViewMut<'_>, axis: usize) -> Result<()> {
    if input.is_empty() {
        return Ok(());
    }
    let (mut head, mut tail) = (Dims::from_slice(input.shape()), Dims::from_slice(input.shape()));
    head[axis] = 1;
    tail[axis] -= 1;
    let opening = from_index(input, axis, 0, &head);
    // SAFETY: the first place of the output along the axis.
    let first = unsafe { ViewMut::new(from_index(&total, axis, 0, &head)) };
    assign::copy(first, opening, Casting::Unsafe)?;
    if tail[axis] == 0 {
        return Ok(());
    }
    let wanted = &resolution.dtypes[1];
    let rest = from_index(input, axis, 1, &tail);
    let cast = if is_direct(input, wanted) {
        None
    } else {
        let strides = keep_order_strides(&tail, &[source(&rest)], wanted.itemsize());
        let copy = Temporary::empty(wanted, &tail, strides)?;
        assign::copy(copy.view_mut(), rest, Casting::Unsafe)?;
        Some(copy)
    };
    let rest = cast.as_ref().map_or(rest, |c| c.view());
    let (before, after) = (from_index(&total, axis, 0, &tail), from_index(&total, axis, 1, &tail));
    // Axes run forward, so each place is reached after the one before it, in whatever order axes are nested.
    let nest = Nest::new(&tail, &[source(&before), source(&rest), source(&after)], Freedom::Forward)?;
    let dtypes: SmallVec<[&DType; 4]> = resolution.dtypes.iter().collect();
    let caller = Caller::new(resolution, &dtypes);
    nest.run(|at, n, steps| {
        for (start, count) in chunks(n, independent(at[0], at[2], steps[0], n)) {
            let place: SmallVec<[*mut u8; 4]> =
                at.iter().zip(steps).map(|(p, s)| p.wrapping_offset(start * s)).collect();
            // SAFETY: elements of the output and of the input in the loop's dtype.
            unsafe { caller.call(&place, &[count], steps)? };
        }
        Ok(())
    })
}

/// How many elements of a run may be computed at once: results become operands `distance` elements later. Loops know
/// distance 1, and given a few elements they go one by one, so that they serve for distances that are not much longer.
fn independent(before: *mut u8, after: *mut u8, step: isize, n: isize) -> isize {
    let gap = (after as isize).wrapping_sub(before as isize);
    let distance = if step == 0 { 0 } else { gap / step };
    if (2..n).contains(&distance) { distance.max(IN_ORDER) } else { n }
}

/// What an index of `reduceat` costs besides its elements, in elements.
const INDEX: usize = 64;

/// One reduction per index.
fn segments(
    resolution: &Resolution,
    input: &View<'_>,
    total: ViewMut<'_>,
    axis: usize,
    indices: &[isize],
) -> Result<()> {
    let mut line = Dims::from_slice(input.shape());
    line[axis] = 1;
    if line.contains(&0) {
        return Ok(());
    }
    let dtypes: SmallVec<[&DType; 4]> = resolution.dtypes.iter().collect();
    let mut fold = Fold::new(resolution, &dtypes, input)?;
    let mut meter = Meter::default();
    let ends = indices[1.min(indices.len())..].iter().copied().chain([input.shape()[axis]]);
    for (position, (&start, end)) in indices.iter().zip(ends).enumerate() {
        let opening = from_index(input, axis, start, &line);
        // SAFETY: one place of the output along the axis.
        let target = unsafe { ViewMut::new(from_index(&total, axis, position as isize, &line)) };
        assign::copy(target, opening, Casting::Unsafe)?;
        let count = end - start - 1;
        if count <= 0 {
            continue;
        }
        let mut rest = line.clone();
        rest[axis] = count;
        let more = from_index(input, axis, start + 1, &rest);
        let mut still = Dims::from_slice(target.strides());
        still[axis] = 0;
        let accumulator = Source { data: target.data(), shape: &rest, strides: &still };
        let nest = Nest::new(&rest, &[accumulator, source(&more)], Freedom::Forward)?;
        // Whole runs: the shape of a sum's tree is part of its result.
        nest.whole().run(|at, _, n, steps| fold.run((at[0], steps[0]), (at[1], steps[1]), n))?;
        meter.add(INDEX)?;
    }
    Ok(())
}
