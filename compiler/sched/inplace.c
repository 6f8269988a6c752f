// Arrays that a loop changes in part, in place. A carry of a loop whose next value is made from it by updates alone
// (through choices, branches and loops inside) has one place, which each update writes to: a turn costs what it changes.
//
// The *versions* of such an array are the carry and what the updates make of it, down to the loop's result; they all
// lie in one place. Whatever reads a version must run before the next update: the nodes of the region are put in an
// order in which it does. Where there is none the carry has two places, as any other.
#include <string.h>

#include "ir/region.h"
#include "sched/plan.h"

#define MOST_VERSIONS 64  // of one array in one region

typedef struct {
    Node *before, *after;
} Edge;

typedef struct {
    Sched  *s;
    Region *r;
    VEC(Edge) edges;  // what must come first, beside operands
} Place;

// The versions of one array between a region's parameter and result, oldest last.
typedef struct {
    Place *p;
    Node  *first;
    Node  *all[MOST_VERSIONS];
    int    n;
} Chain;

static void keep_region(Sched *s, Region *r);

// ---- one step back ----

static bool has_axis_of(const Node *guard, const Attr *a)
{
    for (int i = 0; guard && i < a->nax; i++)
        if (axes_has(guard->type.axes, a->ax[i]))
            return true;
    return false;
}

// The operand of a region operation whose place its result k keeps; -1: none.
static int kept_operand(const Sched *s, const Node *n, int k)
{
    const int *from = s->info[n->id].from;
    return from ? from[k] : -1;
}

// The versions that n is made from, at most two; 0: n is no version of another.
static int older(const Sched *s, const Node *n, Node **out)
{
    int k;
    switch ((int)n->op) {
    case OP_UPDATE: out[0] = n->in[0]; return !has_axis_of(n->type.guard, &n->attr);
    case OP_GUARD: out[0] = n->in[0]; return 1;
    case OP_SELECT:
        out[0] = n->in[1];
        out[1] = n->in[2];
        return 2;
    case OP_OUT:
        k = kept_operand(s, n->in[0], (int)n->attr.i);
        out[0] = k < 0 ? NULL : n->in[0]->in[k];
        return k >= 0;
    default: return 0;
    }
}

// The node that writes to the place for this version; NULL: it only stands for another.
static Node *writer(Node *n) { return n->op == OP_UPDATE ? n : n->op == OP_OUT ? n->in[0] : NULL; }

// ---- the versions ----

static int version_index(Node *const *all, int n, const Node *x)
{
    for (int i = 0; i < n; i++)
        if (all[i] == x)
            return i;
    return -1;
}

static bool collect(Chain *c, Node *n)
{
    Node *from[2];
    if (version_index(c->all, c->n, n) >= 0)
        return true;
    if (c->n == MOST_VERSIONS)
        return false;
    c->all[c->n++] = n;
    if (n == c->first)
        return true;
    int count = n->home == c->p->r ? older(c->p->s, n, from) : 0;
    for (int i = 0; i < count; i++)
        if (!collect(c, from[i]))
            return false;
    return count > 0;
}

static int ancestors(const Chain *c, Node *n, Node **out, int at)
{
    Node *from[2];
    if (version_index(out, at, n) >= 0)
        return at;
    out[at++] = n;
    int count = n == c->first ? 0 : older(c->p->s, n, from);
    for (int i = 0; i < count; i++)
        at = ancestors(c, from[i], out, at);
    return at;
}

// Is the version that x writes, in the side of a choice by c, written only where that side is taken?
static bool written_if_taken(const Node *x, const Node *c, bool yes)
{
    if (x->op == OP_UPDATE)
        return (yes ? node_implies : node_implies_not)(x->type.guard, c);
    const Node *loop = x->op == OP_OUT && x->in[0]->op == OP_LOOP ? x->in[0] : NULL;
    return loop && loop_turns_only_if(loop, c, yes);
}

// What only one side of a choice has written was written only where that side is taken.
static bool sides_apart(const Chain *c, const Node *n)
{
    Node *side[2][MOST_VERSIONS];
    int   count[2];
    for (int k = 0; k < 2; k++)
        count[k] = ancestors(c, n->in[1 + k], side[k], 0);
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < count[k]; i++) {
            Node *x = side[k][i];
            if (!writer(x) || version_index(side[!k], count[!k], x) >= 0)
                continue;
            if (!written_if_taken(x, n->in[0], k == 0))
                return false;
        }
    return true;
}

