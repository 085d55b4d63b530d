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
