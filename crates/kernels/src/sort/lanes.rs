//! [`Lanes`]: what the vector sorts need of a type, in AVX2 vectors of 32 bytes: order of two vectors, comparison with a
//! pivot, and moves of elements within a vector. The sorts above it are written once.

use std::arch::x86_64::*;

use super::vector::Plain;

/// A type whose vectors can be sorted. Values without order (NaN) are not among them.
///
/// # Safety
/// All functions are for machines with AVX2; they are inlined into functions compiled for it.
pub(super) unsafe trait Lanes: Plain {
    /// Elements in a vector: four or eight.
    const LANES: usize;
    /// Nothing is greater.
    const TOP: Self;
    /// The smaller and the greater elements of two vectors, place by place.
    ///
    /// # Safety
    /// AVX2.
    unsafe fn order(a: __m256i, b: __m256i) -> (__m256i, __m256i);
    /// The same of a vector and its own elements at other places: where two places compare each other's elements, the
    /// smaller of the one and the greater of the other are both elements, even if they are equal zeros of two signs.
    ///
    /// # Safety
    /// AVX2.
    #[inline(always)]
    unsafe fn order_own(a: __m256i, b: __m256i) -> (__m256i, __m256i) {
        // SAFETY: by the contract.
        unsafe { Self::order(a, b) }
    }
    /// Which elements are less than the pivot's, or not greater if `EQUAL`: a bit each.
    ///
    /// # Safety
    /// AVX2.
    unsafe fn left<const EQUAL: bool>(values: __m256i, pivot: __m256i) -> usize;
    /// A vector of the same element everywhere.
    ///
    /// # Safety
    /// AVX2.
    unsafe fn splat(self) -> __m256i;
    /// The masked elements first, in order, then the others.
    ///
    /// # Safety
    /// AVX2.
    unsafe fn gather_left(values: __m256i, mask: usize) -> __m256i;
    /// The elements of each group of `GROUP` in reverse.
    ///
    /// # Safety
    /// AVX2.
    unsafe fn mirror<const GROUP: usize>(values: __m256i) -> __m256i;
    /// Exchanges each element with that `APART` places on or back.
    ///
    /// # Safety
    /// AVX2.
    unsafe fn swap<const APART: usize>(values: __m256i) -> __m256i;
    /// The elements of `a` whose place has not the bit `BIT`, and of `b` where it has.
    ///
    /// # Safety
    /// AVX2.
    unsafe fn mix<const BIT: usize>(a: __m256i, b: __m256i) -> __m256i;
    /// Writes the columns of four rows: column `c` as four elements at `to + c * apart`.
    ///
    /// # Safety
    /// AVX2; those places are writable.
    unsafe fn store_columns(rows: [__m256i; 4], to: *mut Self, apart: usize);
}

/// For each mask of eight elements, where the elements come from when the masked ones move to the front.
static EIGHT: [[u8; 8]; 256] = {
    let mut rows = [[0; 8]; 256];
    let mut mask = 0;
    while mask < 256 {
        rows[mask] = row(mask, 8);
        mask += 1;
    }
    rows
};
/// The same for four elements of two halves each.
static FOUR: [[u32; 8]; 16] = {
    let mut rows = [[0; 8]; 16];
    let mut mask = 0;
    while mask < 16 {
        let from = row(mask, 4);
        let mut i = 0;
        while i < 4 {
            rows[mask][2 * i] = 2 * from[i] as u32;
            rows[mask][2 * i + 1] = 2 * from[i] as u32 + 1;
            i += 1;
        }
        mask += 1;
    }
    rows
};

const fn row(mask: usize, lanes: usize) -> [u8; 8] {
    let mut row = [0; 8];
    let (mut i, mut left, mut right) = (0, 0, mask.count_ones() as usize);
    while i < lanes {
        if mask >> i & 1 == 1 {
            row[left] = i as u8;
            left += 1;
        } else {
            row[right] = i as u8;
            right += 1;
        }
        i += 1;
    }
    row
}

