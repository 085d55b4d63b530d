//! One entry of an index key, already stripped of Python: who calls has turned sequences into arrays and integer
//! arrays into `intp`.

use sharray_base::View;

/// An entry of a key `a[…, …]`.
#[derive(Debug, Clone, Copy)]
pub enum Key<'a> {
    /// An integer: drops its axis.
    Int(isize),
    /// `start:stop:step`; `None` where nothing was written.
    Slice {
        /// First index.
        start: Option<isize>,
        /// Index to stop before.
        stop: Option<isize>,
        /// Distance, not 0.
        step: Option<isize>,
    },
    /// `...`: as many whole axes as are left over.
    Ellipsis,
    /// `None`: a new axis of extent 1.
    NewAxis,
    /// `True` or `False`: a new axis of extent 1 or 0, taking part in fancy indexing.
    Bool0d(bool),
    /// A boolean array: indexes as many axes as it has (at least one).
    Mask(View<'a>),
    /// An array of `intp` in native byte order, aligned or not.
    Array(View<'a>),
}

impl Key<'_> {
    /// A whole axis, `:`.
    pub const ALL: Key<'static> = Key::Slice { start: None, stop: None, step: None };

    /// True for entries that make the whole key a fancy one.
    pub fn is_fancy(&self) -> bool {
        matches!(self, Key::Bool0d(_) | Key::Mask(_) | Key::Array(_))
    }
    /// Number of the array's axes it consumes (an ellipsis counts as none).
    pub fn consumes(&self) -> usize {
        match self {
            Key::Int(_) | Key::Slice { .. } | Key::Array(_) => 1,
            Key::Mask(mask) => mask.ndim(),
            Key::Ellipsis | Key::NewAxis | Key::Bool0d(_) => 0,
        }
    }
}
