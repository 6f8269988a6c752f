// The tensors that live between the lines of an experiment: made by steps and by what acts, held by what is in scope.
#include "sema/step.h"
#include "sema/walk.h"

static void mark_scope(Sema *s, Scope *sc);

static void mark_tensor(HostTensor *t)
{
    for (; t; t = t->guard)
        t->held++;
}

static void mark_value(Sema *s, const Value *v)
{
    if (!v)
        return;
    mark_tensor(v->host);
    for (int i = 0; i < v->npatch; i++)
        mark_value(s, v->patch[i].value);
    if (v->func && v->func->bind)
        mark_scope(s, v->func->bind->scope);
    for (int i = 0; i < v->nfields; i++)
        mark_value(s, v->fields[i].value);
    if (v->kind == V_FUNC && v->func->scope && !v->func->kept)  // what is kept stands in its fields
        mark_scope(s, v->func->scope);
    if (v->kind == V_BATCHES)
        mark_value(s, batches_data(v));
}

static void mark_scope(Sema *s, Scope *sc)
{
    for (; sc && sc->mark != s->live->mark; sc = sc->outer) {
        sc->mark = s->live->mark;
        for (int i = 0; i < sc->entries.n; i++) {
            const Entry *e = sc->entries.at[i];
            mark_value(s, e->kind == ENTRY_VALUE ? e->value : NULL);
            mark_value(s, e->given);
            mark_value(s, e->guard_else);
        }
    }
}

void tensors_mark(Sema *s)
{
    for (int i = 0; i < s->live->n; i++)
        s->live->at[i]->held = 0;
    s->live->mark++;
    mark_scope(s, s->scope);
}

int64_t tensors_now(const Sema *s) { return s->live->births; }

void tensors_sweep(Sema *s, int64_t since, const Value *keep)
{
    int n = 0;
    tensors_mark(s);
    mark_value(s, keep);
    for (int i = 0; i < s->live->n; i++) {
        HostTensor *t = s->live->at[i];
        if (t->held || t->birth <= since)
            s->live->at[n++] = t;
        else
            s->host->drop(s->host->user, t);
    }
    s->live->n = n;
}

static HostTensor *make(Sema *s, Elem elem, Axis *const *ax, int n, bool known, Span where)
{
    bool        hollow = walk_hollow(s) && !known;
    HostTensor *t = s->host->tensor(s->host->user, elem, ax, n, hollow, where);
    if (!t)
        return NULL;
    t->birth = ++s->live->births;
    t->known = known;
    t->hollow = hollow;
    vec_push(s->keep, s->live, t);
    return t;
}

HostTensor *tensor_make(Sema *s, Elem elem, Axis *const *ax, int n, Span where) { return make(s, elem, ax, n, false, where); }
HostTensor *tensor_known(Sema *s, Elem elem, Axis *const *ax, int n, Span where) { return make(s, elem, ax, n, true, where); }

Value *tensor_value(Sema *s, HostTensor *t, Span where)
{
    Value *v = value_new(s, V_TENSOR, where);
    v->host = t;
    v->elem = t->elem;
    v->axes = axes_of(s->arena, t->ax, t->n);
    v->order = t->ax;
    return v;
}

bool host_number(const Value *v, double *out)
{
    int64_t i;
    if (!v || v->kind != V_TENSOR || elem_class(v->elem) == ELEM_CLASS_COMPLEX)
        return false;
    if (v->fixed)
        return size_is_const(v->fixed, &i) ? (*out = (double)i, true) : false;
    if (v->truth == TRUTH_TRUE || v->truth == TRUTH_FALSE)
        return *out = v->truth == TRUTH_TRUE, true;
    if (v->host && v->host->n == 0)
        return !v->host->hollow && (*out = tensor_number(v->host, 0), true);
    if (v->node && v->node->op == OP_CONST)
        return *out = elem_class(v->elem) == ELEM_CLASS_FLOAT ? v->node->attr.r : (double)v->node->attr.i, true;
    return false;
}

double tensor_number(const HostTensor *t, int64_t i)
{
    return elem_is_smooth(t->elem) ? elem_real(t->elem, t->data, i) : (double)elem_whole(t->elem, t->data, i);
}
