// The exported function: the plan's tasks in order. It computes where buffers lie, calls kernels,
// products and sorts, and runs loops and branches.
#include <string.h>

#include "emit/code.h"
#include "plexus_rt.h"

#define TILE          (1 << 19) // elements of an operand that is made in tiles
#define PARALLEL_WORK 32768     // elements worth handing to the pool, and of one chunk

typedef struct {
    Fn          *f;
    LLVMValueRef ctx, in, out, base;
    LLVMValueRef
        *address; // by buffer id: its pointer, or for slots and turns the variable that holds it
    bool *growing; // by buffer id: a tape in the making, whose address is in a variable
    bool  is_rest; // what comes behind a loop that makes a size
} Driver;

static void run_tasks(Driver *d, const TaskList *l);
static LLVMBasicBlockRef block_new(Driver *d);
static void go_on_in(Driver *d, LLVMBasicBlockRef b);
static void run_rest(Driver *d, const TaskList *l, int from, int made);
static void emit_rest(Driver *d, const TaskList *l, int from, int made);

static LLVMValueRef i64(const Driver *d, int64_t v)
{
    return LLVMConstInt(d->f->u->i64, (unsigned long long)v, true);
}

static LLVMBuilderRef now(Driver *d) { return fn_at(d->f, d->f->depth); }

// ---- sizes ----

static Val *axes_size(Driver *d, Axis *const *at, int n)
{
    Val *size = val_int(d->f, 1);
    for (int i = 0; i < n; i++)
        size = val_mul(d->f, size, val_size(d->f, at[i]->size));
    return size;
}

static Val *stride_of(Driver *d, const Buffer *b, const Axis *a)
{
    Val *stride = val_int(d->f, 1);
    for (int i = b->n - 1; i >= 0 && b->order[i] != a; i--)
        stride = val_mul(d->f, stride, val_size(d->f, b->order[i]->size));
    return stride;
}

static Val *greater(Driver *d, Val *a, Val *b)
{
    int64_t x, y;
    if (val_is_const(a, &x) && val_is_const(b, &y))
        return x > y ? a : b;
    LLVMBuilderRef at = fn_at(d->f, 0);
    return val_new(
        d->f, LLVMBuildSelect(at, LLVMBuildICmp(at, LLVMIntSGT, a->v, b->v, ""), a->v, b->v, ""),
        false, 0);
}

// Positions of a tile's first axis that are there at one time: as many as fit TILE elements, at
// least one.
static Val *tile_rows(Driver *d, const Buffer *b)
{
    int64_t known;
    Val    *rest = stride_of(d, b, b->order[0]), *size = val_size(d->f, b->order[0]->size),
        *one = val_int(d->f, 1), *rows;
    LLVMBuilderRef at;
    if (val_is_const(rest, &known)) {
        rows = val_int(d->f, known > 0 && TILE / known > 1 ? TILE / known : 1);
    } else {
        rest = greater(d, rest, one);
        at = fn_at(d->f, 0);
        rows =
            greater(d, val_new(d->f, LLVMBuildUDiv(at, i64(d, TILE), rest->v, ""), false, 0), one);
    }
    at = fn_at(d->f, 0);
    Val *less = val_compare(d->f, LLVMIntSLT, size, rows);
    return greater(d, val_select(d->f, less, size, rows), one);
}

static Val *buffer_bytes(Driver *d, const Buffer *b)
{
    if (b->tile)
        return val_mul(d->f, val_mul(d->f, tile_rows(d, b), stride_of(d, b, b->order[0])),
                       val_int(d->f, elem_bytes(b->elem)));
    return val_mul(d->f, axes_size(d, b->order, b->n), val_int(d->f, elem_bytes(b->elem)));
}

// ---- where buffers lie ----

static LLVMValueRef slot_of(Driver *d, LLVMValueRef array, int i)
{
    LLVMBuilderRef b = fn_at(d->f, 0);
    LLVMValueRef   k = i64(d, i);
    return LLVMBuildLoad2(b, d->f->u->ptr, LLVMBuildGEP2(b, d->f->u->ptr, array, &k, 1, ""), "");
}

static LLVMValueRef table_constant(Unit *u, const Node *n)
{
    LLVMTypeRef   t = unit_stored(u, n->type.elem);
    LLVMValueRef *v = ARENA_ARRAY(u->arena, LLVMValueRef, n->attr.ndata + 1);
    for (int i = 0; i < n->attr.ndata; i++)
        v[i] = elem_is_narrow(n->type.elem) ? LLVMConstInt(t, elem_narrow_bits(n->type.elem, n->attr.data[i]), false)
               : elem_class(n->type.elem) == ELEM_CLASS_FLOAT
                   ? LLVMConstReal(t, n->attr.data[i])
                   : LLVMConstInt(t, (unsigned long long)(int64_t)n->attr.data[i], true);
    LLVMValueRef data = LLVMConstArray2(t, v, (uint64_t)n->attr.ndata);
    LLVMValueRef g = LLVMAddGlobal(u->module, LLVMTypeOf(data), "table");
    LLVMSetInitializer(g, data);
    LLVMSetGlobalConstant(g, true);
    LLVMSetLinkage(g, LLVMInternalLinkage);
    LLVMSetAlignment(g, PLX_ALIGNMENT);
    return g;
}

