//! Linear interpolation between sample points, as `interp` defines it.

use sharray_base::layout::c_strides;
use sharray_base::{DType, Error, Result, TypeNum, View};

use crate::Provider;
use crate::walk::walk;

const SIZE: usize = size_of::<f64>();

/// The piecewise linear function through the points (`xp`, `fp`) at `x`: output 0 of `x`'s shape and `fp`'s dtype.
/// `x` and `xp` (1-D, rising) are `float64`, `fp` is `float64` or `complex128`. Outside the points `left` and `right`
/// (real and imaginary part) or the end values are taken; NaN gives NaN.
///
/// # Errors
/// `Value` for no points, or `xp` and `fp` of different lengths.
pub fn interpolate(
    x: View<'_>,
    xp: View<'_>,
    fp: View<'_>,
    left: Option<[f64; 2]>,
    right: Option<[f64; 2]>,
    provider: &mut dyn Provider,
) -> Result<()> {
    if xp.ndim() != 1 || fp.ndim() != 1 {
        return Err(Error::Value("object too deep for desired array".into()));
    }
    if xp.is_empty() {
        return Err(Error::Value("array of sample points is empty".into()));
    }
    if xp.len() != fp.len() {
        return Err(Error::Value("fp and xp are not of the same length.".into()));
    }
    let complex = fp.dtype().num() == TypeNum::CDouble;
    let parts = if complex { 2 } else { 1 };
    let dtype = DType::of(if complex { TypeNum::CDouble } else { TypeNum::Double });
    let strides = c_strides(x.shape(), SIZE * parts);
    let out = provider.provide(0, &dtype, x.shape(), &strides)?;
    let points = numbers(xp, 0);
    for part in 0..parts {
        let values = numbers(fp, part * SIZE);
        let ends = (left.map_or(values[0], |l| l[part]), right.map_or(values[values.len() - 1], |r| r[part]));
        let line = Line::new(&points, &values, ends, x.len());
        walk(x.shape(), &[(x.data(), x.strides()), (out, &strides)], &mut |p, s, n| {
            let mut guess = 0;
            for i in 0..n as isize {
                // SAFETY: elements of `x` and parts of elements of the output.
                unsafe {
                    let at = p[0].offset(i * s[0]).cast::<f64>().read_unaligned();
                    let place = p[1].offset(i * s[1]).add(part * SIZE).cast::<f64>();
                    // NaN is answered by NaN, a complex one with no imaginary part.
                    let value = if at.is_nan() && points.len() > 1 && part == 1 {
                        0.0
                    } else {
                        line.at(at, &mut guess)
                    };
                    place.write_unaligned(value);
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn numbers(view: View<'_>, offset: usize) -> Vec<f64> {
    let step = view.strides()[0];
    let at = |i: isize| view.data().wrapping_offset(i * step).wrapping_add(offset).cast::<f64>();
    // SAFETY: a part of element `i`.
    (0..view.len() as isize).map(|i| unsafe { at(i).read_unaligned() }).collect()
}

/// The function for one part.
struct Line<'a> {
    points: &'a [f64],
    values: &'a [f64],
    left: f64,
    right: f64,
    slopes: Option<Vec<f64>>,
}

impl<'a> Line<'a> {
    /// Slopes are worked out once when there are at least as many questions as points.
    fn new(points: &'a [f64], values: &'a [f64], (left, right): (f64, f64), questions: usize) -> Line<'a> {
        let slope = |j: usize| (values[j + 1] - values[j]) / (points[j + 1] - points[j]);
        let slopes = (points.len() <= questions).then(|| (0..points.len() - 1).map(slope).collect());
        Line { points, values, left, right, slopes }
    }

    fn at(&self, x: f64, guess: &mut usize) -> f64 {
        let (points, values) = (self.points, self.values);
        let last = points.len() - 1;
        if x.is_nan() && last > 0 {
            return x;
        }
        if x < points[0] {
            return self.left;
        }
        if x > points[last] {
            return self.right;
        }
        let j = if last == 0 { 0 } else { self.segment(x, guess) };
        if j == last || points[j] == x {
            return values[j];
        }
        let slope = match &self.slopes {
            Some(slopes) => slopes[j],
            None => (values[j + 1] - values[j]) / (points[j + 1] - points[j]),
        };
        let mut result = slope * (x - points[j]) + values[j];
        // Infinite slopes: from the other end, or the common value.
        if result.is_nan() {
            result = slope * (x - points[j + 1]) + values[j + 1];
            if result.is_nan() && values[j] == values[j + 1] {
                result = values[j];
            }
        }
        result
    }

    /// The last point that is not greater than `x`; the neighbourhood of the previous answer is tried first.
    fn segment(&self, x: f64, guess: &mut usize) -> usize {
        let holds = |j: usize| self.points[j] <= x && self.points.get(j + 1).is_none_or(|&next| x < next);
        for near in [*guess, *guess + 1] {
            if near < self.points.len() && holds(near) {
                *guess = near;
                return near;
            }
        }
        let found = self.points.partition_point(|&p| p <= x).saturating_sub(1);
        *guess = found;
        found
    }
}
