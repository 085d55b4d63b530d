//! The ziggurats' tables, computed at their first use.
//!
//! With density f, edge r of the outermost layer and area v of each layer, the edges follow from the outside in:
//!
//! ```text
//! x[255] = r;   x[i] = f⁻¹(v / x[i+1] + f(x[i+1]));   x[0] = v / f(r)   (the bottom layer with the tail, as a box)
//! width[i] = x[i] / 2ᵐ,   height[i] = f(x[i]),   accept[i] = x[i-1] / x[i] · 2ᵐ
//! ```
//!
//! Tables decide the streams, so they have to be NumPy's to the last bit, and thus to be rounded as its were:
//! * *normal, double*: all steps in doubles, each operation correctly rounded. One value is rounded the other way there
//!   ([`ODD_HEIGHT`]); the layers further in follow from it.
//! * *exponential, double*: correctly rounded from exact values; `accept` has 52 bits of which the last counts double.
//! * *single precision*: `accept` rounded to the nearest integer; the exponential's widths and heights went through nine
//!   decimal digits.
//!
//! A test in tests/python compares the samples of every layer with NumPy's.

use std::sync::LazyLock;

use super::double_double::Wide;

/// Number of layers.
const LAYERS: usize = 256;

/// Edge of the normal distribution's outermost layer.
pub(super) const NORMAL_EDGE: f64 = 3.654152885361009;
const NORMAL_AREA: f64 = 0.004928673233974652;
/// The layer whose height is a unit in the last place above the correctly rounded one.
const ODD_HEIGHT: usize = 38;

/// Edge of the exponential distribution's outermost layer, and what a double leaves of it.
pub(super) const EXPONENTIAL_EDGE: f64 = 7.69711747013105;
const EXPONENTIAL_EDGE_REST: f64 = -3.624870366240596e-16;

/// One ziggurat: words of type `I`, numbers of type `F`.
pub(super) struct Table<I, F> {
    /// Places below this are under the curve.
    pub(super) accept: [I; LAYERS],
    /// Width of one place.
    pub(super) width: [F; LAYERS],
    /// The density at the layer's edge.
    pub(super) height: [F; LAYERS],
}

pub(super) static NORMAL: LazyLock<Box<Table<u64, f64>>> = LazyLock::new(normal);
pub(super) static NORMAL_F: LazyLock<Box<Table<u32, f32>>> = LazyLock::new(normal_f);
pub(super) static EXPONENTIAL: LazyLock<Box<Table<u64, f64>>> = LazyLock::new(exponential);
pub(super) static EXPONENTIAL_F: LazyLock<Box<Table<u32, f32>>> = LazyLock::new(exponential_f);

fn correct_exp(x: f64) -> f64 {
    Wide::from(x).exp().high
}
fn correct_ln(x: f64) -> f64 {
    Wide::from(x).ln().high
}

/// Edges and heights of the normal distribution's layers, as doubles.
fn normal_layers() -> ([f64; LAYERS], [f64; LAYERS]) {
    let (mut edge, mut height) = ([0.0; LAYERS], [1.0; LAYERS]);
    let density = |x: f64| correct_exp(-0.5 * x * x);
    edge[LAYERS - 1] = NORMAL_EDGE;
    height[LAYERS - 1] = density(NORMAL_EDGE);
    for i in (1..LAYERS - 1).rev() {
        edge[i] = (-2.0 * correct_ln(NORMAL_AREA / edge[i + 1] + height[i + 1])).sqrt();
        height[i] = density(edge[i]);
        if i == ODD_HEIGHT {
            height[i] = height[i].next_up();
        }
    }
    edge[0] = NORMAL_AREA / height[LAYERS - 1];
    (edge, height)
}

/// The quotient `x[i-1] / x[i]`; the bottom layer compares with the outermost edge, and layer 1 accepts nothing.
fn ratio(edge: &[f64; LAYERS], i: usize) -> f64 {
    match i {
        0 => edge[LAYERS - 1] / edge[0],
        1 => 0.0,
        _ => edge[i - 1] / edge[i],
    }
}

fn normal() -> Box<Table<u64, f64>> {
    let (edge, height) = normal_layers();
    let scale = (1u64 << 52) as f64;
    Box::new(Table {
        accept: std::array::from_fn(|i| (ratio(&edge, i) * scale).round_ties_even() as u64),
        width: edge.map(|x| x / scale),
        height,
    })
}

