//! Addition to division, signs, extremes.

use super::build::*;
use crate::arith::divisors::{Gcd, Lcm};
use crate::arith::*;
use crate::element::{Time, Truth};
use crate::extended::{Extended, loops};
use crate::isa::ordinary;
use crate::isa::shell::{binary, binary_pair, ternary, unary};
use crate::math::kernels::root::Magnitude;
use crate::math::kernels::{power, root};
use crate::math::vector;
use crate::table::{Identity, Rule};

/// Lists the ufuncs of this chapter.
pub fn define(list: &mut List) {
    sums(list);
    quotients(list);
    signs(list);
    extremes(list);
}

fn sums(list: &mut List) {
    list.ufunc("add", (2, 1), (Identity::Zero, Rule::TimeArithmetic), |u| {
        truth!(u, "xx->x", QUIET, same, Add);
        ints!(u, "xx->x", QUIET, same, Add);
        native!(u, "xx->x", RAISES_WHOLE, same, Add);
        u.put("gg->g", every_level(loops::add), RAISES_WHOLE);
        complexes!(u, "xx->x", RAISES_WHOLE, same, Add);
        u.put("Mm->M", same::<Add, Time>(), QUIET);
        u.put("mm->m", same::<Add, Time>(), QUIET);
        u.put("mM->M", same::<Add, Time>(), QUIET);
        super::text::add(u);
    });
    list.folds_rows();
    list.ufunc("subtract", (2, 1), (Identity::None, Rule::TimeArithmetic), |u| {
        ints!(u, "xx->x", QUIET, same, Subtract);
        native!(u, "xx->x", RAISES, same, Subtract);
        u.put("gg->g", every_level(loops::subtract), RAISES);
        complexes!(u, "xx->x", RAISES, same, Subtract);
        u.put("Mm->M", same::<Subtract, Time>(), QUIET);
        u.put("mm->m", same::<Subtract, Time>(), QUIET);
        u.put("MM->m", same::<Subtract, Time>(), QUIET);
    });
    list.ufunc("multiply", (2, 1), (Identity::One, Rule::TimeArithmetic), |u| {
        truth!(u, "xx->x", QUIET, same, Multiply);
        ints!(u, "xx->x", QUIET, same, Multiply);
        native!(u, "xx->x", RAISES, same, Multiply);
        u.put("gg->g", every_level(loops::multiply), RAISES);
        complexes!(u, "xx->x", RAISES, same, Multiply);
        u.put("mq->m", binary::<Multiply, Time, i64>(), QUIET);
        u.put("qm->m", binary::<Multiply, i64, Time>(), QUIET);
        u.put("md->m", binary::<Multiply, Time, f64>(), RAISES);
        u.put("dm->m", binary::<Multiply, f64, Time>(), RAISES);
        super::text::multiply(u);
    });
    list.folds_rows();
}

