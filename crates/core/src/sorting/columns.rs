//! Lanes that lie side by side, as the columns of a matrix in C order do: a strip of them, as wide as a cache line, is
//! copied to a buffer lane by lane, worked on there, and copied back. Lane by lane each cache line would be fetched as
//! often as it has elements.

use sharray_base::memory::Memory;
use sharray_base::{Result, ViewMut, threads};

/// Bytes of a strip's row: a cache line.
const ROW: usize = 64;

/// The lanes of an array of which neighbours are one element apart.
pub(super) struct Columns {
    data: *mut u8,
    size: usize,
    /// Elements of a lane, and bytes from one to the next.
    lane: (usize, isize),
    /// Lanes side by side.
    wide: usize,
    /// The other axes' extents and strides.
    outer: Vec<(usize, isize)>,
}

// SAFETY: the strips are disjoint, and each is one thread's.
unsafe impl Sync for Columns {}

impl Columns {
    /// The lanes along `axis`, if at least two lie side by side. The array is not empty, and no two of its elements share
    /// memory.
    pub(super) fn of(target: &ViewMut<'_>, axis: usize) -> Option<Columns> {
        let (shape, strides, size) = (target.shape(), target.strides(), target.dtype().itemsize());
        if !matches!(size, 1 | 2 | 4 | 8 | 16) {
            return None;
        }
        let beside = (0..shape.len()).find(|&a| a != axis && strides[a] == size as isize && shape[a] > 1)?;
        let outer = (0..shape.len()).filter(|&a| a != axis && a != beside);
        let outer = outer.map(|a| (shape[a] as usize, strides[a])).collect();
        let lane = (shape[axis] as usize, strides[axis]);
        Some(Columns { data: target.data(), size, lane, wide: shape[beside] as usize, outer })
    }

    /// Calls `act` with each lane as dense aligned elements, which become the lane's.
    pub(super) fn each(&self, act: impl Fn(*mut u8, usize) -> Result<()> + Sync) -> Result<()> {
        let across = ROW / self.size;
        let strips = self.wide.div_ceil(across);
        let outer: usize = self.outer.iter().map(|axis| axis.0).product();
        let room = || Memory::heap(self.lane.0 * ROW, false);
        threads::run_with(outer * strips, room, |buffer, chunk| {
            let (strip, mut rest) = (chunk % strips, chunk / strips);
            let mut start = (strip * ROW) as isize;
            for &(extent, stride) in self.outer.iter().rev() {
                start += (rest % extent) as isize * stride;
                rest /= extent;
            }
            let width = across.min(self.wide - strip * across);
            // SAFETY: the strip lies within the array, and is this call's alone; the buffer has room for it.
            unsafe { self.strip(self.data.offset(start), width, buffer.data(), &act) }
        })
    }

    /// # Safety
    /// `width` lanes side by side at `at`; room for them at `buffer`.
    unsafe fn strip(
        &self,
        at: *mut u8,
        width: usize,
        buffer: *mut u8,
        act: &impl Fn(*mut u8, usize) -> Result<()>,
    ) -> Result<()> {
        let n = self.lane.0;
        // SAFETY: by the contract. Elements are copied back even after an error, so that every one keeps its place in the
        // array.
        unsafe {
            self.transpose::<true>(at, width, buffer);
            let result = (0..width).try_for_each(|lane| act(buffer.add(lane * n * self.size), n));
            self.transpose::<false>(at, width, buffer);
            result
        }
    }

    /// Copies a strip to the buffer, or back.
    ///
    /// # Safety
    /// As for [`Columns::strip`].
    unsafe fn transpose<const IN: bool>(&self, at: *mut u8, width: usize, buffer: *mut u8) {
        // SAFETY: by the contract.
        unsafe {
            match self.size {
                1 => self.moves::<IN, [u8; 1]>(at, width, buffer),
                2 => self.moves::<IN, [u8; 2]>(at, width, buffer),
                4 => self.moves::<IN, [u8; 4]>(at, width, buffer),
                8 => self.moves::<IN, [u8; 8]>(at, width, buffer),
                _ => self.moves::<IN, [u8; 16]>(at, width, buffer),
            }
        }
    }

    /// # Safety
    /// As for [`Columns::strip`]; `T` has the elements' size.
    unsafe fn moves<const IN: bool, T: Copy>(&self, at: *mut u8, width: usize, buffer: *mut u8) {
        let (n, step) = self.lane;
        for i in 0..n {
            // SAFETY: by the contract. `T` is bytes: it needs no alignment.
            unsafe {
                let (row, column) = (at.offset(i as isize * step).cast::<T>(), buffer.cast::<T>().add(i));
                for lane in 0..width {
                    if IN {
                        *column.add(lane * n) = *row.add(lane);
                    } else {
                        *row.add(lane) = *column.add(lane * n);
                    }
                }
            }
        }
    }
}
