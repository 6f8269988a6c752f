// Tensors, pool, matrix products, plans, random bits, segments, context.
#include "support/run_tests.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "half.h"
#include "plexus_rt.h"
#include "random.h"

// ---- floats of two bytes ----

static void check_narrow(double (*value)(uint16_t), uint16_t (*of)(double), int infinite)
{
    for (int b = 0; b < infinite; b++) {
        double v = value((uint16_t)b), next = b + 1 < infinite ? value((uint16_t)(b + 1)) : 2 * v - value((uint16_t)(b - 1));
        double half = v + (next - v) / 2;
        CU_ASSERT_EQUAL_FATAL(of(v), b);
        CU_ASSERT_EQUAL_FATAL(of(-v), b | 0x8000);
        CU_ASSERT_EQUAL_FATAL(of(half), b & 1 ? b + 1 : b);
        CU_ASSERT_EQUAL_FATAL(of(nextafter(half, 0)), b);
        CU_ASSERT_EQUAL_FATAL(of(nextafter(half, INFINITY)), b + 1);
    }
    CU_ASSERT_EQUAL(of(INFINITY), infinite);
    CU_ASSERT_EQUAL(of(-1e300), infinite | 0x8000);
    CU_ASSERT(isinf(value((uint16_t)infinite)) && isnan(value(of((double)NAN))) && isnan(value((uint16_t)(infinite + 1))));
}

static void all_floats_of_two_bytes_and_what_lies_between(void)
{
    check_narrow(half_value, half_of, 0x7c00);
    check_narrow(brain_value, brain_of, 0x7f80);
    CU_ASSERT_EQUAL(half_of(65504), 0x7bff);
    CU_ASSERT_EQUAL(half_value(1), 0x1p-24);
    CU_ASSERT_EQUAL(brain_of(1), 0x3f80);
}

// ---- tensors ----

static void sizes_that_overflow_are_refused_before_allocating(void)
{
    PlxTensor t;
    PlxError  err;
    int64_t   big[] = {INT64_C(1) << 40, INT64_C(1) << 40};
    int64_t   negative[] = {3, -1};
    int64_t   hidden[] = {0, INT64_C(1) << 40, INT64_C(1) << 40};
    CU_ASSERT_FALSE(plx_tensor_new(&t, PLX_F64, 2, big, &err));
    CU_ASSERT_EQUAL(err.code, PLX_ERR_SIZE);
    CU_ASSERT_PTR_NULL(t.data);
    CU_ASSERT_FALSE(plx_tensor_new(&t, PLX_U8, 2, negative, &err));
    CU_ASSERT_STRING_EQUAL(err.text, "size -1 of axis 1 is negative");
    CU_ASSERT_FALSE(plx_tensor_new(&t, PLX_U8, 3, hidden, &err));
    CU_ASSERT_FALSE(plx_tensor_new(&t, PLX_U8, PLX_MAX_RANK + 1, big, &err));
    int64_t huge[] = {INT64_C(1) << 55};
    CU_ASSERT_FALSE(plx_tensor_new(&t, PLX_U8, 1, huge, &err));
    CU_ASSERT_EQUAL(err.code, PLX_ERR_MEMORY);
}

static void tensors_are_aligned_and_zero(void)
{
    PlxTensor t;
    PlxError  err;
    int64_t   dim[] = {3, 5};
    CU_ASSERT_TRUE(plx_tensor_new(&t, PLX_F32, 2, dim, &err));
    CU_ASSERT_EQUAL((uintptr_t)t.data % PLX_ALIGNMENT, 0);
    CU_ASSERT_EQUAL(plx_tensor_bytes(&t), 60);
    float sum = 0;
    for (int i = 0; i < 15; i++)
        sum += ((float *)t.data)[i];
    CU_ASSERT_EQUAL(sum, 0);
    plx_tensor_free(&t);
    CU_ASSERT_TRUE(plx_tensor_new(&t, PLX_F32, 0, NULL, &err));
    CU_ASSERT_EQUAL(plx_tensor_count(&t), 1);
    plx_tensor_free(&t);
    int64_t none[] = {4, 0};
    CU_ASSERT_TRUE(plx_tensor_new(&t, PLX_I8, 2, none, &err));
    CU_ASSERT_EQUAL(plx_tensor_count(&t), 0);
    CU_ASSERT_PTR_NULL(t.data);
    plx_tensor_free(&t);
}

// ---- pool ----

