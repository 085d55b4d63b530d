//! Short ways of functions that make, turn or join plain arrays: what Python's own text of the function comes to for
//! them, without its frames. Whatever is not that simple is declined.

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::TypeNum;
use sharray_base::layout::Order;
use sharray_kernels::cast::Direct;
use sharray_kernels::copy::{copy_2d, copy_line};

use super::overrides;
use crate::coerce;
use crate::gate::{Args, Method};
use crate::methods::{layout, select, sort};
use crate::object::array::Array;
use crate::object::layout::{INLINE_AXES, flag};
use crate::object::number::{self, Op};
use crate::object::ufunc::quick;
use crate::object::{dtype, ndarray};

type Maybe<'py> = PyResult<Option<Bound<'py, PyAny>>>;

/// The first argument, given by position, if it is a plain array.
pub(super) fn first<'py>(args: &Args<'_, 'py>) -> Option<Array<'py>> {
    let object = *args.raw().first().filter(|_| !args.is_empty())?;
    // SAFETY: a live object.
    let plain = unsafe { ptr::eq(ffi::Py_TYPE(object), ndarray::type_object()) };
    plain.then(|| Array::expect(&args.at(0)))
}

/// A function that is its first argument's method, of at most `most` arguments by position, and of keywords that the
/// method knows by the same name if there are any.
fn by_method<'py>(args: &Args<'_, 'py>, most: usize, keywords: bool, body: Method) -> Maybe<'py> {
    let Some(array) = first(args) else { return Ok(None) };
    if args.len() > most || args.has_keywords() && !keywords {
        return Ok(None);
    }
    let rest = args.tail();
    if !rest.raw().iter().all(|value| overrides::is_inert(*value)) {
        return Ok(None);
    }
    body(&array, rest).map(Some)
}

