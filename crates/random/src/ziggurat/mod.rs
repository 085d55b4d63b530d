//! The ziggurat method of Marsaglia and Tsang (J. Stat. Software 5(8), 2000) for the normal and the exponential
//! distribution, in double and in single precision.
//!
//! The area under the density is covered by 256 layers of equal area. A word chooses a layer and a place in it; the
//! place is accepted at once when it lies under the next layer's edge, which it does in about 99 % of the cases.

mod double_double;
mod tables;

use crate::math::{exp, expf, log1p, log1pf};
use crate::source::Source;
pub(crate) use double_double::log_factorials;
use tables::{EXPONENTIAL, EXPONENTIAL_EDGE, EXPONENTIAL_F, NORMAL, NORMAL_EDGE, NORMAL_F, Table};

/// A sample of the standard normal distribution.
pub fn normal<S: Source + ?Sized>(bits: &mut S) -> f64 {
    let Table { accept, width, height } = &**NORMAL;
    loop {
        let word = bits.next_u64();
        let layer = (word & 0xff) as usize;
        let place = (word >> 9) & 0x000f_ffff_ffff_ffff;
        let x = place as f64 * width[layer];
        let x = if word >> 8 & 1 == 1 { -x } else { x };
        if place < accept[layer] {
            return x;
        }
        if layer == 0 {
            let tail = normal_tail(bits);
            return if place >> 8 & 1 == 1 { -(NORMAL_EDGE + tail) } else { NORMAL_EDGE + tail };
        }
        if (height[layer - 1] - height[layer]) * bits.next_f64() + height[layer] < exp(-0.5 * x * x) {
            return x;
        }
    }
}

/// How far beyond the last layer's edge a sample of the tail lies (Marsaglia 1964).
fn normal_tail<S: Source + ?Sized>(bits: &mut S) -> f64 {
    loop {
        let x = -(1.0 / NORMAL_EDGE) * log1p(-bits.next_f64());
        let y = -log1p(-bits.next_f64());
        if y + y > x * x {
            return x;
        }
    }
}

/// A sample of the standard normal distribution in single precision.
pub fn normal_f<S: Source + ?Sized>(bits: &mut S) -> f32 {
    let Table { accept, width, height } = &**NORMAL_F;
    loop {
        let word = bits.next_u32();
        let layer = (word & 0xff) as usize;
        let place = word >> 9 & 0x007f_ffff;
        let x = place as f32 * width[layer];
        let x = if word >> 8 & 1 == 1 { -x } else { x };
        if place < accept[layer] {
            return x;
        }
        if layer == 0 {
            let tail = normal_tail_f(bits);
            let edge = NORMAL_EDGE as f32;
            return if place >> 8 & 1 == 1 { -(edge + tail) } else { edge + tail };
        }
        let level = (height[layer - 1] - height[layer]) * bits.next_f32() + height[layer];
        if f64::from(level) < exp(-0.5 * f64::from(x) * f64::from(x)) {
            return x;
        }
    }
}

fn normal_tail_f<S: Source + ?Sized>(bits: &mut S) -> f32 {
    loop {
        let x = -((1.0 / NORMAL_EDGE) as f32) * log1pf(-bits.next_f32());
        let y = -log1pf(-bits.next_f32());
        if y + y > x * x {
            return x;
        }
    }
}

/// A sample of the exponential distribution with mean 1.
pub fn exponential<S: Source + ?Sized>(bits: &mut S) -> f64 {
    let Table { accept, width, height } = &**EXPONENTIAL;
    loop {
        let word = bits.next_u64() >> 3;
        let layer = (word & 0xff) as usize;
        let place = word >> 8;
        let x = place as f64 * width[layer];
        if place < accept[layer] {
            return x;
        }
        if layer == 0 {
            return EXPONENTIAL_EDGE - log1p(-bits.next_f64());
        }
        if (height[layer - 1] - height[layer]) * bits.next_f64() + height[layer] < exp(-x) {
            return x;
        }
    }
}

/// A sample of the exponential distribution with mean 1 in single precision.
pub fn exponential_f<S: Source + ?Sized>(bits: &mut S) -> f32 {
    let Table { accept, width, height } = &**EXPONENTIAL_F;
    loop {
        let word = bits.next_u32() >> 1;
        let layer = (word & 0xff) as usize;
        let place = word >> 8;
        let x = place as f32 * width[layer];
        if place < accept[layer] {
            return x;
        }
        if layer == 0 {
            return EXPONENTIAL_EDGE as f32 - log1pf(-bits.next_f32());
        }
        if (height[layer - 1] - height[layer]) * bits.next_f32() + height[layer] < expf(-x) {
            return x;
        }
    }
}
