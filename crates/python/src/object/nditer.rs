//! `numpy.nditer`: several arrays walked together, in an order of axes that suits their memory.
//!
//! Operands that need another dtype (or that overlap) are copied whole before the walk and written back when the
//! iterator is closed. In buffered mode with external loop, operands without a common stride are likewise gathered into 1-D
//! copies, so that chunks of any length can be handed out. Reductions (a written operand with a stretched axis) are never
//! gathered: chunks then end with the innermost axis.
//!
//! The file is long because construction, the walk and the Python class still stand together; construction is to move
//! into a file of its own.

use pyo3::exceptions::{PyIndexError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use sharray_base::dtype::{cast_rules, promote};
use sharray_base::layout::overlap::{Extent, Overlap};
use sharray_base::layout::{Order, broadcast_shapes, checked_len};
use sharray_base::{DType, Dims, MAX_NDIM, View};
use sharray_core::assign::{self, Casting};

use super::array::Array;
use super::dtype;
use super::layout::flag;
use crate::errors::OrRaise;
use crate::{args, coerce};

type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// Elements handed out at a time in buffered mode.
const BUFFER: usize = 8192;

#[derive(Clone, Copy, Default)]
struct Flags {
    multi_index: bool,
    c_index: bool,
    f_index: bool,
    external_loop: bool,
    buffered: bool,
    growinner: bool,
    reduce_ok: bool,
    refs_ok: bool,
    zerosize_ok: bool,
    delay: bool,
    copy_if_overlap: bool,
    common_dtype: bool,
    dont_negate: bool,
    ranged: bool,
}

#[derive(Clone, Copy, Default)]
struct OpFlags {
    read: bool,
    write: bool,
    allocate: bool,
    no_broadcast: bool,
    no_subtype: bool,
    aligned: bool,
    native: bool,
    contiguous: bool,
    copy: bool,
    update_if_copy: bool,
    overlap_assume_elementwise: bool,
}

/// One axis of the walk.
#[derive(Clone)]
struct Axis {
    extent: isize,
    strides: Vec<isize>,
    /// The axis of the iteration shape it stands for, and whether it runs backwards.
    original: usize,
    reversed: bool,
}

struct Operand {
    /// What the user sees in `operands`.
    array: Py<PyAny>,
    /// What is walked, if it is a copy.
    work: Option<Py<PyAny>>,
    flags: OpFlags,
    /// Address of the first element of the walk.
    data: *mut u8,
}

// SAFETY: addresses into arrays that the operand holds; touched with the GIL held.
unsafe impl Send for Operand {}
// SAFETY: as for `Send`.
unsafe impl Sync for Operand {}

/// The iterator.
#[pyclass(name = "nditer", module = "numpy", subclass)]
pub struct NdIter {
    flags: Flags,
    operands: Vec<Operand>,
    shape: Dims,
    /// From the outermost to the innermost.
    axes: Vec<Axis>,
    /// Position along each axis.
    counter: Vec<isize>,
    index: isize,
    size: isize,
    /// First and one-past-last position.
    range: (isize, isize),
    /// How many elements each step hands out at most.
    chunk: isize,
    buffersize: usize,
    started: bool,
    closed: bool,
    order: Order,
}

fn words(object: Given<'_, '_>, what: &str) -> PyResult<Vec<String>> {
    let Some(object) = object.filter(|o| !o.is_none()) else { return Ok(Vec::new()) };
    if object.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err(format!("{what} must be a tuple or array of strings")));
    }
    coerce::items(object)?
        .iter()
        .map(|w| w.extract())
        .collect::<PyResult<_>>()
        .map_err(|_| PyTypeError::new_err(format!("{what} must be a tuple or array of strings")))
}

fn read_flags(object: Given<'_, '_>) -> PyResult<Flags> {
    let mut flags = Flags::default();
    for word in words(object, "Iterator flags")? {
        let slot = match &*word {
            "multi_index" => &mut flags.multi_index,
            "c_index" => &mut flags.c_index,
            "f_index" => &mut flags.f_index,
            "external_loop" => &mut flags.external_loop,
            "buffered" => &mut flags.buffered,
            "growinner" => &mut flags.growinner,
            "reduce_ok" => &mut flags.reduce_ok,
            "refs_ok" => &mut flags.refs_ok,
            "zerosize_ok" => &mut flags.zerosize_ok,
            "delay_bufalloc" => &mut flags.delay,
            "copy_if_overlap" => &mut flags.copy_if_overlap,
            "common_dtype" => &mut flags.common_dtype,
            "dont_negate_strides" => &mut flags.dont_negate,
            "ranged" => &mut flags.ranged,
            other => {
                return Err(PyValueError::new_err(format!("Unexpected iterator global flag \"{other}\"")));
            }
        };
        *slot = true;
    }
    if flags.external_loop && (flags.multi_index || flags.c_index || flags.f_index) {
        return Err(PyValueError::new_err(
            "Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked",
        ));
    }
    if flags.c_index && flags.f_index {
        return Err(PyValueError::new_err("Iterator flags C_INDEX and F_INDEX cannot both be specified"));
    }
    Ok(flags)
}

fn read_op_flags(object: &Bound<'_, PyAny>) -> PyResult<OpFlags> {
    let mut flags = OpFlags::default();
    for word in words(Some(object), "op_flags")? {
        match &*word {
            "readonly" => flags.read = true,
            "readwrite" => (flags.read, flags.write) = (true, true),
            "writeonly" => flags.write = true,
            "allocate" => flags.allocate = true,
            "no_broadcast" => flags.no_broadcast = true,
            "no_subtype" => flags.no_subtype = true,
            "aligned" => flags.aligned = true,
            "nbo" => flags.native = true,
            "contig" => flags.contiguous = true,
            "copy" => flags.copy = true,
            "updateifcopy" => flags.update_if_copy = true,
            "overlap_assume_elementwise" => flags.overlap_assume_elementwise = true,
            "arraymask" | "writemasked" | "virtual" => {
                return Err(pyo3::exceptions::PyNotImplementedError::new_err(format!(
                    "nditer operand flag {word:?} is not supported"
                )));
            }
            other => {
                return Err(PyValueError::new_err(format!("Unexpected per-op iterator flag \"{other}\"")));
            }
        }
    }
    Ok(flags)
}

