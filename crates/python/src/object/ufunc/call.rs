//! Calling a ufunc: `ufunc(*inputs, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True,
//! signature=None)`, and `axes`, `axis`, `keepdims` for those with core dimensions.

use std::ffi::c_int;

use pyo3::exceptions::{PyTypeError, PyUserWarning, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use sharray_base::layout::Order;
use sharray_base::{Error, Kind, ViewMut};
use sharray_core::assign::Casting;
use sharray_core::ufunc::{CallOptions, Operand, Ufunc, call as engine_call};
use smallvec::SmallVec;

use super::arguments::{self, Input, Inputs, Out, is_plain};
use super::wrap::Wrap;
use super::{engine, overrides, quick, raw, types};
use crate::errors::{OrRaise, to_python};
use crate::fp_report;
use crate::gate::{self, Args, DETACH_BYTES};
use crate::object::array::Array;
use crate::outputs::{Outputs, detached};
use crate::protocols::numpys;

pub(super) type Objects<'py> = SmallVec<[Bound<'py, PyAny>; 3]>;

/// The vectorcall entry.
pub(super) unsafe extern "C" fn vectorcall(
    callable: *mut ffi::PyObject,
    values: *const *mut ffi::PyObject,
    nargsf: usize,
    names: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: called by the interpreter with its own arguments, as are all below.
    unsafe {
        if names.is_null()
            && let Some(made) =
                quick::lane::call(callable.cast(), values, ffi::PyVectorcall_NARGS(nargsf) as usize)
        {
            return made;
        }
    }
    gate::object(|py| {
        // SAFETY: called by the interpreter with its own arguments.
        let (slf, mut args) = unsafe {
            let count = ffi::PyVectorcall_NARGS(nargsf) as isize;
            (Bound::from_borrowed_ptr(py, callable), Args::from_raw(py, values, count, names))
        };
        let own = own_inputs(&slf, &args)?;
        let pointers: SmallVec<[_; 3]> = own.iter().map(|object| object.as_ptr()).collect();
        if !own.is_empty() {
            // SAFETY: as many live objects, by position.
            args = unsafe {
                Args::from_raw(py, pointers.as_ptr(), pointers.len() as isize, std::ptr::null_mut())
            };
        }
        match shortest(&slf, &args)? {
            Some(result) => Ok(result),
            None => call(&slf, args),
        }
    })
}

/// The inputs of a call of nothing but plain operands, where arrays of the real NumPy are among them: these as arrays of
/// ours, which have the short ways. Else none; where an operand may take the call over, it sees what the caller gave.
fn own_inputs<'py>(slf: &Bound<'py, PyAny>, args: &Args<'_, 'py>) -> PyResult<Objects<'py>> {
    let inputs = || (0..args.len()).map(|i| args.at(i));
    let usual = !args.has_keywords() && args.len() == engine(slf).nin();
    if !usual || !inputs().any(|input| numpys::is_array(&input)) {
        return Ok(Objects::new());
    }
    if !inputs().all(|input| is_plain(&input) || numpys::is_plain(&input)) {
        return Ok(Objects::new());
    }
    inputs().map(|input| Ok(numpys::plain(&input)?.map_or(input, Array::into_object))).collect()
}

/// Inputs, and perhaps `out=`, given to [`quick`].
fn shortest<'py>(slf: &Bound<'py, PyAny>, args: &Args<'_, 'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let nin = engine(slf).nin();
    let (inputs, rest) = args.raw().split_at_checked(nin).unwrap_or_default();
    match rest {
        [] if !inputs.is_empty() => quick::call(slf, inputs, None),
        // A third argument of these is warned of.
        [_] if args.len() > nin && is_extremum(engine(slf)) => Ok(None),
        [out] if args.len() == nin + 1 || args.only_keyword(pyo3::intern!(slf.py(), "out")) => {
            quick::call(slf, inputs, Some(*out))
        }
        _ => Ok(None),
    }
}

