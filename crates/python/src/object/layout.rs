//! NumPy 2's C layouts (design D2), written from its public headers' field lists, with their sizes and offsets
//! asserted at compile time. Compiled wheels reach into these structs; the fields are the truth, not a mirror.

use std::ffi::{c_char, c_int, c_void};
use std::mem::offset_of;

use pyo3::ffi::{PyHeapTypeObject, PyObject, PyTypeObject};
use sharray_base::DType;

/// `PyArrayObject_fields`: 96 bytes every array begins with.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct ArrayFields {
    pub ob_base: PyObject,
    pub data: *mut u8,
    pub nd: c_int,
    pub dimensions: *mut isize,
    pub strides: *mut isize,
    pub base: *mut PyObject,
    pub descr: *mut DTypeObject,
    pub flags: c_int,
    pub weakreflist: *mut PyObject,
    pub buffer_info: *mut c_void,
    pub mem_handler: *mut PyObject,
}

const _: () = {
    assert!(size_of::<ArrayFields>() == 96);
    assert!(offset_of!(ArrayFields, data) == 16);
    assert!(offset_of!(ArrayFields, nd) == 24);
    assert!(offset_of!(ArrayFields, dimensions) == 32);
    assert!(offset_of!(ArrayFields, strides) == 40);
    assert!(offset_of!(ArrayFields, base) == 48);
    assert!(offset_of!(ArrayFields, descr) == 56);
    assert!(offset_of!(ArrayFields, flags) == 64);
    assert!(offset_of!(ArrayFields, weakreflist) == 72);
    assert!(offset_of!(ArrayFields, buffer_info) == 80);
    assert!(offset_of!(ArrayFields, mem_handler) == 88);
};

/// How many axes' extents and strides lie inside the object.
pub const INLINE_AXES: usize = 4;
/// How many bytes of data lie inside the object.
pub const INLINE_BYTES: usize = 64;

/// Our instances: NumPy's fields, then room for small arrays.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct ArrayObject {
    pub fields: ArrayFields,
    pub dims: [isize; 2 * INLINE_AXES],
    pub small: [u64; INLINE_BYTES / 8],
}

const _: () = {
    assert!(offset_of!(ArrayObject, fields) == 0);
    assert!(offset_of!(ArrayObject, small) % 16 == 0);
};

/// Bits of `ArrayFields::flags`, NumPy's values.
#[expect(missing_docs, reason = "NumPy's names")]
pub mod flag {
    use std::ffi::c_int;
    pub const C_CONTIGUOUS: c_int = 0x0001;
    pub const F_CONTIGUOUS: c_int = 0x0002;
    pub const OWNDATA: c_int = 0x0004;
    pub const ALIGNED: c_int = 0x0100;
    pub const WRITEABLE: c_int = 0x0400;
    pub const WRITEBACKIFCOPY: c_int = 0x2000;
    /// Warn on the next write (arrays that a later version will return read-only).
    pub const WARN_ON_WRITE: c_int = 1 << 31;
}

/// NumPy 2's legacy descriptor (`_PyArray_LegacyDescr`), 120 bytes.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct DTypeFields {
    pub ob_base: PyObject,
    pub typeobj: *mut PyTypeObject,
    pub kind: c_char,
    pub type_char: c_char,
    pub byteorder: c_char,
    pub former_flags: c_char,
    pub type_num: c_int,
    pub flags: u64,
    pub elsize: isize,
    pub alignment: isize,
    pub metadata: *mut PyObject,
    pub hash: isize,
    pub reserved: [*mut c_void; 2],
    pub subarray: *mut SubarrayFields,
    pub fields: *mut PyObject,
    pub names: *mut PyObject,
    pub c_metadata: *mut c_void,
}

/// `PyArray_ArrayDescr`: what `DTypeFields::subarray` points to.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct SubarrayFields {
    pub base: *mut DTypeObject,
    pub shape: *mut PyObject,
}

/// Our dtype instances: NumPy's fields, then the engine's value.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct DTypeObject {
    pub fields: DTypeFields,
    pub value: DType,
}

/// Bits of `DTypeFields::flags`.
#[expect(missing_docs, reason = "NumPy's names")]
pub mod dtype_flag {
    pub const ITEM_REFCOUNT: u64 = 0x01;
    pub const ITEM_HASOBJECT: u64 = 0x01;
    pub const LIST_PICKLE: u64 = 0x02;
    pub const ITEM_IS_POINTER: u64 = 0x04;
    pub const NEEDS_INIT: u64 = 0x08;
    pub const NEEDS_PYAPI: u64 = 0x10;
    pub const USE_GETITEM: u64 = 0x20;
    pub const USE_SETITEM: u64 = 0x40;
    pub const ALIGNED_STRUCT: u64 = 0x80;
}

/// `PyArray_DTypeMeta`: what dtype classes are instances of.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct DTypeClass {
    pub heap: PyHeapTypeObject,
    pub singleton: *mut DTypeObject,
    pub type_num: c_int,
    pub scalar_type: *mut PyTypeObject,
    pub flags: u64,
    pub dt_slots: *mut c_void,
    pub reserved: [*mut c_void; 3],
}

const _: () = {
    assert!(offset_of!(DTypeClass, singleton) == size_of::<PyHeapTypeObject>());
    assert!(size_of::<DTypeClass>() == size_of::<PyHeapTypeObject>() + 64);
};

const _: () = {
    assert!(size_of::<DTypeFields>() == 120);
    assert!(offset_of!(DTypeFields, type_num) == 28);
    assert!(offset_of!(DTypeFields, flags) == 32);
    assert!(offset_of!(DTypeFields, elsize) == 40);
    assert!(offset_of!(DTypeFields, subarray) == 88);
    assert!(offset_of!(DTypeFields, c_metadata) == 112);
};
