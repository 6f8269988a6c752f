// Functions seen through a renaming of axes. Where a call binds a header's axis to one that its body names beside it, the
// axis has another name inside (lift.c). A function that passes the border, as an argument, in the bracket or as the
// result, keeps the axes that its own text names; at each call what it is given and gives is renamed.
#include "sema/call.h"

typedef struct Through {
    Pairs                 pairs;   // from the caller's to those inside
    bool                  out;     // made inside, called outside; else the other way round
    const struct Through *rest;    // what it was seen through before
} Through;

Value *seen_through(Sema *s, Value *v, const Pairs *p, bool out)
{
    if (!p->n || !v || (v->kind != V_FUNC && v->kind != V_MODEL && v->kind != V_RECORD))
        return v;
    Value *seen = ARENA_NEW(s->arena, Value);
    *seen = *v;
    if (v->kind == V_RECORD) {
        seen->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
        for (int i = 0; i < v->nfields; i++)
            seen->fields[i] = (Field){v->fields[i].name, seen_through(s, v->fields[i].value, p, out)};
        return seen;
    }
    Through *t = ARENA_NEW(s->arena, Through);
    Func    *f = ARENA_NEW(s->arena, Func);
    *t = (Through){*p, out, v->func->through};
    *f = *v->func;
    f->through = t;
    seen->func = f;
    return seen;
}

static Value *behind(Sema *s, const Value *f)
{
    Value *inner = ARENA_NEW(s->arena, Value);
    Func  *g = ARENA_NEW(s->arena, Func);
    *inner = *f;
    *g = *f->func;
    g->through = f->func->through->rest;
    inner->func = g;
    return inner;
}

typedef struct {
    const Through *t;
    Pairs          apart;   // axes of the arguments that the function would take for its own
} Crossing;

static Value *cross_in(Sema *s, Value *v, Value *none, void *user)
{
    const Crossing *c = user;
    (void)none;
    return rename_leaf(s, rename_leaf(s, v, &c->apart, false), &c->t->pairs, !c->t->out);
}

static Value *cross_out(Sema *s, Value *v, Value *none, void *user)
{
    const Crossing *c = user;
    (void)none;
    return rename_leaf(s, rename_leaf(s, v, &c->t->pairs, c->t->out), &c->apart, true);
}

static Value *find_apart(Sema *s, Value *v, Value *none, void *user)
{
    Crossing *c = user;
    (void)none;
    for (int i = 0; i < c->t->pairs.n; i++) {
        Axis *own = c->t->out ? c->t->pairs.to[i] : c->t->pairs.from[i];
        bool  met = axes_has(v->axes, own) && !axes_has(s->hidden, own) && renamed_axis(&c->apart, own, false) == own;
        if (met && c->apart.n < MOST_AXES) {
            c->apart.from[c->apart.n] = own;
            c->apart.to[c->apart.n++] = axis_copy(s->axes, own);
        }
    }
    return v;
}

static Crossing crossing(Sema *s, const Value *f, Value **args, int n, Value **in)
{
    Crossing c = {.t = f->func->through};
    for (int i = 0; i < n; i++)
        value_map(s, args[i], NULL, find_apart, &c);
    for (int i = 0; i < n; i++)
        in[i] = seen_through(s, value_map(s, args[i], NULL, cross_in, &c), &c.t->pairs, !c.t->out);
    return c;
}

Value *call_through(Sema *s, Value *f, Value **args, Name *names, int n, Span where, Name hint)
{
    Value   *in[MOST_ARGS];
    Crossing c = crossing(s, f, args, n, in);
    Value   *v = call_value(s, behind(s, f), in, names, n, where, hint);
    return is_error(v) ? v : seen_through(s, value_map(s, v, NULL, cross_out, &c), &c.t->pairs, c.t->out);
}

bool call_lifted_through(Sema *s, Value *f, Value **args, Name *names, int n, AxisSet *out)
{
    Value   *in[MOST_ARGS];
    Axis    *ax[MOST_AXES];
    Crossing c = crossing(s, f, args, n, in);
    if (!call_lifted(s, behind(s, f), in, names, n, out))
        return false;
    for (int i = 0; i < out->n; i++)
        ax[i] = renamed_axis(&c.apart, renamed_axis(&c.t->pairs, out->at[i], c.t->out), true);
    *out = axes_of(s->arena, ax, out->n);
    return true;
}
