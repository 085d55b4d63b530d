//! Tables of text whose types and names are found in the text: NumPy's `genfromtxt(dtype=None)`.

use std::fs;
use std::path::Path;

use sharray_base::dtype::structured::{FieldSpec, layout};
use sharray_base::{DType, Error, Result};
use sharray_io::text::Options;
use sharray_io::text::tokenize::Tokenizer;

use crate::Array;
use crate::files::failed;
use crate::join::stack;

/// What the columns of a guessed table are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Names<'a> {
    /// Not at all where all columns are of one type, which makes a plain array of two axes; else `f0`, `f1`, ….
    #[default]
    Numbered,
    /// By the first line with text, which may be a comment.
    FirstLine,
    /// By these, one for each column that is read.
    Given(&'a [&'a str]),
}

/// How [`Array::guess_table`] reads.
///
/// ```
/// use sharray::prelude::*;
/// let options = GuessOptions {
///     table: TableOptions { delimiter: Some(','), ..TableOptions::default() },
///     names: Names::FirstLine,
///     missing: &["N/A"],
///     ..GuessOptions::default()
/// };
/// let flights = Array::guess_table("# carrier, delay, on time\nSK,12.5,False\nDY,N/A,True\n", &options)?;
/// assert_eq!(flights.field("carrier")?.to_strings()?, ["SK", "DY"]);
/// assert_eq!(flights.field("delay")?.to_string(), "[12.5  nan]");
/// assert_eq!(flights.field("on_time")?.to_vec::<bool>()?, [false, true]);
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct GuessOptions<'a> {
    /// How the table is laid out. Converters are not taken.
    pub table: Options,
    /// What the columns are called.
    pub names: Names<'a>,
    /// Fields that stand for nothing, besides empty ones.
    pub missing: &'a [&'a str],
    /// What stands for nothing in each column, as text; columns beyond these have `False`, -1 or NaN,
    /// and text stays what it is.
    pub filling: &'a [&'a str],
}

impl Array {
    /// Reads a table of text whose columns' types are found in it: the narrowest of `bool`, `int64`, `float64`,
    /// `complex128` and text that takes all fields of a column. Columns of one type make an array of shape
    /// (rows, columns), unless they have names; others one of shape (rows,) of a structured dtype.
    ///
    /// Fields that are empty, or among [`GuessOptions::missing`], say nothing of a column's type.
    ///
    /// # Errors
    /// `Value` for a row with another number of columns than the first, for names of another number, and for a filling
    /// that is none of the column's type; `Index` for a column that a row doesn't have; `NotImplemented` for converters.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let plain = Array::guess_table("1 2\n3 4.5\n", &GuessOptions::default())?;
    /// assert_eq!((plain.dtype().to_string(), plain.shape()), ("[('f0', '<i8'), ('f1', '<f8')]".into(), &[2][..]));
    /// let same = Array::guess_table("1 2\n3 4\n", &GuessOptions::default())?;
    /// assert_eq!((same.dtype().to_string(), same.shape()), ("int64".into(), &[2, 2][..]));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn guess_table(table: &str, options: &GuessOptions<'_>) -> Result<Array> {
        let (names, body) = named(table, options);
        let columns = columns(body, options)?;
        let count = columns.len();
        let names = match options.names {
            Names::Given(given) => Some(given.iter().map(|name| (*name).to_owned()).collect()),
            _ => names.map(|found| picked_names(found, &options.table)).transpose()?,
        };
        if let Some(names) = names.as_ref().filter(|names| names.len() != count && count > 0) {
            return Err(Error::Value(format!("{} names for {count} columns", names.len())));
        }
        let typed: Vec<Guessed> = columns
            .iter()
            .enumerate()
            .map(|(index, texts)| Guessed::new(texts, options.filling.get(index).copied()))
            .collect::<Result<_>>()?;
        if names.is_none()
            && let Some(kind) = same_kind(&typed)
        {
            return plain(&columns, kind, options);
        }
        structured(&typed, &tidy(&names.unwrap_or_default(), count))
    }
    /// Reads a file of UTF-8 text as [`Array::guess_table`] does.
    ///
    /// # Errors
    /// `Io`, for bytes that are no text too; else as [`Array::guess_table`], with the file's name.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # let path = std::env::temp_dir().join("sharray-doc-guess-table.txt");
    /// std::fs::write(&path, "x y\n1 0.5\n2 0.25\n").unwrap();
    /// let options = GuessOptions { names: Names::FirstLine, ..GuessOptions::default() };
    /// assert_eq!(Array::guess_file(&path, &options)?.to_string(), "[(1, 0.5 ) (2, 0.25)]");
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), Error>(())
    /// ```
    pub fn guess_file(path: impl AsRef<Path>, options: &GuessOptions<'_>) -> Result<Array> {
        let path = path.as_ref();
        let table = fs::read_to_string(path).map_err(failed("read", path))?;
        Array::guess_table(&table, options).map_err(|error| match error {
            Error::Value(text) => Error::Value(format!("{}: {text}", path.display())),
            other => other,
        })
    }
}

