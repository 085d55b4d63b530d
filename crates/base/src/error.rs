//! The engine's one error type. Errors carry data; the words are laid out in `Display`, and the kinds are turned
//! into Python's exceptions in one place, the Python crate's gate.

use std::fmt;

use crate::dtype::DType;
use crate::layout::Dims;

/// What the engine's fallible functions return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an operation was refused. Nothing has been changed when one is returned, unless its function says so.
#[derive(Debug, Clone, PartialEq)]
pub enum Error {
    /// A value is not acceptable: Python's `ValueError`.
    Value(String),
    /// A type or dtype is not acceptable: `TypeError`.
    Type(String),
    /// An index is out of range or malformed: `IndexError`.
    Index(String),
    /// A number does not fit: `OverflowError`.
    Overflow(String),
    /// A name or key is unknown: `KeyError`.
    Key(String),
    /// An internal or usage condition does not hold: `RuntimeError`.
    Runtime(String),
    /// The other side of a memory exchange can't be served: `BufferError`.
    Buffer(String),
    /// Python's `NotImplementedError`.
    NotImplemented(String),
    /// A failed read or write: `OSError`; `errno` when the system gave one.
    Io {
        /// What was being done, and to which file.
        message: String,
        /// The system's error number, or 0.
        errno: i32,
    },
    /// Integer division or modulo by zero where an exception is asked for: `ZeroDivisionError`.
    ZeroDivision(String),
    /// `FloatingPointError`, raised under `errstate(...='raise')`.
    FloatingPoint(String),
    /// An axis does not exist: `numpy.exceptions.AxisError`.
    Axis {
        /// The axis as given.
        axis: isize,
        /// Number of axes there are.
        ndim: usize,
        /// The argument's name in front of the message, e.g. `axes1`.
        prefix: Option<&'static str>,
    },
    /// Axes are named in a way that fits no operand: `AxisError` in words of its own.
    Axes(String),
    /// Shapes that do not broadcast together: `ValueError`.
    Broadcast {
        /// The operands' shapes, in order.
        shapes: Vec<Dims>,
    },
    /// An array could not be allocated: `numpy._core._exceptions._ArrayMemoryError`.
    Memory {
        /// Its shape.
        shape: Dims,
        /// Its dtype.
        dtype: DType,
    },
    /// A block of memory of this many bytes could not be allocated: `MemoryError`.
    OutOfMemory {
        /// Bytes asked for.
        bytes: usize,
    },
    /// No dtype can hold values of both: `numpy.exceptions.DTypePromotionError`.
    Promotion {
        /// The dtypes that have no common one.
        dtypes: Vec<DType>,
        /// More words, or empty.
        detail: String,
    },
    /// No loop of a ufunc takes these dtypes: `_UFuncNoLoopError`.
    NoLoop {
        /// The ufunc's name.
        ufunc: String,
        /// Input dtypes, then output dtypes where they were given.
        dtypes: Vec<Option<DType>>,
        /// Number of inputs among `dtypes`.
        nin: usize,
    },
    /// Two operands of a ufunc mean nothing together: `_UFuncBinaryResolutionError`.
    UfuncOperands {
        /// The ufunc's name.
        ufunc: String,
        /// The first operand's dtype.
        left: DType,
        /// The second operand's dtype.
        right: DType,
    },
    /// A ufunc's operand can't be cast by the rule in force: `_UFuncInputCastingError` / `_UFuncOutputCastingError`.
    UfuncCast {
        /// The ufunc's name.
        ufunc: String,
        /// The casting rule's name.
        casting: &'static str,
        /// From which dtype.
        from: DType,
        /// To which dtype.
        to: DType,
        /// Which operand, counted among the inputs or the outputs.
        operand: usize,
        /// True for an input.
        is_input: bool,
        /// Number of inputs or outputs the ufunc has.
        count: usize,
    },
    /// A cast the rule forbids: `TypeError`.
    Cast {
        /// From which dtype.
        from: DType,
        /// To which dtype.
        to: DType,
        /// The rule's name.
        casting: &'static str,
    },
    /// A matrix is singular or an iteration did not converge: `LinAlgError`.
    LinAlg(String),
    /// Text that could not be encoded as ASCII: `UnicodeEncodeError`.
    UnicodeEncode {
        /// The text.
        text: String,
        /// Position of the first offending character.
        position: usize,
    },
    /// Bytes that are no text of an encoding: `UnicodeDecodeError`.
    UnicodeDecode {
        /// The encoding's name, as Python spells it.
        codec: &'static str,
        /// The bytes.
        bytes: Vec<u8>,
        /// Position of the first offending byte.
        position: usize,
        /// Why it offends, in Python's words.
        reason: &'static str,
    },
    /// A Python exception is already set in the calling thread (object loops, callbacks). Only the Python crate
    /// makes and consumes it.
    PythonSet,
}

