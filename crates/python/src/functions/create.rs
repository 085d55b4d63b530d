//! Creation: `array`, `asarray`, `empty`, `zeros`, ….

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use sharray_base::layout::Order;
use sharray_core::assign::Casting;

use crate::coerce::{self, CopyMode, Request};
use crate::methods::protocol::copy_mode;
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::{INLINE_AXES, flag};
use crate::{args, object};

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// `like=`: the reference's `__array_function__` makes the array, unless it is ours.
fn by_like<'py>(
    py: Python<'py>,
    name: &str,
    like: Given<'_, 'py>,
    arguments: impl FnOnce() -> PyResult<(Bound<'py, pyo3::types::PyTuple>, Bound<'py, pyo3::types::PyDict>)>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(like) = like.filter(|l| !l.is_none()) else { return Ok(None) };
    if Array::from_object(like).is_some_and(|a| a.is_exact()) {
        return Ok(None);
    }
    let (positional, keywords) = arguments()?;
    let dispatch = py.import("sharray._core.overrides")?.getattr("_dispatch_like")?;
    let result = dispatch.call1((name, like, positional, keywords))?;
    Ok((!result.is(py.NotImplemented().bind(py))).then_some(result))
}

fn wanted<'py>(dtype_arg: Given<'_, 'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
    dtype_arg.filter(|d| !d.is_none()).map(dtype::coerce).transpose()
}

macro_rules! pack {
    ($py:expr, ($($positional:expr),*), {$($name:literal: $value:expr),*}) => {
        || {
            let keywords = pyo3::types::PyDict::new($py);
            $(if let Some(value) = $value { keywords.set_item($name, value)?; })*
            Ok((pyo3::types::PyTuple::new($py, [$($positional.clone()),*])?, keywords))
        }
    };
}

/// The most axes there may be.
const MAX: isize = sharray_base::MAX_NDIM as isize;

/// What `copy=` was given. None is an answer of its own ("if needed"), so `Option`, which takes it for no answer, won't do.
struct CopyArgument<'py>(Option<Bound<'py, PyAny>>);

impl<'py> FromPyObject<'_, 'py> for CopyArgument<'py> {
    type Error = PyErr;
    fn extract(object: pyo3::Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Ok(CopyArgument(Some(object.to_owned())))
    }
}

/// array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, ndmax=64, like=None)
#[pyfunction]
#[pyo3(
    signature = (object, dtype=None, *, copy=CopyArgument(None), order=None, subok=false, ndmin=0, ndmax=MAX, like=None),
    text_signature = "(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, ndmax=0, like=None)"
)]
#[expect(clippy::too_many_arguments, reason = "NumPy's signature")]
fn array<'py>(
    object: &Bound<'py, PyAny>,
    dtype: Given<'_, 'py>,
    copy: CopyArgument<'py>,
    order: Given<'_, 'py>,
    subok: bool,
    ndmin: isize,
    ndmax: isize,
    like: Given<'_, 'py>,
) -> Result<'py> {
    let py = object.py();
    let copy = copy.0.as_ref();
    let packed = pack!(py, (object), {"dtype": dtype, "copy": copy, "order": order});
    if let Some(made) = by_like(py, "array", like, packed)? {
        return Ok(made);
    }
    let copy = match copy {
        Some(copy) => copy_mode(Some(copy), CopyMode::Always)?,
        None => CopyMode::Always,
    };
    if !(0..=MAX).contains(&ndmax) {
        return Err(PyValueError::new_err(format!(
            "ndmax must be in the range [0, NPY_MAXDIMS ({MAX})], got {ndmax}"
        )));
    }
    if ndmin > ndmax {
        return Err(PyValueError::new_err(format!("ndmin must be <= ndmax ({ndmax}), got {ndmin}")));
    }
    let (ndmin, ndmax) = (ndmin.max(0) as usize, ndmax as usize);
    let order = args::order(order, Order::Keep)?;
    let request = Request { dtype: wanted(dtype)?, copy, order, subok, ndmin, ndmax };
    Ok(coerce::from_any(object, &request)?.into_object())
}

fn convert<'py>(
    object: &Bound<'py, PyAny>,
    dtype: Given<'_, 'py>,
    order: Given<'_, 'py>,
    copy: Given<'_, 'py>,
    subok: bool,
) -> Result<'py> {
    let copy = copy_mode(copy, CopyMode::IfNeeded)?;
    let order = args::order(order, Order::Keep)?;
    let request = Request { dtype: wanted(dtype)?, copy, order, subok, ..Request::default() };
    Ok(coerce::from_any(object, &request)?.into_object())
}

