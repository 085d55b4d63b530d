//! `a[key]`, `a[key] = value`, `len(a)`, `iter(a)`, `x in a`: Python's keys become the engine's, then a view or a copy.

use pyo3::exceptions::{PyIndexError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyEllipsis, PyList, PySlice, PyString, PyTuple};
use sharray_base::layout::{Order, reshape::Layout};
use sharray_base::{DType, Dims, TypeNum};
use sharray_core::assign::{self, Casting};
use sharray_core::index::{self, Key, Plan};

use super::array::Array;
use super::pick;
use super::place::Place;
use super::{dtype, scalar};
use crate::coerce;
use crate::errors::OrRaise;
use crate::fp_report;
use crate::gate;
use crate::outputs::Outputs;
use crate::protocols::numpys;

/// A key entry that may keep an index array alive.
enum Entry<'py> {
    Int(isize),
    /// An integer given as a 0-d array: picks like an integer, but the result is a copy.
    IntArray(isize),
    Slice(Option<isize>, Option<isize>, Option<isize>),
    Ellipsis,
    NewAxis,
    Bool(bool),
    Mask(Array<'py>),
    Array(Array<'py>),
}

impl Entry<'_> {
    fn key(&self) -> Key<'_> {
        match self {
            Entry::Int(i) | Entry::IntArray(i) => Key::Int(*i),
            Entry::Slice(start, stop, step) => Key::Slice { start: *start, stop: *stop, step: *step },
            Entry::Ellipsis => Key::Ellipsis,
            Entry::NewAxis => Key::NewAxis,
            Entry::Bool(b) => Key::Bool0d(*b),
            Entry::Mask(array) => Key::Mask(array.view()),
            Entry::Array(array) => Key::Array(array.view()),
        }
    }
}

const INVALID: &str = "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean \
                       arrays are valid indices";

/// The error of a conversion that says -1 when it failed, and also for -1 itself.
fn failure(py: Python<'_>, value: isize) -> Option<PyErr> {
    if value == -1 { PyErr::take(py) } else { None }
}

fn slice_part(object: &Bound<'_, PyAny>) -> PyResult<Option<isize>> {
    if object.is_none() {
        return Ok(None);
    }
    // Out-of-range integers are clipped, as Python's own slices do.
    // SAFETY: a live object; a null exception asks for clipping.
    let value = unsafe { ffi::PyNumber_AsSsize_t(object.as_ptr(), std::ptr::null_mut()) };
    match failure(object.py(), value) {
        Some(error) => Err(if error.is_instance_of::<PyTypeError>(object.py()) {
            PyTypeError::new_err("slice indices must be integers or None or have an __index__ method")
        } else {
            error
        }),
        _ => Ok(Some(value)),
    }
}

fn entry<'py>(object: &Bound<'py, PyAny>) -> PyResult<Entry<'py>> {
    let py = object.py();
    if object.is_exact_instance_of::<pyo3::types::PyInt>() {
        return integer(object).map(Entry::Int);
    }
    if let Ok(slice) = object.cast::<PySlice>() {
        let fields: *const ffi::PySliceObject = slice.as_ptr().cast();
        // SAFETY: a live slice holds its three parts and never changes them.
        let part = |field: fn(&ffi::PySliceObject) -> *mut ffi::PyObject| unsafe {
            slice_part(&Bound::from_borrowed_ptr(py, field(&*fields)))
        };
        let step = part(|s| s.step)?;
        if step == Some(0) {
            return Err(PyValueError::new_err("slice step cannot be zero"));
        }
        return Ok(Entry::Slice(part(|s| s.start)?, part(|s| s.stop)?, step));
    }
    if object.is_none() {
        return Ok(Entry::NewAxis);
    }
    if object.is(PyEllipsis::get(py)) {
        return Ok(Entry::Ellipsis);
    }
    if let Ok(flag) = object.cast::<PyBool>() {
        return Ok(Entry::Bool(flag.is_true()));
    }
    if object.is_instance_of::<PyString>() {
        return Err(PyIndexError::new_err(INVALID));
    }
    if let Some(array) = Array::from_object(object) {
        return array_entry(array, false);
    }
    if let Some(array) = numpys::plain(object)? {
        return array_entry(array, false);
    }
    // An integer-like object: through `__index__`, even if it claims to be a sequence too.
    if object.getattr_opt(pyo3::intern!(py, "__index__"))?.is_some() {
        match integer(object) {
            Err(_) if object.len().is_ok() => (),
            number => return number.map(Entry::Int),
        }
    }
    if let Some(number) = scalar_integer(object)? {
        return Ok(Entry::Int(number));
    }
    let array = coerce::asarray(object)?;
    let from_list = object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>();
    array_entry(array, from_list)
}

