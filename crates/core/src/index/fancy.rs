//! Carrying out a fancy plan: gather and scatter.
//!
//! Index numbers are turned into byte offsets a chunk at a time, checked against their axes as they are read (the
//! arrays they come from may change under us); the chunk then moves blocks of bytes. A block is one element, or the
//! whole of the rest's axes where those lie densely on both sides.

use std::marker::PhantomData;

use sharray_base::error::shape_text;
use sharray_base::layout::broadcast_strides;
use sharray_base::layout::reshape::{memory_order, strides_in_order};
use sharray_base::{DType, Dims, Error, Result, View, ViewMut};
use sharray_kernels::cast::Transfer;
use sharray_kernels::copy::pick::Numbers;
use sharray_kernels::copy::{copy_strided, retain_elements};
use smallvec::SmallVec;

use super::column::{Along, Picks};
use super::plan::{self, Column, Fancy, out_of_bounds};
use super::{blocks, mask};
use crate::Provider;
use crate::assign::distinct;
use crate::iterate::{Freedom, Nest, Source};
use crate::scratch::{apart, may_overlap, prepared};
use crate::walk::{walk, walk_whole};

/// Offsets worked out at a time.
const CHUNK: usize = 512;

/// Copies what `plan` (made for `source`'s layout) picks from `source` into output 0, of the source's dtype and
/// [`Fancy::shape`]; its strides follow NumPy's (transposed where the index arrays are not in front).
///
/// # Errors
/// `Index` for an index out of bounds.
pub fn get(source: View<'_>, plan: &Fancy<'_>, provider: &mut dyn Provider) -> Result<()> {
    let dtype = source.dtype();
    let shape = plan.shape();
    sharray_base::layout::checked_len(&shape, dtype.itemsize())?;
    if let Some(mask) = plan.whole_mask {
        let out = provider.provide(0, dtype, &shape, &[dtype.itemsize() as isize])?;
        let copied = mask::compress_into(source, mask, out, shape[0] as usize);
        // SAFETY: `out` has room for `shape[0]` elements, of which the first `copied` were written.
        return unsafe { retain_elements(out, dtype.itemsize() as isize, copied, dtype) };
    }
    let axes = Axes::for_get(plan);
    let (result_strides, picked_strides, rest_strides) = axes.result_strides(plan, dtype.itemsize());
    let out = provider.provide(0, dtype, &shape, &result_strides)?;
    let count = shape.iter().product::<isize>() as usize;
    let rest_shape = axes.pick_rest(&plan.rest.shape);
    let from = axes.pick_rest(&plan.rest.strides);
    let block = Block::new(&rest_shape, &from, &rest_strides, dtype.itemsize());
    let data = source.data().wrapping_offset(plan.rest.offset);
    if count > 0 || plan.picked.iter().all(|&n| n != 0) {
        let one =
            (count > 0 && by_column(plan, &block, &block.from)).then(|| OneColumn::new(plan, &axes.picked));
        let gathered = match one.flatten() {
            Some(one) => one.gather(&block, data, out),
            None => each_chunk(plan, &axes.picked, (out, &picked_strides), &mut |offsets, out, step| {
                if count > 0 {
                    // SAFETY: offsets are checked sums of indices within the source; the output has a block per offset.
                    unsafe { block.gather(data, offsets, out, step) };
                }
                Ok(())
            }),
        };
        if gathered.is_err() && dtype.holds_objects() {
            // References were copied but not counted: they must not be given back with the output.
            // SAFETY: the output is `count` dense elements, in which null references are fine.
            unsafe { std::ptr::write_bytes(out, 0, count * dtype.itemsize()) };
        }
        gathered?;
    }
    // SAFETY: the output is dense, and all `count` elements were written by bytes.
    unsafe { retain_elements(out, dtype.itemsize() as isize, count, dtype) }
}

