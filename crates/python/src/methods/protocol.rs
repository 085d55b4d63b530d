//! The special methods of array protocols.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi::{METH_CLASS, METH_O, PyMethodDef, PyMethodDefPointer};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::{Kind, TypeNum};

use super::{given, this};
use crate::coerce::{self, CopyMode, Request};
use crate::crossings;
use crate::errors::LazyClass;
use crate::gate::{self, Args};
use crate::method_def;
use crate::object::array::Array;
use crate::object::{dtype, ndarray, scalar, ufunc};
use crate::protocols::{arrow_out, dlpack_out, foreign, numpys};

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Slf<'a, 'py> = &'a Bound<'py, PyAny>;

/// `copy=` as `np.array` takes it: `True`, `False`, `None`, or `_CopyMode`.
pub fn copy_mode(value: Option<&Bound<'_, PyAny>>, default: CopyMode) -> PyResult<CopyMode> {
    let Some(value) = value else { return Ok(default) };
    if value.is_none() {
        return Ok(CopyMode::IfNeeded);
    }
    if value.get_type().name()? == "_CopyMode" {
        return Ok(match value.getattr("value")?.extract::<i64>()? {
            1 => CopyMode::Always,
            0 => CopyMode::Never,
            _ => CopyMode::IfNeeded,
        });
    }
    if value.is_instance_of::<pyo3::types::PyString>() {
        return Err(PyValueError::new_err(
            "strings are not allowed for 'copy' keyword. Use True/False/None instead.",
        ));
    }
    Ok(if value.is_truthy()? { CopyMode::Always } else { CopyMode::Never })
}

/// `__array__(dtype=None, copy=None)`. Beside the real NumPy, whose callers take nothing else, the answer is NumPy's own
/// array; else it is one of ours.
fn array_dunder<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [wanted, copy] = call.parse("__array__", &["dtype", "copy"], 0, 1)?;
    let copy = copy_mode(copy.as_ref(), CopyMode::IfNeeded)?;
    let array = this(slf);
    if foreign::beside_numpy(slf.py())? {
        return for_numpy(&array, given(wanted), copy);
    }
    let descr = given(wanted).map(|w| dtype::coerce(&w)).transpose()?;
    let request = Request { dtype: descr, copy, ..Request::default() };
    let result = coerce::from_any(slf, &request)?;
    let number = crossings::told(&array, crossings::Protocol::ArrayMethod, None);
    crossings::was_copied(number, &array, &result, &request);
    Ok(result.into_object())
}

/// NumPy's array on an array's memory, or with a copy of it.
fn for_numpy<'py>(array: &Array<'py>, wanted: Option<Bound<'py, PyAny>>, copy: CopyMode) -> Result<'py> {
    static GIVEN: LazyClass = LazyClass::new("sharray._core._to_numpy", "given");
    let copy = match copy {
        CopyMode::Always => Some(true),
        CopyMode::Never => Some(false),
        CopyMode::IfNeeded => None,
    };
    let found = GIVEN.get(array.py())?.call1((array.clone().into_object(), wanted, copy))?;
    let (found, reason): (Bound<'py, PyAny>, Option<String>) = found.extract()?;
    let reason = reason.and_then(|name| crossings::Reason::named(&name));
    crossings::told(array, crossings::Protocol::ArrayMethod, reason);
    Ok(found)
}

fn array_finalize<'py>(slf: Slf<'_, 'py>, _call: Args<'_, 'py>) -> Result<'py> {
    Ok(slf.py().None().into_bound(slf.py()))
}

fn array_wrap<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [array, _context, as_scalar] =
        call.parse("__array_wrap__", &["array", "context", "return_scalar"], 1, 3)?;
    let py = slf.py();
    let array = array.and_then(|a| Array::from_object(&a));
    let array = array.ok_or_else(|| PyTypeError::new_err("can only be called with ndarray object"))?;
    let as_scalar = as_scalar.map_or(Ok(false), |s| s.is_truthy())?;
    if this(slf).is_exact() {
        if as_scalar && array.ndim() == 0 {
            return scalar::from_element(py, array.dtype(), array.data(), Some(&array));
        }
        if array.is_exact() {
            return Ok(array.into_object());
        }
    }
    if array.get_type().is(slf.get_type()) {
        return Ok(array.into_object());
    }
    // SAFETY: the whole array again, as this array's class.
    let view = unsafe {
        Array::from_memory(
            py,
            &array.descr(),
            array.data(),
            array.shape(),
            array.strides(),
            array.has(crate::object::layout::flag::WRITEABLE),
            Some(array.clone().into_object()),
            Some(&slf.get_type()),
        )?
    };
    ndarray::finalize(&view, Some(slf))?;
    Ok(view.into_object())
}

