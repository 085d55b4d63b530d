//! Reductions as methods: each is its ufunc's `reduce` or `accumulate`, or a function of the Python layer.

use pyo3::exceptions::PyTypeError;
use pyo3::ffi::{self, PyMethodDef};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::given;
use super::layout::raveled;
use crate::errors::LazyClass;
use crate::gate::Args;
use crate::method_def;
use crate::object::number::{self, Op};
use crate::object::ufunc::{self, quick_reduce as quick};
use sharray_base::layout::Order;
use sharray_base::{Kind, TypeNum};
use sharray_core::statistics::Moment;

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Slf<'a, 'py> = &'a Bound<'py, PyAny>;

/// `a.sum(axis=None, dtype=None, out=None, keepdims=False, initial=…, where=True)` and its kin.
fn by_reduce<'py>(
    slf: Slf<'_, 'py>,
    call: Args<'_, 'py>,
    name: &str,
    op: Op,
    has_dtype: bool,
    default_dtype: Option<&str>,
) -> Result<'py> {
    let py = slf.py();
    if let Some(axis) = quick::only_axis(&call)
        && let Some(result) = quick::reduce(&number::ufunc(py, op)?, slf, axis, false)?
    {
        return Ok(result);
    }
    let [axis, dtype, out, keepdims, initial, mask] = if has_dtype {
        call.parse(name, &["axis", "dtype", "out", "keepdims", "initial", "where"], 0, 6)?
    } else {
        let [axis, out, keepdims, initial, mask] =
            call.parse(name, &["axis", "out", "keepdims", "initial", "where"], 0, 5)?;
        [axis, None, out, keepdims, initial, mask]
    };
    let keywords = PyDict::new(py);
    keywords.set_item("axis", axis.unwrap_or_else(|| py.None().into_bound(py)))?;
    match (given(dtype), default_dtype) {
        (Some(dtype), _) => keywords.set_item("dtype", dtype)?,
        // Objects decide their own truth: any and all of them return an object.
        (None, Some(default)) if !super::this(slf).dtype().holds_objects() => {
            keywords.set_item("dtype", default)?
        }
        _ => {}
    }
    for (key, value) in [("out", given(out)), ("keepdims", keepdims), ("initial", initial), ("where", mask)] {
        if let Some(value) = value {
            keywords.set_item(key, value)?;
        }
    }
    number::ufunc(py, op)?.getattr(pyo3::intern!(py, "reduce"))?.call((slf,), Some(&keywords))
}

fn sum<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    by_reduce(slf, call, "sum", Op::Add, true, None)
}
fn prod<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    by_reduce(slf, call, "prod", Op::Multiply, true, None)
}
fn max<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    by_reduce(slf, call, "max", Op::Maximum, false, None)
}
fn min<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    by_reduce(slf, call, "min", Op::Minimum, false, None)
}

/// `any` and `all` take no `initial`.
fn truth<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>, name: &str, op: Op) -> Result<'py> {
    let py = slf.py();
    // Objects are asked for their truth too: one of them is no result.
    let objects = super::this(slf).dtype().holds_objects();
    if let Some(axis) = quick::only_axis(&call).filter(|_| !objects)
        && let Some(result) = quick::reduce(&number::ufunc(py, op)?, slf, axis, false)?
    {
        return Ok(result);
    }
    let [axis, out, keepdims, mask, dtype] =
        call.parse(name, &["axis", "out", "keepdims", "where", "dtype"], 0, 3)?;
    let keywords = PyDict::new(py);
    keywords.set_item("axis", axis.unwrap_or_else(|| py.None().into_bound(py)))?;
    let dtype = given(dtype).unwrap_or_else(|| py.get_type::<pyo3::types::PyBool>().into_any());
    keywords.set_item("dtype", dtype)?;
    for (key, value) in [("out", given(out)), ("keepdims", keepdims), ("where", mask)] {
        if let Some(value) = value {
            keywords.set_item(key, value)?;
        }
    }
    number::ufunc(py, op)?.getattr(pyo3::intern!(py, "reduce"))?.call((slf,), Some(&keywords))
}
fn any<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    truth(slf, call, "any", Op::LogicalOr)
}
fn all<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    truth(slf, call, "all", Op::LogicalAnd)
}

