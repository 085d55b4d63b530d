//! Attributes, methods, comparison, indexing and pickling of dtype objects.

use std::ffi::c_int;
use std::hash::{DefaultHasher, Hash, Hasher};

use pyo3::exceptions::{PyAttributeError, PyIndexError, PyKeyError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyList, PyMappingProxy, PyString, PyTuple};
use sharray_base::dtype::name::quoted;
use sharray_base::dtype::structured::{FieldSpec, layout, select};
use sharray_base::dtype::{Casting, Field, TimeUnit, Unit, can_cast};
use sharray_base::{ByteOrder, DType, Kind};

use super::dtype::{
    coerce, extra, from_value, is_dtype, is_singleton, new_object, replace_value, value, with_extra,
};
use super::dtype_meta::classes;
use super::layout::{DTypeFields, DTypeObject};
use crate::errors::OrRaise;
use crate::gate::{self, Args};
use crate::{getset_def, method_def};

type Object<'py> = Bound<'py, PyAny>;

fn fields<'a>(object: &'a Object<'_>) -> &'a DTypeFields {
    debug_assert!(is_dtype(object));
    // SAFETY: attributes and slots are only reached with dtype objects.
    unsafe { &(*object.as_ptr().cast::<DTypeObject>()).fields }
}

fn none<'py>(py: Python<'py>) -> Object<'py> {
    py.None().into_bound(py)
}

fn text<'py>(py: Python<'py>, text: &str) -> PyResult<Object<'py>> {
    Ok(PyString::new(py, text).into_any())
}

fn flag<'py>(py: Python<'py>, flag: bool) -> PyResult<Object<'py>> {
    Ok(PyBool::new(py, flag).to_owned().into_any())
}

fn number<'py>(py: Python<'py>, number: isize) -> PyResult<Object<'py>> {
    Ok(number.into_pyobject(py)?.into_any())
}

fn get_str<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    text(d.py(), &value(d).type_string())
}

/// The class's own name in `dtype.name` when Python gave another scalar class.
fn get_name<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    let value = value(d);
    let name = match extra(value).and_then(|e| e.scalar_class.as_ref()) {
        Some(class) if value.itemsize() > 0 => {
            format!("{}{}", class.bind(d.py()).name()?, value.itemsize() * 8)
        }
        Some(class) => class.bind(d.py()).name()?.to_string(),
        None => value.name(),
    };
    text(d.py(), &name)
}

fn get_kind<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    text(d.py(), &(value(d).num().kind_letter() as char).to_string())
}

fn get_char<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    text(d.py(), &(fields(d).type_char as u8 as char).to_string())
}

fn get_byteorder<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    text(d.py(), &(fields(d).byteorder as u8 as char).to_string())
}

fn get_num<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    number(d.py(), fields(d).type_num as isize)
}

fn get_itemsize<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    number(d.py(), fields(d).elsize)
}

fn get_alignment<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    number(d.py(), fields(d).alignment)
}

fn get_flags<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    number(d.py(), fields(d).flags as isize)
}

fn get_hasobject<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    flag(d.py(), fields(d).flags & super::layout::dtype_flag::ITEM_HASOBJECT != 0)
}

fn get_isnative<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    flag(d.py(), value(d).is_native())
}

fn get_isbuiltin<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    // Times always carry a unit of their own, even if it is the generic one.
    let is_time = matches!(value(d).kind(), Kind::Datetime | Kind::Timedelta);
    // As NumPy says of types that it was taught.
    let taught = value(d).num().is_small_float();
    number(d.py(), if taught { 2 } else { (is_singleton(d) && !is_time) as isize })
}

fn get_isalignedstruct<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    flag(d.py(), value(d).as_structure().is_some_and(|s| s.aligned))
}

fn get_type<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    let class = fields(d).typeobj;
    // SAFETY: null before the scalar classes are made, else a live class.
    Ok(unsafe { Bound::from_borrowed_ptr_or_opt(d.py(), class.cast()) }.unwrap_or_else(|| none(d.py())))
}

fn get_ndim<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    number(d.py(), value(d).as_subarray().map_or(0, |s| s.shape.len()) as isize)
}

