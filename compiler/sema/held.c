// What a model or function holds beside its fields: the values that `with` put into it, and what its bracket was given,
// guards of axes and functions. These live, and are computed, as what stands in fields does; but they are none of its
// parameters.
#include <string.h>

#include "sema/sema.h"

typedef struct {
    HeldFn *f;
    void   *user;
    bool    changed;
} Mapping;

static Value *mapped(Sema *s, Mapping *m, Value *v)
{
    Value *new = v ? m->f(s, v, m->user) : NULL;
    m->changed = m->changed || new != v;
    return new;
}

static Patch *patches_mapped(Sema *s, const Value *v, Mapping *m)
{
    Patch *new = ARENA_ARRAY(s->arena, Patch, v->npatch + 1);
    for (int i = 0; i < v->npatch; i++)
        new[i] = (Patch){v->patch[i].name, mapped(s, m, v->patch[i].value), v->patch[i].where, v->patch[i].crossed};
    return new;
}

// An instance in a bracket is a part of the model that it was given to.
static bool is_function(const Entry *e) { return e->kind == ENTRY_VALUE && e->value && e->value->kind == V_FUNC; }

static bool bracket_holds(const Func *f)
{
    bool holds = false;
    for (int i = 0; f && f->bind && i < f->bind->scope->entries.n; i++)
        holds = holds || f->bind->scope->entries.at[i]->given || is_function(f->bind->scope->entries.at[i]);
    return holds;
}

static Func *bracket_mapped(Sema *s, const Func *f, Mapping *m)
{
    Func    *g = ARENA_NEW(s->arena, Func);
    Binding *b = ARENA_NEW(s->arena, Binding);
    Scope   *sc = ARENA_NEW(s->arena, Scope);
    Mapping  own = {m->f, m->user, false};
    *g = *f;
    *b = *f->bind;
    *sc = *f->bind->scope;
    g->bind = b;
    b->scope = sc;
    sc->entries.at = ARENA_ARRAY(s->arena, Entry *, sc->entries.n + 1);
    sc->entries.cap = sc->entries.n;
    for (int i = 0; i < sc->entries.n; i++) {
        Entry *e = ARENA_NEW(s->arena, Entry);
        *e = *f->bind->scope->entries.at[i];
        e->given = mapped(s, &own, e->given);
        e->guard_else = mapped(s, &own, e->guard_else);
        if (is_function(e))
            e->value = mapped(s, &own, e->value);
        sc->entries.at[i] = e;
    }
    m->changed = m->changed || own.changed;
    return own.changed ? g : (Func *)(uintptr_t)f;
}

Value *value_map_held(Sema *s, Value *v, HeldFn *f, void *user)
{
    Mapping m = {f, user, false};
    if (!v->npatch && !v->nfields && !bracket_holds(v->func))
        return v;
    Patch *patch = patches_mapped(s, v, &m);
    Func  *func = bracket_holds(v->func) ? bracket_mapped(s, v->func, &m) : v->func;
    Field *field = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++) {
        field[i] = (Field){v->fields[i].name, value_map_held(s, v->fields[i].value, f, user)};
        m.changed = m.changed || field[i].value != v->fields[i].value;
    }
    if (!m.changed)
        return v;
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->patch = patch;
    out->func = func;
    out->fields = field;
    return out;
}

typedef struct {
    LeafFn *f;
    void   *user;
} LeafMapping;

static Value *leaves_mapped(Sema *s, Value *v, void *user)
{
    LeafMapping *m = user;
    if (is_tensor(v))
        return m->f(s, v, NULL, m->user);
    Value *out = v;
    if (v->nfields) {
        bool   changed = false;
        Field *field = ARENA_ARRAY(s->arena, Field, v->nfields);
        for (int i = 0; i < v->nfields; i++) {
            bool tensor = is_tensor(v->fields[i].value) || v->fields[i].value->nfields;
            field[i] = (Field){v->fields[i].name, tensor ? leaves_mapped(s, v->fields[i].value, m) : v->fields[i].value};
            changed = changed || field[i].value != v->fields[i].value;
        }
        if (changed) {
            out = ARENA_NEW(s->arena, Value);
            *out = *v;
            out->fields = field;
        }
    }
    return value_map_held(s, out, leaves_mapped, m);
}

Value *value_map_held_leaves(Sema *s, Value *v, LeafFn *f, void *user)
{
    LeafMapping m = {f, user};
    return value_map_held(s, v, leaves_mapped, &m);
}