/// The moves within vectors of eight.
macro_rules! moves_of_eight {
    () => {
        const LANES: usize = 8;
        #[inline(always)]
        unsafe fn gather_left(values: __m256i, mask: usize) -> __m256i {
            // SAFETY: a row is eight bytes, and there is one for each mask of eight bits.
            unsafe {
                let from = _mm_loadl_epi64(EIGHT.as_ptr().add(mask & 255).cast());
                _mm256_permutevar8x32_epi32(values, _mm256_cvtepu8_epi32(from))
            }
        }
        #[inline(always)]
        unsafe fn mirror<const GROUP: usize>(values: __m256i) -> __m256i {
            // SAFETY: AVX2, by the trait's contract; so below.
            unsafe {
                match GROUP {
                    2 => _mm256_shuffle_epi32::<0b10_11_00_01>(values),
                    4 => _mm256_shuffle_epi32::<0b00_01_10_11>(values),
                    _ => _mm256_permutevar8x32_epi32(values, _mm256_set_epi32(0, 1, 2, 3, 4, 5, 6, 7)),
                }
            }
        }
        #[inline(always)]
        unsafe fn swap<const APART: usize>(values: __m256i) -> __m256i {
            // SAFETY: as above.
            unsafe {
                match APART {
                    1 => _mm256_shuffle_epi32::<0b10_11_00_01>(values),
                    2 => _mm256_shuffle_epi32::<0b01_00_11_10>(values),
                    _ => _mm256_permute4x64_epi64::<0b01_00_11_10>(values),
                }
            }
        }
        #[inline(always)]
        unsafe fn mix<const BIT: usize>(a: __m256i, b: __m256i) -> __m256i {
            // SAFETY: as above.
            unsafe {
                match BIT {
                    1 => _mm256_blend_epi32::<0b1010_1010>(a, b),
                    2 => _mm256_blend_epi32::<0b1100_1100>(a, b),
                    _ => _mm256_blend_epi32::<0b1111_0000>(a, b),
                }
            }
        }
        #[inline(always)]
        unsafe fn store_columns(rows: [__m256i; 4], to: *mut Self, apart: usize) {
            // SAFETY: as above; the places written are the caller's.
            unsafe {
                let [a, b, c, d] = rows;
                let (ab, cd) = (_mm256_unpacklo_epi32(a, b), _mm256_unpacklo_epi32(c, d));
                let (ab_high, cd_high) = (_mm256_unpackhi_epi32(a, b), _mm256_unpackhi_epi32(c, d));
                let columns = [
                    _mm256_unpacklo_epi64(ab, cd),
                    _mm256_unpackhi_epi64(ab, cd),
                    _mm256_unpacklo_epi64(ab_high, cd_high),
                    _mm256_unpackhi_epi64(ab_high, cd_high),
                ];
                for (i, pair) in columns.into_iter().enumerate() {
                    _mm_storeu_si128(to.add(i * apart).cast(), _mm256_castsi256_si128(pair));
                    _mm_storeu_si128(to.add((i + 4) * apart).cast(), _mm256_extracti128_si256::<1>(pair));
                }
            }
        }
    };
}