fn call<'py>(slf: &Bound<'py, PyAny>, args: Args<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let ufunc = engine(slf);
    let (nin, count) = (ufunc.nin(), args.len());
    if count < nin || count > ufunc.nargs() {
        return Err(wrong_count(ufunc, count));
    }
    let positional: Objects<'py> = (0..count).map(|i| args.at(i)).collect();
    if count == nin && !args.has_keywords() && positional.iter().all(is_plain) {
        return simple(slf, &positional);
    }
    let mut keywords = Keywords::parse(ufunc, &args)?;
    let (inputs, outs) = positional.split_at(nin);
    if !outs.is_empty() {
        if is_extremum(ufunc) {
            third_extremum(slf.py())?;
        }
        if keywords.out.is_some() {
            return Err(PyTypeError::new_err(
                "cannot specify 'out' as both a positional and keyword argument",
            ));
        }
        if outs.iter().any(|o| o.is(args.py().Ellipsis())) {
            return Err(ellipsis_by_position());
        }
        let padding = (count..ufunc.nargs()).map(|_| args.py().None().into_bound(args.py()));
        let all: Vec<_> = outs.iter().cloned().chain(padding).collect();
        if all.iter().any(|o| !o.is_none()) {
            keywords.out = Some(PyTuple::new(args.py(), all)?.into_any());
        }
    }
    check_out(ufunc, keywords.out.as_ref())?;
    let given = outputs_among(keywords.out.as_ref());
    let others: Objects<'py> = given.into_iter().chain(keywords.mask.clone()).collect();
    let overridden =
        overrides::dispatch(slf, "__call__", inputs, &others, inputs, || keywords.to_dict(slf.py(), ufunc))?;
    if let Some(result) = overridden {
        return Ok(result);
    }
    run(slf, inputs, &keywords)
}

/// Who passes three operands to a maximum may mean the largest of three.
fn is_extremum(ufunc: &Ufunc) -> bool {
    matches!(ufunc.name(), "maximum" | "minimum")
}

fn third_extremum(py: Python<'_>) -> PyResult<()> {
    let text = "Passing more than 2 positional arguments to np.maximum and np.minimum is deprecated: name an output \
                (`out=`), and stack more than two inputs to reduce them along an axis";
    crate::errors::warn(py, py.get_type::<pyo3::exceptions::PyDeprecationWarning>().as_any(), text)
}

fn wrong_count(ufunc: &Ufunc, count: usize) -> PyErr {
    let verb = if count == 1 { "was" } else { "were" };
    PyTypeError::new_err(format!(
        "{}() takes from {} to {} positional arguments but {count} {verb} given",
        ufunc.name(),
        ufunc.nin(),
        ufunc.nargs()
    ))
}

/// Refuses an `out=` of the wrong form, whoever serves the call.
fn check_out(ufunc: &Ufunc, out: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
    let Some(out) = out.filter(|o| !o.is(o.py().Ellipsis())) else { return Ok(()) };
    match out.cast::<PyTuple>() {
        Ok(tuple) if tuple.len() != ufunc.nout() => {
            Err(PyValueError::new_err("The 'out' tuple must have exactly one entry per ufunc output"))
        }
        Err(_) if ufunc.nout() != 1 => Err(PyTypeError::new_err("'out' must be a tuple of arrays")),
        _ => Ok(()),
    }
}

pub(super) fn ellipsis_by_position() -> PyErr {
    PyTypeError::new_err("out=... is only allowed as a keyword argument.")
}

/// The arrays (or other objects) that `out=` names.
pub(super) fn outputs_among<'py>(out: Option<&Bound<'py, PyAny>>) -> Objects<'py> {
    let Some(out) = out.filter(|o| !o.is_none() && !o.is(o.py().Ellipsis())) else { return Objects::new() };
    match out.cast::<PyTuple>() {
        Ok(tuple) => tuple.iter().filter(|o| !o.is_none()).collect(),
        Err(_) => Objects::from_iter([out.clone()]),
    }
}

