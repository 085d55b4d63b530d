//! The one inner-loop signature (design D3), NumPy's own: built-in loops, object loops and later foreign compiled loops
//! all go through it.
//!
//! A loop is called with `nin + nout` data pointers, the count in `dimensions[0]` (core dimensions after it for
//! gufuncs), and a byte step per operand. It does not keep the pointers. Reduction is the same call with
//! `args[0] == args[nout position]` and step 0 for both: `acc = op(acc, x[i])`.

use std::ffi::c_void;

use bitflags::bitflags;
use sharray_base::DType;

/// The signature. See the module's text for the meaning of the arguments.
pub type Loop = unsafe extern "C" fn(
    args: *const *mut u8,
    dimensions: *const isize,
    steps: *const isize,
    data: *mut c_void,
);

/// Running reductions call loops with results that are operands of the same call. A loop of two operands whose output
/// lies exactly one element ahead of the first operand does its elements one after the other, however many; at other
/// distances runs of at most this many elements are done so, each result stored before the next operand is read.
pub const IN_ORDER: isize = 7;

bitflags! {
    /// What a caller must know of a loop.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub struct LoopFlags: u32 {
        /// Touches Python objects: call it with the GIL held.
        const NEEDS_GIL = 1;
        /// May leave a fault (`base::fault`): take it after each call.
        const FALLIBLE = 2;
        /// Raises no floating-point flags: the caller need not read the status.
        const NO_FP_STATUS = 4;
        /// Wants a [`Context`] as its `data`.
        const WANTS_CONTEXT = 8;
        /// Accepts operands at any alignment (the rest are given aligned, native-order data).
        const ANY_ALIGNMENT = 16;
        /// Folds a run as one tree, whose shape is part of the result: a reduction hands it runs whole, however long. In
        /// runs longer than [`sharray_base::interrupt::STRIDE`] it polls by itself, and may leave a fault.
        const WHOLE_RUNS = 32;
        /// Reads an operand after it wrote results: not to be given outputs that share memory with inputs, not even
        /// element by element.
        const APART = 64;
        /// Knows [`Rows`].
        const FOLDS_ROWS = 128;
    }
}

/// What a loop flagged [`LoopFlags::FOLDS_ROWS`] may get as `data`: its second operand is `count` rows, `step` bytes apart,
/// all to be folded, one after the other, into the row that is both first operand and output. All three are dense.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Rows {
    /// How many.
    pub count: isize,
    /// Bytes from one to the next.
    pub step: isize,
}

/// What a loop flagged [`LoopFlags::WANTS_CONTEXT`] gets as `data`: the dtypes of its operands, for those that need
/// itemsizes or time units.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// One dtype per operand.
    pub dtypes: &'a [&'a DType],
}

impl<'a> Context<'a> {
    /// The `data` argument that carries this context.
    pub fn as_data(&self) -> *mut c_void {
        (self as *const Context<'a>).cast_mut().cast()
    }
    /// The context back from a loop's `data` argument.
    ///
    /// # Safety
    /// `data` came from [`Context::as_data`] of a context that is still alive.
    pub unsafe fn from_data(data: *mut c_void) -> Context<'a> {
        // SAFETY: by this function's contract.
        unsafe { *data.cast::<Context<'a>>() }
    }
}
