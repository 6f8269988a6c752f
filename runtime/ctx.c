// The context of generated code.
#include "internal.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(offsetof(PlxCtx, arena) == 0, "generated code reads arena");
_Static_assert(offsetof(PlxCtx, failed) == 8, "generated code reads failed");
_Static_assert(offsetof(PlxCtx, cancelled) == 12, "generated code reads cancelled");
_Static_assert(sizeof(atomic_int) == 4, "generated code reads them as int32");

void plx_ctx_init(PlxCtx *ctx, PlxPool *pool, void *arena)
{
    memset(ctx, 0, sizeof *ctx);
    ctx->pool = pool;
    ctx->arena = arena;
}

void plx_ctx_free(PlxCtx *ctx)
{
    plx_arena_free(&ctx->own);
    for (int64_t i = 0; i < ctx->tapes; i++)
        plx_arena_free(&ctx->tape[i]);
    free(ctx->tape);
    ctx->tape = NULL;
    ctx->tapes = 0;
    for (int64_t i = 0; i < ctx->works; i++)
        for (int k = 0; k < PLX_WORK_SLOTS; k++)
            plx_arena_free(&ctx->work[i].slot[k]);
    free(ctx->work);
    ctx->work = NULL;
    ctx->works = 0;
    for (int i = 0; i < ctx->places; i++)
        free(ctx->unsettled[i].place);
    free(ctx->unsettled);
    ctx->unsettled = NULL;
    ctx->places = 0;
}

void *plx_reserve(PlxCtx *ctx, int64_t bytes)
{
    if (ctx->arena)
        return ctx->arena;
    PlxError err;
    if (!plx_arena_reserve(&ctx->own, bytes ? bytes : 1, &err)) {
        plx_fail(ctx, err.code, err.text);
        return NULL;
    }
    return ctx->own.base;
}

static bool tape_table(PlxCtx *ctx, int64_t number)
{
    if (number < ctx->tapes)
        return true;
    PlxArena *table = realloc(ctx->tape, sizeof *table * (size_t)(number + 1));
    if (!table)
        return false;
    memset(table + ctx->tapes, 0, sizeof *table * (size_t)(number + 1 - ctx->tapes));
    ctx->tape = table;
    ctx->tapes = number + 1;
    return true;
}

void *plx_tape(PlxCtx *ctx, int64_t number, int64_t bytes)
{
    if (!tape_table(ctx, number)) {
        plx_fail(ctx, PLX_ERR_MEMORY, "there is no memory for what a loop saves");
        return NULL;
    }
    PlxArena *t = &ctx->tape[number];
    if (bytes <= t->bytes && t->base)
        return t->base;
    PlxError err;
    PlxArena more = {0};
    int64_t  twice = t->bytes > INT64_MAX / 2 ? INT64_MAX : t->bytes * 2;
    if (!plx_arena_reserve(&more, bytes > twice ? (bytes ? bytes : 1) : twice, &err)) {
        plx_fail(ctx, err.code, err.text);
        return NULL;
    }
    if (t->base)
        memcpy(more.base, t->base, (size_t)t->bytes);
    plx_arena_free(t);
    *t = more;
    return t->base;
}

void plx_ctx_reset(PlxCtx *ctx)
{
    atomic_store(&ctx->failed, PLX_OK);
    ctx->turn = ctx->failed_at = 0;
    ctx->error = (PlxError){0};
}

typedef struct {
    PlxCtx    *ctx;
    PlxKernel *kernel;
    void      *arg;
} Guarded;

// A failure lets the other chunks run: which message is kept must not depend on threads.
static void run_guarded(void *arg, int64_t begin, int64_t end, int worker)
{
    const Guarded *g = arg;
    if (!atomic_load_explicit(&g->ctx->cancelled, memory_order_relaxed))
        g->kernel(g->arg, begin, end, worker);
}

void plx_parallel(PlxCtx *ctx, PlxKernel *kernel, void *arg, int64_t n, int64_t grain)
{
    if (atomic_load(&ctx->cancelled))
        plx_fail(ctx, PLX_ERR_CANCELLED, "cancelled");
    if (atomic_load(&ctx->failed))
        return;
    ctx->turn++;
    Guarded g = {ctx, kernel, arg};
    plx_pool_run(ctx->pool, run_guarded, &g, n, grain);
    if (atomic_load(&ctx->cancelled))
        plx_fail(ctx, PLX_ERR_CANCELLED, "cancelled");
}

