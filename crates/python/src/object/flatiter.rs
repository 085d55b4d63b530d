//! `ndarray.flat`: the elements in C order, whatever the layout. NumPy's `PyArrayIterObject` (its iterators know at most
//! 32 axes), stepped odometer-like.

use std::ffi::{c_char, c_int};
use std::mem::offset_of;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use pyo3::exceptions::{PyIndexError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyEllipsis, PySlice, PyTuple};
use sharray_base::layout::{Order, broadcast_strides};
use sharray_base::{DType, Kind, TypeNum};
use sharray_core::assign::Casting;

use super::array::Array;
use super::layout::{ArrayFields, flag};
use super::{number, scalar, subscript};
use crate::gate::{self, Args};
use crate::methods::layout::raveled;
use crate::{coerce, getset_def, method_def};

/// The most axes that NumPy's legacy iterators hold.
pub const MAX_AXES: usize = 32;

type PerAxis = [isize; MAX_AXES];

/// `PyArrayIterObject`; `itemsize` stands in its padding.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct FlatIter {
    pub ob_base: ffi::PyObject,
    pub nd_m1: c_int,
    pub itemsize: u32,
    pub index: isize,
    pub size: isize,
    pub coordinates: PerAxis,
    pub dims_m1: PerAxis,
    pub strides: PerAxis,
    pub backstrides: PerAxis,
    pub factors: PerAxis,
    pub ao: *mut ffi::PyObject,
    pub dataptr: *mut c_char,
    pub contiguous: u8,
    pub bounds: [[isize; 2]; MAX_AXES],
    pub limits: [[isize; 2]; MAX_AXES],
    pub limits_sizes: PerAxis,
    pub translate: *mut std::ffi::c_void,
}

const _: () = {
    assert!(size_of::<FlatIter>() == 2632);
    assert!(offset_of!(FlatIter, index) == 24);
    assert!(offset_of!(FlatIter, coordinates) == 40);
    assert!(offset_of!(FlatIter, ao) == 1320);
    assert!(offset_of!(FlatIter, dataptr) == 1328);
};

static mut FLATITER: ffi::PyTypeObject = {
    // SAFETY: an all-zero type object is the starting point CPython documents for static types.
    let mut class: ffi::PyTypeObject = unsafe { std::mem::zeroed() };
    class.tp_name = c"numpy.flatiter".as_ptr();
    class.tp_basicsize = size_of::<FlatIter>() as isize;
    class
};
static READY: AtomicBool = AtomicBool::new(false);

/// The class `flatiter`, immortal.
pub fn type_object() -> *mut ffi::PyTypeObject {
    &raw mut FLATITER
}

/// An iterator over an array's elements.
///
/// # Errors
/// `RuntimeError` for more axes than the iterator holds.
pub fn over<'py>(array: &Array<'py>) -> PyResult<Bound<'py, PyAny>> {
    stretched(array, array.shape())
}

/// The memory of the last iterator that went: clearing so much again costs more than a few steps.
static SPARE: AtomicPtr<FlatIter> = AtomicPtr::new(ptr::null_mut());

/// An instance without its array: a new one, zeroed, or the spare one as it was left. Null with an exception set if there is
/// no memory.
///
/// # Safety
/// The GIL is held, and the class is ready.
unsafe fn allocate() -> *mut FlatIter {
    let spare = SPARE.swap(ptr::null_mut(), Ordering::Acquire);
    // SAFETY: by the contract; the spare one is an instance of the class whose memory is whole.
    unsafe {
        if spare.is_null() {
            return ffi::PyType_GenericAlloc(type_object(), 0).cast();
        }
        ffi::PyObject_Init(spare.cast(), type_object()).cast()
    }
}

