//! Axes of several operands that are iterated together: put in memory order, turned to run forward, and merged, so that
//! what remains is as few and as long loops as possible.

use smallvec::SmallVec;

use super::Dims;

/// The axes, innermost first, each with one step per operand. Steps of one axis lie side by side, as inner loops take
/// them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axes {
    operands: usize,
    extents: Dims,
    steps: SmallVec<[isize; 24]>,
    origin: SmallVec<[u8; 8]>,
}

impl Axes {
    /// Axes of iterating over `shape` (C order) where each operand, given by shape and strides, is broadcast to it. Axes
    /// of extent 1 have step 0.
    ///
    /// Returns `None` when an operand does not broadcast to `shape`.
    pub fn broadcast<'a>(
        shape: &[isize],
        operands: impl ExactSizeIterator<Item = (&'a [isize], &'a [isize])>,
    ) -> Option<Axes> {
        let (count, ndim) = (operands.len(), shape.len());
        let mut axes = Axes {
            operands: count,
            extents: shape.iter().rev().copied().collect(),
            steps: SmallVec::from_elem(0, count * ndim),
            origin: (0..ndim as u8).rev().collect(),
        };
        for (operand, (own, strides)) in operands.enumerate() {
            if own.len() > ndim {
                return None;
            }
            for (axis, (&extent, &stride)) in own.iter().zip(strides).rev().enumerate() {
                if extent == axes.extents[axis] {
                    axes.steps[axis * count + operand] = if extent == 1 { 0 } else { stride };
                } else if extent != 1 {
                    return None;
                }
            }
        }
        Some(axes)
    }

    /// Number of axes left.
    pub fn ndim(&self) -> usize {
        self.extents.len()
    }
    /// Number of operands.
    pub fn operands(&self) -> usize {
        self.operands
    }
    /// Extents, innermost first.
    pub fn extents(&self) -> &[isize] {
        &self.extents
    }
    /// Steps of one axis, one per operand.
    pub fn steps(&self, axis: usize) -> &[isize] {
        &self.steps[axis * self.operands..][..self.operands]
    }
    /// For each axis, which axis of the shape (C order) it was; of merged ones, the innermost.
    pub fn origin(&self) -> &[u8] {
        &self.origin
    }
    /// True when there is nothing to visit.
    pub fn is_empty(&self) -> bool {
        self.extents.contains(&0)
    }

    /// Sorts the axes so that the smallest steps are innermost. Where operands disagree, or have no step on one of two
    /// axes, C order stands.
    pub fn sort(&mut self) {
        for axis in 1..self.ndim() {
            let mut place = axis;
            for inner in (0..axis).rev() {
                match self.wants_inside(axis, inner) {
                    Some(true) => place = inner,
                    Some(false) => break,
                    None => {}
                }
            }
            self.extents[place..=axis].rotate_right(1);
            self.origin[place..=axis].rotate_right(1);
            self.steps[place * self.operands..(axis + 1) * self.operands].rotate_right(self.operands);
        }
    }

    /// Whether `outer` belongs inside `inner`; `None` when no operand steps along both.
    fn wants_inside(&self, outer: usize, inner: usize) -> Option<bool> {
        let mut answer = None;
        for (a, b) in self.steps(outer).iter().zip(self.steps(inner)) {
            if *a == 0 || *b == 0 {
                continue;
            }
            if a.unsigned_abs() >= b.unsigned_abs() {
                return Some(false);
            }
            answer = Some(true);
        }
        answer
    }

    /// Reverses each axis along which no operand steps forward and some step backward; returns the byte offset each
    /// operand's start moves by. The order of visits changes, what is visited together doesn't.
    pub fn flip(&mut self) -> SmallVec<[isize; 4]> {
        let mut offsets = SmallVec::from_elem(0, self.operands);
        for axis in 0..self.ndim() {
            let steps = &mut self.steps[axis * self.operands..][..self.operands];
            if steps.iter().any(|s| *s > 0) || steps.iter().all(|s| *s == 0) {
                continue;
            }
            for (offset, step) in offsets.iter_mut().zip(steps) {
                *offset += *step * (self.extents[axis] - 1);
                *step = -*step;
            }
        }
        offsets
    }

    /// Drops axes of extent 1 and merges neighbours that every operand steps through evenly.
    pub fn coalesce(&mut self) {
        let count = self.operands;
        let mut kept = 0;
        for axis in 0..self.ndim() {
            let extent = self.extents[axis];
            if extent == 1 {
                continue;
            }
            let even = |last: usize| {
                (0..count).all(|op| {
                    self.steps[axis * count + op]
                        == self.steps[last * count + op].wrapping_mul(self.extents[last])
                })
            };
            if kept > 0 && even(kept - 1) {
                self.extents[kept - 1] *= extent;
                continue;
            }
            self.extents[kept] = extent;
            self.origin[kept] = self.origin[axis];
            self.steps.copy_within(axis * count..(axis + 1) * count, kept * count);
            kept += 1;
        }
        self.extents.truncate(kept);
        self.origin.truncate(kept);
        self.steps.truncate(kept * count);
    }

    /// Takes an axis out: its extent, steps (one per operand) and which axis of the shape it was.
    pub fn remove(&mut self, axis: usize) -> (isize, SmallVec<[isize; 4]>, u8) {
        let steps = SmallVec::from_slice(self.steps(axis));
        self.steps.drain(axis * self.operands..(axis + 1) * self.operands);
        (self.extents.remove(axis), steps, self.origin.remove(axis))
    }

    /// Makes the given axis the innermost.
    pub fn to_front(&mut self, axis: usize) {
        self.extents[..=axis].rotate_right(1);
        self.origin[..=axis].rotate_right(1);
        self.steps[..(axis + 1) * self.operands].rotate_right(self.operands);
    }

    /// Strides, in the order of the shape, of dense memory whose axes lie in this order.
    pub fn dense_strides(&self, itemsize: usize) -> Dims {
        let mut strides = Dims::from_elem(0, self.ndim());
        let mut step = itemsize as isize;
        for (&extent, &origin) in self.extents.iter().zip(&self.origin) {
            strides[origin as usize] = step;
            step *= extent.max(1);
        }
        strides
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_ordered_and_merged() {
        // shape, strides of each operand (full rank) → extents and steps left, innermost first
        let check = |shape: &[isize], strides: &[&[isize]], extents: &[isize], steps: &[&[isize]]| {
            let mut axes = Axes::broadcast(shape, strides.iter().map(|s| (shape, *s))).unwrap();
            axes.flip();
            axes.sort();
            axes.coalesce();
            assert_eq!(axes.extents(), extents);
            (0..axes.ndim()).for_each(|axis| assert_eq!(axes.steps(axis), steps[axis]));
        };
        check(&[2, 3], &[&[24, 8], &[24, 8]], &[6], &[&[8, 8]]);
        check(&[2, 3], &[&[8, 16], &[8, 16]], &[6], &[&[8, 8]]);
        check(&[2, 3], &[&[24, 8], &[8, 16]], &[3, 2], &[&[8, 16], &[24, 8]]);
        check(&[2, 3], &[&[-24, -8]], &[6], &[&[8]]);
        check(&[2, 1, 3], &[&[24, 5, 8]], &[6], &[&[8]]);
        check(&[4, 5], &[&[8, 0], &[40, 8]], &[5, 4], &[&[0, 8], &[8, 40]]);
        check(&[1, 1], &[&[8, 8]], &[], &[]);
        check(&[], &[&[]], &[], &[]);
    }

    #[test]
    fn broadcast_operands_and_new_memory() {
        let axes = Axes::broadcast(&[2, 3], [(&[3isize][..], &[8isize][..]), (&[2, 1], &[8, 8])].into_iter())
            .unwrap();
        assert_eq!((axes.steps(0), axes.steps(1)), (&[8, 0][..], &[0, 8][..]));
        assert!(Axes::broadcast(&[2, 3], [(&[2isize][..], &[8isize][..])].into_iter()).is_none());
        let mut f_order =
            Axes::broadcast(&[3, 1, 2], [(&[3isize, 1, 2][..], &[8isize, 24, 24][..])].into_iter()).unwrap();
        f_order.sort();
        assert_eq!(f_order.dense_strides(8).as_slice(), [8, 48, 24]);
    }
}
