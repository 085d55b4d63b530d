//! Arithmetic of scalars. Operands that are NumPy numbers or Python numbers are computed here, with NEP 50's weak Python
//! numbers and the floating-point flags reported; everything else goes to the ufunc of the operation.

use std::ffi::c_int;
use std::hint::black_box;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt, PyTuple};
use sharray_base::dtype::promote::promote_numbers;
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::{Kind, TypeNum};
use sharray_kernels::arith::float::divmod;
use sharray_kernels::search::TruthLane;
use sharray_kernels::small_float;

use super::element::{self, from_native, value};
use super::{direct, engine, store, types};
use crate::gate;
use crate::object::number;

type Object<'py> = Bound<'py, PyAny>;

/// The binary operators of Python that scalars take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Op {
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Remainder,
    DivMod,
    Power,
    LeftShift,
    RightShift,
    And,
    Or,
    Xor,
}

impl Op {
    /// The ufunc of this operation.
    fn ufunc(self) -> &'static str {
        match self {
            Op::Add => "add",
            Op::Subtract => "subtract",
            Op::Multiply => "multiply",
            Op::Divide => "divide",
            Op::FloorDivide => "floor_divide",
            Op::Remainder => "remainder",
            Op::DivMod => "divmod",
            Op::Power => "power",
            Op::LeftShift => "left_shift",
            Op::RightShift => "right_shift",
            Op::And => "bitwise_and",
            Op::Or => "bitwise_or",
            Op::Xor => "bitwise_xor",
        }
    }
    /// The same operator of arrays.
    fn array_op(self) -> number::Op {
        match self {
            Op::Add => number::Op::Add,
            Op::Subtract => number::Op::Subtract,
            Op::Multiply => number::Op::Multiply,
            Op::Divide => number::Op::TrueDivide,
            Op::FloorDivide => number::Op::FloorDivide,
            Op::Remainder => number::Op::Remainder,
            Op::DivMod => number::Op::Divmod,
            Op::Power => number::Op::Power,
            Op::LeftShift => number::Op::LeftShift,
            Op::RightShift => number::Op::RightShift,
            Op::And => number::Op::BitwiseAnd,
            Op::Or => number::Op::BitwiseOr,
            Op::Xor => number::Op::BitwiseXor,
        }
    }
    fn is_bitwise(self) -> bool {
        matches!(self, Op::LeftShift | Op::RightShift | Op::And | Op::Or | Op::Xor)
    }
}

/// What an operand is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Operand {
    /// A NumPy scalar or Python bool.
    Strong(TypeNum),
    /// A Python `int`.
    WeakInt,
    /// A Python `float`.
    WeakFloat,
    /// A Python `complex`.
    WeakComplex,
    /// Anything else.
    Other,
}

#[inline]
pub(super) fn classify(object: *mut ffi::PyObject) -> Operand {
    // SAFETY: a live object has a class; the named types are immortal.
    unsafe {
        let class = ffi::Py_TYPE(object);
        if let Some(num) = types::exact_number(class) {
            return Operand::Strong(num);
        }
        if class == &raw mut ffi::PyLong_Type {
            return Operand::WeakInt;
        }
        if class == &raw mut ffi::PyFloat_Type {
            return Operand::WeakFloat;
        }
        if class == &raw mut ffi::PyBool_Type {
            return Operand::Strong(TypeNum::Bool);
        }
        if class == &raw mut ffi::PyComplex_Type {
            return Operand::WeakComplex;
        }
    }
    Operand::Other
}

/// The type both operands are computed in; `None` where the ufunc must decide.
fn common(a: Operand, b: Operand) -> Option<TypeNum> {
    use Operand::*;
    match (a, b) {
        // Two types of the same values: the first operand's.
        (Strong(x), Strong(y)) if x.canonical() == y.canonical() => Some(x),
        (Strong(x), Strong(y)) => promote_numbers(x, y),
        (Strong(x), weak) | (weak, Strong(x)) => match (x.kind(), weak) {
            (Kind::Int | Kind::UInt | Kind::Float | Kind::Complex, WeakInt) => Some(x),
            (Kind::Bool, WeakInt) => Some(sharray_base::dtype::parse::POINTER_INT),
            (Kind::Float | Kind::Complex, WeakFloat) => Some(x),
            (Kind::Bool | Kind::Int | Kind::UInt, WeakFloat) => Some(TypeNum::Double),
            _ => None,
        },
        _ => None,
    }
}

