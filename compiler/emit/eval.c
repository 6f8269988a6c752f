// The value of a node at given positions of its axes: read where it is stored, else computed from
// its operands. What was computed is remembered, and computed at the outermost level that its
// positions allow.
#include <string.h>

#include "emit/code.h"

typedef Val *Evaluator(Fn *f, const Node *n, Val **idx, Mask *m);

static Val *at_axis(const Node *n, Val **idx, const Axis *a)
{
    for (int i = 0; i < n->type.axes.n; i++)
        if (n->type.axes.at[i] == a)
            return idx[i];
    return NULL;
}

static int find(Axis *const *at, int n, const Axis *a)
{
    for (int i = 0; i < n; i++)
        if (at[i] == a)
            return i;
    return -1;
}

static Val **indices(Fn *f, const Node *x)
{
    return ARENA_ARRAY(f->u->arena, Val *, x->type.axes.n + 1);
}

// An operand whose axes are the node's.
static Val *same_place(Fn *f, const Node *n, const Node *x, Val **idx, Mask *m)
{
    Val **to = indices(f, x);
    for (int i = 0; i < x->type.axes.n; i++)
        to[i] = at_axis(n, idx, x->type.axes.at[i]);
    return eval(f, x, to, m);
}

static Val *number(Fn *f, Elem e, double v)
{
    LLVMTypeRef  t = unit_elem(f->u, e);
    LLVMValueRef c = elem_class(e) == ELEM_CLASS_FLOAT
                         ? LLVMConstReal(t, v)
                         : LLVMConstInt(t, (unsigned long long)v, true);
    return val_new(f, c, false, 0);
}

// ---- leaves ----

static Val *eval_CONST(Fn *f, const Node *n, Val **idx, Mask *m)
{
    (void)idx;
    (void)m;
    if (elem_class(n->type.elem) == ELEM_CLASS_FLOAT)
        return number(f, n->type.elem, n->attr.r);
    LLVMTypeRef t = unit_elem(f->u, n->type.elem);
    return val_new(f, LLVMConstInt(t, (unsigned long long)n->attr.i, true), false, 0);
}
static Val *eval_IOTA(Fn *f, const Node *n, Val **idx, Mask *m)
{
    (void)f;
    (void)n;
    (void)m;
    return idx[0];
}
static Val *eval_SIZE(Fn *f, const Node *n, Val **idx, Mask *m)
{
    (void)idx;
    (void)m;
    return val_size(f, n->attr.size);
}

// ---- maps ----

static Val *eval_select(Fn *f, const Node *n, Val **idx, Mask *m)
{
    Val *c = same_place(f, n, n->in[0], idx, m), *not ;
    not = val_op(f, OP_NOT, ELEM_BOOL, &c, 1);
    Val *yes = same_place(f, n, n->in[1], idx, mask_and(f, m, c));
    Val *no = same_place(f, n, n->in[2], idx, mask_and(f, m, not ));
    return val_select(f, c, yes, no);
}

static Val *eval_fill(Fn *f, const Node *n, Val **idx, Mask *m)
{
    const Node *x = n->in[0];
    if (!x->type.guard)
        return same_place(f, n, x, idx, m);
    Val *g = same_place(f, n, x->type.guard, idx, m);
    return val_select(f, g, same_place(f, n, x, idx, mask_and(f, m, g)),
                      number(f, n->type.elem, 0));
}

static Val *eval_convert(Fn *f, const Node *n, Val **idx, Mask *m)
{
    Val *x = same_place(f, n, n->in[0], idx, m);
    if (n->in[0]->type.elem == n->type.elem)
        return x;
    LLVMValueRef v = val_plain(f, x);
    fn_at(f, x->level);
    return val_new(f, op_convert(f, v, n->in[0]->type.elem, n->type.elem), x->lanes, x->level);
}

