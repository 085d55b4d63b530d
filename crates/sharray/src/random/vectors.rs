//! Distributions of several numbers at once: rows of the result, one per sample.

use sharray_base::{Dims, Error, Result, TypeNum};
use sharray_random::dist::{self, Version};

use super::{Generator, Size, numbers};
use crate::dtypes::ToDType;
use crate::{Array, Input};

impl Generator {
    /// Counts of outcomes in `n` trials; of the probabilities the last one is what the others leave. Shape (size, k).
    ///
    /// # Errors
    /// `Value` for negative numbers of trials, and for probabilities that are none; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let counts = default_rng(42).multinomial(20, &Array::from([0.5, 0.3, 0.2]), 2)?;
    /// assert_eq!(counts.to_vec::<i64>()?, [12, 5, 3, 12, 4, 4]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn multinomial(&mut self, n: i64, pvals: &Array, size: impl Into<Size>) -> Result<Array> {
        let p = row::<f64>(pvals, TypeNum::Double)?;
        let others: f64 = p.iter().rev().skip(1).rev().sum();
        if n < 0 || p.is_empty() || p.iter().any(|p| !(0.0..=1.0).contains(p)) || others > 1.0 + 1e-12 {
            return Err(Error::Value(format!("{n} trials with the probabilities {pvals}")));
        }
        let mut out = Array::dense(&TypeNum::Long.to_dtype()?, &rows(size.into(), p.len()), true)?;
        for counts in out.as_mut_slice::<i64>()?.chunks_exact_mut(p.len()) {
            dist::multinomial(n, &p, counts, |n, p| {
                dist::binomial(&mut self.stream.bits, n, p, Version::New)
            });
        }
        Ok(out)
    }
    /// Shares that sum to 1, Dirichlet distributed; `alpha` is not negative. Shape (size, k).
    ///
    /// # Errors
    /// `Value` for negative numbers; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let shares = default_rng(42).dirichlet(&Array::from([1.0, 2.0]), 3)?;
    /// assert_eq!(shares.shape(), [3, 2]);
    /// assert_eq!(shares.at::<f64>(&[0, 0])?, 0.7865850744181714);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn dirichlet(&mut self, alpha: &Array, size: impl Into<Size>) -> Result<Array> {
        let a = row::<f64>(alpha, TypeNum::Double)?;
        if a.iter().any(|&a| a < 0.0) {
            return Err(Error::Value(format!("alpha < 0: {alpha}")));
        }
        let mut out = Array::dense(&TypeNum::Double.to_dtype()?, &rows(size.into(), a.len()), true)?;
        for shares in out.as_mut_slice::<f64>()?.chunks_exact_mut(a.len().max(1)) {
            dist::dirichlet(&mut self.stream.bits, &a, shares);
        }
        Ok(out)
    }
    /// Counts of colours among `nsample` things drawn without replacement, where `colors` says how many there are of each,
    /// fewer than 10⁹ in all. Shape (size, k).
    ///
    /// # Errors
    /// `Value` for negative or too large numbers, and for samples larger than everything; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let counts = default_rng(42).multivariate_hypergeometric(&array![16, 8, 4], 6, 2)?;
    /// assert_eq!(counts.to_vec::<i64>()?, [6, 0, 0, 4, 2, 0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn multivariate_hypergeometric(
        &mut self,
        colors: &Array,
        nsample: i64,
        size: impl Into<Size>,
    ) -> Result<Array> {
        let counts = row::<i64>(colors, TypeNum::Long)?;
        let total: i128 = counts.iter().map(|&n| i128::from(n)).sum();
        if counts.iter().any(|&n| n < 0)
            || total >= 1_000_000_000
            || nsample < 0
            || i128::from(nsample) > total
        {
            return Err(Error::Value(format!("{nsample} things drawn from {colors}, fewer than 10⁹ in all")));
        }
        let mut out = Array::dense(&TypeNum::Long.to_dtype()?, &rows(size.into(), counts.len()), true)?;
        for drawn in out.as_mut_slice::<i64>()?.chunks_exact_mut(counts.len().max(1)) {
            dist::multivariate_hypergeometric(&mut self.stream.bits, &counts, nsample, drawn);
        }
        Ok(out)
    }
}

/// A one-dimensional array's numbers.
fn row<T: crate::Element>(array: &Array, num: TypeNum) -> Result<Vec<T>> {
    if array.ndim() != 1 {
        return Err(Error::Value(format!("an array of one axis is needed, not of {}", array.ndim())));
    }
    numbers(&Input::from(array), &num.to_dtype()?)?.to_vec::<T>()
}

/// The shape of samples of `width` numbers each.
fn rows(Size(size): Size, width: usize) -> Dims {
    size.into_iter().flatten().chain([width as isize]).collect()
}