void plx_gemm_ctx(PlxCtx *ctx, int32_t elem, int32_t transa, int32_t transb, int64_t m, int64_t n,
                  int64_t k, double alpha, const void *a, int64_t lda, const void *b, int64_t ldb,
                  double beta, void *c, int64_t ldc, int64_t batch, int64_t stride_a,
                  int64_t stride_b, int64_t stride_c, const int64_t *extent, const int64_t *begin,
                  const int64_t *end)
{
    if (atomic_load(&ctx->failed) || atomic_load(&ctx->cancelled))
        return;
    PlxGemm  g = {.elem = (PlxElem)elem,
                  .transa = transa,
                  .transb = transb,
                  .m = m,
                  .n = n,
                  .k = k,
                  .alpha = alpha,
                  .a = a,
                  .lda = lda,
                  .b = b,
                  .ldb = ldb,
                  .beta = beta,
                  .c = c,
                  .ldc = ldc,
                  .batch = batch,
                  .stride_a = stride_a,
                  .stride_b = stride_b,
                  .stride_c = stride_c};
    if (begin)
        g.extent = (PlxExtent){(PlxSide)extent[0], (PlxSide)extent[1], extent[2], extent[3], extent[4], extent[5], begin, end};
    PlxError err;
    if (!plx_gemm(ctx->pool, &g, &err))
        plx_fail(ctx, err.code, err.text);
}

static bool precedes(const char *a, const char *b)
{
    size_t na = strlen(a), nb = strlen(b);
    return na != nb ? na < nb : strcmp(a, b) < 0;
}

void plx_fail(PlxCtx *ctx, int32_t code, const char *text)
{
    while (atomic_exchange_explicit(&ctx->lock, 1, memory_order_acquire))
        ;
    bool first = atomic_load(&ctx->failed) == PLX_OK;
    if (first || (ctx->failed_at == ctx->turn && precedes(text, ctx->error.text))) {
        ctx->error.code = code;
        snprintf(ctx->error.text, sizeof ctx->error.text, "%s", text);
        ctx->failed_at = ctx->turn;
        atomic_store(&ctx->failed, code);
    }
    atomic_store_explicit(&ctx->lock, 0, memory_order_release);
}

void plx_fail_index(PlxCtx *ctx, const char *text, int64_t value, int64_t size)
{
    char line[sizeof ctx->error.text];
    snprintf(line, sizeof line, "%s: position %" PRId64 " is not in 0..%" PRId64, text, value,
             size - 1);
    plx_fail(ctx, PLX_ERR_VALUE, line);
}

void plx_fail_number(PlxCtx *ctx, const char *text, int64_t value)
{
    char line[sizeof ctx->error.text];
    snprintf(line, sizeof line, "%s %" PRId64, text, value);
    plx_fail(ctx, PLX_ERR_VALUE, line);
}

// The entry of that place, made at its first use; NULL: no memory.
static PlxUnsettled *unsettled_at(PlxCtx *ctx, const char *place)
{
    for (int i = 0; i < ctx->places; i++)
        if (!strcmp(ctx->unsettled[i].place, place))
            return &ctx->unsettled[i];
    PlxUnsettled *more = realloc(ctx->unsettled, sizeof *more * (size_t)(ctx->places + 1));
    if (!more)
        return NULL;
    ctx->unsettled = more;
    more[ctx->places] = (PlxUnsettled){.place = malloc(strlen(place) + 1)};
    if (!more[ctx->places].place)
        return NULL;
    strcpy(more[ctx->places].place, place);
    return &more[ctx->places++];
}

void plx_unsettled(PlxCtx *ctx, const char *place, int64_t failed, int64_t of)
{
    PlxUnsettled *u = unsettled_at(ctx, place);
    if (!u) {
        plx_fail(ctx, PLX_ERR_MEMORY, "there is no memory for the count of fixed points");
        return;
    }
    u->failed += failed;
    u->of += of;
}
