//! Finding the shape and dtype of nested sequences, as NumPy does: the deepest shape all branches agree on, the dtype
//! all leaves promote to. The tree that is found is kept, so that elements are asked for once.

use pyo3::exceptions::{
    PyKeyError, PyMemoryError, PyRecursionError, PyRuntimeError, PyTypeError, PyValueError,
};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyComplex, PyFloat, PyInt, PyList, PyMemoryView, PyString, PyTuple,
};
use sharray_base::dtype::promote::promote;
use sharray_base::interrupt::tick;
use sharray_base::layout::Order;
use sharray_base::{DType, Dims, Kind, TypeNum};
use sharray_core::assign::Casting;
use sharray_kernels::datetime::iso;

use super::{Request, is_scalar, items};
use crate::crossings;
use crate::errors::OrRaise;
use crate::methods::layout::raveled;
use crate::object::array::Array;
use crate::object::{dtype, scalar};
use crate::protocols::foreign;

/// What an item costs, in elements of cheap work.
const ITEM: usize = 64;

/// A value of the input.
pub enum Tree<'py> {
    /// One element.
    Leaf(Bound<'py, PyAny>),
    /// An array (or array-like, with what it was converted to).
    Array(Bound<'py, PyAny>, Array<'py>),
    /// A sequence of more.
    Sequence(Bound<'py, PyAny>, Vec<Tree<'py>>),
}

/// What discovery found.
pub struct Found<'py> {
    tree: Tree<'py>,
    /// The dtype asked for, or promoted from the leaves.
    pub descr: Bound<'py, PyAny>,
    /// The shape.
    pub shape: Dims,
}

struct Walk<'py> {
    /// Stop descending at tuples: they are elements of a structure or subarray.
    tuples_are_elements: bool,
    /// Ragged input is allowed to end in objects.
    objects: bool,
    /// Text is a sequence of characters (dtype `c`).
    characters: bool,
    /// As many axes are looked for.
    most: usize,
    /// The dtype asked for.
    dtype: Option<Bound<'py, PyAny>>,
}

/// Walks `object`, at most `most` axes deep. `wanted` is the dtype asked for, if any.
///
/// # Errors
/// `ValueError` for ragged input without `dtype=object`; promotion errors; what iterating raises.
pub fn discover<'py>(
    object: &Bound<'py, PyAny>,
    wanted: Option<&Bound<'py, PyAny>>,
    most: usize,
) -> PyResult<Found<'py>> {
    let py = object.py();
    let value = wanted.map(|w| dtype::value(w).clone());
    let walk = Walk {
        tuples_are_elements: value
            .as_ref()
            .is_some_and(|v| v.as_structure().is_some() || v.as_subarray().is_some()),
        objects: value.as_ref().is_some_and(|v| v.num() == TypeNum::Object),
        characters: value.as_ref().is_some_and(dtype::is_character),
        most,
        dtype: wanted.cloned(),
    };
    let tree = walk.read(object, 0)?;
    let mut shape = Dims::new();
    let found = common_shape(&tree, &mut shape, most, false);
    if found != Form::Regular && !walk.objects {
        return Err(irregular(&shape, found, most));
    }
    let descr = match (wanted, &value) {
        (Some(descr), Some(value)) if is_complete(value) => descr.clone(),
        (Some(_), Some(value)) => {
            let fitted = fit_leaves(&tree, value)?;
            dtype::from_value(py, &fitted)?
        }
        _ => {
            let mut common = None;
            promote_leaves(&tree, &mut common)?;
            let common = match common {
                Some(text) if matches!(text.kind(), Kind::Bytes | Kind::Unicode) && text.itemsize() == 0 => {
                    DType::flexible(text.num(), minimum(text.num()))
                }
                found => found.unwrap_or_else(|| DType::of(TypeNum::Double)),
            };
            dtype::from_value(py, &common)?
        }
    };
    Ok(Found { tree, descr, shape })
}

#[cold]
fn irregular(shape: &[isize], form: Form, most: usize) -> PyErr {
    if form == Form::TooDeep {
        return PyValueError::new_err(format!(
            "setting an array element with a sequence. The requested array would exceed the maximum number of dimension \
             of {most}."
        ));
    }
    let text = shape.iter().map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
    let text = if shape.len() == 1 { format!("{text},") } else { text };
    PyValueError::new_err(format!(
        "setting an array element with a sequence. The requested array has an inhomogeneous shape after {} dimensions. \
         The detected shape was ({text}) + inhomogeneous part.",
        shape.len()
    ))
}