/// Assigns `value`, broadcast and cast (unsafe casting), to what `plan` (made for `target`'s layout) picks from `target`.
///
/// # Errors
/// `Index` for an index out of bounds (nothing is changed then), `Value` when `value` does not broadcast; errors of the
/// cast.
pub fn set(target: ViewMut<'_>, plan: &Fancy<'_>, value: View<'_>) -> Result<()> {
    let mut keep = None;
    if let Some(mask) = plan.whole_mask {
        check_mask_value(plan.picked[0], value)?;
        let value = prepared(value, target.dtype(), *target, &mut keep)?;
        let mut keep_mask = None;
        let mask = apart(mask, *target, &mut keep_mask)?;
        return mask::spread(target, mask, value);
    }
    let shape = plan.shape();
    sharray_base::layout::checked_len(&shape, target.dtype().itemsize())?;
    let value = without_leading_ones(value, shape.len());
    let value_strides = broadcast_strides(value.shape(), value.strides(), &shape);
    let value = value_strides.map(|_| value).ok_or_else(|| {
        Error::Value(format!(
            "shape mismatch: value array of shape {} could not be broadcast to indexing result of shape {}",
            shape_text(value.shape()),
            shape_text(&shape)
        ))
    })?;
    let value = prepared(value, target.dtype(), *target, &mut keep)?;
    let plan = &owning_columns(plan, *target);
    check_columns(plan)?;
    let strides = broadcast_strides(value.shape(), value.strides(), &shape).unwrap_or_default();
    scatter(target, plan, value.data(), &strides)
}

fn check_mask_value(count: isize, value: View<'_>) -> Result<()> {
    if value.ndim() > 1 {
        return Err(Error::Type(format!(
            "NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has {} dimensions",
            value.ndim()
        )));
    }
    match value.shape() {
        [n] if *n != 1 && *n != count => Err(Error::Value(format!(
            "NumPy boolean array indexing assignment cannot assign {n} input values to the {count} output values where \
             the mask is true"
        ))),
        _ => Ok(()),
    }
}

fn without_leading_ones(value: View<'_>, ndim: usize) -> View<'_> {
    let extra = value.ndim().saturating_sub(ndim);
    let extra = value.shape()[..extra].iter().take_while(|&&n| n == 1).count();
    // SAFETY: axes of extent 1 are left out; the elements stay the same (V3).
    unsafe { value.with_layout(value.data(), &value.shape()[extra..], &value.strides()[extra..]) }
}

/// The plan with index arrays copied that share memory with `target`, which is about to change.
fn owning_columns<'a>(plan: &Fancy<'a>, target: View<'_>) -> Fancy<'a> {
    let columns = plan.columns.iter().map(|column| {
        let (source, strides) = match &column.source {
            plan::Source::View(view) if may_overlap(*view, target) => {
                let numbers = numbers_of(column.source.data(), &plan.picked, &column.strides);
                let size = size_of::<isize>();
                (plan::Source::Owned(numbers.into()), sharray_base::layout::c_strides(&plan.picked, size))
            }
            other => (other.clone(), column.strides.clone()),
        };
        Column { source, strides, ..*column }
    });
    Fancy {
        columns: columns.collect(),
        picked: plan.picked.clone(),
        rest: plan.rest.clone(),
        position: plan.position,
        whole_mask: None,
    }
}

/// The numbers at these places, in C order.
fn numbers_of(data: *mut u8, shape: &[isize], strides: &[isize]) -> Vec<isize> {
    let mut numbers = Vec::new();
    let _ = walk_whole(shape, &[(data, strides)], &mut |p, s, n| {
        // SAFETY: the walk gives runs of the index array's elements.
        numbers.extend(
            (0..n as isize).map(|i| unsafe { p[0].offset(i * s[0]).cast::<isize>().read_unaligned() }),
        );
        Ok(())
    });
    numbers
}

/// Checks every index against its axis, as long as anything is picked.
fn check_columns(plan: &Fancy<'_>) -> Result<()> {
    if let [column] = plan.columns.as_slice()
        && let Some(step) = one_step(&plan.picked, &column.strides)
    {
        let count = plan.picked.iter().product::<isize>() as usize;
        let along = Along { axis: column.axis, extent: column.extent, stride: column.stride };
        // SAFETY: the index array's numbers.
        return unsafe { along.check(Numbers::new(column.source.data(), step, count)) };
    }
    let order: SmallVec<[usize; 6]> = (0..plan.picked.len()).collect();
    let nothing = Dims::from_elem(0, plan.picked.len());
    each_chunk(plan, &order, (std::ptr::null_mut(), &nothing), &mut |_, _, _| Ok(()))
}

fn scatter(target: ViewMut<'_>, plan: &Fancy<'_>, value: *mut u8, value_strides: &[isize]) -> Result<()> {
    if plan.shape().contains(&0) {
        return Ok(());
    }
    let axes = Axes::for_set(plan);
    let picked_at = plan.position..plan.position + plan.picked.len();
    let picked_strides = &value_strides[picked_at.clone()];
    let rest: Dims =
        value_strides[..picked_at.start].iter().chain(&value_strides[picked_at.end..]).copied().collect();
    let (rest_shape, to, from) =
        (axes.pick_rest(&plan.rest.shape), axes.pick_rest(&plan.rest.strides), axes.pick_rest(&rest));
    let data = target.data().wrapping_offset(plan.rest.offset);
    let dtype = target.dtype();
    if dtype.holds_objects() || dtype.has_gaps() {
        return scatter_elements(
            dtype,
            plan,
            &axes,
            (data, &to),
            (value, picked_strides, &from),
            &rest_shape,
        );
    }
    let block = Block::new(&rest_shape, &from, &to, dtype.itemsize());
    if by_column(plan, &block, &block.to)
        && let Some(one) = OneColumn::new(plan, &axes.picked)
        && let Some(step) = one_step(&plan.picked, picked_strides)
    {
        return one.scatter(&block, data, (value, step), distinct(&target));
    }
    each_chunk(plan, &axes.picked, (value, picked_strides), &mut |offsets, value, step| {
        // SAFETY: offsets are checked sums of indices within the target; the value has a block per offset, apart from
        // the target.
        unsafe { block.scatter(data, offsets, value, step) };
        Ok(())
    })
}

/// True when one index array's numbers are best followed as one run: for whole blocks, or at each place of the rest's axes
/// where that keeps to the array's memory order. Else each number's part of the array is gone through by itself.
fn by_column(plan: &Fancy<'_>, block: &Block, rest: &[isize]) -> bool {
    let [column] = plan.columns.as_slice() else { return false };
    let closer = |stride: &isize| stride.unsigned_abs() >= column.stride.unsigned_abs();
    block.dense.is_some() || (plan.picked.iter().product::<isize>() >= 8 && rest.iter().all(closer))
}

/// The step of elements of this shape in C order, if that is the same everywhere.
fn one_step(shape: &[isize], strides: &[isize]) -> Option<isize> {
    let mut known: Option<(isize, isize)> = None;
    for (extent, stride) in shape.iter().zip(strides).rev().filter(|(extent, _)| **extent != 1) {
        known = match known {
            None => Some((*stride, stride.wrapping_mul(*extent))),
            Some((step, next)) if *stride == next => Some((step, next.wrapping_mul(*extent))),
            Some(_) => return None,
        };
    }
    Some(known.map_or(0, |(step, _)| step))
}

/// A plan of one index array: its numbers in working order, which go straight to the loops that use them.
struct OneColumn<'a> {
    along: Along,
    numbers: Numbers,
    /// Where the numbers lie if they were put in order; else in the plan's memory.
    _keep: Vec<isize>,
    _plan: PhantomData<&'a ()>,
}

