// An experiment as a step for C. What it makes before it first changes something, and without need of an argument or of a
// size of one, is made once: that is the state. The rest is done at each call.
//
// The body is walked twice. The first walk is in the program of first values, to the end: an optimizer makes its states
// where `minimize` first meets a parameter. The second is of what follows alone, in the step's program, where all that
// the state holds are inputs.
#include <string.h>

#include "sema/experiment.h"
#include "sema/settings.h"
#include "sema/minimize.h"
#include "sema/model.h"
#include "sema/stage.h"
#include "sema/step.h"
#include "sema/stmt.h"

// ---- where the body is parted ----

typedef struct {
    Func  *f;
    Built *out;
    Scope *args, *body;          // arguments; what the body names
    VEC(SizeVar *) later;        // sizes that come with the arguments
    VEC(const Entry *) given;    // arguments that C gives
    VEC(Name) named;             // what statements of the step name that stand among those of the state
    bool  *first;                // by statement: it makes the state
    int    nnames;               // entries of `body` that these make
} Staging;

static bool comes_later(const Staging *w, const Size *z)
{
    SizeVar *var[16];
    int      n = z ? size_vars(z, var, 16) : 0;
    for (int i = 0; i < n && i < 16; i++)
        for (int k = 0; k < w->later.n; k++)
            if (w->later.at[k] == var[i])
                return true;
    return false;
}

static bool name_comes_later(Sema *s, const Staging *w, Name name, bool sizes)
{
    const Entry *e = scope_find(s, s->scope, name, SPAN_NONE);
    for (int i = 0; i < w->named.n; i++)
        if (w->named.at[i] == name)
            return true;
    for (int i = 0; i < w->given.n; i++)
        if (w->given.at[i] == e)
            return true;
    return sizes && e && e->kind == ENTRY_AXIS && e->axis && comes_later(w, e->axis->size);
}

// `sizes`: those of the arguments count.
static bool needs_later(Sema *s, const Staging *w, const Syn *n, bool sizes)
{
    if (!n)
        return false;
    if ((n->kind == SYN_NAME || n->kind == SYN_TWIN) && name_comes_later(s, w, n->name, sizes))
        return true;
    for (int i = 0; i < n->nkid; i++)
        if (needs_later(s, w, n->kid[i], sizes))
            return true;
    return false;
}

static void note_names(Sema *s, Staging *w, const Syn *n)
{
    const Syn *pattern = n->kind == SYN_LET || n->kind == SYN_VAR ? n->kid[0] : n;
    for (int i = 0; pattern->kind == SYN_TUPLE && i < pattern->nkid; i++)
        vec_push(s->arena, &w->named, pattern->kid[i]->name);
    if (pattern->kind != SYN_TUPLE && pattern->name)
        vec_push(s->arena, &w->named, pattern->name);
}

static bool holds_minimize(const Syn *n)
{
    bool any = n && n->kind == SYN_MINIMIZE;
    for (int i = 0; n && !any && i < n->nkid; i++)
        any = holds_minimize(n->kid[i]);
    return any;
}

// Does the statements that make the state, up to the first that changes something. False: reported.
static bool make_first(Sema *s, Staging *w)
{
    const Syn *body = w->f->decl->kid[3];
    w->first = ARENA_ARRAY(s->arena, bool, body->nkid + 1);
    for (int i = 0; i < body->nkid; i++) {
        Syn *k = body->kid[i];
        bool sizes = k->kind == SYN_AXIS || k->kind == SYN_REQUIRE;  // these are of sizes alone
        bool makes = sizes || k->kind == SYN_LET || k->kind == SYN_VAR || k->kind == SYN_FN || k->kind == SYN_TYPE;
        if (!makes || holds_minimize(k))
            break;
        w->first[i] = !needs_later(s, w, k, !sizes);
        if (!w->first[i])
            note_names(s, w, k);
        else if (is_error(exec_statement(s, k)))
            return false;
    }
    w->nnames = w->body->entries.n;
    return true;
}

// ---- arguments ----

static Value *default_value(Sema *s, const Func *f, const Syn *p, const Setting *set, int nset, const TypeSpec *t)
{
    Value *v = NULL;
    for (int i = 0; i < nset; i++)
        if (!strcmp(set[i].name, p->kid[0]->name))
            v = setting_read(s, f, &set[i]);
    v = v ? v : evaluate(s, p->kid[1]);
    if (is_tensor(v) && t->kind == TS_TENSOR && t->weak && elem_class(t->elem) == ELEM_CLASS_FLOAT &&
        elem_class(v->elem) == ELEM_CLASS_INT) {
        v = value_tensor(s, ir_convert(s->b, value_node(s, v), t->elem), v->where);
        v->weak = true;
    }
    return v;
}

