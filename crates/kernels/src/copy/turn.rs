//! Square blocks of elements turned around in registers: as many loads and stores of whole vectors as there are rows, in
//! place of one of each for every element. Without AVX2 a block is a value that the compiler turns around.
//!
//! Blocks are walked so that lines of the cache are written whole, and no more than [`STRIP`] of them at a time: the
//! target's rows lie in as many pages.

/// Rows of the target that are walked together.
const STRIP: usize = 32;

/// Side of a block of elements of this size; `None` where there is no code for them.
pub(super) fn side(size: usize) -> Option<usize> {
    #[cfg(target_arch = "x86_64")]
    {
        use crate::isa::{self, Level};
        if isa::active() >= Level::Avx2 {
            return match size {
                8 | 16 => Some(4),
                1 | 2 | 4 => Some(8),
                _ => None,
            };
        }
    }
    matches!(size, 1 | 2 | 4 | 8 | 16).then_some(plain::SIDE)
}

/// Copies `rows × columns` elements of `size` bytes, whole blocks both ways. The source's elements of a column lie side by
/// side, and `across` bytes lie between its columns; the target's elements of a row do, and `down` bytes lie between rows.
///
/// # Safety
/// All elements are readable and writable, and the sides apart; [`side`] gave the side of a block.
pub(super) unsafe fn blocks(
    src: *const u8,
    across: isize,
    dst: *mut u8,
    down: isize,
    size: usize,
    rows: usize,
    columns: usize,
) {
    // SAFETY: handed on; the blocks' side is the one of the level.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        if crate::isa::active() >= crate::isa::Level::Avx2 {
            return match size {
                1 => vectors::strips::<1>(src, across, dst, down, rows, columns),
                2 => vectors::strips::<2>(src, across, dst, down, rows, columns),
                4 => vectors::strips::<4>(src, across, dst, down, rows, columns),
                16 => vectors::strips::<16>(src, across, dst, down, rows, columns),
                _ => vectors::strips::<8>(src, across, dst, down, rows, columns),
            };
        }
        match size {
            1 => plain::strips::<u8>(src, across, dst, down, rows, columns),
            2 => plain::strips::<u16>(src, across, dst, down, rows, columns),
            4 => plain::strips::<u32>(src, across, dst, down, rows, columns),
            16 => plain::strips::<u128>(src, across, dst, down, rows, columns),
            _ => plain::strips::<u64>(src, across, dst, down, rows, columns),
        }
    }
}

mod plain {
    use super::STRIP;
    use crate::element::array;

    /// Rows and columns of a block.
    pub(super) const SIDE: usize = 8;

    /// # Safety
    /// As for [`super::blocks`].
    pub(super) unsafe fn strips<T: Copy>(
        src: *const u8,
        across: isize,
        dst: *mut u8,
        down: isize,
        rows: usize,
        columns: usize,
    ) {
        let size = size_of::<T>();
        for top in (0..rows).step_by(STRIP) {
            for left in (0..columns).step_by(SIDE) {
                for row in (top..rows.min(top + STRIP)).step_by(SIDE) {
                    let from = src.wrapping_offset((row * size) as isize + left as isize * across);
                    let to = dst.wrapping_offset(row as isize * down + (left * size) as isize);
                    // SAFETY: a block within both sides.
                    unsafe { block::<T>(from, across, to, down) };
                }
            }
        }
    }