impl<'a> OneColumn<'a> {
    fn new(plan: &'a Fancy<'_>, order: &[usize]) -> Option<OneColumn<'a>> {
        let [column] = plan.columns.as_slice() else { return None };
        let along = Along { axis: column.axis, extent: column.extent, stride: column.stride };
        let permute = |dims: &[isize]| order.iter().map(|&axis| dims[axis]).collect::<Dims>();
        let (shape, strides) = (permute(&plan.picked), permute(&column.strides));
        let mut keep = Vec::new();
        let count = shape.iter().product::<isize>() as usize;
        let numbers = match one_step(&shape, &strides) {
            Some(step) => Numbers::new(column.source.data(), step, count),
            None => {
                keep = numbers_of(column.source.data(), &shape, &strides);
                Numbers::dense(&keep)
            }
        };
        Some(OneColumn { along, numbers, _keep: keep, _plan: PhantomData })
    }

    fn picks(&self, step: isize, bytes: usize) -> Picks {
        Picks { along: self.along, numbers: self.numbers, step, bytes }
    }

    /// Blocks at the numbers' places along the axis that begins at `data`, densely to `out`.
    fn gather(&self, block: &Block, data: *mut u8, out: *mut u8) -> Result<()> {
        let step = (block.shape.iter().product::<isize>() as usize * block.itemsize) as isize;
        // SAFETY: numbers are checked where they are read; the source has a block at each place, the dense output for each
        // number.
        unsafe {
            match block.dense {
                Some(bytes) => self.picks(step, bytes).gather(data, out),
                None => self.picks(step, block.itemsize).gather_rows(&block.nest(data, out)?),
            }
        }
    }

    /// Blocks of the value, `step` bytes from one to the next, to the numbers' places.
    fn scatter(
        &self,
        block: &Block,
        data: *mut u8,
        (value, step): (*mut u8, isize),
        apart: bool,
    ) -> Result<()> {
        // SAFETY: as for `gather`, with value and target in place of source and output.
        unsafe {
            match block.dense {
                Some(bytes) => self.picks(step, bytes).scatter(data, value),
                None => {
                    let sources = [
                        Source { data, shape: &block.shape, strides: &block.to },
                        Source { data: value, shape: &block.shape, strides: &block.from },
                    ];
                    let rows = Nest::new(&block.shape, &sources, Freedom::Forward)?;
                    self.picks(step, block.itemsize).scatter_rows(&rows, apart)
                }
            }
        }
    }
}

