// Calls: arguments meet parameters, further axes are lifted over, and the body is entered or trusted.
//
// Lifting is a map: inside a body the lifted axes are hidden. Where a lifted axis is one that the body could name, it
// is renamed apart on the way in and back on the way out.
#include <string.h>

#include "sema/buffers.h"
#include "sema/header.h"
#include "sema/model.h"

enum { MOST_ARGS = 32, MOST_AXES = 64, DEEPEST_CALL = 200 };

typedef struct {
    Axis *from[MOST_AXES], *to[MOST_AXES];
    int   n;
} Pairs;

typedef struct {
    Func     *f;
    Binding  *bind;
    Value    *self;            // the instance, or NULL
    Value    *arg[MOST_ARGS];  // by parameter
    TypeSpec *type[MOST_ARGS];
    Name      name[MOST_ARGS];
    Syn      *param[MOST_ARGS];
    int       n;
    AxisSet   lifted;          // as the caller names them
    Pairs     apart;           // lifted axes renamed apart: from the caller's to ours
    Pairs     header;          // header axes: from the caller's to those inside, where they differ
    Elem      own;             // the call's own float type
    Span      where;
} Call;

// ---- parameters ----

static Syn *parameters_of(const Func *f)
{
    if (f->kind == FUNC_LAMBDA)
        return f->decl->kid[0];
    return f->decl->kind == SYN_OPTIMIZER ? f->decl->kid[2] : f->decl->kid[1];
}

static void read_parameter(Syn *p, Name *name, Syn **type, Syn **fallback)
{
    *type = *fallback = NULL;
    if (p->kind == SYN_DEFAULT) {
        *fallback = p->kid[1];
        p = p->kid[0];
    }
    if (p->kind == SYN_NAMED)
        *type = p->kid[0];
    *name = p->name;
}

static int parameter_list(const Func *f, Syn **out)
{
    Syn *list = parameters_of(f);
    if (!list)
        return 0;
    if (list->kind == SYN_NAME) {
        out[0] = list;
        return 1;
    }
    int n = 0;
    for (int i = 0; i < list->nkid && n < MOST_ARGS; i++)
        out[n++] = list->kid[i];
    return n;
}

static const char *function_name(const Func *f) { return f->name ? f->name : "this function"; }

static bool take_argument(Sema *s, Call *c, int k, Value *v)
{
    if (c->arg[k]) {
        sema_error(s, DIAG_E0502, v->where, "`%s` is given twice", c->name[k]);
        return false;
    }
    c->arg[k] = v;
    return true;
}

static bool named_argument(Sema *s, Call *c, Name name, Value *v)
{
    for (int k = 0; k < c->n; k++)
        if (c->name[k] == name)
            return take_argument(s, c, k, v);
    Diag *d = sema_diag(s, DIAG_E0502, v->where, "`%s` has no parameter `%s`", function_name(c->f), name);
    diag_note(d, c->f->decl->at, "it is declared here");
    return false;
}

static void wrong_count(Sema *s, const Call *c, int given)
{
    Diag *d = sema_diag(s, DIAG_E0502, c->where, "`%s` takes %d argument%s, and %d %s given", function_name(c->f), c->n,
                        c->n == 1 ? "" : "s", given, given == 1 ? "is" : "are");
    diag_note(d, c->f->decl->at, "it is declared here");
}

static bool match_arguments(Sema *s, Call *c, Value **args, Name *names, int n)
{
    Syn *fallback[MOST_ARGS], *type[MOST_ARGS];
    c->n = parameter_list(c->f, c->param);
    for (int k = 0; k < c->n; k++)
        read_parameter(c->param[k], &c->name[k], &type[k], &fallback[k]);
    int next = 0;
    for (int i = 0; i < n; i++) {
        if (names && names[i]) {
            if (!named_argument(s, c, names[i], args[i]))
                return false;
            continue;
        }
        if (next >= c->n) {
            wrong_count(s, c, n);
            return false;
        }
        if (!take_argument(s, c, next++, args[i]))
            return false;
    }
    Scope *saved = s->scope;
    s->scope = c->bind->scope;
    for (int k = 0; k < c->n; k++) {
        if (!c->arg[k] && fallback[k])
            c->arg[k] = evaluate(s, fallback[k]);
        c->type[k] = eval_type(s, type[k]);
    }
    s->scope = saved;
    for (int k = 0; k < c->n; k++)
        if (!c->arg[k]) {
            wrong_count(s, c, n);
            return false;
        }
    return true;
}

