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
    AxisList        all = {0};
    const AxisList *part[3] = {a, b, c};
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < part[k]->n; i++)
            vec_push(s->arena, &all, part[k]->at[i]);
    return all.at;
}

static Buffer *pack(Sched *s, Node *x, Axis *const *order)
{
    Buffer *b = buffer_new(s, BUFFER_ARENA, x, x->type.elem, x->type.axes.n);
    buffer_settle(s, b, order, b->n);
    b->external = true;
    kernel_add(s, ITEM_MAP, x, b);
    return b;
}

// What a product reads. Outside of its guard it may hold anything: no guard is over axes that are summed, unless zeros
// are there (ir/lower.c), and other rows and columns are looked at by no one.
typedef struct {
    Node   *x;
    Buffer *b;
} Operand;

static Operand operand(Sched *s, const Node *product, int side)
{
    Node *x = sched_strip(product->in[side], product, side);
    return (Operand){x, view_of(s, x)};
}

static void ensure(Sched *s, Operand *o)
{
    if (!o->b)
        o->b = pack(s, o->x, o->x->type.axes.at);
}

static void place_result(Sched *s, Node *n, Gemm *g)
{
    Info   *info = &s->info[n->id];
    Axis  **order = joined(s, &g->batch, &g->m, &g->n);
    int     count = n->type.axes.n;
    Buffer *to = info->target;
    if (to && to->order && !matrix(to->order, to->n, &g->m, &g->n)) {
        to = NULL; // copied to its target afterwards
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

typedef struct {
    AxisList batch, m, n, k;
} Groups;

static void put_first(AxisList *l, Axis *a)
{
    int at = order_find(l->at, l->n, a);
    for (int i = at; i > 0; i--)
        l->at[i] = l->at[i - 1];
    l->at[0] = a;
}

static Groups groups_of(Sched *s, const Node *product, const Node *x, const Node *y)
{
    Groups  g = {0};
    AxisSet k = axes_of(s->arena, product->attr.ax, product->attr.nax);
    AxisSet batch = axes_minus(s->arena, axes_intersect(s->arena, x->type.axes, y->type.axes), k);
    AxisSet m = axes_minus(s->arena, axes_minus(s->arena, x->type.axes, k), batch);
    AxisSet n = axes_minus(s->arena, axes_minus(s->arena, y->type.axes, k), batch);
    const AxisSet set[4] = {batch, m, n, k};
    AxisList     *list[4] = {&g.batch, &g.m, &g.n, &g.k};
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < set[i].n; j++)
            vec_push(s->arena, list[i], set[i].at[j]);
    return g;
}

// The list's axes as they lie in the buffer.
static void as_they_lie(Sched *s, AxisList *l, const Buffer *b)
{
    AxisList there = {0};
    pick(s, b, axes_of(s->arena, l->at, l->n), &there);
    *l = there;
}

// ---- tiles ----

// The slowest and the fastest axis of what the operand is made from, as far as it runs along them.
typedef struct {
    Axis *slow, *fast;
} Ends;

static Ends ends_of(Sched *s, Node *x)
{
    Item   item = {.kind = ITEM_MAP, .node = x, .copy = true};
    Ends   best = {0};
    double most = 0;
    access_collect(s, &item);
    for (int r = 0; r < item.reads.n; r++) {
        const Access *a = &item.reads.at[r];
        const Buffer *b = s->plan->of[a->leaf->id];
        if (axes_guess(a->leaf->type.axes) <= most || !b || !b->order)
            continue;
        most = axes_guess(a->leaf->type.axes);
        best = (Ends){0};
        for (int i = 0; i < b->n; i++) {
            Axis *along =
                a->at[order_find(a->leaf->type.axes.at, a->leaf->type.axes.n, b->order[i])];
            bool there = along && axes_has(x->type.axes, along);
            best.slow = there && !best.slow ? along : best.slow;
            best.fast = there && i == b->n - 1 ? along : best.fast;
        }
    }
    return best;
}

static void put_last(AxisList *l, Axis *a)
{
    int at = order_find(l->at, l->n, a);
    for (int i = at; at >= 0 && i + 1 < l->n; i++)
        l->at[i] = l->at[i + 1];
    if (at >= 0)
        l->at[l->n - 1] = a;
}

// An operand in tiles, if it was marked so: x, of which `free` are its own axes; y is there. The
// tiles are along an own axis, or the one that lies first in y of those that are summed.
static Buffer *tiles(Sched *s, Node *x, Groups *g, AxisList *own, const Buffer *y)
{
    if (!s->info[x->id].tiled || s->info[x->id].forced || g->batch.n)
        return NULL;
    Ends  ends = ends_of(s, x);
    Axis *t = ends.slow;
    as_they_lie(s, &g->k, y);
    put_last(own, ends.fast);
    if (order_find(own->at, own->n, t) >= 0) {
        put_first(own, t);
        put_last(&g->k, ends.fast); // the other operand is packed if it lies otherwise: it is small
    } else {
        t = g->k.at[0];
    }
    bool     summed = t == g->k.at[0];
    AxisList none = {0};
    Buffer  *b = buffer_new(s, BUFFER_ARENA, x, x->type.elem, x->type.axes.n);
    buffer_settle(s, b, summed ? joined(s, &none, &g->k, own) : joined(s, &none, own, &g->k), b->n);
    b->external = true;
    b->tile = t;
    return b;
}

// What was to be made in tiles and is not, in one piece, in which its rows lie as those of what it is made from.
static Buffer *in_one_piece(Sched *s, const Operand *o, Groups *g, AxisList *own, const Buffer *y)
{
    Ends ends = ends_of(s, o->x);
    as_they_lie(s, &g->k, y);
    put_last(own, ends.fast);
    bool across = order_find(own->at, own->n, ends.fast) >= 0;
    return pack(s, o->x, across ? joined(s, &g->batch, &g->k, own) : joined(s, &g->batch, own, &g->k));
}

// ---- the product ----

static void lay_out(Sched *s, Operand *left, Operand *right, Groups *g)
{
    AxisList lk = g->k;
    as_they_lie(s, &g->batch, left->b);
    as_they_lie(s, &g->m, left->b);
    as_they_lie(s, &g->n, right->b);
    as_they_lie(s, &lk, left->b);
    AxisList lk_b = lk;
    as_they_lie(s, &lk_b, right->b);
    bool left_fits = matrix(left->b->order, left->b->n, &g->m, &lk);
    bool right_fits = matrix(right->b->order, right->b->n, &lk, &g->n);
    bool turn_left = !right_fits && matrix(right->b->order, right->b->n, &lk_b, &g->n) &&
                     !left->b->tile &&
                     axes_guess(left->x->type.axes) < axes_guess(right->x->type.axes);
    if (!left_fits || turn_left) {
        lk = lk_b;
        left->b = pack(s, left->x, joined(s, &g->batch, &g->m, &lk));
    }
    if (!matrix(right->b->order, right->b->n, &lk, &g->n))
        right->b = pack(s, right->x, joined(s, &g->batch, &lk, &g->n));
    g->k = lk;
}

static void settle_operands(Sched *s, Node *n, Operand *side, Groups *g)
{
    for (int k = 0; k < 2; k++)
        side[k] = operand(s, n, k);
    *g = groups_of(s, n, side[0].x, side[1].x);
    int larger = axes_guess(side[1].x->type.axes) > axes_guess(side[0].x->type.axes);
    int tiled = side[0].b ? 1 : side[1].b ? 0 : larger;
    ensure(s, &side[!tiled]);
    AxisList *own = tiled ? &g->n : &g->m;
    if (!side[tiled].b)
        side[tiled].b = tiles(s, side[tiled].x, g, own, side[!tiled].b);
    if (!side[tiled].b && !view_of(s, side[tiled].x))
        side[tiled].b = in_one_piece(s, &side[tiled], g, own, side[!tiled].b);
    ensure(s, &side[tiled]);
}

static void need_zeros(Sched *s, const Node *x)
{
    Buffer *b = s->plan->of[x->id];
    if (b)
        buffer_base(b)->filled = true;
}

void gemm_add(Sched *s, Node *n)
{
    Operand side[2];
    Groups  groups;
    Gemm   *g = ARENA_NEW(s->arena, Gemm);
    Task   *t = task_new(s, TASK_GEMM);
    settle_operands(s, n, side, &groups);
    lay_out(s, &side[0], &side[1], &groups);
    *g = (Gemm){.node = n,
                .a = side[0].b,
                .b = side[1].b,
                .batch = groups.batch,
                .m = groups.m,
                .n = groups.n,
                .k = groups.k};
    t->gemm = g;
    for (int k = 0; k < 2; k++) {
        buffer_base(side[k].b)->external = true;
        if (side[k].b->tile) {
            g->tiled = side[k].b;
            g->pack = kernel_tiled(s, t, side[k].x, side[k].b);
        } else {
            task_read(s, t, side[k].b);
        }
    }
    place_result(s, n, g);
    task_write(s, t, g->c);
    g->extent = g->pack ? NULL : extent_of(s, t, g);
    for (int k = 0; k < 2 && !(g->extent && g->extent->exact); k++)
        need_zeros(s, side[k].x);
    s->info[n->id].maker = t;
    vec_push(s->arena, s->tasks, t);
}
