//! Tables and refusals as NumPy 2.4's `loadtxt` reads and words them (before it drops axes of extent 1).

use sharray_base::dtype::{Field, Structure};
use sharray_base::{DType, Result, TypeNum};
use sharray_core::Provider;

use super::*;

#[derive(Default)]
struct Output {
    bytes: Vec<u8>,
    shape: Vec<isize>,
}

impl Provider for Output {
    fn provide(&mut self, _: usize, dtype: &DType, shape: &[isize], _: &[isize]) -> Result<*mut u8> {
        self.shape = shape.to_vec();
        self.bytes = vec![0xA5; shape.iter().product::<isize>() as usize * dtype.itemsize()];
        Ok(self.bytes.as_mut_ptr())
    }
}

/// Hands a text out in pieces of a given size, or line by line.
struct Pieces<'a> {
    text: &'a str,
    size: Option<usize>,
}

impl Source for Pieces<'_> {
    fn next(&mut self, text: &mut Vec<u8>) -> Result<bool> {
        let take = match self.size {
            Some(size) => size.min(self.text.len()),
            None => self.text.find('\n').map_or(self.text.len(), |at| at + 1),
        };
        let (piece, rest) = self.text.as_bytes().split_at(take);
        text.extend_from_slice(piece);
        self.text = std::str::from_utf8(rest).expect("ASCII tests");
        Ok(take > 0)
    }
    fn by_line(&self) -> bool {
        self.size.is_none()
    }
}

/// Reads in one piece, in pieces of 1 and 3 bytes, and by line: all must agree.
fn load(text: &str, dtype: &DType, options: &Options) -> Result<(Vec<isize>, Vec<u8>), String> {
    let results: Vec<_> = [Some(usize::MAX), Some(1), Some(3), None]
        .into_iter()
        .map(|size| {
            let mut out = Output::default();
            let mut source = Pieces { text, size };
            read(&mut source, dtype, options, &mut NoHooks, &mut out).map_err(|e| e.to_string())?;
            Ok((out.shape, out.bytes))
        })
        .collect();
    results.windows(2).for_each(|pair| assert_eq!(pair[0], pair[1], "{text:?}"));
    results[0].clone()
}

fn doubles(text: &str, options: Options) -> Result<(Vec<isize>, Vec<f64>), String> {
    let (shape, bytes) = load(text, &DType::of(TypeNum::Double), &options)?;
    let values = bytes.chunks(8).map(|c| f64::from_ne_bytes(c.try_into().expect("8 bytes")));
    Ok((shape, values.collect()))
}

fn refusal(text: &str, dtype: TypeNum, options: Options) -> String {
    load(text, &DType::of(dtype), &options).expect_err("refused")
}

fn comma() -> Options {
    Options { delimiter: Some(','), ..Options::default() }
}

#[test]
fn tables() {
    let any = Options::default;
    let check = |text: &str, options: Options, shape: &[isize], values: &[f64]| {
        assert_eq!(doubles(text, options), Ok((shape.to_vec(), values.to_vec())), "{text:?}");
    };
    check("1 2\n3 4\n", any(), &[2, 2], &[1., 2., 3., 4.]);
    check("# c\n1 2 # x\n\n 3\t4", any(), &[2, 2], &[1., 2., 3., 4.]);
    check(" 1 , 2 \n", comma(), &[1, 2], &[1., 2.]);
    check("1,2\n\n3,4", comma(), &[2, 2], &[1., 2., 3., 4.]);
    check("1,2\n# x\n3,4", Options { max_rows: Some(2), ..comma() }, &[2, 2], &[1., 2., 3., 4.]);
    check("1 2\n3 4\n5 6", Options { skip_lines: 1, max_rows: Some(1), ..any() }, &[1, 2], &[3., 4.]);
    check("1 2\r\n3 4\r\n", Options { skip_lines: 1, ..any() }, &[1, 2], &[3., 4.]);
    check("1 2 3\n4 5", Options { columns: Some(vec![0, -1]), ..any() }, &[2, 2], &[1., 3., 4., 5.]);
    check("\"1\" \"2\"\n", Options { quote: Some('"'), ..any() }, &[1, 2], &[1., 2.]);
    check("1 \n 3", any(), &[2, 1], &[1., 3.]);
    check("", any(), &[0, 1], &[]);
    check("\n\n", any(), &[0, 1], &[]);
    check(
        "1e400 -inf Infinity .5 1. +2",
        any(),
        &[1, 6],
        &[f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, 0.5, 1.0, 2.0],
    );
}

