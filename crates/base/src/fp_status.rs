//! Floating-point status (design D3): the sticky exception flags of this thread's unit, read and cleared by inline
//! assembly around each chunk of loop work. Rust promises nothing about these flags, hence the assembly, whose memory
//! clobber keeps the loops' stores on their side of it.

use bitflags::bitflags;

bitflags! {
    /// The exceptions NumPy reports. Denormals and inexact results are not reported.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub struct FpStatus: u32 {
        /// A finite operand was divided by zero, or `log(0)`.
        const DIVIDE_BY_ZERO = 1;
        /// A finite result was too large.
        const OVERFLOW = 2;
        /// A result was too small to be exact.
        const UNDERFLOW = 4;
        /// No meaningful result: `inf - inf`, `sqrt(-1)`.
        const INVALID = 8;
        /// An imaginary part had no place. Not a flag of the processor's.
        const IMAGINARY = 16;
        /// A Python number was too large for the type it is computed in. Not a flag of the processor's.
        const TOO_LARGE = 32;
    }
}

#[cfg(target_arch = "x86_64")]
mod register {
    use std::arch::asm;

    // Bits of MXCSR (Intel SDM vol. 1, 10.2.3).
    const INVALID: u32 = 1;
    const DIVIDE: u32 = 1 << 2;
    const OVERFLOW: u32 = 1 << 3;
    const UNDERFLOW: u32 = 1 << 4;
    const ALL: u32 = 0x3f;
    const REPORTED: u32 = INVALID | DIVIDE | OVERFLOW | UNDERFLOW;
    const PAIRS: [(u32, super::FpStatus); 4] = [
        (INVALID, super::FpStatus::INVALID),
        (DIVIDE, super::FpStatus::DIVIDE_BY_ZERO),
        (OVERFLOW, super::FpStatus::OVERFLOW),
        (UNDERFLOW, super::FpStatus::UNDERFLOW),
    ];

    #[inline]
    fn load() -> u32 {
        let mut value = 0u32;
        // SAFETY: stores the 32-bit MXCSR into a local of that size; SSE is part of x86-64.
        unsafe { asm!("stmxcsr [{}]", in(reg) &mut value, options(nostack)) };
        value
    }

    #[inline]
    fn store(value: u32) {
        // SAFETY: `value` comes from `load` with only status bits changed, so no reserved bit is set.
        unsafe { asm!("ldmxcsr [{}]", in(reg) &value, options(nostack)) };
    }

    #[inline]
    pub(super) fn read() -> super::FpStatus {
        let bits = load();
        if bits & REPORTED == 0 {
            return super::FpStatus::empty();
        }
        PAIRS.iter().filter(|(bit, _)| bits & bit != 0).map(|(_, flag)| *flag).collect()
    }

    #[inline]
    pub(super) fn clear() {
        let bits = load();
        // Nobody reads the flags of inexact results and denormals: they may stay.
        if bits & REPORTED != 0 {
            store(bits & !ALL);
        }
    }

    pub(super) fn raise(status: super::FpStatus) {
        let extra =
            PAIRS.iter().filter(|(_, flag)| status.contains(*flag)).fold(0, |bits, (bit, _)| bits | bit);
        store(load() | extra);
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod register {
    //! Without access to the unit's register the flags that kernels raise explicitly are kept per thread.
    use std::cell::Cell;
    thread_local! { static RAISED: Cell<super::FpStatus> = const { Cell::new(super::FpStatus::empty()) }; }
    pub(super) fn read() -> super::FpStatus {
        RAISED.get()
    }
    pub(super) fn clear() {
        RAISED.set(super::FpStatus::empty());
    }
    pub(super) fn raise(status: super::FpStatus) {
        RAISED.set(RAISED.get() | status);
    }
}

/// The flags raised in this thread since the last `clear`.
#[inline]
pub fn read() -> FpStatus {
    register::read()
}

/// Clears this thread's flags.
#[inline]
pub fn clear() {
    register::clear();
}

/// Raises flags, as if an operation had: for kernels that report from explicit predicates.
pub fn raise(status: FpStatus) {
    if !status.is_empty() {
        register::raise(status);
    }
}

/// Runs `work` and returns its result, with the flags left as they were before: for kernels whose hardware flags mean
/// nothing.
pub fn discarding<T>(work: impl FnOnce() -> T) -> T {
    let before = read();
    let result = work();
    clear();
    raise(before);
    result
}

/// Runs `work` and returns its result and the flags it raised; those of before are left.
pub fn told<T>(work: impl FnOnce() -> T) -> (T, FpStatus) {
    let before = read();
    clear();
    let result = work();
    let raised = read();
    clear();
    raise(before);
    (result, raised)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hint::black_box;

    #[test]
    fn flags_follow_the_hardware() {
        for (status, work) in [
            (FpStatus::DIVIDE_BY_ZERO, (|| black_box(1.0) / black_box(0.0)) as fn() -> f64),
            (FpStatus::INVALID, || black_box(0.0) / black_box(0.0)),
            (FpStatus::OVERFLOW, || black_box(1e308) * black_box(10.0)),
            (FpStatus::UNDERFLOW, || black_box(1e-308) * black_box(1e-10)),
        ] {
            clear();
            black_box(work());
            assert_eq!(read(), status);
        }
        clear();
        assert_eq!(read(), FpStatus::empty());
        raise(FpStatus::INVALID);
        assert_eq!(read(), FpStatus::INVALID);
        clear();
    }
}
