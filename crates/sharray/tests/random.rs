//! Random numbers: the streams are NumPy's. The numbers expected were drawn with NumPy 2.4.

use sharray::prelude::*;
use sharray::random::{BitGenerator, Choice, CovarianceFactor, Generator, SeedSequence, default_rng};

#[test]
fn generators_of_each_kind() -> Result<()> {
    for (kind, units, integers) in [
        (BitGenerator::Pcg64, [0.17893481367543618, 0.6399131657151546, 0.4672684011434851], [851, 178, 26]),
        (
            BitGenerator::Pcg64Dxsm,
            [0.9044861450454947, 0.356422990810618, 0.0160839502860457],
            [655, 904, 74],
        ),
        (BitGenerator::Philox, [0.17174895248729471, 0.00637712572177529, 0.774576334588037], [55, 171, 417]),
        (BitGenerator::Sfc64, [0.12488420540589662, 0.8122843842857788, 0.9145752618181877], [5, 124, 558]),
        (
            BitGenerator::Mt19937,
            [0.7789425611694519, 0.4843402987194042, 0.29164637246293046],
            [778, 802, 484],
        ),
    ] {
        assert_eq!(Generator::new(kind, 2026).random(3)?.to_vec::<f64>()?, units, "{kind:?}");
        assert_eq!(Generator::new(kind, 2026).integers(0..1000, 3)?.to_vec::<i64>()?, integers, "{kind:?}");
        let mut rng = Generator::new(kind, 5);
        rng.integers_as(0..10, 3, "u1")?;
        let mut same = rng.clone();
        assert_eq!(rng.bytes(9), same.bytes(9), "{kind:?}");
    }
    Ok(())
}

#[test]
fn seeds() -> Result<()> {
    let first = |seed: SeedSequence| default_rng(seed).random(())?.item::<f64>();
    assert_eq!(first(0.into())?, 0.6369616873214543);
    assert_eq!(first((1u128 << 100).into())?, 0.004225874802662788);
    assert_eq!(first([1, 2, 1 << 40].into())?, 0.08719639774750343);
    assert_eq!(first([0; 6].into())?, 0.5651317655614634);
    assert_eq!(
        default_rng(1).spawn(2)[1].random(2)?.to_vec::<f64>()?,
        [0.4757645185899906, 0.6005884039084781]
    );
    assert_eq!(default_rng(1).spawn(1)[0].spawn(2)[1].random(())?.item::<f64>()?, 0.5684131628211231);
    Ok(())
}

#[test]
fn many_numbers_are_the_same_stream() -> Result<()> {
    let normal = default_rng(7).standard_normal(10007)?.to_vec::<f64>()?;
    assert_eq!(
        (normal[10006], normal.iter().fold(0.0, |sum, x| sum + x)),
        (-0.9694159060158223, -122.182531352781)
    );
    let unit = default_rng(7).random([1, 10007])?.to_vec::<f64>()?;
    assert_eq!(
        (unit[10006], unit.iter().fold(0.0, |sum, x| sum + x)),
        (0.39058549938594755, 5012.8874319658435)
    );
    Ok(())
}

#[test]
fn parameters_that_are_arrays() -> Result<()> {
    let (means, scales) = (Array::from([[0.0], [100.0]]), Array::from([1.0, 0.5, 0.25]));
    let drawn = default_rng(7).normal(&means, &scales, ())?;
    assert_eq!(drawn.shape(), [2, 3]);
    assert_eq!(
        drawn.to_vec::<f64>()?,
        [
            0.0012301533574825742,
            0.14937276875423494,
            -0.0685344638405544,
            99.10940816124273,
            99.77266460741414,
            99.75208836125088
        ]
    );
    let drawn = default_rng(7).binomial(array![10, 1000], 0.3, [2, 2])?;
    assert_eq!(drawn.to_vec::<i64>()?, [3, 301, 5, 277]);
    let drawn = default_rng(7).uniform(array![0, -5], 10.0, [2, 2])?;
    assert_eq!(
        drawn.to_vec::<f64>()?,
        [6.2509546660466695, 8.458207014543632, 7.756856902451935, -1.621892150141122]
    );
    Ok(())
}

#[test]
fn integers_of_every_width() -> Result<()> {
    let whole = |dtype: &str, range: std::ops::RangeInclusive<i64>| -> Result<Vec<i64>> {
        default_rng(7).integers_as(range, 5, dtype)?.astype("i8")?.to_vec()
    };
    assert_eq!(whole("?", 0..=1)?, [1, 1, 0, 1, 0]);
    assert_eq!(whole("i1", -128..=127)?, [11, -54, 101, 113, 41]);
    assert_eq!(whole("u2", 3..=1000)?, [293, 946, 258, 626, 418]);
    assert_eq!(whole("i4", -7..=7)?, [7, 2, 3, 6, 1]);
    assert_eq!(
        whole("i8", i64::MIN..=i64::MAX)?,
        [
            2307604057237572235,
            7327301329031162517,
            5085503372737050978,
            -5069032639539042494,
            -3686281399541214907
        ]
    );
    assert_eq!(
        whole("i8", 0..=1 << 40)?,
        [687299734002, 986497006768, 852875435924, 247617924053, 330036320526]
    );
    let all = default_rng(7).integers_as(0..=u64::MAX, 2, "u8")?;
    assert_eq!(all.to_vec::<u64>()?, [11530976094092348043, 16550673365885938325]);
    Ok(())
}

