//! The array as a value: who shares memory, who copies, what Rust may see of it.

use std::thread;

use sharray::prelude::*;

#[test]
fn writing_leaves_others_alone() -> Result<()> {
    let a = Array::arange(6)?.reshape(&[2, 3])?;
    for keys in [s![1], s![.., (.., -1)], s![0, 1..]] {
        let mut part = a.get(keys)?;
        assert!(part.shares_memory(&a));
        part.fill(-1)?;
        assert!(!part.shares_memory(&a));
    }
    let mut clone = a.clone();
    clone.sort(0)?;
    clone += 1;
    assert_eq!(a.to_vec::<i64>()?, [0, 1, 2, 3, 4, 5]);
    Ok(())
}

#[test]
fn the_only_array_writes_in_place() -> Result<()> {
    let mut part = Array::arange(6)?.get(s![(.., 2)])?; // the whole is gone
    let data = part.view().data();
    part.set(s![1], 20)?;
    assert_eq!((part.view().data(), part.to_vec::<i64>()?), (data, vec![0, 20, 4]));
    Ok(())
}

#[test]
fn stretched_arrays_are_copied_before_writing() -> Result<()> {
    let mut rows = Array::from([1, 2]).broadcast_to(&[3, 2])?;
    rows.set(s![0, 0], 9)?;
    assert_eq!(rows.to_vec::<i32>()?, [9, 2, 1, 2, 1, 2]);
    Ok(())
}

#[test]
fn slices_of_rust_types() -> Result<()> {
    let a = Array::from([[1.0, 2.0], [3.0, 4.0]]);
    assert_eq!(a.as_slice::<f64>()?, [1.0, 2.0, 3.0, 4.0]);
    assert!(matches!(a.as_slice::<f32>(), Err(Error::Type(_))));
    for part in [a.t(), a.get(s![.., 0])?, a.get(s![(.., -1)])?, a.astype(">f8")?] {
        assert!(matches!(part.as_slice::<f64>(), Err(Error::Value(_))), "{part}");
        assert_eq!(part.to_contiguous()?.as_slice::<f64>()?, part.to_vec::<f64>()?);
    }
    let mut column = a.get(s![.., 1])?;
    column.as_mut_slice::<f64>()?[0] = 20.0;
    assert_eq!((column.to_vec::<f64>()?, a.at::<f64>(&[0, 1])?), (vec![20.0, 4.0], 2.0));
    assert_eq!(Array::zeros(&[0, 2], "f8")?.as_slice::<f64>()?, [0.0; 0]);
    // The same bytes under two type numbers.
    assert_eq!(Array::zeros(&[1], "q")?.as_slice::<i64>()?, [0]);
    Ok(())
}

#[test]
fn bools_of_other_bytes_are_no_slice() -> Result<()> {
    let mut a = Array::from([0u8, 1, 2]).view_as("?")?;
    assert!(matches!(a.as_slice::<bool>(), Err(Error::Value(_))));
    assert!(matches!(a.as_mut_slice::<bool>(), Err(Error::Value(_))));
    assert_eq!(a.to_vec::<bool>()?, [false, true, true]);
    Ok(())
}

#[test]
fn vectors_are_taken_over() -> Result<()> {
    let values = vec![1u32, 2, 3, 4];
    let address = values.as_ptr();
    let mut a = Array::from_vec(values, &[2, 2])?;
    assert_eq!(a.as_slice::<u32>()?.as_ptr(), address);
    a.fill(7)?;
    assert_eq!(a.as_slice::<u32>()?.as_ptr(), address);
    assert_eq!(Array::from(Vec::<f64>::new()).shape(), [0]);
    Ok(())
}

#[test]
fn threads_share_arrays() -> Result<()> {
    let a = Array::arange(1000)?;
    let sums: Vec<i64> = thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|i| {
                let mut own = a.clone();
                scope.spawn(move || {
                    own += i;
                    own.sum(())?.item::<i64>()
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("no panic")).collect::<Result<_>>()
    })?;
    assert_eq!(sums, [499_500, 500_500, 501_500, 502_500]);
    assert_eq!(a.sum(())?.item::<i64>()?, 499_500);
    Ok(())
}

