//! Every loop of every ufunc, on every level of the machine, at every length up to 70, some beyond, and every kind of
//! stride: its values and its floating-point flags are those of the same operation on one element at a time.
//!
//! With `SHARRAY_FEW_LENGTHS` set the lengths are those around the widths of blocks only, for slow machines: the
//! emulator of `tools/emulated_isa`.

mod common;

use common::{Operand, call, levels, same, samples};
use sharray_base::fp_status::FpStatus;
use sharray_kernels::definitions;
use sharray_kernels::isa::Level;
use sharray_kernels::loop_abi::LoopFlags;
use sharray_kernels::table::{Definition, Entry};

/// The longest run: two of the longest blocks, one of what is left over of blocks, one element.
const LONGEST: usize = 2 * 64 + 8 + 1;
/// Lengths around whole blocks, parts of blocks and what is left over of them.
const FEW: [usize; 14] = [0, 1, 7, 8, 9, 16, 31, 33, 63, 64, 65, 73, 128, LONGEST];

/// The lengths to try.
fn lengths() -> Vec<usize> {
    if std::env::var_os("SHARRAY_FEW_LENGTHS").is_some() {
        return FEW.to_vec();
    }
    (0..=70).chain(FEW.into_iter().filter(|n| *n > 70)).collect()
}

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
    let values: Vec<Vec<Vec<u8>>> = entry.types[..definition.nin].iter().map(|&t| samples(t)).collect();
    (0..LONGEST)
        .map(|i| {
            let inputs = values.iter().enumerate().map(|(operand, values)| {
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
    let check = |cases: &[Case], n, steps: &[isize], in_place| {
        check(definition, entry, level, cases, n, steps, in_place);
    };
    let plain = cases(definition, entry, level, None);
    let scalars = (0..definition.nin).filter(|_| definition.nin > 1);
    let scalars: Vec<(usize, Vec<Case>)> =
        scalars.map(|operand| (operand, cases(definition, entry, level, Some(operand)))).collect();
    let lengths = lengths();
    for &n in &lengths {
        check(&plain, n, &vec![1; operands], false);
    }
    // Long arguments of the C library's slow functions at every shape add nothing but time.
    for &n in lengths.iter().filter(|n| *n % 7 < 2 || **n > 70) {
        for step in [2, -1] {
            check(&plain, n, &vec![step; operands], false);
        }
        let fits = definition.nout == 1 && entry.types[0] == entry.types[definition.nin];
        if fits {
            check(&plain, n, &vec![1; operands], true);
        }
        for (operand, cases) in &scalars {
            let mut steps = vec![1; operands];
            steps[*operand] = 0;
            check(cases, n, &steps, false);
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
                // A loop that a lower level has too is tested there.
                let code = entry.code.map(|code| code as usize);
                if !code[..level as usize].contains(&code[level as usize]) {
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
