//! `numpy.dtype(x)`: dtypes from strings, Python and scalar classes, lists and dicts of fields, tuples, objects with a
//! dtype, ctypes classes, and the dtypes and scalar classes of the real NumPy.

use std::ptr;

use pyo3::exceptions::{PyDeprecationWarning, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyList, PyMappingProxy, PyString, PyTuple, PyType};
use sharray_base::dtype::Structure;
use sharray_base::dtype::kind::TYPES;
use sharray_base::dtype::parse::{POINTER_INT, is_deprecated, is_parenthesized, parse, parse_aligned};
use sharray_base::dtype::structured::{FieldSpec, layout};
use sharray_base::{DType, TypeNum};

use super::dtype::{character, extra, from_value, is_dtype, of_parts, singleton, value, with_extra};
use super::dtype_meta::{self, scalar_type};
use super::layout::DTypeObject;
use super::scalar::types::{exact_number, nearest_abstract};
use crate::errors::{self, LazyClass, OrRaise};
use crate::gate;

static FROM_CTYPES: LazyClass = LazyClass::new("sharray._core._dtype_ctypes", "dtype_from_ctypes_type");

/// The dtype object of anything that names one; `align` lays structures out like C's.
///
/// # Errors
/// `TypeError` when it is no dtype; `ValueError` for impossible sizes, shapes or offsets.
pub fn coerce_aligned<'py>(object: &Bound<'py, PyAny>, align: bool) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    if is_dtype(object) {
        return Ok(object.clone());
    }
    if let Some(found) = frequent(object) {
        // SAFETY: singletons are immortal, and what a spelling stands for lives as long as it is remembered.
        return Ok(unsafe { Bound::from_borrowed_ptr(py, found.cast()) });
    }
    if object.is_none() {
        return from_value(py, &DType::of(TypeNum::Double));
    }
    if let Ok(class) = object.cast::<PyType>() {
        return from_class(class);
    }
    if let Ok(text) = object.cast::<PyString>() {
        let made = from_text(py, &text.to_cow()?, align)?;
        Spelling::remember(object, &made);
        return Ok(made);
    }
    if let Ok(bytes) = object.cast::<PyBytes>() {
        // One byte that is no letter is a type number.
        if let [number] = bytes.as_bytes()
            && let Some(num) = TypeNum::from_number(i32::from(*number))
        {
            return from_value(py, &DType::of(num));
        }
        let text = std::str::from_utf8(bytes.as_bytes()).ok().filter(|t| t.is_ascii());
        let text = text.ok_or_else(|| not_understood(object))?;
        return from_text(py, text, align);
    }
    let made = if let Ok(tuple) = object.cast::<PyTuple>() {
        from_tuple(tuple, align)?
    } else if let Ok(list) = object.cast::<PyList>() {
        from_list(list, align)?
    } else if let Ok(dict) = object.cast::<PyDict>() {
        from_dict(dict, align)?
    } else if let Ok(proxy) = object.cast::<PyMappingProxy>() {
        from_dict(&proxy.call_method0("copy")?.cast_into::<PyDict>()?, align)?
    } else {
        return from_attribute(object);
    };
    of_parts(py, &made.value, &made.parts)
}

/// The dtype of what is asked for most: a scalar class, Python's numbers, or a spelling seen before.
fn frequent(object: &Bound<'_, PyAny>) -> Option<*mut DTypeObject> {
    let pointer = object.as_ptr();
    // SAFETY: a live object; the classes are immortal.
    let (class, float, int) =
        unsafe { (ffi::Py_TYPE(pointer), &raw mut ffi::PyFloat_Type, &raw mut ffi::PyLong_Type) };
    if ptr::eq(class, &raw mut ffi::PyUnicode_Type) {
        return Spelling::find(pointer);
    }
    let wanted: *mut ffi::PyTypeObject = pointer.cast();
    let num = match exact_number(wanted) {
        Some(num) => num,
        None if ptr::eq(wanted, float) => TypeNum::Double,
        None if ptr::eq(wanted, int) => POINTER_INT,
        None if ptr::eq(wanted, &raw mut ffi::PyBool_Type) => TypeNum::Bool,
        None => return None,
    };
    Some(singleton(num))
}

