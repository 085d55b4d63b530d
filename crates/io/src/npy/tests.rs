//! Headers byte for byte as NumPy 2.4 writes them, arrays there and back, and bad files.

use sharray_base::dtype::parse::parse;
use sharray_base::layout::c_strides;
use sharray_base::{DType, Dims, Error, Result, TypeNum, View};
use sharray_core::Provider;

use super::header::MAX_HEADER;
use super::*;

fn header(dtype: &str, fortran: bool, shape: &[isize]) -> Header {
    Header { dtype: parse(dtype).unwrap(), fortran, shape: Dims::from_slice(shape) }
}

#[test]
fn written_as_numpy_writes() {
    for (given, dict) in [
        (header("<f8", false, &[2, 3]), "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"),
        (header("<f8", true, &[2, 3]), "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }"),
        (header(">i4", false, &[3]), "{'descr': '>i4', 'fortran_order': False, 'shape': (3,), }"),
        (header("?", false, &[]), "{'descr': '|b1', 'fortran_order': False, 'shape': (), }"),
        (header("<U5", false, &[3]), "{'descr': '<U5', 'fortran_order': False, 'shape': (3,), }"),
        (header("<M8[25s]", false, &[3]), "{'descr': '<M8[25s]', 'fortran_order': False, 'shape': (3,), }"),
    ] {
        let bytes = given.bytes(Version::V1).unwrap();
        assert_eq!(&bytes[..10], b"\x93NUMPY\x01\x00v\x00");
        assert_eq!(bytes.len(), 128);
        assert!(bytes[10..].starts_with(dict.as_bytes()) && bytes.ends_with(b" \n"), "{dict}");
        let (read, version, length) = Header::read(&mut &bytes[..], MAX_HEADER).unwrap();
        assert_eq!((read, version, length), (given, Version::V1, 128));
    }
}

#[test]
fn structures_there_and_back() {
    for descr in [
        "[('a', '<i4'), ('b', '>f8', (2, 3)), ('c', [('d', '|S3')])]",
        "[('a', '|i1'), ('', '|V7'), ('b', '<f8')]",
        "[(('title', 'a'), '|i1'), ('b', '<f8')]",
        "[('é', '<i4')]",
    ] {
        let text = format!("{{'descr': {descr}, 'fortran_order': False, 'shape': (3,), }}");
        let header = Header::parse(&text).unwrap();
        let bytes = header.bytes(Version::V1).unwrap();
        let (again, version, length) = Header::read(&mut &bytes[..], MAX_HEADER).unwrap();
        assert_eq!((again, version, length % 64), (header, Version::V1, 0));
    }
    let wide = Header::parse("{'descr': [('ж', '<i4')], 'fortran_order': False, 'shape': (3,), }").unwrap();
    let bytes = wide.bytes(Version::V1).unwrap();
    assert_eq!(Header::read(&mut &bytes[..], MAX_HEADER).unwrap().1, Version::V3);
}

#[derive(Default)]
struct Output(Vec<u8>, Vec<isize>);

impl Provider for Output {
    fn provide(&mut self, _: usize, dtype: &DType, shape: &[isize], strides: &[isize]) -> Result<*mut u8> {
        self.0 = vec![0; shape.iter().product::<isize>() as usize * dtype.itemsize()];
        self.1 = strides.to_vec();
        Ok(self.0.as_mut_ptr())
    }
}

fn saved() -> Vec<u8> {
    let values: Vec<i32> = (0..6).collect();
    let dtype = DType::of(TypeNum::Int);
    let strides = c_strides(&[2, 3], 4);
    // SAFETY: describes the six numbers.
    let view = unsafe { View::new(values.as_ptr().cast_mut().cast(), &dtype, &[2, 3], &strides) };
    let mut file = Vec::new();
    write(&mut file, view, Version::V1).unwrap();
    file
}

#[test]
fn arrays_there_and_back() {
    let file = saved();
    let mut out = Output::default();
    let header = read(&mut &file[..], MAX_HEADER, &mut out).unwrap();
    assert_eq!(header.shape[..], [2, 3]);
    let expected: Vec<u8> = (0..6i32).flat_map(i32::to_ne_bytes).collect();
    assert_eq!((out.0, out.1), (expected, vec![12, 4]));
}

#[test]
fn bad_files() {
    let good = saved();
    let refused = |bytes: &[u8]| {
        let mut out = Output::default();
        match read(&mut &bytes[..], MAX_HEADER, &mut out) {
            Err(Error::Value(message)) => message,
            other => panic!("{other:?}"),
        }
    };
    for length in 0..good.len() {
        refused(&good[..length]);
    }
    assert!(refused(&good[..good.len() - 5]).contains("could only read 4 elements"));
    let changed = |from: &str, to: &str| {
        let text: String = good.iter().map(|&b| b as char).collect();
        text.replace(from, to).chars().map(|c| c as u8).collect::<Vec<u8>>()
    };
    refused(&changed("NUMPY", "numpy"));
    refused(&changed("'<i4'", "'!i4'"));
    refused(&changed("'<i4'", "'|O' "));
    refused(&changed("(2, 3)", "(-2,3)"));
    refused(&changed("False", "Farce"));
    refused(&changed("'shape'", "'shade'"));
    refused(&changed("(2, 3), }           ", "(2000000000,2000000000),}"));
    assert!(
        refused(&good[..].iter().enumerate().map(|(i, &b)| if i == 6 { 9 } else { b }).collect::<Vec<u8>>())
            .contains("format version")
    );
}

#[test]
fn mapped_files() {
    let path = std::env::temp_dir().join(format!("sharray-npy-{}", std::process::id()));
    let good = saved();
    std::fs::write(&path, &good).unwrap();
    let (memory, header, strides) = map(&path, crate::mapped::Access::Read, MAX_HEADER).unwrap();
    assert_eq!((memory.len(), header.shape.len(), strides[0]), (24, 2, 12));
    std::fs::write(&path, &good[..good.len() - 1]).unwrap();
    assert!(matches!(map(&path, crate::mapped::Access::Read, MAX_HEADER), Err(Error::Value(_))));
    std::fs::remove_file(&path).unwrap();
}
