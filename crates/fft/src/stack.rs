//! All lanes of an array along one axis, on several threads.

use rustfft::num_complex::Complex;
use sharray_base::{Result, View, ViewMut, threads};
use smallvec::SmallVec;

use crate::cache::Real;
use crate::lane::{Form, Lane};
use crate::scratch::Scratch;
use crate::tile::{Side, WIDTH, gather, scatter};

/// Numbers that a chunk of lanes has at least, where there are as many: see `threads`.
const GRAIN: usize = threads::GRAIN;
/// Bytes of buffers that a thread has, if that is enough for [`NARROW`] lanes: half of the second-level cache.
const BUFFERS: usize = 256 << 10;
/// Fewest lanes that are done side by side, where there are as many: of complex doubles, so many fill a cache line.
const NARROW: usize = 4;
/// Complex numbers between buffers, lest all begin in the same set of the processor's cache.
const GAP: usize = 8;

/// An axis that is not transformed.
#[derive(Clone, Copy)]
struct Axis {
    extent: usize,
    from: isize,
    to: isize,
}

/// Lanes to transform, and where they go.
pub struct Stack<'a, T> {
    lane: &'a Lane<T>,
    source: *mut u8,
    target: *mut u8,
    from: Side,
    to: Side,
    /// The other axes, the fastest first.
    axes: SmallVec<[Axis; 4]>,
    lanes: usize,
    /// True when the target's memory serves as the buffers.
    direct: bool,
}

// SAFETY: addresses of memory that the creator of the stack keeps for its lifetime; threads write lanes of their own.
unsafe impl<T: Real> Sync for Stack<'_, T> {}

