//! Carrying out a fancy plan: gather and scatter.

use sharray_base::{Error, Result, View, ViewMut};

use super::plan::Fancy;
use crate::Provider;

/// Copies what `plan` (made for `source`'s layout) picks from `source` into output 0, of the source's dtype and
/// [`Fancy::shape`]; its strides follow NumPy's (transposed where the index arrays are not in front).
///
/// # Errors
/// `Index` for an index out of bounds.
pub fn get(source: View<'_>, plan: &Fancy<'_>, provider: &mut dyn Provider) -> Result<()> {
    let _ = (source, plan, provider);
    Err(Error::NotImplemented("index::get".into()))
}

/// Assigns `value`, broadcast and cast (unsafe casting), to what `plan` (made for `target`'s layout) picks from `target`.
///
/// # Errors
/// `Index` for an index out of bounds (nothing is changed then), `Value` when `value` does not broadcast; errors of the
/// cast.
pub fn set(target: ViewMut<'_>, plan: &Fancy<'_>, value: View<'_>) -> Result<()> {
    let _ = (target, plan, value);
    Err(Error::NotImplemented("index::set".into()))
}
