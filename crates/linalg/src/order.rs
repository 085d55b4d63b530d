//! Matrices brought from one order of elements to the other: what nearly every operation begins and ends with, as arrays
//! mostly lie row by row and the methods want columns.

use std::array;

/// Rows and columns of a block, which is read whole before it is written: a cache line or more on either side.
const SIDE: usize = 8;
/// Rows and columns of a tile, whose pages on both sides stay known to the processor.
const TILE: usize = 64;

/// A matrix whose rows lie dense, that many bytes apart; or, as a target, its columns.
#[derive(Clone, Copy)]
pub(crate) struct Lines {
    pub(crate) start: *mut u8,
    pub(crate) step: isize,
}

impl Lines {
    #[inline(always)]
    fn at<T>(self, line: usize, place: usize) -> *mut T {
        self.start.wrapping_offset(line as isize * self.step).cast::<T>().wrapping_add(place)
    }
}

/// Copies element `j` of line `i` of `from` to place `i` of line `j` of `to`.
///
/// # Safety
/// `lines` lines of `length` elements can be read, and `length` lines of `lines` elements written, of any alignment and apart
/// from one another.
pub(crate) unsafe fn transpose<T: Copy>(from: Lines, to: Lines, lines: usize, length: usize) {
    for left in (0..length).step_by(TILE) {
        for top in (0..lines).step_by(TILE) {
            let (right, bottom) = (length.min(left + TILE), lines.min(top + TILE));
            for j in (left..right).step_by(SIDE) {
                for i in (top..bottom).step_by(SIDE) {
                    // SAFETY: elements below `lines` and `length`.
                    unsafe {
                        if i + SIDE <= bottom && j + SIDE <= right {
                            block::<T>(from, to, i, j);
                        } else {
                            edge::<T>(from, to, (i, bottom.min(i + SIDE)), (j, right.min(j + SIDE)));
                        }
                    }
                }
            }
        }
    }
}

/// # Safety
/// As for [`transpose`], for the block that begins there.
#[inline(always)]
unsafe fn block<T: Copy>(from: Lines, to: Lines, i: usize, j: usize) {
    // SAFETY: by this function's contract.
    unsafe {
        let read: [[T; SIDE]; SIDE] =
            array::from_fn(|line| from.at::<T>(i + line, j).cast::<[T; SIDE]>().read_unaligned());
        let turned: [[T; SIDE]; SIDE] = array::from_fn(|place| array::from_fn(|line| read[line][place]));
        for (place, line) in turned.iter().enumerate() {
            to.at::<T>(j + place, i).cast::<[T; SIDE]>().write_unaligned(*line);
        }
    }
}

/// # Safety
/// As for [`transpose`], for lines and places from the first to before the second.
unsafe fn edge<T: Copy>(from: Lines, to: Lines, lines: (usize, usize), places: (usize, usize)) {
    for i in lines.0..lines.1 {
        for j in places.0..places.1 {
            // SAFETY: by this function's contract.
            unsafe { to.at::<T>(j, i).write_unaligned(from.at::<T>(i, j).read_unaligned()) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_finds_its_place() {
        for (lines, length) in [(1, 1), (3, 9), (8, 8), (16, 7), (70, 133)] {
            let (gap, room) = (length + 3, lines + 5);
            let mut from: Vec<u32> = (0..(lines * gap) as u32).collect();
            let mut to = vec![u32::MAX; length * room];
            let source = Lines { start: from.as_mut_ptr().cast(), step: 4 * gap as isize };
            let target = Lines { start: to.as_mut_ptr().cast(), step: 4 * room as isize };
            // SAFETY: vectors of that many lines.
            unsafe { transpose::<u32>(source, target, lines, length) };
            for (j, line) in to.chunks(room).enumerate() {
                for (i, &found) in line.iter().enumerate() {
                    let wanted = if i < lines { (i * gap + j) as u32 } else { u32::MAX };
                    assert_eq!(found, wanted, "{lines} x {length}, {i}, {j}");
                }
            }
        }
    }
}
