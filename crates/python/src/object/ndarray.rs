//! The type `numpy.ndarray`: allocation and release of instances, class hooks, and the table of its slots. What the slots
//! do stands in `attributes`, `number`, `subscript`, `methods` and `protocols`.

use std::mem::offset_of;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::exceptions::{PyDeprecationWarning, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};
use sharray_base::TypeNum;
use sharray_base::layout::Order;
use sharray_kernels::copy::release_elements;

use super::array::{Array, free_data, free_dims};
use super::layout::{ArrayFields, ArrayObject, DTypeObject, flag};
use super::{attributes, dtype, number, subscript};
use crate::gate;
use crate::{methods, protocols};

static mut NDARRAY: ffi::PyTypeObject = {
    // SAFETY: an all-zero type object is the starting point CPython documents for static types.
    let mut class: ffi::PyTypeObject = unsafe { std::mem::zeroed() };
    class.tp_name = c"numpy.ndarray".as_ptr();
    class.tp_basicsize = size_of::<ArrayObject>() as isize;
    class.tp_weaklistoffset = offset_of!(ArrayFields, weakreflist) as isize;
    class
};
static READY: AtomicBool = AtomicBool::new(false);

/// The class `ndarray`, immortal.
pub fn type_object() -> *mut ffi::PyTypeObject {
    &raw mut NDARRAY
}

/// The class as a Python object.
pub fn class(py: Python<'_>) -> Bound<'_, PyType> {
    // SAFETY: a static type that `add_to` has readied.
    unsafe { Bound::from_borrowed_ptr(py, type_object().cast()).cast_into_unchecked() }
}

/// True for arrays, subclasses included.
#[inline]
pub fn is_array(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: both are live objects.
    unsafe {
        ptr::eq(ffi::Py_TYPE(object.as_ptr()), type_object())
            || ffi::PyObject_TypeCheck(object.as_ptr(), type_object()) != 0
    }
}

/// How many released `ndarray` objects wait for reuse (design D4).
const FREE_OBJECTS: usize = 64;
struct FreeList {
    objects: [*mut ArrayObject; FREE_OBJECTS],
    len: usize,
}
static mut FREE: FreeList = FreeList { objects: [ptr::null_mut(); FREE_OBJECTS], len: 0 };

/// A bare instance: header and cleared fields, nothing else.
///
/// # Safety
/// The caller fills `descr`, dims and data before anyone sees it; GIL held.
pub unsafe fn alloc_instance(
    py: Python<'_>,
    subtype: Option<&Bound<'_, PyType>>,
) -> PyResult<*mut ArrayObject> {
    let class = subtype.map_or(type_object(), |t| t.as_type_ptr());
    if ptr::eq(class, type_object()) {
        // SAFETY: by this function's contract.
        return unsafe { alloc_plain(py) };
    }
    // SAFETY: a live class.
    unsafe { alloc_new(py, class) }
}

/// A bare instance of `ndarray` itself.
///
/// # Safety
/// As for [`alloc_instance`].
#[inline]
pub unsafe fn alloc_plain(py: Python<'_>) -> PyResult<*mut ArrayObject> {
    // SAFETY: the free list is touched under the GIL only; objects in it are whole allocations of this type.
    unsafe {
        let free = &raw mut FREE;
        if (*free).len == 0 {
            return alloc_new(py, type_object());
        }
        (*free).len -= 1;
        let object = (*free).objects[(*free).len];
        // What `PyObject_Init` does for a static type.
        let header: *mut ffi::PyObject = object.cast();
        ((*header).ob_refcnt, (*header).ob_type) = (1, type_object());
        let fields = &mut (*object).fields;
        fields.data = ptr::null_mut();
        fields.nd = 0;
        fields.dimensions = ptr::null_mut();
        fields.strides = ptr::null_mut();
        fields.base = ptr::null_mut();
        fields.descr = ptr::null_mut();
        fields.flags = 0;
        fields.weakreflist = ptr::null_mut();
        fields.buffer_info = ptr::null_mut();
        fields.mem_handler = ptr::null_mut();
        Ok(object)
    }
}

/// # Safety
/// As for [`alloc_instance`].
#[inline(never)]
unsafe fn alloc_new(py: Python<'_>, class: *mut ffi::PyTypeObject) -> PyResult<*mut ArrayObject> {
    // SAFETY: a live class.
    let object = unsafe { (*class).tp_alloc.unwrap_or(ffi::PyType_GenericAlloc)(class, 0) };
    if object.is_null() { Err(PyErr::fetch(py)) } else { Ok(object.cast()) }
}

unsafe extern "C" fn dealloc(slf: *mut ffi::PyObject) {
    let object: *mut ArrayObject = slf.cast();
    // SAFETY: the last reference is gone; each owned part is released exactly once, references before memory.
    unsafe {
        let fields = &mut (*object).fields;
        if !fields.weakreflist.is_null() {
            ffi::PyObject_ClearWeakRefs(slf);
        }
        if fields.flags & flag::WRITEBACKIFCOPY != 0 {
            // Revive for the time of the write-back, which runs Python code.
            ffi::Py_INCREF(slf);
            gate::enter((), |py| {
                let array = Array::expect(&Bound::from_borrowed_ptr(py, slf));
                crate::methods::layout::resolve_write_back(&array)
            });
            ffi::PyErr_Clear();
            (*slf).ob_refcnt -= 1;
        }
        if !fields.descr.is_null() && fields.base.is_null() && may_hold_objects(fields.descr) {
            release_all(fields);
        }
        if !fields.buffer_info.is_null() {
            protocols::buffer::free_info(fields);
        }
        free_data(object);
        free_dims(object);
        ffi::Py_CLEAR(&mut fields.base);
        ffi::Py_XDECREF(fields.descr.cast());
        let class = ffi::Py_TYPE(slf);
        let free = &raw mut FREE;
        if ptr::eq(class, type_object()) && (*free).len < FREE_OBJECTS {
            (*free).objects[(*free).len] = object;
            (*free).len += 1;
        } else if let Some(release) = (*class).tp_free {
            release(slf.cast());
        }
    }
}

/// False for numbers, which most arrays are of, without a look at the engine's value.
///
/// # Safety
/// A live dtype object.
#[inline(always)]
unsafe fn may_hold_objects(descr: *mut DTypeObject) -> bool {
    // SAFETY: the live dtype object of a dying array.
    unsafe { (*descr).fields.type_num as u32 >= TypeNum::Object as u32 && (*descr).value.holds_objects() }
}

/// Gives back the references in a dying array's elements. An owned array's memory is dense, whatever its layout was.
unsafe fn release_all(fields: &ArrayFields) {
    // SAFETY: A1, A2; an array without base owns every element of its dense block.
    unsafe {
        let dtype = &(*fields.descr).value;
        let shape = std::slice::from_raw_parts(fields.dimensions, fields.nd as usize);
        let count = shape.iter().product::<isize>() as usize;
        if fields.flags & flag::OWNDATA != 0 && !fields.data.is_null() {
            let _ = release_elements(fields.data, dtype.itemsize() as isize, count, dtype);
        }
    }
}

/// Calls `__array_finalize__` of a subclass.
#[inline]
pub fn finalize<'py>(array: &Array<'py>, parent: Option<&Bound<'py, PyAny>>) -> PyResult<()> {
    if array.is_exact() { Ok(()) } else { finalize_subclass(array, parent) }
}

