//! Methods that describe the same memory anew, or copy it whole: reshape, transpose, view, astype, ….

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi::PyMethodDef;
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyTuple, PyType};
use sharray_base::layout::reshape::{self, Layout};
use sharray_base::layout::{self, Order};
use sharray_base::{DType, Dims, Kind, TypeNum};
use sharray_core::assign::{self, Casting};

use super::{given, this};
use crate::errors::{LazyClass, OrRaise};
use crate::gate::Args;
use crate::object::array::Array;
use crate::object::layout::flag;
use crate::object::{attributes, dtype, ndarray, subscript};
use crate::{args, coerce, method_def};

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Slf<'a, 'py> = &'a Bound<'py, PyAny>;

/// A view of the array at a layout computed for it.
pub fn view_of<'py>(array: &Array<'py>, layout: &Layout) -> Result<'py> {
    // SAFETY: layouts of `base::layout::reshape` stay within the array they were computed for, at whole steps of it.
    let view = unsafe {
        let data = array.data().offset(layout.offset);
        match array.plain_view(data, &layout.shape, &layout.strides) {
            Some(view) => view,
            None => array.sub_view(&array.descr(), data, &layout.shape, &layout.strides)?,
        }
    };
    Ok(view.into_object())
}

/// `reshape`: a view where the layout allows, else a copy (`copy=False` refuses one).
pub fn reshaped<'py>(array: &Array<'py>, wanted: &[isize], order: Order, copy: Option<bool>) -> Result<'py> {
    let py = array.py();
    let itemsize = array.dtype().itemsize();
    let order = match order {
        Order::Keep => return Err(PyValueError::new_err("order 'K' is not permitted for reshaping")),
        other => reshape::resolve_order(other, array.shape(), array.strides(), itemsize),
    };
    let shape = reshape::infer_shape(array.size(), wanted).or_raise(py)?;
    layout::checked_len(&shape, itemsize).or_raise(py)?;
    if copy != Some(true) {
        if shape[..] == *array.shape() {
            return view_of(array, &Layout::of(array.shape(), array.strides()));
        }
        if let Some(strides) =
            reshape::reshape_strides(array.shape(), array.strides(), &shape, order, itemsize)
        {
            return view_of(array, &Layout { offset: 0, shape, strides });
        }
        if copy == Some(false) {
            return Err(PyValueError::new_err("Unable to avoid creating a copy while reshaping."));
        }
    }
    let dense = copied(array, order)?;
    let strides = match order {
        Order::F => layout::f_strides(&shape, itemsize),
        _ => layout::c_strides(&shape, itemsize),
    };
    view_of(&dense, &Layout { offset: 0, shape, strides })
}

/// A copy of the same class.
pub fn copied<'py>(array: &Array<'py>, order: Order) -> PyResult<Array<'py>> {
    let class = (!array.is_exact()).then(|| array.get_type());
    let result = coerce::like(array, &array.descr(), order, class.as_ref())?;
    coerce::copy_cast(&result, array, Casting::Unsafe)?;
    Ok(result)
}

/// Most axes of a shape that is read on the stack.
const FEW: usize = 8;

/// A view of a dense array at a shape of few plain integers; `None` for others, and for wrong ones.
fn reshaped_plainly<'py>(array: &Array<'py>, call: &Args<'_, 'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
    if call.has_keywords() || !array.has(flag::C_CONTIGUOUS) {
        return Ok(None);
    }
    let mut room = [0; FEW];
    let Some(shape) = args::plain_shape(call.raw(), &mut room) else { return Ok(None) };
    let size = array.size() as isize;
    let (mut known, mut open) = (1isize, None);
    for (axis, extent) in shape.iter().enumerate() {
        match *extent {
            -1 if open.is_none() => open = Some(axis),
            extent if extent > 0 => match known.checked_mul(extent) {
                Some(product) => known = product,
                None => return Ok(None),
            },
            _ => return Ok(None),
        }
    }
    if let Some(axis) = open {
        shape[axis] = size / known;
        known *= shape[axis];
    }
    if known != size || size == 0 {
        return Ok(None);
    }
    let mut strides = [0; FEW];
    let mut stride = array.dtype().itemsize() as isize;
    for axis in (0..shape.len()).rev() {
        strides[axis] = stride;
        stride *= shape[axis];
    }
    let strides = &strides[..shape.len()];
    // SAFETY: the same dense elements.
    let view = unsafe {
        match array.plain_view(array.data(), shape, strides) {
            Some(view) => view,
            None => array.sub_view(&array.descr(), array.data(), shape, strides)?,
        }
    };
    Ok(Some(view.into_object()))
}