static Val *rounded_up(Driver *d, Val *bytes)
{
    Val *more = val_add(d->f, bytes, val_int(d->f, PLX_ALIGNMENT - 1));
    return val_new(d->f, LLVMBuildAnd(fn_at(d->f, 0), more->v, i64(d, -PLX_ALIGNMENT), ""), false,
                   0);
}

// Is there one that lies above buffer k and below buffer i in any case?
static bool lies_between(const Plan *p, int k, int i)
{
    for (int j = k + 1; j < i; j++)
        if (buffer_meets(p->placed.at[k], p->placed.at[j]) &&
            buffer_meets(p->placed.at[j], p->placed.at[i]))
            return true;
    return false;
}

// Each buffer lies above those before it in the plan's list that live at the same time. Returns the
// bytes in all.
static Val *place_buffers(Driver *d, Val **offset)
{
    const Plan *p = d->f->u->plan;
    Val **end = ARENA_ARRAY(d->f->u->arena, Val *, p->placed.n + 1), *total = val_int(d->f, 0);
    for (int i = 0; i < p->placed.n; i++) {
        Val *at = val_int(d->f, 0);
        for (int k = 0; k < i; k++)
            if (buffer_meets(p->placed.at[k], p->placed.at[i]) && !lies_between(p, k, i))
                at = greater(d, at, end[k]);
        offset[i] = at;
        end[i] = val_add(d->f, at, rounded_up(d, buffer_bytes(d, p->placed.at[i])));
        total = greater(d, total, end[i]);
    }
    return total;
}

static void place_fixed(Driver *d)
{
    Unit       *u = d->f->u;
    const Plan *p = u->plan;
    for (int i = 0; i < p->buffers.n; i++) {
        const Buffer *b = p->buffers.at[i];
        if (b->kind == BUFFER_INPUT)
            d->address[b->id] = slot_of(d, d->in, b->index);
        if (b->kind == BUFFER_OUTPUT)
            d->address[b->id] = slot_of(d, d->out, b->index);
        if (b->kind == BUFFER_TABLE)
            d->address[b->id] = table_constant(u, b->node);
        if (b->kind == BUFFER_SCALAR)
            d->address[b->id] = fn_variable(d->f, unit_stored(u, b->elem));
        if (b->kind == BUFFER_SLOT || b->kind == BUFFER_TURN || b->kind == BUFFER_TAPE)
            d->address[b->id] =
                LLVMBuildAlloca(fn_at(d->f, 0), b->kind == BUFFER_TURN ? u->i64 : u->ptr, "");
        d->growing[b->id] = b->kind == BUFFER_TAPE;
    }
}

static LLVMValueRef address_of(Driver *d, const Buffer *b);

static LLVMValueRef part_of(Driver *d, const Buffer *b)
{
    Unit        *u = d->f->u;
    LLVMValueRef whole = address_of(d, b->parent), bytes = buffer_bytes(d, b)->v;
    LLVMValueRef at =
        b->position->op == OP_CONST
            ? i64(d, b->position->attr.i)
            : LLVMBuildLoad2(now(d), u->i64, address_of(d, u->plan->of[b->position->id]), "");
    LLVMValueRef offset = LLVMBuildMul(now(d), at, bytes, "");
    return LLVMBuildGEP2(now(d), u->i8, whole, &offset, 1, "");
}

static LLVMValueRef address_of(Driver *d, const Buffer *b)
{
    Unit *u = d->f->u;
    switch (b->kind) {
    case BUFFER_INPUT:
    case BUFFER_OUTPUT:
    case BUFFER_ARENA:
    case BUFFER_SCALAR:
    case BUFFER_LATE:
    case BUFFER_TABLE:
    case BUFFER_TURN: return d->address[b->id];
    case BUFFER_TAPE:
        if (!d->growing[b->id])
            return d->address[b->id];
        return LLVMBuildLoad2(now(d), u->ptr, d->address[b->id], "");
    case BUFFER_SLOT: return LLVMBuildLoad2(now(d), u->ptr, d->address[b->id], "");
    case BUFFER_VIEW: return b->position ? part_of(d, b) : address_of(d, b->parent);
    case BUFFER_SLICE: {
        LLVMValueRef   whole = address_of(d, b->parent), bytes = buffer_bytes(d, b)->v;
        LLVMBuilderRef at = now(d);
        LLVMValueRef   turn = LLVMBuildLoad2(at, u->i64, d->address[b->turn->id], "");
        LLVMValueRef   offset = LLVMBuildMul(at, turn, bytes, "");
        return LLVMBuildGEP2(at, u->i8, whole, &offset, 1, "");
    }
    case BUFFER_ROW:
    case BUFFER_REGISTER: break;
    }
    return LLVMConstNull(u->ptr);
}

