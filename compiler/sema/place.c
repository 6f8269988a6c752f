// A part of a model in the place of another. The body that calls it knows the axes by the names that the other part was
// bound to, so the two are matched by their interfaces once, when one is put for the other: each axis of the new header
// stands for one of the old. Where the body binds the old header, the new one is bound to the axes that stand there.
#include "sema/place.h"

#include "sema/call.h"
#include "sema/imports.h"
#include "sema/model.h"

enum { MOST_SLOTS = 64, MOST_LEVELS = 32 };

// An axis of a header: the k-th of the pack that its entry is; k < 0: the entry itself.
typedef struct {
    int entry, k;
} Spot;

typedef struct {
    Spot  own;
    Spot  old;    // entry < 0: no header axis,
    Axis *axis;   // but this one, which the old declaration names itself
} FitAxis;

typedef struct Fit {
    const Syn *decl;  // of the part whose place it took
    FitAxis    axis[MOST_AXES];
    int        n;
} Fit;

// ---- interfaces ----

// The tensors that a declaration takes and gives; `open`: not all of them are told by types.
typedef struct {
    TypeSpec *at[MOST_SLOTS];
    int       n, nin;
    bool      open;
} Signature;

static void add_slots(Signature *g, TypeSpec *t)
{
    for (int i = 0; t->kind == TS_RECORD && i < t->nfields; i++)
        add_slots(g, t->fields[i]);
    if (t->kind == TS_TENSOR && g->n < MOST_SLOTS)
        g->at[g->n++] = t;
    g->open = g->open || (t->kind != TS_TENSOR && t->kind != TS_RECORD) || g->n == MOST_SLOTS;
}

// What has a default and is not among the first `most` may be left out.
static Signature signature_of(Sema *s, const Func *f, int most)
{
    Signature g = {.n = 0};
    Syn      *list = f->decl->kid[1];
    Scope    *saved = s->scope;
    s->scope = f->bind->scope;
    for (int i = 0; list && i < list->nkid; i++) {
        bool fallback = list->kid[i]->kind == SYN_DEFAULT;
        Syn *p = fallback ? list->kid[i]->kid[0] : list->kid[i];
        if (!fallback || g.n < most)
            add_slots(&g, eval_type(s, p->kind == SYN_NAMED ? p->kid[0] : NULL));
    }
    g.nin = g.n;
    if (f->decl->kid[2])
        add_slots(&g, eval_type(s, f->decl->kid[2]));
    else
        g.open = true;
    s->scope = saved;
    return g;
}

// ---- names of one axis, from a part's own outwards ----

typedef struct {
    Pairs level[MOST_LEVELS];
    int   n;
} Levels;

static bool same_declared(Sema *s, const Axis *a, const Axis *b)
{
    return a->name == b->name && a->where.file >= 0 && a->where.file == b->where.file && a->where.begin == b->where.begin &&
           same_size(s, a, b);
}

static Axis *outermost(const Levels *l, Axis *a)
{
    for (int i = 0; i < l->n; i++)
        a = renamed_axis(&l->level[i], a, true);
    return a;
}

// Is b the old part's axis a, as somebody between it and the outermost model names it?
static bool is_named(Sema *s, const Levels *l, Axis *a, const Axis *b, bool exactly)
{
    for (int i = 0; i <= l->n; i++) {
        if (exactly ? a == b : same_declared(s, a, b))
            return true;
        a = i < l->n ? renamed_axis(&l->level[i], a, true) : a;
    }
    return false;
}

typedef struct {
    Value       *old, *new;
    Levels       levels;  // of the old part
    Pairs        pairs;   // of the new one
    Signature    want, have;
    Axis        *mine[MOST_AXES * 2], *its[MOST_AXES * 2];  // matched, both inside
    int          n;
    AxisSet      lifted;  // of the old part's, those that the new one does not speak of
} Matching;

static Axis *counterpart(Sema *s, const Matching *m, const TypeSpec *want, Axis *mine, AxisSet used)
{
    Axis *a = renamed_axis(&m->pairs, mine, true);
    for (int exactly = 1; exactly >= 0; exactly--)
        for (int i = 0; i < want->norder; i++)
            if (!axes_has(used, want->order[i]) && is_named(s, &m->levels, want->order[i], a, exactly))
                return want->order[i];
    return NULL;
}

static bool elems_meet(Sema *s, const Matching *m, const TypeSpec *want, const TypeSpec *have)
{
    if (want->pos && have->pos)
        return is_named(s, &m->levels, want->pos, renamed_axis(&m->pairs, have->pos, true), false);
    return !want->pos && !have->pos && want->own == have->own && (want->own || want->elem == have->elem);
}