fn get_shape<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    let shape = value(d).as_subarray().map_or(&[][..], |s| &s.shape);
    Ok(PyTuple::new(d.py(), shape)?.into_any())
}

fn get_subdtype<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    let Some(subarray) = value(d).as_subarray() else { return Ok(none(d.py())) };
    let base = from_value(d.py(), &subarray.base)?;
    Ok(PyTuple::new(d.py(), [base, get_shape(d)?])?.into_any())
}

fn get_base<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    match value(d).as_subarray() {
        Some(subarray) => from_value(d.py(), &subarray.base),
        None => Ok(d.clone()),
    }
}

fn get_names<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    // SAFETY: null or a live tuple.
    let names = unsafe { Bound::from_borrowed_ptr_or_opt(d.py(), fields(d).names) };
    Ok(names.unwrap_or_else(|| none(d.py())))
}

fn get_fields<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    // SAFETY: null or a live dict.
    let Some(dict) = (unsafe { Bound::from_borrowed_ptr_or_opt(d.py(), fields(d).fields) }) else {
        return Ok(none(d.py()));
    };
    Ok(PyMappingProxy::new(d.py(), dict.cast::<PyDict>()?.as_mapping()).into_any())
}

fn get_metadata<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    let Some(metadata) = extra(value(d)).and_then(|e| e.metadata.as_ref()) else { return Ok(none(d.py())) };
    Ok(PyMappingProxy::new(d.py(), metadata.bind(d.py()).as_mapping()).into_any())
}

/// `dtype.descr`: the array-interface form, in which gaps are unnamed voids.
fn get_descr<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    Ok(descr(d.py(), value(d))?.into_any())
}

/// The array-interface description of a dtype.
///
/// # Errors
/// `ValueError` for structures whose fields overlap or are out of order.
pub fn descr<'py>(py: Python<'py>, dtype: &DType) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    let Some(structure) = dtype.as_structure() else {
        list.append(("", dtype.type_string()))?;
        return Ok(list);
    };
    let mut end = 0;
    for field in &structure.fields {
        if field.offset < end {
            return Err(PyValueError::new_err(
                "dtype.descr is not defined for types with overlapping or out-of-order fields",
            ));
        }
        if field.offset > end {
            list.append(("", format!("|V{}", field.offset - end)))?;
        }
        end = field.offset + field.dtype.itemsize();
        let name = match &field.title {
            Some(title) => PyTuple::new(py, [&**title, &*field.name])?.into_any(),
            None => text(py, &field.name)?,
        };
        list.append(field_descr(py, name, &field.dtype)?)?;
    }
    if dtype.itemsize() > end {
        list.append(("", format!("|V{}", dtype.itemsize() - end)))?;
    }
    Ok(list)
}

fn field_descr<'py>(py: Python<'py>, name: Object<'py>, dtype: &DType) -> PyResult<Bound<'py, PyTuple>> {
    match dtype.as_subarray() {
        Some(sub) => {
            PyTuple::new(py, [name, element_descr(py, &sub.base)?, PyTuple::new(py, &sub.shape)?.into_any()])
        }
        None => PyTuple::new(py, [name, element_descr(py, dtype)?]),
    }
}

/// A dtype within a description: a subarray in another is a pair of its own.
fn element_descr<'py>(py: Python<'py>, dtype: &DType) -> PyResult<Object<'py>> {
    if let Some(sub) = dtype.as_subarray() {
        let pair = [element_descr(py, &sub.base)?, PyTuple::new(py, &sub.shape)?.into_any()];
        return Ok(PyTuple::new(py, pair)?.into_any());
    }
    match dtype.as_structure() {
        Some(_) => Ok(descr(py, dtype)?.into_any()),
        None => text(py, &dtype.spelling()),
    }
}

fn specs_of(dtype: &DType) -> Vec<FieldSpec> {
    let fields = dtype.as_structure().map_or(&[][..], |s| &s.fields);
    fields
        .iter()
        .map(|f| FieldSpec {
            name: f.name.to_string(),
            title: f.title.as_deref().map(str::to_string),
            dtype: f.dtype.clone(),
            offset: Some(f.offset),
        })
        .collect()
}

