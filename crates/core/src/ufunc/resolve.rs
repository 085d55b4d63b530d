//! From operand dtypes to a loop.

use std::ffi::c_void;

use sharray_base::{DType, Error, Result};
use sharray_kernels::loop_abi::{Loop, LoopFlags};
use smallvec::SmallVec;

use super::{Ufunc, Weak};
use crate::assign::Casting;

/// What resolution knows of an operand: dtype, and whether it is weak. No dtype: an output to be made.
#[derive(Debug, Clone, Copy)]
pub struct OperandType<'a> {
    /// Its dtype; `None` for an output to be made.
    pub dtype: Option<&'a DType>,
    /// For inputs from Python scalars.
    pub weak: Option<Weak>,
}

/// The chosen loop and the dtypes it runs on.
#[derive(Clone)]
pub struct Resolution {
    /// Dtypes of inputs, then outputs, as the loop wants them (native byte order).
    pub dtypes: SmallVec<[DType; 4]>,
    /// The code.
    pub code: Loop,
    /// What callers must know.
    pub flags: LoopFlags,
    /// The loop's `data`, unless it wants a context.
    pub data: *mut c_void,
}

/// Chooses a loop for operands of these dtypes: inputs, then (given) outputs. `signature` fixes dtypes per operand.
/// `reduction` is for two inputs and one output where the first input stands for the output.
///
/// # Errors
/// `NoLoop`, `UfuncCast` when `casting` forbids what the chosen loop needs, `Promotion`.
pub fn resolve_dtypes(
    ufunc: &Ufunc,
    operands: &[OperandType<'_>],
    signature: &[Option<DType>],
    casting: Casting,
    reduction: bool,
) -> Result<Resolution> {
    let _ = (ufunc, operands, signature, casting, reduction);
    Err(Error::NotImplemented("resolve_dtypes".into()))
}
