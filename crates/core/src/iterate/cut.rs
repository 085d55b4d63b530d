//! Cutting a nest of axes into chunks for several threads (`base::threads`). Where chunks begin and end depends on the
//! extents alone, so that the number of threads can't be seen in results.

use sharray_base::interrupt::Meter;
use sharray_base::layout::Dims;
use sharray_base::threads::{self, GRAIN};
use sharray_base::{DType, Result};

use super::{NONE, Nest, Pointers};

/// How a nest is cut: its inner runs in pieces, or several inner runs together.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    /// Inner runs in all.
    outer: usize,
    /// Inner runs in a chunk.
    rows: usize,
    /// Chunks of an inner run (1 when chunks hold several runs).
    pieces: usize,
    /// Elements of a piece.
    piece: isize,
}

impl Cut {
    /// Into chunks of about `grain` elements.
    pub fn new(nest: &Nest, grain: usize) -> Cut {
        let extents = nest.axes.extents();
        let inner = extents.first().map_or(1, |n| *n as usize).max(1);
        let outer = extents.iter().skip(1).map(|n| *n as usize).product();
        if inner >= 2 * grain {
            let pieces = inner.div_ceil(grain);
            Cut { outer, rows: 1, pieces, piece: grain as isize }
        } else {
            Cut { outer, rows: (grain / inner).max(1), pieces: 1, piece: inner as isize }
        }
    }
    /// Into chunks of about `grain` elements, or of one inner run where that is longer.
    pub fn rows(nest: &Nest, grain: usize) -> Cut {
        let inner = nest.axes.extents().first().map_or(1, |n| *n as usize);
        Cut::new(nest, grain.max(inner))
    }
    /// Number of chunks.
    pub fn chunks(&self) -> usize {
        self.outer.div_ceil(self.rows) * self.pieces
    }
}

impl Nest {
    /// Elements visited.
    pub fn len(&self) -> usize {
        self.axes.extents().iter().map(|n| *n as usize).product()
    }
    /// True when nothing is visited.
    pub fn is_empty(&self) -> bool {
        self.axes.is_empty()
    }

    /// As [`Nest::run`], for the visits of one chunk; `visit` is told which inner run it is in.
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn run_chunk(
        &self,
        cut: &Cut,
        chunk: usize,
        mut visit: impl FnMut(usize, &[*mut u8], isize, &[isize]) -> Result<()>,
    ) -> Result<()> {
        let Some(&inner) = self.axes.extents().first() else {
            return visit(0, &self.start, 1, &NONE[..self.start.len()]);
        };
        let steps = self.axes.steps(0);
        let from = (chunk % cut.pieces) as isize * cut.piece;
        let count = cut.piece.min(inner - from);
        let first = chunk / cut.pieces * cut.rows;
        let (mut index, mut at) = self.place(first);
        at.iter_mut().zip(steps).for_each(|(p, s)| *p = p.wrapping_offset(from * s));
        for row in first..cut.outer.min(first + cut.rows) {
            visit(row, &at, count, steps)?;
            self.advance(&mut index, &mut at);
        }
        Ok(())
    }

    /// Indices and pointers of inner run number `row`.
    fn place(&self, row: usize) -> (Dims, Pointers) {
        let mut index = Dims::from_elem(0, self.axes.ndim());
        let (mut at, mut rest) = (self.start.clone(), row as isize);
        for axis in 1..self.axes.ndim() {
            let extent = self.axes.extents()[axis];
            index[axis] = rest % extent;
            rest /= extent;
            let steps = self.axes.steps(axis);
            at.iter_mut().zip(steps).for_each(|(p, s)| *p = p.wrapping_offset(index[axis] * s));
        }
        (index, at)
    }

    /// To the next inner run.
    fn advance(&self, index: &mut Dims, at: &mut Pointers) {
        for axis in 1..self.axes.ndim() {
            let (steps, extent) = (self.axes.steps(axis), self.axes.extents()[axis]);
            index[axis] += 1;
            if index[axis] < extent {
                at.iter_mut().zip(steps).for_each(|(p, s)| *p = p.wrapping_offset(*s));
                return;
            }
            index[axis] = 0;
            at.iter_mut().zip(steps).for_each(|(p, s)| *p = p.wrapping_offset(-(s * (extent - 1))));
        }
    }