fn scalar_integer(object: &Bound<'_, PyAny>) -> PyResult<Option<isize>> {
    if !coerce::is_scalar(object) || object.getattr_opt(pyo3::intern!(object.py(), "__index__"))?.is_none() {
        return Ok(None);
    }
    Ok(integer(object).ok())
}

fn integer(object: &Bound<'_, PyAny>) -> PyResult<isize> {
    // SAFETY: a live object.
    let value = unsafe { ffi::PyNumber_AsSsize_t(object.as_ptr(), ffi::PyExc_IndexError) };
    failure(object.py(), value).map_or(Ok(value), Err)
}

fn array_entry<'py>(array: Array<'py>, from_sequence: bool) -> PyResult<Entry<'py>> {
    let py = array.py();
    let num = array.dtype().num();
    if num == TypeNum::Bool {
        if array.ndim() > 0 {
            return Ok(Entry::Mask(array));
        }
        // SAFETY: a 0-d bool array has one readable byte.
        return Ok(Entry::Bool(unsafe { array.data().read() } != 0));
    }
    if num.is_integer() {
        if array.ndim() == 0 {
            return Ok(Entry::IntArray(integer(array.as_ref())?));
        }
        return as_intp(&array, Casting::SameKind).map(Entry::Array);
    }
    if from_sequence && array.size() == 0 {
        return as_intp(&array, Casting::Unsafe).map(Entry::Array);
    }
    if num == TypeNum::Object && array.ndim() > 0 && !from_sequence {
        return Err(PyIndexError::new_err("arrays used as indices must be of integer (or boolean) type"));
    }
    if array.ndim() == 0 {
        return Err(PyIndexError::new_err(INVALID));
    }
    let _ = py;
    Err(PyIndexError::new_err("arrays used as indices must be of integer (or boolean) type"))
}

/// The array as native `intp`, itself if it is already.
pub fn as_intp<'py>(array: &Array<'py>, casting: Casting) -> PyResult<Array<'py>> {
    let py = array.py();
    let intp = DType::of(TypeNum::Long);
    if array.dtype().equivalent(&intp) {
        return Ok(array.clone());
    }
    let copy = Array::new(py, &intp, array.shape(), Order::C)?;
    assign::copy(copy.view_mut_unchecked(), array.view(), casting).or_raise(py)?;
    Ok(copy)
}

type Entries<'py> = smallvec::SmallVec<[Entry<'py>; 4]>;

/// The key's entries. A tuple is several; anything else is one.
fn entries<'py>(key: &Bound<'py, PyAny>) -> PyResult<Entries<'py>> {
    match key.cast::<PyTuple>() {
        Ok(tuple) => {
            if tuple.len() > 2 * sharray_base::MAX_NDIM {
                return Err(PyIndexError::new_err("too many indices for array"));
            }
            several(tuple)
        }
        Err(_) => Ok(smallvec::smallvec![entry(key)?]),
    }
}