pub(crate) fn reshape_method<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    if let Some(view) = reshaped_plainly(&this(slf), &call)? {
        return Ok(view);
    }
    let mut order = None;
    let mut copy = None;
    let mut shape = None;
    for (name, value) in call.keywords() {
        match &*name.extract::<String>()? {
            "order" => order = Some(value),
            "copy" => copy = Some(value),
            "shape" => shape = Some(value),
            other => {
                return Err(PyTypeError::new_err(format!(
                    "reshape() got an unexpected keyword argument '{other}'"
                )));
            }
        }
    }
    let order = args::order(order.as_ref(), Order::C)?;
    let copy = given(copy).map(|c| c.is_truthy()).transpose()?;
    let array = this(slf);
    let positional = call.positional();
    if positional.is_empty() && shape.is_none() && call.has_keywords() {
        return Err(PyTypeError::new_err("reshape() missing 1 required positional argument: 'shape'"));
    }
    if let [only] = &positional[..]
        && only.is_none()
    {
        return view_of(&array, &Layout::of(array.shape(), array.strides()));
    }
    let wanted = match shape {
        Some(shape) => args::shape(&shape)?,
        None => args::shape_from(&positional)?,
    };
    reshaped(&array, &wanted, order, copy)
}

pub(crate) fn ravel<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    if call.raw().is_empty()
        && let own = this(slf)
        && own.has(flag::C_CONTIGUOUS)
    {
        let (size, step) = (own.size() as isize, own.dtype().itemsize() as isize);
        // SAFETY: the same dense elements.
        if let Some(view) = unsafe { own.plain_view(own.data(), &[size], &[step]) } {
            return Ok(view.into_object());
        }
    }
    let [order] = call.parse("ravel", &["order"], 0, 1)?;
    let order = args::order(order.as_ref(), Order::C)?;
    Ok(raveled(&this(slf), order)?.into_object())
}

/// The elements as one axis (a class may add axes): a view where the memory allows, whatever a subclass's own
/// `ravel` does.
pub(crate) fn raveled<'py>(array: &Array<'py>, order: Order) -> PyResult<Array<'py>> {
    let size = array.size() as isize;
    if order == Order::Keep {
        // The elements in memory order: transpose so that they lie in C order, then ravel.
        let axes = reshape::memory_order(array.strides());
        let layout = reshape::permuted(array.shape(), array.strides(), &axes);
        let turned = Array::expect(&view_of(array, &layout)?);
        if !layout::is_c_contiguous(turned.shape(), turned.strides(), turned.dtype().itemsize()) {
            return flattened(&turned, Order::C);
        }
        return Ok(Array::expect(&reshaped(&turned, &[size], Order::C, None)?));
    }
    let itemsize = array.dtype().itemsize();
    let order = reshape::resolve_order(order, array.shape(), array.strides(), itemsize);
    let dense = match order {
        Order::F => array.has(flag::F_CONTIGUOUS),
        _ => array.has(flag::C_CONTIGUOUS),
    };
    if dense {
        let layout = Layout {
            offset: 0,
            shape: Dims::from_slice(&[size]),
            strides: Dims::from_slice(&[itemsize as isize]),
        };
        return Ok(Array::expect(&view_of(array, &layout)?));
    }
    flattened(array, order)
}

/// A fresh 1-D copy in `order`.
fn flattened<'py>(array: &Array<'py>, order: Order) -> PyResult<Array<'py>> {
    let dense = copied(array, order)?;
    let class = (!array.is_exact()).then(|| array.get_type());
    let result = Array::allocate(
        array.py(),
        &array.descr(),
        &[array.size() as isize],
        &[array.dtype().itemsize() as isize],
        false,
        class.as_ref(),
    )?;
    ndarray::finalize(&result, Some(array))?;
    let flat = reshaped(&dense, &[array.size() as isize], order, None)?;
    coerce::copy_cast(&result, &Array::expect(&flat), Casting::Unsafe)?;
    Ok(result)
}

