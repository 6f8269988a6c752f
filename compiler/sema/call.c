// Calls: what is called, with what, and the body evaluated in a scope of its own, or its signature trusted.
#include <string.h>

#include "sema/acts.h"
#include "sema/buffers.h"
#include "sema/call.h"
#include "sema/experiment.h"
#include "sema/foreign.h"
#include "sema/model.h"


const char *function_name(const Func *f) { return f->name ? f->name : "this function"; }

// ---- the body ----

static Syn *result_of(const Func *f)
{
    if (f->kind == FUNC_LAMBDA)
        return NULL;
    return f->decl->kid[f->decl->kind == SYN_OPTIMIZER ? 3 : 2];
}

static Syn *body_of(const Func *f)
{
    if (f->kind == FUNC_LAMBDA)
        return f->decl->kid[1];
    return f->decl->kid[f->decl->kind == SYN_OPTIMIZER ? 4 : 3];
}

static void put_parameters(Sema *s, const Call *c, const Value *const *in)
{
    for (int k = 0; k < c->n; k++) {
        Entry *e = scope_put_quiet(s, s->scope, ENTRY_VALUE, c->name[k], c->param[k]->where);
        e->value = (Value *)(uintptr_t)in[k];
    }
}

static bool is_template(const Call *c)
{
    for (int k = 0; k < c->n; k++)
        if (c->type[k]->kind == TS_ANY)
            return true;
    return c->f->kind == FUNC_LAMBDA;
}

// An axis made in a body is fresh at every call: it may not leave by the result.
static Value *keep_axes_in(Sema *s, const Call *c, Value *v, int made_before)
{
    Value *leaf[MOST_AXES];
    int    n = is_error(v) || v->kind == V_FUNC ? 0 : value_leaves(s, v, leaf, MOST_AXES);
    for (int i = 0; i < n && i < MOST_AXES; i++) {
        AxisSet axes = value_visible(s, leaf[i]);
        for (int k = 0; k < axes.n; k++) {
            const Axis *a = axes.at[k];
            if (a->id < made_before || a->twin_of)
                continue;
            Diag *d = sema_diag(s, DIAG_E0316, v->where, "axis `%s` would leave the body of `%s`", a->name,
                                function_name(c->f));
            diag_label(d, v->where, "%s", text_axes(s, axes));
            if (a->where.file >= 0)
                diag_label(d, a->where, "`%s` is made here, anew at every call", a->name);
            diag_help(d, "let the caller name it, in the header's bracket; or sum it, or rename it to such an axis");
            return value_new(s, V_ERROR, c->where);
        }
    }
    return v;
}

// ---- experiments that call experiments: what is converted on the way in or out is computed ----

typedef struct {
    const Call     *c;
    Value          *v;
    const TypeSpec *t;
    bool            out;
} Passing;

static Value *build_passing(Sema *s, void *user)
{
    const Passing *p = user;
    return p->out ? at_type(s, p->c, p->v, p->t) : inside(s, p->c, p->v, p->t);
}

// A number of the text is converted as it stands: a step, made once, would keep the first one.
static bool has_data(const Value *v)
{
    bool has = is_tensor(v) && v->host;
    for (int i = 0; i < v->nfields; i++)
        has = has || has_data(v->fields[i].value);
    return has;
}

static const Value *part_of(const Value *v, const TypeSpec *t, int i) { return t->names[i] ? value_field(v, t->names[i]) : v->fields[i].value; }

static bool differs(const Value *v, const TypeSpec *t)
{
    bool any = false;
    if (t->kind == TS_RECORD && v->kind == V_RECORD)
        for (int i = 0; i < t->nfields; i++)
            any = any || differs(part_of(v, t, i), t->fields[i]);
    return any || (is_tensor(v) && t->kind == TS_TENSOR && (v->weak || v->elem != t->elem));
}

static bool is_computed(Sema *s, const Call *c, const Value *v, const TypeSpec *t)
{
    bool runs = s->host && !s->in_step && c->f->kind == FUNC_DECL && c->f->decl->kind == SYN_EXPERIMENT;
    return runs && (differs(v, t) || c->header.n || c->apart.n) && has_data(v);
}

