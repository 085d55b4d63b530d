//! Which elements count as true, as a mask: the kernels' [`TruthLane`] element by element, with the common dtypes spelled
//! out.

use sharray_base::{DType, Kind, Result, TypeNum, View};
use sharray_kernels::search::TruthLane;

use crate::scratch::Scratch;
use crate::walk::walk;

/// A truth test resolved for one dtype.
enum Truth {
    /// Any byte other than 0, in either byte order.
    Bytes(usize),
    /// A native `double`.
    Double,
    /// A native `float`.
    Single,
    /// Anything else.
    Other(TruthLane),
}

impl Truth {
    fn new(dtype: &DType) -> Truth {
        let whole =
            matches!(dtype.kind(), Kind::Bool | Kind::Int | Kind::UInt | Kind::Datetime | Kind::Timedelta);
        match dtype.num() {
            TypeNum::Double if dtype.is_native() => Truth::Double,
            TypeNum::Float if dtype.is_native() => Truth::Single,
            _ if whole => Truth::Bytes(dtype.itemsize()),
            _ => Truth::Other(TruthLane::new(dtype)),
        }
    }

    /// Writes the truth of `n` elements as bools, densely.
    ///
    /// # Safety
    /// The elements are readable and of the dtype the test was made for; `out` has room for `n` bytes. For objects the
    /// GIL is held.
    unsafe fn run(&self, data: *const u8, step: isize, n: usize, out: *mut u8) -> Result<()> {
        // SAFETY: handed on from the caller; every address is that of an element.
        unsafe {
            match self {
                Truth::Bytes(1) => each(data, step, n, out, |p| *p != 0),
                Truth::Bytes(2) => each(data, step, n, out, |p| p.cast::<u16>().read_unaligned() != 0),
                Truth::Bytes(4) => each(data, step, n, out, |p| p.cast::<u32>().read_unaligned() != 0),
                Truth::Bytes(_) => each(data, step, n, out, |p| p.cast::<u64>().read_unaligned() != 0),
                Truth::Double => each(data, step, n, out, |p| p.cast::<f64>().read_unaligned() != 0.0),
                Truth::Single => each(data, step, n, out, |p| p.cast::<f32>().read_unaligned() != 0.0),
                Truth::Other(lane) => {
                    for i in 0..n {
                        *out.add(i) = lane.of(data.offset(i as isize * step))? as u8;
                    }
                }
            }
        }
        Ok(())
    }
}

/// # Safety
/// `test` may read at each of the `n` addresses; `out` has room for `n` bytes.
#[inline(always)]
unsafe fn each(data: *const u8, step: isize, n: usize, out: *mut u8, test: impl Fn(*const u8) -> bool) {
    for i in 0..n {
        // SAFETY: by this function's contract.
        unsafe { *out.add(i) = test(data.offset(i as isize * step)) as u8 };
    }
}

/// The truth of every element, as a bool array in C order.
pub(crate) fn truth_mask(source: View<'_>) -> Result<Scratch> {
    let mask = Scratch::new(&DType::of(TypeNum::Bool), source.shape())?;
    let truth = Truth::new(source.dtype());
    let target = mask.view();
    let operands = [(source.data(), source.strides()), (target.data(), target.strides())];
    // SAFETY: runs of the source's elements; the mask has a byte for each, and is dense.
    walk(source.shape(), &operands, &mut |p, s, n| unsafe { truth.run(p[0], s[0], n, p[1]) })?;
    Ok(mask)
}
