//! The examples whose work others build on do what they say.

use sharray::prelude::*;

#[path = "../examples/least_squares.rs"]
#[expect(dead_code, reason = "the program's own entry")]
mod least_squares;

#[test]
fn a_line_from_one_file_to_another() -> Result<()> {
    let file = |name: &str| std::env::temp_dir().join(format!("sharray-{name}-{}.npy", std::process::id()));
    let (points, fit) = (file("points"), file("fit"));
    least_squares::make_points(&points)?;
    let solved = least_squares::run(&points, &fit)?;
    assert!(solved.all_close(&Array::from([2.5, -0.75]), 0.0, 0.01)?);
    assert!(Array::load(&fit)?.array_equal(&solved)?);

    // Points on a plane, in singles: exact but for rounding.
    let table = Array::from([[0.0f32, 0.0, 1.0], [1.0, 0.0, 3.0], [0.0, 1.0, 0.5], [2.0, 2.0, 4.0]]);
    table.save(&points)?;
    let solved = least_squares::run(&points, &fit)?;
    assert!(solved.all_close(&Array::from([1.0, 2.0, -0.5]), 0.0, 1e-12)?);

    assert!(matches!(least_squares::run(&fit.with_extension("gone"), &fit), Err(Error::Io { .. })));
    [points, fit].iter().for_each(|path| std::fs::remove_file(path).unwrap_or(()));
    Ok(())
}
