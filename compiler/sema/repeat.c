// `repeat`: the loop with parameters of its own a turn, stacked along its axis.
#include "sema/bounded.h"
#include "sema/buffers.h"
#include "sema/model.h"
#include "sema/stmt.h"

typedef struct {
    Axis *axis;
    Node *turn;
} Slice;

static Value *stack_leaf(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Axis   *a = user;
    AxisSet one = {&a, 1};
    Value  *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->axes = axes_union(s->arena, v->axes, axes_of(s->arena, one.at, 1));
    int n = v->axes.n;
    out->order = ARENA_ARRAY(s->arena, Axis *, n + 1);
    out->order[0] = a;
    for (int i = 0, k = 1; i < n; i++) {
        Axis *old = v->order ? v->order[i] : v->axes.at[i];
        if (old && old != a && k <= n)
            out->order[k++] = old;
    }
    return out;
}

// Made once: what the body owns, each leaf stacked along the axis.
static Value *grow_repeat(Sema *s, Syn *n, Axis *a)
{
    Growing inner = {.init = s->growing->init, .imports = s->growing->imports}, *outer = s->growing;
    Sema    saved = *s;
    s->growing = &inner;
    s->path = path_join(s, s->path, n->name);
    s->scope = scope_new(s, s->scope);
    s->repeat_axis = a;
    Value *turn = value_tensor(s, ir_input(s->b, n->name, INPUT_SCALAR, ELEM_I64, (AxisSet){0}, NULL), n->at);
    turn->pos = a;
    know_position(s, turn);
    let_value(s, n->name, n->at, turn);
    Value *last = eval_statements(s, n->kid[1]);
    sema_restore(s, &saved);
    Value *m = value_new(s, V_MODEL, n->where);
    Func  *f = ARENA_NEW(s->arena, Func);
    *f = (Func){.kind = FUNC_DECL, .decl = n, .scope = s->scope, .name = n->name};
    m->func = f;
    m->nfields = inner.fields.n;
    m->fields = ARENA_ARRAY(s->arena, Field, inner.fields.n + 1);
    for (int i = 0; i < inner.fields.n; i++)
        m->fields[i] = inner.fields.at[i].field;
    m = value_map(s, m, NULL, stack_leaf, a);
    GrowingField field = {{n->name, m}, n->where};
    vec_push(s->arena, &outer->fields, field);
    return last;
}

static Value *slice_leaf(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Slice *sl = user;
    Node  *x = ir_index(s->b, value_node(s, v->buffer ? buffer_now(s, v) : v), &sl->axis, &sl->turn, 1, NULL);
    Value *out = value_like(s, x, v);
    out->leaf = v->leaf;
    out->buffer = v->buffer;
    int n = v->axes.n;
    out->order = ARENA_ARRAY(s->arena, Axis *, n + 1);
    for (int i = 0, k = 0; i < n; i++)
        if (v->order && v->order[i] != sl->axis)
            out->order[k++] = v->order[i];
    return out;
}

typedef struct {
    Syn   *n;
    Value *all;      // the parameters of all turns
    Axis  *stacked;  // along which they are stacked
    Axis  *axis;     // the same as the body names it
    bool   looks;    // a trace looks into a loop's turns
} Repeat;

static bool find_turns(Sema *s, Syn *n, Axis *a, Repeat *r)
{
    Value *leaf[1];
    *r = (Repeat){n, value_field(s->self, n->name), a, a, false};
    if (!r->all) {
        sema_error(s, DIAG_E0206, n->where, "the model has no `%s`", n->name);
        return false;
    }
    if (value_leaves(s, r->all, leaf, 1) > 0 && leaf[0]->order)
        r->stacked = leaf[0]->order[0];
    return true;
}

// What is drawn in a turn goes by its number, as in any loop.
static Value *evaluate_turn(Sema *s, const Repeat *r, Node *turn)
{
    Slice    sl = {r->stacked, turn};
    HeldList buffers = {0};
    s->self = value_map(s, r->all, NULL, slice_leaf, &sl);
    s->path = path_join(s, s->path, r->n->name);
    s->buffers = &buffers;
    Value *last = eval_statements(s, r->n->kid[1]);
    return is_error(last) || buffers_done(s, &buffers) ? last : value_new(s, V_ERROR, r->n->where);
}

// Buffers that moved in a turn move where they are stacked.
static void restack(Sema *s, const Slice *sl, Value *all, Value *turn)
{
    for (int i = 0; i < all->nfields; i++)
        restack(s, sl, all->fields[i].value, turn->fields[i].value);
    Value *now = is_tensor(all) && all->buffer ? buffer_now(s, turn) : turn;
    if (now == turn)
        return;
    Axis *a = sl->axis;
    Node *here = ir_binary(s->b, OP_EQ, ir_iota(s->b, a), sl->turn), *old = value_node(s, buffer_now(s, all));
    Node *x = ir_select(s->b, here, ir_expand(s->b, value_node(s, now), axes_of(s->arena, &a, 1)), old);
    buffer_move(s, all, value_like(s, x, all));
}

