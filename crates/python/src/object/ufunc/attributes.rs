//! Attributes of ufuncs.

use pyo3::exceptions::PyValueError;
use pyo3::ffi::{self, PyGetSetDef, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use sharray_base::TypeNum;
use sharray_core::ufunc::{Ufunc, UfuncLoop};

use super::fields::UfuncObject;
use super::{engine, raw};
use crate::errors::LazyClass;
use crate::gate::{self, Args};
use crate::getset_def;

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Slf<'a, 'py> = &'a Bound<'py, PyAny>;

fn number<'py>(slf: Slf<'_, 'py>, value: usize) -> Result<'py> {
    Ok(value.into_pyobject(slf.py())?.into_any())
}
fn nin<'py>(slf: Slf<'_, 'py>) -> Result<'py> {
    number(slf, engine(slf).nin())
}
fn nout<'py>(slf: Slf<'_, 'py>) -> Result<'py> {
    number(slf, engine(slf).nout())
}
fn nargs<'py>(slf: Slf<'_, 'py>) -> Result<'py> {
    number(slf, engine(slf).nargs())
}
/// The loops that `types` lists: those whose operands all have a size of their own, as NumPy has it.
pub(super) fn listed(ufunc: &Ufunc) -> Vec<&UfuncLoop> {
    ufunc
        .loops()
        .iter()
        .filter(|l| {
            let unlisted = |t: &TypeNum| t.is_flexible() || *t == TypeNum::VString || t.is_small_float();
            !l.types.iter().any(unlisted)
        })
        .collect()
}

fn ntypes<'py>(slf: Slf<'_, 'py>) -> Result<'py> {
    number(slf, listed(engine(slf)).len())
}

fn types<'py>(slf: Slf<'_, 'py>) -> Result<'py> {
    let ufunc = engine(slf);
    let text =
        |types: &[sharray_base::TypeNum]| types.iter().map(|t| t.row().char as char).collect::<String>();
    let listed = listed(ufunc);
    let lines = listed.iter().map(|l| {
        let (inputs, outputs) = l.types.split_at(ufunc.nin());
        format!("{}->{}", text(inputs), text(outputs))
    });
    Ok(PyList::new(slf.py(), lines.collect::<Vec<_>>())?.into_any())
}

fn identity<'py>(slf: Slf<'_, 'py>) -> Result<'py> {
    // SAFETY: null, or a live object that the ufunc holds.
    let value = unsafe { Bound::from_borrowed_ptr_or_opt(slf.py(), raw(slf).fields.identity_value) };
    Ok(value.unwrap_or_else(|| slf.py().None().into_bound(slf.py())))
}

fn signature<'py>(slf: Slf<'_, 'py>) -> Result<'py> {
    match engine(slf).core() {
        Some(core) => Ok(PyString::new(slf.py(), &core.text).into_any()),
        None => Ok(slf.py().None().into_bound(slf.py())),
    }
}

fn name<'py>(slf: Slf<'_, 'py>) -> Result<'py> {
    if let Some(own) = from_dict(slf, "__name__")? {
        return Ok(own);
    }
    Ok(PyString::new(slf.py(), engine(slf).name()).into_any())
}

fn qualname<'py>(slf: Slf<'_, 'py>) -> Result<'py> {
    if let Some(own) = from_dict(slf, "__qualname__")? {
        return Ok(own);
    }
    name(slf)
}

fn set_qualname<'py>(slf: Slf<'_, 'py>, value: Option<&Bound<'py, PyAny>>) -> PyResult<()> {
    to_dict(slf, "__qualname__", value)
}

/// The call's form, as documentation shows it.
fn call_form(ufunc: &Ufunc) -> String {
    let numbered = |count: usize, stem: &str| match count {
        1 => vec![stem.to_string()],
        many => (1..=many).map(|i| format!("{stem}{i}")).collect(),
    };
    let inputs = numbered(ufunc.nin(), "x").join(", ");
    let operands = if ufunc.nout() > 1 {
        let none = vec!["None"; ufunc.nout()].join(", ");
        format!("{inputs}[, {}], / [, out=({none})]", numbered(ufunc.nout(), "out").join(", "))
    } else {
        format!("{inputs}, /, out=None")
    };
    let tail = if ufunc.core().is_some() {
        "*, casting='same_kind', order='K', dtype=None, subok=True[, signature, axes, axis]"
    } else {
        "*, where=True, casting='same_kind', order='K', dtype=None, subok=True[, signature]"
    };
    format!("{}({operands}, {tail})", ufunc.name())
}

