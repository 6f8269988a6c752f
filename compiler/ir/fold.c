// Simplification as nodes are made: constants, neutral elements, views of views. NaN and infinities
// keep their meaning; only the sign of a zero may be lost (x + 0 is x).
#include "ir/fold.h"

#include <math.h>

typedef struct {
    Builder    *b;
    Op          op;
    Node      **in;
    int         nin;
    const Attr *attr;
} Fold;

// ---- constants ----

// The constant that n is everywhere, or NULL.
static const Node *constant(const Node *n)
{
    while (n->op == OP_EXPAND)
        n = n->in[0];
    return n->op == OP_CONST ? n : NULL;
}

static bool is_float(const Node *n) { return elem_class(n->type.elem) == ELEM_CLASS_FLOAT; }
static bool is_int(const Node *n) { return elem_class(n->type.elem) == ELEM_CLASS_INT; }

static bool is_value(const Node *n, double v)
{
    const Node *c = constant(n);
    return c && (is_float(c) ? c->attr.r == v : (double)c->attr.i == v);
}

static bool is_truth(const Node *n, bool v)
{
    const Node *c = constant(n);
    return c && c->type.elem == ELEM_BOOL && (c->attr.i != 0) == v;
}

static AxisSet all_axes(const Fold *f)
{
    AxisSet s = {0};
    for (int i = 0; i < f->nin; i++)
        s = axes_union(f->b->program->arena, s, f->in[i]->type.axes);
    return s;
}

// x at the axes of the result. NULL when another operand has a guard, which the result must have
// too.
static Node *give(const Fold *f, Node *x)
{
    for (int i = 0; i < f->nin; i++)
        if (f->in[i] != x && f->in[i]->type.guard && f->in[i]->type.guard != x->type.guard)
            return NULL;
    return ir_expand(f->b, x, all_axes(f));
}

static Node *give_truth(const Fold *f, bool v) { return give(f, const_whole(f->b, ELEM_BOOL, v)); }

static int64_t floor_div(int64_t a, int64_t c)
{
    if (c == 0)
        return 0;
    return c == -1 ? (int64_t)(0 - (uint64_t)a) : a / c - (a % c != 0 && (a < 0) != (c < 0));
}

static int64_t whole_value(Op op, int64_t a, int64_t c)
{
    uint64_t x = (uint64_t)a, y = (uint64_t)c;
    switch ((int)op) {
    case OP_ADD: return (int64_t)(x + y);
    case OP_SUB: return (int64_t)(x - y);
    case OP_MUL: return (int64_t)(x * y);
    case OP_MIN2: return a < c ? a : c;
    case OP_MAX2: return a > c ? a : c;
    case OP_IDIV: return floor_div(a, c);
    default: return c == 0 ? 0 : (int64_t)(x - y * (uint64_t)floor_div(a, c));  // IMOD
    }
}

static double real_value(Op op, double a, double c)
{
    switch ((int)op) {
    case OP_ADD: return a + c;
    case OP_SUB: return a - c;
    case OP_MUL: return a * c;
    case OP_MIN2: return isnan(a) || a < c ? a : c;
    case OP_MAX2: return isnan(a) || a > c ? a : c;
    default: return a / c;
    }
}

static Node *both_constant(const Fold *f)
{
    const Node *x = constant(f->in[0]), *y = constant(f->in[1]);
    if (!x || !y)
        return NULL;
    Elem e = x->type.elem;
    return give(f, is_float(x) ? const_real(f->b, e, real_value(f->op, x->attr.r, y->attr.r))
                               : const_whole(f->b, e, whole_value(f->op, x->attr.i, y->attr.i)));
}

// ---- arithmetic ----

// In the body of a loop or branch, one element added to an array that is handed on: so it can be changed in place.
static Node *add_to_part(const Fold *f, Node *x, const Node *one)
{
    Node *const *pos = one->in + 1;
    int          n = one->attr.nbx;
    bool         handed_on = x->op == OP_PARAM || x->op == OP_UPDATE || x->op == OP_OUT;
    if (one->op != OP_SCATTER_ADD || one->attr.nax || !handed_on || !f->b->region->outer || x->type.guard ||
        one->in[0]->type.guard || !axes_contains(x->type.axes, one->type.axes))
        return NULL;
    Node *here = ir_index(f->b, x, one->attr.bx, pos, n, const_real(f->b, x->type.elem, 0));
    return ir_update(f->b, x, one->attr.bx, pos, n, ir_binary(f->b, OP_ADD, here, one->in[0]));
}

static Node *fold_add(const Fold *f)
{
    if (is_value(f->in[0], 0))
        return give(f, f->in[1]);
    if (is_value(f->in[1], 0))
        return give(f, f->in[0]);
    for (int i = 0; is_float(f->in[0]) && i < 2; i++) {
        Node *updated = add_to_part(f, f->in[i], f->in[1 - i]);
        if (updated)
            return updated;
    }
    return both_constant(f);
}