// ---- axes in and out ----

static void pair(Pairs *p, Axis *from, Axis *to)
{
    if (p->n < MOST_AXES) {
        p->from[p->n] = from;
        p->to[p->n++] = to;
    }
}

// Header axes whose inside differs from the caller's, their twins with them.
static void header_pairs(Sema *s, Call *c)
{
    Scope *sc = c->bind->scope;
    for (int i = 0; i < sc->entries.n; i++) {
        Entry *e = sc->entries.at[i];
        if (e->kind == ENTRY_AXIS && e->axis != e->outside) {
            pair(&c->header, e->outside, e->axis);
            pair(&c->header, axis_twin(s->axes, e->outside), axis_twin(s->axes, e->axis));
        }
        for (int k = 0; k < e->npack; k++)
            if (e->pack[k] != e->pack_outside[k])
                pair(&c->header, e->pack_outside[k], e->pack[k]);
    }
}

static Axis *renamed_axis(const Pairs *p, Axis *a, bool back)
{
    for (int i = 0; a && i < p->n; i++)
        if ((back ? p->to[i] : p->from[i]) == a)
            return back ? p->from[i] : p->to[i];
    return a;
}

static Value *rename_leaf(Sema *s, Value *v, const Pairs *p, bool back)
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
static Pairs pairs_of_type(const Call *c, const TypeSpec *t)
{
    Pairs p = {0};
    for (int i = 0; i < c->header.n; i++)
        if (axes_has(t->axes, c->header.to[i]) || t->pos == c->header.to[i])
            pair(&p, c->header.from[i], c->header.to[i]);
    return p;
}

// ---- lifting ----

typedef struct {
    Value *v;       // an argument's tensor
    AxisSet extra;  // its axes beyond its parameter's, as the caller names them
} Extra;

typedef struct {
    Extra at[256];
    int   n;
} Extras;

static AxisSet outside_axes(Sema *s, const Call *c, AxisSet inside)
{
    Axis *ax[MOST_AXES];
    int   n = 0;
    for (int i = 0; i < inside.n && n < MOST_AXES; i++)
        ax[n++] = renamed_axis(&c->header, inside.at[i], true);
    return axes_of(s->arena, ax, n);
}

static bool lacks_axes(Sema *s, const Call *c, Value *v, AxisSet want, Name name, const TypeSpec *t)
{
    AxisSet have = value_visible(s, v);
    if (axes_contains(have, want))
        return false;
    AxisSet lost = axes_minus(s->arena, want, have);
    Diag   *d = sema_diag(s, DIAG_E0304, v->where, "argument `%s` of `%s` lacks axis `%s`", name, function_name(c->f),
                          lost.at[0]->name);
    diag_label(d, v->where, "%s", text_axes(s, have));
    for (int i = 0; i < have.n; i++)
        if (have.at[i]->name == lost.at[0]->name)
            diag_note(d, have.at[i]->where, "its `%s` is another axis of that name, declared here",
                      lost.at[0]->name);
    if (t->where.file >= 0)
        diag_note(d, t->where, "`%s: %s` is declared here", name, text_type(s, t));
    if (c->bind->where.file >= 0)
        diag_note(d, c->bind->where, "the axes were bound here: it needs %s", text_axes(s, want));
    diag_help(d, "give it %s, or bind the bracket to the axes that it has", text_axes(s, want));
    return true;
}

