//! `reduce`, `accumulate`, `reduceat`, `outer`, `at`, `resolve_dtypes`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi::PyMethodDef;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use sharray_base::{DType, TypeNum, ViewMut};
use sharray_core::ufunc::{Initial, Operand, Positions, ReduceOptions, accumulate, at, reduce, reduceat};

use super::arguments::{self, Input, Out};
use super::call::{Objects, outputs_among};
use super::wrap::Wrap;
use super::{engine, overrides, quick_reduce, raw, types};
use crate::coerce::{self, Request};
use crate::errors::{LazyClass, OrRaise};
use crate::fp_report;
use crate::gate::{self, Args, DETACH_BYTES};
use crate::method_def;
use crate::object::array::Array;
use crate::object::dtype;
use crate::outputs::{Outputs, detached};
use crate::protocols::numpys;

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Slf<'a, 'py> = &'a Bound<'py, PyAny>;
type Maybe<'py> = Option<Bound<'py, PyAny>>;

/// Keywords for an override: those given, outputs in a tuple.
fn normalised<'py>(py: Python<'py>, named: &[(&str, &Maybe<'py>)]) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (name, value) in named {
        let Some(value) = value else { continue };
        if *name == "out" {
            if value.is_none() || value.cast::<PyTuple>().is_ok_and(|t| t.iter().all(|o| o.is_none())) {
                continue;
            }
            let tuple = if value.is_instance_of::<PyTuple>() {
                value.clone()
            } else {
                PyTuple::new(py, [value])?.into_any()
            };
            dict.set_item("out", tuple)?;
        } else {
            dict.set_item(*name, value)?;
        }
    }
    Ok(dict)
}

/// A reduction's operands, converted.
struct Reduction<'py> {
    array: Array<'py>,
    out: Out<'py>,
    dtype: Option<DType>,
    wrap: Wrap<'py>,
}

impl<'py> Reduction<'py> {
    fn new(
        slf: Slf<'_, 'py>,
        object: &Bound<'py, PyAny>,
        out: &Maybe<'py>,
        dtype: &Maybe<'py>,
    ) -> PyResult<Self> {
        let array = match Input::new(object)? {
            Input::Array(array, _) => array,
            Input::Scalar(..) => coerce::asanyarray(object)?,
        };
        let out = out.as_ref().map_or(Ok(Out::none()), |o| Out::parse(o, 1))?;
        let dtype = dtype.as_ref().filter(|d| !d.is_none()).map(types::dtype_value).transpose()?;
        let wrap = Wrap::find(std::slice::from_ref(object))?;
        let _ = slf;
        Ok(Reduction { array, out, dtype, wrap })
    }
    fn out_view(&self) -> PyResult<Option<ViewMut<'_>>> {
        self.out.get(0).map(|o| o.view_mut("output array")).transpose()
    }
    /// True when the work may go on without the GIL.
    fn detaches(&self, slf: Slf<'_, 'py>, extra: Option<&Array<'py>>) -> bool {
        let arrays = [Some(&self.array), self.out.get(0), extra];
        let objects = arrays.into_iter().flatten().any(|a| a.dtype().holds_objects());
        let fixed = self.dtype.as_ref().is_some_and(|d| d.holds_objects());
        self.array.nbytes() >= DETACH_BYTES && !objects && !fixed && !raw(slf).only_objects
    }
    fn finish(&self, outputs: &mut Outputs<'py>) -> Result<'py> {
        if let Some(theirs) = self.out.theirs(0) {
            return Ok(theirs.clone());
        }
        let given = self.out.get(0);
        let result = match given {
            Some(given) => given.clone(),
            None => outputs.take(0)?,
        };
        let py = result.py();
        self.wrap.apply(result, given, || Ok(py.None().into_bound(py)), !self.out.keeps_arrays())
    }
}

/// True for a Python number that a reduction of numbers starts from.
fn is_plain_start(reduction: &Reduction<'_>, value: &Bound<'_, PyAny>) -> bool {
    use pyo3::types::{PyFloat, PyInt};
    let plain = value.is_exact_instance_of::<PyInt>() || value.is_exact_instance_of::<PyFloat>();
    if let Some(array) = Array::from_object(value) {
        return array.ndim() == 0 && array.dtype().kind() != sharray_base::Kind::Complex;
    }
    let dtype = reduction.dtype.as_ref().unwrap_or(reduction.array.dtype());
    plain && dtype.num().is_number()
}

