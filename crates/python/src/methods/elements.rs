//! Methods that move elements out of or into an array one by one or whole: item, tolist, fill, tobytes, pickling.

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::ffi::{self, PyMethodDef};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyTuple};
use sharray_base::layout::{Order, normalize_axis};
use sharray_base::{DType, Dims, Kind, TypeNum};
use sharray_core::assign::Casting;

use super::layout::{copied, raveled};
use super::{texts, this};
use crate::errors::LazyClass;
use crate::gate::Args;
use crate::object::array::Array;
use crate::object::layout::flag;
use crate::object::{dtype, scalar};
use crate::{args, coerce, method_def};

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Slf<'a, 'py> = &'a Bound<'py, PyAny>;

fn fill<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [value] = call.parse("fill", &["value"], 1, 1)?;
    let array = this(slf);
    let py = slf.py();
    array.view_mut("assignment destination")?;
    if let Some(value) = value {
        match Array::from_object(&value) {
            Some(source)
                if source.ndim() == 0 || array.dtype().kind() == Kind::Void && source.size() == 1 =>
            {
                coerce::copy_cast(&array, &source, Casting::Unsafe)?
            }
            Some(source) if array.dtype().kind() == Kind::Complex => {
                return Err(PyTypeError::new_err(format!(
                    "only 0-dimensional arrays can be converted to Python scalars, not one of shape {}",
                    sharray_base::error::shape_text(source.shape())
                )));
            }
            Some(source) if array.dtype().num() != TypeNum::Object => {
                return Err(PyValueError::new_err(format!(
                    "Input object to FillWithScalar is not a scalar: it has shape {}",
                    sharray_base::error::shape_text(source.shape())
                )));
            }
            _ => coerce::fill(&array, &value)?,
        }
    }
    Ok(py.None().into_bound(py))
}

/// Data address of the element at a flat C-order index.
fn address(array: &Array<'_>, mut flat: usize) -> *mut u8 {
    let mut data = array.data();
    for (&extent, &stride) in array.shape().iter().zip(array.strides()).rev() {
        let position = flat % extent as usize;
        flat /= extent as usize;
        // SAFETY: the position is within its axis.
        data = unsafe { data.offset(position as isize * stride) };
    }
    data
}

fn flat_index(array: &Array<'_>, index: isize) -> PyResult<usize> {
    let size = array.size();
    normalize_axis(index, size)
        .map_err(|_| PyIndexError::new_err(format!("index {index} is out of bounds for size {size}")))
}

/// `item(index)` of a plain array of one axis, by a plain integer within it.
fn plain_item<'py>(array: &Array<'py>, call: &Args<'_, 'py>) -> Option<*mut u8> {
    let ([extent], [step]) = (array.shape(), array.strides()) else { return None };
    let mut room = [0];
    let [index] = args::plain_shape(call.raw(), &mut room)? else { return None };
    let index = if *index < 0 { *index + extent } else { *index };
    let found = !call.has_keywords() && (0..*extent).contains(&index);
    found.then(|| array.data().wrapping_offset(index * step))
}

fn item<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let own = this(slf);
    if let Some(data) = plain_item(&own, &call) {
        return scalar::to_python(slf.py(), own.dtype(), data, Some(slf));
    }
    if call.has_keywords() {
        return Err(PyTypeError::new_err("item() takes no keyword arguments"));
    }
    let array = this(slf);
    let mut positional = call.positional();
    if let [only] = &positional[..]
        && let Ok(tuple) = only.cast::<PyTuple>()
    {
        positional = tuple.iter().collect();
    }
    let data = match &positional[..] {
        [] if array.size() == 1 => array.data(),
        [] => return Err(PyValueError::new_err("can only convert an array of size 1 to a Python scalar")),
        [only] => address(&array, flat_index(&array, args::whole_number(only)?)?),
        many if many.len() == array.ndim() => {
            let mut data = array.data();
            for (axis, index) in many.iter().enumerate() {
                let (index, extent) = (args::whole_number(index)?, array.shape()[axis]);
                let place = normalize_axis(index, extent as usize).map_err(|_| {
                    PyIndexError::new_err(format!(
                        "index {index} is out of bounds for axis {axis} with size {extent}"
                    ))
                })?;
                // SAFETY: the place is within its axis.
                data = unsafe { data.offset(place as isize * array.strides()[axis]) };
            }
            data
        }
        _ => return Err(PyValueError::new_err("incorrect number of indices for array")),
    };
    scalar::to_python(slf.py(), array.dtype(), data, Some(slf))
}

fn tolist<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [] = call.parse("tolist", &[], 0, 0)?;
    let array = this(slf);
    list_of(&array, array.data(), 0)
}

