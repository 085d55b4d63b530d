//! Which transforms there are, and what each takes and gives.

use sharray_base::{DType, Error, Result, TypeNum};

/// A transform along one axis. `n` is its length: that of the signal, not of half a spectrum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `fft`: `n` numbers to `n` bins, by `exp(-2πi jk / n)`.
    Forward,
    /// `ifft`: `n` bins to `n` numbers, by `exp(+2πi jk / n)`.
    Backward,
    /// `rfft`: `n` real numbers to the first `n / 2 + 1` bins.
    RealForward,
    /// `irfft`: `n / 2 + 1` bins to `n` real numbers.
    RealBackward,
    /// `hfft`: the first `n / 2 + 1` numbers of a Hermitian signal to `n` real bins.
    HermitianForward,
    /// `ihfft`: `n` real bins to the first `n / 2 + 1` numbers of a Hermitian signal.
    HermitianBackward,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 6] = [
        Kind::Forward,
        Kind::Backward,
        Kind::RealForward,
        Kind::RealBackward,
        Kind::HermitianForward,
        Kind::HermitianBackward,
    ];

    /// NumPy's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Forward => "fft",
            Kind::Backward => "ifft",
            Kind::RealForward => "rfft",
            Kind::RealBackward => "irfft",
            Kind::HermitianForward => "hfft",
            Kind::HermitianBackward => "ihfft",
        }
    }
    /// True for those that go from a signal to its spectrum.
    pub fn is_forward(self) -> bool {
        matches!(self, Kind::Forward | Kind::RealForward | Kind::HermitianForward)
    }
    /// True for those that take real numbers only.
    pub fn takes_real(self) -> bool {
        matches!(self, Kind::RealForward | Kind::HermitianBackward)
    }
    /// True for those that give real numbers.
    pub fn gives_real(self) -> bool {
        matches!(self, Kind::RealBackward | Kind::HermitianForward)
    }
    /// How many elements a transform of length `n` takes.
    pub fn input_len(self, n: usize) -> usize {
        if self.gives_real() { n / 2 + 1 } else { n }
    }
    /// How many elements a transform of length `n` gives.
    pub fn output_len(self, n: usize) -> usize {
        if self.takes_real() { n / 2 + 1 } else { n }
    }
    /// The length where none is asked for: the one whose transform takes `extent` elements, the even one of two. Zero or
    /// less is no length.
    pub fn default_len(self, extent: isize) -> isize {
        if self.gives_real() { (extent - 1) * 2 } else { extent }
    }
    /// The type of the result for input of a dtype. Everything but singles and what is narrower is computed in doubles;
    /// `longdouble` gets its own type back with a double's precision.
    ///
    /// # Errors
    /// `Type` for what is no number, and for complex numbers where real ones are asked for.
    pub fn result(self, dtype: &DType) -> Result<TypeNum> {
        use TypeNum::{
            BFloat16, Bool, Byte, CDouble, CFloat, CLongDouble, Double, Float, Float8E4M3FN, Float8E5M2, Half,
        };
        use TypeNum::{Int, Long, LongDouble, LongLong, Short, UByte, UInt, ULong, ULongLong, UShort};
        let pair = match dtype.num() {
            Half => (Half, CFloat),
            Float | CFloat | BFloat16 | Float8E4M3FN | Float8E5M2 => (Float, CFloat),
            LongDouble | CLongDouble => (LongDouble, CLongDouble),
            Double | CDouble | Bool | Byte | UByte | Short | UShort | Int | UInt | Long | ULong
            | LongLong | ULongLong => (Double, CDouble),
            _ => return Err(self.refused(dtype)),
        };
        if self.takes_real() && matches!(dtype.num(), CFloat | CDouble | CLongDouble) {
            return Err(self.refused(dtype));
        }
        Ok(if self.gives_real() { pair.0 } else { pair.1 })
    }
    fn refused(self, dtype: &DType) -> Error {
        let taken = if self.takes_real() { "real numbers" } else { "numbers" };
        Error::Type(format!(
            "ufunc '{}' not supported for the input types: it takes {taken}, not {dtype}",
            self.name()
        ))
    }
}
