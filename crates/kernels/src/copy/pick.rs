//! Blocks of bytes to and from places that index numbers name, along one axis.
//!
//! Each number is read once, and checked as it is read, since the memory it lies in may change under us: what was found
//! in bounds before is checked again by the loop that uses it. Numbers become places a block at a time, several in a
//! register; then the block's elements are moved, by a loop for each size of the built-in types.

use std::mem::MaybeUninit;

use crate::isa::{self, Level};

/// What a number out of bounds means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// Nothing; negative ones count from the end.
    Refused,
    /// The place it comes to going round the axis.
    Wrapped,
    /// The nearest place; for all negative ones that is the first.
    Clipped,
}

/// Index numbers (`intp`, at any alignment): the first one's address, bytes from one to the next, and how many.
#[derive(Debug, Clone, Copy)]
pub struct Numbers {
    /// Address of the first.
    pub data: *const u8,
    /// Bytes to the next.
    pub step: isize,
    /// How many there are.
    pub count: usize,
    /// What those out of bounds mean. If that is a place, the axis must have one.
    pub outside: Outside,
}

impl Numbers {
    /// Numbers a step apart, of which none may be out of bounds.
    pub fn new(data: *const u8, step: isize, count: usize) -> Numbers {
        Numbers { data, step, count, outside: Outside::Refused }
    }
    /// Numbers side by side, of which none may be out of bounds.
    pub fn dense(numbers: &[isize]) -> Numbers {
        Numbers::new(numbers.as_ptr().cast(), size_of::<isize>() as isize, numbers.len())
    }
    /// `count` of them from `start` on.
    pub fn part(self, start: usize, count: usize) -> Numbers {
        Numbers { data: self.data.wrapping_offset(start as isize * self.step), count, ..self }
    }
    /// # Safety
    /// `index` is below the count, and the numbers are readable.
    #[inline(always)]
    unsafe fn at(self, index: usize) -> isize {
        // SAFETY: by the contract.
        unsafe { self.data.offset(index as isize * self.step).cast::<isize>().read_unaligned() }
    }
}

/// The axis that numbers count along; negative ones count from its end.
#[derive(Debug, Clone, Copy)]
pub struct Axis {
    /// Address of the block at index 0.
    pub data: *mut u8,
    /// Bytes to the next block.
    pub stride: isize,
    /// How many blocks there are.
    pub extent: isize,
}

/// Blocks one after the other: the other side of a gather or a scatter.
#[derive(Debug, Clone, Copy)]
pub struct Lane {
    /// Address of the first.
    pub data: *mut u8,
    /// Bytes to the next; 0 gives the same block to all.
    pub step: isize,
}

/// Which way blocks go.
type Way = bool;
/// From the axis to the lane.
const GATHER: Way = true;
/// From the lane to the axis.
const SCATTER: Way = false;

/// Copies the block at each number to `out`. `Err` tells which number is the first out of bounds; the blocks before it
/// are copied.
///
/// # Errors
/// The place among the numbers.
///
/// # Safety
/// Numbers are readable; a block of `bytes` bytes is readable at each place of the axis, and writable at `out` for each
/// number, at any alignment; they don't overlap.
pub unsafe fn gather(axis: Axis, numbers: Numbers, out: Lane, bytes: usize) -> Result<(), usize> {
    // SAFETY: handed on from the caller.
    unsafe { any_size::<GATHER>(axis, numbers, out, bytes) }
}

/// Copies the blocks of `value` to the place of each number, in order: of several to one place the last one stays.
/// `Err` as for [`gather`]: see [`first_outside`] for what must change nothing then.
///
/// # Errors
/// The place among the numbers.
///
/// # Safety
/// As for [`gather`], with the axis writable and the value readable.
pub unsafe fn scatter(axis: Axis, numbers: Numbers, value: Lane, bytes: usize) -> Result<(), usize> {
    // SAFETY: handed on from the caller.
    unsafe { any_size::<SCATTER>(axis, numbers, value, bytes) }
}

/// # Safety
/// As for [`gather`] or [`scatter`].
unsafe fn any_size<const WAY: Way>(
    axis: Axis,
    numbers: Numbers,
    lane: Lane,
    bytes: usize,
) -> Result<(), usize> {
    let mut places = [const { MaybeUninit::uninit() }; BLOCK];
    for start in (0..numbers.count).step_by(BLOCK) {
        let part = numbers.part(start, BLOCK.min(numbers.count - start));
        let data = lane.data.wrapping_offset(start as isize * lane.step);
        // SAFETY: handed on from the caller; places are on the axis.
        unsafe {
            let places = inside(part, axis.extent, &mut places);
            move_blocks::<WAY>(axis, places, Lane { data, ..lane }, bytes);
            if places.len() < part.count {
                return Err(start + places.len());
            }
        }
    }
    Ok(())
}

