//! What lies under a mask: the places of its true bytes, and copies of the elements there, side by side.
//!
//! A mask as random as data is costs a branch per element more than all the work, so nothing here asks for one. With AVX2
//! the bits of four or eight bytes of the mask choose from a table how a vector of elements (or of places) is moved
//! together; it is stored whole, and the next one goes over what was too much. Where that could reach past the room there
//! is, the rest goes one by one.

use super::pick::{Axis, Lane, Numbers, gather};
#[cfg(target_arch = "x86_64")]
use crate::isa::{self, Level};

/// A mask (bool, one byte each): the first one's address, bytes from one to the next, and how many.
#[derive(Debug, Clone, Copy)]
pub struct Mask {
    /// Address of the first.
    pub data: *const u8,
    /// Bytes to the next.
    pub step: isize,
    /// How many there are.
    pub count: usize,
}

impl Mask {
    /// Whether the element at `index` is true.
    ///
    /// # Safety
    /// `index` is below the count, and the mask is readable.
    #[inline(always)]
    unsafe fn holds(self, index: usize) -> bool {
        // SAFETY: by the contract.
        unsafe { *self.data.offset(index as isize * self.step) != 0 }
    }
    fn from(self, start: usize) -> Mask {
        Mask {
            data: self.data.wrapping_offset(start as isize * self.step),
            count: self.count - start,
            ..self
        }
    }
    /// The first `count` of them.
    pub fn first(self, count: usize) -> Mask {
        Mask { count: count.min(self.count), ..self }
    }
}

/// Elements of a mask whose places are looked for at once by who works through them in pieces.
pub const PIECE: usize = 512;

/// Writes the places of the mask's true elements, each plus `base`, to `out`, no more than `room`; gives their number.
///
/// # Safety
/// The mask is readable, `room` places are writable.
pub unsafe fn true_places(mask: Mask, base: isize, out: *mut isize, room: usize) -> usize {
    let (mut done, mut found) = (0, 0);
    // SAFETY: handed on; the level in force is one this machine has; `done` and `found` stay within count and room.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        if mask.step == 1 && isa::active() >= Level::Avx2 {
            (done, found) = vectors::places(mask, base, out, room);
        }
        found + places_one_by_one(mask.from(done), base + done as isize, out.add(found), room - found)
    }
}

/// # Safety
/// As for [`true_places`].
unsafe fn places_one_by_one(mask: Mask, base: isize, out: *mut isize, room: usize) -> usize {
    let (mut index, mut found) = (0, 0);
    // SAFETY: elements below the count, eight at once where they lie side by side; places below the room.
    unsafe {
        while index < mask.count && found < room {
            let eight = mask.step == 1 && index + 8 <= mask.count;
            if eight && mask.data.add(index).cast::<u64>().read_unaligned() == 0 {
                index += 8;
                continue;
            }
            out.add(found).write(base + index as isize);
            found += usize::from(mask.holds(index));
            index += 1;
        }
    }
    found
}

/// Copies the elements of `size` bytes at `source`, `step` bytes apart, that lie under the mask to `out`, side by side, no
/// more than `room`; gives their number.
///
/// # Safety
/// An element is readable for each of the mask's; `room` elements are writable at `out`, apart from them.
pub unsafe fn compress(mask: Mask, source: Lane, size: usize, out: *mut u8, room: usize) -> usize {
    let (mut done, mut found) = (0, 0);
    // SAFETY: handed on; the level in force is one this machine has; `done` and `found` stay within count and room.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        if mask.step == 1 && source.step == size as isize && isa::active() >= Level::Avx2 {
            (done, found) = vectors::compress(mask, source.data, size, out, room);
        }
        let rest = Lane { data: source.data.wrapping_offset(done as isize * source.step), ..source };
        found + compress_by_places(mask.from(done), rest, size, out.add(found * size), room - found)
    }
}

/// # Safety
/// As for [`compress`].
unsafe fn compress_by_places(mask: Mask, source: Lane, size: usize, out: *mut u8, room: usize) -> usize {
    let mut places = [0; PIECE];
    let mut found = 0;
    for start in (0..mask.count).step_by(PIECE) {
        let piece = mask.from(start).first(PIECE);
        // SAFETY: places of elements of the source, each within the piece; as many as there is room for.
        unsafe {
            let count = true_places(piece, 0, places.as_mut_ptr(), (room - found).min(PIECE));
            let data = source.data.wrapping_offset(start as isize * source.step);
            let axis = Axis { data, stride: source.step, extent: piece.count as isize };
            let to = Lane { data: out.add(found * size), step: size as isize };
            let copied = gather(axis, Numbers::dense(&places[..count]), to, size);
            debug_assert!(copied.is_ok());
            found += count;
        }
    }
    found
}

#[cfg(target_arch = "x86_64")]
mod vectors {
    use std::arch::x86_64::*;

    use super::Mask;