/// A text and the dtype it stands for. The same object was seen before: spellings in programs are constants.
#[derive(Clone, Copy)]
struct Spelling {
    text: *mut ffi::PyObject,
    dtype: *mut DTypeObject,
}

const SPELLINGS: usize = 32;
static mut SEEN: [Spelling; SPELLINGS] =
    [Spelling { text: ptr::null_mut(), dtype: ptr::null_mut() }; SPELLINGS];

impl Spelling {
    fn place(text: *mut ffi::PyObject) -> *mut Spelling {
        let seen: *mut Spelling = (&raw mut SEEN).cast();
        seen.wrapping_add((text as usize >> 4) % SPELLINGS)
    }
    fn find(text: *mut ffi::PyObject) -> Option<*mut DTypeObject> {
        // SAFETY: one of the places, touched with the GIL held only; what is in it is kept alive, so an equal address is
        // the same text.
        let seen = unsafe { *Spelling::place(text) };
        ptr::eq(seen.text, text).then_some(seen.dtype)
    }
    /// Keeps what `text` was understood as, if that is a number, and the spelling one of letters and digits: others may be
    /// deprecated, which is to be said each time.
    fn remember(text: &Bound<'_, PyAny>, made: &Bound<'_, PyAny>) {
        let dtype = value(made);
        let plain = |text: &str| {
            text.len() <= 16
                && text.chars().all(|c| c.is_ascii_alphanumeric() || "<>=|".contains(c))
                && !is_deprecated(text)
        };
        let exact =
            text.cast_exact::<PyString>().ok().and_then(|t| t.to_cow().ok()).is_some_and(|t| plain(&t));
        if !exact || !dtype.is_bare_number() {
            return;
        }
        // SAFETY: as in `find`; the old pair is given back after its place is whole again, which runs no Python code.
        unsafe {
            let kept = Spelling { text: text.clone().into_ptr(), dtype: made.clone().into_ptr().cast() };
            let old = std::mem::replace(&mut *Spelling::place(kept.text), kept);
            ffi::Py_XDECREF(old.text);
            ffi::Py_XDECREF(old.dtype.cast());
        }
    }
}

fn not_understood(object: &Bound<'_, PyAny>) -> PyErr {
    match object.repr() {
        Ok(text) => PyTypeError::new_err(format!("data type {text} not understood")),
        Err(error) => error,
    }
}

fn value_of(object: &Bound<'_, PyAny>, align: bool) -> PyResult<DType> {
    gate::nested(object.py(), || coerce_aligned(object, align).map(|dtype| value(&dtype).clone()))
}

fn object_of<'py>(object: &Bound<'py, PyAny>, align: bool) -> PyResult<Bound<'py, PyAny>> {
    gate::nested(object.py(), || coerce_aligned(object, align))
}

/// A dtype that was put together, and the dtype objects it was made of: those of its fields in their order, or that of a
/// subarray's elements.
struct Made<'py> {
    value: DType,
    parts: Vec<Bound<'py, PyAny>>,
}

impl<'py> Made<'py> {
    fn of(value: DType) -> Made<'py> {
        Made { value, parts: Vec::new() }
    }
}

fn from_text<'py>(py: Python<'py>, text: &str, align: bool) -> PyResult<Bound<'py, PyAny>> {
    if is_deprecated(text) {
        let category = py.get_type::<PyDeprecationWarning>();
        errors::warn(py, &category, "the dtype alias 'a' was deprecated in NumPy 2.0: write 'S'")?;
    }
    if is_parenthesized(text) {
        let category = py.get_type::<PyDeprecationWarning>();
        let advice = "a parenthesized single number for repeats is deprecated: pass the number alone, or a tuple with a \
                      comma, like \"(2,)\"";
        errors::warn(py, &category, &format!("Passing in {advice}"))?;
    }
    if text == "c" {
        return from_value(py, &character());
    }
    from_value(py, &parse_aligned(text, align).or_raise(py)?)
}