/// A bool or integer operand.
///
/// # Safety
/// `object` is classified as `operand`.
pub(super) unsafe fn read_int(object: *mut ffi::PyObject, num: TypeNum) -> i128 {
    // SAFETY: by the contract; Python's bools are told apart by their class.
    unsafe {
        match num {
            TypeNum::Bool if ffi::PyBool_Check(object) != 0 => i128::from(object == ffi::Py_True()),
            TypeNum::Bool => i128::from(value::<u8>(object) != 0),
            TypeNum::Byte => i128::from(value::<i8>(object)),
            TypeNum::UByte => i128::from(value::<u8>(object)),
            TypeNum::Short => i128::from(value::<i16>(object)),
            TypeNum::UShort => i128::from(value::<u16>(object)),
            TypeNum::Int => i128::from(value::<i32>(object)),
            TypeNum::UInt => i128::from(value::<u32>(object)),
            TypeNum::Long => i128::from(value::<std::ffi::c_long>(object)),
            TypeNum::ULong => i128::from(value::<std::ffi::c_ulong>(object)),
            TypeNum::LongLong => i128::from(value::<i64>(object)),
            _ => i128::from(value::<u64>(object)),
        }
    }
}

/// A real operand as a double. Exact but for 64-bit integers, which round as a cast does.
///
/// # Safety
/// `object` is classified as `operand`.
pub(super) unsafe fn read_real(
    py: Python<'_>,
    object: *mut ffi::PyObject,
    operand: Operand,
) -> PyResult<f64> {
    // SAFETY: by the contract.
    unsafe {
        Ok(match operand {
            Operand::Strong(TypeNum::Double) => value::<f64>(object),
            Operand::Strong(TypeNum::Float) => f64::from(value::<f32>(object)),
            Operand::Strong(TypeNum::Half) => f64::from(half::f16::from_bits(value::<u16>(object))),
            Operand::Strong(TypeNum::BFloat16) => {
                f64::from(small_float::value(TypeNum::BFloat16, value::<u16>(object)))
            }
            Operand::Strong(num) if num.is_small_float() => {
                f64::from(small_float::value(num, value::<u8>(object).into()))
            }
            Operand::Strong(TypeNum::LongDouble) => element::long_double_to_f64(value::<[u8; 16]>(object)),
            Operand::Strong(num) => read_int(object, num) as f64,
            Operand::WeakFloat => ffi::PyFloat_AS_DOUBLE(object),
            _ => {
                let number = ffi::PyLong_AsDouble(object);
                if number == -1.0 && !ffi::PyErr_Occurred().is_null() {
                    return Err(PyErr::fetch(py));
                }
                number
            }
        })
    }
}

/// Reports floating-point flags as `errstate` asks.
pub(super) fn report(py: Python<'_>, status: FpStatus, name: &str) -> PyResult<()> {
    if status.is_empty() {
        return Ok(());
    }
    crate::fp_report::report(py, status, name)
}

/// Both operands and what they are.
struct Pair<'py> {
    py: Python<'py>,
    objects: [*mut ffi::PyObject; 2],
    kinds: [Operand; 2],
}

impl Pair<'_> {
    /// True when the operators of scalars compute it, in the type of one of the two: their reports name it `scalar …`.
    /// Otherwise the ufunc does.
    fn is_scalar_work(&self) -> bool {
        let own = |kind: Operand, other: Operand| match (kind, other) {
            (Operand::Strong(TypeNum::Bool), _) => false,
            (Operand::Strong(num), Operand::Strong(other)) => promote_numbers(num, other) == Some(num),
            (Operand::Strong(num), Operand::WeakInt) => num.is_number(),
            (Operand::Strong(num), Operand::WeakFloat) => matches!(num.kind(), Kind::Float | Kind::Complex),
            (Operand::Strong(num), Operand::WeakComplex) => num.kind() == Kind::Complex,
            _ => false,
        };
        let [a, b] = self.kinds;
        // SAFETY: the operands are live, and have a class.
        let class = unsafe { ffi::Py_TYPE(self.objects[0]) };
        // NumPy's bool has no operators of its own: on the left it takes the operation to the ufunc.
        (own(a, b) || own(b, a)) && types::exact_number(class) != Some(TypeNum::Bool)
    }
}

