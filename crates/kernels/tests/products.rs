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
