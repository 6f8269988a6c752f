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

static Value *unique_node(Sema *s, const Filter *k, Value *x, Span where)
{
    Axis *t = k->from;
    Node *in = value_node(s, x);
    Attr  along = {.ax = &t, .nax = 1};
    if (in->type.guard)
        return sema_absent(s, where, "`unique` under a guard");
    Node *order = ir_make(s->b, OP_ARGSORT, &in, 1, &along), *y = ir_index(s->b, in, &t, &order, 1, NULL);
    Node *here = ir_iota(s->b, t), *zero = ir_int(s->b, 0), *first = ir_binary(s->b, OP_EQ, here, zero);
    Node *at = ir_binary(s->b, OP_MAX2, ir_binary(s->b, OP_SUB, here, ir_int(s->b, 1)), zero);
    Node *before = ir_index(s->b, y, &t, &at, 1, NULL), *differs = ir_binary(s->b, OP_NE, y, before);
    if (elem_class(x->elem) == ELEM_CLASS_FLOAT) {
        Node *both = ir_binary(s->b, OP_AND, ir_unary(s->b, OP_ISNAN, y), ir_unary(s->b, OP_ISNAN, before));
        differs = ir_binary(s->b, OP_AND, differs, ir_unary(s->b, OP_NOT, both));
    }
    Value *kept = filter_node(s, k, value_tensor(s, ir_binary(s->b, OP_OR, first, differs), where), where);
    Node  *place = value_node(s, kept);
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

static Value *unique_host(Sema *s, const Filter *k, Value *x, Span where)
{
    const HostTensor *in = x->host;
    int64_t           n = in->count, count = 0, there = n, kinds = 0;
    size_t            bytes = (size_t)elem_bytes(in->elem);
    if (axis_count_now(k->from, &there) && there < n)
        n = there;
    n = in->hollow ? 0 : n;
    int64_t *order = ARENA_ARRAY(s->arena, int64_t, n + 1), *scratch = ARENA_ARRAY(s->arena, int64_t, n + 1);
    plx_argsort((int32_t)in->elem, in->data, 1, n, order, scratch);
    for (int64_t i = 0; i < n; i++)
        count += i == 0 || !equal(in, order[i], order[i - 1]);
    if (!in->known)
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

Value *call_unique(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    static const Binder unique = {is_row, unique_node, unique_host, unique_abstract};
    (void)names;
    (void)hint;
    (void)n;
    return bind_by_data(s, f, &unique, args[0], where);
}
