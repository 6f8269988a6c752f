// Kernels: loops over rows, and in each row the passes one after the other. What is left of an axis
// behind the last full vector goes through the same code under a mask.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "emit/code.h"

// ---- axes that run as one ----

typedef struct {
    Axis *const *axes;
    int          n;
    Val         *size;
} Group;

typedef VEC(Group) Groups;

static Groups groups_of(Fn *f, const AxisList *l, const bool *joined)
{
    Groups out = {0};
    for (int i = 0; i < l->n; i++) {
        Val *size = val_size(f, l->at[i]->size);
        if (i > 0 && joined[i - 1]) {
            Group *g = &out.at[out.n - 1];
            g->n++;
            g->size = val_mul(f, g->size, size);
        } else {
            Group g = {&l->at[i], 1, size};
            vec_push(f->u->arena, &out, g);
        }
    }
    return out;
}

// The last of the axes takes the joint position: its stride is that of the whole.
static void bind_group(Fn *f, const Group *g, Val *at)
{
    for (int i = 0; i < g->n; i++)
        fn_bind(f, g->axes[i], i + 1 < g->n ? val_int(f, 0) : at);
}

// ---- lanes ----

static Val *blocks_of(Fn *f, Val *size, bool whole_only)
{
    int64_t k;
    int     w = f->width;
    if (val_is_const(size, &k))
        return val_int(f, whole_only ? k / w : (k + w - 1) / w);
    LLVMBuilderRef b = fn_at(f, size->level);
    LLVMValueRef   n = size->v;
    if (!whole_only)
        n = LLVMBuildAdd(b, n, LLVMConstInt(f->u->i64, (unsigned long long)w - 1, false), "");
    return val_new(f,
                   LLVMBuildUDiv(b, n, LLVMConstInt(f->u->i64, (unsigned long long)w, false), ""),
                   false, size->level);
}

static LLVMValueRef lesser(Fn *f, LLVMValueRef a, LLVMValueRef b)
{
    LLVMTypeRef t = f->u->i64;
    return fn_intrinsic(f, "llvm.smin", &t, 1, (LLVMValueRef[]){a, b}, 2);
}

static LLVMValueRef greater(Fn *f, LLVMValueRef a, LLVMValueRef b)
{
    LLVMTypeRef t = f->u->i64;
    return fn_intrinsic(f, "llvm.smax", &t, 1, (LLVMValueRef[]){a, b}, 2);
}

typedef void Body(Fn *f, void *user);

static void lanes_block(Fn *f, const Group *g, LLVMValueRef begin, LLVMValueRef end, bool tail,
                        Body *body, void *user)
{
    Loop  l = loop_open(f, begin, end);
    Val  *block = val_new(f, l.i, false, f->depth);
    int   bound = f->bound.n;
    Mask *outer = f->mask;
    Val  *at = val_lane_axis(f, val_mul(f, block, val_int(f, f->width)));
    bind_group(f, g, at);
    if (tail) {
        f->mask = ARENA_NEW(f->u->arena, Mask);
        f->mask->tail = val_compare(f, LLVMIntSLT, at, g->size);
    }
    body(f, user);
    f->mask = outer;
    f->bound.n = bound;
    loop_close(f, &l);
}

// Runs `body` over the group in lanes, the blocks begin to end of it (NULL: all).
static void over_lanes(Fn *f, const Group *g, LLVMValueRef begin, LLVMValueRef end, Body *body,
                       void *user)
{
    int64_t      size;
    bool         known = val_is_const(g->size, &size);
    LLVMValueRef whole = blocks_of(f, g->size, true)->v, all = blocks_of(f, g->size, false)->v;
    LLVMValueRef zero = LLVMConstInt(f->u->i64, 0, false);
    if (!known || size >= f->width) {
        fn_at(f, f->depth);
        lanes_block(f, g, begin ? begin : zero, end ? lesser(f, end, whole) : whole, false, body,
                    user);
    }
    if (!known || size % f->width) {
        fn_at(f, f->depth);
        lanes_block(f, g, begin ? greater(f, begin, whole) : whole, end ? lesser(f, end, all) : all,
                    true, body, user);
    }
}

// ---- accumulators ----

