//! Vectors of a processor as the tiles of products use them: AVX2's and AVX-512's, of floats and of integers that wrap.
//!
//! All functions are inlined into code that is compiled for the level (`tile`); they must not be called elsewhere.

use std::arch::x86_64::*;

/// A vector register. Its operations' only conditions are that the processor has the level, and that what they load and
/// store is there.
pub(super) trait Vector: Copy {
    /// Bytes of an element, and elements of a vector.
    const SIZE: usize;
    const LANES: usize;
    /// Which lanes count.
    type Mask: Copy;

    /// The first `lanes` count.
    unsafe fn mask(lanes: usize) -> Self::Mask;
    unsafe fn zero() -> Self;
    /// One element in all lanes.
    unsafe fn splat(at: *const u8) -> Self;
    unsafe fn load(at: *const u8) -> Self;
    /// What counts; the others hold the first `parts` elements again.
    unsafe fn load_some(at: *const u8, mask: Self::Mask, parts: usize) -> Self;
    /// What counts; the others hold anything.
    unsafe fn peek(at: *const u8, mask: Self::Mask) -> Self;
    unsafe fn store(self, at: *mut u8);
    unsafe fn store_some(self, at: *mut u8, mask: Self::Mask);
    /// `self + a · b`
    unsafe fn plus_product(self, a: Self, b: Self) -> Self;
    unsafe fn plus(self, other: Self) -> Self;
    /// Neighbours change places.
    unsafe fn swapped(self) -> Self;
    /// Signs changed of the lanes at even places.
    unsafe fn even_negative(self) -> Self;
}

macro_rules! wide {
    ($vector:ident, $size:literal, $lanes:literal, $mask:ident, $zero:ident, $splat:ident, $scalar:ident, $load:ident, $some:ident, $merged:ident,
     $store:ident, $store_some:ident, $fused:ident, $plus:ident, $swap:expr, $to:ident, $from:ident, $first:expr, $signs:expr) => {
        impl Vector for $vector {
            const SIZE: usize = $size;
            const LANES: usize = $lanes;
            type Mask = $mask;
            #[inline(always)]
            unsafe fn mask(lanes: usize) -> $mask {
                $mask::MAX >> ($lanes - lanes)
            }
            #[inline(always)]
            unsafe fn zero() -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $zero() }
            }
            #[inline(always)]
            unsafe fn splat(at: *const u8) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $splat(at.cast::<$scalar>().read_unaligned()) }
            }
            #[inline(always)]
            unsafe fn load(at: *const u8) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $load(at.cast()) }
            }
            #[inline(always)]
            unsafe fn load_some(at: *const u8, mask: $mask, parts: usize) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe {
                    let first = if parts == 1 { Self::splat(at) } else { $first(at) };
                    $merged(first, mask, at.cast())
                }
            }
            #[inline(always)]
            unsafe fn peek(at: *const u8, mask: $mask) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $some(mask, at.cast()) }
            }
            #[inline(always)]
            unsafe fn store(self, at: *mut u8) {
                // SAFETY: by the caller, as the trait says.
                unsafe { $store(at.cast(), self) }
            }
            #[inline(always)]
            unsafe fn store_some(self, at: *mut u8, mask: $mask) {
                // SAFETY: by the caller, as the trait says.
                unsafe { $store_some(at.cast(), mask, self) }
            }
            #[inline(always)]
            unsafe fn plus_product(self, a: Self, b: Self) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $fused(a, b, self) }
            }
            #[inline(always)]
            unsafe fn plus(self, other: Self) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $plus(self, other) }
            }
            #[inline(always)]
            unsafe fn swapped(self) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $swap(self) }
            }
            #[inline(always)]
            unsafe fn even_negative(self) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $from(_mm512_xor_si512($to(self), $signs)) }
            }
        }
    };
}

wide!(
    __m512d,
    8,
    8,
    __mmask8,
    _mm512_setzero_pd,
    _mm512_set1_pd,
    f64,
    _mm512_loadu_pd,
    _mm512_maskz_loadu_pd,
    _mm512_mask_loadu_pd,
    _mm512_storeu_pd,
    _mm512_mask_storeu_pd,
    _mm512_fmadd_pd,
    _mm512_add_pd,
    |v| _mm512_permute_pd::<0b01010101>(v),
    _mm512_castpd_si512,
    _mm512_castsi512_pd,
    |at: *const u8| _mm512_broadcast_f64x2(_mm_loadu_pd(at.cast())),
    _mm512_set4_epi32(0, 0, i32::MIN, 0)
);
wide!(
    __m512,
    4,
    16,
    __mmask16,
    _mm512_setzero_ps,
    _mm512_set1_ps,
    f32,
    _mm512_loadu_ps,
    _mm512_maskz_loadu_ps,
    _mm512_mask_loadu_ps,
    _mm512_storeu_ps,
    _mm512_mask_storeu_ps,
    _mm512_fmadd_ps,
    _mm512_add_ps,
    |v| _mm512_permute_ps::<0b10110001>(v),
    _mm512_castps_si512,
    _mm512_castsi512_ps,
    |at: *const u8| _mm512_castpd_ps(_mm512_set1_pd(at.cast::<f64>().read_unaligned())),
    _mm512_set4_epi32(0, i32::MIN, 0, i32::MIN)
);

