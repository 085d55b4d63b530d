//! Assignment against element-by-element oracles.

mod common;

use common::{Arr, Random, broadcast_positions};
use sharray_base::{DType, Error, TypeNum};
use sharray_core::assign::{Casting, copy, copy_where, fill};

fn dtypes() -> Vec<DType> {
    let native =
        [TypeNum::Byte, TypeNum::Short, TypeNum::Int, TypeNum::Long, TypeNum::Float, TypeNum::Double];
    native.into_iter().flat_map(|num| [DType::of(num), DType::of(num).swapped()]).collect()
}

/// A shape that broadcasts to `target`.
fn narrower(random: &mut Random, target: &[isize]) -> Vec<isize> {
    let skip = random.next(0, target.len() as isize) as usize;
    target[skip..].iter().map(|n| if random.next(0, 3) == 0 { 1 } else { *n }).collect()
}

#[test]
fn copies_of_any_layout() {
    let (mut random, dtypes) = (Random(1), dtypes());
    for _ in 0..2000 {
        let shape = random.shape(4, 5);
        let [to, from] = [0, 1].map(|_| &dtypes[random.next(0, dtypes.len() as isize - 1) as usize]);
        let source_shape = narrower(&mut random, &shape);
        let source = random.array(from, &source_shape);
        let mut target = random.array(to, &shape);
        copy(target.view_mut(), source.view(), Casting::Unsafe).unwrap();
        let values = source.read();
        let expected: Vec<f64> =
            broadcast_positions(&source_shape, &shape).iter().map(|p| values[*p]).collect();
        assert_eq!(
            target.read(),
            expected,
            "{:?} {:?} from {:?}",
            target.shape,
            target.strides,
            source.strides
        );
    }
}

#[test]
fn copies_within_one_buffer() {
    let mut random = Random(2);
    let dtype = DType::of(TypeNum::Short);
    for _ in 0..2000 {
        let shape = [random.next(1, 4), random.next(1, 4)];
        let mut layout = || {
            let strides = [2 * random.next(-4, 4), 2 * random.next(-4, 4)];
            let low: isize = shape.iter().zip(strides).map(|(n, s)| ((n - 1) * s).min(0)).sum();
            (strides, 2 * random.next(0, 3) - low)
        };
        let ((to, to_offset), (from, from_offset)) = (layout(), layout());
        let mut target = Arr::new(&dtype, &[60], &(0..60).map(f64::from).collect::<Vec<_>>());
        target = target.layout(&shape, &to, to_offset);
        let source = target.layout(&shape, &from, from_offset);
        let values = source.read();
        let data = target.view_mut().data();
        let mut distinct = target.offsets();
        distinct.sort();
        distinct.dedup();
        if distinct.len() < values.len() {
            continue;
        }
        // SAFETY: the same buffer as `target`, within it.
        let shared = unsafe {
            source.view().with_layout(data.offset(from_offset - to_offset), &source.shape, &source.strides)
        };
        copy(target.view_mut(), shared, Casting::No).unwrap();
        assert_eq!(target.read(), values, "{to:?}+{to_offset} from {from:?}+{from_offset}");
    }
}

#[test]
fn masked_copies_and_fills() {
    let (mut random, dtypes) = (Random(3), dtypes());
    for _ in 0..500 {
        let shape = random.shape(3, 5);
        let dtype = &dtypes[random.next(0, dtypes.len() as isize - 1) as usize];
        let (mask_shape, source_shape) = (narrower(&mut random, &shape), narrower(&mut random, &shape));
        let mut mask = random.array(&DType::of(TypeNum::Bool), &mask_shape);
        let bits: Vec<f64> = mask.read().iter().map(|_| random.next(0, 1) as f64).collect();
        mask.write(&bits);
        let source = random.array(&DType::of(TypeNum::Int), &source_shape);
        let mut target = random.array(dtype, &shape);
        let (before, values) = (target.read(), source.read());
        copy_where(target.view_mut(), source.view(), mask.view(), Casting::Unsafe).unwrap();
        let places = broadcast_positions(&source_shape, &shape);
        let expected: Vec<f64> = broadcast_positions(&mask_shape, &shape)
            .iter()
            .enumerate()
            .map(|(i, m)| if bits[*m] != 0.0 { values[places[i]] } else { before[i] })
            .collect();
        assert_eq!(target.read(), expected);
        let seven = 7i32;
        // SAFETY: an `int` element.
        unsafe { fill(target.view_mut(), (&raw const seven).cast(), &DType::of(TypeNum::Int)).unwrap() };
        assert!(target.read().iter().all(|v| *v == 7.0));
    }
}

#[test]
fn big_transposes() {
    let dtype = DType::of(TypeNum::Double);
    let (n, m, k) = (70isize, 45isize, 3isize);
    let values: Vec<f64> = (0..n * m * k).map(|v| v as f64).collect();
    let source = Arr::new(&dtype, &[n, m, k], &values);
    let swapped = source.layout(&[k, m, n], &[8, 8 * k, 8 * k * m], 0);
    let mut target = Arr::new(&dtype, &[k, m, n], &vec![0.0; values.len()]);
    copy(target.view_mut(), swapped.view(), Casting::No).unwrap();
    assert_eq!(target.read(), swapped.read());
}

#[test]
fn refusals_change_nothing() {
    let long = DType::of(TypeNum::Long);
    let mut target = Arr::new(&long, &[2], &[1.0, 2.0]);
    let three = Arr::new(&long, &[3], &[5.0; 3]);
    let error = copy(target.view_mut(), three.view(), Casting::Unsafe).unwrap_err();
    assert_eq!(error.to_string(), "could not broadcast input array from shape (3,) into shape (2,)");
    let float = Arr::new(&DType::of(TypeNum::Double), &[2], &[5.0; 2]);
    assert!(matches!(copy(target.view_mut(), float.view(), Casting::SameKind), Err(Error::Cast { .. })));
    assert!(matches!(
        copy_where(target.view_mut(), three.view(), three.view(), Casting::Unsafe),
        Err(Error::Type(_))
    ));
    assert_eq!(target.read(), [1.0, 2.0]);
    let row = Arr::new(&long, &[1, 1, 2], &[7.0, 8.0]);
    copy(target.view_mut(), row.view(), Casting::No).unwrap();
    assert_eq!(target.read(), [7.0, 8.0]);
}
