//! What object dtype needs of Python, as plain function pointers that the Python crate registers once. Without them
//! (Rust programs) object dtype can't be used, and what would need it answers `NotImplemented`.
//!
//! An object element is one pointer, owned by its array; null counts as `None`.

use std::ffi::c_void;
use std::sync::OnceLock;

use sharray_base::{DType, Error, Result};

/// The functions. All must be called with the GIL held.
pub struct Hooks {
    /// Takes one more reference to an object (never null).
    pub retain: unsafe fn(object: *mut c_void),
    /// Gives one reference back (never null).
    pub release: unsafe fn(object: *mut c_void),
    /// A new reference to the Python value of an element of `dtype` at `source` (any alignment and byte order).
    pub get: unsafe fn(dtype: &DType, source: *const u8) -> Result<*mut c_void>,
    /// Writes a Python value as an element of `dtype` at `target` (any alignment and byte order).
    pub set: unsafe fn(object: *mut c_void, dtype: &DType, target: *mut u8) -> Result<()>,
    /// Truth of an object.
    pub truth: unsafe fn(object: *mut c_void) -> Result<bool>,
    /// `a < b`.
    pub less: unsafe fn(a: *mut c_void, b: *mut c_void) -> Result<bool>,
}

static HOOKS: OnceLock<Hooks> = OnceLock::new();

/// Registers the hooks; the first registration stands.
pub fn register(hooks: Hooks) {
    let _ = HOOKS.set(hooks);
}

/// The hooks.
///
/// # Errors
/// `NotImplemented` when none are registered.
pub fn hooks() -> Result<&'static Hooks> {
    HOOKS
        .get()
        .ok_or_else(|| Error::NotImplemented("object dtype needs the Python face of the engine".into()))
}
