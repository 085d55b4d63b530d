//! Dtypes as plain values: which type number, how many bytes, which byte order, which fields.
//!
//! * `kind`: the built-in types, their numbers, characters, sizes (a table).
//! * `value`: [`DType`], the value itself.
//! * `time_unit`: units of `datetime64` and `timedelta64`.
#![forbid(unsafe_code)]

pub mod kind;
pub mod time_unit;
pub mod value;

pub use kind::{Kind, TypeNum};
pub use time_unit::{TimeUnit, Unit};
pub use value::{ByteOrder, DType, Field, Metadata, Structure, Subarray};
