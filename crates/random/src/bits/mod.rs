//! Bit generators: streams of uniformly distributed words.

mod mt19937;
mod pcg64;
#[cfg(target_arch = "x86_64")]
mod pcg64_lanes;
mod philox;
mod sfc64;
mod twister_jump;

pub use mt19937::Mt19937;
pub use pcg64::{Pcg, Pcg64, Pcg64Dxsm};
pub use philox::Philox;
pub use sfc64::Sfc64;

use std::ptr::NonNull;

use crate::ahead::{Handle, Words};

/// The unused half of a 64-bit word of which 32 bits were asked for.
#[derive(Clone, Copy, Debug, Default)]
struct Halves {
    /// There is a half to be given out.
    has: bool,
    /// The last upper half; stays as it is when given out, as it shows in the state.
    half: u32,
}

impl Halves {
    #[inline]
    fn take(&mut self) -> Option<u32> {
        std::mem::take(&mut self.has).then_some(self.half)
    }
    /// Gives the lower half out and keeps the upper one.
    #[inline]
    fn split(&mut self, word: u64) -> u32 {
        *self = Halves { has: true, half: (word >> 32) as u32 };
        word as u32
    }
    /// Fills `out` with halves of the words that `fill` gives, as [`Self::take`] and [`Self::split`] would one by one.
    fn fill(&mut self, out: &mut [u32], mut fill: impl FnMut(&mut [u64])) {
        let Some((first, rest)) = out.split_first_mut() else { return };
        let rest = match self.take() {
            Some(half) => {
                *first = half;
                rest
            }
            None => out,
        };
        let mut words = [0; 128];
        for chunk in rest.chunks_mut(2 * words.len()) {
            let words = &mut words[..chunk.len().div_ceil(2)];
            fill(words);
            let (pairs, odd) = chunk.as_chunks_mut::<2>();
            for (pair, word) in pairs.iter_mut().zip(&*words) {
                *pair = [*word as u32, (*word >> 32) as u32];
            }
            // The last upper half shows in the state, also when it has been given out.
            if let Some(last) = words.last() {
                let low = self.split(*last);
                match odd {
                    [slot] => *slot = low,
                    _ => self.has = false,
                }
            }
        }
    }
    fn words(&self) -> [u64; 2] {
        [u64::from(self.has), u64::from(self.half)]
    }
    fn from_words(has: u64, half: u64) -> Self {
        Halves { has: has != 0, half: half as u32 }
    }
}

/// What all generators of this crate can do besides giving bits: their state as plain words.
pub trait State: Words + Send {
    /// The whole state.
    fn words(&self) -> Vec<u64>;
    /// Takes a state that [`Self::words`] gave; false, and nothing changed, if it can't be one.
    fn set_words(&mut self, words: &[u64]) -> bool;
    /// Starts from words of a seed; false if their number is not the generator's.
    fn seed(&mut self, words: &[u64]) -> bool;
    /// Starts from a single word in the manner of a generator that has one; false if it has none.
    fn seed_int(&mut self, seed: u32) -> bool {
        let _ = seed;
        false
    }
    /// Goes this many steps ahead (256 bits, lowest word first); false if the generator can't.
    fn advance(&mut self, delta: [u64; 4]) -> bool {
        let _ = delta;
        false
    }
    /// Goes ahead as if very many numbers had been drawn; false if the generator can't.
    fn jump(&mut self) -> bool {
        false
    }
}

/// A generator on the heap that can be used both as what it is and through C function pointers.
pub struct Held {
    state: NonNull<dyn State>,
    bits: Handle,
}

// SAFETY: the state is `Send` and owned by this alone.
unsafe impl Send for Held {}

impl Held {
    fn new<S: State + Default + 'static>() -> Held {
        let state = Box::into_raw(Box::<S>::default());
        // SAFETY: the box is given back in `drop` only; both members use it one at a time: `state` borrows `self`, and
        // who copies `bits` keeps to the contract of `Handle::of`.
        unsafe { Held { bits: Handle::of::<S>(state), state: NonNull::new_unchecked(state) } }
    }
    /// The generator.
    pub fn state(&mut self) -> &mut dyn State {
        // SAFETY: the box is alive and borrowed with `self`.
        unsafe { self.state.as_mut() }
    }
    /// The generator's whole state as plain words.
    pub fn words(&self) -> Vec<u64> {
        // SAFETY: the box is alive; who draws through `bits` does not do so while `self` is borrowed.
        unsafe { self.state.as_ref() }.words()
    }
    /// The view behind pointers, valid as long as `self` and not to be used while [`Self::state`] is.
    pub fn bits(&self) -> Handle {
        self.bits
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // SAFETY: from `Box::into_raw` in `new`, given back once.
        drop(unsafe { Box::from_raw(self.state.as_ptr()) });
    }
}

/// An unseeded generator by its name.
pub fn by_name(name: &str) -> Option<Held> {
    match name {
        "MT19937" => Some(Held::new::<Mt19937>()),
        "PCG64" => Some(Held::new::<Pcg64>()),
        "PCG64DXSM" => Some(Held::new::<Pcg64Dxsm>()),
        "Philox" => Some(Held::new::<Philox>()),
        "SFC64" => Some(Held::new::<Sfc64>()),
        _ => None,
    }
}
