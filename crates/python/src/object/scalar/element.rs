//! From the bytes of an element to a scalar object, and from a scalar back to its bytes.

use std::ffi::c_int;
use std::ptr;
use std::sync::OnceLock;

use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyComplex, PyFloat, PyInt, PyString, PyTuple, PyType};
use sharray_base::dtype::{TimeUnit, Unit};
use sharray_base::layout::Order;
use sharray_base::{ByteOrder, DType, Kind, TypeNum};
use sharray_kernels::copy::retain_elements;
use sharray_kernels::small_float;

use super::layout::{TimeMeta, TimeScalar, VALUE_OFFSET, VoidScalar};
use super::{free_list, time, types};
use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::flag;
use crate::object::variable_text;

/// Room for the largest fixed-size element.
#[repr(C, align(16))]
pub(super) struct Room(pub [u8; 32]);

/// An element's bytes in native order, aligned.
///
/// # Safety
/// `source` is a readable element of `dtype`, which is a number, bool or time.
pub(super) unsafe fn native_bytes(dtype: &DType, source: *const u8) -> Room {
    let mut room = Room([0; 32]);
    let size = dtype.itemsize();
    // SAFETY: by the contract; fixed-size elements have at most 32 bytes.
    unsafe { ptr::copy_nonoverlapping(source, room.0.as_mut_ptr(), size) };
    if dtype.order() == ByteOrder::Swapped {
        let unit = if dtype.kind() == Kind::Complex { size / 2 } else { size };
        room.0[..size].chunks_exact_mut(unit).for_each(<[u8]>::reverse);
    }
    room
}

/// The scalar object of an element of `dtype` at `source` (any alignment and byte order). `base` is the array the
/// element lies in, which scalars that look at memory (structures) keep. Objects come out as themselves.
///
/// `source` must be a readable element of `dtype`, for structures as long as `base` lives.
pub fn from_element<'py>(
    py: Python<'py>,
    dtype: &DType,
    source: *const u8,
    base: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    if dtype.is_plain_number() {
        return from_number(py, dtype.num(), source);
    }
    // SAFETY: immortal classes.
    let class = unsafe { Bound::from_borrowed_ptr(py, types::class(dtype.num()).cast()) };
    let class: Bound<'py, PyType> = class.cast_into::<PyType>()?;
    if let Some(own) = dtype::extra(dtype).and_then(|e| e.scalar_class.as_ref()) {
        return from_element_as(own.bind(py), dtype, source, base);
    }
    from_element_as(&class, dtype, source, base)
}

/// As [`from_element`], of a class derived from the dtype's own.
pub fn from_element_as<'py>(
    class: &Bound<'py, PyType>,
    dtype: &DType,
    source: *const u8,
    base: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = class.py();
    match dtype.kind() {
        Kind::Object => {
            // SAFETY: an object slot holds a live reference or null.
            let object = unsafe {
                Bound::from_borrowed_ptr_or_opt(py, source.cast::<*mut ffi::PyObject>().read_unaligned())
            };
            Ok(object.unwrap_or_else(|| py.None().into_bound(py)))
        }
        Kind::VString => variable_text::get(py, dtype, source),
        Kind::Bytes => new_bytes(class, dtype, source),
        Kind::Unicode => {
            let text = read_text(py, dtype, source)?;
            new_from_python(class, &raw mut ffi::PyUnicode_Type, text.as_any())
        }
        Kind::Void => new_void(class, dtype, source, base),
        _ => {
            // SAFETY: a readable element of fixed size.
            let room = unsafe { native_bytes(dtype, source) };
            new_fixed(class, dtype, &room)
        }
    }
}

fn allocate<'py>(class: &Bound<'py, PyType>) -> PyResult<Bound<'py, PyAny>> {
    let py = class.py();
    let class: *mut ffi::PyTypeObject = class.as_ptr().cast();
    // SAFETY: a ready type; its own allocator gives zeroed memory of its size.
    unsafe {
        let allocate = (*class).tp_alloc.unwrap_or(ffi::PyType_GenericAlloc);
        Bound::from_owned_ptr_or_err(py, allocate(class, 0))
    }
}

/// `numpy.False_` and `numpy.True_`: there are no other instances of the class itself.
struct Bools([*mut ffi::PyObject; 2]);
// SAFETY: immortal objects, used under the GIL.
unsafe impl Send for Bools {}
// SAFETY: as for `Send`.
unsafe impl Sync for Bools {}
static BOOLS: OnceLock<Bools> = OnceLock::new();

