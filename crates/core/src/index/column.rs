//! Gather and scatter by one column of index numbers: whole runs of numbers go to the kernels' loops, in pieces on several
//! threads where there is much to do.

use sharray_base::threads::{self, GRAIN};
use sharray_base::{Error, Result, View};
use sharray_kernels::copy::pick::{self, Axis, Lane, Numbers, Outside, Places};
use sharray_kernels::copy::{copy_2d, copy_strided};

use super::plan::out_of_bounds;
use super::take::Mode;
use crate::iterate::Nest;
use crate::iterate::cut::Cut;
use crate::iterate::scratch::Scratch;
use crate::scratch::room;

/// What numbers count along: an axis of an array, by its number, extent and stride.
#[derive(Debug, Clone, Copy)]
pub(super) struct Along {
    pub(super) axis: usize,
    pub(super) extent: isize,
    pub(super) stride: isize,
}

impl Along {
    fn at(self, data: *mut u8) -> Axis {
        Axis { data, stride: self.stride, extent: self.extent }
    }
    /// The error for the number at a place which is out of bounds.
    #[cold]
    fn refuse(self, numbers: Numbers, place: usize) -> Error {
        let number = numbers.part(place, 1);
        // SAFETY: one of the numbers, which the kernel read at this address.
        out_of_bounds(unsafe { number.data.cast::<isize>().read_unaligned() }, self.axis, self.extent)
    }
    /// Checks that all numbers are in bounds.
    ///
    /// # Errors
    /// `Index`, with the first that is not.
    ///
    /// # Safety
    /// The numbers are readable.
    pub(super) unsafe fn check(self, numbers: Numbers) -> Result<()> {
        // SAFETY: by the contract.
        let bad = unsafe { pick::first_outside(numbers, self.extent) };
        bad.map_or(Ok(()), |place| Err(self.refuse(numbers, place)))
    }
}

/// [`run_of`], with what `mode` makes of numbers out of bounds.
///
/// # Errors
/// `OutOfMemory`.
pub(super) fn run_by(mode: Mode, indices: View<'_>, keep: &mut Vec<isize>) -> Result<Numbers> {
    let outside = match mode {
        Mode::Raise => Outside::Refused,
        Mode::Wrap => Outside::Wrapped,
        Mode::Clip => Outside::Clipped,
    };
    Ok(Numbers { outside, ..run_of(indices, keep)? })
}

/// The elements of an index array as one run: where they lie, or copied to `keep`.
///
/// # Errors
/// `OutOfMemory`.
pub(super) fn run_of(indices: View<'_>, keep: &mut Vec<isize>) -> Result<Numbers> {
    if indices.is_c_contiguous() {
        return Ok(Numbers::new(indices.data(), size_of::<isize>() as isize, indices.len()));
    }
    if let ([count], [step]) = (indices.shape(), indices.strides()) {
        return Ok(Numbers::new(indices.data(), *step, *count as usize));
    }
    *keep = room(indices.len())?;
    let _ =
        crate::walk::walk_whole(indices.shape(), &[(indices.data(), indices.strides())], &mut |p, s, n| {
            // SAFETY: the walk gives runs of the index array's elements (V3).
            keep.extend(
                (0..n as isize).map(|i| unsafe { p[0].offset(i * s[0]).cast::<isize>().read_unaligned() }),
            );
            Ok(())
        });
    Ok(Numbers::dense(keep))
}

/// Bytes that stay in the second-level cache.
const NEAR: usize = 1 << 20;

/// Rows and numbers of a tile that is turned around.
const TILE: (usize, usize) = (32, 128);

/// A gather or scatter of blocks of some bytes along an axis; on the other side they lie `step` bytes apart.
#[derive(Clone, Copy)]
pub(super) struct Picks {
    pub(super) along: Along,
    pub(super) numbers: Numbers,
    pub(super) step: isize,
    pub(super) bytes: usize,
}

// SAFETY: addresses of numbers that are only read; who works along them from several threads keeps writes apart.
unsafe impl Sync for Picks {}

/// An address that threads share.
#[derive(Clone, Copy)]
struct At(*mut u8);

// SAFETY: as for `Picks`.
unsafe impl Sync for At {}

impl At {
    fn offset(&self, bytes: isize) -> *mut u8 {
        self.0.wrapping_offset(bytes)
    }
}

impl Picks {
    /// How many elements make a piece of work, given what a block weighs.
    fn grain(&self) -> usize {
        (GRAIN / (self.bytes / 32).max(1)).max(1)
    }