typedef struct {
    PlxPool   *pool;
    int        hit[1000];
    atomic_int wrong, calls;
    int        threads;
} Seen;

static void mark(void *arg, int64_t begin, int64_t end, int worker)
{
    Seen *s = arg;
    s->calls++;
    if (begin % 7 != 0 || (end - begin != 7 && end != 1000) || worker < 0 || worker >= s->threads)
        s->wrong++;
    for (int64_t i = begin; i < end; i++)
        s->hit[i]++;
}

static void every_chunk_runs_once_for_any_threads(void)
{
    for (int threads = 1; threads <= 5; threads++) {
        PlxError err;
        PlxPool *pool = plx_pool_new(threads, &err);
        CU_ASSERT_PTR_NOT_NULL_FATAL(pool);
        int bad = 0;
        for (int turn = 0; turn < 300; turn++) {
            Seen s = {.threads = threads};
            plx_pool_run(pool, mark, &s, 1000, 7);
            bad += s.wrong != 0 || s.calls != 143;
            for (int i = 0; i < 1000; i++)
                bad += s.hit[i] != 1;
        }
        CU_ASSERT_EQUAL(bad, 0);
        plx_pool_free(pool);
    }
}

static void inner(void *arg, int64_t begin, int64_t end, int worker)
{
    (void)worker;
    atomic_fetch_add((atomic_int *)arg, (int)(end - begin));
}

typedef struct {
    PlxPool   *pool;
    atomic_int sum;
} Nest;

static void outer(void *arg, int64_t begin, int64_t end, int worker)
{
    (void)begin, (void)end, (void)worker;
    Nest *n = arg;
    plx_pool_run(n->pool, inner, &n->sum, 100, 3);
}

static void a_run_inside_a_run_does_not_hang(void)
{
    PlxError err;
    Nest     n = {.pool = plx_pool_new(3, &err)};
    CU_ASSERT_PTR_NOT_NULL_FATAL(n.pool);
    plx_pool_run(n.pool, outer, &n, 20, 1);
    CU_ASSERT_EQUAL(n.sum, 2000);
    plx_pool_run(n.pool, outer, &n, 0, 1);
    CU_ASSERT_EQUAL(n.sum, 2000);
    plx_pool_free(n.pool);
    plx_pool_run(NULL, inner, &n.sum, 10, 1);
    CU_ASSERT_EQUAL(n.sum, 2010);
}

static void a_bad_number_of_threads_is_refused(void)
{
    PlxError err;
    CU_ASSERT_PTR_NULL(plx_pool_new(-1, &err));
    CU_ASSERT_EQUAL(err.code, PLX_ERR_LIMIT);
    CU_ASSERT_PTR_NULL(plx_pool_new(100000, &err));
    plx_pool_free(NULL);
}

// ---- matrix products ----

static double unit(uint64_t key, int64_t i)
{
    return (double)(plx_mix(key, (uint64_t)i) >> 11) * 0x1p-52 - 1;
}

static void fill(PlxElem e, void *at, int64_t n, uint64_t key)
{
    for (int64_t i = 0; i < n; i++) {
        if (e == PLX_F32)
            ((float *)at)[i] = (float)unit(key, i);
        else
            ((double *)at)[i] = unit(key, i);
    }
}

static double get(PlxElem e, const void *at, int64_t i)
{
    return e == PLX_F32 ? (double)((const float *)at)[i] : ((const double *)at)[i];
}

// The largest error of c against a plain sum, at up to 500 places.
static double error_of(const PlxGemm *g, const void *c0)
{
    double  worst = 0;
    int64_t places = g->batch * g->m * g->n, step = places / 500 + 1;
    for (int64_t q = 0; q < places; q += step) {
        int64_t w = q / (g->m * g->n), i = q / g->n % g->m, j = q % g->n;
        double  sum = 0;
        for (int64_t l = 0; l < g->k; l++)
            sum +=
                get(g->elem, g->a,
                    w * g->stride_a + (g->transa ? l * g->lda + i : i * g->lda + l)) *
                get(g->elem, g->b, w * g->stride_b + (g->transb ? j * g->ldb + l : l * g->ldb + j));
        int64_t at = w * g->stride_c + i * g->ldc + j;
        double  want = g->alpha * sum + (g->beta != 0 ? get(g->elem, c0, at) : 0);
        double  off = fabs(get(g->elem, g->c, at) - want);
        worst = off > worst || isnan(off) ? off : worst;
    }
    return worst;
}

typedef struct {
    int64_t m, n, k, batch;
} Shape;

