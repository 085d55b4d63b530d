//! Text as the spelling of a dtype.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sharray_base::TypeNum;
use sharray_base::dtype::parse::{parse, parse_aligned, parse_bracket, parse_unit};

fuzz_target!(|text: &str| {
    let _ = (parse_bracket(text), parse_unit(text), parse_aligned(text, true));
    let Ok(dtype) = parse(text) else { return };
    let _ = (dtype.text(), dtype.name(), dtype.construction(None), dtype.to_native());
    // StringDType has no spelling that is text.
    let plain = dtype.as_structure().is_none() && dtype.as_subarray().is_none();
    if plain && dtype.num() != TypeNum::VString {
        let again = parse(&dtype.spelling()).expect("a spelling of our own");
        assert!(again.equivalent(&dtype), "{dtype:?} {again:?}");
    }
});
