//! Arrays made from values and from nothing.

use sharray::prelude::*;

#[test]
fn from_rust_values() -> Result<()> {
    let check = |array: Array, dtype: &str, shape: &[isize]| {
        assert_eq!((array.dtype().to_string().as_str(), array.shape()), (dtype, shape));
    };
    check(Array::from(1.0), "float64", &[]);
    check(Array::from([1, 2]), "int32", &[2]);
    check(Array::from(vec![1u8]), "uint8", &[1]);
    check(Array::from(&[1i64, 2][..]), "int64", &[2]);
    check(Array::from([[true; 3]; 2]), "bool", &[2, 3]);
    check(Array::from([[[0f32; 4]; 3]; 2]), "float32", &[2, 3, 4]);
    check((0..5u16).collect(), "uint16", &[5]);
    check(array![[1usize], [2]], "uint64", &[2, 1]);
    check(Array::from([Complex::new(0f32, 1.0)]), "complex64", &[1]);
    check(Array::from([f16::ONE]), "float16", &[1]);
    check(Array::from_rows(&[[1i8, 2], [3, 4]])?, "int8", &[2, 2]);
    check(Array::from_rows::<f64, Vec<f64>>(&[])?, "float64", &[0, 0]);
    check(Array::from_vec(vec![0.0; 6], &[3, -1])?, "float64", &[3, 2]);
    Ok(())
}

#[test]
fn refused_values() {
    for (len, shape) in [(5, &[2, 2][..]), (5, &[2, -1]), (4, &[-1, -1]), (0, &[1])] {
        assert!(matches!(Array::from_vec(vec![0; len], shape), Err(Error::Value(_))), "{len} {shape:?}");
    }
    assert!(matches!(Array::from_rows(&[vec![1, 2], vec![3]]), Err(Error::Value(_))));
    for dtype in ["f9", "", "nonsense"] {
        assert!(matches!(Array::zeros(&[1], dtype), Err(Error::Type(_))), "{dtype}");
    }
}

#[test]
fn counted_off() -> Result<()> {
    let check = |array: Result<Array>, expected: &[i64]| {
        assert_eq!(array.unwrap().to_vec::<i64>().unwrap(), expected)
    };
    check(Array::arange(3), &[0, 1, 2]);
    check(Array::arange(-3), &[]);
    check(Array::arange(2..5), &[2, 3, 4]);
    check(Array::arange((0..7, 3)), &[0, 3, 6]);
    check(Array::arange((7, 0, -3)), &[7, 4, 1]);
    check(Array::arange((0..7, -1)), &[]);
    check(Array::arange((i64::MIN..i64::MAX, i64::MAX)), &[i64::MIN, -1, i64::MAX - 1]);
    let floats = |array: Result<Array>| array.unwrap().to_vec::<f64>().unwrap();
    assert_eq!(floats(Array::arange((0.0..1.0, 0.3))), [0.0, 0.3, 0.6, 0.3 * 3.0]);
    assert_eq!(floats(Array::arange(1.5)), [0.0, 1.0]);
    assert_eq!(floats(Array::arange(0.0..0.0)), [0.0; 0]);
    assert_eq!(floats(Array::linspace(1.0, 2.0, 0)), [0.0; 0]);
    assert_eq!(floats(Array::linspace(1.0, 2.0, 1)), [1.0]);
    assert_eq!(floats(Array::linspace(1.0, 0.0, 3)), [1.0, 0.5, 0.0]);
    for bad in [Array::arange((0..1, 0)), Array::arange((0.0..1.0, 0.0))] {
        assert!(matches!(bad, Err(Error::ZeroDivision(_))));
    }
    for bad in [Array::arange((0.0..f64::NAN, 1.0)), Array::arange((0.0..f64::INFINITY, 1.0))] {
        assert!(matches!(bad, Err(Error::Value(_))));
    }
    assert!(matches!(Array::arange(i64::MIN..i64::MAX), Err(Error::Value(_))));
    Ok(())
}

#[test]
fn filled() -> Result<()> {
    assert_eq!(Array::ones(&[2], "U3")?.to_strings()?, ["1", "1"]);
    assert_eq!(Array::full(&[2, 0], 1.0)?.shape(), [2, 0]);
    assert_eq!(Array::full(&[2], f32::NAN)?.to_string(), "[nan nan]");
    assert_eq!(Array::eye(3, 2, -1, "f4")?.to_vec::<f32>()?, [0.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
    assert_eq!(Array::eye(2, 2, 5, "i4")?.sum(())?.item::<i64>()?, 0);
    assert_eq!(Array::zeros(&[1], "M8[D]")?.to_string(), "['1970-01-01']");
    assert!(matches!(Array::full(&[3], Array::from([1, 2])), Err(Error::Value(_))));
    Ok(())
}
