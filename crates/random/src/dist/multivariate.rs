//! Distributions of several numbers at once.

use super::{Draws, beta, hypergeometric, standard_gamma};
use crate::bounded::{Method, up_to};
use crate::source::Source;

/// Counts of `n` trials over outcomes of these probabilities (the last one is what remains), by a chain of binomial
/// numbers from `binomial(trials, probability)`.
pub fn multinomial(
    n: i64,
    probabilities: &[f64],
    counts: &mut [i64],
    mut binomial: impl FnMut(i64, f64) -> i64,
) {
    counts.fill(0);
    let Some(last) = counts.len().checked_sub(1) else { return };
    let mut remaining = 1.0;
    let mut trials = n;
    for (count, &p) in counts[..last].iter_mut().zip(probabilities) {
        *count = binomial(trials, p / remaining);
        trials -= *count;
        if trials <= 0 {
            break;
        }
        remaining -= p;
    }
    if trials > 0 {
        counts[last] = trials;
    }
}

/// Below this, all parameters of a Dirichlet distribution are small enough for quotients of gamma numbers to fail.
const SMALL: f64 = 0.1;

/// Shares that sum to 1: quotients of gamma numbers; by breaking a stick with beta numbers where all of `alpha` are
/// small. `rest` are the sums of `alpha` from each place on.
pub fn dirichlet<S: Source + ?Sized>(bits: &mut S, alpha: &[f64], shares: &mut [f64]) {
    let largest = alpha.iter().copied().fold(0.0, f64::max);
    if largest < SMALL {
        broken_stick(bits, alpha, shares);
    } else {
        normalized_gamma(bits, alpha, shares);
    }
}

/// Gamma numbers divided by their sum.
pub(crate) fn normalized_gamma<D: Draws + ?Sized>(bits: &mut D, alpha: &[f64], shares: &mut [f64]) {
    let mut sum = 0.0;
    for (share, &a) in shares.iter_mut().zip(alpha) {
        *share = standard_gamma(bits, a);
        sum += *share;
    }
    let inverse = 1.0 / sum;
    shares.iter_mut().for_each(|share| *share *= inverse);
}

fn broken_stick<S: Source + ?Sized>(bits: &mut S, alpha: &[f64], shares: &mut [f64]) {
    shares.fill(0.0);
    let Some(last) = alpha.len().checked_sub(1) else { return };
    // Sums from the end, as they are rounded when added up from there.
    let mut rest = vec![0.0; alpha.len()];
    let mut sum = 0.0;
    for (slot, &a) in rest.iter_mut().zip(alpha).rev() {
        sum += a;
        *slot = sum;
    }
    if sum == 0.0 {
        return;
    }
    let mut stick = 1.0;
    for place in 0..last {
        let part = beta(bits, alpha[place], rest[place + 1]);
        shares[place] = stick * part;
        stick *= 1.0 - part;
        if rest[place + 1] == 0.0 {
            break;
        }
    }
    shares[last] = stick;
}

/// Counts of colours among `sample` things drawn without replacement, one hypergeometric number per colour.
pub fn multivariate_hypergeometric<S: Source + ?Sized>(
    bits: &mut S,
    colors: &[i64],
    sample: i64,
    counts: &mut [i64],
) {
    counts.fill(0);
    let total: i64 = colors.iter().sum();
    let is_large = sample > total / 2;
    let mut to_draw = if is_large { total - sample } else { sample };
    let Some(last) = colors.len().checked_sub(1) else { return };
    let mut left = total;
    for place in 0..last {
        if to_draw <= 0 {
            break;
        }
        left -= colors[place];
        let drawn = hypergeometric(bits, colors[place], left, to_draw);
        counts[place] = drawn;
        to_draw -= drawn;
    }
    if to_draw > 0 {
        counts[last] = to_draw;
    }
    if is_large {
        counts.iter_mut().zip(colors).for_each(|(count, color)| *count = color - *count);
    }
}

/// The same by shuffling all things: `things` holds the colour of each.
pub fn shuffled_colors<S: Source + ?Sized>(
    bits: &mut S,
    colors: &[i64],
    sample: i64,
    things: &mut [usize],
    counts: &mut [i64],
) {
    counts.fill(0);
    let total = things.len();
    let is_large = sample as usize > total / 2;
    let drawn = if is_large { total - sample as usize } else { sample as usize };
    for place in 0..drawn {
        let other = place + up_to(bits, (total - 1 - place) as u64, Method::Mask) as usize;
        things.swap(place, other);
    }
    things[..drawn].iter().for_each(|&color| counts[color] += 1);
    if is_large {
        counts.iter_mut().zip(colors).for_each(|(count, color)| *count = color - *count);
    }
}
