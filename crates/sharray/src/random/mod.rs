//! Random numbers with NumPy's streams: a seed gives the numbers that `numpy.random.default_rng(seed)` gives, to the last
//! bit.
//!
//! ```
//! use sharray::prelude::*;
//! use sharray::random::default_rng;
//!
//! # fn main() -> Result<()> {
//! let mut rng = default_rng(42);
//! assert_eq!(rng.random(())?.item::<f64>()?, 0.7739560485559633);
//! assert_eq!(rng.integers(1..=6, 5)?.to_string(), "[4 3 3 6 1]");
//! let heights = rng.normal(1.75, 0.1, [1000])?;
//! assert!((heights.mean(())?.item::<f64>()? - 1.75).abs() < 0.01);
//! # Ok(())
//! # }
//! ```
//!
//! Each distribution takes its parameters, numbers or arrays that broadcast together, and a size ([`Size`]): `()` for the
//! parameters' own shape (one number, if they are numbers), a number, or an array of extents. Results are `float64`, counts
//! `int64`, if nothing else is said.

mod choice;
mod draws;
mod integers;
mod orders;
mod seed;
mod vectors;

pub use choice::Choice;
pub use integers::IntegerRange;
pub use seed::SeedSequence;
pub use vectors::CovarianceFactor;

use sharray_base::layout::{broadcast_shapes, checked_len};
use sharray_base::{DType, Dims, Error, Result};
use sharray_core::assign::Casting;
use sharray_random::bits::{self, Held};
use sharray_random::table::{self, Distribution, Parameter, Stream};

use crate::Array;
use crate::operand::Input;

/// The shape of what is drawn: `()` is that of the parameters together, a number the length of one axis, an array or a
/// slice the extents of several.
///
/// ```
/// use sharray::prelude::*;
/// use sharray::random::default_rng;
/// let mut rng = default_rng(1);
/// assert_eq!(rng.random(())?.shape(), []);
/// assert_eq!(rng.random(3)?.shape(), [3]);
/// assert_eq!(rng.random([2, 3])?.shape(), [2, 3]);
/// assert_eq!(rng.poisson(&Array::from([1.0, 9.0]), ())?.shape(), [2]);
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size(Option<Dims>);

impl From<()> for Size {
    fn from((): ()) -> Size {
        Size(None)
    }
}

impl From<&[isize]> for Size {
    fn from(shape: &[isize]) -> Size {
        Size(Some(Dims::from_slice(shape)))
    }
}

impl<const N: usize> From<[isize; N]> for Size {
    fn from(shape: [isize; N]) -> Size {
        shape[..].into()
    }
}

impl<const N: usize> From<&[isize; N]> for Size {
    fn from(shape: &[isize; N]) -> Size {
        shape[..].into()
    }
}

/// Lengths of one axis; what is too large is refused where memory is asked for.
macro_rules! lengths {
    ($($t:ty)*) => { $(
        impl From<$t> for Size {
            fn from(length: $t) -> Size {
                [isize::try_from(length).unwrap_or(isize::MAX)].into()
            }
        }
    )* };
}
lengths!(i32 isize usize);

/// Where random bits come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BitGenerator {
    /// A permuted congruential generator with 128 bits of state, what [`default_rng`] takes.
    #[default]
    Pcg64,
    /// Its second version, with a stronger output function.
    Pcg64Dxsm,
    /// Enciphers a counter.
    Philox,
    /// Small and fast, with a chaotic state.
    Sfc64,
    /// The Mersenne Twister.
    Mt19937,
}

/// Words of state of the Mersenne Twister.
const TWISTER_WORDS: usize = 624;

impl BitGenerator {
    fn name(self) -> &'static str {
        match self {
            BitGenerator::Pcg64 => "PCG64",
            BitGenerator::Pcg64Dxsm => "PCG64DXSM",
            BitGenerator::Philox => "Philox",
            BitGenerator::Sfc64 => "SFC64",
            BitGenerator::Mt19937 => "MT19937",
        }
    }
    fn fresh(self) -> Held {
        bits::by_name(self.name()).unwrap_or_else(|| unreachable!("{} is there", self.name()))
    }
    fn seeded(self, seed: &SeedSequence) -> Held {
        let mut held = self.fresh();
        let taken = match self {
            BitGenerator::Pcg64 | BitGenerator::Pcg64Dxsm => held.state().seed(&seed.words_u64(4)),
            BitGenerator::Philox => held.state().seed(&seed.words_u64(2)),
            BitGenerator::Sfc64 => held.state().seed(&seed.words_u64(3)),
            BitGenerator::Mt19937 => {
                let mut words: Vec<u64> = seed.words(TWISTER_WORDS).into_iter().map(u64::from).collect();
                // The lower bits of the first word are no part of the state; its upper one makes that not all zero.
                words[0] = 0x80000000;
                words.push(TWISTER_WORDS as u64 - 1);
                held.state().set_words(&words)
            }
        };
        debug_assert!(taken);
        held
    }
}