/// `dtype.names = …`: all at once, distinct strings.
fn set_names(d: &Object<'_>, names: Option<&Object<'_>>) -> PyResult<()> {
    let names = names.ok_or_else(|| PyAttributeError::new_err("Cannot delete dtype names attribute"))?;
    let old = value(d);
    let Some(structure) = old.as_structure() else {
        return Err(PyValueError::new_err("there are no fields defined"));
    };
    let count = structure.fields.len();
    if names.len().ok() != Some(count) {
        return Err(PyValueError::new_err(format!(
            "must replace all names at once with a sequence of length {count}"
        )));
    }
    let mut specs = specs_of(old);
    for (index, spec) in specs.iter_mut().enumerate() {
        let name = names.get_item(index)?;
        let Ok(name) = name.cast::<PyString>() else {
            let class = name.get_type();
            let class = class.name()?;
            return Err(PyValueError::new_err(format!(
                "item #{index} of names is of type {class} and not string"
            )));
        };
        spec.name = name.to_string();
        // Titles do not outlive their names.
        spec.title = None;
    }
    for (index, spec) in specs.iter().enumerate() {
        if specs[..index].iter().any(|s| s.name == spec.name) {
            return Err(PyValueError::new_err("Duplicate field names given."));
        }
    }
    let renamed = layout(specs, structure.aligned, Some(old.itemsize())).or_raise(d.py())?;
    let renamed = renamed.with_metadata(old.metadata().cloned());
    // SAFETY: a structured dtype is never a singleton.
    unsafe { replace_value(d.py(), d.as_ptr().cast(), renamed) }
}

fn newbyteorder<'py>(d: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let [order] = args.parse("newbyteorder", &["new_order"], 0, 1)?;
    let order: String = order.map_or(Ok("S".to_string()), |o| o.extract())?;
    let wanted = reordered(value(d), &order)?;
    let own = if cfg!(target_endian = "little") { ["<", "L", "l", "little"] } else { [">", "B", "b", "big"] };
    if wanted.as_structure().is_some() || !wanted.has_byte_order() || !own.contains(&&*order) {
        return from_value(d.py(), &wanted);
    }
    // The machine's own order asked for by its name is shown by it.
    let object = new_object(d.py(), wanted)?;
    // SAFETY: a fresh object owned by us, seen by nobody else yet.
    unsafe {
        (*object).fields.byteorder = if cfg!(target_endian = "little") { b'<' } else { b'>' } as _;
        Ok(Bound::from_owned_ptr(d.py(), object.cast()))
    }
}

/// A dtype in the byte order a word or letter asks for.
///
/// # Errors
/// `ValueError` for another word.
pub fn reordered(value: &DType, order: &str) -> PyResult<DType> {
    let little = cfg!(target_endian = "little");
    let native =
        |wanted_little: bool| if wanted_little == little { ByteOrder::Native } else { ByteOrder::Swapped };
    Ok(match order.to_ascii_lowercase().as_str() {
        "s" | "swap" => value.swapped(),
        ">" | "b" | "big" => value.with_order(native(false)),
        "<" | "l" | "little" => value.with_order(native(true)),
        "=" | "n" | "native" => value.to_native(),
        "|" | "i" | "ignore" => value.clone(),
        _ => return Err(PyValueError::new_err(format!("byteorder not recognized (got '{order}')"))),
    })
}

/// `(numpy.dtype, (code, False, True), state)`.
fn reduce<'py>(d: &Object<'py>, _args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let py = d.py();
    let dtype = value(d);
    if dtype.kind() == Kind::VString {
        return super::variable_text::reduce(d);
    }
    let code = match (dtype.kind(), extra(dtype).and_then(|e| e.scalar_class.as_ref())) {
        (Kind::Void, Some(class)) => class.bind(py).clone().into_any(),
        (Kind::Unicode, _) => text(py, &format!("U{}", dtype.itemsize() / 4))?,
        _ if dtype.num().is_small_float() => text(py, &dtype.name())?,
        (kind, _) => text(py, &format!("{}{}", kind as u8 as char, dtype.itemsize()))?,
    };
    // SAFETY: the class is immortal.
    let class = unsafe { Bound::from_borrowed_ptr(py, classes().dtype.cast()) };
    let arguments = PyTuple::new(py, [code, flag(py, false)?, flag(py, true)?])?;
    let parts = [class, arguments.into_any(), state(d)?];
    Ok(PyTuple::new(py, parts)?.into_any())
}

