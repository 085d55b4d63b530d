//! The sums of [`Prime`] for several lanes side by side: each register holds the same element of some of them.

use rustfft::num_complex::Complex;
use sharray_kernels::isa::{self, Level};

use crate::cache::Real;
use crate::prime::Prime;
use crate::vector::{Plain, Vector};

/// Lanes that are summed together: 128 bytes of each row, four registers of AVX2 or two of AVX-512, so that there are sums
/// enough to go on with while each waits for its last product.
pub const fn width<T>() -> usize {
    128 / size_of::<Complex<T>>()
}

/// Lanes side by side: element `r` of lane `j` is number `r · pitch + j` of both.
struct Table<T> {
    from: *const Complex<T>,
    to: *mut Complex<T>,
    pitch: usize,
    /// Factors of what is written, lying as it does.
    turns: Option<*const Complex<T>>,
}

impl<T> Table<T> {
    /// The table from lane `j` on.
    ///
    /// # Safety
    /// There are `j` lanes.
    unsafe fn beyond(&self, j: usize) -> Table<T> {
        // SAFETY: by the contract.
        unsafe {
            Table {
                from: self.from.add(j),
                to: self.to.add(j),
                pitch: self.pitch,
                turns: self.turns.map(|turns| turns.add(j)),
            }
        }
    }
}

