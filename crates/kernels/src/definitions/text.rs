//! Functions of text. Loops for `S`, then `U`; in patterns `x` stands for either.

use super::build::*;
use crate::loop_abi::{Loop, LoopFlags};
use crate::string::store::{FixedBytes, FixedUcs4};
use crate::string::{case, classify, join, measure, pad, partition, replace, search, slice, strip, tabs};
use crate::table::{Identity, Rule, TextWidth};

/// Loops that only read text.
const READS: LoopFlags = LoopFlags::NO_FP_STATUS.union(LoopFlags::FALLIBLE).union(LoopFlags::WANTS_CONTEXT);
/// Loops that write text.
const WRITES: LoopFlags = READS.union(LoopFlags::APART);

const AS_FIRST: Rule = Rule::Text(TextWidth::First);

/// What a function without `out` is told.
const fn given(message: &'static str) -> Rule {
    Rule::Text(TextWidth::Given(message))
}

/// Lists the ufuncs of this chapter.
pub fn define(list: &mut List) {
    use classify::*;
    use search::*;
    test::<IsAlpha>(list);
    test::<IsDigit>(list);
    test::<IsSpace>(list);
    test::<IsAlnum>(list);
    test::<IsLower>(list);
    test::<IsUpper>(list);
    test::<IsTitle>(list);
    test::<IsAscii>(list);
    test_unicode::<IsDecimal>(list);
    test_unicode::<IsNumeric>(list);
    list.ufunc("str_len", (1, 1), (Identity::Zero, AS_FIRST), |u| {
        both(u, "x->l", READS, measure::length_loop::<FixedBytes>, measure::length_loop::<FixedUcs4>);
    });
    search::<Find>(list, Identity::None);
    search::<RFind>(list, Identity::None);
    search::<Index>(list, Identity::None);
    search::<RIndex>(list, Identity::None);
    search::<Count>(list, Identity::None);
    search::<StartsWith>(list, Identity::Zero);
    search::<EndsWith>(list, Identity::Zero);
    strip_ends::<{ strip::LEFT }>(list, "_lstrip_whitespace", "_lstrip_chars");
    strip_ends::<{ strip::RIGHT }>(list, "_rstrip_whitespace", "_rstrip_chars");
    strip_ends::<{ strip::BOTH }>(list, "_strip_whitespace", "_strip_chars");
    changes(list);
    pads::<{ pad::CENTER }>(list, "_center");
    pads::<{ pad::LEFT }>(list, "_ljust");
    pads::<{ pad::RIGHT }>(list, "_rjust");
    partitions::<false>(list, "_partition", "_partition_index");
    partitions::<true>(list, "_rpartition", "_rpartition_index");
    change_case::<case::Upper>(list, "_ascii_upper");
    change_case::<case::Lower>(list, "_ascii_lower");
    change_case::<case::Swap>(list, "_ascii_swapcase");
    change_case::<case::Capitalize>(list, "_ascii_capitalize");
    change_case::<case::Title>(list, "_ascii_title");
}

/// Puts the loops for `S` and for `U`.
fn both(u: &mut Loops, pattern: &str, flags: LoopFlags, bytes: Loop, unicode: Loop) {
    u.put_for(pattern, b'S', every_level(bytes), flags);
    u.put_for(pattern, b'U', every_level(unicode), flags);
}

/// The loops of `add`.
pub(super) fn add(u: &mut Loops) {
    both(u, "xx->x", WRITES, join::add_loop::<FixedBytes>, join::add_loop::<FixedUcs4>);
}

/// The loops of `multiply`.
pub(super) fn multiply(u: &mut Loops) {
    both(u, "xl->x", WRITES, join::multiply_loop::<FixedBytes, 1>, join::multiply_loop::<FixedUcs4, 1>);
    both(u, "lx->x", WRITES, join::multiply_loop::<FixedBytes, 0>, join::multiply_loop::<FixedUcs4, 0>);
}

fn test<O: classify::Test>(list: &mut List) {
    list.ufunc(O::NAME, (1, 1), (Identity::Zero, AS_FIRST), |u| {
        both(u, "x->?", READS, classify::test_loop::<FixedBytes, O>, classify::test_loop::<FixedUcs4, O>);
    });
}

/// A test that bytes don't have.
fn test_unicode<O: classify::Test>(list: &mut List) {
    list.ufunc(O::NAME, (1, 1), (Identity::Zero, AS_FIRST), |u| {
        u.put("U->?", every_level(classify::test_loop::<FixedUcs4, O>), READS);
    });
}

