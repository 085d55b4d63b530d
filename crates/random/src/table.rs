//! Distributions by name: what parameters each takes, which values they may have, and which function draws it. The table
//! is data; the Python face and [`crate::fill()`] work from it.

use crate::ahead::Ahead;
use crate::dist::Version;
use crate::legacy::Old;
use crate::{dist, legacy, stream};

/// What the table's functions draw from.
pub type Stream = stream::Stream<Ahead>;

/// Which values a parameter may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Anything.
    Any,
    /// No sign bit; NaN passes.
    NonNegative,
    /// Above 0; NaN passes.
    Positive,
    /// Above 0 and not NaN.
    PositiveNotNan,
    /// 0 to 1.
    Unit,
    /// 0 to 1, without 0.
    UnitNot0,
    /// 0 to 1, without 1.
    UnitNot1,
    /// Above 1.
    Above1,
    /// At least 1.
    AtLeast1,
    /// 0 to what Poisson's method can do.
    Rate,
    /// At least 0, an integer of 64 bits.
    Count,
}

/// The largest rate of `Generator.poisson` and `RandomState.poisson`: ten deviations below the largest integer.
const MOST_RATE: f64 = i64::MAX as f64 - 30370004999.760498;

impl Rule {
    /// What is wrong with a value of parameter `name`, if anything.
    pub fn fault(self, name: &str, value: f64) -> Option<String> {
        let bad = |is_bad: bool, text: String| is_bad.then_some(text);
        match self {
            Rule::Any => None,
            Rule::NonNegative => bad(!value.is_nan() && value.is_sign_negative(), format!("{name} < 0")),
            Rule::Positive => bad(value <= 0.0, format!("{name} <= 0")),
            Rule::PositiveNotNan if value.is_nan() => Some(format!("{name} must not be NaN")),
            Rule::PositiveNotNan => bad(value <= 0.0, format!("{name} <= 0")),
            Rule::Unit => {
                bad(!(0.0..=1.0).contains(&value), format!("{name} < 0, {name} > 1 or {name} is NaN"))
            }
            Rule::UnitNot0 => bad(
                !(value > 0.0 && value <= 1.0),
                format!("{name} <= 0, {name} > 1 or {name} contains NaNs"),
            ),
            Rule::UnitNot1 => {
                bad(!(0.0..1.0).contains(&value), format!("{name} < 0, {name} >= 1 or {name} is NaN"))
            }
            Rule::Above1 => bad(value <= 1.0 || value.is_nan(), format!("{name} <= 1 or {name} is NaN")),
            Rule::AtLeast1 => bad(value < 1.0 || value.is_nan(), format!("{name} < 1 or {name} is NaN")),
            Rule::Rate if value.is_nan() || value < 0.0 => Some(format!("{name} < 0 or {name} is NaN")),
            Rule::Rate => bad(value > MOST_RATE, format!("{name} value too large")),
            Rule::Count => bad(value < 0.0, format!("{name} < 0")),
        }
        .map(|text| format!("{text}: {value}"))
    }
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name in messages.
    pub name: &'static str,
    /// Which values it may have.
    pub rule: Rule,
}

impl Parameter {
    /// True for integers of 64 bits, false for doubles.
    pub fn is_integer(&self) -> bool {
        self.rule == Rule::Count
    }
}

/// The function that draws one number, by its parameters and result.
#[derive(Clone, Copy)]
pub enum Draw {
    /// A double, without parameters.
    F64(fn(&mut Stream) -> f64),
    /// A double, from one double.
    F64F(fn(&mut Stream, f64) -> f64),
    /// A double, from two doubles.
    F64FF(fn(&mut Stream, f64, f64) -> f64),
    /// A double, from three doubles.
    F64FFF(fn(&mut Stream, f64, f64, f64) -> f64),
    /// A float, without parameters.
    F32(fn(&mut Stream) -> f32),
    /// A float, from one float (the parameter is a double in arrays).
    F32F(fn(&mut Stream, f32) -> f32),
    /// An integer, from one double.
    I64F(fn(&mut Stream, f64) -> i64),
    /// An integer, from two doubles.
    I64FF(fn(&mut Stream, f64, f64) -> i64),
    /// An integer, from an integer and a double.
    I64IF(fn(&mut Stream, i64, f64) -> i64),
    /// An integer, from three integers.
    I64III(fn(&mut Stream, i64, i64, i64) -> i64),
}