/// A list of the last axis's elements, if they are Python's own numbers in native form.
fn plain_list<'py>(array: &Array<'py>, data: *mut u8) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (Some(count), Some(step)) = (array.shape().last(), array.strides().last()) else { return Ok(None) };
    let num = array.dtype().num();
    if !array.dtype().is_plain_number() || !matches!(num, TypeNum::Double | TypeNum::Long | TypeNum::Bool) {
        return Ok(None);
    }
    // SAFETY: `count` readable elements; a fresh list of as many items takes the references.
    unsafe {
        let list = Bound::from_owned_ptr_or_err(array.py(), ffi::PyList_New(*count))?;
        for index in 0..*count {
            let from = data.offset(index * step);
            let item = match num {
                TypeNum::Double => ffi::PyFloat_FromDouble(from.cast::<f64>().read_unaligned()),
                TypeNum::Long => ffi::PyLong_FromLong(from.cast::<std::ffi::c_long>().read_unaligned()),
                _ => ffi::PyBool_FromLong((from.read() != 0).into()),
            };
            if item.is_null() {
                return Err(PyErr::fetch(array.py()));
            }
            ffi::PyList_SET_ITEM(list.as_ptr(), index, item);
        }
        Ok(Some(list))
    }
}

fn list_of<'py>(array: &Array<'py>, data: *mut u8, axis: usize) -> Result<'py> {
    let py = array.py();
    if axis == array.ndim() {
        return scalar::to_python(py, array.dtype(), data, Some(array));
    }
    if axis + 1 == array.ndim()
        && let Some(list) = match plain_list(array, data)? {
            None => texts::list(array, data)?,
            made => made,
        }
    {
        return Ok(list);
    }
    let list = PyList::empty(py);
    for index in 0..array.shape()[axis] {
        // SAFETY: the index is within its axis.
        let part = unsafe { data.offset(index * array.strides()[axis]) };
        list.append(list_of(array, part, axis + 1)?)?;
    }
    Ok(list.into_any())
}

/// The elements' bytes in `order`.
pub fn bytes_of<'py>(array: &Array<'py>, order: Order) -> PyResult<Bound<'py, PyBytes>> {
    let order = match order {
        Order::Any | Order::Keep => {
            let fortran = array.has(flag::F_CONTIGUOUS) && !array.has(flag::C_CONTIGUOUS);
            if fortran { Order::F } else { Order::C }
        }
        other => other,
    };
    let dense = match order {
        Order::F => array.has(flag::F_CONTIGUOUS),
        _ => array.has(flag::C_CONTIGUOUS),
    };
    let source = if dense { array.clone() } else { copied(array, order)? };
    let length = source.nbytes();
    // SAFETY: a dense array's elements lie in a row.
    let bytes = if length == 0 { &[] } else { unsafe { std::slice::from_raw_parts(source.data(), length) } };
    Ok(PyBytes::new(array.py(), bytes))
}

fn tobytes<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [order] = call.parse("tobytes", &["order"], 0, 1)?;
    Ok(bytes_of(&this(slf), args::order(order.as_ref(), Order::C)?)?.into_any())
}

fn tofile<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    static WRITE: LazyClass = LazyClass::new("sharray._core._methods", "_tofile");
    let keywords = call.to_dict()?;
    let arguments: Vec<_> = std::iter::once(slf.clone()).chain(call.positional()).collect();
    WRITE.get(slf.py())?.call(PyTuple::new(slf.py(), arguments)?, keywords.as_ref())
}

fn dumps<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [] = call.parse("dumps", &[], 0, 0)?;
    let protocol = 2;
    slf.py().import("pickle")?.getattr("dumps")?.call1((slf, protocol))
}

fn dump<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [file] = call.parse("dump", &["file"], 1, 1)?;
    let py = slf.py();
    let Some(file) = file else { return Ok(py.None().into_bound(py)) };
    let pickled = slf.py().import("pickle")?.getattr("dumps")?.call1((slf, 2))?;
    if file.hasattr("write")? {
        return file.call_method1("write", (pickled,)).map(|_| py.None().into_bound(py));
    }
    let opened = py.import("builtins")?.getattr("open")?.call1((file, "wb"))?;
    let written = opened.call_method1("write", (pickled,));
    opened.call_method0("close")?;
    written.map(|_| py.None().into_bound(py))
}

/// What a pickle calls: under NumPy's public name, so that both libraries load it.
fn reconstruct(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static FUNCTION: LazyClass = LazyClass::new("sharray._core.multiarray", "_reconstruct");
    FUNCTION.get(py)
}

