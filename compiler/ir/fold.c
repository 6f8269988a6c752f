// Simplification as nodes are made: constants, neutral elements, views of views. NaN and infinities keep their meaning.
#include <math.h>

#include "ir/fold.h"

static bool is_const(const Node *n, double v)
{
    return n->op == OP_CONST && (elem_class(n->type.elem) == ELEM_CLASS_FLOAT ? n->attr.r == v : (double)n->attr.i == v);
}

static bool is_int(const Node *n) { return elem_class(n->type.elem) == ELEM_CLASS_INT; }
static double real_of(const Node *n)
{
    return elem_class(n->type.elem) == ELEM_CLASS_FLOAT ? n->attr.r : (double)n->attr.i;
}

// x over the axes of the other operand too, so that its type is the result's.
static Node *like_result(Builder *b, Node *x, const Node *other)
{
    if (other->type.guard)
        return NULL;
    return ir_expand(b, x, other->type.axes);
}

static bool int_value(Op op, int64_t a, int64_t c, int64_t *out)
{
    uint64_t x = (uint64_t)a, y = (uint64_t)c;
    switch ((int)op) {
    case OP_ADD: *out = (int64_t)(x + y); return true;
    case OP_SUB: *out = (int64_t)(x - y); return true;
    case OP_MUL: *out = (int64_t)(x * y); return true;
    case OP_MIN2: *out = a < c ? a : c; return true;
    case OP_MAX2: *out = a > c ? a : c; return true;
    case OP_IDIV:
        if (c == 0 || (a == INT64_MIN && c == -1))
            return false;
        *out = a / c - ((a % c != 0) && ((a < 0) != (c < 0)));
        return true;
    case OP_IMOD:
        if (c == 0 || c == -1)
            return false;
        *out = a % c + ((a % c != 0 && ((a < 0) != (c < 0))) ? c : 0);
        return true;
    default: return false;
    }
}

static bool real_value(Op op, double a, double c, double *out)
{
    switch ((int)op) {
    case OP_ADD: *out = a + c; return true;
    case OP_SUB: *out = a - c; return true;
    case OP_MUL: *out = a * c; return true;
    case OP_DIV: *out = a / c; return true;
    default: return false;
    }
}

static Node *compare_constants(Builder *b, Op op, const Node *x, const Node *y)
{
    double a = real_of(x), c = real_of(y);
    switch ((int)op) {
    case OP_EQ: return ir_const(b, ELEM_BOOL, a == c);
    case OP_NE: return ir_const(b, ELEM_BOOL, a != c);
    case OP_LT: return ir_const(b, ELEM_BOOL, a < c);
    case OP_LE: return ir_const(b, ELEM_BOOL, a <= c);
    default: return NULL;
    }
}

static Node *fold_constants(Builder *b, Op op, Node **in)
{
    int64_t i;
    double  r;
    Elem    e = in[0]->type.elem;
    Node   *c = compare_constants(b, op, in[0], in[1]);
    if (c)
        return c;
    if (e == ELEM_I64 && int_value(op, in[0]->attr.i, in[1]->attr.i, &i))
        return ir_int(b, i);
    if (elem_class(e) == ELEM_CLASS_FLOAT && real_value(op, in[0]->attr.r, in[1]->attr.r, &r))
        return ir_const(b, e, r);
    return NULL;
}

static Node *fold_binary(Builder *b, Op op, Node **in)
{
    Node *x = in[0], *y = in[1];
    if (x->op == OP_CONST && y->op == OP_CONST) {
        Node *c = fold_constants(b, op, in);
        if (c)
            return c;
    }
    switch ((int)op) {
    case OP_ADD:
        if (is_const(x, 0))
            return like_result(b, y, x);
        return is_const(y, 0) ? like_result(b, x, y) : NULL;
    case OP_SUB: return is_const(y, 0) ? like_result(b, x, y) : NULL;
    case OP_MUL:
        if (is_const(x, 1))
            return like_result(b, y, x);
        if (is_const(y, 1))
            return like_result(b, x, y);
        if (is_int(x) && is_const(x, 0) && !y->type.guard)
            return ir_expand(b, x, y->type.axes);
        return is_int(y) && is_const(y, 0) && !x->type.guard ? ir_expand(b, y, x->type.axes) : NULL;
    case OP_DIV:
    case OP_IDIV: return is_const(y, 1) ? like_result(b, x, y) : NULL;
    case OP_AND:
        if (x == y || is_const(x, 1))
            return x == y ? x : like_result(b, y, x);
        return is_const(y, 1) ? like_result(b, x, y) : NULL;
    case OP_OR:
        if (x == y || is_const(x, 0))
            return x == y ? x : like_result(b, y, x);
        return is_const(y, 0) ? like_result(b, x, y) : NULL;
    default: return NULL;
    }
}

static bool keeps_all(Elem from, Elem to)
{
    return (from == ELEM_F32 && to == ELEM_F64) || (from == ELEM_I32 && to == ELEM_I64) || from == to;
}

