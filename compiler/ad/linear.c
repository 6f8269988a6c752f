#include "ad/linear.h"

bool is_float(const Node *n) { return elem_class(n->type.elem) == ELEM_CLASS_FLOAT; }

Node *placeholder(Builder *b, const Node *like)
{
    Node *n = ARENA_NEW(b->program->arena, Node);
    n->op = OP_PARAM;
    n->id = b->program->node_count++;
    n->type = like->type;
    n->in = ARENA_ARRAY(b->program->arena, Node *, 1);
    n->home = b->region;
    n->where = like->where;
    return n;
}

Map *dependents(Builder *b, const Region *r, Node *const *from, int n)
{
    Map *m = map_new(b->program->arena);
    for (int i = 0; i < n; i++)
        map_put(m, from[i], from[i]);
    for (int i = 0; i < r->nodes.n; i++) {
        Node *x = r->nodes.at[i];
        for (int k = 0; k < x->nin; k++)
            if (map_get(m, x->in[k])) {
                map_put(m, x, x);
                break;
            }
    }
    return m;
}

void prune(Builder *b, Region *r, Node *const *held, int n)
{
    Map *gone = dependents(b, r, held, n);
    int  kept = 0;
    for (int i = 0; i < r->nodes.n; i++)
        if (!map_get(gone, r->nodes.at[i]))
            r->nodes.at[kept++] = r->nodes.at[i];
    r->nodes.n = kept;
}

Node *at_type_of(Builder *b, Node *x, const Node *like)
{
    x = ir_expand(b, x, like->type.axes);
    if (!like->type.guard || x->type.guard == like->type.guard)
        return like->type.guard ? x : ir_fill(b, x);
    Node *y = ir_guard(b, x, like->type.guard);  // a narrower guard ends here: where it does not hold, x is zero
    return y->type.guard == like->type.guard ? y : ir_guard(b, ir_fill(b, x), like->type.guard);
}

void no_rule(Diags *d, const Node *n, const char *direction)
{
    Diag *g = diag_report(d, DIAG_E0701, n->where, "`%s` has no derivative%s", op_info(n->op)->text, direction);
    diag_help(g, "`stop(…)` takes a value as a constant");
}
