// Axes of the language: declared in statements, and named in brackets, by name or by path.
#include <string.h>

#include "sema/bounded.h"
#include "sema/call.h"
#include "sema/foreign.h"

// ---- declarations ----

// Whether some variable of z may be 0: data binds it.
static bool data_decides(const Size *z)
{
    enum { MOST = 16 };
    SizeVar *v[MOST];
    int      n = size_vars(z, v, MOST);
    bool     empty = false;
    for (int i = 0; i < n && i < MOST; i++)
        empty = empty || v[i]->least == 0;
    return empty;
}

Axis *axis_open(Sema *s, Name name, int64_t least, Span where)
{
    SizeVar *v = size_var_new(s->sizes, name_format(s->names, "#%s", name), least);
    return axis_new(s->axes, name, size_of_var(s->sizes, v), where);
}

static void name_positions(Sema *s, Axis *a, Syn *names)
{
    a->npositions = names->nkid;
    a->positions = ARENA_ARRAY(s->arena, Name, names->nkid);
    for (int i = 0; i < names->nkid; i++)
        a->positions[i] = names->kid[i]->name;
}

static bool all_names(const Syn *n)
{
    if (n->kind != SYN_TUPLE || !n->nkid)
        return false;
    for (int i = 0; i < n->nkid; i++)
        if (n->kid[i]->kind != SYN_NAME)
            return false;
    return true;
}

static Axis *sized_axis(Sema *s, Name name, Syn *size, Span where)
{
    if (all_names(size)) {
        Axis *a = axis_new(s->axes, name, size_const(s->sizes, size->nkid), where);
        name_positions(s, a, size);
        return a;
    }
    Axis *counted = axis_of_count(s, name, size, where);
    if (counted)
        return counted;
    const Size *z = eval_size(s, size);
    if (!z)
        return NULL;
    int64_t least = s->experiment || data_decides(z) ? 0 : 1;
    need_positions(s, z, least, name, size->where);
    return axis_new(s->axes, name, z, where);
}

static void declare_axis(Sema *s, Syn *item)
{
    Syn *head = item->kind == SYN_DEFAULT ? item->kid[0] : item;
    if (item->kind == SYN_BINARY) {
        declare_bounded(s, item);
        return;
    }
    if (head->kind != SYN_NAME)
        return;
    Axis *a = item->kind == SYN_DEFAULT ? sized_axis(s, head->name, item->kid[1], head->where)
                                        : axis_open(s, head->name, 0, head->where);
    Entry *e = scope_put(s, s->scope, ENTRY_AXIS, head->name, head->where);
    e->axis = e->outside = a ? a : axis_open(s, head->name, 0, head->where);
    e->bound = item->kind == SYN_DEFAULT;
    e->open = e->bound ? NULL : e->axis->size;
}

void unbind_axes(Sema *s)
{
    for (int i = 0; i < s->modules.n; i++) {
        Scope *sc = s->modules.at[i]->scope;
        for (int k = 0; sc && k < sc->entries.n; k++) {
            Entry *e = sc->entries.at[k];
            if (e->kind != ENTRY_AXIS || !e->open)
                continue;
            e->bound = false;
            e->axis->size = e->open;
            if (e->axis->twin)
                e->axis->twin->size = e->open;
        }
    }
}

void declare_axes(Sema *s, Syn *statement)
{
    for (int i = 0; i < statement->nkid; i++)
        declare_axis(s, statement->kid[i]);
}

// ---- axes in brackets ----

