//! Protocols with other libraries, both ways: one file each.

pub mod array_interface;
pub mod buffer;
pub mod foreign;