/// A new reference to the one scalar of a truth value, if it is made already.
#[inline]
pub(super) fn made_bool(truth: bool) -> Option<*mut ffi::PyObject> {
    let object = BOOLS.get()?.0[usize::from(truth)];
    // SAFETY: null or an immortal object; the GIL is held by every user of scalars.
    unsafe { ffi::Py_XINCREF(object) };
    (!object.is_null()).then_some(object)
}

/// The one scalar of a truth value.
pub(super) fn bool_scalar(py: Python<'_>, truth: bool) -> PyResult<Bound<'_, PyAny>> {
    let make = || {
        [0u8, 1].map(|value| {
            // SAFETY: the class is ready; a null (no memory at start-up) is seen below.
            unsafe {
                let object = ffi::PyType_GenericAlloc(types::class(TypeNum::Bool), 0);
                if !object.is_null() {
                    object.cast::<u8>().add(VALUE_OFFSET).write(value);
                }
                object
            }
        })
    };
    let object = BOOLS.get_or_init(|| Bools(make())).0[usize::from(truth)];
    // SAFETY: an immortal object, or null.
    let found = unsafe { Bound::from_borrowed_ptr_or_opt(py, object) };
    found.ok_or_else(|| pyo3::exceptions::PyMemoryError::new_err(()))
}

fn new_fixed<'py>(class: &Bound<'py, PyType>, dtype: &DType, room: &Room) -> PyResult<Bound<'py, PyAny>> {
    if dtype.num() == TypeNum::Bool && class.as_type_ptr() == types::class(TypeNum::Bool) {
        return bool_scalar(class.py(), room.0[0] != 0);
    }
    let object = allocate(class)?;
    // SAFETY: instances have room for the value at this offset; times for their unit behind it.
    unsafe {
        let value = object.as_ptr().cast::<u8>().add(VALUE_OFFSET);
        ptr::copy_nonoverlapping(room.0.as_ptr(), value, dtype.itemsize());
        if matches!(dtype.kind(), Kind::Datetime | Kind::Timedelta) {
            let TimeUnit { unit, count } = dtype.time_unit();
            (*object.as_ptr().cast::<TimeScalar>()).obmeta = TimeMeta { base: unit as c_int, num: count };
        }
    }
    Ok(object)
}

/// A number, bool or time scalar from native bytes.
#[inline]
pub(super) fn from_native<'py, T: Copy>(
    py: Python<'py>,
    num: TypeNum,
    value: T,
) -> PyResult<Bound<'py, PyAny>> {
    debug_assert_eq!(size_of::<T>(), num.row().itemsize);
    debug_assert_ne!(num, TypeNum::Bool, "there are only two bools");
    // SAFETY: the class's instances hold a `T` at this offset.
    unsafe {
        let object = free_list::new_number(py, num)?;
        object.as_ptr().cast::<u8>().add(VALUE_OFFSET).cast::<T>().write(value);
        Ok(object)
    }
}

/// [`from_number`] for C slots: null with an exception set where there is no memory.
///
/// # Safety
/// `source` is a readable element of the number's type; the GIL is held.
#[inline]
pub unsafe fn number_at(num: TypeNum, source: *const u8) -> *mut ffi::PyObject {
    // SAFETY: by the contract.
    let py = unsafe { Python::assume_attached() };
    match from_number(py, num, source) {
        Ok(number) => number.into_ptr(),
        Err(error) => {
            error.restore(py);
            ptr::null_mut()
        }
    }
}

/// The scalar of a number of type `num`, native and aligned or not, at `source`.
pub fn from_number<'py>(py: Python<'py>, num: TypeNum, source: *const u8) -> PyResult<Bound<'py, PyAny>> {
    debug_assert!(num.is_number());
    if num == TypeNum::Bool {
        // SAFETY: a readable bool, by the caller's word.
        return bool_scalar(py, unsafe { source.read() } != 0);
    }
    // SAFETY: the class's instances hold an element of `num` at this offset; `source` is one.
    unsafe {
        let object = free_list::new_number(py, num)?;
        let value = object.as_ptr().cast::<u8>().add(VALUE_OFFSET);
        match num.row().itemsize {
            8 => ptr::copy_nonoverlapping(source, value, 8),
            size => ptr::copy_nonoverlapping(source, value, size),
        }
        Ok(object)
    }
}