    /// # Safety
    /// The block's columns are readable `across` bytes apart, its rows writable `down` bytes apart.
    #[inline(always)]
    unsafe fn block<T: Copy>(from: *const u8, across: isize, to: *mut u8, down: isize) {
        // SAFETY: by the contract.
        unsafe {
            let read: [[T; SIDE]; SIDE] = array(|column| {
                from.wrapping_offset(column as isize * across).cast::<[T; SIDE]>().read_unaligned()
            });
            let turned: [[T; SIDE]; SIDE] = array(|row| array(|column| read[column][row]));
            for (row, line) in turned.into_iter().enumerate() {
                to.wrapping_offset(row as isize * down).cast::<[T; SIDE]>().write_unaligned(line);
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod vectors {
    use std::arch::x86_64::*;

    use super::STRIP;

    /// Bytes of a line of the cache.
    const LINE: usize = 64;

    /// # Safety
    /// As for [`super::blocks`], on a machine with AVX2.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn strips<const SIZE: usize>(
        src: *const u8,
        across: isize,
        dst: *mut u8,
        down: isize,
        rows: usize,
        columns: usize,
    ) {
        let side = if SIZE >= 8 { 4 } else { 8 };
        for top in (0..rows).step_by(STRIP) {
            for left in (0..columns).step_by(LINE / SIZE) {
                for row in (top..rows.min(top + STRIP)).step_by(side) {
                    for column in (left..columns.min(left + LINE / SIZE)).step_by(side) {
                        let from = src.wrapping_offset((row * SIZE) as isize + column as isize * across);
                        let to = dst.wrapping_offset(row as isize * down + (column * SIZE) as isize);
                        // SAFETY: a block within both sides.
                        unsafe {
                            match SIZE {
                                1 => bytes(from, across, to, down),
                                2 => shorts(from, across, to, down),
                                4 => words(from, across, to, down),
                                16 => pairs(from, across, to, down),
                                _ => longs(from, across, to, down),
                            }
                        }
                    }
                }
            }
        }
    }

    /// A block of 4 × 4 elements of 8 bytes.
    ///
    /// # Safety
    /// Its four columns are readable `across` bytes apart, its four rows writable `down` bytes apart.
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn longs(from: *const u8, across: isize, to: *mut u8, down: isize) {
        // SAFETY: by the contract.
        unsafe {
            let load = |i: isize| _mm256_loadu_pd(from.offset(i * across).cast());
            let store = |i: isize, row| _mm256_storeu_pd(to.offset(i * down).cast(), row);
            let (a, b, c, d) = (load(0), load(1), load(2), load(3));
            let (even, odd) = (_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b));
            let (even_too, odd_too) = (_mm256_unpacklo_pd(c, d), _mm256_unpackhi_pd(c, d));
            store(0, _mm256_permute2f128_pd::<0x20>(even, even_too));
            store(1, _mm256_permute2f128_pd::<0x20>(odd, odd_too));
            store(2, _mm256_permute2f128_pd::<0x31>(even, even_too));
            store(3, _mm256_permute2f128_pd::<0x31>(odd, odd_too));
        }
    }

    /// A block of 4 × 4 elements of 16 bytes, each a register of its own.
    ///
    /// # Safety
    /// As for [`longs`].
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn pairs(from: *const u8, across: isize, to: *mut u8, down: isize) {
        for row in 0..4isize {
            for column in 0..4isize {
                // SAFETY: by the contract.
                unsafe {
                    let element = _mm_loadu_si128(from.offset(column * across + row * 16).cast());
                    _mm_storeu_si128(to.offset(row * down + column * 16).cast(), element);
                }
            }
        }
    }

    /// A block of 8 × 8 elements of 4 bytes: halves of columns are loaded beside those four columns on, so that all the
    /// rest stays within halves of registers.
    ///
    /// # Safety
    /// As for [`longs`], with eight columns and rows.
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn words(from: *const u8, across: isize, to: *mut u8, down: isize) {
        for half in 0..2isize {
            // SAFETY: by the contract: four elements of each column, and the four rows that they make.
            unsafe {
                let load = |i: isize| {
                    let low = _mm_loadu_ps(from.offset(i * across + 16 * half).cast());
                    let high = _mm_loadu_ps(from.offset((i + 4) * across + 16 * half).cast());
                    _mm256_insertf128_ps::<1>(_mm256_castps128_ps256(low), high)
                };
                let store = |i: isize, row| {
                    _mm256_storeu_ps(to.offset((4 * half + i) * down).cast(), _mm256_castpd_ps(row));
                };
                let (a, b, c, d) = (load(0), load(1), load(2), load(3));
                let low = _mm256_castps_pd(_mm256_unpacklo_ps(a, b));
                let high = _mm256_castps_pd(_mm256_unpackhi_ps(a, b));
                let low_too = _mm256_castps_pd(_mm256_unpacklo_ps(c, d));
                let high_too = _mm256_castps_pd(_mm256_unpackhi_ps(c, d));
                store(0, _mm256_unpacklo_pd(low, low_too));
                store(1, _mm256_unpackhi_pd(low, low_too));
                store(2, _mm256_unpacklo_pd(high, high_too));
                store(3, _mm256_unpackhi_pd(high, high_too));
            }
        }
    }

    /// A block of 8 × 8 elements of 2 bytes.
    ///
    /// # Safety
    /// As for [`words`].
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn shorts(from: *const u8, across: isize, to: *mut u8, down: isize) {
        // SAFETY: by the contract.
        unsafe {
            let load = |i: isize| _mm_loadu_si128(from.offset(i * across).cast());
            let store = |i: isize, row| _mm_storeu_si128(to.offset(i * down).cast(), row);
            // Columns side by side in pairs, in fours, in eights: rows 0-3 of the first half, 4-7 of the second.
            let four = |i: isize| {
                let (a, b, c, d) = (load(i), load(i + 1), load(i + 2), load(i + 3));
                let (low, high) = (_mm_unpacklo_epi16(a, b), _mm_unpackhi_epi16(a, b));
                let (low_too, high_too) = (_mm_unpacklo_epi16(c, d), _mm_unpackhi_epi16(c, d));
                [
                    _mm_unpacklo_epi32(low, low_too),
                    _mm_unpackhi_epi32(low, low_too),
                    _mm_unpacklo_epi32(high, high_too),
                    _mm_unpackhi_epi32(high, high_too),
                ]
            };
            let (left, right) = (four(0), four(4));
            for pair in 0..4 {
                store(2 * pair as isize, _mm_unpacklo_epi64(left[pair], right[pair]));
                store(2 * pair as isize + 1, _mm_unpackhi_epi64(left[pair], right[pair]));
            }
        }
    }

    /// A block of 8 × 8 bytes.
    ///
    /// # Safety
    /// As for [`words`].
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn bytes(from: *const u8, across: isize, to: *mut u8, down: isize) {
        // SAFETY: by the contract.
        unsafe {
            let load = |i: isize| _mm_loadl_epi64(from.offset(i * across).cast());
            let pair = |i: isize| _mm_unpacklo_epi8(load(i), load(i + 1));
            let (a, b, c, d) = (pair(0), pair(2), pair(4), pair(6));
            // Four columns of rows 0-3, and of rows 4-7.
            let (low, high) = (_mm_unpacklo_epi16(a, b), _mm_unpackhi_epi16(a, b));
            let (low_too, high_too) = (_mm_unpacklo_epi16(c, d), _mm_unpackhi_epi16(c, d));
            let rows = [
                _mm_unpacklo_epi32(low, low_too),
                _mm_unpackhi_epi32(low, low_too),
                _mm_unpacklo_epi32(high, high_too),
                _mm_unpackhi_epi32(high, high_too),
            ];
            for (i, two) in rows.into_iter().enumerate() {
                let row = to.offset(2 * i as isize * down);
                _mm_storel_epi64(row.cast(), two);
                _mm_storel_epi64(row.offset(down).cast(), _mm_unpackhi_epi64(two, two));
            }
        }
    }
}
