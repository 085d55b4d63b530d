//! Distributions of several numbers at once: rows of the result, one per sample.

use sharray_base::{Dims, Error, Result, TypeNum};
use sharray_random::dist::{self, Version};

use super::{Generator, Size, numbers};
use crate::dtypes::ToDType;
use crate::{Array, Input, linalg};

/// How [`Generator::multivariate_normal_by`] takes a covariance matrix apart. Each gives other numbers. Cholesky's are
/// NumPy's; singular vectors and eigenvectors may have either sign, and where LAPACK takes the other one, numbers differ
/// from NumPy's.
///
/// ```
/// use sharray::prelude::*;
/// use sharray::random::{CovarianceFactor, default_rng};
/// let cov = array![[2.0, 0.5], [0.5, 1.0]];
/// let drawn = default_rng(42).multivariate_normal_by(CovarianceFactor::Cholesky, &array![0.0, 0.0], &cov, ())?;
/// assert!(drawn.all_close(&array![0.4309350268754409, -0.8650822965917012], 1e-14, 0.0)?);
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CovarianceFactor {
    /// By singular values: the most careful.
    #[default]
    Svd,
    /// By eigenvalues.
    Eigh,
    /// By Cholesky's method: the fastest, for positive definite matrices.
    Cholesky,
}

/// How near a covariance must be to a symmetric, positive semidefinite matrix.
const TOLERANCE: f64 = 1e-8;

impl CovarianceFactor {
    /// A matrix `F` with `Fᵀ·F = cov`.
    fn of(self, cov: &Array) -> Result<Array> {
        let refuse = |valid: bool| match valid {
            true => Ok(()),
            false => Err(Error::Value("covariance is not symmetric positive-semidefinite.".into())),
        };
        match self {
            CovarianceFactor::Cholesky => Ok(linalg::cholesky(cov)?.t()),
            CovarianceFactor::Eigh => {
                let (values, vectors) = linalg::eigh(cov)?;
                refuse(values.greater_equal(-TOLERANCE)?.all(())?.item()?)?;
                Ok(vectors.multiply(values.abs()?.sqrt()?)?.t())
            }
            CovarianceFactor::Svd => {
                let (_, values, rows) = linalg::svd(cov)?;
                let product = rows.t().multiply(&values)?.matmul(&rows)?;
                refuse(product.all_close(cov, TOLERANCE, TOLERANCE)?)?;
                values.sqrt()?.expand_dims(1)?.multiply(&rows)
            }
        }
    }
}

impl Generator {
    /// Normally distributed vectors with these means and covariances, which are taken apart by singular values. Shape
    /// (size, k).
    ///
    /// # Errors
    /// `Value` for a `mean` that is no vector of k numbers, or a `cov` that is no symmetric, positive semidefinite matrix
    /// of k rows, within 1e-8 (where NumPy warns); `LinAlg` for one that can't be taken apart; `Cast` for complex numbers;
    /// `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let drawn = default_rng(42).multivariate_normal(&array![1.0, 2.0], &array![[2.0, 0.5], [0.5, 1.0]], 1000)?;
    /// assert_eq!(drawn.shape(), [1000, 2]);
    /// assert!(drawn.mean(0)?.all_close(&array![1.0, 2.0], 0.0, 0.1)?);
    /// assert!(default_rng(42).multivariate_normal(&array![1.0], &array![[-1.0]], 2).is_err());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn multivariate_normal(&mut self, mean: &Array, cov: &Array, size: impl Into<Size>) -> Result<Array> {
        self.multivariate_normal_by(CovarianceFactor::default(), mean, cov, size)
    }
    /// [`Generator::multivariate_normal`] with another factor of the covariance.
    ///
    /// # Errors
    /// As [`Generator::multivariate_normal`]. Cholesky's method reads the lower triangle alone and does not see that the
    /// other one differs; what is not positive definite it refuses with `LinAlg`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::{CovarianceFactor, default_rng};
    /// let mut rng = default_rng(42);
    /// let drawn = rng.multivariate_normal_by(CovarianceFactor::Eigh, &array![5.0], &array![[4.0]], 3)?;
    /// assert_eq!(drawn.get(s![0, 0])?.item::<f64>()?, 5.0 + 2.0 * default_rng(42).standard_normal(())?.item::<f64>()?);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn multivariate_normal_by(
        &mut self,
        factor: CovarianceFactor,
        mean: &Array,
        cov: &Array,
        size: impl Into<Size>,
    ) -> Result<Array> {
        let mean = Array::from(row::<f64>(mean, TypeNum::Double)?);
        let cov = numbers(&Input::from(cov), &TypeNum::Double.to_dtype()?)?;
        let k = mean.len() as isize;
        if cov.shape() != [k, k] {
            return Err(Error::Value(format!("{k} means have covariances of shape {:?}", cov.shape())));
        }
        let factor = factor.of(&cov)?;
        let shape = rows(size.into(), mean.len());
        let independent = self.standard_normal(&shape[..])?.reshape(&[-1, k])?;
        mean.add(independent.matmul(&factor)?)?.reshape(&shape)
    }
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