fn normal_f() -> Box<Table<u32, f32>> {
    let (edge, height) = normal_layers();
    let scale = (1u32 << 23) as f64;
    Box::new(Table {
        accept: std::array::from_fn(|i| (ratio(&edge, i) * scale).round_ties_even() as u32),
        width: edge.map(|x| (x / scale) as f32),
        height: height.map(|y| y as f32),
    })
}

/// Edges and heights of the exponential distribution's layers, to many digits.
fn exponential_layers() -> ([Wide; LAYERS], [Wide; LAYERS]) {
    let (zero, one) = (Wide::from(0.0), Wide::from(1.0));
    let (mut edge, mut height) = ([zero; LAYERS], [one; LAYERS]);
    let outermost = Wide { high: EXPONENTIAL_EDGE, low: EXPONENTIAL_EDGE_REST };
    // The layer r·e^(-r) and the tail e^(-r).
    let area = (outermost + one) * (-outermost).exp();
    edge[LAYERS - 1] = outermost;
    height[LAYERS - 1] = (-outermost).exp();
    for i in (1..LAYERS - 1).rev() {
        edge[i] = -(area / edge[i + 1] + height[i + 1]).ln();
        height[i] = (-edge[i]).exp();
    }
    edge[0] = area / height[LAYERS - 1];
    (edge, height)
}

fn wide_ratio(edge: &[Wide; LAYERS], i: usize) -> Wide {
    match i {
        0 => edge[LAYERS - 1] / edge[0],
        1 => 0.0.into(),
        _ => edge[i - 1] / edge[i],
    }
}

fn exponential() -> Box<Table<u64, f64>> {
    let (edge, height) = exponential_layers();
    let places = |i| {
        let scaled = wide_ratio(&edge, i) * ((1u64 << 52) as f64).into();
        let whole = scaled.high.floor();
        let below = scaled.high == whole && scaled.low < 0.0;
        2 * (whole as u64 - u64::from(below))
    };
    Box::new(Table {
        accept: std::array::from_fn(places),
        width: edge.map(|x| x.high / (1u64 << 53) as f64),
        height: height.map(|y| y.high),
    })
}

/// Through nine significant decimal digits.
fn nine_digits(x: f64) -> f32 {
    format!("{x:.8e}").parse().unwrap_or(x as f32)
}

fn exponential_f() -> Box<Table<u32, f32>> {
    let (edge, height) = exponential_layers();
    let scale = (1u32 << 23) as f64;
    Box::new(Table {
        accept: std::array::from_fn(|i| (wide_ratio(&edge, i).high * scale).round_ties_even() as u32),
        width: edge.map(|x| nine_digits(x.high / scale)),
        height: height.map(|y| nine_digits(y.high)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FNV-1a over the bits of a table.
    fn digest(words: impl Iterator<Item = u64>) -> u64 {
        words
            .flat_map(u64::to_le_bytes)
            .fold(0xcbf29ce484222325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100000001b3))
    }
    fn digests<I: Copy + Into<u64>, F: Copy>(table: &Table<I, F>, bits: fn(F) -> u64) -> [u64; 3] {
        [
            digest(table.accept.iter().map(|&k| k.into())),
            digest(table.width.iter().map(|&w| bits(w))),
            digest(table.height.iter().map(|&f| bits(f))),
        ]
    }

    #[test]
    fn tables_are_those_of_the_streams() {
        // Digests of the tables in NumPy 2.4's library.
        assert_eq!(digests(&NORMAL, f64::to_bits), DIGESTS[0]);
        assert_eq!(digests(&NORMAL_F, |x| f32::to_bits(x).into()), DIGESTS[1]);
        assert_eq!(digests(&EXPONENTIAL, f64::to_bits), DIGESTS[2]);
        assert_eq!(digests(&EXPONENTIAL_F, |x| f32::to_bits(x).into()), DIGESTS[3]);
    }
    const DIGESTS: [[u64; 3]; 4] = [
        [0xd271bfe7421e8d28, 0x8dc0debf0ba9cdc4, 0x0c954fbcd5a26724],
        [0xb7b6c40d70a5226a, 0xe188194d86c52d51, 0x494ea98e71d715c3],
        [0xbf33ef41933854e0, 0x56577f40daadf588, 0x1e617529f070efbc],
        [0x0b8309e1877a9496, 0x1eee7d0c6d0705b6, 0x84ec3d6d1d6530d0],
    ];
}