/// NumPy's pickle state: version, byte order, subdtype, names, fields, itemsize, alignment, flags[, metadata].
fn state<'py>(d: &Object<'py>) -> PyResult<Object<'py>> {
    let py = d.py();
    let dtype = value(d);
    let is_time = matches!(dtype.kind(), Kind::Datetime | Kind::Timedelta);
    let metadata = extra(dtype).and_then(|e| e.metadata.as_ref()).map(|m| m.bind(py).clone().into_any());
    let version = if is_time || metadata.is_some() { 4 } else { 3 };
    let order = match dtype.order_char() {
        '=' if cfg!(target_endian = "little") => "<".to_string(),
        '=' => ">".to_string(),
        other => other.to_string(),
    };
    // SAFETY: null or a live dict.
    let fields_dict = unsafe { Bound::from_borrowed_ptr_or_opt(py, fields(d).fields) };
    let sized = dtype.num().is_flexible();
    let mut parts = vec![
        number(py, version)?,
        text(py, &order)?,
        get_subdtype(d)?,
        get_names(d)?,
        fields_dict.unwrap_or_else(|| none(py)),
        number(py, if sized { dtype.itemsize() as isize } else { -1 })?,
        number(py, if sized { dtype.alignment() as isize } else { -1 })?,
        get_flags(d)?,
    ];
    if is_time {
        let TimeUnit { unit, count } = dtype.time_unit();
        let symbol = PyBytes::new(py, unit.symbol().as_bytes()).into_any();
        let unit = PyTuple::new(py, [symbol, number(py, count as isize)?, number(py, 1)?, number(py, 1)?])?;
        parts.push(PyTuple::new(py, [metadata.unwrap_or_else(|| none(py)), unit.into_any()])?.into_any());
    } else if let Some(metadata) = metadata {
        parts.push(metadata);
    }
    Ok(PyTuple::new(py, parts)?.into_any())
}

fn setstate<'py>(d: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let py = d.py();
    let [state] = args.parse("__setstate__", &["state"], 1, 1)?;
    let wrong = || PyValueError::new_err("the state of a pickled dtype is malformed");
    let state = state.ok_or_else(wrong)?.cast_into::<PyTuple>().map_err(|_| wrong())?;
    if is_singleton(d) {
        return Ok(none(py));
    }
    let restored = restore(value(d), &state)?.ok_or_else(wrong)?;
    // SAFETY: not a singleton, by the check above.
    unsafe { replace_value(py, d.as_ptr().cast(), restored)? };
    Ok(none(py))
}

/// A state of eight or nine parts, as pickles have since version 3. Older ones lack flags, those of simple dtypes also
/// the names of fields, and the oldest the version.
fn completed<'py>(state: &Bound<'py, PyTuple>) -> PyResult<Option<Bound<'py, PyTuple>>> {
    let py = state.py();
    let mut parts: Vec<Object<'_>> = state.iter().collect();
    let number = |value: i64| value.into_pyobject(py).map(Bound::into_any);
    if parts.len() == 5 {
        parts.insert(0, number(0)?);
    }
    if parts.len() == 6 && parts[3].is_none() {
        parts.insert(3, none(py));
    }
    if parts.len() == 7 {
        parts.push(number(0)?);
    }
    if (8..=9).contains(&parts.len()) { PyTuple::new(py, parts).map(Some) } else { Ok(None) }
}