fn finalize_subclass<'py>(array: &Array<'py>, parent: Option<&Bound<'py, PyAny>>) -> PyResult<()> {
    let py = array.py();
    // The class is asked, as for every special method: a property is not one.
    let hook = array.get_type().getattr(pyo3::intern!(py, "__array_finalize__"))?;
    if hook.is_none() || hook.is(base_finalize(py)?) {
        return Ok(());
    }
    match parent {
        Some(parent) => hook.call1((array.as_ref(), parent))?,
        None => hook.call1((array.as_ref(), py.None()))?,
    };
    Ok(())
}

fn base_finalize(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static HOOK: pyo3::sync::PyOnceLock<Py<PyAny>> = pyo3::sync::PyOnceLock::new();
    let hook = HOOK.get_or_try_init(py, || {
        class(py).getattr(pyo3::intern!(py, "__array_finalize__")).map(Bound::unbind)
    })?;
    Ok(hook.bind(py))
}

/// Warns once about a write to an array that a later version returns read-only, then lets it pass.
pub fn warn_on_write(array: &Array<'_>) -> PyResult<()> {
    array.set_flags(flag::WARN_ON_WRITE, false);
    let py = array.py();
    let category = py.get_type::<PyDeprecationWarning>();
    crate::errors::warn(
        py,
        category.as_any(),
        "this array overlaps in memory with itself or another one; writing to it will be refused in a later version: \
         make a copy first",
    )
}

