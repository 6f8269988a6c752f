// Inner values of a model: what `with` put in their place stands for them. It was written outside, where axes have other
// names than in the body: a value crosses each call on the way. (What looks at them: trace.c.)
#include "sema/call.h"
#include "sema/model.h"

static Value *not_in_place(Sema *s, Value *new, Value *old, Span where)
{
    Diag *d = sema_diag(s, DIAG_E0305, where, "what takes a value's place must have its axes, or be a number");
    diag_label(d, new->where, "%s", text_value(s, new));
    diag_label(d, old->where, "%s", text_value(s, old));
    return value_new(s, V_ERROR, where);
}

// A call that a model with patches was called in: from here out to where the patch was written.
typedef struct Crossing {
    const Call            *call;
    AxisSet                hidden;  // around the call
    const struct Crossing *outer;
} Crossing;

// The axes of v (and the one that it counts along), from their names outside to those here.
static Pairs names_of(const Crossing *c, const Value *v)
{
    Axis *out[MOST_AXES];
    Pairs p = {0};
    int   n = 0;
    for (int i = 0; i < v->axes.n && n + 1 < MOST_AXES; i++)
        out[n++] = v->axes.at[i];
    if (v->pos && !axes_has(v->axes, v->pos))
        out[n++] = v->pos;
    for (; c; c = c->outer)
        axes_outside(c->call, out, n);
    for (int i = 0; i < n; i++) {
        Axis *here = i < v->axes.n ? v->axes.at[i] : v->pos;
        if (out[i] != here) {
            p.from[p.n] = out[i];
            p.to[p.n++] = here;
        }
    }
    return p;
}

static Value *leaf_outside(Sema *s, Value *v, Value *none, void *crossing)
{
    (void)none;
    Pairs names = names_of(crossing, v);
    return rename_leaf(s, v, &names, true);
}

static Value *value_outside(Sema *s, Value *v, const Crossing *c)
{
    return c ? value_map(s, v, NULL, leaf_outside, (void *)(uintptr_t)c) : v;
}

Value *value_outside_call(Sema *s, Value *v, const Call *c)
{
    Crossing one = {c, s->hidden, NULL};
    return value_outside(s, v, &one);
}

static bool patches_in(const Value *m)
{
    bool any = m->npatch > 0;
    for (int i = 0; i < m->nfields && !any; i++)
        any = patches_in(m->fields[i].value);
    return any;
}

static Value *crossed(Sema *s, Value *m, const Call *c)
{
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *m;
    out->patch = ARENA_ARRAY(s->arena, Patch, m->npatch + 1);
    for (int i = 0; i < m->npatch; i++) {
        Crossing *one = ARENA_NEW(s->arena, Crossing);
        *one = (Crossing){c, s->hidden, m->patch[i].crossed};
        out->patch[i] = m->patch[i];
        out->patch[i].crossed = one;
    }
    out->fields = ARENA_ARRAY(s->arena, Field, m->nfields + 1);
    for (int i = 0; i < m->nfields; i++) {
        out->fields[i] = m->fields[i];
        if (patches_in(m->fields[i].value))
            out->fields[i].value = crossed(s, m->fields[i].value, c);
    }
    return out;
}

Value *patches_crossed(Sema *s, Value *v, const Call *c)
{
    return v && patches_in(v) ? crossed(s, v, c) : v;
}

static AxisSet hidden_outside(const Crossing *c, AxisSet here)
{
    for (; c; c = c->outer)
        here = c->hidden;
    return here;
}

// What was written in the place of v, which has its names outside.
static Value *replacement(Sema *s, const Patch *p, Value *v)
{
    Value  *new = p->value;
    AxisSet hidden = s->hidden;
    if (new->kind != V_FUNC && new->kind != V_MODEL)
        return new;
    s->hidden = hidden_outside(p->crossed, hidden);
    new = call_value(s, new, &v, NULL, 1, p->where, NULL);
    s->hidden = hidden;
    return new;
}

// Axes that v is lifted over may be left out.
static Value *patched(Sema *s, const Patch *p, Value *v)
{
    Pairs  names = names_of(p->crossed, v);
    Value *old = value_outside(s, v, p->crossed), *new = replacement(s, p, old);
    if (is_error(new))
        return new;
    if (!is_tensor(v) || !is_tensor(new))
        return v->kind == new->kind && same_shape(s, v, new) ? new : not_in_place(s, new, old, p->where);
    bool fits = axes_contains(old->axes, new->axes);
    for (int i = 0; i < v->axes.n && new->axes.n; i++)
        fits = fits && (axes_has(s->hidden, v->axes.at[i]) || axes_has(new->axes, renamed_axis(&names, v->axes.at[i], true)));
    if (!fits)
        return not_in_place(s, new, old, p->where);
    Node  *x = ir_convert(s->b, value_node(s, new), v->elem);
    Value *wide = value_like(s, ir_expand(s->b, x, old->axes), old);
    return value_like(s, value_node(s, rename_leaf(s, wide, &names, false)), v);
}

Value *inner_value(Sema *s, Name name, Value *v)
{
    if (is_error(v) || !s->self || s->growing)
        return v;
    for (int i = 0; i < s->self->npatch; i++)
        if (s->self->patch[i].name == name && (is_tensor(v) || v->kind == V_RECORD))
            v = patched(s, &s->self->patch[i], v);
    trace_see(s, name, v);
    return v;
}