/// # Safety
/// As for [`gather`] or [`scatter`]; all places are on the axis.
unsafe fn move_blocks<const WAY: Way>(axis: Axis, places: &[isize], lane: Lane, bytes: usize) {
    // SAFETY: handed on from the caller.
    unsafe {
        match bytes {
            1 => of_size::<u8, WAY>(axis, places, lane),
            2 => of_size::<u16, WAY>(axis, places, lane),
            4 => of_size::<u32, WAY>(axis, places, lane),
            8 => of_size::<u64, WAY>(axis, places, lane),
            16 => of_size::<u128, WAY>(axis, places, lane),
            _ => each(axis, places, lane, |there, here| {
                let (from, to) = if WAY == GATHER { (there, here) } else { (here, there) };
                std::ptr::copy_nonoverlapping(from, to, bytes);
            }),
        }
    }
}

/// Blocks that the bytes of a `T` are. Not compiled for AVX2: its gathers are slower than loads, at least on AMD's.
///
/// # Safety
/// As for [`move_blocks`].
#[inline(always)]
unsafe fn of_size<T: Copy, const WAY: Way>(axis: Axis, places: &[isize], lane: Lane) {
    let size = size_of::<T>() as isize;
    // SAFETY: handed on from the caller: the bytes of a `T` at each address.
    unsafe {
        if axis.stride == size && lane.step == size {
            for (k, place) in places.iter().enumerate() {
                copy::<T, WAY>(axis.data.cast::<T>().offset(*place), lane.data.cast::<T>().add(k));
            }
        } else {
            each(axis, places, lane, |there, here| copy::<T, WAY>(there.cast(), here.cast()));
        }
    }
}

/// Calls `move_block(address of the place, address beside it)`.
#[inline(always)]
fn each(axis: Axis, places: &[isize], lane: Lane, move_block: impl Fn(*mut u8, *mut u8)) {
    let mut here = lane.data;
    for place in places {
        move_block(axis.data.wrapping_offset(place * axis.stride), here);
        here = here.wrapping_offset(lane.step);
    }
}

/// Copies a `T` between its place on the axis and its place on the lane.
///
/// # Safety
/// Its bytes are readable at the one and writable at the other address.
#[inline(always)]
unsafe fn copy<T: Copy, const WAY: Way>(there: *mut T, here: *mut T) {
    let (from, to) = if WAY == GATHER { (there, here) } else { (here, there) };
    // SAFETY: by the contract.
    unsafe { to.write_unaligned(from.read_unaligned()) }
}

/// Numbers that are looked at together.
const BLOCK: usize = 256;

/// The places that numbers mean, up to the first one that means none.
///
/// # Safety
/// The numbers are readable, no more than [`BLOCK`].
unsafe fn inside(numbers: Numbers, extent: isize, places: &mut [MaybeUninit<isize>; BLOCK]) -> &[isize] {
    debug_assert!(numbers.count <= BLOCK);
    debug_assert!(numbers.outside == Outside::Refused || extent > 0);
    let out = places.as_mut_ptr().cast::<isize>();
    // SAFETY: handed on; the level in force is one this machine has; the places were just written.
    unsafe {
        let all = match isa::active() {
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 | Level::Avx512 => resolve_avx2(numbers, extent, out),
            _ => resolve(numbers, extent, out),
        };
        let places = std::slice::from_raw_parts(out, numbers.count);
        if all {
            return places;
        }
        if numbers.outside == Outside::Wrapped {
            return wrapped(numbers, extent, out);
        }
        let outside = |place: &isize| *place as usize >= extent as usize;
        &places[..places.iter().position(outside).unwrap_or(numbers.count)]
    }
}

/// Places where numbers wrap around, and some of them further than the one turn that [`resolve`] takes.
///
/// # Safety
/// As for [`resolve`].
#[cold]
unsafe fn wrapped<'a>(numbers: Numbers, extent: isize, out: *mut isize) -> &'a [isize] {
    // SAFETY: handed on from the caller.
    unsafe {
        for index in 0..numbers.count {
            let number = numbers.at(index);
            // Nearly all are in bounds: a division costs more than to ask.
            let fits = (number as usize) < extent as usize;
            out.add(index).write(if fits { number } else { number.rem_euclid(extent) });
        }
        std::slice::from_raw_parts(out, numbers.count)
    }
}

/// # Safety
/// As for [`resolve`], on a machine with AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn resolve_avx2(numbers: Numbers, extent: isize, out: *mut isize) -> bool {
    // SAFETY: handed on from the caller.
    unsafe { resolve(numbers, extent, out) }
}

