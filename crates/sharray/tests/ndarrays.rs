//! Exchange with the crate `ndarray`: what shares memory has the same addresses.
#![cfg(feature = "ndarray")]

use ndarray::{ArrayD, ArrayViewD, Axis, IxDyn, ShapeBuilder};
use sharray::prelude::*;

/// Addresses of all elements in C order.
fn addresses<T>(view: &ArrayViewD<'_, T>) -> Vec<usize> {
    view.iter().map(|element| std::ptr::from_ref(element).addr()).collect()
}

/// The same of an array of ours.
fn our_addresses(array: &Array) -> Vec<usize> {
    let mut found = vec![array.view().data().addr() as isize];
    for (&n, &stride) in array.shape().iter().zip(array.strides()) {
        found = found.iter().flat_map(|at| (0..n).map(move |i| at + i * stride)).collect();
    }
    found.into_iter().map(|at| at as usize).collect()
}

/// Arrays of `int64` in layouts of every sort.
fn layouts() -> Result<Vec<Array>> {
    let cube = Array::arange(60)?.reshape(&[3, 4, 5])?;
    Ok(vec![
        cube.clone(),
        cube.t(),
        cube.get(s![.., (.., -2), (1.., 3)])?,
        cube.get(s![(.., -1), (.., -1), (.., -1)])?,
        cube.get(s![1, ..1, ..])?,
        cube.get(s![1..1, .., ..])?,
        Array::from(7i64),
        Array::arange(3)?.broadcast_to(&[2, 3])?,
        Array::from(7i64).broadcast_to(&[4])?,
    ])
}

#[test]
fn views_are_of_the_same_memory() -> Result<()> {
    for array in layouts()? {
        let view = array.as_ndarray::<i64>()?;
        assert_eq!(view.shape().iter().map(|&n| n as isize).collect::<Vec<_>>(), array.shape());
        assert_eq!(view.iter().copied().collect::<Vec<_>>(), array.to_vec::<i64>()?);
        if !array.is_empty() {
            assert_eq!(addresses(&view), our_addresses(&array));
        }
    }
    Ok(())
}

#[test]
fn views_to_write_to() -> Result<()> {
    let mut array = Array::arange(6)?.reshape(&[2, 3])?;
    let before = array.view().data();
    array.as_ndarray_mut::<i64>()?.mapv_inplace(|n| 10 * n);
    assert_eq!((array.to_vec::<i64>()?, array.view().data()), (vec![0, 10, 20, 30, 40, 50], before));

    // Somebody else looks at the memory: it is copied, and the other array stays.
    let other = array.clone();
    array.as_ndarray_mut::<i64>()?[[0, 0]] = -1;
    assert_eq!((other.at::<i64>(&[0, 0])?, array.at::<i64>(&[0, 0])?), (0, -1));
    assert_ne!(array.view().data(), before);

    // A reversed view that has the memory to itself.
    let mut turned = Array::arange(4)?.get(s![(.., -1)])?;
    turned.as_ndarray_mut::<i64>()?[[0]] = 30;
    assert_eq!(turned.to_vec::<i64>()?, [30, 2, 1, 0]);
    // Stretched elements are written one by one.
    let mut stretched = Array::from(7i64).broadcast_to(&[3])?;
    stretched.as_ndarray_mut::<i64>()?[[1]] = 8;
    assert_eq!(stretched.to_vec::<i64>()?, [7, 8, 7]);
    Ok(())
}

#[test]
fn owned_arrays_are_taken_over() {
    let cube = ArrayD::from_shape_fn(IxDyn(&[3, 4, 5]), |at| (20 * at[0] + 5 * at[1] + at[2]) as f32);
    let mut sliced = cube.clone();
    sliced.slice_each_axis_inplace(|axis| {
        ndarray::Slice::new(1, None, if axis.axis == Axis(1) { -1 } else { 2 })
    });
    let mut turned = cube.clone();
    turned.invert_axis(Axis(2));
    let by_columns = ArrayD::from_shape_vec(IxDyn(&[2, 3]).f(), (0..6).map(|n| n as f32).collect());
    let empty = ArrayD::<f32>::zeros(IxDyn(&[2, 0, 3]));
    for array in [cube.clone(), cube.reversed_axes(), sliced, turned, by_columns.unwrap(), empty] {
        let (values, places) = (array.iter().copied().collect::<Vec<_>>(), addresses(&array.view()));
        let ours = Array::from(array);
        assert_eq!(ours.to_vec::<f32>().unwrap(), values);
        if !values.is_empty() {
            assert_eq!(our_addresses(&ours), places);
        }
    }
}

#[test]
fn owned_arrays_are_handed_over() -> Result<()> {
    let values: Vec<f64> = (0..6).map(f64::from).collect();
    let address = values.as_ptr();
    let array = Array::from(values).reshape(&[2, 3])?;
    let owned = array.into_ndarray::<f64>()?;
    assert_eq!((owned.as_ptr(), owned[[1, 0]]), (address, 3.0));
    // There and back, transposed meanwhile: still the same memory.
    let turned = Array::from(owned).t();
    let owned = turned.into_ndarray::<f64>()?;
    assert_eq!((owned.as_ptr(), owned.shape(), owned[[0, 1]]), (address, &[3, 2][..], 3.0));

    // Copied: shared memory, a part, and memory of the engine.
    let array = Array::from(owned);
    let other = array.clone();
    let copy = array.into_ndarray::<f64>()?;
    assert_ne!(copy.as_ptr(), address);
    assert_eq!(copy, other.as_ndarray::<f64>()?);
    let part = other.get(s![1..])?;
    drop(other);
    assert_eq!(part.into_ndarray::<f64>()?, ndarray::array![[1.0, 4.0], [2.0, 5.0]].into_dyn());
    for array in layouts()? {
        let values = array.to_vec::<i64>()?;
        assert_eq!(array.into_ndarray::<i64>()?.iter().copied().collect::<Vec<_>>(), values);
    }
    assert_eq!(Array::arange(3)?.astype(">i8")?.into_ndarray::<i64>()?, ndarray::array![0, 1, 2].into_dyn());
    Ok(())
}

#[test]
fn what_no_view_can_show() -> Result<()> {
    let records = Array::zeros(&[3], "i1, f8")?;
    assert!(matches!(records.field("f1")?.as_ndarray::<f64>(), Err(Error::Value(_))), "unaligned");
    let records = Array::zeros(&[3], "u1, u1, u1")?;
    assert_eq!(records.field("f1")?.as_ndarray::<u8>()?.strides(), [3]);
    assert!(
        matches!(Array::arange(3)?.astype(">i8")?.as_ndarray::<i64>(), Err(Error::Value(_))),
        "byte order"
    );
    assert!(matches!(Array::arange(3)?.as_ndarray::<f64>(), Err(Error::Type(_))));
    assert!(matches!(Array::arange(3)?.into_ndarray::<f64>(), Err(Error::Type(_))));
    assert_eq!(Array::from([true, false]).as_ndarray::<bool>()?, ndarray::array![true, false].into_dyn());
    let mut bytes = Vec::new();
    Array::from([true, false]).write_npy(&mut bytes)?;
    *bytes.last_mut().expect("a byte") = 2;
    let odd = Array::read_npy(&mut &bytes[..])?;
    assert!(matches!(odd.as_ndarray::<bool>(), Err(Error::Value(_))));
    assert!(matches!(odd.get(s![(.., -1)])?.as_ndarray::<bool>(), Err(Error::Value(_))));
    Ok(())
}
