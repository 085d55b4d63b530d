//! Dtypes as plain values: which type number, how many bytes, which byte order, which fields.
//!
//! * `kind`: the built-in types, their numbers, characters, sizes (a table).
//! * `value`: [`DType`], the value itself.
//! * `time_unit`: units of `datetime64` and `timedelta64`.
//! * `parse`: from every spelling; `name`: to every printed form.
//! * `promote`: the common dtype of several; `cast_rules`: which casts are allowed.
//! * `structured`: where fields lie; `view_rules`: which casts move no data.
#![forbid(unsafe_code)]

pub mod cast_rules;
mod common;
pub mod kind;
pub mod name;
pub mod parse;
pub mod promote;
pub mod structured;
pub mod time_unit;
pub mod value;
pub mod view_rules;

pub use cast_rules::{Casting, can_cast};
pub use kind::{Kind, TypeNum};
pub use promote::{Weak, promote, result_type};
pub use time_unit::{TimeUnit, Unit};
pub use value::{
    ByteOrder, DType, Field, Metadata, MissingKind, MissingText, Structure, Subarray, TextOptions,
};