/// The entries of a tuple. What is wrong with a slice's bounds is told last, as NumPy looks at them last.
fn several<'py>(tuple: &Bound<'py, PyTuple>) -> PyResult<Entries<'py>> {
    let mut entries = Entries::with_capacity(tuple.len());
    let mut bad_slice = None;
    for item in tuple.iter() {
        match entry(&item) {
            Ok(entry) => entries.push(entry),
            Err(error) if item.is_instance_of::<PySlice>() => {
                bad_slice.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
    }
    bad_slice.map_or(Ok(entries), Err)
}

/// A field's name, or several in a list.
fn field_key<'py>(
    array: &Array<'py>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Option<(Bound<'py, PyAny>, usize)>> {
    let py = array.py();
    if let Ok(name) = key.cast::<PyString>() {
        let name = name.to_string_lossy();
        let Some(field) = array.dtype().field(&name) else {
            return Err(match array.dtype().parts() {
                Some(_) => PyValueError::new_err(format!("no field of name {name}")),
                None => PyIndexError::new_err(INVALID),
            });
        };
        return Ok(Some((field_dtype(array, &name, py)?, field.offset)));
    }
    let Ok(list) = key.cast::<PyList>() else { return Ok(None) };
    if list.is_empty() || !list.iter().all(|item| item.is_instance_of::<PyString>()) {
        return Ok(None);
    }
    if array.dtype().parts().is_none() {
        return Err(PyIndexError::new_err(INVALID));
    }
    let picked = array.descr().get_item(key)?;
    Ok(Some((picked, 0)))
}

fn field_dtype<'py>(array: &Array<'py>, name: &str, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a structured dtype has its `fields` dict.
    let fields = unsafe { Bound::from_borrowed_ptr(py, (*array.fields().descr).fields.fields) };
    fields.get_item(name)?.get_item(0)
}

/// A view of one field or of several; subarray fields add their axes.
pub fn field_view<'py>(array: &Array<'py>, descr: Bound<'py, PyAny>, offset: usize) -> PyResult<Array<'py>> {
    let py = array.py();
    let value = dtype::value(&descr).clone();
    // SAFETY: the field lies within each element.
    let data = unsafe { array.data().add(offset) };
    if let Some((element, axes)) = value.flattened() {
        let base = dtype::from_value(py, element)?;
        let inner = sharray_base::layout::c_strides(&axes, element.itemsize());
        let shape: Dims = array.shape().iter().chain(&axes).copied().collect();
        let strides: Dims = array.strides().iter().chain(&inner).copied().collect();
        // SAFETY: the subarray's elements lie within the field.
        return unsafe { array.sub_view(&base, data, &shape, &strides) };
    }
    // SAFETY: as above.
    unsafe { array.sub_view(&descr, data, array.shape(), array.strides()) }
}

/// A view of the array at `layout`.
fn view_at<'py>(array: &Array<'py>, layout: &Layout) -> PyResult<Array<'py>> {
    // SAFETY: the engine's plan stays within the array's layout.
    unsafe {
        array.sub_view(&array.descr(), array.data().offset(layout.offset), &layout.shape, &layout.strides)
    }
}

/// `a[i]` for a plain integer: the commonest key, without a plan.
fn by_integer<'py>(array: &Array<'py>, index: isize) -> PyResult<Bound<'py, PyAny>> {
    let py = array.py();
    let (Some(&extent), Some(&stride)) = (array.shape().first(), array.strides().first()) else {
        return Err(PyIndexError::new_err(
            "too many indices for array: array is 0-dimensional, but 1 were indexed",
        ));
    };
    let position = if index < 0 { index + extent } else { index };
    if position < 0 || position >= extent {
        return Err(PyIndexError::new_err(format!(
            "index {index} is out of bounds for axis 0 with size {extent}"
        )));
    }
    // SAFETY: the index is within the axis.
    let data = unsafe { array.data().offset(position * stride) };
    if array.ndim() == 1 {
        return scalar::from_element(py, array.dtype(), data, Some(array));
    }
    part(array, data, &array.shape()[1..], &array.strides()[1..])
}

/// The part of an array that begins at `data` and lies at whole steps of it.
#[inline]
fn part<'py>(
    array: &Array<'py>,
    data: *mut u8,
    shape: &[isize],
    strides: &[isize],
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the callers' parts lie within the array.
    let view = unsafe {
        match array.plain_view(data, shape, strides) {
            Some(view) => view,
            None => array.sub_view(&array.descr(), data, shape, strides)?,
        }
    };
    Ok(view.into_object())
}

