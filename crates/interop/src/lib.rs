//! Exchange of array memory with other libraries, as far as it needs no Python: format strings, C structs, ownership.

pub mod arrow;
pub mod buffer_format;
pub mod dlpack;
