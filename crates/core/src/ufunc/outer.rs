//! A ufunc of two inputs on all pairs of elements.

use sharray_base::fp_status::FpStatus;
use sharray_base::layout::Dims;
use sharray_base::{Error, Result, ViewMut};

use super::{CallOptions, Operand, Ufunc, call};
use crate::Provider;

/// `ufunc(a[i…], b[j…])` at `[i…, j…]`.
///
/// # Errors
/// `Value` when the ufunc doesn't take two inputs or there would be too many axes; else as [`call`].
pub fn outer(
    ufunc: &Ufunc,
    a: Operand<'_>,
    b: Operand<'_>,
    outs: &[Option<ViewMut<'_>>],
    options: &CallOptions<'_>,
    provider: &mut dyn Provider,
) -> Result<FpStatus> {
    if ufunc.nin() != 2 {
        return Err(Error::Value(format!(
            "outer product only supported for binary functions, '{}' is not",
            ufunc.name()
        )));
    }
    let added = b.view.ndim();
    if a.view.ndim() + added > sharray_base::MAX_NDIM {
        return Err(Error::Value(format!("maximum supported dimension is {}", sharray_base::MAX_NDIM)));
    }
    let shape: Dims = a.view.shape().iter().copied().chain(std::iter::repeat_n(1, added)).collect();
    let strides: Dims = a.view.strides().iter().copied().chain(std::iter::repeat_n(0, added)).collect();
    // SAFETY: the same elements with axes of extent 1 added.
    let left = unsafe { a.view.with_layout(a.view.data(), &shape, &strides) };
    call(ufunc, &[Operand { view: left, weak: a.weak }, b], outs, options, provider)
}
