//! The C library's functions. Streams are compared bit for bit, so what a distribution computes must be what C's libm
//! gives on this machine, and not what the engine's own vector kernels give.

unsafe extern "C" {
    /// Arc cosine.
    pub safe fn acos(x: f64) -> f64;
    /// Cosine.
    pub safe fn cos(x: f64) -> f64;
    /// Exponential.
    pub safe fn exp(x: f64) -> f64;
    /// Exponential, single precision.
    pub safe fn expf(x: f32) -> f32;
    /// `exp(x) - 1`.
    pub safe fn expm1(x: f64) -> f64;
    /// Remainder with the dividend's sign.
    pub safe fn fmod(x: f64, y: f64) -> f64;
    /// Natural logarithm.
    pub safe fn log(x: f64) -> f64;
    /// Natural logarithm, single precision.
    pub safe fn logf(x: f32) -> f32;
    /// `log(1 + x)`.
    pub safe fn log1p(x: f64) -> f64;
    /// `log(1 + x)`, single precision.
    pub safe fn log1pf(x: f32) -> f32;
    /// Power.
    pub safe fn pow(x: f64, y: f64) -> f64;
    /// Power, single precision.
    pub safe fn powf(x: f32, y: f32) -> f32;
}
