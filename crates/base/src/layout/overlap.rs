//! Do two arrays share a byte? Do two elements of one array?
//!
//! Bounds answer most questions ([`Extent::bounds_overlap`]). The exact answer is a bounded linear Diophantine problem:
//! is there a solution of `Σ aᵢ·xᵢ = b` with `0 <= xᵢ <= nᵢ`, where the `aᵢ` are strides, the `xᵢ` indices of both
//! arrays and positions within an item, and `b` the distance between the arrays. It is NP-complete in general, so the
//! search, depth first over the largest strides with the rest bounded by its reach and its greatest common divisor,
//! stops at `max_work` steps. Everything is computed in `i128`: by L2 no sum of two arrays' reaches leaves it.

use smallvec::SmallVec;

use super::byte_bounds;
use crate::view::View;

/// What is known about sharing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    /// No byte in common.
    No,
    /// At least one byte in common.
    Yes,
    /// Not settled within the work allowed.
    TooHard,
}

/// Where an array's elements lie, as integers.
#[derive(Debug, Clone, Copy)]
pub struct Extent<'a> {
    /// Address of the first element.
    pub data: usize,
    /// Extents.
    pub shape: &'a [isize],
    /// Strides in bytes.
    pub strides: &'a [isize],
    /// Bytes per element.
    pub itemsize: usize,
}

/// One term `a·x` with `0 <= x <= n`, `a > 0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The coefficient.
    pub a: i128,
    /// The largest `x`.
    pub n: i128,
}

type Terms = SmallVec<[Term; 8]>;

impl<'a> From<View<'a>> for Extent<'a> {
    fn from(view: View<'a>) -> Extent<'a> {
        let (shape, strides) = (view.shape(), view.strides());
        Extent { data: view.data() as usize, shape, strides, itemsize: view.dtype().itemsize() }
    }
}

impl Extent<'_> {
    /// First and one-past-last address; equal when there is no byte.
    pub fn bounds(&self) -> (i128, i128) {
        let (low, high) = byte_bounds(self.shape, self.strides, self.itemsize);
        (self.data as i128 + low as i128, self.data as i128 + high as i128)
    }

    /// True when the spans of addresses meet: necessary for sharing, not sufficient.
    pub fn bounds_overlap(&self, other: &Extent<'_>) -> bool {
        let ((a_low, a_high), (b_low, b_high)) = (self.bounds(), other.bounds());
        a_low < a_high && b_low < b_high && a_low < b_high && b_low < a_high
    }

    /// Whether the two share a byte, found in at most `max_work` steps (`None`: as many as it takes; 0: bounds only,
    /// which answers `TooHard` where they meet).
    pub fn overlap(&self, other: &Extent<'_>, max_work: Option<u64>) -> Overlap {
        if !self.bounds_overlap(other) {
            return Overlap::No;
        }
        if max_work == Some(0) {
            return Overlap::TooHard;
        }
        let ((low, _), (_, end)) = (self.bounds(), other.bounds());
        let mut terms: Terms = self.terms().chain(other.terms()).collect();
        terms.extend([self.item_term(), other.item_term()]);
        solve(&mut terms, end - 1 - low, max_work)
    }

    /// Whether two elements of this array share a byte.
    pub fn internal_overlap(&self, max_work: Option<u64>) -> Overlap {
        if self.shape.contains(&0) || self.itemsize == 0 {
            return Overlap::No;
        }
        let mut axes: Terms = self.terms().collect();
        if self.shape.iter().zip(self.strides).any(|(n, s)| *n > 1 && *s == 0) {
            return Overlap::Yes;
        }
        axes.sort_unstable_by_key(|t| t.a);
        let mut reach = self.itemsize as i128;
        let nested = axes.iter().all(|t| {
            let fits = t.a >= reach;
            reach += t.a * t.n;
            fits
        });
        if nested { Overlap::No } else { self.solve_internal(&axes, max_work) }
    }

    /// Two index tuples at one byte differ first on some axis; there, by symmetry, the difference is positive. One
    /// problem for each such axis, the differences of the later ones shifted to start at zero.
    fn solve_internal(&self, axes: &[Term], max_work: Option<u64>) -> Overlap {
        let item = self.itemsize as i128 - 1;
        let mut answer = Overlap::No;
        for (position, first) in axes.iter().enumerate() {
            let later = &axes[position + 1..];
            let target = later.iter().map(|t| t.a * t.n).sum::<i128>() + item - first.a;
            let mut terms: Terms = later.iter().map(|t| Term { a: t.a, n: 2 * t.n }).collect();
            terms.extend([Term { a: first.a, n: first.n - 1 }, Term { a: 1, n: 2 * item }]);
            match solve(&mut terms, target, max_work) {
                Overlap::Yes => return Overlap::Yes,
                Overlap::TooHard => answer = Overlap::TooHard,
                Overlap::No => {}
            }
        }
        answer
    }

    fn terms(&self) -> impl Iterator<Item = Term> + '_ {
        let axes = self.shape.iter().zip(self.strides).filter(|(n, s)| **n > 1 && **s != 0);
        axes.map(|(n, s)| Term { a: (*s as i128).abs(), n: *n as i128 - 1 })
    }

    fn item_term(&self) -> Term {
        Term { a: 1, n: self.itemsize as i128 - 1 }
    }
}

