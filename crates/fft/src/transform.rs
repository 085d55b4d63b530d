//! The crate's one operation: checks, casts, and copies where input and output share memory.

use sharray_base::layout::reshape::fresh_strides;
use sharray_base::layout::{Order, byte_bounds};
use sharray_base::memory::Memory;
use sharray_base::{DType, Dims, Error, Result, TypeNum, View, ViewMut};
use sharray_core::assign::{self, Casting};
use smallvec::SmallVec;

use crate::cache::Real;
use crate::kind::Kind;
use crate::lane::Lane;
use crate::plan;
use crate::stack::Stack;

/// Which direction has which factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Norm {
    /// Backward transforms are divided by `n`.
    #[default]
    Backward,
    /// Both are divided by its root.
    Ortho,
    /// Forward transforms are divided by `n`.
    Forward,
}

impl Norm {
    fn factor(self, n: usize, forward: bool) -> f64 {
        match self {
            Norm::Ortho => 1.0 / (n as f64).sqrt(),
            Norm::Forward if forward => 1.0 / n as f64,
            Norm::Backward if !forward => 1.0 / n as f64,
            Norm::Forward | Norm::Backward => 1.0,
        }
    }
}

/// A transform of every lane along an axis.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    /// Which one.
    pub kind: Kind,
    /// Its length, 1 at least: the axis is cut to what such a transform takes, or filled with zeros.
    pub n: usize,
    /// The axis.
    pub axis: usize,
    /// The factor.
    pub norm: Norm,
}

/// The shape of the results, for input of this shape.
pub fn output_shape(job: Job, input: &[isize]) -> Dims {
    let mut shape = Dims::from_slice(input);
    shape[job.axis] = job.kind.output_len(job.n) as isize;
    shape
}

impl Job {
    /// Transforms `input` into `output`, which has the shape that [`output_shape`] says and any numeric dtype: results are
    /// cast to it as they are. The two may share memory.
    ///
    /// # Errors
    /// `Type` for input that [`Kind::result`] refuses; `Value` for a length of 0 or an output of another shape; `OutOfMemory`;
    /// an interruption, after which the output may be written in part.
    pub fn run(&self, input: View<'_>, output: ViewMut<'_>) -> Result<()> {
        let result = self.kind.result(input.dtype())?;
        if self.n == 0 || output.shape() != output_shape(*self, input.shape()).as_slice() {
            return Err(Error::value("a transform has a length of 1 at least, and an output of its shape"));
        }
        if output.is_empty() {
            return Ok(());
        }
        match result {
            TypeNum::Float | TypeNum::CFloat | TypeNum::Half if !plan::is_rough(self.n) => {
                self.run_in::<f32>(input, output)
            }
            _ => self.run_in::<f64>(input, output),
        }
    }
    fn run_in<T: Real>(&self, input: View<'_>, output: ViewMut<'_>) -> Result<()> {
        let mut shape = Dims::from_slice(input.shape());
        shape[self.axis] = shape[self.axis].min(self.kind.input_len(self.n) as isize);
        // SAFETY: the first elements of each lane.
        let cut = unsafe { input.with_layout(input.data(), &shape, input.strides()) };
        let real = input.dtype().kind() != sharray_base::Kind::Complex;
        let gives_real = self.kind.gives_real();
        let (from, to) = (number::<T>(real), number::<T>(gives_real));
        let temporary;
        let source = if is_plain(cut, &from) {
            cut
        } else {
            temporary = Temporary::new(&from, cut.shape(), cut.strides())?;
            assign::copy(temporary.view_mut(), cut, Casting::Unsafe)?;
            temporary.view()
        };
        if is_plain(output.as_view(), &to)
            && lies_apart(output.as_view())
            && !in_the_way(source, output.as_view())
        {
            return self.run_plain::<T>(source, output, (real, gives_real));
        }
        let result = Temporary::new(&to, output.shape(), output.strides())?;
        self.run_plain::<T>(source, result.view_mut(), (real, gives_real))?;
        assign::copy(output, result.view(), Casting::Unsafe)
    }
    fn run_plain<T: Real>(&self, input: View<'_>, output: ViewMut<'_>, real: (bool, bool)) -> Result<()> {
        let scale = self.norm.factor(self.n, self.kind.is_forward());
        let lane = Lane::<T>::new(self.kind, self.n, scale, real.0)?;
        // SAFETY: the callers made sure of dtype, alignment and distances.
        unsafe { Stack::new(&lane, input, output, self.axis, real) }.run()
    }
}

/// The dtype of numbers of this precision.
fn number<T: Real>(real: bool) -> DType {
    DType::of(match (size_of::<T>(), real) {
        (4, true) => TypeNum::Float,
        (4, false) => TypeNum::CFloat,
        (_, true) => TypeNum::Double,
        (_, false) => TypeNum::CDouble,
    })
}

/// True for native, aligned elements of the dtype.
fn is_plain(view: View<'_>, dtype: &DType) -> bool {
    view.dtype().num() == dtype.num() && view.dtype().equivalent(dtype) && view.is_aligned()
}

/// True when it is plain to see that no two elements share memory: each axis steps over all that faster ones reach.
fn lies_apart(view: View<'_>) -> bool {
    let mut axes: SmallVec<[(isize, isize); 6]> = (view.shape().iter().copied())
        .zip(view.strides().iter().map(|stride| stride.abs()))
        .filter(|(extent, _)| *extent > 1)
        .collect();
    axes.sort_by_key(|(_, stride)| *stride);
    let mut reach = view.dtype().itemsize() as isize;
    axes.iter().all(|(extent, stride)| {
        let apart = *stride >= reach;
        reach += (extent - 1) * stride;
        apart
    })
}

/// True when writing the output may change what is yet to be read: they share memory, and are not the same array, whose
/// lanes are each read before they are written.
fn in_the_way(input: View<'_>, output: View<'_>) -> bool {
    let same = input.data() == output.data()
        && input.dtype() == output.dtype()
        && (input.shape(), input.strides()) == (output.shape(), output.strides());
    let range = |view: View<'_>| {
        let (low, high) = byte_bounds(view.shape(), view.strides(), view.dtype().itemsize());
        let start = view.data() as isize;
        (start.wrapping_add(low), start.wrapping_add(high))
    };
    let (a, b) = (range(input), range(output));
    !same && a.0 < b.1 && b.0 < a.1
}

/// An array for the length of the operation.
struct Temporary {
    memory: Memory,
    dtype: DType,
    shape: Dims,
    strides: Dims,
}

impl Temporary {
    /// Dense, its axes in the order that `like`, strides of the same shape, has them.
    fn new(dtype: &DType, shape: &[isize], like: &[isize]) -> Result<Temporary> {
        let itemsize = dtype.itemsize();
        let count = sharray_base::layout::checked_len(shape, itemsize)?;
        let strides = fresh_strides(Order::Keep, shape, like, itemsize, itemsize);
        let memory = Memory::heap(count * itemsize, false)?;
        Ok(Temporary { memory, dtype: dtype.clone(), shape: Dims::from_slice(shape), strides })
    }
    fn view(&self) -> View<'_> {
        // SAFETY: the memory holds exactly this dense layout (V1–V3).
        unsafe { View::new(self.memory.data(), &self.dtype, &self.shape, &self.strides) }
    }
    fn view_mut(&self) -> ViewMut<'_> {
        // SAFETY: the memory is ours alone; no reference into it outlives an operation.
        unsafe { ViewMut::new(self.view()) }
    }
}
