// Matrix products: OpenBLAS on one thread, over tiles of c that depend on the shape alone. k is
// split only where c is small, and then the partial products are added in order.
#include "internal.h"

#include <cblas.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

// Measured (Zen 5, one thread, f32, 260 GFLOP/s on one tile): tiles of 512x256 cost 4 %, 256x256 6
// %, 128x128 15 %.
static const struct {
    int64_t m, n;
} tile_sizes[] = {{512, 256}, {256, 256}, {256, 128}, {128, 128}, {64, 128}, {64, 64}};

#define ENOUGH_TASKS 8                  // tiles are made smaller until there are as many
#define TASK_WORK    (INT64_C(1) << 19) // multiply-adds worth a thread: about 4 us in f32
#define SPLIT_DEPTH  1024               // the least part of k that is worth a task of its own
#define LEAST_TILE   64                 // gemv: rows or columns of a task
#define EXTENT_PARTS 8                  // of rows or columns, each with an extent of its own,
#define EXTENT_LEAST 64                 // within these sizes: fewer are slower than what they save,
#define EXTENT_MOST  256                // more save little

typedef struct {
    const PlxGemm *g;
    int64_t        tile_m, tile_n, tile_k;
    int64_t        tiles_n; // tiles along n
    int64_t        tiles;   // tiles of one product
    char          *parts;   // tile_k < k: the partial products, m by n each
} Tiling;

// ---- the two widths ----

typedef struct {
    const PlxGemm *g; // transposes, leading dimensions and alpha
    int64_t        m, n, k;
    const void    *a, *b;
    void          *c;
    int64_t        ldc;
    double         beta;
} Piece;

static CBLAS_TRANSPOSE blas_trans(bool t)
{
    return t ? CblasTrans : CblasNoTrans;
}

static void piece_f32(const Piece *p)
{
    cblas_sgemm(CblasRowMajor, blas_trans(p->g->transa), blas_trans(p->g->transb), (int)p->m,
                (int)p->n, (int)p->k, (float)p->g->alpha, p->a, (int)p->g->lda, p->b,
                (int)p->g->ldb, (float)p->beta, p->c, (int)p->ldc);
}

static void piece_f64(const Piece *p)
{
    cblas_dgemm(CblasRowMajor, blas_trans(p->g->transa), blas_trans(p->g->transb), (int)p->m,
                (int)p->n, (int)p->k, p->g->alpha, p->a, (int)p->g->lda, p->b, (int)p->g->ldb,
                p->beta, p->c, (int)p->ldc);
}

// y += alpha * op(a) x with a stored rows by cols.
typedef struct {
    bool        trans;
    int64_t     rows, cols;
    double      alpha;
    const void *a;
    int64_t     lda;
    const void *x;
    int64_t     incx;
    void       *y;
    int64_t     incy;
} Vector;

static void vector_f32(const Vector *v)
{
    cblas_sgemv(CblasRowMajor, blas_trans(v->trans), (int)v->rows, (int)v->cols, (float)v->alpha,
                v->a, (int)v->lda, v->x, (int)v->incx, 1, v->y, (int)v->incy);
}

static void vector_f64(const Vector *v)
{
    cblas_dgemv(CblasRowMajor, blas_trans(v->trans), (int)v->rows, (int)v->cols, v->alpha, v->a,
                (int)v->lda, v->x, (int)v->incx, 1, v->y, (int)v->incy);
}

#define ADD_PARTS(name, T)                                                                         \
    static void name(void *c, const void *part, int64_t n)                                         \
    {                                                                                              \
        T       *to = c;                                                                           \
        const T *from = part;                                                                      \
        for (int64_t i = 0; i < n; i++)                                                            \
            to[i] += from[i];                                                                      \
    }
ADD_PARTS(add_f32, float)
ADD_PARTS(add_f64, double)

static const struct {
    void (*piece)(const Piece *);
    void (*vector)(const Vector *);
    void (*add)(void *c, const void *part, int64_t n);
} widths[PLX_ELEM_COUNT] = {
    [PLX_F64] = {piece_f64, vector_f64, add_f64},
    [PLX_F32] = {piece_f32, vector_f32, add_f32},
};

// ---- one tile ----

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

// The element at row i, column j of op(x).
static const char *at(const PlxGemm *g, const char *x, bool trans, int64_t ld, int64_t i, int64_t j)
{
    return x + (trans ? j * ld + i : i * ld + j) * plx_elem_size(g->elem);
}

static const char *product_of(const PlxGemm *g, const void *x, int64_t stride, int64_t which)
{
    return (const char *)x + which * stride * plx_elem_size(g->elem);
}

static void clear(const Piece *p, int64_t size)
{
    for (int64_t i = 0; i < p->m; i++)
        memset((char *)p->c + i * p->ldc * size, 0, (size_t)(p->n * size));
}