static Op combiner(Op op)
{
    switch ((int)op) {
    case OP_PROD:
    case OP_SCATTER_PROD: return OP_MUL;
    case OP_MAX:
    case OP_SCATTER_MAX: return OP_MAX2;
    case OP_MIN:
    case OP_SCATTER_MIN: return OP_MIN2;
    case OP_ANY: return OP_OR;
    case OP_ALL: return OP_AND;
    default: return OP_ADD;
    }
}

typedef struct {
    const Item  *item;
    bool         lanes;
    LLVMTypeRef  type;
    LLVMValueRef acc, best, any; // best, any: the arg reductions
    Elem         elem;
} Accumulator;

static bool finds_position(const Item *i)
{
    return i->node->op == OP_ARGMAX || i->node->op == OP_ARGMIN;
}

static LLVMValueRef spread(Fn *f, LLVMValueRef scalar, bool lanes)
{
    return lanes ? fn_splat(f, scalar) : scalar;
}

static Accumulator accumulator_new(Fn *f, const Item *item, bool lanes)
{
    Accumulator a = {.item = item, .lanes = lanes, .elem = item->node->in[0]->type.elem};
    a.type = fn_type(f, unit_elem(f->u, a.elem), lanes);
    a.acc = fn_variable(f, a.type);
    if (finds_position(item)) {
        a.best = fn_variable(f, fn_type(f, f->u->i64, lanes));
        a.any = fn_variable(f, fn_type(f, f->u->i1, lanes));
    }
    fn_at(f, f->depth);
    LLVMBuildStore(f->b, spread(f, op_identity(f, item->node->op, a.elem), lanes), a.acc);
    if (finds_position(item)) {
        LLVMBuildStore(f->b, LLVMConstNull(fn_type(f, f->u->i64, lanes)), a.best);
        LLVMBuildStore(f->b, LLVMConstNull(fn_type(f, f->u->i1, lanes)), a.any);
    }
    return a;
}

static LLVMValueRef shaped(Fn *f, Val *v, bool lanes)
{
    return lanes ? val_lanes(f, v) : val_plain(f, v);
}

static Val *conjunction(Fn *f, Val *a, Val *b)
{
    Val *pair[2] = {a, b};
    if (!a || !b)
        return a ? a : b;
    return val_op(f, OP_AND, ELEM_BOOL, pair, 2);
}

// Whether the operands are there: their guards, and the mask's lanes.
static Val *presence(Fn *f, const Node *n)
{
    Val *there = NULL;
    for (int i = 0; i < n->nin; i++)
        if (n->in[i]->type.guard)
            there = conjunction(f, there,
                                eval(f, n->in[i]->type.guard,
                                     fn_here(f, n->in[i]->type.guard->type.axes), f->mask));
    return there;
}

static Mask *only_where(Fn *f, Val *there) { return there ? mask_and(f, f->mask, there) : f->mask; }

static Val *operand(Fn *f, const Node *n, int i, Mask *m)
{
    return eval(f, n->in[i], fn_here(f, n->in[i]->type.axes), m);
}

static Val *counted(Fn *f, Val *there)
{
    return f->mask && f->mask->tail ? conjunction(f, f->mask->tail, there) : there;
}

static void keep_position(Fn *f, const Accumulator *a, LLVMValueRef x, LLVMValueRef old,
                          LLVMValueRef when)
{
    LLVMTypeRef  flag = fn_type(f, f->u->i1, a->lanes);
    LLVMValueRef any = LLVMBuildLoad2(f->b, flag, a->any, "");
    bool most = a->item->node->op == OP_ARGMAX, real = elem_class(a->elem) == ELEM_CLASS_FLOAT;
    LLVMValueRef pair[2] = {most ? old : x, most ? x : old};
    LLVMValueRef better = op_emitter(OP_LT)(f, a->elem, pair);
    if (real) {
        LLVMValueRef nan = LLVMBuildFCmp(f->b, LLVMRealUNO, x, x, ""),
                     was = LLVMBuildFCmp(f->b, LLVMRealORD, old, old, "");
        better = LLVMBuildOr(f->b, better, LLVMBuildAnd(f->b, nan, was, ""), "");
    }
    better = LLVMBuildOr(f->b, better, LLVMBuildNot(f->b, any, ""), "");
    if (when)
        better = LLVMBuildAnd(f->b, better, when, "");
    LLVMValueRef at = shaped(f, fn_bound(f, a->item->node->attr.ax[0]), a->lanes);
    fn_at(f, f->depth);
    LLVMValueRef best = LLVMBuildLoad2(f->b, fn_type(f, f->u->i64, a->lanes), a->best, "");
    LLVMBuildStore(f->b, LLVMBuildSelect(f->b, better, x, old, ""), a->acc);
    LLVMBuildStore(f->b, LLVMBuildSelect(f->b, better, at, best, ""), a->best);
    LLVMBuildStore(f->b, LLVMBuildOr(f->b, any, better, ""), a->any);
}

