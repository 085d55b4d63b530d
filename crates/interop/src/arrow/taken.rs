//! Foreign structs that are ours to let go of.
//!
//! A struct is taken by a copy of its bytes; the producer's then says, by a null callback, that it was let go of.

use std::ffi::CStr;

use sharray_base::{Error, Result};

use super::abi::{ArrowArray, ArrowArrayStream, ArrowSchema};

/// A struct with a callback that lets go of it.
pub trait Releasable: Sized {
    /// Calls the callback, if there is one left.
    ///
    /// # Safety
    /// The struct is at `at`, of any alignment, and nobody else's.
    unsafe fn release(at: *mut Self);
    /// Marks the struct at `at` as let go of.
    ///
    /// # Safety
    /// A struct is at `at`, writable, of any alignment.
    unsafe fn forget(at: *mut Self);
    /// Whether the struct at `at` was let go of.
    ///
    /// # Safety
    /// A struct is at `at`, of any alignment.
    unsafe fn is_released(at: *const Self) -> bool;
}

macro_rules! releasable {
    ($($name:ident)*) => {$(
        impl Releasable for $name {
            unsafe fn release(at: *mut Self) {
                // SAFETY: by the contract.
                unsafe {
                    if let Some(release) = (&raw const (*at).release).read_unaligned() {
                        release(at);
                    }
                }
            }
            unsafe fn forget(at: *mut Self) {
                // SAFETY: by the contract.
                unsafe { (&raw mut (*at).release).write_unaligned(None) }
            }
            unsafe fn is_released(at: *const Self) -> bool {
                // SAFETY: by the contract.
                unsafe { (&raw const (*at).release).read_unaligned().is_none() }
            }
        }
    )*};
}
releasable!(ArrowSchema ArrowArray ArrowArrayStream);

/// Owns a struct, at an address of its own: dropping it lets go of it.
#[derive(Debug)]
pub struct Taken<T: Releasable>(Box<T>);

// SAFETY: the interface allows a struct's callbacks to be called from any thread.
unsafe impl<T: Releasable> Send for Taken<T> {}
// SAFETY: shared, a struct is only read.
unsafe impl<T: Releasable> Sync for Taken<T> {}

impl<T: Releasable> Taken<T> {
    /// Moves the struct out of `source`, which is marked as let go of; `None` if it was before.
    ///
    /// # Safety
    /// A struct is at `source`, writable, of any alignment, and nobody else's.
    pub unsafe fn from(source: *mut T) -> Option<Taken<T>> {
        // SAFETY: by the contract; the original is forgotten, so that one copy remains.
        unsafe {
            if T::is_released(source) {
                return None;
            }
            let taken = Taken(Box::new(source.read_unaligned()));
            T::forget(source);
            Some(taken)
        }
    }
    /// A struct that a producer has filled.
    pub fn filled(made: Box<T>) -> Taken<T> {
        Taken(made)
    }
    /// The struct, which is the caller's to let go of now.
    pub fn into_inner(self) -> T {
        let mut whole = std::mem::ManuallyDrop::new(self);
        // SAFETY: read once, and the box it was in is freed as empty memory below.
        unsafe {
            let at = &raw mut *whole.0;
            let inner = at.read();
            drop(Box::from_raw(at.cast::<std::mem::MaybeUninit<T>>()));
            inner
        }
    }
    /// Where the struct is.
    pub fn as_ptr(&self) -> *const T {
        &raw const *self.0
    }
}

impl<T: Releasable> Drop for Taken<T> {
    fn drop(&mut self) {
        // SAFETY: ours, and let go of nowhere else; a second time the callback is null, or the producer breaks the rules.
        unsafe { T::release(&raw mut *self.0) }
    }
}

impl Taken<ArrowArrayStream> {
    /// The stream's schema.
    ///
    /// # Errors
    /// `Value` with the producer's words.
    pub fn schema(&mut self) -> Result<Taken<ArrowSchema>> {
        let call = self.0.get_schema.ok_or_else(|| missing("get_schema"))?;
        let mut schema = Box::new(ArrowSchema::empty());
        // SAFETY: a live stream, and room for a schema.
        let code = unsafe { call(&raw mut *self.0, &raw mut *schema) };
        if code != 0 {
            return Err(self.failed("get_schema", code));
        }
        Ok(Taken::filled(schema))
    }

    /// The next array; `None` behind the last.
    ///
    /// # Errors
    /// `Value` with the producer's words.
    pub fn next_array(&mut self) -> Result<Option<Taken<ArrowArray>>> {
        let call = self.0.get_next.ok_or_else(|| missing("get_next"))?;
        let mut array = Box::new(ArrowArray::empty());
        // SAFETY: a live stream, and room for an array.
        let code = unsafe { call(&raw mut *self.0, &raw mut *array) };
        if code != 0 {
            return Err(self.failed("get_next", code));
        }
        Ok(array.release.is_some().then(|| Taken::filled(array)))
    }

    fn failed(&mut self, what: &str, code: i32) -> Error {
        let words = self.0.get_last_error.and_then(|call| {
            // SAFETY: a live stream; the text is null or ends in a null byte, and lives until the next call.
            unsafe {
                let text = call(&raw mut *self.0);
                (!text.is_null()).then(|| CStr::from_ptr(text).to_string_lossy().into_owned())
            }
        });
        let words = words.unwrap_or_else(|| "no reason given".into());
        Error::Value(format!("the Arrow stream's {what} failed with error {code}: {words}"))
    }
}

fn missing(name: &str) -> Error {
    Error::Value(format!("the Arrow stream's {name} is a null pointer"))
}