unsafe extern "C" fn new(
    class: *mut ffi::PyTypeObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: the interpreter passes the class, a tuple, and a dict or null.
        let (class, args, kwargs) = unsafe {
            (
                Bound::from_borrowed_ptr(py, class.cast()).cast_into_unchecked::<PyType>(),
                Bound::from_borrowed_ptr(py, args).cast_into_unchecked::<PyTuple>(),
                Bound::from_borrowed_ptr_or_opt(py, kwargs).map(|k| k.cast_into_unchecked::<PyDict>()),
            )
        };
        construct(&class, &args, kwargs.as_ref())
    })
}

/// `ndarray(shape, dtype=None, buffer=None, offset=0, strides=None, order=None)`.
fn construct<'py>(
    class: &Bound<'py, PyType>,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    const NAMES: [&str; 6] = ["shape", "dtype", "buffer", "offset", "strides", "order"];
    let py = class.py();
    if args.len() > NAMES.len() {
        return Err(PyTypeError::new_err(format!(
            "ndarray() takes at most 6 arguments ({} given)",
            args.len()
        )));
    }
    let mut values: [Option<Bound<'py, PyAny>>; 6] = Default::default();
    for (slot, value) in values.iter_mut().zip(args.iter()) {
        *slot = Some(value);
    }
    for (name, value) in kwargs.into_iter().flatten() {
        let text: String = name.extract()?;
        let index = NAMES.iter().position(|n| *n == text);
        let index = index.ok_or_else(|| {
            PyTypeError::new_err(format!("ndarray() got an unexpected keyword argument '{text}'"))
        })?;
        values[index] = Some(value);
    }
    let [shape, dtype_arg, buffer, offset, strides, order] = values.map(|v| v.filter(|v| !v.is_none()));
    let shape =
        shape.ok_or_else(|| PyTypeError::new_err("ndarray() missing required argument 'shape' (pos 0)"))?;
    let shape = crate::args::shape(&shape)?;
    let descr = match dtype_arg {
        Some(object) => dtype::coerce(&object)?,
        None => dtype::coerce(&py.get_type::<pyo3::types::PyFloat>().into_any())?,
    };
    let order = crate::args::order(order.as_ref(), Order::C)?;
    let strides = strides.map(|s| crate::args::shape(&s)).transpose()?;
    let offset: isize = offset.map_or(Ok(0), |o| o.extract())?;
    match (buffer, strides) {
        (None, None) => {
            let array = Array::build(py, &descr, &shape, order, false, Some(class))?;
            crate::functions::create::fill_objects(&array, false)?;
            Ok(array.into_object())
        }
        (buffer, strides) => {
            let request = protocols::buffer::Window { descr, shape, strides, offset, order };
            protocols::buffer::window(class, buffer.as_ref(), request).map(Array::into_object)
        }
    }
}

unsafe extern "C" fn repr(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    text(slf, "_default_array_repr")
}

unsafe extern "C" fn str(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    text(slf, "_default_array_str")
}

fn text(slf: *mut ffi::PyObject, function: &str) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live array.
        let slf = unsafe { Bound::from_borrowed_ptr(py, slf) };
        py.import("sharray._core.arrayprint")?.getattr(function)?.call1((slf,))
    })
}

/// Makes the class and adds it to the module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    if !READY.swap(true, Ordering::Relaxed) {
        let class = type_object();
        // SAFETY: module start runs once under the GIL; nobody uses the class before it is ready.
        unsafe {
            (*class).tp_flags =
                (ffi::Py_TPFLAGS_DEFAULT | ffi::Py_TPFLAGS_BASETYPE | ffi::Py_TPFLAGS_SEQUENCE) as _;
            (*class).tp_doc = c"ndarray(shape, dtype=None, buffer=None, offset=0, strides=None, order=None)\n--\n\nAn array of fixed-size elements of one dtype.\n\nUse `array`, `zeros` or `empty` to make one.".as_ptr();
            (*class).tp_new = Some(new);
            (*class).tp_dealloc = Some(dealloc);
            (*class).tp_repr = Some(repr);
            (*class).tp_str = Some(str);
            (*class).tp_hash = Some(ffi::PyObject_HashNotImplemented);
            (*class).tp_getset = attributes::table();
            (*class).tp_methods = methods::table();
            (*class).tp_as_number = number::table();
            (*class).tp_as_sequence = subscript::sequence_table();
            (*class).tp_as_mapping = subscript::mapping_table();
            (*class).tp_iter = Some(subscript::iter);
            (*class).tp_richcompare = Some(number::compare);
            (*class).tp_as_buffer = protocols::buffer::table();
            if ffi::PyType_Ready(class) != 0 {
                return Err(PyErr::fetch(py));
            }
        }
    }
    module.add("ndarray", class(py))
}