/// `squeeze(a, axis)`.
pub(super) fn squeeze<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    by_method(args, 2, true, layout::squeeze)
}
/// `ravel(a, order)`.
pub(super) fn ravel<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    by_method(args, 2, true, layout::ravel)
}
/// `transpose(a, axes)`.
pub(super) fn transpose<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    by_method(args, 2, false, layout::transpose)
}
/// `swapaxes(a, axis1, axis2)`.
pub(super) fn swapaxes<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    if args.len() == 3 { by_method(args, 3, false, layout::swapaxes) } else { Ok(None) }
}
/// `reshape(a, shape)`.
pub(super) fn reshape<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    // SAFETY: `None` is immortal.
    let none = unsafe { ffi::Py_None() };
    match args.raw() {
        [_, shape] if args.len() == 2 && !ptr::eq(*shape, none) => {
            by_method(args, 2, false, layout::reshape_method)
        }
        _ => Ok(None),
    }
}
/// `nonzero(a)`.
pub(super) fn nonzero<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    by_method(args, 1, false, select::nonzero)
}
/// `argwhere(a)`: what `nonzero` finds, row by row in memory, turned.
pub(super) fn argwhere<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    let Some(array) = first(args).filter(|a| args.raw().len() == 1 && a.ndim() > 0) else { return Ok(None) };
    let found = select::nonzero(&array, args.tail())?;
    let found = found.cast::<pyo3::types::PyTuple>()?;
    let rows: smallvec::SmallVec<[Array<'py>; 4]> = found.iter().map(|row| Array::expect(&row)).collect();
    let count = rows[0].size();
    let descr = rows[0].fields().descr;
    let made = Array::dense(args.py(), descr, &[rows.len() as isize, count as isize], rows.len() * count)?;
    for (index, row) in rows.iter().enumerate() {
        let target = made.data().wrapping_add(index * row.nbytes());
        // SAFETY: the dense numbers for one axis, and their row of the fresh array.
        unsafe { copy_line(row.data(), target, row.nbytes()) };
    }
    layout::transpose(&made, args.tail()).map(Some)
}
/// `take(a, indices, axis, out, mode)`.
pub(super) fn take<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    if args.len() < 2 { Ok(None) } else { by_method(args, 5, true, select::take) }
}
/// `trace(a)`.
pub(super) fn trace<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    by_method(args, 1, false, select::trace)
}
/// `argsort(a, axis, kind, order, stable=…)`.
pub(super) fn argsort<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    if args.has_keywords() && wants_descending(args) {
        return Ok(None);
    }
    by_method(args, 2, true, sort::argsort)
}
/// Whether `descending=` is given, which the methods don't know.
fn wants_descending(args: &Args<'_, '_>) -> bool {
    args.keywords().iter().any(|(name, _)| name.extract::<&str>().is_ok_and(|name| name == "descending"))
}
/// `searchsorted(a, v, side, sorter)`.
pub(super) fn searchsorted<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    if args.len() == 2 { by_method(args, 2, true, sort::searchsorted) } else { Ok(None) }
}
/// `sort(a, axis, kind=…, stable=…)`, but for flattened results.
pub(super) fn sorted<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    // SAFETY: `None` is immortal.
    let none = unsafe { ffi::Py_None() };
    let Some(array) = first(args) else { return Ok(None) };
    let rest = args.tail();
    if args.len() > 2
        || rest.raw().iter().any(|value| ptr::eq(*value, none) || !overrides::is_inert(*value))
        || args.has_keywords() && wants_descending(args)
    {
        return Ok(None);
    }
    let copy = layout::copied(&array, Order::Keep)?;
    sort::sort(&copy, rest)?;
    Ok(Some(copy.into_object()))
}
/// `partition(a, kth, axis, kind, order)`, but for flattened results.
pub(super) fn partitioned<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    // SAFETY: `None` is immortal.
    let none = unsafe { ffi::Py_None() };
    let Some(array) = first(args).filter(|_| (2..=5).contains(&args.len())) else { return Ok(None) };
    let rest = args.tail();
    if rest.raw().iter().any(|value| ptr::eq(*value, none) || !overrides::is_inert(*value)) {
        return Ok(None);
    }
    let copy = layout::copied(&array, Order::Keep)?;
    sort::partition(&copy, rest)?;
    Ok(Some(copy.into_object()))
}
/// `argpartition(a, kth, axis, kind, order)`.
pub(super) fn argpartition<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    if args.len() < 2 { Ok(None) } else { by_method(args, 5, true, sort::argpartition) }
}
/// `unique(a)` of few plain numbers: those of the sorted copy that differ from the one before.
pub(super) fn unique<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    let Some(array) = first(args).filter(|a| args.raw().len() == 1 && a.ndim() == 1) else { return Ok(None) };
    let num = array.dtype().num();
    if !ptr::eq(array.fields().descr, dtype::singleton(num)) || array.nbytes() > BYTES {
        return Ok(None);
    }
    use TypeNum::{Double, Float, Int, Long, LongLong, UByte};
    if !matches!(num, Long | LongLong | Int | Double | Float | UByte) {
        return Ok(None);
    }
    let sorted = layout::copied(&array, Order::C)?;
    sort::sort(&sorted, args.tail())?;
    let count = match num {
        Double => compact::<f64>(&sorted),
        Float => compact::<f32>(&sorted),
        Int => compact::<i32>(&sorted),
        UByte => compact::<u8>(&sorted),
        _ => compact::<i64>(&sorted),
    };
    let result = Array::dense(args.py(), array.fields().descr, &[count as isize], count)?;
    // SAFETY: the first `count` elements of the dense copy; the result is fresh and has as many.
    unsafe {
        ptr::copy_nonoverlapping(sorted.data(), result.data(), count * array.dtype().itemsize());
    }
    Ok(Some(result.into_object()))
}

/// Moves the distinct elements of a sorted dense array to its front, values without order (NaN) counting as one; their
/// number.
fn compact<T: Copy + PartialEq>(array: &Array<'_>) -> usize {
    // SAFETY: an own dense copy of elements of this type.
    let elements = unsafe { std::slice::from_raw_parts_mut(array.data().cast::<T>(), array.size()) };
    let mut kept = 0;
    for index in 0..elements.len() {
        let value = elements[index];
        let odd = |value: T| value.ne(&value);
        let again = kept > 0 && {
            let last = elements[kept - 1];
            value == last || odd(value) && odd(last)
        };
        if !again {
            elements[kept] = value;
            kept += 1;
        }
    }
    kept
}

