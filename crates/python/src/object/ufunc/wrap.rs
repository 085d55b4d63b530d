//! From result arrays to what the caller gets: scalars for results without axes, `__array_wrap__` of subclasses.

use pyo3::exceptions::{PyDeprecationWarning, PyTypeError};
use pyo3::prelude::*;

use super::arguments::is_plain;
use crate::object::array::Array;
use crate::object::{number, scalar};

/// The priority of plain arrays, and of objects that name none.
const PRIORITY: f64 = 0.0;

/// Whose `__array_wrap__` makes the results; none for plain arrays.
pub(super) struct Wrap<'py>(Option<Bound<'py, PyAny>>);

impl<'py> Wrap<'py> {
    /// Results stay plain arrays.
    pub(super) fn none() -> Wrap<'py> {
        Wrap(None)
    }
    /// The input of highest `__array_priority__` decides; of equals, the first.
    pub(super) fn find(inputs: &[Bound<'py, PyAny>]) -> PyResult<Wrap<'py>> {
        if inputs.iter().all(is_plain) {
            return Ok(Wrap(None));
        }
        let mut best: Option<(f64, Option<Bound<'py, PyAny>>)> = None;
        for input in inputs {
            if Array::from_object(input).is_some_and(|a| a.is_exact()) {
                if best.as_ref().is_none_or(|(priority, _)| *priority < PRIORITY) {
                    best = Some((PRIORITY, None));
                }
                continue;
            }
            let plain = crate::coerce::is_scalar(input) || is_builtin_sequence(input);
            if plain || crate::protocols::foreign::is_numpys_own(input)? {
                continue;
            }
            let py = input.py();
            let Some(wrap) =
                input.getattr_opt(pyo3::intern!(py, "__array_wrap__"))?.filter(|w| w.is_callable())
            else {
                continue;
            };
            let priority = number::priority(input, PRIORITY);
            // Of equals the first decides, but plain arrays give way.
            let wins =
                |(known, wrap): &(f64, Option<_>)| *known < priority || *known == priority && wrap.is_none();
            if best.as_ref().is_none_or(wins) {
                best = Some((priority, Some(wrap)));
            }
        }
        Ok(Wrap(best.and_then(|(_, wrap)| wrap)))
    }

    /// Result number `index`. `given`: the caller's output; `as_scalar`: results without axes become scalars.
    pub(super) fn apply(
        &self,
        result: Array<'py>,
        given: Option<&Array<'py>>,
        context: impl FnOnce() -> PyResult<Bound<'py, PyAny>>,
        as_scalar: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        if let Some(given) = given {
            if given.is_exact() {
                return Ok(given.clone().into_object());
            }
            let wrap = given.getattr(pyo3::intern!(given.py(), "__array_wrap__"))?;
            return call(&wrap, given.clone(), context()?, false);
        }
        match &self.0 {
            None if as_scalar && result.ndim() == 0 => {
                scalar::from_element(result.py(), result.dtype(), result.data(), None)
            }
            None => Ok(result.into_object()),
            Some(wrap) => {
                let scalar = as_scalar && result.ndim() == 0;
                call(wrap, result, context()?, scalar)
            }
        }
    }
}

fn is_builtin_sequence(object: &Bound<'_, PyAny>) -> bool {
    object.is_exact_instance_of::<pyo3::types::PyList>()
        || object.is_exact_instance_of::<pyo3::types::PyTuple>()
}

/// Calls an `__array_wrap__`; ones written before NumPy 2 take fewer arguments.
fn call<'py>(
    wrap: &Bound<'py, PyAny>,
    result: Array<'py>,
    context: Bound<'py, PyAny>,
    as_scalar: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = wrap.py();
    let first = match wrap.call1((result.as_ref(), &context, as_scalar)) {
        Err(error) if error.is_instance_of::<PyTypeError>(py) => error,
        done => return done,
    };
    let shorter = match wrap.call1((result.as_ref(), &context)) {
        Err(error) if error.is_instance_of::<PyTypeError>(py) => wrap.call1((result.as_ref(),)),
        done => done,
    };
    let Ok(value) = shorter else { return Err(first) };
    let category = py.get_type::<PyDeprecationWarning>();
    let text = "__array_wrap__ must accept context and return_scalar arguments (positionally) in the future. \
                (Deprecated NumPy 2.0)";
    crate::errors::warn(py, category.as_any(), text)?;
    Ok(value)
}
