//! Plans against NumPy's documented results, and gather/scatter against an element-by-element oracle.

use sharray_base::Error;

use super::*;
use crate::test_support::{Outputs, Owned};

fn shape_of(shape: &[isize], keys: &[Key<'_>]) -> Result<Vec<isize>, String> {
    let source = Owned::range(shape);
    match plan(&source.shape, &source.strides, keys) {
        Ok(Plan::Basic(layout)) => Ok(layout.shape.to_vec()),
        Ok(Plan::Fancy(fancy)) => {
            let mut out = Outputs::default();
            get(source.view(), &fancy, &mut out).map_err(|e| e.to_string())?;
            assert_eq!(out.0[0].shape, fancy.shape());
            Ok(out.0[0].shape.to_vec())
        }
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn result_shapes() {
    let (a01, a012) = (Owned::one::<isize>(&[0, 1]), Owned::one::<isize>(&[0, 1, 2]));
    let (a01, a012) = (Key::Array(a01.view()), Key::Array(a012.view()));
    let (all, dots, new) = (Key::ALL, Key::Ellipsis, Key::NewAxis);
    let m34 = Owned::new(&[true; 12], &[3, 4]);
    let m45 = Owned::new(&[true; 20], &[4, 5]);
    let (m34, m45) = (Key::Mask(m34.view()), Key::Mask(m45.view()));
    let check = |keys: &[Key<'_>], expected: &[isize]| {
        assert_eq!(shape_of(&[3, 4, 5], keys).as_deref(), Ok(expected))
    };
    check(&[], &[3, 4, 5]);
    check(&[all, a01, dots, a01], &[2, 3]);
    check(&[all, a01, new, a01], &[2, 3, 1]);
    check(&[all, Key::Int(0), new, a01], &[2, 3, 1]);
    check(&[dots, Key::Int(0), a01], &[3, 2]);
    check(&[Key::Int(0), all, a01], &[2, 4]);
    check(&[Key::Bool0d(true)], &[1, 3, 4, 5]);
    check(&[Key::Bool0d(false)], &[0, 3, 4, 5]);
    check(&[Key::Bool0d(true), a01], &[2, 4, 5]);
    check(&[all, Key::Bool0d(true), a012], &[3, 3, 5]);
    check(&[new, dots, new], &[1, 3, 4, 5, 1]);
    check(&[all, m45], &[3, 20]);
    check(&[m34], &[12, 5]);
    check(&[new, a01], &[1, 2, 4, 5]);
    check(&[Key::Slice { start: Some(-1), stop: None, step: Some(-2) }], &[2, 4, 5]);
}

#[test]
fn refusals() {
    let (a01, a012, nine) =
        (Owned::one::<isize>(&[0, 1]), Owned::one::<isize>(&[0, 1, 2]), Owned::one::<isize>(&[9]));
    let (a01, a012, nine) = (Key::Array(a01.view()), Key::Array(a012.view()), Key::Array(nine.view()));
    let mask = Owned::new(&[true; 15], &[3, 5]);
    let none = Owned::one::<isize>(&[]);
    let check = |keys: &[Key<'_>], text: &str| assert_eq!(shape_of(&[3, 4, 5], keys), Err(text.into()));
    let int = Key::Int;
    check(
        &[int(1), int(2), int(3), int(4)],
        "too many indices for array: array is 3-dimensional, but 4 were indexed",
    );
    check(&[Key::Ellipsis, Key::Ellipsis], "an index can only have a single ellipsis ('...')");
    check(&[int(-7)], "index -7 is out of bounds for axis 0 with size 3");
    check(&[Key::ALL, nine], "index 9 is out of bounds for axis 1 with size 4");
    check(
        &[a01, a012],
        "shape mismatch: indexing arrays could not be broadcast together with shapes (2,) (3,) ",
    );
    check(
        &[Key::Mask(mask.view())],
        "boolean index did not match indexed array along axis 1; size of axis is 4 but size of corresponding boolean \
         axis is 5",
    );
    check(&[Key::Slice { start: None, stop: None, step: Some(0) }], "slice step cannot be zero");
    assert_eq!(shape_of(&[3, 4, 5], &[nine, Key::Array(none.view())]), Ok(vec![0, 5]));
}

/// Every index array entry by entry.
fn pick(source: &Owned, rows: &[isize], columns: &[isize]) -> Vec<i64> {
    let values = source.values::<i64>();
    let (height, width) = (source.shape[0], source.shape[1]);
    let at = |r: isize, c: isize| values[((r + height) % height * width + (c + width) % width) as usize];
    rows.iter().zip(columns).map(|(&r, &c)| at(r, c)).collect()
}

#[test]
fn gather_follows_the_oracle_on_any_layout() {
    let rows: Vec<isize> = (0..1000).map(|i| (i * 7 % 11) - 5).collect();
    let columns: Vec<isize> = (0..1000).map(|i| (i * 5 % 13) - 6).collect();
    let (r, c) = (Owned::one(&rows), Owned::one(&columns));
    for source in [Owned::range(&[11, 13]), Owned::range(&[13, 11]).reversed()] {
        let keys = [Key::Array(r.view()), Key::Array(c.view())];
        let Plan::Fancy(fancy) = plan(&source.shape, &source.strides, &keys).unwrap() else {
            panic!("fancy")
        };
        let mut out = Outputs::default();
        get(source.view(), &fancy, &mut out).unwrap();
        assert_eq!(out.0[0].values::<i64>(), pick(&source, &rows, &columns));
    }
}

#[test]
fn gather_between_slices() {
    let source = Owned::range(&[3, 4, 5]);
    let index = Owned::one::<isize>(&[3, -4]);
    let keys =
        [Key::ALL, Key::Array(index.view()), Key::Slice { start: Some(4), stop: None, step: Some(-2) }];
    let Plan::Fancy(fancy) = plan(&source.shape, &source.strides, &keys).unwrap() else { panic!("fancy") };
    let mut out = Outputs::default();
    get(source.view(), &fancy, &mut out).unwrap();
    let expected: Vec<i64> = (0..3)
        .flat_map(|i| {
            [3, 0].into_iter().flat_map(move |j| [4, 2, 0].into_iter().map(move |k| i * 20 + j * 5 + k))
        })
        .collect();
    assert_eq!(out.0[0].values::<i64>(), expected);
    // NumPy puts the picked axis outermost in memory.
    assert_eq!(out.0[0].strides.as_slice(), [24, 72, 8]);
}

#[test]
fn masks() {
    let source = Owned::range(&[5, 7]);
    let bits: Vec<bool> = (0..35).map(|i| i % 3 == 1).collect();
    let mask = Owned::new(&bits, &[5, 7]);
    let keys = [Key::Mask(mask.view())];
    let Plan::Fancy(fancy) = plan(&source.shape, &source.strides, &keys).unwrap() else { panic!("fancy") };
    let mut out = Outputs::default();
    get(source.view(), &fancy, &mut out).unwrap();
    let expected: Vec<i64> = (0..35).filter(|i| i % 3 == 1).collect();
    assert_eq!(out.0[0].values::<i64>(), expected);

    let mut target = Owned::range(&[5, 7]);
    set(target.view_mut(), &fancy, Owned::one::<f64>(&[-1.5]).view()).unwrap();
    let expected: Vec<i64> = (0..35).map(|i| if i % 3 == 1 { -1 } else { i }).collect();
    assert_eq!(target.values::<i64>(), expected);
    let refused = set(target.view_mut(), &fancy, Owned::one::<i64>(&[1, 2, 3]).view()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "NumPy boolean array indexing assignment cannot assign 3 input values to the 12 output values where the mask is \
         true"
    );
}

#[test]
fn scatter_broadcasts_and_checks_first() {
    let mut target = Owned::range(&[3, 4]);
    let index = Owned::one::<isize>(&[2, 0]);
    let keys = [Key::ALL, Key::Array(index.view())];
    let Plan::Fancy(fancy) = plan(&target.shape, &target.strides, &keys).unwrap() else { panic!("fancy") };
    set(target.view_mut(), &fancy, Owned::new::<i32>(&[-1, -2], &[1, 1, 2]).view()).unwrap();
    assert_eq!(target.values::<i64>(), [-2, 1, -1, 3, -2, 5, -1, 7, -2, 9, -1, 11]);
    let refused = set(target.view_mut(), &fancy, Owned::one::<i64>(&[1, 2, 3]).view()).unwrap_err();
    assert_eq!(
        refused,
        Error::Value(
            "shape mismatch: value array of shape (3,) could not be broadcast to indexing result of shape (3,2)".into()
        )
    );

    let bad = Owned::one::<isize>(&[0, 7]);
    let keys = [Key::Array(bad.view())];
    let Plan::Fancy(fancy) = plan(&target.shape, &target.strides, &keys).unwrap() else { panic!("fancy") };
    let before = target.clone();
    assert!(set(target.view_mut(), &fancy, Owned::one::<i64>(&[5]).view()).is_err());
    assert_eq!(target, before);
}

#[test]
fn overlapping_values_behave_as_copies() {
    let target = Owned::range(&[4]);
    let index = Owned::one::<isize>(&[3, 2, 1, 0]);
    let keys = [Key::Array(index.view())];
    let Plan::Fancy(fancy) = plan(&target.shape, &target.strides, &keys).unwrap() else { panic!("fancy") };
    let mut same = target.clone();
    let view = same.view_mut();
    set(view, &fancy, *view).unwrap();
    assert_eq!(same.values::<i64>(), [3, 2, 1, 0]);
}