/// `a[key]`.
pub fn get<'py>(array: &Array<'py>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = array.py();
    if key.is_exact_instance_of::<pyo3::types::PyInt>() {
        return by_integer(array, integer(key)?);
    }
    let mut place = Place::new();
    if place.find(array, key.as_ptr()) {
        if place.is_element {
            return scalar::from_element(py, array.dtype(), place.data, Some(array));
        }
        return part(array, place.data, place.shape(), place.strides());
    }
    if let Some(picked) = pick::get(array, key)? {
        return Ok(picked.into_object());
    }
    if let Some((descr, offset)) = field_key(array, key)? {
        return field_view(array, descr, offset).map(Array::into_object);
    }
    let entries = entries(key)?;
    let keys: smallvec::SmallVec<[Key<'_>; 4]> = entries.iter().map(Entry::key).collect();
    match index::plan(array.shape(), array.strides(), &keys).or_raise(py)? {
        Plan::Basic(layout) => {
            let ellipsis = entries.iter().any(|e| matches!(e, Entry::Ellipsis));
            if layout.shape.is_empty() && !ellipsis && !entries.is_empty()
                || entries.is_empty() && array.ndim() == 0
            {
                // SAFETY: the plan's offset is that of an element.
                let data = unsafe { array.data().offset(layout.offset) };
                return scalar::from_element(py, array.dtype(), data, Some(array));
            }
            let view = view_at(array, &layout)?;
            if entries.iter().any(|e| matches!(e, Entry::IntArray(_))) {
                return view.call_method0(pyo3::intern!(py, "copy"));
            }
            Ok(view.into_object())
        }
        Plan::Fancy(plan) => {
            let mut outputs = Outputs::new(py, Some(array.descr()));
            let bytes = array.nbytes();
            let source = array.view();
            index::get(source, &plan, &mut outputs).or_raise(py)?;
            let _ = bytes;
            let result = outputs.take(0)?;
            wrap_like(array, result)
        }
    }
}

/// Fancy results are of the indexed array's class.
fn wrap_like<'py>(array: &Array<'py>, result: Array<'py>) -> PyResult<Bound<'py, PyAny>> {
    if array.is_exact() {
        return Ok(result.into_object());
    }
    let class = array.get_type();
    // SAFETY: a view of the whole fresh array.
    let view = unsafe {
        Array::from_memory(
            array.py(),
            &result.descr(),
            result.data(),
            result.shape(),
            result.strides(),
            true,
            Some(result.clone().into_object()),
            Some(&class),
        )?
    };
    super::ndarray::finalize(&view, Some(array))?;
    Ok(view.into_object())
}

/// The part of an array that a subclass gives for a key: what is assigned to it lands there, in the class's own shape.
fn own_part<'py>(array: &Array<'py>, key: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    let part = array.get_item(key)?;
    Array::from_object(&part).ok_or_else(|| {
        PyRuntimeError::new_err(format!(
            "an assignment to a part of an array needs that part: __getitem__ of the array's class gave {}",
            part.get_type().name().map_or_else(|_| "no array".into(), |name| name.to_string())
        ))
    })
}

