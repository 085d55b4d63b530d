//! Numeric casts and copies through `Transfer`: values against what C gives on x86-64, strides, byte orders, flags.

use sharray_base::dtype::{Field, Structure};
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::{DType, TypeNum};
use sharray_kernels::cast::Transfer;

fn dtype(char: char) -> DType {
    DType::of(TypeNum::from_char(char as u8).unwrap())
}

/// Casts a dense run and returns the target's bytes.
fn cast_bytes(from: &DType, to: &DType, source: &[u8]) -> Vec<u8> {
    let n = source.len() / from.itemsize();
    let mut target = vec![0xAAu8; n * to.itemsize() + 1];
    let transfer = Transfer::new(from, to, false).unwrap();
    // SAFETY: both runs are dense; the target starts one byte in, to be misaligned.
    unsafe {
        let (from_step, to_step) = (from.itemsize() as isize, to.itemsize() as isize);
        transfer.run(source.as_ptr(), from_step, target.as_mut_ptr().add(1), to_step, n).unwrap();
    }
    target.split_off(1)
}

fn f64s(values: &[f64]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_ne_bytes()).collect()
}

macro_rules! read {
    ($t:ty, $bytes:expr) => {
        $bytes
            .chunks_exact(size_of::<$t>())
            .map(|c| <$t>::from_ne_bytes(c.try_into().unwrap()))
            .collect::<Vec<$t>>()
    };
}

const HARD: [f64; 14] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    1e10,
    -1e10,
    1e20,
    300.7,
    -1.5,
    -300.2,
    2147483648.0,
    4294967301.0,
    9223372036854775808.0,
    9223372036854775808.0 * 1.5,
    70000.0,
];

#[test]
fn floats_to_integers() {
    let source = f64s(&HARD);
    let to = |c| cast_bytes(&dtype('d'), &dtype(c), &source);
    assert_eq!(read!(i8, to('b')), [0, 0, 0, 0, 0, 0, 44, -1, -44, 0, 0, 0, 0, 112]);
    assert_eq!(read!(u16, to('H')), [0, 0, 0, 0, 0, 0, 300, 65535, 65236, 0, 0, 0, 0, 4464]);
    const I: i32 = i32::MIN;
    assert_eq!(read!(i32, to('i')), [I, I, I, I, I, I, 300, -1, -300, I, I, I, I, 70000]);
    const L: i64 = i64::MIN;
    let wide = [L, L, L, 10000000000, -10000000000, L, 300, -1, -300, 2147483648, 4294967301, L, L, 70000];
    assert_eq!(read!(i64, to('l')), wide);
    let unsigned = read!(u64, to('L'));
    assert_eq!(unsigned[..3], [1 << 63, 0, 1 << 63]);
    assert_eq!(unsigned[11..13], [1 << 63, 13835058055282163712]);
    // float32 has the same results where it has the same values.
    let single = cast_bytes(&dtype('d'), &dtype('f'), &source);
    assert_eq!(cast_bytes(&dtype('f'), &dtype('i'), &single), to('i'));
    // long double keeps everything and truncates with 64 bits.
    let wide = cast_bytes(&dtype('d'), &dtype('g'), &source);
    assert_eq!(cast_bytes(&dtype('g'), &dtype('l'), &wide), to('l'));
    assert_eq!(cast_bytes(&dtype('g'), &dtype('d'), &wide), source);
}

#[test]
fn every_pair_of_numbers_agrees_on_small_values() {
    let chars: Vec<char> = "?bBhHiIlLqQefdgFDGE".chars().collect();
    let source = f64s(&[0.0, 1.0, 0.0, 1.0, 1.0]);
    let small = f64s(&[0.0, 1.0, 2.0, 100.0, 7.0]);
    for &from in &chars {
        let start = if from == '?' { &source } else { &small };
        let bytes = cast_bytes(&dtype('d'), &dtype(from), start);
        for &to in &chars {
            let there = cast_bytes(&dtype(from), &dtype(to), &bytes);
            let truth = to == '?' || from == '?';
            let wanted = if truth { &source_of_truth(start) } else { start };
            assert_eq!(cast_bytes(&dtype(to), &dtype('d'), &there), *wanted, "{from} to {to}");
            for (swap_from, swap_to) in [(true, false), (false, true), (true, true)] {
                let order = |c, swap: bool| if swap { dtype(c).swapped() } else { dtype(c) };
                let (f, t) = (order(from, swap_from), order(to, swap_to));
                let foreign = cast_bytes(&dtype(from), &f, &bytes);
                let result = cast_bytes(&f, &t, &foreign);
                assert_eq!(
                    cast_bytes(&t, &dtype(to), &result),
                    there,
                    "{from} to {to} {swap_from} {swap_to}"
                );
            }
        }
    }
}

fn source_of_truth(values: &[u8]) -> Vec<u8> {
    f64s(&read!(f64, values).iter().map(|v| f64::from(u8::from(*v != 0.0))).collect::<Vec<_>>())
}

