//! Sorts of every dtype against a naive insertion sort by `ElementOrder`.

use std::cmp::Ordering;

use sharray_base::dtype::{Field, Structure, TimeUnit, Unit};
use sharray_base::{DType, TypeNum};
use sharray_kernels::cast::Transfer;
use sharray_kernels::sort::order::ElementOrder;
use sharray_kernels::sort::{SortKind, SortLane};

/// A small generator: the tests need no better one.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

fn dtypes() -> Vec<DType> {
    let mut dtypes: Vec<DType> =
        "?bBhHiIlLqQefdgFDGE45".bytes().map(|c| DType::of(TypeNum::from_char(c).unwrap())).collect();
    dtypes.push(DType::time(TypeNum::Datetime, TimeUnit::one(Unit::Second)));
    dtypes.push(DType::flexible(TypeNum::String, 3));
    dtypes.push(DType::flexible(TypeNum::Unicode, 8));
    dtypes.push(DType::flexible(TypeNum::Void, 2));
    dtypes.extend(dtypes.clone().iter().filter(|d| d.has_byte_order()).map(DType::swapped));
    let field = |name: &str, offset, dtype| Field { name: name.into(), title: None, offset, dtype };
    let short = DType::of(TypeNum::Short);
    let fields = vec![
        field("a", 3, DType::of(TypeNum::Byte)),
        field("b", 0, short.swapped()),
        field("c", 4, DType::subarray(short, &[2]).unwrap()),
    ];
    dtypes.push(DType::structured(Structure { fields, aligned: false, alignment: 1 }, 8).unwrap());
    dtypes
}

/// `n` elements with many repetitions, zeros of both signs, NaN and NaT.
fn elements(dtype: &DType, n: usize, noise: &mut Noise) -> Vec<u128> {
    let size = dtype.itemsize();
    let mut lane = vec![0u128; (n * size).div_ceil(16) + 1];
    let bytes = lane.as_mut_ptr().cast::<u8>();
    if dtype.num().is_number() {
        let parts = if dtype.kind() == sharray_base::Kind::Complex { 2 } else { 1 };
        let values: Vec<f64> = (0..n * parts)
            .map(|_| match noise.next() % 24 {
                0 => f64::NAN,
                1 => -0.0,
                2 => f64::INFINITY,
                k => k as f64 * (noise.next() % 9) as f64 - 40.0,
            })
            .collect();
        let from = DType::of(if parts == 2 { TypeNum::CDouble } else { TypeNum::Double });
        let transfer = Transfer::new(&from, dtype, true).unwrap();
        // SAFETY: both runs are dense and `n` elements long.
        unsafe { transfer.run(values.as_ptr().cast(), 8 * parts as isize, bytes, size as isize, n).unwrap() };
    } else {
        for i in 0..n * size {
            let byte = (noise.next() % 3) as u8 + if i % 4 == 0 { 97 } else { 0 };
            // SAFETY: within the lane. NaT comes from the next statement alone.
            unsafe { bytes.add(i).write(byte) };
        }
        if dtype.num() == TypeNum::Datetime {
            for i in (0..n).step_by(5) {
                let nat = if dtype.is_native() { i64::MIN } else { i64::MIN.swap_bytes() };
                // SAFETY: element `i` is eight bytes.
                unsafe { bytes.cast::<i64>().add(i).write(nat) };
            }
        }
    }
    lane
}

fn naive(order: &ElementOrder, ptr: *const u8, size: usize, n: usize) -> Vec<isize> {
    let mut indices: Vec<isize> = (0..n as isize).collect();
    // SAFETY: indices below `n` name elements.
    let less = |a: isize, b: isize| unsafe {
        order.compare(ptr.offset(a * size as isize), ptr.offset(b * size as isize)).unwrap() == Ordering::Less
    };
    for end in 1..n {
        let mut at = end;
        while at > 0 && less(indices[at], indices[at - 1]) {
            indices.swap(at, at - 1);
            at -= 1;
        }
    }
    indices
}

#[test]
fn sorts_agree_with_insertion() {
    let mut noise = Noise(88172645463325252);
    for dtype in dtypes() {
        let (order, lane, size) =
            (ElementOrder::new(&dtype).unwrap(), SortLane::new(&dtype).unwrap(), dtype.itemsize());
        for n in [0usize, 1, 2, 3, 16, 17, 33, 100, 300] {
            let source = elements(&dtype, n, &mut noise);
            let ptr = source.as_ptr().cast::<u8>();
            let expected = naive(&order, ptr, size, n);
            let element = |base: *const u8, i: isize| unsafe {
                // SAFETY: `i` names an element.
                std::slice::from_raw_parts(base.offset(i * size as isize), size)
            };
            let equal = |base: *const u8, i: isize, j: isize| unsafe {
                // SAFETY: both name elements.
                order.compare(element(base, i).as_ptr(), element(ptr, j).as_ptr()).unwrap().is_eq()
            };
            let what = format!("{:?} char {} n {n}", dtype, dtype.num().row().char as char);

            let mut indices = vec![0isize; n];
            for kind in [SortKind::Stable, SortKind::Quick] {
                let mut sorted = source.clone();
                // SAFETY: the lane is aligned and `n` elements long.
                unsafe {
                    lane.sort(sorted.as_mut_ptr().cast(), n, kind).unwrap();
                    lane.argsort(ptr, n, indices.as_mut_ptr(), kind).unwrap();
                }
                for (i, &want) in expected.iter().enumerate() {
                    assert!(equal(sorted.as_ptr().cast(), i as isize, want), "sort {kind:?} {what}");
                    assert!(equal(ptr, indices[i], want), "argsort {kind:?} {what}");
                }
                if kind == SortKind::Stable {
                    assert_eq!(indices, expected, "stable argsort {what}");
                }
            }
            let mut lexical: Vec<isize> = (0..n as isize).rev().collect();
            // SAFETY: as above; `lexical` is a permutation.
            unsafe { lane.lexsort_step(ptr, n, lexical.as_mut_ptr()).unwrap() };
            assert!(lexical.iter().zip(&expected).all(|(&a, &b)| equal(ptr, a, b)), "lexsort {what}");

            let kths: Vec<usize> =
                [n / 2, 0, n.saturating_sub(1), n / 3].into_iter().filter(|&k| k < n).collect();
            let mut parted = source.clone();
            // SAFETY: as above.
            unsafe {
                lane.partition(parted.as_mut_ptr().cast(), n, &kths).unwrap();
                lane.argpartition(ptr, n, indices.as_mut_ptr(), &kths).unwrap();
            }
            for &k in &kths {
                assert!(equal(parted.as_ptr().cast(), k as isize, expected[k]), "partition {what}");
                assert!(equal(ptr, indices[k], expected[k]), "argpartition {what}");
            }
            indices.sort_unstable();
            assert!(indices.iter().copied().eq(0..n as isize), "argpartition permutes {what}");
        }
    }
}

