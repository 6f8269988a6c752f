// Regions: their nodes in order, each to its task; loops and branches with the tasks of their
// bodies.
#include <string.h>

#include "ir/region.h"
#include "sched/plan.h"

static Buffer *use(Sched *s, Task *t, Node *n)
{
    Buffer *b = s->plan->of[n->id];
    b->external = true;
    task_read(s, t, b);
    return b;
}

static Buffer *stored(Sched *s, BufferKind kind, const Node *n, Type type)
{
    Buffer *b = buffer_new(s, kind, n, type.elem, type.axes.n);
    b->external = true;
    return b;
}

static Buffer *scalar(Sched *s, BufferKind kind, const Node *n, Elem e)
{
    Buffer *b = stored(s, kind, n, (Type){e, {0}, NULL});
    buffer_settle(s, b, NULL, 0);
    return b;
}

// ---- control ----

static Node *out_node(const Region *r, const Node *n, int i)
{
    for (int k = 0; k < r->nodes.n; k++) {
        Node *o = r->nodes.at[k];
        if (o->op == OP_OUT && o->in[0] == n && o->attr.i == i)
            return o;
    }
    return NULL;
}

static Task *control_new(Sched *s, TaskKind kind, const Node *n)
{
    Task *t = task_new(s, kind);
    t->control = ARENA_NEW(s->arena, Control);
    t->control->node = n;
    return t;
}

// Where result i of the operation lies; NULL when no one asks.
static Buffer *out_buffer(Sched *s, Task *t, Node *n, int i)
{
    Node *o = out_node(s->region, n, i);
    if (!o || !s->info[o->id].live)
        return NULL;
    Info *info = &s->info[o->id];
    bool  loop_first = n->op != OP_LOOP || !info->target || !info->target->order ||
                      (info->target->n && info->target->order[0] == n->attr.ax[0]);
    Buffer *b = info->target && loop_first ? info->target : stored(s, BUFFER_ARENA, n, n->outs[i]);
    s->plan->of[o->id] = b;
    info->maker = t;
    task_write(s, t, b);
    return b;
}

static void result_lies(Sched *s, Task *t, Node *n, int i, Buffer *b)
{
    Node *o = out_node(s->region, n, i);
    if (!o)
        return;
    s->plan->of[o->id] = b;
    s->info[o->id].maker = t;
}

static Buffer *place_like(Sched *s, const Node *n, const Buffer *from)
{
    Buffer *b = stored(s, BUFFER_ARENA, n, n->type);
    buffer_settle(s, b, from->order, from->n);
    return b;
}

// The place of operand i, which the operation updates: the operand's own when that is a version of the same array
// before, else one that it is copied to.
static Buffer *kept_place(Sched *s, Task *t, Node *n, int i, int result)
{
    Node   *o = out_node(s->region, n, result);
    Buffer *b = s->plan->of[n->in[i]->id];
    b->external = true;
    if (!o || !s->info[o->id].version) {
        b = place_like(s, n->in[i], b);
        kernel_add(s, ITEM_MAP, n->in[i], b);
    }
    task_read(s, t, b);
    task_write(s, t, b);
    result_lies(s, t, n, result, b);
    return b;
}

// A carry that changes as a whole: two places, which `now` and `next` point to by turns (a scalar is moved from one to
// the other). The first value is copied in.
static void carry(Sched *s, Task *t, Node *n, int i)
{
    Buffer *from = s->plan->of[n->in[i]->id], *place[2], *slot[2];
    for (int k = 0; k < 2; k++)
        place[k] = place_like(s, n->in[i], from);
    for (int k = 0; k < 2; k++) {
        slot[k] = from->n ? stored(s, BUFFER_SLOT, n->in[i], n->in[i]->type) : place[k];
        buffer_settle(s, slot[k], from->order, from->n);
        slot[k]->pair[0] = place[k];
        slot[k]->pair[1] = place[!k];
    }
    from->external = true;
    kernel_add(s, ITEM_MAP, n->in[i], place[0]);
    task_read(s, t, place[0]);
    task_write(s, t, place[0]);
    task_write(s, t, place[1]);
    task_write(s, t, slot[0]);
    vec_push(s->arena, &t->control->slots, slot[0]);
    vec_push(s->arena, &t->control->next, slot[1]);
    result_lies(s, t, n, i, slot[0]);
}

