//! Products of few elements: vectors, matrices and stacks of them, of one native type, given to the loop of `matmul`,
//! `vecdot`, `matvec` or `vecmat` as their cores.

use std::cell::UnsafeCell;
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::dtype::kind::{TYPE_COUNT, TYPES};
use sharray_base::{TypeNum, fp_status};
use sharray_core::assign::Casting;
use sharray_core::ufunc::{OperandType, Ufunc, native, resolve_dtypes};
use sharray_kernels::loop_abi::LoopFlags;

use super::finish;
use super::operand::{AXES, Operand, Value};
use super::route::{INPUTS, Route, WEAK_INT};
use super::walk::Walk;
use crate::object::array::Array;
use crate::object::layout::flag;
use crate::object::{dtype, ndarray, scalar};

/// More multiplications than this go the general way, which lets other threads of Python run meanwhile.
const MANY: isize = 1 << 18;

/// Which axes of the operands are the product's own.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// `(n?,k),(k,m?)->(n?,m?)`
    Matmul,
    /// `(n),(n)->()`
    Vecdot,
    /// `(m,n),(n)->(m)`
    Matvec,
    /// `(n),(n,m)->(m)`
    Vecmat,
}

/// The loops found so far, by the type of the operands.
pub(super) struct Products {
    form: Form,
    routes: UnsafeCell<[Option<Route>; TYPE_COUNT]>,
}

/// The loop for two operands of a type; a route without code where that is not so simple.
fn find(ufunc: &Ufunc, num: TypeNum) -> Route {
    let own = OperandType { dtype: Some(native(num)), weak: None };
    let operands = [own, own, OperandType { dtype: None, weak: None }];
    let barred = LoopFlags::NEEDS_GIL | LoopFlags::WANTS_CONTEXT;
    match resolve_dtypes(ufunc, &operands, &[], Casting::SameKind, false) {
        Ok(found)
            if !found.flags.intersects(barred)
                && found.narrow.is_none()
                && found.dtypes.iter().all(|d| d.num() == num && d.is_native()) =>
        {
            Route::of_loop(found.code, found.data, found.flags, num)
        }
        _ => Route::NONE,
    }
}

impl Products {
    /// The products of a ufunc, by its name.
    pub(super) fn of(name: &str) -> Option<Products> {
        let form = match name {
            "matmul" => Form::Matmul,
            "vecdot" => Form::Vecdot,
            "matvec" => Form::Matvec,
            "vecmat" => Form::Vecmat,
            _ => return None,
        };
        Some(Products { form, routes: UnsafeCell::new([None; TYPE_COUNT]) })
    }

    fn route(&self, ufunc: &Ufunc, num: TypeNum) -> Option<Route> {
        let index = TYPES.iter().position(|row| row.num == num)?;
        // SAFETY: used with the GIL held only; nothing keeps a reference.
        unsafe { Some(*(*self.routes.get())[index].get_or_insert_with(|| find(ufunc, num))) }
    }

    /// `a @ b`, or another product, if that is simple enough; into `out`, or a fresh array or scalar.
    ///
    /// # Errors
    /// As for [`super::call`].
    pub(super) fn call<'py>(
        &self,
        ufunc: &Bound<'py, PyAny>,
        a: *mut ffi::PyObject,
        b: *mut ffi::PyObject,
        out: Option<*mut ffi::PyObject>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        // SAFETY: live objects.
        let plain = |o| unsafe { ptr::eq(ffi::Py_TYPE(o), ndarray::type_object()) };
        if !plain(a) || !plain(b) || out.is_some_and(|out| !plain(out)) {
            return Ok(None);
        }
        let (Some(left), Some(right)) = (Operand::of_array(a), Operand::of_array(b)) else { return Ok(None) };
        if left.code != right.code || left.code >= WEAK_INT {
            return Ok(None);
        }
        let Some(core) = Core::of(self.form, &left, &right) else { return Ok(None) };
        let num = TYPES[left.code as usize - 1].num;
        let Some(route) = self.route(super::engine(ufunc), num).filter(|route| route.code.is_some()) else {
            return Ok(None);
        };
        core.run(ufunc, &route, [left, right], out)
    }
}

/// Steps of the loop: one for each operand along the stack, then those of their core axes.
type Steps = [isize; 9];

/// The axes of two operands that are the product's own.
struct Core {
    /// Room for the length of a stack, then the core's extents, as the loop's signature has them.
    dims: [isize; 4],
    /// The operands' steps; those of the result are still 0.
    steps: Steps,
    /// Core axes of each input.
    axes: [usize; 2],
    /// The result's core axes, and which of its steps each has.
    shape: [isize; 2],
    places: [usize; 2],
    count: usize,
    /// Multiplications for one result of the core's shape.
    work: isize,
}