// What a step has made of a record, but its numbers of the text as they are converted where they stand.
static Value *with_numbers(Value *made, Value *plain, const Value *from, const TypeSpec *t)
{
    if (t->kind != TS_RECORD || made->kind != V_RECORD)
        return is_tensor(from) && !from->host ? plain : made;
    for (int i = 0; i < t->nfields; i++)
        made->fields[i].value = with_numbers(made->fields[i].value, plain->fields[i].value, part_of(from, t, i), t->fields[i]);
    return made;
}

static Value *passed(Sema *s, const Call *c, Value *v, const TypeSpec *t, const Syn *key, bool out)
{
    Passing p = {c, v, t, out};
    if (!is_computed(s, c, v, t))
        return build_passing(s, &p);
    Value *made = step(s, key, build_passing, &p);
    return t->kind == TS_RECORD && !out ? with_numbers(made, build_passing(s, &p), v, t) : made;
}

static Making calling_of(const Sema *s, const Call *c)
{
    return (Making){c->f, s->calling, c->bind, c->self, c->arg, c->n, s->training, c->where};
}

bool call_goes_round(Sema *s, const Call *c)
{
    Making m = calling_of(s, c);
    return goes_round(s, &m, c->where);
}

Value *enter(Sema *s, Call *c, const Value *const *in, AxisSet lifted)
{
    Sema   saved = *s;
    Syn   *result = result_of(c->f);
    bool   is_fn = c->f->kind == FUNC_DECL && c->f->decl->kind == SYN_FN;
    s->scope = scope_new(s, c->bind->scope);
    s->scope->frame = true;
    taken_inside(s, c);
    s->hidden = axes_union(s->arena, s->hidden, lifted);
    s->same = axes_inside(s, c, s->same);
    if (c->f->kind == FUNC_DECL) {
        s->trace = trace_enter(s, c->self);
        if (c->self && c->self->text)
            s->path = path_join(s, s->path, c->self->text);
        s->in_fn = is_fn;
        s->in_for = s->in_for && !c->self;  // an instance has its parameters, wherever it is called
        s->experiment = c->f->decl->kind == SYN_EXPERIMENT;
        s->self = c->self;
        if (c->self)
            given_parts(c->self, c->bind);
        s->growing = NULL;
    }
    s->loop = NULL;
    s->in_turn = false;
    s->depth++;
    Making calling = calling_of(s, c);
    s->calling = &calling;
    HeldList buffers = {0};
    Claims   claims = {0};
    s->buffers = &buffers;
    if (c->f->kind == FUNC_DECL) {
        s->claims = &claims;
        s->naming = NULL;
    }
    put_parameters(s, c, in);
    Syn       *body = body_of(c->f);
    int        made_before = s->axes->count;
    TypeSpec  *t = result ? eval_type(s, result) : NULL;
    Value     *v = body->kind == SYN_BODY ? eval_body(s, body) : evaluate(s, body);
    if (t)
        v = check_conforms(s, v, t, v->where, "the result", result->where);
    if (t && t->kind == TS_TENSOR && is_tensor(v) && !t->pos)
        v = passed(s, c, v, t, result, true);
    if (t)
        v = in_written_order(s, v, t);
    int before = diags_count(s->diags);
    if (!is_error(v) && !buffers_done(s, &buffers)) {
        used_here(s, before, c->f, c->where);
        v = value_new(s, V_ERROR, c->where);
    }
    if (!t && v->kind != V_MODEL && c->f->kind == FUNC_DECL && c->f->decl->kind != SYN_EXPERIMENT)
        v = keep_axes_in(s, c, v, made_before);
    sema_restore(s, &saved);
    return v;
}

static Value *given_apart(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    const Call *c = user;
    if (!v->given)
        return v;
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *rename_leaf(s, v, &c->apart, false);
    out->order = v->order;
    out->leaf = out->given = true;
    return out;
}