static void try_product(PlxPool **pools, PlxElem e, Shape s, int bits)
{
    bool    ta = bits & 1, tb = bits & 2;
    PlxGemm g = {.elem = e,
                 .transa = ta,
                 .transb = tb,
                 .m = s.m,
                 .n = s.n,
                 .k = s.k,
                 .alpha = 0.5,
                 .beta = bits & 4 ? 1 : 0,
                 .lda = (ta ? s.m : s.k) + 1,
                 .ldb = (tb ? s.k : s.n) + 2,
                 .ldc = s.n + 3,
                 .batch = s.batch};
    g.stride_a = (ta ? s.k : s.m) * g.lda;
    g.stride_b = (tb ? s.n : s.k) * g.ldb;
    g.stride_c = s.m * g.ldc;
    size_t size = (size_t)plx_elem_size(e), nc = (size_t)(g.stride_c * s.batch);
    char  *a = malloc(size * (size_t)(g.stride_a * s.batch + 1)),
         *b = malloc(size * (size_t)(g.stride_b * s.batch + 1));
    char *c0 = malloc(size * nc), *c1 = malloc(size * nc), *c2 = malloc(size * nc);
    fill(e, a, g.stride_a * s.batch, 1);
    fill(e, b, g.stride_b * s.batch, 2);
    fill(e, c0, (int64_t)nc, 3);
    if (g.beta == 0)
        for (size_t i = 0; i < nc; i++)
            memset(c0 + i * size, 0xff, size); // NaN: must not be read
    memcpy(c1, c0, size * nc);
    memcpy(c2, c0, size * nc);
    g.a = a, g.b = b, g.c = c1;
    PlxError err;
    CU_ASSERT_TRUE(plx_gemm(pools[0], &g, &err));
    double off = error_of(&g, c0);
    CU_ASSERT(off < (e == PLX_F32 ? 1e-6 : 1e-15) * (1 + sqrt((double)s.k)) * 8);
    CU_ASSERT_EQUAL(memcmp(c1 + size * (size_t)s.n, c0 + size * (size_t)s.n, size * 3), 0);
    for (int p = 1; p < 3; p++) {
        memcpy(c2, c0, size * nc);
        g.c = c2;
        CU_ASSERT_TRUE(plx_gemm(pools[p], &g, &err));
        CU_ASSERT_EQUAL(memcmp(c1, c2, size * nc), 0);
    }
    free(a), free(b), free(c0), free(c1), free(c2);
}

static void products_are_right_with_the_same_bits_for_any_threads(void)
{
    static const Shape shapes[] = {{1, 1, 1, 1},      {3, 5, 7, 1},      {3, 5, 0, 2},
                                   {1, 700, 300, 1},  {700, 1, 300, 1},  {130, 257, 65, 1},
                                   {520, 300, 33, 1}, {20, 24, 5000, 1}, {1, 1, 9000, 1},
                                   {9, 8, 7, 40},     {65, 66, 67, 9}};
    PlxError           err;
    PlxPool *pools[] = {plx_pool_new(1, &err), plx_pool_new(2, &err), plx_pool_new(5, &err)};
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
        for (int bits = 0; bits < 8; bits++) {
            try_product(pools, PLX_F32, shapes[s], bits);
            try_product(pools, PLX_F64, shapes[s], bits);
        }
    for (int i = 0; i < 3; i++)
        plx_pool_free(pools[i]);
}

static void products_that_blas_cannot_do_are_refused(void)
{
    PlxError err;
    PlxGemm  g = {.elem = PLX_I32, .m = 1, .n = 1, .k = 1, .batch = 1};
    CU_ASSERT_FALSE(plx_gemm(NULL, &g, &err));
    CU_ASSERT_EQUAL(err.code, PLX_ERR_TYPE);
    g.elem = PLX_F32;
    g.k = INT64_C(1) << 31;
    CU_ASSERT_FALSE(plx_gemm(NULL, &g, &err));
    CU_ASSERT_EQUAL(err.code, PLX_ERR_SIZE);
}

// ---- plans ----

