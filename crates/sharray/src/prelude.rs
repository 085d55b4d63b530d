//! What programs usually need: `use sharray::prelude::*`.

pub use crate::{
    Access, Array, Axes, Casting, Complex, DType, Element, Error, Float8E4M3FN, Float8E5M2, GuessOptions,
    Input, Key, Kind, Names, Result, Side, TableFormat, TableOptions, ToDType, TypeNum, array, bf16,
    broadcast_arrays, concatenate, dtype_of, f16, s, select, stack, ufunc,
};

#[cfg(feature = "npz")]
pub use crate::Archive;
