//! Decimal digits of floating-point numbers: the shortest that read back as the same number, or rounded (half to even,
//! by the exact value) at a place.
//!
//! `zmij` gives the shortest digits of `float64` and `float32`. The other widths, and what must be rounded by the exact
//! value, go through the exact decimal expansion. Rounding the *shortest* digits gives what rounding the exact value
//! gives unless they end in a lone 5 right after the place: a midpoint between the two would be a shorter or nearer
//! candidate itself.

use sharray_kernels::cast::F80;

use super::bignum::Natural;

/// Which format a number came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// `float16`.
    Half,
    /// `bfloat16` and the floats of one byte. The shortest digits would show 448 as 450 and 1.25 as 1.2, so that they are
    /// shown exactly, up to [`SMALL_DIGITS`] digits.
    Small,
    /// `float32`.
    Single,
    /// `float64`.
    Double,
    /// `long double`.
    Extended,
}

/// Digits of a small float: more than tell them apart.
const SMALL_DIGITS: i64 = 6;

/// A floating-point number taken apart.
#[derive(Debug, Clone, Copy)]
pub struct Float {
    pub(super) negative: bool,
    pub(super) class: Class,
    pub(super) width: Width,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Class {
    Nan,
    Infinite,
    Zero,
    Finite(Binary),
}

/// `mantissa * 2^exponent`. With `uneven`, the number below is only half as far as the one above.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binary {
    mantissa: u64,
    exponent: i32,
    uneven: bool,
    /// The number itself, for widths with a fast way.
    value: f64,
}

impl Float {
    /// Takes IEEE bits apart that have `fraction` stored bits below `exponent` bits.
    fn ieee(bits: u64, fraction: u32, exponent: u32, width: Width, value: f64) -> Float {
        let negative = bits >> (fraction + exponent) & 1 == 1;
        let stored = bits & ((1 << fraction) - 1);
        let raised = (bits >> fraction & ((1 << exponent) - 1)) as i32;
        let top = (1 << exponent) - 1;
        let bias = (1 << (exponent - 1)) - 1 + fraction as i32;
        let class = match raised {
            r if r == top && stored == 0 => Class::Infinite,
            r if r == top => Class::Nan,
            0 if stored == 0 => Class::Zero,
            0 => Class::Finite(Binary { mantissa: stored, exponent: 1 - bias, uneven: false, value }),
            r => Class::Finite(Binary {
                mantissa: stored | 1 << fraction,
                exponent: r - bias,
                uneven: stored == 0 && r > 1,
                value,
            }),
        };
        Float { negative, class, width }
    }
    /// A `float16` from its bits.
    pub fn from_half_bits(bits: u16) -> Float {
        Float::ieee(bits.into(), 10, 5, Width::Half, 0.0)
    }
    /// A small float of this value, which single precision holds exactly.
    pub fn from_small(value: f32) -> Float {
        Float { width: Width::Small, ..Float::from_f32(value) }
    }
    /// A `float32`.
    pub fn from_f32(value: f32) -> Float {
        Float::ieee(value.to_bits().into(), 23, 8, Width::Single, value.into())
    }
    /// A `float64`.
    pub fn from_f64(value: f64) -> Float {
        Float::ieee(value.to_bits(), 52, 11, Width::Double, value)
    }
    /// A `long double` from its bytes in memory.
    pub fn from_extended(bytes: [u8; 16]) -> Float {
        let number = F80(bytes);
        if cfg!(not(target_arch = "x86_64")) {
            return Float { width: Width::Extended, ..Float::from_f64(number.to_f64()) };
        }
        let mantissa = u64::from_le_bytes(bytes[..8].try_into().unwrap_or_default());
        let top = u16::from_le_bytes([bytes[8], bytes[9]]);
        let raised = (top & 0x7FFF) as i32;
        let class = match raised {
            0x7FFF if mantissa << 1 == 0 => Class::Infinite,
            0x7FFF => Class::Nan,
            _ if mantissa == 0 => Class::Zero,
            _ => Class::Finite(Binary {
                mantissa,
                exponent: raised.max(1) - 16383 - 63,
                uneven: mantissa == 1 << 63 && raised > 1,
                value: 0.0,
            }),
        };
        Float { negative: top >> 15 == 1, class, width: Width::Extended }
    }
    /// The size of a `float16`, `float32` or `float64`, exactly.
    pub(super) fn magnitude(&self) -> f64 {
        match self.class {
            Class::Finite(Binary { mantissa, exponent, .. }) => mantissa as f64 * (exponent as f64).exp2(),
            Class::Zero => 0.0,
            _ => f64::INFINITY,
        }
    }
    /// The power of ten of the first shortest digit.
    pub(super) fn first_place(&self) -> i32 {
        unique(self.class, self.width, None, None).exponent
    }
    /// True for a set sign bit.
    pub fn is_negative(&self) -> bool {
        self.negative
    }
    /// True for numbers that are neither infinite nor NaN.
    pub fn is_finite(&self) -> bool {
        !matches!(self.class, Class::Nan | Class::Infinite)
    }
    /// True for both zeros.
    pub fn is_zero(&self) -> bool {
        matches!(self.class, Class::Zero)
    }
    /// True for NaN.
    pub fn is_nan(&self) -> bool {
        matches!(self.class, Class::Nan)
    }
}