/// The value that a pickled state describes, starting from what the constructor made of its code.
fn restore(start: &DType, state: &Bound<'_, PyTuple>) -> PyResult<Option<DType>> {
    let py = state.py();
    let Some(state) = completed(state)? else { return Ok(None) };
    let version: i64 = state.get_item(0)?.extract()?;
    if !(0..=4).contains(&version) {
        return Err(PyValueError::new_err(format!("can't handle version {version} of numpy.dtype pickle")));
    }
    let order: String = match state.get_item(1)?.extract::<String>() {
        Ok(order) => order,
        Err(_) => String::from_utf8_lossy(state.get_item(1)?.cast::<PyBytes>()?.as_bytes()).into_owned(),
    };
    let (subdtype, names, fields) = (state.get_item(2)?, state.get_item(3)?, state.get_item(4)?);
    let itemsize: i64 = state.get_item(5)?.extract()?;
    let flags: u64 = state.get_item(7)?.extract()?;
    let mut value = if !subdtype.is_none() {
        let (base, shape): (Object<'_>, Object<'_>) = subdtype.extract()?;
        let shape = crate::args::shape(&shape)?;
        DType::subarray(value_of(&base)?, &shape).or_raise(py)?
    } else if !names.is_none() {
        restore_structure(&names, &fields, itemsize, flags & super::layout::dtype_flag::ALIGNED_STRUCT != 0)?
    } else if start.num().is_flexible() && itemsize >= 0 {
        DType::flexible(start.num(), itemsize as usize)
    } else {
        start.clone()
    };
    if value.metadata().is_none() {
        value = value.with_metadata(start.metadata().cloned());
    }
    if names.is_none() && order != "|" {
        value = reordered(&value, &order)?;
    }
    if state.len() == 9 { restore_metadata(value, &state.get_item(8)?).map(Some) } else { Ok(Some(value)) }
}

fn value_of(object: &Object<'_>) -> PyResult<DType> {
    coerce(object).map(|dtype| value(&dtype).clone())
}

fn restore_structure(
    names: &Object<'_>,
    fields: &Object<'_>,
    itemsize: i64,
    aligned: bool,
) -> PyResult<DType> {
    let mut specs = Vec::new();
    for name in names.try_iter()? {
        let name = name?;
        let entry = fields.get_item(&name)?;
        let title = if entry.len()? > 2 { Some(entry.get_item(2)?.str()?.to_string()) } else { None };
        specs.push(FieldSpec {
            name: name.extract()?,
            title: title.filter(|t| t != "None"),
            dtype: value_of(&entry.get_item(0)?)?,
            offset: Some(entry.get_item(1)?.extract()?),
        });
    }
    let itemsize = usize::try_from(itemsize).ok();
    layout(specs, aligned, itemsize).or_raise(names.py())
}

fn restore_metadata(value: DType, metadata: &Object<'_>) -> PyResult<DType> {
    let py = metadata.py();
    let attach = |value: DType, metadata: &Object<'_>| match metadata.cast::<PyDict>() {
        Ok(dict) if !dict.is_empty() => with_extra(py, &value, Some(dict), None),
        _ => value,
    };
    if !matches!(value.kind(), Kind::Datetime | Kind::Timedelta) {
        return Ok(attach(value, metadata));
    }
    let wrong =
        |_| PyValueError::new_err("the metadata of a pickled time dtype is a tuple of a dict and a unit");
    let (dict, unit): (Object<'_>, Object<'_>) = metadata.extract().map_err(wrong)?;
    let unit = unit
        .cast_into::<PyTuple>()
        .map_err(|_| PyTypeError::new_err("the unit of a pickled time dtype is a tuple"))?;
    let symbol = unit.get_item(0)?;
    let symbol = match symbol.cast::<PyBytes>() {
        Ok(bytes) => String::from_utf8_lossy(bytes.as_bytes()).into_owned(),
        Err(_) => symbol.extract()?,
    };
    let unit_of = Unit::from_symbol(&symbol)
        .ok_or_else(|| PyValueError::new_err("unknown datetime unit in a pickle"))?;
    let time = TimeUnit { unit: unit_of, count: unit.get_item(1)?.extract()? };
    Ok(attach(DType::time(value.num(), time).with_order(value.order()), &dict))
}

fn class_getitem<'py>(class: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let py = class.py();
    let [item] = args.parse("__class_getitem__", &["key"], 1, 1)?;
    let item = item.unwrap_or_else(|| none(py));
    if let Ok(tuple) = item.cast::<PyTuple>()
        && tuple.len() != 1
    {
        let amount = if tuple.is_empty() { "few" } else { "many" };
        return Err(PyTypeError::new_err(format!("Too {amount} arguments for numpy.dtype")));
    }
    py.import("types")?.getattr("GenericAlias")?.call1((class, item))
}

