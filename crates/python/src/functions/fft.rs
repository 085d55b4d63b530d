//! Fourier transforms along one axis, with NumPy's arguments: the whole path of a call, so that short transforms cost little
//! more than themselves. Transforms over several axes are loops in the Python package.

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::error::shape_text;
use sharray_base::layout::reshape::{memory_order, strides_in_order};
use sharray_base::layout::{broadcast_strides, checked_len, f_strides, normalize_axis};
use sharray_base::{DType, Error, TypeNum, View, ViewMut, fp_status};
use sharray_core::assign::Casting;
use sharray_fft::{Job, Kind, Norm, output_shape};

use super::{overrides, plain};
use crate::errors::{OrRaise, to_python};
use crate::gate::{self, Args};
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::flag;
use crate::{args, coerce, fp_report};

type Maybe<'py> = PyResult<Option<Bound<'py, PyAny>>>;
type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// The arguments of a transform behind the array.
struct Call<'a, 'py> {
    kind: Kind,
    n: Given<'a, 'py>,
    axis: Given<'a, 'py>,
    norm: Given<'a, 'py>,
    out: Given<'a, 'py>,
    /// True when the array is nobody else's, and may hold the result.
    spare: bool,
}

impl<'py> Call<'_, 'py> {
    /// Length and axis. Errors come in NumPy's order: without a length, the axis is asked for its extent first.
    fn length_and_axis(&self, array: &Array<'py>) -> PyResult<(usize, isize)> {
        let axis = self.axis.map_or(Ok(-1), args::axis_number)?;
        let n = match self.n {
            Some(n) => args::extent(n)?,
            None => {
                let place = normalize_axis(axis, array.ndim())
                    .map_err(|_| PyIndexError::new_err("tuple index out of range"))?;
                self.kind.default_len(array.shape()[place])
            }
        };
        match usize::try_from(n) {
            Ok(n) if n > 0 => Ok((n, axis)),
            _ => Err(PyValueError::new_err(format!("Invalid number of FFT data points ({n}) specified."))),
        }
    }
    fn norm(&self) -> PyResult<Norm> {
        let Some(norm) = self.norm else { return Ok(Norm::Backward) };
        let name = norm.cast::<pyo3::types::PyString>().ok().and_then(|name| name.to_str().ok());
        match name {
            Some("backward") => Ok(Norm::Backward),
            Some("ortho") => Ok(Norm::Ortho),
            Some("forward") => Ok(Norm::Forward),
            _ => Err(PyValueError::new_err(format!(
                "Invalid norm value {}; should be \"backward\",\"ortho\" or \"forward\".",
                norm.str()?
            ))),
        }
    }
    fn run(&self, array: Array<'py>) -> PyResult<Bound<'py, PyAny>> {
        let py = array.py();
        let (n, axis) = self.length_and_axis(&array)?;
        let norm = self.norm()?;
        let num = self.kind.result(array.dtype()).or_raise(py)?;
        let axis = normalize_axis(axis, array.ndim()).or_raise(py)?;
        let job = Job { kind: self.kind, n, axis, norm };
        if let Some(out) = self.out {
            let target = output(&array, job, num, out)?;
            let input = array.view();
            let wide = broadcast_input(input, target.shape(), axis);
            let wide = wide.ok_or_else(|| {
                let shapes = [input.shape(), target.shape()].map(sharray_base::Dims::from_slice).to_vec();
                to_python(py, Error::Broadcast { shapes })
            })?;
            // SAFETY: axes of extent 1 at one place; the axis itself as it is.
            let input = unsafe { input.with_layout(input.data(), &wide.0, &wide.1) };
            work(py, job, input, target.view_mut("output array")?)?;
            return Ok(target.into_object());
        }
        let fits = n == array.shape()[axis] as usize && array.dtype().num() == num && array.is_exact();
        let target = if self.spare && fits { array.clone() } else { fresh(&array, job, num)? };
        work(py, job, array.view(), target.view_mut_unchecked())?;
        Ok(target.into_object())
    }
}

/// Does the work, without the GIL when there is much, and reports floating-point trouble.
fn work(py: Python<'_>, job: Job, input: View<'_>, output: ViewMut<'_>) -> PyResult<()> {
    let bytes = output.len().max(job.n).saturating_mul(output.dtype().itemsize());
    let status = gate::work(py, bytes, false, || {
        fp_status::clear();
        job.run(input, output).map(|()| fp_status::read())
    });
    fp_report::report(py, status.or_raise(py)?, job.kind.name())
}