// Each axis of the new type is one of the old type; those left over pass by, and so are in all results.
static bool slots_meet(Sema *s, Matching *m, const TypeSpec *want, const TypeSpec *have, bool out)
{
    AxisSet used = {0};
    for (int i = 0; i < have->norder; i++) {
        Axis *its = counterpart(s, m, want, have->order[i], used);
        if (!its || m->n == MOST_AXES * 2)
            return false;
        used = axes_union(s->arena, used, axes_of(s->arena, &its, 1));
        m->mine[m->n] = have->order[i];
        m->its[m->n++] = its;
    }
    AxisSet rest = axes_minus(s->arena, want->axes, used);
    if (!out)
        m->lifted = axes_union(s->arena, m->lifted, rest);
    return elems_meet(s, m, want, have) && (!out || axes_equal(rest, m->lifted));
}

static bool interfaces_meet(Sema *s, Matching *m)
{
    bool open = m->want.open || m->have.open;
    bool fits = open || (m->want.n == m->have.n && m->want.nin == m->have.nin);
    for (int i = 0; fits && i < m->want.n && i < m->have.n; i++)
        fits = slots_meet(s, m, m->want.at[i], m->have.at[i], i >= m->want.nin) || open;
    return fits;
}

// `([seq, a]) -> [b]`, under the outermost names.
static const char *text_signature(Sema *s, const Signature *g, const Levels *l)
{
    Buf b = {0};
    buf_puts(&b, "(");
    for (int i = 0; i < g->n; i++) {
        buf_printf(&b, "%s%s[", i == g->nin ? ") -> " : i ? ", " : "",
                   g->at[i]->pos ? outermost(l, g->at[i]->pos)->name : g->at[i]->own ? "" : elem_text(g->at[i]->elem));
        for (int k = 0; k < g->at[i]->norder; k++)
            buf_printf(&b, "%s%s", k ? ", " : "", outermost(l, g->at[i]->order[k])->name);
        buf_puts(&b, "]");
    }
    const char *text = arena_strndup(s->arena, b.at, b.n);
    buf_free(&b);
    return text;
}

static Value *no_part_here(Sema *s, const Matching *m, Name name, Span where)
{
    Levels      own = {.level = {m->pairs}, .n = 1};
    const char *want = text_signature(s, &m->want, &m->levels);
    Diag       *d = sema_diag(s, DIAG_E0305, where, "what takes the place of `%s` must take and give what that does", name);
    diag_label(d, m->new->where, "%s", text_signature(s, &m->have, &own));
    diag_label(d, m->old->where, "%s", want);
    diag_note(d, m->new->func->decl->at, "`%s` is declared here", m->new->func->name);
    diag_help(d, "it is called with the axes of the old part: give one whose axes are %s", want);
    return value_new(s, V_ERROR, where);
}

// ---- what each axis of the new header stands for ----

static bool find_spot(const Scope *sc, const Axis *inside, Spot *out)
{
    for (int i = 0; i < sc->entries.n; i++) {
        const Entry *e = sc->entries.at[i];
        for (int k = e->kind == ENTRY_PACK ? 0 : -1; k < e->npack; k++) {
            *out = (Spot){i, k};
            if ((e->kind == ENTRY_AXIS || e->kind == ENTRY_PACK) && (k < 0 ? e->axis : e->pack[k]) == inside)
                return true;
        }
    }
    return false;
}

static const Fit *fit_of(Sema *s, const Matching *m)
{
    Fit *f = ARENA_NEW(s->arena, Fit);
    f->decl = m->old->func->decl;
    for (int i = 0; i < m->n && f->n < MOST_AXES; i++) {
        FitAxis a = {.axis = NULL};
        bool    seen = !find_spot(m->new->func->bind->scope, m->mine[i], &a.own);  // else its declaration names it
        for (int k = 0; k < f->n; k++)
            seen = seen || (f->axis[k].own.entry == a.own.entry && f->axis[k].own.k == a.own.k);
        if (seen)
            continue;
        if (!find_spot(m->old->func->bind->scope, m->its[i], &a.old)) {
            a.old.entry = -1;
            a.axis = m->its[i];
        }
        f->axis[f->n++] = a;
    }
    return f;
}

static Axis **outside_at(const Scope *sc, Spot p)
{
    Entry *e = sc->entries.at[p.entry];
    return p.k < 0 ? &e->outside : &e->pack_outside[p.k];
}