/// What a column can be, from the narrowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ColumnKind {
    Bool,
    Int,
    Float,
    Complex,
    Text,
}

impl ColumnKind {
    const NUMBERS: [ColumnKind; 3] = [ColumnKind::Int, ColumnKind::Float, ColumnKind::Complex];

    fn dtype(self) -> &'static str {
        match self {
            ColumnKind::Bool => "bool",
            ColumnKind::Int => "i8",
            ColumnKind::Float => "f8",
            ColumnKind::Complex => "c16",
            ColumnKind::Text => "U",
        }
    }
    /// What stands for nothing; in text the field itself.
    fn nothing(self) -> Option<&'static str> {
        match self {
            ColumnKind::Bool => Some("False"),
            ColumnKind::Int => Some("-1"),
            ColumnKind::Float | ColumnKind::Complex => Some("nan"),
            ColumnKind::Text => None,
        }
    }
    /// The texts as an array of this kind.
    fn read(self, texts: &[&str]) -> Result<Array> {
        match self {
            ColumnKind::Bool => {
                let truths: Option<Vec<bool>> = texts.iter().map(|text| truth(text)).collect();
                let truths = truths.ok_or_else(|| Error::value("text that is neither true nor false"))?;
                Array::from_vec(truths, &[texts.len() as isize])
            }
            ColumnKind::Text => Array::from_strings(texts),
            number => Array::from_strings(texts)?.astype(number.dtype()),
        }
    }
    /// The narrowest kind that takes all texts.
    fn of(texts: &[&str]) -> ColumnKind {
        if texts.iter().all(|text| truth(text).is_some()) {
            return ColumnKind::Bool;
        }
        let takes = |kind: &ColumnKind| kind.read(texts).is_ok();
        ColumnKind::NUMBERS.into_iter().find(takes).unwrap_or(ColumnKind::Text)
    }
}

fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_uppercase().as_str() {
        "TRUE" => Some(true),
        "FALSE" => Some(false),
        _ => None,
    }
}

/// What stands in one place of the table.
struct Field {
    text: String,
    is_missing: bool,
}

/// A column whose type was found.
struct Guessed {
    kind: ColumnKind,
    /// Whether a field told the kind.
    is_told: bool,
    values: Array,
}

impl Guessed {
    fn new(texts: &[Field], filling: Option<&str>) -> Result<Guessed> {
        let known: Vec<&str> =
            texts.iter().filter(|field| !field.is_missing).map(|f| f.text.as_str()).collect();
        let kind = ColumnKind::of(&known);
        Ok(Guessed { kind, is_told: !known.is_empty(), values: values(texts, kind, filling)? })
    }
}

fn values(fields: &[Field], kind: ColumnKind, filling: Option<&str>) -> Result<Array> {
    let nothing = filling.or(kind.nothing());
    let filled =
        |field: &'_ Field| nothing.filter(|_| field.is_missing).map_or(field.text.clone(), str::to_owned);
    let texts: Vec<String> = fields.iter().map(filled).collect();
    kind.read(&texts.iter().map(String::as_str).collect::<Vec<_>>()).map_err(|_| {
        Error::Value(format!("the filling '{}' is no {}", nothing.unwrap_or_default(), kind.dtype()))
    })
}

/// The kind of all columns that have one.
fn same_kind(columns: &[Guessed]) -> Option<ColumnKind> {
    let mut told = columns.iter().filter(|column| column.is_told).map(|column| column.kind);
    let first = told.next().or(columns.first().map(|column| column.kind)).unwrap_or(ColumnKind::Float);
    told.all(|kind| kind == first).then_some(first)
}

/// An array of two axes.
fn plain(columns: &[Vec<Field>], kind: ColumnKind, options: &GuessOptions<'_>) -> Result<Array> {
    if columns.is_empty() {
        return Array::zeros(&[0, 0], kind.dtype());
    }
    let arrays: Vec<Array> = columns
        .iter()
        .enumerate()
        .map(|(index, texts)| values(texts, kind, options.filling.get(index).copied()))
        .collect::<Result<_>>()?;
    stack(&arrays.iter().collect::<Vec<_>>(), 1)
}