/// `op_flags` for every operand.
fn all_op_flags(object: Given<'_, '_>, given: &[Option<Array<'_>>]) -> PyResult<Vec<OpFlags>> {
    let default = |array: &Option<Array<'_>>| match array {
        Some(_) => OpFlags { read: true, ..Default::default() },
        None => OpFlags { write: true, allocate: true, ..Default::default() },
    };
    let Some(object) = object.filter(|o| !o.is_none()) else {
        return Ok(given.iter().map(default).collect());
    };
    let items = coerce::items(object)
        .map_err(|_| PyTypeError::new_err("op_flags must be a tuple or array of per-op flag-tuples"))?;
    let one_for_all = items.first().is_some_and(|f| f.is_instance_of::<PyString>());
    if one_for_all {
        let flags = read_op_flags(object)?;
        return Ok(vec![flags; given.len()]);
    }
    if items.len() != given.len() {
        return Err(PyValueError::new_err("op_flags must be a tuple or array of per-op flag-tuples"));
    }
    items.iter().map(read_op_flags).collect()
}

impl NdIter {
    fn work<'py>(&self, py: Python<'py>, index: usize) -> Array<'py> {
        let operand = &self.operands[index];
        Array::expect(operand.work.as_ref().unwrap_or(&operand.array).bind(py))
    }

    fn check_open(&self) -> PyResult<()> {
        if self.closed {
            return Err(PyValueError::new_err("Iterator is closed"));
        }
        Ok(())
    }

    fn finished(&self) -> bool {
        self.index >= self.range.1
    }

    /// Moves to a position of the walk.
    fn go_to(&mut self, index: isize) {
        self.index = index;
        let mut rest = index;
        for (axis, count) in self.axes.iter().zip(&mut self.counter).rev() {
            let extent = axis.extent.max(1);
            *count = rest % extent;
            rest /= extent;
        }
    }

    /// Address of an operand's current element.
    fn address(&self, operand: usize) -> *mut u8 {
        let offset: isize =
            self.axes.iter().zip(&self.counter).map(|(axis, count)| axis.strides[operand] * count).sum();
        self.operands[operand].data.wrapping_offset(offset)
    }

    /// How many elements the current step hands out.
    fn step(&self) -> isize {
        if !self.flags.external_loop {
            return 1;
        }
        let inner = self.axes.last().map_or(1, |axis| axis.extent);
        let along = inner - self.counter.last().copied().unwrap_or(0);
        along.min(self.chunk).min(self.range.1 - self.index).max(0)
    }

    fn advance(&mut self) -> bool {
        if self.finished() {
            return false;
        }
        let step = self.step().max(1);
        self.go_to(self.index + step);
        !self.finished()
    }

    /// The current element of an operand, or its current stretch.
    fn current<'py>(&self, py: Python<'py>, operand: usize) -> PyResult<Bound<'py, PyAny>> {
        let array = self.work(py, operand);
        let writable = self.operands[operand].flags.write && array.has(flag::WRITEABLE);
        let data = self.address(operand);
        let (count, stride) = (self.step(), self.axes.last().map_or(0, |axis| axis.strides[operand]));
        let base = Some(array.clone().into_object());
        // SAFETY: the address and stretch lie within the operand, which the view keeps.
        let view = unsafe {
            if self.flags.external_loop {
                Array::from_memory(py, &array.descr(), data, &[count], &[stride], writable, base, None)?
            } else {
                Array::from_memory(py, &array.descr(), data, &[], &[], writable, base, None)?
            }
        };
        Ok(view.into_object())
    }

    /// Position along the axes of the iteration shape.
    fn coordinates(&self) -> Dims {
        let mut coordinates = Dims::from_elem(0, self.shape.len());
        for (axis, count) in self.axes.iter().zip(&self.counter) {
            coordinates[axis.original] = if axis.reversed { axis.extent - 1 - count } else { *count };
        }
        coordinates
    }

    fn flat_index(&self) -> isize {
        let coordinates = self.coordinates();
        let mut index = 0;
        let mut factor = 1;
        let axes: Vec<usize> = if self.flags.c_index {
            (0..self.shape.len()).rev().collect()
        } else {
            (0..self.shape.len()).collect()
        };
        for axis in axes {
            index += coordinates[axis] * factor;
            factor *= self.shape[axis];
        }
        index
    }

    /// Position of the walk from coordinates.
    fn position_of(&self, coordinates: &[isize]) -> isize {
        self.axes.iter().fold(0, |position, axis| {
            let at = coordinates[axis.original];
            position * axis.extent + if axis.reversed { axis.extent - 1 - at } else { at }
        })
    }

    /// Writes copies back to the arrays they stand for.
    fn write_back(&self, py: Python<'_>) -> PyResult<()> {
        for operand in self.operands.iter().filter(|o| o.flags.write) {
            let Some(work) = &operand.work else { continue };
            let (work, target) = (Array::expect(work.bind(py)), Array::expect(operand.array.bind(py)));
            assign::copy(target.view_mut_unchecked(), work.view(), Casting::Unsafe).or_raise(py)?;
        }
        Ok(())
    }

    /// Joins axes that all operands walk with one stride.
    fn coalesce(&mut self) {
        let mut joined: Vec<Axis> = Vec::with_capacity(self.axes.len());
        for axis in self.axes.drain(..) {
            match joined.last_mut() {
                Some(outer)
                    if outer.extent == 1
                        || axis.strides.iter().zip(&outer.strides).all(|(s, o)| s * axis.extent == *o)
                        || axis.extent == 1 =>
                {
                    if outer.extent == 1 || axis.extent != 1 {
                        let extent = outer.extent * axis.extent;
                        *outer = Axis { extent, ..axis };
                    }
                }
                _ => joined.push(axis),
            }
        }
        self.axes = joined;
        self.counter = vec![0; self.axes.len()];
        let index = self.index;
        self.go_to(index);
    }
}

