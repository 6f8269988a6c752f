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

// ---- a derivative of one's own ----
//
// Its tangents are a RUN on the operands and their tangents, which has for its rule the given one; its body, the rule's
// transpose, is what forward mode asks for. A rule that is not linear in the cotangent (one that clips it) has none.

typedef struct {
    Jvp  *j;
    Node *n;
    Node *in[MOST];        // operands, then the tangents of those that move
    int   of[MOST];        // the operand that a tangent belongs to
    int   nin, nmoving;
    Node *ct[MOST];        // of the float results
    int   nct;
    bool  linear;
} Ruled;

static void ruled_params(Ruled *r, Map *map)
{
    for (int i = 0; i < r->nin; i++) {
        Node *p = region_param(r->j->b, r->in[i]->type.elem, r->in[i]->type.axes);
        if (i < r->n->nin)
            map_put(map, r->n->body[1]->params.at[i], p);
        r->in[i] = p;
    }
}

// What the rule gives for operand i: its results are those of the float operands.
static Node *rule_result(const Ruled *r, Map *map, int operand)
{
    int k = 0;
    for (int i = 0; i < operand; i++)
        k += is_float(r->n->in[i]);
    return ir_copy_graph(r->j->b, r->n->body[1]->results.at[k], map);
}

static Region *forward_body(const Ruled *given)
{
    Ruled   *r = ARENA_NEW(given->j->b->program->arena, Ruled);
    Builder *b = given->j->b;
    Arena   *a = b->program->arena;
    Map     *map = map_new(a);
    Node    *out[MOST], *dx[MOST], *dy[MOST];
    *r = *given;
    Region *region = region_begin(b);
    ruled_params(r, map);
    for (int i = r->n->nin; i < r->n->body[1]->params.n; i++) {
        r->ct[r->nct] = placeholder(b, r->n->body[1]->params.at[i]);
        map_put(map, r->n->body[1]->params.at[i], r->ct[r->nct++]);
    }
    for (int i = 0; i < r->nmoving; i++) {
        out[i] = rule_result(r, map, r->of[i]);
        dx[i] = r->in[r->n->nin + i];
    }
    Diags *quiet = diags_new(a);
    bool   ok = ad_transpose(b, quiet, out, dx, r->nmoving, r->ct, r->nct, dy);
    for (int i = 0; i < r->nct; i++)
        region_result(b, ok && dy[i] ? dy[i] : ir_zeros_like(b, r->ct[i]));
    prune(b, region, r->ct, r->nct);
    region_end(b);
    return ok ? region : b->pulling ? region : NULL;
}

static Region *backward_body(const Ruled *given)
{
    Ruled   *r = ARENA_NEW(given->j->b->program->arena, Ruled);
    Builder *b = given->j->b;
    Map     *map = map_new(b->program->arena);
    *r = *given;
    Region *region = region_begin(b);
    ruled_params(r, map);
    for (int i = r->n->nin; i < r->n->body[1]->params.n; i++) {
        const Node *p = r->n->body[1]->params.at[i];
        map_put(map, p, region_param(b, p->type.elem, p->type.axes));
    }
    for (int i = 0; i < r->n->nin; i++)
        if (is_float(r->in[i]))
            region_result(b, ir_zeros_like(b, r->in[i]));
    for (int i = 0; i < r->nmoving; i++)
        region_result(b, rule_result(r, map, r->of[i]));
    region_end(b);
    return region;
}

static void jvp_of_rule(Jvp *j, Node *n)
{
    Ruled *r = ARENA_NEW(j->b->program->arena, Ruled);
    Node  *moved[MOST];
    *r = (Ruled){.j = j, .n = n};
    for (int i = 0; i < n->nin; i++)
        r->in[r->nin++] = n->in[i];
    for (int i = 0; i < n->nin; i++)
        if (is_float(n->in[i]) && map_get(j->tangent, n->in[i])) {
            r->of[r->nmoving++] = i;
            r->in[r->nin++] = map_get(j->tangent, n->in[i]);
        }
    Region *forward = forward_body(r);
    if (!forward) {
        Diag *d = diag_report(j->diags, DIAG_E0701, n->where, "this function's own rule is not linear in the cotangent");
        diag_help(d, "such a rule has a reverse mode (`grad`, `vjp`), and no forward one");
        j->failed = true;
        return;
    }
    Node *linear = ir_run(j->b, r->in, r->nin, forward, backward_body(r));
    linear->attr.flag = true;
    for (int i = 0; i < n->nouts; i++)
        moved[i] = elem_class(n->outs[i].elem) == ELEM_CLASS_FLOAT ? n : NULL;
    tangents_from(j, n, linear, moved, n->nouts);
}

void jvp_of_run(Jvp *j, Node *n)
{
    if (n->body[1] && !n->attr.flag)
        jvp_of_rule(j, n);
    else
        jvp_aside(j, n);
}

// Back through a rule: in the region at hand.
static void pull_by_rule(Transpose *t, Node *n)
{
    Builder *b = t->b;
    Region  *rule = n->body[1];
    Map     *map = map_new(b->program->arena);
    Node   **ct = map_get(t->loops, n);
    int      at = n->nin, k = 0;
    for (int i = 0; i < n->nin; i++)
        map_put(map, rule->params.at[i], map_get(t->linear, n->in[i]) ? ir_zeros_like(b, n->in[i]) : n->in[i]);
    for (int i = 0; i < n->nouts; i++)
        if (elem_class(n->outs[i].elem) == ELEM_CLASS_FLOAT) {
            Node *p = rule->params.at[at++];
            map_put(map, p, ct[i] ? ct[i] : ir_zeros_like(b, p));
        }
    for (int i = 0; i < n->nin; i++)
        if (is_float(n->in[i])) {
            if (map_get(t->linear, n->in[i]))
                cotangent_add(t, n->in[i], ir_copy_graph(b, rule->results.at[k], map));
            k++;
        }
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
    if (n->op == OP_RUN && n->body[1]) {
        pull_by_rule(t, n);
        return;
    }
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
