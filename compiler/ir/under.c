// What one side of a choice computes, under the choice's condition: position by position, nothing is looked at where
// the condition does not hold. What an operation along an axis of the condition takes in (a sum, an index) it takes
// whole, and so is what was there before the choice. A loop in a side turns only where the condition holds, if nothing
// in it goes along an axis of the condition.
#include <string.h>

#include "ir/fold.h"
#include "ir/region.h"

struct Under {
    Builder *b;
    Node    *guard;
    int      since;   // nodes that are older stand outside of the choice
    Map     *done;
    Map     *behind;  // the same with the guard's axes renamed, by the guard
};

Under *under_new(Builder *b, Node *guard, int since)
{
    Under *u = ARENA_NEW(b->program->arena, Under);
    *u = (Under){b, guard, since, map_new(b->program->arena), map_new(b->program->arena)};
    return u;
}

static bool in_guard(const Under *u, Axis *const *ax, int n)
{
    for (int i = 0; i < n; i++)
        if (axes_has(u->guard->type.axes, ax[i]))
            return true;
    return false;
}

static bool along_guard(const Under *u, const Node *n)
{
    return in_guard(u, n->attr.ax, n->attr.nax) || in_guard(u, n->attr.bx, n->attr.nbx);
}

static bool is_older(const Under *u, const Node *n) { return n->id < u->since || n->home != u->b->region; }

static bool stays(const Under *u, const Node *n)
{
    OpClass c = op_info(n->op)->class;
    return is_older(u, n) || c == OPC_LEAF || c == OPC_REGION || along_guard(u, n);
}

static bool covers(const Under *u, const Type *t) { return axes_contains(t->axes, u->guard->type.axes); }

static Node *guarded_here(Under *u, Node *n)
{
    if (n->op == OP_CONST || elem_class(n->type.elem) != ELEM_CLASS_FLOAT || !covers(u, &n->type))
        return n;
    return ir_guard(u->b, n, u->guard);
}

// ---- regions ----

static bool region_along_guard(const Under *u, const Region *r)
{
    for (int i = 0; i < r->nodes.n; i++) {
        const Node *n = r->nodes.at[i];
        bool        loop = n->op == OP_LOOP;  // whose condition asks whether any position goes on
        if (along_guard(u, n) && n->op != OP_EXPAND && op_info(n->op)->class != OPC_LEAF)
            return true;
        for (int k = 0; k < (loop ? 1 : 2); k++)
            if (n->body[k] && region_along_guard(u, n->body[k]))
                return true;
    }
    return false;
}

static Region *params_again(Builder *b, const Region *old, Map *map)
{
    Region *r = region_begin(b);
    for (int i = 0; i < old->params.n; i++) {
        Node *p = old->params.at[i];
        map_put(map, p, region_param(b, p->type.elem, p->type.axes));
    }
    return r;
}

// The body, where only what the condition holds for moves on from the carries.
static Region *body_under(Under *u, const Region *old, int turn, int ncarry)
{
    Builder *b = u->b;
    Map     *map = map_new(b->program->arena);
    Region  *r = params_again(b, old, map);
    Under   *in = under_new(b, u->guard, b->program->node_count);
    for (int i = 0; i < old->results.n; i++) {
        Node *x = under_node(in, ir_copy_graph(b, old->results.at[i], map));
        if (i < ncarry && covers(u, &x->type))
            x = ir_select(b, u->guard, x, r->params.at[turn + i]);
        region_result(b, x);
    }
    region_end(b);
    return r;
}

// `any` of positions that go on becomes that of those among them for which the condition holds.
static Region *condition_under(Under *u, const Region *old)
{
    Builder *b = u->b;
    Map     *map = map_new(b->program->arena);
    Region  *r = params_again(b, old, map);
    Node    *x = ir_copy_graph(b, old->results.at[0], map), *g = u->guard;
    bool     any = x->op == OP_ANY && covers(u, &x->in[0]->type);
    if (any)
        x = ir_reduce(b, OP_ANY, ir_binary(b, OP_AND, x->in[0], g), x->attr.ax, x->attr.nax);
    else
        x = ir_binary(b, OP_AND, x, ir_reduce(b, OP_ANY, g, g->type.axes.at, g->type.axes.n));
    region_result(b, x);
    region_end(b);
    return r;
}

