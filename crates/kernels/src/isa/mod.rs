//! Instruction-set levels: which exist, which this machine has, which one is in force. Chosen once, at first use;
//! `SHARRAY_ISA=baseline|avx2|avx512` forces a lower one (tests run every kernel on every level).
//!
//! Not every kernel has code of its own for each level. What [`Level::Avx512`] runs:
//!
//! | kernels | code |
//! |---|---|
//! | elementwise loops of `shell` and `ordinary` on real numbers (arithmetic, comparisons, logic, bits) | own |
//! | vectorised functions (`math::vector`) | own |
//! | dense casts of numbers (`cast::numeric`) | own |
//! | products of matrices of floats and of integers of 4 and 8 bytes (`products::stacks`) | own, written as vectors |
//! | complex arithmetic, casts to complex, reductions, other products, moments, sums of short integers, truth, searches, sorts, sequences, byte swaps | AVX2's |
//!
//! Own code is the same source compiled with AVX-512 switched on, for dense operands and scalars beside them; all other
//! steps take AVX2's loops. Both do the same operations, so that results are bitwise the same, which `tests/levels.rs`
//! compares. What is written with intrinsics, or would need another order of summation to gain anything, keeps AVX2's.
//! There is no compress-to-memory: it is reported to be slow on AMD's Zen 4.
//!
//! On a Zen 4 it pays for mathematical functions (0.7 of AVX2's time at 100,000 elements); the other loops take the same time.
//! `tools/emulated_isa` tests it where the machine has none.

mod ahead;
pub mod ordinary;
mod rows;
pub mod shell;

use std::sync::OnceLock;

pub use ahead::fetch_ahead;

/// A level, in rising order. A table entry holds one function pointer per level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub enum Level {
    /// What every machine of this architecture has had for long: x86-64-v2 (SSE4.2; all since 2009) or ARMv8.
    Baseline = 0,
    /// AVX2 and FMA (x86-64-v3).
    Avx2 = 1,
    /// AVX-512 with its F, BW, DQ, VL and CD parts (x86-64-v4: servers since Skylake-X, AMD since Zen 4).
    Avx512 = 2,
}

impl Level {
    /// Number of levels.
    pub const COUNT: usize = 3;
    /// All levels in rising order.
    pub const ALL: [Level; Level::COUNT] = [Level::Baseline, Level::Avx2, Level::Avx512];

    /// Its name, as `SHARRAY_ISA` takes it and `config` prints it.
    pub fn name(self) -> &'static str {
        match self {
            Level::Baseline => "baseline",
            Level::Avx2 => "avx2",
            Level::Avx512 => "avx512",
        }
    }
    /// True when this machine can run it.
    pub fn is_available(self) -> bool {
        match self {
            Level::Baseline => true,
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => {
                is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("fma")
                    && is_x86_feature_detected!("bmi1")
                    && is_x86_feature_detected!("bmi2")
                    && is_x86_feature_detected!("popcnt")
            }
            // The detection asks also whether the system saves the wide registers.
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => {
                Level::Avx2.is_available()
                    && is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512cd")
            }
            #[cfg(not(target_arch = "x86_64"))]
            Level::Avx2 | Level::Avx512 => false,
        }
    }
}

/// The level in force for this process.
pub fn active() -> Level {
    static ACTIVE: OnceLock<Level> = OnceLock::new();
    *ACTIVE.get_or_init(|| {
        let best = Level::ALL.into_iter().rev().find(|l| l.is_available()).unwrap_or(Level::Baseline);
        let forced = std::env::var("SHARRAY_ISA").ok();
        let wanted = forced.and_then(|name| Level::ALL.into_iter().find(|l| l.name() == name));
        wanted.map_or(best, |level| level.min(best))
    })
}
