//! NumPy's C layout of ufunc objects (design D2), with its size and offsets asserted.

use std::ffi::{c_char, c_int, c_void};
use std::mem::offset_of;

use pyo3::ffi::{PyObject, vectorcallfunc};
use sharray_core::ufunc::Ufunc;

/// `PyUFuncObject`: 240 bytes every ufunc begins with.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct UfuncFields {
    pub ob_base: PyObject,
    pub nin: c_int,
    pub nout: c_int,
    pub nargs: c_int,
    pub identity: c_int,
    pub functions: *const *const c_void,
    pub data: *const *mut c_void,
    pub ntypes: c_int,
    pub reserved1: c_int,
    pub name: *const c_char,
    pub types: *const c_char,
    pub doc: *const c_char,
    pub ptr: *mut c_void,
    pub obj: *mut PyObject,
    pub userloops: *mut PyObject,
    pub core_enabled: c_int,
    pub core_num_dim_ix: c_int,
    pub core_num_dims: *mut c_int,
    pub core_dim_ixs: *mut c_int,
    pub core_offsets: *mut c_int,
    pub core_signature: *mut c_char,
    pub type_resolver: *mut c_void,
    pub dict: *mut PyObject,
    pub vectorcall: Option<vectorcallfunc>,
    pub reserved3: *mut c_void,
    pub op_flags: *mut u32,
    pub iter_flags: u32,
    pub core_dim_sizes: *mut isize,
    pub core_dim_flags: *mut u32,
    pub identity_value: *mut PyObject,
    pub dispatch_cache: *mut c_void,
    pub loops: *mut PyObject,
    pub process_core_dims: *mut c_void,
}

const _: () = {
    assert!(size_of::<UfuncFields>() == 240);
    assert!(offset_of!(UfuncFields, nin) == 16);
    assert!(offset_of!(UfuncFields, functions) == 32);
    assert!(offset_of!(UfuncFields, ntypes) == 48);
    assert!(offset_of!(UfuncFields, name) == 56);
    assert!(offset_of!(UfuncFields, obj) == 88);
    assert!(offset_of!(UfuncFields, core_enabled) == 104);
    assert!(offset_of!(UfuncFields, core_signature) == 136);
    assert!(offset_of!(UfuncFields, dict) == 152);
    assert!(offset_of!(UfuncFields, vectorcall) == 160);
    assert!(offset_of!(UfuncFields, iter_flags) == 184);
    assert!(offset_of!(UfuncFields, identity_value) == 208);
    assert!(offset_of!(UfuncFields, process_core_dims) == 232);
};

/// Our instances: NumPy's fields, then the engine's own ufunc and what Python needs beside it.
#[repr(C)]
pub struct UfuncObject {
    /// NumPy's fields.
    pub fields: UfuncFields,
    /// The engine's ufunc, owned.
    pub engine: *mut Ufunc,
    /// Its loops for plain small arrays, owned.
    pub quick: *mut super::quick::Quick,
    /// True when every loop works on objects.
    pub only_objects: bool,
}