static void bind(Sched *s, const Region *r, int param, Buffer *b)
{
    s->plan->of[r->params.at[param]->id] = b;
}

static void bind_invariants(Sched *s, Task *t, Node *n, int first, const Region *r, int param)
{
    for (int i = first; i < n->nin; i++)
        bind(s, r, param + i - first, use(s, t, n->in[i]));
}

static int made_number(const Plan *p, const Node *n)
{
    for (int i = 0; i < p->made.n; i++)
        if (p->made.at[i] == region_made(n))
            return i;
    return -1;
}

// What a loop's turns yield: all of it, or what grows.
static Buffer *yielded(Sched *s, Task *t, Node *n, int i)
{
    Node *o = out_node(s->region, n, i);
    if (!region_made(n) || !o || !s->info[o->id].live)
        return out_buffer(s, t, n, i);
    Buffer *b = stored(s, BUFFER_TAPE, n, n->outs[i]);
    b->index = s->plan->ntapes++;
    s->plan->of[o->id] = b;
    s->info[o->id].maker = t;
    vec_push(s->arena, &t->control->tapes, b);
    task_write(s, t, b);
    return b;
}

static void add_condition(Sched *s, Task *t, Node *n)
{
    Control *c = t->control;
    Region  *r = n->body[1];
    c->condition = scalar(s, BUFFER_ARENA, n, ELEM_BOOL);
    bind(s, r, 0, c->turn);
    for (int i = 0; i < (int)n->attr.i; i++)
        bind(s, r, 1 + i, s->plan->of[n->body[0]->params.at[1 + i]->id]);
    bind_invariants(s, t, n, (int)n->attr.i, r, 1 + (int)n->attr.i);
    region_plan(s, r, &c->condition, &c->body[1]);
}

static void add_loop(Sched *s, Node *n)
{
    Task    *t = control_new(s, TASK_LOOP, n);
    Region  *body = n->body[0];
    int      carries = (int)n->attr.i;
    Buffer **targets = ARENA_ARRAY(s->arena, Buffer *, n->nouts + 1);
    Control *c = t->control;
    c->made = made_number(s->plan, n);
    c->turn = scalar(s, BUFFER_TURN, n, ELEM_I64);
    bind(s, body, 0, c->turn);
    for (int i = 0; i < carries; i++) {
        if (inplace_operand(s, n, i) >= 0) {
            targets[i] = kept_place(s, t, n, i, i);
            bind(s, body, 1 + i, targets[i]);
            continue;
        }
        carry(s, t, n, i);
        bind(s, body, 1 + i, c->slots.at[c->slots.n - 1]);
        targets[i] = c->next.at[c->next.n - 1];
    }
    bind_invariants(s, t, n, carries, body, 1 + carries);
    for (int i = carries; i < n->nouts; i++) {
        Buffer *all = yielded(s, t, n, i);
        if (!all)
            continue;
        targets[i] = stored(s, BUFFER_SLICE, n, body->results.at[i]->type);
        targets[i]->parent = all;
        targets[i]->turn = c->turn;
        all->node = n;
        if (all->order)
            buffer_settle(s, targets[i], all->order + 1, all->n - 1);
    }
    region_plan(s, body, targets, &c->body[0]);
    if (n->body[1])
        add_condition(s, t, n);
    vec_push(s->arena, s->tasks, t);
}

