//! To, from and among object elements. Values are made and taken apart by the hooks of the Python face; here references
//! are counted.

use std::ffi::c_void;

use sharray_base::{DType, Result, TypeNum};

use super::runs::Runs;
use super::transfer::{Move, Step};
use crate::object::{Hooks, hooks};

pub(crate) fn resolve(from: &DType, to: &DType) -> Step {
    match (from.num(), to.num()) {
        (TypeNum::Object, TypeNum::Object) => Step::Other(Box::new(Share)),
        (TypeNum::Object, _) => Step::Other(Box::new(Unpack(to.clone()))),
        _ => Step::Other(Box::new(Pack(from.clone()))),
    }
}

type Reference = *mut c_void;

/// Puts `object`, a reference that becomes the slot's, in place of what the slot held.
///
/// # Safety
/// `at` is a writable slot with a valid or null reference; the GIL is held.
unsafe fn store(hooks: &Hooks, at: *mut u8, object: Reference) {
    // SAFETY: by this function's contract. The slot is written before the old reference goes, because the finaliser that
    // this may run can look at the array.
    unsafe {
        let old = at.cast::<Reference>().read_unaligned();
        at.cast::<Reference>().write_unaligned(object);
        if !old.is_null() {
            (hooks.release)(old);
        }
    }
}

/// Object to object: one more reference.
struct Share;

impl Move for Share {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let hooks = hooks()?;
        runs.each(|src, dst| {
            // SAFETY: both are slots of the runs; the reference is retained before the old one is released, so that an
            // object in both survives.
            unsafe {
                let object = src.cast::<Reference>().read_unaligned();
                if !object.is_null() {
                    (hooks.retain)(object);
                }
                store(hooks, dst, object);
            }
            Ok(())
        })
    }
}

/// An element of another dtype to a Python object.
struct Pack(DType);

impl Move for Pack {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let hooks = hooks()?;
        runs.each(|src, dst| {
            // SAFETY: the source is an element of the hook's dtype, the target a slot; `get` gives a new reference.
            unsafe {
                let object = (hooks.get)(&self.0, src)?;
                store(hooks, dst, object);
            }
            Ok(())
        })
    }
}

/// A Python object to an element of another dtype. A null slot is handed on as null: the hook takes it for `None`.
struct Unpack(DType);

impl Move for Unpack {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let hooks = hooks()?;
        runs.each(|src, dst| {
            // SAFETY: the source is a slot, the target an element of the hook's dtype. The object is held while the hook
            // runs, because Python code in it may change the source array.
            unsafe {
                let object = src.cast::<Reference>().read_unaligned();
                if !object.is_null() {
                    (hooks.retain)(object);
                }
                let result = (hooks.set)(object, &self.0, dst);
                if !object.is_null() {
                    (hooks.release)(object);
                }
                result?;
            }
            Ok(())
        })
    }
}
