// Products: groups of axes as the operands lie, and packed copies where they don't lie as matrices.
#include "sched/plan.h"

static void pick(Sched *s, const Buffer *b, AxisSet from, AxisList *out)
{
    for (int i = 0; i < b->n; i++)
        if (axes_has(from, b->order[i]))
            vec_push(s->arena, out, b->order[i]);
}

// A matrix of groups p and q: each consecutive, and one of them fastest.
static bool matrix(Axis *const *order, int n, const AxisList *p, const AxisList *q)
{
    if (!order_consecutive(order, n, p->at, p->n) || !order_consecutive(order, n, q->at, q->n))
        return false;
    if (p->n + q->n == 0)
        return true;
    const Axis *last = order[n - 1];
    return (p->n && p->at[p->n - 1] == last) || (q->n && q->at[q->n - 1] == last);
}

static Axis **joined(Sched *s, const AxisList *a, const AxisList *b, const AxisList *c)
{
    AxisList all = {0};
    const AxisList *part[3] = {a, b, c};
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < part[k]->n; i++)
            vec_push(s->arena, &all, part[k]->at[i]);
    return all.at;
}

static Buffer *pack(Sched *s, Node *x, Axis *const *order, Node *const *fill)
{
    Buffer *b = buffer_new(s, BUFFER_ARENA, x, x->type.elem, x->type.axes.n);
    buffer_settle(s, b, order, b->n);
    b->external = true;
    kernel_add(s, ITEM_MAP, x, b, fill);
    return b;
}

// What a product reads, and the guards outside of which that must be zeros: its own, and the other's where that is over
// axes of this one.
typedef struct {
    Node   *x;
    Node   *fill[2];
    Buffer *b;
} Operand;

static bool sums(const Node *product, AxisSet axes)
{
    for (int i = 0; i < product->attr.nax; i++)
        if (axes_has(axes, product->attr.ax[i]))
            return true;
    return false;
}

static Operand operand(Sched *s, const Node *product, int side)
{
    Operand o = {.x = sched_strip(product->in[side], product, side)};
    Node   *other = product->in[!side]->type.guard;
    o.fill[0] = o.x->type.guard;
    if (other && other != o.fill[0] && sums(product, other->type.axes) && axes_contains(o.x->type.axes, other->type.axes))
        o.fill[1] = other;
    o.b = o.fill[0] || o.fill[1] ? NULL : view_of(s, o.x);
    if (!o.b) {
        Buffer *near = view_of(s, o.x);
        o.b = pack(s, o.x, near ? near->order : o.x->type.axes.at, o.fill);
    }
    return o;
}

static void place_result(Sched *s, Node *n, Gemm *g)
{
    Info    *info = &s->info[n->id];
    Axis   **order = joined(s, &g->batch, &g->m, &g->n);
    int     count = n->type.axes.n;
    Buffer *to = info->target;
    if (to && to->order && !matrix(to->order, to->n, &g->m, &g->n)) {
        to = NULL;  // copied to its target afterwards
        info->target = NULL;
    }
    if (!to)
        to = buffer_new(s, BUFFER_ARENA, n, n->type.elem, count);
    if (!to->order) {
        Axis **wish = ARENA_ARRAY(s->arena, Axis *, count + 1);
        for (int i = 0; i < count; i++)
            wish[i] = order[i];
        order_for_consumer(s, n, wish);
        bool ok = matrix(wish, count, &g->m, &g->n);
        buffer_settle(s, to, count ? (ok ? wish : order) : n->type.axes.at, count);
    }
    to->external = true;
    g->c = to;
    s->plan->of[n->id] = to;
}

void gemm_add(Sched *s, Node *n)
{
    Gemm  *g = ARENA_NEW(s->arena, Gemm);
    Operand left = operand(s, n, 0), right = operand(s, n, 1);
    Node   *x = left.x, *y = right.x;
    Buffer *a = left.b, *b = right.b;
    AxisSet k = axes_of(s->arena, n->attr.ax, n->attr.nax);
    AxisSet batch = axes_minus(s->arena, axes_intersect(s->arena, x->type.axes, y->type.axes), k);
    AxisSet free_m = axes_minus(s->arena, axes_minus(s->arena, x->type.axes, k), batch);
    AxisSet free_n = axes_minus(s->arena, axes_minus(s->arena, y->type.axes, k), batch);
    AxisList la = {0}, lm = {0}, ln = {0}, lk = {0}, lk_b = {0};
    pick(s, a, batch, &la);
    pick(s, a, free_m, &lm);
    pick(s, b, free_n, &ln);
    pick(s, a, k, &lk);
    pick(s, b, k, &lk_b);
    bool a_fits = matrix(a->order, a->n, &lm, &lk);
    if (!a_fits || (matrix(b->order, b->n, &lk_b, &ln) && !matrix(b->order, b->n, &lk, &ln) &&
                    axes_guess(x->type.axes) < axes_guess(y->type.axes))) {
        lk = lk_b;
        a = pack(s, x, joined(s, &la, &lm, &lk), left.fill);
    }
    if (!matrix(b->order, b->n, &lk, &ln))
        b = pack(s, y, joined(s, &la, &lk, &ln), right.fill);
    *g = (Gemm){n, a, b, NULL, la, lm, ln, lk};
    place_result(s, n, g);
    Task *t = task_new(s, TASK_GEMM);
    t->gemm = g;
    buffer_base(a)->external = true;
    buffer_base(b)->external = true;
    task_read(s, t, a);
    task_read(s, t, b);
    task_write(s, t, g->c);
    s->info[n->id].maker = t;
    vec_push(s->arena, s->tasks, t);
}
