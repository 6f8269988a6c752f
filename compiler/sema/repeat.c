// `repeat`: the loop with parameters of its own a turn, stacked along its axis.
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
    let_value(s, n->name, n->at, value_tensor(s, ir_input(s->b, n->name, INPUT_SCALAR, ELEM_I64, (AxisSet){0}, NULL),
                                              n->at));
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
    Node  *x = ir_index(s->b, value_node(s, v), &sl->axis, &sl->turn, 1, NULL);
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

// Turn by turn: the number of turns is known when the model is run.
static Value *run_repeat(Sema *s, Syn *n, Axis *a, int64_t turns)
{
    Value *all = value_field(s->self, n->name), *last = value_new(s, V_NONE, n->where);
    if (!all)
        return sema_error(s, DIAG_E0206, n->where, "the model has no `%s`", n->name);
    Axis *stacked_along = a;
    Value *leaf[1];
    if (value_leaves(s, all, leaf, 1) > 0 && leaf[0]->order)
        stacked_along = leaf[0]->order[0];
    for (int64_t i = 0; i < turns && !is_error(last); i++) {
        Sema   saved = *s;
        Slice  sl = {stacked_along, ir_int(s->b, i)};
        Value *turn = value_int(s, size_const(s->sizes, i), n->at);
        s->self = value_map(s, all, NULL, slice_leaf, &sl);
        s->trace = trace_turn(s, n->name, stacked_along);
        s->path = name_format(s->names, "%s.%lld", path_join(s, s->path, n->name), (long long)i);
        s->scope = scope_new(s, s->scope);
        turn->pos = a;
        let_value(s, n->name, n->at, turn);
        last = eval_statements(s, n->kid[1]);
        sema_restore(s, &saved);
    }
    return is_error(last) ? last : value_new(s, V_NONE, n->where);
}

static Value *all_turns(Sema *s, Syn *n, Axis *a)
{
    int64_t turns;
    if (s->growing) {
        Value *v = grow_repeat(s, n, a);
        return is_error(v) ? v : value_new(s, V_NONE, n->where);
    }
    if (!size_is_const(a->size, &turns) && !s->host)
        turns = 1;  // while checking, one turn stands for all
    else if (!size_is_const(a->size, &turns))
        return sema_absent(s, n->where, "`repeat` over an axis whose size only the data tells");
    return run_repeat(s, n, a, turns);
}

Value *eval_repeat(Sema *s, Syn *n)
{
    Axis *a = eval_axis(s, n->kid[0]);
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