    /// Which of eight are chosen, in order, for each value of eight bits; what follows them is 0.
    static CHOSEN: [[u8; 8]; 256] = chosen();
    /// Which of four are chosen, in order, as the halves of places of eight bytes, for each value of four bits.
    static HALVES: [[u32; 8]; 16] = halves();
    /// The same as numbers.
    static PLACES: [[i64; 4]; 16] = places_of_four();

    const fn chosen() -> [[u8; 8]; 256] {
        let mut table = [[0; 8]; 256];
        let mut bits = 0;
        while bits < 256 {
            let (mut bit, mut found) = (0, 0);
            while bit < 8 {
                if bits >> bit & 1 == 1 {
                    table[bits][found] = bit;
                    found += 1;
                }
                bit += 1;
            }
            bits += 1;
        }
        table
    }

    const fn halves() -> [[u32; 8]; 16] {
        let (eight, mut table) = (chosen(), [[0; 8]; 16]);
        let mut bits = 0;
        while bits < 16 {
            let mut place = 0;
            while place < 4 {
                table[bits][2 * place] = 2 * eight[bits][place] as u32;
                table[bits][2 * place + 1] = 2 * eight[bits][place] as u32 + 1;
                place += 1;
            }
            bits += 1;
        }
        table
    }

    const fn places_of_four() -> [[i64; 4]; 16] {
        let (eight, mut table) = (chosen(), [[0; 4]; 16]);
        let mut bits = 0;
        while bits < 16 {
            let mut place = 0;
            while place < 4 {
                table[bits][place] = eight[bits][place] as i64;
                place += 1;
            }
            bits += 1;
        }
        table
    }

    /// Elements of the mask that are looked at together.
    const BLOCK: usize = 32;