/// Masks of AVX2's vectors: the window that begins `lanes` elements before the middle.
static WINDOW: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];

macro_rules! narrow {
    ($vector:ident, $size:literal, $lanes:literal, $zero:ident, $splat:ident, $scalar:ident, $load:ident, $some:ident,
     $store:ident, $store_some:ident, $fused:ident, $plus:ident, $swap:expr, $to:ident, $from:ident, $blend:ident, $first:expr, $signs:expr) => {
        impl Vector for $vector {
            const SIZE: usize = $size;
            const LANES: usize = $lanes;
            type Mask = __m256i;
            #[inline(always)]
            unsafe fn mask(lanes: usize) -> __m256i {
                // SAFETY: a window of eight within sixteen; else by the caller, as the trait says.
                unsafe { _mm256_loadu_si256(WINDOW.as_ptr().add(8 - lanes * $size / 4).cast()) }
            }
            #[inline(always)]
            unsafe fn zero() -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $zero() }
            }
            #[inline(always)]
            unsafe fn splat(at: *const u8) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $splat(at.cast::<$scalar>().read_unaligned()) }
            }
            #[inline(always)]
            unsafe fn load(at: *const u8) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $load(at.cast()) }
            }
            #[inline(always)]
            unsafe fn load_some(at: *const u8, mask: __m256i, parts: usize) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe {
                    let first = if parts == 1 { Self::splat(at) } else { $first(at) };
                    $blend(first, $some(at.cast(), mask), $from(mask))
                }
            }
            #[inline(always)]
            unsafe fn peek(at: *const u8, mask: __m256i) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $some(at.cast(), mask) }
            }
            #[inline(always)]
            unsafe fn store(self, at: *mut u8) {
                // SAFETY: by the caller, as the trait says.
                unsafe { $store(at.cast(), self) }
            }
            #[inline(always)]
            unsafe fn store_some(self, at: *mut u8, mask: __m256i) {
                // SAFETY: by the caller, as the trait says.
                unsafe { $store_some(at.cast(), mask, self) }
            }
            #[inline(always)]
            unsafe fn plus_product(self, a: Self, b: Self) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $fused(a, b, self) }
            }
            #[inline(always)]
            unsafe fn plus(self, other: Self) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $plus(self, other) }
            }
            #[inline(always)]
            unsafe fn swapped(self) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $swap(self) }
            }
            #[inline(always)]
            unsafe fn even_negative(self) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $from(_mm256_xor_si256($to(self), $signs)) }
            }
        }
    };
}

narrow!(
    __m256d,
    8,
    4,
    _mm256_setzero_pd,
    _mm256_set1_pd,
    f64,
    _mm256_loadu_pd,
    _mm256_maskload_pd,
    _mm256_storeu_pd,
    _mm256_maskstore_pd,
    _mm256_fmadd_pd,
    _mm256_add_pd,
    |v| _mm256_permute_pd::<0b0101>(v),
    _mm256_castpd_si256,
    _mm256_castsi256_pd,
    _mm256_blendv_pd,
    |at: *const u8| {
        let pair = _mm_loadu_pd(at.cast());
        _mm256_set_m128d(pair, pair)
    },
    _mm256_set_epi32(0, 0, i32::MIN, 0, 0, 0, i32::MIN, 0)
);
narrow!(
    __m256,
    4,
    8,
    _mm256_setzero_ps,
    _mm256_set1_ps,
    f32,
    _mm256_loadu_ps,
    _mm256_maskload_ps,
    _mm256_storeu_ps,
    _mm256_maskstore_ps,
    _mm256_fmadd_ps,
    _mm256_add_ps,
    |v| _mm256_permute_ps::<0b10110001>(v),
    _mm256_castps_si256,
    _mm256_castsi256_ps,
    _mm256_blendv_ps,
    |at: *const u8| _mm256_castpd_ps(_mm256_set1_pd(at.cast::<f64>().read_unaligned())),
    _mm256_set_epi32(0, i32::MIN, 0, i32::MIN, 0, i32::MIN, 0, i32::MIN)
);

