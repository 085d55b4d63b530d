//! Tables whose types are found in their text: what NumPy 2.4's `genfromtxt(dtype=None)` makes of them.

use sharray::prelude::*;

fn comma() -> TableOptions {
    TableOptions { delimiter: Some(','), ..TableOptions::default() }
}

fn shown(array: &Array) -> (String, String) {
    (array.dtype().to_string(), array.to_string())
}

#[test]
fn columns_take_the_narrowest_type() -> Result<()> {
    let options = GuessOptions { table: comma(), ..GuessOptions::default() };
    let table = "1,2.5,true,a,1+2j,9223372036854775808\n-3,4,False,bcd,7,1\n";
    assert_eq!(
        shown(&Array::guess_table(table, &options)?),
        (
            "[('f0', '<i8'), ('f1', '<f8'), ('f2', '?'), ('f3', '<U3'), ('f4', '<c16'), ('f5', '<f8')]".into(),
            "[( 1, 2.5,  True, 'a', 1.+2.j, 9.22337204e+18)\n (-3, 4. , False, 'bcd', 7.+0.j, 1.00000000e+00)]".into()
        )
    );
    // Truth values beside numbers are text.
    let mixed = Array::guess_table("True,1\n2,2\n", &options)?;
    assert_eq!(shown(&mixed), ("[('f0', '<U4'), ('f1', '<i8')]".into(), "[('True', 1) ('2', 2)]".into()));
    Ok(())
}

#[test]
fn what_is_missing_says_nothing_of_the_type() -> Result<()> {
    let options = GuessOptions { table: comma(), missing: &["N/A", "-"], ..GuessOptions::default() };
    let found = Array::guess_table("1,,N/A,x\n-,2.5,True,\n", &options)?;
    assert_eq!(
        shown(&found),
        (
            "[('f0', '<i8'), ('f1', '<f8'), ('f2', '?'), ('f3', '<U1')]".into(),
            "[( 1, nan, False, 'x') (-1, 2.5,  True, '')]".into()
        )
    );
    let filled = GuessOptions { filling: &["-99", "0"], ..options.clone() };
    let found = Array::guess_table("1,,N/A,x\n-,2.5,True,\n", &filled)?;
    assert_eq!(found.to_string(), "[(  1, 0. , False, 'x') (-99, 2.5,  True, '')]");
    let wrong = GuessOptions { filling: &["many"], ..options };
    let error = Array::guess_table("1,2.5\n-,2\n", &wrong).unwrap_err();
    assert_eq!(error.to_string(), "the filling 'many' is no i8");
    Ok(())
}

#[test]
fn one_type_makes_a_plain_array() -> Result<()> {
    let options = GuessOptions { table: comma(), ..GuessOptions::default() };
    let found = Array::guess_table("1,,3\n4,5,6\n", &options)?;
    assert_eq!(shown(&found), ("int64".into(), "[[ 1 -1  3]\n [ 4  5  6]]".into()));
    // A column that is all missing takes the others' type.
    let found = Array::guess_table("1.5,,3.5\n4.5,,6.5\n", &options)?;
    assert_eq!(shown(&found), ("float64".into(), "[[1.5 nan 3.5]\n [4.5 nan 6.5]]".into()));
    assert_eq!(Array::guess_table("ab,c\nd,efg\n", &options)?.to_strings()?, ["ab", "c", "d", "efg"]);
    assert_eq!(Array::guess_table("", &options)?.shape(), [0, 0]);
    Ok(())
}

#[test]
fn names_of_columns() -> Result<()> {
    let first = GuessOptions { table: comma(), names: Names::FirstLine, ..GuessOptions::default() };
    let names = |table: &str, options: &GuessOptions<'_>| -> Result<String> {
        Ok(Array::guess_table(table, options)?.dtype().to_string())
    };
    let fields = "[('a_b', '<i8'), ('file_', '<i8'), ('f0', '<i8'), ('a_b_1', '<i8'), ('speed', '<i8')]";
    assert_eq!(names("# a b,file, ,a b,speed?\n1,2,3,4,5\n", &first)?, fields);
    let table = TableOptions { columns: Some(vec![-1, 0]), skip_lines: 1, ..comma() };
    let picked = GuessOptions { table, ..first.clone() };
    assert_eq!(names("a title\n\nx,y,z\n1,2,3.5\n", &picked)?, "[('z', '<f8'), ('x', '<i8')]");
    let given = GuessOptions { names: Names::Given(&["p", "q"]), ..GuessOptions::default() };
    assert_eq!(names("1 2\n", &given)?, "[('p', '<i8'), ('q', '<i8')]");
    let error = names("1 2 3\n", &given).unwrap_err().to_string();
    assert_eq!(error, "2 names for 3 columns");
    Ok(())
}

#[test]
fn what_is_refused() {
    let options = GuessOptions { table: comma(), ..GuessOptions::default() };
    let error = Array::guess_table("1,2\n3,4,5\n", &options).unwrap_err().to_string();
    assert_eq!(error, "row 2 has 3 columns, the first one 2");
    let table = TableOptions { columns: Some(vec![2]), ..comma() };
    let error = Array::guess_table("1,2\n", &GuessOptions { table, ..GuessOptions::default() }).unwrap_err();
    assert!(matches!(error, Error::Index(text) if text == "column 2 of rows of 2 columns"));
    let table = TableOptions { convert_all: true, ..comma() };
    let error = Array::guess_table("1,2\n", &GuessOptions { table, ..GuessOptions::default() }).unwrap_err();
    assert!(matches!(error, Error::NotImplemented(_)));
    let error = Array::guess_file("/no/such/table.txt", &options).unwrap_err().to_string();
    assert!(error.contains("/no/such/table.txt"), "{error}");
}
