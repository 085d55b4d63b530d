//! Random numbers for `sharray.random`: bit generators, streams to draw from, seeds. The Python package has the classes
//! and their arguments; numbers come from `sharray_random`, whole arrays at a time and without the GIL.

pub mod bits;
mod integers;
pub mod lock;
mod multivariate;
mod sample;
pub mod stream;

use pyo3::prelude::*;
use sharray_random::seed;

/// The pool of words that entropy mixes to (see `SeedSequence`).
#[pyfunction]
fn _random_pool(entropy: Vec<u32>, size: usize) -> Vec<u32> {
    seed::pool(&entropy, size)
}

/// Words of state from a pool.
#[pyfunction]
fn _random_words(pool: Vec<u32>, count: usize) -> Vec<u32> {
    if pool.is_empty() { Vec::new() } else { seed::generate(&pool, count) }
}

/// Adds classes and functions to the module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<bits::Bits>()?;
    module.add_class::<lock::PyLock>()?;
    module.add_class::<stream::Stream>()?;
    module.add_class::<sample::PyDistribution>()?;
    sample::add_to(module)?;
    integers::add_to(module)?;
    multivariate::add_to(module)?;
    module.add_function(wrap_pyfunction!(_random_pool, module)?)?;
    module.add_function(wrap_pyfunction!(_random_words, module)?)
}
