// Host tensors and the seed on their way into a program under construction.
#include <string.h>

#include "sema/step.h"

static Node *input_on_top(Sema *s, Builder *top, Name name, InputKind kind, Elem elem, AxisSet axes, Axis **order)
{
    Region *inner = top->region;
    top->region = top->program->main;
    Node *n = ir_input(top, name, kind, elem, axes, order);
    top->region = inner;
    (void)s;
    return n;
}

static Node *input_of(Sema *s, const Value *v)
{
    Imports *im = s->imports;
    for (int i = 0; i < im->values.n; i++)
        if (im->values.at[i]->host == v->host)
            return im->nodes.at[i];
    InputKind kind = v->leaf ? INPUT_PARAMETER : INPUT_DATA;
    Name      name = name_format(s->names, "in%d", im->values.n);
    Node     *n = input_on_top(s, im->top, name, kind, v->host->elem, axes_of(s->arena, v->host->ax, v->host->n), v->host->ax);
    Value    *copy = ARENA_NEW(s->arena, Value);
    *copy = *v;
    vec_push(s->arena, &im->values, copy);
    vec_push(s->arena, &im->nodes, n);
    return n;
}

Node *imports_node(Sema *s, const Value *v)
{
    Node       *n = input_of(s, v);
    HostTensor *g = v->host->guard;
    return g ? ir_guard(s->b, n, input_of(s, tensor_value(s, g, v->where))) : n;
}

Node *seed_input(const Program *p)
{
    for (int i = 0; i < p->inputs.n; i++)
        if (!strcmp(p->inputs.at[i].name, "#seed"))
            return p->inputs.at[i].node;
    return NULL;
}

Node *seed_node(Sema *s)
{
    if (s->seed)
        return value_node(s, s->seed);
    Node   *have = seed_input(s->b->program);
    Builder top = *s->b;
    return have ? have : input_on_top(s, &top, name_of(s->names, "#seed"), INPUT_SCALAR, ELEM_I64, (AxisSet){0}, NULL);
}
