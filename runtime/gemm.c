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
#define EXTENT_LEAST 64 // rows or columns that have one extent: fewer are slower than what they save
#define EXTENT_COPY 128 // terms of these that are copied at a time

typedef struct {
    const PlxGemm *g;
    int64_t        tile_m, tile_n, tile_k;
    int64_t        tiles_n; // tiles along n
    int64_t        tiles;   // tiles of one product
    char          *parts;   // tile_k < k: the partial products, m by n each
} Tiling;

// ---- the two widths ----

typedef struct {
    const PlxGemm *g; // transposes and alpha
    int64_t        m, n, k;
    const void    *a, *b;
    int64_t        lda, ldb;
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
                (int)p->n, (int)p->k, (float)p->g->alpha, p->a, (int)p->lda, p->b,
                (int)p->ldb, (float)p->beta, p->c, (int)p->ldc);
}

static void piece_f64(const Piece *p)
{
    cblas_dgemm(CblasRowMajor, blas_trans(p->g->transa), blas_trans(p->g->transb), (int)p->m,
                (int)p->n, (int)p->k, p->g->alpha, p->a, (int)p->lda, p->b, (int)p->ldb,
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

#define ZERO_EACH(name, T)                                                                         \
    static void name(void *first, int64_t stride, int64_t n)                                       \
    {                                                                                              \
        T *to = first;                                                                             \
        for (int64_t i = 0; i < n; i++)                                                            \
            to[i * stride] = 0;                                                                    \
    }
ZERO_EACH(zero_f32, float)
ZERO_EACH(zero_f64, double)

static const struct {
    void (*piece)(const Piece *);
    void (*vector)(const Vector *);
    void (*add)(void *c, const void *part, int64_t n);
    void (*zero)(void *first, int64_t stride, int64_t n);
} widths[PLX_ELEM_COUNT] = {
    [PLX_F64] = {piece_f64, vector_f64, add_f64, zero_f64},
    [PLX_F32] = {piece_f32, vector_f32, add_f32, zero_f32},
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

static int64_t pieces(int64_t n, int64_t size)
{
    return n / size + (n % size != 0);
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
        v.a = p->a, v.lda = p->lda;
        v.x = p->b, v.incx = g->transb ? 1 : p->ldb;
        v.incy = p->ldc;
    } else {
        v.trans = !g->transb;
        v.rows = g->transb ? p->n : p->k;
        v.cols = g->transb ? p->k : p->n;
        v.a = p->b, v.lda = p->ldb;
        v.x = p->a, v.incx = g->transa ? p->lda : 1;
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

static int64_t length(Range r) { return most(r.end - r.begin, 0); }

// A part of product number `which`: some of its rows, columns and terms.
typedef struct {
    const PlxGemm *g;
    int64_t        which;
    Range          side[3];
} Block;

static Piece piece_of(const Block *b)
{
    const PlxGemm *g = b->g;
    int64_t        i = b->side[PLX_ROWS].begin, j = b->side[PLX_COLUMNS].begin, l = b->side[PLX_SUM].begin;
    Piece          p = {.g = g, .lda = g->lda, .ldb = g->ldb, .ldc = g->ldc, .beta = g->beta};
    p.m = length(b->side[PLX_ROWS]);
    p.n = length(b->side[PLX_COLUMNS]);
    p.k = length(b->side[PLX_SUM]);
    p.a = at(g, product_of(g, g->a, g->stride_a, b->which), g->transa, g->lda, i, l);
    p.b = at(g, product_of(g, g->b, g->stride_b, b->which), g->transb, g->ldb, l, j);
    p.c = (char *)g->c + (b->which * g->stride_c + i * g->ldc + j) * plx_elem_size(g->elem);
    return p;
}

// ---- one tile where guards leave work ----

// What the rows (or columns) need, one after the other; a division for each would take as long as its terms.
typedef struct {
    const PlxExtent *e;
    int64_t          first, position, left; // of the row's position, its rows that are to come
} Walk;

static Walk walk_from(const Block *b, int64_t row)
{
    const PlxExtent *e = &b->g->extent;
    Walk             w = {.e = e, .first = b->which * e->stride, .left = e->high};
    if (e->by != PLX_NOTHING) {
        w.position = row / e->high % e->positions;
        w.left = e->high - row % e->high;
    }
    return w;
}

static Range walk_range(const Walk *w)
{
    const PlxExtent *e = w->e;
    int64_t          i = w->first + w->position;
    return e->begin[i] < e->end[i] ? (Range){e->begin[i] * e->wide, e->end[i] * e->wide} : (Range){0, 0};
}

static void walk_on(Walk *w, int64_t rows)
{
    w->left -= rows;
    if (w->left > 0)
        return;
    w->left = w->e->high;
    if (++w->position == w->e->positions)
        w->position = 0;
}

// Of the block's part along `along`: what one of its rows or columns needs, and what all do.
static void extents_of(const Block *b, Range *any, Range *all)
{
    const PlxExtent *e = &b->g->extent;
    Range            by = e->by == PLX_NOTHING ? (Range){0, 1} : b->side[e->by], within = b->side[e->along];
    Walk             w = walk_from(b, by.begin);
    *any = (Range){INT64_MAX, 0}, *all = within;
    for (int64_t rows = w.left; by.begin < by.end; by.begin += rows, rows = w.left) {
        Range r = walk_range(&w);
        if (length(r))
            *any = (Range){least(any->begin, r.begin), most(any->end, r.end)};
        *all = (Range){most(all->begin, r.begin), least(all->end, r.end)};
        walk_on(&w, rows);
    }
    *any = (Range){most(any->begin, within.begin), least(any->end, within.end)};
}

// The operand that a sum's guard is over, copied as it lies, with zeros where a row has no terms.
static void copy_guarded(const Block *b, Piece *p, char *to)
{
    const PlxGemm *g = b->g;
    int64_t        size = plx_elem_size(g->elem), rows = length(b->side[g->extent.by]), terms = p->k;
    bool           left = g->extent.by == PLX_ROWS, across = left ? g->transa : !g->transb; // terms lie `ld` apart
    int64_t        lines = across ? terms : rows, line = across ? rows : terms, ld = left ? p->lda : p->ldb;
    const char    *from = left ? p->a : p->b;
    for (int64_t i = 0; i < lines; i++)
        memcpy(to + i * line * size, from + i * ld * size, (size_t)(line * size));
    Walk w = walk_from(b, b->side[g->extent.by].begin);
    for (int64_t i = 0; i < rows; i++, walk_on(&w, 1)) {
        Range   r = walk_range(&w);
        int64_t first = b->side[PLX_SUM].begin, stride = across ? rows : 1;
        int64_t begin = least(most(r.begin - first, 0), terms), end = least(most(r.end - first, begin), terms);
        char   *row = to + (across ? i : i * terms) * size;
        widths[g->elem].zero(row, stride, begin);
        widths[g->elem].zero(row + end * stride * size, stride, terms - end);
    }
    *(left ? &p->a : &p->b) = to;
    *(left ? &p->lda : &p->ldb) = line;
}

// What the rows outside of their extents hold is not read.
static void multiply_guarded(Block b, Range terms)
{
    _Alignas(64) char copy[EXTENT_LEAST * EXTENT_COPY * sizeof(double)];
    for (int64_t l = terms.begin; l < terms.end; l += EXTENT_COPY) {
        b.side[PLX_SUM] = (Range){l, least(l + EXTENT_COPY, terms.end)};
        Piece p = piece_of(&b);
        p.beta = 1;
        copy_guarded(&b, &p, copy);
        multiply_piece(&p);
    }
}

static void multiply_part(Block b, Range along)
{
    b.side[b.g->extent.along] = along;
    Piece p = piece_of(&b);
    if (b.g->extent.along == PLX_SUM)
        p.beta = 1;
    if (p.m > 0 && p.n > 0 && p.k > 0)
        multiply_piece(&p);
}

static void extent_block(Block b);

// The block's rows (or columns) in halves, each along `along`.
static void extent_halves(const Block *b, Range along)
{
    const PlxExtent *e = &b->g->extent;
    Block            half[2] = {*b, *b};
    Range            by = b->side[e->by];
    int64_t          middle = by.begin + pieces(pieces(length(by), 2), EXTENT_LEAST) * EXTENT_LEAST;
    half[0].side[e->by].end = half[1].side[e->by].begin = middle;
    for (int i = 0; i < 2 && length(along); i++) {
        half[i].side[e->along] = along;
        extent_block(half[i]);
    }
}

// What of r begins and ends in whole steps, so that rows stay aligned, or where `any` does, if that is worth a product.
static Range in_steps(Range r, Range any)
{
    if (r.begin > any.begin)
        r.begin = pieces(r.begin, EXTENT_LEAST) * EXTENT_LEAST;
    if (r.end < any.end)
        r.end = r.end / EXTENT_LEAST * EXTENT_LEAST;
    bool all = r.begin == any.begin && r.end == any.end;
    return all || length(r) >= EXTENT_LEAST ? r : (Range){any.begin, any.begin};
}

// What all of its rows need is one product; the rest is made of those of half of the rows each, down to a few that have
// one extent.
static void extent_block(Block b)
{
    const PlxExtent *e = &b.g->extent;
    Range            any, all;
    extents_of(&b, &any, &all);
    bool few = e->by == PLX_NOTHING || length(b.side[e->by]) <= EXTENT_LEAST;
    all = few && (e->along != PLX_SUM || e->by == PLX_NOTHING) ? any : in_steps(all, any);
    multiply_part(b, all);
    Range rest[2] = {{any.begin, all.begin}, {all.end, any.end}};
    for (int i = 0; i < 2; i++) {
        if (few)
            multiply_guarded(b, rest[i]);
        else
            extent_halves(&b, rest[i]);
    }
}

static void whole_tile(const Tiling *t, int64_t task)
{
    const PlxGemm *g = t->g;
    int64_t        tile = task % t->tiles, i = tile / t->tiles_n * t->tile_m, j = tile % t->tiles_n * t->tile_n;
    Block          b = {g, task / t->tiles, {{i, least(i + t->tile_m, g->m)}, {j, least(j + t->tile_n, g->n)}, {0, g->k}}};
    Piece          p = piece_of(&b);
    if (!g->extent.begin) {
        multiply_piece(&p);
        return;
    }
    if (g->extent.along == PLX_SUM && g->beta == 0)
        clear(&p, plx_elem_size(g->elem));
    extent_block(b);
}

static void deep_part(const Tiling *t, int64_t part)
{
    const PlxGemm *g = t->g;
    int64_t        from = part * t->tile_k;
    Piece          p = {.g = g, .m = g->m, .n = g->n, .k = least(t->tile_k, g->k - from), .lda = g->lda, .ldb = g->ldb};
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

static void tile_matrix(Tiling *t)
{
    const PlxGemm *g = t->g;
    set_tile(t, g->m, g->n);
    for (size_t i = 0; i < sizeof tile_sizes / sizeof *tile_sizes; i++) {
        int64_t m = least(tile_sizes[i].m, g->m), n = least(tile_sizes[i].n, g->n);
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