// One row or column: gemv, which adds, so that c is never read when beta is 0. A row c = a op(b) is
// the column op(b)^T a^T.
static void multiply_vector(const Piece *p)
{
    const PlxGemm *g = p->g;
    Vector         v = {.alpha = g->alpha, .y = p->c};
    if (p->n == 1) {
        v.trans = g->transa;
        v.rows = g->transa ? p->k : p->m;
        v.cols = g->transa ? p->m : p->k;
        v.a = p->a, v.lda = g->lda;
        v.x = p->b, v.incx = g->transb ? 1 : g->ldb;
        v.incy = p->ldc;
    } else {
        v.trans = !g->transb;
        v.rows = g->transb ? p->n : p->k;
        v.cols = g->transb ? p->k : p->n;
        v.a = p->b, v.lda = g->ldb;
        v.x = p->a, v.incx = g->transa ? g->lda : 1;
        v.incy = 1;
    }
    widths[g->elem].vector(&v);
}

static void multiply_piece(const Piece *p)
{
    bool vector = p->m == 1 || p->n == 1;
    if (p->beta == 0 && (vector || p->k == 0))
        clear(p, plx_elem_size(p->g->elem));
    if (p->k == 0)
        return;
    if (vector)
        multiply_vector(p);
    else
        widths[p->g->elem].piece(p);
}

typedef struct {
    int64_t begin, end;
} Range;

// All that some position of `by` needs.
static Range joint_extent(const PlxExtent *e, int64_t which, Range by)
{
    Range all = {INT64_MAX, 0};
    for (int64_t p = by.begin / e->high; p * e->high < by.end; p++) {
        int64_t at = which * e->stride + p % e->positions, begin = e->begin[at], end = e->end[at];
        if (begin >= end)
            continue;
        all.begin = least(all.begin, begin * e->wide);
        all.end = most(all.end, end * e->wide);
    }
    return all;
}

// side: the tile's rows, columns and sum.
static void cut_tile(const PlxExtent *e, int64_t which, Range side[3])
{
    Range all = joint_extent(e, which, e->by == PLX_NOTHING ? (Range){0, e->high} : side[e->by]), *cut = &side[e->along];
    cut->end = least(cut->end, all.end);
    cut->begin = least(most(cut->begin, all.begin), cut->end);
}

static void whole_tile(const Tiling *t, int64_t task)
{
    const PlxGemm *g = t->g;
    int64_t        which = task / t->tiles, tile = task % t->tiles;
    int64_t        i = tile / t->tiles_n * t->tile_m, j = tile % t->tiles_n * t->tile_n;
    Range          side[3] = {{i, least(i + t->tile_m, g->m)}, {j, least(j + t->tile_n, g->n)}, {0, g->k}};
    if (g->extent.begin)
        cut_tile(&g->extent, which, side);
    i = side[PLX_ROWS].begin;
    j = side[PLX_COLUMNS].begin;
    Piece p = {.g = g, .m = side[PLX_ROWS].end - i, .n = side[PLX_COLUMNS].end - j, .k = side[PLX_SUM].end - side[PLX_SUM].begin};
    if (p.m <= 0 || p.n <= 0)
        return;
    p.a = at(g, product_of(g, g->a, g->stride_a, which), g->transa, g->lda, i, side[PLX_SUM].begin);
    p.b = at(g, product_of(g, g->b, g->stride_b, which), g->transb, g->ldb, side[PLX_SUM].begin, j);
    p.c = (char *)g->c + (which * g->stride_c + i * g->ldc + j) * plx_elem_size(g->elem);
    p.ldc = g->ldc;
    p.beta = g->beta;
    multiply_piece(&p);
}

static void deep_part(const Tiling *t, int64_t part)
{
    const PlxGemm *g = t->g;
    int64_t        from = part * t->tile_k;
    Piece          p = {.g = g, .m = g->m, .n = g->n, .k = least(t->tile_k, g->k - from)};
    p.a = at(g, g->a, g->transa, g->lda, 0, from);
    p.b = at(g, g->b, g->transb, g->ldb, from, 0);
    p.c = t->parts + part * g->m * g->n * plx_elem_size(g->elem);
    p.ldc = g->n;
    multiply_piece(&p);
}

static void run_tiles(void *arg, int64_t begin, int64_t end, int worker)
{
    (void)worker;
    const Tiling *t = arg;
    for (int64_t task = begin; task < end; task++)
        (t->parts ? deep_part : whole_tile)(t, task);
}

// ---- choosing tiles ----

static int64_t pieces(int64_t n, int64_t size)
{
    return n / size + (n % size != 0);
}

static void set_tile(Tiling *t, int64_t m, int64_t n)
{
    t->tile_m = m;
    t->tile_n = n;
    t->tiles_n = pieces(t->g->n, n);
    t->tiles = pieces(t->g->m, m) * t->tiles_n;
}

// Multiply-adds of a tile, in floating point: the product may pass 2^63.
static bool worth_a_task(const PlxGemm *g, int64_t m, int64_t n)
{
    return (double)least(m, g->m) * (double)least(n, g->n) * (double)g->k >= (double)TASK_WORK;
}

