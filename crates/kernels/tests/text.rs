//! Functions of text, over bytes, code points and UTF-8, at steps of both signs: all stores give one answer.

use sharray_base::{DType, Error, TypeNum, fault};
use sharray_kernels::copy::release_elements;
use sharray_kernels::definitions::find;
use sharray_kernels::loop_abi::Context;
use sharray_kernels::string::packed;

/// An operand of a call.
#[derive(Clone, Copy)]
enum Value {
    Text(&'static str),
    Number(i64),
}
use Value::{Number, Text};

/// Characters that fixed-width elements have room for.
const ROOM: usize = 24;

/// Three elements, of which the middle one counts, in aligned memory.
struct Column {
    dtype: DType,
    memory: Vec<u64>,
}

impl Column {
    fn new(num: TypeNum) -> Column {
        let dtype = match num {
            TypeNum::String => DType::flexible(num, ROOM),
            TypeNum::Unicode => DType::flexible(num, 4 * ROOM),
            num => DType::of(num),
        };
        let memory = vec![0u64; (3 * dtype.itemsize()).div_ceil(8)];
        Column { dtype, memory }
    }
    fn at(&mut self, i: usize) -> *mut u8 {
        // SAFETY: one of three elements.
        unsafe { self.memory.as_mut_ptr().cast::<u8>().add(i * self.dtype.itemsize()) }
    }
    fn set(&mut self, i: usize, value: Value) {
        let at = self.at(i);
        // SAFETY: an element of the dtype, with room for the values of the tests.
        unsafe {
            match (value, self.dtype.num()) {
                (Number(n), _) => at.cast::<i64>().write(n),
                (Text(t), TypeNum::VString) => packed::set(at, t.as_bytes()).unwrap(),
                (Text(t), TypeNum::String) => t.bytes().enumerate().for_each(|(k, b)| at.add(k).write(b)),
                (Text(t), _) => {
                    t.chars().enumerate().for_each(|(k, c)| at.cast::<u32>().add(k).write(u32::from(c)));
                }
            }
        }
    }
    fn get(&mut self, i: usize) -> String {
        let (at, size) = (self.at(i), self.dtype.itemsize());
        // SAFETY: an element of the dtype.
        unsafe {
            match self.dtype.num() {
                TypeNum::Bool => (*at != 0).to_string(),
                TypeNum::VString => String::from_utf8(packed::get(at).unwrap().to_vec()).unwrap(),
                TypeNum::String | TypeNum::Unicode => {
                    let unit = if self.dtype.num() == TypeNum::String { 1 } else { 4 };
                    let code = |k: usize| match unit {
                        1 => u32::from(*at.add(k)),
                        _ => at.cast::<u32>().add(k).read(),
                    };
                    let text: String = (0..size / unit).map(|k| char::from_u32(code(k)).unwrap()).collect();
                    text.trim_end_matches('\0').to_string()
                }
                _ => at.cast::<i64>().read().to_string(),
            }
        }
    }
}

impl Drop for Column {
    fn drop(&mut self) {
        if self.dtype.num() == TypeNum::VString {
            let (at, step) = (self.at(0), self.dtype.itemsize() as isize);
            // SAFETY: three valid elements.
            unsafe { release_elements(at, step, 3, &self.dtype).unwrap() };
        }
    }
}

/// The results of every store's loop, forwards and backwards; all the same.
fn call(name: &str, values: &[Value]) -> Result<Vec<String>, Error> {
    let ascii = values.iter().all(|v| if let Text(t) = v { t.is_ascii() } else { true });
    let mut answers = Vec::new();
    for entry in find(name).unwrap().entries {
        let fits = entry.types.iter().zip(values).all(|(num, value)| match value {
            Number(_) => *num == TypeNum::Long,
            Text(_) => matches!(num, TypeNum::Unicode | TypeNum::VString) || *num == TypeNum::String && ascii,
        });
        let texts = entry.types.iter().filter(|num| num.is_flexible() || **num == TypeNum::VString);
        if !fits || texts.collect::<std::collections::HashSet<_>>().len() != 1 {
            continue;
        }
        for backwards in [false, true] {
            let mut columns: Vec<Column> = entry.types.iter().map(|&num| Column::new(num)).collect();
            for i in 0..3 {
                columns.iter_mut().zip(values).for_each(|(column, value)| column.set(i, *value));
            }
            let dtypes: Vec<DType> = columns.iter().map(|c| c.dtype.clone()).collect();
            let references: Vec<&DType> = dtypes.iter().collect();
            let context = Context { dtypes: &references };
            let sign = if backwards { -1 } else { 1 };
            let steps: Vec<isize> = dtypes.iter().map(|d| sign * d.itemsize() as isize).collect();
            let start = if backwards { 2 } else { 0 };
            let at: Vec<*mut u8> = columns.iter_mut().map(|c| c.at(start)).collect();
            // SAFETY: three aligned elements of each dtype from there.
            unsafe { (entry.active())(at.as_ptr(), &3, steps.as_ptr(), context.as_data()) };
            answers.push(fault::take().map(|()| {
                columns[values.len()..]
                    .iter_mut()
                    .map(|c| {
                        assert_eq!((c.get(0), c.get(2)), (c.get(1), c.get(1)));
                        c.get(1)
                    })
                    .collect::<Vec<_>>()
            }));
        }
    }
    let first = answers.first().cloned().unwrap_or_else(|| panic!("no loop of {name} fits"));
    answers.iter().for_each(|answer| assert_eq!(*answer, first, "{name}"));
    first
}

fn check(name: &str, values: &[Value], expected: &[&str]) {
    assert_eq!(call(name, values).unwrap(), expected, "{name}");
}

const END: Value = Number(i64::MAX);

#[test]
fn tests_and_lengths() {
    for (name, text, expected) in [
        ("str_len", "", "0"),
        ("str_len", "añb€", "4"),
        ("isalpha", "abc", "true"),
        ("isalpha", "añb", "true"),
        ("isalpha", "", "false"),
        ("isdigit", "12a", "false"),
        ("isspace", " \t\n", "true"),
        ("isalnum", "a1", "true"),
        ("isupper", "AB 1", "true"),
        ("islower", "ab C", "false"),
        ("istitle", "Ab Cd", "true"),
        ("istitle", "AbC", "false"),
        ("isdecimal", "42", "true"),
        ("_isascii", "añ", "false"),
    ] {
        check(name, &[Text(text)], &[expected]);
    }
}

#[test]
fn searches() {
    for (name, text, wanted, start, end, expected) in [
        ("find", "añbañb", "b", 0, END, "2"),
        ("find", "añbañb", "b", 3, END, "5"),
        ("find", "añbañb", "b", 3, Number(5), "-1"),
        ("find", "abc", "", 3, END, "3"),
        ("find", "abc", "", 4, END, "-1"),
        ("rfind", "añbañb", "añ", 0, END, "3"),
        ("rfind", "añbañb", "", 0, Number(-1), "5"),
        ("index", "abc", "c", -1, END, "2"),
        ("count", "aaaa", "aa", 0, END, "2"),
        ("count", "aña", "", 0, END, "4"),
        ("startswith", "añb", "ñb", 1, END, "true"),
        ("endswith", "añb", "añ", 0, Number(-1), "true"),
        ("endswith", "añb", "", 4, END, "false"),
    ] {
        check(name, &[Text(text), Text(wanted), Number(start), end], &[expected]);
    }
    assert!(matches!(call("rindex", &[Text("abc"), Text("x"), Number(0), END]), Err(Error::Value(_))));
}

#[test]
fn new_texts() {
    let cases: &[(&str, &[Value], &str)] = &[
        ("add", &[Text("añ"), Text("€b")], "añ€b"),
        ("multiply", &[Text("añ"), Number(3)], "añañañ"),
        ("multiply", &[Text("añ"), Number(-3)], ""),
        ("_strip_whitespace", &[Text(" \tañ ")], "añ"),
        ("_lstrip_chars", &[Text("ñañ"), Text("ñ")], "añ"),
        ("_rstrip_chars", &[Text("añaab"), Text("ab")], "añ"),
        ("_strip_chars", &[Text("abc"), Text("")], "abc"),
        ("_replace", &[Text("añaña"), Text("ña"), Text("€€"), Number(-1)], "a€€€€"),
        ("_replace", &[Text("añ"), Text(""), Text("-"), Number(2)], "-a-ñ"),
        ("_expandtabs", &[Text("ñ\tb\n\tc"), Number(4)], "ñ   b\n    c"),
        ("_center", &[Text("añ"), Number(5), Text("€")], "€€añ€"),
        ("_ljust", &[Text("añ"), Number(4), Text("*")], "añ**"),
        ("_rjust", &[Text("añ"), Number(1), Text("*")], "añ"),
        ("_zfill", &[Text("-12"), Number(5)], "-0012"),
        ("_slice", &[Text("añb€c"), Number(3), Number(0), Number(-1)], "€bñ"),
        ("_slice", &[Text("añb€c"), Number(1), END, Number(2)], "ñ€"),
        ("_ascii_upper", &[Text("ab c")], "AB C"),
        ("_ascii_title", &[Text("ab cD")], "Ab Cd"),
    ];
    for (name, values, expected) in cases {
        check(name, values, &[expected]);
    }
    check("_partition_index", &[Text("a-b-c"), Text("-"), Number(1)], &["a", "-", "b-c"]);
    check("_partition", &[Text("añb"), Text("ñ")], &["a", "ñ", "b"]);
    check("_rpartition", &[Text("abc"), Text("-")], &["", "", "abc"]);
    let refused = call("_expandtabs", &[Text("\ta\t"), Number(i64::MAX)]);
    assert!(matches!(refused, Err(Error::Overflow(_))));
}
