//! Files mapped into memory, as owners of array memory.

use std::fs::{File, OpenOptions};
use std::path::Path;
use std::ptr::NonNull;

use memmap2::{MmapMut, MmapOptions};
use sharray_base::memory::Memory;
use sharray_base::{Error, Result};

/// How a mapping may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// `r`: read only.
    Read,
    /// `r+`: changes go to the file.
    ReadWrite,
    /// `w+`: the file is made, or emptied, first; changes go to it.
    Create,
    /// `c`: changes stay in memory.
    CopyOnWrite,
}

/// Keeps a mapping, writable or not, alive.
enum Mapping {
    Shared(MmapMut),
    #[expect(dead_code, reason = "held for its drop")]
    Read(memmap2::Mmap),
}

/// Maps `len` bytes of a file from `offset` on. With `Create` (and with `ReadWrite` where it is shorter) the file is
/// made long enough.
///
/// # Errors
/// `Value` when the file is too short for what is asked, or nothing is asked for; `Io` from the system.
pub fn map(path: &Path, offset: u64, len: usize, access: Access) -> Result<Memory> {
    let io = |what: &str| {
        let place = format!("{what} {}", path.display());
        move |e: std::io::Error| Error::Io {
            message: format!("{place}: {e}"),
            errno: e.raw_os_error().unwrap_or(0),
        }
    };
    let writes = matches!(access, Access::ReadWrite | Access::Create);
    let file = OpenOptions::new()
        .read(true)
        .write(writes)
        .create(access == Access::Create)
        .truncate(access == Access::Create)
        .open(path)
        .map_err(io("cannot open"))?;
    let wanted = offset.checked_add(len as u64).ok_or_else(|| too_short(path, 0, offset, len))?;
    let size = file.metadata().map_err(io("cannot look at"))?.len();
    if size < wanted {
        if !writes {
            return Err(too_short(path, size, offset, len));
        }
        file.set_len(wanted).map_err(io("cannot extend"))?;
    }
    if len == 0 {
        return Err(Error::Value(format!("cannot map 0 bytes of {}", path.display())));
    }
    let (data, mapping) = open(&file, offset, len, access).map_err(io("cannot map"))?;
    let data = NonNull::new(data).ok_or_else(|| Error::Runtime("a mapping at address 0".into()))?;
    // SAFETY: the mapping covers `len` bytes from `data` on until it is dropped, by the owner. That another process
    // does not shorten the file meanwhile is the user's part of the bargain, as with every memory map.
    Ok(unsafe { Memory::owned_by(data, len, access != Access::Read, mapping) })
}

fn too_short(path: &Path, size: u64, offset: u64, len: usize) -> Error {
    Error::Value(format!(
        "mmap length is greater than file size: {len} bytes from {offset} on of {} with {size} bytes",
        path.display()
    ))
}

fn open(file: &File, offset: u64, len: usize, access: Access) -> std::io::Result<(*mut u8, Mapping)> {
    let mut options = MmapOptions::new();
    options.offset(offset).len(len);
    // SAFETY: the file is long enough; see `map` for changes from outside.
    unsafe {
        match access {
            Access::Read => {
                let mapping = options.map(file)?;
                Ok((mapping.as_ptr().cast_mut(), Mapping::Read(mapping)))
            }
            Access::ReadWrite | Access::Create => shared(options.map_mut(file)?),
            Access::CopyOnWrite => shared(options.map_copy(file)?),
        }
    }
}

fn shared(mut mapping: MmapMut) -> std::io::Result<(*mut u8, Mapping)> {
    Ok((mapping.as_mut_ptr(), Mapping::Shared(mapping)))
}

/// Writes changes of a mapping made by [`map`] out to its file; nothing to do for other memory.
///
/// # Errors
/// `Io` from the system.
pub fn flush(memory: &Memory) -> Result<()> {
    match memory.owner().downcast_ref::<Mapping>() {
        Some(Mapping::Shared(mapping)) => mapping.flush().map_err(|e| Error::Io {
            message: format!("cannot write a mapping out: {e}"),
            errno: e.raw_os_error().unwrap_or(0),
        }),
        Some(Mapping::Read(_)) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn created_changed_and_read() {
        let path = std::env::temp_dir().join(format!("sharray-mapped-{}", std::process::id()));
        let memory = map(&path, 3, 5, Access::Create).unwrap();
        // SAFETY: five writable bytes.
        unsafe { std::slice::from_raw_parts_mut(memory.data(), 5) }.copy_from_slice(b"hello");
        flush(&memory).unwrap();
        drop(memory);
        assert_eq!(std::fs::read(&path).unwrap(), b"\0\0\0hello");
        let memory = map(&path, 4, 3, Access::CopyOnWrite).unwrap();
        // SAFETY: three writable bytes.
        unsafe { *memory.data() = b'x' };
        assert_eq!(std::fs::read(&path).unwrap(), b"\0\0\0hello");
        let error = map(&path, 4, 9, Access::Read).unwrap_err();
        assert!(matches!(&error, Error::Value(m) if m.starts_with("mmap length is greater than file size")));
        assert!(!map(&path, 4, 3, Access::Read).unwrap().is_writable());
        std::fs::remove_file(&path).unwrap();
    }
}
