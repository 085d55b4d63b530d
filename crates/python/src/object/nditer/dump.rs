//! What `nditer.debug_print` shows: where the iterator stands and how its operands are walked, a line for each fact.

use std::fmt::Write;

use pyo3::prelude::*;

use super::NdIter;

/// The text.
pub(super) fn text(slf: &Bound<'_, NdIter>) -> PyResult<String> {
    let (py, this) = (slf.py(), slf.borrow());
    this.check_open()?;
    let mut text = String::from("------ BEGIN ITERATOR DUMP ------\n");
    let mut line = |name: &str, value: String| {
        let _ = writeln!(text, "| {name}: {value}");
    };
    line("Iterator Address", format!("{:p}", slf.as_ptr()));
    line("NDim", this.walk.axes().len().to_string());
    line("NOp", this.nop().to_string());
    line("IterSize", this.walk.size().to_string());
    line("IterStart", this.range.0.to_string());
    line("IterEnd", this.range.1.to_string());
    line("IterIndex", this.walk.position().to_string());
    for (index, operand) in this.memory.operands.iter().enumerate() {
        let (place, step) = this.place(index);
        let array = this.array(py, index);
        let buffered = this.memory.buffers.as_ref().is_some_and(|b| b.is_buffered(index));
        let mode = match (operand.flags.read, operand.flags.write) {
            (true, true) => "READ WRITE",
            (true, false) => "READ",
            _ => "WRITE",
        };
        line(
            &format!("Operand {index}"),
            format!(
                "{} -> {}, {mode}, {} {place:p}, step {step}",
                array.descr().repr()?,
                operand.descr.bind(py).repr()?,
                if buffered { "in a buffer at" } else { "at" }
            ),
        );
    }
    if let Some(buffers) = &this.memory.buffers {
        line("BufferSize", buffers.capacity().to_string());
        line("Size", buffers.count().to_string());
        line("BufIterEnd", (buffers.start() + buffers.count()).to_string());
    }
    for (place, axis) in this.walk.axes().iter().rev().enumerate() {
        let steps: Vec<String> = axis.steps.iter().map(isize::to_string).collect();
        line(&format!("AxisData[{place}]"), format!("shape {}, strides {}", axis.extent, steps.join(" ")));
    }
    text.push_str("------- END ITERATOR DUMP -------");
    Ok(text)
}