/// Digits `d.ddd × 10^exponent`, at least one. They may end in zeros, and start with one where the rounding place lies
/// before the first digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) digits: Vec<u8>,
    pub(super) exponent: i32,
}

/// Where digits stop.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// After so many digits in all.
    Total(usize),
    /// After so many digits behind the point.
    Fraction(usize),
}

impl Place {
    /// How many digits that is for a number whose first digit stands at 10^`exponent`; may be negative.
    fn count(self, exponent: i32) -> i64 {
        match self {
            Place::Total(n) => n as i64,
            Place::Fraction(n) => exponent as i64 + 1 + n as i64,
        }
    }
}

/// The shortest digits, cut at `most` and continued (exactly) to `least`.
pub(super) fn unique(class: Class, width: Width, most: Option<Place>, least: Option<Place>) -> Decimal {
    let Class::Finite(number) = class else { return zero() };
    let shortest = shortest(number, width);
    let length = shortest.digits.len() as i64;
    let least = least.map(|place| place.count(shortest.exponent)).filter(|&count| count > length);
    let most = most.map(|place| (place, place.count(shortest.exponent)));
    match (least, most) {
        (_, Some((place, count))) if count < length => round_at(shortest, number, place, count, true),
        (Some(count), _) => round_exact(exact(number), count, None),
        _ => shortest,
    }
}

/// The exact digits, rounded at `place`; digits end where the number does.
pub(super) fn rounded(class: Class, width: Width, place: Place) -> Decimal {
    let Class::Finite(number) = class else { return zero() };
    let shortest = shortest(number, width);
    let count = place.count(shortest.exponent);
    round_at(shortest, number, place, count, false)
}

fn zero() -> Decimal {
    Decimal { digits: vec![0], exponent: 0 }
}

/// Rounds by the shortest digits where those decide, else by the exact value.
fn round_at(shortest: Decimal, number: Binary, place: Place, count: i64, unique: bool) -> Decimal {
    let decided = match usize::try_from(count) {
        Ok(count) if count < shortest.digits.len() => shortest.digits[count..] != [5],
        Ok(_) => unique,
        Err(_) => true,
    };
    if decided {
        return round_exact(shortest, count, Some(place));
    }
    // The exact value may lie below the power of ten that the shortest digits round up to.
    let exact = exact(number);
    let count = place.count(exact.exponent);
    round_exact(exact, count, Some(place))
}

/// Rounds half to even after `count` digits. Where that is before the first digit, a single digit 0 or 1 at the place is
/// left. Nines that carry are dropped, zeros cut off are kept, as NumPy's digit generator does.
fn round_exact(mut number: Decimal, count: i64, place: Option<Place>) -> Decimal {
    if count < 1 {
        let at = if let Some(Place::Fraction(n)) = place { -(n as i32) } else { number.exponent };
        let up = count == 0 && {
            let tail = &number.digits[1..];
            number.digits[0] > 5 || (number.digits[0] == 5 && tail.iter().any(|&d| d != 0))
        };
        return Decimal { digits: vec![up as u8], exponent: at };
    }
    let count = count as usize;
    if number.digits.len() <= count {
        return number;
    }
    let tail = &number.digits[count..];
    let above = tail[0] > 5 || (tail[0] == 5 && tail[1..].iter().any(|&d| d != 0));
    let half = tail[0] == 5 && !above;
    let up = above || (half && number.digits[count - 1] % 2 == 1);
    number.digits.truncate(count);
    if up {
        while number.digits.last() == Some(&9) {
            number.digits.pop();
        }
        match number.digits.last_mut() {
            Some(last) => *last += 1,
            None => {
                number.digits.push(1);
                number.exponent += 1;
            }
        }
    }
    number
}

/// All digits of the number, the last one not 0.
fn exact(number: Binary) -> Decimal {
    expand(Natural::new(number.mantissa), number.exponent)
}

fn expand(mut whole: Natural, exponent: i32) -> Decimal {
    let mut power = 0;
    if exponent >= 0 {
        whole.shift_left(exponent as u32);
    } else {
        // m / 2^k = m * 5^k / 10^k
        whole.multiply_power_of_five(exponent.unsigned_abs());
        power = exponent;
    }
    let mut digits = whole.digits();
    let exponent = digits.len() as i32 - 1 + power;
    while digits.len() > 1 && digits.last() == Some(&0) {
        digits.pop();
    }
    Decimal { digits, exponent }
}

