//! Iteration over several operands at once: strided inner runs, the outer axes as an odometer.
//!
//! [`Nest`] joins [`Axes`] (sorted and merged in `base`) with the operands' pointers. [`scratch`] is the memory that
//! buffered operation works through, [`BUFFER`] elements at a time, where an operand must be cast, byte-swapped or
//! aligned.

pub mod buffered;
pub mod multi;
pub mod scratch;

use sharray_base::interrupt::{Meter, in_pieces};
use sharray_base::layout::Dims;
use sharray_base::layout::coalesce::Axes;
use sharray_base::{Error, Result};
use smallvec::SmallVec;

/// Elements that buffered operation handles at once.
pub const BUFFER: isize = 8192;

/// What a visit costs besides its elements, in elements.
const VISIT: usize = 16;

/// Steps of operands without axes.
const NONE: [isize; sharray_base::MAX_OPERANDS + 1] = [0; sharray_base::MAX_OPERANDS + 1];

/// Pointers, one per operand.
pub type Pointers = SmallVec<[*mut u8; 4]>;

/// One operand's memory, as iteration sees it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Address of the first element.
    pub data: *mut u8,
    /// Extents.
    pub shape: &'a [isize],
    /// Strides in bytes.
    pub strides: &'a [isize],
}

/// Axes, and where each operand starts.
#[derive(Debug, Clone)]
pub struct Nest {
    /// The axes, innermost first.
    pub axes: Axes,
    /// Each operand's first element.
    pub start: Pointers,
}

/// In which freedom axes may be rearranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freedom {
    /// Visit in any order: reverse, sort, merge.
    Any,
    /// Sort and merge, but let each axis run forward.
    Forward,
    /// C order; merge only.
    Fixed,
}

