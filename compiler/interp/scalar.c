#include "interp/scalar.h"

#include <math.h>

#include "base/mix.h"
#include "plexus_rt.h"

static bool is_float(Elem e) { return elem_class(e) == ELEM_CLASS_FLOAT; }
static Scalar real(double r) { return (Scalar){.r = r}; }
static Scalar whole(int64_t i) { return (Scalar){.i = i}; }
static int64_t wrap_add(int64_t a, int64_t b) { return (int64_t)((uint64_t)a + (uint64_t)b); }
static int64_t wrap_sub(int64_t a, int64_t b) { return (int64_t)((uint64_t)a - (uint64_t)b); }
static int64_t wrap_mul(int64_t a, int64_t b) { return (int64_t)((uint64_t)a * (uint64_t)b); }

#define REAL1(id, e)                                                                               \
    static Scalar scalar_##id(const Scalar *x, Elem elem)                                          \
    {                                                                                              \
        (void)elem;                                                                                \
        double a = x[0].r;                                                                         \
        return real(e);                                                                            \
    }
#define REAL2(id, e)                                                                               \
    static Scalar scalar_##id(const Scalar *x, Elem elem)                                          \
    {                                                                                              \
        (void)elem;                                                                                \
        double a = x[0].r, b = x[1].r;                                                             \
        return real(e);                                                                            \
    }
#define REAL3(id, e)                                                                               \
    static Scalar scalar_##id(const Scalar *x, Elem elem)                                          \
    {                                                                                              \
        (void)elem;                                                                                \
        double a = x[0].r, b = x[1].r, c = x[2].r;                                                 \
        return real(e);                                                                            \
    }
#define BOTH(id, er, ei)                                                                           \
    static Scalar scalar_##id(const Scalar *x, Elem elem)                                          \
    {                                                                                              \
        if (is_float(elem)) {                                                                      \
            double a = x[0].r, b = x[1].r;                                                         \
            (void)b;                                                                               \
            return real(er);                                                                       \
        }                                                                                          \
        int64_t a = x[0].i, b = x[1].i;                                                            \
        (void)b;                                                                                   \
        return whole(ei);                                                                          \
    }
#define TEST(id, e)                                                                                \
    static Scalar scalar_##id(const Scalar *x, Elem elem)                                          \
    {                                                                                              \
        if (is_float(elem)) {                                                                      \
            double a = x[0].r, b = x[1].r;                                                         \
            return whole(e);                                                                       \
        }                                                                                          \
        int64_t a = x[0].i, b = x[1].i;                                                            \
        return whole(e);                                                                           \
    }
#define INT(id, e)                                                                                 \
    static Scalar scalar_##id(const Scalar *x, Elem elem)                                          \
    {                                                                                              \
        (void)elem;                                                                                \
        int64_t a = x[0].i, b = x[1].i;                                                            \
        (void)b;                                                                                   \
        return whole(e);                                                                           \
    }

static double sign(double a) { return a > 0 ? 1 : a < 0 ? -1 : a; }
static double sigmoid(double a) { return a >= 0 ? 1 / (1 + exp(-a)) : exp(a) / (1 + exp(a)); }
static double softplus(double a) { return (a > 0 ? a : 0) + log1p(exp(-fabs(a))); }
// As the language has it: NaN if either is; ties give the second.
static double least(double a, double b) { return isnan(a) ? a : a < b ? a : b; }
static double most(double a, double b) { return isnan(a) ? a : a > b ? a : b; }
static int64_t floor_div(int64_t a, int64_t b)
{
    return b == 0 ? 0 : b == -1 ? wrap_sub(0, a) : a / b - (a % b != 0 && (a < 0) != (b < 0));
}
static int64_t floor_mod(int64_t a, int64_t b)
{
    return b == 0 ? 0 : wrap_sub(a, wrap_mul(b, floor_div(a, b)));
}

