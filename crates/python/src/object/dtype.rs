//! `numpy.dtype` instances: NumPy's descriptor fields and, behind them, the engine's own value. One singleton per
//! built-in type number.

use std::ffi::{c_char, c_int};
use std::ptr;
use std::sync::{Arc, OnceLock};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};
use sharray_base::dtype::Metadata;
use sharray_base::dtype::kind::{TYPE_COUNT, TYPES};
use sharray_base::{DType, TypeNum};

use super::dtype_meta::{self, classes};
use super::layout::{DTypeClass, DTypeFields, DTypeObject, SubarrayFields, dtype_flag};
use super::{dtype_attrs, dtype_coerce};
use crate::errors::LazyClass;
use crate::gate;

struct Singletons([*mut DTypeObject; TYPE_COUNT]);
// SAFETY: pointers to immortal objects, used under the GIL.
unsafe impl Send for Singletons {}
// SAFETY: as for `Send`.
unsafe impl Sync for Singletons {}
static SINGLETONS: OnceLock<Singletons> = OnceLock::new();

/// The singleton of a type number, borrowed.
#[inline]
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
    of_parts(py, value, &[])
}

/// As [`from_value`]; the dtypes of the fields, or of a subarray's elements, are these very objects where they are what
/// the value has there.
pub fn of_parts<'py>(
    py: Python<'py>,
    value: &DType,
    parts: &[Bound<'py, PyAny>],
) -> PyResult<Bound<'py, PyAny>> {
    let plain = singleton(value.num());
    // SAFETY: singletons are immortal.
    let is_plain = unsafe { &(*plain).value == value } && value.metadata().is_none();
    // SAFETY: a live object, or a fresh one owned by us.
    unsafe {
        if is_plain {
            return Ok(Bound::from_borrowed_ptr(py, plain.cast()));
        }
        assemble(py, value.clone(), parts).map(|object| Bound::from_owned_ptr(py, object.cast()))
    }
}

/// `dtype.byteorder` as NumPy stores it.
fn order_char(value: &DType) -> c_char {
    value.order_char() as c_char
}

/// The flags that fields hand on to what they are part of.
const INHERITED: u64 =
    dtype_flag::ITEM_REFCOUNT | dtype_flag::LIST_PICKLE | dtype_flag::NEEDS_INIT | dtype_flag::NEEDS_PYAPI;

/// Lets a dtype of some of another one's fields say what holds for the bytes between them: its elements may lie around
/// objects.
pub(super) fn inherit_flags(picked: &Bound<'_, PyAny>, whole: &Bound<'_, PyAny>) {
    let (picked, whole): (*mut DTypeObject, *mut DTypeObject) =
        (picked.as_ptr().cast(), whole.as_ptr().cast());
    // SAFETY: live dtype objects, the first of them fresh; no reference to the fields is kept.
    unsafe { (*picked).fields.flags |= (*whole).fields.flags & INHERITED };
}

/// `dtype.flags`, NumPy's bits.
fn flags_of(value: &DType) -> u64 {
    use dtype_flag::{
        ALIGNED_STRUCT, ITEM_IS_POINTER, ITEM_REFCOUNT, LIST_PICKLE, NEEDS_INIT, NEEDS_PYAPI, USE_GETITEM,
        USE_SETITEM,
    };
    if let Some(structure) = value.as_structure() {
        let inherited = structure.fields.iter().fold(0, |flags, f| flags | flags_of(&f.dtype)) & INHERITED;
        return inherited | NEEDS_PYAPI | if structure.aligned { ALIGNED_STRUCT } else { 0 };
    }
    if let Some(subarray) = value.as_subarray() {
        return flags_of(&subarray.base);
    }
    match value.num() {
        TypeNum::Object => INHERITED | ITEM_IS_POINTER | USE_GETITEM,
        TypeNum::VString => ITEM_REFCOUNT | LIST_PICKLE | NEEDS_INIT | USE_GETITEM | USE_SETITEM,
        TypeNum::Unicode => NEEDS_INIT,
        _ => 0,
    }
}

/// What Python code may attach to a dtype: its `metadata` dict, and the class of its scalars when that is not the
/// built-in one (`numpy.record`). Travels with the engine's value.
#[derive(Default)]
pub struct Extra {
    /// The `metadata` dict.
    pub metadata: Option<Py<PyDict>>,
    /// The scalar class.
    pub scalar_class: Option<Py<PyType>>,
    /// The dtype `c`: one byte of text, whose arrays are made of texts' characters.
    pub character: bool,
}

