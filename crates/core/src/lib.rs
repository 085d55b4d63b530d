//! What an array *does*: creation, assignment, iteration over several operands, indexing, ufuncs, reductions, sorting.
//! Every operation takes borrowed views and asks a [`Provider`] for memory to write results to; core owns no
//! arrays and knows no Python.

pub mod assign;
pub mod bits;
pub mod correlate;
pub mod create;
pub mod index;
pub mod iterate;
pub mod join;
pub mod provider;
mod scratch;
pub mod search;
pub mod sorting;
pub mod statistics;
#[cfg(test)]
mod test_support;
pub mod text_form;
pub mod ufunc;
pub mod walk;

pub use provider::Provider;
