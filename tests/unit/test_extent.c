// Products with an extent: right inside, with the same bits for any number of threads, and nothing outside is read or
// computed.
#include "support/run_tests.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plexus_rt.h"
#include "random.h"

enum { BATCH = 2, WIDE = 2, HIGH = 3, MOST = 300 };

static const double mark = 12345; // what c held before

typedef struct {
    int64_t size[3]; // rows, columns, terms
    PlxGemm g;
    double *a, *b, *c;
    int64_t begin[BATCH * MOST], end[BATCH * MOST];
} Case;

static int64_t below(uint64_t key, int64_t i, int64_t n) { return (int64_t)(plx_mix(key, (uint64_t)i) % (uint64_t)n); }

// Triangles, windows, lengths of which some are 0, and nothing at all.
static void fill_extent(Case *c, int shape, int64_t positions, int64_t by)
{
    for (int64_t i = 0; i < BATCH * MOST; i++) {
        int64_t p = i % by;
        switch (shape) {
        case 0: c->begin[i] = 0, c->end[i] = p + 1; break;
        case 1: c->begin[i] = p, c->end[i] = positions; break;
        case 2: c->begin[i] = p - 3, c->end[i] = p + 4; break;
        case 3: c->begin[i] = 0, c->end[i] = below(1, i, 4) * positions / 3; break;
        default: c->begin[i] = 7, c->end[i] = p % 2 * 7; break;
        }
        c->begin[i] = c->begin[i] < 0 ? 0 : c->begin[i];
        c->end[i] = c->end[i] > positions ? positions : c->end[i];
    }
}

static bool inside(const Case *c, int64_t which, const int64_t at[3])
{
    const PlxExtent *e = &c->g.extent;
    int64_t          i = which * e->stride + (e->by == PLX_NOTHING ? 0 : at[e->by] / e->high % e->positions);
    return at[e->along] / e->wide >= c->begin[i] && at[e->along] / e->wide < c->end[i];
}

static double *element(const Case *c, int64_t which, int64_t row, int64_t column, int operand)
{
    bool    turned = operand ? c->g.transb : c->g.transa;
    int64_t ld = operand ? c->g.ldb : c->g.lda, at = turned ? column * ld + row : row * ld + column;
    return operand ? c->b + which * c->g.stride_b + at : c->a + which * c->g.stride_a + at;
}

// NaN in one operand where the sum has no terms; in the other where no row or column has any.
static void empty_outside(Case *c)
{
    const PlxExtent *e = &c->g.extent;
    int              operand = e->by == PLX_COLUMNS;
    for (int64_t w = 0; e->along == PLX_SUM && w < BATCH; w++)
        for (int64_t l = 0; l < c->size[2]; l++) {
            bool any = false;
            for (int64_t i = 0; i < c->size[operand]; i++) {
                bool here = inside(c, w, (int64_t[]){operand ? 0 : i, operand ? i : 0, l});
                any = any || here;
                if (!here)
                    *(operand ? element(c, w, l, i, 1) : element(c, w, i, l, 0)) = NAN;
            }
            for (int64_t i = 0; !any && i < c->size[!operand]; i++)
                *(operand ? element(c, w, i, l, 0) : element(c, w, l, i, 1)) = NAN;
        }
}

// How many elements are wrong; *left: how many were not computed.
static int64_t wrong(const Case *c, int64_t *left)
{
    int64_t bad = 0;
    *left = 0;
    for (int64_t w = 0; w < BATCH; w++)
        for (int64_t i = 0; i < c->size[0]; i++)
            for (int64_t j = 0; j < c->size[1]; j++) {
                double sum = 0, got = c->c[w * c->g.stride_c + i * c->g.ldc + j];
                *left += got == mark;
                if (c->g.extent.along != PLX_SUM && !inside(c, w, (int64_t[]){i, j, 0}))
                    continue;
                for (int64_t l = 0; l < c->size[2]; l++)
                    if (c->g.extent.along != PLX_SUM || inside(c, w, (int64_t[]){i, j, l}))
                        sum += *element(c, w, i, l, 0) * *element(c, w, l, j, 1);
                bad += !(fabs(sum - got) < 1e-9);
            }
    return bad;
}