fn binary<'py>(
    py: Python<'py>,
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    op: Op,
) -> PyResult<Object<'py>> {
    let mut pair = Pair { py, objects: [a, b], kinds: [classify(a), classify(b)] };
    let settled = settle(&pair)?;
    if let Some((place, scalar)) = &settled {
        pair.objects[*place] = scalar.as_ptr();
        pair.kinds[*place] = Operand::Strong(TypeNum::CFloat);
    }
    let num = common(pair.kinds[0], pair.kinds[1]);
    if pair.is_scalar_work() {
        return crate::fp_report::among_scalars(|| pair_by_type(&pair, num, op));
    }
    pair_by_type(&pair, num, op)
}

/// A Python number that is too large for the single precision of a complex result: reported as a cast's overflow, and
/// given as what it is cast to, with its place.
fn settle<'py>(pair: &Pair<'py>) -> PyResult<Option<(usize, Object<'py>)>> {
    let (place, strong) = match pair.kinds {
        [Operand::Strong(num), Operand::WeakFloat | Operand::WeakComplex] => (1, num),
        [Operand::WeakFloat | Operand::WeakComplex, Operand::Strong(num)] => (0, num),
        _ => return Ok(None),
    };
    let weak = pair.kinds[place];
    let single = matches!(strong, TypeNum::Half | TypeNum::Float) && weak == Operand::WeakComplex;
    if !single && strong != TypeNum::CFloat {
        return Ok(None);
    }
    // SAFETY: live Python numbers of the classes found.
    let parts = unsafe {
        let object = pair.objects[place];
        match weak {
            Operand::WeakFloat => [ffi::PyFloat_AS_DOUBLE(object), 0.0],
            _ => [ffi::PyComplex_RealAsDouble(object), ffi::PyComplex_ImagAsDouble(object)],
        }
    };
    let narrow = parts.map(|part| part as f32);
    if !parts.iter().zip(narrow).any(|(wide, narrow)| wide.is_finite() && narrow.is_infinite()) {
        return Ok(None);
    }
    report(pair.py, FpStatus::OVERFLOW, "cast")?;
    Ok(Some((place, from_native(pair.py, TypeNum::CFloat, narrow)?)))
}

fn pair_by_type<'py>(pair: &Pair<'py>, num: Option<TypeNum>, op: Op) -> PyResult<Object<'py>> {
    if let Some(num) = num {
        match num.kind() {
            Kind::Int | Kind::UInt if op == Op::Divide => return real(pair, TypeNum::Double, op),
            Kind::Int | Kind::UInt => return integer(pair, num, op),
            Kind::Bool if op == Op::Divide => return real(pair, TypeNum::Double, op),
            Kind::Float if num != TypeNum::LongDouble && !op.is_bitwise() => return real(pair, num, op),
            _ => {}
        }
    }
    through_ufunc(pair, op)
}

fn integer<'py>(pair: &Pair<'py>, num: TypeNum, op: Op) -> PyResult<Object<'py>> {
    let mut values = [0i128; 2];
    for (slot, (&object, kind)) in values.iter_mut().zip(pair.objects.iter().zip(pair.kinds)) {
        // SAFETY: operands are live and of the kind they were classified as.
        unsafe {
            *slot = match kind {
                Operand::Strong(own) => read_int(object, own),
                _ => {
                    let whole: Object<'_> = Bound::from_borrowed_ptr(pair.py, object);
                    let whole = whole.cast_into::<PyInt>()?;
                    let (low, high) = store::bounds(num);
                    let fits = store::wide(&whole).filter(|v| (low..=high).contains(v));
                    fits.ok_or_else(|| store::out_of_bounds(&whole, num))?
                }
            };
        }
    }
    let [x, y] = values;
    let mut status = FpStatus::empty();
    if op == Op::DivMod {
        let quotient = compute(num, Op::FloorDivide, x, y, &mut status)?;
        let rest = compute(num, Op::Remainder, x, y, &mut status)?;
        report(pair.py, status, "divmod")?;
        let both = [from_int(pair.py, num, quotient)?, from_int(pair.py, num, rest)?];
        return Ok(PyTuple::new(pair.py, both)?.into_any());
    }
    let result = compute(num, op, x, y, &mut status)?;
    if !status.is_empty() {
        // Loops over integers let them wrap around.
        let silent = if pair.is_scalar_work() { FpStatus::empty() } else { FpStatus::OVERFLOW };
        report(pair.py, status - silent, op.ufunc())?;
    }
    from_int(pair.py, num, result)
}

