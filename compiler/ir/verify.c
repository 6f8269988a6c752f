// The verifier: every node against its type rule, its region and its order.
#include "ir/region.h"
#include "ir/rule.h"

typedef struct {
    const Program *program;
    const char    *wrong;
    Map           *seen;
} Verify;

static void say(Verify *v, const Node *n, const char *what)
{
    if (!v->wrong)
        v->wrong = arena_printf(v->program->arena, "node %%%d (%s): %s", n->id,
                                op_info(n->op)->text, what);
}

static void say_number(Verify *v, const Node *n, const char *before, int number, const char *behind)
{
    say(v, n, arena_printf(v->program->arena, "%s %d %s", before, number, behind));
}

static bool is_given(const Node *n)
{
    return n->op == OP_INPUT || n->op == OP_PARAM || n->op == OP_CONST || n->op == OP_TABLE ||
           n->op == OP_CALL;
}

static bool is_region_op(const Node *n)
{
    return op_info(n->op)->class == OPC_REGION && n->op != OP_OUT;
}

static bool same_type(Type a, Type b) { return a.elem == b.elem && axes_equal(a.axes, b.axes); }

static bool axes_sorted(AxisSet s)
{
    for (int i = 1; i < s.n; i++)
        if (s.at[i - 1]->id >= s.at[i]->id)
            return false;
    return true;
}

// Sizes that are not known yet are met when the program runs.
static bool table_fits(Verify *v, const Node *n)
{
    int64_t count = 1, size;
    if (!axes_equal(n->type.axes, axes_of(v->program->arena, n->attr.ax, n->attr.nax)))
        return false;
    for (int i = 0; i < n->attr.nax; i++) {
        if (!size_is_const(n->attr.ax[i]->size, &size))
            return true;
        if (__builtin_mul_overflow(count, size, &count))
            return false;
    }
    return count == n->attr.ndata;
}

static void verify_given(Verify *v, const Node *n)
{
    if (n->op == OP_CONST && n->type.axes.n)
        say(v, n, "a constant has no axes");
    if (n->op != OP_CALL && n->type.guard)
        say(v, n, "a leaf has no guard");
    if (n->op == OP_TABLE && !table_fits(v, n))
        say(v, n, "its values are not as many as its axes have places");
}

static void verify_type(Verify *v, const Node *n)
{
    Type        t;
    const char *why = "";
    if (!axes_sorted(n->type.axes))
        say(v, n, "its axes are not in order");
    if (is_given(n)) {
        verify_given(v, n);
        return;
    }
    if (!rule_type(v->program->arena, n->op, n->in, n->nin, &n->attr, &t, &why))
        say(v, n, arena_printf(v->program->arena, "it needs %s", why));
    else if (!is_region_op(n) && !same_type(t, n->type))
        say(v, n, "its type is not what its rule gives");
}

static void verify_guard(Verify *v, const Node *n)
{
    const Node *g = n->type.guard;
    if (!g)
        return;
    if (g->home != n->home || !map_get(v->seen, g))
        say(v, n, "its guard does not come before it in its region");
    else if (g->type.elem != ELEM_BOOL || !axes_contains(n->type.axes, g->type.axes))
        say(v, n, "its guard is not a bool over some of its axes");
    else if (g->type.guard)
        say(v, n, "its guard has a guard itself");
}

// ---- region operations ----

static void verify_params(Verify *v, const Node *n, const Region *body, int more)
{
    int turn = region_turn(n->op), skip = region_skip(n->op);
    if (body->params.n - turn - more != n->nin - skip) {
        say(v, n, "its operands are not its body's parameters");
        return;
    }
    if (turn && (body->params.at[0]->type.elem != ELEM_I64 || body->params.at[0]->type.axes.n))
        say(v, n, "the first parameter of its body is not an i64[]");
    for (int i = skip; i < n->nin; i++)
        if (!same_type(body->params.at[turn + i - skip]->type, n->in[i]->type))
            say_number(v, n, "operand", i, "is not of its parameter's type");
}

static void verify_results(Verify *v, const Node *n, const Region *body)
{
    bool   carries = n->op == OP_LOOP || n->op == OP_FIX;
    int    ncarry = carries ? (int)n->attr.i : 0, skip = region_skip(n->op);
    Arena *a = v->program->arena;
    if (body->results.n != n->nouts ||
        (n->op == OP_FIX ? n->nouts != ncarry : n->nouts < ncarry)) {
        say(v, n, "its body gives another number of results");
        return;
    }
    for (int i = 0; i < n->nouts; i++) {
        Type t = body->results.at[i]->type;
        if (n->op == OP_LOOP && i >= ncarry)
            t.axes = axes_union(a, t.axes, axes_of(a, n->attr.ax, 1));
        if (!same_type(t, n->outs[i]))
            say_number(v, n, "result", i, "is not of its body's type");
        if (i < ncarry && !same_type(n->outs[i], n->in[skip + i]->type))
            say_number(v, n, "carry", i, "changes its type");
    }
}

