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

/// Elements of a dtype that hold text, without the zeros behind it.
fn texts(text: &str, dtype: &DType, options: &Options) -> Result<Vec<String>, String> {
    let (_, bytes) = load(text, dtype, options)?;
    let size = dtype.itemsize();
    let wide = dtype.num() == TypeNum::Unicode;
    let element = |cell: &[u8]| match wide {
        false => cell.iter().copied().map(char::from).collect::<String>(),
        true => cell
            .chunks(4)
            .map(|c| char::from_u32(u32::from_ne_bytes(c.try_into().expect("4 bytes"))).expect("a character"))
            .collect(),
    };
    Ok(bytes.chunks(size).map(|cell| element(cell).trim_end_matches('\0').to_owned()).collect())
}

/// Texts of all lengths, in all widths: what is written behind short ones must not show in what follows.
#[test]
fn texts_of_all_lengths() {
    for white in [true, false] {
        for length in 0..13 {
            let words: Vec<String> = (0..7)
                .map(|i| {
                    "abcdefghij".repeat(7)[i..i + (length * 7 + i * 5) % 39 + usize::from(white || i > 0)]
                        .into()
                })
                .collect();
            let separator = if white { "  " } else { "," };
            let rows: Vec<String> = words.chunks(1).map(|_| words.join(separator)).collect();
            let table = rows.join("\n") + "\n";
            let options = if white { Options::default() } else { comma() };
            for width in [1, 3, 4, 11, 15, 16, 17, 40] {
                let expected: Vec<String> = (0..rows.len())
                    .flat_map(|_| words.iter().map(|word| word[..word.len().min(width)].to_owned()))
                    .collect();
                for dtype in
                    [DType::flexible(TypeNum::String, width), DType::flexible(TypeNum::Unicode, 4 * width)]
                {
                    assert_eq!(
                        texts(&table, &dtype, &options).as_ref(),
                        Ok(&expected),
                        "{width} of {length}"
                    );
                }
            }
        }
    }
}

#[test]
fn texts_between_others() {
    let quoted = Options { quote: Some('"'), ..comma() };
    let dtype = DType::flexible(TypeNum::Unicode, 4 * 5);
    let check = |text: &str, options: &Options, expected: &[&str]| {
        assert_eq!(texts(text, &dtype, options).expect(text), expected, "{text:?}");
    };
    check(
        "a,b\n,\n c ,\n\nd,e # f\n#g,h\ni,\n",
        &comma(),
        &["a", "b", "", "", " c ", "", "d", "e ", "i", ""],
    );
    check("a,b\n\"c,\",d\n e\"f\",\"g\nh\"\n", &quoted, &["a", "b", "c,", "d", " e\"f\"", "g\nh"]);
    check("a b\n c\td \n\ne  f", &Options::default(), &["a", "b", "c", "d", "e", "f"]);
    let columns = |columns: &[isize]| Options { columns: Some(columns.to_vec()), ..quoted.clone() };
    check("a,b,c\nd,e,f,g\n\nh,,\"i\nj\"\n", &columns(&[1, 0]), &["b", "a", "e", "d", "", "h"]);
    check("a,b,c\nd,e,f#,\"\ng,h,i", &columns(&[0]), &["a", "d", "g"]);
    check("a,b,c\nd,\"e\n\",f\n", &columns(&[2]), &["c", "f"]);
    check("a,b\nc,d\n", &columns(&[1, 1, -2]), &["b", "b", "a", "d", "d", "c"]);
    assert!(
        texts("a,b\nc\n", &dtype, &columns(&[1]))
            .expect_err("refused")
            .contains("invalid column index 1 at row 2")
    );
    assert!(
        texts("a,b\nc,d,e\n", &dtype, &comma())
            .expect_err("refused")
            .contains("changed from 2 to 3 at row 2")
    );
}

/// Lines without rows, and rows without lines of their own: the result is not as long as the text has lines.
#[test]
fn lines_and_rows_differ() {
    for (text, rows) in [
        ("1 2\n\n3 4\n# x\n5 6\n", 3),
        ("1 2\r3 4\r5 6\r", 3),
        ("# x\n1 2\r\n3 4", 2),
        ("1 2\n\n\n", 1),
        ("1 2\r\n\r\n3 4\r5 6\n", 3),
    ] {
        let mut out = Output::default();
        let dtype = DType::of(TypeNum::Int);
        read(&mut &text[..], &dtype, &Options::default(), &mut NoHooks, &mut out).expect("a table");
        let found: Vec<i32> =
            out.bytes.chunks(4).map(|c| i32::from_ne_bytes(c.try_into().expect("4 bytes"))).collect();
        assert_eq!((out.shape, found), (vec![rows, 2], (1..=2 * rows as i32).collect()), "{text:?}");
    }
}

#[test]
fn integers_of_all_sizes() {
    let check = |dtype: TypeNum, text: &str, good: bool| {
        for table in
            [format!("{text} {text} 1\n1 2 3\n"), format!("1 2 3\n1 {text} {text}                    \n")]
        {
            assert_eq!(load(&table, &DType::of(dtype), &Options::default()).is_ok(), good, "{table:?}");
        }
    };
    use TypeNum::{Byte, Int, Long, UByte, ULong};
    for (dtype, good, bad) in [
        (Byte, ["-128", "+127"], ["128", "-129"]),
        (UByte, ["-0", "000000000000000000000255"], ["256", "-1"]),
        (Int, ["-2147483648", "+2147483647"], ["2147483648", "-2147483649"]),
        (Long, ["-9223372036854775808", "9223372036854775807"], ["9223372036854775808", "1.0"]),
        (ULong, ["18446744073709551615", "+0"], ["18446744073709551616", "--1"]),
        (Long, ["-999999999999999", "9999999999999999"], ["1-", "+"]),
    ] {
        good.iter().for_each(|text| check(dtype, text, true));
        bad.iter().for_each(|text| check(dtype, text, false));
    }
}
