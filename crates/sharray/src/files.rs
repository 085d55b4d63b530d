//! Arrays in files: `.npy`, read, written or mapped into memory, and other files of elements, mapped.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use sharray_base::layout::{c_strides, checked_len};
use sharray_base::{Dims, Error, Result};
pub use sharray_io::mapped::Access;
use sharray_io::npy::header::MAX_HEADER;
use sharray_io::npy::{self, Version};

use crate::Array;
use crate::dtypes::ToDType;
use crate::outputs::one;

pub(crate) fn failed<'a>(what: &'a str, path: &'a Path) -> impl Fn(std::io::Error) -> Error + 'a {
    move |e| Error::Io {
        message: format!("cannot {what} {}: {e}", path.display()),
        errno: e.raw_os_error().unwrap_or(0),
    }
}

impl Array {
    /// Writes a `.npy` file.
    ///
    /// # Errors
    /// `Io`; `Value` for a dtype that the format can't describe.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let path = std::env::temp_dir().join("sharray-doc-save.npy");
    /// let a = Array::arange(6)?.reshape(&[2, 3])?;
    /// a.save(&path)?;
    /// assert!(Array::load(&path)?.array_equal(&a)?);
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let mut file = BufWriter::new(File::create(path).map_err(failed("create", path))?);
        self.write_npy(&mut file)?;
        file.flush().map_err(failed("write", path))
    }
    /// Reads a `.npy` file.
    ///
    /// # Errors
    /// `Io`; `Value` for a file that is not a whole `.npy` file, or holds Python objects.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert!(matches!(Array::load("no/such/file.npy"), Err(Error::Io { .. })));
    /// ```
    pub fn load(path: impl AsRef<Path>) -> Result<Array> {
        let path = path.as_ref();
        Array::read_npy(&mut BufReader::new(File::open(path).map_err(failed("open", path))?))
    }
    /// Writes the array in `.npy` form.
    ///
    /// # Errors
    /// As [`Array::save`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let mut bytes = Vec::new();
    /// Array::from([1.0, 2.0]).write_npy(&mut bytes)?;
    /// assert_eq!(Array::read_npy(&mut &bytes[..])?.to_vec::<f64>()?, [1.0, 2.0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn write_npy(&self, writer: &mut dyn Write) -> Result<()> {
        npy::write(writer, self.view(), Version::V1)
    }
    /// Reads an array in `.npy` form; several may stand one after the other.
    ///
    /// # Errors
    /// As [`Array::load`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let mut bytes = Vec::new();
    /// Array::from([1]).write_npy(&mut bytes)?;
    /// Array::from([2]).write_npy(&mut bytes)?;
    /// let mut reader = &bytes[..];
    /// assert_eq!(Array::read_npy(&mut reader)?.to_string(), "[1]");
    /// assert_eq!(Array::read_npy(&mut reader)?.to_string(), "[2]");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn read_npy(reader: &mut dyn Read) -> Result<Array> {
        one(|out| npy::read(reader, MAX_HEADER, out))
    }
    /// Maps a `.npy` file into memory: elements are read from the disk when they are looked at.
    ///
    /// With [`Access::Read`], writing to the array copies it first. With [`Access::ReadWrite`], what is written to the array
    /// while nobody else looks at its memory (see [`Array::is_exclusive`]) goes to the file, at the latest when the last
    /// array on it is dropped; [`Array::flush`] writes it at once. With [`Access::CopyOnWrite`] changes stay in memory.
    ///
    /// # Errors
    /// As [`Array::load`]; `Value` for [`Access::Create`], which would empty the file first.
    ///
    /// # Safety
    /// Nobody else changes or shortens the file while the array or a clone of it lives: its memory is the file's.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # let path = std::env::temp_dir().join("sharray-doc-map.npy");
    /// # Array::zeros(&[3], "i4")?.save(&path)?;
    /// // SAFETY: the file is this program's own.
    /// let mut counts = unsafe { Array::map(&path, Access::ReadWrite)? };
    /// counts.set(s![1], 7)?;
    /// drop(counts);
    /// assert_eq!(Array::load(&path)?.to_vec::<i32>()?, [0, 7, 0]);
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), Error>(())
    /// ```
    pub unsafe fn map(path: impl AsRef<Path>, access: Access) -> Result<Array> {
        if access == Access::Create {
            return Err(Error::Value(
                "a file that is to be created has no array to map; save one first".into(),
            ));
        }
        let (memory, header, strides) = npy::map(path.as_ref(), access, MAX_HEADER)?;
        // SAFETY: by this function's contract nobody else writes; a file's bytes are set.
        unsafe { Array::from_memory(memory, header.dtype, &header.shape, &strides, 0) }
    }
    /// Writes changes of a mapped array to its file; nothing to do for other arrays.
    ///
    /// # Errors
    /// `Io`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// Array::arange(3)?.flush()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn flush(&self) -> Result<()> {
        sharray_io::mapped::flush(self.memory())
    }
    /// Maps elements of `dtype` in any file into memory, from byte `offset` on, in C order; without a shape, all that the
    /// file holds, on one axis. [`Access::Create`] makes the file, or empties it, and fills it with zeros;
    /// [`Access::ReadWrite`] makes it longer where it is too short for the shape. Else as [`Array::map`].
    ///
    /// # Errors
    /// `Io`; `Value` for a file that ends before its elements do, or between two of them, for no elements at all, and for
    /// [`Access::Create`] without a shape; `NotImplemented` for objects.
    ///
    /// # Safety
    /// As for [`Array::map`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # let path = std::env::temp_dir().join("sharray-doc-map-raw.bin");
    /// # std::fs::write(&path, [9, 9, 1, 0, 2, 0, 3, 0]).unwrap();
    /// // SAFETY: the file is this program's own.
    /// let samples = unsafe { Array::map_raw(&path, "<i2", None, 2, Access::Read)? };
    /// assert_eq!(samples.to_vec::<i16>()?, [1, 2, 3]);
    /// // SAFETY: as above.
    /// let refused = unsafe { Array::map_raw(&path, "<i2", Some(&[2, 2]), 2, Access::Read) };
    /// assert!(matches!(refused, Err(Error::Value(_))));
    /// # drop(samples);
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), Error>(())
    /// ```
    pub unsafe fn map_raw(
        path: impl AsRef<Path>,
        dtype: impl ToDType,
        shape: Option<&[isize]>,
        offset: u64,
        access: Access,
    ) -> Result<Array> {
        let (path, dtype) = (path.as_ref(), dtype.to_dtype()?);
        if dtype.holds_objects() {
            return Err(Error::NotImplemented(format!("arrays of dtype {dtype}: objects belong to Python")));
        }
        let shape = match shape {
            Some(shape) => Dims::from_slice(shape),
            None if access == Access::Create => {
                return Err(Error::value("a file that is to be created needs a shape"));
            }
            None => rest_of(path, dtype.itemsize(), offset)?,
        };
        let bytes = checked_len(&shape, dtype.itemsize())? * dtype.itemsize();
        let memory = sharray_io::mapped::map(path, offset, bytes, access)?;
        let strides = c_strides(&shape, dtype.itemsize());
        // SAFETY: by this function's contract nobody else writes; a file's bytes are set.
        unsafe { Array::from_memory(memory, dtype, &shape, &strides, 0) }
    }
    /// Writes changes of a mapped array to its file, and lets go of it. The file is unmapped when the last array on it
    /// goes; dropping one does the same, but can't report an error.
    ///
    /// # Errors
    /// `Io`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # let path = std::env::temp_dir().join("sharray-doc-close.bin");
    /// // SAFETY: the file is this program's own.
    /// let mut log = unsafe { Array::map_raw(&path, "f8", Some(&[3]), 0, Access::Create)? };
    /// log.set(s![0], 1.5)?;
    /// log.close()?;
    /// assert_eq!(std::fs::read(&path).unwrap()[..8], 1.5f64.to_ne_bytes());
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), Error>(())
    /// ```
    pub fn close(self) -> Result<()> {
        self.flush()
    }
}

/// The length of an axis of all elements from `offset` to the end of a file.
fn rest_of(path: &Path, itemsize: usize, offset: u64) -> Result<Dims> {
    let bytes = std::fs::metadata(path).map_err(failed("look at", path))?.len();
    let rest = bytes.checked_sub(offset).filter(|rest| itemsize > 0 && rest % itemsize as u64 == 0);
    let count = rest.and_then(|rest| isize::try_from(rest / itemsize as u64).ok());
    let wrong = || {
        Error::Value(format!(
            "{} has {bytes} bytes: from {offset} on that is no whole number of elements of {itemsize} bytes",
            path.display()
        ))
    };
    Ok(Dims::from_slice(&[count.ok_or_else(wrong)?]))
}
