// Axes on their way into a body and out of it: header axes under the body's own names, further axes lifted over.
//
// Lifting is a map: inside a body the lifted axes are hidden. Where a lifted axis is one that the body could name, it
// is renamed apart on the way in and back on the way out.
#include <string.h>

#include "sema/call.h"

// ---- axes in and out ----

static void pair(Pairs *p, Axis *from, Axis *to)
{
    for (int i = 0; i < p->n; i++)  // a guarded axis of a pack has two entries
        if (p->from[i] == from && p->to[i] == to)
            return;
    if (p->n < MOST_AXES) {
        p->from[p->n] = from;
        p->to[p->n++] = to;
    }
}

// Header axes whose inside differs from the caller's, their twins with them.
Pairs pairs_of_scope(Sema *s, const Scope *sc)
{
    Pairs p = {0};
    for (int i = 0; i < sc->entries.n; i++) {
        Entry *e = sc->entries.at[i];
        if (e->kind == ENTRY_AXIS && e->axis != e->outside) {
            pair(&p, e->outside, e->axis);
            pair(&p, axis_twin(s->axes, e->outside), axis_twin(s->axes, e->axis));
        }
        for (int k = 0; k < e->npack; k++)
            if (e->pack[k] != e->pack_outside[k])
                pair(&p, e->pack_outside[k], e->pack[k]);
    }
    return p;
}

void header_pairs(Sema *s, Call *c) { c->header = pairs_of_scope(s, c->bind->scope); }

Axis *renamed_axis(const Pairs *p, Axis *a, bool back)
{
    for (int i = 0; a && i < p->n; i++)
        if ((back ? p->to[i] : p->from[i]) == a)
            return back ? p->from[i] : p->to[i];
    return a;
}

Value *rename_leaf(Sema *s, Value *v, const Pairs *p, bool back)
{
    Axis *from[MOST_AXES], *to[MOST_AXES];
    int   n = 0;
    for (int i = 0; i < p->n; i++) {
        Axis *a = back ? p->to[i] : p->from[i];
        if (axes_has(v->axes, a)) {
            from[n] = a;
            to[n++] = back ? p->from[i] : p->to[i];
        }
    }
    Axis *pos = renamed_axis(p, v->pos, back);
    if (!n && pos == v->pos)
        return v;
    Value *out = value_like(s, n ? ir_rename(s->b, value_node(s, v), from, to, n) : value_node(s, v), v);
    out->pos = pos;
    return out;
}

// Only those pairs whose inside is in the parameter's own type: `f[h, h]` has two axes for the caller's one.
Pairs pairs_of_type(const Call *c, const TypeSpec *t)
{
    Pairs p = {0};
    for (int i = 0; i < c->header.n; i++)
        if (axes_has(t->axes, c->header.to[i]))
            pair(&p, c->header.from[i], c->header.to[i]);
    return p;
}

void axes_outside(const Call *c, Axis **ax, int n)
{
    Axis *in[MOST_AXES], *out[MOST_AXES];
    for (int i = 0; i < n; i++) {
        in[i] = ax[i];
        out[i] = renamed_axis(&c->apart, renamed_axis(&c->header, ax[i], true), true);
    }
    for (int i = 0; i < n; i++) {
        bool alone = true;
        for (int j = 0; j < n; j++)
            alone = alone && (j == i || (out[j] != out[i] && in[j] != out[i]));
        ax[i] = alone ? out[i] : in[i];
    }
}

AxisSet outside_axes(Sema *s, const Call *c, AxisSet inside)
{
    Axis *ax[MOST_AXES];
    int   n = 0;
    for (int i = 0; i < inside.n && n < MOST_AXES; i++)
        ax[n++] = renamed_axis(&c->header, inside.at[i], true);
    return axes_of(s->arena, ax, n);
}

Value *fill_type(Sema *s, Value *v, const TypeSpec *t, const Call *c)
{
    double number;
    bool   constant = constant_number(v, &number) && (v->weak || elem_class(v->elem) == ELEM_CLASS_BOOL);
    if (t->kind == TS_TENSOR && t->axes.n && constant && !value_visible(s, v).n)
        return value_like(s, ir_expand(s->b, value_node(s, v), c ? outside_axes(s, c, t->axes) : t->axes), v);
    if (t->kind != TS_RECORD || v->kind != V_RECORD || v->nfields != t->nfields)
        return v;
    Value *out = value_new(s, V_RECORD, v->where);
    *out = *v;
    out->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++) {
        const TypeSpec *field = t->fields[i];
        for (int k = 0; v->fields[i].name && k < t->nfields; k++)
            field = t->names[k] == v->fields[i].name ? t->fields[k] : field;
        out->fields[i] = (Field){v->fields[i].name, fill_type(s, v->fields[i].value, field, c)};
    }
    return out;
}

