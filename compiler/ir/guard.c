// Guards on their way through operations: products intersect them, reductions end them, views carry
// them along.
#include "ir/fold.h"

bool guard_implies(const Node *g, const Node *c)
{
    if (!g || g == c)
        return g != NULL;
    return g->op == OP_AND && (guard_implies(g->in[0], c) || guard_implies(g->in[1], c));
}

static Node *conjunction(Builder *b, Node *g, Node *h)
{
    if (!g || !h || g == h)
        return g ? g : h;
    return ir_binary(b, OP_AND, g, h);
}

// A condition that has a guard of its own is filled where it becomes one: where it is there, it is
// the same.
static const Node *unfilled(const Node *g) { return g->op == OP_FILL ? g->in[0] : g; }

static bool is_negation(const Node *g, const Node *c)
{
    return (g->op == OP_NOT && unfilled(g->in[0]) == unfilled(c)) ||
           (c->op == OP_NOT && unfilled(c->in[0]) == unfilled(g));
}

// The guard of a select's side without the parts that its condition stands for.
static Node *side_guard(Builder *b, Node *g, const Node *c, bool yes)
{
    if (!g || (yes ? unfilled(g) == unfilled(c) : is_negation(unfilled(g), c)))
        return NULL;
    if (g->op != OP_AND)
        return g;
    return conjunction(b, side_guard(b, g->in[0], c, yes), side_guard(b, g->in[1], c, yes));
}

Node *ir_guard_without(Builder *b, Node *g, const Node *part)
{
    if (!g || g == part)
        return NULL;
    return g->op == OP_AND ? conjunction(b, ir_guard_without(b, g->in[0], part), ir_guard_without(b, g->in[1], part)) : g;
}

static Node *of_all(Builder *b, Node **in, int nin)
{
    Node *g = NULL;
    for (int i = 0; i < nin; i++)
        g = conjunction(b, g, in[i]->type.guard);
    return g;
}

static bool mentions(const Node *g, const Attr *a)
{
    for (int i = 0; g && i < a->nax; i++)
        if (axes_has(g->type.axes, a->ax[i]))
            return true;
    return false;
}

static Node *through_view(Builder *b, Op op, Node *g, const Attr *a)
{
    if (!g || op == OP_EXPAND || !mentions(g, a))
        return g;
    if (op == OP_RENAME)
        return ir_rename(b, g, a->ax, a->bx, a->nax);
    if (op == OP_SPLIT)
        return ir_split(b, g, a->ax[0], a->bx, a->nbx);
    return ir_merge(b, ir_expand(b, g, axes_of(b->program->arena, a->ax, a->nax)), a->ax, a->nax,
                    a->bx[0]);
}

// The guard at the positions; where one is out of range the else value stands, which is defined.
// Where a position is absent there is nothing: guards have no guards themselves.
static Node *indexed(Builder *b, Node *g, Node **in, const Attr *a)
{
    if (!g || !mentions(g, a))
        return g;
    if (a->i)  // one position out of range is enough: all are needed
        return ir_fill(b, ir_index(b, ir_expand(b, g, axes_of(b->program->arena, a->ax, a->nax)),
                                   a->ax, in + 1, a->nax, ir_const(b, ELEM_BOOL, 1)));
    Axis **ax = ARENA_ARRAY(b->program->arena, Axis *, a->nax);
    Node **pos = ARENA_ARRAY(b->program->arena, Node *, a->nax);
    int    n = 0;
    for (int i = 0; i < a->nax; i++)
        if (axes_has(g->type.axes, a->ax[i])) {
            ax[n] = a->ax[i];
            pos[n++] = in[1 + i];
        }
    return ir_fill(b, ir_index(b, g, ax, pos, n, NULL));
}

static Node *of_map(Builder *b, Op op, Node **in, int nin)
{
    if (op == OP_FILL)
        return NULL;
    if (op == OP_GUARD)
        return conjunction(b, in[0]->type.guard, in[1]);
    if (op != OP_SELECT)
        return of_all(b, in, nin);
    Node *sides = conjunction(b, side_guard(b, in[1]->type.guard, in[0], true),
                              side_guard(b, in[2]->type.guard, in[0], false));
    return conjunction(b, in[0]->type.guard, sides);
}

Node *guard_of(Builder *b, Op op, Node **in, int nin, const Attr *attr)
{
    switch (op_info(op)->class) {
    case OPC_LEAF:
    case OPC_REGION: return NULL;
    case OPC_MAP: return of_map(b, op, in, nin);
    case OPC_SHAPE: return op == OP_CONCAT ? NULL : through_view(b, op, in[0]->type.guard, attr);
    case OPC_LIBRARY: return of_all(b, in, nin);
    case OPC_REDUCE: {
        Node *g = of_all(b, in, nin);
        return mentions(g, attr) ? NULL : g;
    }
    case OPC_INDEX:
        if (op == OP_UPDATE)
            return of_all(b, in, nin);
        return op == OP_INDEX ? conjunction(b, indexed(b, in[0]->type.guard, in, attr),
                                            of_all(b, in + 1, attr->nax))
                              : NULL;
    }
    return NULL;
}

// A position that is absent makes its element absent.
static void guard_source(Builder *b, Node **in, int nin)
{
    for (int i = 1; i < nin; i++)
        if (in[i]->type.guard) {
            in[0] = ir_guard(b, in[0], in[i]->type.guard);
            in[i] = ir_fill(b, in[i]);
        }
}

// Adding something that is there outside the guard too makes zeros of what is not. What lacks an
// axis of the guard only repeats along it, and is there where the other is: `x - max[k](x)` keeps
// the guard of x.
static bool meets_unguarded(const Node *x, const Node *y)
{
    return x->type.guard && !y->type.guard && axes_contains(y->type.axes, x->type.guard->type.axes);
}

void guard_operands(Builder *b, Op op, Node **in, int nin, const Attr *attr)
{
    bool fill[4] = {false};
    for (int i = 0; op_info(op)->class == OPC_LIBRARY && i < nin; i++)
        if (mentions(in[i]->type.guard, attr))
            in[i] = ir_fill(b, in[i]);
    switch ((int)op) {
    case OP_ADD:
    case OP_SUB:
        fill[0] = fill[1] = meets_unguarded(in[0], in[1]) || meets_unguarded(in[1], in[0]);
        break;
    case OP_GUARD: fill[1] = true; break;
    case OP_CUMSUM:
        fill[0] = mentions(in[0]->type.guard, attr);
        break;  // zeros are what a sum skips
    case OP_CHECK:
    case OP_TALLY:
    case OP_ARGSORT: fill[0] = true; break;
    case OP_CONCAT:
        for (int i = 0; i < nin; i++)
            in[i] = ir_fill(b, in[i]);
        return;
    case OP_INDEX:
        if (attr->i)
            in[nin - 1] = ir_fill(b, in[nin - 1]);
        return;
    case OP_SCATTER_ADD:
    case OP_SCATTER_MAX:
    case OP_SCATTER_MIN:
    case OP_SCATTER_PROD: guard_source(b, in, nin); return;
    default: return;
    }
    for (int i = 0; i < nin && i < 4; i++)
        if (fill[i])
            in[i] = ir_fill(b, in[i]);
}