// gemv is bound by memory: parts of what is read, of TASK_WORK / 4 elements or more.
static void tile_vector(Tiling *t)
{
    const PlxGemm *g = t->g;
    int64_t        long_side = g->n == 1 ? g->m : g->n;
    int64_t        part = TASK_WORK / 4 / (g->k ? g->k : 1);
    part = part / LEAST_TILE * LEAST_TILE;
    if (part < LEAST_TILE)
        part = LEAST_TILE;
    part = least(part, long_side);
    set_tile(t, g->n == 1 ? part : 1, g->n == 1 ? 1 : part);
}

// The most rows or columns of a tile: each tile has one extent.
static int64_t extent_rows(const PlxGemm *g, PlxSide side, int64_t n)
{
    if (!g->extent.begin || g->extent.by != side)
        return n;
    return least(n, least(EXTENT_MOST, most(EXTENT_LEAST, n / EXTENT_PARTS)));
}

static void tile_matrix(Tiling *t)
{
    const PlxGemm *g = t->g;
    int64_t        most_m = extent_rows(g, PLX_ROWS, g->m), most_n = extent_rows(g, PLX_COLUMNS, g->n);
    set_tile(t, most_m, most_n);
    for (size_t i = 0; i < sizeof tile_sizes / sizeof *tile_sizes; i++) {
        int64_t m = least(tile_sizes[i].m, most_m), n = least(tile_sizes[i].n, most_n);
        if ((double)t->tiles * (double)g->batch >= ENOUGH_TASKS || !worth_a_task(g, m, n))
            return;
        set_tile(t, m, n);
    }
}

// Parts of k, where c has too few tiles and its partial products fit the scratch memory.
static void split_depth(Tiling *t)
{
    const PlxGemm *g = t->g;
    int64_t        parts = least(ENOUGH_TASKS, g->k / SPLIT_DEPTH), bytes;
    if (g->batch != 1 || t->tiles * 2 > ENOUGH_TASKS || parts < 2 || !worth_a_task(g, g->m, g->n))
        return;
    if (!plx_mul(g->m, g->n, &bytes) || !plx_mul(bytes, parts * plx_elem_size(g->elem), &bytes) ||
        bytes > PLX_SCRATCH)
        return;
    t->tile_k = pieces(g->k, parts);
}

static bool blas_counts(const PlxGemm *g)
{
    int64_t all[] = {g->m, g->n, g->k, g->lda, g->ldb, g->ldc};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] < 0 || all[i] > INT_MAX)
            return false;
    return true;
}

static void add_parts(const Tiling *t, int64_t parts)
{
    const PlxGemm *g = t->g;
    int64_t        size = plx_elem_size(g->elem), row = g->n * size;
    for (int64_t i = 0; i < g->m; i++) {
        char *to = (char *)g->c + i * g->ldc * size;
        if (g->beta == 0)
            memcpy(to, t->parts + i * row, (size_t)row);
        for (int64_t p = g->beta == 0; p < parts; p++)
            widths[g->elem].add(to, t->parts + (p * g->m + i) * row, g->n);
    }
}

static bool run_deep(PlxPool *pool, Tiling *t, PlxError *err)
{
    void *shared = plx_pool_take_scratch(pool);
    t->parts = shared ? shared : plx_block(PLX_SCRATCH, err);
    if (!t->parts)
        return false;
    int64_t parts = pieces(t->g->k, t->tile_k);
    plx_pool_run(pool, run_tiles, t, parts, 1);
    add_parts(t, parts);
    if (shared)
        plx_pool_give_scratch(pool);
    else
        free(t->parts);
    return true;
}

// How many tasks make a chunk worth handing to a thread.
static int64_t tasks_together(const Tiling *t)
{
    double work = (double)t->tile_m * (double)t->tile_n * (double)(t->g->k ? t->g->k : 1);
    double together = (double)TASK_WORK / work;
    return together < 1 ? 1 : (int64_t)together;
}

bool plx_gemm(PlxPool *pool, const PlxGemm *g, PlxError *err)
{
    if ((unsigned)g->elem >= PLX_ELEM_COUNT || !widths[g->elem].piece)
        return plx_error(err, PLX_ERR_TYPE, "a matrix product needs f32 or f64");
    if (!blas_counts(g))
        return plx_error(err, PLX_ERR_SIZE,
                         "a matrix product of %" PRId64 " by %" PRId64 " by %" PRId64
                         " passes 2^31 - 1",
                         g->m, g->k, g->n);
    if (g->m == 0 || g->n == 0 || g->batch <= 0)
        return true;
    Tiling t = {.g = g, .tile_k = g->k};
    if (g->m == 1 || g->n == 1)
        tile_vector(&t);
    else
        tile_matrix(&t);
    if (!g->extent.begin)
        split_depth(&t);
    if (t.tile_k < g->k)
        return run_deep(pool, &t, err);
    int64_t tasks;
    if (!plx_mul(t.tiles, g->batch, &tasks))
        return plx_error(err, PLX_ERR_SIZE, "%" PRId64 " matrix products are too many", g->batch);
    plx_pool_run(pool, run_tiles, &t, tasks, tasks_together(&t));
    return true;
}
