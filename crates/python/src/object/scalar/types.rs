//! The classes of scalars: NumPy's hierarchy as static types. `float64` is a `floating` and a Python `float`, `str_` a
//! `str`, and so on; classes that Python code derives from them work.

use std::ptr;
use std::sync::OnceLock;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::TypeNum;
use sharray_base::dtype::kind::{TYPE_COUNT, TYPES, TypeRow};

use super::layout::{LongDouble, STR_SIZE, TimeScalar, ValueScalar, VoidScalar};
use super::{arith, compare, construct, free_list, members, text, void};
use crate::object::dtype_meta;

/// The abstract classes, each after its base.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
#[expect(missing_docs, reason = "the names are NumPy's")]
pub enum Abstract {
    Generic,
    Number,
    Integer,
    SignedInteger,
    UnsignedInteger,
    Inexact,
    Floating,
    ComplexFloating,
    Flexible,
    Character,
}

use Abstract::*;

const ABSTRACT: [(&str, Abstract); 10] = [
    ("generic", Generic),
    ("number", Generic),
    ("integer", Number),
    ("signedinteger", Integer),
    ("unsignedinteger", Integer),
    ("inexact", Number),
    ("floating", Inexact),
    ("complexfloating", Inexact),
    ("flexible", Generic),
    ("character", Flexible),
];

/// The class objects of the concrete types, by number. They stand at an address known at compile time: which of them an
/// object's class is, is a matter of arithmetic.
static mut CONCRETE: [ffi::PyTypeObject; TYPE_COUNT] = {
    // SAFETY: all-zero type objects are the starting point CPython documents for static types.
    unsafe { std::mem::zeroed() }
};

/// The abstract class objects.
pub struct Types {
    abstracts: &'static mut [ffi::PyTypeObject; ABSTRACT.len()],
}

// SAFETY: immortal type objects, used under the GIL.
unsafe impl Send for Types {}
// SAFETY: as for `Send`.
unsafe impl Sync for Types {}

static TYPES_MADE: OnceLock<Types> = OnceLock::new();

fn types() -> &'static Types {
    TYPES_MADE.get().expect("scalar classes are made at module start")
}

/// The class of a type number.
#[inline]
pub fn class(num: TypeNum) -> *mut ffi::PyTypeObject {
    if num == TypeNum::VString {
        return &raw mut ffi::PyUnicode_Type;
    }
    (&raw mut CONCRETE).cast::<ffi::PyTypeObject>().wrapping_add(num as usize)
}

/// An abstract class.
pub fn abstract_class(which: Abstract) -> *mut ffi::PyTypeObject {
    ptr::from_ref(&types().abstracts[which as usize]).cast_mut()
}

/// The name of the abstract class that a class is or derives from, the nearest one.
pub fn nearest_abstract(class: *mut ffi::PyTypeObject) -> Option<&'static str> {
    let made = TYPES_MADE.get()?;
    // Each stands after its base.
    ABSTRACT.iter().zip(made.abstracts.iter()).rev().find_map(|((name, _), known)| {
        // SAFETY: live classes.
        let derives = unsafe { ffi::PyType_IsSubtype(class, ptr::from_ref(known).cast_mut()) != 0 };
        derives.then_some(*name)
    })
}

/// The type number of exactly this class.
#[inline]
pub fn exact_number(class: *mut ffi::PyTypeObject) -> Option<TypeNum> {
    let offset = (class as usize).wrapping_sub(&raw const CONCRETE as usize);
    let index = offset / size_of::<ffi::PyTypeObject>();
    if index < TYPE_COUNT { Some(TYPES[index].num) } else { None }
}

/// The type number of an instance of a scalar class or of a class derived from one.
#[inline]
pub fn number_of(object: *mut ffi::PyObject) -> Option<TypeNum> {
    // SAFETY: a live object has a class.
    let class = unsafe { ffi::Py_TYPE(object) };
    nearest_number(class)
}

/// The type number of a scalar class or of a class derived from one.
pub fn nearest_number(class: *mut ffi::PyTypeObject) -> Option<TypeNum> {
    exact_number(class).or_else(|| derived_number(class))
}

fn derived_number(class: *mut ffi::PyTypeObject) -> Option<TypeNum> {
    // SAFETY: live classes.
    let derives = |base| unsafe { ffi::PyType_IsSubtype(class, base) != 0 };
    let is_heap = |class: *mut ffi::PyTypeObject| {
        // SAFETY: a live class.
        unsafe { ffi::PyType_HasFeature(class, ffi::Py_TPFLAGS_HEAPTYPE) != 0 }
    };
    if !is_heap(class) || TYPES_MADE.get().is_none() || !derives(abstract_class(Generic)) {
        return None;
    }
    TYPES.iter().map(|row| row.num).find(|&num| num != TypeNum::VString && derives(self::class(num)))
}

