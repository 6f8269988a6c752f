// Functions seen through a renaming of axes. Where a call binds a header's axis to one that its body names beside it, the
// axis has another name inside (lift.c). A function that passes the border, as an argument, in the bracket or as the
// result, keeps the axes that its own text names; at each call what it is given and gives is renamed.
#include "sema/call.h"

typedef struct Through {
    Pairs                 pairs;   // from the caller's to those inside
    bool                  out;     // made inside, called outside; else the other way round
    Syn                  *signature;  // as what it was given, and where that was written: tells apart two axes that are one
    Scope                *scope;      // outside; or NULL
    const struct Through *rest;    // what it was seen through before
} Through;

static Value *seen(Sema *s, Value *v, const Pairs *p, bool out, Syn *signature, Scope *scope)
{
    if (!p->n || !v || (v->kind != V_FUNC && v->kind != V_MODEL && v->kind != V_RECORD))
        return v;
    Value *shown = ARENA_NEW(s->arena, Value);
    *shown = *v;
    if (v->kind == V_RECORD) {
        shown->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
        for (int i = 0; i < v->nfields; i++)
            shown->fields[i] = (Field){v->fields[i].name, seen(s, v->fields[i].value, p, out, NULL, NULL)};
        return shown;
    }
    Through *t = ARENA_NEW(s->arena, Through);
    Func    *f = ARENA_NEW(s->arena, Func);
    *t = (Through){*p, out, signature, scope, v->func->through};
    *f = *v->func;
    f->through = t;
    shown->func = f;
    return shown;
}

Value *seen_through(Sema *s, Value *v, const Pairs *p, bool out) { return seen(s, v, p, out, NULL, NULL); }

Value *seen_as(Sema *s, Value *v, const Pairs *p, Syn *signature, Scope *scope) { return seen(s, v, p, false, signature, scope); }

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
    const TypeSpec *type;   // of what crosses, by the signature; or NULL
    Pairs          pairs;   // those of t that are meant there
    Pairs          apart;   // axes of the arguments that the function would take for its own
} Crossing;

// What the signature says of argument i; -1: of the result.
static void cross_as(Sema *s, Crossing *c, int i)
{
    const Through *t = c->t;
    Scope         *saved = s->scope;
    c->type = NULL;
    c->pairs = t->pairs;
    Syn *list = t->signature ? t->signature->kid[0] : NULL, *syn = !list ? NULL : i < 0 ? t->signature->kid[1] : i < list->nkid ? list->kid[i] : NULL;
    if (!syn)
        return;
    s->scope = t->scope;
    TypeSpec *type = eval_type(s, syn->kind == SYN_NAMED ? syn->kid[0] : syn);
    s->scope = saved;
    if (type->kind != TS_TENSOR)
        return;
    c->type = type;
    c->pairs.n = 0;
    for (int k = 0; k < t->pairs.n; k++)
        if (axes_has(type->axes, t->pairs.to[k]) || type->pos == t->pairs.to[k]) {
            c->pairs.from[c->pairs.n] = t->pairs.from[k];
            c->pairs.to[c->pairs.n++] = t->pairs.to[k];
        }
}

static Value *cross_in(Sema *s, Value *v, Value *none, void *user)
{
    const Crossing *c = user;
    (void)none;
    return rename_leaf(s, rename_leaf(s, v, &c->apart, false), &c->pairs, !c->t->out);
}

static Value *cross_out(Sema *s, Value *v, Value *none, void *user)
{
    const Crossing *c = user;
    (void)none;
    return rename_leaf(s, rename_leaf(s, v, &c->pairs, c->t->out), &c->apart, true);
}

static Value *find_apart(Sema *s, Value *v, Value *none, void *user)
{
    Crossing *c = user;
    (void)none;
    for (int i = 0; i < c->t->pairs.n; i++) {
        Axis *own = c->t->out ? c->t->pairs.to[i] : c->t->pairs.from[i];
        bool  met = axes_has(v->axes, own) && !axes_has(s->hidden, own) && renamed_axis(&c->apart, own, false) == own;
        if (met && !(c->type && axes_has(c->type->axes, own)) && c->apart.n < MOST_AXES) {
            c->apart.from[c->apart.n] = own;
            c->apart.to[c->apart.n++] = axis_copy(s->axes, own);
        }
    }
    return v;
}

static Crossing crossing(Sema *s, const Value *f, Value **args, int n, Value **in)
{
    Crossing c = {.t = f->func->through};
    for (int i = 0; i < n; i++) {
        cross_as(s, &c, i);
        value_map(s, args[i], NULL, find_apart, &c);
    }
    for (int i = 0; i < n; i++) {
        cross_as(s, &c, i);
        in[i] = seen_through(s, value_map(s, args[i], NULL, cross_in, &c), &c.t->pairs, !c.t->out);
    }
    cross_as(s, &c, -1);
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