impl<T: Real> Prime<T> {
    /// Numbers of scratch memory that [`Prime::columns`] needs.
    pub fn work(&self) -> usize {
        2 * self.p * width::<T>()
    }
    /// Transforms the columns of `from`, a matrix of `p` rows, into those of `to`, and multiplies with `turns`.
    ///
    /// # Panics
    /// If the matrices differ in size, or `work` is shorter than [`Prime::work`] says.
    pub fn columns(
        &self,
        from: &[Complex<T>],
        to: &mut [Complex<T>],
        turns: Option<&[Complex<T>]>,
        work: &mut [Complex<T>],
    ) {
        let pitch = from.len() / self.p;
        assert!(from.len() == pitch * self.p && to.len() == from.len() && work.len() >= self.work());
        assert!(turns.is_none_or(|turns| turns.len() == from.len()));
        let turns = turns.map(<[_]>::as_ptr);
        let table = Table { from: from.as_ptr(), to: to.as_mut_ptr(), pitch, turns };
        // SAFETY: the lengths were looked at; the level in force is one that the machine has.
        unsafe {
            match isa::active() {
                #[cfg(target_arch = "x86_64")]
                Level::Avx512 => self.all_avx512(&table, work.as_mut_ptr()),
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 => self.all_avx2(&table, work.as_mut_ptr()),
                _ => self.all::<Plain<T>>(&table, work.as_mut_ptr()),
            }
        }
    }
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")]
    unsafe fn all_avx512(&self, table: &Table<T>, work: *mut Complex<T>) {
        // SAFETY: by the contract of `all`.
        unsafe { self.all::<T::Register512>(table, work) }
    }
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn all_avx2(&self, table: &Table<T>, work: *mut Complex<T>) {
        // SAFETY: by the contract of `all`.
        unsafe { self.all::<T::Register256>(table, work) }
    }
    /// All columns of a table.
    ///
    /// # Safety
    /// `p` rows of `pitch` numbers can be read, and written; [`Prime::work`] numbers can be written at `work`; the processor
    /// has the registers.
    #[inline(always)]
    unsafe fn all<V: Vector<Real = T>>(&self, table: &Table<T>, work: *mut Complex<T>) {
        let (pitch, width) = (table.pitch, width::<T>());
        // SAFETY: by the contract; the last, narrower table is widened in the second half of `work`.
        unsafe {
            for j in (0..pitch / width * width).step_by(width) {
                self.block::<V>(&table.beyond(j), work);
            }
            let rest = pitch % width;
            if rest > 0 {
                self.narrow::<V>(&table.beyond(pitch - rest), rest, work);
            }
        }
    }
    /// The sums of fewer lanes than [`width`]: copied to where there is room for all.
    ///
    /// # Safety
    /// As for `all`; the table has `rest` lanes.
    #[inline(always)]
    unsafe fn narrow<V: Vector<Real = T>>(&self, table: &Table<T>, rest: usize, work: *mut Complex<T>) {
        let (p, pitch, width) = (self.p, table.pitch, width::<T>());
        // SAFETY: by the contract; `block` takes the first half of `work`, the wider table the second.
        unsafe {
            let wide = work.add(p * width);
            for (r, lane) in (0..p).flat_map(|r| (0..width).map(move |lane| (r, lane))) {
                let inside = lane < rest;
                *wide.add(r * width + lane) =
                    if inside { *table.from.add(r * pitch + lane) } else { Complex::default() };
            }
            self.block::<V>(&Table { from: wide, to: wide, pitch: width, turns: None }, work);
            for (r, lane) in (0..p).flat_map(|r| (0..rest).map(move |lane| (r, lane))) {
                let (value, at) = (*wide.add(r * width + lane), r * pitch + lane);
                *table.to.add(at) = table.turns.map_or(value, |turns| value * *turns.add(at));
            }
        }
    }
    /// The sums of [`width`] lanes. `from` and `to` may be the same: all is read first.
    ///
    /// # Safety
    /// As for `all`; the table has that many lanes.
    #[inline(always)]
    unsafe fn block<V: Vector<Real = T>>(&self, table: &Table<T>, work: *mut Complex<T>) {
        // SAFETY: by the contract; `N` registers are as many lanes.
        unsafe {
            match const { width::<T>() / V::LEN } {
                2 => self.registers::<V, 2>(table, work),
                4 => self.registers::<V, 4>(table, work),
                _ => {
                    const { assert!(matches!(width::<T>() / V::LEN, 2 | 4 | 8)) };
                    self.registers::<V, 8>(table, work);
                }
            }
        }
    }
    /// The sums of `N` registers of lanes.
    ///
    /// # Safety
    /// As for `block`.
    #[inline(always)]
    unsafe fn registers<V: Vector<Real = T>, const N: usize>(&self, table: &Table<T>, work: *mut Complex<T>) {
        let (p, h, pitch, width) = (self.p, self.p / 2, table.pitch, N * V::LEN);
        // SAFETY: by the contract: rows below `p`, lanes below the width, `2h` rows of `work`; `h` cosines and sines for each
        // of `h` sums.
        unsafe {
            let place = |row: usize, n: usize| row * pitch + n * V::LEN;
            let (s, d) = (work, work.add(h * width));
            let zero = V::splat(T::zero());
            let mut first = [zero; N];
            for (n, value) in first.iter_mut().enumerate() {
                *value = V::load(table.from.add(place(0, n)));
            }
            let mut total = first;
            for r in 1..=h {
                for (n, total) in total.iter_mut().enumerate() {
                    let x = V::load(table.from.add(place(r, n)));
                    let y = V::load(table.from.add(place(p - r, n)));
                    let (sum, at) = (x.plus(y), (r - 1) * width + n * V::LEN);
                    *total = total.plus(sum);
                    sum.store(s.add(at));
                    x.minus(y).store(d.add(at));
                }
            }
            for (n, total) in total.into_iter().enumerate() {
                total.store(table.to.add(place(0, n)));
            }
            let (mut cosines, mut sines) = (self.cosines.as_ptr(), self.sines.as_ptr());
            for k in 1..=h {
                let (mut a, mut b) = (first, [zero; N]);
                for r in 0..h {
                    let (cosine, sine) = (V::splat(*cosines.add(r)), V::splat(*sines.add(r)));
                    for n in 0..N {
                        let at = r * width + n * V::LEN;
                        a[n] = a[n].plus_product(V::load(s.add(at)), cosine);
                        b[n] = b[n].plus_product(V::load(d.add(at)), sine);
                    }
                }
                (cosines, sines) = (cosines.add(h), sines.add(h));
                for n in 0..N {
                    for (row, value) in [(k, a[n].minus_i(b[n])), (p - k, a[n].plus_i(b[n]))] {
                        let at = place(row, n);
                        let turned = table.turns.map_or(value, |turns| value.times(V::load(turns.add(at))));
                        turned.store(table.to.add(at));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rustfft::FftDirection;

    use super::*;

    /// The largest difference between the sums of the level in force and the plain ones.
    fn difference<T: Real + PartialOrd>() -> T {
        let (p, m) = (17, 37);
        let prime = Prime::<T>::new(p, FftDirection::Forward);
        let part = |i: usize| T::of((i % 1000) as f64 / 500.0 - 1.0);
        let number = |i: usize| Complex::new(part(i * 7919), part(i * 31));
        let from: Vec<_> = (0..p * m).map(number).collect();
        let turns: Vec<_> = (0..p * m).map(|i| number(i + 5)).collect();
        let (mut found, mut plain) = (vec![Complex::default(); p * m], vec![Complex::default(); p * m]);
        let mut work = vec![Complex::default(); prime.work()];
        prime.columns(&from, &mut found, Some(&turns), &mut work);
        let table =
            Table { from: from.as_ptr(), to: plain.as_mut_ptr(), pitch: m, turns: Some(turns.as_ptr()) };
        // SAFETY: matrices of one size, and `work` of the size that is asked for.
        unsafe { prime.all::<Plain<T>>(&table, work.as_mut_ptr()) };
        let larger = |most: T, off: T| if off > most { off } else { most };
        found.iter().zip(&plain).map(|(found, plain)| (found - plain).l1_norm()).fold(T::zero(), larger)
    }

    #[test]
    fn the_level_in_force_and_the_plain_sums_agree() {
        assert!(difference::<f64>() < 1e-13);
        assert!(difference::<f32>() < 1e-4);
    }
}