fn check_device(device: Given<'_, '_>) -> PyResult<()> {
    let Some(device) = device.filter(|d| !d.is_none()) else { return Ok(()) };
    match device.extract::<String>() {
        Ok(text) if text == "cpu" => Ok(()),
        _ => Err(PyValueError::new_err(format!(
            "Device not understood. Only \"cpu\" is allowed, but received: {device}"
        ))),
    }
}

/// asarray(a, dtype=None, order=None, *, device=None, copy=None, like=None)
#[pyfunction]
#[pyo3(signature = (a, dtype=None, order=None, *, device=None, copy=None, like=None))]
fn asarray<'py>(
    a: &Bound<'py, PyAny>,
    dtype: Given<'_, 'py>,
    order: Given<'_, 'py>,
    device: Given<'_, 'py>,
    copy: Given<'_, 'py>,
    like: Given<'_, 'py>,
) -> Result<'py> {
    let py = a.py();
    if let Some(made) = by_like(py, "asarray", like, pack!(py, (a), {"dtype": dtype, "order": order}))? {
        return Ok(made);
    }
    check_device(device)?;
    convert(a, dtype, order, copy, false)
}

/// asanyarray(a, dtype=None, order=None, *, device=None, copy=None, like=None)
#[pyfunction]
#[pyo3(signature = (a, dtype=None, order=None, *, device=None, copy=None, like=None))]
fn asanyarray<'py>(
    a: &Bound<'py, PyAny>,
    dtype: Given<'_, 'py>,
    order: Given<'_, 'py>,
    device: Given<'_, 'py>,
    copy: Given<'_, 'py>,
    like: Given<'_, 'py>,
) -> Result<'py> {
    let py = a.py();
    if let Some(made) = by_like(py, "asanyarray", like, pack!(py, (a), {"dtype": dtype, "order": order}))? {
        return Ok(made);
    }
    check_device(device)?;
    convert(a, dtype, order, copy, true)
}

fn contiguous<'py>(a: &Bound<'py, PyAny>, dtype: Given<'_, 'py>, order: Order) -> Result<'py> {
    let request = Request { dtype: wanted(dtype)?, order, ndmin: 1, ..Request::default() };
    Ok(coerce::from_any(a, &request)?.into_object())
}

/// ascontiguousarray(a, dtype=None, *, like=None)
#[pyfunction]
#[pyo3(signature = (a, dtype=None, *, like=None))]
fn ascontiguousarray<'py>(a: &Bound<'py, PyAny>, dtype: Given<'_, 'py>, like: Given<'_, 'py>) -> Result<'py> {
    let py = a.py();
    if let Some(made) = by_like(py, "ascontiguousarray", like, pack!(py, (a), {"dtype": dtype}))? {
        return Ok(made);
    }
    contiguous(a, dtype, Order::C)
}

/// asfortranarray(a, dtype=None, *, like=None)
#[pyfunction]
#[pyo3(signature = (a, dtype=None, *, like=None))]
fn asfortranarray<'py>(a: &Bound<'py, PyAny>, dtype: Given<'_, 'py>, like: Given<'_, 'py>) -> Result<'py> {
    let py = a.py();
    if let Some(made) = by_like(py, "asfortranarray", like, pack!(py, (a), {"dtype": dtype}))? {
        return Ok(made);
    }
    contiguous(a, dtype, Order::F)
}

fn fresh<'py>(
    shape: &Bound<'py, PyAny>,
    dtype: Given<'_, 'py>,
    order: Given<'_, 'py>,
    zeroed: bool,
) -> Result<'py> {
    let py = shape.py();
    if order.is_none_or(|order| order.is(pyo3::intern!(py, "C")))
        && let Some(array) = plain(shape, dtype, zeroed)?
    {
        return Ok(array.into_object());
    }
    let descr = match wanted(dtype)? {
        Some(descr) => complete_width(py, descr)?,
        None => object::dtype::from_value(py, &sharray_base::DType::of(sharray_base::TypeNum::Double))?,
    };
    let order = match args::order(order, Order::C)? {
        order @ (Order::C | Order::F) => order,
        _ => return Err(PyValueError::new_err("only 'C' or 'F' order is permitted")),
    };
    let shape = args::shape(shape)?;
    // Leftovers of other memory are no text.
    let cleared = zeroed || dtype::value(&descr).kind() == sharray_base::Kind::Unicode;
    let array = Array::build(py, &descr, &shape, order, cleared, None)?;
    fill_objects(&array, zeroed)?;
    Ok(array.into_object())
}