static bool elem_fits(Sema *s, const Call *c, Value *v, const TypeSpec *t, Name name)
{
    if (t->pos) {
        Axis *want = renamed_axis(&c->header, t->pos, true);
        const Size *lo, *hi;
        if (v->pos == want)
            return true;
        if (!v->pos && elem_class(v->elem) == ELEM_CLASS_INT && v->weak && range_of(s, value_node(s, v), &lo, &hi)) {
            const Size *room = size_sub(s->sizes, size_sub(s->sizes, want->size, size_const(s->sizes, 1)), hi);
            return need_nonneg(s, DIAG_E0402, lo, v->where, "a position may leave its axis") &&
                   need_nonneg(s, DIAG_E0402, room, v->where, "a position may leave its axis");
        }
        Diag *d = sema_diag(s, v->pos ? DIAG_E0310 : DIAG_E0311, v->where,
                            "argument `%s` of `%s` must be positions along `%s`", name, function_name(c->f), want->name);
        diag_label(d, v->where, "%s", text_value(s, v));
        if (t->where.file >= 0)
            diag_note(d, t->where, "`%s: %s` is declared here", name, text_type(s, t));
        if (v->pos)
            diag_note(d, v->pos->where, "`%s` is declared here", v->pos->name);
        diag_help(d, v->pos ? "positions along two axes do not mix; an axis of its own says what the numbers mean"
                            : "positions come from `load`, `argmax` and draws along `%s`", want->name);
        return false;
    }
    ElemClass have = elem_class(v->elem), want = elem_class(t->elem);
    bool ok = have == want || (want == ELEM_CLASS_FLOAT && have == ELEM_CLASS_INT);
    if (ok && !t->own && !t->weak && !v->weak && have == want && elem_join(v->elem, t->elem) != t->elem) {
        Diag *d = sema_diag(s, DIAG_E0309, v->where, "argument `%s` of `%s` would be narrowed from %s to %s", name,
                            function_name(c->f), elem_text(v->elem), elem_text(t->elem));
        diag_help(d, "say so if it is meant: `%s(…)`", elem_text(t->elem));
        return false;
    }
    if (ok)
        return true;
    Diag *d = sema_diag(s, DIAG_E0309, v->where, "argument `%s` of `%s` has the wrong element type", name,
                        function_name(c->f));
    diag_label(d, v->where, "%s", text_value(s, v));
    if (t->where.file >= 0)
        diag_note(d, t->where, "`%s: %s` is declared here", name, text_type(s, t));
    return false;
}

static bool collect(Sema *s, Call *c, Value *v, const TypeSpec *t, Name name, Extras *x)
{
    if (is_error(v))
        return false;
    if (t->kind == TS_BAD)
        return false;
    if (t->kind == TS_TENSOR) {
        if (!is_tensor(v)) {
            Diag *d = sema_diag(s, DIAG_E0502, v->where, "argument `%s` of `%s` must be %s", name, function_name(c->f),
                                text_type(s, t));
            diag_label(d, v->where, "%s", text_value(s, v));
            return false;
        }
        AxisSet want = outside_axes(s, c, t->axes);
        if (lacks_axes(s, c, v, want, name, t) || !elem_fits(s, c, v, t, name))
            return false;
        if (x->n < 256)
            x->at[x->n++] = (Extra){v, axes_minus(s->arena, value_visible(s, v), want)};
        return true;
    }
    if (t->kind == TS_RECORD) {
        bool ok = v->kind == V_RECORD && v->nfields == t->nfields;
        for (int i = 0; ok && i < t->nfields; i++) {
            Value *field = t->names[i] ? value_field(v, t->names[i]) : v->fields[i].value;
            ok = field && collect(s, c, field, t->fields[i], t->names[i] ? t->names[i] : name, x);
            if (field && !ok)
                return false;
        }
        if (!ok)
            sema_error(s, DIAG_E0502, v->where, "argument `%s` of `%s` must be %s; this is %s", name,
                       function_name(c->f), text_type(s, t), text_value(s, v));
        return ok;
    }
    if ((t->kind == TS_FUNC || t->kind == TS_MODEL) && v->kind != V_FUNC && v->kind != V_MODEL) {
        sema_error(s, DIAG_E0502, v->where, "argument `%s` of `%s` must be a block or function; this is %s", name,
                   function_name(c->f), text_value(s, v));
        return false;
    }
    return true;
}

// A parameter that is supplied with further axes is lifted over as an argument is.
static void collect_given(Sema *s, const Value *self, Extras *x)
{
    for (int i = 0; self && i < self->nfields; i++) {
        Value *v = self->fields[i].value;
        int    n = 0;
        if (v->kind == V_MODEL)
            collect_given(s, v, x);
        if (!is_tensor(v) || !v->given)
            continue;
        while (v->order && v->order[n])
            n++;
        AxisSet extra = axes_minus(s->arena, value_visible(s, v), axes_of(s->arena, v->order, n));
        if (extra.n && x->n < 256)
            x->at[x->n++] = (Extra){v, extra};
    }
}

static bool lifts_fit(Sema *s, Call *c, const Extras *x)
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
        diag_help(d, "if all pairs are meant, repeat one: `x[+%s]`; else the two should share their axes",
                  x->at[i].extra.at[0]->name);
        return false;
    }
    if (most)
        c->lifted = most->extra;
    return true;
}

