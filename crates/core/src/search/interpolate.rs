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

/// How many points to a key, or keys to a point, are many.
const MANY: usize = 4;

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
    /// Slopes are worked out beforehand when there are as many questions as points, or more.
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
        if points.len() <= questions {
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
        let (mut keys, mut places, mut values) = ([0.0; PIECE], [0isize; PIECE], [0.0; PIECE]);
        for start in (0..n).step_by(PIECE) {
            let count = PIECE.min(n - start);
            let [from, to] = [0, 1].map(|k| at[k].wrapping_offset(start as isize * steps[k]));
            let (keys, places, values) = (&mut keys[..count], &mut places[..count], &mut values[..count]);
            for (i, key) in keys.iter_mut().enumerate() {
                // SAFETY: by the contract.
                *key = unsafe { from.offset(i as isize * steps[0]).cast::<f64>().read_unaligned() };
            }
            self.find(search, keys, places)?;
            if !self.fill(keys, places, values) {
                self.mend(keys, places, values, nan);
            }
            for (i, value) in values.iter().enumerate() {
                // SAFETY: by the contract.
                unsafe { to.offset(i as isize * steps[1]).cast::<f64>().write_unaligned(*value) };
            }
        }
        Ok(())
    }

    /// How many points are not greater, for each key. Rising keys that lie close are walked along, which costs less than
    /// searching.
    ///
    /// # Errors
    /// An interruption.
    fn find(&self, search: &SearchLane, keys: &[f64], places: &mut [isize]) -> Result<()> {
        // All pairs are compared, which takes no branches.
        let rising = keys.iter().zip(&keys[1..]).fold(true, |rising, (a, b)| rising & (a <= b));
        let ends = [keys[0], keys[keys.len() - 1]];
        if rising && !ends[0].is_nan() {
            let [first, last] = ends.map(|key| self.points.partition_point(|point| *point <= key));
            let span = last.saturating_sub(first);
            if MANY * span <= keys.len() {
                self.by_segment(first, keys, places);
                return Ok(());
            }
            if span <= MANY * keys.len() {
                self.by_key(first, keys, places);
                return Ok(());
            }
        }
        let lane = Run { ptr: self.points.as_ptr().cast(), stride: SIZE as isize, len: self.points.len() };
        let keys = Run { ptr: keys.as_ptr().cast(), stride: SIZE as isize, len: keys.len() };
        // SAFETY: the points and the keys are slices of doubles, and there is a place for each key.
        unsafe {
            search.run(lane, None, keys, Side::Right, (places.as_mut_ptr(), size_of::<isize>() as isize))
        }
    }

    /// [`Line::find`] of rising keys of which many lie between two points: these take one step together. `at` is the first
    /// key's place.
    fn by_segment(&self, mut at: usize, keys: &[f64], places: &mut [isize]) {
        let mut done = 0;
        while done < keys.len() {
            let end = self.points.get(at).copied();
            let here = keys[done..].iter().zip(&mut places[done..]);
            done += here
                .take_while(|(key, _)| !end.is_some_and(|end| end <= **key))
                .map(|(_, place)| *place = at as isize)
                .count();
            at += 1;
        }
    }

    /// [`Line::find`] of rising keys that lie about as close as the points do. `at` is the first key's place.
    fn by_key(&self, mut at: usize, keys: &[f64], places: &mut [isize]) {
        for (key, place) in keys.iter().zip(places) {
            at += self.points[at..].iter().take_while(|point| **point <= *key).count();
            *place = at as isize;
        }
    }

    /// The function at keys of known places. False if a value is NaN: see [`Line::mend`].
    fn fill(&self, keys: &[f64], places: &[isize], values: &mut [f64]) -> bool {
        let [first, .., last] = *self.points else { return false };
        match &self.slopes {
            Some(slopes) => self.along(|segment| slopes[segment], keys, places, values),
            None => self.along(|segment| self.slope(segment), keys, places, values),
        }
        // All are compared, and most often found inside: no branches.
        if !keys.iter().fold(true, |inside, x| inside & (*x >= first) & (*x < last)) {
            let end = self.values[self.values.len() - 1];
            for (x, value) in keys.iter().zip(&mut *values) {
                let inside = if *x == last { end } else { *value };
                let found = if *x < first { self.left } else { inside };
                *value = if *x > last { self.right } else { found };
            }
        }
        values.iter().fold(true, |all, value| all & !value.is_nan())
    }

    /// Values on the lines through the segments that keys lie in.
    #[inline(always)]
    fn along(&self, slope: impl Fn(usize) -> f64, keys: &[f64], places: &[isize], values: &mut [f64]) {
        let last = self.points.len() - 2;
        let (points, own) = (&self.points[..=last], &self.values[..=last]);
        for ((x, place), value) in keys.iter().zip(places).zip(values) {
            let segment = (*place as usize).wrapping_sub(1).min(last);
            let line = slope(segment) * (*x - points[segment]) + own[segment];
            // At the point itself the slope says nothing, be it infinite.
            *value = if *x == points[segment] { own[segment] } else { line };
        }
    }

    /// Values that came out as NaN, from infinite slopes or of NaN, by all the rules.
    #[cold]
    fn mend(&self, keys: &[f64], places: &[isize], values: &mut [f64], nan: Option<f64>) {
        let single = self.points.len() < 2;
        for ((x, place), value) in keys.iter().copied().zip(places).zip(values) {
            if single || value.is_nan() {
                *value = match nan {
                    Some(value) if x.is_nan() => value,
                    _ => self.at(x, (*place as usize).saturating_sub(1)),
                };
            }
        }
    }

    /// The function at `x`, where `segment` begins with the last point that is not greater.
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
