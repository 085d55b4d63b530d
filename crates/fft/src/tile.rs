//! Lanes into buffers and back. Lanes whose elements lie apart are read a few at a time, side by side: neighbours share
//! cache lines, and each line is fetched once.

use crate::lane::Form;

/// Most lanes that are read side by side: enough for the processor to see that a few cache lines of each row are wanted.
pub const WIDTH: usize = 32;
/// Lanes that a step of the inner loops takes at once.
const GROUP: usize = 8;

/// Where lanes lie in an array: the bytes from one element to the next, and the elements' form there.
#[derive(Debug, Clone, Copy)]
pub struct Side {
    /// Bytes from one element of a lane to the next.
    pub step: isize,
    /// Elements there are.
    pub len: usize,
    /// True for real numbers.
    pub real: bool,
}

/// Copies `side.len` elements of each lane at `lanes` to the buffers, which begin at `buffer` and lie `pitch` numbers of
/// type `T` apart, and fills each with zeros up to `room` numbers.
///
/// # Safety
/// The lanes' elements can be read and are aligned for `T`; each buffer has `room` numbers of type `T`, and as many as the
/// elements take in `form`. A buffer may be its lane itself; otherwise they lie apart.
pub unsafe fn gather<T: Copy + Default>(
    lanes: &[*mut u8],
    side: Side,
    form: Form,
    buffer: *mut T,
    pitch: usize,
    room: usize,
) {
    // SAFETY: by the contract; each form has as many numbers for an element as the call says.
    unsafe {
        let filled = match (side.real, form) {
            (false, _) => columns::<[T; 2], T, 2>(lanes, side, buffer, pitch, |value| value),
            (true, Form::Packed) => columns::<T, T, 1>(lanes, side, buffer, pitch, |value| [value]),
            (true, _) => columns::<T, T, 2>(lanes, side, buffer, pitch, |value| [value, T::default()]),
        };
        for lane in 0..lanes.len() {
            let rest = buffer.add(lane * pitch);
            (filled..room).for_each(|place| *rest.add(place) = T::default());
        }
    }
}

/// Reads elements of type `E` and writes `N` numbers for each; the numbers written to each buffer.
///
/// # Safety
/// As for [`gather`].
#[inline]
unsafe fn columns<E: Copy, T: Copy, const N: usize>(
    lanes: &[*mut u8],
    side: Side,
    buffer: *mut T,
    pitch: usize,
    numbers: impl Fn(E) -> [T; N],
) -> usize {
    let dense = side.step == size_of::<E>() as isize && size_of::<E>() == size_of::<[T; N]>();
    // SAFETY: by the contract.
    unsafe {
        if dense {
            for (lane, source) in lanes.iter().enumerate() {
                let target = buffer.add(lane * pitch);
                std::ptr::copy(source.cast::<T>(), target, side.len * N);
            }
        } else {
            let one = |source: *mut u8, lane: usize, place: usize| {
                let value = *source.offset(place as isize * side.step).cast::<E>();
                *buffer.add(lane * pitch + place * N).cast::<[T; N]>() = numbers(value);
            };
            by_groups(lanes, side.len, one);
        }
    }
    side.len * N
}

/// Calls `one(lane's address, lane, place)` for all lanes at each place in turn.
#[inline]
fn by_groups(lanes: &[*mut u8], len: usize, one: impl Fn(*mut u8, usize, usize)) {
    let (groups, rest) = lanes.as_chunks::<GROUP>();
    for place in 0..len {
        for (group, members) in groups.iter().enumerate() {
            // A number of steps that the compiler knows.
            for (lane, address) in members.iter().enumerate() {
                one(*address, group * GROUP + lane, place);
            }
        }
        for (lane, address) in rest.iter().enumerate() {
            one(*address, groups.len() * GROUP + lane, place);
        }
    }
}

/// Copies the results from the buffers to the lanes: complex numbers, or real ones of the buffers' form.
///
/// # Safety
/// As for [`gather`], the lanes being written and the buffers apart from them.
pub unsafe fn scatter<T: Copy>(lanes: &[*mut u8], side: Side, form: Form, buffer: *const T, pitch: usize) {
    // SAFETY: by the contract.
    unsafe {
        match form {
            Form::Complex => spread::<[T; 2], T>(lanes, side, buffer, pitch, 2),
            Form::Packed => spread::<T, T>(lanes, side, buffer, pitch, 1),
            Form::Widened => spread::<T, T>(lanes, side, buffer, pitch, 2),
        }
    }
}

/// Writes elements of type `E`, of which a buffer has one in each `apart` numbers.
///
/// # Safety
/// As for [`scatter`].
#[inline]
unsafe fn spread<E: Copy, T: Copy>(
    lanes: &[*mut u8],
    side: Side,
    buffer: *const T,
    pitch: usize,
    apart: usize,
) {
    let dense = side.step == size_of::<E>() as isize && size_of::<E>() == apart * size_of::<T>();
    // SAFETY: by the contract.
    unsafe {
        if dense {
            for (lane, target) in lanes.iter().enumerate() {
                let source = buffer.add(lane * pitch);
                std::ptr::copy_nonoverlapping(source.cast::<E>(), target.cast::<E>(), side.len);
            }
        } else {
            for place in 0..side.len {
                let offset = place as isize * side.step;
                for (lane, target) in lanes.iter().enumerate() {
                    *target.offset(offset).cast::<E>() =
                        *buffer.add(lane * pitch + place * apart).cast::<E>();
                }
            }
        }
    }
}
