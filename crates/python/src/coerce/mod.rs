//! From any Python object to an array: `np.array` and what every function does with its arguments.
//!
//! Discovery (`discover`) walks nested sequences once and finds shape and dtype; filling writes the elements. Foreign
//! objects are tried in NumPy's order (design D10): buffer, array interface, `__array__`; only then sequences.

mod discover;
mod small;
mod texts;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyComplex, PyFloat, PyInt, PyList, PyString, PyTuple};
use sharray_base::dtype::cast_rules::check_cast;
use sharray_base::fp_status;
use sharray_base::layout::{self, Order, reshape};
use sharray_base::{DType, Dims, Kind, TypeNum};
use sharray_core::assign::{self, Casting};

pub use discover::{Found, SPAN_LENGTH, Tree, discover};
pub use small::{select as select_small, store as store_number};

use crate::crossings;
use crate::errors::OrRaise;
use crate::gate;
use crate::methods::layout::raveled;
use crate::object::array::Array;
use crate::object::layout::flag;
use crate::object::{dtype, mapped, ndarray, scalar};
use crate::protocols::foreign;

/// `copy=` of `np.array` and `np.asarray`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyMode {
    /// Always a fresh array.
    Always,
    /// Only when needed.
    IfNeeded,
    /// Never: `ValueError` when one is needed.
    Never,
}

/// What `np.array` takes besides the object.
#[derive(Clone)]
pub struct Request<'py> {
    /// The dtype asked for.
    pub dtype: Option<Bound<'py, PyAny>>,
    /// May, must or must not copy.
    pub copy: CopyMode,
    /// Memory order.
    pub order: Order,
    /// Let subclasses through.
    pub subok: bool,
    /// At least this many axes, new ones in front.
    pub ndmin: usize,
    /// Sequences nested deeper than this are elements, which only object dtype can hold.
    pub ndmax: usize,
}

impl Default for Request<'_> {
    fn default() -> Self {
        Request {
            dtype: None,
            copy: CopyMode::IfNeeded,
            order: Order::Keep,
            subok: false,
            ndmin: 0,
            ndmax: sharray_base::MAX_NDIM,
        }
    }
}

const NO_COPY: &str = "Unable to avoid copy while creating an array as requested.\n\
                       If using `np.array(obj, copy=False)` replace it with `np.asarray(obj)` to allow a copy when \
                       needed (no behavior change in NumPy 1.x).\n\
                       For more details, see https://numpy.org/devdocs/numpy_2_0_migration_guide.html\
                       #adapting-to-changes-in-the-copy-keyword.";

/// The error of a copy that `copy=False` forbids.
pub fn copy_refused() -> PyErr {
    PyValueError::new_err(NO_COPY)
}

/// The object as an array, itself if it is one.
pub fn asarray<'py>(object: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    match Array::from_object(object) {
        Some(array) if array.is_exact() => Ok(array),
        _ => from_any(object, &Request::default()),
    }
}

/// As [`asarray`], but subclasses pass through.
pub fn asanyarray<'py>(object: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    match Array::from_object(object) {
        Some(array) => Ok(array),
        None => from_any(object, &Request { subok: true, ..Request::default() }),
    }
}

/// `np.array`.
///
/// # Errors
/// `ValueError` for ragged sequences and refused copies, and what the conversion of elements raises.
pub fn from_any<'py>(object: &Bound<'py, PyAny>, request: &Request<'py>) -> PyResult<Array<'py>> {
    let array = match Array::from_object(object) {
        Some(array) => from_array(&array, request)?,
        None => from_other(object, request)?,
    };
    with_ndmin(array, request.ndmin)
}

/// Adds axes of extent 1 in front.
fn with_ndmin<'py>(array: Array<'py>, ndmin: usize) -> PyResult<Array<'py>> {
    if array.ndim() >= ndmin {
        return Ok(array);
    }
    let added = ndmin - array.ndim();
    let ones = std::iter::repeat_n(1, added);
    let shape: Dims = ones.chain(array.shape().iter().copied()).collect();
    layout::checked_len(&shape, array.dtype().itemsize()).or_raise(array.py())?;
    let fill =
        array.strides().first().map_or(array.dtype().itemsize() as isize, |s| s * array.shape()[0].max(1));
    let strides: Dims = std::iter::repeat_n(fill, added).chain(array.strides().iter().copied()).collect();
    // SAFETY: axes of extent 1 add no address.
    unsafe { array.sub_view(&array.descr(), array.data(), &shape, &strides) }
}

