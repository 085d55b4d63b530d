//! Text as a table: the first bytes choose a dtype and options.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sharray::{Array, TableOptions, ToDType};
use sharray_base::{DType, Result};
use sharray_core::Provider;
use sharray_io::text::{NoHooks, Source, read};

const DTYPES: [&str; 10] = ["f8", "i8", "u1", "U3", "S2", "c16", "f4, i2, U1", "?", ">i4", "M8[s]"];
const DELIMITERS: [Option<char>; 4] = [None, Some(','), Some('\t'), Some('ä')];
const COMMENTS: [Option<char>; 3] = [Some('#'), None, Some('%')];
const COLUMNS: [Option<&[isize]>; 4] = [None, Some(&[0]), Some(&[-1, 0]), Some(&[1, 1, 2])];

/// Text in pieces of a few bytes.
struct Pieces<'a>(&'a str, usize);

impl Source for Pieces<'_> {
    fn next(&mut self, text: &mut Vec<u8>) -> Result<bool> {
        let end = (self.1..=self.0.len()).find(|&end| self.0.is_char_boundary(end)).unwrap_or(self.0.len());
        let (piece, rest) = self.0.split_at(end);
        text.extend_from_slice(piece.as_bytes());
        self.0 = rest;
        Ok(!piece.is_empty())
    }
}

fn options(bytes: &[u8; 4]) -> TableOptions {
    TableOptions {
        delimiter: DELIMITERS[bytes[0] as usize % 4],
        comment: COMMENTS[bytes[1] as usize % 3],
        quote: (bytes[1] & 64 != 0).then_some('"'),
        columns: COLUMNS[bytes[2] as usize % 4].map(<[isize]>::to_vec),
        skip_lines: usize::from(bytes[2] >> 6),
        max_rows: (bytes[3] & 128 != 0).then_some(3),
        ..TableOptions::default()
    }
}

/// Room for the result, which is thrown away but for its text.
struct Room(Option<Array>);

impl Provider for Room {
    fn provide(&mut self, _: usize, dtype: &DType, shape: &[isize], _: &[isize]) -> Result<*mut u8> {
        let mut array = Array::zeros(shape, dtype)?;
        let data = array.view_mut()?.data();
        self.0 = Some(array);
        Ok(data)
    }
}

fuzz_target!(|input: ([u8; 4], &str)| {
    let (choice, text) = input;
    let (options, dtype) = (options(&choice), DTYPES[usize::from(choice[3] & 127) % DTYPES.len()]);
    let whole = Array::parse_table(text, dtype, &options);
    let (mut pieces, mut room) = (Pieces(text, 1 + usize::from(choice[0] >> 4)), Room(None));
    let parts = dtype.to_dtype().and_then(|dtype| read(&mut pieces, &dtype, &options, &mut NoHooks, &mut room));
    match (whole, parts) {
        (Ok(whole), Ok(())) => {
            let parts = room.0.expect("a result");
            assert_eq!((whole.shape(), whole.to_string()), (parts.shape(), parts.to_string()));
        }
        (Err(_), Err(_)) => {}
        (whole, parts) => panic!("{whole:?} in one piece, {parts:?} in many"),
    }
});
