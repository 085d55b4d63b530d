//! Floating-point numbers in a common form: at most eight digits behind the point, as few as tell each number apart,
//! aligned at the point; with an exponent where the numbers are too large, too small, or too far apart.

use half::f16;
use sharray_base::{Result, TypeNum};
use sharray_core::text_form::{Float, Options, Trim, positional, scientific};

use crate::Array;
use crate::access::bytes_of;

/// Most digits behind the point.
const PRECISION: usize = 8;

/// The elements of a real floating-point array, taken apart, and their sizes.
pub(super) struct Numbers {
    pub(super) floats: Vec<Float>,
    sizes: Vec<f64>,
    num: TypeNum,
}

impl Numbers {
    /// Of an array of a real floating-point dtype.
    pub(super) fn of(array: &Array) -> Result<Numbers> {
        let num = array.dtype().num();
        let floats = match num {
            TypeNum::Half => array.iter::<f16>()?.map(|x| Float::from_half_bits(x.to_bits())).collect(),
            num if num.is_small_float() => {
                array.astype(TypeNum::Float)?.iter::<f32>()?.map(Float::from_small).collect()
            }
            TypeNum::Float => array.iter::<f32>()?.map(Float::from_f32).collect(),
            TypeNum::Double => array.iter::<f64>()?.map(Float::from_f64).collect(),
            _ => extended(array)?,
        };
        let sizes = array.astype(TypeNum::Double)?.iter::<f64>()?.map(f64::abs).collect();
        Ok(Numbers { floats, sizes, num })
    }
    /// True where a positional form would be long or lose digits to the eye. Compared in the numbers' own precision.
    fn want_exponent(&self) -> bool {
        let pairs = self.floats.iter().zip(&self.sizes);
        let mut sizes = pairs.filter(|(x, _)| x.is_finite() && !x.is_zero()).map(|(_, size)| *size);
        let Some(first) = sizes.next() else { return false };
        let (smallest, largest) = sizes.fold((first, first), |(low, high), x| (low.min(x), high.max(x)));
        let (cutoff, least, ratio) = match self.num {
            TypeNum::Half => {
                let ratio = f16::from_f64(largest) / f16::from_f64(smallest);
                (1e3, f16::from_f64(1e-4).to_f64(), ratio.to_f64())
            }
            num if num == TypeNum::Float || num.is_small_float() => {
                (1e6, f64::from(1e-4f32), f64::from(largest as f32 / smallest as f32))
            }
            _ => (1e8, 1e-4, largest / smallest),
        };
        largest >= cutoff || smallest < least || ratio > 1000.0
    }
}

/// Elements of `long double`, by their bytes.
fn extended(array: &Array) -> Result<Vec<Float>> {
    let dense = array.to_contiguous()?;
    // SAFETY: dense in C order.
    let bytes = unsafe { bytes_of(&dense.view()) };
    let number = |chunk: &[u8]| {
        let mut wide = [0; 16];
        wide[..chunk.len().min(16)].copy_from_slice(&chunk[..chunk.len().min(16)]);
        Float::from_extended(wide)
    };
    Ok(bytes.chunks(dense.dtype().itemsize()).map(number).collect())
}

/// How the numbers of an array are written.
pub(super) struct Format {
    options: Options,
    scientific: bool,
    signed: bool,
    left: usize,
    right: usize,
}

impl Format {
    /// The form that all the numbers fit; `signed` writes `+` as well.
    pub(super) fn of(numbers: &Numbers, signed: bool) -> Format {
        let scientific = numbers.want_exponent();
        let numbers = &numbers.floats[..];
        let finite: Vec<&Float> = numbers.iter().filter(|x| x.is_finite()).collect();
        let options = Options { sign: signed, ..Options::default() };
        let mut format = Format { options, scientific, signed, left: 0, right: 0 };
        if finite.is_empty() {
            format.options.trim = Trim::Zeros;
        } else if format.scientific {
            format.fit_scientific(&finite);
        } else {
            format.fit_positional(&finite);
        }
        if finite.len() < numbers.len() {
            format.make_room_for_names(numbers);
        }
        format
    }
    fn fit_positional(&mut self, finite: &[&Float]) {
        let options = Options { precision: Some(PRECISION), trim: Trim::Zeros, ..self.options };
        let (mut left, mut right) = (0, 0);
        for number in finite {
            let text = positional(number, &options).unwrap_or_default();
            let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
            (left, right) = (left.max(whole.len()), right.max(fraction.len()));
        }
        let padding = (Some(left), Some(right));
        self.options = Options { min_digits: Some(0), pad_left: padding.0, pad_right: padding.1, ..options };
        (self.left, self.right) = (left, right);
    }
    fn fit_scientific(&mut self, finite: &[&Float]) {
        let options = Options { precision: Some(PRECISION), trim: Trim::Zeros, ..self.options };
        let (mut left, mut digits, mut exponents) = (0, 0, 0);
        for number in finite {
            let text = scientific(number, &options).unwrap_or_default();
            let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, ""));
            let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
            left = left.max(whole.len());
            digits = digits.max(fraction.len());
            exponents = exponents.max(exponent.len().saturating_sub(1));
        }
        self.options = Options {
            precision: Some(digits),
            min_digits: Some(digits),
            trim: Trim::Keep,
            pad_left: Some(left),
            exp_digits: Some(exponents),
            ..options
        };
        (self.left, self.right) = (left, exponents + 2 + digits);
    }
    fn make_room_for_names(&mut self, numbers: &[Float]) {
        let signed_infinity =
            self.signed || numbers.iter().any(|x| !x.is_finite() && !x.is_nan() && x.is_negative());
        let right = self.right + 1;
        let name = "inf".len() + usize::from(signed_infinity);
        self.left = self.left.max("nan".len().saturating_sub(right)).max(name.saturating_sub(right));
        self.options.pad_left = Some(self.left);
    }
    /// One number.
    pub(super) fn write(&self, number: &Float) -> String {
        if !number.is_finite() {
            let width = self.left + self.right + 1;
            let sign = match (number.is_negative() && !number.is_nan(), self.signed) {
                (true, _) => "-",
                (false, true) => "+",
                (false, false) => "",
            };
            let name = if number.is_nan() { "nan" } else { "inf" };
            return format!("{:>width$}", format!("{sign}{name}"));
        }
        let written = if self.scientific {
            scientific(number, &self.options)
        } else {
            positional(number, &self.options)
        };
        written.unwrap_or_default()
    }
}
