// Inside a model: `with` replaces values and parts, `except` leaves parts out. (`trace` looks at inner values: trace.c.)
#include <string.h>

#include "sema/model.h"
#include "sema/place.h"

enum { MOST_PATH = 32, MOST_GIVEN = 64 };

// ---- paths ----

// a.b.c, outermost first. The number of names; 0: it is no path.
static int path_of(Syn *n, Name *out)
{
    Name back[MOST_PATH];
    int  k = 0;
    for (; n->kind == SYN_FIELD && k < MOST_PATH - 1; n = n->kid[0])
        back[k++] = n->name;
    if (n->kind != SYN_NAME)
        return 0;
    back[k++] = n->name;
    for (int i = 0; i < k; i++)
        out[i] = back[k - 1 - i];
    return k;
}

static const char *path_text(Sema *s, Name const *path, int n)
{
    const char *text = path[0];
    for (int i = 1; i < n; i++)
        text = name_format(s->names, "%s.%s", text, path[i]);
    return text;
}

// Is there a `let`, or an `as`, of that name in the body?
static bool body_names(const Syn *n, Name name)
{
    if (!n)
        return false;
    if ((n->kind == SYN_AS && n->name == name) ||
        ((n->kind == SYN_LET || n->kind == SYN_VAR) && n->kid[0]->kind == SYN_NAME && n->kid[0]->name == name))
        return true;
    for (int i = 0; i < n->nkid; i++)
        if (body_names(n->kid[i], name))
            return true;
    return false;
}

static const Syn *body_of(const Value *m)
{
    const Syn *d = m->func ? m->func->decl : NULL;
    return !d ? NULL : d->kind == SYN_REPEAT ? d->kid[1] : d->kid[3];
}

static Value *no_such_part(Sema *s, const Value *m, Name const *path, int n, Span where)
{
    Diag *d = sema_diag(s, DIAG_E0206, where, "the model has no `%s`", path_text(s, path, n));
    Buf   b = {0};
    for (int i = 0; i < m->nfields; i++)
        if (m->fields[i].name)
            buf_printf(&b, "%s`%s`", b.n ? ", " : "", m->fields[i].name);
    const char **part = ARENA_ARRAY(s->arena, const char *, m->nfields + 1);
    for (int i = 0; i < m->nfields; i++)
        part[i] = m->fields[i].name;
    const char *guess = name_nearest(path[n - 1], part, m->nfields);
    if (guess)
        diag_help(d, "did you mean `%s`?", guess);
    else if (b.n)
        diag_help(d, "it has the parts %s%s", b.at, m->func ? ", and the names of its body" : "");
    buf_free(&b);
    return value_new(s, V_ERROR, where);
}

// ---- with: of a model ----

static Value *copy_of(Sema *s, const Value *v)
{
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    return out;
}

static Value *add_patch(Sema *s, const Value *m, Name name, Value *v, Span where)
{
    Value *out = copy_of(s, m);
    out->patch = ARENA_ARRAY(s->arena, Patch, m->npatch + 1);
    for (int i = 0; i < m->npatch; i++)
        out->patch[i] = m->patch[i];
    out->patch[out->npatch++] = (Patch){name, v, where, NULL};
    return out;
}

static Value *with_field_at(Sema *s, const Value *m, int i, Value *v)
{
    Value *out = copy_of(s, m);
    out->fields = ARENA_ARRAY(s->arena, Field, m->nfields + 1);
    memcpy(out->fields, m->fields, sizeof *m->fields * (size_t)m->nfields);
    out->fields[i].value = v;
    return out;
}

// A parameter takes a tensor with its axes, or a number.
static Value *swap_leaf(Sema *s, const Value *old, Value *v, Span where)
{
    AxisSet want = value_visible(s, old);
    if (!is_tensor(v) || (value_visible(s, v).n && !axes_contains(value_visible(s, v), want))) {
        Diag *d = sema_diag(s, DIAG_E0304, where, "what takes the parameter's place must have its axes");
        diag_label(d, v->where, "%s", text_value(s, v));
        diag_label(d, old->where, "%s", text_value(s, old));
        return value_new(s, V_ERROR, where);
    }
    Node  *x = ir_convert(s->b, value_node(s, v), old->elem);
    Value *out = value_tensor(s, ir_expand(s->b, x, value_visible(s, v).n ? (AxisSet){0} : want), where);
    out->order = old->order;
    out->leaf = true;
    out->buffer = old->buffer;
    out->given = !axes_equal(out->axes, old->axes);
    return out;
}

