//! Short ways for public functions called on one plain array: no Python frame, no dispatcher's tuple, no copy of the
//! arguments. A plain array has no overrides, so nothing is to be asked. What is not that simple is declined (`None`)
//! before anything has happened, and the function goes its usual way.

mod tile;
mod under_mask;

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyList, PyTuple};
use sharray_base::TypeNum;
use sharray_core::statistics::Moment;
use sharray_fft::Kind;

use super::plain;
use crate::gate::Args;
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::number::{self, Op};
use crate::object::scalar;
use crate::object::ufunc::quick_reduce::{self as quick, Axis};

type Maybe<'py> = PyResult<Option<Bound<'py, PyAny>>>;

/// A short way, from the arguments as the interpreter passes them.
pub type Shortcut = for<'a, 'py> fn(&Args<'a, 'py>) -> Maybe<'py>;

/// The short way of the public function of this name.
pub fn of(name: &str) -> Option<Shortcut> {
    macro_rules! by_axis {
        ($run:expr) => {
            |args| {
                let Some((object, axis)) = array_and_axis(args) else { return Ok(None) };
                let run: for<'py> fn(&Bound<'py, PyAny>, Axis) -> Maybe<'py> = $run;
                run(&object, axis)
            }
        };
    }
    macro_rules! fold {
        ($op:ident) => {
            by_axis!(|a, axis| quick::reduce(&number::ufunc(a.py(), Op::$op)?, a, axis, false))
        };
    }
    let found: Shortcut = match name {
        "sum" => fold!(Add),
        "prod" => fold!(Multiply),
        "max" | "amax" => fold!(Maximum),
        "min" | "amin" => fold!(Minimum),
        "any" => fold!(LogicalOr),
        "all" => fold!(LogicalAnd),
        "ptp" => by_axis!(spread),
        "mean" => by_axis!(|a, axis| quick::moment(a, axis, false, Moment::Mean)),
        "var" => by_axis!(|a, axis| quick::moment(a, axis, false, variance(false))),
        "std" => by_axis!(|a, axis| quick::moment(a, axis, false, variance(true))),
        "argmax" => by_axis!(|a, axis| quick::extremum(a, axis, true)),
        "argmin" => by_axis!(|a, axis| quick::extremum(a, axis, false)),
        "cumsum" => by_axis!(|a, axis| quick::scan(&number::ufunc(a.py(), Op::Add)?, a, axis)),
        "cumprod" => by_axis!(|a, axis| quick::scan(&number::ufunc(a.py(), Op::Multiply)?, a, axis)),
        "nansum" => by_axis!(|a, axis| quick::known_sum(&number::ufunc(a.py(), Op::Add)?, a, axis)),
        "median" => by_axis!(quick::median),
        "count_nonzero" => {
            by_axis!(|a, axis| if axis.is_none() { quick::count(a) } else { Ok(None) })
        }
        "bincount" => |args| match args.only() {
            Some(object) => quick::bincount(&object),
            None => Ok(None),
        },
        "percentile" => |args| quantiles(args, 100.0),
        "quantile" => |args| quantiles(args, 1.0),
        "histogram" => |args| histogram(args),
        "squeeze" => plain::squeeze,
        "ravel" => plain::ravel,
        "transpose" | "permute_dims" => plain::transpose,
        "swapaxes" => plain::swapaxes,
        "reshape" => plain::reshape,
        "broadcast_to" => plain::broadcast_to,
        "expand_dims" => plain::expand,
        "atleast_1d" => |args| plain::at_least(args, 1),
        "atleast_2d" => |args| plain::at_least(args, 2),
        "copy" => plain::copy,
        "nonzero" | "where" => plain::nonzero,
        "argwhere" => plain::argwhere,
        "take" => plain::take,
        "sort" => plain::sorted,
        "unique" => plain::unique,
        "argsort" => plain::argsort,
        "partition" => plain::partitioned,
        "argpartition" => plain::argpartition,
        "searchsorted" => plain::searchsorted,
        "zeros_like" => plain::zeros_like,
        "ones_like" => plain::ones_like,
        "empty_like" => plain::empty_like,
        "full_like" => plain::full_like,
        "concatenate" => plain::concatenate,
        "stack" => plain::stack,
        "vstack" => |args| plain::stack_by(args, true),
        "hstack" => |args| plain::stack_by(args, false),
        "dot" => plain::dot,
        "trace" => plain::trace,
        "tensordot" => super::contract::tensordot,
        "copyto" => under_mask::copyto,
        "putmask" => under_mask::putmask,
        "tile" => tile::tile,
        "einsum" => super::contract::einsum,
        "outer" => plain::outer,
        "fft" => |args| super::fft::short(args, Kind::Forward),
        "ifft" => |args| super::fft::short(args, Kind::Backward),
        "rfft" => |args| super::fft::short(args, Kind::RealForward),
        "irfft" => |args| super::fft::short(args, Kind::RealBackward),
        "hfft" => |args| super::fft::short(args, Kind::HermitianForward),
        "ihfft" => |args| super::fft::short(args, Kind::HermitianBackward),
        _ => return None,
    };
    Some(found)
}

fn variance(root: bool) -> Moment {
    Moment::Variance { ddof: 0.0, root }
}

