// The state of a step that is built for C: what its first walk has made, as first values by path, and as inputs of the step.
#include "sema/minimize.h"
#include "sema/model.h"
#include "sema/stage.h"
#include "sema/step.h"

void stage_states(Sema *s, const Entry *optimizer)
{
    Stage       *g = s->stage;
    const Value *all = value_field(optimizer->value, name_of(s->names, "state"));
    for (int i = 0; all && i < all->nfields; i++) {
        FirstState first = {optimizer, all->fields[i].name, all->fields[i].value};
        bool       have = false;
        for (int k = 0; k < g->first.n; k++)
            have = have || (g->first.at[k].entry == optimizer && g->first.at[k].path == first.path);
        if (!have)
            vec_push(s->arena, &g->first, first);
    }
}

// An optimizer as it is before the first step: its settings, and the first values of its states.
static Value *first_optimizer(Sema *s, const Entry *e, const Value *before)
{
    const Stage *g = s->stage;
    Value       *all = value_new(s, V_RECORD, before->where), *v = ARENA_NEW(s->arena, Value);
    Name         state = name_of(s->names, "state");
    all->fields = ARENA_ARRAY(s->arena, Field, g->first.n + 1);
    for (int i = 0; i < g->first.n; i++)
        if (g->first.at[i].entry == e)
            all->fields[all->nfields++] = (Field){g->first.at[i].path, g->first.at[i].state};
    *v = *before;
    v->fields = ARENA_ARRAY(s->arena, Field, before->nfields + 1);
    v->nfields = 0;
    for (int i = 0; i < before->nfields; i++)
        if (before->fields[i].name != state)
            v->fields[v->nfields++] = before->fields[i];
    if (all->nfields)
        v->fields[v->nfields++] = (Field){state, all};
    return v;
}

static bool is_static(const Value *v)
{
    return v->fixed || v->truth == TRUTH_TRUE || v->truth == TRUTH_FALSE || v->node->op == OP_CONST;
}

// A tensor of the state: its first value, and the step's input.
static Node *state_input(Sema *s, const Value *v, Node *first, Name path)
{
    Stage *g = s->stage;
    Value  like = *v;
    like.node = built_own(s, first);
    Axis **order = output_order(s, &like);
    program_output(g->out->first, path, like.node, -1, order);
    return ir_input(g->run, path, v->leaf ? INPUT_PARAMETER : INPUT_STATE, v->elem, like.node->type.axes, order);
}

static Value *same_as(Sema *s, const Value *v, Node *n)
{
    Value *now = ARENA_NEW(s->arena, Value);
    *now = *v;
    now->fixed = NULL;
    now->truth = TRUTH_DYNAMIC;
    now->loose = false;
    now->node = n;
    return now;
}

// A state under a guard keeps that beside it, as `path.where`. What a function holds of another state that stays is that.
static Value *state_leaf(Sema *s, Value *v, Name path, bool variable)
{
    Stage *g = s->stage;
    Node  *first = value_node(s, v), *guard = guard_kept(s, first);
    for (int i = 0; i < g->leaves.n && g->functions; i++)
        if (g->leaves.at[i].first == first && !g->leaves.at[i].variable)
            return same_as(s, v, g->leaves.at[i].now->node);
    StateLeaf leaf = {.first = first, .input = state_input(s, v, first, path), .path = path, .variable = variable};
    leaf.now = same_as(s, v, leaf.input);
    if (guard) {
        leaf.guard = state_input(s, value_tensor(s, guard, v->where), guard, path_join(s, path, "where"));
        leaf.now->node = ir_guard(g->run, leaf.input, leaf.guard);
    }
    if (v->pos)
        map_put(g->out->positions, leaf.input, v->pos);
    vec_push(s->arena, &g->leaves, leaf);
    return leaf.now;
}

typedef struct {
    Name path;
    int  n;
} HeldState;

static Value *state_held(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    HeldState *h = user;
    if (is_static(v) || node_stands_alone(s, v->node))
        return v;
    return state_leaf(s, v, path_join(s, h->path, name_format(s->names, "held%d", h->n++)), false);
}

// v with its tensors as state; constants only where they may change. The point of a derivative is known by states already.
static Value *state_value(Sema *s, Value *v, Name path, bool variable)
{
    HeldState held = {path, 0};
    if (is_tensor(v))
        return variable || !is_static(v) ? state_leaf(s, v, path, variable) : v;
    if (!v->nfields || (v->kind == V_FUNC && derivative_at_point(v->func)))
        return value_map_held_leaves(s, v, state_held, &held);
    Value *now = ARENA_NEW(s->arena, Value);
    *now = *v;
    now->fields = ARENA_ARRAY(s->arena, Field, v->nfields);
    for (int i = 0; i < v->nfields; i++) {
        Name inner = path_field(s, path, v->fields[i].name, i);
        now->fields[i] = (Field){v->fields[i].name, state_value(s, v->fields[i].value, inner, variable)};
    }
    return value_map_held_leaves(s, now, state_held, &held);
}

// Settings are constants unless the step changes them; states go by the path of their parameter.
static Value *state_optimizer(Sema *s, Value *v, const Value *after, Name path)
{
    Value *now = ARENA_NEW(s->arena, Value);
    *now = *v;
    now->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++) {
        Value *f = v->fields[i].value;
        bool   states = f->kind == V_RECORD, changes = i < after->nfields && after->fields[i].value != f;
        Name   name = states ? path : path_join(s, path, v->fields[i].name);
        now->fields[i] = (Field){v->fields[i].name, state_value(s, f, name, states || changes)};
    }
    return now;
}

static bool holds_function(const Value *v)
{
    bool holds = v->kind == V_FUNC;
    for (int i = 0; i < v->nfields && !holds; i++)
        holds = holds_function(v->fields[i].value);
    return holds;
}

// Tensors and models, then functions: those hold what is computed of the former.
static bool take_entry(Sema *s, Entry *e, Value *before, bool functions, int *spots)
{
    if (e->kind != ENTRY_VALUE || !before || holds_function(before) != functions)
        return true;
    if (functions && is_error(before = functions_kept(s, before, e->where)))
        return false;
    if (before->kind != V_OPTIMIZER) {
        e->value = state_value(s, before, e->name, e->variable);
        return true;
    }
    bool on_the_spot = e->name[0] == '#';
    Name path = !on_the_spot ? e->name : (*spots)++ ? name_format(s->names, "optimizer%d", *spots) : name_of(s->names, "optimizer");
    e->value = state_optimizer(s, first_optimizer(s, e, before), on_the_spot ? before : e->value, path);
    return true;
}

bool take_state(Sema *s, Scope *sc, Value **before, int n)
{
    int  spots = 0;
    bool ok = true;
    for (int functions = 0; functions < 2; functions++) {
        s->stage->functions = functions;
        for (int i = 0; i < n && ok; i++)
            ok = take_entry(s, sc->entries.at[i], before[i], functions, &spots);
    }
    return ok;
}