static void buffers_that_live_together_do_not_overlap(void)
{
    enum { N = 300 };
    PlxBuffer b[N];
    int64_t   offset[N], again[N], total, total2, peak = 0;
    PlxError  err;
    for (int i = 0; i < N; i++) {
        uint64_t r = plx_mix(9, (uint64_t)i);
        b[i] = (PlxBuffer){(int64_t)(r % 5000), (int32_t)(r >> 32 & 63), 0};
        b[i].last = b[i].first + (int32_t)(r >> 50 & 15);
    }
    CU_ASSERT_TRUE(plx_plan(b, N, offset, &total, &err));
    CU_ASSERT_TRUE(plx_plan(b, N, again, &total2, &err));
    CU_ASSERT_EQUAL(memcmp(offset, again, sizeof offset), 0);
    int bad = 0;
    for (int i = 0; i < N; i++) {
        bad += offset[i] % PLX_ALIGNMENT != 0 || offset[i] + b[i].bytes > total;
        for (int j = 0; j < i; j++)
            if (b[i].first <= b[j].last && b[j].first <= b[i].last)
                bad += offset[i] < offset[j] + b[j].bytes && offset[j] < offset[i] + b[i].bytes;
    }
    CU_ASSERT_EQUAL(bad, 0);
    for (int step = 0; step < 80; step++) {
        int64_t live = 0;
        for (int i = 0; i < N; i++)
            live += b[i].first <= step && step <= b[i].last ? (b[i].bytes + 63) / 64 * 64 : 0;
        peak = live > peak ? live : peak;
    }
    CU_ASSERT(total >= peak && (double)total < 1.25 * (double)peak);
}

static void plans_of_nothing_and_of_too_much(void)
{
    PlxError  err;
    int64_t   offset[3], total;
    PlxBuffer b[3] = {{INT64_C(1) << 61, 0, 1}, {INT64_C(1) << 61, 0, 1}, {INT64_C(1) << 61, 0, 1}};
    CU_ASSERT_TRUE(plx_plan(NULL, 0, offset, &total, &err));
    CU_ASSERT_EQUAL(total, 0);
    CU_ASSERT_FALSE(plx_plan(b, 3, offset, &total, &err));
    b[0].bytes = -1;
    CU_ASSERT_FALSE(plx_plan(b, 1, offset, &total, &err));
}

static void an_arena_only_grows(void)
{
    PlxArena a = {0};
    PlxError err;
    CU_ASSERT_TRUE(plx_arena_reserve(&a, 1000, &err));
    void *base = a.base;
    CU_ASSERT_TRUE(plx_arena_reserve(&a, 500, &err));
    CU_ASSERT_EQUAL(a.base, base);
    CU_ASSERT_TRUE(plx_arena_reserve(&a, INT64_C(9) << 20, &err));
    CU_ASSERT_EQUAL((uintptr_t)a.base % PLX_ALIGNMENT, 0);
    CU_ASSERT_FALSE(plx_arena_reserve(&a, INT64_C(1) << 60, &err));
    CU_ASSERT_EQUAL(a.bytes, 0);
    plx_arena_free(&a);
}

// ---- random bits ----

// The mean of products of centred values is 0 within 5 standard errors (variance of a product: 1 /
// 144).
static bool uncorrelated(double sum, int n)
{
    return fabs(sum / n) < 5 / 12.0 / sqrt(n);
}

static double centred(uint64_t bits)
{
    return (double)(bits >> 11) * 0x1p-53 - 0.5;
}

static void random_bits_are_uniform_over_counters_and_keys(void)
{
    enum { N = 1 << 16, BINS = 256 };
    for (int by_key = 0; by_key < 2; by_key++)
        for (int shift = 0; shift < 64; shift += 8) {
            int bin[BINS] = {0};
            for (uint64_t i = 0; i < N; i++)
                bin[(by_key ? plx_mix(i, 7) : plx_mix(7, i)) >> shift & 255]++;
            double chi = 0, want = (double)N / BINS;
            for (int i = 0; i < BINS; i++)
                chi += (bin[i] - want) * (bin[i] - want) / want;
            CU_ASSERT(chi > 255 - 5 * sqrt(510) && chi < 255 + 5 * sqrt(510));
        }
}

static void neighbouring_counters_and_keys_are_uncorrelated(void)
{
    enum { N = 100000 };
    double counter = 0, key = 0, nested = 0, swapped = 0;
    for (uint64_t i = 0; i < N; i++) {
        double here = centred(plx_mix(5, i));
        counter += here * centred(plx_mix(5, i + 1));
        key += here * centred(plx_mix(6, i));
        nested += centred(plx_mix(plx_mix(5, i), 0)) * centred(plx_mix(plx_mix(5, i), 1));
        swapped += centred(plx_mix(plx_mix(5, i), i + 1)) * centred(plx_mix(plx_mix(5, i + 1), i));
    }
    CU_ASSERT_TRUE(uncorrelated(counter, N));
    CU_ASSERT_TRUE(uncorrelated(key, N));
    CU_ASSERT_TRUE(uncorrelated(nested, N));
    CU_ASSERT_TRUE(uncorrelated(swapped, N));
}