fn structured(columns: &[Guessed], names: &[String]) -> Result<Array> {
    let field = |(column, name): (&Guessed, &String)| FieldSpec {
        name: name.clone(),
        title: None,
        dtype: column.values.dtype().clone(),
        offset: None,
    };
    let dtype: DType = layout(columns.iter().zip(names).map(field).collect(), false, None)?;
    let rows = columns.first().map_or(0, |column| column.values.len());
    let mut table = Array::zeros(&[rows as isize], dtype)?;
    for (column, name) in columns.iter().zip(names) {
        table.set_field(name, &column.values)?;
    }
    Ok(table)
}

/// The names in the first line with text, if they are wanted, and the text behind it.
fn named<'t>(table: &'t str, options: &GuessOptions<'_>) -> (Option<Vec<String>>, &'t str) {
    if options.names != Names::FirstLine {
        return (None, table);
    }
    let mut rest = table;
    let mut skipped = 0;
    while !rest.is_empty() {
        let (line, behind) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = behind;
        skipped += 1;
        let line = line.trim();
        let text = line.trim_start_matches(|c| options.table.comment == Some(c)).trim();
        if skipped > options.table.skip_lines && !text.is_empty() {
            let names: Vec<String> = match options.table.delimiter {
                Some(delimiter) => text.split(delimiter).map(str::to_owned).collect(),
                None => text.split_whitespace().map(str::to_owned).collect(),
            };
            return (Some(names), rest);
        }
    }
    (Some(Vec::new()), rest)
}

/// Those of the names whose columns are read.
fn picked_names(names: Vec<String>, options: &Options) -> Result<Vec<String>> {
    match &options.columns {
        Some(columns) => {
            columns.iter().map(|column| Ok(names[place(*column, names.len())?].clone())).collect()
        }
        None => Ok(names),
    }
}

/// The position of a column, counted from the end if it is negative.
fn place(column: isize, count: usize) -> Result<usize> {
    let position = if column < 0 { column + count as isize } else { column };
    usize::try_from(position)
        .ok()
        .filter(|position| *position < count)
        .ok_or_else(|| Error::Index(format!("column {column} of rows of {count} columns")))
}

/// Names that can stand for fields, one for each column: blanks become underscores, other signs go, and what is taken, or
/// a word of Python's that NumPy avoids, gets a mark.
fn tidy(names: &[String], count: usize) -> Vec<String> {
    let mut tidied: Vec<String> = Vec::with_capacity(count);
    let mut unnamed = 0;
    for index in 0..count {
        let given = names.get(index).map_or("", |name| name.trim());
        let kept = given.replace(' ', "_");
        let mut name: String =
            kept.chars().filter(|c| !r#"~!@#$%^&*()-=+~\|]}[{';: /?.>,<""#.contains(*c)).collect();
        if name.is_empty() {
            name = format!("f{unnamed}");
            unnamed += 1;
        }
        if matches!(name.as_str(), "return" | "file" | "print") {
            name.push('_');
        }
        let base = name.clone();
        let mut copies = 0;
        while tidied.contains(&name) {
            copies += 1;
            name = format!("{base}_{copies}");
        }
        tidied.push(name);
    }
    tidied
}

/// The fields of each column that is read; `None` for what is missing.
fn columns(table: &str, options: &GuessOptions<'_>) -> Result<Vec<Vec<Field>>> {
    let table_options = &options.table;
    table_options.check()?;
    if !table_options.converters.is_empty() || table_options.convert_all {
        return Err(Error::NotImplemented("converters of columns whose types are guessed".into()));
    }
    let mut source = table;
    let mut tokens = Tokenizer::new(&mut source, table_options);
    if options.names != Names::FirstLine {
        tokens.skip_lines(table_options.skip_lines)?;
    }
    let (mut columns, mut width, mut rows) = (Vec::new(), 0, 0);
    while rows < table_options.max_rows.unwrap_or(usize::MAX) && tokens.next_row()? {
        if rows == 0 {
            width = tokens.len();
            columns.resize_with(table_options.columns.as_ref().map_or(width, Vec::len), Vec::new);
        }
        rows += 1;
        if tokens.len() != width {
            return Err(Error::Value(format!(
                "row {rows} has {} columns, the first one {width}",
                tokens.len()
            )));
        }
        for (index, column) in columns.iter_mut().enumerate() {
            let at =
                table_options.columns.as_ref().map_or(Ok(index), |picked| place(picked[index], width))?;
            let text = String::from_utf8_lossy(tokens.field(at)).trim().to_owned();
            let is_missing = text.is_empty() || options.missing.contains(&text.as_str());
            column.push(Field { text, is_missing });
        }
    }
    Ok(columns)
}
