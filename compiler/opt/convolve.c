// The transpose of a convolution is a convolution. A scatter at positions a * s + rest, s an axis that is summed, is read
// from its targets: target t takes from s = (t - rest) / a, where that is whole and in range. Of a product one factor
// alone has s: it is read there, and the product is made afterwards, so that its array with all windows is never stored.
#include "opt/rule.h"

// The coefficient of the position along `s` in an affine expression; false: it is none.
static bool coefficient(const Node *n, const Axis *s, int64_t *out)
{
    int64_t l, r;
    *out = 0;
    if (!axes_has(n->type.axes, s))
        return true;
    switch ((int)n->op) {
    case OP_IOTA: return *out = 1, true;
    case OP_EXPAND: return coefficient(n->in[0], s, out);
    case OP_NEG:
        if (!coefficient(n->in[0], s, &l))
            return false;
        *out = -l;
        return true;
    case OP_ADD:
    case OP_SUB:
        if (!coefficient(n->in[0], s, &l) || !coefficient(n->in[1], s, &r))
            return false;
        *out = n->op == OP_ADD ? l + r : l - r;
        return true;
    case OP_MUL: {
        int     k = n->in[0]->op == OP_CONST ? 0 : 1;
        int64_t c = n->in[k]->op == OP_CONST ? n->in[k]->attr.i : 0;
        if (c < -64 || c > 64 || !c || !coefficient(n->in[!k], s, &l))
            return false;
        *out = c * l;
        return true;
    }
    default: return false;
    }
}

// An affine expression where s is 0.
static Node *at_origin(Builder *b, Node *n, const Axis *s)
{
    Node *in[2];
    if (!axes_has(n->type.axes, s))
        return n;
    if (n->op == OP_IOTA)
        return ir_int(b, 0);
    if (n->op == OP_EXPAND)
        return at_origin(b, n->in[0], s);
    for (int i = 0; i < n->nin; i++)
        in[i] = at_origin(b, n->in[i], s);
    return n->nin == 1 ? ir_unary(b, n->op, in[0]) : ir_binary(b, n->op, in[0], in[1]);
}

// A scatter of a product turned round: for each target the axis along which `read` is read instead.
typedef struct {
    Builder    *b;
    const Node *scatter;
    Node       *read, *other;
    AxisSet     summed;
    Axis      **along;
    int64_t    *step;
} Turned;

static int64_t guess(const Axis *a)
{
    int64_t size;
    return size_is_const(a->size, &size) ? size : 64;
}

static bool is_free(const Turned *t, const Axis *s, int target)
{
    for (int k = 0; k < t->scatter->attr.nbx; k++)
        if (k != target && axes_has(t->scatter->in[1 + k]->type.axes, s))
            return false;
    return axes_has(t->summed, s) && axes_has(t->read->type.axes, s) && !axes_has(t->other->type.axes, s);
}

// The longest axis that will do: it is the image's rather than the kernel's.
static bool choose(Turned *t, int target)
{
    const Node *pos = t->scatter->in[1 + target];
    Axis       *best = NULL;
    int64_t     a;
    for (int i = 0; i < pos->type.axes.n; i++) {
        Axis *s = pos->type.axes.at[i];
        if (!is_free(t, s, target) || !coefficient(pos, s, &a) || !a || (best && guess(s) <= guess(best)))
            continue;
        best = s;
        t->step[target] = a;
    }
    t->along[target] = best;
    return best && (t->scatter->attr.bx[target] == best || (!axes_has(t->read->type.axes, t->scatter->attr.bx[target]) &&
                                                            !axes_has(t->other->type.axes, t->scatter->attr.bx[target])));
}

static double weight(const Turned *t)
{
    double w = 1;
    for (int k = 0; k < t->scatter->attr.nbx; k++)
        w *= (double)guess(t->along[k]);
    return w;
}

static bool turn(Turned *t, Builder *b, const Node *scatter, Node *const *factor, int which)
{
    Arena *a = b->program->arena;
    int    n = scatter->attr.nbx;
    *t = (Turned){b, scatter, factor[which], factor[!which], axes_of(a, scatter->attr.ax, scatter->attr.nax),
                  ARENA_ARRAY(a, Axis *, n + 1), ARENA_ARRAY(a, int64_t, n + 1)};
    for (int k = 0; k < n; k++)
        if (!choose(t, k))
            return false;
    return true;
}

// Where a target reads: (t - rest) / a, or -1 where that is not whole.
static Node *place(const Turned *t, Node *pos, int target)
{
    Builder *b = t->b;
    int64_t  a = t->step[target];
    Node    *rest = at_origin(b, pos, t->along[target]);
    Node    *d = ir_binary(b, OP_SUB, ir_iota(b, t->scatter->attr.bx[target]), rest);
    if (a < 0)
        d = ir_unary(b, OP_NEG, d);
    if (a == 1 || a == -1)
        return d;
    Node *size = ir_int(b, a < 0 ? -a : a);
    Node *whole = ir_binary(b, OP_EQ, ir_binary(b, OP_IMOD, d, size), ir_int(b, 0));
    return ir_select(b, whole, ir_binary(b, OP_IDIV, d, size), ir_int(b, -1));
}

static Node *sum_alone(Builder *b, Node *x, AxisSet summed, const Node *other)
{
    AxisSet alone = axes_minus(b->program->arena, axes_intersect(b->program->arena, summed, x->type.axes), other->type.axes);
    return ir_reduce(b, OP_SUM, x, alone.at, alone.n);
}

Node *opt_convolve(Rewrite *r, const Node *n, Node *const *in)
{
    Builder *b = &r->b;
    Arena   *a = b->program->arena;
    Node    *x = in[0];
    Turned   t[2];
    if (n->op != OP_SCATTER_ADD || x->op != OP_CONTRACT || x->type.guard)
        return NULL;
    for (int k = 0; k < n->attr.nbx; k++)
        if (in[1 + k]->type.guard)
            return NULL;
    Node new = *n;
    new.in = (Node **)in;
    bool can[2] = {turn(&t[0], b, &new, x->in, 0), turn(&t[1], b, &new, x->in, 1)};
    if (!can[0] && !can[1])
        return NULL;
    const Turned *u = can[0] && (!can[1] || weight(&t[0]) >= weight(&t[1])) ? &t[0] : &t[1];
    Node        **pos = ARENA_ARRAY(a, Node *, n->attr.nbx + 1);
    for (int k = 0; k < n->attr.nbx; k++)
        pos[k] = place(u, in[1 + k], k);
    AxisSet summed = axes_union(a, axes_minus(a, u->summed, axes_of(a, u->along, n->attr.nbx)),
                                axes_of(a, x->attr.ax, x->attr.nax));
    Node   *read = ir_index(b, u->read, u->along, pos, n->attr.nbx, ir_const(b, x->type.elem, 0));
    read = sum_alone(b, read, summed, u->other);
    Node   *other = sum_alone(b, u->other, summed, read);
    AxisSet both = axes_intersect(a, summed, axes_intersect(a, read->type.axes, other->type.axes));
    Node   *out = ir_contract(b, read, other, both.at, both.n);
    return axes_equal(out->type.axes, n->type.axes) ? out : NULL;
}
