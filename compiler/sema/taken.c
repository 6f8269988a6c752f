// Whether what is being evaluated takes place: in the side of a choice, behind `and` and `or`, in a turn of a loop that
// other lifted positions still go through. What does not take place checks nothing, and its loops make no turn.
#include "sema/call.h"

void take_only(Sema *s, Value *c)
{
    if (!s->taken)
        s->taken = c;
    else
        s->taken = value_tensor(s, ir_binary(s->b, OP_AND, value_node(s, s->taken), value_node(s, c)), c->where);
}

Node *taken_along(Sema *s, AxisSet keep)
{
    Node   *t = value_node(s, s->taken);
    AxisSet rest = axes_minus(s->arena, t->type.axes, keep);
    return rest.n ? ir_reduce(s->b, OP_ANY, ir_fill(s->b, t), rest.at, rest.n) : t;
}

// Axes that are bound to a header's are the body's own: there the call takes place if any position asks for it.
void taken_inside(Sema *s, const Call *c)
{
    if (!s->taken)
        return;
    Value *v = value_tensor(s, taken_along(s, axes_union(s->arena, s->hidden, c->lifted)), c->where);
    s->taken = rename_leaf(s, v, &c->apart, false);
}
