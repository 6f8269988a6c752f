// What an item reads: the stored nodes that its inlined graph ends in, and along which of the
// kernel's axes.
#include <string.h>

#include "sched/plan.h"

typedef struct Seen {
    const Node  *node;
    Axis       **at;
    struct Seen *next;
} Seen;

typedef struct {
    Sched *s;
    Item  *item;
    Map   *seen;
    bool   limits; // what is found are limits, not reads
} Walk;

static void walk(Walk *w, const Node *n, Axis **at);

static bool first_visit(Walk *w, const Node *n, Axis **at)
{
    size_t bytes = sizeof *at * (size_t)n->type.axes.n;
    Seen  *head = map_get(w->seen, n);
    for (Seen *x = head; x; x = x->next)
        if (!bytes || !memcmp(x->at, at, bytes))
            return false;
    Seen *more = ARENA_NEW(w->s->arena, Seen);
    *more = (Seen){n, at, head};
    map_put(w->seen, n, more);
    return true;
}

static void special(Walk *w, Axis *a)
{
    if (a)
        vec_push(w->s->arena, &w->item->special, a);
}

static Axis *along(const Node *n, Axis *const *at, const Axis *axis)
{
    for (int i = 0; i < n->type.axes.n; i++)
        if (n->type.axes.at[i] == axis)
            return at[i];
    return NULL;
}

// The axes that operand k has and loses: at positions of their own there, though the result may
// have axes of that name.
static bool loses(const Node *n, int k, const Axis *a)
{
    switch (op_info(n->op)->class) {
    case OPC_INDEX: return n->op != OP_UPDATE && k == 0 && order_find(n->attr.ax, n->attr.nax, a) >= 0;
    case OPC_SHAPE:
        if (n->op == OP_CONCAT)
            return n->attr.ax[k] == a;
        return (n->op == OP_SPLIT || n->op == OP_MERGE) &&
               order_find(n->attr.ax, n->attr.nax, a) >= 0;
    case OPC_LEAF:
    case OPC_MAP:
    case OPC_REDUCE:
    case OPC_LIBRARY:
    case OPC_REGION: return false;
    }
    return false;
}

static void walk_guard(Walk *w, const Node *n, Axis **at, const Node *g)
{
    Axis **to = ARENA_ARRAY(w->s->arena, Axis *, g->type.axes.n + 1);
    for (int i = 0; i < g->type.axes.n; i++)
        to[i] = along(n, at, g->type.axes.at[i]);
    walk(w, g, to);
}

static void walk_operand(Walk *w, const Node *n, Axis **at, int k)
{
    const Node *x = n->in[k];
    Axis      **to = ARENA_ARRAY(w->s->arena, Axis *, x->type.axes.n + 1);
    for (int i = 0; i < x->type.axes.n; i++) {
        Axis *a = x->type.axes.at[i];
        int   renamed = n->op == OP_RENAME ? order_find(n->attr.ax, n->attr.nax, a) : -1;
        to[i] = loses(n, k, a) ? NULL : along(n, at, renamed >= 0 ? n->attr.bx[renamed] : a);
    }
    walk(w, x, to);
}

static void walk_inside(Walk *w, const Node *n, Axis **at)
{
    if (n->op == OP_IOTA)
        special(w, at[0]);
    bool one_hot = op_info(n->op)->class == OPC_INDEX && n->op != OP_INDEX;
    for (int i = 0; n->op == OP_UPDATE && i < n->attr.nax; i++)
        special(w, along(n, at, n->attr.ax[i]));
    if (n->op == OP_SPLIT || n->op == OP_MERGE || n->op == OP_CONCAT || one_hot)
        for (int i = 0; i < n->attr.nbx; i++)
            special(w, along(n, at, n->attr.bx[i]));
    for (int k = 0; k < n->nin; k++)
        if (n->op != OP_GUARD || k == 0)
            walk_operand(w, n, at, k);
    for (int k = 0; one_hot && k < n->nin; k++)
        if (n->in[k]->type.guard)
            walk_guard(w, n, at, n->in[k]->type.guard);
    for (int k = 1; n->op == OP_INDEX && k < n->nin; k++)
        if (n->in[k]->type.guard)
            walk_guard(w, n, at, n->in[k]->type.guard);
    if ((n->op == OP_INDEX || n->op == OP_UPDATE) && n->type.guard)
        walk_guard(w, n, at, n->type.guard);
    if (n->op == OP_FILL && n->in[0]->type.guard)
        walk_guard(w, n, at, n->in[0]->type.guard);
}