/// Element by element, by the dtype's own way of copying.
fn scatter_elements(
    dtype: &DType,
    plan: &Fancy<'_>,
    axes: &Axes,
    (data, to): (*mut u8, &Dims),
    (value, picked_strides, from): (*mut u8, &[isize], &Dims),
    rest_shape: &Dims,
) -> Result<()> {
    let transfer = Transfer::new(dtype, dtype, false)?;
    each_chunk(plan, &axes.picked, (value, picked_strides), &mut |offsets, value, step| {
        for (i, &offset) in offsets.iter().enumerate() {
            let pair = [
                (value.wrapping_offset(i as isize * step), &from[..]),
                (data.wrapping_offset(offset), &to[..]),
            ];
            // SAFETY: runs of elements of the value and the target, which are apart.
            walk(rest_shape, &pair, &mut |p, s, n| unsafe { transfer.run(p[0], s[0], p[1], s[1], n) })?;
        }
        Ok(())
    })
}

/// In which order the axes of a plan are worked through.
struct Axes {
    picked: SmallVec<[usize; 6]>,
    rest: SmallVec<[usize; 6]>,
}

impl Axes {
    /// NumPy's memory order for results: with other axes around, the picked ones are outermost in C order; alone, they
    /// keep the order of the index arrays' memory.
    fn for_get(plan: &Fancy<'_>) -> Axes {
        let picked = match plan.columns.as_slice() {
            [column] if plan.rest.shape.is_empty() => memory_order(&column.strides),
            _ => (0..plan.picked.len()).collect(),
        };
        Axes { picked, rest: memory_order(&plan.rest.strides) }
    }
    fn for_set(plan: &Fancy<'_>) -> Axes {
        Axes { picked: (0..plan.picked.len()).collect(), rest: memory_order(&plan.rest.strides) }
    }
    fn pick_rest(&self, dims: &[isize]) -> Dims {
        self.rest.iter().map(|&axis| dims[axis]).collect()
    }
    /// Strides of the whole result, of its picked axes in plan order, and of the rest in working order.
    fn result_strides(&self, plan: &Fancy<'_>, itemsize: usize) -> (Dims, Dims, Dims) {
        let rest = strides_in_order(&plan.rest.shape, &self.rest, itemsize);
        let block = plan.rest.shape.iter().map(|&n| n.max(1)).product::<isize>() as usize * itemsize;
        let picked = strides_in_order(&plan.picked, &self.picked, block);
        let (before, after) = rest.split_at(plan.position);
        let whole = before.iter().chain(&picked).chain(after).copied().collect();
        (whole, picked.clone(), self.pick_rest(&rest))
    }
}

/// What each chunk is handed to: offsets into the indexed array, the other side's address and its step per offset.
type OnChunk<'a> = dyn FnMut(&[isize], *mut u8, isize) -> Result<()> + 'a;

/// Goes through the picked axes in `order` and turns index numbers into byte offsets, chunk by chunk.
fn each_chunk(
    plan: &Fancy<'_>,
    order: &[usize],
    other: (*mut u8, &[isize]),
    act: &mut OnChunk<'_>,
) -> Result<()> {
    let permute = |dims: &[isize]| order.iter().map(|&axis| dims[axis]).collect::<Dims>();
    let shape = permute(&plan.picked);
    let mut all: SmallVec<[(*mut u8, Dims); 4]> = smallvec::smallvec![(other.0, permute(other.1))];
    all.extend(plan.columns.iter().map(|column| (column.source.data(), permute(&column.strides))));
    let operands: SmallVec<[(*mut u8, &[isize]); 4]> = all.iter().map(|(p, s)| (*p, s.as_slice())).collect();
    let mut offsets = [0isize; CHUNK];
    walk(&shape, &operands, &mut |pointers, steps, n| {
        for start in (0..n).step_by(CHUNK) {
            let count = CHUNK.min(n - start);
            let offsets = &mut offsets[..count];
            for (position, column) in plan.columns.iter().enumerate() {
                let step = steps[position + 1];
                let numbers = pointers[position + 1].wrapping_offset(start as isize * step);
                // SAFETY: `count` numbers of the index array, by the walk.
                unsafe { add_offsets(column, numbers, step, offsets, position == 0) }?;
            }
            if plan.columns.is_empty() {
                offsets.fill(0);
            }
            act(offsets, pointers[0].wrapping_offset(start as isize * steps[0]), steps[0])?;
        }
        Ok(())
    })
}

