//! Random numbers: bit generators ([`bits`]), seeds ([`seed`]), distributions ([`dist`], [`legacy`]) and orders
//! ([`permute`]), with NumPy's streams: a seed gives the same numbers, to the last bit.
//!
//! What makes a stream is the order in which bits are drawn and the order of floating-point operations, so neither may
//! be changed here for speed or looks; transcendental functions are the C library's ([`math`]), and no multiply-add is
//! fused. Distributions are functions over any [`Source`]; [`table`] names them for callers who choose at run time, and
//! [`fill()`] draws whole arrays, for which words are fetched many at a time ([`ahead`], [`integers`]).
//!
//! ```
//! use sharray_random::{bits::Pcg64, dist, seed};
//!
//! let words = seed::generate_u64(&seed::pool(&[42], 4), 4);
//! let wide = |high: u64, low: u64| u128::from(high) << 64 | u128::from(low);
//! let mut bits = Pcg64::seeded(wide(words[0], words[1]), wide(words[2], words[3]));
//! assert_eq!(dist::standard_normal(&mut bits), 0.30471707975443135); // numpy.random.default_rng(42).standard_normal()
//! ```
//!
//! Knows no Python, and owns no arrays.

pub mod ahead;
pub mod bits;
pub mod bounded;
pub mod dist;
mod fill;
pub mod integers;
pub mod legacy;
mod math;
pub mod permute;
pub mod seed;
mod source;
pub mod stream;
pub mod table;
mod ziggurat;

pub use fill::{Value, draw, dtype_of, fill, parameter_dtype};
pub use source::{BitGen, Source};