static void note_sizes(Sema *s, Staging *w, Value *v)
{
    Value *leaf[MOST_LEAVES];
    int    n = value_leaves(s, v, leaf, MOST_LEAVES);
    for (int i = 0; i < n && i < MOST_LEAVES; i++)
        for (int k = 0; k < leaf[i]->axes.n; k++) {
            SizeVar *var[16];
            int      count = size_vars(leaf[i]->axes.at[k]->size, var, 16);
            for (int j = 0; j < count && j < 16; j++)
                vec_push(s->arena, &w->later, var[j]);
        }
}

// Arguments in a scope of their own: those without a default are inputs of the program.
static bool put_arguments(Sema *s, Staging *w, const Setting *set, int nset)
{
    Syn *list = w->f->decl->kid[1];
    bool ok = true;
    s->scope = w->f->bind->scope;
    w->args->entries.n = w->given.n = 0;
    for (int i = 0; list && i < list->nkid && ok; i++) {
        Syn      *n = list->kid[i], *p = n->kind == SYN_DEFAULT ? n->kid[0] : n;
        TypeSpec *t = eval_type(s, p->kind == SYN_NAMED ? p->kid[0] : NULL);
        Value    *v;
        if (n->kind == SYN_DEFAULT)
            v = default_value(s, w->f, n, set, nset, t);
        else if (t->kind == TS_ANY)
            v = sema_error(s, DIAG_E0604, p->where, "`%s` comes from C: its type must be written", p->name);
        else
            v = built_argument(s, w->out->positions, t, p->name, NULL);
        ok = !is_error(v);
        Entry *e = scope_put_quiet(s, w->args, ENTRY_VALUE, p->name, p->where);
        e->value = v;
        if (n->kind == SYN_DEFAULT || !ok)
            continue;
        vec_push(s->arena, &w->given, e);
        note_sizes(s, w, v);
    }
    s->scope = w->body;
    return ok;
}

// ---- the state ----

typedef struct {
    Value *now;    // as the step has it
    Node  *input, *guard;  // its input, and that of its guard, or NULL
    Name   path;
} StateLeaf;

typedef VEC_NAMED(StateLeaves, StateLeaf) StateLeaves;

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
static Node *state_input(Sema *s, Builder *run, Built *out, const Value *v, Node *first, Name path)
{
    Value  like = *v;
    like.node = built_own(s, first);
    Axis **order = output_order(s, &like);
    program_output(out->first, path, like.node, -1, order);
    return ir_input(run, path, v->leaf ? INPUT_PARAMETER : INPUT_STATE, v->elem, like.node->type.axes, order);
}

// A state under a guard keeps that beside it, as `path.where`.
static Value *state_leaf(Sema *s, Builder *run, Built *out, StateLeaves *list, Value *v, Name path)
{
    Value    *now = ARENA_NEW(s->arena, Value);
    Node     *first = value_node(s, v), *guard = guard_kept(s, first);
    StateLeaf leaf = {now, state_input(s, run, out, v, first, path), NULL, path};
    *now = *v;
    now->fixed = NULL;
    now->truth = TRUTH_DYNAMIC;
    now->loose = false;
    now->node = leaf.input;
    if (guard) {
        leaf.guard = state_input(s, run, out, value_tensor(s, guard, v->where), guard, path_join(s, path, "where"));
        now->node = ir_guard(run, leaf.input, leaf.guard);
    }
    if (v->pos)
        map_put(out->positions, leaf.input, v->pos);
    vec_push(s->arena, list, leaf);
    return now;
}

// v with its tensors as state; constants only where they may change (`all`).
static Value *state_value(Sema *s, Builder *run, Built *out, StateLeaves *list, Value *v, Name path, bool all)
{
    if (is_tensor(v))
        return all || !is_static(v) ? state_leaf(s, run, out, list, v, path) : v;
    if (!v->nfields)
        return v;
    Value *now = ARENA_NEW(s->arena, Value);
    *now = *v;
    now->fields = ARENA_ARRAY(s->arena, Field, v->nfields);
    for (int i = 0; i < v->nfields; i++) {
        Name inner = path_field(s, path, v->fields[i].name, i);
        now->fields[i] = (Field){v->fields[i].name, state_value(s, run, out, list, v->fields[i].value, inner, all)};
    }
    return now;
}