// ---- kernels ----

// first_row: of a tile, for the slot without a buffer.
static LLVMValueRef pass_arguments(Driver *d, Buffer *const *slots, int n, LLVMValueRef first_row)
{
    Unit        *u = d->f->u;
    LLVMValueRef count = i64(d, n + 1);
    LLVMValueRef args = LLVMBuildArrayAlloca(fn_at(d->f, 0), u->ptr, count, "");
    LLVMBuildStore(now(d), d->f->sizes, args);
    for (int i = 0; i < n; i++) {
        LLVMValueRef   value = slots[i] ? address_of(d, slots[i]) : first_row, k = i64(d, i + 1);
        LLVMBuilderRef b = now(d);
        LLVMBuildStore(b, value, LLVMBuildGEP2(b, u->ptr, args, &k, 1, ""));
    }
    return args;
}

static int item_cost(const Item *item)
{
    const Node *n = item->node;
    int         cost = 1 + op_info(n->op)->flops;
    return cost;
}

// Elements that one row works on, weighted by what they cost.
static Val *row_work(Driver *d, const Kernel *k)
{
    Val *work = val_int(d->f, 0);
    for (int p = 0; p < k->passes.n; p++) {
        int cost = 0;
        for (int i = 0; i < k->passes.at[p]->items.n; i++)
            cost += item_cost(k->passes.at[p]->items.at[i]);
        Val *n = axes_size(d, k->passes.at[p]->axes.at, k->passes.at[p]->axes.n);
        work = val_add(d->f, work, val_mul(d->f, n, val_int(d->f, cost)));
    }
    return work;
}

static bool all_joined(const Kernel *k)
{
    for (int i = 0; i + 1 < k->outer.n; i++)
        if (!k->joined[i])
            return false;
    return true;
}

// How many pieces the kernel's function counts, and what one piece costs.
static void pieces(Driver *d, const Kernel *k, Val **count, Val **work)
{
    *work = row_work(d, k);
    int lanes_from = k->outer.n;
    if (k->lanes) {
        lanes_from = k->outer.n - 1;
        while (lanes_from > 0 && k->joined[lanes_from - 1])
            lanes_from--;
    }
    Val *lanes = axes_size(d, k->outer.at + lanes_from, k->outer.n - lanes_from);
    if (k->lanes && all_joined(k)) {
        Val *up = val_add(d->f, lanes, val_int(d->f, k->width - 1));
        *count =
            val_new(d->f, LLVMBuildUDiv(fn_at(d->f, 0), up->v, i64(d, k->width), ""), false, 0);
        *work = val_mul(d->f, *work, val_int(d->f, k->width));
    } else {
        *count = axes_size(d, k->outer.at, lanes_from);
        *work = val_mul(d->f, *work, lanes);
    }
}

// Pieces for each position of the first axis of a kernel in tiles.
static Val *pieces_of_one(Driver *d, const Kernel *k)
{
    int n = k->outer.n;
    if (k->lanes)
        for (n--; n > 1 && k->joined[n - 1]; n--)
            ;
    return axes_size(d, k->outer.at + 1, n - 1);
}

static Val *grain_of(Driver *d, Val *work)
{
    Val         *safe = greater(d, work, val_int(d->f, 1));
    LLVMValueRef grain = LLVMBuildUDiv(fn_at(d->f, 0), i64(d, PARALLEL_WORK), safe->v, "");
    return greater(d, val_new(d->f, grain, false, 0), val_int(d->f, 1));
}

static LLVMValueRef address_in(void *user, const Buffer *b) { return address_of(user, b); }

static void run_kernel(Driver *d, const Kernel *k)
{
    if (kernel_is_scalar(k)) {
        kernel_inline(d->f, k, address_in, d);
        return;
    }
    Unit        *u = d->f->u;
    Buffer     **slots;
    int          n;
    Val         *count, *work;
    int64_t      known_count, known_work;
    LLVMValueRef fn = kernel_emit(u, k, &slots, &n);
    pieces(d, k, &count, &work);
    bool known = val_is_const(count, &known_count) && val_is_const(work, &known_work);
    if (known && known_count <= 0)
        return;
    LLVMValueRef args = pass_arguments(d, slots, n, NULL);
    if (known && (known_count == 1 || (double)known_count * (double)known_work < PARALLEL_WORK)) {
        LLVMValueRef a[4] = {args, i64(d, 0), count->v, LLVMConstInt(u->i32, 0, false)};
        LLVMBuildCall2(now(d), LLVMGlobalGetValueType(fn), fn, a, 4, "");
        return;
    }
    Val         *grain = grain_of(d, work);
    LLVMValueRef a[5] = {d->ctx, fn, args, count->v, grain->v};
    unit_call(u, now(d), RT_plx_parallel, a, 5);
}

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
    return l->n ? stride_of(d, b, l->at[l->n - 1]) : val_int(d->f, 1);
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
    Matrix m = {.address = address_of(d, b), .turned = fastest(b, rows)};
    m.leading = m.turned ? last_stride(d, b, columns) : last_stride(d, b, rows);
    Val *least = m.turned ? axes_size(d, rows->at, rows->n) : axes_size(d, columns->at, columns->n);
    m.leading = greater(d, greater(d, m.leading, least), val_int(d->f, 1));
    m.stride = batch->n ? stride_of(d, b, batch->at[batch->n - 1]) : val_int(d->f, 0);
    return m;
}

