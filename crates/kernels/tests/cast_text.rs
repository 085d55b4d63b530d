//! Casts to, from and among text, times and raw bytes.

use sharray_base::dtype::{TimeUnit, Unit};
use sharray_base::{DType, Error, TypeNum};
use sharray_kernels::cast::Transfer;

fn number(char: char) -> DType {
    DType::of(TypeNum::from_char(char as u8).unwrap())
}
fn bytes(width: usize) -> DType {
    DType::flexible(TypeNum::String, width)
}
fn unicode(width: usize) -> DType {
    DType::flexible(TypeNum::Unicode, 4 * width)
}
fn time(num: TypeNum, symbol: &str) -> DType {
    DType::time(num, TimeUnit::one(Unit::from_symbol(symbol).unwrap()))
}

/// Casts one element with the help of one stride of both signs.
fn cast(from: &DType, to: &DType, source: &[u8]) -> Result<Vec<u8>, Error> {
    let transfer = Transfer::new(from, to, false)?;
    let mut target = vec![0x55u8; 2 * to.itemsize() + 1];
    let step = to.itemsize() as isize;
    // SAFETY: the one source is read twice, the targets are the buffer's two elements from the second back.
    unsafe {
        transfer.run(source.as_ptr(), 0, target.as_mut_ptr().add(1 + to.itemsize()), -step, 2)?;
    }
    assert_eq!(target[1..1 + to.itemsize()], target[1 + to.itemsize()..]);
    Ok(target[1..1 + to.itemsize()].to_vec())
}

/// A text as elements of `S` or `U` in either order.
fn encode(dtype: &DType, text: &str) -> Vec<u8> {
    let mut out: Vec<u8> = match (dtype.num(), dtype.is_native()) {
        (TypeNum::String, _) => text.bytes().collect(),
        (_, true) => text.chars().flat_map(|c| u32::from(c).to_ne_bytes()).collect(),
        _ => text.chars().flat_map(|c| u32::from(c).swap_bytes().to_ne_bytes()).collect(),
    };
    out.resize(dtype.itemsize(), 0);
    out
}

fn decode(dtype: &DType, element: &[u8]) -> String {
    let text: String = match dtype.num() {
        TypeNum::String => element.iter().map(|&b| char::from(b)).collect(),
        _ => element
            .chunks(4)
            .map(|c| u32::from_ne_bytes(c.try_into().unwrap()))
            .map(|c| char::from_u32(if dtype.is_native() { c } else { c.swap_bytes() }).unwrap())
            .collect(),
    };
    text.trim_end_matches('\0').into()
}

fn texts(width: usize) -> [DType; 3] {
    [bytes(width), unicode(width), unicode(width).swapped()]
}

#[test]
fn numbers_as_text() {
    let value = |char: char, v: f64| cast(&number('d'), &number(char), &v.to_ne_bytes()).unwrap();
    for (char, v, text) in [
        ('?', 1.0, "True"),
        ('?', 0.0, "False"),
        ('b', -128.0, "-128"),
        ('Q', 1e19, "10000000000000000000"),
        ('d', 0.1, "0.1"),
        ('d', 1e16, "1e+16"),
        ('d', -0.0, "-0.0"),
        ('f', 0.1, "0.1"),
        ('e', 0.1, "0.1"),
        ('g', 0.5, "0.5"),
        ('d', f64::NAN, "nan"),
        ('D', 1.5, "(1.5+0j)"),
        ('F', 0.0, "0j"),
        ('D', -0.0, "(-0+0j)"),
        ('G', 100000.0, "(100000+0j)"),
    ] {
        let source = value(char, v);
        for to in texts(32) {
            assert_eq!(decode(&to, &cast(&number(char), &to, &source).unwrap()), text, "{char} to {to:?}");
            let from = number(char).swapped();
            let swapped = cast(&number(char), &from, &source).unwrap();
            assert_eq!(decode(&to, &cast(&from, &to, &swapped).unwrap()), text, "swapped {char} to {to:?}");
        }
        for to in texts(2) {
            let short: String = text.chars().take(2).collect();
            assert_eq!(decode(&to, &cast(&number(char), &to, &source).unwrap()), short);
        }
    }
}

#[test]
fn text_as_numbers() {
    for from in texts(12) {
        for (text, char, value) in [
            ("5", 'b', 5.0),
            (" -1_0 ", 'l', -10.0),
            ("1e3", 'd', 1000.0),
            ("0.5", 'e', 0.5),
            ("0.5", 'g', 0.5),
            ("-inf", 'f', f64::NEG_INFINITY),
            ("x", '?', 1.0),
            ("", '?', 0.0),
            ("0", '?', 1.0),
            ("(2+0j)", 'D', 2.0),
        ] {
            for to in [number(char), number(char).swapped()] {
                let result = cast(&from, &to, &encode(&from, text)).unwrap();
                let back = cast(&to, &number('d'), &result).unwrap();
                assert_eq!(
                    f64::from_ne_bytes(back.try_into().unwrap()),
                    value,
                    "{from:?} {text:?} to {to:?}"
                );
            }
        }
        for (text, char) in [("x", 'd'), ("", 'l'), ("1.5", 'l'), ("1+2", 'D'), (" 5 ", 'g'), ("300", 'b')] {
            let error = cast(&from, &number(char), &encode(&from, text)).unwrap_err();
            assert!(matches!(error, Error::Value(_) | Error::Overflow(_)), "{text:?} to {char}: {error}");
        }
    }
    let error = cast(&bytes(1), &number('d'), b"x").unwrap_err();
    assert_eq!(error.to_string(), "could not convert string to float: b'x'");
}