/// `copy(a)`.
pub(super) fn copy<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    let Some(array) = first(args).filter(|_| args.raw().len() == 1) else { return Ok(None) };
    layout::copied(&array, Order::Keep).map(|copy| Some(copy.into_object()))
}

/// `atleast_1d(a)`, `atleast_2d(a)`.
pub(super) fn at_least<'py>(args: &Args<'_, 'py>, axes: usize) -> Maybe<'py> {
    let Some(array) = first(args).filter(|_| args.raw().len() == 1) else { return Ok(None) };
    if array.ndim() >= axes {
        return Ok(Some(array.into_object()));
    }
    let ([extent], [step]) = (array.shape(), array.strides()) else { return Ok(None) };
    // SAFETY: the array's own elements.
    let view = unsafe { array.plain_view(array.data(), &[1, *extent], &[0, *step]) };
    Ok(view.map(Array::into_object))
}

/// `expand_dims(a, axis)` of a plain integer within range.
pub(super) fn expand<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    let Some(array) = first(args).filter(|_| args.len() == 2 && !args.has_keywords()) else {
        return Ok(None);
    };
    let axes = array.ndim() as isize + 1;
    let mut room = [0];
    let axis = match crate::args::plain_shape(&args.raw()[1..], &mut room) {
        Some([axis]) if (-axes..axes).contains(axis) => (*axis + if *axis < 0 { axes } else { 0 }) as usize,
        _ => return Ok(None),
    };
    let mut shape = sharray_base::Dims::from_slice(array.shape());
    shape.insert(axis, 1);
    layout::reshaped(&array, &shape, Order::C, None).map(Some)
}

/// `broadcast_to(a, shape)` of few plain axes.
pub(super) fn broadcast_to<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    let Some(array) = first(args).filter(|_| args.len() == 2 && !args.has_keywords()) else {
        return Ok(None);
    };
    let mut room = [0; INLINE_AXES];
    let Some(shape) = crate::args::plain_shape(&args.raw()[1..], &mut room) else { return Ok(None) };
    let axes = shape.len();
    if axes == 0 || axes < array.ndim() || shape.iter().any(|extent| *extent < 1) {
        return Ok(None);
    }
    let mut strides = [0; INLINE_AXES];
    let fresh = axes - array.ndim();
    for (axis, (extent, step)) in array.shape().iter().zip(array.strides()).enumerate() {
        if *extent == shape[fresh + axis] && *extent != 1 {
            strides[fresh + axis] = *step;
        } else if *extent != 1 {
            return Ok(None);
        }
    }
    if sharray_base::layout::checked_len(shape, array.dtype().itemsize()).is_err() {
        return Ok(None);
    }
    // SAFETY: the array's own elements, each axis as it is or at one place.
    let view = unsafe { array.plain_view(array.data(), shape, &strides[..axes]) };
    Ok(view.map(|view| {
        view.set_flags(flag::WRITEABLE, false);
        view.into_object()
    }))
}

/// An array for `zeros_like(a)` and its kin: of few elements of a built-in number.
fn like<'py>(args: &Args<'_, 'py>, count: usize) -> PyResult<Option<Array<'py>>> {
    let Some(array) =
        first(args).filter(|a| args.len() == count && !args.has_keywords() && a.nbytes() <= BYTES)
    else {
        return Ok(None);
    };
    coerce::like_small(&array, &array.descr())
}

/// `zeros_like(a)`.
pub(super) fn zeros_like<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    let Some(made) = like(args, 1)? else { return Ok(None) };
    // SAFETY: the fresh array's own bytes.
    unsafe { ptr::write_bytes(made.data(), 0, made.nbytes()) };
    Ok(Some(made.into_object()))
}
/// `ones_like(a)`.
pub(super) fn ones_like<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    let Some(made) = like(args, 1)? else { return Ok(None) };
    let one = 1i32.into_pyobject(args.py())?.into_any();
    coerce::fill(&made, &one)?;
    Ok(Some(made.into_object()))
}
/// `empty_like(a)`.
pub(super) fn empty_like<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    Ok(like(args, 1)?.map(Array::into_object))
}
/// `full_like(a, value)` for a Python number of the array's kind.
pub(super) fn full_like<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    let Some(made) = like(args, 2)? else { return Ok(None) };
    Ok(if coerce::fill_plain(&made, &args.at(1))? { Some(made.into_object()) } else { None })
}

