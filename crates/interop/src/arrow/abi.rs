//! The structs of Arrow's C data and C stream interfaces.

use std::ffi::{c_char, c_int, c_void};

/// Flag of a schema: codes of its dictionary are in the dictionary's order.
pub const ORDERED: i64 = 1;
/// Flag of a schema: there may be nulls.
pub const NULLABLE: i64 = 2;

/// What a column is.
#[repr(C)]
#[derive(Debug)]
pub struct ArrowSchema {
    /// The type, as text.
    pub format: *const c_char,
    /// The column's name, or null.
    pub name: *const c_char,
    /// Pairs of texts, or null.
    pub metadata: *const c_char,
    /// [`ORDERED`], [`NULLABLE`].
    pub flags: i64,
    /// Number of children.
    pub n_children: i64,
    /// Their addresses.
    pub children: *mut *mut ArrowSchema,
    /// What codes stand for, or null.
    pub dictionary: *mut ArrowSchema,
    /// Lets go of the struct; null once that is done.
    pub release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    /// The producer's own.
    pub private_data: *mut c_void,
}

/// Where a column lies.
#[repr(C)]
#[derive(Debug)]
pub struct ArrowArray {
    /// Number of elements.
    pub length: i64,
    /// Number of nulls, or -1 where nobody has counted.
    pub null_count: i64,
    /// Elements in the buffers before the first one.
    pub offset: i64,
    /// Number of buffers.
    pub n_buffers: i64,
    /// Number of children.
    pub n_children: i64,
    /// The buffers' addresses.
    pub buffers: *mut *const c_void,
    /// The children's addresses.
    pub children: *mut *mut ArrowArray,
    /// What codes stand for, or null.
    pub dictionary: *mut ArrowArray,
    /// Lets go of the struct and its memory; null once that is done.
    pub release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    /// The producer's own.
    pub private_data: *mut c_void,
}

/// One schema, and arrays of it until there are no more.
#[repr(C)]
#[derive(Debug)]
pub struct ArrowArrayStream {
    /// Writes the schema; an error's number, or 0.
    pub get_schema: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowSchema) -> c_int>,
    /// Writes the next array, one that is let go of already behind the last.
    pub get_next: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowArray) -> c_int>,
    /// What the last error was, or null.
    pub get_last_error: Option<unsafe extern "C" fn(*mut ArrowArrayStream) -> *const c_char>,
    /// Lets go of the struct; null once that is done.
    pub release: Option<unsafe extern "C" fn(*mut ArrowArrayStream)>,
    /// The producer's own.
    pub private_data: *mut c_void,
}

impl ArrowSchema {
    /// A struct that is let go of already.
    pub const fn empty() -> ArrowSchema {
        let (children, dictionary) = (std::ptr::null_mut(), std::ptr::null_mut());
        let (format, name, metadata) = (std::ptr::null(), std::ptr::null(), std::ptr::null());
        let private_data = std::ptr::null_mut();
        ArrowSchema {
            format,
            name,
            metadata,
            flags: 0,
            n_children: 0,
            children,
            dictionary,
            release: None,
            private_data,
        }
    }
}

impl ArrowArray {
    /// A struct that is let go of already.
    pub const fn empty() -> ArrowArray {
        ArrowArray {
            length: 0,
            null_count: 0,
            offset: 0,
            n_buffers: 0,
            n_children: 0,
            buffers: std::ptr::null_mut(),
            children: std::ptr::null_mut(),
            dictionary: std::ptr::null_mut(),
            release: None,
            private_data: std::ptr::null_mut(),
        }
    }
}

impl ArrowArrayStream {
    /// A struct that is let go of already.
    pub const fn empty() -> ArrowArrayStream {
        let private_data = std::ptr::null_mut();
        ArrowArrayStream {
            get_schema: None,
            get_next: None,
            get_last_error: None,
            release: None,
            private_data,
        }
    }
}

const _: () = {
    assert!(size_of::<ArrowSchema>() == 72);
    assert!(size_of::<ArrowArray>() == 80);
    assert!(size_of::<ArrowArrayStream>() == 40);
};
