//! Protocols with other libraries, both ways: one file each.

pub mod array_interface;
pub mod buffer;
mod dlpack;
pub mod dlpack_in;
pub mod dlpack_out;
pub mod foreign;