static LLVMValueRef moved(Driver *d, LLVMValueRef address, const Buffer *b, const AxisList *batch,
                          LLVMValueRef *at, int n)
{
    Unit *u = d->f->u;
    for (int i = 0; i < n; i++) {
        LLVMValueRef stride = stride_of(d, b, batch->at[i])->v;
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
        return axes_size(d, l->at, l->n);
    return val_mul(d->f, t->count, axes_size(d, l->at + 1, l->n - 1));
}

static LLVMValueRef tiled_address(Driver *d, LLVMValueRef address, const Buffer *b, const Tile *t)
{
    Unit *u = d->f->u;
    for (int i = 0; t && !b->tile && i < b->n; i++)
        if (b->order[i] == t->axis) {
            LLVMValueRef offset = val_mul(d->f, t->first, stride_of(d, b, t->axis))->v;
            return LLVMBuildGEP2(now(d), unit_stored(u, b->elem), address, &offset, 1, "");
        }
    return address;
}

static void call_product(Driver *d, const Gemm *g, LLVMValueRef *at, int nat, const Tile *t)
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
                           c.stride->v};
    unit_call(u, now(d), RT_plx_gemm_ctx, args, (int)(sizeof args / sizeof *args));
}

static void run_product(Driver *d, const Gemm *g)
{
    int           n = g->batch.n > 1 ? g->batch.n - 1 : 0;
    Loop         *loop = ARENA_ARRAY(d->f->u->arena, Loop, n + 1);
    LLVMValueRef *at = ARENA_ARRAY(d->f->u->arena, LLVMValueRef, n + 1);
    for (int i = 0; i < n; i++) {
        loop[i] = loop_open(d->f, i64(d, 0), val_size(d->f, g->batch.at[i]->size)->v);
        at[i] = loop[i].i;
    }
    call_product(d, g, at, n, NULL);
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
    pieces(d, g->pack, &count, &work);
    Val *rows = pieces_of_one(d, g->pack);
    Val *back =
        val_mul(d->f, t->first, val_sub(d->f, val_int(d->f, 0), stride_of(d, g->tiled, t->axis)));
    Val *first = val_mul(d->f, t->first, rows);
    grain = grain_of(d, work);
    d->address[g->tiled->id] =
        LLVMBuildGEP2(now(d), unit_stored(u, g->tiled->elem), tile, &back->v, 1, "");
    LLVMValueRef args = pass_arguments(d, slots, n, first->v);
    d->address[g->tiled->id] = tile;
    LLVMValueRef a[5] = {d->ctx, fn, args, val_mul(d->f, t->count, rows)->v, grain->v};
    unit_call(u, now(d), RT_plx_parallel, a, 5);
}

static void run_tiles(Driver *d, const Gemm *g)
{
    Val           *size = val_size(d->f, g->tiled->tile->size), *rows = tile_rows(d, g->tiled);
    LLVMBuilderRef b = fn_at(d->f, 0);
    LLVMValueRef   up = LLVMBuildAdd(b, size->v, LLVMBuildSub(b, rows->v, i64(d, 1), ""), "");
    Val           *tiles = val_new(d->f, LLVMBuildUDiv(b, up, rows->v, ""), false, 0);
    // Without a position there is still a sum to be made, of nothing.
    Loop l = loop_open(d->f, i64(d, 0), greater(d, tiles, val_int(d->f, 1))->v);
    Tile t = {.axis = g->tiled->tile};
    t.first = val_mul(d->f, val_new(d->f, l.i, false, d->f->depth), rows);
    Val *left = val_sub(d->f, size, t.first);
    t.count = val_select(d->f, val_compare(d->f, LLVMIntSLT, left, rows), left, rows);
    pack_tile(d, g, &t);
    call_product(d, g, NULL, 0, &t);
    loop_close(d->f, &l);
}

// ---- sorts ----