/// The moves within vectors of four.
macro_rules! moves_of_four {
    () => {
        const LANES: usize = 4;
        #[inline(always)]
        unsafe fn gather_left(values: __m256i, mask: usize) -> __m256i {
            // SAFETY: a row is 32 bytes, and there is one for each mask of four bits.
            unsafe {
                let from = _mm256_loadu_si256(FOUR.as_ptr().add(mask & 15).cast());
                _mm256_permutevar8x32_epi32(values, from)
            }
        }
        #[inline(always)]
        unsafe fn mirror<const GROUP: usize>(values: __m256i) -> __m256i {
            // SAFETY: AVX2, by the trait's contract; so below.
            unsafe {
                match GROUP {
                    2 => _mm256_shuffle_epi32::<0b01_00_11_10>(values),
                    _ => _mm256_permute4x64_epi64::<0b00_01_10_11>(values),
                }
            }
        }
        #[inline(always)]
        unsafe fn swap<const APART: usize>(values: __m256i) -> __m256i {
            // SAFETY: as above.
            unsafe {
                match APART {
                    1 => _mm256_shuffle_epi32::<0b01_00_11_10>(values),
                    _ => _mm256_permute4x64_epi64::<0b01_00_11_10>(values),
                }
            }
        }
        #[inline(always)]
        unsafe fn mix<const BIT: usize>(a: __m256i, b: __m256i) -> __m256i {
            // SAFETY: as above.
            unsafe {
                match BIT {
                    1 => _mm256_blend_epi32::<0b1100_1100>(a, b),
                    _ => _mm256_blend_epi32::<0b1111_0000>(a, b),
                }
            }
        }
        #[inline(always)]
        unsafe fn store_columns(rows: [__m256i; 4], to: *mut Self, apart: usize) {
            // SAFETY: as above; the places written are the caller's.
            unsafe {
                let [a, b, c, d] = rows;
                let (even, odd) = (_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b));
                let (even_low, odd_low) = (_mm256_unpacklo_epi64(c, d), _mm256_unpackhi_epi64(c, d));
                _mm256_storeu_si256(to.cast(), _mm256_permute2x128_si256::<0x20>(even, even_low));
                _mm256_storeu_si256(to.add(apart).cast(), _mm256_permute2x128_si256::<0x20>(odd, odd_low));
                _mm256_storeu_si256(
                    to.add(2 * apart).cast(),
                    _mm256_permute2x128_si256::<0x31>(even, even_low),
                );
                _mm256_storeu_si256(
                    to.add(3 * apart).cast(),
                    _mm256_permute2x128_si256::<0x31>(odd, odd_low),
                );
            }
        }
    };
}

// SAFETY: the functions use AVX2 alone.
unsafe impl Lanes for i32 {
    moves_of_eight!();
    const TOP: i32 = i32::MAX;
    #[inline(always)]
    unsafe fn order(a: __m256i, b: __m256i) -> (__m256i, __m256i) {
        // SAFETY: as above.
        unsafe { (_mm256_min_epi32(a, b), _mm256_max_epi32(a, b)) }
    }
    #[inline(always)]
    unsafe fn left<const EQUAL: bool>(values: __m256i, pivot: __m256i) -> usize {
        // SAFETY: as above.
        unsafe {
            let (a, b) = if EQUAL { (values, pivot) } else { (pivot, values) };
            let mask = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(a, b))) as usize;
            if EQUAL { mask ^ 255 } else { mask }
        }
    }
    #[inline(always)]
    unsafe fn splat(self) -> __m256i {
        // SAFETY: as above.
        unsafe { _mm256_set1_epi32(self) }
    }
}

// SAFETY: the functions use AVX2 alone.
unsafe impl Lanes for i64 {
    moves_of_four!();
    const TOP: i64 = i64::MAX;
    #[inline(always)]
    unsafe fn order(a: __m256i, b: __m256i) -> (__m256i, __m256i) {
        // SAFETY: as above.
        unsafe {
            let greater = _mm256_cmpgt_epi64(a, b);
            (_mm256_blendv_epi8(a, b, greater), _mm256_blendv_epi8(b, a, greater))
        }
    }
    #[inline(always)]
    unsafe fn left<const EQUAL: bool>(values: __m256i, pivot: __m256i) -> usize {
        // SAFETY: as above.
        unsafe {
            let (a, b) = if EQUAL { (values, pivot) } else { (pivot, values) };
            let mask = _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpgt_epi64(a, b))) as usize;
            if EQUAL { mask ^ 15 } else { mask }
        }
    }
    #[inline(always)]
    unsafe fn splat(self) -> __m256i {
        // SAFETY: as above.
        unsafe { _mm256_set1_epi64x(self) }
    }
}