Binding *binding_in_place(Sema *s, const Value *m, const Func *f)
{
    const Fit *fit = m->fit;
    if (fit->decl != f->decl)
        return m->func->bind;
    Scope *sc = scope_copy(s, m->func->bind->scope);
    for (int i = 0; i < fit->n; i++)
        axis_rebound(s, m->func, sc, sc->entries.at[fit->axis[i].own.entry], fit->axis[i].own.k, NULL);
    for (int i = 0; i < fit->n; i++) {
        FitAxis a = fit->axis[i];
        Axis   *here = a.old.entry < 0 ? a.axis : *outside_at(f->bind->scope, a.old);
        axis_rebound(s, m->func, sc, sc->entries.at[a.own.entry], a.own.k, here);
    }
    Binding *b = ARENA_NEW(s->arena, Binding);
    *b = (Binding){sc, m->func->bind->where};
    return b;
}

// ---- the old part ----

// The instance as it was made, anew and aside: its parts are bound to the axes that it has now.
static Value *made_again(Sema *s, const Value *m)
{
    Sema     saved = *s;
    Program *aside = program_new(s->arena, s->names, s->sizes, s->axes, m->func->name);
    Builder  b = builder_new(aside);
    Imports  imports = {.top = &b};
    Growing  growing = {.init = &b, .imports = &imports};
    s->b = &b;
    s->imports = &imports;
    s->growing = &growing;
    s->self = NULL;
    s->trace = NULL;
    s->moved = NULL;
    s->types = NULL;
    Value *v = make_instance(s, m->func, m->text, m->where);
    sema_restore(s, &saved);
    return v;
}

// Each turn of a `repeat` has its own parameters: those of what takes a part's place lie along its axis.
typedef struct {
    Axis *along;
    bool  lacks;
} Stacked;

static Value *stacked_alike(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Stacked *t = user;
    Axis    *first = v->order ? v->order[0] : NULL;
    if (first == t->along)
        return v;
    t->lacks = t->lacks || !first || !same_declared(s, first, t->along);
    if (t->lacks)
        return v;
    Pairs  p = {.from = {first}, .to = {t->along}, .n = 1};
    Value *out = ARENA_NEW(s->arena, Value);
    int    n = v->axes.n;
    *out = *rename_leaf(s, v, &p, false);
    out->order = ARENA_ARRAY(s->arena, Axis *, n + 1);
    for (int i = 0; i < n; i++)
        out->order[i] = i ? v->order[i] : t->along;
    out->leaf = v->leaf;
    out->buffer = v->buffer;
    return out;
}

static Value *stacked_as(Sema *s, Value *turns, Value *v, Name name, Span where)
{
    Value *leaf[1];
    if (!value_leaves(s, turns, leaf, 1) || !leaf[0]->order)
        return v;
    Stacked t = {leaf[0]->order[0], false};
    Value  *out = value_map(s, v, NULL, stacked_alike, &t);
    if (!t.lacks)
        return out;
    Diag *d = sema_diag(s, DIAG_E0305, where, "`%s` has parameters of its own for each turn along `%s`, and what takes its place has not",
                        name, t.along->name);
    diag_label(d, v->where, "%s", text_value(s, v));
    diag_note(d, turns->where, "the turns are made here");
    diag_help(d, "take the part of another model that is made so: `with (…: other.…)`; or change its value: `with (…: (v) => …)`");
    return value_new(s, V_ERROR, where);
}

static void add_level(Sema *s, Levels *l, const Value *m)
{
    if (l->n == MOST_LEVELS || !m->func->bind)
        return;
    for (int i = l->n++; i > 0; i--)
        l->level[i] = l->level[i - 1];
    l->level[0] = pairs_of_scope(s, m->func->bind->scope);
}

Value *part_in_place(Sema *s, const Value *m, Name const *path, int n, Value *v, Span where)
{
    Matching *match = ARENA_NEW(s->arena, Matching);
    Value    *made = made_again(s, m), *there = (Value *)(uintptr_t)m;
    for (int i = 0; made && i < n; i++) {
        if (is_error(made))
            return made;
        bool turns = there->func->decl->kind == SYN_REPEAT;
        if (turns && is_error(v = stacked_as(s, there, v, path[n - 1], where)))
            return v;
        add_level(s, &match->levels, made);
        there = value_field(there, path[i]);
        made = value_field(made, path[i]);
        if (there && there->fit && i + 1 < n)  // it was put there itself
            made = made_again(s, there);
    }
    if (!made || made->kind != V_MODEL || !made->func->bind || !v->func->bind)
        return v;
    add_level(s, &match->levels, made);
    match->old = made;
    match->new = v;
    match->pairs = pairs_of_scope(s, v->func->bind->scope);
    match->want = signature_of(s, made->func, MOST_SLOTS);
    match->have = signature_of(s, v->func, match->want.nin);
    if (!interfaces_meet(s, match))
        return no_part_here(s, match, path[n - 1], where);
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->fit = fit_of(s, match);
    return out;
}
