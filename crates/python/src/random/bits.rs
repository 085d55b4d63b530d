//! `_RandomBits`: a bit generator of the engine. Its Python classes (`PCG64`, …) hold one each.

use std::cell::UnsafeCell;
use std::ffi::{CStr, c_void};
use std::ptr;
use std::sync::Arc;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::TypeNum;
use sharray_random::ahead::{Ahead, Handle};
use sharray_random::bits::{self, Held};
use sharray_random::{BitGen, Source};

use super::lock::{Lock, PyLock};
use crate::object::array::Array;
use crate::object::layout::flag;

/// The name NumPy's capsules of a `bitgen_t` have.
pub const CAPSULE: &CStr = c"BitGenerator";

/// A bit generator and its lock.
#[pyclass(frozen, name = "_RandomBits", module = "sharray._engine")]
pub struct Bits {
    name: String,
    held: UnsafeCell<Held>,
    /// What capsules point to.
    bitgen: Box<BitGen>,
    handle: Handle,
    lock: Arc<Lock>,
}

// SAFETY: the generator is used with the lock held only; the rest does not change.
unsafe impl Sync for Bits {}

impl Bits {
    /// The lock that who draws holds.
    pub fn lock(&self) -> &Arc<Lock> {
        &self.lock
    }
    /// The generator behind pointers; to be used with the lock held.
    pub fn handle(&self) -> Handle {
        self.handle
    }
    fn with<T>(&self, py: Python<'_>, act: impl FnOnce(&mut Held) -> T) -> PyResult<T> {
        let _guard = self.lock.hold(py)?;
        // SAFETY: the lock is held, and `act` runs no Python code that could come here again.
        Ok(act(unsafe { &mut *self.held.get() }))
    }
    fn refuse(&self, done: bool, what: &str) -> PyResult<()> {
        match done {
            true => Ok(()),
            false => Err(PyValueError::new_err(format!("{} {what}", self.name))),
        }
    }
}

