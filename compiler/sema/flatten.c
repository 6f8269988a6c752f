// Records and models leaf by leaf: as one tensor along one axis, and back; a function over all leaves.
#include <string.h>

#include "sema/call.h"
#include "sema/model.h"

enum { MOST_LEAVES = 1024 };

static const Size *leaf_size(Sema *s, const Value *v)
{
    AxisSet     axes = value_visible(s, v);
    const Size *z = size_const(s->sizes, 1);
    for (int i = 0; i < axes.n; i++)
        z = size_mul(s->sizes, z, axes.at[i]->size);
    return z;
}

const Size *value_count(Sema *s, Value *v)
{
    Value      *leaf[MOST_LEAVES];
    int         n = value_leaves(s, v, leaf, MOST_LEAVES);
    const Size *z = size_const(s->sizes, 0);
    for (int i = 0; i < n && i < MOST_LEAVES; i++)
        if (!leaf[i]->buffer)
            z = size_add(s->sizes, z, leaf_size(s, leaf[i]));
    return z;
}

static Elem widest_float(Sema *s, Value *const *leaf, int n)
{
    Elem e = s->real;
    bool any = false;
    for (int i = 0; i < n; i++)
        if (elem_class(leaf[i]->elem) == ELEM_CLASS_FLOAT && !leaf[i]->weak) {
            e = any ? elem_join(e, leaf[i]->elem) : leaf[i]->elem;
            any = true;
        }
    return e;
}

// Complex where one of them is.
static Elem widest_number(Sema *s, Value *const *leaf, int n)
{
    Elem e = widest_float(s, leaf, n), whole = e;
    for (int i = 0; i < n; i++)
        if (elem_class(leaf[i]->elem) == ELEM_CLASS_COMPLEX)
            whole = elem_join(whole, leaf[i]->weak ? (e == ELEM_F64 ? ELEM_C128 : ELEM_C64) : leaf[i]->elem);
    return whole;
}

// The order in which a leaf's axes are laid out: as written, else by age.
static int axes_in_order(Sema *s, const Value *v, Axis **out)
{
    AxisSet all = value_visible(s, v);
    int     n = 0;
    for (int i = 0; v->order && v->order[i]; i++)
        if (axes_has(all, v->order[i]))
            out[n++] = v->order[i];
    if (n == all.n)
        return n;
    for (n = 0; n < all.n; n++)
        out[n] = all.at[n];
    return n;
}

Value *value_flat(Sema *s, Value *v, Axis *to, Span where)
{
    Value *leaf[MOST_LEAVES], *kept[MOST_LEAVES];
    Node  *part[MOST_LEAVES];
    Axis  *along[MOST_LEAVES], *ax[64];
    int    got = value_leaves(s, v, leaf, MOST_LEAVES), n = 0;
    for (int i = 0; i < got && i < MOST_LEAVES; i++)
        if (!leaf[i]->buffer && elem_class(leaf[i]->elem) != ELEM_CLASS_BOOL)
            kept[n++] = leaf[i];
    if (!n)
        return sema_error(s, DIAG_E0313, where, "%s holds no numbers", text_value(s, v));
    Elem e = widest_number(s, kept, n);
    for (int i = 0; i < n; i++) {
        int k = axes_in_order(s, kept[i], ax);
        along[i] = axis_new(s->axes, to->name, leaf_size(s, kept[i]), where);
        Node *x = ir_fill(s->b, value_node(s, apply_convert(s, kept[i], e, where)));
        part[i] = k ? ir_merge(s->b, x, ax, k, along[i]) : ir_expand(s->b, x, axes_of(s->arena, &along[i], 1));
    }
    Node *all = n > 1 ? ir_concat(s->b, part, along, n, to) : ir_rename(s->b, part[0], along, &to, 1);
    return value_tensor(s, all, where);
}

Value *value_flat_fresh(Sema *s, Value *v, Span where)
{
    return value_flat(s, v, axis_new(s->axes, name_of(s->names, "entry"), value_count(s, v), where), where);
}

static Axis *one_axis(Sema *s, const Func *f, Span where)
{
    Axis *ax[MOST_AXES];
    if (f->bracket && f->bracket->nkid == 2) {
        Scope *saved = s->scope;
        s->scope = f->bracket_scope;
        int n = eval_axes(s, f->bracket->kid[1], ax, MOST_AXES);
        s->scope = saved;
        if (n == 1)
            return ax[0];
    }
    sema_error(s, DIAG_E0501, where, "`%s` takes one axis in its bracket: `%s[p](…)`", f->name, f->name);
    return NULL;
}

Value *call_flatten(Sema *s, const Func *f, const Args *args)
{
    Axis *to = one_axis(s, f, args->where);
    if (!to || !need_equal(s, DIAG_E0401, to->size, value_count(s, args->at[0]), args->where, "all entries stand along the axis"))
        return value_new(s, V_ERROR, args->where);
    return value_flat(s, args->at[0], to, args->where);
}

typedef struct {
    Sema       *s;
    Value      *from;
    Axis       *axis;
    const Size *offset;
} Cut;

