//! Casts among points and spans of time, and between them and numbers, which are their ticks.

use sharray_base::dtype::Unit;
use sharray_base::{DType, Error, Kind, Result};

use super::transfer::{Move, Step, with_orders};
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
        other => Step::Other(Box::new(Convert(other))),
    };
    Ok(with_orders(from, to, step))
}

struct Convert(Conversion);

impl Move for Convert {
    unsafe fn run(
        &self,
        src: *const u8,
        src_stride: isize,
        dst: *mut u8,
        dst_stride: isize,
        n: usize,
    ) -> Result<()> {
        for i in 0..n as isize {
            // SAFETY: both are times of the runs, eight bytes each, at any alignment.
            unsafe {
                let ticks = src.offset(i * src_stride).cast::<i64>().read_unaligned();
                dst.offset(i * dst_stride).cast::<i64>().write_unaligned(self.0.apply(ticks)?);
            }
        }
        Ok(())
    }
}
