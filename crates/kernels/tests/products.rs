//! Products of vectors and matrices, against the plain sum of products. Operands are small whole numbers, so every
//! type's result is exact whatever the order of summation.

mod common;

use common::{Operand, call_with, element, levels, same};
use sharray_base::Kind;
use sharray_kernels::definitions;
use sharray_kernels::isa::Level;
use sharray_kernels::table::{Definition, Entry};

fn value(i: usize, j: usize, salt: usize) -> f64 {
    ((i * 7 + j * 3 + salt) % 5) as f64
}

/// A matrix of `rows × columns` elements, its rows `pitch` elements apart, its columns `stride` apart.
struct Matrix {
    operand: Operand,
    row: isize,
    column: isize,
}

fn matrix(
    num: sharray_base::TypeNum,
    rows: usize,
    columns: usize,
    transposed: bool,
    gap: usize,
    salt: usize,
) -> Matrix {
    let (row, column) = if transposed { (1, rows.max(1)) } else { (columns.max(1) * gap, gap) };
    let mut operand = Operand::new(num, rows.max(1) * columns.max(1) * gap + 1, 1);
    for i in 0..rows {
        for j in 0..columns {
            operand.set(i * row + j * column, &element(num, value(i, j, salt)));
        }
    }
    let size = operand.step;
    Matrix { operand, row: row as isize * size, column: column as isize * size }
}

/// What the sum of products is, as an element. `element` gives complex numbers an imaginary part of ½ - re.
fn expected(entry: &Entry, k: usize, pairs: impl Fn(usize) -> (f64, f64), conjugates: bool) -> Vec<u8> {
    let num = entry.types[2];
    let (mut re, mut im) = (0.0, 0.0);
    for l in 0..k {
        let (a, b) = pairs(l);
        if num.kind() == Kind::Complex {
            let (ai, bi) = (if conjugates { a - 0.5 } else { 0.5 - a }, 0.5 - b);
            re += a * b - ai * bi;
            im += a * bi + ai * b;
        } else {
            re += a * b;
        }
    }
    if num.kind() != Kind::Complex {
        return element(num, re);
    }
    let half = common::size(num) / 2;
    let part = |v: f64| element(num, v)[..half].to_vec();
    [part(re), part(im)].concat()
}

fn check_matmul(
    definition: &Definition,
    entry: &Entry,
    level: Level,
    (n, k, m): (usize, usize, usize),
    form: usize,
) {
    let types = entry.types;
    let mut a = matrix(types[0], n, k, form & 1 != 0, 1 + (form >> 2 & 1), 1);
    let mut b = matrix(types[1], k, m, form & 2 != 0, 1 + (form >> 2 & 1), 2);
    let mut c = matrix(types[2], n, m, false, 1, 0);
    let (dims, core, conjugates): (Vec<usize>, Vec<isize>, bool) = match definition.name {
        "matmul" => (vec![n, k, m], vec![a.row, a.column, b.row, b.column, c.row, c.column], false),
        "vecdot" => (vec![k], vec![a.column, b.row], true),
        "matvec" => (vec![n, k], vec![a.row, a.column, b.row, c.row], false),
        _ => (vec![k, m], vec![a.column, b.row, b.column, c.column], true),
    };
    let (n, m) = match definition.name {
        "matmul" => (n, m),
        "vecdot" => (1, 1),
        "matvec" => (n, 1),
        _ => (1, m),
    };
    let dims: Vec<isize> = std::iter::once(1).chain(dims.into_iter().map(|d| d as isize)).collect();
    let steps: Vec<isize> = [0, 0, 0].into_iter().chain(core).collect();
    let pointers = [a.operand.pointer(), b.operand.pointer(), c.operand.pointer()];
    let status = call_with(entry, level, &pointers, &dims, &steps);
    assert!(status.is_empty(), "{} {types:?} {level:?}: {status:?}", definition.name);
    for i in 0..n {
        for j in 0..m {
            let want = expected(entry, k, |l| (value(i, l, 1), value(l, j, 2)), conjugates);
            let at = (i as isize * c.row + j as isize * c.column) / c.operand.step;
            let got = c.operand.get(at as usize);
            let what =
                format!("{} {types:?} {level:?} {:?} form {form} at ({i}, {j})", definition.name, (n, k, m));
            assert!(same(types[2], got, &want), "{what}: {got:?}, not {want:?}");
        }
    }
}

