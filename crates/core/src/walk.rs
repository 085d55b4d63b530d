//! Walking several operands of one shape together in C order, one innermost run at a time. The order is part of the
//! contract (masks, flat indices); the ufunc machinery has its own iterator that may choose the order.

use sharray_base::interrupt::{Meter, in_pieces};
use sharray_base::{Result, threads};
use smallvec::SmallVec;

use crate::iterate::cut::Cut;
use crate::iterate::{Freedom, Nest, Source};

/// What a walk does with a run: a pointer and a byte step per operand, and the number of elements.
pub type Act<'a> = dyn FnMut(&[*mut u8], &[isize], usize) -> Result<()> + 'a;

/// Calls `act` with every innermost run of `shape`, in C order. Axes that can be walked in one step by all operands are
/// merged first, so that dense operands give a single run (very long ones come in pieces: the walk can be interrupted).
/// Pointers are only computed here, never used.
pub fn walk(shape: &[isize], operands: &[(*mut u8, &[isize])], act: &mut Act<'_>) -> Result<()> {
    let mut meter = Meter::default();
    walk_whole(shape, operands, &mut |pointers, steps, n| {
        meter.add(n + VISIT)?;
        in_pieces(n, |start, count| {
            if start == 0 {
                return act(pointers, steps, count);
            }
            let moved = |(p, s): (&*mut u8, &isize)| p.wrapping_offset(start as isize * s);
            let here: SmallVec<[*mut u8; 4]> = pointers.iter().zip(steps).map(moved).collect();
            act(&here, steps, count)
        })
    })
}

/// What a run costs besides its elements, in elements.
const VISIT: usize = 16;

/// As [`walk`], for quick work: runs come whole, and nothing interrupts it, so that it ends with no other error than
/// those of `act`.
pub fn walk_whole(shape: &[isize], operands: &[(*mut u8, &[isize])], act: &mut Act<'_>) -> Result<()> {
    if shape.contains(&0) {
        return Ok(());
    }
    let axes = Axes::merged(shape, operands);
    let mut pointers: SmallVec<[*mut u8; 4]> = operands.iter().map(|operand| operand.0).collect();
    let outer = axes.extents.len().saturating_sub(1);
    let zeros: SmallVec<[isize; 4]> = SmallVec::from_elem(0, operands.len());
    let (inner, inner_steps) = match axes.extents.last() {
        Some(&extent) => (extent as usize, axes.steps(outer)),
        None => (1, zeros.as_slice()),
    };
    let mut counter: SmallVec<[isize; 6]> = SmallVec::from_elem(0, outer);
    loop {
        act(&pointers, inner_steps, inner)?;
        let mut axis = outer;
        loop {
            if axis == 0 {
                return Ok(());
            }
            axis -= 1;
            counter[axis] += 1;
            let rewind = if counter[axis] < axes.extents[axis] { 1 } else { 1 - axes.extents[axis] };
            for (pointer, step) in pointers.iter_mut().zip(axes.steps(axis)) {
                *pointer = pointer.wrapping_offset(rewind * step);
            }
            if rewind == 1 {
                break;
            }
            counter[axis] = 0;
        }
    }
}

/// Calls `act` with the first addresses of every lane along `axis`, in C order of the other axes.
pub(crate) fn each_lane(
    shape: &[isize],
    axis: usize,
    operands: &[(*mut u8, &[isize])],
    act: &mut dyn FnMut(&[*mut u8]) -> Result<()>,
) -> Result<()> {
    let without = |dims: &[isize]| {
        let (before, after) = dims.split_at(axis);
        before.iter().chain(&after[1..]).copied().collect::<SmallVec<[isize; 6]>>()
    };
    let strides: SmallVec<[SmallVec<[isize; 6]>; 4]> = operands.iter().map(|op| without(op.1)).collect();
    let others: SmallVec<[(*mut u8, &[isize]); 4]> =
        operands.iter().zip(&strides).map(|(op, strides)| (op.0, strides.as_slice())).collect();
    walk(&without(shape), &others, &mut |pointers, steps, n| {
        let mut lane: SmallVec<[*mut u8; 4]> = SmallVec::from_slice(pointers);
        for _ in 0..n {
            act(&lane)?;
            lane.iter_mut().zip(steps).for_each(|(p, step)| *p = p.wrapping_offset(*step));
        }
        Ok(())
    })
}

