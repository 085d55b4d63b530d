//! How values are written: digits of floating-point numbers ([`digits`]) and their layout ([`float`]).

mod bignum;
pub mod digits;
pub mod float;

pub use digits::{Float, Width};
pub use float::{Options, Trim, complex_scalar, positional, scalar, scientific};

#[cfg(test)]
mod tests;
