//! reduce, accumulate, reduceat, at and outer against element-by-element oracles.

mod common;

use common::{Arr, Outputs, Random, broadcast_positions};
use sharray_base::{DType, Error, dtype};
use sharray_core::ufunc::{
    CallOptions, Initial, Operand, Positions, ReduceOptions, Ufunc, accumulate, at, outer, reduce, reduceat,
};
use sharray_kernels::definitions;

fn ufunc(name: &str) -> Ufunc {
    Ufunc::from_definition(definitions::find(name).unwrap(), Vec::new()).unwrap()
}

fn parse(text: &str) -> DType {
    dtype::parse::parse(text).unwrap()
}

const DTYPES: [&str; 9] = ["i1", "u1", ">i4", "i8", ">u8", "f4", "f8", ">f8", "f2"];

fn small(random: &mut Random, shape: &[isize]) -> Arr {
    let dtype = parse(DTYPES[random.next(0, DTYPES.len() as isize - 1) as usize]);
    let mut arr = random.array(&dtype, shape);
    let values: Vec<f64> = arr.read().iter().map(|_| random.next(1, 9) as f64).collect();
    arr.write(&values);
    arr
}

fn fold(name: &str, a: f64, b: f64) -> f64 {
    match name {
        "add" => a + b,
        "maximum" => a.max(b),
        _ => a - b,
    }
}

#[test]
fn reductions_over_any_axes() {
    let mut random = Random(21);
    for round in 0..4000 {
        let shape = random.shape(4, 4);
        let name = ["add", "maximum", "subtract"][round % 3];
        let mut axes: Vec<isize> = (0..shape.len() as isize).filter(|_| random.next(0, 1) == 1).collect();
        if name == "subtract" {
            axes.truncate(1);
        }
        let arr = small(&mut random, &shape);
        if name == "subtract" && arr.dtype.kind() == sharray_base::Kind::UInt {
            continue;
        }
        let keepdims = random.next(0, 1) == 1;
        let result_shape: Vec<isize> = (0..shape.len())
            .filter_map(|a| if axes.contains(&(a as isize)) { keepdims.then_some(1) } else { Some(shape[a]) })
            .collect();
        let stays: Vec<isize> =
            (0..shape.len()).map(|a| if axes.contains(&(a as isize)) { 1 } else { shape[a] }).collect();
        let mut expected = vec![None; stays.iter().product::<isize>() as usize];
        for (value, place) in arr.read().iter().zip(broadcast_positions(&stays, &shape)) {
            expected[place] = Some(expected[place].map_or(*value, |total| fold(name, total, *value)));
        }
        let negative: Vec<isize> = axes.iter().map(|a| a - shape.len() as isize).collect();
        let mut outputs = Outputs::default();
        let options = ReduceOptions { axes: Some(&negative), keepdims, ..ReduceOptions::default() };
        let result = reduce(&ufunc(name), arr.view().into(), None, &options, &mut outputs);
        // Also where there are no results to be without elements.
        let empty = axes.iter().any(|axis| shape[*axis as usize] == 0);
        if name != "add" && empty {
            assert!(matches!(result, Err(Error::Value(text)) if text.contains("which has no identity")));
            continue;
        }
        result.unwrap();
        let found = &outputs.0[0];
        assert_eq!(found.shape.as_slice(), result_shape);
        let expected: Vec<f64> = expected.into_iter().map(Option::unwrap_or_default).collect();
        assert_eq!(found.read(), expected, "{name} {:?} {:?} over {axes:?}", arr.shape, arr.strides);
    }
}

