//! Casts between any two dtypes. [`Transfer`] is resolved once per call and then moves runs of elements.
//!
//! * `convert`: one real value to another; `numeric`: the table of loops around it; `extended`: `long double`.
//! * `transfer`: [`Transfer`] itself, which picks the loop and takes care of byte order. `direct`: numbers without it.
//! * `compound`: structures and subarrays; `objects`: to and from object elements; `text`: `S` and `U`; `times`:
//!   datetimes and timedeltas; `small`: `bfloat16` and floats of one byte; `raw`: to plain bytes; `same_value`: numbers that must not change; `variable`: text of
//!   variable width.

mod compound;
pub mod convert;
pub mod direct;
pub mod extended;
pub mod numeric;
mod objects;
mod raw;
mod runs;
mod same_value;
mod small;
pub mod text;
mod times;
pub mod transfer;
pub mod variable;

pub use direct::Direct;
pub use extended::F80;
pub use transfer::Transfer;
