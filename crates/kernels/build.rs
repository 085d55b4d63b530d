//! Compiles the C shims: `long double`, the one C type that Rust lacks, and C's complex functions.

fn main() {
    let files = ["shim/extended.c", "shim/extended_text.c", "shim/complex.c"];
    files.iter().for_each(|file| println!("cargo:rerun-if-changed={file}"));
    cc::Build::new().files(files).opt_level(2).compile("sharray_kernels_shim");
    println!("cargo:rustc-link-lib=m");
}