/// True for the dtype `c`.
pub fn is_character(value: &DType) -> bool {
    extra(value).is_some_and(|e| e.character)
}

/// The dtype `c`.
pub fn character() -> DType {
    let attached = Extra { character: true, ..Extra::default() };
    DType::flexible(TypeNum::String, 1).with_metadata(Some(Metadata(Arc::new(attached))))
}

/// What is attached to a value.
pub fn extra(value: &DType) -> Option<&Extra> {
    value.metadata().and_then(|m| m.0.downcast_ref::<Extra>())
}

/// The value with metadata or a scalar class attached; what is not given stays.
pub fn with_extra(
    py: Python<'_>,
    value: &DType,
    metadata: Option<&Bound<'_, PyDict>>,
    scalar_class: Option<&Bound<'_, PyType>>,
) -> DType {
    let old = extra(value);
    let metadata = metadata.map(|m| m.clone().unbind());
    let scalar_class = scalar_class.map(|c| c.clone().unbind());
    let merged = Extra {
        character: old.is_some_and(|e| e.character),
        metadata: metadata.or_else(|| old.and_then(|e| e.metadata.as_ref().map(|m| m.clone_ref(py)))),
        scalar_class: scalar_class
            .or_else(|| old.and_then(|e| e.scalar_class.as_ref().map(|c| c.clone_ref(py)))),
    };
    value.with_metadata(Some(Metadata(Arc::new(merged))))
}

/// A fresh dtype object, never the singleton. Subobjects (fields, names, subarray) are made from the value.
pub fn new_object(py: Python<'_>, value: DType) -> PyResult<*mut DTypeObject> {
    assemble(py, value, &[])
}

fn assemble(py: Python<'_>, value: DType, parts: &[Bound<'_, PyAny>]) -> PyResult<*mut DTypeObject> {
    let class = classes().builtin[value.num() as usize];
    // SAFETY: the class is ready; its `tp_alloc` gives zeroed memory of `DTypeObject`'s size.
    unsafe {
        let object: *mut DTypeObject = ffi::PyType_GenericAlloc(class.cast(), 0).cast();
        if object.is_null() {
            return Err(PyErr::fetch(py));
        }
        ptr::write(&raw mut (*object).value, value);
        (*object).fields.typeobj = (*class).scalar_type;
        ffi::Py_XINCREF((*object).fields.typeobj.cast());
        if let Err(error) = fill(py, object, parts) {
            ffi::Py_DECREF(object.cast());
            return Err(error);
        }
        Ok(object)
    }
}

/// Fills NumPy's fields from the object's value.
///
/// # Safety
/// `object` is a live dtype object that nobody else looks at; its value is set.
unsafe fn fill(py: Python<'_>, object: *mut DTypeObject, parts: &[Bound<'_, PyAny>]) -> PyResult<()> {
    // SAFETY: by the contract; value and fields are distinct parts.
    let (value, fields) = unsafe { (&(*object).value, &mut (*object).fields) };
    let row = value.num().row();
    fields.kind = row.kind as u8 as c_char;
    fields.type_char = if is_character(value) { b'c' } else { row.char } as c_char;
    fields.byteorder = order_char(value);
    fields.type_num = value.num().number() as c_int;
    fields.flags = flags_of(value);
    fields.elsize = value.itemsize() as isize;
    fields.alignment = value.alignment() as isize;
    fields.hash = -1;
    if let Some(class) = extra(value).and_then(|e| e.scalar_class.as_ref()) {
        let old = std::mem::replace(&mut fields.typeobj, class.clone_ref(py).into_ptr().cast());
        // SAFETY: the field owned a reference.
        unsafe { ffi::Py_XDECREF(old.cast()) };
    }
    fill_details(py, fields, value, parts)
}

/// Gives a dtype object that only its maker has seen yet (unpickling, `names = …`) another value.
///
/// # Safety
/// `object` is a live dtype object and no singleton.
pub unsafe fn replace_value(py: Python<'_>, object: *mut DTypeObject, value: DType) -> PyResult<()> {
    // SAFETY: by the contract. The old value is leaked on purpose: engine code further up the stack may still hold
    // references into it.
    unsafe {
        std::mem::forget(ptr::replace(&raw mut (*object).value, value));
        release_parts(&mut (*object).fields);
        fill(py, object, &[])
    }
}

/// The object of a dtype that is part of another one: `given`, if it has that very value, else one made for it.
fn part<'py>(
    py: Python<'py>,
    value: &DType,
    given: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let attached = |value: &DType| value.metadata().map(|m| Arc::as_ptr(&m.0).cast::<()>());
    match given {
        Some(object) if self::value(object) == value && attached(self::value(object)) == attached(value) => {
            Ok(object.clone())
        }
        _ => from_value(py, value),
    }
}