static void one_bit_of_key_or_counter_changes_half_of_the_bits(void)
{
    for (int bit = 0; bit < 64; bit++)
        for (int by_key = 0; by_key < 2; by_key++) {
            int changed = 0;
            for (uint64_t i = 0; i < 2000; i++) {
                uint64_t a = plx_mix(11, i), flip = UINT64_C(1) << bit;
                uint64_t b = by_key ? plx_mix(11 ^ flip, i) : plx_mix(11, i ^ flip);
                changed += __builtin_popcountll(a ^ b);
            }
            CU_ASSERT(changed > 2000 * 31 && changed < 2000 * 33);
        }
}

static void random_bits_are_those_of_every_release(void)
{
    CU_ASSERT_EQUAL(plx_mix(0, 0), UINT64_C(0x8209B480FAED1B10));
    CU_ASSERT_EQUAL(plx_mix(1, 2), UINT64_C(0xD11F5A75F7215B2A));
    CU_ASSERT_EQUAL(plx_mix(UINT64_MAX, UINT64_MAX), UINT64_C(0x95AD2FCC15F02F22));
}

// ---- segments ----

static void segments_are_stable_and_drop_what_is_out_of_range(void)
{
    int64_t position[] = {2, 0, 5, 0, -1, 2, 3, 0}, offset[5], order[8];
    int64_t want_offset[] = {0, 3, 3, 5, 6}, want_order[] = {1, 3, 7, 0, 5, 6};
    plx_sort_segments(position, 8, 4, offset, order);
    CU_ASSERT_EQUAL(memcmp(offset, want_offset, sizeof want_offset), 0);
    CU_ASSERT_EQUAL(memcmp(order, want_order, sizeof want_order), 0);
    plx_sort_segments(position, 8, 0, offset, order);
    CU_ASSERT_EQUAL(offset[0], 0);
    plx_sort_segments(position, 0, 2, offset, order);
    CU_ASSERT_EQUAL(offset[2], 0);
}

// ---- sorting ----

static void sorting_is_stable_with_nan_last(void)
{
    enum { N = 1000 };
    static float   x[2 * N];
    static int64_t order[N], scratch[N];
    for (int n = 0; n <= N; n = n * 3 / 2 + 1) {
        int bad = 0;
        for (int i = 0; i < n; i++)
            x[2 * i] = i % 11 == 7 ? NAN : (float)(plx_mix(4, (uint64_t)i) % 50) - 25;
        plx_argsort(PLX_F32, x, 2, n, order, scratch);
        for (int i = 1; i < n; i++) {
            float a = x[2 * order[i - 1]], b = x[2 * order[i]];
            bool  tie = a == b || (isnan(a) && isnan(b));
            bad += tie ? order[i - 1] >= order[i] : !(a < b || (isnan(b) && !isnan(a)));
        }
        CU_ASSERT_EQUAL(bad, 0);
    }
    int64_t whole[] = {3, INT64_MIN, 3, -1, INT64_MAX}, want[] = {1, 3, 0, 2, 4};
    plx_argsort(PLX_I64, whole, 1, 5, order, scratch);
    CU_ASSERT_EQUAL(memcmp(order, want, sizeof want), 0);
    uint8_t small[] = {200, 3, 1};
    plx_argsort(PLX_U8, small, 1, 3, order, scratch);
    CU_ASSERT(order[0] == 2 && order[2] == 0);
    int8_t negative[] = {1, -3};
    plx_argsort(PLX_I8, negative, 1, 2, order, scratch);
    CU_ASSERT_EQUAL(order[0], 1);
}

// ---- special functions ----

static bool near_to(double x, double want, double relative) { return fabs(x - want) <= relative * fabs(want); }

