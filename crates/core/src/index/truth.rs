//! Which elements count as true: numbers other than 0, text and bytes with any character, structures with any true
//! field, objects by their own truth.

use sharray_base::{DType, Kind, Result, TypeNum, View};
use sharray_kernels::cast::Transfer;
use sharray_kernels::object::hooks;

use crate::scratch::Scratch;
use crate::walk::walk;

/// A truth test resolved for one dtype.
pub(crate) enum Truth {
    /// Any byte other than 0, in either byte order.
    Bytes(usize),
    /// A native `double`.
    Double,
    /// A native `float`.
    Single,
    /// The cast to bool.
    Cast(Transfer),
    /// An object's truth.
    Object,
    /// Any of these parts at these offsets.
    Any(Vec<(usize, Truth)>),
}

impl Truth {
    /// The test for `dtype`.
    pub(crate) fn new(dtype: &DType) -> Result<Truth> {
        if let Some(structure) = dtype.as_structure() {
            let parts = structure.fields.iter().map(|f| Ok((f.offset, Truth::new(&f.dtype)?)));
            return Ok(Truth::Any(parts.collect::<Result<_>>()?));
        }
        if let Some(subarray) = dtype.as_subarray() {
            let size = subarray.base.itemsize().max(1);
            let parts = (0..dtype.itemsize() / size).map(|i| Ok((i * size, Truth::new(&subarray.base)?)));
            return Ok(Truth::Any(parts.collect::<Result<_>>()?));
        }
        Ok(match (dtype.num(), dtype.kind()) {
            (TypeNum::Double, _) if dtype.is_native() => Truth::Double,
            (TypeNum::Float, _) if dtype.is_native() => Truth::Single,
            (_, Kind::Float | Kind::Complex) => {
                Truth::Cast(Transfer::new(dtype, &DType::of(TypeNum::Bool), false)?)
            }
            (_, Kind::Object) => Truth::Object,
            _ => Truth::Bytes(dtype.itemsize()),
        })
    }

    /// Writes the truth of `n` elements as bools, densely.
    ///
    /// # Safety
    /// The elements are readable and of the dtype the test was made for; `out` has room for `n` bytes. For objects the
    /// GIL is held.
    pub(crate) unsafe fn run(&self, data: *const u8, step: isize, n: usize, out: *mut u8) -> Result<()> {
        // SAFETY: handed on from the caller; every address is that of an element or a part of it.
        unsafe {
            match self {
                Truth::Bytes(1) => each(data, step, n, out, |p| *p != 0),
                Truth::Bytes(4) => each(data, step, n, out, |p| p.cast::<u32>().read_unaligned() != 0),
                Truth::Bytes(8) => each(data, step, n, out, |p| p.cast::<u64>().read_unaligned() != 0),
                Truth::Bytes(size) => {
                    each(data, step, n, out, |p| {
                        std::slice::from_raw_parts(p, *size).iter().any(|&b| b != 0)
                    });
                }
                Truth::Double => each(data, step, n, out, |p| p.cast::<f64>().read_unaligned() != 0.0),
                Truth::Single => each(data, step, n, out, |p| p.cast::<f32>().read_unaligned() != 0.0),
                Truth::Cast(transfer) => return transfer.run(data, step, out, 1, n),
                Truth::Object => {
                    let truth = hooks()?.truth;
                    for i in 0..n {
                        let object =
                            data.offset(i as isize * step).cast::<*mut std::ffi::c_void>().read_unaligned();
                        *out.add(i) = (!object.is_null() && truth(object)?) as u8;
                    }
                }
                Truth::Any(parts) => {
                    for i in 0..n {
                        let element = data.offset(i as isize * step);
                        let mut any = 0u8;
                        for (offset, part) in parts {
                            part.run(element.add(*offset), 0, 1, &mut any)?;
                            if any != 0 {
                                break;
                            }
                        }
                        *out.add(i) = any;
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
    let truth = Truth::new(source.dtype())?;
    let target = mask.view();
    let operands = [(source.data(), source.strides()), (target.data(), target.strides())];
    // SAFETY: runs of the source's elements; the mask has a byte for each, and is dense.
    walk(source.shape(), &operands, &mut |p, s, n| unsafe { truth.run(p[0], s[0], n, p[1]) })?;
    Ok(mask)
}