/// Plain operands and no keywords: the frequent call (design D4).
fn simple<'py>(slf: &Bound<'py, PyAny>, objects: &[Bound<'py, PyAny>]) -> PyResult<Bound<'py, PyAny>> {
    let inputs = arguments::inputs(objects)?;
    let mut outputs = Outputs::new(slf.py(), None);
    let ufunc = engine(slf);
    execute(slf, &inputs, &[], &CallOptions::default(), &mut outputs)?;
    let wrap = Wrap::none();
    results(slf.py(), ufunc, &mut outputs, &Out::none(), &wrap, objects, slf)
}

/// Keyword arguments, each as given.
#[derive(Default)]
pub(super) struct Keywords<'py> {
    pub(super) out: Option<Bound<'py, PyAny>>,
    mask: Option<Bound<'py, PyAny>>,
    casting: Option<Bound<'py, PyAny>>,
    order: Option<Bound<'py, PyAny>>,
    dtype: Option<Bound<'py, PyAny>>,
    signature: Option<Bound<'py, PyAny>>,
    subok: Option<Bound<'py, PyAny>>,
    axes: Option<Bound<'py, PyAny>>,
    axis: Option<Bound<'py, PyAny>>,
    keepdims: Option<Bound<'py, PyAny>>,
}

impl<'py> Keywords<'py> {
    fn parse(ufunc: &Ufunc, args: &Args<'_, 'py>) -> PyResult<Keywords<'py>> {
        let mut found = Keywords::default();
        if !args.has_keywords() {
            return Ok(found);
        }
        let general = ufunc.core().is_some();
        for (name, value) in args.keywords() {
            let text: &str = &name.extract::<std::borrow::Cow<'_, str>>()?;
            let slot = match text {
                "out" => &mut found.out,
                "where" if !general => &mut found.mask,
                "casting" => &mut found.casting,
                "order" => &mut found.order,
                "dtype" => &mut found.dtype,
                "signature" | "sig" => &mut found.signature,
                "subok" => &mut found.subok,
                "axes" if general => &mut found.axes,
                "axis" if general => &mut found.axis,
                "keepdims" if general => &mut found.keepdims,
                _ => {
                    return Err(PyTypeError::new_err(format!(
                        "{}() got an unexpected keyword argument '{text}'",
                        ufunc.name()
                    )));
                }
            };
            if slot.replace(value).is_some() {
                return Err(PyTypeError::new_err("cannot specify both 'sig' and 'signature'"));
            }
        }
        if found.axes.is_some() && found.axis.is_some() {
            return Err(PyTypeError::new_err("cannot specify both 'axis' and 'axes'"));
        }
        Ok(found)
    }

    /// For an override: outputs in a tuple, `sig` under its long name.
    fn to_dict(&self, py: Python<'py>, ufunc: &Ufunc) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        let nothing = |o: &Bound<'py, PyAny>| {
            o.is_none() || o.cast::<PyTuple>().is_ok_and(|t| t.iter().all(|o| o.is_none()))
        };
        if let Some(out) = self.out.as_ref().filter(|o| !nothing(o)) {
            let wrapped = out.is_instance_of::<PyTuple>() || ufunc.nout() != 1 || out.is(py.Ellipsis());
            dict.set_item("out", if wrapped { out.clone() } else { PyTuple::new(py, [out])?.into_any() })?;
        }
        for (name, value) in [
            ("where", &self.mask),
            ("casting", &self.casting),
            ("order", &self.order),
            ("dtype", &self.dtype),
            ("signature", &self.signature),
            ("subok", &self.subok),
            ("axes", &self.axes),
            ("axis", &self.axis),
            ("keepdims", &self.keepdims),
        ] {
            if let Some(value) = value {
                dict.set_item(name, value)?;
            }
        }
        Ok(dict)
    }
}