/// A fresh array for the result, in the input's memory order.
fn fresh<'py>(array: &Array<'py>, job: Job, num: TypeNum) -> PyResult<Array<'py>> {
    let py = array.py();
    let itemsize = num.row().itemsize;
    let shape = output_shape(job, array.shape());
    let count = checked_len(&shape, itemsize).or_raise(py)?;
    let descr = dtype::singleton(num);
    if array.has(flag::C_CONTIGUOUS) {
        return Array::dense(py, descr, &shape, count);
    }
    let strides = match array.has(flag::F_CONTIGUOUS) {
        true => f_strides(&shape, itemsize),
        false => strides_in_order(&shape, &memory_order(array.strides()), itemsize),
    };
    // SAFETY: a singleton lives for ever.
    let descr = unsafe { Bound::from_borrowed_ptr(py, descr.cast()) };
    Array::allocate(py, &descr, &shape, &strides, false, None)
}

/// The caller's array for the result, if it fits: one array, or a tuple of it as ufuncs take it.
fn output<'py>(array: &Array<'py>, job: Job, num: TypeNum, out: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    let one = match out.cast::<PyTuple>() {
        Ok(tuple) if tuple.len() == 1 => tuple.get_item(0)?,
        _ => out.clone(),
    };
    let target =
        Array::from_object(&one).ok_or_else(|| PyTypeError::new_err("return arrays must be of ArrayType"))?;
    let shape = output_shape(job, array.shape());
    if target.ndim() != shape.len() || target.shape()[job.axis] != shape[job.axis] {
        let (has, wanted) = (shape_text(target.shape()), shape_text(&shape));
        return Err(PyValueError::new_err(format!(
            "output array has wrong shape: {has} in place of {wanted}"
        )));
    }
    let from = DType::of(num);
    if !sharray_base::dtype::can_cast(&from, target.dtype(), Casting::SameKind) {
        return Err(PyTypeError::new_err(format!(
            "Cannot cast ufunc '{}' output from {from:?} to {:?} with casting rule 'same_kind'",
            job.kind.name(),
            target.dtype()
        )));
    }
    Ok(target)
}

/// Shape and strides of the input as wide as the output, but for the axis; `None` if they don't go together.
fn broadcast_input(
    input: View<'_>,
    output: &[isize],
    axis: usize,
) -> Option<(sharray_base::Dims, sharray_base::Dims)> {
    let mut shape = sharray_base::Dims::from_slice(output);
    shape[axis] = input.shape()[axis];
    let strides = broadcast_strides(input.shape(), input.strides(), &shape)?;
    Some((shape, strides))
}

/// The short way of a transform of a plain array.
pub(super) fn short<'py>(args: &Args<'_, 'py>, kind: Kind) -> Maybe<'py> {
    let Some(array) = plain::first(args) else { return Ok(None) };
    if !args.raw().iter().all(|value| overrides::is_inert(*value)) {
        return Ok(None);
    }
    let Ok([_, n, axis, norm, out]) = args.parse(kind.name(), &["a", "n", "axis", "norm", "out"], 1, 5)
    else {
        return Ok(None);
    };
    let given = |value: &Option<Bound<'py, PyAny>>| value.clone().filter(|value| !value.is_none());
    let (n, norm, out) = (given(&n), given(&norm), given(&out));
    let call = Call {
        kind,
        n: n.as_ref(),
        axis: axis.as_ref(),
        norm: norm.as_ref(),
        out: out.as_ref(),
        spare: false,
    };
    call.run(array).map(Some)
}

/// A transform by name along one axis; `spare` allows the result to take the array's memory.
#[pyfunction]
#[pyo3(signature = (name, a, n, axis, norm, out, spare=false))]
fn _fft<'py>(
    name: &str,
    a: &Bound<'py, PyAny>,
    n: Given<'_, 'py>,
    axis: Bound<'py, PyAny>,
    norm: Given<'_, 'py>,
    out: Given<'_, 'py>,
    spare: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
    let kind = kind.ok_or_else(|| PyValueError::new_err(format!("no transform is called {name}")))?;
    Call { kind, n, axis: Some(&axis), norm, out, spare }.run(coerce::asarray(a)?)
}

/// Adds this file's functions, and readies the plans for forks.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    sharray_fft::install();
    module.add_function(wrap_pyfunction!(_fft, module)?)
}
