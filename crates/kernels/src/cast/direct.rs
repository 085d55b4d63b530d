//! Casts between two types of numbers without a [`super::Transfer`]: found by two look-ups, copied like a number, without
//! anything to release. For calls so short that more would show.

use sharray_base::TypeNum;

use super::numeric::{part_of, real_cast};
use super::transfer::to_complex;
use crate::copy::Mover;

/// A cast between two types of numbers, in native order at any alignment.
#[derive(Clone, Copy, Debug)]
pub enum Direct {
    /// Of a real number, to one of this size.
    Real(Mover, isize),
    /// To the real parts of complex numbers, whose size this is; the imaginary ones are zero.
    Widen(Mover, isize),
    /// Part by part: the sizes of a part before and after.
    Parts(Mover, isize, isize),
}

impl Direct {
    /// The cast between these types, if it loses no imaginary part.
    pub fn new(from: TypeNum, to: TypeNum) -> Option<Direct> {
        match (part_of(from), part_of(to)) {
            (None, None) => Some(Direct::Real(real_cast(from, to)?, size(to))),
            (None, Some(part)) => Some(Direct::Widen(real_cast(from, part)?, size(part))),
            (Some(a), Some(b)) => Some(Direct::Parts(real_cast(a, b)?, size(a), size(b))),
            (Some(_), None) => None,
        }
    }
    /// Casts `n` elements to a dense run.
    ///
    /// # Safety
    /// `n` elements of the cast's types, at `source` with that step and at `target` side by side, apart from each other.
    pub unsafe fn run(&self, source: *const u8, step: isize, target: *mut u8, n: usize) {
        // SAFETY: handed on; parts lie within their elements.
        unsafe {
            match *self {
                Direct::Real(mover, size) => mover(source, step, target, size, n),
                Direct::Widen(mover, part) => {
                    to_complex(mover, part as usize, (source, step), (target, 2 * part), n);
                }
                Direct::Parts(mover, from, to) if step == 2 * from => mover(source, from, target, to, 2 * n),
                Direct::Parts(mover, from, to) => {
                    mover(source, step, target, 2 * to, n);
                    mover(source.offset(from), step, target.offset(to), 2 * to, n);
                }
            }
        }
    }
}

fn size(num: TypeNum) -> isize {
    num.row().itemsize as isize
}
