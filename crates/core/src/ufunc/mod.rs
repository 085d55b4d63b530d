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
mod at_direct;
pub mod define;
pub mod execute;
mod gufunc;
pub mod outer;
pub mod reduce;
pub mod resolve;
pub mod signature;

use sharray_base::View;
pub use sharray_base::dtype::Weak;

pub use accumulate::{accumulate, reduceat};
pub use at::{Positions, at};
pub use at_direct::{AtLine, Line};
pub use define::{SizeHook, Ufunc, UfuncLoop};
pub use execute::{CallOptions, Stretch, call, native};
pub use outer::outer;
pub use reduce::common::widened;
pub use reduce::plain::{PlainFold, Plan};
pub use reduce::{Initial, ReduceOptions, reduce};
pub use resolve::{OperandType, Resolution, resolve_dtypes};
pub use signature::CoreSignature;

pub use gufunc::check_keepdims;

/// An input of a ufunc.
#[derive(Debug, Clone, Copy)]
pub struct Operand<'a> {
    /// Its elements.
    pub view: View<'a>,
    /// For a Python scalar, whose dtype yields to the others' (NEP 50): which it was. An `int`'s view is of dtype `long`, or
    /// `ulong` or object where the value needs it; a `float`'s of `double`, a `complex`'s of `cdouble`.
    pub weak: Option<Weak>,
}

impl<'a> From<View<'a>> for Operand<'a> {
    fn from(view: View<'a>) -> Operand<'a> {
        Operand { view, weak: None }
    }
}