/// `cumsum`, `cumprod`: over the flattened array when no axis is given.
fn by_accumulate<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>, name: &str, op: Op) -> Result<'py> {
    let py = slf.py();
    if let Some(axis) = quick::only_axis(&call)
        && let Some(result) = quick::scan(&number::ufunc(py, op)?, slf, axis)?
    {
        return Ok(result);
    }
    let [axis, dtype, out] = call.parse(name, &["axis", "dtype", "out"], 0, 3)?;
    let keywords = PyDict::new(py);
    let (source, axis) = match given(axis) {
        // A 0-d array counts as one element.
        Some(axis) if super::this(slf).ndim() > 0 => (slf.clone(), axis),
        axis => {
            let flat = raveled(&super::this(slf), Order::C)?;
            let last = (flat.ndim() as isize - 1).into_pyobject(py)?.into_any();
            (flat.into_object(), axis.unwrap_or(last))
        }
    };
    keywords.set_item("axis", axis)?;
    // Here a dtype says the type alone: byte orders and units are the sum's own.
    let dtype = match given(dtype) {
        Some(dtype) => {
            let value = crate::object::dtype::value(&crate::object::dtype::coerce(&dtype)?).clone();
            Some(if value.is_native() {
                dtype
            } else {
                crate::object::dtype::from_value(py, &value.to_native())?
            })
        }
        None => None,
    };
    for (key, value) in [("dtype", dtype), ("out", given(out))] {
        if let Some(value) = value {
            keywords.set_item(key, value)?;
        }
    }
    number::ufunc(py, op)?.getattr("accumulate")?.call((source,), Some(&keywords))
}
fn cumsum<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    by_accumulate(slf, call, "cumsum", Op::Add)
}
fn cumprod<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    by_accumulate(slf, call, "cumprod", Op::Multiply)
}

/// A method whose body is a function of `sharray._core._methods`, unless there is a short way.
pub(super) fn in_python<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>, function: &LazyClass) -> Result<'py> {
    let py = slf.py();
    let arguments: Vec<_> = std::iter::once(slf.clone()).chain(call.positional()).collect();
    function.get(py)?.call(PyTuple::new(py, arguments)?, call.to_dict()?.as_ref())
}

macro_rules! python_methods {
    ($($name:ident, $function:literal, $quick:expr;)*) => {$(
        fn $name<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
            let quick: fn(Slf<'_, 'py>, quick::Axis) -> PyResult<Option<Bound<'py, PyAny>>> = $quick;
            if let Some(axis) = quick::only_axis(&call)
                && let Some(result) = quick(slf, axis)?
            {
                return Ok(result);
            }
            static FUNCTION: LazyClass = LazyClass::new("sharray._core._methods", $function);
            in_python(slf, call, &FUNCTION)
        }
    )*};
}
python_methods! {
    mean, "_mean", |slf, axis| quick::moment(slf, axis, false, Moment::Mean);
    var, "_var", |slf, axis| quick::moment(slf, axis, false, Moment::Variance { ddof: 0.0, root: false });
    std, "_std", |slf, axis| quick::moment(slf, axis, false, Moment::Variance { ddof: 0.0, root: true });
    limited, "_clip", |_, _| Ok(None);
}

/// `clip(min=None, max=None, out=None, **kwargs)`.
fn clip<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let limits = call.raw();
    // `out=None` is what the function of the same name hands on.
    let plain = match limits {
        [_, _] => !call.has_keywords(),
        [_, _, out] => {
            let out_name = pyo3::intern!(slf.py(), "out");
            // SAFETY: `None` is immortal.
            let none = std::ptr::eq(*out, unsafe { ffi::Py_None() });
            none && (call.len() == 3 || call.len() == 2 && call.only_keyword(out_name))
        }
        _ => false,
    };
    if plain
        && let Some(made) = ufunc::quick::call(
            &number::ufunc(slf.py(), Op::Clip)?,
            &[slf.as_ptr(), limits[0], limits[1]],
            None,
        )?
    {
        return Ok(made);
    }
    limited(slf, call)
}

fn conjugate<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [out] = call.parse("conjugate", &["out"], 0, 1)?;
    let dtype = super::this(slf).dtype().clone();
    if !dtype.num().is_number() && dtype.num() != TypeNum::Bool && dtype.kind() != Kind::Object {
        return Err(PyTypeError::new_err(format!("cannot conjugate non-numeric dtype: {dtype}")));
    }
    let py = slf.py();
    let kind = super::this(slf).dtype().kind();
    let numeric = super::this(slf).dtype().num().is_number();
    match given(out) {
        None if numeric && kind != sharray_base::Kind::Complex => Ok(slf.clone()),
        None => number::ufunc(py, Op::Conjugate)?.call1((slf,)),
        Some(out) => number::ufunc(py, Op::Conjugate)?.call1((slf, out)),
    }
}

/// This file's methods.
pub fn rows() -> Vec<PyMethodDef> {
    vec![
        method_def!("sum", sum),
        method_def!("prod", prod),
        method_def!("max", max),
        method_def!("min", min),
        method_def!("any", any),
        method_def!("all", all),
        method_def!("cumsum", cumsum),
        method_def!("cumprod", cumprod),
        method_def!("mean", mean),
        method_def!("var", var),
        method_def!("std", std),
        method_def!("clip", clip),
        method_def!("conj", conjugate),
        method_def!("conjugate", conjugate),
    ]
}