fn reduce<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [] = call.parse("__reduce__", &[], 0, 0)?;
    let array = this(slf);
    let py = slf.py();
    let fortran = array.has(flag::F_CONTIGUOUS) && !array.has(flag::C_CONTIGUOUS);
    let data = if array.dtype().holds_objects() {
        let flat = raveled(&coerce::asarray(slf)?, if fortran { Order::F } else { Order::C })?;
        list_of(&flat, flat.data(), 0)?
    } else {
        bytes_of(&array, Order::Any)?.into_any()
    };
    let shape = PyTuple::new(py, array.shape())?;
    let state = (1, shape, array.descr(), fortran, data);
    let start = (slf.get_type(), (0,), PyBytes::new(py, b"b"));
    Ok((reconstruct(py)?, start, state).into_pyobject(py)?.into_any())
}

/// Protocol 5 hands dense memory over out of band.
fn reduce_ex<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    static FROM_BUFFER: LazyClass = LazyClass::new("sharray._core.numeric", "_frombuffer");
    let [protocol] = call.parse("__reduce_ex__", &["protocol"], 1, 1)?;
    let protocol: i64 = protocol.map_or(Ok(2), |p| p.extract())?;
    let array = this(slf);
    let py = slf.py();
    let dtype = array.dtype();
    // Times have no buffer format, and structures are told field by field.
    let is_time = matches!(dtype.kind(), Kind::Datetime | Kind::Timedelta);
    let plain = dtype.as_structure().is_none() && !dtype.holds_objects() && !is_time && dtype.itemsize() != 0;
    let order = axes_in_memory(&array);
    let (Some(order), true) = (order, protocol >= 5 && plain && array.is_exact()) else {
        return slf.call_method0("__reduce__");
    };
    // The bytes go out as unsigned chars: any dtype, without a buffer format.
    let (shape, strides) = ([array.nbytes() as isize], [1]);
    let bytes = dtype::from_value(py, &DType::of(TypeNum::UByte))?;
    // SAFETY: a dense array's bytes lie in a row.
    let flat = unsafe { array.sub_view_as(&bytes, array.data(), &shape, &strides, None)? };
    let buffer = py.import("pickle")?.getattr("PickleBuffer")?.call1((flat.into_object(),))?;
    let (function, descr) = (FROM_BUFFER.get(py)?, array.descr());
    if !array.has(flag::C_CONTIGUOUS) && !array.has(flag::F_CONTIGUOUS) {
        let shape = PyTuple::new(py, order.iter().map(|axis| array.shape()[*axis]))?;
        let mut back = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, axis)| back[*axis] = place);
        let arguments = (buffer, descr, shape, "K", PyTuple::new(py, back)?);
        return Ok((function, arguments).into_pyobject(py)?.into_any());
    }
    let letter = if array.has(flag::C_CONTIGUOUS) { "C" } else { "F" };
    let arguments = (buffer, descr, PyTuple::new(py, array.shape())?, letter);
    Ok((function, arguments).into_pyobject(py)?.into_any())
}

/// The axes from the outermost to the innermost in memory, if the elements lie in a row in that order.
fn axes_in_memory(array: &Array<'_>) -> Option<Vec<usize>> {
    let (shape, strides) = (array.shape(), array.strides());
    let mut axes: Vec<usize> = (0..array.ndim()).collect();
    axes.sort_by_key(|axis| std::cmp::Reverse(strides[*axis]));
    let pick = |of: &[isize]| -> Dims { axes.iter().map(|axis| of[*axis]).collect() };
    let itemsize = array.dtype().itemsize();
    let dense = array.has(flag::C_CONTIGUOUS)
        || array.has(flag::F_CONTIGUOUS)
        || sharray_base::layout::is_c_contiguous(&pick(shape), &pick(strides), itemsize);
    dense.then_some(axes)
}

fn setstate<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [state] = call.parse("__setstate__", &["state"], 1, 1)?;
    let py = slf.py();
    let array = this(slf);
    let malformed = || PyTypeError::new_err("an array's state is (version, shape, dtype, is_fortran, data)");
    let state = state.ok_or_else(malformed)?;
    let state = state.cast::<PyTuple>().map_err(|_| malformed())?;
    let parts: Vec<_> = state.iter().collect();
    let [shape, descr, fortran, data] = match &parts[..] {
        [_, shape, descr, fortran, data] => [shape, descr, fortran, data],
        [shape, descr, fortran, data] => [shape, descr, fortran, data],
        _ => return Err(malformed()),
    };
    let shape: Dims = args::shape(shape)?;
    if !dtype::is_dtype(descr) {
        return Err(malformed());
    }
    let order = if fortran.is_truthy()? { Order::F } else { Order::C };
    let fresh = Array::build(py, descr, &shape, order, false, None)?;
    load(&fresh, data)?;
    // A pickle of swapped bytes becomes an array of the machine's own.
    let swapped = fresh.dtype().as_structure().is_none() && !fresh.dtype().is_native();
    let native = fresh.dtype().to_native();
    let fresh = if swapped { crate::functions::dtypes::cast(&fresh, &native)? } else { fresh };
    array.set_descr(fresh.descr());
    array.take_over(&fresh);
    Ok(py.None().into_bound(py))
}

