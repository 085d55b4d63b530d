//! Distributions of single numbers.

use sharray_base::{Error, Result};

use super::{Generator, Size, numbers};
use crate::dtypes::ToDType;
use crate::{Array, Input};

/// Methods that hand their parameters on to the engine: name, distribution, parameters, text; for the example, arguments,
/// the result's Rust type and its second number from the seed 42, as NumPy gives it.
macro_rules! distributions {
    ($($method:ident = $law:literal ($($parameter:ident),*), $text:literal, $example:literal, $type:literal,
        $second:literal;)*) => {
        #[expect(clippy::extra_unused_lifetimes, reason = "some distributions have no parameters")]
        impl Generator { $(
            #[doc = $text]
            ///
            /// # Errors
            /// `Value` for parameters that the distribution doesn't have and a size that they don't broadcast to,
            /// `Broadcast` if they don't fit together, `Cast` for dtypes that are no such numbers; `Memory`.
            ///
            /// ```
            /// # use sharray::prelude::*;
            /// # use sharray::random::default_rng;
            #[doc = concat!("let drawn = default_rng(42).", stringify!($method), "(", $example,
                distributions!(@comma $($parameter)*), "2)?;")]
            #[doc = concat!("assert_eq!(drawn.at::<", $type, ">(&[1])?, ", $second, ");")]
            /// # Ok::<(), Error>(())
            /// ```
            pub fn $method<'a>(
                &mut self,
                $($parameter: impl Into<Input<'a>>,)*
                size: impl Into<Size>,
            ) -> Result<Array> {
                self.draw($law, &size.into(), &[$($parameter.into()),*])
            }
        )* }
    };
    (@comma) => { "" };
    (@comma $($parameter:ident)+) => { ", " };
}

distributions! {
    random = "random" (), "Uniform numbers in [0, 1).", "", "f64", "0.4388784397520523";
    random_f32 = "random_f" (), "Uniform numbers in [0, 1) in `float32`, from a stream of their own.", "", "f32", "0.773956";
    standard_normal = "standard_normal" (), "Normally distributed numbers with mean 0 and deviation 1.", "", "f64", "-1.0399841062404955";
    standard_normal_f32 = "standard_normal_f" (), "[`Generator::standard_normal`] in `float32`, from a stream of its own.", "", "f32", "-1.6685079";
    standard_exponential = "standard_exponential" (), "Exponentially distributed numbers with mean 1.", "", "f64", "2.3361896558244535";
    standard_exponential_f32 = "standard_exponential_f" (), "[`Generator::standard_exponential`] in `float32`, from a stream of its own.", "", "f32", "2.9978545";
    standard_cauchy = "standard_cauchy" (), "Cauchy distributed numbers with mode 0.", "", "f64", "0.7978730040882357";
    normal = "normal" (loc, scale), "Normally distributed numbers: mean `loc`, deviation `scale`, not negative.", "10, 0.5", "f64", "9.480007946879752";
    exponential = "exponential" (scale), "Exponentially distributed numbers with mean `scale`, not negative.", "2.0", "f64", "4.672379311648907";
    standard_gamma = "standard_gamma" (shape), "Gamma distributed numbers with scale 1; `shape` is not negative.", "3.0", "f64", "4.089459601928102";
    standard_gamma_f32 = "standard_gamma_f" (shape), "[`Generator::standard_gamma`] in `float32`, from a stream of its own.", "3.0", "f32", "1.0292342";
    gamma = "gamma" (shape, scale), "Gamma distributed numbers; neither parameter is negative.", "2.0, 3.0", "f64", "8.506036769357596";
    beta = "beta" (a, b), "Beta distributed numbers, in [0, 1]; both parameters are above 0.", "2.0, 3.0", "f64", "0.41040972646061824";
    chisquare = "chisquare" (df), "Sums of squares of `df` normal numbers; `df` is above 0.", "4", "f64", "5.6706911795717305";
    noncentral_chisquare = "noncentral_chisquare" (df, nonc), "Noncentral chi-square numbers; `df` is above 0, `nonc` not negative.", "4, 1.0", "f64", "5.103336020227051";
    f = "f" (dfnum, dfden), "Fisher's F distribution; both degrees of freedom are above 0.", "4, 10", "f64", "0.9919172111609977";
    noncentral_f = "noncentral_f" (dfnum, dfden, nonc), "The noncentral F distribution; degrees of freedom are above 0, `nonc` is not negative.", "4, 10, 1.0", "f64", "0.2610018610917634";
    standard_t = "standard_t" (df), "Student's t distribution with `df` degrees of freedom, above 0.", "5", "f64", "0.9679905861688154";
    vonmises = "vonmises" (mu, kappa), "Angles of the von Mises distribution: mode `mu`, concentration `kappa`, not negative.", "0.0, 4.0", "f64", "-0.1855639077297755";
    pareto = "pareto" (a), "The Pareto distribution of the second kind (Lomax); `a` is above 0.", "3.0", "f64", "1.178703304272667";
    weibull = "weibull" (a), "Weibull distributed numbers with scale 1; `a` is not negative.", "1.5", "f64", "1.7606460812380325";
    power = "power" (a), "Numbers in [0, 1] with density `a * x**(a - 1)`; `a` is above 0.", "2.0", "f64", "0.9504233899416021";
    laplace = "laplace" (loc, scale), "The Laplace distribution; `scale` is not negative.", "0.0, 1.0", "f64", "-0.1303856263065431";
    gumbel = "gumbel" (loc, scale), "The Gumbel distribution; `scale` is not negative.", "0.0, 1.0", "f64", "0.5484968372172068";
    logistic = "logistic" (loc, scale), "The logistic distribution; `scale` is not negative.", "0.0, 1.0", "f64", "-0.24571509486821116";
    lognormal = "lognormal" (mean, sigma), "Numbers whose logarithms are normally distributed; `sigma` is not negative.", "0.0, 1.0", "f64", "0.35346029972713455";
    rayleigh = "rayleigh" (scale), "The Rayleigh distribution; `scale` is not negative.", "1.0", "f64", "2.1615687154584995";
    wald = "wald" (mean, scale), "The Wald (inverse Gaussian) distribution; both parameters are above 0.", "3.0, 2.0", "f64", "1.2325882864415432";
    poisson = "poisson" (lam), "Poisson distributed counts with mean `lam`, not negative.", "5.0", "i64", "7";
    geometric = "geometric" (p), "Numbers of trials up to the first success, of probability `p` in (0, 1].", "0.35", "i64", "2";
    zipf = "zipf" (a), "Zipf (zeta) distributed counts, from 1 on; `a` is above 1.", "2.0", "i64", "1";
    logseries = "logseries" (p), "Counts of the logarithmic series, from 1 on; `p` is in [0, 1).", "0.6", "i64", "2";
    binomial = "binomial" (n, p), "Numbers of successes in `n` trials of probability `p`.", "10, 0.5", "i64", "5";
}