impl Core {
    fn of(form: Form, left: &Operand, right: &Operand) -> Option<Core> {
        let (vector, matrix) = (Ends::vector, Ends::matrix);
        let (a, b) = match form {
            Form::Matmul => (
                if left.nd == 1 { vector(left)? } else { matrix(left)? },
                if right.nd == 1 { vector(right)?.turned() } else { matrix(right)? },
            ),
            Form::Vecdot => (vector(left)?, vector(right)?.turned()),
            Form::Matvec => (matrix(left)?, vector(right)?.turned()),
            Form::Vecmat => (vector(left)?, matrix(right)?),
        };
        let (rows, inner, columns) = (a.rows, a.columns, b.columns);
        let work = rows.checked_mul(inner)?.checked_mul(columns)?;
        if inner != b.rows || work == 0 || work > MANY {
            return None;
        }
        let (dims, steps, last) = match form {
            Form::Matmul => ([1, rows, inner, columns], [0, 0, 0, a.down, a.along, b.down, b.along, 0, 0], 7),
            Form::Vecdot => ([1, inner, 0, 0], [0, 0, 0, a.along, b.down, 0, 0, 0, 0], 5),
            Form::Matvec => ([1, rows, inner, 0], [0, 0, 0, a.down, a.along, b.down, 0, 0, 0], 6),
            Form::Vecmat => ([1, inner, columns, 0], [0, 0, 0, a.along, b.down, b.along, 0, 0, 0], 6),
        };
        let axes = [a.axes, b.axes];
        let mut core = Core { dims, steps, axes, shape: [0; 2], places: [last; 2], count: 0, work };
        if a.axes == 2 {
            core.push(rows, last);
        }
        if b.axes == 2 {
            core.push(columns, if form == Form::Matmul { last + 1 } else { last });
        }
        Some(core)
    }

    fn push(&mut self, extent: isize, place: usize) {
        self.shape[self.count] = extent;
        self.places[self.count] = place;
        self.count += 1;
    }

    fn run<'py>(
        mut self,
        ufunc: &Bound<'py, PyAny>,
        route: &Route,
        operands: [Operand; 2],
        out: Option<*mut ffi::PyObject>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let py = ufunc.py();
        let stacks = [0, 1].map(|i| Operand { nd: operands[i].nd - self.axes[i], ..operands[i] });
        let loops = stacks[0].nd.max(stacks[1].nd);
        let mut walk = Walk::NONE;
        if loops + self.count > AXES
            || !walk.set_broadcast(&stacks, loops)
            || walk.count == 0
            || walk.count.checked_mul(self.work).is_none_or(|work| work > MANY)
            || !walk.keeps_c_order(2)
        {
            return Ok(None);
        }
        let mut shape = [0; AXES];
        shape[..loops].copy_from_slice(walk.shape());
        shape[loops..loops + self.count].copy_from_slice(&self.shape[..self.count]);
        let shape = &shape[..loops + self.count];
        let mut lone = Value::default();
        let made = match out {
            Some(object) => {
                if !fits(object, route, shape, &operands) {
                    return Ok(None);
                }
                // SAFETY: the caller's live object, a plain array.
                Array::from_object(&unsafe { Bound::from_borrowed_ptr(py, object) })
            }
            None if shape.is_empty() => None,
            None => {
                let count = shape.iter().product::<isize>() as usize;
                Some(Array::dense(py, dtype::singleton(route.out), shape, count)?)
            }
        };
        if let Some(made) = &made {
            walk.set_output(2, &made.strides()[..loops]);
            for axis in 0..self.count {
                self.steps[self.places[axis]] = made.strides()[loops + axis];
            }
        }
        let target = made.as_ref().map_or((&raw mut lone).cast(), Array::data);
        fp_status::clear();
        self.calls(route, &walk, [operands[0].data, operands[1].data, target, target]);
        finish(ufunc, route)?;
        match made {
            Some(made) => Ok(Some(made.into_object())),
            None => scalar::from_number(py, route.out, (&raw const lone).cast()).map(Some),
        }
    }

    /// Calls the loop along the walk through the stacks.
    fn calls(&mut self, route: &Route, walk: &Walk, at: [*mut u8; INPUTS + 1]) {
        let Some(code) = route.code else { return };
        walk.rows(at, 2, |at, count, steps| {
            self.dims[0] = count;
            self.steps[..3].copy_from_slice(&steps[..3]);
            // SAFETY: aligned operands of the loop's type with these loop and core dimensions (A2); the result is fresh, or
            // apart from the inputs.
            unsafe { code(at.as_ptr(), self.dims.as_ptr(), self.steps.as_ptr(), route.data) };
        });
    }
}

/// The last axes of an operand: a matrix, whose rows are one where the operand gives a vector.
struct Ends {
    rows: isize,
    columns: isize,
    down: isize,
    along: isize,
    axes: usize,
}

impl Ends {
    fn vector(operand: &Operand) -> Option<Ends> {
        let (columns, along) = (*operand.shape().last()?, *operand.steps().last()?);
        Some(Ends { rows: 1, columns, down: 0, along, axes: 1 })
    }
    fn matrix(operand: &Operand) -> Option<Ends> {
        let ([.., rows, columns], [.., down, along]) = (operand.shape(), operand.steps()) else {
            return None;
        };
        Some(Ends { rows: *rows, columns: *columns, down: *down, along: *along, axes: 2 })
    }
    /// A vector as one column.
    fn turned(self) -> Ends {
        Ends { rows: self.columns, columns: self.rows, down: self.along, along: self.down, ..self }
    }
}

/// True for an array of the caller's that the loop may write to: dense, of the result's dtype and shape, writable without a
/// warning, apart from the inputs.
fn fits(object: *mut ffi::PyObject, route: &Route, shape: &[isize], inputs: &[Operand]) -> bool {
    let Some(out) = Operand::of_array(object) else { return false };
    let wanted = flag::WRITEABLE | flag::C_CONTIGUOUS;
    if out.code != super::strong(route.out)
        || out.shape() != shape
        || out.flags & (wanted | flag::WARN_ON_WRITE) != wanted
    {
        return false;
    }
    let (low, high) = out.extent(route.out_size);
    inputs.iter().all(|input| {
        let (start, end) = input.extent(route.out_size);
        end <= low || high <= start
    })
}