// Settings are constants unless the step changes them; states go by the path of their parameter.
static Value *state_optimizer(Sema *s, Builder *run, Built *out, StateLeaves *list, Value *v, const Value *after, Name path)
{
    Value *now = ARENA_NEW(s->arena, Value);
    *now = *v;
    now->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++) {
        Value *f = v->fields[i].value;
        bool   states = f->kind == V_RECORD, changes = i < after->nfields && after->fields[i].value != f;
        Name   name = states ? path : path_join(s, path, v->fields[i].name);
        now->fields[i] = (Field){v->fields[i].name, state_value(s, run, out, list, f, name, states || changes)};
    }
    return now;
}

static bool holds_values(const Value *v)
{
    bool any = v->kind == V_FUNC && v->func->nheld && is_tensor(v->func->held[0]);
    for (int i = 0; i < v->nfields; i++)
        any = any || holds_values(v->fields[i].value);
    return any;
}

// All that the scope names, as it was before the step (`before`), becomes state.
static bool take_state(Sema *s, Builder *run, Built *out, StateLeaves *list, Scope *sc, Value **before, int n)
{
    int spots = 0;
    for (int i = 0; i < n; i++) {
        Entry *e = sc->entries.at[i];
        if (e->kind != ENTRY_VALUE || !before[i])
            continue;
        if (holds_values(before[i]))
            return !is_error(sema_absent(s, e->where, "a pullback or linear map as a step's state"));
        Value *after = e->value;
        if (before[i]->kind != V_OPTIMIZER) {
            e->value = state_value(s, run, out, list, before[i], e->name, e->variable);
            continue;
        }
        bool on_the_spot = e->name[0] == '#';
        Name path = !on_the_spot ? e->name : spots++ ? name_format(s->names, "optimizer%d", spots) : name_of(s->names, "optimizer");
        e->value = state_optimizer(s, run, out, list, first_optimizer(s, e, before[i]), on_the_spot ? before[i] : after, path);
    }
    return true;
}

static bool free_of_inputs(Map *seen, Node *n)
{
    if (n->op == OP_INPUT)
        return n->attr.i == INPUT_SCALAR;
    if (map_get(seen, n))
        return true;
    map_put(seen, n, n);
    for (int i = 0; i < n->nin; i++)
        if (!free_of_inputs(seen, n->in[i]))
            return false;
    return true;
}

// First values are there before the first arguments come.
static bool free_of_arguments(Sema *s, const Staging *w)
{
    const Program *p = w->out->first;
    Map           *seen = map_new(s->arena);
    for (int i = 0; i < p->outputs.n; i++)
        if (!free_of_inputs(seen, p->outputs.at[i].node)) {
            Diag *d = sema_diag(s, DIAG_E0604, w->f->decl->at, "the first value of `%s` needs an argument of the step",
                                p->outputs.at[i].name);
            diag_help(d, "what the steps go on from is made before the first one: from constants, parameters with a default, draws");
            return false;
        }
    return true;
}

// ---- the walks ----

static Value *walk_step(Sema *s, const Staging *w)
{
    Syn   *body = w->f->decl->kid[3];
    Value *last = value_new(s, V_NONE, body->where);
    memset(&s->turns, 0, sizeof s->turns);
    vec_push(s->arena, &s->turns, built_turn(s, w->f->decl->at));
    for (int i = 0; i < body->nkid && !is_error(last); i++)
        if (!w->first[i])
            last = exec_statement(s, body->kid[i]);
    return last;
}

static Value **values_of(Sema *s, const Scope *sc, int n)
{
    Value **out = ARENA_ARRAY(s->arena, Value *, n + 1);
    for (int i = 0; i < n; i++)
        out[i] = sc->entries.at[i]->kind == ENTRY_VALUE ? sc->entries.at[i]->value : NULL;
    return out;
}

static int input_of(const Program *p, const Node *n)
{
    int i = 0;
    while (i < p->inputs.n && p->inputs.at[i].node != n)
        i++;
    return i;
}

static void put_output(Sema *s, Node *next, Node *input, Name path)
{
    Program *p = s->b->program;
    int      at = input_of(p, input);
    program_output(p, path, built_own(s, ir_expand(s->b, next, input->type.axes)), at, p->inputs.at[at].order);
}

// The new value of a state. What begins without a guard has none later. False: reported.
static bool put_change(Sema *s, const StateLeaf *leaf, const Value *v)
{
    Node *next = value_node(s, v), *guard = guard_kept(s, next);
    if (next == leaf->now->node)
        return true;
    if (guard && !leaf->guard) {
        Diag *d = sema_diag(s, DIAG_E0604, v->where, "`%s` is under a guard after a step, and was not before the first", leaf->path);
        diag_label(d, leaf->now->where, "it begins here");
        diag_help(d, "let it begin under the same guard, or add zeros to make it whole");
        return false;
    }
    put_output(s, next, leaf->input, leaf->path);
    if (leaf->guard && guard != leaf->guard)
        put_output(s, guard ? guard : ir_const(s->b, ELEM_BOOL, 1), leaf->guard, path_join(s, leaf->path, "where"));
    return true;
}

