//! Words of the congruential generator by AVX-512: many states side by side, each of which goes as many steps at once.

use std::arch::x86_64::*;

/// States in a register, and registers: so many that each multiplication is done by when its result is asked for.
pub(super) const WIDTH: usize = 8;
const REGISTERS: usize = 3;
/// States side by side.
pub(super) const LANES: usize = WIDTH * REGISTERS;

/// Halves of eight 128-bit numbers.
#[derive(Clone, Copy)]
struct Wide {
    high: __m512i,
    low: __m512i,
}

impl Wide {
    /// One number in all lanes.
    #[target_feature(enable = "avx512f")]
    fn splat(value: u128) -> Wide {
        Wide { high: _mm512_set1_epi64((value >> 64) as i64), low: _mm512_set1_epi64(value as i64) }
    }
    #[target_feature(enable = "avx512f")]
    fn of(values: &[u128; WIDTH]) -> Wide {
        let halves = |half: fn(u128) -> i64| {
            let [a, b, c, d, e, f, g, h] = values.map(half);
            _mm512_setr_epi64(a, b, c, d, e, f, g, h)
        };
        Wide { high: halves(|value| (value >> 64) as i64), low: halves(|value| value as i64) }
    }
    #[target_feature(enable = "avx512f")]
    fn first(self) -> u128 {
        let half = |lanes| _mm_cvtsi128_si64(_mm512_castsi512_si128(lanes)) as u64;
        u128::from(half(self.high)) << 64 | u128::from(half(self.low))
    }
    /// `self · factor + plus`, modulo 2¹²⁸.
    #[target_feature(enable = "avx512f,avx512dq")]
    fn times_plus(self, factor: Wide, plus: Wide) -> Wide {
        let low = _mm512_add_epi64(_mm512_mullo_epi64(self.low, factor.low), plus.low);
        let carried = _mm512_cmplt_epu64_mask(low, plus.low);
        let crossed = _mm512_add_epi64(
            _mm512_mullo_epi64(self.low, factor.high),
            _mm512_mullo_epi64(self.high, factor.low),
        );
        let high = _mm512_add_epi64(_mm512_add_epi64(upper(self.low, factor.low), crossed), plus.high);
        Wide { high: _mm512_mask_add_epi64(high, carried, high, _mm512_set1_epi64(1)), low }
    }
    /// The word that each state gives.
    #[target_feature(enable = "avx512f,avx512dq")]
    fn output<const DXSM: bool>(self) -> __m512i {
        let Wide { mut high, low } = self;
        if !DXSM {
            return _mm512_rorv_epi64(_mm512_xor_si512(high, low), _mm512_srli_epi64::<58>(high));
        }
        high = _mm512_xor_si512(high, _mm512_srli_epi64::<32>(high));
        high = _mm512_mullo_epi64(high, _mm512_set1_epi64(super::pcg64::CHEAP as i64));
        high = _mm512_xor_si512(high, _mm512_srli_epi64::<48>(high));
        _mm512_mullo_epi64(high, _mm512_or_si512(low, _mm512_set1_epi64(1)))
    }
}

/// Upper halves of products: by halves of the factors, the carries of the middle ones kept apart.
#[target_feature(enable = "avx512f")]
fn upper(a: __m512i, b: __m512i) -> __m512i {
    let (a1, b1) = (_mm512_srli_epi64::<32>(a), _mm512_srli_epi64::<32>(b));
    let below = _mm512_srli_epi64::<32>(_mm512_mul_epu32(a, b));
    let middle = _mm512_add_epi64(_mm512_mul_epu32(a1, b), below);
    let lower = _mm512_and_si512(middle, _mm512_set1_epi64(0xffff_ffff));
    let other = _mm512_add_epi64(_mm512_mul_epu32(a, b1), lower);
    let carries = _mm512_add_epi64(_mm512_srli_epi64::<32>(middle), _mm512_srli_epi64::<32>(other));
    _mm512_add_epi64(_mm512_mul_epu32(a1, b1), carries)
}

/// Numbers in [0, 1) of words, as [`unit`](crate::source::unit) makes them, by their bits.
#[target_feature(enable = "avx512f,avx512dq")]
fn units(words: __m512i) -> __m512i {
    let integers = _mm512_cvtepi64_pd(_mm512_srli_epi64::<11>(words));
    _mm512_castpd_si512(_mm512_mul_pd(integers, _mm512_set1_pd(1.0 / 9007199254740992.0)))
}

/// Fills the groups with words, or with the bits of their numbers in [0, 1), beginning with those of the eight `states`;
/// returns the state of the word that follows. `leap` and `stride` are what a state is multiplied by, and what is added,
/// for [`WIDTH`] steps and for [`LANES`].
#[target_feature(enable = "avx512f,avx512dq")]
pub(super) fn fill<const DXSM: bool, const UNIT: bool>(
    groups: &mut [[u64; LANES]],
    states: &[u128; WIDTH],
    leap: (u128, u128),
    stride: (u128, u128),
) -> u128 {
    let mut lanes = [Wide::of(states); REGISTERS];
    for r in 1..REGISTERS {
        lanes[r] = lanes[r - 1].times_plus(Wide::splat(leap.0), Wide::splat(leap.1));
    }
    let (factor, plus) = (Wide::splat(stride.0), Wide::splat(stride.1));
    for group in groups {
        let (slots, _) = group.as_chunks_mut::<WIDTH>();
        for (slot, lane) in slots.iter_mut().zip(&mut lanes) {
            let words = lane.output::<DXSM>();
            let bits = if UNIT { units(words) } else { words };
            // SAFETY: the slot has eight words.
            unsafe { _mm512_storeu_si512(slot.as_mut_ptr().cast(), bits) };
            *lane = lane.times_plus(factor, plus);
        }
    }
    lanes[0].first()
}