static LLVMValueRef fused(Fn *f, LLVMValueRef x, LLVMValueRef y, LLVMValueRef acc)
{
    LLVMTypeRef t = LLVMTypeOf(acc);
    return fn_intrinsic(f, "llvm.fma", &t, 1, (LLVMValueRef[]){x, y, acc}, 3);
}

static void accumulate(Fn *f, const Accumulator *a)
{
    const Node *n = a->item->node;
    Val        *there = presence(f, n);
    Mask       *m = only_where(f, there);
    Val        *x = operand(f, n, 0, m), *y = n->op == OP_CONTRACT ? operand(f, n, 1, m) : NULL,
        *count = counted(f, there);
    LLVMValueRef xv = shaped(f, x, a->lanes), yv = y ? shaped(f, y, a->lanes) : NULL;
    LLVMValueRef when = count ? shaped(f, count, a->lanes) : NULL, next;
    fn_at(f, f->depth);
    LLVMValueRef old = LLVMBuildLoad2(f->b, a->type, a->acc, "");
    if (finds_position(a->item)) {
        keep_position(f, a, xv, old, when);
        return;
    }
    if (y && elem_class(a->elem) == ELEM_CLASS_FLOAT) {
        next = fused(f, xv, yv, old);
    } else {
        if (y)
            xv = LLVMBuildMul(f->b, xv, yv, "");
        next = op_emitter(combiner(n->op))(f, a->elem, (LLVMValueRef[]){old, xv});
    }
    LLVMBuildStore(f->b, when ? LLVMBuildSelect(f->b, when, next, old, "") : next, a->acc);
}

// The lanes' values combined: halves with halves, a tree that is the same everywhere.
static LLVMValueRef combine_lanes(Fn *f, Op op, Elem e, LLVMValueRef v)
{
    for (int w = f->width / 2; w >= 1; w /= 2) {
        LLVMValueRef low[64], high[64], none = LLVMGetPoison(LLVMTypeOf(v));
        for (int i = 0; i < w; i++) {
            low[i] = LLVMConstInt(f->u->i32, (unsigned long long)i, false);
            high[i] = LLVMConstInt(f->u->i32, (unsigned long long)(i + w), false);
        }
        LLVMValueRef pair[2] = {
            LLVMBuildShuffleVector(f->b, v, none, LLVMConstVector(low, (unsigned)w), ""),
            LLVMBuildShuffleVector(f->b, v, none, LLVMConstVector(high, (unsigned)w), "")};
        int saved = f->width;
        f->width = w;
        v = op_emitter(combiner(op))(f, e, pair);
        f->width = saved;
    }
    return LLVMBuildExtractElement(f->b, v, LLVMConstInt(f->u->i32, 0, false), "");
}

static Val *accumulated(Fn *f, const Accumulator *a, bool lanes_are_rows)
{
    fn_at(f, f->depth);
    bool         position = finds_position(a->item);
    LLVMTypeRef  t = position ? fn_type(f, f->u->i64, a->lanes) : a->type;
    LLVMValueRef v = LLVMBuildLoad2(f->b, t, position ? a->best : a->acc, "");
    if (a->lanes && !lanes_are_rows)
        v = combine_lanes(f, a->item->node->op, a->elem, v);
    Val *out = val_new(f, v, a->lanes && lanes_are_rows, f->depth);
    return out;
}

// ---- passes ----