/// Python's own classes, and memoryview, which NumPy takes for raw bytes.
fn builtin_class(class: &Bound<'_, PyType>) -> Option<TypeNum> {
    let py = class.py();
    let pairs = [
        (py.get_type::<pyo3::types::PyFloat>(), TypeNum::Double),
        (py.get_type::<pyo3::types::PyInt>(), POINTER_INT),
        (py.get_type::<PyBool>(), TypeNum::Bool),
        (py.get_type::<pyo3::types::PyComplex>(), TypeNum::CDouble),
        (py.get_type::<PyString>(), TypeNum::Unicode),
        (py.get_type::<PyBytes>(), TypeNum::String),
        (py.get_type::<PyAny>(), TypeNum::Object),
        (py.get_type::<pyo3::types::PyMemoryView>(), TypeNum::Void),
    ];
    pairs.iter().find(|(known, _)| class.is(known)).map(|(_, num)| *num)
}

fn from_class<'py>(class: &Bound<'py, PyType>) -> PyResult<Bound<'py, PyAny>> {
    let py = class.py();
    if dtype_meta::is_class(class) {
        // A dtype class stands for the instance that fits the data.
        let abstract_class = || PyTypeError::new_err("Cannot convert np.dtype into a dtype: it is abstract.");
        let num = dtype_meta::class_number(class).ok_or_else(abstract_class)?;
        return from_value(py, &DType::of(num));
    }
    if let Some(num) = builtin_class(class) {
        return from_value(py, &DType::of(num));
    }
    let pointer = class.as_ptr();
    if let Some(row) = TYPES.iter().find(|row| scalar_type(row.num).cast() == pointer) {
        return from_value(py, &DType::of(row.num));
    }
    if let Some(found) = from_scalar_class(class)? {
        return Ok(found);
    }
    if let Some(name) = nearest_abstract(pointer.cast()) {
        return Err(PyTypeError::new_err(format!(
            "Converting `np.{name}` to a dtype is not allowed: it is abstract and has no size"
        )));
    }
    match from_attribute_opt(class.as_any())? {
        Some(dtype) => Ok(dtype),
        None => from_value(py, &DType::of(TypeNum::Object)),
    }
}

/// Subclasses of scalar classes, abstract scalar classes, and the real NumPy's.
fn from_scalar_class<'py>(class: &Bound<'py, PyType>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = class.py();
    // SAFETY: scalar classes are null (before they are made) or live types.
    let derives = |num: TypeNum| unsafe {
        let base = scalar_type(num);
        !base.is_null() && ffi::PyType_IsSubtype(class.as_ptr().cast(), base) != 0
    };
    if derives(TypeNum::Void) {
        // A class's own `dtype` must be one; the built-in attribute is a descriptor.
        if let Some(found) = class.getattr_opt("dtype")?
            && !is_dtype(&found)
            && found.getattr_opt("__get__")?.is_none_or(|_| found.is_instance_of::<PyType>())
        {
            return Err(PyValueError::new_err(format!(
                "`.dtype` attribute {} is not a valid dtype instance",
                found.repr()?
            )));
        }
        let void = with_extra(py, &DType::of(TypeNum::Void), None, Some(class));
        return from_value(py, &void).map(Some);
    }
    // Texts of variable width have `str` itself as their class, which `str_` derives from.
    let mut own = TYPES.iter().filter(|row| row.num != TypeNum::VString);
    if let Some(row) = own.find(|row| derives(row.num)) {
        return from_value(py, &DType::of(row.num)).map(Some);
    }
    let module = class.module().ok().and_then(|m| m.extract::<String>().ok());
    if module.as_deref() == Some(TAUGHT) {
        return from_taught(class)?.map(|dtype| from_value(py, &dtype)).transpose();
    }
    if module.as_deref() != Some("numpy") {
        return Ok(None);
    }
    let name = class.name()?.to_string();
    match name.as_str() {
        "generic" | "flexible" | "number" | "inexact" | "floating" | "complexfloating" | "integer"
        | "signedinteger" | "unsignedinteger" | "character" => Err(PyTypeError::new_err(format!(
            "Converting `np.{name}` to a dtype is not allowed: it is abstract and has no size"
        ))),
        "record" => from_value(py, &DType::of(TypeNum::Void)).map(Some),
        _ => parse(&name).ok().map(|dtype| from_value(py, &dtype)).transpose(),
    }
}

