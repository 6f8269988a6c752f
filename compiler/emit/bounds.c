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

// Is its value there in this kernel? The guard itself may be read, and what it was made from be gone. Limits of a product
// are found outside of kernels, by a task that reads them all.
static bool at_hand(const Fn *f, const Node *n)
{
    if (!f->kernel->passes.n)
        return true;
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
    return val_new(f, fn_intrinsic(f, which, &t, 1, (LLVMValueRef[]){x->v, y->v}, 2), false, f->depth);
}

// Where both may hold; and where one of them may.
static Range both(Fn *f, Range r, Range q)
{
    fn_at(f, f->depth);
    Val *begin = r.begin && q.begin ? extreme(f, "llvm.smax", r.begin, q.begin) : r.begin ? r.begin : q.begin;
    Val *end = r.end && q.end ? extreme(f, "llvm.smin", r.end, q.end) : r.end ? r.end : q.end;
    return (Range){begin, end};
}

static Range either(Fn *f, Range r, Range q)
{
    fn_at(f, f->depth);
    Val *begin = r.begin && q.begin ? extreme(f, "llvm.smin", r.begin, q.begin) : NULL;
    Val *end = r.end && q.end ? extreme(f, "llvm.smax", r.end, q.end) : NULL;
    return (Range){begin, end};
}

// Where coef * position + rest > 0.
static Range above(Fn *f, int coef, Val *rest)
{
    if (coef == 1) // position >= 1 - rest
        return (Range){val_sub(f, val_int(f, 1), rest), NULL};
    return (Range){NULL, coef == -1 ? rest : NULL};
}

// x < y, or x <= y: `more` is 0 or 1. An absolute value is less where both that and its negative are.
static Range by_order(Fn *f, const Node *x, const Node *y, const Axis *a, int more)
{
    int         cx, cy;
    Val        *rx, *ry;
    bool        size = x->op == OP_ABS && axes_has(x->type.axes, a);
    const Node *inside = size ? x->in[0] : x;
    if (!linear(f, inside, a, &cx, &rx) || !linear(f, y, a, &cy, &ry))
        return (Range){NULL, NULL};
    ry = val_add(f, ry, val_int(f, more));
    Range r = above(f, cy - cx, val_sub(f, ry, rx));
    return size ? both(f, r, above(f, cy + cx, val_add(f, ry, rx))) : r;
}

static Range by_equal(Fn *f, const Node *x, const Node *y, const Axis *a)
{
    return both(f, by_order(f, x, y, a, 1), by_order(f, y, x, a, 1));
}

// By what must hold where the guard does (`is`: does not); the rest of it stays a mask.
static Range by_guard(Fn *f, const Node *g, const Axis *a, bool is)
{
    Range none = {NULL, NULL};
    if (!g || !axes_has(g->type.axes, a))
        return none;
    switch ((int)g->op) {
    case OP_EXPAND: return by_guard(f, g->in[0], a, is);
    case OP_NOT: return by_guard(f, g->in[0], a, !is);
    case OP_AND:
    case OP_OR: {
        Range r = by_guard(f, g->in[0], a, is), q = by_guard(f, g->in[1], a, is);
        return ((g->op == OP_AND) == is ? both : either)(f, r, q);
    }
    case OP_LT:
    case OP_LE:
        if (is)
            return by_order(f, g->in[0], g->in[1], a, g->op == OP_LE);
        return by_order(f, g->in[1], g->in[0], a, g->op == OP_LT);
    case OP_EQ: return is ? by_equal(f, g->in[0], g->in[1], a) : none;
    case OP_NE: return is ? none : by_equal(f, g->in[0], g->in[1], a);
    default: return none;
    }
}

bool bounds_fills(const Item *item)
{
    const Node *n = item->node;
    return item->kind == ITEM_MAP && n->op == OP_FILL && n->in[0]->type.guard && (!n->attr.flag || buffer_base(item->to)->filled);
}

static Range item_range(Fn *f, const Item *item, const Axis *a)
{
    Range r = {NULL, NULL};
    for (int k = 0; item->bounded && k < 2; k++)
        r = both(f, r, by_guard(f, item_guard(item, k), a, true));
    return r;
}

// Comparisons say just where they hold: r shrinks to where those of the guard do, which *out gets.
static Range full_range(Fn *f, Range r, const Node *g, const Axis *a, Bounds *out)
{
    if (!g || !axes_has(g->type.axes, a))
        return r;
    if (g->op == OP_AND)
        return full_range(f, full_range(f, r, g->in[0], a, out), g->in[1], a, out);
    const Node *order = g->op == OP_NOT ? g->in[0] : g;
    Range       q = {NULL, NULL};
    if (order->op == OP_LT || order->op == OP_LE)
        q = by_guard(f, g, a, true);
    if (q.begin || q.end)
        vec_push(f->u->arena, &out->holds, g);
    return both(f, r, q);
}

// Within the axis.
static void clamped(Fn *f, Range r, const Axis *a, LLVMValueRef *begin, LLVMValueRef *end)
{
    Val *size = val_size(f, a->size), *zero = val_int(f, 0);
    fn_at(f, f->depth);
    r.end = r.end ? extreme(f, "llvm.smin", extreme(f, "llvm.smax", r.end, zero), size) : size;
    r.begin = r.begin ? extreme(f, "llvm.smin", extreme(f, "llvm.smax", r.begin, zero), r.end) : zero;
    *begin = r.begin->v;
    *end = r.end->v;
}

bool bounds_of(Fn *f, Item *const *items, int n, const Axis *a, Bounds *out)
{
    Range all = {NULL, NULL}, full = {NULL, NULL};
    *out = (Bounds){0};
    if (f->mask)
        return false;
    for (int i = 0; i < n; i++) {
        Range r = item_range(f, items[i], a);
        all = i == 0 ? r : either(f, all, r);
    }
    if (!all.begin && !all.end)
        return false;
    for (int i = 0; i < 2 * n; i++)
        full = full_range(f, full, item_guard(items[i / 2], i % 2), a, out);
    clamped(f, all, a, &out->begin, &out->end);
    clamped(f, full, a, &out->full_begin, &out->full_end);
    return true;
}

void bounds_along(Fn *f, const Node *const *guard, int n, const Axis *a, LLVMValueRef *begin, LLVMValueRef *end)
{
    Range all = {NULL, NULL};
    for (int i = 0; i < n; i++)
        all = both(f, all, by_guard(f, guard[i], a, true));
    clamped(f, all, a, begin, end);
}
