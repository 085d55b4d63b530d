//! Calls of ufuncs against element-by-element oracles.

mod common;

use common::{Arr, Outputs, Random, broadcast_positions};
use sharray_base::fp_status::FpStatus;
use sharray_base::layout::{Order, broadcast_shapes};
use sharray_base::{DType, Error, dtype};
use sharray_core::assign::Casting;
use sharray_core::ufunc::{CallOptions, Operand, Ufunc, Weak, call};
use sharray_kernels::definitions;

fn ufunc(name: &str) -> Ufunc {
    Ufunc::from_definition(definitions::find(name).unwrap(), Vec::new()).unwrap()
}

fn parse(text: &str) -> DType {
    dtype::parse::parse(text).unwrap()
}

const DTYPES: [&str; 10] = ["i1", "u1", "i2", ">i4", "i8", ">u8", "f4", "f8", ">f8", "f2"];

fn pick(random: &mut Random) -> DType {
    parse(DTYPES[random.next(0, DTYPES.len() as isize - 1) as usize])
}

/// A shape that broadcasts to `target`.
fn narrower(random: &mut Random, target: &[isize]) -> Vec<isize> {
    let skip = random.next(0, 2 * target.len() as isize) as usize % (target.len() + 1);
    target[skip..].iter().map(|n| if random.next(0, 3) == 0 { 1 } else { *n }).collect()
}

fn small(random: &mut Random, dtype: &DType, shape: &[isize]) -> Arr {
    let mut arr = random.array(dtype, shape);
    let values: Vec<f64> = arr.read().iter().map(|_| random.next(0, 60) as f64).collect();
    arr.write(&values);
    arr
}

#[test]
fn any_layout_and_dtype() {
    let mut random = Random(11);
    let (add, less) = (ufunc("add"), ufunc("less"));
    for round in 0..4000 {
        let target = random.shape(4, 4);
        let (ta, tb) = (pick(&mut random), if round % 2 == 0 { pick(&mut random) } else { parse("f8") });
        let (sa, sb) = (narrower(&mut random, &target), narrower(&mut random, &target));
        let (a, b) = (small(&mut random, &ta, &sa), small(&mut random, &tb, &sb));
        let shape = broadcast_shapes(&[&sa, &sb]).unwrap();
        let (va, vb) = (a.read(), b.read());
        let (pa, pb) = (broadcast_positions(&sa, &shape), broadcast_positions(&sb, &shape));
        let pairs: Vec<(f64, f64)> = pa.iter().zip(&pb).map(|(i, j)| (va[*i], vb[*j])).collect();
        let inputs = [Operand::from(a.view()), Operand::from(b.view())];
        let order = [Order::Keep, Order::C, Order::F, Order::Any][round % 4];
        let options = CallOptions { order, ..CallOptions::default() };
        let mut outputs = Outputs::default();
        call(&add, &inputs, &[], &options, &mut outputs).unwrap();
        let sum = &outputs.0[0];
        assert_eq!(sum.dtype, dtype::promote(&ta, &tb).unwrap());
        assert_eq!(sum.shape, shape);
        assert_eq!(
            sum.read(),
            pairs.iter().map(|(x, y)| x + y).collect::<Vec<_>>(),
            "{a:?} {b:?}",
            a = a.strides,
            b = b.strides
        );
        let mut outputs = Outputs::default();
        call(&less, &inputs, &[], &options, &mut outputs).unwrap();
        assert_eq!(outputs.0[0].read(), pairs.iter().map(|(x, y)| (x < y) as u8 as f64).collect::<Vec<_>>());
    }
}

#[test]
fn given_outputs_and_masks() {
    let mut random = Random(12);
    let add = ufunc("add");
    for _ in 0..2000 {
        let shape = random.shape(3, 4);
        let (ta, to) = (pick(&mut random), pick(&mut random));
        let (sa, sm) = (narrower(&mut random, &shape), narrower(&mut random, &shape));
        let a = small(&mut random, &ta, &sa);
        let mut out = small(&mut random, &to, &shape);
        let mut mask = random.array(&parse("?"), &sm);
        let bits: Vec<f64> = mask.read().iter().map(|_| random.next(0, 1) as f64).collect();
        mask.write(&bits);
        let masked = random.next(0, 1) == 1;
        let (va, before) = (a.read(), out.read());
        let (pa, pm) = (broadcast_positions(&sa, &shape), broadcast_positions(&sm, &shape));
        let expected: Vec<f64> = (0..pa.len())
            .map(|i| if masked && bits[pm[i]] == 0.0 { before[i] } else { 2.0 * va[pa[i]] })
            .collect();
        let options = CallOptions {
            mask: masked.then(|| mask.view()),
            casting: Casting::Unsafe,
            ..CallOptions::default()
        };
        let result = out.view_mut();
        let input = Operand::from(a.view());
        call(&add, &[input, input], &[Some(result)], &options, &mut Outputs::default()).unwrap();
        assert_eq!(out.read(), expected);
    }
}

