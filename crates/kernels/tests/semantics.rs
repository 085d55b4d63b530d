//! What the operations mean, in cases written out by hand: division by zero, overflow, signs of zero, NaN, not-a-time.

mod common;

use common::levels;
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::{TypeNum, fault};
use sharray_kernels::definitions::find;
use sharray_kernels::element::{Complex, Element, Time};

/// A Rust type with its type number.
trait Typed: Element + PartialEq + std::fmt::Debug {
    const NUM: TypeNum;
}
macro_rules! typed {
    ($($type:ty = $num:ident)*) => { $(impl Typed for $type { const NUM: TypeNum = TypeNum::$num; })* };
}
typed!(i8 = Byte u8 = UByte i32 = Int i64 = Long u64 = ULong f32 = Float f64 = Double Complex<f64> = CDouble);

#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(transparent)]
struct Truth(u8);
impl Element for Truth {}
typed!(Truth = Bool);
typed!(Time = Timedelta);

/// Runs the loop of these types on one pair of operands, at every level.
fn check<A: Typed, B: Typed, R: Typed>(name: &str, a: A, b: B, expected: R, flags: FpStatus) {
    let types = [A::NUM, B::NUM, R::NUM];
    let same = |x: &TypeNum, y: &TypeNum| x.canonical() == y.canonical();
    let matches = |e: &&sharray_kernels::table::Entry| e.types.iter().zip(&types).all(|(x, y)| same(x, y));
    let entry =
        find(name).unwrap().entries.iter().find(matches).unwrap_or_else(|| panic!("{name} {types:?}"));
    for level in levels() {
        let mut result = expected;
        let pointers =
            [(&raw const a).cast_mut().cast(), (&raw const b).cast_mut().cast(), (&raw mut result).cast()];
        let raised = common::call(entry, level, &pointers, 1, &[0, 0, 0]);
        // NaN equals nothing, so NaNs are compared as text.
        let equal = result == expected || format!("{result:?}") == format!("{expected:?}");
        assert!(equal, "{name}({a:?}, {b:?}) at {level:?}: {result:?}, not {expected:?}");
        assert_eq!(raised, flags, "{name}({a:?}, {b:?}) at {level:?}");
    }
}

const NONE: FpStatus = FpStatus::empty();
const ZERO: FpStatus = FpStatus::DIVIDE_BY_ZERO;

#[test]
fn integers() {
    check("add", 127i8, 1i8, -128i8, NONE);
    check("subtract", 0u8, 1u8, 255u8, NONE);
    check("floor_divide", -7i32, 2i32, -4i32, NONE);
    check("floor_divide", 7i64, -2i64, -4i64, NONE);
    check("floor_divide", 7i32, 0i32, 0i32, ZERO);
    check("floor_divide", i64::MIN, -1i64, i64::MIN, FpStatus::OVERFLOW);
    check("remainder", -7i32, 3i32, 2i32, NONE);
    check("remainder", 7i32, -3i32, -2i32, NONE);
    check("remainder", 7u64, 0u64, 0u64, ZERO);
    check("fmod", -7i32, 3i32, -1i32, NONE);
    check("power", 3i64, 13i64, 1594323i64, NONE);
    check("power", 2u8, 8u8, 0u8, NONE);
    check("left_shift", 1i32, 32i32, 0i32, NONE);
    check("left_shift", 1u8, 7u8, 128u8, NONE);
    check("right_shift", -5i64, 64i64, -1i64, NONE);
    check("right_shift", 5i64, -1i64, 0i64, NONE);
    check("gcd", -12i32, 18i32, 6i32, NONE);
    check("gcd", i8::MIN, i8::MIN, i8::MIN, NONE);
    check("lcm", 4i64, -6i64, 12i64, NONE);
    check("less", -1i64, 0u64, Truth(1), NONE);
    check("greater_equal", u64::MAX, -1i64, Truth(1), NONE);
    check("equal", -1i64, u64::MAX, Truth(0), NONE);
}