/// Strides of an operand along the iteration shape: by broadcasting, or as `op_axes` maps them (-1: a new axis).
fn mapped_strides(
    array: &View<'_>,
    shape: &[isize],
    axes: Option<&[isize]>,
    position: usize,
) -> PyResult<Vec<isize>> {
    let mismatch = || {
        PyValueError::new_err(format!(
            "operands could not be broadcast together with remapped shapes [original->remapped]: operand {position} \
             of shape {} and requested shape {}",
            sharray_base::error::shape_text(array.shape()),
            sharray_base::error::shape_text(shape)
        ))
    };
    match axes {
        None => sharray_base::layout::broadcast_strides(array.shape(), array.strides(), shape)
            .map(|s| s.to_vec())
            .ok_or_else(mismatch),
        Some(axes) => axes
            .iter()
            .zip(shape)
            .map(|(&axis, &extent)| match usize::try_from(axis) {
                Err(_) => Ok(0),
                Ok(axis) => match array.shape().get(axis) {
                    Some(&own) if own == extent => Ok(array.strides()[axis]),
                    Some(1) => Ok(0),
                    _ => Err(mismatch()),
                },
            })
            .collect(),
    }
}

fn read_op_axes(object: Given<'_, '_>, count: usize) -> PyResult<Vec<Option<Vec<isize>>>> {
    let Some(object) = object.filter(|o| !o.is_none()) else { return Ok(vec![None; count]) };
    let items = coerce::items(object)?;
    if items.len() != count {
        return Err(PyValueError::new_err("op_axes must be a tuple/list matching the number of ops"));
    }
    let mut length = None;
    let mut result = Vec::new();
    for item in items {
        if item.is_none() {
            result.push(None);
            continue;
        }
        let axes: Vec<isize> = coerce::items(&item)?
            .iter()
            .map(|axis| if axis.is_none() { Ok(-1) } else { args::axis_number(axis) })
            .collect::<PyResult<_>>()?;
        if *length.get_or_insert(axes.len()) != axes.len() {
            return Err(PyValueError::new_err("Each entry of op_axes must have the same size"));
        }
        if let Some(repeated) = axes.iter().enumerate().find(|(i, a)| **a >= 0 && axes[..*i].contains(a)) {
            return Err(PyValueError::new_err(format!(
                "The 'op_axes' provided to the iterator constructor contained duplicate dimensions for the same operand \
                 (axis {})",
                repeated.1
            )));
        }
        result.push(Some(axes));
    }
    Ok(result)
}

