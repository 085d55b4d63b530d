//! Functions of text. Loops for `S`, then `U`, then text of variable width; in patterns `x` stands for any of them.

use super::build::*;
use crate::compare::variable;
use crate::loop_abi::{Loop, LoopFlags};
use crate::string::store::{FixedBytes, FixedUcs4};
use crate::string::variable::Variable;
use crate::string::{case, classify, join, measure, pad, partition, replace, search, slice, strip, tabs};
use crate::table::{Identity, Rule, TextWidth};

/// `each!(path<…, Store, …>)`: the loop for each of the three stores.
macro_rules! each {
    ($($path:ident)::+ $(, $generic:tt)*) => {
        [
            $($path)::+::<FixedBytes $(, $generic)*>,
            $($path)::+::<FixedUcs4 $(, $generic)*>,
            $($path)::+::<Variable $(, $generic)*>,
        ]
    };
}

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
        all(u, "x->l", READS, each!(measure::length_loop));
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

/// Puts the loops for `S`, for `U` and for text of variable width.
fn all(u: &mut Loops, pattern: &str, flags: LoopFlags, [bytes, unicode, variable]: [Loop; 3]) {
    u.put_for(pattern, b'S', every_level(bytes), flags);
    u.put_for(pattern, b'U', every_level(unicode), flags);
    u.put_for(pattern, b'T', every_level(variable), flags);
}

/// The loops of `add`.
pub(super) fn add(u: &mut Loops) {
    all(u, "xx->x", WRITES, each!(join::add_loop));
}

/// The loops of `multiply`.
pub(super) fn multiply(u: &mut Loops) {
    all(u, "xl->x", WRITES, each!(join::multiply_loop, 1));
    all(u, "lx->x", WRITES, each!(join::multiply_loop, 0));
}

/// The loop of `maximum`, or of `minimum`.
pub(super) fn extremum<const LARGEST: bool>(u: &mut Loops) {
    u.put("TT->T", every_level(variable::extremum_loop::<LARGEST>), WRITES);
}

/// The loop of `isnan`.
pub(super) fn is_nan(u: &mut Loops) {
    u.put("T->?", every_level(variable::is_nan_loop), READS);
}

fn test<O: classify::Test>(list: &mut List) {
    list.ufunc(O::NAME, (1, 1), (Identity::Zero, AS_FIRST), |u| {
        all(u, "x->?", READS, each!(classify::test_loop, O));
    });
}

/// A test that bytes don't have.
fn test_unicode<O: classify::Test>(list: &mut List) {
    list.ufunc(O::NAME, (1, 1), (Identity::Zero, AS_FIRST), |u| {
        u.put("U->?", every_level(classify::test_loop::<FixedUcs4, O>), READS);
        u.put("T->?", every_level(classify::test_loop::<Variable, O>), READS);
    });
}

fn search<O: search::Search>(list: &mut List, identity: Identity) {
    let truth = size_of::<O::Answer>() == 1;
    list.ufunc(O::NAME, (4, 1), (identity, AS_FIRST), |u| {
        let pattern = if truth { "xxll->?" } else { "xxll->l" };
        all(u, pattern, READS, each!(search::search_loop, O));
    });
}

fn strip_ends<const ENDS: u8>(list: &mut List, spaces: &'static str, characters: &'static str) {
    list.ufunc(spaces, (1, 1), (Identity::None, AS_FIRST), |u| {
        all(u, "x->x", WRITES, each!(strip::space_loop, ENDS));
    });
    list.ufunc(characters, (2, 1), (Identity::None, AS_FIRST), |u| {
        all(u, "xx->x", WRITES, each!(strip::characters_loop, ENDS));
    });
}

/// `replace`, `expandtabs`, `zfill`, `slice`.
fn changes(list: &mut List) {
    let rule = given("out kwarg should be given");
    list.ufunc("_replace", (4, 1), (Identity::None, rule), |u| {
        all(u, "xxxl->x", WRITES, each!(replace::replace_loop));
    });
    let rule = given("The 'out' kwarg is necessary. Use numpy.strings.expandtabs without it.");
    list.ufunc("_expandtabs", (2, 1), (Identity::None, rule), |u| {
        all(u, "xl->x", WRITES, each!(tabs::expand_loop));
    });
    list.ufunc("_expandtabs_length", (2, 1), (Identity::None, AS_FIRST), |u| {
        all(u, "xl->l", READS, each!(tabs::length_loop));
    });
    let rule = given("The 'out' kwarg is necessary. Use numpy.strings.zfill without it.");
    list.ufunc("_zfill", (2, 1), (Identity::None, rule), |u| {
        all(u, "xl->x", WRITES, each!(pad::zero_fill_loop));
    });
    list.ufunc("_slice", (4, 1), (Identity::None, AS_FIRST), |u| {
        all(u, "xlll->x", WRITES, each!(slice::slice_loop));
    });
}

fn pads<const SIDE: u8>(list: &mut List, name: &'static str) {
    let rule = given("The 'out' kwarg is necessary. Use the version in numpy.strings without it.");
    list.ufunc(name, (3, 1), (Identity::None, rule), |u| {
        let bytes = pad::pad_loop::<FixedBytes, FixedBytes, SIDE>;
        let unicode = pad::pad_loop::<FixedUcs4, FixedUcs4, SIDE>;
        all(u, "xlx->x", WRITES, [bytes, unicode, pad::pad_loop::<Variable, Variable, SIDE>]);
        u.put("SlU->S", every_level(pad::pad_loop::<FixedBytes, FixedUcs4, SIDE>), WRITES);
        u.put("UlS->U", every_level(pad::pad_loop::<FixedUcs4, FixedBytes, SIDE>), WRITES);
    });
}

fn partitions<const LAST: bool>(list: &mut List, free: &'static str, placed: &'static str) {
    // Without the place, only texts of variable width know how wide the parts get.
    list.ufunc(free, (2, 3), (Identity::None, AS_FIRST), |u| {
        u.put("TT->TTT", every_level(partition::partition_loop::<Variable, LAST, false>), WRITES);
    });
    let rule = given("The 'out' keyword is required; the function in numpy.strings does without.");
    list.ufunc(placed, (3, 3), (Identity::None, rule), |u| {
        let bytes = partition::partition_loop::<FixedBytes, LAST, true>;
        let unicode = partition::partition_loop::<FixedUcs4, LAST, true>;
        u.put("SSl->SSS", every_level(bytes), WRITES);
        u.put("UUl->UUU", every_level(unicode), WRITES);
    });
}

fn change_case<O: case::Case>(list: &mut List, name: &'static str) {
    list.ufunc(name, (1, 1), (Identity::None, AS_FIRST), |u| {
        all(u, "x->x", WRITES, each!(case::case_loop, O));
    });
}
