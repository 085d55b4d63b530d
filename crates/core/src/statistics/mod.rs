//! Statistics of plain memory: means and variances, sums without NaN, order statistics, histograms. Each walks over the
//! elements as often as it must and makes no array in between. What the elements are and where results go is told by
//! a [`Plan`](crate::ufunc::Plan); anything less plain is composed of other operations by the faces.

pub mod histogram;
mod moment;
pub mod order;

pub use moment::{Moment, known_sum, moment};
