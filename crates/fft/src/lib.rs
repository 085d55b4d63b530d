//! Discrete Fourier transforms: complex, real and Hermitian, of singles and doubles, along one axis of an array.
//!
//! The transforms of single lanes are `rustfft`'s, but for prime factors of middling size (`prime`, `columns`); around them,
//! this crate chooses plans and keeps them ([`cache`]), makes real transforms of complex ones of half the length (`spectrum`), brings lanes that lie apart into buffers and back
//! (`tile`), fills with zeros, scales, and spreads lanes over threads (`stack`). It knows views, not who owns an array, and no
//! Python.
//!
//! Sums are not those of other libraries bit for bit, and where a lane holds an infinity, which of its bins become infinite and
//! which NaN is left to the algorithm.

mod cache;
mod columns;
mod kind;
mod lane;
mod lanes;
mod plan;
mod prime;
mod scratch;
mod spectrum;
mod stack;
mod tile;
mod transform;
mod vector;

pub use cache::install;
pub use kind::Kind;
pub use transform::{Job, Norm, output_shape};
