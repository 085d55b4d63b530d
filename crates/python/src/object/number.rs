//! Operators of arrays: each is a call of its ufunc, unless the other operand asks to be served first (NEP 13).

use std::ffi::c_int;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;
use sharray_base::Kind;

use super::array::Array;
use super::by_fields;
use super::scalar;
use super::ufunc::quick;
use crate::coerce;
use crate::gate;

type BinarySlot = unsafe extern "C" fn(*mut ffi::PyObject, *mut ffi::PyObject) -> *mut ffi::PyObject;

/// The ufuncs behind the operators.
#[derive(Clone, Copy)]
#[repr(usize)]
#[expect(missing_docs, reason = "each is the ufunc of that name")]
pub enum Op {
    Add,
    Subtract,
    Multiply,
    Remainder,
    Divmod,
    Power,
    Negative,
    Positive,
    Absolute,
    Invert,
    LeftShift,
    RightShift,
    BitwiseAnd,
    BitwiseXor,
    BitwiseOr,
    FloorDivide,
    TrueDivide,
    Matmul,
    Less,
    LessEqual,
    Equal,
    NotEqual,
    Greater,
    GreaterEqual,
    Square,
    Sqrt,
    Reciprocal,
    Conjugate,
    Maximum,
    Minimum,
    LogicalOr,
    LogicalAnd,
    Rint,
    Clip,
    OnesLike,
}

const NAMES: [&str; 35] = [
    "add",
    "subtract",
    "multiply",
    "remainder",
    "divmod",
    "power",
    "negative",
    "positive",
    "absolute",
    "invert",
    "left_shift",
    "right_shift",
    "bitwise_and",
    "bitwise_xor",
    "bitwise_or",
    "floor_divide",
    "divide",
    "matmul",
    "less",
    "less_equal",
    "equal",
    "not_equal",
    "greater",
    "greater_equal",
    "square",
    "sqrt",
    "reciprocal",
    "conjugate",
    "maximum",
    "minimum",
    "logical_or",
    "logical_and",
    "rint",
    "clip",
    "_ones_like",
];

/// The ufunc object of an operator, looked up once.
pub fn ufunc(py: Python<'_>, op: Op) -> PyResult<Bound<'_, PyAny>> {
    static FOUND: [PyOnceLock<Py<PyAny>>; NAMES.len()] = [const { PyOnceLock::new() }; NAMES.len()];
    let cell = &FOUND[op as usize];
    let object = cell.get_or_try_init(py, || {
        py.import("sharray._engine")?.getattr(NAMES[op as usize]).map(Bound::unbind)
    })?;
    Ok(object.bind(py).clone())
}

/// Calls a ufunc without building a tuple.
///
/// # Errors
/// What the call raises.
pub fn call<'py>(py: Python<'py>, op: Op, operands: &[*mut ffi::PyObject]) -> PyResult<Bound<'py, PyAny>> {
    let function = ufunc(py, op)?;
    if let Some(result) = quick::call(&function, operands, None)? {
        return Ok(result);
    }
    // SAFETY: live objects for the call.
    unsafe {
        let result = ffi::PyObject_Vectorcall(
            function.as_ptr(),
            operands.as_ptr(),
            operands.len(),
            std::ptr::null_mut(),
        );
        Bound::from_owned_ptr_or_err(py, result)
    }
}

const SCALAR_PRIORITY: f64 = -1_000_000.0;

/// `__array_priority__` of an object, or `default`.
pub fn priority(object: &Bound<'_, PyAny>, default: f64) -> f64 {
    if let Some(array) = Array::from_object(object)
        && array.is_exact()
    {
        return 0.0;
    }
    let name = pyo3::intern!(object.py(), "__array_priority__");
    object.getattr(name).and_then(|p| p.extract()).unwrap_or(default)
}

fn is_plain_scalar(object: &Bound<'_, PyAny>) -> bool {
    use pyo3::types::{PyBool, PyBytes, PyComplex, PyFloat, PyInt, PyList, PyString};
    object.is_exact_instance_of::<PyInt>()
        || object.is_exact_instance_of::<PyFloat>()
        || object.is_exact_instance_of::<PyBool>()
        || object.is_exact_instance_of::<PyComplex>()
        || object.is_exact_instance_of::<PyList>()
        || object.is_exact_instance_of::<PyTuple>()
        || object.is_exact_instance_of::<PyString>()
        || object.is_exact_instance_of::<PyBytes>()
        || object.is_none()
}