/// `a[key] = value`.
pub fn set<'py>(array: &Array<'py>, key: &Bound<'py, PyAny>, value: &Bound<'py, PyAny>) -> PyResult<()> {
    let py = array.py();
    let target = array.view_mut("assignment destination")?;
    if key.is_exact_instance_of::<pyo3::types::PyInt>() && array.ndim() == 1 {
        let index = integer(key)?;
        let extent = array.shape()[0];
        let position = if index < 0 { index + extent } else { index };
        if position < 0 || position >= extent {
            return Err(PyIndexError::new_err(format!(
                "index {index} is out of bounds for axis 0 with size {extent}"
            )));
        }
        // SAFETY: the index is within the axis.
        let data = unsafe { array.data().offset(position * array.strides()[0]) };
        return coerce::assign_element(array, data, value);
    }
    let mut place = Place::new();
    if place.find(array, key.as_ptr()) {
        if place.is_element {
            return coerce::assign_element(array, place.data, value);
        }
        if !array.is_exact() && !key.is(PyEllipsis::get(py)) {
            return coerce::assign_into(&own_part(array, key)?, value);
        }
        // SAFETY: the place lies within the array, at whole steps of it.
        let view = unsafe {
            match array.plain_view(place.data, place.shape(), place.strides()) {
                Some(view) => view,
                None => {
                    array.sub_view_as(&array.descr(), place.data, place.shape(), place.strides(), None)?
                }
            }
        };
        return coerce::assign_into(&view, value);
    }
    if pick::set(array, key, value) {
        return Ok(());
    }
    if let Some((descr, offset)) = field_key(array, key)? {
        let view = field_view(array, descr, offset)?;
        return coerce::assign_into(&view, value);
    }
    let entries = entries(key)?;
    let keys: smallvec::SmallVec<[Key<'_>; 4]> = entries.iter().map(Entry::key).collect();
    match index::plan(array.shape(), array.strides(), &keys).or_raise(py)? {
        Plan::Basic(layout) => {
            if layout.shape.is_empty() && !entries.iter().any(|e| matches!(e, Entry::Ellipsis)) {
                // SAFETY: the plan's offset is that of an element.
                let data = unsafe { array.data().offset(layout.offset) };
                return coerce::assign_element(array, data, value);
            }
            let whole = matches!(&entries[..], [Entry::Ellipsis]);
            if !array.is_exact() && !whole {
                return coerce::assign_into(&own_part(array, key)?, value);
            }
            // SAFETY: the plan stays within the array's layout.
            let view = unsafe {
                let data = array.data().offset(layout.offset);
                array.sub_view_as(&array.descr(), data, &layout.shape, &layout.strides, None)?
            };
            coerce::assign_into(&view, value)
        }
        Plan::Fancy(plan) => {
            let value = coerce::for_assignment(value, array)?;
            // Where a mask picks nothing, or nothing fits, nothing is lost.
            let shape = plan.shape();
            let whole = matches!(&keys[..], [Key::Mask(mask)] if mask.shape() == array.shape());
            if whole && shape.contains(&0) || !coerce::fits(value.shape(), &shape) {
                return index::set(target, &plan, value.view()).or_raise(py);
            }
            fp_report::casting(py, value.dtype(), array.dtype(), || index::set(target, &plan, value.view()))
        }
    }
}

unsafe extern "C" fn get_slot(slf: *mut ffi::PyObject, key: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: live objects from the interpreter.
        let (slf, key) = unsafe { (Bound::from_borrowed_ptr(py, slf), Bound::from_borrowed_ptr(py, key)) };
        get(&Array::expect(&slf), &key)
    })
}

unsafe extern "C" fn set_slot(
    slf: *mut ffi::PyObject,
    key: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
) -> std::ffi::c_int {
    gate::status(|py| {
        // SAFETY: live objects from the interpreter; a null value means deletion.
        let (slf, key, value) = unsafe {
            (
                Bound::from_borrowed_ptr(py, slf),
                Bound::from_borrowed_ptr(py, key),
                Bound::from_borrowed_ptr_or_opt(py, value),
            )
        };
        let value = value.ok_or_else(|| PyValueError::new_err("cannot delete array elements"))?;
        set(&Array::expect(&slf), &key, &value)
    })
}

unsafe extern "C" fn len_slot(slf: *mut ffi::PyObject) -> isize {
    // SAFETY: a live array (A1).
    unsafe {
        let fields = &*slf.cast::<super::layout::ArrayFields>();
        if fields.nd > 0 {
            return *fields.dimensions;
        }
    }
    gate::enter(-1, |py| {
        // SAFETY: a live array.
        let array = Array::expect(&unsafe { Bound::from_borrowed_ptr(py, slf) });
        array.shape().first().copied().ok_or_else(|| PyTypeError::new_err("len() of unsized object"))
    })
}

/// An index that C code gave: Python has added the length to negative ones, so that none is left that is valid.
fn from_c(array: &Array<'_>, index: isize) -> PyResult<isize> {
    match array.shape().first() {
        Some(extent) if index < 0 => Err(PyIndexError::new_err(format!(
            "index {} is out of bounds for axis 0 with size {extent}",
            index.saturating_sub(*extent)
        ))),
        _ => Ok(index),
    }
}

