/* long double, which Rust can't express: scalar operations by pointer, called from
   src/extended.rs. No state, no allocation. */
#include <math.h>
#include <stdint.h>

typedef long double ld;

#define UNARY(name, expr) void sharray_ld_##name(ld *out, const ld *pa) { const ld a = *pa; *out = (expr); }
#define BINARY(name, expr) \
    void sharray_ld_##name(ld *out, const ld *pa, const ld *pb) { const ld a = *pa, b = *pb; *out = (expr); }
#define TEST(name, expr) int sharray_ld_##name(const ld *pa) { const ld a = *pa; return (expr) != 0; }
#define COMPARE(name, expr) \
    int sharray_ld_##name(const ld *pa, const ld *pb) { const ld a = *pa, b = *pb; return (expr) != 0; }

BINARY(add, a + b)
BINARY(sub, a - b)
BINARY(mul, a * b)
BINARY(div, a / b)
BINARY(fmod, fmodl(a, b))
BINARY(pow, powl(a, b))
BINARY(atan2, atan2l(a, b))
BINARY(hypot, hypotl(a, b))
BINARY(copysign, copysignl(a, b))
BINARY(nextafter, nextafterl(a, b))

UNARY(neg, -a)
UNARY(abs, fabsl(a))
UNARY(sqrt, sqrtl(a))
UNARY(cbrt, cbrtl(a))
UNARY(exp, expl(a))
UNARY(exp2, exp2l(a))
UNARY(expm1, expm1l(a))
UNARY(log, logl(a))
UNARY(log2, log2l(a))
UNARY(log10, log10l(a))
UNARY(log1p, log1pl(a))
UNARY(sin, sinl(a))
UNARY(cos, cosl(a))
UNARY(tan, tanl(a))
UNARY(asin, asinl(a))
UNARY(acos, acosl(a))
UNARY(atan, atanl(a))
UNARY(sinh, sinhl(a))
UNARY(cosh, coshl(a))
UNARY(tanh, tanhl(a))
UNARY(asinh, asinhl(a))
UNARY(acosh, acoshl(a))
UNARY(atanh, atanhl(a))
UNARY(floor, floorl(a))
UNARY(ceil, ceill(a))
UNARY(trunc, truncl(a))
UNARY(rint, rintl(a))

COMPARE(lt, a < b)
COMPARE(le, a <= b)
COMPARE(eq, a == b)
TEST(isnan, isnan(a))
TEST(isinf, isinf(a))
TEST(signbit, signbit(a))

void sharray_ld_from_f64(ld *out, double a) { *out = a; }
double sharray_ld_to_f64(const ld *a) { return (double)*a; }
void sharray_ld_from_i64(ld *out, int64_t a) { *out = (ld)a; }
void sharray_ld_from_u64(ld *out, uint64_t a) { *out = (ld)a; }
void sharray_ld_ldexp(ld *out, const ld *a, int power) { *out = ldexpl(*a, power); }
void sharray_ld_frexp(ld *out, const ld *a, int *power) { *power = 0; *out = frexpl(*a, power); }
void sharray_ld_modf(ld *fraction, const ld *a, ld *whole) { *fraction = modfl(*a, whole); }

/* Whole loops of the four operations: going through memory and back for each element would cost several times the
   operation. */
#define LOOP(name, op) \
    void sharray_ld_loop_##name(char *const *args, const intptr_t *n, const intptr_t *steps, void *data) { \
        const char *a = args[0], *b = args[1]; \
        char *out = args[2]; \
        /* In locals: the stores below may not be taken for changes of them. */ \
        const intptr_t count = *n, sa = steps[0], sb = steps[1], so = steps[2]; \
        (void)data; \
        for (intptr_t i = 0; i < count; i++, a += sa, b += sb, out += so) \
            *(ld *)out = *(const ld *)a op *(const ld *)b; \
    }

LOOP(add, +)
LOOP(sub, -)
LOOP(mul, *)
LOOP(div, /)
