//! Which loop serves operands of these types, and what each of them must be cast to: found once by the engine's own
//! rules ([`resolve_dtypes`]), then remembered by the ufunc in a small table that the operands' types index.

use std::cell::UnsafeCell;
use std::ffi::c_void;
use std::ptr;

use sharray_base::TypeNum;
use sharray_base::dtype::kind::{TYPE_COUNT, TYPES};
use sharray_core::assign::Casting;
use sharray_core::ufunc::{OperandType, Ufunc, Weak, native, resolve_dtypes};
use sharray_kernels::cast::Direct;
use sharray_kernels::loop_abi::{Loop, LoopFlags};
use smallvec::SmallVec;

/// Most inputs of a quick call.
pub(super) const INPUTS: usize = 3;

/// What stands for an operand's type in a key: the type's number and one; behind them Python's own numbers.
pub(super) type Code = u32;
pub(super) const WEAK_INT: Code = TYPE_COUNT as Code + 1;
pub(super) const WEAK_FLOAT: Code = WEAK_INT + 1;
pub(super) const WEAK_COMPLEX: Code = WEAK_INT + 2;
/// Bits a code takes in a key.
pub(super) const CODE_BITS: usize = 5;
const _: () = assert!(WEAK_COMPLEX < 1 << CODE_BITS);

/// The code of an operand that has a dtype.
#[inline(always)]
pub(super) fn strong(num: TypeNum) -> Code {
    num as Code + 1
}

/// What the loop reads as an input.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    pub(super) num: TypeNum,
    pub(super) size: isize,
    /// How an operand becomes that, if it is something else.
    pub(super) cast: Option<Direct>,
}

/// A loop that can be called without any preparation but the casts named.
#[derive(Clone, Copy)]
pub(super) struct Route {
    key: u32,
    /// `None`: operands of these types are not for the quick way.
    pub(super) code: Option<Loop>,
    pub(super) data: *mut c_void,
    /// Raises no floating-point flags.
    pub(super) quiet: bool,
    /// May leave a fault.
    pub(super) fallible: bool,
    /// Must not be given an output that lies on an input.
    pub(super) apart: bool,
    pub(super) inputs: [Wanted; INPUTS],
    pub(super) out: TypeNum,
    pub(super) out_size: isize,
    /// The type of a second result.
    pub(super) second: Option<TypeNum>,
    /// Bytes of the widest element that the call deals with.
    pub(super) widest: isize,
}

impl Route {
    pub(super) const NONE: Route = Route {
        key: 0,
        code: None,
        data: ptr::null_mut(),
        quiet: true,
        fallible: false,
        apart: false,
        inputs: [Wanted { num: TypeNum::Bool, size: 1, cast: None }; INPUTS],
        out: TypeNum::Bool,
        out_size: 1,
        second: None,
        widest: 1,
    };

    /// Around a loop whose operands are all of type `num`.
    pub(super) fn of_loop(code: Loop, data: *mut c_void, flags: LoopFlags, num: TypeNum) -> Route {
        Route {
            code: Some(code),
            data,
            quiet: flags.contains(LoopFlags::NO_FP_STATUS),
            fallible: flags.contains(LoopFlags::FALLIBLE),
            out: num,
            out_size: size(num),
            ..Route::NONE
        }
    }

    /// What the engine's rules say of operands of these codes.
    fn find(ufunc: &Ufunc, key: u32) -> Route {
        let mut route = Route::of(ufunc, key).unwrap_or(Route::NONE);
        route.key = key;
        route
    }

    fn of(ufunc: &Ufunc, key: u32) -> Option<Route> {
        let codes = (0..ufunc.nin()).map(|i| key >> (CODE_BITS * i) & ((1 << CODE_BITS) - 1));
        let mut operands: SmallVec<[OperandType<'_>; INPUTS + 1]> = codes.map(operand).collect();
        operands.extend((0..ufunc.nout()).map(|_| OperandType { dtype: None, weak: None }));
        let found = resolve_dtypes(ufunc, &operands, &[], Casting::SameKind, false).ok()?;
        let barred = LoopFlags::NEEDS_GIL | LoopFlags::WANTS_CONTEXT;
        if found.flags.intersects(barred)
            || found.narrow.is_some()
            || !found.dtypes.iter().all(|d| d.num().is_number() && d.is_native())
        {
            return None;
        }
        let mut route = Route {
            code: Some(found.code),
            data: found.data,
            quiet: found.flags.contains(LoopFlags::NO_FP_STATUS),
            fallible: found.flags.contains(LoopFlags::FALLIBLE),
            apart: found.flags.contains(LoopFlags::APART),
            out: found.dtypes[ufunc.nin()].num(),
            second: (ufunc.nout() == 2).then(|| found.dtypes[ufunc.nin() + 1].num()),
            ..Route::NONE
        };
        route.out_size = size(route.out);
        route.widest = route.out_size.max(route.second.map_or(0, size));
        for (index, wanted) in route.inputs.iter_mut().enumerate().take(ufunc.nin()) {
            wanted.num = found.dtypes[index].num();
            wanted.size = size(wanted.num);
            let own = operands[index].dtype?.num();
            if operands[index].weak.is_none() && own != wanted.num {
                wanted.cast = Some(Direct::new(own, wanted.num)?);
            }
            route.widest = route.widest.max(wanted.size).max(size(own));
        }
        Some(route)
    }
}

fn operand(code: Code) -> OperandType<'static> {
    let (num, weak) = match code {
        WEAK_INT => (TypeNum::Long, Some(Weak::Int)),
        WEAK_FLOAT => (TypeNum::Double, Some(Weak::Float)),
        WEAK_COMPLEX => (TypeNum::CDouble, Some(Weak::Complex)),
        code => (TYPES[code as usize - 1].num, None),
    };
    OperandType { dtype: Some(native(num)), weak }
}

pub(super) fn size(num: TypeNum) -> isize {
    num.row().itemsize as isize
}

/// How many routes a ufunc remembers.
const ROUTES: usize = 16;

/// The routes that a ufunc has found so far, each at the place its key points to; a new one takes the place of what
/// stands there.
pub(super) struct Routes(UnsafeCell<[Route; ROUTES]>);

impl Routes {
    pub(super) fn new() -> Routes {
        Routes(UnsafeCell::new([Route::NONE; ROUTES]))
    }
    /// The route of operands of these codes, if it is here. It stands as [`Routes::get`]'s does.
    #[inline(always)]
    pub(super) fn peek(&self, key: u32) -> Option<&Route> {
        // SAFETY: as in `get`.
        let route = unsafe { &*self.place(key) };
        (route.key == key).then_some(route)
    }
    #[inline(always)]
    fn place(&self, key: u32) -> *mut Route {
        let place = (key.wrapping_mul(0x9e37_79b1) >> 28) as usize;
        self.0.get().cast::<Route>().wrapping_add(place)
    }
    /// The route of operands of these codes. It stands until the next call of this: no Python code may run before the
    /// last use.
    #[inline]
    pub(super) fn get(&self, ufunc: &Ufunc, key: u32) -> &Route {
        let route = self.place(key);
        // SAFETY: one of the routes (the place has four bits); used with the GIL held only, and no reference is in use when
        // one is replaced, by this function's condition.
        unsafe {
            if (*route).key != key {
                route.write(Route::find(ufunc, key));
            }
            &*route
        }
    }
}