static bool choices_hold(const Chain *c)
{
    for (int i = 0; i < c->n; i++)
        if (c->all[i]->op == OP_SELECT && !sides_apart(c, c->all[i]))
            return false;
    return true;
}

// ---- who reads them ----

static bool reads(const Node *n, const Node *x)
{
    if (n->type.guard == x)
        return true;
    for (int k = 0; k < n->nin; k++)
        if (n->in[k] == x || n->in[k]->type.guard == x)
            return true;
    return false;
}

// How often x is an operand of n as the version before: more uses than that read it.
static bool only_steps(const Sched *s, const Node *n, const Node *x)
{
    int   uses = 0, steps = 0;
    Node *from[2];
    if (n->type.guard == x)
        return false;
    for (int k = 0; k < n->nin; k++) {
        uses += n->in[k] == x;
        if (n->in[k]->type.guard == x)
            return false;
    }
    if (n->op == OP_LOOP || n->op == OP_BRANCH) {
        for (int k = 0; k < n->nouts; k++) {
            int at = kept_operand(s, n, k);
            steps += at >= 0 && n->in[at] == x;
        }
        return uses == steps && steps <= 1;
    }
    int count = older(s, n, from);
    for (int i = 0; i < count; i++)
        steps += from[i] == x;
    return uses == steps;
}

static bool passes_on(const Chain *c, const Node *n)
{
    if (n->op != OP_LOOP && n->op != OP_BRANCH)
        return version_index(c->all, c->n, n) >= 0;
    for (int i = 0; i < c->n; i++)
        if (writer(c->all[i]) == n)
            return true;
    return false;
}

static void edge(Place *p, Node *before, Node *after)
{
    Edge e = {before, after};
    vec_push(p->s->arena, &p->edges, e);
}

// Readers of any version that w's operand comes from run before w. False: w itself reads one.
static bool order_readers(Chain *c, Node *version, Node *w)
{
    Node *from[2], *old[MOST_VERSIONS];
    int   n = 0;
    if (older(c->p->s, version, from))
        n = ancestors(c, from[0], old, 0);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < c->p->r->nodes.n; k++) {
            Node *r = c->p->r->nodes.at[k];
            if (!reads(r, old[i]))
                continue;
            bool steps = passes_on(c, r) && only_steps(c->p->s, r, old[i]);
            if (r == w && !steps)
                return false;
            if (!steps)
                edge(c->p, r, w);
        }
    return true;
}

// A version that is given beside the result must be the last.
static bool results_hold(const Chain *c, Node *result)
{
    for (int i = 0; i < c->p->r->results.n; i++) {
        Node *x = c->p->r->results.at[i];
        if (x != result && version_index(c->all, c->n, x) >= 0)
            return false;
    }
    return true;
}

// ---- an order ----

typedef struct {
    Place *p;
    char  *state;  // by node id: 1 on the way, 2 done
    Node **out;
    int    n;
} Sort;

static bool visit(Sort *t, Node *n)
{
    if (n->home != t->p->r || t->state[n->id] == 2)
        return true;
    if (t->state[n->id] == 1)
        return false;
    t->state[n->id] = 1;
    bool ok = !n->type.guard || visit(t, n->type.guard);
    for (int k = 0; k < n->nin && ok; k++)
        ok = visit(t, n->in[k]) && (!n->in[k]->type.guard || visit(t, n->in[k]->type.guard));
    for (int i = 0; i < t->p->edges.n && ok; i++)
        if (t->p->edges.at[i].after == n)
            ok = visit(t, t->p->edges.at[i].before);
    t->state[n->id] = 2;
    if (n->op != OP_PARAM)
        t->out[t->n++] = n;
    return ok;
}

// Sizes that a loop makes are used behind it, though no operand says so: such a region keeps its order.
static bool makes_sizes(const Place *p)
{
    for (int i = 0; i < p->r->nodes.n; i++)
        for (int k = 0; k < p->s->plan->made.n; k++)
            if (region_made(p->r->nodes.at[i]) == p->s->plan->made.at[k])
                return true;
    return false;
}

static bool in_order_already(const Place *p)
{
    for (int i = 0; i < p->edges.n; i++) {
        int before = -1, after = -1;
        for (int k = 0; k < p->r->nodes.n; k++) {
            before = p->r->nodes.at[k] == p->edges.at[i].before ? k : before;
            after = p->r->nodes.at[k] == p->edges.at[i].after ? k : after;
        }
        if (before > after)
            return false;
    }
    return true;
}