static Value *run_call(Sema *s, Call *c)
{
    const Value *in[MOST_ARGS];
    Extras       x = {.n = 0};
    bool         ok = true;
    header_pairs(s, c);
    collect_given(s, c->self, &x);
    for (int k = 0; k < c->n; k++)
        ok = collect(s, c, c->arg[k], c->type[k], c->name[k], &x) && ok;
    if (!ok || !lifts_fit(s, c, &x))
        return value_new(s, V_ERROR, c->where);
    c->own = own_float(s, c);
    lift_guards(s, c);
    lift_apart(s, c);
    guards_inside(s, c);
    AxisSet lifted = lifted_inside(s, c);
    if (c->self && c->apart.n)
        c->self = value_map(s, c->self, NULL, given_apart, c);
    c->self = patches_crossed(s, c->self, c);
    for (int k = 0; k < c->n; k++)
        in[k] = passed(s, c, patches_crossed(s, c->arg[k], c), c->type[k], c->param[k], false);
    Contract *k = c->f->kind == FUNC_DECL ? contract_of(s, c->f) : NULL;
    Syn      *result = result_of(c->f);
    if (k && k->failed && !is_template(c))
        return reported_there(s, c->where);
    Value *v;
    if (s->depth >= DEEPEST_CALL && is_inside(s->calling, c->f->decl))
        return helped(s, sema_error(s, DIAG_E0505, c->where, "calls are nested more than %d deep: does `%s` end?", DEEPEST_CALL,
                                    function_name(c->f)),
                      "what calls itself needs a number in its bracket that goes down, and an end: `if k == 0 then … else … k - 1 …`; "
                      "how often a `while` or a `fix` turns, the data may tell");
    if (c->f->interface || (s->opaque && result && !is_template(c))) {
        Scope *saved = s->scope;
        s->scope = c->bind->scope;
        TypeSpec *t = eval_type(s, result);
        s->scope = saved;
        v = t->kind == TS_BAD ? value_new(s, V_ERROR, c->where) : trust(s, c, k, t, in, lifted);
    } else {
        int before = diags_count(s->diags), seen = trace_count(s);
        if (call_goes_round(s, c))
            return value_new(s, V_ERROR, c->where);
        v = enter(s, c, in, lifted);
        trace_crossed(s, seen, c);
        if (c->f->kind == FUNC_DECL && is_template(c))  // what is wrong may be what it was given
            used_here(s, before, c->f, c->where);
    }
    if (is_error(v))
        return value_new(s, V_ERROR, c->where);
    Outward o = {c, lifted, false};
    v = seen_through(s, value_map(s, v, NULL, outward, &o), &c->header, true);
    return o.failed ? value_new(s, V_ERROR, c->where) : v;
}

// Where a header's axis was given with `where … else`, what stands for the empty ones.
static Value *else_of_guards(Sema *s, const Call *c, Value *v)
{
    Scope *sc = c->bind->scope;
    for (int i = 0; i < sc->entries.n && is_tensor(v); i++) {
        Entry *e = sc->entries.at[i];
        if (e->kind == ENTRY_AXIS && e->given && e->guard_else && !is_error(e->guard_else)) {
            v = or_else(s, v, e->given, &e->outside, 1, e->guard_else, c->where);
        }
    }
    return v;
}

// The axes that this call would be lifted over, as the caller names them. False: the call does not fit (reported).
bool call_lifted(Sema *s, Value *fv, Value **args, Name *names, int n, AxisSet *out)
{
    Call  *c = ARENA_NEW(s->arena, Call);
    Extras x = {.n = 0};
    bool   ok = true;
    *out = (AxisSet){0};
    if (fv->func->through)
        return call_lifted_through(s, fv, args, names, n, out);
    c->f = fv->func;
    c->self = fv->kind == V_MODEL ? fv : NULL;
    c->where = fv->where;
    if (c->f->kind == FUNC_BUILTIN && c->f->nheld && c->f->held[0]->func)  // a derivative is lifted as its function is
        return call_lifted(s, c->f->held[0], args, names, n, out);
    if (c->f->kind == FUNC_BUILTIN && choice_side(s, c->f))
        return call_lifted(s, choice_side(s, c->f), args, names, n, out);
    if (c->f->kind == FUNC_BUILTIN || n == 0)
        return true;
    c->bind = c->f->bind;
    if (c->f->kind == FUNC_LAMBDA) {
        c->bind = ARENA_NEW(s->arena, Binding);
        *c->bind = (Binding){scope_new(s, c->f->scope), SPAN_NONE};
    } else if (!c->bind && !(c->bind = bind_all_axes(s, c->f, args[0]))) {
        c->bind = bind_without(s, c->f, args, n, c->where);
    }
    if (!c->bind || !match_arguments(s, c, args, names, n))
        return false;
    collect_given(s, c->self, &x);
    for (int k = 0; k < c->n; k++)
        ok = collect(s, c, c->arg[k], c->type[k], c->name[k], &x) && ok;
    if (!ok || !lifts_fit(s, c, &x))
        return false;
    *out = c->lifted;
    return true;
}