fn fill_details<'py>(
    py: Python<'py>,
    target: &mut DTypeFields,
    value: &DType,
    parts: &[Bound<'py, PyAny>],
) -> PyResult<()> {
    if let Some(structure) = value.parts() {
        let dict = PyDict::new(py);
        for (index, field) in structure.fields.iter().enumerate() {
            let dtype = part(py, &field.dtype, parts.get(index))?;
            let offset = field.offset.into_pyobject(py)?.into_any();
            let entry = match &field.title {
                None => PyTuple::new(py, [dtype, offset])?,
                Some(title) => PyTuple::new(py, [dtype, offset, title.into_pyobject(py)?.into_any()])?,
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
        let base = part(py, &subarray.base, parts.first())?;
        let shape = PyTuple::new(py, &subarray.shape)?;
        let boxed = SubarrayFields { base: base.into_ptr().cast(), shape: shape.into_ptr() };
        target.subarray = Box::into_raw(Box::new(boxed));
    }
    if let Some(metadata) = extra(value).and_then(|e| e.metadata.as_ref()) {
        target.metadata = metadata.clone_ref(py).into_ptr();
    }
    Ok(())
}

/// Gives back what the fields own, but for the scalar class.
fn release_parts(fields: &mut DTypeFields) {
    // SAFETY: each pointer is null or owned; the macro sets it to null before the release.
    unsafe {
        ffi::Py_CLEAR(&mut fields.fields);
        ffi::Py_CLEAR(&mut fields.names);
        ffi::Py_CLEAR(&mut fields.metadata);
        let subarray = std::mem::replace(&mut fields.subarray, ptr::null_mut());
        if !subarray.is_null() {
            let boxed = Box::from_raw(subarray);
            ffi::Py_XDECREF(boxed.base.cast());
            ffi::Py_XDECREF(boxed.shape);
        }
    }
}

unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    let dtype: *mut DTypeObject = object.cast();
    // SAFETY: the last reference is gone; every owned part is released once.
    unsafe {
        release_parts(&mut (*dtype).fields);
        ffi::Py_XDECREF((*dtype).fields.typeobj.cast());
        ptr::drop_in_place(&raw mut (*dtype).value);
        let class = ffi::Py_TYPE(object);
        if let Some(free) = (*class).tp_free {
            free(object.cast());
        }
    }
}

unsafe extern "C" fn new(
    class: *mut ffi::PyTypeObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: the interpreter passes a type, a tuple, and a dict or null.
        let (class, args, kwargs) = unsafe {
            (
                Bound::from_borrowed_ptr(py, class.cast()),
                Bound::from_borrowed_ptr(py, args).cast_into_unchecked::<PyTuple>(),
                Bound::from_borrowed_ptr_or_opt(py, kwargs).map(|k| k.cast_into_unchecked::<PyDict>()),
            )
        };
        if class.as_ptr() == classes().dtype.cast() {
            return construct(py, &args, kwargs.as_ref());
        }
        construct_class(py, class.as_ptr().cast(), &args, kwargs.as_ref())
    })
}

/// Warns of an `align` that is no bool: it may have been meant as a shape.
fn expect_bool(py: Python<'_>, align: &Bound<'_, PyAny>) -> PyResult<()> {
    static WARNING: LazyClass = LazyClass::new("sharray.exceptions", "VisibleDeprecationWarning");
    if align.is_instance_of::<pyo3::types::PyBool>()
        || crate::object::scalar::number_of(align) == Some(sharray_base::TypeNum::Bool)
    {
        return Ok(());
    }
    let text = format!(
        "dtype(): align should be passed as Python or NumPy boolean but got `align={}`. Did you mean to pass a tuple to \
         create a subarray type? (Deprecated NumPy 2.4)",
        align.repr()?
    );
    crate::errors::warn(py, WARNING.get(py)?, &text)
}