/// True when `other` wants to handle a binary operation with `slf` itself (NEP 13's rules, then array priority).
pub fn should_defer(slf: &Bound<'_, PyAny>, other: &Bound<'_, PyAny>, in_place: bool) -> PyResult<bool> {
    if other.get_type().is(slf.get_type())
        || is_plain_scalar(other)
        || Array::from_object(other).is_some_and(|a| a.is_exact())
    {
        return Ok(false);
    }
    // The attribute is looked up on the class, as for every special method.
    if let Some(attribute) = other.get_type().getattr_opt(pyo3::intern!(other.py(), "__array_ufunc__"))? {
        return Ok(attribute.is_none());
    }
    if !in_place && other.is_instance(slf.get_type().as_any())? {
        return Ok(false);
    }
    Ok(priority(slf, SCALAR_PRIORITY) < priority(other, SCALAR_PRIORITY))
}

/// The slot of the operator at `offset` in a class's number table.
unsafe fn slot_of(class: *mut ffi::PyTypeObject, offset: usize) -> *const () {
    // SAFETY: the table has a pointer-sized slot at this offset.
    unsafe {
        let table = (*class).tp_as_number;
        if table.is_null() {
            std::ptr::null()
        } else {
            table.cast::<u8>().add(offset).cast::<*const ()>().read()
        }
    }
}

fn binary(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    op: Op,
    offset: usize,
    own: BinarySlot,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        if !matches!(op, Op::Power)
            && let Some(result) = quick::call(&ufunc(py, op)?, &[a, b], None)?
        {
            return Ok(result);
        }
        // SAFETY: live operands from the interpreter.
        let (left, right) = unsafe { (Bound::from_borrowed_ptr(py, a), Bound::from_borrowed_ptr(py, b)) };
        // SAFETY: classes of live objects.
        let theirs = unsafe { slot_of(ffi::Py_TYPE(b), offset) };
        let reflected = !theirs.is_null() && !std::ptr::eq(theirs, own as *const ());
        if reflected && should_defer(&left, &right, false)? {
            return Ok(py.NotImplemented().into_bound(py));
        }
        if let Op::Power = op
            && let Some(result) = fast_power(&left, &right)?
        {
            return Ok(result);
        }
        call(py, op, &[a, b])
    })
}

/// Powers that have a ufunc of their own: NumPy takes the same shortcuts, so results are equal bit for bit.
fn fast_power<'py>(
    base: &Bound<'py, PyAny>,
    exponent: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    use pyo3::types::{PyFloat, PyInt};
    let Some(array) = Array::from_object(base) else { return Ok(None) };
    if !exponent.is_exact_instance_of::<PyFloat>() && !exponent.is_exact_instance_of::<PyInt>() {
        return Ok(None);
    }
    let Ok(power) = exponent.extract::<f64>() else { return Ok(None) };
    let kind = array.dtype().kind();
    let inexact = matches!(kind, Kind::Float | Kind::Complex);
    let op = match power {
        2.0 if inexact || kind != Kind::Object && exponent.is_exact_instance_of::<PyInt>() => Op::Square,
        1.0 if inexact => Op::Positive,
        -1.0 if inexact => Op::Reciprocal,
        0.5 if inexact => Op::Sqrt,
        _ => return Ok(None),
    };
    call(base.py(), op, &[base.as_ptr()]).map(Some)
}

fn in_place(a: *mut ffi::PyObject, b: *mut ffi::PyObject, op: Op) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: live operands from the interpreter.
        let (left, right) = unsafe { (Bound::from_borrowed_ptr(py, a), Bound::from_borrowed_ptr(py, b)) };
        let function = ufunc(py, op)?;
        if let Some(result) = quick::call(&function, &[a, b], Some(a))? {
            return Ok(result);
        }
        if should_defer(&left, &right, true)? {
            return Ok(py.NotImplemented().into_bound(py));
        }
        // SAFETY: three positional arguments, all alive: inputs, then the output.
        unsafe {
            let arguments = [a, b, a];
            let result =
                ffi::PyObject_Vectorcall(function.as_ptr(), arguments.as_ptr(), 3, std::ptr::null_mut());
            Bound::from_owned_ptr_or_err(py, result)
        }
    })
}