static Node *fold_sub(const Fold *f)
{
    if (is_value(f->in[1], 0))
        return give(f, f->in[0]);
    if (is_int(f->in[0]) && f->in[0] == f->in[1] && !f->in[0]->type.guard)
        return give(f, const_whole(f->b, f->in[0]->type.elem, 0));
    return both_constant(f);
}

static Node *fold_mul(const Fold *f)
{
    for (int i = 0; i < 2; i++) {
        if (is_value(f->in[i], 1))
            return give(f, f->in[1 - i]);
        if (is_int(f->in[i]) && is_value(f->in[i], 0))
            return give(f, f->in[i]);
    }
    return both_constant(f);
}

static Node *fold_div(const Fold *f)
{
    return is_value(f->in[1], 1) ? give(f, f->in[0]) : both_constant(f);
}

static Node *fold_mod(const Fold *f)
{
    return is_value(f->in[1], 1) ? give(f, const_whole(f->b, f->in[0]->type.elem, 0))
                                 : both_constant(f);
}

static Node *fold_pow(const Fold *f)
{
    if (is_value(f->in[1], 1))
        return give(f, f->in[0]);
    if (!is_value(f->in[1], 2))
        return NULL;
    Node *x = give(f, f->in[0]);
    return x ? ir_binary(f->b, OP_MUL, x, x) : NULL;
}

// ---- truth ----

static bool compares(Op op, int order)
{
    switch ((int)op) {
    case OP_EQ: return order == 0;
    case OP_NE: return order != 0;
    case OP_LT: return order < 0;
    default: return order <= 0;
    }
}

static Node *fold_compare(const Fold *f)
{
    const Node *x = constant(f->in[0]), *y = constant(f->in[1]);
    if (f->in[0] == f->in[1] && !is_float(f->in[0]))
        return give_truth(f, compares(f->op, 0));
    if (!x || !y)
        return NULL;
    if (!is_float(x))
        return give_truth(f, compares(f->op, (x->attr.i > y->attr.i) - (x->attr.i < y->attr.i)));
    if (isnan(x->attr.r) || isnan(y->attr.r))
        return give_truth(f, f->op == OP_NE);
    return give_truth(f, compares(f->op, (x->attr.r > y->attr.r) - (x->attr.r < y->attr.r)));
}

static Node *fold_logic(const Fold *f)
{
    for (int i = 0; i < 2; i++) {
        if (is_truth(f->in[i], f->op == OP_AND))
            return give(f, f->in[1 - i]);
        if (is_truth(f->in[i], f->op == OP_OR))
            return give(f, f->in[i]);
        if (f->in[i] == f->in[1 - i] || (f->op == OP_AND && guard_implies(f->in[i], f->in[1 - i])))
            return give(f, f->in[i]);
    }
    return NULL;
}

static Node *fold_not(const Fold *f)
{
    const Node *c = constant(f->in[0]);
    return f->in[0]->op == OP_NOT ? f->in[0]->in[0] : c ? give_truth(f, !c->attr.i) : NULL;
}

static Node *fold_neg(const Fold *f)
{
    const Node *c = constant(f->in[0]);
    if (f->in[0]->op == OP_NEG)
        return f->in[0]->in[0];
    if (!c)
        return NULL;
    return give(f, is_float(c)
                       ? const_real(f->b, c->type.elem, -c->attr.r)
                       : const_whole(f->b, c->type.elem, (int64_t)(0 - (uint64_t)c->attr.i)));
}

static Node *fold_sqrt(const Fold *f)
{
    const Node *c = constant(f->in[0]);
    return c && c->attr.r >= 0 ? give(f, const_real(f->b, c->type.elem, sqrt(c->attr.r))) : NULL;
}

// Does every value of `from` survive in `to`?
static bool keeps_all(Elem from, Elem to)
{
    if (from == to || from == ELEM_BOOL)
        return true;
    if (to == ELEM_BOOL || from == ELEM_F64 || from == ELEM_I64)
        return false;
    if (from == ELEM_F32)
        return to == ELEM_F64;
    if (elem_is_narrow(from) || elem_is_narrow(to))
        return elem_is_narrow(from) && (to == ELEM_F64 || to == ELEM_F32);
    if (to == ELEM_F64 || to == ELEM_I64)
        return true;
    return from != ELEM_I32 && (to == ELEM_F32 || to == ELEM_I32);
}

static Node *fold_convert(const Fold *f)
{
    Node       *x = f->in[0];
    Elem        to = f->attr->elem;
    const Node *c = constant(x);
    if (x->type.elem == to)
        return x;
    if (c)
        return give(f, is_float(c) ? const_real(f->b, to, c->attr.r)
                                   : const_whole(f->b, to, c->attr.i));
    return x->op == OP_CONVERT && keeps_all(x->in[0]->type.elem, x->type.elem)
               ? ir_convert(f->b, x->in[0], to)
               : NULL;
}