/// The shape that is walked.
fn iteration_shape(
    arrays: &[Option<Array<'_>>],
    op_axes: &[Option<Vec<isize>>],
    itershape: Option<&[isize]>,
) -> PyResult<Dims> {
    let mut shapes: Vec<Dims> = Vec::new();
    for (position, (array, axes)) in arrays.iter().zip(op_axes).enumerate() {
        let Some(array) = array else { continue };
        shapes.push(match axes {
            None => Dims::from_slice(array.shape()),
            Some(axes) => axes
                .iter()
                .map(|&axis| match usize::try_from(axis) {
                    Err(_) => Ok(1),
                    Ok(axis) => array.shape().get(axis).copied().ok_or_else(|| {
                        PyValueError::new_err(format!(
                            "Iterator input op_axes[{position}] ({axis}) is not a valid axis of op[{position}], which has \
                             {} dimensions",
                            array.ndim()
                        ))
                    }),
                })
                .collect::<PyResult<_>>()?,
        });
    }
    if let Some(wanted) = itershape {
        shapes.push(wanted.iter().map(|n| if *n < 0 { 1 } else { *n }).collect());
    }
    if let Some(axes) = op_axes.iter().flatten().next() {
        shapes.push(Dims::from_elem(1, axes.len()));
    }
    let views: Vec<&[isize]> = shapes.iter().map(|s| &s[..]).collect();
    broadcast_shapes(&views).map_err(|_| {
        let texts: Vec<String> = views.iter().map(|s| sharray_base::error::shape_text(s)).collect();
        PyValueError::new_err(format!(
            "operands could not be broadcast together with shapes {} ",
            texts.join(" ")
        ))
    })
}

#[pymethods]
impl NdIter {
    #[new]
    #[pyo3(signature = (op, flags=None, op_flags=None, op_dtypes=None, order=None, casting=None, op_axes=None, itershape=None, buffersize=0))]
    #[expect(clippy::too_many_arguments, reason = "NumPy's signature")]
    fn new(
        op: &Bound<'_, PyAny>,
        flags: Given<'_, '_>,
        op_flags: Given<'_, '_>,
        op_dtypes: Given<'_, '_>,
        order: Given<'_, '_>,
        casting: Given<'_, '_>,
        op_axes: Given<'_, '_>,
        itershape: Given<'_, '_>,
        buffersize: usize,
    ) -> PyResult<NdIter> {
        let py = op.py();
        let several = op.is_instance_of::<PyTuple>() || op.is_instance_of::<pyo3::types::PyList>();
        let objects = if several { coerce::items(op)? } else { vec![op.clone()] };
        if objects.is_empty() {
            return Err(PyValueError::new_err("Must provide at least one operand"));
        }
        if objects.len() > 64 {
            return Err(PyValueError::new_err("Too many operands"));
        }
        let flags = read_flags(flags)?;
        let order = args::order(order, Order::Keep)?;
        let rule = args::casting(casting, Casting::Safe)?;
        let mut arrays: Vec<Option<Array<'_>>> = objects
            .iter()
            .map(|o| if o.is_none() { Ok(None) } else { coerce::asanyarray(o).map(Some) })
            .collect::<PyResult<_>>()?;
        let op_flags = all_op_flags(op_flags, &arrays)?;
        for (position, (array, own)) in arrays.iter().zip(&op_flags).enumerate() {
            if !own.read && !own.write {
                return Err(PyValueError::new_err(
                    "None of the iterator flags READWRITE, READONLY, or WRITEONLY were specified for an operand",
                ));
            }
            match array {
                None if !own.allocate => {
                    return Err(PyValueError::new_err(
                        "Iterator operand was NULL, but neither the ALLOCATE nor the VIRTUAL flag was specified",
                    ));
                }
                None if own.read => {
                    return Err(PyValueError::new_err(format!(
                        "Iterator operand {position} is to be allocated, so it can't be read"
                    )));
                }
                Some(array) if own.write && !array.has(flag::WRITEABLE) => {
                    return Err(PyValueError::new_err("output array is read-only"));
                }
                Some(array) if array.dtype().holds_objects() && !flags.refs_ok => {
                    return Err(PyTypeError::new_err(
                        "Iterator operand or requested dtype holds references, but the NPY_ITER_REFS_OK flag was not \
                         enabled",
                    ));
                }
                _ => {}
            }
        }
        let op_axes = read_op_axes(op_axes, arrays.len())?;
        let itershape = itershape.filter(|s| !s.is_none()).map(args::shape).transpose()?;
        let shape = iteration_shape(&arrays, &op_axes, itershape.as_deref())?;
        if shape.len() > MAX_NDIM {
            return Err(PyValueError::new_err(format!(
                "the iteration has {} axes, more than {MAX_NDIM}",
                shape.len()
            )));
        }
        let size =
            checked_len(&shape, 1).map_err(|_| PyValueError::new_err("iterator is too large"))? as isize;
        if size == 0 && !flags.zerosize_ok {
            return Err(PyValueError::new_err("Iteration of zero-sized operands is not enabled"));
        }
        let wanted = wanted_dtypes(py, op_dtypes, &arrays, &op_flags, flags.common_dtype)?;
        allocate(py, &mut arrays, &op_flags, &op_axes, &wanted, &shape, order)?;
        let arrays: Vec<Array<'_>> = arrays.into_iter().flatten().collect();
        let mut operands = Vec::with_capacity(arrays.len());
        for (position, array) in arrays.iter().enumerate() {
            let own = op_flags[position];
            check_stretch(&array.view(), own, &shape, op_axes[position].as_deref(), flags, position)?;
            let overlaps = flags.copy_if_overlap && overlaps_output(&arrays, &op_flags, position);
            let work = working_copy(array, &wanted[position], own, flags, rule, overlaps, position)?;
            operands.push(Operand {
                data: work.as_ref().unwrap_or(array).data(),
                work: work.map(|w| w.into_object().unbind()),
                array: array.clone().into_object().unbind(),
                flags: own,
            });
        }
        let mut made = NdIter {
            flags,
            operands,
            axes: Vec::new(),
            counter: Vec::new(),
            index: 0,
            size,
            range: (0, size),
            chunk: isize::MAX,
            buffersize: if buffersize == 0 { BUFFER } else { buffersize },
            started: false,
            closed: false,
            shape,
            order,
        };
        made.lay_out(py, &op_axes)?;
        Ok(made)
    }

    #[getter]
    fn dtypes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, (0..self.operands.len()).map(|i| self.work(py, i).descr()))
    }
    #[getter]
    fn operands<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.check_open()?;
        PyTuple::new(py, self.operands.iter().map(|o| o.array.bind(py)))
    }
    #[getter]
    fn itviews<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.check_open()?;
        let views: Vec<Bound<'py, PyAny>> = (0..self.operands.len())
            .map(|i| {
                let array = self.work(py, i);
                let shape: Vec<isize> = self.axes.iter().map(|a| a.extent).collect();
                let strides: Vec<isize> = self.axes.iter().map(|a| a.strides[i]).collect();
                let base = Some(array.clone().into_object());
                let writable = self.operands[i].flags.write;
                // SAFETY: the walk's own axes.
                unsafe {
                    let data = self.operands[i].data;
                    Array::from_memory(py, &array.descr(), data, &shape, &strides, writable, base, None)
                }
                .map(Array::into_object)
            })
            .collect::<PyResult<_>>()?;
        PyTuple::new(py, views)
    }
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.check_open()?;
        if self.finished() {
            return Err(PyValueError::new_err("Iterator is past the end"));
        }
        let values: Vec<Bound<'py, PyAny>> =
            (0..self.operands.len()).map(|i| self.current(py, i)).collect::<PyResult<_>>()?;
        match <[Bound<'py, PyAny>; 1]>::try_from(values) {
            Ok([only]) => Ok(only),
            Err(many) => Ok(PyTuple::new(py, many)?.into_any()),
        }
    }
    #[getter(finished)]
    fn is_finished(&self) -> bool {
        self.finished()
    }
    #[getter]
    fn has_delayed_bufalloc(&self) -> bool {
        self.flags.delay && !self.started
    }
    #[getter]
    fn has_index(&self) -> bool {
        self.flags.c_index || self.flags.f_index
    }
    #[getter]
    fn has_multi_index(&self) -> bool {
        self.flags.multi_index
    }
    #[getter]
    fn iterationneedsapi(&self, py: Python<'_>) -> bool {
        (0..self.operands.len()).any(|i| self.work(py, i).dtype().holds_objects())
    }
    #[getter]
    fn index(&self) -> PyResult<isize> {
        if !self.has_index() {
            return Err(PyValueError::new_err("Iterator does not have an index"));
        }
        if self.finished() {
            return Err(PyValueError::new_err("Iterator is past the end"));
        }
        Ok(self.flat_index())
    }
    #[setter]
    fn set_index(&mut self, index: isize) -> PyResult<()> {
        if !self.has_index() {
            return Err(PyValueError::new_err("Iterator does not have an index"));
        }
        if index < 0 || index >= self.size {
            return Err(PyIndexError::new_err("Iterator GotoIndex called with an out-of-bounds index"));
        }
        let mut coordinates = Dims::from_elem(0, self.shape.len());
        let mut rest = index;
        let axes: Vec<usize> = if self.flags.c_index {
            (0..self.shape.len()).rev().collect()
        } else {
            (0..self.shape.len()).collect()
        };
        for axis in axes {
            coordinates[axis] = rest % self.shape[axis];
            rest /= self.shape[axis];
        }
        let position = self.position_of(&coordinates);
        self.go_to(position);
        Ok(())
    }
    #[getter]
    fn multi_index<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        if !self.flags.multi_index {
            return Err(PyValueError::new_err("Iterator is not tracking a multi-index"));
        }
        if self.finished() {
            return Err(PyValueError::new_err("Iterator is past the end"));
        }
        PyTuple::new(py, self.coordinates())
    }
    #[setter]
    fn set_multi_index(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if !self.flags.multi_index {
            return Err(PyValueError::new_err("Iterator is not tracking a multi-index"));
        }
        let coordinates = args::shape(value)?;
        if coordinates.len() != self.shape.len() {
            return Err(PyValueError::new_err("Wrong number of indices"));
        }
        if coordinates.iter().zip(&self.shape).any(|(c, n)| c < &0 || c >= n) {
            return Err(PyIndexError::new_err(
                "Iterator GotoMultiIndex called with an out-of-bounds multi-index",
            ));
        }
        let position = self.position_of(&coordinates);
        self.go_to(position);
        Ok(())
    }
    #[getter]
    fn iterindex(&self) -> isize {
        self.index
    }
    #[setter]
    fn set_iterindex(&mut self, index: isize) -> PyResult<()> {
        if index < self.range.0 || index >= self.range.1 {
            return Err(PyIndexError::new_err(
                "Iterator GotoIterIndex called with an iterindex outside the iteration range",
            ));
        }
        self.go_to(index);
        Ok(())
    }
    #[getter]
    fn iterrange(&self) -> (isize, isize) {
        self.range
    }
    #[setter]
    fn set_iterrange(&mut self, range: (isize, isize)) -> PyResult<()> {
        if !self.flags.ranged {
            return Err(PyValueError::new_err(
                "Cannot call ResetToIterIndexRange on an iterator without requesting ranged iteration support in the \
                 constructor",
            ));
        }
        if range.0 < 0 || range.1 < range.0 || range.1 > self.size {
            return Err(PyValueError::new_err(format!(
                "Out-of-bounds range [{}, {}) passed to ResetToIterIndexRange",
                range.0, range.1
            )));
        }
        self.range = range;
        self.go_to(range.0);
        self.started = false;
        Ok(())
    }
    #[getter]
    fn itersize(&self) -> isize {
        self.size
    }
    #[getter]
    fn ndim(&self) -> usize {
        self.shape.len()
    }
    #[getter]
    fn nop(&self) -> usize {
        self.operands.len()
    }
    #[getter]
    fn shape<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.check_open()?;
        PyTuple::new(py, &self.shape)
    }

    fn reset(&mut self, py: Python<'_>) -> PyResult<()> {
        self.check_open()?;
        if self.started {
            self.write_back(py)?;
        }
        for operand in &self.operands {
            let Some(work) = &operand.work else { continue };
            if operand.flags.read {
                let (work, source) = (Array::expect(work.bind(py)), Array::expect(operand.array.bind(py)));
                assign::copy(work.view_mut_unchecked(), source.view(), Casting::Unsafe).or_raise(py)?;
            }
        }
        self.flags.delay = false;
        self.started = false;
        self.go_to(self.range.0);
        Ok(())
    }
    fn iternext(&mut self, py: Python<'_>) -> PyResult<bool> {
        self.check_open()?;
        self.started = true;
        let more = self.advance();
        if !more {
            self.write_back(py)?;
        }
        Ok(more)
    }
    fn remove_axis(&mut self, py: Python<'_>, axis: isize) -> PyResult<()> {
        if !self.flags.multi_index {
            return Err(PyRuntimeError::new_err(
                "Iterator RemoveAxis call requires that a multi-index be enabled",
            ));
        }
        let axis = sharray_base::layout::normalize_axis(axis, self.shape.len())
            .map_err(|_| PyValueError::new_err("axis out of bounds in iterator RemoveAxis"))?;
        self.axes.retain(|a| a.original != axis);
        self.axes.iter_mut().filter(|a| a.original > axis).for_each(|a| a.original -= 1);
        self.shape.remove(axis);
        self.size = self.shape.iter().product();
        self.range = (0, self.size);
        self.counter = vec![0; self.axes.len()];
        self.go_to(0);
        let _ = py;
        Ok(())
    }
    fn remove_multi_index(&mut self) -> PyResult<()> {
        self.flags.multi_index = false;
        self.coalesce();
        self.shape = self.axes.iter().map(|a| a.extent).collect();
        self.axes.iter_mut().enumerate().for_each(|(i, a)| (a.original, a.reversed) = (i, false));
        self.go_to(self.range.0);
        Ok(())
    }
    fn enable_external_loop(&mut self) -> PyResult<()> {
        if self.flags.multi_index || self.has_index() {
            return Err(PyValueError::new_err(
                "Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked",
            ));
        }
        self.flags.external_loop = true;
        self.coalesce();
        self.go_to(self.range.0);
        Ok(())
    }
    fn copy(&self, py: Python<'_>) -> NdIter {
        NdIter {
            operands: self
                .operands
                .iter()
                .map(|o| Operand {
                    array: o.array.clone_ref(py),
                    work: o.work.as_ref().map(|w| w.clone_ref(py)),
                    ..*o
                })
                .collect(),
            shape: self.shape.clone(),
            axes: self.axes.clone(),
            counter: self.counter.clone(),
            ..*self
        }
    }
    fn __copy__(&self, py: Python<'_>) -> NdIter {
        self.copy(py)
    }
    fn close(&mut self, py: Python<'_>) -> PyResult<()> {
        if !self.closed {
            self.write_back(py)?;
            self.closed = true;
        }
        Ok(())
    }
    fn __enter__(slf: PyRefMut<'_, Self>) -> PyResult<PyRefMut<'_, Self>> {
        if slf.closed {
            return Err(PyRuntimeError::new_err("operation on non-initialized iterator"));
        }
        Ok(slf)
    }
    #[pyo3(signature = (*_details))]
    fn __exit__(&mut self, py: Python<'_>, _details: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.close(py)
    }
    fn debug_print(&self) {
        println!(
            "nditer: shape {:?}, {} operands, position {} of {}",
            self.shape,
            self.operands.len(),
            self.index,
            self.size
        );
    }
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }
    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.check_open()?;
        if self.started && !self.advance() || self.finished() {
            self.write_back(py)?;
            return Ok(None);
        }
        self.started = true;
        self.value(py).map(Some)
    }
    fn __len__(&self) -> usize {
        self.operands.len()
    }
    fn __getitem__<'py>(&self, py: Python<'py>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.check_open()?;
        if self.finished() {
            return Err(PyValueError::new_err("Iterator is past the end"));
        }
        if let Ok(slice) = key.cast::<pyo3::types::PySlice>() {
            let range = slice.indices(self.operands.len() as isize)?;
            let values: Vec<Bound<'py, PyAny>> = (0..range.slicelength as isize)
                .map(|i| self.current(py, (range.start + i * range.step) as usize))
                .collect::<PyResult<_>>()?;
            return Ok(PyTuple::new(py, values)?.into_any());
        }
        let index = args::axis_number(key)?;
        let place = sharray_base::layout::normalize_axis(index, self.operands.len())
            .map_err(|_| PyIndexError::new_err(format!("Iterator operand index {index} is out of bounds")))?;
        self.current(py, place)
    }
    fn __setitem__(&self, py: Python<'_>, key: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let target = self.__getitem__(py, key)?;
        match Array::from_object(&target) {
            Some(target) => coerce::assign_into(&target, value),
            None => {
                let targets = coerce::items(&target)?;
                let values = coerce::items(value)?;
                if targets.len() != values.len() {
                    return Err(PyValueError::new_err("Wrong size to assign to iterator slice"));
                }
                targets.iter().zip(&values).try_for_each(|(t, v)| coerce::assign_into(&Array::expect(t), v))
            }
        }
    }
}