fn quotients(list: &mut List) {
    list.ufunc("divide", (2, 1), (Identity::None, Rule::TrueDivide), |u| {
        native!(u, "xx->x", RAISES, same, Divide);
        u.put("gg->g", every_level(loops::divide), RAISES);
        complexes!(u, "xx->x", RAISES, same, Divide);
        u.put("mq->m", binary::<Divide, Time, i64>(), RAISES);
        u.put("md->m", binary::<Divide, Time, f64>(), RAISES);
        u.put("mm->d", binary::<Divide, Time, Time>(), RAISES);
    });
    list.ufunc("floor_divide", (2, 1), (Identity::None, Rule::TimeArithmetic), |u| {
        ints!(u, "xx->x", RAISES, ordinary::same, FloorDivide);
        u.put("ee->e", same::<FloorDivide, half::f16>(), RAISES);
        ordinary_floats!(u, "xx->x", RAISES, ordinary::same, FloorDivide);
        u.put("gg->g", same::<FloorDivide, Extended>(), RAISES);
        u.put("mq->m", binary::<FloorDivide, Time, i64>(), RAISES);
        u.put("md->m", binary::<FloorDivide, Time, f64>(), RAISES);
        u.put("mm->q", binary::<FloorDivide, Time, Time>(), RAISES);
    });
    list.ufunc("remainder", (2, 1), (Identity::None, Rule::TimeArithmetic), |u| {
        ints!(u, "xx->x", RAISES, ordinary::same, Remainder);
        u.put("ee->e", same::<Remainder, half::f16>(), RAISES);
        ordinary_floats!(u, "xx->x", RAISES, ordinary::same, Remainder);
        u.put("gg->g", same::<Remainder, Extended>(), RAISES);
        u.put("mm->m", binary::<Remainder, Time, Time>(), RAISES);
    });
    list.ufunc("fmod", (2, 1), (Identity::None, Rule::Standard), |u| {
        ints!(u, "xx->x", RAISES, ordinary::same, Fmod);
        u.put("ee->e", same::<Fmod, half::f16>(), RAISES);
        ordinary_floats!(u, "xx->x", RAISES, ordinary::same, Fmod);
        u.put("gg->g", same::<Fmod, Extended>(), RAISES);
    });
    list.ufunc("divmod", (2, 2), (Identity::None, Rule::TimeArithmetic), |u| {
        ints!(u, "xx->xx", RAISES, binary_pair, Divmod);
        floats!(u, "xx->xx", RAISES, binary_pair, Divmod);
        u.put("mm->qm", binary_pair::<Divmod, Time>(), RAISES);
    });
    list.ufunc("power", (2, 1), (Identity::None, Rule::Standard), |u| {
        ints!(u, "xx->x", FAILS, ordinary::same, Power);
        u.put("ee->e", same::<Power, half::f16>(), RAISES);
        u.put("ff->f", vector::loops::<power::PowerSingle>(), RAISES);
        u.put("dd->d", vector::loops::<power::Power>(), RAISES);
        u.put("gg->g", same::<Power, Extended>(), RAISES);
        complexes!(u, "xx->x", RAISES, same, Power);
    });
    list.ufunc("float_power", (2, 1), (Identity::None, Rule::Standard), |u| {
        u.put("dd->d", vector::loops::<power::Power>(), RAISES);
        u.put("gg->g", same::<Power, Extended>(), RAISES);
        complex_doubles!(u, "xx->x", RAISES, same, Power);
    });
    list.ufunc("reciprocal", (1, 1), (Identity::None, Rule::Standard), |u| {
        ints!(u, "x->x", RAISES, unary, Reciprocal);
        floats!(u, "x->x", RAISES, unary, Reciprocal);
        complexes!(u, "x->x", RAISES, unary, Reciprocal);
    });
    list.ufunc("gcd", (2, 1), (Identity::Zero, Rule::Standard), |u| ints!(u, "xx->x", QUIET, same, Gcd));
    list.ufunc("lcm", (2, 1), (Identity::None, Rule::Standard), |u| ints!(u, "xx->x", QUIET, same, Lcm));
}

