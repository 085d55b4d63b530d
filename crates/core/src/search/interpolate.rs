//! Linear interpolation between sample points, as `interp` defines it.

use std::borrow::Cow;

use sharray_base::layout::c_strides;
use sharray_base::{DType, Error, Result, TypeNum, View};
use sharray_kernels::search::sorted::Run;
use sharray_kernels::search::{SearchLane, Side};

use crate::Provider;
use crate::iterate::{Freedom, Nest, Source};
use crate::scratch::collected;

const SIZE: usize = size_of::<f64>();

/// Points that are looked at together, and how many on average a key may be ahead of the last, where keys are in the order
/// of the points.
const NEAR: usize = 4;
const FAR: usize = 8;

/// Numbers whose segments are looked for together.
const PIECE: usize = 256;

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
    let points = numbers(xp, 0)?;
    let search = SearchLane::new(&DType::of(TypeNum::Double))?;
    for part in 0..parts {
        let values = numbers(fp, part * SIZE)?;
        let ends = (left.map_or(values[0], |l| l[part]), right.map_or(values[values.len() - 1], |r| r[part]));
        let line = Line::new(&points, &values, ends, x.len(), complex)?;
        let sources = [
            Source { data: x.data(), shape: x.shape(), strides: x.strides() },
            Source { data: out.wrapping_add(part * SIZE), shape: x.shape(), strides: &strides },
        ];
        let nest = Nest::new(x.shape(), &sources, Freedom::Any)?;
        // NaN is answered by NaN, a complex one with no imaginary part.
        let nan = (part == 1 && points.len() > 1).then_some(0.0);
        nest.spread(
            true,
            || Ok(()),
            // SAFETY: the nest gives runs of `x` and of parts of elements of the output, apart from it.
            |(), at, n, steps| unsafe { line.run(&search, at, n as usize, steps, nan) },
        )?;
    }
    Ok(())
}

/// One part of the elements of a 1-D array: where they lie if they do so side by side, else copied.
///
/// # Errors
/// `OutOfMemory`.
fn numbers(view: View<'_>, offset: usize) -> Result<Cow<'_, [f64]>> {
    let step = view.strides()[0];
    let data = view.data().wrapping_add(offset).cast::<f64>();
    if step == SIZE as isize && data.is_aligned() {
        // SAFETY: the view's elements are aligned doubles side by side (V3).
        return Ok(Cow::Borrowed(unsafe { std::slice::from_raw_parts(data, view.len()) }));
    }
    // SAFETY: a part of element `i`.
    let at = |i: isize| unsafe { data.byte_offset(i * step).read_unaligned() };
    collected((0..view.len()).map(|i| at(i as isize))).map(Cow::Owned)
}

/// The function for one part.
struct Line<'a> {
    points: &'a [f64],
    values: &'a [f64],
    left: f64,
    right: f64,
    slopes: Option<Vec<f64>>,
    complex: bool,
}