/// `numpy.dtype(dtype, align=False, copy=False, *, metadata=None)`.
fn construct<'py>(
    py: Python<'py>,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    const NAMES: [&str; 4] = ["dtype", "align", "copy", "metadata"];
    let mut found: [Option<Bound<'py, PyAny>>; 4] = [const { None }; 4];
    if args.len() > NAMES.len() {
        let message = format!("dtype() takes at most 4 arguments ({} given)", args.len());
        return Err(PyTypeError::new_err(message));
    }
    for (slot, value) in found.iter_mut().zip(args.iter()) {
        *slot = Some(value);
    }
    for (name, value) in kwargs.into_iter().flatten() {
        let name: String = name.extract()?;
        match NAMES.iter().position(|n| *n == name) {
            Some(index) if found[index].is_none() => found[index] = Some(value),
            Some(_) => {
                return Err(PyTypeError::new_err(format!(
                    "dtype() got multiple values for argument '{name}'"
                )));
            }
            None => {
                return Err(PyTypeError::new_err(format!(
                    "'{name}' is an invalid keyword argument for dtype()"
                )));
            }
        }
    }
    let [spec, align, copy, metadata] = found;
    let spec =
        spec.ok_or_else(|| PyTypeError::new_err("dtype() missing required argument 'dtype' (pos 1)"))?;
    if let Some(align) = &align {
        // Old pickles pass integers for both flags.
        let is_int = |value: &Bound<'py, PyAny>| value.is_exact_instance_of::<pyo3::types::PyInt>();
        let pickled = is_int(align)
            && match &copy {
                Some(copy) => is_int(copy) && copy.eq(1)?,
                None => false,
            };
        if !pickled {
            expect_bool(py, align)?;
        }
    }
    let truth = |value: Option<Bound<'py, PyAny>>| value.map_or(Ok(false), |v| v.is_truthy());
    let (align, copy) = (truth(align)?, truth(copy)?);
    let metadata = match metadata {
        None => None,
        Some(given) => Some(given.cast_into::<PyDict>().map_err(|error| {
            let class = error.into_inner().get_type();
            PyTypeError::new_err(format!(
                "dtype() argument 4 must be dict, not {}",
                class.name().map_or("object".into(), |n| n.to_string())
            ))
        })?),
    };
    // A class of dtypes is no dtype: where it is not asked for as such, it is a class like any other.
    let spec = match super::dtype_meta::class_number(&spec) {
        Some(_) => py.get_type::<PyAny>().into_any(),
        None => spec,
    };
    let result = dtype_coerce::coerce_aligned(&spec, align)?;
    // A copy may be changed, by a pickle's state: it is never an object that others have.
    if metadata.is_none() && !copy {
        return Ok(result);
    }
    let mut attached = value(&result).clone();
    if let Some(metadata) = &metadata {
        let merged = PyDict::new(py);
        if let Some(old) = extra(&attached).and_then(|e| e.metadata.as_ref()) {
            merged.update(old.bind(py).as_mapping())?;
        }
        merged.update(metadata.as_mapping())?;
        attached = with_extra(py, &attached, Some(&merged), None);
    }
    let object = new_object(py, attached)?;
    // SAFETY: a fresh object owned by us.
    Ok(unsafe { Bound::from_owned_ptr(py, object.cast()) })
}

/// True for the one object of a built-in type number.
pub fn is_singleton(object: &Bound<'_, PyAny>) -> bool {
    singleton(value(object).num()).cast() == object.as_ptr()
}

/// `numpy.dtypes.Float64DType()`, `numpy.dtypes.StrDType(8)`.
fn construct_class<'py>(
    py: Python<'py>,
    class: *mut DTypeClass,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the dtype classes are immortal, and this slot is only inherited by them.
    let (num, flags) = unsafe { ((*class).type_num, (*class).flags) };
    let num =
        TypeNum::from_number(num).ok_or_else(|| PyTypeError::new_err("this dtype class is abstract"))?;
    if num == TypeNum::VString {
        return super::variable_text::construct(py, args, kwargs);
    }
    if kwargs.is_some_and(|k| !k.is_empty()) {
        return Err(PyTypeError::new_err("dtype classes take no keyword arguments"));
    }
    if matches!(num, TypeNum::String | TypeNum::Unicode) {
        let wrong = |_| PyTypeError::new_err("a dtype class of text takes its length, one whole number");
        let (size,): (i64,) = args.extract().map_err(wrong)?;
        let unit = if num == TypeNum::Unicode { 4 } else { 1 };
        let size = usize::try_from(size)
            .map_err(|_| PyValueError::new_err(format!("a text length of {size} is negative")))?;
        let bytes = size.checked_mul(unit).filter(|&n| n <= i32::MAX as usize);
        let bytes = bytes.ok_or_else(|| {
            PyTypeError::new_err(format!("a text of {size} characters is larger than a C int"))
        })?;
        return from_value(py, &DType::flexible(num, bytes));
    }
    if flags & dtype_meta::class_flag::PARAMETRIC != 0 {
        return Err(PyTypeError::new_err(
            "Preliminary-API: this flexible DType can only be instantiated using `np.dtype(...)`",
        ));
    }
    if !args.is_empty() {
        return Err(PyTypeError::new_err(
            "currently only the no-argument instantiation is supported; use `np.dtype` instead.",
        ));
    }
    from_value(py, &DType::of(num))
}

