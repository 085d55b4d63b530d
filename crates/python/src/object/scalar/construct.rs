//! Making scalars by calling their classes: `float64(1.5)`, `int8("3")`, `void(8)`, `datetime64("2020-01-01", "s")`; and
//! `scalar`, which pickles call.

use std::ptr;

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyComplex, PyDict, PyFloat, PyInt, PyString, PyTuple, PyType};
use sharray_base::{DType, Kind, TypeNum};

use super::element::{from_element, from_element_as, new_from_python};
use super::{direct, engine, number_of, store, time};
use crate::gate;
use crate::object::dtype;

type Object<'py> = Bound<'py, PyAny>;

/// The constructor of abstract classes.
pub(super) unsafe extern "C" fn refuse(
    class: *mut ffi::PyTypeObject,
    _args: *mut ffi::PyObject,
    _kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live class.
        let class = unsafe { Bound::from_borrowed_ptr(py, class.cast()) }.cast_into::<PyType>()?;
        let name = class.fully_qualified_name()?;
        Err(PyTypeError::new_err(format!("cannot create '{name}' instances")))
    })
}

struct Call<'py> {
    class: Bound<'py, PyType>,
    args: Bound<'py, PyTuple>,
    kwargs: Option<Bound<'py, PyDict>>,
}

unsafe fn enter(
    class: *mut ffi::PyTypeObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
    num: TypeNum,
) -> *mut ffi::PyObject {
    // SAFETY: the interpreter holds the GIL and passes a class and a tuple of live objects.
    unsafe {
        if kwargs.is_null()
            && ffi::PyTuple_GET_SIZE(args) == 1
            && ptr::eq(class, super::types::class(num))
            && let Some(made) =
                direct::construct(Python::assume_attached(), num, ffi::PyTuple_GET_ITEM(args, 0))
        {
            return made;
        }
    }
    gate::object(|py| {
        // SAFETY: the interpreter passes a class, a tuple, and a dict or null.
        let call = unsafe {
            Call {
                class: Bound::from_borrowed_ptr(py, class.cast()).cast_into::<PyType>()?,
                args: Bound::from_borrowed_ptr(py, args).cast_into::<PyTuple>()?,
                kwargs: match Bound::from_borrowed_ptr_or_opt(py, kwargs) {
                    Some(kwargs) => Some(kwargs.cast_into::<PyDict>()?).filter(|k| !k.is_empty()),
                    None => None,
                },
            }
        };
        construct(py, &call, num)
    })
}

/// One C entry per type number, so that the number is known inside.
macro_rules! entries {
    ($($num:ident)*) => {
        /// The constructor slot of a class.
        pub(super) fn new_slot(num: TypeNum) -> ffi::newfunc {
            match num { $(TypeNum::$num => {
                unsafe extern "C" fn new(
                    class: *mut ffi::PyTypeObject,
                    args: *mut ffi::PyObject,
                    kwargs: *mut ffi::PyObject,
                ) -> *mut ffi::PyObject {
                    // SAFETY: the interpreter's own arguments.
                    unsafe { enter(class, args, kwargs, TypeNum::$num) }
                }
                new
            })* }
        }
    };
}
entries! {
    Bool Byte UByte Short UShort Int UInt Long ULong LongLong ULongLong Float Double LongDouble CFloat CDouble
    CLongDouble Object String Unicode Void Datetime Timedelta Half VString BFloat16 Float8E4M3FN Float8E5M2
}

fn construct<'py>(py: Python<'py>, call: &Call<'py>, num: TypeNum) -> PyResult<Object<'py>> {
    match num {
        TypeNum::Unicode => from_python_class(call, &raw mut ffi::PyUnicode_Type),
        TypeNum::String => bytes(call),
        TypeNum::Object => object(py, call),
        TypeNum::Void => void(py, call),
        TypeNum::Datetime | TypeNum::Timedelta => time(py, call, num),
        _ => number(py, call, num),
    }
}

/// `object_(value)`: the value itself, or an array of what a sequence holds.
fn object<'py>(py: Python<'py>, call: &Call<'py>) -> PyResult<Object<'py>> {
    let Some(value) = first(call, "object_", 1)? else { return Ok(py.None().into_bound(py)) };
    let array = engine(py, "asanyarray")?.call1((&value, py.get_type::<pyo3::types::PyAny>()))?;
    if array.getattr("ndim")?.extract::<usize>()? > 0 {
        return Ok(array);
    }
    array.get_item(PyTuple::empty(py))
}

