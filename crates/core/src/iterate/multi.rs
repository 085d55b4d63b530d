//! [`MultiWalk`]: several operands stepped through together, one position at a time, by whoever holds the walk. It can
//! be asked where it is, sent elsewhere, copied and narrowed, which [`super::Nest`], made to run through at once, can't.
//!
//! Pure arithmetic: an operand is a *track*, whose place is a byte offset from an origin that the walk does not know. A
//! flat index is a track too, with strides that count elements instead of bytes; so axes merge only where the index
//! allows it, and it comes for free.

use sharray_base::layout::{Order, c_strides, f_strides};

/// One axis of a walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// How many places it has.
    pub extent: isize,
    /// The step of each track.
    pub steps: Vec<isize>,
    /// The axis of the shape it stands for (of merged ones, the innermost).
    pub original: usize,
    /// True when it is walked from its end.
    pub reversed: bool,
}

/// A walk over a shape.
#[derive(Debug, Clone)]
pub struct MultiWalk {
    /// From the outermost to the innermost.
    axes: Vec<Axis>,
    /// Where each track begins.
    start: Vec<isize>,
    counter: Vec<isize>,
    position: isize,
    size: isize,
}

impl MultiWalk {
    /// A walk in C order over `shape`, whose product must fit; `strides` has one stride per axis for each track (0 where a
    /// track is stretched).
    pub fn new(shape: &[isize], strides: &[Vec<isize>]) -> MultiWalk {
        let axis = |original: usize| Axis {
            extent: shape[original],
            steps: strides.iter().map(|s| s[original]).collect(),
            original,
            reversed: false,
        };
        MultiWalk {
            axes: (0..shape.len()).map(axis).collect(),
            start: vec![0; strides.len()],
            counter: vec![0; shape.len()],
            position: 0,
            size: shape.iter().product(),
        }
    }

    /// The strides of a flat index over `shape`, as a track takes them.
    pub fn index_strides(shape: &[isize], fortran: bool) -> Vec<isize> {
        if fortran { f_strides(shape, 1).to_vec() } else { c_strides(shape, 1).to_vec() }
    }

    /// Puts the axes in order, as the first `tracks` of them (the operands, without an index) want it: `Keep` sorts by falling
    /// strides and, if `flips`, turns axes that all walk backwards; the others are as given.
    pub fn arrange(&mut self, order: Order, tracks: usize, flips: bool) {
        match order {
            Order::F => self.axes.reverse(),
            Order::Keep => {
                if flips {
                    self.flip(tracks);
                }
                self.sort(tracks);
            }
            Order::C | Order::Any => {}
        }
    }

    fn flip(&mut self, tracks: usize) {
        for axis in &mut self.axes {
            let steps = &axis.steps[..tracks];
            if axis.extent == 0 || steps.iter().any(|s| *s > 0) || steps.iter().all(|s| *s == 0) {
                continue;
            }
            axis.reversed = true;
            for (start, step) in self.start.iter_mut().zip(&mut axis.steps) {
                *start += *step * (axis.extent - 1);
                *step = -*step;
            }
        }
    }

    /// A stable insertion sort. Which axis belongs outside is only a partial order: as in ufuncs, axes are taken from the
    /// inside out, and each goes as far in as it wants to.
    fn sort(&mut self, tracks: usize) {
        for at in (0..self.axes.len().saturating_sub(1)).rev() {
            let mut place = at;
            for inner in at + 1..self.axes.len() {
                match belongs_outside(&self.axes[inner].steps[..tracks], &self.axes[at].steps[..tracks]) {
                    Some(true) => place = inner,
                    Some(false) => break,
                    None => {}
                }
            }
            self.axes[at..=place].rotate_left(1);
        }
    }

    /// Gives a track other strides (one per axis of the shape): for an operand that is made once the order is known.
    pub fn set_track(&mut self, track: usize, strides: &[isize]) {
        self.start[track] = 0;
        for axis in &mut self.axes {
            let stride = strides[axis.original];
            if axis.reversed {
                self.start[track] += stride * (axis.extent - 1).max(0);
            }
            axis.steps[track] = if axis.reversed { -stride } else { stride };
        }
    }

    /// Drops axes of extent 1 and merges neighbours that every track steps through evenly. The walk begins anew.
    pub fn coalesce(&mut self) {
        let mut joined: Vec<Axis> = Vec::with_capacity(self.axes.len());
        let only = self.axes.len() == 1;
        for axis in self.axes.drain(..) {
            if axis.extent == 1 && !only {
                continue;
            }
            match joined.last_mut() {
                Some(outer)
                    if axis
                        .steps
                        .iter()
                        .zip(&outer.steps)
                        .all(|(s, o)| s.wrapping_mul(axis.extent) == *o) =>
                {
                    *outer = Axis { extent: outer.extent * axis.extent, ..axis };
                }
                _ => joined.push(axis),
            }
        }
        if joined.is_empty() && !self.start.is_empty() && !only && !self.counter.is_empty() {
            // All axes had extent 1: one of them stays.
            let steps = vec![0; self.start.len()];
            joined.push(Axis { extent: self.size, steps, original: 0, reversed: false });
        }
        self.axes = joined;
        self.counter = vec![0; self.axes.len()];
        self.position = 0;
    }

