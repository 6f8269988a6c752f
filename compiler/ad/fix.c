// Fixed points, by the implicit function theorem: at z = F(z, p) the tangent solves dz = A dz + B dp with A and B the
// derivatives of F there, which is a fixed point again, linear in B dp; the start does not matter. Its transpose solves
// w = A' w + ct, and the cotangent of p is B' w. What A and B are made of is computed once, outside of the iteration.
#include <string.h>

#include "ad/linear.h"
#include "ir/region.h"

enum { MOST = 1024 };

// A region in which a derivative is worked out, to be taken apart: what depends on `v` becomes the body of an
// iteration, all else is computed once, where the iteration stands.
typedef struct {
    Builder *b;
    Region  *scratch, *around;
    Map     *outside;      // the scratch's parameters, and what was copied, in the region around
    Node    *v[MOST];
    int      nv;
    Node    *result[MOST]; // by carry; NULL: zero
    Map     *moving;       // what depends on v
} Parts;

static void find_moving(Parts *p) { p->moving = dependents(p->b, p->scratch, p->v, p->nv); }

// A float x that the fixed point takes or gives, where it is wanted: what it is made of, and what is made of it, is not
// looked at elsewhere.
static Node *where_wanted(Builder *b, const Node *fix, Node *x)
{
    Node   *wanted = fix->in[2];
    AxisSet more = axes_minus(b->program->arena, wanted->type.axes, x->type.axes);
    bool    always = wanted->op == OP_CONST || !is_float(x);
    return always ? x : ir_guard(b, x, ir_reduce(b, OP_ANY, wanted, more.at, more.n));
}

// The node that stands outside for x, whatever region is at hand.
static void stands_outside(Parts *p, const Node *fix, Node *x, Node *outside)
{
    Region *here = p->b->region;
    p->b->region = p->around;
    map_put(p->outside, x, where_wanted(p->b, fix, outside));
    p->b->region = here;
}

// A copy outside of what does not depend on v.
static Node *outside_of(Parts *p, Node *x) { return ir_copy_graph(p->b, x, p->outside); }

static void copy_residuals(Parts *p)
{
    for (int i = 0; i < p->scratch->nodes.n; i++) {
        Node *x = p->scratch->nodes.at[i];
        if (!map_get(p->moving, x))
            continue;
        for (int k = 0; k < x->nin; k++)
            if (!map_get(p->moving, x->in[k]))
                outside_of(p, x->in[k]);
        if (x->type.guard && !map_get(p->moving, x->type.guard))
            outside_of(p, x->type.guard);
    }
    for (int i = 0; i < p->nv; i++)
        if (p->result[i] && !map_get(p->moving, p->result[i]))
            outside_of(p, p->result[i]);
}

// v -> A v + more, as a body.
static Region *iteration(Parts *p, Node *const *more)
{
    Builder *b = p->b;
    Map     *map = map_new(b->program->arena);
    for (int i = 0; i < p->scratch->params.n; i++) {
        Node *x = map_get(p->outside, p->scratch->params.at[i]);
        if (x)
            map_put(map, p->scratch->params.at[i], x);
    }
    for (int i = 0; i < p->scratch->nodes.n; i++) {
        Node *x = p->scratch->nodes.at[i], *there = map_get(p->outside, x);
        if (there && !map_get(p->moving, x))
            map_put(map, x, there);
    }
    Region *r = region_begin(b);
    for (int i = 0; i < p->nv; i++)
        map_put(map, p->v[i], region_param(b, p->v[i]->type.elem, p->v[i]->type.axes));
    for (int i = 0; i < p->nv; i++) {
        Node *x = p->result[i] ? ir_copy_graph(b, p->result[i], map) : ir_const(b, p->v[i]->type.elem, 0);
        x = ir_fill(b, x);
        if (more && more[i])
            x = ir_binary(b, OP_ADD, x, more[i]);
        region_result(b, ir_expand(b, x, p->v[i]->type.axes));
    }
    region_end(b);
    return r;
}

// "FILE:3:7: did not come …" becomes "FILE:3:7: of its derivative did not come …".
static Name place_of_derivative(Builder *b, Name place)
{
    static const char of[] = "of its derivative ";
    const char       *rest = place ? strstr(place, ": ") : NULL;
    if (!rest || !strncmp(rest + 2, of, sizeof of - 1))
        return place;
    return name_format(b->program->names, "%.*s%s%s", (int)(rest + 2 - place), place, of, rest + 2);
}

static Node *solve(Parts *p, const Node *n, Node *const *more)
{
    Node   *start[MOST];
    Region *body = iteration(p, more);
    for (int i = 0; i < p->nv; i++)
        start[i] = ir_zeros_like(p->b, n->in[3 + i]);
    FixRule rule = {n->in[0], n->in[1], n->in[2], {n->attr.ax, n->attr.nax}, true, place_of_derivative(p->b, n->attr.text)};
    Span    where = p->b->where;
    p->b->where = n->where;
    Node *fix = ir_fix(p->b, &rule, start, p->nv, body);
    p->b->where = where;
    return fix;
}

