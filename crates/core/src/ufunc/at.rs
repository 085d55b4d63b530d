//! Unbuffered operation in place at given positions: a position that occurs twice is worked on twice.

use sharray_base::fp_status::FpStatus;
use sharray_base::{Error, Result, View, ViewMut};

use super::{Operand, Ufunc};

/// Which elements.
#[derive(Debug, Clone, Copy)]
pub enum Positions<'a> {
    /// Indices along the target's only axis (`intp`, negative ones count from the end), of any shape.
    Indices(View<'a>),
    /// Byte offsets from the target's data pointer (`intp`), of any shape; each must be that of an element.
    Offsets(View<'a>),
}

/// `target[position] = ufunc(target[position], operand)` for each position in C order; `operand` (none for ufuncs of
/// one input) is broadcast to the positions' shape.
///
/// # Errors
/// `Index` for an index out of range, checked before anything is changed; else as [`super::call`].
pub fn at(
    ufunc: &Ufunc,
    target: ViewMut<'_>,
    positions: Positions<'_>,
    operand: Option<Operand<'_>>,
) -> Result<FpStatus> {
    let _ = (ufunc, target, positions, operand);
    Err(Error::NotImplemented("at".into()))
}