fn shortest(number: Binary, width: Width) -> Decimal {
    let mut buffer = zmij::Buffer::new();
    match width {
        Width::Small => {
            let Decimal { digits, exponent } = round_exact(exact(number), SMALL_DIGITS, None);
            let count = digits.len();
            trimmed(digits, exponent, count)
        }
        Width::Double => parse(buffer.format_finite(number.value.abs())),
        Width::Single => parse(buffer.format_finite((number.value as f32).abs())),
        _ => shortest_exact(number),
    }
}

/// Digits and exponent back from `123.45e-6`.
fn parse(text: &str) -> Decimal {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|d| d - b'0').collect();
    let mut exponent = exponent.parse::<i32>().unwrap_or(0) + whole.len() as i32 - 1;
    let zeros = digits.iter().take_while(|&&d| d == 0).count().min(digits.len() - 1);
    digits.drain(..zeros);
    exponent -= zeros as i32;
    while digits.len() > 1 && digits.last() == Some(&0) {
        digits.pop();
    }
    Decimal { digits, exponent }
}

/// Steele and White's generator on exact decimal expansions: digits are taken from the number until what is cut off, or
/// what is missing to the next digit, is within half the distance to the neighbouring number (a boundary itself reads
/// back as the number when its mantissa is even).
fn shortest_exact(number: Binary) -> Decimal {
    let Binary { mantissa, exponent, uneven, .. } = number;
    let even = mantissa % 2 == 0;
    let scaled = |quarters: u128| {
        let (high, low) = ((quarters >> 64) as u64, quarters as u64);
        let mut natural = Natural::new(high);
        natural.shift_left(64);
        natural.add(low);
        expand(natural, exponent - 2)
    };
    let four = mantissa as u128 * 4;
    let (low, high) = (scaled(four - if uneven { 1 } else { 2 }), scaled(four + 2));
    let value = exact(number);
    let top = high.exponent;
    let (low, value, high) = (Aligned::new(low, top), Aligned::new(value, top), Aligned::new(high, top));
    for count in 1.. {
        let down = value.first(count);
        let up = increased(&down);
        let low_ok = match low.compare(&down) {
            std::cmp::Ordering::Less => true,
            order => even && order.is_eq(),
        };
        let high_ok = match high.compare(&up) {
            std::cmp::Ordering::Greater => true,
            order => even && order.is_eq(),
        };
        // A first digit 0 stands where only the upper boundary reaches a higher power of ten.
        let down_ok = low_ok && down.iter().any(|&d| d != 0);
        if down_ok || high_ok {
            let round_down = if down_ok && high_ok { value.rounds_down(count) } else { down_ok };
            let digits = if round_down { down } else { up };
            return trimmed(digits, top, count);
        }
    }
    value.into_decimal()
}

/// Digits counted from a common first place.
struct Aligned {
    digits: Vec<u8>,
    top: i32,
}

impl Aligned {
    fn new(number: Decimal, top: i32) -> Aligned {
        let mut digits = vec![0; (top - number.exponent).max(0) as usize];
        digits.extend(number.digits);
        Aligned { digits, top }
    }
    fn digit(&self, place: usize) -> u8 {
        self.digits.get(place).copied().unwrap_or(0)
    }
    fn first(&self, count: usize) -> Vec<u8> {
        (0..count).map(|place| self.digit(place)).collect()
    }
    /// Compares with the number of these first digits, which may have one more in front after a carry.
    fn compare(&self, digits: &[u8]) -> std::cmp::Ordering {
        let length = self.digits.len().max(digits.len());
        (0..length)
            .map(|place| self.digit(place).cmp(&digits.get(place).copied().unwrap_or(0)))
            .find(|order| order.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    }
    /// True when the rest after `count` digits is less than half, or half after an even digit.
    fn rounds_down(&self, count: usize) -> bool {
        let rest = self.digit(count);
        let beyond = self.digits.iter().skip(count + 1).any(|&d| d != 0);
        match rest {
            5 if !beyond => self.digit(count - 1).is_multiple_of(2),
            _ => rest < 5,
        }
    }
    fn into_decimal(self) -> Decimal {
        let count = self.digits.len();
        trimmed(self.digits, self.top, count)
    }
}

/// The digits plus one in the last place; a carry out of the first gives 10 there, which compares greater than any digit.
fn increased(digits: &[u8]) -> Vec<u8> {
    let mut up = digits.to_vec();
    let mut place = up.len() - 1;
    while up[place] == 9 && place > 0 {
        up[place] = 0;
        place -= 1;
    }
    up[place] += 1;
    up
}

/// Without zeros at either end.
fn trimmed(mut digits: Vec<u8>, mut exponent: i32, count: usize) -> Decimal {
    digits.truncate(count);
    if digits.first() == Some(&10) {
        digits[0] = 1;
        exponent += 1;
    }
    let zeros = digits.iter().take_while(|&&d| d == 0).count().min(digits.len() - 1);
    digits.drain(..zeros);
    while digits.len() > 1 && digits.last() == Some(&0) {
        digits.pop();
    }
    Decimal { digits, exponent: exponent - zeros as i32 }
}