static Value *cut_leaf(Sema *s, Value *like, Value *none, void *user)
{
    (void)none;
    Cut  *c = user;
    Axis *ax[64];
    if (like->buffer || elem_class(like->elem) == ELEM_CLASS_BOOL)
        return like;
    int   k = axes_in_order(s, like, ax);
    Axis *along = axis_new(s->axes, c->axis->name, leaf_size(s, like), like->where);
    Node *at = ir_binary(s->b, OP_ADD, ir_iota(s->b, along), ir_size(s->b, c->offset));
    if (!k)
        at = ir_size(s->b, c->offset);
    Node *x = ir_index(s->b, value_node(s, c->from), &c->axis, &at, 1, NULL);
    c->offset = size_add(s->sizes, c->offset, leaf_size(s, like));
    Value *part = value_tensor(s, k ? ir_split(s->b, x, along, ax, k) : x, like->where);
    if (elem_class(like->elem) != ELEM_CLASS_COMPLEX && elem_class(part->elem) == ELEM_CLASS_COMPLEX)
        part = real_part(s, part, like->where);
    Value *out = apply_convert(s, part, like->elem, like->where);
    out->order = like->order;
    out->leaf = like->leaf;
    out->given = value_visible(s, c->from).n > 1;  // a model for each position of the other axes
    return out;
}

Value *call_unflatten(Sema *s, const Func *f, const Args *args)
{
    Axis *axis = one_axis(s, f, args->where);
    if (!axis)
        return value_new(s, V_ERROR, args->where);
    if (!is_tensor(args->at[0]) || !axes_has(value_visible(s, args->at[0]), axis))
        return sema_error(s, DIAG_E0302, args->where, "`unflatten[%s](v, like: net)` takes a tensor along `%s`; this is %s",
                          axis->name, axis->name, text_value(s, args->at[0]));
    if (!need_equal(s, DIAG_E0401, axis->size, value_count(s, args->at[1]), args->where, "all entries stand along the axis"))
        return value_new(s, V_ERROR, args->where);
    Cut c = {s, args->at[0], axis, size_const(s->sizes, 0)};
    return value_map(s, args->at[1], NULL, cut_leaf, &c);
}

// ---- a function over all leaves ----

typedef struct {
    Value *f;
    Span   where;
    bool   failed;
} Over;

// A buffer is none of what is computed with, and stays; but it has the width that the parameters get.
static Value *buffer_at_width(Sema *s, Value *a, const Value *v)
{
    if (!is_tensor(v) || v->weak || v->elem == a->elem || elem_class(v->elem) != elem_class(a->elem))
        return a;
    Value *out = apply_convert(s, a, v->elem, a->where);
    out->order = a->order;
    out->leaf = a->leaf;
    out->buffer = true;
    return out;
}

static Value *apply_leaf(Sema *s, Value *a, Value *b, Over *o)
{
    Value *in[2] = {a, b};
    if (o->failed || (a->buffer && elem_class(a->elem) != ELEM_CLASS_FLOAT))
        return a;
    Value *v = call_value(s, o->f, in, NULL, b ? 2 : 1, o->where, NULL);
    o->failed = is_error(v);
    if (a->buffer)
        return buffer_at_width(s, a, v);
    if (is_tensor(v) && axes_equal(v->axes, a->axes) && v->elem == a->elem) {
        Value *out = ARENA_NEW(s->arena, Value);
        *out = *v;
        out->order = a->order;
        out->leaf = a->leaf;
        return out;
    }
    return v;
}

// What f draws goes by the path of the leaf.
static Value *over_leaves(Sema *s, Value *a, Value *b, Over *o)
{
    if (a->kind != V_RECORD && a->kind != V_MODEL)
        return is_tensor(a) ? apply_leaf(s, a, b, o) : a;
    Value *out = ARENA_NEW(s->arena, Value);
    Name   path = s->path;
    *out = *a;
    out->fields = ARENA_ARRAY(s->arena, Field, a->nfields + 1);
    for (int i = 0; i < a->nfields; i++) {
        Name name = a->fields[i].name;
        s->path = path_field(s, path, name, i);
        out->fields[i] = (Field){name, over_leaves(s, a->fields[i].value, b ? b->fields[i].value : NULL, o)};
    }
    s->path = path;
    return out;
}

Value *call_over_leaves(Sema *s, const Func *f, const Args *args)
{
    Over o = {args->at[0], args->where, false};
    if (args->at[0]->kind != V_FUNC && args->at[0]->kind != V_MODEL)
        return sema_error(s, DIAG_E0502, args->where, "`%s` takes a function first; this is %s", f->name, text_value(s, args->at[0]));
    if (args->n == 3)
        args->at[2] = value_aligned(s, args->at[2], args->at[1]);
    if (args->n == 3 && !same_shape(s, args->at[1], args->at[2])) {
        Diag *d = sema_diag(s, DIAG_E0301, args->where, "`zip(f, a, b)` takes two of one type");
        diag_label(d, args->at[1]->where, "%s", text_value(s, args->at[1]));
        diag_label(d, args->at[2]->where, "%s", text_value(s, args->at[2]));
        return value_new(s, V_ERROR, args->where);
    }
    Value *v = over_leaves(s, args->at[1], args->n == 3 ? args->at[2] : NULL, &o);
    return o.failed ? value_new(s, V_ERROR, args->where) : v;
}