/// Elements of all lanes in a chunk: lanes are sorted or searched, which costs more per element than arithmetic.
const LANES: usize = 4096;

/// As [`each_lane`], over several threads if `apart` allows it, each with state of its own, in no defined order.
pub(crate) fn spread_lanes<S>(
    shape: &[isize],
    axis: usize,
    operands: &[(*mut u8, &[isize])],
    apart: bool,
    state: impl Fn() -> Result<S> + Sync,
    act: impl Fn(&mut S, &[*mut u8]) -> Result<()> + Sync,
) -> Result<()> {
    if !apart {
        let mut state = state()?;
        return each_lane(shape, axis, operands, &mut |lane| act(&mut state, lane));
    }
    let without = |dims: &[isize]| {
        let (before, after) = dims.split_at(axis);
        before.iter().chain(&after[1..]).copied().collect::<SmallVec<[isize; 6]>>()
    };
    let others = without(shape);
    let strides: SmallVec<[SmallVec<[isize; 6]>; 4]> = operands.iter().map(|op| without(op.1)).collect();
    let source = |(op, strides): (&(*mut u8, _), _)| Source { data: op.0, shape: &others, strides };
    let sources: SmallVec<[Source<'_>; 4]> =
        operands.iter().zip(strides.iter().map(|s| s.as_slice())).map(source).collect();
    let nest = Nest::new(&others, &sources, Freedom::Fixed)?;
    if nest.is_empty() {
        return Ok(());
    }
    let cut = Cut::new(&nest, (LANES / shape[axis].max(1) as usize).max(1));
    threads::run_with(cut.chunks(), state, |state, chunk| {
        nest.run_chunk(&cut, chunk, |_, at, n, steps| {
            let mut lane: SmallVec<[*mut u8; 4]> = SmallVec::from_slice(at);
            for _ in 0..n {
                act(state, &lane)?;
                lane.iter_mut().zip(steps).for_each(|(p, step)| *p = p.wrapping_offset(*step));
            }
            Ok(())
        })
    })
}

/// Extents of the merged axes and, axis by axis, the step of each operand.
struct Axes {
    extents: SmallVec<[isize; 6]>,
    steps: SmallVec<[isize; 24]>,
    operands: usize,
}

impl Axes {
    fn merged(shape: &[isize], operands: &[(*mut u8, &[isize])]) -> Axes {
        let count = operands.len();
        let mut axes = Axes { extents: SmallVec::new(), steps: SmallVec::new(), operands: count };
        for (axis, &extent) in shape.iter().enumerate().filter(|(_, n)| **n != 1) {
            let start = axes.steps.len().wrapping_sub(count);
            let joins = !axes.extents.is_empty()
                && operands
                    .iter()
                    .enumerate()
                    .all(|(o, op)| axes.steps[start + o] == op.1[axis].wrapping_mul(extent));
            if joins {
                *axes.extents.last_mut().expect("there is a last axis") *= extent;
                axes.steps.truncate(start);
            } else {
                axes.extents.push(extent);
            }
            axes.steps.extend(operands.iter().map(|op| op.1[axis]));
        }
        axes
    }
    fn steps(&self, axis: usize) -> &[isize] {
        &self.steps[axis * self.operands..][..self.operands]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(shape: &[isize], strides: &[isize]) -> Vec<(usize, isize, usize)> {
        let mut seen = Vec::new();
        walk(shape, &[(std::ptr::null_mut(), strides)], &mut |p, s, n| {
            seen.push((p[0] as usize, s[0], n));
            Ok(())
        })
        .unwrap();
        seen
    }

    #[test]
    fn order_and_merging() {
        assert_eq!(runs(&[], &[]), [(0, 0, 1)]);
        assert_eq!(runs(&[2, 3], &[24, 8]), [(0, 8, 6)]);
        assert_eq!(runs(&[2, 1, 3], &[24, 99, 8]), [(0, 8, 6)]);
        assert_eq!(runs(&[2, 3], &[8, 16]), [(0, 16, 3), (8, 16, 3)]);
        assert_eq!(runs(&[2, 2, 2], &[1, 100, 10]), [(0, 10, 2), (100, 10, 2), (1, 10, 2), (101, 10, 2)]);
        assert_eq!(runs(&[2, 0], &[1, 1]), []);
    }
}
