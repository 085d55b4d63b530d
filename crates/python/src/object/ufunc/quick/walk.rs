//! The shape of a call and the way through its elements: one run where all operands lie alike, else rows.

use sharray_base::Dims;
use sharray_base::layout::{c_strides, f_strides};
use sharray_core::iterate::{Source, keep_order_strides};

use super::operand::{AXES, Operand};
use super::route::{INPUTS, Route};
use crate::object::layout::flag;

/// Elements that are cast at a time.
const CHUNK: isize = 256;
/// More rows than this, each shorter than [`SHORT`], are left to the engine, which joins axes.
const MANY: isize = 64;
const SHORT: isize = 32;

/// Steps of all operands along one axis.
pub(super) type Steps = [isize; INPUTS + 1];

/// How the elements are gone through.
pub(super) struct Walk {
    pub(super) nd: usize,
    pub(super) dims: [isize; AXES],
    pub(super) count: isize,
    /// Steps of each operand along each axis.
    pub(super) steps: [Steps; AXES],
    /// True when the whole is one run, at the steps of the first axis.
    pub(super) one_run: bool,
}

impl Walk {
    pub(super) fn shape(&self) -> &[isize] {
        &self.dims[..self.nd]
    }

    pub(super) const NONE: Walk =
        Walk { nd: 0, dims: [1; AXES], count: 1, steps: [[0; INPUTS + 1]; AXES], one_run: true };

    /// Sets the walk of operands that have one shape and lie densely in C order, of one-dimensional ones, and of scalars.
    /// `lead` is the one of most axes. False for others.
    #[inline(always)]
    pub(super) fn set_alike(&mut self, inputs: &[Operand], sizes: &[isize], lead: &Operand) -> bool {
        let shape = lead.shape();
        self.nd = shape.len();
        for (axis, extent) in shape.iter().enumerate().take(AXES) {
            self.dims[axis] = *extent;
            self.count *= extent;
        }
        for (index, input) in inputs.iter().enumerate().take(INPUTS) {
            if input.nd == 0 {
                continue;
            }
            if input.nd != shape.len() || !std::ptr::eq(input.dims, lead.dims) && !same(input.shape(), shape)
            {
                return false;
            }
            self.steps[0][index] = match input.steps() {
                [step] => *step,
                _ if input.flags & flag::C_CONTIGUOUS != 0 => sizes[index],
                _ => return false,
            };
        }
        true
    }

    /// Sets the walk of operands of any shapes that go together, none of more than `nd` axes. False for others.
    pub(super) fn set_broadcast(&mut self, inputs: &[Operand], nd: usize) -> bool {
        let walk = self;
        *walk = Walk { nd, one_run: false, ..Walk::NONE };
        for (index, input) in inputs.iter().enumerate() {
            let skipped = nd - input.nd;
            for (axis, (extent, step)) in input.shape().iter().zip(input.steps()).enumerate() {
                let axis = axis + skipped;
                if *extent == 1 {
                    continue;
                }
                if walk.dims[axis] != 1 && walk.dims[axis] != *extent {
                    return false;
                }
                walk.dims[axis] = *extent;
                walk.steps[axis][index] = *step;
            }
        }
        // An extent of 1 beside 0 is stretched to 0, which the loop above does as for any other extent.
        walk.count = walk.shape().iter().product();
        let inner = walk.dims[..nd].last().copied().unwrap_or(1);
        walk.count <= MANY * inner.max(1) || inner >= SHORT
    }

    /// Takes the output's steps.
    pub(super) fn set_output(&mut self, index: usize, strides: &[isize]) {
        for (steps, (extent, stride)) in self.steps.iter_mut().zip(self.dims.iter().zip(strides)) {
            steps[index] = if *extent == 1 { 0 } else { *stride };
        }
    }

    /// True when results in C order are in the order of the inputs' memory (`order='K'`).
    pub(super) fn keeps_c_order(&self, nin: usize) -> bool {
        let falls = |index: usize| {
            let mut last = isize::MAX;
            self.steps[..self.nd].iter().map(|s| s[index]).filter(|s| *s != 0).all(|step| {
                let fits = 0 < step && step <= last;
                last = step;
                fits
            })
        };
        (0..nin).all(falls)
    }

