//! Transforms beside the sums that define them.

use sharray_base::layout::c_strides;
use sharray_base::{DType, Dims, Error, TypeNum, View, ViewMut};
use sharray_fft::{Job, Kind, Norm, output_shape};

/// A dense array of doubles, complex ones as pairs.
struct Dense {
    numbers: Vec<f64>,
    dtype: DType,
    shape: Dims,
    strides: Dims,
}

impl Dense {
    fn new(numbers: Vec<f64>, num: TypeNum, shape: &[isize]) -> Dense {
        let dtype = DType::of(num);
        let strides = c_strides(shape, dtype.itemsize());
        Dense { numbers, dtype, shape: Dims::from_slice(shape), strides }
    }
    fn empty(num: TypeNum, shape: &[isize]) -> Dense {
        let count = shape.iter().product::<isize>() as usize * DType::of(num).itemsize() / 8;
        Dense::new(vec![f64::NAN; count], num, shape)
    }
    fn view(&mut self) -> View<'_> {
        // SAFETY: the vector holds exactly these elements.
        unsafe { View::new(self.numbers.as_mut_ptr().cast(), &self.dtype, &self.shape, &self.strides) }
    }
}

fn noise(count: usize, seed: u64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64 - 0.5
    };
    (0..count).map(|_| next()).collect()
}

type Pair = (f64, f64);

/// The sum, by exact reduction of the angle.
fn plain(values: &[Pair], sign: f64) -> Vec<Pair> {
    let n = values.len();
    let turns: Vec<Pair> = (0..n)
        .map(|k| {
            let (sine, cosine) = (sign * std::f64::consts::TAU * k as f64 / n as f64).sin_cos();
            (cosine, sine)
        })
        .collect();
    (0..n)
        .map(|k| {
            values.iter().enumerate().fold((0.0, 0.0), |sum: Pair, (j, value)| {
                let (c, s) = turns[j * k % n];
                (sum.0 + value.0 * c - value.1 * s, sum.1 + value.0 * s + value.1 * c)
            })
        })
        .collect()
}

/// What a transform of one lane of pairs must give.
fn expected(kind: Kind, n: usize, lane: &[Pair]) -> Vec<Pair> {
    let mut values: Vec<Pair> = lane.iter().copied().take(kind.input_len(n)).collect();
    values.resize(kind.input_len(n), (0.0, 0.0));
    let sign = if kind.is_forward() { -1.0 } else { 1.0 };
    if !kind.gives_real() {
        let mut all = plain(&values, sign);
        all.truncate(kind.output_len(n));
        return all;
    }
    let mut whole = values;
    whole.resize(n, (0.0, 0.0));
    whole[0].1 = 0.0;
    if n.is_multiple_of(2) {
        whole[n / 2].1 = 0.0;
    }
    for k in 1..n.div_ceil(2) {
        whole[n - k] = (whole[k].0, -whole[k].1);
    }
    plain(&whole, sign)
}

fn check(kind: Kind, n: usize, extent: usize, real: bool) {
    check_lanes(3, kind, n, extent, real);
}

fn check_lanes(lanes: usize, kind: Kind, n: usize, extent: usize, real: bool) {
    let num = if real { TypeNum::Double } else { TypeNum::CDouble };
    let width = if real { 1 } else { 2 };
    let mut input =
        Dense::new(noise(lanes * extent * width, n as u64), num, &[lanes as isize, extent as isize]);
    let job = Job { kind, n, axis: 1, norm: if kind.is_forward() { Norm::Backward } else { Norm::Forward } };
    let given = if kind.gives_real() { TypeNum::Double } else { TypeNum::CDouble };
    let mut output = Dense::empty(given, &output_shape(job, &input.shape));
    // SAFETY: an array of the test's own.
    job.run(input.view(), unsafe { ViewMut::new(output.view()) }).unwrap();
    for (row, found) in output.numbers.chunks(output.numbers.len() / lanes).enumerate() {
        let lane: Vec<Pair> = (0..extent)
            .map(|j| (row * extent + j) * width)
            .map(|at| (input.numbers[at], if real { 0.0 } else { input.numbers[at + 1] }))
            .collect();
        let found: Vec<Pair> = match kind.gives_real() {
            true => found.iter().map(|value| (*value, 0.0)).collect(),
            false => found.chunks(2).map(|pair| (pair[0], pair[1])).collect(),
        };
        let wanted = expected(kind, n, &lane);
        assert_eq!(found.len(), wanted.len());
        let size = wanted.iter().map(|w| w.0.hypot(w.1)).fold(1.0, f64::max);
        for (k, (a, b)) in found.iter().zip(&wanted).enumerate() {
            let off = (a.0 - b.0).hypot(a.1 - b.1) / size;
            assert!(off < 1e-13, "{kind:?} of {n} from {extent}, bin {k}: {a:?} for {b:?}");
        }
    }
}