/// `axis=` of `reduce`: `None` is every axis.
fn axes_of(object: &Maybe<'_>) -> PyResult<Option<Vec<isize>>> {
    match object {
        None => Ok(Some(vec![0])),
        Some(axis) if axis.is_none() => Ok(None),
        Some(axis) => match axis.cast::<PyTuple>() {
            Ok(tuple) => {
                tuple.iter().map(|a| crate::args::whole_number(&a)).collect::<PyResult<_>>().map(Some)
            }
            Err(_) => Ok(Some(vec![crate::args::whole_number(axis)?])),
        },
    }
}

fn is_no_value(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    static NO_VALUE: LazyClass = LazyClass::new("sharray._globals", "_NoValue");
    if arguments::is_plain(object) || object.is_none() {
        return Ok(false);
    }
    Ok(object.is(NO_VALUE.get(object.py())?))
}

/// The axis of a call that gives nothing else: `reduce(a)`, `reduce(a, 1)`, `reduce(a, axis=None)`.
fn only_axis(call: &Args<'_, '_>) -> Option<quick_reduce::Axis> {
    match call.raw() {
        [_] if !call.has_keywords() => Some(Some(0)),
        [_, axis]
            if !call.has_keywords()
                || call.len() == 1 && call.only_keyword(pyo3::intern!(call.py(), "axis")) =>
        {
            quick_reduce::axis_of(*axis)
        }
        _ => None,
    }
}

fn reduce_method<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let mut theirs = None;
    if let Some(axis) = only_axis(&call) {
        theirs = numpys::plain(&call.at(0))?.map(Array::into_object);
        if let Some(result) = quick_reduce::reduce(slf, theirs.as_ref().unwrap_or(&call.at(0)), axis, false)?
        {
            return Ok(result);
        }
    }
    let names = ["array", "axis", "dtype", "out", "keepdims", "initial", "where"];
    let [array, axis, dtype, out, keepdims, initial, mask] = call.parse("reduce", &names, 1, 7)?;
    let (py, ufunc) = (slf.py(), engine(slf));
    let Some(object) = theirs.or(array) else { return Err(PyTypeError::new_err("reduce() needs an array")) };
    if out.as_ref().is_some_and(|o| o.is(py.Ellipsis())) && call.len() > 3 {
        return Err(super::call::ellipsis_by_position());
    }
    let initial = match initial {
        Some(value) if is_no_value(&value)? => None,
        other => other,
    };
    let absent = |value: &Maybe<'py>| value.as_ref().is_none_or(|v| v.is_none());
    if axis.as_ref().is_some_and(|a| a.is_none())
        && absent(&dtype)
        && absent(&out)
        && keepdims.is_none()
        && initial.is_none()
        && mask.is_none()
        && let Some(result) = quick_reduce::reduce(slf, &object, None, false)?
    {
        return Ok(result);
    }
    let outs = outputs_among(out.as_ref());
    let head = [object.clone()];
    let others: Objects<'py> = head.iter().chain(mask.as_ref()).cloned().collect();
    let overridden = overrides::dispatch(slf, "reduce", &others, &outs, &head, || {
        let rest = [("axis", &axis), ("dtype", &dtype), ("out", &out), ("keepdims", &keepdims)];
        let last = [("initial", &initial), ("where", &mask)];
        normalised(py, &[&rest[..], &last[..]].concat())
    })?;
    if let Some(result) = overridden {
        return Ok(result);
    }
    let reduction = Reduction::new(slf, &object, &out, &dtype)?;
    let axes = axes_of(&axis)?;
    let mask = arguments::mask(mask.as_ref())?;
    let start = match initial.as_ref().or(identity_of(slf, &reduction, mask.is_some()).as_ref()) {
        None => None,
        Some(value) if value.is_none() => Some(None),
        // The value itself, which is assigned as an element is: a list is no array of values here.
        Some(value) if initial.is_some() && !is_plain_start(&reduction, value) => {
            let slot = Array::new(py, &DType::of(TypeNum::Object), &[], sharray_base::layout::Order::C)?;
            // SAFETY: the fresh array's only slot.
            unsafe { crate::object_loops::store(py, slot.data(), value.clone()) };
            Some(Some(Input::Array(slot, None)))
        }
        Some(value) => Some(Some(Input::new(value)?)),
    };
    let options = ReduceOptions {
        axes: axes.as_deref(),
        keepdims: crate::args::whole_flag(keepdims.as_ref(), false)?,
        initial: match &start {
            None => Initial::Default,
            Some(None) => Initial::First,
            Some(Some(value)) => Initial::Value(value.operand()),
        },
        mask: mask.as_ref().map(|m| m.view()),
        dtype: reduction.dtype.as_ref(),
    };
    let mut outputs = Outputs::new(py, None);
    let (view, target) = (reduction.array.view(), reduction.out_view()?);
    let objects = matches!(&start, Some(Some(value)) if value.view().dtype().holds_objects());
    let status = detached(py, reduction.detaches(slf, None) && !objects, &mut outputs, |provider| {
        reduce(ufunc, view.into(), target, &options, provider)
    })?;
    fp_report::report(py, status, "reduce")?;
    reduction.finish(&mut outputs)
}