static void derivatives_of_ln_gamma_are_those_of_the_tables(void)
{
    CU_ASSERT(near_to(plx_polygamma(0, 0.5), 0.5723649429247001, 1e-15));
    CU_ASSERT(near_to(plx_polygamma(1, 1), -0.5772156649015329, 1e-14));
    CU_ASSERT(near_to(plx_polygamma(1, -0.5), 0.03648997397857652, 1e-13));
    CU_ASSERT(near_to(plx_polygamma(1, 1e6), log(1e6) - 5e-7 - 1e-12 / 12, 1e-15));
    CU_ASSERT(near_to(plx_polygamma(2, 1), 1.6449340668482264, 1e-15));
    CU_ASSERT(near_to(plx_polygamma(2, -0.5), 8.934802200544679, 1e-14));
    CU_ASSERT(near_to(plx_polygamma(3, 1), -2.4041138063191885, 1e-14));
    CU_ASSERT(near_to(plx_polygamma(9, 1), -40400.978398747635, 1e-14)); // -8! zeta(9)
    CU_ASSERT(isnan(plx_polygamma(1, -3)) && isnan(plx_polygamma(99, 1)));
    for (double x = -7.3; x < 30; x += 0.37) // by one step
        for (int m = 0; m < 12; m++) {
            double step = (m % 2 ? -1 : 1) * tgamma(m + 1) / pow(x, m + 1);
            double after = plx_polygamma(m + 1, x + 1), before = plx_polygamma(m + 1, x);
            CU_ASSERT(fabs(after - before - step) <= 1e-12 * (fabs(before) + fabs(step)));
        }
}

static void quantiles_invert_their_distributions(void)
{
    CU_ASSERT(near_to(plx_erfcinv(0.5), 0.4769362762044699, 1e-15));
    for (double p = 1e-300; p < 1; p *= 1.7)
        CU_ASSERT(near_to(erfc(plx_erfcinv(p)), p, 1e-12) && near_to(erfc(plx_erfcinv(2 - p)), 2 - p, 1e-15));
    for (double u = 1e-12; u < 1; u = u < 0.4 ? u * 1.9 : u + 0.0301) {
        double x = exp(plx_log_gamma_quantile(1, u)), y = exp(plx_log_gamma_quantile(3, u));
        CU_ASSERT(near_to(x, -log1p(-u), 1e-13) && near_to(erf(sqrt(exp(plx_log_gamma_quantile(0.5, u)))), u, 1e-13));
        CU_ASSERT(u < 1e-3 || near_to(1 - exp(-y) * (1 + y + y * y / 2), u, 1e-12));
        CU_ASSERT(near_to(plx_log_gamma_quantile(1e-3, u), (log(u) + lgamma(1.001)) / 1e-3, u < 0.9 ? 1e-12 : 1));
    }
    double middle = exp(plx_log_gamma_quantile(1e6, 0.5)); // the median is near shape - 1/3
    CU_ASSERT(fabs(middle - (1e6 - 1.0 / 3)) < 1e-6);
    CU_ASSERT(isnan(plx_log_gamma_quantile(-1, 0.5)) && isnan(plx_log_gamma_quantile(1e9, 0.5)));
    CU_ASSERT(plx_log_gamma_quantile(2, 0) == -INFINITY && plx_log_gamma_quantile(2, 1) == INFINITY);
}

// ---- routines ----

enum { MATRICES = 37, SIDE = 6, CELLS = SIDE * SIDE };

// Least squares of one matrix after the other, in memory as `stride` says; the answers in the order of the matrices.
static void run_lstsq(int threads, int64_t matrix, int64_t row, int64_t column, double *x)
{
    static double a[MATRICES * CELLS], b[MATRICES * SIDE];
    PlxError      err;
    PlxPool      *pool = plx_pool_new(threads, &err);
    PlxCtx        ctx;
    int64_t       shape[] = {2, 0, 1, SIDE, SIDE, MATRICES, PLX_F64, row, column, matrix, PLX_F64, 1, 0, SIDE,
                             PLX_F64, 0, 1, SIDE};
    void         *data[] = {a, b, x};
    for (int m = 0; m < MATRICES; m++)
        for (int i = 0; i < SIDE; i++) {
            b[m * SIDE + i] = (double)(plx_mix(1, (uint64_t)(m * SIDE + i)) % 1000) / 100;
            for (int k = 0; k < SIDE; k++)
                a[m * matrix + i * row + k * column] =
                    (double)(plx_mix(2, (uint64_t)(m * CELLS + i * SIDE + k)) % 1000) / 100 - 5;
        }
    plx_ctx_init(&ctx, pool, NULL);
    plx_library(&ctx, plx_lstsq, "ji,*i>*j", shape, data);
    CU_ASSERT_EQUAL(ctx.failed, PLX_OK);
    plx_ctx_free(&ctx);
    plx_pool_free(pool);
}