// ---- choices and guards ----

static Node *fold_select(const Fold *f)
{
    const Node *c = constant(f->in[0]);
    if (c)  // the other side is never looked at, its guard neither
        return ir_expand(f->b, f->in[c->attr.i ? 1 : 2], all_axes(f));
    if (f->in[0]->op == OP_NOT)
        return ir_select(f->b, f->in[0]->in[0], f->in[2], f->in[1]);
    return f->in[1] == f->in[2] ? give(f, f->in[1]) : NULL;
}

static Node *fold_guard(const Fold *f)
{
    return is_truth(f->in[1], true) || guard_implies(f->in[0]->type.guard, f->in[1]) ? f->in[0]
                                                                                     : NULL;
}

static Node *fold_fill(const Fold *f)
{
    Node *x = f->in[0];
    if (!x->type.guard)
        return x;
    while (x->op == OP_GUARD)
        x = x->in[0];
    return is_value(x, 0) && !x->type.guard ? ir_expand(f->b, x, all_axes(f)) : NULL;
}

// ---- views ----

static Node *fold_expand(const Fold *f)
{
    Arena *a = f->b->program->arena;
    Node  *x = f->in[0];
    if (!f->attr->nax)
        return x;
    if (x->op != OP_EXPAND)
        return NULL;
    return ir_expand(f->b, x->in[0],
                     axes_union(a, x->type.axes, axes_of(a, f->attr->ax, f->attr->nax)));
}

static int find_axis(Axis *const *list, int n, const Axis *a)
{
    for (int i = 0; i < n; i++)
        if (list[i] == a)
            return i;
    return -1;
}

static Axis *renamed(const Attr *a, Axis *x)
{
    int k = find_axis(a->ax, a->nax, x);
    return k < 0 ? x : a->bx[k];
}

// A rename of a rename is one.
static Node *rename_twice(const Fold *f, const Node *x)
{
    const Attr *one = &x->attr, *two = f->attr;
    Arena      *a = f->b->program->arena;
    Axis      **from = ARENA_ARRAY(a, Axis *, one->nax + two->nax),
         **to = ARENA_ARRAY(a, Axis *, one->nax + two->nax);
    int         n = 0;
    for (int i = 0; i < one->nax; i++) {
        from[n] = one->ax[i];
        to[n++] = renamed(two, one->bx[i]);
    }
    for (int i = 0; i < two->nax; i++)
        if (find_axis(one->bx, one->nbx, two->ax[i]) < 0) {
            from[n] = two->ax[i];
            to[n++] = two->bx[i];
        }
    return ir_rename(f->b, x->in[0], from, to, n);
}

static Node *fold_rename(const Fold *f)
{
    Node  *x = f->in[0];
    Arena *a = f->b->program->arena;
    if (!f->attr->nax)
        return x;
    if (x->op == OP_IOTA)
        return ir_iota(f->b, renamed(f->attr, x->attr.ax[0]));
    if (x->op == OP_RENAME)
        return rename_twice(f, x);
    if (x->op != OP_EXPAND)
        return NULL;
    Axis **more = ARENA_ARRAY(a, Axis *, x->attr.nax);
    for (int i = 0; i < x->attr.nax; i++)
        more[i] = renamed(f->attr, x->attr.ax[i]);
    return ir_expand(f->b, ir_rename(f->b, x->in[0], f->attr->ax, f->attr->bx, f->attr->nax),
                     axes_of(a, more, x->attr.nax));
}

static bool same_list(Axis *const *a, int n, Axis *const *b, int m)
{
    for (int i = 0; i < n && n == m; i++)
        if (a[i] != b[i])
            return false;
    return n == m;
}

static Node *fold_split(const Fold *f)
{
    Node       *x = f->in[0];
    const Attr *a = f->attr;
    if (a->nbx == 1)
        return ir_rename(f->b, x, a->ax, a->bx, 1);
    return x->op == OP_MERGE && x->attr.bx[0] == a->ax[0] &&
                   same_list(x->attr.ax, x->attr.nax, a->bx, a->nbx)
               ? x->in[0]
               : NULL;
}

static Node *fold_merge(const Fold *f)
{
    Node       *x = f->in[0];
    const Attr *a = f->attr;
    if (a->nax == 0)
        return ir_expand(f->b, x, axes_of(f->b->program->arena, a->bx, 1));
    if (a->nax == 1)
        return ir_rename(f->b, x, a->ax, a->bx, 1);
    return x->op == OP_SPLIT && x->attr.ax[0] == a->bx[0] &&
                   same_list(x->attr.bx, x->attr.nbx, a->ax, a->nax)
               ? x->in[0]
               : NULL;
}