// ---- guards of header axes ----

// What a guard mentions beside its own axis is lifted over too.
static void lift_guards(Sema *s, Call *c)
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
static void guards_inside(Sema *s, Call *c)
{
    Scope *sc = c->bind->scope;
    for (int i = 0; i < sc->entries.n; i++) {
        Entry *e = sc->entries.at[i];
        if (e->kind == ENTRY_AXIS && e->given)
            e->guard = rename_leaf(s, rename_leaf(s, e->given, &c->header, false), &c->apart, false);
    }
}

// An argument along a guarded axis is there only where the guard holds.
static Value *under_guards(Sema *s, const Call *c, Value *v)
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

static bool mentioned(const Syn *n, Name name)
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

static bool entry_holds(const Entry *e, const Axis *a)
{
    const Axis *base = a->twin_of ? a->twin_of : a;
    if (e->kind == ENTRY_AXIS && (e->axis == a || e->axis == base))
        return true;
    for (int k = 0; e->kind == ENTRY_PACK && k < e->npack; k++)
        if (e->pack[k] == a || e->pack[k] == base)
            return true;
    return false;
}

static bool holds_closure(const Call *c)
{
    for (int k = 0; k < c->n; k++)
        if (c->arg[k]->kind == V_FUNC)
            return true;
    return c->f->kind == FUNC_LAMBDA;
}

static bool body_could_name(const Call *c, const Axis *a)
{
    for (Scope *sc = c->bind->scope; sc; sc = sc->outer)
        for (int i = 0; i < sc->entries.n; i++) {
            Entry *e = sc->entries.at[i];
            if (entry_holds(e, a) && (sc == c->bind->scope || mentioned(c->f->decl, e->name)))
                return true;
        }
    return holds_closure(c);
}

static void lift_apart(Sema *s, Call *c)
{
    for (int i = 0; i < c->lifted.n; i++) {
        Axis *a = c->lifted.at[i];
        if (body_could_name(c, a))
            pair(&c->apart, a, axis_new(s->axes, a->name, a->size, a->where));
    }
}

// ---- arguments inside ----

static Value *at_type(Sema *s, const Call *c, Value *v, const TypeSpec *t)
{
    Elem want = t->own ? c->own : t->elem;
    if (t->pos || (t->weak && v->weak) || v->elem == want)
        return v;
    if (t->weak && elem_class(v->elem) == elem_class(want))
        return v;
    if (elem_class(want) == ELEM_CLASS_INT && v->weak && v->fixed)
        return v;
    Value *out = value_tensor(s, ir_convert(s->b, value_node(s, v), want), v->where);
    out->weak = t->weak && v->weak;
    return out;
}

static Value *inside(Sema *s, const Call *c, Value *v, const TypeSpec *t)
{
    if (t->kind == TS_RECORD) {
        Value *out = value_new(s, V_RECORD, v->where);
        *out = *v;
        out->fields = ARENA_ARRAY(s->arena, Field, t->nfields + 1);
        for (int i = 0; i < t->nfields; i++) {
            Value *f = t->names[i] ? value_field(v, t->names[i]) : v->fields[i].value;
            out->fields[i] = (Field){t->names[i], inside(s, c, f, t->fields[i])};
        }
        return out;
    }
    if (t->kind != TS_TENSOR || !is_tensor(v))
        return v;
    Pairs p = pairs_of_type(c, t);
    Value *out = rename_leaf(s, rename_leaf(s, v, &p, false), &c->apart, false);
    out = under_guards(s, c, at_type(s, c, out, t));
    Value *copy = ARENA_NEW(s->arena, Value);
    *copy = *out;
    copy->where = v->where;
    copy->loose = false;
    copy->leaf = false;
    return copy;
}

static void widest(const Value *v, const TypeSpec *t, Elem *own, bool *found)
{
    if (t->kind == TS_RECORD) {
        for (int i = 0; i < t->nfields && i < v->nfields; i++)
            widest(v->fields[i].value, t->fields[i], own, found);
    } else if (t->kind == TS_TENSOR && t->own && is_tensor(v) && !v->weak &&
               elem_class(v->elem) == ELEM_CLASS_FLOAT) {
        *own = *found ? elem_join(*own, v->elem) : v->elem;
        *found = true;
    }
}