#[test]
fn choices() -> Result<()> {
    let table = Array::arange(15)?.reshape(&[3, 5])?;
    let p = Array::from([0.05, 0.2, 0.1, 0.25, 0.4]);
    let columns = Choice { axis: 1, ..Choice::default() };
    let chosen =
        |how: Choice<'_>, size: isize| default_rng(7).choice_with(&table, size, &how)?.to_vec::<i64>();
    assert_eq!(chosen(columns, 4)?, [4, 3, 3, 4, 9, 8, 8, 9, 14, 13, 13, 14]);
    assert_eq!(chosen(Choice { p: Some(&p), ..columns }, 4)?, [4, 4, 4, 1, 9, 9, 9, 6, 14, 14, 14, 11]);
    let once = Choice { replace: false, ..columns };
    assert_eq!(chosen(once, 4)?, [1, 2, 4, 3, 6, 7, 9, 8, 11, 12, 14, 13]);
    assert_eq!(chosen(Choice { shuffle: false, ..once }, 4)?, [1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14]);
    assert_eq!(
        chosen(Choice { p: Some(&p), ..once }, 5)?,
        [4, 1, 2, 3, 0, 9, 6, 7, 8, 5, 14, 11, 12, 13, 10]
    );
    let shape = default_rng(7).choice_with(&table, [2, 2], &columns)?;
    assert_eq!(shape.shape(), [3, 2, 2]);
    let order = default_rng(7).permutation(20_000)?.to_vec::<i64>()?;
    assert_eq!(order[..4], [19119, 9252, 15763, 14759]);
    let some = Choice { replace: false, ..Choice::default() };
    let some = default_rng(7).choice_with(&Array::arange(20_000)?, 2000, &some)?.to_vec::<i64>()?;
    assert_eq!(some[..4], [3649, 7788, 18918, 3025]);
    Ok(())
}

#[test]
fn orders_of_lanes() -> Result<()> {
    let permuted = |array: &Array, axis: Option<isize>| -> Result<Vec<i64>> {
        let result = default_rng(7).permuted(array, axis)?;
        assert_eq!(result.shape(), array.shape());
        result.to_vec::<i64>()
    };
    let block = Array::arange(12)?.reshape(&[2, 3, 2])?;
    assert_eq!(permuted(&block, Some(1))?, [0, 3, 4, 5, 2, 1, 6, 7, 8, 11, 10, 9]);
    assert_eq!(permuted(&block, Some(-2))?, permuted(&block, Some(1))?);
    // Columns first, where memory has them so.
    let turned = Array::arange(12)?.reshape(&[3, 4])?.t();
    assert_eq!(permuted(&turned, None)?, [4, 1, 2, 6, 3, 5, 10, 8, 9, 0, 7, 11]);
    assert_eq!(permuted(&Array::arange(6)?.reshape(&[2, 3])?, Some(0))?, [0, 1, 2, 3, 4, 5]);
    assert_eq!(permuted(&Array::zeros(&[0, 3], "i8")?, Some(0))?, []);
    assert!(matches!(default_rng(7).permuted(&block, 3), Err(Error::Axis { .. })));
    assert!(matches!(default_rng(7).permuted(&Array::from(1.0), None), Err(Error::Value(_))));
    Ok(())
}

#[test]
fn normal_vectors() -> Result<()> {
    let mean = array![1.0, 2.0, 3.0];
    let cov = array![[2.0, 0.5, 0.1], [0.5, 1.0, 0.2], [0.1, 0.2, 3.0]];
    let check = |factor: CovarianceFactor, expected: [f64; 6]| -> Result<()> {
        let drawn = default_rng(7).multivariate_normal_by(factor, &mean, &cov, 2)?;
        let expected = Array::from(expected).reshape(&[2, 3])?;
        // Factors may differ in their last digits.
        assert!(drawn.all_close(&expected, 1e-12, 0.0)?, "{factor:?}: {drawn}");
        Ok(())
    };
    // Signs of vectors are free: these are the numbers of the Python package, not NumPy's.
    let svd = [
        1.4935684782194203,
        1.932650101750244,
        2.93166277349099,
        0.47059628351161853,
        0.7410477855254505,
        1.670260287464521,
    ];
    check(CovarianceFactor::Svd, svd)?;
    let eigh = [
        1.3263334213158915,
        2.093438212389223,
        2.4455000299411553,
        0.40922426248708077,
        0.8000539023608917,
        1.4918479935894444,
    ];
    check(CovarianceFactor::Eigh, eigh)?;
    let cholesky = [
        1.0017396995619507,
        2.279885786686567,
        2.5843325573702574,
        -0.25948705690932994,
        1.2598226603006468,
        1.1458712888557605,
    ];
    check(CovarianceFactor::Cholesky, cholesky)?;
    assert_eq!(default_rng(7).multivariate_normal(&mean, &cov, ())?.shape(), [3]);
    assert_eq!(default_rng(7).multivariate_normal(&mean, &cov, [2, 0])?.shape(), [2, 0, 3]);
    let refused = |mean: &Array, cov: &Array| {
        matches!(default_rng(7).multivariate_normal(mean, cov, ()), Err(Error::Value(_)))
    };
    assert!(refused(&array![1.0, 2.0], &cov));
    assert!(refused(&cov, &cov));
    assert!(refused(&array![0.0, 0.0], &array![[1.0, 2.0], [0.0, 1.0]]));
    assert!(refused(&array![0.0, 0.0], &array![[1.0, 0.0], [0.0, -1.0]]));
    Ok(())
}

