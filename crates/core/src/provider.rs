//! Where results go (design D1): whoever calls an operation decides what an output is made of.

use sharray_base::{DType, Result};

/// Gives memory for results.
pub trait Provider {
    /// Memory for output number `index`: dense, laid out with exactly these `strides` (bytes; a permutation of C order,
    /// all `>= 0`), writable, aligned for `dtype`, and zeroed when `dtype` holds objects. Returns its first byte.
    /// It stays valid until the operation returns, or asks for the same output again: then only the last one counts.
    ///
    /// # Errors
    /// `Memory` when it can't be had.
    fn provide(&mut self, index: usize, dtype: &DType, shape: &[isize], strides: &[isize])
    -> Result<*mut u8>;
}
