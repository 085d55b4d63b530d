//! Compiles the C shim for `long double`, the one C type that Rust lacks.

fn main() {
    println!("cargo:rerun-if-changed=shim/extended.c");
    cc::Build::new()
        .file("shim/extended.c")
        .opt_level(2)
        .flag_if_supported("-fno-fast-math")
        .compile("sharray_extended");
    println!("cargo:rustc-link-lib=m");
}