// SAFETY: the functions use AVX2 alone. Of equal operands `min` and `max` give the second: with their operands the other
// way round, zeros of both signs are kept.
unsafe impl Lanes for f64 {
    moves_of_four!();
    const TOP: f64 = f64::INFINITY;
    #[inline(always)]
    unsafe fn order(a: __m256i, b: __m256i) -> (__m256i, __m256i) {
        // SAFETY: as above.
        unsafe {
            let (a, b) = (_mm256_castsi256_pd(a), _mm256_castsi256_pd(b));
            (_mm256_castpd_si256(_mm256_min_pd(a, b)), _mm256_castpd_si256(_mm256_max_pd(b, a)))
        }
    }
    #[inline(always)]
    unsafe fn order_own(a: __m256i, b: __m256i) -> (__m256i, __m256i) {
        // SAFETY: as above. The other place has the operands the other way round already.
        unsafe {
            let (a, b) = (_mm256_castsi256_pd(a), _mm256_castsi256_pd(b));
            (_mm256_castpd_si256(_mm256_min_pd(a, b)), _mm256_castpd_si256(_mm256_max_pd(a, b)))
        }
    }
    #[inline(always)]
    unsafe fn left<const EQUAL: bool>(values: __m256i, pivot: __m256i) -> usize {
        // SAFETY: as above.
        unsafe {
            let (a, b) = (_mm256_castsi256_pd(values), _mm256_castsi256_pd(pivot));
            let left =
                if EQUAL { _mm256_cmp_pd::<_CMP_LE_OQ>(a, b) } else { _mm256_cmp_pd::<_CMP_LT_OQ>(a, b) };
            _mm256_movemask_pd(left) as usize
        }
    }
    #[inline(always)]
    unsafe fn splat(self) -> __m256i {
        // SAFETY: as above.
        unsafe { _mm256_castpd_si256(_mm256_set1_pd(self)) }
    }
}

// SAFETY: as for `f64`.
unsafe impl Lanes for f32 {
    moves_of_eight!();
    const TOP: f32 = f32::INFINITY;
    #[inline(always)]
    unsafe fn order(a: __m256i, b: __m256i) -> (__m256i, __m256i) {
        // SAFETY: as above.
        unsafe {
            let (a, b) = (_mm256_castsi256_ps(a), _mm256_castsi256_ps(b));
            (_mm256_castps_si256(_mm256_min_ps(a, b)), _mm256_castps_si256(_mm256_max_ps(b, a)))
        }
    }
    #[inline(always)]
    unsafe fn order_own(a: __m256i, b: __m256i) -> (__m256i, __m256i) {
        // SAFETY: as above. The other place has the operands the other way round already.
        unsafe {
            let (a, b) = (_mm256_castsi256_ps(a), _mm256_castsi256_ps(b));
            (_mm256_castps_si256(_mm256_min_ps(a, b)), _mm256_castps_si256(_mm256_max_ps(a, b)))
        }
    }
    #[inline(always)]
    unsafe fn left<const EQUAL: bool>(values: __m256i, pivot: __m256i) -> usize {
        // SAFETY: as above.
        unsafe {
            let (a, b) = (_mm256_castsi256_ps(values), _mm256_castsi256_ps(pivot));
            let left =
                if EQUAL { _mm256_cmp_ps::<_CMP_LE_OQ>(a, b) } else { _mm256_cmp_ps::<_CMP_LT_OQ>(a, b) };
            _mm256_movemask_ps(left) as usize
        }
    }
    #[inline(always)]
    unsafe fn splat(self) -> __m256i {
        // SAFETY: as above.
        unsafe { _mm256_castps_si256(_mm256_set1_ps(self)) }
    }
}
