//! Universal functions: choosing a loop by dtype, running it over broadcast operands, reductions and their relatives.
//!
//! * `define`: [`Ufunc`], a name with its loops. `signature`: core dimensions of generalised ufuncs.
//! * `resolve`: from operand dtypes to a loop. `execute`: [`call`]. `gufunc`: the same with core dimensions.
//! * `reduce`, `accumulate`, `at`, `outer`: the methods.
//!
//! Every entry point returns the floating-point flags its loops raised; warning or raising about them is the caller's
//! policy.

pub mod accumulate;
pub mod at;
pub mod define;
pub mod execute;
pub mod outer;
pub mod reduce;
pub mod resolve;
pub mod signature;

use sharray_base::View;

pub use accumulate::{accumulate, reduceat};
pub use at::{Positions, at};
pub use define::{Ufunc, UfuncLoop};
pub use execute::{CallOptions, call};
pub use outer::outer;
pub use reduce::{Initial, ReduceOptions, reduce};
pub use resolve::{OperandType, Resolution, resolve_dtypes};
pub use signature::CoreSignature;

/// Marks an operand that came from a Python scalar, whose dtype yields to the others' (NEP 50).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weak {
    /// A real dtype.
    #[default]
    None,
    /// Python's `int`. The view's dtype is `long`, or `ulong` or object when the value needs it.
    Int,
    /// Python's `float`; the view's dtype is `double`.
    Float,
    /// Python's `complex`; the view's dtype is `cdouble`.
    Complex,
}

/// An input of a ufunc.
#[derive(Debug, Clone, Copy)]
pub struct Operand<'a> {
    /// Its elements.
    pub view: View<'a>,
    /// Whether its dtype counts.
    pub weak: Weak,
}

impl<'a> From<View<'a>> for Operand<'a> {
    fn from(view: View<'a>) -> Operand<'a> {
        Operand { view, weak: Weak::None }
    }
}
