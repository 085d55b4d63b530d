//! The six comparisons.

use super::build::*;
use crate::compare::*;
use crate::isa::shell::{Binary, binary};
use crate::loop_abi::LoopFlags;
use crate::table::{Identity, Rule};

/// Lists the ufuncs of this chapter.
pub fn define(list: &mut List) {
    compare::<Greater>(list, "greater");
    compare::<GreaterEqual>(list, "greater_equal");
    compare::<Less>(list, "less");
    compare::<LessEqual>(list, "less_equal");
    compare::<Equal>(list, "equal");
    compare::<NotEqual>(list, "not_equal");
}

/// What every comparison compares.
trait Comparison:
    Binary<crate::element::Truth>
    + Binary<i8>
    + Binary<u8>
    + Binary<i16>
    + Binary<u16>
    + Binary<i32>
    + Binary<u32>
    + Binary<i64>
    + Binary<u64>
    + Binary<i64, u64>
    + Binary<u64, i64>
    + Binary<half::f16>
    + Binary<f32>
    + Binary<f64>
    + Binary<crate::extended::Extended>
    + Binary<crate::element::Complex<f32>>
    + Binary<crate::element::Complex<f64>>
    + Binary<crate::element::Complex<crate::extended::Extended>>
    + Binary<crate::element::Time>
{
}
macro_rules! comparisons {
    ($($name:ident)*) => { $(impl Comparison for $name {})* };
}
comparisons!(Greater GreaterEqual Less LessEqual Equal NotEqual);

fn compare<O: Comparison>(list: &mut List, name: &'static str) {
    list.ufunc(name, (2, 1), (Identity::None, Rule::Comparison), |u| {
        truth!(u, "xx->?", QUIET, same, O);
        ints!(u, "xx->?", QUIET, same, O);
        u.put("qQ->?", binary::<O, i64, u64>(), QUIET);
        u.put("Qq->?", binary::<O, u64, i64>(), QUIET);
        floats!(u, "xx->?", QUIET, same, O);
        complexes!(u, "xx->?", QUIET, same, O);
        points!(u, "xx->?", QUIET, same, O);
        spans!(u, "xx->?", QUIET, same, O);
        if let Some(text) = text::text_loops(name) {
            let flags = QUIET.union(LoopFlags::WANTS_CONTEXT);
            u.put("SS->?", every_level(text.bytes), flags);
            u.put("UU->?", every_level(text.unicode), flags);
            let reads = LoopFlags::NO_FP_STATUS | LoopFlags::FALLIBLE | LoopFlags::WANTS_CONTEXT;
            u.put("TT->?", every_level(text.variable), reads);
            text.void.inspect(|code| u.put("VV->?", every_level(*code), flags));
        }
    });
}