// What is legal where something stands that is no axis: a number or another text that is no name (%s), as AxisUse says.
static const char *const instead[] = {
    [AXIS_NAMED] = "an axis has a name and no number: declare it, `axis k = 8`, and name it, `sum[k](x)`",
    [AXIS_OF_TYPE] = "a type names its axes: declare one of this size, `axis k = %s`, and write `[k]`",
    [AXIS_OF_ELEMENTS] = "elements are of a type such as `f32` or `int`, or positions along a declared axis",
    [AXIS_OF_REPEAT] = "the turns are positions along an axis: `axis depth = %s`, then `repeat layer in depth`",
    [AXIS_OF_FOR] = "`for i in 0..%s` runs over numbers; over an axis it runs by its name",
    [AXIS_INDEXED] = "an axis is indexed by its name: `x[k: 0]`; a slice is `x[h: 2 + k]`, over an axis `k` of the slice's size",
};

static void help_axis(Sema *s, Diag *d, const Syn *n, AxisUse use)
{
    const Foreign *f = n->kind == SYN_CALL && n->kid[0]->kind == SYN_NAME ? foreign_find(n->kid[0]->name, false) : NULL;
    if (f)
        diag_help(d, "%s", f->help);
    else
        diag_help(d, instead[use], n->kind == SYN_INT || use == AXIS_OF_FOR ? text_syn(s, n) : "8");
}

static void help_no_axis(Sema *s, Diag *d, const Entry *e)
{
    const Value *v = e->kind == ENTRY_VALUE ? e->value : NULL;
    AxisSet      have = v && is_tensor(v) ? value_visible(s, v) : (AxisSet){0};
    if (have.n)
        diag_help(d, "`%s` is a value: name one of its axes, %s, or another", e->name, text_axes(s, have));
    else
        diag_help(d, "axes are declared under names of their own: `axis k = 8`, or in the header's bracket");
}

static Axis *not_an_axis(Sema *s, Syn *n, const Entry *e, AxisUse use)
{
    if (e && e->kind == ENTRY_VALUE && is_error(e->value))
        return NULL;
    if (n->kind == SYN_LIST) {
        helped(s, sema_error(s, DIAG_E0207, n->where, "an axis is missing beside `->`"),
               "nothing may stand there where a header has a pack, which may be empty: `Linear[a ->]`");
        return NULL;
    }
    Diag *d = sema_diag(s, DIAG_E0207, n->where, "`%s` is no axis", text_syn(s, n));
    if (e) {
        diag_label(d, n->where, "an axis is needed here");
        diag_note(d, e->where, "`%s` is declared here", e->name);
        help_no_axis(s, d, e);
    } else {
        help_axis(s, d, n, use);
    }
    return NULL;
}

// An axis of that name of the model's parameters: one made inside. NULL also where two of them have that name.
static Axis *axis_of_leaves(Sema *s, Value *model, Name name)
{
    enum { MOST_LEAVES = 256 };
    Value *leaf[MOST_LEAVES];
    Axis  *found = NULL;
    int    n = value_leaves(s, model, leaf, MOST_LEAVES);
    for (int i = 0; i < n && i < MOST_LEAVES; i++) {
        AxisSet have = value_visible(s, leaf[i]);
        for (int k = 0; k < have.n; k++) {
            if (have.at[k]->name != name || have.at[k] == found)
                continue;
            if (found)
                return NULL;
            found = have.at[k];
        }
    }
    return found;
}

Axis *axis_of_model(Sema *s, Value *m, Name name)
{
    Entry *e = m->func && m->func->bind ? scope_find(s, m->func->bind->scope, name, SPAN_NONE) : NULL;
    if (e && e->kind == ENTRY_PACK && e->npack == 1)
        return e->pack_outside[0];
    return e && e->kind == ENTRY_AXIS ? e->outside : axis_of_leaves(s, m, name);
}

