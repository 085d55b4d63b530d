//! Archives of arrays: `.npz`.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sharray_base::{Error, Result};
use zip::read::ZipFile;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::Array;
use crate::files::failed;

/// What a member's name has behind the array's.
const ENDING: &str = ".npy";
/// What one byte can become at most, by the format of deflated data.
const DEFLATE_RATIO: u64 = 1032;
/// What a member's header takes in the archive at least, beside its name.
const LOCAL_HEADER: u64 = 30;

/// A `.npz` file that is open for reading: arrays by name, each read when it is asked for. Those of NumPy and of other
/// programs are read too, as long as their members are stored or deflated.
///
/// ```
/// # use sharray::prelude::*;
/// # let path = std::env::temp_dir().join("sharray-doc-archive.npz");
/// let (x, y) = (Array::arange(3)?, Array::from([0.5, 1.5]));
/// Archive::save(&path, &[("x", &x), ("y", &y)])?;
/// let mut archive = Archive::open(&path)?;
/// assert_eq!(archive.names(), ["x", "y"]);
/// assert_eq!(archive.get("y")?.to_vec::<f64>()?, [0.5, 1.5]);
/// # std::fs::remove_file(&path).ok();
/// # Ok::<(), Error>(())
/// ```
pub struct Archive {
    path: PathBuf,
    zip: ZipArchive<BufReader<File>>,
    names: Vec<String>,
}

impl Archive {
    /// Opens an archive.
    ///
    /// # Errors
    /// `Io`; `Value` for a file that is no archive, or one whose members share bytes (so a small file could unfold to any
    /// size).
    pub fn open(path: impl AsRef<Path>) -> Result<Archive> {
        let path = path.as_ref();
        let file = BufReader::new(File::open(path).map_err(failed("open", path))?);
        let mut zip = ZipArchive::new(file).map_err(|e| told("read", path, e))?;
        refuse_overlaps(&mut zip, path)?;
        let members: Result<Vec<_>, _> = zip.file_names().collect();
        let members = members.map_err(|e| told("read", path, e))?;
        let names = members.iter().filter_map(|name| name.strip_suffix(ENDING)).map(str::to_string).collect();
        Ok(Archive { path: path.to_path_buf(), zip, names })
    }
    /// The arrays' names, in the archive's order. Members that are no `.npy` files are left out.
    pub fn names(&self) -> &[String] {
        &self.names
    }
    /// Reads an array, named with or without the ending `.npy`.
    ///
    /// # Errors
    /// `Value` for a name that the archive does not have, and for a member that is damaged, encrypted, or claims to be larger
    /// than its bytes can make it; as [`Array::load`] for what it holds.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # let path = std::env::temp_dir().join("sharray-doc-archive-get.npz");
    /// Archive::save_compressed(&path, &[("zeros", &Array::zeros(&[1000, 1000], "f8")?)])?;
    /// let mut archive = Archive::open(&path)?;
    /// assert_eq!(archive.get("zeros")?.shape(), [1000, 1000]);
    /// assert!(archive.get("ones").unwrap_err().to_string().contains("it has: zeros"));
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), Error>(())
    /// ```
    pub fn get(&mut self, name: &str) -> Result<Array> {
        let whole = if name.ends_with(ENDING) { name.to_string() } else { format!("{name}{ENDING}") };
        let Some(index) = self.zip.index_for_name(&whole) else {
            let (path, names) = (self.path.display(), self.names.join(", "));
            return Err(Error::value(format!("{path} has no array {name:?}; it has: {names}")));
        };
        let mut member = self.zip.by_index(index).map_err(|e| told("read", &self.path, e))?;
        refuse_impossible(&member, &whole, &self.path)?;
        let size = member.size();
        Array::read_npy(&mut (&mut member).take(size))
    }
    /// Writes arrays as an archive, uncompressed: what [`Archive::open`] and NumPy's `load` read.
    ///
    /// # Errors
    /// `Io`; `Value` for a name that is given twice, and as [`Array::save`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # let path = std::env::temp_dir().join("sharray-doc-archive-save.npz");
    /// let a = Array::arange(3)?;
    /// assert!(matches!(Archive::save(&path, &[("a", &a), ("a", &a)]), Err(Error::Value(_))));
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), Error>(())
    /// ```
    pub fn save(path: impl AsRef<Path>, arrays: &[(&str, &Array)]) -> Result<()> {
        write(path.as_ref(), arrays, CompressionMethod::Stored)
    }
    /// As [`Archive::save`], deflated.
    ///
    /// # Errors
    /// As [`Archive::save`].
    pub fn save_compressed(path: impl AsRef<Path>, arrays: &[(&str, &Array)]) -> Result<()> {
        write(path.as_ref(), arrays, CompressionMethod::Deflated)
    }
}

