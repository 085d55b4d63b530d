//! Dtypes and values of arithmetic: promotion as NumPy 2.4 promotes (NEP 50), operators, ufuncs by name.

use sharray::prelude::*;

/// What a sum with each operand, a quotient, and some reductions of a dtype have as dtypes. Read off NumPy.
#[rustfmt::skip]
const PROMOTION: &[(&str, [&str; 12])] = &[
    // dtype, + true, 1, 1.5, 1j, f32, u8, u16, quotient, sum, mean, cumsum, sqrt
    ("?",  ["bool", "int64", "float64", "complex128", "float32", "uint8", "uint16", "float64", "int64", "float64", "int64", "float16"]),
    ("i1", ["int8", "int8", "float64", "complex128", "float32", "int16", "int32", "float64", "int64", "float64", "int64", "float16"]),
    ("u1", ["uint8", "uint8", "float64", "complex128", "float32", "uint8", "uint16", "float64", "uint64", "float64", "uint64", "float16"]),
    ("i4", ["int32", "int32", "float64", "complex128", "float64", "int32", "int32", "float64", "int64", "float64", "int64", "float64"]),
    ("u4", ["uint32", "uint32", "float64", "complex128", "float64", "uint32", "uint32", "float64", "uint64", "float64", "uint64", "float64"]),
    ("i8", ["int64", "int64", "float64", "complex128", "float64", "int64", "int64", "float64", "int64", "float64", "int64", "float64"]),
    ("u8", ["uint64", "uint64", "float64", "complex128", "float64", "uint64", "uint64", "float64", "uint64", "float64", "uint64", "float64"]),
    ("f2", ["float16", "float16", "float16", "complex64", "float32", "float16", "float32", "float16", "float16", "float16", "float16", "float16"]),
    ("bfloat16", ["bfloat16", "bfloat16", "bfloat16", "complex64", "float32", "bfloat16", "float32", "bfloat16", "bfloat16", "bfloat16", "bfloat16", "bfloat16"]),
    ("f4", ["float32", "float32", "float32", "complex64", "float32", "float32", "float32", "float32", "float32", "float32", "float32", "float32"]),
    ("f8", ["float64", "float64", "float64", "complex128", "float64", "float64", "float64", "float64", "float64", "float64", "float64", "float64"]),
    ("F",  ["complex64", "complex64", "complex64", "complex64", "complex64", "complex64", "complex64", "complex64", "complex64", "complex64", "complex64", "complex64"]),
];

#[test]
fn promotion() -> Result<()> {
    for (dtype, expected) in PROMOTION {
        let a = Array::ones(&[1], *dtype)?;
        let results = [
            &a + true,
            &a + 1,
            &a + 1.5,
            &a + Complex::new(0.0, 1.0),
            &a + 1f32,
            &a + 1u8,
            &a + 1u16,
            &a / &a,
            a.sum(())?,
            a.mean(())?,
            a.cumsum(0)?,
            a.sqrt()?,
        ];
        let found: Vec<String> = results.iter().map(|array| array.dtype().to_string()).collect();
        assert_eq!(found, expected, "{dtype}");
    }
    Ok(())
}

#[test]
fn operators() -> Result<()> {
    let (a, b) = (Array::from([7i64, -8, 9]), Array::from([2i64, 3, -4]));
    let check = |result: Array, expected: [i64; 3]| -> Result<()> {
        assert_eq!(result.to_vec::<i64>()?, expected);
        Ok(())
    };
    check(&a + &b, [9, -5, 5])?;
    check(&a - &b, [5, -11, 13])?;
    check(&a * &b, [14, -24, -36])?;
    check(&a % &b, [1, 1, -3])?; // the divisor's sign, as in Python
    check(&a & 6, [6, 0, 0])?;
    check(&a | 1, [7, -7, 9])?;
    check(&a ^ &b, [5, -5, -11])?;
    check(&a << 2, [28, -32, 36])?;
    check(&a >> 1, [3, -4, 4])?;
    check(-&a, [-7, 8, -9])?;
    check(!&a, [-8, 7, -10])?;
    check(10 - &a, [3, 18, 1])?;
    check(a.clone() + b.clone(), [9, -5, 5])?;
    check(2 * (a.clone() - 1), [12, -18, 16])?;
    assert_eq!((1.0 / &b).to_vec::<f64>()?, [0.5, 1.0 / 3.0, -0.25]);
    assert_eq!((!Array::from([true, false])).to_vec::<bool>()?, [false, true]);
    Ok(())
}

#[test]
fn assigning_operators_keep_the_dtype() -> Result<()> {
    let mut a = Array::from([1.0f32, 2.0]);
    let data = a.view().data();
    a += 1;
    a *= &Array::from([2.0f64, 4.0]);
    a -= 0.5;
    assert_eq!(a.to_vec::<f32>()?, [3.5, 11.5]);
    assert_eq!(a.view().data(), data, "in its own memory");
    let mut whole = Array::from([1, 2]);
    let error = ufunc("divide")?.update(&mut whole, 2).unwrap_err();
    assert!(matches!(error, Error::UfuncCast { .. }), "{error}");
    assert_eq!(whole.to_vec::<i32>()?, [1, 2]);
    Ok(())
}