#[test]
fn refusals() {
    use TypeNum::{Bool, Double, Long, UByte};
    let any = Options::default;
    let changed = |from, to, row| {
        format!(
            "the number of columns changed from {from} to {to} at row {row}; use `usecols` to select a subset and avoid \
             this error"
        )
    };
    let failed = |text: &str, dtype: TypeNum, row, column| {
        let dtype = DType::of(dtype);
        format!("could not convert string '{text}' to {dtype} at row {row}, column {column}.")
    };
    assert_eq!(refusal("1 2\n3\n", Double, any()), changed(2, 1, 2));
    assert_eq!(refusal("1 2\n3 4\n5\n6 7", Double, any()), changed(2, 1, 3));
    assert_eq!(refusal("1,2\n \n3,4", Double, comma()), changed(2, 1, 2));
    assert_eq!(refusal("1,2\n3,a", Double, comma()), failed("a", Double, 1, 2));
    assert_eq!(refusal("1,2\n3,", Double, comma()), failed("", Double, 1, 2));
    for (text, dtype) in [("1.5", Long), ("300", UByte), ("-1", UByte), ("True", Bool), ("0x10", Double)] {
        assert_eq!(refusal(text, dtype, any()), failed(text, dtype, 0, 1));
    }
    assert_eq!(refusal("9999999999999999999", Long, any()), failed("9999999999999999999", Long, 0, 1));
    assert_eq!(
        refusal("1 2 3\n4 5", Double, Options { columns: Some(vec![0, 2]), ..any() }),
        "invalid column index 2 at row 2 with 2 columns"
    );
    assert_eq!(
        refusal("1 2", Double, Options { converters: vec![5], ..any() }),
        "converter specified for column 5, which is invalid for the number of fields 2."
    );
    let mut out = Output::default();
    let mut source = Pieces { text: "1 2\r3 4\r", size: None };
    let error = read(&mut source, &DType::of(Double), &any(), &mut NoHooks, &mut out).unwrap_err();
    assert!(error.to_string().starts_with("Found an unquoted embedded newline"));
}

#[test]
fn text_fields() {
    let options = Options { quote: Some('"'), ..comma() };
    let dtype = DType::flexible(TypeNum::String, 4);
    let check = |text: &str, expected: &[&[u8; 4]]| {
        let mut out = Output::default();
        read(&mut &text[..], &dtype, &options, &mut NoHooks, &mut out).unwrap();
        assert_eq!(out.bytes, expected.iter().copied().flatten().copied().collect::<Vec<u8>>());
    };
    check("\"a,b\",\"c\"\"d\"\n", &[b"a,b\0", b"c\"d\0"]);
    check("\"a\nb\",c\n", &[b"a\nb\0", b"c\0\0\0"]);
    check("\"a\nb", &[b"a\nb\0"]);
    check("\"12\"3, x\n", &[b"123\0", b" x\0\0"]);
    check("1\"2\",toolong\n", &[b"1\"2\"", b"tool"]);
}

#[test]
fn structures() {
    let field =
        |name: &str, num, offset| Field { name: name.into(), title: None, offset, dtype: DType::of(num) };
    let structure = Structure {
        fields: vec![field("a", TypeNum::Int, 0), field("b", TypeNum::Double, 8)],
        aligned: false,
        alignment: 1,
    };
    let dtype = DType::structured(structure, 16).unwrap();
    let (shape, bytes) = load("1 2.5\n-3 4\n", &dtype, &Options::default()).unwrap();
    assert_eq!(shape, [2]);
    let mut expected = Vec::new();
    for (a, b) in [(1i32, 2.5f64), (-3, 4.0)] {
        expected.extend(a.to_ne_bytes());
        expected.extend([0; 4]);
        expected.extend(b.to_ne_bytes());
    }
    assert_eq!(bytes, expected);
    assert_eq!(
        load("1 2 3\n", &dtype, &Options::default()),
        Err("the dtype passed requires 2 columns but 3 were found at row 1; use `usecols` to select a subset and avoid \
             this error"
            .into())
    );
}

/// Lines as an iterable gives them, with or without their line ends.
struct Lines(Vec<&'static str>);

impl Source for Lines {
    fn next(&mut self, text: &mut Vec<u8>) -> Result<bool> {
        let more = !self.0.is_empty();
        if more {
            text.extend_from_slice(self.0.remove(0).as_bytes());
        }
        Ok(more)
    }
    fn by_line(&self) -> bool {
        true
    }
}

#[test]
fn lines_without_line_ends() {
    let check = |lines: &[&'static str], skip_lines: usize, values: &[&str]| {
        let options = Options { quote: Some('"'), skip_lines, ..comma() };
        let mut out = Output::default();
        let dtype = DType::flexible(TypeNum::String, 4);
        read(&mut Lines(lines.to_vec()), &dtype, &options, &mut NoHooks, &mut out).expect("a table");
        let found: Vec<String> = out
            .bytes
            .chunks(4)
            .map(|cell| String::from_utf8_lossy(cell).trim_end_matches('\0').to_string())
            .collect();
        assert_eq!(found, values, "{lines:?}");
    };
    check(&["1", "2"], 0, &["1", "2"]);
    check(&["1", "2", "3"], 2, &["3"]);
    // Lines of nothing are lines.
    check(&["", "1", "", "2"], 1, &["1", "2"]);
    check(&["", "", "1"], 2, &["1"]);
    // Within quotes there is no line end but one that was given.
    check(&["\"a", "b\""], 0, &["ab"]);
    check(&["\"a\n", "b\""], 0, &["a\nb"]);
    check(&["1", "\"a"], 0, &["1", "a"]);
    check(&["1", "\""], 0, &["1", ""]);
}