/// The identity of a ufunc made from a Python function, which the engine doesn't know, where one is needed.
fn identity_of<'py>(slf: Slf<'_, 'py>, reduction: &Reduction<'py>, masked: bool) -> Maybe<'py> {
    let empty = reduction.array.size() == 0;
    let own = raw(slf);
    if !own.only_objects || !(empty || masked) || own.fields.identity_value.is_null() {
        return None;
    }
    // SAFETY: a live object that the ufunc holds.
    Some(unsafe { Bound::from_borrowed_ptr(slf.py(), own.fields.identity_value) })
}

/// `axis=` of `accumulate` and `reduceat`: one axis.
fn single_axis(object: &Maybe<'_>, ndim: usize, method: &str) -> PyResult<isize> {
    match axes_of(object)? {
        Some(axes) if axes.len() == 1 => Ok(axes[0]),
        None if ndim == 1 => Ok(0),
        _ => Err(PyValueError::new_err(format!("{method} does not allow multiple axes"))),
    }
}

fn accumulate_method<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [array, axis, dtype, out] = call.parse("accumulate", &["array", "axis", "dtype", "out"], 1, 4)?;
    let (py, ufunc) = (slf.py(), engine(slf));
    let Some(object) = array else { return Err(PyTypeError::new_err("accumulate() needs an array")) };
    let outs = outputs_among(out.as_ref());
    let head = [object.clone()];
    let overridden = overrides::dispatch(slf, "accumulate", &head, &outs, &head, || {
        normalised(py, &[("axis", &axis), ("dtype", &dtype), ("out", &out)])
    })?;
    if let Some(result) = overridden {
        return Ok(result);
    }
    let reduction = Reduction::new(slf, &object, &out, &dtype)?;
    let axis = single_axis(&axis, reduction.array.ndim(), "accumulate")?;
    let mut outputs = Outputs::new(py, None);
    let (view, target) = (reduction.array.view(), reduction.out_view()?);
    let fixed = reduction.dtype.as_ref();
    let status = detached(py, reduction.detaches(slf, None), &mut outputs, |provider| {
        accumulate(ufunc, view.into(), axis, fixed, target, provider)
    })?;
    fp_report::report(py, status, "accumulate")?;
    reduction.finish(&mut outputs)
}

fn reduceat_method<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let names = ["array", "indices", "axis", "dtype", "out"];
    let [array, indices, axis, dtype, out] = call.parse("reduceat", &names, 2, 5)?;
    let (py, ufunc) = (slf.py(), engine(slf));
    let (Some(object), Some(indices)) = (array, indices) else {
        return Err(PyTypeError::new_err("reduceat() needs an array and indices"));
    };
    let outs = outputs_among(out.as_ref());
    let head = [object.clone(), indices.clone()];
    let overridden = overrides::dispatch(slf, "reduceat", &head[..1], &outs, &head, || {
        normalised(py, &[("axis", &axis), ("dtype", &dtype), ("out", &out)])
    })?;
    if let Some(result) = overridden {
        return Ok(result);
    }
    let reduction = Reduction::new(slf, &object, &out, &dtype)?;
    let axis = single_axis(&axis, reduction.array.ndim(), "reduceat")?;
    let indices = whole(&indices)?;
    if indices.ndim() != 1 {
        return Err(PyValueError::new_err("reduceat indices must be one-dimensional"));
    }
    let places = values(&indices);
    let mut outputs = Outputs::new(py, None);
    let (view, target) = (reduction.array.view(), reduction.out_view()?);
    let fixed = reduction.dtype.as_ref();
    let status = detached(py, reduction.detaches(slf, None), &mut outputs, |provider| {
        reduceat(ufunc, view.into(), &places, axis, fixed, target, provider)
    })?;
    fp_report::report(py, status, "reduceat")?;
    reduction.finish(&mut outputs)
}

