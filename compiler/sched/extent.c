// Where products have work. What guards leave of their sums, where operands are zeros; and what of their results is looked
// at: a value that is used only under a guard is needed only there, though its own type has none.
#include "ir/fold.h"
#include "sched/plan.h"

// ---- demand ----

static const Node *weaker(const Node *g, const Node *h)
{
    if (!g || !h || g == h)
        return g == h ? g : NULL;
    return guard_implies(g, h) ? h : guard_implies(h, g) ? g : NULL;
}

static void want(Sched *s, const Node *x, const Node *guard)
{
    Info *i = &s->info[x->id];
    if (!guard || !axes_contains(x->type.axes, guard->type.axes))
        guard = x->type.guard;
    i->demand = i->wanted ? weaker(i->demand, guard) : guard;
    i->wanted = true;
}

static bool is_float(const Node *n) { return elem_class(n->type.elem) == ELEM_CLASS_FLOAT; }

// Where n looks at its operand x. What is computed of floats outside of that is some float that no one looks at, whatever
// x holds there.
static const Node *looks(Sched *s, const Node *n, const Node *x)
{
    if (op_info(n->op)->class != OPC_MAP || !is_float(x))
        return NULL;
    if (n->op == OP_FILL)
        return x->type.guard;
    return n->type.guard ? n->type.guard : is_float(n) ? s->info[n->id].demand : NULL;
}

void extent_demand(Sched *s, const Region *r)
{
    for (int i = 0; i < r->results.n; i++)
        want(s, r->results.at[i], NULL);
    for (int i = r->nodes.n - 1; i >= 0; i--) {
        const Node *n = r->nodes.at[i];
        for (int k = 0; s->info[n->id].live && k < n->nin; k++)
            want(s, n->in[k], looks(s, n, n->in[k]));
    }
}

// ---- extents ----

static bool knows(Node *const *guard, const Axis *a)
{
    return (guard[0] && axes_has(guard[0]->type.axes, a)) || (guard[1] && axes_has(guard[1]->type.axes, a));
}

// An axis of the group that the guards know.
static Axis *known_by(const AxisList *l, Node *const *guard)
{
    for (int i = 0; i < l->n; i++)
        if (knows(guard, l->at[i]))
            return l->at[i];
    return NULL;
}

// Its positions must come one after the other.
static Axis *slowest(const AxisList *l, Axis *a) { return l->n && l->at[0] == a ? a : NULL; }

// What the guards compare along e->along is there by now.
static bool limits_ready(Sched *s, const Extent *e, Item *item)
{
    bool any = false, all = true;
    for (int i = 0; i < 2; i++)
        if (e->guard[i] && axes_has(e->guard[i]->type.axes, e->along)) {
            any = true;
            all = access_limits(s, item, e->guard[i], e->along) && all;
        }
    return any && all;
}

static Buffer *limit_new(Sched *s, Task *t, const Gemm *g, const AxisList *over)
{
    Buffer *b = buffer_new(s, BUFFER_ARENA, g->node, ELEM_I64, over->n);
    buffer_settle(s, b, over->at, over->n);
    b->external = true;
    task_write(s, t, b);
    return b;
}

// n as times * (position along a) + what is the same everywhere along a. As emit/bounds.c sees it.
static bool linear(const Node *n, const Axis *a, int *times)
{
    int side[2] = {0, 0};
    *times = n->op == OP_IOTA && axes_has(n->type.axes, a);
    if (n->type.guard || !axes_has(n->type.axes, a) || n->op == OP_IOTA)
        return !n->type.guard;
    if (n->op != OP_EXPAND && n->op != OP_ADD && n->op != OP_SUB)
        return false;
    for (int i = 0; i < n->nin; i++)
        if (!linear(n->in[i], a, &side[i]))
            return false;
    *times = n->op == OP_SUB ? side[0] - side[1] : side[0] + side[1];
    return true;
}

// Does the guard hold just between two positions along a, which it tells?
static bool tells_all(const Node *g, const Axis *a)
{
    int x, y;
    if (g->op == OP_EXPAND)
        return tells_all(g->in[0], a);
    if (g->op == OP_AND)
        return tells_all(g->in[0], a) && tells_all(g->in[1], a);
    const Node *order = g->op == OP_NOT ? g->in[0] : g;
    if ((order->op != OP_LT && order->op != OP_LE) || order->in[0]->type.elem != ELEM_I64)
        return false;
    return linear(order->in[0], a, &x) && linear(order->in[1], a, &y) && (x - y == 1 || y - x == 1);
}

// Is nothing between begin and end that the guards do not hold at?
static bool is_exact(const Gemm *g, const Extent *e)
{
    bool exact = order_find(g->k.at, g->k.n, e->along) >= 0;
    for (int i = 0; i < 2; i++)
        exact = exact && (!e->guard[i] || tells_all(e->guard[i], e->along));
    for (int i = 0; i < 2; i++)
        for (int k = 0; e->guard[i] && k < e->guard[i]->type.axes.n; k++) {
            const Axis *a = e->guard[i]->type.axes.at[k];
            exact = exact && (a == e->along || order_find(e->begin->order, e->begin->n, a) >= 0);
        }
    return exact;
}

static Extent *extent_new(Sched *s, Task *t, const Gemm *g, Axis *along, Axis *by, Node *const *guard)
{
    Extent  *e = ARENA_NEW(s->arena, Extent);
    Item     item = {0};
    AxisList over = {0};
    *e = (Extent){.guard = {guard[0], guard[1]}, .along = along, .by = by};
    if (!along || !limits_ready(s, e, &item))
        return NULL;
    for (int i = 0; i < item.limits.n; i++) {
        Buffer *b = s->plan->of[item.limits.at[i].leaf->id];
        b->external = true;
        task_read(s, t, b);
    }
    for (int i = 0; i < g->batch.n; i++)
        if (knows(guard, g->batch.at[i]))
            vec_push(s->arena, &over, g->batch.at[i]);
    if (by)
        vec_push(s->arena, &over, by);
    e->begin = limit_new(s, t, g, &over);
    e->end = limit_new(s, t, g, &over);
    e->exact = is_exact(g, e);
    return e;
}

Extent *extent_of(Sched *s, Task *t, const Gemm *g)
{
    Node   *summed[2] = {0}, *looked[2] = {(Node *)(uintptr_t)s->info[g->node->id].demand, NULL};
    Extent *e;
    for (int k = 0; g->node->attr.flag && k < 2; k++)
        summed[k] = g->node->in[k]->type.guard;
    Axis *m = known_by(&g->m, summed), *n = known_by(&g->n, summed);
    e = extent_new(s, t, g, slowest(&g->k, known_by(&g->k, summed)), m ? m : n, summed);
    if (e)
        return e;
    m = known_by(&g->m, looked);
    n = known_by(&g->n, looked);
    e = extent_new(s, t, g, slowest(&g->n, n), m, looked);
    return e ? e : extent_new(s, t, g, slowest(&g->m, m), n, looked);
}
