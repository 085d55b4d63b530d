//! What the engine may use, and what it uses: threads, the cache of freed blocks, the instruction-set level. Behind
//! `sharray.threads`, `sharray.lib.introspect` and `show_config`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use sharray_base::memory::{block_cache, mapped};
use sharray_base::threads;
use sharray_kernels::isa;

/// A number of threads a caller asks for.
fn checked(n: &Bound<'_, PyAny>) -> PyResult<usize> {
    let index = n.py().import("operator")?.call_method1("index", (n,))?;
    let most = threads::limits::MOST;
    match index.extract::<usize>() {
        Ok(count) if (1..=most).contains(&count) => Ok(count),
        _ => Err(PyValueError::new_err(format!("a number of threads is from 1 to {most}, not {index}"))),
    }
}

#[pyfunction]
fn _threads_get() -> usize {
    threads::get()
}

#[pyfunction]
fn _threads_set(n: &Bound<'_, PyAny>) -> PyResult<()> {
    threads::set(checked(n)?);
    Ok(())
}

/// Sets the calling thread's own limit, or with None lets the process's hold; returns what held before.
#[pyfunction]
fn _threads_limit_here(n: &Bound<'_, PyAny>) -> PyResult<Option<usize>> {
    let limit = if n.is_none() { None } else { Some(checked(n)?) };
    Ok(threads::limit_here(limit))
}

/// The cache's bound and use, as a dict.
#[pyfunction]
fn _block_cache(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let usage = block_cache::usage();
    let dict = PyDict::new(py);
    dict.set_item("bound", usage.bound)?;
    dict.set_item("bytes", usage.bytes)?;
    dict.set_item("blocks", usage.blocks)?;
    dict.set_item("hits", usage.hits)?;
    dict.set_item("misses", usage.misses)?;
    Ok(dict)
}

/// Sets the cache's bound in bytes; returns the old one.
#[pyfunction]
fn _set_block_cache(bound: &Bound<'_, PyAny>) -> PyResult<usize> {
    let index = bound.py().import("operator")?.call_method1("index", (bound,))?;
    let bytes = index
        .extract::<usize>()
        .map_err(|_| PyValueError::new_err(format!("the bound of a cache in bytes can't be {index}")))?;
    Ok(bound.py().detach(|| block_cache::set_bound(bytes)))
}

/// (level in force, levels this machine has).
#[pyfunction]
fn _isa_levels() -> (&'static str, Vec<&'static str>) {
    let has = isa::Level::ALL.into_iter().filter(|level| level.is_available());
    (isa::active().name(), has.map(isa::Level::name).collect())
}

/// "debug" or "release".
#[pyfunction]
fn _build_profile() -> &'static str {
    if cfg!(debug_assertions) { "debug" } else { "release" }
}

#[pyfunction]
fn _get_madvise_hugepage() -> bool {
    mapped::asks_for_huge_pages()
}

/// Asks for huge pages for new large blocks from now on, or not; returns what held before.
#[pyfunction]
fn _set_madvise_hugepage(enabled: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(mapped::ask_for_huge_pages(enabled.is_truthy()?))
}

/// Adds this file's functions, and readies the engine for threads and forks.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    sharray_base::fork::install();
    // Values that are computed once are computed now, while there is one thread.
    let _ = (threads::get(), isa::active(), block_cache::usage());
    module.add_function(wrap_pyfunction!(_threads_get, module)?)?;
    module.add_function(wrap_pyfunction!(_threads_set, module)?)?;
    module.add_function(wrap_pyfunction!(_threads_limit_here, module)?)?;
    module.add_function(wrap_pyfunction!(_block_cache, module)?)?;
    module.add_function(wrap_pyfunction!(_set_block_cache, module)?)?;
    module.add_function(wrap_pyfunction!(_isa_levels, module)?)?;
    module.add_function(wrap_pyfunction!(_build_profile, module)?)?;
    module.add_function(wrap_pyfunction!(_get_madvise_hugepage, module)?)?;
    module.add_function(wrap_pyfunction!(_set_madvise_hugepage, module)?)
}
