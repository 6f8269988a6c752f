// What a turn of an experiment's loop takes is given back when it ends, so that a run of any length takes the same
// memory. Values are allocated in one of two arenas; at the end of a turn, what the scopes around still hold is copied
// into the other, and the first is emptied. Steps, and what they remember, live as long as the run.
#include <string.h>

#include "sema/host.h"
#include "sema/turns.h"

// ---- survivors ----

typedef struct {
    Arena *from, *to;
    bool   pinned;   // something is held that is not copied: the arena stays
} Move;

static void *moved_bytes(const Move *m, const void *p, size_t size)
{
    if (!p || !arena_holds(m->from, p))
        return (void *)(uintptr_t)p;
    return memcpy(arena_alloc(m->to, size), p, size);
}

static Axis **moved_order(const Move *m, Axis **order)
{
    size_t n = 0;
    while (order && order[n])
        n++;
    return moved_bytes(m, order, (n + 1) * sizeof *order);
}

static Value *moved_value(Move *m, Value *v)
{
    if (!v || !arena_holds(m->from, v))
        return v;
    Value *out = moved_bytes(m, v, sizeof *v);
    m->pinned = m->pinned || v->kind == V_FUNC || arena_holds(m->from, v->func) || arena_holds(m->from, v->extra) ||
                (v->npatch && arena_holds(m->from, v->patch));
    out->axes.at = moved_bytes(m, v->axes.at, sizeof *v->axes.at * (size_t)v->axes.n);
    out->order = moved_order(m, v->order);
    out->fields = moved_bytes(m, v->fields, sizeof *v->fields * (size_t)v->nfields);
    for (int i = 0; i < v->nfields; i++)
        out->fields[i].value = moved_value(m, v->fields[i].value);
    if (v->text && arena_holds(m->from, v->text))
        out->text = arena_strndup(m->to, v->text, strlen(v->text));
    return out;
}

static void move_scopes(Move *m, Scope *sc)
{
    for (; sc; sc = sc->outer)
        for (int i = 0; i < sc->entries.n; i++)
            if (sc->entries.at[i]->kind == ENTRY_VALUE)
                sc->entries.at[i]->value = moved_value(m, sc->entries.at[i]->value);
}

// ---- turns ----

bool turns_begin(Sema *s, Turns *t)
{
    *t = (Turns){.outer = s->arena};
    if (!s->host)
        return true;
    for (int i = 0; i < 2; i++)
        t->space[i] = arena_beside(s->keep);
    s->arena = t->space[0];
    return true;
}

static void move_into(Sema *s, Turns *t, Arena *to)
{
    Move m = {t->space[t->now], to, false};
    move_scopes(&m, s->scope);
    if (m.pinned) {  // a function made here is held: what it looks up may be here too
        arena_join(s->keep, t->space[t->now]);
        t->space[t->now] = arena_beside(s->keep);
    } else {
        arena_reset(t->space[t->now]);
    }
}

void turn_done(Sema *s, Turns *t)
{
    if (!s->host)
        return;
    move_into(s, t, t->space[!t->now]);
    t->now = !t->now;
    s->arena = t->space[t->now];
}

void turns_end(Sema *s, Turns *t)
{
    if (!s->host)
        return;
    move_into(s, t, t->outer);
    s->arena = t->outer;
    for (int i = 0; i < 2; i++)
        arena_free(t->space[i]);
}

// ---- what outlives a turn ----

static Axis **kept_order(Sema *s, Axis **order)
{
    int n = 0;
    while (order && order[n])
        n++;
    Axis **out = order ? ARENA_ARRAY(s->keep, Axis *, n + 1) : NULL;
    for (int i = 0; i < n; i++)
        out[i] = order[i];
    return out;
}

// What a tensor is like, without its data.
static HostTensor *kept_header(Sema *s, const HostTensor *t)
{
    HostTensor *out = ARENA_NEW(s->keep, HostTensor);
    *out = *t;
    out->data = NULL;
    out->dim = ARENA_ARRAY(s->keep, int64_t, t->n + 1);
    for (int i = 0; i < t->n; i++)
        out->dim[i] = t->dim[i];
    out->guard = t->guard ? kept_header(s, t->guard) : NULL;
    return out;
}

static Value *kept(Sema *s, const Value *v)
{
    Value *out = ARENA_NEW(s->keep, Value);
    *out = *v;
    out->axes.at = ARENA_ARRAY(s->keep, Axis *, v->axes.n + 1);
    if (v->axes.n)
        memcpy(out->axes.at, v->axes.at, sizeof *v->axes.at * (size_t)v->axes.n);
    out->order = kept_order(s, v->order);
    out->patch = ARENA_ARRAY(s->keep, Patch, v->npatch + 1);
    for (int i = 0; i < v->npatch; i++)
        out->patch[i] = (Patch){v->patch[i].name, kept(s, v->patch[i].value), v->patch[i].where, NULL};
    out->fields = ARENA_ARRAY(s->keep, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++)
        out->fields[i] = (Field){v->fields[i].name, v->fields[i].value ? kept(s, v->fields[i].value) : NULL};
    if (v->text)
        out->text = arena_strndup(s->keep, v->text, strlen(v->text));
    if (v->host)
        out->host = kept_header(s, v->host);
    return out;
}

bool value_lasts(Sema *s, const Value *v)
{
    bool lasts = !v || !v->func || !s->host || arena_holds(s->keep, v->func);
    for (int i = 0; v && i < v->nfields && lasts; i++)
        lasts = value_lasts(s, v->fields[i].value);
    for (int i = 0; v && i < v->npatch && lasts; i++)
        lasts = value_lasts(s, v->patch[i].value);
    return lasts;
}

Value *value_kept(Sema *s, const Value *v) { return v ? kept(s, v) : NULL; }
