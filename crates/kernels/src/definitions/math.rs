//! Mathematical functions and rounding.

use super::build::*;
use crate::arith::{Absolute, Positive};
use crate::element::{Complex, Truth};
use crate::extended::Extended;
use crate::isa::shell::{binary, unary, unary_pair};
use crate::math::kernels::{angle, complex, exp, hyperbolic, log, root, sums, trig};
use crate::math::real::*;
use crate::math::vector;
use crate::table::{Identity, Rule};

/// Functions of a real and a complex variable.
macro_rules! analytic {
    ($list:expr; $($name:literal $op:ty;)*) => { $(
        $list.ufunc($name, (1, 1), (Identity::None, Rule::Standard), |u| {
            floats!(u, "x->x", RAISES, unary, $op);
            complexes!(u, "x->x", RAISES, unary, $op);
        });
    )* };
}

/// The real loops of a function whose single and double precision are vectorised.
macro_rules! vectorised_floats {
    ($u:ident, $op:ty, $single:ty, $double:ty) => {
        $u.put("e->e", unary::<$op, half::f16>(), RAISES);
        $u.put("f->f", vector::loops::<$single>(), RAISES);
        $u.put("d->d", vector::loops::<$double>(), RAISES);
        $u.put("g->g", unary::<$op, Extended>(), RAISES);
    };
}

/// Functions whose single and double precision are vectorised: the plain operation, then the two kernels.
macro_rules! vectorised {
    ($list:expr; $($name:literal $op:ty, $single:ty, $double:ty;)*) => { $(
        $list.ufunc($name, (1, 1), (Identity::None, Rule::Standard), |u| {
            vectorised_floats!(u, $op, $single, $double);
            complexes!(u, "x->x", RAISES, unary, $op);
        });
    )* };
}

/// Functions of one real variable.
macro_rules! real {
    ($list:expr; $($name:literal $flags:ident $op:ty;)*) => { $(
        $list.ufunc($name, (1, 1), (Identity::None, Rule::Standard), |u| floats!(u, "x->x", $flags, unary, $op));
    )* };
}

/// Functions of two real variables.
macro_rules! real_two {
    ($list:expr; $($name:literal $identity:ident $flags:ident $op:ty;)*) => { $(
        $list.ufunc($name, (2, 1), (Identity::$identity, Rule::Standard), |u| floats!(u, "xx->x", $flags, same, $op));
    )* };
}

/// Functions of two real variables whose single and double precision are vectorised.
macro_rules! vectorised_two {
    ($list:expr; $($name:literal $identity:ident $op:ty, $single:ty, $double:ty;)*) => { $(
        $list.ufunc($name, (2, 1), (Identity::$identity, Rule::Standard), |u| {
            u.put("ee->e", same::<$op, half::f16>(), RAISES);
            u.put("ff->f", vector::loops::<$single>(), RAISES);
            u.put("dd->d", vector::loops::<$double>(), RAISES);
            u.put("gg->g", same::<$op, Extended>(), RAISES);
        });
    )* };
}

/// Rounding leaves integers and bools alone.
macro_rules! rounding {
    ($list:expr; $($name:literal $op:ty;)*) => { $(
        $list.ufunc($name, (1, 1), (Identity::None, Rule::Standard), |u| {
            u.put("?->?", unary::<Absolute, Truth>(), QUIET);
            ints!(u, "x->x", QUIET, unary, Positive);
            floats!(u, "x->x", QUIET, unary, $op);
        });
    )* };
}

