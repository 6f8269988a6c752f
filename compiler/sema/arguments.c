// Arguments meet parameters: in order, by name and by default; each against its type, with its further axes; then as
// the body sees it.
#include <string.h>

#include "sema/experiment.h"
#include "sema/foreign.h"
#include "sema/interface.h"
#include "sema/model_type.h"

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

static bool take_argument(Sema *s, Call *c, int k, Value *v)
{
    if (c->arg[k]) {
        Diag *d = sema_diag(s, DIAG_E0502, v->where, "`%s` is given twice", c->name[k]);
        diag_label(d, c->arg[k]->where, "first here");
        diag_label(d, v->where, "again here");
        diag_help(d, "its parameters are %s, in this order", text_syn(s, parameters_of(c->f)));
        return false;
    }
    c->arg[k] = v;
    return true;
}

static int parameter_named(const Call *c, Name name)
{
    int k = 0;
    while (k < c->n && c->name[k] != name)
        k++;
    return k;
}

static void no_parameter(Sema *s, const Call *c, Name name, const Value *v)
{
    Span  where = key_place(s, name, v->where);
    Diag *d = sema_diag(s, DIAG_E0502, where, "`%s` has no parameter `%s`", function_name(c->f), name);
    const Foreign *other = foreign_find(name, false);
    if (other)
        diag_help(d, "%s", other->help);
    else if (!suggest(d, where, name_nearest(name, c->name, c->n)))
        diag_help(d, "its parameters are %s", text_syn(s, parameters_of(c->f)));
    diag_note(d, c->f->decl->at, "it is declared here");
}

bool argument_names_known(Sema *s, Func *f, Value **args, Name *names, int n)
{
    Call  c = {.f = f};
    Syn  *type, *fallback;
    bool  known = true;
    c.n = parameter_list(f, c.param);
    for (int k = 0; k < c.n; k++)
        read_parameter(c.param[k], &c.name[k], &type, &fallback);
    for (int i = 0; names && i < n; i++)
        if (names[i] && parameter_named(&c, names[i]) == c.n) {
            no_parameter(s, &c, names[i], args[i]);
            known = false;
        }
    return known;
}

// `adam()` where a value stands: what follows from it is something else.
static void no_update(Sema *s, const Call *c)
{
    Diag *d = sema_diag(s, DIAG_E0506, c->where, "`%s` makes an optimizer, which stands behind `using` or in a `var` of its own", c->f->name);
    diag_note(d, c->f->decl->at, "it is declared here");
    diag_help(d, "what changes a gradient goes the long way: `let (l, g) = value_and_grad(f)(net)`, `net = opt(net, g |> clip(norm: 1))`");
}

static void wrong_count(Sema *s, const Call *c, Value *const *args, int given)
{
    if (c->f->kind == FUNC_DECL && c->f->decl->kind == SYN_OPTIMIZER && !given) {
        no_update(s, c);
        return;
    }
    Diag *d = sema_diag(s, DIAG_E0502, c->where, "`%s` takes %d argument%s, and %s", function_name(c->f), c->n,
                        c->n == 1 ? "" : "s", text_count(s, given));
    diag_note(d, c->f->decl->at, "it is declared here");
    if (!help_axes_in_brackets(s, d, function_name(c->f), args, given) && c->f->decl)
        diag_help(d, "its parameters are %s", text_syn(s, parameters_of(c->f)));
}

bool match_arguments(Sema *s, Call *c, Value **args, Name *names, int n)
{
    Syn *fallback[MOST_ARGS], *type[MOST_ARGS];
    c->n = parameter_list(c->f, c->param);
    for (int k = 0; k < c->n; k++)
        read_parameter(c->param[k], &c->name[k], &type[k], &fallback[k]);
    int next = 0;
    for (int i = 0; i < n; i++) {
        if (names && names[i]) {
            int k = parameter_named(c, names[i]);
            if (k == c->n)
                no_parameter(s, c, names[i], args[i]);
            if (k == c->n || !take_argument(s, c, k, args[i]))
                return false;
            continue;
        }
        if (next >= c->n) {
            wrong_count(s, c, args, n);
            return false;
        }
        if (!take_argument(s, c, next++, args[i]))
            return false;
    }
    header_pairs(s, c);
    Scope *saved = s->scope;
    bool acts = s->experiment && !s->in_step && c->f->decl->kind == SYN_EXPERIMENT;
    s->scope = c->bind->scope;
    for (int k = 0; k < c->n; k++) {
        c->type[k] = eval_type(s, type[k]);
        if (c->arg[k] || !fallback[k])
            continue;
        c->arg[k] = acts ? experiment_default(s, fallback[k], c->name[k], c->type[k], c)
                         : fill_type(s, evaluate(s, fallback[k]), c->type[k], c);
    }
    s->scope = saved;
    for (int k = 0; k < c->n; k++)
        if (!c->arg[k]) {
            wrong_count(s, c, args, n);
            return false;
        }
    return true;
}

