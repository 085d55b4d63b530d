//! When an element of one dtype can be looked at as one of another where it lies, and how many bytes further on. A
//! cast between such dtypes moves no data.

use super::cast_rules::{Casting, level, time_level};
use super::kind::Kind;
use super::value::DType;

/// Bytes from the start of an element of `from` to the element of `to` that it holds; `None` where a cast must move
/// or change data. Never negative where a structure is looked into, so that a view stays within the element.
pub fn view_offset(from: &DType, to: &DType) -> Option<isize> {
    if from.as_structure().is_some() || to.as_structure().is_some() {
        return structures(from, to);
    }
    if from.as_subarray().is_some() || to.as_subarray().is_some() {
        return subarrays(from, to);
    }
    let fits = match (from.kind(), to.kind()) {
        (Kind::Object, Kind::Object) => true,
        (Kind::Object, _) | (_, Kind::Object) => false,
        (Kind::Datetime, Kind::Datetime) | (Kind::Timedelta, Kind::Timedelta) => {
            from.order() == to.order() && keeps_ticks(from, to)
        }
        (Kind::Bytes, Kind::Bytes) | (Kind::Unicode, Kind::Unicode) => {
            from.order() == to.order() && to.itemsize() <= from.itemsize()
        }
        (_, Kind::Void) => to.itemsize() <= from.itemsize(),
        _ => level(from, to) == Some(Casting::No),
    };
    fits.then_some(0)
}

/// Equal units, or no unit on the left: the same number of ticks on both sides.
fn keeps_ticks(from: &DType, to: &DType) -> bool {
    let unit_given = from.time_unit() == super::time_unit::TimeUnit::GENERIC;
    unit_given || time_level(from, to) == Casting::No
}

fn subarrays(from: &DType, to: &DType) -> Option<isize> {
    let single = |d: &DType| d.as_subarray().is_some_and(|s| s.shape.iter().all(|&n| n == 1));
    match (from.as_subarray(), to.as_subarray()) {
        (Some(a), Some(b)) if a.shape == b.shape => view_offset(&a.base, &b.base),
        (Some(a), None) if single(from) => view_offset(&a.base, to),
        (None, Some(b)) if single(to) => view_offset(from, &b.base),
        _ => None,
    }
}

fn structures(from: &DType, to: &DType) -> Option<isize> {
    match (from.as_structure(), to.as_structure()) {
        (Some(a), Some(b)) => {
            if a.fields.len() != b.fields.len() || to.itemsize() > from.itemsize() {
                return None;
            }
            let mut shift = None;
            for (x, y) in a.fields.iter().zip(&b.fields) {
                let own = x.offset as isize - y.offset as isize + view_offset(&x.dtype, &y.dtype)?;
                if *shift.get_or_insert(own) != own {
                    return None;
                }
            }
            Some(shift.unwrap_or(0))
        }
        (Some(a), None) if to.kind() == Kind::Void && to.as_subarray().is_none() && to.itemsize() == 0 => {
            let _ = a;
            Some(0)
        }
        (Some(a), None) => match a.fields.as_slice() {
            [only] => Some(only.offset as isize + view_offset(&only.dtype, to)?),
            _ => None,
        },
        (None, Some(b)) => match b.fields.as_slice() {
            [only] if only.offset == 0 && from.kind() != Kind::Void => view_offset(from, &only.dtype),
            _ => None,
        },
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtype::parse::parse;

    #[test]
    fn offsets() {
        for (from, to, expected) in [
            ("i4", "i4", Some(0)),
            ("l", "q", Some(0)),
            ("i4", ">i4", None),
            ("i4", "u4", None),
            ("M8", "M8[ms]", Some(0)),
            ("M8[ms]", "M8", None),
            ("M8[1000ms]", "M8[s]", Some(0)),
            ("U3", "U2", Some(0)),
            ("U2", "U3", None),
            ("S3", "U3", None),
            ("i4", "V3", Some(0)),
            ("i4", "V5", None),
            ("V4", "i4", None),
            ("O", "V8", None),
            ("i4", "(1,1)i4", Some(0)),
            ("(2,1)i4", "(2,1)i4", Some(0)),
            ("(2,)i4", "i4", None),
            ("i4,f4", "i4,f4", Some(0)),
            ("i4,f4", "i4,f8", None),
            ("i4,i4", "i4,i4,i4", None),
        ] {
            assert_eq!(view_offset(&parse(from).unwrap(), &parse(to).unwrap()), expected, "{from} {to}");
        }
    }
}