fn flatten<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [order] = call.parse("flatten", &["order"], 0, 1)?;
    let array = this(slf);
    if order.is_none() && array.is_exact() && array.ndim() == 1 {
        return Ok(copied(&array, Order::C)?.into_object());
    }
    let flat = match args::order(order.as_ref(), Order::C)? {
        Order::Keep => {
            let axes = reshape::memory_order(array.strides());
            let layout = reshape::permuted(array.shape(), array.strides(), &axes);
            flattened(&Array::expect(&view_of(&array, &layout)?), Order::C)
        }
        order => {
            let order =
                reshape::resolve_order(order, array.shape(), array.strides(), array.dtype().itemsize());
            flattened(&array, order)
        }
    }?;
    Ok(flat.into_object())
}

/// Axes from `transpose(2, 0, 1)`, `transpose((2, 0, 1))`, `transpose(None)`.
fn axes_from(positional: &[Bound<'_, PyAny>]) -> PyResult<Option<Dims>> {
    match positional {
        [] => Ok(None),
        [only] if only.is_none() => Ok(None),
        [only] if !only.is_instance_of::<PyInt>() => {
            only.try_iter()?.map(|a| args::whole_number(&a?)).collect::<PyResult<Dims>>().map(Some)
        }
        many => many.iter().map(args::whole_number).collect::<PyResult<Dims>>().map(Some),
    }
}

/// `transpose(axes)` of a plain array of few axes, by plain integers; all axes turned round if none is given.
fn transposed<'py>(array: &Array<'py>, call: &Args<'_, 'py>) -> Option<Bound<'py, PyAny>> {
    let (mut room, ndim) = ([0; FEW], array.ndim());
    let axes = match call.raw() {
        [] if ndim <= FEW => {
            (0..ndim).for_each(|axis| room[axis] = (ndim - 1 - axis) as isize);
            &room[..ndim]
        }
        given => args::plain_shape(given, &mut room)?,
    };
    let (mut shape, mut strides, mut seen) = ([0; FEW], [0; FEW], [false; FEW]);
    if call.has_keywords() || axes.len() != ndim {
        return None;
    }
    for (place, axis) in axes.iter().enumerate() {
        let axis = if *axis < 0 { axis + ndim as isize } else { *axis } as usize;
        if axis >= ndim || std::mem::replace(&mut seen[axis], true) {
            return None;
        }
        (shape[place], strides[place]) = (array.shape()[axis], array.strides()[axis]);
    }
    // SAFETY: the array's own axes, each once.
    unsafe { array.plain_view(array.data(), &shape[..ndim], &strides[..ndim]).map(Array::into_object) }
}

pub(crate) fn transpose<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    if let Some(view) = transposed(&this(slf), &call) {
        return Ok(view);
    }
    if call.has_keywords() {
        return Err(PyTypeError::new_err("transpose() takes no keyword arguments"));
    }
    let array = this(slf);
    let axes = axes_from(&call.positional())?;
    let layout = reshape::transpose(array.shape(), array.strides(), axes.as_deref()).or_raise(slf.py())?;
    view_of(&array, &layout)
}

pub(crate) fn swapaxes<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [a, b] = call.parse("swapaxes", &["axis1", "axis2"], 2, 2)?;
    let (Some(a), Some(b)) = (a, b) else { return Err(PyTypeError::new_err("swapaxes() takes two axes")) };
    let array = this(slf);
    let (a, b) = (args::axis_number(&a)?, args::axis_number(&b)?);
    view_of(&array, &reshape::swap_axes(array.shape(), array.strides(), a, b).or_raise(slf.py())?)
}

/// `squeeze()` of a plain array of few axes.
fn squeezed<'py>(array: &Array<'py>) -> Option<Bound<'py, PyAny>> {
    let (mut shape, mut strides, mut axes) = ([0; FEW], [0; FEW], 0);
    if !array.is_exact() || array.ndim() > FEW {
        return None;
    }
    for (extent, step) in array.shape().iter().zip(array.strides()).filter(|(extent, _)| **extent != 1) {
        (shape[axes], strides[axes]) = (*extent, *step);
        axes += 1;
    }
    if axes == array.ndim() {
        return Some(array.clone().into_object());
    }
    // SAFETY: the same elements, without axes of one place.
    unsafe { array.plain_view(array.data(), &shape[..axes], &strides[..axes]).map(Array::into_object) }
}