fn told(what: &str, path: &Path, error: ZipError) -> Error {
    match error {
        ZipError::Io(error) => failed(what, path)(error),
        error => Error::value(format!("cannot {what} {} as an archive of arrays: {error}", path.display())),
    }
}

fn refuse_overlaps(zip: &mut ZipArchive<BufReader<File>>, path: &Path) -> Result<()> {
    let mut places = Vec::with_capacity(zip.len());
    for index in 0..zip.len() {
        let member = zip.by_index_raw(index).map_err(|e| told("read", path, e))?;
        let start = member.header_start();
        places.push((start, start.saturating_add(LOCAL_HEADER).saturating_add(member.compressed_size())));
    }
    places.sort_unstable();
    if places.windows(2).any(|pair| pair[1].0 < pair[0].1) {
        let path = path.display();
        return Err(Error::value(format!("members of {path} overlap: it is no archive of arrays")));
    }
    Ok(())
}

fn refuse_impossible<R: Read>(member: &ZipFile<'_, R>, name: &str, path: &Path) -> Result<()> {
    let (held, claimed) = (member.compressed_size(), member.size());
    let most = match member.compression() {
        CompressionMethod::Stored => held,
        _ => (held + 1).saturating_mul(DEFLATE_RATIO),
    };
    if claimed > most {
        let path = path.display();
        return Err(Error::value(format!(
            "the member {name:?} of {path} claims {claimed} bytes, which its {held} bytes in the archive can't hold"
        )));
    }
    Ok(())
}

fn write(path: &Path, arrays: &[(&str, &Array)], method: CompressionMethod) -> Result<()> {
    let file = BufWriter::new(File::create(path).map_err(failed("create", path))?);
    let mut zip = ZipWriter::new(file);
    // The size of a member is not known before it is written.
    let options = SimpleFileOptions::default().compression_method(method).large_file(true);
    for (name, array) in arrays {
        zip.start_file(format!("{name}{ENDING}"), options).map_err(|e| told("write", path, e))?;
        array.write_npy(&mut zip)?;
    }
    let mut file = zip.finish().map_err(|e| told("write", path, e))?;
    file.flush().map_err(failed("write", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of two arrays of one byte each, changed by `change`: what reading both gives.
    fn read(name: &str, change: impl FnOnce(&mut [u8], [usize; 2])) -> Result<Vec<Array>> {
        let path = std::env::temp_dir().join(format!("sharray-archive-{name}-{}.npz", std::process::id()));
        let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for name in ["a.npy", "b.npy"] {
            zip.start_file(name, options).map_err(|e| told("write", &path, e))?;
            Array::zeros(&[1], "u1")?.write_npy(&mut zip)?;
        }
        let mut bytes = zip.finish().map_err(|e| told("write", &path, e))?.into_inner();
        let records =
            bytes.windows(4).enumerate().filter(|(_, four)| four == b"PK\x01\x02").map(|(at, _)| at);
        let records: Vec<usize> = records.collect();
        change(&mut bytes, [records[0], records[1]]);
        std::fs::write(&path, bytes).map_err(failed("write", &path))?;
        let outcome =
            Archive::open(&path).and_then(|mut archive| Ok(vec![archive.get("a")?, archive.get("b.npy")?]));
        std::fs::remove_file(&path).ok();
        outcome
    }

    fn refused(name: &str, change: impl FnOnce(&mut [u8], [usize; 2])) -> bool {
        matches!(read(name, change), Err(Error::Value(_)))
    }

    #[test]
    fn hostile_archives() {
        assert!(read("whole", |_, _| {}).is_ok_and(|arrays| arrays.iter().all(|a| a.len() == 1)));
        // In a record of the directory, its flags are at 8, the size that is claimed at 24, the member's place at 42.
        assert!(refused("claims", |bytes, [_, b]| bytes[b + 24..b + 28]
            .copy_from_slice(&[0xff, 0xff, 0xff, 0x7f])));
        assert!(refused("overlap", |bytes, [a, b]| bytes.copy_within(a + 42..a + 46, b + 42)));
        assert!(refused("encrypted", |bytes, [a, _]| bytes[a + 8] |= 1));
        assert!(refused("none", |bytes, _| bytes.fill(0)));
    }
}
