// Mathematics in lanes: against the C library in a wider type over all kinds of arguments, and lane by lane the same
// bits as a single number.
#include <float.h>

#include "test_emit.h"

enum { BATCH = 1 << 16 };

typedef struct {
    const char *name;
    Op          op;
    long double (*of)(long double);
    bool        odd;
    double      ulps[2];  // allowed, of f32 and f64
} Row;

static long double sigmoid(long double x) { return x >= 0 ? 1 / (1 + expl(-x)) : expl(x) / (1 + expl(x)); }
static long double softplus(long double x) { return (x > 0 ? x : 0) + log1pl(expl(-fabsl(x))); }

static const Row rows[] = {
    {"exp", OP_EXP, expl, false, {1.4, 1.4}},       {"expm1", OP_EXPM1, expm1l, true, {2, 2.5}},
    {"log", OP_LOG, logl, false, {1.2, 1.2}},       {"log1p", OP_LOG1P, log1pl, true, {1.6, 1.6}},
    {"tanh", OP_TANH, tanhl, true, {2, 3}},         {"erf", OP_ERF, erfl, true, {2, 2}},
    {"sin", OP_SIN, sinl, true, {1, 1.8}},          {"cos", OP_COS, cosl, false, {1, 1.8}},
    {"sigmoid", OP_SIGMOID, sigmoid, false, {3, 3}}, {"softplus", OP_SOFTPLUS, softplus, false, {3, 3}},
};

// ---- a compiled function of one tensor ----

typedef struct {
    World *w;
    Step  *step;
    PlxCtx ctx;
    bool   wide;
} Function;

static Function function_of(Op op, bool wide)
{
    Function f = {.w = world_new(), .wide = wide};
    Axis    *n = open_axis(f.w, "n");
    AxisSet  one = axes_of(f.w->arena, &n, 1);
    output(f.w, ir_unary(&f.w->b, op, input(f.w, wide ? ELEM_F64 : ELEM_F32, one)));
    f.w->jit = jit_new();
    f.step = step_compile(f.w->jit, f.w->program, NULL, f.w->diags);
    CU_ASSERT_PTR_NOT_NULL_FATAL(f.step);
    return f;
}

static void apply(Function *f, PlxPool *pool, const void *in, void *out, int64_t n)
{
    plx_ctx_init(&f->ctx, pool, NULL);
    CU_ASSERT_EQUAL(step_run(f->step, &f->ctx, &n, (void *[]){(void *)(uintptr_t)in}, &out), 0);
    plx_ctx_free(&f->ctx);
}

static void function_free(Function *f)
{
    step_free(f->step);
    world_free(f->w);
}

// ---- distance ----

static double ulps(const Function *f, double got, long double want)
{
    if (isnan((double)want) || isnan(got))
        return isnan((double)want) && isnan(got) ? 0 : INFINITY;
    double rounded = f->wide ? (double)want : (double)(float)want;
    if (got == rounded)
        return 0;
    if (isinf(got) || isinf(rounded))  // one side of the largest number
        return fabsl((long double)(isinf(got) ? rounded : got)) >= (f->wide ? DBL_MAX : (double)FLT_MAX) ? 1 : INFINITY;
    int e;
    frexpl(want, &e);
    int least = f->wide ? -1021 : -125, bits = f->wide ? 53 : 24;
    return (double)fabsl(((long double)got - want) / ldexpl(1, (e > least ? e : least) - bits));
}

// ---- arguments ----

static double argument(bool wide, uint64_t i, uint64_t *state)
{
    static const double special[] = {0.0, -0.0, INFINITY, -INFINITY, NAN, 1, -1, 0.5, -0.5, 1e-30, -1e-30, 1e-45, 4e-324,
                                     88.7228, 88.7229, -87.33, -103.97, -104, 709.78, 709.79, -745.1, -745.2, 2e20, 1e300,
                                     -1e300, 0x1p20, 0x1p24, 3.1415926535897931, 6.2831853071795862, 1e5, 0.9, 0.625, 4, 20};
    if (i < sizeof special / sizeof *special)
        return special[i];
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    double u = (double)(*state >> 11) * 0x1p-53;
    switch (i % 4) {
    case 0: return (u - 0.5) * 20;
    case 1: return (u - 0.5) * 220;
    case 2: return ldexp(1 + u, (int)(*state % 80) - 70) * (*state & 256 ? 1 : -1);
    default: break;
    }
    double   any;
    uint32_t b = (uint32_t)(*state >> 32);
    float    few;
    memcpy(&few, &b, sizeof few);
    memcpy(&any, state, sizeof any);
    return wide ? any : (double)few;
}

static void check_row(const Row *r, bool wide, PlxPool *pool)
{
    Function f = function_of(r->op, wide);
    uint64_t state = 1;
    double  *d = malloc(sizeof *d * BATCH), *dy = malloc(sizeof *dy * BATCH), worst = 0, at = 0;
    float   *s = malloc(sizeof *s * BATCH), *sy = malloc(sizeof *sy * BATCH);
    bool     signs = true, alone = true;
    for (int batch = 0; batch < (wide ? 3 : 8); batch++) {
        for (int i = 0; i < BATCH; i++) {
            d[i] = argument(wide, (uint64_t)batch * BATCH + (uint64_t)i, &state);
            s[i] = (float)d[i];
        }
        apply(&f, pool, wide ? (void *)d : (void *)s, wide ? (void *)dy : (void *)sy, BATCH);
        for (int i = 0; i < BATCH; i++) {
            double x = wide ? d[i] : (double)s[i], y = wide ? dy[i] : (double)sy[i];
            double u = ulps(&f, y, r->of((long double)x));
            if (!(u <= worst)) {
                worst = u;
                at = x;
            }
            signs = signs && !(r->odd && x == 0 && signbit(x) != signbit(y));
        }
        for (int i = 0; i < 257; i++) {  // by itself, the same bits
            double one;
            float  few;
            apply(&f, pool, wide ? (void *)&d[i] : (void *)&s[i], wide ? (void *)&one : (void *)&few, 1);
            alone = alone && (wide ? !memcmp(&one, &dy[i], sizeof one) || (isnan(one) && isnan(dy[i]))
                                   : !memcmp(&few, &sy[i], sizeof few) || (isnan(few) && isnan(sy[i])));
        }
    }
    if (!(worst <= r->ulps[wide]) || getenv("VMATH"))
        printf("  %s of %s: %.3f ulp at %.17g\n", r->name, wide ? "f64" : "f32", worst, at);
    CU_ASSERT_TRUE(worst <= r->ulps[wide]);
    CU_ASSERT_TRUE(signs);
    CU_ASSERT_TRUE(alone);
    free(d);
    free(dy);
    free(s);
    free(sy);
    function_free(&f);
}

static void functions_are_near(void)
{
    PlxError e;
    PlxPool *pool = plx_pool_new(1, &e);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int wide = 0; wide < 2; wide++)
            check_row(&rows[i], wide, pool);
    plx_pool_free(pool);
}

int main(void)
{
    static const CU_TestInfo tests[] = {TEST(functions_are_near), CU_TEST_INFO_NULL};
    return run_tests("vmath", tests);
}
