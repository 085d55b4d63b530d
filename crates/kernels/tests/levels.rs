//! Loops of levels above AVX2 beside AVX2's: the same bits (but for what NaNs carry) and the same floating-point flags,
//! as they do the same operations in wider registers. Thousands of elements per loop: ordinary numbers, every
//! magnitude, random bits, special values. That AVX2's results are right is for other tests.
//!
//! On a machine without such a level there is nothing to compare.

mod common;

use std::collections::HashMap;

use common::{call, element, same, samples, size};
use sharray_base::fp_status::FpStatus;
use sharray_base::{Kind, TypeNum};
use sharray_kernels::definitions;
use sharray_kernels::isa::Level;
use sharray_kernels::loop_abi::LoopFlags;
use sharray_kernels::table::{Definition, Entry};

/// Elements of a call: two of the longest blocks, one of what is left over of blocks, one element.
const RUN: usize = 2 * 64 + 8 + 1;
/// Kinds of operands, run by run.
const KINDS: usize = 4;

/// Pseudo-random numbers (SplitMix64).
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }
    /// From 0 up to 1.
    fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Operands of a type, run after run.
fn pool(num: TypeNum) -> Vec<u8> {
    let runs = if num.kind() == Kind::Float { 240 } else { 16 };
    let (mut random, special) = (Random(num as u64), samples(num));
    let mut pool = Vec::with_capacity(runs * RUN * size(num));
    for at in 0..runs * RUN {
        let kind = at / RUN % KINDS;
        let (sign, bits) = ([1.0, -1.0][at % 2], random.bits());
        match kind {
            0 => pool.extend(element(num, sign * 40.0 * random.unit())),
            1 => pool.extend(element(num, sign * 10f64.powf(24.0 * random.unit() - 12.0))),
            2 if bits % 8 == 0 => pool.extend(&special[bits as usize / 8 % special.len()]),
            2 => pool.extend(element(num, 3.0 * random.unit())),
            _ if num.kind() == Kind::Bool => pool.push((bits % 2) as u8),
            _ => pool.extend(bits.to_ne_bytes().into_iter().cycle().take(size(num))),
        }
    }
    pool
}

/// One call at `level`: operands start at these bytes; those flagged so are one scalar. Returns the flags.
fn run(
    definition: &Definition,
    entry: &Entry,
    level: Level,
    inputs: &[(&[u8], bool)],
    out: &mut [u128],
) -> FpStatus {
    let result = size(entry.types[definition.nin]) as isize;
    let mut pointers: Vec<*mut u8> = inputs.iter().map(|(bytes, _)| bytes.as_ptr().cast_mut()).collect();
    pointers.push(out.as_mut_ptr().cast());
    let mut steps: Vec<isize> = inputs
        .iter()
        .zip(entry.types)
        .map(|((_, scalar), &t)| if *scalar { 0 } else { size(t) as isize })
        .collect();
    steps.push(result);
    call(entry, level, &pointers, RUN, &steps)
}

/// Compares all runs of one loop with those operands as scalars; returns how many elements that were.
fn compare(
    definition: &Definition,
    entry: &Entry,
    level: Level,
    pools: &HashMap<TypeNum, Vec<u8>>,
    scalars: &[bool],
) -> usize {
    let result = entry.types[definition.nin];
    let bytes = size(result);
    let runs = entry.types[..definition.nin].iter().map(|t| pools[t].len() / size(*t) / RUN).min().unwrap();
    let (mut low, mut high) = (vec![0u128; RUN], vec![0u128; RUN]);
    for at in 0..runs {
        let inputs: Vec<(&[u8], bool)> = (0..definition.nin)
            .map(|operand| {
                // Operands are of one kind, but not the same elements; scalars are another element in each run.
                let place = (at + 7 * KINDS * operand) % runs * RUN;
                let place = if scalars[operand] { place + at % RUN } else { place };
                let num = entry.types[operand];
                (&pools[&num][place * size(num)..], scalars[operand])
            })
            .collect();
        let expected = run(definition, entry, Level::Avx2, &inputs, &mut low);
        let got = run(definition, entry, level, &inputs, &mut high);
        let what = || format!("{} {:?} {level:?} scalars={scalars:?} run {at}", definition.name, entry.types);
        assert_eq!(got, expected, "flags of {}", what());
        if low == high {
            continue;
        }
        for i in 0..RUN {
            let of = |block: &Vec<u128>| {
                // SAFETY: `RUN` results lie within the block.
                unsafe { std::slice::from_raw_parts(block.as_ptr().cast::<u8>().add(i * bytes), bytes) }
            };
            let (low, high) = (of(&low), of(&high));
            assert!(same(result, high, low), "{}: element {i}: {high:?}, AVX2 {low:?}", what());
        }
    }
    runs * RUN
}

/// Which operands are scalars, for every form of call that may have code of its own.
fn forms(nin: usize) -> Vec<Vec<bool>> {
    match nin {
        1 => vec![vec![false]],
        2 => vec![vec![false, false], vec![false, true], vec![true, false]],
        _ => vec![vec![false; nin], (0..nin).map(|operand| operand > 0).collect()],
    }
}

#[test]
fn levels_above_avx2_give_its_bits_and_flags() {
    let mut pools = HashMap::new();
    let (mut loops, mut elements) = (0, 0);
    for level in common::levels().filter(|level| *level > Level::Avx2) {
        for definition in definitions().iter().filter(|d| d.signature.is_none() && d.nout == 1) {
            let of_text = LoopFlags::WANTS_CONTEXT | LoopFlags::FALLIBLE;
            for entry in definition.entries.iter().filter(|e| !e.flags.contains(of_text)) {
                if entry.code[Level::Avx2 as usize] as usize == entry.code[level as usize] as usize {
                    continue;
                }
                for &num in entry.types {
                    pools.entry(num).or_insert_with(|| pool(num));
                }
                for scalars in forms(definition.nin) {
                    elements += compare(definition, entry, level, &pools, &scalars);
                }
                loops += 1;
            }
        }
        assert!(loops > 0, "{level:?} has no code of its own");
    }
    println!("{loops} loops, {elements} elements");
}