typedef struct {
    const Pass  *pass;
    Accumulator *acc; // by item; unused for maps
    Groups       groups;
} Running;

static bool in_memory(const Item *i) { return i->to->kind != BUFFER_REGISTER; }

static Val *map_value(Fn *f, const Item *item)
{
    const Node *n = item->node;
    Val       **here = fn_here(f, n->type.axes);
    if (item->from)
        return fn_load(f, item->from, n->type.axes, here, f->mask, n->type.elem);
    if (item->copy)
        return eval(f, n, here, f->mask);
    Val *v = eval_compute(f, n, here, f->mask);
    eval_know(f, n, v);
    return v;
}

// All values before any store: an output may lie where an input lay.
static void pass_body(Fn *f, void *user)
{
    const Running *r = user;
    Val          **v = ARENA_ARRAY(f->u->arena, Val *, r->pass->items.n + 1);
    for (int i = 0; i < r->pass->items.n; i++) {
        if (r->pass->items.at[i]->kind == ITEM_MAP)
            v[i] = map_value(f, r->pass->items.at[i]);
        else
            accumulate(f, &r->acc[i]);
    }
    for (int i = 0; i < r->pass->items.n; i++) {
        const Item *item = r->pass->items.at[i];
        if (item->kind == ITEM_MAP && in_memory(item))
            fn_store(f, item->to, item->node->type.axes, fn_here(f, item->node->type.axes), f->mask,
                     v[i]);
    }
}

// What maps that fill hold where no guard does.
static void fill_body(Fn *f, void *user)
{
    const Pass *p = user;
    for (int i = 0; i < p->items.n; i++) {
        const Item *item = p->items.at[i];
        if (bounds_fills(item) && in_memory(item))
            fn_store(f, item->to, item->node->type.axes, fn_here(f, item->node->type.axes), f->mask,
                     val_new(f, LLVMConstNull(unit_elem(f->u, item->node->type.elem)), false, 0));
    }
}

static bool fills(const Pass *p)
{
    bool any = false;
    for (int i = 0; i < p->items.n; i++)
        any = any || bounds_fills(p->items.at[i]);
    return any;
}

// Loops over groups, the innermost last. `pass`: whose items' guards shorten them; NULL: none do.
typedef struct {
    const Groups *groups;
    bool          lanes; // the last group runs in lanes
    Body         *body;
    void         *user;
    const Pass   *pass;
} Nest;

static void over_groups(Fn *f, const Nest *n, int from, bool outside);

static void over_span(Fn *f, const Nest *n, int from, LLVMValueRef begin, LLVMValueRef end, bool outside)
{
    const Group *g = &n->groups->at[from];
    Loop         l = loop_open(f, begin, end);
    int          bound = f->bound.n;
    bind_group(f, g, val_new(f, l.i, false, f->depth));
    over_groups(f, n, from + 1, outside);
    f->bound.n = bound;
    loop_close(f, &l);
}

static LLVMValueRef within(Fn *f, LLVMValueRef x, LLVMValueRef least, LLVMValueRef most)
{
    return lesser(f, greater(f, x, least), most);
}

static LLVMValueRef block_at(Fn *f, LLVMValueRef position, int more)
{
    LLVMBuilderRef b = fn_at(f, f->depth);
    LLVMTypeRef    t = f->u->i64;
    LLVMValueRef   up = LLVMBuildAdd(b, position, LLVMConstInt(t, (unsigned long long)more, false), "");
    return LLVMBuildUDiv(b, up, LLVMConstInt(t, (unsigned long long)f->width, false), "");
}

// In lanes, blocks that a guard cuts are run whole, under it; those between without it.
static void over_last(Fn *f, const Nest *n, const Bounds *r)
{
    const Group *g = &n->groups->at[n->groups->n - 1];
    LLVMValueRef first = block_at(f, r->begin, 0), last = block_at(f, r->end, f->width - 1);
    LLVMValueRef from = within(f, block_at(f, r->full_begin, f->width - 1), first, last);
    LLVMValueRef to = within(f, block_at(f, r->full_end, 0), from, last);
    int          held = f->holds.n;
    if (!LLVMIsConstant(from) || from != first)
        over_lanes(f, g, first, from, n->body, n->user);
    for (int i = 0; i < r->holds.n; i++)
        vec_push(f->u->arena, &f->holds, r->holds.at[i]);
    fn_at(f, f->depth);
    lanes_block(f, g, from, to, false, n->body, n->user);
    f->holds.n = held;
    over_lanes(f, g, to, last, n->body, n->user);
    if (!fills(n->pass))
        return;
    over_lanes(f, g, NULL, first, fill_body, (void *)(uintptr_t)n->pass);
    over_lanes(f, g, last, NULL, fill_body, (void *)(uintptr_t)n->pass);
}

