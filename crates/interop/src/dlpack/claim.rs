//! What a foreign struct says of its memory, checked before anything looks there.
//!
//! Checked: version, device, number of axes, element type, extents, strides, and that all elements lie within the address
//! space. Not to be checked from here: that the memory is as large as it is said to be, and that the pointers to extents
//! and strides lead to `ndim` numbers; there the protocol must be trusted.

use sharray_base::error::shape_text;
use sharray_base::{DType, Dims, Error, MAX_NDIM, Result, layout};

use super::abi::{MAJOR, MINOR, Tensor, Version};
use super::code;

/// Memory as a foreign tensor describes it: fit for a view, as far as that can be told (V1, V2).
#[derive(Clone, Debug)]
pub struct Claim {
    /// The elements' dtype.
    pub dtype: DType,
    /// The first element; null only where there is none.
    pub data: *mut u8,
    /// Extents.
    pub shape: Dims,
    /// Strides in bytes.
    pub strides: Dims,
}

/// Refuses structs of a version whose layout is not known.
///
/// # Errors
/// `Buffer` for any other major version than 1.
pub fn check_version(version: Version) -> Result<()> {
    if version.major == MAJOR {
        return Ok(());
    }
    Err(Error::Buffer(format!(
        "the DLPack struct is of version {}.{}, and the versions known here are {MAJOR}.x: ask the producer for one by \
         max_version=({MAJOR}, {MINOR})",
        version.major, version.minor
    )))
}

/// Reads a tensor.
///
/// # Errors
/// `Runtime` for a device that the host can't read, and for dtypes and numbers of axes that no array has; `Value` for
/// extents that no array has; `Buffer` for null pointers where there should be memory, and for memory that wraps around.
///
/// # Safety
/// `tensor` points to a tensor, of any alignment; its `shape` and `strides`, unless null, to `ndim` numbers each.
pub unsafe fn read(tensor: *const Tensor) -> Result<Claim> {
    // SAFETY: by the contract. Foreign memory need not be aligned.
    let tensor = unsafe { tensor.read_unaligned() };
    check_device(&tensor)?;
    if tensor.ndim < 0 || tensor.ndim as usize > MAX_NDIM {
        return Err(Error::Runtime(format!(
            "the DLPack tensor has {} dimensions: an array has from 0 to {MAX_NDIM}",
            tensor.ndim
        )));
    }
    let dtype = code::read(tensor.dtype)?;
    let itemsize = dtype.itemsize();
    // SAFETY: by the contract.
    let shape = unsafe { numbers(tensor.shape, tensor.ndim) };
    let shape = shape.ok_or_else(|| {
        Error::Buffer(format!(
            "the DLPack tensor has {} dimensions, and a null pointer as its shape",
            tensor.ndim
        ))
    })?;
    let len = layout::checked_len(&shape, itemsize)?;
    // SAFETY: by the contract.
    let strides = match unsafe { numbers(tensor.strides, tensor.ndim) } {
        Some(elements) => in_bytes(&shape, &elements, itemsize)?,
        None => layout::c_strides(&shape, itemsize),
    };
    let data = locate(&tensor, len, &shape, &strides, itemsize)?;
    Ok(Claim { dtype, data, shape, strides })
}

fn check_device(tensor: &Tensor) -> Result<()> {
    let device = tensor.device;
    if device.is_readable() {
        return Ok(());
    }
    let place = match device.name() {
        Some(name) => format!("on device {} of kind {name} ({})", device.number, device.kind),
        None => {
            format!("on a device of a kind that DLPack does not define ({}, {})", device.kind, device.number)
        }
    };
    Err(Error::Runtime(format!(
        "unsupported device in the DLPack tensor: its data lie {place}, where the host can't read them. Bring them to the \
         host first: torch x.cpu(), CuPy x.get(), JAX jax.device_get(x); or ask the producer to do so by \
         from_dlpack(x, device=\"cpu\")"
    )))
}

/// `count` numbers, or `None` for a null pointer where there should be some.
///
/// # Safety
/// `first` is null or points to `count` numbers, of any alignment.
unsafe fn numbers(first: *const i64, count: i32) -> Option<Dims> {
    if count == 0 {
        return Some(Dims::new());
    }
    if first.is_null() {
        return None;
    }
    let mut list = Dims::from_elem(0, count as usize);
    // SAFETY: by the contract; bytes are copied, of which the list has as many.
    unsafe {
        let bytes = count as usize * size_of::<i64>();
        std::ptr::copy_nonoverlapping(first.cast::<u8>(), list.as_mut_ptr().cast(), bytes);
    }
    Some(list)
}

/// Strides in bytes, each of which leads along its whole axis without wrapping around.
fn in_bytes(shape: &[isize], strides: &[isize], itemsize: usize) -> Result<Dims> {
    let mut list = Dims::from_slice(strides);
    for (extent, stride) in shape.iter().zip(list.iter_mut()) {
        *stride = match stride.checked_mul(itemsize as isize) {
            Some(bytes) if bytes.checked_mul((*extent).max(1)).is_some() => bytes,
            // Along an axis of no second element strides mean nothing (L3).
            None if *extent <= 1 => itemsize as isize,
            _ => {
                return Err(Error::Buffer(format!(
                    "the DLPack tensor's strides {} lead out of the address space, with shape {} and elements of {itemsize} \
                     bytes",
                    shape_text(strides),
                    shape_text(shape)
                )));
            }
        };
    }
    Ok(list)
}