/// The low bits of the result; overflow and division by zero go to `status`.
fn compute(num: TypeNum, op: Op, x: i128, y: i128, status: &mut FpStatus) -> PyResult<i128> {
    let bits = 8 * num.row().itemsize as u32;
    let (low, high) = store::bounds(num);
    let exact = match op {
        Op::Add => x + y,
        Op::Subtract => x - y,
        Op::Multiply => {
            let (product, wrapped) = x.overflowing_mul(y);
            if wrapped {
                *status |= FpStatus::OVERFLOW;
                return Ok(product);
            }
            product
        }
        Op::FloorDivide | Op::Remainder if y == 0 => {
            *status |= FpStatus::DIVIDE_BY_ZERO;
            0
        }
        Op::FloorDivide => {
            let quotient = x / y;
            if x % y != 0 && (x < 0) != (y < 0) { quotient - 1 } else { quotient }
        }
        Op::Remainder => {
            let rest = x % y;
            if rest != 0 && (rest < 0) != (y < 0) { rest + y } else { rest }
        }
        Op::Power => return power(bits, x, y),
        Op::LeftShift => return Ok(if (0..i128::from(bits)).contains(&y) { x << y } else { 0 }),
        Op::RightShift if (0..i128::from(bits)).contains(&y) => x >> y,
        Op::RightShift => {
            if x < 0 {
                -1
            } else {
                0
            }
        }
        Op::And => x & y,
        Op::Or => x | y,
        _ => x ^ y,
    };
    if exact < low || exact > high {
        *status |= FpStatus::OVERFLOW;
    }
    Ok(exact)
}

/// Powers wrap around silently, as in arrays.
fn power(bits: u32, base: i128, exponent: i128) -> PyResult<i128> {
    if exponent < 0 {
        return Err(PyValueError::new_err("Integers to negative integer powers are not allowed."));
    }
    let mask = if bits >= 64 { u128::from(u64::MAX) } else { (1u128 << bits) - 1 };
    let (mut result, mut square, mut left) = (1u128, base as u128 & mask, exponent as u128);
    while left > 0 {
        if left & 1 == 1 {
            result = result.wrapping_mul(square) & mask;
        }
        square = square.wrapping_mul(square) & mask;
        left >>= 1;
    }
    Ok(result as i128)
}

/// A scalar of an integer type from the low bits of a value.
pub(super) fn from_int<'py>(py: Python<'py>, num: TypeNum, number: i128) -> PyResult<Object<'py>> {
    match num {
        TypeNum::Byte => from_native(py, num, number as i8),
        TypeNum::UByte => from_native(py, num, number as u8),
        TypeNum::Short => from_native(py, num, number as i16),
        TypeNum::UShort => from_native(py, num, number as u16),
        TypeNum::Int => from_native(py, num, number as i32),
        TypeNum::UInt => from_native(py, num, number as u32),
        TypeNum::Long => from_native(py, num, number as std::ffi::c_long),
        TypeNum::ULong => from_native(py, num, number as std::ffi::c_ulong),
        TypeNum::LongLong => from_native(py, num, number as i64),
        _ => from_native(py, num, number as u64),
    }
}

/// A scalar of a float type.
pub(super) fn from_real<'py>(py: Python<'py>, num: TypeNum, number: f64) -> PyResult<Object<'py>> {
    match num {
        TypeNum::Half => from_native(py, num, sharray_kernels::float::round_half_double(number).to_bits()),
        TypeNum::Float => from_native(py, num, number as f32),
        TypeNum::BFloat16 => from_native(py, num, small_float::nearest_bits(num, number)),
        num if num.is_small_float() => from_native(py, num, small_float::nearest_bits(num, number) as u8),
        TypeNum::LongDouble => {
            from_native(py, num, super::layout::LongDouble(element::long_double_from_f64(number)))
        }
        _ => from_native(py, num, number),
    }
}

/// A weak float meets the type's range: what becomes infinite is reported as a cast's overflow.
pub(super) fn narrowed(py: Python<'_>, num: TypeNum, number: f64) -> PyResult<f64> {
    let narrow = match num {
        TypeNum::Half => f64::from(sharray_kernels::float::round_half_double(number)),
        TypeNum::Float => f64::from(number as f32),
        num if num.is_small_float() => {
            f64::from(small_float::value(num, small_float::nearest_bits(num, number)))
        }
        _ => return Ok(number),
    };
    if !narrow.is_finite() && number.is_finite() {
        report(py, FpStatus::OVERFLOW, "cast")?;
    }
    Ok(narrow)
}

