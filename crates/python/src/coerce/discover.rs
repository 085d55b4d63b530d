//! Finding the shape and dtype of nested sequences, as NumPy does: the deepest shape all branches agree on, the dtype
//! all leaves promote to. The tree that is found is kept, so that elements are asked for once.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyComplex, PyFloat, PyInt, PyString, PyTuple};
use sharray_base::dtype::promote::promote;
use sharray_base::interrupt::tick;
use sharray_base::{DType, Dims, Kind, TypeNum};
use sharray_core::assign::Casting;

use super::{Request, is_scalar, items};
use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::{dtype, scalar};
use crate::protocols::foreign;

/// What an item costs, in elements of cheap work.
const ITEM: usize = 64;

/// A value of the input.
pub enum Tree<'py> {
    /// One element.
    Leaf(Bound<'py, PyAny>),
    /// An array (or array-like, already converted).
    Array(Array<'py>),
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
    /// Stop descending at tuples: they are elements of a structured dtype.
    tuples_are_elements: bool,
    /// Ragged input is allowed to end in objects.
    objects: bool,
    /// Text is a sequence of characters (dtype `c`).
    dtype: Option<Bound<'py, PyAny>>,
    ndmax: usize,
}

/// Walks `object`, at most `ndmax` sequences deep. `wanted` is the dtype asked for, if any.
///
/// # Errors
/// `ValueError` for ragged or too deep input without `dtype=object`; promotion errors; what iterating raises.
pub fn discover<'py>(
    object: &Bound<'py, PyAny>,
    wanted: Option<&Bound<'py, PyAny>>,
    ndmax: usize,
) -> PyResult<Found<'py>> {
    let py = object.py();
    let value = wanted.map(|w| dtype::value(w).clone());
    let walk = Walk {
        tuples_are_elements: value.as_ref().is_some_and(|v| v.as_structure().is_some()),
        objects: value.as_ref().is_some_and(|v| v.num() == TypeNum::Object),
        dtype: wanted.cloned(),
        ndmax,
    };
    let tree = walk.read(object, 0)?;
    let mut shape = Dims::new();
    let mut depth = max_depth(&tree);
    let regular = common_shape(&tree, &mut shape, &mut depth);
    if !regular && !walk.objects {
        let text = shape.iter().map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
        let text = if shape.len() == 1 { format!("{text},") } else { text };
        return Err(PyValueError::new_err(format!(
            "setting an array element with a sequence. The requested array has an inhomogeneous shape after {} \
             dimensions. The detected shape was ({text}) + inhomogeneous part.",
            shape.len()
        )));
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
            let common = common.unwrap_or_else(|| DType::of(TypeNum::Double));
            dtype::from_value(py, &common)?
        }
    };
    Ok(Found { tree, descr, shape })
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
        if is_scalar(object) || object.is_none() {
            return Ok(Tree::Leaf(object.clone()));
        }
        if let Some(array) = Array::from_object(object) {
            return self.array(array, object, depth);
        }
        if self.tuples_are_elements && object.is_instance_of::<PyTuple>() {
            return Ok(Tree::Leaf(object.clone()));
        }
        let exact =
            object.is_exact_instance_of::<pyo3::types::PyList>() || object.is_exact_instance_of::<PyTuple>();
        if !exact {
            if depth > 0
                && let Some(array) =
                    foreign::as_array(object, &Request { dtype: self.dtype.clone(), ..Request::default() })?
            {
                return self.array(array, object, depth);
            }
            if !is_sequence(object) {
                return Ok(Tree::Leaf(object.clone()));
            }
        }
        if depth >= self.ndmax {
            return if self.objects { Ok(Tree::Leaf(object.clone())) } else { Err(self.too_deep()) };
        }
        let children = items(object)?;
        tick(children.len().saturating_mul(ITEM)).or_raise(object.py())?;
        let children: PyResult<Vec<Tree<'py>>> =
            children.iter().map(|child| self.read(child, depth + 1)).collect();
        Ok(Tree::Sequence(object.clone(), children?))
    }

    /// An array among the values, whose axes count.
    fn array(&self, array: Array<'py>, object: &Bound<'py, PyAny>, depth: usize) -> PyResult<Tree<'py>> {
        match depth + array.ndim() > self.ndmax {
            true if self.objects && depth == self.ndmax => Ok(Tree::Leaf(object.clone())),
            true => Err(self.too_deep()),
            false => Ok(Tree::Array(array)),
        }
    }

    fn too_deep(&self) -> PyErr {
        PyValueError::new_err(format!(
            "setting an array element with a sequence. The requested array would exceed the maximum number of dimension \
             of {}.",
            self.ndmax
        ))
    }
}

fn is_sequence(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: a live object; a failing `len` is cleared.
    unsafe {
        if ffi::PySequence_Check(object.as_ptr()) == 0 {
            return false;
        }
        if ffi::PySequence_Size(object.as_ptr()) < 0 {
            ffi::PyErr_Clear();
            return false;
        }
    }
    true
}

/// How many axes the tree could have at most.
fn max_depth(tree: &Tree<'_>) -> usize {
    match tree {
        Tree::Leaf(_) => 0,
        Tree::Array(array) => array.ndim(),
        Tree::Sequence(_, children) => 1 + children.iter().map(max_depth).max().unwrap_or(0),
    }
}