/// An iterator over an array's elements as they would be broadcast to a shape.
///
/// # Errors
/// `RuntimeError` for more axes than the iterator holds; `ValueError` when the array does not broadcast to the shape.
pub fn stretched<'py>(array: &Array<'py>, shape: &[isize]) -> PyResult<Bound<'py, PyAny>> {
    let py = array.py();
    if shape.len() > MAX_AXES {
        return Err(PyRuntimeError::new_err(format!(
            "this function only supports up to {MAX_AXES} dimensions but the array has {}.",
            shape.len()
        )));
    }
    let stretched;
    let strides = if array.shape() == shape {
        array.strides()
    } else {
        stretched = broadcast_strides(array.shape(), array.strides(), shape)
            .ok_or_else(|| PyValueError::new_err("shape mismatch"))?;
        &stretched[..]
    };
    let dense = array.has(flag::C_CONTIGUOUS) && array.shape() == shape;
    // SAFETY: an instance of the class that nothing else refers to, zeroed or of an earlier iterator; what is read of it is
    // set here.
    unsafe {
        let object = allocate();
        if object.is_null() {
            return Err(PyErr::fetch(py));
        }
        let it = &mut *object;
        it.index = 0;
        it.translate = ptr::null_mut();
        it.nd_m1 = shape.len() as c_int - 1;
        it.itemsize = array.dtype().itemsize() as u32;
        it.size = shape.iter().product();
        it.contiguous = u8::from(dense);
        let mut factor = 1;
        for axis in (0..shape.len()).rev() {
            let (extent, stride) = (shape[axis], strides[axis]);
            it.coordinates[axis] = 0;
            it.dims_m1[axis] = extent - 1;
            it.strides[axis] = stride;
            it.backstrides[axis] = stride * (extent - 1);
            it.factors[axis] = factor;
            it.limits[axis] = [0, extent - 1];
            it.limits_sizes[axis] = extent;
            factor *= extent;
        }
        it.ao = array.clone().into_object().into_ptr();
        it.dataptr = array.data().cast();
        Ok(Bound::from_owned_ptr(py, object.cast()))
    }
}

/// The iterator's fields.
///
/// # Safety
/// `slf` is a flatiter, and nothing else refers to its fields while the result lives.
#[expect(
    clippy::mut_from_ref,
    reason = "the fields lie in the object, and the contract forbids a second reference"
)]
unsafe fn fields<'a>(slf: &'a Bound<'_, PyAny>) -> &'a mut FlatIter {
    // SAFETY: by the contract.
    unsafe { &mut *slf.as_ptr().cast() }
}

/// The array that is iterated over. Its elements may be others than at the start (`a.dtype = ...`), but not larger ones:
/// the iterator's last place has room for one of the size at the start.
fn array_of<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    // SAFETY: the iterator holds its array; the references end here.
    let (array, room) = unsafe {
        let it = fields(slf);
        (Array::expect(&Bound::from_borrowed_ptr(slf.py(), it.ao)), it.itemsize as usize)
    };
    if array.dtype().itemsize() > room {
        return Err(PyRuntimeError::new_err(format!(
            "the array's elements grew from {room} to {} bytes since the iterator was made; make a new one",
            array.dtype().itemsize()
        )));
    }
    Ok(array)
}

impl FlatIter {
    /// One element further.
    fn advance(&mut self) {
        self.index += 1;
        for axis in (0..(self.nd_m1 + 1) as usize).rev() {
            if self.coordinates[axis] < self.dims_m1[axis] {
                self.coordinates[axis] += 1;
                self.dataptr = self.dataptr.wrapping_offset(self.strides[axis]);
                return;
            }
            self.coordinates[axis] = 0;
            self.dataptr = self.dataptr.wrapping_offset(-self.backstrides[axis]);
        }
    }
    /// Back to the first element.
    pub fn reset(&mut self) {
        self.index = 0;
        self.coordinates = [0; MAX_AXES];
        // SAFETY: the iterator holds its array.
        self.dataptr = unsafe { (*self.ao.cast::<ArrayFields>()).data.cast() };
    }
    /// Address of the element at a flat index.
    fn at(&self, data: *mut u8, mut index: isize) -> *mut u8 {
        let mut place = data;
        for axis in 0..=self.nd_m1.max(-1) {
            let Ok(axis) = usize::try_from(axis) else { continue };
            let factor = self.factors[axis].max(1);
            place = place.wrapping_offset(index / factor * self.strides[axis]);
            index %= factor;
        }
        place
    }
}