static Node *param_like(Builder *b, const Node *x) { return region_param(b, x->type.elem, x->type.axes); }

// ---- forward ----

void jvp_of_fix(Jvp *j, Node *n)
{
    Builder *b = j->b;
    Arena   *a = b->program->arena;
    Parts   *p = ARENA_NEW(a, Parts);
    Map     *map = map_new(a);
    Node    *wrt[MOST], *dwrt[MOST], *out[MOST], *point[MOST];
    int      k = 0;
    *p = (Parts){.b = b, .around = b->region, .nv = (int)n->attr.i, .outside = map_new(a)};
    for (int i = 0; i < p->nv; i++)
        point[i] = ir_out(b, n, i);
    p->scratch = region_begin(b);
    for (int i = 0; i < p->nv; i++) {
        p->v[i] = param_like(b, point[i]);
        wrt[k] = param_like(b, point[i]);
        stands_outside(p, n, wrt[k], point[i]);
        map_put(map, n->body[0]->params.at[i], wrt[k]);
        dwrt[k++] = p->v[i];
    }
    for (int i = 3 + p->nv; i < n->nin; i++) {
        Node *x = param_like(b, n->in[i]), *t = is_float(n->in[i]) ? map_get(j->tangent, n->in[i]) : NULL;
        stands_outside(p, n, x, n->in[i]);
        map_put(map, n->body[0]->params.at[i - 3], x);
        if (t) {
            wrt[k] = x;
            dwrt[k] = param_like(b, t);
            stands_outside(p, n, dwrt[k++], t);
        }
    }
    for (int i = 0; i < p->nv; i++)
        out[i] = ir_copy_graph(b, n->body[0]->results.at[i], map);
    bool ok = ad_jvp(b, j->diags, out, p->nv, wrt, dwrt, k, p->result);
    region_end(b);
    if (!ok) {
        j->failed = true;
        return;
    }
    find_moving(p);
    copy_residuals(p);
    tangents_from(j, n, solve(p, n, NULL), point, p->nv);
}

// ---- backward ----

typedef struct {
    Parts *p;
    Node  *held[MOST], *got[MOST];
    int    of[MOST], n;   // the operand that a held one stands for, behind the carries
} Pull;

static bool pull_back(Transpose *t, Node *n, Pull *q)
{
    Builder *b = t->b;
    Parts   *p = q->p;
    Map     *map = map_new(b->program->arena);
    Node    *out[MOST];
    p->scratch = region_begin(b);
    for (int i = 0; i < p->nv; i++)
        p->v[i] = param_like(b, n->in[3 + i]);
    for (int i = 0; i < p->nv; i++) {
        q->held[q->n++] = placeholder(b, n->body[0]->params.at[i]);
        map_put(map, n->body[0]->params.at[i], q->held[i]);
    }
    for (int i = 3 + p->nv; i < n->nin; i++) {
        Node *x;
        if (is_float(n->in[i]) && map_get(t->linear, n->in[i])) {
            x = q->held[q->n] = placeholder(b, n->body[0]->params.at[i - 3]);
            q->of[q->n++] = i;
        } else {
            x = param_like(b, n->in[i]);
            stands_outside(p, n, x, n->in[i]);
        }
        map_put(map, n->body[0]->params.at[i - 3], x);
    }
    for (int i = 0; i < p->nv; i++)
        out[i] = ir_copy_graph(b, n->body[0]->results.at[i], map);
    bool ok = ad_transpose(b, t->diags, out, p->v, p->nv, q->held, q->n, q->got);
    prune(b, p->scratch, q->held, q->n);
    region_end(b);
    return ok;
}

void transpose_of_fix(Transpose *t, Node *n)
{
    Arena *a = t->b->program->arena;
    Pull  *q = ARENA_NEW(a, Pull);
    Node **ct = map_get(t->loops, n);
    q->p = ARENA_NEW(a, Parts);
    *q->p = (Parts){.b = t->b, .around = t->b->region, .nv = (int)n->attr.i, .outside = map_new(a)};
    if (!pull_back(t, n, q)) {
        t->failed = true;
        return;
    }
    for (int i = 0; i < q->p->nv; i++)
        q->p->result[i] = q->got[i];
    find_moving(q->p);
    copy_residuals(q->p);
    Node *w = solve(q->p, n, ct);
    for (int i = 0; i < q->p->nv; i++)
        stands_outside(q->p, n, q->p->v[i], ir_out(t->b, w, i));
    for (int i = q->p->nv; i < q->n; i++)
        if (q->got[i])
            cotangent_add(t, n->in[q->of[i]], ir_copy_graph(t->b, q->got[i], q->p->outside));
}