/// Lists the ufuncs of this chapter.
pub fn define(list: &mut List) {
    analytic! { list;
        "sqrt" Sqrt; "rint" Rint;
    }
    vectorised! { list;
        "exp2" Exp2, exp::Exp2Single, exp::Exp2;
        "expm1" Expm1, exp::Expm1Single, exp::Expm1; "tanh" Tanh, hyperbolic::TanhSingle, hyperbolic::Tanh;
        "sinh" Sinh, hyperbolic::SinhSingle, hyperbolic::Sinh; "cosh" Cosh, hyperbolic::CoshSingle, hyperbolic::Cosh;
        "arcsinh" Arcsinh, hyperbolic::ArcsinhSingle, hyperbolic::Arcsinh;
        "arccosh" Arccosh, hyperbolic::ArccoshSingle, hyperbolic::Arccosh;
        "arctanh" Arctanh, hyperbolic::ArctanhSingle, hyperbolic::Arctanh;
        "log" Log, log::LogSingle, log::Log; "log2" Log2, log::Log2Single, log::Log2;
        "log10" Log10, log::Log10Single, log::Log10; "log1p" Log1p, log::Log1pSingle, log::Log1p;
        "sin" Sin, trig::SinSingle, trig::Sin; "cos" Cos, trig::CosSingle, trig::Cos;
        "tan" Tan, trig::TanSingle, trig::Tan; "arcsin" Arcsin, angle::ArcsinSingle, angle::Arcsin;
        "arccos" Arccos, angle::ArccosSingle, angle::Arccos; "arctan" Arctan, angle::ArctanSingle, angle::Arctan;
    }
    list.ufunc("exp", (1, 1), (Identity::None, Rule::Standard), |u| {
        vectorised_floats!(u, Exp, exp::ExpSingle, exp::Exp);
        u.put("F->F", vector::loops::<complex::ExpSingle>(), RAISES);
        u.put("D->D", vector::loops::<complex::Exp>(), RAISES);
        u.put("G->G", unary::<Exp, Complex<Extended>>(), RAISES);
    });
    list.ufunc("cbrt", (1, 1), (Identity::None, Rule::Standard), |u| {
        vectorised_floats!(u, Cbrt, root::CbrtSingle, root::Cbrt);
    });
    real! { list;
        "fabs" QUIET Fabs; "degrees" RAISES Degrees; "rad2deg" RAISES Degrees;
        "radians" RAISES Radians; "deg2rad" RAISES Radians;
    }
    real_two! { list;
        "copysign" None QUIET Copysign;
        "heaviside" None QUIET Heaviside;
    }
    vectorised_two! { list;
        "arctan2" None Arctan2, angle::Arctan2Single, angle::Arctan2;
        "hypot" Zero Hypot, root::HypotSingle, root::Hypot;
        "logaddexp" MinusInfinity Logaddexp, sums::LogaddexpSingle, sums::Logaddexp;
        "logaddexp2" MinusInfinity Logaddexp2, sums::Logaddexp2Single, sums::Logaddexp2;
    }
    neighbours(list);
    rounding! { list; "floor" Floor; "ceil" Ceil; "trunc" Trunc; }
    parts(list);
}

/// What small floats can't leave to single precision, whose neighbours are others.
fn neighbours(list: &mut List) {
    use crate::small_float::{BFloat16, Float8E4M3FN, Float8E5M2, next_loop, spacing_loop};
    list.ufunc("nextafter", (2, 1), (Identity::None, Rule::Standard), |u| {
        floats!(u, "xx->x", RAISES, same, Nextafter);
        u.put("EE->E", every_level(next_loop::<BFloat16>), RAISES);
        u.put("44->4", every_level(next_loop::<Float8E4M3FN>), RAISES);
        u.put("55->5", every_level(next_loop::<Float8E5M2>), RAISES);
    });
    list.ufunc("spacing", (1, 1), (Identity::None, Rule::Standard), |u| {
        floats!(u, "x->x", RAISES, unary, Spacing);
        u.put("E->E", every_level(spacing_loop::<BFloat16>), RAISES);
        u.put("4->4", every_level(spacing_loop::<Float8E4M3FN>), RAISES);
        u.put("5->5", every_level(spacing_loop::<Float8E5M2>), RAISES);
    });
}

fn parts(list: &mut List) {
    list.ufunc("modf", (1, 2), (Identity::None, Rule::Standard), |u| {
        floats!(u, "x->xx", RAISES, unary_pair, Modf)
    });
    list.ufunc("frexp", (1, 2), (Identity::None, Rule::Standard), |u| {
        floats!(u, "x->xi", RAISES, unary_pair, Frexp)
    });
    list.ufunc("ldexp", (2, 1), (Identity::None, Rule::Standard), |u| {
        u.put("ei->e", binary::<Ldexp, half::f16, i32>(), RAISES);
        u.put("fi->f", binary::<Ldexp, f32, i32>(), RAISES);
        u.put("el->e", binary::<Ldexp, half::f16, i64>(), RAISES);
        u.put("fl->f", binary::<Ldexp, f32, i64>(), RAISES);
        u.put("di->d", binary::<Ldexp, f64, i32>(), RAISES);
        u.put("dl->d", binary::<Ldexp, f64, i64>(), RAISES);
        u.put("gi->g", binary::<Ldexp, Extended, i32>(), RAISES);
        u.put("gl->g", binary::<Ldexp, Extended, i64>(), RAISES);
    });
}
