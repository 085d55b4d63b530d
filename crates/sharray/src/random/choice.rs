//! Random parts of an array.

use sharray_base::layout::{checked_len, normalize_axis};
use sharray_base::{Dims, Error, Result, TypeNum};
use sharray_random::permute;

use super::{Generator, Size, numbers};
use crate::dtypes::ToDType;
use crate::{Array, Input};

/// How [`Generator::choice_with`] chooses.
///
/// ```
/// use sharray::prelude::*;
/// use sharray::random::{Choice, default_rng};
/// let weights = Array::from([0.1, 0.2, 0.7]);
/// let options = Choice { p: Some(&weights), ..Choice::default() };
/// assert_eq!(default_rng(42).choice_with(&array![10, 20, 30], 4, &options)?.to_vec::<i32>()?, [30, 30, 30, 30]);
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// The same part may be chosen again.
    pub replace: bool,
    /// Probabilities of the parts, which sum to 1 within about 1e-8; all the same if left out.
    pub p: Option<&'a Array>,
    /// Along which axis the parts lie.
    pub axis: isize,
    /// What is chosen without replacement is in random order. Without that it is in no particular one, which is faster.
    pub shuffle: bool,
}

impl Default for Choice<'_> {
    /// With replacement, all alike, along the first axis.
    fn default() -> Self {
        Choice { replace: true, p: None, axis: 0, shuffle: true }
    }
}

impl Generator {
    /// Random parts of an array along its first axis, with replacement.
    ///
    /// # Errors
    /// `Value` when there is nothing to choose from; `Axis` for an array without axes; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let names = Array::from_strings(&["Ada", "Emmy", "Grace"])?;
    /// assert_eq!(default_rng(42).choice(&names, 4)?.to_strings()?, ["Ada", "Grace", "Emmy", "Emmy"]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn choice(&mut self, array: &Array, size: impl Into<Size>) -> Result<Array> {
        self.choice_with(array, size, &Choice::default())
    }
    /// Random parts of an array as [`Choice`] says; `size` takes the place of the axis.
    ///
    /// # Errors
    /// `Value` when there is nothing, or not enough, to choose from, or for probabilities that are none; `Axis`;
    /// `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::{Choice, default_rng};
    /// let cards = Array::arange(52)?;
    /// let hand = default_rng(42).choice_with(&cards, 5, &Choice { replace: false, ..Choice::default() })?;
    /// assert_eq!(hand.to_vec::<i64>()?, [37, 22, 32, 4, 51]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn choice_with(&mut self, array: &Array, size: impl Into<Size>, how: &Choice<'_>) -> Result<Array> {
        let axis = normalize_axis(how.axis, array.ndim())?;
        let places = self.choose(array.shape()[axis] as u64, &size.into(), how)?;
        let (before, after) = (&array.shape()[..axis], &array.shape()[axis + 1..]);
        let shape: Dims = before.iter().chain(places.shape()).chain(after).copied().collect();
        array.take(&places.ravel()?, how.axis)?.reshape(&shape)
    }
    /// Places of chosen parts of `population`, in `int64`.
    fn choose(&mut self, population: u64, Size(shape): &Size, how: &Choice<'_>) -> Result<Array> {
        let shape = shape.clone().unwrap_or_default();
        let count = checked_len(&shape, size_of::<i64>())?;
        if population == 0 && count > 0 {
            return Err(Error::value("there is nothing to choose from"));
        }
        let p = how.p.map(|p| probabilities(p, population)).transpose()?;
        if how.replace {
            let Some(p) = p else { return self.integers(0..population, &shape[..]) };
            return self.places(&p, count)?.reshape(&shape);
        }
        if count as u64 > population {
            let text = format!("{count} different parts can't be chosen from {population}");
            return Err(Error::Value(text));
        }
        let places = match p {
            Some(p) => self.different(p, count)?,
            None => {
                let mut places = Array::dense(&TypeNum::Long.to_dtype()?, &[count as isize], true)?;
                permute::choose(&mut self.stream.bits, population, places.as_mut_slice()?, how.shuffle)?;
                places
            }
        };
        places.reshape(&shape)
    }
    /// Places with replacement, by their probabilities.
    fn places(&mut self, p: &[f64], count: usize) -> Result<Array> {
        let sums = running_shares(p);
        Ok(self.random(count)?.iter::<f64>()?.map(|x| place_of(&sums, x)).collect())
    }
    /// `count` different places, drawn one after another by their probabilities.
    fn different(&mut self, mut p: Vec<f64>, count: usize) -> Result<Array> {
        if p.iter().filter(|&&share| share > 0.0).count() < count {
            return Err(Error::value("fewer parts have a probability above 0 than are to be chosen"));
        }
        let mut found: Vec<i64> = Vec::with_capacity(count);
        while found.len() < count {
            let drawn = self.random(count - found.len())?;
            let sums = running_shares(&p);
            for x in drawn.iter::<f64>()? {
                let place = place_of(&sums, x);
                // What is drawn twice in one round counts once: its probability is 0 from then on.
                if std::mem::take(&mut p[place as usize]) > 0.0 {
                    found.push(place);
                }
            }
        }
        Ok(found.into())
    }
}

/// Sums of the shares up to each place, divided by the last of them.
fn running_shares(p: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut sums: Vec<f64> = p
        .iter()
        .map(|share| {
            sum += share;
            sum
        })
        .collect();
    sums.iter_mut().for_each(|share| *share /= sum);
    sums
}

/// The place whose share a number in [0, 1) falls into.
fn place_of(sums: &[f64], x: f64) -> i64 {
    sums.partition_point(|&share| share <= x) as i64
}

/// The probabilities, checked: one for each part, none negative or NaN, summing to 1 within the square root of their
/// precision.
fn probabilities(given: &Array, population: u64) -> Result<Vec<f64>> {
    let p = numbers(&Input::from(given), &TypeNum::Double.to_dtype()?)?.to_vec::<f64>()?;
    if given.ndim() != 1 || p.len() as u64 != population {
        return Err(Error::Value(format!(
            "{population} parts have probabilities of shape {:?}",
            given.shape()
        )));
    }
    if let Some(share) = p.iter().find(|share| share.is_nan() || **share < 0.0) {
        return Err(Error::Value(format!("a probability of {share}")));
    }
    let precision = match given.dtype().num() {
        TypeNum::Half => 2f64.powi(-10),
        TypeNum::Float => f32::EPSILON.into(),
        _ => f64::EPSILON,
    };
    let total = compensated_sum(&p);
    if (total - 1.0).abs() > precision.sqrt() {
        return Err(Error::Value(format!("probabilities sum to {total}, not 1")));
    }
    Ok(p)
}

/// Kahan's sum.
fn compensated_sum(values: &[f64]) -> f64 {
    let (mut total, mut rest) = (0.0, 0.0);
    for value in values {
        let part = value - rest;
        let larger = total + part;
        rest = (larger - total) - part;
        total = larger;
    }
    total
}