pub(crate) fn squeeze<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    if call.raw().is_empty()
        && let Some(view) = squeezed(&this(slf))
    {
        return Ok(view);
    }
    let [axis] = call.parse("squeeze", &["axis"], 0, 1)?;
    let array = this(slf);
    let axes: Option<Dims> = match given(axis) {
        None => None,
        Some(axis) => Some(match axis.cast::<PyTuple>() {
            Ok(tuple) => {
                let each = |a| {
                    args::plain_axis(&a).map_err(|_| {
                        PyTypeError::new_err("integers are required for the axis tuple elements")
                    })
                };
                tuple.iter().map(each).collect::<PyResult<_>>()?
            }
            Err(_) => Dims::from_slice(&[args::plain_axis(&axis)?]),
        }),
    };
    let layout = reshape::squeeze(array.shape(), array.strides(), axes.as_deref()).or_raise(slf.py())?;
    if layout.shape.len() == array.ndim() {
        return Ok(slf.clone());
    }
    view_of(&array, &layout)
}

fn diagonal<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [offset, a, b] = call.parse("diagonal", &["offset", "axis1", "axis2"], 0, 3)?;
    let number = |v: Option<Bound<'py, PyAny>>, default| v.map_or(Ok(default), |v| args::axis_number(&v));
    let (offset, a, b) = (number(offset, 0)?, number(a, 0)?, number(b, 1)?);
    let array = this(slf);
    let layout = reshape::diagonal(array.shape(), array.strides(), offset, a, b).or_raise(slf.py())?;
    let view = view_of(&array, &layout)?;
    Array::expect(&view).set_flags(flag::WRITEABLE, false);
    Ok(view)
}

fn view_method<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [dtype_arg, type_arg] = call.parse("view", &["dtype", "type"], 0, 2)?;
    let array = this(slf);
    let py = slf.py();
    let mut class = given(type_arg);
    let mut wanted = given(dtype_arg);
    if let Some(candidate) = wanted.clone().filter(is_array_class) {
        if class.is_some() {
            return Err(PyValueError::new_err("Cannot specify output type twice."));
        }
        class = Some(candidate);
        wanted = None;
    }
    let class = match class {
        Some(class) if is_array_class(&class) => class.cast_into::<PyType>()?,
        Some(_) => return Err(PyValueError::new_err("Type must be a sub-type of ndarray type")),
        None => array.get_type(),
    };
    let descr = wanted.map(|w| dtype::coerce(&w)).transpose()?;
    // SAFETY: the whole array again.
    let view = unsafe {
        array.sub_view_as(&array.descr(), array.data(), array.shape(), array.strides(), Some(&class))?
    };
    if let Some(descr) = descr {
        if view.is_exact() {
            attributes::retype(&view, descr)?;
        } else {
            // A subclass may watch its `dtype`.
            view.setattr(pyo3::intern!(py, "dtype"), descr)?;
        }
    }
    Ok(view.into_object())
}

fn is_array_class(object: &Bound<'_, PyAny>) -> bool {
    object
        .cast::<PyType>()
        .is_ok_and(|class| class.is_subclass(ndarray::class(object.py()).as_any()).unwrap_or(false))
}

fn copy_method<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [order] = call.parse("copy", &["order"], 0, 1)?;
    Ok(copied(&this(slf), args::order(order.as_ref(), Order::C)?)?.into_object())
}

