//! Decompositions of matrices that are hard: they multiply back and their factors are orthonormal, within bounds like those
//! of LAPACK's own tests (residuals in units of rounding, of the matrix's norm and its size).

use sharray_linalg::cholesky;
use sharray_linalg::dense::Dense;
use sharray_linalg::lu::Lu;
use sharray_linalg::qr::Qr;
use sharray_linalg::scalar::{Float, Scalar, c32, c64};
use sharray_linalg::schur;
use sharray_linalg::singular::{Vectors, svd};
use sharray_linalg::symmetric::eigh;

/// Rounding units for each row that LAPACK's tests allow.
const UNITS: f64 = 30.0;

/// Numbers between −1 and 1 without structure.
fn noise(i: usize, j: usize) -> f64 {
    let mut x =
        (i as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (j as u64 + 1).wrapping_mul(0xd1b5_4a32_d192_ed03);
    x = (x ^ (x >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((x ^ (x >> 32)) >> 11) as f64 / (1u64 << 52) as f64 - 1.0
}

type Element = fn(usize, usize) -> f64;

/// Name, rows, columns and elements.
fn matrices() -> Vec<(&'static str, usize, usize, Element)> {
    vec![
        ("one element", 1, 1, noise),
        ("tiny", 3, 3, noise),
        ("five", 5, 5, noise),
        ("drawn", 70, 70, noise),
        ("larger than the panels and bands", 300, 300, noise),
        ("tall", 150, 20, noise),
        ("a little tall", 90, 70, noise),
        ("wide", 33, 140, noise),
        ("hilbert", 12, 12, |i, j| 1.0 / (i + j + 1) as f64),
        ("graded", 40, 40, |i, j| noise(i, j) * 2f64.powi(-(i as i32) / 2)),
        ("graded upwards", 40, 40, |i, j| noise(i, j) * 2f64.powi(i as i32 / 2)),
        ("zeros", 20, 20, |_, _| 0.0),
        ("unit", 50, 50, |i, j| f64::from(u8::from(i == j))),
        ("ones", 64, 64, |_, _| 1.0),
        ("nilpotent", 60, 60, |i, j| f64::from(u8::from(j == i + 1))),
        ("defective", 45, 45, |i, j| if i == j { 2.0 } else { f64::from(u8::from(j == i + 1)) }),
        ("of rank 1", 80, 80, |i, j| noise(i, 0) * noise(0, j)),
        ("of rank 2", 130, 130, |i, j| noise(i, 0) * noise(0, j) + noise(i, 1) * noise(1, j)),
        ("whole numbers", 150, 150, |i, j| ((31 * i + 17 * j) % 7) as f64),
        ("three diagonals", 200, 200, |i, j| match i.abs_diff(j) {
            0 => 2.0,
            1 => -1.0,
            _ => 0.0,
        }),
        ("nearly diagonal", 160, 160, |i, j| if i == j { (i / 4) as f64 } else { 1e-14 * noise(i, j) }),
        ("repeated values", 160, 160, |i, j| f64::from(u8::from(i / 4 == j / 4))),
        ("one row", 1, 9, noise),
        ("one column", 9, 1, noise),
        ("tall, with halves", 200, 90, noise),
        ("wide, with halves", 66, 110, noise),
        ("two diagonals, zeros on one", 97, 97, |i, j| match j.wrapping_sub(i) {
            0 if i % 7 == 3 => 0.0,
            0 | 1 => noise(i, j),
            _ => 0.0,
        }),
        ("two diagonals, the middle and the last zero", 80, 80, |i, j| match j.wrapping_sub(i) {
            0 if i == 40 || i == 79 => 0.0,
            0 | 1 => 1.0,
            _ => 0.0,
        }),
        ("two diagonals, one of them tiny", 75, 75, |i, j| match j.wrapping_sub(i) {
            0 => 1.0 + (i / 9) as f64,
            1 => 1e-12,
            _ => 0.0,
        }),
        ("two diagonals, only above", 70, 70, |i, j| f64::from(u8::from(j == i + 1)) * (i + 1) as f64),
        ("two diagonals, the first third zero", 150, 150, |i, j| match j.wrapping_sub(i) {
            0 | 1 if i >= 50 => noise(i, j),
            _ => 0.0,
        }),
        ("two diagonals, a part very small", 150, 150, |i, j| match j.wrapping_sub(i) {
            0 | 1 if i >= 100 => noise(i, j) * 1e-30,
            0 | 1 => noise(i, j),
            _ => 0.0,
        }),
        ("glued pairs", 126, 126, |i, j| match i.abs_diff(j) {
            0 => ((i % 21) as f64 - 10.0).abs(),
            1 if i.max(j) % 21 == 0 => 1e-8,
            1 => 1.0,
            _ => 0.0,
        }),
        ("near pairs (Wilkinson's)", 101, 101, |i, j| match i.abs_diff(j) {
            0 => (i as f64 - 50.0).abs(),
            1 => 1.0,
            _ => 0.0,
        }),
    ]
}

fn made<T: Scalar>(rows: usize, columns: usize, element: Element, scale: f64) -> Dense<T> {
    Dense::from_fn(rows, columns, |i, j| {
        let imaginary = if T::COMPLEX { 0.5 * element(j % rows, i % columns) } else { 0.0 };
        T::new(T::Real::of(element(i, j) * scale), T::Real::of(imaginary * scale))
    })
    .unwrap()
}

fn size<T: Scalar>(a: &Dense<T>) -> f64 {
    (0..a.columns())
        .flat_map(|j| a.column(j))
        .map(|x| x.re().wide().hypot(x.im().wide()))
        .fold(0.0, f64::hypot)
}

fn times<T: Scalar>(a: &Dense<T>, b: &Dense<T>) -> Dense<T> {
    assert_eq!(a.columns(), b.rows());
    let mut made = Dense::zeros(a.rows(), b.columns()).unwrap();
    for j in 0..b.columns() {
        for k in 0..b.rows() {
            let factor = b[(k, j)];
            for (x, &y) in made.column_mut(j).iter_mut().zip(a.column(k)) {
                *x += y * factor;
            }
        }
    }
    made
}

fn scaled_columns<T: Scalar>(a: &Dense<T>, by: &[T::Real]) -> Dense<T> {
    Dense::from_fn(a.rows(), by.len(), |i, j| a[(i, j)].times(by[j])).unwrap()
}

#[track_caller]
fn assert_near<T: Scalar>(found: &Dense<T>, expected: &Dense<T>, norm: f64, what: &str) {
    let n = found.rows().max(found.columns());
    let difference = Dense::from_fn(found.rows(), found.columns(), |i, j| found[(i, j)] - expected[(i, j)]);
    let error = size(&difference.unwrap());
    let limit = UNITS * <T::Real as Float>::EPSILON.wide() * n as f64 * norm;
    // Scales at the end of the range leave no digits to subnormal numbers.
    assert!(error <= limit + <T::Real as Float>::TINY.wide() * n as f64, "{what}: {error:e} above {limit:e}");
}

#[track_caller]
fn assert_orthonormal<T: Scalar>(q: &Dense<T>, what: &str) {
    let product = times(&q.adjoint().unwrap(), q);
    assert_near(&product, &Dense::unit(q.columns(), q.columns()).unwrap(), (q.columns() as f64).sqrt(), what);
}

/// Calls the test for each type, matrix and scale.
fn all(test: impl Fn(&str, Kind)) {
    for kind in [Kind::F32, Kind::F64, Kind::C32, Kind::C64] {
        test(&format!("{kind:?}"), kind);
    }
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    F32,
    F64,
    C32,
    C64,
}

macro_rules! for_kind {
    ($kind:expr, $test:ident, $($argument:expr),*) => {
        match $kind {
            Kind::F32 => $test::<f32>($($argument),*),
            Kind::F64 => $test::<f64>($($argument),*),
            Kind::C32 => $test::<c32>($($argument),*),
            Kind::C64 => $test::<c64>($($argument),*),
        }
    };
}

/// Ordinary, and near both ends of the range.
fn scales<T: Scalar>() -> [f64; 3] {
    if size_of::<T::Real>() == 4 { [1.0, 2f64.powi(100), 2f64.powi(-100)] } else { [1.0, 1e290, 1e-290] }
}

fn decomposed_by_singular_values<T: Scalar<Real: Scalar>>(
    name: &str,
    rows: usize,
    columns: usize,
    element: Element,
) {
    for scale in scales::<T>() {
        let a = made::<T>(rows, columns, element, scale);
        let what = format!("{name} at {scale:e}");
        let found = svd(a.copy().unwrap(), Vectors::Reduced).unwrap();
        let (u, v) = found.vectors.unwrap();
        assert_orthonormal(&u, &what);
        assert_orthonormal(&v, &what);
        assert!(found.s.windows(2).all(|pair| pair[0] >= pair[1]), "{what}");
        // Divided by the scale: products of huge numbers would overflow.
        let unscaled = |x: T| T::new(T::Real::of(x.re().wide() / scale), T::Real::of(x.im().wide() / scale));
        let plain = Dense::from_fn(rows, columns, |i, j| unscaled(a[(i, j)])).unwrap();
        let s: Vec<T::Real> = found.s.iter().map(|value| T::Real::of(value.wide() / scale)).collect();
        let back = times(&scaled_columns(&u, &s), &v.adjoint().unwrap());
        assert_near(&back, &plain, size(&plain), &what);
        let alone = svd(a, Vectors::No).unwrap().s;
        let most = alone.first().map_or(0.0, |value| value.wide() / scale);
        for (x, y) in alone.iter().zip(&s) {
            let limit = UNITS * <T::Real as Float>::EPSILON.wide() * rows.max(columns) as f64 * most;
            assert!(
                (x.wide() / scale - y.wide()).abs() <= limit,
                "{what}: {:e} {:e}",
                x.wide() / scale,
                y.wide()
            );
        }
    }
}

#[test]
fn singular_values_and_vectors() {
    all(|_, kind| {
        for (name, rows, columns, element) in matrices() {
            for_kind!(kind, decomposed_by_singular_values, name, rows, columns, element);
        }
    });
}

fn decomposed_with_whole_bases<T: Scalar<Real: Scalar>>(
    name: &str,
    rows: usize,
    columns: usize,
    element: Element,
) {
    let a = made::<T>(rows, columns, element, 1.0);
    let found = svd(a.copy().unwrap(), Vectors::Full).unwrap();
    let (u, v) = found.vectors.unwrap();
    assert_eq!((u.rows(), u.columns(), v.rows(), v.columns()), (rows, rows, columns, columns));
    assert_orthonormal(&u, name);
    assert_orthonormal(&v, name);
    let k = rows.min(columns);
    let part = |from: &Dense<T>| Dense::from_fn(from.rows(), k, |i, j| from[(i, j)]).unwrap();
    let back = times(&scaled_columns(&part(&u), &found.s), &part(&v).adjoint().unwrap());
    assert_near(&back, &a, size(&a), name);
}

#[test]
fn singular_vectors_as_whole_bases() {
    all(|_, kind| {
        for (name, rows, columns, element) in matrices() {
            if rows != columns {
                for_kind!(kind, decomposed_with_whole_bases, name, rows, columns, element);
            }
        }
    });
}

#[test]
fn larger_matrices() {
    for (name, rows, columns, element) in [
        ("drawn", 600, 600, noise as Element),
        ("a little tall", 420, 390, noise),
        ("of rank 3", 400, 400, |i, j| (0..3).map(|k| noise(i, k) * noise(k, j)).sum()),
        ("falling", 350, 350, |i, j| noise(i, j) * 0.9f64.powi(j as i32)),
    ] {
        let a = made::<f64>(rows, columns, element, 1.0);
        let found = svd(a.copy().unwrap(), Vectors::Reduced).unwrap();
        let (u, v) = found.vectors.unwrap();
        assert_orthonormal(&u, name);
        assert_orthonormal(&v, name);
        assert_near(&times(&scaled_columns(&u, &found.s), &v.adjoint().unwrap()), &a, size(&a), name);
        // For one input always the same bits.
        let again = svd(a.copy().unwrap(), Vectors::Reduced).unwrap();
        assert!(found.s == again.s && again.vectors.unwrap().0.column(7) == u.column(7), "{name}");
    }
}

#[test]
fn digits_of_small_values_are_kept_where_the_matrix_has_them() {
    // Two graded diagonals: the product of the singular values is that of the diagonal.
    let element: Element = |i, j| match j.wrapping_sub(i) {
        0 => 2f64.powi(-6 * i as i32),
        1 => 2f64.powi(-6 * i as i32 - 3),
        _ => 0.0,
    };
    let found = svd(made::<f64>(60, 60, element, 1.0), Vectors::No).unwrap().s;
    let sum: f64 = found.iter().map(|x| x.log2()).sum();
    assert!((sum + 6.0 * 59.0 * 30.0).abs() < 1e-9, "{sum}");
}

fn decomposed_by_eigenvalues<T: Scalar<Real: Scalar>>(name: &str, n: usize, element: Element) {
    for scale in scales::<T>() {
        let lower = made::<T>(n, n, element, scale);
        let what = format!("{name} at {scale:e}");
        let (values, vectors) = eigh(lower.copy().unwrap(), true).unwrap();
        let vectors = vectors.unwrap();
        assert_orthonormal(&vectors, &what);
        assert!(values.windows(2).all(|pair| pair[0] <= pair[1]), "{what}");
        let unscaled = |x: T| T::new(T::Real::of(x.re().wide() / scale), T::Real::of(x.im().wide() / scale));
        let plain = Dense::from_fn(n, n, |i, j| match i.cmp(&j) {
            std::cmp::Ordering::Greater => unscaled(lower[(i, j)]),
            std::cmp::Ordering::Equal => T::real(unscaled(lower[(i, i)]).re()),
            std::cmp::Ordering::Less => unscaled(lower[(j, i)]).adjoint(),
        });
        let plain = plain.unwrap();
        let w: Vec<T::Real> = values.iter().map(|value| T::Real::of(value.wide() / scale)).collect();
        assert_near(&times(&plain, &vectors), &scaled_columns(&vectors, &w), size(&plain), &what);
        let (alone, none) = eigh(lower, false).unwrap();
        assert!(none.is_none());
        for (x, y) in alone.iter().zip(&w) {
            let limit = UNITS * <T::Real as Float>::EPSILON.wide() * n as f64 * size(&plain);
            assert!((x.wide() / scale - y.wide()).abs() <= limit, "{what}");
        }
    }
}

#[test]
fn eigenvalues_and_vectors_of_hermitian_matrices() {
    all(|_, kind| {
        for (name, rows, columns, element) in matrices() {
            if rows == columns {
                for_kind!(kind, decomposed_by_eigenvalues, name, rows, element);
            }
        }
    });
}

fn decomposed_by_reflections<T: Scalar>(name: &str, rows: usize, columns: usize, element: Element) {
    let a = made::<T>(rows, columns, element, 1.0);
    let k = rows.min(columns);
    let factors = Qr::of(a.copy().unwrap()).unwrap();
    let q = factors.q(k).unwrap();
    assert_orthonormal(&q, name);
    assert_near(&times(&q, &factors.r(k).unwrap()), &a, size(&a), name);
}

#[test]
fn reflections() {
    all(|_, kind| {
        for (name, rows, columns, element) in matrices() {
            for_kind!(kind, decomposed_by_reflections, name, rows, columns, element);
        }
    });
}

fn decomposed_by_elimination<T: Scalar>(name: &str, n: usize, element: Element) {
    let a = made::<T>(n, n, element, 1.0);
    let lu = Lu::of(a.copy().unwrap()).unwrap();
    let mut permuted = a;
    for (i, &other) in lu.pivots.iter().enumerate() {
        for j in 0..n {
            permuted.column_mut(j).swap(i, other);
        }
    }
    let part = |i: usize, j: usize| lu.packed[(i, j)];
    let lower = Dense::from_fn(n, n, |i, j| match i.cmp(&j) {
        std::cmp::Ordering::Greater => part(i, j),
        std::cmp::Ordering::Equal => T::ONE,
        std::cmp::Ordering::Less => T::ZERO,
    });
    let upper = Dense::from_fn(n, n, |i, j| if i <= j { part(i, j) } else { T::ZERO });
    assert_near(&times(&lower.unwrap(), &upper.unwrap()), &permuted, size(&permuted), name);
}

#[test]
fn elimination() {
    all(|_, kind| {
        for (name, rows, columns, element) in matrices() {
            if rows == columns {
                for_kind!(kind, decomposed_by_elimination, name, rows, element);
            }
        }
    });
}

fn positive_definite<T: Scalar>(n: usize) {
    let x = made::<T>(n, n, noise, 1.0);
    let mut a = times(&x, &x.adjoint().unwrap());
    (0..n).for_each(|i| a[(i, i)] += T::ONE);
    let mut factor = a.copy().unwrap();
    assert!(cholesky::factor(&mut factor).unwrap());
    assert_near(&times(&factor, &factor.adjoint().unwrap()), &a, size(&a), "definite");
    a[(n - 1, n - 1)] = -T::ONE;
    assert!(!cholesky::factor(&mut a).unwrap());
}

#[test]
fn definite_matrices_and_others() {
    for n in [1, 2, 8, 9, 100, 300] {
        all(|_, kind| for_kind!(kind, positive_definite, n));
    }
}

#[test]
fn eigenvectors_of_defective_matrices() {
    for (name, rows, columns, element) in matrices() {
        if rows != columns || rows > 80 {
            continue;
        }
        let a = made::<c64>(rows, rows, element, 1.0);
        let (values, vectors) = schur::eig(a.copy().unwrap()).unwrap();
        let vectors = vectors.unwrap();
        let image = times(&a, &vectors);
        let expected = Dense::from_fn(rows, rows, |i, j| vectors[(i, j)] * values[j]).unwrap();
        assert_near(&image, &expected, size(&a), name);
    }
}

#[test]
fn not_numbers_are_refused() {
    let a = Dense::from_fn(6, 6, |i, j| if i == 4 && j == 1 { f64::NAN } else { noise(i, j) }).unwrap();
    assert!(eigh(a.copy().unwrap(), true).is_err());
    assert!(svd(a, Vectors::No).is_err());
}
