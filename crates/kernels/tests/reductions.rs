//! Reductions: a binary loop whose result is its first operand at step 0 folds the second operand into it. Compared with the same
//! loop applied one element at a time, and sums of floats with a recursive pairwise sum.

mod common;

use common::{Operand, call, levels, same, samples};
use sharray_base::fp_status::FpStatus;
use sharray_base::{Kind, TypeNum};
use sharray_kernels::isa::Level;
use sharray_kernels::loop_abi::{LoopFlags, Rows};
use sharray_kernels::table::{Definition, Entry};
use sharray_kernels::{definitions, definitions::find};

/// Folds by one call; returns the result and the flags.
fn fold(entry: &Entry, level: Level, first: &[u8], values: &[Vec<u8>], step: isize) -> (Vec<u8>, FpStatus) {
    let mut total = Operand::new(entry.types[0], 1, 1);
    total.set(0, first);
    let mut source = Operand::new(entry.types[1], values.len(), step);
    values.iter().enumerate().for_each(|(i, bytes)| source.set(i, bytes));
    let (to, from) = (total.pointer(), source.pointer());
    let status = call(entry, level, &[to, from, to], values.len(), &[0, source.step, 0]);
    (total.get(0).to_vec(), status)
}

/// Folds one element at a time.
fn fold_singly(entry: &Entry, level: Level, first: &[u8], values: &[Vec<u8>]) -> (Vec<u8>, FpStatus) {
    values.iter().fold((first.to_vec(), FpStatus::empty()), |(total, status), value| {
        let (total, more) = fold(entry, level, &total, std::slice::from_ref(value), 1);
        (total, status | more)
    })
}

fn folds(definition: &Definition, entry: &Entry) -> bool {
    let [a, b, out] = entry.types[..] else { return false };
    definition.signature.is_none() && a == out && a == b && !a.is_flexible() && a != TypeNum::VString
}

/// Equal, or zeros of either sign: which of equal values an extreme keeps is left open.
fn same_or_zero(num: TypeNum, a: &[u8], b: &[u8]) -> bool {
    let zero = |bytes: &[u8]| {
        samples(num).first().is_some_and(|zero| zero == bytes) || bytes == common::element(num, -0.0)
    };
    same(num, a, b) || (zero(a) && zero(b))
}

#[test]
fn halves_are_rounded_once() {
    let bytes = |value: f32| half::f16::from_f32(value).to_ne_bytes().to_vec();
    for (name, first, values, expected) in [
        // 0.1 as a half is 0.0999756: rounded at each step this is 1.0.
        (
            "multiply",
            1000.0f32,
            [0.1f32, 0.1, 0.1],
            0.099_975_586f32 * 0.099_975_586 * 0.099_975_586 * 1000.0,
        ),
        // Beyond a half's range on the way.
        ("multiply", 60000.0, [4.0, 0.5, 0.25], 30000.0),
        ("divide", 60000.0, [0.25, 4.0, 2.0], 30000.0),
        ("subtract", 60000.0, [-60000.0, 60000.0, 1000.0], 59000.0),
    ] {
        let definition = find(name).unwrap();
        let entry = definition.entries.iter().find(|e| e.types[0] == TypeNum::Half).unwrap();
        let values: Vec<Vec<u8>> = values.iter().map(|&value| bytes(value)).collect();
        for level in levels() {
            for step in [1, 2, -1] {
                let (got, raised) = fold(entry, level, &bytes(first), &values, step);
                assert_eq!(got, bytes(expected), "{name} {level:?}");
                assert!(!raised.contains(FpStatus::OVERFLOW), "{name} {level:?}");
            }
        }
    }
}

#[test]
fn folds_equal_single_steps() {
    // Sums of floats are pairwise, and tested below.
    let pairwise = |d: &Definition, e: &Entry| {
        d.name == "add" && matches!(e.types[0].kind(), Kind::Float | Kind::Complex)
    };
    // Halves are folded in single precision, and tested below too.
    let wide = |d: &Definition, e: &Entry| {
        matches!(d.name, "multiply" | "subtract" | "divide") && e.types[0] == TypeNum::Half
    };
    for definition in definitions() {
        let apart = |e: &Entry| pairwise(definition, e) || wide(definition, e);
        for entry in definition.entries.iter().filter(|e| folds(definition, e) && !apart(e)) {
            let num = entry.types[0];
            let all = samples(num);
            // NaN and infinities in every place would leave nothing else to see.
            let few: Vec<Vec<u8>> = all.iter().filter(|s| !s.is_empty()).take(13).cloned().collect();
            for level in levels() {
                for (values, n) in
                    [(&few, 0), (&few, 1), (&few, 7), (&few, 70), (&few, 200), (&all, 70), (&all, 300)]
                {
                    let values: Vec<Vec<u8>> =
                        (0..n).map(|i| values[(i * 5 + 1) % values.len()].clone()).collect();
                    let (want, flags) = fold_singly(entry, level, &few[1], &values);
                    for step in [1, 2, -1] {
                        let (got, raised) = fold(entry, level, &few[1], &values, step);
                        let what = format!("{} {num:?} {level:?} n={n} step={step}", definition.name);
                        assert!(same_or_zero(num, &got, &want), "{what}: {got:?}, not {want:?}");
                        assert_eq!(raised, flags, "{what}");
                    }
                }
            }
        }
    }
}

