//! Protocols with other libraries, both ways: one file each.

pub mod array_interface;
mod arrow;
pub mod arrow_in;
pub mod arrow_out;
pub mod buffer;
mod dlpack;
pub mod dlpack_in;
pub mod dlpack_out;
pub mod foreign;
pub mod numpys;
