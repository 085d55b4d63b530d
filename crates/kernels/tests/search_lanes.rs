//! Searches, extrema and truth counts against naive oracles.

use sharray_base::dtype::{TimeUnit, Unit};
use sharray_base::{DType, TypeNum};
use sharray_kernels::cast::Transfer;
use sharray_kernels::search::sorted::Run;
use sharray_kernels::search::{ExtremumLane, SearchLane, Side, TruthLane};
use sharray_kernels::sort::{SortKind, SortLane};

const NUMBERS: &str = "bBhHiIlLqQefdgFDGE";

fn dtypes() -> Vec<DType> {
    let native: Vec<DType> = NUMBERS.bytes().map(|c| DType::of(TypeNum::from_char(c).unwrap())).collect();
    let swapped = native.iter().filter(|d| d.has_byte_order()).map(DType::swapped).collect::<Vec<_>>();
    native.into_iter().chain(swapped).collect()
}

/// `values` as elements of `dtype`, each at the start of `gap` elements' room.
fn lane(values: &[f64], dtype: &DType, gap: usize) -> Vec<u128> {
    let size = dtype.itemsize();
    let mut lane = vec![0u128; (values.len() * size * gap).div_ceil(16) + 1];
    let transfer = Transfer::new(&DType::of(TypeNum::Double), dtype, true).unwrap();
    let (src, dst) = (values.as_ptr().cast(), lane.as_mut_ptr().cast());
    // SAFETY: the lane has room for all elements.
    unsafe { transfer.run(src, 8, dst, (size * gap) as isize, values.len()).unwrap() };
    lane
}

fn noise(n: usize, seed: u64) -> Vec<f64> {
    let mut state = seed | 1;
    (0..n)
        .map(|_| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            ((state >> 33) % 50) as f64
        })
        .collect()
}

#[test]
fn places_of_keys() {
    for dtype in dtypes() {
        for (n, m) in [(0, 3), (1, 5), (7, 20), (100, 60)] {
            let mut values = noise(n, 7);
            values.sort_by(f64::total_cmp);
            let keys = noise(m, 13);
            let size = dtype.itemsize() as isize;
            let (elements, wanted) = (lane(&values, &dtype, 2), lane(&keys, &dtype, 1));
            let search = SearchLane::new(&dtype).unwrap();
            for side in [Side::Left, Side::Right] {
                let mut places = vec![-1isize; m];
                let run = Run { ptr: elements.as_ptr().cast(), stride: 2 * size, len: n };
                let keys_run = Run { ptr: wanted.as_ptr().cast(), stride: size, len: m };
                // SAFETY: the runs describe the lanes made above.
                unsafe { search.run(run, None, keys_run, side, (places.as_mut_ptr(), 8)).unwrap() };
                for (key, place) in keys.iter().zip(&places) {
                    let naive = match side {
                        Side::Left => values.iter().filter(|v| *v < key).count(),
                        Side::Right => values.iter().filter(|v| *v <= key).count(),
                    };
                    assert_eq!(*place, naive as isize, "{dtype:?} {side:?} {key}");
                }
                // Backwards through a sorter.
                let sorter: Vec<isize> = (0..n as isize).rev().collect();
                let last = elements.as_ptr().cast::<u8>().wrapping_offset((n as isize - 1) * 2 * size);
                let reversed = Run { ptr: last, stride: -2 * size, len: n };
                let order = Run { ptr: sorter.as_ptr().cast(), stride: 8, len: n };
                let mut again = vec![-1isize; m];
                // SAFETY: as above.
                unsafe {
                    search.run(reversed, Some(order), keys_run, side, (again.as_mut_ptr(), 8)).unwrap()
                };
                assert_eq!(places, again, "{dtype:?}");
                let bad = [n as isize; 100];
                let order = Run { ptr: bad.as_ptr().cast(), stride: 8, len: n };
                // SAFETY: as above.
                let result = unsafe { search.run(run, Some(order), keys_run, side, (again.as_mut_ptr(), 8)) };
                assert_eq!(result.is_err(), n > 0);
            }
        }
    }
}

#[test]
fn extrema_are_the_first() {
    for dtype in dtypes() {
        for n in [1usize, 2, 15, 16, 17, 511, 513, 514, 1200] {
            for gap in [1, 3] {
                let values = noise(n, n as u64);
                let elements = lane(&values, &dtype, gap);
                for largest in [false, true] {
                    let find = ExtremumLane::new(&dtype, largest).unwrap();
                    let stride = (dtype.itemsize() * gap) as isize;
                    // SAFETY: the lane made above.
                    let place = unsafe { find.find(elements.as_ptr().cast(), stride, n).unwrap() };
                    let best =
                        values.iter().copied().fold(values[0], if largest { f64::max } else { f64::min });
                    assert_eq!(
                        Some(place),
                        values.iter().position(|v| *v == best),
                        "{dtype:?} n {n} {largest}"
                    );
                }
            }
        }
    }
}