#[test]
fn integers_of_several_ranges() -> Result<()> {
    let rng = || default_rng(7);
    let drawn = rng().integers_between(array![0, -5, 1i64 << 40], array![i64::MAX, 5, 1 << 41], [2, 3])?;
    let expected = [5765488047046174020, 1, 1952387063700, 2077169698657866656, 3, 1429547948302];
    assert_eq!(drawn.to_vec::<i64>()?, expected);
    let drawn = rng().integers_between_as(array![0, 5], array![u64::MAX, 7], [2, 2], "u8")?;
    assert_eq!(drawn.to_vec::<u64>()?, [11530976094092348042, 6, 14308875409591826785, 6]);
    let drawn = rng().integers_between_as(array![[0], [-100]], array![5, 100, 30000], (), "i2")?;
    assert_eq!(drawn.to_vec::<i16>()?, [1, 94, 7694, -35, -17, 20493]);
    let drawn = rng().integers_between_as(array![0, 0, 1], 2, [2, 3], "bool")?;
    assert_eq!(drawn.to_vec::<bool>()?, [true, true, true, false, true, true]);
    let drawn = rng().integers_between_as(0, 5, 4, "i4")?;
    assert_eq!(drawn.to_vec::<i32>()?, [4, 3, 3, 4]);
    let drawn = rng().integers_between_as(0, array![5, i32::MAX, 1], (), "i4")?;
    assert_eq!(drawn.to_vec::<i32>()?, [4, 1342382291, 0]);
    assert!(rng().integers_between(&Array::zeros(&[0], "i8")?, 5, ())?.is_empty());
    let value = |result: Result<Array>| matches!(result, Err(Error::Value(_)));
    assert!(value(rng().integers_between(array![0, 5], 5, ())));
    assert!(value(rng().integers_between(array![0, 1], 5, 3)));
    assert!(value(rng().integers_between_as(0, array![5, 129], (), "i1")));
    assert!(matches!(rng().integers_between(0.5, 5, ()), Err(Error::Cast { .. })));
    assert!(matches!(
        rng().integers_between(array![0, 1], array![4, 5, 6], ()),
        Err(Error::Broadcast { .. })
    ));
    Ok(())
}

#[test]
fn refused_arguments() {
    let rng = || default_rng(7);
    let value = |result: Result<Array>| matches!(result, Err(Error::Value(_)));
    assert!(value(rng().normal(0.0, -1.0, 3)));
    assert!(value(rng().normal(0.0, -0.0, 3)));
    assert!(value(rng().poisson(f64::NAN, 3)));
    assert!(value(rng().binomial(-1, 0.5, 3)));
    assert!(value(rng().negative_binomial(1e18, 1e-9, 3)));
    assert!(value(rng().normal(Array::from([1.0, 2.0]), 1.0, 3)));
    assert!(value(rng().random([-1])));
    assert!(value(rng().integers(0..0, 3)));
    assert!(value(rng().integers_as(-1..3, 3, "u8")));
    assert!(value(rng().choice(&Array::zeros(&[0], "f8").unwrap(), 1)));
    assert!(value(rng().multinomial(3, &Array::from([0.7, 0.7, 0.1]), ())));
    assert!(value(rng().dirichlet(&Array::from([1.0, -1.0]), ())));
    let once = Choice { replace: false, ..Choice::default() };
    assert!(value(rng().choice_with(&array![1, 2, 3], 4, &once)));
    let p = Array::from([0.5, 0.6, -0.1]);
    assert!(value(rng().choice_with(&array![1, 2, 3], 1, &Choice { p: Some(&p), ..once })));
    assert!(matches!(rng().integers_as(0..3, 3, "f8"), Err(Error::Type(_))));
    assert!(matches!(rng().uniform(0.0, f64::INFINITY, 3), Err(Error::Overflow(_))));
    assert!(matches!(rng().binomial(2.5, 0.5, 3), Err(Error::Cast { .. })));
    assert!(matches!(rng().shuffled(&Array::from(1.0), 0), Err(Error::Axis { .. })));
    assert!(rng().random([isize::MAX]).is_err());
}

#[test]
fn numbers_that_no_memory_holds_change_nothing() -> Result<()> {
    let mut rng = default_rng(7);
    assert!(rng.random(isize::MAX / 16).is_err());
    assert_eq!(rng.random(())?.item::<f64>()?, 0.625095466604667);
    Ok(())
}