static Node *fold_concat(const Fold *f)
{
    return f->nin == 1 ? ir_rename(f->b, f->in[0], f->attr->ax, f->attr->bx, 1) : NULL;
}

// Positions that run along an axis of the same size rename.
static Node *fold_index(const Fold *f)
{
    const Node *pos = f->nin > 1 ? f->in[1] : NULL;
    if (!f->attr->nax)
        return give(f, f->in[0]);
    if (f->attr->nax != 1 || pos->op != OP_IOTA || pos->attr.ax[0]->size != f->attr->ax[0]->size)
        return NULL;
    if (pos->attr.ax[0] != f->attr->ax[0] && axes_has(f->in[0]->type.axes, pos->attr.ax[0]))
        return NULL;
    Node *x = ir_rename(f->b, f->in[0], f->attr->ax, pos->attr.ax, 1);
    return f->attr->i ? ir_expand(f->b, x, f->in[2]->type.axes) : x;
}

// ---- reductions ----

static Node *fold_reduce(const Fold *f) { return f->attr->nax ? NULL : f->in[0]; }

// A sum over axes along which the operand only repeats is a product with their size.
static Node *fold_sum(const Fold *f)
{
    Node  *x = f->in[0];
    Arena *a = f->b->program->arena;
    if (!f->attr->nax)
        return x;
    if (x->op != OP_EXPAND)
        return NULL;
    AxisSet more = axes_of(a, x->attr.ax, x->attr.nax),
            over = axes_of(a, f->attr->ax, f->attr->nax);
    AxisSet gone = axes_intersect(a, more, over), rest = axes_minus(a, over, gone);
    if (!gone.n)
        return NULL;
    Node *times = ir_int(f->b, 1), *y = x->in[0];
    for (int i = 0; i < gone.n; i++)
        times = ir_binary(f->b, OP_MUL, times, ir_size(f->b, gone.at[i]->size));
    if (!is_value(y, 0))
        y = ir_binary(f->b, OP_MUL, y, ir_convert(f->b, times, y->type.elem));
    return ir_reduce(f->b, OP_SUM, ir_expand(f->b, y, axes_minus(a, more, gone)), rest.at, rest.n);
}

static Node *fold_contract(const Fold *f)
{
    return f->attr->nax ? NULL : ir_binary(f->b, OP_MUL, f->in[0], f->in[1]);
}

// ---- the table ----

typedef Node *FoldFn(const Fold *f);
static FoldFn *const table[OP_COUNT] = {
    [OP_ADD] = fold_add,         [OP_SUB] = fold_sub,           [OP_MUL] = fold_mul,
    [OP_DIV] = fold_div,         [OP_IDIV] = fold_div,          [OP_IMOD] = fold_mod,
    [OP_POW] = fold_pow,         [OP_MIN2] = both_constant,     [OP_MAX2] = both_constant,
    [OP_EQ] = fold_compare,      [OP_NE] = fold_compare,        [OP_LT] = fold_compare,
    [OP_LE] = fold_compare,      [OP_AND] = fold_logic,         [OP_OR] = fold_logic,
    [OP_NOT] = fold_not,         [OP_NEG] = fold_neg,           [OP_SQRT] = fold_sqrt,
    [OP_CONVERT] = fold_convert, [OP_SELECT] = fold_select,     [OP_GUARD] = fold_guard,
    [OP_FILL] = fold_fill,       [OP_EXPAND] = fold_expand,     [OP_RENAME] = fold_rename,
    [OP_SPLIT] = fold_split,     [OP_MERGE] = fold_merge,       [OP_CONCAT] = fold_concat,
    [OP_INDEX] = fold_index,     [OP_SUM] = fold_sum,           [OP_PROD] = fold_reduce,
    [OP_MAX] = fold_reduce,      [OP_MIN] = fold_reduce,        [OP_ANY] = fold_reduce,
    [OP_ALL] = fold_reduce,      [OP_CONTRACT] = fold_contract,
};

Node *fold(Builder *b, Op op, Node **in, int nin, const Attr *attr)
{
    Fold f = {b, op, in, nin, attr};
    return table[op] ? table[op](&f) : NULL;
}

static const bool commutes[OP_COUNT] = {
    [OP_ADD] = true, [OP_MUL] = true,    [OP_EQ] = true,    [OP_NE] = true,     [OP_AND] = true,
    [OP_OR] = true,  [OP_BITAND] = true, [OP_BITOR] = true, [OP_BITXOR] = true,
};

void fold_order(Op op, Node **in)
{
    if (!commutes[op] || in[0]->id <= in[1]->id)
        return;
    Node *x = in[0];
    in[0] = in[1];
    in[1] = x;
}