static void over_groups(Fn *f, const Nest *n, int from, bool outside)
{
    LLVMValueRef zero = LLVMConstInt(f->u->i64, 0, false);
    Bounds       r;
    if (from == n->groups->n) {
        if (outside)
            fill_body(f, (void *)(uintptr_t)n->pass);
        else
            n->body(f, n->user);
        return;
    }
    const Group *g = &n->groups->at[from];
    bool         lanes = n->lanes && from == n->groups->n - 1;
    bool         bounded = n->pass && !outside && g->n == 1 &&
                   bounds_of(f, n->pass->items.at, n->pass->items.n, g->axes[0], &r);
    if (lanes && bounded)
        over_last(f, n, &r);
    else if (lanes)
        over_lanes(f, g, NULL, NULL, outside ? fill_body : n->body, outside ? (void *)(uintptr_t)n->pass : n->user);
    else
        over_span(f, n, from, bounded ? r.begin : zero, bounded ? r.end : g->size->v, outside);
    if (lanes || !bounded || !fills(n->pass))
        return;
    over_span(f, n, from, zero, r.begin, true);
    over_span(f, n, from, r.end, g->size->v, true);
}

static void store_result(Fn *f, const Item *item, Val *v)
{
    eval_know(f, item->node, v);
    if (in_memory(item))
        fn_store(f, item->to, item->node->type.axes, fn_here(f, item->node->type.axes), f->mask, v);
}

static void plain_pass(Fn *f, const Pass *p)
{
    bool    rows = f->kernel->lanes;
    Running r = {p, ARENA_ARRAY(f->u->arena, Accumulator, p->items.n + 1),
                 groups_of(f, &p->axes, p->joined)};
    for (int i = 0; i < p->items.n; i++)
        if (p->items.at[i]->kind != ITEM_MAP)
            r.acc[i] = accumulator_new(f, p->items.at[i], rows || p->lanes);
    over_groups(f, &(Nest){&r.groups, p->lanes, pass_body, &r, p}, 0, false);
    for (int i = 0; i < p->items.n; i++)
        if (p->items.at[i]->kind != ITEM_MAP)
            store_result(f, p->items.at[i], accumulated(f, &r.acc[i], rows));
}

// ---- running sums ----

static void scan_pass(Fn *f, const Pass *p)
{
    const Item *item = p->items.at[0];
    const Node *n = item->node;
    Accumulator a = accumulator_new(f, item, f->kernel->lanes);
    Val        *size = val_size(f, n->attr.ax[0]->size);
    Loop        l = loop_open(f, LLVMConstInt(f->u->i64, 0, false), size->v);
    int         bound = f->bound.n;
    Val        *at = val_new(f, l.i, false, f->depth);
    if (n->attr.i)
        at = val_sub(f, val_sub(f, size, val_int(f, 1)), at);
    fn_bind(f, n->attr.ax[0], at);
    accumulate(f, &a);
    fn_at(f, f->depth);
    Val *v = val_new(f, LLVMBuildLoad2(f->b, a.type, a.acc, ""), a.lanes, f->depth);
    fn_store(f, item->to, n->type.axes, fn_here(f, n->type.axes), f->mask, v);
    f->bound.n = bound;
    loop_close(f, &l);
}

// ---- scatters ----

static void clear_target(Fn *f, void *user)
{
    const Item *item = user;
    const Node *n = item->node;
    Val        *v = val_new(f, op_identity(f, n->op, n->type.elem), false, 0);
    fn_store(f, item->to, n->type.axes, fn_here(f, n->type.axes), f->mask, v);
}