/// The longest shape all branches share; false when they differ below it.
fn common_shape(tree: &Tree<'_>, shape: &mut Dims, _depth: &mut usize) -> bool {
    match tree {
        Tree::Leaf(_) => true,
        Tree::Array(array) => {
            shape.extend(array.shape().iter().copied());
            true
        }
        Tree::Sequence(_, children) => {
            shape.push(children.len() as isize);
            let Some((first, rest)) = children.split_first() else { return true };
            let mut inner = Dims::new();
            let mut regular = common_shape(first, &mut inner, _depth);
            for child in rest {
                let mut other = Dims::new();
                regular &= common_shape(child, &mut other, _depth);
                let shared = inner.iter().zip(&other).take_while(|(a, b)| a == b).count();
                regular &= shared == inner.len() && shared == other.len();
                inner.truncate(shared);
            }
            shape.extend(inner);
            regular
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
        Some(known) if *known == found => {}
        Some(known) => match promote(known, &found) {
            Ok(promoted) => *known = promoted,
            // Values without a common dtype end up as objects only among Python values; NumPy raises for the rest.
            Err(error) => return Err(crate::errors::to_python(py, error)),
        },
        None => *common = Some(found),
    }
    Ok(())
}

fn promote_leaves(tree: &Tree<'_>, common: &mut Option<DType>) -> PyResult<()> {
    match tree {
        Tree::Leaf(object) => promote_into(common, leaf_dtype(object)?, object.py()),
        Tree::Array(array) => promote_into(common, array.dtype().clone(), array.py()),
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
        None if wanted.num().is_flexible() => DType::flexible(wanted.num(), smallest),
        None => wanted.clone(),
    })
}

fn collect_fit(tree: &Tree<'_>, wanted: &DType, common: &mut Option<DType>) -> PyResult<()> {
    match tree {
        Tree::Leaf(object) => promote_into(common, fit_value(object, wanted)?, object.py()),
        Tree::Array(array) => {
            let descr = dtype::from_value(array.py(), wanted)?;
            promote_into(common, dtype::value(&fit(&descr, array)?).clone(), array.py())
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
        TypeNum::Void => Ok(match leaf_dtype(object)? {
            found if found.num() == TypeNum::Void => found,
            found => DType::flexible(TypeNum::Void, found.itemsize().max(1)),
        }),
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
        for item in array.call_method0("ravel")?.call_method0("tolist")?.try_iter()? {
            promote_into(&mut common, fit_value(&item?, &wanted)?, py)?;
        }
        let found = common.unwrap_or(wanted);
        let found =
            if found.itemsize() == 0 { DType::flexible(found.num(), minimum(found.num())) } else { found };
        return dtype::from_value(py, &found);
    }
    let is_time = matches!(wanted.num(), TypeNum::Datetime | TypeNum::Timedelta);
    if is_time {
        let found = match have.num() {
            num if num == wanted.num() => have.to_native(),
            TypeNum::String | TypeNum::Unicode => {
                let mut common = None;
                for item in array.call_method0("ravel")?.call_method0("tolist")?.try_iter()? {
                    promote_into(&mut common, fit_value(&item?, &wanted)?, py)?;
                }
                common.unwrap_or(wanted)
            }
            TypeNum::Timedelta => DType::time(wanted.num(), have.time_unit()),
            _ => wanted,
        };
        return dtype::from_value(py, &found);
    }
    let unit = minimum(wanted.num());
    let width = match (wanted.num(), have.num()) {
        (TypeNum::Void, _) => have.itemsize(),
        (_, TypeNum::Unicode) => have.itemsize() / 4 * unit,
        (_, TypeNum::String | TypeNum::Void) => have.itemsize() * unit,
        _ => {
            let text = promote(&DType::flexible(wanted.num(), unit), have).or_raise(py)?;
            text.itemsize()
        }
    };
    dtype::from_value(py, &DType::flexible(wanted.num(), width.max(unit)))
}

fn minimum(num: TypeNum) -> usize {
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
            Tree::Array(array) if target.dtype().kind() == Kind::Object && array.ndim() > 0 => {
                scalar::to_element(array.as_ref(), target.dtype(), data)
            }
            Tree::Array(array) => super::assign_element(target, data, array.as_ref()),
        };
    }
    match tree {
        Tree::Leaf(_) => {
            Err(PyTypeError::new_err("a scalar stands where a sequence was found before: it changed"))
        }
        Tree::Array(array) => {
            let (shape, strides) = (&target.shape()[axis..], &target.strides()[axis..]);
            // SAFETY: the sub-array at `data`.
            let part = unsafe { target.sub_view_as(&target.descr(), data, shape, strides, None)? };
            super::copy_cast(&part, array, Casting::Unsafe)
        }
        Tree::Sequence(_, children) => {
            let stride = target.strides()[axis];
            tick(children.len().saturating_mul(ITEM)).or_raise(target.py())?;
            for (index, child) in children.iter().enumerate() {
                // SAFETY: `index` is within the axis, whose extent is the number of children.
                let at = unsafe { data.offset(index as isize * stride) };
                write(child, target, at, axis + 1)?;
            }
            Ok(())
        }
    }
}
