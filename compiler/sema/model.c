// Instances of blocks: records of parameters and inner instances, found by evaluating the body once.
#include <string.h>

#include "sema/header.h"
#include "sema/imports.h"
#include "sema/model.h"
#include "sema/place.h"

static Name lower_name(Sema *s, Name name)
{
    char text[128];
    size_t n = 0;
    for (const char *p = name; *p && n + 2 < sizeof text; p++) {
        bool upper = *p >= 'A' && *p <= 'Z';
        bool joint = upper && p > name && p[-1] >= 'a' && p[-1] <= 'z';
        if (joint)
            text[n++] = '_';
        text[n++] = (char)(upper ? *p + 32 : *p);
    }
    return name_intern(s->names, text, n);
}

Name path_join(Sema *s, Name path, Name name)
{
    return path && *path ? name_format(s->names, "%s.%s", path, name) : name;
}

Name path_field(Sema *s, Name path, Name field, int number)
{
    return path_join(s, path, field ? field : name_format(s->names, "%d", number));
}

static GrowingField *growing_find(Growing *g, Name name)
{
    for (int i = 0; i < g->fields.n; i++)
        if (g->fields.at[i].field.name == name)
            return &g->fields.at[i];
    return NULL;
}

bool growing_add(Sema *s, Name name, Value *v, Span where)
{
    GrowingField *old = growing_find(s->growing, name);
    if (old) {
        bool  part = v->kind == V_MODEL, first = old->field.value->kind == V_MODEL;
        Diag *d = sema_diag(s, DIAG_E0503, where, "%s of one name, `%s`",
                            part && first ? "two instances" : part || first ? "an instance and a parameter" : "two parameters", name);
        diag_label(d, where, "again here");
        diag_label(d, old->where, "first here");
        if (part || first)
            diag_help(d, "name %s: `… as other`; paths never depend on order", part && first ? "one of them" : "the instance");
        else
            diag_help(d, "give one of them another name: it is its path in files");
        return false;
    }
    GrowingField f = {{name, v}, where};
    vec_push(s->arena, &s->growing->fields, f);
    return true;
}

// ---- instances ----

static Value *finish(Sema *s, Growing *g, Func *f, Span where)
{
    Value *m = value_new(s, V_MODEL, where);
    m->func = f;
    m->nfields = g->fields.n;
    m->fields = ARENA_ARRAY(s->arena, Field, g->fields.n + 1);
    for (int i = 0; i < g->fields.n; i++)
        m->fields[i] = g->fields.at[i].field;
    return m;
}

static void abstract_parameters(Sema *s, Func *f)
{
    Syn *list = f->decl->kid[1];
    for (int i = 0; list && i < list->nkid; i++) {
        Syn *p = list->kid[i];
        if (p->kind == SYN_DEFAULT)
            p = p->kid[0];
        Entry *e = scope_put_quiet(s, s->scope, ENTRY_VALUE, p->name, p->where);
        TypeSpec *t = eval_type(s, p->kind == SYN_NAMED ? p->kid[0] : NULL);
        e->value = t->kind == TS_ANY ? value_new(s, V_ERROR, p->where) : type_abstract(s, t, p->name, s->real);
    }
}

static bool is_unknown_number(const Value *v)
{
    int64_t x;
    return v && (v->kind == V_NUMBERS || is_tensor(v)) && v->fixed && !size_is_const(v->fixed, &x);
}

// A block inside of itself, by a number that is known only when it runs: while checking there is no end to see.
static bool ends_out_of_sight(const Sema *s, const Func *f)
{
    bool unknown = false;
    for (int i = 0; i < f->bind->scope->entries.n; i++) {
        const Entry *e = f->bind->scope->entries.at[i];
        unknown = unknown || (e->kind == ENTRY_VALUE && is_unknown_number(e->value));
    }
    return unknown && is_inside(s->making, f->decl);
}

// In an experiment no body owns an instance that stands in a bracket: it is a part of the model that it was given to.
static void own_given(Sema *s, Growing *g, const Func *f)
{
    for (int i = 0; i < f->bind->scope->entries.n; i++) {
        const Entry *e = f->bind->scope->entries.at[i];
        if (e->kind != ENTRY_VALUE || !e->value || e->value->kind != V_MODEL || growing_find(g, e->name))
            continue;
        GrowingField part = {{e->name, e->value}, e->where};
        vec_push(s->arena, &g->fields, part);
    }
}

void given_parts(const Value *self, const Binding *b)
{
    for (int i = 0; i < b->scope->entries.n; i++) {
        Entry *e = b->scope->entries.at[i];
        Value *part = e->kind == ENTRY_VALUE && e->value && e->value->kind == V_MODEL ? value_field(self, e->name) : NULL;
        if (part && part->kind == V_MODEL)
            e->value = part;
    }
}

