//! `bfloat16` and the floats of one byte through the Rust face.

use sharray::prelude::*;

fn check<T: Element + From<f32>>(name: &str)
where
    f32: From<T>,
{
    let values = [1.0, -0.5, 2.5, 448.0];
    let array = Array::from(values.map(T::from));
    assert_eq!(array.dtype().to_string(), name);
    assert_eq!(array.iter::<T>().unwrap().map(f32::from).collect::<Vec<f32>>(), values);
    let sum = &array + &array;
    assert_eq!(sum.dtype().to_string(), name);
    assert_eq!(
        sum.astype("f4").unwrap().iter::<f32>().unwrap().take(3).collect::<Vec<_>>(),
        [2.0, -1.0, 5.0]
    );
    assert_eq!(array.mean(()).unwrap().dtype().to_string(), name);
    assert_eq!(format!("{array}"), "[  1.   -0.5   2.5 448. ]");
}

#[test]
fn elements_are_read_computed_with_and_printed() {
    check::<Float8E4M3FN>("float8_e4m3fn");
    check::<Float8E5M2>("float8_e5m2");
    let array = Array::from([bf16::from_f32(1.1), bf16::ONE]);
    assert_eq!(array.dtype().to_string(), "bfloat16");
    assert_eq!(format!("{array}"), "[1.10156 1.     ]");
    assert_eq!(array.sum(()).unwrap().item::<bf16>().unwrap(), bf16::from_f32(2.1));
}

#[test]
fn small_floats_meet_other_numbers() {
    let small = Array::from([bf16::ONE]);
    for (other, expected) in
        [("i1", "bfloat16"), ("f2", "float32"), ("f8", "float64"), ("float8_e5m2", "float32")]
    {
        let sum = &small + &small.astype(other).unwrap();
        assert_eq!(sum.dtype().to_string(), expected);
    }
    assert_eq!((&small * 2.5).dtype().to_string(), "bfloat16");
}