fn astype<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let names = &["dtype", "order", "casting", "subok", "copy"];
    let [wanted, order, casting, subok, copy] = call.parse("astype", names, 1, 5)?;
    let array = this(slf);
    let py = slf.py();
    let wanted = wanted.unwrap_or_else(|| py.None().into_bound(py));
    let descr = coerce::adapt_flexible(&dtype::coerce(&wanted)?, &array)?;
    let order = args::order(order.as_ref(), Order::Keep)?;
    let same_value = casting.as_ref().is_some_and(|c| c.extract::<String>().is_ok_and(|c| c == "same_value"));
    let casting =
        if same_value { Casting::SameValue } else { args::casting(casting.as_ref(), Casting::Unsafe)? };
    let subok = args::truth(subok.as_ref(), true)?;
    if copy.as_ref().is_some_and(|c| c.get_type().name().is_ok_and(|n| n == "_CopyMode")) {
        return Err(PyValueError::new_err(
            "the _CopyMode enum is not allowed as copy of astype(): give a bool",
        ));
    }
    let copy = args::truth(copy.as_ref(), true)?;
    let fits = match order {
        Order::C => array.has(flag::C_CONTIGUOUS),
        Order::F => array.has(flag::F_CONTIGUOUS),
        Order::Any | Order::Keep => true,
    };
    let same = std::ptr::eq(descr.as_ptr(), array.fields().descr.cast())
        || dtype::value(&descr) == array.dtype() && array.dtype().num() != TypeNum::VString
        || dtype::value(&descr).num().is_integer() && dtype::value(&descr).equivalent(array.dtype());
    if !copy && same && fits && (subok || array.is_exact()) {
        return Ok(slf.clone());
    }
    let value = dtype::value(&descr);
    if !(casting == Casting::Unsafe && value.is_plain_number() && array.dtype().is_plain_number()) {
        sharray_base::dtype::cast_rules::check_cast(array.dtype(), value, casting).or_raise(py)?;
    }
    let class = (subok && !array.is_exact()).then(|| array.get_type());
    if let Some((base, axes)) = value.flattened() {
        let full: Dims = array.shape().iter().chain(&axes).copied().collect();
        let strides = spread_strides(&array, order, &full, (value, base));
        let base = dtype::from_value(py, base)?;
        let result = Array::allocate(py, &base, &full, &strides, false, class.as_ref())?;
        ndarray::finalize(&result, None)?;
        // Each element is spread over its subarray.
        let shape: Dims = array.shape().iter().copied().chain(std::iter::repeat_n(1, axes.len())).collect();
        let source = Array::expect(&reshaped(&array, &shape, Order::C, None)?);
        coerce::copy_cast(&result, &source, casting)?;
        return Ok(result.into_object());
    }
    let result = coerce::like(&array, &descr, order, class.as_ref())?;
    coerce::copy_cast(&result, &array, casting)?;
    Ok(result.into_object())
}

/// Strides of a result whose elements are spread over subarrays of `dtypes.0`, with elements of `dtypes.1`: its own axes
/// follow the array's memory order, where that is neither C's nor Fortran's.
fn spread_strides(array: &Array<'_>, order: Order, full: &[isize], dtypes: (&DType, &DType)) -> Dims {
    let (c, f) = (array.has(flag::C_CONTIGUOUS), array.has(flag::F_CONTIGUOUS));
    let (whole, size) = (dtypes.0.itemsize(), dtypes.1.itemsize());
    match order {
        Order::F => layout::f_strides(full, size),
        Order::Keep | Order::Any if f && !c => layout::f_strides(full, size),
        Order::Keep if !c => {
            let (shape, old) = (array.shape(), array.dtype().itemsize());
            let outer = reshape::fresh_strides(Order::Keep, shape, array.strides(), old, whole);
            outer.into_iter().chain(layout::c_strides(&full[shape.len()..], size)).collect()
        }
        _ => layout::c_strides(full, size),
    }
}

fn byteswap<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [in_place] = call.parse("byteswap", &["inplace"], 0, 1)?;
    let array = this(slf);
    let py = slf.py();
    let in_place = args::truth(in_place.as_ref(), false)?;
    let swapped = array.dtype().swapped();
    if in_place {
        array.view_mut("array")?;
    }
    let target = match (in_place, swapped == *array.dtype()) {
        (true, true) => return Ok(array.clone().into_object()),
        (false, true) => return Ok(copied(&array, Order::Keep)?.into_object()),
        (true, false) => array.clone(),
        (false, false) => coerce::like(
            &array,
            &array.descr(),
            Order::Keep,
            (!array.is_exact()).then(|| array.get_type()).as_ref(),
        )?,
    };
    // SAFETY: the same bytes, read in the other order.
    let source = unsafe { array.view().with_dtype(&swapped) };
    assign::copy(target.view_mut_unchecked(), source, Casting::Unsafe).or_raise(py)?;
    Ok(target.into_object())
}