fn real<'py>(pair: &Pair<'py>, num: TypeNum, op: Op) -> PyResult<Object<'py>> {
    let py = pair.py;
    let mut values = [0f64; 2];
    for (slot, (&object, kind)) in values.iter_mut().zip(pair.objects.iter().zip(pair.kinds)) {
        // SAFETY: operands are live and of the kind they were classified as.
        *slot = narrowed(py, num, unsafe { read_real(py, object, kind)? })?;
    }
    let [x, y] = [black_box(values[0]), black_box(values[1])];
    fp_status::clear();
    if op == Op::DivMod {
        let (quotient, rest) = black_box(divide_both(num, x, y));
        report(py, fp_status::read(), "divmod")?;
        return Ok(PyTuple::new(py, [from_real(py, num, quotient)?, from_real(py, num, rest)?])?.into_any());
    }
    let result = black_box(apply_real(num, op, x, y));
    let mut status = fp_status::read();
    if num == TypeNum::Half {
        status |= half_status(result);
    } else if num.is_small_float() {
        status |= small_float::rounding_status(num, result);
    }
    if !status.is_empty() {
        report(py, status, op.ufunc())?;
    }
    from_real(py, num, result)
}

/// What rounding a result to half precision raises.
fn half_status(result: f64) -> FpStatus {
    fp_status::clear();
    let _ = black_box(sharray_kernels::float::narrow(result as f32));
    fp_status::read() & (FpStatus::OVERFLOW | FpStatus::UNDERFLOW)
}

fn divide_both(num: TypeNum, x: f64, y: f64) -> (f64, f64) {
    if num == TypeNum::Double {
        return divmod(x, y);
    }
    let (quotient, rest) = divmod(x as f32, y as f32);
    (f64::from(quotient), f64::from(rest))
}

/// Float32 and half are computed in float32, as in arrays. Each precision has a function of its own that is never
/// inlined: a narrowing done ahead for both would raise flags that the operation doesn't.
fn apply_real(num: TypeNum, op: Op, x: f64, y: f64) -> f64 {
    if num == TypeNum::Double {
        apply_double(op, x, y)
    } else {
        f64::from(apply_single(op, x as f32, y as f32))
    }
}

#[inline(never)]
fn apply_double(op: Op, x: f64, y: f64) -> f64 {
    match op {
        Op::Add => x + y,
        Op::Subtract => x - y,
        Op::Multiply => x * y,
        Op::Divide => x / y,
        Op::Power => x.powf(y),
        Op::FloorDivide if y == 0.0 => x / y,
        Op::FloorDivide => divmod(x, y).0,
        _ => divmod(x, y).1,
    }
}

#[inline(never)]
fn apply_single(op: Op, x: f32, y: f32) -> f32 {
    match op {
        Op::Add => x + y,
        Op::Subtract => x - y,
        Op::Multiply => x * y,
        Op::Divide => x / y,
        Op::Power => x.powf(y),
        Op::FloorDivide if y == 0.0 => x / y,
        Op::FloorDivide => divmod(x, y).0,
        _ => divmod(x, y).1,
    }
}

/// True when `other` wants to handle an operation with a scalar itself.
fn should_defer(other: &Object<'_>) -> PyResult<bool> {
    let class = other.get_type();
    if types::exact_number(class.as_type_ptr()).is_some() || other.is_none() {
        return Ok(false);
    }
    if let Some(attribute) = class.getattr_opt("__array_ufunc__")? {
        return Ok(attribute.is_none());
    }
    if types::number_of(other.as_ptr()).is_some() {
        return Ok(false);
    }
    let priority = class.getattr_opt("__array_priority__")?.and_then(|p| p.extract::<f64>().ok());
    Ok(priority.is_some_and(|p| p > super::members::PRIORITY))
}

/// Python's sequences repeat when multiplied; that is theirs to do.
fn repeats(object: *mut ffi::PyObject) -> bool {
    // SAFETY: a live object; its class's tables are null or live.
    unsafe {
        let class = ffi::Py_TYPE(object);
        let sequence = (*class).tp_as_sequence;
        let numbers = (*class).tp_as_number;
        let multiplies = !numbers.is_null() && (*numbers).nb_multiply.is_some();
        !sequence.is_null() && (*sequence).sq_repeat.is_some() && !multiplies
    }
}

/// Text is joined by its own sequence operator.
fn is_text(object: *mut ffi::PyObject) -> bool {
    // SAFETY: a live object.
    unsafe { ffi::PyUnicode_Check(object) != 0 || ffi::PyBytes_Check(object) != 0 }
}