BOTH(NEG, -a, wrap_sub(0, a))
BOTH(ABS, fabs(a), a < 0 ? wrap_sub(0, a) : a)
BOTH(SIGN, sign(a), (a > 0) - (a < 0))
REAL1(FLOOR, floor(a))
REAL1(CEIL, ceil(a))
REAL1(ROUND, nearbyint(a))
REAL1(EXP, exp(a))
REAL1(EXPM1, expm1(a))
REAL1(LOG, log(a))
REAL1(LOG1P, log1p(a))
REAL1(SQRT, sqrt(a))
REAL1(RSQRT, 1 / sqrt(a))
REAL1(SIN, sin(a))
REAL1(COS, cos(a))
REAL1(TAN, tan(a))
REAL1(ASIN, asin(a))
REAL1(ACOS, acos(a))
REAL1(ATAN, atan(a))
REAL1(SINH, sinh(a))
REAL1(COSH, cosh(a))
REAL1(TANH, tanh(a))
REAL1(ERF, erf(a))
REAL1(ERFC, erfc(a))
REAL1(SIGMOID, sigmoid(a))
REAL1(SOFTPLUS, softplus(a))
static Scalar scalar_ISNAN(const Scalar *x, Elem elem)
{
    (void)elem;
    return whole(isnan(x[0].r) != 0);
}
static Scalar scalar_ISFINITE(const Scalar *x, Elem elem)
{
    (void)elem;
    return whole(isfinite(x[0].r) != 0);
}
INT(NOT, !a)
BOTH(STOP, a, a)
BOTH(COPY, a, a)
BOTH(GUARD, a, a)
BOTH(FILL, a, a)
BOTH(ADD, a + b, wrap_add(a, b))
BOTH(SUB, a - b, wrap_sub(a, b))
BOTH(MUL, a *b, wrap_mul(a, b))
REAL2(DIV, a / b)
REAL2(POW, pow(a, b))
REAL1(ERFCINV, plx_erfcinv(a))
REAL2(POLYGAMMA, plx_polygamma(a, b))
REAL3(GAMMA_DENSITY, plx_gamma_density(a, b, c))
REAL3(GAMMA_SERIES, plx_gamma_series(a, b, c))
REAL2(LOG_GAMMA_QUANTILE, plx_log_gamma_quantile(a, b))
REAL2(ATAN2, atan2(a, b))
BOTH(MIN2, least(a, b), a < b ? a : b)
BOTH(MAX2, most(a, b), a > b ? a : b)
INT(IDIV, floor_div(a, b))
INT(IMOD, floor_mod(a, b))
INT(BITAND, a &b)
INT(BITOR, a | b)
INT(BITXOR, a ^ b)
INT(SHL, b < 0 || b > 63 ? 0 : (int64_t)((uint64_t)a << b))
INT(SHR, b < 0 || b > 63 ? 0 : (int64_t)((uint64_t)a >> b))
TEST(EQ, a == b)
TEST(NE, a != b)
TEST(LT, a < b)
TEST(LE, a <= b)
INT(AND, a &&b)
INT(OR, a || b)
INT(MIX, (int64_t)mix64((uint64_t)a, (uint64_t)b))

// The evaluator converts and selects itself: both need more than one element type.
static Scalar scalar_CONVERT(const Scalar *x, Elem elem)
{
    (void)elem;
    return x[0];
}
static Scalar scalar_SELECT(const Scalar *x, Elem elem)
{
    (void)elem;
    return x[0].i ? x[1] : x[2];
}

#define CLASS_LEAF(id)
#define CLASS_MAP(id) [OP_##id] = scalar_##id,
#define CLASS_SHAPE(id)
#define CLASS_REDUCE(id)
#define CLASS_INDEX(id)
#define CLASS_LIBRARY(id)
#define CLASS_REGION(id)
static ScalarFn *const table[OP_COUNT] = {
#define OP(id, text, arity, class_, type, jvp, transpose, flops, glyph, lo, hi) CLASS_##class_(id)
#include "ir/ops.def"
#undef OP
};

ScalarFn *scalar_of(Op op) { return table[op]; }

Scalar scalar_round(Scalar x, Elem elem)
{
    switch (elem) {
    case ELEM_F32:
    case ELEM_F16:
    case ELEM_BF16: x.r = elem_round(elem, x.r); break;
    case ELEM_I32: x.i = (int32_t)x.i; break;
    case ELEM_I8: x.i = (int8_t)x.i; break;
    case ELEM_U8: x.i = (uint8_t)x.i; break;
    case ELEM_BOOL: x.i = x.i != 0; break;
    case ELEM_F64:
    case ELEM_I64:
    case ELEM_C64:
    case ELEM_C128:
    case ELEM_COUNT: break;
    }
    return x;
}
