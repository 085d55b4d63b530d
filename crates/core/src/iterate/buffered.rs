//! Buffers for a [`MultiWalk`]: stretches of elements, cast on the way in and out, at places of one step.
//!
//! A [`Buffers`] covers `count` positions from `start` on. Operands that are of the wanted dtype and lie evenly over that
//! stretch are left where they are. An operand that is written and stretched (a reduction) must not be gathered: a
//! stretch then ends where it would begin to move, or stop moving, and one element stands for all of it.

use sharray_base::{DType, Result};
use sharray_kernels::cast::Transfer;
use sharray_kernels::copy::release_elements;

use super::multi::MultiWalk;
use super::scratch::Elements;
use crate::assign::true_runs;

/// An operand of a buffered walk.
pub struct Lane {
    /// Where its track's offsets count from.
    pub origin: *mut u8,
    /// The dtype wanted.
    pub dtype: DType,
    /// The dtype of the memory.
    pub source: DType,
    /// Elements are read before they are handed out.
    pub read: bool,
    /// Elements are written back.
    pub write: bool,
    /// Elements must lie densely.
    pub contiguous: bool,
    /// Elements are always handed out from the buffer (they lie unaligned).
    pub force: bool,
    /// Only written back where this lane (bool) is true.
    pub mask: Option<usize>,
    /// The walk may rest on single elements, which then need not be gathered (set by [`Buffers::set_single`]).
    pub single: bool,
}

struct Buffer {
    elements: Option<Box<Elements>>,
    load: Option<Transfer>,
    store: Option<Transfer>,
    casts: bool,
    /// The current stretch: where, at which step, and whether that is the buffer.
    at: *mut u8,
    step: isize,
    buffered: bool,
}

/// The buffers of a walk.
pub struct Buffers {
    lanes: Vec<Lane>,
    buffers: Vec<Buffer>,
    capacity: isize,
    grows: bool,
    /// Written lanes, which reductions must not gather.
    written: Vec<usize>,
    start: isize,
    count: isize,
}

impl Buffers {
    /// Buffers of `capacity` elements. With `grows`, stretches in which nothing needs a buffer may be longer.
    ///
    /// # Errors
    /// `Type` where there is no cast between the dtypes.
    pub fn new(lanes: Vec<Lane>, capacity: isize, grows: bool) -> Result<Buffers> {
        let make = |lane: &Lane| -> Result<Buffer> {
            Ok(Buffer {
                elements: None,
                load: lane.read.then(|| Transfer::new(&lane.source, &lane.dtype, false)).transpose()?,
                store: lane.write.then(|| Transfer::new(&lane.dtype, &lane.source, false)).transpose()?,
                casts: lane.force || !lane.dtype.equivalent(&lane.source),
                at: std::ptr::null_mut(),
                step: 0,
                buffered: false,
            })
        };
        let buffers = lanes.iter().map(make).collect::<Result<_>>()?;
        let written = (0..lanes.len()).filter(|&i| lanes[i].write).collect();
        Ok(Buffers { lanes, buffers, capacity: capacity.max(1), grows, written, start: 0, count: 0 })
    }

    /// The lanes.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }
    /// The lanes' origins moved elsewhere; to be filled anew.
    pub fn set_origin(&mut self, lane: usize, origin: *mut u8) {
        self.lanes[lane].origin = origin;
    }
    /// Whether the walk may rest on single elements, for every lane but masks; to be filled anew.
    pub fn set_single(&mut self, single: bool) {
        let masks: Vec<usize> = self.lanes.iter().filter_map(|lane| lane.mask).collect();
        let each = self.lanes.iter_mut().enumerate();
        each.for_each(|(index, lane)| lane.single = single && !masks.contains(&index));
    }
    /// First position covered.
    pub fn start(&self) -> isize {
        self.start
    }
    /// Positions covered.
    pub fn count(&self) -> isize {
        self.count
    }
    /// Elements a buffer holds.
    pub fn capacity(&self) -> isize {
        self.capacity
    }
    /// Whether a lane's elements are handed out from a buffer at present.
    pub fn is_buffered(&self, lane: usize) -> bool {
        self.buffers[lane].buffered
    }
    /// Where a lane's element of position `walk.position()` is, and the step to the next.
    pub fn place(&self, walk: &MultiWalk, lane: usize) -> (*mut u8, isize) {
        let buffer = &self.buffers[lane];
        if buffer.at.is_null() {
            return (self.lanes[lane].origin.wrapping_offset(walk.offset(lane)), walk.inner_step(lane));
        }
        (buffer.at.wrapping_offset((walk.position() - self.start) * buffer.step), buffer.step)
    }