    /// Leaves an axis of the shape out: the walk keeps to its first place. The walk begins anew.
    pub fn remove_axis(&mut self, original: usize) {
        for axis in self.axes.iter().filter(|a| a.original == original && a.reversed) {
            for (start, step) in self.start.iter_mut().zip(&axis.steps) {
                *start += *step * (axis.extent - 1);
            }
        }
        self.axes.retain(|a| a.original != original);
        self.axes.iter_mut().filter(|a| a.original > original).for_each(|a| a.original -= 1);
        self.size = self.axes.iter().map(|a| a.extent).product();
        self.counter = vec![0; self.axes.len()];
        self.position = 0;
    }

    /// The axes, outermost first.
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }
    /// How many positions there are.
    pub fn size(&self) -> isize {
        self.size
    }
    /// The current position, from 0 to the size (past the end).
    pub fn position(&self) -> isize {
        self.position
    }
    /// The offset of a track's first place.
    pub fn start(&self, track: usize) -> isize {
        self.start[track]
    }
    /// The place of a track.
    pub fn offset(&self, track: usize) -> isize {
        let moved = self.axes.iter().zip(&self.counter).map(|(axis, count)| axis.steps[track] * count);
        self.start[track] + moved.sum::<isize>()
    }
    /// A track's step along the innermost axis.
    pub fn inner_step(&self, track: usize) -> isize {
        self.axes.last().map_or(0, |axis| axis.steps[track])
    }
    /// Positions up to the end of the innermost axis.
    pub fn inner_left(&self) -> isize {
        let Some(axis) = self.axes.last() else { return self.size - self.position };
        axis.extent - self.counter.last().copied().unwrap_or(0)
    }

    /// Goes to a position.
    pub fn go_to(&mut self, position: isize) {
        self.position = position;
        let mut rest = position;
        for (axis, count) in self.axes.iter().zip(&mut self.counter).rev() {
            let extent = axis.extent.max(1);
            *count = rest % extent;
            rest /= extent;
        }
    }

    /// Goes `steps` positions on.
    pub fn advance(&mut self, steps: isize) {
        match (self.axes.last(), self.counter.last_mut()) {
            (Some(axis), Some(count)) if *count + steps < axis.extent => {
                *count += steps;
                self.position += steps;
            }
            _ => self.go_to(self.position + steps),
        }
    }

    /// Where the walk is along each axis of the shape; for walks whose axes were not merged.
    pub fn coordinates(&self) -> Vec<isize> {
        let mut coordinates = vec![0; self.axes.len()];
        for (axis, count) in self.axes.iter().zip(&self.counter) {
            coordinates[axis.original] = if axis.reversed { axis.extent - 1 - count } else { *count };
        }
        coordinates
    }

    /// The shape; for walks whose axes were not merged.
    pub fn shape(&self) -> Vec<isize> {
        let mut shape = vec![1; self.axes.len()];
        self.axes.iter().for_each(|axis| shape[axis.original] = axis.extent);
        shape
    }

    /// The position of coordinates within the shape.
    pub fn position_at(&self, coordinates: &[isize]) -> isize {
        self.axes.iter().fold(0, |position, axis| {
            let at = coordinates[axis.original];
            position * axis.extent + if axis.reversed { axis.extent - 1 - at } else { at }
        })
    }

    /// The position at which an index track has the value `index`, which lies within the size.
    pub fn position_of_index(&self, track: usize, index: isize) -> isize {
        let mut falling: Vec<usize> = (0..self.axes.len()).collect();
        falling.sort_by_key(|&i| std::cmp::Reverse(self.axes[i].steps[track].unsigned_abs()));
        let (mut rest, mut at) = (index, vec![0; self.axes.len()]);
        for i in falling {
            let axis = &self.axes[i];
            let step = axis.steps[track].abs();
            if axis.extent > 1 && step > 0 {
                let place = rest / step;
                rest %= step;
                at[i] = if axis.steps[track] < 0 { axis.extent - 1 - place } else { place };
            }
        }
        self.axes.iter().zip(at).fold(0, |position, (axis, at)| position * axis.extent + at)
    }

    /// Dense strides for an operand that has the axes of the shape that `axes` maps to its own (as `op_axes`: entry `i` is
    /// the operand's axis at axis `i` of the shape, or -1), laid out in the order of the walk.
    pub fn dense_strides(&self, axes: &[isize], own: &[isize], itemsize: usize) -> Vec<isize> {
        let mut strides = vec![0; own.len()];
        let mut step = itemsize as isize;
        for axis in self.axes.iter().rev() {
            if let Ok(place) = usize::try_from(axes[axis.original]) {
                strides[place] = step;
                step *= own[place];
            }
        }
        strides
    }

    /// How many positions from the innermost axes on may be taken together for the tracks in `reduced`: along these axes
    /// each of them either always stays where it is, or never does.
    pub fn uniform(&self, reduced: &[usize]) -> isize {
        let stays = |axis: &Axis| reduced.iter().map(|&track| axis.steps[track] == 0).collect::<Vec<_>>();
        let mut wide = self.axes.iter().rev().filter(|axis| axis.extent != 1);
        let Some(inner) = wide.next() else { return self.size.max(1) };
        let (first, mut count) = (stays(inner), inner.extent);
        for axis in wide {
            if stays(axis) != first {
                break;
            }
            count *= axis.extent;
        }
        count
    }

    /// Calls `act(offset, step, count)` for each stretch of the next `count` positions along the innermost axis.
    ///
    /// # Errors
    /// The first of `act`.
    pub fn stretches<E>(
        &self,
        track: usize,
        count: isize,
        mut act: impl FnMut(isize, isize, isize) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut walk = self.clone();
        let mut left = count;
        while left > 0 {
            let run = walk.inner_left().clamp(1, left);
            act(walk.offset(track), walk.inner_step(track), run)?;
            walk.advance(run);
            left -= run;
        }
        Ok(())
    }
}