static void add_branch(Sched *s, Node *n)
{
    Task    *t = control_new(s, TASK_BRANCH, n);
    Buffer **targets = ARENA_ARRAY(s->arena, Buffer *, n->nouts + 1);
    t->control->condition = use(s, t, n->in[0]);
    for (int i = 0; i < n->nouts; i++)
        targets[i] = inplace_operand(s, n, i) >= 0 ? kept_place(s, t, n, inplace_operand(s, n, i), i)
                                                   : out_buffer(s, t, n, i);
    for (int k = 0; k < 2; k++) {
        bind_invariants(s, t, n, 1, n->body[k], 0);
        for (int i = 0; i < n->nouts; i++)
            if (inplace_operand(s, n, i) >= 0)
                bind(s, n->body[k], inplace_operand(s, n, i) - 1, targets[i]);
        region_plan(s, n->body[k], targets, &t->control->body[k]);
    }
    vec_push(s->arena, s->tasks, t);
}

static void add_sort(Sched *s, Node *n)
{
    Task   *t = task_new(s, TASK_SORT);
    Buffer *from = use(s, t, n->in[0]), *to = s->info[n->id].target;
    // The positions of a row must be one after the other; the values needn't.
    int    k = 0;
    Axis **order = ARENA_ARRAY(s->arena, Axis *, n->type.axes.n + 1);
    for (int i = 0; i < from->n; i++)
        if (from->order[i] != n->attr.ax[0])
            order[k++] = from->order[i];
    order[k++] = n->attr.ax[0];
    if (to && to->order && to->order[to->n - 1] != n->attr.ax[0])
        to = NULL;
    if (!to)
        to = stored(s, BUFFER_ARENA, n, n->type);
    buffer_settle(s, to, order, k);
    t->sort = ARENA_NEW(s->arena, Item);
    *t->sort = (Item){.node = n, .to = to};
    t->scratch =
        stored(s, BUFFER_ARENA, n, (Type){ELEM_I64, axes_of(s->arena, n->attr.ax, 1), NULL});
    buffer_settle(s, t->scratch, n->attr.ax, 1);
    task_write(s, t, to);
    task_write(s, t, t->scratch);
    s->plan->of[n->id] = to;
    s->info[n->id].maker = t;
    vec_push(s->arena, s->tasks, t);
}

// The call of which another result was asked for.
static Task *library_call(Sched *s, const Node *n)
{
    for (int i = s->tasks->n - 1; i >= 0; i--) {
        const Library *l = s->tasks->at[i]->library;
        if (l && l->node->op == n->op && !memcmp(l->node->in, n->in, sizeof *n->in * (size_t)n->nin) &&
            !memcmp(l->node->attr.ax, n->attr.ax, sizeof *n->attr.ax * (size_t)n->attr.nax))
            return s->tasks->at[i];
    }
    return NULL;
}

static Task *library_begin(Sched *s, Node *n)
{
    Task    *t = task_new(s, TASK_LIBRARY);
    Library *l = t->library = ARENA_NEW(s->arena, Library);
    *l = (Library){.node = n, .shape = library_shape(n->op)};
    library_axes(s->arena, &l->shape, n->in, axes_of(s->arena, n->attr.ax, n->attr.nax), &l->passing, &l->starred);
    for (int i = 0; i < n->nin; i++)
        use(s, t, n->in[i]);
    vec_push(s->arena, s->tasks, t);
    return t;
}

static void add_library(Sched *s, Node *n)
{
    Task   *t = library_call(s, n);
    Buffer *to = t ? NULL : s->info[n->id].target; // an earlier call must not write what is not free yet
    t = t ? t : library_begin(s, n);
    to = to ? to : stored(s, BUFFER_ARENA, n, n->type);
    to->external = true;
    if (!to->order)
        buffer_settle(s, to, order_by_id(s, n->type.axes), n->type.axes.n);
    t->library->out[n->attr.i] = to;
    task_write(s, t, to);
    s->plan->of[n->id] = to;
    s->info[n->id].maker = t;
}

