// Tasks that call the runtime: matrix products, sorts, routines on whole matrices, checks.
#include "emit/driver.h"

// ---- products ----

static int order_at(const AxisList *l, const Axis *a)
{
    for (int i = 0; i < l->n; i++)
        if (l->at[i] == a)
            return i;
    return -1;
}

// A group as rows or columns of a matrix: its extent, and the stride of its last axis.
static Val *last_stride(Driver *d, const Buffer *b, const AxisList *l)
{
    return l->n ? driver_stride_of(d, b, l->at[l->n - 1]) : val_int(d->f, 1);
}

static bool fastest(const Buffer *b, const AxisList *l)
{
    return l->n && b->n && b->order[b->n - 1] == l->at[l->n - 1];
}

typedef struct {
    LLVMValueRef address;
    bool         turned; // rows are the fast axis
    Val         *leading;
    Val         *stride; // of the batch
} Matrix;

static Matrix matrix_of(Driver *d, const Buffer *b, const AxisList *rows, const AxisList *columns,
                        const AxisList *batch)
{
    Matrix m = {.address = driver_address_of(d, b), .turned = fastest(b, rows)};
    m.leading = m.turned ? last_stride(d, b, columns) : last_stride(d, b, rows);
    Val *least = m.turned ? driver_axes_size(d, rows->at, rows->n) : driver_axes_size(d, columns->at, columns->n);
    m.leading = driver_greater(d, driver_greater(d, m.leading, least), val_int(d->f, 1));
    m.stride = batch->n ? driver_stride_of(d, b, batch->at[batch->n - 1]) : val_int(d->f, 0);
    return m;
}

static LLVMValueRef moved(Driver *d, LLVMValueRef address, const Buffer *b, const AxisList *batch,
                          LLVMValueRef *at, int n)
{
    Unit *u = d->f->u;
    for (int i = 0; i < n; i++) {
        LLVMValueRef stride = driver_stride_of(d, b, batch->at[i])->v;
        LLVMValueRef offset = LLVMBuildMul(now(d), at[i], stride, "");
        address = LLVMBuildGEP2(now(d), unit_stored(u, b->elem), address, &offset, 1, "");
    }
    return address;
}

// A tile: positions first to first + count of an axis; NULL: there are none.
typedef struct {
    const Axis *axis;
    Val        *first, *count;
} Tile;

static Val *tiled_size(Driver *d, const AxisList *l, const Tile *t)
{
    if (!t || order_at(l, t->axis) < 0)
        return driver_axes_size(d, l->at, l->n);
    return val_mul(d->f, t->count, driver_axes_size(d, l->at + 1, l->n - 1));
}

static LLVMValueRef tiled_address(Driver *d, LLVMValueRef address, const Buffer *b, const Tile *t)
{
    Unit *u = d->f->u;
    for (int i = 0; t && !b->tile && i < b->n; i++)
        if (b->order[i] == t->axis) {
            LLVMValueRef offset = val_mul(d->f, t->first, driver_stride_of(d, b, t->axis))->v;
            return LLVMBuildGEP2(now(d), unit_stored(u, b->elem), address, &offset, 1, "");
        }
    return address;
}