macro_rules! integers {
    ($vector:ident, $register:ident, $size:literal, $lanes:literal, $mask:ident, $integer:ident, $to_mask:expr, $zero:ident, $splat:ident,
     $load:ident, $store:ident, $some:expr, $merged:expr, $store_some:expr, $plus:ident, $times:expr) => {
        /// Integers of one width, signed or not: their products and sums wrap.
        #[derive(Clone, Copy)]
        pub(super) struct $vector($register);

        impl Vector for $vector {
            const SIZE: usize = $size;
            const LANES: usize = $lanes;
            type Mask = $mask;
            #[inline(always)]
            unsafe fn mask(lanes: usize) -> $mask {
                // SAFETY: by the caller, as the trait says.
                unsafe { $to_mask(lanes) }
            }
            #[inline(always)]
            unsafe fn zero() -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $vector($zero()) }
            }
            #[inline(always)]
            unsafe fn splat(at: *const u8) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $vector($splat(at.cast::<$integer>().read_unaligned())) }
            }
            #[inline(always)]
            unsafe fn load(at: *const u8) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $vector($load(at.cast())) }
            }
            #[inline(always)]
            unsafe fn load_some(at: *const u8, mask: $mask, _: usize) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $vector($merged(Self::splat(at).0, mask, at.cast())) }
            }
            #[inline(always)]
            unsafe fn peek(at: *const u8, mask: $mask) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $vector($some(mask, at.cast())) }
            }
            #[inline(always)]
            unsafe fn store(self, at: *mut u8) {
                // SAFETY: by the caller, as the trait says.
                unsafe { $store(at.cast(), self.0) }
            }
            #[inline(always)]
            unsafe fn store_some(self, at: *mut u8, mask: $mask) {
                // SAFETY: by the caller, as the trait says.
                unsafe { $store_some(at.cast(), mask, self.0) }
            }
            #[inline(always)]
            unsafe fn plus_product(self, a: Self, b: Self) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $vector($plus(self.0, $times(a.0, b.0))) }
            }
            #[inline(always)]
            unsafe fn plus(self, other: Self) -> Self {
                // SAFETY: by the caller, as the trait says.
                unsafe { $vector($plus(self.0, other.0)) }
            }
            #[inline(always)]
            unsafe fn swapped(self) -> Self {
                self
            }
            #[inline(always)]
            unsafe fn even_negative(self) -> Self {
                self
            }
        }
    };
}

integers!(
    I32x16,
    __m512i,
    4,
    16,
    __mmask16,
    i32,
    |lanes: usize| __m512::mask(lanes),
    _mm512_setzero_si512,
    _mm512_set1_epi32,
    _mm512_loadu_si512,
    _mm512_storeu_si512,
    |mask, at| _mm512_maskz_loadu_epi32(mask, at),
    |first, mask, at| _mm512_mask_loadu_epi32(first, mask, at),
    |at, mask, value| _mm512_mask_storeu_epi32(at, mask, value),
    _mm512_add_epi32,
    |a, b| _mm512_mullo_epi32(a, b)
);
integers!(
    I64x8,
    __m512i,
    8,
    8,
    __mmask8,
    i64,
    |lanes: usize| __m512d::mask(lanes),
    _mm512_setzero_si512,
    _mm512_set1_epi64,
    _mm512_loadu_si512,
    _mm512_storeu_si512,
    |mask, at| _mm512_maskz_loadu_epi64(mask, at),
    |first, mask, at| _mm512_mask_loadu_epi64(first, mask, at),
    |at, mask, value| _mm512_mask_storeu_epi64(at, mask, value),
    _mm512_add_epi64,
    |a, b| _mm512_mullo_epi64(a, b)
);
integers!(
    I32x8,
    __m256i,
    4,
    8,
    __m256i,
    i32,
    |lanes: usize| __m256::mask(lanes),
    _mm256_setzero_si256,
    _mm256_set1_epi32,
    _mm256_loadu_si256,
    _mm256_storeu_si256,
    |mask, at| _mm256_maskload_epi32(at, mask),
    |first, mask, at| _mm256_blendv_epi8(first, _mm256_maskload_epi32(at, mask), mask),
    |at, mask, value| _mm256_maskstore_epi32(at, mask, value),
    _mm256_add_epi32,
    |a, b| _mm256_mullo_epi32(a, b)
);
integers!(
    I64x4,
    __m256i,
    8,
    4,
    __m256i,
    i64,
    |lanes: usize| __m256d::mask(lanes),
    _mm256_setzero_si256,
    _mm256_set1_epi64x,
    _mm256_loadu_si256,
    _mm256_storeu_si256,
    |mask, at| _mm256_maskload_epi64(at, mask),
    |first, mask, at| _mm256_blendv_epi8(first, _mm256_maskload_epi64(at, mask), mask),
    |at, mask, value| _mm256_maskstore_epi64(at, mask, value),
    _mm256_add_epi64,
    |a: __m256i, b: __m256i| {
        // By halves: low·low, and the two products of a low and a high half, shifted up.
        let crossed = _mm256_mullo_epi32(a, _mm256_shuffle_epi32::<0b10110001>(b));
        let high = _mm256_add_epi32(crossed, _mm256_slli_epi64::<32>(crossed));
        let high = _mm256_and_si256(high, _mm256_set1_epi64x(-1 << 32));
        _mm256_add_epi64(_mm256_mul_epu32(a, b), high)
    }
);
