//! `_make_ufunc`: a ufunc or gufunc with given type strings, each served by a Python function on whole arrays.
//!
//! The engine does what it does for every ufunc (choice of the loop, casts, broadcasting, core dimensions, `axes`,
//! `out`); the function is called once for each run of the outer loop, with copies of the inputs: one array per input,
//! of shape `(run, *core)`. It returns the outputs, which are broadcast to their shapes. Copies, because a Python
//! function may keep its arrays for longer than the loop's memory lives.

use std::ffi::c_void;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use sharray_base::layout::Order;
use sharray_base::{DType, Error, MAX_OPERANDS, TypeNum, View, ViewMut, fault};
use sharray_core::assign::{self, Casting};
use sharray_core::ufunc::{CoreSignature, Ufunc, UfuncLoop};
use sharray_kernels::loop_abi::LoopFlags;
use sharray_kernels::table::{Identity, Rule};
use smallvec::SmallVec;

use super::make;
use crate::coerce;
use crate::errors::{OrRaise, to_engine};
use crate::object::array::Array;
use crate::object_loops::FLAGS;

/// What a loop needs: the function, and how the operands lie.
struct ArrayFunction {
    function: Py<PyAny>,
    nin: usize,
    dtypes: Vec<DType>,
    /// For each operand its core dimensions, as indices into the loop's core sizes.
    cores: Vec<Vec<usize>>,
    dimensions: usize,
}

/// Owns what the loops point to.
#[pyclass(frozen)]
#[expect(dead_code, reason = "held for its owner's sake")]
#[expect(clippy::vec_box, reason = "loops point to the functions, which must not move when the list grows")]
struct Keeper(Vec<Box<ArrayFunction>>);

/// A ufunc made of array functions.
///
/// _make_ufunc(name, nin, nout, loops, /, *, signature=None, core_sizes=None): `loops` is a list of
/// `(types, function)`, as `("dd->d", f)`; `core_sizes` completes a list of core sizes in which -1 is unknown, or raises.
/// ValueError for a malformed signature or type string.
#[pyfunction]
#[pyo3(signature = (name, nin, nout, loops, /, *, signature=None, core_sizes=None))]
fn _make_ufunc<'py>(
    py: Python<'py>,
    name: &str,
    nin: usize,
    nout: usize,
    loops: Vec<(String, Bound<'py, PyAny>)>,
    signature: Option<&str>,
    core_sizes: Option<Py<PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    if nin + nout > MAX_OPERANDS {
        return Err(PyValueError::new_err(format!(
            "a ufunc takes at most {MAX_OPERANDS} operands, not {nin} and {nout}"
        )));
    }
    let core = signature.map(|text| CoreSignature::parse(text, nin, nout)).transpose().or_raise(py)?;
    let mut functions = Vec::new();
    let mut entries = Vec::new();
    for (types, function) in loops {
        let numbers = type_numbers(&types, nin, nout)?;
        let made = Box::new(ArrayFunction {
            function: function.unbind(),
            nin,
            dtypes: numbers.iter().map(|num| DType::of(*num)).collect(),
            cores: core.as_ref().map_or_else(|| vec![Vec::new(); nin + nout], |c| c.operands.clone()),
            dimensions: core.as_ref().map_or(0, |c| c.dims.len()),
        });
        let data = (&raw const *made).cast_mut().cast();
        // Nothing is said of flags: a nested call leaves whatever it leaves, and reports its own.
        let flags = FLAGS.difference(LoopFlags::ANY_ALIGNMENT);
        entries.push(UfuncLoop { types: numbers, code: call, flags, data });
        functions.push(made);
    }
    let mut ufunc =
        Ufunc::new(name, (nin, nout), Identity::None, Rule::Standard, signature, entries).or_raise(py)?;
    if let Some(callback) = core_sizes {
        ufunc.set_size_hook(Box::new(move |sizes| complete_sizes(&callback, sizes)));
    }
    let keeps = Bound::new(py, Keeper(functions))?;
    make(py, ufunc, None, Some(keeps.into_any()))
}

/// `"dd->d"` as type numbers.
fn type_numbers(text: &str, nin: usize, nout: usize) -> PyResult<SmallVec<[TypeNum; 4]>> {
    let bad = || {
        PyValueError::new_err(format!("type string '{text}' does not fit {nin} inputs and {nout} outputs"))
    };
    let (inputs, outputs) = text.split_once("->").ok_or_else(bad)?;
    if (inputs.len(), outputs.len()) != (nin, nout) {
        return Err(bad());
    }
    inputs.bytes().chain(outputs.bytes()).map(|c| TypeNum::from_char(c).ok_or_else(bad)).collect()
}

