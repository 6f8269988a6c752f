// Kernels: which items run together. An item joins a kernel when it reads only the kernel's own row
// of what the kernel computes, and nothing that is computed later; it goes into a pass after those
// that it needs.
#include <string.h>

#include "sched/plan.h"

#define LOOK_BACK  48 // tasks that are tried
#define ROWS_LEAST 32 // fewer rows aren't worth running several passes over each, if they are long
#define ROW_SMALL  16384 // elements: shorter ones may always

Task *task_new(Sched *s, TaskKind kind)
{
    Task *t = ARENA_NEW(s->arena, Task);
    t->kind = kind;
    return t;
}

void task_read(Sched *s, Task *t, Buffer *b)
{
    for (int i = 0; i < t->reads.n; i++)
        if (t->reads.at[i] == b)
            return;
    vec_push(s->arena, &t->reads, b);
}

void task_write(Sched *s, Task *t, Buffer *b) { vec_push(s->arena, &t->writes, b); }

int task_index(const TaskList *l, const Task *t)
{
    for (int i = l->n - 1; t && i >= 0; i--)
        if (l->at[i] == t)
            return i;
    return -1;
}

// ---- domains ----

// The axes that an item runs over in one row.
static AxisSet own_axes(Sched *s, const Item *item)
{
    const Node *n = item->node;
    switch (item->kind) {
    case ITEM_MAP: return (AxisSet){0};
    case ITEM_REDUCE:
    case ITEM_SCAN: return axes_of(s->arena, n->attr.ax, n->attr.nax);
    case ITEM_SCATTER: return axes_of(s->arena, n->attr.ax, n->attr.nax);
    case ITEM_UPDATE: return (AxisSet){0};
    }
    return (AxisSet){0};
}

static AxisSet row_axes(Sched *s, const Item *item)
{
    const Node *n = item->node;
    if (item->kind == ITEM_SCATTER)
        return axes_minus(s->arena, n->type.axes, axes_of(s->arena, n->attr.bx, n->attr.nbx));
    if (item->kind == ITEM_UPDATE)
        return axes_minus(s->arena, n->type.axes, axes_of(s->arena, n->attr.ax, n->attr.nax));
    return axes_minus(s->arena, n->type.axes, own_axes(s, item));
}

static AxisSet set_of(Sched *s, const AxisList *l) { return axes_of(s->arena, l->at, l->n); }

static Pass *pass_new(Sched *s, Kernel *k, AxisSet axes, bool alone)
{
    Pass *p = ARENA_NEW(s->arena, Pass);
    p->alone = alone;
    for (int i = 0; i < axes.n; i++)
        vec_push(s->arena, &p->axes, axes.at[i]);
    vec_push(s->arena, &k->passes, p);
    return p;
}

// ---- joining ----

typedef struct {
    Sched  *s;
    Item   *item;
    AxisSet rows, own; // own: for a map in a kernel with rows, what it has beside them
    bool    reads_it;  // something that the kernel computes
} Fit;

static bool in_order_only(const Item *i)
{
    return i->kind == ITEM_SCAN || i->kind == ITEM_SCATTER || i->kind == ITEM_UPDATE || i->node->op == OP_ARGMAX ||
           i->node->op == OP_ARGMIN;
}

// Rows that several passes may run over: enough of them, or little work in all.
static bool worth_rows(AxisSet rows, AxisSet all)
{
    return axes_guess(rows) >= ROWS_LEAST || axes_guess(all) <= ROW_SMALL;
}

static bool domain_fits(Fit *f, const Kernel *k)
{
    AxisSet outer = set_of(f->s, &k->outer);
    if (f->item->kind == ITEM_MAP) {
        f->rows = outer;
        if (k->pure) {
            f->own = (AxisSet){0};
            return axes_equal(outer, f->item->node->type.axes);
        }
        f->own = axes_minus(f->s->arena, f->item->node->type.axes, outer);
        return axes_contains(f->item->node->type.axes, outer) &&
               worth_rows(outer, f->item->node->type.axes);
    }
    f->rows = row_axes(f->s, f->item);
    f->own = own_axes(f->s, f->item);
    AxisSet all = axes_union(f->s->arena, f->rows, f->own);
    if (k->pure)
        return axes_contains(outer, f->rows) && outer.n > f->rows.n && worth_rows(f->rows, outer);
    return axes_equal(outer, f->rows) && (k->passes.n == 1 || worth_rows(f->rows, all));
}