unsafe extern "C" fn richcompare(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    op: c_int,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: live objects, the first a dtype.
        let (a, b) = unsafe { (Bound::from_borrowed_ptr(py, a), Bound::from_borrowed_ptr(py, b)) };
        let not_implemented = || Ok(py.NotImplemented().into_bound(py));
        if !is_dtype(&a) {
            return not_implemented();
        }
        let Ok(other) = coerce(&b) else { return not_implemented() };
        let (x, y) = (value(&a), value(&other));
        let same = a.is(&other) || x.equivalent(y);
        flag(
            py,
            match op {
                ffi::Py_EQ => same,
                ffi::Py_NE => !same,
                ffi::Py_LE => can_cast(x, y, Casting::Safe),
                ffi::Py_LT => !same && can_cast(x, y, Casting::Safe),
                ffi::Py_GE => can_cast(y, x, Casting::Safe),
                _ => !same && can_cast(y, x, Casting::Safe),
            },
        )
    })
}

unsafe extern "C" fn hash(object: *mut ffi::PyObject) -> ffi::Py_hash_t {
    gate::enter(-1, |py| {
        // SAFETY: a live dtype object; the cached hash is its own field.
        let object = unsafe { Bound::from_borrowed_ptr(py, object) };
        let mut hasher = DefaultHasher::new();
        value(&object).hash(&mut hasher);
        let hash = hasher.finish() as ffi::Py_hash_t;
        let hash = if hash == -1 { -2 } else { hash };
        // SAFETY: as above.
        unsafe { (*object.as_ptr().cast::<DTypeObject>()).fields.hash = hash };
        Ok(hash)
    })
}

unsafe extern "C" fn length(object: *mut ffi::PyObject) -> ffi::Py_ssize_t {
    gate::enter(-1, |py| {
        // SAFETY: a live dtype object.
        let object = unsafe { Bound::from_borrowed_ptr(py, object) };
        Ok(value(&object).parts().map_or(0, |s| s.fields.len()) as ffi::Py_ssize_t)
    })
}

unsafe extern "C" fn truth(_object: *mut ffi::PyObject) -> c_int {
    1
}

unsafe extern "C" fn subscript(object: *mut ffi::PyObject, key: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: live objects, the first a dtype.
        let (object, key) =
            unsafe { (Bound::from_borrowed_ptr(py, object), Bound::from_borrowed_ptr(py, key)) };
        get_field(&object, &key)
    })
}

fn get_field<'py>(d: &Object<'py>, key: &Object<'py>) -> PyResult<Object<'py>> {
    let py = d.py();
    let dtype = value(d);
    let Some(structure) = dtype.parts() else {
        return Err(PyKeyError::new_err(format!("There are no fields in dtype {dtype}.")));
    };
    if let Ok(name) = key.cast::<PyString>() {
        let name = name.to_string();
        let field = dtype.field(&name);
        let field =
            field.ok_or_else(|| PyKeyError::new_err(format!("Field named {} not found.", quoted(&name))))?;
        return field_object(d, field);
    }
    if let Ok(list) = key.cast::<PyList>() {
        let names: Vec<String> =
            list.iter().map(|n| n.extract()).collect::<PyResult<_>>().map_err(|_| wrong_key())?;
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        // Titles don't count here.
        if let Some(unknown) = names.iter().find(|name| structure.fields.iter().all(|f| *f.name != ***name)) {
            return Err(PyKeyError::new_err(quoted(unknown)));
        }
        let picked = from_value(py, &select(dtype, &names).or_raise(py)?)?;
        super::dtype::inherit_flags(&picked, d);
        return Ok(picked);
    }
    if key.getattr_opt("__index__")?.is_none() {
        return Err(wrong_key());
    }
    let index: isize = key.call_method0("__index__")?.extract()?;
    let count = structure.fields.len() as isize;
    let place = usize::try_from(if index < 0 { index + count } else { index }).ok();
    let field = place.and_then(|p| structure.fields.get(p));
    let field = field.ok_or_else(|| PyIndexError::new_err(format!("Field index {index} out of range.")))?;
    field_object(d, field)
}

