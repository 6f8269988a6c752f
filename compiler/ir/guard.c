// Guards on their way through operations: products intersect them, reductions end them, views carry them along.
#include "ir/fold.h"

static Node *conjunction(Builder *b, Node *g, Node *h)
{
    if (!g || !h || g == h)
        return g ? g : h;
    return ir_binary(b, OP_AND, g, h);
}

static bool is_negation(const Node *g, const Node *c)
{
    return (g->op == OP_NOT && g->in[0] == c) || (c->op == OP_NOT && c->in[0] == g);
}

// A side of a select drops the guard that its condition stands for.
static Node *side_guard(Node *g, const Node *c, bool yes)
{
    if (!g || (yes ? g == c : is_negation(g, c)))
        return NULL;
    return g;
}

static Node *mapped(Builder *b, Node **in, int nin)
{
    Node *g = NULL;
    for (int i = 0; i < nin; i++)
        g = conjunction(b, g, in[i]->type.guard);
    return g;
}

static Node *through_view(Builder *b, Op op, Node *g, const Attr *a)
{
    Axis *from[64], *to[64];
    int   n = 0;
    if (!g)
        return NULL;
    if (op == OP_RENAME) {
        for (int i = 0; i < a->nax; i++)
            if (axes_has(g->type.axes, a->ax[i])) {
                from[n] = a->ax[i];
                to[n++] = a->bx[i];
            }
        return ir_rename(b, g, from, to, n);
    }
    if (op == OP_SPLIT)
        return axes_has(g->type.axes, a->ax[0]) ? ir_split(b, g, a->ax[0], a->bx, a->nbx) : g;
    if (op == OP_MERGE) {
        AxisSet group = axes_of(b->program->arena, a->ax, a->nax);
        if (!axes_intersect(b->program->arena, g->type.axes, group).n)
            return g;
        return ir_merge(b, ir_expand(b, g, group), a->ax, a->nax, a->bx[0]);
    }
    return g;
}

static bool mentions(const Node *g, const Attr *a)
{
    for (int i = 0; g && i < a->nax; i++)
        if (axes_has(g->type.axes, a->ax[i]))
            return true;
    return false;
}

// The guard at the positions; out of range the else value stands, which is defined.
static Node *indexed(Builder *b, Node *g, Node **in, const Attr *a)
{
    Axis *ax[64];
    Node *pos[64];
    int   n = 0;
    for (int i = 0; g && i < a->nax; i++)
        if (axes_has(g->type.axes, a->ax[i])) {
            ax[n] = a->ax[i];
            pos[n++] = in[1 + i];
        }
    if (!n)
        return g;
    return ir_index(b, g, ax, pos, n, a->i ? ir_const(b, ELEM_BOOL, 1) : NULL);
}

Node *guard_of(Builder *b, Op op, Node **in, int nin, const Attr *attr, AxisSet axes)
{
    switch (op_info(op)->class) {
    case OPC_LEAF:
    case OPC_REGION: return NULL;
    case OPC_MAP:
        if (op == OP_FILL)
            return NULL;
        if (op == OP_GUARD)
            return conjunction(b, in[0]->type.guard, in[1]);
        if (op == OP_SELECT)
            return conjunction(b, conjunction(b, in[0]->type.guard, side_guard(in[1]->type.guard, in[0], true)),
                               side_guard(in[2]->type.guard, in[0], false));
        return mapped(b, in, nin);
    case OPC_SHAPE: return op == OP_CONCAT ? NULL : through_view(b, op, in[0]->type.guard, attr);
    case OPC_REDUCE: {
        Node *g = mapped(b, in, nin);
        if (op == OP_CUMSUM)
            return NULL;
        return g && axes_contains(axes, g->type.axes) && !mentions(g, attr) ? g : NULL;
    }
    case OPC_INDEX: return op == OP_INDEX ? indexed(b, in[0]->type.guard, in, attr) : NULL;
    }
    return NULL;
}

void guard_operands(Builder *b, Op op, Node **in)
{
    if ((op != OP_ADD && op != OP_SUB) || !in[0]->type.guard == !in[1]->type.guard)
        return;
    in[0] = ir_fill(b, in[0]);
    in[1] = ir_fill(b, in[1]);
}