impl Nest {
    /// Operands broadcast to `shape`, with the axes arranged for speed.
    ///
    /// # Errors
    /// `Broadcast` when an operand does not fit.
    pub fn new(shape: &[isize], sources: &[Source<'_>], freedom: Freedom) -> Result<Nest> {
        let mut axes =
            Axes::broadcast(shape, sources.iter().map(|s| (s.shape, s.strides))).ok_or_else(|| {
                Error::Broadcast { shapes: sources.iter().map(|s| Dims::from_slice(s.shape)).collect() }
            })?;
        let mut start: Pointers = sources.iter().map(|s| s.data).collect();
        if axes.is_empty() {
            return Ok(Nest { axes, start });
        }
        if freedom == Freedom::Any {
            start.iter_mut().zip(axes.flip()).for_each(|(p, offset)| *p = p.wrapping_offset(offset));
        }
        if freedom != Freedom::Fixed {
            axes.sort();
        }
        axes.coalesce();
        Ok(Nest { axes, start })
    }

    /// Calls `visit(pointers, count, steps)` for each inner run: the innermost axis, at each place of the others. Very long
    /// runs come in pieces, so that the work can be interrupted between them.
    ///
    /// # Errors
    /// The first error of `visit`, which ends the iteration.
    pub fn run(&self, mut visit: impl FnMut(&[*mut u8], isize, &[isize]) -> Result<()>) -> Result<()> {
        if self.axes.is_empty() {
            return Ok(());
        }
        match self.axes.ndim() {
            0 => visit(&self.start, 1, &NONE[..self.start.len()]),
            1 => self.pieces(&self.start, &mut visit),
            _ => self.run_outer(1, |at| self.pieces(at, &mut visit)),
        }
    }

    fn pieces(
        &self,
        at: &[*mut u8],
        visit: &mut impl FnMut(&[*mut u8], isize, &[isize]) -> Result<()>,
    ) -> Result<()> {
        let (extent, steps) = (self.axes.extents()[0], self.axes.steps(0));
        in_pieces(extent as usize, |start, count| {
            if start == 0 {
                return visit(at, count as isize, steps);
            }
            let moved = |(p, s): (&*mut u8, &isize)| p.wrapping_offset(start as isize * s);
            let here: Pointers = at.iter().zip(steps).map(moved).collect();
            visit(&here, count as isize, steps)
        })
    }

    /// As [`Nest::run`], `visit` being told the index along each axis as well (that of the innermost is 0), and inner runs
    /// coming whole.
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn run_indexed(
        &self,
        mut visit: impl FnMut(&[*mut u8], &[isize], isize, &[isize]) -> Result<()>,
    ) -> Result<()> {
        if self.axes.is_empty() {
            return Ok(());
        }
        if self.axes.ndim() == 0 {
            return visit(&self.start, &[], 1, &NONE[..self.start.len()]);
        }
        self.odometer(1, |at, index| visit(at, index, self.axes.extents()[0], self.axes.steps(0)))
    }

    /// Calls `visit` with the pointers at each place of the axes from `first` on (the odometer without inner run).
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn run_outer(&self, first: usize, mut visit: impl FnMut(&[*mut u8]) -> Result<()>) -> Result<()> {
        if self.axes.is_empty() {
            return Ok(());
        }
        self.odometer(first, |at, _| visit(at))
    }

    /// Calls `visit` with the pointers and the index at each place of the axes from the third on: once for each plane of
    /// the inner two.
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn run_planes(&self, visit: impl FnMut(&[*mut u8], &[isize]) -> Result<()>) -> Result<()> {
        if self.axes.is_empty() {
            return Ok(());
        }
        self.odometer(2, visit)
    }

    fn odometer(
        &self,
        first: usize,
        mut visit: impl FnMut(&[*mut u8], &[isize]) -> Result<()>,
    ) -> Result<()> {
        let ndim = self.axes.ndim();
        let mut at = self.start.clone();
        let mut index = Dims::from_elem(0, ndim);
        let mut meter = Meter::default();
        let each = if first == 1 { self.axes.extents()[0] as usize } else { 0 } + VISIT;
        loop {
            visit(&at, &index)?;
            meter.add(each)?;
            let mut axis = first;
            loop {
                if axis >= ndim {
                    return Ok(());
                }
                let (steps, extent) = (self.axes.steps(axis), self.axes.extents()[axis]);
                index[axis] += 1;
                if index[axis] < extent {
                    at.iter_mut().zip(steps).for_each(|(p, s)| *p = p.wrapping_offset(*s));
                    break;
                }
                index[axis] = 0;
                at.iter_mut().zip(steps).for_each(|(p, s)| *p = p.wrapping_offset(-(s * (extent - 1))));
                axis += 1;
            }
        }
    }
}

/// Splits `0..count` into runs of at most `chunk`.
pub fn chunks(count: isize, chunk: isize) -> impl Iterator<Item = (isize, isize)> {
    (0..count).step_by(chunk.max(1) as usize).map(move |start| (start, chunk.min(count - start)))
}

/// Strides of new dense memory of `shape`, in the memory order the operands have in common.
pub fn keep_order_strides(shape: &[isize], sources: &[Source<'_>], itemsize: usize) -> Dims {
    let Some(mut axes) = Axes::broadcast(shape, sources.iter().map(|s| (s.shape, s.strides))) else {
        return sharray_base::layout::c_strides(shape, itemsize);
    };
    axes.sort();
    axes.dense_strides(itemsize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visits(shape: &[isize], strides: &[isize], freedom: Freedom) -> Vec<isize> {
        let source = Source { data: std::ptr::null_mut(), shape, strides };
        let mut seen = Vec::new();
        let nest = Nest::new(shape, &[source], freedom).unwrap();
        nest.run(|at, n, steps| {
            seen.extend((0..n).map(|i| at[0] as isize + i * steps[0]));
            Ok(())
        })
        .unwrap();
        seen
    }

    #[test]
    fn every_element_once() {
        for (shape, strides) in [
            (&[2isize, 3, 4][..], &[48isize, 16, 4][..]),
            (&[2, 3, 4], &[-48, 16, -4]),
            (&[4, 3, 2], &[4, 16, 48]),
            (&[2, 1, 3], &[7, 1000, 100]),
            (&[5], &[-3]),
            (&[], &[]),
            (&[0, 3], &[8, 8]),
        ] {
            let mut expected = vec![0];
            for (n, s) in shape.iter().zip(strides) {
                expected = expected.iter().flat_map(|b| (0..*n).map(move |i| b + i * s)).collect();
            }
            assert_eq!(visits(shape, strides, Freedom::Fixed), expected, "C order");
            expected.sort();
            for freedom in [Freedom::Any, Freedom::Forward] {
                let mut seen = visits(shape, strides, freedom);
                seen.sort();
                assert_eq!(seen, expected);
            }
        }
    }

    #[test]
    fn memory_order_where_free() {
        assert_eq!(visits(&[2, 3], &[-24, -8], Freedom::Any), (-5..=0).map(|i| i * 8).collect::<Vec<_>>());
        assert_eq!(visits(&[2, 2], &[8, 16], Freedom::Forward), [0, 8, 16, 24]);
    }
}
