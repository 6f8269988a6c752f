// Where a guard can hold along an axis: comparisons of its position with what is known outside of the loop over it.
// Loops run from the first to behind the last such position; what they leave out would have changed nothing.
#include "emit/code.h"

typedef struct {
    Val *begin, *end; // NULL: the axis's own
} Range;

static bool all_bound(const Fn *f, AxisSet axes)
{
    for (int i = 0; i < axes.n; i++)
        if (!fn_bound(f, axes.at[i]))
            return false;
    return true;
}

static bool touches(const Fn *f, const Item *item, const Buffer *b)
{
    bool any = item->to == b;
    for (int i = 0; i < item->reads.n && !any; i++)
        any = f->u->plan->of[item->reads.at[i].leaf->id] == b;
    return any;
}

// Is its value there in this kernel? The guard itself may be read, and what it was made from be gone.
static bool at_hand(const Fn *f, const Node *n)
{
    const Buffer *b = f->u->plan->of[n->id];
    bool          here = !b;
    for (int i = 0; !b && i < n->nin && here; i++)
        here = at_hand(f, n->in[i]);
    for (int p = 0; b && p < f->kernel->passes.n && !here; p++)
        for (int i = 0; i < f->kernel->passes.at[p]->items.n && !here; i++)
            here = touches(f, f->kernel->passes.at[p]->items.at[i], b);
    return here;
}

// n as coef * (position along a) + rest, rest the same for all lanes.
static bool linear(Fn *f, const Node *n, const Axis *a, int *coef, Val **rest)
{
    int  c[2];
    Val *r[2];
    if (n->type.elem != ELEM_I64 || n->type.guard)
        return false;
    if (!axes_has(n->type.axes, a)) {
        if (!all_bound(f, n->type.axes) || !at_hand(f, n))
            return false;
        *coef = 0;
        *rest = eval(f, n, fn_here(f, n->type.axes), NULL);
        return !(*rest)->lanes;
    }
    if (n->op == OP_IOTA) {
        *coef = 1;
        *rest = val_int(f, 0);
        return true;
    }
    if (n->op == OP_EXPAND)
        return linear(f, n->in[0], a, coef, rest);
    if ((n->op != OP_ADD && n->op != OP_SUB) || !linear(f, n->in[0], a, &c[0], &r[0]) || !linear(f, n->in[1], a, &c[1], &r[1]))
        return false;
    *coef = n->op == OP_ADD ? c[0] + c[1] : c[0] - c[1];
    *rest = n->op == OP_ADD ? val_add(f, r[0], r[1]) : val_sub(f, r[0], r[1]);
    return true;
}

static Val *extreme(Fn *f, const char *which, Val *x, Val *y)
{
    LLVMTypeRef t = f->u->i64;
    if (!x || !y)
        return x ? x : y;
    return val_new(f, fn_intrinsic(f, which, &t, 1, (LLVMValueRef[]){x->v, y->v}, 2), false, f->depth);
}

static void narrow(Fn *f, Range *r, Val *begin, Val *end)
{
    fn_at(f, f->depth);
    r->begin = extreme(f, "llvm.smax", r->begin, begin);
    r->end = extreme(f, "llvm.smin", r->end, end);
}

// x < y, or x <= y: `more` is 0 or 1.
static void narrow_by_order(Fn *f, Range *r, const Node *x, const Node *y, const Axis *a, int more)
{
    int  cx, cy;
    Val *rx, *ry;
    if (!linear(f, x, a, &cx, &rx) || !linear(f, y, a, &cy, &ry))
        return;
    Val *room = val_add(f, val_sub(f, ry, rx), val_int(f, more)); // (cx - cy) * position < room
    if (cx - cy == 1)
        narrow(f, r, NULL, room);
    if (cx - cy == -1)
        narrow(f, r, val_sub(f, val_int(f, 1), room), NULL);
}

static void narrow_by_equal(Fn *f, Range *r, const Node *x, const Node *y, const Axis *a)
{
    narrow_by_order(f, r, x, y, a, 1);
    narrow_by_order(f, r, y, x, a, 1);
}

// By what must hold where the guard does; the rest of it stays a mask.
static void narrow_by(Fn *f, Range *r, const Node *g, const Axis *a)
{
    if (!g || !axes_has(g->type.axes, a))
        return;
    if (g->op == OP_AND || g->op == OP_EXPAND)
        for (int i = 0; i < g->nin; i++)
            narrow_by(f, r, g->in[i], a);
    else if (g->op == OP_LT || g->op == OP_LE)
        narrow_by_order(f, r, g->in[0], g->in[1], a, g->op == OP_LE);
    else if (g->op == OP_EQ)
        narrow_by_equal(f, r, g->in[0], g->in[1], a);
    else if (g->op == OP_NOT && (g->in[0]->op == OP_LT || g->in[0]->op == OP_LE))
        narrow_by_order(f, r, g->in[0]->in[1], g->in[0]->in[0], a, g->in[0]->op == OP_LT);
}

static const Node *filled_by(const Item *item, int k)
{
    if (item->kind != ITEM_MAP)
        return NULL;
    return k < 2 ? item->fill[k] : item->node->op == OP_FILL ? item->node->in[0]->type.guard : NULL;
}

bool bounds_fills(const Item *item)
{
    return filled_by(item, 0) || filled_by(item, 1) || filled_by(item, 2);
}

// A map that makes zeros where a guard does not hold does so everywhere; another one leaves what is outside undefined.
static Range item_range(Fn *f, const Item *item, const Axis *a)
{
    Range       r = {NULL, NULL};
    const Node *n = item->node;
    if (item->kind == ITEM_REDUCE)
        for (int i = 0; i < n->nin; i++)
            narrow_by(f, &r, n->in[i]->type.guard, a);
    if (bounds_fills(item))
        for (int k = 0; k < 3; k++)
            narrow_by(f, &r, filled_by(item, k), a);
    else if (item->kind == ITEM_MAP && !item->from)
        narrow_by(f, &r, n->type.guard, a);
    return r;
}

bool bounds_of(Fn *f, Item *const *items, int n, const Axis *a, LLVMValueRef *begin, LLVMValueRef *end)
{
    Range all = {NULL, NULL};
    Val  *size = val_size(f, a->size), *zero = val_int(f, 0);
    if (f->mask || n == 0)
        return false;
    for (int i = 0; i < n; i++) {
        Range r = item_range(f, items[i], a);
        fn_at(f, f->depth);
        all.begin = i == 0 ? r.begin : r.begin && all.begin ? extreme(f, "llvm.smin", all.begin, r.begin) : NULL;
        all.end = i == 0 ? r.end : r.end && all.end ? extreme(f, "llvm.smax", all.end, r.end) : NULL;
    }
    if (!all.begin && !all.end)
        return false;
    fn_at(f, f->depth);
    all.end = all.end ? extreme(f, "llvm.smin", extreme(f, "llvm.smax", all.end, zero), size) : size;
    all.begin = all.begin ? extreme(f, "llvm.smin", extreme(f, "llvm.smax", all.begin, zero), all.end) : zero;
    *begin = all.begin->v;
    *end = all.end->v;
    return true;
}