static void run_sort(Driver *d, const Task *t)
{
    Unit         *u = d->f->u;
    const Node   *n = t->sort->node;
    const Buffer *from = u->plan->of[n->in[0]->id], *to = t->sort->to;
    LLVMValueRef  x = address_of(d, from), order = address_of(d, to),
                 scratch = address_of(d, t->scratch);
    Loop *loop = ARENA_ARRAY(u->arena, Loop, to->n + 1);
    for (int i = 0; i + 1 < to->n; i++) {
        loop[i] = loop_open(d->f, i64(d, 0), val_size(d->f, to->order[i]->size)->v);
        LLVMValueRef sx = stride_of(d, from, to->order[i])->v,
                     so = stride_of(d, to, to->order[i])->v;
        LLVMBuilderRef b = now(d);
        LLVMValueRef   ox = LLVMBuildMul(b, loop[i].i, sx, ""),
                     oo = LLVMBuildMul(b, loop[i].i, so, "");
        x = LLVMBuildGEP2(b, unit_stored(u, from->elem), x, &ox, 1, "");
        order = LLVMBuildGEP2(b, u->i64, order, &oo, 1, "");
    }
    LLVMValueRef args[6] = {LLVMConstInt(u->i32, (unsigned long long)from->elem, false),
                            x,
                            stride_of(d, from, n->attr.ax[0])->v,
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
        v[1 + i] = has ? stride_of(d, b, ax[i])->v : i64(d, 0);
    }
    return n + 1;
}

// The shape and the places as plx_library wants them.
static void run_library(Driver *d, const Library *l)
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
        data[places++] = address_of(d, b);
    }
    for (int i = 0; i < s->nout; i++) {
        const Buffer *b = l->out[i];
        at += put_strides(d, b, b ? b->elem : l->node->in[0]->type.elem, ax, n, shape + at);
        data[places++] = b ? address_of(d, b) : LLVMConstNull(u->ptr);
    }
    LLVMValueRef args[5] = {d->ctx, unit_function(u, op_routine(l->node->op)),
                            LLVMBuildGlobalStringPtr(now(d), s->text, "signature"), table_of(d, u->i64, shape, at),
                            table_of(d, u->ptr, data, places)};
    unit_call(u, now(d), RT_plx_library, args, 5);
}

// ---- checks ----

// The context's error.
static LLVMValueRef failure(Driver *d)
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
        LLVMBuildRet(now(d), failure(d));
}

static void run_check(Driver *d, const Node *n)
{
    Unit             *u = d->f->u;
    LLVMBasicBlockRef bad = block_new(d), after = block_new(d);
    LLVMValueRef some = LLVMBuildLoad2(now(d), u->i8, address_of(d, u->plan->of[n->in[1]->id]), "");
    LLVMBuildCondBr(now(d), LLVMBuildIsNull(now(d), some, ""), after, bad);
    go_on_in(d, bad); // what comes behind must not read there
    LLVMValueRef at = LLVMBuildLoad2(now(d), u->i64, address_of(d, u->plan->of[n->in[2]->id]), "");
    LLVMValueRef args[4] = {d->ctx, LLVMBuildGlobalStringPtr(now(d), n->attr.text ? n->attr.text : "", "place"),
                            at, val_size(d->f, n->attr.size)->v};
    unit_call(u, now(d), RT_plx_fail_index, args, 4);
    leave(d);
    go_on_in(d, after);
}

// ---- control ----

static LLVMBasicBlockRef block_new(Driver *d)
{
    return LLVMAppendBasicBlockInContext(d->f->u->context, d->f->fn, "");
}

static void go_on_in(Driver *d, LLVMBasicBlockRef b) { d->f->block.at[d->f->depth] = b; }

static LLVMValueRef stopped(Driver *d)
{
    Unit          *u = d->f->u;
    LLVMBuilderRef b = now(d);
    LLVMValueRef   k = i64(d, 1), p = LLVMBuildGEP2(b, u->i64, d->ctx, &k, 1, "");
    LLVMValueRef   both = LLVMBuildLoad2(b, u->i64, p, "");
    LLVMSetVolatile(both, true);
    return LLVMBuildICmp(b, LLVMIntNE, both, i64(d, 0), "");
}

static void point_slots(Driver *d, const Control *c)
{
    for (int i = 0; i < c->slots.n; i++)
        for (int k = 0; k < 2 && c->slots.at[i]->kind == BUFFER_SLOT; k++) {
            LLVMValueRef place = address_of(d, c->slots.at[i]->pair[k]);
            LLVMBuildStore(now(d), place, d->address[(k ? c->next.at[i] : c->slots.at[i])->id]);
        }
}

