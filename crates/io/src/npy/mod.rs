//! NumPy's `.npy` format, versions 1.0 to 3.0: a magic string, a header that is a Python dict literal (`descr`,
//! `fortran_order`, `shape`), the elements in memory order.
//!
//! * [`literal`]: the Python literals that headers are made of.
//! * [`header`]: the header, read and written byte for byte as NumPy writes it.
//! * [`mod@array`]: whole arrays from readers, to writers and in mapped files.
//!
//! Object arrays hold pickles and are refused: they are the Python face's matter.

pub mod array;
pub mod header;
pub mod literal;

pub use array::{map, read, write};
pub use header::{Header, Version};

#[cfg(test)]
mod tests;
