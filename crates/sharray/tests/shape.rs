//! Views under other shapes: the same memory wherever NumPy needs no copy.

use sharray::prelude::*;

#[test]
fn reshapes() -> Result<()> {
    let a = Array::arange(12)?.reshape(&[3, 4])?;
    for (source, shape, is_view) in [
        (a.clone(), &[2, 6][..], true),
        (a.clone(), &[-1], true),
        (a.clone(), &[1, 12, 1], true),
        (a.t(), &[2, 2, 3], true), // NumPy splits the axis of 4
        (a.t(), &[12], false),
        (a.get(s![.., ..2])?, &[3, 2, 1], true),
        (a.get(s![.., ..2])?, &[6], false),
        (a.get(s![(.., -1)])?, &[3, 2, 2], true),
        (a.broadcast_to(&[5, 3, 4])?, &[5, 12], true),
    ] {
        let result = source.reshape(shape)?;
        assert_eq!(result.shares_memory(&source), is_view, "{source:?} as {shape:?}");
        assert_eq!(result.to_vec::<i64>()?, source.to_vec::<i64>()?);
    }
    for bad in [&[5][..], &[-1, -1], &[-1, 5], &[0, -1]] {
        assert!(matches!(a.reshape(bad), Err(Error::Value(_))), "{bad:?}");
    }
    Ok(())
}

#[test]
fn views() -> Result<()> {
    let a = Array::arange(6)?.reshape(&[1, 2, 3])?;
    type Change = fn(&Array) -> Result<Array>;
    let changes: [(Change, &[isize], &[i64]); 10] = [
        (|a| Ok(a.t()), &[3, 2, 1], &[0, 3, 1, 4, 2, 5]),
        (|a| a.transpose(&[1, 0, 2]), &[2, 1, 3], &[0, 1, 2, 3, 4, 5]),
        (|a| a.swap_axes(1, -1), &[1, 3, 2], &[0, 3, 1, 4, 2, 5]),
        (|a| a.squeeze(None), &[2, 3], &[0, 1, 2, 3, 4, 5]),
        (|a| a.expand_dims(0), &[1, 1, 2, 3], &[0, 1, 2, 3, 4, 5]),
        (|a| a.flip(-1), &[1, 2, 3], &[2, 1, 0, 5, 4, 3]),
        (|a| a.squeeze(None)?.diagonal(1), &[2], &[1, 5]),
        (|a| a.broadcast_to(&[2, 2, 3]), &[2, 2, 3], &[0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]),
        (|a| a.flip(2)?.flip(1)?.ravel(), &[6], &[5, 4, 3, 2, 1, 0]),
        (|a| a.view_as("u8")?.view_as("i8"), &[1, 2, 3], &[0, 1, 2, 3, 4, 5]),
    ];
    for (place, (change, shape, elements)) in changes.iter().enumerate() {
        let view = change(&a)?;
        assert_eq!((view.shape(), view.to_vec::<i64>()?.as_slice()), (*shape, *elements), "change {place}");
        assert!(view.shares_memory(&a), "change {place}");
    }
    Ok(())
}

#[test]
fn refusals() -> Result<()> {
    let a = Array::zeros(&[2, 3], "f8")?;
    for (result, is_axis) in [
        (a.transpose(&[0]), false),
        (a.transpose(&[0, 0]), false),
        (a.transpose(&[0, 2]), true),
        (a.swap_axes(0, 2), true),
        (a.squeeze(Some(&[0])), false),
        (a.squeeze(Some(&[2])), true),
        (a.expand_dims(4), true),
        (a.flip(2), true),
        (Array::arange(3)?.diagonal(0), false),
        (a.broadcast_to(&[3]), false),
        (a.broadcast_to(&[2, 4]), false),
        (a.broadcast_to(&[-1, 2, 3]), false),
    ] {
        match result {
            Err(Error::Axis { .. }) => assert!(is_axis),
            Err(Error::Value(_)) => assert!(!is_axis),
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(a.view_as("f4"), Err(Error::Type(_))));
    Ok(())
}

#[test]
fn parts_of_complex_numbers() -> Result<()> {
    let z = Array::from([Complex::new(1.0, 2.0), Complex::new(3.0, 4.0)]);
    assert!(z.real().shares_memory(&z));
    assert_eq!((z.real().to_vec::<f64>()?, z.imag()?.to_vec::<f64>()?), (vec![1.0, 3.0], vec![2.0, 4.0]));
    let swapped = z.astype(">c16")?;
    assert_eq!(swapped.imag()?.to_vec::<f64>()?, [2.0, 4.0]);
    assert_eq!(Array::from([1, 2]).imag()?.to_vec::<i32>()?, [0, 0]);
    Ok(())
}
