// What is run again for its derivative rather than saved: a RUN (`checkpoint`), a side of a branch, a loop of open
// length inside another loop. Forward mode is a second region operation on the operands and their tangents, which
// computes the values anew and is linear in the tangents; its transpose is a third.
#include "ad/linear.h"
#include "ir/region.h"

enum { MOST = 1024 };

typedef struct {
    Jvp  *j;
    Node *n;
    bool  active[MOST];   // by operand
    Node *moved[MOST];    // by result: n itself; NULL: it does not move
} Aside;

void tangents_from(Jvp *j, Node *n, Node *linear, Node *const *moved, int count)
{
    Node **t = ARENA_ARRAY(j->b->program->arena, Node *, count + 1);
    for (int i = 0, at = 0; i < count; i++)
        if (moved[i])
            t[i] = ir_out(j->b, linear, at++);
    map_put(j->loops, n, t);
}

// The results of n's body `which`, or of n itself, on the parameters `in`.
static void results_on(Builder *b, const Node *n, int which, Node *const *in, Node **out)
{
    const Region *body = n->body[which];
    if (n->op != OP_RUN && n->op != OP_BRANCH) {
        Node *copy = ir_copy_node(b, n, in);
        for (int i = 0; i < n->nouts; i++)
            out[i] = ir_out(b, copy, i);
        return;
    }
    Map *map = map_new(b->program->arena);
    int  skip = region_skip(n->op);
    for (int i = skip; i < n->nin; i++)
        map_put(map, body->params.at[i - skip], in[i]);
    for (int i = 0; i < n->nouts; i++)
        out[i] = ir_copy_graph(b, body->results.at[i], map);
}

// The tangents of the results, in a region that takes the operands and the tangents of those that move. The sides of a
// branch give the same ones: all floats.
static Region *moving_side(Aside *a, int which)
{
    Builder *b = a->j->b;
    Node    *n = a->n, *in[MOST], *wrt[MOST], *dwrt[MOST], *out[MOST], *moved[MOST];
    int      k = 0, skip = region_skip(n->op);
    Region  *r = region_begin(b);
    for (int i = skip; i < n->nin; i++)
        in[i] = region_param(b, n->in[i]->type.elem, n->in[i]->type.axes);
    for (int i = skip; i < n->nin; i++)
        if (a->active[i]) {
            wrt[k] = in[i];
            dwrt[k++] = region_param(b, n->in[i]->type.elem, n->in[i]->type.axes);
        }
    results_on(b, n, which, in, out);
    if (!ad_jvp(b, a->j->diags, out, n->nouts, wrt, dwrt, k, moved))
        a->j->failed = true;
    for (int i = 0; i < n->nouts && !a->j->failed; i++) {
        a->moved[i] = is_float(out[i]) && (n->op == OP_BRANCH || moved[i]) ? n : NULL;
        if (a->moved[i])
            region_result(b, moved[i] ? ir_expand(b, ir_fill(b, moved[i]), out[i]->type.axes)
                                      : ir_zeros_like(b, out[i]));
    }
    region_end(b);
    return r;
}

void jvp_aside(Jvp *j, Node *n)
{
    Aside  *a = ARENA_NEW(j->b->program->arena, Aside);
    Node   *operand[MOST];
    Region *side[2] = {NULL, NULL};
    int     k = 0;
    *a = (Aside){.j = j, .n = n};
    for (int i = 0; i < n->nin; i++)
        a->active[i] = is_float(n->in[i]) && map_get(j->tangent, n->in[i]);
    for (int s = 0; s < (n->op == OP_BRANCH ? 2 : 1); s++)
        side[s] = moving_side(a, s);
    if (j->failed)
        return;
    for (int i = 0; i < n->nin; i++)
        operand[k++] = n->in[i];
    for (int i = 0; i < n->nin; i++)
        if (a->active[i])
            operand[k++] = map_get(j->tangent, n->in[i]);
    Node *linear = n->op == OP_BRANCH ? region_branch(j->b, operand, k, side[0], side[1])
                                      : ir_run(j->b, operand, k, side[0], NULL);
    tangents_from(j, n, linear, a->moved, n->nouts);
}

// ---- a derivative of one's own: body[1] takes cotangents, so forward mode is its transpose ----

