//! Objects with NumPy's C layout (design D2), made with raw `pyo3::ffi`: arrays, dtypes and their metaclass, scalars,
//! ufuncs, iterators.

pub mod array;
pub mod attributes;
pub mod broadcast;
mod by_fields;
pub mod dtype;
pub mod dtype_attrs;
pub mod dtype_coerce;
pub mod dtype_meta;
pub mod extent;
pub mod flags;
pub mod flatiter;
pub mod handler;
pub mod layout;
pub mod mapped;
pub mod namespace;
pub mod naming;
pub mod ndarray;
pub mod nditer;
pub mod number;
pub mod pick;
mod place;
pub mod scalar;
pub mod subscript;
pub mod ufunc;
pub mod variable_text;