static Axis *axis_of_path(Sema *s, Syn *n)
{
    Entry *e = n->kid[0]->kind == SYN_NAME ? scope_find(s, s->scope, n->kid[0]->name, n->where) : NULL;
    if (e && e->kind == ENTRY_MODULE) {
        e = scope_find(s, e->module->scope, n->name, SPAN_NONE);
        return e && e->kind == ENTRY_AXIS && e->name[0] != '_' ? e->axis : not_an_axis(s, n, NULL, AXIS_NAMED);
    }
    if (n->kid[0]->kind != SYN_NAME && n->kid[0]->kind != SYN_FIELD)
        return not_an_axis(s, n, NULL, AXIS_NAMED);
    Value *m = evaluate(s, n->kid[0]);
    if (is_error(m))
        return NULL;
    Axis *a = m->kind == V_MODEL ? axis_of_model(s, m, n->name) : NULL;
    return a ? a : not_an_axis(s, n, NULL, AXIS_NAMED);
}

Axis *eval_axis_as(Sema *s, Syn *n, AxisUse use)
{
    if (n->kind == SYN_FIELD)
        return axis_of_path(s, n);
    if (n->kind != SYN_NAME && n->kind != SYN_TWIN)
        return not_an_axis(s, n, NULL, use);
    Entry *e = scope_find(s, s->scope, n->name, n->where);
    if (!e) {
        report_unknown(s, n->name, n->where, use == AXIS_OF_ELEMENTS && n->kind == SYN_NAME ? ENTRY_TYPE : ENTRY_AXIS);
        return NULL;
    }
    e->used = true;
    if (e->kind != ENTRY_AXIS || !e->axis)
        return not_an_axis(s, n, e, use);
    return n->kind == SYN_TWIN ? axis_twin(s->axes, e->axis) : e->axis;
}

Axis *eval_axis(Sema *s, Syn *n) { return eval_axis_as(s, n, AXIS_NAMED); }

bool axes_distinct(Sema *s, Axis *const *ax, int n, const Syn *item, const char *what)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < i; k++)
            if (ax[i] == ax[k]) {
                Diag *d = sema_diag(s, DIAG_E0303, item->where, "%s axis `%s` twice", what, ax[i]->name);
                diag_help(d, "name each axis once");
                return false;
            }
    return true;
}

static int too_many_axes(Sema *s, const Syn *n, int more)
{
    const Source *src = sources_get(s->sources, n->where.file);
    Diag         *last = diags_last(s->diags);
    Span          at = last ? diag_where(last) : SPAN_NONE;
    if (last && diag_code(last) == DIAG_E0804 && at.file == n->where.file && at.end <= n->where.begin &&
        !memchr(src->text + at.end, ']', (size_t)(n->where.begin - at.end)))  // of one bracket, once
        return 0;
    Diag *d = sema_diag(s, DIAG_E0804, n->where, "`%s` is more than the %d axes that can stand together", text_syn(s, n), MOST_AXES);
    diag_label(d, n->where, "%d too many", more);
    diag_help(d, "merge some: `x[(a, b) -> c]`");
    return 0;
}

int eval_axes_as(Sema *s, Syn *n, Axis **out, int cap, AxisUse use)
{
    Syn *head = n->kind == SYN_PACK ? n->kid[0] : n;
    if (head->kind == SYN_NAME) {
        Entry *e = scope_find(s, s->scope, head->name, n->where);
        if (e && e->kind == ENTRY_PACK) {
            e->used = true;
            if (e->npack > cap)
                return too_many_axes(s, n, e->npack - cap);
            for (int i = 0; i < e->npack; i++)
                out[i] = e->pack[i];
            return e->npack;
        }
    }
    if (cap < 1)
        return too_many_axes(s, n, 1);
    return (out[0] = eval_axis_as(s, head, use)) ? 1 : 0;
}

int eval_axes(Sema *s, Syn *n, Axis **out, int cap) { return eval_axes_as(s, n, out, cap, AXIS_NAMED); }

// The axis before the colon of `x[axis: position]`.
Axis *eval_key_axis(Sema *s, Syn *named)
{
    Syn key = {.kind = SYN_NAME, .name = named->name, .where = named->at, .at = named->at};
    return eval_axis_as(s, named->name ? &key : named->kid[1], AXIS_INDEXED);
}