static void routines_give_the_same_bits_for_any_threads_and_layout(void)
{
    static double first[MATRICES * SIDE], x[MATRICES * SIDE];
    run_lstsq(1, CELLS, SIDE, 1, first);
    CU_ASSERT(isfinite(first[0]) && first[0] != first[SIDE]);
    for (int threads = 1; threads < 5; threads++) {
        run_lstsq(threads, CELLS, SIDE, 1, x);
        CU_ASSERT_EQUAL(memcmp(first, x, sizeof x), 0);
        run_lstsq(threads, 1, SIDE * MATRICES, MATRICES, x);
        CU_ASSERT_EQUAL(memcmp(first, x, sizeof x), 0);
    }
}

static void matrices_that_lapack_cannot_count_are_refused(void)
{
    int64_t        size[] = {INT64_C(1) << 31, 1, 1}, big[] = {1 << 16, 1 << 16, 1};
    PlxWork        work = {0};
    PlxError       err;
    PlxRoutineCall call = {.elem = PLX_F32, .size = size, .work = &work};
    CU_ASSERT_FALSE(plx_qr(&call, &err));
    CU_ASSERT_EQUAL(err.code, PLX_ERR_SIZE);
    call.size = big;
    CU_ASSERT_FALSE(plx_solve(&call, &err));
    CU_ASSERT_EQUAL(err.code, PLX_ERR_SIZE);
}

// ---- the context ----

static void fail_everywhere(void *arg, int64_t begin, int64_t end, int worker)
{
    (void)end, (void)worker;
    plx_fail_index(arg, "a.plx:3:7: `vocab(t)`", 100 - begin, 10);
}

static void the_message_does_not_depend_on_threads(void)
{
    for (int threads = 1; threads < 5; threads++) {
        PlxError err;
        PlxPool *pool = plx_pool_new(threads, &err);
        PlxCtx   ctx;
        plx_ctx_init(&ctx, pool, NULL);
        for (int turn = 0; turn < 50; turn++) {
            plx_parallel(&ctx, fail_everywhere, &ctx, 60, 1);
            CU_ASSERT_EQUAL(ctx.failed, PLX_ERR_VALUE);
            CU_ASSERT_STRING_EQUAL(ctx.error.text,
                                   "a.plx:3:7: `vocab(t)`: position 41 is not in 0..9");
            plx_ctx_reset(&ctx);
        }
        plx_pool_free(pool);
    }
}

static void nothing_runs_after_a_failure(void)
{
    PlxCtx ctx;
    plx_ctx_init(&ctx, NULL, NULL);
    plx_parallel(&ctx, fail_everywhere, &ctx, 1, 1);
    Seen s = {.threads = 1};
    plx_parallel(&ctx, mark, &s, 1000, 7);
    CU_ASSERT_EQUAL(s.calls, 0);
    double x = 1, y = 7;
    plx_gemm_ctx(&ctx, PLX_F64, 0, 0, 1, 1, 1, 1, &x, 1, &x, 1, 0, &y, 1, 1, 0, 0, 0, NULL, NULL, NULL);
    CU_ASSERT_EQUAL(y, 7);
    plx_ctx_reset(&ctx);
    plx_gemm_ctx(&ctx, PLX_F64, 0, 0, 1, 1, 1, 1, &x, 1, &x, 1, 0, &y, 1, 1, 0, 0, 0, NULL, NULL, NULL);
    CU_ASSERT_EQUAL(y, 1);
    plx_gemm_ctx(&ctx, PLX_I8, 0, 0, 1, 1, 1, 1, &x, 1, &x, 1, 0, &y, 1, 1, 0, 0, 0, NULL, NULL, NULL);
    CU_ASSERT_EQUAL(ctx.error.code, PLX_ERR_TYPE);
}

static void cancelling_stops_and_says_so(void)
{
    PlxCtx ctx;
    plx_ctx_init(&ctx, NULL, NULL);
    ctx.cancelled = 1;
    Seen s = {.threads = 1};
    plx_parallel(&ctx, mark, &s, 1000, 7);
    CU_ASSERT_EQUAL(s.calls, 0);
    CU_ASSERT_EQUAL(ctx.failed, PLX_ERR_CANCELLED);
}

// ---- the table of calls ----

static void every_call_of_the_table_exists(void)
{
    static const struct {
        void (*call)(void);
        const char *result, *arguments;
    } calls[] = {
#define RT(name, result, arguments) {(void (*)(void))name, result, arguments},
#include "rt.def"
#undef RT
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        CU_ASSERT_PTR_NOT_NULL((void *)(uintptr_t)calls[i].call);
        CU_ASSERT(strlen(calls[i].result) == 1 && strchr("vplidf", calls[i].result[0]));
        CU_ASSERT_EQUAL(calls[i].arguments[strspn(calls[i].arguments, "plidf")], 0);
    }
}

