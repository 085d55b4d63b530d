//! Functions of text: what `numpy.strings` of NumPy 2.4 gives for the same arrays, bytes and text alike.

use sharray::Kind;
use sharray::prelude::*;
use sharray::strings::{self, Text};

/// The texts as an array of dtype `U`, and as one of `S`.
fn both(texts: &[&str]) -> Result<[Array; 2]> {
    let text = Array::from_strings(texts)?;
    let bytes = text.astype("S")?;
    assert_eq!((bytes.dtype().kind(), bytes.dtype().itemsize()), (Kind::Bytes, text.dtype().itemsize() / 4));
    Ok([text, bytes])
}

/// What a function makes of texts, in both kinds.
fn check(texts: &[&str], function: impl Fn(&Array) -> Result<Array>, expected: &[&str]) -> Result<()> {
    for a in both(texts)? {
        let result = function(&a)?;
        assert_eq!(result.dtype().kind(), a.dtype().kind());
        assert_eq!(result.to_strings()?, expected, "{a}");
    }
    Ok(())
}

fn numbers(texts: &[&str], function: impl Fn(&Array) -> Result<Array>, expected: &[i64]) -> Result<()> {
    for a in both(texts)? {
        assert_eq!(function(&a)?.to_vec::<i64>()?, expected, "{a}");
    }
    Ok(())
}

#[test]
fn places() -> Result<()> {
    let texts = ["abcabc", "bc", ""];
    numbers(&texts, |a| strings::find(a, "bc", ..), &[1, 0, -1])?;
    numbers(&texts, |a| strings::find(a, "bc", 2..), &[4, -1, -1])?;
    numbers(&texts, |a| strings::find(a, "bc", ..=5), &[1, 0, -1])?;
    numbers(&texts, |a| strings::find(a, "bc", ..-1), &[1, -1, -1])?;
    numbers(&texts, |a| strings::find(a, "bc", -2..=-1), &[4, 0, -1])?;
    numbers(&texts, |a| strings::find_last(a, "bc", ..), &[4, 0, -1])?;
    numbers(&texts, |a| strings::find_last(a, "", ..), &[6, 2, 0])?;
    numbers(&texts, |a| strings::count(a, "c", ..), &[2, 1, 0])?;
    numbers(&texts, |a| strings::count(a, "", ..), &[7, 3, 1])?;
    numbers(&texts, strings::len, &[6, 2, 0])?;
    for a in both(&texts)? {
        assert!(matches!(strings::index(&a, "bc", ..), Err(Error::Value(_))));
        assert!(matches!(strings::index_last(&a, "x", ..), Err(Error::Value(_))));
        let subs = Array::from_strings(&["c", "b", "b"])?;
        let ends = strings::ends_with(&a, &subs, ..)?;
        assert_eq!(ends.to_vec::<bool>()?, [true, false, false]);
        let starts = strings::starts_with(&a, "ab", ..)?;
        assert_eq!(starts.to_vec::<bool>()?, [true, false, false]);
    }
    // Every text with every other.
    let words = Array::from_strings(&["abc", "b"])?.reshape(&[2, 1])?;
    let subs = Array::from_strings(&["b", "c"])?;
    assert_eq!(strings::find(&words, &subs, ..)?.to_vec::<i64>()?, [1, 2, 0, -1]);
    Ok(())
}

