// Buffers: state of a model that is not trained. A body assigns them as variables; what they hold in the end is an
// output of the call, which `minimize` commits, and `trace` gives as `after`. Until then, calls that follow see it.
#include "sema/buffers.h"

static Move *find(Moved *m, const Value *leaf)
{
    for (int i = 0; m && i < m->n; i++)
        if (m->at[i].leaf == leaf)
            return &m->at[i];
    return NULL;
}

Value *buffer_now(Sema *s, Value *leaf)
{
    Move *m = find(s->moved, leaf);
    return m ? m->now : leaf;
}

void buffer_declared(Sema *s, Value *leaf, Entry *e)
{
    Held h = {leaf, e, e->value, s->hidden.n > 0, s->hidden};
    if (s->buffers)
        vec_push(s->arena, s->buffers, h);
}

static bool may_move(Sema *s, const Held *h)
{
    if (h->lifted) {
        Diag *d = sema_diag(s, DIAG_E0506, h->e->where, "the buffer `%s` would be written for each position of %s",
                            h->e->name, text_axes(s, h->hidden));
        diag_help(d, "a block that writes a buffer takes such axes in its bracket, and reduces over them");
        return false;
    }
    if (s->regions > s->moved->regions) {
        Diag *d = sema_diag(s, DIAG_E0506, h->e->where, "the buffer `%s` would be written at every turn of a loop", h->e->name);
        diag_help(d, "call the model outside of the loop; or carry the state by a `var`");
        return false;
    }
    return true;
}

bool buffers_done(Sema *s, const HeldList *l)
{
    bool ok = true;
    for (int i = 0; i < l->n; i++) {
        const Held *h = &l->at[i];
        if (h->e->value == h->first || is_error(h->e->value) || !s->moved || !h->leaf)
            continue;
        ok = may_move(s, h) && ok;
        Node  *x = ir_fill(s->b, ir_convert(s->b, value_node(s, h->e->value), h->leaf->elem));
        Value *now = value_like(s, ir_unary(s->b, OP_STOP, x), h->leaf);
        now->leaf = now->buffer = true;
        now->order = h->leaf->order;
        Move *m = find(s->moved, h->leaf);
        if (m)
            m->now = now;
        else
            vec_push(s->arena, s->moved, ((Move){h->leaf, now}));
    }
    return ok;
}

static Value *after_leaf(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Move *m = v->buffer ? find(s->moved, v) : NULL;
    if (!m)
        return v;
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *m->now;
    out->from = *(bool *)user ? v->host : NULL;
    return out;
}

Value *model_after(Sema *s, Value *m, bool replaces) { return value_map(s, m, NULL, after_leaf, &replaces); }