#[test]
fn masks_outputs_and_initial_values() {
    let mut random = Random(22);
    let add = ufunc("add");
    let ten = Arr::new(&parse("i8"), &[], &[10.0]);
    for _ in 0..1000 {
        let shape = [random.next(0, 4), random.next(1, 4), random.next(1, 4)];
        let arr = small(&mut random, &shape);
        let mask_shape = [1, shape[1], shape[2]];
        let mut mask = random.array(&parse("?"), &mask_shape);
        let bits: Vec<f64> = mask.read().iter().map(|_| random.next(0, 1) as f64).collect();
        mask.write(&bits);
        let mut out = small(&mut random, &shape[1..2]);
        let stays = [1, shape[1], 1];
        let mut expected = vec![10.0; shape[1] as usize];
        let values = arr.read();
        let (places, masks) = (broadcast_positions(&stays, &shape), broadcast_positions(&mask_shape, &shape));
        (0..values.len()).filter(|i| bits[masks[*i]] != 0.0).for_each(|i| expected[places[i]] += values[i]);
        let options = ReduceOptions {
            axes: Some(&[0, 2]),
            mask: Some(mask.view()),
            initial: Initial::Value(ten.view().into()),
            ..ReduceOptions::default()
        };
        if expected.iter().any(|v| *v > 120.0) {
            continue;
        }
        reduce(&add, arr.view().into(), Some(out.view_mut()), &options, &mut Outputs::default()).unwrap();
        assert_eq!(out.read(), expected);
    }
}

#[test]
fn long_runs_and_dtypes() {
    let values: Vec<f64> = (0..20000).map(|i| (i % 7) as f64).collect();
    let total: f64 = values.iter().sum();
    for (own, compute, result) in [
        ("i1", None, "int64"),
        ("u1", None, "uint64"),
        ("?", None, "int64"),
        ("f4", Some("f8"), "float64"),
        (">f8", None, "float64"),
    ] {
        let values: Vec<f64> = if own == "?" { vec![1.0; 20000] } else { values.clone() };
        let total = if own == "?" { 20000.0 } else { total };
        let arr = Arr::new(&parse(own), &[20000], &values);
        let dtype = compute.map(parse);
        let mut outputs = Outputs::default();
        let options = ReduceOptions { dtype: dtype.as_ref(), ..ReduceOptions::default() };
        reduce(&ufunc("add"), arr.view().into(), None, &options, &mut outputs).unwrap();
        assert_eq!((outputs.0[0].read(), outputs.0[0].dtype.to_string()), (vec![total], result.to_string()));
    }
    let text = |name: &str, axes: &[isize]| {
        let arr = Arr::new(&parse("f8"), &[2, 2], &[1.0; 4]);
        let options = ReduceOptions { axes: Some(axes), ..ReduceOptions::default() };
        reduce(&ufunc(name), arr.view().into(), None, &options, &mut Outputs::default())
            .unwrap_err()
            .to_string()
    };
    assert!(text("subtract", &[0, 1]).contains("not reorderable"));
    assert_eq!(text("add", &[0, 0]), "duplicate value in 'axis'");
    assert!(text("add", &[2]).contains("axis 2 is out of bounds for array of dimension 2"));
    assert!(text("less", &[0]).contains("not compatible with less.reduce"));
    assert!(text("sin", &[0]).contains("only supported for binary functions"));
}

#[test]
fn running_reductions() {
    let mut random = Random(23);
    for round in 0..3000 {
        let shape = [random.next(0, 4), random.next(1, 20), random.next(1, 4)];
        let axis = random.next(0, 2);
        let name = ["add", "subtract"][round % 2];
        let arr = small(&mut random, &shape);
        let wraps = arr.dtype.kind() == sharray_base::Kind::UInt || arr.dtype.itemsize() < 4;
        if wraps && name == "subtract" {
            continue;
        }
        let line: isize = shape[axis as usize + 1..].iter().product();
        let mut expected = arr.read();
        for i in 0..expected.len() as isize {
            if i / line % shape[axis as usize] > 0 {
                expected[i as usize] = fold(name, expected[(i - line) as usize], expected[i as usize]);
            }
        }
        let mut outputs = Outputs::default();
        accumulate(&ufunc(name), arr.view().into(), axis, None, None, &mut outputs).unwrap();
        assert_eq!(outputs.0[0].read(), expected, "{name} axis {axis} {:?} {:?}", arr.shape, arr.strides);
        if name == "add" && arr.dtype.is_native() && arr.dtype.itemsize() == 8 {
            let mut own = arr.clone();
            let view = own.view_mut();
            accumulate(&ufunc(name), view.as_view().into(), axis, None, Some(view), &mut Outputs::default())
                .unwrap();
            assert_eq!(own.read(), expected, "in place");
        }
    }
}