/// A distribution.
#[derive(Clone, Copy)]
pub struct Distribution {
    /// Its name; the legacy generator's begin with `legacy_`, single precision ends in `_f`.
    pub name: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Its function.
    pub draw: Draw,
    /// Each number takes at least one 64-bit word (or a normal number, which takes one or has been kept), and no 32-bit
    /// ones, if all parameters are above 0.
    pub(crate) takes_words: bool,
}

const fn any(name: &'static str) -> Parameter {
    Parameter { name, rule: Rule::Any }
}
const fn with(name: &'static str, rule: Rule) -> Parameter {
    Parameter { name, rule }
}

const fn law(name: &'static str, parameters: &'static [Parameter], draw: Draw) -> Distribution {
    let takes_words = matches!(draw, Draw::F64(_) | Draw::F64F(_) | Draw::F64FF(_) | Draw::F64FFF(_));
    Distribution { name, parameters, draw, takes_words }
}

/// A distribution of counts that takes words only.
const fn counts(name: &'static str, parameters: &'static [Parameter], draw: Draw) -> Distribution {
    Distribution { takes_words: true, ..law(name, parameters, draw) }
}

const LOC: Parameter = any("loc");
const SCALE: Parameter = with("scale", Rule::NonNegative);
const SHAPE: Parameter = with("shape", Rule::NonNegative);
const A: Parameter = with("a", Rule::Positive);
const B: Parameter = with("b", Rule::Positive);
const A_OR_0: Parameter = with("a", Rule::NonNegative);
const DF: Parameter = with("df", Rule::Positive);
const DFNUM: Parameter = with("dfnum", Rule::Positive);
const DFDEN: Parameter = with("dfden", Rule::Positive);
const NONC: Parameter = with("nonc", Rule::NonNegative);
const SIGMA: Parameter = with("sigma", Rule::NonNegative);
const KAPPA: Parameter = with("kappa", Rule::NonNegative);
const MEAN: Parameter = with("mean", Rule::Positive);
const WIDTH: Parameter = with("scale", Rule::Positive);
const LAM: Parameter = with("lam", Rule::Rate);
const TRIALS: Parameter = with("n", Rule::Count);
const P: Parameter = with("p", Rule::Unit);
const P_NOT_0: Parameter = with("p", Rule::UnitNot0);
const P_NOT_1: Parameter = with("p", Rule::UnitNot1);
const SUCCESSES: Parameter = with("n", Rule::PositiveNotNan);
const ZIPF: Parameter = with("a", Rule::Above1);
const GOOD: Parameter = with("ngood", Rule::Count);
const BAD: Parameter = with("nbad", Rule::Count);
const SAMPLE: Parameter = with("nsample", Rule::Count);
const CORNERS: &[Parameter] = &[any("left"), any("mode"), any("right")];

use Draw::{F32, F32F, F64, F64F, F64FF, F64FFF, I64F, I64FF, I64IF, I64III};