/// The only argument, which must be positional.
fn first<'py>(call: &Call<'py>, name: &str, most: usize) -> PyResult<Option<Object<'py>>> {
    if call.kwargs.is_some() {
        return Err(PyTypeError::new_err(format!("{name}() takes no keyword arguments")));
    }
    if call.args.len() > most {
        return Err(PyTypeError::new_err(format!(
            "{name} expected at most {most} argument, got {}",
            call.args.len()
        )));
    }
    call.args.iter().next().map_or(Ok(None), |value| Ok(Some(value)))
}

fn number<'py>(py: Python<'py>, call: &Call<'py>, num: TypeNum) -> PyResult<Object<'py>> {
    let dtype = DType::of(num);
    let value =
        if matches!(num, TypeNum::CDouble | TypeNum::CFloat | TypeNum::CLongDouble) && call.args.len() == 2 {
            complex_of(call)?
        } else {
            match first(call, num.row().class_name, 1)? {
                Some(value) => value,
                None => 0i32.into_pyobject(py)?.into_any(),
            }
        };
    let plain = value.is_instance_of::<PyFloat>()
        || value.is_instance_of::<PyInt>()
        || value.is_instance_of::<PyComplex>()
        || value.is_instance_of::<PyString>()
        || value.is_instance_of::<PyBytes>()
        || value.is_none()
        || number_of(&value).is_some();
    if !plain {
        return through_array(call, &dtype, &value);
    }
    let mut room = super::element::Room([0; 32]);
    sharray_base::fp_status::clear();
    store::cast_element(&value, &dtype, room.0.as_mut_ptr())?;
    from_element_as(&call.class, &dtype, room.0.as_ptr(), None)
}

/// A complex number of two real ones.
fn complex_of<'py>(call: &Call<'py>) -> PyResult<Object<'py>> {
    let py = call.class.py();
    let wrong = || {
        PyTypeError::new_err(format!(
            "Could not convert arguments into a complex scalar. '{}' given.",
            call.args
        ))
    };
    let part = |index: usize| -> PyResult<f64> {
        let value = call.args.get_item(index)?;
        let complex = value.is_instance_of::<PyComplex>()
            || number_of(&value).is_some_and(|n| n.kind() == Kind::Complex);
        if complex || value.is_none() {
            return Err(wrong());
        }
        value.extract::<f64>().map_err(|_| wrong())
    };
    Ok(PyComplex::from_doubles(py, part(0)?, part(1)?).into_any())
}

/// Any other object: as an array of the dtype; one element gives a scalar.
fn through_array<'py>(call: &Call<'py>, dtype: &DType, value: &Object<'py>) -> PyResult<Object<'py>> {
    let py = value.py();
    let kwargs = PyDict::new(py);
    kwargs.set_item("dtype", dtype::from_value(py, dtype)?)?;
    let array = engine(py, "asanyarray")?.call((value,), Some(&kwargs))?;
    if array.getattr("ndim")?.extract::<usize>()? > 0 {
        return Ok(array);
    }
    let scalar = engine(py, "asarray")?.call1((&array,))?.get_item(PyTuple::empty(py))?;
    if scalar.get_type().is(&call.class) {
        return Ok(scalar);
    }
    super::with_bytes(&scalar, |dtype, source| from_element_as(&call.class, dtype, source, None))
        .unwrap_or(Ok(array))
}

fn from_python_class<'py>(call: &Call<'py>, base: *mut ffi::PyTypeObject) -> PyResult<Object<'py>> {
    let py = call.class.py();
    let kwargs = call.kwargs.as_ref().map_or(ptr::null_mut(), |k| k.as_ptr());
    // SAFETY: `base` is `str` or `bytes`, whose constructors make instances of derived classes.
    unsafe {
        let Some(new) = (*base).tp_new else { return Err(PyValueError::new_err("no constructor")) };
        Bound::from_owned_ptr_or_err(py, new(call.class.as_ptr().cast(), call.args.as_ptr(), kwargs))
    }
}

