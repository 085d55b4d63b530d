//! Lengths `n = p · m` with a prime `p` of middling size. The input is a matrix of `p` rows of `m` numbers, element `j` of
//! row `r` being number `r m + j`; of the spectrum, `k' p + k` is number `k'` of row `k`:
//!
//! ```text
//! the columns' transforms of length p (all at once)  →  · exp(-2πi jk / n)  →  the rows' of length m  →  transposed
//! ```
//!
//! (Cooley and Tukey, 1965.)

use std::sync::Arc;

use rustfft::num_complex::Complex;
use rustfft::{Direction, Fft, FftDirection, Length};
use sharray_kernels::copy::copy_2d;

use crate::cache::Real;
use crate::prime::{Prime, turn};

/// A transform by columns of a prime length, then by rows.
pub struct Columns<T> {
    prime: Prime<T>,
    rows: Arc<dyn Fft<T>>,
    /// What the columns' spectra are multiplied with, as they lie.
    turns: Vec<Complex<T>>,
}

impl<T: Real> Columns<T> {
    /// The transform of `p` times the length of `rows`; `p` as [`Prime::new`] takes it.
    pub fn new(p: usize, rows: Arc<dyn Fft<T>>) -> Columns<T> {
        let (m, direction) = (rows.len(), rows.fft_direction());
        let one = |k: usize, j: usize| {
            let forward = turn::<T>(k * j, p * m);
            if direction == FftDirection::Forward { forward } else { forward.conj() }
        };
        let turns = (0..p).flat_map(|k| (0..m).map(move |j| one(k, j))).collect();
        Columns { prime: Prime::new(p, direction), rows, turns }
    }
    /// True when the lane, which is free while the rows are transformed, is too short for their scratch memory.
    fn rows_take_more(&self) -> bool {
        self.rows.get_inplace_scratch_len() > self.len()
    }
    /// Scratch memory: for the matrix between columns and rows, for the sums, and perhaps for the rows.
    fn scratch(&self) -> usize {
        let more = if self.rows_take_more() { self.rows.get_inplace_scratch_len() } else { 0 };
        self.len() + self.prime.work() + more
    }
}

impl<T: Real> Length for Columns<T> {
    fn len(&self) -> usize {
        self.turns.len()
    }
}

impl<T> Direction for Columns<T> {
    fn fft_direction(&self) -> FftDirection {
        self.rows.fft_direction()
    }
}

impl<T: Real> Fft<T> for Columns<T> {
    fn process_with_scratch(&self, buffer: &mut [Complex<T>], scratch: &mut [Complex<T>]) {
        let (middle, scratch) = scratch.split_at_mut(self.len());
        let (work, more) = scratch.split_at_mut(self.prime.work());
        for lane in buffer.chunks_exact_mut(self.len()) {
            self.prime.columns(lane, middle, Some(&self.turns), work);
            let free = if self.rows_take_more() { &mut *more } else { &mut *lane };
            self.rows.process_with_scratch(middle, free);
            transpose(middle, self.rows.len(), lane);
        }
    }
    fn process_outofplace_with_scratch(
        &self,
        input: &mut [Complex<T>],
        output: &mut [Complex<T>],
        scratch: &mut [Complex<T>],
    ) {
        self.process_immutable_with_scratch(input, output, scratch);
    }
    fn process_immutable_with_scratch(
        &self,
        input: &[Complex<T>],
        output: &mut [Complex<T>],
        scratch: &mut [Complex<T>],
    ) {
        output.copy_from_slice(input);
        self.process_with_scratch(output, scratch);
    }
    fn get_inplace_scratch_len(&self) -> usize {
        self.scratch()
    }
    fn get_outofplace_scratch_len(&self) -> usize {
        self.scratch()
    }
    fn get_immutable_scratch_len(&self) -> usize {
        self.scratch()
    }
}

/// Writes the columns of `from`, whose rows have `m` numbers, one behind the other.
fn transpose<T: Copy>(from: &[T], m: usize, to: &mut [T]) {
    let (p, size) = (from.len() / m, size_of::<T>());
    assert!(p * m <= to.len());
    let steps = |row: usize, column: usize| ((row * size) as isize, (column * size) as isize);
    // SAFETY: `p` rows of `m` numbers, and as many columns in memory of their own.
    unsafe { copy_2d(from.as_ptr().cast(), steps(m, 1), to.as_mut_ptr().cast(), steps(1, p), size, p, m) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_one_behind_the_other() {
        let (p, m) = (3, 11);
        let from: Vec<usize> = (0..p * m).collect();
        let mut to = vec![0; p * m];
        transpose(&from, m, &mut to);
        let expected: Vec<usize> = (0..m).flat_map(|j| (0..p).map(move |k| k * m + j)).collect();
        assert_eq!(to, expected);
    }
}