/// Base classes of a concrete class, the solid one first; the second is Python's or NumPy's.
fn bases(num: TypeNum) -> (*mut ffi::PyTypeObject, *mut ffi::PyTypeObject) {
    use sharray_base::Kind as K;
    let none = ptr::null_mut();
    match num {
        TypeNum::Double => (abstract_class(Floating), &raw mut ffi::PyFloat_Type),
        TypeNum::CDouble => (abstract_class(ComplexFloating), &raw mut ffi::PyComplex_Type),
        TypeNum::String => (&raw mut ffi::PyBytes_Type, abstract_class(Character)),
        TypeNum::Unicode => (&raw mut ffi::PyUnicode_Type, abstract_class(Character)),
        TypeNum::Timedelta => (abstract_class(SignedInteger), none),
        _ => match num.kind() {
            K::Int => (abstract_class(SignedInteger), none),
            K::UInt => (abstract_class(UnsignedInteger), none),
            K::Float => (abstract_class(Floating), none),
            K::Complex => (abstract_class(ComplexFloating), none),
            K::Void => (abstract_class(Flexible), none),
            _ => (abstract_class(Generic), none),
        },
    }
}

fn sizes(num: TypeNum) -> (usize, usize) {
    match num {
        TypeNum::String => (40, 1),
        TypeNum::Unicode => (STR_SIZE, 0),
        TypeNum::Void => (size_of::<VoidScalar>(), 0),
        TypeNum::Datetime | TypeNum::Timedelta => (size_of::<TimeScalar>(), 0),
        TypeNum::LongDouble => (size_of::<ValueScalar<LongDouble>>(), 0),
        TypeNum::CLongDouble => (size_of::<ValueScalar<[LongDouble; 2]>>(), 0),
        TypeNum::CDouble => (size_of::<ValueScalar<[f64; 2]>>(), 0),
        _ => (size_of::<ValueScalar<u64>>(), 0),
    }
}

/// # Safety
/// `class` is a fresh zeroed static type, filled but not readied.
unsafe fn ready(py: Python<'_>, class: *mut ffi::PyTypeObject, home: &str, name: &str) -> PyResult<()> {
    let name = std::ffi::CString::new(format!("{home}.{name}")).unwrap_or_default();
    // SAFETY: by the contract; the name lives for ever.
    unsafe {
        ffi::Py_INCREF(class.cast());
        (*class).tp_name = name.into_raw();
        (*class).tp_flags |= (ffi::Py_TPFLAGS_DEFAULT | ffi::Py_TPFLAGS_BASETYPE) as std::ffi::c_ulong;
        if ffi::PyType_Ready(class) != 0 {
            return Err(PyErr::fetch(py));
        }
    }
    Ok(())
}

/// The module that a class names as its own.
fn home(num: TypeNum) -> &'static str {
    if num.is_small_float() { "sharray.dtypes" } else { "numpy" }
}

/// Makes all classes; called once at module start, after the dtype singletons.
pub fn make(py: Python<'_>) -> PyResult<()> {
    if TYPES_MADE.get().is_some() {
        return Ok(());
    }
    // SAFETY: zeroed type objects are the starting point CPython documents; they are leaked, so they live for ever.
    let made = unsafe { Types { abstracts: Box::leak(Box::new(std::mem::zeroed())) } };
    let _ = TYPES_MADE.set(made);
    for (index, (name, base)) in ABSTRACT.iter().enumerate() {
        let class = ptr::from_ref(&types().abstracts[index]).cast_mut();
        // SAFETY: fresh types, each readied after its base.
        unsafe {
            (*class).tp_basicsize = size_of::<ffi::PyObject>() as isize;
            if index > 0 {
                (*class).tp_base = abstract_class(*base);
            }
            fill_abstract(class, index);
            ready(py, class, "numpy", name)?;
            if index == Flexible as usize {
                // NumPy lets nobody derive from this one alone.
                (*class).tp_flags &= !ffi::Py_TPFLAGS_BASETYPE as std::ffi::c_ulong;
            }
        }
    }
    for row in &TYPES {
        // SAFETY: fresh types whose bases are ready. Elements of variable text are plain `str`.
        unsafe {
            match row.num {
                TypeNum::VString => dtype_meta::set_scalar_type(row.num, class(row.num)),
                _ => make_concrete(py, row)?,
            }
        }
    }
    Ok(())
}

/// What the abstract classes are, in the order of [`Abstract`].
const ABSTRACT_DOCS: [&std::ffi::CStr; 10] = [
    c"Base class of all scalars.",
    c"Base class of the numbers (not of `bool`).",
    c"Base class of the integers, `timedelta64` among them.",
    c"Base class of the signed integers, `timedelta64` among them.",
    c"Base class of the unsigned integers.",
    c"Base class of the numbers that may be rounded: real and complex floating-point numbers.",
    c"Base class of the real floating-point numbers.",
    c"Base class of the complex numbers.",
    c"Base class of the scalars whose dtypes have no fixed size: text, bytes and `void`.",
    c"Base class of `str_` and `bytes_`.",
];