    /// As [`Nest::run`], on several threads when there is enough to do and `apart` allows it; the order of visits is not
    /// defined, and long inner runs come in pieces. Each thread has state of its own.
    ///
    /// # Errors
    /// The first error of `visit` or `state`.
    pub fn spread<S>(
        &self,
        apart: bool,
        state: impl Fn() -> Result<S> + Sync,
        visit: impl Fn(&mut S, &[*mut u8], isize, &[isize]) -> Result<()> + Sync,
    ) -> Result<()> {
        if self.is_empty() {
            return Ok(());
        }
        if !apart || self.len() < 2 * GRAIN {
            let mut state = state()?;
            return self.run(|at, n, steps| visit(&mut state, at, n, steps));
        }
        let cut = Cut::new(self, GRAIN);
        threads::run_with(cut.chunks(), state, |state, chunk| {
            self.run_chunk(&cut, chunk, |_, at, n, steps| visit(state, at, n, steps))
        })
    }
}

/// A part of a nest: some places along one axis, all along the others.
pub struct Region<'a> {
    nest: &'a Nest,
    start: Pointers,
    axis: usize,
    count: isize,
}

impl Nest {
    /// All of it.
    pub fn whole(&self) -> Region<'_> {
        let count = self.axes.extents().first().copied().unwrap_or(1);
        Region { nest: self, start: self.start.clone(), axis: 0, count }
    }
    /// Places `from .. from + count` along `axis`.
    pub fn region(&self, axis: usize, from: isize, count: isize) -> Region<'_> {
        let steps = self.axes.steps(axis);
        let start = self.start.iter().zip(steps).map(|(p, s)| p.wrapping_offset(from * s)).collect();
        Region { nest: self, start, axis, count }
    }
}

impl Region<'_> {
    fn extent(&self, axis: usize) -> isize {
        if axis == self.axis { self.count } else { self.nest.axes.extents()[axis] }
    }
    /// Calls `visit(pointers, index, count, steps)` for each inner run; `index` is that along each axis, counted from
    /// the region's start (that of the innermost is 0).
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn run(
        &self,
        mut visit: impl FnMut(&[*mut u8], &[isize], isize, &[isize]) -> Result<()>,
    ) -> Result<()> {
        let axes = &self.nest.axes;
        if axes.is_empty() || self.count == 0 {
            return Ok(());
        }
        if axes.ndim() == 0 {
            return visit(&self.start, &[], 1, &NONE[..self.start.len()]);
        }
        let (mut at, mut index) = (self.start.clone(), Dims::from_elem(0, axes.ndim()));
        let mut meter = Meter::default();
        loop {
            visit(&at, &index, self.extent(0), axes.steps(0))?;
            meter.add(self.extent(0) as usize)?;
            let mut axis = 1;
            loop {
                if axis >= axes.ndim() {
                    return Ok(());
                }
                let (steps, extent) = (axes.steps(axis), self.extent(axis));
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

/// True when operands of these dtypes may be worked on by several threads: none holds Python objects.
pub fn apart<'a>(mut dtypes: impl Iterator<Item = &'a DType>) -> bool {
    !dtypes.any(DType::holds_objects)
}

#[cfg(test)]
mod tests {
    use super::super::{Freedom, Source};
    use super::*;

    #[test]
    fn chunks_visit_each_element_once() {
        for (shape, strides) in [
            (&[][..], &[][..]),
            (&[1000][..], &[8isize][..]),
            (&[7, 11, 3], &[800, 48, 8]),
            (&[3, 500], &[8, 24]),
            (&[3, 500], &[8000, 16]),
            (&[40, 1, 2], &[-64, 5, 16]),
        ] {
            let nest =
                Nest::new(shape, &[Source { data: 8 as *mut u8, shape, strides }], Freedom::Any).unwrap();
            let mut expected = Vec::new();
            nest.run(|at, n, steps| {
                expected.extend((0..n).map(|i| at[0] as isize + i * steps[0]));
                Ok(())
            })
            .unwrap();
            for grain in [1, 10, 64, 400, 1 << 20] {
                let cut = Cut::new(&nest, grain);
                let mut seen = Vec::new();
                for chunk in 0..cut.chunks() {
                    let before = seen.len();
                    nest.run_chunk(&cut, chunk, |_, at, n, steps| {
                        seen.extend((0..n).map(|i| at[0] as isize + i * steps[0]));
                        Ok(())
                    })
                    .unwrap();
                    assert!(seen.len() > before, "chunk {chunk} of {shape:?} by {grain} is empty");
                }
                assert_eq!(seen, expected, "{shape:?} by {grain}");
            }
        }
    }
}