fn new_bytes<'py>(
    class: &Bound<'py, PyType>,
    dtype: &DType,
    source: *const u8,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a readable element of that many bytes.
    let bytes = unsafe { std::slice::from_raw_parts(source, dtype.itemsize()) };
    let len = bytes.iter().rposition(|&b| b != 0).map_or(0, |last| last + 1);
    let plain = PyBytes::new(class.py(), &bytes[..len]);
    new_from_python(class, &raw mut ffi::PyBytes_Type, plain.as_any())
}

/// An instance of a class derived from a Python type, with the value of an object of that type.
pub(super) fn new_from_python<'py>(
    class: &Bound<'py, PyType>,
    base: *mut ffi::PyTypeObject,
    value: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = class.py();
    let args = PyTuple::new(py, [value])?;
    // SAFETY: `base` is `str` or `bytes`, whose constructors make instances of derived classes.
    unsafe {
        let Some(new) = (*base).tp_new else { return Err(PyValueError::new_err("no constructor")) };
        Bound::from_owned_ptr_or_err(py, new(class.as_ptr().cast(), args.as_ptr(), ptr::null_mut()))
    }
}

/// The characters of a `U` element, without trailing zeros.
pub(super) fn read_text<'py>(
    py: Python<'py>,
    dtype: &DType,
    source: *const u8,
) -> PyResult<Bound<'py, PyString>> {
    // SAFETY: a readable element of that many bytes.
    let bytes = unsafe { std::slice::from_raw_parts(source, dtype.itemsize()) };
    let swapped = dtype.order() == ByteOrder::Swapped;
    let mut units: Vec<u32> = bytes
        .chunks_exact(4)
        .map(|c| u32::from_ne_bytes([c[0], c[1], c[2], c[3]]))
        .map(|unit| if swapped { unit.swap_bytes() } else { unit })
        .collect();
    while units.last() == Some(&0) {
        units.pop();
    }
    if let Some(bad) = units.iter().find(|&&unit| unit > 0x10ffff) {
        return Err(PyValueError::new_err(format!("character U+{bad:x} is not in range [U+0000; U+10ffff]")));
    }
    // SAFETY: all units are code points; the function copies them.
    let text = unsafe { ffi::PyUnicode_FromKindAndData(4, units.as_ptr().cast(), units.len() as isize) };
    // SAFETY: a new reference or null.
    let text = unsafe { Bound::from_owned_ptr_or_err(py, text)? };
    Ok(text.cast_into::<PyString>()?)
}

fn new_void<'py>(
    class: &Bound<'py, PyType>,
    dtype: &DType,
    source: *const u8,
    base: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = class.py();
    let descr = dtype::from_value(py, dtype)?;
    let object = allocate(class)?;
    let raw: *mut VoidScalar = object.as_ptr().cast();
    let size = dtype.itemsize();
    // SAFETY: a fresh void instance, zeroed; each field is set before anyone sees it.
    unsafe {
        (*raw).ob_base.ob_size = size as isize;
        (*raw).descr = descr.into_ptr().cast();
        (*raw).flags =
            flag::C_CONTIGUOUS | flag::F_CONTIGUOUS | flag::ALIGNED | flag::WRITEABLE | flag::OWNDATA;
        if let Some(base) = base.filter(|_| dtype.as_structure().is_some()) {
            (*raw).obval = source.cast_mut();
            (*raw).base = base.clone().into_ptr();
            (*raw).flags &= !flag::OWNDATA;
            // A part of what can't be written can't be written either.
            if Array::from_object(base).is_some_and(|array| !array.has(flag::WRITEABLE)) {
                (*raw).flags &= !flag::WRITEABLE;
            }
            return Ok(object);
        }
        let block = libc::calloc(size.max(1), 1).cast::<u8>();
        if block.is_null() {
            return Err(pyo3::exceptions::PyMemoryError::new_err(()));
        }
        ptr::copy_nonoverlapping(source, block, size);
        (*raw).obval = block;
        if dtype.holds_objects() {
            retain_elements(block, 0, 1, dtype).or_raise(py)?;
        }
    }
    Ok(object)
}

/// The dtype of a scalar of type `num`.
pub(super) fn dtype_of_scalar(object: &Bound<'_, PyAny>, num: TypeNum) -> DType {
    let pointer = object.as_ptr();
    // SAFETY: an instance of the class of `num`, with its layout.
    unsafe {
        match num {
            TypeNum::Datetime | TypeNum::Timedelta => {
                let meta = (*pointer.cast::<TimeScalar>()).obmeta;
                DType::time(num, time_unit(meta))
            }
            TypeNum::Void => {
                let descr = (*pointer.cast::<VoidScalar>()).descr;
                if descr.is_null() { DType::of(num) } else { (*descr).value.clone() }
            }
            TypeNum::String => DType::flexible(num, ffi::PyBytes_Size(pointer) as usize),
            TypeNum::Unicode => DType::flexible(num, 4 * ffi::PyUnicode_GET_LENGTH(pointer) as usize),
            _ => DType::of(num),
        }
    }
}

