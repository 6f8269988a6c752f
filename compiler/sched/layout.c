// Where values lie: orders of axes, and views that need no copy.
#include <string.h>

#include "sched/plan.h"

#define UNKNOWN_SIZE 64 // what is assumed of a size that is open

static bool assume(const SizeVar *v, void *user, int64_t *out)
{
    (void)user;
    *out = v->least > UNKNOWN_SIZE ? v->least : UNKNOWN_SIZE;
    return true;
}

double size_guess(const Size *s)
{
    int64_t v;
    return size_eval(s, assume, NULL, &v) && v > 0 ? (double)v : 1;
}

double axes_guess(AxisSet s)
{
    double n = 1;
    for (int i = 0; i < s.n; i++)
        n *= size_guess(s.at[i]->size);
    return n;
}

int order_find(Axis *const *order, int n, const Axis *a)
{
    for (int i = 0; i < n; i++)
        if (order[i] == a)
            return i;
    return -1;
}

Buffer *buffer_new(Sched *s, BufferKind kind, const Node *n, Elem elem, int axes)
{
    Buffer *b = ARENA_NEW(s->arena, Buffer);
    *b = (Buffer){.kind = kind,
                  .id = s->plan->buffers.n,
                  .elem = elem,
                  .n = axes,
                  .node = n,
                  .first = -1,
                  .last = -1};
    vec_push(s->arena, &s->plan->buffers, b);
    return b;
}

static Axis **copy_order(Sched *s, Axis *const *order, int n)
{
    Axis **o = ARENA_ARRAY(s->arena, Axis *, n + 1);
    if (n)
        memcpy(o, order, sizeof *o * (size_t)n);
    return o;
}

void buffer_settle(Sched *s, Buffer *b, Axis *const *order, int n)
{
    if (b->order)
        return;
    b->order = copy_order(s, order, n);
    b->n = n;
    if (b->kind == BUFFER_SLICE && !b->parent->order) {
        Axis **all = ARENA_ARRAY(s->arena, Axis *, n + 2);
        all[0] = b->parent->node->attr.ax[0];
        if (n)
            memcpy(all + 1, order, sizeof *all * (size_t)n);
        buffer_settle(s, b->parent, all, n + 1); // which may be a slice itself
    }
}

Axis **order_by_id(Sched *s, AxisSet axes) { return copy_order(s, axes.at, axes.n); }

bool order_consecutive(Axis *const *order, int n, Axis *const *group, int count)
{
    int first = count ? order_find(order, n, group[0]) : 0;
    if (first < 0 || first + count > n)
        return false;
    for (int i = 0; i < count; i++)
        if (order[first + i] != group[i])
            return false;
    return true;
}

bool axis_is_single(const Axis *a)
{
    int64_t n;
    return size_is_const(a->size, &n) && n == 1;
}

// The largest operand's order; axes that it has not come first, before them those of one position: along the last one
// lanes run.
Axis **order_natural(Sched *s, const Item *item)
{
    AxisSet       axes = item->node->type.axes;
    const Access *best = NULL;
    double        size = 0;
    for (int i = 0; i < item->reads.n; i++) {
        const Access *a = &item->reads.at[i];
        double        guess = 1;
        for (int k = 0; k < a->leaf->type.axes.n; k++)
            if (a->at[k] && axes_has(axes, a->at[k]))
                guess *= size_guess(a->at[k]->size) + 1;
        if (guess > size && s->plan->of[a->leaf->id] && s->plan->of[a->leaf->id]->order) {
            best = a;
            size = guess;
        }
    }
    Axis **order = ARENA_ARRAY(s->arena, Axis *, axes.n + 1),
         **found = ARENA_ARRAY(s->arena, Axis *, axes.n + 1);
    int n = 0, nfound = 0;
    for (int i = 0; best && i < s->plan->of[best->leaf->id]->n; i++) {
        AxisSet leaf = best->leaf->type.axes;
        Axis   *a = best->at[order_find(leaf.at, leaf.n, s->plan->of[best->leaf->id]->order[i])];
        if (a && axes_has(axes, a) && order_find(found, nfound, a) < 0)
            found[nfound++] = a;
    }
    for (int single = 1; single >= 0; single--)
        for (int i = 0; i < axes.n; i++)
            if (axis_is_single(axes.at[i]) == single && order_find(found, nfound, axes.at[i]) < 0)
                order[n++] = axes.at[i];
    memcpy(order + n, found, sizeof *order * (size_t)nfound);
    return order;
}