#[test]
fn strides_of_every_kind() {
    let source: Vec<f64> = (0..64).map(|i| f64::from(i) - 20.0).collect();
    let transfer = Transfer::new(&dtype('d'), &dtype('h'), true).unwrap();
    for (from, to) in [(1isize, 1isize), (2, 1), (-1, 1), (0, 1), (1, -1), (-1, -2), (3, 2)] {
        for n in [0usize, 1, 7, 15] {
            let mut target = [0i16; 64];
            // SAFETY: 15 elements, at most 3 sources apart upwards and 1 downwards from the 18th, 2 targets apart from the
            // 30th, stay within 64.
            unsafe {
                let (src, dst) = (source.as_ptr().add(18), target.as_mut_ptr().add(30));
                transfer.run(src.cast(), from * 8, dst.cast(), to * 2, n).unwrap();
            }
            for i in 0..n as isize {
                assert_eq!(target[(30 + i * to) as usize], source[(18 + i * from) as usize] as i16);
            }
        }
    }
}

#[test]
fn flags_say_what_happened() {
    for (from, to, value, expected) in [
        ('d', 'i', f64::NAN, FpStatus::INVALID),
        ('d', 'i', 1e10, FpStatus::INVALID),
        ('d', 'l', 1e10, FpStatus::empty()),
        ('d', 'L', 1e10, FpStatus::empty()),
        ('d', 'L', 1e19, FpStatus::empty()),
        ('d', 'B', 300.0, FpStatus::empty()),
        ('d', 'f', 1e300, FpStatus::OVERFLOW),
        ('d', 'f', 1e-300, FpStatus::UNDERFLOW),
        ('d', 'f', f64::INFINITY, FpStatus::empty()),
        ('d', 'f', f64::NAN, FpStatus::empty()),
        ('d', 'e', 1e6, FpStatus::OVERFLOW),
        ('d', '?', f64::NAN, FpStatus::empty()),
        ('d', 'g', f64::NAN, FpStatus::empty()),
    ] {
        for n in 1..=17 {
            let source = f64s(&[&vec![1.0; n - 1][..], &[value]].concat());
            fp_status::clear();
            cast_bytes(&dtype(from), &dtype(to), &source);
            assert_eq!(fp_status::read(), expected, "{from} to {to} of {value}, {n} elements");
        }
    }
    fp_status::clear();
}

#[test]
fn complex_casts() {
    let source = f64s(&[1.5, 2.5, -3.0, 0.0, 0.0, 4.0]);
    let to = |c| cast_bytes(&dtype('D'), &dtype(c), &source);
    assert_eq!(read!(i32, to('i')), [1, -3, 0]);
    assert_eq!(to('?'), [1, 1, 1]);
    assert_eq!(read!(f32, to('F')), [1.5, 2.5, -3.0, 0.0, 0.0, 4.0]);
    assert_eq!(cast_bytes(&dtype('G'), &dtype('D'), &to('G')), source);
    let ones = cast_bytes(&dtype('b'), &dtype('D'), &[1, 2]);
    assert_eq!(read!(f64, ones), [1.0, 0.0, 2.0, 0.0]);
}

fn structure(fields: &[(&str, usize, DType)], itemsize: usize) -> DType {
    let fields = fields
        .iter()
        .map(|(name, offset, dtype)| Field {
            name: (*name).into(),
            title: None,
            offset: *offset,
            dtype: dtype.clone(),
        })
        .collect();
    DType::structured(Structure { fields, aligned: false, alignment: 1 }, itemsize).unwrap()
}

#[test]
fn structures_go_by_position() {
    let from = structure(&[("a", 0, dtype('h')), ("b", 2, dtype('h').swapped())], 4);
    let to = structure(&[("x", 4, dtype('i')), ("y", 0, dtype('f'))], 8);
    let bytes = [1i16.to_ne_bytes(), 2i16.swap_bytes().to_ne_bytes()].concat();
    let result = cast_bytes(&from, &to, &bytes);
    assert_eq!((read!(i32, &result[4..])[0], read!(f32, &result[..4])[0]), (1, 2.0));
    let spread = cast_bytes(&dtype('h'), &to, &7i16.to_ne_bytes());
    assert_eq!((read!(i32, &spread[4..])[0], read!(f32, &spread[..4])[0]), (7, 7.0));
    assert!(Transfer::new(&from, &dtype('i'), true).is_err());
}

#[test]
fn subarrays_are_broadcast_and_cropped() {
    let shape = |s: &[isize], c| DType::subarray(dtype(c), s).unwrap();
    let source = [1i16, 2, 3].iter().flat_map(|v| v.to_ne_bytes()).collect::<Vec<_>>();
    let result = |s: &[isize]| read!(i32, cast_bytes(&shape(&[3], 'h'), &shape(s, 'i'), &source));
    assert_eq!(result(&[3]), [1, 2, 3]);
    assert_eq!(result(&[2, 3]), [1, 2, 3, 1, 2, 3]);
    assert_eq!(result(&[2]), [1, 2]);
    assert_eq!(result(&[4]), [1, 2, 3, 0]);
    let scalar = cast_bytes(&dtype('h'), &shape(&[2], 'i'), &5i16.to_ne_bytes());
    assert_eq!(read!(i32, scalar), [5, 5]);
}
