//! What programs usually need: `use sharray::prelude::*`.

pub use crate::{
    Access, Array, Axes, Casting, Complex, DType, Element, Error, Input, Key, Kind, Result, Side,
    TableOptions, ToDType, TypeNum, array, broadcast_arrays, concatenate, dtype_of, f16, s, select, stack,
    ufunc,
};