/// True for dtypes that need no look at the values.
fn is_complete(value: &DType) -> bool {
    match value.num() {
        TypeNum::String | TypeNum::Unicode => value.itemsize() > 0,
        TypeNum::Void => {
            value.itemsize() > 0 || value.as_structure().is_some() || value.as_subarray().is_some()
        }
        TypeNum::Datetime | TypeNum::Timedelta => value.time_unit() != sharray_base::dtype::TimeUnit::GENERIC,
        _ => true,
    }
}

impl<'py> Walk<'py> {
    fn read(&self, object: &Bound<'py, PyAny>, depth: usize) -> PyResult<Tree<'py>> {
        if self.characters && object.is_instance_of::<PyString>() && object.len()? > 1 {
            let letters = if depth < self.most { items(object)? } else { Vec::new() };
            return Ok(Tree::Sequence(object.clone(), letters.into_iter().map(Tree::Leaf).collect()));
        }
        if is_scalar(object) || object.is_none() {
            return Ok(Tree::Leaf(object.clone()));
        }
        if let Some(array) = Array::from_object(object) {
            return Ok(Tree::Array(object.clone(), array));
        }
        if self.tuples_are_elements && object.is_instance_of::<PyTuple>() {
            return Ok(Tree::Leaf(object.clone()));
        }
        let exact =
            object.is_exact_instance_of::<pyo3::types::PyList>() || object.is_exact_instance_of::<PyTuple>();
        if !exact {
            let before = crossings::newest(object.py());
            if depth > 0
                && let Some(array) =
                    foreign::as_array(object, &Request { dtype: self.dtype.clone(), ..Request::default() })?
            {
                crossings::was_joined(object.py(), crossings::since(object.py(), before));
                return Ok(Tree::Array(object.clone(), array));
            }
            if !is_sequence(object)? {
                return Ok(Tree::Leaf(object.clone()));
            }
        }
        if depth >= self.most {
            // Too deep: told by the shape, unless objects are wanted.
            let children = if self.objects { None } else { Some(Vec::new()) };
            return Ok(children.map_or(Tree::Leaf(object.clone()), |c| Tree::Sequence(object.clone(), c)));
        }
        let children = match items(object) {
            // What has a length and keys is one object.
            Err(error) if !exact && error.is_instance_of::<PyKeyError>(object.py()) => {
                return Ok(Tree::Leaf(object.clone()));
            }
            children => children?,
        };
        tick(children.len().saturating_mul(ITEM)).or_raise(object.py())?;
        let children: PyResult<Vec<Tree<'py>>> =
            children.iter().map(|child| self.read(child, depth + 1)).collect();
        Ok(Tree::Sequence(object.clone(), children?))
    }
}

/// Whether an object says of itself that it is a sequence with a length. Errors that mean a broken process are passed
/// on, others only say no.
fn is_sequence(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = object.py();
    // SAFETY: a live object; a failing `len` leaves an exception, which is fetched.
    let failed = unsafe {
        if ffi::PySequence_Check(object.as_ptr()) == 0 {
            return Ok(false);
        }
        ffi::PySequence_Size(object.as_ptr()) < 0
    };
    if !failed {
        return Ok(true);
    }
    let error = PyErr::fetch(py);
    let fatal = error.is_instance_of::<PyRecursionError>(py) || error.is_instance_of::<PyMemoryError>(py);
    if fatal { Err(error) } else { Ok(false) }
}

/// What the branches' shapes have to say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// One shape fits all.
    Regular,
    /// They differ below the shape found.
    Ragged,
    /// They go on below the last axis.
    TooDeep,
}

/// The longest shape all branches share, at most `room` axes, is added to `shape`.
fn common_shape(tree: &Tree<'_>, shape: &mut Dims, room: usize, inner: bool) -> Form {
    match tree {
        Tree::Leaf(_) => Form::Regular,
        Tree::Array(_, array) => {
            shape.extend(array.shape().iter().take(room).copied());
            if inner && array.ndim() > room { Form::TooDeep } else { Form::Regular }
        }
        Tree::Sequence(..) if room == 0 => Form::TooDeep,
        Tree::Sequence(_, children) => {
            shape.push(children.len() as isize);
            let Some((first, rest)) = children.split_first() else { return Form::Regular };
            let mut shared = Dims::new();
            let mut form = common_shape(first, &mut shared, room - 1, true);
            for child in rest {
                let mut other = Dims::new();
                form = form.max(common_shape(child, &mut other, room - 1, true));
                let same = shared.iter().zip(&other).take_while(|(a, b)| a == b).count();
                if same != shared.len() || same != other.len() {
                    form = form.max(Form::Ragged);
                }
                shared.truncate(same);
            }
            shape.extend(shared);
            form
        }
    }
}