unsafe extern "C" fn dealloc(slf: *mut ffi::PyObject) {
    // SAFETY: the last reference is gone.
    unsafe {
        ffi::Py_CLEAR(&mut (*slf.cast::<FlatIter>()).ao);
        let (own, none) = (slf.cast::<FlatIter>(), ptr::null_mut());
        if ptr::eq(ffi::Py_TYPE(slf), type_object())
            && SPARE.compare_exchange(none, own, Ordering::Release, Ordering::Relaxed).is_ok()
        {
            return;
        }
        if let Some(free) = (*ffi::Py_TYPE(slf)).tp_free {
            free(slf.cast());
        }
    }
}

unsafe extern "C" fn next(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: a live iterator, which holds its array; where it stands is an element. Plain numbers need nothing else.
    unsafe {
        let it = &mut *slf.cast::<FlatIter>();
        let dtype = &(*(*it.ao.cast::<ArrayFields>()).descr).value;
        if it.index < it.size && dtype.is_plain_number() && dtype.itemsize() <= it.itemsize as usize {
            let element = it.dataptr;
            it.advance();
            return scalar::number_at(dtype.num(), element.cast());
        }
    }
    gate::enter(std::ptr::null_mut(), |py| {
        // SAFETY: a live iterator.
        let slf = unsafe { Bound::from_borrowed_ptr(py, slf) };
        // SAFETY: a live iterator; the values are copied out.
        if unsafe { fields(&slf).index >= fields(&slf).size } {
            return Ok(std::ptr::null_mut());
        }
        step(&slf).map(Bound::into_ptr)
    })
}

/// The element that an iterator stands at; it goes on to the next one. `IndexError` at the end.
///
/// # Errors
/// What making the element raises.
pub fn step<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let array = array_of(slf)?;
    // SAFETY: the only reference to the fields, ended before other code runs; the array is held by the iterator.
    let data = unsafe {
        let it = fields(slf);
        if it.index >= it.size {
            return Err(PyIndexError::new_err(format!("the iterator's {} elements are used up", it.size)));
        }
        let data = it.dataptr;
        it.advance();
        data
    };
    scalar::from_element(slf.py(), array.dtype(), data.cast(), Some(&array))
}

unsafe extern "C" fn iter(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: a live iterator is its own iterator.
    unsafe { ffi::Py_NewRef(slf) }
}

unsafe extern "C" fn length(slf: *mut ffi::PyObject) -> isize {
    // SAFETY: a live iterator.
    unsafe { (*slf.cast::<FlatIter>()).size }
}

fn normalized(index: isize, size: isize) -> PyResult<isize> {
    let place = if index < 0 { index + size } else { index };
    if (0..size).contains(&place) {
        return Ok(place);
    }
    Err(PyIndexError::new_err(format!("index {index} is out of bounds for size {size}")))
}

/// Places that a key picks, as an `intp` array; `None` for one integer.
enum Picked<'py> {
    One(isize),
    Many(Array<'py>),
}

/// What may be an index.
const ONLY: &str =
    "only integers, slices (`:`), ellipsis (`...`) and integer or boolean arrays are valid indices";

/// A key as one entry: out of a tuple of one, `...` for an empty one.
fn only_entry<'py>(key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    match key.cast::<PyTuple>() {
        Ok(tuple) if tuple.len() == 1 => tuple.get_item(0),
        Ok(tuple) if tuple.is_empty() => Ok(PyEllipsis::get(key.py()).to_owned().into_any()),
        Ok(tuple) => Err(PyIndexError::new_err(format!(
            "too many indices for flat iterator: flat iterator is 1-dimensional, but {} were indexed",
            tuple.len()
        ))),
        Err(_) => Ok(key.clone()),
    }
}