fn unary(a: *mut ffi::PyObject, op: Op) -> *mut ffi::PyObject {
    gate::object(|py| call(py, op, &[a]))
}

macro_rules! binary_slots {
    ($($slot:ident, $op:ident, $field:ident;)*) => {$(
        unsafe extern "C" fn $slot(a: *mut ffi::PyObject, b: *mut ffi::PyObject) -> *mut ffi::PyObject {
            binary(a, b, Op::$op, std::mem::offset_of!(ffi::PyNumberMethods, $field), $slot)
        }
    )*};
}
binary_slots! {
    add, Add, nb_add; subtract, Subtract, nb_subtract; multiply, Multiply, nb_multiply;
    remainder, Remainder, nb_remainder; divmod, Divmod, nb_divmod; left_shift, LeftShift, nb_lshift;
    right_shift, RightShift, nb_rshift; bit_and, BitwiseAnd, nb_and; bit_xor, BitwiseXor, nb_xor;
    bit_or, BitwiseOr, nb_or; floor_divide, FloorDivide, nb_floor_divide;
    true_divide, TrueDivide, nb_true_divide; matmul, Matmul, nb_matrix_multiply;
}

macro_rules! in_place_slots {
    ($($slot:ident, $op:ident;)*) => {$(
        unsafe extern "C" fn $slot(a: *mut ffi::PyObject, b: *mut ffi::PyObject) -> *mut ffi::PyObject {
            in_place(a, b, Op::$op)
        }
    )*};
}
in_place_slots! {
    in_add, Add; in_subtract, Subtract; in_multiply, Multiply; in_remainder, Remainder; in_left_shift, LeftShift;
    in_right_shift, RightShift; in_and, BitwiseAnd; in_xor, BitwiseXor; in_or, BitwiseOr; in_floor_divide, FloorDivide;
    in_true_divide, TrueDivide;
}

macro_rules! unary_slots {
    ($($slot:ident, $op:ident;)*) => {$(
        unsafe extern "C" fn $slot(a: *mut ffi::PyObject) -> *mut ffi::PyObject {
            unary(a, Op::$op)
        }
    )*};
}
unary_slots! { negative, Negative; positive, Positive; absolute, Absolute; invert, Invert; }

unsafe extern "C" fn in_matmul(a: *mut ffi::PyObject, b: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: live operands from the interpreter.
        let (left, right) = unsafe { (Bound::from_borrowed_ptr(py, a), Bound::from_borrowed_ptr(py, b)) };
        if should_defer(&left, &right, true)? {
            return Ok(py.NotImplemented().into_bound(py));
        }
        let kwargs = pyo3::types::PyDict::new(py);
        kwargs.set_item("out", PyTuple::new(py, [&left])?)?;
        let one_axis = Array::from_object(&left).is_some_and(|array| array.ndim() == 1);
        let whole = PyTuple::new(py, [-2, -1])?;
        let own = if one_axis { PyTuple::new(py, [-1])? } else { whole.clone() };
        kwargs.set_item("axes", pyo3::types::PyList::new(py, [&own, &whole, &own])?)?;
        ufunc(py, Op::Matmul)?.call((&left, &right), Some(&kwargs)).map_err(|error| {
            let axes = |object: &Bound<'_, PyAny>| coerce::asanyarray(object).map_or(2, |array| array.ndim());
            if !error.is_instance_of::<PyValueError>(py) || axes(&left) >= 1 && axes(&right) >= 2 {
                return error;
            }
            PyValueError::new_err(
                "inplace matrix multiplication requires the first operand to have at least one and the second at least \
                 two dimensions.",
            )
        })
    })
}