#[test]
fn new_texts() -> Result<()> {
    check(&["a-b-", "x"], |a| strings::replace(a, "-", "+++", -1), &["a+++b+++", "x"])?;
    check(&["a-b-", "x"], |a| strings::replace(a, "-", "", 1), &["ab-", "x"])?;
    check(&["ab", ""], |a| strings::replace(a, "", "-", -1), &["-a-b-", "-"])?;
    check(&["ab", "c"], |a| strings::multiply(a, array![2i64, -1]), &["abab", ""])?;
    check(&["ab", "c"], |a| strings::center(a, 5, '*'), &["**ab*", "**c**"])?;
    check(&["ab", "c"], |a| strings::pad_end(a, array![1i64, 3], '*'), &["ab", "c**"])?;
    check(&["ab", "c"], |a| strings::pad_start(a, 3, '*'), &["*ab", "**c"])?;
    check(&["-1", "+12", "a", ""], |a| strings::fill_zeros(a, 4), &["-001", "+012", "000a", "0000"])?;
    check(&["a\tb", "\t"], |a| strings::expand_tabs(a, 8), &["a       b", "        "])?;
    check(&["  a ", "b "], strings::strip_start, &["a ", "b "])?;
    check(&["  a ", "b "], strings::strip_end, &["  a", "b"])?;
    check(&["xyax", "b"], |a| strings::strip_chars(a, "xy"), &["a", "b"])?;
    check(&["hello", "h"], |a| strings::slice(a, -3..=-2), &["ll", ""])?;
    check(&["hello", "h"], |a| strings::slice(a, ..=-1), &["hello", "h"])?;
    check(&["aB c", "É".strip_suffix('É').unwrap_or("")], strings::swap_case, &["Ab C", ""])?;
    check(&["hello wORLD"], strings::title, &["Hello World"])?;
    check(&["hELLO World"], strings::capitalize, &["Hello world"])?;
    Ok(())
}

#[test]
fn parts() -> Result<()> {
    for a in both(&["a=b=c", "=", "d"])? {
        let shown = |parts: [Array; 3]| parts.map(|part| part.to_strings().expect("texts"));
        let expected = [["a", "", "d"], ["=", "=", ""], ["b=c", "", ""]];
        assert_eq!(shown(strings::partition(&a, "=")?), expected);
        let expected = [["a=b", "", ""], ["=", "=", ""], ["c", "", "d"]];
        assert_eq!(shown(strings::partition_last(&a, "=")?), expected);
        assert_eq!(strings::partition(&a, "=")?[2].dtype().itemsize(), a.dtype().itemsize() / 5 * 3);
        assert!(matches!(strings::partition(&a, ""), Err(Error::Value(_))));
    }
    Ok(())
}

#[test]
fn letters_beyond_ascii() -> Result<()> {
    let a = Array::from_strings(&["åse ß", "ΟΔΟΣ"])?;
    // Cut to the width of five characters.
    assert_eq!(strings::upper(&a)?.to_strings()?, ["ÅSE S", "ΟΔΟΣ"]);
    assert_eq!(strings::lower(&a)?.to_strings()?, ["åse ß", "οδος"]);
    assert_eq!(strings::upper(&a)?.dtype(), a.dtype());
    assert!(matches!(strings::title(&a), Err(Error::NotImplemented(_))));
    assert_eq!(strings::is_alpha(&a)?.to_vec::<bool>()?, [false, true]);
    assert_eq!(strings::find(&a, "ß", ..)?.to_vec::<i64>()?, [4, -1]);
    Ok(())
}

#[test]
fn refused_operands() -> Result<()> {
    let a = Array::from_strings(&["a", "b"])?;
    let other = |result: Result<Array>| matches!(result, Err(Error::Type(_)));
    assert!(other(strings::len(&Array::arange(2)?)));
    assert!(other(strings::upper(&Array::arange(2)?)));
    assert!(other(strings::find(&a, &Array::arange(2)?, ..)));
    assert!(matches!(strings::multiply(&a, 0.5), Err(Error::Cast { .. })));
    assert!(matches!(strings::multiply(&a, i64::MAX), Err(Error::Overflow(_))));
    assert!(strings::pad_start(&a, 1i64 << 40, ' ').is_err());
    let three = Array::from_strings(&["a", "b", "c"])?;
    assert!(matches!(strings::find(&a, &three, ..), Err(Error::Broadcast { .. })));
    assert!(matches!(strings::partition(&a, &three), Err(Error::Broadcast { .. })));
    assert!(strings::find(&a.astype("S")?, Text::One("é"), ..).is_err());
    assert!(strings::upper(&Array::zeros(&[0, 2], "U3")?)?.is_empty());
    Ok(())
}