fn picked<'py>(key: &Bound<'py, PyAny>, size: isize) -> PyResult<Picked<'py>> {
    let py = key.py();
    let key = only_entry(key)?;
    if key.is_none() {
        return Err(PyIndexError::new_err(ONLY));
    }
    if key.is(PyEllipsis::get(py)) {
        return evenly(py, 0, 1, size);
    }
    if let Ok(slice) = key.cast::<PySlice>() {
        let range = slice.indices(size)?;
        return evenly(py, range.start, range.step, range.slicelength as isize);
    }
    let array = Array::from_object(&key);
    let is_truth = |a: &Array<'py>| a.ndim() == 0 && a.dtype().num() == TypeNum::Bool;
    if key.is_instance_of::<PyBool>() || array.as_ref().is_some_and(is_truth) {
        deprecated(
            py,
            "Indexing flat iterators with a 0-dimensional boolean index is deprecated: use an array of bools as long as the iterator",
        )?;
        return if key.is_truthy()? { normalized(0, size).map(Picked::One) } else { evenly(py, 0, 1, 0) };
    }
    if array.as_ref().is_none_or(|a| a.ndim() == 0)
        && key.getattr_opt("__index__")?.is_some()
        && let Ok(index) = crate::args::axis_number(&key)
    {
        return Ok(Picked::One(normalized(index, size)?));
    }
    match array {
        Some(array) => by_array(array, size),
        None => by_values(&key, size),
    }
}

/// Places at equal distances.
fn evenly<'py>(py: Python<'py>, start: isize, step: isize, count: isize) -> PyResult<Picked<'py>> {
    let places = Array::new(py, &DType::of(TypeNum::Long), &[count], Order::C)?;
    for i in 0..count {
        // SAFETY: within the fresh array.
        unsafe { places.data().cast::<isize>().offset(i).write(start + i * step) };
    }
    Ok(Picked::Many(places))
}

fn deprecated(py: Python<'_>, message: &str) -> PyResult<()> {
    let category = py.get_type::<pyo3::exceptions::PyDeprecationWarning>();
    crate::errors::warn(py, category.as_any(), &format!("{message} (Deprecated NumPy 2.4)"))
}

/// An array as index: of integers, or a mask as long as the iterator.
fn by_array<'py>(array: Array<'py>, size: isize) -> PyResult<Picked<'py>> {
    if array.dtype().num() == TypeNum::Bool {
        if array.ndim() > 1 {
            return Err(PyIndexError::new_err("a mask for the elements of a flat iterator has one axis"));
        }
        if array.shape()[0] != size {
            return Err(PyIndexError::new_err(format!(
                "boolean index did not match indexed flat iterator along axis 0; size of axis is {size} but size of \
                 corresponding boolean axis is {}",
                array.shape()[0]
            )));
        }
        let places = Array::given(&array.call_method0("nonzero")?.get_item(0)?, "nonzero")?;
        return Ok(Picked::Many(places));
    }
    if !array.dtype().num().is_integer() {
        return Err(PyIndexError::new_err("arrays used as indices must be of integer (or boolean) type"));
    }
    Ok(Picked::Many(subscript::as_intp(&array, Casting::SameKind)?))
}

/// Anything that an array of integers can be made of. Numbers that are no integers are cut off, with a warning.
fn by_values<'py>(key: &Bound<'py, PyAny>, size: isize) -> PyResult<Picked<'py>> {
    let found = coerce::asarray(key)?;
    let kind = found.dtype().kind();
    match kind {
        Kind::Bool => Err(PyIndexError::new_err(
            "boolean indices for iterators are not supported because of previous behavior that was confusing (valid boolean \
             indices are expected to work in the future)",
        )),
        Kind::Int | Kind::UInt => Ok(Picked::Many(subscript::as_intp(&found, Casting::SameKind)?)),
        _ if found.size() == 0 => Ok(Picked::Many(subscript::as_intp(&found, Casting::Unsafe)?)),
        Kind::Float => {
            let message = "Invalid non-array indices for iterator objects are deprecated: use integers, slices or arrays of integers or bools";
            deprecated(key.py(), message)?;
            let places = subscript::as_intp(&found, Casting::Unsafe)?;
            if places.ndim() == 0 {
                // SAFETY: the only element of an array of `intp`.
                let place = unsafe { places.data().cast::<isize>().read_unaligned() };
                return Ok(Picked::One(normalized(place, size)?));
            }
            Ok(Picked::Many(places))
        }
        _ => Err(PyIndexError::new_err(ONLY)),
    }
}

/// Flat indices of a pick, checked.
fn places_of(places: &Array<'_>, size: isize) -> PyResult<Vec<isize>> {
    let flat = raveled(places, Order::C)?;
    let stride = flat.strides()[0];
    (0..flat.size() as isize)
        .map(|i| {
            // SAFETY: within the raveled array.
            normalized(unsafe { flat.data().offset(i * stride).cast::<isize>().read_unaligned() }, size)
        })
        .collect()
}

