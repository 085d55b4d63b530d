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

/// How a matrix of a stack lies in memory.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Lie {
    Rows,
    Columns,
    Gaps,
    Upwards,
}

/// Where the first matrix begins and the steps of rows, columns and matrices, in elements.
fn steps(lie: Lie, rows: usize, columns: usize) -> (usize, [isize; 3]) {
    let (r, c) = (rows as isize, columns as isize);
    match lie {
        Lie::Rows => (0, [c, 1, r * c]),
        Lie::Columns => (0, [1, r, r * c]),
        Lie::Gaps => (0, [2 * c + 1, 2, r * (2 * c + 1)]),
        Lie::Upwards => ((rows - 1) * columns, [-c, 1, r * c]),
    }
}

#[test]
fn stacks_of_products() {
    use sharray_base::TypeNum::{CDouble, CFloat, Double, Float, Int};
    const COUNT: usize = 5;
    let definitions = definitions();
    let matmul = definitions.iter().find(|d| d.name == "matmul").unwrap();
    let squares = (2..=10).map(|n| (n, n, n));
    let sizes: Vec<_> = squares.chain([(3, 5, 2), (7, 2, 13), (9, 24, 25), (3, 600, 5), (2, 1, 3)]).collect();
    let lies = [Lie::Rows, Lie::Columns, Lie::Gaps, Lie::Upwards];
    for entry in matmul.entries.iter().filter(|e| [Float, Double, CFloat, CDouble, Int].contains(&e.types[0]))
    {
        let num = entry.types[0];
        for (&(n, k, m), level) in sizes.iter().flat_map(|size| levels().map(move |l| (size, l))) {
            for lie in (0..64).map(|i| [lies[i / 16], lies[i / 4 % 4], lies[i % 4]]) {
                if lie[0] != Lie::Rows && lie[1] != Lie::Rows && lie[2] != Lie::Rows {
                    continue;
                }
                let extents = [(n, k), (k, m), (n, m)];
                let places = [0, 1, 2].map(|i| steps(lie[i], extents[i].0, extents[i].1));
                let at = |i: usize, matrix: usize, row: usize, column: usize| {
                    let (first, [down, across, next]) = places[i];
                    (first as isize + matrix as isize * next + row as isize * down + column as isize * across)
                        as usize
                };
                let mut operands = [0, 1, 2].map(|i| {
                    let (rows, columns) = extents[i];
                    let mut operand = Operand::new(num, COUNT * rows * (2 * columns + 1), 1);
                    for (matrix, row) in (0..COUNT).flat_map(|matrix| (0..rows).map(move |row| (matrix, row)))
                    {
                        for column in 0..columns {
                            let filled = element(num, value(row, column, i + matrix + 1));
                            operand.set(at(i, matrix, row, column), &filled);
                        }
                    }
                    operand
                });
                let size = operands[0].step;
                let mut pointers = operands.each_mut().map(|operand| operand.pointer());
                for (pointer, place) in pointers.iter_mut().zip(&places) {
                    *pointer = pointer.wrapping_offset(place.0 as isize * size);
                }
                let outer = places.map(|(_, [_, _, next])| next * size);
                let inner = places.iter().flat_map(|(_, [down, across, _])| [down * size, across * size]);
                let all: Vec<isize> = outer.into_iter().chain(inner).collect();
                let dims = [COUNT, n, k, m].map(|extent| extent as isize);
                let status = call_with(entry, level, &pointers, &dims, &all);
                let what = format!("{num:?} {level:?} {:?} {lie:?}", (n, k, m));
                assert!(status.is_empty(), "{what}: {status:?}");
                for matrix in 0..COUNT {
                    for (i, j) in (0..n).flat_map(|i| (0..m).map(move |j| (i, j))) {
                        let pair = |l| (value(i, l, matrix + 1), value(l, j, matrix + 2));
                        let got = operands[2].get(at(2, matrix, i, j));
                        assert!(
                            same(num, got, &expected(entry, k, pair, false)),
                            "{what}: {matrix} ({i}, {j})"
                        );
                    }
                }
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