fn bytes<'py>(call: &Call<'py>) -> PyResult<Object<'py>> {
    let only =
        if call.args.len() == 1 && call.kwargs.is_none() { Some(call.args.get_item(0)?) } else { None };
    if let Some(Ok(text)) = only.as_ref().map(|value| value.cast::<PyString>()) {
        let encoded = text.call_method1("encode", ("ascii",))?;
        return new_from_python(&call.class, &raw mut ffi::PyBytes_Type, &encoded);
    }
    let plain = match (from_python_class(call, &raw mut ffi::PyBytes_Type), only) {
        (Err(_), Some(value)) => {
            // What Python makes no bytes of is written down.
            let array = through_array(call, &DType::of(TypeNum::String), &value)?;
            if !array.is_instance_of::<PyBytes>() {
                return Ok(array);
            }
            array
        }
        (made, _) => made?,
    };
    // A NumPy bytes value carries no trailing zeros.
    let bytes = plain.cast::<PyBytes>()?.as_bytes();
    let len = bytes.iter().rposition(|&b| b != 0).map_or(0, |last| last + 1);
    if len == bytes.len() {
        return Ok(plain);
    }
    new_from_python(
        &call.class,
        &raw mut ffi::PyBytes_Type,
        PyBytes::new(call.class.py(), &bytes[..len]).as_any(),
    )
}

/// The arguments by name.
fn named<'py, const N: usize>(
    call: &Call<'py>,
    function: &str,
    names: [&str; N],
) -> PyResult<[Option<Object<'py>>; N]> {
    let mut found = [const { None }; N];
    if call.args.len() > N {
        let given = call.args.len();
        return Err(PyTypeError::new_err(format!(
            "{function}() takes at most {N} arguments ({given} given)"
        )));
    }
    for (slot, value) in found.iter_mut().zip(call.args.iter()) {
        *slot = Some(value);
    }
    for (name, value) in call.kwargs.iter().flatten() {
        let name: String = name.extract()?;
        match names.iter().position(|n| *n == name) {
            Some(index) if found[index].is_none() => found[index] = Some(value),
            _ => {
                return Err(PyTypeError::new_err(format!(
                    "{function}() got an unexpected argument '{name}'"
                )));
            }
        }
    }
    Ok(found)
}

/// `void(length)`, `void(bytes)`, `void(value, dtype)`.
fn void<'py>(py: Python<'py>, call: &Call<'py>) -> PyResult<Object<'py>> {
    let [value, spec] = named(call, "void", ["length_or_data", "dtype"])?;
    let value = value
        .ok_or_else(|| PyTypeError::new_err("void() missing required argument 'length_or_data' (pos 0)"))?;
    if let Some(spec) = spec.filter(|s| !s.is_none()) {
        return void_of(py, call, &value, &spec);
    }
    let counts = |value: &Object<'py>| {
        value.is_instance_of::<PyInt>() || number_of(value).is_some_and(TypeNum::is_integer)
    };
    let value = match crate::object::array::Array::from_object(&value) {
        // A 0-d array of an integer is a length.
        Some(array) if array.ndim() == 0 && array.dtype().num().is_integer() => {
            value.get_item(PyTuple::empty(py))?
        }
        _ => value,
    };
    let whole = counts(&value);
    if whole {
        let size: i64 = value.call_method0("__index__")?.extract()?;
        let size = usize::try_from(size).ok().filter(|&n| n <= i32::MAX as usize);
        let size = size.ok_or_else(|| {
            PyValueError::new_err("size must be non-negative and not greater than 2147483647")
        })?;
        let zeros = vec![0u8; size];
        return from_element_as(&call.class, &DType::flexible(TypeNum::Void, size), zeros.as_ptr(), None);
    }
    if value.is_instance_of::<PyBytes>() {
        let data: Vec<u8> = py.get_type::<PyBytes>().call1((&value,))?.extract()?;
        return from_element_as(
            &call.class,
            &DType::flexible(TypeNum::Void, data.len()),
            data.as_ptr(),
            None,
        );
    }
    through_array(call, &DType::of(TypeNum::Void), &value)
}

fn void_of<'py>(
    py: Python<'py>,
    call: &Call<'py>,
    value: &Object<'py>,
    spec: &Object<'py>,
) -> PyResult<Object<'py>> {
    let descr = dtype::coerce(spec)?;
    let wanted = dtype::value(&descr).clone();
    if wanted.num() != TypeNum::Void || wanted.as_subarray().is_some() {
        return Err(PyTypeError::new_err(format!(
            "void: descr must be a `void` dtype that is not a subarray dtype (structured or unstructured). Got '{}'.",
            descr.repr()?
        )));
    }
    let several = value.is_instance_of::<pyo3::types::PyList>();
    if several || wanted.as_structure().is_none() && !value.is_instance_of::<PyBytes>() {
        return through_array(call, &wanted, value);
    }
    let wanted = match (value.cast::<PyBytes>(), wanted.itemsize()) {
        (Ok(bytes), 0) if wanted.as_structure().is_none() => {
            DType::flexible(TypeNum::Void, bytes.as_bytes().len())
        }
        _ => wanted,
    };
    let element = Element::new(&wanted);
    store::to_element(value, &wanted, element.at())?;
    let _ = py;
    from_element_as(&call.class, &wanted, element.at(), None)
}

