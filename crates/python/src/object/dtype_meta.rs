//! The dtype classes: the metaclass `numpy._DTypeMeta`, the base class `numpy.dtype`, and one class per built-in type
//! (`numpy.dtypes.Float64DType`, …). They are static types in NumPy's sense: made once, never freed, immutable.

use std::ffi::CString;
use std::ptr;
use std::sync::OnceLock;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyBool;
use sharray_base::dtype::kind::{TYPE_COUNT, TYPES, TypeRow};
use sharray_base::{Kind, TypeNum};

use super::layout::{DTypeClass, DTypeObject};
use crate::{gate, getset_def};

/// The class objects, made at module start.
pub struct Classes {
    /// `numpy._DTypeMeta`.
    pub meta: *mut ffi::PyTypeObject,
    /// `numpy.dtype`.
    pub dtype: *mut DTypeClass,
    /// One class per type number.
    pub builtin: [*mut DTypeClass; TYPE_COUNT],
}

// SAFETY: the pointers are to immortal type objects, used under the GIL.
unsafe impl Send for Classes {}
// SAFETY: as for `Send`.
unsafe impl Sync for Classes {}

static CLASSES: OnceLock<Classes> = OnceLock::new();

/// The class objects. Only valid after [`ready`], which module start calls first.
pub fn classes() -> &'static Classes {
    CLASSES.get().expect("dtype classes are made at module start")
}

/// Names of the classes in `numpy.dtypes`, by type number.
const CLASS_NAMES: [&str; TYPE_COUNT] = [
    "BoolDType",
    "Int8DType",
    "UInt8DType",
    "Int16DType",
    "UInt16DType",
    "Int32DType",
    "UInt32DType",
    "Int64DType",
    "UInt64DType",
    "LongLongDType",
    "ULongLongDType",
    "Float32DType",
    "Float64DType",
    "LongDoubleDType",
    "Complex64DType",
    "Complex128DType",
    "CLongDoubleDType",
    "ObjectDType",
    "BytesDType",
    "StrDType",
    "VoidDType",
    "DateTime64DType",
    "TimeDelta64DType",
    "Float16DType",
    "StringDType",
    "BFloat16DType",
    "Float8E4M3FNDType",
    "Float8E5M2DType",
];

/// `PyArray_DTypeMeta::flags` bits.
#[expect(missing_docs, reason = "NumPy's names")]
pub mod class_flag {
    pub const LEGACY: u64 = 1;
    pub const ABSTRACT: u64 = 2;
    pub const PARAMETRIC: u64 = 4;
    pub const NUMERIC: u64 = 8;
}

/// A zeroed type object of `T`'s size that is never freed.
///
/// # Safety
/// `T` begins with a `PyTypeObject` and is valid when zeroed.
unsafe fn immortal<T>() -> *mut T {
    // SAFETY: all-zero bytes are valid by the contract.
    let object: *mut T = Box::leak(Box::new(unsafe { std::mem::zeroed::<T>() }));
    // SAFETY: it begins with an object header.
    unsafe { ffi::Py_INCREF(object.cast()) };
    object
}

/// Fills what every class of ours needs and readies it.
///
/// # Safety
/// `class` is fresh from [`immortal`]; `meta` and `base` are ready types (`meta` may be null for `type`).
unsafe fn ready_type(
    py: Python<'_>,
    class: *mut ffi::PyTypeObject,
    meta: *mut ffi::PyTypeObject,
    base: *mut ffi::PyTypeObject,
    name: &str,
    basicsize: usize,
    flags: u64,
) -> PyResult<()> {
    let name = CString::new(name).unwrap_or_default();
    // SAFETY: `class` is exclusively ours until readied.
    unsafe {
        (*class).tp_name = name.into_raw();
        (*class).tp_base = base;
        (*class).tp_basicsize = basicsize as isize;
        (*class).tp_flags = (ffi::Py_TPFLAGS_DEFAULT | flags) as _;
        if !meta.is_null() {
            (*class.cast::<ffi::PyObject>()).ob_type = meta;
        }
        if ffi::PyType_Ready(class) != 0 {
            return Err(PyErr::fetch(py));
        }
    }
    Ok(())
}

