//! Short ways of `copyto(…, where=)` and `putmask`: few plain elements under a mask of their own shape.

use pyo3::ffi;
use pyo3::prelude::*;

use crate::gate::Args;
use crate::object::array::Array;
use crate::object::pick;

type Maybe<'py> = PyResult<Option<Bound<'py, PyAny>>>;

/// `copyto(dst, src, where=mask)`.
pub(super) fn copyto<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    if args.len() != 2 || !args.only_keyword(pyo3::intern!(args.py(), "where")) {
        return Ok(None);
    }
    Ok(blended(args, &args.value(2), &args.at(1)))
}

/// `putmask(a, mask, values)`, where each element has its own value, or all have one.
pub(super) fn putmask<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    if args.len() != 3 || args.has_keywords() {
        return Ok(None);
    }
    Ok(blended(args, &args.at(1), &args.at(2)))
}

fn blended<'py>(
    args: &Args<'_, 'py>,
    mask: &Bound<'py, PyAny>,
    values: &Bound<'py, PyAny>,
) -> Option<Bound<'py, PyAny>> {
    let target = Array::from_object(&args.at(0))?;
    pick::blend(&target, mask, values)?;
    // SAFETY: `None` is immortal.
    Some(unsafe { Bound::from_borrowed_ptr(args.py(), ffi::Py_None()) })
}