    /// Strides of fresh results in the order of the inputs' memory, for elements of `size` bytes.
    pub(super) fn output_strides(&self, inputs: &[Operand], size: isize) -> Dims {
        let shape = self.shape();
        let fortran = |i: &Operand| i.nd == 0 || i.shape() == shape && i.flags & flag::F_CONTIGUOUS != 0;
        let c = |i: &Operand| i.nd == 0 || i.shape() == shape && i.flags & flag::C_CONTIGUOUS != 0;
        if inputs.iter().all(c) {
            return c_strides(shape, size as usize);
        }
        if inputs.iter().all(fortran) {
            return f_strides(shape, size as usize);
        }
        let sources: smallvec::SmallVec<[Source<'_>; INPUTS]> =
            inputs.iter().map(|i| Source { data: i.data, shape: i.shape(), strides: i.steps() }).collect();
        keep_order_strides(shape, &sources, size as usize)
    }

    /// Calls `row` for each run of elements: addresses, count, steps.
    #[inline(always)]
    pub(super) fn rows(
        &self,
        at: [*mut u8; INPUTS + 1],
        out: usize,
        mut row: impl FnMut([*mut u8; INPUTS + 1], isize, &Steps),
    ) {
        if self.count == 0 {
            return;
        }
        if self.one_run {
            return row(at, self.count, &self.steps[0]);
        }
        self.several_rows(at, out, row);
    }

    #[inline(never)]
    fn several_rows(
        &self,
        at: [*mut u8; INPUTS + 1],
        out: usize,
        mut row: impl FnMut([*mut u8; INPUTS + 1], isize, &Steps),
    ) {
        // Along the output's shortest steps, so that results are written side by side.
        let length = |axis: &usize| match self.dims[*axis] {
            1 => isize::MAX,
            _ => self.steps[*axis][out].abs(),
        };
        let inner = (0..self.nd).rev().min_by_key(length).unwrap_or(0);
        let mut index = [0isize; AXES];
        let mut at = at;
        loop {
            row(at, self.dims[inner], &self.steps[inner]);
            let mut axis = self.nd;
            loop {
                if axis == 0 {
                    return;
                }
                axis -= 1;
                if axis == inner {
                    continue;
                }
                index[axis] += 1;
                let back = if index[axis] == self.dims[axis] { index[axis] - 1 } else { -1 };
                for (place, step) in at.iter_mut().zip(&self.steps[axis]) {
                    *place = place.wrapping_offset(-back * step);
                }
                if back < 0 {
                    break;
                }
                index[axis] = 0;
            }
        }
    }
}

/// True for equal shapes, which are short.
#[inline(always)]
fn same(a: &[isize], b: &[isize]) -> bool {
    a.len() == b.len() && (0..a.len()).all(|axis| a[axis] == b[axis])
}

/// Room for a chunk of an operand that is cast.
#[repr(C, align(32))]
struct Buffer(std::mem::MaybeUninit<[u8; CHUNK as usize * 16]>);

/// Runs a loop over one run of elements, chunk by chunk, some of the first `nin` operands being cast.
///
/// # Safety
/// As for the loop, but that inputs of `route` with a cast are of the type before it.
#[inline(never)]
pub(super) unsafe fn run_cast(
    route: &Route,
    casts: [bool; INPUTS],
    at: [*mut u8; INPUTS + 1],
    count: isize,
    steps: &Steps,
    nin: usize,
) {
    let Some(code) = route.code else { return };
    let mut buffers = [const { Buffer(std::mem::MaybeUninit::uninit()) }; INPUTS];
    let (mut at, mut given) = (at, *steps);
    let (mut places, mut done) = (at, 0);
    let chunk = if route.widest > 16 { CHUNK / 2 } else { CHUNK };
    while done < count {
        let n = chunk.min(count - done);
        for index in 0..=INPUTS {
            places[index] = at[index];
            if index < nin && casts[index] {
                let wanted = &route.inputs[index];
                places[index] = buffers[index].0.as_mut_ptr().cast();
                given[index] = wanted.size;
                if let Some(cast) = &wanted.cast {
                    // SAFETY: `n` elements of the operand; the buffer holds as many of the loop's type.
                    unsafe { cast.run(at[index], steps[index], places[index], n as usize) };
                }
            }
            at[index] = at[index].wrapping_offset(n * steps[index]);
        }
        // SAFETY: `n` elements of the loop's types at each operand.
        unsafe { code(places.as_ptr(), &n, given.as_ptr(), route.data) };
        done += n;
    }
}