unsafe extern "C" fn get(slf: *mut ffi::PyObject, key: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: live objects from the interpreter.
        let (slf, key) = unsafe { (Bound::from_borrowed_ptr(py, slf), Bound::from_borrowed_ptr(py, key)) };
        let array = array_of(&slf)?;
        // SAFETY: a live iterator; the value is copied out.
        let size = unsafe { fields(&slf).size };
        match picked(&key, size)? {
            Picked::One(place) => {
                // SAFETY: a live iterator; the place is within the array.
                let data = unsafe { fields(&slf).at(array.data(), place) };
                scalar::from_element(py, array.dtype(), data, Some(&array))
            }
            Picked::Many(places) => {
                let class = (!array.is_exact()).then(|| array.get_type());
                let result =
                    Array::build(py, &array.descr(), places.shape(), Order::C, false, class.as_ref())?;
                let itemsize = array.dtype().itemsize();
                for (n, place) in places_of(&places, size)?.into_iter().enumerate() {
                    // SAFETY: both places are within their arrays.
                    unsafe {
                        let source = fields(&slf).at(array.data(), place);
                        copy_one(&array, source, &result, result.data().add(n * itemsize))?;
                    }
                }
                super::ndarray::finalize(&result, Some(&array))?;
                Ok(result.into_object())
            }
        }
    })
}

/// Copies one element between arrays of one dtype.
unsafe fn copy_one(from: &Array<'_>, source: *mut u8, to: &Array<'_>, target: *mut u8) -> PyResult<()> {
    // SAFETY: the caller's addresses are those of elements.
    unsafe {
        let source = sharray_base::View::scalar(source, from.dtype());
        let target = sharray_base::ViewMut::new(sharray_base::View::scalar(target, to.dtype()));
        crate::fp_report::casting(from.py(), from.dtype(), to.dtype(), || {
            sharray_core::assign::copy(target, source, Casting::Unsafe)
        })
    }
}

unsafe extern "C" fn set(
    slf: *mut ffi::PyObject,
    key: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
) -> c_int {
    gate::status(|py| {
        // SAFETY: live objects from the interpreter; a null value means deletion.
        let (slf, key, value) = unsafe {
            (
                Bound::from_borrowed_ptr(py, slf),
                Bound::from_borrowed_ptr(py, key),
                Bound::from_borrowed_ptr_or_opt(py, value),
            )
        };
        let value = value.ok_or_else(|| PyTypeError::new_err("Cannot delete iterator elements"))?;
        let array = array_of(&slf)?;
        array.view_mut("underlying array")?;
        if key.cast::<PyTuple>().is_ok_and(|key| key.is_empty()) {
            return Err(PyIndexError::new_err(
                "Assigning to a flat iterator with a 0-D index is not supported",
            ));
        }
        // SAFETY: a live iterator; the value is copied out.
        let size = unsafe { fields(&slf).size };
        let places = match picked(&key, size)? {
            Picked::One(place) => {
                // SAFETY: a live iterator; the place is within the array.
                let data = unsafe { fields(&slf).at(array.data(), place) };
                return coerce::assign_element(&array, data, &value);
            }
            Picked::Many(places) => places_of(&places, size)?,
        };
        let request = coerce::Request { dtype: Some(array.descr()), order: Order::C, ..Default::default() };
        let values = coerce::from_any(&value, &request)?;
        let values = raveled(&values, Order::C)?;
        let count = values.size();
        if count == 0 {
            if places.is_empty() {
                return Ok(());
            }
            return Err(PyValueError::new_err("Error setting single item of array."));
        }
        let stride = values.strides()[0];
        for (n, place) in places.into_iter().enumerate() {
            // SAFETY: both places are within their arrays; values repeat when they are too few.
            unsafe {
                let target = fields(&slf).at(array.data(), place);
                copy_one(&values, values.data().offset((n % count) as isize * stride), &array, target)?;
            }
        }
        Ok(())
    })
}

unsafe extern "C" fn compare(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    code: c_int,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live iterator.
        let slf = unsafe { Bound::from_borrowed_ptr(py, a) };
        let elements = as_array(&slf)?;
        // SAFETY: live operands; the result is a new reference or null with an exception set.
        unsafe { Bound::from_owned_ptr_or_err(py, number::compare(elements.as_ptr(), b, code)) }
    })
}

