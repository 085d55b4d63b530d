//! A managed struct of ours, on memory that somebody keeps until the deleter is called.

use std::ffi::c_void;

use sharray_base::Dims;

use super::abi::{DataType, Device, MAJOR, MINOR, Managed, ManagedVersioned, Tensor, Version};

/// Lets go of what keeps the memory. It is called once, from any thread, and must not unwind.
pub type Release = unsafe extern "C" fn(*mut c_void);

/// What is offered, and what keeps it.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// The first element.
    pub data: *mut u8,
    /// The elements' type.
    pub dtype: DataType,
    /// Bytes of an element.
    pub itemsize: usize,
    /// Extents.
    pub shape: &'a [isize],
    /// Strides in bytes; see [`Offer::is_expressible`].
    pub strides: &'a [isize],
    /// Given to `release`.
    pub context: *mut c_void,
    /// Called by the struct's deleter.
    pub release: Release,
}

/// A managed struct, and behind it what it points to. Never moved.
#[repr(C)]
struct Block<M> {
    managed: M,
    context: *mut c_void,
    release: Release,
    /// Extents, then strides in elements.
    dims: Dims,
}

impl Offer<'_> {
    /// Whether every stride that means something is a whole number of elements.
    pub fn is_expressible(&self) -> bool {
        let whole = |stride: &isize| stride.unsigned_abs().is_multiple_of(self.itemsize.max(1));
        self.shape.contains(&0) || self.shape.iter().zip(self.strides).all(|(n, s)| *n == 1 || whole(s))
    }

    /// The versioned struct, of minor version `minor` at most. The deleter frees it.
    pub fn versioned(&self, minor: u32, flags: u64) -> *mut ManagedVersioned {
        let version = Version { major: MAJOR, minor: minor.min(MINOR) };
        let (context, tensor) = (self.context, self.tensor());
        let managed = ManagedVersioned { version, context, deleter: Some(delete), flags, tensor };
        let block = self.block(managed);
        // SAFETY: made just now; the dims stay where they are from here on.
        unsafe { point(&mut (*block).managed.tensor, &mut (*block).dims) };
        block.cast()
    }

    /// The legacy struct. The deleter frees it.
    pub fn legacy(&self) -> *mut Managed {
        let managed = Managed { tensor: self.tensor(), context: self.context, deleter: Some(delete) };
        let block = self.block(managed);
        // SAFETY: as in `versioned`.
        unsafe { point(&mut (*block).managed.tensor, &mut (*block).dims) };
        block.cast()
    }

    fn tensor(&self) -> Tensor {
        let (shape, strides) = (std::ptr::null_mut(), std::ptr::null_mut());
        let (data, ndim) = (self.data.cast(), self.shape.len() as i32);
        Tensor { data, device: Device::HOST, ndim, dtype: self.dtype, shape, strides, byte_offset: 0 }
    }

    fn block<M>(&self, managed: M) -> *mut Block<M> {
        let itemsize = self.itemsize.max(1) as isize;
        let mut dims = Dims::from_slice(self.shape);
        self.strides.iter().for_each(|stride| dims.push(stride / itemsize));
        Box::into_raw(Box::new(Block { managed, context: self.context, release: self.release, dims }))
    }
}

/// Points a tensor to its extents and strides; a tensor of no axes has none.
fn point(tensor: &mut Tensor, dims: &mut Dims) {
    let count = dims.len() / 2;
    if count != 0 {
        let (shape, strides) = dims.split_at_mut(count);
        tensor.shape = shape.as_mut_ptr().cast();
        tensor.strides = strides.as_mut_ptr().cast();
    }
}

/// The deleter of both kinds.
///
/// # Safety
/// `managed` comes from [`Offer`], and this is the only call for it.
unsafe extern "C" fn delete<M>(managed: *mut M) {
    // SAFETY: the managed struct is the block's first field (`repr(C)`); by the contract the block is alive.
    let block = unsafe { Box::from_raw(managed.cast::<Block<M>>()) };
    let (context, release) = (block.context, block.release);
    drop(block);
    // SAFETY: called once, by the contract.
    unsafe { release(context) };
}

#[cfg(test)]
mod tests {
    use super::super::taken::Taken;
    use super::super::{abi, claim, code};
    use super::*;
    use sharray_base::{DType, TypeNum};
    use std::sync::atomic::{AtomicUsize, Ordering};

    unsafe extern "C" fn count(context: *mut c_void) {
        // SAFETY: the tests' counters outlive their structs.
        unsafe { (*context.cast::<AtomicUsize>()).fetch_add(1, Ordering::Relaxed) };
    }

    fn offer<'a>(
        data: &mut [f64],
        shape: &'a [isize],
        strides: &'a [isize],
        counter: &AtomicUsize,
    ) -> Offer<'a> {
        let dtype = code::write(&DType::of(TypeNum::Double)).unwrap();
        let context = std::ptr::from_ref(counter).cast_mut().cast();
        Offer { data: data.as_mut_ptr().cast(), dtype, itemsize: 8, shape, strides, context, release: count }
    }

    #[test]
    fn given_and_read_back() {
        let counter = AtomicUsize::new(0);
        let mut data = [0.0; 12];
        let many = [1; 40];
        for (shape, strides) in [(&[3, 4][..], &[8, 24][..]), (&[], &[]), (&many, &[8; 40])] {
            let offer = offer(&mut data, shape, strides, &counter);
            let versioned = offer.versioned(0, abi::READ_ONLY);
            let legacy = offer.legacy();
            // SAFETY: fresh structs of ours, each taken once.
            unsafe {
                assert_eq!((*versioned).version, Version { major: 1, minor: 0 });
                assert_eq!((*versioned).flags, abi::READ_ONLY);
                for tensor in [&raw const (*versioned).tensor, &raw const (*legacy).tensor] {
                    let claim = claim::read(tensor).unwrap();
                    assert_eq!((&claim.shape[..], &claim.strides[..]), (shape, strides));
                    assert_eq!(claim.data, offer.data);
                }
                let before = counter.load(Ordering::Relaxed);
                let taken = (Taken::versioned(versioned), Taken::legacy(legacy));
                assert_eq!(counter.load(Ordering::Relaxed), before);
                drop(taken);
                assert_eq!(counter.load(Ordering::Relaxed), before + 2);
            }
        }
    }

    #[test]
    fn strides_are_whole_elements() {
        let counter = AtomicUsize::new(0);
        let mut data = [0.0; 12];
        let cases: [(&[isize], &[isize], bool); 5] = [
            (&[3], &[8], true),
            (&[3], &[-16], true),
            (&[3], &[5], false),
            (&[1], &[5], true),
            (&[0, 3], &[5, 5], true),
        ];
        for (shape, strides, expected) in cases {
            assert_eq!(
                offer(&mut data, shape, strides, &counter).is_expressible(),
                expected,
                "{shape:?} {strides:?}"
            );
        }
    }
}