/// A generator of random numbers. A clone goes on with the same numbers.
///
/// ```
/// use sharray::prelude::*;
/// use sharray::random::{BitGenerator, Generator};
/// let mut rng = Generator::new(BitGenerator::Philox, 42);
/// let mut same = rng.clone();
/// assert_eq!(rng.random(3)?.to_vec::<f64>()?, same.random(3)?.to_vec::<f64>()?);
/// # Ok::<(), Error>(())
/// ```
pub struct Generator {
    /// Draws from what `held` holds on the heap.
    stream: Stream,
    held: Held,
    kind: BitGenerator,
    seed: SeedSequence,
}

/// A generator on PCG64. The seed is a number or several, or `()` for the system's entropy.
///
/// ```
/// use sharray::prelude::*;
/// use sharray::random::default_rng;
/// assert_eq!(default_rng(42).standard_normal(())?.item::<f64>()?, 0.30471707975443135);
/// assert_ne!(default_rng(()).random(4)?.to_vec::<f64>()?, default_rng(()).random(4)?.to_vec::<f64>()?);
/// # Ok::<(), Error>(())
/// ```
pub fn default_rng(seed: impl Into<SeedSequence>) -> Generator {
    Generator::new(BitGenerator::Pcg64, seed)
}

impl Generator {
    /// A generator on these bits.
    ///
    /// ```
    /// use sharray::prelude::*;
    /// use sharray::random::{BitGenerator, Generator};
    /// let mut rng = Generator::new(BitGenerator::Mt19937, 42);
    /// assert_eq!(rng.random(())?.item::<f64>()?, 0.5419938930062744);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn new(kind: BitGenerator, seed: impl Into<SeedSequence>) -> Generator {
        let seed = seed.into();
        let held = kind.seeded(&seed);
        Generator { stream: Stream::new(held.bits().into()), held, kind, seed }
    }
    /// `count` generators of the same kind with independent streams, as for threads.
    ///
    /// ```
    /// use sharray::prelude::*;
    /// use sharray::random::default_rng;
    /// let mut parts = default_rng(1).spawn(2);
    /// assert_ne!(parts[0].random(())?.item::<f64>()?, parts[1].random(())?.item::<f64>()?);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn spawn(&mut self, count: usize) -> Vec<Generator> {
        let kind = self.kind;
        self.seed.spawn(count).into_iter().map(|seed| Generator::new(kind, seed)).collect()
    }
    /// Numbers of a distribution of the engine's table, as many as `size` and the parameters ask for.
    fn draw(&mut self, name: &str, size: &Size, parameters: &[Input<'_>]) -> Result<Array> {
        let law = table::by_name(name).ok_or_else(|| Error::Key(format!("a distribution {name}")))?;
        let given = parameters.iter().enumerate().map(|(index, input)| parameter(law, index, input));
        let given = given.collect::<Result<Vec<Array>>>()?;
        let shape = result_shape(size, &given)?;
        let given = given.iter().map(|one| one.broadcast_to(&shape)).collect::<Result<Vec<Array>>>()?;
        let views: Vec<_> = given.iter().map(Array::view).collect();
        let mut out = Array::dense(&DType::of(sharray_random::dtype_of(law)), &shape, false)?;
        sharray_random::fill(law, &mut self.stream, out.view_mut()?, &views)?;
        Ok(out)
    }
}

impl Clone for Generator {
    fn clone(&self) -> Generator {
        let mut held = self.kind.fresh();
        let taken = held.state().set_words(&self.held.words());
        debug_assert!(taken);
        Generator { stream: Stream::new(held.bits().into()), held, kind: self.kind, seed: self.seed.clone() }
    }
}

impl std::fmt::Debug for Generator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Generator")
            .field("kind", &self.kind)
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}

/// A parameter as an array of the dtype that the distribution takes, its values checked.
fn parameter(law: &Distribution, index: usize, input: &Input<'_>) -> Result<Array> {
    let dtype = DType::of(sharray_random::parameter_dtype(law, index));
    let array = numbers(input, &dtype)?;
    check(&law.parameters[index], &array)?;
    Ok(array)
}

/// The numbers of an operand in a dtype, where casting to it loses no kind of number.
fn numbers(input: &Input<'_>, dtype: &DType) -> Result<Array> {
    let view = input.view();
    sharray_base::dtype::cast_rules::check_cast(view.dtype(), dtype, Casting::SameKind)?;
    let mut array = Array::dense(dtype, view.shape(), false)?;
    array.receive(view, Casting::SameKind)?;
    Ok(array)
}

fn check(parameter: &Parameter, array: &Array) -> Result<()> {
    let fault = if parameter.is_integer() {
        array.iter::<i64>()?.find_map(|n| parameter.rule.fault(parameter.name, n as f64))
    } else {
        array.iter::<f64>()?.find_map(|x| parameter.rule.fault(parameter.name, x))
    };
    fault.map_or(Ok(()), |text| Err(Error::Value(text)))
}

/// The shape that `size` and the parameters give together.
fn result_shape(size: &Size, given: &[Array]) -> Result<Dims> {
    let shapes: Vec<&[isize]> = given.iter().map(Array::shape).collect();
    let common = broadcast_shapes(&shapes)?;
    let Size(Some(size)) = size else { return Ok(common) };
    checked_len(size, 8)?;
    match broadcast_shapes(&[size, &common]) {
        Ok(shape) if shape == *size => Ok(shape),
        _ => Err(Error::Value(format!("size {size:?} can't be filled from parameters of shape {common:?}"))),
    }
}