#[test]
fn nan_and_nat_come_before_all() {
    for code in "efdgFDG".bytes() {
        for dtype in
            [DType::of(TypeNum::from_char(code).unwrap())].iter().flat_map(|d| [d.clone(), d.swapped()])
        {
            for (n, at) in [(3, 1), (1000, 700), (1000, 0), (1000, 999)] {
                let mut values = noise(n, 3);
                values[at] = f64::NAN;
                let elements = lane(&values, &dtype, 1);
                for largest in [false, true] {
                    let find = ExtremumLane::new(&dtype, largest).unwrap();
                    // SAFETY: the lane made above.
                    let place =
                        unsafe { find.find(elements.as_ptr().cast(), dtype.itemsize() as isize, n).unwrap() };
                    assert_eq!(place, at, "{dtype:?}");
                }
            }
        }
    }
    let dtype = DType::time(TypeNum::Datetime, TimeUnit::one(Unit::Day));
    let times = [3i64, 9, i64::MIN, 1];
    let find = |largest, n| {
        let find = ExtremumLane::new(&dtype, largest).unwrap();
        // SAFETY: `n` is at most four.
        unsafe { find.find(times.as_ptr().cast(), 8, n).unwrap() }
    };
    assert_eq!((find(true, 4), find(false, 4), find(true, 2), find(false, 2)), (2, 2, 1, 0));
    assert!(ExtremumLane::new(&DType::flexible(TypeNum::Void, 3), true).is_err());
}

#[test]
fn truth_is_counted() {
    for dtype in dtypes() {
        for n in [0usize, 1, 31, 32, 33, 9000] {
            for gap in [1, 2] {
                let values: Vec<f64> = noise(n, 5).iter().map(|v| if *v < 25.0 { 0.0 } else { *v }).collect();
                let elements = lane(&values, &dtype, gap);
                let truth = TruthLane::new(&dtype);
                let stride = (dtype.itemsize() * gap) as isize;
                let expected: Vec<isize> =
                    values.iter().zip(0..).filter(|(v, _)| **v != 0.0).map(|(_, i)| i + 7).collect();
                let mut positions = vec![0isize; expected.len()];
                // SAFETY: the lane made above; `positions` has as many places as there are true elements.
                let (count, found) = unsafe {
                    let ptr = elements.as_ptr().cast();
                    (truth.count(ptr, stride, n), truth.positions(ptr, stride, n, 7, positions.as_mut_ptr()))
                };
                assert_eq!(count, Ok(expected.len()), "{dtype:?}");
                assert_eq!((found, positions), (Ok(expected.len()), expected), "{dtype:?}");
            }
        }
    }
    // Zeros of both signs are false; NaN and NaT are true; text is true with any byte set.
    for (dtype, bytes, expected) in [
        (DType::of(TypeNum::Double), (-0.0f64).to_ne_bytes().to_vec(), false),
        (DType::of(TypeNum::Double).swapped(), (-0.0f64).swap_bits(), false),
        (DType::of(TypeNum::Half), 0x8000u16.to_ne_bytes().to_vec(), false),
        (DType::of(TypeNum::Float), f32::NAN.to_ne_bytes().to_vec(), true),
        (DType::of(TypeNum::Datetime), i64::MIN.to_ne_bytes().to_vec(), true),
        (DType::flexible(TypeNum::String, 3), b"\0\0\0".to_vec(), false),
        (DType::flexible(TypeNum::String, 3), b" \0\0".to_vec(), true),
    ] {
        // SAFETY: one element of the dtype.
        assert_eq!(unsafe { TruthLane::new(&dtype).of(bytes.as_ptr()) }, Ok(expected), "{dtype:?}");
    }
}

trait SwapBits {
    fn swap_bits(self) -> Vec<u8>;
}
impl SwapBits for f64 {
    fn swap_bits(self) -> Vec<u8> {
        let mut bytes = self.to_ne_bytes().to_vec();
        bytes.reverse();
        bytes
    }
}

#[test]
fn bool_positions() {
    let truth = TruthLane::new(&DType::of(TypeNum::Bool));
    for n in [0usize, 1, 7, 8, 9, 64, 1000] {
        let bools: Vec<u8> = noise(n, 9).iter().map(|v| u8::from(*v > 40.0) * (*v as u8)).collect();
        let expected: Vec<isize> = bools.iter().zip(0..).filter(|(b, _)| **b != 0).map(|(_, i)| i).collect();
        let mut positions = vec![0isize; expected.len()];
        // SAFETY: `n` bools; as many places as there are true ones.
        let found = unsafe { truth.positions(bools.as_ptr(), 1, n, 0, positions.as_mut_ptr()).unwrap() };
        assert_eq!((found, positions), (expected.len(), expected));
    }
}

#[test]
fn unused_kinds_sort_too() {
    // Lanes of a dtype without bytes have nothing to order.
    let lane = SortLane::new(&DType::flexible(TypeNum::String, 0)).unwrap();
    let mut order = [9isize; 3];
    // SAFETY: three elements of no bytes.
    unsafe { lane.argsort(order.as_ptr().cast(), 3, order.as_mut_ptr(), SortKind::Stable).unwrap() };
    assert_eq!(order, [0, 1, 2]);
}