#[test]
fn all_lengths_to_100_and_some() {
    for n in (1..=100).chain([121, 127, 128, 169, 221, 243, 256, 289, 512, 1000, 1009]) {
        for kind in Kind::ALL {
            check(kind, n, kind.input_len(n), true);
            if !kind.takes_real() {
                check(kind, n, kind.input_len(n), false);
            }
        }
    }
}

#[test]
fn primes_of_middling_size() {
    // Alone, many at once, and as factors: with primes of the same kind, with smaller and larger ones.
    for n in [13, 31, 101, 191, 13 * 16, 310, 13 * 31, 1001, 13 * 13 * 13, 2 * 17 * 19, 13 * 211] {
        for lanes in [1, 2, 21] {
            check_lanes(lanes, Kind::Forward, n, n, false);
            check_lanes(lanes, Kind::Backward, n, n, false);
        }
        check(Kind::RealForward, n, n, true);
    }
}

#[test]
fn cut_and_filled() {
    for n in [1, 2, 7, 8, 30] {
        for kind in Kind::ALL {
            for extent in [1, 2, 5, 8, 40] {
                check(kind, n, extent, true);
                if !kind.takes_real() {
                    check(kind, n, extent, false);
                }
            }
        }
    }
}

#[test]
fn in_place_and_across() {
    // Along the first of two axes, into the same memory.
    let (rows, columns) = (24, 19);
    let mut array =
        Dense::new(noise(2 * rows * columns, 5), TypeNum::CDouble, &[rows as isize, columns as isize]);
    let before = array.numbers.clone();
    let job = Job { kind: Kind::Backward, n: rows, axis: 0, norm: Norm::Forward };
    let view = array.view();
    // SAFETY: as above; the operation allows the same array on both sides.
    job.run(view, unsafe { ViewMut::new(view) }).unwrap();
    for column in 0..columns {
        let lane: Vec<Pair> = (0..rows)
            .map(|row| 2 * (row * columns + column))
            .map(|at| (before[at], before[at + 1]))
            .collect();
        for (row, wanted) in plain(&lane, 1.0).iter().enumerate() {
            let at = 2 * (row * columns + column);
            assert!((array.numbers[at] - wanted.0).abs() < 1e-12);
            assert!((array.numbers[at + 1] - wanted.1).abs() < 1e-12);
        }
    }
}

#[test]
fn shared_in_part() {
    // The output lies one element behind the input: what is written must not be read.
    let n = 16;
    let mut numbers = noise(2 * (n + 1), 9);
    let lane: Vec<Pair> = numbers.chunks(2).take(n).map(|pair| (pair[0], pair[1])).collect();
    let (dtype, shape, strides) = (DType::of(TypeNum::CDouble), [n as isize], [16]);
    let data: *mut u8 = numbers.as_mut_ptr().cast();
    let job = Job { kind: Kind::Forward, n, axis: 0, norm: Norm::Backward };
    // SAFETY: both lie within the vector.
    unsafe {
        let output = ViewMut::new(View::new(data.add(16), &dtype, &shape, &strides));
        job.run(View::new(data, &dtype, &shape, &strides), output).unwrap();
    }
    for (k, wanted) in plain(&lane, -1.0).iter().enumerate() {
        assert!(
            (numbers[2 * k + 2] - wanted.0).abs() < 1e-13 && (numbers[2 * k + 3] - wanted.1).abs() < 1e-13
        );
    }
}

#[test]
fn refusals() {
    let mut text = Dense { dtype: DType::of(TypeNum::Datetime), ..Dense::empty(TypeNum::Double, &[4]) };
    let mut complex = Dense::empty(TypeNum::CDouble, &[4]);
    let mut output = Dense::empty(TypeNum::CDouble, &[4]);
    let job = |kind, n| Job { kind, n, axis: 0, norm: Norm::Backward };
    // SAFETY: arrays of the test's own.
    let output = unsafe { ViewMut::new(output.view()) };
    assert!(matches!(job(Kind::Forward, 4).run(text.view(), output), Err(Error::Type(_))));
    assert!(matches!(job(Kind::RealForward, 6).run(complex.view(), output), Err(Error::Type(_))));
    assert!(matches!(job(Kind::Forward, 0).run(complex.view(), output), Err(Error::Value(_))));
    assert!(matches!(job(Kind::Forward, 5).run(complex.view(), output), Err(Error::Value(_))));
}