/// The dtype each operand is walked in.
fn wanted_dtypes<'py>(
    py: Python<'py>,
    op_dtypes: Given<'_, 'py>,
    arrays: &[Option<Array<'py>>],
    op_flags: &[OpFlags],
    common: bool,
) -> PyResult<Vec<Option<DType>>> {
    let mut wanted: Vec<Option<DType>> = match op_dtypes.filter(|d| !d.is_none()) {
        None => vec![None; arrays.len()],
        Some(given) => {
            let list = given.is_instance_of::<PyTuple>() || given.is_instance_of::<pyo3::types::PyList>();
            let items = if list { coerce::items(given)? } else { vec![given.clone()] };
            if items.len() != arrays.len() && items.len() != 1 {
                return Err(PyValueError::new_err(format!(
                    "op_dtypes has {} entries for {} operands",
                    items.len(),
                    arrays.len()
                )));
            }
            let read = |item: &Bound<'py, PyAny>| -> PyResult<Option<DType>> {
                if item.is_none() { Ok(None) } else { Ok(Some(dtype::value(&dtype::coerce(item)?).clone())) }
            };
            let found: Vec<Option<DType>> = items.iter().map(read).collect::<PyResult<_>>()?;
            if found.len() == 1 { vec![found[0].clone(); arrays.len()] } else { found }
        }
    };
    let inputs: Vec<&DType> = arrays
        .iter()
        .zip(op_flags)
        .filter(|(_, f)| f.read)
        .filter_map(|(a, _)| a.as_ref())
        .map(|a| a.dtype())
        .collect();
    let needs_common = common || arrays.iter().zip(&wanted).any(|(a, w)| a.is_none() && w.is_none());
    if needs_common && !inputs.is_empty() {
        let found = promote::result_type(&inputs, None).or_raise(py)?;
        for (slot, array) in wanted.iter_mut().zip(arrays) {
            if slot.is_none() && (common || array.is_none()) {
                *slot = Some(found.clone());
            }
        }
    }
    Ok(wanted)
}

