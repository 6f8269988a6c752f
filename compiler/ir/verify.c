// The verifier: every node against its type rule, its region and its order.
#include "ir/rule.h"

typedef struct {
    const Program *program;
    const char    *wrong;
    Map           *seen;
} Verify;

static void say(Verify *v, const Node *n, const char *what)
{
    if (!v->wrong)
        v->wrong = arena_printf(v->program->arena, "node %%%d (%s): %s", n->id, op_info(n->op)->text, what);
}

static bool is_given(const Node *n)
{
    return n->op == OP_INPUT || n->op == OP_PARAM || n->op == OP_CONST || n->op == OP_TABLE || n->op == OP_CALL;
}

static void verify_region(Verify *v, const Region *r);

static void verify_type(Verify *v, const Node *n)
{
    Type        t;
    const char *why = "";
    if (is_given(n) || (op_info(n->op)->class == OPC_REGION && n->op != OP_OUT))
        return;
    if (!rule_type(v->program->arena, n->op, n->in, n->nin, &n->attr, &t, &why))
        say(v, n, why);
    else if (t.elem != n->type.elem || !axes_equal(t.axes, n->type.axes))
        say(v, n, "its type is not what its rule gives");
    else if (n->type.guard && !axes_contains(n->type.axes, n->type.guard->type.axes))
        say(v, n, "its guard has axes that it has not");
}

static void verify_carries(Verify *v, const Node *n)
{
    const Region *body = n->body[n->op == OP_WHILE];
    int           turn = n->op == OP_LOOP, ncarry = n->op == OP_BRANCH ? 0 : (int)n->attr.i;
    int           skip = n->op == OP_BRANCH;
    if (body->params.n - turn != n->nin - skip) {
        say(v, n, "its operands are not its body's parameters");
        return;
    }
    for (int i = skip; i < n->nin; i++) {
        const Node *p = body->params.at[turn + i - skip];
        if (p->type.elem != n->in[i]->type.elem || !axes_equal(p->type.axes, n->in[i]->type.axes))
            say(v, n, arena_printf(v->program->arena, "operand %d is not of its parameter's type", i));
    }
    for (int i = 0; i < ncarry && i < body->results.n; i++)
        if (body->results.at[i]->type.elem != n->in[i]->type.elem ||
            !axes_equal(body->results.at[i]->type.axes, n->in[i]->type.axes))
            say(v, n, arena_printf(v->program->arena, "carry %d changes its type", i));
}

static void verify_node(Verify *v, const Node *n, const Region *r)
{
    if (n->home != r)
        say(v, n, "it stands in a region that is not its home");
    for (int i = 0; i < n->nin; i++)
        if (!map_get(v->seen, n->in[i]) || n->in[i]->home != r)
            say(v, n, arena_printf(v->program->arena, "operand %d (%%%d) does not come before it in its region", i, n->in[i]->id));
    if (n->type.guard && n->type.guard->home != r)
        say(v, n, "its guard is of another region");
    verify_type(v, n);
    if (op_info(n->op)->class == OPC_REGION && n->op != OP_OUT) {
        for (int k = 0; k < 2; k++)
            if (n->body[k])
                verify_region(v, n->body[k]);
        verify_carries(v, n);
    }
    map_put(v->seen, n, (void *)(uintptr_t)n);
}

static void verify_region(Verify *v, const Region *r)
{
    for (int i = 0; i < r->params.n; i++)
        map_put(v->seen, r->params.at[i], r->params.at[i]);
    for (int i = 0; i < r->nodes.n && !v->wrong; i++)
        verify_node(v, r->nodes.at[i], r);
    for (int i = 0; i < r->results.n; i++)
        if (r->results.at[i]->home != r)
            say(v, r->results.at[i], "a result from another region");
}

const char *program_verify(const Program *p)
{
    Verify v = {p, NULL, map_new(p->arena)};
    verify_region(&v, p->main);
    for (int i = 0; i < p->outputs.n; i++)
        if (p->outputs.at[i].node->home != p->main)
            say(&v, p->outputs.at[i].node, "an output from an inner region");
    return v.wrong;
}