/// Whether `Σ aᵢ·xᵢ = b` has a solution within the bounds. `terms` are put in order.
pub fn solve(terms: &mut SmallVec<[Term; 8]>, b: i128, max_work: Option<u64>) -> Overlap {
    terms.retain(|t| t.n > 0);
    terms.sort_unstable_by_key(|t| std::cmp::Reverse(t.a));
    terms.dedup_by(|next, kept| {
        let same = next.a == kept.a;
        if same {
            kept.n += next.n;
        }
        same
    });
    search(terms, b, max_work).0
}

/// The answer for terms of different coefficients from the largest down, and, if it is yes, each `x`.
fn search(terms: &[Term], b: i128, max_work: Option<u64>) -> (Overlap, SmallVec<[i128; 8]>) {
    // What the terms from each position on can reach, and the divisor of all their sums.
    let mut rest: SmallVec<[(i128, i128); 9]> = SmallVec::from_elem((0, 0), terms.len() + 1);
    for (position, term) in terms.iter().enumerate().rev() {
        let (reach, divisor) = rest[position + 1];
        rest[position] = (reach + term.a * term.n, gcd(term.a, divisor));
    }
    let chosen = SmallVec::from_elem(0, terms.len());
    let mut search = Search { terms, rest: &rest, left: max_work, chosen };
    let answer = search.descend(0, b);
    (answer, search.chosen)
}

/// An `x` for each term with `Σ aᵢ·xᵢ = b` within the bounds, if there is one. Every `a` is positive.
pub fn solution(terms: &[Term], b: i128) -> Option<Vec<i128>> {
    let mut order: Vec<usize> = (0..terms.len()).filter(|i| terms[*i].n > 0).collect();
    order.sort_unstable_by_key(|i| std::cmp::Reverse(terms[*i].a));
    // Terms of one coefficient are solved as one, and share what it needs.
    let groups: Vec<&[usize]> = order.chunk_by(|i, j| terms[*i].a == terms[*j].a).collect();
    let merged: Vec<Term> = groups
        .iter()
        .map(|group| Term { a: terms[group[0]].a, n: group.iter().map(|i| terms[*i].n).sum() })
        .collect();
    let (answer, chosen) = search(&merged, b, None);
    if answer != Overlap::Yes {
        return None;
    }
    let mut found = vec![0; terms.len()];
    for (group, mut left) in groups.into_iter().zip(chosen) {
        for i in group {
            found[*i] = left.min(terms[*i].n);
            left -= found[*i];
        }
    }
    Some(found)
}