static void turn_slots(Driver *d, const Control *c)
{
    for (int i = 0; i < c->slots.n; i++) {
        LLVMValueRef a = address_of(d, c->slots.at[i]), b = address_of(d, c->next.at[i]);
        if (c->slots.at[i]->kind != BUFFER_SLOT) {
            LLVMTypeRef t = unit_stored(d->f->u, c->slots.at[i]->elem);
            LLVMBuildStore(now(d), LLVMBuildLoad2(now(d), t, b, ""), a);
            continue;
        }
        LLVMBuildStore(now(d), b, d->address[c->slots.at[i]->id]);
        LLVMBuildStore(now(d), a, d->address[c->next.at[i]->id]);
    }
}

static LLVMValueRef condition(Driver *d, const Control *c)
{
    LLVMValueRef v = LLVMBuildLoad2(now(d), d->f->u->i8, address_of(d, c->condition), "");
    return LLVMBuildICmp(now(d), LLVMIntNE, v, LLVMConstInt(d->f->u->i8, 0, false), "");
}

// The tapes have room for this turn's part.
static void grow_tapes(Driver *d, const Control *c, LLVMValueRef turn)
{
    Unit *u = d->f->u;
    for (int i = 0; i < c->tapes.n; i++) {
        const Buffer *b = c->tapes.at[i];
        Val          *part = val_mul(d->f, axes_size(d, b->order + 1, b->n - 1),
                                     val_int(d->f, elem_bytes(b->elem)));
        LLVMValueRef  turns = LLVMBuildAdd(now(d), turn, i64(d, 1), "");
        LLVMValueRef  args[3] = {d->ctx, i64(d, b->index), LLVMBuildMul(now(d), turns, part->v, "")};
        LLVMBuildStore(now(d), unit_call(u, now(d), RT_plx_tape, args, 3), d->address[b->id]);
    }
}

// A loop that yields nothing in the end has a tape all the same.
static void begin_tapes(Driver *d, const Control *c)
{
    for (int i = 0; i < c->tapes.n; i++) {
        LLVMValueRef args[3] = {d->ctx, i64(d, c->tapes.at[i]->index), i64(d, 0)};
        LLVMBuildStore(now(d), unit_call(d->f->u, now(d), RT_plx_tape, args, 3),
                       d->address[c->tapes.at[i]->id]);
    }
}

static LLVMValueRef goes_on(Driver *d, const Control *c, LLVMValueRef count)
{
    Unit *u = d->f->u;
    if (c->condition) {
        run_tasks(d, &c->body[1]);
        return condition(d, c);
    }
    LLVMValueRef end = val_size(d->f, c->node->attr.ax[0]->size)->v;
    return LLVMBuildICmp(now(d), LLVMIntSLT, LLVMBuildLoad2(now(d), u->i64, count, ""), end, "");
}

// The position of this turn: the count, or from the last one down.
static void store_turn(Driver *d, const Control *c, LLVMValueRef count)
{
    LLVMValueRef n = LLVMBuildLoad2(now(d), d->f->u->i64, count, "");
    if (c->node->attr.flag) {
        LLVMValueRef end = val_size(d->f, c->node->attr.ax[0]->size)->v;
        n = LLVMBuildSub(now(d), LLVMBuildSub(now(d), end, i64(d, 1), ""), n, "");
    }
    LLVMBuildStore(now(d), n, d->address[c->turn->id]);
}

static LLVMValueRef size_place(Driver *d, int i)
{
    LLVMValueRef k = i64(d, i);
    return LLVMBuildGEP2(now(d), d->f->u->i64, d->f->sizes, &k, 1, "");
}

static void run_loop(Driver *d, const Control *c)
{
    Unit             *u = d->f->u;
    LLVMBasicBlockRef head = block_new(d), body = block_new(d), after = block_new(d);
    LLVMValueRef      count = LLVMBuildAlloca(fn_at(d->f, 0), u->i64, "");
    point_slots(d, c);
    begin_tapes(d, c);
    LLVMBuildStore(now(d), i64(d, 0), count);
    LLVMBuildBr(now(d), head);
    go_on_in(d, head);
    store_turn(d, c, count);
    LLVMValueRef more = goes_on(d, c, count), stop = stopped(d);
    LLVMBuildCondBr(now(d), LLVMBuildAnd(now(d), more, LLVMBuildNot(now(d), stop, ""), ""), body,
                    after);
    go_on_in(d, body);
    if (c->tapes.n) {
        LLVMBasicBlockRef there = block_new(d);
        grow_tapes(d, c, LLVMBuildLoad2(now(d), u->i64, count, ""));
        LLVMBuildCondBr(now(d), stopped(d), after, there);
        go_on_in(d, there);
    }
    run_tasks(d, &c->body[0]);
    turn_slots(d, c);
    LLVMValueRef next =
        LLVMBuildAdd(now(d), LLVMBuildLoad2(now(d), u->i64, count, ""), i64(d, 1), "");
    LLVMBuildStore(now(d), next, count);
    LLVMBuildBr(now(d), head);
    go_on_in(d, after);
    if (c->made >= 0)
        LLVMBuildStore(now(d), LLVMBuildLoad2(now(d), u->i64, count, ""),
                       size_place(d, u->plan->sizes.n + c->made));
}