impl<'a, T: Real> Stack<'a, T> {
    /// The lanes of `input` and `output` along `axis`; the shapes are the same but for it.
    ///
    /// # Safety
    /// The elements are native and aligned numbers of `T`, real or complex as `real` says of (input, output). No two elements
    /// of the output share memory, and the input shares none with it unless both are the same array. The memory is
    /// neither written nor freed by others for the stack's lifetime.
    pub unsafe fn new(
        lane: &'a Lane<T>,
        input: View<'_>,
        output: ViewMut<'_>,
        axis: usize,
        real: (bool, bool),
    ) -> Stack<'a, T> {
        let side = |view: View<'_>, real| Side {
            step: view.strides()[axis],
            len: view.shape()[axis] as usize,
            real,
        };
        let (from, to) = (side(input, real.0), side(output.as_view(), real.1));
        let axes = other_axes(input, output.as_view(), axis);
        let lanes = axes.iter().map(|axis| axis.extent).product();
        let direct = !to.real && to.step == size_of::<Complex<T>>() as isize && lane.room() <= to.len;
        Stack { lane, source: input.data(), target: output.data(), from, to, axes, lanes, direct }
    }
    /// Does them all.
    ///
    /// # Errors
    /// `OutOfMemory` for buffers; an interruption.
    pub fn run(&self) -> Result<()> {
        let (width, dense) = (self.width(), self.is_dense());
        let chunk = (GRAIN / self.lane.room()).max(1).next_multiple_of(width);
        let state =
            || Scratch::new::<T>(self.lane.scratch() + if self.direct { 0 } else { width * self.pitch() });
        threads::run_with(self.lanes.div_ceil(chunk), state, |scratch, index| {
            let end = self.lanes.min((index + 1) * chunk);
            if dense {
                self.many(index * chunk, end - index * chunk, scratch);
                return Ok(());
            }
            for first in (index * chunk..end).step_by(width) {
                self.tile(first, width.min(end - first), scratch);
            }
            Ok(())
        })
    }
    /// How many lanes are done side by side.
    fn width(&self) -> usize {
        let dense = |side: Side| side.step.unsigned_abs() <= size_of::<Complex<T>>();
        if dense(self.from) && dense(self.to) {
            return 1;
        }
        let fitting = BUFFERS / (self.pitch() * size_of::<Complex<T>>());
        fitting.clamp(NARROW, WIDTH).min(self.lanes)
    }
    /// Complex numbers from one buffer to the next.
    fn pitch(&self) -> usize {
        self.lane.room() + GAP
    }
    /// True when lanes lie side by side as their buffers do, and many can be transformed as they lie.
    fn is_dense(&self) -> bool {
        let n = self.lane.room();
        let (step, bytes) = (size_of::<Complex<T>>() as isize, (n * size_of::<Complex<T>>()) as isize);
        let alike = matches!(self.axes[..], [Axis { from, to, .. }] if from == bytes && to == bytes);
        alike
            && self.direct
            && self.lane.takes_many()
            && !self.from.real
            && (self.from.step, self.from.len) == (step, n)
    }
    /// Transforms many lanes of a dense array.
    fn many(&self, first: usize, count: usize, scratch: &mut Scratch) {
        let (source, target) = self.place(first);
        let from = Side { len: count * self.lane.room(), ..self.from };
        // SAFETY: so many lanes without a gap between them, in the output as in the input.
        unsafe {
            gather(&[source], from, Form::Complex, target.cast::<T>(), 0, 2 * from.len);
            let buffer = std::slice::from_raw_parts_mut(target.cast(), from.len);
            self.lane.run(buffer, &mut scratch.numbers::<T>()[..self.lane.scratch()]);
        }
    }
    /// Transforms a few lanes.
    fn tile(&self, first: usize, count: usize, scratch: &mut Scratch) {
        let (mut sources, mut targets) = ([self.source; WIDTH], [self.target; WIDTH]);
        for place in 0..count {
            (sources[place], targets[place]) = self.place(first + place);
        }
        let (sources, targets) = (&sources[..count], &targets[..count]);
        let (room, form) = (self.lane.room(), self.lane.wants(self.from.real));
        let numbers = scratch.numbers::<T>();
        let (own, buffers) = numbers.split_at_mut(self.lane.scratch());
        // SAFETY: the lanes lie within the arrays; the buffers have room for them: the scratch memory by `run`'s measure, a
        // lane of the output by `direct`'s condition.
        unsafe {
            if self.direct {
                for (source, target) in sources.iter().zip(targets) {
                    let buffer: *mut Complex<T> = target.cast();
                    gather(&[*source], self.from, form, buffer.cast::<T>(), 0, 2 * room);
                    self.lane.run(std::slice::from_raw_parts_mut(buffer, room), own);
                }
                return;
            }
            let (start, pitch) = (buffers.as_mut_ptr().cast::<T>(), 2 * self.pitch());
            gather(sources, self.from, form, start, pitch, 2 * room);
            for buffer in buffers.chunks_exact_mut(self.pitch()).take(count) {
                self.lane.run(&mut buffer[..room], own);
            }
            scatter(targets, self.to, self.lane.gives(), start, pitch);
        }
    }
    /// Where a lane begins in the input and the output.
    fn place(&self, lane: usize) -> (*mut u8, *mut u8) {
        let (mut rest, mut from, mut to) = (lane, 0, 0);
        for axis in &self.axes {
            let index = (rest % axis.extent) as isize;
            rest /= axis.extent;
            from += index * axis.from;
            to += index * axis.to;
        }
        (self.source.wrapping_offset(from), self.target.wrapping_offset(to))
    }
}

/// All axes but one, the fastest in the input first, those that continue one another joined.
fn other_axes(input: View<'_>, output: View<'_>, transformed: usize) -> SmallVec<[Axis; 4]> {
    let mut axes: SmallVec<[Axis; 4]> = (0..input.ndim())
        .rev()
        .filter(|axis| *axis != transformed && input.shape()[*axis] != 1)
        .map(|axis| Axis {
            extent: input.shape()[axis] as usize,
            from: input.strides()[axis],
            to: output.strides()[axis],
        })
        .collect();
    axes.sort_by_key(|axis| axis.from.unsigned_abs());
    axes.dedup_by(|next, kept| {
        let steps = kept.extent as isize;
        let joined = next.from == kept.from * steps && next.to == kept.to * steps;
        if joined {
            kept.extent *= next.extent;
        }
        joined
    });
    axes
}
