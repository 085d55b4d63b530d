//! Attributes and methods of scalars. What an array has too is done by a 0-d array; what is asked for often is done here.

use std::ffi::{c_char, c_int};

use pyo3::exceptions::{PyBufferError, PyIndexError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyFloat, PyInt, PyTuple, PyType};
use sharray_base::{DType, Kind, TypeNum};

use super::arith::{Operand, read_int, read_real};
use super::element::{self, from_element, to_python};
use super::layout::VALUE_OFFSET;
use super::{as_array, engine, text, types};
use crate::gate::{self, Args};
use crate::object::dtype;
use crate::{getset_def, method_def};

type Object<'py> = Bound<'py, PyAny>;

/// `__array_priority__` of scalars.
pub(super) const PRIORITY: f64 = -1_000_000.0;

fn number(object: &Object<'_>) -> TypeNum {
    types::number_of(object.as_ptr()).unwrap_or(TypeNum::Object)
}

/// The Python object a scalar stands for.
pub(super) fn python_value<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    let py = object.py();
    let num = number(object);
    if num == TypeNum::String {
        return text::plain_bytes(object);
    }
    let value = element::with_bytes(object, num, |dtype, source| to_python(py, dtype, source, None))?;
    if num != TypeNum::Unicode {
        return Ok(value);
    }
    // Zeros at the end belong to a `str_`, if not to an element.
    Ok(object
        .cast::<pyo3::types::PyString>()?
        .call_method1("__getitem__", (pyo3::types::PySlice::full(py),))
        .unwrap_or(value))
}

fn get_dtype<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    dtype::from_value(object.py(), &element::dtype_of_scalar(object, number(object)))
}

fn get_itemsize<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    let size = element::dtype_of_scalar(object, number(object)).itemsize();
    Ok(size.into_pyobject(object.py())?.into_any())
}

fn get_ndim<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    Ok(0i32.into_pyobject(object.py())?.into_any())
}

fn get_size<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    Ok(1i32.into_pyobject(object.py())?.into_any())
}

fn get_empty<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    Ok(PyTuple::empty(object.py()).into_any())
}

fn get_self<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    Ok(object.clone())
}

fn get_none<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    Ok(object.py().None().into_bound(object.py()))
}

fn get_priority<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    Ok(PyFloat::new(object.py(), PRIORITY).into_any())
}

fn get_device<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    Ok("cpu".into_pyobject(object.py())?.into_any())
}

/// The part of a complex number at `index`.
fn part<'py>(object: &Object<'py>, num: TypeNum, index: usize) -> PyResult<Object<'py>> {
    let own = match num {
        TypeNum::CFloat => TypeNum::Float,
        TypeNum::CDouble => TypeNum::Double,
        _ => TypeNum::LongDouble,
    };
    let at = object.as_ptr().cast::<u8>().wrapping_add(VALUE_OFFSET + index * own.row().itemsize);
    from_element(object.py(), &DType::of(own), at, None)
}

fn get_real<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    let num = number(object);
    match num.kind() {
        Kind::Complex => part(object, num, 0),
        Kind::Object => as_array(object)?.getattr("real"),
        Kind::Void => as_array(object)?.get_item(PyTuple::empty(object.py())),
        // An instance of a derived class gives the plain scalar.
        _ if types::exact_number(object.get_type_ptr()) == Some(num) => Ok(object.clone()),
        _ => element::with_bytes(object, num, |dtype, source| from_element(object.py(), dtype, source, None)),
    }
}

fn get_imag<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    let num = number(object);
    match num.kind() {
        Kind::Complex => part(object, num, 1),
        Kind::Object => as_array(object)?.getattr("imag"),
        Kind::Void => as_array(object)?.getattr("imag")?.get_item(PyTuple::empty(object.py())),
        Kind::Unicode | Kind::Bytes => {
            let empty: Vec<u64> = vec![0; 1];
            from_element(object.py(), &DType::of(num), empty.as_ptr().cast(), None)
        }
        _ => {
            let zeros = [0u64; 4];
            from_element(object.py(), &element::dtype_of_scalar(object, num), zeros.as_ptr().cast(), None)
        }
    }
}