#[pymethods]
impl Bits {
    #[new]
    fn new(name: &str) -> PyResult<Bits> {
        let held = bits::by_name(name)
            .ok_or_else(|| PyValueError::new_err(format!("there is no bit generator {name}")))?;
        let handle = held.bits();
        let (bitgen, held) = (Box::new(handle.bits), UnsafeCell::new(held));
        Ok(Bits { name: name.into(), held, bitgen, handle, lock: Arc::default() })
    }
    /// The state as a list of integers; each generator has its own order.
    fn words(&self, py: Python<'_>) -> PyResult<Vec<u64>> {
        self.with(py, |held| held.state().words())
    }
    fn set_words(&self, py: Python<'_>, words: Vec<u64>) -> PyResult<()> {
        let done = self.with(py, |held| held.state().set_words(&words))?;
        self.refuse(done, &format!("has no such state ({} words)", words.len()))
    }
    fn seed(&self, py: Python<'_>, words: Vec<u64>) -> PyResult<()> {
        let done = self.with(py, |held| held.state().seed(&words))?;
        self.refuse(done, &format!("can't be seeded with {} words", words.len()))
    }
    fn seed_int(&self, py: Python<'_>, seed: u32) -> PyResult<()> {
        let done = self.with(py, |held| held.state().seed_int(seed))?;
        self.refuse(done, "can't be seeded with one number")
    }
    fn advance(&self, py: Python<'_>, delta: [u64; 4]) -> PyResult<()> {
        let done = self.with(py, |held| held.state().advance(delta))?;
        self.refuse(done, "can't be advanced")
    }
    fn jump(&self, py: Python<'_>, times: u64) -> PyResult<()> {
        for _ in 0..times {
            py.check_signals()?;
            let done = self.with(py, |held| held.state().jump())?;
            self.refuse(done, "can't jump")?;
        }
        Ok(())
    }
    /// The next word as it comes.
    fn raw(&self, py: Python<'_>) -> PyResult<u64> {
        self.with(py, |held| held.state().next_raw())
    }
    /// Fills a dense uint64 array with words as they come.
    fn raw_fill(&self, py: Python<'_>, out: &Bound<'_, PyAny>) -> PyResult<()> {
        let out = dense(out, TypeNum::ULong)?;
        let _guard = self.lock.hold(py)?;
        let mut bits = Ahead::from(self.handle());
        let (data, size) = (out.data() as usize, out.size());
        py.detach(move || {
            // SAFETY: `dense` has checked dtype, layout and that it may be written.
            bits.fill_raw(unsafe { std::slice::from_raw_parts_mut(data as *mut u64, size) });
        });
        Ok(())
    }
    /// Draws and drops `count` 64-bit words, or doubles.
    fn burn(&self, py: Python<'_>, count: u64, doubles: bool) -> PyResult<()> {
        let _guard = self.lock.hold(py)?;
        let mut bits = Ahead::from(self.handle());
        py.detach(move || {
            for _ in 0..count {
                if doubles {
                    std::hint::black_box(bits.next_f64());
                } else {
                    std::hint::black_box(bits.next_u64());
                }
            }
        });
        Ok(())
    }
    /// Addresses of the C structure, the state, and its functions for 64 bits, 32 bits, a double and a raw word.
    fn addresses(&self) -> [usize; 6] {
        let [state, next_u64, next_u32, next_f64, next_raw] = self.bitgen.addresses();
        [&raw const *self.bitgen as usize, state, next_u64, next_u32, next_f64, next_raw]
    }
    /// The lock.
    #[getter(lock)]
    fn py_lock(&self) -> PyLock {
        PyLock(self.lock.clone())
    }
    /// A capsule of the C structure, which keeps the generator alive.
    fn capsule<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let address = (&raw const *slf.get().bitgen).cast_mut().cast();
        // SAFETY: the name lives for ever; the address as long as the reference that the context holds.
        unsafe {
            let capsule = ffi::PyCapsule_New(address, CAPSULE.as_ptr(), Some(let_go));
            let capsule = Bound::from_owned_ptr_or_err(py, capsule)?;
            if ffi::PyCapsule_SetContext(capsule.as_ptr(), slf.as_ptr().cast()) != 0 {
                return Err(PyErr::fetch(py));
            }
            ffi::Py_INCREF(slf.as_ptr());
            Ok(capsule)
        }
    }
}

/// Gives back the reference that a capsule's context holds.
///
/// # Safety
/// Called by the interpreter with a capsule of [`Bits::capsule`].
unsafe extern "C" fn let_go(capsule: *mut ffi::PyObject) {
    // SAFETY: the context is null or a reference of ours.
    unsafe { ffi::Py_XDECREF(ffi::PyCapsule_GetContext(capsule).cast()) };
}

/// The `bitgen_t` in a foreign generator's capsule.
///
/// # Errors
/// `ValueError` if it is none.
pub fn from_capsule(capsule: &Bound<'_, PyAny>) -> PyResult<BitGen> {
    // SAFETY: any object may be asked; the name is checked.
    unsafe {
        if ffi::PyCapsule_IsValid(capsule.as_ptr(), CAPSULE.as_ptr()) == 0 {
            return Err(PyValueError::new_err(
                "Invalid bit generator. The bit generator must be instantiated, with a capsule named BitGenerator.",
            ));
        }
        let address: *mut c_void = ffi::PyCapsule_GetPointer(capsule.as_ptr(), CAPSULE.as_ptr());
        Ok(ptr::read(address.cast::<BitGen>()))
    }
}

/// A writable, dense (C order), aligned array of native elements of this type.
///
/// # Errors
/// `TypeError` otherwise.
pub fn dense<'py>(object: &Bound<'py, PyAny>, wanted: TypeNum) -> PyResult<Array<'py>> {
    let bits = flag::C_CONTIGUOUS | flag::ALIGNED | flag::WRITEABLE;
    match Array::from_object(object) {
        Some(array) if array.has(bits) && *array.dtype() == sharray_base::DType::of(wanted) => Ok(array),
        _ => Err(PyTypeError::new_err("expected a dense, writable array of a fixed dtype")),
    }
}
