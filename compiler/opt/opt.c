// One walk from the outputs: each node is copied, or what a rule of the table makes of it.
#include "opt/opt.h"

#include "ir/region.h"
#include "opt/rule.h"

// sum[k](a * b), where both have k, is a contraction.
static Node *sum_of_product(Rewrite *r, const Node *n, Node *const *in)
{
    Node   *x = in[0];
    AxisSet ax = axes_of(r->b.program->arena, n->attr.ax, n->attr.nax);
    if (n->op != OP_SUM || x->op != OP_MUL || x->type.guard || !axes_contains(x->in[0]->type.axes, ax) ||
        !axes_contains(x->in[1]->type.axes, ax) || elem_class(x->type.elem) != ELEM_CLASS_FLOAT)
        return NULL;
    AxisSet left = axes_minus(r->b.program->arena, x->in[0]->type.axes, x->in[1]->type.axes);
    AxisSet right = axes_minus(r->b.program->arena, x->in[1]->type.axes, x->in[0]->type.axes);
    if (!left.n || !right.n)  // no matrix product: one loop does it
        return NULL;
    return ir_contract(&r->b, x->in[0], x->in[1], n->attr.ax, n->attr.nax);
}

// Element-wise operations repeat their operands by themselves.
static Node *expand_of_operand(Rewrite *r, const Node *n, Node *const *in)
{
    Node *bare[3];
    bool  any = false;
    if (op_info(n->op)->class != OPC_MAP || n->op == OP_GUARD || n->nin < 2 || n->nin > 3)
        return NULL;
    AxisSet axes = {0};
    for (int i = 0; i < n->nin; i++) {
        bool expanded = in[i]->op == OP_EXPAND && !in[i]->type.guard;
        bare[i] = expanded ? in[i]->in[0] : in[i];
        any = any || expanded;
        axes = axes_union(r->b.program->arena, axes, bare[i]->type.axes);
    }
    if (!any)
        return NULL;
    Node *y = ir_make(&r->b, n->op, bare, n->nin, &n->attr);
    return y->type.guard ? NULL : ir_expand(&r->b, y, n->type.axes);
}

static const struct {
    const char *name, *what;
    RuleFn     *rule;
} rules[] = {
    {"contract", "a sum of a product of two is a contraction", sum_of_product},
    {"repeat", "what an element-wise operation repeats by itself is not repeated before", expand_of_operand},
    {"convolve", "a scatter of a product at affine positions is a product of what is read from there", opt_convolve},
};

static Node *rewritten(Rewrite *r, Node *n)
{
    Node *done = map_get(r->map, n);
    if (done)
        return done;
    Node **in = ARENA_ARRAY(r->b.program->arena, Node *, n->nin + 1);
    for (int i = 0; i < n->nin; i++)
        in[i] = rewritten(r, n->in[i]);
    Node *maker[16];
    for (int i = region_makers(n, maker, 16); i > 0; i--)
        rewritten(r, maker[i - 1]);
    r->b.where = n->where;
    for (size_t i = 0; i < sizeof rules / sizeof *rules && !done; i++)
        done = rules[i].rule(r, n, in);
    if (!done)
        done = ir_copy_node(&r->b, n, in);
    map_put(r->map, n, done);
    return done;
}

const Program *opt_simplify(const Program *p)
{
    Program *q = program_new(p->arena, p->names, p->sizes, p->axes, p->name);
    Rewrite  r = {builder_new(q), map_new(p->arena)};
    for (int i = 0; i < p->inputs.n; i++) {
        const Input *in = &p->inputs.at[i];
        map_put(r.map, in->node, ir_input(&r.b, in->name, in->kind, in->node->type.elem, in->node->type.axes, in->order));
    }
    for (int i = 0; i < p->outputs.n; i++) {
        const Output *o = &p->outputs.at[i];
        program_output(q, o->name, rewritten(&r, o->node), o->alias, o->order);
    }
    return q;
}
