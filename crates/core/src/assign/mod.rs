//! Assignment: copies between views of any layout, byte order and dtype, with broadcasting and overlap handled.
//!
//! The floating-point flags that a cast raises (NaN to integer, overflow to float16) are left in
//! [`sharray_base::fp_status`]: who reports them clears the flags before and reads them after.

use sharray_base::{DType, Error, Result, View, ViewMut};

/// What a cast may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Casting {
    /// Nothing at all.
    No,
    /// Byte order only.
    Equiv,
    /// Nothing that loses a value.
    Safe,
    /// Safe, or within a kind: `float64` to `float32`.
    SameKind,
    /// Anything.
    Unsafe,
}

/// Assigns `src`, broadcast to `dst`'s shape and cast to its dtype. Overlapping memory behaves as if `src` had been
/// copied first.
///
/// # Errors
/// `Broadcast` when the shapes don't fit, `Cast` when `casting` forbids the cast, and what the cast itself reports.
pub fn copy(dst: ViewMut<'_>, src: View<'_>, casting: Casting) -> Result<()> {
    let _ = (dst, src, casting);
    Err(Error::NotImplemented("copy".into()))
}

/// As [`copy`], but only where `mask` (bool, broadcast to `dst`'s shape) is true.
///
/// # Errors
/// As [`copy`]; `Type` when `mask` is not bool.
pub fn copy_where(dst: ViewMut<'_>, src: View<'_>, mask: View<'_>, casting: Casting) -> Result<()> {
    let _ = (dst, src, mask, casting);
    Err(Error::NotImplemented("copy_where".into()))
}

/// Sets every element of `dst` to the one element of `dtype` at `element`, cast unsafely.
///
/// # Safety
/// `element` points to a readable element of `dtype`.
///
/// # Errors
/// What the cast reports.
pub unsafe fn fill(dst: ViewMut<'_>, element: *const u8, dtype: &DType) -> Result<()> {
    let _ = (dst, element, dtype);
    Err(Error::NotImplemented("fill".into()))
}