#[test]
fn outputs_over_inputs() {
    let mut random = Random(13);
    let add = ufunc("add");
    let long = parse("i8");
    for _ in 0..2000 {
        let n = [random.next(1, 4), random.next(1, 4)];
        let layout = |random: &mut Random| {
            let strides = [8 * random.next(-4, 4), 8 * random.next(-4, 4)];
            let low: isize = n.iter().zip(strides).map(|(n, s)| ((n - 1) * s).min(0)).sum();
            (strides, 8 * random.next(0, 3) - low)
        };
        let [(to, at), (fa, a_at), (fb, b_at)] = [(); 3].map(|_| layout(&mut random));
        let mut out = Arr::new(&long, &[60], &(0..60).map(f64::from).collect::<Vec<_>>()).layout(&n, &to, at);
        let mut places = out.offsets();
        places.sort();
        places.dedup();
        if places.len() < (n[0] * n[1]) as usize {
            continue;
        }
        let (a, b) = (out.layout(&n, &fa, a_at), out.layout(&n, &fb, b_at));
        let expected: Vec<f64> = a.read().iter().zip(b.read()).map(|(x, y)| x + y).collect();
        let data = out.view_mut().data();
        let result = out.view_mut();
        // SAFETY: layouts within the same buffer.
        let [left, right] = [(&fa, a_at), (&fb, b_at)]
            .map(|(s, o)| unsafe { result.as_view().with_layout(data.offset(o - at), &n, s) }.into());
        call(&add, &[left, right], &[Some(result)], &CallOptions::default(), &mut Outputs::default())
            .unwrap();
        assert_eq!(out.read(), expected, "{to:?}+{at} = {fa:?}+{a_at} + {fb:?}+{b_at}");
    }
}

/// Calls with scalars given as (dtype, value, weak) or arrays of one element.
fn dtype_of(name: &str, operands: &[(&str, f64, Option<Weak>)]) -> Result<String, Error> {
    let arrays: Vec<Arr> = operands
        .iter()
        .map(|(t, v, weak)| Arr::new(&parse(t), if weak.is_some() { &[] } else { &[1] }, &[*v]))
        .collect();
    let inputs: Vec<Operand<'_>> =
        arrays.iter().zip(operands).map(|(a, o)| Operand { view: a.view(), weak: o.2 }).collect();
    let mut outputs = Outputs::default();
    call(&ufunc(name), &inputs, &[], &CallOptions::default(), &mut outputs)?;
    Ok(outputs.0[0].dtype.to_string())
}

#[test]
fn python_numbers_yield() {
    let int = |v| ("i8", v, Some(Weak::Int));
    let float = |v| ("f8", v, Some(Weak::Float));
    let strong = |t| (t, 1.0, None);
    for (name, a, b, expected) in [
        ("add", strong("i1"), int(5.0), "int8"),
        ("add", strong("i1"), float(5.0), "float64"),
        ("add", strong("f4"), float(5.0), "float32"),
        ("add", strong("f4"), int(5.0), "float32"),
        ("add", strong("?"), int(5.0), "int64"),
        ("add", int(1.0), int(2.0), "int64"),
        ("divide", strong("i1"), int(2.0), "float64"),
        ("divide", strong("f4"), int(2.0), "float32"),
        ("divide", int(1.0), int(2.0), "float64"),
        ("less", strong("u1"), int(300.0), "bool"),
        ("less", strong("u8"), int(-1.0), "bool"),
        ("add", strong("u8"), strong("i8"), "float64"),
    ] {
        assert_eq!(dtype_of(name, &[a, b]).unwrap(), expected, "{name} {a:?} {b:?}");
        assert_eq!(dtype_of(name, &[b, a]).unwrap(), expected, "{name} {b:?} {a:?}");
    }
    let error = dtype_of("add", &[strong("u1"), int(300.0)]).unwrap_err();
    assert_eq!(error, Error::Overflow("Python integer 300 out of bounds for uint8".into()));
    assert!(matches!(dtype_of("add", &[strong("u1"), int(-1.0)]), Err(Error::Overflow(_))));
    assert!(matches!(dtype_of("subtract", &[strong("?"), strong("?")]), Err(Error::Type(_))));
}

#[test]
fn refusals() {
    let (a, b) = (Arr::new(&parse("f8"), &[2], &[1.0; 2]), Arr::new(&parse("f8"), &[3], &[1.0; 3]));
    let add = ufunc("add");
    let run = |inputs: &[Operand<'_>], outs: &[Option<_>]| {
        call(&add, inputs, outs, &CallOptions::default(), &mut Outputs::default()).map(|_| ())
    };
    let (x, y) = (Operand::from(a.view()), Operand::from(b.view()));
    let text = run(&[x, y], &[]).unwrap_err().to_string();
    assert_eq!(text, "operands could not be broadcast together with shapes (2,) (3,) ");
    let mut one = Arr::new(&parse("f8"), &[1], &[0.0]);
    let text = run(&[x, x], &[Some(one.view_mut())]).unwrap_err().to_string();
    assert!(text.contains("non-broadcastable output operand with shape (1,)"), "{text}");
    let mut int = Arr::new(&parse("i8"), &[2], &[0.0; 2]);
    let error = run(&[x, x], &[Some(int.view_mut())]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Cannot cast ufunc 'add' output from dtype('float64') to dtype('int64') with casting rule 'same_kind'"
    );
    assert!(matches!(run(&[x], &[]), Err(Error::Type(_))));
}

#[test]
fn status_and_signatures() {
    let add = ufunc("add");
    let big = Arr::new(&parse("f8"), &[2], &[1e308, 1.0]);
    let x = Operand::from(big.view());
    let status = call(&add, &[x, x], &[], &CallOptions::default(), &mut Outputs::default()).unwrap();
    assert_eq!(status, FpStatus::OVERFLOW);
    let small = Arr::new(&parse("i4"), &[2], &[1.0, 2.0]);
    let x = Operand::from(small.view());
    for (signature, expected) in [
        ([None, None, Some(parse("f4"))], "float32"),
        ([Some(parse("f8")), Some(parse("f8")), None], "float64"),
        ([None, Some(parse("f8")), None], "float64"),
    ] {
        let mut outputs = Outputs::default();
        let options = CallOptions { signature: &signature, ..CallOptions::default() };
        call(&add, &[x, x], &[], &options, &mut outputs).unwrap();
        assert_eq!(outputs.0[0].dtype.to_string(), expected);
        assert_eq!(outputs.0[0].read(), [2.0, 4.0]);
    }
}