/// `outer(a, b)` of vectors.
pub(super) fn outer<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    let Some(a) = first(args).filter(|_| args.len() == 2 && !args.has_keywords()) else { return Ok(None) };
    let Some(b) = Array::from_object(&args.at(1)).filter(Array::is_exact) else { return Ok(None) };
    let (([n], [down]), ([m], [along])) = ((a.shape(), a.strides()), (b.shape(), b.strides())) else {
        return Ok(None);
    };
    // SAFETY: the arrays' own elements.
    let (column, row) = unsafe {
        (a.plain_view(a.data(), &[*n, 1], &[*down, 0]), b.plain_view(b.data(), &[1, *m], &[0, *along]))
    };
    let (Some(column), Some(row)) = (column, row) else { return Ok(None) };
    quick::call(&number::ufunc(args.py(), Op::Multiply)?, &[column.as_ptr(), row.as_ptr()], None)
}

/// `dot(a, b, out)`.
pub(super) fn dot<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    let (first, second) = match args.raw() {
        [_, _, ..] if args.len() >= 2 => (args.at(0), args.at(1)),
        _ => return Ok(None),
    };
    let out = match args.raw().len() {
        2 => None,
        3 if args.len() == 3 || args.only_keyword(pyo3::intern!(args.py(), "out")) => Some(args.value(2)),
        _ => return Ok(None),
    };
    super::product::short_dot(&first, &second, out.filter(|out| !out.is_none()).as_ref())
}

/// Most bytes of what is made here.
const BYTES: usize = 1 << 13;
/// Most arrays that are joined here, and most bytes of the result: beyond, copies may use several threads.
const JOINED: usize = 64;
const JOINED_BYTES: usize = 1 << 18;

/// How arrays are joined: along an axis that they have, or a new one.
#[derive(Clone, Copy)]
enum Way {
    Along(isize),
    New(isize),
}

/// The plain arrays of built-in types and of one number of axes that the first argument lists.
fn listed<'py>(args: &Args<'_, 'py>) -> Option<smallvec::SmallVec<[Array<'py>; 8]>> {
    let items = overrides::items(*args.raw().first()?)?;
    if args.is_empty() || items.is_empty() || items.len() > JOINED {
        return None;
    }
    let mut arrays = smallvec::SmallVec::new();
    for item in items {
        // SAFETY: a live object.
        let array = unsafe {
            if !ptr::eq(ffi::Py_TYPE(*item), ndarray::type_object()) {
                return None;
            }
            Array::expect(&Bound::from_borrowed_ptr(args.py(), *item))
        };
        let num = array.dtype().num();
        let own = num.is_number() && ptr::eq(array.fields().descr, dtype::singleton(num));
        if !own || array.ndim() != 1 && !array.has(flag::C_CONTIGUOUS) {
            return None;
        }
        arrays.push(array);
    }
    let first: &Array<'_> = &arrays[0];
    arrays.iter().all(|array: &Array<'_>| array.ndim() == first.ndim()).then_some(arrays)
}

/// The type that joined arrays have: that of all, or what theirs promote to.
fn joined_type(arrays: &[Array<'_>]) -> Option<TypeNum> {
    let first = arrays[0].dtype().num();
    if arrays.iter().all(|array| array.dtype().num() == first) {
        return Some(first);
    }
    let dtypes: smallvec::SmallVec<[&sharray_base::DType; 8]> = arrays.iter().map(|a| a.dtype()).collect();
    Some(sharray_base::dtype::promote::result_type(&dtypes, None).ok()?.num())
}

/// An axis given as the second argument, by position or name; 0 if there is none.
fn axis_of(args: &Args<'_, '_>) -> Option<isize> {
    match args.raw() {
        [_] => Some(0),
        [_, axis] if args.len() == 2 || args.only_keyword(pyo3::intern!(args.py(), "axis")) => {
            crate::args::plain_shape(&[*axis], &mut [0]).map(|axis| axis[0])
        }
        _ => None,
    }
}

/// `concatenate(arrays, axis)`.
pub(super) fn concatenate<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    match (axis_of(args), listed(args)) {
        (Some(axis), Some(arrays)) => join(&arrays, Way::Along(axis)),
        _ => Ok(None),
    }
}
/// `stack(arrays, axis)`.
pub(super) fn stack<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    match (axis_of(args), listed(args)) {
        (Some(axis), Some(arrays)) => join(&arrays, Way::New(axis)),
        _ => Ok(None),
    }
}
/// `vstack(arrays)`, or `hstack` if not `down`.
pub(super) fn stack_by<'py>(args: &Args<'_, 'py>, down: bool) -> Maybe<'py> {
    let Some(arrays) = listed(args).filter(|_| args.raw().len() == 1) else { return Ok(None) };
    let way = match (arrays[0].ndim(), down) {
        (1, true) => Way::New(0),
        (1, false) | (_, true) => Way::Along(0),
        (_, false) => Way::Along(1),
    };
    join(&arrays, way)
}

