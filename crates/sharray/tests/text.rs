//! Printed forms, as NumPy 2.4 prints them.

use sharray::prelude::*;

/// Dtype, elements as text, `str` and `repr`.
type Case = (&'static str, &'static [&'static str], &'static str, &'static str);

#[rustfmt::skip]
const LINES: &[Case] = &[
    ("float64", &["0.1", "-2.5", "3"], r#"[ 0.1 -2.5  3. ]"#, r#"array([ 0.1, -2.5,  3. ])"#),
    ("float64", &["1e10", "1"], r#"[1.e+10 1.e+00]"#, r#"array([1.e+10, 1.e+00])"#),
    ("float64", &["1e-5", "1e-6"], r#"[1.e-05 1.e-06]"#, r#"array([1.e-05, 1.e-06])"#),
    ("float64", &["1", "1001"], r#"[1.000e+00 1.001e+03]"#, r#"array([1.000e+00, 1.001e+03])"#),
    ("float64", &["0.1", "1e2", "nan", "-inf"], r#"[  0.1 100.    nan  -inf]"#, r#"array([  0.1, 100. ,   nan,  -inf])"#),
    ("float64", &["0.3333333333333333", "2"], r#"[0.33333333 2.        ]"#, r#"array([0.33333333, 2.        ])"#),
    ("float64", &["123456789.125"], r#"[1.23456789e+08]"#, r#"array([1.23456789e+08])"#),
    ("float64", &["0", "-0.0"], r#"[ 0. -0.]"#, r#"array([ 0., -0.])"#),
    ("float64", &["nan"], r#"[nan]"#, r#"array([nan])"#),
    ("float64", &["-inf", "inf"], r#"[-inf  inf]"#, r#"array([-inf,  inf])"#),
    ("float64", &["1e300", "1e-300"], r#"[1.e+300 1.e-300]"#, r#"array([1.e+300, 1.e-300])"#),
    ("float64", &["0.1", "0.12", "0.123"], r#"[0.1   0.12  0.123]"#, r#"array([0.1  , 0.12 , 0.123])"#),
    ("float64", &["12345678.9", "0.001"], r#"[1.23456789e+07 1.00000000e-03]"#, r#"array([1.23456789e+07, 1.00000000e-03])"#),
    ("float32", &["0.1", "16777216"], r#"[1.0000000e-01 1.6777216e+07]"#, r#"array([1.0000000e-01, 1.6777216e+07], dtype=float32)"#),
    ("float32", &["1e6", "1"], r#"[1.e+06 1.e+00]"#, r#"array([1.e+06, 1.e+00], dtype=float32)"#),
    ("float32", &["999999", "1"], r#"[9.99999e+05 1.00000e+00]"#, r#"array([9.99999e+05, 1.00000e+00], dtype=float32)"#),
    ("float16", &["0.1", "1000"], r#"[1.e-01 1.e+03]"#, r#"array([1.e-01, 1.e+03], dtype=float16)"#),
    ("float16", &["0.3333", "2.5"], r#"[0.3333 2.5   ]"#, r#"array([0.3333, 2.5   ], dtype=float16)"#),
    ("complex128", &["1+2j", "-0.5-3j"], r#"[ 1. +2.j -0.5-3.j]"#, r#"array([ 1. +2.j, -0.5-3.j])"#),
    ("complex64", &["1.25+0j", "1e-9j"], r#"[1.25+0.e+00j 0.  +1.e-09j]"#, r#"array([1.25+0.e+00j, 0.  +1.e-09j], dtype=complex64)"#),
    ("complex128", &["nan+1j", "1-infj"], r#"[nan +1.j  1.-infj]"#, r#"array([nan +1.j,  1.-infj])"#),
    ("int64", &["-5", "100", "7"], r#"[ -5 100   7]"#, r#"array([ -5, 100,   7])"#),
    ("int8", &["-128", "127"], r#"[-128  127]"#, r#"array([-128,  127], dtype=int8)"#),
    ("uint64", &["18446744073709551615", "1"], r#"[18446744073709551615                    1]"#, r#"array([18446744073709551615,                    1], dtype=uint64)"#),
    ("bool", &["1", "0"], r#"[ True False]"#, r#"array([ True, False])"#),
    ("float128", &["0.1", "2"], r#"[0.1 2. ]"#, r#"array([0.1, 2. ], dtype=float128)"#),
    ("U3", &["a", "b'c"], r#"['a' "b'c"]"#, r#"array(['a', "b'c"], dtype='<U3')"#),
    ("S3", &["ab", "c\""], r#"[b'ab' b'c"']"#, r#"array([b'ab', b'c"'], dtype='|S3')"#),
    ("M8[D]", &["2020-01-01", "NaT"], r#"['2020-01-01'        'NaT']"#, r#"array(['2020-01-01',        'NaT'], dtype='datetime64[D]')"#),
    ("M8[s]", &["2020-01-01T10:30:00"], r#"['2020-01-01T10:30:00']"#, r#"array(['2020-01-01T10:30:00'], dtype='datetime64[s]')"#),
    ("m8[h]", &["5", "NaT"], r#"[    5 'NaT']"#, r#"array([    5, 'NaT'], dtype='timedelta64[h]')"#),
    (">i2", &["1", "-2"], r#"[ 1 -2]"#, r#"array([ 1, -2], dtype='>i2')"#),
    (">f8", &["0.5", "2"], r#"[0.5 2. ]"#, r#"array([0.5, 2. ], dtype='>f8')"#),
];

#[test]
fn lines() -> Result<()> {
    for (dtype, elements, shown, repr) in LINES {
        let text = Array::from_strings(elements)?;
        // Text is no bool: by way of numbers.
        let text = if *dtype == "bool" { text.astype("i8")? } else { text };
        let array = text.astype(*dtype)?;
        assert_eq!(array.to_string(), *shown, "{dtype} {elements:?}");
        assert_eq!(format!("{array:?}"), *repr, "{dtype} {elements:?}");
    }
    Ok(())
}

#[test]
fn single_values() -> Result<()> {
    for (array, shown, repr) in [
        (Array::from(1.0), "1.0", "array(1.)"),
        (Array::from(0.1 + 0.2), "0.30000000000000004", "array(0.3)"),
        (Array::from(1e16), "1e+16", "array(1.e+16)"),
        (Array::from(true), "True", "array(True)"),
        (Array::from(-5i8), "-5", "array(-5, dtype=int8)"),
        (Array::from(Complex::new(1.0, -2.0)), "(1-2j)", "array(1.-2.j)"),
        (Array::from_strings(&["it's"])?.reshape(&[])?, "it's", "array(\"it's\", dtype='<U4')"),
    ] {
        assert_eq!((array.to_string().as_str(), format!("{array:?}").as_str()), (shown, repr));
    }
    Ok(())
}

#[test]
fn shapes() -> Result<()> {
    let count = |shape: &[isize]| Array::arange(shape.iter().product::<isize>())?.reshape(shape);
    for (array, expected) in [
        (count(&[2, 3])?, "[[0 1 2]\n [3 4 5]]"),
        (count(&[2, 1, 2])?, "[[[0 1]]\n\n [[2 3]]]"),
        (count(&[1, 1, 1, 2])?, "[[[[0 1]]]]"),
        (count(&[0, 3])?, "[]"),
        (count(&[2, 2])?.t(), "[[0 2]\n [1 3]]"),
        (count(&[1000])?.get(s![..2])?, "[0 1]"),
        (count(&[1001])?, "[   0    1    2 ...  998  999 1000]"),
        (
            count(&[6, 200])?.get(s![.., (.., -1)])?,
            concat!(
                "[[ 199  198  197 ...    2    1    0]\n [ 399  398  397 ...  202  201  200]\n",
                " [ 599  598  597 ...  402  401  400]\n [ 799  798  797 ...  602  601  600]\n",
                " [ 999  998  997 ...  802  801  800]\n [1199 1198 1197 ... 1002 1001 1000]]"
            ),
        ),
    ] {
        assert_eq!(array.to_string(), expected);
    }
    Ok(())
}

#[test]
fn long_lines_break() -> Result<()> {
    let numbers = Array::linspace(0.0, 1.0, 30)?;
    let expected = "\
[0.         0.03448276 0.06896552 0.10344828 0.13793103 0.17241379
 0.20689655 0.24137931 0.27586207 0.31034483 0.34482759 0.37931034
 0.4137931  0.44827586 0.48275862 0.51724138 0.55172414 0.5862069
 0.62068966 0.65517241 0.68965517 0.72413793 0.75862069 0.79310345
 0.82758621 0.86206897 0.89655172 0.93103448 0.96551724 1.        ]";
    assert_eq!(numbers.to_string(), expected);
    let thirds = Array::full(&[12], 1.0 / 3.0)?;
    let expected = "\
array([0.33333333, 0.33333333, 0.33333333, 0.33333333, 0.33333333,
       0.33333333, 0.33333333, 0.33333333, 0.33333333, 0.33333333,
       0.33333333, 0.33333333])";
    assert_eq!(format!("{thirds:?}"), expected);
    Ok(())
}

#[test]
fn what_repr_adds() -> Result<()> {
    for (array, expected) in [
        (
            Array::arange(0.0..1001.0)?,
            "array([   0.,    1.,    2., ...,  998.,  999., 1000.], shape=(1001,))",
        ),
        (
            Array::zeros(&[2, 2, 1], "i2")?,
            "array([[[0],\n        [0]],\n\n       [[0],\n        [0]]], dtype=int16)",
        ),
        (Array::zeros(&[0], "f8")?, "array([], dtype=float64)"),
        (Array::zeros(&[1], "i4, U2")?, "array([(0, '')], dtype=[('f0', '<i4'), ('f1', '<U2')])"),
    ] {
        assert_eq!(format!("{array:?}"), expected);
    }
    Ok(())
}

#[test]
fn records() -> Result<()> {
    let mut points = Array::zeros(&[2], "i4, 2f8")?;
    points.set_field("f1", 0.5)?;
    assert_eq!(points.to_string(), "[(0, [0.5, 0.5]) (0, [0.5, 0.5])]");
    assert_eq!(points.get(s![0])?.to_string(), "(0, [0.5, 0.5])");
    assert_eq!(Array::zeros(&[], "f4, ?")?.to_string(), "(0.0, False)");
    Ok(())
}

#[test]
fn subarrays_without_elements() -> Result<()> {
    assert_eq!(Array::zeros(&[2], "i1, (1,0)f8")?.to_string(), "[(0, [[]]) (0, [[]])]");
    assert_eq!(Array::zeros(&[2], "i1, (0,3)f8")?.to_string(), "[(0, []) (0, [])]");
    assert_eq!(Array::zeros(&[1], "i1, (2,2)i2")?.to_string(), "[(0, [[0, 0], [0, 0]])]");
    // Subarrays of subarrays, and raw bytes of no length.
    assert_eq!(Array::zeros(&[2], "i1, (2,)0f2")?.to_string(), "[(0, [[], []]) (0, [[], []])]");
    assert_eq!(Array::zeros(&[1], "(2,)3i2, i1")?.to_string(), "[([[0, 0, 0], [0, 0, 0]], 0)]");
    Ok(())
}