/// Makes the operands that were given as `None`, in the memory order of the walk.
fn allocate<'py>(
    py: Python<'py>,
    arrays: &mut [Option<Array<'py>>],
    op_flags: &[OpFlags],
    op_axes: &[Option<Vec<isize>>],
    wanted: &[Option<DType>],
    shape: &[isize],
    order: Order,
) -> PyResult<()> {
    let model: Option<Vec<isize>> = arrays
        .iter()
        .zip(op_axes)
        .flat_map(|(a, axes)| a.as_ref().map(|a| mapped_strides(&a.view(), shape, axes.as_deref(), 0)))
        .find_map(Result::ok);
    for index in 0..arrays.len() {
        if arrays[index].is_some() || !op_flags[index].allocate {
            continue;
        }
        let own =
            wanted[index].clone().unwrap_or_else(|| DType::of(sharray_base::TypeNum::Double)).to_native();
        let itemsize = own.itemsize();
        // The walk's axes that the new operand has, in its own order.
        let (extents, model): (Dims, Vec<isize>) = match &op_axes[index] {
            None => (Dims::from_slice(shape), model.clone().unwrap_or_else(|| vec![0; shape.len()])),
            Some(axes) => {
                let count = axes.iter().filter(|a| **a >= 0).count();
                let mut extents = Dims::from_elem(1, count);
                let mut strides = vec![0; count];
                for (walk, &axis) in axes.iter().enumerate().filter(|(_, a)| **a >= 0) {
                    let slot = usize::try_from(axis).ok().filter(|a| *a < count).ok_or_else(|| {
                        PyValueError::new_err(
                            "op_axes of an allocated operand must name its axes without a gap",
                        )
                    })?;
                    extents[slot] = shape[walk];
                    strides[slot] = model.as_ref().map_or(0, |m| m[walk]);
                }
                (extents, strides)
            }
        };
        let strides = match order {
            Order::Keep if model.iter().any(|s| *s != 0) => {
                let axes = sharray_base::layout::reshape::memory_order(&model);
                sharray_base::layout::reshape::strides_in_order(&extents, &axes, itemsize)
            }
            Order::F => sharray_base::layout::f_strides(&extents, itemsize),
            _ => sharray_base::layout::c_strides(&extents, itemsize),
        };
        let descr = dtype::from_value(py, &own)?;
        arrays[index] = Some(Array::allocate(py, &descr, &extents, &strides, false, None)?);
    }
    Ok(())
}

