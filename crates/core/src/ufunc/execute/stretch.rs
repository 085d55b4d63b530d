//! One loop over one long stretch of elements: in one call where it is short, otherwise by chunks on several threads, the
//! results of the largest going past the processor's cache.

use std::ffi::c_void;
use std::mem::MaybeUninit;

use sharray_base::threads::{self, GRAIN};
use sharray_base::{Result, fault};
use sharray_kernels::copy::{copy_streaming, stream};
use sharray_kernels::loop_abi::{Loop, LoopFlags};

/// Most operands of a stretch: three inputs and a result.
const OPERANDS: usize = 4;

/// A loop, its operands (the last one is the result), and how many elements they have.
pub struct Stretch {
    code: Loop,
    data: *mut c_void,
    flags: LoopFlags,
    at: [*mut u8; OPERANDS],
    steps: [isize; OPERANDS],
    /// The result's place among the operands.
    out: usize,
    /// Bytes of a result.
    size: isize,
    count: isize,
}

// SAFETY: a stretch is read by several threads; what its addresses lead to each of them works on for chunks of its own,
// and a loop without `NEEDS_GIL` may be called from any thread with its `data`.
unsafe impl Sync for Stretch {}

impl Stretch {
    /// A stretch of `count` elements, each operand `at` an address with a step in bytes; results take `size` bytes.
    /// There are at most four operands.
    pub fn new(
        code: Loop,
        data: *mut c_void,
        flags: LoopFlags,
        at: &[*mut u8],
        steps: &[isize],
        size: isize,
        count: isize,
    ) -> Stretch {
        let mut stretch = Stretch {
            code,
            data,
            flags,
            at: [std::ptr::null_mut(); OPERANDS],
            steps: [0; OPERANDS],
            out: at.len() - 1,
            size,
            count,
        };
        stretch.at[..at.len()].copy_from_slice(at);
        stretch.steps[..steps.len()].copy_from_slice(steps);
        stretch
    }

    /// Runs the loop over it. Floating-point flags are added to the calling thread's.
    ///
    /// # Errors
    /// The loop's fault; an interruption.
    ///
    /// # Safety
    /// Each operand has `count` elements of the loop's type at its step, the last one is writable, and it lies apart from
    /// the others or exactly on them.
    pub unsafe fn run(&self) -> Result<()> {
        let head = self.before_line();
        let rest = self.count - head;
        // SAFETY: parts of the stretch, by the caller's contract.
        let part = |start, count| unsafe { self.part(start, count) };
        part(0, head)?;
        if (rest as usize) < 2 * GRAIN || !self.is_apart() {
            return part(head, rest);
        }
        let grain = GRAIN as isize;
        threads::run((rest as usize).div_ceil(GRAIN), |chunk| {
            let start = chunk as isize * grain;
            part(head + start, grain.min(rest - start))
        })
    }

    /// True when several threads may do it: no Python, and no place that is written twice.
    fn is_apart(&self) -> bool {
        !self.flags.contains(LoopFlags::NEEDS_GIL) && self.steps[self.out].abs() >= self.size
    }

    /// How many of many dense results lie before the first cache line that begins with one: once they are done, no store
    /// crosses a line (a tenth of the time of a sum of arrays that the second-level cache holds).
    fn before_line(&self) -> isize {
        const LINE: usize = 64;
        const MANY: isize = 2048;
        let bytes = self.at[self.out].align_offset(LINE) as isize;
        let splits = self.count >= MANY && self.steps[self.out] == self.size && bytes % self.size == 0;
        if splits { bytes / self.size } else { 0 }
    }

    /// True for results that lie densely, in memory of their own, and are so large that the processor's cache can't keep
    /// them.
    fn streams(&self) -> bool {
        self.steps[self.out] == self.size
            && self.count >= stream::FROM as isize / self.size
            && self.at[..self.out].iter().all(|input| *input != self.at[self.out])
    }

    /// As [`Stretch::call`], the results going past the processor's cache where that pays.
    ///
    /// # Safety
    /// The elements are within the stretch, whose operands keep the contract of [`Stretch::run`].
    unsafe fn part(&self, start: isize, count: isize) -> Result<()> {
        if !self.streams() {
            // SAFETY: handed on from the caller.
            return unsafe { self.call(&self.at, start, count, start) };
        }
        let room = BUFFER as isize / self.size;
        let mut buffer = Buffer(MaybeUninit::uninit());
        let mut at = self.at;
        at[self.out] = buffer.0.as_mut_ptr().cast();
        for from in (start..start + count).step_by(room as usize) {
            let n = room.min(start + count - from);
            // SAFETY: elements of the caller's; `n` results in the buffer, which the loop has written; as many places in the
            // output.
            unsafe {
                self.call(&at, from, n, 0)?;
                let target = self.at[self.out].offset(from * self.size);
                copy_streaming(at[self.out], target, (n * self.size) as usize);
            }
        }
        Ok(())
    }

    /// Calls the loop for `count` elements from `start` on; results go to element `to` and those behind it.
    ///
    /// # Safety
    /// As for [`Stretch::part`].
    unsafe fn call(&self, at: &[*mut u8; OPERANDS], start: isize, count: isize, to: isize) -> Result<()> {
        let mut at = *at;
        for (operand, (place, step)) in at.iter_mut().zip(self.steps).enumerate() {
            *place = place.wrapping_offset(if operand == self.out { to } else { start } * step);
        }
        if count > 0 {
            // SAFETY: by the caller.
            unsafe { (self.code)(at.as_ptr(), &count, self.steps.as_ptr(), self.data) };
        }
        if self.flags.contains(LoopFlags::FALLIBLE) { fault::take() } else { Ok(()) }
    }
}

/// Bytes of results that are made in a buffer before they are streamed to their place: it stays in the first-level cache.
const BUFFER: usize = 8 << 10;

#[repr(C, align(64))]
struct Buffer(MaybeUninit<[u8; BUFFER]>);