/// Shapes of more bytes go the general way, which says what is wrong with them.
const PLAIN_BYTES: usize = 1 << 40;

/// A fresh array of plain numbers with a few axes; `None` for others, and for shapes that are not plain integers.
pub(super) fn plain<'py>(
    shape: &Bound<'py, PyAny>,
    dtype: Given<'_, 'py>,
    zeroed: bool,
) -> PyResult<Option<Array<'py>>> {
    let mut dims = [0; INLINE_AXES];
    let Some(dims) = args::plain_shape(&[shape.as_ptr()], &mut dims) else { return Ok(None) };
    if dims.iter().any(|extent| *extent < 0) {
        return Ok(None);
    }
    let descr = match wanted(dtype)? {
        Some(descr) => {
            let num = dtype::value(&descr).num();
            let descr: *mut object::layout::DTypeObject = descr.as_ptr().cast();
            if !num.is_number() || !std::ptr::eq(descr, dtype::singleton(num)) {
                return Ok(None);
            }
            descr
        }
        None => dtype::singleton(sharray_base::TypeNum::Double),
    };
    // SAFETY: a singleton lives for ever.
    let itemsize = unsafe { (*descr).fields.elsize as usize };
    let fits = |count: usize| count.checked_mul(itemsize).is_some_and(|bytes| bytes <= PLAIN_BYTES);
    let count = dims.iter().try_fold(1usize, |count, n| count.checked_mul(*n as usize));
    let Some(count) = count.filter(|count| fits(*count)) else { return Ok(None) };
    Array::dense_block(shape.py(), descr, dims, count, zeroed).map(Some)
}

/// `full` and `ones`: an array of `shape` with every element set to `fill_value`, of its dtype unless given.
#[pyfunction]
#[pyo3(signature = (shape, fill_value, dtype=None, order=None, *, device=None))]
fn _full<'py>(
    shape: &Bound<'py, PyAny>,
    fill_value: &Bound<'py, PyAny>,
    dtype: Given<'_, 'py>,
    order: Given<'_, 'py>,
    device: Given<'_, 'py>,
) -> Result<'py> {
    check_device(device)?;
    let own = match dtype.filter(|d| !d.is_none()) {
        Some(_) => None,
        None => Some(coerce::asarray(fill_value)?),
    };
    let descr = own.as_ref().map(Array::descr);
    let array =
        Array::expect(&fresh(shape, dtype.filter(|d| !d.is_none()).or(descr.as_ref()), order, false)?);
    if !coerce::fill_plain(&array, fill_value)? {
        super::join::copy_to(&array, own.as_ref().map_or(fill_value, |own| own.as_ref()), Casting::Unsafe)?;
    }
    Ok(array.into_object())
}

/// Text dtypes without a width get room for one character.
fn complete_width<'py>(py: Python<'py>, descr: Bound<'py, PyAny>) -> Result<'py> {
    let value = dtype::value(&descr);
    let unit = match value.num() {
        sharray_base::TypeNum::Unicode => 4,
        sharray_base::TypeNum::String => 1,
        _ => return Ok(descr),
    };
    if value.itemsize() > 0 {
        return Ok(descr);
    }
    dtype::from_value(py, &sharray_base::DType::flexible(value.num(), unit))
}

/// Object elements of a fresh array are the integer 0 where it is zeroed, else `None`, in structures too.
///
/// # Errors
/// What a field of a structure raises.
pub fn fill_objects(array: &Array<'_>, zeroed: bool) -> PyResult<()> {
    let dtype = array.dtype();
    if !dtype.holds_objects() || dtype.kind() == sharray_base::Kind::VString {
        return Ok(());
    }
    let py = array.py();
    let value = if zeroed { 0i32.into_pyobject(py)?.into_any() } else { py.None().into_bound(py) };
    match dtype.as_structure() {
        None => coerce::fill(array, &value),
        Some(structure) => {
            let names: Vec<String> = structure
                .fields
                .iter()
                .filter(|f| f.dtype.holds_objects())
                .map(|f| f.name.to_string())
                .collect();
            let plain = coerce::asarray(array)?;
            names.iter().try_for_each(|name| {
                let field = Array::from_object(&plain.get_item(name)?);
                let field = field.ok_or_else(|| PyTypeError::new_err("a field is no array"))?;
                fill_objects(&field, zeroed)
            })
        }
    }
}