fn from_array<'py>(array: &Array<'py>, request: &Request<'py>) -> PyResult<Array<'py>> {
    let py = array.py();
    if !array.is_exact() {
        mapped::check(array)?;
    }
    let wanted = match &request.dtype {
        Some(descr) if is_open_text(descr) && array.dtype().kind() == Kind::Object => {
            let fitted = adapt_flexible(descr, array)?;
            // Objects of no text at all get the width of an object.
            let narrow = dtype::value(&fitted).itemsize() <= discover::minimum(dtype::value(&fitted).num());
            if narrow && !holds_text(array)? {
                dtype::from_value(
                    py,
                    &DType::flexible(dtype::value(&fitted).num(), array.dtype().itemsize()),
                )?
            } else {
                fitted
            }
        }
        Some(descr) => adapt_flexible(descr, array)?,
        None => array.descr(),
    };
    // Each dtype object of texts is of its own.
    let shared = array.dtype().num() != TypeNum::VString;
    let same_dtype = wanted.is(array.descr()) || shared && dtype::value(&wanted).equivalent(array.dtype());
    // A copy keeps which of two names the same integers go by.
    let renames = same_dtype && dtype::value(&wanted).num() != array.dtype().num();
    let wanted = if renames && request.copy == CopyMode::Always { array.descr() } else { wanted };
    let order_fits = match request.order {
        Order::C => array.has(flag::C_CONTIGUOUS),
        Order::F => array.has(flag::F_CONTIGUOUS),
        Order::Any | Order::Keep => true,
    };
    let is_subarray = dtype::value(&wanted).as_subarray().is_some();
    if is_subarray && request.copy != CopyMode::Never {
        // Each element is spread over its subarray.
        return Array::given(&array.call_method1(pyo3::intern!(py, "astype"), (wanted,))?, "astype");
    }
    if request.copy != CopyMode::Always && same_dtype && order_fits && !is_subarray {
        if wanted.is(array.descr()) && (request.subok || array.is_exact()) {
            return Ok(array.clone());
        }
        let class = (request.subok && !array.is_exact()).then(|| array.get_type());
        let (data, shape, strides) = (array.data(), array.shape(), array.strides());
        // SAFETY: the whole array again, with the dtype object asked for, or as a plain ndarray.
        return unsafe { array.sub_view_as(&wanted, data, shape, strides, class.as_ref()) };
    }
    if request.copy == CopyMode::Never {
        return Err(copy_refused());
    }
    if array.ndim() > request.ndmax && !same_dtype {
        return Err(PyValueError::new_err(format!(
            "object too deep for desired array: {} axes, but ndmax is {}",
            array.ndim(),
            request.ndmax
        )));
    }
    let class = (request.subok && !array.is_exact()).then(|| array.get_type());
    let result = like(array, &wanted, request.order, class.as_ref())?;
    copy_cast(&result, array, Casting::Unsafe)?;
    let _ = py;
    Ok(result)
}

fn is_open_text(descr: &Bound<'_, PyAny>) -> bool {
    let value = dtype::value(descr);
    matches!(value.kind(), Kind::Bytes | Kind::Unicode) && value.itemsize() == 0
}

/// True when an element of an array of objects is written as more than nothing.
fn holds_text(array: &Array<'_>) -> PyResult<bool> {
    for item in raveled(&asarray(array)?, Order::C)?.try_iter()? {
        if item?.str()?.len()? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// An uninitialised array of the same shape, in `order` relative to `array`'s layout.
pub fn like<'py>(
    array: &Array<'py>,
    descr: &Bound<'py, PyAny>,
    order: Order,
    class: Option<&Bound<'py, pyo3::types::PyType>>,
) -> PyResult<Array<'py>> {
    if class.is_none()
        && matches!(order, Order::C | Order::Keep)
        && let Some(made) = small::like(array, descr)?
    {
        return Ok(made);
    }
    let py = array.py();
    let wanted = dtype::value(descr);
    if wanted.as_subarray().is_some() {
        return Array::build(py, descr, array.shape(), Order::C, false, class);
    }
    let (old, new) = (array.dtype().itemsize(), wanted.itemsize());
    let strides = reshape::fresh_strides(order, array.shape(), array.strides(), old, new);
    let result = Array::allocate(py, descr, array.shape(), &strides, false, class)?;
    ndarray::finalize(&result, Some(array))?;
    Ok(result)
}