#[test]
fn negative_powers_leave_a_fault() {
    let entry = find("power").unwrap().entries.iter().find(|e| e.types[0] == TypeNum::Long).unwrap();
    let (a, b, mut r) = (2i64, -1i64, 0i64);
    let pointers =
        [(&raw const a).cast_mut().cast(), (&raw const b).cast_mut().cast(), (&raw mut r).cast::<u8>()];
    // SAFETY: three operands of one element.
    unsafe { entry.active()(pointers.as_ptr(), [1].as_ptr(), [8, 8, 8].as_ptr(), std::ptr::null_mut()) };
    let error = fault::take().unwrap_err().to_string();
    assert!(error.contains("negative integer powers"), "{error}");
    fp_status::clear();
}

#[test]
fn floats() {
    let (nan, inf) = (f64::NAN, f64::INFINITY);
    check("divide", 1.0, 0.0, inf, ZERO);
    check("divide", 0.0, 0.0, nan, FpStatus::INVALID);
    check("floor_divide", -7.0, 2.0, -4.0, NONE);
    check("floor_divide", 1.0, 0.0, inf, ZERO);
    check("floor_divide", -0.0, 3.0, -0.0, NONE);
    check("remainder", -1.0, inf, inf, NONE);
    check("remainder", 5.0, -3.0, -1.0, NONE);
    check("remainder", -0.0, 3.0, 0.0, NONE);
    check("remainder", 1.0, 0.0, nan, FpStatus::INVALID);
    check("maximum", 1.0, nan, nan, NONE);
    check("maximum", nan, 1.0, nan, NONE);
    check("fmax", nan, 1.0, 1.0, NONE);
    check("fmin", 2.0, nan, 2.0, NONE);
    check("less", nan, 1.0, Truth(0), NONE);
    check("not_equal", nan, nan, Truth(1), NONE);
    check("copysign", 3.0, -0.0, -3.0, NONE);
    check("heaviside", 0.0, 0.5, 0.5, NONE);
    check("logaddexp", -inf, -inf, -inf, NONE);
    check("multiply", 1e200, 1e200, inf, FpStatus::OVERFLOW);
    check("add", inf, -inf, nan, FpStatus::INVALID);
    check("multiply", 1e-200f64, 1e-200f64, 0.0, FpStatus::UNDERFLOW);
    check("add", 16777216f32, 1f32, 16777216f32, NONE);
}

#[test]
fn complex_numbers() {
    let c = Complex::<f64>::new;
    check("multiply", c(1.0, 2.0), c(3.0, 4.0), c(-5.0, 10.0), NONE);
    check("divide", c(-5.0, 10.0), c(3.0, 4.0), c(1.0, 2.0), NONE);
    check("power", c(1.0, 1.0), c(2.0, 0.0), c(0.0, 2.0), NONE);
    check("power", c(0.0, 0.0), c(0.0, 0.0), c(1.0, 0.0), NONE);
    check("less", c(1.0, 2.0), c(1.0, 3.0), Truth(1), NONE);
    check("maximum", c(1.0, f64::NAN), c(5.0, 0.0), c(1.0, f64::NAN), NONE);
}

#[test]
fn times() {
    let t = Time;
    check("add", t(5), Time::NAT, Time::NAT, NONE);
    check("multiply", t(5), 3i64, t(15), NONE);
    check("multiply", t(5), 0.5f64, t(2), NONE);
    check("divide", t(7), t(2), 3.5f64, NONE);
    check("divide", t(7), 0i64, Time::NAT, ZERO);
    check("floor_divide", t(-7), t(2), -4i64, NONE);
    check("remainder", t(-7), t(2), t(1), NONE);
    check("remainder", t(7), t(0), Time::NAT, ZERO);
    check("equal", Time::NAT, Time::NAT, Truth(0), NONE);
    check("not_equal", Time::NAT, t(1), Truth(1), NONE);
    check("less", Time::NAT, t(1), Truth(0), NONE);
    check("maximum", t(1), Time::NAT, Time::NAT, NONE);
    check("fmax", t(1), Time::NAT, t(1), NONE);
}
