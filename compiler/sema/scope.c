// Scopes: where names are looked up. Axes and values share one namespace.
#include "sema/sema.h"

Scope *scope_new(Sema *s, Scope *outer)
{
    Scope *sc = ARENA_NEW(s->arena, Scope);
    sc->outer = outer;
    if (outer)
        sc->module = outer->module;
    return sc;
}

static Entry *find_here(Scope *sc, Name name)
{
    for (int i = sc->entries.n - 1; i >= 0; i--)
        if (sc->entries.at[i]->name == name)
            return sc->entries.at[i];
    return NULL;
}

Entry *scope_put_quiet(Sema *s, Scope *sc, EntryKind kind, Name name, Span where)
{
    Entry *e = ARENA_NEW(s->arena, Entry);
    e->kind = kind;
    e->name = name;
    e->where = where;
    e->depth = s->regions;
    vec_push(s->arena, &sc->entries, e);
    return e;
}

// From here on the name may mean either of two things: it meets anything. What is declared is not found by it.
static Entry *ambiguous(Sema *s, Scope *sc, EntryKind kind, Name name, Span where)
{
    Entry *e = scope_put_quiet(s, sc, ENTRY_VALUE, name, where);
    e->value = value_new(s, V_ERROR, where);
    e->variable = true;
    Entry *apart = ARENA_NEW(s->arena, Entry);
    *apart = (Entry){.kind = kind, .name = name, .where = where, .depth = s->regions};
    return apart;
}

// The entry of the same file that a new one would hide, or NULL: a header may hide, and so may anything hide what
// comes with the language or by `use`.
static Entry *hidden_by(Scope *sc, Name name, Span where)
{
    for (Scope *o = sc->frame ? NULL : sc->outer; o && !o->language; o = o->outer) {
        Entry *e = find_here(o, name);
        if (e && e->where.file == where.file && e->kind != ENTRY_MODULE &&
            (o->module_top || e->where.begin < where.begin))  // further down in a body, it is not there yet
            return e;
    }
    return NULL;
}

Entry *scope_put(Sema *s, Scope *sc, EntryKind kind, Name name, Span where)
{
    Entry *old = find_here(sc, name);
    if (old && !sc->language) {
        Diag *d = sema_diag(s, DIAG_E0202, where, "`%s` is declared twice", name);
        diag_label(d, where, "again here");
        diag_label(d, old->where, "first here");
        diag_help(d, "give one of them another name");
    } else if ((old = hidden_by(sc, name, where)) != NULL) {
        Diag *d = sema_diag(s, DIAG_E0203, where, "`%s` hides the `%s` declared above", name, name);
        diag_label(d, where, "this one");
        diag_label(d, old->where, "is hidden");
        diag_help(d, "give one of them another name");
        return ambiguous(s, sc, kind, name, where);
    }
    return scope_put_quiet(s, sc, kind, name, where);
}

static bool same_thing(const Entry *a, const Entry *b)
{
    return a->kind == b->kind && a->where.file == b->where.file && a->where.begin == b->where.begin;
}

// Names that modules bring stand in one scope: two of one name are an error where it is used.
static void report_ambiguous(Sema *s, Scope *sc, Entry *found, Name name, Span where)
{
    for (int i = 0; i < sc->entries.n; i++) {
        Entry *e = sc->entries.at[i];
        if (e->name != name || same_thing(e, found))
            continue;
        Diag *d = sema_diag(s, DIAG_E0204, where, "`%s` is offered by two modules", name);
        diag_note(d, e->where, "one is here");
        diag_note(d, found->where, "another here");
        diag_help(d, "say which: `module.%s`", name);
        return;
    }
}

Entry *scope_find(Sema *s, Scope *sc, Name name, Span where)
{
    for (; sc; sc = sc->outer) {
        Entry *e = find_here(sc, name);
        if (!e)
            continue;
        if (s->consulted)
            vec_push(s->arena, s->consulted, e);
        if (sc->language && where.file >= 0)
            report_ambiguous(s, sc, e, name, where);
        return e;
    }
    return NULL;
}

Entry *scope_lookup(Sema *s, Name name, Span where)
{
    Entry *e = scope_find(s, s->scope, name, where);
    if (e) {
        e->used = true;
        return e;
    }
    report_unknown(s, name, where, ENTRY_VALUE);
    return NULL;
}

Entry *let_value(Sema *s, Name name, Span where, Value *v)
{
    Entry *e = scope_put(s, s->scope, ENTRY_VALUE, name, where);
    e->value = v;
    note_type(s, name, where, v);
    return e;
}