static void add_to_target(Fn *f, void *user)
{
    const Item *item = user;
    const Node *n = item->node;
    Mask       *m = only_where(f, presence(f, n));
    Val        *x = operand(f, n, 0, m), **to = fn_here(f, n->type.axes);
    for (int k = 0; k < n->attr.nbx; k++) {
        Val *at = operand(f, n, 1 + k, m);
        for (int i = 0; i < n->type.axes.n; i++)
            if (n->type.axes.at[i] == n->attr.bx[k])
                to[i] = at;
    }
    for (int k = 0; k < n->attr.nbx; k++)
        for (int i = 0; i < n->type.axes.n; i++)
            if (n->type.axes.at[i] == n->attr.bx[k])
                m = mask_and(f, m,
                             val_compare(f, LLVMIntULT, to[i], val_size(f, n->attr.bx[k]->size)));
    // What was there is read anew at each turn, wherever the position was computed.
    int outer = f->row_level;
    f->row_level = f->depth;
    Val *old = fn_load(f, item->to, n->type.axes, to, m, n->type.elem), *pair[2] = {old, x};
    f->row_level = outer;
    fn_store(f, item->to, n->type.axes, to, m, val_op(f, combiner(n->op), n->type.elem, pair, 2));
}

static void scatter_pass(Fn *f, const Pass *p)
{
    Item       *item = p->items.at[0];
    const Node *n = item->node;
    AxisList    targets = {0};
    for (int i = 0; i < item->to->n; i++)
        for (int k = 0; k < n->attr.nbx; k++)
            if (item->to->order[i] == n->attr.bx[k])
                vec_push(f->u->arena, &targets, n->attr.bx[k]);
    bool  *apart = ARENA_ARRAY(f->u->arena, bool, targets.n + p->axes.n + 1);
    Groups to = groups_of(f, &targets, apart), from = groups_of(f, &p->axes, apart);
    over_groups(f, &(Nest){&to, false, clear_target, item, NULL}, 0, false);
    over_groups(f, &(Nest){&from, false, add_to_target, item, NULL}, 0, false);
}

// ---- updates ----

// Rows are the axes that stay: each writes one place, if its position is in range.
static void update_pass(Fn *f, const Pass *p)
{
    const Item *item = p->items.at[0];
    const Node *n = item->node;
    Mask       *m = only_where(f, presence(f, n));
    Val       **to = fn_here(f, n->type.axes);
    for (int k = 0; k < n->attr.nax; k++) {
        Val *at = operand(f, n, 1 + k, m), *size = val_size(f, n->attr.ax[k]->size);
        for (int i = 0; i < n->type.axes.n; i++)
            if (n->type.axes.at[i] == n->attr.ax[k])
                to[i] = at;
        m = mask_and(f, m, val_compare(f, LLVMIntULT, at, size));
    }
    fn_store(f, item->to, n->type.axes, to, m, operand(f, n, n->nin - 1, m));
}

// ---- kernels ----

static void passes(Fn *f, void *user)
{
    const Kernel *k = user;
    f->row_level = f->depth;
    for (int i = 0; i < k->passes.n; i++) {
        const Pass *p = k->passes.at[i];
        ItemKind    kind = p->items.at[0]->kind;
        if (kind == ITEM_SCAN)
            scan_pass(f, p);
        else if (kind == ITEM_SCATTER)
            scatter_pass(f, p);
        else if (kind == ITEM_UPDATE)
            update_pass(f, p);
        else
            plain_pass(f, p);
    }
}

// Rows by number: the positions of all outer axes but one in lanes.
static void decode_rows(Fn *f, const Groups *g, int n, LLVMValueRef row)
{
    Val *left = val_new(f, row, false, f->depth);
    for (int i = n - 1; i >= 0; i--) {
        Val *at = left;
        if (i > 0) {
            LLVMBuilderRef b = fn_at(f, f->depth);
            at = val_new(f, LLVMBuildURem(b, left->v, g->at[i].size->v, ""), false, f->depth);
            left = val_new(f, LLVMBuildUDiv(b, left->v, g->at[i].size->v, ""), false, f->depth);
        }
        bind_group(f, &g->at[i], at);
    }
}

