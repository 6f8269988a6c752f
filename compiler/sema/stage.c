// An experiment as a step for C. What it makes before it first changes something, and without need of an argument or of a
// size of one, is made once: that is the state. The rest is done at each call.
//
// The body is walked twice. The first walk is in the program of first values, to the end: an optimizer makes its states
// where `minimize` first meets a parameter. The second is of what follows alone, in the step's program, where all that
// the state holds are inputs.
#include <string.h>

#include "sema/call.h"
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
        note_names(s, w, pattern->kid[i]);
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
    v = v ? v : fill_type(s, evaluate(s, p->kid[1]), t, NULL);
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
        else
            v = built_argument(s, w->out->positions, t, p->name, NULL, p->where);
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

// ---- the walks ----

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

// New values of what a scope holds, as outputs over their inputs.
static bool put_changes(Sema *s, const Scope *sc, Value *const *held, int n)
{
    const Stage *g = s->stage;
    Map         *leaf = map_new(s->arena);
    bool         ok = true;
    for (int i = 0; i < g->leaves.n; i++)
        map_put(leaf, g->leaves.at[i].now, &g->leaves.at[i]);
    for (int i = 0; i < n; i++) {
        Value *was[MOST_LEAVES], *now[MOST_LEAVES];
        int    count = held[i] && held[i]->kind != V_FUNC ? value_leaves(s, held[i], was, MOST_LEAVES) : 0;
        if (count)
            value_leaves(s, sc->entries.at[i]->value, now, MOST_LEAVES);
        for (int j = 0; j < count && j < MOST_LEAVES; j++) {
            const StateLeaf *state = map_get(leaf, was[j]);
            ok = (!state || put_change(s, state, now[j])) && ok;
        }
    }
    return ok;
}

// Numbers for C: tensors, records and models.
static bool can_be_given(const Value *v)
{
    bool can = is_tensor(v) || v->kind == V_RECORD || v->kind == V_MODEL || v->kind == V_NONE;
    for (int i = 0; i < v->nfields; i++)
        can = can && can_be_given(v->fields[i].value);
    return can;
}

// What follows the state, in the step's program.
static bool second_walk(Sema *s, Staging *w)
{
    Value **held = values_of(s, w->body, w->nnames);
    Value  *v = walk_step(s, w);
    if (is_error(v))
        return false;
    if (!can_be_given(v))
        return !is_error(sema_error(s, DIAG_E0604, v->where, "a step gives numbers to C; this is %s", text_value(s, v)));
    if (v->kind != V_NONE)
        built_outputs(s, v, name_of(s->names, "result"), NULL);
    w->out->nresults = w->out->run->outputs.n;
    return put_changes(s, w->body, held, w->nnames);
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
static bool first_walk(Sema *s, Staging *w)
{
    if (!make_first(s, w))
        return false;
    int     made = w->nnames;
    Value **before = values_of(s, w->body, made);
    if (is_error(walk_step(s, w)))
        return false;
    keep_spots(s, w);
    return take_state(s, w->body, before, made) &&
           take_state(s, &(Scope){.entries = {w->body->entries.at + made, w->nnames - made, 0}},
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
    Claims  claims = {0};
    Builder first = builder_new(out->first), run = builder_new(out->run);
    Stage   stage = {.run = &run, .out = out};
    Staging        w = {.f = f, .out = out, .args = scope_new(s, f->bind->scope)};
    w.body = scope_new(s, w.args);
    w.args->frame = true;
    enter_experiment(s, &stage, &claims);
    s->b = s->imports->top = &first;
    for (int i = 0; i < nset; i++)
        if (is_error(setting_read(s, f, &set[i])))
            return false;
    if (!put_arguments(s, &w, set, nset) || !first_walk(s, &w))
        return false;
    s->b = s->imports->top = &run;
    return put_arguments(s, &w, set, nset) && second_walk(s, &w);
}