/// An `x` for each term, not all of them in the middle, with `Σ aᵢ·xᵢ = Σ aᵢ·nᵢ/2`, if there is one: two different
/// index tuples, `x - n/2` apart, that lead to one place. Every `a` is positive and every `n` even.
pub fn off_centre(terms: &[Term]) -> Option<Vec<i128>> {
    // One problem for each term that is the first off its middle, as in `solve_internal`.
    (0..terms.len()).find_map(|first| {
        let (head, later) = (terms[first], &terms[first + 1..]);
        let shifted: Vec<Term> =
            std::iter::once(Term { a: head.a, n: head.n / 2 - 1 }).chain(later.iter().copied()).collect();
        if head.n < 2 {
            return None;
        }
        let target = later.iter().map(|t| t.a * (t.n / 2)).sum::<i128>() - head.a;
        let found = solution(&shifted, target)?;
        let before = terms[..first].iter().map(|t| t.n / 2);
        Some(before.chain([head.n / 2 + 1 + found[0]]).chain(found[1..].iter().copied()).collect())
    })
}

struct Search<'a> {
    terms: &'a [Term],
    rest: &'a [(i128, i128)],
    left: Option<u64>,
    chosen: SmallVec<[i128; 8]>,
}

impl Search<'_> {
    /// The answer at the end of one way through the terms, which is what work is counted in.
    fn end(&mut self, answer: Overlap) -> Overlap {
        match &mut self.left {
            Some(0) => return Overlap::TooHard,
            Some(left) => *left -= 1,
            None => {}
        }
        answer
    }
    fn descend(&mut self, position: usize, b: i128) -> Overlap {
        let (reach, divisor) = self.rest[position];
        if b < 0 || b > reach || (divisor != 0 && b % divisor != 0) {
            return Overlap::No;
        }
        let Some(&Term { a, n }) = self.terms.get(position) else { return self.end(Overlap::Yes) };
        let (reach, divisor) = self.rest[position + 1];
        if divisor == 0 {
            self.chosen[position] = b / a;
            return self.end(if b % a == 0 && b / a <= n { Overlap::Yes } else { Overlap::No });
        }
        // x such that the rest b - a·x lies in 0..=reach and is a multiple of the rest's divisor.
        let highest = (b / a).min(n);
        let lowest = ((b - reach + a - 1).div_euclid(a)).max(0);
        let step = divisor / gcd(a, divisor);
        let first = lowest + (meeting(a, b, divisor) - lowest).rem_euclid(step);
        if first > highest {
            return self.end(Overlap::No);
        }
        let mut x = first;
        while x <= highest {
            self.chosen[position] = x;
            match self.descend(position + 1, b - a * x) {
                Overlap::No => x += step,
                answer => return answer,
            }
        }
        Overlap::No
    }
}

/// The smallest `x >= 0` with `a·x ≡ b (mod divisor)`, where the greatest common divisor of `a` and `divisor` divides `b`.
fn meeting(a: i128, b: i128, divisor: i128) -> i128 {
    let common = gcd(a, divisor);
    let modulus = divisor / common;
    // Below 2^64 each, as coefficients are: the product stays within i128 (L2).
    ((b / common).rem_euclid(modulus) * inverse(a / common, modulus)).rem_euclid(modulus)
}

