//! Many numbers at once: what programs draw by the million, compiled for each generator of this crate, so that no number
//! costs a call through a pointer. The stream is that of drawing one by one.

use std::ffi::c_void;

use crate::bounded::{Method, Pieces, up_to, up_to_u32};
use crate::source::{BitGen, Source};
use crate::{dist, permute};

/// What is to be drawn, and where to.
#[derive(Debug)]
pub enum Bulk<'a> {
    /// Uniform in [0, 1).
    Unit(&'a mut [f64]),
    /// The same in single precision.
    UnitF(&'a mut [f32]),
    /// Standard normal.
    Normal(&'a mut [f64]),
    /// The same in single precision.
    NormalF(&'a mut [f32]),
    /// Standard exponential.
    Exponential(&'a mut [f64]),
    /// The same in single precision.
    ExponentialF(&'a mut [f32]),
    /// Integers in `low..=low + most`, modulo the width of the slots.
    Within(Slots<'a>, Range),
    /// A shuffle of these.
    Order(&'a mut [i64], Method),
    /// Words as they come.
    Raw(&'a mut [u64]),
}

/// Places for integers of a width.
#[derive(Debug)]
pub enum Slots<'a> {
    /// 64 bits.
    W64(&'a mut [u64]),
    /// 32 bits.
    W32(&'a mut [u32]),
    /// 16 bits.
    W16(&'a mut [u16]),
    /// 8 bits.
    W8(&'a mut [u8]),
    /// One bit, in a byte.
    W1(&'a mut [u8]),
}

/// Which integers.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// The lowest.
    pub low: u64,
    /// How far the highest is above it.
    pub most: u64,
    /// How words are brought into the range.
    pub method: Method,
}

/// Draws from this very generator.
pub fn run<S: Source>(bits: &mut S, work: Bulk<'_>) {
    match work {
        Bulk::Unit(out) => bits.fill_f64(out),
        Bulk::UnitF(out) => each(out, || bits.next_f32()),
        Bulk::Normal(out) => each(out, || dist::standard_normal(bits)),
        Bulk::NormalF(out) => each(out, || dist::standard_normal_f(bits)),
        Bulk::Exponential(out) => each(out, || dist::standard_exponential(bits)),
        Bulk::ExponentialF(out) => each(out, || dist::standard_exponential_f(bits)),
        Bulk::Within(slots, range) => within(bits, slots, range),
        Bulk::Order(order, method) => permute::shuffle(bits, order, 1, method),
        Bulk::Raw(out) => each(out, || bits.next_raw()),
    }
}

fn each<T>(out: &mut [T], mut next: impl FnMut() -> T) {
    out.iter_mut().for_each(|slot| *slot = next());
}

fn within<S: Source>(bits: &mut S, slots: Slots<'_>, Range { low, most, method }: Range) {
    let mut pieces = Pieces::default();
    match slots {
        Slots::W64(out) => each(out, || low.wrapping_add(up_to(bits, most, method))),
        Slots::W32(out) => each(out, || (low as u32).wrapping_add(up_to_u32(bits, most as u32, method))),
        Slots::W16(out) => {
            each(out, || (low as u16).wrapping_add(pieces.up_to(bits, 16, most as u32, method) as u16));
        }
        Slots::W8(out) => {
            each(out, || (low as u8).wrapping_add(pieces.up_to(bits, 8, most as u32, method) as u8));
        }
        Slots::W1(out) => each(out, || low as u8 | pieces.up_to(bits, 1, most as u32, method) as u8),
    }
}

/// [`run`] for the generator at an address.
type Erased = unsafe fn(*mut c_void, Bulk<'_>);

/// # Safety
/// `state` points to an `S` that nothing else uses during the call.
unsafe fn erased<S: Source>(state: *mut c_void, work: Bulk<'_>) {
    // SAFETY: by the contract.
    run(unsafe { &mut *state.cast::<S>() }, work);
}

/// A generator behind C function pointers, that draws many numbers by code of its own if it is one of this crate's.
#[derive(Clone, Copy, Debug)]
pub struct Handle {
    /// The C structure.
    pub bits: BitGen,
    many: Option<Erased>,
}

impl Handle {
    /// The generator at `state`.
    ///
    /// # Safety
    /// As for [`BitGen::of`].
    pub unsafe fn of<S: Source>(state: *mut S) -> Handle {
        // SAFETY: handed on from the caller.
        Handle { bits: unsafe { BitGen::of(state) }, many: Some(erased::<S>) }
    }
}

impl From<BitGen> for Handle {
    /// A generator of which only the C structure is known.
    fn from(bits: BitGen) -> Handle {
        Handle { bits, many: None }
    }
}

impl Source for Handle {
    fn next_u64(&mut self) -> u64 {
        self.bits.next_u64()
    }
    fn next_u32(&mut self) -> u32 {
        self.bits.next_u32()
    }
    fn next_f64(&mut self) -> f64 {
        self.bits.next_f64()
    }
    fn next_raw(&mut self) -> u64 {
        self.bits.next_raw()
    }
    fn many(&mut self, work: Bulk<'_>) {
        match self.many {
            // SAFETY: the state fits the function and is ours during the call, by the contract of `of`.
            Some(many) => unsafe { many(self.bits.state(), work) },
            None => run(&mut self.bits, work),
        }
    }
}