fn time_unit(meta: TimeMeta) -> TimeUnit {
    let unit = sharray_base::dtype::time_unit::UNITS
        .iter()
        .map(|(unit, _)| *unit)
        .find(|u| *u as c_int == meta.base);
    TimeUnit { unit: unit.unwrap_or(Unit::Generic), count: meta.num.max(1) }
}

/// Calls `with` on the dtype and the native, aligned bytes of a scalar of type `num`.
pub(super) fn with_bytes<R>(
    object: &Bound<'_, PyAny>,
    num: TypeNum,
    with: impl FnOnce(&DType, *const u8) -> R,
) -> R {
    let dtype = dtype_of_scalar(object, num);
    let pointer = object.as_ptr();
    // SAFETY: an instance of the class of `num`, with its layout; the object outlives the call.
    unsafe {
        match num {
            TypeNum::String => with(&dtype, ffi::PyBytes_AsString(pointer).cast_const().cast()),
            TypeNum::Unicode => {
                let mut units = vec![0u32; dtype.itemsize() / 4 + 1];
                let filled = ffi::PyUnicode_AsUCS4(pointer, units.as_mut_ptr(), units.len() as isize, 1);
                if filled.is_null() {
                    ffi::PyErr_Clear();
                }
                with(&dtype, units.as_ptr().cast())
            }
            TypeNum::Void => with(&dtype, (*pointer.cast::<VoidScalar>()).obval),
            _ => with(&dtype, pointer.cast::<u8>().add(VALUE_OFFSET)),
        }
    }
}

/// Reads the value of a fixed-size scalar.
///
/// # Safety
/// `object` is an instance of the class whose value is a `T`.
pub(super) unsafe fn value<T: Copy>(object: *mut ffi::PyObject) -> T {
    // SAFETY: by the contract.
    unsafe { object.cast::<u8>().add(VALUE_OFFSET).cast::<T>().read() }
}

/// The Python object that stands for an element: what `item()` and `tolist()` give. A NumPy scalar where Python has none
/// (`longdouble`). `base` is the array the element lies in, which subarrays look at; without it they are copied.
///
/// `source` must be a readable element of `dtype`.
pub fn to_python<'py>(
    py: Python<'py>,
    dtype: &DType,
    source: *const u8,
    base: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(structure) = dtype.as_structure() {
        let items: Vec<_> = structure
            .fields
            .iter()
            .map(|field| to_python(py, &field.dtype, source.wrapping_add(field.offset), base))
            .collect::<PyResult<_>>()?;
        return Ok(PyTuple::new(py, items)?.into_any());
    }
    if let Some((element, shape)) = dtype.flattened() {
        return nested(py, element, &shape, source, base);
    }
    match dtype.kind() {
        Kind::Object | Kind::VString => from_element(py, dtype, source, None),
        Kind::Unicode => Ok(read_text(py, dtype, source)?.into_any()),
        Kind::Bytes => {
            // SAFETY: a readable element of that many bytes.
            let bytes = unsafe { std::slice::from_raw_parts(source, dtype.itemsize()) };
            let len = bytes.iter().rposition(|&b| b != 0).map_or(0, |last| last + 1);
            Ok(PyBytes::new(py, &bytes[..len]).into_any())
        }
        Kind::Void => {
            // SAFETY: as above.
            let bytes = unsafe { std::slice::from_raw_parts(source, dtype.itemsize()) };
            Ok(PyBytes::new(py, bytes).into_any())
        }
        _ => {
            // SAFETY: a readable element of fixed size.
            let room = unsafe { native_bytes(dtype, source) };
            fixed_to_python(py, dtype, &room)
        }
    }
}