/// Writes the places that numbers mean, but for those that wrap around more than once; whether all are within the extent.
///
/// # Safety
/// The numbers are readable, as many places writable.
#[inline(always)]
unsafe fn resolve(numbers: Numbers, extent: isize, out: *mut isize) -> bool {
    let last = extent.wrapping_sub(1);
    // The sign tells of a place below 0 or behind the last.
    let place = |number: isize| {
        let place = number.wrapping_add(if number < 0 { extent } else { 0 });
        (place, place | last.wrapping_sub(place))
    };
    let nearest = |number: isize| (number.max(0).min(last), 0);
    // SAFETY: handed on from the caller.
    unsafe {
        match numbers.outside {
            Outside::Clipped => write_places(numbers, out, nearest),
            _ => write_places(numbers, out, place),
        }
    }
}

/// Writes what `place` makes of the numbers; whether the sign of none of them tells of a place out of bounds.
///
/// # Safety
/// As for [`resolve`].
#[inline(always)]
unsafe fn write_places(numbers: Numbers, out: *mut isize, place: impl Fn(isize) -> (isize, isize)) -> bool {
    let mut outside = 0;
    // SAFETY: the numbers below the count; a place for each.
    unsafe {
        if numbers.step == size_of::<isize>() as isize {
            let data = numbers.data.cast::<isize>();
            for index in 0..numbers.count {
                let (place, sign) = place(data.add(index).read_unaligned());
                out.add(index).write(place);
                outside |= sign;
            }
        } else {
            for index in 0..numbers.count {
                let (place, sign) = place(numbers.at(index));
                out.add(index).write(place);
                outside |= sign;
            }
        }
    }
    outside >= 0
}

/// The places of a few numbers, looked at once and used at many rows.
pub struct Places {
    places: [MaybeUninit<isize>; BLOCK],
    count: usize,
}

impl Places {
    /// The most numbers that it takes.
    pub const MOST: usize = BLOCK;

    /// Where numbers lead to on an axis of `extent`.
    ///
    /// # Errors
    /// As for [`gather`].
    ///
    /// # Safety
    /// The numbers are readable, no more than [`Places::MOST`].
    pub unsafe fn new(numbers: Numbers, extent: isize) -> Result<Places, usize> {
        let mut places = [const { MaybeUninit::uninit() }; BLOCK];
        // SAFETY: handed on from the caller.
        let count = unsafe { inside(numbers, extent, &mut places) }.len();
        if count < numbers.count { Err(count) } else { Ok(Places { places, count }) }
    }
    /// The places, each below the extent.
    pub fn as_slice(&self) -> &[isize] {
        // SAFETY: so many were written.
        unsafe { std::slice::from_raw_parts(self.places.as_ptr().cast(), self.count) }
    }
    /// As [`gather`], for an axis of the extent that the places were made for.
    ///
    /// # Safety
    /// As for [`gather`].
    pub unsafe fn gather(&self, axis: Axis, out: Lane, bytes: usize) {
        // SAFETY: handed on from the caller.
        unsafe { move_blocks::<GATHER>(axis, self.as_slice(), out, bytes) }
    }
}

