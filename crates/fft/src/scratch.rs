//! Memory for buffers, kept by each thread from one call to the next: fresh pages would cost more than a transform of
//! middling length.

use std::cell::RefCell;

use rustfft::num_complex::Complex;
use sharray_base::{Error, Result};

use crate::cache::Real;

/// Most bytes that a thread keeps.
const KEPT: usize = 8 << 20;

thread_local! {
    static SPARE: RefCell<Vec<u128>> = const { RefCell::new(Vec::new()) };
}

/// Complex numbers of no particular value.
pub struct Scratch(Vec<u128>);

impl Scratch {
    /// Room for `count` complex numbers.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub fn new<T: Real>(count: usize) -> Result<Scratch> {
        let bytes = count.saturating_mul(size_of::<Complex<T>>());
        let words = bytes.div_ceil(size_of::<u128>());
        let mut block = SPARE.try_with(RefCell::take).unwrap_or_default();
        if block.len() < words {
            block.clear();
            block.try_reserve_exact(words).map_err(|_| Error::OutOfMemory { bytes })?;
            block.resize(words, 0);
        }
        Ok(Scratch(block))
    }
    /// The numbers.
    pub fn numbers<T: Real>(&mut self) -> &mut [Complex<T>] {
        let count = self.0.len() * size_of::<u128>() / size_of::<Complex<T>>();
        // SAFETY: initialised words of a larger alignment, whose every bit pattern is a number; `Real` are `f32` and `f64`.
        unsafe { std::slice::from_raw_parts_mut(self.0.as_mut_ptr().cast(), count) }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let block = std::mem::take(&mut self.0);
        if block.len() * size_of::<u128>() <= KEPT {
            // A thread that is ending keeps nothing.
            let _ = SPARE.try_with(|spare| spare.replace(block));
        }
    }
}
