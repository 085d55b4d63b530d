//! Reductions, sorting and searching, by axis.

use sharray::prelude::*;

fn table() -> Array {
    array![[3.0, 1.0, 2.0], [9.0, 7.0, 8.0]]
}

#[test]
fn axes_and_dims() -> Result<()> {
    type Reduce = fn(&Array, Axes) -> Result<Array>;
    let check = |name: &str, reduce: Reduce, all: f64, columns: [f64; 3], rows: [f64; 2]| -> Result<()> {
        let a = table();
        assert_eq!(reduce(&a, ().into())?.item::<f64>()?, all, "{name}");
        assert_eq!(reduce(&a, 0.into())?.to_vec::<f64>()?, columns, "{name}");
        assert_eq!(reduce(&a, (-1).into())?.to_vec::<f64>()?, rows, "{name}");
        assert_eq!(reduce(&a.t(), 0.into())?.to_vec::<f64>()?, rows, "{name} of a transpose");
        assert_eq!(reduce(&a, Axes::ALL.keepdims())?.shape(), [1, 1], "{name}");
        assert_eq!(reduce(&a, Axes::from([0, 1]))?.shape(), [0isize; 0], "{name}");
        assert!(matches!(reduce(&a, 2.into()), Err(Error::Axis { axis: 2, ndim: 2, .. })), "{name}");
        assert!(matches!(reduce(&a, [0, 0].into()), Err(Error::Value(_))), "{name}");
        Ok(())
    };
    check("sum", Array::sum, 30.0, [12.0, 8.0, 10.0], [6.0, 24.0])?;
    check("prod", Array::prod, 3024.0, [27.0, 7.0, 16.0], [6.0, 504.0])?;
    check("min", Array::min, 1.0, [3.0, 1.0, 2.0], [1.0, 7.0])?;
    check("max", Array::max, 9.0, [9.0, 7.0, 8.0], [3.0, 9.0])?;
    check("mean", Array::mean, 5.0, [6.0, 4.0, 5.0], [2.0, 8.0])?;
    check("var", |a, axes| a.var(axes, 0), 29.0 / 3.0, [9.0; 3], [2.0 / 3.0; 2])?;
    check("std", |a, axes| a.std(axes, 1), 11.6f64.sqrt(), [18.0f64.sqrt(); 3], [1.0; 2])
}

#[test]
fn nothing_to_reduce() -> Result<()> {
    let empty = Array::zeros(&[0, 2], "f8")?;
    assert_eq!(empty.sum(0)?.to_vec::<f64>()?, [0.0, 0.0]);
    assert_eq!(empty.prod(())?.item::<f64>()?, 1.0);
    assert!(empty.all(())?.item::<bool>()? && !empty.any(())?.item::<bool>()?);
    assert!(empty.mean(())?.item::<f64>()?.is_nan());
    assert!(matches!(empty.max(0), Err(Error::Value(_))));
    assert_eq!(empty.max(1)?.shape(), [0]);
    for error in [empty.argmax(None), empty.argmin(0)] {
        assert!(matches!(error, Err(Error::Value(_))));
    }
    assert_eq!(empty.argmin(1)?.shape(), [0]);
    Ok(())
}

#[test]
fn other_dtypes() -> Result<()> {
    assert_eq!(Array::from([true, true, false]).sum(())?.item::<i64>()?, 2);
    assert_eq!(Array::full(&[1000], 200u8)?.sum(())?.item::<u64>()?, 200_000);
    assert_eq!(Array::full_as(&[2000], 100, "f2")?.mean(())?.to_string(), "100.0");
    let z = Array::from([Complex::new(1.0, 1.0), Complex::new(3.0, -1.0)]);
    assert_eq!(z.var((), 0)?.item::<f64>()?, 2.0);
    let refused = Array::from_strings(&["a"])?.sum(());
    assert!(matches!(refused, Err(Error::NoLoop { .. } | Error::Type(_))), "{refused:?}");
    Ok(())
}

#[test]
fn running() -> Result<()> {
    let a = table();
    assert_eq!(a.cumsum(1)?.to_string(), "[[ 3.  4.  6.]\n [ 9. 16. 24.]]");
    assert_eq!(a.cumprod(0)?.to_string(), "[[ 3.  1.  2.]\n [27.  7. 16.]]");
    assert_eq!(a.t().cumsum(None)?.to_vec::<f64>()?, [3.0, 12.0, 13.0, 20.0, 22.0, 30.0]);
    assert_eq!(Array::from(5).cumsum(None)?.to_vec::<i64>()?, [5]);
    assert!(matches!(Array::from(5).cumsum(1), Err(Error::Axis { .. })));
    Ok(())
}

#[test]
fn extremes() -> Result<()> {
    let a = table();
    assert_eq!((a.argmin(None)?.item::<i64>()?, a.argmax(None)?.item::<i64>()?), (1, 3));
    assert_eq!(a.argmin(0)?.to_vec::<i64>()?, [0, 0, 0]);
    assert_eq!(a.argmax(-1)?.to_vec::<i64>()?, [0, 0]);
    assert_eq!(Array::from([1.0, f64::NAN, 3.0]).argmax(0)?.item::<i64>()?, 1);
    assert!(Array::from([1.0, f64::NAN]).max(())?.item::<f64>()?.is_nan());
    Ok(())
}

#[test]
fn sorting() -> Result<()> {
    let check = |axis: isize, sorted: &str, places: &str| -> Result<()> {
        let mut a = array![[3, 1, 2], [1, 3, 0]];
        assert_eq!(a.argsort(axis)?.to_string(), places);
        assert_eq!(a.t().sorted(if axis == 0 { 1 } else { 0 })?.t().to_string(), sorted);
        a.sort(axis)?;
        assert_eq!(a.to_string(), sorted);
        Ok(())
    };
    check(0, "[[1 1 0]\n [3 3 2]]", "[[1 0 1]\n [0 1 0]]")?;
    check(-1, "[[1 2 3]\n [0 1 3]]", "[[1 2 0]\n [2 0 1]]")?;
    let mut words = Array::from_strings(&["pear", "apple", "fig"])?;
    words.sort(0)?;
    assert_eq!(words.to_strings()?, ["apple", "fig", "pear"]);
    assert!(matches!(words.sort(1), Err(Error::Axis { .. })));
    assert_eq!(Array::from([f64::NAN, 1.0, f64::NAN, 1.0]).unique()?.to_string(), "[ 1. nan]");
    Ok(())
}

#[test]
fn joining() -> Result<()> {
    let (a, b) = (array![[1, 2]], array![[3.5, 4.5], [5.5, 6.5]]);
    assert_eq!(concatenate(&[&a, &b], 0)?.shape(), [3, 2]);
    assert_eq!(concatenate(&[&a, &b], None)?.to_vec::<f64>()?, [1.0, 2.0, 3.5, 4.5, 5.5, 6.5]);
    assert!(matches!(concatenate(&[&a, &b], 1), Err(Error::Value(_))));
    assert!(matches!(concatenate(&[&a, &b], 2), Err(Error::Axis { .. })));
    assert!(matches!(stack(&[], 0), Err(Error::Value(_))));
    assert!(matches!(stack(&[&a, &b], 0), Err(Error::Value(_))));
    assert_eq!(stack(&[&a, &a], 1)?.shape(), [1, 2, 2]);
    let text = Array::from_strings(&["abc"])?;
    assert_eq!(concatenate(&[&text, &Array::from([1i8])], 0)?.to_strings()?, ["abc", "1"]);
    Ok(())
}