static void widest_parameter(const Value *v, Elem *own, bool *found)
{
    if (is_tensor(v) && elem_class(v->elem) == ELEM_CLASS_FLOAT) {
        *own = *found ? elem_join(*own, v->elem) : v->elem;
        *found = true;
    }
    for (int i = 0; i < v->nfields; i++)
        widest_parameter(v->fields[i].value, own, found);
}

static Elem own_float(Sema *s, const Call *c)
{
    Elem own = s->real;
    bool found = false;
    for (int k = 0; k < c->n; k++)
        widest(c->arg[k], c->type[k], &own, &found);
    if (c->self)
        widest_parameter(c->self, &own, &found);
    return own;
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

static AxisSet lifted_inside(Sema *s, const Call *c)
{
    Axis *ax[MOST_AXES];
    int   n = 0;
    for (int i = 0; i < c->lifted.n && n < MOST_AXES; i++)
        ax[n++] = renamed_axis(&c->apart, c->lifted.at[i], false);
    return axes_of(s->arena, ax, n);
}

typedef struct {
    Call   *c;
    AxisSet lifted;  // inside
    bool    failed;
} Outward;

// A result's tensor on its way out: over all lifted positions, header axes and lifted ones named as the caller does.
static Value *outward(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Outward *o = user;
    Call    *c = o->c;
    AxisSet  own = axes_minus(s->arena, axes_minus(s->arena, v->axes, o->lifted), s->hidden);
    AxisSet  named = outside_axes(s, c, own);
    bool     clash = named.n < own.n;
    Axis    *which = own.n ? own.at[0] : NULL;
    for (int i = 0; i < c->lifted.n && !clash; i++)
        if (axes_has(named, c->lifted.at[i])) {
            clash = true;
            which = c->lifted.at[i];
        }
    if (clash) {
        if (!o->failed)
            twice_in_result(s, c, which);
        o->failed = true;
        return value_new(s, V_ERROR, c->where);
    }
    Value *wide = o->lifted.n ? value_like(s, ir_expand(s->b, value_node(s, v), o->lifted), v) : v;
    Value *out = rename_leaf(s, rename_leaf(s, wide, &c->header, true), &c->apart, true);
    Value *copy = ARENA_NEW(s->arena, Value);
    *copy = *out;
    copy->where = c->where;
    copy->leaf = copy->buffer = false;
    copy->loose = false;
    if (o->lifted.n)
        copy->fixed = NULL;
    return copy;
}

// ---- the call ----

static Value *opaque_result(Sema *s, Call *c, const TypeSpec *t, Node **in, int nin, AxisSet lifted, Name path)
{
    if (t->kind == TS_RECORD) {
        Value *v = value_new(s, V_RECORD, c->where);
        v->nfields = t->nfields;
        v->fields = ARENA_ARRAY(s->arena, Field, t->nfields + 1);
        for (int i = 0; i < t->nfields; i++)
            v->fields[i] = (Field){t->names[i], opaque_result(s, c, t->fields[i], in, nin, lifted,
                                                              t->names[i] ? t->names[i] : path)};
        return v;
    }
    if (t->kind != TS_TENSOR)
        return value_new(s, V_ERROR, c->where);
    AxisSet axes = axes_union(s->arena, axes_union(s->arena, t->axes, lifted), s->hidden);
    Type    type = {t->own ? c->own : t->weak ? t->elem : t->elem, axes, NULL};
    Node   *n = ir_call(s->b, path, in, nin, type);
    AxisSet own = t->axes;  // what the call touches; lifted axes pass by
    for (int k = 0; k < c->n; k++)
        if (c->type[k]->kind == TS_TENSOR)
            own = axes_union(s->arena, own, c->type[k]->axes);
    n->attr.i = c->f->decl->kind == SYN_BLOCK;
    n->attr.ax = own.at;
    n->attr.nax = own.n;
    Value *v = value_tensor(s, n, c->where);
    v->pos = t->pos;
    return v;
}

static int argument_nodes(Sema *s, const Call *c, Node **in, int cap)
{
    int n = 0;
    for (int k = 0; k < c->n; k++) {
        Value *leaf[MOST_AXES];
        int    got = c->arg[k]->kind == V_TENSOR || c->arg[k]->kind == V_RECORD
                         ? value_leaves(s, c->arg[k], leaf, MOST_AXES)
                         : 0;
        for (int i = 0; i < got && i < MOST_AXES && n < cap; i++)
            in[n++] = value_node(s, leaf[i]);
    }
    return n;
}

static const Size *given_size(Sema *s, const Binding *b, Name name)
{
    for (int i = 0; i < b->scope->entries.n; i++) {
        Entry *e = b->scope->entries.at[i];
        if (e->name != name)
            continue;
        if (e->kind == ENTRY_VALUE)
            return e->value && e->value->kind == V_TENSOR ? e->value->fixed : NULL;
        if (e->kind == ENTRY_AXIS)
            return e->axis->size;
        const Size *z = size_const(s->sizes, 1);
        for (int k = 0; k < e->npack; k++)
            z = size_mul(s->sizes, z, e->pack[k]->size);
        return z;
    }
    return NULL;
}

typedef struct {
    Sema          *s;
    const Binding *bind;
    const Contract *contract;
} Substitution;

static const Size *substitute(const SizeVar *v, void *user)
{
    Substitution *u = user;
    for (int i = 0; i < u->contract->vars.n; i++)
        if (u->contract->vars.at[i] == v)
            return given_size(u->s, u->bind, u->contract->var_names.at[i]);
    return NULL;
}

// What the callee asks of its callers, with the sizes given here.
static bool meet_preconditions(Sema *s, const Call *c, const Contract *k)
{
    Substitution u = {s, c->bind, k};
    bool         ok = true;
    int          before = diags_count(s->diags);
    for (int i = 0; i < k->pre.n && ok; i++) {
        const Precondition *p = &k->pre.at[i];
        const Size *a = size_subst(s->sizes, p->a, substitute, &u);
        const Size *b = p->b ? size_subst(s->sizes, p->b, substitute, &u) : NULL;
        const char *what = name_format(s->names, "`%s` needs: %s", function_name(c->f), p->message);
        if (p->kind == PRE_EQUAL)
            ok = need_equal(s, DIAG_E0403, a, b, c->where, what);
        else if (p->kind == PRE_NONNEG)
            ok = need_nonneg(s, DIAG_E0403, a, c->where, what);
        else
            ok = need_divides(s, a, b, c->where, what);
        if (!ok && diags_count(s->diags) > before)
            diag_note(diags_last(s->diags), p->where, "it is asked for here");
    }
    return ok;
}

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

static Value *trust(Sema *s, Call *c, Contract *k, const TypeSpec *t, AxisSet lifted)
{
    if (k && !k->failed && !meet_preconditions(s, c, k))
        return value_new(s, V_ERROR, c->where);
    Node *in[MOST_AXES];
    int   nin = argument_nodes(s, c, in, MOST_AXES);
    return opaque_result(s, c, t, in, nin, lifted, c->f->name);
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

static Value *enter(Sema *s, Call *c, const Value *const *in, AxisSet lifted)
{
    Sema   saved = *s;
    Syn   *result = result_of(c->f);
    bool   is_fn = c->f->kind == FUNC_DECL && c->f->decl->kind == SYN_FN;
    s->scope = scope_new(s, c->bind->scope);
    s->scope->frame = true;
    s->hidden = axes_union(s->arena, s->hidden, lifted);
    if (c->f->kind == FUNC_DECL) {
        s->trace = trace_enter(s, c->self);
        if (c->self && c->self->text)
            s->path = path_join(s, s->path, c->self->text);
        s->in_fn = is_fn;
        s->experiment = c->f->decl->kind == SYN_EXPERIMENT;
        s->self = c->self;
        s->growing = NULL;
    }
    s->loop = NULL;
    s->in_turn = false;
    s->depth++;
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
        v = at_type(s, c, v, t);
    if (!is_error(v) && !buffers_done(s, &buffers))
        v = value_new(s, V_ERROR, c->where);
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
    for (int k = 0; k < c->n; k++)
        in[k] = inside(s, c, c->arg[k], c->type[k]);
    Contract *k = c->f->kind == FUNC_DECL ? contract_of(s, c->f) : NULL;
    Syn      *result = result_of(c->f);
    if (k && k->failed)
        k = NULL;
    Value *v;
    if (s->depth >= DEEPEST_CALL)
        return sema_error(s, DIAG_E0505, c->where, "calls are nested more than %d deep: does `%s` end?", DEEPEST_CALL,
                          function_name(c->f));
    if (s->opaque && result && !is_template(c)) {
        Scope *saved = s->scope;
        s->scope = c->bind->scope;
        TypeSpec *t = eval_type(s, result);
        s->scope = saved;
        v = t->kind == TS_BAD ? value_new(s, V_ERROR, c->where) : trust(s, c, k, t, lifted);
    } else {
        v = enter(s, c, in, lifted);
    }
    if (is_error(v))
        return value_new(s, V_ERROR, c->where);
    Outward o = {c, lifted, false};
    v = value_map(s, v, NULL, outward, &o);
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
    c->f = fv->func;
    c->self = fv->kind == V_MODEL ? fv : NULL;
    c->where = fv->where;
    if (c->f->kind == FUNC_BUILTIN && c->f->nheld && c->f->held[0]->func)  // a derivative is lifted as its function is
        return call_lifted(s, c->f->held[0], args, names, n, out);
    if (c->f->kind == FUNC_BUILTIN || n == 0)
        return true;
    c->bind = c->f->bind;
    if (c->f->kind == FUNC_LAMBDA) {
        c->bind = ARENA_NEW(s->arena, Binding);
        *c->bind = (Binding){scope_new(s, c->f->scope), SPAN_NONE};
    } else if (!c->bind && !(c->bind = bind_all_axes(s, c->f, args[0]))) {
        c->bind = bind_header(s, c->f, NULL);
    }
    if (!c->bind || !match_arguments(s, c, args, names, n))
        return false;
    header_pairs(s, c);
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
    for (int i = 0; i < n; i++)
        if (is_error(args[i]))
            return value_new(s, V_ERROR, where);
    if (f->kind == FUNC_LAMBDA) {
        c->bind = ARENA_NEW(s->arena, Binding);
        *c->bind = (Binding){scope_new(s, f->scope), SPAN_NONE};
    } else if (!c->bind && !(n && (c->bind = bind_all_axes(s, f, args[0])))) {
        c->bind = bind_header(s, f, NULL);
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

Value *call_value(Sema *s, Value *f, Value **args, Name *names, int n, Span where, Name hint)
{
    if (is_error(f))
        return f;
    if (f->kind == V_MODEL)
        return call_declared(s, f->func, f, args, names, n, where, hint);
    if (f->kind != V_FUNC) {
        Diag *d = sema_diag(s, DIAG_E0508, where, "%s is called, and is no function", text_value(s, f));
        diag_label(d, f->where, "%s", text_value(s, f));
        if (is_tensor(f))
            diag_help(d, "a tensor is indexed in brackets: `x[k: i]`; a product is written `*`");
        return value_new(s, V_ERROR, where);
    }
    if (f->func->kind != FUNC_BUILTIN)
        return call_declared(s, f->func, NULL, args, names, n, where, hint);
    const Builtin *b = f->func->builtin;
    if (n < b->least || (b->most >= 0 && n > b->most))
        return sema_error(s, DIAG_E0502, where, "`%s` takes %d%s argument%s, and %d %s given", b->name, b->least,
                          b->most < 0 ? " or more" : b->most > b->least ? " to more" : "",
                          b->least == 1 && b->most == 1 ? "" : "s", n, n == 1 ? "is" : "are");
    for (int i = 0; i < n; i++)
        if (is_error(args[i]))
            return value_new(s, V_ERROR, where);
    if (b->effect && !s->experiment)
        return sema_error(s, DIAG_E0506, where, "`%s` acts on the world: it stands in experiments alone", b->name);
    return b->call(s, f->func, args, names, n, where, hint);
}

Value *eval_call(Sema *s, Syn *n, Name hint)
{
    Value *args[MOST_ARGS];
    Name   names[MOST_ARGS];
    int    count = 0;
    Entry *axis = n->kid[0]->kind == SYN_NAME ? scope_find(s, s->scope, n->kid[0]->name, SPAN_NONE) : NULL;
    if (axis && axis->kind == ENTRY_AXIS)
        return checked_position(s, axis->axis, n);
    Value *f = eval_head(s, n->kid[0], hint);
    for (int i = 1; i < n->nkid && count < MOST_ARGS; i++, count++) {
        bool named = n->kid[i]->kind == SYN_NAMED;
        names[count] = named ? n->kid[i]->name : NULL;
        args[count] = evaluate(s, named ? n->kid[i]->kid[0] : n->kid[i]);
    }
    return call_value(s, f, args, names, count, n->where, hint);
}