static void walk(Walk *w, const Node *n, Axis **at)
{
    if (!first_visit(w, n, at))
        return;
    if (w->s->info[n->id].forced) {
        Access a = {n, at};
        if (w->limits)
            vec_push(w->s->arena, &w->item->limits, a);
        else
            vec_push(w->s->arena, &w->item->reads, a);
        return;
    }
    walk_inside(w, n, at);
}

static void walk_root(Walk *w, const Node *x)
{
    Axis **at = ARENA_ARRAY(w->s->arena, Axis *, x->type.axes.n + 1);
    for (int i = 0; i < x->type.axes.n; i++)
        at[i] = x->type.axes.at[i];
    walk(w, x, at);
}

// ---- limits ----

bool limit_goes_down(const Node *n, const Axis *a)
{
    bool whole = n->type.elem == ELEM_I64 && axes_has(n->type.axes, a);
    return whole && (n->op == OP_ADD || n->op == OP_SUB || n->op == OP_ABS || n->op == OP_EXPAND || n->op == OP_IOTA);
}

static void walk_compared(Walk *w, const Node *n, const Axis *a)
{
    if (!limit_goes_down(n, a)) {
        walk_root(w, n);
        return;
    }
    for (int i = 0; i < n->nin; i++)
        walk_compared(w, n->in[i], a);
}

static bool walk_limits(Walk *w, const Node *g, const Axis *a)
{
    bool any = false, joins = g->op == OP_AND || g->op == OP_OR || g->op == OP_NOT || g->op == OP_EXPAND;
    bool orders = (g->op == OP_LT || g->op == OP_LE || g->op == OP_EQ) && g->in[0]->type.elem == ELEM_I64;
    if (!axes_has(g->type.axes, a) || (!joins && !orders))
        return false;
    for (int i = 0; i < g->nin; i++)
        if (orders)
            walk_compared(w, g->in[i], a);
        else
            any = walk_limits(w, g->in[i], a) || any;
    return any || orders;
}

// An array that is updated in place may have gone on.
static bool limits_there(Sched *s, const Item *item)
{
    bool all = true;
    for (int i = 0; i < item->limits.n; i++) {
        const Node *leaf = item->limits.at[i].leaf;
        all = all && s->plan->of[leaf->id] && !s->info[leaf->id].version;
    }
    return all;
}

bool access_limits(Sched *s, Item *item, const Node *guard, const Axis *a)
{
    Walk w = {s, item, map_new(s->arena), true};
    return guard && walk_limits(&w, guard, a) && limits_there(s, item);
}

const Node *item_guard(const Item *item, int k)
{
    const Node *n = item->node;
    if (item->kind == ITEM_REDUCE)
        return k < n->nin ? n->in[k]->type.guard : NULL;
    if (item->kind != ITEM_MAP || k)
        return NULL;
    return n->op == OP_FILL ? n->in[0]->type.guard : item->from ? NULL : n->type.guard;
}

static void collect_limits(Sched *s, Item *item)
{
    for (int k = 0; k < 2; k++) {
        const Node *g = item_guard(item, k);
        for (int i = 0; g && i < g->type.axes.n; i++)
            item->bounded = access_limits(s, item, g, g->type.axes.at[i]) || item->bounded;
    }
    item->bounded = item->bounded && limits_there(s, item);
}

void access_collect(Sched *s, Item *item)
{
    Walk        w = {s, item, map_new(s->arena), false};
    const Node *n = item->node;
    if (item->copy) {
        walk_root(&w, n);
    } else if (item->kind == ITEM_MAP) {
        Axis **at = ARENA_ARRAY(s->arena, Axis *, n->type.axes.n + 1);
        if (n->type.axes.n) // a scalar has no axes
            memcpy(at, n->type.axes.at, sizeof *at * (size_t)n->type.axes.n);
        walk_inside(&w, n, at);
    } else {
        for (int k = 0; k < n->nin; k++) {
            walk_root(&w, n->in[k]);
            if (n->in[k]->type.guard)
                walk_root(&w, n->in[k]->type.guard);
        }
    }
    collect_limits(s, item);
}

bool access_identity(const Access *a)
{
    for (int i = 0; i < a->leaf->type.axes.n; i++)
        if (a->at[i] != a->leaf->type.axes.at[i])
            return false;
    return true;
}

// Is only the kernel's own row read?
bool access_rows(const Access *a, Axis *const *outer, int n)
{
    for (int k = 0; k < n; k++) {
        int i = order_find(a->leaf->type.axes.at, a->leaf->type.axes.n, outer[k]);
        if (i < 0 || a->at[i] != outer[k])
            return false;
    }
    return true;
}