/// Attributes that the 0-d array has.
macro_rules! array_attributes {
    ($($function:ident $name:literal;)*) => { $(
        fn $function<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
            as_array(object)?.getattr($name)
        }
    )* };
}
array_attributes! {
    get_flat "flat"; get_interface "__array_interface__"; get_struct "__array_struct__"; get_flags_of_array "flags";
}

fn get_data<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    object.py().get_type::<pyo3::types::PyMemoryView>().call1((object,))
}

fn get_flags<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    if number(object) == TypeNum::Void {
        return void_flags(object);
    }
    let array = as_array(object)?;
    array.call_method1("setflags", (false,))?;
    array.getattr("flags").or_else(|_| get_flags_of_array(object))
}

/// A piece of memory has its own flags: it can be written, and owns its bytes unless they are an array's.
fn void_flags<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    use crate::object::array::Array;
    use crate::object::layout::flag;
    let own = super::void::flags(object);
    let dtype = element::dtype_of_scalar(object, TypeNum::Void);
    let array = Array::new(object.py(), &dtype, &[], sharray_base::layout::Order::C)?;
    array.set_flags(flag::WRITEABLE, own & flag::WRITEABLE != 0);
    if own & flag::OWNDATA != 0 {
        return array.getattr("flags");
    }
    // A view of an array that holds the memory.
    let view = array.call_method0("view")?;
    Array::expect(&view).set_flags(flag::WRITEABLE, own & flag::WRITEABLE != 0);
    view.getattr("flags")
}

pub(super) fn generic_attributes() -> *mut ffi::PyGetSetDef {
    let rows = vec![
        getset_def!("dtype", get_dtype),
        getset_def!("itemsize", get_itemsize),
        getset_def!("nbytes", get_itemsize),
        getset_def!("ndim", get_ndim),
        getset_def!("size", get_size),
        getset_def!("shape", get_empty),
        getset_def!("strides", get_empty),
        getset_def!("T", get_self),
        getset_def!("base", get_none),
        getset_def!("real", get_real),
        getset_def!("imag", get_imag),
        getset_def!("flat", get_flat),
        getset_def!("flags", get_flags),
        getset_def!("data", get_data),
        getset_def!("device", get_device),
        getset_def!("__array_interface__", get_interface),
        getset_def!("__array_struct__", get_struct),
        getset_def!("__array_priority__", get_priority),
    ];
    // SAFETY: a zeroed row ends the table.
    gate::leak_table(rows, unsafe { std::mem::zeroed() })
}

/// Calls the method of the 0-d array with the same arguments.
fn delegate<'py>(object: &Object<'py>, name: &str, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let result = as_array(object)?.getattr(name)?.call(args.to_tuple()?, args.to_dict()?.as_ref())?;
    // Of a scalar's methods, too, nothing comes out as a 0-d array.
    match crate::object::array::Array::from_object(&result) {
        Some(array) if array.is_exact() && array.ndim() == 0 => array.get_item(PyTuple::empty(object.py())),
        _ => Ok(result),
    }
}

/// Methods that the 0-d array has.
macro_rules! delegated {
    ($($name:ident)*) => {
        mod through_array {
            use super::*;
            $(pub(super) fn $name<'py>(object: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
                delegate(object, stringify!($name), args)
            })*
        }
        fn delegated_methods() -> Vec<ffi::PyMethodDef> {
            vec![$(named_method(concat!(stringify!($name), "\0"), method_def!("", through_array::$name))),*]
        }
    };
}

/// The same entry under another, zero-terminated name.
fn named_method(name: &'static str, mut method: ffi::PyMethodDef) -> ffi::PyMethodDef {
    debug_assert!(name.ends_with('\0'));
    method.ml_name = name.as_ptr().cast();
    method
}

delegated! {
    all any argmax argmin argsort astype byteswap choose clip compress conj conjugate cumprod cumsum diagonal dump dumps
    fill flatten getfield max mean min nonzero prod put ravel repeat reshape resize round searchsorted setfield setflags
    sort squeeze std sum swapaxes take tofile trace transpose var view
}

fn array_namespace<'py>(object: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    delegate(object, "__array_namespace__", args)
}