fn run<'py>(
    slf: &Bound<'py, PyAny>,
    objects: &[Bound<'py, PyAny>],
    keywords: &Keywords<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, ufunc) = (slf.py(), engine(slf));
    let out = keywords.out.as_ref().map_or(Ok(Out::none()), |o| Out::parse(o, ufunc.nout()))?;
    let mask = arguments::mask(keywords.mask.as_ref())?;
    if mask.is_some() && keywords.out.is_none() {
        let text = "'where' used without 'out': where it is false the result holds anything. Pass out=None to say so.";
        crate::errors::warn(py, py.get_type::<PyUserWarning>().as_any(), text)?;
    }
    let signature = types::signature(ufunc, keywords.dtype.as_ref(), keywords.signature.as_ref())?;
    let axes = core_axes(ufunc, keywords)?;
    if keywords.keepdims.is_some() {
        sharray_core::ufunc::check_keepdims(ufunc).or_raise(py)?;
    }
    let options = CallOptions {
        mask: mask.as_ref().map(|m| m.view()),
        casting: crate::args::casting(keywords.casting.as_ref(), Casting::SameKind)?,
        order: crate::args::order(keywords.order.as_ref(), Order::Keep)?,
        signature: &signature,
        axes: &axes,
        keepdims: crate::args::strict_flag(keywords.keepdims.as_ref(), "keepdims", false)?,
    };
    let subok = crate::args::strict_flag(keywords.subok.as_ref(), "subok", true)?;
    let wrap = if subok { Wrap::find(objects)? } else { Wrap::none() };
    let inputs = arguments::inputs(objects)?;
    let mut outs: SmallVec<[Option<ViewMut<'_>>; 2]> = SmallVec::new();
    for index in 0..ufunc.nout() {
        outs.push(out.get(index).map(|o| o.view_mut("output array")).transpose()?);
    }
    let mut outputs = Outputs::new(py, None);
    execute(slf, &inputs, &outs, &options, &mut outputs)?;
    results(py, ufunc, &mut outputs, &out, &wrap, objects, slf)
}

/// Runs the engine, without the GIL where that pays, and reports floating-point trouble.
fn execute<'py>(
    slf: &Bound<'py, PyAny>,
    inputs: &Inputs<'py>,
    outs: &[Option<ViewMut<'_>>],
    options: &CallOptions<'_>,
    outputs: &mut Outputs<'py>,
) -> PyResult<()> {
    let ufunc = engine(slf);
    let operands: SmallVec<[Operand<'_>; 3]> = inputs.iter().map(Input::operand).collect();
    let views = || operands.iter().map(|o| o.view).chain(outs.iter().flatten().map(|o| o.as_view()));
    let large = views().any(|v| v.len() * v.dtype().itemsize() >= DETACH_BYTES);
    let quiet = !raw(slf).only_objects
        && views().all(|v| !v.dtype().holds_objects())
        && options.signature.iter().flatten().all(|d| d.kind() != Kind::Object);
    let status = detached(slf.py(), large && quiet, outputs, |provider| {
        engine_call(ufunc, &operands, outs, options, provider)
    })?;
    fp_report::report(slf.py(), status, ufunc.name())
}

/// What the caller gets: the outputs as arrays, scalars or whatever `__array_wrap__` makes of them.
fn results<'py>(
    py: Python<'py>,
    ufunc: &Ufunc,
    outputs: &mut Outputs<'py>,
    out: &Out<'py>,
    wrap: &Wrap<'py>,
    objects: &[Bound<'py, PyAny>],
    slf: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let one = |index: usize, outputs: &mut Outputs<'py>| {
        if let Some(theirs) = out.theirs(index) {
            return Ok(theirs.clone());
        }
        let given = out.get(index);
        let result = match given {
            Some(given) => given.clone(),
            None => outputs.take(index)?,
        };
        let context = || {
            let given = (0..ufunc.nout()).filter_map(|i| out.get(i)).map(|a| a.as_ref());
            let arguments = PyTuple::new(py, objects.iter().chain(given).collect::<Vec<_>>())?;
            Ok((slf.clone(), arguments, index as c_int).into_pyobject(py)?.into_any())
        };
        wrap.apply(result, given, context, !out.keeps_arrays())
    };
    if ufunc.nout() == 1 {
        return one(0, outputs);
    }
    let all: Vec<_> = (0..ufunc.nout()).map(|index| one(index, outputs)).collect::<PyResult<_>>()?;
    Ok(PyTuple::new(py, all)?.into_any())
}

