// Blocks as types: `net: Linear[a -> b]`. The type holds an instance that nobody owns; what is given for it must be an
// instance of the same block at the same axes.
#include "sema/model.h"
#include "sema/model_type.h"
#include "sema/turns.h"

Value *type_instance(Sema *s, Value *f, Syn *bracketed)
{
    Sema   saved = *s;
    Claims none = {0};
    Value *v = f;
    s->claims = &none;
    s->growing = NULL;
    s->self = NULL;
    s->loose_instances = true;
    s->in_fn = s->in_for = false;
    if (bracketed) {
        v = evaluate(s, bracketed);
    } else if (f->func->decl->kind == SYN_BLOCK && !f->func->bind && header_complete(f->func)) {
        Func *bound = ARENA_NEW(s->arena, Func);
        *bound = *f->func;
        bound->bind = bind_header(s, bound, NULL);
        v = bound->bind ? instance_for(s, bound, NULL, f->where) : f;
    }
    sema_restore(s, &saved);
    return v;
}

static int outside_of(const Entry *e, Axis ***at, Axis **one)
{
    if (e->kind == ENTRY_PACK) {
        *at = e->pack_outside ? e->pack_outside : e->pack;
        return e->npack;
    }
    *one = e->outside ? e->outside : e->axis;
    *at = one;
    return e->kind == ENTRY_AXIS;
}

// Axes that a bracket was not given are each instance's own.
static bool same_axes(const Call *c, const Entry *want, const Entry *have)
{
    Axis **a, **b, *one, *two;
    int    n = outside_of(want, &a, &one);
    if (n != outside_of(have, &b, &two))
        return false;
    for (int i = 0; i < n; i++)
        if ((want->bound || want->kind == ENTRY_PACK) && renamed_axis(&c->header, a[i], true) != b[i])
            return false;
    return true;
}

static bool same_block(const Call *c, const Value *want, const Value *have)
{
    if (have->kind != V_MODEL || have->func->decl != want->func->decl)
        return false;
    const Scope *a = want->func->bind->scope, *b = have->func->bind->scope;
    bool         same = a->entries.n == b->entries.n;
    for (int i = 0; i < a->entries.n && same; i++)
        same = same_axes(c, a->entries.at[i], b->entries.at[i]);
    return same;
}

bool model_fits(Sema *s, const Call *c, const TypeSpec *t, Value *v, Name name)
{
    const Value *want = t->model;
    if (want->kind != V_MODEL || same_block(c, want, v))
        return true;
    Diag *d = sema_diag(s, DIAG_E0502, v->where, "argument `%s` of `%s` must be an instance of `%s`", name, function_name(c->f),
                        want->func->name);
    if (v->kind == V_MODEL && v->func->decl == want->func->decl)
        diag_label(d, v->where, "an instance at other axes");
    else
        diag_label(d, v->where, "%s", text_value(s, v));
    diag_note(d, t->where, "its type is written here");
    return false;
}

Value *model_inside(Sema *s, const TypeSpec *t, Value *v)
{
    if (t->model->kind != V_MODEL || v->kind != V_MODEL)
        return v;
    Value *out = ARENA_NEW(s->arena, Value);
    Func  *f = ARENA_NEW(s->arena, Func);
    *out = *v;
    *f = *v->func;
    f->bind = t->model->func->bind;  // its leaves are renamed where they are used
    out->func = f;
    return out;
}