static void call_product(Driver *d, const Gemm *g, LLVMValueRef *at, int nat, const Tile *t, LLVMValueRef is)
{
    Unit  *u = d->f->u;
    Matrix a = matrix_of(d, g->a, &g->m, &g->k, &g->batch),
           b = matrix_of(d, g->b, &g->k, &g->n, &g->batch);
    Matrix c = matrix_of(d, g->c, &g->m, &g->n, &g->batch);
    Val   *m = tiled_size(d, &g->m, t), *n = tiled_size(d, &g->n, t), *k = tiled_size(d, &g->k, t);
    a.address = tiled_address(d, moved(d, a.address, g->a, &g->batch, at, nat), g->a, t);
    b.address = tiled_address(d, moved(d, b.address, g->b, &g->batch, at, nat), g->b, t);
    c.address = tiled_address(d, moved(d, c.address, g->c, &g->batch, at, nat), g->c, t);
    LLVMValueRef zero = LLVMConstReal(u->f64, 0), one = LLVMConstReal(u->f64, 1), beta = zero;
    if (t && order_at(&g->k, t->axis) >= 0) // the tiles' products are added in order
        beta = LLVMBuildSelect(now(d), LLVMBuildIsNull(now(d), t->first->v, ""), zero, one, "");
    if (c.turned) { // c^T = b^T a^T
        Matrix first = b;
        b = a;
        a = first;
        a.turned = !a.turned;
        b.turned = !b.turned;
        Val *swap = m;
        m = n;
        n = swap;
    }
    Val *batch = g->batch.n ? val_size(d->f, g->batch.at[g->batch.n - 1]->size) : val_int(d->f, 1);
    LLVMValueRef args[] = {d->ctx,
                           LLVMConstInt(u->i32, (unsigned long long)g->c->elem, false),
                           LLVMConstInt(u->i32, a.turned, false),
                           LLVMConstInt(u->i32, b.turned, false),
                           m->v,
                           n->v,
                           k->v,
                           one,
                           a.address,
                           a.leading->v,
                           b.address,
                           b.leading->v,
                           beta,
                           c.address,
                           c.leading->v,
                           batch->v,
                           a.stride->v,
                           b.stride->v,
                           c.stride->v,
                           LLVMConstNull(u->ptr),
                           LLVMConstNull(u->ptr),
                           LLVMConstNull(u->ptr)};
    if (g->extent)
        extent_arguments(d, g, c.turned, is, at, nat, args + sizeof args / sizeof *args - 3);
    unit_call(u, now(d), RT_plx_gemm_ctx, args, (int)(sizeof args / sizeof *args));
}

void driver_run_product(Driver *d, const Gemm *g)
{
    int           n = g->batch.n > 1 ? g->batch.n - 1 : 0;
    Loop         *loop = ARENA_ARRAY(d->f->u->arena, Loop, n + 1);
    LLVMValueRef *at = ARENA_ARRAY(d->f->u->arena, LLVMValueRef, n + 1), is = g->extent ? extent_find(d, g) : NULL;
    for (int i = 0; i < n; i++) {
        loop[i] = loop_open(d->f, i64(d, 0), val_size(d->f, g->batch.at[i]->size)->v);
        at[i] = loop[i].i;
    }
    call_product(d, g, at, n, NULL, is);
    for (int i = n - 1; i >= 0; i--)
        loop_close(d->f, &loop[i]);
}

// The kernel that packs a tile finds it at an address as if all of the buffer were there.
static void pack_tile(Driver *d, const Gemm *g, const Tile *t)
{
    Unit        *u = d->f->u;
    Buffer     **slots;
    int          n;
    Val         *count, *work, *grain;
    LLVMValueRef fn = kernel_emit(u, g->pack, &slots, &n), tile = d->address[g->tiled->id];
    driver_pieces(d, g->pack, &count, &work);
    Val *rows = driver_pieces_of_one(d, g->pack);
    Val *back =
        val_mul(d->f, t->first, val_sub(d->f, val_int(d->f, 0), driver_stride_of(d, g->tiled, t->axis)));
    Val *first = val_mul(d->f, t->first, rows);
    grain = driver_grain_of(d, work);
    d->address[g->tiled->id] =
        LLVMBuildGEP2(now(d), unit_stored(u, g->tiled->elem), tile, &back->v, 1, "");
    LLVMValueRef args = driver_pass_arguments(d, slots, n, first->v);
    d->address[g->tiled->id] = tile;
    LLVMValueRef a[5] = {d->ctx, fn, args, val_mul(d->f, t->count, rows)->v, grain->v};
    unit_call(u, now(d), RT_plx_parallel, a, 5);
}

