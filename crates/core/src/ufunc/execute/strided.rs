//! The strided run: operands under a nest of axes, the loop on each inner run; through buffers where an operand must be
//! cast, and in pieces where a mask is given. Large calls go over several threads.

use std::ffi::c_void;

use sharray_base::threads::GRAIN;
use sharray_base::{DType, Result, View, fault};
use sharray_kernels::cast::Transfer;
use sharray_kernels::loop_abi::{Context, LoopFlags, Rows};
use smallvec::SmallVec;

use super::super::Resolution;
use super::operands::{Prepared, is_direct};
use crate::assign::{distinct, source, true_runs};
use crate::iterate::cut::apart;
use crate::iterate::scratch::Elements;
use crate::iterate::{BUFFER, Freedom, Nest, Pointers, chunks};

/// A loop ready to be called.
pub(in crate::ufunc) struct Caller<'a> {
    resolution: &'a Resolution,
    context: Context<'a>,
}

impl<'a> Caller<'a> {
    /// `dtypes` are those of the resolution.
    pub(in crate::ufunc) fn new(resolution: &'a Resolution, dtypes: &'a [&'a DType]) -> Caller<'a> {
        Caller { resolution, context: Context { dtypes } }
    }
    fn data(&self) -> *mut c_void {
        if self.resolution.flags.contains(LoopFlags::WANTS_CONTEXT) {
            self.context.as_data()
        } else {
            self.resolution.data
        }
    }
    /// Calls the loop. `dimensions` is the count, and core dimensions behind it.
    ///
    /// # Errors
    /// What the loop left as its fault.
    ///
    /// # Safety
    /// Pointers, dimensions and steps describe elements of the resolution's dtypes, writable where they are outputs.
    pub(in crate::ufunc) unsafe fn call(
        &self,
        at: &[*mut u8],
        dimensions: &[isize],
        steps: &[isize],
    ) -> Result<()> {
        // SAFETY: by the caller.
        unsafe { (self.resolution.code)(at.as_ptr(), dimensions.as_ptr(), steps.as_ptr(), self.data()) };
        if self.resolution.flags.contains(LoopFlags::FALLIBLE) { fault::take() } else { Ok(()) }
    }
    /// Calls a loop that folds rows, `n` elements each, the first of which begins at `at[1]`.
    ///
    /// # Errors
    /// What the loop left as its fault.
    ///
    /// # Safety
    /// The loop is flagged [`LoopFlags::FOLDS_ROWS`]; pointers and rows are as [`Rows`] says, of the resolution's dtypes.
    pub(in crate::ufunc) unsafe fn call_rows(&self, at: &[*mut u8; 3], n: isize, rows: &Rows) -> Result<()> {
        let steps = [self.resolution.dtypes[0].itemsize() as isize; 3];
        let data = (&raw const *rows).cast_mut().cast();
        // SAFETY: by the caller.
        unsafe { (self.resolution.code)(at.as_ptr(), &n, steps.as_ptr(), data) };
        if self.resolution.flags.contains(LoopFlags::FALLIBLE) { fault::take() } else { Ok(()) }
    }
}

/// Calls the loop on all elements.
pub(in crate::ufunc) fn run(
    resolution: &Resolution,
    prepared: &Prepared<'_>,
    outputs: &[View<'_>],
    shape: &[isize],
) -> Result<()> {
    if shape.contains(&0) {
        return Ok(());
    }
    let mut views = prepared.views();
    let nin = views.len();
    views.extend(outputs.iter().copied());
    let mask = prepared.mask();
    let sources: SmallVec<[_; 4]> = views.iter().chain(mask.as_ref()).map(source).collect();
    let nest = Nest::new(shape, &sources, Freedom::Any)?;
    let dtypes: SmallVec<[&DType; 4]> = resolution.dtypes.iter().collect();
    let caller = Caller::new(resolution, &dtypes);
    let longest = nest.axes.extents().first().copied().unwrap_or(1);
    let apart = nest.len() >= 2 * GRAIN
        && !resolution.flags.contains(LoopFlags::NEEDS_GIL)
        && apart(views.iter().map(View::dtype))
        && outputs.iter().all(distinct);
    let buffers = || Buffers::new(resolution, &views, nin, longest);
    let masked = mask.is_some();
    let count = views.len();
    nest.spread(apart, buffers, |buffers, at, n, steps| {
        if !masked && buffers.is_none() {
            // SAFETY: the nest visits elements of the views (V3), which have the loop's dtypes.
            return unsafe { caller.call(at, &[n], steps) };
        }
        let mut piece = |start: isize, count: isize| {
            let at: Pointers = at.iter().zip(steps).map(|(p, s)| p.wrapping_offset(start * s)).collect();
            match buffers {
                // SAFETY: the nest visits elements of the views (V3), which have the loop's dtypes.
                None => unsafe { caller.call(&at, &[count], steps) },
                Some(buffers) => buffers.run(&caller, &at, count, steps),
            }
        };
        if masked {
            let (data, step) = (at[count], steps[count]);
            // SAFETY: the mask's elements are readable bytes (V3).
            let holds = |i: isize| unsafe { *data.wrapping_offset(i * step) } != 0;
            return true_runs(n, holds, piece);
        }
        piece(0, n)
    })
}

/// Scratch memory of the operands that the loop can't work on where they lie.
pub(in crate::ufunc) struct Buffers {
    operands: SmallVec<[Option<Buffer>; 4]>,
    nin: usize,
    chunk: isize,
}

struct Buffer {
    elements: Elements,
    transfer: Transfer,
    itemsize: isize,
}

impl Buffers {
    /// Buffers for `views` (inputs, then outputs); `None` when the loop can work on all of them directly. No inner run
    /// is longer than `longest`.
    pub(in crate::ufunc) fn new(
        resolution: &Resolution,
        views: &[View<'_>],
        nin: usize,
        longest: isize,
    ) -> Result<Option<Buffers>> {
        let unaligned = resolution.flags.contains(LoopFlags::ANY_ALIGNMENT);
        let direct = |view: &View<'_>, dtype: &DType| {
            is_direct(view, dtype) || (unaligned && view.dtype().equivalent(dtype))
        };
        if views.iter().zip(&resolution.dtypes).all(|(view, dtype)| direct(view, dtype)) {
            return Ok(None);
        }
        let chunk = longest.min(BUFFER);
        let mut operands = SmallVec::new();
        for (index, (view, dtype)) in views.iter().zip(&resolution.dtypes).enumerate() {
            if direct(view, dtype) {
                operands.push(None);
                continue;
            }
            let (from, to) = if index < nin { (view.dtype(), dtype) } else { (dtype, view.dtype()) };
            operands.push(Some(Buffer {
                elements: Elements::new(dtype, chunk as usize)?,
                transfer: Transfer::new(from, to, false)?,
                itemsize: dtype.itemsize() as isize,
            }));
        }
        Ok(Some(Buffers { operands, nin, chunk }))
    }

    /// One inner run of `n` elements, a buffer's length at a time.
    pub(in crate::ufunc) fn run(
        &mut self,
        caller: &Caller<'_>,
        at: &[*mut u8],
        n: isize,
        steps: &[isize],
    ) -> Result<()> {
        for (start, count) in chunks(n, self.chunk) {
            let mut place: Pointers =
                at.iter().zip(steps).map(|(p, s)| p.wrapping_offset(start * s)).collect();
            let mut pace: SmallVec<[isize; 4]> = SmallVec::from_slice(steps);
            for (index, buffer) in self.operands.iter_mut().enumerate() {
                let Some(buffer) = buffer else { continue };
                let data = buffer.elements.data();
                let still = index < self.nin && steps[index] == 0;
                let moved = if still { 1 } else { count as usize };
                if index < self.nin && !(still && start > 0) {
                    // SAFETY: `moved` elements of the operand (V3), and room for a chunk in the buffer.
                    unsafe { buffer.transfer.run(place[index], steps[index], data, buffer.itemsize, moved)? };
                }
                place[index] = data;
                pace[index] = if still { 0 } else { buffer.itemsize };
            }
            // SAFETY: every operand lies in the loop's dtype now.
            unsafe { caller.call(&place, &[count], &pace)? };
            for (index, buffer) in self.operands.iter().enumerate().skip(self.nin) {
                let Some(buffer) = buffer else { continue };
                let target = at[index].wrapping_offset(start * steps[index]);
                // SAFETY: `count` results in the buffer, `count` elements of the output (V3).
                unsafe {
                    buffer.transfer.run(
                        place[index],
                        buffer.itemsize,
                        target,
                        steps[index],
                        count as usize,
                    )?
                };
            }
        }
        Ok(())
    }
}
