// unique[t -> kinds](x): the different values of x, ascending, along an axis that takes its size from how many there are.
#include <string.h>

#include "plexus_rt.h"
#include "sema/bounded.h"
#include "sema/data.h"
#include "sema/step.h"
#include "sema/walk.h"

static bool is_row(Sema *s, const Filter *k, Value *x)
{
    AxisSet have = is_tensor(x) ? value_visible(s, x) : (AxisSet){0};
    if (is_tensor(x) && elem_class(x->elem) != ELEM_CLASS_BOOL && axes_has(have, k->from) && have.n == 1)
        return true;
    Diag *d = sema_diag(s, have.n > 1 ? DIAG_E0306 : DIAG_E0309, x->where, "`unique` takes numbers along `%s` alone", k->from->name);
    diag_label(d, x->where, "%s", text_value(s, x));
    return false;
}

// ---- in a body: each of the sorted values that differs from the one before ----

static Node *argsort(Sema *s, Node *x, Axis *t)
{
    Attr along = {.ax = &t, .nax = 1};
    return ir_make(s->b, OP_ARGSORT, &x, 1, &along);
}

// The positions of x, ascending, with what a guard leaves out behind the rest; *there: at which places there is something.
static Node *ascending(Sema *s, Node *x, Axis *t, Node **there)
{
    Node *g = x->type.guard, *order = argsort(s, ir_fill(s->b, x), t);
    *there = NULL;
    if (!g)
        return order;
    Node *in = ir_convert(s->b, ir_expand(s->b, g, axes_of(s->arena, &t, 1)), ELEM_I64);
    Node *behind = argsort(s, ir_unary(s->b, OP_NEG, ir_index(s->b, in, &t, &order, 1, NULL)), t);
    *there = ir_binary(s->b, OP_LT, ir_iota(s->b, t), ir_reduce(s->b, OP_SUM, in, &t, 1));
    return ir_index(s->b, order, &t, &behind, 1, NULL);
}

static Node *differs_from_before(Sema *s, Node *y, Axis *t)
{
    Node *here = ir_iota(s->b, t), *zero = ir_int(s->b, 0);
    Node *at = ir_binary(s->b, OP_MAX2, ir_binary(s->b, OP_SUB, here, ir_int(s->b, 1)), zero);
    Node *before = ir_index(s->b, y, &t, &at, 1, NULL), *differs = ir_binary(s->b, OP_NE, y, before);
    if (elem_class(y->type.elem) == ELEM_CLASS_FLOAT) {
        Node *both = ir_binary(s->b, OP_AND, ir_unary(s->b, OP_ISNAN, y), ir_unary(s->b, OP_ISNAN, before));
        differs = ir_binary(s->b, OP_AND, differs, ir_unary(s->b, OP_NOT, both));
    }
    return ir_binary(s->b, OP_OR, ir_binary(s->b, OP_EQ, here, zero), differs);
}

// Sorted places are another axis than the positions: guards of these say nothing of them.
static Value *unique_node(Sema *s, const Filter *k, Value *x, Span where)
{
    Axis  *from = k->from, *t = axis_new(s->axes, from->name, from->size, where);
    Filter sorted = {t, k->to, k->bracket, k->what};
    Node  *in = ir_rename(s->b, value_node(s, under_guards_of(s, x, &from, 1)), &from, &t, 1);
    Node  *there, *order = ascending(s, in, t, &there);
    Node  *whole = ir_fill(s->b, in), *y = ir_index(s->b, whole, &t, &order, 1, NULL), *kept = differs_from_before(s, y, t);
    if (there)
        kept = ir_binary(s->b, OP_AND, kept, there);
    Node *place = value_node(s, filter_node(s, &sorted, value_tensor(s, kept, where), where));
    return value_like(s, ir_index(s->b, y, &t, &place, 1, NULL), x);
}

// ---- in an experiment ----

static Value *unique_abstract(Sema *s, const Filter *k, Value *x, Span where)
{
    Node  *n = ir_input(s->b, name_of(s->names, "unique"), INPUT_DATA, x->elem, axes_of(s->arena, &k->to, 1), NULL);
    Value *v = value_like(s, n, x);
    v->where = where;
    bounded_met(s, k->to, where);
    return v;
}

static bool equal(const HostTensor *x, int64_t a, int64_t b)
{
    size_t      bytes = (size_t)elem_bytes(x->elem);
    const char *p = (const char *)x->data + (size_t)a * bytes, *q = (const char *)x->data + (size_t)b * bytes;
    if (x->elem == ELEM_F64)
        return *(const double *)p == *(const double *)q || (*(const double *)p != *(const double *)p && *(const double *)q != *(const double *)q);
    if (x->elem == ELEM_F32)
        return *(const float *)p == *(const float *)q || (*(const float *)p != *(const float *)p && *(const float *)q != *(const float *)q);
    return !memcmp(p, q, bytes);
}

// The positions that the guard leaves, in order; how many they are.
static int64_t without_absent(const HostTensor *guard, int64_t *order, int64_t n)
{
    int64_t left = 0;
    for (int64_t i = 0; i < n; i++)
        if (!guard || ((const uint8_t *)guard->data)[guard->n ? order[i] : 0])
            order[left++] = order[i];
    return left;
}

static Value *unique_host(Sema *s, const Filter *k, Value *x, Span where)
{
    const HostTensor *in = x->host, *guard = in->guard;
    int64_t           n = in->count, count = 0, there = n, kinds = 0;
    size_t            bytes = (size_t)elem_bytes(in->elem);
    if (axis_count_now(k->from, &there) && there < n)
        n = there;
    n = in->hollow || (guard && guard->hollow) ? 0 : n;
    int64_t *order = ARENA_ARRAY(s->arena, int64_t, n + 1), *scratch = ARENA_ARRAY(s->arena, int64_t, n + 1);
    plx_argsort((int32_t)in->elem, in->data, 1, n, order, scratch);
    n = without_absent(guard, order, n);
    for (int64_t i = 0; i < n; i++)
        count += i == 0 || !equal(in, order[i], order[i - 1]);
    if (!in->known || (guard && !guard->known))
        count = (int64_t)walk_decision(s, (double)count);
    HostTensor *t = filter_count(s, k, count, where) ? tensor_make(s, in->elem, &k->to, 1, where) : NULL;
    if (!t)
        return value_new(s, V_ERROR, where);
    for (int64_t i = 0; i < n && !t->hollow; i++)
        if (i == 0 || !equal(in, order[i], order[i - 1]))
            memcpy((char *)t->data + (size_t)kinds++ * bytes, (const char *)in->data + (size_t)order[i] * bytes, bytes);
    Value *v = tensor_value(s, t, where);
    v->pos = x->pos;
    v->weak = x->weak;
    return v;
}

Value *call_unique(Sema *s, const Func *f, const Args *args)
{
    static const Binder unique = {is_row, unique_node, unique_host, unique_abstract};
    return bind_by_data(s, f, &unique, args->at[0], args->where);
}
