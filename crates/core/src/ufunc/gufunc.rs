//! Generalised ufuncs: operands with core dimensions.

use sharray_base::fp_status::FpStatus;
use sharray_base::{Error, Result, ViewMut};

use super::{CallOptions, Operand, Ufunc};
use crate::Provider;

pub(super) fn call(
    ufunc: &Ufunc,
    inputs: &[Operand<'_>],
    outs: &[Option<ViewMut<'_>>],
    options: &CallOptions<'_>,
    provider: &mut dyn Provider,
) -> Result<FpStatus> {
    let _ = (ufunc, inputs, outs, options, provider);
    Err(Error::NotImplemented("gufunc call".into()))
}