#[test]
fn operands_may_overlap_the_target() -> Result<()> {
    let mut a = Array::arange(6)?;
    let backwards = a.get(s![(.., -1)])?;
    a += &backwards;
    assert_eq!(a.to_vec::<i64>()?, [5; 6]);
    Ok(())
}

#[test]
fn broadcasting() -> Result<()> {
    let column = Array::from([[10], [20]]);
    let row = Array::from([1, 2, 3]);
    assert_eq!((&column + &row).to_string(), "[[11 12 13]\n [21 22 23]]");
    assert_eq!((&Array::zeros(&[0, 3], "i4")? + &row).shape(), [0, 3]);
    match column.add(&Array::zeros(&[3, 2], "i4")?) {
        Err(Error::Broadcast { shapes }) => {
            assert_eq!(shapes.iter().map(|s| s.to_vec()).collect::<Vec<_>>(), [[2, 1], [3, 2]]);
        }
        other => panic!("{other:?}"),
    }
    Ok(())
}

#[test]
#[should_panic(expected = "could not be broadcast")]
fn operators_panic_where_methods_fail() {
    let _ = &Array::from([1, 2]) + &Array::from([1, 2, 3]);
}

#[test]
fn integers_must_fit_beside_small_dtypes() -> Result<()> {
    let a = Array::from([1u8]);
    for bad in [256, -1] {
        assert!(matches!(a.add(bad), Err(Error::Overflow(_))), "{bad}");
    }
    assert_eq!(a.add(255)?.to_vec::<u8>()?, [0]);
    assert!(a.less(1000)?.item::<bool>()?, "comparisons take any integer");
    Ok(())
}

#[test]
fn every_ufunc_is_found() -> Result<()> {
    let names = sharray::ufunc::names();
    assert!(names.len() > 90, "{}", names.len());
    for name in names {
        let func = ufunc(name)?;
        assert_eq!(func.name(), name);
        assert!(func.nin() >= 1 && func.nout() >= 1);
    }
    Ok(())
}

#[test]
fn refusals_name_what_was_wrong() -> Result<()> {
    let text = Array::from_strings(&["a"])?;
    let dates = Array::from([1, 2]).astype("M8[D]")?;
    for (result, word) in [(text.sqrt(), "sqrt"), (text.add(1), "add"), (dates.add(&dates), "M8[D]")] {
        match result {
            Err(error @ (Error::NoLoop { .. } | Error::UfuncOperands { .. } | Error::Type(_))) => {
                assert!(error.to_string().contains(word), "{error}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(ufunc("divmod")?.call((1, 2)), Err(Error::Value(_))));
    assert!(matches!(ufunc("sqrt")?.call((1, 2)), Err(Error::Type(_) | Error::Value(_))));
    assert!(matches!(ufunc("sqrt")?.reduce(&Array::from([1.0]), ()), Err(Error::Value(_))));
    Ok(())
}

#[test]
fn loops_report_errors() -> Result<()> {
    let refused = Array::from([2, 3]).power(Array::from([1, -1]));
    assert!(matches!(&refused, Err(Error::Value(_))), "{refused:?}");
    assert_eq!(Array::from([2, 3]).power(2)?.to_vec::<i32>()?, [4, 9], "and nothing is left of it");
    assert_eq!(Array::from([1, 0]).floor_divide(0)?.to_vec::<i32>()?, [0, 0]);
    assert_eq!((Array::from([1.0, 0.0, -1.0]) / 0.0).to_string(), "[ inf  nan -inf]");
    Ok(())
}

#[test]
fn matrix_products() -> Result<()> {
    let a = Array::arange(6)?.reshape(&[2, 3])?;
    assert_eq!(a.matmul(a.t())?.to_string(), "[[ 5 14]\n [14 50]]");
    let stacked = Array::ones(&[4, 2, 3], "f4")?.matmul(&Array::ones(&[3, 5], "f4")?)?;
    assert_eq!((stacked.shape(), stacked.at::<f32>(&[3, 1, 4])?), (&[4, 2, 5][..], 3.0));
    assert!(matches!(a.matmul(&a), Err(Error::Value(_))));
    Ok(())
}

#[test]
fn choosing() -> Result<()> {
    let mask = Array::from([true, false]);
    let chosen = select(&mask, 1, 2.5)?;
    assert_eq!((chosen.dtype().to_string().as_str(), chosen.to_vec::<f64>()?), ("float64", vec![1.0, 2.5]));
    let small = select(&mask, Array::from([1i8, 2]), 0)?;
    assert_eq!(small.to_vec::<i8>()?, [1, 0]);
    assert_eq!(select(&Array::from([[1], [0]]), Array::from([1, 2]), -1)?.shape(), [2, 2]);
    Ok(())
}