/// `U`, `S` and `V` without a width, and times without a unit, take what the array needs.
pub fn adapt_flexible<'py>(descr: &Bound<'py, PyAny>, array: &Array<'py>) -> PyResult<Bound<'py, PyAny>> {
    let value = dtype::value(descr);
    let open_width = value.itemsize() == 0 && value.num().is_flexible() && value.as_structure().is_none();
    let open_unit = matches!(value.num(), TypeNum::Datetime | TypeNum::Timedelta)
        && value.time_unit() == sharray_base::dtype::TimeUnit::GENERIC;
    if !open_width && !open_unit {
        return Ok(descr.clone());
    }
    discover::fit(descr, array)
}

/// True when an array of shape `from` can be assigned to one of shape `to`.
pub fn fits(from: &[isize], to: &[isize]) -> bool {
    let extra = from.len().saturating_sub(to.len());
    let (leading, from) = from.split_at(extra);
    leading.iter().all(|n| *n == 1)
        && from.iter().rev().zip(to.iter().rev()).all(|(have, want)| have == want || *have == 1)
}

/// Copies `source` into `target` with casting; floating-point flags become warnings as for a cast.
pub fn copy_cast<'py>(target: &Array<'py>, source: &Array<'py>, casting: Casting) -> PyResult<()> {
    if casting == Casting::Unsafe && small::copy(target, source)? {
        return Ok(());
    }
    let py = target.py();
    let (dst, src) = (target.view_mut_unchecked(), source.view());
    let objects = target.dtype().holds_objects() || source.dtype().holds_objects();
    if fits(source.shape(), target.shape()) {
        crate::fp_report::warn_complex(py, source.dtype(), target.dtype())?;
    }
    let bytes = target.nbytes();
    let status = gate::work(py, bytes, objects, || {
        fp_status::clear();
        assign::copy(dst, src, casting).map(|()| fp_status::read())
    });
    let status = status.or_raise(py)?;
    crate::fp_report::report_cast(py, status)
}

/// A fresh array of a single number, or of a flat list of Python numbers; `None` for other objects.
///
/// # Errors
/// `MemoryError`.
pub fn of_plain<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    match small::of_numbers(object, None)? {
        None => small::of_scalar(object),
        made => Ok(made),
    }
}

/// An uninitialised array of numbers of the shape of `array` in C order, if that is how it lies; `None` for others.
///
/// # Errors
/// `MemoryError`.
pub fn like_small<'py>(array: &Array<'py>, descr: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    small::like(array, descr)
}

/// As [`of_plain`], of one of the singleton dtypes of numbers, for lists and tuples.
///
/// # Errors
/// `MemoryError`.
pub fn of_plain_as<'py>(
    object: &Bound<'py, PyAny>,
    descr: *mut crate::object::layout::DTypeObject,
) -> PyResult<Option<Array<'py>>> {
    // SAFETY: a singleton lives for ever.
    let descr = unsafe { Bound::from_borrowed_ptr(object.py(), descr.cast()) };
    small::of_numbers(object, Some(&descr))
}

fn from_other<'py>(object: &Bound<'py, PyAny>, request: &Request<'py>) -> PyResult<Array<'py>> {
    // Lists in lists have two axes, and no order but C.
    if request.copy != CopyMode::Never && request.ndmax > 1 && request.order != Order::F {
        let made = match &request.dtype {
            Some(_) => small::of_numbers(object, request.dtype.as_ref())?,
            None => of_plain(object)?,
        };
        let made = match made {
            None => texts::of_list(object, request.dtype.as_ref())?,
            made => made,
        };
        if let Some(made) = made {
            return Ok(made);
        }
    }
    if request.copy != CopyMode::Always
        && request.dtype.is_none()
        && let Some(array) = scalar::void::shared(object)?
    {
        return Ok(array);
    }
    let before = crossings::newest(object.py());
    if let Some((array, copied)) = foreign::answered(object, request)? {
        // An object that was told to copy, and did not refuse, has.
        let copy = if copied && request.copy == CopyMode::Always { CopyMode::IfNeeded } else { request.copy };
        let (number, request) = (crossings::since(object.py(), before), Request { copy, ..request.clone() });
        crossings::to_be_copied(object, &array, &request)?;
        let result = from_array(&array, &request)?;
        crossings::was_copied(number, &array, &result, &request);
        return Ok(result);
    }
    if request.copy == CopyMode::Never {
        return Err(copy_refused());
    }
    from_sequence(object, request, request.ndmax)
}