#[test]
fn products_are_sums_of_products() {
    let sizes = [
        (1, 1, 1),
        (3, 0, 2),
        (2, 3, 4),
        (5, 7, 9),
        (4, 5, 33),
        (13, 3, 70),
        (1, 40, 40),
        (40, 70, 1),
        (9, 2, 17),
    ];
    for definition in definitions().iter().filter(|d| d.signature.is_some()) {
        for entry in definition.entries {
            for level in levels() {
                for size in sizes {
                    (0..6).for_each(|form| check_matmul(definition, entry, level, size, form));
                }
            }
        }
    }
}

/// Sizes at which floats are packed, cut into tiles, and stay whole numbers: also where the last tile is narrow.
#[test]
fn large_products_are_sums_of_products() {
    use sharray_base::TypeNum::{CDouble, CFloat, Double, Float};
    let definitions = definitions();
    let matmul = definitions.iter().find(|d| d.name == "matmul").unwrap();
    let sizes = [(8, 8, 8), (25, 31, 4), (4, 300, 17), (150, 130, 140), (74, 2000, 30)];
    // In an emulator only what is one tile.
    let sizes = if std::env::var_os("SHARRAY_FEW_LENGTHS").is_some() { &sizes[..3] } else { &sizes[..] };
    for entry in matmul.entries.iter().filter(|e| [Float, Double, CFloat, CDouble].contains(&e.types[0])) {
        for level in levels() {
            for &size in sizes {
                (0..6).for_each(|form| check_matmul(matmul, entry, level, size, form));
            }
        }
    }
}

/// The flags of a large product are those of its operations, not of what fills up its blocks.
#[test]
fn infinities_raise_no_more_than_they_cause() {
    use sharray_base::TypeNum::{Double, Float};
    use sharray_base::fp_status::FpStatus;
    const N: usize = 21;
    let definitions = definitions();
    let matmul = definitions.iter().find(|d| d.name == "matmul").unwrap();
    let run = |num, level, left: &[(usize, f64)], right: &[(usize, f64)]| {
        let entry = matmul.entries.iter().find(|e| e.types[0] == num).unwrap();
        let mut operands = [left, right, &[]].map(|special| {
            let mut operand = Operand::new(num, N * N, 1);
            (0..N * N).for_each(|i| operand.set(i, &element(num, 1.0)));
            special.iter().for_each(|(i, value)| operand.set(*i, &element(num, *value)));
            operand
        });
        let size = operands[0].step;
        let pointers = operands.each_mut().map(|operand| operand.pointer());
        let row = N as isize * size;
        let status = call_with(
            entry,
            level,
            &pointers,
            &[1, N as isize, N as isize, N as isize],
            &[0, 0, 0, row, size, row, size, row, size],
        );
        let number = |bytes: &[u8]| match bytes.try_into() {
            Ok(bytes) => f64::from_ne_bytes(bytes),
            Err(_) => f32::from_ne_bytes(bytes.try_into().unwrap()) as f64,
        };
        let all: Vec<f64> = (0..N * N).map(|i| number(operands[2].get(i))).collect();
        (status, all)
    };
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    for num in [Float, Double] {
        for level in levels() {
            let (status, all) = run(num, level, &[(5, inf)], &[]);
            assert!(status.is_empty(), "{level:?}: {status:?}");
            assert!(all[..N].iter().all(|x| *x == inf) && all[N..].iter().all(|x| *x == N as f64));
            let (status, all) = run(num, level, &[(5, inf)], &[(5 * N + 2, 0.0)]);
            assert_eq!(status, FpStatus::INVALID, "{level:?}");
            assert!(all[2].is_nan() && all[3] == inf);
            let (status, all) = run(num, level, &[(5, nan)], &[(3, inf)]);
            assert!(status.is_empty(), "{level:?}: {status:?}");
            assert!(all[..N].iter().all(|x| x.is_nan()) && all[N + 3] == inf);
            let (status, all) = run(num, level, &[(5, nan), (N, inf)], &[(3, 0.0)]);
            assert_eq!(status, FpStatus::INVALID, "{level:?}");
            assert!(all[0].is_nan() && all[N + 3].is_nan() && all[N + 4] == inf);
        }
    }
}