/// Which number is the first that names no place of an axis of `extent`.
///
/// # Safety
/// The numbers are readable.
pub unsafe fn first_outside(numbers: Numbers, extent: isize) -> Option<usize> {
    let mut places = [const { MaybeUninit::uninit() }; BLOCK];
    (0..numbers.count).step_by(BLOCK).find_map(|start| {
        let part = numbers.part(start, BLOCK.min(numbers.count - start));
        // SAFETY: handed on from the caller.
        let good = unsafe { inside(part, extent, &mut places) }.len();
        (good < part.count).then_some(start + good)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENT: usize = 9;

    fn numbers(count: usize) -> Vec<isize> {
        (0..count as isize).map(|i| (i * 7 + 3) % (2 * EXTENT as isize) - EXTENT as isize).collect()
    }

    fn place(number: isize) -> usize {
        (if number < 0 { number + EXTENT as isize } else { number }) as usize
    }

    #[test]
    fn every_size_and_step() {
        for size in [1usize, 2, 3, 4, 5, 8, 12, 16, 24] {
            for (stride, step) in [(1isize, 1isize), (2, 1), (-1, 1), (1, 2), (1, -1), (-2, -2)] {
                for count in [0, 1, 2, 7, 33, 257] {
                    for shift in [0, 1] {
                        check(size, stride * size as isize, step * size as isize, count, shift);
                    }
                }
            }
        }
    }

    fn check(size: usize, stride: isize, step: isize, count: usize, shift: usize) {
        let wanted = numbers(count);
        // Numbers two words apart, at an odd address where `shift` is odd.
        let mut bytes = vec![0u8; 16 * count + shift + 8];
        for (i, number) in wanted.iter().enumerate() {
            bytes[shift + 16 * i..][..8].copy_from_slice(&number.to_ne_bytes());
        }
        check_with(Numbers::new(bytes[shift..].as_ptr(), 16, count), &wanted, size, (stride, step), shift);
        check_with(Numbers::dense(&wanted), &wanted, size, (stride, step), shift);
    }

    fn check_with(
        given: Numbers,
        wanted: &[isize],
        size: usize,
        (stride, step): (isize, isize),
        shift: usize,
    ) {
        let count = wanted.len();
        let side = 2 * size * (count.max(EXTENT) + 1);
        let source: Vec<u8> = (0..2 * side + shift).map(|i| (i * 7 + i / 256) as u8).collect();
        let mut target = vec![0u8; 2 * side + shift];
        let at = |start: usize, step: isize, i: usize| (start as isize + i as isize * step) as usize;
        let start = side + shift - size;
        let axis = Axis { data: source[start..].as_ptr().cast_mut(), stride, extent: EXTENT as isize };
        let lane = Lane { data: target[start..].as_mut_ptr(), step };
        // SAFETY: steps reach at most two blocks for each place either way, within the sides.
        unsafe { gather(axis, given, lane, size) }.unwrap();
        let mut expected = vec![0u8; target.len()];
        for (i, number) in wanted.iter().enumerate() {
            let (from, to) = (at(start, stride, place(*number)), at(start, step, i));
            expected[to..to + size].copy_from_slice(&source[from..from + size]);
        }
        assert_eq!(target, expected, "gather of {size} bytes, {stride} {step}, {count}");

        let mut target = vec![0u8; 2 * side + shift];
        let axis = Axis { data: target[start..].as_mut_ptr(), stride, extent: EXTENT as isize };
        let lane = Lane { data: source[start..].as_ptr().cast_mut(), step };
        // SAFETY: as above.
        unsafe { scatter(axis, given, lane, size) }.unwrap();
        let mut expected = vec![0u8; target.len()];
        for (i, number) in wanted.iter().enumerate() {
            let (to, from) = (at(start, stride, place(*number)), at(start, step, i));
            expected[to..to + size].copy_from_slice(&source[from..from + size]);
        }
        assert_eq!(target, expected, "scatter of {size} bytes, {stride} {step}, {count}");
    }

    #[test]
    fn out_of_bounds_with_a_place() {
        let extent = EXTENT as isize;
        for count in [1usize, 5, 256, 600] {
            for far in [0, 1, 5, isize::MAX / 600] {
                let numbers: Vec<isize> = (0..count as isize)
                    .map(|i| if i % 3 == 0 { (i - 7) * far } else { i % extent })
                    .collect();
                let source: Vec<u8> = (0..EXTENT as u8).collect();
                let axis = Axis { data: source.as_ptr().cast_mut(), stride: 1, extent };
                for outside in [Outside::Wrapped, Outside::Clipped] {
                    let mut target = vec![99u8; count];
                    let lane = Lane { data: target.as_mut_ptr(), step: 1 };
                    // SAFETY: one byte for each place and number.
                    unsafe { gather(axis, Numbers { outside, ..Numbers::dense(&numbers) }, lane, 1) }
                        .unwrap();
                    let expected = |n: &isize| match outside {
                        Outside::Wrapped => n.rem_euclid(extent) as u8,
                        _ => (*n).clamp(0, extent - 1) as u8,
                    };
                    assert_eq!(
                        target,
                        numbers.iter().map(expected).collect::<Vec<u8>>(),
                        "{outside:?} {far}"
                    );
                }
            }
        }
    }

    #[test]
    fn out_of_bounds() {
        for count in [1, 5, 16, 256, 600] {
            for bad in [EXTENT as isize, -(EXTENT as isize) - 1, isize::MAX, isize::MIN] {
                for at in [0, count / 2, count - 1] {
                    let mut wanted = numbers(count);
                    // SAFETY: the vector's own numbers.
                    unsafe { assert_eq!(first_outside(Numbers::dense(&wanted), EXTENT as isize), None) };
                    wanted[at] = bad;
                    let mut source = [7u8; EXTENT];
                    let mut target = vec![0u8; count];
                    let axis = Axis { data: source.as_mut_ptr(), stride: 1, extent: EXTENT as isize };
                    let lane = Lane { data: target.as_mut_ptr(), step: 1 };
                    let given = Numbers::dense(&wanted);
                    // SAFETY: one byte for each place and number.
                    unsafe {
                        assert_eq!(first_outside(given, EXTENT as isize), Some(at));
                        assert_eq!(gather(axis, given, lane, 1), Err(at));
                        assert_eq!(scatter(axis, given, lane, 1), Err(at));
                    }
                    assert_eq!(target.iter().filter(|byte| **byte == 7).count(), at);
                }
            }
        }
    }
}