// A record takes the place of a record part by part; a number takes that of all that it holds.
static Value *swap_leaves(Sema *s, Value *old, Value *v, Span where)
{
    if (is_tensor(old))
        return swap_leaf(s, old, v, where);
    Value *out = copy_of(s, old);
    out->fields = ARENA_ARRAY(s->arena, Field, old->nfields + 1);
    for (int i = 0; i < old->nfields; i++) {
        Field  f = old->fields[i];
        Value *part = is_tensor(v) ? v : f.name ? value_field(v, f.name) : i < v->nfields ? v->fields[i].value : NULL;
        if (!part || (!is_tensor(v) && v->nfields != old->nfields)) {
            Diag *d = sema_diag(s, DIAG_E0304, where, "what takes the parameter's place must have its parts, or be a number");
            diag_label(d, v->where, "%s", text_value(s, v));
            diag_label(d, old->where, "%s", text_value(s, old));
            return value_new(s, V_ERROR, where);
        }
        out->fields[i].name = f.name;
        if (is_error(out->fields[i].value = swap_leaves(s, f.value, part, where)))
            return out->fields[i].value;
    }
    return out;
}

static bool is_part(const Value *v)
{
    return v->kind == V_MODEL ||
           (v->kind == V_FUNC && v->func->kind == FUNC_DECL && v->func->decl->kind == SYN_BLOCK);
}

static Value *put_at(Sema *s, Value *m, Name const *whole, int depth, int n, Value *v, Span where)
{
    Name name = whole[depth];
    bool last = depth + 1 == n;
    for (int i = 0; i < m->nfields; i++) {
        Value *f = m->fields[i].value;
        if (i != value_place(m, name) || (!last && f->kind == V_TENSOR))
            continue;
        if (last && f->kind == V_MODEL && !is_part(v))
            return add_patch(s, m, name, v, where);
        Value *new = !last ? put_at(s, f, whole, depth + 1, n, v, where) : f->kind == V_MODEL ? v : swap_leaves(s, f, v, where);
        return is_error(new) ? new : with_field_at(s, m, i, new);
    }
    if (last && body_names(body_of(m), name))
        return add_patch(s, m, name, v, where);
    return no_such_part(s, m, whole, depth + 1, where);
}

static Value *with_all(Sema *s, Value *m, Syn *list)
{
    for (int i = 0; i < list->nkid && !is_error(m); i++) {
        Syn *item = list->kid[i];
        Name path[MOST_PATH];
        int  n = item->kind != SYN_NAMED ? 0 : item->name ? 1 : path_of(item->kid[1], path);
        if (n == 1 && item->name)
            path[0] = item->name;
        if (!n)
            return sema_error(s, DIAG_E0502, item->where, "`with` takes `path: value` for each thing that it replaces");
        Value *v = evaluate(s, item->kid[0]);
        if (!is_error(v) && v->kind == V_MODEL)
            v = part_in_place(s, m, path, n, v, item->where);
        m = is_error(v) ? v : put_at(s, m, path, 0, n, v, item->where);
    }
    return m;
}

// ---- with: of a block, whose parameters it supplies ----

typedef struct Supplied {
    Name   name[MOST_GIVEN];
    Value *value[MOST_GIVEN];
    bool   used[MOST_GIVEN];
    int    n;
    struct Growing *of;  // the model that they are parameters of: that of the first one asked
} Supplied;

Value *supplied_value(Sema *s, Name name)
{
    Supplied *g = s->supplied;
    if (!g || (g->of && g->of != s->growing))
        return NULL;
    g->of = s->growing;
    for (int i = 0; i < g->n; i++)
        if (g->name[i] == name) {
            g->used[i] = true;
            return g->value[i];
        }
    return NULL;
}

// The block's own axis names, beside those of the caller.
static Scope *names_of_block(Sema *s, const Func *f)
{
    Scope *sc = scope_new(s, s->scope);
    for (int i = 0; i < f->bind->scope->entries.n; i++)
        vec_push(s->arena, &sc->entries, f->bind->scope->entries.at[i]);
    return sc;
}

static bool collect_supplied(Sema *s, Supplied *g, Syn *list)
{
    for (int i = 0; i < list->nkid; i++) {
        Syn *item = list->kid[i];
        if (item->kind != SYN_NAMED || !item->name || g->n == MOST_GIVEN) {
            sema_error(s, DIAG_E0502, item->where, "`with` supplies parameters of the block by name: `(w: value)`");
            return false;
        }
        g->name[g->n] = item->name;
        g->value[g->n++] = evaluate(s, item->kid[0]);
    }
    for (int i = 0; i < g->n; i++)
        if (is_error(g->value[i]))
            return false;
    return true;
}

// What is no parameter is a part, or an inner value, of the instance.
static Value *put_the_rest(Sema *s, const Supplied *g, const Func *f, Value *m, Syn *list)
{
    for (int i = 0; i < g->n && !is_error(m); i++) {
        if (g->used[i])
            continue;
        Value *v = g->value[i]->kind == V_MODEL ? part_in_place(s, m, &g->name[i], 1, g->value[i], list->kid[i]->where) : g->value[i];
        m = is_error(v) ? v : put_at(s, m, &g->name[i], 0, 1, v, list->kid[i]->where);
        if (is_error(m))
            diag_note(diags_last(s->diags), f->decl->at, "`%s` is declared here", f->name);
    }
    return m;
}