impl<'a> Line<'a> {
    /// Slopes are worked out beforehand when there are twice as many questions as points, or more.
    ///
    /// # Errors
    /// `OutOfMemory`.
    fn new(
        points: &'a [f64],
        values: &'a [f64],
        (left, right): (f64, f64),
        questions: usize,
        complex: bool,
    ) -> Result<Line<'a>> {
        let mut line = Line { points, values, left, right, slopes: None, complex };
        if 2 * points.len() <= questions {
            line.slopes = Some(collected((0..points.len() - 1).map(|j| line.slope(j)))?);
        }
        Ok(line)
    }

    /// The slope behind point `j`; those of complex values are multiplied by what NumPy divides others by.
    #[inline(always)]
    fn slope(&self, j: usize) -> f64 {
        let (rise, run) = (self.values[j + 1] - self.values[j], self.points[j + 1] - self.points[j]);
        if self.complex { rise * (1.0 / run) } else { rise / run }
    }

    /// The function at `n` numbers, in pieces: first the segments of all, then the values. What `nan` holds answers NaN.
    ///
    /// # Errors
    /// An interruption.
    ///
    /// # Safety
    /// `at` are `n` readable and `n` writable doubles at these steps.
    unsafe fn run(
        &self,
        search: &SearchLane,
        at: &[*mut u8],
        n: usize,
        steps: &[isize],
        nan: Option<f64>,
    ) -> Result<()> {
        let lane = Run { ptr: self.points.as_ptr().cast(), stride: SIZE as isize, len: self.points.len() };
        let (mut places, mut last) = ([0isize; PIECE], 0);
        for start in (0..n).step_by(PIECE) {
            let count = PIECE.min(n - start);
            let (from, to) = (
                at[0].wrapping_offset(start as isize * steps[0]),
                at[1].wrapping_offset(start as isize * steps[1]),
            );
            // SAFETY: by the contract; the piece has a place for each key.
            unsafe {
                let walked = self.walk(from, steps[0], last, &mut places[..count]);
                if walked < count {
                    let ptr = from.wrapping_offset(walked as isize * steps[0]);
                    let keys = Run { ptr, stride: steps[0], len: count - walked };
                    let out = (places[walked..].as_mut_ptr(), size_of::<isize>() as isize);
                    search.run(lane, None, keys, Side::Right, out)?;
                }
                last = places[count - 1] as usize;
                for (i, place) in places[..count].iter().enumerate() {
                    let x = from.offset(i as isize * steps[0]).cast::<f64>().read_unaligned();
                    let segment = (*place as usize).wrapping_sub(1);
                    let value = self.within(x, segment).unwrap_or_else(|| match nan {
                        Some(value) if x.is_nan() => value,
                        _ => self.at(x, (*place as usize).saturating_sub(1)),
                    });
                    to.offset(i as isize * steps[1]).cast::<f64>().write_unaligned(value);
                }
            }
        }
        Ok(())
    }

    /// The places of keys from the first on, as long as each lies within a few points behind the one before: where keys rise
    /// as the points do, that is all of them, at a third of what a search costs. Their number.
    ///
    /// # Safety
    /// There is a readable double at each step for each place.
    #[inline(always)]
    unsafe fn walk(&self, from: *const u8, step: isize, start: usize, places: &mut [isize]) -> usize {
        let (points, mut at) = (self.points, start);
        for (i, place) in places.iter_mut().enumerate() {
            // SAFETY: by the contract.
            let x = unsafe { from.offset(i as isize * step).cast::<f64>().read_unaligned() };
            let rises = at == 0 || points[at - 1] <= x;
            if !rises {
                return i;
            }
            // Added up, not asked one by one: how many it is can't be foreseen.
            while let Some(&[a, b, c, d]) = points.get(at..at + NEAR).and_then(|near| near.first_chunk()) {
                let one = |point: f64| usize::from(point <= x);
                let behind = one(a) + one(b) + one(c) + one(d);
                at += behind;
                if behind < NEAR {
                    break;
                }
                if at > start + FAR * (i + 1) {
                    return i;
                }
            }
            while at < points.len() && at + NEAR > points.len() && points[at] <= x {
                at += 1;
            }
            *place = at as isize;
        }
        places.len()
    }

    /// [`Line::at`] in the common case: between two points, with a finite slope.
    #[inline(always)]
    fn within(&self, x: f64, segment: usize) -> Option<f64> {
        let points = self.points;
        let last = points.len() - 1;
        if segment >= last || !(x >= points[0] && x <= points[last]) || points[segment] == x {
            return None;
        }
        let slope = match &self.slopes {
            Some(slopes) => slopes[segment],
            None => self.slope(segment),
        };
        Some(slope * (x - points[segment]) + self.values[segment]).filter(|result| !result.is_nan())
    }

    /// The function at `x`, where `segment` begins with the last point that is not greater.
    #[cold]
    fn at(&self, x: f64, segment: usize) -> f64 {
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
        // The numbers may change between the search and now: any segment will do then.
        let j = segment.min(last);
        if j == last || points[j] == x {
            return values[j];
        }
        let slope = match &self.slopes {
            Some(slopes) => slopes[j],
            None => self.slope(j),
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
}