/// `item(*args)`: the only element, at index 0.
fn item<'py>(object: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    if args.is_empty() && !args.has_keywords() {
        return python_value(object);
    }
    delegate(object, "item", args)
}

/// `to_device(device)`: the scalar itself, which lives on the only device there is.
fn to_device<'py>(object: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    delegate(object, "to_device", args)?;
    Ok(object.clone())
}

fn tolist<'py>(object: &Object<'py>, _args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    python_value(object)
}

fn tobytes<'py>(object: &Object<'py>, _args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let bytes = bytes_of(object);
    // As an array, an empty text is one character wide.
    Ok(match number(object) {
        TypeNum::Unicode if bytes.as_bytes().is_empty() => PyBytes::new(object.py(), &[0; 4]).into_any(),
        TypeNum::String if bytes.as_bytes().is_empty() => PyBytes::new(object.py(), &[0]).into_any(),
        _ => bytes.into_any(),
    })
}

fn bytes_of<'py>(object: &Object<'py>) -> Bound<'py, PyBytes> {
    element::with_bytes(object, number(object), |dtype, source| {
        // SAFETY: the scalar's own bytes.
        PyBytes::new(object.py(), unsafe { std::slice::from_raw_parts(source, dtype.itemsize()) })
    })
}

/// A fresh scalar of the same value.
fn copy<'py>(object: &Object<'py>, _args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let num = number(object);
    if num == TypeNum::Void || num == TypeNum::Object {
        return as_array(object)?.call_method0("copy")?.get_item(PyTuple::empty(object.py()));
    }
    Ok(object.clone())
}

/// `__array__(dtype=None, copy=None)`.
fn array<'py>(object: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let [spec, copy] = args.parse("__array__", &["dtype", "copy"], 0, 2)?;
    let made = as_array(object)?;
    if copy.is_some_and(|c| c.is(PyBool::new(object.py(), false).as_any())) {
        return Err(PyValueError::new_err("a scalar's array is always a copy, which copy=False forbids"));
    }
    if crate::protocols::foreign::beside_numpy(object.py())? {
        return made.call_method1("__array__", (spec,));
    }
    match spec.filter(|s| !s.is_none()) {
        Some(spec) => made.call_method1("astype", (spec,)),
        None => Ok(made),
    }
}

/// `__array_wrap__(array, context=None, return_scalar=False)`.
fn array_wrap<'py>(object: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let [array, _context, as_scalar] =
        args.parse("__array_wrap__", &["arr", "context", "return_scalar"], 1, 3)?;
    let array = array.ok_or_else(|| PyTypeError::new_err("__array_wrap__ needs an array"))?;
    if as_scalar.filter(|s| !s.is_none()).map_or(Ok(true), |s| s.is_truthy())?
        && array.getattr("ndim")?.extract::<usize>()? == 0
    {
        return array.get_item(PyTuple::empty(object.py()));
    }
    Ok(array)
}

/// `(scalar, (dtype, bytes))`.
fn reduce<'py>(object: &Object<'py>, _args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let py = object.py();
    let dtype = element::dtype_of_scalar(object, number(object));
    let state = if dtype.holds_objects() { python_value(object)? } else { bytes_of(object).into_any() };
    let arguments = PyTuple::new(py, [dtype::from_value(py, &dtype)?, state])?;
    Ok(PyTuple::new(py, [engine(py, "scalar")?, arguments.into_any()])?.into_any())
}

fn setstate<'py>(object: &Object<'py>, _args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    get_none(object)
}

/// `__format__`: as the Python number (or text) it stands for.
fn format<'py>(object: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let py = object.py();
    let [spec] = args.parse("__format__", &["format_spec"], 1, 1)?;
    let num = number(object);
    let value = match num.kind() {
        Kind::Float => {
            // SAFETY: a scalar of this type.
            let real = unsafe { read_real(py, object.as_ptr(), Operand::Strong(num))? };
            PyFloat::new(py, real).into_any()
        }
        Kind::Complex if num == TypeNum::CLongDouble => {
            let parts = element::with_bytes(object, num, text::parts);
            pyo3::types::PyComplex::from_doubles(py, parts[0], parts[1]).into_any()
        }
        Kind::Bool | Kind::Int | Kind::UInt | Kind::Complex => python_value(object)?,
        _ => object.str()?.into_any(),
    };
    let spec = spec.unwrap_or(get_empty(object)?);
    value.call_method1("__format__", (spec,))
}