static Value *call_declared(Sema *s, Func *f, Value *self, Value **given, Name *names, int n, Span where, Name hint)
{
    Call  *c = ARENA_NEW(s->arena, Call);
    Value *args[MOST_ARGS];
    if (n)
        memcpy(args, given, sizeof *given * (size_t)n);
    if (n && args[0]->nfields && !f->bind && reduces_all(s, f))  // over all that a record holds
        args[0] = value_flat_fresh(s, args[0], where);
    c->f = f;
    c->where = where;
    c->bind = f->bind;
    if (!argument_names_known(s, f, args, names, n))
        return value_new(s, V_ERROR, where);
    for (int i = 0; i < n; i++)
        if (is_error(args[i]))
            return value_new(s, V_ERROR, where);
    Func *of_complex = complex_form(s, f, args, n);
    c->f = f = of_complex ? of_complex : f;
    if (f->kind == FUNC_LAMBDA) {
        c->bind = ARENA_NEW(s->arena, Binding);
        *c->bind = (Binding){scope_new(s, f->scope), SPAN_NONE};
    } else if (!c->bind && !(n && (c->bind = bind_all_axes(s, f, args[0])))) {
        c->bind = bind_without(s, f, args, n, where);
    }
    if (!c->bind || !match_arguments(s, c, args, names, n))
        return value_new(s, V_ERROR, where);
    if (f->kind == FUNC_DECL && f->decl->kind == SYN_BLOCK && !self) {
        Func *bound = ARENA_NEW(s->arena, Func);
        *bound = *f;
        bound->bind = c->bind;
        self = instance_for(s, bound, hint, where);
        if (is_error(self))
            return self;
    }
    if (f->kind == FUNC_DECL && f->decl->kind == SYN_EXPERIMENT && !s->experiment) {
        Diag *d = sema_diag(s, DIAG_E0506, where, "the experiment `%s` is called by experiments alone", f->name);
        diag_note(d, f->decl->at, "it is declared here");
        return value_new(s, V_ERROR, where);
    }
    if (f->kind == FUNC_DECL && f->decl->kind == SYN_EXPERIMENT && s->in_step) {
        Diag *d = sema_diag(s, DIAG_E0506, where, "the experiment `%s` acts on the world: it cannot stand inside a computation",
                            f->name);
        diag_note(d, f->decl->at, "it is declared here");
        diag_help(d, "give it a line of its own: `let x = %s(…)`", f->name);
        return value_new(s, V_ERROR, where);
    }
    c->self = self;
    Value *v = else_of_guards(s, c, run_call(s, c));
    if (!self || !self->text || f->kind != FUNC_DECL)
        return v;
    s->named = self->text;
    return inner_value(s, self->text, v);
}

// What is one operation has arguments without names.
static bool names_nothing(Sema *s, const Builtin *b, Value **args, Name *names, int n)
{
    for (int i = 0; names && b->op && !b->effect_named && i < n; i++) {
        if (!names[i])
            continue;
        const Foreign *other = foreign_find(names[i], false);
        Diag          *d = sema_diag(s, DIAG_E0502, key_place(s, names[i], args[i]->where), "`%s` has no parameter `%s`", b->name, names[i]);
        diag_help(d, "%s", other ? other->help : "its arguments have no names");
        return false;
    }
    return true;
}