static void verify_condition(Verify *v, const Node *n)
{
    const Region *r = n->body[1];
    if (r->results.n != 1 || r->results.at[0]->type.elem != ELEM_BOOL ||
        r->results.at[0]->type.axes.n)
        say(v, n, "its condition does not give one bool[]");
    if (!region_made(n))
        say(v, n, "its axis has a size that it does not make");
}

// A rule takes a cotangent for each float result and gives one for each float operand.
static void verify_rule(Verify *v, const Node *n)
{
    const Region *r = n->body[1];
    int           at = n->nin, k = 0;
    for (int i = 0; i < n->nouts; i++)
        if (elem_class(n->outs[i].elem) == ELEM_CLASS_FLOAT &&
            (at >= r->params.n || !same_type(r->params.at[at++]->type, n->outs[i])))
            say_number(v, n, "result", i, "has no cotangent in its rule");
    for (int i = 0; i < n->nin; i++)
        if (elem_class(n->in[i]->type.elem) == ELEM_CLASS_FLOAT &&
            (k >= r->results.n || !same_type(r->results.at[k++]->type, n->in[i]->type)))
            say_number(v, n, "operand", i, "gets no cotangent from its rule");
    verify_params(v, n, r, r->params.n - n->nin);
}

static void verify_region(Verify *v, const Region *r, const Region *outer);

static void verify_region_op(Verify *v, const Node *n)
{
    bool two = n->op == OP_BRANCH, one = n->op == OP_FIX;
    if (!n->body[0] || (two && !n->body[1]) || (one && n->body[1])) {
        say(v, n, "it has the wrong number of bodies");
        return;
    }
    for (int k = 0; k < 2 && n->body[k] && !v->wrong; k++)
        verify_region(v, n->body[k], n->home);
    if (v->wrong)
        return;
    verify_params(v, n, n->body[0], 0);
    verify_results(v, n, n->body[0]);
    if (n->op == OP_RUN && n->body[1] && !v->wrong) {
        verify_rule(v, n);
    } else if (n->body[1] && !v->wrong) {
        verify_params(v, n, n->body[1], 0);
        if (n->op == OP_BRANCH)
            verify_results(v, n, n->body[1]);
        else
            verify_condition(v, n);
    }
}

// ---- regions ----

static void verify_node(Verify *v, const Node *n, const Region *r)
{
    if (n->home != r)
        say(v, n, "it stands in a region that is not its home");
    if (n->op == OP_PARAM || map_get(v->seen, n))
        say(v, n, "it stands twice in its region");
    if (n->id < 0 || n->id >= v->program->node_count)
        say(v, n, "its number is not of this program");
    for (int i = 0; i < n->nin; i++)
        if (!map_get(v->seen, n->in[i]) || n->in[i]->home != r)
            say_number(v, n, "operand", i, "does not come before it in its region");
    if (v->wrong)
        return;
    verify_guard(v, n);
    verify_type(v, n);
    if (is_region_op(n) && !v->wrong)
        verify_region_op(v, n);
    map_put(v->seen, n, (void *)(uintptr_t)n);
}

static void verify_region(Verify *v, const Region *r, const Region *outer)
{
    for (int i = 0; i < r->params.n; i++) {
        const Node *p = r->params.at[i];
        if (p->op != OP_PARAM || p->home != r || map_get(v->seen, p))
            say(v, p, "it is not a parameter of its region");
        map_put(v->seen, p, (void *)(uintptr_t)p);
    }
    for (int i = 0; i < r->nodes.n && !v->wrong; i++)
        verify_node(v, r->nodes.at[i], r);
    for (int i = 0; i < r->results.n; i++) {
        const Node *n = r->results.at[i];
        if (n->home != r || !map_get(v->seen, n))
            say(v, n, "a result from another region");
        else if (n->type.guard)
            say(v, n, "a result with a guard");
    }
    if (r->outer != outer && r->nodes.n)
        say(v, r->nodes.at[0], "its region stands in another");
}

static void verify_inputs(Verify *v)
{
    const Program *p = v->program;
    for (int i = 0; i < p->inputs.n; i++) {
        const Node *n = p->inputs.at[i].node;
        if (n->op != OP_INPUT || n->home != p->main || !map_get(v->seen, n))
            say(v, n, "it is listed as an input");
    }
}

static void verify_outputs(Verify *v)
{
    const Program *p = v->program;
    for (int i = 0; i < p->outputs.n; i++) {
        const Output *o = &p->outputs.at[i];
        if (o->node->home != p->main || !map_get(v->seen, o->node))
            say(v, o->node, "an output that the program does not make");
        else if (o->node->type.guard)
            say(v, o->node, "an output with a guard");
        else if (o->alias >= p->inputs.n ||
                 (o->alias >= 0 && !same_type(o->node->type, p->inputs.at[o->alias].node->type)))
            say(v, o->node, "an output that takes over an input of another type");
    }
}

const char *program_verify(const Program *p)
{
    Verify v = {p, NULL, map_new(p->arena)};
    verify_region(&v, p->main, NULL);
    verify_inputs(&v);
    verify_outputs(&v);
    return v.wrong;
}