static void run_branch(Driver *d, const Control *c)
{
    LLVMBasicBlockRef side[2] = {block_new(d), block_new(d)}, after = block_new(d);
    LLVMBuildCondBr(now(d), condition(d, c), side[0], side[1]);
    for (int k = 0; k < 2; k++) {
        go_on_in(d, side[k]);
        run_tasks(d, &c->body[k]);
        LLVMBuildBr(now(d), after);
    }
    go_on_in(d, after);
}

static void run_tasks(Driver *d, const TaskList *l)
{
    for (int i = 0; i < l->n; i++) {
        const Task *t = l->at[i];
        switch (t->kind) {
        case TASK_KERNEL: run_kernel(d, t->kernel); break;
        case TASK_GEMM: (t->gemm->pack ? run_tiles : run_product)(d, t->gemm); break;
        case TASK_SORT: run_sort(d, t); break;
        case TASK_LIBRARY: run_library(d, t->library); break;
        case TASK_CHECK: run_check(d, t->check); break;
        case TASK_LOOP: run_loop(d, t->control); break;
        case TASK_BRANCH: run_branch(d, t->control); break;
        }
        if (t->kind == TASK_LOOP && t->control->made >= 0) {
            run_rest(d, l, i + 1, t->control->made);
            return;
        }
    }
}

// ---- behind a loop that makes a size ----

static bool makes_tape(const Control *c, int buffer)
{
    for (int i = 0; i < c->tapes.n; i++)
        if (c->tapes.at[i]->id == buffer)
            return true;
    return false;
}

// Sizes are read, and what depends on them computed, where a function begins: what comes behind
// such a loop is a function of its own, which finds addresses where its caller left them.
static void run_rest(Driver *d, const TaskList *l, int from, int made)
{
    Unit        *u = d->f->u;
    int          n = u->plan->buffers.n;
    LLVMTypeRef  types[3] = {u->ptr, u->ptr, u->ptr};
    LLVMTypeRef  type = LLVMFunctionType(u->nothing, types, 3, false);
    LLVMValueRef fn = LLVMAddFunction(u->module, "rest", type), count = i64(d, n + 1);
    LLVMValueRef table = LLVMBuildArrayAlloca(fn_at(d->f, 0), u->ptr, count, "");
    LLVMSetLinkage(fn, LLVMInternalLinkage);
    Driver rest = {.f = fn_new(u, fn, 16),
                   .ctx = LLVMGetParam(fn, 0),
                   .is_rest = true,
                   .address = ARENA_ARRAY(u->arena, LLVMValueRef, n + 1),
                   .growing = ARENA_ARRAY(u->arena, bool, n + 1)};
    rest.f->sizes = LLVMGetParam(fn, 1);
    for (int i = 0; i < n; i++) {
        LLVMValueRef at = d->address[i], k = i64(d, i);
        if (!at)
            continue;
        rest.address[i] = at;
        if (LLVMIsConstant(at))
            continue;
        // A tape that is done stays where it is.
        bool done = d->growing[i];
        if (done)
            done = makes_tape(l->at[from - 1]->control, i);
        rest.growing[i] = d->growing[i] && !done;
        LLVMBuildStore(now(d), done ? LLVMBuildLoad2(now(d), u->ptr, at, "") : at,
                       LLVMBuildGEP2(now(d), u->ptr, table, &k, 1, ""));
        rest.address[i] = slot_of(&rest, LLVMGetParam(fn, 2), i);
    }
    LLVMValueRef args[3] = {d->ctx, d->f->sizes, table};
    LLVMBuildCall2(now(d), type, fn, args, 3, "");
    emit_rest(&rest, l, from, made);
    fn_free(rest.f);
}

// Places what is over the axis that was made, then runs the tasks.
static void emit_rest(Driver *d, const TaskList *l, int from, int made)
{
    Unit       *u = d->f->u;
    const Plan *p = u->plan;
    Val        *total = val_int(d->f, 0);
    Val       **offset = ARENA_ARRAY(u->arena, Val *, p->buffers.n + 1);
    for (int i = 0; i < p->buffers.n; i++) {
        const Buffer *b = p->buffers.at[i];
        if (b->kind != BUFFER_LATE || b->made != made)
            continue;
        offset[i] = total;
        total = val_add(d->f, total, rounded_up(d, buffer_bytes(d, b)));
    }
    LLVMValueRef args[3] = {d->ctx, i64(d, p->ntapes + made), total->v};
    LLVMValueRef base = unit_call(u, fn_at(d->f, 0), RT_plx_tape, args, 3);
    for (int i = 0; i < p->buffers.n; i++)
        if (offset[i])
            d->address[p->buffers.at[i]->id] =
                LLVMBuildGEP2(fn_at(d->f, 0), u->i8, base, &offset[i]->v, 1, "");
    LLVMBasicBlockRef start = block_new(d), out = block_new(d);
    LLVMBuildCondBr(fn_at(d->f, 0), stopped(d), out, start);
    d->f->depth = 1;
    vec_push(u->arena, &d->f->block, out);
    vec_push(u->arena, &d->f->turn, 0);
    LLVMBuildRetVoid(now(d));
    go_on_in(d, start);
    TaskList rest = {l->at + from, l->n - from, l->n - from};
    run_tasks(d, &rest);
    LLVMBuildRetVoid(now(d));
}