/// Refuses to stretch what must not be: outputs (unless reducing) and `no_broadcast` operands.
fn check_stretch(
    array: &View<'_>,
    own: OpFlags,
    shape: &[isize],
    axes: Option<&[isize]>,
    flags: Flags,
    position: usize,
) -> PyResult<()> {
    mapped_strides(array, shape, axes, position)?;
    let covered = |walk: usize| match axes {
        Some(axes) => usize::try_from(axes[walk]).ok().and_then(|a| array.shape().get(a).copied()),
        None => (walk + array.ndim()).checked_sub(shape.len()).and_then(|a| array.shape().get(a).copied()),
    };
    let stretched = (0..shape.len()).any(|walk| shape[walk] != 1 && covered(walk).is_none_or(|n| n == 1));
    if stretched && own.no_broadcast {
        return Err(PyValueError::new_err(format!(
            "non-broadcastable operand with shape {} doesn't match the broadcast shape {}",
            sharray_base::error::shape_text(array.shape()),
            sharray_base::error::shape_text(shape)
        )));
    }
    if stretched && own.write && !flags.reduce_ok {
        return Err(PyValueError::new_err(format!(
            "output operand requires a reduction along dimension, but the reduction is not enabled: operand of shape {} \
             doesn't match the broadcast shape {}",
            sharray_base::error::shape_text(array.shape()),
            sharray_base::error::shape_text(shape)
        )));
    }
    Ok(())
}

/// Whether an operand shares memory with another one of which either is written.
fn overlaps_output(arrays: &[Array<'_>], op_flags: &[OpFlags], position: usize) -> bool {
    let own = Extent::from(arrays[position].view());
    (0..position).any(|other| {
        let written = op_flags[position].write || op_flags[other].write;
        let same = arrays[position].is(arrays[other].as_ref())
            || arrays[position].data() == arrays[other].data()
                && arrays[position].strides() == arrays[other].strides()
                && arrays[position].shape() == arrays[other].shape();
        let harmless = same
            && op_flags[position].overlap_assume_elementwise
            && op_flags[other].overlap_assume_elementwise;
        written && !harmless && own.overlap(&Extent::from(arrays[other].view()), Some(1000)) != Overlap::No
    })
}

/// A copy of an operand where the walk can't use its memory: another dtype, byte order, alignment, or overlap.
fn working_copy<'py>(
    array: &Array<'py>,
    wanted: &Option<DType>,
    own: OpFlags,
    flags: Flags,
    rule: Casting,
    overlaps: bool,
    position: usize,
) -> PyResult<Option<Array<'py>>> {
    let py = array.py();
    let mut target = wanted.clone().unwrap_or_else(|| array.dtype().clone());
    if own.native || own.aligned && flags.buffered {
        target = target.to_native();
    }
    let unaligned = own.aligned && !array.has(flag::ALIGNED);
    if target.equivalent(array.dtype()) && !unaligned && !overlaps {
        return Ok(None);
    }
    let may_copy = flags.buffered || own.copy || own.update_if_copy || overlaps;
    if !may_copy {
        return Err(PyTypeError::new_err(format!(
            "Iterator operand {position} required copying or buffering, but neither copying nor buffering was enabled"
        )));
    }
    for (from, to, needed) in [(array.dtype(), &target, own.read), (&target, array.dtype(), own.write)] {
        if needed && !cast_rules::can_cast(from, to, rule) {
            let direction = if own.read && std::ptr::eq(to, &target) {
                "could not be cast from"
            } else {
                "required cast to"
            };
            return Err(PyTypeError::new_err(format!(
                "Iterator operand {position} dtype {direction} {from:?} to {to:?} according to the rule '{}'",
                rule.name()
            )));
        }
    }
    let descr = dtype::from_value(py, &target)?;
    let copy = coerce::like(array, &descr, Order::Keep, None)?;
    if own.read || overlaps {
        assign::copy(copy.view_mut_unchecked(), array.view(), Casting::Unsafe).or_raise(py)?;
    }
    Ok(Some(copy))
}