/// An object that no array can be made of but one that holds the object itself.
fn is_opaque(object: &Object<'_>) -> PyResult<bool> {
    let pointer = object.as_ptr();
    // SAFETY: a live object.
    let known = unsafe {
        ffi::PyLong_Check(pointer) != 0
            || ffi::PyFloat_Check(pointer) != 0
            || ffi::PyComplex_Check(pointer) != 0
            || ffi::PySequence_Check(pointer) != 0
            || ffi::PyObject_CheckBuffer(pointer) != 0
    };
    let class = object.get_type();
    let speaks = class.getattr_opt("__array__")?.is_some()
        // One that answers ufuncs is asked before it could become an element.
        || class.getattr_opt("__array_ufunc__")?.is_some_and(|method| !method.is_none());
    Ok(!known && !speaks)
}

/// Extended scalars have no Python number to hand to an opaque object: as an object, each is itself, and the ufunc of
/// objects would come back here without end.
pub(super) fn never_ends(a: &Object<'_>, b: &Object<'_>) -> PyResult<bool> {
    let extended = |x: &Object<'_>| {
        matches!(types::number_of(x.as_ptr()), Some(TypeNum::LongDouble | TypeNum::CLongDouble))
    };
    Ok((extended(a) && is_opaque(b)?) || (extended(b) && is_opaque(a)?))
}

fn through_ufunc<'py>(pair: &Pair<'py>, op: Op) -> PyResult<Object<'py>> {
    let py = pair.py;
    let [a, b] = pair.objects;
    let not_implemented = || Ok(py.NotImplemented().into_bound(py));
    if op == Op::Multiply && (repeats(a) || repeats(b)) || op == Op::Add && is_text(a) {
        return not_implemented();
    }
    // SAFETY: live operands.
    let (a, b): (Object<'_>, Object<'_>) =
        unsafe { (Bound::from_borrowed_ptr(py, a), Bound::from_borrowed_ptr(py, b)) };
    let deferred = types::number_of(a.as_ptr()).is_some() && should_defer(&b)?;
    if deferred || never_ends(&a, &b)? {
        return not_implemented();
    }
    let wide = widened(&a, &b)?;
    let (a, b) = (wide, widened(&b, &a)?);
    number::call(py, op.array_op(), &[a.as_ptr(), b.as_ptr()])
}

/// A Python integer beyond 64 bits beside an extended scalar becomes one: as an object it would meet the scalar's own
/// operator again, without end.
fn widened<'py>(x: &Object<'py>, beside: &Object<'py>) -> PyResult<Object<'py>> {
    let class = match types::number_of(beside.as_ptr()) {
        Some(TypeNum::LongDouble) => "longdouble",
        Some(TypeNum::CLongDouble) => "clongdouble",
        _ => return Ok(x.clone()),
    };
    if x.is_exact_instance_of::<PyInt>() && x.extract::<i64>().is_err() {
        return engine(x.py(), class)?.call1((x,));
    }
    Ok(x.clone())
}

/// Slots of one binary operator.
macro_rules! slots {
    ($($name:ident $op:ident;)*) => { $(
        unsafe extern "C" fn $name(a: *mut ffi::PyObject, b: *mut ffi::PyObject) -> *mut ffi::PyObject {
            // SAFETY: called by the interpreter, which holds the GIL.
            let py = unsafe { Python::assume_attached() };
            match direct::binary(py, a, b, Op::$op) {
                Some(result) => result,
                None => gate::object(|py| binary(py, a, b, Op::$op)),
            }
        }
    )* };
}
slots! {
    add Add; subtract Subtract; multiply Multiply; true_divide Divide; floor_divide FloorDivide; remainder Remainder;
    div_mod DivMod; lshift LeftShift; rshift RightShift; and And; or Or; xor Xor;
}

unsafe extern "C" fn raise(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    modulo: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: `None` is immortal.
        if modulo != unsafe { ffi::Py_None() } {
            return Ok(py.NotImplemented().into_bound(py));
        }
        if let Some(result) = direct::binary(py, a, b, Op::Power) {
            // SAFETY: a new reference, or null with an exception set.
            return unsafe { Bound::from_owned_ptr_or_err(py, result) };
        }
        binary(py, a, b, Op::Power)
    })
}