// What a loop of open length yields is along the axis that it makes: such a one stays.
static Node *loop_under(Under *u, Node *n)
{
    if (n->body[1] && n->nouts > n->attr.i)
        return NULL;
    Region *go = n->body[1] ? condition_under(u, n->body[1]) : NULL, *body = body_under(u, n->body[0], 1, (int)n->attr.i);
    Node   *out = go ? ir_while(u->b, n->in, n->nin, go, body) : ir_loop(u->b, n->attr.ax[0], n->in, n->nin, body);
    out->attr.i = n->attr.i;
    out->attr.flag = n->attr.flag;
    region_types(u->b, out);
    return out;
}

static Node *run_under(Under *u, Node *n)
{
    return n->body[1] ? NULL : ir_run(u->b, n->in, n->nin, body_under(u, n->body[0], 0, 0), NULL);
}

static Node *fix_under(Under *u, Node *n)
{
    AxisSet positions = {0};
    for (int i = 0; i < (int)n->attr.i; i++)
        positions = axes_union(u->b->program->arena, positions, n->in[3 + i]->type.axes);
    if (!axes_contains(positions, u->guard->type.axes))
        return NULL;
    Node **in = ARENA_ARRAY(u->b->program->arena, Node *, n->nin);
    memcpy(in, n->in, sizeof *in * (size_t)n->nin);
    in[2] = ir_binary(u->b, OP_AND, ir_fill(u->b, in[2]), u->guard);
    return ir_copy_node(u->b, n, in);
}

// The region operation under the condition; itself where it takes whole what it works on.
static Node *region_under(Under *u, Node *n)
{
    static Node *(*const rule[OP_COUNT])(Under *, Node *) = {
        [OP_LOOP] = loop_under, [OP_RUN] = run_under, [OP_FIX] = fix_under};
    Node *done = map_get(u->done, n);
    if (done)
        return done;
    bool stops = n->op == OP_LOOP && loop_turns_only_if(n, u->guard, true);  // it was written so
    bool whole = is_older(u, n) || !rule[n->op] || stops || along_guard(u, n) ||
                 region_along_guard(u, n->body[0]);
    Span where = u->b->where;
    u->b->where = n->where;
    done = whole ? NULL : rule[n->op](u, n);
    u->b->where = where;
    done = done ? done : n;
    map_put(u->done, n, done);
    return done;
}

// ---- nodes ----

// What a rename makes axes of the condition of is under the condition along what it was before.
static Under *behind_rename(Under *u, const Node *n)
{
    Node  *g = ir_rename(u->b, u->guard, n->attr.bx, n->attr.ax, n->attr.nax);
    Under *there = map_get(u->behind, g);
    if (!there) {
        there = under_new(u->b, g, u->since);
        map_put(u->behind, g, there);
    }
    return there;
}

Node *under_node(Under *u, Node *n)
{
    Node *done = map_get(u->done, n);
    if (done || (elem_class(n->type.elem) != ELEM_CLASS_FLOAT && n->op != OP_OUT))
        return done ? done : n;
    if (n->op == OP_OUT) {
        Node *op = region_under(u, n->in[0]);  // one from around this region comes in by its results alone
        done = guarded_here(u, op == n->in[0] ? n : ir_out(u->b, op, (int)n->attr.i));
    } else if (n->op == OP_RENAME && covers(u, &n->type) && !is_older(u, n)) {
        Node *x = under_node(behind_rename(u, n), n->in[0]);
        done = guarded_here(u, ir_rename(u->b, x, n->attr.ax, n->attr.bx, n->attr.nax));
    } else if (stays(u, n)) {
        done = guarded_here(u, n);
    } else {
        Node **in = ARENA_ARRAY(u->b->program->arena, Node *, n->nin);
        for (int i = 0; i < n->nin; i++)
            in[i] = under_node(u, n->in[i]);
        Span where = u->b->where;
        u->b->where = n->where;
        done = ir_make(u->b, n->op, in, n->nin, &n->attr);
        u->b->where = where;
    }
    map_put(u->done, n, done);
    return done;
}