void driver_run_tiles(Driver *d, const Gemm *g)
{
    Val           *size = val_size(d->f, g->tiled->tile->size), *rows = driver_tile_rows(d, g->tiled);
    LLVMBuilderRef b = fn_at(d->f, 0);
    LLVMValueRef   up = LLVMBuildAdd(b, size->v, LLVMBuildSub(b, rows->v, i64(d, 1), ""), "");
    Val           *tiles = val_new(d->f, LLVMBuildUDiv(b, up, rows->v, ""), false, 0);
    // Without a position there is still a sum to be made, of nothing.
    Loop l = loop_open(d->f, i64(d, 0), driver_greater(d, tiles, val_int(d->f, 1))->v);
    Tile t = {.axis = g->tiled->tile};
    t.first = val_mul(d->f, val_new(d->f, l.i, false, d->f->depth), rows);
    Val *left = val_sub(d->f, size, t.first);
    t.count = val_select(d->f, val_compare(d->f, LLVMIntSLT, left, rows), left, rows);
    pack_tile(d, g, &t);
    call_product(d, g, NULL, 0, &t, NULL);
    loop_close(d->f, &l);
}

// ---- sorts ----

void driver_run_sort(Driver *d, const Task *t)
{
    Unit         *u = d->f->u;
    const Node   *n = t->sort->node;
    const Buffer *from = u->plan->of[n->in[0]->id], *to = t->sort->to;
    LLVMValueRef  x = driver_address_of(d, from), order = driver_address_of(d, to),
                 scratch = driver_address_of(d, t->scratch);
    Loop *loop = ARENA_ARRAY(u->arena, Loop, to->n + 1);
    for (int i = 0; i + 1 < to->n; i++) {
        loop[i] = loop_open(d->f, i64(d, 0), val_size(d->f, to->order[i]->size)->v);
        LLVMValueRef sx = driver_stride_of(d, from, to->order[i])->v,
                     so = driver_stride_of(d, to, to->order[i])->v;
        LLVMBuilderRef b = now(d);
        LLVMValueRef   ox = LLVMBuildMul(b, loop[i].i, sx, ""),
                     oo = LLVMBuildMul(b, loop[i].i, so, "");
        x = LLVMBuildGEP2(b, unit_stored(u, from->elem), x, &ox, 1, "");
        order = LLVMBuildGEP2(b, u->i64, order, &oo, 1, "");
    }
    LLVMValueRef args[6] = {LLVMConstInt(u->i32, (unsigned long long)from->elem, false),
                            x,
                            driver_stride_of(d, from, n->attr.ax[0])->v,
                            val_size(d->f, n->attr.ax[0]->size)->v,
                            order,
                            scratch};
    unit_call(u, now(d), RT_plx_argsort, args, 6);
    for (int i = to->n - 2; i >= 0; i--)
        loop_close(d->f, &loop[i]);
}

// ---- routines ----

// An array of the function, with room for n.
static LLVMValueRef table_of(Driver *d, LLVMTypeRef t, LLVMValueRef *v, int n)
{
    LLVMValueRef at = LLVMBuildArrayAlloca(fn_at(d->f, 0), t, i64(d, n), "");
    for (int i = 0; i < n; i++) {
        LLVMValueRef k = i64(d, i);
        LLVMBuildStore(now(d), v[i], LLVMBuildGEP2(now(d), t, at, &k, 1, ""));
    }
    return at;
}

static int put_strides(Driver *d, const Buffer *b, Elem e, Axis *const *ax, int n, LLVMValueRef *v)
{
    v[0] = i64(d, e);
    for (int i = 0; i < n; i++) {
        bool has = false;
        for (int k = 0; b && k < b->n; k++)
            has = has || b->order[k] == ax[i];
        v[1 + i] = has ? driver_stride_of(d, b, ax[i])->v : i64(d, 0);
    }
    return n + 1;
}

LLVMValueRef driver_table(Driver *d, LLVMValueRef *v, int n) { return table_of(d, d->f->u->i64, v, n); }