fn from_attribute<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if is_array(object) {
        return Err(PyTypeError::new_err("Cannot construct a dtype from an array"));
    }
    from_attribute_opt(object)?.map_or_else(
        || {
            let text = object.str()?;
            Err(PyTypeError::new_err(format!("Cannot interpret '{text}' as a data type")))
        },
        Ok,
    )
}

/// Arrays of ours and of the real NumPy.
fn is_array(object: &Bound<'_, PyAny>) -> bool {
    let class = object.get_type();
    super::ndarray::is_array(object)
        || class.name().is_ok_and(|n| n == "ndarray") && class.module().is_ok_and(|m| m == "numpy")
}

/// Objects that carry a dtype (`__numpy_dtype__`, `dtype`), dtypes of the real NumPy, ctypes classes.
fn from_attribute_opt<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = object.py();
    if let Some(dtype) = from_foreign(object)? {
        return from_value(py, &dtype).map(Some);
    }
    for name in ["__numpy_dtype__", "dtype"] {
        let Some(found) = object.getattr_opt(name)? else { continue };
        if is_dtype(&found) {
            return Ok(Some(found));
        }
        if let Some(dtype) = from_foreign(&found)? {
            return from_value(py, &dtype).map(Some);
        }
        // A class with a `dtype` property says nothing about its instances' dtype.
        if object.is_instance_of::<PyType>() && found.getattr_opt("__get__")?.is_some() {
            continue;
        }
        return Err(PyValueError::new_err(format!(
            "Could not convert {} to a NumPy dtype (via `.{name}` value {}).",
            object.repr()?,
            found.repr()?
        )));
    }
    let class = match object.cast::<PyType>() {
        Ok(class) => class.clone(),
        Err(_) => object.get_type(),
    };
    if is_ctypes(&class)? { FROM_CTYPES.get(py)?.call1((class,)).map(Some) } else { Ok(None) }
}

/// True for classes of the module `ctypes`: what they derive from stands below `object` in `_ctypes`.
pub(crate) fn is_ctypes(class: &Bound<'_, PyType>) -> PyResult<bool> {
    let bases = class.mro();
    let Some(root) = bases.len().checked_sub(2) else { return Ok(false) };
    let root = bases.get_item(root)?.cast_into::<PyType>()?;
    Ok(root.module().is_ok_and(|m| m == "_ctypes"))
}

/// The package that teaches the real NumPy small floats.
pub const TAUGHT: &str = "ml_dtypes";

/// The small float of a scalar class of that package, if it is one that we have.
fn from_taught(class: &Bound<'_, PyType>) -> PyResult<Option<DType>> {
    let name = class.name()?.to_string();
    Ok(parse(&name).ok().filter(|dtype| dtype.num().is_small_float()))
}

