//! NumPy's C layouts of scalars, asserted. Numbers and bools are a header and the value at byte 16; times add their
//! unit; text and bytes extend Python's own objects; void points at its bytes.

use std::ffi::{c_char, c_int, c_void};
use std::mem::offset_of;

use pyo3::ffi;

use crate::object::layout::DTypeObject;

/// Header and value of a number, bool or time.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct ValueScalar<T> {
    pub ob_base: ffi::PyObject,
    pub obval: T,
}

/// `PyArray_DatetimeMetaData`.
#[repr(C)]
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct TimeMeta {
    pub base: c_int,
    pub num: c_int,
}

/// `PyDatetimeScalarObject` and `PyTimedeltaScalarObject`.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct TimeScalar {
    pub ob_base: ffi::PyObject,
    pub obval: i64,
    pub obmeta: TimeMeta,
}

/// A 16-byte `long double`.
#[repr(C, align(16))]
#[derive(Clone, Copy)]
pub struct LongDouble(pub [u8; 16]);

/// `PyVoidScalarObject`.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct VoidScalar {
    pub ob_base: ffi::PyVarObject,
    pub obval: *mut u8,
    pub descr: *mut DTypeObject,
    pub flags: c_int,
    pub base: *mut ffi::PyObject,
    pub buffer_info: *mut c_void,
}

/// Bytes a `str_` takes: Python's string (without CPython's inline text), then NumPy's two pointers.
pub const STR_SIZE: usize = size_of::<ffi::PyUnicodeObject>() + size_of::<StrTail>();
/// What follows Python's string object in a `str_`.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct StrTail {
    pub obval: *mut u32,
    pub buffer_fmt: *mut c_char,
}

/// Where the value of a number, bool or time lies.
pub const VALUE_OFFSET: usize = 16;

const _: () = {
    assert!(offset_of!(ValueScalar<u8>, obval) == VALUE_OFFSET);
    assert!(offset_of!(ValueScalar<f64>, obval) == VALUE_OFFSET);
    assert!(offset_of!(ValueScalar<LongDouble>, obval) == VALUE_OFFSET);
    assert!(size_of::<ValueScalar<u8>>() == 24 && size_of::<ValueScalar<f64>>() == 24);
    assert!(size_of::<ValueScalar<[f64; 2]>>() == 32 && size_of::<ValueScalar<LongDouble>>() == 32);
    assert!(size_of::<ValueScalar<[LongDouble; 2]>>() == 48);
    assert!(offset_of!(TimeScalar, obval) == VALUE_OFFSET && offset_of!(TimeScalar, obmeta) == 24);
    assert!(size_of::<TimeScalar>() == 32);
    assert!(offset_of!(VoidScalar, obval) == 24 && offset_of!(VoidScalar, descr) == 32);
    assert!(offset_of!(VoidScalar, flags) == 40 && offset_of!(VoidScalar, base) == 48);
    assert!(size_of::<VoidScalar>() == 64);
};
// 96 on Python 3.11; CPython's string lost two fields in 3.12.
const _: () = assert!(STR_SIZE == 96 || STR_SIZE == 80);
