//! Reduction over axes.

use sharray_base::fp_status::FpStatus;
use sharray_base::{DType, Error, Result, View, ViewMut};

use super::{Operand, Ufunc};
use crate::Provider;

/// What a reduction starts from.
#[derive(Debug, Clone, Copy, Default)]
pub enum Initial<'a> {
    /// The ufunc's identity; without one, the first element.
    #[default]
    Default,
    /// The first element, even if there is an identity (`initial=None`).
    First,
    /// This element.
    Value(Operand<'a>),
}

/// A reduction's keyword arguments.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReduceOptions<'a> {
    /// Axes, normalised by the callee; `None` reduces over all.
    pub axes: Option<&'a [isize]>,
    /// Keep reduced axes with extent 1.
    pub keepdims: bool,
    /// What to start from.
    pub initial: Initial<'a>,
    /// Bool, broadcast to the input: elements where false are left out.
    pub mask: Option<View<'a>>,
    /// Dtype to compute in.
    pub dtype: Option<&'a DType>,
}

/// Reduces `input` with a ufunc of two inputs and one output.
///
/// # Errors
/// `Value` when the ufunc can't reduce, an axis is repeated, the reduction of nothing has no identity, or `out` has
/// another shape; `Axis`; and as [`super::call`].
pub fn reduce(
    ufunc: &Ufunc,
    input: Operand<'_>,
    out: Option<ViewMut<'_>>,
    options: &ReduceOptions<'_>,
    provider: &mut dyn Provider,
) -> Result<FpStatus> {
    let _ = (ufunc, input, out, options, provider);
    Err(Error::NotImplemented("reduce".into()))
}