// ---- the function ----

// A run that was cancelled between tasks has failed too.
static void note_cancelled(Driver *d)
{
    Unit             *u = d->f->u;
    LLVMBasicBlockRef note = block_new(d), after = block_new(d);
    LLVMBuilderRef    b = now(d);
    LLVMValueRef      k = LLVMConstInt(u->i64, 3, false),
                 p = LLVMBuildGEP2(b, u->i32, d->ctx, &k, 1, "");
    LLVMValueRef v = LLVMBuildLoad2(b, u->i32, p, "");
    LLVMSetVolatile(v, true);
    LLVMBuildCondBr(b, LLVMBuildIsNull(b, v, ""), after, note);
    go_on_in(d, note);
    LLVMValueRef text = LLVMBuildGlobalStringPtr(now(d), "cancelled", "cancelled");
    LLVMValueRef args[3] = {d->ctx, LLVMConstInt(u->i32, PLX_ERR_CANCELLED, false), text};
    unit_call(u, now(d), RT_plx_fail, args, 3);
    LLVMBuildBr(now(d), after);
    go_on_in(d, after);
}

// The entry computes all addresses; then the tasks, or out if there is no memory.
static void prologue(Driver *d)
{
    Unit       *u = d->f->u;
    const Plan *p = u->plan;
    Val       **offset = ARENA_ARRAY(u->arena, Val *, p->placed.n + 1);
    place_fixed(d);
    Val         *total = place_buffers(d, offset);
    LLVMValueRef args[2] = {d->ctx, total->v};
    d->base = unit_call(u, fn_at(d->f, 0), RT_plx_reserve, args, 2);
    for (int i = 0; i < p->placed.n; i++)
        d->address[p->placed.at[i]->id] =
            LLVMBuildGEP2(fn_at(d->f, 0), u->i8, d->base, &offset[i]->v, 1, "");
    LLVMBasicBlockRef start = block_new(d), fail = block_new(d);
    LLVMBuilderRef    b = fn_at(d->f, 0);
    LLVMBuildCondBr(b, LLVMBuildIsNull(b, d->base, ""), fail, start);
    d->f->depth = 1;
    vec_push(u->arena, &d->f->block, fail);
    vec_push(u->arena, &d->f->turn, 0);
    LLVMBuildRet(now(d), failure(d));
    go_on_in(d, start);
}

// Room for the sizes that loops will make, behind those given.
static void own_sizes(Driver *d)
{
    Unit          *u = d->f->u;
    int            given = u->plan->sizes.n, made = u->plan->made.n;
    LLVMBuilderRef b = fn_at(d->f, 0);
    LLVMValueRef   from = d->f->sizes;
    if (!made)
        return;
    d->f->sizes = LLVMBuildArrayAlloca(b, u->i64, i64(d, given + made), "");
    for (int i = 0; i < given + made; i++) {
        LLVMValueRef k = i64(d, i), v = i64(d, 0);
        if (i < given)
            v = LLVMBuildLoad2(b, u->i64, LLVMBuildGEP2(b, u->i64, from, &k, 1, ""), "");
        LLVMBuildStore(b, v, LLVMBuildGEP2(b, u->i64, d->f->sizes, &k, 1, ""));
    }
}

void driver_emit(Unit *u)
{
    LLVMTypeRef  args[4] = {u->ptr, u->ptr, u->ptr, u->ptr};
    LLVMValueRef fn =
        LLVMAddFunction(u->module, u->symbol, LLVMFunctionType(u->i32, args, 4, false));
    Driver d = {.f = fn_new(u, fn, 16)};
    d.ctx = LLVMGetParam(fn, 0);
    d.f->sizes = LLVMGetParam(fn, 1);
    d.in = LLVMGetParam(fn, 2);
    d.out = LLVMGetParam(fn, 3);
    d.address = ARENA_ARRAY(u->arena, LLVMValueRef, u->plan->buffers.n + 1);
    d.growing = ARENA_ARRAY(u->arena, bool, u->plan->buffers.n + 1);
    own_sizes(&d);
    prologue(&d);
    run_tasks(&d, &u->plan->tasks);
    note_cancelled(&d);
    LLVMBuildRet(now(&d), failure(&d));
    fn_free(d.f);
}