fn class_getitem<'py>(class: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let py = class.py();
    let [item] = args.parse("__class_getitem__", &["key"], 1, 1)?;
    let item = item.ok_or_else(|| PyTypeError::new_err("a type parameter is needed"))?;
    let own = class.cast::<PyType>()?;
    let concrete = types::nearest_number(own.as_type_ptr());
    if concrete.is_some_and(|num| !matches!(num, TypeNum::Bool | TypeNum::Datetime)) {
        return Err(PyTypeError::new_err(format!(
            "There are no type variables left in {}",
            own.fully_qualified_name()?
        )));
    }
    let complex = types::abstract_class(types::Abstract::ComplexFloating);
    // SAFETY: live classes.
    let is_complex = unsafe { ffi::PyType_IsSubtype(own.as_type_ptr(), complex) != 0 };
    let most = if is_complex { 2 } else { 1 };
    let count = item.cast::<PyTuple>().map_or(1, |t| t.len());
    if count == 0 || count > most {
        let amount = if count == 0 { "few" } else { "many" };
        return Err(PyTypeError::new_err(format!("Too {amount} arguments for {}", own.repr()?)));
    }
    py.import("types")?.getattr("GenericAlias")?.call1((class, item))
}

fn generic_getitem() -> ffi::PyMethodDef {
    let mut method = method_def!("__class_getitem__", class_getitem);
    method.ml_flags |= ffi::METH_CLASS;
    method
}

pub(super) fn generic_methods() -> *mut ffi::PyMethodDef {
    let mut rows = delegated_methods();
    rows.extend([
        method_def!("item", item),
        method_def!("to_device", to_device),
        method_def!("tolist", tolist),
        method_def!("tobytes", tobytes),
        method_def!("copy", copy),
        method_def!("__copy__", copy),
        method_def!("__deepcopy__", copy),
        method_def!("__array__", array),
        method_def!("__array_wrap__", array_wrap),
        method_def!("__array_namespace__", array_namespace),
        method_def!("__reduce__", reduce),
        method_def!("__setstate__", setstate),
        method_def!("__format__", format),
    ]);
    leak(rows)
}

fn leak(mut rows: Vec<ffi::PyMethodDef>) -> *mut ffi::PyMethodDef {
    crate::signatures::document(&mut rows);
    gate::leak_table(rows, ffi::PyMethodDef::zeroed())
}

pub(super) fn class_getitem_only() -> *mut ffi::PyMethodDef {
    leak(vec![generic_getitem()])
}

pub(super) fn number_methods() -> *mut ffi::PyMethodDef {
    leak(vec![generic_getitem()])
}

/// `round(scalar[, ndigits])`: a Python integer without digits, a scalar with them.
fn round_number<'py>(object: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let py = object.py();
    let [digits] = args.parse("__round__", &["ndigits"], 0, 1)?;
    match digits.filter(|d| !d.is_none()) {
        Some(digits) => as_array(object)?.call_method1("round", (digits,)).and_then(|r| unpacked(&r)),
        None => {
            let rounded = as_array(object)?.call_method0("round").and_then(|r| unpacked(&r))?;
            py.get_type::<PyInt>().call1((rounded,))
        }
    }
}

/// A 0-d array's scalar.
fn unpacked<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    if types::number_of(object.as_ptr()).is_some() {
        return Ok(object.clone());
    }
    object.get_item(PyTuple::empty(object.py()))
}

fn always_integer<'py>(object: &Object<'py>, _args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    Ok(PyBool::new(object.py(), true).to_owned().into_any())
}

pub(super) fn integer_methods() -> *mut ffi::PyMethodDef {
    leak(vec![method_def!("__round__", round_number), method_def!("is_integer", always_integer)])
}

pub(super) fn integer_attributes() -> *mut ffi::PyGetSetDef {
    let rows = vec![getset_def!("numerator", get_self), getset_def!("denominator", get_size)];
    // SAFETY: a zeroed row ends the table.
    gate::leak_table(rows, unsafe { std::mem::zeroed() })
}

