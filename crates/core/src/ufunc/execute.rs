//! Running a ufunc over broadcast operands.

use sharray_base::fp_status::FpStatus;
use sharray_base::layout::Order;
use sharray_base::{DType, Error, Result, View, ViewMut};

use super::{Operand, Ufunc};
use crate::Provider;
use crate::assign::Casting;

/// A call's keyword arguments.
#[derive(Debug, Clone, Copy)]
pub struct CallOptions<'a> {
    /// Bool, broadcast with the operands: where false, outputs are left as they are.
    pub mask: Option<View<'a>>,
    /// Which casts of inputs and outputs are allowed.
    pub casting: Casting,
    /// Memory order of new outputs.
    pub order: Order,
    /// Dtype per operand (`nin + nout`), or empty. `dtype=X` is `[None; nin]` then `[X; nout]`.
    pub signature: &'a [Option<DType>],
    /// Generalised ufuncs: for each operand its core axes; or empty (the last ones).
    pub axes: &'a [Vec<isize>],
    /// Generalised ufuncs: keep reduced core axes with extent 1.
    pub keepdims: bool,
}

impl Default for CallOptions<'_> {
    fn default() -> Self {
        CallOptions {
            mask: None,
            casting: Casting::SameKind,
            order: Order::Keep,
            signature: &[],
            axes: &[],
            keepdims: false,
        }
    }
}

/// Runs `ufunc`. `outs` has one entry per output, or is empty: all new.
///
/// # Errors
/// `NoLoop`, `UfuncCast`, `Promotion` from the choice of the loop; `Broadcast`; `Value` when an output's shape doesn't
/// fit; `Overflow` when a Python integer doesn't fit the loop's dtype; and what the loop or a cast reports.
pub fn call(
    ufunc: &Ufunc,
    inputs: &[Operand<'_>],
    outs: &[Option<ViewMut<'_>>],
    options: &CallOptions<'_>,
    provider: &mut dyn Provider,
) -> Result<FpStatus> {
    let _ = (ufunc, inputs, outs, options, provider);
    Err(Error::NotImplemented("call".into()))
}
