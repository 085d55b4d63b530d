//! The histogram of equal bins: a value's bin by division, corrected against the edges, for a block of values at a time.

use crate::element::array;
use crate::isa::{self, Level};

/// Equal bins. A place behind the last bin counts what lies outside.
pub struct Bins {
    low: f64,
    high: f64,
    width: f64,
    scale: f64,
    /// Lower and upper edge of each bin; the upper one of the last is infinite.
    edges: Vec<[f64; 2]>,
}

/// Values whose bins are found side by side.
const BLOCK: usize = if cfg!(debug_assertions) { 4 } else { 32 };

impl Bins {
    /// The bins between rising `edges`, of which there are two at least.
    pub fn new(edges: &[f64]) -> Bins {
        let (low, high) = (edges[0], edges[edges.len() - 1]);
        let mut pairs: Vec<[f64; 2]> = edges.windows(2).map(|pair| [pair[0], pair[1]]).collect();
        if let Some(last) = pairs.last_mut() {
            last[1] = f64::INFINITY;
        }
        Bins { low, high, width: high - low, scale: pairs.len() as f64, edges: pairs }
    }

    /// Adds how many of `n` doubles lie in each bin to `counts`, two tables with a number per bin and one behind. NaN and
    /// what lies outside is counted behind the bins.
    ///
    /// # Safety
    /// `n` doubles are readable at `source`, `step` apart, at any alignment; each table has a number more than there are bins.
    pub unsafe fn count(&self, source: *const u8, n: usize, step: isize, counts: [&mut [u32]; 2]) {
        assert!(counts.iter().all(|table| table.len() == self.edges.len() + 1));
        // SAFETY: handed on from the caller; the level in force is one this machine has.
        unsafe {
            match isa::active() {
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 | Level::Avx512 => self.count_avx2(source, n, step, counts),
                _ => self.count_body(source, n, step, counts),
            }
        }
    }

    /// # Safety
    /// As for [`Bins::count`], on a machine with AVX2.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    unsafe fn count_avx2(&self, source: *const u8, n: usize, step: isize, counts: [&mut [u32]; 2]) {
        // SAFETY: handed on from the caller.
        unsafe { self.count_body(source, n, step, counts) }
    }

    /// # Safety
    /// As for [`Bins::count`].
    #[inline(always)]
    unsafe fn count_body(&self, source: *const u8, n: usize, step: isize, [even, odd]: [&mut [u32]; 2]) {
        let last = self.edges.len() - 1;
        let mut start = 0;
        while start < n {
            let length = BLOCK.min(n - start);
            let mut values = [f64::NAN; BLOCK];
            for (k, value) in values[..length].iter_mut().enumerate() {
                // SAFETY: an element below `n`.
                *value = unsafe { source.offset((start + k) as isize * step).cast::<f64>().read_unaligned() };
            }
            let quotients: [f64; BLOCK] = array(|k| (values[k] - self.low) / self.width * self.scale);
            for (k, (value, quotient)) in values[..length].iter().zip(quotients).enumerate() {
                let inside = *value >= self.low && *value <= self.high;
                // Of a value inside it is between 0 and the number of bins.
                let bin = (quotient.clamp(0.0, self.scale) as i32 as usize).min(last);
                // SAFETY: `bin` is one of the bins; corrected it is one too, since nothing inside is below the first edge
                // or above the infinite one; behind the bins there is another place.
                unsafe {
                    let edges = self.edges.get_unchecked(bin);
                    let bin =
                        (bin + usize::from(*value >= edges[1])) - usize::from(inside && *value < edges[0]);
                    let place = if inside { bin } else { last + 1 };
                    let table = if k % 2 == 0 { &mut *even } else { &mut *odd };
                    *table.get_unchecked_mut(place) += 1;
                }
            }
            start += BLOCK;
        }
    }
}