    /// Copies the block at each number to `out`.
    ///
    /// # Errors
    /// `Index`; an interruption.
    ///
    /// # Safety
    /// The numbers are readable, blocks readable at each place of the axis that begins at `data`, and writable at `out`;
    /// they don't overlap.
    pub(super) unsafe fn gather(&self, data: *mut u8, out: *mut u8) -> Result<()> {
        let (count, grain) = (self.numbers.count, self.grain());
        if count < 2 * grain {
            // SAFETY: by the contract.
            return unsafe { self.gather_part(data, out, 0, count) };
        }
        let (data, out) = (At(data), At(out));
        threads::run(count.div_ceil(grain), |chunk| {
            let start = chunk * grain;
            // SAFETY: by the contract, for a part of the numbers and the output.
            unsafe { self.gather_part(data.offset(0), out.offset(0), start, grain.min(count - start)) }
        })
    }

    /// # Safety
    /// As for [`Picks::gather`].
    unsafe fn gather_part(&self, data: *mut u8, out: *mut u8, start: usize, count: usize) -> Result<()> {
        let numbers = self.numbers.part(start, count);
        let out = Lane { data: out.wrapping_offset(start as isize * self.step), step: self.step };
        // SAFETY: by the contract.
        let copied = unsafe { pick::gather(self.along.at(data), numbers, out, self.bytes) };
        copied.map_err(|place| self.along.refuse(numbers, place))
    }

