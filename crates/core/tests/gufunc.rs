//! Generalised ufuncs: products against sums written out.

mod common;

use common::{Arr, Outputs, Random, broadcast_positions};
use sharray_base::{DType, dtype};
use sharray_core::ufunc::{CallOptions, Ufunc, call};
use sharray_kernels::definitions;

fn ufunc(name: &str) -> Ufunc {
    Ufunc::from_definition(definitions::find(name).unwrap(), Vec::new()).unwrap()
}

fn parse(text: &str) -> DType {
    dtype::parse::parse(text).unwrap()
}

fn run(name: &str, a: &Arr, b: &Arr, options: &CallOptions<'_>) -> Result<Arr, sharray_base::Error> {
    let mut outputs = Outputs::default();
    call(&ufunc(name), &[a.view().into(), b.view().into()], &[], options, &mut outputs)?;
    Ok(outputs.0.remove(0))
}

#[test]
fn stacks_of_matrices() {
    let mut random = Random(31);
    let dtypes = ["f8", "i4", ">f4", "i8", "f4"].map(parse);
    for _ in 0..600 {
        let (n, k, m) = (random.next(0, 5), random.next(0, 5), random.next(0, 5));
        let stack = random.shape(2, 3);
        let left: Vec<isize> = stack.iter().map(|s| if random.next(0, 2) == 0 { 1 } else { *s }).collect();
        let full: Vec<isize> = stack.to_vec();
        let (sa, sb) = ([&left[..], &[n, k]].concat(), [&full[..], &[k, m]].concat());
        let mut make = |shape: &[isize]| {
            let dtype = &dtypes[random.next(0, 4) as usize];
            let mut arr = random.array(dtype, shape);
            let values: Vec<f64> = arr.read().iter().map(|_| random.next(0, 9) as f64).collect();
            arr.write(&values);
            arr
        };
        let (a, b) = (make(&sa), make(&sb));
        let c = run("matmul", &a, &b, &CallOptions::default()).unwrap();
        assert_eq!(c.shape.as_slice(), [&full[..], &[n, m]].concat());
        let (va, vb) = (a.read(), b.read());
        let (pa, pb) = (broadcast_positions(&left, &full), broadcast_positions(&full, &full));
        let mut expected = Vec::new();
        for (x, y) in pa.iter().zip(&pb) {
            for (i, j) in (0..n).flat_map(|i| (0..m).map(move |j| (i, j))) {
                let one = |l: isize| {
                    va[(*x as isize * n * k + i * k + l) as usize]
                        * vb[(*y as isize * k * m + l * m + j) as usize]
                };
                expected.push((0..k).map(one).sum::<f64>());
            }
        }
        assert_eq!(c.read(), expected, "{sa:?} @ {sb:?}");
    }
}

#[test]
fn optional_dimensions_axes_and_refusals() {
    let f8 = parse("f8");
    let vector = Arr::new(&f8, &[3], &[1.0, 2.0, 3.0]);
    let matrix = Arr::new(&f8, &[3, 2], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    let default = CallOptions::default();
    let check = |name, a: &Arr, b: &Arr, options: &CallOptions<'_>, shape: &[isize], values: &[f64]| {
        let c = run(name, a, b, options).unwrap();
        assert_eq!((c.shape.as_slice(), c.read().as_slice()), (shape, values));
    };
    check("matmul", &vector, &vector, &default, &[], &[14.0]);
    check("matmul", &vector, &matrix, &default, &[2], &[22.0, 28.0]);
    let turned = matrix.layout(&[2, 3], &[8, 16], 0);
    check("matmul", &turned, &vector, &default, &[2], &[22.0, 28.0]);
    check("vecdot", &turned, &vector, &default, &[2], &[22.0, 28.0]);
    let axes = [vec![0], vec![0], vec![]];
    check("vecdot", &matrix, &vector, &CallOptions { axes: &axes, ..default }, &[2], &[22.0, 28.0]);
    check("vecdot", &turned, &vector, &CallOptions { keepdims: true, ..default }, &[2, 1], &[22.0, 28.0]);
    let text = |a: &Arr, b: &Arr| run("matmul", a, b, &default).unwrap_err().to_string();
    assert!(
        text(&matrix, &vector).contains("mismatch in its core dimension 0"),
        "{}",
        text(&matrix, &vector)
    );
    let scalar = Arr::new(&f8, &[], &[1.0]);
    assert!(text(&vector, &scalar).contains("does not have enough dimensions"));
}

#[test]
fn outputs_over_inputs() {
    let f8 = parse("f8");
    let mut a = Arr::new(&f8, &[2, 2], &[1.0, 2.0, 3.0, 4.0]);
    let out = a.view_mut();
    let x = out.as_view().into();
    call(&ufunc("matmul"), &[x, x], &[Some(out)], &CallOptions::default(), &mut Outputs::default()).unwrap();
    assert_eq!(a.read(), [7.0, 10.0, 15.0, 22.0]);
}