static bool depends_on(const Task *t, const Task *maker)
{
    for (int i = 0; i < t->reads.n; i++)
        for (int k = 0; k < maker->writes.n; k++)
            if (buffer_base(t->reads.at[i]) == buffer_base(maker->writes.at[k]) ||
                t->reads.at[i] == maker->writes.at[k])
                return true;
    return false;
}

static bool writes_base(const Task *t, Buffer *b)
{
    for (int k = 0; k < t->writes.n; k++)
        if (buffer_base(t->writes.at[k]) == buffer_base(b))
            return true;
    return false;
}

// An update in place that must not come before t.
static bool overwrites(const Task *later, const Task *t)
{
    for (int i = 0; i < t->reads.n; i++)
        if (writes_base(later, t->reads.at[i]))
            return true;
    for (int i = 0; i < t->writes.n; i++)
        if (writes_base(later, t->writes.at[i]))
            return true;
    return false;
}

static bool updates(const Task *t)
{
    return t->kind == TASK_KERNEL && t->kernel->passes.at[0]->items.at[0]->kind == ITEM_UPDATE;
}

// What the item reads is there when the kernel runs; if not, can the kernel run later?
static bool ready(Fit *f, int at, bool *later)
{
    Sched *s = f->s;
    Task  *t = s->tasks->at[at];
    *later = false;
    for (int i = 0; i < f->item->reads.n; i++) {
        const Access *a = &f->item->reads.at[i];
        Task         *maker = s->info[a->leaf->id].maker;
        if (maker == t) {
            f->reads_it = true;
            if (!access_rows(a, f->rows.at, f->rows.n))
                return false;
        } else if (task_index(s->tasks, maker) > at) {
            *later = true;
        }
    }
    for (int i = at + 1; *later && i < s->tasks->n; i++)
        if (depends_on(s->tasks->at[i], t) || overwrites(s->tasks->at[i], t))
            return false;
    return true;
}

// A kernel of maps gets rows: the axes that are no rows move into its passes.
static void give_rows(Sched *s, Kernel *k, AxisSet rows)
{
    AxisSet inner = axes_minus(s->arena, set_of(s, &k->outer), rows);
    memset(&k->outer, 0, sizeof k->outer);
    for (int i = 0; i < rows.n; i++)
        vec_push(s->arena, &k->outer, rows.at[i]);
    for (int p = 0; p < k->passes.n; p++)
        for (int i = 0; i < inner.n; i++)
            vec_push(s->arena, &k->passes.at[p]->axes, inner.at[i]);
    k->pure = false;
}

// The first pass in which all is there that the item reads.
static int first_pass(Fit *f, const Task *t)
{
    int first = 0;
    for (int i = 0; i < f->item->reads.n; i++) {
        const Access *a = &f->item->reads.at[i];
        const Info   *made = &f->s->info[a->leaf->id];
        if (made->maker != t)
            continue;
        AxisSet own = set_of(f->s, &t->kernel->passes.at[made->pass]->axes);
        bool    same = made->item == ITEM_MAP && access_identity(a) && axes_equal(own, f->own);
        int     after = made->pass + !same;
        first = after > first ? after : first;
    }
    return first;
}

static void place(Fit *f, Task *t)
{
    Sched  *s = f->s;
    Kernel *k = t->kernel;
    if (k->pure && f->item->kind != ITEM_MAP)
        give_rows(s, k, f->rows);
    bool alone = in_order_only(f->item);
    int  p = first_pass(f, t);
    while (p < k->passes.n && (alone || k->passes.at[p]->alone ||
                               !axes_equal(set_of(s, &k->passes.at[p]->axes), f->own)))
        p++;
    Pass *pass = p < k->passes.n ? k->passes.at[p] : pass_new(s, k, f->own, alone);
    vec_push(s->arena, &pass->items, f->item);
    if (f->item->copy)
        return;
    Info *i = &s->info[f->item->node->id];
    i->maker = t;
    i->pass = p;
    i->item = f->item->kind;
}

static void note_buffers(Sched *s, Task *t, const Item *item)
{
    for (int i = 0; i < item->reads.n; i++) {
        Buffer *b = s->plan->of[item->reads.at[i].leaf->id];
        if (s->info[item->reads.at[i].leaf->id].maker != t)
            b->external = true;
        task_read(s, t, b);
    }
    for (int i = 0; item->bounded && i < item->limits.n; i++) {
        Buffer *b = s->plan->of[item->limits.at[i].leaf->id];
        if (s->info[item->limits.at[i].leaf->id].maker != t)
            b->external = true;
        task_read(s, t, b);
    }
    task_write(s, t, item->to);
}

