//! Drawing ahead: a generator behind pointers whose words are fetched many at a time, so that a number costs neither a
//! call nor the wait for the state of the number before it. Distributions are compiled once, for [`Ahead`], whatever the
//! generator.

use std::ffi::c_void;

use crate::source::{BitGen, Source, unit};

/// The functions by which a generator of this crate fills slices.
#[derive(Debug)]
struct Fills {
    u64s: unsafe fn(*mut c_void, &mut [u64]),
    u32s: unsafe fn(*mut c_void, &mut [u32]),
    f64s: unsafe fn(*mut c_void, &mut [f64]),
    raws: unsafe fn(*mut c_void, &mut [u64]),
    /// How a double is made of a 64-bit word.
    unit: fn(u64) -> f64,
}

/// A generator of this crate whose doubles come from its 64-bit words, one from each.
pub trait Words: Source {
    /// The double that [`Source::next_f64`] makes of what [`Source::next_u64`] would give.
    fn double(word: u64) -> f64
    where
        Self: Sized,
    {
        unit(word)
    }
}

/// # Safety
/// `state` points to an `S` that nothing else uses during the call.
unsafe fn source<'a, S>(state: *mut c_void) -> &'a mut S {
    // SAFETY: by the contract.
    unsafe { &mut *state.cast::<S>() }
}

impl Fills {
    const fn of<S: Words>() -> Fills {
        // SAFETY: (each) by the contract of the member, which is that of `source`.
        unsafe {
            Fills {
                u64s: |state, out| source::<S>(state).fill_u64(out),
                u32s: |state, out| source::<S>(state).fill_u32(out),
                f64s: |state, out| source::<S>(state).fill_f64(out),
                raws: |state, out| source::<S>(state).fill_raw(out),
                unit: S::double,
            }
        }
    }
}

/// Constants of a type, to be pointed to.
struct Table<S>(std::marker::PhantomData<S>);

impl<S: Words> Table<S> {
    const FILLS: &'static Fills = &Fills::of::<S>();
}

/// A generator behind C function pointers, that fills slices by code of its own if it is one of this crate's.
#[derive(Clone, Copy, Debug)]
pub struct Handle {
    /// The C structure.
    pub bits: BitGen,
    fills: Option<&'static Fills>,
}

impl Handle {
    /// The generator at `state`.
    ///
    /// # Safety
    /// As for [`BitGen::of`].
    pub unsafe fn of<S: Words>(state: *mut S) -> Handle {
        // SAFETY: handed on from the caller.
        Handle { bits: unsafe { BitGen::of(state) }, fills: Some(Table::<S>::FILLS) }
    }
}

impl From<BitGen> for Handle {
    /// A generator of which only the C structure is known.
    fn from(bits: BitGen) -> Handle {
        Handle { bits, fills: None }
    }
}

/// Words that have been fetched and not been given out yet.
#[derive(Clone, Debug)]
struct Kept<T, const N: usize> {
    words: [T; N],
    next: usize,
    end: usize,
}

impl<T: Copy + Default, const N: usize> Kept<T, N> {
    fn new() -> Self {
        Kept { words: [T::default(); N], next: 0, end: 0 }
    }
    fn is_empty(&self) -> bool {
        self.next == self.end
    }
    #[inline]
    fn take(&mut self) -> Option<T> {
        if self.next == self.end {
            return None;
        }
        let word = self.words.get(self.next).copied();
        self.next += 1;
        word
    }
    fn ready(&self) -> &[T] {
        &self.words[self.next..self.end]
    }
    fn skip(&mut self, count: usize) {
        self.next = self.end.min(self.next + count);
    }
    /// Room for `count` words, at most as many as there are places, all of which are then to be given out.
    fn room(&mut self, count: usize) -> &mut [T] {
        (self.next, self.end) = (0, count.min(N));
        &mut self.words[..self.end]
    }
}

/// A [`Handle`] that fetches the words its caller has said to expect.
///
/// Nothing is kept once as many words are drawn as were expected, so that the generator's own state is then that of
/// drawing one by one.
#[derive(Clone, Debug)]
pub struct Ahead {
    handle: Handle,
    words: Kept<u64, 128>,
    halves: Kept<u32, 256>,
}

impl From<Handle> for Ahead {
    fn from(handle: Handle) -> Ahead {
        Ahead { handle, words: Kept::new(), halves: Kept::new() }
    }
}

impl Ahead {
    /// True if the generator is where drawing one by one would have left it.
    pub fn is_level(&self) -> bool {
        self.words.is_empty() && self.halves.is_empty()
    }
    fn fills(&self) -> Option<(&'static Fills, *mut c_void)> {
        debug_assert!(self.is_level(), "words were fetched that have not been drawn");
        self.handle.fills.map(|fills| (fills, self.handle.bits.state()))
    }
}

impl Source for Ahead {
    #[inline]
    fn next_u64(&mut self) -> u64 {
        match self.words.take() {
            Some(word) => word,
            None => self.handle.bits.next_u64(),
        }
    }
    #[inline]
    fn next_u32(&mut self) -> u32 {
        match self.halves.take() {
            Some(word) => word,
            None => self.handle.bits.next_u32(),
        }
    }
    #[inline]
    fn next_f64(&mut self) -> f64 {
        match (self.words.take(), self.handle.fills) {
            (Some(word), Some(fills)) => (fills.unit)(word),
            _ => self.handle.bits.next_f64(),
        }
    }
    fn next_raw(&mut self) -> u64 {
        self.handle.bits.next_raw()
    }
    fn fill_u64(&mut self, out: &mut [u64]) {
        match self.fills() {
            // SAFETY: (here and below) the state fits the functions and is ours during the call, by `Handle::of`.
            Some((fills, state)) => unsafe { (fills.u64s)(state, out) },
            None => self.handle.bits.fill_u64(out),
        }
    }
    fn fill_u32(&mut self, out: &mut [u32]) {
        match self.fills() {
            // SAFETY: as in `fill_u64`.
            Some((fills, state)) => unsafe { (fills.u32s)(state, out) },
            None => self.handle.bits.fill_u32(out),
        }
    }
    fn fill_f64(&mut self, out: &mut [f64]) {
        match self.fills() {
            // SAFETY: as in `fill_u64`.
            Some((fills, state)) => unsafe { (fills.f64s)(state, out) },
            None => self.handle.bits.fill_f64(out),
        }
    }
    fn fill_raw(&mut self, out: &mut [u64]) {
        match self.fills() {
            // SAFETY: as in `fill_u64`.
            Some((fills, state)) => unsafe { (fills.raws)(state, out) },
            None => self.handle.bits.fill_raw(out),
        }
    }
    #[inline]
    fn expect_u64(&mut self, count: usize) {
        if self.words.is_empty()
            && let Some(fills) = self.handle.fills
        {
            // SAFETY: as in `fill_u64`.
            unsafe { (fills.u64s)(self.handle.bits.state(), self.words.room(count)) }
        }
    }
    #[inline]
    fn expect_u32(&mut self, count: usize) {
        if self.halves.is_empty()
            && let Some(fills) = self.handle.fills
        {
            // SAFETY: as in `fill_u64`.
            unsafe { (fills.u32s)(self.handle.bits.state(), self.halves.room(count)) }
        }
    }
    fn fetched_u64(&self) -> &[u64] {
        self.words.ready()
    }
    fn fetched_u32(&self) -> &[u32] {
        self.halves.ready()
    }
    fn used_u64(&mut self, count: usize) {
        self.words.skip(count);
    }
    fn used_u32(&mut self, count: usize) {
        self.halves.skip(count);
    }
}