fn join<'py>(arrays: &[Array<'py>], way: Way) -> Maybe<'py> {
    let first = &arrays[0];
    let Some(num) = joined_type(arrays) else { return Ok(None) };
    let (ndim, itemsize) = (first.ndim(), num.row().itemsize);
    let (axis, fresh) = match way {
        Way::Along(axis) => (axis, 0),
        Way::New(axis) => (axis, 1),
    };
    let total = ndim + fresh;
    let axis = if axis < 0 { axis + total as isize } else { axis };
    if ndim == 0 || total > INLINE_AXES || axis < 0 || axis >= total as isize {
        return Ok(None);
    }
    let axis = axis as usize;
    let mut shape = [1isize; INLINE_AXES];
    let mut length = 0;
    for array in arrays {
        for (other, (extent, own)) in array.shape().iter().zip(first.shape()).enumerate() {
            if (fresh == 1 || other != axis) && extent != own {
                return Ok(None);
            }
        }
        length += if fresh == 1 { 1 } else { array.shape()[axis] };
    }
    for (place, extent) in first.shape().iter().enumerate() {
        shape[place + (fresh == 1 && place >= axis) as usize] = *extent;
    }
    shape[axis] = length;
    let shape = &shape[..total];
    let count = shape.iter().product::<isize>() as usize;
    if count == 0 || count * itemsize > JOINED_BYTES {
        return Ok(None);
    }
    let mut casts = smallvec::SmallVec::<[Option<Direct>; 8]>::new();
    for array in arrays {
        let own = array.dtype().num();
        let cast = if own == num { None } else { Direct::new(own, num) };
        if own != num && cast.is_none() {
            return Ok(None);
        }
        casts.push(cast);
    }
    // One run of each array for each place before the axis; arrays with gaps have one axis.
    let outer = shape[..axis].iter().product::<isize>() as usize;
    let result = Array::dense(first.py(), dtype::singleton(num), shape, count)?;
    let (line, mut target) = ((count / outer * itemsize) as isize, result.data());
    for (array, cast) in arrays.iter().zip(&casts) {
        let run = array.size() / outer;
        let step = match array.strides() {
            [step] => *step,
            _ => array.dtype().itemsize() as isize,
        };
        let (from, to) = ((run as isize * step, step), (line, itemsize as isize));
        // SAFETY: the runs of this array's elements, and their places in the fresh result.
        unsafe {
            match cast {
                None => copy_2d(array.data(), from, target, to, itemsize, outer, run),
                Some(cast) => (0..outer as isize).for_each(|row| {
                    let source = array.data().wrapping_offset(row * from.0);
                    cast.run(source, step, target.wrapping_offset(row * line), run);
                }),
            }
        }
        target = target.wrapping_add(run * itemsize);
    }
    Ok(Some(result.into_object()))
}