    /// [`Picks::gather`] at each place of `rows`, whose operands are the axis and the output.
    ///
    /// # Errors
    /// As [`Picks::gather`].
    ///
    /// # Safety
    /// As for [`Picks::gather`], at each place; outputs of different places are apart.
    pub(super) unsafe fn gather_rows(&self, rows: &Nest) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        if rows.len() == 1 {
            // SAFETY: by the contract.
            return unsafe { self.gather(rows.start[0], rows.start[1]) };
        }
        if let ([_], [_, step]) = (rows.axes.extents(), rows.axes.steps(0))
            && *step == self.bytes as isize
            && self.step != *step
        {
            // SAFETY: by the contract.
            return unsafe {
                if self.is_near(rows) { self.gather_columns(rows) } else { self.gather_turned(rows) }
            };
        }
        if self.numbers.count <= Places::MOST && self.is_near(rows) {
            // SAFETY: by the contract.
            return unsafe { self.gather_near(rows) };
        }
        let cut = Cut::new(rows, (self.grain() / self.numbers.count.max(1)).max(1));
        threads::run(cut.chunks(), |chunk| {
            rows.run_chunk(&cut, chunk, |_, at, n, steps| {
                (0..n).try_for_each(|i| {
                    let (from, to) =
                        (at[0].wrapping_offset(i * steps[0]), at[1].wrapping_offset(i * steps[1]));
                    // SAFETY: by the contract.
                    unsafe { self.gather_part(from, to, 0, self.numbers.count) }
                })
            })
        })
    }

    /// Whether a gather reads and writes so little that its order does not matter.
    fn is_near(&self, rows: &Nest) -> bool {
        let count = self.numbers.count;
        let bytes = rows.len().saturating_mul(count).saturating_mul(self.bytes);
        let read = match rows.axes.extents() {
            [n] => rows.axes.steps(0)[0].unsigned_abs().saturating_mul(*n as usize),
            _ => bytes,
        };
        bytes <= NEAR && read <= NEAR
    }

    /// Where numbers from `start` on lead to, as many as are looked at together.
    ///
    /// # Errors
    /// `Index`.
    ///
    /// # Safety
    /// The numbers are readable.
    unsafe fn places(&self, start: usize) -> Result<Places> {
        let part = self.numbers.part(start, Places::MOST.min(self.numbers.count - start));
        // SAFETY: by the contract.
        unsafe { Places::new(part, self.along.extent) }.map_err(|place| self.along.refuse(part, place))
    }

    /// [`Picks::gather_rows`] where it is near, of numbers that are looked at together.
    ///
    /// # Errors
    /// As [`Picks::gather`].
    ///
    /// # Safety
    /// As for [`Picks::gather_rows`].
    unsafe fn gather_near(&self, rows: &Nest) -> Result<()> {
        // SAFETY: by the contract.
        let places = unsafe { self.places(0) }?;
        rows.run(|at, n, steps| {
            for i in 0..n {
                let data = at[0].wrapping_offset(i * steps[0]);
                let out = Lane { data: at[1].wrapping_offset(i * steps[1]), step: self.step };
                // SAFETY: by the contract.
                unsafe { places.gather(self.along.at(data), out, self.bytes) };
            }
            Ok(())
        })
    }

    /// [`Picks::gather_turned`] where it is near: each number's column in turn.
    ///
    /// # Errors
    /// As [`Picks::gather`].
    ///
    /// # Safety
    /// As for [`Picks::gather_rows`].
    unsafe fn gather_columns(&self, rows: &Nest) -> Result<()> {
        let (height, down) = (rows.axes.extents()[0] as usize, rows.axes.steps(0)[0]);
        let mut to = rows.start[1];
        for start in (0..self.numbers.count).step_by(Places::MOST) {
            // SAFETY: by the contract.
            for place in unsafe { self.places(start) }?.as_slice() {
                let from = rows.start[0].wrapping_offset(place * self.along.stride);
                // SAFETY: by the contract, for one number.
                unsafe { copy_strided(from, down, to, self.bytes as isize, self.bytes, height) };
                to = to.wrapping_offset(self.step);
            }
        }
        Ok(())
    }

    /// [`Picks::gather_rows`] along one axis whose places lie side by side in the output: a tile of rows is gathered row by
    /// row into a buffer, and turned around from there, so that both sides are gone through in their own order.
    ///
    /// # Errors
    /// As [`Picks::gather`].
    ///
    /// # Safety
    /// As for [`Picks::gather_rows`].
    unsafe fn gather_turned(&self, rows: &Nest) -> Result<()> {
        let (height, down) = (rows.axes.extents()[0] as usize, rows.axes.steps(0)[0]);
        let across = self.numbers.count.div_ceil(TILE.1);
        let (from, to) = (At(rows.start[0]), At(rows.start[1]));
        let room = || Scratch::new(TILE.0 * TILE.1 * self.bytes, false);
        threads::run_with(height.div_ceil(TILE.0) * across, room, |room, tile| {
            let (top, left) = (tile / across * TILE.0, tile % across * TILE.1);
            let (tall, wide) = (TILE.0.min(height - top), TILE.1.min(self.numbers.count - left));
            let (numbers, line) = (self.numbers.part(left, wide), wide * self.bytes);
            for row in 0..tall {
                let data = from.offset((top + row) as isize * down);
                let lane = Lane { data: room.data().wrapping_add(row * line), step: self.bytes as isize };
                // SAFETY: by the contract; the buffer has room for a tile.
                let copied = unsafe { pick::gather(self.along.at(data), numbers, lane, self.bytes) };
                copied.map_err(|place| self.along.refuse(numbers, place))?;
            }
            let out = to.offset((top * self.bytes) as isize + left as isize * self.step);
            let (buffer, target) = ((line as isize, self.bytes as isize), (self.bytes as isize, self.step));
            // SAFETY: the tile's elements in the buffer and in the output, which is apart.
            unsafe { copy_2d(room.data(), buffer, out, target, self.bytes, tall, wide) };
            Ok(())
        })
    }

    /// Copies the blocks at `value` to the place of each number, in order.
    ///
    /// # Errors
    /// `Index` with nothing written, unless numbers change meanwhile.
    ///
    /// # Safety
    /// As for [`Picks::gather`], with the axis writable and `value` readable.
    pub(super) unsafe fn scatter(&self, data: *mut u8, value: *mut u8) -> Result<()> {
        let value = Lane { data: value, step: self.step };
        // SAFETY: by the contract.
        let copied = unsafe { pick::scatter(self.along.at(data), self.numbers, value, self.bytes) };
        copied.map_err(|place| self.along.refuse(self.numbers, place))
    }

    /// [`Picks::scatter`] at each place of `rows`, whose shape, target and value are given; on several threads if what is
    /// written at its places lies `apart`.
    ///
    /// # Errors
    /// As [`Picks::scatter`]; an interruption.
    ///
    /// # Safety
    /// As for [`Picks::scatter`], at each place.
    pub(super) unsafe fn scatter_rows(&self, rows: &Nest, apart: bool) -> Result<()> {
        let each = |at: &[*mut u8], n: isize, steps: &[isize]| {
            (0..n).try_for_each(|i| {
                let (to, from) = (at[0].wrapping_offset(i * steps[0]), at[1].wrapping_offset(i * steps[1]));
                // SAFETY: by the contract.
                unsafe { self.scatter(to, from) }
            })
        };
        if !apart || rows.len() * self.numbers.count < 2 * GRAIN {
            return rows.run(each);
        }
        let cut = Cut::new(rows, (self.grain() / self.numbers.count.max(1)).max(1));
        threads::run(cut.chunks(), |chunk| rows.run_chunk(&cut, chunk, |_, at, n, steps| each(at, n, steps)))
    }
}