fn unary<'py>(py: Python<'py>, object: *mut ffi::PyObject, ufunc: &str) -> PyResult<Object<'py>> {
    // SAFETY: a live operand.
    let object: Object<'_> = unsafe { Bound::from_borrowed_ptr(py, object) };
    engine(py, ufunc)?.call1((object,))
}

/// The exact result of an integer operation, reported when it wraps around.
fn signed<'py>(py: Python<'py>, num: TypeNum, exact: i128, name: &str) -> PyResult<Object<'py>> {
    let (low, high) = store::bounds(num);
    if exact < low || exact > high {
        report(py, FpStatus::OVERFLOW, name)?;
    }
    from_int(py, num, exact)
}

/// Reals that doubles hold.
pub(super) fn is_quick(num: TypeNum) -> bool {
    matches!(num, TypeNum::Half | TypeNum::Float | TypeNum::Double) || num.is_small_float()
}

unsafe extern "C" fn negative(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: called by the interpreter, which holds the GIL.
    let py = unsafe { Python::assume_attached() };
    if let Some(result) = direct::unary(py, object, |x| -x, i64::checked_neg) {
        return result;
    }
    gate::object(|py| match classify(object) {
        Operand::Strong(num) if num.is_integer() => {
            // SAFETY: classified as such.
            let value = unsafe { read_int(object, num) };
            signed(py, num, -value, "scalar negative")
        }
        Operand::Strong(TypeNum::Bool) => Err(PyTypeError::new_err(
            "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not \
             function instead.",
        )),
        kind @ Operand::Strong(num) if is_quick(num) => {
            // SAFETY: classified as such.
            from_real(py, num, -unsafe { read_real(py, object, kind)? })
        }
        _ => unary(py, object, "negative"),
    })
}

unsafe extern "C" fn absolute(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: called by the interpreter, which holds the GIL.
    let py = unsafe { Python::assume_attached() };
    if let Some(result) = direct::unary(py, object, f64::abs, i64::checked_abs) {
        return result;
    }
    gate::object(|py| match classify(object) {
        Operand::Strong(num) if num.is_integer() => {
            // SAFETY: classified as such.
            let value = unsafe { read_int(object, num) };
            signed(py, num, value.abs(), "scalar absolute")
        }
        kind @ Operand::Strong(num) if is_quick(num) => {
            // SAFETY: classified as such.
            from_real(py, num, unsafe { read_real(py, object, kind)? }.abs())
        }
        _ => unary(py, object, "absolute"),
    })
}

unsafe extern "C" fn positive(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| match types::number_of(object) {
        Some(TypeNum::Bool) => Err(PyTypeError::new_err(
            "ufunc 'positive' did not contain a loop with signature matching types <class 'numpy.dtypes.BoolDType'>",
        )),
        Some(num) if num.is_number() && types::exact_number(unsafe_class(object)) == Some(num) => {
            // SAFETY: a live, immutable scalar.
            Ok(unsafe { Bound::from_borrowed_ptr(py, object) })
        }
        _ => unary(py, object, "positive"),
    })
}

fn unsafe_class(object: *mut ffi::PyObject) -> *mut ffi::PyTypeObject {
    // SAFETY: a live object has a class.
    unsafe { ffi::Py_TYPE(object) }
}

unsafe extern "C" fn invert(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| match classify(object) {
        // SAFETY: classified as such.
        Operand::Strong(num) if num.is_integer() => from_int(py, num, !unsafe { read_int(object, num) }),
        _ => unary(py, object, "invert"),
    })
}

unsafe extern "C" fn truth(object: *mut ffi::PyObject) -> c_int {
    if let Some(truth) = direct::truth(object) {
        return c_int::from(truth);
    }
    gate::enter(-1, |py| {
        let num = types::number_of(object);
        // SAFETY: a live scalar of type `num`.
        let object: Object<'_> = unsafe { Bound::from_borrowed_ptr(py, object) };
        let Some(num) = num else { return Ok(1) };
        let nonzero = element::with_bytes(&object, num, |dtype, source| match num.kind() {
            // Not by way of a double, which the smallest `longdouble`s are zero in.
            // SAFETY: the scalar's own bytes.
            Kind::Float | Kind::Complex => unsafe { TruthLane::new(dtype).of(source) }.unwrap_or(true),
            // SAFETY: the scalar's own bytes.
            _ => unsafe { std::slice::from_raw_parts(source, dtype.itemsize()) }.iter().any(|b| *b != 0),
        });
        Ok(c_int::from(nonzero))
    })
}