/// The dtype of one Python value on its own.
pub fn leaf_dtype(object: &Bound<'_, PyAny>) -> PyResult<DType> {
    if object.is_exact_instance_of::<PyFloat>() {
        return Ok(DType::of(TypeNum::Double));
    }
    if let Some(found) = scalar::dtype_of(object) {
        return Ok(found);
    }
    if object.is_instance_of::<PyBool>() {
        return Ok(DType::of(TypeNum::Bool));
    }
    if object.is_instance_of::<PyInt>() {
        if object.extract::<i64>().is_ok() {
            return Ok(DType::of(TypeNum::Long));
        }
        let big = object.extract::<u64>().is_ok();
        return Ok(DType::of(if big { TypeNum::ULong } else { TypeNum::Object }));
    }
    if object.is_instance_of::<PyFloat>() {
        return Ok(DType::of(TypeNum::Double));
    }
    if object.is_instance_of::<PyComplex>() {
        return Ok(DType::of(TypeNum::CDouble));
    }
    if let Ok(text) = object.cast::<PyString>() {
        return Ok(DType::flexible(TypeNum::Unicode, 4 * text.len()?));
    }
    if object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyByteArray>() {
        return Ok(DType::flexible(TypeNum::String, object.len()?));
    }
    Ok(DType::of(TypeNum::Object))
}

fn promote_into(common: &mut Option<DType>, found: DType, py: Python<'_>) -> PyResult<()> {
    match common {
        Some(known) if *known == found && found.is_native() => {}
        Some(known) => match promote(known, &found) {
            Ok(promoted) => *known = promoted,
            Err(sharray_base::Error::Promotion { .. }) => *known = DType::of(TypeNum::Object),
            Err(error) => return Err(crate::errors::to_python(py, error)),
        },
        None => *common = Some(found),
    }
    Ok(())
}

/// As [`promote_into`], but what has no common dtype is not held as objects: raw bytes of several widths.
fn widen(common: &mut Option<DType>, found: DType, wanted: &DType, py: Python<'_>) -> PyResult<()> {
    if let (TypeNum::Void, Some(known)) = (wanted.num(), common.as_ref()) {
        let raw = |dtype: &DType| dtype.as_structure().is_none();
        if raw(known) && raw(&found) && known.itemsize() != found.itemsize() {
            return Err(PyTypeError::new_err(format!(
                "no dtype can hold raw bytes of several lengths: {known} and {found}"
            )));
        }
        promote(known, &found).or_raise(py)?;
    }
    promote_into(common, found, py)
}

fn promote_leaves(tree: &Tree<'_>, common: &mut Option<DType>) -> PyResult<()> {
    match tree {
        Tree::Leaf(object) => promote_into(common, leaf_dtype(object)?, object.py()),
        Tree::Array(_, array) => promote_into(common, array.dtype().clone(), array.py()),
        Tree::Sequence(_, children) => children.iter().try_for_each(|child| promote_leaves(child, common)),
    }
}

/// `wanted` (an open width or unit) made wide enough for every leaf.
fn fit_leaves(tree: &Tree<'_>, wanted: &DType) -> PyResult<DType> {
    let mut common: Option<DType> = None;
    collect_fit(tree, wanted, &mut common)?;
    let smallest = if wanted.num() == TypeNum::Unicode { 4 } else { 1 };
    Ok(match common {
        Some(found) if found.num().is_flexible() && found.itemsize() == 0 => {
            DType::flexible(found.num(), smallest)
        }
        Some(found) => found,
        None if wanted.num() == TypeNum::Void => DType::flexible(TypeNum::Void, EMPTY_VOID),
        None if wanted.num().is_flexible() => DType::flexible(wanted.num(), smallest),
        None => wanted.clone(),
    })
}