// ---- lifting ----

// The text at a span, where it is a short one on a line.
static const char *text_at(Sema *s, Span where, const char *otherwise)
{
    enum { SHORT = 24 };
    const Source *f = where.file >= 0 ? sources_get(s->sources, where.file) : NULL;
    int           n = where.end - where.begin;
    if (!f || n <= 0 || n > SHORT || memchr(f->text + where.begin, '\n', (size_t)n))
        return otherwise;
    return arena_strndup(s->arena, f->text + where.begin, (size_t)n);
}

static void help_to_repeat(Sema *s, Diag *d, const Extra *one, const Extra *other)
{
    AxisSet lacks = axes_minus(s->arena, other->extra, one->extra);
    diag_help(d, "if all pairs are meant, repeat one: `%s[+%s]`; else the two should share their axes",
              text_at(s, one->v->where, "x"), lacks.n ? lacks.at[0]->name : "axis");
}

bool lifts_fit(Sema *s, Call *c, const Extras *x)
{
    const Extra *most = NULL;
    for (int i = 0; i < x->n; i++)
        if (!most || x->at[i].extra.n > most->extra.n)
            most = &x->at[i];
    for (int i = 0; i < x->n; i++) {
        if (axes_contains(most->extra, x->at[i].extra))
            continue;
        Diag *d = sema_diag(s, DIAG_E0306, c->where, "the arguments of `%s` have extra axes, and neither's contain the other's",
                            function_name(c->f));
        diag_label(d, most->v->where, "further axes %s", text_axes(s, most->extra));
        diag_label(d, x->at[i].v->where, "further axes %s", text_axes(s, x->at[i].extra));
        bool first = most->v->given || !x->at[i].v->given;  // what is supplied stays as it is
        help_to_repeat(s, d, first ? &x->at[i] : most, first ? most : &x->at[i]);
        return false;
    }
    if (most)
        c->lifted = most->extra;
    return true;
}

// ---- guards of header axes ----

// What a guard mentions beside its own axis is lifted over too.
void lift_guards(Sema *s, Call *c)
{
    Scope *sc = c->bind->scope;
    for (int i = 0; i < sc->entries.n; i++) {
        Entry *e = sc->entries.at[i];
        if (e->kind != ENTRY_AXIS || !e->given)
            continue;
        AxisSet beside = axes_minus(s->arena, value_visible(s, e->given), axes_of(s->arena, &e->outside, 1));
        c->lifted = axes_union(s->arena, c->lifted, beside);
    }
}

// The guards as the body sees them: on the axes inside, lifted ones renamed apart.
void guards_inside(Sema *s, Call *c)
{
    Scope *sc = c->bind->scope;
    for (int i = 0; i < sc->entries.n; i++) {
        Entry *e = sc->entries.at[i];
        if (e->kind != ENTRY_AXIS || !e->given)
            continue;
        Pairs own = {0};  // the axis itself, which another item may be given too, and the others that the guard mentions
        if (e->axis != e->outside)
            pair(&own, e->outside, e->axis);
        for (int k = 0; k < c->header.n; k++)
            if (c->header.from[k] != e->outside)
                pair(&own, c->header.from[k], c->header.to[k]);
        e->guard = rename_leaf(s, rename_leaf(s, e->given, &own, false), &c->apart, false);
    }
}

// An argument along a guarded axis is there only where the guard holds.
Value *under_guards(Sema *s, const Call *c, Value *v)
{
    Scope *sc = c->bind->scope;
    for (int i = 0; i < sc->entries.n; i++) {
        Entry *e = sc->entries.at[i];
        if (e->kind == ENTRY_AXIS && e->guard && axes_has(v->axes, e->axis))
            v = value_like(s, ir_guard(s->b, value_node(s, v), value_node(s, e->guard)), v);
    }
    return v;
}

// ---- which lifted axes the body could name ----

