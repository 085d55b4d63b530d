//! A tour of the array: made, looked at, computed with, reduced, indexed. `cargo run -p sharray --example tour`

use sharray::prelude::*;

fn main() -> Result<()> {
    // A week of temperatures, a row per station; NaN where a sensor was silent.
    let week = array![
        [11.5, 12.0, f64::NAN, 14.25, 13.0, 12.5, 11.0],
        [8.0, 8.5, 9.0, 9.5, 10.0, f64::NAN, 8.25],
        [15.0, 16.5, 17.0, 18.0, 17.5, 16.0, 15.5],
    ];
    println!("{week}");
    println!("{} of shape {:?}, strides {:?}", week.dtype(), week.shape(), week.strides());

    section("means of what was measured");
    let known = week.is_finite()?;
    let sums = select(&known, &week, 0.0)?.sum(Axes::from(1).keepdims())?;
    let means = sums.divide(known.sum(Axes::from(1).keepdims())?)?;
    println!("{means}");

    section("gaps filled with their station's mean");
    let mut filled = week.clone(); // shares memory …
    filled.set(s![&!&known], &means.broadcast_to(week.shape())?.get(s![&!&known])?)?; // … until it is written to
    println!("{filled}");
    println!("the measurements still have {} gaps", week.is_nan()?.count_nonzero()?);

    section("differences from day to day, the last day first");
    let steps = &filled.slice(s![.., 1..])? - &filled.slice(s![.., ..-1])?;
    println!("{}", steps.slice(s![.., (.., -1)])?);

    section("the warmest day of each station, stations by warmth");
    println!("{}", filled.argmax(1)?);
    let order = means.ravel()?.argsort(0)?;
    println!("{}", filled.get(s![&order, ..2])?);

    section("promotion and errors");
    let small = Array::from([100u8, 200]);
    println!("{:?}\n{:?}", &small / 2, &small + Array::from([1i8, 2]));
    for failure in [small.add(1000), small.add(&Array::arange(3)?), small.reshape(&[3])] {
        match failure {
            Ok(array) => println!("unexpected: {array}"),
            Err(error) => println!("error: {error}"),
        }
    }
    Ok(())
}

fn section(title: &str) {
    println!("\n{title}");
}
