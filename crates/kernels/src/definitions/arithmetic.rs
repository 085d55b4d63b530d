//! Addition to division, signs, extremes.

use super::build::*;
use crate::arith::*;
use crate::table::{Identity, Rule};

/// Lists the ufuncs of this chapter.
pub fn define(list: &mut List) {
    list.ufunc("add", (2, 1), (Identity::Zero, Rule::TimeArithmetic), |u| {
        truth!(u, "xx->x", QUIET, same, Add);
        ints!(u, "xx->x", QUIET, same, Add);
        floats!(u, "xx->x", RAISES, same, Add);
        complexes!(u, "xx->x", RAISES, same, Add);
    });
    list.ufunc("subtract", (2, 1), (Identity::None, Rule::TimeArithmetic), |u| {
        ints!(u, "xx->x", QUIET, same, Subtract);
        floats!(u, "xx->x", RAISES, same, Subtract);
        complexes!(u, "xx->x", RAISES, same, Subtract);
    });
    list.ufunc("multiply", (2, 1), (Identity::One, Rule::TimeArithmetic), |u| {
        truth!(u, "xx->x", QUIET, same, Multiply);
        ints!(u, "xx->x", QUIET, same, Multiply);
        floats!(u, "xx->x", RAISES, same, Multiply);
        complexes!(u, "xx->x", RAISES, same, Multiply);
    });
    list.ufunc("divide", (2, 1), (Identity::None, Rule::TrueDivide), |u| {
        floats!(u, "xx->x", RAISES, same, Divide);
        complexes!(u, "xx->x", RAISES, same, Divide);
    });
}
