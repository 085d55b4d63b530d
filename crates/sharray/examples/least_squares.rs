//! A straight line through measured points: reads a `.npy` file, fits by least squares, writes the result; no Python
//! anywhere. `cargo run -p sharray --example least_squares -- points.npy fit.npy`; without arguments it makes its own
//! points.
//!
//! The file holds a table of points, a row each: x first, y last. What is between them is fitted, too.

use std::path::{Path, PathBuf};

use sharray::linalg;
use sharray::prelude::*;
use sharray::random::default_rng;

/// Fits `y = c₀ + c₁·x₁ + …` to the rows of the table in `points`, and writes the coefficients to `fit`.
///
/// # Errors
/// Those of reading, solving and writing.
pub fn run(points: &Path, fit: &Path) -> Result<Array> {
    let table = Array::load(points)?.astype("float64")?;
    let (inputs, measured) = (table.get(s![.., ..-1])?, table.get(s![.., -1])?);
    let ones = Array::ones(&[table.shape()[0], 1], "float64")?;
    let design = concatenate(&[&ones, &inputs], 1)?;
    let solution = linalg::lstsq(&design, &measured, None)?;
    solution.x.save(fit)?;
    println!("{} points, rank {}: coefficients {}", table.shape()[0], solution.rank, solution.x);
    Ok(solution.x)
}

/// Points near the line `y = 2.5 - 0.75·x`.
///
/// # Errors
/// That of writing.
pub fn make_points(path: &Path) -> Result<()> {
    let mut rng = default_rng(42);
    let x = rng.uniform(0, 10, 100)?;
    let y = &x * -0.75 + 2.5 + rng.normal(0, 0.01, 100)?;
    stack(&[&x, &y], 1)?.save(path)
}

fn main() -> Result<()> {
    let mut paths = std::env::args_os().skip(1).map(PathBuf::from);
    match (paths.next(), paths.next()) {
        (Some(points), Some(fit)) => run(&points, &fit).map(drop),
        _ => {
            let folder = std::env::temp_dir();
            let (points, fit) = (folder.join("sharray-points.npy"), folder.join("sharray-fit.npy"));
            make_points(&points)?;
            run(&points, &fit)?;
            println!("written: {}", fit.display());
            Ok(())
        }
    }
}