fn doc<'py>(slf: Slf<'_, 'py>) -> Result<'py> {
    if let Some(own) = from_dict(slf, "__doc__")? {
        return Ok(own);
    }
    let ufunc = engine(slf);
    let form = call_form(ufunc);
    let text = match body(slf) {
        Some(body) => format!("{form}\n\n{body}"),
        None => form,
    };
    Ok(PyString::new(slf.py(), &text).into_any())
}

fn set_doc<'py>(slf: Slf<'_, 'py>, value: Option<&Bound<'py, PyAny>>) -> PyResult<()> {
    to_dict(slf, "__doc__", value)
}

fn dict<'py>(slf: Slf<'_, 'py>) -> Result<'py> {
    // SAFETY: the attribute dict of a live object; made where there is none yet.
    unsafe {
        let object = slf.as_ptr().cast::<UfuncObject>();
        if (*object).fields.dict.is_null() {
            (*object).fields.dict = ffi::PyDict_New();
        }
        Bound::from_borrowed_ptr_or_err(slf.py(), (*object).fields.dict)
    }
}

fn from_dict<'py>(slf: Slf<'_, 'py>, key: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    if raw(slf).fields.dict.is_null() {
        return Ok(None);
    }
    dict(slf)?.cast_into::<PyDict>().map_err(PyErr::from)?.get_item(key)
}

/// Keeps an attribute in the object's dict.
pub(super) fn to_dict<'py>(slf: Slf<'_, 'py>, key: &str, value: Option<&Bound<'py, PyAny>>) -> PyResult<()> {
    let dict = dict(slf)?.cast_into::<PyDict>().map_err(PyErr::from)?;
    match value {
        Some(value) => dict.set_item(key, value),
        None => dict.del_item(key),
    }
}

/// The documentation below the call's form.
pub(super) fn body<'a>(slf: &'a Bound<'_, PyAny>) -> Option<std::borrow::Cow<'a, str>> {
    let text = raw(slf).fields.doc;
    // SAFETY: null, or a zero-terminated text that lives as long as the process.
    (!text.is_null()).then(|| unsafe { std::ffi::CStr::from_ptr(text) }.to_string_lossy())
}

/// Sets it, once.
pub(super) fn set_body(slf: Slf<'_, '_>, text: &str) -> PyResult<()> {
    if body(slf).is_some() {
        return Err(PyValueError::new_err("Cannot change docstring of ufunc with non-NULL docstring"));
    }
    put_body(slf, text);
    Ok(())
}

/// Sets it, whatever it was.
pub(super) fn put_body(slf: Slf<'_, '_>, text: &str) {
    let text = std::ffi::CString::new(text).unwrap_or_default().into_raw();
    // SAFETY: a live ufunc under the GIL; the text is leaked, since compiled code may hold on to it.
    unsafe { (*slf.as_ptr().cast::<UfuncObject>()).fields.doc = text };
}

/// `__signature__`, as `inspect` wants it; made when first asked for.
fn inspected<'py>(slf: Slf<'_, 'py>) -> Result<'py> {
    if let Some(own) = from_dict(slf, "__signature__")? {
        return Ok(own);
    }
    static BUILD: LazyClass = LazyClass::new("sharray._core._internal", "_ufunc_inspect_signature_builder");
    let made = BUILD.get(slf.py())?.call1((slf,))?;
    to_dict(slf, "__signature__", Some(&made))?;
    Ok(made)
}

/// `<ufunc 'add'>`.
pub(super) unsafe extern "C" fn repr(slf: *mut PyObject) -> *mut PyObject {
    gate::object(|py| {
        // SAFETY: a live ufunc.
        let slf = unsafe { Bound::from_borrowed_ptr(py, slf) };
        Ok(PyString::new(py, &format!("<ufunc '{}'>", name(&slf)?)).into_any())
    })
}

/// Ufuncs are pickled by name.
pub(super) fn pickle<'py>(slf: Slf<'_, 'py>, _call: Args<'_, 'py>) -> Result<'py> {
    name(slf)
}

/// The type's attributes.
pub(super) fn table() -> *mut PyGetSetDef {
    let mut rows = vec![
        getset_def!("nin", nin),
        getset_def!("nout", nout),
        getset_def!("nargs", nargs),
        getset_def!("ntypes", ntypes),
        getset_def!("types", types),
        getset_def!("identity", identity),
        getset_def!("signature", signature),
        getset_def!("__name__", name),
        getset_def!("__qualname__", qualname, set_qualname),
        getset_def!("__doc__", doc, set_doc),
        getset_def!("__signature__", inspected),
        getset_def!("__dict__", dict),
    ];
    crate::signatures::document_attributes(&mut rows);
    let end = PyGetSetDef {
        name: std::ptr::null(),
        get: None,
        set: None,
        doc: std::ptr::null(),
        closure: std::ptr::null_mut(),
    };
    gate::leak_table(rows, end)
}