fn array_ufunc<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let py = slf.py();
    if call.len() < 2 {
        return Err(PyTypeError::new_err("__array_ufunc__ requires at least 2 arguments"));
    }
    // Anything that overrides ufuncs differently must get its turn first.
    static OVERRIDDEN: LazyClass = LazyClass::new("sharray._core._internal", "_ufunc_is_overridden");
    let keywords = call.to_dict()?;
    let inputs = PyTuple::new(py, call.positional().into_iter().skip(2))?;
    let out = keywords.as_ref().map(|k| k.get_item("out")).transpose()?.flatten();
    let mask = keywords.as_ref().map(|k| k.get_item("where")).transpose()?.flatten();
    let plain = |operand: &Bound<'py, PyAny>| ufunc::is_plain(operand) || numpys::is_array(operand);
    let usual = keywords.is_none() && inputs.iter().all(|input| plain(&input));
    if !usual && OVERRIDDEN.get(py)?.call1((&inputs, out, mask))?.is_truthy()? {
        return Ok(py.NotImplemented().into_bound(py));
    }
    let method: String = call.at(1).extract()?;
    let asked = call.at(0);
    let function = match ufunc::is_ufunc(&asked) {
        true => asked,
        // The real NumPy's ufuncs come here for our operands: ours of that name does the work. What other libraries
        // compiled for NumPy (SciPy, numba) gets NumPy's views of them.
        false => {
            static OURS: LazyClass = LazyClass::new("sharray._core._foreign_ufuncs", "ours");
            static ON_VIEWS: LazyClass = LazyClass::new("sharray._core._foreign_ufuncs", "on_views");
            let own = OURS.get(py)?.call1((&asked,))?;
            if own.is_none() {
                return ON_VIEWS.get(py)?.call1((asked, method, inputs, keywords));
            }
            own
        }
    };
    if method == "__call__" {
        return function.call(inputs, keywords.as_ref());
    }
    function.getattr(&*method)?.call(inputs, keywords.as_ref())
}

fn array_function<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    static IMPLEMENT: LazyClass = LazyClass::new("sharray._core.overrides", "_ndarray_array_function");
    let py = slf.py();
    let [function, types, arguments, keywords] =
        call.parse("__array_function__", &["func", "types", "args", "kwargs"], 4, 4)?;
    IMPLEMENT.get(py)?.call1((slf, function, types, arguments, keywords))
}

fn format_dunder<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [spec] = call.parse("__format__", &["format_spec"], 1, 1)?;
    let array = this(slf);
    let py = slf.py();
    let spec = spec.unwrap_or_else(|| pyo3::types::PyString::new(py, "").into_any());
    let builtins = py.import("builtins")?;
    if array.ndim() == 0 {
        let item = scalar::from_element(py, array.dtype(), array.data(), Some(&array))?;
        return builtins.getattr("format")?.call1((item, spec));
    }
    builtins.getattr("object")?.getattr("__format__")?.call1((slf, spec))
}

fn complex_dunder<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [] = call.parse("__complex__", &[], 0, 0)?;
    let array = this(slf);
    let py = slf.py();
    if array.ndim() != 0 {
        return Err(PyTypeError::new_err("only 0-dimensional arrays can be converted to Python scalars"));
    }
    let dtype = array.dtype();
    if !dtype.num().is_number() && dtype.num() != TypeNum::Bool && dtype.kind() != Kind::Object {
        return Err(PyTypeError::new_err(format!("Unable to convert dtype {dtype} to complex")));
    }
    let item = scalar::to_python(py, dtype, array.data(), Some(slf))?;
    py.import("builtins")?.getattr("complex")?.call1((item,))
}