/// How many bits of the magnitude are set.
fn bit_count<'py>(object: &Object<'py>, _args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    // SAFETY: only integer classes have this method.
    let value = unsafe { read_int(object.as_ptr(), number(object)) };
    Ok(value.unsigned_abs().count_ones().into_pyobject(object.py())?.into_any())
}

pub(super) fn concrete_integer_methods() -> *mut ffi::PyMethodDef {
    leak(vec![method_def!("bit_count", bit_count), generic_getitem()])
}

pub(super) fn floating_methods() -> *mut ffi::PyMethodDef {
    leak(vec![method_def!("__round__", round_number)])
}

fn is_integer<'py>(object: &Object<'py>, _args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let py = object.py();
    // SAFETY: only float classes have this method.
    let value = unsafe { read_real(py, object.as_ptr(), Operand::Strong(number(object)))? };
    Ok(PyBool::new(py, value.is_finite() && value.trunc() == value).to_owned().into_any())
}

/// Numerator and denominator in lowest terms, as Python integers.
fn as_integer_ratio<'py>(object: &Object<'py>, _args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let py = object.py();
    let num = number(object);
    if num == TypeNum::LongDouble {
        // SAFETY: a `longdouble` scalar.
        let own = sharray_kernels::extended::Extended(unsafe { element::value::<[u8; 16]>(object.as_ptr()) });
        if !own.is_nan() && !own.is_infinite() {
            return long_ratio(object);
        }
    }
    // SAFETY: only float classes have this method.
    let value = unsafe { read_real(py, object.as_ptr(), Operand::Strong(num))? };
    PyFloat::new(py, value).call_method0("as_integer_ratio")
}

/// As Python does it for doubles, with the 64 bits of a `long double`.
fn long_ratio<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    let py = object.py();
    // SAFETY: a `longdouble` scalar.
    let bytes = unsafe { element::value::<[u8; 16]>(object.as_ptr()) };
    let (fraction, power) = sharray_kernels::extended::Extended(bytes).frexp();
    let whole = element::long_double_to_int(py, fraction.ldexp(64).0)?;
    let mut whole = whole.unwrap_or(0i32.into_pyobject(py)?.into_any());
    let mut shift = power - 64;
    let trailing: i32 = {
        let low: Object<'_> = whole.call_method1("__and__", (whole.neg()?,))?;
        low.call_method0("bit_length")?.extract::<i32>()? - 1
    };
    if trailing > 0 {
        whole = whole.call_method1("__rshift__", (trailing,))?;
        shift += trailing;
    }
    let one = 1i32.into_pyobject(py)?.into_any();
    let (above, below) = if trailing < 0 {
        (whole, one)
    } else if shift >= 0 {
        (whole.call_method1("__lshift__", (shift,))?, one)
    } else {
        (whole, one.call_method1("__lshift__", (-shift,))?)
    };
    Ok(PyTuple::new(py, [above, below])?.into_any())
}

pub(super) fn concrete_float_methods() -> *mut ffi::PyMethodDef {
    leak(vec![
        method_def!("is_integer", is_integer),
        method_def!("as_integer_ratio", as_integer_ratio),
        generic_getitem(),
    ])
}

/// `complex(scalar)`.
fn to_complex<'py>(object: &Object<'py>, _args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let parts = element::with_bytes(object, number(object), text::parts);
    Ok(pyo3::types::PyComplex::from_doubles(object.py(), parts[0], parts[1]).into_any())
}

pub(super) fn complex_methods() -> *mut ffi::PyMethodDef {
    leak(vec![method_def!("__complex__", to_complex)])
}

unsafe extern "C" fn subscript(object: *mut ffi::PyObject, key: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: live objects, the first a scalar.
        let (object, key): (Object<'_>, Object<'_>) =
            unsafe { (Bound::from_borrowed_ptr(py, object), Bound::from_borrowed_ptr(py, key)) };
        let whole = key.cast::<PyTuple>().is_ok_and(|t| t.is_empty());
        if whole {
            return unpacked(&as_array(&object)?);
        }
        if key.is_instance_of::<PyInt>() {
            return Err(PyIndexError::new_err("invalid index to scalar variable."));
        }
        as_array(&object)?.get_item(key)
    })
}