fn signs(list: &mut List) {
    list.ufunc("negative", (1, 1), (Identity::None, Rule::SimpleUnary), |u| {
        ints!(u, "x->x", QUIET, unary, Negative);
        floats!(u, "x->x", QUIET, unary, Negative);
        spans!(u, "x->x", QUIET, unary, Negative);
        complexes!(u, "x->x", QUIET, unary, Negative);
    });
    list.ufunc("positive", (1, 1), (Identity::None, Rule::SimpleUnary), |u| {
        ints!(u, "x->x", QUIET, unary, Positive);
        floats!(u, "x->x", QUIET, unary, Positive);
        spans!(u, "x->x", QUIET, unary, Positive);
        complexes!(u, "x->x", QUIET, unary, Positive);
    });
    list.ufunc("absolute", (1, 1), (Identity::None, Rule::SimpleUnary), |u| {
        truth!(u, "x->x", QUIET, unary, Absolute);
        ints!(u, "x->x", QUIET, unary, Absolute);
        floats!(u, "x->x", QUIET, unary, Absolute);
        spans!(u, "x->x", QUIET, unary, Absolute);
        u.put("F->f", vector::loops::<Magnitude<root::HypotSingle>>(), RAISES);
        u.put("D->d", vector::loops::<Magnitude<root::Hypot>>(), RAISES);
        u.put("G->g", unary::<Absolute, crate::element::Complex<crate::extended::Extended>>(), RAISES);
    });
    list.ufunc("sign", (1, 1), (Identity::None, Rule::SimpleUnary), |u| {
        ints!(u, "x->x", QUIET, unary, Sign);
        floats!(u, "x->x", QUIET, unary, Sign);
        complexes!(u, "x->x", QUIET, unary, Sign);
        spans!(u, "x->x", QUIET, unary, Sign);
    });
    for name in ["conjugate", "square", "_ones_like"] {
        list.ufunc(name, (1, 1), (Identity::None, Rule::Standard), |u| match name {
            "conjugate" => {
                ints!(u, "x->x", QUIET, unary, Conjugate);
                floats!(u, "x->x", QUIET, unary, Conjugate);
                complexes!(u, "x->x", QUIET, unary, Conjugate);
            }
            "square" => {
                ints!(u, "x->x", QUIET, unary, Square);
                floats!(u, "x->x", RAISES, unary, Square);
                complexes!(u, "x->x", RAISES, unary, Square);
            }
            _ => {
                truth!(u, "x->x", QUIET, unary, OnesLike);
                ints!(u, "x->x", QUIET, unary, OnesLike);
                floats!(u, "x->x", QUIET, unary, OnesLike);
                complexes!(u, "x->x", QUIET, unary, OnesLike);
                spans!(u, "x->x", QUIET, unary, OnesLike);
                points!(u, "x->x", QUIET, unary, OnesLike);
            }
        });
    }
}

/// The extremes of one kind: every type, times last.
macro_rules! extreme {
    ($list:expr, $name:literal, $op:ty, $of_text:expr) => {
        $list.ufunc($name, (2, 1), (Identity::Reorderable, Rule::TimeArithmetic), |u| {
            truth!(u, "xx->x", QUIET, same, $op);
            ints!(u, "xx->x", QUIET, same, $op);
            floats!(u, "xx->x", QUIET, same, $op);
            complexes!(u, "xx->x", QUIET, same, $op);
            spans!(u, "xx->x", QUIET, same, $op);
            points!(u, "xx->x", QUIET, same, $op);
            $of_text(u);
        })
    };
}

/// Of integers and bools the extremes that ignore NaN are the plain ones.
macro_rules! ignoring_extreme {
    ($list:expr, $name:literal, $op:ty, $plain:ty) => {
        $list.ufunc($name, (2, 1), (Identity::Reorderable, Rule::TimeArithmetic), |u| {
            u.put("??->?", same::<$plain, Truth>(), QUIET);
            ints!(u, "xx->x", QUIET, same, $plain);
            floats!(u, "xx->x", QUIET, same, $op);
            complexes!(u, "xx->x", QUIET, same, $op);
            spans!(u, "xx->x", QUIET, same, $op);
            points!(u, "xx->x", QUIET, same, $op);
        })
    };
}

fn extremes(list: &mut List) {
    extreme!(list, "maximum", Maximum, super::text::extremum::<true>);
    list.folds_rows();
    extreme!(list, "minimum", Minimum, super::text::extremum::<false>);
    list.folds_rows();
    ignoring_extreme!(list, "fmax", Fmax, Maximum);
    list.folds_rows();
    ignoring_extreme!(list, "fmin", Fmin, Minimum);
    list.folds_rows();
    list.ufunc("clip", (3, 1), (Identity::None, Rule::TimeArithmetic), |u| {
        truth!(u, "xxx->x", QUIET, ternary, Clip);
        ints!(u, "xxx->x", QUIET, ternary, Clip);
        floats!(u, "xxx->x", QUIET, ternary, Clip);
        complexes!(u, "xxx->x", QUIET, ternary, Clip);
        spans!(u, "xxx->x", QUIET, ternary, Clip);
        points!(u, "xxx->x", QUIET, ternary, Clip);
    });
}