    /// The bits of the mask's next elements.
    ///
    /// # Safety
    /// [`BLOCK`] bytes are readable.
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn bits(mask: *const u8) -> u32 {
        // SAFETY: by the contract.
        let bytes = unsafe { _mm256_loadu_si256(mask.cast()) };
        !_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_setzero_si256())) as u32
    }

    /// Places of the true elements, as long as a block's all would fit; how many elements are done, how many found.
    ///
    /// # Safety
    /// As for [`super::true_places`], for a dense mask.
    #[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
    pub(super) unsafe fn places(mask: Mask, base: isize, out: *mut isize, room: usize) -> (usize, usize) {
        let (mut done, mut found) = (0, 0);
        // SAFETY: whole blocks of the mask; a store reaches four places on, and a block's stores no more than a block.
        unsafe {
            while done + BLOCK <= mask.count && found + BLOCK <= room {
                let bits = bits(mask.data.add(done));
                if bits != 0 {
                    let mut first = _mm256_set1_epi64x(base as i64 + done as i64);
                    for part in 0..BLOCK / 4 {
                        let four = (bits >> (4 * part) & 15) as usize;
                        let places = _mm256_loadu_si256(PLACES[four].as_ptr().cast());
                        _mm256_storeu_si256(out.add(found).cast(), _mm256_add_epi64(places, first));
                        first = _mm256_add_epi64(first, _mm256_set1_epi64x(4));
                        found += four.count_ones() as usize;
                    }
                }
                done += BLOCK;
            }
        }
        (done, found)
    }

    /// Elements under the mask, as long as a block's all would fit; how many elements are done, how many found.
    ///
    /// # Safety
    /// As for [`super::compress`], for a dense mask and source.
    #[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
    pub(super) unsafe fn compress(
        mask: Mask,
        source: *const u8,
        size: usize,
        out: *mut u8,
        room: usize,
    ) -> (usize, usize) {
        // SAFETY: handed on from the caller.
        unsafe {
            match size {
                1 => blocks::<1>(mask, source, out, room),
                2 => blocks::<2>(mask, source, out, room),
                4 => blocks::<4>(mask, source, out, room),
                8 => blocks::<8>(mask, source, out, room),
                _ => (0, 0),
            }
        }
    }

    /// # Safety
    /// As for [`compress`], with elements of `SIZE` bytes: 1, 2, 4 or 8.
    #[inline]
    #[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
    unsafe fn blocks<const SIZE: usize>(
        mask: Mask,
        source: *const u8,
        out: *mut u8,
        room: usize,
    ) -> (usize, usize) {
        // How many elements a step moves.
        let lanes = if SIZE == 8 { 4 } else { 8 };
        let (mut done, mut found) = (0, 0);
        // SAFETY: whole blocks of the mask and the source; a store reaches a step's elements on, and a block's stores no
        // more than a block.
        unsafe {
            while done + BLOCK <= mask.count && found + BLOCK <= room {
                let bits = bits(mask.data.add(done));
                if bits != 0 {
                    for part in 0..BLOCK / lanes {
                        let chosen = (bits >> (lanes * part)) as usize & ((1 << lanes) - 1);
                        step::<SIZE>(chosen, source.add((done + lanes * part) * SIZE), out.add(found * SIZE));
                        found += chosen.count_ones() as usize;
                    }
                }
                done += BLOCK;
            }
        }
        (done, found)
    }

    /// Moves the chosen of four elements (of 8 bytes) or eight (of fewer) together.
    ///
    /// # Safety
    /// So many are readable at `from` and writable at `to`.
    #[inline]
    #[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
    unsafe fn step<const SIZE: usize>(chosen: usize, from: *const u8, to: *mut u8) {
        // SAFETY: as many bytes as the elements have.
        unsafe {
            match SIZE {
                1 => {
                    let places = _mm_loadl_epi64(CHOSEN[chosen].as_ptr().cast());
                    _mm_storel_epi64(to.cast(), _mm_shuffle_epi8(_mm_loadl_epi64(from.cast()), places));
                }
                2 => {
                    let places = _mm_loadl_epi64(CHOSEN[chosen].as_ptr().cast());
                    // Bytes 2p and 2p + 1 of each place p.
                    let twice = _mm_add_epi8(places, places);
                    let pairs = _mm_unpacklo_epi8(twice, _mm_add_epi8(twice, _mm_set1_epi8(1)));
                    _mm_storeu_si128(to.cast(), _mm_shuffle_epi8(_mm_loadu_si128(from.cast()), pairs));
                }
                4 => {
                    let places = _mm256_cvtepu8_epi32(_mm_loadl_epi64(CHOSEN[chosen].as_ptr().cast()));
                    let values = _mm256_loadu_si256(from.cast());
                    _mm256_storeu_si256(to.cast(), _mm256_permutevar8x32_epi32(values, places));
                }
                _ => {
                    let halves = _mm256_loadu_si256(HALVES[chosen].as_ptr().cast());
                    let values = _mm256_loadu_si256(from.cast());
                    _mm256_storeu_si256(to.cast(), _mm256_permutevar8x32_epi32(values, halves));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Masks of all densities, their true bytes not all 1.
    fn mask(count: usize, of_ten: usize) -> Vec<u8> {
        let byte = |i: usize| {
            let scattered = (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
            if (scattered as usize % 10) < of_ten { 1 + (i % 255) as u8 } else { 0 }
        };
        (0..count).map(byte).collect()
    }

    #[test]
    fn places_and_elements() {
        for count in [0, 1, 7, 8, 31, 32, 33, 64, 100, 500, 513, 1100] {
            for of_ten in [0, 1, 5, 9, 10] {
                for step in [1isize, 3, -1] {
                    check(&mask(count, of_ten), step);
                }
            }
        }
    }

    fn check(mask: &[u8], step: isize) {
        let count = mask.len();
        let wide = step.unsigned_abs();
        let mut spaced = vec![0xa5; count * wide + 1];
        let start = if step < 0 { count.saturating_sub(1) * wide } else { 0 };
        for (i, byte) in mask.iter().enumerate() {
            spaced[(start as isize + i as isize * step) as usize] = *byte;
        }
        let given = Mask { data: spaced[start..].as_ptr(), step, count };
        let places: Vec<isize> = (0..count).filter(|i| mask[*i] != 0).map(|i| i as isize).collect();
        for room in [places.len(), places.len() / 2, places.len().saturating_sub(1), places.len() + 5] {
            let mut out = vec![-1; room + 1];
            // SAFETY: the mask's bytes; `room` places.
            let found = unsafe { true_places(given, 10, out.as_mut_ptr(), room) };
            assert_eq!(found, places.len().min(room));
            assert!(out[..found].iter().zip(&places).all(|(place, wanted)| *place == wanted + 10));
            assert_eq!(out[room], -1, "written beyond the room");
            for size in [1usize, 2, 3, 4, 8, 12, 16] {
                for factor in [1isize, 2, -1] {
                    elements(given, &places, size, factor * size as isize, room);
                }
            }
        }
    }

    fn elements(mask: Mask, places: &[isize], size: usize, step: isize, room: usize) {
        let source: Vec<u8> = (0..2 * (mask.count + 1) * size).map(|i| (i * 7 + i / 256) as u8).collect();
        let start = if step < 0 { mask.count * size } else { 0 };
        let lane = Lane { data: source[start..].as_ptr().cast_mut(), step };
        let mut out = vec![0xee; (room + 1) * size];
        // SAFETY: the source has an element for each of the mask, the output `room`.
        let found = unsafe { compress(mask, lane, size, out.as_mut_ptr(), room) };
        assert_eq!(found, places.len().min(room));
        for (i, place) in places[..found].iter().enumerate() {
            let from = (start as isize + place * step) as usize;
            assert_eq!(out[i * size..][..size], source[from..from + size], "{size} bytes, {step}, {i}");
        }
        assert!(out[room * size..].iter().all(|byte| *byte == 0xee), "written beyond the room");
    }
}