fn setflags<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [write, align, uic] = call.parse("setflags", &["write", "align", "uic"], 0, 3)?;
    let array = this(slf);
    let py = slf.py();
    if let Some(align) = given(align) {
        if !align.is_truthy()? {
            array.set_flags(flag::ALIGNED, false);
        } else if array.view().is_aligned() {
            array.set_flags(flag::ALIGNED, true);
        } else {
            return Err(PyValueError::new_err("cannot set aligned flag of mis-aligned array to True"));
        }
    }
    if let Some(uic) = given(uic) {
        if uic.is_truthy()? {
            return Err(PyValueError::new_err("cannot set WRITEBACKIFCOPY flag to True"));
        }
        if array.has(flag::WRITEBACKIFCOPY) {
            // The copy is given up: nothing is written back, the original becomes writable again.
            if let Some(original) = array.base().as_ref().and_then(Array::from_object) {
                original.set_flags(flag::WRITEABLE, true);
            }
            array.set_flags(flag::WRITEBACKIFCOPY, false);
        }
    }
    if let Some(write) = given(write) {
        if !write.is_truthy()? {
            array.set_flags(flag::WRITEABLE | flag::WARN_ON_WRITE, false);
        } else if may_be_writable(&array)? {
            array.set_flags(flag::WRITEABLE, true);
            // Who asks for it in so many words needs no warning.
            array.set_flags(flag::WARN_ON_WRITE, false);
        } else {
            return Err(PyValueError::new_err("cannot set WRITEABLE flag to True of this array"));
        }
    }
    Ok(py.None().into_bound(py))
}

/// True when the memory's owner lets it be written.
fn may_be_writable(array: &Array<'_>) -> PyResult<bool> {
    let mut link = array.clone();
    loop {
        if link.has(flag::OWNDATA) {
            return Ok(link.is(array.as_ref()) || link.has(flag::WRITEABLE));
        }
        let Some(base) = link.base() else { return Ok(link.has(flag::WRITEABLE)) };
        match Array::from_object(&base) {
            Some(next) => {
                if next.has(flag::WRITEABLE) {
                    return Ok(true);
                }
                link = next;
            }
            None => {
                let buffer = pyo3::buffer::PyUntypedBuffer::get(&base);
                return Ok(buffer.is_ok_and(|b| !b.readonly()));
            }
        }
    }
}

/// Writes the elements of a WRITEBACKIFCOPY array back to the array it was copied from, which it lets go.
pub fn resolve_write_back(array: &Array<'_>) -> PyResult<()> {
    let Some(original) = array.base().as_ref().and_then(Array::from_object) else { return Ok(()) };
    array.set_flags(flag::WRITEBACKIFCOPY, false);
    original.set_flags(flag::WRITEABLE, true);
    if array.has(flag::OWNDATA) {
        array.set_base(None);
    }
    coerce::copy_cast(&original, array, Casting::Unsafe)
}

/// Makes `copy`, which owns its memory, a WRITEBACKIFCOPY array of `original`; that can't be written until it is resolved.
pub fn attach_write_back<'py>(copy: &Array<'py>, original: &Array<'py>) {
    copy.set_base(Some(original.clone().into_object()));
    copy.set_flags(flag::WRITEBACKIFCOPY, true);
    original.set_flags(flag::WRITEABLE, false);
}

fn resize<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let array = this(slf);
    let py = slf.py();
    let mut check = true;
    for (name, value) in call.keywords() {
        match &*name.extract::<String>()? {
            "refcheck" => check = args::whole_flag(Some(&value), true)?,
            other => {
                return Err(PyTypeError::new_err(format!(
                    "'{other}' is an invalid keyword argument for resize()"
                )));
            }
        }
    }
    let positional = call.positional();
    if positional.is_empty() || matches!(&positional[..], [only] if only.is_none()) {
        return Ok(py.None().into_bound(py));
    }
    let shape = args::shape_from(&positional)?;
    let itemsize = array.dtype().itemsize();
    if shape.iter().any(|n| *n < 0) {
        return Err(PyValueError::new_err("negative dimensions not allowed"));
    }
    let count = layout::checked_len(&shape, itemsize).or_raise(py)?;
    let dense = array.has(flag::C_CONTIGUOUS) || array.has(flag::F_CONTIGUOUS);
    if !dense {
        return Err(PyValueError::new_err("resize only works on single-segment arrays"));
    }
    if count * itemsize != array.nbytes() {
        if !array.has(flag::OWNDATA) {
            return Err(PyValueError::new_err("cannot resize this array: it does not own its data"));
        }
        let has_weak = !array.fields().weakreflist.is_null();
        // The caller's variable and its frame's stack hold one reference each, and so do the two handles of this call.
        if array.base().is_some() || has_weak || check && references_to(&array) > 4 {
            return Err(PyValueError::new_err(
                "cannot resize an array that references or is referenced\nby another array in this way.\n\
                 Use the np.resize function or refcheck=False",
            ));
        }
        let fresh = Array::build(py, &array.descr(), &[count as isize], Order::C, true, None)?;
        // Fresh texts are empty ones.
        if array.dtype().holds_objects() && array.dtype().kind() != Kind::VString {
            fresh.call_method1("fill", (0,))?;
        }
        let shared = count.min(array.size());
        let flat_old = memory_view(&array, shared)?;
        let flat_new = memory_view(&fresh, shared)?;
        coerce::copy_cast(&flat_new, &flat_old, Casting::Unsafe)?;
        drop((flat_old, flat_new));
        array.swap_memory(&fresh);
    }
    let strides =
        match array.has(flag::F_CONTIGUOUS) && !array.has(flag::C_CONTIGUOUS) && count == array.size() {
            true => layout::f_strides(&shape, itemsize),
            false => layout::c_strides(&shape, itemsize),
        };
    array.set_layout(&shape, &strides)?;
    Ok(py.None().into_bound(py))
}