impl NdIter {
    /// Orders, flips and joins the axes, then sets up chunks.
    fn lay_out(&mut self, py: Python<'_>, op_axes: &[Option<Vec<isize>>]) -> PyResult<()> {
        let mut strides = Vec::with_capacity(self.operands.len());
        for (index, axes) in op_axes.iter().enumerate().take(self.operands.len()) {
            let array = self.work(py, index);
            strides.push(mapped_strides(&array.view(), &self.shape, axes.as_deref(), index)?);
        }
        let mut axes: Vec<Axis> = (0..self.shape.len())
            .map(|i| Axis {
                extent: self.shape[i],
                strides: strides.iter().map(|s| s[i]).collect(),
                original: i,
                reversed: false,
            })
            .collect();
        match self.order {
            Order::F => axes.reverse(),
            Order::Any => {
                let fortran = (0..self.operands.len()).all(|i| {
                    let array = self.work(py, i);
                    array.has(flag::F_CONTIGUOUS) && !array.has(flag::C_CONTIGUOUS)
                });
                if fortran {
                    axes.reverse();
                }
            }
            Order::Keep => {
                insertion_sort(&mut axes);
                if !self.flags.dont_negate {
                    self.flip(&mut axes);
                }
            }
            Order::C => {}
        }
        self.axes = axes;
        self.counter = vec![0; self.axes.len()];
        let tracking = self.flags.multi_index || self.has_index();
        if !tracking {
            self.coalesce();
            if self.flags.external_loop && self.flags.buffered {
                self.gather(py)?;
                self.chunk = if self.flags.growinner { isize::MAX } else { self.buffersize as isize };
            }
        }
        if self.axes.is_empty() {
            self.axes.push(Axis {
                extent: 1,
                strides: vec![0; self.operands.len()],
                original: 0,
                reversed: false,
            });
            self.counter = vec![0];
            if !self.shape.is_empty() || self.size != 1 {
                return Err(PyRuntimeError::new_err("the walk lost its axes"));
            }
        }
        Ok(())
    }

    /// Axes that all operands walk backwards are turned around.
    fn flip(&mut self, axes: &mut [Axis]) {
        for axis in axes {
            let backwards = axis.strides.iter().all(|s| *s <= 0) && axis.strides.iter().any(|s| *s < 0);
            if backwards && axis.extent > 0 {
                for (operand, stride) in self.operands.iter_mut().zip(&mut axis.strides) {
                    operand.data = operand.data.wrapping_offset(*stride * (axis.extent - 1));
                    *stride = -*stride;
                }
                axis.reversed = true;
            }
        }
    }

    /// Copies operands into 1-D memory in the order of the walk, where several axes are left.
    fn gather(&mut self, py: Python<'_>) -> PyResult<()> {
        let reduces = (0..self.operands.len()).any(|i| {
            self.operands[i].flags.write && self.axes.iter().any(|a| a.strides[i] == 0 && a.extent > 1)
        });
        if self.axes.len() <= 1 || reduces || self.operands.iter().any(|o| o.flags.write) {
            return Ok(());
        }
        let shape: Vec<isize> = self.axes.iter().map(|a| a.extent).collect();
        for index in 0..self.operands.len() {
            let array = self.work(py, index);
            let strides: Vec<isize> = self.axes.iter().map(|a| a.strides[index]).collect();
            let flat = Array::new(py, array.dtype(), &shape, Order::C)?;
            // SAFETY: the walk's own axes over the operand's memory.
            let walked = unsafe { View::new(self.operands[index].data, array.dtype(), &shape, &strides) };
            assign::copy(flat.view_mut_unchecked(), walked, Casting::No).or_raise(py)?;
            self.operands[index].data = flat.data();
            self.operands[index].work = Some(flat.into_object().unbind());
        }
        let itemsizes: Vec<isize> =
            (0..self.operands.len()).map(|i| self.work(py, i).dtype().itemsize() as isize).collect();
        self.axes = vec![Axis { extent: self.size, strides: itemsizes, original: 0, reversed: false }];
        self.counter = vec![0];
        Ok(())
    }
}

/// Axes by falling strides, as far as the operands agree; a stable insertion sort, since the relation is partial.
fn insertion_sort(axes: &mut [Axis]) {
    for i in 1..axes.len() {
        let mut j = i;
        while j > 0 && should_swap(&axes[j - 1], &axes[j]) {
            axes.swap(j - 1, j);
            j -= 1;
        }
    }
}

/// True when `outer` has the smaller strides: no operand disagrees, one agrees.
fn should_swap(outer: &Axis, inner: &Axis) -> bool {
    let mut agreed = false;
    for (o, i) in outer.strides.iter().zip(&inner.strides) {
        if *o == 0 || *i == 0 {
            continue;
        }
        match o.unsigned_abs().cmp(&i.unsigned_abs()) {
            std::cmp::Ordering::Less => agreed = true,
            std::cmp::Ordering::Greater => return false,
            std::cmp::Ordering::Equal => {}
        }
    }
    agreed
}
