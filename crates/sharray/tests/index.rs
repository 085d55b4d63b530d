//! Indexing, reading and writing, on one array: `arange(24)` of shape (2, 3, 4).

use sharray::prelude::*;

fn cube() -> Result<Array> {
    Array::arange(24)?.reshape(&[2, 3, 4])
}

#[test]
fn views() -> Result<()> {
    let check = |keys: &[Key], shape: &[isize], elements: &[i64]| -> Result<()> {
        let cube = cube()?;
        let part = cube.get(keys)?;
        assert_eq!((part.shape(), part.to_vec::<i64>()?.as_slice()), (shape, elements), "{keys:?}");
        assert!(part.is_empty() || part.shares_memory(&cube), "{keys:?}");
        Ok(())
    };
    check(s![1, 2, 3], &[], &[23])?;
    check(s![-1, -1], &[4], &[20, 21, 22, 23])?;
    check(s![.., 0, 0], &[2], &[0, 12])?;
    check(s![Key::Ellipsis, 3], &[2, 3], &[3, 7, 11, 15, 19, 23])?;
    check(s![0, 1..3, ..2], &[2, 2], &[4, 5, 8, 9])?;
    check(s![0, 0, 1..=2], &[2], &[1, 2])?;
    check(s![0, 0, ..=-1], &[4], &[0, 1, 2, 3])?;
    check(s![0, 0, (.., -1)], &[4], &[3, 2, 1, 0])?;
    check(s![0, 0, (-1, 0, -2)], &[2], &[3, 1])?;
    check(s![0, 0, 2..2], &[0], &[])?;
    check(s![0, 0, 3..100], &[1], &[3])?;
    check(s![0, Key::NewAxis, 0, ..1], &[1, 1], &[0])?;
    check(s![Key::NewAxis, 1, 1, 1], &[1], &[17])?;
    check(s![0, 0, Array::from(2u8)], &[], &[2])?;
    Ok(())
}

#[test]
fn copies() -> Result<()> {
    let cube = cube()?;
    let check = |keys: &[Key], shape: &[isize], elements: &[i64]| -> Result<()> {
        let part = cube.get(keys)?;
        assert_eq!((part.shape(), part.to_vec::<i64>()?.as_slice()), (shape, elements), "{keys:?}");
        assert!(!part.shares_memory(&cube), "{keys:?}");
        Ok(())
    };
    check(s![0, 0, [3, -4, 3]], &[3], &[3, 0, 3])?;
    check(s![[1, 0], [2, 0], 0], &[2], &[20, 0])?;
    check(s![[0, 1], .., 0], &[2, 3], &[0, 4, 8, 12, 16, 20])?;
    check(s![.., 0, &Array::from([[0], [1]])], &[2, 2, 1], &[0, 1, 12, 13])?;
    check(s![&cube.greater(21)?], &[2], &[22, 23])?;
    check(s![&Array::from([true, false]), 1, ..2], &[1, 2], &[4, 5])?;
    check(s![0, 0, &Array::from([1u8, 2])], &[2], &[1, 2])?;
    check(s![1, 1, Vec::<i64>::new()], &[0], &[])?;
    // Indices that are not adjacent, integers among them: their axes come first.
    check(s![0, .., &Array::from([[0], [1]])], &[2, 1, 3], &[0, 4, 8, 1, 5, 9])?;
    check(s![[0, 1], .., [0, 1]], &[2, 3], &[0, 4, 8, 13, 17, 21])?;
    Ok(())
}

#[test]
fn refusals() -> Result<()> {
    let check = |keys: &[Key], word: &str| -> Result<()> {
        let mut cube = cube()?;
        for error in [cube.get(keys).unwrap_err(), cube.set(keys, 0).unwrap_err()] {
            assert!(matches!(error, Error::Index(_) | Error::Value(_)), "{keys:?}: {error:?}");
            assert!(error.to_string().contains(word), "{keys:?}: {error}");
        }
        assert!(cube.array_equal(&self::cube()?)?, "nothing is changed");
        Ok(())
    };
    check(s![2], "out of bounds")?;
    check(s![0, -4], "out of bounds")?;
    check(s![0, 0, 0, 0], "too many indices")?;
    check(s![Key::Ellipsis, Key::Ellipsis], "ellips")?;
    check(s![(.., 0)], "step")?;
    check(s![[0, 2]], "out of bounds")?;
    check(s![[0, 1], [0, 1, 2]], "broadcast")?;
    check(s![&Array::from([true, false, true])], "boolean")?;
    check(s![&Array::from([0.0])], "integer")?;
    Ok(())
}

