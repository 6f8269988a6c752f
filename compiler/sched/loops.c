// The loops of a finished kernel: their order, which axis runs in lanes, which run as one.
#include "sched/plan.h"

typedef struct {
    Sched  *s;
    Kernel *k;
} Finish;

static Buffer *read_buffer(const Finish *f, const Access *a) { return f->s->plan->of[a->leaf->id]; }

// Which of the kernel's axes runs along place i of the buffer's order.
static Axis *runs_along(const Buffer *b, const Access *a, int i)
{
    int k = order_find(a->leaf->type.axes.at, a->leaf->type.axes.n, b->order[i]);
    return k < 0 ? NULL : a->at[k];
}

// ---- lanes ----

// How much memory is read and written one element after the other along `axis`.
static double unit_score(const Finish *f, const Axis *axis)
{
    double score = 0;
    for (int p = 0; p < f->k->passes.n; p++)
        for (int i = 0; i < f->k->passes.at[p]->items.n; i++) {
            const Item *item = f->k->passes.at[p]->items.at[i];
            for (int r = 0; r < item->reads.n; r++) {
                const Buffer *b = read_buffer(f, &item->reads.at[r]);
                if (b->n && runs_along(b, &item->reads.at[r], b->n - 1) == axis)
                    score += axes_guess(item->reads.at[r].leaf->type.axes);
            }
            if (item->to->n && item->to->order[item->to->n - 1] == axis)
                score += axes_guess(item->node->type.axes);
        }
    return score;
}

static Axis *best_of(const Finish *f, const AxisList *l, double *score)
{
    Axis *best = l->n ? l->at[l->n - 1] : NULL;
    *score = 0;
    for (int i = 0; i < l->n; i++) {
        double here = unit_score(f, l->at[i]);
        if (here > *score) {
            *score = here;
            best = l->at[i];
        }
    }
    return best;
}

static void put_last(AxisList *l, const Axis *last)
{
    int at = order_find(l->at, l->n, last);
    if (at < 0)
        return;
    Axis *a = l->at[at];
    for (int i = at; i + 1 < l->n; i++)
        l->at[i] = l->at[i + 1];
    l->at[l->n - 1] = a;
}

static bool scans(const Pass *p) { return p->alone; }

static void choose_lanes(Finish *f)
{
    double   outer, inner = 0, here;
    AxisList candidates = f->k->outer;
    if (f->k->tiled) { // the first axis is the tiles'
        candidates.at++;
        candidates.n--;
    }
    Axis *last = best_of(f, &candidates, &outer);
    for (int p = 0; p < f->k->passes.n; p++) {
        Pass *pass = f->k->passes.at[p];
        put_last(&pass->axes, best_of(f, &pass->axes, &here));
        inner = here > inner ? here : inner;
    }
    bool any = false;
    for (int p = 0; p < f->k->passes.n; p++)
        any = any || (f->k->passes.at[p]->axes.n > 0 && !scans(f->k->passes.at[p]));
    f->k->lanes = f->k->outer.n > 0 && (!any || outer > inner);
    if (f->k->lanes)
        put_last(&f->k->outer, last);
    for (int p = 0; p < f->k->passes.n && !f->k->lanes; p++)
        f->k->passes.at[p]->lanes = f->k->passes.at[p]->axes.n > 0 && !scans(f->k->passes.at[p]);
}

// ---- order ----

// The axes in the order of the buffer, those that it has not first.
static void follow(Sched *s, AxisList *l, const Buffer *b, const Access *a)
{
    AxisList out = {0}, found = {0};
    for (int i = 0; i < b->n; i++) {
        Axis *x = a ? runs_along(b, a, i) : b->order[i];
        if (x && order_find(l->at, l->n, x) >= 0 && order_find(found.at, found.n, x) < 0)
            vec_push(s->arena, &found, x);
    }
    for (int i = 0; i < l->n; i++)
        if (order_find(found.at, found.n, l->at[i]) < 0)
            vec_push(s->arena, &out, l->at[i]);
    for (int i = 0; i < found.n; i++)
        vec_push(s->arena, &out, found.at[i]);
    *l = out;
}