/// The pairwise sum as it is defined: eight running sums up to 128 elements, halves above.
fn pairwise(values: &[f64]) -> f64 {
    let n = values.len();
    if n < 8 {
        return values.iter().fold(-0.0, |sum, v| sum + v);
    }
    if n <= 128 {
        let mut r: Vec<f64> = values[..8].to_vec();
        for row in values[8..n - n % 8].chunks(8) {
            r.iter_mut().zip(row).for_each(|(sum, v)| *sum += v);
        }
        let sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
        return values[n - n % 8..].iter().fold(sum, |sum, v| sum + v);
    }
    let middle = n / 2 - n / 2 % 8;
    pairwise(&values[..middle]) + pairwise(&values[middle..])
}

#[test]
fn float_sums_are_pairwise() {
    let entry = find("add").unwrap().entries.iter().find(|e| e.types[0] == TypeNum::Double).unwrap();
    for level in levels() {
        for n in (0..300).chain([1000, 4097, 20000]) {
            let values: Vec<f64> = (0..n).map(|i| (i as f64 * 0.7).sin() * 10f64.powi(i % 9)).collect();
            let bytes: Vec<Vec<u8>> = values.iter().map(|v| v.to_ne_bytes().to_vec()).collect();
            for step in [1, 3, -1] {
                let (got, _) = fold(entry, level, &1.5f64.to_ne_bytes(), &bytes, step);
                let got = f64::from_ne_bytes(got.try_into().unwrap());
                assert_eq!(got.to_bits(), (1.5 + pairwise(&values)).to_bits(), "{level:?} n={n} step={step}");
            }
        }
    }
}

#[test]
fn logic_stops_where_it_is_decided() {
    for (name, neutral) in [("logical_and", 1u8), ("logical_or", 0)] {
        let entry = find(name).unwrap().entries.iter().find(|e| e.types[0] == TypeNum::Bool).unwrap();
        for level in levels() {
            for n in [1usize, 63, 64, 65, 300] {
                for at in [0, n / 2, n - 1] {
                    let mut values = vec![vec![neutral]; n];
                    assert_eq!(fold(entry, level, &[neutral], &values, 1).0, [neutral]);
                    values[at] = vec![1 - neutral];
                    assert_eq!(
                        fold(entry, level, &[neutral], &values, 1).0,
                        [1 - neutral],
                        "{name} n={n} at={at}"
                    );
                }
            }
        }
    }
}

/// Rows folded in one call equal rows folded element by element.
#[test]
fn rows_equal_single_steps() {
    for definition in definitions() {
        for entry in definition.entries.iter().filter(|e| e.flags.contains(LoopFlags::FOLDS_ROWS)) {
            let num = entry.types[0];
            let values: Vec<Vec<u8>> = samples(num).into_iter().take(13).collect();
            for (level, (n, count)) in levels()
                .flat_map(|l| [(1, 3), (5, 0), (5, 1), (16, 8), (70, 9), (131, 18)].map(|shape| (l, shape)))
            {
                let (mut total, mut source) = (Operand::new(num, n, 1), Operand::new(num, n * count, 1));
                let value = |i: usize| &values[(i * 7 + i / 13) % values.len()];
                (0..n).for_each(|i| total.set(i, value(3 * i)));
                (0..n * count).for_each(|i| source.set(i, value(i)));
                let expected: Vec<Vec<u8>> = (0..n)
                    .map(|i| {
                        let column: Vec<Vec<u8>> =
                            (0..count).map(|row| source.get(row * n + i).to_vec()).collect();
                        fold_singly(entry, level, total.get(i), &column).0
                    })
                    .collect();
                let size = source.step;
                let mut rows = Rows { count: count as isize, step: n as isize * size };
                let (to, from) = (total.pointer(), source.pointer());
                // SAFETY: `count` rows of `n` elements and a row they are folded into.
                unsafe {
                    let data = (&raw mut rows).cast();
                    (entry.code[level as usize])(
                        [to, from, to].as_ptr(),
                        [n as isize].as_ptr(),
                        [size, size, size].as_ptr(),
                        data,
                    )
                };
                for (i, expected) in expected.iter().enumerate() {
                    assert!(
                        same_or_zero(num, total.get(i), expected),
                        "{} {num:?} {level:?} {count} rows of {n}, element {i}",
                        definition.name
                    );
                }
            }
        }
    }
}
