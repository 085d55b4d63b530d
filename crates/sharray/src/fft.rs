//! Discrete Fourier transforms of [`Array`]s. Singles are computed in singles (complex64), all else in doubles
//! (complex128). The named functions transform the last axis, whole; [`along`] takes another length, axis or factor.
//!
//! ```
//! use sharray::fft;
//! use sharray::prelude::*;
//!
//! # fn main() -> Result<()> {
//! // Two waves in a second of 100 samples: of 3 and of 12 turns.
//! let time = &Array::arange(100)? * 0.01;
//! let wave = |turns: f64| (&time * (turns * std::f64::consts::TAU)).sin();
//! let spectrum = fft::rfft(&(&wave(3.0)? + &wave(12.0)? * 0.5))?;
//! assert_eq!(spectrum.shape(), [51]);
//! let strong = spectrum.abs()?.greater(20)?;
//! assert_eq!((strong.at::<bool>(&[3])?, strong.at::<bool>(&[12])?), (true, true));
//! assert_eq!(strong.to_vec::<bool>()?.iter().filter(|bin| **bin).count(), 2);
//! # Ok(())
//! # }
//! ```

use sharray_base::layout::c_strides;
use sharray_base::layout::{checked_len, normalize_axis};
use sharray_base::{DType, Error, Result};
use sharray_fft::{Job, output_shape};

use crate::Array;
pub use sharray_fft::{Kind, Norm};

/// The transform of `kind` along an axis, of length `n` (by default the one that takes the whole axis), with the factor of
/// `norm`. The axis is cut to what such a transform takes, or filled with zeros.
///
/// # Errors
/// `Axis`; `Value` for a length of 0; `Type` for a dtype that is no number, or complex where real numbers are taken;
/// `Memory` and `OutOfMemory`.
///
/// ```
/// # use sharray::prelude::*;
/// use sharray::fft::{Kind, Norm, along};
/// let a = Array::from([[1.0, 2.0], [3.0, 4.0]]);
/// let bins = along(&a, Kind::Forward, None, 0, Norm::Backward)?;
/// assert_eq!(bins.to_string(), "[[ 4.+0.j  6.+0.j]\n [-2.+0.j -2.+0.j]]");
/// let filled = along(&a, Kind::RealForward, Some(4), -1, Norm::Forward)?;
/// assert_eq!(filled.shape(), [2, 3]);
/// # Ok::<(), Error>(())
/// ```
pub fn along(array: &Array, kind: Kind, n: Option<usize>, axis: isize, norm: Norm) -> Result<Array> {
    let axis = normalize_axis(axis, array.ndim())?;
    let n = n.map_or_else(|| kind.default_len(array.shape()[axis]), |n| n.try_into().unwrap_or(isize::MAX));
    let n = usize::try_from(n).ok().filter(|n| *n > 0);
    let n = n.ok_or_else(|| Error::value("a transform has a length of 1 at least"))?;
    let job = Job { kind, n, axis, norm };
    let dtype = DType::of(kind.result(array.dtype())?);
    let shape = output_shape(job, array.shape());
    checked_len(&shape, dtype.itemsize())?;
    let mut result = Array::fresh(&dtype, &shape, &c_strides(&shape, dtype.itemsize()), false)?;
    job.run(array.view(), result.view_mut()?)?;
    Ok(result)
}

/// The functions along the last axis: name, kind, text, an example's array and how the result prints.
macro_rules! last_axis {
    ($($name:ident $kind:ident $about:literal $input:literal $shown:literal;)*) => { $(
        #[doc = $about]
        ///
        /// # Errors
        /// As [`along`].
        ///
        /// ```
        /// # use sharray::prelude::*;
        #[doc = concat!("let a = Array::from(", $input, ");")]
        #[doc = concat!("assert_eq!(sharray::fft::", stringify!($name), "(&a)?.to_string(), ", stringify!($shown), ");")]
        /// # Ok::<(), Error>(())
        /// ```
        pub fn $name(array: &Array) -> Result<Array> {
            along(array, Kind::$kind, None, -1, Norm::Backward)
        }
    )* };
}

last_axis! {
    fft Forward "The spectrum: sums of `a[j] exp(-2πi jk / n)`." "[1.0, 2.0]" "[ 3.+0.j -1.+0.j]";
    ifft Backward "The reverse of [`fft`]." "[3.0, -1.0]" "[1.+0.j 2.+0.j]";
    rfft RealForward "The first `n / 2 + 1` bins of the spectrum of real numbers, which hold all." "[1.0, 2.0, 3.0, 4.0]"
        "[10.+0.j -2.+2.j -2.+0.j]";
    irfft RealBackward "The reverse of [`rfft`]: `2 (m - 1)` real numbers of `m` bins." "[10.0, -2.0, -2.0]" "[1. 3. 3. 3.]";
    hfft HermitianForward "The real spectrum of a Hermitian signal, of which the first half is given." "[1.0, 2.0]" "[ 3. -1.]";
    ihfft HermitianBackward "The reverse of [`hfft`]." "[3.0, -1.0]" "[1.-0.j 2.-0.j]";
}