typedef enum { PART_BATCH, PART_FREE, PART_SUMMED, PARTS } Part;

static Part part_of(const Node *product, int side, const Axis *a)
{
    if (order_find(product->attr.ax, product->attr.nax, a) >= 0)
        return PART_SUMMED;
    return axes_has(product->in[!side]->type.axes, a) ? PART_BATCH : PART_FREE;
}

// Does the order let a product read it in place?
static bool readable(const Node *product, int side, Axis *const *order, int n)
{
    Part last = PARTS;
    bool ended[PARTS] = {false};
    for (int i = 0; i < n; i++) {
        Part p = part_of(product, side, order[i]);
        if (p != last && p != PART_BATCH && ended[p])
            return false;
        ended[p] = true;
        last = p;
    }
    return last != PART_BATCH;
}

void order_for_consumer(Sched *s, const Node *n, Axis **order)
{
    const Node *product = s->info[n->id].consumer;
    int         count = n->type.axes.n, k = 0;
    if (!product)
        return;
    int side = sched_strip(product->in[0], product, 0) == n ? 0 : 1;
    if (readable(product, side, order, count))
        return;
    Axis **old = copy_order(s, order, count);
    for (int part = 0; part < PARTS; part++)
        for (int i = 0; i < count; i++)
            if (part_of(product, side, old[i]) == (Part)part)
                order[k++] = old[i];
}

// ---- views ----

static Buffer *view_new(Sched *s, const Node *n, Buffer *parent, Axis *const *order)
{
    Buffer *b = buffer_new(s, BUFFER_VIEW, n, n->type.elem, n->type.axes.n);
    b->parent = parent;
    b->order = copy_order(s, order, n->type.axes.n);
    return b;
}

static Buffer *view_reshaped(Sched *s, const Node *n, Buffer *x)
{
    int first = order_find(x->order, x->n, n->attr.ax[0]), k = 0;
    if (!order_consecutive(x->order, x->n, n->attr.ax, n->attr.nax))
        return NULL;
    Axis **order = ARENA_ARRAY(s->arena, Axis *, n->type.axes.n + 1);
    for (int i = 0; i < first; i++)
        order[k++] = x->order[i];
    for (int i = 0; i < n->attr.nbx; i++)
        order[k++] = n->attr.bx[i];
    for (int i = first + n->attr.nax; i < x->n; i++)
        order[k++] = x->order[i];
    return view_new(s, n, x, order);
}

static Buffer *view_renamed(Sched *s, const Node *n, Buffer *x)
{
    Axis **order = copy_order(s, x->order, x->n);
    for (int i = 0; i < x->n; i++) {
        int k = order_find(n->attr.ax, n->attr.nax, x->order[i]);
        order[i] = k >= 0 ? n->attr.bx[k] : order[i];
    }
    return view_new(s, n, x, order);
}

// One position of the slowest axis.
static Buffer *view_part(Sched *s, const Node *n, Buffer *x)
{
    const Node *at = n->in[1];
    if (x->n == 0 || x->order[0] != n->attr.ax[0] ||
        (at->op != OP_CONST && s->plan->of[at->id]->kind != BUFFER_TURN))
        return NULL;
    Buffer *b = view_new(s, n, x, x->order + 1);
    b->position = at;
    return b;
}

Buffer *view_of(Sched *s, Node *n)
{
    Info *i = &s->info[n->id];
    if (s->plan->of[n->id])
        return s->plan->of[n->id];
    if (i->view)
        return i->view;
    bool same = n->op == OP_STOP || n->op == OP_COPY, part = sched_is_part(n);
    if (n->op != OP_RENAME && n->op != OP_SPLIT && n->op != OP_MERGE && !same && !part)
        return NULL;
    Buffer *x = view_of(s, n->in[0]);
    if (!x || !x->order || x->kind == BUFFER_REGISTER)
        return NULL;
    i->view = n->op == OP_RENAME ? view_renamed(s, n, x)
              : same             ? view_new(s, n, x, x->order)
              : part             ? view_part(s, n, x)
                                 : view_reshaped(s, n, x);
    return i->view;
}
