// Regions: bodies of loops and branches, closed over what they use from outside.
#include <string.h>

#include "ir/complex.h"
#include "ir/fold.h"
#include "ir/region.h"

Region *region_begin(Builder *b)
{
    Region *r = ARENA_NEW(b->program->arena, Region);
    r->outer = b->region;
    r->merge = map_new(b->program->arena);
    b->region = r;
    return r;
}

static Node *param_new(Builder *b, Region *r, Elem elem, AxisSet axes)
{
    Node *n = node_new(b, OP_PARAM, NULL, 0, NULL, (Type){elem, axes, NULL});
    n->home = r;
    vec_push(b->program->arena, &r->params, n);
    return n;
}

Node *region_param(Builder *b, Elem elem, AxisSet axes)
{
    Type  type = complex_pairs(b, elem, axes);
    Node *n = param_new(b, b->region, type.elem, type.axes);
    b->region->nexplicit = b->region->params.n;
    return n;
}

void region_result(Builder *b, Node *n)
{
    Node *here = ir_fill(b, node_here(b, n));
    vec_push(b->program->arena, &b->region->results, here);
}

void region_end(Builder *b) { b->region = b->region->outer; }

static Node *region_node(Builder *b, Op op, Node *const *in, int nin, const Attr *attr,
                         Region *first, Region *second)
{
    Node *n = node_new(b, op, in, nin, attr, (Type){0});
    if (attr->nax) {
        n->attr.ax = ARENA_ARRAY(b->program->arena, Axis *, attr->nax);
        memcpy(n->attr.ax, attr->ax, sizeof *attr->ax * (size_t)attr->nax);
    }
    n->body[0] = first;
    n->body[1] = second;
    vec_push(b->program->arena, &b->region->nodes, n);
    region_note_maker(b->program->arena, b->region, n);
    return n;
}

static int operands(Builder *b, Node *const *given, int n, const Region *body, Node **out)
{
    int k = 0;
    for (int i = 0; i < n; i++)
        out[k++] = ir_fill(b, node_here(b, given[i]));
    for (int i = 0; i < body->captured.n; i++)
        out[k++] = ir_fill(b, node_here(b, body->captured.at[i]));
    return k;
}

int region_skip(Op op) { return op == OP_BRANCH ? 1 : op == OP_FIX ? 3 : 0; }
int region_turn(Op op) { return op == OP_LOOP; }

SizeVar *region_made(const Node *n)
{
    SizeVar *v = NULL;
    if (n->op == OP_LOOP && n->body[1])
        size_is_var(n->attr.ax[0]->size, &v);
    return v;
}

// What a loop's turns yield is stacked along its axis.
void region_types(Builder *b, Node *n)
{
    const Region *body = n->body[0];
    n->nouts = body->results.n;
    n->outs = ARENA_ARRAY(b->program->arena, Type, n->nouts + 1);
    for (int i = 0; i < n->nouts; i++) {
        Type t = body->results.at[i]->type;
        bool stacked = n->op == OP_LOOP && i >= n->attr.i;
        n->outs[i] = (Type){t.elem, t.axes, NULL};
        if (stacked)
            n->outs[i].axes =
                axes_union(b->program->arena, t.axes, axes_of(b->program->arena, n->attr.ax, 1));
    }
}

// A region operation on the operands given and on what its bodies use from outside.
static Node *region_over(Builder *b, Op op, Node *const *given, int ngiven, const Attr *attr,
                         Region *first, Region *second)
{
    Node **in = ARENA_ARRAY(b->program->arena, Node *, ngiven + first->captured.n + 1);
    int    nin = operands(b, given, ngiven, first, in);
    Node  *n = region_node(b, op, in, nin, attr, first, second);
    region_types(b, n);
    return n;
}

Node *ir_loop(Builder *b, Axis *axis, Node *const *carry, int ncarry, Region *body)
{
    Attr attr = {.ax = &axis, .nax = 1, .i = ncarry};
    body->repeats = true;
    return region_over(b, OP_LOOP, carry, ncarry, &attr, body, NULL);
}

// Gives both regions the same captures, in the same order.
static void share_captures(Builder *b, Region *first, Region *second)
{
    Region *pair[2] = {first, second};
    VEC(Node *) all = {0};
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < pair[k]->captured.n; i++) {
            bool have = false;
            for (int j = 0; j < all.n; j++)
                have = have || all.at[j] == pair[k]->captured.at[i];
            if (!have)
                vec_push(b->program->arena, &all, pair[k]->captured.at[i]);
        }
    for (int k = 0; k < 2; k++) {
        Region *r = pair[k];
        Region  old = *r;
        memset(&r->captured, 0, sizeof r->captured);
        memset(&r->params, 0, sizeof r->params);
        for (int i = 0; i < r->nexplicit; i++)
            vec_push(b->program->arena, &r->params, old.params.at[i]);
        for (int i = 0; i < all.n; i++) {
            Node *p = NULL;
            for (int j = 0; j < old.captured.n; j++)
                p = old.captured.at[j] == all.at[i] ? old.params.at[r->nexplicit + j] : p;
            vec_push(b->program->arena, &r->captured, all.at[i]);
            if (p)
                vec_push(b->program->arena, &r->params, p);
            else
                param_new(b, r, all.at[i]->type.elem, all.at[i]->type.axes);
        }
    }
}

Node *region_while(Builder *b, Axis *axis, Node *const *carry, int ncarry, Region *condition, Region *body)
{
    Attr attr = {.ax = &axis, .nax = 1, .i = ncarry};
    body->repeats = condition->repeats = true;
    share_captures(b, condition, body);
    return region_over(b, OP_LOOP, carry, ncarry, &attr, body, condition);
}

Node *ir_while(Builder *b, Node *const *carry, int ncarry, Region *condition, Region *body)
{
    Program *p = b->program;
    Name     name = name_of(p->names, "turn");
    const Size *turns = size_of_var(p->sizes, size_var_new(p->sizes, name, 0));
    return region_while(b, axis_new(p->axes, name, turns, b->where), carry, ncarry, condition, body);
}

Node *ir_run(Builder *b, Node *const *in, int nin, Region *body, Region *rule)
{
    Attr attr = {.i = nin};
    return region_over(b, OP_RUN, in, nin, &attr, body, rule);
}

Node *ir_fix(Builder *b, const FixRule *rule, Node *const *carry, int ncarry, Region *body)
{
    Node **in = ARENA_ARRAY(b->program->arena, Node *, ncarry + 3);
    Attr   attr = {.ax = rule->own.at, .nax = rule->own.n, .i = ncarry, .flag = rule->relative, .text = rule->place};
    in[0] = rule->tolerance;
    in[1] = rule->most;
    in[2] = rule->wanted ? rule->wanted : ir_const(b, ELEM_BOOL, 1);
    memcpy(in + 3, carry, sizeof *carry * (size_t)ncarry);
    body->repeats = true;
    return region_over(b, OP_FIX, in, ncarry + 3, &attr, body, NULL);
}

Node *region_branch(Builder *b, Node *const *given, int ngiven, Region *yes, Region *no)
{
    Attr attr = {0};
    share_captures(b, yes, no);
    return region_over(b, OP_BRANCH, given, ngiven, &attr, yes, no);
}

Node *ir_branch(Builder *b, Node *condition, Region *yes, Region *no)
{
    return region_branch(b, &condition, 1, yes, no);
}

Node *ir_out(Builder *b, Node *op, int i)
{
    Attr attr = {.i = i};
    return ir_make(b, OP_OUT, &op, 1, &attr);
}