/// An index array as dense `intp`.
fn integers<'py>(object: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    let array = coerce::asarray(object)?;
    let kind = array.dtype().kind();
    if !matches!(kind, sharray_base::Kind::Int | sharray_base::Kind::UInt | sharray_base::Kind::Bool)
        && array.size() > 0
    {
        return Err(PyTypeError::new_err(format!(
            "Cannot cast array data from {:?} to dtype('int64') according to the rule 'safe'",
            array.dtype()
        )));
    }
    whole(&array)
}

/// Any array as dense `intp`, truncated where it must be.
fn whole<'py>(object: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    let intp = dtype::from_value(object.py(), &DType::of(TypeNum::Long))?;
    let request = Request { dtype: Some(intp), order: sharray_base::layout::Order::C, ..Request::default() };
    coerce::from_any(coerce::asarray(object)?.as_ref(), &request)
}

/// The values of a dense `intp` array.
fn values(array: &Array<'_>) -> Vec<isize> {
    // SAFETY: `integers` made it dense, native and 8 bytes wide.
    (0..array.size()).map(|i| unsafe { array.data().cast::<isize>().add(i).read_unaligned() }).collect()
}

fn outer_method<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let (py, ufunc) = (slf.py(), engine(slf));
    if ufunc.core().is_some() {
        return Err(PyTypeError::new_err("method outer is not allowed in ufunc with non-trivial signature"));
    }
    if ufunc.nin() != 2 {
        return Err(PyValueError::new_err("outer product only supported for binary functions"));
    }
    if call.len() != 2 {
        return Err(PyTypeError::new_err(format!(
            "outer() takes exactly 2 positional arguments ({} given)",
            call.len()
        )));
    }
    let keywords = call.to_dict()?;
    let head = [call.at(0), call.at(1)];
    let out = keywords.as_ref().map(|k| k.get_item("out")).transpose()?.flatten();
    let outs = outputs_among(out.as_ref());
    let overridden = overrides::dispatch(slf, "outer", &head, &outs, &head, || {
        let dict = match &keywords {
            Some(keywords) => keywords.copy()?,
            None => PyDict::new(py),
        };
        if let Some(out) = out.as_ref().filter(|o| !o.is_none() && !o.is_instance_of::<PyTuple>()) {
            dict.set_item("out", PyTuple::new(py, [out])?)?;
        }
        Ok(dict)
    })?;
    if let Some(result) = overridden {
        return Ok(result);
    }
    // Here a Python number is as an array of its own dtype.
    let (a, b) = (coerce::asanyarray(&head[0])?, coerce::asanyarray(&head[1])?);
    let added = b.ndim();
    let mut shape = a.shape().to_vec();
    shape.extend(std::iter::repeat_n(1, added));
    let left = if added == 0 {
        a.into_object()
    } else {
        let reshaped = a.call_method1("reshape", (PyTuple::new(py, &shape)?,))?;
        if Array::from_object(&reshaped).is_none_or(|r| r.shape() != shape.as_slice()) {
            return Err(PyTypeError::new_err(
                "outer: the first array's class changed the shape it was given",
            ));
        }
        reshaped
    };
    slf.call((left, b.into_object()), keywords.as_ref())
}

fn at_method<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let (py, ufunc) = (slf.py(), engine(slf));
    if call.has_keywords() || call.len() < 2 || call.len() > 3 {
        return Err(PyTypeError::new_err(format!(
            "at() takes from 2 to 3 positional arguments but {} were given",
            call.len()
        )));
    }
    if super::quick::at::call(slf, call.raw())? {
        return Ok(py.None().into_bound(py));
    }
    let all = call.positional();
    let overridden = overrides::dispatch(slf, "at", &all, &[], &all, || Ok(PyDict::new(py)))?;
    if let Some(result) = overridden {
        return Ok(result);
    }
    let Some(array) = Array::from_object(&all[0]) else {
        return Err(PyTypeError::new_err("first operand must be array"));
    };
    let second = all.get(2).map(Input::new).transpose()?;
    let found = positions(&array, &all[1]);
    let (positions, target) = match found.and_then(|p| Ok((p, array.view_mut("array")?))) {
        Ok(both) => both,
        // Operands that no loop takes are refused before what else is wrong.
        Err(error) => {
            takes(ufunc, &array, second.as_ref()).or_raise(py)?;
            return Err(error);
        }
    };
    let view = positions.array.view();
    let place = if positions.are_indices { Positions::Indices(view) } else { Positions::Offsets(view) };
    // Here a Python number is as an array of its own dtype: the loop is that of both, and its result is cast back.
    let operand = second.as_ref().map(|second| Operand { weak: None, ..second.operand() });
    let status = at(ufunc, target, place, operand).or_raise(py)?;
    // As NumPy names it: the ufunc, where its loop takes the operands as they are.
    let casts = second.as_ref().is_some_and(|s| !s.operand().view.dtype().equivalent(array.dtype()));
    fp_report::report(py, status, if casts { "at" } else { ufunc.name() })?;
    Ok(py.None().into_bound(py))
}