/// `f(a)`, `f(a, axis)`, `f(a, axis=axis)`.
fn array_and_axis<'py>(args: &Args<'_, 'py>) -> Option<(Bound<'py, PyAny>, Axis)> {
    let axis = match (args.len(), args.raw()) {
        (1, [_]) => None,
        (2, [_, axis]) => quick::axis_of(*axis)?,
        (1, [_, axis]) if args.only_keyword(pyo3::intern!(args.py(), "axis")) => quick::axis_of(*axis)?,
        _ => return None,
    };
    Some((args.at(0), axis))
}

/// Largest less smallest element, if that is simple enough.
///
/// # Errors
/// Those of the reductions and the subtraction.
pub fn spread<'py>(object: &Bound<'py, PyAny>, axis: Axis) -> Maybe<'py> {
    let py = object.py();
    if axis.is_none()
        && let Some(result) =
            quick::spread((&number::ufunc(py, Op::Maximum)?, &number::ufunc(py, Op::Minimum)?), object)?
    {
        return Ok(Some(result));
    }
    let extreme = |op| quick::reduce(&number::ufunc(py, op)?, object, axis, false);
    let (Some(high), Some(low)) = (extreme(Op::Maximum)?, extreme(Op::Minimum)?) else { return Ok(None) };
    // What the reductions met (NaN) is no trouble of the subtraction.
    sharray_base::fp_status::clear();
    number::ufunc(py, Op::Subtract)?.call1((high, low)).map(Some)
}

/// A Python `float` or `int` itself, not of a subclass.
fn plain_number(object: &Bound<'_, PyAny>) -> Option<f64> {
    if object.is_exact_instance_of::<PyFloat>() || object.is_exact_instance_of::<PyInt>() {
        object.extract().ok()
    } else {
        None
    }
}

/// `percentile(a, q)` and `quantile(a, q)` of a number or a list of numbers, in parts of `whole`.
fn quantiles<'py>(args: &Args<'_, 'py>, whole: f64) -> Maybe<'py> {
    if args.len() != 2 || args.has_keywords() {
        return Ok(None);
    }
    let (object, wanted) = (args.at(0), args.at(1));
    let py = args.py();
    if let Some(one) = plain_number(&wanted) {
        // A number adapts to singles, which then are computed with.
        let single = Array::from_object(&object).is_none_or(|a| a.dtype().num() == TypeNum::Float);
        if single {
            return Ok(None);
        }
        let Some(found) = quick::quantiles(&object, &[one / whole])? else { return Ok(None) };
        // SAFETY: a singleton lives for ever.
        let double = unsafe { &(*dtype::singleton(TypeNum::Double)).value };
        return scalar::from_element(py, double, found.as_ptr().cast(), None).map(Some);
    }
    let Ok(list) = wanted.cast_exact::<PyList>() else { return Ok(None) };
    let at: Option<Vec<f64>> = list.iter().map(|item| plain_number(&item).map(|q| q / whole)).collect();
    let Some(at) = at.filter(|at| !at.is_empty()) else { return Ok(None) };
    let Some(found) = quick::quantiles(&object, &at)? else { return Ok(None) };
    let array = Array::new(
        py,
        &sharray_base::DType::of(TypeNum::Double),
        &[found.len() as isize],
        sharray_base::layout::Order::C,
    )?;
    // SAFETY: a fresh array of as many doubles.
    unsafe { ptr::copy_nonoverlapping(found.as_ptr().cast(), array.data(), 8 * found.len()) };
    Ok(Some(array.into_object()))
}

/// `histogram(a, bins, range)` of a number of bins and a range of numbers, or that of the data.
fn histogram<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    let py = args.py();
    if args.is_empty() || args.len() > 3 {
        return Ok(None);
    }
    let mut given = [1, 2].map(|index| (index < args.len()).then(|| args.at(index)));
    for (key, value) in args.keywords() {
        let place = match () {
            () if key.eq(pyo3::intern!(py, "bins"))? => 0,
            () if key.eq(pyo3::intern!(py, "range"))? => 1,
            () => return Ok(None),
        };
        if given[place].replace(value).is_some() {
            return Ok(None);
        }
    }
    let object = args.at(0);
    let bins = match &given[0] {
        None => 10,
        Some(bins) if bins.is_exact_instance_of::<PyInt>() && !bins.is_instance_of::<PyBool>() => {
            let Ok(bins) = bins.extract::<usize>() else { return Ok(None) };
            bins
        }
        Some(_) => return Ok(None),
    };
    let range = match given[1].as_ref().filter(|range| !range.is_none()) {
        None => bounds(&object)?,
        Some(range) => match range.cast_exact::<PyTuple>() {
            Ok(pair) if pair.len() == 2 => {
                plain_number(&pair.get_item(0)?).zip(plain_number(&pair.get_item(1)?))
            }
            _ => return Ok(None),
        },
    };
    let Some(found) = quick::histogram(&object, bins, range)? else { return Ok(None) };
    Ok(Some(PyTuple::new(py, found)?.into_any()))
}

/// Smallest and largest element of a plain array of doubles.
fn bounds(object: &Bound<'_, PyAny>) -> PyResult<Option<(f64, f64)>> {
    let py = object.py();
    if Array::from_object(object).is_none_or(|a| a.dtype().num() != TypeNum::Double || a.size() == 0) {
        return Ok(None);
    }
    let extreme = |op| -> PyResult<Option<f64>> {
        let found = quick::reduce(&number::ufunc(py, op)?, object, None, false)?;
        // SAFETY: a live object; a double's scalar is a Python float.
        Ok(found.map(|value| unsafe { ffi::PyFloat_AsDouble(value.as_ptr()) }))
    };
    Ok(extreme(Op::Minimum)?.zip(extreme(Op::Maximum)?))
}
