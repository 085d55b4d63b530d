//! The memory handler: the capsule that an array carries in `mem_handler` (NEP 49's C layout), by which its data is
//! given back. Ours knows every kind of block the engine has: inside the object, of C's allocator, cached, mapped. An
//! array that owns its data but has no handler holds memory of C's `malloc`, put there by foreign code.

use std::ffi::{c_char, c_void};
use std::ptr::{self, NonNull};

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::memory::heap;

use super::layout::INLINE_BYTES;

/// The capsule's name, by which NumPy's ABI finds what is in it.
const NAME: &std::ffi::CStr = c"mem_handler";
/// What `get_handler_name` says; NumPy's own name for the handler that is in force when nobody sets another.
pub const TITLE: &str = "default_allocator";

/// NEP 49's `PyDataMem_Handler`, version 1.
#[repr(C)]
struct Handler {
    name: [c_char; 127],
    version: u8,
    context: *mut c_void,
    malloc: unsafe extern "C" fn(*mut c_void, usize) -> *mut c_void,
    calloc: unsafe extern "C" fn(*mut c_void, usize, usize) -> *mut c_void,
    realloc: unsafe extern "C" fn(*mut c_void, *mut c_void, usize) -> *mut c_void,
    free: unsafe extern "C" fn(*mut c_void, *mut c_void, usize),
}
const _: () = assert!(size_of::<Handler>() == 168);

// SAFETY: immutable, and its functions may be called from any thread.
unsafe impl Sync for Handler {}

static HANDLER: Handler =
    Handler { name: title(), version: 1, context: ptr::null_mut(), malloc, calloc, realloc, free };

const fn title() -> [c_char; 127] {
    let mut name = [0; 127];
    let mut at = 0;
    while at < TITLE.len() {
        name[at] = TITLE.as_bytes()[at] as c_char;
        at += 1;
    }
    name
}

fn allocate(bytes: usize, zeroed: bool) -> *mut c_void {
    // Blocks of inline size would be taken for data inside an object.
    let bytes = bytes.max(INLINE_BYTES + 1);
    heap::allocate(bytes, zeroed).map_or(ptr::null_mut(), |block| block.as_ptr().cast())
}

unsafe extern "C" fn malloc(_context: *mut c_void, bytes: usize) -> *mut c_void {
    allocate(bytes, false)
}

unsafe extern "C" fn calloc(_context: *mut c_void, count: usize, size: usize) -> *mut c_void {
    count.checked_mul(size).map_or(ptr::null_mut(), |bytes| allocate(bytes, true))
}

/// Grows or shrinks a block of `malloc` or `calloc` above. Data inside an object can't be handed here: its owner is the
/// object.
unsafe extern "C" fn realloc(_context: *mut c_void, old: *mut c_void, bytes: usize) -> *mut c_void {
    let Some(block) = NonNull::new(old.cast::<u8>()) else { return allocate(bytes, false) };
    // SAFETY: a block of ours, by the handler's contract; both blocks hold what is copied.
    unsafe {
        let held = heap::capacity(block);
        if bytes <= held && bytes >= held / 2 {
            return old;
        }
        let new = allocate(bytes, false);
        if !new.is_null() {
            ptr::copy_nonoverlapping(block.as_ptr(), new.cast(), held.min(bytes));
            heap::release(block);
        }
        new
    }
}

/// `bytes` is what the array holds: as much as fits an object lies in one, and goes with it.
unsafe extern "C" fn free(_context: *mut c_void, data: *mut c_void, bytes: usize) {
    if let Some(block) = NonNull::new(data.cast::<u8>()).filter(|_| bytes > INLINE_BYTES) {
        // SAFETY: a block of ours, by the handler's contract.
        unsafe { heap::release(block) }
    }
}

/// The capsule, one for the process.
pub fn capsule(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    static CAPSULE: pyo3::sync::PyOnceLock<Py<PyAny>> = pyo3::sync::PyOnceLock::new();
    let made = CAPSULE.get_or_try_init(py, || {
        // SAFETY: a capsule around a static, which needs no destructor.
        unsafe {
            let handler: *const Handler = &HANDLER;
            let capsule = ffi::PyCapsule_New(handler.cast_mut().cast(), NAME.as_ptr(), None);
            Bound::from_owned_ptr_or_err(py, capsule).map(Bound::unbind)
        }
    })?;
    Ok(made.bind(py).clone())
}

/// Gives back the data of an array with `handler` (null or a capsule), which lies outside of the object.
///
/// # Safety
/// The array owned `data`, and nobody uses it any more.
pub unsafe fn give_back(handler: *mut ffi::PyObject, data: NonNull<u8>) {
    // SAFETY: by the contract. Without handler the memory is C's; every handler in this process is ours.
    unsafe { if handler.is_null() { libc::free(data.as_ptr().cast()) } else { heap::release(data) } }
}