fn collect_fit(tree: &Tree<'_>, wanted: &DType, common: &mut Option<DType>) -> PyResult<()> {
    match tree {
        Tree::Leaf(object) => widen(common, fit_value(object, wanted)?, wanted, object.py()),
        Tree::Array(_, array) => {
            let descr = dtype::from_value(array.py(), wanted)?;
            widen(common, dtype::value(&fit(&descr, array)?).clone(), wanted, array.py())
        }
        Tree::Sequence(_, children) => {
            children.iter().try_for_each(|child| collect_fit(child, wanted, common))
        }
    }
}

/// The width that `wanted` needs for one value.
fn fit_value(object: &Bound<'_, PyAny>, wanted: &DType) -> PyResult<DType> {
    match wanted.num() {
        TypeNum::Datetime | TypeNum::Timedelta => scalar::time_dtype_of(object, wanted.num()),
        TypeNum::Void => raw_width(object),
        num => {
            let unit = if num == TypeNum::Unicode { 4 } else { 1 };
            let length = if object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyString>() {
                object.len()?
            } else {
                object.str()?.len()?
            };
            Ok(DType::flexible(num, unit * length))
        }
    }
}

/// The bytes that an object shows of itself.
fn raw_width(object: &Bound<'_, PyAny>) -> PyResult<DType> {
    let wide = |length: usize| DType::flexible(TypeNum::Void, length.max(1));
    if scalar::is_scalar(object) {
        return Ok(match leaf_dtype(object)? {
            found if found.num() == TypeNum::Void => found,
            found => wide(found.itemsize()),
        });
    }
    // SAFETY: a live object.
    if unsafe { ffi::PyObject_CheckBuffer(object.as_ptr()) } == 0 {
        return Err(PyTypeError::new_err(format!(
            "A bytes-like object is required, not '{}'",
            object.get_type().name()?
        )));
    }
    Ok(wide(PyMemoryView::from(object)?.getattr("nbytes")?.extract()?))
}

/// The width of raw bytes when there is nothing to measure.
const EMPTY_VOID: usize = 8;

/// Characters that any span of time is written in.
pub const SPAN_LENGTH: usize = 21;

/// `descr` (an open width or unit) made to hold what `array` holds.
///
/// # Errors
/// What looking at object elements raises.
pub fn fit<'py>(descr: &Bound<'py, PyAny>, array: &Array<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = array.py();
    let (wanted, have) = (dtype::value(descr).clone(), array.dtype());
    if have.num() == TypeNum::VString && wanted.num().is_flexible() {
        return Err(PyTypeError::new_err(format!(
            "cannot cast dtype {have:?} to {} without a width: give one, as in 'U20'",
            wanted.name()
        )));
    }
    if have.num() == TypeNum::Object {
        let mut common = None;
        for item in elements(array)?.try_iter()? {
            widen(&mut common, fit_value(&item?, &wanted)?, &wanted, py)?;
        }
        let found = common.unwrap_or(wanted);
        let found = if found.itemsize() > 0 || !found.num().is_flexible() {
            found
        } else if found.num() == TypeNum::Void {
            DType::flexible(TypeNum::Void, EMPTY_VOID)
        } else {
            DType::flexible(found.num(), minimum(found.num()))
        };
        return dtype::from_value(py, &found);
    }
    let is_time = matches!(wanted.num(), TypeNum::Datetime | TypeNum::Timedelta);
    // Its own dtype has all that is left open, byte order included.
    if have.num() == wanted.num() && have.itemsize() > 0 {
        return Ok(array.descr());
    }
    if is_time {
        let found = match have.num() {
            TypeNum::String | TypeNum::Unicode => {
                let mut common = None;
                for item in elements(array)?.try_iter()? {
                    promote_into(&mut common, fit_value(&item?, &wanted)?, py)?;
                }
                common.unwrap_or(wanted)
            }
            TypeNum::Datetime | TypeNum::Timedelta => DType::time(wanted.num(), have.time_unit()),
            _ => DType::of(wanted.num()),
        };
        return dtype::from_value(py, &found);
    }
    let unit = minimum(wanted.num());
    let width = match (wanted.num(), have.num()) {
        (TypeNum::Void, _) => have.itemsize(),
        (_, TypeNum::Unicode) => have.itemsize() / 4 * unit,
        (_, TypeNum::String | TypeNum::Void) => have.itemsize() * unit,
        (_, TypeNum::Datetime) => iso::max_length(have.time_unit().unit) * unit,
        (_, TypeNum::Timedelta) => SPAN_LENGTH * unit,
        _ => {
            let text = promote(&DType::flexible(wanted.num(), unit), have).or_raise(py)?;
            text.itemsize()
        }
    };
    // An element's size is a C `int`.
    if i32::try_from(width).is_err() {
        return Err(PyTypeError::new_err(format!(
            "cannot cast dtype {have} to {}: elements too large",
            wanted.name()
        )));
    }
    dtype::from_value(py, &DType::flexible(wanted.num(), width.max(unit)))
}