/// The small float that elements of a foreign object are, by its dtype: the protocols say only how many bytes they take.
///
/// # Errors
/// What looking at the dtype raises.
pub fn small_float_of(object: &Bound<'_, PyAny>) -> PyResult<Option<DType>> {
    let Some(dtype) = object.getattr_opt("dtype")? else { return Ok(None) };
    let Some(class) = dtype.getattr_opt("type")? else { return Ok(None) };
    match class.cast::<PyType>() {
        Ok(class) if class.module().is_ok_and(|module| module == TAUGHT) => {
            let order = dtype.getattr("isnative")?.is_truthy()?;
            Ok(from_taught(class)?.map(|found| if order { found } else { found.swapped() }))
        }
        _ => Ok(None),
    }
}

/// A dtype of the real NumPy, read through its attributes.
fn from_foreign(object: &Bound<'_, PyAny>) -> PyResult<Option<DType>> {
    let class = object.get_type();
    let module = class.module().ok().and_then(|m| m.extract::<String>().ok()).unwrap_or_default();
    if !(module == "numpy.dtypes" || module == "numpy") || object.is_instance_of::<PyType>() {
        return Ok(None);
    }
    let py = object.py();
    let (Some(text), Some(fields)) = (object.getattr_opt("str")?, object.getattr_opt("fields")?) else {
        return Ok(None);
    };
    if let Some((base, shape)) =
        object.getattr("subdtype")?.extract::<Option<(Bound<'_, PyAny>, Vec<isize>)>>()?
    {
        let base = from_foreign(&base)?.ok_or_else(|| not_understood(object))?;
        return DType::subarray(base, &shape).or_raise(py).map(Some);
    }
    if let Ok(class) = object.getattr("type")?.cast::<PyType>()
        && class.module()? == TAUGHT
    {
        let found = from_taught(class)?.ok_or_else(|| not_understood(object))?;
        let native = object.getattr("isnative")?.is_truthy()?;
        return Ok(Some(if native { found } else { found.swapped() }));
    }
    if fields.is_none() {
        return parse(&text.extract::<String>()?).or_raise(py).map(Some);
    }
    let mut specs = Vec::new();
    for name in object.getattr("names")?.extract::<Vec<String>>()? {
        let entry = fields.get_item(&name)?;
        let dtype = from_foreign(&entry.get_item(0)?)?.ok_or_else(|| not_understood(object))?;
        let title = if entry.len()? > 2 { Some(entry.get_item(2)?.str()?.to_string()) } else { None };
        specs.push(FieldSpec { name, title, dtype, offset: Some(entry.get_item(1)?.extract()?) });
    }
    let aligned = object.getattr("isalignedstruct")?.extract()?;
    layout(specs, aligned, Some(object.getattr("itemsize")?.extract()?)).or_raise(py).map(Some)
}

/// A shape given with a dtype: a whole number or a sequence of them.
fn read_shape(object: &Bound<'_, PyAny>) -> PyResult<Vec<isize>> {
    if super::ndarray::is_array(object) && object.getattr("ndim")?.extract::<usize>()? > 0 {
        return read_shape(&object.call_method0("tolist")?);
    }
    let bad = || PyValueError::new_err("invalid shape in fixed-type tuple.");
    let read = |item: &Bound<'_, PyAny>| -> PyResult<isize> {
        if item.is_instance_of::<PyBool>() {
            return Err(bad());
        }
        let whole = item.call_method0("__index__").map_err(|_| bad())?;
        let extent: i64 = whole.extract().map_err(|_| too_large())?;
        if extent < 0 {
            return Err(PyValueError::new_err(
                "invalid shape in fixed-type tuple: dimension smaller then zero.",
            ));
        }
        if extent > i64::from(i32::MAX) { Err(too_large()) } else { Ok(extent as isize) }
    };
    if object.getattr_opt("__index__")?.is_some() {
        return Ok(vec![read(object)?]);
    }
    if object.is_instance_of::<PyString>()
        || !(object.is_instance_of::<PyTuple>() || object.is_instance_of::<PyList>())
    {
        return Err(bad());
    }
    object.try_iter()?.map(|item| read(&item?)).collect()
}