impl Error {
    /// `Error::Value` from anything printable.
    pub fn value(message: impl fmt::Display) -> Self {
        Error::Value(message.to_string())
    }
    /// `Error::Type` from anything printable.
    pub fn type_(message: impl fmt::Display) -> Self {
        Error::Type(message.to_string())
    }
    /// `Error::Index` from anything printable.
    pub fn index(message: impl fmt::Display) -> Self {
        Error::Index(message.to_string())
    }
}

/// A shape as Python prints a tuple: `()`, `(3,)`, `(2,3)`.
pub fn shape_text(shape: &[isize]) -> String {
    match shape {
        [one] => format!("({one},)"),
        many => format!("({})", many.iter().map(|n| n.to_string()).collect::<Vec<_>>().join(",")),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Value(m) | Error::Type(m) | Error::Index(m) | Error::Overflow(m) | Error::Key(m) => {
                f.write_str(m)
            }
            Error::Runtime(m) | Error::Buffer(m) | Error::NotImplemented(m) | Error::ZeroDivision(m) => {
                f.write_str(m)
            }
            Error::FloatingPoint(m) | Error::LinAlg(m) | Error::Axes(m) => f.write_str(m),
            Error::Io { message, .. } => f.write_str(message),
            Error::Axis { axis, ndim, prefix } => {
                if let Some(prefix) = prefix {
                    write!(f, "{prefix}: ")?;
                }
                write!(f, "axis {axis} is out of bounds for array of dimension {ndim}")
            }
            Error::Broadcast { shapes } => {
                f.write_str("operands could not be broadcast together with shapes ")?;
                shapes.iter().try_for_each(|s| write!(f, "{} ", shape_text(s)))
            }
            Error::Memory { shape, dtype } => {
                let bytes =
                    shape.iter().fold(dtype.itemsize() as i128, |all, n| all.saturating_mul(*n as i128));
                let shape = shape_text(shape);
                write!(
                    f,
                    "unable to allocate {bytes} bytes for an array with shape {shape} and dtype {dtype}"
                )
            }
            Error::OutOfMemory { bytes } => write!(f, "unable to allocate {bytes} bytes"),
            Error::Promotion { dtypes, detail } => {
                let names: Vec<String> = dtypes.iter().map(|d| format!("{d}")).collect();
                write!(f, "no dtype can hold values of all of {}{detail}", names.join(", "))
            }
            Error::NoLoop { ufunc, dtypes, nin } => {
                let names: Vec<String> =
                    dtypes.iter().map(|d| d.as_ref().map_or("None".into(), |d| format!("{d}"))).collect();
                let (inputs, outputs) = names.split_at((*nin).min(names.len()));
                write!(
                    f,
                    "ufunc '{ufunc}' did not contain a loop with signature matching types ({}) -> ({})",
                    inputs.join(", "),
                    outputs.join(", ")
                )
            }
            Error::UfuncOperands { ufunc, left, right } => {
                write!(f, "ufunc '{ufunc}' cannot use operands with types {left:?} and {right:?}")
            }
            Error::UfuncCast { ufunc, casting, from, to, operand, is_input, count } => {
                let side = if *is_input { "input" } else { "output" };
                let which = if *count > 1 { format!(" {operand}") } else { String::new() };
                write!(
                    f,
                    "Cannot cast ufunc '{ufunc}' {side}{which} from {from:?} to {to:?} with casting rule '{casting}'"
                )
            }
            Error::Cast { from, to, casting } => {
                write!(f, "Cannot cast array data from {from:?} to {to:?} according to the rule '{casting}'")
            }
            Error::UnicodeEncode { text, position } => {
                write!(f, "'ascii' codec can't encode the character at position {position} of {text:?}")
            }
            Error::UnicodeDecode { codec, bytes, position, reason } => {
                let byte = bytes.get(*position).copied().unwrap_or_default();
                write!(f, "'{codec}' codec can't decode byte 0x{byte:02x} in position {position}: {reason}")
            }
            Error::PythonSet => f.write_str("a Python exception is set"),
        }
    }
}

impl std::error::Error for Error {}