/// Fills fresh memory from a pickle's bytes, text (Python 2's pickles) or list.
fn load<'py>(fresh: &Array<'py>, data: &Bound<'py, PyAny>) -> PyResult<()> {
    if let Ok(list) = data.cast::<PyList>() {
        if list.len() != fresh.size() {
            return Err(PyValueError::new_err(format!(
                "object pickle holds {} elements for an array of {}",
                list.len(),
                fresh.size()
            )));
        }
        let itemsize = fresh.dtype().itemsize();
        for (index, item) in list.iter().enumerate() {
            // SAFETY: the list has as many items as the fresh, dense array.
            let target = unsafe { fresh.data().add(index * itemsize) };
            scalar::to_element(&item, fresh.dtype(), target)?;
        }
        return Ok(());
    }
    if fresh.dtype().holds_objects() {
        return Err(PyTypeError::new_err("object array's state must hold a list"));
    }
    let bytes: Vec<u8> = match data.cast::<PyBytes>() {
        Ok(bytes) => bytes.as_bytes().to_vec(),
        Err(_) => data.call_method1("encode", ("latin1",))?.extract()?,
    };
    if bytes.len() != fresh.nbytes() {
        return Err(PyValueError::new_err("buffer size does not match array size"));
    }
    // SAFETY: fresh, dense memory of exactly that many bytes.
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), fresh.data(), bytes.len()) };
    Ok(())
}

fn copy_dunder<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [] = call.parse("__copy__", &[], 0, 0)?;
    Ok(copied(&this(slf), Order::Keep)?.into_object())
}

fn deepcopy<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [memo] = call.parse("__deepcopy__", &["memo"], 1, 1)?;
    let py = slf.py();
    let copy = copied(&this(slf), Order::Keep)?;
    if copy.dtype().holds_objects() {
        let deep = py.import("copy")?.getattr("deepcopy")?;
        let memo = memo.unwrap_or_else(|| PyDict::new(py).into_any());
        deepen(&copy, &deep, &memo)?;
    }
    Ok(copy.into_object())
}

/// Replaces every object by a deep copy of it.
fn deepen<'py>(array: &Array<'py>, deep: &Bound<'py, PyAny>, memo: &Bound<'py, PyAny>) -> PyResult<()> {
    if let Some(structure) = array.dtype().as_structure() {
        let names: Vec<String> =
            structure.fields.iter().filter(|f| f.dtype.holds_objects()).map(|f| f.name.to_string()).collect();
        for name in names {
            deepen(&Array::given(&array.get_item(name)?, "__getitem__")?, deep, memo)?;
        }
        return Ok(());
    }
    for index in 0..array.size() {
        let data = address(array, index);
        let object = scalar::to_python(array.py(), array.dtype(), data, Some(array))?;
        scalar::to_element(&deep.call1((object, memo))?, array.dtype(), data)?;
    }
    Ok(())
}

fn sizeof<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [] = call.parse("__sizeof__", &[], 0, 0)?;
    let array = this(slf);
    let owned = if array.has(flag::OWNDATA) { array.nbytes() } else { 0 };
    let dims = 2 * array.ndim() * size_of::<isize>();
    let size = size_of::<crate::object::layout::ArrayObject>() + dims + owned;
    Ok(size.into_pyobject(slf.py())?.into_any())
}

/// This file's methods.
pub fn rows() -> Vec<PyMethodDef> {
    vec![
        method_def!("fill", fill),
        method_def!("item", item),
        method_def!("tolist", tolist),
        method_def!("tobytes", tobytes),
        method_def!("tofile", tofile),
        method_def!("dump", dump),
        method_def!("dumps", dumps),
        method_def!("__reduce__", reduce),
        method_def!("__reduce_ex__", reduce_ex),
        method_def!("__setstate__", setstate),
        method_def!("__copy__", copy_dunder),
        method_def!("__deepcopy__", deepcopy),
        method_def!("__sizeof__", sizeof),
    ]
}