Value *make_instance(Sema *s, Func *f, Name name, Span where)
{
    if (s->depth >= DEEPEST_CALL && diags_errors(s->diags))
        return value_new(s, V_ERROR, where);  // the others on the way back
    if (s->depth >= DEEPEST_CALL && is_inside(s->making, f->decl))
        return helped(s, sema_error(s, DIAG_E0505, where, "blocks are nested more than %d deep: does `%s` end?", DEEPEST_CALL, f->name),
                      "a block that holds itself needs a number that goes down, and an end: `if depth == 0 then x else … depth - 1 …`");
    Making    making = {f, s->making, f->bind, NULL, NULL, 0, s->training, where};
    Contract *k = contract_of(s, f);
    if (k->state != 1 && goes_round(s, &making, where))
        return value_new(s, V_ERROR, where);
    // Of itself, while it is checked: its signature is all that is needed.
    if (k->state == 1 || (!s->host && ends_out_of_sight(s, f))) {
        Growing none = {.init = s->b};
        return finish(s, &none, f, where);
    }
    if (k->failed)
        return reported_there(s, where);
    Sema     saved = *s;
    Growing  g = {.init = s->growing ? s->growing->init : s->b,
                  .imports = s->growing ? s->growing->imports : s->imports};
    Program *aside = program_new(s->arena, s->names, s->sizes, s->axes, f->name);
    Builder  b = builder_new(aside);
    Imports  imports = {.top = &b};
    Claims claims = {0};
    s->claims = &claims;
    s->naming = NULL;
    s->imports = &imports;
    s->b = &b;
    s->depth++;
    s->growing = &g;
    s->making = &making;
    s->self = NULL;
    s->opaque = true;
    s->in_fn = false;
    s->in_for = false;
    s->experiment = false;
    s->hidden = s->same = (AxisSet){0};
    s->taken = NULL;
    s->contract = NULL;
    s->types = NULL;
    s->path = path_join(s, s->path, name);
    s->scope = scope_new(s, f->bind->scope);
    s->scope->frame = true;
    abstract_parameters(s, f);
    int    before = diags_count(s->diags), errors = diags_errors(s->diags);
    Value *v = eval_body(s, f->decl->kid[3]);
    if (saved.experiment && !saved.growing && !saved.self)
        own_given(s, &g, f);
    sema_restore(s, &saved);
    diags_use_since(s->diags, before, where, "this instance of `%s` is made here", f->name);
    if (diags_errors(s->diags) > errors)  // said once
        return value_new(s, V_ERROR, where);
    (void)v;  // a body that cannot be evaluated without its arguments still tells what it owns
    return finish(s, &g, f, where);
}

Value *no_owner(Sema *s, Func *f, Span where)
{
    Diag *d = sema_diag(s, DIAG_E0504, where, "an instance of `%s` has no owner here", f->name);
    if (s->in_fn)
        diag_help(d, "a `fn` owns nothing: make it a `block`, or take the instance as an argument");
    else
        diag_help(d, "make it before: `let f = %s[…]`", f->name);
    return value_new(s, V_ERROR, where);
}

static bool owns(Sema *s, const Value *m)
{
    return value_leaves(s, (Value *)(uintptr_t)m, NULL, 0) > 0;
}

Name instance_name(Sema *s, const Func *f, Name hint) { return hint ? hint : lower_name(s, f->name); }

Value *instance_for(Sema *s, Func *f, Name hint, Span where)
{
    Name name = instance_name(s, f, hint);
    if (!hint && s->experiment && !s->self && !s->growing)  // on the spot, inside of a `let`
        name = path_join(s, s->naming, name);
    if (s->self) {
        Value *m = value_field(s->self, name);
        if (m && m->kind == V_MODEL) {
            Value *bound = ARENA_NEW(s->arena, Value);
            *bound = *m;
            Func *g = ARENA_NEW(s->arena, Func);
            *g = *m->func;
            g->bind = m->fit ? binding_in_place(s, m, f) : f->bind;  // the axes of this evaluation; leaves are renamed where they are used
            bound->func = g;
            bound->text = name;
            return bound;
        }
        if (m)
            return m;
    }
    if (s->in_fn || (!s->growing && !s->self && !s->experiment && !s->loose_instances))
        return no_owner(s, f, where);
    if (!s->growing && !s->self && s->experiment && !claim_name(s, name, where, "instances"))
        return value_new(s, V_ERROR, where);
    Value *m = make_instance(s, f, name, where);
    if (is_error(m))
        return m;
    m->text = name;
    if (s->in_for && owns(s, m)) {
        Diag *d = sema_diag(s, DIAG_E0504, where, "`%s` would have weights of its own at every turn of the loop", name);
        diag_help(d, "make it before the loop: `let f = %s[…]`; or use `repeat`, the loop with parameters of its own",
                  f->name);
        return value_new(s, V_ERROR, where);
    }
    if (s->growing && !growing_add(s, name, m, where))
        return value_new(s, V_ERROR, where);
    return m;
}
