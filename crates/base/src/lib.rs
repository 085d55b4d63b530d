//! What an array *is*: dtype values and their rules, shape and stride arithmetic, borrowed views, memory owners,
//! errors, the floating-point status register, and the threads that large operations are spread over.
//!
//! This crate runs no loop over array elements (that is `kernels`) and knows no operation on arrays (`core`) and
//! no Python. Everything above speaks its vocabulary.

pub mod dtype;
pub mod error;
pub mod fault;
pub mod fork;
pub mod fp_status;
pub mod interrupt;
pub mod layout;
pub mod memory;
pub mod threads;
pub mod view;

pub use dtype::{ByteOrder, DType, Kind, TypeNum};
pub use error::{Error, Result};
pub use layout::Dims;
pub use view::{View, ViewMut};

/// The largest number of axes an array may have (NumPy 2's limit).
pub const MAX_NDIM: usize = 64;

/// The largest number of operands a ufunc or an iterator takes (NumPy 2's limit).
pub const MAX_OPERANDS: usize = 64;