#[test]
fn casts() -> Result<()> {
    let a = Array::from([[1.9, -1.9], [0.0, 3.5]]);
    for (dtype, expected) in [
        ("i4", "[[ 1 -1]\n [ 0  3]]"),
        ("?", "[[ True  True]\n [False  True]]"),
        ("f2", "[[ 1.9 -1.9]\n [ 0.   3.5]]"),
        ("D", "[[ 1.9+0.j -1.9+0.j]\n [ 0. +0.j  3.5+0.j]]"),
        ("U4", "[['1.9' '-1.9']\n ['0.0' '3.5']]"),
        ("S", "[[b'1.9' b'-1.9']\n [b'0.0' b'3.5']]"),
    ] {
        assert_eq!(a.astype(dtype)?.to_string(), expected, "{dtype}");
    }
    assert!(a.t().astype("f4")?.is_f_contiguous(), "the memory order stays");
    assert!(matches!(Array::from_strings(&["x"])?.astype("f8"), Err(Error::Value(_))));
    assert!(matches!(a.astype("O"), Err(Error::NotImplemented(_))));
    for (casting, allowed) in [(Casting::Safe, false), (Casting::SameKind, false), (Casting::Unsafe, true)] {
        assert_eq!(a.astype_with("i8", casting).is_ok(), allowed, "{casting:?}");
    }
    Ok(())
}

#[test]
fn iteration() -> Result<()> {
    let a = Array::arange(24)?.reshape(&[2, 3, 4])?;
    for view in [a.clone(), a.t(), a.get(s![.., (.., -2), 1..3])?, a.get(s![0, 0, 0])?, a.get(s![2..])?] {
        let copied = view.copy()?;
        assert_eq!(view.iter::<i64>()?.collect::<Vec<_>>(), copied.as_slice::<i64>()?);
        assert_eq!(view.iter::<i64>()?.len(), view.len());
    }
    assert_eq!(a.rows()?.map(|row| row.shape().to_vec()).collect::<Vec<_>>(), [[3, 4], [3, 4]]);
    assert!(matches!(Array::from(1).rows().map(|_| ()), Err(Error::Type(_))));
    Ok(())
}

#[test]
fn refused_sizes() {
    for shape in [&[-1][..], &[isize::MAX, 2], &[1 << 40, 1 << 40], &[1; 65]] {
        assert!(matches!(Array::zeros(shape, "f8"), Err(Error::Value(_))), "{shape:?}");
    }
    let huge = Array::zeros(&[1 << 58], "u1");
    assert!(matches!(huge, Err(Error::Memory { .. })), "{huge:?}");
}

#[test]
fn foreign_memory_is_checked() -> Result<()> {
    use sharray_base::memory::Memory;
    let check = |shape: &[isize], strides: &[isize], offset: usize, fits: bool| -> Result<()> {
        let memory = Memory::heap(16, true)?;
        // SAFETY: nobody else knows the memory, and it is zeroed.
        let array = unsafe { Array::from_memory(memory, dtype_of::<u16>(), shape, strides, offset) };
        assert_eq!(array.is_ok(), fits, "{shape:?} {strides:?} {offset}");
        Ok(())
    };
    check(&[8], &[2], 0, true)?;
    check(&[8], &[2], 2, false)?;
    check(&[8], &[-2], 14, true)?;
    check(&[8], &[-2], 12, false)?;
    check(&[100], &[0], 14, true)?;
    check(&[2, 4], &[8, 2], 0, true)?;
    check(&[2], &[isize::MAX], 0, false)?;
    check(&[0], &[2], 16, true)
}

#[test]
fn extreme_arguments_are_errors_or_views() -> Result<()> {
    let a = Array::arange(6)?.reshape(&[2, 3])?;
    for extreme in [isize::MIN, isize::MIN + 1, -1 << 40, 1 << 40, isize::MAX - 1, isize::MAX] {
        let results = [
            a.get(s![extreme]),
            a.get(s![.., [extreme]]),
            a.take(&Array::from([extreme]), 0),
            a.transpose(&[extreme, 0]),
            a.swap_axes(extreme, 0),
            a.expand_dims(extreme),
            a.flip(extreme),
            a.sum(extreme),
            a.cumsum(extreme),
            a.argmax(extreme),
            a.argsort(extreme),
            concatenate(&[&a, &a], extreme),
            stack(&[&a, &a], extreme),
            a.reshape(&[extreme, 2]),
            a.broadcast_to(&[extreme, 2, 3]).and_then(|b| b.copy()),
            a.repeat(extreme.unsigned_abs(), 0),
        ];
        for (place, result) in results.iter().enumerate() {
            assert!(result.is_err() || place == 13, "{extreme}: result {place}: {result:?}");
        }
        assert_eq!(a.get(s![(extreme, extreme, extreme)])?.shape()[1], 3);
        assert!(a.diagonal(extreme)?.is_empty());
        assert!(a.get(s![.., extreme..])?.len() <= 6);
        assert!(a.get(s![(.., extreme)])?.len() <= 3);
        assert!(Array::eye(2, 2, extreme, "f8")?.len() == 4);
    }
    Ok(())
}