fn too_large() -> PyErr {
    PyValueError::new_err("invalid shape in fixed-type tuple: dimension does not fit into a C int.")
}

fn shaped<'py>(base: Bound<'py, PyAny>, shape: &[isize]) -> PyResult<Made<'py>> {
    let plain = value(&base).clone();
    if shape.is_empty() {
        return Ok(Made::of(plain));
    }
    let dtype = DType::subarray(plain, shape).or_raise(base.py())?;
    Ok(Made { value: dtype, parts: vec![base] })
}

/// `('f8', (2, 3))`, `('S', 5)`, `(numpy.record, […])`.
fn from_tuple<'py>(tuple: &Bound<'py, PyTuple>, align: bool) -> PyResult<Made<'py>> {
    let py = tuple.py();
    if tuple.len() != 2 {
        return Err(PyTypeError::new_err(format!("Tuple must have size 2, but has size {}", tuple.len())));
    }
    let (first, second) = (tuple.get_item(0)?, tuple.get_item(1)?);
    let object = object_of(&first, align)?;
    let base = value(&object).clone();
    // Classes of integers have the method that integers have.
    let counts = !second.is_instance_of::<PyType>() && second.getattr_opt("__index__")?.is_some();
    if !second.is_instance_of::<PyTuple>()
        && !counts
        && let Ok(other) = value_of(&second, align)
    {
        return inherit(py, &base, other).map(Made::of);
    }
    let unsized_ = base.num().is_flexible() && base.itemsize() == 0 && base.as_structure().is_none();
    if !unsized_ || base.as_subarray().is_some() || base.as_structure().is_some() {
        return shaped(object, &read_shape(&second)?);
    }
    let size: i64 =
        second.extract().map_err(|_| PyValueError::new_err("invalid itemsize in generic type tuple"))?;
    let unit = if base.num() == TypeNum::Unicode { 4 } else { 1 };
    let bytes =
        usize::try_from(size).ok().and_then(|n| n.checked_mul(unit)).filter(|&n| n <= i32::MAX as usize);
    let bytes = bytes.ok_or_else(|| PyValueError::new_err("invalid itemsize in generic type tuple"))?;
    let sized = DType::flexible(base.num(), bytes);
    Ok(Made::of(match base.metadata() {
        Some(attached) => sized.with_metadata(Some(attached.clone())),
        None => sized,
    }))
}

/// `(base, other)`: the fields of `other` on elements of class `base`.
fn inherit(py: Python<'_>, base: &DType, other: DType) -> PyResult<DType> {
    let sized = base.itemsize() != 0 || base.as_structure().is_some();
    if sized && base.itemsize() != other.itemsize() {
        return Err(PyValueError::new_err("mismatch in size of old and new data-descriptor"));
    }
    let only_object = |s: &Structure| matches!(&s.fields[..], [f] if f.dtype.num() == TypeNum::Object);
    let named_object = base.num() == TypeNum::Object && other.as_structure().is_some_and(only_object);
    // Where there is no size yet, raw bytes may hold objects, and text may not.
    let strict = sized || base.num() != TypeNum::Void && other.as_structure().is_some();
    if strict && (base.holds_objects() || other.holds_objects()) && !named_object {
        return Err(PyValueError::new_err(
            "dtypes of the form (old_dtype, new_dtype) containing the object dtype are not supported",
        ));
    }
    // Nothing to take over but the size, where there is none yet.
    let open = base.num().is_flexible() && !sized;
    let grown = if open { DType::flexible(base.num(), other.itemsize()) } else { base.clone() };
    if other.as_structure().is_none() {
        return Ok(grown);
    }
    if base.num() == TypeNum::Void {
        let class = extra(base).and_then(|e| e.scalar_class.as_ref()).map(|c| c.bind(py).clone());
        return Ok(match class {
            Some(class) => with_extra(py, &other, None, Some(&class)),
            None => other,
        });
    }
    grown.with_parts(&other).or_raise(py)
}