/// Complex numbers lose their imaginary part, with a warning.
fn real_part<'py>(object: &Object<'py>, num: TypeNum) -> PyResult<Object<'py>> {
    if num.kind() != Kind::Complex {
        return Ok(object.clone());
    }
    let py = object.py();
    let category = py.import("sharray.exceptions")?.getattr("ComplexWarning")?;
    crate::errors::warn(py, &category, "Casting complex values to real discards the imaginary part")?;
    object.getattr("real")
}

unsafe extern "C" fn to_int(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    if let Some(whole) = direct::to_int(object) {
        return whole;
    }
    gate::object(|py| {
        // SAFETY: a live scalar.
        let object: Object<'_> = unsafe { Bound::from_borrowed_ptr(py, object) };
        let num = types::number_of(object.as_ptr()).unwrap_or(TypeNum::Void);
        if num.is_integer() || num == TypeNum::Bool {
            // SAFETY: a scalar of this type.
            return Ok(unsafe { read_int(object.as_ptr(), num) }.into_pyobject(py)?.into_any());
        }
        let object = real_part(&object, num)?;
        let num = types::number_of(object.as_ptr()).unwrap_or(num);
        if num == TypeNum::LongDouble {
            // SAFETY: a scalar of this type.
            let bytes = unsafe { value::<[u8; 16]>(object.as_ptr()) };
            if let Some(whole) = element::long_double_to_int(py, bytes)? {
                return Ok(whole);
            }
        }
        let number = match num.kind() {
            Kind::Float => {
                // SAFETY: a scalar of this type.
                let value = unsafe { read_real(py, object.as_ptr(), Operand::Strong(num))? };
                PyFloat::new(py, value).into_any()
            }
            _ => super::members::python_value(&object)?,
        };
        if types::number_of(number.as_ptr()).is_some() {
            return Err(PyTypeError::new_err(format!("int() can't convert {}", object.repr()?)));
        }
        py.get_type::<PyInt>().call1((number,))
    })
}

unsafe extern "C" fn to_float(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    if let Some(number) = direct::to_float(object) {
        return number;
    }
    gate::object(|py| {
        // SAFETY: a live scalar.
        let object: Object<'_> = unsafe { Bound::from_borrowed_ptr(py, object) };
        let num = types::number_of(object.as_ptr()).unwrap_or(TypeNum::Void);
        let object = real_part(&object, num)?;
        let num = types::number_of(object.as_ptr()).unwrap_or(num);
        if num.is_number() && num.kind() != Kind::Complex {
            // SAFETY: a scalar of this type.
            let number = unsafe { read_real(py, object.as_ptr(), Operand::Strong(num))? };
            return Ok(PyFloat::new(py, number).into_any());
        }
        py.get_type::<PyFloat>().call1((super::members::python_value(&object)?,))
    })
}

unsafe extern "C" fn index(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    if let Some(whole) = direct::to_int(object) {
        return whole;
    }
    gate::object(|py| {
        let num = types::number_of(object).unwrap_or(TypeNum::Long);
        // SAFETY: only integer classes have this slot.
        Ok(unsafe { read_int(object, num) }.into_pyobject(py)?.into_any())
    })
}

/// A number table for scalar classes; `with_index` for those that may index sequences.
pub(super) fn table(with_index: bool) -> *mut ffi::PyNumberMethods {
    // SAFETY: a zeroed table of optional functions; leaked, so it lives as long as the classes.
    let table: &mut ffi::PyNumberMethods = Box::leak(Box::new(unsafe { std::mem::zeroed() }));
    table.nb_add = Some(add);
    table.nb_subtract = Some(subtract);
    table.nb_multiply = Some(multiply);
    table.nb_true_divide = Some(true_divide);
    table.nb_floor_divide = Some(floor_divide);
    table.nb_remainder = Some(remainder);
    table.nb_divmod = Some(div_mod);
    table.nb_power = Some(raise);
    table.nb_lshift = Some(lshift);
    table.nb_rshift = Some(rshift);
    table.nb_and = Some(and);
    table.nb_or = Some(or);
    table.nb_xor = Some(xor);
    table.nb_negative = Some(negative);
    table.nb_positive = Some(positive);
    table.nb_absolute = Some(absolute);
    table.nb_invert = Some(invert);
    table.nb_bool = Some(truth);
    table.nb_int = Some(to_int);
    table.nb_float = Some(to_float);
    if with_index {
        table.nb_index = Some(index);
    }
    table
}