/// True when `own` has the larger steps: no track disagrees, one agrees; `None` when no track steps along both.
fn belongs_outside(own: &[isize], other: &[isize]) -> Option<bool> {
    let mut answer = None;
    for (a, b) in own.iter().zip(other) {
        if *a == 0 || *b == 0 {
            continue;
        }
        if a.unsigned_abs() <= b.unsigned_abs() {
            return Some(false);
        }
        answer = Some(true);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offsets(walk: &MultiWalk, track: usize) -> Vec<isize> {
        let mut walk = walk.clone();
        (0..walk.size())
            .map(|position| {
                walk.go_to(position);
                walk.offset(track)
            })
            .collect()
    }

    #[test]
    fn orders() {
        let transposed = || MultiWalk::new(&[2, 3], &[vec![1, 2]]);
        assert_eq!(offsets(&transposed(), 0), [0, 2, 4, 1, 3, 5]);
        let mut walk = transposed();
        walk.arrange(Order::Keep, 1, true);
        walk.coalesce();
        assert_eq!((offsets(&walk, 0), walk.axes().len()), (vec![0, 1, 2, 3, 4, 5], 1));
        let mut walk = transposed();
        walk.arrange(Order::F, 1, true);
        assert_eq!(offsets(&walk, 0), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn backwards_axes_are_turned_and_indices_follow() {
        let index = MultiWalk::index_strides(&[2, 3], false);
        let mut walk = MultiWalk::new(&[2, 3], &[vec![-3, -1], index]);
        walk.arrange(Order::Keep, 1, true);
        walk.coalesce();
        assert_eq!(walk.axes().len(), 1);
        assert_eq!(offsets(&walk, 0), [-5, -4, -3, -2, -1, 0]);
        assert_eq!(offsets(&walk, 1), [5, 4, 3, 2, 1, 0]);
        for index in 0..6 {
            assert_eq!(walk.position_of_index(1, index), 5 - index);
        }
    }

    #[test]
    fn an_index_against_the_order_keeps_axes_apart() {
        let index = MultiWalk::index_strides(&[2, 3], true);
        let mut walk = MultiWalk::new(&[2, 3], &[vec![3, 1], index]);
        walk.arrange(Order::Keep, 1, true);
        walk.coalesce();
        assert_eq!(walk.axes().len(), 2);
        assert_eq!(offsets(&walk, 1), [0, 2, 4, 1, 3, 5]);
        assert_eq!((0..6).map(|i| walk.position_of_index(1, i)).collect::<Vec<_>>(), [0, 3, 1, 4, 2, 5]);
    }

    #[test]
    fn coordinates_both_ways_and_removal() {
        let mut walk = MultiWalk::new(&[2, 3, 4], &[vec![-12, 4, 1]]);
        walk.arrange(Order::Keep, 1, true);
        for position in 0..24 {
            walk.go_to(position);
            assert_eq!(walk.position_at(&walk.coordinates()), position);
        }
        walk.remove_axis(0);
        assert_eq!((walk.shape(), walk.offset(0), walk.size()), (vec![3, 4], 0, 12));
    }

    #[test]
    fn stretches_and_reductions() {
        let walk = MultiWalk::new(&[2, 2, 3], &[vec![60, 20, 4], vec![8, 0, 0]]);
        let mut seen = Vec::new();
        let _: Result<(), ()> = walk.stretches(0, 7, |offset, step, count| {
            seen.push((offset, step, count));
            Ok(())
        });
        assert_eq!(seen, [(0, 4, 3), (20, 4, 3), (60, 4, 1)]);
        assert_eq!((walk.uniform(&[1]), walk.uniform(&[]), walk.uniform(&[0])), (6, 12, 12));
    }

    #[test]
    fn strides_for_new_operands() {
        let mut walk = MultiWalk::new(&[3, 2, 4], &[vec![2, 6, 0]]);
        walk.arrange(Order::Keep, 1, true);
        assert_eq!(walk.dense_strides(&[0, 1, 2], &[3, 2, 4], 2), [8, 24, 2]);
        assert_eq!(walk.dense_strides(&[-1, 0, 1], &[2, 4], 2), [8, 2]);
    }
}