/// `[('a', 'i4'), (('Title', 'b'), 'f8', (2,))]`.
fn from_list<'py>(list: &Bound<'py, PyList>, align: bool) -> PyResult<Made<'py>> {
    let fields = list.iter().enumerate().map(|(index, item)| read_field(&item, index, align));
    let (specs, parts) = fields.collect::<PyResult<(Vec<FieldSpec>, Vec<_>)>>()?;
    Ok(Made { value: layout(specs, align, None).or_raise(list.py())?, parts })
}

/// A field and its dtype object.
type Given<'py> = (FieldSpec, Bound<'py, PyAny>);

fn read_field<'py>(item: &Bound<'py, PyAny>, index: usize, align: bool) -> PyResult<Given<'py>> {
    let shown = |item: &Bound<'_, PyAny>| item.repr().map_or_else(|_| "?".into(), |r| r.to_string());
    let Some(tuple) = item.cast::<PyTuple>().ok().filter(|t| t.len() >= 2) else {
        return Err(PyTypeError::new_err(format!(
            "Field elements must be 2- or 3-tuples, got '{}'",
            shown(item)
        )));
    };
    if tuple.len() > 3 {
        let text = shown(item);
        return Err(PyTypeError::new_err(format!(
            "Field elements must be tuples with at most 3 elements, got '{text}'"
        )));
    }
    let (name, title) = read_name(&tuple.get_item(0)?)?;
    let mut object = object_of(&tuple.get_item(1)?, align)?;
    if tuple.len() == 3 {
        object = with_shape(object, &tuple.get_item(2)?)?;
    }
    let name = match (&title, name) {
        (Some(title), name) if name.is_empty() => title.clone(),
        (None, name) if name.is_empty() => format!("f{index}"),
        (_, name) => name,
    };
    Ok((FieldSpec { name, title, dtype: value(&object).clone(), offset: None }, object))
}

/// As [`from_tuple`] does it: an unsized text or void takes the number for its size.
fn with_shape<'py>(base: Bound<'py, PyAny>, shape: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = base.py();
    let made = from_tuple(&PyTuple::new(py, [base, shape.clone()])?, false)?;
    of_parts(py, &made.value, &made.parts)
}

fn read_name(object: &Bound<'_, PyAny>) -> PyResult<(String, Option<String>)> {
    if let Ok(name) = object.cast::<PyString>() {
        return Ok((name.to_string(), None));
    }
    let wrong = || PyTypeError::new_err("First element of field tuple is neither a tuple nor str");
    let pair = object.cast::<PyTuple>().map_err(|_| wrong())?;
    if pair.len() != 2 {
        return Err(wrong());
    }
    let name = pair.get_item(1)?;
    let name = name.cast::<PyString>().map_err(|_| wrong())?.to_string();
    let title = pair.get_item(0)?;
    Ok((name, if title.is_none() { None } else { Some(title.str()?.to_string()) }))
}