// New values of what a scope holds, as outputs over their inputs; `list` from *k on has its leaves, in order.
static bool put_changes(Sema *s, const StateLeaves *list, int *k, const Scope *sc, Value *const *held, int n)
{
    bool ok = true;
    for (int i = 0; i < n; i++) {
        Value *was[MOST_LEAVES], *now[MOST_LEAVES];
        int    count = held[i] ? value_leaves(s, held[i], was, MOST_LEAVES) : 0;
        if (count)
            value_leaves(s, sc->entries.at[i]->value, now, MOST_LEAVES);
        for (int j = 0; j < count && *k < list->n; j++) {
            const StateLeaf *leaf = &list->at[*k];
            if (leaf->now != was[j])
                continue;
            ok = put_change(s, leaf, now[j]) && ok;
            ++*k;
        }
    }
    return ok;
}

// What follows the state, in the step's program.
static bool second_walk(Sema *s, Staging *w, const StateLeaves *list)
{
    int     k = 0;
    Value **held = values_of(s, w->body, w->nnames);
    Value  *v = walk_step(s, w);
    if (is_error(v))
        return false;
    if (v->kind == V_FUNC || v->kind == V_OPTIMIZER || v->kind == V_STRING)
        return !is_error(sema_error(s, DIAG_E0604, v->where, "a step gives numbers to C; this is %s", text_value(s, v)));
    if (v->kind != V_NONE)
        built_outputs(s, v, name_of(s->names, "result"), NULL);
    w->out->nresults = w->out->run->outputs.n;
    return put_changes(s, list, &k, w->body, held, w->nnames);
}

// Is the optimizer, made on the spot, that of a variable of the state? Its states go by the paths of what it trains.
static bool trains_state(const Sema *s, const Staging *w, const Entry *optimizer)
{
    for (int i = 0; i < s->stage->first.n; i++) {
        const FirstState *f = &s->stage->first.at[i];
        size_t            n = strcspn(f->path, ".");
        for (int k = 0; f->entry == optimizer && k < w->nnames; k++) {
            const Entry *e = w->body->entries.at[k];
            if (e->variable && strlen(e->name) == n && !strncmp(e->name, f->path, n))
                return true;
        }
    }
    return false;
}

// What the step itself names is made anew by each; optimizers of the state stay, behind what is named.
static void keep_spots(const Sema *s, Staging *w)
{
    int made = w->nnames, n = made;
    for (int i = made; i < w->body->entries.n; i++)
        if (trains_state(s, w, w->body->entries.at[i]))
            w->body->entries.at[n++] = w->body->entries.at[i];
    w->body->entries.n = w->nnames = n;
}

// The statements before the step, and all that the step's optimizers begin with.
static bool first_walk(Sema *s, Staging *w, Builder *run, StateLeaves *list)
{
    if (!make_first(s, w))
        return false;
    int     made = w->nnames;
    Value **before = values_of(s, w->body, made);
    if (is_error(walk_step(s, w)))
        return false;
    keep_spots(s, w);
    return take_state(s, run, w->out, list, w->body, before, made) &&
           take_state(s, run, w->out, list, &(Scope){.entries = {w->body->entries.at + made, w->nnames - made, 0}},
                      values_of(s, w->body, w->nnames) + made, w->nnames - made) &&
           free_of_arguments(s, w);
}

static void enter_experiment(Sema *s, Stage *g, Claims *claims)
{
    s->stage = g;
    s->claims = claims;
    s->naming = NULL;
    s->self = NULL;
    s->experiment = true;
    s->opaque = false;
    s->loose_instances = false;
    s->run_statement = experiment_statement;
    s->types = NULL;
}

bool stage_build(Sema *s, Func *f, const Setting *set, int nset, Built *out)
{
    Stage       stage = {0};
    Claims      claims = {0};
    StateLeaves list = {0};
    Builder     first = builder_new(out->first), run = builder_new(out->run);
    Staging        w = {.f = f, .out = out, .args = scope_new(s, f->bind->scope)};
    w.body = scope_new(s, w.args);
    w.args->frame = true;
    enter_experiment(s, &stage, &claims);
    s->b = s->imports->top = &first;
    for (int i = 0; i < nset; i++)
        if (is_error(setting_read(s, f, &set[i])))
            return false;
    if (!put_arguments(s, &w, set, nset) || !first_walk(s, &w, &run, &list))
        return false;
    s->b = s->imports->top = &run;
    return put_arguments(s, &w, set, nset) && second_walk(s, &w, &list);
}