#[test]
fn assignment() -> Result<()> {
    let check = |keys: &[Key], value: Input<'_>, expected: &str| -> Result<()> {
        let mut a = Array::zeros(&[2, 3], "i4")?;
        a.set(
            keys,
            match value {
                Input::Borrowed(array) => Input::Borrowed(array),
                other => other,
            },
        )?;
        assert_eq!(a.to_string(), expected, "{keys:?}");
        Ok(())
    };
    check(s![..], 1.into(), "[[1 1 1]\n [1 1 1]]")?;
    check(s![0], (&Array::from([1, 2, 3])).into(), "[[1 2 3]\n [0 0 0]]")?;
    check(s![.., 1], (&Array::from([7.9, 8.9])).into(), "[[0 7 0]\n [0 8 0]]")?;
    check(s![.., (.., -2)], 5.into(), "[[5 0 5]\n [5 0 5]]")?;
    check(s![.., [2, 0]], (&Array::from([1, 2])).into(), "[[2 0 1]\n [2 0 1]]")?;
    check(s![[0, 1], [0, 2]], 9.into(), "[[9 0 0]\n [0 0 9]]")?;
    check(s![&Array::from([[true, false, true], [false, true, false]])], 4.into(), "[[4 0 4]\n [0 4 0]]")?;
    let mut a = Array::zeros(&[2, 3], "i4")?;
    assert!(matches!(a.set(s![0], Array::from([1, 2])), Err(Error::Value(_))));
    Ok(())
}

#[test]
fn picking() -> Result<()> {
    let a = Array::from([[1, 0], [0, 4]]);
    let indices = a.nonzero()?;
    assert_eq!(indices.iter().map(|i| i.to_vec::<i64>().unwrap()).collect::<Vec<_>>(), [[0, 1], [0, 1]]);
    assert_eq!(a.get(s![&indices[0], &indices[1]])?.to_vec::<i32>()?, [1, 4]);
    assert_eq!(a.take(&Array::from([[1, -1]]), 0)?.shape(), [1, 2, 2]);
    assert!(matches!(a.take(&Array::from([2]), 0), Err(Error::Index(_))));
    assert!(matches!(a.take(&Array::from([0]), 2), Err(Error::Axis { axis: 2, ndim: 2, .. })));
    assert!(matches!(a.take(&Array::from([0.5]), 0), Err(Error::Cast { .. })));
    assert_eq!(a.repeat(2, 1)?.to_vec::<i32>()?, [1, 1, 0, 0, 0, 0, 4, 4]);
    Ok(())
}

#[test]
fn fields() -> Result<()> {
    let mut a = Array::zeros(&[2], "i1, f8")?;
    let old = a.clone();
    a.set_field("f1", Array::from([1.5, 2.5]))?;
    assert_eq!(a.field("f1")?.to_vec::<f64>()?, [1.5, 2.5], "at an odd offset");
    assert!(a.field("f1")?.as_slice::<f64>().is_err());
    assert_eq!(old.field("f1")?.to_vec::<f64>()?, [0.0, 0.0]);
    // A view whose copy lies otherwise.
    let mut other = a.get(s![(.., -1)])?;
    other.set_field("f0", Array::from([1, 2]))?;
    assert_eq!(other.to_string(), "[(1, 2.5) (2, 1.5)]");
    assert!(matches!(a.field("f2"), Err(Error::Key(_))));
    assert!(matches!(a.set_field("f2", 0), Err(Error::Key(_))));
    Ok(())
}