static void rows(Fn *f, const Kernel *k, LLVMValueRef begin, LLVMValueRef end)
{
    Groups g = groups_of(f, &k->outer, k->joined);
    if (k->lanes && g.n == 1) {
        over_lanes(f, &g.at[0], begin, end, passes, (void *)(uintptr_t)k);
        return;
    }
    Loop l = loop_open(f, begin, end);
    decode_rows(f, &g, k->lanes ? g.n - 1 : g.n, l.i);
    if (k->lanes)
        over_groups(f, &(Nest){&g, true, passes, (void *)(uintptr_t)k, k->pure ? k->passes.at[0] : NULL}, g.n - 1, false);
    else
        passes(f, (void *)(uintptr_t)k);
    loop_close(f, &l);
}

static LLVMValueRef function_new(Unit *u)
{
    LLVMTypeRef  args[4] = {u->ptr, u->i64, u->i64, u->i32};
    LLVMValueRef fn =
        LLVMAddFunction(u->module, "kernel", LLVMFunctionType(u->nothing, args, 4, false));
    LLVMSetLinkage(fn, LLVMInternalLinkage);
    unsigned no_unwind = LLVMGetEnumAttributeKindForName("nounwind", 8);
    LLVMAddAttributeAtIndex(fn, (LLVMAttributeIndex)LLVMAttributeFunctionIndex,
                            LLVMCreateEnumAttribute(u->context, no_unwind, 0));
    return fn;
}

static LLVMValueRef share(Unit *u, LLVMValueRef fn)
{
    char name[64];
    LLVMSetValueName2(fn, "same", 4);
    char *text = LLVMPrintValueToString(fn);
    for (int i = 0; i < u->kernels.n; i++)
        if (!strcmp(u->kernels.at[i].text, text)) {
            LLVMDisposeMessage(text);
            LLVMDeleteFunction(fn);
            return u->kernels.at[i].fn;
        }
    KernelCode k = {fn, arena_strndup(u->arena, text, strlen(text))};
    LLVMDisposeMessage(text);
    int n = snprintf(name, sizeof name, "kernel_%d", u->kernels.n);
    LLVMSetValueName2(fn, name, (size_t)n);
    vec_push(u->arena, &u->kernels, k);
    return fn;
}

bool kernel_is_scalar(const Kernel *k)
{
    bool scalar = k->outer.n == 0;
    for (int i = 0; i < k->passes.n; i++)
        scalar = scalar && k->passes.at[i]->axes.n == 0;
    return scalar;
}

void kernel_inline(Fn *host, const Kernel *k, Address *address, void *user)
{
    Fn *f = fn_enter(host, k->width, address, user);
    f->kernel = k;
    f->dummy = fn_variable(f, f->u->i64);
    passes(f, (void *)(uintptr_t)k);
    fn_leave(f, host);
}

LLVMValueRef kernel_emit(Unit *u, const Kernel *k, Buffer ***slots, int *nslots)
{
    LLVMValueRef fn = function_new(u);
    Fn          *f = fn_new(u, fn, k->width);
    f->kernel = k;
    f->args = LLVMGetParam(fn, 0);
    f->sizes = LLVMBuildLoad2(fn_at(f, 0), u->ptr, f->args, "");
    f->dummy = LLVMBuildAlloca(fn_at(f, 0), u->i64, "");
    LLVMValueRef begin = LLVMGetParam(fn, 1), end = LLVMGetParam(fn, 2);
    if (k->tiled) { // the tile's first row comes in the first slot
        Buffer        *none = NULL;
        LLVMBuilderRef b = fn_at(f, 0);
        LLVMValueRef   one = LLVMConstInt(u->i64, 1, false);
        LLVMValueRef   first =
            LLVMBuildLoad2(b, u->i64, LLVMBuildGEP2(b, u->i64, f->args, &one, 1, ""), "");
        begin = LLVMBuildAdd(b, begin, first, "");
        end = LLVMBuildAdd(b, end, first, "");
        vec_push(u->arena, &f->slots, none);
        vec_push(u->arena, &f->pointers, first);
    }
    rows(f, k, begin, end);
    LLVMBuildRetVoid(fn_at(f, 0));
    *slots = f->slots.at;
    *nslots = f->slots.n;
    fn_free(f);
    return share(u, fn);
}