/// Address of the first element, from which all others are within the address space.
fn locate(
    tensor: &Tensor,
    len: usize,
    shape: &[isize],
    strides: &[isize],
    itemsize: usize,
) -> Result<*mut u8> {
    if tensor.data.is_null() {
        if len == 0 {
            return Ok(std::ptr::null_mut());
        }
        return Err(Error::Buffer(format!(
            "the DLPack tensor's data pointer is null, and its shape {} has {len} elements",
            shape_text(shape)
        )));
    }
    let wild = || {
        Error::Buffer(format!(
            "the DLPack tensor leaves the address space: data at {:#x}, byte_offset {}, shape {}, strides of {} bytes",
            tensor.data.addr(),
            tensor.byte_offset,
            shape_text(shape),
            shape_text(strides)
        ))
    };
    let offset = isize::try_from(tensor.byte_offset).map_err(|_| wild())?;
    let first = tensor.data.addr().checked_add(offset as usize).ok_or_else(wild)?;
    let (low, high) = reach(shape, strides, itemsize).ok_or_else(wild)?;
    let inside = first.checked_sub(low).is_some() && first.checked_add(high).is_some();
    if !inside || low.checked_add(high).is_none_or(|all| isize::try_from(all).is_err()) {
        return Err(wild());
    }
    Ok(tensor.data.cast::<u8>().wrapping_offset(offset))
}

/// How many bytes before and behind the first element's address the elements lie.
fn reach(shape: &[isize], strides: &[isize], itemsize: usize) -> Option<(usize, usize)> {
    if shape.contains(&0) {
        return Some((0, 0));
    }
    let (mut low, mut high) = (0usize, itemsize);
    for (extent, stride) in shape.iter().zip(strides) {
        let far = (extent - 1).checked_mul(*stride)?;
        let side = if far < 0 { &mut low } else { &mut high };
        *side = side.checked_add(far.unsigned_abs())?;
    }
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::super::abi::{DataType, Device};
    use super::*;

    struct Told {
        data: usize,
        device: (i32, i32),
        ndim: i32,
        shape: Option<Vec<i64>>,
        strides: Option<Vec<i64>>,
        byte_offset: u64,
    }

    fn honest() -> Told {
        let (shape, strides) = (Some(vec![2, 3]), None);
        Told { data: 0x1000, device: (1, 0), ndim: 2, shape, strides, byte_offset: 0 }
    }

    fn check(mut told: Told) -> Result<Claim> {
        let pointer =
            |list: &mut Option<Vec<i64>>| list.as_mut().map_or(std::ptr::null_mut(), |l| l.as_mut_ptr());
        let tensor = Tensor {
            data: told.data as *mut _,
            device: Device { kind: told.device.0, number: told.device.1 },
            ndim: told.ndim,
            dtype: DataType { code: 2, bits: 64, lanes: 1 },
            shape: pointer(&mut told.shape),
            strides: pointer(&mut told.strides),
            byte_offset: told.byte_offset,
        };
        // SAFETY: the lists are as long as `ndim` says, where `ndim` is not the lie.
        unsafe { read(&raw const tensor) }
    }

    #[test]
    fn honest_tensors() {
        let claim = check(honest()).unwrap();
        assert_eq!((&claim.shape[..], &claim.strides[..]), (&[2, 3][..], &[24, 8][..]));
        let claim = check(Told { strides: Some(vec![-1, 2]), byte_offset: 16, ..honest() }).unwrap();
        assert_eq!((claim.data.addr(), &claim.strides[..]), (0x1010, &[-8, 16][..]));
        let claim = check(Told { ndim: 0, shape: None, ..honest() }).unwrap();
        assert!(claim.shape.is_empty());
        assert!(check(Told { data: 0, shape: Some(vec![2, 0]), ..honest() }).unwrap().data.is_null());
        let far = Some(vec![i64::MAX, 1]);
        assert_eq!(check(Told { shape: Some(vec![1, 3]), strides: far, ..honest() }).unwrap().strides[1], 8);
    }

    #[test]
    fn lies_are_named() {
        let max = i64::MAX;
        let cases: [(Told, &str); 15] = [
            (Told { device: (2, 3), ..honest() }, "CUDA"),
            (Told { device: (77, 5), ..honest() }, "(77, 5)"),
            (Told { ndim: -1, ..honest() }, "-1"),
            (Told { ndim: 65, ..honest() }, "65"),
            (Told { ndim: i32::MAX, ..honest() }, "2147483647"),
            (Told { shape: None, ..honest() }, "null"),
            (Told { data: 0, ..honest() }, "null"),
            (Told { shape: Some(vec![-2, 3]), ..honest() }, "-2"),
            (Told { shape: Some(vec![max, 3]), ..honest() }, "9223372036854775807"),
            (Told { shape: Some(vec![1 << 40, 1 << 40]), ..honest() }, "1099511627776"),
            (Told { strides: Some(vec![max, 1]), ..honest() }, "9223372036854775807"),
            (Told { strides: Some(vec![i64::MIN, 1]), ..honest() }, "-9223372036854775808"),
            (Told { strides: Some(vec![-(1 << 40), 1]), ..honest() }, "strides"),
            (Told { byte_offset: u64::MAX, ..honest() }, "18446744073709551615"),
            (Told { data: usize::MAX - 8, ..honest() }, "address space"),
        ];
        for (told, word) in cases {
            let text = check(told).unwrap_err().to_string();
            assert!(text.contains(word), "{text}");
        }
    }

    #[test]
    fn versions() {
        assert!(check_version(Version { major: 1, minor: 99 }).is_ok());
        for major in [0, 2, u32::MAX] {
            let text = check_version(Version { major, minor: 7 }).unwrap_err().to_string();
            assert!(text.contains(&format!("{major}.7")), "{text}");
        }
    }
}