fn array_namespace<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [version] = call.parse("__array_namespace__", &["api_version"], 0, 0)?;
    if let Some(version) = given(version) {
        let text: String = version.extract().map_err(|_| {
            PyValueError::new_err(format!(
                "Only None and strings are allowed as the Array API version, but received: {version}"
            ))
        })?;
        if !["2021.12", "2022.12", "2023.12", "2024.12"].contains(&&*text) {
            return Err(PyValueError::new_err(format!(
                "Version \"{text}\" of the Array API Standard is not supported."
            )));
        }
    }
    // Under the name `numpy`, the namespace is the facade of that name.
    static NAMESPACE: LazyClass = LazyClass::new("sharray._alias", "array_namespace");
    NAMESPACE.get(slf.py())?.call0()
}

fn to_device<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [device, stream] = call.parse("to_device", &["device", "stream"], 1, 1)?;
    if given(stream).is_some() {
        return Err(PyValueError::new_err("The stream argument in to_device() is not supported"));
    }
    let text: String = device.map_or(Ok(String::new()), |d| d.extract())?;
    if text != "cpu" {
        return Err(PyValueError::new_err(format!("Unsupported device: {text}. Only 'cpu' is accepted.")));
    }
    Ok(slf.clone())
}

unsafe extern "C" fn class_getitem(
    class: *mut pyo3::ffi::PyObject,
    item: *mut pyo3::ffi::PyObject,
) -> *mut pyo3::ffi::PyObject {
    gate::object(|py| {
        // SAFETY: live objects from the interpreter.
        let (class, item) =
            unsafe { (Bound::from_borrowed_ptr(py, class), Bound::from_borrowed_ptr(py, item)) };
        let count = item.cast::<PyTuple>().map_or(1, |t| t.len());
        if count == 0 || count > 2 {
            let few = if count == 0 { "few" } else { "many" };
            return Err(PyTypeError::new_err(format!(
                "Too {few} arguments for {}",
                class
                    .getattr("__qualname__")
                    .map_or_else(|_| "numpy.ndarray".into(), |n| format!("numpy.{n}"))
            )));
        }
        py.import("types")?.getattr("GenericAlias")?.call1((class, item))
    })
}

/// What a notebook shows of an array; `None` where the text is as good.
fn repr_html<'py>(slf: &Bound<'py, PyAny>, call: Args<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let [] = call.parse("_repr_html_", &[], 0, 0)?;
    slf.py().import("sharray._core._html")?.getattr("table")?.call1((slf,))
}

/// This file's methods.
pub fn rows() -> Vec<PyMethodDef> {
    vec![
        method_def!("__array__", array_dunder),
        method_def!("__array_finalize__", array_finalize),
        method_def!("__array_wrap__", array_wrap),
        method_def!("__array_ufunc__", array_ufunc),
        method_def!("__array_function__", array_function),
        method_def!("__format__", format_dunder),
        method_def!("__complex__", complex_dunder),
        method_def!("__array_namespace__", array_namespace),
        method_def!("__arrow_c_array__", arrow_out::array),
        method_def!("__arrow_c_schema__", arrow_out::schema),
        method_def!("__arrow_c_stream__", arrow_out::stream),
        method_def!("__dlpack__", dlpack_out::export),
        method_def!("__dlpack_device__", dlpack_out::device),
        method_def!("to_device", to_device),
        method_def!("_repr_html_", repr_html),
        PyMethodDef {
            ml_name: c"__class_getitem__".as_ptr(),
            ml_meth: PyMethodDefPointer { PyCFunction: class_getitem },
            ml_flags: METH_O | METH_CLASS,
            ml_doc: std::ptr::null(),
        },
    ]
}