/// Whether there is a loop for `at`.
fn takes(
    ufunc: &sharray_core::ufunc::Ufunc,
    target: &Array<'_>,
    second: Option<&Input<'_>>,
) -> sharray_base::Result<()> {
    use sharray_core::ufunc::OperandType;
    if ufunc.core().is_some() || ufunc.nin() != 1 + usize::from(second.is_some()) || ufunc.nout() != 1 {
        return Ok(());
    }
    let own = OperandType::strong(target.dtype());
    let operand = second.map(|second| Operand { weak: None, ..second.operand() });
    let mut types = vec![own];
    types.extend(operand.as_ref().map(|o| OperandType { dtype: Some(o.view.dtype()), weak: o.weak }));
    types.push(own);
    sharray_core::ufunc::resolve_dtypes(ufunc, &types, &[], sharray_core::assign::Casting::Unsafe, false)?;
    Ok(())
}

/// Where `at` works.
struct Where<'py> {
    array: Array<'py>,
    are_indices: bool,
}

/// One array of integers for one axis is taken as it is; any other index selects from an array of byte offsets.
fn positions<'py>(target: &Array<'py>, index: &Bound<'py, PyAny>) -> PyResult<Where<'py>> {
    use sharray_base::Kind;
    let py = target.py();
    let simple = !index.is_instance_of::<PyTuple>() && !index.is_none() && !index.is(py.Ellipsis());
    if target.ndim() == 1 && simple && !index.is_instance_of::<pyo3::types::PySlice>() {
        let array = coerce::asarray(index)?;
        let whole = matches!(array.dtype().kind(), Kind::Int | Kind::UInt);
        if whole || array.size() == 0 && array.ndim() == 1 && array.dtype().kind() != Kind::Bool {
            return Ok(Where { array: integers(&array)?, are_indices: true });
        }
    }
    let offsets = Array::new(py, &DType::of(TypeNum::Long), target.shape(), sharray_base::layout::Order::C)?;
    let mut slot = offsets.data().cast::<isize>();
    each_offset(target.shape(), target.strides(), 0, &mut |offset| {
        // SAFETY: the fresh array has one slot per element of the target, filled in C order.
        unsafe {
            slot.write_unaligned(offset);
            slot = slot.add(1);
        }
    });
    let chosen = coerce::asarray(&offsets.get_item(index)?)?;
    Ok(Where { array: integers(&chosen)?, are_indices: false })
}

fn each_offset(shape: &[isize], strides: &[isize], base: isize, visit: &mut dyn FnMut(isize)) {
    match (shape.split_first(), strides.split_first()) {
        (Some((n, shape)), Some((step, strides))) => {
            (0..*n).for_each(|i| each_offset(shape, strides, base + i * step, visit));
        }
        _ => visit(base),
    }
}

fn resolve_method<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let names = ["dtypes", "signature", "casting", "reduction"];
    let [dtypes, signature, casting, reduction] = call.parse("resolve_dtypes", &names, 1, 1)?;
    let Some(dtypes) = dtypes else { return Err(PyTypeError::new_err("resolve_dtypes() needs dtypes")) };
    let reduction = crate::args::truth(reduction.as_ref(), false)?;
    types::resolve(slf.py(), engine(slf), &dtypes, signature.as_ref(), casting.as_ref(), reduction)
}

/// The type's methods.
pub(super) fn table() -> *mut PyMethodDef {
    let mut rows = vec![
        method_def!("reduce", reduce_method),
        method_def!("accumulate", accumulate_method),
        method_def!("reduceat", reduceat_method),
        method_def!("outer", outer_method),
        method_def!("at", at_method),
        method_def!("resolve_dtypes", resolve_method),
        method_def!("_resolve_dtypes_and_context", super::low_level::resolve),
        method_def!("_get_strided_loop", super::low_level::strided_loop),
        method_def!("__reduce__", super::attributes::pickle),
    ];
    crate::signatures::document(&mut rows);
    gate::leak_table(rows, PyMethodDef::zeroed())
}