#[test]
fn long_narrow_lanes_are_counted() {
    let mut noise = Noise(1);
    let lane = SortLane::new(&DType::of(TypeNum::Short)).unwrap();
    let values: Vec<i16> = (0..20000).map(|_| noise.next() as i16).collect();
    let (mut sorted, mut expected, mut order) = (values.clone(), values.clone(), vec![0isize; values.len()]);
    // SAFETY: the lanes are `values.len()` long.
    unsafe {
        lane.sort(sorted.as_mut_ptr().cast(), values.len(), SortKind::Quick).unwrap();
        lane.argsort(values.as_ptr().cast(), values.len(), order.as_mut_ptr(), SortKind::Quick).unwrap();
    }
    expected.sort();
    assert_eq!(sorted, expected);
    assert!(order.windows(2).all(|w| (values[w[0] as usize], w[0]) < (values[w[1] as usize], w[1])));
}

/// Long lanes of shapes that hurt careless quicksorts: sort, argsort and partition against the standard library.
#[test]
fn long_lanes_of_hard_shapes() {
    let n = 5003usize;
    let mut noise = Noise(99);
    type Shape = Box<dyn Fn(usize, u64) -> f64>;
    let shapes: [(&str, Shape); 6] = [
        ("random", Box::new(|_, r| (r >> 40) as f64 - 8e6)),
        ("few values", Box::new(|_, r| (r % 3) as f64 - 1.0)),
        ("equal", Box::new(|_, _| 7.0)),
        ("falling", Box::new(|i, _| -(i as f64))),
        ("organ pipes", Box::new(|i, _| (if i < 2500 { i } else { 5003 - i }) as f64)),
        ("zeros", Box::new(|_, r| if r % 2 == 0 { 0.0 } else { -0.0 })),
    ];
    for (name, shape) in shapes {
        let values: Vec<f64> = (0..n).map(|i| shape(i, noise.next())).collect();
        for code in "iIlLqfdeM".bytes() {
            let dtype = DType::of(TypeNum::from_char(code).unwrap());
            let (size, lane) = (dtype.itemsize(), SortLane::new(&dtype).unwrap());
            let mut source = vec![0u128; (n * size).div_ceil(16)];
            let transfer = Transfer::new(&DType::of(TypeNum::Double), &dtype, true).unwrap();
            // SAFETY: room for `n` elements.
            unsafe {
                transfer
                    .run(values.as_ptr().cast(), 8, source.as_mut_ptr().cast(), size as isize, n)
                    .unwrap();
            }
            let order = ElementOrder::new(&dtype).unwrap();
            let base = source.as_ptr().cast::<u8>();
            let mut expected: Vec<isize> = (0..n as isize).collect();
            // SAFETY: indices name elements.
            expected.sort_by(|&a, &b| unsafe {
                order.compare(base.offset(a * size as isize), base.offset(b * size as isize)).unwrap()
            });
            // SAFETY: `i` names an element.
            let bytes = |base: *const u8, i: isize| unsafe {
                std::slice::from_raw_parts(base.offset(i * size as isize), size)
            };
            let kths = [17, n / 2, n - 3];
            let (mut sorted, mut parted, mut indices) = (source.clone(), source.clone(), vec![0isize; n]);
            // SAFETY: lanes of `n` elements.
            unsafe {
                lane.sort(sorted.as_mut_ptr().cast(), n, SortKind::Stable).unwrap();
                lane.partition(parted.as_mut_ptr().cast(), n, &kths).unwrap();
                lane.argsort(base, n, indices.as_mut_ptr(), SortKind::Stable).unwrap();
            }
            let what = format!("{name} {dtype:?}");
            assert_eq!(indices, expected, "{what}");
            for (i, &want) in expected.iter().enumerate() {
                assert_eq!(bytes(sorted.as_ptr().cast(), i as isize), bytes(base, want), "{what} at {i}");
            }
            for k in kths {
                // SAFETY: all indices name elements.
                unsafe {
                    let at = |i: usize| parted.as_ptr().cast::<u8>().add(i * size);
                    assert!(
                        order.compare(at(k), bytes(base, expected[k]).as_ptr()).unwrap().is_eq(),
                        "{what}"
                    );
                    assert!((0..k).all(|i| order.compare(at(i), at(k)).unwrap().is_le()), "{what}");
                    assert!((k..n).all(|i| order.compare(at(i), at(k)).unwrap().is_ge()), "{what}");
                }
            }
        }
    }
}