bool mentioned(const Syn *n, Name name)
{
    if (!n)
        return false;
    if ((n->kind == SYN_NAME || n->kind == SYN_TWIN || n->kind == SYN_NAMED) && n->name == name)
        return true;
    for (int i = 0; i < n->nkid; i++)
        if (mentioned(n->kid[i], name))
            return true;
    return false;
}

// a, or one whose twin it is.
static bool is_or_twins(const Axis *mine, const Axis *a) { return mine && (mine == a || mine == a->twin_of || mine->twin_of == a); }

static bool entry_holds(const Entry *e, const Axis *a)
{
    if (e->kind == ENTRY_AXIS && is_or_twins(e->axis, a))
        return true;
    for (int k = 0; e->kind == ENTRY_PACK && k < e->npack; k++)
        if (is_or_twins(e->pack[k], a))
            return true;
    return false;
}

static bool holds_closure(const Call *c)
{
    for (int k = 0; k < c->n; k++)
        if (c->arg[k]->kind == V_FUNC)
            return true;
    for (int i = 0; i < c->bind->scope->entries.n; i++) {
        const Entry *e = c->bind->scope->entries.at[i];
        if (e->kind == ENTRY_VALUE && e->value && e->value->kind == V_FUNC)
            return true;
    }
    return c->f->kind == FUNC_LAMBDA;
}

static bool hidden_by_header(const Header *h, Name name)
{
    for (int i = 0; i < h->n; i++)
        if (h->item[i].name == name)
            return true;
    return false;
}

bool declaration_names(Sema *s, Func *f, const Axis *a)
{
    Header h = {0};
    if (f->kind == FUNC_DECL)
        header_read(s, f, &h);
    for (Scope *sc = f->scope; sc; sc = sc->outer)
        for (int i = 0; i < sc->entries.n; i++) {
            Entry *e = sc->entries.at[i];
            if (entry_holds(e, a) && !hidden_by_header(&h, e->name) && mentioned(f->decl, e->name))
                return true;
        }
    return false;
}

static bool scope_holds(const Scope *sc, const Axis *a)
{
    for (int i = 0; i < sc->entries.n; i++)
        if (entry_holds(sc->entries.at[i], a))
            return true;
    return false;
}

static bool names_twin(const Syn *n, Name name)
{
    bool any = n && n->kind == SYN_TWIN && n->name == name;
    for (int i = 0; n && !any && i < n->nkid; i++)
        any = names_twin(n->kid[i], name);
    return any;
}

bool header_meets(const Func *f, const Scope *sc, Name name, const Axis *a)
{
    for (int i = 0; i < sc->entries.n; i++) {
        const Entry *e = sc->entries.at[i];
        if (e->kind == ENTRY_AXIS && (e->axis == a || (is_or_twins(e->axis, a) && (names_twin(f->decl, e->name) || names_twin(f->decl, name)))))
            return true;
        for (int k = 0; k < e->npack; k++)
            if (e->pack[k] == a)
                return true;
    }
    return false;
}

// Its own text may, or that of what it calls, which stands in the same scopes.
static bool body_could_name(const Call *c, const Axis *a)
{
    for (const Scope *sc = c->bind->scope; sc; sc = sc->outer)
        if (scope_holds(sc, a))
            return true;
    return holds_closure(c);
}

void lift_apart(Sema *s, Call *c)
{
    for (int i = 0; i < c->lifted.n; i++) {
        Axis *a = c->lifted.at[i];
        if (body_could_name(c, a))
            pair(&c->apart, a, axis_copy(s->axes, a));
    }
}

// ---- results ----

static Value *twice_in_result(Sema *s, const Call *c, Axis *a)
{
    Diag *d = sema_diag(s, DIAG_E0308, c->where, "the result of `%s` would hold axis `%s` twice: once as its own, once as it passes by",
                        function_name(c->f), a->name);
    diag_note(d, c->f->decl->at, "`%s` is declared here", function_name(c->f));
    if (c->bind->where.file >= 0)
        diag_note(d, c->bind->where, "its axes were bound here");
    diag_help(d, "rename the one that passes by first: `x[%s -> %s']`", a->name, a->name);
    return value_new(s, V_ERROR, c->where);
}