/// The inverse of `a` modulo `modulus`, which have no common divisor (extended Euclidean algorithm).
fn inverse(a: i128, modulus: i128) -> i128 {
    let (mut old, mut new) = ((a.rem_euclid(modulus), 1), (modulus, 0));
    while new.0 != 0 {
        let quotient = old.0 / new.0;
        (old, new) = (new, (old.0 - quotient * new.0, old.1 - quotient * new.1));
    }
    old.1.rem_euclid(modulus)
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn bytes(e: &Extent<'_>) -> Vec<i128> {
        let mut all = vec![e.data as i128];
        for (n, s) in e.shape.iter().zip(e.strides) {
            all = all.iter().flat_map(|base| (0..*n).map(move |i| base + (i * s) as i128)).collect();
        }
        all.iter().flat_map(|base| (0..e.itemsize).map(move |i| base + i as i128)).collect()
    }

    /// A small pseudo-random sequence.
    fn numbers(seed: u64) -> impl FnMut(isize, isize) -> isize {
        let mut state = seed;
        move |low, high| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            low + ((state >> 33) as isize) % (high - low + 1)
        }
    }

    #[test]
    fn exact_against_enumeration() {
        let mut next = numbers(7);
        for _ in 0..3000 {
            let mut make = |data| {
                let ndim = next(0, 3);
                let shape: Vec<isize> = (0..ndim).map(|_| next(0, 4)).collect();
                let strides: Vec<isize> = (0..ndim).map(|_| next(-12, 12)).collect();
                (data + next(0, 40) as usize, shape, strides, next(1, 4) as usize)
            };
            let (a, b) = (make(1000), make(1000));
            let [a, b] = [&a, &b].map(|(data, shape, strides, itemsize)| Extent {
                data: *data,
                shape,
                strides,
                itemsize: *itemsize,
            });
            let (in_a, in_b) = (bytes(&a), bytes(&b));
            let shared = in_a.iter().collect::<HashSet<_>>().intersection(&in_b.iter().collect()).count() > 0;
            assert_eq!(a.overlap(&b, None), if shared { Overlap::Yes } else { Overlap::No }, "{a:?} {b:?}");
            let doubled = in_a.iter().collect::<HashSet<_>>().len() < in_a.len();
            assert_eq!(a.internal_overlap(None), if doubled { Overlap::Yes } else { Overlap::No }, "{a:?}");
            assert!(a.bounds_overlap(&b) || !shared);
        }
    }

    #[test]
    fn solutions_hold() {
        let mut next = numbers(11);
        for _ in 0..3000 {
            let terms: Vec<Term> =
                (0..next(0, 4)).map(|_| Term { a: next(1, 12) as i128, n: next(0, 4) as i128 }).collect();
            let b = next(-1, 60) as i128;
            let sums = terms.iter().fold(HashSet::from([0]), |sums, t| {
                sums.iter().flat_map(|s| (0..=t.n).map(move |x| s + t.a * x)).collect()
            });
            let total = |xs: &[i128]| terms.iter().zip(xs).map(|(t, x)| t.a * x).sum::<i128>();
            let found = solution(&terms, b);
            assert_eq!(found.is_some(), sums.contains(&b), "{terms:?} {b}");
            if let Some(xs) = found {
                assert_eq!(total(&xs), b, "{terms:?}");
                assert!(xs.iter().zip(&terms).all(|(x, t)| (0..=t.n).contains(x)), "{terms:?} {xs:?}");
            }
        }
    }

    #[test]
    fn large_coefficients_need_no_search() {
        let big = |a, n| Term { a, n };
        let (p, q) = ((1i128 << 61) - 1, (1i128 << 61) - 31);
        let xs = solution(&[big(p, 1 << 62), big(q, 1 << 62)], 5 * p + 7 * q).unwrap();
        assert_eq!((xs[0], xs[1]), (5, 7));
        assert_eq!(solution(&[big(p, 3), big(q, 3)], 5 * p + 7 * q), None);
    }

    #[test]
    fn off_centre_is_internal_overlap() {
        let even = |a, n| Term { a, n };
        assert!(off_centre(&[even(3, 4), even(2, 6)]).is_some());
        assert_eq!(off_centre(&[even(6, 30), even(2, 4)]), None);
        assert_eq!(off_centre(&[]), None);
    }

    #[test]
    fn work_is_bounded() {
        let (shape, strides) = ([30, 30, 30, 30, 30], [30030, 46410, 39270, 72930, 51051]);
        let hard = |data| Extent { data, shape: &shape, strides: &strides, itemsize: 2 };
        let gave_up =
            (1..200).filter(|d| hard(0).overlap(&hard(999_999 + d * 3), Some(3)) == Overlap::TooHard);
        assert!(gave_up.count() > 0);
        assert_eq!(hard(0).overlap(&hard(3), Some(0)), Overlap::TooHard);
        assert_eq!(hard(0).overlap(&hard(usize::MAX / 2), Some(0)), Overlap::No);
    }
}
