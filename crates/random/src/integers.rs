//! Many integers in one range: words are fetched by the hundred and brought into the range side by side; those that are
//! rejected are left out afterwards. As each integer takes at least one word (or piece of a word), no more are ever
//! fetched than drawing one by one would take.

use crate::bounded::{Method, Pieces, mask_of, up_to, up_to_u32};
use crate::source::Source;

/// Places for integers of a width.
#[derive(Debug)]
pub enum Slots<'a> {
    /// 64 bits.
    W64(&'a mut [u64]),
    /// 32 bits.
    W32(&'a mut [u32]),
    /// 16 bits.
    W16(&'a mut [u16]),
    /// 8 bits.
    W8(&'a mut [u8]),
    /// One bit, in a byte.
    W1(&'a mut [u8]),
}

/// Which integers: `low..=low + most`, modulo the width of the slots.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// The lowest.
    pub low: u64,
    /// How far the highest is above it.
    pub most: u64,
    /// How words are brought into the range.
    pub method: Method,
}

/// Fills each slot with an integer of its own range: lowest value and extent.
pub fn fill_each<S: Source>(bits: &mut S, slots: Slots<'_>, ranges: &[(u64, u64)], method: Method) {
    let mut pieces = Pieces::default();
    let ranges = ranges.iter().copied();
    match slots {
        Slots::W64(out) => out.iter_mut().zip(ranges).for_each(|(slot, (low, most))| {
            *slot = low.wrapping_add(up_to(bits, most, method));
        }),
        Slots::W32(out) => out.iter_mut().zip(ranges).for_each(|(slot, (low, most))| {
            *slot = (low as u32).wrapping_add(up_to_u32(bits, most as u32, method));
        }),
        Slots::W16(out) => out.iter_mut().zip(ranges).for_each(|(slot, (low, most))| {
            *slot = (low as u16).wrapping_add(pieces.up_to(bits, 16, most as u32, method) as u16);
        }),
        Slots::W8(out) => out.iter_mut().zip(ranges).for_each(|(slot, (low, most))| {
            *slot = (low as u8).wrapping_add(pieces.up_to(bits, 8, most as u32, method) as u8);
        }),
        Slots::W1(out) => out.iter_mut().zip(ranges).for_each(|(slot, (low, most))| {
            *slot = low as u8 | pieces.up_to(bits, 1, most as u32, method) as u8;
        }),
    }
}

/// Fills `slots`; the stream is that of [`crate::bounded`]'s functions called one by one.
pub fn fill_within<S: Source>(bits: &mut S, slots: Slots<'_>, Range { low, most, method }: Range) {
    match (slots, u32::try_from(most)) {
        (Slots::W64(out), Err(_)) => {
            by_words(out, most, method, |x| low.wrapping_add(x), |words| bits.fill_u64(words));
        }
        (Slots::W64(out), Ok(most)) => {
            by_words(out, most, method, |x| low.wrapping_add(x.into()), |words| bits.fill_u32(words));
        }
        (Slots::W32(out), _) => {
            let place = |x| (low as u32).wrapping_add(x);
            by_words(out, most as u32, method, place, |words| bits.fill_u32(words));
        }
        (Slots::W16(out), _) => {
            by_words(
                out,
                most as u16,
                method,
                |x| (low as u16).wrapping_add(x),
                |pieces| {
                    cut(bits, pieces, |word, pieces: &mut [u16; 2]| {
                        *pieces = [word as u16, (word >> 16) as u16]
                    });
                },
            );
        }
        (Slots::W8(out), _) => {
            by_words(
                out,
                most as u8,
                method,
                |x| (low as u8).wrapping_add(x),
                |pieces| {
                    cut(bits, pieces, |word, pieces: &mut [u8; 4]| *pieces = word.to_le_bytes());
                },
            );
        }
        (Slots::W1(out), _) if most == 0 => out.fill(low as u8),
        (Slots::W1(out), _) => cut(bits, out, |word, pieces: &mut [u8; 32]| {
            *pieces = std::array::from_fn(|i| low as u8 | (word >> i & 1) as u8);
        }),
    }
}

/// Words fetched at a time.
const CHUNK: usize = 256;

/// Fills `out` with `place(x)` for the accepted `x` of the words that `fetch` gives; without words where the range is one
/// value. A last part that takes pieces of a word leaves the rest of it unused.
fn by_words<W: Word, T>(
    out: &mut [T],
    most: W,
    method: Method,
    place: impl Fn(W) -> T,
    mut fetch: impl FnMut(&mut [W]),
) {
    if most == W::default() {
        return out.iter_mut().for_each(|slot| *slot = place(most));
    }
    let rule = W::rule(most, method);
    let mut words = [W::default(); CHUNK];
    let mut rest = out;
    let mut ready = 0..0;
    while !rest.is_empty() {
        if ready.is_empty() {
            ready = 0..W::whole(rest.len()).min(CHUNK);
            fetch(&mut words[ready.clone()]);
        }
        let taken = ready.len().min(rest.len());
        let written = accepted(&words[ready.start..ready.start + taken], rest, rule, &place);
        ready.start += taken;
        rest = &mut rest[written..];
    }
}

/// Writes those of `words` that the rule accepts; returns how many.
fn accepted<W: Word, T>(words: &[W], out: &mut [T], rule: Rule<W>, place: impl Fn(W) -> T) -> usize {
    match rule {
        Rule::All => keep(words, out, |_| true, place),
        Rule::Multiply { count, least } => {
            keep(words, out, |word| word.product(count).1 >= least, |word| place(word.product(count).0))
        }
        Rule::Mask { mask, most } => {
            keep(words, out, |word| word.masked(mask) <= most, |word| place(word.masked(mask)))
        }
    }
}

/// Most often all words of a piece pass, which is found out and done by vectors.
#[inline(always)]
fn keep<W: Word, T>(words: &[W], out: &mut [T], passes: impl Fn(W) -> bool, make: impl Fn(W) -> T) -> usize {
    let out = &mut out[..words.len()];
    if words.iter().fold(true, |all, word| all & passes(*word)) {
        words.iter().zip(out).for_each(|(word, slot)| *slot = make(*word));
        return words.len();
    }
    let mut count = 0;
    for word in words {
        out[count] = make(*word);
        count += usize::from(passes(*word));
    }
    count
}

/// Cuts 32-bit words into as many pieces as are wanted.
fn cut<S: Source, T: Copy + Default, const N: usize>(
    bits: &mut S,
    pieces: &mut [T],
    split: impl Fn(u32, &mut [T; N]),
) {
    let mut words = [0u32; CHUNK];
    for chunk in pieces.chunks_mut(CHUNK * N) {
        let words = &mut words[..chunk.len().div_ceil(N)];
        bits.fill_u32(words);
        let (groups, rest) = chunk.as_chunks_mut::<N>();
        words.iter().zip(groups).for_each(|(word, group)| split(*word, group));
        if let Some(last) = words.last()
            && !rest.is_empty()
        {
            let mut group = [T::default(); N];
            split(*last, &mut group);
            rest.copy_from_slice(&group[..rest.len()]);
        }
    }
}

/// How words are brought into `0..=most`.
#[derive(Clone, Copy)]
enum Rule<W> {
    /// Every word is in the range.
    All,
    /// The upper half of the product with `count = most + 1`, unless the lower half is below `least`.
    Multiply { count: W, least: W },
    /// The word's lower bits, unless they are more than `most`.
    Mask { mask: W, most: W },
}

/// Words, or pieces of them.
trait Word: Copy + Default + PartialOrd {
    /// How many are fetched for `count` integers: whole words' worth.
    fn whole(count: usize) -> usize;
    /// Upper and lower half of a product.
    fn product(self, factor: Self) -> (Self, Self);
    /// The bits that are set in both.
    fn masked(self, mask: Self) -> Self;
    /// The rule for `0..=most`.
    fn rule(most: Self, method: Method) -> Rule<Self>;
}

macro_rules! word {
    ($type:ty, $wide:ty) => {
        impl Word for $type {
            fn whole(count: usize) -> usize {
                count.next_multiple_of((4 / size_of::<$type>()).max(1))
            }
            #[inline(always)]
            fn product(self, factor: Self) -> (Self, Self) {
                let product = <$wide>::from(self) * <$wide>::from(factor);
                ((product >> <$type>::BITS) as $type, product as $type)
            }
            #[inline(always)]
            fn masked(self, mask: Self) -> Self {
                self & mask
            }
            fn rule(most: Self, method: Method) -> Rule<Self> {
                match (most, method) {
                    (<$type>::MAX, _) => Rule::All,
                    (_, Method::Mask) => Rule::Mask { mask: mask_of(most.into()) as $type, most },
                    (_, Method::Multiply) => {
                        let count = most + 1;
                        Rule::Multiply { count, least: (<$type>::MAX - most) % count }
                    }
                }
            }
        }
    };
}

word!(u8, u16);
word!(u16, u32);
word!(u32, u64);
word!(u64, u128);