// Puts the nodes in an order that keeps the edges; false: there is none.
static bool sort(Place *p)
{
    int  n = p->r->nodes.n;
    Sort t = {p, ARENA_ARRAY(p->s->arena, char, p->s->program->node_count + 1),
              ARENA_ARRAY(p->s->arena, Node *, n + p->r->params.n + 1), 0};
    if (in_order_already(p))
        return true;
    if (makes_sizes(p))
        return false;
    for (int i = 0; i < n; i++)
        if (!visit(&t, p->r->nodes.at[i]))
            return false;
    memcpy(p->r->nodes.at, t.out, sizeof *t.out * (size_t)n);
    return true;
}

// ---- carries ----

// Can `result` be made from `param` in its place? Then their versions are marked.
static bool keeps_place(Sched *s, Region *r, Node *param, Node *result)
{
    Place p = {.s = s, .r = r};
    Chain c = {.p = &p, .first = param};
    if (!param->type.axes.n || !collect(&c, result) || !choices_hold(&c) || !results_hold(&c, result))
        return false;
    for (int i = 0; i < r->nodes.n; i++) {  // what was found before stays in order
        Node *w = r->nodes.at[i];
        for (int k = 0; k < s->info[w->id].after.n; k++)
            edge(&p, s->info[w->id].after.at[k], w);
    }
    int old = p.edges.n;
    for (int i = 0; i < c.n; i++)
        if (writer(c.all[i]) && !order_readers(&c, c.all[i], writer(c.all[i])))
            return false;
    if (!sort(&p))
        return false;
    for (int i = old; i < p.edges.n; i++)
        vec_push(s->arena, &s->info[p.edges.at[i].after->id].after, p.edges.at[i].before);
    for (int i = 0; i < c.n; i++)
        s->info[c.all[i]->id].version = true;
    return true;
}

static void keep_loop(Sched *s, Node *n)
{
    Region *body = n->body[0];
    int    *from = ARENA_ARRAY(s->arena, int, n->nouts + 1);
    for (int i = 0; i < n->nouts; i++)
        from[i] = i < (int)n->attr.i && keeps_place(s, body, body->params.at[1 + i], body->results.at[i]) ? i : -1;
    s->info[n->id].from = from;
}

// The parameter of a side that its result k is made from in place; -1: none.
static int side_operand(Sched *s, Region *side, int k)
{
    for (int i = 0; i < side->params.n; i++)
        if (side->params.at[i] == side->results.at[k])
            return i;
    for (int i = 0; i < side->params.n; i++) {
        Place p = {.s = s, .r = side};
        Chain c = {.p = &p, .first = side->params.at[i]};
        if (side->params.at[i]->type.axes.n && collect(&c, side->results.at[k]))
            return i;
    }
    return -1;
}

static void keep_branch(Sched *s, Node *n)
{
    int *from = ARENA_ARRAY(s->arena, int, n->nouts + 1);
    for (int k = 0; k < n->nouts; k++) {
        int yes = side_operand(s, n->body[0], k), no = side_operand(s, n->body[1], k);
        from[k] = yes >= 0 && yes == no && n->outs[k].axes.n ? 1 + yes : -1;
        for (int i = 0; i < 2 && from[k] >= 0; i++)
            if (!keeps_place(s, n->body[i], n->body[i]->params.at[yes], n->body[i]->results.at[k]))
                from[k] = -1;
        for (int i = 0; i < k && from[k] >= 0; i++)  // one place for one result
            from[k] = from[i] == from[k] ? -1 : from[k];
    }
    s->info[n->id].from = from;
}

static void keep_region(Sched *s, Region *r)
{
    for (int i = 0; i < r->nodes.n; i++) {
        Node *n = r->nodes.at[i];
        for (int k = 0; k < 2; k++)
            if (n->body[k])
                keep_region(s, n->body[k]);
        if (n->op == OP_LOOP)
            keep_loop(s, n);
        if (n->op == OP_BRANCH)
            keep_branch(s, n);
    }
}

void inplace_find(Sched *s) { keep_region(s, s->program->main); }

int inplace_operand(const Sched *s, const Node *n, int k) { return kept_operand(s, n, k); }

bool inplace_reads(const Sched *s, const Node *n)
{
    if (n->type.guard && s->info[n->type.guard->id].version)
        return true;
    for (int k = 0; k < n->nin; k++)
        if (s->info[n->in[k]->id].version || (n->in[k]->type.guard && s->info[n->in[k]->type.guard->id].version))
            return true;
    return false;
}