Value *call_value(Sema *s, Value *f, Value **args, Name *names, int n, Span where, Name hint)
{
    if (is_error(f))
        return f;
    if ((f->kind == V_MODEL || f->kind == V_FUNC) && f->func->through)
        return call_through(s, f, args, names, n, where, hint);
    if (f->kind == V_MODEL)
        return call_declared(s, f->func, f, args, names, n, where, hint);
    if (f->kind != V_FUNC) {
        Diag *d = sema_diag(s, DIAG_E0508, where, "%s is called, and is no function", text_value(s, f));
        diag_label(d, f->where, "%s", text_value(s, f));
        if (is_tensor(f))
            diag_help(d, "a tensor is indexed in brackets: `x[k: i]`; a product is written `*`");
        else if (f->kind == V_RECORD)
            diag_help(d, "name its parts first: `let (a, b) = \u2026`");
        return value_new(s, V_ERROR, where);
    }
    if (f->func->kind != FUNC_BUILTIN)
        return call_declared(s, (Func *)(uintptr_t)function_here(s, f), NULL, args, names, n, where, hint);
    const Builtin *b = f->func->builtin;
    if (n < b->least || (b->most >= 0 && n > b->most)) {
        Diag *d = sema_diag(s, DIAG_E0502, where, "`%s` takes %d%s argument%s, and %s", b->name, b->least,
                            b->most < 0 ? " or more" : b->most > b->least ? name_format(s->names, " to %d", b->most) : "",
                            b->least == 1 && b->most == 1 ? "" : "s", text_count(s, n));
        if (help_axes_in_brackets(s, d, b->name, args, n))
            return value_new(s, V_ERROR, where);
        if (b->most == 0)
            diag_help(d, b->bracket ? "it stands by itself, behind its bracket: `%s[n]`" : "it stands by itself: `%s`", b->name);
        else if (b->bracket)
            diag_help(d, "axes stand in its bracket, by name: `%s[k](x)`", b->name);
        return value_new(s, V_ERROR, where);
    }
    if (!names_nothing(s, b, args, names, n))
        return value_new(s, V_ERROR, where);
    for (int i = 0; i < n; i++)
        if (is_error(args[i]))
            return value_new(s, V_ERROR, where);
    if (b->effect && !s->experiment)
        return helped(s, sema_error(s, DIAG_E0506, where, "`%s` acts on the world: it stands in experiments alone", b->name),
                      "give it back as a result, and let the experiment that calls do it");
    return b->call(s, function_here(s, f), &(Args){args, names, n, where, hint});
}

Value *eval_call(Sema *s, Syn *n, Name hint)
{
    Value *args[MOST_ARGS];
    Name   names[MOST_ARGS];
    int    count = 0;
    Entry *axis = n->kid[0]->kind == SYN_NAME ? scope_find(s, s->scope, n->kid[0]->name, SPAN_NONE) : NULL;
    if (axis && axis->kind == ENTRY_AXIS)
        return checked_position(s, axis->axis, n);
    if (n->kid[0]->kind == SYN_TWIN) {
        Axis *twin = eval_axis(s, n->kid[0]);
        return twin ? checked_position(s, twin, n) : value_new(s, V_ERROR, n->where);
    }
    Value  *f = eval_head(s, n->kid[0], hint);
    Value  *acted = f->kind == V_FUNC ? acted_before(s, f->func, n) : NULL;
    if (acted)
        return acted;
    AxisSet same = s->same;
    bool    training = s->training;
    s->training = training || (f->kind == V_FUNC && f->func->kind == FUNC_BUILTIN && f->func->builtin->trains);
    if (f->kind == V_FUNC && f->func->builtin && f->func->builtin->around && !same_begin(s, f->func, n->where))
        f = value_new(s, V_ERROR, n->where);
    for (int i = 1; i < n->nkid && count < MOST_ARGS; i++, count++) {
        bool named = n->kid[i]->kind == SYN_NAMED;
        names[count] = named ? n->kid[i]->name : NULL;
        args[count] = evaluate(s, named ? n->kid[i]->kid[0] : n->kid[i]);
    }
    s->training = training;
    s->same = same;
    return call_value(s, f, args, names, count, n->where, hint);
}