static Val *eval_map(Fn *f, const Node *n, Val **idx, Mask *m)
{
    Val *x[3];
    if (n->op == OP_SELECT)
        return eval_select(f, n, idx, m);
    if (n->op == OP_FILL)
        return eval_fill(f, n, idx, m);
    if (n->op == OP_CONVERT)
        return eval_convert(f, n, idx, m);
    if (n->op == OP_GUARD)
        return same_place(f, n, n->in[0], idx, m);
    for (int i = 0; i < n->nin; i++)
        x[i] = same_place(f, n, n->in[i], idx, m);
    if (n->type.elem == ELEM_I64 && n->op == OP_ADD)
        return val_add(f, x[0], x[1]);
    if (n->type.elem == ELEM_I64 && n->op == OP_SUB)
        return val_sub(f, x[0], x[1]);
    if (n->type.elem == ELEM_I64 && n->op == OP_MUL)
        return val_mul(f, x[0], x[1]);
    return val_op(f, n->op, n->in[0]->type.elem, x, n->nin);
}

// A contraction over no axis.
static Val *eval_CONTRACT(Fn *f, const Node *n, Val **idx, Mask *m)
{
    Val *x[2] = {same_place(f, n, n->in[0], idx, m), same_place(f, n, n->in[1], idx, m)};
    return val_op(f, OP_MUL, n->type.elem, x, 2);
}

// ---- views ----

static Val *eval_EXPAND(Fn *f, const Node *n, Val **idx, Mask *m)
{
    return same_place(f, n, n->in[0], idx, m);
}

static Val *eval_RENAME(Fn *f, const Node *n, Val **idx, Mask *m)
{
    const Node *x = n->in[0];
    Val       **to = indices(f, x);
    for (int i = 0; i < x->type.axes.n; i++) {
        int k = find(n->attr.ax, n->attr.nax, x->type.axes.at[i]);
        to[i] = at_axis(n, idx, k < 0 ? x->type.axes.at[i] : n->attr.bx[k]);
    }
    return eval(f, x, to, m);
}

static Val *eval_SPLIT(Fn *f, const Node *n, Val **idx, Mask *m)
{
    const Node *x = n->in[0];
    Val       **to = indices(f, x), *at = val_int(f, 0);
    for (int i = 0; i < n->attr.nbx; i++)
        at = val_add(f, val_mul(f, at, val_size(f, n->attr.bx[i]->size)),
                     at_axis(n, idx, n->attr.bx[i]));
    for (int i = 0; i < x->type.axes.n; i++)
        to[i] = x->type.axes.at[i] == n->attr.ax[0] ? at : at_axis(n, idx, x->type.axes.at[i]);
    return eval(f, x, to, m);
}

// Positions are not negative: plain division.
static Val *quotient(Fn *f, Val *a, Val *b, bool remainder)
{
    bool           lanes = a->lanes || b->lanes;
    int            level = a->level > b->level ? a->level : b->level;
    LLVMValueRef   x = lanes ? val_lanes(f, a) : a->v, y = lanes ? val_lanes(f, b) : b->v;
    LLVMBuilderRef at = fn_at(f, level);
    // A size of zero has no positions, but what is computed outside of loops must not trap.
    LLVMValueRef one = LLVMConstInt(f->u->i64, 1, false);
    LLVMValueRef safe = LLVMIsConstant(y)
                            ? y
                            : fn_intrinsic(f, "llvm.umax", (LLVMTypeRef[]){LLVMTypeOf(y)}, 1,
                                           (LLVMValueRef[]){y, lanes ? fn_splat(f, one) : one}, 2);
    return val_new(f, remainder ? LLVMBuildURem(at, x, safe, "") : LLVMBuildUDiv(at, x, safe, ""),
                   lanes, level);
}

static Val *eval_MERGE(Fn *f, const Node *n, Val **idx, Mask *m)
{
    const Node *x = n->in[0];
    Val       **to = indices(f, x), *left = at_axis(n, idx, n->attr.bx[0]);
    for (int i = 0; i < x->type.axes.n; i++)
        to[i] = at_axis(n, idx, x->type.axes.at[i]);
    for (int i = n->attr.nax - 1; i >= 0; i--) {
        Val    *size = val_size(f, n->attr.ax[i]->size);
        int64_t known;
        int     k = find(x->type.axes.at, x->type.axes.n, n->attr.ax[i]);
        if (val_is_const(size, &known) && known == 0)
            size = val_int(f, 1);
        to[k] = i == 0 ? left : quotient(f, left, size, true);
        left = i == 0 ? left : quotient(f, left, size, false);
    }
    return eval(f, x, to, m);
}