#[test]
fn reductions_of_slices() {
    let mut random = Random(24);
    for _ in 0..1000 {
        let shape = [random.next(1, 4), random.next(1, 9), random.next(0, 3)];
        let arr = small(&mut random, &shape);
        let indices: Vec<isize> = (0..random.next(0, 5)).map(|_| random.next(0, shape[1] - 1)).collect();
        let values = arr.read();
        let at = |i: isize, j: isize, k: isize| values[((i * shape[1] + j) * shape[2] + k) as usize];
        let mut expected = Vec::new();
        for i in 0..shape[0] {
            for (position, start) in indices.iter().enumerate() {
                let end = indices.get(position + 1).copied().unwrap_or(shape[1]).max(start + 1);
                expected.extend((0..shape[2]).map(|k| (*start..end).map(|j| at(i, j, k)).sum::<f64>()));
            }
        }
        let mut outputs = Outputs::default();
        reduceat(&ufunc("add"), arr.view().into(), &indices, 1, None, None, &mut outputs).unwrap();
        assert_eq!(outputs.0[0].read(), expected);
    }
    let arr = Arr::new(&parse("f8"), &[3], &[1.0; 3]);
    let result = reduceat(&ufunc("add"), arr.view().into(), &[3], 0, None, None, &mut Outputs::default());
    assert!(matches!(result, Err(Error::Index(_))));
}

#[test]
fn in_place_at_positions() {
    let mut random = Random(25);
    for _ in 0..1000 {
        let n = random.next(1, 6);
        let mut target = small(&mut random, &[n]);
        if target.dtype.kind() == sharray_base::Kind::UInt {
            continue;
        }
        let count = random.next(0, 8);
        let indices: Vec<f64> = (0..count).map(|_| random.next(-n, n - 1) as f64).collect();
        let positions = Arr::new(&parse("i8"), &[count], &indices);
        let operand = Arr::new(&parse("i1"), &[count], &indices);
        let mut expected = target.read();
        indices.iter().for_each(|i| expected[if *i < 0.0 { i + n as f64 } else { *i } as usize] += i);
        let view = target.view_mut();
        at(&ufunc("add"), view, Positions::Indices(positions.view()), Some(operand.view().into())).unwrap();
        assert_eq!(target.read(), expected);
    }
    let mut target = Arr::new(&parse("i8"), &[3], &[1.0, 2.0, 3.0]);
    let (bad, float) = (Arr::new(&parse("i8"), &[2], &[0.0, 3.0]), Arr::new(&parse("f8"), &[], &[1.5]));
    let one = Arr::new(&parse("i8"), &[], &[1.0]);
    let view = target.view_mut();
    let error = at(&ufunc("add"), view, Positions::Indices(bad.view()), Some(one.view().into())).unwrap_err();
    assert_eq!(error.to_string(), "index 3 is out of bounds for axis 0 with size 3");
    // Results are cast back whatever they are.
    let view = target.view_mut();
    at(&ufunc("add"), view, Positions::Indices(one.view()), Some(float.view().into())).unwrap();
    assert_eq!(target.read(), [1.0, 3.0, 3.0]);
}

#[test]
fn all_pairs() {
    let (a, b) =
        (Arr::new(&parse("i8"), &[2], &[1.0, 2.0]), Arr::new(&parse("i8"), &[3], &[1.0, 10.0, 100.0]));
    let mut outputs = Outputs::default();
    let (x, y): (Operand<'_>, Operand<'_>) = (a.view().into(), b.view().into());
    outer(&ufunc("multiply"), x, y, &[], &CallOptions::default(), &mut outputs).unwrap();
    assert_eq!(outputs.0[0].shape.as_slice(), [2, 3]);
    assert_eq!(outputs.0[0].read(), [1.0, 10.0, 100.0, 2.0, 20.0, 200.0]);
}
