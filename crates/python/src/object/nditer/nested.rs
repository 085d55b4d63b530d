//! `numpy.nested_iters`: iterators over groups of axes, each moved along by the one outside it.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use sharray_base::layout::Order;
use sharray_core::assign::Casting;

use super::build::{Recipe, read_operands};
use super::flags::{self, Flags, OpFlags};
use super::{Given, NdIter, operands};
use crate::object::array::Array;
use crate::{args, coerce};

/// The groups of axes, each axis at most once.
fn read_axes(axes: &Bound<'_, PyAny>) -> PyResult<Vec<Vec<isize>>> {
    if !(axes.is_instance_of::<PyTuple>() || axes.is_instance_of::<PyList>()) {
        return Err(PyValueError::new_err("axes must be a tuple of axis arrays"));
    }
    let mut seen = Vec::new();
    let mut groups = Vec::new();
    for group in coerce::items(axes)? {
        let items = coerce::items(&group)
            .map_err(|_| PyValueError::new_err("Each item in axes must be an integer tuple"))?;
        let numbers: Vec<isize> = items.iter().map(args::axis_number).collect::<PyResult<_>>()?;
        for &axis in &numbers {
            if axis < 0 || axis >= sharray_base::MAX_NDIM as isize {
                return Err(PyValueError::new_err(format!("An axis is out of bounds: {axis}")));
            }
            if seen.contains(&axis) {
                return Err(PyValueError::new_err(format!("An axis is used more than once: {axis}")));
            }
            seen.push(axis);
        }
        groups.push(numbers);
    }
    if groups.len() < 2 {
        return Err(PyValueError::new_err("axes must have at least 2 entries for nested iteration"));
    }
    Ok(groups)
}

/// `op_axes` of the level that walks `group`: each operand's own axis, counted as broadcasting counts.
fn level_axes(
    group: &[isize],
    arrays: &[Option<Array<'_>>],
    ndim: usize,
) -> PyResult<Vec<Option<Vec<isize>>>> {
    let own = |array: &Option<Array<'_>>| {
        let along = |&axis: &isize| match array {
            None => axis,
            Some(array) => {
                let place = axis - (ndim - array.ndim()) as isize;
                usize::try_from(place)
                    .ok()
                    .filter(|p| array.shape().get(*p).is_none_or(|n| *n != 1))
                    .map_or(-1, |p| p as isize)
            }
        };
        Some(group.iter().map(along).collect())
    };
    Ok(arrays.iter().map(own).collect())
}

/// nested_iters(op, axes, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', buffersize=0)
///
/// Iterators for nested loops over groups of axes; stepping one moves those inside it to where they belong.
///
/// `axes` lists the groups from the outermost loop to the innermost. Copies that `op_dtypes` asks for belong to the
/// outermost iterator, buffers to the innermost.
///
/// Raises `ValueError` for fewer than two groups, an axis that is used twice or out of bounds, and whatever `nditer` raises.
///
/// >>> a = np.arange(6).reshape(2, 3)
/// >>> outer, inner = np.nested_iters(a, [[1], [0]])
/// >>> [[int(x) for x in inner] for _ in outer]
/// [[0, 3], [1, 4], [2, 5]]
#[pyfunction]
#[pyo3(
    signature = (op, axes, flags=None, op_flags=None, op_dtypes=None, order=None, casting=None, buffersize=0),
    text_signature = "(op, axes, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', buffersize=0)"
)]
#[expect(clippy::too_many_arguments, reason = "NumPy's signature")]
pub(super) fn nested_iters<'py>(
    op: &Bound<'py, PyAny>,
    axes: &Bound<'py, PyAny>,
    flags: Given<'_, 'py>,
    op_flags: Given<'_, 'py>,
    op_dtypes: Given<'_, 'py>,
    order: Given<'_, 'py>,
    casting: Given<'_, 'py>,
    buffersize: isize,
) -> PyResult<Bound<'py, PyTuple>> {
    let py = op.py();
    let groups = read_axes(axes)?;
    let flags = flags::read(flags)?;
    let order = args::order(order, Order::Keep)?;
    let rule = args::casting(casting, Casting::Safe)?;
    let (mut arrays, mut op_flags) = read_operands(op, op_flags)?;
    let mut dtypes = operands::read_dtypes(op_dtypes, arrays.len())?;
    let ndim = arrays.iter().flatten().map(|a| a.ndim()).max().unwrap_or(0);
    let mut levels: Vec<Bound<'py, NdIter>> = Vec::new();
    for (level, group) in groups.iter().enumerate() {
        let innermost = level + 1 == groups.len();
        let casts_here = if flags.buffered { innermost } else { level == 0 };
        let recipe = Recipe {
            op_axes: Some(level_axes(group, &arrays, ndim)?),
            arrays: arrays.clone(),
            flags: level_flags(flags, innermost),
            op_flags: op_flags.clone(),
            dtypes: if casts_here { dtypes.clone() } else { vec![None; dtypes.len()] },
            order,
            rule,
            itershape: None,
            buffersize: if innermost { buffersize } else { 0 },
        };
        let made = Bound::new(py, recipe.build(py)?)?;
        if level == 0 {
            // What was allocated or copied is walked by the inner levels as it is.
            arrays = made.borrow().arrays(py).into_iter().map(Some).collect();
            op_flags.iter_mut().for_each(settled);
            if !flags.buffered {
                dtypes.iter_mut().for_each(|d| *d = None);
            }
        }
        levels.push(made);
    }
    for pair in levels.windows(2) {
        pair[0].borrow_mut().child = Some(pair[1].clone().unbind());
    }
    NdIter::move_child(&levels[0])?;
    PyTuple::new(py, levels)
}

/// Only the innermost level hands out stretches and has buffers.
fn level_flags(flags: Flags, innermost: bool) -> Flags {
    if innermost {
        return flags;
    }
    Flags {
        external_loop: false,
        buffered: false,
        delay: false,
        growinner: false,
        common_dtype: false,
        ..flags
    }
}

fn settled(flags: &mut OpFlags) {
    (flags.allocate, flags.copy, flags.update_if_copy) = (false, false, false);
}
