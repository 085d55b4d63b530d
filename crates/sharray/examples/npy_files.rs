//! Text to `.npy`, read again and mapped: a year of flights in small. `cargo run -p sharray --example npy_files`

use sharray::prelude::*;

const FLIGHTS: &str = "\
# carrier, distance in miles, delay in minutes
UA, 1400, 2
UA, 1416, 4
AA, 1089, 2
B6, 1576, -1
DL,  762, -6
UA,  719, -4
B6, 1065, 19
AA,  733, -2
";

fn main() -> Result<()> {
    let options = TableOptions { delimiter: Some(','), ..TableOptions::default() };
    let flights = Array::parse_table(FLIGHTS, "U2, i4, f8", &options)?;
    println!("{} flights of {}\n{flights}", flights.len(), flights.dtype());

    let path = std::env::temp_dir().join(format!("sharray-flights-{}.npy", std::process::id()));
    flights.save(&path)?;
    let again = Array::load(&path)?;
    println!("read again: {}, the same: {}", again.dtype(), again.to_string() == flights.to_string());

    // Mapped: only what is looked at is read, and what is written goes to the file.
    // SAFETY: the file is this program's own, and nobody else changes it.
    let mut mapped = unsafe { Array::map(&path, Access::ReadWrite)? };
    let hours = mapped.field("f1")?.divide(500)?.rint()?;
    println!("hours in the air: {hours}");
    let late = mapped.field("f2")?.maximum(0.0)?;
    mapped.set_field("f2", &late)?;
    mapped.flush()?;
    drop(mapped);

    let (carriers, delays) = (Array::load(&path)?.field("f0")?, Array::load(&path)?.field("f2")?);
    for name in carriers.unique()?.to_strings()? {
        let own = carriers.equal(&Array::from_strings(&[&name])?)?;
        let mean = delays.get(s![&own])?.mean(())?;
        println!("{name}: {mean} minutes late on average");
    }
    std::fs::remove_file(&path).ok();
    Ok(())
}