/// Asks the callback for the core sizes that operands didn't tell.
fn complete_sizes(callback: &Py<PyAny>, sizes: &mut [Option<isize>]) -> sharray_base::Result<()> {
    Python::attach(|py| {
        let known = sizes.iter().map(|size| size.unwrap_or(-1));
        let ask = || -> PyResult<Vec<isize>> {
            callback.bind(py).call1((PyList::new(py, known.collect::<Vec<_>>())?,))?.extract()
        };
        let found = ask().map_err(|error| to_engine(py, error))?;
        if found.len() != sizes.len() {
            let text = format!("core_sizes gave {} sizes for {} core dimensions", found.len(), sizes.len());
            return Err(Error::Value(text));
        }
        for (slot, size) in sizes.iter_mut().zip(found) {
            *slot = (size >= 0).then_some(size);
        }
        Ok(())
    })
}

unsafe extern "C" fn call(args: *const *mut u8, dims: *const isize, steps: *const isize, data: *mut c_void) {
    Python::attach(|py| {
        // SAFETY: the loop contract; `data` is the function this loop was made for, which the ufunc keeps alive.
        let done = unsafe { run(py, args, dims, steps, &*data.cast::<ArrayFunction>()) };
        if let Err(error) = done {
            fault::set(to_engine(py, error));
        }
    });
}

/// One run of the outer loop.
///
/// # Safety
/// As for a loop of the function's dtypes and core dimensions.
unsafe fn run(
    py: Python<'_>,
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    function: &ArrayFunction,
) -> PyResult<()> {
    let nargs = function.dtypes.len();
    // SAFETY: the loop contract: one count, then the core sizes; a step per operand, then each operand's core steps.
    let (sizes, mut core_steps) =
        unsafe { (std::slice::from_raw_parts(dims, 1 + function.dimensions), steps.add(nargs)) };
    let mut inputs = Vec::with_capacity(function.nin);
    let mut targets = Vec::new();
    for (operand, dtype) in function.dtypes.iter().enumerate() {
        let core = &function.cores[operand];
        let shape: Vec<isize> = std::iter::once(sizes[0]).chain(core.iter().map(|d| sizes[1 + d])).collect();
        // SAFETY: as above; there is one core step for each core dimension.
        let strides: Vec<isize> = unsafe {
            let own = std::slice::from_raw_parts(core_steps, core.len());
            core_steps = core_steps.add(core.len());
            std::iter::once(*steps.add(operand)).chain(own.iter().copied()).collect()
        };
        // SAFETY: the loop contract gives the address.
        let at = unsafe { *args.add(operand) };
        if operand < function.nin {
            // SAFETY: elements of the loop's dtype lie there for as long as the loop runs (V3).
            let view = unsafe { View::new(at, dtype, &shape, &strides) };
            let copy = Array::new(py, dtype, &shape, Order::C)?;
            assign::copy(copy.view_mut_unchecked(), view, Casting::Equiv).or_raise(py)?;
            inputs.push(copy);
        } else {
            targets.push((at, dtype, shape, strides));
        }
    }
    let result = function.function.bind(py).call1(PyTuple::new(py, inputs.iter().map(|a| a.as_ref()))?)?;
    let values = match targets.len() {
        1 => vec![result],
        many => match result.cast::<PyTuple>().ok().filter(|t| t.len() == many) {
            Some(tuple) => tuple.iter().collect(),
            None => {
                return Err(PyTypeError::new_err(format!(
                    "the function must return a tuple of {many} arrays"
                )));
            }
        },
    };
    for ((at, dtype, shape, strides), value) in targets.into_iter().zip(values) {
        let value = coerce::asarray(&value)?;
        // SAFETY: the loop's writable output elements (V3); the value's memory is another.
        let target = unsafe { ViewMut::new(View::new(at, dtype, &shape, &strides)) };
        assign::copy(target, value.view(), Casting::SameKind).or_raise(py)?;
    }
    Ok(())
}

/// Whether there are core dimensions, and four lists of numbers.
type CoreDimensions = (usize, Py<PyTuple>, Py<PyTuple>, Py<PyTuple>, Py<PyTuple>);

/// Core dimensions as numbers: `(enabled, dimensions per operand, their indices, flags, sizes)`, where flag 2 is a size
/// that operands tell and flag 4 a dimension that may be missing; -1 for unknown sizes.
#[pyfunction]
#[pyo3(signature = (nin, nout, signature, /))]
fn _core_dimensions(py: Python<'_>, nin: usize, nout: usize, signature: &str) -> PyResult<CoreDimensions> {
    let core = CoreSignature::parse(signature, nin, nout).or_raise(py)?;
    let tuple = |values: Vec<isize>| PyTuple::new(py, values).map(Bound::unbind);
    Ok((
        !core.dims.is_empty() as usize,
        tuple(core.operands.iter().map(|o| o.len() as isize).collect())?,
        tuple(core.operands.iter().flatten().map(|d| *d as isize).collect())?,
        tuple(core.dims.iter().map(|d| 2 * d.size.is_none() as isize + 4 * d.optional as isize).collect())?,
        tuple(core.dims.iter().map(|d| d.size.unwrap_or(-1)).collect())?,
    ))
}

/// Adds this file's functions.
pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_make_ufunc, module)?)?;
    module.add_function(wrap_pyfunction!(_core_dimensions, module)?)
}
