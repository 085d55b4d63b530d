//! Every loop of every ufunc, on every level of the machine, at every length up to 70 and every kind of stride: its
//! values and its floating-point flags are those of the same operation on one element at a time.

mod common;

use common::{Operand, call, levels, same, samples};
use sharray_base::fp_status::FpStatus;
use sharray_kernels::definitions;
use sharray_kernels::isa::Level;
use sharray_kernels::loop_abi::LoopFlags;
use sharray_kernels::table::{Definition, Entry};

const LONGEST: usize = 70;

/// Inputs of one element each and what the loop makes of them alone.
struct Case {
    inputs: Vec<Vec<u8>>,
    outputs: Vec<Vec<u8>>,
    status: FpStatus,
}

fn alone(definition: &Definition, entry: &Entry, level: Level, inputs: Vec<Vec<u8>>) -> Case {
    let mut operands: Vec<Operand> = entry.types.iter().map(|&t| Operand::new(t, 1, 1)).collect();
    inputs.iter().zip(&mut operands).for_each(|(bytes, operand)| operand.set(0, bytes));
    let steps: Vec<isize> = operands.iter().map(|o| o.step).collect();
    let pointers: Vec<*mut u8> = operands.iter_mut().map(Operand::pointer).collect();
    let status = call(entry, level, &pointers, 1, &steps);
    let outputs = operands[definition.nin..].iter().map(|o| o.get(0).to_vec()).collect();
    Case { inputs, outputs, status }
}

/// Cases that mix the samples of the operands; with `fixed`, that operand is always its sample of this number.
fn cases(definition: &Definition, entry: &Entry, level: Level, fixed: Option<usize>) -> Vec<Case> {
    (0..LONGEST)
        .map(|i| {
            let inputs = (0..definition.nin).map(|operand| {
                let values = samples(entry.types[operand]);
                let at = if fixed == Some(operand) { 3 } else { i * [1, 5, 11][operand] + i / values.len() };
                values[at % values.len()].clone()
            });
            alone(definition, entry, level, inputs.collect())
        })
        .collect()
}

/// Runs the first `n` cases at these steps and compares.
fn check(
    definition: &Definition,
    entry: &Entry,
    level: Level,
    cases: &[Case],
    n: usize,
    steps: &[isize],
    in_place: bool,
) {
    let nin = definition.nin;
    let mut operands: Vec<Operand> =
        entry.types.iter().zip(steps).map(|(&t, &s)| Operand::new(t, n, s)).collect();
    for (i, case) in cases[..n].iter().enumerate() {
        case.inputs.iter().zip(&mut operands).for_each(|(bytes, operand)| operand.set(i, bytes));
    }
    let steps: Vec<isize> = operands.iter().map(|o| o.step).collect();
    let mut pointers: Vec<*mut u8> = operands.iter_mut().map(Operand::pointer).collect();
    if in_place {
        pointers[nin] = pointers[0];
    }
    let status = call(entry, level, &pointers, n, &steps);
    let what = || {
        format!("{} {:?} {level:?} n={n} steps={steps:?} in place: {in_place}", definition.name, entry.types)
    };
    for (i, case) in cases[..n].iter().enumerate() {
        for (k, expected) in case.outputs.iter().enumerate() {
            let operand = &operands[if in_place { 0 } else { nin + k }];
            let got = operand.get(i);
            assert!(
                same(operand.num, got, expected),
                "{}: element {i} of {:?}: {got:?}, alone {expected:?}",
                what(),
                case.inputs
            );
        }
    }
    let expected = cases[..n].iter().fold(FpStatus::empty(), |all, case| all | case.status);
    assert_eq!(status, expected, "{}", what());
}

fn check_entry(definition: &Definition, entry: &Entry, level: Level) {
    let operands = entry.types.len();
    let plain = cases(definition, entry, level, None);
    let lengths: Vec<usize> = (0..=LONGEST).collect();
    for &n in &lengths {
        check(definition, entry, level, &plain, n, &vec![1; operands], false);
    }
    // Long arguments of the C library's slow functions at every shape add nothing but time.
    for &n in lengths.iter().filter(|n| *n % 7 < 2) {
        for step in [2, -1] {
            check(definition, entry, level, &plain, n, &vec![step; operands], false);
        }
        let fits = definition.nout == 1 && entry.types[0] == entry.types[definition.nin];
        if fits {
            check(definition, entry, level, &plain, n, &vec![1; operands], true);
        }
        for fixed in (0..definition.nin).filter(|_| definition.nin > 1) {
            let mut steps = vec![1; operands];
            steps[fixed] = 0;
            check(
                definition,
                entry,
                level,
                &cases(definition, entry, level, Some(fixed))[..],
                n,
                &steps,
                false,
            );
        }
    }
}

fn check_chapter(part: usize, parts: usize) {
    for (number, definition) in definitions().iter().enumerate().filter(|(_, d)| d.signature.is_none()) {
        if number % parts != part {
            continue;
        }
        // Functions of text stop at their first error, and have tests of their own.
        let of_text = LoopFlags::WANTS_CONTEXT | LoopFlags::FALLIBLE;
        for entry in definition.entries.iter().filter(|e| !e.flags.contains(of_text)) {
            for level in levels() {
                if level == Level::Baseline || entry.code[0] as usize != entry.code[level as usize] as usize {
                    check_entry(definition, entry, level);
                }
            }
        }
    }
}

#[test]
fn loops_agree_with_single_elements_1() {
    check_chapter(0, 2);
}

#[test]
fn loops_agree_with_single_elements_2() {
    check_chapter(1, 2);
}