// What is left of a model without what is supplied: that is its owner's.
static Value *own_part(Sema *s, const Value *m)
{
    Value *out = copy_of(s, m);
    out->fields = ARENA_ARRAY(s->arena, Field, m->nfields + 1);
    out->nfields = 0;
    for (int i = 0; i < m->nfields; i++)
        if (!m->fields[i].value->given)
            out->fields[out->nfields++] = m->fields[i];
    return out;
}

static Value *filled_in(Sema *s, Value *m, const Value *own)
{
    Value *out = copy_of(s, m);
    out->fields = ARENA_ARRAY(s->arena, Field, m->nfields + 1);
    for (int i = 0; i < m->nfields; i++) {
        Value *mine = m->fields[i].value->given ? NULL : value_field(own, m->fields[i].name);
        out->fields[i] = (Field){m->fields[i].name, mine ? mine : m->fields[i].value};
    }
    return out;
}

// `Linear[a -> b] with (w: m)`: an instance that owns what is not supplied.
static Value *supplied_instance(Sema *s, Func *f, Syn *list, Name hint, Span where)
{
    Supplied *g = ARENA_NEW(s->arena, Supplied), *outer = s->supplied;
    Scope    *scope = s->scope;
    Name      name = instance_name(s, f, hint);
    s->scope = names_of_block(s, f);
    bool ok = collect_supplied(s, g, list);
    s->scope = scope;
    if (!ok)
        return value_new(s, V_ERROR, where);
    s->supplied = g;
    Value *m = make_instance(s, f, name, where);
    s->supplied = outer;
    if (is_error(m))
        return m;
    m->text = name;
    m = put_the_rest(s, g, f, m, list);
    if (is_error(m))
        return m;
    Value *own = own_part(s, m);
    if (value_leaves(s, own, NULL, 0) == 0)
        return m;
    if (s->self && value_field(s->self, name))
        return filled_in(s, m, value_field(s->self, name));
    if (s->growing)
        return growing_add(s, name, own, where) ? m : value_new(s, V_ERROR, where);
    if (s->experiment || s->loose_instances)
        return m;
    return no_owner(s, f, where);
}

static bool is_open_block(const Value *f)
{
    return f->kind == V_FUNC && f->func->kind == FUNC_DECL && f->func->decl->kind == SYN_BLOCK && !f->func->bind;
}

Value *eval_with(Sema *s, Syn *n, Name hint)
{
    Syn   *head = n->kid[0];
    Value *f = head->kind == SYN_BRACKET ? eval_head(s, head->kid[0], NULL) : eval_head(s, head, hint);
    if (is_error(f))
        return f;
    if (is_open_block(f)) {
        Func *bound = ARENA_NEW(s->arena, Func);
        *bound = *f->func;
        bound->bind = bind_header(s, bound, head->kind == SYN_BRACKET ? head : NULL);
        return bound->bind ? supplied_instance(s, bound, n->kid[1], hint, n->where) : value_new(s, V_ERROR, n->where);
    }
    Value *m = head->kind == SYN_BRACKET ? evaluate(s, head) : f;
    if (is_error(m))
        return m;
    if (m->kind == V_MODEL)
        return with_all(s, m, n->kid[1]);
    Diag *d = sema_diag(s, DIAG_E0313, n->where, "`with` looks inside a model or supplies a block; this is %s",
                        text_value(s, m));
    diag_label(d, head->where, "%s", text_value(s, m));
    return value_new(s, V_ERROR, n->where);
}

// ---- except ----

static Value *without(Sema *s, Value *m, Name const *path, int n)
{
    Value *out = copy_of(s, m);
    out->fields = ARENA_ARRAY(s->arena, Field, m->nfields + 1);
    out->nfields = 0;
    for (int i = 0; i < m->nfields; i++) {
        Field f = m->fields[i];
        bool  here = i == value_place(m, path[0]);
        if (here && n == 1)
            continue;
        if (here)
            f.value = without(s, f.value, path + 1, n - 1);
        out->fields[out->nfields++] = f;
    }
    return out;
}

Value *eval_except(Sema *s, Syn *n)
{
    Name   whole[MOST_PATH], left[MOST_PATH];
    Value *m = evaluate(s, n->kid[0]), *part = is_error(m) ? m : evaluate(s, n->kid[1]);
    Syn   *base = n->kid[0];
    if (is_error(part))
        return part;
    while (base->kind == SYN_EXCEPT)
        base = base->kid[0];
    int k = path_of(n->kid[1], whole), from = path_of(base, left);
    if (m->kind == V_MODEL && from && k > from && !memcmp(whole, left, sizeof *left * (size_t)from))
        return without(s, m, whole + from, k - from);
    Diag *d = sema_diag(s, DIAG_E0313, n->where, "`except` leaves a part out of a model: `net except net.embed`");
    diag_label(d, n->kid[0]->where, "%s", text_value(s, m));
    return value_new(s, V_ERROR, n->where);
}
