//! Casts among points and spans of time, and between them and numbers, which are their ticks.

use half::f16;
use sharray_base::dtype::Unit;
use sharray_base::fp_status;
use sharray_base::{DType, Error, Kind, Result, TypeNum};

use super::convert::{Convert, Trouble};
use super::extended::F80;
use super::runs::Runs;
use super::transfer::{Move, Step, with_orders};
use crate::copy::Mover;
use crate::datetime::NAT;
use crate::datetime::factor::{Conversion, conversion};

pub(super) fn is_time(dtype: &DType) -> bool {
    matches!(dtype.kind(), Kind::Datetime | Kind::Timedelta)
}

/// Between two time dtypes. A point becomes a span, or a span a point, with the same ticks.
pub(super) fn resolve(from: &DType, to: &DType) -> Result<Step> {
    let specific = |d: &DType| d.time_unit().unit != Unit::Generic;
    if from.kind() == to.kind() && specific(from) && !specific(to) {
        return Err(Error::Value(
            "Cannot convert from specific units to generic units in NumPy datetimes or timedeltas".into(),
        ));
    }
    let conversion = if from.kind() == to.kind() {
        conversion(from.time_unit(), to.time_unit(), from.kind() == Kind::Datetime)?
    } else {
        Conversion::Same
    };
    let step = match conversion {
        Conversion::Same => Step::Copy { size: 8 },
        other => Step::Other(Box::new(Rescale(other))),
    };
    Ok(with_orders(from, to, step))
}

struct Rescale(Conversion);

impl Move for Rescale {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        runs.each(|src, dst| {
            // SAFETY: both are times of the runs, eight bytes each, at any alignment.
            unsafe {
                let ticks = src.cast::<i64>().read_unaligned();
                dst.cast::<i64>().write_unaligned(self.0.apply(ticks)?);
            }
            Ok(())
        })
    }
}

/// The loop from a real float type to ticks: NaN is NaT, and nothing to warn of.
pub(super) fn from_float(num: TypeNum) -> Option<Mover> {
    match (num.kind(), num.row().itemsize) {
        _ if num.is_small_float() => None,
        (Kind::Float, 2) => Some(ticks::<f16>),
        (Kind::Float, 4) => Some(ticks::<f32>),
        (Kind::Float, 8) => Some(ticks::<f64>),
        (Kind::Float, _) => Some(ticks::<F80>),
        _ => None,
    }
}

/// # Safety
/// As for [`Mover`], from `S` to `i64`.
unsafe fn ticks<S: Convert<i64> + PartialEq>(
    src: *const u8,
    src_stride: isize,
    dst: *mut u8,
    dst_stride: isize,
    n: usize,
) {
    let before = fp_status::read();
    let mut trouble = Trouble::default();
    for i in 0..n as isize {
        // SAFETY: elements of the runs, at any alignment.
        unsafe {
            let value = src.offset(i * src_stride).cast::<S>().read_unaligned();
            #[expect(clippy::eq_op, reason = "only NaN is not itself")]
            let ticks = if value != value { NAT } else { value.convert(&mut trouble) };
            dst.offset(i * dst_stride).cast::<i64>().write_unaligned(ticks);
        }
    }
    // Comparing may have set flags of the hardware.
    fp_status::clear();
    fp_status::raise(before | trouble.status());
}