static const Access *largest_read(const Item *item)
{
    const Access *best = NULL;
    for (int i = 0; i < item->reads.n; i++)
        if (!best ||
            axes_guess(item->reads.at[i].leaf->type.axes) > axes_guess(best->leaf->type.axes))
            best = &item->reads.at[i];
    return best;
}

static void choose_order(Finish *f)
{
    const Item *first = f->k->passes.at[0]->items.at[0];
    follow(f->s, &f->k->outer, first->to, NULL);
    for (int p = 0; p < f->k->passes.n; p++) {
        const Item   *item = f->k->passes.at[p]->items.at[0];
        const Access *a = item->kind == ITEM_MAP ? NULL : largest_read(item);
        follow(f->s, &f->k->passes.at[p]->axes, a ? read_buffer(f, a) : item->to, a);
    }
}

// ---- joining neighbours ----

static bool order_joins(const Buffer *b, const Access *a, const Axis *x, const Axis *y)
{
    for (int i = 0; i < b->n; i++) {
        Axis *here = a ? runs_along(b, a, i) : b->order[i];
        Axis *next = i + 1 < b->n ? (a ? runs_along(b, a, i + 1) : b->order[i + 1]) : NULL;
        if (here == x) {
            if (next != y)
                return false;
            i++;
        } else if (here == y) {
            return false;
        }
    }
    return true;
}

static bool item_joins(const Finish *f, const Item *item, const Axis *x, const Axis *y)
{
    if (item->kind != ITEM_MAP && item->kind != ITEM_REDUCE)
        return false;
    if (item->node->op == OP_ARGMAX || item->node->op == OP_ARGMIN)
        return false;
    for (int i = 0; i < item->special.n; i++)
        if (item->special.at[i] == x || item->special.at[i] == y)
            return false;
    for (int r = 0; r < item->reads.n; r++)
        if (!order_joins(read_buffer(f, &item->reads.at[r]), &item->reads.at[r], x, y))
            return false;
    return order_joins(item->to, NULL, x, y);
}

static bool all_join(const Finish *f, const Axis *x, const Axis *y)
{
    for (int p = 0; p < f->k->passes.n; p++)
        for (int i = 0; i < f->k->passes.at[p]->items.n; i++)
            if (!item_joins(f, f->k->passes.at[p]->items.at[i], x, y))
                return false;
    return true;
}

static bool *join_list(const Finish *f, const AxisList *l)
{
    bool *joined = ARENA_ARRAY(f->s->arena, bool, l->n + 1);
    for (int i = 0; i + 1 < l->n; i++)
        joined[i] = all_join(f, l->at[i], l->at[i + 1]);
    return joined;
}

// ---- registers ----

// Values that only this kernel uses, in the pass that computes them or once a row, are never
// stored.
static void drop_stores(Finish *f)
{
    for (int p = 0; p < f->k->passes.n; p++)
        for (int i = 0; i < f->k->passes.at[p]->items.n; i++) {
            Item *item = f->k->passes.at[p]->items.at[i];
            if (item->copy || item->to->external || item->to->kind != BUFFER_ARENA)
                continue;
            bool row_value = item->kind == ITEM_REDUCE ||
                             (item->kind == ITEM_MAP && f->k->passes.at[p]->axes.n == 0);
            if (item->kind == ITEM_MAP || row_value)
                item->to->kind = BUFFER_REGISTER;
            for (int q = 0; q < f->k->passes.n; q++)
                for (int j = 0; j < f->k->passes.at[q]->items.n; j++) {
                    const Item *user = f->k->passes.at[q]->items.at[j];
                    for (int r = 0; r < user->reads.n; r++) {
                        const Access *a = &user->reads.at[r];
                        if (a->leaf != item->node)
                            continue;
                        if (!access_identity(a) || (q != p && !row_value))
                            item->to->kind = BUFFER_ARENA;
                    }
                }
        }
}