/// `{'names': […], 'formats': […], …}`, or `{'a': ('i4', 0), …}`.
fn from_dict<'py>(dict: &Bound<'py, PyDict>, align: bool) -> PyResult<Made<'py>> {
    let (Some(names), Some(formats)) = (dict.get_item("names")?, dict.get_item("formats")?) else {
        return from_offsets(dict, align);
    };
    let py = dict.py();
    let aligned = dict.get_item("aligned")?.map_or(Ok(false), |v| v.is_truthy())?;
    let align = align || aligned;
    let offsets = dict.get_item("offsets")?.filter(|o| !o.is_none());
    let titles = dict.get_item("titles")?.filter(|t| !t.is_none());
    let itemsize = match dict.get_item("itemsize")?.filter(|s| !s.is_none()) {
        None => None,
        Some(size) => Some(
            usize::try_from(size.extract::<i64>()?)
                .map_err(|_| PyValueError::new_err("itemsize cannot be negative"))?,
        ),
    };
    let count = names.len()?;
    for (what, list) in
        [("formats", Some(&formats)), ("offsets", offsets.as_ref()), ("titles", titles.as_ref())]
    {
        if list.map_or(Ok(count), |l| l.len())? < count {
            return Err(PyValueError::new_err(format!("'names' has {count} entries, '{what}' has fewer")));
        }
    }
    let (mut specs, mut parts) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for index in 0..count {
        let name = names.get_item(index)?;
        let name =
            name.cast::<PyString>().map_err(|_| PyValueError::new_err("field names must be strings"))?;
        let object = object_of(&formats.get_item(index)?, align)?;
        let dtype = value(&object).clone();
        parts.push(object);
        let offset = offsets.as_ref().map(|o| read_offset(&o.get_item(index)?)).transpose()?;
        let title = titles.as_ref().map(|t| t.get_item(index)).transpose()?.filter(|t| !t.is_none());
        let title = title.map(|t| t.str().map(|s| s.to_string())).transpose()?;
        specs.push(FieldSpec { name: name.to_string(), title, dtype, offset });
    }
    refuse_repeats(&specs)?;
    let made = layout(specs, align, itemsize).or_raise(py)?;
    let value = match dict.get_item("metadata")?.and_then(|m| m.cast_into::<PyDict>().ok()) {
        Some(metadata) => with_extra(py, &made, Some(&metadata), None),
        None => made,
    };
    Ok(Made { value, parts })
}

fn refuse_repeats(specs: &[FieldSpec]) -> PyResult<()> {
    for (index, spec) in specs.iter().enumerate() {
        let taken =
            |name: &str| specs[..index].iter().any(|s| s.name == name || s.title.as_deref() == Some(name));
        if taken(&spec.name) || spec.title.as_deref().is_some_and(taken) {
            return Err(PyValueError::new_err(format!(
                "name already used as a name or title: '{}'",
                spec.name
            )));
        }
    }
    Ok(())
}

fn read_offset(object: &Bound<'_, PyAny>) -> PyResult<usize> {
    // SAFETY: a live object; the result is a new reference or null with an exception set.
    let whole = unsafe { Bound::from_owned_ptr_or_err(object.py(), ffi::PyNumber_Index(object.as_ptr()))? };
    let offset: i64 = whole.extract()?;
    usize::try_from(offset).map_err(|_| PyValueError::new_err(format!("offset {offset} cannot be negative")))
}

fn from_offsets<'py>(dict: &Bound<'py, PyDict>, align: bool) -> PyResult<Made<'py>> {
    let mut found: Vec<Given<'py>> = Vec::with_capacity(dict.len());
    for (name, entry) in dict {
        let wrong = || PyValueError::new_err("entry not a 2- or 3- tuple");
        let name = name
            .cast::<PyString>()
            .map_err(|_| PyValueError::new_err("field names must be strings"))?
            .to_string();
        let entry = entry.cast_into::<PyTuple>().map_err(|_| wrong())?;
        if !(2..=3).contains(&entry.len()) {
            return Err(wrong());
        }
        let title = if entry.len() == 3 { Some(entry.get_item(2)?.str()?.to_string()) } else { None };
        // The title's own entry of a `fields` mapping names the same field again.
        if title.as_deref() == Some(&name) {
            continue;
        }
        let object = object_of(&entry.get_item(0)?, align)?;
        let offset = Some(read_offset(&entry.get_item(1)?)?);
        found.push((FieldSpec { name, title, dtype: value(&object).clone(), offset }, object));
    }
    found.sort_by_key(|(spec, _)| spec.offset);
    let (specs, parts): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    refuse_repeats(&specs)?;
    Ok(Made { value: layout(specs, align, None).or_raise(dict.py())?, parts })
}