static void try_extent(PlxPool **pools, PlxSide along, PlxSide by, int shape, int bits)
{
    static Case c;
    PlxError    err;
    c = (Case){.size = {210, 198, 60}}; // no size is a multiple of the tiles
    int64_t m = c.size[0], n = c.size[1], k = c.size[2], high = by == PLX_NOTHING ? 1 : HIGH;
    c.a = malloc(sizeof *c.a * (size_t)(BATCH * m * k)), c.b = malloc(sizeof *c.b * (size_t)(BATCH * n * k));
    c.c = malloc(sizeof *c.c * (size_t)(BATCH * m * n));
    double *again = malloc(sizeof *c.c * (size_t)(BATCH * m * n));
    fill_extent(&c, shape, c.size[along] / WIDE, by == PLX_NOTHING ? 1 : c.size[by] / HIGH);
    c.g = (PlxGemm){.elem = PLX_F64, .transa = bits & 1, .transb = bits & 2, .m = m, .n = n, .k = k, .alpha = 1, .a = c.a,
                    .lda = bits & 1 ? m : k, .b = c.b, .ldb = bits & 2 ? k : n, .c = c.c, .ldc = n, .batch = BATCH,
                    .stride_a = m * k, .stride_b = n * k, .stride_c = m * n};
    int64_t positions = by == PLX_NOTHING ? 1 : c.size[by] / HIGH / (shape == 0 ? 2 : 1); // shape 0: they come twice
    c.g.extent = (PlxExtent){along, by, WIDE, high, positions, bits & 4 ? 0 : positions, c.begin, c.end};
    for (int64_t i = 0; i < BATCH * m * k; i++)
        c.a[i] = (double)below(2, i, 1000) / 500 - 1;
    for (int64_t i = 0; i < BATCH * n * k; i++)
        c.b[i] = (double)below(3, i, 1000) / 500 - 1;
    empty_outside(&c);
    for (int p = 0; p < 2; p++) {
        for (int64_t i = 0; i < BATCH * m * n; i++)
            c.c[i] = mark;
        CU_ASSERT_TRUE(plx_gemm(pools[p], &c.g, &err));
        if (p == 0)
            memcpy(again, c.c, sizeof *c.c * (size_t)(BATCH * m * n));
    }
    CU_ASSERT_EQUAL(memcmp(again, c.c, sizeof *c.c * (size_t)(BATCH * m * n)), 0);
    int64_t left, bad = wrong(&c, &left);
    if (bad)
        printf("\n    along %d by %d, shape %d, bits %d: %d wrong\n", along, by, shape, bits, (int)bad);
    CU_ASSERT_EQUAL(bad, 0);
    CU_ASSERT(along == PLX_SUM ? left == 0 : left > 0 || shape % 4 != 0); // triangles, and nothing
    free(c.a), free(c.b), free(c.c), free(again);
}

static void products_keep_to_their_extents(void)
{
    PlxError err;
    PlxPool *pools[] = {plx_pool_new(1, &err), plx_pool_new(3, &err)};
    for (int along = PLX_ROWS; along <= PLX_SUM; along++)
        for (int by = PLX_ROWS; by <= PLX_NOTHING; by++)
            for (int shape = 0; shape < 5 && by != along && by != PLX_SUM; shape++)
                for (int bits = 0; bits < 8; bits++)
                    try_extent(pools, (PlxSide)along, (PlxSide)by, shape, bits);
    for (int i = 0; i < 2; i++)
        plx_pool_free(pools[i]);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"products_keep_to_their_extents", products_keep_to_their_extents},
        CU_TEST_INFO_NULL,
    };
    return run_tests("extents of products", tests);
}