unsafe extern "C" fn power(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    modulo: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: `Py_None` is immortal.
    if modulo != unsafe { ffi::Py_None() } {
        // `pow(a, b, m)` is nobody's business here.
        return gate::object(|py| Ok(py.NotImplemented().into_bound(py)));
    }
    unsafe extern "C" fn marker(_: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
        std::ptr::null_mut()
    }
    let offset = std::mem::offset_of!(ffi::PyNumberMethods, nb_power);
    // SAFETY: the class of a live object.
    let theirs = unsafe { slot_of(ffi::Py_TYPE(b), offset) };
    if std::ptr::eq(theirs, power as *const ()) {
        // Both are ours: nothing to defer to.
        return gate::object(|py| {
            // SAFETY: live operands.
            let (left, right) = unsafe { (Bound::from_borrowed_ptr(py, a), Bound::from_borrowed_ptr(py, b)) };
            match fast_power(&left, &right)? {
                Some(result) => Ok(result),
                None => call(py, Op::Power, &[a, b]),
            }
        });
    }
    binary(a, b, Op::Power, offset, marker)
}

unsafe extern "C" fn in_power(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    _modulo: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    in_place(a, b, Op::Power)
}

unsafe extern "C" fn truth(slf: *mut ffi::PyObject) -> c_int {
    gate::enter(-1, |py| {
        // SAFETY: a live array.
        let array = Array::expect(&unsafe { Bound::from_borrowed_ptr(py, slf) });
        match array.size() {
            1 => {
                let item = unsafe_item(&array)?;
                gate::nested(py, || Ok(item.is_truthy()? as c_int))
            }
            0 => Err(PyValueError::new_err(
                "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.",
            )),
            _ => Err(PyValueError::new_err(
                "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
            )),
        }
    })
}

/// The only element of an array of size 1, as a scalar object.
fn unsafe_item<'py>(array: &Array<'py>) -> PyResult<Bound<'py, PyAny>> {
    scalar::from_element(array.py(), array.dtype(), array.data(), Some(array))
}

/// The element of a 0-d array, for conversions to Python numbers.
fn lone_item<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let array = Array::expect(slf);
    if array.ndim() != 0 {
        return Err(PyTypeError::new_err("only 0-dimensional arrays can be converted to Python scalars"));
    }
    let item = unsafe_item(&array)?;
    Ok(item)
}

fn convert(slf: *mut ffi::PyObject, class: &str) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live array.
        let slf = unsafe { Bound::from_borrowed_ptr(py, slf) };
        let item = lone_item(&slf)?;
        let class = py.import("builtins")?.getattr(class)?;
        // The element may be an array with an element that is an array, and so on, round and round.
        // SAFETY: entered and left in pairs under the GIL.
        if unsafe { ffi::Py_EnterRecursiveCall(c" while converting an array to a number".as_ptr()) } != 0 {
            return Err(PyErr::fetch(py));
        }
        let number = class.call1((item,));
        // SAFETY: as above.
        unsafe { ffi::Py_LeaveRecursiveCall() };
        number
    })
}

unsafe extern "C" fn int(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    convert(slf, "int")
}
unsafe extern "C" fn float(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    convert(slf, "float")
}

unsafe extern "C" fn index(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live array.
        let slf = unsafe { Bound::from_borrowed_ptr(py, slf) };
        let array = Array::expect(&slf);
        if array.ndim() != 0 || !array.dtype().num().is_integer() {
            return Err(PyTypeError::new_err(
                "only integer scalar arrays can be converted to a scalar index",
            ));
        }
        unsafe_item(&array)?.call_method0(pyo3::intern!(py, "__index__"))
    })
}