// ---- transforms ----

// The largest error of a transform of n numbers, there (sampled at `some` frequencies) and back.
static double transform_error(int64_t n, int64_t some)
{
    double  *x = calloc((size_t)n * 2 + 2, sizeof *x), *y = calloc((size_t)n * 2 + 2, sizeof *y), *z = calloc((size_t)n * 2 + 2, sizeof *z);
    int64_t  size[3] = {n, 2, n};
    PlxError err = {0};
    PlxWork        work = {0};
    PlxRoutineCall there = {.elem = PLX_F64, .size = size, .in = {x}, .out = {y}, .work = &work}, back = there;
    back.in[0] = y;
    back.out[0] = z;
    for (int64_t i = 0; i < 2 * n; i++)
        x[i] = (double)(plx_mix(7, (uint64_t)i) >> 11) * 0x1p-53 - 0.5;
    CU_ASSERT_TRUE(plx_fft(&there, &err) && plx_fft_back(&back, &err));
    double worst = 0;
    for (int64_t k = 0; k < n && some > 0; k += n / some > 0 ? n / some : 1) {
        double re = 0, im = 0;
        for (int64_t t = 0; t < n; t++) {
            double a = 6.283185307179586 * (double)((t * k) % n) / (double)n, c = cos(a), s = sin(a);
            re += c * x[2 * t] + s * x[2 * t + 1];
            im += c * x[2 * t + 1] - s * x[2 * t];
        }
        worst = fmax(worst, hypot(re - y[2 * k], im - y[2 * k + 1]) / sqrt((double)n));
    }
    for (int64_t i = 0; i < 2 * n; i++)
        worst = fmax(worst, fabs(z[i] / (double)n - x[i]));
    for (int i = 0; i < PLX_WORK_SLOTS; i++)
        plx_arena_free(&work.slot[i]);
    free(x);
    free(y);
    free(z);
    return worst;
}

static void transforms_of_every_length(void)
{
    static const int64_t large[] = {1024, 1000, 1021, 4096, 6561, 65536, 65537, 30030, 104729};
    for (int64_t n = 0; n < 200; n++)
        CU_ASSERT(transform_error(n, n) < 1e-13);
    for (size_t i = 0; i < sizeof large / sizeof *large; i++)
        CU_ASSERT(transform_error(large[i], 7) < 1e-12);
}

#define TEST(f)                                                                                    \
    {                                                                                              \
#f, f                                                                                      \
    }

int main(void)
{
    static const CU_TestInfo tests[] = {
        TEST(all_floats_of_two_bytes_and_what_lies_between),
        TEST(sizes_that_overflow_are_refused_before_allocating),
        TEST(tensors_are_aligned_and_zero),
        TEST(every_chunk_runs_once_for_any_threads),
        TEST(a_run_inside_a_run_does_not_hang),
        TEST(a_bad_number_of_threads_is_refused),
        TEST(products_are_right_with_the_same_bits_for_any_threads),
        TEST(products_that_blas_cannot_do_are_refused),
        TEST(buffers_that_live_together_do_not_overlap),
        TEST(plans_of_nothing_and_of_too_much),
        TEST(an_arena_only_grows),
        TEST(random_bits_are_uniform_over_counters_and_keys),
        TEST(neighbouring_counters_and_keys_are_uncorrelated),
        TEST(one_bit_of_key_or_counter_changes_half_of_the_bits),
        TEST(random_bits_are_those_of_every_release),
        TEST(segments_are_stable_and_drop_what_is_out_of_range),
        TEST(sorting_is_stable_with_nan_last),
        TEST(derivatives_of_ln_gamma_are_those_of_the_tables),
        TEST(quantiles_invert_their_distributions),
        TEST(routines_give_the_same_bits_for_any_threads_and_layout),
        TEST(matrices_that_lapack_cannot_count_are_refused),
        TEST(transforms_of_every_length),
        TEST(every_call_of_the_table_exists),
        TEST(the_message_does_not_depend_on_threads),
        TEST(nothing_runs_after_a_failure),
        TEST(cancelling_stops_and_says_so),
        CU_TEST_INFO_NULL,
    };
    return run_tests("runtime core", tests);
}