/// The elements as a 1-D array: a view where they lie densely.
fn as_array<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let array = array_of(slf)?;
    // SAFETY: the whole array, as a plain ndarray.
    let plain =
        unsafe { array.sub_view_as(&array.descr(), array.data(), array.shape(), array.strides(), None)? };
    let elements = plain.call_method0("ravel")?;
    if let Some(copy) = Array::from_object(&elements)
        && copy.data() != array.data()
    {
        // What is written to a copy would be lost.
        copy.set_flags(flag::WRITEABLE, false);
    }
    Ok(elements)
}

fn array_dunder<'py>(slf: &Bound<'py, PyAny>, call: Args<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let [wanted, copy] = call.parse("__array__", &["dtype", "copy"], 0, 2)?;
    let elements = as_array(slf)?;
    if crate::protocols::foreign::beside_numpy(slf.py())? {
        let array = array_of(slf)?;
        let shared = Array::from_object(&elements).is_some_and(|found| found.data() == array.data());
        if !shared && copy.as_ref().is_some_and(|c| c.is(PyBool::new(slf.py(), false).as_any())) {
            return Err(crate::coerce::copy_refused());
        }
        let keywords = PyDict::new(slf.py());
        keywords.set_item("copy", copy)?;
        return elements.call_method("__array__", (wanted,), Some(&keywords));
    }
    match wanted.filter(|w| !w.is_none()) {
        Some(wanted) => elements.call_method1("astype", (wanted,)),
        None if copy.map_or(Ok(false), |c| c.is_truthy())? => elements.call_method0("copy"),
        None => Ok(elements),
    }
}

fn copy<'py>(slf: &Bound<'py, PyAny>, call: Args<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let [] = call.parse("copy", &[], 0, 0)?;
    array_of(slf)?.call_method0("flatten")
}

fn base<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Ok(array_of(slf)?.into_object())
}

fn index<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a live iterator; the value is copied out.
    let index = unsafe { fields(slf).index };
    Ok(index.into_pyobject(slf.py())?.into_any())
}

fn coords<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a live iterator; the values are copied out.
    let (coordinates, count) = unsafe { (fields(slf).coordinates, (fields(slf).nd_m1 + 1) as usize) };
    Ok(PyTuple::new(slf.py(), &coordinates[..count])?.into_any())
}

/// Makes the class and adds it to the module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    let class = type_object();
    if !READY.swap(true, Ordering::Relaxed) {
        let mut copy_method = method_def!("copy", copy);
        copy_method.ml_doc = c"copy($self, /)\n--\n\nAll elements as a new one-dimensional array.".as_ptr();
        // SAFETY: module start runs once under the GIL.
        unsafe {
            (*class).tp_flags = ffi::Py_TPFLAGS_DEFAULT as _;
            (*class).tp_doc =
                c"Iterator over the elements of an array in C order; also indexed like a 1-D array.".as_ptr();
            (*class).tp_dealloc = Some(dealloc);
            (*class).tp_iter = Some(iter);
            (*class).tp_iternext = Some(next);
            (*class).tp_richcompare = Some(compare);
            (*class).tp_as_mapping = Box::leak(Box::new(ffi::PyMappingMethods {
                mp_length: Some(length),
                mp_subscript: Some(get),
                mp_ass_subscript: Some(set),
            }));
            let mut rows = vec![method_def!("__array__", array_dunder), copy_method];
            crate::signatures::document(&mut rows);
            (*class).tp_methods = gate::leak_table(rows, ffi::PyMethodDef::zeroed());
            (*class).tp_getset = gate::leak_table(
                crate::signatures::documented(vec![
                    getset_def!("base", base),
                    getset_def!("index", index),
                    getset_def!("coords", coords),
                ]),
                std::mem::zeroed(),
            );
            if ffi::PyType_Ready(class) != 0 {
                return Err(PyErr::fetch(py));
            }
        }
    }
    // SAFETY: an immortal class.
    module.add("flatiter", unsafe { Bound::from_borrowed_ptr(py, class.cast()) })
}