/// empty(shape, dtype=float, order='C', *, device=None, like=None)
#[pyfunction]
#[pyo3(
    signature = (shape, dtype=None, order=None, *, device=None, like=None),
    text_signature = "(shape, dtype=None, order='C', *, device=None, like=None)"
)]
fn empty<'py>(
    shape: &Bound<'py, PyAny>,
    dtype: Given<'_, 'py>,
    order: Given<'_, 'py>,
    device: Given<'_, 'py>,
    like: Given<'_, 'py>,
) -> Result<'py> {
    let py = shape.py();
    if let Some(made) = by_like(py, "empty", like, pack!(py, (shape), {"dtype": dtype, "order": order}))? {
        return Ok(made);
    }
    check_device(device)?;
    fresh(shape, dtype, order, false)
}

/// zeros(shape, dtype=float, order='C', *, device=None, like=None)
#[pyfunction]
#[pyo3(
    signature = (shape, dtype=None, order=None, *, device=None, like=None),
    text_signature = "(shape, dtype=None, order='C', *, device=None, like=None)"
)]
fn zeros<'py>(
    shape: &Bound<'py, PyAny>,
    dtype: Given<'_, 'py>,
    order: Given<'_, 'py>,
    device: Given<'_, 'py>,
    like: Given<'_, 'py>,
) -> Result<'py> {
    let py = shape.py();
    if let Some(made) = by_like(py, "zeros", like, pack!(py, (shape), {"dtype": dtype, "order": order}))? {
        return Ok(made);
    }
    check_device(device)?;
    fresh(shape, dtype, order, true)
}

/// empty_like(prototype, dtype=None, order='K', subok=True, shape=None, *, device=None)
#[pyfunction]
#[pyo3(signature = (prototype, dtype=None, order=None, subok=true, shape=None, *, device=None))]
fn empty_like<'py>(
    prototype: &Bound<'py, PyAny>,
    dtype: Given<'_, 'py>,
    order: Given<'_, 'py>,
    subok: bool,
    shape: Given<'_, 'py>,
    device: Given<'_, 'py>,
) -> Result<'py> {
    check_device(device)?;
    let py = prototype.py();
    let source = coerce::asanyarray(prototype)?;
    let descr = match wanted(dtype)? {
        Some(descr) => complete_width(py, descr)?,
        None => source.descr(),
    };
    let order = args::order(order, Order::Keep)?;
    let class = (subok && !source.is_exact()).then(|| source.get_type());
    let Some(shape) = shape.filter(|s| !s.is_none()) else {
        let array = coerce::like(&source, &descr, order, class.as_ref())?;
        fill_objects(&array, false)?;
        return Ok(array.into_object());
    };
    let shape = args::shape(shape)?;
    let order = match order {
        Order::Keep if shape.len() == source.ndim() => {
            let mut axes = sharray_base::layout::reshape::memory_order(source.strides());
            if source.has(flag::C_CONTIGUOUS) {
                axes.sort_unstable();
            }
            let size = dtype::value(&descr).itemsize();
            let strides = sharray_base::layout::reshape::strides_in_order(&shape, &axes, size);
            let array = Array::allocate(py, &descr, &shape, &strides, false, class.as_ref())?;
            object::ndarray::finalize(&array, Some(&source))?;
            fill_objects(&array, false)?;
            return Ok(array.into_object());
        }
        Order::F => Order::F,
        Order::Any if source.has(flag::F_CONTIGUOUS) && !source.has(flag::C_CONTIGUOUS) => Order::F,
        _ => Order::C,
    };
    let array = Array::build(py, &descr, &shape, order, false, class.as_ref())?;
    fill_objects(&array, false)?;
    Ok(array.into_object())
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(array, module)?)?;
    module.add_function(wrap_pyfunction!(asarray, module)?)?;
    module.add_function(wrap_pyfunction!(asanyarray, module)?)?;
    module.add_function(wrap_pyfunction!(ascontiguousarray, module)?)?;
    module.add_function(wrap_pyfunction!(asfortranarray, module)?)?;
    module.add_function(wrap_pyfunction!(empty, module)?)?;
    module.add_function(wrap_pyfunction!(zeros, module)?)?;
    module.add_function(wrap_pyfunction!(empty_like, module)?)?;
    module.add_function(wrap_pyfunction!(_full, module)?)?;
    Ok(())
}