fn references_to(array: &Array<'_>) -> isize {
    // SAFETY: a live object.
    unsafe { pyo3::ffi::Py_REFCNT(array.as_ptr()) }
}

/// The first `count` elements in memory order, as a plain 1-D view.
fn memory_view<'py>(array: &Array<'py>, count: usize) -> PyResult<Array<'py>> {
    let (shape, strides) = ([count as isize], [array.dtype().itemsize() as isize]);
    // SAFETY: a dense array has at least `count` elements in a row.
    unsafe { array.sub_view_as(&array.descr(), array.data(), &shape, &strides, None) }
}

fn getfield<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [wanted, offset] = call.parse("getfield", &["dtype", "offset"], 1, 2)?;
    let (array, descr, offset) = field_arguments(slf, wanted, offset)?;
    Ok(subscript::field_view(&array, descr, offset)?.into_object())
}

fn setfield<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [value, wanted, offset] = call.parse("setfield", &["val", "dtype", "offset"], 2, 3)?;
    let (array, descr, offset) = field_arguments(slf, wanted, offset)?;
    array.view_mut("assignment destination")?;
    let view = subscript::field_view(&array, descr, offset)?;
    if let Some(value) = value {
        coerce::assign_into(&view, &value)?;
    }
    Ok(slf.py().None().into_bound(slf.py()))
}

fn field_arguments<'py>(
    slf: Slf<'_, 'py>,
    wanted: Option<Bound<'py, PyAny>>,
    offset: Option<Bound<'py, PyAny>>,
) -> PyResult<(Array<'py>, Bound<'py, PyAny>, usize)> {
    let py = slf.py();
    let array = this(slf);
    let descr = dtype::coerce(&wanted.unwrap_or_else(|| py.None().into_bound(py)))?;
    let offset: isize = offset.map_or(Ok(0), |o| args::index(&o))?;
    let (have, want) = (array.dtype().itemsize() as isize, dtype::value(&descr).itemsize() as isize);
    if offset < 0 || offset > have - want {
        return Err(PyValueError::new_err(format!(
            "Need 0 <= offset <= {} for requested type but received offset = {offset}",
            have - want
        )));
    }
    if array.dtype().holds_objects() || dtype::value(&descr).holds_objects() {
        static CHECK: LazyClass = LazyClass::new("sharray._core._internal", "_getfield_is_safe");
        CHECK.get(py)?.call1((array.descr(), &descr, offset))?;
    }
    Ok((array, descr, offset as usize))
}

/// This file's methods.
pub fn rows() -> Vec<PyMethodDef> {
    vec![
        method_def!("reshape", reshape_method),
        method_def!("ravel", ravel),
        method_def!("flatten", flatten),
        method_def!("transpose", transpose),
        method_def!("swapaxes", swapaxes),
        method_def!("squeeze", squeeze),
        method_def!("diagonal", diagonal),
        method_def!("view", view_method),
        method_def!("copy", copy_method),
        method_def!("astype", astype),
        method_def!("byteswap", byteswap),
        method_def!("setflags", setflags),
        method_def!("resize", resize),
        method_def!("getfield", getfield),
        method_def!("setfield", setfield),
    ]
}