/// Bytes of the narrowest element.
pub fn minimum(num: TypeNum) -> usize {
    if num == TypeNum::Unicode { 4 } else { 1 }
}

impl<'py> Found<'py> {
    /// Writes the tree's values into `target`, which has the found shape and dtype.
    ///
    /// # Errors
    /// What converting a value raises.
    pub fn fill(&self, target: &Array<'py>) -> PyResult<()> {
        write(&self.tree, target, target.data(), 0)
    }
}

/// Writes `tree` to the sub-array of `target` that begins at `data` and has the axes from `axis` on.
fn write<'py>(tree: &Tree<'py>, target: &Array<'py>, data: *mut u8, axis: usize) -> PyResult<()> {
    if axis == target.ndim() {
        return match tree {
            Tree::Leaf(object) | Tree::Sequence(object, _) => {
                scalar::to_element(object, target.dtype(), data)
            }
            Tree::Array(object, array) => write_array(object, array, target, data),
        };
    }
    match tree {
        Tree::Leaf(_) => {
            Err(PyTypeError::new_err("a scalar stands where a sequence was found before: it changed"))
        }
        Tree::Array(_, array) => {
            let (shape, strides) = (&target.shape()[axis..], &target.strides()[axis..]);
            // SAFETY: the sub-array at `data`.
            let part = unsafe { target.sub_view_as(&target.descr(), data, shape, strides, None)? };
            super::copy_cast(&part, array, Casting::Unsafe)
        }
        Tree::Sequence(object, children) => {
            refuse_changed(object, children)?;
            let stride = target.strides()[axis];
            tick(children.len().saturating_mul(ITEM)).or_raise(target.py())?;
            if children.len() as isize != target.shape()[axis] {
                return Err(PyValueError::new_err(format!(
                    "could not broadcast a sequence of length {} into shape {}",
                    children.len(),
                    sharray_base::error::shape_text(&target.shape()[axis..])
                )));
            }
            for (index, child) in children.iter().enumerate() {
                // SAFETY: `index` is within the axis, by the check above.
                let at = unsafe { data.offset(index as isize * stride) };
                write(child, target, at, axis + 1)?;
            }
            Ok(())
        }
    }
}

/// An array where one element belongs. Objects take it as it was given; numbers ask it for its own value where it is
/// more than a plain array of ours.
fn write_array<'py>(
    object: &Bound<'py, PyAny>,
    array: &Array<'py>,
    target: &Array<'py>,
    data: *mut u8,
) -> PyResult<()> {
    let number = target.dtype().num().is_number();
    if target.dtype().kind() == Kind::Object
        || (array.ndim() == 0 && number && !array.is_exact())
        || (number && !object.is(array.as_ref()) && object.is_instance_of::<PyMemoryView>())
    {
        return scalar::to_element(object, target.dtype(), data);
    }
    super::assign_element(target, data, array.as_ref())
}

/// A list that was changed while its items were looked at.
fn refuse_changed(object: &Bound<'_, PyAny>, children: &[Tree<'_>]) -> PyResult<()> {
    let Ok(list) = object.cast::<PyList>() else { return Ok(()) };
    let replaced = |(index, child): (usize, &Tree<'_>)| match child {
        Tree::Array(array, _) => list.get_item(index).is_ok_and(|now| !now.is(array)),
        _ => false,
    };
    if list.len() == children.len() && !children.iter().enumerate().any(replaced) {
        return Ok(());
    }
    Err(PyRuntimeError::new_err("a list changed while it was made into an array"))
}

/// The elements as Python objects in one list, whatever a subclass's own methods do.
fn elements<'py>(array: &Array<'py>) -> PyResult<Bound<'py, PyAny>> {
    raveled(&super::asarray(array)?, Order::C)?.call_method0("tolist")
}