/// # Safety
/// `offsets.len()` readable `intp` lie at `numbers`, `step` bytes apart.
unsafe fn add_offsets(
    column: &Column<'_>,
    numbers: *const u8,
    step: isize,
    offsets: &mut [isize],
    first: bool,
) -> Result<()> {
    let (extent, stride) = (column.extent, column.stride);
    let mut worst = false;
    for (i, offset) in offsets.iter_mut().enumerate() {
        // SAFETY: by this function's contract.
        let number = unsafe { numbers.offset(i as isize * step).cast::<isize>().read_unaligned() };
        let index = number.wrapping_add(extent & (number >> (isize::BITS - 1)));
        worst |= index as usize >= extent as usize;
        let here = index.wrapping_mul(stride);
        *offset = if first { here } else { offset.wrapping_add(here) };
    }
    if worst {
        for i in 0..offsets.len() as isize {
            // SAFETY: as above.
            let number = unsafe { numbers.offset(i * step).cast::<isize>().read_unaligned() };
            super::plan::check_index(number, column.axis, extent)?;
        }
        return Err(out_of_bounds(-1, column.axis, extent));
    }
    Ok(())
}

/// How one offset's elements lie on both sides: `from` and `to` are strides of the same axes, in working order.
struct Block {
    shape: Dims,
    from: Dims,
    to: Dims,
    itemsize: usize,
    /// Bytes of a block that is dense on both sides.
    dense: Option<usize>,
}

impl Block {
    fn new(shape: &[isize], from: &[isize], to: &[isize], itemsize: usize) -> Block {
        let is_dense = |strides: &[isize]| sharray_base::layout::is_c_contiguous(shape, strides, itemsize);
        let bytes = shape.iter().product::<isize>() as usize * itemsize;
        Block {
            shape: Dims::from_slice(shape),
            from: Dims::from_slice(from),
            to: Dims::from_slice(to),
            itemsize,
            dense: (is_dense(from) && is_dense(to)).then_some(bytes),
        }
    }
    /// The block's elements on both sides.
    fn nest(&self, from: *mut u8, to: *mut u8) -> Result<Nest> {
        let sources = [
            Source { data: from, shape: &self.shape, strides: &self.from },
            Source { data: to, shape: &self.shape, strides: &self.to },
        ];
        Nest::new(&self.shape, &sources, Freedom::Forward)
    }
    /// # Safety
    /// A block is readable at each of `data + offsets`, and writable at `out`, `out + step`, …; they don't overlap.
    unsafe fn gather(&self, data: *mut u8, offsets: &[isize], out: *mut u8, step: isize) {
        // SAFETY: handed on from the caller.
        unsafe {
            match self.dense {
                Some(bytes) => blocks::gather(data, offsets, out, step, bytes),
                None => self.each(offsets, |i, offset| (data.offset(offset), out.offset(i * step))),
            }
        }
    }
    /// # Safety
    /// A block is writable at each of `data + offsets`, and readable at `value`, `value + step`, …; they don't overlap.
    unsafe fn scatter(&self, data: *mut u8, offsets: &[isize], value: *mut u8, step: isize) {
        // SAFETY: handed on from the caller.
        unsafe {
            match self.dense {
                Some(bytes) => blocks::scatter(data, offsets, value, step, bytes),
                None => self.each(offsets, |i, offset| (value.offset(i * step), data.offset(offset))),
            }
        }
    }
    /// # Safety
    /// `ends` gives addresses of a readable and a writable block for every offset.
    unsafe fn each(&self, offsets: &[isize], ends: impl Fn(isize, isize) -> (*mut u8, *mut u8)) {
        for (i, &offset) in offsets.iter().enumerate() {
            let (from, to) = ends(i as isize, offset);
            let pair = [(from, &self.from[..]), (to, &self.to[..])];
            let _ = walk_whole(&self.shape, &pair, &mut |p, s, n| {
                // SAFETY: runs within the two blocks.
                unsafe { copy_strided(p[0], s[0], p[1], s[1], self.itemsize, n) };
                Ok(())
            });
        }
    }
}
