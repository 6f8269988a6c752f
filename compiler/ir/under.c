// What one side of a choice computes, under the choice's condition: position by position, nothing is looked at where
// the condition does not hold. What an operation along an axis of the condition takes in (a sum, an index) it takes
// whole, and so is what was there before the choice.
#include "ir/ir.h"

typedef struct {
    Builder *b;
    Node    *guard;
    int      since;   // nodes that are older stand outside of the choice
    Map     *done;
} Under;

static bool in_guard(const Under *u, Axis *const *ax, int n)
{
    for (int i = 0; i < n; i++)
        if (axes_has(u->guard->type.axes, ax[i]))
            return true;
    return false;
}

static bool stays(const Under *u, const Node *n)
{
    OpClass c = op_info(n->op)->class;
    return n->id < u->since || n->home != u->b->region || c == OPC_LEAF || c == OPC_REGION ||
           in_guard(u, n->attr.ax, n->attr.nax) || in_guard(u, n->attr.bx, n->attr.nbx);
}

static Node *guarded_here(Under *u, Node *n)
{
    if (n->op == OP_CONST || !axes_contains(n->type.axes, u->guard->type.axes))
        return n;
    return ir_guard(u->b, n, u->guard);
}

static Node *under(Under *u, Node *n)
{
    Node *done = map_get(u->done, n);
    if (done || elem_class(n->type.elem) != ELEM_CLASS_FLOAT)
        return done ? done : n;
    if (stays(u, n)) {
        done = guarded_here(u, n);
    } else {
        Node **in = ARENA_ARRAY(u->b->program->arena, Node *, n->nin + 1);
        for (int i = 0; i < n->nin; i++)
            in[i] = under(u, n->in[i]);
        Span where = u->b->where;
        u->b->where = n->where;
        done = ir_make(u->b, n->op, in, n->nin, &n->attr);
        u->b->where = where;
    }
    map_put(u->done, n, done);
    return done;
}

Node *ir_under(Builder *b, Node *n, Node *guard, int since)
{
    Under u = {b, guard, since, map_new(b->program->arena)};
    return under(&u, n);
}