// ---- against the parameter's type ----

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
    if (strchr(lost.at[0]->name, '='))  // made of a number in a bracket
        diag_help(d, "a number in a bracket makes an axis of its own: declare one, `axis hidden = %s`, and name it in both brackets",
                  strchr(lost.at[0]->name, '=') + 1);
    else
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
    bool ok = have == want || elem_widens(v->elem, t->elem);
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
    if (have == ELEM_CLASS_BOOL)
        diag_help(d, "`real(c)` or `int(c)` makes a number of a bool; `any` and `all` reduce them");
    else if (have == ELEM_CLASS_COMPLEX)
        diag_help(d, "a type without an element type is of real numbers; `c64[…]` and `c128[…]` are complex");
    return false;
}

// Two axes of a parameter that the bracket binds to one: no tensor has that.
static bool holds_twice(Sema *s, const Call *c, const Value *v, const TypeSpec *t, AxisSet want, Name name)
{
    if (want.n == t->axes.n)
        return false;
    Axis *bound = NULL;
    for (int i = 0; i < t->axes.n; i++)
        for (int k = 0; k < i; k++)
            if (renamed_axis(&c->header, t->axes.at[i], true) == renamed_axis(&c->header, t->axes.at[k], true))
                bound = renamed_axis(&c->header, t->axes.at[i], true);
    Diag *d = sema_diag(s, DIAG_E0303, v->where, "argument `%s` of `%s` would hold axis `%s` twice", name, function_name(c->f),
                        bound->name);
    if (t->where.file >= 0)
        diag_note(d, t->where, "it has two axes here");
    if (c->bind->where.file >= 0)
        diag_note(d, c->bind->where, "both were bound to `%s` here", bound->name);
    diag_help(d, "bind one of them to another axis of that size: `%s'`, its twin", bound->name);
    return true;
}

bool collect(Sema *s, Call *c, Value *v, const TypeSpec *t, Name name, Extras *x)
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
        if (holds_twice(s, c, v, t, want, name) || lacks_axes(s, c, v, want, name, t) || !elem_fits(s, c, v, t, name))
            return false;
        if (x->n < MOST_EXTRAS)
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
    if (t->kind == TS_MODEL)
        return model_fits(s, c, t, v, name);
    return t->kind != TS_FUNC || meets_interface(s, v, name, t->signature, t->scope);
}

// A parameter that is supplied with further axes is lifted over as an argument is.
void collect_given(Sema *s, const Value *self, Extras *x)
{
    for (int i = 0; self && i < self->nfields; i++) {
        Value *v = self->fields[i].value;
        int    n = 0;
        if (v->kind == V_MODEL || v->kind == V_RECORD)
            collect_given(s, v, x);
        if (!is_tensor(v) || !v->given)
            continue;
        while (v->order && v->order[n])
            n++;
        AxisSet extra = axes_minus(s->arena, value_visible(s, v), axes_of(s->arena, v->order, n));
        if (extra.n && x->n < MOST_EXTRAS)
            x->at[x->n++] = (Extra){v, extra};
    }
}

// ---- arguments inside ----

Value *at_type(Sema *s, const Call *c, Value *v, const TypeSpec *t)
{
    Elem want = t->own ? c->own : t->elem;
    bool weak = (t->weak && v->weak) || (t->own && c->weak);
    if (t->pos || (t->weak && v->weak) || (v->elem == want && v->weak == weak))
        return v;
    if (t->weak && elem_class(v->elem) == elem_class(want))
        return v;
    if (elem_class(want) == ELEM_CLASS_INT && v->weak && v->fixed)
        return v;
    Value *out = value_tensor(s, ir_convert(s->b, value_node(s, v), want), v->where);
    out->weak = weak;
    return out;
}

Value *inside(Sema *s, const Call *c, Value *v, const TypeSpec *t)
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
    if (t->kind == TS_MODEL)
        return model_inside(s, t, v);
    if (t->kind != TS_TENSOR || !is_tensor(v))
        return v->kind == V_FUNC || v->kind == V_MODEL ? seen_as(s, v, &c->header, t->signature, t->scope) : v;
    Pairs p = pairs_of_type(c, t);
    Value *out = rename_leaf(s, rename_leaf(s, v, &p, false), &c->apart, false);
    out = under_guards(s, c, at_type(s, c, out, t));
    Value *copy = ARENA_NEW(s->arena, Value);
    *copy = *out;
    copy->where = v->where;
    copy->loose = false;
    copy->leaf = false;
    if (t->pos)  // along the body's own axis: its tensor's axes may be another's, of which the caller has but one
        copy->pos = t->pos;
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

// What draws has a width: `real`.
Elem own_float(Sema *s, Call *c)
{
    Elem own = s->real;
    bool found = false;
    for (int k = 0; k < c->n; k++)
        if (c->arg[k]->kind == V_MODEL)
            widest_parameter(c->arg[k], &own, &found);
        else
            widest(c->arg[k], c->type[k], &own, &found);
    if (c->self)
        widest_parameter(c->self, &own, &found);
    c->weak = !found && (c->f->kind == FUNC_LAMBDA || (c->f->kind == FUNC_DECL && c->f->decl->kind == SYN_FN));
    return c->weak ? ELEM_F64 : own;
}