// The shape and the places as plx_library wants them.
void driver_run_library(Driver *d, const Library *l)
{
    Unit               *u = d->f->u;
    const LibraryShape *s = &l->shape;
    int                 n = s->letters + l->starred.n + l->passing.n, at = 0, places = 0;
    Axis              **ax = ARENA_ARRAY(u->arena, Axis *, n + 1);
    LLVMValueRef       *shape = ARENA_ARRAY(u->arena, LLVMValueRef, 3 + n + (s->nin + s->nout) * (n + 1));
    LLVMValueRef        data[2 * LIBRARY_ARRAYS];
    for (int i = 0; i < n; i++) {
        int k = i - s->letters;
        ax[i] = k < 0 ? l->node->attr.ax[i] : k < l->starred.n ? l->starred.at[k] : l->passing.at[k - l->starred.n];
    }
    shape[at++] = i64(d, s->letters);
    shape[at++] = i64(d, l->starred.n);
    shape[at++] = i64(d, l->passing.n);
    for (int i = 0; i < n; i++)
        shape[at++] = val_size(d->f, ax[i]->size)->v;
    for (int i = 0; i < s->nin; i++) {
        const Buffer *b = u->plan->of[l->node->in[i]->id];
        at += put_strides(d, b, b->elem, ax, n, shape + at);
        data[places++] = driver_address_of(d, b);
    }
    for (int i = 0; i < s->nout; i++) {
        const Buffer *b = l->out[i];
        at += put_strides(d, b, b ? b->elem : l->node->in[0]->type.elem, ax, n, shape + at);
        data[places++] = b ? driver_address_of(d, b) : LLVMConstNull(u->ptr);
    }
    LLVMValueRef args[5] = {d->ctx, unit_function(u, op_routine(l->node->op)),
                            LLVMBuildGlobalStringPtr(now(d), s->text, "signature"), table_of(d, u->i64, shape, at),
                            table_of(d, u->ptr, data, places)};
    unit_call(u, now(d), RT_plx_library, args, 5);
}

// ---- checks ----

// The context's error.
LLVMValueRef driver_failure(Driver *d)
{
    Unit          *u = d->f->u;
    LLVMBuilderRef b = now(d);
    LLVMValueRef   k = LLVMConstInt(u->i64, 2, false),
                 p = LLVMBuildGEP2(b, u->i32, d->ctx, &k, 1, "");
    LLVMValueRef v = LLVMBuildLoad2(b, u->i32, p, "");
    LLVMSetVolatile(v, true);
    return v;
}

// Ends the run, which has failed.
static void leave(Driver *d)
{
    if (d->is_rest)
        LLVMBuildRetVoid(now(d));
    else
        LLVMBuildRet(now(d), driver_failure(d));
}

// What the context is told of a fixed point: the place, and two numbers.
void driver_run_tally(Driver *d, const Node *n)
{
    Unit        *u = d->f->u;
    LLVMValueRef args[4] = {d->ctx, LLVMBuildGlobalStringPtr(now(d), n->attr.text, "place")};
    for (int i = 1; i < 3; i++)
        args[1 + i] = LLVMBuildLoad2(now(d), u->i64, driver_address_of(d, u->plan->of[n->in[i]->id]), "");
    unit_call(u, now(d), RT_plx_unsettled, args, 4);
}

void driver_run_check(Driver *d, const Node *n)
{
    Unit             *u = d->f->u;
    LLVMBasicBlockRef bad = driver_block_new(d), after = driver_block_new(d);
    LLVMValueRef some = LLVMBuildLoad2(now(d), u->i8, driver_address_of(d, u->plan->of[n->in[1]->id]), "");
    LLVMBuildCondBr(now(d), LLVMBuildIsNull(now(d), some, ""), after, bad);
    driver_go_on_in(d, bad); // what comes behind must not read there
    LLVMValueRef at = LLVMBuildLoad2(now(d), u->i64, driver_address_of(d, u->plan->of[n->in[2]->id]), "");
    LLVMValueRef args[4] = {d->ctx, LLVMBuildGlobalStringPtr(now(d), n->attr.text ? n->attr.text : "", "place"),
                            at, NULL};
    if (n->attr.size)
        args[3] = val_size(d->f, n->attr.size)->v;
    unit_call(u, now(d), n->attr.size ? RT_plx_fail_index : RT_plx_fail_number, args, n->attr.size ? 4 : 3);
    leave(d);
    driver_go_on_in(d, after);
}