/// A subarray comes out as an array: a view where `owner` holds the memory, else one of its own.
fn nested<'py>(
    py: Python<'py>,
    base: &DType,
    shape: &[isize],
    source: *const u8,
    owner: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(owner) = owner {
        let descr = dtype::from_value(py, base)?;
        let strides = sharray_base::layout::c_strides(shape, base.itemsize());
        let writable = Array::from_object(owner).is_some_and(|array| array.has(flag::WRITEABLE));
        // SAFETY: the element lies in the owner's memory, which the view keeps alive.
        let view = unsafe {
            let data = source.cast_mut();
            Array::from_memory(py, &descr, data, shape, &strides, writable, Some(owner.clone()), None)?
        };
        return Ok(view.into_object());
    }
    let array = Array::new(py, base, shape, Order::C)?;
    let count = shape.iter().product::<isize>() as usize;
    // SAFETY: a fresh dense array of as many elements as lie at the source; its references are counted.
    unsafe {
        ptr::copy_nonoverlapping(source, array.data(), count * base.itemsize());
        if base.holds_objects() {
            retain_elements(array.data(), base.itemsize() as isize, count, base).or_raise(py)?;
        }
    }
    Ok(array.into_object())
}

fn fixed_to_python<'py>(py: Python<'py>, dtype: &DType, room: &Room) -> PyResult<Bound<'py, PyAny>> {
    let at = room.0.as_ptr();
    macro_rules! int {
        ($type:ty) => {{
            // SAFETY: the room holds a value of this size, aligned.
            let value = unsafe { at.cast::<$type>().read() };
            Ok::<_, PyErr>(value.into_pyobject(py)?.into_any())
        }};
    }
    macro_rules! read {
        ($type:ty, $index:expr) => {
            // SAFETY: the room holds values of this size, aligned.
            unsafe { at.cast::<$type>().add($index).read() }
        };
    }
    match dtype.num() {
        TypeNum::Bool => Ok(PyBool::new(py, room.0[0] != 0).to_owned().into_any()),
        TypeNum::Byte => int!(i8),
        TypeNum::UByte => int!(u8),
        TypeNum::Short => int!(i16),
        TypeNum::UShort => int!(u16),
        TypeNum::Int => int!(i32),
        TypeNum::UInt => int!(u32),
        TypeNum::Long => int!(std::ffi::c_long),
        TypeNum::ULong => int!(std::ffi::c_ulong),
        TypeNum::LongLong => int!(i64),
        TypeNum::ULongLong => int!(u64),
        TypeNum::Half => Ok(PyFloat::new(py, f64::from(half::f16::from_bits(read!(u16, 0)))).into_any()),
        num if num.is_small_float() => {
            let bits = if num.row().itemsize == 1 { room.0[0].into() } else { read!(u16, 0) };
            Ok(PyFloat::new(py, small_float::value(num, bits).into()).into_any())
        }
        TypeNum::Float => Ok(PyFloat::new(py, f64::from(read!(f32, 0))).into_any()),
        TypeNum::Double => Ok(PyFloat::new(py, read!(f64, 0)).into_any()),
        TypeNum::CFloat => {
            Ok(PyComplex::from_doubles(py, f64::from(read!(f32, 0)), f64::from(read!(f32, 1))).into_any())
        }
        TypeNum::CDouble => Ok(PyComplex::from_doubles(py, read!(f64, 0), read!(f64, 1)).into_any()),
        // No Python number holds these: they stay scalars.
        TypeNum::LongDouble | TypeNum::CLongDouble => from_element(py, &dtype.to_native(), at, None),
        _ => time::to_python(py, dtype, read!(i64, 0)),
    }
}

/// A `long double`'s value rounded to double.
pub(super) fn long_double_to_f64(bytes: [u8; 16]) -> f64 {
    sharray_kernels::extended::Extended(bytes).to_f64()
}

/// A `long double` from a double.
pub(super) fn long_double_from_f64(value: f64) -> [u8; 16] {
    sharray_kernels::extended::Extended::from_f64(value).0
}

/// The whole part of a `long double` as a Python integer; `None` for NaN and infinities.
pub(super) fn long_double_to_int<'py>(
    py: Python<'py>,
    bytes: [u8; 16],
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let value = sharray_kernels::extended::Extended(bytes);
    if value.is_nan() || value.is_infinite() {
        return Ok(None);
    }
    let (fraction, power) = value.trunc().frexp();
    // 64 bits of mantissa, in two exact halves.
    let high = fraction.ldexp(32).trunc();
    let low = (fraction.ldexp(32) - high).ldexp(32);
    let whole = (i128::from(high.to_f64() as i64) << 32) + i128::from(low.to_f64() as i64);
    let shift = power - 64;
    let number: Bound<'py, PyInt> = whole.into_pyobject(py)?;
    let result = if shift >= 0 {
        number.call_method1("__lshift__", (shift,))?
    } else {
        // Exact: the value has no fraction. Floor division of negatives is exact for the same reason.
        number.call_method1("__rshift__", (-shift,))?
    };
    Ok(Some(result))
}