/// Zeroed memory for one element, whose object references are given back at the end.
struct Element<'a> {
    dtype: &'a DType,
    bytes: Vec<u64>,
}

impl<'a> Element<'a> {
    fn new(dtype: &'a DType) -> Self {
        Element { dtype, bytes: vec![0; dtype.itemsize().div_ceil(8).max(1)] }
    }
    fn at(&self) -> *mut u8 {
        self.bytes.as_ptr().cast_mut().cast()
    }
}

impl Drop for Element<'_> {
    fn drop(&mut self) {
        if self.dtype.holds_objects() {
            // SAFETY: one element of the dtype, references valid or null; the GIL is held where scalars are made.
            let _ = unsafe { sharray_kernels::copy::release_elements(self.at(), 0, 1, self.dtype) };
        }
    }
}

/// `datetime64(value, unit)` and `timedelta64(value, unit)`.
fn time<'py>(py: Python<'py>, call: &Call<'py>, num: TypeNum) -> PyResult<Object<'py>> {
    let [value, unit] = named(call, num.row().class_name, ["value", "unit"])?;
    let unit = unit.filter(|u| !u.is_none()).map(|u| time::unit_argument(&u)).transpose()?;
    let value = value.unwrap_or_else(|| match num {
        TypeNum::Timedelta => {
            0i32.into_pyobject(py).map_or_else(|_| py.None().into_bound(py), Bound::into_any)
        }
        _ => py.None().into_bound(py),
    });
    let (dtype, ticks) = time::read_time(&value, num, unit)?;
    from_element_as(&call.class, &dtype, ticks.to_ne_bytes().as_ptr(), None)
}

/// The fields of a structured scalar, as pickles hold them.
fn item_of<'py>(value: &Object<'py>) -> PyResult<Object<'py>> {
    match value.getattr_opt("item")? {
        Some(item) => item.call0(),
        None => Err(PyRuntimeError::new_err(format!(
            "a scalar with objects is made from a tuple or a structured scalar, not from {}",
            value.repr()?
        ))),
    }
}

/// The scalar of a dtype with the given bytes: what pickled scalars call.
#[pyfunction]
#[pyo3(signature = (dtype, obj=None))]
pub(super) fn scalar<'py>(
    dtype: &Bound<'py, PyAny>,
    obj: Option<&Bound<'py, PyAny>>,
) -> PyResult<Object<'py>> {
    let py = dtype.py();
    if !dtype::is_dtype(dtype) {
        return Err(PyTypeError::new_err("the first argument must be a dtype"));
    }
    let wanted = dtype::value(dtype);
    // As in NumPy, without a value bytes of no length become one null.
    let is_open = wanted.itemsize() == 0
        && wanted.as_structure().is_none()
        && matches!(wanted.num(), TypeNum::String | TypeNum::Void);
    let one_byte = (obj.is_none() && is_open).then(|| DType::flexible(wanted.num(), 1));
    let wanted = one_byte.as_ref().unwrap_or(wanted);
    if wanted.kind() == Kind::Object {
        return obj.cloned().ok_or_else(|| PyTypeError::new_err("a value is needed for the dtype object"));
    }
    if wanted.holds_objects() {
        let element = Element::new(wanted);
        let value = obj.ok_or_else(|| PyTypeError::new_err("a value is needed for a dtype with objects"))?;
        let value = if value.is_instance_of::<PyTuple>() { value.clone() } else { item_of(value)? };
        store::to_element(&value, wanted, element.at())?;
        return from_element(py, wanted, element.at(), None);
    }
    let data: Vec<u8> = match obj {
        None => vec![0; wanted.itemsize()],
        // Pickles of Python 2 hold the bytes as Latin-1 text.
        Some(text) if text.is_instance_of::<PyString>() => {
            text.call_method1("encode", ("latin1",))?.extract()?
        }
        Some(bytes) => {
            bytes.extract().map_err(|_| PyTypeError::new_err("initializing object must be a bytes object"))?
        }
    };
    if data.len() < wanted.itemsize() {
        return Err(PyValueError::new_err(format!(
            "initialization string is too small: {} bytes for a dtype of {}",
            data.len(),
            wanted.itemsize()
        )));
    }
    from_element(py, wanted, data.as_ptr(), None)
}