/// The number table of `ndarray`.
pub fn table() -> *mut ffi::PyNumberMethods {
    // SAFETY: a table of null slots is valid.
    let mut table: ffi::PyNumberMethods = unsafe { std::mem::zeroed() };
    table.nb_add = Some(add);
    table.nb_subtract = Some(subtract);
    table.nb_multiply = Some(multiply);
    table.nb_remainder = Some(remainder);
    table.nb_divmod = Some(divmod);
    table.nb_power = Some(power);
    table.nb_negative = Some(negative);
    table.nb_positive = Some(positive);
    table.nb_absolute = Some(absolute);
    table.nb_bool = Some(truth);
    table.nb_invert = Some(invert);
    table.nb_lshift = Some(left_shift);
    table.nb_rshift = Some(right_shift);
    table.nb_and = Some(bit_and);
    table.nb_xor = Some(bit_xor);
    table.nb_or = Some(bit_or);
    table.nb_int = Some(int);
    table.nb_float = Some(float);
    table.nb_index = Some(index);
    table.nb_floor_divide = Some(floor_divide);
    table.nb_true_divide = Some(true_divide);
    table.nb_matrix_multiply = Some(matmul);
    table.nb_inplace_add = Some(in_add);
    table.nb_inplace_subtract = Some(in_subtract);
    table.nb_inplace_multiply = Some(in_multiply);
    table.nb_inplace_remainder = Some(in_remainder);
    table.nb_inplace_power = Some(in_power);
    table.nb_inplace_lshift = Some(in_left_shift);
    table.nb_inplace_rshift = Some(in_right_shift);
    table.nb_inplace_and = Some(in_and);
    table.nb_inplace_xor = Some(in_xor);
    table.nb_inplace_or = Some(in_or);
    table.nb_inplace_floor_divide = Some(in_floor_divide);
    table.nb_inplace_true_divide = Some(in_true_divide);
    table.nb_inplace_matrix_multiply = Some(in_matmul);
    Box::leak(Box::new(table))
}

/// `tp_richcompare` of `ndarray`.
///
/// # Safety
/// `a` is an array, `b` an object.
pub unsafe extern "C" fn compare(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    code: c_int,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: live operands from the interpreter.
        let (left, right) = unsafe { (Bound::from_borrowed_ptr(py, a), Bound::from_borrowed_ptr(py, b)) };
        let op = match code {
            ffi::Py_LT => Op::Less,
            ffi::Py_LE => Op::LessEqual,
            ffi::Py_EQ => Op::Equal,
            ffi::Py_NE => Op::NotEqual,
            ffi::Py_GT => Op::Greater,
            _ => Op::GreaterEqual,
        };
        // SAFETY: the class of a live object.
        let theirs = unsafe { (*ffi::Py_TYPE(b)).tp_richcompare };
        let reflected = theirs.is_some_and(|slot| slot as *const () != compare as *const ());
        if reflected && should_defer(&left, &right, false)? {
            return Ok(py.NotImplemented().into_bound(py));
        }
        if matches!(op, Op::Equal | Op::NotEqual)
            && let Some(answer) = by_fields::compare(&left, &right, code == ffi::Py_EQ)?
        {
            return Ok(answer);
        }
        match call(py, op, &[a, b]) {
            Err(error) if matches!(op, Op::Equal | Op::NotEqual) => {
                unequal(error, &left, &right, code == ffi::Py_NE)
            }
            result => result,
        }
    })
}

/// Dtypes that can't be compared are unequal everywhere: `array([1]) == 'a'` is `[False]`.
fn unequal<'py>(
    error: PyErr,
    left: &Bound<'py, PyAny>,
    right: &Bound<'py, PyAny>,
    value: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = left.py();
    let no_loop = py.import("sharray._core._exceptions")?.getattr("_UFuncNoLoopError")?;
    let promotion = py.import("sharray.exceptions")?.getattr("DTypePromotionError")?;
    if !error.matches(py, no_loop)? && !error.matches(py, promotion)? {
        return Err(error);
    }
    let engine = py.import("sharray._engine")?;
    let right = engine.getattr("asanyarray")?.call1((right,))?;
    let shapes = [Array::expect(left), Array::given(&right, "asanyarray")?];
    let is_void = |array: &Array<'_>| array.dtype().num() == sharray_base::TypeNum::Void;
    if is_void(&shapes[0]) != is_void(&shapes[1]) {
        return Err(pyo3::exceptions::PyTypeError::new_err(
            "Cannot compare structured or void to non-void arrays.",
        ));
    }
    let shape = match sharray_base::layout::broadcast_shapes(&[shapes[0].shape(), shapes[1].shape()]) {
        Ok(shape) => shape,
        Err(error) => return Err(crate::errors::to_python(py, error)),
    };
    let result = Array::zeros(
        py,
        &sharray_base::DType::of(sharray_base::TypeNum::Bool),
        &shape,
        sharray_base::layout::Order::C,
    )?;
    if value {
        result.call_method1("fill", (true,))?;
    }
    if shape.is_empty() {
        return scalar::from_element(py, result.dtype(), result.data(), None);
    }
    Ok(result.into_object())
}