pub(super) fn mapping() -> *mut ffi::PyMappingMethods {
    // SAFETY: a zeroed table of optional functions; leaked, so it lives as long as the classes.
    let table: &mut ffi::PyMappingMethods = Box::leak(Box::new(unsafe { std::mem::zeroed() }));
    table.mp_subscript = Some(subscript);
    table
}

/// A scalar's value as a read-only buffer without axes (or of bytes, for times and structures).
unsafe extern "C" fn get_buffer(
    object: *mut ffi::PyObject,
    view: *mut ffi::Py_buffer,
    flags: c_int,
) -> c_int {
    gate::status(|py| {
        // SAFETY: a live scalar and a view to fill.
        let scalar: Object<'_> = unsafe { Bound::from_borrowed_ptr(py, object) };
        let num = number(&scalar);
        if view.is_null() {
            return Err(PyBufferError::new_err("a buffer view is needed"));
        }
        if flags & ffi::PyBUF_WRITABLE == ffi::PyBUF_WRITABLE {
            return Err(PyBufferError::new_err("scalar buffer is readonly"));
        }
        if num == TypeNum::Void || num == TypeNum::Unicode {
            return array_buffer(&scalar, num, view, flags);
        }
        if num == TypeNum::Object {
            return Err(PyBufferError::new_err("this scalar offers no buffer"));
        }
        if matches!(num, TypeNum::Datetime | TypeNum::Timedelta)
            && crate::protocols::foreign::beside_numpy(py)?
        {
            // NumPy asks for a buffer before anything else, and takes the bytes of a time for eight numbers.
            return Err(PyBufferError::new_err(
                "times offer no buffer to NumPy: it reads their dtype and value elsewhere",
            ));
        }
        let (data, size) = element::with_bytes(&scalar, num, |dtype, source| (source, dtype.itemsize()));
        // SAFETY: the value lies in the object (or its block), which the view keeps alive.
        let filled =
            unsafe { ffi::PyBuffer_FillInfo(view, object, data.cast_mut().cast(), size as isize, 1, flags) };
        if filled != 0 {
            return Err(PyErr::fetch(py));
        }
        if num.is_small_float() {
            let error = format!("cannot include dtype '{}' in a buffer", num.row().char as char);
            return Err(pyo3::exceptions::PyValueError::new_err(error));
        }
        let plain = num.is_number();
        // SAFETY: a filled view.
        unsafe {
            if plain {
                (*view).ndim = 0;
                (*view).shape = std::ptr::null_mut();
                (*view).strides = std::ptr::null_mut();
                (*view).itemsize = size as isize;
            }
            if flags & ffi::PyBUF_FORMAT == ffi::PyBUF_FORMAT {
                (*view).format = sharray_interop::buffer_format::native(num)
                    .unwrap_or(c"B")
                    .as_ptr()
                    .cast_mut()
                    .cast::<c_char>();
            }
        }
        Ok(())
    })
}

/// The buffer of a read-only array without axes that holds the scalar's value.
fn array_buffer(scalar: &Object<'_>, num: TypeNum, view: *mut ffi::Py_buffer, flags: c_int) -> PyResult<()> {
    use crate::object::array::Array;
    let dtype = element::dtype_of_scalar(scalar, num);
    let array = if num == TypeNum::Void && dtype.as_structure().is_none() {
        // Plain bytes become an array through their buffer: this one.
        let array = Array::new(scalar.py(), &dtype, &[], sharray_base::layout::Order::C)?;
        element::with_bytes(scalar, num, |dtype, source| {
            // SAFETY: both hold one element of this dtype.
            unsafe { std::ptr::copy_nonoverlapping(source, array.data(), dtype.itemsize()) }
        });
        array
    } else {
        Array::expect(&as_array(scalar)?)
    };
    array.set_flags(crate::object::layout::flag::WRITEABLE, false);
    // SAFETY: a view to fill, which will hold the array.
    crate::protocols::buffer::fill_view(&array, unsafe { &mut *view }, flags, true)
}

pub(super) fn buffer() -> *mut ffi::PyBufferProcs {
    Box::leak(Box::new(ffi::PyBufferProcs { bf_getbuffer: Some(get_buffer), bf_releasebuffer: None }))
}