#define ROW_BYTES 32768 // of a row on the stack

// Values that one row's later passes use lie on the stack, if they are known to be few.
static void keep_rows(Finish *f)
{
    const Kernel *k = f->k;
    for (int p = 0; p < k->passes.n && !k->lanes; p++)
        for (int i = 0; i < k->passes.at[p]->items.n; i++) {
            Buffer  *b = k->passes.at[p]->items.at[i]->to;
            AxisList inner = {0};
            int64_t  bytes = elem_bytes(b->elem), size;
            if (b->external || b->kind != BUFFER_ARENA)
                continue;
            for (int j = 0; j < b->n; j++) {
                if (order_find(k->outer.at, k->outer.n, b->order[j]) >= 0)
                    continue;
                vec_push(f->s->arena, &inner, b->order[j]);
                bytes = size_is_const(b->order[j]->size, &size) && size <= ROW_BYTES
                            ? bytes * size
                            : ROW_BYTES + 1;
                bytes = bytes > ROW_BYTES ? ROW_BYTES + 1 : bytes;
            }
            if (bytes > ROW_BYTES)
                continue;
            b->kind = BUFFER_ROW;
            b->order = inner.at;
            b->n = inner.n;
        }
}

// Reading along one axis what is written along another: the written one moves inside, so that the
// lines that the lanes touch are used up before they are left.
static bool turn_inside(Finish *f)
{
    Kernel *k = f->k;
    Item   *item = k->passes.at[0]->items.at[0];
    if (!k->pure || k->tiled || !k->lanes || k->passes.at[0]->items.n != 1 || item->to->n < 2)
        return false;
    Axis *lanes = k->outer.at[k->outer.n - 1], *written = item->to->order[item->to->n - 1];
    if (written == lanes || size_guess(written->size) < 16)
        return false;
    int at = order_find(k->outer.at, k->outer.n, written);
    for (int i = at; i + 1 < k->outer.n; i++)
        k->outer.at[i] = k->outer.at[i + 1];
    k->outer.n--;
    vec_push(f->s->arena, &k->passes.at[0]->axes, written);
    k->pure = false;
    return true;
}

// Sums down the columns: several vectors side by side, so that whole lines are read.
static bool wide_columns(const Finish *f)
{
    const Kernel *k = f->k;
    int           cost = 0;
    bool          reduces = false;
    if (!k->lanes || size_guess(k->outer.at[k->outer.n - 1]->size) < 256)
        return false;
    for (int p = 0; p < k->passes.n; p++)
        for (int i = 0; i < k->passes.at[p]->items.n; i++) {
            const Item *item = k->passes.at[p]->items.at[i];
            cost += f->s->info[item->node->id].cost;
            reduces = reduces || (item->kind == ITEM_REDUCE && !k->passes.at[p]->alone);
        }
    return reduces && cost < 24;
}

static int width_of(const Kernel *k)
{
    for (int p = 0; p < k->passes.n; p++)
        for (int i = 0; i < k->passes.at[p]->items.n; i++) {
            const Item *item = k->passes.at[p]->items.at[i];
            if (item->node->type.elem == ELEM_F64)
                return 8;
            for (int r = 0; r < item->reads.n; r++)
                if (item->reads.at[r].leaf->type.elem == ELEM_F64)
                    return 8;
        }
    return 16;
}

void kernel_finish(Sched *s, Kernel *k)
{
    Finish f = {s, k};
    k->width = width_of(k);
    choose_order(&f);
    choose_lanes(&f);
    if (turn_inside(&f))
        k->width = 8; // lines that lie a power of two apart share few places of the cache
    if (wide_columns(&f))
        k->width *= 4;
    k->joined = join_list(&f, &k->outer);
    k->joined[0] = k->joined[0] && !k->tiled;
    for (int p = 0; p < k->passes.n; p++)
        k->passes.at[p]->joined = join_list(&f, &k->passes.at[p]->axes);
    drop_stores(&f);
    keep_rows(&f);
}
