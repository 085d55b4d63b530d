//! Instruction-set levels: which exist, which this machine has, which one is in force. Chosen once, at first use;
//! `SHARRAY_ISA=baseline|avx2` forces a lower one (tests run every kernel on every level).

pub mod ordinary;
mod rows;
pub mod shell;

use std::sync::OnceLock;

/// A level, in rising order. A table entry holds one function pointer per level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub enum Level {
    /// What every machine of this architecture has had for long: x86-64-v2 (SSE4.2; all since 2009) or ARMv8.
    Baseline = 0,
    /// AVX2 and FMA (x86-64-v3).
    Avx2 = 1,
}

impl Level {
    /// Number of levels.
    pub const COUNT: usize = 2;
    /// All levels in rising order.
    pub const ALL: [Level; Level::COUNT] = [Level::Baseline, Level::Avx2];

    /// Its name, as `SHARRAY_ISA` takes it and `config` prints it.
    pub fn name(self) -> &'static str {
        match self {
            Level::Baseline => "baseline",
            Level::Avx2 => "avx2",
        }
    }
    /// True when this machine can run it.
    pub fn is_available(self) -> bool {
        match self {
            Level::Baseline => true,
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            #[cfg(not(target_arch = "x86_64"))]
            Level::Avx2 => false,
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
