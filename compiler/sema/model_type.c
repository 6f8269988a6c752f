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

// Axes that a bracket was not given, or that it was given as numbers, are each instance's own.
static bool same_axes(Sema *s, const Call *c, const Entry *want, const Entry *have)
{
    Axis **a, **b, *one, *two;
    if (want->own && have->own)
        return same_size(s, want->axis, have->axis);
    int    n = outside_of(want, &a, &one);
    if (n != outside_of(have, &b, &two))
        return false;
    for (int i = 0; i < n; i++)
        if ((want->bound || want->kind == ENTRY_PACK) && renamed_axis(&c->header, a[i], true) != b[i])
            return false;
    return true;
}

// The first item of the header in which two instances of one block differ; -1: in none.
static int differing(Sema *s, const Call *c, const Scope *want, const Scope *have)
{
    if (want->entries.n != have->entries.n)
        return 0;
    for (int i = 0; i < want->entries.n; i++)
        if (!same_axes(s, c, want->entries.at[i], have->entries.at[i]))
            return i;
    return -1;
}

static const char *text_given(Sema *s, const Entry *e)
{
    Axis **at, *one;
    int    n = outside_of(e, &at, &one);
    if (e->own)
        return name_format(s->names, "of %s positions", text_size(s, e->axis->size));
    return e->kind == ENTRY_AXIS || e->kind == ENTRY_PACK ? text_axes(s, axes_of(s->arena, at, n)) : "another value";
}

bool model_fits(Sema *s, const Call *c, const TypeSpec *t, Value *v, Name name)
{
    const Value *want = t->model;
    bool same_block = want->kind == V_MODEL && v->kind == V_MODEL && v->func->decl == want->func->decl;
    const Scope *asked = same_block ? want->func->bind->scope : NULL, *given = same_block ? v->func->bind->scope : NULL;
    int  at = same_block ? differing(s, c, asked, given) : -1;
    if (want->kind != V_MODEL || (same_block && at < 0))
        return true;
    Diag *d = sema_diag(s, DIAG_E0502, v->where, "argument `%s` of `%s` must be an instance of `%s`%s", name, function_name(c->f),
                        want->func->name, same_block ? " at the same axes" : "");
    if (same_block && at < given->entries.n && at < asked->entries.n) {
        const Entry *a = asked->entries.at[at], *b = given->entries.at[at];
        diag_label(d, v->where, "its `%s` is %s", b->name, text_given(s, b));
        diag_note(d, t->where, "its type is written here: there `%s` is %s", a->name, text_given(s, a));
        return false;
    }
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