// What a bracket of axes alone was given, with the twin in the place of the axis that stands for `twin` inside.
static const char *text_with_twin(Sema *s, const Call *c, const Axis *twin)
{
    const Scope *sc = c->bind->scope;
    Buf          b = {0};
    for (int i = 0; i < sc->entries.n; i++) {
        const Entry *e = sc->entries.at[i];
        if (e->kind != ENTRY_AXIS)
            return NULL;
        buf_printf(&b, "%s%s%s", i ? ", " : "", e->outside->name, e->axis == twin ? "'" : "");
    }
    const char *text = name_format(s->names, "%s[%s]", function_name(c->f), b.at ? b.at : "");
    buf_free(&b);
    return text;
}

// Two of the header's axes are one outside, and the result has both.
static Value *given_twice(Sema *s, const Call *c, AxisSet own)
{
    int i = 0, j = 1;
    for (; j < own.n && renamed_axis(&c->header, own.at[i], true) != renamed_axis(&c->header, own.at[j], true); j++)
        if (j + 1 == own.n)
            j = ++i;
    Axis       *a = renamed_axis(&c->header, own.at[i], true);
    const char *text = text_with_twin(s, c, own.at[j]);
    Diag       *d = sema_diag(s, DIAG_E0308, c->where, "the result of `%s` would hold axis `%s` twice: its bracket was given it twice",
                              function_name(c->f), a->name);
    diag_note(d, c->f->decl->at, "`%s` is declared here", function_name(c->f));
    if (c->bind->where.file >= 0)
        diag_note(d, c->bind->where, "its axes were bound here");
    if (text)
        diag_help(d, "give its twin in one place, `%s`, and rename what is given there: `x[%s -> %s']`", text, a->name, a->name);
    else
        diag_help(d, "give its twin in one place, `%s'`, and rename what is given there: `x[%s -> %s']`", a->name, a->name, a->name);
    return value_new(s, V_ERROR, c->where);
}

AxisSet lifted_inside(Sema *s, const Call *c)
{
    Axis *ax[MOST_AXES];
    int   n = 0;
    for (int i = 0; i < c->lifted.n && n < MOST_AXES; i++)
        ax[n++] = renamed_axis(&c->apart, c->lifted.at[i], false);
    return axes_of(s->arena, ax, n);
}

AxisSet axes_inside(Sema *s, const Call *c, AxisSet outside)
{
    Axis *ax[MOST_AXES];
    int   n = 0;
    for (int i = 0; i < outside.n && n + 2 < MOST_AXES; i++) {
        Axis *own = renamed_axis(&c->header, outside.at[i], false), *lifted = renamed_axis(&c->apart, outside.at[i], false);
        if (own != outside.at[i] || lifted == outside.at[i])
            ax[n++] = own;
        if (lifted != outside.at[i])
            ax[n++] = lifted;
    }
    return axes_of(s->arena, ax, n);
}

static Axis **order_outside(Sema *s, const Call *c, Axis *const *order)
{
    int n = 0;
    while (order[n])
        n++;
    Axis **out = ARENA_ARRAY(s->arena, Axis *, n + 1);
    for (int i = 0; i < n; i++)
        out[i] = renamed_axis(&c->apart, renamed_axis(&c->header, order[i], true), true);
    return out;
}

// A result's tensor on its way out: over all lifted positions, header axes and lifted ones named as the caller does.
Value *outward(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Outward *o = user;
    Call    *c = o->c;
    AxisSet  own = axes_minus(s->arena, axes_minus(s->arena, v->axes, o->lifted), s->hidden);
    AxisSet  named = outside_axes(s, c, own);
    bool     twice = named.n < own.n, clash = twice;
    Axis    *which = NULL;
    for (int i = 0; i < c->lifted.n && !clash; i++)
        if (axes_has(named, c->lifted.at[i])) {
            clash = true;
            which = c->lifted.at[i];
        }
    if (clash) {
        if (!o->failed && twice)
            given_twice(s, c, own);
        else if (!o->failed)
            twice_in_result(s, c, which);
        o->failed = true;
        return value_new(s, V_ERROR, c->where);
    }
    Value *wide = o->lifted.n ? value_like(s, ir_expand(s->b, value_node(s, v), o->lifted), v) : v;
    Value *out = rename_leaf(s, rename_leaf(s, wide, &c->header, true), &c->apart, true);
    Value *copy = ARENA_NEW(s->arena, Value);
    *copy = *out;
    copy->where = c->where;
    copy->order = v->order ? order_outside(s, c, v->order) : NULL;
    copy->leaf = copy->buffer = false;
    copy->loose = false;
    if (o->lifted.n)
        copy->fixed = NULL;
    return copy;
}
