//! `.npy` files and tables of text.

use std::path::PathBuf;

use sharray::prelude::*;

/// A file in the temporary directory that is removed in the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        Scratch(std::env::temp_dir().join(format!("sharray-face-{}-{name}.npy", std::process::id())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

#[test]
fn round_trips() -> Result<()> {
    let file = Scratch::new("round");
    let cube = Array::arange(24)?.reshape(&[2, 3, 4])?;
    for array in [
        cube.clone(),
        cube.t(),
        cube.get(s![.., (.., -2)])?,
        cube.astype(">f4")?,
        Array::from(1.5),
        Array::zeros(&[0, 3], "?")?,
        Array::from_strings(&["ä", "bc"])?,
        Array::zeros(&[2], "i4, 2f8")?,
        Array::from([5]).astype("M8[us]")?,
    ] {
        array.save(&file.0)?;
        let again = Array::load(&file.0)?;
        assert_eq!(again.dtype(), array.dtype());
        assert_eq!(format!("{again:?}"), format!("{array:?}"));
        // SAFETY: the file is this test's own.
        let mapped = unsafe { Array::map(&file.0, Access::Read)? };
        assert_eq!(format!("{mapped:?}"), format!("{array:?}"));
    }
    Ok(())
}

#[test]
fn mapped_files() -> Result<()> {
    let file = Scratch::new("mapped");
    for (access, reaches_file) in
        [(Access::Read, false), (Access::ReadWrite, true), (Access::CopyOnWrite, false)]
    {
        Array::arange(4)?.save(&file.0)?;
        // SAFETY: the file is this test's own.
        let mut array = unsafe { Array::map(&file.0, access)? };
        assert_eq!(array.as_slice::<i64>()?, [0, 1, 2, 3]);
        array.set(s![0], 9)?;
        array.flush()?;
        assert_eq!(array.to_vec::<i64>()?, [9, 1, 2, 3]);
        let expected = if reaches_file { 9 } else { 0 };
        assert_eq!(Array::load(&file.0)?.at::<i64>(&[0])?, expected, "{access:?}");
    }
    // SAFETY: as above.
    let refused = unsafe { Array::map(&file.0, Access::Create) };
    assert!(matches!(refused, Err(Error::Value(_))));
    assert_eq!(Array::load(&file.0)?.len(), 4, "and the file is still there");
    Ok(())
}

#[test]
fn broken_files() -> Result<()> {
    let file = Scratch::new("broken");
    Array::arange(4)?.save(&file.0)?;
    let whole = std::fs::read(&file.0).expect("the file");
    for (bytes, what) in
        [(&b"no npy"[..], "magic"), (&whole[..20], "header"), (&whole[..whole.len() - 1], "data")]
    {
        std::fs::write(&file.0, bytes).expect("a file");
        assert!(matches!(Array::load(&file.0), Err(Error::Value(_))), "{what}");
        // SAFETY: as above.
        let mapped = unsafe { Array::map(&file.0, Access::Read) };
        assert!(matches!(mapped, Err(Error::Value(_))), "{what}");
    }
    assert!(matches!(Array::load("/no/such.npy"), Err(Error::Io { errno: 2, .. })));
    Ok(())
}

#[test]
fn tables() -> Result<()> {
    let options = |delimiter| TableOptions { delimiter, ..TableOptions::default() };
    for (text, delimiter, dtype, shown) in [
        ("1 2\n3 4\n", None, "f8", "[[1. 2.]\n [3. 4.]]"),
        ("1;2 # a comment\n\n3;4", Some(';'), "i4", "[[1 2]\n [3 4]]"),
        ("a,1\nbc,2\n", Some(','), "U2, i8", "[('a', 1) ('bc', 2)]"),
    ] {
        assert_eq!(Array::parse_table(text, dtype, &options(delimiter))?.to_string(), shown);
    }
    for bad in ["1 2\n3\n", "1 x\n"] {
        assert!(matches!(Array::parse_table(bad, "f8", &options(None)), Err(Error::Value(_))), "{bad:?}");
    }
    Ok(())
}

#[test]
fn maps_of_elements_in_any_file() -> Result<()> {
    let file = Scratch::new("raw");
    // SAFETY: here and below, the file is this test's own.
    let map = |dtype: &str, shape: Option<&[isize]>, offset, access| unsafe {
        Array::map_raw(&file.0, dtype, shape, offset, access)
    };
    assert!(matches!(map("f8", None, 0, Access::Read), Err(Error::Io { .. })), "no file");
    assert!(matches!(map("f8", None, 0, Access::Create), Err(Error::Value(_))), "no shape");
    let mut made = map("<f8", Some(&[2, 3]), 4096 + 8, Access::Create)?;
    assert_eq!(made.to_vec::<f64>()?, [0.0; 6]);
    made.set(s![1, 2], 2.5)?;
    made.close()?;
    assert_eq!(std::fs::metadata(&file.0).expect("a file").len(), 4096 + 8 + 48);
    assert_eq!(map("<f8", None, 4096 + 8, Access::Read)?.to_vec::<f64>()?, [0.0, 0.0, 0.0, 0.0, 0.0, 2.5]);
    assert_eq!(map("<f8", Some(&[2]), 4096 + 40, Access::CopyOnWrite)?.to_vec::<f64>()?, [0.0, 2.5]);
    // Files that end too early, or between two elements.
    for (dtype, shape, offset) in [
        ("f8", Some(&[7][..]), 4104),
        ("f8", None, 4105),
        ("f8", None, 1 << 40),
        ("f8", Some(&[1][..]), u64::MAX),
    ] {
        let refused = map(dtype, shape, offset, Access::Read);
        assert!(matches!(refused, Err(Error::Value(_))), "{dtype} {shape:?} {offset}");
    }
    assert!(matches!(map("f8", Some(&[0]), 0, Access::Read), Err(Error::Value(_))), "nothing to map");
    assert!(matches!(map("f8", Some(&[-1]), 0, Access::Read), Err(Error::Value(_))));
    assert!(map("f8", Some(&[isize::MAX / 8]), 0, Access::Read).is_err());
    assert!(matches!(map("O", None, 0, Access::Read), Err(Error::NotImplemented(_))));
    // Made longer where that is asked for.
    map("<f8", Some(&[7]), 4104, Access::ReadWrite)?.close()?;
    assert_eq!(std::fs::metadata(&file.0).expect("a file").len(), 4104 + 56);
    Ok(())
}