/// `axes=` and `axis=` as a list of axes per operand.
fn core_axes(ufunc: &Ufunc, keywords: &Keywords<'_>) -> PyResult<Vec<Vec<isize>>> {
    let Some(core) = ufunc.core() else { return Ok(Vec::new()) };
    if let Some(axis) = keywords.axis.as_ref().filter(|a| !a.is_none()) {
        let shared = core.dims.len() == 1 && (0..ufunc.nargs()).all(|i| core.ndim(i) <= 1);
        if !shared {
            return Err(PyTypeError::new_err(format!(
                "{}: axis can only be used with a single shared core dimension, not with the {} distinct ones implied \
                 by signature {}.",
                ufunc.name(),
                core.dims.len(),
                core.text
            )));
        }
        let axis = crate::args::whole_number(axis)?;
        let keepdims = crate::args::strict_flag(keywords.keepdims.as_ref(), "keepdims", false)?;
        let count = |i: usize| if keepdims { core.ndim(0) } else { core.ndim(i) };
        return Ok((0..ufunc.nargs()).map(|i| vec![axis; count(i)]).collect());
    }
    let Some(axes) = keywords.axes.as_ref().filter(|a| !a.is_none()) else { return Ok(Vec::new()) };
    let Ok(list) = axes.cast::<pyo3::types::PyList>() else {
        return Err(PyTypeError::new_err("axes should be a list."));
    };
    let keepdims = crate::args::strict_flag(keywords.keepdims.as_ref(), "keepdims", false)?;
    let without_outputs = (ufunc.nin()..ufunc.nargs()).all(|i| core.ndim(i) == 0);
    if list.len() != ufunc.nargs() && !(without_outputs && list.len() == ufunc.nin()) {
        return Err(pyo3::exceptions::PyValueError::new_err(
            "axes should be a list with an entry for all inputs and outputs; entries for outputs can only be omitted if \
             none of them has core axes.",
        ));
    }
    let one = |(index, entry): (usize, Bound<'_, PyAny>)| -> PyResult<Vec<isize>> {
        let axes: Vec<isize> = if let Ok(tuple) = entry.cast::<PyTuple>() {
            tuple.iter().map(|a| crate::args::whole_number(&a)).collect::<PyResult<_>>()?
        } else {
            vec![crate::args::whole_number(&entry).map_err(|_| {
                PyTypeError::new_err(format!("axes item {index} should be a tuple, or an integer"))
            })?]
        };
        // An output that keeps reduced axes has as many as each input. Optional dimensions are checked with the shapes.
        let kept = index >= ufunc.nin() && keepdims;
        let needed = core.ndim(if kept { 0 } else { index });
        let optional = core.operands[index].iter().any(|d| core.dims[*d].optional);
        if axes.len() != needed && !optional {
            let text = format!(
                "{}: operand {index} has {needed} core dimensions, but {} dimensions are specified by axes tuple.",
                ufunc.name(),
                axes.len()
            );
            return Err(to_python(entry.py(), Error::Axes(text)));
        }
        Ok(axes)
    };
    list.iter().enumerate().map(one).collect()
}