/// A new array from scalars and nested sequences.
fn from_sequence<'py>(
    object: &Bound<'py, PyAny>,
    request: &Request<'py>,
    most: usize,
) -> PyResult<Array<'py>> {
    let py = object.py();
    let found = discover(object, request.dtype.as_ref(), most)?;
    let order = if request.order == Order::F { Order::F } else { Order::C };
    let wanted = dtype::value(&found.descr).clone();
    if wanted.as_subarray().is_some() {
        return of_subarrays(&found);
    }
    let gaps = wanted.as_structure().is_some();
    let result = Array::build(py, &found.descr, &found.shape, order, gaps, None)?;
    if found.shape.is_empty() && wanted.kind() == Kind::Int && scalar::is_scalar(object) {
        // A scalar on its own is cast; among others, and in assignments, its whole number is asked for.
        scalar::cast_element(object, &wanted, result.data())?;
        return Ok(result);
    }
    found.fill(&result)?;
    Ok(result)
}

/// A new array whose elements are subarrays: each value found fills one, and the result has their axes too.
fn of_subarrays<'py>(found: &Found<'py>) -> PyResult<Array<'py>> {
    let py = found.descr.py();
    let result = Array::build(py, &found.descr, &found.shape, Order::C, true, None)?;
    // SAFETY: the result's elements, taken together as the subarrays they were made for.
    let whole = unsafe {
        let strides = &result.strides()[..found.shape.len()];
        result.sub_view_as(&found.descr, result.data(), &found.shape, strides, None)?
    };
    found.fill(&whole)?;
    Ok(result)
}

/// `target[...] = value` for any Python value.
pub fn assign_into<'py>(target: &Array<'py>, value: &Bound<'py, PyAny>) -> PyResult<()> {
    let py = target.py();
    target.view_mut("assignment destination")?;
    if let Some(source) = Array::from_object(value) {
        return copy_cast(target, &source, Casting::Unsafe);
    }
    if scalar::is_scalar(value)
        && target.dtype().as_structure().is_some()
        && scalar::number_of(value).is_some_and(|num| num.is_number())
    {
        // A number for every field, cast as an array is.
        return copy_cast(target, &asarray(value)?, Casting::Unsafe);
    }
    // A text is a sequence of its characters to the dtype `c`.
    let characters =
        target.ndim() > 0 && value.is_instance_of::<PyString>() && dtype::is_character(target.dtype());
    if is_scalar(value) && !characters || target.ndim() == 0 && target.dtype().num() == TypeNum::Object {
        return fill(target, value);
    }
    if target.dtype().num() == TypeNum::Void && value.is_instance_of::<PyTuple>() {
        return fill(target, value);
    }
    let source = for_assignment(value, target)?;
    let _ = py;
    copy_cast(target, &source, Casting::Unsafe)
}

/// Sets every element to an exact Python number of the dtype's own kind. Returns whether it did.
pub fn fill_plain(target: &Array<'_>, value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let mut room = [0u64; 4];
    let place: *mut u8 = room.as_mut_ptr().cast();
    if !small::store(value, target.dtype(), place) {
        return Ok(false);
    }
    if !small::fill(target, place) {
        let destination = target.view_mut_unchecked();
        // SAFETY: one element of the target's dtype.
        unsafe { assign::fill(destination, place, target.dtype()) }.or_raise(target.py())?;
    }
    Ok(true)
}

/// Sets every element to one value.
pub fn fill<'py>(target: &Array<'py>, value: &Bound<'py, PyAny>) -> PyResult<()> {
    let py = target.py();
    if fill_plain(target, value)? {
        return Ok(());
    }
    // Zeroed, so that gaps between fields hold no leftovers.
    let element = Array::zeros(py, target.dtype(), &[], Order::C)?;
    scalar::to_element(value, element.dtype(), element.data())?;
    let destination = target.view_mut_unchecked();
    // SAFETY: one element of the target's dtype.
    unsafe { assign::fill(destination, element.data(), element.dtype()) }.or_raise(py)
}