// Turn by turn: the number of turns is known.
static Value *unrolled(Sema *s, Syn *n, Axis *a, int64_t turns)
{
    Repeat r;
    Value *last = value_new(s, V_NONE, n->where);
    if (!find_turns(s, n, a, &r))
        return value_new(s, V_ERROR, n->where);
    for (int64_t i = 0; i < turns && !is_error(last); i++) {
        Sema   saved = *s;
        Slice  sl = {r.stacked, ir_int(s->b, i)};
        Value *turn = value_int(s, size_const(s->sizes, i), n->at);
        vec_push(s->arena, &s->turns, turn);
        s->trace = trace_turn(s, n->name, r.stacked);
        s->scope = scope_new(s, s->scope);
        turn->pos = a;
        let_value(s, n->name, n->at, turn);
        last = evaluate_turn(s, &r, sl.turn);
        if (!is_error(last) && s->moved)
            restack(s, &sl, r.all, s->self);
        sema_restore(s, &saved);
    }
    return is_error(last) ? last : value_new(s, V_NONE, n->where);
}

static Value *along_stacked(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    const Repeat *r = user;
    return value_like(s, ir_rename(s->b, value_node(s, v), &r->axis, &r->stacked, 1), v);
}

static Value *turn_of_loop(Sema *s, void *user, Node *turn)
{
    const Repeat *r = user;
    s->trace = r->looks ? trace_loop(s, r->n->name) : NULL;
    Value *last = evaluate_turn(s, r, turn);
    if (r->looks && !is_error(last))
        s->loop->yielded = trace_taken(s, s->trace, r->axis, r->n->where);
    return last;
}

// As a loop, whatever the number of turns.
static Value *looped(Sema *s, Syn *n, Axis *a)
{
    Repeat r;
    if (!find_turns(s, n, a, &r))
        return value_new(s, V_ERROR, n->where);
    r.looks = trace_looks(s);
    Value *v = eval_turns(s, n, a, r.looks, turn_of_loop, &r);
    if (v->kind == V_RECORD)
        trace_put(s, r.axis == r.stacked ? v : value_map(s, v, NULL, along_stacked, &r));
    return is_error(v) ? v : value_new(s, V_NONE, n->where);
}

// How many turns the program at hand has; false: only the data tells.
static bool turns_known(Sema *s, Axis *a, int64_t *turns)
{
    if (header_guard(s, a) || !axis_count_now(a, turns))
        return false;
    if (axis_is_bounded(a) && s->number_read)  // the program is one for this count
        *s->number_read = true;
    return true;
}

static bool owns_buffers(const Value *m)
{
    bool any = is_tensor(m) && m->buffer;
    for (int i = 0; i < m->nfields && !any; i++)
        any = owns_buffers(m->fields[i].value);
    return any;
}

// Many turns are compiled as one: not if the body asks which it is, as of a number known when compiled, nor if its buffers
// move, each in its turn.
static bool are_alike(Sema *s, const Syn *n, int64_t turns)
{
    enum { FEW = 3 };
    const Value *all = value_field(s->self, n->name);
    return turns > FEW && !mentioned(n->kid[1], n->name) && all && !owns_buffers(all);
}

static Value *all_turns(Sema *s, Syn *n, Axis *a)
{
    int64_t turns;
    if (s->growing) {
        Value *v = grow_repeat(s, n, a);
        return is_error(v) ? v : value_new(s, V_NONE, n->where);
    }
    if (turns_known(s, a, &turns))
        return are_alike(s, n, turns) ? looped(s, n, a) : unrolled(s, n, a, turns);
    if (s->opaque || (!s->host && !s->any_size))  // while checking, one turn stands for all
        return unrolled(s, n, a, 1);
    return looped(s, n, a);
}

Value *eval_repeat(Sema *s, Syn *n)
{
    Axis *a = eval_axis_as(s, n->kid[0], AXIS_OF_REPEAT);
    if (!a)
        return value_new(s, V_ERROR, n->where);
    if (s->in_fn || (!s->growing && !s->self))
        return sema_error(s, DIAG_E0504, n->where, "`repeat` has parameters of its own: it stands in blocks");
    RepeatSpan span = {a, s->b->program->node_count, 0};
    Value     *last = all_turns(s, n, a);
    span.to = s->b->program->node_count;
    if (s->contract && s->opaque)
        vec_push(s->arena, &s->contract->repeats, span);
    return last;
}
