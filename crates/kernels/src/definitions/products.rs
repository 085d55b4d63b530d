//! Products of vectors and matrices.

use super::build::*;
use crate::products::{Matmul, Matvec, Vecdot, Vecmat, product};
use crate::table::{Identity, Rule};

macro_rules! products {
    ($list:expr; $($name:literal $signature:literal $shape:ty;)*) => { $(
        $list.gufunc($name, (2, 1), (Identity::None, Rule::Standard), Some($signature), |u| {
            truth!(u, "xx->x", QUIET, product, $shape);
            ints!(u, "xx->x", QUIET, product, $shape);
            floats!(u, "xx->x", RAISES, product, $shape);
            complexes!(u, "xx->x", RAISES, product, $shape);
        });
    )* };
}

/// Lists the ufuncs of this chapter.
pub fn define(list: &mut List) {
    products! { list;
        "matmul" "(n?,k),(k,m?)->(n?,m?)" Matmul;
        "vecdot" "(n),(n)->()" Vecdot;
        "matvec" "(m,n),(n)->(m)" Matvec;
        "vecmat" "(n),(n,m)->(m)" Vecmat;
    }
}