/// Writes a value to the element at `data` of `array`.
pub fn assign_element<'py>(array: &Array<'py>, data: *mut u8, value: &Bound<'py, PyAny>) -> PyResult<()> {
    if small::store(value, array.dtype(), data) {
        return Ok(());
    }
    let py = array.py();
    if array.dtype().num() != TypeNum::Object
        && let Some(source) = Array::from_object(value)
    {
        // SAFETY: one element of the array.
        let target = unsafe { array.sub_view_as(&array.descr(), data, &[], &[], None)? };
        let kind = array.dtype().kind();
        let spreads = source.ndim() == 0 || array.dtype().as_subarray().is_some();
        if spreads || kind == Kind::Void && source.size() == 1 {
            return copy_cast(&target, &source, Casting::Unsafe);
        }
        // An array of one element has a truth value, but is no number.
        if kind == Kind::Bool {
            return scalar::to_element(value, array.dtype(), data);
        }
        if kind == Kind::Complex || array.dtype().num() == TypeNum::LongDouble {
            return Err(PyTypeError::new_err("only 0-dimensional arrays can be converted to Python scalars"));
        }
        if source.size() == 1 {
            return Err(PyValueError::new_err("setting an array element with a sequence."));
        }
        let cause = PyTypeError::new_err("only 0-dimensional arrays can be converted to Python scalars");
        return Err(sequence_error(py, Some(cause)));
    }
    scalar::to_element(value, array.dtype(), data)
}

/// The `ValueError` of a sequence where one element belongs.
pub fn sequence_error(py: Python<'_>, cause: Option<PyErr>) -> PyErr {
    let error = PyValueError::new_err("setting an array element with a sequence.");
    error.set_cause(py, cause);
    error
}

/// A value as an array of a dtype, as NumPy takes it where it does not force casts: what is an array already, or says
/// what its elements are, is cast safely or refused; scalars and sequences are stored element by element.
///
/// # Errors
/// `TypeError` for an array that can't be cast safely; what storing an element raises.
pub fn unforced<'py>(value: &Bound<'py, PyAny>, descr: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    let found = match Array::from_object(value) {
        Some(array) => Some(array),
        None => foreign::as_array(value, &Request::default())?,
    };
    let Some(array) = found else {
        return from_any(value, &Request { dtype: Some(descr.clone()), ..Request::default() });
    };
    let wanted = dtype::value(descr);
    check_cast(array.dtype(), wanted, Casting::Safe).or_raise(value.py())?;
    crate::functions::dtypes::cast(&array, wanted)
}

/// A value about to be assigned to (part of) `target`, as an array: of the target's dtype where it is not one already.
pub fn for_assignment<'py>(value: &Bound<'py, PyAny>, target: &Array<'py>) -> PyResult<Array<'py>> {
    if let Some(array) = Array::from_object(value) {
        return Ok(array);
    }
    let request = Request { dtype: Some(target.descr()), ..Request::default() };
    if let Some(array) = foreign::as_array(value, &Request::default())? {
        return Ok(array);
    }
    if target.dtype().num() == TypeNum::Object {
        return from_sequence(value, &request, target.ndim());
    }
    from_any(value, &request)
}

/// Python and NumPy scalars: things that are never sequences of elements.
pub fn is_scalar(object: &Bound<'_, PyAny>) -> bool {
    object.is_instance_of::<PyFloat>()
        || object.is_instance_of::<PyInt>()
        || object.is_instance_of::<PyBool>()
        || object.is_instance_of::<PyComplex>()
        || object.is_instance_of::<PyString>()
        || object.is_instance_of::<PyBytes>()
        || scalar::is_scalar(object)
}

/// The items of a list or tuple, or of another sequence as a list.
pub fn items<'py>(object: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if let Ok(list) = object.cast::<PyList>() {
        return Ok(list.iter().collect());
    }
    if let Ok(tuple) = object.cast::<PyTuple>() {
        return Ok(tuple.iter().collect());
    }
    // The items of an array are as many as its first axis is long, whatever a subclass's `__getitem__` answers.
    match Array::from_object(object).filter(|array| !array.is_exact() && array.ndim() > 0) {
        Some(array) => (0..array.shape()[0]).map(|i| array.get_item(i)).collect(),
        None => object.try_iter()?.collect(),
    }
}