static Val *eval_CONCAT(Fn *f, const Node *n, Val **idx, Mask *m)
{
    Val *at = at_axis(n, idx, n->attr.bx[0]), *value = NULL, *start = val_int(f, 0);
    for (int k = 0; k < n->nin; k++) {
        const Node *x = n->in[k];
        Val       **to = indices(f, x), *here = val_sub(f, at, start);
        for (int i = 0; i < x->type.axes.n; i++)
            to[i] = x->type.axes.at[i] == n->attr.ax[k] ? here
                                                        : at_axis(n, idx, x->type.axes.at[i]);
        Val *inside = val_compare(f, LLVMIntULT, here, val_size(f, n->attr.ax[k]->size));
        Val *v = eval(f, x, to, mask_and(f, m, inside));
        value = value ? val_select(f, inside, v, value) : v;
        start = val_add(f, start, val_size(f, n->attr.ax[k]->size));
    }
    return value;
}

// ---- positions ----

static Val *in_range(Fn *f, Val *p, const Axis *a)
{
    return val_compare(f, LLVMIntULT, p, val_size(f, a->size));
}

static Val *eval_INDEX(Fn *f, const Node *n, Val **idx, Mask *m)
{
    const Node *x = n->in[0];
    Val       **to = indices(f, x), *inside = NULL;
    Mask       *outer = m;
    if (n->type.guard)
        m = mask_and(f, m, same_place(f, n, n->type.guard, idx, m));
    for (int k = 0; k < n->attr.nax; k++)
        if (n->in[1 + k]->type.guard)
            m = mask_and(f, m, same_place(f, n, n->in[1 + k]->type.guard, idx, m));
    for (int i = 0; i < x->type.axes.n; i++) {
        int k = find(n->attr.ax, n->attr.nax, x->type.axes.at[i]);
        to[i] = k < 0 ? at_axis(n, idx, x->type.axes.at[i])
                      : same_place(f, n, n->in[1 + k], idx, m);
        if (k < 0 || !n->attr.i)
            continue;
        Val *ok = in_range(f, to[i], x->type.axes.at[i]), *pair[2] = {inside, ok};
        inside = inside ? val_op(f, OP_AND, ELEM_BOOL, pair, 2) : ok;
    }
    if (!inside)
        return eval(f, x, to, m);
    Val *v = eval(f, x, to, mask_and(f, m, inside));
    return val_select(f, inside, v, same_place(f, n, n->in[n->nin - 1], idx, outer));
}

static Val *eval_update(Fn *f, const Node *n, Val **idx, Mask *m)
{
    Val *there = NULL, *pair[2];
    if (n->type.guard)
        m = mask_and(f, m, same_place(f, n, n->type.guard, idx, m));
    for (int k = 0; k < n->attr.nax; k++) {
        Val *p = same_place(f, n, n->in[1 + k], idx, m);
        pair[1] = val_compare(f, LLVMIntEQ, p, at_axis(n, idx, n->attr.ax[k]));
        pair[0] = there;
        there = there ? val_op(f, OP_AND, ELEM_BOOL, pair, 2) : pair[1];
    }
    Val *not = val_op(f, OP_NOT, ELEM_BOOL, &there, 1);
    Val *v = same_place(f, n, n->in[n->nin - 1], idx, mask_and(f, m, there));
    return val_select(f, there, v, same_place(f, n, n->in[0], idx, mask_and(f, m, not)));
}

