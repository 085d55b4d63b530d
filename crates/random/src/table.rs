//! Distributions by name: what parameters each takes, which values they may have, and which function draws it. The table
//! is data; the Python face and [`crate::fill()`] work from it.

use crate::source::BitGen;
use crate::{dist, legacy, stream};

/// What the table's functions draw from.
pub type Stream = stream::Stream<BitGen>;

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
}

const fn any(name: &'static str) -> Parameter {
    Parameter { name, rule: Rule::Any }
}
const fn with(name: &'static str, rule: Rule) -> Parameter {
    Parameter { name, rule }
}

const SCALE: Parameter = with("scale", Rule::NonNegative);

/// All of them.
pub static DISTRIBUTIONS: &[Distribution] = &[
    Distribution { name: "random", parameters: &[], draw: Draw::F64(|s| dist::random(&mut s.bits)) },
    Distribution { name: "random_f", parameters: &[], draw: Draw::F32(|s| dist::random_f(&mut s.bits)) },
    Distribution {
        name: "uniform",
        parameters: &[any("low"), any("high - low")],
        draw: Draw::F64FF(|s, low, range| dist::uniform(&mut s.bits, low, range)),
    },
    Distribution {
        name: "standard_normal",
        parameters: &[],
        draw: Draw::F64(|s| dist::standard_normal(&mut s.bits)),
    },
    Distribution {
        name: "standard_normal_f",
        parameters: &[],
        draw: Draw::F32(|s| dist::standard_normal_f(&mut s.bits)),
    },
    Distribution {
        name: "normal",
        parameters: &[any("loc"), SCALE],
        draw: Draw::F64FF(|s, loc, scale| dist::normal(&mut s.bits, loc, scale)),
    },
    Distribution {
        name: "standard_exponential",
        parameters: &[],
        draw: Draw::F64(|s| dist::standard_exponential(&mut s.bits)),
    },
    Distribution {
        name: "standard_exponential_f",
        parameters: &[],
        draw: Draw::F32(|s| dist::standard_exponential_f(&mut s.bits)),
    },
    Distribution {
        name: "standard_exponential_inv",
        parameters: &[],
        draw: Draw::F64(|s| dist::standard_exponential_inv(&mut s.bits)),
    },
    Distribution {
        name: "standard_exponential_inv_f",
        parameters: &[],
        draw: Draw::F32(|s| dist::standard_exponential_inv_f(&mut s.bits)),
    },
    Distribution {
        name: "exponential",
        parameters: &[SCALE],
        draw: Draw::F64F(|s, scale| dist::exponential(&mut s.bits, scale)),
    },
    Distribution { name: "legacy_gauss", parameters: &[], draw: Draw::F64(legacy::gauss) },
    Distribution {
        name: "legacy_normal",
        parameters: &[any("loc"), SCALE],
        draw: Draw::F64FF(legacy::normal),
    },
    Distribution {
        name: "legacy_standard_exponential",
        parameters: &[],
        draw: Draw::F64(legacy::standard_exponential),
    },
    Distribution { name: "legacy_exponential", parameters: &[SCALE], draw: Draw::F64F(legacy::exponential) },
];

/// A distribution by its name.
pub fn by_name(name: &str) -> Option<&'static Distribution> {
    DISTRIBUTIONS.iter().find(|distribution| distribution.name == name)
}
