//! `numpy.dtype` instances: NumPy's descriptor fields and, behind them, the engine's own value. One singleton per
//! built-in type number.

use std::ffi::{c_char, c_int};
use std::ptr;
use std::sync::OnceLock;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::dtype::kind::{TYPE_COUNT, TYPES};
use sharray_base::{ByteOrder, DType, TypeNum};

use super::dtype_meta::{self, classes};
use super::layout::{DTypeFields, DTypeObject, SubarrayFields, dtype_flag};
use crate::gate;

struct Singletons([*mut DTypeObject; TYPE_COUNT]);
// SAFETY: pointers to immortal objects, used under the GIL.
unsafe impl Send for Singletons {}
// SAFETY: as for `Send`.
unsafe impl Sync for Singletons {}
static SINGLETONS: OnceLock<Singletons> = OnceLock::new();

/// The singleton of a type number, borrowed.
pub fn singleton(num: TypeNum) -> *mut DTypeObject {
    SINGLETONS.get().expect("made at module start").0[num as usize]
}

/// True for instances of `numpy.dtype`.
pub fn is_dtype(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: both are live objects; the class is immortal.
    unsafe { ffi::PyObject_TypeCheck(object.as_ptr(), classes().dtype.cast()) != 0 }
}

/// The engine's value of a dtype object.
///
/// # Panics
/// In debug builds, if `object` is no dtype.
pub fn value<'a>(object: &'a Bound<'_, PyAny>) -> &'a DType {
    debug_assert!(is_dtype(object));
    // SAFETY: a dtype object carries its value, which is never changed while it lives.
    unsafe { &(*object.as_ptr().cast::<DTypeObject>()).value }
}

/// The dtype object of an engine value: the singleton for plain built-ins.
pub fn from_value<'py>(py: Python<'py>, value: &DType) -> PyResult<Bound<'py, PyAny>> {
    let plain = singleton(value.num());
    // SAFETY: singletons are immortal.
    let is_plain = unsafe { &(*plain).value == value } && value.metadata().is_none();
    // SAFETY: a live object, or a fresh one owned by us.
    unsafe {
        if is_plain {
            return Ok(Bound::from_borrowed_ptr(py, plain.cast()));
        }
        new_object(py, value.clone()).map(|object| Bound::from_owned_ptr(py, object.cast()))
    }
}

/// `dtype.byteorder` as NumPy stores it.
fn order_char(value: &DType) -> c_char {
    value.order_char() as c_char
}

fn flags_of(value: &DType) -> u64 {
    let mut flags = 0;
    if value.holds_objects() {
        flags |= dtype_flag::ITEM_REFCOUNT | dtype_flag::NEEDS_INIT | dtype_flag::NEEDS_PYAPI;
        flags |= dtype_flag::USE_GETITEM;
        if value.num() == TypeNum::Object {
            flags |= dtype_flag::ITEM_IS_POINTER;
        }
    }
    if value.as_structure().is_some() {
        flags |= dtype_flag::USE_GETITEM | dtype_flag::USE_SETITEM;
    }
    if value.as_structure().is_some_and(|s| s.aligned) {
        flags |= dtype_flag::ALIGNED_STRUCT;
    }
    flags
}

/// A fresh dtype object. Subobjects (fields, names, subarray) are made from the value.
fn new_object(py: Python<'_>, value: DType) -> PyResult<*mut DTypeObject> {
    let class = classes().builtin[value.num() as usize];
    // SAFETY: the class is ready; its `tp_alloc` gives zeroed memory of `DTypeObject`'s size.
    unsafe {
        let object: *mut DTypeObject = ffi::PyType_GenericAlloc(class.cast(), 0).cast();
        if object.is_null() {
            return Err(PyErr::fetch(py));
        }
        let scalar_type = (*class).scalar_type;
        let row = value.num().row();
        ptr::write(&raw mut (*object).value, value);
        let value = &(*object).value;
        let fields: &mut DTypeFields = &mut (*object).fields;
        fields.typeobj = scalar_type;
        fields.kind = row.kind as u8 as c_char;
        fields.type_char = row.char as c_char;
        fields.byteorder = order_char(value);
        fields.type_num = value.num() as c_int;
        fields.flags = flags_of(value);
        fields.elsize = value.itemsize() as isize;
        fields.alignment = value.alignment() as isize;
        fields.hash = -1;
        if let Err(error) = fill_details(py, fields, value) {
            ffi::Py_DECREF(object.cast());
            return Err(error);
        }
        Ok(object)
    }
}

fn fill_details(py: Python<'_>, target: &mut DTypeFields, value: &DType) -> PyResult<()> {
    if let Some(structure) = value.as_structure() {
        let dict = pyo3::types::PyDict::new(py);
        for field in &structure.fields {
            let dtype = from_value(py, &field.dtype)?;
            let entry = match &field.title {
                None => PyTuple::new(py, [dtype, field.offset.into_pyobject(py)?.into_any()])?,
                Some(title) => {
                    let title_object = title.into_pyobject(py)?.into_any();
                    PyTuple::new(py, [dtype, field.offset.into_pyobject(py)?.into_any(), title_object])?
                }
            };
            dict.set_item(&*field.name, &entry)?;
            if let Some(title) = &field.title {
                dict.set_item(&**title, &entry)?;
            }
        }
        target.fields = dict.into_ptr();
        target.names = PyTuple::new(py, structure.fields.iter().map(|f| &*f.name))?.into_ptr();
    }
    if let Some(subarray) = value.as_subarray() {
        let base = from_value(py, &subarray.base)?;
        let shape = PyTuple::new(py, &subarray.shape)?;
        let boxed = SubarrayFields { base: base.into_ptr().cast(), shape: shape.into_ptr() };
        target.subarray = Box::into_raw(Box::new(boxed));
    }
    if let Some(metadata) = value.metadata().and_then(|m| m.0.downcast_ref::<Py<PyAny>>()) {
        target.metadata = metadata.clone_ref(py).into_ptr();
    }
    Ok(())
}

unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    let dtype: *mut DTypeObject = object.cast();
    // SAFETY: the last reference is gone; every owned part is released once.
    unsafe {
        let fields = &mut (*dtype).fields;
        ffi::Py_CLEAR(&mut fields.fields);
        ffi::Py_CLEAR(&mut fields.names);
        ffi::Py_CLEAR(&mut fields.metadata);
        if !fields.subarray.is_null() {
            let boxed = Box::from_raw(fields.subarray);
            ffi::Py_XDECREF(boxed.base.cast());
            ffi::Py_XDECREF(boxed.shape);
        }
        ptr::drop_in_place(&raw mut (*dtype).value);
        let class = ffi::Py_TYPE(object);
        if let Some(free) = (*class).tp_free {
            free(object.cast());
        }
    }
}

unsafe extern "C" fn new(
    _class: *mut ffi::PyTypeObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: the interpreter passes a tuple and a dict or null.
        let (args, _kwargs) =
            unsafe { (Bound::from_borrowed_ptr(py, args), Bound::from_borrowed_ptr_or_opt(py, kwargs)) };
        coerce(&args.get_item(0)?)
    })
}

unsafe extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live dtype object.
        let object = unsafe { Bound::from_borrowed_ptr(py, object) };
        Ok(format!("{:?}", value(&object)).into_pyobject(py)?.into_any())
    })
}

unsafe extern "C" fn str(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live dtype object.
        let object = unsafe { Bound::from_borrowed_ptr(py, object) };
        Ok(format!("{}", value(&object)).into_pyobject(py)?.into_any())
    })
}

/// `numpy.dtype(object)` as a dtype object.
///
/// # Errors
/// `TypeError` when it is no dtype.
pub fn coerce<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    if is_dtype(object) {
        return Ok(object.clone());
    }
    if object.is_none() {
        return from_value(py, &DType::of(TypeNum::Double));
    }
    if let Ok(text) = object.extract::<String>() {
        let found = TYPES.iter().find(|row| row.name == text || text.as_bytes() == [row.char]);
        if let Some(row) = found {
            return from_value(py, &DType::of(row.num));
        }
        if text == ">f8" {
            return from_value(py, &DType::of(TypeNum::Double).with_order(ByteOrder::Swapped));
        }
    }
    if object.is(py.get_type::<pyo3::types::PyInt>()) {
        return from_value(py, &DType::of(TypeNum::Long));
    }
    if object.is(py.get_type::<pyo3::types::PyFloat>()) {
        return from_value(py, &DType::of(TypeNum::Double));
    }
    if object.is(py.get_type::<pyo3::types::PyBool>()) {
        return from_value(py, &DType::of(TypeNum::Bool));
    }
    if object.is(py.get_type::<pyo3::types::PyComplex>()) {
        return from_value(py, &DType::of(TypeNum::CDouble));
    }
    if object.is_instance_of::<pyo3::types::PyType>() {
        return from_value(py, &DType::of(TypeNum::Object));
    }
    Err(PyTypeError::new_err(format!("Cannot interpret '{}' as a data type", object.repr()?)))
}

/// Attributes of the dtype classes themselves.
pub fn meta_getset() -> *mut ffi::PyGetSetDef {
    // SAFETY: a null row ends the table.
    gate::leak_table(Vec::new(), unsafe { std::mem::zeroed() })
}

/// `_DTypeMeta(...)`: dtype classes can't be made from Python.
pub unsafe extern "C" fn meta_new(
    _class: *mut ffi::PyTypeObject,
    _args: *mut ffi::PyObject,
    _kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    gate::object(|_| Err(PyTypeError::new_err("Preliminary-API: Cannot subclass DType.")))
}

fn fill_slots(class: *mut ffi::PyTypeObject) {
    // SAFETY: a fresh type object that is not yet ready; plain stores.
    unsafe {
        (*class).tp_new = Some(new);
        (*class).tp_dealloc = Some(dealloc);
        (*class).tp_repr = Some(repr);
        (*class).tp_str = Some(str);
        (*class).tp_doc = c"dtype(dtype, align=False, copy=False, *, metadata=None)\n--\n\nWhat the bytes of an array element mean.".as_ptr();
    }
}

/// Makes classes and singletons and adds `dtype` to the module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    let classes = dtype_meta::ready(py, fill_slots)?;
    if SINGLETONS.get().is_none() {
        let mut made = [ptr::null_mut(); TYPE_COUNT];
        for (slot, row) in made.iter_mut().zip(&TYPES) {
            *slot = new_object(py, DType::of(row.num))?;
            // SAFETY: the class is immortal; the singleton gets one reference that is never given back.
            unsafe { (*classes.builtin[row.num as usize]).singleton = *slot };
        }
        let _ = SINGLETONS.set(Singletons(made));
    }
    // SAFETY: immortal classes.
    unsafe {
        module.add("dtype", Bound::from_borrowed_ptr(py, classes.dtype.cast()))?;
        module.add("_DTypeMeta", Bound::from_borrowed_ptr(py, classes.meta.cast()))?;
    }
    Ok(())
}