// A scatter of one element for each place: what lies at its position, the identity elsewhere.
static Val *eval_one_hot(Fn *f, const Node *n, Val **idx, Mask *m)
{
    Val *there = NULL, *pair[2];
    for (int k = 0; k < n->attr.nbx; k++) {
        Val *p = same_place(f, n, n->in[1 + k], idx, m);
        pair[1] = val_compare(f, LLVMIntEQ, p, at_axis(n, idx, n->attr.bx[k]));
        pair[0] = there;
        there = there ? val_op(f, OP_AND, ELEM_BOOL, pair, 2) : pair[1];
    }
    for (int k = 0; k < n->nin; k++)
        if (n->in[k]->type.guard) {
            pair[0] = there;
            pair[1] = same_place(f, n, n->in[k]->type.guard, idx, m);
            there = val_op(f, OP_AND, ELEM_BOOL, pair, 2);
        }
    Val *x = same_place(f, n, n->in[0], idx, mask_and(f, m, there));
    return val_select(f, there, x, val_new(f, op_identity(f, n->op, n->type.elem), false, 0));
}

// ---- the table ----

#define EVAL_MAP(id)   [OP_##id] = eval_map,
#define EVAL_LEAF(id)  LEAF_##id
#define EVAL_SHAPE(id) [OP_##id] = eval_##id,
#define EVAL_REDUCE(id)
#define EVAL_INDEX(id)
#define EVAL_LIBRARY(id)
#define EVAL_REGION(id)
#define LEAF_INPUT
#define LEAF_PARAM
#define LEAF_TABLE
#define LEAF_CALL
#define LEAF_CONST [OP_CONST] = eval_CONST,
#define LEAF_IOTA  [OP_IOTA] = eval_IOTA,
#define LEAF_SIZE  [OP_SIZE] = eval_SIZE,
static Evaluator *const table[OP_COUNT] = {
#define OP(id, text, arity, class_, type, jvp, transpose, flops, glyph, lo, hi) EVAL_##class_(id)
#include "ir/ops.def"
#undef OP
    [OP_INDEX] = eval_INDEX,         [OP_CONTRACT] = eval_CONTRACT,   [OP_UPDATE] = eval_update,
    [OP_SCATTER_ADD] = eval_one_hot, [OP_SCATTER_MAX] = eval_one_hot,
    [OP_SCATTER_MIN] = eval_one_hot, [OP_SCATTER_PROD] = eval_one_hot,
};

Val *eval_compute(Fn *f, const Node *n, Val **idx, Mask *m) { return table[n->op](f, n, idx, m); }

// ---- remembering ----

void eval_know(Fn *f, const Node *n, Val *v)
{
    void *key[2] = {(void *)(uintptr_t)memo_item, (void *)(uintptr_t)n};
    memo_put(f, key, 2, v, f->depth);
}

// The value of an item of this kernel, if it is asked for at the present positions.
static Val *known(Fn *f, const Node *n, Val **idx)
{
    void *key[2] = {(void *)(uintptr_t)memo_item, (void *)(uintptr_t)n};
    Val  *v = memo_find(f, key, 2);
    for (int i = 0; v && i < n->type.axes.n; i++)
        if (fn_bound(f, n->type.axes.at[i]) != idx[i])
            return NULL;
    return v;
}

Val *eval(Fn *f, const Node *n, Val **idx, Mask *m)
{
    for (int i = 0; i < f->holds.n; i++)
        if (f->holds.at[i] == n)
            return val_new(f, LLVMConstInt(f->u->i1, 1, false), false, 0);
    Buffer *stored = f->u->plan->of[n->id];
    Val    *v = stored ? known(f, n, idx) : NULL;
    if (v)
        return v;
    void *key[40] = {(void *)(uintptr_t)n, m};
    int   count = 2 + n->type.axes.n;
    bool  keep = count <= 40;
    for (int i = 0; keep && i < n->type.axes.n; i++)
        key[2 + i] = idx[i];
    v = keep ? memo_find(f, key, count) : NULL;
    if (v)
        return v;
    v = stored ? fn_load(f, stored, n->type.axes, idx, m, n->type.elem)
               : eval_compute(f, n, idx, m);
    if (keep)
        memo_put(f, key, count, v, v->level);
    return v;
}
