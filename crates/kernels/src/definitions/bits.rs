//! Bits and logic.

use super::build::*;
use crate::isa::shell::unary;
use crate::table::{Identity, Rule};
use crate::{bits, logic};

/// Lists the ufuncs of this chapter.
pub fn define(list: &mut List) {
    bitwise(list);
    logical(list);
    classes(list);
}

fn bitwise(list: &mut List) {
    list.ufunc("bitwise_and", (2, 1), (Identity::MinusOne, Rule::Standard), |u| {
        truth!(u, "xx->x", QUIET, same, bits::And);
        ints!(u, "xx->x", QUIET, same, bits::And);
    });
    list.ufunc("bitwise_or", (2, 1), (Identity::Zero, Rule::Standard), |u| {
        truth!(u, "xx->x", QUIET, same, bits::Or);
        ints!(u, "xx->x", QUIET, same, bits::Or);
    });
    list.ufunc("bitwise_xor", (2, 1), (Identity::Zero, Rule::Standard), |u| {
        truth!(u, "xx->x", QUIET, same, bits::Xor);
        ints!(u, "xx->x", QUIET, same, bits::Xor);
    });
    list.ufunc("invert", (1, 1), (Identity::None, Rule::Standard), |u| {
        truth!(u, "x->x", QUIET, unary, bits::Invert);
        ints!(u, "x->x", QUIET, unary, bits::Invert);
    });
    list.ufunc("left_shift", (2, 1), (Identity::None, Rule::Standard), |u| {
        ints!(u, "xx->x", QUIET, same, bits::LeftShift);
    });
    list.ufunc("right_shift", (2, 1), (Identity::None, Rule::Standard), |u| {
        ints!(u, "xx->x", QUIET, same, bits::RightShift);
    });
    list.ufunc("bitwise_count", (1, 1), (Identity::None, Rule::Standard), |u| {
        ints!(u, "x->B", QUIET, unary, bits::Count);
    });
}

/// Every type that has a truth value.
macro_rules! truthy {
    ($u:expr, $pattern:literal, $shape:path, $op:ty) => {
        truth!($u, $pattern, QUIET, $shape, $op);
        ints!($u, $pattern, QUIET, $shape, $op);
        floats!($u, $pattern, QUIET, $shape, $op);
        complexes!($u, $pattern, QUIET, $shape, $op);
    };
}

fn logical(list: &mut List) {
    list.ufunc("logical_and", (2, 1), (Identity::One, Rule::Logical), |u| {
        truthy!(u, "xx->?", same, logic::And);
    });
    list.folds_rows();
    list.ufunc("logical_or", (2, 1), (Identity::Zero, Rule::Logical), |u| {
        truthy!(u, "xx->?", same, logic::Or);
    });
    list.folds_rows();
    list.ufunc("logical_xor", (2, 1), (Identity::Zero, Rule::Logical), |u| {
        truthy!(u, "xx->?", same, logic::Xor);
    });
    list.ufunc("logical_not", (1, 1), (Identity::None, Rule::Logical), |u| {
        truthy!(u, "x->?", unary, logic::Not);
    });
}

/// A question about numbers and times.
macro_rules! question {
    ($list:expr, $name:literal, $op:ty $(, $of_text:expr)?) => {
        $list.ufunc($name, (1, 1), (Identity::None, Rule::Classify), |u| {
            truthy!(u, "x->?", unary, $op);
            spans!(u, "x->?", QUIET, unary, $op);
            points!(u, "x->?", QUIET, unary, $op);
            $($of_text(u);)?
        })
    };
}

fn classes(list: &mut List) {
    question!(list, "isnan", logic::IsNan, super::text::is_nan);
    question!(list, "isinf", logic::IsInf);
    question!(list, "isfinite", logic::IsFinite);
    list.ufunc("isnat", (1, 1), (Identity::None, Rule::Classify), |u| {
        points!(u, "x->?", QUIET, unary, logic::IsNat);
        spans!(u, "x->?", QUIET, unary, logic::IsNat);
    });
    list.ufunc("signbit", (1, 1), (Identity::None, Rule::Standard), |u| {
        floats!(u, "x->?", QUIET, unary, logic::SignBit);
    });
}