/// The scalar at an index of an array of one axis and of plain numbers: what iteration asks for. `None` leaves it to the
/// general way; null comes with an exception set.
///
/// # Safety
/// `slf` is an array; the GIL is held.
unsafe fn number_at(slf: *mut ffi::PyObject, index: isize) -> Option<*mut ffi::PyObject> {
    // SAFETY: a live array (A1), whose dtype object holds the dtype's value; the index is within the axis.
    unsafe {
        let fields = &*slf.cast::<super::layout::ArrayFields>();
        if fields.nd != 1 || index < 0 || index >= *fields.dimensions {
            return None;
        }
        let dtype = &(*fields.descr).value;
        let element = fields.data.offset(index * *fields.strides);
        dtype.is_plain_number().then(|| scalar::number_at(dtype.num(), element))
    }
}

unsafe extern "C" fn item_slot(slf: *mut ffi::PyObject, index: isize) -> *mut ffi::PyObject {
    // SAFETY: the interpreter's live array.
    if let Some(number) = unsafe { number_at(slf, index) } {
        return number;
    }
    gate::object(|py| {
        // SAFETY: a live array.
        let array = Array::expect(&unsafe { Bound::from_borrowed_ptr(py, slf) });
        by_integer(&array, from_c(&array, index)?)
    })
}

unsafe extern "C" fn set_item_slot(
    slf: *mut ffi::PyObject,
    index: isize,
    value: *mut ffi::PyObject,
) -> std::ffi::c_int {
    gate::status(|py| {
        // SAFETY: live objects from the interpreter; a null value means deletion.
        let (slf, value) =
            unsafe { (Bound::from_borrowed_ptr(py, slf), Bound::from_borrowed_ptr_or_opt(py, value)) };
        let value = value.ok_or_else(|| PyValueError::new_err("cannot delete array elements"))?;
        let array = Array::expect(&slf);
        let index = from_c(&array, index)?;
        set(&array, &index.into_pyobject(py)?.into_any(), &value)
    })
}

unsafe extern "C" fn contains_slot(slf: *mut ffi::PyObject, value: *mut ffi::PyObject) -> std::ffi::c_int {
    gate::enter(-1, |py| {
        // SAFETY: live objects.
        let (slf, value) =
            unsafe { (Bound::from_borrowed_ptr(py, slf), Bound::from_borrowed_ptr(py, value)) };
        let equal = slf.rich_compare(value, pyo3::pyclass::CompareOp::Eq)?;
        let any =
            py.import("sharray._engine")?.getattr("asanyarray")?.call1((equal,))?.call_method0("any")?;
        Ok(any.is_truthy()? as std::ffi::c_int)
    })
}

unsafe extern "C" fn concat_slot(_: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|_| {
        Err(PyTypeError::new_err(
            "arrays are not sequences that Python can join: use np.concatenate for that, and + for a sum",
        ))
    })
}

/// `iter(a)`: over the first axis.
///
/// # Safety
/// `slf` is an array.
pub unsafe extern "C" fn iter(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live array.
        let array = Array::expect(&unsafe { Bound::from_borrowed_ptr(py, slf) });
        if array.ndim() == 0 {
            return Err(PyTypeError::new_err("iteration over a 0-d array"));
        }
        // SAFETY: a live sequence.
        unsafe { Bound::from_owned_ptr_or_err(py, ffi::PySeqIter_New(slf)) }
    })
}

/// The mapping table of `ndarray`.
pub fn mapping_table() -> *mut ffi::PyMappingMethods {
    Box::leak(Box::new(ffi::PyMappingMethods {
        mp_length: Some(len_slot),
        mp_subscript: Some(get_slot),
        mp_ass_subscript: Some(set_slot),
    }))
}

/// The sequence table of `ndarray`.
pub fn sequence_table() -> *mut ffi::PySequenceMethods {
    // SAFETY: a table of null slots is valid.
    let mut table: ffi::PySequenceMethods = unsafe { std::mem::zeroed() };
    table.sq_length = Some(len_slot);
    table.sq_concat = Some(concat_slot);
    table.sq_item = Some(item_slot);
    table.sq_ass_item = Some(set_item_slot);
    table.sq_contains = Some(contains_slot);
    Box::leak(Box::new(table))
}
