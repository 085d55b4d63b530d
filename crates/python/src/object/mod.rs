//! Objects with NumPy's C layout (design D2), made with raw `pyo3::ffi`: arrays, dtypes and their metaclass, scalars,
//! ufuncs, iterators.

pub mod dtype;
pub mod dtype_attrs;
pub mod dtype_coerce;
pub mod dtype_meta;
pub mod layout;