// Reductions side by side: over the same axes, of something that both read.
static bool reads_alike(const Fit *f, const Kernel *k)
{
    for (int p = 0; p < k->passes.n; p++) {
        const Pass *pass = k->passes.at[p];
        if (!axes_equal(set_of(f->s, &pass->axes), f->own))
            continue;
        for (int i = 0; i < pass->items.n; i++)
            for (int r = 0; r < pass->items.at[i]->reads.n; r++)
                for (int q = 0; q < f->item->reads.n; q++)
                    if (pass->items.at[i]->reads.at[r].leaf == f->item->reads.at[q].leaf)
                        return true;
    }
    return false;
}

// Worth it: maps of one domain, what the kernel has at hand, or a common operand.
static bool belongs(const Fit *f, const Kernel *k)
{
    if (f->reads_it)
        return true;
    return f->item->kind == ITEM_MAP ? k->pure : !k->pure && reads_alike(f, k);
}

static void move_to_end(TaskList *l, int at)
{
    Task *t = l->at[at];
    memmove(l->at + at, l->at + at + 1, sizeof *l->at * (size_t)(l->n - at - 1));
    l->at[l->n - 1] = t;
}

static bool join(Sched *s, Item *item)
{
    TaskList *l = s->tasks;
    for (int at = l->n - 1; !s->apart && at >= 0 && at >= l->n - LOOK_BACK; at--) {
        Task *t = l->at[at];
        Fit   f = {.s = s, .item = item};
        bool  later;
        if (t->kind != TASK_KERNEL || updates(t) || !domain_fits(&f, t->kernel) || !ready(&f, at, &later))
            continue;
        if (!belongs(&f, t->kernel))
            continue;
        if (later)
            move_to_end(l, at);
        place(&f, t);
        note_buffers(s, t, item);
        return true;
    }
    return false;
}

static void start(Sched *s, Item *item)
{
    Task   *t = task_new(s, TASK_KERNEL);
    Kernel *k = ARENA_NEW(s->arena, Kernel);
    Fit     f = {.s = s, .item = item, .rows = row_axes(s, item), .own = own_axes(s, item)};
    t->kernel = k;
    k->pure = item->kind == ITEM_MAP;
    for (int i = 0; i < f.rows.n; i++)
        vec_push(s->arena, &k->outer, f.rows.at[i]);
    vec_push(s->arena, s->tasks, t);
    place(&f, t);
    note_buffers(s, t, item);
}

void kernel_add(Sched *s, ItemKind kind, Node *n, Buffer *to)
{
    Item *item = ARENA_NEW(s->arena, Item);
    *item = (Item){.kind = kind, .node = n, .copy = to != NULL, .to = to};
    Info *info = &s->info[n->id];
    access_collect(s, item);
    if (!to) {
        item->to = info->target ? info->target
                                : buffer_new(s, BUFFER_ARENA, n, n->type.elem, n->type.axes.n);
        item->to->external = item->to->external || info->target;
    }
    if (!item->to->order) {
        Axis **order = order_natural(s, item);
        order_for_consumer(s, n, order);
        buffer_settle(s, item->to, order, n->type.axes.n);
    }
    if (!to)
        s->plan->of[n->id] = item->to;
    if (!join(s, item))
        start(s, item);
}

void kernel_update(Sched *s, Node *n)
{
    Item *item = ARENA_NEW(s->arena, Item);
    *item = (Item){.kind = ITEM_UPDATE, .node = n, .to = s->plan->of[n->in[0]->id]};
    access_collect(s, item);
    s->plan->of[n->id] = item->to;
    start(s, item);
}

Kernel *kernel_tiled(Sched *s, Task *t, Node *n, Buffer *to)
{
    Item   *item = ARENA_NEW(s->arena, Item);
    Kernel *k = ARENA_NEW(s->arena, Kernel);
    *item = (Item){.kind = ITEM_MAP, .node = n, .copy = true, .to = to};
    access_collect(s, item);
    k->pure = k->tiled = true;
    for (int i = 0; i < n->type.axes.n; i++)
        vec_push(s->arena, &k->outer, n->type.axes.at[i]);
    Pass *p = pass_new(s, k, (AxisSet){0}, false);
    vec_push(s->arena, &p->items, item);
    note_buffers(s, t, item);
    return k;
}

void kernel_copy_last(Sched *s, Node *n, Buffer *from, Buffer *to)
{
    Item *item = ARENA_NEW(s->arena, Item);
    *item = (Item){.kind = ITEM_MAP, .node = n, .copy = true, .from = from, .to = to};
    from->external = true;
    start(s, item);
    task_read(s, s->tasks->at[s->tasks->n - 1], from);
}