static void jvp_of_rule(Jvp *j, Node *n)
{
    Builder *b = j->b;
    Region  *rule = n->body[1];
    Map     *map = map_new(b->program->arena);
    Node    *ct[MOST], *out[MOST], *dx[MOST], *dy[MOST];
    int      nct = 0, nout = 0, k = 0;
    for (int i = 0; i < n->nin; i++)
        map_put(map, rule->params.at[i], n->in[i]);
    for (int i = n->nin; i < rule->params.n; i++) {
        ct[nct] = placeholder(b, rule->params.at[i]);
        map_put(map, rule->params.at[i], ct[nct++]);
    }
    for (int i = 0; i < n->nin; i++)
        if (is_float(n->in[i])) {
            Node *t = map_get(j->tangent, n->in[i]);
            if (t) {
                out[nout] = ir_copy_graph(b, rule->results.at[k], map);
                dx[nout++] = t;
            }
            k++;
        }
    if (!ad_transpose(b, j->diags, out, dx, nout, ct, nct, dy))
        j->failed = true;
    Node **t = ARENA_ARRAY(b->program->arena, Node *, n->nouts + 1);
    for (int i = 0, at = 0; i < n->nouts && !j->failed; i++)
        if (elem_class(n->outs[i].elem) == ELEM_CLASS_FLOAT)
            t[i] = dy[at++];
    map_put(j->loops, n, t);
    prune(b, b->region, ct, nct);
}

void jvp_of_run(Jvp *j, Node *n)
{
    if (n->body[1])
        jvp_of_rule(j, n);
    else
        jvp_aside(j, n);
}

// ---- backward ----

typedef struct {
    Transpose *t;
    Node      *n, **ct;
    bool       linear[MOST];   // by operand
} Back;

static Region *back_side(Back *k, int which)
{
    Builder *b = k->t->b;
    Node    *n = k->n, *in[MOST], *held[MOST], *out[MOST], *ct[MOST], *got[MOST];
    int      nheld = 0, skip = region_skip(n->op);
    Region  *r = region_begin(b);
    for (int i = skip; i < n->nin; i++)
        if (!k->linear[i])
            in[i] = region_param(b, n->in[i]->type.elem, n->in[i]->type.axes);
    for (int i = 0; i < n->nouts; i++)
        ct[i] = k->ct[i] ? region_param(b, n->outs[i].elem, n->outs[i].axes) : NULL;
    for (int i = skip; i < n->nin; i++)
        if (k->linear[i])
            in[i] = held[nheld++] = placeholder(b, n->body[which]->params.at[i - skip]);
    results_on(b, n, which, in, out);
    if (!ad_transpose(b, k->t->diags, out, ct, n->nouts, held, nheld, got))
        k->t->failed = true;
    for (int i = 0; i < nheld; i++)
        region_result(b, got[i] ? got[i] : ir_zeros_like(b, held[i]));
    prune(b, r, held, nheld);
    region_end(b);
    return r;
}

void transpose_of_run(Transpose *t, Node *n)
{
    Back   *k = ARENA_NEW(t->b->program->arena, Back);
    Node   *operand[MOST];
    Region *side[2];
    int     count = 0, skip = region_skip(n->op);
    *k = (Back){.t = t, .n = n, .ct = map_get(t->loops, n)};
    for (int i = skip; i < n->nin; i++)
        k->linear[i] = is_float(n->in[i]) && map_get(t->linear, n->in[i]);
    for (int s = 0; s < (n->op == OP_BRANCH ? 2 : 1); s++)
        side[s] = back_side(k, s);
    if (t->failed)
        return;
    for (int i = 0; i < n->nin; i++)
        if (i < skip || !k->linear[i])
            operand[count++] = n->in[i];
    for (int i = 0; i < n->nouts; i++)
        if (k->ct[i])
            operand[count++] = k->ct[i];
    Node *back = n->op == OP_BRANCH ? region_branch(t->b, operand, count, side[0], side[1])
                                    : ir_run(t->b, operand, count, side[0], NULL);
    for (int i = skip, at = 0; i < n->nin; i++)
        if (k->linear[i])
            cotangent_add(t, n->in[i], ir_out(t->b, back, at++));
}