fn search<O: search::Search>(list: &mut List, identity: Identity) {
    let truth = size_of::<O::Answer>() == 1;
    list.ufunc(O::NAME, (4, 1), (identity, AS_FIRST), |u| {
        let pattern = if truth { "xxll->?" } else { "xxll->l" };
        both(u, pattern, READS, search::search_loop::<FixedBytes, O>, search::search_loop::<FixedUcs4, O>);
    });
}

fn strip_ends<const ENDS: u8>(list: &mut List, spaces: &'static str, characters: &'static str) {
    list.ufunc(spaces, (1, 1), (Identity::None, AS_FIRST), |u| {
        both(u, "x->x", WRITES, strip::space_loop::<FixedBytes, ENDS>, strip::space_loop::<FixedUcs4, ENDS>);
    });
    list.ufunc(characters, (2, 1), (Identity::None, AS_FIRST), |u| {
        let loops = (strip::characters_loop::<FixedBytes, ENDS>, strip::characters_loop::<FixedUcs4, ENDS>);
        both(u, "xx->x", WRITES, loops.0, loops.1);
    });
}

/// `replace`, `expandtabs`, `zfill`, `slice`.
fn changes(list: &mut List) {
    let rule = given("out kwarg should be given");
    list.ufunc("_replace", (4, 1), (Identity::None, rule), |u| {
        both(u, "xxxl->x", WRITES, replace::replace_loop::<FixedBytes>, replace::replace_loop::<FixedUcs4>);
    });
    let rule = given("The 'out' kwarg is necessary. Use numpy.strings.expandtabs without it.");
    list.ufunc("_expandtabs", (2, 1), (Identity::None, rule), |u| {
        both(u, "xl->x", WRITES, tabs::expand_loop::<FixedBytes>, tabs::expand_loop::<FixedUcs4>);
    });
    list.ufunc("_expandtabs_length", (2, 1), (Identity::None, AS_FIRST), |u| {
        both(u, "xl->l", READS, tabs::length_loop::<FixedBytes>, tabs::length_loop::<FixedUcs4>);
    });
    let rule = given("The 'out' kwarg is necessary. Use numpy.strings.zfill without it.");
    list.ufunc("_zfill", (2, 1), (Identity::None, rule), |u| {
        both(u, "xl->x", WRITES, pad::zero_fill_loop::<FixedBytes>, pad::zero_fill_loop::<FixedUcs4>);
    });
    list.ufunc("_slice", (4, 1), (Identity::None, AS_FIRST), |u| {
        both(u, "xlll->x", WRITES, slice::slice_loop::<FixedBytes>, slice::slice_loop::<FixedUcs4>);
    });
}

fn pads<const SIDE: u8>(list: &mut List, name: &'static str) {
    let rule = given("The 'out' kwarg is necessary. Use the version in numpy.strings without it.");
    list.ufunc(name, (3, 1), (Identity::None, rule), |u| {
        let same =
            (pad::pad_loop::<FixedBytes, FixedBytes, SIDE>, pad::pad_loop::<FixedUcs4, FixedUcs4, SIDE>);
        both(u, "xlx->x", WRITES, same.0, same.1);
        u.put("SlU->S", every_level(pad::pad_loop::<FixedBytes, FixedUcs4, SIDE>), WRITES);
        u.put("UlS->U", every_level(pad::pad_loop::<FixedUcs4, FixedBytes, SIDE>), WRITES);
    });
}

fn partitions<const LAST: bool>(list: &mut List, free: &'static str, placed: &'static str) {
    // Without the place, only texts of variable width know how wide the parts get.
    list.ufunc(free, (2, 3), (Identity::None, AS_FIRST), |_| {});
    let rule = given("The 'out' keyword is required; the function in numpy.strings does without.");
    list.ufunc(placed, (3, 3), (Identity::None, rule), |u| {
        let bytes = partition::partition_loop::<FixedBytes, LAST, true>;
        both(u, "xxl->xxx", WRITES, bytes, partition::partition_loop::<FixedUcs4, LAST, true>);
    });
}

fn change_case<O: case::Case>(list: &mut List, name: &'static str) {
    list.ufunc(name, (1, 1), (Identity::None, AS_FIRST), |u| {
        both(u, "x->x", WRITES, case::case_loop::<FixedBytes, O>, case::case_loop::<FixedUcs4, O>);
    });
}