unsafe fn fill_abstract(class: *mut ffi::PyTypeObject, index: usize) {
    // SAFETY: a fresh type; plain stores.
    unsafe {
        (*class).tp_doc = ABSTRACT_DOCS[index].as_ptr();
        if index == Generic as usize {
            (*class).tp_new = Some(construct::refuse);
            (*class).tp_repr = Some(text::repr);
            (*class).tp_str = Some(text::str);
            (*class).tp_richcompare = Some(compare::richcompare);
            (*class).tp_hash = Some(compare::hash);
            (*class).tp_as_number = arith::table(false);
            (*class).tp_as_mapping = members::mapping();
            (*class).tp_as_buffer = members::buffer();
            (*class).tp_getset = members::generic_attributes();
            (*class).tp_methods = members::generic_methods();
        } else if index == Number as usize {
            (*class).tp_methods = members::number_methods();
        } else if index == Integer as usize {
            (*class).tp_methods = members::integer_methods();
            (*class).tp_getset = members::integer_attributes();
        } else if index == Floating as usize {
            (*class).tp_methods = members::floating_methods();
        } else if index == ComplexFloating as usize {
            (*class).tp_methods = members::complex_methods();
        }
    }
}

unsafe fn make_concrete(py: Python<'_>, row: &TypeRow) -> PyResult<()> {
    let (num, name) = (row.num, row.class_name);
    let class = class(num);
    let text = format!(
        "The class of scalars of dtype `{}`, whose character is '{}' and whose kind is '{}'.",
        row.name,
        row.char as char,
        num.kind_letter() as char
    );
    // SAFETY: a fresh type; the text is never freed.
    unsafe { (*class).tp_doc = std::ffi::CString::new(text)?.into_raw() };
    let (first, second) = bases(num);
    let (basicsize, itemsize) = sizes(num);
    // SAFETY: a fresh type; its bases are ready and immortal.
    unsafe {
        (*class).tp_basicsize = basicsize as isize;
        (*class).tp_itemsize = itemsize as isize;
        (*class).tp_base = first;
        if !second.is_null() {
            let pair = ffi::PyTuple_Pack(2, first.cast::<ffi::PyObject>(), second.cast::<ffi::PyObject>());
            if pair.is_null() {
                return Err(PyErr::fetch(py));
            }
            (*class).tp_bases = pair;
        }
        (*class).tp_doc = crate::signatures::constructor(name, num.kind() == sharray_base::Kind::Complex);
        (*class).tp_new = Some(construct::new_slot(num));
        if free_list::serves(num) {
            (*class).tp_dealloc = Some(free_list::dealloc);
        }
        if num == TypeNum::Unicode {
            // `str`, the first base, has no buffer to inherit.
            (*class).tp_as_buffer = members::buffer();
        }
        match num {
            TypeNum::String | TypeNum::Unicode => {
                (*class).tp_repr = Some(text::repr);
                (*class).tp_str = Some(text::str);
                (*class).tp_richcompare = Some(compare::text_richcompare);
                (*class).tp_hash = Some(compare::text_hash);
            }
            TypeNum::Double | TypeNum::CDouble => {
                // Both bases have these; NumPy's stand.
                (*class).tp_repr = Some(text::repr);
                (*class).tp_str = Some(text::str);
                (*class).tp_richcompare = Some(compare::richcompare);
                (*class).tp_hash = Some(compare::hash);
            }
            TypeNum::Void => void::fill_slots(class),
            TypeNum::Datetime | TypeNum::Timedelta => (*class).tp_methods = members::class_getitem_only(),
            TypeNum::Bool => (*class).tp_methods = members::class_getitem_only(),
            _ => {}
        }
        if num.is_integer() {
            (*class).tp_as_number = arith::table(true);
            (*class).tp_methods = members::concrete_integer_methods();
        }
        if num.kind() == sharray_base::Kind::Float {
            (*class).tp_methods = members::concrete_float_methods();
        }
        ready(py, class, home(num), name)?;
        dtype_meta::set_scalar_type(num, class);
    }
    Ok(())
}

/// Adds the classes to the module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    let object = |class: *mut ffi::PyTypeObject| {
        // SAFETY: immortal classes.
        unsafe { Bound::from_borrowed_ptr(py, class.cast()) }
    };
    for (index, (name, _)) in ABSTRACT.iter().enumerate() {
        module.add(*name, object(ptr::from_ref(&types().abstracts[index]).cast_mut()))?;
    }
    for row in TYPES.iter().filter(|row| row.num != TypeNum::VString) {
        module.add(row.class_name, object(class(row.num)))?;
    }
    Ok(())
}