#[test]
fn a_mapped_npy_file_that_was_cut_is_refused() -> Result<()> {
    let file = Scratch::new("cut");
    Array::arange(1000)?.save(&file.0)?;
    let whole = std::fs::read(&file.0).expect("the file");
    for kept in [0, 5, 60, 127, 128, 129, whole.len() - 1] {
        std::fs::write(&file.0, &whole[..kept]).expect("a file");
        for access in [Access::Read, Access::ReadWrite, Access::CopyOnWrite] {
            // SAFETY: the file is this test's own.
            let refused = unsafe { Array::map(&file.0, access) };
            assert!(matches!(refused, Err(Error::Value(_))), "{kept} bytes, {access:?}");
            assert_eq!(std::fs::metadata(&file.0).expect("a file").len(), kept as u64, "and left as it is");
        }
    }
    Ok(())
}

#[test]
fn tables_in_files() -> Result<()> {
    let file = Scratch::new("table");
    let format = TableFormat {
        format: "%.2f",
        delimiter: ",",
        newline: "\r\n",
        header: "one,two\nand more",
        footer: "end",
        ..TableFormat::default()
    };
    let table = Array::from([[1.0f32, -2.5], [1e10, f32::NAN]]);
    table.save_table(&file.0, &format)?;
    let text = std::fs::read_to_string(&file.0).expect("a file");
    assert_eq!(text, "# one,two\n# and more\r\n1.00,-2.50\r\n10000000000.00,nan\r\n# end\r\n");
    let options = TableOptions { delimiter: Some(','), ..TableOptions::default() };
    assert_eq!(Array::load_table(&file.0, "f4", &options)?.to_string(), table.to_string());
    // Longer than what is read at a time, and without a line end at the end.
    let long = Array::arange(200_000)?.reshape(&[40_000, 5])?;
    long.save_table(&file.0, &TableFormat { format: "%d", newline: "\n", ..TableFormat::default() })?;
    assert!(Array::load_table(&file.0, "i8", &TableOptions::default())?.array_equal(&long)?);
    std::fs::write(&file.0, b"1 2\n3 \xff\n").expect("a file");
    let refused = Array::load_table(&file.0, "f8", &TableOptions::default()).unwrap_err();
    assert!(matches!(&refused, Error::Value(text) if text.contains("UTF-8")), "{refused}");
    assert!(matches!(Array::load_table("no/such", "f8", &TableOptions::default()), Err(Error::Io { .. })));
    Ok(())
}

#[test]
fn tables_as_text() -> Result<()> {
    let plain = TableFormat { format: "%d", ..TableFormat::default() };
    let whole = TableFormat { format: "<%d|%5.1f>", ..TableFormat::default() };
    assert_eq!(Array::from([[1.0, 2.25]]).format_table(&whole)?, "<1|  2.2>\n");
    assert_eq!(Array::from([3u8, 4]).format_table(&plain)?, "3\n4\n");
    assert_eq!(Array::from([u64::MAX >> 1]).format_table(&plain)?, "9223372036854775807\n");
    assert_eq!(Array::from(true).format_table(&plain)?, "1\n");
    assert_eq!(Array::from_strings(&["ä", "b"])?.format_table(&plain)?, "ä\nb\n");
    assert_eq!(Array::zeros(&[0, 3], "f8")?.format_table(&plain)?, "");
    assert_eq!(Array::from([[1, 2], [3, 4]]).t().format_table(&plain)?, "1 3\n2 4\n");
    let percent = TableFormat { format: "%d", delimiter: "%", ..TableFormat::default() };
    assert_eq!(Array::from([[1, 2]]).format_table(&percent)?, "1%2\n");
    for format in ["%s", "", "%d %d %d", "%q", "%.2"] {
        let refused =
            Array::from([[1.0, 2.0]]).format_table(&TableFormat { format, ..TableFormat::default() });
        assert!(matches!(refused, Err(Error::Value(_))), "{format}");
    }
    assert!(matches!(Array::zeros(&[1, 1, 1], "f8")?.format_table(&plain), Err(Error::Value(_))));
    assert!(matches!(Array::zeros(&[1], "c16")?.format_table(&plain), Err(Error::NotImplemented(_))));
    assert!(matches!(Array::from([u64::MAX]).format_table(&plain), Err(Error::NotImplemented(_))));
    Ok(())
}