impl Generator {
    /// Uniform numbers from `low` to, usually without, `high`.
    ///
    /// # Errors
    /// `Value` if `high` is below `low`, `Overflow` if their distance isn't finite; else as for [`Generator::normal`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let drawn = default_rng(42).uniform(-1, 1, 2)?;
    /// assert_eq!(drawn.at::<f64>(&[0])?, 0.5479120971119267);
    /// assert!(matches!(default_rng(42).uniform(1, 0, ()), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn uniform<'a>(
        &mut self,
        low: impl Into<Input<'a>>,
        high: impl Into<Input<'a>>,
        size: impl Into<Size>,
    ) -> Result<Array> {
        let (low, high) = (doubles(low)?, doubles(high)?);
        let extent = high.subtract(&low)?;
        if extent.iter::<f64>()?.any(|x| !x.is_finite()) {
            return Err(Error::Overflow(format!("high - low range exceeds valid bounds: {low} to {high}")));
        }
        if extent.iter::<f64>()?.any(f64::is_sign_negative) {
            return Err(Error::Value(format!("high - low < 0: {low} to {high}")));
        }
        self.draw("uniform", &size.into(), &[low.into(), extent.into()])
    }
    /// Numbers whose density rises from `left` to `mode` and falls to `right`, along straight lines.
    ///
    /// # Errors
    /// `Value` for corners in another order, or outer ones that are the same; else as for [`Generator::normal`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let drawn = default_rng(42).triangular(-3, 0, 8, 2)?;
    /// assert_eq!(drawn.at::<f64>(&[0])?, 3.5399699858548903);
    /// assert!(matches!(default_rng(42).triangular(1, 0, 2, ()), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn triangular<'a>(
        &mut self,
        left: impl Into<Input<'a>>,
        mode: impl Into<Input<'a>>,
        right: impl Into<Input<'a>>,
        size: impl Into<Size>,
    ) -> Result<Array> {
        let (left, mode, right) = (doubles(left)?, doubles(mode)?, doubles(right)?);
        refuse(left.greater(&mode)?, || format!("left > mode: {left}, {mode}"))?;
        refuse(mode.greater(&right)?, || format!("mode > right: {mode}, {right}"))?;
        refuse(left.equal(&right)?, || format!("left == right: {left}, {right}"))?;
        self.draw("triangular", &size.into(), &[left.into(), mode.into(), right.into()])
    }
    /// Numbers of failures before `n` successes of probability `p`; `n` is above 0 and need not be whole.
    ///
    /// # Errors
    /// `Value` also for results that could be beyond `int64`; else as for [`Generator::normal`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let drawn = default_rng(42).negative_binomial(5, 0.5, 4)?;
    /// assert_eq!(drawn.to_vec::<i64>()?, [6, 5, 6, 7]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn negative_binomial<'a>(
        &mut self,
        n: impl Into<Input<'a>>,
        p: impl Into<Input<'a>>,
        size: impl Into<Size>,
    ) -> Result<Array> {
        let (n, p) = (doubles(n)?, doubles(p)?);
        // The largest rate that a Poisson number could be drawn with, ten deviations up.
        let ways = p.negative()?.add(1.0)?.divide(&p)?;
        let largest = n.add(&n.sqrt()?.multiply(10.0)?)?.multiply(&ways)?;
        let domain = n.greater(0.0)?.logical_and(&p.greater(0.0)?)?;
        refuse(largest.greater(MOST_RATE)?.logical_and(&domain)?, || {
            "n too large or p too small: results could be beyond int64".into()
        })?;
        self.draw("negative_binomial", &size.into(), &[n.into(), p.into()])
    }
    /// Numbers of good things among `nsample` drawn without replacement from `ngood` good and `nbad` bad ones, fewer
    /// than 10⁹ of each.
    ///
    /// # Errors
    /// `Value` for negative or too large numbers, and for samples larger than everything; else as for
    /// [`Generator::normal`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let drawn = default_rng(42).hypergeometric(10, 5, 8, 4)?;
    /// assert_eq!(drawn.to_vec::<i64>()?, [5, 6, 6, 6]);
    /// assert!(matches!(default_rng(42).hypergeometric(1, 2, 4, ()), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn hypergeometric<'a>(
        &mut self,
        ngood: impl Into<Input<'a>>,
        nbad: impl Into<Input<'a>>,
        nsample: impl Into<Input<'a>>,
        size: impl Into<Size>,
    ) -> Result<Array> {
        let (good, bad, sample) = (counts(ngood)?, counts(nbad)?, counts(nsample)?);
        for (name, number) in [("ngood", &good), ("nbad", &bad)] {
            refuse(number.greater_equal(MOST_THINGS)?, || format!("{name} must be less than 10⁹: {number}"))?;
        }
        for (name, number) in [("ngood", &good), ("nbad", &bad), ("nsample", &sample)] {
            refuse(number.less(0)?, || format!("{name} < 0: {number}"))?;
        }
        refuse(good.add(&bad)?.less(&sample)?, || {
            format!("ngood + nbad < nsample: {good} + {bad}, {sample}")
        })?;
        self.draw("hypergeometric", &size.into(), &[good.into(), bad.into(), sample.into()])
    }
}

/// What Poisson's method can do: ten deviations below the largest integer.
const MOST_RATE: f64 = i64::MAX as f64 - 30370004999.760498;

/// One more than the hypergeometric distribution takes of a kind.
const MOST_THINGS: i64 = 1_000_000_000;

/// The operand's numbers in double precision.
fn doubles<'a>(input: impl Into<Input<'a>>) -> Result<Array> {
    numbers(&input.into(), &"float64".to_dtype()?)
}

/// The operand's numbers in `int64`.
fn counts<'a>(input: impl Into<Input<'a>>) -> Result<Array> {
    numbers(&input.into(), &"int64".to_dtype()?)
}

/// An error if any of these is true.
fn refuse(faults: Array, text: impl FnOnce() -> String) -> Result<()> {
    if faults.iter::<bool>()?.any(|fault| fault) { Err(Error::Value(text())) } else { Ok(()) }
}