static OLD_STR: LazyClass = LazyClass::new("sharray._core._dtype", "__str__");
static OLD_REPR: LazyClass = LazyClass::new("sharray._core._dtype", "__repr__");

/// True for structures while an older version's way of printing is in force.
fn legacy_text(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    /// The last version that wrote structures differently.
    const COMPACT_DICTS: i64 = 121;
    Ok(value(object).as_structure().is_some() && super::scalar::legacy(object.py())? <= COMPACT_DICTS)
}

unsafe extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live dtype object.
        let object = unsafe { Bound::from_borrowed_ptr(py, object) };
        if legacy_text(&object)? {
            return OLD_REPR.get(py)?.call1((object,));
        }
        let value = value(&object);
        if value.num() == TypeNum::VString {
            return Ok(format!("{value:?}").into_pyobject(py)?.into_any());
        }
        let text = value.construction(class_text(py, value)?.as_deref());
        Ok(format!("dtype({text})").into_pyobject(py)?.into_any())
    })
}

unsafe extern "C" fn str(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live dtype object.
        let object = unsafe { Bound::from_borrowed_ptr(py, object) };
        if legacy_text(&object)? {
            return OLD_STR.get(py)?.call1((object,));
        }
        let value = value(&object);
        Ok(value.text_as(class_text(py, value)?.as_deref()).into_pyobject(py)?.into_any())
    })
}

/// `numpy.record`, when that is the scalar class.
fn class_text(py: Python<'_>, value: &DType) -> PyResult<Option<String>> {
    let Some(class) = extra(value).and_then(|e| e.scalar_class.as_ref()) else { return Ok(None) };
    let class = class.bind(py);
    let module = class.module()?.to_string();
    // Our own classes are told by the name they have in every process.
    let own = module.split('.').next().is_some_and(|package| package == "sharray" || package == "numpy");
    let module = if own { "numpy" } else { &*module };
    Ok(Some(format!("{module}.{}", class.name()?)))
}

/// `numpy.dtype(object)` as a dtype object.
///
/// # Errors
/// `TypeError` when it is no dtype; `ValueError` for impossible sizes, shapes or offsets.
pub fn coerce<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    dtype_coerce::coerce_aligned(object, false)
}

fn fill_slots(class: *mut ffi::PyTypeObject) {
    // SAFETY: a fresh type object that is not yet ready; plain stores.
    unsafe {
        (*class).tp_new = Some(new);
        (*class).tp_dealloc = Some(dealloc);
        (*class).tp_repr = Some(repr);
        (*class).tp_str = Some(str);
        (*class).tp_doc = c"dtype(dtype, align=False, copy=False, **kwargs)\n--\n\nWhat the bytes of an array element mean. A keyword `metadata` attaches a dict.".as_ptr();
    }
    dtype_attrs::fill_slots(class);
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
        let variable = classes.builtin[TypeNum::VString as usize];
        module.add("StringDType", Bound::from_borrowed_ptr(py, variable.cast()))?;
        module.add("_DTypeMeta", Bound::from_borrowed_ptr(py, classes.meta.cast()))?;
    }
    Ok(())
}

/// The singleton dtype of a number that an argument means, where that is told by its identity: Python's and NumPy's
/// classes of numbers, and the singletons themselves.
pub fn plain(argument: *mut ffi::PyObject) -> Option<*mut DTypeObject> {
    use sharray_base::dtype::parse::POINTER_INT;
    let class: *mut ffi::PyTypeObject = argument.cast();
    let known = [
        (&raw mut ffi::PyFloat_Type, TypeNum::Double),
        (&raw mut ffi::PyLong_Type, POINTER_INT),
        (&raw mut ffi::PyBool_Type, TypeNum::Bool),
    ];
    if let Some((_, num)) = known.iter().find(|(known, _)| ptr::eq(class, *known)) {
        return Some(singleton(*num));
    }
    if let Some(num) = super::scalar::types::exact_number(class) {
        return num.is_number().then(|| singleton(num));
    }
    let numbers = TYPES.iter().map(|row| row.num).filter(|num| num.is_number());
    numbers.map(singleton).find(|descr| ptr::eq(descr.cast(), argument))
}
