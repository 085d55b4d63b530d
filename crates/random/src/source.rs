//! Where random bits come from: the [`Source`] trait, and [`BitGen`], the C structure by which bit generators are
//! exchanged between libraries (five words: a state and four functions).

use std::ffi::c_void;

/// A stream of random bits in the shapes that distributions ask for.
pub trait Source {
    /// The next 64 bits.
    fn next_u64(&mut self) -> u64;
    /// The next 32 bits. Generators of 64-bit words keep the other half for the next call.
    fn next_u32(&mut self) -> u32;
    /// The next number in [0, 1), a multiple of 2⁻⁵³.
    fn next_f64(&mut self) -> f64;
    /// The generator's next word as it comes: 64 bits, or 32 for the Mersenne Twister.
    fn next_raw(&mut self) -> u64 {
        self.next_u64()
    }
    /// The next number in [0, 1), a multiple of 2⁻²⁴.
    fn next_f32(&mut self) -> f32 {
        unit_f(self.next_u32())
    }
    /// As many words as [`Source::next_u64`] gives one by one.
    fn fill_u64(&mut self, out: &mut [u64]) {
        out.iter_mut().for_each(|slot| *slot = self.next_u64());
    }
    /// As many words as [`Source::next_u32`] gives one by one.
    fn fill_u32(&mut self, out: &mut [u32]) {
        out.iter_mut().for_each(|slot| *slot = self.next_u32());
    }
    /// As many numbers as [`Source::next_f64`] gives one by one.
    fn fill_f64(&mut self, out: &mut [f64]) {
        out.iter_mut().for_each(|slot| *slot = self.next_f64());
    }
    /// As many numbers as [`Source::next_f32`] gives one by one.
    fn fill_f32(&mut self, out: &mut [f32]) {
        let mut words = [0; 256];
        for chunk in out.chunks_mut(words.len()) {
            let words = &mut words[..chunk.len()];
            self.fill_u32(words);
            chunk.iter_mut().zip(words).for_each(|(slot, word)| *slot = unit_f(*word));
        }
    }
    /// As many words as [`Source::next_raw`] gives one by one.
    fn fill_raw(&mut self, out: &mut [u64]) {
        out.iter_mut().for_each(|slot| *slot = self.next_raw());
    }
    /// The caller is going to draw at least `count` more 64-bit words or doubles, and nothing else before them: a source
    /// may fetch them at once.
    fn expect_u64(&mut self, count: usize) {
        let _ = count;
    }
    /// The same for 32-bit words and floats.
    fn expect_u32(&mut self, count: usize) {
        let _ = count;
    }
    /// What has been fetched so, the next word first.
    fn fetched_u64(&self) -> &[u64] {
        &[]
    }
    /// The same for 32-bit words.
    fn fetched_u32(&self) -> &[u32] {
        &[]
    }
    /// Drops the first `count` of [`Source::fetched_u64`], which the caller has used.
    fn used_u64(&mut self, count: usize) {
        let _ = count;
    }
    /// Drops the first `count` of [`Source::fetched_u32`].
    fn used_u32(&mut self, count: usize) {
        let _ = count;
    }
}

/// A number in [0, 1) from the upper 53 bits of a word.
#[inline]
pub(crate) fn unit(word: u64) -> f64 {
    // Signed, which processors convert in one step.
    (word >> 11) as i64 as f64 * (1.0 / 9007199254740992.0)
}

/// A number in [0, 1) from the upper 24 bits of a word.
#[inline]
pub(crate) fn unit_f(word: u32) -> f32 {
    (word >> 8) as i32 as f32 * (1.0 / 16777216.0)
}

/// A bit generator behind C function pointers: the layout of NumPy's `bitgen_t`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct BitGen {
    state: *mut c_void,
    next_u64: unsafe extern "C" fn(*mut c_void) -> u64,
    next_u32: unsafe extern "C" fn(*mut c_void) -> u32,
    next_f64: unsafe extern "C" fn(*mut c_void) -> f64,
    next_raw: unsafe extern "C" fn(*mut c_void) -> u64,
}

// SAFETY: a `BitGen` is five words; that nobody else uses the state during a call is promised where one is made.
unsafe impl Send for BitGen {}

impl BitGen {
    /// The generator at `state` seen through C function pointers.
    ///
    /// # Safety
    /// `state` is valid for as long as the result, or a copy of it, is used, and nothing else uses it during a call.
    pub unsafe fn of<S: Source>(state: *mut S) -> BitGen {
        BitGen {
            state: state.cast(),
            next_u64: next_u64::<S>,
            next_u32: next_u32::<S>,
            next_f64: next_f64::<S>,
            next_raw: next_raw::<S>,
        }
    }
    /// Where the generator lies.
    pub(crate) fn state(&self) -> *mut c_void {
        self.state
    }
    /// Addresses of the state and of the functions for 64 bits, 32 bits, a double and a raw word.
    pub fn addresses(&self) -> [usize; 5] {
        [
            self.state as usize,
            self.next_u64 as usize,
            self.next_u32 as usize,
            self.next_f64 as usize,
            self.next_raw as usize,
        ]
    }
}

impl Source for BitGen {
    fn next_u64(&mut self) -> u64 {
        // SAFETY: the state fits the function and is ours during the call, by the contract of `of`.
        unsafe { (self.next_u64)(self.state) }
    }
    fn next_u32(&mut self) -> u32 {
        // SAFETY: as in `next_u64`.
        unsafe { (self.next_u32)(self.state) }
    }
    fn next_f64(&mut self) -> f64 {
        // SAFETY: as in `next_u64`.
        unsafe { (self.next_f64)(self.state) }
    }
    fn next_raw(&mut self) -> u64 {
        // SAFETY: as in `next_u64`.
        unsafe { (self.next_raw)(self.state) }
    }
}

/// # Safety
/// `state` points to an `S` that nothing else uses during the call.
unsafe extern "C" fn next_u64<S: Source>(state: *mut c_void) -> u64 {
    // SAFETY: by the contract.
    unsafe { (*state.cast::<S>()).next_u64() }
}
/// # Safety
/// As for [`next_u64`].
unsafe extern "C" fn next_u32<S: Source>(state: *mut c_void) -> u32 {
    // SAFETY: by the contract.
    unsafe { (*state.cast::<S>()).next_u32() }
}
/// # Safety
/// As for [`next_u64`].
unsafe extern "C" fn next_f64<S: Source>(state: *mut c_void) -> f64 {
    // SAFETY: by the contract.
    unsafe { (*state.cast::<S>()).next_f64() }
}
/// # Safety
/// As for [`next_u64`].
unsafe extern "C" fn next_raw<S: Source>(state: *mut c_void) -> u64 {
    // SAFETY: by the contract.
    unsafe { (*state.cast::<S>()).next_raw() }
}