/// All of them.
pub static DISTRIBUTIONS: &[Distribution] = &[
    law("random", &[], F64(|s| dist::random(&mut s.bits))),
    law("random_f", &[], F32(|s| dist::random_f(&mut s.bits))),
    law("uniform", &[any("low"), any("high - low")], F64FF(|s, a, b| dist::uniform(&mut s.bits, a, b))),
    law("standard_normal", &[], F64(|s| dist::standard_normal(&mut s.bits))),
    law("standard_normal_f", &[], F32(|s| dist::standard_normal_f(&mut s.bits))),
    law("normal", &[LOC, SCALE], F64FF(|s, a, b| dist::normal(&mut s.bits, a, b))),
    law("standard_exponential", &[], F64(|s| dist::standard_exponential(&mut s.bits))),
    law("standard_exponential_f", &[], F32(|s| dist::standard_exponential_f(&mut s.bits))),
    law("standard_exponential_inv", &[], F64(|s| dist::standard_exponential_inv(&mut s.bits))),
    law("standard_exponential_inv_f", &[], F32(|s| dist::standard_exponential_inv_f(&mut s.bits))),
    law("exponential", &[SCALE], F64F(|s, a| dist::exponential(&mut s.bits, a))),
    law("standard_gamma", &[SHAPE], F64F(|s, a| dist::standard_gamma(&mut s.bits, a))),
    law("standard_gamma_f", &[SHAPE], F32F(|s, a| dist::standard_gamma_f(&mut s.bits, a))),
    law("gamma", &[SHAPE, SCALE], F64FF(|s, a, b| dist::gamma(&mut s.bits, a, b))),
    law("beta", &[A, B], F64FF(|s, a, b| dist::beta(&mut s.bits, a, b))),
    law("chisquare", &[DF], F64F(|s, a| dist::chisquare(&mut s.bits, a))),
    law("f", &[DFNUM, DFDEN], F64FF(|s, a, b| dist::f(&mut s.bits, a, b))),
    law("standard_t", &[DF], F64F(|s, a| dist::standard_t(&mut s.bits, a))),
    law("noncentral_chisquare", &[DF, NONC], F64FF(|s, a, b| dist::noncentral_chisquare(&mut s.bits, a, b))),
    law("noncentral_f", &[DFNUM, DFDEN, NONC], F64FFF(|s, a, b, c| dist::noncentral_f(&mut s.bits, a, b, c))),
    law("standard_cauchy", &[], F64(|s| dist::standard_cauchy(&mut s.bits))),
    law("pareto", &[A], F64F(|s, a| dist::pareto(&mut s.bits, a))),
    law("weibull", &[A_OR_0], F64F(|s, a| dist::weibull(&mut s.bits, a))),
    law("power", &[A], F64F(|s, a| dist::power(&mut s.bits, a))),
    law("laplace", &[LOC, SCALE], F64FF(|s, a, b| dist::laplace(&mut s.bits, a, b))),
    law("gumbel", &[LOC, SCALE], F64FF(|s, a, b| dist::gumbel(&mut s.bits, a, b))),
    law("logistic", &[LOC, SCALE], F64FF(|s, a, b| dist::logistic(&mut s.bits, a, b))),
    law("lognormal", &[any("mean"), SIGMA], F64FF(|s, a, b| dist::lognormal(&mut s.bits, a, b))),
    law("rayleigh", &[SCALE], F64F(|s, a| dist::rayleigh(&mut s.bits, a))),
    law("wald", &[MEAN, WIDTH], F64FF(|s, a, b| dist::wald(&mut s.bits, a, b))),
    law("vonmises", &[any("mu"), KAPPA], F64FF(|s, a, b| dist::vonmises(&mut s.bits, a, b))),
    law("triangular", CORNERS, F64FFF(|s, a, b, c| dist::triangular(&mut s.bits, a, b, c))),
    counts("poisson", &[LAM], I64F(|s, a| dist::poisson(&mut s.bits, a))),
    counts(
        "negative_binomial",
        &[SUCCESSES, P_NOT_0],
        I64FF(|s, a, b| dist::negative_binomial(&mut s.bits, a, b)),
    ),
    counts("geometric", &[P_NOT_0], I64F(|s, a| dist::geometric(&mut s.bits, a))),
    law("zipf", &[ZIPF], I64F(|s, a| dist::zipf(&mut s.bits, a))),
    counts("logseries", &[P_NOT_1], I64F(|s, a| dist::logseries(&mut s.bits, a))),
    law(
        "hypergeometric",
        &[GOOD, BAD, SAMPLE],
        I64III(|s, a, b, c| dist::hypergeometric(&mut s.bits, a, b, c)),
    ),
    counts("binomial", &[TRIALS, P], I64IF(|s, n, p| s.binomial(n, p, Version::New))),
    // The legacy generator, where it differs.
    law("legacy_gauss", &[], F64(legacy::gauss)),
    law("legacy_normal", &[LOC, SCALE], F64FF(legacy::normal)),
    law("legacy_standard_exponential", &[], F64(legacy::standard_exponential)),
    law("legacy_exponential", &[SCALE], F64F(legacy::exponential)),
    law("legacy_pareto", &[A], F64F(legacy::pareto)),
    law("legacy_power", &[A], F64F(legacy::power)),
    law("legacy_rayleigh", &[SCALE], F64F(legacy::rayleigh)),
    law("legacy_wald", &[MEAN, WIDTH], F64FF(legacy::wald)),
    law("legacy_standard_gamma", &[SHAPE], F64F(|s, a| dist::standard_gamma(&mut Old(s), a))),
    law("legacy_gamma", &[SHAPE, SCALE], F64FF(|s, a, b| dist::gamma(&mut Old(s), a, b))),
    law("legacy_beta", &[A, B], F64FF(|s, a, b| dist::legacy_beta(&mut Old(s), a, b))),
    law("legacy_chisquare", &[DF], F64F(|s, a| dist::chisquare(&mut Old(s), a))),
    law("legacy_f", &[DFNUM, DFDEN], F64FF(|s, a, b| dist::f(&mut Old(s), a, b))),
    law("legacy_standard_t", &[DF], F64F(|s, a| dist::standard_t(&mut Old(s), a))),
    law(
        "legacy_noncentral_chisquare",
        &[DF, NONC],
        F64FF(|s, a, b| dist::noncentral_chisquare(&mut Old(s), a, b)),
    ),
    law(
        "legacy_noncentral_f",
        &[DFNUM, DFDEN, NONC],
        F64FFF(|s, a, b, c| dist::noncentral_f(&mut Old(s), a, b, c)),
    ),
    law("legacy_standard_cauchy", &[], F64(|s| dist::standard_cauchy(&mut Old(s)))),
    law("legacy_weibull", &[A_OR_0], F64F(|s, a| dist::weibull(&mut Old(s), a))),
    law("legacy_lognormal", &[any("mean"), SIGMA], F64FF(|s, a, b| dist::lognormal(&mut Old(s), a, b))),
    law("legacy_vonmises", &[any("mu"), KAPPA], F64FF(legacy::vonmises)),
    counts("legacy_binomial", &[TRIALS, P], I64IF(|s, n, p| s.binomial(n, p, Version::Legacy))),
    law(
        "legacy_negative_binomial",
        &[with("n", Rule::Positive), P_NOT_0],
        I64FF(|s, n, p| dist::negative_binomial(&mut Old(s), n, p)),
    ),
    counts("legacy_geometric", &[P_NOT_0], I64F(|s, p| legacy::geometric(&mut s.bits, p))),
    law("legacy_zipf", &[ZIPF], I64F(|s, a| legacy::zipf(&mut s.bits, a))),
    law(
        "legacy_hypergeometric",
        &[GOOD, BAD, SAMPLE],
        I64III(|s, good, bad, sample| legacy::hypergeometric(&mut s.bits, good, bad, sample)),
    ),
];

/// A distribution by its name.
pub fn by_name(name: &str) -> Option<&'static Distribution> {
    DISTRIBUTIONS.iter().find(|distribution| distribution.name == name)
}