static Node *fold_convert(Builder *b, Node *x, Elem to)
{
    if (x->type.elem == to)
        return x;
    if (x->op == OP_CONST && !(elem_class(x->type.elem) == ELEM_CLASS_FLOAT && elem_class(to) != ELEM_CLASS_FLOAT)) {
        if (x->type.elem == ELEM_I64 && to == ELEM_I64)
            return x;
        return ir_const(b, to, real_of(x));
    }
    if (x->op == OP_CONVERT && keeps_all(x->in[0]->type.elem, x->type.elem) && x->in[0]->type.elem == to)
        return x->in[0];
    return NULL;
}

static Node *fold_unary(Builder *b, Op op, Node *x, const Attr *attr)
{
    switch ((int)op) {
    case OP_NEG:
        if (x->op == OP_NEG)
            return x->in[0];
        if (x->op == OP_CONST)
            return elem_class(x->type.elem) == ELEM_CLASS_FLOAT ? ir_const(b, x->type.elem, -x->attr.r)
                   : x->type.elem == ELEM_I64                   ? ir_int(b, -x->attr.i)
                                                                : NULL;
        return NULL;
    case OP_NOT:
        if (x->op == OP_NOT)
            return x->in[0];
        return x->op == OP_CONST ? ir_const(b, ELEM_BOOL, !x->attr.i) : NULL;
    case OP_SQRT:
        return x->op == OP_CONST && x->attr.r >= 0 ? ir_const(b, x->type.elem, sqrt(x->attr.r)) : NULL;
    case OP_CONVERT: return fold_convert(b, x, attr->elem);
    case OP_FILL: return x->type.guard ? NULL : x;
    default: return NULL;
    }
}

// A sum over axes along which the operand only repeats is a product with their size.
static Node *fold_sum(Builder *b, Node *x, const Attr *attr)
{
    if (x->op != OP_EXPAND || x->type.guard)
        return NULL;
    AxisSet more = axes_of(b->program->arena, x->attr.ax, x->attr.nax), left;
    Axis   *rest[64];
    int     n = 0;
    Node   *times = ir_int(b, 1);
    for (int i = 0; i < attr->nax; i++) {
        if (axes_has(more, attr->ax[i]))
            times = ir_binary(b, OP_MUL, times, ir_size(b, attr->ax[i]->size));
        else if (n < 64)
            rest[n++] = attr->ax[i];
    }
    if (n == attr->nax)
        return NULL;
    left = axes_minus(b->program->arena, more, axes_of(b->program->arena, attr->ax, attr->nax));
    Node *y = ir_binary(b, OP_MUL, x->in[0], ir_convert(b, times, x->type.elem));
    y = ir_expand(b, y, left);
    return n ? ir_reduce(b, OP_SUM, y, rest, n) : y;
}

static Node *fold_rename(Builder *b, Node *x, const Attr *a)
{
    if (x->op == OP_CONST)
        return x;
    if (x->op == OP_IOTA && a->nax == 1 && a->ax[0] == x->attr.ax[0])
        return ir_iota(b, a->bx[0]);
    if (x->op != OP_RENAME)
        return NULL;
    Axis *from[64], *to[64];  // through both
    int   n = 0;
    for (int i = 0; i < x->attr.nax; i++) {
        from[n] = x->attr.ax[i];
        to[n] = x->attr.bx[i];
        for (int k = 0; k < a->nax; k++)
            if (a->ax[k] == x->attr.bx[i])
                to[n] = a->bx[k];
        n++;
    }
    for (int k = 0; k < a->nax && n < 64; k++) {
        bool done = false;
        for (int i = 0; i < x->attr.nax; i++)
            done = done || x->attr.bx[i] == a->ax[k];
        if (!done) {
            from[n] = a->ax[k];
            to[n++] = a->bx[k];
        }
    }
    return ir_rename(b, x->in[0], from, to, n);
}

static Node *fold_select(Builder *b, Node **in)
{
    if (in[0]->op == OP_CONST) {
        Node *taken = in[0]->attr.i ? in[1] : in[2], *other = in[0]->attr.i ? in[2] : in[1];
        return taken->type.guard ? NULL : ir_expand(b, taken, other->type.axes);
    }
    return NULL;
}

Node *fold(Builder *b, Op op, Node **in, int nin, const Attr *attr)
{
    OpClass class = op_info(op)->class;
    if (class == OPC_REDUCE && op != OP_CUMSUM && attr->nax == 0 && nin == 1 && op != OP_ARGMAX && op != OP_ARGMIN)
        return in[0];
    if (op == OP_CONTRACT && attr->nax == 0)
        return ir_binary(b, OP_MUL, in[0], in[1]);
    if (op == OP_SUM)
        return fold_sum(b, in[0], attr);
    if (op == OP_RENAME)
        return fold_rename(b, in[0], attr);
    if (op == OP_EXPAND && in[0]->op == OP_EXPAND) {
        AxisSet all = axes_union(b->program->arena, axes_of(b->program->arena, attr->ax, attr->nax),
                                 axes_of(b->program->arena, in[0]->attr.ax, in[0]->attr.nax));
        return ir_expand(b, in[0]->in[0], all);
    }
    if (op == OP_SELECT)
        return fold_select(b, in);
    if (class == OPC_MAP && nin == 1)
        return fold_unary(b, op, in[0], attr);
    if (class == OPC_MAP && nin == 2 && op != OP_GUARD)
        return fold_binary(b, op, in);
    if (op == OP_GUARD && is_const(in[1], 1))
        return in[0];
    return NULL;
}
