//! From a key to what it means for an array of a given layout: a [`Layout`] (basic indexing, a view) or a [`Fancy`]
//! plan (a copy).

use sharray_base::layout::reshape::Layout;
use sharray_base::{Dims, Error, Result};

use super::key::Key;

/// What a key means.
#[derive(Debug)]
pub enum Plan<'a> {
    /// A view of the array.
    Basic(Layout),
    /// Elements picked by index arrays.
    Fancy(Fancy<'a>),
}

/// A fancy key, resolved against one array's layout.
#[derive(Debug)]
pub struct Fancy<'a> {
    pub(super) keys: Vec<Key<'a>>,
}

impl Fancy<'_> {
    /// Shape of what the key picks.
    pub fn shape(&self) -> Dims {
        Dims::new()
    }
}

/// Resolves `keys` against an array's layout, by NumPy's rules.
///
/// # Errors
/// `Index`: too many indices, two ellipses, an integer out of bounds, a mask of another shape, index arrays that don't
/// broadcast. `Value`: a slice step of 0.
pub fn plan<'a>(shape: &[isize], strides: &[isize], keys: &[Key<'a>]) -> Result<Plan<'a>> {
    let _ = (shape, strides, keys);
    Err(Error::NotImplemented("index::plan".into()))
}