// Its value is the operand's, in the same place.
static void add_watch(Sched *s, Node *n)
{
    Task *t = task_new(s, TASK_WATCH);
    t->watch = n;
    for (int i = 0; i < n->nin; i++)
        use(s, t, n->in[i]);
    s->plan->of[n->id] = s->plan->of[n->in[0]->id];
    task_write(s, t, s->plan->of[n->id]);
    s->info[n->id].maker = t;
    vec_push(s->arena, s->tasks, t);
}

// ---- arrays in place ----

// Stands for an older version in the same place: there when that is.
static void add_version(Sched *s, Node *n)
{
    int last = -1;
    if (n->op == OP_UPDATE) {
        kernel_update(s, n);
        s->info[n->id].maker = s->tasks->at[s->tasks->n - 1];
        return;
    }
    for (int k = n->op == OP_SELECT; k < n->nin && k < (n->op == OP_SELECT ? 3 : 1); k++) {
        Task *maker = s->info[n->in[k]->id].maker;
        int   at = task_index(s->tasks, maker);
        s->plan->of[n->id] = s->plan->of[n->in[k]->id];
        if (at >= last)
            s->info[n->id].maker = maker;
        last = at > last ? at : last;
    }
}

// ---- nodes ----

static void add_table(Sched *s, Node *n)
{
    Buffer *b = stored(s, BUFFER_TABLE, n, n->type);
    buffer_settle(s, b, n->attr.ax, n->attr.nax);
    s->plan->of[n->id] = b;
}

static void add_node(Sched *s, Node *n)
{
    if (n->op == OP_TABLE)
        add_table(s, n);
    else if (s->info[n->id].version && sched_is_map(n))
        add_version(s, n);
    else if (sched_is_map(n))
        kernel_add(s, ITEM_MAP, n, NULL);
    else if (sched_is_product(n))
        gemm_add(s, n);
    else if (n->op == OP_CUMSUM)
        kernel_add(s, ITEM_SCAN, n, NULL);
    else if (op_info(n->op)->class == OPC_REDUCE)
        kernel_add(s, ITEM_REDUCE, n, NULL);
    else if (n->op == OP_ARGSORT)
        add_sort(s, n);
    else if (op_info(n->op)->class == OPC_LIBRARY)
        add_library(s, n);
    else if (sched_watches(n))
        add_watch(s, n);
    else if (op_info(n->op)->class == OPC_INDEX)
        kernel_add(s, ITEM_SCATTER, n, NULL);
    else if (n->op == OP_LOOP)
        add_loop(s, n);
    else if (n->op == OP_BRANCH)
        add_branch(s, n);
}

static bool computed_here(const Node *n)
{
    return n->op != OP_INPUT && n->op != OP_PARAM && n->op != OP_TABLE;
}

void region_plan(Sched *s, Region *r, Buffer **targets, TaskList *tasks)
{
    Region   *outer = s->region;
    TaskList *outer_tasks = s->tasks;
    s->region = r;
    s->tasks = tasks;
    sched_mark(s, r);
    extent_demand(s, r);
    for (int i = 0; i < r->results.n; i++) {
        Info *info = &s->info[r->results.at[i]->id];
        if (targets[i] && !info->target && computed_here(r->results.at[i]))
            info->target = targets[i];
    }
    for (int i = 0; i < r->nodes.n; i++)
        if (s->info[r->nodes.at[i]->id].live && s->info[r->nodes.at[i]->id].forced)
            add_node(s, r->nodes.at[i]);
    for (int i = 0; i < r->results.n; i++)
        if (targets[i] && s->plan->of[r->results.at[i]->id] != targets[i])
            kernel_add(s, ITEM_MAP, r->results.at[i], targets[i]);
    s->region = outer;
    s->tasks = outer_tasks;
}