/// The dtype object of a field, the one that `fields` has.
fn field_object<'py>(d: &Object<'py>, field: &Field) -> PyResult<Object<'py>> {
    // SAFETY: null or a live dict.
    let known = unsafe { Bound::from_borrowed_ptr_or_opt(d.py(), fields(d).fields) };
    match known {
        Some(known) => known.get_item(&*field.name)?.get_item(0),
        None => from_value(d.py(), &field.dtype),
    }
}

fn wrong_key() -> PyErr {
    PyTypeError::new_err(
        "Field key must be an integer field offset, single field name, or list of field names.",
    )
}

unsafe extern "C" fn repeat(object: *mut ffi::PyObject, count: ffi::Py_ssize_t) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live dtype object.
        let object = unsafe { Bound::from_borrowed_ptr(py, object) };
        if count < 0 {
            return Err(PyValueError::new_err(format!("Array length must be >= 0, not {count}")));
        }
        from_value(py, &DType::subarray(value(&object).clone(), &[count]).or_raise(py)?)
    })
}

/// A zeroed C table that lives as long as the process.
fn immortal<T>() -> &'static mut T {
    // SAFETY: used for tables of optional function pointers, for which all-zero bytes mean "none".
    Box::leak(Box::new(unsafe { std::mem::zeroed::<T>() }))
}

/// Sets the slots of `numpy.dtype` that this file implements.
pub fn fill_slots(class: *mut ffi::PyTypeObject) {
    let sequence: &mut ffi::PySequenceMethods = immortal();
    sequence.sq_length = Some(length);
    sequence.sq_repeat = Some(repeat);
    let mapping: &mut ffi::PyMappingMethods = immortal();
    mapping.mp_length = Some(length);
    mapping.mp_subscript = Some(subscript);
    let numbers: &mut ffi::PyNumberMethods = immortal();
    numbers.nb_bool = Some(truth);
    // SAFETY: a fresh type object that is not yet ready; a zeroed row ends each table.
    unsafe {
        (*class).tp_richcompare = Some(richcompare);
        (*class).tp_hash = Some(hash);
        (*class).tp_as_sequence = sequence;
        (*class).tp_as_mapping = mapping;
        (*class).tp_as_number = numbers;
        (*class).tp_getset = gate::leak_table(attributes(), std::mem::zeroed());
        (*class).tp_methods = gate::leak_table(methods(), ffi::PyMethodDef::zeroed());
    }
}

fn methods() -> Vec<ffi::PyMethodDef> {
    let mut generic = method_def!("__class_getitem__", class_getitem);
    generic.ml_flags |= ffi::METH_CLASS;
    let mut reorder = method_def!("newbyteorder", newbyteorder);
    reorder.ml_doc = c"newbyteorder($self, new_order='S', /)\n--\n\nThe same dtype in another byte order: 'S' swaps, '<', '>', '=' and '|' name one.".as_ptr();
    vec![reorder, method_def!("__reduce__", reduce), method_def!("__setstate__", setstate), generic]
}

fn attributes() -> Vec<ffi::PyGetSetDef> {
    vec![
        getset_def!("str", get_str),
        getset_def!("name", get_name),
        getset_def!("kind", get_kind),
        getset_def!("char", get_char),
        getset_def!("byteorder", get_byteorder),
        getset_def!("num", get_num),
        getset_def!("itemsize", get_itemsize),
        getset_def!("alignment", get_alignment),
        getset_def!("flags", get_flags),
        getset_def!("hasobject", get_hasobject),
        getset_def!("isnative", get_isnative),
        getset_def!("isbuiltin", get_isbuiltin),
        getset_def!("isalignedstruct", get_isalignedstruct),
        getset_def!("type", get_type),
        getset_def!("ndim", get_ndim),
        getset_def!("shape", get_shape),
        getset_def!("subdtype", get_subdtype),
        getset_def!("base", get_base),
        getset_def!("names", get_names, set_names),
        getset_def!("fields", get_fields),
        getset_def!("metadata", get_metadata),
        getset_def!("descr", get_descr),
    ]
}
