//! To raw bytes (`V` without fields): the native bytes of the element, cut off or followed by nulls.

use sharray_base::DType;

use super::runs::Runs;
use super::transfer::{Move, Step, swap_unit};
use crate::copy::swap::copy_swapped;

pub(super) fn resolve(from: &DType, to: &DType) -> Step {
    let unit = if from.is_native() { 1 } else { swap_unit(from) };
    Step::Other(Box::new(Bytes { from: from.itemsize(), unit, to: to.itemsize() }))
}

struct Bytes {
    from: usize,
    unit: usize,
    to: usize,
}

impl Move for Bytes {
    unsafe fn run(&self, runs: Runs) -> sharray_base::Result<()> {
        let mut native = vec![0u8; self.from.max(self.to)];
        runs.each(|src, dst| {
            // SAFETY: both are elements of the runs; the buffer holds the larger, with nulls behind the source's bytes.
            unsafe {
                copy_swapped(src, 0, native.as_mut_ptr(), 0, self.from, self.unit, 1);
                std::ptr::copy_nonoverlapping(native.as_ptr(), dst, self.to);
            }
            Ok(())
        })
    }
}
