/* C's functions of a complex variable, which Rust's standard library lacks: by pointer, for each precision, called
   from src/math/complex.rs. */
#include <complex.h>

#define UNARY(name) \
    void sharray_cf_##name(float complex *out, const float complex *a) { *out = c##name##f(*a); } \
    void sharray_cd_##name(double complex *out, const double complex *a) { *out = c##name(*a); } \
    void sharray_cl_##name(long double complex *out, const long double complex *a) { *out = c##name##l(*a); }

UNARY(sqrt)
UNARY(exp)
UNARY(log)
UNARY(sin)
UNARY(cos)
UNARY(tan)
UNARY(asin)
UNARY(acos)
UNARY(atan)
UNARY(sinh)
UNARY(cosh)
UNARY(tanh)
UNARY(asinh)
UNARY(acosh)
UNARY(atanh)

void sharray_cf_pow(float complex *out, const float complex *a, const float complex *b) { *out = cpowf(*a, *b); }
void sharray_cd_pow(double complex *out, const double complex *a, const double complex *b) { *out = cpow(*a, *b); }
void sharray_cl_pow(long double complex *out, const long double complex *a, const long double complex *b) {
    *out = cpowl(*a, *b);
}