/// Makes the classes. `fill` sets the slots of `numpy.dtype` before it is readied.
pub fn ready(py: Python<'_>, fill: impl FnOnce(*mut ffi::PyTypeObject)) -> PyResult<&'static Classes> {
    if let Some(classes) = CLASSES.get() {
        return Ok(classes);
    }
    // SAFETY: fresh zeroed type objects, readied one after the other in order of inheritance.
    unsafe {
        let meta: *mut ffi::PyTypeObject = immortal();
        (*meta).tp_doc = c"Class of the dtype classes.".as_ptr();
        (*meta).tp_getset = meta_getset();
        let type_type = &raw mut ffi::PyType_Type;
        let heap = ffi::Py_TPFLAGS_BASETYPE;
        (*meta).tp_new = Some(meta_new);
        ready_type(py, meta, type_type, type_type, "numpy._DTypeMeta", size_of::<DTypeClass>(), heap)?;

        let dtype: *mut DTypeClass = immortal();
        fill(dtype.cast());
        (*dtype).type_num = -1;
        (*dtype).flags = class_flag::ABSTRACT;
        let base = &raw mut ffi::PyBaseObject_Type;
        ready_type(py, dtype.cast(), meta, base, "numpy.dtype", size_of::<DTypeObject>(), heap)?;

        let mut builtin = [ptr::null_mut(); TYPE_COUNT];
        for (slot, (row, name)) in builtin.iter_mut().zip(TYPES.iter().zip(CLASS_NAMES)) {
            let class: *mut DTypeClass = immortal();
            (*class).type_num = row.num.number();
            let variable = row.num == TypeNum::VString;
            if variable {
                (*class.cast::<ffi::PyTypeObject>()).tp_getset = super::variable_text::attributes();
            }
            let parametric =
                row.itemsize == 0 || matches!(row.num, TypeNum::Datetime | TypeNum::Timedelta) || variable;
            let numeric = row.num.is_number();
            (*class).flags = if variable { 0 } else { class_flag::LEGACY }
                | if parametric { class_flag::PARAMETRIC } else { 0 }
                | if numeric { class_flag::NUMERIC } else { 0 };
            (*class).heap.ht_type.tp_doc = documentation(name, row).into_raw();
            let home = if row.num.is_small_float() { "sharray" } else { "numpy" };
            let name = format!("{home}.dtypes.{name}");
            let size = size_of::<DTypeObject>();
            ready_type(py, class.cast(), meta, dtype.cast(), &name, size, 0)?;
            *slot = class;
        }
        Ok(CLASSES.get_or_init(|| Classes { meta, dtype, builtin }))
    }
}

/// Signature and description of a dtype class.
fn documentation(name: &str, row: &TypeRow) -> CString {
    let parameters = match row.kind {
        Kind::Bytes | Kind::Unicode => "size, /",
        Kind::Void => "length, /",
        Kind::Datetime | Kind::Timedelta => "unit, /",
        // `na_object` has no default that could be written here.
        Kind::VString => "*, coerce=True, **kwargs",
        _ => "",
    };
    CString::new(format!(
        "{name}({parameters})\n--\n\nThe class of dtypes whose scalars are `{}`.",
        row.class_name
    ))
    .unwrap_or_default()
}

/// The scalar class of a type number, borrowed; null before the scalars are made.
pub fn scalar_type(num: TypeNum) -> *mut ffi::PyTypeObject {
    // SAFETY: classes are immortal.
    unsafe { (*classes().builtin[num as usize]).scalar_type }
}

/// Connects the scalar class of a type number.
///
/// # Safety
/// `class` is a ready, immortal type; called under the GIL.
pub unsafe fn set_scalar_type(num: TypeNum, class: *mut ffi::PyTypeObject) {
    // SAFETY: classes are immortal and mutated under the GIL only.
    unsafe {
        (*classes().builtin[num as usize]).scalar_type = class;
        let singleton = super::dtype::singleton(num);
        (*singleton).fields.typeobj = class;
        ffi::Py_INCREF(class.cast());
    }
}

/// True for dtype classes, abstract ones included.
pub fn is_class(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: a live object and an immortal class.
    unsafe { ffi::PyObject_TypeCheck(object.as_ptr(), classes().meta) != 0 }
}

/// The type number of a concrete built-in dtype class (`numpy.dtypes.Int8DType`); `None` for all else.
pub fn class_number(object: &Bound<'_, PyAny>) -> Option<TypeNum> {
    let pointer: *mut DTypeClass = object.as_ptr().cast();
    TYPES.iter().map(|row| row.num).find(|&num| classes().builtin[num as usize] == pointer)
}

/// The type number of a class of dtypes, if `class` is one that stands for a type.
pub fn number_of_class(class: &Bound<'_, PyAny>) -> Option<TypeNum> {
    let found = classes().builtin.iter().position(|own| std::ptr::eq(own.cast(), class.as_ptr()));
    found.map(|index| TYPES[index].num)
}

fn class_of<'a>(class: &'a Bound<'_, PyAny>) -> &'a DTypeClass {
    // SAFETY: the attributes below are only found on instances of the metaclass, which have this layout.
    unsafe { &*class.as_ptr().cast::<DTypeClass>() }
}

fn flag_attribute<'py>(class: &Bound<'py, PyAny>, flag: u64) -> PyResult<Bound<'py, PyAny>> {
    let set = class_of(class).flags & flag != 0;
    Ok(PyBool::new(class.py(), set).to_owned().into_any())
}

fn get_abstract<'py>(class: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    flag_attribute(class, class_flag::ABSTRACT)
}
fn get_legacy<'py>(class: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    flag_attribute(class, class_flag::LEGACY)
}
fn get_parametric<'py>(class: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    flag_attribute(class, class_flag::PARAMETRIC)
}
fn get_numeric<'py>(class: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    flag_attribute(class, class_flag::NUMERIC)
}
fn get_type<'py>(class: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let scalar = class_of(class).scalar_type;
    if scalar.is_null() {
        return Ok(class.py().None().into_bound(class.py()));
    }
    // SAFETY: a live, immortal class.
    Ok(unsafe { Bound::from_borrowed_ptr(class.py(), scalar.cast()) })
}

/// Attributes of the dtype classes themselves.
fn meta_getset() -> *mut ffi::PyGetSetDef {
    let rows = vec![
        getset_def!("_abstract", get_abstract),
        getset_def!("_legacy", get_legacy),
        getset_def!("_parametric", get_parametric),
        getset_def!("_is_numeric", get_numeric),
        getset_def!("type", get_type),
    ];
    // SAFETY: a zeroed row ends the table.
    gate::leak_table(rows, unsafe { std::mem::zeroed() })
}

/// `_DTypeMeta(...)`: dtype classes can't be made from Python.
unsafe extern "C" fn meta_new(
    _class: *mut ffi::PyTypeObject,
    _args: *mut ffi::PyObject,
    _kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    gate::object(|_| Err(PyTypeError::new_err("Preliminary-API: Cannot subclass DType.")))
}