    /// Covers a stretch from the walk's position on, which must be before `end`.
    ///
    /// # Errors
    /// Of a cast; nothing is covered then.
    ///
    /// # Safety
    /// Lanes' origins and the walk's tracks describe live elements of the source dtypes, writable where the lane is written;
    /// with objects the GIL is held.
    pub unsafe fn fill(&mut self, walk: &MultiWalk, end: isize) -> Result<()> {
        let left = end - walk.position();
        let uniform = walk.uniform(&self.written).max(1);
        let mut count = self.capacity.min(left).min(uniform - walk.position() % uniform);
        let still = self.buffers.iter().all(|b| !b.casts) && self.lanes.iter().all(|l| !l.contiguous);
        if self.grows && still {
            count = count.max(walk.inner_left().min(left));
        }
        (self.start, self.count) = (walk.position(), count);
        for lane in 0..self.lanes.len() {
            // SAFETY: by the caller.
            if let Err(error) = unsafe { self.fill_lane(walk, lane) } {
                self.drop_contents();
                return Err(error);
            }
        }
        Ok(())
    }

    /// # Safety
    /// As for [`Buffers::fill`].
    unsafe fn fill_lane(&mut self, walk: &MultiWalk, index: usize) -> Result<()> {
        let (lane, buffer) = (&self.lanes[index], &mut self.buffers[index]);
        let (first, step) = (lane.origin.wrapping_offset(walk.offset(index)), walk.inner_step(index));
        let size = lane.dtype.itemsize() as isize;
        let reduces = lane.write && self.count > 1 && step == 0;
        let even = self.count <= walk.inner_left() || reduces;
        buffer.buffered =
            buffer.casts || (lane.contiguous && !(even && (step == size || self.count == 1) && !reduces));
        if !buffer.buffered && lane.single {
            buffer.at = std::ptr::null_mut();
            return Ok(());
        }
        if !buffer.buffered && even {
            (buffer.at, buffer.step) = (first, step);
            return Ok(());
        }
        buffer.buffered = true;
        if buffer.elements.is_none() {
            let elements = Box::new(Elements::new(&lane.dtype, self.capacity as usize)?);
            // SAFETY: fresh memory for that many elements; what is never read in must not be left to chance.
            unsafe { std::ptr::write_bytes(elements.data(), 0, self.capacity as usize * size as usize) };
            buffer.elements = Some(elements);
        }
        let Some(elements) = &buffer.elements else { return Ok(()) };
        let moved = if reduces { 1 } else { self.count };
        (buffer.at, buffer.step) = (elements.data(), if reduces { 0 } else { size });
        let Some(transfer) = &buffer.load else { return Ok(()) };
        let mut place = buffer.at;
        walk.stretches(index, moved, |offset, step, run| {
            let from = lane.origin.wrapping_offset(offset);
            let into = place;
            place = place.wrapping_offset(run * size);
            // SAFETY: `run` elements of the operand by the caller, and room for them in the buffer.
            unsafe { transfer.run(from, step, into, size, run as usize) }
        })
    }

    /// Writes what was handed out from buffers back, and covers nothing any more. `walk` may stand anywhere.
    ///
    /// # Errors
    /// Of a cast; lanes after the failing one are not written.
    ///
    /// # Safety
    /// As for [`Buffers::fill`].
    pub unsafe fn flush(&mut self, walk: &MultiWalk) -> Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        let mut from = walk.clone();
        from.go_to(self.start);
        let lanes = 0..self.lanes.len();
        let result =
            lanes.filter(|&i| self.lanes[i].write && self.buffers[i].buffered).try_for_each(|index| {
                // SAFETY: by the caller.
                unsafe { self.store(&from, index) }
            });
        self.drop_contents();
        result
    }

    /// # Safety
    /// As for [`Buffers::fill`].
    unsafe fn store(&self, walk: &MultiWalk, index: usize) -> Result<()> {
        let (lane, buffer) = (&self.lanes[index], &self.buffers[index]);
        let Some(transfer) = &buffer.store else { return Ok(()) };
        let count = if buffer.step == 0 { 1 } else { self.count };
        let mask = lane.mask.map(|mask| self.place(walk, mask));
        let mut done = 0;
        walk.stretches(index, count, |offset, step, run| {
            let (to, from) =
                (lane.origin.wrapping_offset(offset), buffer.at.wrapping_offset(done * buffer.step));
            let first = done;
            done += run;
            let write = |start: isize, n: isize| {
                let (from, to) =
                    (from.wrapping_offset(start * buffer.step), to.wrapping_offset(start * step));
                // SAFETY: elements of the buffer, and of the operand by the caller.
                unsafe { transfer.run(from, buffer.step, to, step, n as usize) }
            };
            match mask {
                None => write(0, run),
                Some((data, pace)) => {
                    // SAFETY: the mask's elements are bytes, one for each position covered.
                    let holds = |i: isize| unsafe { *data.wrapping_offset((first + i) * pace) } != 0;
                    true_runs(run, holds, write)
                }
            }
        })
    }

    /// Gives back what buffers hold of objects.
    fn drop_contents(&mut self) {
        self.count = 0;
        for (lane, buffer) in self.lanes.iter().zip(&mut self.buffers) {
            buffer.at = std::ptr::null_mut();
            if let Some(elements) = buffer.elements.as_ref().filter(|_| lane.dtype.holds_objects()) {
                let (size, count) = (lane.dtype.itemsize() as isize, self.capacity as usize);
                // SAFETY: the buffer's own elements, whose slots are null or hold references of ours.
                let _ = unsafe { release_elements(elements.data(), size, count, &lane.dtype) };
            }
        }
    }
}