#[test]
fn text_among_itself() {
    for from in texts(4) {
        for to in [texts(4), texts(2), texts(6)].concat() {
            let width = if to.num() == TypeNum::String { to.itemsize() } else { to.itemsize() / 4 };
            let wanted: String = "abcd".chars().take(width).collect();
            let result = cast(&from, &to, &encode(&from, "abcd")).unwrap();
            assert_eq!(decode(&to, &result), wanted, "{from:?} to {to:?}");
        }
    }
    let error = cast(&unicode(3), &bytes(1), &encode(&unicode(3), "aé")).unwrap_err();
    assert_eq!(error, Error::UnicodeEncode { text: "aé".into(), position: 1 });
    let error = cast(&bytes(2), &unicode(2), b"a\xe9").unwrap_err();
    assert!(
        matches!(&error, Error::UnicodeDecode { .. }) && error.to_string().contains("0xe9 in position 1")
    );
    assert_eq!(cast(&unicode(1), &unicode(2), &encode(&unicode(1), "é")).unwrap(), encode(&unicode(2), "é"));
}

#[test]
fn times() {
    use TypeNum::{Datetime, Timedelta};
    for from in texts(26) {
        for (text, unit, ticks) in [
            ("2011-03-12T05:06:07", "s", 1299906367),
            ("2011-03-12T05:06:07.5", "D", 15045),
            ("1969-12-31T23", "D", -1),
            ("2011-03-12", "W", 2149),
            ("2011-03", "Y", 41),
            ("NaT", "ns", i64::MIN),
            ("2011-03", "generic", 494),
        ] {
            for to in [time(Datetime, unit), time(Datetime, unit).swapped()] {
                let result = cast(&from, &to, &encode(&from, text)).unwrap();
                let ticks: i64 = if to.is_native() { ticks } else { ticks.swap_bytes() };
                assert_eq!(result, ticks.to_ne_bytes(), "{text} as {to:?}");
            }
        }
        for (text, ticks) in [("5", 5i64), ("+5", 5), (" -3", -3), ("nat", i64::MIN), ("", i64::MIN)] {
            let result = cast(&from, &time(Timedelta, "s"), &encode(&from, text)).unwrap();
            assert_eq!(result, ticks.to_ne_bytes());
        }
        for text in ["x", "5 ", "1_0", "1e5"] {
            assert!(cast(&from, &time(Timedelta, "s"), &encode(&from, text)).is_err(), "{text}");
        }
        assert!(cast(&from, &time(Datetime, "s"), &encode(&from, "2011-13")).is_err());
    }
    for (ticks, dtype, text) in [
        (-1i64, time(Datetime, "D"), "1969-12-31"),
        (5, time(Datetime, "ms"), "1970-01-01T00:00:00.005"),
        (i64::MIN, time(Datetime, "s"), "NaT"),
        (5, DType::time(Timedelta, TimeUnit { unit: Unit::Second, count: 25 }), "125 seconds"),
        (5, time(Timedelta, "generic"), "5 generic time units"),
    ] {
        for to in texts(40) {
            let element = cast(&dtype, &to, &ticks.to_ne_bytes()).unwrap();
            assert_eq!(decode(&to, &element), text);
        }
    }
    let error = cast(&time(Datetime, "m"), &bytes(10), &0i64.to_ne_bytes()).unwrap_err();
    assert!(matches!(error, Error::Runtime(_)));
    for (from, to, ticks, expected) in [
        (time(Datetime, "D"), time(Datetime, "s"), 1i64, 86400i64),
        (time(Datetime, "s").swapped(), time(Datetime, "M"), (-1i64).swap_bytes(), -1),
        (time(Timedelta, "s"), time(Datetime, "ms"), 5, 5),
        (time(Timedelta, "generic"), time(Timedelta, "M"), -7, -7),
        (time(Timedelta, "D"), number('l'), i64::MIN, i64::MIN),
        (number('l'), time(Timedelta, "D").swapped(), 3, 3i64.swap_bytes()),
    ] {
        assert_eq!(
            cast(&from, &to, &ticks.to_ne_bytes()).unwrap(),
            expected.to_ne_bytes(),
            "{from:?} {to:?}"
        );
    }
    let nan = cast(&number('d'), &time(Datetime, "s"), &f64::NAN.to_ne_bytes()).unwrap();
    assert_eq!(nan, i64::MIN.to_ne_bytes());
    let wrapped = cast(&time(Datetime, "D"), &time(Datetime, "ns"), &200_000i64.to_ne_bytes()).unwrap();
    assert_eq!(wrapped, 200_000i64.wrapping_mul(86_400_000_000_000).to_ne_bytes());
    assert!(cast(&time(Datetime, "s"), &time(Datetime, "generic"), &1i64.to_ne_bytes()).is_err());
}

#[test]
fn raw_bytes() {
    let raw = |width| DType::flexible(TypeNum::Void, width);
    assert_eq!(cast(&raw(3), &raw(5), b"abc").unwrap(), b"abc\0\0");
    assert_eq!(cast(&raw(3), &raw(2), b"abc").unwrap(), b"ab");
    let swapped = 1i32.swap_bytes().to_ne_bytes();
    assert_eq!(cast(&number('i').swapped(), &raw(6), &swapped).unwrap()[..4], 1i32.to_ne_bytes());
    assert!(cast(&raw(4), &number('i'), b"abcd").is_err());
    assert!(cast(&raw(4), &unicode(4), b"abcd").is_err());
}
