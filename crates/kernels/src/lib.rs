//! Loops on raw strided memory: arithmetic, math, comparison, reduction, casts, copies, sorts. Found by dtype in tables
//! that are data ([`table`]), run through one signature ([`loop_abi::Loop`]), one scalar source for several instruction
//! sets ([`isa`]).
//!
//! Kernels know no arrays: no shapes, no broadcasting, no allocation of results. They know no Python either; what object
//! dtype needs of it is registered as [`object::Hooks`].

pub mod arith;
pub mod bits;
pub mod cast;
pub mod compare;
pub mod copy;
pub mod datetime;
pub mod definitions;
pub mod element;
pub mod extended;
pub mod float;
pub mod isa;
pub mod logic;
pub mod loop_abi;
pub mod math;
pub mod object;
pub mod products;
pub mod reduce;
pub mod search;
pub mod sequence;
pub mod small_float;
pub mod sort;
pub mod string;
pub mod table;

pub use definitions::definitions;
